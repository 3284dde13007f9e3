"""The fate of each figure: taken, used as a check, or set aside; totals are recomputed and repeated keys compared."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

import numpy as np

from fiveless.book import Book, keys
from fiveless.figures import plain
from fiveless.finding import REASONS, RULES, Finding
from fiveless.grid import address
from fiveless.hierarchy import presumed_totals
from fiveless.layout.cells import MARK, NUMBER
from fiveless.meaning.facts import BASES, REASON, REASON_NAMES, SCENARIOS, STATUSES
from fiveless.observation import FATES, Accounts, Coded, Observations, any_twice, combined, distinct, joined, narrowed, numbered
from fiveless.period import APRIL
from fiveless.rates import recompute
from fiveless.stale import months_to_come
from fiveless.structure import Measure
from fiveless.summaries import repeated_sums
from fiveless.totals import Recount
from fiveless.unpivot import Flags, Ints, Sheet

_TAKEN, _CHECK, _SET_ASIDE = range(len(FATES))
_LARGEST = 10**15
_NEAR = 1e-9
_ESTIMATED = STATUSES.index("estimated")


def settle(sheets: Sequence[Sheet], file: str, measures: dict[str, Measure]) -> tuple[Observations, Accounts, list[Finding]]:
    """Decide what becomes of every number of a file: its observations, the account of every number, and findings."""
    if not sheets:
        return Observations.of(), Accounts.of(), []
    book = Book(sheets)
    _set_aside_months_to_come(book)
    findings = [*_totals(book, file), *(each for sheet in sheets for each in _words(sheet, file))]
    findings += recompute(book, file)
    findings += _gaps(book, file)
    findings += _repeats(book, file)
    findings += _set_aside(book, file, measures)
    findings += _others(sheets, file)
    return _observations(book), _accounts(book), findings


def _set_aside_months_to_come(book: Book) -> None:
    stale = months_to_come(book)
    book.taken[stale], book.reason[stale] = False, REASON["stale"]


# Totals ---------------------------------------------------------------------------------------------------------------


def _totals(book: Book, file: str) -> Iterator[Finding]:
    recount = Recount(book)
    _take_sums_of_no_figures(book, recount)
    agrees = recount.agrees
    rate_of_totals = book.because("derived") & ~agrees
    parted = book.is_total & recount.has_parts & ~book.taken & ~rate_of_totals
    wrong = parted & ~agrees & ~recount.agrees_as_it_stands
    foreign = wrong & (book.facts["measure"] < 0)
    parted, wrong = parted & ~foreign, wrong & ~foreign
    book.checked |= parted
    book.reason[parted], book.reason[foreign] = 0, REASON["no_measure"]
    _take_totals_alone(book, book.is_total & ~recount.has_parts & (book.reason == 0))
    for index in np.flatnonzero(wrong).tolist():
        yield _wrong_total(book, file, index, recount.likeliest(index))
    for row in list(presumed_totals(book)):
        book.taken[row] = False
        book.checked[row] = book.presumed[row] = True
        office = book.offices[book.office[row[0]]]
        yield Finding("T02", file, book.of(row[0])[0].name, book.cell(row[0]), {"about": office})
    for index, total in repeated_sums(book):
        book.taken[index], book.checked[index] = False, True
        if _value(book, index) != Decimal(f"{total:.15g}"):
            yield _wrong_total(book, file, index, total)


def _wrong_total(book: Book, file: str, index: int, total: float) -> Finding:
    fields = {"stated": plain(_value(book, index)), "sum": plain(Decimal(f"{total:.15g}"))}
    return Finding("T01", file, book.of(index)[0].name, book.cell(index), fields)


def _take_sums_of_no_figures(book: Book, recount: Recount) -> None:
    """A total that adds up parts none of which is an observation (A4 and A3, card and cash) is the figure itself."""
    total = book.is_total & (book.reason == 0) & (book.value != 0)
    book.taken |= total & recount.agrees & ~recount.agrees_with_counted
    apart = book.because("no_measure", "not_understood")
    named = total & ~recount.agrees & book.facts["names_measure"]
    if named.any() and apart.any():
        _take_named_sums(book, np.flatnonzero(named & (book.facts["over"] > 0)), book.across, book.column, apart)
        _take_named_sums(book, np.flatnonzero(named & (book.facts["beside"] > 0)), book.down, book.row, apart)


def _take_named_sums(book: Book, totals: Ints, line: Ints, order: Ints, apart: Flags) -> None:
    """Take those totals, named by what they count, that add up figures of no measure next to them in their line."""
    if not len(totals):
        return
    places = np.flatnonzero(np.isin(line, line[totals]))
    places = places[np.lexsort((order[places], line[places]))]
    members = {int(line[each[0]]): each.tolist() for each in np.split(places, np.flatnonzero(np.diff(line[places])) + 1)}
    for index in totals.tolist():
        own = members[int(line[index])]
        at = own.index(index)
        book.taken[index] |= any(_adds_up(book, index, side, apart) for side in (own[:at][::-1], own[at + 1 :]))


def _adds_up(book: Book, index: int, others: Sequence[int], apart: Flags) -> bool:
    """Whether some of the next figures in a direction, at least two and none of them an observation, are what a total adds up.

    収納件数合計 behind 現金, クレジット and 電子マネー is; totals of some of them may stand between.
    """
    added, size = 0.0, 0
    for other in others:
        if book.is_total[other]:
            continue
        if not apart[other]:
            return False
        added, size = added + float(book.value[other]), size + 1
        if size > 1 and abs(added - float(book.value[index])) <= _NEAR * abs(added):
            return True
    return False


def _take_totals_alone(book: Book, alone: Flags) -> None:
    """A total without any part on the sheet is itself the report; but not the 0 of an empty form, nor one among totals with parts.

    Parts of a target are targets: 年度計 of a target among monthly plans has none. Parts of last year's total are of last year.
    """
    if not alone.any():
        return
    part = ~book.is_total & ~book.because("derived", "part", "memo")
    over, beside = book.facts["over"] > 0, book.facts["beside"] > 0
    scenario, year = book.facts["scenario"], (book.facts["last"] - APRIL) // 12
    across, down = keys([book.across, scenario, year]), keys([book.down, scenario, year])
    in_row, in_column = _any_in_line(across, part | book.checked), _any_in_line(down, part | book.checked)
    row_checked, column_checked = _any_in_line(book.across, book.checked & ~over), _any_in_line(book.down, book.checked & ~beside)
    parted = (over & (in_row | column_checked)) | (beside & (in_column | row_checked)) | (book.value == 0)
    book.reason[alone & parted] = REASON["total_alone"]
    book.taken |= alone & ~parted


def _any_in_line(line: Ints, flags: Flags) -> Flags:
    """For each figure whether any figure of its line is flagged."""
    found: Flags = (np.bincount(line, weights=flags) > 0)[line] if len(line) else flags
    return found


# Words and gaps -------------------------------------------------------------------------------------------------------


def _words(sheet: Sheet, file: str) -> Iterator[Finding]:
    """Words that stand where a number is expected."""
    return (Finding("X01", file, sheet.name, address(*place), {"text": text}) for place, text in sheet.layout.sheet.texts.items())


def _gaps(book: Book, file: str) -> Iterator[Finding]:
    """Blank cells of a table in a row and a column that both hold figures: they may be forgotten, and are no zeros."""
    blanks: dict[int, set[tuple[int, int]]] = {}
    for table in book.by_table(np.flatnonzero(book.taken & (book.heading_row >= 0))):
        number = int(book.sheet[table[0]])
        blanks.setdefault(number, set()).update(_blanks(book, book.sheets[number], table))
    for number in sorted(blanks):
        for place in sorted(blanks[number]):
            yield Finding("X02", file, book.sheets[number].name, address(*place))


def _blanks(book: Book, sheet: Sheet, figures: Ints) -> Iterator[tuple[int, int]]:
    rows, columns = distinct(book.row[figures]), distinct(book.column[figures])
    if len(rows) * len(columns) == len(figures):
        return
    cells = sheet.layout.sheet
    known = {(number.row, number.column) for number, _ in sheet.layout.others} | cells.texts.keys() | cells.covered
    for row in rows.tolist():
        for column in columns.tolist():
            if cells.kinds[row][column] not in (NUMBER, MARK) and (row, column) not in known:
                yield row, column


# Repeated keys --------------------------------------------------------------------------------------------------------


def _repeats(book: Book, file: str) -> Iterator[Finding]:
    """The same key twice: the same value is a check, two values are a conflict and neither is taken.

    Of equal ones a summary's is the check, else that of the sheet of whose figures more are repeated: a dashboard's before its data's.
    """
    taken = np.flatnonzero(book.taken)
    key = combined([column[taken] for column in (book.bureau, book.office, book.facts["key"])])
    if not any_twice(key):
        return
    number = numbered(key)
    times = np.bincount(number)
    twice = [taken[number == each].tolist() for each in np.flatnonzero(times > 1)]
    sheet = book.sheet[taken]
    repeated = np.bincount(sheet, weights=times[number] > 1) / np.maximum(np.bincount(sheet), 1)
    for same in sorted(twice):  # as they stand: the numbers of keys depend on what was read before
        same.sort(key=lambda index: (book.of(index)[0].of_summary, repeated[book.sheet[index]]))
        yield from _compare(book, same, file)


def _compare(book: Book, same: list[int], file: str) -> Iterator[Finding]:
    values = [_value(book, index) for index in same]
    agree = len(set(values)) == 1
    for index, value in zip(same[1:] if agree else same, values[1:] if agree else values, strict=True):
        book.taken[index], book.checked[index] = False, agree
        if not agree:
            book.reason[index] = REASON["conflict"]
            other = next(each for each, stated in zip(same, values, strict=True) if stated != value)
            sheet = book.of(other)[0].name
            fields = {"value": plain(value), "other_value": plain(_value(book, other)), "other": f"{sheet} › {book.cell(other)}"}
            yield Finding("K02", file, book.of(index)[0].name, book.cell(index), fields)


# What is set aside ----------------------------------------------------------------------------------------------------

_SILENT = np.array([not name or name == "conflict" or RULES[REASONS[name]].severity == "note" for name in REASON_NAMES])


def _set_aside(book: Book, file: str, measures: dict[str, Measure]) -> Iterator[Finding]:
    """The numbers set aside that need a person; notes are only counted."""
    for index in np.flatnonzero(~(book.taken | book.checked) & ~_SILENT[book.reason]).tolist():
        yield set_aside(*book.of(index), REASONS[book.why(index)], file, measures)


def set_aside(sheet: Sheet, index: int, code: str, file: str, measures: dict[str, Measure]) -> Finding:
    """The finding that tells why a figure is set aside, with what it is about and the nearest candidates."""
    about, candidates = sheet.hindrance(index)
    near = "、".join(measures[code].name.ja if code in measures else code for code in candidates)
    fields = {"about": about or "—", "candidates": near or "—", "value": plain(sheet.stands(index))}
    return Finding(code, file, sheet.name, sheet.cell(index), fields)


def _others(sheets: Sequence[Sheet], file: str) -> Iterator[Finding]:
    """Numbers that are no figures, where that needs a person."""
    for sheet in sheets:
        for number, reason in sheet.layout.others:
            if RULES[REASONS[reason]].severity != "note":
                yield Finding(REASONS[reason], file, sheet.name, address(number.row, number.column))


# Results --------------------------------------------------------------------------------------------------------------


def _value(book: Book, index: int) -> Decimal:
    sheet, place = book.of(index)
    return sheet.value(place)


def _observations(book: Book) -> Observations:
    taken = np.flatnonzero(book.taken)
    status = _statuses(book)[taken]
    coded = {
        "bureau": Coded(book.bureau[taken], book.bureaus),
        "office": Coded(book.office[taken], book.offices),
        "measure": Coded(book.facts["measure"][taken], book.known.measures),
        "period": _few(book.facts["period"][taken], book.known.periods),
        "basis": Coded(book.facts["basis"][taken], BASES),
        "scenario": Coded(book.facts["scenario"][taken], SCENARIOS),
        "status": Coded(status, STATUSES),
        "note": _notes(book, taken),
        "sheet": Coded(book.sheet[taken], [sheet.name for sheet in book.sheets]),
    }
    value = book.value[taken]
    large = np.abs(value) >= _LARGEST
    exact = {place: _value(book, int(taken[place])) for place in np.flatnonzero(large).tolist()}
    whole = np.where(large, 0, value).astype(np.int64)
    narrow = {name: Coded(narrowed(column.codes), column.names) for name, column in coded.items()}
    return Observations(narrow, narrowed(whole), narrowed(book.row[taken]), narrowed(book.column[taken]), exact)


def _statuses(book: Book) -> Ints:
    """The status of each figure; those that say 約 are estimated."""
    status = book.facts["status"].astype(np.int64)
    for start, sheet in zip(book.start.tolist(), book.sheets, strict=False):
        for index in sheet.figures.about:
            status[start + index] = status[start + index] or _ESTIMATED
    return status


def _few(codes: Ints, names: Sequence[str]) -> Coded:
    """A column with only those names that occur in it."""
    used = distinct(codes)
    place = np.zeros(len(names), dtype=np.int64)
    place[used] = np.arange(len(used))
    return Coded(place[codes], [names[code] for code in used.tolist()])


def _notes(book: Book, taken: Ints) -> Coded:
    """The remarks at the end of the rows."""
    remarks = joined([Coded(sheet.layout.runs.remark[sheet.figures.run], sheet.layout.runs.remarks) for sheet in book.sheets])
    return Coded(remarks.codes[taken], remarks.names)


def _accounts(book: Book) -> Accounts:
    """Every number: the figures, then those that are none."""
    others = [(place, number, reason) for place, sheet in enumerate(book.sheets) for number, reason in sheet.layout.others]
    fate = np.where(book.taken, _TAKEN, np.where(book.checked, _CHECK, _SET_ASIDE))
    reason = np.where(fate == _SET_ASIDE, book.reason, 0)
    written = {
        int(start) + index: plain(number.value)
        for start, sheet in zip(book.start, book.sheets, strict=False)
        for index, number in sheet.figures.written.items()
    }
    written |= {place: plain(number.value) for place, (_, number, _) in enumerate(others, len(book)) if number.value != int(number.value)}
    extra = {
        "sheet": [place for place, _, _ in others],
        "row": [number.row for _, number, _ in others],
        "column": [number.column for _, number, _ in others],
        "reason": [REASON[reason] for _, _, reason in others],
    }
    return Accounts(
        Coded(_more(book.sheet, extra["sheet"]), [sheet.name for sheet in book.sheets]),
        _more(book.row, extra["row"]),
        _more(book.column, extra["column"]),
        np.concatenate([book.stands, [float(number.value) for _, number, _ in others]]),
        _more(fate, [_SET_ASIDE] * len(others)),
        Coded(_more(reason, extra["reason"]), ["", *(REASONS[name] for name in REASON_NAMES[1:])]),
        written,
    )


def _more(figures: Ints, others: Sequence[int]) -> Ints:
    return narrowed(np.concatenate([figures, np.array(others, dtype=np.int64)]) if others else figures)
