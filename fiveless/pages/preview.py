"""A preview as a page of HTML: each sheet as a table with the fate of its cells, and why each is what it is."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from html import escape
from importlib import resources
from itertools import islice

from fiveless.finding import SEVERITY_NAMES, Finding
from fiveless.grid import address, column_name
from fiveless.language import Lang, Words
from fiveless.observation import FATES
from fiveless.preview import KINDS, Drawn, Picture, Place, Preview, Reasons, Why, Window
from fiveless.preview.wording import FACETS, LOOKS, MEANS, given_by
from fiveless.receipt import Group, grouped, span

_ROWS, _COLUMNS, _LINKS = 1000, 200, 12
_TITLE = Words("シートの読み取り結果", "How the sheets were read")
_SKIP = Words("本文へ", "Skip to the sheets")
_HOW = Words(
    "セルを選ぶと、なぜそう読まれたかを下に表示します（矢印キーで移動、Esc で閉じる）。",
    "Choose a cell to see below why it was read as it was (arrow keys move, Esc closes).",
)
_CLOSE = Words("閉じる", "Close")
_LEGEND = Words("凡例", "Legend")
_SHEETS = Words("シート一覧", "Sheets")
_ASKS = Words("確かめること", "What needs a person")
_WHY = Words("選んだセルの説明", "About the chosen cell")
_EMPTY = Words("空のセルです。", "An empty cell.")
_NONE = Words("確かめることはありません。", "Nothing needs a person.")
_LEFT_OUT = Words(
    "このページにあるのは {shown} の範囲です（全体は {whole}）。", "This page shows {shown} (of {whole}); --range chooses other parts."
)


@dataclass
class _Lines:
    """The lines of all explanations, each once: most are those of many cells."""

    numbers: dict[str, int] = field(default_factory=dict)

    def code(self, text: str) -> str:
        """The number of a line, in base 36 as the page's script reads it."""
        number, digits = self.numbers.setdefault(text, len(self.numbers)), ""
        while number or not digits:
            number, digit = divmod(number, 36)
            digits = "0123456789abcdefghijklmnopqrstuvwxyz"[digit] + digits
        return digits


def page(previews: Sequence[Preview], names: Sequence[str], window: Window | None, lang: Lang) -> str:
    """The whole page: the sheets of some names of each file, or a window of them."""
    lines = _Lines()
    files = [part for number, preview in enumerate(previews) for part in _file(number, preview, names, window, lang, lines)]
    title = escape(" - ".join([_TITLE.to(lang), *(each.file for each in previews)]))
    head = f'<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>{title}</title>'
    parts = [
        f'<!doctype html>\n<html lang="{lang}"><head>{head}<style>{_source("preview.css")}{_marks(lang)}</style></head>\n<body>',
        f'<a class="skip" href="#sheets">{_SKIP.to(lang)}</a>',
        f"<header><h1>{_TITLE.to(lang)}</h1><p>{_HOW.to(lang)}</p>{_legend(lang)}</header>",
        _contents(previews, names, lang),
        '<main id="sheets">',
        *files,
        "</main>",
        f'<aside id="why" aria-label="{_WHY.to(lang)}" data-empty="{_EMPTY.to(lang)}" hidden>',
        '<div aria-live="polite"><h2></h2><ul></ul></div>',
        f'<button type="button" aria-label="{_CLOSE.to(lang)}">×</button></aside>',
        f'<script type="application/json" id="lines">{_as_json(list(lines.numbers))}</script>',
        f"<script>{_source('preview.js')}</script></body></html>\n",
    ]
    return "\n".join(parts)


def _source(name: str) -> str:
    return (resources.files("fiveless") / "pages" / name).read_text("utf-8")


def _as_json(value: object) -> str:
    """JSON that may stand in a page: nothing in it ends the script."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


def _marks(lang: Lang) -> str:
    """The mark of each kind before its cells; a screen reader says the kind's name instead."""
    marked = [(kind, look) for kind, look in LOOKS.items() if look.mark]
    return "".join(f'td.{kind}::before{{content:"{look.mark}";content:"{look.mark}" / "{look.name.to(lang)} "}}' for kind, look in marked)


def _legend(lang: Lang) -> str:
    """Every kind of cell as it looks, with its name and what it means."""
    sample = Words("あ", "a").to(lang)
    items = [
        f'<li><b class="{kind}" aria-hidden="true">{LOOKS[kind].mark or sample}</b>{LOOKS[kind].name.to(lang)}'
        f' <span class="soft">{escape(MEANS[kind].to(lang))}</span></li>'
        for kind in KINDS
        if kind in LOOKS
    ]
    named = f"<summary>{_LEGEND.to(lang)}</summary>"
    return f'<details open>{named}<ul class="legend">{"".join(items)}</ul></details>'


def _contents(previews: Sequence[Preview], names: Sequence[str], lang: Lang) -> str:
    """Links to the sheets, with the counts of each."""
    items = [
        f'<li><a href="#{_sheet_id(number, place)}">{escape(picture.name)}</a> {_counted(picture, lang)}</li>'
        for number, preview in enumerate(previews)
        for place, picture in enumerate(preview.pictures)
        if picture.name in names
    ]
    return f'<nav aria-label="{_SHEETS.to(lang)}"><ul class="sheets">{"".join(items)}</ul></nav>' if len(items) > 1 else ""


def _sheet_id(number: int, place: int) -> str:
    return f"f{number}s{place}"


def _counted(picture: Picture, lang: Lang) -> str:
    said = Words("採用 {taken:,}・検算 {check:,}・保留 {aside:,}", "{taken:,} taken, {check:,} checks, {aside:,} set aside")
    taken, check, aside = (picture.summary()[fate] for fate in FATES)
    return said.filled(taken=taken, check=check, aside=aside).to(lang)


def _file(number: int, preview: Preview, names: Sequence[str], window: Window | None, lang: Lang, lines: _Lines) -> Iterator[str]:
    yield f"<section><h2>{escape(preview.file)}</h2>"
    yield _findings([each for each in preview.reading.findings if not each.sheet], "", lang)
    for place, (picture, reasons) in enumerate(zip(preview.pictures, preview.reasons, strict=True)):
        if picture.name in names:
            yield from _Table(_sheet_id(number, place), picture, reasons, window, lang, lines).parts()
    yield "</section>"


class _Table:
    """One sheet as a section with its findings and its table."""

    def __init__(self, own: str, picture: Picture, reasons: Reasons, window: Window | None, lang: Lang, lines: _Lines) -> None:
        self._own = own
        self._picture = picture
        self._reasons = reasons
        self._lang = lang
        self._lines = lines
        self._rows, self._columns = _extent(picture, window)

    def parts(self) -> Iterator[str]:
        """The section, piece by piece."""
        picture, lang = self._picture, self._lang
        hidden = Words("（非表示）", " (hidden)").to(lang) if picture.sheet.grid.hidden else ""
        yield f'<section id="{self._own}"><h3>{escape(picture.name)}{hidden}</h3><p>{_counted(picture, lang)}</p>'
        findings = _findings((each for found in picture.findings.values() for each in found), self._own, lang)
        yield findings or f'<p class="soft">{_NONE.to(lang)}</p>'
        yield self._left_out()
        yield f'<div class="scroll"><table role="grid" aria-label="{escape(picture.name)}"><thead><tr><td class="e"></td>'
        yield "".join(self._head(column) for column in self._columns) + "</tr></thead><tbody>"
        yield from map(self._row, self._rows)
        yield "</tbody></table></div></section>"

    def _left_out(self) -> str:
        rows, columns, picture = self._rows, self._columns, self._picture
        if not rows or not columns or (len(rows), len(columns)) == (picture.height, picture.width):
            return ""
        shown = f"{address(rows[0], columns[0])}:{address(rows[-1], columns[-1])}"
        whole = f"A1:{address(picture.height - 1, picture.width - 1)}"
        return f'<p class="soft">{_LEFT_OUT.filled(shown=shown, whole=whole).to(self._lang)}</p>'

    def _head(self, column: int) -> str:
        hidden = ' class="hid"' if column in self._picture.sheet.grid.hidden_columns else ""
        return f'<th scope="col"{hidden}>{column_name(column)}</th>'

    def _row(self, row: int) -> str:
        hidden = ' class="hid"' if row in self._picture.sheet.grid.hidden_rows else ""
        cells = "".join(self._cell((row, column)) for column in self._columns)
        return f'<tr><th scope="row"{hidden}>{row + 1}</th>{cells}</tr>'

    def _cell(self, place: Place) -> str:
        """One cell; nothing where it lies under a merged one that is on the page."""
        first = self._picture.covered.get(place)
        if first:
            return "" if first[0] in self._rows and first[1] in self._columns else '<td class="e"></td>'
        cell = self._picture.at(place)
        sizes = (
            ("rowspan", min(cell.rows, self._rows[-1] - cell.row + 1)),
            ("colspan", min(cell.columns, self._columns[-1] - cell.column + 1)),
        )
        spans = "".join(f' {name}="{size}"' for name, size in sizes if size > 1)
        if cell.kind == "empty":
            return f'<td class="e"{spans}></td>'
        codes = " ".join(self._lines.code(line) for line in _explained(self._reasons.of(place), self._lang))
        return f'<td id="{self._own}-{cell.cell}" class="{self._classes(cell)}"{spans} data-w="{codes}">{escape(cell.shown)}</td>'

    def _classes(self, cell: Drawn) -> str:
        struck = (cell.row, cell.column) in self._picture.sheet.grid.struck
        return " ".join([cell.kind, *(["hid"] if cell.hidden else []), *(["struck"] if struck else [])])


def _extent(picture: Picture, window: Window | None) -> tuple[range, range]:
    """The rows and columns that the page shows: up to the last that hold anything, or those asked for."""
    if window:
        return window.rows(picture.height), window.columns(picture.width)
    used = list(islice(picture.used_rows(range(picture.height)), _ROWS))
    return range(used[-1] + 1 if used else 0), range(min(picture.width, _COLUMNS))


def _explained(why: Why, lang: Lang) -> Iterator[str]:
    """What is said of a cell, line by line."""
    yield LOOKS[why.cell.kind].name.to(lang) + (f" [{why.code}]" if why.code else "")
    yield from (words.to(lang) for words in why.says)
    for part in why.parts:
        named = Words(f"{FACETS[part.facet].ja}：{part.value.ja}", f"{FACETS[part.facet].en}: {part.value.en}")
        yield named.to(lang) + given_by(part).to(lang)
    yield from (f"→ {words.to(lang)}" for words in why.mend)


# Findings -------------------------------------------------------------------------------------------------------------


def _findings(findings: Iterable[Finding], own: str, lang: Lang) -> str:
    """What needs a person, those of one kind together, with links to the cells; nothing where nothing does."""
    groups = grouped(each for each in findings if each.severity != "note")
    if not groups:
        return ""
    return f'<h4>{_ASKS.to(lang)}</h4><ul class="findings">{"".join(_group(group, own, lang) for group in groups)}</ul>'


def _group(group: Group, own: str, lang: Lang) -> str:
    first = group.first
    cells = "、".join(f'<a href="#{own}-{cell}">{cell}</a>' for cell in group.cells[:_LINKS])
    more = f" … ({span(group.cells)})" if len(group.cells) > _LINKS else ""
    sentences = list(dict.fromkeys(each.says(lang) for each in group.findings))
    rest = Words(" ほか {n} 通り。", " And {n} like it.").filled(n=len(sentences) - 1).to(lang) if len(sentences) > 1 else ""
    named = f"{SEVERITY_NAMES[first.severity].to(lang)} [{first.code}]"
    return f"<li>{named} {cells}{more}<br>{escape(sentences[0] + rest)}<br>→ {escape(first.mend(lang))}</li>"
