"""What is compared with what: one bureau, or all that a reorganisation joins, with the two sides of each."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from fiveless.period import Period
from fiveless.progress.figure import Amount, lived, summed, total
from fiveless.progress.known import Known
from fiveless.structure import Bureau, Indicator

NOTHING = Amount(Decimal(0))
# The base of bureaus that did not exist in the base year and state none.
NEW = Amount(Decimal(0), frozenset({"new"}))


@dataclass(frozen=True, slots=True)
class Part:
    """One bureau, or several that a reorganisation joins: what is compared with what, and who owed and gave a report.

    `told` and `told_base` are all that is known of the two sides, however little; `apart` and `apart_base` what of them is excluded.
    """

    members: tuple[Bureau, ...]
    due: tuple[str, ...]
    missing: tuple[str, ...]
    actual: Amount | None
    base: Amount | None
    told: Amount
    told_base: Amount
    apart: Amount = NOTHING
    apart_base: Amount = NOTHING

    @property
    def comparable(self) -> bool:
        """Whether both sides are known."""
        return self.actual is not None and self.base is not None


def rate_of(kind: str, actual: Decimal, base: Decimal) -> Decimal | None:
    """The reduction, share or use; None against a base that is not above zero."""
    if base <= 0:
        return None
    return (base - actual) / base if kind == "reduction" else actual / base


def base_of_line(
    base_of: Callable[[Bureau, Sequence[Period]], Amount | None], members: Sequence[Bureau], base: Sequence[Period], now: Sequence[Period]
) -> Amount | None:
    """What those who were there then had, else what those who are here now state for then; nothing where none was there then."""
    then = [(each, months) for each in members if (months := lived(each, base))]
    had = summed(base_of(each, months) for each, months in then)
    if then and had:
        return had
    restated = [base_of(each, base) for each in members if lived(each, now)]
    if then:
        return summed(restated) if restated else None
    return total(amount for amount in restated if amount) if any(restated) else NEW


def cap_of_line(known: Known, indicator: Indicator, members: Sequence[Bureau], fiscal_year: int) -> Amount | None:
    """The year's cap: that of the bureaus of April, from which those that follow have theirs."""
    first = [each for each in members if each.exists(Period("month", Period.year(fiscal_year).first))] or members
    return summed(known.by_scenario["cap"].year(each, indicator.numerator, fiscal_year) for each in first)


def months_of(indicator: Indicator, period: Period) -> list[Period]:
    """The months that an indicator looks at in a period: those of the fiscal year so far, or the last one."""
    return period.last.year_to_date() if indicator.comparison == "ytd" else [period.last]


def reported(parts: Sequence[Part]) -> Part:
    """What those who owed a report have told, together, where nothing can be compared."""
    told = [part.told for part in parts if part.due and part.told.terms]
    return replace(_UNKNOWN, actual=total(told) if told else None)


def joined(parts: Sequence[Part], flags: Iterable[str]) -> Part:
    """Parts that can be compared as one."""
    actual, base = total(part.actual for part in parts if part.actual), total(part.base for part in parts if part.base)
    apart, apart_base = total(part.apart for part in parts), total(part.apart_base for part in parts)
    return replace(_UNKNOWN, actual=actual, base=base.flagged(*flags), apart=apart, apart_base=apart_base)


_UNKNOWN = Part((), (), (), None, None, NOTHING, NOTHING)
