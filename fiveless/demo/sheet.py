"""A demo workbook before it is written: its cells, and with each reported number the fact that it states."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from fiveless.grid import address

SYNTHETIC = "【架空データ】この表の数値はすべて架空です（synthetic data, not real figures）"
Spot = tuple[int, int]
Content = str | int | dt.date | None


class Fact(NamedTuple):
    """A number that a reader has to take, where it stands and what it means; `value` is in the measure's unit."""

    file: str
    bureau: str
    office: str
    measure: str
    period: str
    basis: str
    scenario: str
    value: Decimal
    sheet: str
    cell: str
    family: str


class Total(NamedTuple):
    """A number that is derived on its sheet: the sum of the cells `of`."""

    file: str
    sheet: str
    cell: str
    of: tuple[str, ...]


class Meaning(NamedTuple):
    """What a number states: the key of an observation."""

    bureau: str
    office: str
    measure: str
    period: str
    basis: str
    scenario: str = "actual"


class Cell(NamedTuple):
    """A cell with its style; `formula` is empty for a plain value; `to` is the last cell of a merged range."""

    at: Spot
    content: Content
    style: str
    formula: str = ""
    to: Spot | None = None


@dataclass
class Sheet:
    """A worksheet being filled; `widths` holds the width of columns by index."""

    file: str
    family: str
    name: str
    cells: list[Cell] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)
    totals: list[Total] = field(default_factory=list)
    widths: dict[int, float] = field(default_factory=dict)
    numbers: dict[Spot, int] = field(default_factory=dict)

    def put(self, row: int, column: int, content: Content, style: str = "plain", *, rows: int = 1, columns: int = 1) -> None:
        """A text or date, merged over `rows` and `columns`."""
        to = (row + rows - 1, column + columns - 1) if rows > 1 or columns > 1 else None
        self.cells.append(Cell((row, column), content, style, to=to))

    def fact(self, row: int, column: int, meaning: Meaning, value: int | None, *, thousands: bool = False) -> None:
        """A reported number and what it states; None leaves the cell empty; `thousands` writes a value of whole thousands in 千."""
        self.put(row, column, value // 1000 if thousands and value is not None else value, "number")
        if value is None:
            return
        self.numbers[row, column] = value // 1000 if thousands else value
        place = address(row, column)
        self.facts.append(Fact(self.file, *meaning, Decimal(value), self.name, place, self.family))

    def total(self, row: int, column: int, of: Iterable[Spot], *, formula: bool = False) -> None:
        """The sum of the numbers that stand in the cells `of`, as a value or as a formula; empty if none stands there."""
        members = tuple(spot for spot in of if spot in self.numbers)
        if not members:
            self.put(row, column, None, "sum")
            return
        places = tuple(address(*spot) for spot in members)
        self.numbers[row, column] = sum(self.numbers[spot] for spot in members)
        text = _sum(members, places) if formula else ""
        self.cells.append(Cell((row, column), self.numbers[row, column], "sum", text))
        self.totals.append(Total(self.file, self.name, address(row, column), places))


def _sum(members: Sequence[Spot], places: Sequence[str]) -> str:
    (top, left), (bottom, right) = members[0], members[-1]
    if (bottom - top + 1) * (right - left + 1) == len(members):
        return f"=SUM({places[0]}:{places[-1]})"
    return "=" + "+".join(places)


@dataclass
class Book:
    """A workbook being filled; `family` names its form."""

    file: str
    family: str
    sheets: list[Sheet] = field(default_factory=list)

    def sheet(self, name: str, title: str) -> Sheet:
        """A new sheet that says in its third row that its figures are invented; its table begins in the fifth."""
        sheet = Sheet(self.file, self.family, name)
        sheet.put(0, 0, title, "title")
        sheet.put(2, 0, SYNTHETIC, "note")
        self.sheets.append(sheet)
        return sheet

    @property
    def facts(self) -> list[Fact]:
        """The facts of all sheets."""
        return [fact for sheet in self.sheets for fact in sheet.facts]

    @property
    def totals(self) -> list[Total]:
        """The derived numbers of all sheets."""
        return [total for sheet in self.sheets for total in sheet.totals]
