"""Which labels gave each part of a number's meaning: asked for one number at a time, when a person wants to know."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from fiveless.labels import Label
from fiveless.meaning.facts import Meaning
from fiveless.meaning.said import Context, Said, first
from fiveless.structure import Measure

Axis = Literal["beside", "over", "right", "captions"]
Facet = Literal["measure", "period", "shift", "basis", "scenario", "status", "bureau", "office", "unit", "aggregate", "apart", "unknown"]


@dataclass(frozen=True, slots=True)
class Source:
    """A label that gave a part of a meaning; `axis` tells where it stands as the number sees it, `place` how near (0 is nearest)."""

    facet: Facet
    axis: Axis
    place: int
    label: Label


def sources(context: Context, meaning: Meaning, measure: Measure | None) -> list[Source]:
    """The labels that gave a meaning or, where a part of it failed, those that were asked; each once a facet, nearest first."""
    found: list[Source] = []
    for facet, label in (
        *(("measure", each) for each in _measure(context, measure)),
        *(("period", each) for each in _period(context)),
        *(("shift", each) for each in _own_or_caption(context, "shift", mixed=context.mixed) if each.shift),
        *(("basis", each) for each in _own_or_caption(context, "basis")),
        *(("scenario", each) for each in _own_or_caption(context, "scenario", mixed=context.mixed)),
        *(("status", each) for each in (context.beside.status or context.over.status or context.captions.status,) if each),
        *(("bureau", each) for each in _bureau(context)),
        *(("office", each) for each in _office(context, meaning)),
        *(("unit", each) for each in _unit(context, meaning)),
        *(("aggregate", each) for said in (context.beside, context.over) if (each := first(a for a in said.path if a.aggregate))),
        *(("apart", each) for each in _apart(context)),
        *(("unknown", each) for said in (context.beside, context.over) if (each := said.unknown)),
    ):
        axis, place = _placed(context, label)
        source = Source(facet, axis, place, label)  # type: ignore[arg-type]  # the facets are those above
        if source not in found:
            found.append(source)
    return found


def _placed(context: Context, label: Label) -> tuple[Axis, int]:
    if label is context.right:
        return "right", 0
    paths: tuple[tuple[Axis, Said], ...] = (("beside", context.beside), ("over", context.over), ("captions", context.captions))
    return next((axis, said.path.index(label)) for axis, said in paths if label in said.path)


def _own(context: Context, facet: str) -> list[Label]:
    """The labels of the row and of the column that speak of a facet."""
    return [label for said in (context.beside, context.over) if (label := getattr(said, facet))]


def _own_or_caption(context: Context, facet: str, *, mixed: bool = False) -> list[Label]:
    caption = getattr(context.captions, facet)
    return _own(context, facet) or ([caption] if caption and not mixed else [])


def _measure(context: Context, measure: Measure | None) -> Iterator[Label]:
    """What is counted, then the labels around that lend what is missing to a measure's name, and the one that names which of the five.

    Where no label says what is counted, those that are not understood: one of them may be meant to.
    """
    counted = _own(context, "counted")
    named = [*counted, *context.beside.parts, *context.over.parts] or [label for label in (context.captions.counted,) if label]
    yield from named or ([] if measure else _own(context, "unknown"))
    if measure and named and not any(label.measures for label in named):
        concepts = frozenset(concept for label in named for concept in label.concepts)
        wanted = min(measure.concepts, key=lambda each: len(each - concepts), default=frozenset[str]())
        for concept in sorted(wanted - concepts):
            yield from _nearest(context, lambda label, concept=concept: concept in label.concepts)  # type: ignore[misc]  # a default binds it
    yield from (label for label in _nearest(context, lambda label: label.less is not None) if label not in named)


def _nearest(context: Context, fits: Callable[[Label], bool]) -> list[Label]:
    said = (context.beside, context.over, context.captions)
    label = first(label for each in said for label in each.path if fits(label))
    return [label] if label else []


def _period(context: Context) -> Iterator[Label]:
    """The month (or year) of a heading, then the label that gives its year; else the title."""
    within = _own(context, "within")
    dated = [label for said in (context.beside, context.over) for label in said.path if label.dated and label.dated.year]
    captions = [label for label in context.captions.path if label.dated]
    if within:
        yield from within
        if not any(label.dated and label.dated.year for label in within):
            yield from [label for label in (*dated, *captions) if label.dated and label.dated.year][:1]
    elif dated:
        yield from dated
    else:
        title = first(label for label in captions if label.dated and label.dated.within_year) or first(captions)
        yield from [title] if title else []
        if title and title.dated and not title.dated.year:
            yield from [label for label in captions if label.dated and label.dated.year][:1]


def _bureau(context: Context) -> list[Label]:
    unknown = context.beside.unknown_bureau
    return [unknown] if unknown else _own_or_caption(context, "bureau")


def _office(context: Context, meaning: Meaning) -> list[Label]:
    """The office of a heading, else that of a caption if it is the figure's, or may be."""
    own = _own(context, "office")
    group = context.beside.group or context.over.group
    if not own and group and not _own(context, "bureau"):
        return [group]
    above = context.captions.office_above
    return own or ([above] if above and (meaning.office == above.office or meaning.reason == "ambiguous_office") else [])


def _unit(context: Context, meaning: Meaning) -> list[Label]:
    own = [context.right] if context.right else _own(context, "units")
    noun = context.over.counted_as or context.beside.counted_as
    if own or (noun and meaning.reason == "unit"):
        return own or [label for label in (noun,) if label]
    return [label for label in context.captions.path if label.units or label.unclear_unit][:1]


def _apart(context: Context) -> list[Label]:
    """What keeps a number from being a count of its own: 再掲, うち, 率."""
    text = next((each[1] for each in (context.beside.apart, context.over.apart, context.captions.example) if each), "")
    own = first(label for said in (context.beside, context.over, context.captions) for label in said.path if text and label.text == text)
    return [label for label in (own or context.captions.rate or context.captions.forecast,) if label]
