"""Progress: reductions and shares summed by hand, like for like, across reorganisations, and what is told where something is missing."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fiveless import reference
from fiveless.language import Words
from fiveless.observation import Basis, Status
from fiveless.period import Period
from fiveless.progress import Comparison, Figure, Known, Progress, measure_progress, measures_used
from fiveless.structure import FOREVER, Baseline, Bureau, Codelists, Indicator, Measure, Target

PAPER, SENT, RECEIVED, FAX = "paper.sheets", "fax.sent", "fax.received", "fax.total"
PART, WHOLE, FLOW_PART, FLOW_WHOLE = "cash.with", "cash.all", "seal.electronic", "seal.all"
JUNE = Period.month(2022, 6)


def _bureau(code: str, first: str = "", last: str = "", successors: tuple[str, ...] = ()) -> Bureau:
    begin = Period.of_code(first).first if first else 0
    end = Period.of_code(last).first if last else FOREVER
    return Bureau(code, Words(code, code), "other", (), begin, end, successors)


def _measure(code: str, *, stock: bool = False) -> Measure:
    parts = (SENT, RECEIVED) if code == FAX else ()
    return Measure(code, "paper", Words(code, code), "枚", "sheet", "stock" if stock else "flow", "lower", parts=parts)


def _reduction(numerator: str, comparison: Comparison, base_year: int) -> Indicator:
    return Indicator("x", "paper", True, Words("x", "x"), "reduction", numerator, None, comparison, base_year)


def _share(numerator: str, denominator: str, comparison: Comparison) -> Indicator:
    return Indicator("x", "paper", True, Words("x", "x"), "share", numerator, denominator, comparison, None)


PAPER_YTD = _reduction(PAPER, "ytd", 2016)
FAX_MONTH = _reduction(FAX, "month", 2019)


def _codelists(
    bureaus: Sequence[Bureau], indicator: Indicator, baselines: Sequence[Baseline] = (), target: str = "", year: int = 2022
) -> Codelists:
    return Codelists(
        tuple(bureaus),
        tuple(_measure(code, stock=code.startswith("cash")) for code in (PAPER, SENT, RECEIVED, FAX, PART, WHOLE, FLOW_PART, FLOW_WHOLE)),
        (indicator,),
        (Target("x", year, Decimal(target), ""),) if target else (),
        tuple(baselines),
    )


def _figure(
    bureau: str, period: str, value: str | int, measure: str = PAPER, basis: Basis | None = None, status: Status = "normal"
) -> Figure:
    kind = Period.of_code(period).kind
    return Figure(bureau, measure, period, basis or kind, Decimal(value), status)


def _months(bureau: str, first: str, *values: int, measure: str = PAPER) -> list[Figure]:
    """Monthly figures from a month on."""
    start = Period.of_code(first)
    return [_figure(bureau, start.shifted(number).code, value, measure) for number, value in enumerate(values)]


def _one(figures: Sequence[Figure], codelists: Codelists, period: Period = JUNE) -> Progress:
    (row,) = measure_progress(Known(figures, codelists), period)
    return row


def _by_bureau(figures: Sequence[Figure], codelists: Codelists, period: Period = JUNE) -> dict[str, Progress]:
    return {row.bureau: row for row in measure_progress(Known(figures, codelists), period, by_bureau=True)}


def _sums(row: Progress) -> tuple[object, object, object]:
    return row.actual, row.base, row.rate


# Tokyo's own figures ---------------------------------------------------------------------------------------------------


def test_tokyo_paper_of_fiscal_year_2022() -> None:
    """56.95 million sheets against 203.27 million is the −72.0 % that Tokyo printed, and more than the 70 % aimed at."""
    codelists = reference.load(None)
    small = Codelists((_bureau("tokyo"),), codelists.measures, codelists.indicators, codelists.targets)
    figures = [
        _figure("tokyo", "FY2016", 203_270_000, "paper.sheets_purchased"),
        _figure("tokyo", "2023-03", 56_950_000, "paper.sheets_purchased", "ytd"),
    ]
    row = next(each for each in measure_progress(Known(figures, small), Period.month(2023, 3)) if each.indicator == "paper.reduction")

    assert row.rate is not None
    assert round(row.rate, 3) == Decimal("0.720")
    assert (row.status, row.target, row.flags) == ("achieved", Decimal("0.70"), ())
    assert row.progress is not None
    assert round(row.progress, 4) == Decimal("1.0283")  # 0.71983 / 0.70


def test_tokyo_paper_of_june_2022_has_an_estimated_base() -> None:
    """13 million against 203.27 / 12 × 3 = 50.8175 million is −74 %, and the base is marked as an estimate (推計値)."""
    figures = [_figure("a", "FY2016", 203_270_000), *_months("a", "2022-04", 5_000_000, 4_000_000, 4_000_000)]
    row = _one(figures, _codelists([_bureau("a")], PAPER_YTD, target="0.7"))

    assert _sums(row)[:2] == (Decimal(13_000_000), Decimal(50_817_500))
    assert row.rate is not None
    assert round(row.rate, 2) == Decimal("0.74")
    assert (row.status, row.flags) == ("achieved", ("estimated_base",))


def test_tokyo_fax_of_january_2022_is_compared_with_january_2020() -> None:
    """The base month of FY2019 for a January lies in the following calendar year; January 2019 is not looked at."""
    figures = [_figure("a", "2022-01", 25, FAX), _figure("a", "2020-01", 1000, FAX), _figure("a", "2019-01", 9999, FAX)]
    row = _one(figures, _codelists([_bureau("a")], FAX_MONTH), Period.month(2022, 1))

    assert _sums(row) == (25, 1000, Decimal("0.975"))
    assert row.flags == ()


def test_all_headlines_are_measured_in_the_order_of_the_codelist() -> None:
    """Each indicator has one row for all bureaus, also where nothing is known."""
    codelists = reference.load(None)
    rows = measure_progress(Known([], codelists), JUNE)

    assert [row.indicator for row in rows] == [each.code for each in codelists.indicators]
    assert {(row.status, row.rate, row.actual, row.base, row.progress) for row in rows} == {("no_data", None, None, None, None)}
    assert {row.reported for row in rows} == {0}
    assert all(row.missing == tuple(each.code for each in codelists.due(JUNE)) for row in rows if row.comparison != "ytd")


# Months, to date -------------------------------------------------------------------------------------------------------

YTD_PIECES = {
    "months": (_months("a", "2022-04", 1, 2, 4), 7),
    "stated to date": ([_figure("a", "2022-06", 7, basis="ytd")], 7),
    "months before what is stated": ([*_months("a", "2022-04", 1, 2, 4), _figure("a", "2022-06", 99, basis="ytd")], 7),
    "stated where a month lacks": ([_figure("a", "2022-05", 2), _figure("a", "2022-06", 4), _figure("a", "2022-06", 8, basis="ytd")], 8),
    "stated to May and June": ([_figure("a", "2022-05", 3, basis="ytd"), _figure("a", "2022-06", 4)], 7),
    "a quarter": ([_figure("a", "2022-Q1", 7)], 7),
    "a month lacks": ([_figure("a", "2022-04", 1), _figure("a", "2022-06", 4)], None),
    "only the month": ([_figure("a", "2022-06", 4)], None),
    "a later quarter": ([_figure("a", "2022-Q2", 7)], None),
    "stated for May only": ([_figure("a", "2022-05", 7, basis="ytd")], None),
    "the whole year": ([_figure("a", "FY2022", 7)], None),
    "months of last year": (_months("a", "2021-04", 1, 2, 4), None),
}


@pytest.mark.parametrize(("figures", "actual"), YTD_PIECES.values(), ids=YTD_PIECES)
def test_year_to_date_is_told_only_if_it_is_whole(figures: list[Figure], actual: int | None) -> None:
    """April to June from months, quarters and cumulative figures; a lacking month is never taken as zero."""
    base = _months("a", "2016-04", 10, 10, 10)
    row = _one([*figures, *base], _codelists([_bureau("a")], PAPER_YTD))

    assert row.actual == actual
    assert row.reported == (0 if actual is None else 1)
    assert row.missing == (("a",) if actual is None else ())
    assert row.status == ("no_data" if actual is None else "no_target")


def test_year_is_made_of_what_there_is() -> None:
    """To March: first quarter, cumulative to September, third quarter, and three months: 30 + 40 + 5 + 6 + 7 = 88."""
    figures = [
        _figure("a", "2022-Q1", 99),
        _figure("a", "2022-09", 30, basis="ytd"),
        _figure("a", "2022-Q3", 40),
        *_months("a", "2023-01", 5, 6, 7),
        _figure("a", "FY2016", 176),
    ]
    row = _one(figures, _codelists([_bureau("a")], PAPER_YTD), Period.month(2023, 3))

    assert _sums(row) == (88, 176, Decimal("0.5"))
    assert row.flags == ()


def test_whole_year_serves_in_march() -> None:
    """A bureau that reports only the year's amount is measured at the end of the year, without an estimate."""
    figures = [_figure("a", "FY2022", 25), _figure("a", "FY2016", 100)]
    row = _one(figures, _codelists([_bureau("a")], PAPER_YTD), Period.month(2023, 3))

    assert (_sums(row), row.flags) == ((25, 100, Decimal("0.75")), ())


def test_other_bases_of_time_are_never_mixed() -> None:
    """A cumulative figure is no month, a month no stock: 累計 is not compared with a month's fax count."""
    figures = [_figure("a", "2022-06", 25, FAX, "ytd"), _figure("a", "2022-06", 25, FAX, "as_of"), _figure("a", "2019-06", 100, FAX)]

    assert _one(figures, _codelists([_bureau("a")], FAX_MONTH)).rate is None


def test_missing_marks_are_no_values() -> None:
    """A figure with the status missing or not applicable counts as none, whatever number stands with it."""
    figures = [_figure("a", "2022-06", 0, FAX, status="missing"), _figure("a", "2019-06", 100, FAX)]
    row = _one(figures, _codelists([_bureau("a")], FAX_MONTH))

    assert (row.actual, row.missing, row.status) == (None, ("a",), "no_data")


def test_quarter_is_measured_at_its_last_month() -> None:
    """The first quarter's progress is June's."""
    figures = [*_months("a", "2022-04", 1, 2, 4), *_months("a", "2016-04", 10, 10, 8)]
    row = _one(figures, _codelists([_bureau("a")], PAPER_YTD), Period.quarter(2022, 1))

    assert _sums(row) == (7, 28, Decimal("0.75"))


# Faxes -----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("figures", "actual"),
    [
        ([_figure("a", "2022-06", 10, SENT), _figure("a", "2022-06", 15, RECEIVED)], 25),
        ([_figure("a", "2022-06", 25, FAX)], 25),
        ([_figure("a", "2022-06", 10, SENT), _figure("a", "2022-06", 15, RECEIVED), _figure("a", "2022-06", 99, FAX)], 25),
        ([_figure("a", "2022-06", 10, SENT), _figure("a", "2022-06", 40, FAX)], 40),
        ([_figure("a", "2022-06", 10, SENT)], None),
    ],
)
def test_faxes_are_sent_and_received_together(figures: list[Figure], actual: int | None) -> None:
    """Sent + received where both are known, else the total as stated, else nothing."""
    base = [_figure("a", "2019-06", 40, SENT), _figure("a", "2019-06", 60, RECEIVED)]

    assert _one([*figures, *base], _codelists([_bureau("a")], FAX_MONTH)).actual == actual


def test_measures_used_name_the_parts_of_a_sum() -> None:
    """An indicator of fax.total is computed from three measures, a share from two."""
    codelists = _codelists([], FAX_MONTH)
    assert measures_used(codelists, [FAX_MONTH]) == {FAX, SENT, RECEIVED}
    assert measures_used(codelists, [_share(PART, WHOLE, "as_of")]) == {PART, WHOLE}


# Bases -----------------------------------------------------------------------------------------------------------------


def _stated(value: int, period: str = "FY2016", bureau: str | None = None, measure: str = PAPER) -> Baseline:
    return Baseline(measure, Period.of_code(period), Decimal(value), bureau, "")


BASES = {
    "months": (_months("a", "2016-04", 10, 20, 10), [], 40, ()),
    "months, though the year is known": ([*_months("a", "2016-04", 10, 20, 10), _figure("a", "FY2016", 999)], [], 40, ()),
    "cumulative": ([_figure("a", "2016-06", 40, basis="ytd")], [], 40, ()),
    "the year": ([_figure("a", "FY2016", 160)], [], 40, ("estimated_base",)),
    "the year as twelve months less one known": ([_figure("a", "2016-04", 1), _figure("a", "FY2016", 160)], [], 40, ("estimated_base",)),
    "the year to March": ([_figure("a", "2017-03", 160, basis="ytd")], [], 40, ("estimated_base",)),
    "months that are estimates": ([_figure("a", "2016-06", 40, basis="ytd", status="estimated")], [], 40, ("estimated_base",)),
    "reported before stated": ([_figure("a", "FY2016", 160)], [_stated(999, bureau="a")], 40, ("estimated_base",)),
    "stated year": ([], [_stated(160, bureau="a")], 40, ("estimated_base", "stated_base")),
    "stated months": ([], [_stated(10, f"2016-0{n}", "a") for n in (4, 5, 6)], 30, ("stated_base",)),
    "stated for all": ([], [_stated(160)], 40, ("estimated_base", "stated_base")),
    "another year": ([_figure("a", "FY2017", 160)], [], None, ()),
    "nothing": ([], [], None, ()),
}


@pytest.mark.parametrize(("figures", "baselines", "base", "flags"), BASES.values(), ids=BASES)
def test_base_comes_from_the_best_that_is_known(
    figures: list[Figure], baselines: list[Baseline], base: int | None, flags: tuple[str, ...]
) -> None:
    """The same months; else the year's share of them, marked; else what the settings state, marked."""
    row = _one([*_months("a", "2022-04", 1, 2, 4), *figures], _codelists([_bureau("a")], PAPER_YTD, baselines))

    assert _sums(row)[:2] == (7, base)
    assert row.flags == flags
    assert row.status == ("not_comparable" if base is None else "no_target")


def test_month_of_a_base_year_known_as_a_year_is_a_twelfth() -> None:
    """A single month's base is annual / 12, marked as an estimate."""
    row = _one([_figure("a", "2022-06", 25, FAX), _figure("a", "FY2019", 1200, FAX)], _codelists([_bureau("a")], FAX_MONTH))

    assert (_sums(row), row.flags) == ((25, 100, Decimal("0.75")), ("estimated_base",))


def test_thirds_of_an_estimate_do_not_show() -> None:
    """Three bureaus' bases of 100 / 12 × 1 are 25 together, and one of them is written to six places."""
    figures = [figure for code in "abc" for figure in (_figure(code, "2022-04", 1), _figure(code, "FY2016", 100))]
    codelists = _codelists([_bureau(code) for code in "abc"], PAPER_YTD)
    april = Period.month(2022, 4)

    assert _one(figures, codelists, april).base == 25
    assert str(_by_bureau(figures, codelists, april)["a"].base) == "8.333333"


def test_base_stated_for_all_is_compared_only_when_all_have_reported() -> None:
    """With one bureau missing, its unknown amount would pass as a reduction: both sums are shown, no rate is told."""
    codelists = _codelists([_bureau("a"), _bureau("b")], PAPER_YTD, [_stated(100)])
    march = Period.month(2023, 3)
    whole = _one([_figure("a", "FY2022", 10), _figure("b", "FY2022", 20)], codelists, march)
    part = _one([_figure("a", "FY2022", 10)], codelists, march)

    assert (_sums(whole), whole.flags) == ((30, 100, Decimal("0.7")), ("stated_base",))
    assert (_sums(part), part.flags, part.status) == ((10, 100, None), ("stated_base", "partial"), "not_comparable")


def test_base_stated_for_all_serves_no_single_bureau() -> None:
    """By bureau there is no base where only the city's is stated; and bureaus' own bases go before the city's."""
    codelists = _codelists([_bureau("a"), _bureau("b")], PAPER_YTD, [_stated(100)])
    figures = [_figure("a", "FY2022", 10), _figure("b", "FY2022", 20), _figure("b", "FY2016", 50)]
    march = Period.month(2023, 3)

    assert _by_bureau(figures, codelists, march)["a"].base is None
    assert _sums(_one(figures, codelists, march)) == (20, 50, Decimal("0.6"))


@pytest.mark.parametrize("actual", [0, 5])
def test_zero_base_has_no_rate(actual: int) -> None:
    """Against zero nothing can be reduced: no rate, no division error, and the reason."""
    row = _one([_figure("a", "2022-06", actual, FAX), _figure("a", "2019-06", 0, FAX)], _codelists([_bureau("a")], FAX_MONTH, target="0.5"))

    assert _sums(row) == (actual, 0, None)
    assert (row.progress, row.status, row.flags) == (None, "not_comparable", ("zero_base",))


# Like for like ---------------------------------------------------------------------------------------------------------


def test_bureau_that_has_not_reported_is_left_out_of_both_sides() -> None:
    """a: 20 of 100; b has a base of 900 and no report. The reduction is a's 80 %, not 98 %, and b is named."""
    figures = [_figure("a", "2022-06", 20, FAX), _figure("a", "2019-06", 100, FAX), _figure("b", "2019-06", 900, FAX)]
    row = _one(figures, _codelists([_bureau("a"), _bureau("b")], FAX_MONTH))

    assert _sums(row) == (20, 100, Decimal("0.8"))
    assert (row.reported, row.due, row.missing, row.flags) == (1, 2, ("b",), ("partial",))


def test_bureau_without_a_base_is_left_out_of_both_sides() -> None:
    """Bureau b reported 500 and was there in the base month, but nobody knows its base: it is reported, and not compared."""
    figures = [_figure("a", "2022-06", 20, FAX), _figure("a", "2019-06", 100, FAX), _figure("b", "2022-06", 500, FAX)]
    row = _one(figures, _codelists([_bureau("a"), _bureau("b")], FAX_MONTH))

    assert _sums(row) == (20, 100, Decimal("0.8"))
    assert (row.reported, row.due, row.missing, row.flags) == (2, 2, (), ("partial",))


def test_new_bureau_counts_with_a_base_of_nothing() -> None:
    """A bureau that began after the base year succeeds nobody: its 30 count, and 100 remain the base."""
    figures = [_figure("a", "2022-06", 20, FAX), _figure("a", "2019-06", 100, FAX), _figure("new", "2022-06", 30, FAX)]
    codelists = _codelists([_bureau("a"), _bureau("new", "2022-04")], FAX_MONTH)
    row = _one(figures, codelists)

    assert (_sums(row), row.flags) == ((50, 100, Decimal("0.5")), ())
    alone = _by_bureau(figures, codelists)["new"]
    assert (_sums(alone), alone.flags) == ((30, 0, None), ("zero_base",))


def test_new_bureau_may_state_a_base_all_the_same() -> None:
    """Its predecessor's figures under its own name are better than nothing."""
    figures = [_figure("new", "2022-06", 30, FAX), _figure("new", "2019-06", 60, FAX)]

    assert _sums(_one(figures, _codelists([_bureau("new", "2022-04")], FAX_MONTH))) == (30, 60, Decimal("0.5"))


def test_bureau_that_ended_stays_in_the_base() -> None:
    """What it used is used no more: 20 of 100 + 60. It owes no report."""
    figures = [_figure("a", "2022-06", 20, FAX), _figure("a", "2019-06", 100, FAX), _figure("old", "2019-06", 60, FAX)]
    row = _one(figures, _codelists([_bureau("a"), _bureau("old", "", "2021-03")], FAX_MONTH))

    assert (_sums(row), row.due, row.flags) == ((20, 160, Decimal("0.875")), 1, ())


def test_ended_bureaus_alone_are_no_reduction() -> None:
    """A month for which nobody has reported is not a reduction to zero."""
    figures = [_figure("a", "2019-06", 100, FAX), _figure("old", "2019-06", 60, FAX)]
    row = _one(figures, _codelists([_bureau("a"), _bureau("old", "", "2021-03")], FAX_MONTH))

    assert (_sums(row), row.status) == ((None, None, None), "no_data")


def test_actuals_without_any_base_are_shown() -> None:
    """What is reported is told, though there is nothing to compare it with."""
    row = _one([_figure("a", "2022-06", 20, FAX)], _codelists([_bureau("a")], FAX_MONTH, target="0.5"))

    assert (_sums(row), row.status, row.reported) == ((20, None, None), "not_comparable", 1)


def test_bureaus_own_rows() -> None:
    """By bureau: each that existed, in the codelist's order, with its own sums; one that ended has no row."""
    figures = [
        *(_figure("b", "2022-06", 20, FAX), _figure("b", "2019-06", 100, FAX)),
        *(_figure("a", "2022-06", 60, FAX), _figure("a", "2019-06", 80, FAX)),
        _figure("old", "2019-06", 60, FAX),
    ]
    rows = _by_bureau(figures, _codelists([_bureau("b"), _bureau("c"), _bureau("a"), _bureau("old", "", "2021-03")], FAX_MONTH))

    assert {code: _sums(row) for code, row in rows.items()} == {
        "b": (20, 100, Decimal("0.8")),
        "c": (None, None, None),
        "a": (60, 80, Decimal("0.25")),
    }
    assert list(rows) == ["b", "c", "a"]
    assert [(row.reported, row.due, row.missing) for row in rows.values()] == [(1, 1, ()), (0, 1, ("c",)), (1, 1, ())]


# Reorganisations -------------------------------------------------------------------------------------------------------

SPLIT = [_bureau("health", "", "2023-06", ("welfare", "medical")), _bureau("welfare", "2023-07"), _bureau("medical", "2023-07")]
AUGUST = Period.month(2023, 8)


def test_split_is_compared_as_a_whole() -> None:
    """10 + 15 of the two successors against 100 of the one before: −75 %, marked, for the city and for each of the two."""
    figures = [_figure("health", "2019-08", 100, FAX), _figure("welfare", "2023-08", 10, FAX), _figure("medical", "2023-08", 15, FAX)]
    codelists = _codelists(SPLIT, FAX_MONTH)
    row = _one(figures, codelists, AUGUST)
    rows = _by_bureau(figures, codelists, AUGUST)

    assert (_sums(row), row.flags, row.due) == ((25, 100, Decimal("0.75")), ("line",), 2)
    assert list(rows) == ["welfare", "medical"]
    assert {(_sums(each), each.flags) for each in rows.values()} == {((25, 100, Decimal("0.75")), ("line",))}


def test_half_of_a_split_is_not_compared() -> None:
    """With only one successor's report, the line is left out: 10 against 100 would be half the truth."""
    figures = [
        *(_figure("a", "2023-08", 50, FAX), _figure("a", "2019-08", 100, FAX)),
        *(_figure("health", "2019-08", 100, FAX), _figure("welfare", "2023-08", 10, FAX)),
    ]
    codelists = _codelists([_bureau("a"), *SPLIT], FAX_MONTH)
    row = _one(figures, codelists, AUGUST)

    assert (_sums(row), row.flags) == ((50, 100, Decimal("0.5")), ("partial",))
    assert (row.reported, row.due, row.missing) == (2, 3, ("medical",))
    assert _by_bureau(figures, codelists, AUGUST)["welfare"].rate is None


def test_year_to_date_across_a_split_in_mid_year() -> None:
    """April to June from the old bureau, July and August from the new ones: 3 × 10 + 2 × (4 + 6) = 50 against 5 × 20."""
    figures = [
        *_months("health", "2023-04", 10, 10, 10),
        *_months("welfare", "2023-07", 4, 4),
        *_months("medical", "2023-07", 6, 6),
        *_months("health", "2016-04", 20, 20, 20, 20, 20),
    ]
    row = _one(figures, _codelists(SPLIT, PAPER_YTD), AUGUST)

    assert (_sums(row), row.flags) == ((50, 100, Decimal("0.5")), ("line",))
    assert (row.reported, row.due) == (3, 3)


def test_restated_months_of_a_successor_are_not_counted_twice() -> None:
    """The new bureau's workbook repeats April to June and the base year, which the old one has reported: each month counts once."""
    figures = [
        *_months("old", "2023-04", 10, 10, 10),
        *_months("new", "2023-04", 10, 10, 10, 5, 5),
        *_months("old", "2016-04", 20, 20, 20, 20, 20),
        *_months("new", "2016-04", 20, 20, 20, 20, 20),
    ]
    codelists = _codelists([_bureau("old", "", "2023-06", ("new",)), _bureau("new", "2023-07")], PAPER_YTD)

    assert _sums(_one(figures, codelists, AUGUST)) == (40, 100, Decimal("0.6"))


def test_base_restated_by_all_successors_serves_where_the_old_one_is_unknown() -> None:
    """Both successors give their base of 2019; one alone would leave the other's out."""
    base = [_figure("welfare", "2019-08", 40, FAX), _figure("medical", "2019-08", 60, FAX)]
    actual = [_figure("welfare", "2023-08", 10, FAX), _figure("medical", "2023-08", 15, FAX)]
    codelists = _codelists(SPLIT, FAX_MONTH)

    assert _sums(_one([*actual, *base], codelists, AUGUST)) == (25, 100, Decimal("0.75"))
    assert _one([*actual, *base[:1]], codelists, AUGUST).rate is None


def test_merger_is_compared_as_a_whole() -> None:
    """One bureau after two: 30 against 40 + 60; the base of one alone is not enough."""
    bureaus = [_bureau("x", "", "2022-03", ("z",)), _bureau("y", "", "2022-03", ("z",)), _bureau("z", "2022-04")]
    figures = [_figure("x", "2019-06", 40, FAX), _figure("y", "2019-06", 60, FAX), _figure("z", "2022-06", 30, FAX)]

    row = _one(figures, _codelists(bureaus, FAX_MONTH))
    assert (_sums(row), row.flags) == ((30, 100, Decimal("0.7")), ("line",))
    assert _one(figures[1:], _codelists(bureaus, FAX_MONTH)).rate is None


def test_line_that_was_not_yet_reorganised_is_compared_bureau_by_bureau() -> None:
    """In 2021 both of a later merger stood as in 2019: each has its own rate and nothing is marked."""
    bureaus = [_bureau("x", "", "2022-03", ("z",)), _bureau("y", "", "2022-03", ("z",)), _bureau("z", "2022-04")]
    figures = [_figure("x", "2019-06", 40, FAX), _figure("y", "2019-06", 60, FAX), _figure("x", "2021-06", 10, FAX)]
    june = Period.month(2021, 6)
    row = _one(figures, _codelists(bureaus, FAX_MONTH), june)

    assert (_sums(row), row.flags) == ((10, 40, Decimal("0.75")), ("partial",))
    assert _by_bureau(figures, _codelists(bureaus, FAX_MONTH), june)["x"].flags == ()


def test_estimate_of_a_bureau_that_began_in_the_base_year() -> None:
    """A bureau that began in July 2016 and used 90 in its nine months is estimated at 10 a month: 20 to August."""
    figures = [_figure("a", "FY2016", 90), *_months("a", "2022-04", 1, 1, 1, 1, 1)]
    row = _one(figures, _codelists([_bureau("a", "2016-07")], PAPER_YTD), Period.month(2022, 8))

    assert (_sums(row)[1], row.flags) == (20, ("estimated_base",))


# Shares ----------------------------------------------------------------------------------------------------------------


def test_share_of_all_is_the_ratio_of_sums() -> None:
    """1 of 2 and 90 of 98: 91 of 100 is 91 %, not the mean of 50 % and 92 %."""
    figures = [
        *(_figure("a", "2022-06", 1, PART, "as_of"), _figure("a", "2022-06", 2, WHOLE, "as_of")),
        *(_figure("b", "2022-06", 90, PART, "as_of"), _figure("b", "2022-06", 98, WHOLE, "as_of")),
    ]
    codelists = _codelists([_bureau("a"), _bureau("b")], _share(PART, WHOLE, "as_of"), target="1")
    row = _one(figures, codelists)

    assert (_sums(row), row.status, row.flags) == ((91, 100, Decimal("0.91")), "on_track", ())
    assert _by_bureau(figures, codelists)["a"].rate == Decimal("0.5")


def test_share_takes_bureaus_that_gave_both_numbers() -> None:
    """Bureau b has an n without an N, c nothing: the share is a's, and both are named as missing."""
    figures = [
        *(_figure("a", "2022-06", 3, FLOW_PART), _figure("a", "2022-06", 4, FLOW_WHOLE)),
        _figure("b", "2022-06", 50, FLOW_PART),
    ]
    row = _one(figures, _codelists([_bureau("a"), _bureau("b"), _bureau("c")], _share(FLOW_PART, FLOW_WHOLE, "month")))

    assert (_sums(row), row.flags) == ((3, 4, Decimal("0.75")), ("partial",))
    assert (row.reported, row.due, row.missing) == (1, 3, ("b", "c"))


def test_stock_of_another_month_is_not_taken() -> None:
    """May's level is not June's."""
    figures = [_figure("a", "2022-05", 1, PART, "as_of"), _figure("a", "2022-05", 2, WHOLE, "as_of")]

    assert _one(figures, _codelists([_bureau("a")], _share(PART, WHOLE, "as_of"))).status == "no_data"


def test_share_of_nothing_has_no_rate() -> None:
    """0 of 0 facilities: no rate; beside a bureau that has some, it changes nothing."""
    none = [_figure("a", "2022-06", 0, PART, "as_of"), _figure("a", "2022-06", 0, WHOLE, "as_of")]
    some = [_figure("b", "2022-06", 1, PART, "as_of"), _figure("b", "2022-06", 2, WHOLE, "as_of")]
    codelists = _codelists([_bureau("a"), _bureau("b")], _share(PART, WHOLE, "as_of"))

    assert (_one(none, codelists).rate, _one(none, codelists).flags) == (None, ("partial", "zero_base"))
    assert (_one([*none, *some], codelists).rate, _one([*none, *some], codelists).flags) == (Decimal("0.5"), ())


def test_share_to_date_sums_months() -> None:
    """A share may run from April as well: 1 + 2 + 3 of 2 + 4 + 6."""
    figures = [*_months("a", "2022-04", 1, 2, 3, measure=FLOW_PART), *_months("a", "2022-04", 2, 4, 6, measure=FLOW_WHOLE)]

    assert _sums(_one(figures, _codelists([_bureau("a")], _share(FLOW_PART, FLOW_WHOLE, "ytd")))) == (6, 12, Decimal("0.5"))


# Against the target ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("n", "target", "status", "progress"),
    [
        (80, "0.8", "achieved", "1"),
        (81, "0.8", "achieved", "1.0125"),
        (79, "0.8", "on_track", "0.9875"),
        (72, "0.8", "on_track", "0.9"),
        (71, "0.8", "in_progress", "0.8875"),
        (40, "0.8", "in_progress", "0.5"),
        (39, "0.8", "behind", "0.4875"),
        (0, "0.8", "behind", "0"),
        (0, "0", "achieved", None),
        (50, "", "no_target", None),
    ],
)
def test_status_follows_from_rate_and_target(n: int, target: str, status: str, progress: str | None) -> None:
    """Reached; from nine tenths of it on track; from half of it in progress; else behind. Zero as a target divides nothing."""
    figures = [_figure("a", "2022-06", n, PART, "as_of"), _figure("a", "2022-06", 100, WHOLE, "as_of")]
    row = _one(figures, _codelists([_bureau("a")], _share(PART, WHOLE, "as_of"), target=target))

    assert (row.status, row.progress) == (status, None if progress is None else Decimal(progress))


def test_increase_is_behind() -> None:
    """More than in the base year is a negative reduction."""
    row = _one([_figure("a", "2022-06", 150, FAX), _figure("a", "2019-06", 100, FAX)], _codelists([_bureau("a")], FAX_MONTH, target="0.5"))

    assert (row.rate, row.progress, row.status) == (Decimal("-0.5"), Decimal(-1), "behind")


@pytest.mark.parametrize(("year", "told"), [(2021, 2021), (2022, 2022), (2020, 2020), (2025, 2025)])
def test_target_tells_its_year(year: int, told: int) -> None:
    """The target of another year is used if there is no other, and says which year's it is."""
    figures = [_figure("a", "2022-06", 50, FAX), _figure("a", "2019-06", 100, FAX)]
    row = _one(figures, _codelists([_bureau("a")], FAX_MONTH, target="0.5", year=year))

    assert (row.target_year, row.status) == (told, "achieved")


# Whatever the figures --------------------------------------------------------------------------------------------------

_AMOUNT = st.none() | st.integers(0, 10**12)


@given(st.lists(st.tuples(_AMOUNT, _AMOUNT), min_size=1, max_size=6))
def test_rate_is_that_of_the_bureaus_known_on_both_sides(pairs: list[tuple[int | None, int | None]]) -> None:
    """For any reports and gaps: the sums are those of the complete pairs, the rate follows exactly, and it is never NaN."""
    bureaus = [_bureau(str(number)) for number in range(len(pairs))]
    figures = [
        _figure(str(number), period, value, FAX)
        for number, pair in enumerate(pairs)
        for period, value in zip(("2022-06", "2019-06"), pair, strict=True)
        if value is not None
    ]
    row = _one(figures, _codelists(bureaus, FAX_MONTH))
    whole = [(actual, base) for actual, base in pairs if actual is not None and base is not None]
    actual, base = sum(each for each, _ in whole), sum(each for _, each in whole)

    assert row.reported == sum(actual is not None for actual, _ in pairs)
    if whole:
        assert _sums(row)[:2] == (actual, base)
    if not base:
        assert row.rate is None
    else:
        assert row.rate is not None
        assert abs(Fraction(row.rate) - (1 - Fraction(actual, base))) < Fraction(1, 10**12)
