"""How labels write months, quarters and years."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fiveless import dating
from fiveless.notation import normalised
from fiveless.period import Period


def code(text: str) -> str | None:
    """The period that a text says in full, or None."""
    dated, _ = dating.find(normalised(text))
    period = dating.period_of(dated) if dated else None
    return period.code if period else None


@pytest.mark.parametrize(
    "text",
    [
        "令和4年6月",
        "令和４年６月分",
        "令和四年六月",
        "Ｒ４．６",
        "R4.6",
        "R4/6",
        "R04.06",
        "R4年6月",
        "令4.6",
        "R0406",
        "2022年6月",
        "2022.06",
        "2022/6",
        "2022-06",
        "202206",
        "2022年度6月",
        "令和4年度 6月分",
        "令和4年6月末現在",
        "令和4年6月30日現在",
        "June 2022",
        "Jun-22",
        "６月（2022年度）",
        "令和4（2022）年6月",
        "2022年（令和4年）6月",
        "R4(2022).6",
        "令和4年6月1日～30日",
        "令和4年6月1日（水）から6月30日（木）まで",
        "R4.6.1～R4.6.30",
        "2022/6/1～2022/6/30",
        "R4.6.1～6.30",
        "2022_06",
        "2022年度（令和4年度）6月",
    ],
)
def test_every_way_to_write_june_2022(text: str) -> None:
    """All of these are June 2022."""
    assert code(text) == "2022-06"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("令和元年5月", "2019-05"),
        ("R元.5", "2019-05"),
        ("suidou_2022_07-09", "2022-Q2"),
        ("FAX2022.4-6", "2022-Q1"),
        ("R4.10-12", "2022-Q3"),
        ("令和4年6月末（4月～6月）", "2022-Q1"),
        ("令和5年3月末（4月～3月）", "FY2022"),
        ("平成31年4月", "2019-04"),
        ("2022年度1月", "2023-01"),
        ("2022年1月", "2022-01"),
        ("令和4年度", "FY2022"),
        ("Fiscal Year 2022", "FY2022"),
        ("Fiscal Year 2022, Quarter 1", "2022-Q1"),
        ("FY2016", "FY2016"),
        ("平成28年度", "FY2016"),
        ("令和4年度第2四半期", "2022-Q2"),
        ("2022年度第4四半期", "2022-Q4"),
        ("令和4年4月～6月", "2022-Q1"),
        ("令和3年度4月～3月", "FY2021"),
        ("FY22", "FY2022"),
        ("平成31・令和元年度", "FY2019"),
        ("平成31年/令和元年5月", "2019-05"),
        ("令和2年度・令和3年度", None),
    ],
)
def test_years_quarters_and_spans(text: str, expected: str | None) -> None:
    """Fiscal years, quarters and spans of months."""
    assert code(text) == expected


@pytest.mark.parametrize("text", ["6月", "令和4年", "2022年", "第1四半期", "上半期", "コピー件数", "第11回", "4.6", ""])
def test_incomplete_dates_are_no_period(text: str) -> None:
    """Half a date is completed elsewhere or not at all; a calendar year is no fiscal year."""
    assert code(text) is None


def test_a_year_in_two_writings_that_are_not_the_same_says_nothing() -> None:
    """令和3年 is not 2020."""
    assert code("令和3（2020）年度") is None
    assert code("2020（令和2）年度") == "FY2020"


def test_contradicting_dates_say_nothing() -> None:
    """Two months in one label are not a choice, nor is a span that ends elsewhere."""
    assert dating.find("令和4年6月 令和4年7月")[0] is None
    assert dating.find("令和4年7月末(4月~6月)")[0] is None


def test_a_number_behind_a_month_that_is_no_later_month() -> None:
    """2022.4-1 is no span up to January."""
    assert code("2022.4-1") == "2022-04"


@given(st.dates(dt.date(2019, 5, 1), dt.date(2100, 12, 31)))
def test_a_month_written_in_era_years_is_read_back(date: dt.date) -> None:
    """The era year of Reiwa is the year less 2018."""
    expected = Period.month(date.year, date.month).code
    assert code(f"令和{date.year - 2018}年{date.month}月") == expected
    assert code(f"R{date.year - 2018}.{date.month}") == expected


def test_real_dates() -> None:
    """A date in a cell is its month; the last day of a month says the end of it."""
    assert dating.of_date(dt.date(2022, 6, 1)) == dating.Dated(2022, month=6)
    assert dating.of_date(dt.date(2023, 3, 31)) == dating.Dated(2023, month=3, end=True)
