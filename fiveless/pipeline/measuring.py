"""From the store to the progress of a month: in figures, month by month, against another month, down to the cell, and as a report."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

from fiveless import report
from fiveless.errors import FivelessError
from fiveless.finding import Finding
from fiveless.language import Lang, Words, listed
from fiveless.period import Period, runs
from fiveless.pipeline.asking import EVERYTHING, Asked
from fiveless.progress import ALL, Against, Change, Figure, Known, Progress, Scope, Term, measure_progress, measures_used
from fiveless.progress.comparing import compare, compare_with_base, earlier
from fiveless.progress.flaws import flaws
from fiveless.progress.offices import by_office
from fiveless.progress.outlook import with_forecasts
from fiveless.project import Project
from fiveless.revision import Difference
from fiveless.store import Filter, Origin, Store
from fiveless.structure import GROUP_NAMES, Codelists, Indicator

_TREND = 13


@dataclass(frozen=True, slots=True)
class Measured:
    """Progress of some indicators in a month: the bureaus of a scope together, and each bureau.

    `scope` says in words which bureaus these are and `code` in codes, both empty for all; `without` is the same less the bureaus that were
    to be left out, None where none were. `findings` are what a person has to look at.
    """

    period: Period
    scope: Words
    code: str
    totals: list[Progress]
    bureaus: list[Progress]
    without: "Measured | None"
    findings: list[Finding]


@dataclass(frozen=True, slots=True)
class Explained:
    """A row of progress with the cells from which each of its figures comes; what the settings state comes from none."""

    row: Progress
    cells: Mapping[Term, tuple[Origin, ...]]


@dataclass(frozen=True, slots=True)
class Between:
    """The numbers that differ between two times, and each indicator in one month as it was known then and now."""

    differences: list[Difference]
    period: Period
    indicators: list[tuple[Progress, Progress]]


def progress(project: Project, codelists: Codelists, asked: Asked = EVERYTHING) -> Measured:
    """Progress in a month, the latest one if none is named; FivelessError where the store has no figures of it."""
    return _Measuring(project, codelists, asked).measured()


def trend(
    project: Project, codelists: Codelists, asked: Asked = EVERYTHING, *, by_bureau: bool = False
) -> tuple[list[list[Progress]], Words]:
    """Each row of progress over the thirteen months to the one asked for, the earliest first, and which bureaus count."""
    measuring = _Measuring(project, codelists, asked)
    return measuring.trend(by_bureau=by_bureau), measuring.counted()


def change(
    project: Project, codelists: Codelists, asked: Asked, against: Against | Period, *, offices: bool = False
) -> tuple[list[Change], Words]:
    """What changed in each indicator against another time, and who made it; FivelessError where nothing can be compared."""
    measuring = _Measuring(project, codelists, asked, offices=offices)
    return measuring.changes(against), measuring.counted()


def between(project: Project, codelists: Codelists, asked: Asked, first: dt.datetime, second: dt.datetime) -> Between:
    """What of the numbers asked for was known otherwise at a first time than at a second, and what that made of the indicators."""
    then, now = (_Measuring(project, codelists, replace(asked, as_of=each)) for each in (first, second))
    return now.since(then, first, second)


def cells_of(
    project: Project, codelists: Codelists, asked: Asked = EVERYTHING, *, by_bureau: bool = False
) -> tuple[list[Explained], Words]:
    """Each row of progress with the cells of its figures, and which bureaus count."""
    measuring = _Measuring(project, codelists, asked)
    whole = measuring.measured()
    measured = whole.without or whole
    return measuring.explained(measured.bureaus if by_bureau else measured.totals), measured.scope


def write_report(project: Project, codelists: Codelists, lang: Lang, period: Period | None = None) -> tuple[Period, list[Path]]:
    """Write a month's report to `reports/`, the latest month's if none is named: the month and the files."""
    measuring = _Measuring(project, codelists, Asked(period=period))
    measured = measuring.measured()
    content = report.Content(measured.period, measured.totals, measured.bureaus, measuring.to_date())
    return measured.period, report.write(project.reports / measured.period.code, content, codelists, lang)


class _Measuring:
    """The figures of a project as they are asked for; the store is closed again before anything is computed."""

    def __init__(self, project: Project, codelists: Codelists, asked: Asked, *, offices: bool = False) -> None:
        self._project, self._asked = project, asked
        self._all = _known_at(codelists, asked.as_of)
        self._codelists = replace(self._all, indicators=tuple(asked.chosen(codelists)))
        used = measures_used(self._codelists, self._codelists.indicators)
        with Store.open(project.store, write=False) as store:
            figures = store.figures(asked.as_of)
            latest = store.latest_period(codelists, asked.as_of)
            self._offices = store.office_figures(used, asked.as_of) if offices else []
        self._figures = [each for each in figures if each.measure in used]
        self.known = Known(self._figures, self._codelists)
        self._latest = latest

    @property
    def period(self) -> Period:
        """The month that is asked for, else the latest one; FivelessError where there is none."""
        return self._asked.period or _latest(self._latest)

    # A month

    def measured(self) -> Measured:
        """The figures of the month, with and without the bureaus to be left out."""
        whole = self._of(self._asked.scope(self._codelists), self._scope_named(), self._asked.code)
        if all(each.actual is None for each in whole.totals):
            raise self._no_data()
        if not self._asked.exclude:
            return whole
        without = self._of(self._asked.scope(self._codelists, without=True), self.counted(), self._asked.code_counted)
        return replace(whole, without=without)

    def _of(self, scope: Scope, named: Words, code: str) -> Measured:
        measured = (measure_progress(self.known, self.period, by_bureau=each, scope=scope) for each in (True, False))
        rows = with_forecasts(chain.from_iterable(measured), self.known, self.period, scope)
        totals, bureaus = ([each for each in rows if bool(each.bureau) is one] for one in (False, True))
        return Measured(self.period, named, code, totals, bureaus, None, list(flaws(rows, self.known)))

    def _scope_named(self) -> Words:
        """The bureaus that are asked for, in words, and the day; nothing where it is all of them as known now."""
        groups = [GROUP_NAMES[each] for each in self._asked.groups]
        day = self._asked.as_of.date() if self._asked.as_of else None
        known = [Words(f"{day}までに受け取った値", f"as known on {day}")] if day else []
        return listed([*groups, *([self._names(self._asked.bureaus)] if self._asked.bureaus else []), *known])

    def counted(self) -> Words:
        """The bureaus that are asked for less those to be left out, in words."""
        scope = self._scope_named()
        if not self._asked.exclude:
            return scope
        before = Words(f"{scope.ja}、", f"{scope.en}, ") if scope.ja else scope
        return Words("{scope}{names}を除く", "{scope}without {names}").filled(scope=before, names=self._names(self._asked.exclude))

    def _names(self, codes: Sequence[str]) -> Words:
        """Bureaus by name, and that those of their lines go with them where a comparison joins these."""
        names = listed([self._codelists.bureau[each].name for each in codes])
        lines = {self._codelists.lineage[each] for each in codes}
        joined = any(line in lines and code not in codes for code, line in self._codelists.lineage.items())
        return Words("{names}{joined}", "{names}{joined}").filled(names=names, joined=_JOINED if joined else Words("", ""))

    def _no_data(self) -> FivelessError:
        scope = self._asked.scope(self._codelists)
        ours = [each for each in self._figures if each.scenario == "actual" and (scope.only is None or each.bureau in scope.only)]
        months = {each.period for each in ours}
        there = runs(period for code in months if (period := Period.of_code(code)).kind == "month")
        return FivelessError(_NO_DATA[self.period.code in months, bool(there)].filled(period=self.period.code, there=there))

    # Months after months

    def trend(self, *, by_bureau: bool) -> list[list[Progress]]:
        """The rows of the month, each with those of the twelve months before it."""
        scope = self._asked.scope(self._codelists, without=True)
        months = [self.period.shifted(number - _TREND + 1) for number in range(_TREND)]
        rows = [measure_progress(self.known, month, by_bureau=by_bureau, scope=scope) for month in months]
        if not rows[-1] or all(each.actual is None for month in rows for each in month):
            raise self._no_data()
        keys = dict.fromkeys((each.indicator, each.bureau) for each in rows[-1])
        found = [{(each.indicator, each.bureau): each for each in month} for month in rows]
        return [[month[key] for month in found if key in month] for key in keys]

    def to_date(self) -> list[Progress]:
        """The months of the fiscal year so far of the headline reduction that is measured from its beginning: paper, in Tokyo."""
        ours = [each for each in self._all.headlines() if each.kind == "reduction" and each.comparison == "ytd"][:1]
        known = Known(self._figures, replace(self._all, indicators=tuple(ours)))
        return [row for month in self.period.year_to_date() for row in measure_progress(known, month)]

    # Against another time

    def changes(self, against: Against | Period) -> list[Change]:
        """The change of each indicator that can be compared so."""
        scope = self._asked.scope(self._codelists, without=True)
        found = [self._change(*self._known_for(each, scope), each, against) for each in self._codelists.indicators]
        told = [each for each in found if each]
        if not told:
            raise FivelessError(_NO_BASE)
        if all(each.now is None for each in told):
            raise self._nothing_to_compare(against)
        return told

    def _known_for(self, indicator: Indicator, scope: Scope) -> tuple[Known, Scope]:
        """What is known of a scope; by office, who reports what the indicator is made of counts, each office by itself."""
        if not self._offices:
            return self.known, scope
        used = measures_used(self._codelists, [indicator])
        figures, offices = ([each for each in given if each.measure in used] for given in (self._figures, self._offices))
        return by_office(figures, offices, self._codelists, scope), ALL

    def _change(self, known: Known, scope: Scope, indicator: Indicator, against: Against | Period) -> Change | None:
        if isinstance(against, Period):
            return compare(known, indicator, self.period, against, scope)
        if against == "baseline":
            return compare_with_base(known, indicator, self.period, scope)
        other = earlier(self.period, against, indicator)
        return compare(known, indicator, self.period, other, scope) if other else None

    def _nothing_to_compare(self, against: Against | Period) -> FivelessError:
        says = Words(
            "{period} と比べられる値がありません（比較先：{other}）。両方の時期に報告した局がありません。",
            "Nothing of {period} can be compared with {other}: no bureau has reported both.",
        )
        other = against.code if isinstance(against, Period) else AGAINST_NAMES[against]
        return FivelessError(says.filled(period=self.period.code, other=other))

    # Against another day

    def since(self, then: "_Measuring", first: dt.datetime, second: dt.datetime) -> Between:
        """What was known otherwise; the indicators are those of the month that is asked for, else of the latest known now."""
        scope = self._asked.scope(self._codelists)
        chosen = self._asked.lesses or self._asked.indicators
        used = tuple(sorted(measures_used(self._codelists, self._codelists.indicators))) if chosen else ()
        where = Filter(bureau=tuple(sorted(scope.only or ())), measure=used)
        with Store.open(self._project.store, write=False) as store:
            found = store.differences(first, second, where, self._all)
        rows = [measure_progress(each.known, self.period, scope=scope) for each in (then, self)]
        return Between(found, self.period, list(zip(*rows, strict=True)))

    # Down to the cell

    def explained(self, rows: Sequence[Progress]) -> list[Explained]:
        """Rows with the cells of their figures."""
        terms = [(row, [term for side in row.sides.values() for term in side]) for row in rows]
        asked = {term.figure for _, each in terms for term in each if not term.stated}
        with Store.open(self._project.store, write=False) as store:
            found = store.sources(asked, self._asked.as_of)
        cells: dict[tuple[str, ...], list[Origin]] = {}
        for each in found:
            cells.setdefault(_key(each.figure), []).append(each)
        return [Explained(row, {term: _cells_of(term, cells) for term in each}) for row, each in terms]


_JOINED = Words(
    "（組織改編をまとめて比べるときは、その前身・後継の局も）", " (and, where a reorganisation joins them, those before and after)"
)
_NO_BASE = Words(
    "基準年度と比べられるのは削減率の指標だけです。--indicator か --less で選んでください。",
    "Only reductions have a base year to compare with; choose them with --indicator or --less.",
)
# By whether the month has some figures, and whether there are any at all.
_NO_DATA = {
    (False, True): Words(
        "{period} の実績はありません。実績があるのは {there} です。", "There are no figures of {period}; there are {there}."
    ),
    (False, False): Words(
        "{period} の実績はありません。ほかの時期の実績もありません。", "There are no figures of {period}, nor of any other time."
    ),
    (True, True): Words(
        "{period} の実績だけでは指標を計算できません（累計には4月からの値が要ります）。実績があるのは {there} です。",
        "What there is of {period} does not make an indicator (sums to date need all months from April); there are {there}.",
    ),
}


AGAINST_NAMES = {
    "previous-month": Words("前月", "the month before"),
    "previous-year": Words("前年同月", "the same month of the year before"),
    "baseline": Words("基準年度", "the base year"),
}


def _cells_of(term: Term, cells: Mapping[tuple[str, ...], Sequence[Origin]]) -> tuple[Origin, ...]:
    """None for what the settings state, also where a bureau has reported the same."""
    return () if term.stated else tuple(cells.get(_key(term.figure), ()))


def _key(figure: Figure) -> tuple[str, ...]:
    return (*figure[:4], figure.scenario)


def _known_at(codelists: Codelists, as_of: dt.datetime | None) -> Codelists:
    """The codelists without what was revised only later."""
    if as_of is None:
        return codelists
    day = as_of.date()
    return replace(codelists, baselines=tuple(each for each in codelists.baselines if each.revised_on is None or each.revised_on <= day))


def _latest(code: str | None) -> Period:
    if code is None:
        says = Words(
            "指標を計算できる実績がまだありません。fiveless ingest で各局のブックを取り込んでください。",
            "There are no figures for the five yet; take in the bureaus' workbooks with fiveless ingest.",
        )
        raise FivelessError(says)
    return Period.of_code(code)
