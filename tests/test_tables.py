"""Tables: figures as they are read, columns that stay in line in Japanese, and exact data for machines."""

import csv
import io
import json
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fiveless.figures import amount, fixed, number, percent, plain, reduced, whole_percent
from fiveless.finding import RULES, Finding
from fiveless.language import Lang, Words
from fiveless.observation import HEADER
from fiveless.period import Period
from fiveless.progress import Both, Pace, Progress
from fiveless.progress.forecast import Forecast
from fiveless.receipt import Input, Receipt, grouped, ordered, span
from fiveless.structure import Codelists
from fiveless.tables import codes, lines, matrix, observations, progress, receipt, records, trends, wording

JUNE = Period.month(2022, 6)
ESTIMATE = "推計値：基準年度の月別の値がないため、年度計×経過月数÷12 で推計しています（推計と報告された値はそのまま）。"
LANGS: tuple[Lang, ...] = ("ja", "en")


def _paper(bureau: str = "", **other: Any) -> Progress:
    """Paper in June 2022: 13 million of an estimated 50 million sheets, 74 % less, against a target of 70 %."""
    row = Progress(
        "paper.reduction",
        "paper",
        bureau,
        JUNE,
        "ytd",
        Decimal(13_000_000),
        Decimal(50_000_000),
        Decimal("0.74"),
        Decimal("0.70"),
        2022,
        Decimal("0.74") / Decimal("0.70"),
        "achieved",
        2,
        3,
        ("finance",),
        ("estimated_base",),
    )
    return replace(row, **other)


def _cash() -> Progress:
    share = {"indicator": "cash.facility_rate", "less": "cash", "comparison": "as_of", "flags": ()}
    figures: dict[str, Any] = {
        "actual": Decimal(40),
        "base": Decimal(78),
        "rate": Decimal(40) / 78,
        "target": Decimal(1),
        "progress": Decimal(40) / 78,
    }
    return _paper(**{**share, **figures}, target_year=2021, status="in_progress")


def _nothing() -> Progress:
    blank: dict[str, Any] = dict.fromkeys(("actual", "base", "rate", "progress"))
    return _paper(indicator="face.online_rate", less="face", comparison="as_of", status="no_data", reported=0, flags=(), **blank)


# Figures ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rate", "said"),
    [("0.72", "−72.0 %"), ("0.71995", "−72.0 %"), ("0.7195", "−72.0 %"), ("0", "±0.0 %"), ("-0.031", "+3.1 %"), ("1", "−100.0 %")],
)
def test_reduction_is_written_as_the_change_that_it_is(rate: str, said: str) -> None:
    """A reduction has a true minus, an increase a plus; halves round away from zero."""
    assert reduced(Decimal(rate)) == said


def test_figures_for_reading() -> None:
    """Shares to a tenth of a percent, counts with thousands apart, a dash for none, and no 100 % before it is reached."""
    assert percent(Decimal("0.998")) == "99.8 %"
    assert amount(Decimal(56_950_000)) == "56,950,000"
    assert amount(Decimal("12.55")) == "12.6"
    assert amount(Decimal(-3)) == "−3"
    assert whole_percent(Decimal("0.9999")) == "99 %"
    assert {percent(None), reduced(None), amount(None), whole_percent(None)} == {"–"}


@pytest.mark.parametrize("write", [percent, amount, plain, fixed, whole_percent])
def test_zero_has_no_sign(write: Callable[[Decimal], str]) -> None:
    """What rounds to nothing, from below too, is written as 0: a minus would say that something fell."""
    for value in ("-0", "-0.0000001", "-0.0004"):
        assert not set(write(Decimal(value))) & {"-", "−"} or Decimal(write(Decimal(value)).split()[0].replace("−", "-"))


def test_no_figure_is_too_great_to_be_written() -> None:
    """What a slip in a cell makes of a rate has 37 digits, and is shown with all of them."""
    great = Decimal("1E+36")

    assert percent(great) == f"1{'0' * 38}.0 %"
    assert reduced(-great) == f"+1{'0' * 38}.0 %"
    assert fixed(great) == f"1{'0' * 36}.000000"


def test_figures_for_machines() -> None:
    """Values are exact and without exponent, rates have six places, JSON numbers are the shortest that say the same."""
    assert [plain(Decimal(text)) for text in ("2.34E+5", "12.50", "0.0", "100")] == ["234000", "12.5", "0", "100"]
    assert fixed(Decimal(2) / 3) == "0.666667"
    assert [json.dumps(number(Decimal(text))) for text in ("234000.0", "12.50")] == ["234000", "12.5"]


# Lines -----------------------------------------------------------------------------------------------------------------


def test_japanese_takes_two_cells() -> None:
    """Full-width characters count two, half-width one, combining marks none, so that columns stay in line."""
    assert [lines.cells(text) for text in ("局", "ｱ", "A", "が", "か\u3099", "")] == [2, 1, 1, 2, 2, 0]
    assert lines.aligned([["局", "n"], ["abc", "10"]], figures=(1,)) == ["局    n", "abc  10"]
    assert lines.cut("環境局の報告", 7) == "環境局…"


@given(st.text(st.sampled_from("局のabc 、。（）1,"), max_size=60), st.integers(2, 30))
def test_folding_loses_nothing(text: str, width: int) -> None:
    """A folded paragraph fits its width and holds every character but the spaces at which it was broken."""
    parts = lines.folded(text, width)
    assert all(lines.cells(part) <= width for part in parts)
    assert "".join(parts).replace(" ", "") == text.replace(" ", "")


def test_no_line_begins_with_a_full_stop() -> None:
    """Japanese typesetting: 、。） never begin a line, （ never ends one, where there is room to avoid it."""
    parts = lines.folded("用紙（枚）を、削減。用紙（枚）を、削減。", 9)
    assert not any(part[0] in "、。）" or part[-1] == "（" for part in parts)


# Progress --------------------------------------------------------------------------------------------------------------


def test_progress_for_a_pipe(codelists: Codelists) -> None:
    """One line for each of the five: nothing cut, no bar, no colour, and the notes that make it fair."""
    said = [line.plain for line in progress.shown([_paper(), _cash()], codelists, JUNE, "ja", None)]
    assert said[0] == "東京都 5つのレス 2022年6月"
    assert re.split(r" {2,}", said[3]) == [
        *("ペーパーレス", "コピー用紙調達量の削減率", "−74.0 %", "−70.0 %", "105 %", "● 達成"),
        *("13,000,000 / 50,000,000 枚", "2016年度同月累計比（推計値）", "2/3"),
    ]
    assert "2022年6月末時点（目標は2021年度）" in said[4]
    assert "40 / 78 施設" in said[4]
    assert "未報告（ペーパーレス・キャッシュレス）1局：財務局" in said
    assert ESTIMATE in said
    assert not any("█" in line for line in said)


@pytest.mark.parametrize(("width", "lang"), list(product([60, 76, 80, 100, 160], LANGS)))
def test_progress_fits_its_terminal(codelists: Codelists, width: int, lang: Lang) -> None:
    """On no terminal of 60 to 160 cells does a line run over its end, and figures and bars are there on each."""
    said = progress.shown([_paper(), _cash(), _nothing()], codelists, JUNE, lang, width)
    assert max(lines.cells(line.plain) for line in said) <= width
    text = "\n".join(line.plain for line in said)
    assert all(part in text for part in ("−74.0 %", "51.3 %", "13,000,000 / 50,000,000", "█", "2/3", "40 / 78"))


def test_nobody_is_not_named_one_by_one(codelists: Codelists) -> None:
    """Where no bureau has reported, the note says so rather than list them all; what has no figure has no rate."""
    said = [line.plain for line in progress.lines([_nothing()], codelists, JUNE, "en")]
    assert "Not reported (Touchless), 1: every bureau" in said
    assert "– / –" in said[3]
    assert "no data" in said[3]


@pytest.mark.parametrize(
    ("row", "ja", "en"),
    [
        (_paper(), "2016年度同月累計比（推計値）", "year to date against the same months of FY2016 (estimated base)"),
        (_paper(period=Period.month(2023, 3), flags=()), "2016年度累計比", "year to date against FY2016"),
        (_cash(), "2022年6月末時点（目標は2021年度）", "at the end of June 2022 (target of FY2021)"),
    ],
)
def test_basis_in_words(codelists: Codelists, row: Progress, ja: str, en: str) -> None:
    """What is compared with what is said in words, with estimates and targets of other years marked."""
    assert wording.basis(row, codelists.indicator[row.indicator]) == Words(ja, en)


def test_progress_as_csv(codelists: Codelists) -> None:
    """CSV has stable English names, counts as they are, rates to six places, lists joined by semicolons, blanks for none."""
    first, nothing = csv.DictReader(io.StringIO(records.as_csv([("", [_paper(), _nothing()])], codelists)))
    assert first == {
        "period": "2022-06",
        "less": "paper",
        "indicator": "paper.reduction",
        "indicator_name": "コピー用紙調達量の削減率",
        "bureau": "",
        "bureau_name": "",
        "comparison": "ytd",
        "base_year": "2016",
        "actual": "13000000",
        "base": "50000000",
        "unit": "sheet",
        "rate": "0.740000",
        "target": "0.700000",
        "target_year": "2022",
        "progress": "1.057143",
        "status": "achieved",
        "reported": "2",
        "due": "3",
        "missing": "finance",
        "flags": "estimated_base",
        "scope": "",
        **dict.fromkeys(("excluded", "actual_without", "base_without", "rate_without", "actual_all", "base_all", "rate_all"), ""),
        **dict.fromkeys(("expected", "projected", "forecast", "forecast_low", "forecast_high"), ""),
        **dict.fromkeys(("forecast_error", "naive_error", "forecast_trials"), ""),
    }
    assert (nothing["actual"], nothing["rate"], nothing["progress"]) == ("", "", "")


BESIDES: dict[str, Any] = {
    "excluded": Decimal(1_000_000),
    "without": Both(Decimal(12_000_000), Decimal(50_000_000), Decimal("0.76")),
    "all_reported": Both(Decimal(14_000_000), Decimal(40_000_000), Decimal("0.65")),
    "pace": Pace(Decimal("0.25"), Decimal(52_000_000)),
    "forecast": Forecast(Decimal("0.71"), Decimal("0.69"), Decimal("0.725"), Decimal("0.004"), Decimal("0.02"), 2),
}


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        (
            "ja",
            [
                "除外分 1,000,000 枚 を除くと −76.0 %",
                "報告されたすべてでは −65.0 %（14,000,000 / 40,000,000）",
                "前年度のペースなら 25.0 %、このペースで年度末 52,000,000 枚",
                "年度末見込み −71.0 %（8割の確からしさで −69.0 %～−72.5 %）",
                "同じ方法の過去2年度の誤差 0.4ポイント（単純な延長では 2.0ポイント）",
            ],
        ),
        (
            "en",
            [
                "−76.0 % without 1,000,000 sheets excluded",
                "−65.0 % with all that was reported (14,000,000 / 40,000,000)",
                "25.0 % by now last year; at this pace 52,000,000 sheets by March",
                "forecast for March −71.0 % (−69.0 % to −72.5 %, four times in five)",
                "off by 0.4 points in 2 earlier years (naively: by 2.0)",
            ],
        ),
    ],
)
def test_the_same_figure_reckoned_otherwise_stands_beside(codelists: Codelists, lang: Lang, said: list[str]) -> None:
    """Without exclusions, with all that was reported, at last year's pace, and in March: below the figure, or in a column of a pipe."""
    row = replace(_paper(), **BESIDES)
    assert list(wording.worded(row, codelists, lang).besides) == said
    piped = [line.plain for line in progress.shown([row], codelists, JUNE, lang, None)]
    assert "; ".join(said) in piped[3]
    on_screen = [line.plain.strip() for line in progress.shown([row], codelists, JUNE, lang, 120)]
    assert [line for line in said if any(line in shown for shown in on_screen)] == said


def test_the_same_figure_reckoned_otherwise_for_machines(codelists: Codelists) -> None:
    """Each in columns of its own, to six places, with the scope of the row."""
    (first,) = csv.DictReader(io.StringIO(records.as_csv([("-police", [replace(_paper(), **BESIDES)])], codelists)))
    told = {name: first[name] for name in list(first)[20:]}
    assert told == {
        "scope": "-police",
        "excluded": "1000000",
        "actual_without": "12000000",
        "base_without": "50000000",
        "rate_without": "0.760000",
        "actual_all": "14000000",
        "base_all": "40000000",
        "rate_all": "0.650000",
        "expected": "0.250000",
        "projected": "52000000",
        "forecast": "0.710000",
        "forecast_low": "0.690000",
        "forecast_high": "0.725000",
        "forecast_error": "0.004000",
        "naive_error": "0.020000",
        "forecast_trials": "2",
    }


def test_progress_as_json(codelists: Codelists) -> None:
    """JSON says the same with numbers, lists and null."""
    first, nothing = json.loads(records.as_json([("", [_paper(bureau="finance"), _nothing()])], codelists))
    assert (first["actual"], first["rate"], first["progress"], first["missing"]) == (13_000_000, 0.74, 1.057143, ["finance"])
    assert first["bureau_name"] == "財務局"
    assert nothing["rate"] is None


def test_progress_as_markdown(codelists: Codelists) -> None:
    """Markdown has a table with a rule below its head, and the notes as a list."""
    said = progress.markdown([_paper()], codelists, "ja").splitlines()
    assert said[1] == "| " + " | ".join(["---"] * 9) + " |"
    assert said[2].startswith("| ペーパーレス | コピー用紙調達量の削減率 | −74.0 % | −70.0 % |")
    assert said[4] == "- 未報告（ペーパーレス）1局：財務局"


def test_matrix_of_bureaus(codelists: Codelists) -> None:
    """A row for each bureau in the codelist's order, all together last; a sign beside each rate; what must be said of them below."""
    table = matrix.of([_paper("taxation"), _paper("finance", rate=Decimal("0.1"), status="behind")], [_paper(), _cash()], codelists, "ja")
    said = [line.plain for line in matrix.screen(table, codelists, JUNE, "ja", None)]
    assert said[2:] == [
        "               紙      現金",
        "財務局  −10.0 % ▲         –",
        "主税局  −74.0 % ●         –",
        "",
        "全体    −74.0 % ●  51.3 % ○",
        "",
        "● 達成   ◐ 達成見込み   ○ 推進中   ▲ 遅れ   ",
        ESTIMATE,
    ]
    assert matrix.markdown(table, codelists, "ja").splitlines()[1:3] == ["| --- | --: | --: |", "| 財務局 | −10.0 % ▲ | – |"]
    assert matrix.markdown(table, codelists, "ja").endswith(f"\n\n- {ESTIMATE}")


def test_trend_says_which_months_are_of_some_bureaus_only(codelists: Codelists) -> None:
    """May is of one bureau and June of all: the line is not like for like, and May is named."""
    row = [_paper(period=JUNE.shifted(-1), flags=("partial",)), _paper(flags=())]
    said = [line.plain for line in trends.screen([row], codelists, Words("", ""), "en", None)]

    assert said[-1] == "Some bureaus only: only bureaus that gave all that the comparison needs are counted. [2022-05]"
    assert trends.markdown([row], codelists, "en").endswith("are counted. [2022-05]")


@pytest.mark.parametrize("lang", LANGS)
def test_matrix_fits_a_narrow_terminal(codelists: Codelists, lang: Lang) -> None:
    """Long names of bureaus are shortened where the terminal is narrow; figures never are."""
    rows = [_paper(each.code) for each in codelists.due(JUNE)]
    said = matrix.screen(matrix.of(rows, [_paper(), _cash()], codelists, lang), codelists, JUNE, lang, 60)
    assert max(lines.cells(line.plain) for line in said) <= 60
    assert sum("−74.0 % ●" in line.plain for line in said) == len(rows) + 1


# Receipt ---------------------------------------------------------------------------------------------------------------


def _receipt(count: int = 3) -> Receipt:
    findings = [Finding("F01", "data/inbox/a.xlsx", "用紙", f"C{row}", {"reason": "test"}) for row in range(7, 7 + count)]
    inputs = (
        Input("data/inbox/a.xlsx", "read"),
        Input("data/inbox/b.xlsx", "refused"),
        Input("data/inbox/~$a.xlsx", "skipped", Words("は開いています。", "is open.")),
    )
    return Receipt(inputs, new=12, changed=1, taken=13, checked=4, reasons={"F01": 1200}, findings=ordered(findings))


def test_receipt_for_a_pipe() -> None:
    """Files, values, numbers and findings are counted; each group of findings says where, what, and how to mend it."""
    said = [line.plain.rstrip() for line in receipt.screen(_receipt(), "ja", None)]
    mend = RULES["F01"].mend.filled(reason="test").ja
    assert said[2:6] == [
        "ファイル  読取 1   変更なし 0   受付不可 1   対象外 1",
        "観測値    新規 12   変更 1   同値 0   取下げ 0",
        "数値      採用 13   検算に使用 4   保留 1,200",
        "指摘      誤り 3   要確認 0   参考 0",
    ]
    assert any(line.startswith("  1,200  ") and line.endswith("[F01]") for line in said)
    assert "対象外  data/inbox/~$a.xlsx は開いています。" in said
    assert any(line.startswith("▲ 誤り  data/inbox/a.xlsx › 用紙 › C7:C9（3 件） [F01") for line in said)
    assert f"    → {mend}" in said


@pytest.mark.parametrize(("width", "lang"), list(product([60, 100], LANGS)))
def test_receipt_fits_its_terminal(width: int, lang: Lang) -> None:
    """Long sentences are folded below their beginning and never run over the terminal's end."""
    assert max(lines.cells(line.plain) for line in receipt.screen(_receipt(), lang, width)) <= width


def test_dry_run_says_so() -> None:
    """The receipt of a dry run says in its first line that nothing was written."""
    assert receipt.screen(Receipt((), dry_run=True), "en", 80)[0].plain == "Receipt (dry run: nothing was written)"


def test_receipt_shows_twenty_groups_and_counts_the_rest() -> None:
    """Groups beyond the twentieth are counted on the screen; JSON holds every finding by itself."""
    many = Receipt((), findings=tuple(Finding("F01", f"{index}.xlsx", fields={"reason": "x"}) for index in range(25)))
    said = [line.plain for line in receipt.screen(many, "en", None)]
    assert sum(line.startswith("▲") for line in said) == 20
    assert said[-1] == "5 more groups of findings; --format json shows all."
    assert len(json.loads(receipt.as_json(many, "en"))["findings"]) == 25


def test_receipt_as_json() -> None:
    """JSON has stable names for every count, and each finding with its sentence and its repair."""
    said = json.loads(receipt.as_json(_receipt(), "ja"))
    assert said["files"] == {"read": 1, "unchanged": 0, "refused": 1, "skipped": 1}
    assert said["observations"] == {"new": 12, "changed": 1, "unchanged": 0, "withdrawn": 0}
    assert said["numbers"] == {"taken": 13, "used_as_checks": 4, "set_aside": 1200, "set_aside_by_reason": {"F01": 1200}}
    assert said["inputs"][2] == {"file": "data/inbox/~$a.xlsx", "outcome": "skipped", "why": "は開いています。"}
    first = said["findings"][0]
    assert (first["code"], first["severity"], first["cell"]) == ("F01", "error", "C7")
    assert first["mend"] == RULES["F01"].mend.filled(reason="test").ja


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        (["C7"], "C7"),
        (["C7", "C8", "C9"], "C7:C9"),
        (["C7", "D7", "C8", "D8"], "C7:D8"),
        (["Z1", "AA1"], "Z1:AA1"),
        (["C7", "C9"], "C7, C9"),
        (["A1", "B3", "C5", "D7"], "A1, B3, C5, …"),
        ([], ""),
    ],
)
def test_cells_as_a_range(cells: list[str], said: str) -> None:
    """Cells that fill a rectangle are told as a range, others by the first three."""
    assert span(cells) == said


def test_equal_findings_are_told_in_one_breath() -> None:
    """Findings of one code on one sheet form a group; another sheet is another group."""
    findings = [Finding("F01", "a", "x", "A1"), Finding("F01", "a", "y", "A1"), Finding("F01", "a", "x", "A2")]
    assert [(group.first.sheet, group.cells) for group in grouped(findings)] == [("x", ["A1", "A2"]), ("y", ["A1"])]


# Codelists and observations --------------------------------------------------------------------------------------------


def test_codes_as_csv_and_json(codelists: Codelists) -> None:
    """A codelist comes out as it went in: code, both names, validity, aliases and successors."""
    rows = {row["code"]: row for row in csv.DictReader(io.StringIO(codes.as_csv(codelists, "bureaus")))}
    assert rows["social-welfare-public-health"] == {
        "code": "social-welfare-public-health",
        "name_ja": "福祉保健局",
        "name_en": "Bureau of Social Welfare and Public Health",
        "group": "governor",
        "aliases": "福保局",
        "valid_from": "2016-04",
        "valid_to": "2023-06",
        "successors": "social-welfare|public-health",
    }
    indicators = json.loads(codes.as_json(codelists, ("indicators",)))
    assert indicators[0]["base_year"] == 2016
    assert indicators[0]["headline"] is True
    assert set(json.loads(codes.as_json(codelists, codes.LISTS))) == {"bureaus", "measures", "indicators"}


@pytest.mark.parametrize("lang", LANGS)
def test_codes_for_reading(codelists: Codelists, lang: Lang) -> None:
    """The screen shows every entry, cut to its width; a pipe gets them whole, names in the language asked for."""
    narrow = codes.screen(codelists, codes.LISTS, lang, 60)
    whole = [line.plain for line in codes.screen(codelists, ("bureaus",), lang, None)]
    assert max(lines.cells(line.plain) for line in narrow) <= 60
    assert len(whole) == len(codelists.bureaus) + 2
    assert any(("財務局" if lang == "ja" else "Bureau of Finance") in line and "finance" in line for line in whole)


def test_findings_and_rules_as_csv_and_json(codelists: Codelists) -> None:
    """Every finding has its sentences in both languages, with the rule that it cites; every rule says what of it is checked."""
    findings = {row["code"]: row for row in csv.DictReader(io.StringIO(codes.as_csv(codelists, "findings")))}
    assert list(findings) == list(RULES)
    assert findings["E01"] == {
        "code": "E01",
        "severity": "warning",
        "title_ja": "エラー値",
        "title_en": "error value",
        "says_ja": "エラー値 … です。",
        "says_en": "This cell shows the error ….",
        "mend_ja": "数式を直し、数値を入れてください。",
        "mend_en": "Mend the formula so that it gives a number.",
        "ministry": "L2-06",
        "mic_item": "1-7",
    }
    rules = json.loads(codes.as_json(codelists, ("rules",)))
    assert len(rules) == 30
    assert (rules[11]["code"], rules[11]["mic_item"], rules[11]["title_ja"]) == ("L1-12", "1-4", "セルの結合をしていないか")


@pytest.mark.parametrize("lang", LANGS)
def test_findings_and_rules_for_reading(codelists: Codelists, lang: Lang) -> None:
    """Each has a line and its sentences below, folded to the screen; what is not checked is left to a person."""
    narrow = [line.plain for line in codes.screen(codelists, ("findings", "rules"), lang, 60)]
    whole = [line.plain for line in codes.screen(codelists, ("findings", "rules"), lang, None)]
    assert max(map(lines.cells, narrow)) <= 60
    assert all(any(line.startswith(f"{code} ") for line in whole) for code in (*RULES, "L1-01", "L3-09"))
    assert sum(("人が確かめる" if lang == "ja" else "for a person") in line for line in whole) == 3


_ROW = dict.fromkeys(HEADER, "") | {
    "bureau": "finance",
    "bureau_name": "財務局",
    "value": Decimal("12.50"),
    "note": '速報、"要確認"\n次行',
    "received_at": "2022-07-01T00:00:00+00:00",
}


def test_observations_as_csv() -> None:
    """The header is the contract's; values are exact; a note with comma, quote and line break survives; a BOM only where asked for."""
    text = "".join(observations.csv_lines([tuple(_ROW.values())]))
    (row,) = csv.DictReader(io.StringIO(text, newline=""))
    assert tuple(row) == HEADER
    assert row == {**_ROW, "value": "12.5"}
    assert "\r" not in text
    assert "".join(observations.csv_lines([], bom=True)) == "\ufeff" + ",".join(HEADER) + "\n"


def test_observations_as_json_lines() -> None:
    """One object a line, values as numbers."""
    said = list(observations.json_lines([tuple(_ROW.values())] * 2))
    assert [json.loads(line) for line in said] == [{**_ROW, "value": 12.5}] * 2


def test_tables_of_words_load_nothing_heavy() -> None:
    """Laying out text, as help pages do, loads neither rich nor any other package."""
    code = "import sys, fiveless.tables.lines; print(*{name.partition('.')[0] for name in sys.modules} & {'rich', 'duckdb', 'pandas'})"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "\n"
