"""What is wrong with figures as indicators use them: each told once, with who, when and how much."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from fiveless.finding import RULES
from fiveless.language import Words
from fiveless.observation import Basis, Scenario, Status
from fiveless.period import Period
from fiveless.progress import Figure, Known, measure_progress
from fiveless.progress.flaws import flaws
from fiveless.structure import Baseline, Bureau, Codelists, Exclusion, Indicator, Measure, Target

PAPER, PART, WHOLE = "paper.sheets", "cash.with", "cash.all"
JUNE = Period.month(2022, 6)
NAME = Words("指標名", "the indicator")
TO_DATE = Indicator("x", "paper", True, NAME, "reduction", PAPER, None, "ytd", 2016)
MONTH = Indicator("x", "fax", True, NAME, "reduction", PAPER, None, "month", 2019)
SHARE = Indicator("x", "cash", True, NAME, "share", PART, WHOLE, "as_of", None)
STOCK = Indicator("x", "cash", True, NAME, "reduction", PART, None, "as_of", 2016)


def _codelists(indicator: Indicator, **more: Any) -> Codelists:
    measures = [Measure(code, "paper", Words(code, code), "枚", "sheet", "flow", "lower") for code in (PAPER, PART, WHOLE)]
    bureaus = tuple(Bureau(code, Words(f"{code}局", f"Bureau {code}"), "other") for code in "ab")
    return Codelists(bureaus, tuple(measures), (indicator,), **{"targets": (), **more})


def _figure(bureau: str, period: str, value: str | int, measure: str = PAPER, basis: Basis | None = None, **more: Any) -> Figure:
    return Figure(bureau, measure, period, basis or Period.of_code(period).kind, Decimal(value), **more)


def _months(bureau: str, first: str, *values: int, scenario: Scenario = "actual", status: Status = "normal") -> list[Figure]:
    start = Period.of_code(first)
    return [_figure(bureau, start.shifted(n).code, value, scenario=scenario, status=status) for n, value in enumerate(values)]


def _found(figures: Sequence[Figure], codelists: Codelists, *, by_bureau: bool = True, period: Period = JUNE) -> list[str]:
    """The sentences of the findings, in English, each behind its code."""
    known = Known(figures, codelists)
    rows = measure_progress(known, period, by_bureau=by_bureau)
    return [f"{each.code} {each.says('en')}" for each in flaws(rows, known)]


def test_nothing_is_wrong_with_good_figures() -> None:
    """3 of 4, and 30 after 100, need nobody."""
    assert _found([_figure("a", "2022-06", 3, PART, "as_of"), _figure("a", "2022-06", 4, WHOLE, "as_of")], _codelists(SHARE)) == []
    assert _found([*_months("a", "2022-06", 30), *_months("a", "2019-06", 100)], _codelists(MONTH)) == []


def test_more_than_the_whole() -> None:
    """5 of 4 are 125 %; told of the bureau, and of all together if it is so of all."""
    figures = [_figure("a", "2022-06", 5, PART, "as_of"), _figure("a", "2022-06", 4, WHOLE, "as_of")]

    assert _found(figures, _codelists(SHARE)) == ["I01 the indicator of Bureau a (June 2022) comes to 125.0 %: 5 of 4."]
    assert _found(figures, _codelists(SHARE), by_bureau=False) == ["I01 the indicator of all bureaus (June 2022) comes to 125.0 %: 5 of 4."]


@pytest.mark.parametrize(("actual", "count"), [(7, 1), (0, 0)])
def test_base_of_zero(actual: int, count: int) -> None:
    """7 after 0 is no rate and is told; 0 after 0 is not worth telling."""
    said = _found([*_months("a", "2022-06", actual), *_months("a", "2019-06", 0)], _codelists(MONTH))

    assert said == ["I02 There is no rate of the indicator of Bureau a (June 2022) against a base of 0 (actual: 7)."] * count


def test_share_of_nothing_is_no_flaw() -> None:
    """0 of 0 facilities: nothing to tell."""
    figures = [_figure("a", "2022-06", 0, PART, "as_of"), _figure("a", "2022-06", 0, WHOLE, "as_of")]

    assert _found(figures, _codelists(SHARE)) == []


def test_target_that_is_the_base() -> None:
    """A target of 0 % less is no way to go; as it is that of the city, it is told once, of all bureaus."""
    codelists = _codelists(MONTH, targets=(Target("x", 2022, Decimal(0), ""),))
    figures = [*_months("a", "2022-06", 90), *_months("a", "2019-06", 100)]

    assert _found(figures, codelists) == []
    assert _found(figures, codelists, by_bureau=False) == [
        "I03 The target of the indicator of all bureaus (June 2022) is 0.0 %, the same as the base: there is no way towards it.",
    ]


def test_own_target_that_is_the_base() -> None:
    """A bureau that aims at the 100 that it had is told of by itself."""
    figures = [*_months("a", "2022-06", 90), *_months("a", "2019-06", 100), *_months("a", "2022-06", 100, scenario="target")]

    assert _found(figures, _codelists(MONTH)) == [
        "I03 The target of the indicator of Bureau a (June 2022) is 0.0 %, the same as the base: there is no way towards it.",
    ]


def test_two_bureaus_with_the_same_flaw_are_both_told() -> None:
    """A and b both have 5 of 4: two findings, though the numbers are the same."""
    figures = [_figure(who, "2022-06", value, name, "as_of") for who in "ab" for name, value in ((PART, 5), (WHOLE, 4))]

    assert _found(figures, _codelists(SHARE)) == [
        f"I01 the indicator of Bureau {who} (June 2022) comes to 125.0 %: 5 of 4." for who in "ab"
    ]


def test_bureaus_that_are_compared_as_one_share_a_flaw() -> None:
    """Old became x and y, which together have 7 after 0: told once, not of each."""
    old = Bureau("old", Words("旧局", "old"), "other", (), 0, Period.month(2022, 3).first, ("x", "y"))
    new = [Bureau(code, Words(code, code), "other", (), Period.month(2022, 4).first) for code in "xy"]
    codelists = replace(_codelists(MONTH), bureaus=(old, *new))
    said = _found([*_months("x", "2022-06", 3), *_months("y", "2022-06", 4), *_months("old", "2019-06", 0)], codelists)

    assert said == ["I02 There is no rate of the indicator of x (June 2022) against a base of 0 (actual: 7)."]


def test_more_excluded_than_there_is() -> None:
    """12 of 10 excluded."""
    figures = [*_months("a", "2022-06", 10), *_months("a", "2019-06", 100), *_months("a", "2022-06", 12, scenario="excluded")]
    said = _found(figures, _codelists(MONTH))

    assert said == ["I05 Of the indicator of Bureau a (June 2022) 12 are excluded, more than the actual 10."]


# Bases that contradict each other --------------------------------------------------------------------------------------

_YEAR = [_figure("a", "FY2016", 1300)]
_NOW = _months("a", "2022-04", 10, 10, 10)


def test_months_and_year_that_differ() -> None:
    """Twelve times 100 are 1,200, and the year says 1,300: 7.7 % apart; told once though a row of the bureau and one of all ask."""
    figures = [*_NOW, *_months("a", "2016-04", *[100] * 12), *_YEAR]
    known = Known(figures, _codelists(TO_DATE))
    rows = measure_progress(known, JUNE, by_bureau=True)
    said = [each.says("en") for each in flaws([*rows, *rows], known)]

    reported = "reported, the sum of its months 1,200; reported, the year's amount 1,300."
    assert said == [f"The base of the indicator of Bureau a is stated in two ways: {reported}"]


@pytest.mark.parametrize(("other", "count"), [("1006.03", 1), ("1005.02", 0), ("994.97", 1), ("995", 0)])
def test_half_a_per_cent_is_rounding(other: str, count: int) -> None:
    """Beside 1,000 to March a year of 1,005.02 is within half a per cent of the greater (5.0251), 995 too; 1,006.03 and 994.97 are not."""
    figures = [*_NOW, _figure("a", "2017-03", 1000, basis="ytd"), _figure("a", "FY2016", other)]

    assert len(_found(figures, _codelists(TO_DATE))) == count


def test_reported_and_stated_base_that_differ() -> None:
    """The year as reported, 1,300, and as the settings have it, 1,000; in Japanese the sources are named too."""
    stated = Baseline(PAPER, Period.year(2016), Decimal(1000), "a", "")
    codelists = _codelists(TO_DATE, baselines=(stated,))
    known = Known([*_NOW, *_YEAR], codelists)
    (found,) = flaws(measure_progress(known, JUNE, by_bureau=True), known)

    assert found.code == "I04"
    assert found.says("ja") == "a局の指標名の基準値が食い違っています：報告の年度計 1,300、設定の年度計 1,000。"
    assert found.mend("en") == RULES["I04"].mend.en


def test_base_stated_for_all_together() -> None:
    """900 to March as reported of all bureaus together, and 2,000 in the settings for all."""
    stated = Baseline(PAPER, Period.year(2016), Decimal(2000), None, "")
    figures = [*_NOW, _figure("", "2017-03", 900, basis="ytd")]
    said = _found(figures, _codelists(TO_DATE, baselines=(stated,)), by_bureau=False)

    both = "reported, the sum to March 900; in the settings, the year's amount 2,000."
    assert said == [f"I04 The base of the indicator of all bureaus is stated in two ways: {both}"]


def test_revision_settles_it() -> None:
    """Once the settings revise the year, with a day and a reason, nothing contradicts it any more."""
    revised = Baseline(PAPER, Period.year(2016), Decimal(1250), "a", "", dt.date(2022, 5, 1), "counted again")
    figures = [*_NOW, *_months("a", "2016-04", *[100] * 12), *_YEAR]

    assert _found(figures, _codelists(TO_DATE, baselines=(revised,))) == []


def test_stocks_and_shares_have_no_sums_to_contradict() -> None:
    """Of a stock, and of a share, which has no base year, months are not added up."""
    figures = [*(each._replace(measure=PART) for each in (*_NOW, *_months("a", "2016-04", *[100] * 12), *_YEAR))]

    assert _found(figures, _codelists(STOCK)) == []
    assert _found(figures, _codelists(SHARE)) == []


def test_excluded_both_as_reported_and_in_the_settings() -> None:
    """2 reported and 3 stated of one bureau: both count, 25 of 30 remain, and it is asked whether they are the same."""
    codelists = _codelists(MONTH, exclusions=(Exclusion(PAPER, JUNE, Decimal(3), "a", "pandemic work"),))
    figures = [*_months("a", "2022-06", 30), *_months("a", "2019-06", 100), *_months("a", "2022-06", 2, scenario="excluded")]
    (row, _) = measure_progress(Known(figures, codelists), JUNE, by_bureau=True)

    assert row.without is not None
    assert row.without.actual == 25
    assert _found(figures, codelists) == [
        "I06 Of the indicator of Bureau a (June 2022) is excluded both what was reported (2) and what the settings state (3)."
    ]


def test_what_is_excluded_twice_is_told_of_its_bureau_alone() -> None:
    """2 reported and 3 stated of a, and 10 stated of b: of the figure of all it is a's that are told, and 3, not 13."""
    exclusions = (Exclusion(PAPER, JUNE, Decimal(3), "a", ""), Exclusion(PAPER, JUNE, Decimal(10), "b", ""))
    figures = [figure for code in "ab" for month, value in (("2022-06", 30), ("2019-06", 100)) for figure in _months(code, month, value)]
    figures += _months("a", "2022-06", 2, scenario="excluded")
    told = "I06 Of the indicator of Bureau a (June 2022) is excluded both what was reported (2) and what the settings state (3)."

    assert _found(figures, _codelists(MONTH, exclusions=exclusions), by_bureau=False) == [told]


def test_exclusions_of_two_bureaus_are_not_the_same() -> None:
    """What a reported and what the settings state of b stand apart."""
    codelists = _codelists(MONTH, exclusions=(Exclusion(PAPER, JUNE, Decimal(3), "b", "pandemic work"),))
    figures = [figure for code in "ab" for month, value in (("2022-06", 30), ("2019-06", 100)) for figure in _months(code, month, value)]

    assert _found([*figures, *_months("a", "2022-06", 2, scenario="excluded")], codelists, by_bureau=False) == []


@pytest.mark.parametrize(("to_date", "count"), [(7, 0), (9, 1)])
def test_months_that_do_not_come_to_the_sum_to_date(to_date: int, count: int) -> None:
    """1 + 2 + 4 are 7; where the sum to June is reported as 9 the months are used, and it is told."""
    figures = [*_months("a", "2022-04", 1, 2, 4), *_months("a", "2016-04", 10, 10, 10), _figure("a", "2022-06", to_date, basis="ytd")]
    told = "I07 Of the indicator of Bureau a (June 2022) the months come to 7, and are used; the sum to date is reported as 9."

    assert _found(figures, _codelists(TO_DATE)) == [told] * count
