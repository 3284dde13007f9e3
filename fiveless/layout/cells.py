"""A grid split into labels (spread over merged spans), numbers, and marks such as －."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from fiveless import notation
from fiveless.grid import Grid, Place
from fiveless.labels import Label
from fiveless.layout.shape import EMPTY, LABEL, MARK, NUMBER, Shape, places, shape_of
from fiveless.notation import Unit

__all__ = ["EMPTY", "LABEL", "MARK", "NUMBER", "Cells", "Labels", "Number", "places"]


@dataclass(frozen=True, slots=True)
class Number:
    """A numeric cell: zero-based position, its exact value as it stands, the unit written in the cell itself, and 約."""

    row: int
    column: int
    value: Decimal
    unit: Unit | None = None
    about: bool = False
    percent: bool = False


class Labels(dict[Place, Label]):
    """The labels of a sheet by their places; `distinct` are all that were ever put down, each once, for labels repeat."""

    def __init__(self) -> None:
        super().__init__()
        self.distinct: set[Label] = set()

    def __setitem__(self, place: Place, label: Label) -> None:
        super().__setitem__(place, label)
        self.distinct.add(label)

    def fill(self, labels: Iterable[tuple[Place, Label]]) -> None:
        """Put down many in their order, in place of any."""
        self.clear()
        self.update(labels)
        self.distinct = set(self.values())


@dataclass
class Cells:
    """The grid split into labels (spread over merged spans), numbers and marks such as －.

    `kinds` tells row by row what each cell is. A plain number stands in the grid; `written` holds those that are written as text,
    have a fraction or are shown as per cent; `covered` are the cells over which a number is merged, `void` the rows
    that are said to be cancelled or replaced, with the place of that word. `values` are the numbers that were
    read, near enough to be compared and counted. `last_shape` is none where a cell has changed since it was asked for, and `looked_at`
    tells whether it was asked what any number is.
    """

    grid: Grid
    kinds: list[bytearray] = field(default_factory=list)
    values: NDArray[np.float64] = field(default_factory=lambda: np.zeros((0, 0)))
    labels: Labels = field(default_factory=Labels)
    anchors: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    written: dict[tuple[int, int], Number] = field(default_factory=dict)
    others: list[tuple[Number, str]] = field(default_factory=list)
    texts: dict[tuple[int, int], str] = field(default_factory=dict)
    covered: set[tuple[int, int]] = field(default_factory=set)
    void: dict[int, Place] = field(default_factory=dict)
    merged_rows: set[int] = field(default_factory=set)
    merged_columns: set[int] = field(default_factory=set)
    width: int = 0
    last_shape: Shape | None = None
    looked_at: bool = False

    @property
    def height(self) -> int:
        """The number of rows."""
        return len(self.kinds)

    def anchor(self, row: int, column: int) -> tuple[int, int]:
        """The first cell of the merged span in which a cell lies, else the cell itself."""
        return self.anchors.get((row, column), (row, column)) if self.anchors else (row, column)

    def last_column(self, row: int, column: int) -> int:
        """The last column of the merged span in which a cell lies."""
        last, anchor = column, self.anchor(row, column)
        while last + 1 < self.width and self.anchor(row, last + 1) == anchor:
            last += 1
        return last

    def is_number(self, row: int, column: int) -> bool:
        """Whether a cell of the sheet holds a number."""
        return self.kinds[row][column] == NUMBER

    def number(self, row: int, column: int) -> Number | None:
        """The number in a cell of the sheet, if it holds one."""
        if self.kinds[row][column] != NUMBER:
            return None
        self.looked_at = True
        return self.written.get((row, column)) or Number(row, column, Decimal(self.grid.rows[row][column]))  # type: ignore[arg-type]  # a plain number

    def numbers_in(self, row: int) -> list[Number]:
        """The numbers of a row."""
        return [number for column in places(bytes(self.kinds[row]), NUMBER) if (number := self.number(row, column))]

    def values_at(self, rows: int | list[int], columns: list[int]) -> NDArray[np.float64]:
        """The numbers of a row, or of each of some rows, in some columns, near enough to be compared."""
        self.looked_at = True
        return self.values[rows][..., columns]

    def put_aside(self, number: Number, reason: str) -> None:
        """A number that is no figure, and why."""
        self.kinds[number.row][number.column] = EMPTY
        self.last_shape = None
        self.others.append((number, reason))

    def put_number(self, number: Number) -> None:
        """A number where something else was read."""
        place = number.row, number.column
        self.kinds[number.row][number.column] = NUMBER
        self.last_shape = None
        self.written[place] = number
        self.values[place] = number.value

    def put_mark(self, row: int, column: int) -> None:
        """Something that is neither a number nor a label."""
        self.kinds[row][column] = MARK
        self.last_shape = None

    def put_label(self, row: int, column: int, label: Label) -> None:
        """A label in a cell, whatever was there."""
        self.labels[row, column] = label
        self.kinds[row][column] = LABEL
        self.last_shape = None

    def put_text(self, row: int, column: int, text: str) -> None:
        """Words in place of a number; (98) among figures is a number in brackets, wherever else it may count a list."""
        number = notation.enclosed(text)
        if number:
            self.others.append((Number(row, column, number.value, number.unit), "bracketed"))
        else:
            self.texts[row, column] = text

    def take_label(self, row: int, column: int) -> None:
        """Take a label away from its whole merged span."""
        span = [place for place in self.anchors if self.anchors[place] == (row, column)] or [(row, column)]
        for place in span:
            if self.labels.pop(place, None):
                self.kinds[place[0]][place[1]] = EMPTY
                self.last_shape = None

    def labels_that(self, fits: Callable[[Label], object]) -> list[tuple[Place, Label]]:
        """The places with the labels that fit, as they are now; `fits`, a function of a module, is asked of each label once for all."""
        unfit = _UNFIT[fits]
        asked = self.labels.distinct - unfit
        if not asked:
            return []
        fitting = set(filter(fits, asked))
        unfit |= asked - fitting
        return [(place, label) for place, label in self.labels.items() if label in fitting] if fitting else []

    def label_to_left(self, row: int, column: int) -> tuple[int, int] | None:
        """The place at which the nearest label to the left begins."""
        return next((self.anchor(row, left) for left in range(column - 1, -1, -1) if (row, left) in self.labels), None)

    def column_labels(self, row: int) -> list[tuple[int, Label]]:
        """The labels of a row, each with its column."""
        labels = self.labels
        return [(column, labels[row, column]) for column in places(bytes(self.kinds[row]), LABEL)]

    @property
    def shape(self) -> Shape:
        """What kinds of cells the sheet holds where, as they are now."""
        if self.last_shape is None:
            self.last_shape = shape_of(b"".join(self.kinds), self.width, self.height)
        return self.last_shape

    @property
    def lines(self) -> list[bytes]:
        """The pattern of each row."""
        return self.shape.lines


_UNFIT: defaultdict[Callable[[Label], object], set[Label]] = defaultdict(set)
"""What was asked of labels → the labels of which it does not hold: of most questions all of a sheet's."""
