"""What a sheet tells besides its values, gathered cell by cell by any of the readers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from fiveless.grid import Doubt, Place
from fiveless.workbook.formats import PLAIN, Format


@dataclass(slots=True)
class Style:
    """How one cell style shows its cells."""

    format: Format = PLAIN
    struck: bool = False

    @property
    def notable(self) -> bool:
        """Whether a cell of this style is to be told of."""
        return self.struck or self.format.percent or bool(self.format.scaled) or self.format.affix != ("", "")


ORDINARY = Style()


@dataclass(slots=True)
class Told:
    """Collects what a Grid holds besides its values."""

    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    errors: dict[Place, str] = field(default_factory=dict)
    uncached: set[Place] = field(default_factory=set)
    struck: set[Place] = field(default_factory=set)
    percent: set[Place] = field(default_factory=set)
    scaled: dict[Place, int] = field(default_factory=dict)
    formulas: dict[Place, str] = field(default_factory=dict)
    affixes: dict[Place, tuple[str, str]] = field(default_factory=dict)
    doubts: list[Doubt] = field(default_factory=list)

    def mark(self, places: Sequence[Place], style: Style) -> None:
        """Note how cells are shown."""
        shown = style.format
        if style.struck:
            self.struck.update(places)
        if shown.percent:
            self.percent.update(places)
        if shown.scaled:
            self.scaled.update(dict.fromkeys(places, shown.scaled))
        if shown.affix != ("", ""):
            self.affixes.update(dict.fromkeys(places, shown.affix))

    def fields(self, doubts: Iterable[Doubt] = ()) -> dict[str, Any]:
        """All of it, as fields of a Grid."""
        sets = ("hidden_rows", "hidden_columns", "uncached", "struck", "percent")
        frozen: dict[str, Any] = {name: frozenset(getattr(self, name)) for name in sets}
        return frozen | {
            "errors": self.errors,
            "formulas": self.formulas,
            "scaled": self.scaled,
            "affixes": self.affixes,
            "doubts": (*doubts, *self.doubts),
        }
