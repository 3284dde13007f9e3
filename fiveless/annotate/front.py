"""The first sheet of an annotated copy as a part of its package: a heading, and a list with a link to each cell."""

import math
from collections.abc import Sequence

from fiveless.annotate.listing import HEADS, Line
from fiveless.annotate.markup import quoted, said
from fiveless.annotate.styles import FILLS, Styles
from fiveless.grid import address
from fiveless.language import Lang, Words

NAME = Words("要確認", "To mend")
_WIDTHS = (6, 10, 22, 12, 52, 52, 12)
_LINK = 3
_LINE = 15
_HEAD = "FFD9E1F2"
_SHEET = b"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<worksheet xmlns="%s"><sheetPr><tabColor rgb="FFC55A11"/><pageSetUpPr fitToPage="1"/></sheetPr>\
<sheetViews><sheetView showGridLines="0" tabSelected="1" workbookViewId="0">\
<pane ySplit="%d" topLeftCell="A%d" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>\
<sheetFormatPr defaultRowHeight="15" customHeight="1"/><cols>%s</cols><sheetData>%s</sheetData>%s\
<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.5" header="0.3" footer="0.3"/>\
<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/></worksheet>"""


def sheet(head: Sequence[str], lines: Sequence[Line], lang: Lang, styles: Styles, space: str) -> bytes:
    """The worksheet; all its cells are text. `space` is the namespace of the workbook."""
    first = len(head) + 2
    title, plain, heading = styles.style(size=14, bold=True), styles.style(), styles.style(bold=True, fill=_HEAD, lined=True)
    rows = [_row(number, [(text, plain if number else title)], _LINE if number else 2 * _LINE) for number, text in enumerate(head)]
    rows.append(_row(first - 1, [(each.to(lang), heading) for each in HEADS], _LINE + 4))
    rows += [_row(first + index, _styled(line, styles), _height(line.texts)) for index, line in enumerate(lines)]
    cols = b"".join(b'<col min="%d" max="%d" width="%d" customWidth="1"/>' % (at, at, width) for at, width in enumerate(_WIDTHS, 1))
    return _SHEET % (space.encode(), first, first + 1, cols, b"".join(rows), _links(lines, first))


def _styled(line: Line, styles: Styles) -> list[tuple[str, int]]:
    plain = styles.style(lined=True)
    known = {1: styles.style(lined=True, bold=True, fill=FILLS[line.severity])} if line.severity else {}
    known |= {_LINK: styles.style(lined=True, colour="FF0563C1")} if line.link else {}
    return [(text, known.get(column, plain)) for column, text in enumerate(line.texts)]


def _height(texts: Sequence[str]) -> int:
    """As high as the wrapped text of a row needs, in points; a Japanese character is as wide as two digits."""
    wide = (sum(1 if sign.isascii() else 2 for sign in text) for text in texts)
    return 4 + _LINE * max(math.ceil(size / width) or 1 for size, width in zip(wide, _WIDTHS, strict=True))


def _row(number: int, cells: Sequence[tuple[str, int]], height: int) -> bytes:
    written = b"".join(_cell(address(number, column), *cell) for column, cell in enumerate(cells))
    return b'<row r="%d" ht="%d" customHeight="1">%s</row>' % (number + 1, height, written)


def _cell(at: str, text: str, style: int) -> bytes:
    value = b'<is><t xml:space="preserve">%s</t></is>' % said(text)
    return b'<c r="%s" s="%d" t="inlineStr">%s</c>' % (at.encode(), style, value)


def _links(lines: Sequence[Line], first: int) -> bytes:
    linked = [(address(first + index, _LINK), line.link) for index, line in enumerate(lines) if line.link]
    links = b"".join(b'<hyperlink ref="%s" location=%s/>' % (at.encode(), quoted(link)) for at, link in linked)
    return b"<hyperlinks>%s</hyperlinks>" % links if links else b""
