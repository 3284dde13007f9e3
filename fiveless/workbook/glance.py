"""What a sheet of an .xlsx tells besides its values, found by searching its bytes: an ordinary sheet costs next to nothing."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

from fiveless.grid import Place, Span, Value, column_number
from fiveless.workbook.thorough import moved
from fiveless.workbook.told import Style, Told

_UTF8 = re.compile(rb"<\?xml[^>]*encoding=[\"'](?!utf-8|us-ascii)", re.IGNORECASE)
_ORDINARY = rb' r="[AB]?[A-Z]\d{1,%d}+"[^>]*+><(?:[vc/]|is>)'  # a value or a text alone, or nothing
_PARTICULAR = (
    rb'<c(?!%b)(?: r="([A-Z]+)(\d+)"(?: s="\d+")?(?: t="(\w+)")?(?:/>|>\s*(?:<f([^>]*?)(/)?>(?(5)|([^<]*)</f>)\s*)?'
    rb"(?:</c>|<v/>|<v(?: [^>]*)?>([^<]*)</v>|<is>)))?"
)
_CELLS = {digits: re.compile(_PARTICULAR % (_ORDINARY % digits)) for digits in range(4, 8)}
_ERROR = re.compile(rb'<c r="([A-Z]+)(\d+)"[^>]*? t="e"[^>]*>(?:<f[^>]*/>|<f[^>]*>[^<]*</f>)?<v>([^<]+)')
_ORDINARY_WIDTH = 78
_ROOM = 16_000_000
_SPARSE = 20
_GROUP = re.compile(rb'si="(\d+)"')
_ROW_NUMBER = re.compile(rb'\br="(\d+)"')
_COLUMNS = re.compile(rb'\b(min|max)="(\d+)"')
_HIDDEN = re.compile(rb'\bhidden="(?:1|true)"|\b(?:ht|width)="0(?:\.0*)?"')
_MERGE = re.compile(rb'<mergeCell [^>]*?ref="([A-Z]+)(\d+)(?::([A-Z]+)(\d+))?"')
_ENTITIES = ((b"&lt;", b"<"), (b"&gt;", b">"), (b"&quot;", b'"'), (b"&apos;", b"'"), (b"&#10;", b"\n"), (b"&amp;", b"&"))


@dataclass(slots=True)
class Sheet:
    """A plain sheet: its bytes, where in them its cells begin and end, what they tell, and how many of them hold a value."""

    xml: bytes
    start: int
    end: int
    told: Told = field(default_factory=Told)
    values: int = 0

    def tags(self, what: bytes, start: int = 0, end: int | None = None) -> Iterator[bytes]:
        """The tags that hold something."""
        at = self.xml.find(what, start, end)
        while at >= 0:
            yield self.xml[self.xml.rfind(b"<", 0, at + 1) : self.xml.find(b">", at)]
            at = self.xml.find(what, at + len(what), end)


def plain(xml: bytes, styles: Sequence[Style], struck: frozenset[int]) -> Sheet | None:
    """A sheet as Excel and all usual writers lay it out, with all that it tells; None for one to be parsed in full.

    `struck` are the numbers of shared strings that are struck out. A parser lays a sheet out from A1 to its last cell, and two values at
    the ends of it would be 17 billion cells: where cells lie farther apart than there is reason for, the sheet is not plain either.
    """
    start, end = xml.find(b"<sheetData"), xml.rfind(b"</sheetData>")
    if start < 0 or _UTF8.match(xml) or xml.find(b"zeroHeight", 0, start) >= 0 or (b"!" in xml and b"<!" in xml):
        return None
    sheet = Sheet(xml, start, end if end >= 0 else start)
    if not _particular(sheet):
        return None
    _hidden(sheet)
    _styled(sheet, styles)
    if struck:
        _struck_texts(sheet, struck)
    sheet.values += xml.count(b"</v>", start, sheet.end) + xml.count(b"<is>", start, sheet.end)
    return sheet


def cut(sheet: Sheet, number: int) -> list[list[bytes | memoryview]]:
    """A sheet as so many sheets of about as many bytes, each with some of its rows, in pieces; fewer where no row begins behind a cut."""
    xml, first = memoryview(sheet.xml), max(sheet.xml.find(b"<row", sheet.start, sheet.end), sheet.start)
    size = (sheet.end - first) // number
    found = {sheet.xml.find(b"<row", first + size * part, sheet.end) for part in range(1, number)} - {-1}
    return [[xml[:first], xml[begin:end], b"</sheetData></worksheet>"] for begin, end in pairwise(sorted({first, *found, sheet.end}))]


def agrees(sheet: Sheet, rows: Sequence[Sequence[Value]]) -> bool:
    """Whether a parser gave as many values as stand in the file; it shows errors as blanks, which are then told, and empty texts."""
    found = sum(map(len, rows)) - sum([row.count("") for row in rows])
    if found == sheet.values:
        return True
    _errors(sheet)
    stated = sheet.values - len(sheet.told.errors)
    return found == stated or found == stated - sheet.xml.count(b"></v>", sheet.start, sheet.end)


def _particular(sheet: Sheet) -> bool:
    """Note all cells but those of a value alone; False where one is written in a way that is not known here, or lies far off.

    The pattern passes over ordinary cells, so that one search finds what is told and makes sure of the rest.
    """
    digits = _digits_of_rows(sheet)
    shared: dict[bytes, tuple[Place, str]] = {}
    bottom, right = int(10**digits) - 1, _ORDINARY_WIDTH
    for column, row, kind, attributes, _, formula, value in _CELLS[digits].findall(sheet.xml, sheet.start, sheet.end):
        if not column or len(column) > 3 or len(row) > 7:
            return False
        place = int(row) - 1, _column(column)
        bottom, right = max(bottom, place[0]), max(right, place[1])
        if attributes or formula:
            sheet.told.formulas[place] = _formula(formula, attributes, place, shared)
            if not value and kind != b"str":
                sheet.told.uncached.add(place)
    area = bottom * right
    return area <= _ROOM + _SPARSE * (sheet.xml.count(b"<c r=", sheet.start, sheet.end) if area > _ROOM else 0)


def _errors(sheet: Sheet) -> None:
    for column, row, shown in _ERROR.findall(sheet.xml, sheet.start, sheet.end):
        sheet.told.errors[int(row) - 1, _column(column)] = shown.decode()


def _digits_of_rows(sheet: Sheet) -> int:
    """How many digits the number of the last row has, within what is ordinary."""
    last = sheet.xml.rfind(b"<row", 0, sheet.end)
    number = _ROW_NUMBER.search(sheet.xml, last, last + 50) if last >= 0 else None
    return min(max(len(number[1]) if number else 0, 4), 7)


def _styled(sheet: Sheet, styles: Sequence[Style]) -> None:
    """Mark the cells of notable styles; where writers differ in the order of attributes, the slower of two patterns finds them."""
    used: dict[bytes, Style] = {}
    stated = 0
    for number, style in enumerate(styles):
        times = sheet.xml.count(b' s="%d"' % number, sheet.start, sheet.end) if style.notable else 0
        if times:
            used[b"%d" % number] = style
            stated += times
    if not used:
        return
    numbers = b"|".join(used)
    found = re.compile(rb'<c r="([A-Z]+)(\d+)" s="(%b)"' % numbers).findall(sheet.xml, sheet.start, sheet.end)
    if len(found) != stated:
        found = re.compile(rb'<c r="([A-Z]+)(\d+)"[^>]*? s="(%b)"' % numbers).findall(sheet.xml, sheet.start, sheet.end)
    places: dict[bytes, list[Place]] = {number: [] for number in used}
    for column, row, number in found:
        places[number].append((int(row) - 1, _column(column)))
    for each, style in used.items():
        sheet.told.mark(places[each], style)


def merges(sheet: Sheet) -> list[Span]:
    """The merged ranges, which stand behind the cells."""
    if sheet.xml.find(b"<mergeCell", sheet.end) < 0:
        return []
    return [_span(found) for found in _MERGE.finditer(sheet.xml, sheet.end)]


def _span(found: re.Match[bytes]) -> Span:
    top, left = int(found[2]) - 1, _column(found[1])
    return (top, left, int(found[4]) - 1, _column(found[3])) if found[3] else (top, left, top, left)


def _hidden(sheet: Sheet) -> None:
    for tag in (*sheet.tags(b"hidden=", 0, sheet.start), *sheet.tags(b'width="0', 0, sheet.start)):
        if tag.startswith(b"<col ") and _HIDDEN.search(tag):
            limits = {name: int(number) for name, number in _COLUMNS.findall(tag)}
            sheet.told.hidden_columns.update(range(limits.get(b"min", 1) - 1, min(limits.get(b"max", 0), 16_384)))
    if sheet.xml.find(b"h", sheet.start + len(b"<sheetData"), sheet.end) < 0:  # a letter is looked for many times as fast as a word
        return
    for tag in (*sheet.tags(b"hidden=", sheet.start, sheet.end), *sheet.tags(b'ht="0', sheet.start, sheet.end)):
        row = _ROW_NUMBER.search(tag) if tag.startswith(b"<row ") and _HIDDEN.search(tag) else None
        if row:
            sheet.told.hidden_rows.add(int(row[1]) - 1)


def _struck_texts(sheet: Sheet, struck: frozenset[int]) -> None:
    numbers = b"|".join(b"%d" % number for number in sorted(struck))
    for column, row in re.findall(rb'<c r="([A-Z]+)(\d+)"[^>]*? t="s"[^>]*><v>(?:%b)</v>' % numbers, sheet.xml):
        sheet.told.struck.add((int(row) - 1, _column(column)))


def _formula(formula: bytes, attributes: bytes, place: Place, shared: dict[bytes, tuple[Place, str]]) -> str:
    text = _unescaped(formula)
    group = _GROUP.search(attributes) if attributes and b't="shared"' in attributes else None
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


@lru_cache(maxsize=16_384)
def _column(name: bytes) -> int:
    return column_number(name.decode())
