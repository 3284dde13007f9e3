"""The labels to the left of each number, with the unit to its right and the remark at the end of its row."""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import groupby, repeat
from operator import itemgetter

import numpy as np

from fiveless.grid import Span
from fiveless.labels import Label, pure_less
from fiveless.layout.cells import LABEL, NUMBER, Cells, places
from fiveless.layout.outline import added_up, heads_outline, may_add_up, outlined
from fiveless.layout.over import Overs
from fiveless.layout.roles import NO_FIGURES, Path, in_role, role_of, undated
from fiveless.layout.rows import Rows
from fiveless.layout.runs import Gathered, Ints, Kind, Runs
from fiveless.layout.years import carried, with_own_years
from fiveless.observation import distinct

_NAMING = frozenset({"bureau", "office", "measure", "year", "month", "period"})
_Held = dict[int, Label]
Merged = Mapping[int, Mapping[int, frozenset[int]]]
"""Row → column of a number merged over rows → the columns of the labels that it is of."""


@dataclass(slots=True)
class _Run:
    """One run of numbers in a row with the labels to its left, left first; `of_row` tells that the unit is that of the whole row."""

    labels: list[tuple[int, Label]] = field(default_factory=list)
    numbers: tuple[int, ...] = ()
    right: Label | None = None
    remark: str = ""
    of_row: bool = False

    @property
    def counts_now(self) -> bool:
        """Whether its labels tell what is counted, and nothing of when."""
        told = [label for _, label in self.labels]
        of_time = any(label.dated or label.basis or label.shift is not None for label in told)
        return any(label.names_measure for label in told) and not of_time


def beside_numbers(sheet: Cells, rows: Rows, overs: Sequence[Overs], merged: Merged) -> Runs:
    """The runs of numbers with what stands beside them; `merged` are the numbers of `of_several_rows`.

    Beside them are the labels to the left, nearest first, a unit to the right and a remark at the end of the row.
    """
    descent = _Descent(sheet, rows, overs)
    gathered = descent.gathered
    found = _less_months_alike(descent.lines(), gathered.labels)
    if merged:
        found = _row_by_row(found, {id(line) for line in found if isinstance(line, _Alike) and not merged.keys().isdisjoint(line.rows)})
    lines = [line for line in found if isinstance(line, _Line)]
    first = {line.row: line.runs[0] for line in lines}
    own = [(line.row, line.runs[0].labels) for line in lines]
    told = outlined(own, overs) if sheet.labels_that(heads_outline) else added_up(sheet, own, overs)
    for row, labels in told.items():
        first[row].labels = labels
    _carry_years(sheet, lines)
    for line in lines:
        line.part(merged.get(line.row, {}))
    for each in found:
        each.give_to(gathered, overs)
    return gathered.runs()


@dataclass(slots=True)
class _Line:
    """The runs of one row."""

    row: int
    runs: list[_Run]

    def part(self, merged: Mapping[int, frozenset[int]]) -> None:
        """Set apart the numbers in some columns that are of the labels in others alone."""
        for column, own in merged.items():
            for run in [each for each in self.runs if column in each.numbers]:
                run.numbers = tuple(each for each in run.numbers if each != column)
                self.runs.append(_Run([each for each in run.labels if each[0] in own], (column,), run.right, run.remark))

    def give_to(self, gathered: Gathered, overs: Sequence[Overs]) -> None:
        """Put down the runs that have numbers."""
        for run in self.runs:
            if run.numbers:
                kind = Kind(run.numbers, run.labels[0][0] if run.labels else -1, run.right, overs[self.row])
                gathered.add(self.row, kind, [label for _, label in reversed(run.labels)], run.remark)


@dataclass(slots=True)
class _Alike:
    """Rows that follow each other with one run each, in the same columns, whose labels (by column) do nothing but name.

    What they say are places in `known`.
    """

    rows: Sequence[int]
    numbers: tuple[int, ...]
    labels: dict[int, Ints]
    known: Sequence[Label]

    def lines(self) -> "Iterator[_Line | _Alike]":
        """The same row by row."""
        by_row = zip(*([(column, self.known[place]) for place in down.tolist()] for column, down in self.labels.items()), strict=True)
        return (_Line(row, [_Run(list(own), self.numbers)]) for row, own in zip(self.rows, by_row, strict=True))

    def dates(self) -> dict[int, bool]:
        """The columns that tell times, and whether all of these have a year."""
        told = {column: [self.known[place].dated for place in distinct(down).tolist()] for column, down in self.labels.items()}
        return {column: all(dated.year for dated in own if dated) for column, own in told.items() if any(own)}

    def give_to(self, gathered: Gathered, overs: Sequence[Overs]) -> None:
        """Put down the run of each row."""
        kind = Kind(self.numbers, min(self.labels), None, overs[self.rows[0]])
        gathered.add_rows(self.rows, kind, list(reversed(self.labels.values())))


def of_several_rows(sheet: Cells) -> Merged:
    """The numbers merged over several rows, each with the labels before it that are merged over just these: 年間上限 of 総務課.

    Beside 計画, 実績 and 差引 it is the office's and none of theirs.
    """
    alike: dict[tuple[int, int], list[Span]] = {}
    for span in sheet.grid.merges if sheet.covered else ():
        alike.setdefault((span[0], span[2]), []).append(span)
    found: dict[int, dict[int, frozenset[int]]] = {}
    for (top, bottom), spans in alike.items():
        numbers = [left for _, left, _, right in spans if left == right < sheet.width and top < bottom < sheet.height]
        for column in (left for left in numbers if sheet.is_number(top, left)):
            before = (each for _, left, _, right in spans if right < column for each in range(left, right + 1))
            own = frozenset(each for each in before if (top, each) in sheet.labels)
            if own:
                found.setdefault(top, {})[column] = own
    return found


def _row_by_row(found: list[_Line | _Alike], apart: Container[int]) -> list[_Line | _Alike]:
    """What was found, but some (by identity) row by row."""
    return [each for line in found for each in (line.lines() if isinstance(line, _Alike) and id(line) in apart else (line,))]


def _less_months_alike(found: list[_Line | _Alike], known: Sequence[Label]) -> list[_Line | _Alike]:
    """What was found, but row by row where years may have to be carried down: where a column has times without."""
    if not any(label.dated for label in known):
        return found
    dates = {id(line): line.dates() for line in found if isinstance(line, _Alike)}
    without = {column for own in dates.values() for column, all_have in own.items() if not all_have}
    for line in found:
        for run in line.runs if isinstance(line, _Line) else ():
            without.update(column for column, label in run.labels if label.dated and not label.dated.year)
    return _row_by_row(found, {alike for alike, own in dates.items() if not without.isdisjoint(own)})


class _Descent:
    """The way down a sheet: the labels above in each column, and the counts of which those below may be parts (`wholes`)."""

    def __init__(self, sheet: Cells, rows: Rows, overs: Sequence[Overs]) -> None:
        self._sheet, self._rows, self._overs = sheet, rows, overs
        self.gathered = Gathered()
        self._stray = rows.parted.stray
        self._above: _Held = {}
        self._ends: dict[int, int] = {}
        self._wholes: _Held = {}
        self._one_by_one = bool(sheet.labels_that(heads_outline)) or may_add_up(sheet)

    def lines(self) -> list[_Line | _Alike]:
        """All rows of figures from the top."""
        found: list[_Line | _Alike] = []
        for rows, pattern in self._sheet.shape.stretches:
            if rows[0] in self._rows.data_rows:
                for same in self._under_one_heading(rows):
                    found += self._figures(same, pattern)
            else:
                for row in rows:
                    self._pass(row)
        return found

    def _under_one_heading(self, rows: range) -> Iterable[Sequence[int]]:
        """Rows parted where what stands over them changes."""
        over = list(map(id, self._overs[rows.start : rows.stop]))
        if over.count(over[0]) == len(over):
            return [rows]
        return [[row for row, _ in same] for _, same in groupby(zip(rows, over, strict=True), itemgetter(1))]

    def _figures(self, rows: Sequence[int], pattern: bytes) -> Iterator[_Line | _Alike]:
        """Rows of one pattern under the same headings.

        In most of them the labels stand before the numbers and do nothing but say what they are: those are taken together.
        """
        columns, numbers = _named_numbers(pattern)
        if not columns:
            yield from map(self._line, rows)
            return
        meant = np.array([self._meant(rows, column) for column in columns])
        odd = np.asarray((meant < 0).any(axis=0))
        if self._sheet.merged_rows:
            odd |= np.array([row in self._sheet.merged_rows for row in rows])
        start = 0
        for stop in (*np.flatnonzero(odd).tolist(), len(rows)):
            if stop > start:
                yield from self._alike(rows[start:stop], numbers, dict(zip(columns, meant[:, start:stop], strict=True)))
            if stop < len(rows):
                yield self._line(rows[stop])
            start = stop + 1

    def _meant(self, rows: Sequence[int], column: int) -> Ints:
        """The labels of a column, by number, as its heading says to read them; -1 where more is to be asked than that."""
        heading, stray = self._overs[rows[0]][column].path, column in self._stray
        labels = list(map(self._sheet.labels.__getitem__, zip(rows, repeat(column))))
        places: dict[Label, int] = {}
        for label in set(labels):
            meant = _only_names(label, heading, stray)
            places[label] = self.gathered.place(meant) if meant else -1
        return np.fromiter(map(places.__getitem__, labels), np.int64, len(labels))

    def _alike(self, rows: Sequence[int], numbers: tuple[int, ...], labels: dict[int, Ints]) -> "Iterable[_Line | _Alike]":
        """Rows whose labels, by column, do nothing but name."""
        known = self.gathered.labels
        last = {column: known[down[-1]] for column, down in labels.items()}
        self._wholes.update(last)
        missing = self._missing(rows[0], min(labels))
        self._above.update(last)
        self._ends.clear()
        above = {column: np.full(len(rows), self.gathered.place(label)) for column, label in missing}
        alike = _Alike(rows, numbers, above | labels, known)
        return alike.lines() if self._one_by_one else [alike]

    def _line(self, row: int) -> _Line:
        """A row by itself."""
        line = _Line(row, _runs(self._sheet, self._rows, (row, self._overs[row]), self._wholes, self._stray))
        first = line.runs[0]
        if first.labels:
            missing = self._missing(row, first.labels[0][0], of_part=first.labels[0][1].part)
            self._above.update(first.labels)
            self._ends = {column: self._sheet.last_column(row, column) for column, _ in first.labels} if self._sheet.anchors else {}
            first.labels = missing + first.labels
        return line

    def _missing(self, row: int, first: int, *, of_part: bool = False) -> list[tuple[int, Label]]:
        """The labels that are left blank before the first one of a row, and repeat those above.

        They do so if labels stand to their right and the column is not merged. What is held further right, or over the first label, ends
        with that row, unless that is a part of it; and so do the labels of a table beside, that has ended above the row.
        """
        above, bands = self._above, self._rows.bands
        left = [(column, label) for column, label in above.items() if column < first and (of_part or self._ends.get(column, 0) < first)]
        left = [(column, label) for column, label in left if bands[column] == bands[first] or not self._has_ended(row, column)]
        above.clear()
        above.update(left)
        merged = self._sheet.merged_columns
        return sorted((column, label) for column, label in left if column not in merged and not (label.memo or label.derived))

    def _has_ended(self, row: int, column: int) -> bool:
        """Whether the band of a column holds figures, but none in a row."""
        return self._rows.has_figures(self._rows.bands[column]) and not self._rows.is_data(row, column)

    def _pass(self, row: int) -> None:
        """A row without figures: a table goes on over one whose figures are still blank."""
        if _continues(self._sheet, row, self._above):
            self._above.update(self._sheet.column_labels(row))
        else:
            self._above.clear()
            self._wholes.clear()


def _continues(sheet: Cells, row: int, above: dict[int, Label]) -> bool:
    """Whether a row without numbers is one of a table whose figures are still blank: its labels stand in the label columns only."""
    columns = [column for column, label in sheet.column_labels(row) if not label.note]
    return bool(columns) and bool(above) and all(column in above for column in columns)


@cache
def _pieces(pattern: bytes) -> tuple[tuple[int, tuple[int, ...]], ...]:
    """A row's labels and runs of numbers, left first: a label as its column and (), a run as -1 and its columns."""
    pieces: list[tuple[int, tuple[int, ...]]] = []
    for column, kind in enumerate(pattern):
        if kind == LABEL:
            pieces.append((column, ()))
        elif kind == NUMBER and pieces and pieces[-1][0] < 0:
            pieces[-1] = -1, (*pieces[-1][1], column)
        elif kind == NUMBER:
            pieces.append((-1, (column,)))
    return tuple(pieces)


def _runs(sheet: Cells, rows: Rows, place: tuple[int, Overs], wholes: _Held, stray: frozenset[int]) -> list[_Run]:
    row, over = place
    runs = [_Run()]
    merged: set[tuple[int, int]] = set()
    for column, numbers in _pieces(sheet.lines[row]):
        if numbers:
            _take_numbers(runs, numbers)
            continue
        label = sheet.labels[row, column]
        if column in stray and _is_remark(label, over[column].path):
            if not _is_unit_of_one(runs[-1], column, label):
                sheet.put_text(row, column, label.text)
        elif not label.note and _is_new(sheet, (row, column), merged):
            _take_label(runs, (row, column), over, wholes, rows)
    if not runs[-1].numbers:
        _take_names_behind(runs, over)
    return runs


def _take_names_behind(runs: Sequence[_Run], over: Overs) -> None:
    """Let what stands behind the only figures of a row under 年月, 所属 or 項目 name them, if nothing of that kind stands before them.

    An office behind 入力者 is that person's.
    """
    figures = [run for run in runs if run.numbers]
    if len(figures) != 1:
        return
    run = figures[0]
    roles = {role_of(over[column].path) for column, _ in run.labels}
    before = ""
    for column, label in runs[-1].labels:
        role = role_of(over[column].path)
        if column > run.numbers[-1] and role in _NAMING and role not in roles and not (before in NO_FIGURES or label.part):
            run.labels.append((column, label))
        before = role


@cache
def _is_remark(label: Label, heading: Path) -> bool:
    """Whether a text among the numbers of a column is one in place of a number: 休止中, or 窓口なし under 窓口来庁件数.

    記入例 among running numbers is none.
    """
    names = label.office or label.bureaus or label.dated or (label.shift and not label.rest) or (label.memo and role_of(heading) == "index")
    return not names and (not label.names_measure or (bool(label.rest) and any(each.names_measure for each in heading)))


@cache
def _named_numbers(pattern: bytes) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The columns of a row's labels and of its numbers, if all labels stand before all numbers; nothing for all other rows."""
    columns, numbers = places(pattern, LABEL), places(pattern, NUMBER)
    return (columns, numbers) if columns and numbers and columns[-1] < numbers[0] else ((), ())


@cache
def _only_names(label: Label, heading: Path, stray: bool) -> Label | None:
    """A label before numbers as its heading says to read it; None where more is to be asked than that."""
    role = role_of(heading)
    meant = in_role(_without_other_dates(label, heading), role)
    return None if stray or label.note or meant.part or role in NO_FIGURES else meant


def _take_numbers(runs: list[_Run], numbers: tuple[int, ...]) -> None:
    """A unit to the right ends a run: what follows it has the same labels and a unit of its own, if that does not stand under 単位."""
    if runs[-1].right:
        last = runs[-1]
        runs.append(_Run(list(last.labels), right=last.right if last.of_row else None, of_row=last.of_row))
    runs[-1].numbers += numbers


def _is_unit_of_one(run: _Run, column: int, label: Label) -> bool:
    """Whether a text right behind the only number of a run is its unit: 部数｜1｜部 below a table; if so, it is noted."""
    if run.numbers != (column - 1,) or not (label.only_unit or len(label.text) == 1):
        return False
    run.right = run.right or (label if label.only_unit else _unknown_unit(label.text))
    return True


def _is_new(sheet: Cells, place: tuple[int, int], merged: set[tuple[int, int]]) -> bool:
    """Whether the label of a place is met for the first time in its row: a merged one fills several places."""
    if not sheet.anchors:
        return True
    anchor = sheet.anchor(*place)
    new = anchor not in merged
    merged.add(anchor)
    return new


def _without_other_dates(label: Label, heading: Path) -> Label:
    """A date under a heading that speaks of something else (導入年月) is not the date of the figures."""
    other = (
        bool(heading)
        and not (heading[0].dimension or heading[0].dated or heading[0].basis)
        and heading[0].text.endswith(("年月", "日", "日付", "時期", "年度", "期限"))
    )
    return undated(label) if label.dated and other else label


def _take_label(runs: list[_Run], place: tuple[int, int], over: Overs, wholes: _Held, rows: Rows) -> None:
    column, run = place[1], runs[-1]
    label, role = _without_other_dates(rows.sheet.labels[place], over[column].path), role_of(over[column].path)
    if run.numbers and label.only_unit:
        run.right = run.right or label
        run.of_row = run.of_row or role == "unit"
        return
    if role in NO_FIGURES and not (role == "index" and (label.aggregate or label.memo)):
        if run.numbers and role == "note":
            run.remark = label.text
        return
    if run.numbers and not role and label.rest and len(label.text) <= 3 and not (label.office or _apart(rows, over, run, column)):
        if rows.numbers_in_column[column]:
            rows.sheet.put_text(*place, label.text)
        else:
            run.right = run.right or _unknown_unit(label.text)
        return
    meant = in_role(label, role)
    if run.numbers:
        same_band = rows.bands[run.numbers[-1]] == rows.bands[column]
        goes_on = same_band or (_is_of_other_time(meant) and run.counts_now)
        runs.append(_Run(_kept(run, meant) if goes_on else _kept_less(run, meant)))
    whole = _whole_before(runs) or wholes.get(column)
    if meant.part and meant.names_measure and whole:
        runs[-1].labels.append((column, whole))
    elif not meant.part:
        wholes[column] = meant
    runs[-1].labels.append((column, meant))


def _apart(rows: Rows, over: Overs, run: _Run, column: int) -> bool:
    """Whether a label is no unit of the numbers before it: a gap parts it from them, or it stands under a heading of its own."""
    last, path = run.numbers[-1], over[column].path
    return rows.bands[column] != rows.bands[last] or bool(path and path != over[last].path and not rows.numbers_in_column[column])


def _kept(run: _Run, label: Label) -> list[tuple[int, Label]]:
    """The labels of a run that hold for the next: 総務課｜100｜計画｜8｜9; but a name or time, or what is not understood, begins anew."""
    if label.office or label.bureaus or label.alias or label.dated or label.rest or label.aggregate or label.group:
        return []
    kept = [(column, each) for column, each in run.labels if not (each.names_measure and label.names_measure)]
    return [(column, each) for column, each in kept if not (each.scenario and (label.scenario or label.shift))]


@cache
def _is_of_other_time(label: Label) -> bool:
    """Whether a label says nothing but that the number behind it is of another time: （前年同月）."""
    return label.shift is not None and label.says_only("shift", "basis", "span")


def _kept_less(run: _Run, label: Label) -> list[tuple[int, Label]]:
    """The one of the five that heads a row, for another count behind a gap: ＦＡＸレス｜送信件数｜5｜件｜｜受信件数｜7."""
    if not label.names_measure or label.less:
        return []
    return [(column, each) for column, each in run.labels[:1] if pure_less(each)]


def _whole_before(runs: Sequence[_Run]) -> Label | None:
    """The count in the same row of which a うち further right is a part: 収納件数｜7838｜件｜うちキャッシュレス｜2060.

    Right of another part it is one of what stands above it.
    """
    labels = [label for _, label in runs[-2].labels if label.names_measure and not pure_less(label)] if len(runs) > 1 else []
    return labels[-1] if labels and not any(label.part for label in labels) else None


@cache
def _unknown_unit(text: str) -> Label:
    return Label(text, unclear_unit=True)


def _carry_years(sheet: Cells, lines: Sequence[_Line]) -> None:
    """Carry years down the label columns: 令和3年4月, 5月 … 12月, 1月."""
    columns: dict[int, list[tuple[int, _Run, int]]] = {}
    for line in lines:
        for run in line.runs:
            for position, (column, label) in enumerate(run.labels):
                if label.dated:
                    columns.setdefault(column, []).append((line.row, run, position))
    for dated in columns.values():
        if all(run.labels[at][1].dated.year for _, run, at in dated):  # type: ignore[union-attr]  # all of them are dated
            continue
        outer = [_year_before(run, position) for _, run, position in dated]
        own = [year.dated if year and _stands_in(sheet, row, run, year) else None for (row, run, _), year in zip(dated, outer, strict=True)]
        years = list(zip(with_own_years([run.labels[at][1] for _, run, at in dated], own), outer, strict=True))
        for (_, run, position), label in zip(dated, carried(years), strict=True):
            run.labels[position] = (run.labels[position][0], label)


def _stands_in(sheet: Cells, row: int, run: _Run, label: Label) -> bool:
    """Whether a label stands in a cell of its own in a row, rather than in one above or in a merged one."""
    column = next(column for column, each in run.labels if each is label)
    return sheet.labels.get((row, column)) is label and (row, column) not in sheet.anchors


def _year_before(run: _Run, position: int) -> Label | None:
    labels = (label for _, label in reversed(run.labels[:position]))
    return next((label for label in labels if label.shift or (label.dated and label.dated.year)), None)
