"""An .xlsx or .xlsm as grids: one unzip, a quick parser for the values, and a thorough one for each sheet on which that may err."""

import os
from collections.abc import Iterable, Mapping
from functools import cached_property, partial
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from fiveless.grid import Grid, Value
from fiveless.workbook import glance, parser, thorough
from fiveless.workbook.package import Package, Part, packed
from fiveless.workbook.parts import Book, Listed, Texts, book, texts, utf8
from fiveless.workbook.refusal import broken, refused

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_FORMAT_NUMBERS = {"number": 0, "date": 14, "elapsed": 46}
_CLAIMED = 2_000
_LARGE = 8 << 20  # bytes of a sheet that is worth a thread
_MOST_PARTS = 4


def read(package: Package, part: str) -> list[Grid]:
    """The worksheets of a workbook."""
    try:
        found = book(package, part)
    except (ET.ParseError, ValueError, KeyError) as error:
        raise broken(f"{part}: {error}") from error
    return Workbook(package, found).grids()


class Workbook:
    """A workbook being read: its sheets unpacked, and the parser that reads the plain ones of them."""

    def __init__(self, package: Package, found: Book) -> None:
        self._book, self._package = found, package
        self._xml = {each.part: utf8(package.read(each.part)) for each in found.sheets if each.part}
        self._plain = {part: sheet for part, xml in self._xml.items() if (sheet := glance.plain(xml, found.styles, self._struck))}
        self._cells = 0

    def grids(self) -> list[Grid]:
        """One grid for each sheet, in the order of the workbook."""
        return [self._grid(number, listed) for number, listed in enumerate(self._book.sheets)]

    @cached_property
    def _texts(self) -> Texts:
        return texts(self._book.strings) if self._book.strings else Texts([], frozenset())

    @cached_property
    def _struck(self) -> frozenset[int]:
        return self._texts.struck if b"strike" in self._book.strings else frozenset()

    @cached_property
    def _parser(self) -> "CalamineWorkbook | None":
        """The parser of all plain sheets but the large ones, which are cut."""
        parts = [(number, each.part) for number, each in enumerate(self._book.sheets) if each.part in self._plain]
        sheets = {number: self._xml[part] for number, part in parts if not self._is_large(part)}
        return parser.opened(packed(self._canonical(sheets), self._sums(sheets))) if sheets and self._is_safe else None

    @cached_property
    def _is_safe(self) -> bool:
        return b"<!" not in self._book.strings

    def _is_large(self, part: str) -> bool:
        return len(self._xml[part]) > _LARGE

    def _rows(self, number: int, sheet: glance.Sheet) -> list[list[Value]] | None:
        """The rows of a plain sheet, of a large one read by several threads."""
        if self._is_large(self._book.sheets[number].part) and self._is_safe:
            parts = glance.cut(sheet, min(os.cpu_count() or 1, _MOST_PARTS))
            return parser.rows_of_parts([partial(self._packed, part) for part in parts])
        return parser.rows(self._parser, str(number)) if self._parser else None

    def _grid(self, number: int, listed: Listed) -> Grid:
        doubts = self._book.doubts if number == 0 else ()
        if not listed.part:
            return Grid(listed.name, [], hidden=listed.hidden, doubts=tuple(doubts))
        rows, merges, told = self._quickly(number, listed) or thorough.read(self._xml[listed.part], self._book, self._texts)
        self._cells += sum(map(len, rows[:1])) * len(rows)
        if self._cells > thorough.MOST_CELLS:
            raise refused("F05", reason=f"{self._cells:,}")
        return Grid(listed.name, rows, merges, listed.hidden, **told.fields(doubts))

    def _quickly(self, number: int, listed: Listed) -> thorough.Content | None:
        """A plain sheet as the parser gives it; None where it fails, or gives more or fewer values than stand in the file."""
        sheet = self._plain.get(listed.part)
        rows = self._rows(number, sheet) if sheet else None
        if sheet is None or rows is None:
            return None
        return (rows, glance.merges(sheet), sheet.told) if glance.agrees(sheet, rows) else None

    def _packed(self, part: Part) -> bytes:
        """A workbook of one sheet."""
        return packed(self._canonical({0: part}))

    def _canonical(self, xml: Mapping[int, Part]) -> dict[str, Part]:
        """Sheets, by number, as the parser knows them best: parts in their usual places, and of the styles only which show dates."""
        sheets = "".join(f'<sheet name="{number}" sheetId="{number + 1}" r:id="rId{number}"/>' for number in xml)
        related = "".join(f'<Relationship Id="rId{n}" Type="{_RELATIONS}/worksheet" Target="worksheets/sheet{n}.xml"/>' for n in xml)
        main = f'<Relationship Id="rId0" Type="{_RELATIONS}/officeDocument" Target="xl/workbook.xml"/>'
        epoch = f'<workbookPr date1904="{int(self._book.since_1904)}"/>'
        written = {
            "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}">{main}</Relationships>',
            "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}">{epoch}<sheets>{sheets}</sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}">{related}</Relationships>',
            "xl/styles.xml": self._dates(),
        }
        parts: dict[str, Part] = {name: text.encode() for name, text in written.items()}
        if self._book.strings:
            parts["xl/sharedStrings.xml"] = _without_count(self._book.strings)
        return parts | {f"xl/worksheets/sheet{number}.xml": each for number, each in xml.items()}

    def _sums(self, numbers: Iterable[int]) -> dict[str, int]:
        """The checksums of the sheets that are handed on as they were."""
        parts = {f"xl/worksheets/sheet{number}.xml": self._book.sheets[number].part for number in numbers}
        return {name: self._package.sum(part) for name, part in parts.items() if self._xml[part] is self._package.read(part)}

    def _dates(self) -> str:
        styles = "".join(f'<xf numFmtId="{_FORMAT_NUMBERS[style.format.kind]}"/>' for style in self._book.styles)
        return f'<styleSheet xmlns="{_MAIN}"><cellXfs>{styles}</cellXfs></styleSheet>'


def _without_count(strings: bytes) -> bytes:
    """The parser makes room for as many texts as the part claims to hold, so that a false claim would end the process."""
    return strings[:_CLAIMED].replace(b"niqueCount=", b"nused=") + strings[_CLAIMED:]
