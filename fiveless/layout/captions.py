"""Titles, units and notes of time above a table or beside its title."""

from collections.abc import Iterator, Sequence

from fiveless.labels import Label
from fiveless.layout.cells import Cells
from fiveless.layout.roles import Path
from fiveless.layout.rows import Rows


class Captions:
    """Titles, units and notes of time that stand above a table, or beside its title, nearest first."""

    def __init__(self, sheet: Cells, rows: Rows, bands: Sequence[int]) -> None:
        self._lines: list[tuple[int, list[tuple[int, int, Label]]]] = []
        self.bands_of = bands
        self._cache: dict[tuple[int, int], Path] = {}
        self._first_data = min(rows.data_rows, default=sheet.height)
        for row in range(sheet.height):
            line = self._captions_in(sheet, rows, row)
            if line:
                self._lines.append((row, line))

    def _captions_in(self, sheet: Cells, rows: Rows, row: int) -> list[tuple[int, int, Label]]:
        if row in rows.data_rows:
            return []
        labels: dict[tuple[int, int], tuple[int, int, Label]] = {}
        pairs = rows.pairs(row)
        contact = any(label.dimension in ("contact", "desk", "submitted") for _, label in sheet.column_labels(row))
        for column, label in sheet.column_labels(row):
            if contact or (label.note and not label.units) or label.dimension:
                continue
            if row in rows.lone or not rows.heads_first(row, column):
                anchor = sheet.anchor(row, column)
                first = labels[anchor][0] if anchor in labels else column
                labels[anchor] = (first, column, pairs.get(anchor, label))
        return list(labels.values())

    def above(self, row: int, column: int) -> Path:
        """The captions above a number: those over its own part of the sheet first, then dates and bureaus over other parts."""
        band = self.bands_of[column]
        line = max((number for number, _ in self._lines if number < row), default=-1)
        if (line, band) not in self._cache:
            self._cache[line, band] = tuple(self._gather(line, band))
        return self._cache[line, band]

    def _gather(self, last: int, band: int) -> Iterator[Label]:
        others: list[Label] = []
        for row, line in reversed(self._lines):
            if row > last:
                continue
            for left, right, label in line:
                if self.bands_of[left] <= band <= self.bands_of[right]:
                    yield label
                elif row < self._first_data:
                    others.append(label if len(line) == 1 else Label(label.text, dated=label.dated, bureaus=label.bureaus))
        yield from others
