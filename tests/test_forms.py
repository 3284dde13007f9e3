"""Whole workbooks as offices and their systems send them, made by other hands than the reader, each number with its truth."""

import csv
from collections import defaultdict
from decimal import Decimal
from pathlib import Path

import pytest

from fiveless import intake, reference, workbook
from fiveless.grid import Value, address

FORMS = Path(__file__).parent / "files" / "forms"
Place = tuple[str, str]


def _rows(table: str) -> dict[str, list[dict[str, str]]]:
    """The rows of a table by the file that they are about."""
    found: dict[str, list[dict[str, str]]] = defaultdict(list)
    with (FORMS / table).open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found[row["file"]].append(row)
    return found


TRUTH, TRAPS = _rows("truth.csv"), _rows("traps.csv")


def _said(row: dict[str, str]) -> tuple[str, ...]:
    return *(row[name] for name in ("bureau", "office", "measure", "period", "basis", "scenario")), f"{Decimal(row['value']).normalize():f}"


def _place(file: str, sheet: str, cell: str) -> Place:
    """The one sheet of a CSV has no name in the tables."""
    return ("" if Path(file).suffix in (".csv", ".tsv") else sheet, cell)


def _is_number(value: Value) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


@pytest.mark.parametrize("file", sorted({*TRUTH, *TRAPS}))
def test_a_form_is_read_as_its_maker_meant_it(file: str) -> None:
    """Every number that is an observation is taken as what it is, none of the others is, and every number is accounted for."""
    reading = intake.take(FORMS / file, file, reference.load(None))
    taken = {_place(file, each.sheet, each.cell): (*each[:6], f"{each.value.normalize():f}") for each in reading.observations}
    assert taken == {_place(file, row["sheet"], row["cell"]): _said(row) for row in TRUTH[file]}
    accounted = {_place(file, each.sheet, each.cell) for each in reading.accounts}
    assert {_place(file, row["sheet"], row["cell"]) for row in (*TRUTH[file], *TRAPS[file])} <= accounted
    for grid in workbook.load((FORMS / file).read_bytes(), FORMS / file):
        numbers = {address(r, c) for r, row in enumerate(grid.rows) for c, value in enumerate(row) if _is_number(value)}
        assert {_place(file, grid.name, cell) for cell in numbers} <= accounted
