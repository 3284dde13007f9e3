"""Observations written in a random layout are read back as they were."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from itertools import accumulate, groupby, permutations, product

from hypothesis import given, settings
from hypothesis import strategies as st

from drawn import lexicon
from fiveless.checks import settle
from fiveless.grid import Grid, Span, Value
from fiveless.period import Period
from fiveless.unpivot import unpivot

Key = tuple[str, str, str]  # office, measure, period
MEASURES = {
    "paper.sheets_purchased": ("コピー用紙調達量", "用紙購入枚数"),
    "paper.copies": ("コピー件数", "複写件数"),
    "fax.sent": ("FAX送信件数", "ファクシミリ送信数"),
    "seal.decisions_electronic": ("電子決定件数", "電子決裁件数"),
    "face.visits": ("窓口来庁件数", "来庁者数"),
}
UNITS = {"paper.sheets_purchased": "枚"}
HEADINGS = {"O": "部署名", "M": "項目", "T": "年月"}
OFFICES = ("総務課", "企画課", "東部事務所", "多摩支所", "相談支援センター")


@dataclass(frozen=True)
class Report:
    """What a bureau has to say, and how it chooses to say it."""

    offices: list[str]
    measures: list[str]
    months: list[Period]
    values: dict[Key, int]
    names: dict[str, str]
    era: bool
    totals: bool
    thousands: bool

    def month(self, period: Period, *, full: bool) -> str:
        """A month with its year or without."""
        year, month = divmod(period.first, 12)
        if not full:
            return f"{month + 1}月"
        return f"令和{year - 2018}年{month + 1}月" if self.era else f"{year}年{month + 1}月"

    def label(self, measure: str) -> str:
        """A measure's heading with its unit."""
        unit = UNITS.get(measure, "件")
        return f"{self.names[measure]}（{'千' if self.scale(measure) > 1 else ''}{unit}）"

    def scale(self, measure: str) -> int:
        """1000 where the heading says 千枚."""
        return 1000 if self.thousands and measure == "paper.sheets_purchased" else 1

    def cell(self, office: str, measure: str, period: Period) -> float:
        """The number as it stands on the sheet."""
        return self.values[office, measure, period.code] / self.scale(measure)


def months_across(report: Report) -> tuple[list[list[Value]], list[Span]]:
    """部署｜項目｜4月｜5月 … 計, the fiscal year in the title."""
    rows: list[list[Value]] = [
        [f"{report.months[0].fiscal_year}年度 月別実績"],
        ["部署名", "項目", *(report.month(m, full=False) for m in report.months)],
    ]
    if report.totals:
        rows[1].append("計")
    for office in report.offices:
        for measure in report.measures:
            line: list[Value] = [report.cell(office, measure, month) for month in report.months]
            total = [sum(report.values[office, measure, m.code] for m in report.months) / report.scale(measure)] if report.totals else []
            rows.append([office, report.label(measure), *line, *total])
    return rows, [(0, 0, 0, len(rows[1]) - 1)]


def months_down(report: Report) -> tuple[list[list[Value]], list[Span]]:
    """年月｜office (merged over its measures) over measure: every month with its year."""
    top: list[Value] = ["年月"]
    under: list[Value] = [""]
    merges: list[Span] = [(0, 0, 1, 0)]
    for office in report.offices:
        if len(report.measures) > 1:
            merges.append((0, len(top), 0, len(top) + len(report.measures) - 1))
        top += [office, *[""] * (len(report.measures) - 1)]
        under += [report.label(measure) for measure in report.measures]
    body: list[list[Value]] = [
        [report.month(month, full=True), *(report.cell(office, measure, month) for office in report.offices for measure in report.measures)]
        for month in report.months
    ]
    return [top, under, *body], merges


def stacked(report: Report) -> tuple[list[list[Value]], list[Span]]:
    """One block for each measure under its caption, offices down, months across."""
    rows: list[list[Value]] = [[f"{report.months[0].fiscal_year}年度"]]
    for measure in report.measures:
        rows += [[], [report.label(measure)], ["部署名", *(report.month(month, full=False) for month in report.months)]]
        rows += [[office, *(report.cell(office, measure, month) for month in report.months)] for office in report.offices]
        if report.totals:
            sums = [sum(report.values[office, measure, m.code] for office in report.offices) / report.scale(measure) for m in report.months]
            rows.append(["合　計", *sums])
    return rows, []


def crossed(down: str, across: str, report: Report) -> tuple[list[list[Value]], list[Span]]:
    """Any of office (O), measure (M) and time (T) beside the figures and the others over them, each name once in a merged cell."""
    names = {"O": list(report.offices), "M": list(report.measures), "T": [month.code for month in report.months]}
    shown = {month.code: report.month(month, full=True) for month in report.months}
    shown |= {measure: report.label(measure) for measure in report.measures} | {office: office for office in report.offices}
    heads = list(product(*(names[axis] for axis in across)))
    sides = list(product(*(names[axis] for axis in down)))
    rows: list[list[Value]] = [
        [*(HEADINGS[axis] if depth == 0 else "" for axis in down), *(shown[head[depth]] for head in heads)] for depth in range(len(across))
    ]
    for side in sides:
        found = [dict(zip(down + across, side + head, strict=True)) for head in heads]
        months = {month.code: month for month in report.months}
        figures = [report.cell(each["O"], each["M"], months[each["T"]]) for each in found]
        rows.append([*(shown[name] for name in side), *figures])
    top, left = len(across), len(down)
    merges: list[Span] = [(0, column, top - 1, column) for column in range(left) if top > 1]
    if top > 1:
        merges += [(0, left + at, 0, left + at + each - 1) for at, each in _spans([head[0] for head in heads])]
    if left > 1:
        merges += [(top + at, 0, top + at + each - 1, 0) for at, each in _spans([side[0] for side in sides])]
    return rows, merges


def _spans(names: list[str]) -> list[tuple[int, int]]:
    """Where each run of one name begins and how long it is, if it is longer than one."""
    runs = [(name, len(list(same))) for name, same in groupby(names)]
    begins = accumulate([0, *(length for _, length in runs)])
    return [(at, length) for at, (_, length) in zip(begins, runs, strict=False) if length > 1]


CROSSED = tuple(partial(crossed, "".join(axes[:beside]), "".join(axes[beside:])) for axes in permutations("OMT") for beside in (1, 2))
LAYOUTS: tuple[Callable[[Report], tuple[list[list[Value]], list[Span]]], ...] = (months_across, months_down, stacked, *CROSSED)


@st.composite
def reports(draw: st.DrawFn) -> Report:
    """A report of one to three offices and measures over consecutive months of one fiscal year."""
    offices = draw(st.lists(st.sampled_from(OFFICES), min_size=1, max_size=3, unique=True))
    measures = draw(st.lists(st.sampled_from(sorted(MEASURES)), min_size=1, max_size=3, unique=True))
    year, begin = draw(st.integers(2019, 2030)), draw(st.integers(0, 10))
    months = [Period.year(year).last.shifted(begin - 11 + more) for more in range(draw(st.integers(2, 12 - begin)))]
    keys = [(office, measure, month.code) for office in offices for measure in measures for month in months]
    values = dict(zip(keys, draw(st.lists(st.integers(13, 10**7), min_size=len(keys), max_size=len(keys), unique=True)), strict=True))
    names = {measure: draw(st.sampled_from(MEASURES[measure])) for measure in measures}
    return Report(offices, measures, months, values, names, draw(st.booleans()), draw(st.booleans()), draw(st.booleans()))


@settings(max_examples=800)
@given(reports(), st.sampled_from(LAYOUTS), st.integers(0, 3), st.integers(0, 2))
def test_any_layout_is_read_back(
    report: Report, layout: Callable[[Report], tuple[list[list[Value]], list[Span]]], down: int, right: int
) -> None:
    """Whatever the layout, the words, the unit and where the table begins: exactly the values, nothing else, and nothing to ask."""
    rows, merges = layout(report)
    padded: list[list[Value]] = [[] for _ in range(down)] + [[""] * right + row for row in rows]
    spans = [(top + down, left + right, bottom + down, last + right) for top, left, bottom, last in merges]
    sheet = unpivot(Grid("実績", padded, spans), lexicon(), lexicon().read("水道局"))
    observations, accounts, findings = settle([sheet], "水道局.xlsx", lexicon().codelists.measure)
    assert {each.key[1:4]: each.value for each in observations} == {key: Decimal(value) for key, value in report.values.items()}
    assert {each.bureau for each in observations} == {"waterworks"}
    assert {account.fate for account in accounts} <= {"taken", "check"}
    assert findings == []


EXTRAS: dict[str, Callable[[int], Value]] = {
    "No.": lambda place: place + 1,
    "局コード": lambda _: 12,
    "更新日": lambda _: "2022-06-01",
    "備考": lambda place: "速報" if place == 1 else "",
    "入力者": lambda place: "佐藤" if place % 3 else "鈴木",
    "状態": lambda _: "確定",
}


@settings(max_examples=300)
@given(reports(), st.permutations(["所属", "年月", "項目", "数値", *EXTRAS]), st.sets(st.sampled_from(sorted(EXTRAS))))
def test_a_list_in_any_order_of_columns_is_read_back(report: Report, order: list[str], left_out: set[str]) -> None:
    """An extract of a system has its columns in any order, the names of a number also behind it."""
    columns = [column for column in order if column not in left_out]
    rows: list[list[Value]] = [list(columns)]
    for office, measure, code in report.values:
        month = next(each for each in report.months if each.code == code)
        own: dict[str, Value] = {
            "所属": office,
            "年月": report.month(month, full=True),
            "項目": report.label(measure),
            "数値": report.cell(office, measure, month),
        }
        rows.append([own[column] if column in own else EXTRAS[column](len(rows)) for column in columns])
    sheet = unpivot(Grid("実績", rows, []), lexicon(), lexicon().read("水道局"))
    observations, _, findings = settle([sheet], "水道局.xlsx", lexicon().codelists.measure)
    assert {each.key[1:4]: each.value for each in observations} == {key: Decimal(value) for key, value in report.values.items()}
    assert [finding.code for finding in findings if finding.severity == "error"] == []
