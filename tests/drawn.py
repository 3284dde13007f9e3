"""Sheets drawn as text: cells between bars, `<` merged into the cell to its left, `^` into the one above."""

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache

from fiveless import reference
from fiveless.checks import settle
from fiveless.finding import Finding
from fiveless.grid import Grid, Span, Value, address
from fiveless.labels import Lexicon
from fiveless.observation import Account, Observation
from fiveless.structure import SheetLayout
from fiveless.unpivot import unpivot

_DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)")


@cache
def lexicon() -> Lexicon:
    """The lexicon of the built-in codelists."""
    return Lexicon(reference.load(None))


def drawn(text: str, name: str = "Sheet1") -> Grid:
    """The grid of a drawing; a number is a number, 2022-06-01 a date, '4 the text 4, ␣ a wide space."""
    cells = [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in text.strip().splitlines()]
    rows = [[_value(cell) for cell in line] for line in cells]
    return Grid(name, rows, _merges(cells))


def _value(cell: str) -> Value:
    if cell in ("<", "^", ""):
        return ""
    if cell.startswith("'"):
        return cell[1:]
    date = _DATE.fullmatch(cell)
    if date:
        return dt.datetime(*map(int, date.groups()))  # type: ignore[arg-type]  # noqa: DTZ001 - cells know no time zone
    try:
        return float(cell)
    except ValueError:
        return cell.replace("␣", "\u3000")


def _merges(cells: list[list[str]]) -> list[Span]:
    def at(row: int, column: int) -> str:
        return cells[row][column] if row < len(cells) and column < len(cells[row]) else ""

    spans = []
    for row, line in enumerate(cells):
        for column, cell in enumerate(line):
            if cell in ("<", "^", ""):
                continue
            right, bottom = column, row
            while at(row, right + 1) == "<":
                right += 1
            while at(bottom + 1, column) == "^":
                bottom += 1
            if (right, bottom) != (column, row):
                spans.append((row, column, bottom, right))
    return spans


class Read:
    """What became of the numbers of a drawing."""

    def __init__(
        self,
        sheet_of: str | Grid,
        *,
        sheet: str = "Sheet1",
        file: str = "水道局",
        hidden_rows: Iterable[int] = (),
        told: Sequence[SheetLayout] = (),
    ) -> None:
        grid = sheet_of if isinstance(sheet_of, Grid) else replace(drawn(sheet_of, sheet), hidden_rows=frozenset(hidden_rows))
        read = unpivot(grid, lexicon(), lexicon().read_name(file), told=told)
        found = settle([read], file, lexicon().codelists.measure)
        self.observations: list[Observation] = list(found[0])
        self.accounts: list[Account] = list(found[1])
        self.findings: list[Finding] = found[2]
        numbers = {address(r, c) for r, row in enumerate(grid.rows) for c, value in enumerate(row) if isinstance(value, float)}
        assert numbers <= {account.cell for account in self.accounts}, "a number is not accounted for"
        assert len({account.cell for account in self.accounts}) == len(self.accounts), "a number is accounted for twice"
        hindered = [(each.about, each.candidates) for each in map(read.explained, range(len(read.figures.row)))]
        assert [read.hindrance(index) for index in range(len(hindered))] == hindered, "a reason is told in two ways"

    def fate(self, cell: str) -> str:
        """`taken`, `check`, or the code of the reason why the number in a cell was set aside."""
        account = next(account for account in self.accounts if account.cell == cell)
        return account.reason or account.fate

    def taken(self) -> dict[str, str]:
        """Cell → `bureau office measure period basis scenario value`."""
        return {each.cell: " ".join([*filter(None, each[:6]), f"{_shown(each.value)}"]) for each in self.observations}

    def codes(self) -> list[str]:
        """The codes of the findings, in order."""
        return [finding.code for finding in self.findings]


def fates(sheets: dict[str, str], *, file: str = "水道局") -> dict[str, str]:
    """What became of the numbers of a book of drawings: `sheet!cell` → taken, check or the reason; `findings` → their codes."""
    read = [unpivot(drawn(text, name), lexicon(), lexicon().read_name(file)) for name, text in sheets.items()]
    _, accounts, findings = settle(read, file, lexicon().codelists.measure)
    told = {f"{each.sheet}!{each.cell}": each.reason or each.fate for each in accounts}
    return {**told, "findings": " ".join(finding.code for finding in findings)}


def _shown(value: Decimal) -> str:
    return f"{value.normalize():f}"
