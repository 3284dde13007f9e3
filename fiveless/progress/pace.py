"""The pace at which a year's cap is used: where last year's season would have the use by now, never a straight line."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction

from fiveless.period import Period
from fiveless.progress.figure import Amount, lived, summed
from fiveless.progress.known import Known, groups
from fiveless.progress.parts import Part, months_of
from fiveless.progress.result import Pace
from fiveless.structure import Bureau, Indicator

_YEAR = 12


def pace_of(known: Known, indicator: Indicator, period: Period, parts: Sequence[Part], everyone: Sequence[Part]) -> Pace | None:
    """The pace of some parts: each by its own last year, else by that of `everyone`; None where no last year is known.

    The share of the year that last year had used by now is weighed by the caps; what each part comes to is its use / that share.
    """
    used = [part for part in parts if part.comparable]
    season = _Season(known, indicator, period)
    shares = [season.share([part]) or season.share(everyone) for part in used]
    cap = sum((Fraction(part.base.value) for part in used if part.base), Fraction(0))
    if not cap or not all(shares):
        return None
    pairs = [(part, share) for part, share in zip(used, shares, strict=True) if share]
    expected = sum((Fraction(part.base.value) * share for part, share in pairs if part.base), Fraction(0)) / cap
    projected = sum((Fraction(part.actual.value) / share for part, share in pairs if part.actual), Fraction(0))
    return Pace(_decimal(expected), round(_decimal(projected), 0))


class _Season:
    """Last year's use by the same month, as a share of the whole."""

    def __init__(self, known: Known, indicator: Indicator, period: Period) -> None:
        self._known, self._measure = known, indicator.numerator
        self._year = list(Period.year(period.fiscal_year - 1).months())
        self._so_far = [month.shifted(-_YEAR) for month in months_of(indicator, period)]
        both = [*self._year, *Period.year(period.fiscal_year).months()]
        self._groups = groups(known.codelists, [[month] for month in both])

    def share(self, parts: Sequence[Part]) -> Fraction | None:
        """Of the bureaus of some parts, by themselves or, where reorganised since last year began, with all of their line.

        As far as their use is known; None where it is of none, or nothing was used by then.
        """
        codes = {each.code for part in parts for each in part.members}
        so_far = whole = Fraction(0)
        for bureaus in self._groups:
            if not codes & {each.code for each in bureaus}:
                continue
            year, begun = self._flow(bureaus, self._year), self._flow(bureaus, self._so_far)
            if year and begun:
                so_far, whole = so_far + Fraction(begun.value), whole + Fraction(year.value)
        return so_far / whole if so_far else None

    def _flow(self, bureaus: Iterable[Bureau], months: Sequence[Period]) -> Amount | None:
        there = [(each, span) for each in bureaus if (span := lived(each, months))]
        return summed(self._known.actual.to_date(each, self._measure, span) for each, span in there) if there else None


def _decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator)
