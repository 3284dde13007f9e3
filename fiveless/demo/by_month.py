"""Forms with one workbook a month: offices down under two rows of headings, and the summary of small bureaus."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fiveless.demo import wording
from fiveless.demo.bureaus import Form
from fiveless.demo.sheet import Book, Meaning, Sheet, Spot
from fiveless.demo.values import Values
from fiveless.period import Period
from fiveless.structure import GROUP_NAMES, LESSES, Bureau, Codelists, Less

_TOP = 4
_PAPER = "paper.sheets_purchased"
_GROUPS: Mapping[str, str] = {
    "paper.sheets_purchased": "ペーパーレス",
    "fax.sent": "ＦＡＸ",
    "seal.decisions": "起案文書",
    "seal.procedures": "押印手続",
    "cash.facilities": "都民利用施設",
    "cash.payments": "収納",
    "face.procedures": "行政手続",
    "face.consultations": "相談・説明会等",
    "face.visits": "窓口",
}


@dataclass(frozen=True)
class Month:
    """What bureaus report for one month in one workbook."""

    codelists: Codelists
    values: Values
    period: Period

    def stock(self, measure: str) -> bool:
        """Whether a measure is a level at the end of the month."""
        return self.codelists.measure[measure].kind == "stock"

    def fact(self, sheet: Sheet, at: Spot, bureau: str, office: str, measure: str, *, thousands: bool = False) -> None:
        """Write the value of the month."""
        meaning = Meaning(bureau, office, measure, self.period.code, "as_of" if self.stock(measure) else "month")
        sheet.fact(*at, meaning, self.values.get((bureau, office, measure, self.period.code)), thousands=thousands)


# One bureau -------------------------------------------------------------------------------------------------------------


def of_bureau(month: Month, bureau: Bureau, offices: Sequence[str], form: Form) -> Book:
    """A bureau's month: a sheet for each of the five, or (`one_sheet`) all five side by side."""
    if form == "one_sheet":
        book = Book(f"{wording.month(month.period, 'short')}_{bureau.name.ja}.xlsx", form)
        sheet = _bureau_sheet(book, bureau, "5レス実績", f"５つのレス実績報告（{wording.month(month.period)}分）")
        _offices_down(sheet, month, bureau.code, offices, [(_less_name(less), _measures(less)) for less in LESSES])
        return book
    book = Book(f"{bureau.name.ja}_{wording.month(month.period)}.xlsx", form)
    for less in LESSES:
        name = wording.SHEETS[less][1]
        sheet = _bureau_sheet(book, bureau, name, f"{name}実績報告（{wording.month(month.period)}分）")
        _offices_down(sheet, month, bureau.code, offices, _groups(month, less))
    return book


def _bureau_sheet(book: Book, bureau: Bureau, name: str, title: str) -> Sheet:
    sheet = book.sheet(name, title)
    sheet.put(1, 0, f"提出局：{bureau.name.ja}")
    return sheet


def _measures(less: Less) -> tuple[str, ...]:
    return (*wording.FLOWS[less], *wording.STOCKS[less])


def _less_name(less: Less) -> str:
    return wording.SHEETS[less][1]


def _groups(month: Month, less: Less) -> list[tuple[str, tuple[str, ...]]]:
    """A sheet's columns under their upper headings; a stock's heading gives its date."""
    groups: list[tuple[str, tuple[str, ...]]] = []
    for measure in _measures(less):
        if measure in _GROUPS:
            date = f"\n（{wording.month(month.period)}末現在）" if month.stock(measure) else ""
            groups.append((_GROUPS[measure] + date, (measure,)))
        else:
            name, members = groups[-1]
            groups[-1] = (name, (*members, measure))
    return groups


def _offices_down(sheet: Sheet, month: Month, bureau: str, offices: Sequence[str], groups: Sequence[tuple[str, tuple[str, ...]]]) -> None:
    sheet.widths.update({0: 18, **dict.fromkeys(range(1, 20), 14 if len(groups) < 5 else 11)})
    sheet.put(_TOP, 0, "部署名", "head", rows=2)
    measures = [measure for _, members in groups for measure in members]
    column = 1
    for name, members in groups:
        sheet.put(_TOP, column, name, "head", columns=len(members))
        column += len(members)
    first = _TOP + 2
    for row, office in enumerate((*offices, "合　計"), first):
        sheet.put(row, 0, office, "sum_label" if office == "合　計" else "label")
    for column, measure in enumerate(measures, 1):
        sheet.put(_TOP + 1, column, _heading(month, measure), "head")
        for row, office in enumerate(offices, first):
            month.fact(sheet, (row, column), bureau, office, measure, thousands=measure == _PAPER)
        last = first + len(offices)
        sheet.total(last, column, [(row, column) for row in range(first, last)], formula=True)
    if _PAPER in measures:
        sheet.put(first + len(offices) + 2, 0, "※ コピー用紙調達量は納品ベース。")


def _heading(month: Month, measure: str) -> str:
    """A column's heading: the measure, and below it its unit or, for a stock, that it is one."""
    unit = "千枚" if measure == _PAPER else month.codelists.measure[measure].unit_ja
    return f"{wording.WORDINGS[measure][1]}\n（{'月末時点' if month.stock(measure) else unit}）"


# Several bureaus --------------------------------------------------------------------------------------------------------


def summary(month: Month, bureaus: Sequence[Bureau]) -> Book:
    """The month of several small bureaus, gathered: grouped, with 小計 and 総計."""
    book = Book(f"小規模局取りまとめ_{month.period.code}.xlsx", "summary")
    for less in LESSES:
        sheet = book.sheet(wording.SHEETS[less][0], "５つのレス　取りまとめ")
        measures = _measures(less)
        sheet.put(0, 1 + len(measures), wording.month(month.period, "short"), "right")
        sheet.widths.update({0: 14, 1: 26, **dict.fromkeys(range(2, 8), 20)})
        heads = [
            f"{wording.WORDINGS[each][0]}\n（{'月末時点' if month.stock(each) else month.codelists.measure[each].unit_ja}）"
            for each in measures
        ]
        for column, head in enumerate(("区分", "局", *heads)):
            sheet.put(_TOP, column, head, "head")
        _grouped(sheet, month, bureaus, measures)
    return book


def _grouped(sheet: Sheet, month: Month, bureaus: Sequence[Bureau], measures: Sequence[str]) -> None:
    rows = rows_by_group(sheet, bureaus, _TOP + 1)
    for row, bureau in rows.bureaus:
        for column, measure in enumerate(measures, 2):
            month.fact(sheet, (row, column), bureau.code, "", measure)
    for column in range(2, 2 + len(measures)):
        total_by_group(sheet, rows, column)


@dataclass(frozen=True)
class Rows:
    """Where bureaus and sums stand: each bureau's row, each 小計 with the rows that it sums, and the 総計."""

    bureaus: list[tuple[int, Bureau]]
    subtotals: list[tuple[int, list[int]]]
    total: int


def rows_by_group(sheet: Sheet, bureaus: Sequence[Bureau], row: int) -> Rows:
    """Write the two label columns: groups merged over their bureaus and 小計, then 総計."""
    placed: list[tuple[int, Bureau]] = []
    subtotals: list[tuple[int, list[int]]] = []
    for group, name in GROUP_NAMES.items():
        members = [each for each in bureaus if each.group == group]
        if not members:
            continue
        rows = range(row, row + len(members))
        sheet.put(row, 0, name.ja, "middle", rows=len(members) + 1)
        for each, bureau in zip(rows, members, strict=True):
            sheet.put(each, 1, _spaced(bureau.name.ja), "label")
            placed.append((each, bureau))
        row += len(members)
        sheet.put(row, 1, "小　計", "sum_label")
        subtotals.append((row, list(rows)))
        row += 1
    sheet.put(row, 0, "総　計", "sum_label", columns=2)
    return Rows(placed, subtotals, row)


def _spaced(name: str) -> str:
    """総　務　局: lists of names are often set with the shortest stretched."""
    return "　".join(name) if len(name) == 3 else name


def total_by_group(sheet: Sheet, rows: Rows, column: int) -> None:
    """The 小計 of each group and the 総計 of one column."""
    for row, members in rows.subtotals:
        sheet.total(row, column, [(each, column) for each in members], formula=True)
    sheet.total(rows.total, column, [(row, column) for row, _ in rows.subtotals], formula=True)
