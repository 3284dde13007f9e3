"""Why a cell is what it is: each part of its meaning with the labels that gave it, what it was checked against, what is missing."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from fiveless import notation
from fiveless.checks import set_aside
from fiveless.figures import amount, plural
from fiveless.finding import Finding
from fiveless.grid import address
from fiveless.labels import Label
from fiveless.language import Words
from fiveless.meaning.facts import Meaning
from fiveless.meaning.sources import Source
from fiveless.preview.picture import Drawn, Picture
from fiveless.preview.places import Part, Place, Spot
from fiveless.preview.reading import read_as
from fiveless.preview.sums import Sum, Sums, ranges
from fiveless.preview.wording import AGGREGATES, BASES, FACETS, MARKS, SCENARIOS, STATUSES
from fiveless.structure import Codelists, Measure

_FAILED: Mapping[str, str] = {
    **dict.fromkeys(("N01", "N02"), "measure"),
    **dict.fromkeys(("N03", "N04", "N05", "N24"), "period"),
    **dict.fromkeys(("N06", "N07", "N08", "N09"), "bureau"),
    "N10": "office",
    **dict.fromkeys(("N11", "N12"), "unit"),
    **dict.fromkeys(("N13", "N14"), "basis"),
    "N15": "scenario",
}
_UNKNOWN = Words("分からない", "not known")
_EMPTY = Words("空のセルです。", "An empty cell.")
_HIDDEN = Words("非表示の行・列・シートにあります。", "It stands on a hidden row, column or sheet.")
_ADDED_UP = Words(
    "このファイルのほかの数値を合計したものなので、二重には数えません。", "It adds up other figures of this file and is not counted twice."
)
_STRUCK = Words("取り消し線が引かれています。", "It is struck out.")
_NOT_USED = Words("この文を使った数値はありません。", "No number uses it.")
_NOTE = Words("文や注記なので、数値の意味には使いません。", "A sentence or note; it gives no number its meaning.")
_NO_FIGURE = Words("数値でも見出しでもありません。", "Neither a number nor a heading.")
_ALONE = Words(
    "合計ですが、その内訳は観測値でないか書かれていないので、この数値を採用しました。",
    "A total, taken itself: its parts are no observations or are not given.",
)
_PRESUMED = Words("隣の行の和に等しいので、合計とみなしました。", "It equals the sum of the rows next to it and was taken for their total.")


@dataclass(frozen=True, slots=True)
class Why:
    """The explanation of one cell; `code` is that of the finding that tells why a number is set aside."""

    file: str
    sheet: str
    cell: Drawn
    fate: str
    code: str
    says: tuple[Words, ...]
    mend: tuple[Words, ...]
    parts: tuple[Part, ...]


class Reasons:
    """Explains the cells of one sheet."""

    def __init__(self, picture: Picture, sums: Sums, codelists: Codelists) -> None:
        self._picture = picture
        self._sheet = picture.sheet
        self._places = picture.places
        self._sums = sums
        self._codelists = codelists

    def of(self, place: Place) -> Why:
        """Why a cell is what it is."""
        picture = self._picture
        drawn = picture.at(place)
        place = drawn.row, drawn.column
        fate, code = picture.fates.get(place, ("", ""))
        index = picture.figures.get(place)
        findings = picture.findings.get(drawn.cell, [])
        if fate == "set_aside" and not any(each.code == code for each in findings):
            findings = [self._told(index, code, drawn.cell), *findings]
        said = [*self._of_number(index, fate, findings)] if index is not None else [*self._of_other(place, drawn, findings)]
        says = [*(_words(each.says("ja"), each.says("en")) for each in findings), *said, *self._shown_otherwise(place, drawn, code)]
        mend = [_words(each.mend("ja"), each.mend("en")) for each in findings if each.severity != "note"]
        label = picture.label(place)
        parts = self._parts(index, code) if index is not None else read_as(label, self._codelists) if label else ()
        return Why(
            picture.reading.file, picture.name, drawn, fate, code, tuple(dict.fromkeys(says)), tuple(dict.fromkeys(mend)), tuple(parts)
        )

    def _told(self, index: int | None, code: str, cell: str) -> Finding:
        file = self._picture.reading.file
        if index is None:
            return Finding(code, file, self._picture.name, cell)
        return set_aside(self._sheet, index, code, file, self._codelists.measure)

    def _shown_otherwise(self, place: Place, drawn: Drawn, code: str) -> Iterator[Words]:
        if drawn.rows * drawn.columns > 1:
            last = address(drawn.row + drawn.rows - 1, drawn.column + drawn.columns - 1)
            yield Words("{cells} に結合されています。", "Merged over {cells}.").filled(cells=f"{drawn.cell}:{last}")
        if drawn.hidden and code != "H01":
            yield _HIDDEN
        if place in self._sheet.grid.struck and code != "H02":
            yield _STRUCK

    # Numbers ----------------------------------------------------------------------------------------------------------

    def _of_number(self, index: int, fate: str, findings: Iterable[Finding]) -> Iterator[Words]:
        meaning = self._places.meaning(self._sheet, index)
        if fate == "taken":
            yield self._taken(index, meaning)
            if meaning.aggregate:
                yield _ALONE
        elif fate == "check":
            yield from self._checked(index, {each.code for each in findings})
        remark = self._sheet.layout.runs[int(self._sheet.figures.run[index])].beside.remark
        if remark:
            yield Words("備考：{remark}", "Remark: {remark}").filled(remark=remark)

    def _taken(self, index: int, meaning: Meaning) -> Words:
        measure = self._codelists.measure[meaning.measure]
        said = Words("{value} {unit}として採用しました。", "Taken as {value} {unit}.")
        value = self._sheet.value(index)
        return said.filled(value=amount(value), unit=_unit(measure, value))

    def _checked(self, index: int, codes: set[str]) -> Iterator[Words]:
        if "T02" in codes:
            yield from map(_summed, self._sums.presumed(self._sheet, index))
            return
        sums = self._sums.of(self._sheet, index)
        yield from map(_summed, sums)
        if not sums:
            others = [self._named(sheet.name, place) for sheet, place in self._sums.same(self._sheet, index)]
            said = Words("同じ数値の再記載です（{others}）。", "The same figure is stated in {others} too.") if others else _ADDED_UP
            yield said.filled(others=", ".join(others[:3]) + (", …" if len(others) > 3 else ""))

    def _named(self, sheet: str, place: Place) -> str:
        return address(*place) if sheet == self._picture.name else f"{sheet}!{address(*place)}"

    def _parts(self, index: int, code: str) -> Iterator[Part]:
        """What is known of a number, part by part, with the labels that say so; what is not known too."""
        meaning = self._places.meaning(self._sheet, index)
        measure = self._codelists.measure.get(meaning.measure)
        bureau = self._codelists.bureau.get(meaning.bureau)
        failed = _FAILED.get(code, "")
        period = meaning.period
        values: dict[str, tuple[Words | None, str]] = {
            "measure": (measure.name if measure else None, meaning.measure),
            "bureau": (bureau.name if bureau else None, meaning.bureau),
            "office": (_words(meaning.office) if meaning.office else None, meaning.office),
            "period": (Words(period.label("ja"), period.label("en")) if period else None, period.code if period else ""),
            "basis": (BASES[meaning.basis] if period and measure else None, meaning.basis),
            "scenario": (SCENARIOS[meaning.scenario], meaning.scenario),
            "unit": (_unit_said(measure, self._factor(index, meaning)) if measure else None, measure.unit if measure else ""),
            "status": (STATUSES[meaning.status] if meaning.status != "normal" else None, meaning.status),
            "aggregate": (AGGREGATES[meaning.aggregate_beside or meaning.aggregate_over] if meaning.aggregate else None, ""),
        }
        for facet, (value, own) in values.items():
            if facet == failed or (value is None and code and facet in ("measure", "bureau", "period")):
                yield Part(facet, _UNKNOWN, "", self._spots(index, facet))
            elif value is not None:
                spots = self._spots(index, facet)
                yield Part(facet, value, own, spots, None if spots else _default(facet, measure))
        yield from self._hindering(index, code)

    def _hindering(self, index: int, code: str) -> Iterator[Part]:
        """The headings that keep a number from being taken: those not understood, or that say 率, 再掲, うち."""
        for facet, codes in (("unknown", ("N16",)), ("apart", ("N17", "N18", "N19", "N30"))):
            for spot in self._spots(index, facet) if code in codes else ():
                yield Part(facet, _words(spot.text), "", (spot,))
        void = self._sheet.layout.sheet.void.get(int(self._sheet.row[index])) if code == "N31" else None
        if void:
            text = self._picture.at(void).shown
            yield Part("apart", _words(text), "", (Spot(text, "beside", self._picture.name, void),))

    def _factor(self, index: int, meaning: Meaning) -> int:
        return self._sheet.figures.factors.get(index) or meaning.factor

    def _spots(self, index: int, facet: str) -> tuple[Spot, ...]:
        """Where a part was read: a month and its year may stand apart, and 前年同月 moves both."""
        facets = ("period", "shift") if facet == "period" else (facet,)
        found: list[Spot] = []
        for source in self._places.sources(self._sheet, index):
            if source.facet in facets:
                found += [self._places.where(self._sheet, index, source), *self._years(index, source)]
        return tuple(dict.fromkeys(found))

    def _years(self, index: int, source: Source) -> list[Spot]:
        year = self._places.year_of(self._sheet, index, source) if source.facet == "period" else None
        return [year] if year else []

    # Labels and all else ----------------------------------------------------------------------------------------------

    def _of_other(self, place: Place, drawn: Drawn, findings: Iterable[Finding]) -> Iterator[Words]:
        label = self._picture.label(place)
        if label is not None:
            yield from self._of_label(place, label)
        elif drawn.kind == "empty":
            yield _EMPTY
        elif not list(findings):
            mark = notation.mark(drawn.shown)
            yield (
                Words("「{mark}」は{meaning}の印です。", "«{mark}» means: {meaning}.").filled(mark=drawn.shown, meaning=MARKS[mark])
                if mark
                else _NO_FIGURE
            )

    def _of_label(self, place: Place, label: Label) -> Iterator[Words]:
        uses = self._uses.get(place, {})
        if label.note:
            yield _NOTE
        elif not uses:
            yield _NOT_USED
        for cells, facets in _by_cells(uses):
            said = Words("{facets}として {n} 個の数値に使いました（{cells}）。", "Used as {facets} of {n} numbers ({cells}).")
            names = Words("・".join(FACETS[each].ja for each in facets), ", ".join(FACETS[each].en for each in facets))
            yield said.filled(facets=names, n=len(cells), cells=ranges(cells))
        asked = self._picture.unread.get(place)
        if asked:
            says = Words("このため保留になった数値があります：{why}", "Because of it numbers are set aside: {why}")
            yield says.filled(why=_words(asked.says("ja"), asked.says("en")))
        if label.rest and not uses and not label.note:
            yield Words("「{rest}」の部分は分かりませんでした。", "«{rest}» was not understood.").filled(rest=label.rest)

    @cached_property
    def _uses(self) -> dict[Place, dict[str, list[Place]]]:
        """Place of a label → facet → the numbers to which it gave it."""
        found: dict[Place, dict[str, list[Place]]] = {}
        for number, index in self._picture.figures.items():
            for source in self._places.sources(self._sheet, index):
                facet = "period" if source.facet == "shift" else source.facet
                spots = [self._places.where(self._sheet, index, source), *self._years(index, source)] if facet in FACETS else []
                for spot in spots:
                    if spot.place and spot.sheet == self._picture.name:
                        numbers = found.setdefault(spot.place, {}).setdefault(facet, [])
                        if number not in numbers[-1:]:
                            numbers.append(number)
        return found


def _words(ja: str, en: str = "") -> Words:
    return Words(ja, en or ja)


def _unit(measure: Measure, value: Decimal) -> Words:
    return Words(measure.unit_ja, measure.unit if value == 1 else plural(measure.unit))


def _unit_said(measure: Measure, factor: int) -> Words:
    times = f" ×{factor:,}" if factor != 1 else ""
    return Words(measure.unit_ja + times, plural(measure.unit) + times)


def _default(facet: str, measure: Measure | None) -> Words | None:
    """Why a part has its value though no label says so."""
    if facet == "scenario":
        return Words("目標・計画と書かれていないため", "nothing says target or plan")
    if facet == "basis" and measure:
        return (
            Words("ある時点の数のため", "it counts what exists at a time")
            if measure.kind == "stock"
            else Words("累計と書かれていないため", "nothing says cumulative")
        )
    return Words("単位の記載がないため", "no unit is stated") if facet == "unit" else None


def _summed(each: Sum) -> Words:
    if not each.agrees:
        return Words("内訳は {cells} です。", "Its parts are {cells}.").filled(cells=ranges(each.places))
    said = Words("{cells} の和 {total} と一致します{but}。", "It is the sum of {cells}, {total}{but}.")
    but = Words("（単位を除けば）", " (if its unit is left aside)") if each.as_it_stands else Words("", "")
    return said.filled(cells=ranges(each.places), total=amount(each.total), but=but)


def _by_cells(uses: Mapping[str, list[Place]]) -> Iterator[tuple[tuple[Place, ...], list[str]]]:
    """The facets that a label gave to the same numbers together."""
    facets: dict[tuple[Place, ...], list[str]] = {}
    for facet, cells in uses.items():
        facets.setdefault(tuple(cells), []).append(facet)
    yield from facets.items()
