"""What a sheet of an .xlsx tells besides its values, found by searching its bytes: an ordinary sheet costs next to nothing."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from fiveless.grid import Place, Span, Value, column_number
from fiveless.workbook.thorough import moved
from fiveless.workbook.told import Style, Told

_UTF8 = re.compile(rb"<\?xml[^>]*encoding=[\"'](?!utf-8|us-ascii)", re.IGNORECASE)
_NOT_NEAR = re.compile(rb'<c(?! r="[A-Z]{1,2}\d{1,4}")')
_WIDE = ((re.compile(rb'<c r="[A-Z]{3}'), 16_384), (re.compile(rb'<c r="[C-Z][A-Z]\d'), 702), (re.compile(rb'<c r="[A-Z]{2}\d'), 78))
_TALL = (
    (re.compile(rb'<c r="[A-Z]+(?:\d{8}|[2-9]\d{6}|1[1-9]\d{5}|10[5-9]\d{4})'), 1 << 40),
    (re.compile(rb'<c r="[A-Z]+\d{7}'), 1_048_576),
    (re.compile(rb'<c r="[A-Z]+\d{6}'), 999_999),
)
_ROOM = 16_000_000
_SPARSE = 20
_CELL = re.compile(rb'<c r="([A-Z]+)(\d+)"')
_ERROR = re.compile(rb'<c r="([A-Z]+)(\d+)"[^>]*>(?:<f\b.*?(?:/>|</f>))?<v>([^<]*)', re.DOTALL)
_FORMULA = re.compile(rb'<c r="([A-Z]+)(\d+)"([^>]*)>\s*<f([^>]*?)(?:/>|>(.*?)</f>)\s*(?:<v(?: [^>]*)?>([^<]+)</v>)?', re.DOTALL)
_SHARED = re.compile(rb't="shared"')
_GROUP = re.compile(rb'si="(\d+)"')
_ROW_NUMBER = re.compile(rb'\br="(\d+)"')
_COLUMNS = re.compile(rb'\b(min|max)="(\d+)"')
_HIDDEN = re.compile(rb'\bhidden="(?:1|true)"|\b(?:ht|width)="0(?:\.0*)?"')
_MERGE = re.compile(rb'<mergeCell [^>]*?ref="([A-Z]+)(\d+)(?::([A-Z]+)(\d+))?"')
_ENTITIES = ((b"&lt;", b"<"), (b"&gt;", b">"), (b"&quot;", b'"'), (b"&apos;", b"'"), (b"&#10;", b"\n"), (b"&amp;", b"&"))


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet's bytes, and where in them its cells begin and end."""

    xml: bytes
    start: int
    end: int

    def count(self, what: bytes) -> int:
        """How often something stands among the cells."""
        return self.xml.count(what, self.start, self.end)

    def has(self, letter: bytes) -> bool:
        """Whether a letter stands among the cells, which is told many times as fast as whether a word does."""
        return self.xml.find(letter, self.start, self.end) >= 0

    def tags(self, what: bytes, start: int = 0, end: int | None = None) -> Iterator[int]:
        """Where the tags begin that hold something."""
        at = self.xml.find(what, start, end)
        while at >= 0:
            yield self.xml.rfind(b"<", 0, at + 1)
            at = self.xml.find(what, at + len(what), end)

    def tag(self, at: int) -> bytes:
        """One tag from its beginning to its end."""
        return self.xml[at : self.xml.find(b">", at)]


def plain(xml: bytes) -> Sheet | None:
    """A sheet as Excel and all usual writers lay it out, so that its bytes can be searched; None for one to be parsed in full.

    A parser lays a sheet out from A1 to its last cell, and two values at the ends of it would be 17 billion cells: where cells may lie
    farther apart than there is reason for, the sheet is not plain either.
    """
    start, end = xml.find(b"<sheetData"), xml.rfind(b"</sheetData>")
    if start < 0 or _UTF8.match(xml) or xml.find(b"zeroHeight", 0, start) >= 0 or (b"!" in xml and b"<!" in xml):
        return None
    sheet = Sheet(xml, start, end if end >= 0 else start)
    if _NOT_NEAR.search(xml, start, sheet.end):
        return sheet if sheet.count(b"<c") == sheet.count(b'<c r="') and _is_dense(sheet) else None
    return sheet


def _is_dense(sheet: Sheet) -> bool:
    """Whether there are enough cells for the widest and tallest extent that their addresses allow."""
    room = _ROOM + _SPARSE * sheet.count(b"<c r=")
    width = next((most for search, most in _WIDE if search.search(sheet.xml, sheet.start, sheet.end)), 26)
    height = next((most for search, most in _TALL if search.search(sheet.xml, sheet.start, sheet.end)), 99_999)
    return width * height <= room


def agrees(sheet: Sheet, rows: Sequence[Sequence[Value]], errors: int) -> bool:
    """Whether a parser gave as many values as stand in the file, less errors, which it shows as blanks, and empty texts."""
    found = sum(len(row) - row.count("") for row in rows)
    stated = sheet.count(b"</v>") - errors + (sheet.count(b"<is>") if sheet.has(b"i") else 0)
    return found == stated or found == stated - sheet.count(b"></v>")


def told(sheet: Sheet, styles: Sequence[Style], struck: frozenset[int]) -> Told:
    """All that is told of a plain sheet; `struck` are the numbers of shared strings that are struck out."""
    found = Told()
    _hidden(sheet, found)
    for number, style in enumerate(styles):
        if style.notable:
            for at in sheet.tags(b' s="%d"' % number, sheet.start, sheet.end):
                cell = _CELL.match(sheet.xml, at)
                if cell:
                    found.mark(_place(cell), style)
    for at in sheet.tags(b't="e"', sheet.start, sheet.end):
        error = _ERROR.match(sheet.xml, at)
        cell = error or _CELL.match(sheet.xml, at)
        if cell:
            found.errors[_place(cell)] = error[3].decode() if error and error[3] else "#?"
    if struck:
        _struck_texts(sheet, struck, found)
    if sheet.has(b"f"):
        _formulas(sheet, found)
    return found


def merges(sheet: Sheet) -> list[Span]:
    """The merged ranges, which stand behind the cells."""
    if sheet.xml.find(b"<mergeCell", sheet.end) < 0:
        return []
    return [_span(found) for found in _MERGE.finditer(sheet.xml, sheet.end)]


def _span(found: re.Match[bytes]) -> Span:
    top, left = int(found[2]) - 1, _column(found[1])
    return (top, left, int(found[4]) - 1, _column(found[3])) if found[3] else (top, left, top, left)


def _hidden(sheet: Sheet, found: Told) -> None:
    for at in (*sheet.tags(b"hidden="), *sheet.tags(b'ht="0', sheet.start, sheet.end), *sheet.tags(b'width="0', 0, sheet.start)):
        tag = sheet.tag(at)
        if not _HIDDEN.search(tag):
            continue
        row = _ROW_NUMBER.search(tag)
        if tag.startswith(b"<row ") and row:
            found.hidden_rows.add(int(row[1]) - 1)
        elif tag.startswith(b"<col "):
            limits = {name: int(number) for name, number in _COLUMNS.findall(tag)}
            found.hidden_columns.update(range(limits.get(b"min", 1) - 1, min(limits.get(b"max", 0), 16_384)))


def _struck_texts(sheet: Sheet, struck: frozenset[int], found: Told) -> None:
    numbers = b"|".join(b"%d" % number for number in sorted(struck))
    for each in re.finditer(rb'<c r="([A-Z]+)(\d+)"[^>]* t="s"[^>]*><v>(?:' + numbers + rb")</v>", sheet.xml):
        found.struck.add(_place(each))


def _formulas(sheet: Sheet, found: Told) -> None:
    shared: dict[bytes, tuple[Place, str]] = {}
    at = sheet.xml.find(b"<f", sheet.start, sheet.end)
    while at >= 0:
        formula = _FORMULA.match(sheet.xml, sheet.xml.rfind(b"<c ", 0, at))
        if formula:
            place = _place(formula)
            found.formulas[place] = _formula(formula, place, shared)
            if not formula[6] and b't="str"' not in formula[3] and b't="e"' not in formula[3]:
                found.uncached.add(place)
        at = sheet.xml.find(b"<f", at + 2, sheet.end)


def _formula(found: re.Match[bytes], place: Place, shared: dict[bytes, tuple[Place, str]]) -> str:
    text = _unescaped(found[5] or b"")
    group = _GROUP.search(found[4]) if _SHARED.search(found[4]) else None
    if not group:
        return text
    if text:
        shared[group[1]] = place, text
        return text
    (row, column), first = shared.get(group[1], (place, ""))
    return moved(first, place[0] - row, place[1] - column)


def _unescaped(text: bytes) -> str:
    if b"&" in text:
        for written, meant in _ENTITIES:
            text = text.replace(written, meant)
    return text.decode("utf-8", "replace")


def _place(found: re.Match[bytes]) -> Place:
    return int(found[2]) - 1, _column(found[1])


@lru_cache(maxsize=16_384)
def _column(name: bytes) -> int:
    return column_number(name.decode())
