"""Where numbers lie on a sheet and which headings stand over and beside each of them."""

from collections.abc import Iterator
from dataclasses import dataclass

from fiveless.grid import Grid
from fiveless.labels import Label, Lexicon
from fiveless.layout.beside import Beside, beside_numbers
from fiveless.layout.captions import Captions
from fiveless.layout.cells import Cells, Number, read
from fiveless.layout.numbered import headings_in_numbers, months_in_numbers, split_dates, unreadable_headings
from fiveless.layout.over import NOTHING, Over, over_numbers
from fiveless.layout.roles import NO_FIGURES, Path, role_of
from fiveless.layout.rows import Rows, bands_of

__all__ = ["Layout", "Located", "Number", "Path", "locate"]


@dataclass(frozen=True, slots=True)
class Located:
    """A number with its headings, nearest first: beside it, over it, a unit to its right, the captions above its table.

    `table` is the row of the heading over it and the column of the heading beside it, -1 where there is none.
    """

    number: Number
    beside: Path
    over: Path
    right: Label | None
    captions: Path
    remark: str = ""
    table: tuple[int, int] = (-1, -1)

    @property
    def heads(self) -> Path:
        """The labels beside it, then those over it."""
        return (*self.beside, *self.over)


@dataclass(frozen=True, slots=True)
class Layout:
    """All numbers of a sheet: those with headings, and those that are themselves headings or not figures (`others`, with the reason).

    `texts` are words that stand where a number is expected, by zero-based (row, column), `marks` where signs for nothing (－) stand.
    """

    located: list[Located]
    others: list[tuple[Number, str]]
    texts: dict[tuple[int, int], str]
    marks: frozenset[tuple[int, int]] = frozenset()


def locate(grid: Grid, lexicon: Lexicon) -> Layout:
    """Every number of a sheet with its headings."""
    sheet = read(grid, lexicon)
    split_dates(sheet)
    months_in_numbers(sheet)
    headings_in_numbers(sheet)
    unreadable_headings(sheet)
    bands = bands_of(sheet)
    rows = Rows(sheet, bands)
    over = over_numbers(sheet, rows)
    beside = beside_numbers(sheet, rows, over)
    captions = Captions(sheet, rows, bands)
    shared = set(_shared(sheet, over))
    located = []
    for place, number in sheet.numbers.items():
        heading = over.get(place, NOTHING)
        if role_of(heading.path) in NO_FIGURES:
            sheet.others.append((number, "not_figure"))
        elif place in shared:
            sheet.others.append((number, "merged"))
        else:
            located.append(_located(number, beside[place], heading, captions.above(*place, heading.row)))
    return Layout(located, sheet.others, sheet.texts, frozenset(sheet.marks))


def _shared(sheet: Cells, over: dict[tuple[int, int], Over]) -> Iterator[tuple[int, int]]:
    """Numbers merged over cells that stand under different headings or beside different labels: they are of all of them together."""
    for top, left, bottom, right in sheet.grid.merges:
        if (top, left) in sheet.numbers:
            first, last = over.get((top, left), NOTHING), over.get((top, right), NOTHING)
            beside = sheet.label_to_left(top, left), sheet.label_to_left(bottom, left)
            if (last.path and first.path != last.path) or (all(beside) and beside[0] != beside[1]):
                yield top, left


def _located(number: Number, beside: Beside, over: Over, captions: Path) -> Located:
    return Located(number, beside.path, over.path, beside.right, captions, beside.remark, (over.row, beside.column))
