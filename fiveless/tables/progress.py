"""Progress of the five for reading: on a screen of any width, in plain lines for a pipe, and in Markdown."""

from collections.abc import Iterable, Sequence

from rich.text import Text

from fiveless.finding import SEVERITY_NAMES, Finding
from fiveless.language import Lang, Words
from fiveless.period import Period
from fiveless.progress import Progress
from fiveless.structure import Codelists
from fiveless.tables.lines import aligned, cells, folded, hanging, left, packed, right
from fiveless.tables.wording import HEADS, LOOKS, NOBODY_ELSE, Row, notes, title, worded

SIGN = "▲"
_NAMED = 12  # bureaus named on a screen; more would push the table out of sight


def shown(
    rows: Sequence[Progress], codelists: Codelists, period: Period, lang: Lang, width: int | None, scope: Words = NOBODY_ELSE
) -> list[Text]:
    """The table for a terminal of `width` cells, or (None) for a pipe; `scope` says which bureaus count."""
    return lines(rows, codelists, period, lang, scope) if width is None else screen(rows, codelists, period, lang, width, scope)


def screen(
    rows: Sequence[Progress], codelists: Codelists, period: Period, lang: Lang, width: int, scope: Words = NOBODY_ELSE
) -> list[Text]:
    """The table for a terminal of `width` cells: figures and a bar on one line (two where it is narrow), the detail below."""
    body = [worded(each, codelists, lang) for each in rows]
    lay = _narrow if width < 76 else _wide
    said = [line for note in notes(rows, codelists, lang, _NAMED) for line in folded(note, width)]
    head = [Text(line, "bold") for line in folded(title(codelists, period, lang, scope), width)]
    return [*head, Text(), *lay(list(zip(rows, body, strict=True)), lang, width), *(Text(line, "dim") for line in said)]


_Pairs = Sequence[tuple[Progress, Row]]


def _wide(pairs: _Pairs, lang: Lang, width: int) -> list[Text]:
    first = ("less", "rate", "target")
    widths = [max(cells(text) for text in [HEADS[head].to(lang), *(getattr(row, head) for _, row in pairs)]) for head in first]
    status = max([cells(row.status) for _, row in pairs] + [cells(HEADS["status"].to(lang))])
    indent = widths[0] + 2
    bar = max(8, min(48, width - sum(widths) - 4 - status - 26))
    lines = [_heads(widths, bar + 8, status, lang)]
    for each, row in pairs:
        line = Text(f"{left(row.less, widths[0])}  ", "bold")
        line.append(f"{right(row.rate, widths[1])}", LOOKS[each.status].colour)
        line.append(f"  {right(row.target, widths[2])}   ", "not bold")
        line.append_text(bar_of(each, bar))
        line.append(f" {right(row.progress, 6)}   ", "not bold")
        line.append(left(row.status, status), LOOKS[each.status].colour)
        line.append(f"  {right(row.reported, 7)}", "not bold")
        lines += [line, *_detail(row, indent, width), Text()]
    return lines


def _heads(widths: Sequence[int], bar: int, status: int, lang: Lang) -> Text:
    heads = {name: words.to(lang) for name, words in HEADS.items()}
    line = f"{left(heads['less'], widths[0])}  {right(heads['rate'], widths[1])}  {right(heads['target'], widths[2])}   "
    line += f"{left(heads['progress'], bar)}  {left(heads['status'], status)}  {right(heads['reported'], 7)}"
    return Text(line.rstrip(), "dim")


def _narrow(pairs: _Pairs, lang: Lang, width: int) -> list[Text]:
    name = max(cells(row.less) for _, row in pairs) + 2
    lines = []
    for each, row in pairs:
        line = Text(left(row.less, name), "bold")
        line.append(right(row.rate, 8), LOOKS[each.status].colour)
        line.append(f"  {row.status}", LOOKS[each.status].colour)
        below = Text(" " * 2)
        below.append_text(bar_of(each, max(8, width - 36)))
        below.append(f" {right(row.progress, 6)}  {HEADS['target'].to(lang)} {row.target}")
        lines += [line, below, *_detail(row, 2, width, f"{HEADS['reported'].to(lang)} {row.reported}"), Text()]
    return lines


def _detail(row: Row, indent: int, width: int, *more: str) -> list[Text]:
    told = [row.indicator, row.amounts, row.basis, *row.besides, *more]
    return [Text(" " * indent + line, "dim") for line in packed(told, width - indent)]


def bar_of(each: Progress, width: int) -> Text:
    """How far towards the target, as a bar; a rule of dots where there is no target or no figure."""
    if each.progress is None:
        return Text("·" * width, "dim")
    filled = max(0, min(width, int(each.progress * width)))
    bar = Text("█" * filled, LOOKS[each.status].colour)
    return bar.append("░" * (width - filled), "dim")


def lines(rows: Sequence[Progress], codelists: Codelists, period: Period, lang: Lang, scope: Words = NOBODY_ELSE) -> list[Text]:
    """The table for a pipe: one line for each of the five, columns aligned, nothing cut."""
    table = _table(rows, codelists, lang)
    said = notes(rows, codelists, lang)
    return [Text(line) for line in (title(codelists, period, lang, scope), "", *aligned(table, figures=(2, 3, 4, 6, 8)), "", *said)]


def _table(rows: Sequence[Progress], codelists: Codelists, lang: Lang) -> list[list[str]]:
    """Heads and rows; the column of what is told besides only where there is any."""
    body = [worded(each, codelists, lang) for each in rows]
    heads = [name for name in HEADS if name != "besides" or any(row.besides for row in body)]
    return [[HEADS[name].to(lang) for name in heads], *(row.to(heads) for row in body)]


def flaws(findings: Iterable[Finding], lang: Lang, width: int | None) -> list[Text]:
    """What a person has to look at: each in a sentence, and how to mend it."""
    found: list[Text] = []
    for each in findings:
        start = f"{SIGN} {SEVERITY_NAMES[each.severity].to(lang)}  "
        found += [Text(), *(Text(line) for line in hanging(start, f"{each.says(lang)} [{each.code}]", width))]
        found += [Text(line, "dim") for line in hanging("    → ", each.mend(lang), width)]
    return found


def markdown(rows: Sequence[Progress], codelists: Codelists, lang: Lang) -> str:
    """The table in Markdown with its notes."""
    heads, *body = _table(rows, codelists, lang)
    table = piped(heads, body)
    said = [f"- {note}" for note in notes(rows, codelists, lang)]
    return "\n".join([table, *(["", *said] if said else [])])


def piped(heads: Sequence[str], rows: Iterable[Sequence[str]], rule: str = "---") -> str:
    """A Markdown table; `rule` aligns all columns but the first."""
    rules = ["---", *([rule] * (len(heads) - 1))]
    return "\n".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |" for row in [heads, rules, *rows])
