"""Forms with one workbook a fiscal year: months across, months down, and stacked blocks."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from fiveless.demo import wording
from fiveless.demo.sheet import Book, Meaning, Sheet, Spot
from fiveless.demo.values import Values, months
from fiveless.period import Period
from fiveless.structure import LESSES, Bureau, Codelists, Less

_TOP = 4


@dataclass(frozen=True)
class Year:
    """What one bureau reports for one fiscal year; `wording` (0, 1, 2) is its own way of naming things."""

    codelists: Codelists
    values: Values
    bureau: Bureau
    offices: tuple[str, ...]
    fiscal_year: int
    wording: int

    @property
    def months(self) -> list[Period]:
        """The twelve months of the year."""
        return months(self.fiscal_year)

    def label(self, measure: str) -> str:
        """The bureau's name of a measure."""
        return wording.WORDINGS[measure][self.wording]

    def unit(self, measure: str) -> str:
        """The unit of a measure, in Japanese."""
        return self.codelists.measure[measure].unit_ja

    def sheet_name(self, less: Less) -> str:
        """The bureau's name of the sheet of one of the five."""
        return wording.SHEETS[less][self.wording % 2]

    def fact(self, sheet: Sheet, at: Spot, office: str, measure: str, period: Period) -> None:
        """Write the value of a month; a month that is not yet (or no longer) reported stays empty."""
        basis = "as_of" if self.codelists.measure[measure].kind == "stock" else "month"
        value = self.values.get((self.bureau.code, office, measure, period.code))
        sheet.fact(*at, Meaning(self.bureau.code, office, measure, period.code, basis), value)


# Months across ----------------------------------------------------------------------------------------------------------


def months_across(year: Year) -> Book:
    """Offices and measures down, months across, a unit column, 計 and 合計."""
    book = Book(f"{year.bureau.name.ja}_{year.fiscal_year}年度.xlsx", "months_across")
    for less in LESSES:
        name = year.sheet_name(less)
        sheet = book.sheet(name, f"{name}　月次実績（{year.fiscal_year}年度）")
        sheet.put(1, 0, "局名")
        sheet.put(1, 1, year.bureau.name.ja)
        sheet.widths.update({0: 18, 1: 27, 2: 6, **dict.fromkeys(range(3, 15), 9.5), 15: 12})
        row = _across(sheet, year, wording.FLOWS[less], _TOP)
        if wording.STOCKS[less]:
            sheet.put(row + 1, 0, "各月末時点", "caption")
            _across(sheet, year, wording.STOCKS[less], row + 2, stock=True)
    return book


def _across(sheet: Sheet, year: Year, measures: Sequence[str], top: int, *, stock: bool = False) -> int:
    """One table from row `top` on; the row below it. Stocks have no 計 column: levels of twelve months do not add up."""
    heads = [wording.of_month(each) + ("末" if stock else "") for each in year.months]
    for column, head in enumerate(("部署", "項目", "単位", *heads, *(() if stock else ("計",)))):
        sheet.put(top, column, head, "head")
    row = top + 1
    for office in year.offices:
        _office_labels(sheet, year, office, row, len(measures))
        for measure in measures:
            _across_row(sheet, year, office, measure, row, stock=stock)
            row += 1
    return _across_totals(sheet, year, measures, top + 1, row, stock=stock)


def _office_labels(sheet: Sheet, year: Year, office: str, row: int, height: int) -> None:
    if year.wording == 1:
        sheet.put(row, 0, office, "label", rows=height)
        return
    for offset in range(height):
        sheet.put(row + offset, 0, office, "label")


def _across_row(sheet: Sheet, year: Year, office: str, measure: str, row: int, *, stock: bool) -> None:
    sheet.put(row, 1, year.label(measure), "label")
    sheet.put(row, 2, year.unit(measure), "middle")
    for column, period in enumerate(year.months, 3):
        year.fact(sheet, (row, column), office, measure, period)
    if not stock:
        sheet.total(row, 15, [(row, column) for column in range(3, 15)], formula=True)


def _across_totals(sheet: Sheet, year: Year, measures: Sequence[str], first: int, row: int, *, stock: bool) -> int:
    for offset, measure in enumerate(measures):
        sheet.put(row + offset, 0, "合　計" if year.wording else "合計", "sum_label")
        sheet.put(row + offset, 1, year.label(measure), "sum_label")
        sheet.put(row + offset, 2, year.unit(measure), "sum_label")
        for column in range(3, 15 if stock else 16):
            sheet.total(row + offset, column, [(each, column) for each in range(first + offset, row, len(measures))])
    return row + len(measures)


# Months down ------------------------------------------------------------------------------------------------------------


def months_down(year: Year) -> Book:
    """Months down with their era in the first column, offices across with a pair of columns each, 計 and 局計."""
    book = Book(f"{year.bureau.name.ja}_{wording.year(year.fiscal_year)}.xlsx", "months_down")
    for less in LESSES:
        name = year.sheet_name(less)
        sheet = book.sheet(name, f"{wording.year(year.fiscal_year, 'wide')}　{name}実績報告")
        sheet.put(1, 0, f"局名：{year.bureau.name.ja}")
        sheet.widths.update({0: 18, **dict.fromkeys(range(1, 14), 12)})
        row = _down(sheet, year, wording.FLOWS[less], _TOP, with_sum=less == "fax")
        if wording.STOCKS[less]:
            sheet.put(row + 1, 0, "各月末時点", "caption")
            _down(sheet, year, wording.STOCKS[less], row + 2, stock=True)
    return book


def _down(sheet: Sheet, year: Year, measures: Sequence[str], top: int, *, stock: bool = False, with_sum: bool = False) -> int:
    """One table from row `top` on; the row below it. `with_sum` adds 計 to each office's columns."""
    width = len(measures) + with_sum
    groups = (*year.offices, "局計") if len(year.offices) > 1 else year.offices
    _down_heads(sheet, year, groups, measures, top, with_sum=with_sum)
    first = top + 2
    for row, period in enumerate(year.months, first):
        _month_label(sheet, year, period, row, stock=stock)
        _down_row(sheet, year, measures, period, row, with_sum=with_sum)
    if stock:
        return first + 12
    sheet.put(first + 12, 0, "年度計", "sum_label")
    for column in range(1, 1 + len(groups) * width):
        sheet.total(first + 12, column, [(row, column) for row in range(first, first + 12)], formula=True)
    return first + 13


def _down_row(sheet: Sheet, year: Year, measures: Sequence[str], period: Period, row: int, *, with_sum: bool) -> None:
    width = len(measures) + with_sum
    for number, office in enumerate(year.offices):
        left = 1 + number * width
        for offset, measure in enumerate(measures):
            year.fact(sheet, (row, left + offset), office, measure, period)
        if with_sum:
            sheet.total(row, left + len(measures), [(row, left), (row, left + 1)], formula=True)
    if len(year.offices) > 1:
        _bureau_totals(sheet, row, len(year.offices), width)


def _down_heads(sheet: Sheet, year: Year, groups: Sequence[str], measures: Sequence[str], top: int, *, with_sum: bool) -> None:
    width = len(measures) + with_sum
    sheet.put(top, 0, "年月", "head", rows=2)
    for number, group in enumerate(groups):
        sheet.put(top, 1 + number * width, group, "head", columns=width)
        for offset, measure in enumerate(measures):
            sheet.put(top + 1, 1 + number * width + offset, f"{year.label(measure)}\n（{year.unit(measure)}）", "head")
        if with_sum:
            sheet.put(top + 1, number * width + width, "計", "head")


def _month_label(sheet: Sheet, year: Year, period: Period, row: int, *, stock: bool) -> None:
    if stock:
        sheet.put(row, 0, f"{wording.month(period)}末", "middle")
    elif year.wording == 2:
        sheet.put(row, 0, dt.date(period.first // 12, period.first % 12 + 1, 1), "date")
    else:
        sheet.put(row, 0, wording.month(period, "wide" if year.wording else "long"), "middle")


def _bureau_totals(sheet: Sheet, row: int, offices: int, width: int) -> None:
    for offset in range(width):
        sheet.total(row, 1 + offices * width + offset, [(row, 1 + number * width + offset) for number in range(offices)])


# Blocks -----------------------------------------------------------------------------------------------------------------


def blocks(year: Year) -> Book:
    """The bureau as a whole: for each measure a small table of its own, its name and unit in the caption above it."""
    book = Book(f"{year.bureau.name.ja}_{wording.year(year.fiscal_year, 'short')}.xlsx", "blocks")
    for less in LESSES:
        name = year.sheet_name(less)
        sheet = book.sheet(name, f"{name}　実績調査票")
        sheet.put(1, 0, f"提出局：{year.bureau.name.ja}")
        sheet.widths.update({0: 16, **dict.fromkeys(range(1, 13), 10.5), 13: 12})
        for number, measure in enumerate((*wording.FLOWS[less], *wording.STOCKS[less])):
            _block(sheet, year, measure, _TOP + 4 * number)
    return book


def _block(sheet: Sheet, year: Year, measure: str, top: int) -> None:
    stock = year.codelists.measure[measure].kind == "stock"
    sheet.put(top, 0, f"{year.label(measure).removeprefix('うち')}　（単位：{year.unit(measure)}）", "caption")
    heads = [wording.of_month(each) + ("末" if stock else "") for each in year.months]
    for column, head in enumerate(("年度", *heads, *(() if stock else ("年度計",)))):
        sheet.put(top + 1, column, head, "head")
    sheet.put(top + 2, 0, wording.year(year.fiscal_year), "middle")
    for column, period in enumerate(year.months, 1):
        year.fact(sheet, (top + 2, column), "", measure, period)
    if not stock:
        sheet.total(top + 2, 13, [(top + 2, column) for column in range(1, 13)], formula=True)
