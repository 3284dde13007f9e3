"""What the headings of a number say together: nearer ones first, and no answer where two of them contradict each other.

Numbers come by the million and headings by the dozen, so what is said of measure, time and unit is worked out once for each
combination of headings and numbered (a `Meaning` in `Meanings.known`); whose a number is, is asked apart, for it varies row by row.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import lru_cache

from fiveless.labels import Label, Lexicon, gist
from fiveless.layout import Path
from fiveless.meaning import when, whose
from fiveless.meaning.counted import Measures
from fiveless.meaning.facts import ANSWERED, Facts, Meaning
from fiveless.meaning.said import Context, Said, Unmeant
from fiveless.meaning.whose import counts
from fiveless.period import Period

__all__ = ["BUREAU", "OFFICE", "Context", "Facts", "Meaning", "Meanings", "Said", "counts", "meanings"]

BUREAU, OFFICE = 5, 6


_Question = Callable[[Meaning, Context], None]


class _AllSaid(dict[Path, Said]):
    """What each run of labels says, once it is asked for."""

    def __missing__(self, path: Path) -> Said:
        found = self[path] = Said(path)
        return found


class Meanings:
    """Gives meanings for numbers; what it has once worked out is kept, from sheet to sheet and from file to file."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.codelists = lexicon.codelists
        self.known: list[Meaning] = []
        self.facts = Facts(lexicon.codelists)
        self._measures = Measures(lexicon.codelists)
        self.said = _AllSaid().__getitem__
        """What a run of labels says."""
        self._numbers: dict[tuple[object, ...], int] = {}
        self._counted: dict[tuple[object, ...], str] = {}
        self._bureaus: dict[tuple[object, ...], tuple[str, str]] = {}
        self._again: dict[int, Meaning] = {}
        # The order decides which of several reasons is given; BUREAU and OFFICE are places in it.
        self._questions: tuple[_Question, ...] = (
            self._kind,
            self._measure,
            self._period,
            self._scenario,
            self._basis,
            self._bureau,
            self._office,
            self._unit,
            self._understood,
        )

    def gist(self, context: Context) -> Context:
        """A context less whose the number is and how its headings are worded; equal ones hold the same objects."""
        right = gist(context.right) if context.right else None
        beside, over, captions = (self.gist_of(said) for said in (context.beside, context.over, context.captions))
        return replace(context, beside=beside, over=over, right=right, captions=captions)

    def gist_of(self, said: Said) -> Said:
        """What a run of labels says of everything but whose."""
        if said.gist is None:
            said.gist = self.said(tuple(gist(label) for label in said.path))
        return said.gist

    def number(self, context: Context) -> int:
        """The number in `known` of what the headings say of everything but bureau and office."""
        beside, over, captions, right = context.beside, context.over, context.captions, context.right
        gists = id(beside.gist or self.gist_of(beside)), id(over.gist or self.gist_of(over)), id(captions.gist or self.gist_of(captions))
        key = gists, right and id(gist(right)), context.mixed, context.undated, context.rated, context.parted
        number = self._numbers.get(key)
        if number is None:
            number = self._numbers[key] = len(self.known)
            self.known.append(self._answer(self.gist(context), (BUREAU, OFFICE)))
            self.facts.add(self.known[-1])
        return number

    def of(self, context: Context) -> Meaning:
        """The whole meaning, with the very words of what hinders it."""
        return self._answer(context, ())

    def hindrance(self, context: Context, number: int) -> tuple[str, tuple[str, ...]]:
        """What hinders a number whose meaning is known, in the very words, with the nearest candidates: as `of` tells it, but sooner.

        Only those questions are asked again that may have failed.
        """
        meaning = self._again.get(number) or self._again.setdefault(number, replace(self.known[number]))
        for stage in sorted({BUREAU, OFFICE, meaning.stage} - {ANSWERED}):
            try:
                self._questions[stage](meaning, context)
            except Unmeant as way_out:
                return way_out.about, way_out.candidates
        return "", ()

    def bureaus(self, contexts: Sequence[Context], numbers: Sequence[int]) -> list[tuple[str, str]]:
        """The bureau's code in each of some contexts of one row, whose numbers are known; or the reason why there is none.

        Who is named is asked once for all that have the same over them, and then who that was at the time.
        """
        named: dict[tuple[int, int], tuple[Label | None, str]] = {}
        found = []
        for context, number in zip(contexts, numbers, strict=True):
            key = id(context.over.bureau), id(context.captions)
            if key not in named:
                named[key] = self._named(context)
            label, reason = named[key]
            found.append(self._existing(label, self.known[number].period) if label else ("", reason))
        return found

    def _named(self, context: Context) -> tuple[Label | None, str]:
        try:
            return whose.named_bureau(context, self.codelists), ""
        except Unmeant as way_out:
            return None, way_out.reason

    def _existing(self, label: Label, period: Period | None) -> tuple[str, str]:
        key = label.bureaus, period and period.kind, period and period.first
        if key not in self._bureaus:
            try:
                self._bureaus[key] = whose.existing(label, period, self.codelists), ""
            except Unmeant as way_out:
                self._bureaus[key] = "", way_out.reason
        return self._bureaus[key]

    def office(self, context: Context) -> tuple[str, str]:
        """The office as written, and the reason if two are named."""
        try:
            return whose.office(context), ""
        except Unmeant as way_out:
            return "", way_out.reason

    def _answer(self, context: Context, unasked: tuple[int, ...]) -> Meaning:
        """Ask every question, even after one has failed: totals are checked by what is known of them."""
        beside, over = context.beside, context.over
        meaning = Meaning(
            aggregate_beside=beside.aggregate,
            aggregate_over=over.aggregate,
            names_measure=beside.names_measure or over.names_measure,
            dated=bool(beside.dated or over.dated),
            shifted=bool(beside.shift or over.shift),
            cumulative=context.cumulative,
        )
        for stage, question in enumerate(self._questions):
            if stage in unasked:
                continue
            try:
                question(meaning, context)
            except Unmeant as way_out:
                if not meaning.reason:
                    meaning.stage = stage
                    meaning.reason, meaning.about, meaning.candidates = way_out.reason, way_out.about, way_out.candidates
        if meaning.reason == "no_period" and context.undated and meaning.cumulative:
            _become_total(meaning, beside)
        meaning.aggregate_beside = "" if when.is_whole_span(beside, meaning.period, context) else meaning.aggregate_beside
        meaning.aggregate_over = "" if when.is_whole_span(over, meaning.period, context) else meaning.aggregate_over
        return meaning

    def _kind(self, _meaning: Meaning, context: Context) -> None:
        rate = None if context.rated else context.captions.rate
        goal = any(said.scenario and said.scenario.names_goal for said in (context.beside, context.over))
        own = [each for each in (context.beside.apart, context.over.apart) if each and not (goal and each[0] == "forecast")]
        apart = (own[0] if own else None) or context.captions.example or (("derived", rate.text) if rate else None)
        forecast = context.captions.forecast
        if apart is None and forecast and not (context.captions.scenario or context.beside.scenario or context.over.scenario):
            apart = "forecast", forecast.text
        if apart:
            raise Unmeant(*apart)

    def _measure(self, meaning: Meaning, context: Context) -> None:
        bare = self.gist(context)
        key = id(bare.beside), id(bare.over), id(bare.right), id(bare.captions), bare.rated
        if key not in self._counted:
            self._counted[key] = self._measures.named(context)
        meaning.measure = self._counted[key]

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
        if self.codelists.measure[meaning.measure].kind == "stock":
            meaning.basis, meaning.period = "as_of", meaning.period.last
        else:
            meaning.basis = when.flow_basis(context, meaning.period)
            meaning.period = meaning.period.last if meaning.basis == "ytd" else meaning.period

    def _bureau(self, meaning: Meaning, context: Context) -> None:
        meaning.bureau = whose.bureau(context, meaning.period, self.codelists)

    def _office(self, meaning: Meaning, context: Context) -> None:
        meaning.office = whose.office(context)

    def _unit(self, meaning: Meaning, context: Context) -> None:
        meaning.factor = whose.factor(context, self.codelists.measure.get(meaning.measure))

    def _understood(self, _meaning: Meaning, context: Context) -> None:
        unknown = context.beside.unknown or context.over.unknown
        if unknown:
            raise Unmeant("not_understood", unknown.text)


def _become_total(meaning: Meaning, beside: Said) -> None:
    """累計 below or behind months, of no time of its own, adds them up."""
    meaning.cumulative = False
    if beside.cumulative:
        meaning.aggregate_beside = "total"
    else:
        meaning.aggregate_over = "total"


@lru_cache(maxsize=4)
def meanings(lexicon: Lexicon) -> Meanings:
    """The meanings of a lexicon, kept as long as it is."""
    return Meanings(lexicon)
