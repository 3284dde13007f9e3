"""Eras, years and months that are written out once and go on in numbers or without their era: 令和3年, 4年; 令和元年度, 2, 3."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from operator import itemgetter

from fiveless import dating, notation
from fiveless.dating import Dated
from fiveless.labels import Label, Lexicon
from fiveless.layout.cells import EMPTY, NUMBER, Cells, Number
from fiveless.layout.roles import heading

_SEVERAL = 2
_REIWA = 2019
_APRIL = 4
_OF_ERA = re.compile(r"(?P<era>令和|平成|昭和|[RHS](?=\d))?\s*(?P<year>元|\d{1,2})年(?:度|\s*\d{1,2}月(?:分|末)?)?$")


def dates_carried_on(sheet: Cells) -> None:
    """2, 3, 4 below 令和元年度, and 5, 6, 7 below 令和4年4月, before other numbers go on counting its years or months."""
    kinds, last = sheet.kinds, sheet.height - 1
    dates = [
        each for each in sheet.labels_that(_begins_dates) if each[0][0] < last and kinds[each[0][0] + 1][each[0][1]] in (NUMBER, EMPTY)
    ]
    for (row, column), label in sorted(dates, key=itemgetter(0)):
        if sheet.anchor(row, column) == (row, column) and NUMBER in kinds[row][column + 1 :]:
            following = list(_dates_below(sheet, row, column, label))
            for number, dated in following if len(following) >= _SEVERAL or _go_on_in_words(sheet, following) else ():
                sheet.put_aside(number, "heading")
                sheet.put_label(number.row, number.column, heading(str(number.value), dated))


@cache
def _begins_dates(label: Label) -> bool:
    """Whether a label is a year, or a month of one, and nothing else."""
    dated = label.dated
    if dated is None or not dated.year or dated.first_month or dated.quarter or dated.half or dated.exact:
        return False
    return label.says_only("dated", "basis")


def _dates_below(sheet: Cells, row: int, column: int, label: Label) -> Iterator[tuple[Number, Dated]]:
    """The numbers right below a date, or behind blank rows, that each go on from the one before."""
    dated = label.dated
    for below in range(row + 1, sheet.height):
        number = sheet.number(below, column)
        if number is None and not sheet.kinds[below].strip(b"."):
            continue
        following = _next_date(dated, label.text) if number and dated and NUMBER in sheet.kinds[below][column + 1 :] else None
        if number is None or following is None or number.value not in following[0]:
            return
        dated = following[1]
        yield number, dated


def _go_on_in_words(sheet: Cells, dates: Sequence[tuple[Number, Dated]]) -> bool:
    """Whether the date after the last of some stands right below it in words: 30 between 平成29年度 and 令和元年度."""
    if not dates or dates[-1][0].row + 1 >= sheet.height:
        return False
    number, dated = dates[-1]
    label, following = sheet.labels.get((number.row + 1, number.column)), _next_date(dated, "")
    return bool(label and label.dated and following and label.dated == following[1])


def _next_date(dated: Dated, text: str) -> tuple[tuple[int, ...], Dated] | None:
    """How the year or month after one may be written below it, and what it is: after 平成30年度 31, 元 or 1."""
    if dated.year is None:
        return None
    if dated.month:
        month = dated.month % 12 + 1
        later = month == 1 if not dated.fiscal else month == _APRIL
        following = replace(dated, month=month, year=dated.year + later)
        return ((month, _serial(following)), following) if not (later and dated.fiscal) else None
    year = dated.year + 1
    first = dating.first_year_of_era(text)
    written = (year,) if first is None else (year - first + 1, *((year - _REIWA + 1,) if year >= _REIWA else ()))
    return written, replace(dated, year=year)


def _serial(month: Dated) -> int:
    """The number that Excel has for the first day of a month, which shows where a cell lost its format."""
    period = dating.period_of(month)
    return dating.serial(period.first // 12, period.first % 12 + 1) if period else -1


def eras_carried_on(sheet: Cells, lexicon: Lexicon) -> None:
    """令和3年, 4年 and 令和3年12月, 4年1月, below or beside each other: an era stands at its first year only."""
    if not sheet.labels_that(_lacks_era):
        return
    dated = sorted(place for place, label in sheet.labels_that(_bears_year) if sheet.anchor(*place) == place)
    for across in (False, True):
        eras: dict[int, tuple[str, int]] = {}
        for place in sorted(dated, key=lambda place: place[::-1] if across else place):
            _carry_era(sheet, lexicon, place, eras, place[0] if across else place[1])


def _carry_era(sheet: Cells, lexicon: Lexicon, place: tuple[int, int], eras: dict[int, tuple[str, int]], line: int) -> None:
    """Read a label with the era of the last one of its line, if its year is the same or the next; `eras` holds era and year by line."""
    label = sheet.labels[place]
    found = _OF_ERA.match(notation.normalised(label.text))
    if not found:
        return
    year = 1 if found["year"] == "元" else int(found["year"])
    era, last = (found["era"], year) if found["era"] else eras.get(line, ("", 0))
    if era and _lacks_era(label) and year - last in (0, 1):
        said = lexicon.read(era + found[0])
        span = [each for each, own in sheet.labels.items() if own is label and sheet.anchor(*each) == place]
        for each in span:
            sheet.labels[each] = replace(label, dated=said.dated, rest=said.rest)
    if era:
        eras[line] = era, year


@cache
def _bears_year(label: Label) -> bool:
    return bool(_OF_ERA.match(notation.normalised(label.text)))


@cache
def _lacks_era(label: Label) -> bool:
    found = _OF_ERA.match(notation.normalised(label.text))
    return bool(found and not found["era"] and not label.dated)
