"""An .ods as grids, read element by element: values, and all that is told of them, in one walk."""

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from fiveless.grid import Grid, Place, Span, Value
from fiveless.workbook.formats import Format, scaled_by
from fiveless.workbook.package import Package
from fiveless.workbook.parts import parse
from fiveless.workbook.refusal import broken, refused
from fiveless.workbook.thorough import laid_out
from fiveless.workbook.told import ORDINARY, Style, Told

_MOST_COPIES = 2_000_000  # of values that are written once and stand in many cells
_ERROR = re.compile(r"#(?:DIV/0!|N/A|NAME\?|NULL!|NUM!|REF!|VALUE!)|Err:\d+|エラー:\d+")
_DURATION = re.compile(r"(-?)PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?")
_CELL_REFERENCE = re.compile(r"\[([^\]]*)\]")
_SPOKEN = {"text:s": " ", "text:tab": "\t", "text:line-break": "\n"}
_UNREAD = ("table:tracked-changes", "table:dde-links")
_UNSPOKEN = frozenset({"office:annotation", "text:ruby-text", "draw:frame", "draw:custom-shape", *_UNREAD})
_LARGEST_FACTOR = 1e12
_FORMATS = frozenset({"number:number-style", "number:percentage-style", "number:currency-style", "number:date-style", "number:time-style"})
_UNSEEN = ("collapse", "filter")
_Attributes = dict[str, str]


def read(package: Package) -> list[Grid]:
    """The sheets of a spreadsheet of OpenDocument."""
    if "META-INF/manifest.xml" in package and b"encryption-data" in package.read("META-INF/manifest.xml"):
        raise refused("F23")
    styles = _Styles()
    for part in ("styles.xml", "content.xml"):
        if part in package:
            parse(package.read(part), styles.start, styles.end, styles.data)
    sheets = _Sheets(styles)
    try:
        parse(package.read("content.xml"), sheets.start, sheets.end, sheets.data)
    except OverflowError as error:
        raise broken(str(error)) from error
    return [sheet.grid() for sheet in sheets.all]


# Styles -----------------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Named:
    """A style as written: the format and the parent that it names, and whether it strikes out."""

    format: str = ""
    parent: str = ""
    struck: bool | None = None


class _Styles:
    """Listens to the styles of cells and of text, to formats of numbers, and to the tables that are not shown."""

    def __init__(self) -> None:
        self.hidden: set[str] = set()
        self._formats: dict[str, Format] = {}
        self._named: dict[str, _Named] = {}
        self._name = ""
        self._format: str | None = None
        self._words = ["", ""]
        self._in_text = self._after_number = False
        self._factor = 1

    def start(self, tag: str, attributes: _Attributes) -> None:
        if tag == "style:style":
            self._name = attributes.get("style:family", "") + ":" + attributes.get("style:name", "")
            parent = attributes.get("style:family", "") + ":" + attributes.get("style:parent-style-name", "")
            self._named[self._name] = _Named(attributes.get("style:data-style-name", ""), parent)
        elif tag == "style:text-properties" and self._name in self._named:
            line = attributes.get("style:text-line-through-style", attributes.get("style:text-line-through-type"))
            self._named[self._name].struck = None if line is None else line != "none"
        elif tag == "style:table-properties" and attributes.get("table:display") == "false":
            self.hidden.add(self._name.partition(":")[2])
        elif tag in _FORMATS:
            self._format, self._words, self._after_number = attributes.get("style:name", ""), ["", ""], False
            self._factor = 1
            self._formats[self._format] = Format(percent=tag == "number:percentage-style")
        elif self._format is not None:
            self._start_of_format(tag, attributes, self._format)

    def _start_of_format(self, tag: str, attributes: _Attributes, name: str) -> None:
        if tag == "number:number":
            self._after_number = True
            self._factor = int(min(float(attributes.get("number:display-factor", "1")), _LARGEST_FACTOR))
            self._formats[name] = self._formats[name]._replace(scaled=self._factor if self._factor > 1 else 0)
        self._in_text = tag in ("number:text", "number:currency-symbol")

    def end(self, tag: str) -> None:
        if tag in _FORMATS and self._format is not None:
            prefix, suffix = (word.strip(" -()%") for word in self._words)
            if tag in ("number:number-style", "number:currency-style"):
                affix, scaled = scaled_by(self._factor, (prefix, suffix))
                self._formats[self._format] = self._formats[self._format]._replace(affix=affix, scaled=scaled)
            self._format = None
        elif tag == "style:style":
            self._name = ""
        self._in_text = False

    def data(self, text: str) -> None:
        if self._in_text:
            self._words[self._after_number] += text

    def of(self, name: str, family: str = "table-cell") -> Style:
        """A style with what it inherits."""
        found, style, seen = self._named.get(f"{family}:{name}"), Style(), set[int]()
        struck: bool | None = None
        while found and id(found) not in seen:
            seen.add(id(found))
            struck = found.struck if struck is None else struck
            if found.format and style.format == ORDINARY.format:
                style = replace(style, format=self._formats.get(found.format, ORDINARY.format))
            found = self._named.get(found.parent)
        return replace(style, struck=bool(struck))


# Sheets -----------------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Sheet:
    """One table as it is read."""

    name: str
    hidden: bool
    cells: dict[Place, Value] = field(default_factory=dict)
    merges: list[Span] = field(default_factory=list)
    told: Told = field(default_factory=Told)
    column_styles: list[tuple[int, str]] = field(default_factory=list)
    columns: int = 0
    row: int = 0

    def grid(self) -> Grid:
        """The table with its values from A1."""
        rows = laid_out(self.cells)
        return Grid(self.name, rows, self.merges, self.hidden, **self.told.fields())

    def style_of_column(self, column: int) -> str:
        """The style of the cells of a column that have none of their own."""
        return next((style for end, style in self.column_styles if column < end), "")


@dataclass(slots=True)
class _Cell:
    """A cell as written, which may stand for several columns; `value` is None where it holds nothing."""

    columns: range
    value: Value | None
    text: str
    attributes: _Attributes
    lined: bool


class _Sheets:
    """Listens to the content of a spreadsheet."""

    def __init__(self, styles: _Styles) -> None:
        self.all: list[_Sheet] = []
        self._styles = styles
        self._known: dict[str, Style] = {}
        self._silent = self._tables = self._copies = 0
        self._row: _Attributes = {}
        self._row_cells: list[_Cell] = []
        self._column = 0
        self._cell: _Attributes | None = None
        self._text: list[str] = []
        self._lined: list[bool] = []
        self._spans: list[bool] = []
        self._starts: Mapping[str, Callable[[_Attributes], None]] = {
            "table:table-column": self._begin_column,
            "table:table-row": self._begin_row,
            "table:table-cell": self._begin_cell,
            "table:covered-table-cell": self._begin_cell,
            "text:p": self._begin_paragraph,
            "text:span": self._begin_span,
        }

    def start(self, tag: str, attributes: _Attributes) -> None:
        if tag in _UNSPOKEN or self._silent:
            self._silent += 1
        elif tag == "table:table":
            self._tables += 1
            if self._tables == 1:
                hidden = attributes.get("table:style-name", "") in self._styles.hidden
                self.all.append(_Sheet(attributes.get("table:name", ""), hidden))
        elif self._tables == 1 and tag in self._starts:
            self._starts[tag](attributes)
        elif self._cell is not None and tag in _SPOKEN:
            self.data(_SPOKEN[tag] * int(attributes.get("text:c", "1")))

    def end(self, tag: str) -> None:
        if self._silent:
            self._silent -= 1
        elif tag == "table:table":
            self._tables -= 1
        elif self._tables == 1 and tag in ("table:table-cell", "table:covered-table-cell"):
            self._end_cell()
        elif self._tables == 1 and tag == "table:table-row":
            self._end_row()
        elif tag == "text:span" and self._spans:
            self._spans.pop()

    def data(self, text: str) -> None:
        if self._cell is not None and not self._silent and self._text:
            self._text[-1] += text
            if text.strip():
                self._lined.append(any(self._spans))

    def _begin_column(self, attributes: _Attributes) -> None:
        sheet, repeated = self.all[-1], _times(attributes, "table:number-columns-repeated")
        if attributes.get("table:visibility") in _UNSEEN:
            sheet.told.hidden_columns.update(range(sheet.columns, min(sheet.columns + repeated, 16_384)))
        sheet.columns += repeated
        sheet.column_styles.append((sheet.columns, attributes.get("table:default-cell-style-name", "")))

    def _begin_row(self, attributes: _Attributes) -> None:
        self._row, self._row_cells, self._column = attributes, [], 0

    def _begin_cell(self, attributes: _Attributes) -> None:
        self._cell, self._text, self._lined, self._spans = attributes, [], [], []

    def _begin_paragraph(self, _: _Attributes) -> None:
        self._text.append("")

    def _begin_span(self, attributes: _Attributes) -> None:
        self._spans.append(self._styles.of(attributes.get("text:style-name", ""), "text").struck)

    def _end_cell(self) -> None:
        attributes, text = self._cell or {}, "\n".join(self._text)
        repeated, value = _times(attributes, "table:number-columns-repeated"), _value(attributes, text)
        if value not in (None, "") or "table:formula" in attributes or "table:number-columns-spanned" in attributes:
            lined = bool(self._lined) and all(self._lined)
            self._row_cells.append(_Cell(range(self._column, self._column + repeated), value, text, attributes, lined))
        self._column += repeated
        self._cell = None

    def _end_row(self) -> None:
        sheet, repeated = self.all[-1], _times(self._row, "table:number-rows-repeated")
        rows = range(sheet.row, sheet.row + repeated)
        if self._row.get("table:visibility") in _UNSEEN:
            sheet.told.hidden_rows.update(range(rows.start, min(rows.stop, 1_048_576)))
        self._copies += repeated * sum(len(cell.columns) for cell in self._row_cells) - len(self._row_cells)
        if self._copies > _MOST_COPIES or (self._row_cells and rows.stop > 1_048_576):
            raise refused("F05", reason=f"{self._copies:,}")
        for row in rows if self._row_cells else ():
            for cell in self._row_cells:
                for column in cell.columns:
                    self._settle((row, column), cell)
        sheet.row = rows.stop

    def _settle(self, place: Place, cell: _Cell) -> None:
        sheet, value, text = self.all[-1], cell.value, cell.text
        down, across = (_times(cell.attributes, f"table:number-{lines}-spanned") for lines in ("rows", "columns"))
        if down * across > 1:
            sheet.merges.append((*place, place[0] + down - 1, place[1] + across - 1))
        formula = cell.attributes.get("table:formula")
        if formula is not None:
            sheet.told.formulas[place] = _formula(formula)
        if cell.attributes.get("calcext:value-type") == "error" or (formula is not None and _ERROR.fullmatch(text)):
            sheet.told.errors[place] = text or "#?"
        elif value is not None and value != "":
            sheet.cells[place] = value
            self._mark(place, cell)
        elif formula is not None and value is None:
            sheet.told.uncached.add(place)

    def _mark(self, place: Place, cell: _Cell) -> None:
        sheet = self.all[-1]
        name = cell.attributes.get("table:style-name") or self._row.get("table:default-cell-style-name") or sheet.style_of_column(place[1])
        if name not in self._known:
            self._known[name] = self._styles.of(name)
        if self._known[name].notable:
            sheet.told.mark([place], self._known[name])
        if cell.attributes.get("office:value-type") == "percentage":
            sheet.told.percent.add(place)
        if cell.lined:
            sheet.told.struck.add(place)


def _times(attributes: _Attributes, name: str) -> int:
    number = attributes.get(name, "1")
    return max(int(number), 1) if number.isdecimal() and len(number) < 9 else 1


def _value(attributes: _Attributes, text: str) -> Value | None:
    """What a cell holds; None if it holds nothing."""
    kind = attributes.get("office:value-type", "")
    try:
        if kind in ("float", "percentage", "currency"):
            return float(attributes["office:value"])
        if kind == "date":
            return _date(attributes["office:date-value"])
        if kind == "time":
            return _time(attributes["office:time-value"])
    except (KeyError, ValueError):
        return text
    if kind == "boolean":
        return attributes.get("office:boolean-value") == "true"
    return attributes.get("office:string-value", text) or text if kind == "string" else text or None


def _date(written: str) -> Value:
    return dt.datetime.fromisoformat(written).replace(tzinfo=None) if "T" in written else dt.date.fromisoformat(written)


def _time(written: str) -> Value:
    found = _DURATION.fullmatch(written)
    if not found:
        return written
    length = dt.timedelta(hours=int(found[2] or 0), minutes=int(found[3] or 0), seconds=float(found[4] or 0))
    if found[1] or length >= dt.timedelta(days=1):
        return -length if found[1] else length
    return (dt.datetime(1900, 1, 1) + length).time()  # noqa: DTZ001 - a sheet knows no time zone


def _formula(written: str) -> str:
    """`of:=SUM([.B3:.B5])` → `SUM(B3:B5)`."""
    return _CELL_REFERENCE.sub(lambda found: found[1].replace(".", ""), written.partition("=")[2] if "=" in written else written)
