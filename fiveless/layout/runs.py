"""The numbers of a sheet as runs: those of one row that have the same labels beside them. They are columns, for lists are long."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from fiveless.labels import Label
from fiveless.layout.over import Over, Overs
from fiveless.layout.roles import Path
from fiveless.observation import distinct

Ints = NDArray[np.signedinteger[Any]]
Flags = NDArray[np.bool_]


class Beside(NamedTuple):
    """The labels beside a cell, nearest first, the column of the first, the unit to its right, and a remark."""

    path: Path
    column: int
    right: Label | None
    remark: str


class Run(NamedTuple):
    """Numbers of one row, in `columns`, that have the same labels beside them. `over` is the whole row's, column by column."""

    row: int
    columns: tuple[int, ...]
    beside: Beside
    over: Overs


class Kind(NamedTuple):
    """What runs share but for their labels: their columns, the first of those of the labels, the unit to the right, all that is over."""

    columns: tuple[int, ...]
    first: int
    right: Label | None
    over: Overs

    @property
    def overs(self) -> list[Over]:
        """What stands over each of the columns."""
        return [self.over[column] for column in self.columns]

    @property
    def headed(self) -> bool:
        """Whether anything stands over any of the columns."""
        return any(over.path for over in self.overs)


@dataclass(frozen=True, eq=False)
class Runs:
    """Runs as columns: `row`, and places in `kinds`, `remarks` and (`path`, one row for each step away from the number) in `labels`.

    A path that is shorter than others ends with -1.
    """

    row: Ints
    kind: Ints
    remark: Ints
    path: Ints
    kinds: Sequence[Kind]
    remarks: Sequence[str]
    labels: Sequence[Label]

    def __len__(self) -> int:
        return len(self.row)

    def __iter__(self) -> Iterator[Run]:
        return map(self.__getitem__, range(len(self)))

    def __getitem__(self, number: int) -> Run:
        kind = self.kind_of(number)
        beside = Beside(self.path_of(number), kind.first, kind.right, self.remarks[self.remark[number]])
        return Run(int(self.row[number]), kind.columns, beside, kind.over)

    def kind_of(self, number: int) -> Kind:
        """What a run shares with others."""
        return self.kinds[int(self.kind[number])]

    def path_of(self, number: int) -> Path:
        """The labels beside a run, nearest first."""
        return tuple([self.labels[place] for place in self.path[:, number].tolist() if place >= 0])

    @cached_property
    def length(self) -> Ints:
        """How many labels stand beside each run."""
        length: Ints = np.count_nonzero(self.path >= 0, axis=0)
        return length

    @cached_property
    def lines(self) -> Ints:
        """The line of each run: those that follow each other in one row, with labels from the same column on, share a number."""
        first = self.of_kinds(lambda kind: kind.first)
        new = np.ones(len(self), dtype=bool)
        new[1:] = (self.row[1:] != self.row[:-1]) | (first[1:] != first[:-1])
        return np.cumsum(new, dtype=np.int32) - 1

    @cached_property
    def beside(self) -> list[Label]:
        """All labels that stand beside any run, each once."""
        return [self.labels[place] for place in distinct(self.path.ravel()).tolist() if place >= 0]

    @cached_property
    def overs(self) -> list[Overs]:
        """All that stands over any run, each once."""
        return list({id(kind.over): kind.over for kind in self.kinds}.values())

    @cached_property
    def over(self) -> Ints:
        """The place in `overs` of all that stands over each run."""
        places = {id(over): place for place, over in enumerate(self.overs)}
        return self.of_kinds(lambda kind: places[id(kind.over)])

    def that(self, fits: Callable[[Label], object]) -> Flags:
        """Whether each label beside each run fits, in the form of `path`."""
        fit: Flags = np.array([*(bool(fits(label)) for label in self.labels), False])[self.path]
        return fit

    def any_that(self, fits: Callable[[Label], object]) -> Flags:
        """Whether any label beside each run fits."""
        return np.asarray(self.that(fits).any(axis=0))

    def nearest(self, fits: Callable[[Label], object]) -> Ints:
        """The nearest label beside each run that fits, as its place in `labels`; -1 for none."""
        found = np.full(len(self), -1)
        for step, own in zip(self.path[::-1], self.that(fits)[::-1], strict=True):
            found[own] = step[own]
        return found

    def of_kinds(self, ask: Callable[[Kind], int]) -> Ints:
        """What is answered for the kind of each run."""
        answers: Ints = np.array([ask(kind) for kind in self.kinds], dtype=np.int64)[self.kind]
        return answers

    def kept(self, keep: Flags) -> "Runs":
        """Those of the runs that are to be kept."""
        kind = self.kind[keep]
        used = distinct(kind)
        place = np.zeros(len(self.kinds), dtype=np.int64)
        place[used] = np.arange(len(used))
        kinds = [self.kinds[each] for each in used.tolist()]
        return replace(self, row=self.row[keep], kind=place[kind], remark=self.remark[keep], path=self.path[:, keep], kinds=kinds)

    def without(self, columns: dict[int, frozenset[int]]) -> "Runs":
        """The same, where some runs (by number) lose numbers in some columns; those that lose all are gone."""
        kinds = list(self.kinds)
        known: dict[tuple[int, frozenset[int]], int] = {}
        kind, keep = self.kind.copy(), np.ones(len(self), dtype=bool)
        for number, lost in columns.items():
            was = int(kind[number])
            if (was, lost) not in known:
                left = tuple(column for column in kinds[was].columns if column not in lost)
                known[was, lost] = len(kinds) if left else -1
                kinds += [kinds[was]._replace(columns=left)] if left else []
            kind[number] = known[was, lost]
            keep[number] = kind[number] >= 0
        return replace(self, kind=kind, kinds=kinds).kept(keep)


class Gathered:
    """Runs being gathered from the top of a sheet: one by one, or many rows at once that differ in their labels only."""

    def __init__(self) -> None:
        self.labels: list[Label] = []
        self._places: dict[Label, int] = {}
        self._kinds: dict[tuple[object, ...], int] = {}
        self._known: list[Kind] = []
        self._remarks: dict[str, int] = {"": 0}
        self._parts: list[tuple[Ints, Ints, Ints, Ints]] = []
        self._single: list[tuple[int, int, int, list[int]]] = []

    def place(self, label: Label) -> int:
        """The place of a label in `labels`."""
        found = self._places.get(label)
        if found is None:
            found = self._places[label] = len(self.labels)
            self.labels.append(label)
        return found

    def add(self, row: int, kind: Kind, path: Iterable[Label], remark: str) -> None:
        """One run."""
        places = list(map(self.place, dict.fromkeys(path)))
        self._single.append((row, self._kind(kind), self._remarks.setdefault(remark, len(self._remarks)), places))

    def add_rows(self, rows: Sequence[int], kind: Kind, path: Sequence[Ints]) -> None:
        """A run in each of some rows, with its labels by number, nearest first."""
        self._close()
        number = np.full(len(rows), self._kind(kind))
        self._parts.append((np.array(rows), number, np.zeros_like(number), _each_once(np.array(path).reshape(len(path), -1))))

    def _kind(self, kind: Kind) -> int:
        key = kind.columns, kind.first, kind.right, id(kind.over)
        number = self._kinds.setdefault(key, len(self._known))
        if number == len(self._known):
            self._known.append(kind)
        return number

    def _close(self) -> None:
        if not self._single:
            return
        rows, kinds, remarks, paths = zip(*self._single, strict=True)
        depth = max(map(len, paths))
        path = np.array(list(chain.from_iterable([*own, *[-1] * (depth - len(own))] for own in paths)), dtype=np.int64)
        self._parts.append((np.array(rows), np.array(kinds), np.array(remarks), path.reshape(len(paths), depth).T))
        self._single = []

    def runs(self) -> Runs:
        """All that was gathered."""
        self._close()
        if not self._parts:
            none = np.zeros(0, dtype=np.int64)
            return Runs(none, none, none, none.reshape(0, 0), [], [""], [])
        depth = max(len(path) for *_, path in self._parts)
        row, kind, remark = (np.concatenate(column) for column in list(zip(*self._parts, strict=True))[:3])
        path = np.full((depth, len(row)), -1)
        start = 0
        for *_, own in self._parts:
            path[: len(own), start : start + own.shape[1]] = own
            start += own.shape[1]
        return Runs(row, kind, remark, path, self._known, list(self._remarks), self.labels)


def _each_once(path: Ints) -> Ints:
    """Paths in which no label comes again: the nearest stays."""
    again = np.zeros(path.shape, dtype=bool)
    for step in range(1, len(path)):
        again[step] = (path[:step] == path[step]).any(axis=0)
    if not again.any():
        return path
    path = np.where(again, -1, path)
    return np.take_along_axis(path, np.argsort(again, axis=0, kind="stable"), axis=0)
