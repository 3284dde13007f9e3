"""Eras, years and months as words and plain numbers in cells beside each other: 令和｜4｜6, the era and the year perhaps only once."""

import re
from functools import cache

from fiveless import dating
from fiveless.dating import Dated
from fiveless.labels import Label
from fiveless.layout.cells import LABEL, Cells, Number

_ERA = re.compile(r"(?:昭和|平成|令和|[SHR昭平令])\.?")
_TIMES = frozenset({"year", "calendar_year", "month", "period", "era_year"})
_FIRST = "元"


def era_numbers(sheet: Cells) -> None:
    """Where an era, a year and a month stand side by side, and further ones below them, each month is a heading with its year."""
    for (row, column), label in list(sheet.labels.items()):
        if _ERA.fullmatch(label.text) and (len(label.text) == 2 or _role_above(sheet, row, column) in _TIMES):
            _read_down(sheet, row, column, label.text.rstrip("."))


def _role_above(sheet: Cells, row: int, column: int) -> str:
    """The role that the nearest heading gives to a column."""
    above = (sheet.labels.get((over, column)) for over in range(row - 1, -1, -1))
    return next((label.dimension for label in above if label), "")


def _read_down(sheet: Cells, row: int, column: int, era: str) -> None:
    fiscal = _role_above(sheet, row, column + 1) == "year"
    year = last = 0
    for below in range(row, sheet.height):
        month = _month(sheet, below, column + 2)
        stated = _year(sheet, below, column + 1)
        if not month or stated is None or not (stated or year) or (below > row and not _continues(sheet, below, column)):
            return
        year = stated or year + _turns(last, int(month.value), fiscal=fiscal)
        last = int(month.value)
        dated, rest = dating.find(f"{era}{year}{'年度' if fiscal else '年'}{last}月")
        if not dated or rest != dating.DATE:
            return
        for place in range(column, column + 3):
            _take_away(sheet, below, place)
        sheet.put_label(below, column + 2, _heading(dated))


def _month(sheet: Cells, row: int, column: int) -> Number | None:
    number = sheet.number(row, column) if column < sheet.width else None
    return number if number and number.value in range(1, 13) else None


def _year(sheet: Cells, row: int, column: int) -> int | None:
    """The year of the era, 0 if the cell is blank, None if something else stands there."""
    number = sheet.number(row, column)
    if number:
        return int(number.value) if number.value in range(1, 65) else None
    if sheet.kinds[row][column] != LABEL or sheet.anchor(row, column)[0] < row:
        return 0
    return 1 if sheet.labels[row, column].text == _FIRST else None


def _continues(sheet: Cells, row: int, column: int) -> bool:
    """Whether the column of the era is left blank, or is still the same merged cell."""
    return sheet.kinds[row][column] != LABEL or sheet.anchor(row, column)[0] < row


def _turns(last: int, month: int, *, fiscal: bool) -> bool:
    """Whether a new year begins between two months."""
    return (last < 4 <= month) if fiscal else month < last


def _take_away(sheet: Cells, row: int, column: int) -> None:
    number = sheet.number(row, column)
    if number:
        sheet.put_aside(number, "heading")
    elif (row, column) in sheet.labels:
        sheet.put_label(row, column, Label(sheet.labels[row, column].text))


@cache
def _heading(dated: Dated) -> Label:
    return Label(f"{dated.year}-{dated.month:02}", dated=dated)
