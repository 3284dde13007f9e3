"""Months behind the last real one: all that a form then holds are zeros, or copies of the month before."""

import numpy as np

from fiveless.book import Book, keys
from fiveless.meaning.facts import BASES, SCENARIOS
from fiveless.observation import combined, distinct
from fiveless.period import APRIL
from fiveless.unpivot import Flags, Ints

_MONTH, _YTD = BASES.index("month"), BASES.index("ytd")
_MONTHLY = np.array([basis in ("month", "as_of", "ytd") for basis in BASES])
_ACTUAL = SCENARIOS.index("actual")
_CHANCE = 0.01


def months_to_come(book: Book) -> Ints:
    """The taken figures of the last months in which the whole file, or a bureau, reports nothing but zeros and copies.

    A quiet office has zeros too: they count as not yet reported only where, by how often they occur before, they would be no chance.
    """
    table = book.known.table
    monthly = _MONTHLY[table["basis"]] & (table["scenario"] == _ACTUAL) & (table["last"] >= 0)
    figures = np.flatnonzero(book.taken & book.facts.of_table(monthly))
    bureau = book.bureau[figures] if len(book.bureaus) > 1 else figures[:0]
    bureaus = distinct(bureau)
    groups = [figures, *(figures[bureau == each] for each in bureaus if len(bureaus) > 1)]
    found = [group[_trailing(book, group, _idle(book, group))] for group in groups if _ends_idle(book, group)]
    return np.unique(np.concatenate([_carried_on(book, figures), *found]))


def _carried_on(book: Book, figures: Ints) -> Ints:
    """Cumulative figures behind the last month that has a figure of its own, equal to that month's: a formula carries them on."""
    if _YTD not in book.facts.bases:
        return figures[:0]
    basis, last = book.facts["basis"][figures], book.facts["last"][figures].astype(np.int64)
    month, total = basis == _MONTH, basis == _YTD
    if not (month.any() and total.any()):
        return figures[:0]
    parts = [each[figures] for each in (book.bureau, book.office, book.facts["measure"].astype(np.int64))]
    series = keys([*parts, (last - APRIL) // 12])
    newest = np.full(int(series.max()) + 1, -1, dtype=np.int64)
    np.maximum.at(newest, series[month], last[month])
    reached = np.full(len(newest), np.nan)
    ends = total & (last == newest[series])
    reached[series[ends]] = book.value[figures][ends]
    carried: Ints = figures[total & (last > newest[series]) & (book.value[figures] == reached[series])]
    return carried


def _ends_idle(book: Book, figures: Ints) -> bool:
    """Whether nothing but zeros and copies stands in the last month of some figures; of most that is told by this month alone."""
    month = book.facts["last"][figures]
    ending = month.max(initial=0)
    at_end = month >= ending - 1
    close = figures[at_end]
    return bool(_idle(book, close)[month[at_end] == ending].all())


def _idle(book: Book, figures: Ints) -> Flags:
    """Whether each figure is 0, or equal to the same figure of the month before."""
    last, value = book.facts["last"][figures], book.value[figures]
    same = combined([column[figures] for column in (book.bureau, book.office, book.facts["measure"], book.facts["basis"])])
    order = np.lexsort((last, same))
    later, before = order[1:], order[:-1]
    idle: Flags = value == 0
    next_month = (same[later] == same[before]) & (last[later] == last[before] + 1)
    idle[later[next_month & (value[later] == value[before])]] = True
    return idle


def _trailing(book: Book, figures: Ints, idle: Flags) -> Flags:
    """Those figures that are of the last months, all idle, where that is no chance; a stock or sum may well stay the same."""
    month = book.facts["last"][figures]
    tells = idle & ((book.facts["basis"][figures] == _MONTH) | (book.value[figures] == 0))
    last_real = month[~idle].max(initial=-1)
    later: Flags = month > last_real
    earlier = (month <= last_real) & (book.facts["basis"][figures] == _MONTH)
    chance = (int((idle & earlier).sum()) + 1) / (int(earlier.sum()) + 2)
    told = bool(last_real >= 0) and chance ** int((later & tells).sum()) < _CHANCE
    return later if told else np.zeros_like(later)
