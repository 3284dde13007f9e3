"""A sheet as cells with addresses, merged spans and visibility, however the file held it."""

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

_ADDRESS = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")
Value = int | float | str | bool | dt.datetime | dt.date | dt.time | dt.timedelta
Place = tuple[int, int]
Span = tuple[int, int, int, int]


@dataclass(frozen=True)
class Doubt:
    """What the door to files could not be sure of: the code of a finding, its fields, and the place on the sheet if it has one."""

    code: str
    fields: Mapping[str, Any] = field(default_factory=dict)
    place: Place | None = None


@dataclass(frozen=True)
class Grid:
    """One sheet. `rows` start at A1, each a list of values with "" for an empty cell; spans and coordinates are zero-based (row, column).

    `merges` are (top, left, bottom, right), inclusive. `errors` holds what error cells show (#N/A), `uncached` formulas that hold no value,
    `struck` cells whose text is struck out, `percent` cells shown as per cent, `scaled` by what cells are shown divided (1000, or 1 where
    only a word such as 千 tells that they are); `formulas` what formulas say, "" where the file does not tell; `affixes` the words before
    and after a number that only its format shows (0"月": "", "月"). `doubts` is what a person should know of the reading itself.
    """

    name: str
    rows: Sequence[Sequence[Value]]
    merges: Sequence[Span] = ()
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    errors: Mapping[Place, str] = field(default_factory=dict)
    uncached: frozenset[Place] = frozenset()
    struck: frozenset[Place] = frozenset()
    percent: frozenset[Place] = frozenset()
    scaled: Mapping[Place, int] = field(default_factory=dict)
    formulas: Mapping[Place, str] = field(default_factory=dict)
    affixes: Mapping[Place, tuple[str, str]] = field(default_factory=dict)
    doubts: Sequence[Doubt] = ()


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
