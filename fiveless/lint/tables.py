"""Where the tables of a sheet lie, told by geometry alone: blank rows and columns, lines of one cell, rows of words over rows of numbers.

A block without a row of headings is no table but the rest of the one above it, or to its left.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from fiveless.lint.flaws import Place
from fiveless.lint.page import Box, Page

_NUMERIC = frozenset({"number", "figures", "mark"})
_LONG = 40


@dataclass(frozen=True)
class Table:
    """One table: its box with headings and body, how many rows are headings, and the blank rows and columns within it."""

    page: Page
    box: Box
    headings: int
    blank_rows: frozenset[int] = frozenset()
    blank_columns: frozenset[int] = frozenset()

    @cached_property
    def numeric(self) -> list[int]:
        """The columns of numbers."""
        return [column for column in self.columns if self._is_numeric(column)]

    @cached_property
    def rows(self) -> list[int]:
        """The rows of the body, less blank ones."""
        return [row for row in range(self.box.top + self.headings, self.box.bottom + 1) if row not in self.blank_rows]

    @cached_property
    def columns(self) -> list[int]:
        """The columns, less blank ones."""
        return [column for column in range(self.box.left, self.box.right + 1) if column not in self.blank_columns]

    @property
    def labels(self) -> list[int]:
        """The columns left of the first one with numbers."""
        first = min(self.numeric, default=self.box.right + 1)
        return [column for column in self.columns if column < first]

    @property
    def heading_rows(self) -> range:
        """The rows of headings."""
        return range(self.box.top, self.box.top + self.headings)

    def heading(self, column: int) -> list[str]:
        """What the headings of a column say, from the top, each once; numbers and dates as text."""
        shown = (self.page.shown((row, column)) for row in self.heading_rows)
        return list(dict.fromkeys(str(value) for value in shown if value != ""))

    def body(self, column: int) -> list[Place]:
        """The filled cells of a column below its heading."""
        return self._bodies.get(column, [])

    @cached_property
    def _bodies(self) -> dict[int, list[Place]]:
        cells = self.page.cells
        return {column: [(row, column) for row in self.rows if (row, column) in cells] for column in self.columns}

    def holds(self, place: Place) -> bool:
        """Whether a cell lies in the box."""
        row, column = place
        return self.box.top <= row <= self.box.bottom and self.box.left <= column <= self.box.right

    def _is_numeric(self, column: int) -> bool:
        """Whether half of what stands in a column or more is numbers, and one at least is one."""
        sorts = [self.page.sort(place) for place in self.body(column)]
        return any(sort in ("number", "figures") for sort in sorts) and 2 * sum(sort in _NUMERIC for sort in sorts) >= len(sorts)


@dataclass(frozen=True, slots=True)
class _Piece:
    """A block of cells without the lines above and below it; `headings` is how many of its rows are headings."""

    box: Box
    headings: int
    numbers: int


def tables_of(page: Page) -> list[Table]:
    """The tables of a sheet, from the top and the left."""
    pieces = [piece for box in _blocks(page, _extent(page.cells)) for piece in _pieces(page, box)]
    tables: list[Table] = []
    for piece in sorted(pieces, key=lambda each: (each.box.top, each.box.left)):
        owner = _owner(page, piece, tables)
        if owner is not None:
            tables[owner] = _joined(page, tables[owner], piece.box)
        elif _is_table(page, piece):
            tables.append(Table(page, piece.box, piece.headings))
    return tables or _headings_alone(page, pieces)


def _extent(places: Iterable[Place]) -> Box:
    rows, columns = zip(*places, strict=True)
    return Box(min(rows), min(columns), max(rows), max(columns))


# Blocks ---------------------------------------------------------------------------------------------------------------


def _blocks(page: Page, box: Box) -> Iterator[Box]:
    """The parts of a box between its blank rows and columns; lines of one cell do not bridge columns."""
    rows = _filled_rows(page, box)
    bands = _bands(sorted(rows))
    if len(bands) > 1:
        for top, bottom in bands:
            yield from _blocks(page, _trimmed(page, Box(top, box.left, bottom, box.right)))
        return
    lone = {row for row, columns in rows.items() if len({page.anchor((row, column)) for column in columns}) == 1}
    columns = sorted({column for row, filled in rows.items() if row not in lone for column in filled})
    strips = _bands(columns)
    if len(strips) < 2:
        yield box
        return
    kept = [row for row in rows if row not in lone]
    for row in lone:
        yield _trimmed(page, Box(row, box.left, row, box.right))
    for left, right in strips:
        yield from _blocks(page, _trimmed(page, Box(min(kept), left, max(kept), right)))


def _filled_rows(page: Page, box: Box) -> dict[int, list[int]]:
    """Row → the columns of a box in which it shows something."""
    rows: dict[int, list[int]] = {}
    for row in range(box.top, box.bottom + 1):
        shown = page.filled.get(row, [])
        columns = shown[bisect_left(shown, box.left) : bisect_right(shown, box.right)]
        if columns:
            rows[row] = columns
    return rows


def _bands(numbers: Sequence[int]) -> list[tuple[int, int]]:
    """Rising numbers as runs without a gap."""
    starts = [number for before, number in pairwise([-2, *numbers]) if number > before + 1]
    ends = [number for number, after in pairwise([*numbers, 1 << 60]) if after > number + 1]
    return list(zip(starts, ends, strict=True))


def _trimmed(page: Page, box: Box) -> Box:
    rows = _filled_rows(page, box)
    columns = [column for filled in rows.values() for column in filled]
    return Box(min(rows), min(columns), max(rows), max(columns))


# Pieces ---------------------------------------------------------------------------------------------------------------


def _pieces(page: Page, box: Box) -> Iterator[_Piece]:
    """A block cut before each row of headings that follows numbers, each part without the lines above and below it."""
    starts = [box.top, *_new_headings(page, box)]
    for top, following in pairwise([*starts, box.bottom + 1]):
        part = _without_lines(page, _trimmed(page, Box(top, box.left, following - 1, box.right)))
        if part:
            yield _Piece(part, _headings(page, part), _numbers(page, part))


def _new_headings(page: Page, box: Box) -> Iterator[int]:
    """Where another table begins below numbers: at a row of words over their columns that follows a line of one cell or begins
    with the same word as the first row of headings; the line belongs to it.
    """
    numeric: set[int] = set()
    first = ""
    for row in range(box.top, box.bottom):
        own = [column for column in range(box.left, box.right + 1) if (row, column) in page.cells]
        numbers = {column for column in own if page.sort((row, column)) in _NUMERIC}
        words = [column for column in own if column in numeric and page.sort((row, column)) == "words"]
        lone = _is_lone(page, box, row - 1)
        if not numbers and len(words) > 1 and 2 * len(words) >= len(numeric) and (lone or page.text((row, own[0])) == first):
            yield row - lone
            numeric = set()
        if not numeric and len(own) > 1 and not numbers:
            first = page.text((row, own[0]))
        numeric |= numbers


def _is_lone(page: Page, box: Box, row: int) -> bool:
    return len({page.anchor((row, column)) for column in _shown(page, box, row)}) == 1


def _without_lines(page: Page, box: Box) -> Box | None:
    """A block without titles and captions above its headings and notes below its body; None where nothing else is left."""
    top, bottom = box.top, box.bottom
    while top < bottom and _is_line_above(page, box, top):
        top += 1
    while bottom > top and _is_note(page, box, bottom):
        bottom -= 1
    if top == bottom and _is_lone(page, box, top):
        return None
    return _trimmed(page, Box(top, box.left, bottom, box.right))


def _is_line_above(page: Page, box: Box, row: int) -> bool:
    """Whether a row is a title or caption: no numbers, and one cell that is no heading over several, or few over a row that fills up."""
    filled = _shown(page, box, row)
    if any(page.sort((row, column)) in ("number", "figures") for column in filled):
        return False
    if _is_lone(page, box, row):
        return len(filled) == 1 or filled[0] == box.left
    below = next((_shown(page, box, later) for later in range(row + 1, box.bottom + 1) if not _is_lone(page, box, later)), [])
    width = box.right - box.left + 1
    few = 2 * len(filled) < width or (2 * len(filled) == width and filled[-1] - filled[0] + 1 == len(filled))
    return few and len(below) > len(filled) and box.left in filled and box.left in below


def _shown(page: Page, box: Box, row: int) -> list[int]:
    """The columns of a box in which a row shows something."""
    return [column for column in page.filled.get(row, ()) if box.left <= column <= box.right]


def _is_note(page: Page, box: Box, row: int) -> bool:
    """Whether the last row is a line of words below a table."""
    if box.right - box.left < 1 or not _is_lone(page, box, row):
        return False
    text = page.text((row, _shown(page, box, row)[0])).strip()
    return text.startswith(("※", "*", "注", "（注", "(注", "備考", "出典", "資料")) or len(text) > _LONG


def _headings(page: Page, box: Box) -> int:
    """How many rows from the top are headings: those of words, dates and running years, but not all of a table without numbers."""
    rows = range(box.top, box.bottom + 1)
    first = next((row for row in rows if _is_data(page, box, row)), None)
    if first is not None:
        count = first - box.top
        return _below_merges(page, box) if count > 1 and _is_words_first(page, box, first) else count
    return _below_merges(page, box)


def _is_data(page: Page, box: Box, row: int) -> bool:
    """Whether a row holds numbers that are no headings; months may head a table in its first row only, for small counts run on too."""
    values = [page.cells[row, column] for column in range(box.left, box.right + 1) if page.sort((row, column)) in _NUMERIC]
    return bool(values) and not (are_running(values) and (row == box.top or values[0] not in range(1, 13)))


def are_running(values: Sequence[object]) -> bool:
    """Whether numbers are years or months that follow each other."""
    numbers = [value for value in values if isinstance(value, int | float)]
    steps = {after - before for before, after in pairwise(numbers)}
    years = all(1900 <= number <= 2100 for number in numbers) and steps == {1}
    months = len(numbers) > 2 and all(1 <= number <= 12 for number in numbers) and steps <= {1, -11}
    return len(numbers) == len(values) > 1 and (years or months)


def _is_words_first(page: Page, box: Box, first: int) -> bool:
    """Whether rows of a body come before the first with numbers: rows with a label and blanks, not yet filled in."""
    below = range(_below_merges(page, box) + box.top, first)
    return bool(below) and all(len(_own(page, box, row)) <= (box.right - box.left + 1) // 2 for row in below)


def _own(page: Page, box: Box, row: int) -> list[int]:
    return [column for column in range(box.left, box.right + 1) if (row, column) in page.cells]


def _below_merges(page: Page, box: Box) -> int:
    """The rows that the first row and its merged spans take; one more under a heading merged across."""
    spans = [merge for merge in page.grid.merges if merge[0] == box.top and box.left <= merge[1] <= box.right]
    bottom = max((min(merge[2], box.bottom) for merge in spans), default=box.top)
    across = any(merge[3] > merge[1] and merge[2] == box.top for merge in spans)
    return min(max(bottom - box.top + 1, 1 + across), box.bottom - box.top + 1)


def _numbers(page: Page, box: Box) -> int:
    return sum(page.sort((row, column)) in _NUMERIC for row in range(box.top, box.bottom + 1) for column in range(box.left, box.right + 1))


# Tables ---------------------------------------------------------------------------------------------------------------


def _is_table(page: Page, piece: _Piece) -> bool:
    """Two rows and columns or more, with numbers; without any (a blank form, a list) a first row with three headings or more."""
    box = piece.box
    if box.bottom == box.top or box.right == box.left:
        return False
    return piece.numbers > 1 or _has_full_first_row(page, box)


def _has_full_first_row(page: Page, box: Box) -> bool:
    texts = [page.text((box.top, column)).strip() for column in range(box.left, box.right + 1)]
    return len(texts) > 2 and all(texts[1:]) and all(len(text) <= _LONG for text in texts)


def _headings_alone(page: Page, pieces: Iterable[_Piece]) -> list[Table]:
    """Where there is no table, a single row of headings is one: a form with nothing in it yet."""
    alone = [piece.box for piece in pieces if piece.box.top == piece.box.bottom and _has_full_first_row(page, piece.box)]
    return [Table(page, box, 1) for box in alone[-1:]]


def _owner(page: Page, piece: _Piece, tables: Sequence[Table]) -> int | None:
    """The table of which a piece without headings, or without labels of its own, is the rest."""
    for index in reversed(range(len(tables))):
        table = tables[index]
        if piece.headings == 0 and piece.numbers and table.box.bottom < piece.box.top and _overlap_across(table.box, piece.box):
            return index
        beside = table.box.right < piece.box.left and table.box.top <= piece.box.top <= table.box.bottom
        if beside and piece.numbers and not _has_labels(page, piece):
            return index
    return None


def _overlap_across(one: Box, other: Box) -> bool:
    return one.left <= other.right and other.left <= one.right


def _has_labels(page: Page, piece: _Piece) -> bool:
    """Whether the first column of a piece names its rows."""
    rows = range(piece.box.top + piece.headings, piece.box.bottom + 1)
    return any(page.sort((row, piece.box.left)) in ("words", "date") for row in rows)


def _joined(page: Page, table: Table, box: Box) -> Table:
    """A table with one more piece below or beside it; the rows or columns between that are blank all through it split it."""
    whole = _extent([*_corners(table.box), *_corners(box)])
    down, across = range(whole.top, whole.bottom + 1), range(whole.left, whole.right + 1)
    rows = {row for row in range(table.box.bottom + 1, box.top) if not any(page.anchor((row, column)) for column in across)}
    gaps = {*table.blank_columns, *range(table.box.right + 1, box.left)}
    columns = {column for column in gaps if not any(page.anchor((row, column)) for row in down)}
    return replace(table, box=whole, blank_rows=table.blank_rows | rows, blank_columns=frozenset(columns))


def _corners(box: Box) -> tuple[Place, Place]:
    return (box.top, box.left), (box.bottom, box.right)
