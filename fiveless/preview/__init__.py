"""What became of each cell of a file, and why, as data to be drawn."""

from collections.abc import Sequence
from dataclasses import dataclass

from fiveless.observation import Reading
from fiveless.preview.asked import Cell, Window
from fiveless.preview.picture import KINDS, Drawn, Kind, Picture
from fiveless.preview.places import Part, Place, Places, Spot
from fiveless.preview.sums import Sums
from fiveless.preview.why import Reasons, Why
from fiveless.structure import Codelists
from fiveless.unpivot import Sheet

__all__ = ["KINDS", "Cell", "Drawn", "Kind", "Part", "Picture", "Place", "Preview", "Reasons", "Spot", "Why", "Window", "of"]


@dataclass(frozen=True, slots=True)
class Preview:
    """One file: its sheets as pictures, each with what explains its cells."""

    file: str
    reading: Reading
    pictures: Sequence[Picture]
    reasons: Sequence[Reasons]

    @property
    def asks(self) -> bool:
        """Whether anything in the file needs a person."""
        return any(each.severity != "note" for each in self.reading.findings)


def of(sheets: Sequence[Sheet], reading: Reading, codelists: Codelists) -> Preview:
    """The preview of a file that was examined."""
    places = Places(sheets, reading.file, codelists)
    sums = Sums(sheets, places)
    pictures = [Picture(sheet, reading, places) for sheet in sheets]
    return Preview(reading.file, reading, pictures, [Reasons(picture, sums, codelists) for picture in pictures])
