"""Published figures beside ours: the verdict first, what was printed, the rates that follow from it, and the same in data."""

import csv
import io
import json
from dataclasses import replace
from decimal import Decimal
from itertools import product
from typing import Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fiveless import reference
from fiveless.language import Lang, Words
from fiveless.period import Period
from fiveless.progress.printed import Check, Interval, check
from fiveless.structure import Codelists, Published
from fiveless.tables import backtest
from fiveless.tables.lines import cells

LANGS: tuple[Lang, ...] = ("ja", "en")
MARCH = Period.month(2022, 3)


def _published(**other: Any) -> Published:
    """約100枚 of 約200枚 to March 2022, 50 % less."""
    given: dict[str, Any] = {
        "as_of": MARCH,
        "indicator": "paper.reduction",
        "measure": "paper.sheets_purchased",
        "value_printed": "約100枚",
        "basis": "ytd",
        "against": "base",
        "base_printed": "約200枚",
        "exclusions": False,
        "comparison": "2016年度 約200枚",
        "percent_printed": "50%削減",
        "note": "",
        "source": "example.jp",
    }
    return Published(**{**given, **other})


def _check(actual: int | None, base: int | None, kind: Literal["reduction", "share"] = "reduction", **other: Any) -> Check:
    found = [None if value is None else Decimal(value) for value in (actual, base)]
    return check(_published(**other), found[0], found[1], Decimal("0.5"), kind)


AGREES = _check(99, 200, note="速報値")
DIFFERS = _check(160, 200)
LACKS = _check(None, 200)
NO_INDICATOR = Check(_published(indicator="moon.rate"), None, None, None, "not_recomputed", Words("ありません。", "There is none."))
SEAL = _check(70, 146, "share", indicator="seal.abolished_rate", value_printed="約70件", base_printed="約146件", basis="as_of")


def _screen(codelists: Codelists, *checks: Check, lang: Lang = "ja", width: int | None = 80) -> list[str]:
    return [line.plain.rstrip() for line in backtest.screen(checks, codelists, lang, width)]


def test_page_in_japanese(codelists: Codelists) -> None:
    """99 of 200 is −50.5 %; 95 to 105 of 150 to 250 is −30 % to −62 %; what differs says in what, what is lacking says what."""
    assert _screen(codelists, AGREES, DIFFERS, LACKS) == [
        "公表値との照合",
        "",
        "● 一致                  2022年3月（4月からの累計）   コピー用紙調達量の削減率",
        "  公表値                約100枚、2016年度 約200枚、50%削減（速報値）",
        "  公表の数量からの率    0.00～−80.00 %",
        "  再計算                −50.50 %  99 / 200 枚",
        "",
        "▲ 不一致                2022年3月（4月からの累計）   コピー用紙調達量の削減率",
        "  公表値                約100枚、2016年度 約200枚、50%削減",
        "  公表の数量からの率    0.00～−80.00 %",
        "  再計算                −20.00 %  160 / 200 枚",
        "  公表の丸めの範囲に入りません：実績 160（公表 約100枚）、削減率 20.00 %（公表",
        "  50%削減）。",
        "",
        "- 再計算できず          2022年3月（4月からの累計）   コピー用紙調達量の削減率",
        "  公表値                約100枚、2016年度 約200枚、50%削減",
        "  公表の数量からの率    0.00～−80.00 %",
        "  再計算                – / 200 枚",
        "  実績がないため、再計算できません。",
        "",
        "公表値 3 件：一致 1、不一致 1、判定・再計算できず 1",
    ]


def test_page_in_english(codelists: Codelists) -> None:
    """A share has no minus; what the settings lack is named by its code, and has neither rate nor amounts."""
    assert _screen(codelists, SEAL, NO_INDICATOR, lang="en") == [
        "Published figures recomputed",
        "",
        "▲ differs               March 2022 (end of the month)",
        "                        Procedures freed of the seal",
        "  Printed               約70件、2016年度 約200枚、50%削減",
        "  From its amounts      44.37 to 51.55 %",
        "  Recomputed            47.95 %  70 / 146 procedures",
        "  Outside of what the printed figures round: the share 47.95 % (printed: 50%削",
        "  減).",
        "",
        "- cannot be recomputed  March 2022 (since April)   moon.rate",
        "  Printed               約100枚、2016年度 約200枚、50%削減",
        "  There is none.",
        "",
        "2 published figures: 0 agree, 1 differ, 1 cannot be told",
    ]


def test_pipe_gets_a_line_for_each(codelists: Codelists) -> None:
    """Through a pipe every figure is one line with all its columns, and nothing is cut."""
    said = _screen(codelists, AGREES, DIFFERS, width=None)
    assert [part for part in said[2].split("  ") if part] == ["時点", "指標", "公表値", "公表の数量からの率", "再計算", "判定", "理由"]
    assert [part.strip() for part in said[3].split("  ") if part][:4] == [
        *("2022年3月（4月からの累計）", "コピー用紙調達量の削減率", "約100枚、2016年度 約200枚、50%削減（速報値）", "0.00～−80.00 %"),
    ]
    assert "160（公表 約100枚）、削減率 20.00 %（公表 50%削減）" in said[4]
    assert said[-1] == "公表値 2 件：一致 1、不一致 1、判定・再計算できず 0"


@pytest.mark.parametrize(
    ("low", "high", "lang", "said"),
    [
        ("0.5", "0.5", "ja", "−50.00 %"),
        ("0.49995", "0.50004", "ja", "−50.00 %"),
        ("-0.1", "0.1", "ja", "+10.00～−10.00 %"),
        ("0.1", "0.2", "en", "−10.00 to −20.00 %"),
        ("0", "0", "en", "0.00 %"),
    ],
)
def test_rates_are_written_as_printed(codelists: Codelists, low: str, high: str, lang: Lang, said: str) -> None:
    """A reduction has the minus with which it is printed, a rise a plus; two ends that are written alike are one."""
    both = replace(AGREES, recomputed=Interval(Decimal(low), Decimal(high)))
    assert any(line.split("  ")[-2].strip() == said for line in _screen(codelists, both, lang=lang) if "99 / 200" in line)


@pytest.mark.parametrize(
    ("value", "base", "indicator", "expected"),
    [
        ("100枚", "200枚", "paper.reduction", "0.5"),
        ("70件", "140件", "seal.abolished_rate", "0.5"),
        ("", "200枚", "paper.reduction", None),
        ("100枚", "", "paper.reduction", None),
        ("100枚", "200枚", "moon.rate", None),
        ("100枚", "0枚", "paper.reduction", None),
    ],
)
def test_what_the_printed_amounts_say_by_themselves(
    codelists: Codelists, value: str, base: str, indicator: str, expected: str | None
) -> None:
    """Exact amounts give one rate (100 of 200 is a half); without one of the two, or against none, there is none."""
    told = replace(AGREES, published=_published(value_printed=value, base_printed=base, indicator=indicator))
    found = backtest.alone(told, codelists)
    assert found == (None if expected is None else Interval(Decimal(expected), Decimal(expected)))


def test_colour_of_the_verdict(codelists: Codelists) -> None:
    """What agrees and what differs have two colours that the colour-blind can tell."""
    styles = [str(backtest.screen([each], codelists, "ja", 80)[2].style) for each in (AGREES, DIFFERS, LACKS)]
    assert styles == ["#2f81c7", "#d55e00", "default"]


@given(st.integers(0, 10**18), st.integers(1, 10**18), st.integers(46, 160), st.sampled_from(LANGS))
def test_no_line_is_wider_than_the_terminal(actual: int, base: int, width: int, lang: Lang) -> None:
    """Whatever the figures, no line runs over a terminal of 46 cells or more."""
    said = _screen(reference.load(None), _check(actual, base), LACKS, NO_INDICATOR, lang=lang, width=width)
    assert max(map(cells, said)) <= width


# Data ------------------------------------------------------------------------------------------------------------------


def test_csv() -> None:
    """What was printed as it was, the rates that it can stand for, our amounts and rate exactly, and the verdict with its reason."""
    first, second = csv.DictReader(io.StringIO(backtest.as_csv([AGREES, LACKS], "en")))
    assert first == {
        "as_of": "2022-03",
        "indicator": "paper.reduction",
        "measure": "paper.sheets_purchased",
        "basis": "ytd",
        "against": "base",
        "exclusions": "false",
        "value_printed": "約100枚",
        "base_printed": "約200枚",
        "percent_printed": "50%削減",
        "printed_low": "0.495000",
        "printed_high": "0.505000",
        "actual": "99",
        "base": "200",
        "rate_low": "0.505000",
        "rate_high": "0.505000",
        "verdict": "agrees",
        "why": "",
        "source": "example.jp",
    }
    assert [second[name] for name in ("actual", "rate_low", "verdict", "why")] == [
        *("", "", "not_recomputed", "It cannot be recomputed, for the actual is not known."),
    ]


def test_json_holds_the_same() -> None:
    """The same names in the same order, with numbers, truth and null."""
    (told,) = json.loads(backtest.as_json([replace(AGREES, published=_published(measure=None, exclusions=True, percent_printed=""))], "ja"))
    assert list(told) == backtest.as_csv([], "ja").strip().split(",")
    assert [told[name] for name in ("measure", "exclusions", "actual", "rate_low", "printed_low")] == ["", True, 99, 0.505, None]


@pytest.mark.parametrize(("lang", "each"), list(product(LANGS, (AGREES, DIFFERS, LACKS, NO_INDICATOR))))
def test_markdown_holds_the_cells_of_the_pipe(codelists: Codelists, lang: Lang, each: Check) -> None:
    """Markdown and pipe tell the same."""
    _, _, line = backtest.markdown([each], codelists, lang).splitlines()
    told = [part.strip() for part in line.strip("|").split("|")]
    (piped,) = (said for said in _screen(codelists, each, lang=lang, width=None)[3:4])
    assert all(part in piped for part in told)
    assert len(told) == 7
