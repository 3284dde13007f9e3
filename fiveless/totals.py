"""What the totals of a file add up: their whole line, what stands since the last total or up to the next, or the subtotals.

All totals are recomputed at once, line by line, with arrays; entry i is figure i of the `Book`.
"""

from collections.abc import Iterator
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from fiveless.book import Book
from fiveless.meaning.facts import BASES
from fiveless.unpivot import Flags, Floats, Ints

_WHOLE, _BEFORE, _AFTER, _SUBTOTALS = range(4)
_SETS = 4
_YTD, _YEAR = BASES.index("ytd"), BASES.index("year")
_SUBTOTAL = 1
_CLOSE = 1e-9


class Recount:
    """For each figure that is a total up to eight sets of addends (four along its row, four down its column).

    `sums`, `sizes` and `counted` hold a row for each set: what it adds up to, how many figures it has, and how many of them are taken,
    are totals, or are figures of which only something else is not clear. `shown` is what it adds up to without the figures that are
    hidden or struck out.
    """

    def __init__(self, book: Book) -> None:
        self._book = book
        self._no_bureau = book.bureaus.index("") if "" in book.bureaus else -1
        self._no_addend = book.because("derived", "part", "memo")
        self.sums = np.zeros((2 * _SETS, len(book)))
        self.shown = np.zeros_like(self.sums)
        self._is_shown = ~book.because("hidden", "struck")
        self.sizes = np.zeros((2 * _SETS, len(book)), dtype=np.int64)
        self.counted = np.zeros_like(self.sizes)
        counts = book.taken | book.is_total | ~book.because("", "not_understood", "no_measure", "part")
        for number, total, member, whose in self._all_sets():
            self._add(number, total, member, whose, counts)

    def _all_sets(self) -> Iterator[tuple[int, Ints, Ints, Ints]]:
        """Every kind of set: its number, the totals that may have one, the members, and for each whose it is."""
        book = self._book
        for offset, line, order, kind in (
            (0, book.across, book.column, book.facts["over"]),
            (_SETS, book.down, book.row, book.facts["beside"]),
        ):
            for total, sets in self._sets(line, order, kind):
                yield from ((offset + number, total, member, whose) for number, (member, whose) in enumerate(sets))

    def _add(self, number: int, total: Ints, member: Ints, whose: Ints, counts: Flags) -> None:
        """Note a set: `member` are figures, `whose` for each the place in `total` of the total that it belongs to."""
        size = len(total)
        self.sums[number, total] = np.bincount(whose, weights=self._book.value[member], minlength=size)
        self.shown[number, total] = np.bincount(whose, weights=self._book.value[member] * self._is_shown[member], minlength=size)
        self.sizes[number, total] = np.bincount(whose, minlength=size)
        self.counted[number, total] = np.bincount(whose, weights=counts[member], minlength=size)

    def _sets(self, line: Ints, order: Ints, kind: Ints) -> Iterator[tuple[Ints, list[tuple[Ints, Ints]]]]:
        """The totals of some lines, one of each line at a time, and their four sets as members and whose they are."""
        with_total = np.zeros(line.max(initial=-1) + 1, dtype=bool)
        with_total[line[kind > 0]] = True
        places = np.lexsort((order, line))
        places = places[with_total[line[places]]]
        for total in _one_a_line(places[kind[places] > 0], line):
            yield total, self._four(total, places, line, kind)

    def _four(self, total: Ints, places: Ints, line: Ints, kind: Ints) -> list[tuple[Ints, Ints]]:
        whose_line = np.full(line.max() + 1, -1)
        whose_line[line[total]] = np.arange(len(total))
        whose = whose_line[line[places]]
        position = np.arange(len(places))
        keep = whose >= 0
        places, whose, position = places[keep], whose[keep], position[keep]
        own = np.zeros(len(total), dtype=np.int64)
        is_own = places == total[whose]
        own[whose[is_own]] = position[is_own]
        fits = ~is_own & self._can_have(total[whose], places)
        places, whose, position = places[fits], whose[fits], position[fits]
        stops, later = kind[places] > 0, position > own[whose]
        last, first = np.full(len(total), -1), np.full(len(total), len(line))
        last[whose[stops & ~later]] = position[stops & ~later]
        first[whose[stops & later][::-1]] = position[stops & later][::-1]
        before, after = ~stops & ~later & (position > last[whose]), ~stops & later & (position < first[whose])
        sets = (~stops, before, after, kind[places] == _SUBTOTAL)
        return [(places[each], whose[each]) for each in sets]

    def _can_have(self, total: Ints, part: Ints) -> Flags:
        """Whether figures can be parts of totals, pair by pair: what a total's own headings say must hold for its parts."""
        book = self._book
        whole, piece = book.facts[total], book.facts[part]
        fits: Flags = (
            ~self._no_addend[part]
            & (piece["scenario"] == whole["scenario"])
            & ((piece["basis"] == _YTD) == whole["cumulative"])
            & (~whole["names_measure"] | (whole["measure"] < 0) | (piece["measure"] == whole["measure"]))
            & (~book.names_bureau[total] | (book.bureau[total] == self._no_bureau) | (book.bureau[part] == book.bureau[total]))
            & ~((piece["basis"] == _YEAR) & (whole["first"] >= 0) & (_fiscal_year(piece) != _fiscal_year(whole)))
            & (~whole["dated"] | (whole["first"] < 0) | (piece["first"] < 0) | _within(piece, whole))
        )
        return fits

    @property
    def has_parts(self) -> Flags:
        """The totals with at least one set of addends."""
        return np.asarray((self.sizes > 0).any(axis=0))

    @property
    def agrees(self) -> NDArray[np.bool_]:
        """For each set and figure, whether there is such a set and its sum is the figure's value."""
        found: Flags = (self.sizes > 0) & (_close(self.sums, self._book.value) | _close(self.shown, self._book.value))
        return found

    @property
    def agrees_as_it_stands(self) -> Flags:
        """Whether the sum of a set is the number as it stands, its unit left aside."""
        return np.asarray(((self.sizes > 0) & _close(self.sums, self._book.stands)).any(axis=0))

    def likeliest(self, index: int) -> float:
        """What the likeliest set of a total adds up to: for a subtotal that since the last one."""
        return next((float(self.sums[number, index]) for line in self.sets(index) for number in line), 0.0)

    def sets(self, index: int) -> tuple[list[int], list[int]]:
        """The numbers of the sets of a total, those along its row and those down its column, likeliest first."""
        along, down = (self._in_order(index, offset, kind) for offset, kind in ((0, "over"), (_SETS, "beside")))
        return along, down

    def _in_order(self, index: int, offset: int, kind: str) -> list[int]:
        own = self._book.facts[kind][index] == _SUBTOTAL
        order = (_BEFORE, _AFTER, _WHOLE, _SUBTOTALS) if own else (_WHOLE, _BEFORE, _AFTER, _SUBTOTALS)
        return [offset + number for number in order if self.sizes[offset + number, index]]

    @cached_property
    def addends(self) -> dict[tuple[int, int], list[int]]:
        """The figures of each set, by its number and its total; to be asked when a person wants to know."""
        found: dict[tuple[int, int], list[int]] = {}
        for number, total, member, whose in self._all_sets():
            for figure, place in zip(member.tolist(), whose.tolist(), strict=True):
                found.setdefault((number, int(total[place])), []).append(figure)
        return found


def _one_a_line(totals: Ints, line: Ints) -> Iterator[Ints]:
    """Totals, sorted by line, as the first of each line, the second of each, and so on."""
    while len(totals):
        first = np.ones(len(totals), dtype=bool)
        first[1:] = line[totals[1:]] != line[totals[:-1]]
        yield totals[first]
        totals = totals[~first]


def _fiscal_year(figures: NDArray[np.void]) -> Ints:
    """The fiscal year in which each figure begins."""
    found: Ints = (figures["first"].astype(np.int64) - 3) // 12
    return found


def _within(piece: NDArray[np.void], whole: NDArray[np.void]) -> Flags:
    inside: Flags = (whole["first"] <= piece["first"]) & (piece["last"] <= whole["last"])
    return inside


def _close(sums: Floats, value: Floats) -> Flags:
    """Whether sums are equal but for how a float is kept."""
    near: Flags = np.abs(sums - value) <= _CLOSE * np.maximum(1, np.abs(value))
    return near
