"""All figures of a file together, as columns: what the checks compare across rows, columns and sheets."""

from collections.abc import Callable, Sequence
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fiveless.meaning.facts import REASON, REASON_NAMES, Facts
from fiveless.observation import Coded, distinct, joined, keys
from fiveless.unpivot import Figures, Flags, Ints, Sheet

__all__ = ["Book", "keys"]


class _FactsOfFigures:
    """What is known of the meaning of each figure: the columns of `Facts.table`, each looked up when first asked for."""

    def __init__(self, table: NDArray[Any], meaning: Ints) -> None:
        self._table, self._meaning = table, meaning
        self._columns: dict[str, NDArray[Any]] = {}

    def __getitem__(self, name: str) -> NDArray[Any]:
        if name not in self._columns:
            self._columns[name] = self.of_table(self._table[name].copy())
        return self._columns[name]

    def of_table(self, answers: NDArray[Any]) -> NDArray[Any]:
        """What is answered for each row of the table, for each figure."""
        return answers[self._meaning]

    @cached_property
    def bases(self) -> frozenset[int]:
        """The bases of any figures."""
        return frozenset(self._table["basis"][distinct(self._meaning)].tolist())


class Book:
    """The figures of some sheets of one file; entry i of every array is figure i.

    `facts` has the columns of `Facts.table`. `taken`, `checked` and `reason` are the fate of each and are settled by the checks;
    `presumed` are those checked that no word calls totals.
    """

    def __init__(self, sheets: Sequence[Sheet]) -> None:
        self.sheets = sheets
        self.known: Facts = sheets[0].meanings.facts
        self.start = np.cumsum([0, *(len(each.figures.run) for each in sheets)])
        self.sheet = np.repeat(np.arange(len(sheets)), np.diff(self.start))
        self.row = self._joined(lambda each: each.row)
        self.column = self._of_figures(lambda each: each.column)
        self.value = self._of_figures(lambda each: each.value)
        self.stands = self._of_figures(lambda each: each.stands)
        self.facts = _FactsOfFigures(self.known.table, self._of_figures(lambda each: each.meaning))
        self.reason: Ints = self._of_figures(lambda each: each.reason).copy()
        self.is_total: Flags = self.facts.of_table((self.known.table["beside"] > 0) | (self.known.table["over"] > 0))
        self.taken: Flags = ~self.is_total & (self.reason == 0)
        self.checked: Flags = np.zeros_like(self.taken)
        self.presumed: Flags = np.zeros_like(self.taken)

    def __len__(self) -> int:
        return len(self.value)

    def _joined(self, ask: Callable[[Sheet], Any]) -> Any:
        return _one_after_the_other([ask(each) for each in self.sheets])

    def _of_figures(self, ask: Callable[[Figures], Any]) -> Any:
        return self._joined(lambda each: ask(each.figures))

    @cached_property
    def names_bureau(self) -> Flags:
        """Whether a heading beside or over each figure names its bureau."""
        flags: Flags = self._joined(lambda each: each.names_bureau)
        return flags

    @cached_property
    def _bureau(self) -> Coded:
        return joined([Coded(each.figures.bureau, each.figures.bureaus) for each in self.sheets])

    @cached_property
    def _office(self) -> Coded:
        return joined([Coded(each.figures.office, each.figures.offices) for each in self.sheets])

    @property
    def bureau(self) -> Ints:
        """Where the code of each figure's bureau stands in `bureaus`."""
        return self._bureau.codes

    @property
    def bureaus(self) -> Sequence[str]:
        """The codes of the bureaus of the file."""
        return self._bureau.names

    @property
    def office(self) -> Ints:
        """Where the name of each figure's office stands in `offices`."""
        return self._office.codes

    @cached_property
    def nameless(self) -> Flags:
        """Whether each figure is of no office."""
        return np.asarray(self.office == (self.offices.index("") if "" in self.offices else -1))

    @property
    def offices(self) -> Sequence[str]:
        """The names of the offices of the file."""
        return self._office.names

    @cached_property
    def heading_row(self) -> Ints:
        """The row of the nearest heading over each figure, -1 for none."""
        rows: Ints = self._joined(lambda each: each.heading_row)
        return rows

    @cached_property
    def beside_column(self) -> Ints:
        """The column of the first heading beside each figure, -1 for none."""
        columns: Ints = self._joined(lambda each: each.beside_column)
        return columns

    @cached_property
    def across(self) -> Ints:
        """The line of each figure along its row: figures of one row and one table side by side share a number, and stand together."""
        starts = np.cumsum([0, *(len(each.layout.runs) for each in self.sheets)])
        lines = [(start + each.layout.runs.lines)[each.figures.run] for start, each in zip(starts, self.sheets, strict=False)]
        found: Ints = _one_after_the_other(lines)
        return found

    @cached_property
    def down(self) -> Ints:
        """The line of each figure down its column: figures of one column under one heading share a number."""
        return keys([self.sheet, self.column, self.heading_row])

    @cached_property
    def table(self) -> Ints:
        """The table of each figure: those under headings of one row and beside labels of one column share a number."""
        return keys([self.sheet, self.heading_row, self.beside_column])

    def by_table(self, figures: Ints) -> list[Ints]:
        """Some figures, those of each table together."""
        if not len(figures):
            return []
        table = self.table[figures]
        if table.min() == table.max():
            return [figures]
        if not (table[1:] >= table[:-1]).all():
            order = np.argsort(table, kind="stable")
            figures, table = figures[order], table[order]
        bounds = [0, *(np.flatnonzero(table[1:] != table[:-1]) + 1).tolist(), len(table)]
        return [figures[start:stop] for start, stop in pairwise(bounds)]

    def of(self, index: int) -> tuple[Sheet, int]:
        """The sheet of a figure and its place there."""
        sheet = int(self.sheet[index])
        return self.sheets[sheet], index - int(self.start[sheet])

    def cell(self, index: int) -> str:
        """The A1 address of a figure."""
        sheet, place = self.of(index)
        return sheet.cell(place)

    def because(self, *names: str) -> Flags:
        """The figures that are set aside for one of some reasons."""
        wanted = np.zeros(len(REASON_NAMES), dtype=bool)
        wanted[[REASON[name] for name in names]] = True
        flags: Flags = wanted[self.reason]
        return flags

    def why(self, index: int) -> str:
        """The reason why a figure is set aside."""
        return REASON_NAMES[int(self.reason[index])]


def _one_after_the_other(parts: Sequence[Any]) -> Any:
    """Arrays of several sheets as one; that of one sheet is not copied."""
    return np.concatenate(parts) if len(parts) > 1 else parts[0]
