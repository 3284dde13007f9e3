"""Totals and repeated keys."""

import pytest

from drawn import Read, fates


def test_a_total_that_does_not_add_up_is_reported_with_both_numbers() -> None:
    """The finding names the total's cell, what it says and what its parts add up to; the parts are taken."""
    read = Read("""
        | コピー件数 令和4年6月 | |
        | 部署名 | 件数 |
        | 総務課 | 10 |
        | 企画課 | 20 |
        | 合計   | 31 |
    """)
    assert list(read.taken()) == ["B3", "B4"]
    assert [(each.code, each.cell, each.fields) for each in read.findings] == [("T01", "B5", {"stated": "31", "sum": "30"})]


def test_a_total_of_what_is_no_measure_of_ours_is_not_judged() -> None:
    """Which rows a total of a foreign count adds up nobody here can say: one that agrees is a check, one that does not is set aside."""
    sheet = "| 人口 令和4年6月 | | |\n| 地区 | 男 | 女 |\n| 東部 | 10 | 30 |\n| 西部 | 20 | 40 |\n| 合計 | 30 | 75 |"
    read = Read(sheet)
    assert (read.taken(), read.fate("B5"), read.fate("C5")) == ({}, "check", "N01")
    assert "T01" not in read.codes()


@pytest.mark.parametrize("total", ["| 合計 | 30 |\n| 総務課 | 10 |\n| 企画課 | 20 |", "| 総務課 | 10 |\n| 企画課 | 20 |\n| 全体 | 30 |"])
def test_totals_may_stand_above_or_below(total: str) -> None:
    """A total on top adds up the rows below it."""
    read = Read(f"| コピー件数 令和4年6月 | |\n| 部署名 | 件数 |\n{total}")
    assert (len(read.taken()), read.codes()) == (2, [])


def test_total_of_totals() -> None:
    """The corner of a table with total row and column is a check."""
    read = Read("""
        | コピー件数 2022年度 | | | |
        | 部署名 | 4月 | 5月 | 計 |
        | 総務課 | 1 | 2 | 3 |
        | 企画課 | 3 | 4 | 7 |
        | 合計 | 4 | 6 | 10 |
    """)
    assert (len(read.taken()), read.fate("D5"), read.codes()) == (4, "check", [])


def test_a_total_without_parts_is_the_report_itself() -> None:
    """Where a sheet gives the total only, it is the bureau's figure."""
    read = Read("""
        | 令和4年6月 | |
        | | コピー件数 |
        | 合計 | 31 |
    """)
    assert read.taken() == {"B3": "waterworks paper.copies 2022-06 month actual 31"}


def test_a_total_of_parts_that_are_no_observations_is_the_figure() -> None:
    """Where sizes or kinds that are not counted add up to a total, the total is taken; where they do not, nothing is."""
    sheet = "| 令和4年6月 | |\n| 区分 | コピー件数 |\n| 両面 | 10 |\n| 片面 | 20 |\n| 合計 | {} |"
    right, wrong = Read(sheet.format(30)), Read(sheet.format(31))
    assert right.taken() == {"B5": "waterworks paper.copies 2022-06 month actual 30"}
    assert (wrong.taken(), wrong.fate("B5"), wrong.codes()) == ({}, "check", ["T01", "N16", "N16"])


def test_blanks_among_figures_are_told() -> None:
    """A blank in a row and column that hold figures is told; － and a month that nobody has filled are not."""
    read = Read("""
        | コピー件数 2022年度 | | | |
        | 部署名 | 4月 | 5月 | 6月 |
        | 総務課 | 1 | | |
        | 企画課 | 3 | 4 | |
        | 調整課 | － | 5 | |
    """)
    assert [(each.code, each.cell, each.severity) for each in read.findings] == [("X02", "C3", "note")]


def test_the_same_key_twice() -> None:
    """Stated twice alike it is a check; stated twice differently neither is taken."""
    sheet = "| コピー件数 令和4年6月 | |\n| 部署名 | 件数 |\n| 総務課 | 10 |\n| 総務課 | {} |"
    alike, different = Read(sheet.format(10)), Read(sheet.format(11))
    assert (list(alike.taken()), alike.fate("B4"), alike.codes()) == (["B3"], "check", [])
    assert (different.taken(), different.codes()) == ({}, ["K02", "K02"])
    assert different.findings[0].fields == {"value": "10", "other_value": "11", "other": "Sheet1 › B4"}


def test_a_rate_in_a_total_column_is_no_sum() -> None:
    """The rate of a year is that of its totals, not the sum of the months' rates; a difference does add up."""
    read = Read("""
        | 起案文書 令和4年度 | | | | |
        | 項目 | 4月 | 5月 | 6月 | 計 |
        | 起案文書数 | 200 | 300 | 400 | 900 |
        | 電子決定件数 | 150 | 299 | 380 | 829 |
        | 電子決定率（％） | 75.0 | 99.7 | 95.0 | 92.1 |
        | 差 | 50 | 1 | 20 | 71 |
    """)
    assert ({read.fate(f"{column}{row}") for column in "BCDE" for row in (5, 6)}, read.codes()) == ({"check"}, [])


def test_totals_may_leave_out_what_is_hidden() -> None:
    """A total of the rows that are seen is right, and so is one of all rows."""
    for total in (30, 37):
        text = f"| コピー件数 令和4年6月 | |\n| 部署名 | 件数 |\n| 総務課 | 10 |\n| 旧課 | 7 |\n| 企画課 | 20 |\n| 合計 | {total} |"
        assert [code for code in Read(text, hidden_rows={3}).codes() if code != "H01"] == []


def test_a_total_of_figures_that_only_lack_a_unit_is_not_taken_for_them() -> None:
    """Parts that are counts, but whose unit or bureau is not clear, are what the total adds up: it stays a check."""
    read = Read("""
        | 令和4年6月 | | |
        | 部 | 単位 | コピー件数 |
        | 総務部 | 袋 | 10 |
        | 企画部 | 束 | 20 |
        | 合計 | < | 30 |
    """)
    assert (read.taken(), read.fate("C5")) == ({}, "check")


def test_a_year_stated_for_a_year_is_no_total() -> None:
    """（年間） among years, 年度計 of a target among monthly plans, and 年間実績 of last year are figures; 年度計 of months is a total."""
    read = Read("""
        | 項目 | 令和3年度 | 令和4年度 |
        | コピー件数（年間） | 10 | 20 |
        | 押印対象手続数（年度末時点） | 3 | 4 |
    """)
    assert read.taken()["C2"] == "waterworks paper.copies FY2022 year actual 20"
    read = Read("""
        | 局名 | 指標 | 年度 | 月 | 区分 | 集計 | 数値 |
        | 水道局 | コピー件数 | 令和4年度 | － | 目標 | 年度計 | 90 |
        | 水道局 | コピー件数 | 令和4年度 | 4月 | 計画 | 単月 | 50 |
        | 水道局 | コピー件数 | 令和4年度 | 4月 | 実績 | 単月 | 51 |
    """)
    assert read.taken()["G2"] == "waterworks paper.copies FY2022 year target 90"
    read = Read("""
        | コピー件数 令和4年度 令和4年5月末時点 | | | | |
        | 局 | （参考）令和3年度年間実績 | 4月 | 5月 | 年度計 |
        | 水道局 | 90 | 7 | 8 | 15 |
    """)
    assert (read.taken()["B3"], read.fate("E3")) == ("waterworks paper.copies FY2021 year actual 90", "check")


def test_a_dashboard_that_repeats_its_data() -> None:
    """Of a number on two sheets that of the sheet is the check of whose numbers more stand elsewhere, whichever comes first."""
    data = "| 局 | 年月 | コピー件数 | 来庁件数 |\n| 水道局 | 2023年4月 | 10 | 20 |\n| 水道局 | 2023年5月 | 11 | 21 |"
    found = fates({"概要": "| 2023年5月 | |\n| コピー件数 | 来庁件数 |\n| 11 | 21 |", "データ": data})
    assert [found[cell] for cell in ("概要!A3", "概要!B3", "データ!C3", "データ!D3")] == ["check", "check", "taken", "taken"]


def test_a_named_total_of_means_of_payment() -> None:
    """収納件数合計 is what 現金, クレジット and 電子マネー before it add up to, and so is キャッシュレス計; a wrong one is not taken."""
    sheet = """
        | 決済手段別収納件数（令和6年5月） | | | | | | |
        | 事業所 | 現金 | クレジット | 電子マネー | コード決済 | キャッシュレス収納件数（計） | 収納件数合計 |
        | 総務課 | 1286 | 22 | 26 | 251 | 299 | {} |
        | 用地課 | 1000 | 79 | 351 | 93 | 523 | 1523 |
    """
    read = Read(sheet.format(1585))
    assert read.taken() == {
        "F3": "waterworks 総務課 cash.payments_cashless 2024-05 month actual 299",
        "G3": "waterworks 総務課 cash.payments 2024-05 month actual 1585",
        "F4": "waterworks 用地課 cash.payments_cashless 2024-05 month actual 523",
        "G4": "waterworks 用地課 cash.payments 2024-05 month actual 1523",
    }
    assert "G3" not in Read(sheet.format(1500)).taken()
    down = Read("""
        | 決済実績（令和6年5月） | |
        | 決済手段 | 件数 |
        | クレジットカード | 412 |
        | コード決済 | 632 |
        | キャッシュレス収納件数␣合計 | 1044 |
    """)
    assert down.taken() == {"B5": "waterworks cash.payments_cashless 2024-05 month actual 1044"}


def test_last_year_behind_a_total_is_no_part_of_it() -> None:
    """月計 above 前年同月 alone adds up nothing on the sheet, and does not disagree with it."""
    read = Read("| 窓口来庁件数（令和5年9月） | |\n| 区分 | 件数 |\n| 月計 | 4278 |\n| 前年同月 | 6470 |")
    assert (read.codes().count("T01"), read.fate("B4")) == (0, "taken")
