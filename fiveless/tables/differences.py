"""The numbers that differ between two times, for reading, as CSV and as JSON."""

import json
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import groupby
from typing import Any

from rich.text import Text

from fiveless.figures import number
from fiveless.language import Lang, Words
from fiveless.observation import Status
from fiveless.period import Period
from fiveless.preview.wording import STATUSES
from fiveless.progress import Progress
from fiveless.revision import Difference, Source
from fiveless.structure import Codelists
from fiveless.tables import numbers, observations
from fiveless.tables.lines import aligned, cells, folded
from fiveless.tables.progress import piped
from fiveless.tables.wording import writer

Pairs = Sequence[tuple[Progress, Progress]]
"""Each indicator as it was and as it is."""
_UNKNOWN = Words("（まだない）", "(not yet known)")
_WITHDRAWN = Words("（取下げ）", "(withdrawn)")
_SOURCE = ("file", "sheet", "cell", "received_at")
COLUMNS = (
    *Difference._fields[:9],
    *("before", "after", "change", "unit", "status_before", "status_after"),
    *(f"{name}_before" for name in _SOURCE),
    *(f"{name}_after" for name in _SOURCE),
)


def headed(count: int, first: str, second: str) -> Words:
    """How many numbers differ between two days."""
    says = Words("{first} と {second} のあいだに変わった数値：{n:,} 件", "Numbers changed from {first} to {second}: {n:,}")
    return says.filled(first=first, second=second, n=count)


def titled(head: Words, lang: Lang, width: int | None) -> list[Text]:
    """The heading."""
    return [*numbers.folded("", head.to(lang), width, "bold"), Text()]


def effect(rows: Pairs, period: Period, codelists: Codelists, lang: Lang, width: int | None) -> list[Text]:
    """What the differences made of each indicator in a month."""
    head = Words("指標への影響（{when}）", "What that made of the indicators ({when})").filled(when=period.label(lang)).to(lang)
    lines = aligned([_effect(*pair, codelists, lang) for pair in rows], figures=(1, 3))
    return [Text(), Text(head, "bold"), *(Text(part) for line in lines for part in (folded(line, width) if width else [line]))]


def _effect(then: Progress, now: Progress, codelists: Codelists, lang: Lang) -> list[str]:
    """An indicator, and what it was and is."""
    indicator = codelists.indicator[now.indicator]
    write = writer(indicator)
    same = then.rate == now.rate and then.actual == now.actual
    mark = Words("変わらず", "unchanged") if same else Words("", "")
    return [indicator.name.to(lang), write(then.rate), "→", write(now.rate), mark.to(lang)]


def markdown(found: Sequence[Difference], rows: Pairs, codelists: Codelists, lang: Lang) -> str:
    """Two tables: the numbers, and what they made of the indicators."""
    heads = [Words(*pair).to(lang) for pair in (("局", "Bureau"), ("内容", "What"), ("値", "Value"), ("出所", "Where"))]
    body = [_row(each, codelists, lang) for each in found]
    indicators = [Words(*pair).to(lang) for pair in (("指標", "Indicator"), ("前", "Then"), ("", ""), ("後", "Now"), ("", ""))]
    return f"{piped(heads, body)}\n\n{piped(indicators, [_effect(*pair, codelists, lang) for pair in rows])}"


def _row(each: Difference, codelists: Codelists, lang: Lang) -> list[str]:
    what = " ".join(numbers.subject(each, codelists, lang))
    return [numbers.bureau_of(each, codelists, lang), what, _values(each, codelists, lang), _newer(each)]


def screen(found: Sequence[Difference], codelists: Codelists, lang: Lang, width: int | None) -> Iterator[Text]:
    """Bureau by bureau each number with its value before and after, and where the newer of them stands, or stood.

    At most 50 numbers for a terminal of `width` cells; for a pipe (None) all, and no line is folded.
    """
    shown = found if width is None else found[: numbers.SHOWN]
    counts = {bureau: len(list(group)) for bureau, group in groupby(found, key=lambda each: each.bureau)}
    for place_of, (bureau, group) in enumerate(groupby(shown, key=lambda each: each.bureau)):
        own = list(group)
        yield from [Text()] if place_of else []
        yield from numbers.folded("", f"{numbers.bureau_of(own[0], codelists, lang)} ({counts[bureau]:,})", width, "bold")
        for each in own:
            yield from _number(each, codelists, lang, width)
    yield from numbers.more(len(found) - len(shown), lang, width)


def _number(each: Difference, codelists: Codelists, lang: Lang, width: int | None) -> Iterator[Text]:
    """What it is, its two values, and its source; on one line for a pipe."""
    told = numbers.subject(each, codelists, lang)
    values, source = _values(each, codelists, lang), _newer(each)
    if width is None:
        yield from numbers.paragraph([*told, values, source], None, 2)
        return
    yield from numbers.paragraph(told, width, 2)
    one = cells(values) + 7 + cells(source) <= width
    yield from (
        [Text(f"    {values}   {source}")]
        if one
        else [*numbers.folded("    ", values, width), *numbers.folded("    ", source, width, "dim")]
    )


def _values(each: Difference, codelists: Codelists, lang: Lang) -> str:
    """`123,456 → 130,000 sheets (+6,544)`; words where one of them is no value."""
    before = _said(each.before, each.status_before, _UNKNOWN, lang)
    after = _said(each.after, each.status_after, _WITHDRAWN, lang)
    last = each.after if each.after is not None else each.before
    unit = numbers.unit_of(each.measure, last, codelists, lang) if last is not None else ""
    added = numbers.signed(numbers.change(each.before, each.after))
    if each.after is None:
        before = f"{before} {unit}".strip()
    else:
        after = f"{after} {unit}".strip()
    return f"{before} → {after}" + (f" ({added})" if added else "")


def _said(value: Decimal | None, status: Status | None, none: Words, lang: Lang) -> str:
    if value is not None:
        return numbers.exact(value)
    return STATUSES[status].to(lang) if status else none.to(lang)


def _newer(each: Difference) -> str:
    source = each.source_after or each.source_before
    return f"{numbers.place(source.file, source.sheet, source.cell)}   {numbers.local(source.received_at)}" if source else ""


def as_csv(found: Iterable[Difference]) -> str:
    """A header and a line for each number: values and change exact, times in UTC; nothing where a value or its source is not known."""
    return "".join(observations.csv_lines(([*_record(each).values()] for each in found), header=COLUMNS))


def as_json(found: Iterable[Difference]) -> str:
    """The same records as a JSON array; values are numbers, None where a value or its source is not known."""
    records = (_record(each) for each in found)
    return json.dumps([{name: _numbered(cell) for name, cell in each.items()} for each in records], ensure_ascii=False, indent=2)


def _record(each: Difference) -> dict[str, Any]:
    values = (each.before, each.after, numbers.change(each.before, each.after), each.unit, each.status_before, each.status_after)
    row = (*each[:9], *values, *_place(each.source_before), *_place(each.source_after))
    return dict(zip(COLUMNS, row, strict=True))


def _place(source: Source | None) -> tuple[str | None, ...]:
    return (source.file, source.sheet, source.cell, numbers.iso(source.received_at)) if source else (None,) * len(_SOURCE)


def _numbered(cell: Any) -> Any:
    return number(cell) if isinstance(cell, Decimal) else cell
