"""Rates month after month: a sparkline for each row, or a table of the months."""

from collections.abc import Sequence
from decimal import Decimal

from rich.text import Text

from fiveless.language import Lang, Words
from fiveless.period import Period
from fiveless.progress import Progress
from fiveless.structure import LESS_NAMES, Codelists
from fiveless.tables.lines import aligned, cells, cut, folded
from fiveless.tables.progress import piped
from fiveless.tables.wording import LOOKS, marks, title, writer

_LEVELS = "▁▂▃▄▅▆▇█"
_NOTHING = "·"
_ALL = Words("全体", "All")
_SPAN = Words("{first} から {last} まで（・は値のない月）", "{first} to {last} (· stands for a month without a figure)")


def sparkline(rates: Sequence[Decimal | None]) -> str:
    """A character for each rate, from the lowest of them to the highest; a middle dot for none."""
    known = [rate for rate in rates if rate is not None]
    if not known:
        return _NOTHING * len(rates)
    least, span = min(known), max(known) - min(known)
    top = len(_LEVELS) - 1
    return "".join(_NOTHING if rate is None else _LEVELS[int((rate - least) / span * top) if span else top // 2] for rate in rates)


def screen(rows: Sequence[Sequence[Progress]], codelists: Codelists, scope: Words, lang: Lang, width: int | None) -> list[Text]:
    """A line for each row: its first rate, how it went, and its last; `width` is None for a pipe."""
    months = _months(rows)
    span = _SPAN.filled(first=months[0].label(lang), last=months[-1].label(lang)).to(lang)
    lines = [Text(title(codelists, months[-1], lang, scope), "bold"), Text(span, "dim"), Text()]
    table = _cut([_row(each, months, codelists, lang) for each in rows], width)
    for each, line in zip(rows, aligned(table, figures=(2, 4)), strict=True):
        lines.append(Text(line, LOOKS[each[-1].status].colour))
    said = marks([each for row in rows for each in row], lang, months=True)
    below = [part for line in said for part in (folded(line, width) if width else [line])]
    return [*lines, *([Text()] if below else []), *(Text(line, "dim") for line in below)]


def _months(rows: Sequence[Sequence[Progress]]) -> list[Period]:
    """All months of which there is anything, also where a bureau did not exist in all of them."""
    return sorted({each.period for row in rows for each in row}, key=lambda period: period.first)


def _rates(row: Sequence[Progress], months: Sequence[Period]) -> list[Decimal | None]:
    known = {each.period: each.rate for each in row}
    return [known.get(month) for month in months]


def _row(row: Sequence[Progress], months: Sequence[Period], codelists: Codelists, lang: Lang) -> list[str]:
    indicator = codelists.indicator[row[0].indicator]
    write, rates = writer(indicator), _rates(row, months)
    first = next((rate for rate in rates if rate is not None), None)
    return [_named(row[0], codelists, lang), indicator.name.to(lang), write(first), sparkline(rates), write(rates[-1])]


def _named(each: Progress, codelists: Codelists, lang: Lang) -> str:
    bureau = codelists.bureau.get(each.bureau)
    return bureau.name.to(lang) if bureau else LESS_NAMES[each.less].to(lang)


def _cut(table: list[list[str]], width: int | None) -> list[list[str]]:
    """The table with the names of indicators cut, then left out, where a screen is narrow."""
    if width is None:
        return table
    excess = max(map(cells, aligned(table))) - width
    room = max(cells(row[1]) for row in table) - max(0, excess)
    return [[row[0], cut(row[1], room), *row[2:]] if room > len(_LEVELS) else [row[0], "", *row[2:]] for row in table]


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
