"""Progress by bureau as a matrix of bureaus and the five."""

from collections.abc import Sequence
from dataclasses import dataclass

from rich.text import Text

from fiveless.language import Lang, Words
from fiveless.period import Period
from fiveless.progress import STATUS_NAMES, Progress, Verdict
from fiveless.structure import Codelists
from fiveless.tables.lines import cells, cut, folded, hanging, left, right
from fiveless.tables.progress import piped
from fiveless.tables.wording import LOOKS, NOBODY_ELSE, marks, title, writer

_SHORT = {
    "paper": Words("紙", "Paper"),
    "seal": Words("はんこ", "Seal"),
    "fax": Words("FAX", "Fax"),
    "cash": Words("現金", "Cash"),
    "face": Words("対面", "Visits"),
}
_NAME, _LEAST = 16, 8


@dataclass(frozen=True, slots=True)
class Matrix:
    """Bureau × indicator: names of the rows, `Progress` of each cell (None where there is none); the last row is all bureaus."""

    names: list[str]
    heads: list[str]
    lines: list[list[Progress | None]]


def of(rows: Sequence[Progress], totals: Sequence[Progress], codelists: Codelists, lang: Lang) -> Matrix:
    """Rows of `measure_progress(by_bureau=True)` and its totals as a matrix, bureaus in the order of the codelist."""
    indicators = [each.indicator for each in totals]
    at = {(each.bureau, each.indicator): each for each in [*rows, *totals]}
    present = {each.bureau for each in rows}
    bureaus = [each.code for each in codelists.bureaus if each.code in present]
    names = [codelists.bureau[code].name.to(lang) for code in bureaus]
    heads = _heads(totals, lang)
    lines = [[at.get((code, indicator)) for indicator in indicators] for code in [*bureaus, ""]]
    return Matrix([*names, Words("全体", "All").to(lang)], heads, lines)


def _heads(totals: Sequence[Progress], lang: Lang) -> list[str]:
    """The short name of each of the five, numbered where several indicators are of the same."""
    names = [_SHORT[each.less].to(lang) for each in totals]
    return [f"{name}{names[:place].count(name) + 1}" if names.count(name) > 1 else name for place, name in enumerate(names)]


def _cell(each: Progress | None, codelists: Codelists, *, short: bool = False) -> str:
    """The rate and the sign of its status; `short` for rates whose % stands elsewhere."""
    if each is None or each.rate is None:
        return "–"
    rate = writer(codelists.indicator[each.indicator])(each.rate)
    return f"{rate.removesuffix(' %') if short else rate} {LOOKS[each.status].sign}"


def screen(table: Matrix, codelists: Codelists, period: Period, lang: Lang, width: int | None, scope: Words = NOBODY_ELSE) -> list[Text]:
    """The matrix for a terminal, or (width None) in plain lines that are never cut; where names have no room, % stands in the corner."""
    short = width is not None and _room(table, _texts(table, codelists), width) < _NAME
    texts = _texts(table, codelists, short=short)
    room = _room(table, texts, width) if width is None else max(_LEAST, _room(table, texts, width))
    widths = _widths(table, texts)
    head = left("%" if short else "", room) + "".join(f"  {right(each, size)}" for each, size in zip(table.heads, widths, strict=True))
    above = [Text(line, "bold") for line in hanging("", title(codelists, period, lang, scope), width)]
    lines = [*above, Text(), Text(head, "dim")]
    for name, line, said in zip(table.names, table.lines, texts, strict=True):
        text = Text(left(cut(name, room), room))
        for each, cell, size in zip(line, said, widths, strict=True):
            text.append(f"  {right(cell, size)}", LOOKS[each.status].colour if each else "dim")
        lines.append(text)
    lines[-1].stylize("bold", 0, room)
    lines.insert(-1, Text())
    said = [part for line in marks(_known(table), lang) for part in (folded(line, width) if width else [line])]
    return [*lines, Text(), _legend(lang), *_numbered(table, codelists, lang), *(Text(line, "dim") for line in said)]


def _known(table: Matrix) -> list[Progress]:
    return [each for line in table.lines for each in line if each]


def _texts(table: Matrix, codelists: Codelists, *, short: bool = False) -> list[list[str]]:
    return [[_cell(each, codelists, short=short) for each in line] for line in table.lines]


def _widths(table: Matrix, texts: Sequence[Sequence[str]]) -> list[int]:
    return [max(map(cells, [head, *column])) for head, *column in zip(table.heads, *texts, strict=True)]


def _room(table: Matrix, texts: Sequence[Sequence[str]], width: int | None) -> int:
    """The cells that are left for the names, no more than the longest takes."""
    longest, widths = max(map(cells, table.names)), _widths(table, texts)
    return longest if width is None else min(longest, width - sum(widths) - 2 * len(widths))


def _numbered(table: Matrix, codelists: Codelists, lang: Lang) -> list[Text]:
    """Which indicator each numbered head stands for."""
    named = [(head, each) for head, each in zip(table.heads, table.lines[-1], strict=True) if each and head[-1].isdigit()]
    return [Text(f"{head}  {codelists.indicator[each.indicator].name.to(lang)}", "dim") for head, each in named]


def _legend(lang: Lang) -> Text:
    line = Text()
    statuses: tuple[Verdict, ...] = ("achieved", "on_track", "in_progress", "behind")
    for status in statuses:
        line.append(f"{LOOKS[status].sign} {STATUS_NAMES[status].to(lang)}   ", LOOKS[status].colour)
    return line


def markdown(table: Matrix, codelists: Codelists, lang: Lang) -> str:
    """The matrix as a Markdown table."""
    rows = [[name, *(_cell(each, codelists) for each in line)] for name, line in zip(table.names, table.lines, strict=True)]
    bureau = Words("局", "Bureau").to(lang)
    said = [f"- {line}" for line in marks(_known(table), lang)]
    return "\n".join([piped([bureau, *table.heads], rows, "--:"), *(["", *said] if said else [])])
