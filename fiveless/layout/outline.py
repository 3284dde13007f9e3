"""Pivot tables pasted in their compact form: under 行ラベル stand offices and, indented below each, its months or items."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from fiveless.labels import Label
from fiveless.layout.over import Overs

_ROW_LABELS = re.compile(r"行ラベル|row labels", re.IGNORECASE)


@cache
def heads_outline(label: Label) -> bool:
    """Whether a label is the heading of such a table."""
    return bool(_ROW_LABELS.fullmatch(label.text))


def outlined(rows: Sequence[tuple[int, Sequence[tuple[int, Label]]]], overs: Sequence[Overs]) -> dict[int, list[tuple[int, Label]]]:
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
        if kind in kinds:
            stack = stack[: kinds.index(kind)]
        elif stack:
            _, head, group = stack[-1]
            found[head][-1] = column, replace(group, aggregate="subtotal")
        stack.append((kind, row, label))
        found[row] = [(column, each) for _, _, each in stack]
    return found


def _is_under_row_labels(over: Overs, column: int) -> bool:
    return any(map(heads_outline, over[column].path))


def _kind(label: Label) -> str:
    """Whether a label says of when, of what, or whose the numbers are; empty for totals and what says nothing."""
    if label.aggregate:
        return ""
    return "when" if label.dated else "what" if label.names_measure else "whose" if label.office or label.bureaus or label.rest else ""
