"""A sheet as cells with addresses, merged spans and visibility, however the file held it."""

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

_ADDRESS = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")
Value = int | float | str | bool | dt.datetime | dt.date | dt.time | dt.timedelta
Span = tuple[int, int, int, int]


@dataclass(frozen=True)
class Grid:
    """One sheet. `rows` start at A1, each a list of values with "" for an empty cell; spans and coordinates are zero-based (row, column).

    `merges` are (top, left, bottom, right), inclusive. `errors` holds what error cells show (#N/A), `uncached` formulas that hold no value,
    `struck` cells whose text is struck out, `percent` cells shown as per cent, `scaled` cells shown in thousands or millions.
    """

    name: str
    rows: Sequence[Sequence[Value]]
    merges: Sequence[Span] = ()
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    errors: Mapping[tuple[int, int], str] = field(default_factory=dict)
    uncached: frozenset[tuple[int, int]] = frozenset()
    struck: frozenset[tuple[int, int]] = frozenset()
    percent: frozenset[tuple[int, int]] = frozenset()
    scaled: frozenset[tuple[int, int]] = frozenset()


def column_name(column: int) -> str:
    """0 → A, 25 → Z, 26 → AA."""
    name = ""
    column += 1
    while column:
        column, letter = divmod(column - 1, 26)
        name = chr(65 + letter) + name
    return name


def column_number(name: str) -> int:
    """A → 0, Z → 25, AA → 26: the inverse of `column_name`."""
    number = 0
    for letter in name:
        number = number * 26 + ord(letter) - 64
    return number - 1


def address(row: int, column: int) -> str:
    """The A1 address of a zero-based position."""
    return f"{column_name(column)}{row + 1}"


def position(cell: str) -> tuple[int, int]:
    """The zero-based row and column of an A1 address: the inverse of `address`. ValueError for any other text."""
    found = _ADDRESS.fullmatch(cell)
    if not found:
        raise ValueError(cell)
    return int(found[2]) - 1, column_number(found[1])
