"""The revisions of numbers for reading, as CSV and as JSON."""

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby, pairwise
from typing import Any

from rich.text import Text

from fiveless.figures import number
from fiveless.language import Lang, Words
from fiveless.preview.wording import STATUSES
from fiveless.revision import Ending, Revision
from fiveless.structure import Codelists
from fiveless.tables import numbers, observations
from fiveless.tables.lines import aligned, cells, hanging, left, packed

_ENDINGS: Mapping[Ending | None, Words] = {
    None: Words("有効", "holds"),
    "superseded": Words("差替え", "superseded"),
    "withdrawn": Words("取下げ {when}", "withdrawn {when}"),
    "moved": Words("移動", "moved"),
}
_NOTE = Words("　注：{note}", "   note: {note}")
_FIGURES = (1, 2)  # the columns of value and change
_TIME = 20  # the width of a time, indented, and of the space behind it


def screen(revisions: Iterable[Revision], codelists: Codelists, lang: Lang, width: int | None) -> Iterator[Text]:
    """A block for each number, at most 50 of them for a terminal of `width` cells; for a pipe (None) all, and no line is folded.

    The revisions of a number come one after the other, the oldest first, as the store gives them.
    """
    count = 0
    for _, group in groupby(revisions, key=lambda each: each.number):
        if width is None or count < numbers.SHOWN:
            yield from [Text()] if count else []
            yield from _block(list(group), codelists, lang, width)
        count += 1
    if width is not None:
        yield from numbers.more(count - numbers.SHOWN, lang, width)


def _block(revisions: Sequence[Revision], codelists: Codelists, lang: Lang, width: int | None) -> Iterator[Text]:
    """What the number is; then for each revision time, value, change, status, whether it holds, and its source."""
    first = revisions[0]
    yield from numbers.paragraph([numbers.bureau_of(first, codelists, lang), *numbers.subject(first, codelists, lang)], width, style="bold")
    table = _table(revisions, codelists, lang)
    sources = [_source(each, lang) for each in revisions]
    for each, lines in zip(revisions, _laid_out(table, sources, width), strict=True):
        yield from (Text(line, "dim" if each.ended else "") for line in lines)


def _table(revisions: Sequence[Revision], codelists: Codelists, lang: Lang) -> list[list[str]]:
    """A row of cells for each revision."""
    amounts = [each.amount for each in revisions]
    added = [numbers.signed(numbers.change(before, after)) for before, after in pairwise([None, *amounts])]
    return [_cells(each, change, codelists, lang) for each, change in zip(revisions, added, strict=True)]


def _laid_out(table: Sequence[Sequence[str]], sources: Sequence[str], width: int | None) -> Iterator[list[str]]:
    """Cells in columns with the source behind them, or below where one does not fit; without columns where they alone are too wide."""
    filled = [index for index, column in enumerate(zip(*table, strict=True)) if any(column)]
    lines = aligned([[row[index] for index in filled] for row in table], [filled.index(index) for index in _FIGURES if index in filled])
    size = max(map(cells, lines)) + 4
    for row, line, source in zip(table, lines, sources, strict=True):
        if width is None or size + max(map(cells, sources)) <= width:
            yield [left(f"  {line}", size) + source]
        elif size - 2 <= width:
            yield [f"  {line}", *hanging(" " * _TIME, source, width)]
        else:
            yield [f"  {each}" for each in packed([*filter(None, row), source], width - 2)]


def _cells(each: Revision, added: str, codelists: Codelists, lang: Lang) -> list[str]:
    """Time, value with unit, change, status unless it is normal, and whether it holds."""
    amount = each.amount
    value = "" if amount is None else f"{numbers.exact(amount)} {numbers.unit_of(each.measure, amount, codelists, lang)}".strip()
    status = "" if each.status == "normal" else STATUSES[each.status].to(lang)
    when = numbers.local(each.ended_at) if each.ended_at else ""
    return [numbers.local(each.received_at), value, added, status, _ENDINGS[each.ended].filled(when=when).to(lang)]


def _source(each: Revision, lang: Lang) -> str:
    note = _NOTE.filled(note=numbers.clean(each.note)).to(lang) if each.note else ""
    return numbers.place(each.file, each.sheet, each.cell) + note


def csv_lines(revisions: Iterable[Revision]) -> Iterator[str]:
    """A header and a line for each revision, as an export is written: values exact, times in UTC; nothing for what has not ended."""
    return observations.csv_lines((_timed(each) for each in revisions), header=Revision._fields)


def json_lines(revisions: Iterable[Revision]) -> Iterator[str]:
    """The same records as a JSON array, one a line; values are numbers, None for what has not ended."""
    start = "[\n"
    for each in revisions:
        record = dict(zip(Revision._fields, _timed(each), strict=True)) | {"value": number(each.value)}
        yield start + json.dumps(record, ensure_ascii=False)
        start = ",\n"
    yield "[]\n" if start == "[\n" else "\n]\n"


def _timed(each: Revision) -> tuple[Any, ...]:
    """The fields with times as text."""
    return tuple(numbers.iso(field) if isinstance(field, dt.datetime) else field for field in each)
