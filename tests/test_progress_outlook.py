"""Forecasts of indicators: of the bureaus that a row counts, as a rate, and silence where their figures do not suffice."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import pytest

from fiveless.language import Words
from fiveless.observation import Basis
from fiveless.period import Period
from fiveless.progress import ALL, Figure, Known, Progress, Scope, measure_progress
from fiveless.progress.forecast import Forecast
from fiveless.progress.outlook import with_forecasts
from fiveless.structure import FOREVER, Bureau, Codelists, Indicator, Measure

FLOW, PART, WHOLE = "paper.sheets", "cash.with", "cash.all"
SEPTEMBER, MARCH = Period.month(2021, 9), Period.month(2022, 3)
TO_DATE = Indicator("x", "paper", True, Words("x", "x"), "reduction", FLOW, None, "ytd", 2016)
MONTH = Indicator("x", "fax", True, Words("x", "x"), "reduction", FLOW, None, "month", 2016)
SHARE = Indicator("x", "cash", True, Words("x", "x"), "share", PART, WHOLE, "as_of", None)
CAP = Indicator("x", "paper", True, Words("x", "x"), "cap", FLOW, None, "ytd", None)
PLAIN_YEAR = (*[100] * 11, 200)  # 1,300 in all, 700 of it after September
HALF_A_YEAR = [50] * 6


def _bureau(code: str, first: str = "", last: str = "", successors: tuple[str, ...] = ()) -> Bureau:
    begin = Period.of_code(first).first if first else 0
    end = Period.of_code(last).first if last else FOREVER
    return Bureau(code, Words(code, code), "other", (), begin, end, successors)


def _codelists(bureaus: str | Sequence[Bureau], indicator: Indicator) -> Codelists:
    flow = Measure(FLOW, "paper", Words(FLOW, FLOW), "枚", "sheet", "flow", "lower")
    stocks = (replace(flow, code=code, kind="stock") for code in (PART, WHOLE))
    listed = tuple(map(_bureau, bureaus)) if isinstance(bureaus, str) else tuple(bureaus)
    return Codelists(listed, (flow, *stocks), (indicator,), ())


def _months(bureau: str, first: str, values: Sequence[int], measure: str = FLOW, basis: Basis = "month") -> list[Figure]:
    start = Period.of_code(first)
    return [Figure(bureau, measure, start.shifted(n).code, basis, Decimal(value)) for n, value in enumerate(values)]


def _year(bureau: str, value: int, period: str = "FY2016") -> Figure:
    return Figure(bureau, FLOW, period, "year", Decimal(value))


def _rows(
    figures: Sequence[Figure], codelists: Codelists, period: Period = SEPTEMBER, *, by_bureau: bool = False, scope: Scope = ALL
) -> list[Progress]:
    known = Known(figures, codelists)
    return with_forecasts(measure_progress(known, period, by_bureau=by_bureau, scope=scope), known, period, scope)


def _point(rate: str) -> Forecast:
    """A forecast whose range is a point and that was never tried."""
    return Forecast(Decimal(rate), Decimal(rate), Decimal(rate), None, None, 0)


HALVED = [_year("a", 1300), *_months("a", "2020-04", [*PLAIN_YEAR, *HALF_A_YEAR])]


# As a rate -------------------------------------------------------------------------------------------------------------


def test_sum_to_march_against_the_whole_base_year() -> None:
    """300 to September + 150 × 700 / 300 = 650 by March, half of the base year's 1,300."""
    (row,) = _rows(HALVED, _codelists("a", TO_DATE))

    assert row.forecast == _point("0.5")


def test_month_of_march_against_that_of_the_base_year() -> None:
    """150 × 200 / 300 = 100 in March; 200 in the March of the base year: half as much."""
    (row,) = _rows([*HALVED[1:], *_months("a", "2016-04", PLAIN_YEAR)], _codelists("a", MONTH))

    assert row.forecast == _point("0.5")


def test_share_goes_on_as_it_was() -> None:
    """5 of 10 in twelve months running stay a half in March; eleven are too few."""
    figures = [*_months("a", "2020-10", [5] * 12, PART, "as_of"), *_months("a", "2020-10", [10] * 12, WHOLE, "as_of")]
    (row,), (short,) = (_rows(given, _codelists("a", SHARE)) for given in (figures, [each for each in figures if each.period != "2020-10"]))

    assert row.forecast == _point("0.5")
    assert short.forecast is None


def test_errors_are_in_points() -> None:
    """A year earlier the method would have said 1,300, which came, and twice 600 would have been off by 100 of 1,300.

    7.6923 % of a forecast of 650 are 50 sheets, 3.8462 points of a base of 1,300.
    """
    (row,) = _rows([_year("a", 1300), *_months("a", "2019-04", [*PLAIN_YEAR, *PLAIN_YEAR, *HALF_A_YEAR])], _codelists("a", TO_DATE))

    assert row.forecast is not None
    assert row.forecast.value == Decimal("0.5")
    assert (row.forecast.error, row.forecast.trials) == (Decimal(0), 1)
    assert round(row.forecast.naive_error or Decimal(0), 4) == Decimal("0.0385")


def test_range_of_a_reduction_runs_from_the_greater_amount() -> None:
    """What scatters has a range: its low end is the smaller reduction."""
    figures = [_year("a", 1300), *_months("a", "2020-04", [*PLAIN_YEAR, 80, 80, 80, 50, 50, 50])]
    (row,) = _rows(figures, _codelists("a", TO_DATE))

    assert row.forecast is not None
    assert row.forecast.value == round(Decimal(1300 - 740) / 1300, 6)
    assert row.forecast.low < row.forecast.value < row.forecast.high


def test_use_of_a_cap() -> None:
    """650 by March of a cap of 1,000 are 65 %."""
    cap = Figure("a", FLOW, "FY2021", "year", Decimal(1000), "normal", "cap")
    (row,) = _rows([*HALVED[1:], cap], _codelists("a", CAP))

    assert row.forecast == _point("0.65")


# Of whom ---------------------------------------------------------------------------------------------------------------


def test_each_bureau_has_its_own() -> None:
    """A comes to 650 of 1,300, b to 1,300 of 1,300; together 1,950 of 2,600 are a quarter less."""
    figures = [*HALVED, _year("b", 1300), *_months("b", "2020-04", [*PLAIN_YEAR, *[100] * 6])]
    codelists = _codelists("ab", TO_DATE)

    assert [row.forecast for row in _rows(figures, codelists, by_bureau=True)] == [_point("0.5"), _point("0")]
    assert [row.forecast and row.forecast.value for row in _rows(figures, codelists)] == [Decimal("0.25")]


def test_only_bureaus_of_the_scope_count() -> None:
    """Without b the forecast is a's."""
    figures = [*HALVED, _year("b", 1300), *_months("b", "2020-04", [*PLAIN_YEAR, *[100] * 6])]
    (row,) = _rows(figures, _codelists("ab", TO_DATE), scope=Scope(None, frozenset("b")))

    assert row.forecast == _point("0.5")


def test_bureau_without_a_base_is_no_part_of_it() -> None:
    """B, whose base nobody knows, counts neither in the rate nor in its forecast, however much it uses."""
    figures = [*HALVED, *_months("b", "2020-04", [*PLAIN_YEAR, *[900] * 6])]
    (row,) = _rows(figures, _codelists("ab", TO_DATE))

    assert row.flags[-1:] == ("partial",)
    assert row.forecast == _point("0.5")


def test_months_of_a_predecessor_are_the_successors() -> None:
    """Old to March 2021, x from then on: one line, whose months go on."""
    bureaus = [_bureau("old", "", "2021-03", ("x",)), _bureau("x", "2021-04")]
    figures = [_year("old", 1300), *_months("old", "2020-04", PLAIN_YEAR), *_months("x", "2021-04", HALF_A_YEAR)]

    assert [row.forecast for row in _rows(figures, _codelists(bureaus, TO_DATE))] == [_point("0.5")]


@pytest.mark.parametrize(("count", "told"), [(6, True), (0, False)])
def test_half_of_a_split_bureau_is_not_the_whole_of_it(count: int, told: bool) -> None:
    """Old became x and y: if both report, its months are theirs; if only x does, x has but half a year of its own."""
    bureaus = [_bureau("old", "", "2021-03", ("x", "y")), _bureau("x", "2021-04"), _bureau("y", "2021-04")]
    lives = (("old", "2020-04", 12), ("x", "2021-04", 6), ("y", "2021-04", count))
    figures = [
        *(figure for code, first, months in lives for figure in _months(code, first, [5] * months, PART, "as_of")),
        *(figure for code, first, months in lives for figure in _months(code, first, [10] * months, WHOLE, "as_of")),
    ]
    (row,) = _rows(figures, _codelists(bureaus, SHARE))

    assert (row.rate, row.forecast) == (Decimal("0.5"), _point("0.5") if told else None)


def _cap(bureau: str, value: int) -> Figure:
    return Figure(bureau, FLOW, "FY2021", "year", Decimal(value), "normal", "cap")


def test_a_silent_half_of_one_line_leaves_the_other_lines_whole() -> None:
    """A took in g in October 2020, 100 a month together; x (100 a month) has a silent half: 200 × 12 are the caps' 2,400, 100 %."""
    bureaus = [
        *(_bureau("g", "", "2020-09", ("a",)), _bureau("a")),
        *(_bureau("old", "", "2020-03", ("x", "y")), _bureau("x", "2020-04"), _bureau("y", "2020-04")),
    ]
    months = [*_months("g", "2020-04", [50] * 6), *_months("a", "2020-04", [*[50] * 6, *[100] * 12]), *_months("x", "2020-04", [100] * 18)]
    (row,) = _rows([*months, _cap("a", 1200), _cap("x", 1200), _cap("y", 900)], _codelists(bureaus, CAP))

    assert row.base == 2400
    assert row.forecast == _point("1")


def test_months_before_a_counted_half_was_apart_are_not_known() -> None:
    """X and y were one until December 2020; y is silent now, so that the year before cannot be told of c and x, nor be taken as c's."""
    bureaus = [_bureau("c"), _bureau("old", "", "2020-12", ("x", "y")), _bureau("x", "2021-01"), _bureau("y", "2021-01")]
    months = [*_months("c", "2020-04", [10] * 18), *_months("old", "2020-04", [100] * 9), *_months("x", "2021-01", [50] * 9)]
    (row,) = _rows([*months, _cap("c", 200), _cap("x", 1000), _cap("y", 1000)], _codelists(bureaus, CAP))

    assert row.base == 1200
    assert row.forecast is None


def test_a_bureau_that_will_be_joined_with_another_is_not_set_against_both_bases() -> None:
    """G goes into a in October: in September each stands for itself, and by March there is but the base of both, 2,600."""
    bureaus = [_bureau("a"), _bureau("g", "", "2021-09", ("a",))]
    figures = [*HALVED, *_months("a", "2016-04", PLAIN_YEAR), _year("g", 1300), *_months("g", "2016-04", PLAIN_YEAR)]
    (row,) = _rows(figures, _codelists(bureaus, TO_DATE))

    assert row.rate == Decimal("0.5")
    assert row.forecast is None


# Silence ---------------------------------------------------------------------------------------------------------------


def test_no_rate_has_no_forecast() -> None:
    """Without a base there is neither, and the row stays as it was."""
    codelists = _codelists("a", TO_DATE)
    plain = measure_progress(Known(HALVED[1:], codelists), SEPTEMBER)

    assert _rows(HALVED[1:], codelists) == plain


def test_year_that_is_over_has_none() -> None:
    """In March all is known."""
    figures = [_year("a", 1300), *_months("a", "2020-04", [*PLAIN_YEAR, *PLAIN_YEAR])]
    (row,) = _rows(figures, _codelists("a", TO_DATE), MARCH)

    assert (row.rate, row.forecast) == (Decimal(0), None)


def test_gap_in_the_year_before_is_too_little() -> None:
    """A month of the year before is missing: no forecast, but the rate is there."""
    figures = [each for each in HALVED if each.period != "2020-12"]
    (row,) = _rows(figures, _codelists("a", TO_DATE))

    assert row.rate is not None
    assert row.forecast is None


def test_base_of_march_that_is_zero_gives_none() -> None:
    """September's base is 100 and that of March 0: a rate, and nothing for March to be compared with."""
    base = _months("a", "2016-04", [*[100] * 11, 0])
    (row,) = _rows([*HALVED[1:], *base], _codelists("a", MONTH))

    assert row.rate == Decimal("0.5")
    assert row.forecast is None


@pytest.mark.parametrize(("new", "told"), [(5, True), (6, False), (900, False)])
def test_no_past_tells_of_a_bureau_that_is_new_and_not_small(new: int, told: bool) -> None:
    """C has 100 a month; n began a year ago with nobody before it: 5 of 105 are less than a twentieth, 6 of 106 more."""
    bureaus = [_bureau("c"), _bureau("n", "2020-10")]
    figures = [*_months("c", "2018-04", [100] * 42), *_months("n", "2020-10", [new] * 12), _year("c", 2400)]
    (row,) = _rows(figures, _codelists(bureaus, TO_DATE))

    assert row.rate is not None
    assert (row.forecast is not None) is told
