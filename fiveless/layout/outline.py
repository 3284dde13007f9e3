"""Outlines: under 行ラベル stand offices and below each its months or items; elsewhere a bureau that adds up the offices below it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from fiveless.labels import Label
from fiveless.layout.cells import NUMBER, Cells, places
from fiveless.layout.over import Overs

_Row = tuple[int, Sequence[tuple[int, Label]]]
_ROW_LABELS = re.compile(r"行ラベル|row labels", re.IGNORECASE)


@cache
def heads_outline(label: Label) -> bool:
    """Whether a label is the heading of such a table."""
    return bool(_ROW_LABELS.fullmatch(label.text))


def outlined(rows: Sequence[_Row], overs: Sequence[Overs]) -> dict[int, list[tuple[int, Label]]]:
    """Row → its labels with those of the groups in which it stands before them; only rows under 行ラベル with one label.

    A label that has others of another kind below it heads a group: its numbers add up those of the group.
    """
    found: dict[int, list[tuple[int, Label]]] = {}
    stack: list[tuple[str, int, Label]] = []
    for row, labels in rows:
        if len(labels) != 1 or not _is_under_row_labels(overs[row], labels[0][0]):
            continue
        column, label = labels[0]
        kind = _kind(label)
        kinds = [each for each, _, _ in stack]
        if not kind:
            stack = []
            continue
        if kind in kinds or (kind == "bureau" and "office" in kinds):
            stack = stack[: kinds.index(kind if kind in kinds else "office")]
        elif stack:
            _, head, group = stack[-1]
            found[head][-1] = column, replace(group, aggregate="subtotal")
        stack.append((kind, row, label))
        found[row] = [(column, each) for _, _, each in stack]
    return found


def _is_under_row_labels(over: Overs, column: int) -> bool:
    return any(map(heads_outline, over[column].path))


def _kind(label: Label) -> str:
    """Whether a label says of when, of what, or of which bureau or office the numbers are; empty for totals and what says nothing."""
    if label.aggregate:
        return ""
    if label.dated or label.names_measure:
        return "when" if label.dated else "what"
    return "bureau" if label.bureaus else "office" if label.office or label.rest else ""


def may_add_up(sheet: Cells) -> bool:
    """Whether somewhere a bureau with numbers stands above something that is no bureau."""
    return any(
        NUMBER in sheet.kinds[row] and row + 1 < sheet.height and (below := sheet.labels.get((row + 1, column))) and _is_below_bureau(below)
        for (row, column), _ in sheet.labels_that(_is_bureau)
    )


def added_up(sheet: Cells, rows: Sequence[_Row], overs: Sequence[Overs]) -> dict[int, list[tuple[int, Label]]]:
    """Row → its labels, for the offices whose bureau stands above them as their sum, in every column of counts, and for that bureau."""
    found: dict[int, list[tuple[int, Label]]] = {}
    for group in _groups(rows, overs):
        (top, ((column, bureau),)), *offices = group
        rows_below, counts = [row for row, _ in offices], _counts(sheet, top, overs[top])
        own = sheet.values_at(top, counts)
        if len(offices) > 1 and own.any() and (own == sheet.values_at(rows_below, counts).sum(axis=0)).all():
            found[top] = [(column, replace(bureau, aggregate="subtotal"))]
            found |= {row: [(column, bureau), (column, _office(label))] for row, ((_, label),) in offices}
    return found


def _counts(sheet: Cells, row: int, over: Overs) -> list[int]:
    """The columns of a row's numbers whose headings compare nothing."""
    return [column for column in places(bytes(sheet.kinds[row]), NUMBER) if not any(map(_compares, over[column].path))]


def _groups(rows: Sequence[_Row], overs: Sequence[Overs]) -> Iterator[list[_Row]]:
    """Each bureau with the rows right below it in its column and table that have one label and name none."""
    group: list[_Row] = []
    for row, labels in rows:
        label = labels[0][1] if len(labels) == 1 else None
        last, top = (group[-1][0], group[0]) if group else (-1, None)
        if label and _is_bureau(label):
            yield from [group] if group else []
            group = [(row, labels)]
        elif label and top and row == last + 1 and overs[row] is overs[last] and labels[0][0] == top[1][0][0] and _is_below_bureau(label):
            group.append((row, labels))
        else:
            yield from [group] if group else []
            group = []
    yield from [group] if group else []


@cache
def _is_bureau(label: Label) -> bool:
    return bool(label.bureaus) and not (label.office or label.aggregate or label.names_measure or label.dated or label.memo)


@cache
def _is_below_bureau(label: Label) -> bool:
    return _kind(label) == "office" and not (label.bureaus or label.memo or label.derived)


@cache
def _compares(label: Label) -> bool:
    return label.derived or label.compared


@cache
def _office(label: Label) -> Label:
    """A label as that of an office, also where a heading 局名 has let a bureau be expected."""
    return Label(label.text, office=label.text, part=label.part)
