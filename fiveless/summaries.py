"""Figures that repeat others by arithmetic: a sheet 局計 is the sum of the sheets of its offices, a year that of its months."""

from collections.abc import Iterator

import numpy as np

from fiveless.book import Book, keys
from fiveless.meaning.facts import BASES
from fiveless.period import APRIL
from fiveless.unpivot import Flags, Floats, Ints

_MONTH, _QUARTER, _YEAR, _YTD = (BASES.index(name) for name in ("month", "quarter", "year", "ytd"))
_SPANS = ((_QUARTER, 3, _MONTH), (_YEAR, 12, _MONTH), (_YEAR, 12, _QUARTER))
_CLOSE = 1e-9
_Way = tuple[Flags, Flags, list[Ints]]


def repeated_sums(book: Book) -> list[tuple[int, float]]:
    """The taken figures that stand for the sum of at least two others, each with that sum.

    A table's figures are judged together: more than half of those with addends must agree, or one alone if it has no rival. They may
    also agree as they stand: 総括 that leaves 千枚 unsaid adds up numbers all the same.
    """
    sums, sizes = book.value.astype(np.float64), np.zeros(len(book), dtype=np.int64)
    agrees = np.zeros(len(book), dtype=bool)
    for own, size in _all_sums(book, book.value):
        fits = (size > 1) & ~agrees
        sums[fits], sizes[fits] = own[fits], size[fits]
        agrees |= fits & _close(own, book.value)
    if (book.stands != book.value).any():
        for own, size in _all_sums(book, book.stands):
            fits = (size > 1) & ~agrees & _close(own, book.stands)
            sums[fits], sizes[fits] = book.value[fits], size[fits]
            agrees |= fits
    judged = np.flatnonzero(sizes > 0)
    repeated = {
        index: float(sums[index]) for table in book.by_table(judged) if _tells(book, table, agrees[table]) for index in table.tolist()
    }
    return list((repeated | _of_two_measures(book)).items())


def _all_sums(book: Book, amount: Floats) -> Iterator[tuple[Floats, Ints]]:
    """For each way in which figures can add up others, or repeat a total, what they would be and of how many they would be the sum."""
    yield from (_sums(book, amount, *way) for way in _ways(book) if way[0].any() and way[1].any())
    if _YTD in book.facts.bases:
        for common in ([book.sheet, book.office], [book.office]):
            yield from (_running(book, amount, common, *part) for part in ((_MONTH, 1), (_QUARTER, 3)))
        yield from _running_of_all(book, amount)
    if len(book.sheets) > 1:
        yield _totals_elsewhere(book, amount)


def _close(sums: Floats, amount: Floats) -> Flags:
    near: Flags = np.abs(sums - amount) <= _CLOSE * np.maximum(1, np.abs(sums))
    return near


def _tells(book: Book, table: Ints, agrees: Flags) -> bool:
    """Whether agreement is no chance; where the sheet calls itself 計, it is none."""
    values = set(book.value[table[agrees]].tolist()) - {0.0}
    most = len(values) > 1 and 2 * int(agrees.sum()) > len(agrees)
    return bool(values) and (most or bool(agrees.all()) or book.of(int(table[0]))[0].of_summary)


def _ways(book: Book) -> Iterator[_Way]:
    """In which ways figures can add up others: which may be sums, which addends, and what both must have in common."""
    facts, taken, nameless = book.facts, book.taken, book.nameless
    basis, first = facts["basis"], facts["first"]
    common = [book.bureau, facts["measure"], facts["scenario"]]
    months = taken & (basis == _MONTH)
    if (whole := taken & nameless).any():
        yield whole, taken & ~nameless, [*common, basis, facts["period"]]
    for kind, span, shorter in _SPANS:
        if (longer := taken & (basis == kind)).any():
            when, parts = (first - APRIL) // span, (taken | book.presumed) & (basis == shorter)
            yield longer, parts, [*common, book.office, when]
            yield longer & nameless, parts & taken & ~nameless, [*common, when]
    if (cumulative := taken & (basis == _YTD) & ~facts["dated"]).any():
        yield cumulative, months, [*common, book.office, book.table, (first - APRIL) // 12]


def _of_two_measures(book: Book) -> dict[int, float]:
    """The figures of a measure that is two others together (送受信), each with the sum of both of the same key, where both stand."""
    sums: dict[int, float] = {}
    number = {code: place for place, code in enumerate(book.known.measures)}
    counts = np.bincount(book.facts["measure"][book.taken] + 1, minlength=len(number) + 1).tolist()
    for whole, parts in book.known.compounds:
        if not (counts[number[whole] + 1] and any(counts[number[part] + 1] for part in parts)):
            continue
        of_whole, of_parts = (book.taken & np.isin(book.facts["measure"], [number[code] for code in codes]) for codes in ((whole,), parts))
        key = keys([book.bureau, book.office, *(book.facts[name].astype(np.int64) for name in ("period", "basis", "scenario"))])
        for index in np.flatnonzero(of_whole).tolist():
            both = of_parts & (key == key[index])
            if int(both.sum()) == len(parts):
                sums[index] = float(book.value[both].sum())
    return sums


def _running_of_all(book: Book, amount: Floats) -> Iterator[tuple[Floats, Ints]]:
    """The same for cumulative figures of no office: the sum of the months of all offices, 累計 below the sheets of months."""
    facts, last = book.facts, book.facts["last"].astype(np.int64)
    whole = book.taken & (facts["basis"] == _YTD) & book.nameless
    months = book.taken & (facts["basis"] == _MONTH) & ~book.nameless
    if not (whole.any() and months.any()):
        return
    common = [book.bureau, facts["measure"], facts["scenario"], (last - APRIL) // 12]
    for month in np.unique(last[whole]).tolist():
        yield _sums(book, amount, whole & (last == month), months & (last <= month), common)


def _running(book: Book, amount: Floats, common: list[Ints], basis: int, span: int) -> tuple[Floats, Ints]:
    """For each cumulative figure the sum of the months (or quarters) with this in common, from April to its own, if all stand there."""
    sums, sizes = np.zeros(len(book)), np.zeros(len(book), dtype=np.int64)
    facts, taken = book.facts, book.taken
    last = facts["last"].astype(np.int64)
    whole = taken & (facts["basis"] == _YTD)
    part = taken & (facts["basis"] == basis)
    if not (whole.any() and part.any()):
        return sums, sizes
    chosen = np.flatnonzero(whole | part)
    named = [facts[name].astype(np.int64) for name in ("measure", "scenario")]
    key = keys([each[chosen] for each in (book.bureau, *named, *common, (last - APRIL) // 12)])
    order = np.lexsort((whole[chosen], last[chosen], key))  # of one month the part comes first
    chosen, key = chosen[order], key[order]
    first = np.searchsorted(key, key)
    added, counted = (np.concatenate([[0], np.cumsum(each)]) for each in (np.where(part[chosen], amount[chosen], 0), part[chosen]))
    total, size = added[:-1] - added[first], counted[:-1] - counted[first]
    full = whole[chosen] & (span * size == (last[chosen] - APRIL) % 12 + 1)
    full |= whole[chosen] & (size > 1) & _close(total, amount[chosen])  # of the months that there are, when later ones are still blank
    sums[chosen[full]], sizes[chosen[full]] = total[full], size[full] + 1  # in April one month alone is the sum
    return sums, sizes


def _totals_elsewhere(book: Book, amount: Floats) -> tuple[Floats, Ints]:
    """For each figure the total of another sheet, of the same office and measure, that it repeats: 総務部 of a year for 総務部小計.

    Something that the total adds up must be of the figure's own time.
    """
    sums, sizes = np.zeros(len(book)), np.zeros(len(book), dtype=np.int64)
    totals = np.flatnonzero(book.checked & book.is_total & (book.value != 0))
    if not len(totals):
        return sums, sizes
    taken = np.flatnonzero(book.taken & _are_among(amount, amount[totals]))
    facts, chosen = book.facts, np.concatenate([taken, totals])
    key = keys([each[chosen].astype(np.int64) for each in (book.bureau, book.office, facts["measure"], facts["scenario"])])
    own, others = key[: len(taken)], key[len(taken) :]
    for figure, its_key in zip(taken.tolist(), own.tolist(), strict=True):
        same = totals[(others == its_key) & (amount[totals] == amount[figure]) & (book.sheet[totals] != book.sheet[figure])]
        part = book.taken & (facts["measure"] == facts["measure"][figure]) & np.isin(book.table, book.table[same])
        if (part & (facts["first"][figure] <= facts["first"]) & (facts["last"] <= facts["last"][figure])).any():
            sums[figure], sizes[figure] = amount[figure], 2
    return sums, sizes


def _are_among(amounts: Floats, some: Floats) -> Flags:
    """Whether each amount is one of some, of which there are few beside all."""
    ordered = np.sort(some)
    among: Flags = ordered[np.minimum(np.searchsorted(ordered, amounts), len(ordered) - 1)] == amounts
    return among


def _sums(book: Book, amount: Floats, whole: Flags, part: Flags, parts: list[Ints]) -> tuple[Floats, Ints]:
    """For each figure that may be a sum what its addends add up to, and how many they are."""
    sums, sizes = np.zeros(len(book)), np.zeros(len(book), dtype=np.int64)
    chosen = np.flatnonzero(whole | part)
    key = keys([each[chosen] for each in parts])
    addend, total = part[chosen], whole[chosen]
    size = key.max() + 1
    sums[chosen[total]] = np.bincount(key[addend], weights=amount[chosen[addend]], minlength=size)[key[total]]
    sizes[chosen[total]] = np.bincount(key[addend], minlength=size)[key[total]]
    return sums, sizes
