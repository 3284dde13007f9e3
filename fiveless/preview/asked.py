"""What a user asks to see: sheets by name, cells as `C7` or `シート!C7`, a range as `A1:M60`, `61:120` or `N:Z`."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from fiveless.errors import UsageError
from fiveless.grid import address, column_number, position
from fiveless.language import Words
from fiveless.notation import normalised

_CORNER = r"([A-Z]{1,3})?([1-9]\d{0,6})?"
_RANGE = re.compile(_CORNER + "(?::" + _CORNER + ")?")
_END = 1 << 20


@dataclass(frozen=True, slots=True)
class Window:
    """The rows and columns to be drawn, first and last, counted from 0."""

    top: int = 0
    left: int = 0
    bottom: int = _END
    right: int = _END

    def rows(self, height: int) -> range:
        """Those of its rows that a sheet has."""
        return range(self.top, min(self.bottom + 1, height))

    def columns(self, width: int) -> range:
        """Those of its columns that a sheet has."""
        return range(self.left, min(self.right + 1, width))


def window(text: str) -> Window:
    """The window that a range names; UsageError for what is none."""
    found = _RANGE.fullmatch(normalised(text).upper().replace("$", ""))
    if not (found and any(found.groups())):
        says = Words(
            "範囲「{text}」を読めません。A1:M60、61:120、N:Z のように書いてください。",
            'The range "{text}" is none; write it as A1:M60, 61:120 or N:Z.',
        )
        raise UsageError(says.filled(text=text))
    left, top, right, bottom = found.groups()
    whole = ":" in found[0]
    rows = sorted((int(top) - 1 if top else 0, int(bottom) - 1 if bottom else int(top) - 1 if top and not whole else _END))
    columns = sorted(
        (column_number(left) if left else 0, column_number(right) if right else column_number(left) if left and not whole else _END)
    )
    return Window(rows[0], columns[0], rows[1], columns[1])


def sheets(asked: Sequence[str], names: Sequence[str]) -> list[str]:
    """The sheets asked for, all if none is; UsageError with the nearest names for one that does not exist."""
    known = {_key(name): name for name in names}
    for each in asked:
        if _key(each) not in known:
            says = Words(
                "「{sheet}」というシートはありません。近いもの：{near}",
                'There is no sheet "{sheet}". Nearest: {near}',
            )
            raise UsageError(says.filled(sheet=each, near=", ".join(_near(each, names)) or "—"))
    return [known[_key(each)] for each in asked] if asked else list(names)


def _key(name: str) -> str:
    return normalised(name).casefold()


def _near(name: str, names: Sequence[str]) -> list[str]:
    """The nearest names first; where none is near, the first ones."""
    from rapidfuzz import process

    near = [found for found, _, _ in process.extract(name, list(dict.fromkeys(names)), limit=3, score_cutoff=40)]
    return near or list(dict.fromkeys(names))[:5]


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell asked for; `sheet` is empty where none was named."""

    sheet: str
    row: int
    column: int


def cells(texts: Iterable[str]) -> list[Cell]:
    """The cells asked for; UsageError for a text that is no cell."""
    return list(_cells(texts))


def _cells(texts: Iterable[str]) -> Iterator[Cell]:
    for text in texts:
        sheet, _, cell = text.rpartition("!")
        try:
            yield Cell(sheet.strip().strip("'").replace("''", "'"), *position(normalised(cell).upper().replace("$", "")))
        except ValueError:
            says = Words(
                "セル「{text}」を読めません。C7 か シート名!C7 のように書いてください。",
                'The cell "{text}" is none; write it as C7 or Sheet!C7.',
            )
            raise UsageError(says.filled(text=text)) from None


Extent = tuple[str, int, int]


def check(window: Window, extents: Sequence[Extent]) -> None:
    """UsageError where no sheet, given as name, height and width, has anything in a window."""
    if not any(window.rows(height) and window.columns(width) for _, height, width in extents):
        raise _outside(address(window.top, window.left), extents)


def outside(cell: Cell, extents: Sequence[Extent]) -> UsageError:
    """The error for a cell beyond what stands on the sheets."""
    return _outside((f"{cell.sheet}!" if cell.sheet else "") + address(cell.row, cell.column), extents)


def _outside(named: str, extents: Sequence[Extent]) -> UsageError:
    ends = ", ".join(f"{name}!A1:{address(max(height, 1) - 1, max(width, 1) - 1)}" for name, height, width in extents[:5])
    says = Words("{cell} には何もありません。値があるのは {ends} です。", "There is nothing at {cell}; there are values within {ends}.")
    return UsageError(says.filled(cell=named, ends=ends + (", …" if len(extents) > 5 else "")))
