"""Totals that no word gives away: a row that is the sum of the rows below or above it, as 総務部 is of its 課."""

from collections.abc import Iterator, Sequence

import numpy as np

from fiveless.book import Book, keys
from fiveless.unpivot import Floats, Ints

_HIGHER = ("部", "局", "庁", "本部", "全体", "支庁", "センター")
_ENOUGH_COLUMNS = 3
_Row = dict[int, int]


def presumed_totals(book: Book) -> Iterator[list[int]]:
    """The rows of taken figures that equal, in every column, the sum of at least two rows next to them, which may have blanks.

    One column may do so by chance: the row must bear a name of a higher rank (総務部 among 課), or three columns must agree.
    """
    figures = np.flatnonzero(book.taken & ~book.nameless)
    tables = book.by_table(figures)
    if tables and len(_likely(book, np.concatenate(tables))[1]):  # of all tables at once: most have no row that could be a sum
        for table in tables:
            yield from _in_table(book, table)


def _likely(book: Book, figures: Ints) -> tuple[Ints, Ints]:
    """The line of each figure, those of a row together, and the lines whose sum tells that they may add up others."""
    line = keys([book.table[figures], book.row[figures]])
    heights = np.bincount(line, weights=book.value[figures]).astype(np.float64)
    return line, np.union1d(_sums_of_next(heights), len(heights) - 1 - _sums_of_next(heights[::-1]))


def _in_table(book: Book, figures: Ints) -> Iterator[list[int]]:
    """The rows of one table: only where sums tell of one are the figures looked at one by one."""
    place, likely = _likely(book, figures)
    if not len(likely):
        return
    lines: list[_Row] = [{} for _ in range(int(place.max()) + 1)]
    for row, figure in zip(place.tolist(), figures.tolist(), strict=True):
        lines[row][int(book.column[figure])] = figure
    for index in likely.tolist():
        line = lines[index]
        if _tells(book, line) and (_is_sum(book, line, lines[index + 1 :]) or _is_sum(book, line, lines[:index][::-1])):
            yield list(line.values())


def _sums_of_next(heights: Floats) -> Ints:
    """The places whose value is the sum of at least two that follow."""
    if len(heights) < 3:
        return np.zeros(0, dtype=np.int64)
    upto = np.concatenate([[0.0], np.cumsum(heights)])
    wanted = upto[1:] + heights
    last = np.searchsorted(upto, wanted, side="right") - 1
    found: Ints = np.flatnonzero((upto[last] == wanted) & (last >= np.arange(len(heights)) + 3))
    return found


def _is_sum(book: Book, line: _Row, others: Sequence[_Row]) -> bool:
    sums = dict.fromkeys(line, 0.0)
    for count, other in enumerate(others, 1):
        if not other.keys() <= line.keys() or any(not _alike(book, line[column], other[column]) for column in other):
            return False
        sums |= {column: sums[column] + float(book.value[figure]) for column, figure in other.items()}
        if count > 1 and all(sums[column] == book.value[figure] for column, figure in line.items()):
            return True
        if any(sums[column] > book.value[figure] for column, figure in line.items()):
            return False
    return False


def _tells(book: Book, line: _Row) -> bool:
    """Whether agreement would be no chance."""
    values = {float(book.value[figure]) for figure in line.values()} - {0.0}
    higher = all(book.offices[book.office[figure]].endswith(_HIGHER) for figure in line.values())
    return bool(values) and (higher or len(values) >= _ENOUGH_COLUMNS)


def _alike(book: Book, one: int, other: int) -> bool:
    """Whether two figures of a column differ in nothing but the office."""
    facts = (book.facts[name] for name in ("measure", "period", "basis", "scenario"))
    same = all(fact[one] == fact[other] for fact in facts)
    return same and bool(book.bureau[one] == book.bureau[other]) and bool(book.office[one] != book.office[other])
