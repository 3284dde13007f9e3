"""What the headings of a number say together: nearer ones first, and no answer where two of them contradict each other."""

from dataclasses import dataclass

from fiveless.labels import Lexicon
from fiveless.layout import Path
from fiveless.meaning import when, whose
from fiveless.meaning.counted import Measures
from fiveless.meaning.said import Context, Said, Unmeant
from fiveless.meaning.whose import counts
from fiveless.observation import Basis, Scenario, Status
from fiveless.period import Period

__all__ = ["Context", "Meaning", "Meanings", "Said", "counts"]


@dataclass(slots=True)
class Meaning:
    """What the headings of a number say, as far as they say it; `reason` (see `finding.REASONS`) and `about` tell why it is set aside."""

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

    @property
    def aggregate(self) -> bool:
        """Whether a heading says that the number is a total."""
        return bool(self.aggregate_beside or self.aggregate_over)


class Meanings:
    """Gives meanings for the numbers of a sheet; runs of labels repeat, so each is looked through once."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._codelists = lexicon.codelists
        self._measures = Measures(lexicon.codelists)
        self._said: dict[int, Said] = {}
        self._known: dict[tuple[int, int, int, int], tuple[Context, Meaning]] = {}
        self._counted: dict[tuple[object, ...], tuple[Context, str | Unmeant]] = {}

    def said(self, path: Path) -> Said:
        """What a run of labels says."""
        found = self._said.get(id(path))
        if found is None:
            found = self._said[id(path)] = Said(path)
        return found

    def of(self, context: Context) -> Meaning:
        """The meaning of a number with these headings; not to be changed, for other numbers may share it."""
        key = id(context.beside), id(context.over), id(context.right), id(context.captions)
        if key not in self._known:
            self._known[key] = (context, self._answer(context))
        return self._known[key][1]

    def _answer(self, context: Context) -> Meaning:
        """Ask every question, even after one has failed: totals are checked by what is known of them."""
        meaning = Meaning(aggregate_beside=context.beside.aggregate, aggregate_over=context.over.aggregate)
        for question in (
            self._kind,
            self._measure,
            self._period,
            self._scenario,
            self._basis,
            self._bureau,
            self._office,
            self._unit,
            self._understood,
        ):
            try:
                question(meaning, context)
            except Unmeant as way_out:
                if not meaning.reason:
                    meaning.reason, meaning.about, meaning.candidates = way_out.reason, way_out.about, way_out.candidates
        return meaning

    def _kind(self, _meaning: Meaning, context: Context) -> None:
        rate = context.captions.rate
        apart = context.beside.apart or context.over.apart or context.captions.example or (("derived", rate.text) if rate else None)
        if apart:
            raise Unmeant(*apart)

    def _measure(self, meaning: Meaning, context: Context) -> None:
        key = context.beside.naming, context.over.naming, id(context.right), id(context.captions), context.text
        if key not in self._counted:
            try:
                self._counted[key] = context, self._measures.named(context)
            except Unmeant as way_out:
                self._counted[key] = context, way_out
        found = self._counted[key][1]
        if isinstance(found, Unmeant):
            raise found
        meaning.measure = found

    def _period(self, meaning: Meaning, context: Context) -> None:
        meaning.period = when.period(context)

    def _scenario(self, meaning: Meaning, context: Context) -> None:
        meaning.scenario, meaning.status = when.scenario(context), when.status(context)
        if meaning.period and meaning.scenario == "actual":
            when.refuse_later_months(context, meaning.period)

    def _basis(self, meaning: Meaning, context: Context) -> None:
        """Month, cumulative or stock; a stock stands on the last day of its period."""
        if meaning.period is None or not meaning.measure:
            return
        if self._codelists.measure[meaning.measure].kind == "stock":
            meaning.basis, meaning.period = "as_of", meaning.period.last
        else:
            meaning.basis = when.flow_basis(context, meaning.period)
            meaning.period = meaning.period.last if meaning.basis == "ytd" else meaning.period

    def _bureau(self, meaning: Meaning, context: Context) -> None:
        meaning.bureau = whose.bureau(context, meaning.period, self._codelists)

    def _office(self, meaning: Meaning, context: Context) -> None:
        meaning.office = whose.office(context)

    def _unit(self, meaning: Meaning, context: Context) -> None:
        meaning.factor = whose.factor(context, self._codelists.measure.get(meaning.measure))

    def _understood(self, _meaning: Meaning, context: Context) -> None:
        unknown = context.beside.unknown or context.over.unknown
        if unknown:
            raise Unmeant("not_understood", unknown.text)
