"""What a run of labels says, facet by facet, the nearest label first."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fiveless.labels import BASES, Label, pure_less
from fiveless.layout import Path
from fiveless.layout.roles import NO_FIGURES

_KINDS_OF_OFFICE = frozenset({"本庁", "本局", "本所", "本部", "事業所", "出先", "出先機関", "出先事業所", "地方事業所"})
_NAMES = 3  # of the sheet, the cover and the file, which `unpivot` puts behind the captions
_GENERAL_AFFAIRS = re.compile(
    r"(?:総務|庶務)課$|総務部$|企画[^部]{0,4}課$|(?:デジタル|DX|ＤＸ|情報)[^部]*課$|(?:(?<!関)係|担当)$|^General Affairs", re.IGNORECASE
)
_NO_COUNT = frozenset({"office", "desk", "bureau", "measure", "any"}) | NO_FIGURES


class Unmeant(Exception):  # noqa: N818 - a way out of nested questions, not an error
    """No single meaning can be given; carries the reason's code, what it is about, and the nearest candidates."""

    def __init__(self, reason: str, about: str = "", candidates: Iterable[str] = ()) -> None:
        super().__init__(reason)
        self.reason = reason
        self.about = about
        self.candidates = tuple(candidates)


class Said:
    """A run of labels, nearest first, with the nearest that speaks of each facet.

    Offices by the thousand have a run each: at once only those facets are looked for that say whose a number is, the rest when asked.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.gist: Said | None = None
        self.bureau: Label | None = None
        self.office: Label | None = None
        self.group: Label | None = None
        self.unknown_bureau: Label | None = None
        for label in reversed(path):
            if label.bureaus:
                self.bureau = label
            if label.office and not (self.office and tells_kind(label) and not tells_kind(self.office)):
                self.office = label
            if label.group:
                self.group = label
            if label.dimension == "unknown_bureau":
                self.unknown_bureau = label
        self.owns = bool(self.bureau or self.office or self.group)

    if not TYPE_CHECKING:  # else no attribute would be checked

        def __getattr__(self, name: str) -> object:
            """Look for the other facets when the first of them is asked for."""
            if name.startswith("_"):
                raise AttributeError(name)
            self._look()
            return object.__getattribute__(self, name)

    def _look(self) -> None:
        path = self.path
        naming = [label for label in path if label.names_measure and not pure_less(label)]
        named = [label for label in naming if not label.noun] or naming
        self.counted = first(label for label in named if not (label.rest and label.far)) or first(named)
        behind = path[: path.index(self.counted)] if self.counted else path
        self.parts = tuple(label for label in behind if pure_less(label)) if self.counted else ()
        self.less = first(label for label in path if label.less)
        self.within = first(label for label in path if label.dated and label.dated.within_year and not label.dated.exact)
        self.day = first(label for label in path if label.dated and label.dated.exact)
        self.dated = tuple(label.dated for label in path if label.dated)
        self.shift = first(label for label in path if label.shift is not None)
        self.shift_dated = _within_shift(path, self.shift)
        self.basis = first(label for label in path if label.basis)
        self.scenario = first(label for label in path if label.scenario)
        self.scenarios = {label.scenario for label in path if label.scenario}
        self.status = first(label for label in path if label.status)
        self.units = first(label for label in path if label.units or label.unclear_unit)
        self.counted_as = first(label for label in path if label.counted and (label.names_measure or label in behind))
        self.flow = any(label.flow for label in path)
        self.yearly = any(label.yearly for label in path) or _is_yearly_goal(path)
        self.aggregate = "" if _is_yearly_goal(path) else next((label.aggregate for label in path if label.aggregate), "")
        self.span = next((label.span for label in path if label.aggregate), "") if self.counted and self.counted.span else ""
        self.of_month = any(label.span == "same" or label.basis == "month" for label in path)
        self.quarterly = any(label.span == "quarter" and label.scenario for label in path)
        self.until = any(label.span == "until" for label in path)
        self.shift_fiscal = any(label.span == "fiscal" for label in path)
        self.span_of_year = next((label.dated for label in path if label.span == "year" and label.dated), None)
        self.shift_of_year = any(label.span == "year" and label.shift and label.yearly for label in path)
        self.concepts = frozenset(concept for label in path for concept in label.concepts)
        self.apart = _set_apart(path)
        self.forecast = first(label for label in path if label.forecast and not label.far)
        self.example = next((("memo", label.text) for label in path[:1] if label.memo and not label.far and not label.names_measure), None)
        dated = any(label.dated and label.dated.year for label in path)
        unclear = [each for each in path if each.rest and each.dimension != "unknown_bureau" and not (dated and _is_base(each))]
        self.unknown = first(each for each in unclear if not (self.office and each.dimension == "area")) or _bare_role(path)
        self.rate = first(label for label in path[:-_NAMES] if not label.far and _is_rate(label))
        self.text = next((label.text for label in path if label.text), "")
        self.names_measure = any(label.names_measure for label in path)
        self.derives = any(label.derived for label in path)
        self.contrasts = any(label.scenario or label.shift for label in path)
        self.of_own_time = self.yearly or any(label.dated for label in path)
        self.cumulative = any(label.basis == "ytd" for label in path)
        self.office_above = first(label for label in path if label.office and not label.rest and not self._is_sender(label))

    def _is_sender(self, label: Label) -> bool:
        """Whether a caption that names a bureau with an office tells who sends the sheet rather than whose figures these are.

        水道局総務課 does where another table stands between, or where sheet, file or title name the bureau without it.
        """
        if not label.bureaus or label.named or label.names_measure:
            return False
        of_all = any(each.bureaus and not each.office for each in self.path)
        return label.far or (of_all and bool(_GENERAL_AFFAIRS.search(label.office)))


def tells_kind(label: Label) -> bool:
    """Whether what a label names as an office (本庁, 出先) tells, beside another, of what kind that is."""
    return label.office in _KINDS_OF_OFFICE


def _is_base(label: Label) -> bool:
    """Whether all that is not clear of a label is which year 基準年度 is."""
    return label.rest in BASES


def _bare_role(path: Path) -> Label | None:
    """A heading that only names a role (事業所) stands over no label: it is itself an office or the like that is not named."""
    return path[0] if path and path[0].dimension in _NO_COUNT else None


def _is_yearly_goal(path: Path) -> bool:
    """目標 over （年間） is the target of the year, as 年間目標 is."""
    alone = any(label.span == "year" and not label.names_measure for label in path)
    return alone and any(label.names_goal for label in path)


def _within_shift(path: Path, shift: Label | None) -> Label | None:
    """A date told for 前月 or 前年同月, with it or nearer: （R4.8末） below 前月末."""
    return first(label for label in path[: path.index(shift) + 1] if label.dated) if shift else None


def _is_rate(label: Label) -> bool:
    """A caption line of its own that says 対前年比 or （単位：％）."""
    per_cent = bool(label.units) and all(unit.name == "%" for unit in label.units)
    return per_cent or (label.derived and not (label.names_measure or label.rest or label.document))


def first(labels: Iterable[Label]) -> Label | None:
    """The first label, if there is one."""
    return next(iter(labels), None)


def _set_apart(path: Path) -> tuple[str, str] | None:
    """Why headings keep a number from being a count of its own, and in which words.

    前年度との比較 over a number compares two; over 本年度 or 前年度 it only heads what is to be compared.
    """
    told = False
    for label in path:
        reason = _apart(label) or ("derived" if label.compared and not told else "")
        if reason:
            return reason, label.text
        told = told or bool(label.dated or label.shift is not None or label.scenario)
    return None


def _apart(label: Label) -> str:
    """Why a heading keeps a number from being a count of its own: it is derived from others, repeats them, or is a part of one."""
    if label.derived:
        return "derived"
    if label.forecast:
        return "forecast"
    if label.memo:
        return "memo"
    return "part" if label.part and (label.rest or not (label.names_measure or label.office)) else ""


@dataclass(slots=True)
class Context:
    """What may be asked for a meaning: labels beside and over the number, a unit to its right, then captions, sheet and file name.

    `mixed` tells that other headings of the table name a scenario: one without then means actuals, whatever the title says.
    `rated` tells that others of its headings name rates or differences: one without then means counts.
    `parted` tells that its headings name several parts of a year: a year alone is then a whole one.
    `undated` tells that others are dated and this one is not: the title's date is then not its own.
    """

    beside: Said
    over: Said
    right: Label | None
    captions: Said
    mixed: bool = False
    undated: bool = False
    rated: bool = False
    parted: bool = False

    def beside_of(self, beside: Said) -> "Context":
        """The same with other labels beside it."""
        return Context(beside, self.over, self.right, self.captions, self.mixed, self.undated, self.rated, self.parted)

    @property
    def yearly(self) -> bool:
        """Whether a heading of either axis is of a whole year, as 年間目標 is, or the caption that names a goal of undated figures."""
        if self.beside.yearly or self.over.yearly:
            return True
        goal = self.captions.scenario
        told = self.mixed or any(said.scenario or said.dated for said in (self.beside, self.over))
        return bool(goal and goal.yearly and goal.names_goal and not (goal.far or told))

    @property
    def cumulative(self) -> bool:
        """Whether a heading of either axis says 累計."""
        return bool(self.beside.cumulative or self.over.cumulative)

    @property
    def text(self) -> str:
        """The nearest heading, to name the number by."""
        return self.beside.text or self.over.text


def agreed(beside: Label | None, over: Label | None, *, same: bool, clash: str) -> Label | None:
    """The label of either axis; the two must not contradict each other."""
    if beside and over and not same:
        raise Unmeant(clash, f"{beside.text} / {over.text}")
    return beside or over
