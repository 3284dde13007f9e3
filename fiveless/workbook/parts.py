"""The small parts of an .xlsx that its sheets refer to: which sheets there are, the cell styles, the shared strings."""

import posixpath
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import unquote
from xml.etree import ElementTree as ET
from xml.parsers import expat

from fiveless.grid import Doubt
from fiveless.workbook import formats
from fiveless.workbook.package import Package
from fiveless.workbook.refusal import broken
from fiveless.workbook.told import Style

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_DEEPEST = 200
_NO_CELLS = ("chartsheet", "dialogsheet", "xlmacrosheet", "xlintlmacrosheet")
_NO = ("0", "false", "none")
_SMALL = 100_000


class Listed(NamedTuple):
    """One worksheet of a workbook; `part` is empty if the file does not hold it."""

    name: str
    part: str
    hidden: bool


@dataclass(slots=True)
class Book:
    """What all sheets share."""

    sheets: list[Listed]
    since_1904: bool = False
    styles: list[Style] = field(default_factory=list)
    strings: bytes = b""
    doubts: list[Doubt] = field(default_factory=list)


def utf8(xml: bytes) -> bytes:
    """An XML part in UTF-8, whatever its mark says it is in."""
    if not xml.startswith((b"\xff\xfe", b"\xfe\xff")):
        return xml
    text = xml.decode("utf-16", "replace")
    return re.sub(r"^<\?xml[^>]*\?>", "", text).encode()


def tree(xml: bytes) -> ET.Element:
    """A small part as a tree; ParseError if it is none, or if it declares entities, which no spreadsheet does."""
    if b"<!DOCTYPE" in xml[:4096] or b"<!ENTITY" in xml:
        raise ET.ParseError("DOCTYPE")
    return ET.fromstring(utf8(xml))  # noqa: S314 - without a document type there is no entity to expand


def local(tag: str) -> str:
    """The name of an element without its namespace."""
    return tag.rpartition("}")[2]


def _children(root: ET.Element, *path: str) -> Iterator[ET.Element]:
    """The elements at a path below, of whatever namespace."""
    if not path:
        yield root
        return
    for child in root:
        if local(child.tag) == path[0]:
            yield from _children(child, *path[1:])


def relations(package: Package, of: str) -> dict[str, tuple[str, str]]:
    """The relations of a part: by id, the kind of relation and the part it leads to."""
    folder, name = posixpath.split(of)
    try:
        xml = package.read(posixpath.join(folder, "_rels", f"{name}.rels"))
    except KeyError:
        return {}
    return _kept_relations(xml, folder) if len(xml) < _SMALL else _relations(xml, folder)


def _relations(xml: bytes, folder: str) -> dict[str, tuple[str, str]]:
    found = {}
    for each in tree(xml):
        target = each.get("Target", "").replace("\\", "/")
        target = unquote(target) if "%" in target else target
        inner = each.get("TargetMode") != "External"
        place = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/") if inner else ""
        found[each.get("Id", "")] = each.get("Type", "").rpartition("/")[2].lower(), place
    return found


_kept_relations = lru_cache(maxsize=64)(_relations)
"""Of small parts those met last are kept, for workbooks of one form or of one writer have the same."""


def main_part(package: Package) -> str:
    """The part that holds the workbook: where the package says, else where Excel keeps it; empty if there is none."""
    led = [part for kind, part in relations(package, "").values() if kind == "officedocument"]
    return next((part for part in [*led, "xl/workbook.xml", "xl/workbook.bin"] if part in package), "")


def book(package: Package, part: str) -> Book:
    """Read what the sheets of a workbook share."""
    root, related = tree(package.read(part)), relations(package, part)
    settings = next(_children(root, "workbookPr"), None)
    since_1904 = settings is not None and settings.get("date1904", "0").lower() not in _NO
    made = Book(list(_listed(root, related, package)), since_1904)
    by_kind = dict(related.values())
    made.styles = _styles_or_doubt(package, by_kind.get("styles", posixpath.join(posixpath.dirname(part), "styles.xml")), made.doubts)
    strings = by_kind.get("sharedstrings", posixpath.join(posixpath.dirname(part), "sharedStrings.xml"))
    made.strings = utf8(package.read(strings)) if strings in package else b""
    made.doubts += [Doubt("F21", {"about": sheet.name}) for sheet in made.sheets if not sheet.part]
    return made


def _listed(root: ET.Element, related: dict[str, tuple[str, str]], package: Package) -> Iterator[Listed]:
    for sheet in _children(root, "sheets", "sheet"):
        identity = next((value for key, value in sheet.attrib.items() if local(key) == "id" and key != "id"), "")
        kind, part = related.get(identity, ("worksheet", ""))
        if kind not in _NO_CELLS:
            found = kind == "worksheet" and part in package
            yield Listed(sheet.get("name", ""), part if found else "", sheet.get("state", "visible") != "visible")


# Styles -----------------------------------------------------------------------------------------------------------------


def _styles_or_doubt(package: Package, part: str, doubts: list[Doubt]) -> list[Style]:
    if part not in package:
        return []
    try:
        xml = package.read(part)
        return _kept_styles(xml) if len(xml) < _SMALL else styles(xml)
    except (ET.ParseError, ValueError):
        doubts.append(Doubt("F18"))
        return []


def styles(xml: bytes) -> list[Style]:
    """The cell styles by number."""
    root = tree(xml)
    own = {int(each.get("numFmtId", "0")): each.get("formatCode", "") for each in _children(root, "numFmts", "numFmt")}
    lined = [any(_is_on(strike) for strike in _children(font, "strike")) for font in _children(root, "fonts", "font")]
    found = []
    for style in _children(root, "cellXfs", "xf"):
        number, font = int(style.get("numFmtId") or 0), int(style.get("fontId") or 0)
        shown = formats.read(own[number]) if number in own else formats.built_in(number)
        found.append(Style(shown, struck=font < len(lined) and lined[font]))
    return found


_kept_styles = lru_cache(maxsize=64)(styles)


def _is_on(element: ET.Element) -> bool:
    return element.get("val", "1").lower() not in _NO


# Strings ----------------------------------------------------------------------------------------------------------------


class Texts(NamedTuple):
    """Shared strings in their order, and the numbers of those that are struck out from end to end."""

    all: list[str]
    struck: frozenset[int]


def unescaped(text: str) -> str:
    """_x000D_ as the sign that it stands for."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def texts(xml: bytes) -> Texts:
    """The shared strings without their furigana; UnreadableFileError if the part is cut off."""
    gathered = _Strings()
    parse(xml, gathered.start, gathered.end, gathered.data)
    return Texts(gathered.all, frozenset(gathered.struck))


class _Strings:
    """Listens to the part of shared strings."""

    def __init__(self) -> None:
        self.all: list[str] = []
        self.struck: set[int] = set()
        self._runs: list[tuple[str, bool]] = []
        self._text: list[str] = []
        self._phonetic = self._lined = self._in_text = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        if name == "t":
            self._text, self._in_text = [], not self._phonetic
        elif name == "rPh":
            self._phonetic = True
        elif name == "strike":
            self._lined = attributes.get("val", "1").lower() not in _NO

    def end(self, tag: str) -> None:
        name = tag.rpartition(":")[2]
        if name == "t" and self._in_text:
            self._runs.append(("".join(self._text), self._lined))
            self._in_text = False
        elif name == "rPh":
            self._phonetic = False
        elif name == "r":
            self._lined = False
        elif name == "si":
            shown = [lined for text, lined in self._runs if text.strip()]
            if shown and all(shown):
                self.struck.add(len(self.all))
            self.all.append(unescaped("".join(text for text, _ in self._runs)))
            self._runs = []

    def data(self, text: str) -> None:
        if self._in_text:
            self._text.append(text)


def parse(xml: bytes, start: Callable[[str, dict[str, str]], None], end: Callable[[str], None], data: Callable[[str], None]) -> None:
    """Send a part to its listeners; UnreadableFileError if it is cut off, declares entities or is nested past all sense."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    depth = 0

    def down(tag: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > _DEEPEST:
            raise broken("XML: depth")
        start(tag, attributes)

    def up(tag: str) -> None:
        nonlocal depth
        depth -= 1
        end(tag)

    def declared(*_: object) -> None:
        raise broken("XML: DOCTYPE")

    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = down, up, data
    parser.StartDoctypeDeclHandler = declared
    try:
        parser.Parse(xml, True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise broken(f"XML: {error}") from error
