"""All that is known: what bureaus report, aim at, may use and tell apart, and the bases that the settings state."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from fiveless.language import Words
from fiveless.observation import Scenario
from fiveless.period import Period
from fiveless.progress.figure import Amount, Figure, Figures, lived
from fiveless.structure import Baseline, Bureau, Codelists, Exclusion, Indicator

CITY = Bureau("", Words("", ""), "")
_SCENARIOS: tuple[Scenario, ...] = ("actual", "target", "plan", "cap", "excluded")


class Scope(NamedTuple):
    """Which bureaus count: those of `only` (None: all) but for those of `without`."""

    only: frozenset[str] | None = None
    without: frozenset[str] = frozenset()

    def takes(self, members: Iterable[Bureau]) -> bool:
        """Whether bureaus that are compared together count: a reorganised line does if one of them does and none is left out."""
        codes = {each.code for each in members}
        return not (codes & self.without) and (self.only is None or bool(codes & self.only))


ALL = Scope()


class Known:
    """The figures of a store and its codelists, each scenario by itself.

    Of the bases that the settings state, `stated` serve where none is reported; `revised` ones (with their day) go before all others.
    `excluded` are the amounts that are told apart, as reported and as the settings state them; both count.
    """

    def __init__(self, figures: Iterable[Figure], codelists: Codelists) -> None:
        by_scenario: dict[Scenario, list[Figure]] = {each: [] for each in _SCENARIOS}
        for figure in figures:
            by_scenario[figure.scenario].append(figure)
        self.codelists = codelists
        self.by_scenario: Mapping[Scenario, Figures] = {name: Figures(given, codelists) for name, given in by_scenario.items()}
        stated = _together(map(_of_settings, codelists.exclusions))
        self.excluded = (self.by_scenario["excluded"], Figures(stated, codelists, stated=True))
        dated = sorted((each for each in codelists.baselines if each.revised_on), key=lambda each: (each.revised_on, each.measure))
        self.stated = Figures([_of_settings(each) for each in codelists.baselines if not each.revised_on], codelists, stated=True)
        self.revised = Figures(map(_of_settings, dated), codelists, stated=True)

    @property
    def actual(self) -> Figures:
        """What bureaus reported."""
        return self.by_scenario["actual"]

    def base_of(self, indicator: Indicator, bureau: Bureau, months: Sequence[Period]) -> Amount | None:
        """A bureau's base: as revised, as reported, estimated from its year, stated by the settings, or estimated from that."""
        revised = _base(self.revised, bureau, indicator, months)
        if revised:
            return revised.flagged("stated_base", "revised_base")
        reported = _base(self.actual, bureau, indicator, months)
        stated = None if reported else _base(self.stated, bureau, indicator, months)
        return stated.flagged("stated_base") if stated else reported

    def is_revised(self, bureau: Bureau, indicator: Indicator, months: Sequence[Period]) -> bool:
        """Whether a bureau's base (or that of all, CITY) was revised."""
        return _base(self.revised, bureau, indicator, months) is not None

    def aim_of(self, bureau: Bureau, indicator: Indicator, months: Sequence[Period]) -> Amount | None:
        """What a bureau aims at, or plans, for some months (of a stock: for their end, else for the end of the fiscal year)."""
        times = [months]
        if indicator.comparison == "as_of":
            times.append(list(Period.year(months[-1].fiscal_year).months()))
        scenarios = (self.by_scenario["target"], self.by_scenario["plan"])
        found = (each.value(bureau, indicator.numerator, indicator.comparison, span) for each in scenarios for span in times)
        return next(filter(None, found), None)

    def aim_of_year(self, bureau: Bureau, measure: str, fiscal_year: int) -> Amount | None:
        """What a bureau aims at, or plans, for the whole of a fiscal year."""
        return self.by_scenario["target"].year(bureau, measure, fiscal_year) or self.by_scenario["plan"].year(bureau, measure, fiscal_year)


def _base(figures: Figures, bureau: Bureau, indicator: Indicator, months: Sequence[Period]) -> Amount | None:
    found = figures.value(bureau, indicator.numerator, indicator.comparison, months)
    return found or (figures.estimate(bureau, indicator.numerator, months) if indicator.comparison != "as_of" else None)


def _of_settings(each: Baseline | Exclusion) -> Figure:
    scenario: Scenario = "excluded" if isinstance(each, Exclusion) else "actual"
    return Figure(each.bureau or "", each.measure, each.period.code, each.period.kind, each.value, scenario=scenario)


def _together(figures: Iterable[Figure]) -> list[Figure]:
    """One figure for each bureau, measure and period: what is excluded for several reasons is their sum."""
    found: dict[tuple[str, ...], Figure] = {}
    for each in figures:
        key = each[:4]
        found[key] = each._replace(value=each.value + found[key].value) if key in found else each
    return list(found.values())


def groups(codelists: Codelists, times: Sequence[Sequence[Period]], scope: Scope = ALL) -> list[list[Bureau]]:
    """The bureaus that existed in any of some spans of months: one by one, but where a line was reorganised between them all of it."""
    lines: dict[str, list[Bureau]] = {}
    for bureau in codelists.bureaus:
        if any(lived(bureau, months) for months in times):
            lines.setdefault(codelists.lineage[bureau.code], []).append(bureau)
    found = []
    for members in lines.values():
        found += [members] if any(_changed(each, times) for each in members) else [[each] for each in members]
    return [members for members in found if scope.takes(members)]


def _changed(bureau: Bureau, times: Sequence[Sequence[Period]]) -> bool:
    """Whether it was there in one of the months and not in the same one of another span (spans of other lengths: not in all)."""
    patterns = {tuple(bureau.exists(month) for month in months) for months in times}
    whole = {all(pattern) for pattern in patterns} | {any(pattern) for pattern in patterns}
    return len(patterns) > 1 and len(whole) > 1
