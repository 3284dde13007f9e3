"""What is said of findings: the lines of the first sheet, and the comment of each cell."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from fiveless.annotate.cells import Place, place
from fiveless.finding import SEVERITIES, SEVERITY_NAMES, Finding, Severity
from fiveless.grid import Span, address
from fiveless.language import Lang, Words
from fiveless.workbook import OURS

SHOWN = 20
MOST_IN_A_COMMENT = 5
_TITLE = Words(f"{OURS}ご確認いただきたい箇所", f"{OURS}What to mend")
_ASK = Words(
    "下の一覧とセルのコメントをご覧になり、色の付いたセルを直して上書き保存し、このファイルをご返送ください。",
    "Please look at the list below and at the comments of the cells, mend the coloured cells, save this file and send it back.",
)
_NO_FORMATS = Words(
    "元のファイルの書式はこの形式に写せないため、値だけの写しです（元のファイルを直してご返送いただいても構いません）。",
    "This copy holds values alone, since the formats of the original could not be kept; you may as well mend the original and send that.",
)
_FILE, _BUREAU, _DAY = Words("ファイル：{it}", "File: {it}"), Words("局：{it}", "Bureau: {it}"), Words("作成日：{it}", "Date: {it}")
_COUNTS = Words(
    "数値の行方：採用 {taken:,} 件、検算に使用 {checked:,} 件、保留 {aside:,} 件",
    "Numbers: {taken:,} taken, {checked:,} used as checks, {aside:,} set aside",
)
_MORE = Words("ほか {n:,} 件（「{title}」）", "{n:,} more ({title})")
_MORE_HERE = Words("ほか {n:,} 件", "{n:,} more")
_WHOLE_FILE, _WHOLE_SHEET = Words("ファイル全体", "whole file"), Words("シート全体", "whole sheet")
_HIDDEN = Words("（非表示）", " (hidden)")
_NOTED = Words("【{severity}】{says}\n→ {mend}", "[{severity}] {says}\n→ {mend}")
_RULE = Words("（機械判読性 {rule}）", " (ministry rule {rule})")
HEADS = (
    Words("番号", "No."),
    Words("区分", "Severity"),
    Words("シート", "Sheet"),
    Words("セル", "Cell"),
    Words("内容", "What was found"),
    Words("直し方", "How to mend it"),
    Words("機械判読性", "Ministry rule"),
)


@dataclass(frozen=True, slots=True)
class Letter:
    """What is said of the whole file: its name, the names of the bureaus it reports for, the day, and the fate of its numbers."""

    file: str
    bureaus: Sequence[Words]
    day: dt.date
    taken: int = 0
    checked: int = 0
    set_aside: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the list: a cell or a range of cells with one and the same finding. `link` is where it leads, or empty."""

    severity: Severity | None
    texts: tuple[str, ...]
    link: str = ""


def needs_a_person(finding: Finding) -> bool:
    """Whether somebody has to mend or to decide: a note is for information only."""
    return finding.severity != "note"


def head(letter: Letter, lang: Lang, *, formats: bool) -> list[str]:
    """What stands above the list, the title first. `formats` tells whether those of the original were kept."""
    day = Words(f"{letter.day.year}年{letter.day.month}月{letter.day.day}日", letter.day.isoformat())
    lines = [_TITLE, _ASK, *([] if formats else [_NO_FORMATS]), _FILE.filled(it=letter.file)]
    lines += [_BUREAU.filled(it=_few(letter.bureaus))] if letter.bureaus else []
    counts = _COUNTS.filled(taken=letter.taken, checked=letter.checked, aside=letter.set_aside)
    return [each.to(lang) for each in (*lines, _DAY.filled(it=day), counts)]


def _few(names: Sequence[Words]) -> Words:
    listed = Words("、".join(name.ja for name in names[:3]), "; ".join(name.en for name in names[:3]))
    more = _MORE_HERE.filled(n=len(names) - 3)
    return Words(f"{listed.ja} {more.ja}", f"{listed.en} and {more.en}") if len(names) > 3 else listed


def lines(findings: Iterable[Finding], lang: Lang, hidden: frozenset[str] = frozenset()) -> list[Line]:
    """What to mend, the gravest first; of one kind on one sheet the first ones only, and how many more there are."""
    kinds: dict[tuple[str, str], dict[tuple[str, str], list[Finding]]] = {}
    for each in sorted(filter(needs_a_person, findings), key=lambda each: SEVERITIES.index(each.severity)):
        kinds.setdefault((each.code, each.sheet), {}).setdefault((each.says(lang), each.mend(lang)), []).append(each)
    listed: list[Line] = []
    for kind in kinds.values():
        spans = [(members[0], span, size) for members in kind.values() for span, size in _spans(members)]
        listed += [_line(each, span, len(listed) + number, lang, hidden) for number, (each, span, _) in enumerate(spans[:SHOWN], 1)]
        if len(spans) > SHOWN:
            listed.append(_more(spans[0][0], sum(size for _, _, size in spans[SHOWN:]), lang))
    return listed


def _line(each: Finding, span: str, number: int, lang: Lang, hidden: frozenset[str]) -> Line:
    unseen = each.sheet in hidden
    sheet = (each.sheet or _WHOLE_FILE.to(lang)) + (_HIDDEN.to(lang) if unseen else "")
    cells = span or (_WHOLE_SHEET.to(lang) if each.sheet else "")
    texts = (str(number), SEVERITY_NAMES[each.severity].to(lang), sheet, cells, each.says(lang), each.mend(lang), each.rule.ministry)
    return Line(each.severity, texts, "" if unseen or not each.sheet else location(each.sheet, span or "A1"))


def _more(each: Finding, count: int, lang: Lang) -> Line:
    return Line(None, ("", "", each.sheet, "", _MORE.filled(n=count, title=each.rule.title).to(lang), "", each.rule.ministry))


def location(sheet: str, cells: str) -> str:
    """Cells as a link or formula names them: `'4 月''分'!B5`."""
    return f"'{sheet.replace(chr(39), chr(39) * 2)}'!{cells}"


# Cells that say the same


def _spans(findings: Sequence[Finding]) -> Iterator[tuple[str, int]]:
    """The cells of findings as rectangles (`B4:D5`), each with its number of cells; an empty name for a whole sheet or file."""
    places = {found for each in findings if (found := place(each.cell))}
    without = sum(place(each.cell) is None for each in findings)
    if without:
        yield "", without
    for top, left, bottom, right in _rectangles(places):
        first, last = address(top, left), address(bottom, right)
        yield first if first == last else f"{first}:{last}", (bottom - top + 1) * (right - left + 1)


def _rectangles(places: set[Place]) -> list[tuple[int, int, int, int]]:
    """Runs of neighbours in a row, put together with equal runs in the row below."""
    runs: list[list[int]] = []
    for row, column in sorted(places):
        if runs and runs[-1][0] == row and runs[-1][2] == column - 1:
            runs[-1][2] = column
        else:
            runs.append([row, column, column])
    blocks: dict[tuple[int, int, int], list[int]] = {}
    for row, left, right in runs:
        block = blocks.pop((left, right, row - 1), [row, left, row, right])
        block[2] = row
        blocks[left, right, row] = block
    return sorted((top, left, bottom, right) for top, left, bottom, right in blocks.values())


# Comments


def note(findings: Sequence[Finding], lang: Lang) -> str:
    """What is said at one cell: each sentence once, the gravest first."""
    ranked = sorted(findings, key=lambda each: SEVERITIES.index(each.severity))
    said = list(dict.fromkeys(_noted(each, lang) for each in ranked))
    more = [_MORE_HERE.filled(n=len(said) - MOST_IN_A_COMMENT).to(lang)] if len(said) > MOST_IN_A_COMMENT else []
    return "\n\n".join([*said[:MOST_IN_A_COMMENT], *more])


def _noted(each: Finding, lang: Lang) -> str:
    rule = _RULE.filled(rule=each.rule.ministry).to(lang) if each.rule.ministry else ""
    words = _NOTED.filled(severity=SEVERITY_NAMES[each.severity], says=each.says(lang), mend=each.mend(lang))
    return words.to(lang) + rule


def gravest(findings: Sequence[Finding]) -> Severity:
    """The gravest of some findings."""
    return min((each.severity for each in findings), key=SEVERITIES.index)


def by_cell(findings: Iterable[Finding], merges: Sequence[Span]) -> dict[Place, list[Finding]]:
    """The findings of one sheet by cell; those in a merged range by its first cell, which alone is seen."""
    cells: dict[Place, list[Finding]] = {}
    for each in findings:
        found = place(each.cell)
        if found:
            cells.setdefault(_seen(found, merges), []).append(each)
    return cells


def _seen(at: Place, merges: Sequence[Span]) -> Place:
    row, column = at
    ranges = ((top, left) for top, left, bottom, right in merges if top <= row <= bottom and left <= column <= right)
    return next(ranges, at)
