"""A sheet drawn in screen cells: column letters, row numbers, merged cells once, wide sheets in slices of columns."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from rich.text import Text

from fiveless.grid import column_name
from fiveless.preview import Drawn, Kind, Picture
from fiveless.preview.wording import LOOKS
from fiveless.tables.lines import cells, cut, left, right

STYLES: Mapping[Kind, str] = {
    "taken": "#2f81c7",
    "check": "#0f9488",
    "aside": "bold #d55e00",
    "passed": "dim",
    "trouble": "bold #d55e00",
    "unread": "bold #b87a00",
    "gap": "#b87a00",
    "label": "bold",
    "note": "dim",
    "mark": "dim",
}
_NUMBERS = frozenset({"taken", "check", "aside", "passed"})
_COUNTED = _NUMBERS - {"passed"}
_LABELS = frozenset({"label", "unread", "note"})
_GAP = 2
_LEAST, _TEXT, _MERGED, _FIGURE = 4, 18, 24, 20


@dataclass(frozen=True, slots=True)
class Slice:
    """Columns that are drawn side by side; the first `frozen` of them have been drawn before: their long texts are not repeated."""

    columns: Sequence[int]
    frozen: int = 0


class Drawing:
    """Some rows and columns of a sheet, laid out."""

    def __init__(self, picture: Picture, rows: Sequence[int], columns: Sequence[int]) -> None:
        self._picture = picture
        self._rows = rows
        self._cells: dict[int, dict[int, Drawn]] = {row: {} for row in rows}
        for each in picture.drawn(rows, columns):
            self._cells[each.row][each.column] = each
        self._columns = self._shown(columns)
        self._widths = self._measured()
        self._gutter = max((cells(self._number(row)) for row in rows), default=1) + 1

    def _shown(self, columns: Sequence[int]) -> list[int]:
        """The columns worth drawing: of those in which no cell begins only the ones that part tables."""
        begun = {column for line in self._cells.values() for column in line}
        inside = {column for row, column in self._picture.covered if row in self._cells}
        last = max(begun, default=-1)
        return [column for column in columns if column in begun or (column not in inside and column < last)]

    def _number(self, row: int) -> str:
        hidden = row in self._picture.sheet.grid.hidden_rows
        return f"({row + 1})" if hidden else str(row + 1)

    def _letter(self, column: int) -> str:
        name = column_name(column)
        return f"({name})" if column in self._picture.sheet.grid.hidden_columns else name

    def _free(self, each: Drawn) -> list[int]:
        """The columns over which a text may run: its own span, or the empty cells to its right."""
        if each.columns > 1:
            return [column for column in self._columns if each.column <= column < each.column + each.columns]
        line, covered = self._cells[each.row], self._picture.covered
        free = [each.column]
        for column in (column for column in self._columns if column > each.column):
            if column in line or (each.row, column) in covered:
                break
            free.append(column)
        return free

    def _measured(self) -> dict[int, int]:
        """Column → width: of its letter, its numbers in full, and its texts within reason, given what they can run over."""
        begun = {column for line in self._cells.values() for column in line}
        widths = {column: cells(self._letter(column)) if column in begun else 1 for column in self._columns}
        every = [each for line in self._cells.values() for each in line.values() if each.column in widths]
        for each in every:
            if each.columns == 1:
                room = _FIGURE if each.kind in _NUMBERS else _TEXT if len(self._free(each)) == 1 else _LEAST
                widths[each.column] = max(widths[each.column], min(cells(_text(each)), room))
        for each in every:
            free = self._free(each)
            lacking = min(cells(_text(each)), _MERGED) - sum(widths[column] + _GAP for column in free) + _GAP
            widths[each.column] += max(0, lacking) if len(free) > 1 or each.columns > 1 else 0
        return widths

    def slices(self, width: int | None) -> list[Slice]:
        """The columns in slices that fit a width; the columns of labels at the left stand in each, if that leaves room."""
        if width is None:
            return [Slice(self._columns)]
        room = width - self._gutter
        frozen = self._frozen(room)
        slices, current = [], list[int]()
        for column in self._columns:
            if current and self._size([*current, column]) > room:
                slices.append(current)
                current = list(frozen)
            current.append(column)
        slices.append(current)
        return [Slice(each, len(frozen) if number else 0) for number, each in enumerate(slices)]

    def _frozen(self, room: int) -> list[int]:
        """The columns at the left with labels in rows of figures."""
        figures = {row: [column for column, each in line.items() if each.kind in _COUNTED] for row, line in self._cells.items()}
        first = min((column for own in figures.values() for column in own), default=0)
        beside = {column for row, line in self._cells.items() if figures[row] for column, each in line.items() if each.kind in _LABELS}
        labels = [column for column in self._columns if column < first and column in beside]
        return labels if self._size(labels) <= room // 2 else []

    def _size(self, columns: Sequence[int]) -> int:
        return sum(self._widths[column] + _GAP for column in columns) - _GAP

    def lines(self, part: Slice, width: int | None) -> Iterator[Text]:
        """One slice: a line of letters, then the rows that hold anything in it; where rows are left out between, an empty line."""
        sizes = self._widths if width is None else self._fitting(part, width - self._gutter)
        letters = (right if column in self._figured else left for column in part.columns)
        head = (" " * _GAP).join(pad(self._letter(column), sizes[column]) for pad, column in zip(letters, part.columns, strict=True))
        yield Text(" " * self._gutter + head, "dim")
        own = set(part.columns[part.frozen :])
        rows = [row for row in self._rows if own & self._cells[row].keys()]
        previous = rows[0] if rows else 0
        for row in rows:
            if row > previous + 1:
                yield Text()
            previous = row
            yield self._line(row, part, sizes)

    def _fitting(self, part: Slice, room: int) -> dict[int, int]:
        """The widths, made less where a single column is wider than the screen."""
        return {column: min(self._widths[column], max(room, _LEAST)) for column in part.columns}

    @cached_property
    def _figured(self) -> set[int]:
        """The columns of figures."""
        return {column for line in self._cells.values() for column, each in line.items() if each.kind in _NUMBERS}

    def _line(self, row: int, part: Slice, sizes: Mapping[int, int]) -> Text:
        line = Text(right(self._number(row), self._gutter - 1) + " ", "dim")
        at, filled = 0, 0
        for number, column in enumerate(part.columns):
            each = self._cells[row].get(column)
            if each and not (number < part.frozen and len(self._free(each)) > 1):
                line.append(" " * (at - filled))
                room = self._room(each, part, number, sizes)
                filled = at + self._put(line, each, room, sizes[column])
            at += sizes[column] + _GAP
        return line

    def _room(self, each: Drawn, part: Slice, number: int, sizes: Mapping[int, int]) -> int:
        """The screen cells over which a text may run in a slice."""
        free = set(self._free(each))
        return sum(sizes[column] + _GAP for column in part.columns[number:] if column in free) - _GAP

    def _put(self, line: Text, each: Drawn, room: int, size: int) -> int:
        """Write a cell, a number at the right end of its column; the screen cells that it takes."""
        text = cut(_text(each), room)
        padded = right(text, size) if each.kind in _NUMBERS or (each.column in self._figured and room == size) else text
        style = STYLES[each.kind] + (" strike" if self._is_struck(each) else " dim" if each.hidden else "")
        line.append(padded[: len(padded) - len(text)], "not dim")
        line.append(text, f"not dim {style}" if "dim" not in style else style)
        return cells(padded)

    def _is_struck(self, each: Drawn) -> bool:
        return (each.row, each.column) in self._picture.sheet.grid.struck


def _text(each: Drawn) -> str:
    return LOOKS[each.kind].mark + each.shown
