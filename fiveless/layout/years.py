"""Years carried along a row or column of months: 令和3年4月, 5月 … 12月, 1月."""

from collections.abc import Iterable
from dataclasses import replace
from functools import cache

from fiveless.dating import Dated
from fiveless.labels import Label


def carried(line: Iterable[tuple[Label, Label | None]]) -> list[Label]:
    """Years for a run of labels, each with the year label that stands over or before it.

    After December comes the next year; a month seen before begins the run anew. Where months go backwards none is carried on: the year
    is the one that stands over or before the month, or none.
    前月（5月） and what stands under 前年 are of no run.
    """
    carried: list[Label] = []
    source: Label | None = None
    year: int | None = None
    previous = turns = 0
    seen: set[int] = set()
    for label, outer in line:
        dated = label.dated
        if not dated or not dated.month or label.shift:
            carried.append(label)
            continue
        if dated.year:
            source, year, turns, seen = None, None if dated.fiscal else dated.year, 0, set()
        elif outer is not None and outer != source:
            source, turns, seen = outer, 0, set()
            year = _year_of(outer)
        elif dated.month == previous:
            pass
        elif dated.month in seen:
            turns, seen = 0, set()
        elif previous > 3 >= dated.month:
            turns += 1
        elif dated.month < previous:
            year, turns, seen = _year_of(outer), 0, set()
        previous = dated.month
        seen.add(dated.month)
        carried.append(label if dated.year else _turned(label, dated, year, turns))
    return carried


def _year_of(outer: Label | None) -> int | None:
    """The calendar year that a label states."""
    return None if outer is None or outer.dated is None or outer.dated.fiscal or outer.dated.within_year else outer.dated.year


@cache
def _turned(label: Label, dated: Dated, year: int | None, turns: int) -> Label:
    turned = replace(dated, turns=turns)
    return replace(label, dated=turned.completed(year, fiscal=False) if year else turned) if year or turns else label
