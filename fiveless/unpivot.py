"""From a grid to figures: each number with the meaning that its headings give it, or the reason why it is set aside."""

from dataclasses import dataclass, replace
from decimal import Decimal

from fiveless.grid import Grid, address
from fiveless.labels import Label, Lexicon
from fiveless.layout import Layout, Located, Path, locate
from fiveless.meaning import Context, Meaning, Meanings, counts
from fiveless.notation import Unit
from fiveless.structure import Measure


@dataclass(slots=True)
class Figure:
    """A number with its meaning, its value in the measure's unit, and in the end its fate; `reason` tells why it is set aside."""

    located: Located
    meaning: Meaning
    value: Decimal
    sheet: str
    of_summary: bool = False
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
    """A sheet's figures, and with its layout the numbers that are headings or no figures."""

    name: str
    figures: list[Figure]
    layout: Layout


def unpivot(grid: Grid, lexicon: Lexicon, file_label: Label, cover: Label | None = None) -> Sheet:
    """All numbers of a sheet with their meanings. `file_label` is what the file's name says, `cover` what its cover sheet does."""
    layout = locate(grid, lexicon)
    title = lexicon.read(grid.name)
    names = (_named(title), cover or Label(""), _named(_name_only(file_label)))
    dated = {located.table for located in layout.located if any(label.dated for label in located.heads)}
    mixed = {located.table[0] for located in layout.located if any(label.scenario or label.shift for label in located.heads)}
    meanings = Meanings(lexicon)
    captions: dict[int, Path] = {}
    figures = []
    for located in layout.located:
        above = captions.setdefault(id(located.captions), (*located.captions, *names))
        beside, over = meanings.said(located.beside), meanings.said(located.over)
        undated = located.table in dated and not any(label.dated or label.yearly for label in located.heads)
        context = Context(beside, over, located.right, meanings.said(above), located.table[0] in mixed, undated)
        figures.append(_figure(located, meanings.of(context), grid, title, lexicon))
    return Sheet(grid.name, figures, layout)


def _named(label: Label) -> Label:
    """The name of a sheet or file, in which a bureau's short name is enough."""
    return replace(label, bureaus=label.alias, alias=()) if label.alias and not label.bureaus else label


def _name_only(file_label: Label) -> Label:
    """Of a file's name, whose and of when its figures are; words such as 目標 may be there for many reasons."""
    return replace(file_label, scenario=None, basis=None, shift=None, status=None)


def _figure(located: Located, meaning: Meaning, grid: Grid, title: Label, lexicon: Lexicon) -> Figure:
    number = located.number
    value = number.value * meaning.factor
    figure = Figure(located, meaning, value, grid.name, of_summary=bool(title.aggregate), reason=meaning.reason)
    if number.unit and meaning.measure and not meaning.reason:
        _use_own_unit(figure, number.unit, lexicon.codelists.measure[meaning.measure])
    if not figure.reason and figure.value != int(figure.value):
        figure.reason = "fraction"
    if number.about and meaning.status == "normal":
        figure.meaning = replace(meaning, status="estimated")
    if not figure.reason:
        figure.reason = "memo" if title.memo else _seen(located, grid)
    return figure


def _use_own_unit(figure: Figure, unit: Unit, measure: Measure) -> None:
    """A unit written in the cell itself stands before any in the headings."""
    if not counts(unit, measure):
        figure.reason = "unit"
        figure.meaning = replace(figure.meaning, about=unit.name)
    figure.value = figure.located.number.value * unit.factor


def _seen(located: Located, grid: Grid) -> str:
    """Why a number is set aside for what it is or how it is shown; else empty."""
    row, column = located.number.row, located.number.column
    if located.number.percent:
        return "derived"
    if located.number.value < 0:
        return "negative"
    if (row, column) in grid.scaled:
        return "scaled"
    if grid.hidden or row in grid.hidden_rows or column in grid.hidden_columns:
        return "hidden"
    return "struck" if (row, column) in grid.struck else ""
