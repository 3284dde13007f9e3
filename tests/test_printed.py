"""Printed figures: the interval that each text rounds, by hand and by rounding anew, and what of ours agrees with what Tokyo printed."""

from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fiveless.period import Period
from fiveless.progress.printed import OUTCOME_NAMES, Check, Interval, amount, check, rate, reduction, share
from fiveless.structure import Codelists, Published


def _interval(low: str | int, high: str | int) -> Interval:
    return Interval(Decimal(low), Decimal(high))


# Texts ------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("約0.9億枚", 85_000_000, 95_000_000),
        ("約1.1億件", 105_000_000, 115_000_000),
        ("約1.0億枚", 95_000_000, 105_000_000),
        ("約1億枚", 50_000_000, 150_000_000),
        ("約2億枚", 150_000_000, 250_000_000),
        ("約640万件", 6_350_000, 6_450_000),
        ("約1290万件", 12_850_000, 12_950_000),
        ("約1300万枚", 12_500_000, 13_500_000),
        ("約5695万枚", 56_945_000, 56_955_000),
        ("5,695万枚", 56_945_000, 56_955_000),
        ("640万件", 6_395_000, 6_405_000),
        ("203百万枚", 202_500_000, 203_500_000),
        ("約7000件", 6_500, 7_500),
        ("約14,600件", 14_550, 14_650),
        ("約78施設", "77.5", "78.5"),
        ("78施設", 78, 78),
        ("12,900,000件", 12_900_000, 12_900_000),
        ("0件", 0, 0),
        ("約0件", 0, "0.5"),
        ("約０．９億枚", 85_000_000, 95_000_000),
        ("　７８ 施設\n", 78, 78),
    ],
)
def test_amounts_are_what_their_last_digit_that_counts_allows(text: str, low: str | int, high: str | int) -> None:
    """Half a unit to both sides, of the last digit that is no mere zero under 約; a count without 約, 千, 万 or 億 is exact."""
    assert amount(text) == _interval(low, high)


@pytest.mark.parametrize(
    "text", ["", "達成", "-72.0%", "55%", "約", "2022年", "640万千枚", "7,00件", "約640万件以上", "-5件", "1億2000万件"]
)
def test_what_is_no_single_amount_is_none(text: str) -> None:
    """A rate, a year, two scales, a wrong comma, a least amount: none of them is guessed at."""
    assert amount(text) is None


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("-72.0%", "0.7195", "0.7205"),
        ("−72.0 %", "0.7195", "0.7205"),
        ("55.1%削減", "0.5505", "0.5515"),
        ("-74%", "0.735", "0.745"),
        ("74%削減", "0.735", "0.745"),
        ("▲７４％", "0.735", "0.745"),
        ("約50%減", "0.45", "0.55"),
        ("50%減", "0.495", "0.505"),
        ("約48%", "0.475", "0.485"),
        ("99.8%", "0.9975", "0.9985"),
        ("50%以上", "0.50", 1),
        ("50%以上の削減", "0.50", 1),
        ("50%削減以上", "0.50", 1),
        ("約50%以上", "0.45", 1),
        ("30%削減 達成", "0.30", 1),
        ("0.0%", "-0.0005", "0.0005"),
    ],
)
def test_rates_are_fractions_and_a_reduction_is_one_however_it_is_written(text: str, low: str, high: str | int) -> None:
    """Half a unit of the last digit that counts; 以上 and 達成 make it the least; −, ▲ and 削減 say the same."""
    assert rate(text) == _interval(low, high)


@pytest.mark.parametrize("text", ["", "達成", "ほぼ達成", "10%増", "+3.1%", "約50", "78施設", "50%以下", "50%未満", "20.1.0%"])
def test_what_is_no_rate_is_none(text: str) -> None:
    """達成 alone gives no number, and a rise or a greatest rate is not taken for a reduction or a least one."""
    assert rate(text) is None


SCALES = {"": 0, "千": 3, "万": 4, "億": 8}
COUNTS = st.integers(1, 10**11)


def _written(count: int, digits: int, scale: str) -> tuple[str, int]:
    """A count rounded to some significant digits and written with a scale, and the power of ten that its last digit counts there."""
    scaled = Decimal(count).scaleb(-SCALES[scale])
    place = scaled.adjusted() - digits + 1
    rounded = scaled.quantize(Decimal(1).scaleb(place), ROUND_HALF_UP) if place <= 0 else round(scaled, -place)
    return f"{rounded:,f}{scale}", place


@given(COUNTS, st.integers(1, 6), st.sampled_from([*SCALES]))
def test_a_rounded_number_lies_in_the_interval_of_what_is_printed(count: int, digits: int, scale: str) -> None:
    """A count, rounded to one to six significant digits and written 約…, 約…千, 約…万 or 約…億, is one of those it may stand for.

    Written without 約, where no zero stands for a digit that was rounded away, the same holds, and less is allowed.
    """
    text, place = _written(count, digits, scale)
    about, bare = amount(f"約{text}件"), amount(f"{text}件")

    assert about is not None
    assert bare is not None
    assert about.holds(Decimal(count))
    assert about.low <= bare.low <= bare.high <= about.high
    if place <= 0:
        assert bare.holds(Decimal(count))


@given(st.decimals(0, 1, places=6), st.integers(0, 4), st.sampled_from(["-{}%", "{}%削減", "約{}%減", "▲ {} ％", "{}%"]))
def test_a_rounded_rate_lies_in_the_interval_of_what_is_printed(true: Decimal, places: int, form: str) -> None:
    """A rate rounded to no to four places of a percent, in any of the forms, is one of those that it may stand for."""
    percent = (100 * true).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    read = rate(form.format(percent))

    assert read is not None
    assert read.holds(true)


# Intervals --------------------------------------------------------------------------------------------------------------


def test_intervals_include_their_ends() -> None:
    """0.7195 is in 0.7195 to 0.7205; intervals that share one end meet, and those that a millionth parts do not."""
    read = _interval("0.7195", "0.7205")

    assert [read.holds(Decimal(each)) for each in ("0.7195", "0.7205", "0.719499", "0.720501")] == [True, True, False, False]
    assert read.meets(_interval("0.7205", 1))
    assert read.meets(_interval(0, "0.7195"))
    assert not read.meets(_interval("0.720501", 1))
    assert not read.meets(_interval(0, "0.719499"))


AMOUNTS = st.tuples(st.integers(0, 10**9), st.integers(0, 10**9)).map(sorted)


@given(AMOUNTS, AMOUNTS, st.data())
def test_rates_of_any_two_amounts_lie_in_the_rate_of_their_intervals(one: list[int], other: list[int], data: st.DataObject) -> None:
    """Whatever the true actual and base are, the interval holds their reduction and their share; where the base may be 0 there is none."""
    actual, base = _interval(*one), _interval(*other)
    points = [Interval(each, each) for each in (Decimal(data.draw(st.integers(*one))), Decimal(data.draw(st.integers(*other))))]

    for function in (reduction, share):
        whole, exact = function(actual, base), function(points[0], points[1])
        assert (whole is None) == (base.low == 0)
        if whole is not None:
            assert exact is not None
            assert exact.low == exact.high
            assert whole.holds(exact.low)


BOTH_PRINTED = {
    ("2021-08", "約640万件"): ("0.4980", "0.5097"),  # 1 - 645 / 1285, 1 - 635 / 1295
    ("2022-03", "約1.1億件"): ("0.4651", "0.5334"),  # 1 - 1.15 / 2.15, 1 - 1.05 / 2.25
    ("2021-03", "約1.5億件"): ("0.2790", "0.3556"),  # 1 - 1.55 / 2.15, 1 - 1.45 / 2.25
    ("2022-03", "約0.9億枚"): ("0.3666", "0.6600"),  # 1 - 0.95 / 1.5, 1 - 0.85 / 2.5
    ("2022-03", "約1億枚"): ("0.0000", "0.8000"),  # 1 - 1.5 / 1.5, 1 - 0.5 / 2.5
    ("2023-03", "約7000件"): ("0.4436", "0.5155"),  # 6500 / 14650, 7500 / 14550
    ("2022-03", "78施設"): ("1.0000", "1.0000"),
}


def test_tokyo_is_consistent_where_it_printed_both_amounts(codelists: Codelists) -> None:
    """In seven of the eleven rows both amounts stand; their reduction or share, worked by hand, meets the rate printed with them.

    The ends are to four places, outwards; 達成 is the target of 100 %.
    """
    found = {}
    for each in codelists.published:
        actual, base = amount(each.value_printed), amount(each.base_printed)
        if actual and base:
            both = (share if each.against == "whole" else reduction)(actual, base)
            assert both is not None
            found[each.as_of.code, each.value_printed] = both
            assert both.meets(rate(each.percent_printed) or _interval(1, 1))

    assert found.keys() == BOTH_PRINTED.keys()
    for key, (low, high) in BOTH_PRINTED.items():
        assert 0 <= found[key].low - Decimal(low) < Decimal("0.0001")
        assert 0 <= Decimal(high) - found[key].high < Decimal("0.0001")


def test_every_printed_text_is_read(codelists: Codelists) -> None:
    """No text of the table is skipped in silence: each amount and rate that stands there is read, but for the one 達成."""
    texts = [text for each in codelists.published for text in (each.value_printed, each.base_printed) if text]
    rates = [each.percent_printed for each in codelists.published]

    assert [text for text in texts if amount(text) is None] == []
    assert [text for text in rates if rate(text) is None] == ["達成"]


# Ours beside them -------------------------------------------------------------------------------------------------------


def _printed(codelists: Codelists, as_of: str, percent: str) -> Published:
    (found,) = [each for each in codelists.published if (each.as_of.code, each.percent_printed) == (as_of, percent)]
    return found


def _checked(printed: Published, actual: int | str | None, base: int | str | None, target: str | None = None) -> Check:
    ours = [None if each is None else Decimal(each) for each in (actual, base, target)]
    return check(printed, ours[0], ours[1], ours[2], "share" if printed.against == "whole" else "reduction")


# Amounts that fit each row, and the rates that follow from them to four places, worked by hand.
TOKYO = [
    ("2021-08", "約50%減", 6_397_158, 12_893_746, "0.5039"),
    ("2022-03", "50%以上", 109_000_000, 220_000_000, "0.5045"),
    ("2021-03", "30%削減 達成", 151_000_000, 220_000_000, "0.3136"),
    ("2022-03", "55.1%削減", 91_200_000, 203_114_500, "0.5510"),
    ("2022-03", "50.8%削減", 99_930_000, 203_114_500, "0.5080"),
    ("2022-06", "-74%", 13_200_000, 50_778_625, "0.7400"),
    ("2023-03", "-72.0%", 56_948_500, 203_114_500, "0.7196"),
    ("2023-03", "約48%", 7_000, 14_600, "0.4795"),
    ("2022-03", "達成", 78, 78, "1.0000"),
    ("2021-09", "-97.5%", 25, 1_000, "0.9750"),
    ("2023-03", "99.8%", 215_159, 215_591, "0.9980"),
]


@pytest.mark.parametrize(("as_of", "percent", "actual", "base", "recomputed"), TOKYO)
def test_figures_that_fit_agree(codelists: Codelists, as_of: str, percent: str, actual: int, base: int, recomputed: str) -> None:
    """Each of the eleven rows agrees with amounts that fit, with a rate that is one number; nothing remains to be told."""
    found = _checked(_printed(codelists, as_of, percent), actual, base, "1.00" if percent == "達成" else None)

    assert found.recomputed is not None
    assert found.recomputed.low == found.recomputed.high
    assert round(found.recomputed.low, 4) == Decimal(recomputed)
    assert (found.verdict, found.why.ja, found.why.en) == ("agrees", "", "")
    assert found.actual == actual
    assert found.base == base


def test_all_printed_rows_are_tried() -> None:
    """The eleven rows above are all that there are to try, each once."""
    assert len({row[:2] for row in TOKYO}) == 11


DIFFERING = {
    "the rate, by its last place": (
        (56_954_900, 203_000_000),
        ("削減率 71.94 %（公表 -72.0%）", "the reduction 71.94 % (printed: -72.0%)"),
    ),
    "the value, though not the rate": (
        (56_955_001, 203_270_000),
        ("実績 56,955,001（公表 約5695万枚）", "the actual 56,955,001 (printed: 約5695万枚)"),
    ),
    "both": (
        (240_000_000, 200_000_000),
        (
            "実績 240,000,000（公表 約5695万枚）、削減率 −20.00 %（公表 -72.0%）",
            "the actual 240,000,000 (printed: 約5695万枚), the reduction −20.00 % (printed: -72.0%)",
        ),
    ),
}


@pytest.mark.parametrize(("ours", "told"), DIFFERING.values(), ids=DIFFERING)
def test_what_differs_is_named_with_both_figures(codelists: Codelists, ours: tuple[int, int], told: tuple[str, str]) -> None:
    """1 - 56,954,900 / 203,000,000 is 71.94 %, 1 - 56,955,001 / 203,270,000 is 71.98 %, and more than the base is a negative reduction."""
    found = _checked(_printed(codelists, "2023-03", "-72.0%"), *ours)

    assert found.verdict == "differs"
    assert found.why.ja == f"公表の丸めの範囲に入りません：{told[0]}。"
    assert found.why.en == f"Outside of what the printed figures round: {told[1]}."


def test_the_printed_base_is_checked_as_well(codelists: Codelists) -> None:
    """6.4 million of 12.96 million is 50.6 %, but 12.96 million is no 約1290万; 14,651 is no 約14600, 79 facilities are not 78."""
    copies = _checked(_printed(codelists, "2021-08", "約50%減"), 6_400_000, 12_960_000)
    seals = _checked(_printed(codelists, "2023-03", "約48%"), 7_000, 14_651)
    facilities = _checked(_printed(codelists, "2022-03", "達成"), 78, 79, "0.90")

    assert {each.verdict for each in (copies, seals, facilities)} == {"differs"}
    assert copies.why.en.endswith("the amount of the year before 12,960,000 (printed: 約1290万件).")
    assert seals.why.en.endswith(": the whole 14,651 (printed: 約14600件).")
    assert facilities.why.en.endswith(": the whole 79 (printed: 78施設).")


def test_target_met_is_told_by_the_target(codelists: Codelists) -> None:
    """78 of 78 meets 100 %, 39 of 78 meets 50 % and not 51 %; without a target none of it can be told, but that 39 is not 78 can."""
    printed = replace(_printed(codelists, "2022-03", "達成"), value_printed="")
    verdicts = [_checked(printed, actual, 78, target).verdict for actual, target in ((78, "1.00"), (39, "0.50"), (39, "0.51"), (78, None))]

    assert verdicts == ["agrees", "agrees", "differs", "not_told"]
    assert _checked(printed, 78, 78).why.en == "It is printed that the target is met (達成), and no target is known."
    assert _checked(replace(printed, value_printed="78施設"), 39, 78).verdict == "differs"


def test_target_printed_with_the_rate_needs_no_other(codelists: Codelists) -> None:
    """30%削減 達成: 1 - 154 / 220 is just 30 %, 1 - 154.1 / 220 is 29.95 % and less than the target printed, whatever else is known."""
    printed = _printed(codelists, "2021-03", "30%削減 達成")
    found = [_checked(replace(printed, value_printed=""), actual, 220_000_000, "0.20").verdict for actual in (154_000_000, 154_100_000)]

    assert found == ["agrees", "differs"]


def test_at_least_has_no_upper_end(codelists: Codelists) -> None:
    """50%以上 agrees with 50 and 99 percent, and not with 49.9 percent, though that is 50 when it is rounded."""
    printed = replace(_printed(codelists, "2022-03", "50%以上"), value_printed="", base_printed="")

    assert [_checked(printed, actual, 1000).verdict for actual in (500, 10, 501)] == ["agrees", "agrees", "differs"]


NOT_RECOMPUTED = [
    ("2022-03", "50.8%削減", None, 200, "実績がないため、再計算できません。"),
    ("2022-03", "55.1%削減", None, 200, "除外分を除いた実績がないため、再計算できません。"),
    ("2021-09", "-97.5%", 25, None, "基準値がないため、再計算できません。"),
    ("2021-08", "約50%減", 6_400_000, None, "前年同月の値がないため、再計算できません（実績は公表値に合います）。"),
    ("2021-08", "約50%減", 6_500_000, None, "前年同月の値がないため、再計算できません（実績は公表値に合いません）。"),
    ("2022-03", "達成", 78, 0, "全体の数が0のため、再計算できません（実績は公表値に合います）。"),
    ("2022-06", "-74%", None, None, "実績がないため、再計算できません。"),
]


@pytest.mark.parametrize(("as_of", "percent", "actual", "base", "why"), NOT_RECOMPUTED)
def test_what_is_lacking_is_named(codelists: Codelists, as_of: str, percent: str, actual: int | None, base: int | None, why: str) -> None:
    """Without an actual, or a base above 0, nothing is recomputed; which of the two it is, and whether the actual agrees, is told."""
    found = _checked(_printed(codelists, as_of, percent), actual, base, "1.00")

    assert (found.verdict, found.recomputed, found.why.ja) == ("not_recomputed", None, why)
    assert found.why.en.startswith("It cannot be recomputed, for the ")


def test_what_cannot_be_read_never_passes() -> None:
    """A text that is no number, or no figure at all, leaves the row untold rather than agreed; a difference beside it is still told."""
    blank = Published(Period.month(2022, 6), "x", None, "", "ytd", "base", "", False, "", "", "", "")
    vague = replace(blank, value_printed="微減")

    assert [_checked(each, 26, 100).verdict for each in (blank, vague, replace(vague, percent_printed="-74%"))] == ["not_told"] * 3
    assert _checked(blank, 26, 100).why.ja == "数値は公表されていません。"
    assert _checked(vague, 26, 100).why.ja == "公表の「微減」は数として読めません。"
    assert _checked(replace(vague, percent_printed="-75%"), 26, 100).verdict == "differs"


def test_every_outcome_has_a_name_of_its_own() -> None:
    """The four outcomes are told apart in both languages."""
    assert len({words.ja for words in OUTCOME_NAMES.values()}) == len({words.en for words in OUTCOME_NAMES.values()}) == 4
