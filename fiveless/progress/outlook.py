"""What an indicator will come to in March: the forecast of its figures, of the same bureaus, as a rate."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from fiveless.observation import Basis
from fiveless.period import Period
from fiveless.progress.figure import Amount, summed
from fiveless.progress.forecast import Forecast, last_month, last_share, year_total
from fiveless.progress.known import Known, Scope
from fiveless.progress.measuring import Survey
from fiveless.progress.parts import Part, rate_of
from fiveless.progress.result import Progress
from fiveless.structure import Bureau, Indicator

_MONTHS, _LATEST, _TWO_YEARS = 72, 3, 23
_FEW = 20


def with_forecasts(rows: Iterable[Progress], known: Known, period: Period, scope: Scope) -> list[Progress]:
    """The rows, each with a forecast of its rate in March where there is enough to tell it from."""
    surveys = {each.code: Survey(known, each, period, scope) for each in known.codelists.indicators}
    march = {each.code: Survey(known, each, Period.year(period.last.fiscal_year).last, scope) for each in known.codelists.indicators}

    def told(row: Progress) -> Forecast | None:
        now, then = (_parts(each[row.indicator].parts, row.bureau) for each in (surveys, march))
        return _Outlook(known, known.codelists.indicator[row.indicator], period, now, then).rate()

    return [row if row.rate is None or _of_all_together(row) else replace(row, forecast=told(row)) for row in rows]


def _of_all_together(row: Progress) -> bool:
    """Whether its base is stated for all bureaus together, so that it cannot be told for March from theirs."""
    return any(not term.figure.bureau for term in row.base_terms)


def _parts(parts: Sequence[Part], bureau: str) -> list[Part]:
    """The parts that a row is made of: that of a bureau, or all."""
    return [part for part in parts if not bureau or bureau in {each.code for each in part.members}]


class _Outlook:
    """One indicator of some bureaus, as known in one month, and the parts of the same in March, of which the bases serve."""

    def __init__(self, known: Known, indicator: Indicator, period: Period, now: Sequence[Part], march: Sequence[Part]) -> None:
        self._known, self._indicator, self._until = known, indicator, period.last
        self._now = [part for part in now if part.comparable]
        lines = {self._line(each) for part in self._now for each in part.members}
        self._members = {each.code for part in self._now for each in part.members}
        listed = known.codelists.bureaus
        self._whole_lines = lines - {self._line(each) for each in listed if each.exists(self._until) and each.code not in self._members}
        self._halves = [each for each in listed if each.code in self._members and self._line(each) not in self._whole_lines]
        self._march = self._of_march(march)

    def _line(self, bureau: Bureau) -> str:
        return self._known.codelists.lineage[bureau.code]

    def _stands_for(self, bureau: Bureau) -> bool:
        """Whether it is one of the bureaus of now, or of a line of theirs of which all are counted."""
        return self._line(bureau) in self._whole_lines or bureau.code in self._members

    def _of_march(self, march: Sequence[Part]) -> list[Part]:
        """The parts of March of the same bureaus; none where others will be joined with them by then."""
        found = [part for part in march if any(self._stands_for(each) for each in part.members)]
        return found if all(self._stands_for(each) for part in found for each in part.members) else []

    def rate(self) -> Forecast | None:
        """The forecast of the rate; its errors are in points."""
        if self._is_new():
            return None
        if self._indicator.kind == "share":
            return last_share(self._shares(), self._until)
        base = summed(part.base for part in self._march)
        whole = self._indicator.comparison == "ytd"
        amounts = self._flows(self._indicator.numerator)
        told = year_total(amounts, self._until) if whole else last_month(amounts, self._until)
        return self._as_rate(told, base.value) if told and base and base.value > 0 and self._march else None

    def _is_new(self) -> bool:
        """Whether bureaus of which two years ago there was nothing make more than a twentieth of it now: no past tells of them."""
        then = {self._line(each) for each in self._known.codelists.bureaus if each.exists(self._until.shifted(-_TWO_YEARS))}
        sums = {True: Decimal(0), False: Decimal(0)}
        for month in self._months()[:_LATEST]:
            for each in self._bureaus(month):
                amount = self._at(each, self._indicator.numerator, month)
                sums[self._line(each) in then] += amount.value if amount else 0
        return sums[False] * _FEW > sum(sums.values())

    def _as_rate(self, told: Forecast, base: Decimal) -> Forecast:
        """A forecast of an amount as one of the rate: less of it is a greater reduction."""
        rates = sorted(rate_of(self._indicator.kind, each, base) or Decimal(0) for each in (told.low, told.high))
        value = rate_of(self._indicator.kind, told.value, base) or Decimal(0)
        points = told.value / base
        errors = [None if each is None else round(each * points, 6) for each in (told.error, told.naive_error)]
        return Forecast(round(value, 6), round(rates[0], 6), round(rates[1], 6), errors[0], errors[1], told.trials)

    # The same bureaus' figures month by month

    def _bureaus(self, month: Period) -> list[Bureau]:
        """Who stood in a month for the bureaus of now; nobody where one of them was not yet apart from others that do not count."""
        there = [each for each in self._known.codelists.bureaus if each.exists(month)]
        lines = {self._line(each) for each in there}
        if any(self._line(each) in lines and not each.exists(month) for each in self._halves):
            return []
        return [each for each in there if self._stands_for(each)]

    def _flows(self, measure: str) -> dict[Period, Decimal]:
        found = {}
        for month in self._months():
            there = self._bureaus(month)
            amount = summed(self._at(each, measure, month) for each in there) if there else None
            if amount:
                found[month] = amount.value
        return found

    def _at(self, bureau: Bureau, measure: str, month: Period) -> Amount | None:
        basis: Basis = "as_of" if self._indicator.comparison == "as_of" else "month"
        return self._known.actual.at(bureau, measure, month, basis)

    def _shares(self) -> dict[Period, Decimal]:
        n, whole = self._flows(self._indicator.numerator), self._flows(self._indicator.denominator or "")
        return {month: n[month] / whole[month] for month in n if whole.get(month)}

    def _months(self) -> list[Period]:
        return [self._until.shifted(-number) for number in range(_MONTHS)]
