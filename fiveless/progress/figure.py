"""Bureaus' figures as they are counted: values, the sums that are made of them, and what a bureau's figures tell of some months."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from fractions import Fraction
from typing import NamedTuple

from fiveless.observation import NO_VALUE, Basis, Scenario, Status
from fiveless.period import Period
from fiveless.structure import Bureau, Codelists

_DIGITS = 60
ESTIMATED = frozenset({"estimated_base"})
PROVISIONAL = frozenset({"provisional"})
_SAID: Mapping[Status, frozenset[str]] = {"estimated": ESTIMATED, "provisional": PROVISIONAL}


class Figure(NamedTuple):
    """A bureau's value of a measure in a period (its code), in the measure's unit; `office` is empty for the whole bureau."""

    bureau: str
    measure: str
    period: str
    basis: Basis
    value: Decimal
    status: Status = "normal"
    scenario: Scenario = "actual"
    office: str = ""


class Term(NamedTuple):
    """What a figure gives to an amount: its value times a factor (3/12 of a year, -1 where it is taken off)."""

    figure: Figure
    factor: Fraction = Fraction(1)
    stated: bool = False


@dataclass(frozen=True, slots=True)
class Amount:
    """A value, what is to be said of it where it serves as a base, and the figures of which it was made."""

    value: Decimal
    flags: frozenset[str] = frozenset()
    terms: tuple[Term, ...] = ()

    def flagged(self, *flags: str) -> "Amount":
        """The same amount with more to be said of it."""
        return Amount(self.value, self.flags | {*flags}, self.terms)

    def times(self, factor: Fraction, *flags: str) -> "Amount":
        """A part of it: exact where the digits suffice, else to 60 of them."""
        with localcontext(prec=_DIGITS):
            value = self.value * factor.numerator / factor.denominator
        terms = tuple(each._replace(factor=each.factor * factor) for each in self.terms)
        return Amount(value, self.flags | {*flags}, terms)

    @property
    def shown(self) -> Decimal:
        """An exact amount as it is; an estimated one to six places, for its thirds have no end."""
        return round(self.value, 6) if self.flags >= ESTIMATED else self.value


def summed(amounts: Iterable[Amount | None]) -> Amount | None:
    """The sum if all are known."""
    known = list(amounts)
    if any(amount is None for amount in known):
        return None
    return total(amount for amount in known if amount)


def total(amounts: Iterable[Amount]) -> Amount:
    """The sum of amounts, nothing where there are none."""
    parts = list(amounts)
    with localcontext(prec=_DIGITS):
        value = sum((each.value for each in parts), Decimal(0))
    return Amount(value, frozenset().union(*(each.flags for each in parts)), tuple(term for each in parts for term in each.terms))


def lived(bureau: Bureau, months: Iterable[Period]) -> list[Period]:
    """The months in which a bureau existed."""
    return [month for month in months if bureau.exists(month)]


class Figures:
    """Figures of one scenario by bureau, measure, period and basis. `parts` are the measures that a measure is the sum of."""

    def __init__(self, figures: Iterable[Figure], codelists: Codelists, *, stated: bool = False) -> None:
        self._parts = {each.code: each.parts for each in codelists.measures if each.parts}
        self._amounts = {
            (each.bureau, each.measure, each.period, each.basis): Amount(
                each.value, _SAID.get(each.status, frozenset()), (Term(each, stated=stated),)
            )
            for each in figures
            if each.status not in NO_VALUE
        }

    def at(self, bureau: Bureau, measure: str, period: Period, basis: Basis) -> Amount | None:
        """The figure of exactly this period and basis; for a sum of measures, their sum where all are known, else the sum as stated."""
        parts = self._parts.get(measure)
        made = summed(self._amounts.get((bureau.code, part, period.code, basis)) for part in parts) if parts else None
        return made or self._amounts.get((bureau.code, measure, period.code, basis))

    def to_date(self, bureau: Bureau, measure: str, months: Sequence[Period]) -> Amount | None:
        """The flow over a fiscal year's first months (of the bureau's life in it): from months, else as stated to date, else pieced."""
        known = summed(self.at(bureau, measure, month, "month") for month in months)
        if known:
            return known
        return self.at(bureau, measure, months[-1], "ytd") or next(self._pieced(bureau, measure, months), None)

    def _pieced(self, bureau: Bureau, measure: str, months: Sequence[Period]) -> Iterator[Amount]:
        """The last month, quarter or the year, added to what was before it."""
        last = months[-1]
        for period in (last, Period.quarter(last.fiscal_year, last.fiscal_month // 3 + 1), Period.year(last.fiscal_year)):
            amount = self.at(bureau, measure, period, period.kind) if last in (period.last, Period("month", bureau.last)) else None
            before = self.to_date(bureau, measure, [month for month in months if month.first < period.first]) if amount else None
            if amount and before:
                yield total([before, amount])

    def value(self, bureau: Bureau, measure: str, comparison: Basis, months: Sequence[Period]) -> Amount | None:
        """The flow of the months to date, or that of the last one alone, or the stock at its end."""
        if comparison == "ytd":
            return self.to_date(bureau, measure, months)
        return self.at(bureau, measure, months[-1], comparison)

    def year(self, bureau: Bureau, measure: str, fiscal_year: int) -> Amount | None:
        """The flow of the months of a fiscal year in which a bureau lived; of all of them for one that had not begun."""
        months = list(Period.year(fiscal_year).months())
        return self.to_date(bureau, measure, lived(bureau, months) or months)

    def estimate(self, bureau: Bureau, measure: str, months: Sequence[Period]) -> Amount | None:
        """The year's flow spread evenly over its months: annual × months / 12, or / the months that the bureau lived in it."""
        year = list(Period.year(months[-1].fiscal_year).months())
        annual = self.year(bureau, measure, months[-1].fiscal_year)
        return annual.times(Fraction(len(months), len(lived(bureau, year) or year)), *ESTIMATED) if annual else None

    def told(self, bureau: Bureau, measure: str, comparison: Basis, months: Sequence[Period]) -> Amount:
        """What is told of the months, however little: nothing told is nothing. For what most bureaus have none of, such as exclusions.

        To date it is the latest sum that is known, and the single months after it.
        """
        if comparison != "ytd":
            return self.value(bureau, measure, comparison, months) or Amount(Decimal(0))
        for count in range(len(months), 0, -1):
            known = self.to_date(bureau, measure, months[:count])
            if known:
                return total([known, *(each for month in months[count:] if (each := self.at(bureau, measure, month, "month")))])
        return total(amount for month in months if (amount := self.at(bureau, measure, month, "month")))
