"""Progress beyond the plain rate: caps and their pace, exclusions, revised bases, own targets, scopes, and all that was reported."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from fiveless.language import Words
from fiveless.observation import Basis, Scenario
from fiveless.period import Period
from fiveless.progress import Figure, Known, Progress, Scope, measure_progress
from fiveless.progress.flaws import flaws
from fiveless.progress.outlook import with_forecasts
from fiveless.structure import FOREVER, Baseline, Bureau, Codelists, Exclusion, Indicator, Measure, Target

PAPER, PART, WHOLE = "paper.sheets", "cash.with", "cash.all"
JUNE = Period.month(2022, 6)
MARCH = Period.month(2023, 3)
REDUCTION = Indicator("x", "paper", True, Words("x", "x"), "reduction", PAPER, None, "ytd", 2016)
FAX = Indicator("x", "fax", True, Words("x", "x"), "reduction", PAPER, None, "month", 2019)
SHARE = Indicator("x", "cash", True, Words("x", "x"), "share", PART, WHOLE, "as_of", None)
CAP = Indicator("x", "paper", False, Words("x", "x"), "cap", PAPER, None, "ytd", None)


def _bureau(code: str, first: str = "", last: str = "", successors: tuple[str, ...] = ()) -> Bureau:
    begin = Period.of_code(first).first if first else 0
    end = Period.of_code(last).first if last else FOREVER
    return Bureau(code, Words(code, code), "other", (), begin, end, successors)


def _codelists(bureaus: str | Sequence[Bureau], indicator: Indicator, target: str = "", **more: Any) -> Codelists:
    flow = Measure(PAPER, "paper", Words(PAPER, PAPER), "枚", "sheet", "flow", "lower")
    measures = (flow, *(replace(flow, code=code, kind="stock") for code in (PART, WHOLE)))
    listed = tuple(map(_bureau, bureaus)) if isinstance(bureaus, str) else tuple(bureaus)
    return Codelists(listed, measures, (indicator,), (Target("x", 2022, Decimal(target), ""),) if target else (), **more)


def _said(*values: object) -> tuple[object, ...]:
    return values


def _figure(
    bureau: str, period: str, value: str | int, measure: str = PAPER, basis: Basis | None = None, scenario: Scenario = "actual"
) -> Figure:
    return Figure(bureau, measure, period, basis or Period.of_code(period).kind, Decimal(value), scenario=scenario)


def _months(bureau: str, first: str, *values: int) -> list[Figure]:
    start = Period.of_code(first)
    return [_figure(bureau, start.shifted(number).code, value) for number, value in enumerate(values)]


def _one(figures: Sequence[Figure], codelists: Codelists, period: Period = JUNE, scope: Scope | None = None) -> Progress:
    (row,) = measure_progress(Known(figures, codelists), period, scope=scope or Scope())
    return row


def _rows(figures: Sequence[Figure], codelists: Codelists, period: Period = JUNE, scope: Scope | None = None) -> dict[str, Progress]:
    return {row.bureau: row for row in measure_progress(Known(figures, codelists), period, by_bureau=True, scope=scope or Scope())}


# Caps ------------------------------------------------------------------------------------------------------------------

# Of last year's 1,000, 200 were bought by June and 350 in the last quarter.
LAST_YEAR = (60, 60, 80, 70, 70, 70, 80, 80, 80, 100, 100, 150)


def _capped(bureau: str, cap: int, *months: int, last_year: Sequence[int] = LAST_YEAR) -> list[Figure]:
    cap_of_year = _figure(bureau, "FY2022", cap, scenario="cap")
    return [*_months(bureau, "2021-04", *last_year), *_months(bureau, "2022-04", *months), cap_of_year]


@pytest.mark.parametrize(
    ("months", "rate", "projected", "status"),
    [
        ((50, 50, 60), "0.16", 800, "on_track"),  # 160 of 1,000; 160 / 0.2
        ((60, 60, 80), "0.2", 1000, "on_track"),  # as last year
        ((60, 60, 90), "0.21", 1050, "in_progress"),  # 5 % more than the pace
        ((80, 80, 90), "0.25", 1250, "behind"),  # 25 % more, though a straight line to June allows just 25 %
    ],
)
def test_use_of_a_cap_keeps_pace_with_last_years_season(months: tuple[int, ...], rate: str, projected: int, status: str) -> None:
    """Of a cap of 1,000, last year's profile has 20 % used by June: buying is heavy in the last quarter, a straight line would flatter."""
    row = _one(_capped("a", 1000, *months), _codelists("a", CAP))

    assert _said(row.actual, row.base, row.rate, row.target) == (sum(months), 1000, Decimal(rate), 1)
    assert row.pace is not None
    assert _said(row.pace.expected, row.pace.projected, row.status) == (Decimal("0.2"), projected, status)


def test_pace_of_several_bureaus_weighs_their_profiles_by_their_caps() -> None:
    """a: 20 % by June, cap 1,000; b: 50 % by June, cap 200: expected 300 of 1,200; 100 / 0.2 + 80 / 0.5 = 660."""
    even = (100, 0, 0, *[0] * 8, 100)
    figures = [*_capped("a", 1000, 30, 30, 40), *_capped("b", 200, 80, 0, 0, last_year=even)]
    row = _one(figures, _codelists("ab", CAP))

    assert row.pace is not None
    assert _said(row.base, row.pace.expected, row.pace.projected) == (1200, Decimal("0.25"), 660)


def test_bureau_without_a_last_year_takes_the_profile_of_the_others() -> None:
    """B has no year before: it is paced by a's 20 %."""
    figures = [*_capped("a", 1000, 30, 30, 40), *_months("b", "2022-04", 10, 10, 20), _figure("b", "FY2022", 100, scenario="cap")]
    row = _rows(figures, _codelists("ab", CAP))["b"]

    assert row.pace is not None
    assert _said(row.rate, row.pace.expected, row.pace.projected, row.status) == (Decimal("0.4"), Decimal("0.2"), 200, "behind")


def test_bureaus_of_one_line_that_were_apart_all_last_year_have_each_its_own_pace() -> None:
    """E used all of its 300 by June last year and f nothing of its 300, though both came of one bureau before.

    A profile of nothing tells no pace, so f takes that of all, as n does: (200 + 300 + 0) / (1,000 + 300 + 300) = 31.25 %.
    """
    bureaus = [*map(_bureau, "an"), _bureau("old", "", "2020-03", ("e", "f")), _bureau("e", "2020-04"), _bureau("f", "2020-04")]
    figures = [
        *_capped("a", 1000, 50, 50, 60),
        *_capped("e", 300, 100, 100, 100, last_year=[100] * 3 + [0] * 9),
        *_capped("f", 300, 0, 0, 0, last_year=[0] * 9 + [100] * 3),
        *_capped("n", 100, 10, 10, 10, last_year=()),
    ]
    rows = _rows(figures, _codelists(bureaus, CAP))

    expected = {code: row.pace.expected for code, row in rows.items() if row.pace}

    assert expected == {"a": Decimal("0.2"), "e": Decimal(1), "f": Decimal("0.3125"), "n": Decimal("0.3125")}
    assert _said(rows["e"].status, rows["n"].status) == ("on_track", "on_track")


def test_cap_without_any_last_year_has_no_pace() -> None:
    """The use is told; whether it is too much is not."""
    row = _one([*_months("a", "2022-04", 10, 10, 20), _figure("a", "FY2022", 100, scenario="cap")], _codelists("a", CAP))

    assert _said(row.rate, row.pace, row.status) == (Decimal("0.4"), None, "no_target")


@pytest.mark.parametrize(("used", "status"), [(90, "achieved"), (100, "achieved"), (101, "behind")])
def test_cap_is_kept_or_not_at_the_end_of_the_year(used: int, status: str) -> None:
    """In March the year is over."""
    figures = [_figure("a", "FY2022", used), _figure("a", "FY2022", 100, scenario="cap"), _figure("a", "FY2021", 100)]

    assert _one(figures, _codelists("a", CAP), MARCH).status == status


def test_bureau_without_a_cap_counts_on_neither_side() -> None:
    """B bought 500 and has no cap: 40 of 100, and 540 of 100 if all that was reported counted."""
    figures = [*_months("a", "2022-04", 10, 10, 20), _figure("a", "FY2022", 100, scenario="cap"), *_months("b", "2022-04", 100, 200, 200)]
    row = _one(figures, _codelists("ab", CAP))

    assert _said(row.actual, row.base, row.flags) == (40, 100, ("partial",))
    assert row.all_reported is not None
    assert _said(row.all_reported.actual, row.all_reported.base, row.all_reported.rate) == (540, 100, Decimal("5.4"))


def test_cap_of_a_bureau_that_is_split_within_the_year_is_shared_by_its_successors() -> None:
    """A cap of 1,000 for the bureau of April; 100 bought by it, 50 and 30 by its successors: 180 of 1,000."""
    bureaus = [_bureau("old", "", "2022-05", ("x", "y")), _bureau("x", "2022-06"), _bureau("y", "2022-06")]
    figures = [
        *(_figure("old", "FY2022", 1000, scenario="cap"), _figure("x", "FY2022", 600, scenario="cap")),
        *(*_months("old", "2022-04", 50, 50), _figure("x", "2022-06", 50), _figure("y", "2022-06", 30)),
    ]
    row = _one(figures, _codelists(bureaus, CAP))

    assert _said(row.actual, row.base, row.flags) == (180, 1000, ("line",))


# Exclusions ------------------------------------------------------------------------------------------------------------


def test_tokyo_paper_of_fiscal_year_2021_with_and_without_pandemic_work() -> None:
    """203,114,500 → 99,997,500 is −50.8 %; without 8,802,000 for the pandemic −55.1 %: both as printed, neither in silence."""
    figures = [
        _figure("a", "FY2016", 203_114_500),
        _figure("a", "FY2021", 99_997_500),
        _figure("a", "FY2021", 8_802_000, scenario="excluded"),
    ]
    row = _one(figures, _codelists("a", REDUCTION), Period.month(2022, 3))

    assert row.rate is not None
    assert round(row.rate, 3) == Decimal("0.508")
    assert row.without is not None
    assert row.without.rate is not None
    assert _said(row.excluded, row.without.actual, round(row.without.rate, 3)) == (8_802_000, 91_195_500, Decimal("0.551"))


def test_exclusion_may_be_told_of_some_months_and_bureaus_only() -> None:
    """a: 2 of 10 in May apart; b tells of none: 30 − 2 = 28 of 100."""
    figures = [
        *(*_months("a", "2022-04", 5, 10, 5), *_months("b", "2022-04", 4, 3, 3), *_months("a", "2016-04", 20, 20, 20)),
        *(*_months("b", "2016-04", 20, 10, 10), _figure("a", "2022-05", 2, scenario="excluded")),
    ]
    row = _one(figures, _codelists("ab", REDUCTION))

    assert _said(row.actual, row.excluded, row.rate) == (30, 2, Decimal("0.7"))
    assert row.without is not None
    assert _said(row.without.actual, row.without.base, row.without.rate) == (28, 100, Decimal("0.72"))


def test_exclusion_from_the_base_leaves_the_base_smaller() -> None:
    """20 of 100 in the base were apart as well: 30 − 2 of 80."""
    figures = [_figure("a", "2022-06", 30), _figure("a", "2019-06", 100), _figure("a", "2022-06", 2, scenario="excluded")]
    then = _figure("a", "2019-06", 20, scenario="excluded")
    row = _one([*figures, then], _codelists("a", FAX))

    assert row.without is not None
    assert _said(row.without.actual, row.without.base, row.without.rate) == (28, 80, Decimal("0.65"))


def test_exclusion_of_the_settings_is_of_all_bureaus_together() -> None:
    """8 of the city's 30 are apart, of no single bureau's figures and of no group's."""
    apart = Exclusion(PAPER, Period.year(2022), Decimal(8), None, "pandemic work")
    codelists = _codelists("ab", REDUCTION, exclusions=(apart,))
    figures = [_figure(code, year, value) for code in "ab" for year, value in (("FY2016", 50), ("FY2022", 15))]
    row = _one(figures, codelists, MARCH)

    assert row.without is not None
    assert _said(row.actual, row.excluded, row.without.rate) == (30, 8, Decimal("0.78"))
    assert _rows(figures, codelists, MARCH)["a"].without is None
    assert _one(figures, codelists, MARCH, Scope(frozenset("a"))).without is None


def test_nothing_apart_is_not_shown() -> None:
    """Where nothing is told apart there is one figure only."""
    row = _one([_figure("a", "2022-06", 30), _figure("a", "2019-06", 100)], _codelists("a", FAX))

    assert _said(row.excluded, row.without) == (None, None)


# Revised bases ---------------------------------------------------------------------------------------------------------


def test_revised_base_goes_before_what_was_reported_and_stated() -> None:
    """100 reported, 120 stated, 150 and then 160 revised: the latest revision counts, and the line says so."""
    stated = Baseline(PAPER, Period.year(2016), Decimal(120), "a", "")
    later = replace(stated, value=Decimal(160), revised_on=date(2023, 4, 1), reason="branch offices")
    sooner = replace(later, value=Decimal(150), revised_on=date(2022, 10, 1))
    figures = [_figure("a", "FY2016", 100), _figure("a", "FY2022", 40)]
    row = _one(figures, _codelists("a", REDUCTION, baselines=(later, stated, sooner)), MARCH)

    assert _said(row.base, row.rate, row.flags) == (160, Decimal("0.75"), ("stated_base", "revised_base"))
    assert [term.figure.value for term in row.base_terms] == [160]


# Targets of bureaus ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("scenario", ["target", "plan"])
def test_bureaus_own_target_goes_before_the_citys(scenario: Scenario) -> None:
    """100 → 40 is −60 %; its own aim of 50 is −50 % and reached, where the city's −70 % is not. The city's row keeps the city's."""
    figures = [_figure("a", "FY2016", 100), _figure("a", "FY2022", 40), _figure("a", "FY2022", 50, scenario=scenario)]
    codelists = _codelists("a", REDUCTION, "0.7")
    row = _rows(figures, codelists, MARCH)["a"]

    assert _said(row.target, row.status, row.flags) == (Decimal("0.5"), "achieved", ("own_target",))
    city = _one(figures, codelists, MARCH)
    assert _said(city.target, city.status) == (Decimal("0.7"), "in_progress")  # 0.6 is less than nine tenths of 0.7


def test_own_target_of_the_year_serves_in_its_months() -> None:
    """A plan of 50 for the year against 100 in the base year is −50 %, in June too; a target of the months themselves goes before it."""
    figures = [*_months("a", "2016-04", 10, 10, 10), _figure("a", "FY2016", 100), *_months("a", "2022-04", 4, 4, 4)]
    plan = _figure("a", "FY2022", 50, scenario="plan")
    of_june = _figure("a", "2022-06", 12, basis="ytd", scenario="target")
    codelists = _codelists("a", REDUCTION, "0.7")

    assert _rows([*figures, plan], codelists)["a"].target == Decimal("0.5")
    assert _rows([*figures, plan, of_june], codelists)["a"].target == Decimal("0.6")


def test_own_target_of_a_stock_is_that_of_the_years_end() -> None:
    """In June 20 of 50 facilities; 40 by the end of the year are 80 %."""
    figures = [
        *(_figure("a", "2022-06", 20, PART, "as_of"), _figure("a", "2022-06", 50, WHOLE, "as_of")),
        _figure("a", "2023-03", 40, PART, "as_of", "target"),
    ]
    row = _rows(figures, _codelists("a", SHARE, "1"))["a"]

    assert _said(row.rate, row.target, row.progress, row.flags) == (Decimal("0.4"), Decimal("0.8"), Decimal("0.5"), ("own_target",))


def test_target_equal_to_the_base_is_marked() -> None:
    """To aim at what was is to aim at nothing: no progress is reckoned towards it."""
    figures = [_figure("a", "FY2016", 100), _figure("a", "FY2022", 40), _figure("a", "FY2022", 100, scenario="target")]
    row = _rows(figures, _codelists("a", REDUCTION), MARCH)["a"]

    assert _said(row.target, row.progress, row.flags) == (0, None, ("own_target", "zero_target"))


def test_more_than_the_whole_is_marked() -> None:
    """60 of 50 facilities cannot be."""
    figures = [_figure("a", "2022-06", 60, PART, "as_of"), _figure("a", "2022-06", 50, WHOLE, "as_of")]

    assert _one(figures, _codelists("a", SHARE)).flags == ("above_whole",)


# Scopes ----------------------------------------------------------------------------------------------------------------

THREE = [
    _figure(code, year, value)
    for code, *values in (("a", 100, 10), ("b", 100, 50), ("c", 200, 180))
    for year, value in zip(("2019-06", "2022-06"), values, strict=True)
]


@pytest.mark.parametrize(
    ("scope", "base", "rate", "due"),
    [
        (Scope(), 400, "0.4", 3),
        (Scope(frozenset("ab")), 200, "0.7", 2),
        (Scope(without=frozenset("c")), 200, "0.7", 2),
        (Scope(frozenset("bc"), frozenset("c")), 100, "0.5", 1),
    ],
)
def test_scope_counts_some_bureaus(scope: Scope, base: int, rate: str, due: int) -> None:
    """A 100 → 10, b 100 → 50, c 200 → 180: each scope is the ratio of its own sums."""
    row = _one(THREE, _codelists("abc", FAX), scope=scope)

    assert _said(row.base, row.rate, row.due) == (base, Decimal(rate), due)
    assert len(_rows(THREE, _codelists("abc", FAX), scope=scope)) == due


def test_part_of_a_reorganised_line_is_shown_with_the_whole_line() -> None:
    """X succeeds old together with y: asked for alone it is still compared with y against old; left out, the line is left out."""
    bureaus = [_bureau("old", "", "2022-03", ("x", "y")), _bureau("x", "2022-04"), _bureau("y", "2022-04"), _bureau("a")]
    figures = [_figure("old", "2019-06", 100), _figure("x", "2022-06", 10), _figure("y", "2022-06", 15), *THREE[:2]]
    codelists = _codelists(bureaus, FAX)
    row = _one(figures, codelists, scope=Scope(frozenset("x")))

    assert _said(row.actual, row.base, row.flags) == (25, 100, ("line",))
    assert list(_rows(figures, codelists, scope=Scope(frozenset("x")))) == ["x"]
    assert _one(figures, codelists, scope=Scope(without=frozenset("x"))).base == 100


# All that was reported -------------------------------------------------------------------------------------------------


def test_figure_with_all_that_was_reported_is_told_beside() -> None:
    """a: 20 of 100. b has a base of 900 and no report, c reports 500 without a base. Like for like −80 %; with all: 520 of 1,000, −48 %."""
    figures = [_figure("a", "2022-06", 20), _figure("a", "2019-06", 100), _figure("b", "2019-06", 900), _figure("c", "2022-06", 500)]
    row = _one(figures, _codelists("abc", FAX))

    assert _said(row.rate, row.reported, row.due) == (Decimal("0.8"), 2, 3)
    assert row.all_reported is not None
    assert _said(row.all_reported.actual, row.all_reported.base, row.all_reported.rate) == (520, 1000, Decimal("0.48"))


def test_share_with_all_that_was_reported() -> None:
    """3 of 4 like for like; b's 50 have no N: 53 of 4 shows that they cannot count."""
    figures = [
        _figure("a", "2022-06", 3, PART, "as_of"),
        _figure("a", "2022-06", 4, WHOLE, "as_of"),
        _figure("b", "2022-06", 50, PART, "as_of"),
    ]
    row = _one(figures, _codelists("ab", SHARE))

    assert row.all_reported is not None
    assert _said(row.rate, row.all_reported.actual, row.all_reported.base) == (Decimal("0.75"), 53, 4)


def test_complete_figures_have_no_other() -> None:
    """Where all bureaus count on both sides there is one figure only."""
    assert _one(THREE, _codelists("abc", FAX)).all_reported is None


# Where figures come from -----------------------------------------------------------------------------------------------


def test_terms_of_a_figure_add_up_to_it() -> None:
    """April to June of 2022 are three terms of one; the base of 120 a year is a term of a quarter."""
    figures = [*_months("a", "2022-04", 1, 2, 4), _figure("a", "FY2016", 120)]
    row = _one(figures, _codelists("a", REDUCTION))

    assert [
        _said(term.figure.period, term.figure.value * term.factor.numerator / term.factor.denominator) for term in row.actual_terms
    ] == [
        ("2022-04", 1),
        ("2022-05", 2),
        ("2022-06", 4),
    ]
    assert [(term.figure.period, str(term.factor)) for term in row.base_terms] == [("FY2016", "1/4")]


def test_terms_of_what_is_excluded_and_of_an_own_target() -> None:
    """3 apart in May, and an aim of 50 for the year: each keeps the figures of which it is made."""
    figures = [
        *(*_months("a", "2022-04", 1, 5, 4), _figure("a", "FY2016", 120), _figure("a", "2022-05", 3, scenario="excluded")),
        _figure("a", "FY2022", 50, scenario="plan"),
    ]
    row = _rows(figures, _codelists("a", REDUCTION))["a"]

    assert [(term.figure.scenario, term.figure.period) for term in (*row.excluded_terms, *row.target_terms)] == [
        ("excluded", "2022-05"),
        ("plan", "FY2022"),
    ]
    assert list(row.sides) == ["actual", "base", "excluded", "target"]


# Exclusions, together ---------------------------------------------------------------------------------------------------


def test_exclusions_for_several_reasons_are_summed() -> None:
    """2 for the pandemic and 3 for elections in one month: 5 of 30."""
    apart = [Exclusion(PAPER, JUNE, Decimal(value), "a", reason) for value, reason in ((2, "pandemic"), (3, "elections"))]
    row = _one([_figure("a", "2022-06", 30), _figure("a", "2019-06", 100)], _codelists("a", FAX, exclusions=tuple(apart)))

    assert row.without is not None
    assert _said(row.excluded, row.without.actual) == (5, 25)


def test_exclusion_of_a_quarter_is_not_forgotten_in_the_month_after() -> None:
    """9 in April to June and 1 in August: 9 to July, 10 to August."""
    figures = [*_months("a", "2022-04", *[10] * 5), *_months("a", "2016-04", *[20] * 5)]
    figures += [_figure("a", "2022-Q1", 9, scenario="excluded"), _figure("a", "2022-08", 1, scenario="excluded")]
    july, august = (_one(figures, _codelists("a", REDUCTION), Period.month(2022, month)) for month in (7, 8))

    assert _said(july.excluded, august.excluded) == (9, 10)


def test_exclusion_of_the_whole_city_is_not_taken_from_a_part_of_it() -> None:
    """8 of all together; b is silent: nothing of it is taken from a's 30 alone."""
    apart = Exclusion(PAPER, JUNE, Decimal(8), None, "pandemic work")
    figures = [_figure("a", "2022-06", 30), *(_figure(code, "2019-06", 100) for code in "ab")]
    row = _one(figures, _codelists("ab", FAX, exclusions=(apart,)))

    assert _said(row.actual, row.excluded, row.without) == (30, None, None)


def test_exclusion_of_the_whole_city_from_the_base_leaves_the_base_smaller() -> None:
    """20 of a base of 100 are excluded: 30 of 80, 62.5 % less."""
    apart = Exclusion(PAPER, Period.month(2019, 6), Decimal(20), None, "elections")
    row = _one([_figure("a", "2022-06", 30), _figure("a", "2019-06", 100)], _codelists("a", FAX, exclusions=(apart,)))

    assert row.without is not None
    assert _said(row.excluded, row.without.base, row.without.rate) == (0, 80, Decimal("0.625"))


def test_there_is_no_rate_against_less_than_nothing() -> None:
    """120 excluded of a base of 100: 30 of -20 is no rate."""
    apart = Exclusion(PAPER, Period.month(2019, 6), Decimal(120), "a", "a slip")
    row = _one([_figure("a", "2022-06", 30), _figure("a", "2019-06", 100)], _codelists("a", FAX, exclusions=(apart,)))

    assert row.without is not None
    assert _said(row.without.base, row.without.rate) == (-20, None)


# What a person has to look at ------------------------------------------------------------------------------------------


def _told(figures: Sequence[Figure], codelists: Codelists) -> list[tuple[object, ...]]:
    """Code and bureau of each finding on the bureaus and the total of June."""
    known = Known(figures, codelists)
    rows = [row for each in (True, False) for row in measure_progress(known, JUNE, by_bureau=each)]
    return [(each.code, each.fields["who"].en) for each in flaws(rows, known)]


def test_a_flaw_is_told_of_every_bureau_that_has_it() -> None:
    """A and b both come from a base of 0 to 5; all together 10 from 0; c has nothing to tell."""
    figures = [*(_figure(code, "2022-06", 5) for code in "abc"), *(_figure(code, "2019-06", 0) for code in "ab")]

    assert _told([*figures, _figure("c", "2019-06", 5)], _codelists("abc", FAX)) == [("I02", "a"), ("I02", "b")]
    assert _told(figures, _codelists("ab", FAX))[2:] == [("I02", "all bureaus")]


def test_target_of_all_is_told_of_all_once() -> None:
    """The target of the settings is 0: that is no fault of a, the first bureau."""
    figures = [_figure(code, month, 5) for code in "ab" for month in ("2022-06", "2019-06")]

    assert _told(figures, _codelists("ab", FAX, target="0")) == [("I03", "all bureaus")]


def test_contradictory_base_of_a_bureau_that_has_ended_is_told() -> None:
    """Old's months of FY2019 come to 120, its year to 200; x, which followed it, is compared with the one or the other."""
    bureaus = [_bureau("old", "", "2020-03", ("x",)), _bureau("x", "2020-04")]
    figures = [*_months("old", "2019-04", *[10] * 12), _figure("old", "FY2019", 200), _figure("x", "2022-06", 5)]

    assert _told(figures, _codelists(bureaus, FAX)) == [("I04", "old")]


def test_base_of_all_that_was_revised_goes_before_those_of_the_bureaus() -> None:
    """30 of a reported base of 100, revised for the city to 120: 75 % less; of a alone still 70 %; no forecast is made against either."""
    revised = Baseline(PAPER, Period.month(2019, 6), Decimal(120), None, "", date(2022, 10, 1), "offices were missing")
    figures = [_figure("a", "2022-06", 30), _figure("a", "2019-06", 100)]
    codelists = _codelists("a", FAX, baselines=(revised,))

    assert _said(_one(figures, codelists).rate, _rows(figures, codelists)["a"].rate) == (Decimal("0.75"), Decimal("0.7"))
    assert "revised_base" in _one(figures, codelists).flags


def test_use_without_a_cap_is_no_lack_of_data() -> None:
    """10 are used, of no cap: that cannot be compared; where nothing is used or told there is no data."""
    assert _one([_figure("a", "2022-04", 10)], _codelists("a", CAP), Period.month(2022, 4)).status == "not_comparable"
    assert _one([], _codelists("a", CAP), Period.month(2022, 4)).status == "no_data"


def test_there_is_no_way_towards_a_target_above_the_base() -> None:
    """A aims at 110 of 100 and used 120: it is behind, and not 200 % of the way."""
    figures = [_figure("a", "2022-06", 120), _figure("a", "2019-06", 100), _figure("a", "2022-06", 110, scenario="target")]
    row = _rows(figures, _codelists("a", FAX))["a"]

    assert _said(row.target, row.progress, row.status) == (Decimal("-0.1"), None, "behind")


def test_estimates_and_provisional_figures_are_marked() -> None:
    """A's actual is an estimate and b's provisional: the sum of 30 says both, and nothing of its base, which is plain."""
    now = [_figure("a", "2022-06", 10)._replace(status="estimated"), _figure("b", "2022-06", 20)._replace(status="provisional")]
    row = _one([*now, *(_figure(code, "2019-06", 100) for code in "ab")], _codelists("ab", FAX))

    assert _said(row.actual, row.flags) == (30, ("estimated_actual", "provisional"))


def test_there_is_no_rate_against_a_base_below_zero() -> None:
    """From -3 to -5 is no rise by two thirds."""
    row = _one([_figure("a", "2022-06", -5), _figure("a", "2019-06", -3)], _codelists("a", FAX))

    assert _said(row.rate, row.status, row.flags) == (None, "not_comparable", ("zero_base",))


# Forecasts -------------------------------------------------------------------------------------------------------------


def _expected(figures: Sequence[Figure], bureaus: str | Sequence[Bureau], indicator: Indicator, period: Period) -> Progress:
    known = Known(figures, _codelists(bureaus, indicator))
    (row,) = with_forecasts(measure_progress(known, period), known, period, Scope())
    return row


def test_forecast_needs_the_base_of_each_bureau_that_it_counts() -> None:
    """A and b use 10 a month in three years; a's March base is 100: 90 % less; b has only a June base, so 20 of a's 100 is no figure."""
    a, b = (_months(code, "2020-04", *[10] * 30) for code in "ab")
    bases = [_figure("a", "2019-09", 100), _figure("a", "2020-03", 100), _figure("b", "2019-09", 100)]
    alone = _expected([*a, *bases], "a", FAX, Period.month(2022, 9))
    both = _expected([*a, *b, *bases], "ab", FAX, Period.month(2022, 9))

    assert alone.forecast is not None
    assert alone.forecast.value == Decimal("0.9")
    assert both.rate == Decimal("0.9")
    assert both.forecast is None


def test_forecast_of_a_part_of_a_line_is_set_against_its_own_cap() -> None:
    """X (10 a month, cap 240) and y come from one bureau; y is silent, so 120 of x's own 240 are expected, half, not of 1,000."""
    bureaus = [_bureau("old", "", "2020-03", ("x", "y")), _bureau("x", "2020-04"), _bureau("y", "2020-04")]
    caps = [_figure("x", "FY2022", 240, scenario="cap"), _figure("y", "FY2022", 760, scenario="cap")]
    row = _expected([*_months("x", "2020-04", *[10] * 30), *caps], bureaus, CAP, Period.month(2022, 9))

    assert row.forecast is not None
    assert _said(row.base, row.forecast.value) == (240, Decimal("0.5"))
