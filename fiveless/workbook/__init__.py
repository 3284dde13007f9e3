"""The door to files: any workbook as grids, or the reason why it is none."""

import zipfile
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree as ET

from fiveless.grid import Grid, Value
from fiveless.workbook import kinds, password
from fiveless.workbook.compound import SIGNATURE, Compound
from fiveless.workbook.package import Package
from fiveless.workbook.parts import main_part
from fiveless.workbook.refusal import broken, other, refused

_ZIP = b"PK\x03\x04"
OURS = "fiveless｜"
"""With this begins the first cell of the sheet that an annotated copy has before its own: a list for people, which is never read."""


def load(content: bytes, path: Path, passwords: Sequence[str] = ()) -> list[Grid]:
    """The sheets of a workbook (Excel or OpenDocument), told by content, or the table of a .csv or .tsv; else UnreadableFileError.

    A protected workbook is opened by the first of the passwords that fits. The list that was added to an annotated copy is left out.
    """
    return [grid for grid in _loaded(content, path, passwords) if not _is_ours(grid.rows)]


def ours(content: bytes) -> str:
    """The name of the sheet that an .xlsx has as an annotated copy, or nothing; UnreadableFileError if it is no workbook."""
    return next((grid.name for grid in _loaded(content, Path(), ()) if _is_ours(grid.rows)), "")


def _is_ours(rows: Sequence[Sequence[Value]]) -> bool:
    return bool(rows and rows[0]) and str(rows[0][0]).startswith(OURS)


def _loaded(content: bytes, path: Path, passwords: Sequence[str]) -> list[Grid]:
    if path.name.startswith("~$"):
        raise refused("F11")
    if not content.strip(b"\0 \t\r\n\xef\xbb\xbf"):
        raise refused("F04")
    if content.startswith(_ZIP):
        try:
            return _zipped(content)
        except ET.ParseError as error:
            raise broken(f"XML: {error}") from error
    if content.startswith(SIGNATURE):
        return _compound(content, path, passwords)
    return kinds.text(content, path)


class Weight(NamedTuple):
    """How many bytes a file says it holds when it is unpacked, and whether all is looked at before the parser that could end the process.

    Of the binary formats not all is: a damaged one has the parser ask for any amount of memory.
    """

    size: int
    guarded: bool


def weigh(path: Path) -> Weight:
    """What is to be expected of a file; one that cannot be opened weighs nothing."""
    try:
        with path.open("rb") as file:
            guarded = file.read(len(SIGNATURE)) != SIGNATURE
            size = file.seek(0, 2)
            with zipfile.ZipFile(file) as archive:
                infos = archive.infolist()
    except OSError:
        return Weight(0, guarded=True)
    except (ValueError, RuntimeError, NotImplementedError, EOFError, zipfile.BadZipFile, zlib.error):
        return Weight(size, guarded)
    return Weight(sum(info.file_size for info in infos), not any(info.filename.lower().endswith("workbook.bin") for info in infos))


def _zipped(content: bytes) -> list[Grid]:
    package = Package(content)
    part = main_part(package)
    if part.endswith(".bin"):
        from fiveless.workbook import binary

        return binary.read(package, part)
    if part and kinds.is_spreadsheet(part, package):
        from fiveless.workbook import excel

        return excel.read(package, part)
    if "content.xml" in package and kinds.is_open_spreadsheet(package):
        from fiveless.workbook import opendocument

        return opendocument.read(package)
    raise other(kinds.of_package(package))


def _compound(content: bytes, path: Path, passwords: Sequence[str]) -> list[Grid]:
    from fiveless.workbook import biff

    streams = Compound(content)
    if "encryptedpackage" in streams:
        return _loaded(password.opened(content, passwords), path, ())
    if "workbook" not in streams:
        raise other(kinds.of_streams(streams))
    stream = streams.read("workbook")
    if biff.is_protected(stream):
        plain = password.opened(content, passwords)
        return biff.read(plain, Compound(plain).read("workbook"))
    return biff.read(content, stream)
