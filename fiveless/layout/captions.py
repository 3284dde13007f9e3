"""Titles, units and notes of time above a table or beside its title, and how far each of them reaches."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

import numpy as np
from numpy.typing import NDArray

from fiveless.labels import Label
from fiveless.layout.cells import LABEL, Cells
from fiveless.layout.roles import Path, in_role, undated
from fiveless.layout.rows import Rows

_PRIVATE = frozenset({"contact", "desk", "submitted"})
_TO = re.compile(r"(?:様|殿|御中|宛て?|あて)\)?$|^[(（]?(?:あて先|宛先|宛て先)")
_INSTRUCTIONS = re.compile(r"要領|方法|手引|注意|留意")
_NUMBERING = re.compile(
    r"[(【\[<]?(?:\d{1,2}|[ア-ン](?=\)))[)】\]>.．]|\d{1,2}(?![\d年月日四半Q件枚人,])|[■□◆◇●○◎▼▽▶]|(?:表|第)\d{1,2}表?(?=\s)"
)
_DIRECTIONS = frozenset({"SEND", "RECEIVE"})
"""What is sent or received (■送信) the title tells."""
_Line = list[tuple[int, int, Label]]


class Captions:
    """The captions of each number, nearest first.

    Its own are those in the gap above its run of rows and in the gap above its table's heading; the first line of the sheet is
    its title and holds for all. Other lines above the first figures are `far`; captions of other tables say nothing. A caption that
    names a measure ends the reach of those before it that do.
    """

    def __init__(self, sheet: Cells, rows: Rows, bands: Sequence[int]) -> None:
        self._sheet = sheet
        self._bands = bands
        others = (row for row in range(sheet.height) if row not in rows.data_rows)
        lines = [(row, line) for row in others if (line := _captions_in(sheet, rows, row))]
        lines = [each for place, each in enumerate(lines) if place == 0 or not _heads_instructions(sheet, rows, each)]
        self._lines = [(row, list(map(_sent, line))) for row, line in lines] if _is_letter(sheet) else lines
        self._rows = [row for row, _ in self._lines]
        self._first_data = min(rows.data_rows, default=sheet.height)
        self._is_blank_in = rows.is_blank_in
        self._data = rows.parted.rows_of
        self._doubts = {band: tuple(self._below(band)) for band in self._data}
        self._known: dict[tuple[int, int, int], Path] = {}

    @property
    def labels(self) -> list[Label]:
        """All captions of the sheet."""
        return [label for _, line in self._lines for _, _, label in line]

    def above(self, row: int, column: int, heading: int) -> Path:
        """The captions of a number in a place whose heading stands in a row (-1: it has none)."""
        band = self._bands[column]
        key = self.last_before(row), band, heading
        if key not in self._known:
            self._known[key] = tuple(_superseded(list(self._gather(*key))))
        return self._known[key]

    def before(self, rows: NDArray[np.int64]) -> NDArray[np.int64]:
        """How many rows of captions are above each of some rows."""
        return np.searchsorted(self._rows, rows)

    def last_before(self, row: int) -> int:
        """The row of the last caption above a row, -1 if there is none."""
        place = bisect_left(self._rows, row)
        return self._rows[place - 1] if place else -1

    def _gather(self, last: int, band: int, heading: int) -> Iterator[Label]:
        elsewhere: list[Label] = []
        for row, line in reversed([each for each in self._lines if each[0] <= last]):
            title = row == self._lines[0][0] and row < self._first_data
            own = title or self._in_gap(row, last, band) or self._in_gap(row, heading, band) or self._heads_block(row, last, heading, band)
            if not (own or row < self._first_data):
                continue
            for left, right, label in line:
                if self._reaches(left, right, band) or (label.only_unit and len(line) == 1 and self._ends_twins(left, band)):
                    yield label if own or (label.only_unit and self._is_over_blocks(row, last)) else _far(label)
                else:
                    elsewhere.append(label if title and len(line) == 1 else _lent(label))
        yield from elsewhere
        yield from self._doubts[band]

    def _is_over_blocks(self, row: int, last: int) -> bool:
        """Whether a row stands above the caption of the first block of a sheet, and the last caption above a number heads one like it.

        So 単位：千枚 above 令和4年度 holds for 令和3年度 below as well; blocks of other measures may be counted otherwise.
        """
        first = next((line for each, line in reversed(self._lines) if row < each < self._first_data), None)
        own = next(line for each, line in self._lines if each == last)
        return first is not None and _tells_apart(first[0][2]) == _tells_apart(own[0][2]) != ""

    def _below(self, band: int) -> Iterator[Label]:
        """What lines below the last figures say where nothing above them does: of units, which is a doubt, and whose they are.

        A date only where its name says that it is that of the figures, 対象月：令和5年11月.
        """
        last = max(self._data[band], default=-1)
        labels = (label for row, line in self._lines if row > last for _, _, label in line)
        return (
            label if _names_time(label) else undated(_lent(label))
            for label in labels
            if label.units or label.unclear_unit or label.bureaus or _names_time(label)
        )

    def _reaches(self, left: int, right: int, band: int) -> bool:
        """Whether a caption from one column to another is also one over a band: it spans it, or itself stands over no figures."""
        first, last = self._bands[left], self._bands[right]
        return first <= band <= last or not any(self._data[each] for each in range(first, last + 1))

    def _ends_twins(self, column: int, band: int) -> bool:
        """Whether a column is the end, not the begin, of a band that is one table with another: the same headings stand over both."""
        own, other = self._headings(self._bands[column]), self._headings(band)
        return bool(own) and column > own[0][0] and [label for _, label in own] == [label for _, label in other]

    def _headings(self, band: int) -> list[tuple[int, Label]]:
        """The labels right above the first figures of a band."""
        row = min(self._data[band], default=0) - 1
        return [(column, label) for column, label in self._sheet.column_labels(row) if self._bands[column] == band] if row >= 0 else []

    def _heads_block(self, row: int, last: int, heading: int, band: int) -> bool:
        """Whether a caption is the last one over figures, and no blank row parts it from their heading: an office's name over a card."""
        between = range(row + 1, heading)
        return row == last and bool(between) and not any(self._is_blank_in(each, band) for each in between)

    def _in_gap(self, row: int, below: int, band: int) -> bool:
        """Whether no figures stand between a row and one below it."""
        data = self._data[band]
        before = bisect_left(data, below)
        return row <= below and (before == 0 or data[before - 1] < row)


def _tells_apart(label: Label) -> str:
    """By what a caption tells its block from others that count the same."""
    if label.names_measure:
        return ""
    return "whose" if label.bureaus or label.office or label.alias else "time" if label.dated else ""


@cache
def _far(label: Label) -> Label:
    """A caption that may be another table's."""
    return replace(label, far=True)


@cache
def _names_time(label: Label) -> bool:
    return bool(label.named and label.dated and label.dated.within_year and not label.rest)


@cache
def _lent(label: Label) -> Label:
    """What a caption over another part of the sheet may say of this one: a unit is only a doubt, an office must be named one (課名：)."""
    return Label(
        label.text,
        dated=label.dated,
        bureaus=label.bureaus,
        office=label.office if label.named else "",
        named=label.named and bool(label.office or label.bureaus),
        units=label.units,
        unclear_unit=label.unclear_unit,
        far=True,
    )


def _is_letter(sheet: Cells) -> bool:
    """Whether a sheet is addressed to someone."""
    return bool(sheet.labels_that(_addresses))


@cache
def _addresses(label: Label) -> bool:
    return label.note and bool(_TO.search(label.text))


def _sent(caption: tuple[int, int, Label]) -> tuple[int, int, Label]:
    """A caption of a letter: 水道局総務部総務課 is who sends it, and no office whose figures alone it reports."""
    label = caption[2]
    return (*caption[:2], replace(label, office="")) if label.office and label.bureaus and not label.names_measure else caption


def _captions_in(sheet: Cells, rows: Rows, row: int) -> _Line:
    pairs = rows.pairs(row)
    line = sheet.column_labels(row)
    if pairs is None and any(label.dimension in _PRIVATE for _, label in line):
        return []
    labels: dict[tuple[int, int], tuple[int, int, Label]] = {}
    heads = row not in rows.lone and any(rows.heads_first(row, column) for column, _ in line)
    for column, label in line:
        anchor = sheet.anchor(row, column)
        if (label.note and not label.units) or label.dimension or (pairs is not None and anchor not in pairs):
            continue
        if _is_month_to_come(sheet, row, column, label):
            continue
        if heads and not (label.units or rows.has_figures(rows.bands[column])):
            continue
        if row in rows.lone or not rows.heads_first(row, column) or _is_corner(sheet, rows, row, column, label):
            first = labels[anchor][0] if anchor in labels else column
            labels[anchor] = (first, column, pairs[anchor] if pairs else _headed(label))
    return list(labels.values())


def _is_month_to_come(sheet: Cells, row: int, column: int, label: Label) -> bool:
    """Whether a line without figures is one of a table filled in so far: 6月 right below 5月."""
    above = sheet.labels.get((row - 1, column))
    if not (above and above.dated and label.dated and above.dated.month):
        return False
    return label.dated.month == above.dated.month % 12 + 1


def _heads_instructions(sheet: Cells, rows: Rows, caption: tuple[int, _Line]) -> bool:
    """Whether a caption below the title heads the instructions to those who fill in a form, and the next line is one of them."""
    row, line = caption
    below = sheet.column_labels(row + 1) if row + 1 < sheet.height else []
    return all(_instructs(label) for _, _, label in line) and bool(below) and row + 1 not in rows.data_rows and below[0][1].note


@cache
def _instructs(label: Label) -> bool:
    return label.memo and bool(_INSTRUCTIONS.search(label.text))


def _is_corner(sheet: Cells, rows: Rows, row: int, column: int, label: Label) -> bool:
    """Whether a label stands where a heading meets the labels beside the figures, and tells of when or what all of them are."""
    if rows.numbers_in_column[column] or not (label.names_measure or (label.dated and label.dated.year)):
        return False
    below = (sheet.kinds[each][column] for each in range(row + 1, sheet.height) if each in rows.data_rows)
    return next(below, LABEL) == LABEL


@cache
def _headed(label: Label) -> Label:
    """A caption that is a bureau's short name and nothing else is that bureau's: ■市場."""
    short = label.alias and not label.bureaus and label.says_only("alias")
    return in_role(label, "bureau") if short else label


def _superseded(labels: Sequence[Label]) -> Iterator[Label]:
    """Behind a caption that names a measure, another that does lends only its date, bureau and which of the five.

    (2)平均待ち時間 behind (1)来庁件数 names something else, though it is not known what: neither that nor a title says what it counts.
    """
    named = False
    counting = {_numbering(label) for label in labels if label.far and label.names_measure} - {""}
    for label in labels:
        other = not (label.far or label.names_measure) and bool(label.rest or label.derived) and _numbering(label) in counting
        yield _of_something_else(label) if other else _without_measure(label) if named and label.names_measure else label
        named = named or other or (label.names_measure and not label.concepts <= _DIRECTIONS)


@cache
def _of_something_else(label: Label) -> Label:
    return replace(label, concepts=frozenset({"OTHER"}), narrowed=True)


@cache
def _numbering(label: Label) -> str:
    """How a caption is numbered or marked: (0) for (1) and (2), 0. for 3., ■ for ■."""
    found = _NUMBERING.match(label.text)
    return re.sub(r"\d+|(?<=\()[ア-ン]", "0", found[0].strip()) if found else ""


@cache
def _without_measure(label: Label) -> Label:
    return Label(label.text, dated=label.dated, bureaus=label.bureaus, less=label.less, named=label.named)
