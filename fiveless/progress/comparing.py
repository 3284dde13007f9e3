"""Two periods compared, like for like: what changed, and which bureaus made the change."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, NamedTuple

from fiveless.period import Period
from fiveless.progress.change import Basis, Change, Move
from fiveless.progress.figure import Amount, Figures, lived, summed, total
from fiveless.progress.known import ALL, Known, Scope, groups
from fiveless.progress.measuring import Survey
from fiveless.progress.offices import parted
from fiveless.progress.parts import base_of_line, cap_of_line, rate_of
from fiveless.structure import Bureau, Codelists, Indicator

Against = Literal["previous-month", "previous-year", "baseline"]
_YEAR = 12


def earlier(period: Period, against: Against, indicator: Indicator) -> Period | None:
    """The period with which one is compared; None where an indicator has no base year."""
    if against == "baseline":
        return period.in_fiscal_year(indicator.base_year) if indicator.base_year is not None else None
    return period.shifted(-1 if against == "previous-month" else -_YEAR)


def compare(known: Known, indicator: Indicator, period: Period, other: Period, scope: Scope = ALL) -> Change:
    """An indicator in `period` and in `other`; both months, or both quarters or years."""
    return _Comparison(known, indicator, period, other, scope).change()


def compare_with_base(known: Known, indicator: Indicator, period: Period, scope: Scope = ALL) -> Change | None:
    """A reduction in a period against its base, which may be an estimate; None for an indicator without a base year."""
    other = earlier(period, "baseline", indicator)
    if other is None:
        return None
    survey = Survey(known, indicator, period, scope)
    if survey.one_base:
        return _against_one_base(survey, indicator, period, other)
    parts = survey.parts
    pairs = [_Pair(part.members, _Sides(part.actual, part.base), _Sides(part.base, part.base), _UNKNOWN) for part in parts]
    return _Comparison(known, indicator, period, other, scope, pairs).change()


def _against_one_base(survey: Survey, indicator: Indicator, period: Period, other: Period) -> Change:
    """The change against a base that is stated of all together: nobody can tell who made it."""
    row = survey.total()
    told = row.rate is not None
    return Change(
        indicator=indicator.code,
        less=indicator.less,
        period=period,
        other=other,
        basis=_basis(indicator, period, other),
        now=row.actual if told else None,
        then=row.base if told else None,
        rate_now=row.rate,
        rate_then=Decimal(0) if told else None,
        rated=row.reported,
        counted=row.reported,
        due=row.due,
        left_out=row.missing,
        joined="line" in row.flags,
        moves=(),
    )


class _Sides(NamedTuple):
    """Numerator and (of a share, or of what is compared with its base) the other side of a group of bureaus in one period."""

    amount: Amount | None
    base: Amount | None


@dataclass(frozen=True, slots=True)
class _Pair:
    """A group of bureaus in both periods, and in the one before them as far as from the second to the first."""

    members: tuple[Bureau, ...]
    now: _Sides
    then: _Sides
    before: _Sides


class _Comparison:
    """One indicator in two periods."""

    def __init__(
        self, known: Known, indicator: Indicator, period: Period, other: Period, scope: Scope, pairs: Sequence[_Pair] | None = None
    ) -> None:
        self._known, self._indicator, self._period, self._other = known, indicator, period, other
        self._basis = _basis(indicator, period, other)
        self._before = other.shifted(other.first - period.first)
        self._has_both = indicator.kind == "share" or pairs is not None
        self._pairs = self._found(scope) if pairs is None else pairs

    def _found(self, scope: Scope) -> list[_Pair]:
        times = self._period, self._other
        spans = [self._span(each) for each in times]
        found = groups(self._known.codelists, [*spans, *(span for each in times for span in self._spans_of_rate(each))], scope)
        return [_Pair(tuple(each), *(self._sides(each, when) for when in (*times, self._before))) for each in found]

    # The months that are looked at

    def _span(self, period: Period) -> list[Period]:
        if self._basis == "ytd":
            return period.last.year_to_date()
        return [period.last] if self._basis == "as_of" else list(period.months())

    def _base_span(self, period: Period) -> list[Period]:
        year = self._indicator.base_year
        return [month.in_fiscal_year(year) for month in self._rated_span(period)] if year is not None else []

    def _spans_of_rate(self, period: Period) -> list[list[Period]]:
        """The months that the indicator itself looks at, as it groups the bureaus."""
        if self._indicator.kind == "share":
            return []
        if self._indicator.kind == "cap":
            return [[month] for month in Period.year(period.fiscal_year).months()]
        return [self._rated_span(period), *filter(None, [self._base_span(period)])]

    def _rated_span(self, period: Period) -> list[Period]:
        """The months of the indicator itself, which for a year to date are not those alone that are compared."""
        return period.last.year_to_date() if self._indicator.comparison == "ytd" else self._span(period)

    # Amounts

    def _sides(self, members: Sequence[Bureau], period: Period) -> _Sides:
        measure, share = self._indicator.numerator, self._indicator.denominator if self._indicator.kind == "share" else None
        amount = self._sum(members, measure, self._span(period))
        return _Sides(amount, self._sum(members, share, self._span(period)) if share else None)

    def _sum(self, members: Sequence[Bureau], measure: str, months: Sequence[Period]) -> Amount | None:
        there = [(each, span) for each in members if (span := lived(each, months))]
        return summed(self._flow(each, measure, span, self._known.actual) for each, span in there) if there else None

    def _flow(self, bureau: Bureau, measure: str, months: Sequence[Period], figures: Figures) -> Amount | None:
        if self._basis == "as_of":
            return figures.at(bureau, measure, months[-1], "as_of")
        year = list(Period.year(months[0].fiscal_year).months())
        if months[0] == (lived(bureau, year) or year)[0] or self._basis == "ytd":
            return figures.to_date(bureau, measure, months)
        alone = summed(figures.at(bureau, measure, month, "month") for month in months)
        return alone or (figures.at(bureau, measure, self._period_of(months), "quarter") if len(months) > 1 else None)

    def _period_of(self, months: Sequence[Period]) -> Period:
        return Period.quarter(months[-1].fiscal_year, months[-1].fiscal_month // 3 + 1)

    # Rates

    def _rate(self, pairs: Sequence[_Pair], which: Literal["now", "then", "before"]) -> Decimal | None:
        """What the indicator comes to for some pairs in one of the periods; None where it cannot be told of all of them."""
        sides: list[_Sides] = [getattr(pair, which) for pair in pairs]
        if self._has_both:
            n, whole = summed(each.amount for each in sides), summed(each.base for each in sides)
        else:
            when = {"now": self._period, "then": self._other, "before": self._before}[which]
            n = summed(self._rated(pair.members, when) for pair in pairs)
            whole = summed(self._rated_base(pair.members, when) for pair in pairs)
        return rate_of(self._indicator.kind, n.value, whole.value) if sides and n and whole else None

    def _rated(self, members: Sequence[Bureau], period: Period) -> Amount | None:
        """What counts in the rate: nothing of bureaus that are gone, whose base still counts; before both periods it is not known."""
        there = [(each, span) for each in members if (span := lived(each, self._rated_span(period)))]
        return summed(self._rated_flow(each, span) for each, span in there) if there or period != self._before else None

    def _rated_flow(self, bureau: Bureau, months: Sequence[Period]) -> Amount | None:
        if self._indicator.comparison == "ytd":
            return self._known.actual.to_date(bureau, self._indicator.numerator, months)
        return self._flow(bureau, self._indicator.numerator, months, self._known.actual)

    def _rated_base(self, members: Sequence[Bureau], period: Period) -> Amount | None:
        if self._indicator.kind == "cap":
            return cap_of_line(self._known, self._indicator, members, period.fiscal_year)
        return base_of_line(self._base_of, members, self._base_span(period), self._rated_span(period))

    def _base_of(self, bureau: Bureau, months: Sequence[Period]) -> Amount | None:
        """The base of the indicator's own months; of whole quarters and years that of all their months."""
        if self._basis != "period" or self._indicator.comparison == "ytd":
            return self._known.base_of(self._indicator, bureau, months)
        measure = self._indicator.numerator
        for figures in (self._known.revised, self._known.actual, self._known.stated):
            found = self._flow(bureau, measure, months, figures) or figures.estimate(bureau, measure, months)
            if found:
                return found
        return None

    # All together

    def change(self) -> Change:
        """The change of all, and the moves that made it."""
        usable = [pair for pair in self._pairs if self._comparable(pair)]
        gone = [pair for pair in self._pairs if not (self._there(pair, self._period) or self._there(pair, self._other))]
        rated = usable if self._has_both else [pair for pair in [*usable, *gone] if self._is_rated(pair)]
        now, then = self._total(usable, "now"), self._total(usable, "then")
        due = [each for pair in self._pairs for each in self._there(pair, self._period)]
        ended = [each for pair in self._pairs if not self._there(pair, self._period) for each in self._there(pair, self._other)]
        counted, told = ({each.code for pair in pairs for each in pair.members} for pairs in (usable, rated))
        return Change(
            indicator=self._indicator.code,
            less=self._indicator.less,
            period=self._period,
            other=self._other,
            basis=self._basis,
            now=now,
            then=then,
            rate_now=self._rate(rated, "now"),
            rate_then=self._rate(rated, "then"),
            counted=sum(each.code in counted for each in due),
            rated=sum(each.code in told for each in due),
            due=len(due),
            left_out=tuple(each.code for each in [*due, *ended] if each.code not in counted),
            joined=any(len(pair.members) > 1 for pair in usable),
            moves=tuple(self._moves(usable)),
        )

    def _there(self, pair: _Pair, period: Period) -> list[Bureau]:
        """Those of the bureaus that existed in a period."""
        return [each for each in pair.members if lived(each, self._span(period))]

    def _is_rated(self, pair: _Pair) -> bool:
        """Whether both sides of the rate are known in both periods."""
        return all(side(pair.members, when) for side in (self._rated, self._rated_base) for when in (self._period, self._other))

    def _comparable(self, pair: _Pair) -> bool:
        sides = [pair.now.amount, pair.then.amount]
        if self._indicator.kind == "share":
            sides += [pair.now.base, pair.then.base]
        return all(sides)

    def _total(self, pairs: Sequence[_Pair], which: Literal["now", "then"]) -> Decimal | None:
        known = [amount for pair in pairs if (amount := getattr(pair, which).amount)]
        return total(known).shown if known else None

    def _moves(self, pairs: Sequence[_Pair]) -> list[Move]:
        made = self._made(pairs)
        whole = sum(made, Decimal(0))
        order = sorted(range(len(pairs)), key=lambda index: -made[index] if whole > 0 else made[index])
        moves, upto = [], Decimal(0)
        for index in order:
            upto += made[index]
            moves.append(self._move(pairs[index], made[index], whole, upto))
        return moves

    def _made(self, pairs: Sequence[_Pair]) -> list[Decimal]:
        """What each pair gave to the change: its own change; of a share, its deviation from the earlier rate now less that of then."""
        sides = [(*self._values(each.now), *self._values(each.then)) for each in pairs]
        if self._indicator.kind != "share":
            return [n1 - n0 for n1, _, n0, _ in sides]
        now, n, then = (sum((side[place] for side in sides), Decimal(0)) for place in (1, 2, 3))
        if not now or not then:
            return [Decimal(0)] * len(pairs)
        rate = n / then
        return [(n1 - rate * whole1) / now - (n0 - rate * whole0) / then for n1, whole1, n0, whole0 in sides]

    @staticmethod
    def _values(sides: _Sides) -> tuple[Decimal, Decimal]:
        return sides.amount.shown if sides.amount else Decimal(0), sides.base.shown if sides.base else Decimal(0)

    def _move(self, pair: _Pair, made: Decimal, whole: Decimal, upto: Decimal) -> Move:
        bureau, office = parted(pair.members[-1].code)
        now, then = self._values(pair.now)[0], self._values(pair.then)[0]
        rates = [self._rate([pair], which) for which in ("now", "then", "before")]
        heads = [None if office else _people(self._known.codelists, pair.members, when) for when in (self._period, self._other)]
        return Move(
            bureau=bureau,
            office=office,
            members=tuple(each.code for each in pair.members),
            now=now,
            then=then,
            rate_now=rates[0],
            rate_then=rates[1],
            made=made,
            part=made / whole if whole else None,
            upto=upto / whole if whole else None,
            per_head_now=now / heads[0] if heads[0] else None,
            per_head_then=then / heads[1] if heads[1] else None,
            turned=_turned(*rates),
        )


def _turned(now: Decimal | None, then: Decimal | None, before: Decimal | None) -> bool:
    """Whether what had risen fell, or what had fallen rose."""
    return now is not None and then is not None and before is not None and (now - then) * (then - before) < 0


def _people(codelists: Codelists, members: Iterable[Bureau], period: Period) -> int | None:
    """How many people the bureaus that then existed had, if that is known of all of them."""
    there = [codelists.people(each.code, period) for each in members if each.exists(period.last)]
    return sum(each for each in there if each) if there and all(there) else None


def _basis(indicator: Indicator, period: Period, other: Period) -> Basis:
    """What can be compared: sums to date only up to the same month; else the months alone, or whole quarters and years."""
    if indicator.comparison == "as_of":
        return "as_of"
    if period.kind != "month":
        return "period"
    return "ytd" if indicator.comparison == "ytd" and period.fiscal_month == other.fiscal_month else "month"


_UNKNOWN = _Sides(None, None)
