"""From a grid to figures: each number with the meaning that its headings give it, or the reason why it is set aside.

The figures of a sheet are columns (arrays), one entry a number in the order of the rows, for numbers come by the million.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cache, cached_property
from itertools import chain
from operator import itemgetter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fiveless.dating import period_of
from fiveless.grid import Grid, address
from fiveless.labels import Label, Lexicon
from fiveless.layout import Layout, Number, Path, Run, locate
from fiveless.layout.roles import named
from fiveless.meaning import BUREAU, OFFICE, Context, Meaning, Meanings, Said, counts, meanings
from fiveless.meaning.facts import REASON
from fiveless.structure import SheetLayout

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
Floats = NDArray[np.float64]


@dataclass
class Figures:
    """The numbers of one sheet: their run (its place in `Layout.runs`), column, the number as it stands, and in the measure's unit.

    `meaning` is the place in `Meanings.known`, `bureau` and `office` are places in `bureaus` and `offices`. `reason` tells why a number is
    set aside (a place in `facts.REASON_NAMES`). `written` holds those that are no plain whole numbers, `units` a unit in the cell that
    does not fit, `about` those that say 約.
    """

    run: Ints
    column: Ints
    stands: Floats
    value: Floats
    meaning: Ints
    bureau: Ints
    office: Ints
    reason: Ints
    bureaus: list[str]
    offices: list[str]
    written: dict[int, Number] = field(default_factory=dict)
    factors: dict[int, int] = field(default_factory=dict)
    units: dict[int, str] = field(default_factory=dict)
    about: set[int] = field(default_factory=set)


class Sheet:
    """A sheet's figures, and with its layout the numbers that are headings or no figures."""

    def __init__(self, grid: Grid, title: Label, layout: Layout, contexts: "_Contexts", figures: Figures) -> None:
        self.grid = grid
        self.of_summary = bool(title.aggregate)
        self.layout = layout
        self.figures = figures
        self.meanings = contexts.meanings
        self._contexts = contexts

    @property
    def name(self) -> str:
        """The sheet's name."""
        return self.grid.name

    @cached_property
    def facts(self) -> NDArray[Any]:
        """What is known of the meaning of each figure: rows of `Facts.table`."""
        return self.meanings.facts.table[self.figures.meaning]

    @cached_property
    def row(self) -> Ints:
        """The row of each figure."""
        return self.of_runs(lambda run: run.row)

    @cached_property
    def beside_column(self) -> Ints:
        """The column of the first heading beside each figure, -1 for none: figures with one are of one line of a table."""
        return self.of_runs(lambda run: run.beside.column)

    @cached_property
    def heading_row(self) -> Ints:
        """The row of the nearest heading over each figure, -1 for none: figures with one are of one table."""
        return self._of_overs([[over.row for over in each] for each in self._contexts.overs])

    @cached_property
    def names_bureau(self) -> Flags:
        """Whether a heading beside or over a figure names its bureau."""
        over = [[bool(self.meanings.said(over.path).bureau) for over in each] for each in self._contexts.overs]
        beside = np.array([said.bureau is not None for said in self._contexts.beside], dtype=bool)[self.figures.run]
        return beside | self._of_overs(over).astype(bool) if any(map(any, over)) else beside

    def of_runs(self, ask: Callable[[Run], int]) -> Ints:
        """What each run says, for each of its figures."""
        return np.array([ask(run) for run in self.layout.runs], dtype=np.int64)[self.figures.run]

    def _of_overs(self, wide: Sequence[Sequence[int]]) -> Ints:
        if not wide:
            return np.zeros(0, dtype=np.int64)
        return np.array(wide, dtype=np.int64)[self._contexts.over_number[self.figures.run], self.figures.column]

    def cell(self, index: int) -> str:
        """The A1 address of a figure."""
        return address(int(self.row[index]), int(self.figures.column[index]))

    def stands(self, index: int) -> Decimal:
        """The number as it stands, exactly."""
        written = self.figures.written.get(index)
        return written.value if written else Decimal(int(self.figures.stands[index]))

    def value(self, index: int) -> Decimal:
        """The number in the measure's unit, exactly."""
        factor = self.figures.factors.get(index) or self.meanings.known[self.figures.meaning[index]].factor
        return self.stands(index) * factor

    def context(self, index: int) -> Context:
        """What was asked for the meaning of a figure."""
        return self._contexts.of(int(self.figures.run[index]), int(self.figures.column[index]))

    def explained(self, index: int) -> Meaning:
        """The whole meaning of a figure, with the words of what hinders it."""
        figures = self.figures
        meaning = self.meanings.of(self.context(index))
        return replace(meaning, about=figures.units[index]) if index in figures.units else meaning


def unpivot(grid: Grid, lexicon: Lexicon, file_label: Label, cover: Label | None = None, told: Sequence[SheetLayout] = ()) -> Sheet:
    """All numbers of a sheet with their meanings.

    `file_label` is what the file's name says, `cover` what its cover sheet does, `told` what layout files say of the sheet.
    """
    layout = locate(grid, lexicon, told)
    title = lexicon.read(grid.name)
    said = [lexicon.read(each.says) for each in told if each.says]
    of_file = _less_first_month(_name_only(file_label), layout)
    of_sheet = of_file if title is file_label else title  # a CSV's sheet bears the name of its file
    aside = _with_reported(cover or _SILENT, layout.sheet.labels.values(), of_file)
    names = (*map(named, map(_named, said)), _named(of_sheet), aside, _named(of_file))
    contexts = _Contexts(layout, meanings(lexicon), names)
    figures = _Gathering(layout, contexts).figures()
    _use_what_is_written(figures, contexts.meanings)
    _set_aside_what_is_shown_otherwise(figures, layout, grid, memo=title.memo)
    return Sheet(grid, title, layout, contexts, figures)


_SILENT = Label("")


@cache
def _named(label: Label) -> Label:
    """The name of a sheet or file, in which a bureau's short name is enough."""
    return replace(label, bureaus=label.alias, alias=()) if label.alias and not label.bureaus else label


@cache
def _name_only(file_label: Label) -> Label:
    """Of a file's name, whose and of when its figures are; words such as 目標 may be there for many reasons."""
    return replace(file_label, scenario=None, basis=None, shift=None, status=None)


def _with_reported(cover: Label, labels: Collection[Label], of_file: Label) -> Label:
    """The cover's words with the time that sentences on the sheet tell, if it tells no other and the file's name has no other month."""
    told = {label.reports for label in labels if label.reports}
    stated = any(label.dated and label.dated.year and not label.dated.exact for label in labels)
    if len(told) != 1 or stated:
        return cover
    dated = told.pop()
    other = of_file.dated.month if of_file.dated else None
    return replace(cover, dated=dated) if other in (None, dated.month) else cover


def _less_first_month(file_label: Label, layout: Layout) -> Label:
    """The file's name without its month where a list of dated rows begins with it: export_202307 then tells where it starts."""
    named_month = period_of(file_label.dated) if file_label.dated and file_label.dated.month else None
    if named_month is None:
        return file_label
    dates = {label.dated for run in layout.runs for label in run.beside.path if label.dated and label.dated.month}
    months = [period_of(dated) for dated in dates]
    first = min((month.first for month in months if month), default=None)
    begins = len(months) > 1 and all(months) and first == named_month.first
    return replace(file_label, dated=None) if begins else file_label


# Contexts -------------------------------------------------------------------------------------------------------------


class _Contexts:
    """What may be asked for the meaning of each number of a sheet."""

    def __init__(self, layout: Layout, known: Meanings, names: Path) -> None:
        self.meanings = known
        self._layout = layout
        self._names = names
        self._captions: dict[int, Said] = {}
        self.beside = [known.said(run.beside.path) for run in layout.runs]
        numbers: dict[int, int] = {}
        self.over_number = np.array([numbers.setdefault(id(run.over), len(numbers)) for run in layout.runs], dtype=np.int64)
        self.overs = list({id(run.over): run.over for run in layout.runs}.values())
        self._dated: set[tuple[int, int]] = set()
        self._mixed: set[int] = set()
        self._rated: set[int] = set()
        self._look_around()

    def _look_around(self) -> None:
        """Note in which tables headings tell times, in which a scenario, and in which rates."""
        seen: set[tuple[object, ...]] = set()
        for run, exact in zip(self._layout.runs, self.beside, strict=True):
            beside = self.meanings.gist_of(exact)
            key = bool(beside.dated), beside.contrasts, beside.derives, run.beside.column, id(run.over), run.columns
            if key not in seen:
                seen.add(key)
                self._note(run, beside)

    def _note(self, run: Run, beside: Said) -> None:
        for column in run.columns:
            over = run.over[column]
            said = self.meanings.said(over.path)
            if beside.dated or said.dated:
                self._dated.add((over.row, run.beside.column))
            if beside.contrasts or said.contrasts:
                self._mixed.add(over.row)
            if beside.derives or said.derives:
                self._rated.add(over.row)

    def captions(self, row: int, column: int, heading: int) -> Said:
        """What the captions over a number and the names of sheet, cover and file say."""
        above = self._layout.captions.above(row, column, heading)
        if id(above) not in self._captions:
            self._captions[id(above)] = self.meanings.said((*above, *self._names))
        return self._captions[id(above)]

    def of(self, number: int, column: int) -> Context:
        """The context of a number, by the number of its run and its column."""
        run, beside = self._layout.runs[number], self.beside[number]
        over = run.over[column]
        said = self.meanings.said(over.path)
        table = over.row, run.beside.column
        undated = table in self._dated and not (beside.of_own_time or said.of_own_time)
        captions = self.captions(run.row, column, over.row)
        return Context(beside, said, run.beside.right, captions, over.row in self._mixed, undated, over.row in self._rated)


# Gathering ------------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Plan:
    """What holds for all runs with the same headings but for whose they are; by column."""

    contexts: list[Context]
    meanings: tuple[int, ...]
    reasons: tuple[int, ...]
    same_owner: bool


@dataclass(slots=True)
class _Owners:
    """Whose the numbers of a run are, and the reasons why they are set aside, by column."""

    bureaus: tuple[int, ...]
    offices: tuple[int, ...]
    reasons: tuple[int, ...]


class _Gathering:
    """Goes through the runs of a sheet; what it has found for one it keeps for all that are alike."""

    def __init__(self, layout: Layout, contexts: _Contexts) -> None:
        self._layout = layout
        self._contexts = contexts
        self._meanings = contexts.meanings
        self._plans: dict[tuple[object, ...], _Plan] = {}
        self._owners: dict[tuple[object, ...], _Owners] = {}
        self._bureaus: dict[str, int] = {}
        self._offices: dict[str, int] = {}
        self._kept: list[object] = []

    def figures(self) -> Figures:
        """All figures of the sheet."""
        runs = self._layout.runs
        plans = [self._plan(number) for number in range(len(runs))]
        owners = [self._owner(number, plan) for number, plan in enumerate(plans)]
        written: dict[int, Number] = {}
        stands = self._stands(written)
        meaning = _array(plan.meanings for plan in plans)
        return Figures(
            run=np.repeat(np.arange(len(runs)), [len(run.columns) for run in runs]),
            column=_array(run.columns for run in runs),
            stands=stands,
            value=stands * self._meanings.facts.table["factor"][meaning],
            meaning=meaning,
            bureau=_array(each.bureaus for each in owners),
            office=_array(each.offices for each in owners),
            reason=_array(each.reasons for each in owners),
            bureaus=list(self._bureaus),
            offices=list(self._offices),
            written=written,
        )

    def _stands(self, written: dict[int, Number]) -> Floats:
        """The numbers as they stand; those that are no plain whole numbers are put into `written` as well."""
        sheet = self._layout.sheet
        special = {row for row, _ in sheet.written}
        found: list[Any] = []
        for run in self._layout.runs:
            values = sheet.grid.rows[run.row]
            if run.row not in special:
                found += _picked(run.columns)(values)
                continue
            for column in run.columns:
                number = sheet.written.get((run.row, column))
                if number:
                    written[len(found)] = number
                found.append(float(number.value) if number else values[column])
        return np.array(found, dtype=np.float64)

    def _plan(self, number: int) -> _Plan:
        run, beside = self._layout.runs[number], self._contexts.beside[number]
        gist = self._meanings.gist_of(beside)
        last = self._layout.captions.last_before(run.row)
        key = id(gist), run.beside.column, id(run.over), last, id(run.beside.right), run.columns
        if key not in self._plans:
            contexts = [self._contexts.of(number, column) for column in run.columns]
            found = tuple(self._meanings.number(context) for context in contexts)
            reasons = tuple(int(each) for each in self._meanings.facts.table["reason"][list(found)])
            first = contexts[0]
            same = all(each.captions is first.captions and not each.over.owns for each in contexts)
            self._plans[key] = _Plan(contexts, found, reasons, same)
        return self._plans[key]

    def _owner(self, number: int, plan: _Plan) -> _Owners:
        beside = self._contexts.beside[number]
        key = id(plan), id(beside.bureau), id(beside.unknown_bureau), id(beside.office), id(beside.group)
        if key not in self._owners:
            self._owners[key] = self._found(beside, plan)
        return self._owners[key]

    def _found(self, beside: Said, plan: _Plan) -> _Owners:
        bureaus = self._bureau(beside, plan)
        asked = plan.contexts[:1] if plan.same_owner else plan.contexts
        offices = [self._meanings.office(context.beside_of(beside)) for context in asked]
        numbers = tuple(self._offices.setdefault(office, len(self._offices)) for office, _ in offices)
        again = len(plan.contexts) if plan.same_owner else 1
        if any(why for _, why in offices) or any(bureaus.reasons):
            whys = [why for _, why in offices] * again
            reasons = tuple(self._earliest(*each) for each in zip(plan.meanings, bureaus.reasons, whys, strict=True))
        else:
            reasons = plan.reasons
        return _Owners(bureaus.bureaus, numbers * again, reasons)

    def _bureau(self, beside: Said, plan: _Plan) -> _Owners:
        """The bureau of each number and the reason for none, as yet without offices."""
        key = id(plan), id(beside.bureau), id(beside.unknown_bureau)
        if key not in self._owners:
            asked = [
                self._meanings.bureau(context.beside_of(beside), self._meanings.known[number].period)
                for context, number in zip(plan.contexts, plan.meanings, strict=True)
            ]
            numbers = tuple(self._bureaus.setdefault(code, len(self._bureaus)) for code, _ in asked)
            self._owners[key] = _Owners(numbers, (), tuple(REASON[reason] for _, reason in asked))
        return self._owners[key]

    def _earliest(self, number: int, bureau: int, office: str) -> int:
        """The reason that the earliest of the questions found."""
        meaning = self._meanings.known[number]
        if bureau and meaning.stage > BUREAU:
            return bureau
        if office and meaning.stage > OFFICE:
            return REASON[office]
        return REASON[meaning.reason]


def _array(parts: Iterable[Sequence[int]]) -> Ints:
    return np.fromiter(chain.from_iterable(parts), dtype=np.int64)


@cache
def _picked(columns: tuple[int, ...]) -> Callable[[Any], Iterable[Any]]:
    """What gives the values of a row in some columns."""
    if len(columns) == 1:
        return lambda values: (values[columns[0]],)
    if columns == tuple(range(columns[0], columns[-1] + 1)):
        return itemgetter(slice(columns[0], columns[-1] + 1))
    return itemgetter(*columns)


# What a number is or how it is shown ------------------------------------------------------------------------------------


def _use_what_is_written(figures: Figures, known: Meanings) -> None:
    """A unit written in the cell itself stands before any in the headings; counts have no fractions; rates are no counts."""
    for index, number in figures.written.items():
        meaning = known.known[figures.meaning[index]]
        if number.unit and meaning.measure and not figures.reason[index]:
            figures.factors[index] = number.unit.factor
            if not counts(number.unit, known.codelists.measure[meaning.measure]):
                figures.reason[index], figures.units[index] = REASON["unit"], number.unit.name
        value = number.value * figures.factors.get(index, meaning.factor)
        figures.value[index] = float(value)
        if number.percent and not figures.reason[index]:
            figures.reason[index] = REASON["derived"]
        if value != int(value) and not figures.reason[index]:
            figures.reason[index] = REASON["fraction"]
        if number.about:
            figures.about.add(index)


def _set_aside_what_is_shown_otherwise(figures: Figures, layout: Layout, grid: Grid, *, memo: bool) -> None:
    """Numbers on a sheet of repetitions, negative counts, and what is hidden, struck out or shown in thousands."""
    row = np.array([run.row for run in layout.runs], dtype=np.int64)[figures.run]
    for name, flags in (
        ("memo", np.full(len(row), memo)),
        ("negative", figures.stands < 0),
        ("scaled", _at(row, figures.column, grid.scaled)),
        ("hidden", np.isin(row, list(grid.hidden_rows)) | np.isin(figures.column, list(grid.hidden_columns)) | grid.hidden),
        ("struck", _at(row, figures.column, grid.struck)),
    ):
        figures.reason[flags & (figures.reason == 0)] = REASON[name]


def _at(row: Ints, column: Ints, places: Iterable[tuple[int, int]]) -> Flags:
    """Whether each place is among some."""
    wanted = [row << 14 | column for row, column in places]
    return np.isin(row << 14 | column, wanted) if wanted else np.zeros(len(row), dtype=bool)
