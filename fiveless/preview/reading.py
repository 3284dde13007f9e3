"""What a label by itself was read as."""

from collections.abc import Iterator, Sequence

from fiveless import dating
from fiveless.labels import Label
from fiveless.language import Words
from fiveless.preview.places import Part
from fiveless.preview.wording import AGGREGATES, BASES, DIMENSIONS, SCENARIOS, STATUSES
from fiveless.structure import LESS_NAMES, Codelists

_PART = Words("内訳（うち）", "a part of another figure")
_MEMO = Words("再掲・参考", "repeated or illustrative")
_DERIVED = Words("率・差などの計算値", "rate or difference")


def read_as(label: Label, codelists: Codelists) -> Iterator[Part]:
    """What a text was read as, facet by facet."""
    if label.note:
        return
    for facet, names, code in (
        ("dimension", DIMENSIONS, label.dimension),
        ("less", LESS_NAMES, label.less),
        ("basis", BASES, label.basis),
        ("scenario", SCENARIOS, label.scenario),
        ("status", STATUSES, label.status),
        ("aggregate", AGGREGATES, label.aggregate),
    ):
        if code in names:
            yield Part(facet, names[str(code)], str(code))
    yield from _named(label, codelists)
    for flag, words in ((label.part, _PART), (label.memo, _MEMO), (label.derived, _DERIVED)):
        if flag:
            yield Part("apart", words)


def _named(label: Label, codelists: Codelists) -> Iterator[Part]:
    if label.names_measure:
        yield Part("counted", _counted(label, codelists), " ".join(sorted(label.measures or label.concepts)))
    if label.dated:
        yield Part("period", _dated(label))
    codes = label.bureaus or label.alias
    if codes:
        yield Part("bureau", _joined([codelists.bureau[code].name for code in codes]), " ".join(codes))
    if label.office:
        yield Part("office", Words(label.office, label.office), label.office)
    if label.units:
        units = "・".join(unit.name + (f" ×{unit.factor:,}" if unit.factor != 1 else "") for unit in label.units)
        yield Part("unit", Words(units, units))


def _counted(label: Label, codelists: Codelists) -> Words:
    """The measures, or the notions, that a label names, in the words of the codelists."""
    if label.measures:
        return _joined([codelists.measure[code].name for code in sorted(label.measures)])
    return _joined([_notion(concept, codelists) for concept in sorted(label.concepts)])


def _notion(concept: str, codelists: Codelists) -> Words:
    texts = [word.text for word in codelists.words if word.kind == "concept" and word.value == concept]
    ja = next((text for text in texts if not text.isascii()), concept)
    return Words(ja, next((text for text in texts if text.isascii()), concept.lower()))


def _joined(names: Sequence[Words]) -> Words:
    return Words("・".join(name.ja for name in names), ", ".join(name.en for name in names))


def _dated(label: Label) -> Words:
    """The time that a label names, as far as it does."""
    period = dating.period_of(label.dated) if label.dated else None
    if period:
        return Words(period.label("ja"), period.label("en"))
    return Words(f"{label.text}（年は別の所から）", f"{label.text} (its year stands elsewhere)")
