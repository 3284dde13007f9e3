"""The door to files: any workbook as grids, or the reason why it is none."""

import csv
import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

from fiveless.errors import UnreadableFileError
from fiveless.finding import RULES
from fiveless.grid import Grid, Span, Value, column_number
from fiveless.language import Words

_NO_WORKBOOK = Words("中身が表計算の形式ではない", "its content is none that a spreadsheet writes")
_NO_ENCODING = Words("文字コードが UTF-8・UTF-16・Shift_JIS のどれでもない", "its text is neither UTF-8, UTF-16 nor Shift_JIS")
OURS = "fiveless｜"
"""With this begins the first cell of the sheet that an annotated copy has before its own: a list for people, which is never read."""
LARGEST = 1 << 30
MOST_CELLS = 60_000_000
_MANY_ROWS = 200_000
_SPARE_STRINGS = 1_000_000
_FAR_RIGHT = re.compile(rb'\br="[A-Z]{3}\d')
_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HTML = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*<(?:!doctype\s+html|html|head|body|table|meta)", re.IGNORECASE)
_MAIN = r"\{http://(?:schemas\.openxmlformats\.org/spreadsheetml/2006|purl\.oclc\.org/ooxml/spreadsheetml)/main\}"
_CELL = re.compile(rb'<(?:\w+:)?c\b[^>]*?\br="([A-Z]{1,3})(\d+)"([^>]*?)(?:/>|>(.*?)</(?:\w+:)?c>)', re.DOTALL)
_ROW = re.compile(rb"<(?:\w+:)?row\b([^>]*)>")
_COL = re.compile(rb"<(?:\w+:)?col\b([^>]*)/?>")
_HIDDEN = re.compile(rb'\bhidden="(?:1|true)"')
_STYLE = re.compile(rb'\bs="(\d+)"')
_BUILT_IN = {"9": "0%", "10": "0.00%"}
_SCALED = re.compile(r"[十百千万億]|[0#?],+(?:\.0+)?(?=[^0#?,]|$)")
_NOTABLE = re.compile(rb'<(?:\w+:)?f\b|t="e"')


def load(content: bytes, path: Path) -> list[Grid]:
    """The sheets of a workbook (Excel or OpenDocument), told by content, or the table of a .csv or .tsv; else UnreadableFileError."""
    if not content.strip():
        raise _unreadable("F04")
    if content.startswith((_ZIP, _OLE)):
        return _with_calamine(content)
    if _HTML.match(content[:2000]):
        raise _unreadable("F02")
    if path.suffix.lower() in (".csv", ".tsv"):
        return [_delimited(content, path)]
    raise _unreadable("F01", reason=_NO_WORKBOOK)


def _unreadable(code: str, **fields: str | Words) -> UnreadableFileError:
    return UnreadableFileError(code, RULES[code].says.filled(**fields), fields)


# Workbooks ------------------------------------------------------------------------------------------------------------


def _with_calamine(content: bytes) -> list[Grid]:
    import python_calamine

    if content.startswith(_ZIP):
        _guard(content)
    try:
        with python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content)) as workbook:
            sheets = [meta for meta in workbook.sheets_metadata if meta.typ == python_calamine.SheetTypeEnum.WorkSheet]
            aside = _asides(content) if content.startswith(_ZIP) else {}
            grids = [_grid(workbook.get_sheet_by_name(meta.name), meta, aside.get(meta.name, {})) for meta in sheets]
            return [grid for grid in grids if not is_ours(grid.rows)]
    except python_calamine.PasswordError as error:
        raise _unreadable("F03") from error
    except (python_calamine.CalamineError, zipfile.BadZipFile, ET.ParseError, KeyError, ValueError) as error:
        if b"E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d" in content:
            raise _unreadable("F03") from error
        raise _unreadable("F01", reason=str(error).split("\n")[0][:80]) from error


def is_ours(rows: Sequence[Sequence[Value]]) -> bool:
    """Whether rows are those of the list that was added to an annotated copy."""
    return bool(rows and rows[0]) and str(rows[0][0]).startswith(OURS)


def _grid(sheet: Any, meta: Any, aside: dict[str, Any]) -> Grid:
    merges: list[Span] = [(top, left, bottom, right) for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()]
    hidden = "Visible" not in str(meta.visible).rsplit(".", 1)[-1]
    return Grid(meta.name, sheet.to_python(skip_empty_area=False), merges, hidden=hidden, **aside)


def _guard(content: bytes) -> None:
    """Refuse what would fill the memory or end the process: a zip bomb, values at both ends of a sheet, a false count of texts."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            size = sum(info.file_size for info in archive.infolist())
            if size > LARGEST:
                raise _unreadable("F05", reason=f"{size >> 20} MB")
            for name in archive.namelist():
                if name.startswith("xl/worksheets/") and name.endswith(".xml"):
                    _guard_extent(archive.read(name))
                elif name == "xl/sharedStrings.xml":
                    _guard_strings(archive.read(name))
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise _unreadable("F01", reason=str(error)) from error


def _guard_extent(xml: bytes) -> None:
    """A sheet is laid out from its first value to its last: refuse those that would lie billions of cells apart."""
    last = xml.rfind(b"<row ")
    number = re.search(rb'\br="(\d+)"', xml[last : last + 200]) if last >= 0 else None
    rows = int(number[1]) if number else 0
    if not _FAR_RIGHT.search(xml) and rows < _MANY_ROWS:
        return
    values = [(int(found[2]), column_number(found[1].decode()) + 1) for found in _CELL.finditer(xml) if found[4]]
    height, width = (max(extent) for extent in zip(*values, strict=True)) if values else (0, 0)
    if height * width > MOST_CELLS:
        raise _unreadable("F05", reason=f"{height} × {width}")


def _guard_strings(xml: bytes) -> None:
    """Room is made for as many texts as the file claims to hold."""
    claimed = re.search(rb'\buniqueCount="(\d+)"', xml[:2000])
    if claimed and int(claimed[1]) > xml.count(b"<si") + _SPARE_STRINGS:
        raise _unreadable("F01", reason=f"sharedStrings: {claimed[1].decode()}")


# What calamine does not tell ------------------------------------------------------------------------------------------


def _asides(content: bytes) -> dict[str, dict[str, Any]]:
    """For each sheet of an .xlsx: hidden rows and columns, errors, formulas without result, struck and per cent cells."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = set(archive.namelist())
        if "xl/workbook.xml" not in names or "xl/_rels/workbook.xml.rels" not in names:
            return {}
        styles = _styles(archive.read("xl/styles.xml")) if "xl/styles.xml" in names else {}
        return {name: _aside(archive.read(part), styles) for name, part in _sheet_parts(archive) if part in names}


def _sheet_parts(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    relations = ET.fromstring(archive.read("xl/_rels/workbook.xml.rels"))  # noqa: S314  # expat refuses entity bombs since 2.4.1
    targets = {each.get("Id"): each.get("Target", "") for each in relations}
    workbook = ET.fromstring(archive.read("xl/workbook.xml"))  # noqa: S314  # as above
    for sheet in workbook.iter():
        if re.fullmatch(_MAIN + "sheet", sheet.tag):
            identity = next((value for key, value in sheet.attrib.items() if key.endswith("}id")), None)
            target = targets.get(identity, "")
            yield sheet.get("name", ""), target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def _styles(content: bytes) -> dict[str, set[int]]:
    """The numbers of the cell styles that strike text out, that show per cent, and that show numbers in thousands or millions."""
    root = ET.fromstring(content)  # noqa: S314  # as above
    space = root.tag.partition("}")[0] + "}"
    own = {each.get("numFmtId"): each.get("formatCode", "") for each in root.iter(f"{space}numFmt")}
    fonts = [font.find(f"{space}strike") for font in root.iterfind(f"{space}fonts/{space}font")]
    lined = {index for index, strike in enumerate(fonts) if strike is not None and strike.get("val", "1") not in ("0", "false")}
    styles = list(root.iterfind(f"{space}cellXfs/{space}xf"))
    formats = [_BUILT_IN.get(style.get("numFmtId", ""), own.get(style.get("numFmtId"), "")) for style in styles]
    return {
        "struck": {index for index, style in enumerate(styles) if int(style.get("fontId", "0")) in lined},
        "percent": {index for index, code in enumerate(formats) if "%" in code},
        "scaled": {index for index, code in enumerate(formats) if _SCALED.search(code)},
    }


def _aside(xml: bytes, styles: dict[str, set[int]]) -> dict[str, Any]:
    told: dict[str, Any] = {"hidden_rows": _hidden_rows(xml), "hidden_columns": _hidden_columns(xml)}
    if not (any(styles.values()) or _NOTABLE.search(xml)):
        return told
    errors: dict[tuple[int, int], str] = {}
    marked: dict[str, set[tuple[int, int]]] = {"uncached": set(), "struck": set(), "percent": set(), "scaled": set()}
    for found in _CELL.finditer(xml):
        place = int(found[2]) - 1, column_number(found[1].decode())
        style = _STYLE.search(found[3])
        number = int(style[1]) if style else 0
        for name, numbers in styles.items():
            if number in numbers:
                marked[name].add(place)
        body = found[4] or b""
        if b't="e"' in found[3]:
            errors[place] = _text(body)
        elif b"<f" in body and not re.search(rb"<v>[^<]", body):
            marked["uncached"].add(place)
    return told | {"errors": errors} | {name: frozenset(places) for name, places in marked.items()}


def _hidden_rows(xml: bytes) -> frozenset[int]:
    rows = (found[1] for found in _ROW.finditer(xml) if _HIDDEN.search(found[1]))
    return frozenset(int(number[1]) - 1 for row in rows if (number := re.search(rb'\br="(\d+)"', row)))


def _hidden_columns(xml: bytes) -> frozenset[int]:
    columns: set[int] = set()
    for found in _COL.finditer(xml):
        first, last = re.search(rb'\bmin="(\d+)"', found[1]), re.search(rb'\bmax="(\d+)"', found[1])
        if first and last and _HIDDEN.search(found[1]):
            columns.update(range(int(first[1]) - 1, int(last[1])))
    return frozenset(columns)


def _text(body: bytes) -> str:
    value = re.search(rb"<v>([^<]*)</v>", body)
    return value[1].decode() if value else "#?"


# Delimited text -------------------------------------------------------------------------------------------------------


def _delimited(content: bytes, path: Path) -> Grid:
    text = _decoded(content)
    delimiter = "\t" if path.suffix.lower() == ".tsv" or text.count("\t") > text.count(",") else ","
    lines = io.StringIO(text.replace("\r\n", "\n").replace("\r", "\n"), newline="")
    rows: Sequence[Sequence[Value]] = list(csv.reader(lines, delimiter=delimiter))
    return Grid(path.stem, rows)


def _decoded(content: bytes) -> str:
    """UTF-8 with or without a mark, UTF-16 with one, else cp932; UnreadableFileError if it is none of them."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16")
    for encoding in ("utf-8-sig", "cp932"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise _unreadable("F01", reason=_NO_ENCODING)
