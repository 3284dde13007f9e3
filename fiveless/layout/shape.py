"""Which kinds of cells a sheet holds where, and all that follows from that alone: sheets of one form share it."""

from collections import Counter
from functools import cache, cached_property, lru_cache
from itertools import chain, groupby

import numpy as np
from numpy.typing import NDArray

# What a cell is; a row of them is a pattern such as b"LLNNN.N", and rows repeat their patterns.
EMPTY, LABEL, NUMBER, MARK = b".LN-"
_TALL = 1000  # rows of a list rather than of a form, which nobody sends twice


class Shape:
    """The kinds of all cells of a sheet, row by row."""

    def __init__(self, cells: bytes, width: int, height: int) -> None:
        self.width = width
        self.lines = [cells[row * width : (row + 1) * width] for row in range(height)]
        self._parted: dict[tuple[int, ...], Parted] = {}

    @cached_property
    def stretches(self) -> list[tuple[range, bytes]]:
        """Rows that follow each other and have one pattern."""
        found, start = [], 0
        for pattern, same in groupby(self.lines):
            stop = start + sum(1 for _ in same)
            found.append((range(start, stop), pattern))
            start = stop
        return found

    @cached_property
    def patterns(self) -> Counter[bytes]:
        """How often each pattern of a row occurs."""
        return Counter(self.lines)

    @cached_property
    def numbers_in_column(self) -> Counter[int]:
        """Column → how many numbers it holds."""
        count: Counter[int] = Counter()
        for pattern, times in self.patterns.items():
            for column in places(pattern, NUMBER):
                count[column] += times
        return count

    @cached_property
    def first_places(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The rows and columns of the first number of each row that has one."""
        stretches = [(rows, pattern.find(NUMBER)) for rows, pattern in self.stretches if NUMBER in pattern]
        return _of_all_rows(stretches)

    @cached_property
    def second_places(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Where the second number of those rows stands, or their only one."""
        numbers = [(rows, places(pattern, NUMBER)) for rows, pattern in self.stretches if NUMBER in pattern]
        return _of_all_rows([(rows, columns[:2][-1]) for rows, columns in numbers])

    @cached_property
    def first_in_column(self) -> list[tuple[int, int]]:
        """The row and column of the first number of each column that has one."""
        cells = b"".join(self.lines)
        return [(row, column) for column in range(self.width) if (row := cells[column :: self.width].find(NUMBER)) >= 0]

    @cached_property
    def above_figures(self) -> list[int]:
        """The rows of labels and numbers over whose numbers no others stand."""
        found: list[int] = []
        seen: set[int] = set()
        for rows, pattern in self.stretches:
            columns = places(pattern, NUMBER)
            if columns and LABEL in pattern and seen.isdisjoint(columns):
                found.append(rows[0])
            seen.update(columns)
        return found

    def columns_of(self, *kinds: int, below: int = 0) -> set[int]:
        """The columns that hold any of some kinds of cells, from a row on."""
        patterns = set(self.lines[below:]) if below else self.patterns
        return set().union(*(places(pattern, kind) for pattern in patterns for kind in kinds))

    @cached_property
    def below_titles(self) -> int:
        """The first row of a sheet behind its titles: where they end with a blank row and lines without numbers follow, that behind it."""
        first = next((row for row, pattern in enumerate(self.lines) if NUMBER in pattern), 0)
        blank = next((row for row in range(first - 1, -1, -1) if not self.lines[row].strip(b".")), -1)
        return blank + 1 if blank + 1 < first else 0

    @cached_property
    def bands(self) -> tuple[int, ...]:
        """Column → number of its band, where no cells are merged; a title over a gap between tables does not join them."""
        return bands_of_used(self.columns_of(NUMBER, MARK, LABEL, below=self.below_titles), self.width)

    def parted(self, bands: tuple[int, ...]) -> "Parted":
        """The same, its columns parted into bands."""
        if bands not in self._parted:
            self._parted[bands] = Parted(self, bands)
        return self._parted[bands]


class Parted:
    """Where in each band of columns figures stand.

    `data` tells for each row in which bands, `data_rows` are those with any, `rows_of` the rows of each band; `first_number` the rows of
    each band that hold numbers, and the column of the first figure in each. Columns of figures are `stray` to texts: a text there, in a
    row of figures, is a remark in place of a number.
    """

    def __init__(self, shape: Shape, bands: tuple[int, ...]) -> None:
        self._shape, self._bands = shape, bands
        known = {pattern: self._data_bands(pattern) for pattern in shape.patterns}
        self.data = [known[pattern] for pattern in shape.lines]
        self.data_rows = frozenset(row for row, own in enumerate(self.data) if own)
        self.rows_of: dict[int, list[int]] = {band: [] for band in bands}
        self.first_number: dict[int, tuple[list[int], list[int]]] = {}
        for rows, pattern in shape.stretches:
            for band in known[pattern]:
                self.rows_of[band] += rows
            for band, column in {bands[column]: column for column in reversed(self._figures(pattern))}.items():
                at, begin = self.first_number.setdefault(band, ([], []))
                at += rows
                begin += [column] * len(rows)
        self.stray = self._stray(known)

    def _data_bands(self, pattern: bytes) -> frozenset[int]:
        return frozenset(self._bands[column] for kind in (NUMBER, MARK) for column in places(pattern, kind))

    def _figures(self, pattern: bytes) -> list[int]:
        """The columns of a row's numbers, and of its dashes in columns that hold numbers in other rows."""
        dashes = [column for column in places(pattern, MARK) if self._shape.numbers_in_column[column]]
        return sorted([*places(pattern, NUMBER), *dashes]) if places(pattern, NUMBER) else []

    def _stray(self, known: dict[bytes, frozenset[int]]) -> frozenset[int]:
        labels: Counter[int] = Counter()
        for pattern, times in self._shape.patterns.items():
            for column in places(pattern, LABEL):
                labels[column] += times if self._bands[column] in known[pattern] else 0
        return frozenset(column for column, count in self._shape.numbers_in_column.items() if count > labels[column])


def _of_all_rows(stretches: list[tuple[range, int]]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The rows of some stretches, and the column of each."""
    rows = np.array(list(chain.from_iterable(rows for rows, _ in stretches)), dtype=np.int64)
    sizes = np.array([len(rows) for rows, _ in stretches], dtype=np.int64)
    return rows, np.repeat(np.array([column for _, column in stretches], dtype=np.int64), sizes)


def bands_of_used(used: set[int], width: int) -> tuple[int, ...]:
    """Column → number of its band; bands are parted by columns in which no cell begins."""
    bands: list[int] = []
    band = 0
    for column in range(width):
        if column and column - 1 in used and column not in used:
            band += 1
        bands.append(band)
    return tuple(bands)


@cache
def places(pattern: bytes, kind: int) -> tuple[int, ...]:
    """The columns in which a row's pattern holds a kind."""
    return tuple(column for column, each in enumerate(pattern) if each == kind)


def shape_of(cells: bytes, width: int, height: int) -> Shape:
    """The shape of a sheet; that of a form is kept, for it is sent back by many and has many sheets."""
    return Shape(cells, width, height) if height > _TALL else _of_form(cells, width, height)


_of_form = lru_cache(maxsize=64)(Shape)
