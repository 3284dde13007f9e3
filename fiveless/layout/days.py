"""Lists of days: what stands beside a day lies below the month, and only the total of the list is a figure."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import pairwise

from fiveless.grid import Place
from fiveless.labels import Label
from fiveless.layout.cells import NUMBER, Cells, Number
from fiveless.layout.roles import aside

_HEADING = re.compile(r"(?:取扱い?|受付|利用|使用|送信|受信|処理|実施|来庁|収納)?(?:日|日付|月日|年月日)|date", re.IGNORECASE)
_OTHER_HEADING = re.compile(r"日$|期限|締切")
WEEKDAY = r"\([日月火水木金土](?:[・、]?祝)?\)"
_DAY = re.compile(
    rf"(?P<month>(?:\d{{4}}|[RH令平]\.?\d{{1,2}})[-/.]\d{{1,2}}[-/.])(?P<date>\d{{1,2}})(?:{WEEKDAY})?"
    rf"|(?P<within>.*月|\d{{1,2}}/)?(?P<day>\d{{1,2}})(?:日(?:{WEEKDAY})?|{WEEKDAY})"
)
_BARE_WEEKDAY = re.compile(r"\(?[日月火水木金土祝](?:曜日?)?(?:[・、(]?祝\)?)?\)?")
_LAST_DAY = 31
_GAP = 3
_FEW = 3
_MOST_DAYS = 18
_A_WEEK = 7
_Entry = tuple[int, str, int]


def days(sheet: Cells) -> None:
    """Set aside the numbers of each day: beside two days of one month in columns under 日 or 日付, and under days in a row."""
    for (row, column), _ in sheet.labels_that(_is_heading):
        if sheet.anchor(row, column) == (row, column):
            entries = list(_entries(sheet, row, column))
            for each in _days_among(entries):
                _set_aside(sheet, each, column)
    _days_across(sheet)


@cache
def _is_heading(label: Label) -> bool:
    return bool(_HEADING.fullmatch(label.text))


@cache
def _is_weekday(label: Label) -> bool:
    return bool(_BARE_WEEKDAY.fullmatch(label.text))


@cache
def _day_of(label: Label) -> tuple[str, int] | None:
    """The month as it is written and the day: 8月1日（火）, 1日, a date in a cell."""
    found = _DAY.fullmatch(label.text)
    return (found["month"] or found["within"] or "", int(found["date"] or found["day"])) if found else None


@cache
def _slashed(label: Label) -> tuple[str, int] | None:
    """The month and day of 6/3."""
    month, bar, day = label.text.partition("/")
    return (month, int(day)) if bar and month.isdecimal() and day.isdecimal() else None


def _days_across(sheet: Cells) -> None:
    """Set aside what stands under days that are written across; numbers are days where weekdays stand with them, or 日 before them."""
    weekdays = _rows_with_several(sheet.labels_that(_is_weekday))
    dated = _rows_with_several(sheet.labels_that(_day_of))
    headed = {row for (row, _), _ in sheet.labels_that(_is_heading)}
    whole = {row for row, kinds in enumerate(sheet.kinds) if kinds.count(NUMBER) >= _MOST_DAYS} if sheet.width > _MOST_DAYS else set()
    near = {row for each in weekdays for row in (each - 1, each + 1) if 0 <= row < sheet.height}
    for row in sorted(near | dated | headed | whole):
        entries = list(_entries_across(sheet, row, slashed=row in near))
        columns = _days_among(entries)
        if len(columns) >= _FEW and (row in near | dated | headed or _is_most_of_month(entries)):
            _set_aside_below(sheet, row, columns)


def _is_most_of_month(entries: Sequence[_Entry]) -> bool:
    """Whether days reach from the first week of a month to its last."""
    return len(entries) >= _MOST_DAYS and entries[0][2] < _A_WEEK and entries[-1][2] >= _LAST_DAY - _A_WEEK


def _rows_with_several(labels: Iterable[tuple[Place, Label]]) -> set[int]:
    """The rows in which several of some labels stand; 月 merged over six months is one."""
    texts: defaultdict[int, set[str]] = defaultdict(set)
    for (row, _), label in labels:
        texts[row].add(label.text)
    return {row for row, those in texts.items() if len(those) >= _FEW}


def _entries_across(sheet: Cells, row: int, *, slashed: bool) -> Iterator[_Entry]:
    """The days of a row, as column, month and day; none where its first label says of what else they are the days (提出日).

    6/3 is a day (`slashed`) only where weekdays stand with it.
    """
    first = next((label for _, label in sheet.column_labels(row) if not _day_of(label)), None)
    if first and _OTHER_HEADING.search(first.text) and not _is_heading(first):
        return
    for column in range(sheet.width):
        number, label = sheet.number(row, column), sheet.labels.get((row, column))
        day = ("", _whole(number)) if number else _day_of(label) or (_slashed(label) if slashed else None) if label else None
        if day and sheet.anchor(row, column) == (row, column):
            yield column, *day


def _set_aside_below(sheet: Cells, row: int, columns: Sequence[int]) -> None:
    """Let a row of days and their weekdays say nothing, and set aside the numbers below them down to the next row of headings."""
    for below in range(row - 1 if row else row, sheet.height):
        own = [column for column in columns if (below, column) in sheet.labels]
        numbers = [number for column in columns if (number := sheet.number(below, column))]
        heads = abs(below - row) < 2 and all(_is_weekday(sheet.labels[below, column]) for column in own)
        if below < row and not (heads and own):
            continue
        if below > row and own and not heads and len(own) > len(numbers) and len(own) * 2 > len(columns):
            return
        for number in numbers:
            sheet.put_aside(number, "index" if below == row else "daily")
        for column in own:
            sheet.labels[below, column] = aside(sheet.labels[below, column])


def _entries(sheet: Cells, row: int, column: int) -> Iterator[_Entry]:
    """The days below a heading, as row, month and day, down to the first text that is none."""
    blanks = 0
    for below in range(row + 1, sheet.height):
        number, label = sheet.number(below, column), sheet.labels.get((below, column))
        day = ("", _whole(number)) if number else _day_of(label) if label else None
        if day:
            blanks = 0
            yield below, *day
        elif label and sheet.anchor(below, column) != sheet.anchor(row, column):
            return
        blanks += 1
        if blanks > _GAP:
            return


def _whole(number: Number) -> int:
    return int(number.value) if number.value == int(number.value) else 0


def _days_among(entries: list[_Entry]) -> list[int]:
    """The rows or columns of a list, if it is one of days: two of one month, in numbers each after the one before."""
    numbers = [day for _, month, day in entries if not month]
    rises = all(before < after for before, after in pairwise(numbers))
    valid = all(1 <= day <= _LAST_DAY for _, _, day in entries) and rises
    months = {(month, day) for _, month, day in entries}
    return [place for place, _, _ in entries] if valid and len(months) > len({month for month, _ in months}) else []


def _set_aside(sheet: Cells, row: int, column: int) -> None:
    """Set aside what stands beside a day; a text there (閉庁日) is no heading of what is below."""
    for number in sheet.numbers_in(row):
        sheet.put_aside(number, "index" if number.column == column else "daily")
    for other, label in sheet.column_labels(row):
        if other != column and sheet.anchor(row, other) == (row, other):
            sheet.labels[row, other] = aside(label)
