"""Where numbers lie on a sheet and which headings stand over and beside each of them."""

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import pairwise

from fiveless import dating, notation
from fiveless.dating import Dated
from fiveless.grid import Grid, Value
from fiveless.labels import Label, Lexicon
from fiveless.notation import Unit

Path = tuple[Label, ...]
_HEADED_NUMBERS = frozenset({"index", "contact", "year", "calendar_year", "month", "period", "submitted", "era_year"})
_NO_FIGURES = frozenset({"note", "contact", "index", "submitted"})
_UNIT_OF_TIME = re.compile(r"年度?$|月(?:分|度|末)?")
_TIMES = frozenset({"year", "calendar_year", "month", "period", "era_year"})
_FISCAL_ORDER = [4, 5, 6, 7, 8, 9, 10, 11, 12, 1, 2, 3]


@dataclass(frozen=True, slots=True)
class Number:
    """A numeric cell: zero-based position, its exact value as it stands, the unit written in the cell itself, and 約."""

    row: int
    column: int
    value: Decimal
    unit: Unit | None = None
    about: bool = False
    percent: bool = False


@dataclass(frozen=True, slots=True)
class Located:
    """A number with its headings, nearest first: beside it, over it, a unit to its right, the captions above its table.

    `table` is the row of the heading over it and the column of the heading beside it, -1 where there is none.
    """

    number: Number
    beside: Path
    over: Path
    right: Label | None
    captions: Path
    remark: str = ""
    table: tuple[int, int] = (-1, -1)


@dataclass(frozen=True, slots=True)
class Layout:
    """All numbers of a sheet: those with headings, and those that are themselves headings or not figures (`others`, with the reason).

    `texts` are words that stand where a number is expected, by zero-based (row, column).
    """

    located: list[Located]
    others: list[tuple[Number, str]]
    texts: dict[tuple[int, int], str]


@dataclass
class _Sheet:
    """The grid split into labels (spread over merged spans), numbers and marks such as －."""

    grid: Grid
    labels: dict[tuple[int, int], Label] = field(default_factory=dict)
    anchors: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    numbers: dict[tuple[int, int], Number] = field(default_factory=dict)
    marks: set[tuple[int, int]] = field(default_factory=set)
    others: list[tuple[Number, str]] = field(default_factory=list)
    texts: dict[tuple[int, int], str] = field(default_factory=dict)
    merged_rows: set[int] = field(default_factory=set)
    merged_columns: set[int] = field(default_factory=set)
    width: int = 0

    @property
    def height(self) -> int:
        return len(self.grid.rows)

    def anchor(self, row: int, column: int) -> tuple[int, int]:
        return self.anchors.get((row, column), (row, column))

    def column_labels(self, row: int) -> list[tuple[int, Label]]:
        return [(column, self.labels[row, column]) for column in range(self.width) if (row, column) in self.labels]


def locate(grid: Grid, lexicon: Lexicon) -> Layout:
    """Every number of a sheet with its headings."""
    sheet = _read(grid, lexicon)
    _split_dates(sheet)
    _months_in_numbers(sheet)
    _headings_in_numbers(sheet)
    bands = _bands(sheet)
    rows = _Rows(sheet, bands)
    over = _over(sheet, rows)
    beside = _beside(sheet, rows, over)
    captions = _Captions(sheet, rows, bands)
    located = []
    for place, number in sheet.numbers.items():
        heading = over.get(place, _NOTHING_OVER)
        if _role(heading.path) in _NO_FIGURES:
            sheet.others.append((number, "not_figure"))
        else:
            located.append(_located(number, beside[place], heading, captions.above(*place)))
    return Layout(located, sheet.others, sheet.texts)


def _located(number: Number, beside: "_Beside", over: "_Over", captions: Path) -> Located:
    return Located(number, beside.path, over.path, beside.right, captions, beside.remark, (over.row, beside.column))


# Cells ----------------------------------------------------------------------------------------------------------------


def _read(grid: Grid, lexicon: Lexicon) -> _Sheet:
    sheet = _Sheet(grid)
    for row, values in enumerate(grid.rows):
        for column, value in enumerate(values):
            if value != "" and value is not None:
                _place(sheet, lexicon, row, column, value)
    sheet.width = 1 + max((column for _, column in (*sheet.labels, *sheet.numbers, *sheet.marks)), default=-1)
    for top, left, bottom, right in grid.merges:
        _spread(sheet, top, left, bottom, right)
    return sheet


def _place(sheet: _Sheet, lexicon: Lexicon, row: int, column: int, value: Value) -> None:
    place = row, column
    if isinstance(value, str):
        number = notation.number(value)
        if number:
            sheet.numbers[place] = Number(row, column, number.value, number.unit, number.about)
        elif notation.mark(value):
            sheet.marks.add(place)
        elif notation.begins_as_number(value):
            sheet.marks.add(place)
            sheet.texts[place] = notation.trimmed(value)
        elif value.strip():
            sheet.labels[place] = lexicon.read(value)
    elif isinstance(value, bool | dt.time | dt.timedelta):
        sheet.marks.add(place)
    elif isinstance(value, dt.date):
        sheet.labels[place] = Label(f"{value:%Y-%m-%d}", dated=dating.of_date(value))
    else:
        sheet.numbers[place] = Number(row, column, notation.exact(value), percent=place in sheet.grid.percent)


def _spread(sheet: _Sheet, top: int, left: int, bottom: int, right: int) -> None:
    """Give every cell of a merged span the label of its first cell."""
    if right > left:
        sheet.merged_rows.update(range(top, bottom + 1))
    if bottom > top:
        sheet.merged_columns.update(range(left, right + 1))
    label = sheet.labels.get((top, left))
    if label is None:
        return
    right = min(right, max(sheet.width - 1, left))
    for row in range(top, min(bottom, sheet.height - 1) + 1):
        for column in range(left, right + 1):
            if (row, column) not in sheet.numbers:
                sheet.labels[row, column] = label
                sheet.anchors[row, column] = (top, left)


# Numbers that are headings --------------------------------------------------------------------------------------------


def _headings_in_numbers(sheet: _Sheet) -> None:
    """Numbers under or beside 年度, 月, No. and the like are headings or no figures at all."""
    for (row, column), label in list(sheet.labels.items()):
        if label.dimension not in _HEADED_NUMBERS or sheet.anchor(row, column) != (row, column):
            continue
        below, beside = list(_run_below(sheet, row, column)), list(_run_right(sheet, row, column))
        alone = label.dimension not in _TIMES or _plausible(below, label.dimension)
        run = below if below and alone else beside if _plausible(beside, label.dimension) else []
        for number in run:
            _become_heading(sheet, number, label.dimension)


def _run_below(sheet: _Sheet, row: int, column: int) -> Iterator[Number]:
    blanks = found = 0
    for below in range(row + 1, sheet.height):
        number = sheet.numbers.get((below, column))
        label = sheet.labels.get((below, column))
        if number:
            blanks, found = 0, found + 1
            yield number
        elif label and _ends_run(sheet, (row, column), (below, column), label, found):
            return
        elif not label:
            blanks += 1
            if blanks > 3:
                return


def _ends_run(sheet: _Sheet, head: tuple[int, int], place: tuple[int, int], label: Label, found: int) -> bool:
    """Whether a label ends the run of numbers below a heading: totals among them and the heading's own span do not."""
    if label.dated:
        return not found
    return sheet.anchor(*place) != sheet.anchor(*head) and not label.aggregate


def _run_right(sheet: _Sheet, row: int, column: int) -> Iterator[Number]:
    for right in range(column + 1, sheet.width):
        number = sheet.numbers.get((row, right))
        if number:
            yield number
        elif sheet.anchor(row, right) != sheet.anchor(row, column):
            return


def _plausible(numbers: Sequence[Number], dimension: str) -> bool:
    if not numbers:
        return False
    if dimension == "month":
        return all(1 <= number.value <= 12 for number in numbers)
    if dimension in ("year", "calendar_year"):
        return all(1990 <= number.value <= 2100 for number in numbers)
    if dimension == "period":
        return all(199001 <= number.value <= 210012 for number in numbers)
    return dimension in ("index", "contact", "submitted") and len(numbers) == 1


def _become_heading(sheet: _Sheet, number: Number, dimension: str) -> None:
    place = number.row, number.column
    dated = _dated_number(number.value, dimension)
    del sheet.numbers[place]
    if dated:
        sheet.labels[place] = Label(str(number.value), dated=dated)
        sheet.others.append((number, "heading"))
    else:
        sheet.marks.add(place)
        sheet.others.append((number, "index" if dimension == "index" else "not_figure"))


def _dated_number(value: Decimal, dimension: str) -> Dated | None:
    if value != int(value):
        return None
    whole = int(value)
    if dimension in ("year", "calendar_year") and 1990 <= whole <= 2100:
        return Dated(whole, fiscal=dimension == "year")
    if dimension == "month" and 1 <= whole <= 12:
        return Dated(month=whole)
    if dimension in ("month", "period") and 199001 <= whole <= 210012 and 1 <= whole % 100 <= 12:
        return Dated(whole // 100, month=whole % 100)
    return None


def _split_dates(sheet: _Sheet) -> None:
    """令和｜4｜年｜6｜月分, each in its own cell, is one date."""
    for row in range(sheet.height):
        line = [(column, sheet.labels.get((row, column)), sheet.numbers.get((row, column))) for column in range(sheet.width)]
        cells = [cell for cell in line if cell[2] or (cell[1] and sheet.anchor(row, cell[0]) == (row, cell[0]))]
        for index, (_, label, _) in reversed(list(enumerate(cells))):
            if label and _UNIT_OF_TIME.match(label.text):
                _join_date(sheet, row, cells[: index + 1])


def _join_date(sheet: _Sheet, row: int, cells: Sequence[tuple[int, Label | None, Number | None]]) -> None:
    """Read the longest tail of cells, texts and whole numbers, that is a date, and let its last cell say it."""
    for length in (5, 4, 3, 2):
        tail = cells[-length:]
        numbers = [number for _, _, number in tail if number]
        text = "".join(label.text if label else str(number.value) if number else "" for _, label, number in tail)
        dated, rest = dating.find(text)
        if len(tail) == length and dated and not rest.strip() and tail[-2][2] and all((row, n.column) in sheet.numbers for n in numbers):
            for column, _, _ in tail:
                _forget(sheet, row, column)
            for number in numbers:
                del sheet.numbers[row, number.column]
                sheet.others.append((number, "heading"))
            sheet.labels[row, tail[-1][0]] = Label(text, dated=dated)
            return


def _forget(sheet: _Sheet, row: int, column: int) -> None:
    """Take a label away from its whole merged span."""
    for place in [place for place in sheet.labels if sheet.anchor(*place) == (row, column)]:
        del sheet.labels[place]


def _months_in_numbers(sheet: _Sheet) -> None:
    """4, 5, 6 … 12, 1, 2, 3 (at least six), or 202204, 202205 …, over or beside other numbers are headings of months."""
    lines: dict[tuple[str, int], list[Number]] = {}
    for number in sheet.numbers.values():
        lines.setdefault(("row", number.row), []).append(number)
        lines.setdefault(("column", number.column), []).append(number)
    for line in lines.values():
        for number in _months(line):
            if (number.row, number.column) in sheet.numbers:
                _become_heading(sheet, number, "month")


def _months(line: Sequence[Number]) -> Sequence[Number]:
    """The first numbers of a row or column if they are months in order."""
    months = [number.value for number in line[:12]]
    if len(months) >= 6 and months in (_FISCAL_ORDER[: len(months)], list(range(1, len(months) + 1))):
        return line[:12]
    serial = [int(value) // 100 * 12 + int(value) % 100 for value in months if 199001 <= value <= 210012 and 1 <= value % 100 <= 12]
    in_order = len(serial) == len(months) >= 2 and all(later - earlier == 1 for earlier, later in pairwise(serial))
    return line[:12] if in_order else ()


# Rows and bands -------------------------------------------------------------------------------------------------------


def _bands(sheet: _Sheet) -> list[int]:
    """Column → number of its band; bands are parted by columns in which no cell begins."""
    used = {column for _, column in (*sheet.numbers, *sheet.marks)} | {sheet.anchor(*place)[1] for place in sheet.labels}
    bands: list[int] = []
    band = 0
    for column in range(sheet.width):
        if column and column - 1 in used and column not in used:
            band += 1
        bands.append(band)
    return bands


class _Rows:
    """What each row is: data (it holds numbers; band by band), lone (one label only, or names with their values), heading or blank."""

    def __init__(self, sheet: _Sheet, bands: Sequence[int]) -> None:
        self.sheet = sheet
        self.bands = bands
        self.data = {(row, bands[column]) for row, column in (*sheet.numbers, *sheet.marks) if column < len(bands)}
        self.first_number: dict[int, list[tuple[int, int]]] = {}
        for row, column in sorted(sheet.numbers):
            self.first_number.setdefault(bands[column], []).append((row, column))
        self.anchors: dict[int, set[tuple[int, int]]] = {}
        for place, label in sheet.labels.items():
            if not label.note:
                self.anchors.setdefault(place[0], set()).add(sheet.anchor(*place))
        self.numbers_in_column = Counter(column for _, column in sheet.numbers)
        self.data_rows = {row for row, _ in self.data}
        others = [row for row in self.anchors if row not in self.data_rows]
        self.lone = {row for row in others if len(self.anchors[row]) == 1 or self.pairs(row) or self._all_named(row)}

    def _all_named(self, row: int) -> bool:
        """Whether every label of a row reads 部署名：総務課."""
        return all(self.sheet.labels[place].named for place in self.anchors[row])

    def is_data(self, row: int, column: int) -> bool:
        return (row, self.bands[column]) in self.data

    def pairs(self, row: int) -> dict[tuple[int, int], Label]:
        """The values of a row that reads 局名｜水道局｜報告月｜令和4年｜6月, each as its name says to read it; empty for all other rows."""
        places = sorted(self.anchors.get(row, ()))
        found: dict[tuple[int, int], Label] = {}
        name, values = "", 0
        for place in places:
            label = self.sheet.labels[place]
            if label.dimension:
                if name and not values:
                    return {}
                name, values = label.dimension, 0
            elif not name or place[0] != row or not _fits_name(name, label) or (values and not label.dated):
                return {}
            else:
                found[place], values = in_role(label, name), values + 1
        return found if values else {}

    def is_blank(self, row: int, column: int) -> bool:
        band = self.bands[column]
        return (row, band) not in self.data and not any(
            self.bands[c] == band for c, label in self.sheet.column_labels(row) if not label.note
        )

    def heads_first(self, row: int, column: int) -> bool:
        """Whether a row of labels reaches back to the first column of figures of the next data row: a heading rather than a caption."""
        band = self.bands[column]
        for below, first in self.first_number.get(band, ()):
            if below > row:
                return (row, first) in self.sheet.labels
        return False


def _fits_name(name: str, value: Label) -> bool:
    """Whether a text can be the value of 局名, 部署名, 項目, 単位, 報告月 and the like."""
    fits: dict[str, object] = {
        "bureau": value.bureaus,
        "office": value.office or value.rest,
        "desk": value.office or value.rest,
        "contact": True,
        "measure": value.names_measure,
        "unit": value.units,
        "month": value.dated,
        "period": value.dated,
        "year": value.dated,
        "submitted": value.dated,
    }
    return bool(fits.get(name))


# Headings over numbers ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Over:
    """The labels over a cell, nearest first, and the row of the nearest."""

    path: Path
    row: int


_NOTHING_OVER = _Over((), -1)


@dataclass
class _Column:
    """The heading zone of one column while going down: the labels (top first) and whether figures have begun."""

    zone: list[tuple[tuple[int, int], Label]] = field(default_factory=list)
    pending: list[tuple[tuple[int, int], Label]] = field(default_factory=list)
    in_body: bool = False
    known: _Over | None = None

    def seen(self) -> _Over:
        """The zone as a cell below it sees it."""
        self.known = self.known or _Over(tuple(label for _, label in reversed(self.zone)), self.zone[-1][0][0])
        return self.known


def _over(sheet: _Sheet, rows: _Rows) -> dict[tuple[int, int], _Over]:
    """For every cell of a row of figures the labels over it; label columns get theirs for the role that they give."""
    over: dict[tuple[int, int], _Over] = {}
    columns = [_Column() for _ in range(sheet.width)]
    for row in range(sheet.height):
        if row in rows.lone:
            continue
        dated = _carried_along(sheet, rows, row, columns)
        for column, state in enumerate(columns):
            _step_down(sheet, rows, row, column, state, dated)
            if rows.is_data(row, column) and state.zone:
                over[row, column] = state.seen()
    return over


def _step_down(sheet: _Sheet, rows: _Rows, row: int, column: int, state: _Column, dated: dict[int, Label]) -> None:
    place = row, column
    if rows.is_data(row, column):
        if place in sheet.numbers or place in sheet.marks or place in sheet.labels:
            state.in_body = True
            state.pending.clear()
    elif place in sheet.labels and not sheet.labels[place].note:
        _add_heading(sheet, place, state, dated.get(column, sheet.labels[place]))
    elif rows.is_blank(row, column):
        state.pending.clear()
        state.in_body = True
    elif row not in sheet.merged_rows and rows.heads_first(row, column):
        inherited = _label_to_left(sheet, rows, row, column)
        if inherited:
            state.pending.append(inherited)


def _add_heading(sheet: _Sheet, place: tuple[int, int], state: _Column, label: Label) -> None:
    anchor = sheet.anchor(*place)
    state.known = None
    if state.in_body:
        state.zone = []
        state.in_body = False
    if any(each == anchor for each, _ in state.zone):
        return
    state.zone += state.pending
    state.pending = []
    whole = _whole_to_left(sheet, place) if label.part and label.names_measure else None
    state.zone += [whole] if whole else []
    state.zone.append((anchor, label))


def _whole_to_left(sheet: _Sheet, place: tuple[int, int]) -> tuple[tuple[int, int], Label] | None:
    """What a うち heading is a part of: the nearest count to its left that is no part itself."""
    row, column = place
    for left in range(column - 1, -1, -1):
        label = sheet.labels.get((row, left))
        if label and label.names_measure and not label.part:
            return sheet.anchor(row, left), label
    return None


def _label_to_left(sheet: _Sheet, rows: _Rows, row: int, column: int) -> tuple[tuple[int, int], Label] | None:
    for left in range(column - 1, -1, -1):
        if rows.bands[left] != rows.bands[column]:
            return None
        label = sheet.labels.get((row, left))
        if label and not label.note:
            return (sheet.anchor(row, left), label) if rows.numbers_in_column[left] else None
    return None


def _carried_along(sheet: _Sheet, rows: _Rows, row: int, columns: Sequence[_Column]) -> dict[int, Label]:
    """The labels of a heading row with the year carried from the first to those that name a month only."""
    line = [(column, label) for column, label in sheet.column_labels(row) if not rows.is_data(row, column) and label.dated]
    return dict(zip((c for c, _ in line), _carried([(label, _zone_year(columns[c])) for c, label in line]), strict=True)) if line else {}


def _zone_year(column: _Column) -> Label | None:
    labels = [label for _, label in (column.pending if column.in_body else [*column.zone, *column.pending])]
    return next((label for label in reversed(labels) if label.dated and label.dated.year), None)


def _carried(line: Iterable[tuple[Label, Label | None]]) -> list[Label]:
    """Years for a run of labels, each with the year label that stands over or before it; after December comes the next year."""
    carried: list[Label] = []
    source: Label | None = None
    year: int | None = None
    previous = turns = 0
    for label, outer in line:
        dated = label.dated
        if not dated or not dated.month:
            carried.append(label)
            continue
        if dated.year:
            source, year, turns = None, None if dated.fiscal else dated.year, 0
        elif outer is not None and outer != source:
            source, turns = outer, 0
            year = None if outer.dated is None or outer.dated.fiscal or outer.dated.within_year else outer.dated.year
        elif dated.month < previous:
            turns += 1
        previous = dated.month
        carried.append(label if dated.year else _turned(label, dated, year, turns))
    return carried


def _turned(label: Label, dated: Dated, year: int | None, turns: int) -> Label:
    turned = replace(dated, turns=turns)
    return replace(label, dated=turned.completed(year, fiscal=False) if year else turned) if year or turns else label


# Headings beside numbers ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Beside:
    """The labels beside a cell, nearest first, the column of the first, the unit to its right, and a remark."""

    path: Path
    column: int
    right: Label | None
    remark: str


@dataclass
class _Run:
    """One run of numbers in a row with the labels to its left, left first."""

    labels: list[tuple[int, Label]] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    right: Label | None = None
    remark: str = ""

    def seen(self) -> Iterator[tuple[int, _Beside]]:
        """The columns of the numbers, each with what stands beside it."""
        path = tuple(dict.fromkeys(label for _, label in reversed(self.labels)))
        beside = _Beside(path, self.labels[0][0] if self.labels else -1, self.right, self.remark)
        return ((column, beside) for column in self.numbers)


def _beside(sheet: _Sheet, rows: _Rows, over: dict[tuple[int, int], _Over]) -> dict[tuple[int, int], _Beside]:
    """For every number the labels to its left, nearest first, a unit to its right and a remark at the end of its row."""
    above: dict[int, Label] = {}
    wholes: dict[int, Label] = {}
    stray = _stray_columns(sheet, rows)
    lines: list[tuple[int, list[_Run]]] = []
    for row in range(sheet.height):
        if row in rows.data_rows:
            lines.append((row, _runs(sheet, row, over, above, wholes, stray)))
        elif _continues(sheet, row, above):
            above.update(sheet.column_labels(row))
        else:
            above.clear()
            wholes.clear()
    return {(row, column): beside for row, runs in _with_years(lines) for run in runs for column, beside in run.seen()}


def _continues(sheet: _Sheet, row: int, above: dict[int, Label]) -> bool:
    """Whether a row without numbers is one of a table whose figures are still blank: its labels stand in the label columns only."""
    columns = [column for column, label in sheet.column_labels(row) if not label.note]
    return bool(columns) and bool(above) and all(column in above for column in columns)


def _stray_columns(sheet: _Sheet, rows: _Rows) -> set[int]:
    """Columns of figures: a text there, in a row of figures, is a remark in place of a number."""
    labels = Counter(column for row, column in sheet.labels if rows.is_data(row, column))
    return {column for column, count in rows.numbers_in_column.items() if count > labels[column]}


def _runs(
    sheet: _Sheet, row: int, over: dict[tuple[int, int], _Over], above: dict[int, Label], wholes: dict[int, Label], stray: set[int]
) -> list[_Run]:
    runs = [_Run()]
    seen: set[tuple[int, int]] = set()
    for column in range(sheet.width):
        place = row, column
        label = sheet.labels.get(place)
        if place in sheet.numbers:
            if runs[-1].right:
                runs.append(_Run(list(runs[-1].labels)))
            runs[-1].numbers.append(column)
        elif label and column in stray:
            sheet.texts[place] = label.text
        elif label and sheet.anchor(*place) not in seen and not label.note:
            seen.add(sheet.anchor(*place))
            _take_label(runs, column, label, _role(over.get(place, _NOTHING_OVER).path), wholes)
    first = runs[0]
    _inherit(sheet, first, above)
    above.update(first.labels)
    return runs


def _role(path: Path) -> str:
    return next((label.dimension for label in path if label.dimension), "")


def _take_label(runs: list[_Run], column: int, label: Label, role: str, wholes: dict[int, Label]) -> None:
    run = runs[-1]
    if role in _NO_FIGURES:
        if run.numbers and role == "note":
            run.remark = label.text
        return
    if run.numbers and label.only_unit:
        run.right = run.right or label
        return
    if run.numbers:
        runs.append(_Run())
    meant = in_role(label, role)
    whole = wholes.get(column)
    if meant.part and meant.names_measure and whole:
        runs[-1].labels.append((column, whole))
    elif not meant.part:
        wholes[column] = meant
    runs[-1].labels.append((column, meant))


def in_role(label: Label, role: str) -> Label:
    """A label as its row's or column's heading says to read it: under 部署名 every text that is no total is an office."""
    if role in ("office", "desk") and not label.aggregate and not label.bureaus and label.text:
        return Label(label.text, office="" if label.part else label.text, part=label.part, memo=label.memo)
    if role in ("office", "desk") and label.bureaus and label.rest:
        return Label(label.text, bureaus=label.bureaus, office=label.text)
    if role == "bureau" and not (label.bureaus or label.aggregate or label.group):
        return Label(label.text, dimension="unknown_bureau", rest=label.text)
    if role == "unit":
        return Label(label.text, units=label.units)
    return label


def _inherit(sheet: _Sheet, run: _Run, above: dict[int, Label]) -> None:
    """A label column left blank repeats the label above it, if labels stand to its right and the column is not merged."""
    if not run.labels:
        return
    first = run.labels[0][0]
    missing = [(column, label) for column, label in above.items() if column < first and column not in sheet.merged_columns]
    run.labels = sorted(missing) + run.labels if missing else run.labels


def _with_years(lines: list[tuple[int, list[_Run]]]) -> list[tuple[int, list[_Run]]]:
    """Carry years down the label columns: 令和3年4月, 5月 … 12月, 1月."""
    columns: dict[int, list[tuple[_Run, int]]] = {}
    for _, runs in lines:
        for run in runs:
            for position, (column, label) in enumerate(run.labels):
                if label.dated:
                    columns.setdefault(column, []).append((run, position))
    for places in columns.values():
        line = [(run.labels[position][1], _year_before(run, position)) for run, position in places]
        for (run, position), label in zip(places, _carried(line), strict=True):
            run.labels[position] = (run.labels[position][0], label)
    return lines


def _year_before(run: _Run, position: int) -> Label | None:
    return next((label for _, label in reversed(run.labels[:position]) if label.dated and label.dated.year), None)


# Captions -------------------------------------------------------------------------------------------------------------


class _Captions:
    """Titles, units and notes of time that stand above a table, or beside its title, nearest first."""

    def __init__(self, sheet: _Sheet, rows: _Rows, bands: Sequence[int]) -> None:
        self._lines: list[tuple[int, list[tuple[int, int, Label]]]] = []
        self._bands = bands
        self._cache: dict[tuple[int, int], Path] = {}
        self._first_data = min(rows.data_rows, default=sheet.height)
        for row in range(sheet.height):
            line = self._captions_in(sheet, rows, row)
            if line:
                self._lines.append((row, line))

    def _captions_in(self, sheet: _Sheet, rows: _Rows, row: int) -> list[tuple[int, int, Label]]:
        if row in rows.data_rows:
            return []
        labels: dict[tuple[int, int], tuple[int, int, Label]] = {}
        pairs = rows.pairs(row)
        contact = any(label.dimension in ("contact", "desk", "submitted") for _, label in sheet.column_labels(row))
        for column, label in sheet.column_labels(row):
            if contact or (label.note and not label.units) or label.dimension:
                continue
            if row in rows.lone or not rows.heads_first(row, column):
                anchor = sheet.anchor(row, column)
                first = labels[anchor][0] if anchor in labels else column
                labels[anchor] = (first, column, pairs.get(anchor, label))
        return list(labels.values())

    def above(self, row: int, column: int) -> Path:
        """The captions above a number: those over its own part of the sheet first, then dates and bureaus over other parts."""
        band = self._bands[column]
        line = max((number for number, _ in self._lines if number < row), default=-1)
        if (line, band) not in self._cache:
            self._cache[line, band] = tuple(self._gather(line, band))
        return self._cache[line, band]

    def _gather(self, last: int, band: int) -> Iterator[Label]:
        others: list[Label] = []
        for row, line in reversed(self._lines):
            if row > last:
                continue
            for left, right, label in line:
                if self._bands[left] <= band <= self._bands[right]:
                    yield label
                elif row < self._first_data:
                    others.append(label if len(line) == 1 else Label(label.text, dated=label.dated, bureaus=label.bureaus))
        yield from others
