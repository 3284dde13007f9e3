"""A sheet as it is drawn: what each cell shows and what became of it."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Literal

import numpy as np

from fiveless.figures import MINUS, plain
from fiveless.finding import RULES, Finding
from fiveless.grid import Span, address, position
from fiveless.labels import Label
from fiveless.layout.cells import LABEL, MARK
from fiveless.observation import FATES, Fate, Reading
from fiveless.preview.places import Place, Places
from fiveless.unpivot import Sheet

Kind = Literal["taken", "check", "aside", "passed", "trouble", "label", "unread", "note", "mark", "gap", "empty"]
KINDS: tuple[Kind, ...] = ("taken", "check", "aside", "passed", "trouble", "unread", "gap", "label", "note", "mark", "empty")
_FACETS = {"N01": "measure", "N02": "measure", "N07": "bureau", "N11": "unit", "N12": "unit", "N16": "unknown"}


@dataclass(frozen=True, slots=True)
class Drawn:
    """One cell to be drawn: its place, the rows and columns that it fills, its kind, what it shows, and whether it cannot be seen."""

    row: int
    column: int
    rows: int
    columns: int
    kind: Kind
    shown: str
    hidden: bool = False

    @property
    def cell(self) -> str:
        """Its A1 address."""
        return address(self.row, self.column)


class Picture:
    """One sheet of a file with the fate of each of its cells. Rows and columns count from 0."""

    def __init__(self, sheet: Sheet, reading: Reading, places: Places) -> None:
        self.sheet = sheet
        self.name = sheet.name
        self.places = places
        self.reading = reading
        self._cells = sheet.layout.sheet
        accounts = reading.accounts
        names = [number for number, name in enumerate(accounts.sheet.names) if name == sheet.name]
        self._own = np.flatnonzero(np.isin(accounts.sheet.codes, names))

    @property
    def height(self) -> int:
        """The number of rows."""
        return self._cells.height

    @property
    def width(self) -> int:
        """The number of columns that hold anything."""
        return self._cells.width

    @cached_property
    def fates(self) -> dict[Place, tuple[Fate, str]]:
        """Place → the fate of the number there and, for one set aside, the code of the reason."""
        accounts, own = self.reading.accounts, self._own
        places = zip(accounts.row[own].tolist(), accounts.column[own].tolist(), strict=True)
        told = zip(accounts.fate[own].tolist(), accounts.reason.codes[own].tolist(), strict=True)
        return {place: (FATES[fate], accounts.reason.names[reason]) for place, (fate, reason) in zip(places, told, strict=True)}

    @cached_property
    def figures(self) -> dict[Place, int]:
        """Place → the number of the figure there."""
        rows, columns = self.sheet.row.tolist(), self.sheet.figures.column.tolist()
        return {place: index for index, place in enumerate(zip(rows, columns, strict=True))}

    @cached_property
    def findings(self) -> dict[str, list[Finding]]:
        """The findings of the sheet by cell; those of the sheet as a whole under an empty one."""
        found: dict[str, list[Finding]] = {}
        for each in self.reading.findings:
            if each.sheet == self.name:
                found.setdefault(each.cell, []).append(each)
        return found

    @cached_property
    def spans(self) -> dict[Place, Span]:
        """The merged spans by their first cell, cut at the edge of the sheet."""
        last = self.height - 1, self.width - 1
        return {
            (top, left): (top, left, min(bottom, last[0]), min(right, last[1]))
            for top, left, bottom, right in self._cells.grid.merges
            if top <= last[0] and left <= last[1]
        }

    @cached_property
    def covered(self) -> dict[Place, Place]:
        """The cells that lie under a merged one, each with the first cell of the span."""
        return {
            (row, column): first
            for first, (top, left, bottom, right) in self.spans.items()
            for row in range(top, bottom + 1)
            for column in range(left, right + 1)
            if (row, column) != first
        }

    @cached_property
    def unread(self) -> dict[Place, Finding]:
        """The labels for which numbers are set aside, each with the first finding that says so."""
        found: dict[Place, Finding] = {}
        for cell, findings in self.findings.items():
            for finding in findings:
                index = self.figures.get(position(cell)) if finding.code in _FACETS else None
                if index is not None:
                    for source in self.places.sources(self.sheet, index):
                        spot = self.places.where(self.sheet, index, source)
                        if source.facet == _FACETS[finding.code] and spot.sheet == self.name and spot.place:
                            found.setdefault(spot.place, finding)
        return found

    def counts(self) -> Counter[Kind]:
        """How many cells of the whole sheet are of each kind that says something of numbers."""
        accounts, own = self.reading.accounts, self._own
        pairs = Counter(zip(accounts.fate[own].tolist(), accounts.reason.codes[own].tolist(), strict=True))
        found: Counter[Kind] = Counter()
        for (fate, reason), count in pairs.items():
            code = accounts.reason.names[reason]
            found["taken" if FATES[fate] == "taken" else "check" if FATES[fate] == "check" else _aside(code)] += count
        for cell in self.findings:
            kind = self.kind(position(cell)) if cell else "empty"
            if kind in ("trouble", "gap"):
                found[kind] += 1
                found["check"] -= position(cell) in self.fates
        found["unread"] = len(self.unread)
        return found

    def summary(self) -> dict[Fate, int]:
        """How many numbers met each fate."""
        fates = np.bincount(self.reading.accounts.fate[self._own], minlength=len(FATES)).tolist()
        return dict(zip(FATES, fates, strict=True))

    @property
    def asks(self) -> bool:
        """Whether anything on the sheet needs a person."""
        return any(each.severity != "note" for findings in self.findings.values() for each in findings)

    def used_rows(self, within: Iterable[int]) -> Iterator[int]:
        """Those of some rows in which anything stands."""
        return (row for row in within if any(self._is_something((row, column)) for column in range(self.width)))

    def _is_something(self, place: Place) -> bool:
        grid = self._cells.grid
        return self._value(place) != "" or place in grid.errors or place in grid.uncached

    def drawn(self, rows: Sequence[int], columns: Sequence[int]) -> Iterator[Drawn]:
        """The cells of some rows and columns that are not empty and do not lie under another."""
        for row in rows:
            for column in columns:
                if (row, column) not in self.covered:
                    cell = self.at((row, column))
                    if cell.kind != "empty":
                        yield cell

    def at(self, place: Place) -> Drawn:
        """The cell at a place, that of the whole span where it is merged."""
        row, column = place = self.covered.get(place, place)
        top, left, bottom, right = self.spans.get(place, (row, column, row, column))
        grid = self._cells.grid
        hidden = grid.hidden or row in grid.hidden_rows or column in grid.hidden_columns
        return Drawn(row, column, bottom - top + 1, right - left + 1, self.kind(place), self.shown(place), hidden)

    def kind(self, place: Place) -> Kind:
        """What became of a cell."""
        codes = {each.code: each.severity for each in self.findings.get(address(*place), ())}
        asking = any(severity != "note" for severity in codes.values())
        fate, code = self.fates.get(place, ("", ""))
        if fate == "set_aside":
            return _aside(code)
        if fate == "taken":
            return "taken"
        if asking:
            return "trouble"
        return "check" if fate else "gap" if "X02" in codes else self._kind_of_text(place)

    def _kind_of_text(self, place: Place) -> Kind:
        if place in self.unread:
            return "unread"
        label = self.label(place)
        if label is not None:
            return "note" if label.note else "label"
        return "mark" if self._is_kind(place, MARK) else "note" if self._is_something(place) else "empty"

    def _is_kind(self, place: Place, kind: int) -> bool:
        row, column = place
        return row < self.height and column < self.width and self._cells.kinds[row][column] == kind

    def label(self, place: Place) -> Label | None:
        """What the text of a cell says."""
        return self._cells.labels.get(place) if self._is_kind(place, LABEL) else None

    def _value(self, place: Place) -> object:
        row, column = place
        rows = self._cells.grid.rows
        return rows[row][column] if row < len(rows) and column < len(rows[row]) else ""

    def shown(self, place: Place) -> str:
        """What a cell shows, on one line; a number with its thousands separated."""
        grid, value = self._cells.grid, self._value(place)
        if place in grid.errors:
            return grid.errors[place]
        if place in grid.uncached and value == "":
            return "=?"
        if isinstance(value, bool) or not isinstance(value, int | float):
            label = self.label(place)
            return " ".join(value.split()) if isinstance(value, str) else label.text if label else str(value)
        number = Decimal(plain(Decimal(f"{value:.15g}")))
        return (f"{number * 100:,f}".rstrip("0").rstrip(".") + "%" if place in grid.percent else f"{number:,f}").replace("-", MINUS)


def _aside(code: str) -> Kind:
    """Whether a number that was set aside for a reason needs a person."""
    return "passed" if RULES[code].severity == "note" else "aside"
