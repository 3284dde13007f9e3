"""Formulas with their numbers and the cells of these: few cells one by one, many as a range for each bureau, all of them as data."""

import csv
import datetime as dt
import io
import json
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fiveless import reference
from fiveless.language import Lang, Words
from fiveless.period import Period
from fiveless.progress import Figure, Progress, Term
from fiveless.store import Origin
from fiveless.structure import Codelists
from fiveless.tables import explained
from fiveless.tables.lines import cells

LANGS: tuple[Lang, ...] = ("ja", "en")
JUNE = Period.month(2022, 6)
NOBODY = Words("", "")
NOON = dt.datetime(2022, 7, 1, 3, tzinfo=dt.UTC)
PAPER = "paper.sheets_purchased"


def _term(bureau: str, period: str, value: int, factor: Fraction = Fraction(1), measure: str = PAPER, office: str = "") -> Term:
    return Term(Figure(bureau, measure, period, Period.of_code(period).kind, Decimal(value), office=office), factor)


def _cell(term: Term, cell: str, file: str = "data/inbox/財務局.xlsx", sheet: str = "紙", office: str = "") -> Origin:
    return Origin(term.figure._replace(office=office), file, sheet, cell, NOON)


def _progress(actual: list[Term], base: list[Term], **other: object) -> Progress:
    """Paper in June 2022: 20 sheets against 80, −75 % with a target of −70 %."""
    rate, target = Decimal("0.75"), Decimal("0.70")
    row = Progress(
        *("paper.reduction", "paper", "", JUNE, "ytd"),
        Decimal(20),
        Decimal(80),
        rate,
        target,
        2022,
        rate / target,
        *("achieved", 1, 1, (), ()),
        actual_terms=tuple(actual),
        base_terms=tuple(base),
    )
    return replace(row, **other)  # type: ignore[arg-type]  # each test names fields of the row


def _row() -> explained.Row:
    """Finance: 12 + 8 = 20 in two offices, against 3/12 of a year's 320, which the settings state."""
    now, then = _term("finance", "2022-06", 20), _term("finance", "FY2016", 320, Fraction(1, 4))
    offices = [_cell(now, "C7", office="総務課"), _cell(now, "C8", office="経理課")]
    parts = [offices[0]._replace(figure=now.figure._replace(value=Decimal(12), office="総務課")), offices[1]]
    parts[1] = offices[1]._replace(figure=now.figure._replace(value=Decimal(8), office="経理課"))
    return explained.Row(_progress([now], [then]), {now: parts, then: []})


def _many(sheets: int = 1, count: int = 13) -> explained.Row:
    """Finance in `count` cells of 1 sheet each, on so many sheets, and taxation in one."""
    terms = [_term("finance", f"20{year:02}-04", 1) for year in range(10, 10 + count)]
    found = {term: [_cell(term, f"{'BCD'[place % 3]}{5 + place}", sheet=f"S{place % sheets}")] for place, term in enumerate(terms)}
    last = _term("taxation", "2022-06", 7)
    return explained.Row(_progress([*terms, last], []), {**found, last: [_cell(last, "AA10", "data/inbox/主税局.xlsx")]})


def _screen(codelists: Codelists, *rows: explained.Row, lang: Lang = "ja", width: int | None = None, scope: Words = NOBODY) -> list[str]:
    return [line.plain.rstrip() for line in explained.screen(rows, codelists, scope, lang, width)]


# For reading -----------------------------------------------------------------------------------------------------------


def test_few_cells_one_by_one(codelists: Codelists) -> None:
    """(20 − 80) / 80 = −75 %; the offices' cells make 20, a quarter of the stated 320 makes 80."""
    assert _screen(codelists, _row()) == [
        "東京都 5つのレス 2022年6月",
        "",
        "ペーパーレス  コピー用紙調達量の削減率",
        "  (20 − 80) / 80 = −75.0 %（目標 −70.0 %、目標への進み 107 %）",
        "  実績  コピー用紙調達量 20 枚 =",
        "    財務局 総務課  12  2022年6月  data/inbox/財務局.xlsx › 紙 › C7",
        "    財務局 経理課   8  2022年6月  data/inbox/財務局.xlsx › 紙 › C8",
        "  基準  コピー用紙調達量 80 枚 =",
        "    財務局  320 × 1/4  2016年度  設定（fiveless.toml）",
    ]


def test_places_stand_below_on_a_narrow_screen(codelists: Codelists) -> None:
    """On 60 cells each place stands below its figure, whole."""
    assert _screen(codelists, _row(), lang="en", width=60)[3:] == [
        "  (20 − 80) / 80 = −75.0 % (target −70.0 %, 107 % of the",
        "  way)",
        "  actual  Copy paper purchased 20 sheets =",
        "    Bureau of Finance 総務課  12  June 2022",
        "      data/inbox/財務局.xlsx › 紙 › C7",
        "    Bureau of Finance 経理課   8  June 2022",
        "      data/inbox/財務局.xlsx › 紙 › C8",
        "  base  Copy paper purchased 80 sheets =",
        "    Bureau of Finance  320 × 1/4  FY2016",
        "      settings (fiveless.toml)",
    ]


def test_many_cells_by_bureau(codelists: Codelists) -> None:
    """More than twelve: a line for each bureau with its sum, how many cells and the smallest range that holds them."""
    assert _screen(codelists, _many())[5:] == [
        "    財務局  13  13セル  data/inbox/財務局.xlsx › 紙 › B5:D17".replace("紙", "S0"),
        "    主税局   7   1セル  data/inbox/主税局.xlsx › 紙 › AA10",
    ]


@pytest.mark.parametrize(
    ("sheets", "ja", "en"),
    [(2, "S0 › B5:D17 ほか1シート", "S0 › B5:D17 and 1 more sheet"), (5, "S0 › B5:D15 ほか4シート", "S0 › B5:D15 and 4 more sheets")],
)
def test_cells_on_several_sheets(codelists: Codelists, sheets: int, ja: str, en: str) -> None:
    """The first sheet with its range, and how many there are besides."""
    said = [_screen(codelists, _many(sheets), lang=lang)[5] for lang in LANGS]
    assert [said[0].endswith(ja), said[1].endswith(en)] == [True, True]
    assert "13 cells" in said[1]


def test_stated_figures_by_bureau(codelists: Codelists) -> None:
    """A bureau of which the settings state the figure has no cell; parts of a year count as parts (4 × 3/12 = 1)."""
    row = _many()
    stated = _term("waterworks", "FY2016", 4, Fraction(1, 4))
    more = replace(row.progress, actual_terms=(*row.progress.actual_terms, stated))
    assert _screen(codelists, explained.Row(more, row.cells), lang="en")[-1] == (
        "    Bureau of Waterworks   1    1 cell  settings (fiveless.toml)"
    )


def test_all_bureaus_and_unknown_ones(codelists: Codelists) -> None:
    """A figure of all together says so; a bureau that is no longer listed is named by its code."""
    city, moon = _term("", "FY2016", 1), _term("moon", "FY2016", 2)
    said = _screen(codelists, explained.Row(_progress([city, moon], []), {}))
    assert [line.split("  ")[2] for line in said[-2:]] == ["全体", "moon"]


def test_bureau_and_scope_are_named(codelists: Codelists) -> None:
    """A bureau's own row names it; the title says which bureaus count."""
    row = _row()._replace(progress=replace(_row().progress, bureau="finance"))
    said = _screen(codelists, row, scope=Words("財務局", "Bureau of Finance"))
    assert said[0] == "東京都 5つのレス 2022年6月（財務局）"
    assert said[2] == "ペーパーレス  コピー用紙調達量の削減率  財務局"


def test_share_names_both_its_measures(codelists: Codelists) -> None:
    """N and N of a share are of two measures, each named."""
    n, whole = (_term("finance", "2022-06", 1, measure=name) for name in ("seal.decisions_electronic", "seal.decisions"))
    share = _progress([n], [whole], indicator="seal.electronic_rate", less="seal", target=None, progress=None)
    said = _screen(codelists, explained.Row(share, {}))
    assert said[3:5] == ["  20 / 80 = 75.0 %", "  分子  電子決定件数 20 件 ="]
    assert said[6] == "  分母  起案文書数 80 件 ="


def test_parts_of_a_sum_are_named(codelists: Codelists) -> None:
    """A figure of another measure than the one that is counted, such as faxes sent of all faxes, says which it is."""
    sent = _term("finance", "2022-06", 20, measure="fax.sent")
    row = _progress([sent], [], indicator="fax.reduction", less="fax")
    assert _screen(codelists, explained.Row(row, {}))[-1] == "    財務局  20  FAX送信件数 2022年6月  設定（fiveless.toml）"


@pytest.mark.parametrize("lacking", ["actual", "base", "rate"])
def test_formula_that_cannot_be_told(codelists: Codelists, lacking: str) -> None:
    """Without one side, or against a base of zero, the sentence says that there is no rate."""
    row = replace(_progress([], []), **{lacking: None})  # type: ignore[arg-type]  # each test names fields of the row
    assert explained.formula(row, codelists, "en").endswith(": no rate can be told.")
    assert "実績" not in "".join(_screen(codelists, explained.Row(row, {}))[4:])


@given(
    st.integers(0, 10**18), st.text(st.sampled_from("局abc_年 .-"), min_size=1, max_size=60), st.integers(40, 160), st.sampled_from(LANGS)
)
def test_no_line_is_wider_than_the_terminal(value: int, file: str, width: int, lang: Lang) -> None:
    """Whatever the figures and the names of files, no line runs over a terminal of 40 cells or more."""
    term = _term("social-welfare-public-health", "2022-06", value, Fraction(7, 12), office="総務課")
    rows = [explained.Row(_progress([term], [term]), {term: [_cell(term, "XFD1048576", file)]}), _many(3)]
    assert max(map(cells, _screen(reference.load(None), *rows, lang=lang, width=width))) <= width


def test_markdown(codelists: Codelists) -> None:
    """The formula, and a table of every cell with its side."""
    assert explained.markdown([_row()], codelists, "ja").splitlines() == [
        "**コピー用紙調達量の削減率** (20 − 80) / 80 = −75.0 %（目標 −70.0 %、目標への進み 107 %）",
        "",
        "| 区分 | 局・部署 | 値 | 内容 | 出所 |",
        "| --- | --- | --- | --- | --- |",
        "| 実績 | 財務局 総務課 | 12 | コピー用紙調達量 2022年6月 | data/inbox/財務局.xlsx › 紙 › C7 |",
        "| 実績 | 財務局 経理課 | 8 | コピー用紙調達量 2022年6月 | data/inbox/財務局.xlsx › 紙 › C8 |",
        "| 基準 | 財務局 | 320 × 1/4 | コピー用紙調達量 2016年度 | 設定（fiveless.toml） |",
    ]


# Data ------------------------------------------------------------------------------------------------------------------


def test_csv_and_json_hold_every_cell() -> None:
    """A record for each cell with the value that stands there, the factor by which it counts, and where it stands; the same in both."""
    first, _, stated = rows = list(csv.DictReader(io.StringIO(explained.as_csv([_row()]))))
    assert first == {
        "indicator": "paper.reduction",
        "of_bureau": "",
        "of_period": "2022-06",
        "side": "actual",
        "bureau": "finance",
        "office": "総務課",
        "measure": PAPER,
        "period": "2022-06",
        "basis": "month",
        "scenario": "actual",
        "value": "12",
        "factor": "1",
        "status": "normal",
        "file": "data/inbox/財務局.xlsx",
        "sheet": "紙",
        "cell": "C7",
        "received_at": "2022-07-01T03:00:00Z",
        "scope": "",
    }
    assert [stated[name] for name in ("side", "value", "factor", "file", "sheet", "cell", "received_at")] == [
        *("base", "320", "1/4", "fiveless.toml", "", "", ""),
    ]
    assert json.loads(explained.as_json([_row()])) == rows


def test_figures_of_all_cells_make_the_amounts() -> None:
    """Values times factors come to the amounts of the formula: 12 + 8 = 20 and 320 / 4 = 80."""
    sums = {"actual": Fraction(0), "base": Fraction(0)}
    for record in explained.records([_row()]):
        sums[record["side"]] += Fraction(record["value"]) * Fraction(record["factor"])
    assert sums == {"actual": 20, "base": 80}
