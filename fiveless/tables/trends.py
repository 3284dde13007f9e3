"""Rates month after month: a sparkline for each row, or a table of the months."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import groupby

from rich.text import Text

from fiveless.language import Lang, Words
from fiveless.period import Period
from fiveless.progress import Progress
from fiveless.structure import LESS_NAMES, Codelists
from fiveless.tables.lines import aligned, cells, cut, hanging
from fiveless.tables.progress import piped
from fiveless.tables.wording import LOOKS, marks, title, writer

_LEVELS = "▁▂▃▄▅▆▇█"
_NOTHING = "·"
_NAME, _LEAST = 12, 4  # cells that a name keeps on a narrow screen
_ALL = Words("全体", "All")
_HEADS = {
    "who": Words("局", "Bureau"),
    "less": Words("5つのレス", "Less"),
    "indicator": Words("指標", "Indicator"),
    "first": Words("最初の値", "First"),
    "line": Words("推移", "Trend"),
}
_SPAN = Words(
    "{first}から{last}まで。棒は、その行の最小から最大までの中での高さ（{nothing}は値のない月）。",
    "{first} to {last}. Bars stand between the least and the most of their own row ({nothing} for a month without a figure).",
)


def sparkline(rates: Sequence[Decimal | None]) -> str:
    """A character for each rate, from the lowest of them to the highest; a middle dot for none."""
    known = [rate for rate in rates if rate is not None]
    if not known:
        return _NOTHING * len(rates)
    least, span = min(known), max(known) - min(known)
    top = len(_LEVELS) - 1
    return "".join(_NOTHING if rate is None else _LEVELS[int((rate - least) / span * top) if span else top // 2] for rate in rates)


def screen(rows: Sequence[Sequence[Progress]], codelists: Codelists, scope: Words, lang: Lang, width: int | None) -> list[Text]:
    """A line for each row: its first rate, how it went, and its last; bureaus below their indicator. `width` is None for a pipe."""
    months = _months(rows)
    span = _SPAN.filled(first=months[0].label(lang), last=months[-1].label(lang), nothing=_NOTHING).to(lang)
    lines = [Text(line, "bold") for line in hanging("", title(codelists, months[-1], lang, scope), width)]
    lines += [Text(line, "dim") for line in hanging("", span, width)]
    for group in _groups(rows):
        lines += [Text(), *_lines(group, months, codelists, lang, width)]
    said = marks([each for row in rows for each in row], lang, months=True)
    below = [part for line in said for part in hanging("", line, width)]
    return [*lines, *([Text()] if below else []), *(Text(line, "dim") for line in below)]


def _groups(rows: Sequence[Sequence[Progress]]) -> Iterator[list[Sequence[Progress]]]:
    """All of the five together, or the bureaus of each indicator."""
    for _, group in groupby(rows, key=lambda row: row[0].bureau and row[0].indicator):
        yield list(group)


def _lines(
    rows: Sequence[Sequence[Progress]], months: Sequence[Period], codelists: Codelists, lang: Lang, width: int | None
) -> Iterator[Text]:
    """A head and a line for each row, in the colour of its last status."""
    first = rows[0][0]
    if first.bureau:
        name = f"{LESS_NAMES[first.less].to(lang)}  {codelists.indicator[first.indicator].name.to(lang)}"
        yield from (Text(line, "bold") for line in hanging("", name, width))
    names = ("who", "first", "line") if first.bureau else ("less", "indicator", "first", "line")
    heads = [*(_HEADS[name].to(lang) for name in names), months[-1].label(lang)]
    table = _cut([heads, *(_row(each, months, codelists, lang) for each in rows)], width)
    count = len(table[0])
    head, *lines = aligned(table, figures=(count - 3, count - 1))
    yield Text(head, "dim")
    for row, line in zip(rows, lines, strict=True):
        yield Text(line, LOOKS[row[-1].status].colour)


def _months(rows: Sequence[Sequence[Progress]]) -> list[Period]:
    """All months of which there is anything, also where a bureau did not exist in all of them."""
    return sorted({each.period for row in rows for each in row}, key=lambda period: period.first)


def _rates(row: Sequence[Progress], months: Sequence[Period]) -> list[Decimal | None]:
    known = {each.period: each.rate for each in row}
    return [known.get(month) for month in months]


def _row(row: Sequence[Progress], months: Sequence[Period], codelists: Codelists, lang: Lang) -> list[str]:
    indicator, bureau = codelists.indicator[row[0].indicator], codelists.bureau.get(row[0].bureau)
    write, rates = writer(indicator), _rates(row, months)
    first = next((rate for rate in rates if rate is not None), None)
    names = [bureau.name.to(lang)] if bureau else [LESS_NAMES[row[0].less].to(lang), indicator.name.to(lang)]
    return [*names, write(first), sparkline(rates), write(rates[-1])]


def _cut(table: list[list[str]], width: int | None) -> list[list[str]]:
    """The table with the last of its names cut where a screen is narrow, and the one before left out; figures and bars never."""
    if width is None:
        return table
    place = len(table[0]) - 4
    room = max(cells(row[place]) for row in table) - max(0, max(map(cells, aligned(table))) - width)
    if place and room < _NAME:
        return _cut([row[1:] for row in table], width)
    return [[*row[:place], cut(row[place], max(room, _LEAST)), *row[place + 1 :]] for row in table]


def markdown(rows: Sequence[Sequence[Progress]], codelists: Codelists, lang: Lang) -> str:
    """A table with a column for each month."""
    months = _months(rows)
    heads = [Words("指標", "Indicator").to(lang), Words("局", "Bureau").to(lang), *(month.code for month in months)]
    body = []
    for row in rows:
        indicator = codelists.indicator[row[0].indicator]
        bureau = codelists.bureau.get(row[0].bureau)
        who = bureau.name.to(lang) if bureau else _ALL.to(lang)
        body.append([indicator.name.to(lang), who, *map(writer(indicator), _rates(row, months))])
    said = [f"- {line}" for line in marks([each for row in rows for each in row], lang, months=True)]
    return "\n".join([piped(heads, body, "--:"), *(["", *said] if said else [])])
