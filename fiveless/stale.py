"""Months behind the last real one: all that a form then holds are zeros, or copies of the month before."""

import numpy as np

from fiveless.book import Book, keys
from fiveless.meaning.facts import BASES, SCENARIOS
from fiveless.unpivot import Flags, Ints

_MONTH, _AS_OF, _YTD = (BASES.index(basis) for basis in ("month", "as_of", "ytd"))
_ACTUAL = SCENARIOS.index("actual")
_CHANCE = 0.01


def months_to_come(book: Book) -> Ints:
    """The taken figures of the last months in which the whole file, or a bureau, reports nothing but zeros and copies.

    A quiet office has zeros too: they count as not yet reported only where, by how often they occur before, they would be no chance.
    """
    facts = book.facts
    monthly = np.isin(facts["basis"], (_MONTH, _AS_OF, _YTD)) & (facts["scenario"] == _ACTUAL)
    figures = np.flatnonzero(book.taken & monthly & (facts["last"] >= 0))
    idle = _idle(book, figures)
    if not idle.any():
        return figures[:0]
    bureaus = np.unique(book.bureau[figures])
    groups = [figures >= 0, *(book.bureau[figures] == each for each in bureaus if len(bureaus) > 1)]
    return np.unique(np.concatenate([figures[group][_trailing(book, figures[group], idle[group])] for group in groups]))


def _idle(book: Book, figures: Ints) -> Flags:
    """Whether each figure is 0, or equal to the same figure of the month before."""
    facts, value = book.facts[figures], book.value[figures]
    same = keys([book.bureau[figures], book.office[figures], *(facts[name].astype(np.int64) for name in ("measure", "basis"))])
    order = np.lexsort((facts["last"], same))
    later, before = order[1:], order[:-1]
    idle: Flags = value == 0
    next_month = (same[later] == same[before]) & (facts["last"][later] == facts["last"][before] + 1)
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
