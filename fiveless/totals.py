"""What the totals of a file add up: their whole line, what stands since the last total or up to the next, or the subtotals.

All totals are recomputed at once, line by line, with arrays; entry i is figure i of the `Book`.
"""

from collections.abc import Iterator
from functools import cached_property
from typing import Any

import numpy as np

from fiveless.book import Book
from fiveless.meaning.facts import BASES
from fiveless.unpivot import Flags, Floats, Ints

_WHOLE, _BEFORE, _AFTER, _SUBTOTALS = range(4)
_SETS = 4
_YTD, _YEAR = BASES.index("ytd"), BASES.index("year")
_SUBTOTAL = 1
_CLOSE = 1e-9
_AT_HAND = 1 << 16


class Recount:
    """For each figure that is a total up to eight sets of addends (four along its row, four down its column).

    `_sums`, `_sizes` and `_counted` hold a row for each set and a column for each total: what it adds up to, how many figures it has,
    and how many of them are taken, are totals, or are figures of which only something else is not clear (`_of_its_time`: how many have the
    total's period). `_shown` is what it adds up to without the figures that are hidden, struck out or called void.
    """

    def __init__(self, book: Book) -> None:
        self._book = book
        self._no_bureau = book.bureaus.index("") if "" in book.bureaus else -1
        self._no_addend = book.because("derived", "part", "memo")
        self._totals = np.flatnonzero(book.is_total)
        self._place = np.full(len(book), -1)
        self._place[self._totals] = np.arange(len(self._totals))
        self._sums = np.zeros((2 * _SETS, len(self._totals)))
        self._shown = np.zeros_like(self._sums)
        self._is_shown = ~book.because("hidden", "struck", "void")
        self._sizes = np.zeros((2 * _SETS, len(self._totals)), dtype=np.int64)
        self._counted, self._of_its_time = np.zeros_like(self._sizes), np.zeros_like(self._sizes)
        counts = book.taken | book.is_total | ~book.because("", "not_understood", "no_measure", "part")
        known: tuple[int, Ints | None] = (0, None)
        for number, total, member, whose in self._all_sets():
            if member is known[1]:
                self._add_again(number, known[0], self._place[total])
            elif len(member):
                self._add(number, total, member, whose, counts)
                known = number, member
        value = book.value[self._totals]
        self._agrees = (self._sizes > 0) & (_close(self._sums, value) | _close(self._shown, value))

    def _all_sets(self) -> Iterator[tuple[int, Ints, Ints, Ints]]:
        """Every kind of set: its number, the totals that may have one, the members, and for each whose it is."""
        book = self._book
        for offset, line, order, kind in (
            (0, "across", book.column, book.facts["over"]),
            (_SETS, "down", book.row, book.facts["beside"]),
        ):
            for total, sets in self._sets(getattr(book, line), order, kind) if (kind > 0).any() else ():
                yield from ((offset + number, total, member, whose) for number, (member, whose) in enumerate(sets))

    def _add(self, number: int, total: Ints, member: Ints, whose: Ints, counts: Flags) -> None:
        """Note a set: `member` are figures, `whose` for each the place in `total` of the total that it belongs to."""
        size, place, value = len(total), self._place[total], self._book.value[member]
        self._sums[number, place] = np.bincount(whose, weights=value, minlength=size)
        self._shown[number, place] = np.bincount(whose, weights=value * self._is_shown[member], minlength=size)
        self._sizes[number, place] = np.bincount(whose, minlength=size)
        self._counted[number, place] = np.bincount(whose, weights=counts[member], minlength=size)
        of_its_time = self._book.facts["period"][member] == self._book.facts["period"][total[whose]]
        self._of_its_time[number, place] = np.bincount(whose, weights=of_its_time, minlength=size)

    def _add_again(self, number: int, known: int, place: Ints) -> None:
        """Note a set that has the members of another."""
        for each in (self._sums, self._shown, self._sizes, self._counted, self._of_its_time):
            each[number, place] = each[known, place]

    def _sets(self, line: Ints, order: Ints, kind: Ints) -> Iterator[tuple[Ints, list[tuple[Ints, Ints]]]]:
        """The totals of some lines, one of each line at a time, and their four sets as members and whose they are."""
        with_total = np.zeros(line.max(initial=-1) + 1, dtype=bool)
        with_total[line[kind > 0]] = True
        for part in _by_line(np.flatnonzero(with_total[line]), line, order):
            for total in _one_a_line(part[kind[part] > 0], line):
                yield total, self._four(total, part, line, kind)

    def _four(self, total: Ints, places: Ints, line: Ints, kind: Ints) -> list[tuple[Ints, Ints]]:
        least = line[places[0]]
        whose_line = np.full(line[places[-1]] + 1 - least, -1)
        whose_line[line[total] - least] = np.arange(len(total))
        whose = whose_line[line[places] - least]
        position = np.arange(len(places))
        keep = whose >= 0
        if not keep.all():
            places, whose, position = places[keep], whose[keep], position[keep]
        own = np.zeros(len(total), dtype=np.int64)
        is_own = places == total[whose]
        own[whose[is_own]] = position[is_own]
        fits = ~is_own & self._can_have(total, whose, places)
        places, whose, position = places[fits], whose[fits], position[fits]
        stops, later = kind[places] > 0, position > own[whose]
        last, first = np.full(len(total), -1), np.full(len(total), len(line))
        last[whose[stops & ~later]] = position[stops & ~later]
        first[whose[stops & later][::-1]] = position[stops & later][::-1]
        since, until = ~stops & ~later & (position > last[whose]), ~stops & later & (position < first[whose])
        whole, before, after, subtotals = ((places[each], whose[each]) for each in (~stops, since, until, kind[places] == _SUBTOTAL))
        parts = [whole if len(each[0]) == len(whole[0]) else each for each in (before, after)]  # which are of the whole line
        return [whole, *parts, subtotals]

    def _can_have(self, total: Ints, whose: Ints, part: Ints) -> Flags:
        """Whether figures can be parts of totals, each of the one at a place in `total`: what its own headings say must hold for them."""
        book, facts = self._book, self._book.facts
        scenario, basis, measure, first, last = (facts[name] for name in ("scenario", "basis", "measure", "first", "last"))
        fits: Flags = ~self._no_addend[part] & (scenario[part] == scenario[total][whose])
        fits &= (basis[part] == _YTD) == facts["cumulative"][total][whose]
        if (tells := facts["names_measure"][total] & (measure[total] >= 0)).any():
            fits &= ~tells[whose] | (measure[part] == measure[total][whose])
        if (tells := book.names_bureau[total] & (book.bureau[total] != self._no_bureau)).any():
            fits &= ~tells[whose] | (book.bureau[part] == book.bureau[total][whose])
        if (tells := (basis[part] == _YEAR) & (first[total][whose] >= 0)).any():
            fits &= ~tells | (_fiscal_year(first[part]) == _fiscal_year(first[total])[whose])
        if (tells := (facts["dated"][total] | facts["shifted"][total]) & (first[total] >= 0)).any():
            within = (first[total][whose] <= first[part]) & (last[part] <= last[total][whose])
            fits &= ~tells[whose] | (first[part] < 0) | within
        return fits

    @cached_property
    def has_parts(self) -> Flags:
        """The totals with at least one set of addends; one figure alone, of another time than the total and no equal of it, is none."""
        return self._of_figures(((self._sizes > 1) | (self._of_its_time > 0) | self._agrees).any(axis=0))

    @cached_property
    def agrees(self) -> Flags:
        """Whether the sum of a set is the figure's value."""
        return self._of_figures(self._agrees.any(axis=0))

    @cached_property
    def agrees_with_counted(self) -> Flags:
        """Whether the sum of a set that has figures which count is the figure's value."""
        return self._of_figures((self._agrees & (self._counted > 0)).any(axis=0))

    @cached_property
    def agrees_as_it_stands(self) -> Flags:
        """Whether the sum of a set is the number as it stands, its unit left aside."""
        return self._of_figures(((self._sizes > 0) & _close(self._sums, self._book.stands[self._totals])).any(axis=0))

    def _of_figures(self, totals: Any) -> Flags:
        """Flags of totals as flags of all figures."""
        flags = np.zeros(len(self._book), dtype=bool)
        flags[self._totals] = totals
        return flags

    def likeliest(self, index: int) -> float:
        """What the likeliest set of a total adds up to: for a subtotal that since the last one."""
        return next((float(self._sums[number, self._place[index]]) for line in self.sets(index) for number in line), 0.0)

    def sets(self, index: int) -> tuple[list[int], list[int]]:
        """The numbers of the sets of a total, those along its row and those down its column, likeliest first."""
        along, down = (self._in_order(index, offset, kind) for offset, kind in ((0, "over"), (_SETS, "beside")))
        return along, down

    def _in_order(self, index: int, offset: int, kind: str) -> list[int]:
        own = self._book.facts[kind][index] == _SUBTOTAL
        order = (_BEFORE, _AFTER, _WHOLE, _SUBTOTALS) if own else (_WHOLE, _BEFORE, _AFTER, _SUBTOTALS)
        return [offset + number for number in order if self._sizes[offset + number, self._place[index]]]

    @cached_property
    def addends(self) -> dict[tuple[int, int], list[int]]:
        """The figures of each set, by its number and its total; to be asked when a person wants to know."""
        found: dict[tuple[int, int], list[int]] = {}
        for number, total, member, whose in self._all_sets():
            for figure, place in zip(member.tolist(), whose.tolist(), strict=True):
                found.setdefault((number, int(total[place])), []).append(figure)
        return found


def _by_line(places: Ints, line: Ints, order: Ints) -> Iterator[Ints]:
    """Figures by line and within it by order, as they mostly stand already; so many at a time as stay at hand, each line whole."""
    own, place = line[places], order[places]
    new = own[1:] != own[:-1]
    if not np.where(new, own[1:] > own[:-1], place[1:] >= place[:-1]).all():
        sequence = np.lexsort((place, own))
        places, own = places[sequence], own[sequence]
        new = own[1:] != own[:-1]
    ends = np.append(np.flatnonzero(new) + 1, len(places))
    start = 0
    while start < len(places):
        stop = int(ends[min(int(np.searchsorted(ends, start + _AT_HAND)), len(ends) - 1)])
        yield places[start:stop]
        start = stop


def _one_a_line(totals: Ints, line: Ints) -> Iterator[Ints]:
    """Totals, sorted by line, as the first of each line, the second of each, and so on."""
    while len(totals):
        first = np.ones(len(totals), dtype=bool)
        first[1:] = line[totals[1:]] != line[totals[:-1]]
        yield totals[first]
        totals = totals[~first]


def _fiscal_year(first: Ints) -> Ints:
    """The fiscal year of a month."""
    found: Ints = (first - 3) // 12
    return found


def _close(sums: Floats, value: Floats) -> Flags:
    """Whether sums are equal but for how a float is kept."""
    near: Flags = np.abs(sums - value) <= _CLOSE * np.maximum(1, np.abs(value))
    return near
