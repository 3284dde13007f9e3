"""Numbers that are headings or no figures at all: years, months, running numbers, dates over several cells."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache
from itertools import cycle, islice, pairwise, takewhile
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fiveless import dating, notation
from fiveless.dating import Dated, year_of_era
from fiveless.labels import Label
from fiveless.layout.cells import EMPTY, LABEL, NUMBER, Cells, Number, places
from fiveless.layout.roles import heading

_HEADED_NUMBERS = frozenset({"index", "contact", "year", "calendar_year", "month", "period", "submitted", "era_year"})
_OF_A_PERSON = frozenset({"contact", "submitted"})
_ROLES = frozenset({"office", "desk", "bureau", "measure", "any", "unit"})
_PARTED = re.compile(r"(\d{1,2})[./](\d{1,2})")
_LIKE_MONTH = re.compile(r"(?:19|20)\d\d\.(?:0?[1-9]|1[0-2])")
_FLAG = re.compile(r"(?:削除|取消|無効|廃止)(?:フラグ|区分)|(?:is_?)?deleted", re.IGNORECASE)
_UNIT_OF_TIME = re.compile(r"年度?$|月(?:分|度|末)?")
_TIMES = frozenset({"year", "calendar_year", "month", "period", "era_year"})
_ENOUGH_DECIMALS = _ENOUGH_LINES = 3
_ENOUGH_MONTHS = 6
_MOST_MONTHS = 120
_FIRST_YEAR, _LAST_YEAR, _LAST_OF_REIWA = 1990, 2100, 25  # 25.4 and later are of 平成
_FIRST_DAYS = {
    Decimal(dating.serial(year, month)): Dated(year, month=month) for year in range(_FIRST_YEAR, _LAST_YEAR) for month in range(1, 13)
}
"""The serial numbers that Excel has for the first days of months."""
_IS_FIRST_DAY = np.zeros(int(max(_FIRST_DAYS)) + 2, dtype=np.bool_)
_IS_FIRST_DAY[[int(day) for day in _FIRST_DAYS]] = True
_FISCAL_ORDER = [4, 5, 6, 7, 8, 9, 10, 11, 12, 1, 2, 3]


@cache
def _heads_numbers(label: Label) -> bool:
    return label.dimension in _HEADED_NUMBERS


@cache
def _is_unit_of_time(label: Label) -> bool:
    return bool(_UNIT_OF_TIME.match(label.text))


def headings_in_numbers(sheet: Cells) -> None:
    """Numbers under or beside 年度, 月, No. and the like are headings or no figures at all."""
    for (row, column), label in sheet.labels_that(_heads_numbers):
        if sheet.anchor(row, column) != (row, column):
            continue
        below, right = list(_run_below(sheet, row, column)), list(_run_right(sheet, row, column))
        beside = right or _behind_name(sheet, row, column, label)
        alone = label.dimension not in _TIMES or _plausible(below, label.dimension)
        of_label = label.dimension in _OF_A_PERSON and (bool(beside) or _is_dated_beside(sheet, row, column))
        run = beside if of_label else below if below and alone else beside if _plausible(beside, label.dimension) else []
        for number in run:
            _become_heading(sheet, number, label.dimension, in_list=run is below)
        if label.dimension == "period":
            _months_of_period(sheet, row, column)


def _is_dated_beside(sheet: Cells, row: int, column: int) -> bool:
    """Whether a date stands to the right of a label: 報告日｜2018-05-11 heads nothing."""
    right = next((label for each, label in sheet.column_labels(row) if each > column and label is not sheet.labels[row, column]), None)
    return bool(right and right.dated)


def _months_of_period(sheet: Cells, row: int, column: int) -> None:
    """Under 年月 merged over several columns the last holds the months."""
    last = sheet.last_column(row, column)
    months = list(_run_below(sheet, row, last)) if last > column else []
    for number in months if _plausible(months, "month") else ():
        _become_heading(sheet, number, "month")


def _run_below(sheet: Cells, row: int, column: int) -> Iterator[Number]:
    blanks = found = 0
    for below in range(row + 1, sheet.height):
        number = sheet.number(below, column)
        label = sheet.labels.get((below, column))
        if number:
            blanks, found = 0, found + 1
            yield number
        elif label and _ends_run(sheet, (row, column), (below, column), label, found):
            return
        elif not label:
            blanks += 1
            if blanks > 3:
                return


def _ends_run(sheet: Cells, head: tuple[int, int], place: tuple[int, int], label: Label, found: int) -> bool:
    """Whether a label ends the run of numbers below a heading: totals and slips among them and the heading's own span do not."""
    if label.dated:
        return not found and sheet.labels[head].dimension != "period"  # 年月 over a date, then 202106
    return sheet.anchor(*place) != sheet.anchor(*head) and not (label.aggregate or (found and _is_slip(label)))


@cache
def _is_slip(label: Label) -> bool:
    """Whether not a word of a label is understood."""
    return bool(label.rest) and label.says_only("rest", "narrowed")


def _run_right(sheet: Cells, row: int, column: int) -> Iterator[Number]:
    for right in range(column + 1, sheet.width):
        number = sheet.number(row, right)
        if number:
            yield number
        elif sheet.anchor(row, right) != sheet.anchor(row, column):
            return


def _behind_name(sheet: Cells, row: int, column: int, label: Label) -> list[Number]:
    """The only number of a row behind a name: 担当（内線）｜佐藤｜22567."""
    numbers = sheet.numbers_in(row) if label.dimension == "contact" else []
    if len(numbers) != 1 or numbers[0].column < column:
        return []
    between = {sheet.anchor(row, each): found for each, found in sheet.column_labels(row) if column < each < numbers[0].column}
    names = [found for place, found in between.items() if place != sheet.anchor(row, column)]
    name = names[0] if len(names) == 1 else None
    is_name = name and name.rest and not (name.names_measure or name.dated or name.dimension)
    return numbers if is_name or not names else []


def _plausible(numbers: Sequence[Number], dimension: str) -> bool:
    if not numbers:
        return False
    if dimension == "month":
        return all(1 <= number.value <= 12 for number in numbers)
    if dimension in ("year", "calendar_year"):
        return all(_FIRST_YEAR <= number.value <= _LAST_YEAR for number in numbers)
    if dimension == "period":
        written = [199001 <= number.value <= 210012 for number in numbers]
        return any(written) and all(own or number.value in _FIRST_DAYS for own, number in zip(written, numbers, strict=True))
    return dimension in ("index", "contact", "submitted") and len(numbers) == 1


def _become_heading(sheet: Cells, number: Number, dimension: str, *, in_list: bool = True) -> None:
    dated = _dated_number(number.value, dimension)
    if dated:
        sheet.put_aside(number, "heading")
        sheet.put_label(number.row, number.column, heading(str(number.value), dated))
    else:
        sheet.put_aside(number, "index" if dimension == "index" else "not_figure")
        if in_list:
            sheet.put_mark(number.row, number.column)


def _dated_number(value: Decimal, dimension: str) -> Dated | None:
    if value != int(value):
        return None
    whole = int(value)
    if dimension in ("year", "calendar_year") and _FIRST_YEAR <= whole <= _LAST_YEAR:
        return Dated(whole, fiscal=dimension == "year")
    if dimension == "month" and 1 <= whole <= 12:
        return Dated(month=whole)
    if dimension in ("month", "period") and 199001 <= whole <= 210012 and 1 <= whole % 100 <= 12:
        return Dated(whole // 100, month=whole % 100)
    return _FIRST_DAYS.get(value) if dimension == "period" else None


def split_dates(sheet: Cells) -> None:
    """令和｜4｜年｜6｜月分, each in its own cell, is one date."""
    for row in sorted({row for (row, _), _ in sheet.labels_that(_is_unit_of_time)}):
        cells = [cell for column in range(sheet.width) if (cell := _part(sheet, row, column))]
        for index, (_, label, _) in reversed(list(enumerate(cells))):
            if label and _UNIT_OF_TIME.match(label.text):
                _join_date(sheet, row, cells[: index + 1])


def _part(sheet: Cells, row: int, column: int) -> tuple[int, Label | None, Number | None] | None:
    """A cell as a part of a date: its label, if it begins there, or its number."""
    label, number = sheet.labels.get((row, column)), sheet.number(row, column)
    return (column, label, number) if number or (label and sheet.anchor(row, column) == (row, column)) else None


def _join_date(sheet: Cells, row: int, cells: Sequence[tuple[int, Label | None, Number | None]]) -> None:
    """Read the longest tail of cells, texts and whole numbers, that is a date, and let its last cell say it."""
    for length in (5, 4, 3, 2):
        tail = cells[-length:]
        numbers = [number for _, _, number in tail if number]
        text = "".join(label.text if label else str(number.value) if number else "" for _, label, number in tail)
        dated, rest = dating.find(text)
        if len(tail) == length and dated and not rest.strip() and tail[-2][2] and all(sheet.is_number(row, n.column) for n in numbers):
            for column, _, _ in tail:
                sheet.take_label(row, column)
            for number in numbers:
                sheet.put_aside(number, "heading")
            sheet.put_label(row, tail[-1][0], heading(text, dated))
            return


def months_in_numbers(sheet: Cells) -> None:
    """Months in order, over or beside other numbers, are headings.

    4, 5, 6 … 12, 1, 2, 3 (at least six), 202204, 202205 … (or one alone among headings), or 4.4, 4.5 … 4.9, 4.1 (that is, 4.10),
    4.11 … (at least three); and 44287, 44317, 44348 …, first days of months that have lost their date format.
    """
    for line in (*_lines_across(sheet), *_lines_down(sheet)):
        for number in _months(line) or _month_alone(sheet, line):
            if sheet.is_number(number.row, number.column):
                _become_heading(sheet, number, "month")
        for number, dated in _months_in_decimals(line) if line and _may_head(sheet, line[0]) else ():
            if sheet.is_number(number.row, number.column):
                sheet.put_aside(number, "heading")
                sheet.put_label(number.row, number.column, heading(str(number.value), dated))


def _month_alone(sheet: Cells, line: Sequence[Number]) -> Sequence[Number]:
    """202304 as the only number of a row of headings, without any number above and with a named line right below."""
    number = line[0] if len(line) == 1 and _dated_number(line[0].value, "month") and line[0].value > _LAST_YEAR else None
    if number is None or number.row + 1 >= sheet.height or not _may_head(sheet, number):
        return ()
    row, column = number.row, number.column
    above = any(sheet.is_number(each, column) for each in range(row))
    named = any(each < column for each, _ in sheet.column_labels(row + 1))
    return line if sheet.is_number(row + 1, column) and named and not above else ()


def any_may_head(sheet: Cells) -> bool:
    """Whether the first number of any row or column may be a month or a year: what stands where then hangs on what the numbers are."""
    return bool(_likely_months(sheet).any() or _likely_years(sheet).any()) or next(_begin_down(sheet), None) is not None


def _likely_months(sheet: Cells) -> NDArray[np.bool_]:
    """For each row with a number whether its first may be a month; the first day of a month only if that of another may follow."""
    first, second = sheet.values[sheet.shape.first_places], sheet.values[sheet.shape.second_places]
    in_digits = (first == _FISCAL_ORDER[0]) | ((first >= 199001) & (first <= 210012)) | (first != np.floor(first))
    likely: NDArray[np.bool_] = in_digits | (_are_first_days(first) & _are_first_days(second))
    return likely


def _are_first_days(values: NDArray[np.float64]) -> NDArray[np.bool_]:
    return _IS_FIRST_DAY[np.fmin(np.fmax(values, 0), len(_IS_FIRST_DAY) - 1).astype(np.intp)]


def _likely_years(sheet: Cells) -> NDArray[np.bool_]:
    """For each row with a number whether its first may be a year before another, or the only one."""
    first, second = sheet.values[sheet.shape.first_places], sheet.values[sheet.shape.second_places]
    likely: NDArray[np.bool_] = (first >= _FIRST_YEAR) & (first <= _LAST_YEAR) & (second - first <= 1) & (second >= first)
    return likely


def _lines_across(sheet: Cells) -> Iterator[list[Number]]:
    """The rows whose first number may be a month's."""
    for row, column, value in _firsts(sheet, _likely_months(sheet)):
        if _begins_months(value) and (value not in _FIRST_DAYS or _goes_on(sheet, row, column)):
            yield sheet.numbers_in(row)


def _goes_on(sheet: Cells, row: int, column: int) -> bool:
    """Whether behind the first day of a month stands that of another: most such numbers are figures."""
    following = sheet.kinds[row].find(NUMBER, column + 1)
    return following >= 0 and _value(sheet, row, following) in _FIRST_DAYS


def _firsts(sheet: Cells, likely: NDArray[np.bool_]) -> Iterator[tuple[int, int, Any]]:
    """The first number of those rows that are likely, as it is when it is come to: row, column and value."""
    shape = sheet.shape
    rows, columns = shape.first_places
    for row, first in zip(rows[likely].tolist(), columns[likely].tolist(), strict=True):
        column = first if sheet.last_shape is shape else sheet.kinds[row].find(NUMBER)
        if column >= 0:
            yield row, column, _value(sheet, row, column)


def _value(sheet: Cells, row: int, column: int) -> Any:
    """The value of a cell that holds a number, to be compared only: it costs less than the exact one."""
    written = sheet.written.get((row, column)) if sheet.written else None
    return written.value if written else sheet.grid.rows[row][column]


def _lines_down(sheet: Cells) -> Iterator[list[Number]]:
    """The columns whose first number may be a month's."""
    for first, column in _begin_down(sheet):
        rows = (row for row in range(first, sheet.height) if sheet.kinds[row][column] == NUMBER)
        yield [number for row in islice(rows, _MOST_MONTHS) if (number := sheet.number(row, column))]


def _begin_down(sheet: Cells) -> Iterator[tuple[int, int]]:
    """The places of those numbers."""
    for row, column in sheet.shape.first_in_column:
        value = _value(sheet, row, column)
        if _begins_months(value) and (value not in _FIRST_DAYS or _goes_on_below(sheet, row, column)):
            yield row, column


def _goes_on_below(sheet: Cells, row: int, column: int) -> bool:
    """Whether below the first day of a month stands that of another."""
    following = next((below for below in range(row + 1, sheet.height) if sheet.kinds[below][column] == NUMBER), None)
    return following is not None and _value(sheet, following, column) in _FIRST_DAYS


def _begins_months(value: Any) -> bool:
    return bool(value == _FISCAL_ORDER[0] or 199001 <= value <= 210012 or value != int(value) or value in _FIRST_DAYS)


def years_over_months(sheet: Cells) -> None:
    """2022 over 4月 … 12月 and 2023 over 1月 … 3月, each merged or over the first of its months, are calendar years."""
    for row, _, value in _firsts(sheet, _likely_years(sheet)):
        years = _only_years(sheet, row) if _FIRST_YEAR <= value <= _LAST_YEAR else []
        if years and all(_begins_bare_months(sheet, number) for number in years):
            for number in years:
                _become_heading(sheet, number, "calendar_year")
                _spread_over_span(sheet, number)


def _only_years(sheet: Cells, row: int) -> list[Number]:
    """The numbers of a row if all are years that follow each other."""
    numbers = sheet.numbers_in(row)
    follow = all(later.value - earlier.value == 1 for earlier, later in pairwise(numbers))
    return numbers if follow and _plausible(numbers, "calendar_year") else []


def _begins_bare_months(sheet: Cells, number: Number) -> bool:
    """Whether a month without a year stands below a number and another to the right of it."""
    below = [sheet.labels.get((number.row + 1, column)) for column in (number.column, number.column + 1)]
    return all(label and label.dated and label.dated.month and not label.dated.year for label in below)


def _spread_over_span(sheet: Cells, number: Number) -> None:
    """A number that has become a heading heads all cells over which it is merged."""
    place = number.row, number.column
    for top, left, bottom, right in sheet.grid.merges:
        if (top, left) == place:
            for row in range(top, min(bottom, sheet.height - 1) + 1):
                for column in range(left, min(right, sheet.width - 1) + 1):
                    sheet.put_label(row, column, sheet.labels[place])
                    sheet.anchors[row, column] = place


def running_numbers(sheet: Cells) -> None:
    """1, 2, 3 … down a column, each before a text and behind nothing, number the lines of a form."""
    numbering = {pattern: pattern.find(NUMBER) for pattern in sheet.shape.patterns if _is_numbered_line(pattern)}
    for column in sorted(set(numbering.values())):
        rows = (row for row in range(sheet.height) if numbering.get(bytes(sheet.kinds[row])) == column)
        line = [number for row in rows if (number := sheet.number(row, column))]
        if len(line) >= _ENOUGH_LINES and [number.value for number in line] == list(range(1, len(line) + 1)):
            for number in line:
                sheet.put_aside(number, "index")


def _is_numbered_line(pattern: bytes) -> bool:
    """Whether a row begins with a number, right behind it a text, and behind that another number."""
    first = pattern.find(NUMBER)
    behind = pattern[first + 1 :]
    return first >= 0 and LABEL not in pattern[:first] and behind[:1] == bytes([LABEL]) and NUMBER in behind


def months_in_texts(sheet: Cells) -> None:
    """2/4, 2/5 … 2/12, 3/1 side by side or below each other are months of an era's years; 4/1, 4/2, 4/3 may be days."""
    places = dict(sheet.labels_that(_is_parted))
    lines: dict[tuple[str, int], list[tuple[int, int]]] = {}
    for row, column in sorted(places):
        lines.setdefault(("row", row), []).append((row, column))
        lines.setdefault(("column", column), []).append((row, column))
    for line in lines.values():
        dates = [date for place in line for date in _month_of_era(*_parts_of(places[place]))]
        in_order = len(dates) == len(line) and all(_follows(*pair) for pair in pairwise(dates))
        if in_order and dates[0].month == _FISCAL_ORDER[0] and dates[-1].year != dates[0].year:
            for place, date in zip(line, dates, strict=True):
                sheet.labels[place] = heading(places[place].text, date)


@cache
def _is_parted(label: Label) -> bool:
    return bool(_PARTED.fullmatch(label.text)) and not label.dated


def _parts_of(label: Label) -> tuple[int, int]:
    found = _PARTED.fullmatch(label.text)
    return (int(found[1]), int(found[2])) if found else (0, 0)


def _months_in_decimals(line: Sequence[Number]) -> list[tuple[Number, Dated]]:
    """The first numbers of a row or column if they are months by year and month or by their first day, each behind the one before."""
    found: list[tuple[Number, Dated]] = []
    for number in line[:12]:
        last = found[-1][1] if found else None
        readings = [each for each in _year_and_month(number.value) if last is None or _follows(last, each)]
        if not readings:
            break
        found.append((number, readings[0]))
    return found if len(found) >= _ENOUGH_DECIMALS else []


def _may_head(sheet: Cells, number: Number) -> bool:
    """Whether nothing but roles (部署, 年月) stands before a number in its row, and no office right above it."""
    before = [label for column, label in sheet.column_labels(number.row) if column < number.column]
    above = sheet.labels.get((number.row - 1, number.column))
    return all(label.dimension for label in before) and not (above and above.office)


def _year_and_month(value: Decimal) -> list[Dated]:
    """What 4.6, 2022.06 or 44713 may mean; 4.1 may be January or, its last zero lost, October."""
    if value in _FIRST_DAYS:
        return [_FIRST_DAYS[value]]
    year, _, fraction = f"{value:f}".partition(".")
    months = (1, 10) if fraction == "1" else (int(fraction or 0),)
    return [date for month in months for date in _month_of_era(int(year), month)]


def _month_of_era(year: int, month: int) -> list[Dated]:
    """A month of a year of 令和, of 平成 from 25 on, or of our era; nothing where it is neither."""
    era = 0 if year >= _FIRST_YEAR else year_of_era("令和") if year < _LAST_OF_REIWA else year_of_era("平成")
    western = year + (era - 1 if era else 0)
    return [Dated(western, month=month)] if year > 0 and _FIRST_YEAR <= western <= _LAST_YEAR and 1 <= month <= 12 else []


def _follows(before: Dated, after: Dated) -> bool:
    """Whether a month is the one after another."""
    return 12 * ((after.year or 0) - (before.year or 0)) + (after.month or 0) - (before.month or 0) == 1


def figures_in_brackets(sheet: Cells) -> None:
    """(98) below other numbers is a number in brackets; (1), (2), (3) side by side number columns."""
    lines: dict[int, list[int]] = {}
    for row, column in sorted(place for place, _ in sheet.labels_that(_is_enclosed)):
        lines.setdefault(row, []).append(column)
    for row, columns in lines.items():
        values = [_enclosed(sheet.labels[row, column]) for column in columns]
        if values[0] == 1 and len(values) > 1 and values == list(range(1, len(values) + 1)):
            continue
        for column in columns:
            if any(sheet.is_number(above, column) for above in range(row)):
                text = sheet.labels[row, column].text
                sheet.take_label(row, column)
                sheet.put_mark(row, column)
                sheet.put_text(row, column, text)


@cache
def _is_enclosed(label: Label) -> bool:
    return notation.enclosed(label.text) is not None


def _enclosed(label: Label) -> Decimal:
    number = notation.enclosed(label.text)
    return number.value if number else Decimal(0)


def decimals_like_months(sheet: Cells) -> None:
    """2032.9 right behind a number, and above or below one, is a number in a file that holds texts only; 2020.10 elsewhere is October."""
    for (row, column), label in sheet.labels_that(_is_like_month):
        near = (next((sheet.kinds[each][column] for each in way if sheet.kinds[each][column] != EMPTY), EMPTY) for way in _ways(sheet, row))
        if column and sheet.is_number(row, column - 1) and NUMBER in near:
            sheet.take_label(row, column)
            sheet.put_number(Number(row, column, Decimal(label.text)))


def _ways(sheet: Cells, row: int) -> tuple[range, range]:
    """The rows above one, the nearest first, and those below."""
    return range(row - 1, -1, -1), range(row + 1, sheet.height)


@cache
def _is_like_month(label: Label) -> bool:
    return bool(_LIKE_MONTH.fullmatch(label.text))


def deleted_rows(sheet: Cells) -> None:
    """Rows of an extract with 1 under 削除フラグ are no longer valid; the flags themselves are no figures."""
    for (row, column), _ in sheet.labels_that(_is_flag):
        for flag in list(_run_below(sheet, row, column)):
            sheet.put_aside(flag, "index")
            if flag.value:
                sheet.void[flag.row] = flag.row, flag.column


@cache
def _is_flag(label: Label) -> bool:
    return bool(_FLAG.fullmatch(label.text))


def unreadable_headings(sheet: Cells) -> None:
    """Numbers in a row whose texts only name roles (部署名｜6), above all figures, are headings that nobody can read; but for years."""
    firsts = (next(iter(sheet.column_labels(row)))[1] for row in sheet.shape.above_figures)
    if not any(label.note or label.dimension in _ROLES | _TIMES for label in firsts):
        return
    seen: set[int] = set()
    patterns: set[bytes] = set()
    for row, kinds in enumerate(sheet.kinds):
        pattern = bytes(kinds)
        if pattern in patterns:
            continue
        patterns.add(pattern)
        columns = places(pattern, NUMBER)
        if columns and seen.isdisjoint(columns) and LABEL in pattern:
            labels = [label for _, label in sheet.column_labels(row) if not label.note]
            if labels and labels[0].dimension in _ROLES | _TIMES and _plausible(sheet.numbers_in(row), "calendar_year"):
                for number in sheet.numbers_in(row):
                    _become_heading(sheet, number, "calendar_year")
                    _spread_over_span(sheet, number)
            elif labels and all(label.dimension in _ROLES for label in labels):
                for number in sheet.numbers_in(row):
                    sheet.put_aside(number, "heading")
                    sheet.put_label(row, number.column, heading(str(number.value), None))
        seen.update(columns)


def _months(line: Sequence[Number]) -> Sequence[Number]:
    """The first numbers of a row or column if they are months in order, year after year."""
    months = [number.value for number in line]
    in_turn = list(takewhile(lambda pair: pair[0] == pair[1], zip(months, cycle(_FISCAL_ORDER), strict=False)))
    if len(in_turn) >= min(len(months), len(_FISCAL_ORDER)) and len(in_turn) >= _ENOUGH_MONTHS:
        return line[: len(in_turn)]
    serial = [int(value) // 100 * 12 + int(value) % 100 for value in months[:12] if 199001 <= value <= 210012 and 1 <= value % 100 <= 12]
    in_order = len(serial) == len(months[:12]) >= 2 and all(later - earlier == 1 for earlier, later in pairwise(serial))
    return line[:12] if in_order else ()
