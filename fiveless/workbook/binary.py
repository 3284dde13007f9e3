"""An .xlsb as grids: values by the parser, and what it does not tell by a walk over the records of its parts."""

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from fiveless.grid import Grid
from fiveless.workbook import formats
from fiveless.workbook.biff import ERRORS
from fiveless.workbook.package import Package, packed
from fiveless.workbook.parsed import grids
from fiveless.workbook.parts import relations
from fiveless.workbook.refusal import broken, refused
from fiveless.workbook.told import ORDINARY, Style, Told

_ROW, _COLUMN, _SHEET = 0, 60, 156
_FONT, _FORMAT, _XF, _CELL_XFS, _CELL_XFS_END = 43, 44, 47, 617, 618
_NUMBERS, _ERRORS, _FORMULAS, _CELLS = {2, 5, 9}, {3, 11}, {8, 9, 10, 11}, range(1, 12)
_ROOM, _SPARSE = 20_000_000, 20
_HEIGHT_OF_NONE, _STRUCK, _HIDDEN_ROW = 0, 0x0008, 0x10


@dataclass(slots=True)
class _Sheet:
    told: Told = field(default_factory=Told)
    numbers: int = 0
    cells: int = 0
    bottom: int = 0
    right: int = 0


def read(package: Package, part: str) -> list[Grid]:
    """The worksheets of a binary workbook of Excel 2007 or newer."""
    try:
        related = relations(package, part)
        kinds = {identity: kind for identity, (kind, _) in related.items()}
        stated = dict(related.values()).get("styles", "xl/styles.bin")
        styles = _styles(package.read(stated)) if stated in package else []
        sheets = [
            (name, _scanned(package.read(related[identity][1]), styles), hidden)
            for name, identity, hidden in _listed(package.read(part))
            if kinds.get(identity) == "worksheet"
        ]
        workbook = _of_worksheets(package.read(part), kinds)
    except (struct.error, IndexError, KeyError, ValueError) as error:
        raise broken(str(error)) from error
    parts = {name: package.read(name) for name in package.names() if name.endswith((".bin", ".rels", ".xml"))}
    content = packed({_placed(name, part): held for name, held in (parts | {part: workbook}).items()})
    return grids(content, [(name, sheet.told, sheet.numbers, hidden) for name, sheet, hidden in sheets])


def _of_worksheets(part: bytes, kinds: Mapping[str, str]) -> bytes:
    """The list of sheets without those of macros and dialogs, over which the parser stumbles."""
    kept, begun = [], 0
    for kind, data, end in _records(part):
        if kind != _SHEET or kinds.get(_wide(data, 8)[0]) == "worksheet":
            kept.append(part[begun:end])
        begun = end
    return b"".join(kept)


def _placed(name: str, main: str) -> str:
    """A part where the parser looks for it: in the folder xl, and not all in lower case."""
    folder = main.rpartition("/")[0] + "/"
    if folder != "/" and name.startswith(folder):
        name = "xl/" + name.removeprefix(folder)
    return name.replace("sharedstrings.bin", "sharedStrings.bin").replace("[content_types].xml", "[Content_Types].xml")


def _records(part: bytes) -> Iterator[tuple[int, bytes, int]]:
    """Kind and data of each record, and where it ends."""
    at = 0
    while at < len(part):
        kind, at = part[at], at + 1
        if kind & 0x80:
            kind, at = (kind & 0x7F) | (part[at] & 0x7F) << 7, at + 1
        length = 0
        for shift in range(0, 28, 7):
            byte, at = part[at], at + 1
            length |= (byte & 0x7F) << shift
            if not byte & 0x80:
                break
        at += length
        yield kind, part[at - length : at], at


def _wide(data: bytes, at: int) -> tuple[str, int]:
    """A text and where it ends."""
    length = struct.unpack_from("<I", data, at)[0]
    return data[at + 4 : at + 4 + 2 * length].decode("utf-16-le", "replace"), at + 4 + 2 * length


def _listed(part: bytes) -> Iterator[tuple[str, str, bool]]:
    for kind, data, _ in _records(part):
        if kind == _SHEET:
            identity, at = _wide(data, 8)
            yield _wide(data, at)[0], identity, struct.unpack_from("<I", data)[0] > 0


def _styles(part: bytes) -> list[Style]:
    struck: list[bool] = []
    codes: dict[int, str] = {}
    styles: list[Style] = []
    of_cells = False
    for kind, data, _ in _records(part):
        if kind == _FONT:
            struck.append(bool(struct.unpack_from("<H", data, 2)[0] & _STRUCK))
        elif kind == _FORMAT:
            codes[struct.unpack_from("<H", data)[0]] = _wide(data, 2)[0]
        elif kind in (_CELL_XFS, _CELL_XFS_END):
            of_cells = kind == _CELL_XFS
        elif kind == _XF and of_cells:
            _, number, font = struct.unpack_from("<3H", data)
            shown = formats.read(codes[number]) if number in codes else formats.built_in(number)
            styles.append(Style(shown, struck=font < len(struck) and struck[font]))
    return styles


def _scanned(part: bytes, styles: list[Style]) -> _Sheet:
    sheet, row = _Sheet(), 0
    for kind, data, _ in _records(part):
        if kind == _ROW:
            row, height = struct.unpack_from("<I", data)[0], struct.unpack_from("<H", data, 8)[0]
            if data[11] & _HIDDEN_ROW or height == _HEIGHT_OF_NONE:
                sheet.told.hidden_rows.add(row)
        elif kind == _COLUMN:
            first, last, width, _, options = struct.unpack_from("<4IH", data)
            if options & 1 or width == 0:
                sheet.told.hidden_columns.update(range(first, min(last, 16_383) + 1))
        elif kind in _CELLS:
            _cell(kind, data, row, styles, sheet)
    if sheet.bottom * sheet.right > _ROOM + _SPARSE * sheet.cells:  # the parser makes room for all between the first and the last
        raise refused("F05", reason=f"{sheet.bottom:,} × {sheet.right:,}")
    return sheet


def _cell(kind: int, data: bytes, row: int, styles: list[Style], sheet: _Sheet) -> None:
    column, number = struct.unpack_from("<II", data)
    place, number = (row, column), number & 0xFFFFFF
    style = styles[number] if number < len(styles) else ORDINARY
    if style.notable:
        sheet.told.mark([place], style)
    if kind in _FORMULAS:
        sheet.told.formulas[place] = ""
    if kind in _ERRORS:
        sheet.told.errors[place] = ERRORS.get(data[8], "#?")
    if kind > 1:
        sheet.bottom, sheet.right = max(sheet.bottom, row + 1), max(sheet.right, column + 1)
    sheet.cells += kind > 1
    sheet.numbers += kind in _NUMBERS
