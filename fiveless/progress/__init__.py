"""How far each of the five has come: reductions and shares from bureaus' figures, like for like, nothing missing taken as zero."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from typing import Literal, NamedTuple

from fiveless.language import Words
from fiveless.observation import Basis, Status
from fiveless.period import Period
from fiveless.structure import Bureau, Codelists, Indicator, Less, Target

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
    "partial": Words("一部の局", "some bureaus only"),
    "line": Words("組織改編をまとめて比較", "compared across a reorganisation"),
    "zero_base": Words("基準値が0", "base of zero"),
}
# A measure that is the sum of others, for bureaus that report these and not the sum.
_SUM_OF: Mapping[str, tuple[str, ...]] = {"fax.total": ("fax.sent", "fax.received")}
_NO_VALUE: tuple[Status, ...] = ("missing", "not_applicable")
_ON_TRACK, _IN_PROGRESS = Decimal("0.9"), Decimal("0.5")


class Figure(NamedTuple):
    """A bureau's value of a measure in a period (its code), in the measure's unit."""

    bureau: str
    measure: str
    period: str
    basis: Basis
    value: Decimal
    status: Status


@dataclass(frozen=True, slots=True)
class Progress:
    """An indicator in a period, for one bureau or (bureau '') for all.

    `actual` and `base` are in the measure's unit: the amounts that are compared, or n and N of a share. `rate` is the
    reduction (0.72 = less by 72 %) or the share; `progress` is rate / target. None stands for what cannot be told.
    `reported` of the `due` bureaus have given all that the period asks of them, `missing` are the others.
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


def measure_progress(figures: Iterable[Figure], codelists: Codelists, period: Period, *, by_bureau: bool = False) -> list[Progress]:
    """Every indicator in a period (its last month counts), for all bureaus together or for each that existed, in the codelists' order."""
    book = _Book(figures)
    stated = _Book(
        Figure(each.bureau or "", each.measure, each.period.code, each.period.kind, each.value, "normal") for each in codelists.baselines
    )
    rows: list[Progress] = []
    for indicator in codelists.indicators:
        survey = _Survey(book, stated, codelists, indicator, period)
        rows += survey.by_bureau() if by_bureau else [survey.total()]
    return rows


def measures_used(indicators: Iterable[Indicator]) -> set[str]:
    """The codes of the measures that indicators are computed from."""
    named = {code for each in indicators for code in (each.numerator, each.denominator) if code}
    return named | {part for code in named for part in _SUM_OF.get(code, ())}


# What the figures tell of one bureau -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Amount:
    """A value and what is to be said of it where it serves as a base."""

    value: Decimal
    flags: frozenset[str] = frozenset()

    def __add__(self, other: "_Amount") -> "_Amount":
        with localcontext(prec=60):
            return _Amount(self.value + other.value, self.flags | other.flags)

    def flagged(self, *flags: str) -> "_Amount":
        return _Amount(self.value, self.flags | {*flags})


_NOTHING = _Amount(Decimal(0))
_ESTIMATED = frozenset({"estimated_base"})
# The base of bureaus that did not exist in the base year and state none.
_NEW = _Amount(Decimal(0), frozenset({"new"}))
_CITY = Bureau("", Words("", ""), "")


def _sum(amounts: Iterable[_Amount | None]) -> _Amount | None:
    """The sum if all are known."""
    total = _NOTHING
    for amount in amounts:
        if amount is None:
            return None
        total += amount
    return total


class _Book:
    """Figures by bureau, measure, period and basis."""

    def __init__(self, figures: Iterable[Figure]) -> None:
        self._amounts = {
            (each.bureau, each.measure, each.period, each.basis): _Amount(
                each.value, _ESTIMATED if each.status == "estimated" else frozenset()
            )
            for each in figures
            if each.status not in _NO_VALUE
        }

    def at(self, bureau: Bureau, measure: str, period: Period, basis: Basis) -> _Amount | None:
        """The figure of exactly this period and basis; for a sum of measures, their sum where all are known, else the sum as stated."""
        parts = _SUM_OF.get(measure)
        summed = _sum(self._amounts.get((bureau.code, part, period.code, basis)) for part in parts) if parts else None
        return summed or self._amounts.get((bureau.code, measure, period.code, basis))

    def to_date(self, bureau: Bureau, measure: str, months: Sequence[Period]) -> _Amount | None:
        """The flow over a fiscal year's first months (of the bureau's life in it): from months, else as stated to date, else pieced."""
        known = _sum(self.at(bureau, measure, month, "month") for month in months)
        if known:
            return known
        last = months[-1]
        return self.at(bureau, measure, last, "ytd") or next(self._pieced(bureau, measure, months), None)

    def _pieced(self, bureau: Bureau, measure: str, months: Sequence[Period]) -> Iterator[_Amount]:
        """The last month, quarter or the year, added to what was before it."""
        last = months[-1]
        for period in (last, Period.quarter(last.fiscal_year, last.fiscal_month // 3 + 1), Period.year(last.fiscal_year)):
            amount = self.at(bureau, measure, period, period.kind) if last in (period.last, _last_month(bureau)) else None
            before = self.to_date(bureau, measure, [month for month in months if month.first < period.first]) if amount else None
            if amount and before:
                yield amount + before

    def value(self, bureau: Bureau, measure: str, comparison: Comparison, months: Sequence[Period]) -> _Amount | None:
        """The flow of the months to date, or that of the one month, or the stock at its end."""
        if comparison == "ytd":
            return self.to_date(bureau, measure, months)
        return self.at(bureau, measure, months[-1], comparison)

    def estimate(self, bureau: Bureau, measure: str, months: Sequence[Period]) -> _Amount | None:
        """The year's flow spread evenly over its months: annual × months / 12, or / the months that the bureau lived in it."""
        year = list(Period.year(months[-1].fiscal_year).months())
        life = _lived(bureau, year) or year
        annual = self.to_date(bureau, measure, life)
        if annual is None:
            return None
        with localcontext(prec=60):
            return _Amount(annual.value * len(months) / len(life), annual.flags | _ESTIMATED)


def _lived(bureau: Bureau, months: Iterable[Period]) -> list[Period]:
    return [month for month in months if bureau.exists(month)]


def _last_month(bureau: Bureau) -> Period:
    return Period("month", bureau.last)


# One indicator in one period ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Part:
    """One bureau, or several that a reorganisation joins: what is compared with what, and who owed and gave a report."""

    members: tuple[str, ...]
    due: tuple[str, ...]
    missing: tuple[str, ...]
    actual: _Amount | None
    base: _Amount | None

    @property
    def comparable(self) -> bool:
        return self.actual is not None and self.base is not None


class _Survey:
    """One indicator in one period."""

    def __init__(self, book: _Book, stated: _Book, codelists: Codelists, indicator: Indicator, period: Period) -> None:
        self._book, self._stated, self._codelists, self._indicator, self._period = book, stated, codelists, indicator, period
        self._months = period.last.year_to_date() if indicator.comparison == "ytd" else [period.last]
        self._target = codelists.target(indicator.code, period.fiscal_year)
        self._parts = [self._reduced(group) for group in self._groups()] if indicator.kind == "reduction" else list(self._shares())

    # Shares: n and N of the bureaus that gave both

    def _shares(self) -> Iterator[_Part]:
        for bureau in self._codelists.bureaus:
            months = _lived(bureau, self._months)
            if months:
                part = self._now(bureau, self._indicator.numerator, months)
                whole = self._now(bureau, self._indicator.denominator or "", months)
                both = (part, whole) if part and whole else (None, None)
                yield _Part((bureau.code,), (bureau.code,), () if both[0] else (bureau.code,), *both)

    def _now(self, bureau: Bureau, measure: str, months: Sequence[Period]) -> _Amount | None:
        return self._book.value(bureau, measure, self._indicator.comparison, months)

    # Reductions: the period against the same months of the base year

    @property
    def _base_months(self) -> list[Period]:
        year = self._indicator.base_year
        return [month.in_fiscal_year(year) for month in self._months] if year is not None else []

    def _groups(self) -> Iterator[list[Bureau]]:
        """Single bureaus; but where a line was reorganised between base and period, all of it together."""
        lines: dict[str, list[Bureau]] = {}
        for bureau in self._codelists.bureaus:
            if _lived(bureau, self._months) or _lived(bureau, self._base_months):
                lines.setdefault(self._codelists.lineage[bureau.code], []).append(bureau)
        for members in lines.values():
            if any(self._changed(each) for each in members):
                yield members
            else:
                yield from ([each] for each in members)

    def _changed(self, bureau: Bureau) -> bool:
        """Whether it was there in one of the months and not in the same month of the other year."""
        return [bureau.exists(month) for month in self._months] != [bureau.exists(month) for month in self._base_months]

    def _reduced(self, members: Sequence[Bureau]) -> _Part:
        found = {each.code: self._now(each, self._indicator.numerator, lived) for each in members if (lived := _lived(each, self._months))}
        return _Part(
            tuple(each.code for each in members),
            tuple(found),
            tuple(code for code, amount in found.items() if amount is None),
            _sum(found.values()),
            self._base(members),
        )

    def _base(self, members: Sequence[Bureau]) -> _Amount | None:
        """What those who were there then had, else what those who are here now state for then; nothing where none was there then."""
        then = [(each, lived) for each in members if (lived := _lived(each, self._base_months))]
        had = _sum(self._base_of(each, lived) for each, lived in then)
        if then and had:
            return had
        restated = [self._base_of(each, self._base_months) for each in members if _lived(each, self._months)]
        if then:
            return _sum(restated) if restated else None
        return _sum(amount for amount in restated if amount) if any(restated) else _NEW

    def _base_of(self, bureau: Bureau, months: Sequence[Period]) -> _Amount | None:
        """A bureau's base: as reported, else estimated from its year, else as the settings state it, else estimated from that."""
        reported = self._from(self._book, bureau, months)
        stated = None if reported else self._from(self._stated, bureau, months)
        return stated.flagged("stated_base") if stated else reported

    def _from(self, book: _Book, bureau: Bureau, months: Sequence[Period]) -> _Amount | None:
        measure, comparison = self._indicator.numerator, self._indicator.comparison
        found = book.value(bureau, measure, comparison, months)
        return found or (book.estimate(bureau, measure, months) if comparison != "as_of" else None)

    # The parts together

    def by_bureau(self) -> list[Progress]:
        """A row for each bureau that existed; bureaus that a reorganisation joins share the figures of their line."""
        order = list(self._codelists.bureau)
        rows = [self._row(code, [part], *self._compared([part])) for part in self._parts for code in part.due]
        return sorted(rows, key=lambda each: order.index(each.bureau))

    def total(self) -> Progress:
        """All bureaus that can be compared."""
        if self._indicator.kind == "reduction" and all(part.base is None or part.base is _NEW for part in self._parts):
            city = self._base_of(_CITY, self._base_months)
            if city:
                return self._against(city)
        return self._row("", self._parts, *self._compared(self._parts))

    def _compared(self, parts: Sequence[_Part]) -> tuple[Decimal | None, _Amount | None, bool]:
        """The sums of the parts that can be compared (else of what is known), and whether a rate may be told from them."""
        usable = [part for part in parts if part.comparable]
        if not any(part.due for part in usable):
            known = [part.actual for part in parts if part.due and part.actual]
            actual = _sum(known) if known else None
            return (actual.value if actual else None), None, False
        actual, base = _sum(part.actual for part in usable), _sum(part.base for part in usable)
        flags = {"partial"} if len(usable) < len(parts) else set()
        flags |= {"line"} if any(len(part.members) > 1 for part in usable) else set()
        return (actual.value if actual else None), (base.flagged(*flags) if base else None), True

    def _against(self, city: _Amount) -> Progress:
        """Against a base that is stated for all together: it can be compared only when all have reported."""
        known = [part.actual for part in self._parts if part.due and part.actual]
        actual = _sum(known) if known else None
        complete = not any(part.missing for part in self._parts)
        base = city if complete else city.flagged("partial")
        return self._row("", self._parts, actual.value if actual else None, base, comparable=complete)

    def _row(self, bureau: str, parts: Sequence[_Part], actual: Decimal | None, base: _Amount | None, comparable: bool) -> Progress:
        rate = self._rate(actual, base) if comparable else None
        due = [code for part in parts for code in part.due]
        missing = {code for part in parts for code in part.missing}
        flags = {*(base.flags if base else ()), *({"zero_base"} if base and comparable and not base.value else ())}
        return Progress(
            indicator=self._indicator.code,
            less=self._indicator.less,
            bureau=bureau,
            period=self._period,
            comparison=self._indicator.comparison,
            actual=actual,
            base=_shown(base) if base else None,
            rate=rate,
            target=self._target.value if self._target else None,
            target_year=self._target.fiscal_year if self._target else None,
            progress=rate / self._target.value if rate is not None and self._target and self._target.value else None,
            status=_verdict(actual, rate, self._target),
            reported=len(due) - len(missing),
            due=len(due),
            missing=tuple(code for code in self._codelists.bureau if code in missing),
            flags=tuple(flag for flag in FLAG_NAMES if flag in flags),
        )

    def _rate(self, actual: Decimal | None, base: _Amount | None) -> Decimal | None:
        if actual is None or base is None or not base.value:
            return None
        return (base.value - actual) / base.value if self._indicator.kind == "reduction" else actual / base.value


def _shown(base: _Amount) -> Decimal:
    """An exact base as it is; an estimated one to six places, for its thirds have no end."""
    return round(base.value, 6) if base.flags >= _ESTIMATED else base.value


def _verdict(actual: Decimal | None, rate: Decimal | None, target: Target | None) -> Verdict:
    if rate is None:
        return "no_data" if actual is None else "not_comparable"
    if target is None:
        return "no_target"
    if rate >= target.value:
        return "achieved"
    if rate >= _ON_TRACK * target.value:
        return "on_track"
    return "in_progress" if rate >= _IN_PROGRESS * target.value else "behind"
