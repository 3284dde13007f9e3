"""Reads a grid: each cell as a label, a number or a mark. Nearly all are whole numbers, or texts met before, and are read at once."""

import datetime as dt
import math
import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache, lru_cache
from itertools import chain, compress, repeat

import numpy as np
from numpy.typing import NDArray

from fiveless import dating, notation
from fiveless.grid import Grid, Place, Value
from fiveless.labels import Label, Lexicon
from fiveless.layout.cells import EMPTY, LABEL, MARK, NUMBER, Cells, Number
from fiveless.layout.days import WEEKDAY
from fiveless.notation import Unit

Flags = NDArray[np.bool_]
_DAY = re.compile(rf"\d{{1,2}}{WEEKDAY}")
_CURRENCIES = {"¥": "円", "￥": "円"}
_BY_TYPE: dict[type, int] = {float: NUMBER, int: NUMBER, str: LABEL}


def read(grid: Grid, lexicon: Lexicon) -> Cells:
    """The cells of a grid, each text read as a label, a number or a mark."""
    sheet = Cells(grid)
    lengths = set(map(len, grid.rows))
    width = max(lengths, default=0)
    if width:
        rows = grid.rows if len(lengths) == 1 else [[*row, *[""] * (width - len(row))] for row in grid.rows]
        _Reading(sheet, lexicon, list(chain.from_iterable(rows)), width).read()
    else:
        sheet.kinds = [bytearray() for _ in grid.rows]
    _read_formats(sheet, lexicon)
    _mark_results(sheet, {*grid.uncached, *grid.errors})
    for span in grid.merges:
        _spread(sheet, *span)
    return sheet


class _Reading:
    """All cells of a sheet, one row after the other, and what kinds they are."""

    def __init__(self, sheet: Cells, lexicon: Lexicon, cells: list[Value], width: int) -> None:
        self._sheet, self._lexicon, self._cells, self._width = sheet, lexicon, cells, width
        self._kinds = bytearray(map(_BY_TYPE.get, map(type, cells), repeat(MARK)))

    def read(self) -> None:
        """Put down what the cells hold; those that are neither whole numbers nor labels are read one by one."""
        kinds, labels = np.frombuffer(self._kinds, dtype=np.uint8), self._sheet.labels
        odd = np.flatnonzero(kinds == MARK).tolist()
        odd += self._read_numbers(kinds == NUMBER)
        odd += self._read_texts(np.flatnonzero(kinds == LABEL).tolist())
        texts = len(labels)
        for at in sorted(odd):
            self._kinds[at] = self._place(at)
        if len(labels) > texts:
            labels.fill(sorted(labels.items()))
        for place, number in self._sheet.written.items():
            self._sheet.values[place] = number.value
        self._lay_out(kinds.reshape(-1, self._width))

    def _read_numbers(self, are: Flags) -> list[int]:
        """Put down all numbers; the places of those that are not whole."""
        numbers = np.fromiter(compress(self._cells, are.tobytes()), np.float64)
        values = np.zeros(len(are))
        values[are] = numbers
        self._sheet.values = values.reshape(-1, self._width)
        odd = np.flatnonzero((np.floor(numbers) != numbers) | (np.abs(numbers) == np.inf))
        return np.flatnonzero(are)[odd].tolist() if len(odd) else []

    def _read_texts(self, places: list[int]) -> list[int]:
        """Put down all texts that are labels; the places of those that are none."""
        cells, kinds = self._cells, self._kinds
        for at in [at for at in places if not cells[at]]:
            kinds[at] = EMPTY
        places = [at for at in places if cells[at]]
        labels = self._labels([cells[at] for at in places])  # type: ignore[misc]  # they are texts
        found = zip(map(divmod, places, repeat(self._width)), labels, strict=True)
        if None not in labels:
            self._sheet.labels.fill(found)  # type: ignore[arg-type]  # none is None
            return []
        self._sheet.labels.fill((place, label) for place, label in found if label)
        return [at for at, label in zip(places, labels, strict=True) if label is None]

    def _labels(self, texts: Sequence[str]) -> list[Label | None]:
        """Texts as labels, None for those that are none."""
        known = _known(self._lexicon)
        for text in texts:
            if text not in known:
                known[text] = self._lexicon.read(text) if _written(text)[0] == LABEL else None
        return list(map(known.__getitem__, texts))

    def _place(self, at: int) -> int:
        """Put down what a cell holds, and tell its kind."""
        place, value = divmod(at, self._width), self._cells[at]
        if isinstance(value, str):
            return _place_text(self._sheet, self._lexicon, place, value)
        if isinstance(value, dt.date):
            self._sheet.labels[place] = _of_date(value)
            return LABEL
        if isinstance(value, bool | dt.time | dt.timedelta) or not math.isfinite(value):
            return MARK
        self._sheet.written[place] = Number(*place, notation.exact(value))
        return NUMBER

    def _lay_out(self, kinds: NDArray[np.uint8]) -> None:
        """Give the sheet its rows, less the columns behind the last that holds anything."""
        width = self._width
        if (kinds[:, -1] == EMPTY).all():
            width = int(np.flatnonzero((kinds != EMPTY).any(axis=0)).max(initial=-1)) + 1
        cells = kinds[:, :width].tobytes()
        self._sheet.width = width
        self._sheet.kinds = [bytearray(cells[row * width : (row + 1) * width]) for row in range(len(kinds))]


@lru_cache(maxsize=4)
def _known(_lexicon: Lexicon) -> dict[str, Label | None]:
    """The texts that a lexicon has read as labels, or that are none, kept as long as it is."""
    return {}


def _mark_results(sheet: Cells, results: set[Place]) -> None:
    """A formula without its value, or an error, below figures in a row with a label is one in place of a figure, and no blank."""
    above: dict[int, tuple[int, int]] = {}  # column → the last row that was looked at, and the last kind of cell up to there
    for row, column in sorted(results):
        if row < sheet.height and column < sheet.width and sheet.kinds[row][column] == EMPTY:
            last, kind = above.get(column, (-1, EMPTY))
            kind = next((each for up in range(row - 1, last, -1) if (each := sheet.kinds[up][column]) != EMPTY), kind)
            if kind in (NUMBER, MARK) and LABEL in sheet.kinds[row][:column]:
                sheet.put_mark(row, column)
                kind = MARK
            above[column] = row, kind


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
    """Whether a text is a date with a remark, or a day with its weekday: 2021(令和3)年度, 3(月)."""
    plain = notation.normalised(text)
    return bool(_DAY.fullmatch(plain)) or dating.find(plain)[1].startswith(dating.DATE)


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
