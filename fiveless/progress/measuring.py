"""Indicators in a period: reductions, shares and the use of caps, like for like, nothing missing taken as zero."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import partial
from typing import NamedTuple

from fiveless.period import Period
from fiveless.progress.figure import ESTIMATED, PROVISIONAL, Amount, lived, summed, total
from fiveless.progress.known import ALL, CITY, Known, Scope, groups
from fiveless.progress.pace import pace_of
from fiveless.progress.parts import NEW, NOTHING, Part, base_of_line, cap_of_line, joined, months_of, rate_of, reported
from fiveless.progress.result import Both, Progress, ordered, verdict, verdict_of_cap
from fiveless.structure import Bureau, Codelists, Indicator

_LAST_MONTH = 11
_WHOLE = Decimal(1)


def measure_progress(known: Known, period: Period, *, by_bureau: bool = False, scope: Scope = ALL) -> list[Progress]:
    """Every indicator in a period (its last month counts), for all bureaus of a scope together or for each, in the codelists' order."""
    rows: list[Progress] = []
    for indicator in known.codelists.indicators:
        survey = Survey(known, indicator, period, scope)
        rows += survey.by_bureau() if by_bureau else [survey.total()]
    return rows


def measures_used(codelists: Codelists, indicators: Iterable[Indicator]) -> set[str]:
    """The codes of the measures that indicators are computed from."""
    named = {code for each in indicators for code in (each.numerator, each.denominator) if code}
    return named | {part for code in named for part in codelists.measure[code].parts}


class Survey:
    """One indicator in one period, for the bureaus of a scope."""

    def __init__(self, known: Known, indicator: Indicator, period: Period, scope: Scope = ALL) -> None:
        self._known, self._indicator, self._period, self._scope = known, indicator, period, scope
        self._codelists = known.codelists
        self._months = months_of(indicator, period)
        self._target = self._codelists.target(indicator.code, period.fiscal_year)
        self.parts = list(self._found())

    # The two sides of each part

    def _found(self) -> Iterator[Part]:
        if self._indicator.kind == "share":
            return self._shares()
        return self._reductions() if self._indicator.kind == "reduction" else self._uses()

    def _shares(self) -> Iterator[Part]:
        """Of the bureaus that gave both n and N."""
        measures = self._indicator.numerator, self._indicator.denominator or ""
        for (bureau,) in groups(self._codelists, [self._months], self._scope):
            n, whole = (self._now(bureau, measure) for measure in measures)
            gave = bool(n and whole)
            missing = () if gave else (bureau.code,)
            both = (n if gave else None), (whole if gave else None)
            apart, apart_base = (self._apart(bureau, measure) for measure in measures)
            yield Part((bureau,), (bureau.code,), missing, both[0], both[1], n or NOTHING, whole or NOTHING, apart, apart_base)

    def _reductions(self) -> Iterator[Part]:
        """The period against the same months of the base year."""
        base = self._base_months
        for members in groups(self._codelists, [self._months, base], self._scope):
            yield self._part(members, self._base(members, base), [self._apart(each, self._indicator.numerator, base) for each in members])

    def _uses(self) -> Iterator[Part]:
        """The year to date against the year's cap."""
        year = self._period.fiscal_year
        for members in groups(self._codelists, [[month] for month in Period.year(year).months()], self._scope):
            yield self._part(members, cap_of_line(self._known, self._indicator, members, year))

    def _part(self, members: Sequence[Bureau], base: Amount | None, apart_base: Sequence[Amount] = ()) -> Part:
        found = {each.code: self._now(each, self._indicator.numerator) for each in members if lived(each, self._months)}
        return Part(
            tuple(members),
            tuple(found),
            tuple(code for code, amount in found.items() if amount is None),
            summed(found.values()),
            base,
            total(amount for amount in found.values() if amount),
            base or NOTHING,
            total(self._apart(each, self._indicator.numerator) for each in members),
            total(apart_base),
        )

    def _now(self, bureau: Bureau, measure: str) -> Amount | None:
        return self._known.actual.value(bureau, measure, self._indicator.comparison, lived(bureau, self._months))

    def _apart(self, bureau: Bureau, measure: str, months: Sequence[Period] | None = None) -> Amount:
        span = lived(bureau, self._months if months is None else months)
        found = (each.told(bureau, measure, self._indicator.comparison, span) for each in self._known.excluded if span)
        return total(found)

    # Bases

    @property
    def _base_months(self) -> list[Period]:
        year = self._indicator.base_year
        return [month.in_fiscal_year(year) for month in self._months] if year is not None else []

    def _base(self, members: Sequence[Bureau], base: Sequence[Period]) -> Amount | None:
        return base_of_line(partial(self._known.base_of, self._indicator), members, base, self._months)

    # The parts together

    def by_bureau(self) -> list[Progress]:
        """A row for each bureau that existed; bureaus that a reorganisation joins share the figures of their line."""
        order = list(self._codelists.bureau)
        rows = [self._row(code, [part]) for part in self.parts for code in part.due if self._asked_for(code)]
        return sorted(rows, key=lambda each: order.index(each.bureau))

    def _asked_for(self, code: str) -> bool:
        return self._scope.takes([self._codelists.bureau[code]])

    @property
    def one_base(self) -> Amount | None:
        """A base that is stated of all bureaus together, where they are measured against it: it was revised, or no bureau has one."""
        if self._indicator.kind != "reduction" or self._scope != ALL:
            return None
        revised = self._known.is_revised(CITY, self._indicator, self._base_months)
        alone = revised or all(part.base in (None, NEW) for part in self.parts)
        return self._known.base_of(self._indicator, CITY, self._base_months) if alone else None

    def total(self) -> Progress:
        """All bureaus that can be compared, with a base of all together where it was revised or no bureau has one."""
        city = self.one_base
        return self._against(city) if city else self._row("", self.parts)

    def _against(self, city: Amount) -> Progress:
        """Against a base that is stated for all together: it can be compared only when all have reported."""
        complete = not any(part.missing for part in self.parts)
        base = city if complete else city.flagged("partial")
        whole = replace(reported(self.parts), base=base)
        return self._result("", self.parts, self._with_citys(self.parts, whole), comparable=complete)

    def _row(self, bureau: str, parts: Sequence[Part]) -> Progress:
        usable = [part for part in parts if part.comparable]
        if not any(part.due for part in usable):
            return self._result(bureau, parts, reported(parts), comparable=False)
        flags = {"partial"} if len(usable) < len(parts) else set()
        flags |= {"line"} if any(len(part.members) > 1 for part in usable) else set()
        whole = joined(usable, flags)
        is_city = not bureau and self._scope == ALL and "partial" not in flags
        return self._result(bureau, parts, self._with_citys(usable, whole) if is_city else whole, comparable=True)

    def _with_citys(self, parts: Sequence[Part], whole: Part) -> Part:
        """With what is told apart of each bureau and of all together; the latter is no part of what some of them report."""
        measure, other, base = self._indicator.numerator, self._indicator.denominator, self._base_months
        then = self._apart(CITY, other) if other else self._apart(CITY, measure, base) if base else NOTHING
        now = total([*(part.apart for part in parts), self._apart(CITY, measure)])
        return replace(whole, apart=now, apart_base=total([*(part.apart_base for part in parts), then]))

    def _result(self, bureau: str, parts: Sequence[Part], whole: Part, *, comparable: bool) -> Progress:
        actual, base = whole.actual, whole.base
        rate = rate_of(self._indicator.kind, actual.value, base.value) if comparable and actual and base else None
        pace = (
            pace_of(self._known, self._indicator, self._period, parts, self.parts) if self._indicator.kind == "cap" and comparable else None
        )
        own = self._own_target(parts[0]) if bureau and comparable else None
        target, year = self._aim(own.rate if own else None)
        if self._indicator.kind == "cap":
            status = verdict_of_cap(
                actual.value if actual else None, rate, pace, year_is_over=self._period.last.fiscal_month == _LAST_MONTH
            )
        else:
            status = verdict(actual.value if actual else None, rate, target)
        due = [code for part in parts for code in part.due]
        missing = {code for part in parts for code in part.missing}
        return Progress(
            indicator=self._indicator.code,
            less=self._indicator.less,
            bureau=bureau,
            period=self._period,
            comparison=self._indicator.comparison,
            actual=actual.value if actual else None,
            base=base.shown if base else None,
            rate=rate,
            target=target,
            target_year=year,
            progress=rate / target if rate is not None and target and target > 0 else None,
            status=status,
            reported=len(due) - len(missing),
            due=len(due),
            missing=tuple(code for code in self._codelists.bureau if code in missing),
            flags=ordered({*_told_of(actual, base), *self._marks(base, rate, target, comparable=comparable, own=bool(own))}),
            excluded=whole.apart.value if comparable and (whole.apart.terms or whole.apart_base.terms) else None,
            without=self._without(whole) if comparable else None,
            all_reported=self._all_reported(parts, whole) if comparable else None,
            pace=pace,
            actual_terms=actual.terms if actual else (),
            base_terms=base.terms if base else (),
            excluded_terms=whole.apart.terms if comparable else (),
            target_terms=own.aim.terms if own else (),
        )

    def _aim(self, own: Decimal | None) -> tuple[Decimal | None, int | None]:
        """The rate aimed at and the fiscal year of that aim: the bureau's own, all of a cap, else the target in force."""
        if own is not None or self._indicator.kind == "cap":
            return (_WHOLE if own is None else own), self._period.fiscal_year
        return (self._target.value, self._target.fiscal_year) if self._target else (None, None)

    def _marks(self, base: Amount | None, rate: Decimal | None, target: Decimal | None, *, comparable: bool, own: bool) -> Iterator[str]:
        """What must be said of a figure besides what is said of its base."""
        if base and comparable and base.value <= 0:
            yield "zero_base"
        if own:
            yield "own_target"
        if target == 0:
            yield "zero_target"
        if rate is not None and rate > 1 and self._indicator.kind == "share":
            yield "above_whole"

    def _both(self, actual: Decimal, base: Decimal) -> Both:
        return Both(actual, base, rate_of(self._indicator.kind, actual, base))

    def _without(self, whole: Part) -> Both | None:
        """The figure without what is told apart."""
        if not (whole.apart.terms or whole.apart_base.terms) or not (whole.actual and whole.base):
            return None
        actual, base = whole.actual.value - whole.apart.value, whole.base.value - whole.apart_base.value
        return self._both(actual, base)

    def _all_reported(self, parts: Sequence[Part], whole: Part) -> Both | None:
        """The figure with everything that was reported and all bases that are known, where that is another one."""
        told, base = total(part.told for part in parts), total(part.told_base for part in parts)
        same = not (whole.actual and whole.base) or (told.value, base.value) == (whole.actual.value, whole.base.value)
        return None if same or not base.value else self._both(told.value, base.shown)

    # What a bureau aims at

    def _own_target(self, part: Part) -> "_Aim | None":
        """The rate that a bureau's own target or plan comes to, of the same months or, to date, of the whole year; None for caps."""
        if self._indicator.kind == "cap" or not part.base or not part.base.value:
            return None
        now = [each for each in part.members if lived(each, self._months)]
        aim = summed(self._known.aim_of(each, self._indicator, lived(each, self._months)) for each in now)
        if aim:
            return _aim(self._indicator.kind, aim, part.base)
        if self._indicator.comparison != "ytd" or self._indicator.kind != "reduction":
            return None
        aim = summed(self._known.aim_of_year(each, self._indicator.numerator, self._period.fiscal_year) for each in now)
        base = self._base(part.members, list(Period.year(self._indicator.base_year or 0).months())) if aim else None
        return _aim("reduction", aim, base) if aim and base else None


class _Aim(NamedTuple):
    """A rate that a bureau aims at, and the amount of which it is reckoned."""

    rate: Decimal
    aim: Amount


def _aim(kind: str, aim: Amount, base: Amount) -> _Aim | None:
    rate = rate_of(kind, aim.value, base.value)
    return _Aim(rate, aim) if rate is not None else None


def _told_of(actual: Amount | None, base: Amount | None) -> Iterator[str]:
    """What must be said of the figures themselves: how the base was come by, and what of either side does not stand yet."""
    yield from base.flags if base else ()
    if actual and actual.flags & ESTIMATED:
        yield "estimated_actual"
    yield from actual.flags & PROVISIONAL if actual else ()
