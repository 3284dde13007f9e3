"""Where the labels stand that gave a number its meaning: a label is shared by all cells with its text, so its cell is looked for."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from fiveless.grid import address
from fiveless.labels import Label
from fiveless.language import Words
from fiveless.layout import Run
from fiveless.meaning.facts import Meaning
from fiveless.meaning.sources import Source, sources
from fiveless.structure import Codelists
from fiveless.unpivot import Sheet

Place = tuple[int, int]
Where = Literal["beside", "over", "right", "caption", "sheet", "cover", "file"]
_NAMES: tuple[Where, ...] = ("sheet", "cover", "file")


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a text stands: as the number sees it, on which sheet, in which cell; no cell for the names of sheets and files."""

    text: str
    where: Where
    sheet: str = ""
    place: Place | None = None

    @property
    def cell(self) -> str:
        """The A1 address, empty for a name."""
        return address(*self.place) if self.place else ""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a meaning: its name (see wording.FACETS), its value in words and as a code, where it was read, else why it is so."""

    facet: str
    value: Words
    code: str = ""
    spots: tuple[Spot, ...] = ()
    why: Words | None = None


class Places:
    """Finds the labels of the figures of a file."""

    def __init__(self, sheets: Sequence[Sheet], file: str, codelists: Codelists) -> None:
        self._sheets = sheets
        self._file = file
        self._codelists = codelists
        self._texts: dict[str, dict[str, list[Place]]] = {}
        self.meaning = lru_cache(maxsize=100_000)(self._meaning)
        self.sources = lru_cache(maxsize=100_000)(self._sources)

    def _meaning(self, sheet: Sheet, index: int) -> Meaning:
        return sheet.explained(index)

    def _sources(self, sheet: Sheet, index: int) -> list[Source]:
        """The labels that gave a figure its meaning."""
        meaning = self.meaning(sheet, index)
        return sources(sheet.context(index), meaning, self._codelists.measure.get(meaning.measure))

    def where(self, sheet: Sheet, index: int, source: Source) -> Spot:
        """Where a label stands that gave a figure a part of its meaning."""
        if source.axis == "captions":
            behind = source.place - (len(sheet.context(index).captions.path) - len(_NAMES))
            if behind >= 0:
                return self._name(_NAMES[behind], sheet, source.label)
        run, column = sheet.layout.runs[int(sheet.figures.run[index])], int(sheet.figures.column[index])
        look = {"beside": self._beside, "over": self._over, "right": self._right, "captions": self._caption}[source.axis]
        where: Where = "caption" if source.axis == "captions" else source.axis
        return Spot(source.label.text, where, sheet.name, look(sheet, run, column, source.label.text))

    def year_of(self, sheet: Sheet, index: int, source: Source) -> Spot | None:
        """Where the year stands that was carried along a row or down a column to a label that names a month only."""
        spot = self.where(sheet, index, source)
        own = sheet.layout.sheet.labels.get(spot.place) if spot.place else None
        if not (spot.place and own and own.dated and source.label.dated and source.label.dated.year and not own.dated.year):
            return None
        row, column = spot.place
        before = [(row, left) for left in range(column - 1, -1, -1)]
        above = [(up, column) for up in range(row - 1, -1, -1)]
        labels = sheet.layout.sheet.labels
        for place in [*above, *before] if spot.where == "over" else [*before, *above]:
            label = labels.get(place)
            if label and label.dated and label.dated.year:
                return Spot(label.text, spot.where, sheet.name, sheet.layout.sheet.anchor(*place))
        return None

    def _name(self, where: Where, sheet: Sheet, label: Label) -> Spot:
        if where == "cover":
            return self._on_cover(label)
        return Spot(sheet.name if where == "sheet" else self._file.rpartition("/")[2], where)

    def _on_cover(self, cover: Label) -> Spot:
        """A cell of a sheet without figures that says what the cover does."""
        for sheet in self._sheets:
            if not len(sheet.figures.run):
                for place, label in sheet.layout.sheet.labels.items():
                    if not label.note and (
                        (label.dated and label.dated == cover.dated) or (label.bureaus and label.bureaus == cover.bureaus)
                    ):
                        return Spot(label.text, "cover", sheet.name, sheet.layout.sheet.anchor(*place))
        return Spot("", "cover")

    def _beside(self, sheet: Sheet, run: Run, column: int, text: str) -> Place | None:
        """In the row to the left, else (a label that holds for the rows below it too) above, the nearest."""
        near = [place for place in reversed(self._upto(sheet, text, run.row)) if place[1] < column]
        return sheet.layout.sheet.anchor(*near[0]) if near else None

    def _over(self, sheet: Sheet, run: Run, column: int, text: str) -> Place | None:
        """In the column above, else (a heading that holds for the columns beside it too) to the left, the nearest."""
        above = self._upto(sheet, text, run.over[column].row)
        own = [place for place in above if place[1] == column]
        left = [place for place in above if place[1] < column]
        found = max(own, default=None) or max(left, default=None)
        return sheet.layout.sheet.anchor(*found) if found else None

    def _right(self, sheet: Sheet, run: Run, column: int, text: str) -> Place | None:
        near = [place for place in self._upto(sheet, text, run.row) if place[0] == run.row and place[1] > column]
        return sheet.layout.sheet.anchor(*near[0]) if near else None

    def _caption(self, sheet: Sheet, run: Run, column: int, text: str) -> Place | None:
        above = self._upto(sheet, text, run.row)
        nearest = [place for place in above if above and place[0] == above[-1][0]]
        found = min(nearest, key=lambda place: abs(place[1] - column), default=None)
        return sheet.layout.sheet.anchor(*found) if found else None

    def _upto(self, sheet: Sheet, text: str, row: int) -> list[Place]:
        """The cells with a text from the top down to a row."""
        if sheet.name not in self._texts:
            places: dict[str, list[Place]] = {}
            for place, label in sorted(sheet.layout.sheet.labels.items(), key=lambda item: item[0]):
                places.setdefault(label.text, []).append(place)
            self._texts[sheet.name] = places
        found = self._texts[sheet.name].get(text, [])
        return found[: bisect_right(found, (row, 1 << 20))]
