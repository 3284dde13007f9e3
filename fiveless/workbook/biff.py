"""An .xls as grids: values by the parser, and what it does not tell by a walk over the records of the file."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from fiveless.grid import Grid
from fiveless.workbook import formats
from fiveless.workbook.parsed import grids
from fiveless.workbook.refusal import OLD_EXCEL, broken, other
from fiveless.workbook.told import ORDINARY, Style, Told

ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A", 43: "#GETTING_DATA"}
_BOF, _EOF, _FILEPASS, _BOUNDSHEET = 0x0809, 0x000A, 0x002F, 0x0085
_FONT, _FORMAT, _XF = 0x0031, 0x041E, 0x00E0
_ROW, _COLINFO = 0x0208, 0x007D
_FORMULA, _STRING, _BOOLERR, _NUMBER, _RK, _MULRK, _LABELSST, _LABEL, _BLANK, _MULBLANK = (
    *(0x0006, 0x0207, 0x0205, 0x0203, 0x027E, 0x00BD, 0x00FD, 0x0204, 0x0201, 0x00BE),
)
_DIMENSIONS, _LAST_ROW, _LAST_COLUMN = 0x0200, 65_536, 256
_BIFF8 = 0x0600
_WORKSHEET = 0
_STRUCK = 0x0008
_BUILT_IN_FONT = 4  # there is no font of this number: those after it are counted one higher


class Record(NamedTuple):
    """One record: its kind and its bytes."""

    kind: int
    data: bytes


@dataclass(slots=True)
class Scanned:
    """One sheet as its records tell it."""

    name: str
    hidden: bool
    told: Told = field(default_factory=Told)
    numbers: int = 0


def is_protected(stream: bytes) -> bool:
    """Whether all after the first records is encrypted."""
    first = [record.kind for _, record in zip(range(4), _records(stream, 0), strict=False)]
    return _FILEPASS in first


def read(content: bytes, stream: bytes) -> list[Grid]:
    """The worksheets of a workbook of Excel 97 to 2003."""
    if len(stream) < 8 or struct.unpack_from("<HHH", stream)[2] != _BIFF8:
        raise other(OLD_EXCEL)
    try:
        return grids(content, [(each.name, each.told, each.numbers, each.hidden) for each in scan(stream)])
    except (struct.error, IndexError) as error:
        raise broken(str(error)) from error


def scan(stream: bytes) -> list[Scanned]:
    """All sheets with what is told of their cells."""
    styles, listed = _globals(stream)
    return [_sheet(stream, offset, styles, Scanned(name, hidden)) for name, offset, hidden in listed]


def _records(stream: bytes, at: int) -> Iterator[Record]:
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        yield Record(kind, stream[at + 4 : at + 4 + length])
        if kind == _EOF:
            return
        at += 4 + length
    raise broken("BIFF")


def _globals(stream: bytes) -> tuple[list[Style], list[tuple[str, int, bool]]]:
    struck: list[bool] = []
    codes: dict[int, str] = {}
    xfs: list[tuple[int, int]] = []
    sheets: list[tuple[str, int, bool]] = []
    for kind, data in _records(stream, 0):
        if kind == _FONT:
            struck += [bool(struct.unpack_from("<H", data, 2)[0] & _STRUCK)] * (2 if len(struck) == _BUILT_IN_FONT else 1)
        elif kind == _FORMAT:
            codes[struct.unpack_from("<H", data)[0]] = _string(data, 2, wide_length=True)
        elif kind == _XF:
            xfs.append(struct.unpack_from("<HH", data))
        elif kind == _BOUNDSHEET:
            offset, state, sort = struct.unpack_from("<IBB", data)
            if sort == _WORKSHEET:
                sheets.append((_string(data, 6, wide_length=False), offset, state & 3 > 0))
    return [_style(font, number, struck, codes) for font, number in xfs], sheets


def _style(font: int, number: int, struck: list[bool], codes: dict[int, str]) -> Style:
    shown = formats.read(codes[number]) if number in codes else formats.built_in(number)
    return Style(shown, struck=font < len(struck) and struck[font])


def _string(data: bytes, at: int, *, wide_length: bool) -> str:
    """A text of the file: its length, a flag for two bytes a character, and the characters."""
    length = struct.unpack_from("<H", data, at)[0] if wide_length else data[at]
    at += 2 if wide_length else 1
    wide = data[at] & 1
    raw = data[at + 1 : at + 1 + length * (1 + wide)]
    return raw.decode("utf-16-le" if wide else "latin-1", "replace")


def _sheet(stream: bytes, offset: int, styles: list[Style], sheet: Scanned) -> Scanned:
    bottom = right = 0
    for kind, data in _sheet_records(stream, offset):
        if kind == _DIMENSIONS:
            _refuse_false_extent(data)
        elif kind == _ROW:
            if struct.unpack_from("<I", data, 12)[0] & 0x20 or struct.unpack_from("<H", data, 6)[0] & 0x7FFF == 0:
                sheet.told.hidden_rows.add(struct.unpack_from("<H", data)[0])
        elif kind == _COLINFO:
            first, last, width, _, options = struct.unpack_from("<5H", data)
            if options & 1 or width == 0:
                sheet.told.hidden_columns.update(range(first, min(last, 255) + 1))
        elif kind in _CELLS:
            row, column = struct.unpack_from("<HH", data)
            bottom, right = max(bottom, row + 1), max(right, column + 1)
            _cell(kind, data, (row, column), styles, sheet)
    if right > _LAST_COLUMN:
        raise broken(f"BIFF: {bottom:,} × {right:,}")
    return sheet


def _refuse_false_extent(data: bytes) -> None:
    """The parser makes room for as many rows and columns as the file says, whatever it says."""
    top, bottom, left, right = struct.unpack_from("<IIHH", data)
    if not (top <= bottom <= _LAST_ROW and left <= right <= _LAST_COLUMN):
        raise broken(f"BIFF: {bottom:,} × {right:,}")


def _sheet_records(stream: bytes, at: int) -> Iterator[Record]:
    """The records of a sheet up to its own end, without those of charts that stand within it."""
    depth = 0
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        depth += (kind == _BOF) - (kind == _EOF)
        if depth == 0:
            return
        if depth == 1:
            yield Record(kind, stream[at + 4 : at + 4 + length])
        at += 4 + length
    raise broken("BIFF")


_CELLS = frozenset({_FORMULA, _BOOLERR, _NUMBER, _RK, _MULRK, _LABELSST, _LABEL})


def _cell(kind: int, data: bytes, place: tuple[int, int], styles: list[Style], sheet: Scanned) -> None:
    if kind == _MULRK:
        numbers = [struct.unpack_from("<H", data, at)[0] for at in range(4, len(data) - 2, 6)]
    else:
        numbers = [struct.unpack_from("<H", data, 4)[0]]
    for offset, number in enumerate(numbers):
        style = styles[number] if number < len(styles) else ORDINARY
        if style.notable:
            sheet.told.mark([(place[0], place[1] + offset)], style)
    if kind == _FORMULA:
        sheet.told.formulas[place] = ""
        if data[12:14] == b"\xff\xff":  # no number: text, true or false, an error, or nothing
            if data[6] == 2:
                sheet.told.errors[place] = ERRORS.get(data[8], "#?")
            return
    elif kind == _BOOLERR:
        if data[7]:
            sheet.told.errors[place] = ERRORS.get(data[6], "#?")
        return
    elif kind in (_LABELSST, _LABEL):
        return
    sheet.numbers += len(numbers)
