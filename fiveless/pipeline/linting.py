"""Files judged by the ministries' rules: what lies at some paths, read one by one, without project or store."""

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from fiveless import workbook
from fiveless.errors import UnreadableFileError
from fiveless.finding import Finding
from fiveless.lint import Book, Level, Verdict, judge, objects, unread
from fiveless.pipeline.ingesting import OnFile, discover
from fiveless.project import Project, absolute
from fiveless.receipt import Input

_TEXT = frozenset({".csv", ".tsv"})
_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True, slots=True)
class Linted:
    """The verdicts on all files, in order, and the files that were passed over."""

    verdicts: tuple[Verdict, ...]
    skipped: tuple[Input, ...] = ()

    @property
    def is_clean(self) -> bool:
        """Whether nothing was found in any file."""
        return all(each.is_clean for each in self.verdicts)

    @property
    def nothing_read(self) -> bool:
        """Whether not one file could be read."""
        return all(each.refused for each in self.verdicts)


def lint(paths: Sequence[Path], folder: Path, level: Level = 3, on_file: OnFile | None = None) -> Linted:
    """Judge the files at some paths (folders with all below them); their names are shown from `folder` on."""
    project = Project(absolute(folder))
    arrived = discover(project, paths)
    verdicts = [unread(finding) for reading in arrived.refused for finding in reading.findings]
    tell = on_file or (lambda _done, _all, _name: None)
    for index, path in enumerate(arrived.paths):
        shown = project.shown(path)
        tell(index, len(arrived.paths), shown)
        verdicts.append(_judged(path, shown, level))
    tell(len(arrived.paths), len(arrived.paths), "")
    return Linted(tuple(sorted(verdicts, key=lambda each: each.file)), tuple(arrived.skipped))


def _judged(path: Path, shown: str, level: Level) -> Verdict:
    """The verdict on one file; a bad file gives one too, never an exception."""
    try:
        return judge(_book(path.read_bytes(), path, shown), level)
    except OSError as error:
        return unread(Finding("F08", shown, fields={"reason": error.strerror or str(error)}))
    except UnreadableFileError as error:
        return unread(Finding(error.code, shown, fields=error.fields))
    except Exception as error:  # noqa: BLE001 - a sheet that defeats the rules costs this file, never the others
        return unread(Finding("F07", shown, fields={"reason": f"{type(error).__name__}: {error}"}))


def _book(content: bytes, path: Path, shown: str) -> Book:
    grids = workbook.load(content, path)
    is_csv = path.suffix.lower() in _TEXT and not content.startswith((_ZIP, _OLE))
    return Book(shown, grids, is_csv, _legacy(content), objects(content))


def _legacy(content: bytes) -> str:
    """The older form of Excel that a file has, or ""; told by content, as it is read."""
    if content.startswith(_OLE):
        return ".xls"
    if content.startswith(_ZIP):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return ".xlsb" if "xl/workbook.bin" in archive.namelist() else ""
    return ""
