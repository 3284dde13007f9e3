"""The door to files: any workbook as grids, or the reason why it is none."""

import zipfile
import zlib
from collections.abc import Sequence
from pathlib import Path

from fiveless.grid import Grid, Value
from fiveless.workbook import kinds, password
from fiveless.workbook.compound import SIGNATURE, Compound
from fiveless.workbook.package import Package
from fiveless.workbook.parts import main_part
from fiveless.workbook.refusal import other, refused

_ZIP = b"PK\x03\x04"
OURS = "fiveless｜"
"""With this begins the first cell of the sheet that an annotated copy has before its own: a list for people, which is never read."""


def load(content: bytes, path: Path, passwords: Sequence[str] = ()) -> list[Grid]:
    """The sheets of a workbook (Excel or OpenDocument), told by content, or the table of a .csv or .tsv; else UnreadableFileError.

    A protected workbook is opened by the first of the passwords that fits. The list that was added to an annotated copy is left out.
    """
    return [grid for grid in _loaded(content, path, passwords) if not is_ours(grid.rows)]


def is_ours(rows: Sequence[Sequence[Value]]) -> bool:
    """Whether rows are those of the list that was added to an annotated copy."""
    return bool(rows and rows[0]) and str(rows[0][0]).startswith(OURS)


def _loaded(content: bytes, path: Path, passwords: Sequence[str]) -> list[Grid]:
    if path.name.startswith("~$"):
        raise refused("F11")
    if not content.strip(b"\0 \t\r\n\xef\xbb\xbf"):
        raise refused("F04")
    if content.startswith(_ZIP):
        return _zipped(content)
    if content.startswith(SIGNATURE):
        return _compound(content, path, passwords)
    return kinds.text(content, path)


def weight(path: Path) -> int:
    """How many bytes a file says it holds when it is unpacked; 0 for one that cannot be opened."""
    try:
        with zipfile.ZipFile(path) as archive:
            return sum(info.file_size for info in archive.infolist())
    except (OSError, ValueError, RuntimeError, NotImplementedError, EOFError, zipfile.BadZipFile, zlib.error):
        pass
    try:
        return path.stat().st_size
    except OSError:
        return 0


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
