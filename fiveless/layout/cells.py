"""A grid split into labels (spread over merged spans), numbers, and marks such as －."""

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal

from fiveless import dating, notation
from fiveless.grid import Grid, Value
from fiveless.labels import Label, Lexicon
from fiveless.notation import Unit


@dataclass(frozen=True, slots=True)
class Number:
    """A numeric cell: zero-based position, its exact value as it stands, the unit written in the cell itself, and 約."""

    row: int
    column: int
    value: Decimal
    unit: Unit | None = None
    about: bool = False
    percent: bool = False


@dataclass
class Cells:
    """The grid split into labels (spread over merged spans), numbers and marks such as －."""

    grid: Grid
    labels: dict[tuple[int, int], Label] = field(default_factory=dict)
    anchors: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    numbers: dict[tuple[int, int], Number] = field(default_factory=dict)
    marks: set[tuple[int, int]] = field(default_factory=set)
    others: list[tuple[Number, str]] = field(default_factory=list)
    texts: dict[tuple[int, int], str] = field(default_factory=dict)
    merged_rows: set[int] = field(default_factory=set)
    merged_columns: set[int] = field(default_factory=set)
    width: int = 0

    @property
    def height(self) -> int:
        """The number of rows."""
        return len(self.grid.rows)

    def anchor(self, row: int, column: int) -> tuple[int, int]:
        """The first cell of the merged span in which a cell lies, else the cell itself."""
        return self.anchors.get((row, column), (row, column))

    def put_aside(self, number: Number, reason: str) -> None:
        """A number that is no figure, and why."""
        del self.numbers[number.row, number.column]
        self.others.append((number, reason))

    def label_to_left(self, row: int, column: int) -> tuple[int, int] | None:
        """The place at which the nearest label to the left begins."""
        return next((self.anchor(row, left) for left in range(column - 1, -1, -1) if (row, left) in self.labels), None)

    def column_labels(self, row: int) -> list[tuple[int, Label]]:
        """The labels of a row, each with its column."""
        return [(column, self.labels[row, column]) for column in range(self.width) if (row, column) in self.labels]


def read(grid: Grid, lexicon: Lexicon) -> Cells:
    """The cells of a grid, each text read as a label, a number or a mark."""
    sheet = Cells(grid)
    for row, values in enumerate(grid.rows):
        for column, value in enumerate(values):
            if value != "" and value is not None:
                _place(sheet, lexicon, row, column, value)
    sheet.width = 1 + max((column for _, column in (*sheet.labels, *sheet.numbers, *sheet.marks)), default=-1)
    for top, left, bottom, right in grid.merges:
        _spread(sheet, top, left, bottom, right)
    return sheet


def _place(sheet: Cells, lexicon: Lexicon, row: int, column: int, value: Value) -> None:
    place = row, column
    if isinstance(value, str):
        number = notation.number(value)
        if number:
            sheet.numbers[place] = Number(row, column, number.value, number.unit, number.about)
        elif notation.mark(value):
            sheet.marks.add(place)
        elif notation.begins_as_number(value):
            sheet.marks.add(place)
            sheet.texts[place] = notation.trimmed(value)
        elif value.strip():
            sheet.labels[place] = lexicon.read(value)
    elif isinstance(value, bool | dt.time | dt.timedelta):
        sheet.marks.add(place)
    elif isinstance(value, dt.date):
        sheet.labels[place] = Label(f"{value:%Y-%m-%d}", dated=dating.of_date(value))
    else:
        sheet.numbers[place] = Number(row, column, notation.exact(value), percent=place in sheet.grid.percent)


def _spread(sheet: Cells, top: int, left: int, bottom: int, right: int) -> None:
    """Give every cell of a merged span the label of its first cell."""
    if right > left:
        sheet.merged_rows.update(range(top, bottom + 1))
    if bottom > top:
        sheet.merged_columns.update(range(left, right + 1))
    label = sheet.labels.get((top, left))
    if label is None:
        return
    right = min(right, max(sheet.width - 1, left))
    for row in range(top, min(bottom, sheet.height - 1) + 1):
        for column in range(left, right + 1):
            if (row, column) not in sheet.numbers:
                sheet.labels[row, column] = label
                sheet.anchors[row, column] = (top, left)
