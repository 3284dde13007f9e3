"""Years carried along a row or column of months: 令和3年4月, 5月 … 12月, 1月."""

from collections.abc import Iterable
from dataclasses import replace
from functools import cache

from fiveless.dating import Dated
from fiveless.labels import Label


def carried(line: Iterable[tuple[Label, Label | None]]) -> list[Label]:
    """Years for a run of labels, each with the year label that stands over or before it.

    After December comes the next year; a month seen before begins the run anew; where months go backwards no year is carried on.
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
            year = None if outer.dated is None or outer.dated.fiscal or outer.dated.within_year else outer.dated.year
        elif dated.month in seen:
            turns, seen = 0, set()
        elif dated.month < previous:
            if not (previous > 3 >= dated.month):
                year = None
            turns += 1
        previous = dated.month
        seen.add(dated.month)
        carried.append(label if dated.year else _turned(label, dated, year, turns))
    return carried


@cache
def _turned(label: Label, dated: Dated, year: int | None, turns: int) -> Label:
    turned = replace(dated, turns=turns)
    return replace(label, dated=turned.completed(year, fiscal=False) if year else turned) if year or turns else label
