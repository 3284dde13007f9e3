"""Where numbers lie on a sheet and which headings stand over and beside each of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

import numpy as np

from fiveless.grid import Grid
from fiveless.labels import Label, Lexicon
from fiveless.layout.among import read_among_others
from fiveless.layout.approvals import approvals
from fiveless.layout.beside import Merged, beside_numbers, of_several_rows
from fiveless.layout.captions import Captions
from fiveless.layout.carried import dates_carried_on, eras_carried_on
from fiveless.layout.cells import LABEL, Cells, Number
from fiveless.layout.days import days
from fiveless.layout.forms import Forms, form_of
from fiveless.layout.legends import apply_legends, estimates_in_brackets
from fiveless.layout.neighbours import read_by_neighbours
from fiveless.layout.numbered import (
    decimals_like_months,
    deleted_rows,
    figures_in_brackets,
    headings_in_numbers,
    months_in_numbers,
    months_in_texts,
    running_numbers,
    split_dates,
    unreadable_headings,
    years_over_months,
)
from fiveless.layout.over import NOTHING, Over, Overs, over_numbers
from fiveless.layout.reading import read
from fiveless.layout.roles import NO_FIGURES, Path, role_of
from fiveless.layout.rows import Rows, bands_of
from fiveless.layout.runs import Beside, Flags, Kind, Run, Runs
from fiveless.layout.states import states
from fiveless.layout.told import heed
from fiveless.structure import SheetLayout

__all__ = ["Beside", "Cells", "Layout", "Number", "Over", "Overs", "Path", "Run", "Runs", "locate"]


_TEN = 10


@dataclass(frozen=True)
class Layout:
    """All numbers of a sheet: runs of those with headings, and (`others`) those that are themselves headings or no figures.

    `sheet` holds the cells as they were read; its `texts` are words that stand where a number is expected.
    """

    sheet: Cells
    runs: Runs
    captions: Captions

    @property
    def others(self) -> list[tuple[Number, str]]:
        """The numbers that are no figures, each with the reason."""
        return self.sheet.others

    def of(self, sheet: Cells) -> "Layout":
        """The same of another sheet of its form, as that was read."""
        return replace(self, sheet=replace(self.sheet, grid=sheet.grid, values=sheet.values, written=sheet.written, others=[]))


_FORMS: Forms[Layout] = Forms()


def locate(grid: Grid, lexicon: Lexicon, told: Sequence[SheetLayout] = ()) -> Layout:
    """Every number of a sheet with its headings; `told` is what layout files say of it.

    What was found for a sheet whose numbers did not matter holds for all others of its form.
    """
    sheet = read(grid, lexicon)
    form = None if told else form_of(sheet)
    known = _FORMS.get(form) if form else None
    if known:
        return known.of(sheet)
    written = dict(sheet.written)
    sheet.looked_at = False  # what its format makes of a number was asked when it was read
    layout = _located(sheet, lexicon, told)
    if form and not (sheet.looked_at or sheet.others) and sheet.written == written:
        _FORMS.keep(form, layout)
    return layout


def _located(sheet: Cells, lexicon: Lexicon, told: Sequence[SheetLayout]) -> Layout:
    for each in told:
        heed(sheet, each, lexicon)
    apply_legends(sheet, lexicon)
    approvals(sheet)
    states(sheet)
    decimals_like_months(sheet)
    days(sheet)
    split_dates(sheet)
    years_over_months(sheet)
    months_in_numbers(sheet)
    months_in_texts(sheet)
    eras_carried_on(sheet, lexicon)
    headings_in_numbers(sheet)
    figures_in_brackets(sheet)
    estimates_in_brackets(sheet)
    deleted_rows(sheet)
    unreadable_headings(sheet)
    running_numbers(sheet)
    read_by_neighbours(sheet, lexicon)
    read_among_others(sheet)
    dates_carried_on(sheet)
    bands = bands_of(sheet)
    rows = Rows(sheet, bands)
    overs = over_numbers(sheet, rows)
    merged = of_several_rows(sheet)
    runs = _named_only(sheet, beside_numbers(sheet, rows, overs, merged))
    captions = Captions(sheet, rows, bands)
    return Layout(sheet, _figures_only(sheet, runs, set(_shared(sheet, overs, merged))), captions)


def _named_only(sheet: Cells, runs: Runs) -> Runs:
    """The runs less those without a label beside them in a table whose other rows have one: spare rows, and rows forgotten to name.

    Among offices or bureaus it is not enough that a label stands there if it says nothing of whose or of what: A, 数量, チェック.
    """
    untold = _less_one_label(sheet, runs) | _less_owner(sheet, runs) | _digits(sheet, runs)
    silent = ~runs.any_that(_tells)
    if silent.any():
        untold |= _untold(runs, silent)
    if not untold.any():
        return runs
    for place in np.flatnonzero(untold).tolist():
        run = runs[place]
        numbers = [number for column in run.columns if (number := sheet.number(run.row, column))]
        reason = "unnamed" if any(number.value for number in numbers) else "spare"
        sheet.others += [(number, reason) for number in numbers]
    return runs.kept(~untold)


def _less_one_label(sheet: Cells, runs: Runs) -> Flags:
    """The rows that lack the innermost label which others of the same office have: what is counted there, or when, was forgotten.

    The row in which the office's own label stands may be its total.
    """
    found = np.zeros(len(runs), dtype=bool)
    over = runs.over
    sizes = {(each, size) for each, size in set(zip(over.tolist(), runs.length.tolist(), strict=True)) if size}
    longer = {(each, size) for each, size in sizes if (each, size - 1) in sizes}
    parts = runs.that(_parts)[0] if longer else found
    for each, size in longer:
        outer = {runs.path_of(number)[1:] for number in np.flatnonzero(parts & (over == each) & (runs.length == size)).tolist()}
        for number in np.flatnonzero((over == each) & (runs.length == size - 1)).tolist() if outer else ():
            found[number] = runs.path_of(number) in outer and _may_lack(sheet, runs[number])
    return found


def _may_lack(sheet: Cells, run: Run) -> bool:
    """Whether the nearest label of a row is not its own, or stands above or below as well, and is no total and names no count."""
    nearest, column = run.beside.path[0], run.beside.column
    own = sheet.labels.get((run.row, column))
    beside = sheet.labels.get((run.row - 1, column)), sheet.labels.get((run.row + 1, column))
    return not (nearest.aggregate or nearest.names_measure) and (own is None or own in beside)


def _less_owner(sheet: Cells, runs: Runs) -> Flags:
    """The rows with a blank in the column where others of their table name an office or a bureau, which have other labels, but no owner.

    An empty row, or a label before the blank, has ended what was written once for several rows.
    """
    lacking = (runs.length > 0) & ~runs.any_that(_tells_whose_or_all)
    if not lacking.any():
        return lacking
    over = runs.over
    columns: dict[int, set[int]] = {each: set() for each in over[lacking].tolist()}
    for number in np.flatnonzero(np.isin(over, list(columns)) & runs.any_that(_owns)).tolist():
        columns[int(over[number])].update(_columns_of_owners(sheet, runs[number]))
    for number in np.flatnonzero(lacking).tolist():
        own, row = columns[int(over[number])], int(runs.row[number])
        lacking[number] = bool(own) and not any((row, column) in sheet.labels for column in own)
    return lacking


def _columns_of_owners(sheet: Cells, run: Run) -> Iterator[int]:
    """The columns of a row in which the names of its office or bureau stand."""
    names = {label.text for label in run.beside.path if _owns(label)}
    for column in range(run.beside.column, run.columns[0]) if names else ():
        label = sheet.labels.get((run.row, column))
        if label and label.text in names:
            yield column


@cache
def _owns(label: Label) -> bool:
    """Whether a label says whose a number is."""
    return bool(label.office or label.bureaus or label.alias)


@cache
def _tells_whose_or_all(label: Label) -> bool:
    return _owns(label) or bool(label.aggregate or label.group or label.derived or label.memo)


def _digits(sheet: Cells, runs: Runs) -> Flags:
    """The rows of single digits under no heading: a number that is written a digit a box."""
    found = runs.of_kinds(lambda kind: len(kind.columns) > 1 and not kind.headed).astype(bool)
    for number in np.flatnonzero(found).tolist():
        values = sheet.values_at(int(runs.row[number]), list(runs.kind_of(number).columns))
        found[number] = ((values >= 0) & (values < _TEN) & (values % 1 == 0)).all()
    return found


@cache
def _parts(label: Label) -> bool:
    """Whether a label tells one row of an office from another by what is counted or when."""
    return bool(label.names_measure or label.dated) and not (label.part or label.memo)


def _untold(runs: Runs, silent: Flags) -> Flags:
    """Of the rows whose labels say nothing those that stand where the labels of the others say something.

    A number right below its heading, in the column where the rows below have their labels, is that of a card (`named` holds the columns
    of labels by what stands over them).
    """
    labelled = [runs.kinds[each] for each in np.unique(runs.kind[runs.length > 0]).tolist()]
    named: dict[int, set[int]] = {}
    for kind in labelled:
        named.setdefault(id(kind.over), set()).add(kind.first)
    owned = np.unique(runs.kind[runs.any_that(lambda label: label.office or label.bureaus)])
    lists = {_list_of(runs.kinds[each]) for each in owned.tolist()}
    found = silent.copy()
    for number in np.flatnonzero(silent).tolist():
        kind = runs.kind_of(number)
        if runs.length[number]:
            found[number] = _list_of(kind) in lists
        elif kind.columns[0] in named.get(id(kind.over), ()) and _is_headed(kind, int(runs.row[number])):
            found[number] = False
        else:
            found[number] = id(kind.over) in named and kind.headed
    return found


def _is_headed(kind: Kind, row: int) -> bool:
    """Whether each number of a row stands right below a heading that says what is counted."""
    return all(over.row == row - 1 and any(map(_says_what, over.path)) for over in kind.overs)


@cache
def _says_what(label: Label) -> bool:
    return label.names_measure and not label.rest


def _list_of(kind: Kind) -> tuple[int, int, int]:
    """In which list a row stands: under which headings, or if there are none, at which columns."""
    return (id(kind.over), -1, -1) if kind.headed else (0, kind.first, kind.columns[0])


@cache
def _tells(label: Label) -> bool:
    """Whether a label says whose a number is, of when, or what of it, so far as any word of it is understood."""
    whose = label.office or label.bureaus or label.alias or label.group or label.dimension or label.rest
    of_what = label.names_measure or label.aggregate or label.derived or label.compared or label.memo or label.part
    when = label.dated or label.basis or label.shift is not None or label.names_goal
    return bool(whose or of_what or when)


def _figures_only(sheet: Cells, runs: Runs, shared: set[tuple[int, int]]) -> Runs:
    """The runs without the numbers that stand for no figure of their own; those are put with the others."""
    aside = _aside(sheet, runs)
    asked = runs.of_kinds(lambda kind: any(column in aside[id(kind.over)] for column in kind.columns)).astype(bool)
    if shared:
        asked |= np.isin(runs.row, [row for row, _ in shared])
    lost: dict[int, frozenset[int]] = {}
    for number in np.flatnonzero(asked).tolist():
        row, kind = int(runs.row[number]), runs.kind_of(number)
        reasons = dict.fromkeys((column for each, column in shared if each == row), "merged") | aside[id(kind.over)]
        found = [(each, reasons[column]) for column in kind.columns if column in reasons and (each := sheet.number(row, column))]
        sheet.others += found
        lost[number] = frozenset(each.column for each, _ in found)
    return runs.without(lost) if lost else runs


def _aside(sheet: Cells, runs: Runs) -> dict[int, dict[int, str]]:
    """For the headings of each run the columns whose numbers are no figures, each with the reason.

    They stand under a heading such as 備考 or 電話, or under none where others of the table have one: a month forgotten to name.
    """
    found = {
        id(over): {column: "not_figure" for column, each in enumerate(over) if role_of(each.path) in NO_FIGURES} for over in runs.overs
    }
    for kind in runs.kinds:
        found[id(kind.over)] = dict.fromkeys(_bare(sheet, kind.over, kind.columns), "unnamed") | found[id(kind.over)]
    return found


def _bare(sheet: Cells, over: Overs, columns: Sequence[int]) -> Iterator[int]:
    """The columns of a run without a heading of their own, where others, or others under the same heading, have one."""
    headed = {column: over[column] for column in columns if any(map(_tells, over[column].path))}
    told = list(headed.values())
    parted: dict[Path, list[int]] = {}
    for column, each in headed.items():
        if _tells(each.path[0]) or each.path[0].scenario:
            parted.setdefault(each.path[1:], []).append(column)
    months = {each.path[1:] for each in told if _names_part_of_year(each.path[0])}
    bottom = max((each.row for each in told), default=0)
    for column in columns:
        path, row = over[column]
        lacks_one = path in months or (path in parted and _is_shared(sheet, row, column, parted[path]))
        over_all = row < bottom and sheet.kinds[bottom][column] != LABEL and _is_of_all(path, bottom - row)
        if (lacks_one or over_all) if path else told:
            yield column


@cache
def _names_part_of_year(label: Label) -> bool:
    """Whether a heading names a month, of whatever another stands over it; うち names the count itself that it is a part of."""
    return bool(label.dated and label.dated.within_year and not label.part)


def _is_of_all(path: Path, distance: int) -> bool:
    """Whether what stands some rows above the heading of a table is over all of it; a year right above may be a column's own heading."""
    return all(map(_tells_no_column, path)) and (distance > 1 or not any(label.dated for label in path))


@cache
def _tells_no_column(label: Label) -> bool:
    """Whether a label over a table says nothing by which its columns differ: its unit, whose or of when it is."""
    return label.says_only("units", "dated", "bureaus", "alias")


def _is_shared(sheet: Cells, row: int, column: int, others: Sequence[int]) -> bool:
    """Whether a heading stands over the column beside and over any of other columns as well, merged or written again."""
    here = sheet.labels.get((row, column))
    beside, elsewhere = ((column - 1, column + 1), others)
    return all(any(sheet.labels.get((row, each)) is here for each in columns) for columns in (beside, elsewhere))


def _shared(sheet: Cells, overs: Sequence[Overs], merged: Merged) -> Iterator[tuple[int, int]]:
    """Numbers merged over cells that stand under different headings or beside different labels: they are of all of them together."""
    for top, left, bottom, right in sheet.grid.merges:
        if top < sheet.height and left < sheet.width and sheet.is_number(top, left):
            first, last = overs[top][left], overs[top][right] if right < sheet.width else NOTHING
            beside = sheet.label_to_left(top, left), sheet.label_to_left(bottom, left)
            apart = sheet.anchor(first.row, left) != sheet.anchor(last.row, right)
            parted = all(beside) and beside[0] != beside[1] and left not in merged.get(top, ())
            if (last.path and first.path != last.path and apart) or parted:
                yield top, left
