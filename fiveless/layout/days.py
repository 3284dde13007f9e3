"""Lists of days: what stands beside a day lies below the month, and only the total of the list is a figure."""

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from fiveless.labels import Label
from fiveless.layout.cells import Cells, Number

_HEADING = re.compile(r"(?:取扱い?|受付|利用|使用|送信|受信|処理|実施|来庁|収納)?(?:日|日付|月日|年月日)|date", re.IGNORECASE)
_DAY = re.compile(r"(?P<month>\d{4}-\d\d-)(?P<date>\d\d)|(?P<within>.*月)?(?P<day>\d{1,2})日(?:\([日月火水木金土]\))?")
_LAST_DAY = 31
_GAP = 3
_Entry = tuple[int, str, int]


def days(sheet: Cells) -> None:
    """Set aside the numbers of each day in columns under 日 or 日付 that hold two days of one month."""
    for (row, column), _ in sheet.labels_that(_is_heading):
        if sheet.anchor(row, column) == (row, column):
            entries = list(_entries(sheet, row, column))
            for each in _rows_of_days(entries):
                _set_aside(sheet, each, column)


@cache
def _is_heading(label: Label) -> bool:
    return bool(_HEADING.fullmatch(label.text))


@cache
def _day_of(label: Label) -> tuple[str, int] | None:
    """The month as it is written and the day: 8月1日（火）, 1日, a date in a cell."""
    found = _DAY.fullmatch(label.text)
    return (found["month"] or found["within"] or "", int(found["date"] or found["day"])) if found else None


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


def _rows_of_days(entries: list[_Entry]) -> list[int]:
    """The rows of a list, if it is one of days: two of one month, in numbers each after the one before."""
    numbers = [day for _, month, day in entries if not month]
    rises = all(before < after for before, after in pairwise(numbers))
    valid = all(1 <= day <= _LAST_DAY for _, _, day in entries) and rises
    months = {(month, day) for _, month, day in entries}
    return [row for row, _, _ in entries] if valid and len(months) > len({month for month, _ in months}) else []


def _set_aside(sheet: Cells, row: int, column: int) -> None:
    for number in sheet.numbers_in(row):
        sheet.put_aside(number, "index" if number.column == column else "daily")
