"""Runs of numbers as columns."""

import numpy as np

from fiveless.labels import Label
from fiveless.layout.over import NOTHING
from fiveless.layout.runs import Gathered, Kind, Runs

A, B, C = Label("総務課", office="総務課"), Label("4月"), Label("枚")
OVER = (NOTHING,) * 4


def _gathered() -> Runs:
    """Row 3 by itself with a remark, rows 4 and 5 together."""
    gathered = Gathered()
    gathered.add(3, Kind((2,), 0, C, OVER), [B, A], "確認中")
    a, b = gathered.place(A), gathered.place(B)
    gathered.add_rows(range(4, 6), Kind((2, 3), 0, None, OVER), [np.array([b, a]), np.array([a, a])])
    return gathered.runs()


def test_runs_are_as_they_were_put_down() -> None:
    """One by one or many rows at once, a run has its row, columns, labels, unit and remark."""
    first, second, _ = _gathered()
    assert (first.row, first.columns, first.beside) == (3, (2,), ((B, A), 0, C, "確認中"))
    assert (second.row, second.columns, second.beside) == (4, (2, 3), ((B, A), 0, None, ""))


def test_a_label_that_comes_again_is_said_once() -> None:
    """総務課｜総務課 beside a number is one label, the nearest."""
    assert _gathered()[2].beside.path == (A,)
    assert _gathered().length.tolist() == [2, 2, 1]


def test_the_nearest_label_that_fits() -> None:
    """Of each run the nearest label that names an office, -1 where none does."""
    runs = _gathered()
    assert [runs.labels[place] for place in runs.nearest(lambda label: label.office)] == [A, A, A]
    assert runs.nearest(lambda label: label.text == "枚").tolist() == [-1, -1, -1]


def test_what_is_lost_is_gone() -> None:
    """A run that loses a column keeps the other; one that loses all is gone, and the rest stay as they were."""
    left = _gathered().without({0: frozenset({2}), 1: frozenset({3})})
    assert [(run.row, run.columns) for run in left] == [(4, (2,)), (5, (2, 3))]
    assert left[0].beside.path == (B, A)


def test_none_at_all() -> None:
    """A sheet without numbers has no runs."""
    runs = Gathered().runs()
    assert len(runs) == 0
    assert not runs.any_that(lambda _: True).any()
