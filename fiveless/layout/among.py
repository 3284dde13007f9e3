"""Labels that are understood by all the others of their row or column.

A name among offices, groups before offices, who is in charge of an indicator, the names that a database has for its columns.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache

from fiveless.grid import Place
from fiveless.labels import Label
from fiveless.layout.cells import NUMBER, Cells
from fiveless.layout.roles import NO_FIGURES, aside, in_role
from fiveless.observation import Scenario

_BULLETS = frozenset("■□◆◇●○◎▼▽▶")
_IDENTIFIER = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:_[A-Za-z0-9]+)+")
_KINDS = re.compile(r"(?:value|data|figure|record)?[_ ]?(?:type|kind)|scenario|(?:実績|データ|数値)?(?:種別|種類|区分)", re.IGNORECASE)
_SCENARIOS: dict[str, Scenario] = {"A": "actual", "T": "target", "P": "plan", "C": "cap"}
_PLACES = frozenset({"窓口", "施設", "拠点", "会場"})
_TOTAL_OF_MONTH = "月計"
_FEW = 2


def read_among_others(sheet: Cells) -> None:
    """Give such labels their meaning."""
    _headings_of_places(sheet)
    _totals_of_months(sheet)
    _names_among_offices(sheet)
    _captions_among_offices(sheet)
    _groups_of_offices(sheet)
    _groups_of_bureaus(sheet)
    _in_charge(sheet)
    _identifiers(sheet)
    _letters(sheet)


@cache
def _may_name_office(label: Label) -> bool:
    """Whether not a word of a label is understood, and it may be a name."""
    unknown = bool(label.rest) and label.says_only("rest", "narrowed")
    return unknown and bool(in_role(label, "office").office)


@cache
def _is_office(label: Label) -> bool:
    return bool(label.office) and not (label.names_measure or label.dated)


@cache
def _fits_among_offices(label: Label) -> bool:
    return bool(_is_office(label) or _may_name_office(label) or label.aggregate or label.dimension or label.note)


def _headings_of_places(sheet: Cells) -> None:
    """窓口 over a column of offices heads them, and says nothing of what is counted: 城南センター, 多摩事務所, 本庁窓口."""
    for (row, column), label in sheet.labels_that(_is_place):
        if sheet.anchor(row, column) != (row, column) or NUMBER in sheet.kinds[row]:
            continue
        below = _labels_below(sheet, row, column)
        if sum(map(_is_office, below)) >= _FEW and all(in_role(each, "office").office or each.aggregate or each.note for each in below):
            sheet.labels[row, column] = Label(label.text, dimension="office")


def _totals_of_months(sheet: Cells) -> None:
    """月計 beside 累計 and nothing else is what is counted in the month; beside offices it adds them up."""
    rows: dict[int, list[int]] = defaultdict(list)
    for (row, column), _ in sheet.labels_that(_is_total_of_month):
        rows[row].append(column)
    for row, columns in rows.items():
        line = [label for column, label in sheet.column_labels(row) if column >= min(columns)]
        others = [label for label in line if not _is_total_of_month(label)]
        if NUMBER not in sheet.kinds[row] and len(others) == len(columns) and all(label.basis == "ytd" for label in others):
            for column in columns:
                sheet.labels[row, column] = replace(sheet.labels[row, column], aggregate="", span="", basis="month")


@cache
def _is_total_of_month(label: Label) -> bool:
    return label.text == _TOTAL_OF_MONTH


def _labels_below(sheet: Cells, row: int, column: int) -> list[Label]:
    """The labels below a heading that stand before numbers, as far as the next row without any."""
    found: dict[Place, Label] = {}
    for below in range(row + 1, sheet.height):
        if NUMBER not in sheet.kinds[below][column + 1 :]:
            break
        if (below, column) in sheet.labels:
            found[sheet.anchor(below, column)] = sheet.labels[below, column]
    return list(found.values())


@cache
def _is_place(label: Label) -> bool:
    return label.text in _PLACES


def _names_among_offices(sheet: Cells) -> None:
    """立川SS in a row of headings, most of which are offices and the rest totals, is one too."""
    unknown: dict[int, list[int]] = defaultdict(list)
    for (row, column), _ in sheet.labels_that(_may_name_office):
        unknown[row].append(column)
    for row, columns in unknown.items():
        labels = [label for _, label in sheet.column_labels(row)]
        if NUMBER in sheet.kinds[row] or not all(map(_fits_among_offices, labels)):
            continue
        if sum(map(_is_office, labels)) > max(len(columns), 1):
            for column in columns:
                sheet.labels[row, column] = in_role(sheet.labels[row, column], "office")


def _captions_among_offices(sheet: Cells) -> None:
    """■自然の家 over one of several blocks, the others of which are headed ■中央図書館 and ■多摩図書館, is an office too."""
    marked: dict[str, list[tuple[Place, Label]]] = defaultdict(list)
    for place, label in sheet.labels_that(_is_marked):
        if sheet.anchor(*place) == place:
            marked[label.text[0]].append((place, label))
    for captions in marked.values():
        offices = sum(_is_office(label) for _, label in captions)
        unknown = [place for place, label in captions if not _is_office(label)]
        if unknown and all(_is_office(label) or _may_name_office(label) for _, label in captions) and offices > max(len(unknown), 1):
            for place in unknown:
                text = sheet.labels[place].text
                sheet.labels[place] = Label(text, office=text[1:].strip())


@cache
def _is_marked(label: Label) -> bool:
    return label.text[:1] in _BULLETS and len(label.text) > 1


def _groups_of_offices(sheet: Cells) -> None:
    """管理部門 and 事業部門 before or over the offices of each group them, if no office is in two: a kind of count would have all."""
    unknown = sheet.labels_that(_may_name_office)
    for column in {column for (_, column), _ in unknown}:
        names = _grouping(_grouped_down(sheet, column))
        _become_areas(sheet, [place for place, label in unknown if place[1] == column and label.text in names])
    for row in {row for (row, _), _ in unknown if NUMBER not in sheet.kinds[row]}:
        names = _grouping(_grouped_across(sheet, row))
        _become_areas(sheet, [place for place, label in unknown if place[0] == row and label.text in names])


def _become_areas(sheet: Cells, places: Sequence[Place]) -> None:
    for place in places:
        sheet.labels[place] = in_role(sheet.labels[place], "area")


def _grouping(pairs: Iterable[tuple[Label, Label]]) -> set[str]:
    """The outer names of pairs of names, if they group the inner ones: there are more of those, and each is in one group only."""
    groups: defaultdict[str, set[str]] = defaultdict(set)
    for outer, inner in pairs:
        groups[inner.text].add(outer.text)
    names = {name for those in groups.values() for name in those}
    return names if len(names) >= _FEW and len(groups) > len(names) and all(len(those) == 1 for those in groups.values()) else set()


def _grouped_down(sheet: Cells, column: int) -> Iterator[tuple[Label, Label]]:
    """The names in a column, each with the offices behind it: it may be written once for several rows."""
    outer = None
    for row, kinds in enumerate(sheet.kinds):
        if not kinds.strip(b"."):
            outer = None
        outer, inner = sheet.labels.get((row, column), outer), sheet.labels.get((row, column + 1))
        if outer and inner and NUMBER in kinds and _may_group(outer, inner):
            yield outer, inner


def _grouped_across(sheet: Cells, row: int) -> Iterator[tuple[Label, Label]]:
    """The names in a row of headings, each with the offices below it."""
    for column, outer in sheet.column_labels(row):
        inner = sheet.labels.get((row + 1, column))
        if inner and _may_group(outer, inner):
            yield outer, inner


def _may_group(outer: Label, inner: Label) -> bool:
    return _is_office(inner) and inner is not outer and (_may_name_office(outer) or _is_office(outer))


def _groups_of_bureaus(sheet: Cells) -> None:
    """知事部局 among bureaus in a column or row is the sum of its own, and no office of whoever gathered the figures."""
    groups = [place for place, _ in sheet.labels_that(_is_group)]
    bureaus = [place for place, label in sheet.labels.items() if label.bureaus] if groups else []
    for row, column in groups:
        if max(sum(each[1] == column for each in bureaus), sum(each[0] == row for each in bureaus)) >= _FEW:
            sheet.labels[row, column] = replace(sheet.labels[row, column], aggregate="subtotal")


@cache
def _is_group(label: Label) -> bool:
    return bool(label.group) and not (label.aggregate or label.bureaus)


def _in_charge(sheet: Cells) -> None:
    """Offices under 所管課 beside indicators, each of which stands once, are in charge of them; the figures are not theirs alone."""
    for (row, column), _ in sheet.labels_that(_heads_desks):
        if sheet.anchor(row, column) != (row, column):
            continue
        rows = [each for each in range(row + 1, sheet.height) if (each, column) in sheet.labels and NUMBER in sheet.kinds[each]]
        counted = [next(_counted_beside(sheet, each, column), None) for each in rows]
        if len(rows) >= _FEW and None not in counted and len(set(counted)) == len(counted):
            for each in rows:
                sheet.labels[each, column] = aside(sheet.labels[each, column])


def _counted_beside(sheet: Cells, row: int, column: int) -> Iterator[str]:
    """The names of counts that stand in the other columns of a row."""
    return (label.text for other, label in sheet.column_labels(row) if other != column and label.names_measure)


@cache
def _heads_desks(label: Label) -> bool:
    return label.dimension == "desk"


def _letters(sheet: Cells) -> None:
    """A and T under value_type are actuals and targets; other letters before the figures that come again tell kinds that nobody knows."""
    columns: defaultdict[int, dict[int, Label]] = defaultdict(dict)
    for (row, column), label in sheet.labels_that(_is_letter):
        if NUMBER in sheet.kinds[row][column + 1 :]:
            columns[column][row] = label
    for column, rows in columns.items():
        texts = Counter(label.text for label in rows.values())
        if len(texts) < _FEW or max(texts.values()) < _FEW:
            continue
        above = (sheet.labels.get((row, column)) for row in range(min(rows) - 1, -1, -1))
        heading = next(filter(None, above), None)
        if heading and (heading.note or heading.dimension in NO_FIGURES):
            continue
        known = bool(heading and _KINDS.fullmatch(heading.text)) and texts.keys() <= _SCENARIOS.keys()
        for row, label in rows.items():
            told = Label(label.text, scenario=_SCENARIOS[label.text]) if known else Label(label.text, rest=label.text)
            sheet.labels[row, column] = told


@cache
def _is_letter(label: Label) -> bool:
    return len(label.text) == 1 and label.text.isascii() and label.text.isupper()


def _identifiers(sheet: Cells) -> None:
    """FAX_SND_CNT right above or below FAX送信件数 is that column's name in a database."""
    for (row, column), _ in sheet.labels_that(_is_identifier):
        others = (sheet.labels.get((row + 1, column)), sheet.labels.get((row - 1, column)))
        if any(other and (other.names_measure or other.dimension or other.dated) and not _is_identifier(other) for other in others):
            sheet.labels[row, column] = aside(sheet.labels[row, column])


@cache
def _is_identifier(label: Label) -> bool:
    return bool(_IDENTIFIER.fullmatch(label.text))
