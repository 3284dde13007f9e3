"""Reported values, and what became of each number of a file; in columns, for they come by the million."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, Self, TypeVar, get_args

from fiveless.figures import plain
from fiveless.finding import Finding
from fiveless.grid import address, column_number

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.signedinteger[Any]]
    Floats = NDArray[np.float64]

Basis = Literal["month", "quarter", "year", "ytd", "as_of"]
Scenario = Literal["actual", "target", "plan", "cap", "excluded"]
Status = Literal["normal", "estimated", "provisional", "missing", "not_applicable", "revised"]
Fate = Literal["taken", "check", "set_aside"]
NO_VALUE: tuple[Status, ...] = ("missing", "not_applicable")
FATES: tuple[Fate, ...] = get_args(Fate)
_TAKEN = FATES.index("taken")

KEY = ("bureau", "office", "measure", "period", "basis", "scenario")
HEADER = (
    "bureau",
    "bureau_name",
    "office",
    "less",
    "measure",
    "measure_name",
    "period",
    "basis",
    "scenario",
    "value",
    "unit",
    "status",
    "note",
    "file",
    "sheet",
    "cell",
    "sha256",
    "received_at",
)
_CODED = (*KEY, "status", "note", "sheet")
_Rare = TypeVar("_Rare")
_ROOM = 2**62
_DENSE = 32  # bytes for each entry: fewer are marked sooner than sorted
_BYTES = (1, 2, 4, 8)
_WHOLE = re.compile(r"-?\d{1,15}")
_CELL = re.compile(r"([A-Z]{1,3})([1-9]\d*)")


class Observation(NamedTuple):
    """One value with its key, its quality and the cell it came from. `value` is exact and in the measure's unit."""

    bureau: str
    office: str
    measure: str
    period: str
    basis: Basis
    scenario: Scenario
    value: Decimal
    status: Status
    note: str
    sheet: str
    cell: str

    @property
    def key(self) -> tuple[str, ...]:
        """What the value is a value of."""
        return self[:6]


class Account(NamedTuple):
    """What became of one number: its cell, the number as it stands there, its fate, and for `set_aside` the reason (a finding's code)."""

    sheet: str
    cell: str
    number: str
    fate: Fate
    reason: str


@dataclass(frozen=True, slots=True, eq=False)
class Coded:
    """A column of texts that repeat: for each entry the place of its text in `names`."""

    codes: "Ints"
    names: Sequence[str]

    @classmethod
    def of(cls, texts: Iterable[str]) -> Self:
        """The column of some texts."""
        import numpy as np

        names: dict[str, int] = {}
        codes = [names.setdefault(text, len(names)) for text in texts]
        return cls(np.array(codes, dtype=np.int64), tuple(names))

    def __reduce__(self) -> "tuple[type[Coded], tuple[Ints, Sequence[str]]]":
        """Passed to another process as its two fields, which takes a tenth of the time of the way of dataclasses."""
        return Coded, (self.codes, self.names)

    def __iter__(self) -> Iterator[str]:
        return (self.names[code] for code in self.codes.tolist())


def keys(parts: "Sequence[Ints]") -> "Ints":
    """For each entry a small number: equal for entries that are equal in all parts."""
    return numbered(combined(parts))


def combined(parts: "Sequence[Ints]") -> "Ints":
    """The same with any numbers, which cost less."""
    import numpy as np

    key, room = np.zeros(len(parts[0]), dtype=np.int64), 1
    for part in parts:
        least, most = (int(part.min()), int(part.max())) if len(part) else (0, 0)
        if least == most:
            continue
        size = most - least + 1
        if room * size > _ROOM:
            key, room = numbered(key), len(key) + 1
        key *= size
        key += part
        key -= least
        room *= size
    return key


def numbered(key: "Ints") -> "Ints":
    """The same entries, numbered from 0 on; equal ones often follow each other, and only the first of them is sorted, if need be."""
    import numpy as np

    first = np.ones(len(key), dtype=bool)
    first[1:] = key[1:] != key[:-1]
    if not first[1:].any():
        return np.zeros(len(key), dtype=np.int64)
    heads, place = key[first], np.cumsum(first)
    place -= 1
    number: Ints = place if (heads[1:] > heads[:-1]).all() else np.unique(heads, return_inverse=True)[1].astype(np.int64)[place]
    return number


def numbered_as_met(parts: "Sequence[Ints]") -> "tuple[Ints, list[int]]":
    """The same as `keys`, but numbered in the order in which they are met, and for each number the first entry that has it."""
    import numpy as np

    _, first, number = np.unique(combined(parts), return_index=True, return_inverse=True)
    order = np.argsort(first)
    place = np.empty_like(order)
    place[order] = np.arange(len(order))
    return place[number], first[order].tolist()


def any_twice(key: "Ints") -> bool:
    """Whether any entry, none of them negative, comes more than once."""
    import numpy as np

    room = int(key.max(initial=-1)) + 1
    if room <= _DENSE * len(key):
        seen = np.zeros(room, dtype=bool)
        seen[key] = True
        return int(np.count_nonzero(seen)) < len(key)
    ordered = np.sort(key)
    return bool((ordered[1:] == ordered[:-1]).any())


def distinct(column: "Ints") -> "Ints":
    """The different numbers of a column in their order; they lie close together, so that they need not be sorted."""
    import numpy as np

    if not len(column):
        return column
    least = int(column.min())
    found = np.zeros(int(column.max()) - least + 1, dtype=bool)
    found[column - least if least else column] = True
    return np.flatnonzero(found) + least


def narrowed(column: "Ints") -> "Ints":
    """The same numbers in as few bytes as hold them: what is read in one process is stored in another."""
    least, most = int(column.min(initial=0)), int(column.max(initial=0))
    size = next(size for size in _BYTES if -(1 << 8 * size - 1) <= least and most < 1 << 8 * size - 1)
    return column.astype(f"i{size}")


def joined(columns: Sequence[Coded], numbers: dict[str, int] | None = None) -> Coded:
    """Columns one after the other, with one list of names: those that have `numbers` already keep them, and the others are put there."""
    import numpy as np

    places = {} if numbers is None else numbers
    known: dict[tuple[str, ...], Any] = {}  # many files have the same names
    parts = []
    for column in columns:
        names = tuple(column.names)
        if names not in known:
            own = np.array([places.setdefault(name, len(places)) for name in names], dtype=np.int32)
            known[names] = None if np.array_equal(own, np.arange(len(own))) else own
        parts.append(column.codes if known[names] is None else known[names][column.codes])
    return Coded(np.concatenate(parts, dtype=np.int32), tuple(places))


@dataclass(frozen=True, slots=True, eq=False)
class Observations:
    """Observations as columns. `coded` holds the texts of the key, `status`, `note` and `sheet` by name; rows and columns count from 0.

    `whole` is the value; where that is no whole number of at most 15 digits, `exact` has it by position.
    """

    coded: dict[str, Coded]
    whole: "Ints"
    row: "Ints"
    column: "Ints"
    exact: dict[int, Decimal] = field(default_factory=dict)

    @classmethod
    def of(cls, observations: Iterable[Observation] = ()) -> Self:
        """The columns of some observations."""
        import numpy as np

        rows = list(observations)
        exact = {place: row.value for place, row in enumerate(rows) if not _WHOLE.fullmatch(plain(row.value))}
        whole = [0 if place in exact else int(row.value) for place, row in enumerate(rows)]
        return cls(
            {name: Coded.of(getattr(row, name) for row in rows) for name in _CODED},
            np.array(whole, dtype=np.int64),
            *_places(row.cell for row in rows),
            exact,
        )

    @classmethod
    def joined(cls, parts: "Sequence[Observations]", numbers: dict[str, int] | None = None) -> Self:
        """Some one after the other, their texts numbered as in `joined`."""
        import numpy as np

        return cls(
            {name: joined([part.coded[name] for part in parts], numbers) for name in _CODED},
            np.concatenate([part.whole for part in parts]),
            np.concatenate([part.row for part in parts]),
            np.concatenate([part.column for part in parts]),
            _together([(len(part), part.exact) for part in parts]),
        )

    def __len__(self) -> int:
        return len(self.whole)

    def __iter__(self) -> Iterator[Observation]:
        values = (self.exact.get(place) or Decimal(whole) for place, whole in enumerate(self.whole.tolist()))
        columns: list[Iterable[Any]] = [self.coded[name] for name in KEY]
        columns += [values, *(self.coded[name] for name in _CODED[len(KEY) :]), _cells(self.row, self.column)]
        return map(Observation._make, zip(*columns, strict=True))


@dataclass(frozen=True, slots=True, eq=False)
class Accounts:
    """What became of numbers, as columns. `fate` counts in FATES; `written` has by position the numbers that are no plain whole ones."""

    sheet: Coded
    row: "Ints"
    column: "Ints"
    number: "Floats"
    fate: "Ints"
    reason: Coded
    written: dict[int, str] = field(default_factory=dict)

    @classmethod
    def of(cls, accounts: Iterable[Account] = ()) -> Self:
        """The columns of some accounts."""
        import numpy as np

        rows = list(accounts)
        written = {place: row.number for place, row in enumerate(rows) if not _WHOLE.fullmatch(row.number)}
        return cls(
            Coded.of(row.sheet for row in rows),
            *_places(row.cell for row in rows),
            np.array([0 if place in written else int(row.number) for place, row in enumerate(rows)], dtype=np.float64),
            np.array([FATES.index(row.fate) for row in rows], dtype=np.int64),
            Coded.of(row.reason for row in rows),
            written,
        )

    @classmethod
    def joined(cls, parts: "Sequence[Accounts]", numbers: dict[str, int] | None = None) -> Self:
        """Some one after the other, their texts numbered as in `joined`."""
        import numpy as np

        return cls(
            joined([part.sheet for part in parts], numbers),
            np.concatenate([part.row for part in parts]),
            np.concatenate([part.column for part in parts]),
            np.concatenate([part.number for part in parts]),
            np.concatenate([part.fate for part in parts]),
            joined([part.reason for part in parts], numbers),
            _together([(len(part), part.written) for part in parts]),
        )

    def __len__(self) -> int:
        return len(self.row)

    def tell_of(self, observations: Observations) -> bool:
        """Whether the numbers taken are the values of observations one by one, as they stand in their cells."""
        import numpy as np

        taken, sheet = np.flatnonzero(self.fate == _TAKEN), observations.coded["sheet"]
        if len(taken) != len(observations) or observations.exact or tuple(self.sheet.names) != tuple(sheet.names):
            return False
        if any(self.fate[place] == _TAKEN for place in self.written):
            return False
        own: list[Any] = [self.number, self.row, self.column, self.sheet.codes]
        others = (observations.whole, observations.row, observations.column, sheet.codes)
        return all(np.array_equal(each[taken], other) for each, other in zip(own, others, strict=True))

    def not_taken(self) -> "Accounts":
        """Those of the numbers that were not taken."""
        import numpy as np

        rest = np.flatnonzero(self.fate != _TAKEN)
        sheet, reason = (Coded(each.codes[rest], each.names) for each in (self.sheet, self.reason))
        written = {int(np.searchsorted(rest, place)): text for place, text in self.written.items() if self.fate[place] != _TAKEN}
        return Accounts(sheet, self.row[rest], self.column[rest], self.number[rest], self.fate[rest], reason, written)

    def counts(self) -> dict[tuple[Fate, str], int]:
        """How many numbers met each fate, by reason."""
        import numpy as np

        size = len(self.reason.names) or 1
        pairs, counts = np.unique(self.fate.astype(np.int64) * size + self.reason.codes, return_counts=True)
        return {
            (FATES[pair // size], self.reason.names[pair % size]): count
            for pair, count in zip(pairs.tolist(), counts.tolist(), strict=True)
        }

    def __iter__(self) -> Iterator[Account]:
        numbers = (self.written.get(place) or str(int(number)) for place, number in enumerate(self.number.tolist()))
        fates = (FATES[fate] for fate in self.fate.tolist())
        return map(Account._make, zip(self.sheet, _cells(self.row, self.column), numbers, fates, self.reason, strict=True))


def _together(parts: Iterable[tuple[int, dict[int, _Rare]]]) -> dict[int, _Rare]:
    """What is known by position of parts of some lengths, by position in all of them one after the other."""
    start = 0
    found: dict[int, _Rare] = {}
    for length, part in parts:
        found |= {start + place: each for place, each in part.items()}
        start += length
    return found


def _cells(rows: "Ints", columns: "Ints") -> Iterator[str]:
    return map(address, rows.tolist(), columns.tolist())


def _places(cells: Iterable[str]) -> "tuple[Ints, Ints]":
    """The zero-based rows and columns of A1 addresses; ValueError for anything else."""
    import numpy as np

    found = [_CELL.fullmatch(cell) for cell in cells]
    if not all(found):
        raise ValueError(found)
    rows = [int(each[2]) - 1 for each in found if each]
    columns = [column_number(each[1]) for each in found if each]
    return np.array(rows, dtype=np.int64), np.array(columns, dtype=np.int64)


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """All that one file gave: `file` as shown to the user, its content hash, values, the fate of every number, and findings."""

    file: str
    sha256: str
    observations: Observations = field(default_factory=Observations.of)
    accounts: Accounts = field(default_factory=Accounts.of)
    findings: list[Finding] = field(default_factory=list)
    refused: bool = False
