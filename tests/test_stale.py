"""Months behind the last real one."""

from drawn import Read, fates

_MONTHS = """
    | コピー件数 2022年度 | | | | | |
    | 部署 | 4月 | 5月 | 6月 | 7月 | 計 |
    | 総務課 | 3 | 4 | {} | {} | {} |
    | 企画課 | 5 | 6 | {} | {} | {} |
    | 経理課 | 7 | 8 | {} | {} | {} |
"""


def test_zeros_and_copies_after_the_last_month_are_not_yet_figures() -> None:
    """Where every office has 0, or the figure of the month before, the month is not yet reported; it is asked about, not taken."""
    zeros = Read(_MONTHS.format(0, 0, 7, 0, 0, 11, 0, 0, 15))
    assert ([zeros.fate(cell) for cell in ("C3", "D3", "E5", "F3")], set(zeros.codes())) == (["taken", "N28", "N28", "check"], {"N28"})
    copies = Read(_MONTHS.format(4, 4, 15, 6, 6, 23, 8, 8, 31))
    assert [copies.fate(cell) for cell in ("C5", "D5", "E3")] == ["taken", "N28", "N28"]


def test_a_zero_that_may_be_true_is_taken() -> None:
    """One office with a count is enough for a month; and zeros are no surprise where there were many before."""
    month = Read(_MONTHS.format(0, 0, 7, 0, 1, 12, 0, 0, 15))
    assert {month.fate(cell) for cell in ("D3", "E3", "E4")} == {"taken"}
    quiet = Read("| コピー件数 2022年度 | | | | |\n| 部署 | 4月 | 5月 | 6月 | 7月 |\n| 総務課 | 0 | 1 | 0 | 0 |")
    assert len(quiet.taken()) == 4


def test_sheets_of_months_to_come() -> None:
    """A sheet of zeros for a month behind the others is not taken."""
    sheet = "| 2022年{}月 | | |\n| 部署 | FAX送信件数 | FAX受信件数 |\n| 総務課 | {} | {} |\n| 企画課 | {} | {} |"
    found = fates({"4": sheet.format(4, 1, 2, 3, 4), "5": sheet.format(5, 6, 7, 8, 9), "6": sheet.format(6, 0, 0, 0, 0)})
    assert (found["5!C4"], found["6!B3"], found["6!C4"]) == ("taken", "N28", "N28")


def test_cumulative_figures_carried_on_behind_the_last_month() -> None:
    """Where the month is blank and a formula carries the total on, the total is no figure of that month; one that grows is."""
    sheet = """
        | コピー件数 2022年度 | | | |
        | 月  | 実績 | 前年同月 | 累計 |
        | 4月 | 3    | 4        | 3    |
        | 5月 | 5    | 6        | 8    |
        | 6月 |      | 7        | {}   |
        | 7月 |      | 9        | {}   |
    """
    carried = Read(sheet.format(8, 8))
    assert [carried.fate(cell) for cell in ("D3", "D4", "D5", "D6")] == ["check", "check", "N28", "N28"]
    assert [carried.fate(cell) for cell in ("C5", "C6")] == ["taken", "taken"]
    grown = Read(sheet.format(8, 20))
    assert [grown.fate(cell) for cell in ("D5", "D6")] == ["N28", "taken"]
