"""What a printed figure can stand for: the interval that its text rounds, and whether a figure of ours agrees with it.

The rules of rounding. A text stands for all that would be printed so: half a unit of its last digit that counts, to both sides,
both ends included, for nobody tells how a half was rounded.

- Zeros at the end of a whole number that is 約 (about) do not count: 約640万 is 635万 to 645万, 約7000 is 6500 to 7500.
  All other written digits count: 約5695万 is 5694.5万 to 5695.5万, 5,690万 is 5689.5万 to 5690.5万, 約1.0億 is 0.95億 to 1.05億.
- A whole number without 約 and without 千, 万 or 億 is a count, and exact: 78施設.
- 以上 and 達成 behind a rate make it the least that the rate may be. 達成 alone tells only that the target is met.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, localcontext
from typing import Literal, NamedTuple

from fiveless import figures, notation
from fiveless.language import Words, listed
from fiveless.structure import Published

Kind = Literal["reduction", "share"]
Outcome = Literal["agrees", "differs", "not_told", "not_recomputed"]

OUTCOME_NAMES: Mapping[Outcome, Words] = {
    "agrees": Words("一致", "agrees"),
    "differs": Words("不一致", "differs"),
    "not_told": Words("判定できず", "cannot be told"),
    "not_recomputed": Words("再計算できず", "cannot be recomputed"),
}
_DIGITS = r"(?P<digits>\d{1,3}(?:,\d{3})+|\d+)(?P<fraction>\.\d+)?"
_AMOUNT = re.compile(rf"(?P<about>約)?{_DIGITS}(?P<scale>千|百万|万|億)?(?P<unit>[^\d%]*)")
_RATE = re.compile(rf"(?P<about>約)?[-▲△]?{_DIGITS}%(?P<least>以上の?)?(?:減少?|削減)?(?P<met>以上|を?達成)?")
_SCALES: Mapping[str | None, int] = {None: 1, "千": 10**3, "万": 10**4, "百万": 10**6, "億": 10**8}
_PERCENT, _ALL = Decimal("0.01"), Decimal(1)
_MET = "達成"
_NO_UNIT = notation.Unit("", 1)
_PRECISION = 60


class Interval(NamedTuple):
    """All numbers from `low` to `high`, both included; amounts are in the measure's unit, rates are fractions (0.72 is 72 %)."""

    low: Decimal
    high: Decimal

    def holds(self, value: Decimal) -> bool:
        """Whether a number lies in it."""
        return self.low <= value <= self.high

    def meets(self, other: "Interval") -> bool:
        """Whether some number lies in both."""
        return self.low <= other.high and other.low <= self.high


# What is printed --------------------------------------------------------------------------------------------------------


def amount(text: str) -> Interval | None:
    """The amounts that 約0.9億枚, 5,695万枚 or 78施設 may stand for, none of them below 0; None for '' and what is no such text.

    The rules stand at the head of the module. Full-width writing and spaces make no difference.
    """
    found = _AMOUNT.fullmatch(_plain(text))
    unit = notation.unit(found["unit"]) if found and found["unit"] else _NO_UNIT
    if not found or not unit or unit.factor != 1:
        return None
    if not (found["about"] or found["scale"] or found["fraction"]):
        exact = Decimal(found["digits"].replace(",", ""))
        return Interval(exact, exact)
    low, high = _rounded(found, Decimal(_SCALES[found["scale"]]))
    return Interval(max(low, Decimal(0)), high)


def rate(text: str) -> Interval | None:
    """The rates that -72.0%, 55.1%削減, 約50%減, 50%以上 or 99.8% may stand for, as fractions; None for '', 達成 and all else.

    -74%, ▲74% and 74%削減 all are the reduction 0.735 to 0.745: the sign is that of the change, and a rise is not read. What is
    said to be the least (50%以上; 30%削減 達成, where the target is printed with it) goes from the number itself to 1, or from the
    low end of what it rounds where it is 約.
    """
    found = _RATE.fullmatch(_plain(text))
    if not found:
        return None
    low, high = _rounded(found, _PERCENT)
    if not (found["least"] or found["met"]):
        return Interval(low, high)
    return Interval(low if found["about"] else (low + high) / 2, _ALL)


def _plain(text: str) -> str:
    return "".join(notation.normalised(text).split())


def _rounded(found: re.Match[str], unit: Decimal) -> Interval:
    """Half a unit of the last digit that counts, to both sides, in a unit that all is multiplied by."""
    digits, fraction = found["digits"].replace(",", ""), (found["fraction"] or "").removeprefix(".")
    value = Decimal(f"{digits}.{fraction}")
    counts_not = len(digits) - len(digits.rstrip("0")) if found["about"] and value and not fraction else 0
    half = Decimal("0.5").scaleb(counts_not - len(fraction))
    return Interval((value - half) * unit, (value + half) * unit)


# What follows from two amounts ------------------------------------------------------------------------------------------


def reduction(actual: Interval, base: Interval) -> Interval | None:
    """1 - actual / base for all actuals and bases of two intervals; None if the base may be 0. Exact amounts give one number."""
    if base.low <= 0:
        return None
    with localcontext(prec=_PRECISION):
        return Interval((base.low - actual.high) / base.low, (base.high - actual.low) / base.high)


def share(part: Interval, whole: Interval) -> Interval | None:
    """The share part / whole for all parts and wholes of two intervals; None if the whole may be 0. Exact amounts give one number."""
    if whole.low <= 0:
        return None
    with localcontext(prec=_PRECISION):
        return Interval(part.low / whole.high, part.high / whole.low)


# Ours beside what is printed --------------------------------------------------------------------------------------------

_BASES: Mapping[str, Words] = {
    "base": Words("基準値", "the base"),
    "previous_year": Words("前年同月の値", "the amount of the year before"),
    "whole": Words("全体の数", "the whole"),
}
_RATES: Mapping[Kind, Words] = {"reduction": Words("削減率", "the reduction"), "share": Words("率", "the share")}
_ACTUAL = Words("実績", "the actual")
_LESS_EXCLUSIONS = Words("除外分を除いた実績", "the actual without what is to be excluded")
_LACKS = Words("{what}がないため、再計算できません{rest}。", "It cannot be recomputed, for {what} is not known{rest}.")
_ZERO = Words("{what}が0のため、再計算できません{rest}。", "It cannot be recomputed, for {what} is 0{rest}.")
_AGREES = Words("（実績は公表値に合います）", " (the actual agrees with what is printed)")
_DIFFERS = Words("（実績は公表値に合いません）", " (the actual differs from what is printed)")
_OUTSIDE = Words("公表の丸めの範囲に入りません：{each}。", "Outside of what the printed figures round: {each}.")
_BESIDE = Words("{what} {ours}（公表 {printed}）", "{what} {ours} (printed: {printed})")
_UNREAD = Words("公表の「{printed}」は数として読めません。", "What is printed, «{printed}», cannot be read as a number.")
_NO_TARGET = Words(
    "目標値がないため、公表の「達成」は確かめられません。", "It is printed that the target is met (達成), and no target is known."
)
_NOT_PRINTED = Words("数値は公表されていません。", "No figure was printed.")
_NOTHING = Words("", "")


@dataclass(frozen=True, slots=True)
class Check:
    """A printed figure beside ours: `recomputed` is the rate, one number twice where the amounts are exact, None if there is none.

    `why` is one sentence that tells what differs, what is lacking or what cannot be told; it is empty where all agrees.
    """

    published: Published
    actual: Decimal | None
    base: Decimal | None
    recomputed: Interval | None
    verdict: Outcome
    why: Words


class _Side(NamedTuple):
    """One of our figures, the text that was printed of it, and what that can stand for."""

    what: Words
    ours: Interval
    shown: str
    printed: str
    expected: Interval | None

    @property
    def differs(self) -> bool:
        return self.expected is not None and not self.expected.meets(self.ours)


def check(published: Published, actual: Decimal | None, base: Decimal | None, target: Decimal | None, kind: Kind) -> Check:
    """Whether the amounts (n and N of a share), in the measure's unit, and the rate that follows agree with all that was printed.

    One figure outside of what its text rounds makes them differ. 達成 alone asks for a rate of at least `target` (0.70 = 70 %).
    """
    recomputed = None
    if actual is not None and base is not None:
        recomputed = (reduction if kind == "reduction" else share)(Interval(actual, actual), Interval(base, base))
    if actual is None or base is None or recomputed is None:
        return Check(published, actual, base, None, "not_recomputed", _lacking(published, actual, base))
    sides = _sides(published, actual, base, recomputed, target, kind)
    told = bool(sides) and all(side.expected for side in sides)
    verdict: Outcome = "differs" if any(side.differs for side in sides) else "agrees" if told else "not_told"
    return Check(published, actual, base, recomputed, verdict, _why(sides, verdict))


def _sides(published: Published, actual: Decimal, base: Decimal, recomputed: Interval, target: Decimal | None, kind: Kind) -> list[_Side]:
    """Those of our three figures of which something was printed."""
    value, of, percent = published.value_printed, published.base_printed, published.percent_printed
    met = Interval(target, _ALL) if _plain(percent) == _MET and target is not None else None
    shown = f"{100 * recomputed.low:.2f} %".replace("-", figures.MINUS)
    sides = (
        _Side(_ACTUAL, Interval(actual, actual), figures.amount(actual), value, amount(value)),
        _Side(_BASES[published.against], Interval(base, base), figures.amount(base), of, amount(of)),
        _Side(_RATES[kind], recomputed, shown, percent, rate(percent) or met),
    )
    return [side for side in sides if side.printed]


def _lacking(published: Published, actual: Decimal | None, base: Decimal | None) -> Words:
    """What there is not, and, where it is not the actual, whether that at least agrees."""
    if actual is None:
        return _LACKS.filled(what=_LESS_EXCLUSIONS if published.exclusions else _ACTUAL, rest="")
    expected = amount(published.value_printed)
    rest = _NOTHING if expected is None else _AGREES if expected.holds(actual) else _DIFFERS
    return (_LACKS if base is None else _ZERO).filled(what=_BASES[published.against], rest=rest)


def _why(sides: list[_Side], verdict: Outcome) -> Words:
    if verdict == "agrees":
        return _NOTHING
    if verdict == "differs":
        each = [_BESIDE.filled(what=side.what, ours=side.shown, printed=side.printed) for side in sides if side.differs]
        return _OUTSIDE.filled(each=listed(each))
    unread = next((side.printed for side in sides if side.expected is None), "")
    return (_NO_TARGET if _plain(unread) == _MET else _UNREAD if unread else _NOT_PRINTED).filled(printed=unread)
