"""The labels over each number, going down every column from one heading zone to the next."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from typing import NamedTuple
from weakref import WeakKeyDictionary

from fiveless.grid import Place
from fiveless.labels import Label
from fiveless.layout.cells import EMPTY, LABEL, NUMBER, Cells, places
from fiveless.layout.roles import Path
from fiveless.layout.rows import Rows
from fiveless.layout.shape import Shape
from fiveless.layout.years import carried


class Over(NamedTuple):
    """The labels over a cell, nearest first, and the row of the nearest."""

    path: Path
    row: int


NOTHING = Over((), -1)
Overs = tuple[Over, ...]


@dataclass
class _Column:
    """The heading zone of one column while going down: the labels (top first) and whether figures have begun."""

    zone: list[tuple[tuple[int, int], Label]] = field(default_factory=list)
    pending: list[tuple[tuple[int, int], Label]] = field(default_factory=list)
    in_body: bool = False
    known: Over | None = None

    @property
    def settled(self) -> bool:
        """Whether further rows of figures change nothing."""
        return self.in_body and not self.pending

    def seen(self) -> Over:
        """The zone as a cell below it sees it."""
        self.known = self.known or Over(tuple([label for _, label in reversed(self.zone)]), self.zone[-1][0][0])
        return self.known


def over_numbers(sheet: Cells, rows: Rows) -> list[Overs]:
    """Row → what stands over each of its columns; NOTHING where the row holds no figures or no heading was met.

    Rows of one zone share one tuple. Label columns get theirs for the role that they give. In a sheet of one band without merged cells
    they follow from its shape and the labels of its headings: those of a form are found once.
    """
    if sheet.anchors or sheet.grid.merges or any(rows.bands):
        return _Descent(sheet, rows).overs()
    known = _KNOWN.setdefault(sheet.shape, {})
    others = [row for row in range(sheet.height) if row not in rows.data_rows and row not in rows.lone]
    times = tuple(row for row in sorted(rows.lone) if _tells_time(sheet, row))
    key = frozenset(rows.lone), times, tuple([each for row in others for each in sheet.column_labels(row)])
    if key not in known:
        known[key] = _Descent(sheet, rows).overs()
    return known[key]


_KNOWN: WeakKeyDictionary[Shape, dict[tuple[object, ...], list[Overs]]] = WeakKeyDictionary()


class _Descent:
    """The way down a sheet, with the heading zone of each column as it is at a row."""

    def __init__(self, sheet: Cells, rows: Rows) -> None:
        self._sheet = sheet
        self._rows = rows
        self._columns = [_Column() for _ in range(sheet.width)]
        self._moving = list(range(sheet.width))
        self._known: dict[frozenset[int], Overs] = {}
        self._heads: dict[bytes, bool] = {}

    def overs(self) -> list[Overs]:
        """All rows from the top."""
        nothing = (NOTHING,) * self._sheet.width
        found: list[Overs] = []
        gap = False
        for row, pattern in enumerate(self._sheet.lines):
            if not self._moving and row and pattern == self._sheet.lines[row - 1] and found[-1] is not nothing:
                found.append(found[-1])
                continue
            gap = gap or not pattern.strip(b".")
            if row in self._rows.lone:
                if gap and _tells_time(self._sheet, row):
                    self._end_times()
                found.append(nothing)
                continue
            if gap and self._rows.data[row]:
                self._begin_anew(row)
                gap = False
            self._step(row)
            bands = self._rows.data[row]
            if bands not in self._known:
                self._known[bands] = self._seen(row) if bands else nothing
            found.append(self._known[bands])
        return found

    def _seen(self, row: int) -> Overs:
        data, bands = self._rows.data[row], self._rows.bands
        return tuple([state.seen() if state.zone and band in data else NOTHING for band, state in zip(bands, self._columns, strict=True)])

    def _begin_anew(self, row: int) -> None:
        """Behind an empty row a heading of texts heads no numbers, and where a text stands under a heading of numbers no heading holds."""
        kinds = self._sheet.kinds[row]
        above = {column: self._body_above(row, column) for column, state in enumerate(self._columns) if state.zone and state.in_body}
        texts = {column for column, body in above.items() if kinds[column] == NUMBER and LABEL in body and NUMBER not in body}
        bands = {self._rows.bands[c] for c, body in above.items() if kinds[c] == LABEL and NUMBER in body and LABEL not in body}
        for column, state in enumerate(self._columns):
            if column in texts or self._rows.bands[column] in bands:
                state.zone, state.known = [], None
                self._known.clear()

    def _end_times(self) -> None:
        """Behind an empty row a line that tells a time, 9月までの累計, ends what headings of other tables above said of times alone."""
        for state in self._columns:
            if state.zone and state.in_body and all(_is_time(label) for _, label in state.zone):
                state.zone, state.known = [], None
                self._known.clear()

    def _body_above(self, row: int, column: int) -> set[int]:
        """What kinds of cells a column holds between its heading and a row."""
        return {self._sheet.kinds[each][column] for each in range(self._columns[column].zone[-1][0][0] + 1, row)}

    def _step(self, row: int) -> None:
        """One row down; where all that it holds is figures, only the columns whose figures have not begun can change."""
        heads = self._has_headings(row)
        dated = _carried_along(self._sheet, self._rows, row, self._columns) if heads else {}
        data, bands = self._rows.data[row], self._rows.bands
        kinds, covered = self._sheet.kinds[row], self._sheet.covered
        for column in range(self._sheet.width) if heads else self._moving:
            state = self._columns[column]
            if bands[column] not in data:
                _step_down(self._sheet, self._rows, row, column, state, dated)
            elif kinds[column] != EMPTY or (covered and (row, column) in covered):
                state.in_body = True
                state.pending.clear()
        if heads:
            self._known.clear()
        if heads or self._moving:
            self._moving = [column for column, state in enumerate(self._columns) if not state.settled]

    def _has_headings(self, row: int) -> bool:
        """Whether labels stand where the row holds no figures; rows of one pattern are alike in this."""
        pattern = self._sheet.lines[row]
        if pattern not in self._heads:
            self._heads[pattern] = any(not self._rows.is_data(row, column) for column in places(pattern, LABEL))
        return self._heads[pattern]


def _tells_time(sheet: Cells, row: int) -> bool:
    """Whether a line says of which part of a year what is below it is."""
    return any(label.dated and label.dated.within_year and not label.dated.exact for _, label in sheet.column_labels(row))


@cache
def _is_time(label: Label) -> bool:
    return bool(label.dated) and label.says_only("dated", "basis")


def _step_down(sheet: Cells, rows: Rows, row: int, column: int, state: _Column, dated: dict[int, Label]) -> None:
    """One cell down, where the row holds no figures."""
    place = row, column
    label = sheet.labels.get(place)
    if label and not label.note:
        _add_heading(sheet, place, state, dated.get(column, label))
    elif rows.is_blank(row, column):
        state.pending.clear()
        state.in_body = True
    elif row not in sheet.merged_rows and rows.heads_first(row, column):
        inherited = _label_to_left(sheet, rows, row, column)
        if inherited:
            state.pending.append(inherited)


def _add_heading(sheet: Cells, place: tuple[int, int], state: _Column, label: Label) -> None:
    anchor = sheet.anchor(*place)
    state.known = None
    if state.in_body:
        state.zone = []
        state.in_body = False
    if any(each == anchor for each, _ in state.zone):
        return
    state.zone += state.pending
    state.pending = []
    whole = _whole_to_left(sheet, place, state) if label.part and label.names_measure else None
    state.zone += [whole] if whole else []
    state.zone.append((anchor, _of_block(label) if _heads_labels(sheet, place, anchor, label) else label))


def _heads_labels(sheet: Cells, place: Place, anchor: Place, label: Label) -> bool:
    """Whether a heading that names a measure is merged across a number right below it and the label beside that number."""
    below = place[0] + 1
    return (
        label.names_measure
        and anchor[1] < place[1]
        and below < sheet.height
        and sheet.kinds[below][anchor[1]] == LABEL
        and sheet.kinds[below][place[1]] == NUMBER
    )


@cache
def _of_block(label: Label) -> Label:
    return replace(label, of_block=True)


def _whole_to_left(sheet: Cells, place: tuple[int, int], state: _Column) -> tuple[tuple[int, int], Label] | None:
    """What a うち heading is a part of: the nearest count to its left that is no part itself and has no other word (収納金額).

    It stands under the same heading as the part, if that names a count.
    """
    row, column = place
    first = state.zone[-1][0][1] if state.zone and state.zone[-1][1].names_measure else 0
    before = [(row, left) for left in range(column - 1, first - 1, -1) if (row, left) in sheet.labels]
    wholes = [each for each in before if sheet.labels[each].names_measure and not sheet.labels[each].part]
    whole = next((each for each in wholes if not sheet.labels[each].narrowed), wholes[0] if wholes else None)
    return (sheet.anchor(*whole), sheet.labels[whole]) if whole else None


def _label_to_left(sheet: Cells, rows: Rows, row: int, column: int) -> tuple[tuple[int, int], Label] | None:
    for left in range(column - 1, -1, -1):
        if rows.bands[left] != rows.bands[column]:
            return None
        label = sheet.labels.get((row, left))
        if label and not label.note:
            return (sheet.anchor(row, left), label) if rows.numbers_in_column[left] else None
    return None


def _carried_along(sheet: Cells, rows: Rows, row: int, columns: Sequence[_Column]) -> dict[int, Label]:
    """The labels of a heading row with the year carried from the first to those that name a month only."""
    line = [(column, label) for column, label in sheet.column_labels(row) if not rows.is_data(row, column) and label.dated]
    years = _carried(tuple([(label, _zone_year(columns[column])) for column, label in line]))
    return {column: label for (column, _), label in zip(line, years, strict=True)}


@lru_cache(maxsize=4096)
def _carried(line: tuple[tuple[Label, Label | None], ...]) -> list[Label]:
    """The same headings stand over most sheets."""
    return carried(line)


def _zone_year(column: _Column) -> Label | None:
    labels = [label for _, label in (column.pending if column.in_body else [*column.zone, *column.pending])]
    return next((label for label in reversed(labels) if label.shift or (label.dated and label.dated.year)), None)
