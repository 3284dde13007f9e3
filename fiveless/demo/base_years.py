"""The workbooks of the base years, gathered from all bureaus: FY2016 as a year, FY2019 month by month."""

from collections.abc import Sequence

from fiveless.demo import city, wording
from fiveless.demo.by_month import rows_by_group, total_by_group
from fiveless.demo.sheet import Book, Meaning, Sheet
from fiveless.demo.values import Values, months
from fiveless.period import Period
from fiveless.structure import LESSES, Bureau, Codelists

_TOP = 4


def whole_year(codelists: Codelists, values: Values, bureaus: Sequence[Bureau]) -> Book:
    """FY2016: a row for each bureau, a column for each measure, the year's amounts."""
    year = Period.year(city.BASE_YEAR)
    written = wording.year(city.BASE_YEAR)
    book = Book(f"全局集計_{written}.xlsx", "base_year")
    sheet = book.sheet(written, f"{written}　コピー用紙調達量・コピー件数　全局集計（年間）")
    sheet.widths.update({0: 14, 1: 30, 2: 20, 3: 20})
    for column, head in enumerate(("区分", "局")):
        sheet.put(_TOP, column, head, "head")
    rows = rows_by_group(sheet, bureaus, _TOP + 1)
    for column, measure in enumerate(city.BASE_YEAR_MEASURES, 2):
        sheet.put(_TOP, column, f"{wording.WORDINGS[measure][0]}\n（{codelists.measure[measure].unit_ja}）", "head")
        for row, bureau in rows.bureaus:
            value = values.get((bureau.code, "", measure, year.code))
            sheet.fact(row, column, Meaning(bureau.code, "", measure, year.code, "year"), value)
        total_by_group(sheet, rows, column)
    return book


def month_by_month(codelists: Codelists, values: Values, bureaus: Sequence[Bureau]) -> Book:
    """FY2019: a table for each measure, bureaus down and months across, from 平成31年4月 to 令和2年3月."""
    written = wording.year(city.MONTHLY_BASE_YEAR)
    book = Book(f"全局集計_{written}.xlsx", "base_months")
    for less in LESSES:
        measures = [each for each in city.MONTHLY_BASE_MEASURES if codelists.measure[each].less == less]
        if not measures:
            continue
        sheet = book.sheet(wording.SHEETS[less][0], f"{wording.SHEETS[less][0]}　全局集計（{written}）")
        sheet.widths.update({0: 14, 1: 30, **dict.fromkeys(range(2, 14), 11), 14: 13})
        row = _TOP
        for measure in measures:
            sheet.put(row, 0, f"{wording.WORDINGS[measure][0]}　（単位：{codelists.measure[measure].unit_ja}）", "caption")
            row = _months_across(sheet, values, bureaus, measure, row + 1) + 2
    return book


def _months_across(sheet: Sheet, values: Values, bureaus: Sequence[Bureau], measure: str, top: int) -> int:
    """One measure's table from row `top` on; its last row."""
    periods = months(city.MONTHLY_BASE_YEAR)
    for column, head in enumerate(("区分", "局", *(wording.month(each, "short") for each in periods), "計")):
        sheet.put(top, column, head, "head")
    rows = rows_by_group(sheet, bureaus, top + 1)
    for row, bureau in rows.bureaus:
        for column, period in enumerate(periods, 2):
            value = values.get((bureau.code, "", measure, period.code))
            sheet.fact(row, column, Meaning(bureau.code, "", measure, period.code, "month"), value)
        sheet.total(row, 14, [(row, column) for column in range(2, 14)])
    for column in range(2, 15):
        total_by_group(sheet, rows, column)
    return rows.total
