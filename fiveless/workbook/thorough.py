"""A sheet of an .xlsx read element by element: slower than the parser, but of whatever is well-formed nothing is missed."""

import datetime as dt
import math
import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache, lru_cache

from fiveless.grid import Doubt, Place, Span, Value, column_name, column_number
from fiveless.workbook import dates
from fiveless.workbook.parts import Book, Texts, parse, unescaped
from fiveless.workbook.refusal import broken, refused
from fiveless.workbook.told import ORDINARY, Told

MOST_CELLS = 60_000_000
_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d{1,15})")
_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384
Content = tuple[list[list[Value]], list[Span], Told]
_TEXT_OR_REFERENCE = re.compile(r'"[^"]*"|\'[^\']*\'|(?<![\w.])(\$?)([A-Z]{1,3})(\$?)(\d{1,7})(?![\w(.])')


class Sheet:
    """Listens to the XML of one sheet; afterwards `cells`, `merges` and `told` hold what it says."""

    def __init__(self, book: Book, texts: Texts) -> None:
        self.cells: dict[Place, Value] = {}
        self.merges: list[Span] = []
        self.told = Told()
        self._book, self._texts = book, texts
        self._prefix: str | None = None
        self._row = self._column = -1
        self._rows_hidden, self._shown_rows = False, set[int]()
        self._cell: dict[str, str] = {}
        self._value: list[str] | None = None
        self._formula: list[str] | None = None
        self._formula_kind: dict[str, str] | None = None
        self._listening: list[str] | None = None
        self._in_phonetic = False
        self._shared: dict[str, tuple[Place, str]] = {}
        self._starts: Mapping[str, Callable[[dict[str, str]], None]] = {
            "row": self._begin_row,
            "c": self._begin_cell,
            "v": self._begin_value,
            "t": self._begin_value,
            "f": self._begin_formula,
            "col": self._columns,
            "mergeCell": self._merge,
            "sheetFormatPr": self._defaults,
        }

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins; only those of the sheet's own namespace count."""
        if self._prefix is None:
            self._prefix = tag[: tag.find(":") + 1]
        name = tag.removeprefix(self._prefix) if tag.startswith(self._prefix) else ""
        if name == "rPh":
            self._in_phonetic = True
        begin = self._starts.get(name)
        if begin:
            begin(attributes)

    def end(self, tag: str) -> None:
        """An element ends."""
        name = tag.removeprefix(self._prefix or "")
        if name in ("v", "t", "f"):
            self._listening = None
        elif name == "rPh":
            self._in_phonetic = False
        elif name == "c":
            self._end_cell()

    def data(self, text: str) -> None:
        """Text of a value or of a formula."""
        if self._listening is not None:
            self._listening.append(text)

    def _defaults(self, attributes: dict[str, str]) -> None:
        self._rows_hidden = _on(attributes.get("zeroHeight"))

    def _columns(self, attributes: dict[str, str]) -> None:
        if _on(attributes.get("hidden")) or _is_nought(attributes.get("width")):
            first, last = int(attributes.get("min", 0)), int(attributes.get("max", 0))
            self.told.hidden_columns.update(range(max(first, 1) - 1, min(last, _LAST_COLUMN)))

    def _merge(self, attributes: dict[str, str]) -> None:
        span = span_of(attributes.get("ref", ""))
        if span:
            self.merges.append(span)

    def _begin_row(self, attributes: dict[str, str]) -> None:
        number = attributes.get("r", "")
        self._row = int(number) - 1 if number.isdecimal() else self._row + 1
        self._column = -1
        if _on(attributes.get("hidden")) or _is_nought(attributes.get("ht")):
            self.told.hidden_rows.add(self._row)
        else:
            self._shown_rows.add(self._row)

    def _begin_cell(self, attributes: dict[str, str]) -> None:
        reference = attributes.get("r", "")
        found = _REFERENCE.fullmatch(reference)
        if reference and not found:
            raise broken(f"XML: {reference}")
        if found:
            self._row, self._column = int(found[2]) - 1, _column(found[1])
        else:
            self._column += 1
        self._cell, self._value, self._formula, self._formula_kind = attributes, None, None, None

    def _begin_value(self, _: dict[str, str]) -> None:
        if not self._in_phonetic:
            self._value = self._value if self._value is not None else []
            self._listening = self._value

    def _begin_formula(self, attributes: dict[str, str]) -> None:
        self._formula, self._formula_kind = [], attributes
        self._listening = self._formula

    def _end_cell(self) -> None:
        place = self._row, self._column
        style = self._book.styles[number] if (number := int(self._cell.get("s") or 0)) < len(self._book.styles) else ORDINARY
        if style.notable:
            self.told.mark([place], style)
        if self._formula is not None:
            self.told.formulas[place] = self._formula_text(place)
        text = "".join(self._value) if self._value is not None else ""
        kind = self._cell.get("t", "n")
        if kind == "e":
            self.told.errors[place] = text or "#?"
        elif text or kind == "inlineStr":
            self._keep(place, self._read(place, kind, text, elapsed_or_date=style.format.kind))
        elif self._formula is not None and kind != "str":
            self.told.uncached.add(place)

    def _keep(self, place: Place, value: Value) -> None:
        if value == "":
            return
        if not (0 <= place[0] < _LAST_ROW and 0 <= place[1] < _LAST_COLUMN):
            raise refused("F05", reason=f"{place[0] + 1:,} × {place[1] + 1:,}")
        if self.cells.setdefault(place, value) != value:
            self.told.doubts.append(Doubt("F19", {"first": str(self.cells[place]), "second": str(value)}, place))

    def _read(self, place: Place, kind: str, text: str, elapsed_or_date: str) -> Value:
        if kind == "s":
            return self._shared_text(place, text)
        readers: Mapping[str, Callable[[str], Value]] = {"str": unescaped, "inlineStr": unescaped, "b": _boolean, "d": _iso}
        value = readers.get(kind, _number)(text)
        if not isinstance(value, float) or elapsed_or_date == "number":
            return value
        return dates.value(value, elapsed=elapsed_or_date == "elapsed", since_1904=self._book.since_1904)

    def _shared_text(self, place: Place, text: str) -> Value:
        number = int(text) if text.strip().isdecimal() else -1
        if not 0 <= number < len(self._texts.all):
            self.told.doubts.append(Doubt("F20", {}, place))
            return ""
        if number in self._texts.struck:
            self.told.struck.add(place)
        return self._texts.all[number]

    def _formula_text(self, place: Place) -> str:
        text, kind = "".join(self._formula or ()), self._formula_kind or {}
        if kind.get("t") != "shared":
            return text
        if text:
            self._shared[kind.get("si", "")] = place, text
            return text
        at, first = self._shared.get(kind.get("si", ""), (place, ""))
        return moved(first, place[0] - at[0], place[1] - at[1])

    def hidden_rows_of(self, height: int) -> None:
        """Where a sheet hides all rows that it does not name, add those down to its last."""
        if self._rows_hidden:
            self.told.hidden_rows.update(set(range(height)) - self._shown_rows)


def read(xml: bytes, book: Book, texts: Texts) -> Content:
    """The rows, merges and all that is told of one sheet."""
    sheet = Sheet(book, texts)
    parse(xml, sheet.start, sheet.end, sheet.data)
    rows = laid_out(sheet.cells)
    sheet.hidden_rows_of(len(rows))
    return rows, sheet.merges, sheet.told


def laid_out(cells: Mapping[Place, Value]) -> list[list[Value]]:
    """Cells as rows from A1; rows without any are one and the same list, so that a stray value far down costs little."""
    if not cells:
        return []
    height, width = (max(extent) + 1 for extent in zip(*cells, strict=True))
    if height * width > MOST_CELLS:
        raise refused("F05", reason=f"{height:,} × {width:,}")
    blank: list[Value] = [""] * width
    rows = [blank] * height
    for (row, column), value in cells.items():
        if rows[row] is blank:
            rows[row] = blank.copy()
        rows[row][column] = value
    return rows


def span_of(reference: str) -> Span | None:
    """`A1:B2` → (0, 0, 1, 1); None for what is no range."""
    corners: Sequence[re.Match[str] | None] = [_REFERENCE.fullmatch(corner) for corner in reference.split(":")]
    found = [corner for corner in corners if corner]
    if not found or len(found) != len(corners) or len(found) > 2:
        return None
    (top, left), (bottom, right) = ((int(corner[2]) - 1, _column(corner[1])) for corner in (found[0], found[-1]))
    return min(top, bottom), min(left, right), max(top, bottom), max(left, right)


def moved(formula: str, down: int, right: int) -> str:
    """A formula as it reads in a cell so far down and right of the one it was written for."""
    said = []
    for text, fixed_column, column, fixed_row, row in _pieces(formula):
        said.append(text)
        if row:
            said += [fixed_column, column if fixed_column else column_name(max(_column(column) + right, 0))]
            said += [fixed_row, row if fixed_row else str(int(row) + down)]
    return "".join(said)


@lru_cache(maxsize=256)
def _pieces(formula: str) -> list[tuple[str, str, str, str, str]]:
    """A formula as texts, each with the reference to a cell that follows it."""
    pieces, at = [], 0
    for found in _TEXT_OR_REFERENCE.finditer(formula):
        if found[2] is not None:
            pieces.append((formula[at : found.start()], found[1], found[2], found[3], found[4]))
            at = found.end()
    return [*pieces, (formula[at:], "", "", "", "")]


@cache
def _column(name: str) -> int:
    return column_number(name.upper())


def _on(flag: str | None) -> bool:
    return flag is not None and flag.lower() not in ("0", "false")


def _is_nought(size: str | None) -> bool:
    try:
        return size is not None and float(size) == 0
    except ValueError:
        return False


def _boolean(text: str) -> Value:
    return text.strip() in ("1", "true")


def _number(text: str) -> Value:
    try:
        number = float(text)
    except ValueError:
        return text
    return number if math.isfinite(number) else text


def _iso(text: str) -> Value:
    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError:
        return text
    return moment.replace(tzinfo=None)
