"""Totals that no word gives away: a row that is the sum of the rows below or above it, as 総務部 is of its 課."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from fiveless.unpivot import Figure

_HIGHER = ("部", "局", "庁", "本部", "全体", "支庁", "センター")
_ENOUGH_COLUMNS = 3
_Row = dict[int, Figure]


def presumed_totals(figures: Sequence[Figure]) -> Iterator[list[Figure]]:
    """The rows of taken figures that equal, in every column, the sum of at least two rows next to them.

    One column may do so by chance: the row must bear a name of a higher rank (総務部 among 課), or three columns must agree.
    """
    tables: dict[tuple[int, int], dict[int, _Row]] = {}
    for figure in figures:
        if figure.taken and figure.meaning.office:
            place = figure.located.number
            tables.setdefault(figure.located.table, {}).setdefault(place.row, {})[place.column] = figure
    for rows in tables.values():
        lines = [rows[row] for row in sorted(rows)]
        for index, line in enumerate(lines):
            if _is_sum(line, lines[index + 1 :]) or _is_sum(line, lines[:index][::-1]):
                yield list(line.values())


def _is_sum(line: _Row, others: Sequence[_Row]) -> bool:
    if not _tells(line):
        return False
    sums = dict.fromkeys(line, Decimal(0))
    for count, other in enumerate(others, 1):
        if other.keys() != line.keys() or any(not _alike(line[column], other[column]) for column in line):
            return False
        sums = {column: value + other[column].value for column, value in sums.items()}
        if count > 1 and all(sums[column] == figure.value for column, figure in line.items()):
            return True
        if any(sums[column] > figure.value for column, figure in line.items()):
            return False
    return False


def _tells(line: _Row) -> bool:
    """Whether agreement would be no chance."""
    values = {figure.value for figure in line.values() if figure.value}
    higher = all(figure.meaning.office.endswith(_HIGHER) for figure in line.values())
    return bool(values) and (higher or len(values) >= _ENOUGH_COLUMNS)


def _alike(one: Figure, other: Figure) -> bool:
    """Whether two figures of a column differ in nothing but the office."""
    mine, theirs = one.key, other.key
    return mine[0] == theirs[0] and mine[1] != theirs[1] and mine[2:] == theirs[2:]
