"""Years carried along a row or column of months: 令和3年4月, 5月 … 12月, 1月."""

from collections.abc import Iterable, Sequence
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


def with_own_years(labels: Sequence[Label], own: Sequence[Dated | None]) -> list[Label]:
    """Months with the calendar year that stands in their own row of a list, whatever the order of the list.

    Where January follows December under the same year after months from April, 年 may be meant for 年度: then nobody can tell.
    """
    found: list[Label] = []
    previous = 0, 0
    first: dict[int, int] = {}
    doubtful = set[int]()
    for label, year in zip(labels, own, strict=True):
        here = (year.year or 0, label.dated.month or 0) if year and label.dated and _lacks_year(label, year) else (0, 0)
        first.setdefault(here[0], here[1])
        if here[0] == previous[0] and (previous[1], here[1]) == (12, 1) and first[here[0]] > 3:
            doubtful.add(here[0])
        previous = here
        found.append(_of_year(label, here[0]) if here[0] else label)
    return [
        _unclear(label) if label is not was and _dated_year(label) in doubtful else label for label, was in zip(found, labels, strict=True)
    ]


def _lacks_year(label: Label, year: Dated) -> bool:
    bare = bool(label.dated and label.dated.month and not label.dated.year and not label.shift)
    return bare and bool(year.year) and not (year.fiscal or year.within_year)


def _dated_year(label: Label) -> int:
    return label.dated.year or 0 if label.dated and label.dated.month else 0


@cache
def _of_year(label: Label, year: int) -> Label:
    return replace(label, dated=label.dated and label.dated.completed(year, fiscal=False))


@cache
def _unclear(label: Label) -> Label:
    return Label(label.text, rest=label.text)


@cache
def _turned(label: Label, dated: Dated, year: int | None, turns: int) -> Label:
    turned = replace(dated, turns=turns)
    return replace(label, dated=turned.completed(year, fiscal=False) if year else turned) if year or turns else label
