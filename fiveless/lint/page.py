"""A sheet as a page of cells: what sort of thing stands in each, and which cells a merged span fills."""

import datetime as dt
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Literal, NamedTuple

from fiveless import notation
from fiveless.grid import Grid, Value
from fiveless.lint.flaws import Place

# number: numeric; figures: a number written as text; mark: a sign for no number; date: a real date; words: all other text
Sort = Literal["number", "figures", "mark", "date", "words"]
_DIGITS = re.compile(r"0\d+")
_PLAIN = re.compile(r"[+-]?(?:0|[1-9]\d*)(?:\.\d+)?")
_WORDY = re.compile(r"[ぁ-ヿ㐀-鿿A-Za-z]{2}")


class Box(NamedTuple):
    """A rectangle of cells, inclusive."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class Page:
    """The cells with content by place; `anchors` gives the first cell of its merged span for every cell that a filled span covers.

    `overflow` are the lines of a CSV that have more values than most; what is too much is left out.
    """

    grid: Grid
    cells: Mapping[Place, Value]
    anchors: Mapping[Place, Place]
    is_csv: bool = False
    overflow: frozenset[int] = frozenset()

    def anchor(self, place: Place) -> Place | None:
        """The cell whose content a cell shows, or None where it is blank."""
        return self.anchors.get(place, place if place in self.cells else None)

    def shown(self, place: Place) -> Value:
        """What a cell shows, in a merged span too; "" for a blank one."""
        anchor = self.anchor(place)
        return "" if anchor is None else self.cells[anchor]

    def text(self, place: Place) -> str:
        """The text that a cell shows; "" for a number, a date or a blank."""
        value = self.shown(place)
        return value if isinstance(value, str) else ""

    def sort(self, place: Place) -> Sort | None:
        """The sort of a cell's own content; None where it has none."""
        return self._sorts.get(place)

    @cached_property
    def _sorts(self) -> dict[Place, Sort]:
        return {place: sort_of(value) for place, value in self.cells.items()}

    @cached_property
    def filled(self) -> dict[int, list[int]]:
        """Row → the columns in which it shows something, both in order."""
        rows: dict[int, list[int]] = {}
        for row, column in sorted({*self.cells, *self.anchors}):
            rows.setdefault(row, []).append(column)
        return rows

    @cached_property
    def texts(self) -> dict[Place, str]:
        """The cells that hold text."""
        return {place: value for place, value in self.cells.items() if isinstance(value, str)}


def page_of(grid: Grid, *, is_csv: bool = False) -> Page:
    """The page of a sheet; a CSV knows only text, so that there a plain number is one."""
    width = _usual_width(grid) if is_csv else max((len(row) for row in grid.rows), default=0)
    cells = {
        (row, column): _typed(value) if is_csv else value
        for row, values in enumerate(grid.rows)
        for column, value in enumerate(values[:width])
        if not isinstance(value, str) or value.strip()
    }
    for place, shown in grid.errors.items():
        cells.setdefault(place, shown)
    for place in grid.uncached:
        cells.setdefault(place, 0)
    anchors = {
        (row, column): (top, left)
        for top, left, bottom, right in grid.merges
        if (top, left) in cells
        for row in range(top, min(bottom + 1, len(grid.rows)))
        for column in range(left, min(right + 1, width))
    }
    return Page(grid, cells, anchors, is_csv, frozenset(row for row, values in enumerate(grid.rows) if len(values) > width))


def _usual_width(grid: Grid) -> int:
    """The number of values that most lines have, leaving out lines of one."""
    widths = Counter(len(row) for row in grid.rows if len(row) > 1)
    return widths.most_common(1)[0][0] if widths else 1


def _typed(value: Value) -> Value:
    return float(value) if isinstance(value, str) and _PLAIN.fullmatch(value) else value


def sort_of(value: Value) -> Sort:
    """What stands in a cell."""
    if isinstance(value, str):
        return _sort_of_text(value)
    if isinstance(value, dt.date | dt.time | dt.timedelta):
        return "date"
    return "words" if isinstance(value, bool) else "number"


@cache
def _sort_of_text(text: str) -> Sort:
    plain = text.strip()
    if notation.mark(plain) not in (None, "tick") and not _WORDY.search(plain):
        return "mark"
    return "figures" if notation.number(plain) and not _DIGITS.fullmatch(plain) else "words"
