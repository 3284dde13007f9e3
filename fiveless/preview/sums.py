"""What the numbers used as checks were checked against: the cells that a total adds up, and the cells that state the same figure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from fiveless.book import Book
from fiveless.grid import address
from fiveless.preview.places import Place, Places
from fiveless.totals import Recount
from fiveless.unpivot import Sheet

_Key = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Sum:
    """What a total adds up, and whether that is what it states; both in the measure's unit, or (`as_it_stands`) the unit left aside."""

    places: tuple[Place, ...]
    total: Decimal
    stated: Decimal
    as_it_stands: bool = False

    @property
    def agrees(self) -> bool:
        """Whether the total is the sum of its parts."""
        return self.total == self.stated


class Sums:
    """The totals of a file, computed again when first asked for."""

    def __init__(self, sheets: Sequence[Sheet], places: Places) -> None:
        self._sheets = list(sheets)
        self._places = places

    @cached_property
    def _book(self) -> Book:
        return Book(self._sheets)

    @cached_property
    def _recount(self) -> Recount:
        return Recount(self._book)

    def of(self, sheet: Sheet, index: int) -> list[Sum]:
        """The sums with which a total agrees, along its row and down its column; the likeliest where it agrees with none."""
        total = int(self._book.start[self._sheets.index(sheet)]) + index
        if not self._book.is_total[total]:
            return []
        lines = [[self._sum(total, number) for number in line] for line in self._recount.sets(total)]
        agreeing = [found for line in lines if (found := next((each for each in line if each.agrees and not each.as_it_stands), None))]
        every = [each for line in lines for each in line]
        return agreeing or [each for each in every if each.as_it_stands][:1] or every[:1]

    def _sum(self, total: int, number: int) -> Sum:
        sheet, place = self._book.of(total)
        parts = [self._book.of(part)[1] for part in self._recount.addends[number, total]]
        places = tuple(sorted((int(sheet.row[part]), int(sheet.figures.column[part])) for part in parts))
        values, stated = sum((sheet.value(part) for part in parts), Decimal(0)), sheet.value(place)
        if values != stated and values == sheet.stands(place):
            return Sum(places, values, values, as_it_stands=True)
        return Sum(places, values, stated)

    def presumed(self, sheet: Sheet, index: int) -> list[Sum]:
        """The cells next to a figure in its column, below or above, whose sum it is: those of a total that no word gives away."""
        row, column = int(sheet.row[index]), int(sheet.figures.column[index])
        own = sorted((int(sheet.row[each]), each) for each in (sheet.figures.column == column).nonzero()[0].tolist())
        below, above = [each for at, each in own if at > row], [each for at, each in reversed(own) if at < row]
        return [found for line in (below, above) if (found := _adding_up(sheet, index, line))][:1]

    @cached_property
    def _stated(self) -> dict[_Key, list[tuple[Sheet, int]]]:
        """What figures are values of → the figures that state it."""
        found: dict[_Key, list[tuple[Sheet, int]]] = {}
        for sheet in self._sheets:
            for index in range(len(sheet.figures.run)):
                key = self._key(sheet, index)
                if key:
                    found.setdefault(key, []).append((sheet, index))
        return found

    def same(self, sheet: Sheet, index: int) -> Iterator[tuple[Sheet, Place]]:
        """The other cells that state the same figure."""
        key = self._key(sheet, index)
        for other, place in self._stated.get(key, ()) if key else ():
            if (other, place) != (sheet, index):
                yield other, (int(other.row[place]), int(other.figures.column[place]))

    def _key(self, sheet: Sheet, index: int) -> _Key | None:
        if sheet.figures.reason[index]:
            return None
        meaning = self._places.meaning(sheet, index)
        return meaning.bureau, meaning.office, meaning.measure, meaning.period, meaning.basis, meaning.scenario, bool(meaning.aggregate)


def _adding_up(sheet: Sheet, index: int, line: Sequence[int]) -> Sum | None:
    wanted, total = sheet.value(index), Decimal(0)
    for count, figure in enumerate(line, 1):
        total += sheet.value(figure)
        if count > 1 and total == wanted:
            places = ((int(sheet.row[each]), int(sheet.figures.column[each])) for each in line[:count])
            return Sum(tuple(sorted(places)), total, wanted)
    return None


def ranges(places: Iterable[Place], most: int = 4) -> str:
    """Cells as ranges, `C5:N8, C10`; behind the first `most` only `…`."""
    blocks: list[tuple[int, int, int, int]] = []
    for top, left, right in _runs(sorted(set(places))):
        last = next((number for number, block in enumerate(blocks) if block[1:] == (top - 1, left, right)), None)
        if last is None:
            blocks.append((top, top, left, right))
        else:
            blocks[last] = (blocks[last][0], top, left, right)
    names = [
        address(top, left) + (f":{address(bottom, right)}" if (top, left) != (bottom, right) else "") for top, bottom, left, right in blocks
    ]
    return ", ".join(names[:most]) + (", …" if len(names) > most else "")


def _runs(places: Sequence[Place]) -> Iterator[tuple[int, int, int]]:
    """Row by row the runs of adjoining cells: row, first column, last column."""
    start = previous = None
    for place in places:
        if start is None or previous is None or place != (previous[0], previous[1] + 1):
            if start and previous:
                yield start[0], start[1], previous[1]
            start = place
        previous = place
    if start and previous:
        yield start[0], start[1], previous[1]
