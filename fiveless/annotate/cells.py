"""A worksheet's part: cells get another style, and come into being where there are none; a drawing of comments is named."""

import bisect
import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from fiveless.annotate.markup import Element, Splice, inside, like, parsed, tag
from fiveless.finding import Severity
from fiveless.grid import Span, address, column_number

Place = tuple[int, int]
"""Row and column, from 0."""
Restyle = Callable[[int, Severity], int]
_CELL = re.compile(r"([A-Z]{1,3})(\d+)")
_AFTER_DRAWING = ("legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts", "extLst")


def place(cell: str) -> Place | None:
    """An A1 address as a place; None for none."""
    found = _CELL.match(cell)
    return (int(found[2]) - 1, column_number(found[1])) if found else None


def outline(content: bytes) -> Element:
    """A worksheet without its rows."""
    return parsed(content, lambda _depth, name, _attributes: name not in ("row", "ext"))


def merges(sheet: Element) -> list[Span]:
    """The merged ranges (top, left, bottom, right) of an outlined sheet."""
    ranges = [each.attributes["ref"].split(":") for part in sheet.each("mergeCells") for each in part.children]
    corners = [(place(ends[0]), place(ends[-1])) for ends in ranges]
    return [(*first, *last) for first, last in corners if first and last]


def widths(sheet: Element) -> dict[int, float]:
    """The widths of columns that have one of their own, in characters; hidden ones have none."""
    cols = [(*_numbers(each), each.attributes) for part in sheet.each("cols") for each in part.children]
    return {
        column: 0.0 if given.get("hidden") in ("1", "true") else float(given.get("width", 9))
        for first, last, given in cols
        for column in range(first, min(last, first + 255))
    }


def _numbers(col: Element) -> tuple[int, int]:
    return int(col.attributes["min"]) - 1, int(col.attributes["max"])


# Fills


def filled(content: bytes, wanted: Mapping[Place, Severity], restyle: Restyle) -> list[Splice]:
    """Give each wanted cell the style that `restyle` makes of its own."""
    if not wanted:
        return []
    rows: dict[int, dict[int, Severity]] = {}
    for (row, column), severity in sorted(wanted.items()):
        rows.setdefault(row, {})[column] = severity
    sheet = parsed(content, _only(sorted(rows)))
    data = sheet.child("sheetData")
    columns = [(*_numbers(each), int(each.attributes.get("style", 0))) for part in sheet.each("cols") for each in part.children]

    def base(column: int) -> int:
        return next((style for first, last, style in columns if first <= column < last), 0)

    return list(_in_rows(content, data, rows, base, restyle))


def _only(rows: Sequence[int]) -> Callable[[int, str, dict[str, str]], bool]:
    """Keep of all rows those with a wanted cell, and those before which a wanted one is missing; one without a number is given its own."""
    last = 0

    def keep(depth: int, name: str, attributes: dict[str, str]) -> bool:
        nonlocal last
        if name == "row" and depth == 2:
            before, last = last, int(attributes.setdefault("r", str(last + 1)))
            first = bisect.bisect_left(rows, before)
            return first < len(rows) and rows[first] < last
        return depth < 4 and name != "extLst"

    return keep


def _in_rows(
    content: bytes, data: Element, rows: Mapping[int, Mapping[int, Severity]], base: Callable[[int], int], restyle: Restyle
) -> Iterator[Splice]:
    there = {int(each.attributes["r"]) - 1: each for each in data.children}
    missing = b""
    for row, wanted in rows.items():
        if row in there:
            yield from _in_row(content, there[row], row, wanted, base, restyle)
            continue
        cells = b"".join(_new_cell(row, column, restyle(base(column), severity)) for column, severity in wanted.items())
        new = like(content, data, b'<row r="%d">%s</row>' % (row + 1, cells))
        following = min((number for number in there if number > row), default=None)
        if following is None:
            missing += new
        else:
            yield Splice(there[following].start, there[following].start, new)
    if missing:
        yield inside(content, data, missing)


def _in_row(
    content: bytes, row: Element, number: int, wanted: Mapping[int, Severity], base: Callable[[int], int], restyle: Restyle
) -> Iterator[Splice]:
    cells = _columns(row)
    own = row.attributes.get("customFormat") in ("1", "true")
    missing = b""
    for column, severity in wanted.items():
        if column in cells:
            style = restyle(int(cells[column].attributes.get("s", 0)), severity)
            yield tag(content, cells[column], {"s": str(style)})
            continue
        style = restyle(int(row.attributes.get("s", 0)) if own else base(column), severity)
        new = like(content, row, _new_cell(number, column, style))
        following = min((each for each in cells if each > column), default=None)
        if following is None:
            missing += new
        else:
            yield Splice(cells[following].start, cells[following].start, new)
    if missing:
        yield inside(content, row, missing)


def _columns(row: Element) -> dict[int, Element]:
    """The cells of a row by column; one without an address follows on the one before it."""
    cells: dict[int, Element] = {}
    column = -1
    for cell in row.each("c"):
        found = place(cell.attributes.get("r", ""))
        column = found[1] if found else column + 1
        cells[column] = cell
    return cells


def _new_cell(row: int, column: int, style: int) -> bytes:
    return b'<c r="%s" s="%d"/>' % (address(row, column).encode(), style)


# The rest of the sheet


def drawing(content: bytes, sheet: Element, identity: str, relating: str) -> Splice:
    """Name the relation of a drawing of comments, at the place in an outlined sheet where the format wants it."""
    new = b'<legacyDrawing xmlns:r="%s" r:id="%s"/>' % (relating.encode(), identity.encode())
    following = next(filter(_follows_drawing, sheet.children), None)
    if following is None:
        return inside(content, sheet, like(content, sheet, new))
    return Splice(following.start, following.start, like(content, sheet, new))


def _follows_drawing(element: Element) -> bool:
    """Whether an element stands after the drawing of comments; buttons are wrapped twice, for programs that do not know them."""
    wrapped = (inner for choice in element.children for inner in choice.children) if element.name == "AlternateContent" else ()
    return element.name in _AFTER_DRAWING or any(inner.name in _AFTER_DRAWING for inner in wrapped)


def unselected(content: bytes, sheet: Element) -> list[Splice]:
    """Let an outlined sheet not be selected, so that nobody types into two sheets at once."""
    views = (view for views in sheet.each("sheetViews") for view in views.each("sheetView"))
    return [tag(content, view, {"tabSelected": None}) for view in views if "tabSelected" in view.attributes]
