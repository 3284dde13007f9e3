"""A meaning, and many meanings as columns, so that what is known of a million numbers can be looked up at once."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any, get_args

import numpy as np
from numpy.typing import NDArray

from fiveless.finding import REASONS
from fiveless.observation import Basis, Scenario, Status
from fiveless.period import Period
from fiveless.structure import Codelists, Measure

ANSWERED = 9
BASES: tuple[Basis, ...] = get_args(Basis)
SCENARIOS: tuple[Scenario, ...] = get_args(Scenario)
STATUSES: tuple[Status, ...] = get_args(Status)
REASON_NAMES: tuple[str, ...] = ("", *REASONS)
REASON = {name: number for number, name in enumerate(REASON_NAMES)}
AGGREGATES = ("", "subtotal", "total")
_FIRST_ROOM = 256


@dataclass(slots=True)
class Meaning:
    """What the headings of a number say, as far as they say it; `reason` (see `finding.REASONS`) and `about` tell why it is set aside.

    `stage` is the number of the question that found the reason: of several reasons the earliest counts. `names_measure`, `dated`, `shifted`
    (前年同月) and `cumulative` tell whether the headings beside or over it say so, rather than a caption.
    """

    bureau: str = ""
    office: str = ""
    measure: str = ""
    period: Period | None = None
    basis: Basis = "month"
    scenario: Scenario = "actual"
    status: Status = "normal"
    factor: int = 1
    aggregate_beside: str = ""
    aggregate_over: str = ""
    reason: str = ""
    about: str = ""
    candidates: tuple[str, ...] = ()
    stage: int = ANSWERED
    names_measure: bool = False
    dated: bool = False
    shifted: bool = False
    cumulative: bool = False

    @property
    def aggregate(self) -> bool:
        """Whether a heading says that the number is a total."""
        return bool(self.aggregate_beside or self.aggregate_over)


_FIELDS = [
    *(("measure", "i4"), ("period", "i4"), ("first", "i4"), ("last", "i4"), ("basis", "i1"), ("scenario", "i1"), ("status", "i1")),
    *(("key", "i4"), ("factor", "i8"), ("beside", "i1"), ("over", "i1"), ("reason", "i1"), ("stage", "i1")),
    *(("names_measure", "?"), ("dated", "?"), ("shifted", "?"), ("cumulative", "?")),
]


def _compounds(measures: Sequence[Measure]) -> Iterator[tuple[str, tuple[str, str]]]:
    """The measures whose concepts are those of two others of the same of the five, each with the two."""
    for whole in measures:
        others = [each for each in measures if each is not whole and each.less == whole.less]
        for one, other in combinations(others, 2):
            single = len(whole.concepts) == len(one.concepts) == len(other.concepts) == 1
            if single and one.concepts[0] | other.concepts[0] == whole.concepts[0] not in (one.concepts[0], other.concepts[0]):
                yield whole.code, (one.code, other.code)


class Facts:
    """Meanings as a table, by number; `measure` and `period` are places in `measures` and `periods`, -1 where there is none.

    `key` is the same for meanings of one measure, period, basis and scenario. `first` and `last` are serial months, `basis`,
    `scenario`, `status`, `reason`, `beside` and `over` places in the tuples of this module. `compounds` are measures that are two
    others together (送受信), with those two.
    """

    def __init__(self, codelists: Codelists) -> None:
        self.measures = [measure.code for measure in codelists.measures]
        self.compounds = tuple(_compounds(codelists.measures))
        self.periods: list[str] = []
        self._measure = {code: number for number, code in enumerate(self.measures)}
        self._period: dict[Period, int] = {}
        self._keys: dict[tuple[object, ...], int] = {}
        self._count = 0
        self._rows = np.zeros(_FIRST_ROOM, dtype=_FIELDS)

    @property
    def table(self) -> NDArray[Any]:
        """One row a meaning."""
        return self._rows[: self._count]

    def add(self, meaning: Meaning) -> None:
        """Put the next meaning at the end."""
        if self._count == len(self._rows):
            self._rows = np.concatenate([self._rows, np.zeros_like(self._rows)])
        self._rows[self._count] = self._row(meaning)
        self._count += 1

    def _row(self, meaning: Meaning) -> tuple[object, ...]:
        period = meaning.period
        number = -1
        if period:
            number = self._period.setdefault(period, len(self.periods))
            if number == len(self.periods):
                self.periods.append(period.code)
        what = self._measure.get(meaning.measure, -1), number, BASES.index(meaning.basis), SCENARIOS.index(meaning.scenario)
        return (
            *what[:2],
            *((period.first, period.last.first) if period else (-1, -1)),
            *(*what[2:], STATUSES.index(meaning.status), self._keys.setdefault(what, len(self._keys))),
            *(meaning.factor, AGGREGATES.index(meaning.aggregate_beside), AGGREGATES.index(meaning.aggregate_over)),
            *(REASON[meaning.reason], meaning.stage, meaning.names_measure, meaning.dated, meaning.shifted, meaning.cumulative),
        )
