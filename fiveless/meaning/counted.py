"""Which measure labels name: their concepts together, with the least borrowed from the labels around them."""

import re
from collections.abc import Sequence

from fiveless.labels import Label, pure_less
from fiveless.meaning.said import Context, Unmeant
from fiveless.structure import Codelists

_Around = tuple[frozenset[str], frozenset[str]]
_IMPLIED = {"fax": "FAX", "seal": "SEAL"}
_WHOLE = re.compile("総数|全数|全体|総件数|全件数")


class Measures:
    """Finds the one measure that labels name."""

    def __init__(self, codelists: Codelists) -> None:
        self._measures = codelists.measures
        self._explained = {measure.code: measure.allowed.union(*measure.concepts) for measure in codelists.measures}

    def named(self, context: Context) -> str:
        """The measure's code; Unmeant where none or several are named."""
        _refuse_whole_of_drive(context)
        block = self._of_block(context)
        labels = [label for label in self._labels(context) if label is not block]
        if block is None:
            self._refuse_two(context)
        direct = {code for label in labels for code in label.measures}
        if direct:
            return self._only(direct, labels)
        concepts = frozenset(concept for label in labels for concept in label.concepts)
        own = context.beside.concepts | context.over.concepts
        units = {unit.name for label in (context.right, context.beside.units, context.over.units) if label for unit in label.units}
        less = self._less(context)
        flow = context.beside.flow or context.over.flow or any(label.flow for label in labels)
        around = own, own | context.captions.concepts
        found = self._match(concepts, around, less, units, flow=flow)
        nearer = context.beside.less or context.over.less
        if not found and (nearer is None or context.beside.counted or context.over.counted):
            found = self._match(concepts, around, None, units, flow=flow)
        return self._only(found, labels)

    def _of_block(self, context: Context) -> Label | None:
        """押印廃止 over a block is its title: 押印対象手続数 beside a number names alone what is counted."""
        beside, over = context.beside.counted, context.over.counted
        if not (beside and over and over.of_block):
            return None
        concepts = beside.concepts
        whole = any(concepts >= wanted and concepts <= self._explained[each.code] for each in self._measures for wanted in each.concepts)
        return over if whole or beside.measures else None

    def _refuse_two(self, context: Context) -> None:
        """FAX送信 beside a number and FAX受信 over it are two measures, not both together."""
        beside, over = context.beside.counted, context.over.counted
        if beside and over and beside.concepts and over.concepts:
            each, other, both = (self._alone(concepts) for concepts in (beside.concepts, over.concepts, beside.concepts | over.concepts))
            if each and other and both and both not in (each, other):
                raise Unmeant("ambiguous_measure", f"{beside.text} / {over.text}", sorted(each | other))

    def _alone(self, concepts: frozenset[str]) -> frozenset[str]:
        """The one measure that some concepts name without any borrowed; empty for none or several."""
        found = {measure.code for measure in self._measures if any(wanted == concepts for wanted in measure.concepts)}
        return frozenset(found) if len(found) == 1 else frozenset()

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
            unknown = context.over.unknown or context.beside.unknown
            raise Unmeant(
                "no_measure",
                unknown.text if unknown else context.text,
                [measure.code for measure in self._measures if measure.less == less],
            )
        if (
            caption.memo
            or (caption.derived and not (caption.document or context.rated))
            or caption.narrowed
            or (caption.part and caption.rest)
        ):
            raise Unmeant("no_measure", caption.text)
        return [caption, *(label for said in (context.beside, context.over) if (label := said.less) and pure_less(label))]

    def _less(self, context: Context) -> str | None:
        label = context.beside.less or context.over.less or context.captions.less
        return label.less if label else None

    def _match(self, concepts: frozenset[str], around: _Around, less: str | None, units: set[str], *, flow: bool) -> set[str]:
        """The measures that the concepts name with the least borrowed from the labels around them, from captions least of all.

        A stock is no count of events (受付件数), and where the name is not whole, what is counted may be something of the stock's.
        """
        own, all_around = around
        costs: dict[str, tuple[int, ...]] = {}
        implied = {_IMPLIED[less]} if less in _IMPLIED else set()
        for measure in self._measures:
            if (less and measure.less != less) or not concepts or not concepts <= self._explained[measure.code]:
                continue
            for wanted in measure.concepts:
                missing = wanted - concepts - implied
                unknown = missing - all_around
                if (less and concepts & wanted) if unknown else not (flow and measure.kind == "stock"):
                    cost = len(unknown), len(missing - own), len(missing), 0 if not units or units & measure.units else 1
                    costs[measure.code] = min(costs.get(measure.code, cost), cost)
        least = min(costs.values(), default=None)
        found = {measure for measure in self._measures if costs.get(measure.code) == least and least is not None}
        return set() if flow and all(measure.kind == "stock" for measure in found) else {measure.code for measure in found}

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


def _refuse_whole_of_drive(context: Context) -> None:
    """総数 under 相談・説明会等のオンライン化, the name of a drive, may be all of them or those held online."""
    for said in (context.beside, context.over):
        counted, nearest = said.counted, said.path[0] if said.path else None
        if counted and nearest and nearest is not counted and counted.text.endswith("化") and _WHOLE.search(nearest.text):
            raise Unmeant("ambiguous_measure", f"{nearest.text} / {counted.text}")
