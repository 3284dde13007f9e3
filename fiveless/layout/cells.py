"""A grid split into labels (spread over merged spans), numbers, and marks such as －."""

import datetime as dt
import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cache, cached_property, lru_cache
from itertools import compress

from fiveless import dating, notation
from fiveless.grid import Grid, Value
from fiveless.labels import Label, Lexicon
from fiveless.notation import Unit

_CURRENCIES = {"¥": "円", "￥": "円"}
# What a cell is; a row of them is a pattern such as b"LLNNN.N", and rows repeat their patterns.
EMPTY, LABEL, NUMBER, MARK = b".LN-"


@dataclass(frozen=True, slots=True)
class Number:
    """A numeric cell: zero-based position, its exact value as it stands, the unit written in the cell itself, and 約."""

    row: int
    column: int
    value: Decimal
    unit: Unit | None = None
    about: bool = False
    percent: bool = False


@dataclass
class Cells:
    """The grid split into labels (spread over merged spans), numbers and marks such as －.

    `kinds` tells row by row what each cell is. A plain number stands in the grid; `written` holds those that are written as text,
    have a fraction or are shown as per cent; `covered` are the cells over which a number is merged.
    """

    grid: Grid
    kinds: list[bytearray] = field(default_factory=list)
    labels: dict[tuple[int, int], Label] = field(default_factory=dict)
    anchors: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    written: dict[tuple[int, int], Number] = field(default_factory=dict)
    others: list[tuple[Number, str]] = field(default_factory=list)
    texts: dict[tuple[int, int], str] = field(default_factory=dict)
    covered: set[tuple[int, int]] = field(default_factory=set)
    merged_rows: set[int] = field(default_factory=set)
    merged_columns: set[int] = field(default_factory=set)
    width: int = 0

    @property
    def height(self) -> int:
        """The number of rows."""
        return len(self.kinds)

    def anchor(self, row: int, column: int) -> tuple[int, int]:
        """The first cell of the merged span in which a cell lies, else the cell itself."""
        return self.anchors.get((row, column), (row, column)) if self.anchors else (row, column)

    def is_number(self, row: int, column: int) -> bool:
        """Whether a cell of the sheet holds a number."""
        return self.kinds[row][column] == NUMBER

    def number(self, row: int, column: int) -> Number | None:
        """The number in a cell of the sheet, if it holds one."""
        if self.kinds[row][column] != NUMBER:
            return None
        return self.written.get((row, column)) or Number(row, column, Decimal(self.grid.rows[row][column]))  # type: ignore[arg-type]  # a plain number

    def numbers_in(self, row: int) -> list[Number]:
        """The numbers of a row."""
        return [number for column in places(bytes(self.kinds[row]), NUMBER) if (number := self.number(row, column))]

    def put_aside(self, number: Number, reason: str) -> None:
        """A number that is no figure, and why."""
        self.kinds[number.row][number.column] = EMPTY
        self.others.append((number, reason))

    def put_mark(self, row: int, column: int) -> None:
        """Something that is neither a number nor a label."""
        self.kinds[row][column] = MARK

    def put_label(self, row: int, column: int, label: Label) -> None:
        """A label in a cell, whatever was there."""
        self.labels[row, column] = label
        self.kinds[row][column] = LABEL

    def put_text(self, row: int, column: int, text: str) -> None:
        """Words in place of a number; (98) among figures is a number in brackets, wherever else it may count a list."""
        number = notation.enclosed(text)
        if number:
            self.others.append((Number(row, column, number.value, number.unit), "bracketed"))
        else:
            self.texts[row, column] = text

    def take_label(self, row: int, column: int) -> None:
        """Take a label away from its whole merged span."""
        span = [place for place in self.anchors if self.anchors[place] == (row, column)] or [(row, column)]
        for place in span:
            if self.labels.pop(place, None):
                self.kinds[place[0]][place[1]] = EMPTY

    def labels_that(self, fits: Callable[[Label], object]) -> list[tuple[tuple[int, int], Label]]:
        """The places with the labels that fit, as they are now; each distinct label is asked once, for labels repeat."""
        fitting = set(filter(fits, set(self.labels.values())))
        return [(place, label) for place, label in self.labels.items() if label in fitting] if fitting else []

    def label_to_left(self, row: int, column: int) -> tuple[int, int] | None:
        """The place at which the nearest label to the left begins."""
        return next((self.anchor(row, left) for left in range(column - 1, -1, -1) if (row, left) in self.labels), None)

    def column_labels(self, row: int) -> list[tuple[int, Label]]:
        """The labels of a row, each with its column."""
        labels = self.labels
        return [(column, labels[row, column]) for column in places(bytes(self.kinds[row]), LABEL)]

    @cached_property
    def lines(self) -> list[bytes]:
        """The pattern of each row; to be asked when no cell will change any more."""
        return list(map(bytes, self.kinds))

    @cached_property
    def patterns(self) -> Counter[bytes]:
        """How often each pattern of a row occurs."""
        return Counter(self.lines)

    def in_columns(self, kind: int) -> Counter[int]:
        """Column → how many of its cells are of a kind."""
        count: Counter[int] = Counter()
        for pattern, times in self.patterns.items():
            for column in places(pattern, kind):
                count[column] += times
        return count


@cache
def places(pattern: bytes, kind: int) -> tuple[int, ...]:
    """The columns in which a row's pattern holds a kind."""
    return tuple(column for column, each in enumerate(pattern) if each == kind)


def read(grid: Grid, lexicon: Lexicon) -> Cells:
    """The cells of a grid, each text read as a label, a number or a mark."""
    sheet = Cells(grid)
    blank = bytes([EMPTY]) * max(map(len, grid.rows), default=0)
    labels: dict[Value, Label] = {}
    for row, values in enumerate(grid.rows):
        kinds = bytearray(blank)
        sheet.kinds.append(kinds)
        pattern, floats, others = _by_type(tuple(map(type, values)))
        if all(map(float.is_integer, compress(values, floats))):  # type: ignore[arg-type]  # they are floats
            kinds[: len(values)] = pattern
        else:
            others = range(len(values))
        for column in others:
            value = values[column]
            if type(value) is float and value.is_integer():
                kinds[column] = NUMBER
            elif type(value) is str and value in labels:
                kinds[column], sheet.labels[row, column] = LABEL, labels[value]
            elif value or value == 0:
                kinds[column] = _place(sheet, lexicon, row, column, value)
                if kinds[column] == LABEL and type(value) is str:
                    labels[value] = sheet.labels[row, column]
    _narrow(sheet)
    _read_formats(sheet, lexicon)
    for span in grid.merges:
        _spread(sheet, *span)
    return sheet


@lru_cache(maxsize=4096)
def _by_type(types: tuple[type, ...]) -> tuple[bytes, tuple[bool, ...], Sequence[int]]:
    """Of rows of values of some types: their pattern so far as it is told by floats, which are floats, and the columns of all else."""
    floats = tuple(each is float for each in types)
    pattern = bytes(NUMBER if each else EMPTY for each in floats)
    return pattern, floats, tuple(column for column, each in enumerate(floats) if not each)


def _read_formats(sheet: Cells, lexicon: Lexicon) -> None:
    """Numbers that their formats show as per cent, or with words before or after them."""
    grid = sheet.grid
    for row, column in grid.percent:
        number = sheet.number(row, column) if row < sheet.height and column < sheet.width else None
        if number and not isinstance(grid.rows[row][column], str):
            sheet.written[row, column] = replace(number, percent=True)
    for (row, column), affix in grid.affixes.items():
        number = sheet.number(row, column) if row < sheet.height and column < sheet.width else None
        if number:
            _read_as_shown(sheet, lexicon, number, affix)


def _read_as_shown(sheet: Cells, lexicon: Lexicon, number: Number, affix: tuple[str, str]) -> None:
    """A number whose format shows words with it: 4 as 4月 or 令和4年度 is a heading, 1234 as 1234枚 has a unit of its own."""
    before, after = affix
    shown = f"{before}{number.value:f}{after}"
    dated, rest = dating.find(notation.normalised(shown))
    if dated and not rest.replace(dating.DATE, "").strip():
        sheet.put_aside(number, "heading")
        sheet.put_label(number.row, number.column, lexicon.read(shown))
        return
    unit = notation.unit(notation.normalised(after)) or Unit(_CURRENCIES.get(before, before) or after, 1)
    sheet.written[number.row, number.column] = replace(number, unit=unit)


def _narrow(sheet: Cells) -> None:
    """Forget the columns behind the last that holds anything."""
    sheet.width = max((len(kinds.rstrip(b".")) for kinds in sheet.kinds), default=0)
    for kinds in sheet.kinds:
        del kinds[sheet.width :]


def _place(sheet: Cells, lexicon: Lexicon, row: int, column: int, value: Value) -> int:
    """Put down what a cell holds, and tell its kind."""
    place = row, column
    if isinstance(value, str):
        return _place_text(sheet, lexicon, place, value)
    if isinstance(value, bool | dt.time | dt.timedelta):
        return MARK
    if isinstance(value, dt.date):
        sheet.labels[place] = _of_date(value)
        return LABEL
    if not math.isfinite(value):
        return MARK
    if not isinstance(value, int):
        sheet.written[place] = Number(row, column, notation.exact(value))
    return NUMBER


def _place_text(sheet: Cells, lexicon: Lexicon, place: tuple[int, int], text: str) -> int:
    kind, number = _written(text)
    if number and kind == MARK:
        sheet.others.append((Number(*place, number.value, number.unit), "bracketed"))
    elif number:
        sheet.written[place] = Number(*place, number.value, number.unit, number.about)
    elif kind == LABEL:
        sheet.labels[place] = lexicon.read(text)
    elif kind == MARK and notation.mark(text) is None:
        sheet.texts[place] = notation.trimmed(text)
    return kind


@cache
def _written(text: str) -> tuple[int, notation.Number | None]:
    """What kind of cell a text makes, and the number that it writes."""
    number = notation.number(text)
    if number:
        return NUMBER, number
    number = notation.bracketed(text)
    if number:
        return MARK, number
    if notation.mark(text) or (notation.begins_as_number(text) and not _begins_as_date(text)):
        return MARK, None
    return LABEL if text.strip() else EMPTY, None


def _begins_as_date(text: str) -> bool:
    """Whether a text is a date with a remark: 2021(令和3)年度."""
    return dating.find(notation.normalised(text))[1].startswith(dating.DATE)


@cache
def _of_date(date: dt.date) -> Label:
    return Label(f"{date:%Y-%m-%d}", dated=dating.of_date(date))


def _spread(sheet: Cells, top: int, left: int, bottom: int, right: int) -> None:
    """Give every cell of a merged span the label of its first cell."""
    if right > left:
        sheet.merged_rows.update(range(top, bottom + 1))
    if bottom > top:
        sheet.merged_columns.update(range(left, right + 1))
    label = sheet.labels.get((top, left))
    if label is None:
        if top < sheet.height and left < sheet.width and sheet.is_number(top, left):
            sheet.covered.update((row, column) for row in range(top, bottom + 1) for column in range(left, right + 1))
        return
    right = min(right, max(sheet.width - 1, left))
    for row in range(top, min(bottom, sheet.height - 1) + 1):
        for column in range(left, right + 1):
            if sheet.kinds[row][column] != NUMBER:
                sheet.put_label(row, column, label)
                sheet.anchors[row, column] = (top, left)
