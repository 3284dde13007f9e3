"""Workbooks made part by part and byte by byte, as no library writes them, and one specimen with all that a reader must tell."""

import datetime as dt
import io
import struct
import zipfile
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

import xlsxwriter

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def told(grid: object, *fields: str) -> Any:
    """Some fields of a grid, to be held against what they should be."""
    return tuple(getattr(grid, field) for field in fields)


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    """Some parts as a zip."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return buffer.getvalue()


def sheet(cells: str, before: str = "", after: str = "") -> str:
    """The XML of a worksheet around its rows."""
    return f'<worksheet xmlns="{MAIN}">{before}<sheetData>{cells}</sheetData>{after}</worksheet>'


def related(*targets: tuple[str, str]) -> str:
    """Relations rId1, rId2, …, given as kind and target."""
    each = [f'<Relationship Id="rId{n}" Type="{OFFICE}/{kind}" Target="{target}"/>' for n, (kind, target) in enumerate(targets, 1)]
    return f'<Relationships xmlns="{PACKAGE}">{"".join(each)}</Relationships>'


def workbook(*names: str, settings: str = "") -> str:
    """The XML of a workbook with sheets rId1, rId2, …"""
    sheets = "".join(f'<sheet name="{name}" sheetId="{n}" r:id="rId{n}"/>' for n, name in enumerate(names, 1))
    return f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{settings}<sheets>{sheets}</sheets></workbook>'


def xlsx(xml: str | bytes, parts: Mapping[str, str | bytes] | None = None, *, without: Collection[str] = ()) -> bytes:
    """An .xlsx of one sheet, with other parts put in or left out."""
    usual: dict[str, str | bytes] = {
        "_rels/.rels": related(("officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": workbook("S"),
        "xl/_rels/workbook.xml.rels": related(
            ("worksheet", "worksheets/sheet1.xml"), ("styles", "styles.xml"), ("sharedStrings", "sharedStrings.xml")
        ),
        "xl/worksheets/sheet1.xml": xml,
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}"></sst>',
        "xl/styles.xml": f'<styleSheet xmlns="{MAIN}"/>',
    }
    return zipped({name: part for name, part in (usual | dict(parts or {})).items() if name not in without})


def strings(texts: str) -> dict[str, str]:
    """The part of shared strings."""
    return {"xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{texts}</sst>'}


def styles(*codes: str) -> dict[str, str]:
    """The part of styles: style 0 is plain, style 1, 2, … have these number formats."""
    formats = "".join(f'<numFmt numFmtId="{n}" formatCode="{code}"/>' for n, code in enumerate(codes, 170))
    used = "".join(f'<xf numFmtId="{n}"/>' for n in range(170, 170 + len(codes)))
    return {"xl/styles.xml": f'<styleSheet xmlns="{MAIN}"><numFmts>{formats}</numFmts><cellXfs><xf/>{used}</cellXfs></styleSheet>'}


def compound(streams: Mapping[str, bytes]) -> bytes:
    """An OLE file of some streams (each padded to the 4,096 bytes from which on it has sectors of its own)."""
    bodies = [body.ljust(max(4096, -(-len(body) // 512) * 512), b"\0") for body in streams.values()]
    chains, at = [], 1
    for body in bodies:
        chains.append(range(at, at + len(body) // 512))
        at = chains[-1].stop
    directory = range(at, at + (len(streams) + 4) // 4)
    fat = [0xFFFFFFFF] * 128
    fat[0] = 0xFFFFFFFD
    for chain in (*chains, directory):
        fat[chain.start : chain.stop] = [*range(chain.start + 1, chain.stop), 0xFFFFFFFE]
    following = [*range(2, len(streams) + 1), 0xFFFFFFFF]
    entries = [_entry("Root Entry", 5, 0xFFFFFFFE, 0, child=1)]
    entries += [
        _entry(name, 2, chain.start, len(body), right=right)
        for name, chain, body, right in zip(streams, chains, bodies, following, strict=True)
    ]
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<5H6x", 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack("<9I", 0, 1, directory.start, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    head += struct.pack("<109I", 0, *[0xFFFFFFFF] * 108)
    return head + struct.pack("<128I", *fat) + b"".join(bodies) + b"".join(entries).ljust(len(directory) * 512, b"\0")


def _entry(name: str, kind: int, start: int, size: int, right: int = 0xFFFFFFFF, child: int = 0xFFFFFFFF) -> bytes:
    coded = name.encode("utf-16-le").ljust(64, b"\0")
    return coded + struct.pack("<HBBIII36xIII", 2 * len(name) + 2, kind, 1, 0xFFFFFFFF, right, child, start, size, 0)


def record(kind: int, data: bytes = b"") -> bytes:
    """A record of an .xls."""
    return struct.pack("<HH", kind, len(data)) + data


def binary(rows: Sequence[Sequence[tuple[int, int, bytes]]], hidden_row: int = -1, folder: str = "xl") -> bytes:
    """An .xlsb of one sheet: its cells by row as (kind of record, number of style, value); column B is hidden.

    Style 1 is struck out, style 2 is per cent, style 3 is shown with 枚. A sheet of macros and one of a dialog are listed before it.
    """
    cells = b"".join(
        _row(number, hidden=number == hidden_row)
        + b"".join(_record(kind, struct.pack("<II", column, style) + value) for column, (kind, style, value) in enumerate(row))
        for number, row in enumerate(rows)
    )
    columns = _record(390) + _record(60, struct.pack("<4IH", 1, 1, 2304, 0, 1)) + _record(391)
    extent = _record(148, struct.pack("<4I", 0, len(rows) - 1, 0, max(map(len, rows), default=1) - 1))
    part = _record(129) + extent + columns + _record(145) + cells + _record(146) + _record(130)
    fonts = _record(611, struct.pack("<I", 2)) + _font(0) + _font(8) + _record(612)
    formats = _record(615, struct.pack("<I", 1)) + _record(44, struct.pack("<H", 170) + wide('0"枚"')) + _record(616)
    xfs = b"".join(_record(47, struct.pack("<8H", 0, number, font, 0, 0, 0, 0, 0)) for number, font in ((0, 0), (0, 1), (9, 0), (170, 0)))
    sheets = enumerate(("マクロ", "ダイアログ", "表"), 1)
    listed = b"".join(_record(156, struct.pack("<II", 0, number) + wide(f"rId{number}") + wide(name)) for number, name in sheets)
    kinds = (("xlMacrosheet", "macrosheets/sheet1.bin"), ("dialogsheet", "dialogsheets/sheet1.bin"), ("worksheet", "worksheets/sheet1.bin"))
    return zipped(
        {
            "_rels/.rels": related(("officeDocument", f"{folder}/workbook.bin")),
            f"{folder}/_rels/workbook.bin.rels": related(*kinds, ("styles", "styles.bin")),
            f"{folder}/workbook.bin": _record(131) + _record(153, bytes(12)) + _record(143) + listed + _record(144) + _record(132),
            f"{folder}/styles.bin": _record(278) + fonts + formats + _record(617, struct.pack("<I", 4)) + xfs + _record(618) + _record(279),
            f"{folder}/worksheets/sheet1.bin": part,
        }
    )


def wide(text: str) -> bytes:
    """A text of an .xlsb."""
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def _row(number: int, *, hidden: bool) -> bytes:
    return _record(0, struct.pack("<IIHBBBI", number, 0, 270, 0, 0x10 if hidden else 0, 0, 0))


def _font(flags: int) -> bytes:
    return _record(43, struct.pack("<HHHHBBBB", 220, flags, 400, 0, 0, 0, 0, 0) + bytes(9) + wide("Arial"))


def _record(kind: int, data: bytes = b"") -> bytes:
    head = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    length, size = b"", len(data)
    while size > 127:
        length, size = length + bytes([size & 0x7F | 0x80]), size >> 7
    return head + length + bytes([size]) + data


def specimen(path: Path) -> Path:
    """A workbook with all that a reader must tell: formats, dates, strike-through, errors, formulas, hidden rows, columns and sheets."""
    with xlsxwriter.Workbook(path) as made:
        page = made.add_worksheet("表")

        def style(**keys: object) -> object:
            return made.add_format(keys)

        page.write_row(0, 0, ["部署", "4月", "5月"])
        page.write_row(1, 0, ["総務課"])
        page.write(1, 1, 12, style(num_format='#,##0"枚"'))
        page.write(1, 2, 0.5, style(num_format="0.0%"))
        page.write_row(2, 0, ["企画課", 7], style(font_strikeout=True))
        page.write(2, 2, 12345, style(num_format='#,##0,"千枚"'))
        page.write_formula(3, 1, "=SUM(B2:B3)", None, 19)
        page.write_formula(3, 2, "=1/0", None, "#DIV/0!")
        page.write(4, 0, dt.date(2022, 4, 1), style(num_format='[$-411]ggge"年"m"月"d"日"'))
        page.write(4, 2, 0.25, style(num_format="hh:mm"))
        page.set_row(2, None, None, {"hidden": True})
        page.set_column(3, 4, None, None, {"hidden": True})
        page.write(5, 3, 99)
        page.merge_range("A7:B8", "結合")
        page.write(8, 0, 4, style(num_format='0"月"'))
        page.write_rich_string(9, 0, style(font_strikeout=True), "消", style(font_strikeout=True, bold=True), "す")
        page.write(10, 0, "a\nb")
        page.write(11, 0, 5, style(num_format='"令和"0"年度"'))
        made.add_worksheet("隠").write(0, 0, 1)
        made.get_worksheet_by_name("隠").hide()
        made.add_worksheet("深").write(1, 1, 2)
        made.get_worksheet_by_name("深").very_hidden()
    return path
