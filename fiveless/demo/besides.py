"""Workbooks that are gathered besides the figures themselves: what of the paper is told apart, and how much each bureau may buy."""

from collections.abc import Mapping, Sequence

from fiveless.demo import city, wording
from fiveless.demo.by_month import rows_by_group, total_by_group
from fiveless.demo.shares import allocate, wobble
from fiveless.demo.sheet import Book, Meaning
from fiveless.demo.values import Values, months
from fiveless.period import Period
from fiveless.structure import Bureau, Codelists

_TOP = 4
_PAPER = "paper.sheets_purchased"
# Pandemic work of FY2021: with it paper fell by 50.8 %, without it by 55.1 %, as Tokyo printed; who did it is invented.
_APART_YEAR, _APART = 2021, 8_802_000
_APART_WEIGHTS: Mapping[str, int] = {"social-welfare-public-health": 60, "hospital-management": 25, "general-affairs": 15}
CAP_YEAR = 2022


def apart(codelists: Codelists) -> Book:
    """The paper that bureaus bought for the pandemic: bureaus down, months across."""
    written = wording.year(_APART_YEAR)
    book = Book(f"コピー用紙_除外分_{written}.xlsx", "apart")
    sheet = book.sheet("除外分", f"コピー用紙調達量のうち除外分（新型コロナ対応）　{written}")
    sheet.put(_TOP - 1, 13, "（単位：枚）")
    for column, head in enumerate(("局", *(wording.of_month(each) for each in months(_APART_YEAR)), "計")):
        sheet.put(_TOP, column, head, "head")
    sheet.widths.update({0: 22, **dict.fromkeys(range(1, 13), 9.5), 13: 12})
    rows = range(_TOP + 1, _TOP + 1 + len(_APART_WEIGHTS))
    for row, (bureau, values) in zip(rows, _apart_by_month().items(), strict=True):
        sheet.put(row, 0, codelists.bureau[bureau].name.ja, "label")
        for column, (period, value) in enumerate(zip(months(_APART_YEAR), values, strict=True), 1):
            sheet.fact(row, column, Meaning(bureau, "", _PAPER, period.code, "month", "excluded"), value)
        sheet.total(row, 13, [(row, column) for column in range(1, 13)], formula=True)
    sheet.put(rows[-1] + 1, 0, "合計", "sum_label")
    for column in range(1, 14):
        sheet.total(rows[-1] + 1, column, [(row, column) for row in rows])
    return book


def _apart_by_month() -> dict[str, list[int]]:
    """By bureau the sheets of each month, in reams."""
    places = [(bureau, month.fiscal_month) for bureau in _APART_WEIGHTS for month in months(_APART_YEAR)]
    weights = [_APART_WEIGHTS[bureau] * wobble(250, "apart", bureau, str(month)) for bureau, month in places]
    shared = allocate(_APART // city.REAM, weights)
    found: dict[str, list[int]] = {}
    for (bureau, _), value in zip(places, shared, strict=True):
        found.setdefault(bureau, []).append(city.REAM * value)
    return found


def caps(codelists: Codelists, values: Values, bureaus: Sequence[Bureau]) -> Book:
    """How much paper each bureau may buy in FY2022: bureaus by group, with subtotals."""
    year = Period.year(CAP_YEAR)
    written = wording.year(CAP_YEAR)
    book = Book(f"コピー用紙調達上限_{written}.xlsx", "caps")
    sheet = book.sheet(written, f"コピー用紙　年間調達上限　{written}")
    sheet.widths.update({0: 14, 1: 30, 2: 22})
    for column, head in enumerate(("区分", "局", f"年間調達上限\n（{codelists.measure[_PAPER].unit_ja}）")):
        sheet.put(_TOP, column, head, "head")
    rows = rows_by_group(sheet, bureaus, _TOP + 1)
    for row, bureau in rows.bureaus:
        sheet.fact(row, 2, Meaning(bureau.code, "", _PAPER, year.code, "year", "cap"), _cap(values, bureau))
    total_by_group(sheet, rows, 2)
    return book


def _cap(values: Values, bureau: Bureau) -> int:
    """What the bureau bought in the year, more or less: some keep it, some do not; in whole boxes of ten reams."""
    codes = {each.code for each in months(CAP_YEAR)}
    bought = sum(
        value for (code, _, measure, month), value in values.items() if (code, measure) == (bureau.code, _PAPER) and month in codes
    )
    box = 10 * city.REAM
    return -(-bought * wobble(90, "cap", bureau.code) // 960 // box) * box
