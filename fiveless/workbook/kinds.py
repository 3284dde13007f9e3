"""What a file truly is, whatever its name says."""

import re
from pathlib import Path

from fiveless.grid import Grid
from fiveless.language import Words
from fiveless.workbook import delimited, refusal
from fiveless.workbook.compound import Compound
from fiveless.workbook.package import Package
from fiveless.workbook.parts import utf8
from fiveless.workbook.refusal import other, refused

_HTML = re.compile(r"<(?:!doctype\s+html|html|head|body|table|meta|style|script|div)\b", re.IGNORECASE)
_COMMENTS = re.compile(r"^(?:\s|<\?xml[^>]*\?>|<!--.*?-->)+", re.DOTALL)
_SPREADSHEET_2003 = "urn:schemas-microsoft-com:office:spreadsheet"
_SIGNATURES: tuple[tuple[bytes, Words], ...] = (
    (b"%PDF-", refusal.PDF),
    (b"\x89PNG\r\n", refusal.IMAGE),
    (b"\xff\xd8\xff", refusal.IMAGE),
    (b"GIF8", refusal.IMAGE),
    (b"II*\0", refusal.IMAGE),
    (b"MM\0*", refusal.IMAGE),
    (b"{\\rtf", refusal.RICH_TEXT),
    (b"7z\xbc\xaf\x27\x1c", refusal.ARCHIVE),
    (b"Rar!\x1a\x07", refusal.ARCHIVE),
    (b"\x1f\x8b\x08", refusal.ARCHIVE),
    (b"PK\x05\x06", refusal.ZIP),
    (b"MZ\x90\0", refusal.PROGRAM),
    (b"\x7fELF", refusal.PROGRAM),
    (b"\x09\x00\x04\x00", refusal.OLD_EXCEL),
    (b"\x09\x02\x06\x00", refusal.OLD_EXCEL),
    (b"\x09\x04\x06\x00", refusal.OLD_EXCEL),
    (b"\x09\x08\x08\x00", refusal.OLD_EXCEL),
)
_WORKBOOK = re.compile(rb"<(?:\w+:)?workbook\b")
_DELIMITED = (".csv", ".tsv", ".txt")


def text(content: bytes, path: Path) -> list[Grid]:
    """Delimited text as its table; all else that is neither zip nor OLE is refused by its true name."""
    for signature, kind in _SIGNATURES:
        if content.startswith(signature):
            raise other(kind)
    said = delimited.decoded(content)
    if said is not None:
        _refuse_markup(said[:100_000])
    if path.suffix.lower() in _DELIMITED:
        return delimited.read(content, path)
    raise refused("F17") if said is not None else refused("F01", reason=refusal.NO_WORKBOOK)


def _refuse_markup(said: str) -> None:
    head = _COMMENTS.sub("", said.lstrip("\ufeff \t\r\n"))
    if head[:40].lower().startswith("mime-version:") or re.match(
        r"(?:from|date|content-type):[^\n]*\n.*mime-version:", head[:2000], re.IGNORECASE | re.DOTALL
    ):
        raise other(refusal.WEB_ARCHIVE)
    if _SPREADSHEET_2003 in said[:5000] and not _HTML.match(head):
        raise other(refusal.XML_2003)
    if _HTML.match(head):
        raise refused("F02")
    if said.lstrip("\ufeff \t\r\n").startswith("<?xml"):
        raise other(refusal.XML)


def is_spreadsheet(part: str, package: Package) -> bool:
    """Whether the main part of an Office file is a workbook."""
    return _WORKBOOK.search(utf8(package.read(part)[:20_000])) is not None


def is_open_spreadsheet(package: Package) -> bool:
    """Whether an OpenDocument file is a spreadsheet or the template of one."""
    kind = package.read("mimetype") if "mimetype" in package else b""
    return not kind or b"opendocument.spreadsheet" in kind


def of_package(package: Package) -> Words:
    """The name of a zip that is no spreadsheet."""
    names = package.names()
    if any(name.startswith("word/") for name in names):
        return refusal.WORD
    if any(name.startswith("ppt/") for name in names):
        return refusal.POWERPOINT
    if any(name.endswith(".iwa") for name in names):
        return refusal.NUMBERS
    return refusal.OPEN_DOCUMENT if "mimetype" in package and "content.xml" in package else refusal.ZIP


def of_streams(streams: Compound) -> Words:
    """The name of an OLE file that is no workbook."""
    names = streams.names()
    if "book" in streams:
        return refusal.OLD_EXCEL
    if "worddocument" in streams:
        return refusal.WORD
    if "powerpoint document" in streams:
        return refusal.POWERPOINT
    return refusal.MESSAGE if any(name.startswith(("__properties", "__substg")) for name in names) else refusal.OTHER_OLE
