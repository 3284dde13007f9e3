"""Grids of the binary formats: values by the parser, held against what the records of the file tell."""

import datetime as dt
from collections.abc import Sequence

from fiveless.grid import Doubt, Grid, Span, Value
from fiveless.workbook import parser
from fiveless.workbook.refusal import broken, refused
from fiveless.workbook.thorough import MOST_CELLS
from fiveless.workbook.told import Told

Scanned = tuple[str, Told, int, bool]  # a sheet's name, what is told of it, how many numbers it holds, whether it is hidden


def grids(content: bytes, scanned: Sequence[Scanned]) -> list[Grid]:
    """The sheets in their order; a sheet of which the parser gives fewer numbers than its records hold says so."""
    workbook = parser.opened(content)
    if workbook is None:
        raise broken("calamine")
    cells = 0
    made = []
    for name, told, numbers, hidden in scanned:
        rows = parser.rows(workbook, name)
        cells += sum(map(len, (rows or [])[:1])) * len(rows or [])
        if cells > MOST_CELLS:
            raise refused("F05", reason=f"{cells:,}")
        found = sum(map(_is_number, (value for row in rows or [] for value in row)))
        doubts = [] if rows is not None and found == numbers else [Doubt("F22", {"stated": numbers, "read": found})]
        spans: list[Span] = parser.merges(workbook, name)
        made.append(Grid(name, rows or [], spans, hidden, **told.fields(doubts)))
    return made


def _is_number(value: Value) -> bool:
    return isinstance(value, int | float | dt.date | dt.time | dt.timedelta) and not isinstance(value, bool)
