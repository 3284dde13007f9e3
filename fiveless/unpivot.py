"""From a grid to figures: each number with the meaning that its headings give it, or the reason why it is set aside.

The figures of a sheet are columns (arrays), one entry a number in the order of the rows, for numbers come by the million.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cache, cached_property
from itertools import chain
from operator import attrgetter
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from fiveless.dating import Dated, period_of
from fiveless.grid import Grid, address
from fiveless.labels import Label, Lexicon, gist
from fiveless.layout import Cells, Layout, Number, Path, Run, locate
from fiveless.layout.captions import Captions
from fiveless.layout.roles import named
from fiveless.meaning import BUREAU, OFFICE, Context, Meaning, Meanings, Said, counts, meanings
from fiveless.meaning.facts import REASON
from fiveless.meaning.said import tells_kind
from fiveless.observation import Scenario, distinct, numbered_as_met
from fiveless.period import Period
from fiveless.structure import SheetLayout

Ints = NDArray[np.signedinteger[Any]]
Flags = NDArray[np.bool_]
Floats = NDArray[np.float64]


@dataclass
class Figures:
    """The numbers of one sheet: their run (its place in `Layout.runs`), row, column, as they stand, and in the measure's unit.

    `meaning` is the place in `Meanings.known`, `bureau` and `office` are places in `bureaus` and `offices`. `reason` tells why a number is
    set aside (a place in `facts.REASON_NAMES`). `written` holds those that are no plain whole numbers, `units` a unit in the cell that
    does not fit, `about` those that say 約.
    """

    run: Ints
    row: Ints
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
        self._headings = contexts.headings

    @property
    def name(self) -> str:
        """The sheet's name."""
        return self.grid.name

    @cached_property
    def facts(self) -> NDArray[Any]:
        """What is known of the meaning of each figure: rows of `Facts.table`."""
        return self.meanings.facts.table[self.figures.meaning]

    @property
    def row(self) -> Ints:
        """The row of each figure."""
        return self.figures.row

    @cached_property
    def beside_column(self) -> Ints:
        """The column of the first heading beside each figure, -1 for none: figures with one are of one line of a table."""
        return self.layout.runs.of_kinds(lambda kind: kind.first)[self.figures.run]

    @cached_property
    def heading_row(self) -> Ints:
        """The row of the nearest heading over each figure, -1 for none: figures with one are of one table."""
        return self._of_overs([[over.row for over in each] for each in self._headings.runs.overs])

    @cached_property
    def names_bureau(self) -> Flags:
        """Whether a heading beside or over a figure names its bureau."""
        over = [[bool(self.meanings.said(over.path).bureau) for over in each] for each in self._headings.runs.overs]
        beside: Flags = (self._headings.bureau >= 0)[self.figures.run]
        return beside | self._of_overs(over).astype(bool) if any(map(any, over)) else beside

    def _of_overs(self, wide: Sequence[Sequence[int]]) -> Ints:
        if not wide:
            return np.zeros(0, dtype=np.int64)
        if len(wide) == 1:
            return np.array(wide[0], dtype=np.int64)[self.figures.column]
        return np.array(wide, dtype=np.int64)[self._headings.runs.over[self.figures.run], self.figures.column]

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

    def hindrance(self, index: int) -> tuple[str, tuple[str, ...]]:
        """What a figure's reason is about, and the nearest candidates, as `explained` gives them."""
        about, candidates = self.meanings.hindrance(self.context(index), int(self.figures.meaning[index]))
        return self.figures.units.get(index, about), candidates


def unpivot(
    grid: Grid,
    lexicon: Lexicon,
    file_label: Label,
    cover: Label | None = None,
    told: Sequence[SheetLayout] = (),
    *,
    alone: bool = True,
) -> Sheet:
    """All numbers of a sheet with their meanings.

    `file_label` is what the file's name says, `cover` what its cover sheet does, `told` what layout files say of the sheet. Unless it is
    `alone` a sheet called 作業用 repeats what others report.
    """
    layout = locate(grid, lexicon, told)
    title = lexicon.read(grid.name)
    said = [lexicon.read(each.says) for each in told if each.says]
    of_file = _less_gatherer(_less_first_month(_name_only(file_label), layout), layout)
    of_sheet = of_file if title is file_label else title  # a CSV's sheet bears the name of its file
    told_elsewhere = (cover and (cover.dated or cover.bureaus)) or layout.sheet.labels_that(_names_goal)
    known = (cover or _SILENT) if told_elsewhere else _doubtful(file_label.scenario, file_label.text)
    aside = _with_reported(known, layout.sheet, of_file)
    names = (*map(named, map(_named, said)), _named(of_sheet), aside, _named(of_file))
    contexts = _Contexts(layout, meanings(lexicon), names)
    figures = _Gathering(layout, contexts).figures()
    _take_as_shown(figures, grid, contexts.meanings)
    _use_what_is_written(figures, contexts.meanings)
    _set_aside_what_is_shown_otherwise(figures, layout.sheet, memo=title.memo or (not alone and bool(_WORKING.search(grid.name))))
    return Sheet(grid, title, layout, contexts, figures)


_SILENT = Label("")
_WORKING = re.compile(r"作業(?:用|中|シート)|ワーク|^work", re.IGNORECASE)
_MONTHS, _APRIL = 12, 4
_FEW_MONTHS = 2


@cache
def _named(label: Label) -> Label:
    """The name of a sheet or file, in which a bureau's short name is enough."""
    return replace(label, bureaus=label.alias, alias=()) if label.alias and not label.bureaus else label


@cache
def _name_only(file_label: Label) -> Label:
    """Of a file's name, whose and of when its figures are; words such as 目標 may be there for many reasons."""
    return replace(file_label, scenario=None, basis=None, shift=None, status=None)


@cache
def _doubtful(scenario: Scenario | None, name: str) -> Label:
    """What the name of a file says of targets, plans and caps: where the sheet says nothing of them, its figures may be those."""
    return _SILENT if scenario in (None, "actual") else Label(name, scenario=scenario, far=True)


@cache
def _of_no_office(file_label: Label) -> Label:
    return replace(file_label, office="")


def _less_gatherer(file_label: Label, layout: Layout) -> Label:
    """The file's name without its office where headings name several bureaus: デジタル推進課 has gathered their figures."""
    if not file_label.office or file_label.bureaus:
        return file_label
    over = (label for each in layout.runs.overs for cell in each for label in cell.path)
    named_bureaus = {label.bureaus for label in chain(layout.runs.beside, over) if label.bureaus}
    return _of_no_office(file_label) if len(named_bureaus) > 1 else file_label


def _with_reported(cover: Label, sheet: Cells, of_file: Label) -> Label:
    """The cover's words with the time that sentences on the sheet tell, if it tells no other and the file's name has no other month."""
    told = {label.reports for _, label in sheet.labels_that(_reports)}
    if len(told) != 1 or sheet.labels_that(_tells_year):
        return cover
    dated = told.pop()
    other = of_file.dated.month if of_file.dated else None
    return replace(cover, dated=dated) if dated and other in (None, dated.month) else cover


def _names_goal(label: Label) -> bool:
    return label.names_goal


def _reports(label: Label) -> bool:
    return label.reports is not None


def _tells_year(label: Label) -> bool:
    return bool(label.dated and label.dated.year and not label.dated.exact)


def _less_first_month(file_label: Label, layout: Layout) -> Label:
    """The file's name without its month where the figures begin with it: export_202307 then tells where they start.

    A form with all months of the year, or with nothing behind the month of its name, is one of that month.
    """
    named_month = period_of(file_label.dated) if file_label.dated and file_label.dated.month else None
    if named_month is None:
        return file_label
    beside = {label.dated for label in layout.runs.beside if label.dated and label.dated.month}
    begins = _begin_with(named_month, beside) or _columns_begin_with(named_month, layout)
    return replace(file_label, dated=None) if begins else file_label


def _begin_with(named_month: Period, dates: Iterable[Dated]) -> bool:
    """Whether several dates are all months of known years, and the first of them is that of the name."""
    months = [period_of(dated) for dated in dates]
    return len(months) > 1 and all(months) and min(month.first for month in months if month) == named_month.first


def _columns_begin_with(named_month: Period, layout: Layout) -> bool:
    """The same of the months over columns, of which the last has figures as well, where they are fewer than a year's."""
    dates: dict[Dated, set[int]] = {}
    for over in layout.runs.overs:
        for column, each in enumerate(over):
            for dated in (label.dated for label in each.path if label.dated and label.dated.month):
                dates.setdefault(dated, set()).add(column)
    if not (dates and len(dates) < _MONTHS and _begin_with(named_month, dates)):
        return False
    last = max(dates, key=lambda dated: period_of(dated).first)  # type: ignore[union-attr]  # all of them have a year
    return bool(layout.sheet.values[:, sorted(dates[last])].any())


# Contexts -------------------------------------------------------------------------------------------------------------


class _Headings:
    """What the headings of a sheet say of its numbers, whatever its captions and names say: the same for all sheets of a form."""

    def __init__(self, layout: Layout, known: Meanings) -> None:
        self.meanings = known
        self.runs = layout.runs
        self.bureau, self.group = self.runs.nearest(attrgetter("bureaus")), self.runs.nearest(attrgetter("group"))
        self.unknown_bureau = self.runs.nearest(lambda label: label.dimension == "unknown_bureau")
        self.kind, self.examples = self._kinds(layout)
        self.dated: set[tuple[int, int]] = set()
        self.mixed: set[int] = set()
        self.rated: set[int] = set()
        self._parts: defaultdict[int, set[Dated]] = defaultdict(set)
        self._slots: dict[tuple[bool, ...], _Slots] = {}
        self._look_around()
        self.parted = {table for table, parts in self._parts.items() if _are_several(parts)}

    def _kinds(self, layout: Layout) -> tuple[Ints, list[int]]:
        """The kind of each run, and a run of each kind: those of one kind are alike in all but whose they are."""
        runs = layout.runs
        gists: dict[Label, int] = {}
        gist_of = [gists.setdefault(gist(label), len(gists)) for label in runs.labels]
        return numbered_as_met([*np.array([*gist_of, -1])[runs.path], runs.kind, layout.captions.before(runs.row)])

    @cached_property
    def office(self) -> Ints:
        """The label beside each run that names its office, as `Said` finds it."""
        named = self.runs.nearest(lambda label: label.office and not tells_kind(label))
        return np.where(named < 0, self.runs.nearest(attrgetter("office")), named)

    def slots(self, same_owner: tuple[bool, ...]) -> "_Slots":
        """Where the figures stand, found once for all sheets of which the same kinds are of one owner."""
        if same_owner not in self._slots:
            self._slots[same_owner] = _Slots(self, np.array(same_owner, dtype=bool))
        return self._slots[same_owner]

    def beside(self, number: int) -> Said:
        """What the labels beside a run say."""
        return self.meanings.said(self.runs.path_of(number))

    def _look_around(self) -> None:
        """Note in which tables headings tell times, in which a scenario, and in which rates."""
        for number in self.examples:
            self._note(self.runs[number], self.meanings.gist_of(self.beside(number)))

    def _note(self, run: Run, beside: Said) -> None:
        for column in run.columns:
            over = run.over[column]
            said = self.meanings.said(over.path)
            if beside.dated or said.dated:
                self.dated.add((over.row, run.beside.column))
            self._parts[id(run.over)].update(dated for dated in (*beside.dated, *said.dated) if not dated.exact)
            if beside.contrasts or said.contrasts:
                self.mixed.add(over.row)
            if beside.derives or said.derives:
                self.rated.add(over.row)


def _headings(layout: Layout, known: Meanings) -> _Headings:
    """What the headings of a sheet say; that of a form is found once."""
    found = _HEADINGS.get(layout.captions)
    if found is None or found.meanings is not known:
        found = _HEADINGS[layout.captions] = _Headings(layout, known)
    return found


_HEADINGS: WeakKeyDictionary[Captions, _Headings] = WeakKeyDictionary()


class _Contexts:
    """What may be asked for the meaning of each number of a sheet."""

    def __init__(self, layout: Layout, known: Meanings, names: Path) -> None:
        self.meanings = known
        self.headings = _headings(layout, known)
        self._layout = layout
        self._names = names
        self._captions: dict[int, Said] = {}

    def captions(self, row: int, column: int, heading: int) -> Said:
        """What the captions over a number and the names of sheet, cover and file say."""
        above = self._layout.captions.above(row, column, heading)
        if id(above) not in self._captions:
            self._captions[id(above)] = self.meanings.said((*above, *self._names))
        return self._captions[id(above)]

    def of(self, number: int, column: int) -> Context:
        """The context of a number, by the number of its run and its column."""
        return self.of_run(number, (column,))[0]

    def of_run(self, number: int, columns: Sequence[int]) -> list[Context]:
        """The contexts of numbers of a run, by their columns."""
        headings, run = self.headings, self._layout.runs[number]
        beside, parted = headings.beside(number), id(run.over) in headings.parted
        contexts = []
        for column in columns:
            over = run.over[column]
            said = self.meanings.said(over.path)
            undated = (over.row, run.beside.column) in headings.dated and not (beside.of_own_time or said.of_own_time)
            captions = self.captions(run.row, column, over.row)
            mixed, rated = over.row in headings.mixed, over.row in headings.rated
            contexts.append(Context(beside, said, run.beside.right, captions, mixed, undated, rated, parted))
        return contexts


def _is_of_fiscal(dated: Dated) -> bool:
    """Whether a part of a year is told to be one of a fiscal year, or begins with one."""
    return (dated.fiscal and bool(dated.year or dated.half or dated.quarter or dated.first_month)) or dated.first_month == _APRIL


def _are_several(parts: Iterable[Dated]) -> bool:
    """Whether dates are at least three months, or two quarters or halves, of one year, or a year and its months up to one.

    So are two years and a part of one, even if it is not said of which: 令和5年度, 令和6年度 and 上半期.
    """
    within = [dated for dated in parts if dated.within_year]
    years = Counter((dated.year, bool(dated.quarter or dated.half)) for dated in within)
    whole = {dated.year for dated in parts if dated.fiscal and not dated.within_year}
    parted = any(dated.year in whole if dated.year and dated.first_month else len(whole) > 1 for dated in within if _is_of_fiscal(dated))
    return parted or any(times > (1 if longer else _FEW_MONTHS) for (_, longer), times in years.items())


# Gathering ------------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Plan:
    """What holds for all runs of a kind, by column; `same_owner` tells whether their columns are all of one owner."""

    columns: tuple[int, ...]
    contexts: list[Context]
    meanings: list[int]
    same_owner: bool


_OWN = -1
"""In place of an office: that of the run."""


@dataclass(slots=True)
class _Owned:
    """What holds for all runs of a kind that have the same owner, by column; `offices` are `_OWN` where only their office differs."""

    meanings: Sequence[int]
    bureaus: Sequence[int]
    offices: Sequence[int]
    reasons: Sequence[int]


class _Slots:
    """Where the figures of a sheet stand: `run`, `row` and `column` of each.

    Runs of one kind and one owner share what is found for an example of them; `slot` is a figure's place in what was found for all
    `examples` one after the other. Where only the office tells such runs apart they are their `own`: `office` is then that of the
    figure, a place in `offices`, else -1.
    """

    def __init__(self, headings: _Headings, same_owner: Flags) -> None:
        runs = headings.runs
        alone = same_owner[headings.kind] & (headings.office >= 0) & (headings.bureau < 0)
        others = [np.where(alone, -1, each) for each in (headings.bureau, headings.office, headings.group)]
        owner, self.examples = numbered_as_met([headings.kind, headings.unknown_bureau, alone.astype(np.int64), *others])
        self.own: list[bool] = alone[self.examples].tolist()
        columns = [runs.kind_of(number).columns for number in self.examples]
        width = np.array([len(each) for each in columns], dtype=np.int64)
        size = width[owner]
        self.run = np.repeat(np.arange(len(runs)), size)
        self.slot = np.arange(len(self.run)) + np.repeat((np.cumsum(width) - width)[owner] - (np.cumsum(size) - size), size)
        self.column = np.array(list(chain.from_iterable(columns)), dtype=np.int32)[self.slot]
        self.row = runs.row[self.run]
        named = distinct(headings.office[alone])
        numbers: dict[str, int] = {}
        of_label = np.full(len(runs.labels) + 1, _OWN, dtype=np.int32)
        of_label[named] = [numbers.setdefault(runs.labels[place].office, len(numbers)) for place in named.tolist()]
        self.offices = list(numbers)
        self.office = np.where(alone, of_label[headings.office], _OWN)[self.run]


class _Gathering:
    """Goes through the runs of a sheet; what it has found for one it keeps for all that are alike."""

    def __init__(self, layout: Layout, contexts: _Contexts) -> None:
        self._layout = layout
        self._contexts = contexts
        self._meanings = contexts.meanings
        self._headings = contexts.headings
        self._plans = [self._plan(number) for number in contexts.headings.examples]
        self._owned: list[_Owned] = []
        self._bureaus: dict[str, int] = {}
        self._offices: dict[str, int] = {}

    def figures(self) -> Figures:
        """All figures of the sheet."""
        headings = self._headings
        slots = headings.slots(tuple([plan.same_owner for plan in self._plans]))
        for number, own in zip(slots.examples, slots.own, strict=True):
            self._owned.append(self._found(self._plans[headings.kind[number]], headings.beside(number), own=own))
        names = [self._offices.setdefault(name, len(self._offices)) for name in slots.offices]
        meaning, bureau, office, reason = (each[slots.slot] for each in self._by_column())
        stands = self._layout.sheet.values[slots.row, slots.column]
        return Figures(
            run=slots.run,
            row=slots.row,
            column=slots.column,
            stands=stands,
            value=stands * self._meanings.facts.table["factor"].copy()[meaning],
            meaning=meaning.astype(np.int64),
            bureau=bureau,
            office=np.where(office == _OWN, np.array([*names, _OWN], dtype=np.int32)[slots.office], office),
            reason=reason,
            bureaus=list(self._bureaus),
            offices=list(self._offices),
            written=self._written(slots.row, slots.column),
        )

    def _by_column(self) -> Ints:
        """What is known of all that is owned, one after the other: meaning, bureau, office and reason."""
        rows = zip(*((each.meanings, each.bureaus, each.offices, each.reasons) for each in self._owned), strict=True)
        return np.array([list(chain.from_iterable(row)) for row in rows], dtype=np.int32).reshape(4, -1)

    def _written(self, row: Ints, column: Ints) -> dict[int, Number]:
        """The figures that are no plain whole numbers."""
        written = self._layout.sheet.written
        found = np.flatnonzero(_at(row, column, written)).tolist() if written else []
        return {index: written[int(row[index]), int(column[index])] for index in found}

    def _plan(self, number: int) -> _Plan:
        columns = self._layout.runs[number].columns
        contexts = self._contexts.of_run(number, columns)
        first = contexts[0]
        same = all(each.captions is first.captions and not each.over.owns for each in contexts)
        return _Plan(columns, contexts, [self._meanings.number(context) for context in contexts], same)

    def _found(self, plan: _Plan, beside: Said, *, own: bool) -> _Owned:
        contexts = [context.beside_of(beside) for context in plan.contexts]
        bureaus = self._meanings.bureaus(contexts, plan.meanings)
        asked = contexts[:1] if plan.same_owner else contexts
        offices = [("", "")] if own else [self._meanings.office(context) for context in asked]
        offices *= len(contexts) if plan.same_owner else 1
        return _Owned(
            plan.meanings,
            [self._bureaus.setdefault(code, len(self._bureaus)) for code, _ in bureaus],
            [_OWN if own else self._offices.setdefault(office, len(self._offices)) for office, _ in offices],
            [self._earliest(*each) for each in zip(plan.meanings, bureaus, offices, strict=True)],
        )

    def _earliest(self, number: int, bureau: tuple[str, str], office: tuple[str, str]) -> int:
        """The reason that the earliest of the questions found."""
        meaning = self._meanings.known[number]
        if bureau[1] and meaning.stage > BUREAU:
            return REASON[bureau[1]]
        if office[1] and meaning.stage > OFFICE:
            return REASON[office[1]]
        return REASON[meaning.reason]


# What a number is or how it is shown ------------------------------------------------------------------------------------


def _take_as_shown(figures: Figures, grid: Grid, known: Meanings) -> None:
    """12345678 shown as 12,346 under 千枚 is a number of 枚: format and heading divide it by the same."""
    if not grid.scaled:
        return
    for index in np.flatnonzero(_at(figures.row, figures.column, grid.scaled)).tolist():
        shown = grid.scaled[int(figures.row[index]), int(figures.column[index])]
        if shown > 1 and known.known[figures.meaning[index]].factor == shown:
            figures.factors[index] = 1
            figures.value[index] = figures.stands[index]
        elif not figures.reason[index]:
            figures.reason[index] = REASON["scaled"]


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


def _set_aside_what_is_shown_otherwise(figures: Figures, sheet: Cells, *, memo: bool) -> None:
    """Numbers on a sheet of repetitions, negative counts, and what is hidden, struck out or called void."""
    row, column, grid = figures.row, figures.column, sheet.grid
    shown_otherwise: list[tuple[str, Any]] = [("negative", figures.stands < 0)]
    if memo:
        shown_otherwise.insert(0, ("memo", True))
    if grid.hidden or grid.hidden_rows or grid.hidden_columns:
        shown_otherwise.append(("hidden", np.isin(row, list(grid.hidden_rows)) | np.isin(column, list(grid.hidden_columns)) | grid.hidden))
    if grid.struck:
        shown_otherwise.append(("struck", _at(row, column, grid.struck)))
    if sheet.void:
        shown_otherwise.append(("void", np.isin(row, list(sheet.void))))
    for name, flags in shown_otherwise:
        figures.reason[flags & (figures.reason == 0)] = REASON[name]


def _at(row: Ints, column: Ints, places: Iterable[tuple[int, int]]) -> Flags:
    """Whether each place is among some."""
    return np.isin(row << 14 | column, [row << 14 | column for row, column in places])
