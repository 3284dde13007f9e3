"""From located numbers to observations: each number gets its meaning from its headings, or the reason why it has none."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from fiveless import dating
from fiveless.dating import Dated
from fiveless.grid import Grid, address
from fiveless.labels import Label, Lexicon
from fiveless.layout import Layout, Located, Path, locate
from fiveless.notation import Unit
from fiveless.observation import Basis, Scenario, Status
from fiveless.period import Period
from fiveless.structure import Measure

Says = Callable[[Label], object]
_IMPLIED = {"fax": "FAX", "seal": "SEAL"}


@dataclass(slots=True)
class Meaning:
    """What the headings of a number say, as far as they say it; `reason` and `about` tell why it is set aside."""

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


@dataclass(slots=True)
class Figure:
    """A number with its meaning and, in the end, its fate; `reason` is empty while it is an observation or a check."""

    located: Located
    meaning: Meaning
    value: Decimal
    sheet: str
    taken: bool = False
    checked: bool = False
    reason: str = ""

    @property
    def cell(self) -> str:
        """The A1 address."""
        return address(self.located.number.row, self.located.number.column)

    @property
    def key(self) -> tuple[str, ...]:
        """What the value is a value of, as in `Observation.key`."""
        meaning = self.meaning
        period = meaning.period.code if meaning.period else ""
        return (meaning.bureau, meaning.office, meaning.measure, period, meaning.basis, meaning.scenario)


@dataclass(frozen=True)
class Sheet:
    """A sheet's figures, and the numbers that are headings or no figures, each with the reason."""

    name: str
    figures: list[Figure]
    layout: Layout


class Unmeant(Exception):  # noqa: N818  # it is a way out of nested questions, not an error
    """No single meaning can be given; carries the reason's code, what it is about, and the nearest candidates."""

    def __init__(self, reason: str, about: str = "", candidates: Iterable[str] = ()) -> None:
        super().__init__(reason)
        self.reason = reason
        self.about = about
        self.candidates = tuple(candidates)


@dataclass(frozen=True)
class _Context:
    """The labels that a question may ask, nearest first: beside, over, then captions, sheet name, file name."""

    beside: Path
    over: Path
    right: Label | None
    captions: Path

    @property
    def heads(self) -> Path:
        return (*self.beside, *self.over)

    @property
    def own(self) -> "_Context":
        """The headings without the captions."""
        return _Context(self.beside, self.over, None, ())


def unpivot(grid: Grid, lexicon: Lexicon, file_label: Label) -> Sheet:
    """All numbers of a sheet with their meanings. `file_label` is what the file's name says."""
    layout = locate(grid, lexicon)
    names = (lexicon.read(grid.name), file_label)
    meanings = _Meanings(lexicon)
    figures = []
    for located in layout.located:
        meaning = meanings.of(_Context(located.beside, located.over, located.right, (*located.captions, *names)))
        figures.append(_figure(located, meaning, grid, lexicon))
    return Sheet(grid.name, figures, layout)


def _figure(located: Located, meaning: Meaning, grid: Grid, lexicon: Lexicon) -> Figure:
    number = located.number
    figure = Figure(located, meaning, number.value * meaning.factor, grid.name, reason=meaning.reason)
    if number.unit and meaning.measure and not meaning.reason:
        _use_own_unit(figure, number.unit, lexicon.codelists.measure[meaning.measure])
    if number.percent and not figure.reason:
        figure.reason = "derived"
    if number.about and meaning.status == "normal":
        figure.meaning = replace(meaning, status="estimated")
    if not figure.reason and grid.hidden:
        figure.reason = "hidden"
    if not figure.reason and (number.row in grid.hidden_rows or number.column in grid.hidden_columns):
        figure.reason = "hidden"
    if not figure.reason and (number.row, number.column) in grid.struck:
        figure.reason = "struck"
    return figure


def _use_own_unit(figure: Figure, unit: Unit, measure: Measure) -> None:
    """A unit written in the cell itself stands before any in the headings."""
    if not _counts(unit, measure):
        figure.reason = "unit"
        figure.meaning = replace(figure.meaning, about=unit.name)
    figure.value = figure.located.number.value * unit.factor


class _Meanings:
    """Gives meanings; headings repeat, so each distinct set of them is answered once."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._codelists = lexicon.codelists
        self._known: dict[tuple[int, ...], tuple[_Context, Meaning]] = {}

    def of(self, context: _Context) -> Meaning:
        key = tuple(id(label) for label in (*context.beside, None, *context.over, None, context.right, *context.captions))
        if key not in self._known:
            self._known[key] = (context, self._answer(context))
        return self._known[key][1]

    def _answer(self, context: _Context) -> Meaning:
        """Ask every question, even after one has failed: totals are checked by what is known of them."""
        meaning = Meaning()
        for question in (
            self._ask_measure,
            _ask_period,
            _ask_scenario,
            self._ask_basis,
            self._ask_bureau,
            _ask_office,
            self._ask_unit,
            _ask_rest,
        ):
            try:
                question(meaning, context)
            except Unmeant as way_out:
                if not meaning.reason:
                    meaning.reason, meaning.about, meaning.candidates = way_out.reason, way_out.about, way_out.candidates
        return meaning

    def _ask_measure(self, meaning: Meaning, context: _Context) -> None:
        meaning.aggregate_beside = next((label.aggregate for label in context.beside if label.aggregate), "")
        meaning.aggregate_over = next((label.aggregate for label in context.over if label.aggregate), "")
        meaning.measure = self._measure(context)

    def _ask_basis(self, meaning: Meaning, context: _Context) -> None:
        """Month, cumulative or stock; a stock stands on the last day of its period."""
        if meaning.period is None or not meaning.measure:
            return
        if self._codelists.measure[meaning.measure].kind == "stock":
            meaning.basis, meaning.period = "as_of", meaning.period.last
        else:
            meaning.basis = _basis(context, meaning.period)

    def _ask_bureau(self, meaning: Meaning, context: _Context) -> None:
        meaning.bureau = self._bureau(context, meaning.period)

    def _ask_unit(self, meaning: Meaning, context: _Context) -> None:
        meaning.factor = _factor(context, self._codelists.measure.get(meaning.measure))

    # what is counted

    def _measure(self, context: _Context) -> str:
        own = self._named(context.beside, context.over)
        if own:
            labels = own
        else:
            caption = next((label for label in context.captions if label.names_measure and not _pure_less(label)), None)
            if caption is None:
                raise Unmeant("no_measure", _first_text(context), self._of_less(_less(context)))
            if (caption.part and caption.rest) or caption.memo or caption.derived:
                raise Unmeant("no_measure", caption.text)
            labels = [caption]
        direct = {code for label in labels for code in label.measures}
        if direct:
            return self._only(direct, labels)
        concepts = frozenset(concept for label in labels for concept in label.concepts)
        around = frozenset(concept for label in (*context.heads, *context.captions) for concept in label.concepts)
        units = {unit.name for label in (context.right, *context.heads) if label for unit in label.units}
        matches = self._match(concepts, around, _less(context), units) or self._match(concepts, around, None, units)
        return self._only(matches, labels)

    def _named(self, beside: Path, over: Path) -> list[Label]:
        """The nearest label of each axis that says what is counted; a bare キャッシュレス heading does so only if no other label does."""
        found = [next((label for label in path if label.names_measure and not _pure_less(label)), None) for path in (beside, over)]
        named = [label for label in found if label]
        inner = [label for path in (beside, over) for label in _before_first_measure(path) if _pure_less(label)]
        return named + inner if named else inner

    def _match(self, concepts: frozenset[str], around: frozenset[str], less: str | None, units: set[str]) -> set[str]:
        """The measures that the concepts name with the least borrowed from the labels around them."""
        best: dict[str, tuple[int, int, int]] = {}
        for measure in self._codelists.measures:
            if less and measure.less != less:
                continue
            explained = measure.allowed.union(*measure.concepts)
            if not concepts or not concepts <= explained:
                continue
            for wanted in measure.concepts:
                missing = wanted - concepts - ({_IMPLIED.get(less, "")} if less else set())
                unknown = missing - around
                if unknown and not less:
                    continue
                if not concepts & wanted:
                    continue
                cost = (len(unknown), len(missing), 0 if not units or units & measure.units else 1)
                best[measure.code] = min(best.get(measure.code, cost), cost)
        least = min(best.values(), default=None)
        return {code for code, cost in best.items() if cost == least}

    def _only(self, measures: set[str], labels: Sequence[Label]) -> str:
        if len(measures) == 1:
            return next(iter(measures))
        about = " ".join(label.text for label in labels)
        if measures:
            raise Unmeant("ambiguous_measure", about, sorted(measures))
        raise Unmeant("no_measure", about, self._near(labels))

    def _near(self, labels: Sequence[Label]) -> list[str]:
        concepts = {concept for label in labels for concept in label.concepts}
        scores = {measure.code: len(concepts & frozenset().union(*measure.concepts)) for measure in self._codelists.measures}
        best = max(scores.values(), default=0)
        return [code for code, score in scores.items() if score == best and score][:3]

    def _of_less(self, less: str | None) -> list[str]:
        return [measure.code for measure in self._codelists.measures if measure.less == less]

    # whose it is

    def _bureau(self, context: _Context, period: Period | None) -> str:
        unknown = next((label for label in context.beside if label.dimension == "unknown_bureau"), None)
        if unknown:
            raise Unmeant("unknown_bureau", unknown.text, self._near_bureaus(unknown.text))
        named = _nearest(context, lambda label: label.bureaus, "ambiguous_bureau")
        if named is None:
            raise Unmeant("no_bureau")
        codes = named.bureaus
        if len(codes) > 1 and period:
            codes = tuple(code for code in codes if self._codelists.bureau[code].exists(period)) or codes
        if len(codes) > 1:
            raise Unmeant("ambiguous_bureau", named.text, codes)
        if period and not self._codelists.bureau[codes[0]].exists(period):
            raise Unmeant("bureau_not_then", named.text, self._heirs(codes[0], period))
        return codes[0]

    def _near_bureaus(self, text: str) -> list[str]:
        from rapidfuzz import process

        names = {name: bureau.code for bureau in self._codelists.bureaus for name in (bureau.name.ja, *bureau.aliases)}
        return list(dict.fromkeys(names[name] for name, _, _ in process.extract(text, names.keys(), limit=3, score_cutoff=60)))

    def _heirs(self, code: str, period: Period) -> list[str]:
        line = self._codelists.lineage
        return [bureau.code for bureau in self._codelists.bureaus if line[bureau.code] == line[code] and bureau.exists(period)]


def _pure_less(label: Label) -> bool:
    """キャッシュレス alone names one of the five, and may also name a part of a count."""
    return label.less is not None and label.concepts <= {"CASHLESS"} and not label.measures


def _before_first_measure(path: Path) -> Iterator[Label]:
    """The labels nearer than the first that says what is counted, if there is one behind them."""
    behind = [index for index, label in enumerate(path) if label.names_measure and not _pure_less(label)]
    return (label for label in path[: behind[0]]) if behind else iter(())


def _less(context: _Context) -> str | None:
    return next((label.less for label in (*context.heads, *context.captions) if label.less), None)


def _first_text(context: _Context) -> str:
    return next((label.text for label in context.heads if label.text), "")


def _nearest(context: _Context, says: Says, clash: str) -> Label | None:
    """The nearest label that says something; the two axes must not contradict each other."""
    own = [next((label for label in path if says(label)), None) for path in (context.beside, context.over)]
    found = [label for label in own if label]
    if len(found) == 2 and says(found[0]) != says(found[1]):
        raise Unmeant(clash, " / ".join(label.text for label in found))
    return found[0] if found else next((label for label in context.captions if says(label)), None)


# when ---------------------------------------------------------------------------------------------------------------


def _ask_period(meaning: Meaning, context: _Context) -> None:
    dated = _dated(context)
    period = dating.period_of(dated)
    if period is None:
        raise Unmeant("no_year" if dated.within_year and not dated.year else "no_period", _first_text(context))
    shift = _shift(context)
    meaning.period = period.shifted(shift) if shift else period


def _shift(context: _Context) -> int:
    label = _nearest(context.own, lambda each: each.shift is not None and (each.shift,), "ambiguous_period")
    return label.shift or 0 if label else 0


def _dated(context: _Context) -> Dated:
    fine = _nearest(
        context.own,
        lambda label: label.dated and label.dated.within_year and label.dated,
        "ambiguous_period",
    )
    years = [label.dated for label in context.heads if label.dated and label.dated.year]
    captions = [label.dated for label in context.captions if label.dated]
    if fine and fine.dated:
        return fine.dated if fine.dated.year else _with_year(fine.dated, [*years, *captions])
    if years:
        return _year_only(years, captions)
    if not captions:
        raise Unmeant("no_period", _first_text(context))
    within = next((dated for dated in captions if dated.within_year), None)
    if within is None or within.year:
        return within or captions[0]
    return _with_year(within, captions)


def _year_only(years: list[Dated], captions: list[Dated]) -> Dated:
    """A heading of a year alone: a whole fiscal year, unless a title names a month, for then it may be that year up to that month."""
    if len({(dated.year, dated.fiscal) for dated in years}) > 1:
        raise Unmeant("ambiguous_period")
    month = next((dated for dated in captions if dated.within_year), None)
    if month and not (month.month == 3 and not month.first_month):
        raise Unmeant("ambiguous_period")
    return years[0]


def _with_year(dated: Dated, sources: Sequence[Dated]) -> Dated:
    """The nearest year; a month of a title gives its fiscal year."""
    for source in sources:
        if source.year and not source.within_year:
            return dated.completed(source.year, source.fiscal)
        if source.year:
            period = dating.period_of(source)
            if period:
                return dated.completed(period.last.fiscal_year, fiscal=True)
    return dated


def _basis(context: _Context, period: Period) -> Basis:
    own = _nearest(context.own, lambda label: label.basis, "ambiguous_basis")
    said = own.basis if own else next((label.basis for label in context.captions if label.basis), None)
    if said == "as_of" and (own or not _dated_by_heads(context)):
        raise Unmeant("flow_as_of", own.text if own else "")
    if period.kind == "month" and (said == "ytd" or _spans_from_april(context)):
        return "ytd"
    return period.kind


def _dated_by_heads(context: _Context) -> bool:
    return any(label.dated and label.dated.within_year for label in context.heads)


def _spans_from_april(context: _Context) -> bool:
    dated = next((label.dated for label in (*context.heads, *context.captions) if label.dated and label.dated.within_year), None)
    return bool(dated and dated.first_month == 4 and dated.month != 4)


def _ask_scenario(meaning: Meaning, context: _Context) -> None:
    label = _nearest(context, lambda each: each.scenario, "ambiguous_scenario")
    if label and label.scenario:
        meaning.scenario = label.scenario
    meaning.status = next((label.status for label in (*context.heads, *context.captions) if label.status), "normal")


# whose, in what unit, and is it understood --------------------------------------------------------------------------


def _ask_office(meaning: Meaning, context: _Context) -> None:
    label = _nearest(context.own, lambda each: each.office, "ambiguous_office")
    meaning.office = label.office if label else next((each.office for each in context.captions if each.office and not each.rest), "")


def _counts(unit: Unit, measure: Measure) -> bool:
    return unit.name in measure.units or unit.name in (measure.unit_ja, measure.unit)


def _factor(context: _Context, measure: Measure | None) -> int:
    if measure is None:
        return next((label.units[0].factor for label in (context.right, *context.heads) if label and label.units), 1)
    if context.right:
        return _own_factor([context.right], measure)
    own = [label for path in (context.beside, context.over) if (label := next((each for each in path if each.units), None))]
    if own:
        return _own_factor(own, measure)
    for label in context.captions:
        fitting = {unit.factor for unit in label.units if _counts(unit, measure)}
        if len(fitting) > 1:
            raise Unmeant("ambiguous_unit", label.text)
        if fitting:
            return fitting.pop()
    return 1


def _own_factor(labels: Sequence[Label], measure: Measure) -> int:
    factors = {unit.factor for label in labels for unit in label.units if _counts(unit, measure)}
    text = " / ".join(label.text for label in labels)
    if not factors:
        raise Unmeant("unit", text)
    if len(factors) > 1:
        raise Unmeant("ambiguous_unit", text)
    return factors.pop()


def _ask_rest(_meaning: Meaning, context: _Context) -> None:
    """Headings that narrow, derive or repeat a count, or that are not understood, keep it from being taken."""
    for label in context.heads:
        if label.derived:
            raise Unmeant("derived", label.text)
        if label.memo:
            raise Unmeant("memo", label.text)
        if label.rest:
            raise Unmeant("not_understood", label.text)
        if label.part and not (label.names_measure or label.office):
            raise Unmeant("part", label.text)
