"""What an indicator comes to in a period, and the words for it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from fiveless.language import Words
from fiveless.period import Period
from fiveless.progress.figure import Term
from fiveless.progress.forecast import Forecast
from fiveless.structure import Less

Verdict = Literal["achieved", "on_track", "in_progress", "behind", "no_target", "not_comparable", "no_data"]
Comparison = Literal["ytd", "month", "as_of"]

STATUS_NAMES: Mapping[Verdict, Words] = {
    "achieved": Words("達成", "achieved"),
    "on_track": Words("達成見込み", "on track"),
    "in_progress": Words("推進中", "in progress"),
    "behind": Words("遅れ", "behind"),
    "no_target": Words("目標なし", "no target"),
    "not_comparable": Words("比較できず", "not comparable"),
    "no_data": Words("データなし", "no data"),
}
FLAG_NAMES: Mapping[str, Words] = {
    "estimated_base": Words("推計値", "estimated base"),
    "stated_base": Words("設定された基準値", "base from the settings"),
    "revised_base": Words("改定された基準値", "revised base"),
    "estimated_actual": Words("実績に推計値を含む", "estimates in the actual"),
    "provisional": Words("速報値を含む", "provisional"),
    "own_target": Words("局の目標", "bureau's own target"),
    "partial": Words("一部の局", "some bureaus only"),
    "line": Words("組織改編をまとめて比較", "compared across a reorganisation"),
    "zero_base": Words("基準値が0以下", "base not above zero"),
    "zero_target": Words("目標が基準値と同じ", "target equals the base"),
    "above_whole": Words("分母を超えている", "above its whole"),
}
ON_TRACK, IN_PROGRESS = Decimal("0.9"), Decimal("0.5")


@dataclass(frozen=True, slots=True)
class Both:
    """Two amounts and the rate between them, the same figure reckoned in another way."""

    actual: Decimal
    base: Decimal
    rate: Decimal | None


@dataclass(frozen=True, slots=True)
class Pace:
    """Where the use of a cap would stand if the year went as the last one, and what it comes to at that pace.

    `expected` is the share of the year that last year had used by now; `projected` is in the measure's unit.
    """

    expected: Decimal
    projected: Decimal


@dataclass(frozen=True, slots=True)
class Progress:
    """An indicator in a period, for one bureau or (bureau '') for all.

    `actual` and `base` are in the measure's unit: the amounts that are compared, n and N of a share, or the use and its cap.
    `rate` is the reduction (0.72 = less by 72 %), the share or the part of the cap that is used; `progress` is rate / target, where
    that is above 0. None stands for what cannot be told. `reported` of the `due` bureaus have given all that the period asks of them,
    `missing` are the others.

    `without` is the figure without what is told apart as excluded, `all_reported` the one with all that was reported, like for like
    or not; either is None where it is the same. The terms are the figures of which each number is made; a target has them where it is
    the bureau's own.
    """

    indicator: str
    less: Less
    bureau: str
    period: Period
    comparison: Comparison
    actual: Decimal | None
    base: Decimal | None
    rate: Decimal | None
    target: Decimal | None
    target_year: int | None
    progress: Decimal | None
    status: Verdict
    reported: int
    due: int
    missing: tuple[str, ...]
    flags: tuple[str, ...]
    excluded: Decimal | None = None
    without: Both | None = None
    all_reported: Both | None = None
    pace: Pace | None = None
    forecast: Forecast | None = None
    actual_terms: tuple[Term, ...] = ()
    base_terms: tuple[Term, ...] = ()
    excluded_terms: tuple[Term, ...] = ()
    target_terms: tuple[Term, ...] = ()

    @property
    def sides(self) -> Mapping[str, tuple[Term, ...]]:
        """The figures of which each of its numbers is made."""
        return {"actual": self.actual_terms, "base": self.base_terms, "excluded": self.excluded_terms, "target": self.target_terms}


def ordered(flags: Iterable[str]) -> tuple[str, ...]:
    """Flags in the order in which they are told."""
    given = set(flags)
    return tuple(flag for flag in FLAG_NAMES if flag in given)


def verdict(actual: Decimal | None, rate: Decimal | None, target: Decimal | None) -> Verdict:
    """Reached; from nine tenths of the target on track; from half of it in progress; else behind."""
    if rate is None:
        return "no_data" if actual is None else "not_comparable"
    if target is None:
        return "no_target"
    if rate >= target:
        return "achieved"
    if rate >= ON_TRACK * target:
        return "on_track"
    return "in_progress" if rate >= IN_PROGRESS * target else "behind"


def verdict_of_cap(actual: Decimal | None, rate: Decimal | None, pace: Pace | None, *, year_is_over: bool) -> Verdict:
    """Of the use of a cap: kept when the year is over; on track at last year's pace or below, behind above a tenth more."""
    if rate is None:
        return "no_data" if actual is None else "not_comparable"
    if rate > 1:
        return "behind"
    if year_is_over:
        return "achieved"
    if pace is None:
        return "no_target"
    return "on_track" if rate <= pace.expected else "in_progress" if rate * ON_TRACK <= pace.expected else "behind"
