"""The fate of each figure: taken, used as a check, or set aside; totals are recomputed and repeated keys compared."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal

from fiveless.figures import plain
from fiveless.finding import REASONS, RULES, Finding
from fiveless.grid import address
from fiveless.hierarchy import presumed_totals
from fiveless.observation import Account, Fate, Observation
from fiveless.period import Period
from fiveless.structure import Measure
from fiveless.unpivot import Figure, Sheet

_NO_ADDEND = frozenset({"derived", "part", "memo"})


def settle(sheets: Sequence[Sheet], file: str, measures: dict[str, Measure]) -> tuple[list[Observation], list[Account], list[Finding]]:
    """Decide what becomes of every number of a file: its observations, the account of every number, and findings."""
    findings: list[Finding] = []
    for sheet in sheets:
        findings += _totals(sheet, file)
        findings += (Finding("X02", file, sheet.name, address(*place)) for place in _gaps(sheet))
        findings += (Finding("X01", file, sheet.name, address(*place), {"text": text}) for place, text in sheet.layout.texts.items())
    figures = [figure for sheet in sheets for figure in sheet.figures]
    findings += _repeats(figures, file)
    findings += (_set_aside(figure, file, measures) for figure in figures if figure.reason and _asks(figure))
    for sheet in sheets:
        for number, reason in sheet.layout.others:
            if RULES[REASONS[reason]].severity != "note":
                findings.append(Finding(REASONS[reason], file, sheet.name, address(number.row, number.column)))
    observations = [_observation(figure) for figure in figures if figure.taken]
    return observations, list(_accounts(sheets)), findings


# Totals ---------------------------------------------------------------------------------------------------------------


def _totals(sheet: Sheet, file: str) -> Iterator[Finding]:
    parts = [figure for figure in sheet.figures if not figure.meaning.aggregate]
    totals = [figure for figure in sheet.figures if figure.meaning.aggregate]
    for figure in parts:
        figure.taken = not figure.reason
    lines = _Lines(sheet.figures)
    alone: list[Figure] = []
    for total in totals:
        sets = list(lines.addends(total))
        if not sets:
            alone.append(total)
            continue
        if _is_the_figure(total, sets):
            total.taken = True
            continue
        sums = [_sum(addends) for addends in sets]
        total.checked, total.reason = True, ""
        if total.value not in sums and total.located.number.value not in sums:
            yield Finding("T01", file, sheet.name, total.cell, {"stated": plain(total.value), "sum": plain(sums[0])})
    for total in alone:
        _take_or_set_aside(total, lines)
    for row in presumed_totals(parts):
        for figure in row:
            figure.taken, figure.checked = False, True
        yield Finding("T02", file, sheet.name, row[0].cell, {"about": row[0].meaning.office or row[0].meaning.bureau})


def _is_the_figure(total: Figure, sets: Iterable[Sequence[Figure]]) -> bool:
    """Whether a total adds up parts none of which is an observation (A4 and A3, card and cash): then it is the figure itself."""
    equal = [addends for addends in sets if _sum(addends) == total.value]
    counted = any(figure.taken or figure.meaning.aggregate for addends in equal for figure in addends)
    return not total.reason and bool(total.value and equal) and not counted


def _sum(addends: Iterable[Figure]) -> Decimal:
    return sum((figure.value for figure in addends), Decimal(0))


def _take_or_set_aside(total: Figure, lines: "_Lines") -> None:
    """A total without any part on the sheet is itself the report; but not the 0 of an empty form, nor one among totals with parts."""
    if total.reason:
        return
    others = [figure for figure in lines.line(total) if figure is not total]
    parted = any(figure.checked or (not figure.meaning.aggregate and figure.reason not in _NO_ADDEND) for figure in others)
    if parted or lines.has_checked_beside(total) or not total.value:
        total.reason = "total_alone"
    else:
        total.taken = True


class _Lines:
    """Figures by row and by column of their table, to find what a total adds up."""

    def __init__(self, figures: Iterable[Figure]) -> None:
        self._rows: dict[tuple[int, int], list[Figure]] = {}
        self._columns: dict[tuple[int, int], list[Figure]] = {}
        for figure in figures:
            self._rows.setdefault(_row(figure), []).append(figure)
            self._columns.setdefault(_column(figure), []).append(figure)

    def line(self, total: Figure) -> list[Figure]:
        """The figures beside a total column, and over a total row."""
        row = self._rows[_row(total)] if total.meaning.aggregate_over else []
        column = self._columns[_column(total)] if total.meaning.aggregate_beside else []
        return [*row, *column]

    def has_checked_beside(self, total: Figure) -> bool:
        """Whether other totals of the same total column or row have been checked against their parts."""
        column = self._columns[_column(total)] if total.meaning.aggregate_over else []
        row = self._rows[_row(total)] if total.meaning.aggregate_beside else []
        return any(figure.checked for figure in (*column, *row))

    def addends(self, total: Figure) -> Iterator[list[Figure]]:
        """The sets of figures that the total may be the sum of, the likeliest first."""
        if total.meaning.aggregate_over:
            yield from _sets(total, self._rows[_row(total)], lambda each: each.meaning.aggregate_over, total.meaning.aggregate_over)
        if total.meaning.aggregate_beside:
            yield from _sets(
                total, self._columns[_column(total)], lambda each: each.meaning.aggregate_beside, total.meaning.aggregate_beside
            )


def _row(figure: Figure) -> tuple[int, int]:
    return figure.located.number.row, figure.located.table[1]


def _column(figure: Figure) -> tuple[int, int]:
    return figure.located.number.column, figure.located.table[0]


def _sets(total: Figure, line: Sequence[Figure], kind: Callable[[Figure], str], own: str) -> Iterator[list[Figure]]:
    """Before it since the last total; after it to the next; all parts; all subtotals."""
    whole = _Whole(total)
    fitting = [figure for figure in line if figure is total or whole.has(figure)]
    place = next(index for index, figure in enumerate(fitting) if figure is total)
    before, after = fitting[:place], fitting[place + 1 :]
    nearest = _until_total(reversed(before), kind), _until_total(after, kind)
    everything = [figure for figure in fitting if not kind(figure)]
    subtotals = [figure for figure in fitting if figure is not total and kind(figure) == "subtotal"]
    sets = [*nearest, everything] if own == "subtotal" else [everything, *nearest]
    yield from (each for each in (*sets, subtotals) if each)


def _until_total(figures: Iterable[Figure], kind: Callable[[Figure], str]) -> list[Figure]:
    found: list[Figure] = []
    for figure in figures:
        if kind(figure):
            break
        found.append(figure)
    return found


class _Whole:
    """What a total's own headings say, and so what its parts must agree with."""

    def __init__(self, total: Figure) -> None:
        heads = total.located.heads
        meaning = total.meaning
        self.measure = meaning.measure if any(label.names_measure for label in heads) else ""
        self.period = meaning.period if any(label.dated for label in heads) else None
        self.bureau = meaning.bureau if any(label.bureaus for label in heads) else ""
        self.scenario = meaning.scenario
        self.ytd = any(label.basis == "ytd" for label in heads)

    def has(self, part: Figure) -> bool:
        """Whether a figure can be a part of the total."""
        piece = part.meaning
        return (
            part.reason not in _NO_ADDEND
            and piece.scenario == self.scenario
            and (piece.basis == "ytd") == self.ytd
            and (not self.measure or piece.measure == self.measure)
            and (not self.bureau or piece.bureau == self.bureau)
            and (not self.period or not piece.period or _within(piece.period, self.period))
        )


def _within(inner: Period, outer: Period) -> bool:
    return outer.first <= inner.first and inner.last.first <= outer.last.first


# Gaps -----------------------------------------------------------------------------------------------------------------


def _gaps(sheet: Sheet) -> list[tuple[int, int]]:
    """Blank cells of a table in a row and a column that both hold figures: they may be forgotten, and are no zeros."""
    tables: dict[tuple[int, int], set[tuple[int, int]]] = {}
    for figure in sheet.figures:
        if figure.taken and figure.located.over:
            number = figure.located.number
            tables.setdefault(figure.located.table, set()).add((number.row, number.column))
    known = {(figure.located.number.row, figure.located.number.column) for figure in sheet.figures}
    filled = known | sheet.layout.marks | sheet.layout.texts.keys() | {(other.row, other.column) for other, _ in sheet.layout.others}
    gaps = {
        (row, column) for places in tables.values() for row in {row for row, _ in places} for column in {column for _, column in places}
    }
    return sorted(gaps - filled)


# Repeated keys --------------------------------------------------------------------------------------------------------


def _repeats(figures: Sequence[Figure], file: str) -> Iterator[Finding]:
    """The same key twice: the same value is a check (a summary's first), two values are a conflict and neither is taken."""
    by_key: dict[tuple[str, ...], list[Figure]] = {}
    for figure in figures:
        if figure.taken:
            by_key.setdefault(figure.key, []).append(figure)
    for same in by_key.values():
        if len(same) == 1:
            continue
        same.sort(key=lambda figure: figure.of_summary)
        first = same[0]
        agree = len({figure.value for figure in same}) == 1
        for figure in same[1:] if agree else same:
            figure.taken, figure.checked = False, agree
            if not agree:
                figure.reason = "conflict"
                other = next(each for each in same if each.value != figure.value)
                fields = {"value": plain(figure.value), "other_value": plain(other.value), "other": f"{other.sheet} › {other.cell}"}
                yield Finding("K02", file, figure.sheet, figure.cell, fields)
        first.taken = agree


# Results --------------------------------------------------------------------------------------------------------------


def _observation(figure: Figure) -> Observation:
    meaning, located = figure.meaning, figure.located
    return Observation(
        meaning.bureau,
        meaning.office,
        meaning.measure,
        figure.key[3],
        meaning.basis,
        meaning.scenario,
        figure.value,
        meaning.status,
        located.remark,
        figure.sheet,
        figure.cell,
    )


def _accounts(sheets: Sequence[Sheet]) -> Iterator[Account]:
    for sheet in sheets:
        for figure in sheet.figures:
            number = plain(figure.located.number.value)
            fate: Fate = "taken" if figure.taken else "check" if figure.checked else "set_aside"
            yield Account(sheet.name, figure.cell, number, fate, REASONS[figure.reason] if fate == "set_aside" else "")
        for other, reason in sheet.layout.others:
            yield Account(sheet.name, address(other.row, other.column), plain(other.value), "set_aside", REASONS[reason])


def _asks(figure: Figure) -> bool:
    """Whether a set-aside number needs a person: notes are only counted."""
    return not (figure.taken or figure.checked) and figure.reason != "conflict" and RULES[REASONS[figure.reason]].severity != "note"


def _set_aside(figure: Figure, file: str, measures: dict[str, Measure]) -> Finding:
    meaning = figure.meaning
    near = "、".join(measures[code].name.ja if code in measures else code for code in meaning.candidates)
    fields = {"about": meaning.about or "—", "candidates": near or "—", "value": plain(figure.located.number.value)}
    return Finding(REASONS[figure.reason], file, figure.sheet, figure.cell, fields)
