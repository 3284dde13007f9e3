"""From the store to the progress of a month, and to its report."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from fiveless import report
from fiveless.errors import FivelessError, UsageError
from fiveless.language import Lang, Words
from fiveless.period import Period
from fiveless.progress import Figure, Known, Progress, measure_progress, measures_used
from fiveless.project import Project
from fiveless.store import Store
from fiveless.structure import Codelists


def month(text: str) -> Period:
    """The month that a user named as `2022-06`; UsageError for all else."""
    try:
        period = Period.of_code(text.strip())
    except ValueError:
        period = None
    if period is None or period.kind != "month":
        says = Words(
            "期間「{text}」を年月として読めません。2022-06 のように書いてください。",
            'The period "{text}" is no month; write it as 2022-06.',
        )
        raise UsageError(says.filled(text=text))
    return period


@dataclass(frozen=True, slots=True)
class Measured:
    """Progress of the headline indicators in a month: all bureaus together, and each bureau."""

    period: Period
    totals: list[Progress]
    bureaus: list[Progress]


def progress(project: Project, codelists: Codelists, period: Period | None = None) -> Measured:
    """Progress in a month, the latest one if none is named; FivelessError where the store has no figures of it."""
    figures, latest = _figures(project, codelists)
    return _measured(figures, codelists, period or _latest(latest))


def _figures(project: Project, codelists: Codelists) -> tuple[list[Figure], str | None]:
    """The figures and the latest month; the store is closed again before anything is computed."""
    with Store.open(project.store, write=False) as store:
        return store.figures(), store.latest_period(codelists)


def _latest(code: str | None) -> Period:
    if code is None:
        says = Words(
            "指標を計算できる実績がまだありません。fiveless ingest で各局のブックを取り込んでください。",
            "There are no figures for the five yet; take in the bureaus' workbooks with fiveless ingest.",
        )
        raise FivelessError(says)
    return Period.of_code(code)


def _measured(figures: Sequence[Figure], codelists: Codelists, period: Period) -> Measured:
    ours = replace(codelists, indicators=tuple(codelists.headlines()))
    known = Known(figures, ours)
    totals = measure_progress(known, period)
    if all(each.actual is None for each in totals):
        used = measures_used(ours, ours.indicators)
        raise _no_data([each for each in figures if each.measure in used and each.scenario == "actual"], period)
    return Measured(period, totals, measure_progress(known, period, by_bureau=True))


def _no_data(figures: Sequence[Figure], period: Period) -> FivelessError:
    periods = {each.period for each in figures}
    says = Words("{period} の実績はありません。実績があるのは {there} です。", "There are no figures of {period}; there are {there}.")
    return FivelessError(says.filled(period=period.code, there=_runs(periods)))


def _runs(codes: set[str]) -> str:
    """Months as runs: `2021-04 – 2022-03, 2022-06`."""
    runs: list[list[Period]] = []
    for each in sorted((Period.of_code(code) for code in codes if "-" in code and "Q" not in code), key=lambda each: each.first):
        if runs and runs[-1][-1].first == each.first - 1:
            runs[-1].append(each)
        else:
            runs.append([each])
    return ", ".join(run[0].code if len(run) == 1 else f"{run[0].code} – {run[-1].code}" for run in runs)


def write_report(project: Project, codelists: Codelists, lang: Lang, period: Period | None = None) -> tuple[Period, list[Path]]:
    """Write a month's report to `reports/`, the latest month's if none is named: the month and the files."""
    figures, latest = _figures(project, codelists)
    measured = _measured(figures, codelists, period or _latest(latest))
    trend = _trend(figures, codelists, measured.period)
    content = report.Content(measured.period, measured.totals, measured.bureaus, trend)
    return measured.period, report.write(project.reports / measured.period.code, content, codelists, lang)


def _trend(figures: Sequence[Figure], codelists: Codelists, period: Period) -> list[Progress]:
    """The months of the fiscal year so far of the headline reduction that is measured from its beginning: paper, in Tokyo."""
    ours = [each for each in codelists.headlines() if each.kind == "reduction" and each.comparison == "ytd"][:1]
    one = replace(codelists, indicators=tuple(ours))
    known = Known(figures, one)
    return [row for month in period.year_to_date() for row in measure_progress(known, month)]
