"""The codelists: bureaus, measures, indicators, targets, baselines and the words that name them."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Literal

from fiveless.language import Words
from fiveless.period import Period

Less = Literal["paper", "seal", "fax", "cash", "face"]
LESSES: tuple[Less, ...] = ("paper", "seal", "fax", "cash", "face")
LESS_NAMES: Mapping[str, Words] = {
    "paper": Words("ペーパーレス", "Paperless"),
    "seal": Words("はんこレス", "Seal-less"),
    "fax": Words("FAXレス", "Fax-less"),
    "cash": Words("キャッシュレス", "Cashless"),
    "face": Words("タッチレス", "Touchless"),
}
GROUP_NAMES: Mapping[str, Words] = {
    "governor": Words("知事部局", "Governor's bureaus"),
    "public-enterprise": Words("公営企業", "Public enterprises"),
    "commission": Words("行政委員会", "Commissions"),
    "assembly": Words("議会", "Assembly"),
    "other": Words("その他", "Other"),
}
FOREVER = 10**9


@dataclass(frozen=True, slots=True)
class Bureau:
    """A reporting unit with the months in which it existed; `first` and `last` are serial months, inclusive."""

    code: str
    name: Words
    group: str
    aliases: tuple[str, ...] = ()
    first: int = 0
    last: int = FOREVER
    successors: tuple[str, ...] = ()

    def exists(self, period: Period) -> bool:
        """Whether the bureau existed at any time of the period."""
        return self.first <= period.last.first and period.first <= self.last


@dataclass(frozen=True, slots=True)
class Measure:
    """What is counted, in any of `units`; `parts` are the measures whose sum it is, for bureaus that report these.

    A label names it by holding all of one of the sets of `concepts` (see `words.csv`) and besides them only `allowed` ones;
    a measure without concepts is named by its name alone.
    """

    code: str
    less: Less
    name: Words
    unit_ja: str
    unit: str
    kind: Literal["flow", "stock"]
    better: Literal["lower", "higher", ""]
    concepts: tuple[frozenset[str], ...] = ()
    allowed: frozenset[str] = frozenset()
    units: frozenset[str] = frozenset()
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Indicator:
    """A reduction against a base year, a share (sum over sum), or how much of a year's cap is used; `comparison` says of what time.

    `comparison` is `ytd` (the fiscal year to date, always so for a cap), `month` or `as_of`.
    """

    code: str
    less: Less
    headline: bool
    name: Words
    kind: Literal["reduction", "share", "cap"]
    numerator: str
    denominator: str | None
    comparison: Literal["ytd", "month", "as_of"]
    base_year: int | None


@dataclass(frozen=True, slots=True)
class Target:
    """The rate (0.70 = 70 %) to be reached in a fiscal year."""

    indicator: str
    fiscal_year: int
    value: Decimal
    source: str


@dataclass(frozen=True, slots=True)
class Baseline:
    """A stated base: a measure's value in a period, for one bureau or (bureau None) for all; for bases that no workbook reports.

    With a day on which it was revised, and why, it also goes before what was stated or reported earlier.
    """

    measure: str
    period: Period
    value: Decimal
    bureau: str | None
    source: str
    revised_on: dt.date | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Exclusion:
    """What of a measure's value in a period is told apart (pandemic work), of one bureau or (bureau None) of all together."""

    measure: str
    period: Period
    value: Decimal
    bureau: str | None
    reason: str


@dataclass(frozen=True, slots=True)
class Staff:
    """The number of people of a bureau, from a month on."""

    bureau: str
    first: int
    people: int


@dataclass(frozen=True, slots=True)
class Published:
    """A figure as the government printed it; `progress.printed` tells what its texts round.

    The value is of the month, the fiscal year to date or a date (`basis`). `against` tells what the rate compares it with: the same
    time of the indicator's base year, the same time of the year before, or the whole that it is a part of; `base_printed` is that
    amount, '' where none was printed. With `exclusions` the value leaves out amounts that the measure otherwise counts.
    """

    as_of: Period
    indicator: str
    measure: str | None
    value_printed: str
    basis: Literal["month", "ytd", "as_of"]
    against: Literal["base", "previous_year", "whole"]
    base_printed: str
    exclusions: bool
    comparison: str
    percent_printed: str
    note: str
    source: str


@dataclass(frozen=True, slots=True)
class Word:
    """A piece of a label and what it says: `kind` names the facet (concept, aggregate, scenario …), `value` its content."""

    text: str
    kind: str
    value: str


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle of cells, zero-based and inclusive."""

    top: int
    left: int
    bottom: int
    right: int

    def has(self, row: int, column: int) -> bool:
        """Whether a cell lies in it."""
        return self.top <= row <= self.bottom and self.left <= column <= self.right


@dataclass(frozen=True, slots=True)
class SheetLayout:
    """What a project says of the sheets whose names fit the pattern `sheet`.

    `says` is read as a title that the sheet lacks, `texts` are read in place of labels, `cells` in place of what stands in an area (an
    empty text says nothing), and the numbers of the areas in `leave_out` are no figures.
    """

    sheet: str = "*"
    says: str = ""
    texts: tuple[tuple[str, str], ...] = ()
    cells: tuple[tuple[Area, str], ...] = ()
    leave_out: tuple[Area, ...] = ()


@dataclass(frozen=True, slots=True)
class FileLayout:
    """What a project says of the files whose names fit the pattern `file`; `source` is the layout file that says it."""

    source: str
    file: str
    sheets: tuple[SheetLayout, ...]


@dataclass(frozen=True, eq=False)
class Codelists:
    """All codelists of a project: the built-in ones with the project's own laid over them, and its layouts.

    One is told from another by identity.
    """

    bureaus: tuple[Bureau, ...]
    measures: tuple[Measure, ...]
    indicators: tuple[Indicator, ...]
    targets: tuple[Target, ...]
    baselines: tuple[Baseline, ...] = ()
    exclusions: tuple[Exclusion, ...] = ()
    staff: tuple[Staff, ...] = ()
    published: tuple[Published, ...] = ()
    words: tuple[Word, ...] = ()
    layouts: tuple[FileLayout, ...] = ()
    city: Words = field(default=Words("東京都", "Tokyo Metropolitan Government"))

    @cached_property
    def bureau(self) -> dict[str, Bureau]:
        """Bureaus by code."""
        return {each.code: each for each in self.bureaus}

    @cached_property
    def measure(self) -> dict[str, Measure]:
        """Measures by code."""
        return {each.code: each for each in self.measures}

    @cached_property
    def indicator(self) -> dict[str, Indicator]:
        """Indicators by code."""
        return {each.code: each for each in self.indicators}

    def headlines(self) -> Iterable[Indicator]:
        """The headline indicators, in the order of the five."""
        return sorted((each for each in self.indicators if each.headline), key=lambda each: LESSES.index(each.less))

    def due(self, period: Period) -> list[Bureau]:
        """The bureaus that existed in a period and so owe a report."""
        return [each for each in self.bureaus if each.exists(period)]

    def people(self, bureau: str, period: Period) -> int | None:
        """How many people a bureau has at the end of a period, if that was stated."""
        known = [each for each in self.staff if each.bureau == bureau and each.first <= period.last.first]
        return max(known, key=lambda each: each.first).people if known else None

    def target(self, indicator: str, fiscal_year: int) -> Target | None:
        """The target in force: that year's, else the latest before it, else the first that is still to come."""
        own = sorted((each for each in self.targets if each.indicator == indicator), key=lambda each: each.fiscal_year)
        earlier = [each for each in own if each.fiscal_year <= fiscal_year]
        return earlier[-1] if earlier else own[0] if own else None

    @cached_property
    def lineage(self) -> dict[str, str]:
        """Bureau code → code of its line.

        Bureaus joined by succession share one, so that a comparison across a split or merger is made for the line as a whole.
        """
        head = {each.code: each.code for each in self.bureaus}

        def root(code: str) -> str:
            while head[code] != code:
                code = head[code]
            return code

        for each in self.bureaus:
            for successor in each.successors:
                if successor in head:
                    head[root(successor)] = root(each.code)
        return {code: root(code) for code in head}
