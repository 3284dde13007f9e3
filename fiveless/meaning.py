"""What the headings of a number say together: nearer ones first, and no answer where two of them contradict each other."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from fiveless import dating
from fiveless.dating import Dated
from fiveless.labels import Label, Lexicon
from fiveless.layout import Path
from fiveless.notation import Unit
from fiveless.observation import Basis, Scenario, Status
from fiveless.period import Period
from fiveless.structure import Codelists, Measure

_IMPLIED = {"fax": "FAX", "seal": "SEAL"}


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


class Unmeant(Exception):  # noqa: N818 - a way out of nested questions, not an error
    """No single meaning can be given; carries the reason's code, what it is about, and the nearest candidates."""

    def __init__(self, reason: str, about: str = "", candidates: Iterable[str] = ()) -> None:
        super().__init__(reason)
        self.reason = reason
        self.about = about
        self.candidates = tuple(candidates)


class Said:
    """A run of labels, nearest first, with the nearest that speaks of each facet."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.counted = _first(label for label in path if label.names_measure and not _pure_less(label))
        behind = path[: path.index(self.counted)] if self.counted else path
        self.parts = tuple(label for label in behind if _pure_less(label)) if self.counted else ()
        self.less = _first(label for label in path if label.less)
        self.within = _first(label for label in path if label.dated and label.dated.within_year)
        self.dated = tuple(label.dated for label in path if label.dated)
        self.shift = _first(label for label in path if label.shift is not None)
        self.basis = _first(label for label in path if label.basis)
        self.scenario = _first(label for label in path if label.scenario)
        self.status = _first(label for label in path if label.status)
        self.bureau = _first(label for label in path if label.bureaus)
        self.office = _first(label for label in path if label.office)
        self.units = _first(label for label in path if label.units)
        self.aggregate = next((label.aggregate for label in path if label.aggregate), "")
        self.concepts = frozenset(concept for label in path for concept in label.concepts)
        self.apart = next(((reason, label.text) for label in path if (reason := _apart(label))), None)
        self.unknown = _first(label for label in path if label.rest and label.dimension != "unknown_bureau")
        self.text = next((label.text for label in path if label.text), "")
        self.naming = tuple(id(label) for label in path if label.names_measure or label.less or label.units)


def _first(labels: Iterable[Label]) -> Label | None:
    return next(iter(labels), None)


def _pure_less(label: Label) -> bool:
    """キャッシュレス alone names one of the five, and may also name a part of a count."""
    return label.less is not None and label.concepts <= {"CASHLESS"} and not label.measures and not label.part


def _apart(label: Label) -> str:
    """Why a heading keeps a number from being a count of its own: it is derived from others, repeats them, or is a part of one."""
    if label.derived:
        return "derived"
    if label.memo:
        return "memo"
    return "part" if label.part and (label.rest or not (label.names_measure or label.office)) else ""


@dataclass(frozen=True, slots=True)
class Context:
    """What may be asked for a meaning: labels beside and over the number, a unit to its right, then captions, sheet and file name.

    `mixed` tells that other headings of the sheet name a scenario: one without then means actuals, whatever the title says.
    """

    beside: Said
    over: Said
    right: Label | None
    captions: Said
    mixed: bool = False

    @property
    def text(self) -> str:
        """The nearest heading, to name the number by."""
        return self.beside.text or self.over.text


class Meanings:
    """Gives meanings for the numbers of a sheet; runs of labels repeat, so each is looked through once."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._codelists = lexicon.codelists
        self._measures = _Measures(lexicon.codelists)
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
        for question in (_kind, self._measure, _period, _scenario, self._basis, self._bureau, _office, self._unit, _rest, _future):
            try:
                question(meaning, context)
            except Unmeant as way_out:
                if not meaning.reason:
                    meaning.reason, meaning.about, meaning.candidates = way_out.reason, way_out.about, way_out.candidates
        return meaning

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

    def _basis(self, meaning: Meaning, context: Context) -> None:
        """Month, cumulative or stock; a stock stands on the last day of its period."""
        if meaning.period is None or not meaning.measure:
            return
        if self._codelists.measure[meaning.measure].kind == "stock":
            meaning.basis, meaning.period = "as_of", meaning.period.last
        else:
            meaning.basis = _flow_basis(context, meaning.period)

    def _bureau(self, meaning: Meaning, context: Context) -> None:
        meaning.bureau = _bureau(context, meaning.period, self._codelists)

    def _unit(self, meaning: Meaning, context: Context) -> None:
        meaning.factor = _factor(context, self._codelists.measure.get(meaning.measure))


# What is counted ------------------------------------------------------------------------------------------------------


class _Measures:
    """Finds the one measure that labels name."""

    def __init__(self, codelists: Codelists) -> None:
        self._measures = codelists.measures
        self._explained = {measure.code: measure.allowed.union(*measure.concepts) for measure in codelists.measures}

    def named(self, context: Context) -> str:
        """The measure's code; Unmeant where none or several are named."""
        labels = self._labels(context)
        direct = {code for label in labels for code in label.measures}
        if direct:
            return self._only(direct, labels)
        concepts = frozenset(concept for label in labels for concept in label.concepts)
        around = context.beside.concepts | context.over.concepts | context.captions.concepts
        units = {unit.name for label in (context.right, context.beside.units, context.over.units) if label for unit in label.units}
        less = self._less(context)
        return self._only(self._match(concepts, around, less, units) or self._match(concepts, around, None, units), labels)

    def _labels(self, context: Context) -> list[Label]:
        """The nearest label of each axis that says what is counted, else the nearest caption.

        A bare キャッシュレス says so only as a heading nearer than the count of which it names a part.
        """
        counted = [label for said in (context.beside, context.over) if (label := said.counted)]
        if counted:
            return [*counted, *context.beside.parts, *context.over.parts]
        caption = context.captions.counted
        if caption is None:
            less = self._less(context)
            raise Unmeant("no_measure", context.text, [measure.code for measure in self._measures if measure.less == less])
        if caption.memo or caption.derived or (caption.part and caption.rest):
            raise Unmeant("no_measure", caption.text)
        return [caption]

    def _less(self, context: Context) -> str | None:
        label = context.beside.less or context.over.less or context.captions.less
        return label.less if label else None

    def _match(self, concepts: frozenset[str], around: frozenset[str], less: str | None, units: set[str]) -> set[str]:
        """The measures that the concepts name with the least borrowed from the labels around them."""
        costs: dict[str, tuple[int, int, int]] = {}
        implied = {_IMPLIED[less]} if less in _IMPLIED else set()
        for measure in self._measures:
            if (less and measure.less != less) or not concepts or not concepts <= self._explained[measure.code]:
                continue
            for wanted in measure.concepts:
                missing = wanted - concepts - implied
                unknown = missing - around
                if not unknown or (less and concepts & wanted):
                    cost = len(unknown), len(missing), 0 if not units or units & measure.units else 1
                    costs[measure.code] = min(costs.get(measure.code, cost), cost)
        least = min(costs.values(), default=None)
        return {code for code, cost in costs.items() if cost == least}

    def _only(self, measures: set[str], labels: Sequence[Label]) -> str:
        if len(measures) == 1:
            return next(iter(measures))
        about = " ".join(label.text for label in labels)
        if measures:
            raise Unmeant("ambiguous_measure", about, sorted(measures))
        raise Unmeant("no_measure", about, self._near(labels))

    def _near(self, labels: Sequence[Label]) -> list[str]:
        concepts = {concept for label in labels for concept in label.concepts}
        scores = {measure.code: len(concepts & self._explained[measure.code]) for measure in self._measures}
        best = max(scores.values(), default=0)
        return [code for code, score in scores.items() if score == best and score][:3]


# When -----------------------------------------------------------------------------------------------------------------


def _agreed(beside: Label | None, over: Label | None, *, same: bool, clash: str) -> Label | None:
    """The label of either axis; the two must not contradict each other."""
    if beside and over and not same:
        raise Unmeant(clash, f"{beside.text} / {over.text}")
    return beside or over


def _period(meaning: Meaning, context: Context) -> None:
    dated = _dated(context)
    period = dating.period_of(dated)
    if period is None:
        raise Unmeant("no_year" if dated.within_year and not dated.year else "no_period", context.text)
    beside, over = context.beside.shift, context.over.shift
    shift = _agreed(beside, over, same=not (beside and over) or beside.shift == over.shift, clash="ambiguous_period")
    meaning.period = period.shifted(shift.shift) if shift and shift.shift else period


def _dated(context: Context) -> Dated:
    beside, over = context.beside.within, context.over.within
    within = _agreed(beside, over, same=not (beside and over) or beside.dated == over.dated, clash="ambiguous_period")
    years = [dated for dated in (*context.beside.dated, *context.over.dated) if dated.year]
    captions = context.captions.dated
    if within and within.dated:
        return within.dated if within.dated.year else _with_year(within.dated, [*years, *captions])
    if years:
        return _year_only(years, captions)
    if not captions:
        raise Unmeant("no_period", context.text)
    title = next((dated for dated in captions if dated.within_year), captions[0])
    return _with_year(title, captions) if title.within_year and not title.year else title


def _year_only(years: Sequence[Dated], captions: Sequence[Dated]) -> Dated:
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
        if source.year and source.first_month and source.month and dated.month and not source.fiscal:
            later = source.month < source.first_month and dated.month < source.first_month
            return replace(dated, year=source.year + later)
        period = dating.period_of(source)
        if period:
            return dated.completed(period.last.fiscal_year, fiscal=True)
    return dated


def _flow_basis(context: Context, period: Period) -> Basis:
    beside, over = context.beside.basis, context.over.basis
    own = _agreed(beside, over, same=not (beside and over) or beside.basis == over.basis, clash="ambiguous_basis")
    label = own or context.captions.basis
    if own and own.basis == "as_of" and context.captions.basis and context.captions.basis.basis == "ytd":
        label = context.captions.basis
    if label and label.basis == "as_of" and (own or not (context.beside.within or context.over.within)):
        raise Unmeant("flow_as_of", label.text)
    if period.kind == "month" and ((label and label.basis == "ytd") or _spans_from_april(context)):
        return "ytd"
    return period.kind


def _spans_from_april(context: Context) -> bool:
    label = context.beside.within or context.over.within or context.captions.within
    return bool(label and label.dated and label.dated.first_month == 4 and label.dated.month != 4)


def _scenario(meaning: Meaning, context: Context) -> None:
    beside, over = context.beside.scenario, context.over.scenario
    same = not (beside and over) or beside.scenario == over.scenario
    label = _agreed(beside, over, same=same, clash="ambiguous_scenario")
    if label is None and not context.mixed:
        label = context.captions.scenario
    if label and label.scenario:
        meaning.scenario = label.scenario
    status = context.beside.status or context.over.status or context.captions.status
    if status and status.status:
        meaning.status = status.status


# Whose, in what unit, and is it understood ----------------------------------------------------------------------------


def _bureau(context: Context, period: Period | None, codelists: Codelists) -> str:
    unknown = next((label for label in context.beside.path if label.dimension == "unknown_bureau"), None)
    if unknown:
        raise Unmeant("unknown_bureau", unknown.text, _near_bureaus(unknown.text, codelists))
    beside, over = context.beside.bureau, context.over.bureau
    same = not (beside and over) or beside.bureaus == over.bureaus
    label = _agreed(beside, over, same=same, clash="ambiguous_bureau") or context.captions.bureau
    if label is None:
        raise Unmeant("no_bureau", context.text)
    then = tuple(code for code in label.bureaus if period is None or codelists.bureau[code].exists(period))
    if not then and period:
        raise Unmeant("bureau_not_then", label.text, _heirs(label.bureaus[0], period, codelists))
    if len(then) > 1:
        raise Unmeant("ambiguous_bureau", label.text, then)
    return then[0]


def _near_bureaus(text: str, codelists: Codelists) -> list[str]:
    from rapidfuzz import process

    names = {name: bureau.code for bureau in codelists.bureaus for name in (bureau.name.ja, *bureau.aliases)}
    return list(dict.fromkeys(names[name] for name, _, _ in process.extract(text, names.keys(), limit=3, score_cutoff=60)))


def _heirs(code: str, period: Period, codelists: Codelists) -> list[str]:
    line = codelists.lineage
    return [bureau.code for bureau in codelists.bureaus if line[bureau.code] == line[code] and bureau.exists(period)]


def _office(meaning: Meaning, context: Context) -> None:
    beside, over = context.beside.office, context.over.office
    label = _agreed(beside, over, same=not (beside and over) or beside.office == over.office, clash="ambiguous_office")
    if label is None:
        label = _first(each for each in context.captions.path if each.office and not each.rest)
    meaning.office = label.office if label else ""


def counts(unit: Unit, measure: Measure) -> bool:
    """Whether a measure is counted in a unit."""
    return unit.name in measure.units or unit.name in (measure.unit_ja, measure.unit)


def _factor(context: Context, measure: Measure | None) -> int:
    own = [context.right] if context.right else [label for label in (context.beside.units, context.over.units) if label]
    if measure is None:
        return own[0].units[0].factor if own else 1
    if own:
        return _own_factor(own, measure)
    for label in context.captions.path:
        fitting = {unit.factor for unit in label.units if counts(unit, measure)}
        if len(fitting) > 1:
            raise Unmeant("ambiguous_unit", label.text)
        if fitting:
            return fitting.pop()
    return 1


def _own_factor(labels: Sequence[Label], measure: Measure) -> int:
    factors = {unit.factor for label in labels for unit in label.units if counts(unit, measure)}
    text = " / ".join(label.text for label in labels)
    if not factors:
        raise Unmeant("unit", text)
    if len(factors) > 1:
        raise Unmeant("ambiguous_unit", text)
    return factors.pop()


def _rest(_meaning: Meaning, context: Context) -> None:
    unknown = context.beside.unknown or context.over.unknown
    if unknown:
        raise Unmeant("not_understood", unknown.text)


def _kind(_meaning: Meaning, context: Context) -> None:
    apart = context.beside.apart or context.over.apart
    if apart:
        raise Unmeant(*apart)


def _future(meaning: Meaning, context: Context) -> None:
    """A month after the one that the report is of holds zeros and copies, not yet figures."""
    if meaning.scenario != "actual" or meaning.period is None or not (context.beside.within or context.over.within):
        return
    label = context.captions.within
    reported = dating.period_of(label.dated) if label and label.dated else None
    if reported and reported.kind == "month" and meaning.period.last.first > reported.last.first:
        raise Unmeant("future", label.text if label else "")
