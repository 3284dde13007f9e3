"""Two periods compared: like for like, by month, to date and on a date, and who made the change."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fiveless.language import Words
from fiveless.observation import Basis, Scenario
from fiveless.period import Period
from fiveless.progress import Figure, Known, Scope, measure_progress
from fiveless.progress.change import Change, best_and_worst
from fiveless.progress.comparing import Against, compare, compare_with_base, earlier
from fiveless.progress.offices import by_office
from fiveless.structure import FOREVER, Baseline, Bureau, Codelists, Indicator, Measure, Staff

PAPER, PART, WHOLE, FLOW_PART, FLOW_WHOLE = "paper.sheets", "cash.with", "cash.all", "seal.with", "seal.all"
JUNE, MAY = Period.month(2022, 6), Period.month(2022, 5)
TO_DATE = Indicator("x", "paper", True, Words("x", "x"), "reduction", PAPER, None, "ytd", 2016)
MONTH = Indicator("x", "fax", True, Words("x", "x"), "reduction", PAPER, None, "month", 2019)
STOCK = Indicator("x", "cash", True, Words("x", "x"), "share", PART, WHOLE, "as_of", None)
FLOW = Indicator("x", "seal", True, Words("x", "x"), "share", FLOW_PART, FLOW_WHOLE, "month", None)
CAP = Indicator("x", "paper", True, Words("x", "x"), "cap", PAPER, None, "ytd", None)


def _said(*values: object) -> tuple[object, ...]:
    return values


def _bureau(code: str, first: str = "", last: str = "", successors: tuple[str, ...] = ()) -> Bureau:
    begin = Period.of_code(first).first if first else 0
    end = Period.of_code(last).first if last else FOREVER
    return Bureau(code, Words(code, code), "other", (), begin, end, successors)


def _codelists(bureaus: str | Sequence[Bureau], indicator: Indicator, staff: Sequence[Staff] = ()) -> Codelists:
    flows = [Measure(code, "paper", Words(code, code), "枚", "sheet", "flow", "lower") for code in (PAPER, FLOW_PART, FLOW_WHOLE)]
    stocks = [Measure(code, "cash", Words(code, code), "件", "item", "stock", "higher") for code in (PART, WHOLE)]
    listed = tuple(map(_bureau, bureaus)) if isinstance(bureaus, str) else tuple(bureaus)
    return Codelists(listed, (*flows, *stocks), (indicator,), (), staff=tuple(staff))


def _figure(
    bureau: str, period: str, value: int, measure: str = PAPER, basis: Basis | None = None, office: str = "", scenario: Scenario = "actual"
) -> Figure:
    return Figure(bureau, measure, period, basis or Period.of_code(period).kind, Decimal(value), "normal", scenario, office)


def _months(bureau: str, first: str, *values: int) -> list[Figure]:
    start = Period.of_code(first)
    return [_figure(bureau, start.shifted(number).code, value) for number, value in enumerate(values)]


def _compared(
    figures: Sequence[Figure], bureaus: str | Sequence[Bureau], indicator: Indicator, other: Period, period: Period = JUNE
) -> Change:
    return compare(Known(figures, _codelists(bureaus, indicator)), indicator, period, other)


@pytest.mark.parametrize(("against", "code"), [("previous-month", "2022-03"), ("previous-year", "2021-04"), ("baseline", "2019-04")])
def test_earlier_period(against: Against, code: str) -> None:
    """The month before April is March of the year before; the base month lies in the base year."""
    found = earlier(Period.month(2022, 4), against, MONTH)

    assert found is not None
    assert found.code == code
    assert earlier(JUNE, "baseline", STOCK) is None


# Like for like ---------------------------------------------------------------------------------------------------------


def test_month_against_the_month_before() -> None:
    """A 10 → 4, b 5 → 6, c is silent in May: 15 → 10 of two of three, a fall of 5, a third; c is named."""
    figures = [*_months("a", "2022-05", 10, 4), *_months("b", "2022-05", 5, 6), _figure("c", "2022-06", 99)]
    change = _compared(figures, "abc", MONTH, MAY)

    assert _said(change.now, change.then, change.change, change.basis) == (10, 15, -5, "month")
    assert change.relative is not None
    assert round(change.relative, 4) == Decimal("-0.3333")
    assert _said(change.counted, change.due, change.left_out) == (2, 3, ("c",))


def test_sums_to_date_are_compared_with_the_same_months_of_last_year() -> None:
    """April to June: 1 + 2 + 4 = 7 after 10 + 10 + 8 = 28."""
    figures = [*_months("a", "2022-04", 1, 2, 4), *_months("a", "2021-04", 10, 10, 8)]
    change = _compared(figures, "a", TO_DATE, Period.month(2021, 6))

    assert _said(change.now, change.then, change.basis) == (7, 28, "ytd")


def test_sums_to_date_are_never_compared_with_those_to_another_month() -> None:
    """June's 4 against May's 2, not April to June against April to May; the rates to date stand beside: -75 % after -85 %."""
    figures = [*_months("a", "2022-04", 1, 2, 4), *_months("a", "2016-04", 10, 10, 8)]
    change = _compared(figures, "a", TO_DATE, MAY)

    assert _said(change.now, change.then, change.basis) == (4, 2, "month")
    assert _said(change.rate_now, change.rate_then, change.points) == (Decimal("0.75"), Decimal("0.85"), Decimal("-0.10"))


def test_rates_are_of_the_bureaus_known_in_both_periods_and_in_both_bases() -> None:
    """B has no base: its 50 → 40 count in the sums (60 → 44), not in the rates, which are a's 90 % → 96 %."""
    figures = [
        *(*_months("a", "2022-05", 10, 4), *_months("a", "2019-05", 100, 100)),
        *_months("b", "2022-05", 50, 40),
    ]
    change = _compared(figures, "ab", MONTH, MAY)

    assert _said(change.now, change.then) == (44, 60)
    assert _said(change.rate_now, change.rate_then) == (Decimal("0.96"), Decimal("0.9"))
    assert _said(change.counted, change.rated, change.due) == (2, 1, 2)


def test_rates_are_those_that_progress_tells_though_a_bureau_is_new() -> None:
    """A 10 → 4 of 100, and n, which began in 2022 and has no base, 5 → 6: 15 → 10 of 100, 85 % → 90 %."""
    figures = [*_months("a", "2022-05", 10, 4), *_months("a", "2019-05", 100, 100), *_months("n", "2022-05", 5, 6)]
    bureaus = [_bureau("a"), _bureau("n", "2022-04")]
    change = _compared(figures, bureaus, MONTH, MAY)
    (row,) = measure_progress(Known(figures, _codelists(bureaus, MONTH)), JUNE)

    assert _said(change.rate_now, change.rate_then, change.rated) == (Decimal("0.9"), Decimal("0.85"), 2)
    assert row.rate == change.rate_now


def test_base_of_a_bureau_that_is_gone_counts_as_in_progress() -> None:
    """A 10 → 4 of 100; old, of 100 as well, ended in 2020 without a successor: 196 of 200 less, 98 %, after 95 %, as in progress."""
    figures = [*_months("a", "2022-05", 10, 4), *(_figure(code, month, 100) for code in ("a", "old") for month in ("2019-05", "2019-06"))]
    bureaus = [_bureau("a"), _bureau("old", "", "2020-03")]
    change = _compared(figures, bureaus, MONTH, MAY)
    (row,) = measure_progress(Known(figures, _codelists(bureaus, MONTH)), JUNE)

    assert _said(change.now, change.then, change.rate_now, change.rate_then) == (4, 10, Decimal("0.98"), Decimal("0.95"))
    assert (row.rate, change.left_out) == (change.rate_now, ())


def test_cap_of_a_merged_bureau_is_that_of_progress() -> None:
    """Old used 20 to May and x 10 to July, 10 in August: 40 of the caps 100 + 50 at the end, as in progress, after 30."""
    bureaus = [_bureau("old", "", "2022-05", ("x",)), _bureau("x")]
    figures = [
        *(*_months("old", "2022-04", 10, 10), *_months("x", "2022-04", 1, 2, 3, 4, 10)),
        *(_figure("old", "FY2022", 100, scenario="cap"), _figure("x", "FY2022", 50, scenario="cap")),
    ]
    august = Period.month(2022, 8)
    change = _compared(figures, bureaus, CAP, Period.month(2022, 7), august)
    (row,) = measure_progress(Known(figures, _codelists(bureaus, CAP)), august)

    assert _said(change.now, change.then) == (10, 4)
    assert _said(change.rate_now, change.rate_then) == (Decimal(40) / 150, Decimal(30) / 150)
    assert row.rate == change.rate_now


def test_bureau_that_ended_is_named_among_those_left_out() -> None:
    """A 10 → 4; old, 50 in May, ended without a successor: 10 → 4 of one of one that there is, and old is named."""
    figures = [*_months("a", "2022-05", 10, 4), _figure("old", "2022-05", 50)]
    change = _compared(figures, [_bureau("a"), _bureau("old", "", "2022-05")], MONTH, MAY)

    assert _said(change.now, change.then, change.counted, change.due, change.left_out) == (4, 10, 1, 1, ("old",))


def test_nothing_to_compare_is_told_as_nothing() -> None:
    """No bureau gave both months: no sums, no rates, no moves, no division."""
    change = _compared(_months("a", "2022-05", 10), "ab", MONTH, MAY)

    assert _said(change.now, change.then, change.change, change.relative, change.points, change.moves) == (None,) * 5 + ((),)
    assert change.left_out == ("a", "b")


def test_from_zero_there_is_a_change_and_no_rate_of_change() -> None:
    """0 → 5 is 5 more and no percentage."""
    change = _compared(_months("a", "2022-05", 0, 5), "a", MONTH, MAY)

    assert _said(change.change, change.relative) == (5, None)


def test_split_between_the_periods_is_compared_as_one() -> None:
    """Old 100 in May; x 30 and y 20 in June: 100 → 50, one move of both, and the change says that bureaus are joined."""
    bureaus = [_bureau("old", "", "2022-05", ("x", "y")), _bureau("x", "2022-06"), _bureau("y", "2022-06")]
    figures = [_figure("old", "2022-05", 100), _figure("x", "2022-06", 30), _figure("y", "2022-06", 20)]
    change = _compared(figures, bureaus, MONTH, MAY)

    assert _said(change.now, change.then, change.joined, change.due) == (50, 100, True, 2)
    assert [_said(move.members, move.made) for move in change.moves] == [(("old", "x", "y"), -50)]


@pytest.mark.parametrize(
    ("figures", "period", "other", "now", "then"),
    [
        ([*_months("a", "2022-04", 1, 2, 4), _figure("a", "2021-Q1", 28)], "2022-Q1", "2021-Q1", 7, 28),
        ([*_months("a", "2022-07", 1, 2, 4), _figure("a", "2022-Q1", 9)], "2022-Q2", "2022-Q1", 7, 9),
        ([_figure("a", "2022-Q2", 8), _figure("a", "2022-Q1", 9)], "2022-Q2", "2022-Q1", 8, 9),
        ([_figure("a", "FY2022", 70), _figure("a", "2022-03", 90, basis="ytd")], "FY2022", "FY2021", 70, 90),
    ],
)
def test_quarters_and_years(figures: list[Figure], period: str, other: str, now: int, then: int) -> None:
    """A quarter is its months or is stated, a year also the sum to March."""
    change = _compared(figures, "a", MONTH, Period.of_code(other), Period.of_code(period))

    assert _said(change.now, change.then, change.basis) == (now, then, "period")


def test_year_of_a_bureau_that_began_within_it_is_all_of_its_quarters() -> None:
    """From August 2021 on: 10 + 20 + 30 are its year, not the 30 of the last quarter; its first two months are its second quarter."""
    quarters = [_figure("a", f"2021-Q{number}", value) for number, value in ((2, 10), (3, 20), (4, 30))]
    begun = [_bureau("a", "2021-08")]
    year = _compared([*quarters, _figure("a", "FY2022", 70)], begun, MONTH, Period.year(2021), Period.year(2022))
    to_date = [_figure("a", "2021-09", 8, basis="ytd"), _figure("a", "2022-Q2", 9)]
    quarter = _compared(to_date, begun, MONTH, Period.quarter(2021, 2), Period.quarter(2022, 2))

    assert _said(year.now, year.then) == (70, 60)
    assert _said(quarter.now, quarter.then) == (9, 8)


@pytest.mark.parametrize(
    ("base", "rate"),
    [
        (_months("a", "2019-04", 10, 20, 70), "0.93"),
        ([_figure("a", "2019-Q1", 100)], "0.93"),
        ([_figure("a", "FY2019", 200)], "0.86"),  # a quarter of 200 is 50
    ],
)
def test_base_of_a_quarter_is_that_of_all_its_months(base: list[Figure], rate: str) -> None:
    """7 in April to June against 100 in the three months of the base year, and not against June's 70 alone."""
    figures = [*_months("a", "2022-04", 1, 2, 4), _figure("a", "2021-Q1", 14), *base]
    change = _compared(figures, "a", MONTH, Period.of_code("2021-Q1"), Period.of_code("2022-Q1"))

    assert change.rate_now == Decimal(rate)


def test_stocks_are_compared_on_their_dates() -> None:
    """20 of 50 at the end of May, 30 of 50 at the end of June: ten more, 20 points."""
    values = {("2022-05", PART): 20, ("2022-05", WHOLE): 50, ("2022-06", PART): 30, ("2022-06", WHOLE): 50}
    figures = [_figure("a", when, value, measure, "as_of") for (when, measure), value in values.items()]
    change = _compared(figures, "a", STOCK, MAY)

    assert _said(change.change, change.points, change.basis) == (10, Decimal("0.2"), "as_of")


def test_use_of_a_cap_is_compared_with_last_years() -> None:
    """30 of 100 by June, after 40 of 80 last year: 30 % after 50 %."""
    figures = [
        *(*_months("a", "2022-04", 10, 10, 10), *_months("a", "2021-04", 20, 10, 10)),
        *(_figure("a", "FY2022", 100, scenario="cap"), _figure("a", "FY2021", 80, scenario="cap")),
    ]
    change = _compared(figures, "a", CAP, Period.month(2021, 6))

    assert _said(change.rate_now, change.rate_then) == (Decimal("0.3"), Decimal("0.5"))


# Who made the change ---------------------------------------------------------------------------------------------------


def test_moves_are_sorted_by_what_they_made_and_add_up() -> None:
    """A −6, b −3, c +1: of a fall of 8 a made 75 %, with b 112.5 %, and c takes the rest back."""
    figures = [*_months("c", "2022-05", 5, 6), *_months("b", "2022-05", 8, 5), *_months("a", "2022-05", 10, 4)]
    change = _compared(figures, "abc", MONTH, MAY)

    assert [_said(move.bureau, move.made, move.part, move.upto) for move in change.moves] == [
        ("a", -6, Decimal("0.75"), Decimal("0.75")),
        ("b", -3, Decimal("0.375"), Decimal("1.125")),
        ("c", 1, Decimal("-0.125"), Decimal(1)),
    ]


def test_moves_of_a_share_tell_points_of_the_whole() -> None:
    """From 6/20 = 30 % to 14/30 = 46.67 %: a, 1 → 4 of 10, made 1/30 + 2/20 = 13.33 points, b, 5 of 10 → 10 of 20, 4/30 - 2/20 = 3.33."""
    values = {"a": ((1, 10), (4, 10)), "b": ((5, 10), (10, 20))}
    figures = [
        _figure(code, month, value, measure)
        for code, sides in values.items()
        for month, pair in zip(("2022-05", "2022-06"), sides, strict=True)
        for measure, value in zip((FLOW_PART, FLOW_WHOLE), pair, strict=True)
    ]
    change = _compared(figures, "ab", FLOW, MAY)

    assert [_said(move.bureau, round(move.made, 4)) for move in change.moves] == [("a", Decimal("0.1333")), ("b", Decimal("0.0333"))]
    assert change.points is not None
    assert abs(sum(move.made for move in change.moves) - change.points) < Decimal("1e-20")


@given(st.lists(st.tuples(*[st.integers(0, 1000)] * 4), min_size=1, max_size=5))
def test_moves_of_a_share_add_up_to_its_change(sides: list[tuple[int, int, int, int]]) -> None:
    """For any bureaus with any n of any N, in two months, also where a bureau has no N at all."""
    figures = [_figure("some", month, 1, measure) for month in ("2022-05", "2022-06") for measure in (FLOW_PART, FLOW_WHOLE)]
    for number, (n0, more0, n1, more1) in enumerate(sides):
        for month, n, more in (("2022-05", n0, more0), ("2022-06", n1, more1)):
            figures += [_figure(str(number), month, n, FLOW_PART), _figure(str(number), month, n + more, FLOW_WHOLE)]
    change = _compared(figures, [_bureau("some"), *(_bureau(str(number)) for number in range(len(sides)))], FLOW, MAY)

    assert change.points is not None
    assert abs(sum(move.made for move in change.moves) - change.points) < Decimal("1e-20")


def test_amounts_per_head() -> None:
    """100 by 50 people in May, 90 by 30 in June: 2 and then 3 a head; of b nobody has said how many there are."""
    staff = [Staff("a", Period.month(2022, 4).first, 50), Staff("a", JUNE.first, 30)]
    figures = [*_months("a", "2022-05", 100, 90), *_months("b", "2022-05", 1, 2)]
    change = compare(Known(figures, _codelists("ab", MONTH, staff)), MONTH, JUNE, MAY)

    assert {move.bureau: _said(move.per_head_then, move.per_head_now) for move in change.moves} == {"a": (2, 3), "b": (None, None)}


def test_best_worst_and_turned() -> None:
    """Of bases of 100: a 90 → 95 %, b 80 → 60 %, c 50 → 52 % after 60 %: a gained most, b lost most, c turned."""
    figures = [figure for code in "abc" for figure in _months(code, "2019-04", 100, 100, 100)]
    for code, *values in (("a", 20, 10, 5), ("b", 10, 20, 40), ("c", 40, 50, 48)):
        figures += _months(code, "2022-04", *values)
    change = _compared(figures, "abc", MONTH, MAY)
    best, worst = best_and_worst(change)

    assert best is not None
    assert worst is not None
    assert _said(best.bureau, worst.bureau) == ("a", "b")
    assert {move.bureau for move in change.moves if move.turned} == {"c"}
    assert [each.bureau for each in best_and_worst(change, -1) if each] == ["b", "a"]


def test_without_a_loss_there_is_no_worst() -> None:
    """Both gained: the lesser gain is no loss; and where nothing is known nobody is best."""
    figures = [figure for code in "ab" for figure in _months(code, "2019-05", 100, 100)]
    figures += [*_months("a", "2022-05", 20, 10), *_months("b", "2022-05", 20, 15)]
    best, worst = best_and_worst(_compared(figures, "ab", MONTH, MAY))

    assert best is not None
    assert _said(best.bureau, worst) == ("a", None)
    assert best_and_worst(_compared([], "ab", MONTH, MAY)) == (None, None)


# Against the base ------------------------------------------------------------------------------------------------------


def test_base_may_be_an_estimate() -> None:
    """7 against a quarter of 120: a fall of 23."""
    known = Known([*_months("a", "2022-04", 1, 2, 4), _figure("a", "FY2016", 120)], _codelists("a", TO_DATE))
    change = compare_with_base(known, TO_DATE, JUNE)

    assert change is not None
    assert _said(change.now, change.then, change.change, change.other.code) == (7, 30, -23, "2016-06")
    assert compare_with_base(known, STOCK, JUNE) is None


def test_rate_against_the_base_is_of_the_very_bureaus_that_are_compared() -> None:
    """A's 20 of 30 are an estimate, b's 45 of 50 were told by month: 65 of 80, 18.75 %, and not b's 10 % alone; of the base itself, 0."""
    figures = [*_months("a", "2022-04", 5, 5, 10), _figure("a", "FY2016", 120), *_months("b", "2022-04", 15, 15, 15)]
    figures += _months("b", "2016-04", 20, 20, 10)
    change = compare_with_base(Known(figures, _codelists("ab", TO_DATE)), TO_DATE, JUNE)

    assert change is not None
    assert _said(change.now, change.then, change.rate_now, change.rate_then) == (65, 80, Decimal("0.1875"), 0)


def test_estimated_base_is_told_to_six_places() -> None:
    """A twelfth of 100 is 8.333333."""
    figures = [_figure("a", "2022-04", 5), _figure("a", "FY2016", 100)]
    change = compare_with_base(Known(figures, _codelists("a", TO_DATE)), TO_DATE, Period.month(2022, 4))

    assert change is not None
    assert _said(change.then, change.moves[0].then) == (Decimal("8.333333"), Decimal("8.333333"))


def test_base_that_was_revised_for_all_together_is_the_one_compared_with() -> None:
    """30 + 20 against a revised 500, not against the 100 + 100 that the bureaus have; who made it nobody can tell."""
    revised = Baseline(PAPER, Period.month(2019, 6), Decimal(500), None, "", date(2022, 10, 1), "branch offices")
    figures = [figure for code, now in (("a", 30), ("b", 20)) for figure in (_figure(code, "2022-06", now), _figure(code, "2019-06", 100))]
    known = Known(figures, replace(_codelists("ab", MONTH), baselines=(revised,)))
    change = compare_with_base(known, MONTH, JUNE)
    part = compare_with_base(known, MONTH, JUNE, Scope(frozenset("a")))

    assert change is not None
    assert part is not None
    assert _said(change.now, change.then, change.rate_now, change.counted, change.moves) == (50, 500, Decimal("0.9"), 2, ())
    assert _said(part.now, part.then) == (30, 100)


# Offices ---------------------------------------------------------------------------------------------------------------


def test_offices_are_compared_like_bureaus() -> None:
    """A's 課1 10 → 4 and 課2 5 → 6; b reports as a whole, 7 → 7; c is not asked for."""
    offices = [
        _figure("a", month, value, office=office)
        for office, *values in (("課1", 10, 4), ("課2", 5, 6))
        for month, value in zip(("2022-05", "2022-06"), values, strict=True)
    ]
    bureaus = [*_months("a", "2022-05", 15, 10), *_months("b", "2022-05", 7, 7), *_months("c", "2022-05", 1, 1)]
    known = by_office(bureaus, offices, _codelists("abc", MONTH), Scope(frozenset("ab")))
    change = compare(known, MONTH, JUNE, MAY)

    assert _said(change.now, change.then) == (17, 22)
    assert [_said(move.bureau, move.office, move.made) for move in change.moves] == [("a", "課1", -6), ("b", "", 0), ("a", "課2", 1)]


def test_bureau_stays_whole_where_its_offices_do_not_add_up() -> None:
    """A reported 15 → 12, its two offices 10 + 5 → 4 + 6: the 2 of June that no office told of would be lost."""
    offices = [
        _figure("a", month, value, office=office)
        for office, *values in (("課1", 10, 4), ("課2", 5, 6))
        for month, value in zip(("2022-05", "2022-06"), values, strict=True)
    ]
    change = compare(by_office(_months("a", "2022-05", 15, 12), offices, _codelists("a", MONTH)), MONTH, JUNE, MAY)

    assert _said(change.now, change.then) == (12, 15)
    assert [_said(move.bureau, move.office, move.made) for move in change.moves] == [("a", "", -3)]
