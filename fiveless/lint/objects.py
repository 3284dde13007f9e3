"""What lies on the sheets of an .xlsx besides its cells: pictures, charts, shapes, comments and form controls."""

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal
from xml.etree import ElementTree as ET

from fiveless.lint.flaws import span

ObjectKind = Literal["picture", "chart", "shape", "comment", "control"]
_DRAWN: dict[str, ObjectKind] = {"pic": "picture", "graphicFrame": "chart", "sp": "shape", "cxnSp": "shape", "grpSp": "shape"}
_IN_VML = re.compile(rb'<x:ClientData\b[^>]*\bObjectType="(?!Note")[^"]*"[^>]*>(.*?)</x:ClientData>', re.DOTALL)
_ANCHOR = re.compile(rb"<x:Anchor>([\d\s,]+)</x:Anchor>")


@dataclass(frozen=True, slots=True)
class Placed:
    """One object and the cells that it covers, or "" where the file does not say."""

    kind: ObjectKind
    cells: str = ""


def objects(content: bytes) -> dict[str, list[Placed]]:
    """The objects of each sheet by its name; nothing for a file that is no .xlsx."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return {name: list(_on_sheet(archive, part)) for name, part in _sheets(archive)}
    except (zipfile.BadZipFile, KeyError, ET.ParseError):
        return {}


def _sheets(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Name and part of each sheet."""
    book = "xl/workbook.xml"
    targets = {identity: target for identity, _, target in _related(archive, book)}
    for sheet in _parsed(archive, book).iter():
        identity = next((value for key, value in sheet.attrib.items() if key.endswith("}id")), "")
        if _tag(sheet) == "sheet" and identity in targets:
            yield sheet.get("name", ""), targets[identity]


def _related(archive: zipfile.ZipFile, part: str) -> Iterator[tuple[str, str, str]]:
    """Id, type and part of all that a part refers to within the file."""
    folder, name = posixpath.split(part)
    listed = f"{folder}/_rels/{name}.rels"
    if listed not in archive.namelist():
        return
    for each in _parsed(archive, listed):
        target = posixpath.normpath(posixpath.join(folder, each.get("Target", "")))
        if each.get("TargetMode") != "External":
            yield each.get("Id", ""), each.get("Type", ""), target.lstrip("/")


def _parsed(archive: zipfile.ZipFile, part: str) -> ET.Element:
    return ET.fromstring(archive.read(part))  # noqa: S314  # expat refuses entity bombs since 2.4.1


def _tag(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2]


def _on_sheet(archive: zipfile.ZipFile, part: str) -> Iterator[Placed]:
    for _, kind, target in _related(archive, part):
        if kind.endswith("/drawing"):
            yield from _drawn(_parsed(archive, target))
        elif kind.endswith("/comments"):
            yield from (Placed("comment", each.get("ref", "")) for each in _parsed(archive, target).iter() if _tag(each) == "comment")
        elif kind.endswith("/vmlDrawing"):
            yield from (Placed("control", _vml_cells(found[1])) for found in _IN_VML.finditer(archive.read(target)))


def _drawn(root: ET.Element) -> Iterator[Placed]:
    """The objects of a drawing, each with the cells between its corners; form controls stand in the older drawing."""
    for anchor in root:
        kinds = [_DRAWN[_tag(child)] for child in anchor if _tag(child) in _DRAWN]
        if kinds:
            yield Placed(kinds[0], _cells(anchor))


def _vml_cells(data: bytes) -> str:
    """An anchor of the older drawings: column, offset, row, offset of both corners."""
    anchor = _ANCHOR.search(data)
    numbers = [int(number) for number in anchor[1].split(b",")] if anchor else []
    return span(numbers[2], numbers[0], numbers[6], numbers[4]) if len(numbers) == 8 else ""


def _cells(anchor: ET.Element) -> str:
    corners = [_corner(child) for child in anchor if _tag(child) in ("from", "to")]
    if not corners:
        return ""
    return span(*corners[0], *corners[-1])


def _corner(element: ET.Element) -> tuple[int, int]:
    numbers = {_tag(child): int(child.text or 0) for child in element}
    return numbers.get("row", 0), numbers.get("col", 0)
