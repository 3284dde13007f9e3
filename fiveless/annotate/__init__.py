"""An annotated copy of a workbook for its bureau: comments and fills on the very cells, and a first sheet that lists what to mend.

The copy of an .xlsx or .xlsm is its own package with a few parts changed in place, so that all else in it, known to us or not, survives.
"""

import zipfile
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple
from xml.parsers.expat import ExpatError

from fiveless import workbook
from fiveless.annotate import values
from fiveless.annotate.listing import Letter, needs_a_person
from fiveless.annotate.marking import is_signed, marked
from fiveless.annotate.package import Package
from fiveless.finding import Finding
from fiveless.language import Lang

__all__ = ["Copy", "Letter", "annotated", "is_untouched", "needs_a_person"]
_MACROS = "macroEnabled"


class Copy(NamedTuple):
    """An annotated copy and the suffix of its name."""

    content: bytes
    suffix: str


def annotated(content: bytes, path: Path, findings: Sequence[Finding], letter: Letter, lang: Lang) -> Copy:
    """The copy of a file of which there are findings; of its values alone if it is no Office package that can be changed in place.

    UnreadableFileError where it is no workbook.
    """
    by_sheet = _by_sheet(findings)
    try:
        package = Package(content)
        suffix = ".xlsm" if _MACROS in package.kind(package.workbook) else ".xlsx"
        return Copy(marked(package, by_sheet, letter, lang, formats=True), suffix)
    except (zipfile.BadZipFile, ExpatError, LookupError, ValueError, StopIteration):
        grids = workbook.load(content, path)
    names = values.names(grids)
    renamed = {names.get(sheet, sheet): [replace(each, sheet=names.get(sheet, sheet)) for each in of] for sheet, of in by_sheet.items()}
    return Copy(marked(Package(values.copied(grids)), renamed, letter, lang, formats=False), ".xlsx")


def _by_sheet(findings: Iterable[Finding]) -> Mapping[str, list[Finding]]:
    sheets = defaultdict(list)
    for each in findings:
        sheets[each.sheet].append(each)
    return sheets


def is_untouched(path: Path) -> bool:
    """Whether a file is a copy as it was written here, so that nothing is lost with it."""
    try:
        return is_signed(Package(path.read_bytes()))
    except (OSError, zipfile.BadZipFile, ExpatError, LookupError, StopIteration):
        return False
