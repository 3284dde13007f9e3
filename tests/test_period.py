"""Months, fiscal quarters and fiscal years."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fiveless.period import Period, runs

PERIODS = st.one_of(
    st.builds(Period.month, st.integers(1990, 2100), st.integers(1, 12)),
    st.builds(Period.quarter, st.integers(1990, 2100), st.integers(1, 4)),
    st.builds(Period.year, st.integers(1990, 2100)),
)


@given(PERIODS)
def test_code_and_period_are_inverse(period: Period) -> None:
    """Reading a period's code gives the period back."""
    assert Period.of_code(period.code) == period


@pytest.mark.parametrize("code", ["", "2022", "2022-13", "2022-00", "2022-Q5", "FY22", "2022-6", "令和4年6月"])
def test_no_code(code: str) -> None:
    """Anything else than the three forms is refused."""
    with pytest.raises(ValueError, match=f"^{code}$"):
        Period.of_code(code)


@pytest.mark.parametrize(
    ("code", "fiscal_year", "last"),
    [("2022-04", 2022, "2022-04"), ("2022-03", 2021, "2022-03"), ("2022-Q4", 2022, "2023-03"), ("FY2022", 2022, "2023-03")],
)
def test_fiscal_year_begins_in_april(code: str, fiscal_year: int, last: str) -> None:
    """March belongs to the fiscal year that began the April before."""
    period = Period.of_code(code)
    assert (period.fiscal_year, period.last.code) == (fiscal_year, last)


def test_base_month_of_january_to_march_lies_in_the_next_calendar_year() -> None:
    """For January 2022 the base month of FY2019 is January 2020 (trap 3 of the field)."""
    assert Period.month(2022, 1).in_fiscal_year(2019).code == "2020-01"
    assert Period.month(2021, 12).in_fiscal_year(2019).code == "2019-12"


def test_year_to_date_runs_from_april() -> None:
    """June is the third month of the year to date, March the twelfth."""
    assert [month.code for month in Period.month(2022, 6).year_to_date()] == ["2022-04", "2022-05", "2022-06"]
    assert len(Period.month(2023, 3).year_to_date()) == 12


@given(PERIODS)
def test_months_cover_the_period(period: Period) -> None:
    """The months of a period run without gap from its first to its last."""
    months = list(period.months())
    assert months[0].first == period.first
    assert months[-1] == period.last
    assert [month.first for month in months] == list(range(period.first, period.last.first + 1))


def test_labels_for_reading() -> None:
    """Periods read as people write them in both languages."""
    assert [Period.of_code(code).label("ja") for code in ("2022-06", "2022-Q1", "FY2022")] == ["2022年6月", "2022年度第1四半期", "2022年度"]
    assert [Period.of_code(code).label("en") for code in ("2022-06", "2022-Q4", "FY2022")] == ["June 2022", "Q4 FY2022", "FY2022"]


def test_months_as_runs() -> None:
    """Months in any order, each once: those that follow each other are one run, across the turn of a year too."""
    codes = ["2022-06", "2021-12", "2022-01", "2021-11"]

    assert runs(Period.of_code(code) for code in codes) == "2021-11 – 2022-01, 2022-06"
    assert runs([]) == ""
