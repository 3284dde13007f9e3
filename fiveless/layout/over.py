"""The labels over each number, going down every column from one heading zone to the next."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from fiveless.labels import Label
from fiveless.layout.cells import Cells
from fiveless.layout.roles import Path
from fiveless.layout.rows import Rows
from fiveless.layout.years import carried


@dataclass(frozen=True, slots=True)
class Over:
    """The labels over a cell, nearest first, and the row of the nearest."""

    path: Path
    row: int


NOTHING = Over((), -1)


@dataclass
class _Column:
    """The heading zone of one column while going down: the labels (top first) and whether figures have begun."""

    zone: list[tuple[tuple[int, int], Label]] = field(default_factory=list)
    pending: list[tuple[tuple[int, int], Label]] = field(default_factory=list)
    in_body: bool = False
    known: Over | None = None

    def seen(self) -> Over:
        """The zone as a cell below it sees it."""
        self.known = self.known or Over(tuple(label for _, label in reversed(self.zone)), self.zone[-1][0][0])
        return self.known


def over_numbers(sheet: Cells, rows: Rows) -> dict[tuple[int, int], Over]:
    """For every cell of a row of figures the labels over it; label columns get theirs for the role that they give."""
    over: dict[tuple[int, int], Over] = {}
    columns = [_Column() for _ in range(sheet.width)]
    for row in range(sheet.height):
        if row in rows.lone:
            continue
        dated = _carried_along(sheet, rows, row, columns)
        for column, state in enumerate(columns):
            _step_down(sheet, rows, row, column, state, dated)
            if rows.is_data(row, column) and state.zone:
                over[row, column] = state.seen()
    return over


def _step_down(sheet: Cells, rows: Rows, row: int, column: int, state: _Column, dated: dict[int, Label]) -> None:
    place = row, column
    if rows.is_data(row, column):
        if place in sheet.numbers or place in sheet.marks or place in sheet.labels:
            state.in_body = True
            state.pending.clear()
    elif place in sheet.labels and not sheet.labels[place].note:
        _add_heading(sheet, place, state, dated.get(column, sheet.labels[place]))
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
    whole = _whole_to_left(sheet, place) if label.part and label.names_measure else None
    state.zone += [whole] if whole else []
    state.zone.append((anchor, label))


def _whole_to_left(sheet: Cells, place: tuple[int, int]) -> tuple[tuple[int, int], Label] | None:
    """What a うち heading is a part of: the nearest count to its left that is no part itself."""
    row, column = place
    for left in range(column - 1, -1, -1):
        label = sheet.labels.get((row, left))
        if label and label.names_measure and not label.part:
            return sheet.anchor(row, left), label
    return None


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
    return dict(zip((c for c, _ in line), carried([(label, _zone_year(columns[c])) for c, label in line]), strict=True)) if line else {}


def _zone_year(column: _Column) -> Label | None:
    labels = [label for _, label in (column.pending if column.in_body else [*column.zone, *column.pending])]
    return next((label for label in reversed(labels) if label.dated and label.dated.year), None)
