"""Values that are hardly true."""

from collections.abc import Iterable
from decimal import Decimal

import pytest

from fiveless.observation import Observation, Observations
from fiveless.plausibility import review
from fiveless.structure import Codelists


def _monthly(values: Iterable[int], *, office: str = "総務課", measure: str = "paper.copies", row: int = 1) -> list[Observation]:
    """Values of April 2022 and the months after, in the cells of one row."""
    return [
        Observation(
            *("waterworks", office, measure, f"2022-{month:02}", "month", "actual"),
            *(Decimal(value), "normal", "", "実績", f"{'ABCDEFGHI'[month - 4]}{row}"),
        )
        for month, value in enumerate(values, 4)
    ]


def _found(codelists: Codelists, *series: list[Observation]) -> list[tuple[str, str, dict[str, object]]]:
    observations = Observations.of(each for line in series for each in line)
    return [(each.code, each.cell, dict(each.fields)) for each in review(observations, codelists, "水道局.xlsx")]


@pytest.mark.parametrize(
    ("values", "cell", "times"),
    [
        ((1200, 1300, 1250000, 1100), "C1", "×1,000"),
        ((1200, 1300, 12, 1100), "C1", "÷100"),
        ((12900, 1300, 1250, 1100), "A1", "×10"),
    ],
)
def test_a_mistaken_unit_in_a_steady_series(codelists: Codelists, values: tuple[int, ...], cell: str, times: str) -> None:
    """A value that is ten, a hundred or a thousand times the others, or as much below them, is asked about."""
    found = _found(codelists, _monthly(values))
    assert [(code, at, fields["times"]) for code, at, fields in found] == [("P05", cell, times)]


@pytest.mark.parametrize("values", [(12, 1300, 45000, 800), (1200, 1300, 4800, 1100), (1200, 0, 1300, 1100), (1, 2, 1000, 1), (5, 5000)])
def test_what_varies_anyway_is_no_jump(codelists: Codelists, values: tuple[int, ...]) -> None:
    """Unsteady, small or short series, zeros and factors that no unit explains are left alone."""
    assert _found(codelists, _monthly(values)) == []


def test_findings_come_in_the_order_of_the_sheet(codelists: Codelists) -> None:
    """Whatever months other rows told of first, parts above their wholes are told cell by cell."""
    backwards = list(reversed(_monthly((1, 1, 1), measure="fax.sent")))
    wholes = _monthly((10, 20, 30), measure="cash.payments", row=2)
    parts = _monthly((11, 21, 31), measure="cash.payments_cashless", row=3)
    assert [(code, cell) for code, cell, _ in _found(codelists, backwards, wholes, parts)] == [("P04", "A3"), ("P04", "B3"), ("P04", "C3")]


def test_a_part_above_its_whole(codelists: Codelists) -> None:
    """More cashless payments than payments: both numbers and the other cell are named."""
    found = _found(codelists, _monthly([100, 200], measure="cash.payments"), _monthly([90, 230], measure="cash.payments_cashless", row=2))
    assert found == [("P04", "B2", {"value": "230", "whole": "200", "other": "B1"})]


def test_a_month_that_repeats_the_one_before(codelists: Codelists) -> None:
    """All of a bureau's values are those of the month before: said once; a few equal ones are chance."""
    offices = [_monthly([value, value + 7, value + 7], office=f"第{value}課", row=value) for value in (11, 12, 13, 14)]
    assert _found(codelists, *offices) == [("P06", "C11", {"count": "4"})]
    assert _found(codelists, *offices[:3]) == []
    assert _found(codelists, *offices[:3], _monthly([1, 2, 3])) == []


def test_nothing_to_review(codelists: Codelists) -> None:
    """A file without observations gives no findings."""
    assert _found(codelists) == []
