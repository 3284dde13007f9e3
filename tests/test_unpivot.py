"""Drawn sheets and the observations that they give."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from drawn import Read, drawn, fates, lexicon
from fiveless.structure import Measure


def test_months_across_with_unit_column_and_fiscal_year_in_the_title() -> None:
    """January of FY2021 is January 2022; the row total is a check."""
    read = Read("""
        | ペーパーレス 月次実績（2021年度） |                  |      |      |      |    |
        | 局名   | 環境局           |      |      |      |    |
        |        |                  |      |      |      |    |
        | 部署   | 項目             | 単位 | 12月 | 1月  | 計 |
        | 総務課 | コピー用紙調達量 | 千枚 | 12   | 30   | 42 |
        | 総務課 | コピー件数       | 件   | 4767 | 1542 | 6309 |
    """)
    assert read.taken() == {
        "D5": "environment 総務課 paper.sheets_purchased 2021-12 month actual 12000",
        "E5": "environment 総務課 paper.sheets_purchased 2022-01 month actual 30000",
        "D6": "environment 総務課 paper.copies 2021-12 month actual 4767",
        "E6": "environment 総務課 paper.copies 2022-01 month actual 1542",
    }
    assert (read.fate("F5"), read.fate("F6"), read.codes()) == ("check", "check", [])


def test_one_month_with_two_header_rows() -> None:
    """Under FAX, 送信 is enough; うち電子決定 is a measure of its own; the month is in the title."""
    read = Read("""
        | ５つのレス実績報告（令和4年7月分） | < | < | < | < |
        | 部署名   | ＦＡＸレス | <    | はんこレス | <          |
        | ^        | 送信       | 受信 | 起案文書数 | うち電子決定 |
        | 総務課   | 10         | 20   | 30         | 5          |
        | 合␣計    | 10         | 20   | 30         | 5          |
    """)
    assert read.taken() == {
        "B4": "waterworks 総務課 fax.sent 2022-07 month actual 10",
        "C4": "waterworks 総務課 fax.received 2022-07 month actual 20",
        "D4": "waterworks 総務課 seal.decisions 2022-07 month actual 30",
        "E4": "waterworks 総務課 seal.decisions_electronic 2022-07 month actual 5",
    }
    assert {read.fate(cell) for cell in ("B5", "C5", "D5", "E5")} == {"check"}


def test_all_bureaus_with_groups_and_subtotals() -> None:
    """A merged group beside the bureaus is no office; subtotals add up the group."""
    read = Read(
        """
        | ５つのレス全局取りまとめ |          |                    | R3.7 |
        |            |            |                    |              |
        | 区分       | 局         | コピー用紙調達量（枚） | 窓口来庁件数 |
        | 知事部局   | 政企局     | 100                | 1            |
        | ^          | 総␣務␣局   | 200                | 2            |
        | ^          | 小計       | 300                | 3            |
        | 公営企業   | 交通局     | 50                 | 4            |
        | ^          | 小計       | 50                 | 4            |
        | 合計       | <          | 350                | 7            |
        """,
        file="全局集計",
    )
    assert read.taken()["C5"] == "general-affairs paper.sheets_purchased 2021-07 month actual 200"
    assert read.taken()["D7"] == "transportation face.visits 2021-07 month actual 4"
    assert len(read.taken()) == 6
    assert read.codes() == []


def test_months_down_with_the_era_on_its_first_row_only() -> None:
    """令和3年 stands once; after December comes the next year."""
    read = Read("""
        | 年月      | FAX送信件数 | FAX受信件数 | 計 |
        | 令和3年11月 | 1         | 2           | 3  |
        | 12月      | 3           | 4           | 7  |
        | 1月       | 5           | 6           | 11 |
    """)
    assert [value.split()[2] for value in read.taken().values()] == ["2021-11", "2021-11", "2021-12", "2021-12", "2022-01", "2022-01"]
    assert {read.fate(f"D{row}") for row in (2, 3, 4)} == {"check"}


def test_pairs_under_a_month() -> None:
    """送信・受信・計 under each month, the month merged over the three or written on the first only."""
    for top in ("4月 | < | < | 5月 | < | <", "4月 | | | 5月 | | "):
        read = Read(f"""
            | FAX 令和4年度 |  |  |  |  |  |  |
            | | | | | | | |
            | 部署名 | {top} |
            | | 送信 | 受信 | 計 | 送信 | 受信 | 計 |
            | 総務課 | 1 | 2 | 3 | 4 | 5 | 9 |
        """)
        assert read.taken() == {
            "B5": "waterworks 総務課 fax.sent 2022-04 month actual 1",
            "C5": "waterworks 総務課 fax.received 2022-04 month actual 2",
            "E5": "waterworks 総務課 fax.sent 2022-05 month actual 4",
            "F5": "waterworks 総務課 fax.received 2022-05 month actual 5",
        }
        assert (read.fate("D5"), read.fate("G5")) == ("check", "check")


def test_this_month_and_cumulative_plan_and_last_year() -> None:
    """当月 and 累計 are two bases, 目標 is a scenario, 前年同月 is an actual of last year, a rate is no observation."""
    read = Read("""
        | コピー件数 令和4年6月 | | | | | |
        | | | | | | |
        | 部署名 | 当月 | 累計 | 目標 | 前年同月 | 増減率 |
        | 総務課 | 10   | 30   | 8    | 20       | -0.5   |
    """)
    assert read.taken() == {
        "B4": "waterworks 総務課 paper.copies 2022-06 month actual 10",
        "C4": "waterworks 総務課 paper.copies 2022-06 ytd actual 30",
        "D4": "waterworks 総務課 paper.copies 2022-06 month target 8",
        "E4": "waterworks 総務課 paper.copies 2021-06 month actual 20",
    }
    assert read.fate("F4") == "N19"


def test_stocks_stand_at_the_end_of_their_month() -> None:
    """末現在 figures of stocks are as_of."""
    read = Read("""
        | キャッシュレス（令和5年3月末現在） | | |
        | 部署名 | 施設数 | 導入施設数 |
        | 総務課 | 10     | 8          |
    """)
    assert read.taken() == {
        "B3": "waterworks 総務課 cash.facilities 2023-03 as_of actual 10",
        "C3": "waterworks 総務課 cash.facilities_cashless 2023-03 as_of actual 8",
    }


def test_a_flow_at_a_date_is_ambiguous() -> None:
    """6月末現在 over a flow may be June or April to June: it is asked, not guessed."""
    read = Read("""
        | コピー件数（令和4年6月末現在） | |
        | 部署名 | 件数 |
        | 総務課 | 10   |
    """)
    assert (read.taken(), read.fate("B3"), read.codes()) == ({}, "N13", ["N13"])


def test_stacked_blocks_with_captions() -> None:
    """The nearest caption wins: the unit and measure of the upper table do not reach the lower one."""
    read = Read("""
        | 令和4年度 | | |
        | コピー用紙調達量（単位：千枚） | | |
        | 部署名 | 4月 | 5月 |
        | 総務課 | 1   | 2   |
        | 計     | 1   | 2   |
        | | | |
        | FAX送信件数（単位：件） | | |
        | 部署名 | 4月 | 5月 |
        | 総務課 | 3   | 4   |
    """)
    assert read.taken() == {
        "B4": "waterworks 総務課 paper.sheets_purchased 2022-04 month actual 1000",
        "C4": "waterworks 総務課 paper.sheets_purchased 2022-05 month actual 2000",
        "B9": "waterworks 総務課 fax.sent 2022-04 month actual 3",
        "C9": "waterworks 総務課 fax.sent 2022-05 month actual 4",
    }


def test_blocks_side_by_side() -> None:
    """Each table has its own caption and unit, though they share rows."""
    read = Read("""
        | コピー用紙調達量（千枚） 令和4年度 | | | | FAX送信件数（件） | | |
        | 部署名 | 4月 | 5月 | | 部署名 | 4月 | 5月 |
        | 総務課 | 1   | 2   | | 総務課 | 3   | 4   |
    """)
    assert read.taken()["B3"] == "waterworks 総務課 paper.sheets_purchased 2022-04 month actual 1000"
    assert read.taken()["G3"] == "waterworks 総務課 fax.sent 2022-05 month actual 4"


def test_form_with_units_in_the_next_cell() -> None:
    """Label, value, unit on one line, two pairs to a line."""
    read = Read("""
        | 報告月 | 令和4年6月 | | | | |
        | コピー用紙調達量 | 12 | 千枚 | コピー件数 | 34 | 件 |
        | FAX送信件数 | 5 | 件 | FAX受信件数 | 6 | 件 |
    """)
    assert read.taken() == {
        "B2": "waterworks paper.sheets_purchased 2022-06 month actual 12000",
        "E2": "waterworks paper.copies 2022-06 month actual 34",
        "B3": "waterworks fax.sent 2022-06 month actual 5",
        "E3": "waterworks fax.received 2022-06 month actual 6",
    }


def test_labels_written_once_for_several_rows() -> None:
    """A blank label repeats the one above; a row without figures does not disturb those below it."""
    read = Read("""
        | 2022年度 | | | |
        | 部署名 | 項目 | 4月 | 5月 |
        | 総務課 | コピー件数 | 1 | 2 |
        |        | 用紙購入枚数 | 3 | 4 |
        | 企画課 | コピー件数 | | |
        |        | 用紙購入枚数 | 5 | 6 |
    """)
    assert read.taken()["C4"] == "waterworks 総務課 paper.sheets_purchased 2022-04 month actual 3"
    assert read.taken()["D6"] == "waterworks 企画課 paper.sheets_purchased 2022-05 month actual 6"


def test_years_and_months_as_bare_numbers() -> None:
    """Numbers under 年度 and 月 are headings; each is accounted for as such."""
    read = Read("""
        | 年度 | 月 | コピー件数 |
        | 2021 | 3  | 7 |
        | 2022 | 4  | 8 |
    """)
    assert read.taken() == {"C2": "waterworks paper.copies 2022-03 month actual 7", "C3": "waterworks paper.copies 2022-04 month actual 8"}
    assert {read.fate(cell) for cell in ("A2", "B2", "A3", "B3")} == {"N21"}


def test_running_numbers_and_head_counts_are_no_figures() -> None:
    """No. and 職員数 are set aside with their reason."""
    read = Read("""
        | 令和4年6月 | | | |
        | No. | 部署名 | 職員数 | コピー件数 |
        | 1   | 総務課 | 20     | 7 |
        | 2   | 企画課 | 30     | 8 |
    """)
    assert list(read.taken()) == ["D3", "D4"]
    assert (read.fate("A3"), read.fate("C4")) == ("N22", "N23")


def test_parts_and_repeats_are_not_added() -> None:
    """うち and 再掲 are set aside, and the total still adds up."""
    read = Read("""
        | コピー件数 令和4年6月 | |
        | 部署名 | 件数 |
        | 総務課 | 10 |
        | うちカラー | 4 |
        | 企画課（再掲） | 3 |
        | 計 | 10 |
    """)
    assert list(read.taken()) == ["B3"]
    assert (read.fate("B4"), read.fate("B5"), read.fate("B6"), read.codes()) == ("N17", "N18", "check", [])


def test_unknown_words_are_asked_not_guessed() -> None:
    """A heading that narrows the count, an unknown measure and an unknown bureau each set their numbers aside with the reason."""
    read = Read("""
        | 令和4年6月 | | | |
        | 部署名 | コピー件数 | カラーコピー件数 | 電報件数 |
        | 総務課 | 10 | 4 | 1 |
    """)
    assert list(read.taken()) == ["B3"]
    assert (read.fate("C3"), read.fate("D3")) == ("N16", "N01")
    bureaus = Read("| 局 | コピー件数 |\n| 水道局 | 1 |\n| 水洞局 | 2 |", file="2022-06")
    assert (list(bureaus.taken()), bureaus.fate("B3"), bureaus.codes()) == (["B2"], "N07", ["N07"])
    assert "waterworks" in bureaus.findings[0].mend("en")


def test_a_bureau_that_no_longer_exists() -> None:
    """福祉保健局 in August 2023 is asked, with its successors named."""
    read = Read("| 局 | コピー件数 |\n| 福祉保健局 | 1 |", file="2023-08")
    assert (read.fate("B2"), read.taken()) == ("N09", {})
    assert "social-welfare" in read.findings[0].says("en")


def test_the_same_name_at_two_times() -> None:
    """生活文化局 of 2021 and of 2025 are two bureaus."""
    for file, code in (("2021-06", "citizens-cultural-affairs"), ("2025-06", "citizens-cultural-affairs-2025")):
        assert Read("| 局 | コピー件数 |\n| 生活文化局 | 1 |", file=file).taken()["B2"].split()[0] == code


def test_missing_meanings_have_each_their_reason() -> None:
    """No month, no year, no bureau, an unfitting unit: each is told by its own code."""
    assert Read("| 部署名 | コピー件数 |\n| 総務課 | 1 |").fate("B2") == "N03"
    assert Read("| 項目 | 6月 |\n| コピー件数 | 1 |").fate("B2") == "N04"
    assert Read("| 部署名 | コピー件数 |\n| 総務課 | 1 |", file="2022-06").fate("B2") == "N06"
    assert Read("| 部署名 | コピー件数（箱） |\n| 総務課 | 1 |", file="水道局_2022-06").fate("B2") == "N11"
    assert Read("| 6月 | 7月 |\n| 1 | 2 |", file="2022年度_水道局").fate("A2") == "N01"


def test_annual_and_quarterly_figures() -> None:
    """A fiscal year alone is a year; a quarter a quarter."""
    read = Read("""
        | 項目 | 2020年度 | 2021年度第1四半期 |
        | コピー件数 | 100 | 30 |
    """)
    assert read.taken() == {
        "B2": "waterworks paper.copies FY2020 year actual 100",
        "C2": "waterworks paper.copies 2021-Q1 quarter actual 30",
    }


def test_transposed_with_offices_across() -> None:
    """Offices may head columns, and measures rows."""
    read = Read("""
        | 令和4年6月 | | | |
        | 項目 | 総務課 | 企画課 | 合計 |
        | コピー件数（件） | 1 | 2 | 3 |
        | FAX送信件数（件） | 4 | 5 | 9 |
    """)
    assert read.taken()["C4"] == "waterworks 企画課 fax.sent 2022-06 month actual 5"
    assert (read.fate("D3"), read.fate("D4")) == ("check", "check")


def test_numbers_in_text_and_marks() -> None:
    """1,234枚 and 約1,300 are numbers, － and 該当なし are none; 約 makes an estimate."""
    read = Read("""
        | 令和4年6月 | |
        | 部署名 | コピー用紙調達量 |
        | 総務課 | '1,234枚 |
        | 企画課 | '約1.3万 |
        | 調整課 | － |
        | 経理課 | 該当なし |
    """)
    assert {cell: value.split()[-1] for cell, value in read.taken().items()} == {"B3": "1234", "B4": "13000"}
    assert read.observations[1].status == "estimated"


def test_english_sheet() -> None:
    """An English sheet is read as a Japanese one is."""
    read = Read("""
        | Bureau of Waterworks, FY2022 | | | |
        | Office | Item | Apr | May |
        | General Affairs | Faxes sent | 1 | 2 |
        | General Affairs | Copies made | 3 | 4 |
        | Total | Faxes sent | 1 | 2 |
    """)
    assert read.taken()["D4"] == "waterworks General Affairs paper.copies 2022-05 month actual 4"
    assert (len(read.taken()), read.fate("C5")) == (4, "check")


def test_a_date_in_boxes_of_its_own() -> None:
    """令和｜4｜年｜6｜月分: one date over five cells; its numbers are headings."""
    read = Read("""
        | 令和 | 4 | 年 | 6 | 月分 |
        | | | | | |
        | 部署名 | コピー件数 | | | |
        | 総務課 | 7 | | | |
    """)
    assert read.taken() == {"B4": "waterworks 総務課 paper.copies 2022-06 month actual 7"}
    assert (read.fate("B1"), read.fate("D1")) == ("N21", "N21")


def test_names_with_values_above_the_table() -> None:
    """局名, 部署名 and 対象年月 with their values beside them or after a colon; the section to be asked (担当課) is no office."""
    for above in (
        "| 部署名 | 総務課 |\n| 対象年月 | 令和5年 | 2月 |",
        "| 部署名：総務課 | 対象年月：令和5年2月 |",
        "| 部署名：総務課 |\n| 令和5年2月 |",
    ):
        assert Read(f"{above}\n| 担当課 | 計画課 |\n| コピー件数 | 7 | 件 |").taken() == {
            f"B{above.count(chr(10)) + 3}": "waterworks 総務課 paper.copies 2023-02 month actual 7"
        }


def test_blocks_of_offices_under_one_another() -> None:
    """Each office's name stands above its own block."""
    read = Read("""
        | 令和4年度 | | |
        | 部署名：総務課 | | |
        | 項目 | 4月 | 5月 |
        | コピー件数 | 1 | 2 |
        | | | |
        | 部署名：企画課 | | |
        | 項目 | 4月 | 5月 |
        | コピー件数 | 3 | 4 |
    """)
    assert [value.split()[1] for value in read.taken().values()] == ["総務課", "総務課", "企画課", "企画課"]


def test_parts_look_to_what_they_are_a_part_of() -> None:
    """うちオンライン below 相談, うちキャッシュレス below 収納件数 and うち電子 beside 起案文書数 are the measures of those parts."""
    read = Read("""
        | 2022年度 | |
        | 項目 | 4月 |
        | 窓口来庁件数 | 9 |
        | 相談・説明会等件数 | 5 |
        | うちオンライン | 2 |
        | 収納件数 | 8 |
        | うちキャッシュレス | 6 |
    """)
    assert read.taken()["B5"].split()[1] == "face.consultations_online"
    assert read.taken()["B7"].split()[1] == "cash.payments_cashless"
    across = Read("| 令和4年6月 | | |\n| 部署名 | 起案文書数 | うち電子 |\n| 総務課 | 9 | 8 |")
    assert across.taken()["C3"] == "waterworks 総務課 seal.decisions_electronic 2022-06 month actual 8"


def test_the_span_of_a_title_gives_the_years_of_its_months() -> None:
    """April 2022 to March 2023, a calendar year, and 令和4年 over April to March: the years follow."""
    for title, first, last in (
        ("令和4年4月～令和5年3月", "2022-04", "2023-03"),
        ("（R4.4～R5.3）", "2022-04", "2023-03"),
        ("令和4年", "2022-04", "2023-03"),
    ):
        taken = Read(f"| コピー件数 {title} | | |\n| 部署名 | 4月 | 12月 | 3月 |\n| 総務課 | 1 | 2 | 3 |").taken()
        assert (taken["B3"].split()[3], taken["D3"].split()[3]) == (first, last)
    calendar = Read("| コピー件数 2022年1月～12月 | | |\n| 部署名 | 1月 | 4月 | 12月 |\n| 総務課 | 1 | 2 | 3 |").taken()
    assert [value.split()[3] for value in calendar.values()] == ["2022-01", "2022-04", "2022-12"]


def test_cumulative_at_month_ends() -> None:
    """年度累計 in the title and 4月末, 5月末 over the columns: cumulative figures."""
    read = Read("| コピー件数（令和4年度・年度累計） | | |\n| 部署名 | 4月末 | 5月末 |\n| 総務課 | 1 | 3 |")
    assert read.taken()["C3"] == "waterworks 総務課 paper.copies 2022-05 ytd actual 3"


def test_units_after_each_number_of_a_row() -> None:
    """Where each number has its unit in the next cell, it is that number's own."""
    read = Read("""
        | 令和4年6月 | | | | |
        | 部署名 | コピー用紙調達量 | < | コピー件数 | < |
        | 総務課 | 2 | 千枚 | 7 | 件 |
    """)
    assert [value.split()[-1] for value in read.taken().values()] == ["2000", "7"]


def test_numbers_among_the_remarks() -> None:
    """A bare number in the column 備考 is no figure; a text there is kept with the row's observation."""
    read = Read("""
        | 令和4年6月 | | |
        | 部署名 | コピー件数 | 備考 |
        | 総務課 | 7 | 350 |
        | 企画課 | 8 | 連休により減 |
    """)
    assert (list(read.taken()), read.fate("C3"), read.observations[1].note) == (["B3", "B4"], "N23", "連休により減")


def test_months_in_bare_numbers_across() -> None:
    """Months in bare numbers under 月 are headings wherever they run in order."""
    read = Read("""
        | 令和4年度 コピー件数 | | | | | | |
        | 部署名 | 月 | < | < | < | < | < |
        | ^ | 4 | 5 | 6 | 7 | 8 | 9 |
        | 総務課 | 10 | 20 | 30 | 40 | 50 | 60 |
    """)
    assert read.taken()["G4"] == "waterworks 総務課 paper.copies 2022-09 month actual 60"
    assert read.fate("B3") == "N21"


def test_the_sheets_and_rows_that_show_how_to_fill_in() -> None:
    """Examples (記入例) are no reports."""
    rows = "| コピー件数 令和4年6月 | |\n| 部署名 | 件数 |\n| 記入例）総務課 | 50 |\n| 企画課 | 7 |"
    assert list(Read(rows).taken()) == ["B4"]
    assert Read(rows, sheet="記入例").taken() == {}


def test_months_after_the_one_reported() -> None:
    """Zeros of months to come are set aside; plans for them are not."""
    read = Read("""
        | コピー件数 令和4年度 | | | |
        | 報告月：令和4年5月 | | | |
        | 部署名 | 4月 | 5月 | 6月 |
        | 総務課 | 7 | 8 | 0 |
    """)
    assert (list(read.taken()), read.fate("D4")) == (["B4", "C4"], "N24")


def test_what_no_count_can_be() -> None:
    """A negative count is asked, and words in place of a number are told."""
    read = Read("| 令和4年6月 | | |\n| 部署名 | コピー件数 | FAX送信件数 |\n| 総務課 | -5 | 3 |\n| 企画課 | 4 | '83件（うち迷惑9件） |")
    assert (list(read.taken()), read.fate("B3"), sorted(read.codes())) == (["C3", "B4"], "P01", ["P01", "X01"])


def test_the_addressee_is_not_the_reporter() -> None:
    """○○局長 殿 is to whom the report goes; dates of handing in are not of what month it is."""
    read = Read(
        """
        | デジタルサービス局長 殿 | | 提出日：令和4年7月10日 |
        | | | 報告局 教育庁 |
        | 実績報告（令和4年6月分） | | |
        | | | |
        | 部署名 | コピー件数 | FAX送信件数 |
        | 総務課 | 7 | 8 |
    """,
        file="報告",
    )
    assert read.taken()["B6"] == "education 総務課 paper.copies 2022-06 month actual 7"


def test_two_bureaus_in_one_title() -> None:
    """A sheet of two bureaus together belongs to neither."""
    read = Read("| 会計管理局・教育庁 令和4年6月 | |\n| 部署名 | コピー件数 |\n| 総務課 | 7 |", file="報告")
    assert (read.taken(), read.fate("B3")) == ({}, "N08")


def test_a_target_column_beside_months_of_actuals() -> None:
    """年間目標 is a target of the year; the months beside it are actuals, even on a sheet named 目標."""
    read = Read("| コピー件数 令和4年度 | | |\n| 部署名 | 年間目標 | 4月 |\n| 総務課 | 90 | 7 |", sheet="目標")
    assert read.taken() == {
        "B3": "waterworks 総務課 paper.copies FY2022 year target 90",
        "C3": "waterworks 総務課 paper.copies 2022-04 month actual 7",
    }


def test_titles_pass_the_same_test_as_headings() -> None:
    """A title that names something else with the same words, or a rate, or foreign units, gives no measure."""
    for title in (
        "コピー用紙の在庫枚数",
        "FAX誤送信件数",
        "コピー用紙購入額（千円）",
        "FAX送信件数（単位：％）",
        "コピー用紙購入量（単位：箱）",
    ):
        read = Read(f"| 令和4年度 {title} | |\n| 部署名 | 4月 |\n| 総務課 | 55 |")
        assert (read.taken(), len(read.accounts)) == ({}, 1), title


def test_captions_reach_as_far_as_their_table() -> None:
    """Unit, scenario and basis of one table's caption are not those of the next; its unit over another part is a doubt, not a factor."""
    for says in ("単位：千件", "目標", "累計"):
        read = Read(f"""
            | 5つのレス 令和4年6月 | |
            | コピー件数（{says}） | |
            | 部署名 | 件数 |
            | 総務課 | 10 |
            | | |
            | FAX送信件数 | |
            | 部署名 | 件数 |
            | 総務課 | 300 |
        """)
        assert read.taken()["B8"] == "waterworks 総務課 fax.sent 2022-06 month actual 300"
    read = Read("""
        | 水道局 令和4年度 コピー用紙調達量 | | | | |
        | | | | （単位：千枚） | |
        | 部署名 | 4月 | | 部署名 | 4月 |
        | 総務課 | 1 | | 企画課 | 2 |
    """)
    assert (read.fate("B4"), read.taken().get("B4")) == ("N12", None)
    read = Read("""
        | 水道局 令和4年度 コピー用紙調達量 | | | | |
        | | | | | （単位：千枚） |
        | 部署名 | 4月 | | 部署名 | 4月 |
        | 総務課 | 1 | | 企画課 | 2 |
    """)
    assert [each.value for each in read.observations] == [1000, 2000], "at the right end of a table set in two columns"


def test_months_that_begin_anew() -> None:
    """A second run of months under another measure or office is of the same year; months going backwards are not guessed."""
    read = Read("""
        | 5つのレス | | | | |
        | 部署名 | コピー件数 | < | FAX送信件数 | < |
        | ^ | 令和4年4月 | 5月 | 4月 | 5月 |
        | 総務課 | 10 | 20 | 30 | 40 |
    """)
    assert [value.split()[3] for value in read.taken().values()] == ["2022-04", "2022-05", "2022-04", "2022-05"]
    assert list(Read("| コピー件数 | | |\n| 部署名 | 令和4年6月 | 5月 |\n| 総務課 | 1 | 2 |").taken()) == ["B3"]


def test_other_dates_in_titles() -> None:
    """Limits, revisions, bases and dates of work are not the month of the figures."""
    for line in (
        "作成：令和4年7月",
        "回答期限：令和5年4月14日",
        "基準：平成28年6月",
        "（平成28年度比70%削減）",
        "様式R4-2",
        "目標：令和7年度までに半減",
    ):
        read = Read(f"| コピー件数 令和4年6月分 | |\n| {line} | |\n| 部署名 | 件数 |\n| 総務課 | 10 |")
        assert read.taken() == {"B4": "waterworks 総務課 paper.copies 2022-06 month actual 10"}, line


def test_last_year_with_its_own_date_is_not_shifted_again() -> None:
    """前年同月（令和3年6月） is June 2021."""
    read = Read("| コピー件数 令和4年6月 | | |\n| 部署名 | 当月 | 前年同月（令和3年6月） |\n| 総務課 | 10 | 20 |")
    assert read.taken()["C3"].split()[3] == "2021-06"


def test_a_column_without_a_date_among_months() -> None:
    """累計 among months is their sum, and the like of 年間目標 that names no year not the title's whole year."""
    read = Read("| 令和4年度 コピー件数 | | | |\n| 部署名 | 4月 | 5月 | 累計 |\n| 総務課 | 10 | 20 | 30 |\n| 企画課 | 1 | 2 | 4 |")
    assert (list(read.taken()), read.fate("D3"), read.fate("D4"), read.codes()) == (["B3", "C3", "B4", "C4"], "check", "check", ["T01"])
    read = Read("| 令和4年度 コピー件数 | | | |\n| 部署名 | 4月 | 5月 | 目標 |\n| 総務課 | 10 | 20 | 30 |")
    assert (list(read.taken()), read.fate("D3")) == (["B3", "C3"], "N03")


def test_units_that_nobody_knows() -> None:
    """ケース, 箱 and 千 alone, in a column, a caption or the next cell, are asked."""
    for unit in ("ケース", "束", "千"):
        assert Read(f"| 令和4年6月 | | |\n| 項目 | 単位 | 実績 |\n| コピー用紙購入量 | {unit} | 12 |").fate("C3") == "N11"
        assert Read(f"| 令和4年6月 | | |\n| コピー用紙購入量 | 12 | {unit} |").fate("B2") == "N11"
        assert Read(f"| 令和4年6月 | |\n| （単位：{unit}） | |\n| 項目 | 実績 |\n| コピー用紙購入量 | 12 |").fate("B4") == "N11"


def test_counts_are_whole() -> None:
    """0.85 under the name of a count is a rate in disguise."""
    assert Read("| 令和4年6月 | |\n| 部署名 | 電子決定件数 |\n| 総務課 | 0.85 |").fate("B3") == "P03"


def test_another_bureau_in_the_title_than_in_the_file_name() -> None:
    """Two names for one sheet are asked, unless the sheet says 局名 before its own."""
    other = "| {} | |\n| コピー件数 令和4年6月 | |\n| 部署名 | 件数 |\n| 総務課 | 1 |"
    assert Read(other.format("環境局")).fate("B4") == "N08"
    assert Read(other.format("局名：環境局")).taken()["B4"].startswith("environment")
    assert Read(other.format("とりまとめ：デジタルサービス局")).taken()["B4"].startswith("waterworks")


def test_the_rest_is_one_part_not_the_whole() -> None:
    """その他 beside offices is a part like them."""
    read = Read("| 令和4年6月 | | | |\n| 項目 | 総務課 | その他 | 計 |\n| FAX送信件数 | 55 | 45 | 100 |")
    assert (read.taken()["C3"].split()[1], read.fate("D3")) == ("その他", "check")


def test_a_number_merged_over_two_months_or_offices() -> None:
    """It belongs to both together: asked, not given to the first."""
    across = Read("| コピー件数 令和4年度 | | |\n| 部署名 | 4月 | 5月 |\n| 総務課 | 30 | < |")
    down = Read("| 令和4年6月 | |\n| 部署名 | コピー件数 |\n| 総務課 | 30 |\n| 経理課 | ^ |")
    for read in (across, down):
        assert (read.taken(), read.fate("B3"), read.codes()) == ({}, "X03", ["X03"])


def test_a_measure_named_in_a_column_that_held_figures_above() -> None:
    """In the lower table the column holds names: they are read, and the upper table's measure does not reach down."""
    read = Read("""
        | 令和4年6月 コピー件数 | | |
        | 部署名 | 件数 | |
        | 総務課 | 1 | |
        | 経理課 | 2 | |
        | 人事課 | 3 | |
        | | | |
        | 令和4年7月 | | |
        | 部署名 | 項目 | 実績 |
        | 総務課 | FAX送信件数 | 5 |
    """)
    assert read.taken()["C9"] == "waterworks 総務課 fax.sent 2022-07 month actual 5"


def test_previous_month_with_its_date() -> None:
    """前月（5月） and （R4.8末） under 前月末 tell the month themselves; a month that cannot be the previous one is asked."""
    head = "| 水道局 令和4年6月分 | | |\n| 項目 | {} | 当月 |\n| コピー件数 | 1 | 2 |"
    assert Read(head.format("前月（5月）")).taken()["B3"] == "waterworks paper.copies 2022-05 month actual 1"
    assert Read(head.format("前年同月（令和3年6月）")).taken()["B3"] == "waterworks paper.copies 2021-06 month actual 1"
    assert Read(head.format("前月（4月）")).fate("B3") == "N05"
    read = Read("""
        | 令和4年9月末現在 | | | |
        | 項目 | 今月末 | 前月末 | 前年同月末 |
        | ^ | （R4.9末） | （R4.8末） | （R3.9末） |
        | 押印対象手続数 | 3 | 2 | 1 |
    """)
    assert read.taken() == {
        "B4": "waterworks seal.procedures 2022-09 as_of actual 3",
        "C4": "waterworks seal.procedures 2022-08 as_of actual 2",
        "D4": "waterworks seal.procedures 2021-09 as_of actual 1",
    }


def test_rows_without_a_heading_are_not_the_bureaus() -> None:
    """Spare rows of zeros are passed over, and a row that someone forgot to name is asked for; a total beside No. is a total."""
    read = Read("""
        | 令和4年6月 | | |
        | No. | 部署名 | コピー件数 |
        | 1 | 総務課 | 10 |
        | 2 | 企画課 | 30 |
        | 3 | | 7 |
        | 4 | | 0 |
        | 合計 | | 40 |
    """)
    assert [read.fate(cell) for cell in ("C3", "C4", "C5", "C6", "C7")] == ["taken", "taken", "N26", "N27", "check"]


def test_titles_that_speak_of_rates() -> None:
    """A title 前年同月比 or 削減状況報告 sets no counts aside where headings or words tell that it is one; a caption 増減 does."""
    compared = Read("""
        | コピー件数 対前年度比較（令和4年度） | | |
        | 月 | 実績 | 増減 |
        | 4月 | 10 | 2 |
    """)
    assert (compared.fate("B3"), compared.fate("C3")) == ("taken", "N19")
    report = "| 令和4年度 {} | |\n| 月 | コピー件数 |\n| 4月 | 10 |"
    assert Read(report.format("削減状況報告")).fate("B3") == "taken"
    assert Read(report.format("増減")).fate("B3") == "N19"


def test_what_stands_with_a_unit_in_brackets() -> None:
    """（令和4年度、単位：千枚） tells the year as well; (thousand sheets) is a unit; 収納件数（総数） is no total."""
    read = Read("| コピー用紙使用枚数（令和4年度、単位：千枚） | |\n| 部署 | 4月 |\n| 総務課 | 2 |")
    assert read.taken() == {"B3": "waterworks 総務課 paper.sheets_purchased 2022-04 month actual 2000"}
    read = Read("""
        | 令和4年6月 | | |
        | 部署 | Copy paper purchased (thousand sheets) | 収納件数（総数） |
        | 総務課 | 2 | 9 |
        | 企画課 | 3 | 8 |
    """)
    assert read.taken()["B3"] == "waterworks 総務課 paper.sheets_purchased 2022-06 month actual 2000"
    assert read.taken()["C4"] == "waterworks 企画課 cash.payments 2022-06 month actual 8"
    read = Read("| 令和4年6月 | | | |\n| 部署 | FAX送信件数 | FAX受信件数 | FAX総数 |\n| 総務課 | 2 | 9 | 11 |\n| 企画課 | 3 | 8 | 11 |")
    assert (len(read.taken()), read.fate("D3")) == (4, "check")


def test_months_of_a_span_of_a_fiscal_year() -> None:
    """In 令和元年度 12月～2月, February is that of 2020."""
    read = Read("""
        | 令和元年度 12月～2月 実績 | | | | |
        | 部署 | 12月 | < | 2月 | < |
        | ^ | コピー件数 | < | コピー件数 | < |
        | ^ | 実績 | 前年同月 | 実績 | 前年同月 |
        | 総務課 | 1 | 2 | 3 | 4 |
    """)
    assert [each.split()[3] for each in read.taken().values()] == ["2019-12", "2018-12", "2020-02", "2019-02"]


def test_words_in_place_of_a_number_may_name_what_is_counted() -> None:
    """窓口なし under 窓口来庁件数 is no row of its own: the figures behind it are those of the office."""
    read = Read("""
        | 令和5年4月実績 | | |
        | 課名 | 窓口来庁件数 | 起案文書数 |
        | 総務課 | 窓口なし | 222 |
        | 経理課 | 76 | 215 |
        | 契約課 | 765 | 208 |
    """)
    assert read.taken()["C3"] == "waterworks 総務課 seal.decisions 2023-04 month actual 222"
    assert read.codes() == ["X01"]


def test_a_number_that_compares_two_times_is_neither() -> None:
    """前年度計との比較 is a difference, however it is signed; over columns of two years it heads what is compared."""
    read = Read("""
        | 令和4年度 窓口来庁件数 | | | |
        | 課名 | 上半期 | 年度計 | 前年度計との比較 |
        | 総務課 | 10 | 30 | 5 |
        | 経理課 | 20 | 50 | 7 |
    """)
    assert (read.fate("D3"), read.fate("D4")) == ("N19", "N19")
    read = Read("""
        | 窓口来庁件数 | | |
        | | 前年度との比較 | < |
        | 課名 | 令和4年度 | 令和3年度 |
        | 総務課 | 30 | 20 |
    """)
    assert [each.split()[3] for each in read.taken().values()] == ["FY2022", "FY2021"]


def test_stocks_of_the_time_before() -> None:
    """前回（令和3年9月30日現在） is a stock of that day; 前回 alone nobody can date."""
    read = Read("""
        | はんこレス 押印廃止済手続数 | | |
        | 部名 | 前回（令和3年9月30日現在） | 今回（令和4年3月31日現在） |
        | 総務部 | 34 | 41 |
    """)
    assert [each.split()[3:5] for each in read.taken().values()] == [["2021-09", "as_of"], ["2022-03", "as_of"]]
    read = Read("| 押印廃止済手続数 | | |\n| 部名 | 前回 | 今回（令和4年3月31日現在） |\n| 総務部 | 34 | 41 |")
    assert (list(read.taken()), read.fate("B3")) == (["C3"], "N03")


def test_numbers_in_merged_cells_under_headings_of_their_own() -> None:
    """On cards a number may be merged as wide as its heading, card under card."""
    read = Read("""
        | 総務課 令和4年6月 | | |
        | コピー件数 | < | |
        | 10 | < | 件 |
        | 起案件数 | < | |
        | 20 | < | 件 |
    """)
    assert [each.split()[2] for each in read.taken().values()] == ["paper.copies", "seal.decisions"]


def test_labels_that_their_neighbours_explain() -> None:
    """市場 among bureaus or as a caption is the bureau; 単位 before units heads its row; eras are carried on."""
    read = Read(
        """
        | コピー件数 令和4年度 | | | |
        | 月 | 水道局 | 市場 | 財務局 |
        | 4月 | 1 | 2 | 3 |
        """,
        file="全局",
    )
    assert read.taken()["C3"] == "wholesale-market paper.copies 2022-04 month actual 2"
    blocks = Read("| 令和4年6月 | |\n| | |\n| ■水道局 | |\n| コピー件数 | 1 |\n| | |\n| ■市場 | |\n| コピー件数 | 2 |", file="全局")
    assert [each.split()[0] for each in blocks.taken().values()] == ["waterworks", "wholesale-market"]
    units = Read("| 令和4年6月 | | |\n| 部署 | コピー用紙調達量 | コピー件数 |\n| （単位） | 千枚 | 件 |\n| 北支所 | 1 | 2 |")
    assert units.taken()["B4"] == "waterworks 北支所 paper.sheets_purchased 2022-06 month actual 1000"
    eras = Read("| コピー件数 | |\n| 平成30年度 | 1 |\n| 元年度 | 2 |\n| 2年度 | 3 |")
    assert [each.split()[2] for each in eras.taken().values()] == ["FY2018", "FY2019", "FY2020"]


def test_an_era_in_a_cell_of_its_own() -> None:
    """令和 on the first row only, with years and months in numbers beside it, dates all rows."""
    read = Read("""
        | 年 | | 月 | コピー件数 |
        | 令和 | 4 | 11 | 10 |
        | | | 12 | 20 |
        | | 5 | 1 | 30 |
    """)
    assert [each.split()[2:] for each in read.taken().values()] == [
        ["2022-11", "month", "actual", "10"],
        ["2022-12", "month", "actual", "20"],
        ["2023-01", "month", "actual", "30"],
    ]
    fiscal = Read("| 年度 | | コピー件数 |\n| 令和 | 4 | 10 |\n| | 5 | 20 |")
    assert [each.split()[2] for each in fiscal.taken().values()] == ["FY2022", "FY2023"]


def test_labels_hold_behind_figures_of_their_row() -> None:
    """Behind 年間目標, 計画 and 実績 still are of the office; a name, a time or another count begins anew."""
    read = Read("""
        | コピー件数 令和4年度 | | | | |
        | 部署 | 年間目標 | 区分 | 4月 | 5月 |
        | 総務課 | 100 | 計画 | 8 | 9 |
        | ^ | ^ | 実績 | 7 | 6 |
    """)
    assert read.taken()["B3"] == "waterworks 総務課 paper.copies FY2022 year target 100"
    assert read.taken()["D3"] == "waterworks 総務課 paper.copies 2022-04 month plan 8"
    assert read.taken()["E4"] == "waterworks 総務課 paper.copies 2022-05 month actual 6"
    form = Read("| 令和4年6月 | | | | |\n| 総務課 | FAX送信件数 | 10 | FAX受信件数 | 20 |")
    assert [each.split()[1:3] for each in form.taken().values()] == [["総務課", "fax.sent"], ["総務課", "fax.received"]]


def test_cards_without_blank_rows_are_of_the_name_above() -> None:
    """An office's name holds for all rows of its card; a line below a table with a unit of its own is no office."""
    read = Read("""
        | 水道局 令和4年6月 | |
        | | |
        | 総務課 | |
        | コピー件数 | 起案件数 |
        | 10 | 20 |
        | FAX送信件数 | FAX受信件数 |
        | 30 | 40 |
        | | |
        | 企画課 | |
        | コピー件数 | 起案件数 |
        | 1 | 2 |
        | FAX送信件数 | FAX受信件数 |
        | 3 | 4 |
    """)
    assert read.taken()["A7"] == "waterworks 総務課 fax.sent 2022-06 month actual 30"
    assert read.taken()["B13"] == "waterworks 企画課 fax.received 2022-06 month actual 4"
    table = Read(
        "| 令和4年6月 | | |\n| 部署 | コピー件数 | 起案件数 |\n| 総務課 | 1 | 2 |\n| 企画課 | 5 | 6 |\n| | | |\n| 提出部数 | 1 | 部 |"
    )
    assert (list(table.taken()), table.fate("B6")) == (["B3", "C3", "B4", "C4"], "N01")


def test_a_bureau_of_a_table_above_is_not_lent_to_an_unknown_one() -> None:
    """Below ■水道局, a table under ■さいたま is nobody's that we know."""
    read = Read("| 令和4年6月 | |\n| | |\n| ■水道局 | |\n| コピー件数 | 1 |\n| | |\n| ■さいたま | |\n| コピー件数 | 2 |", file="全局")
    assert (list(read.taken()), read.fate("B7")) == (["B4"], "N08")


def test_units_of_a_table_whose_figures_are_merged_or_stand_under_a_row_of_units() -> None:
    """A caption of units over merged figures holds for all their columns; 単位 at the head of a row of units is no role."""
    read = Read("""
        | 様式1 令和2年12月 |              |   |            | 単位：用紙は千枚、コピーは件 |
        | 部署     | コピー用紙購入枚数     | < | コピー件数 | <                            |
        | 総務課   | 129                    | < | 9062       | <                            |
    """)
    assert read.taken() == {
        "B3": "waterworks 総務課 paper.sheets_purchased 2020-12 month actual 129000",
        "D3": "waterworks 総務課 paper.copies 2020-12 month actual 9062",
    }
    read = Read("""
        | 令和2年12月 |        |                  |            | |        |      |
        | 部          | 課     | コピー用紙調達量 | コピー件数 | | 品目   | 金額 |
        |             | （単位） | 千枚           | 件         | |        | 円   |
        | 総務部      | 総務課 | 2                | 3          | | 通信費 | 9    |
        | 総務部計    | <      | 2                | 3          | |        |      |
    """)
    assert read.taken() == {
        "C4": "waterworks 総務課 paper.sheets_purchased 2020-12 month actual 2000",
        "D4": "waterworks 総務課 paper.copies 2020-12 month actual 3",
    }
    assert (read.fate("C5"), read.fate("D5")) == ("check", "check")


def test_a_unit_that_nobody_knows_behind_a_number() -> None:
    """部 behind the only number of a row is a unit, also in a column of figures; OK under a heading of its own is none."""
    read = Read("""
        | 令和2年12月 |            |                  |      |
        | 部署        | コピー件数 | コピー用紙調達量 | 確認 |
        | 総務課      | 10         | 500              | OK   |
        | 企画課      | 20         | 1500             | OK   |
        | 提出部数    | 1          | 部               |      |
    """)
    assert (read.fate("B4"), read.fate("C4"), read.fate("B5")) == ("taken", "taken", "N11")


def test_years_and_months_under_one_heading() -> None:
    """Under 年月 over three cells 令和｜4｜12 and then ｜5｜1 are an era, years and months; S｜5｜3 under 寸法 is no date."""
    read = Read("""
        | 年月 | < | < | コピー件数 |
        | 令和 | 4 | 11 | 10 |
        | | | 12 | 20 |
        | | 5 | 1 | 30 |
        | 計 | < | < | 60 |
    """)
    assert read.taken() == {
        "D2": "waterworks paper.copies 2022-11 month actual 10",
        "D3": "waterworks paper.copies 2022-12 month actual 20",
        "D4": "waterworks paper.copies 2023-01 month actual 30",
    }
    assert read.fate("D5") == "check"
    assert Read("| 寸法 | 令和4年4月 | 令和4年5月 |\n| S | 5 | 3 |").taken() == {}


def test_upper_and_lower_lines() -> None:
    """上段 and 下段 say what the legend says of them, else what stands in brackets behind them."""
    read = Read("""
        | コピー件数（上段：R6年度、下段：R5年度） | | | |
        | 部署 | 段 | 12月 | 1月 |
        | 総務課 | 上段 | 1 | 2 |
        | ^ | 下段（R5） | 3 | 4 |
    """)
    assert read.taken() == {
        "C3": "waterworks 総務課 paper.copies 2024-12 month actual 1",
        "D3": "waterworks 総務課 paper.copies 2025-01 month actual 2",
        "C4": "waterworks 総務課 paper.copies 2023-12 month actual 3",
        "D4": "waterworks 総務課 paper.copies 2024-01 month actual 4",
    }
    read = Read("| 令和6年6月 | | |\n| 部署 | | コピー件数 |\n| 総務課 | 上段（目標） | 1 |\n| ^ | 下段（実績） | 3 |")
    assert [value[-8:] for value in read.taken().values()] == ["target 1", "actual 3"]


def test_a_form_that_states_its_clerks_in_numbers() -> None:
    """担当者数｜4｜人 in the head of a form is no heading: units below it count, and figures merged beside it are whole."""
    read = Read("""
        | 対象月 | 令和2年5月 | | 担当者数 | 4 | 人 |
        |        |            | |          |   |    |
        | コピー用紙使用量 | 12 | < | 千枚 | | |
        | コピー件数       | 34 | < | 件   | | |
    """)
    assert read.taken() == {
        "B3": "waterworks paper.sheets_purchased 2020-05 month actual 12000",
        "B4": "waterworks paper.copies 2020-05 month actual 34",
    }


def test_the_day_of_a_letter_is_not_the_month_of_its_figures() -> None:
    """令和4年7月10日 alone says nothing of the month; under it 6月分 is June, and 7月31日 or 7月1日現在 are of July."""
    sheet = "| 水道局 実績報告 | {} |\n| 部署 | コピー件数 |\n| 総務課 | 7 |"
    for day in ("令和4年7月10日", "2022-07-10", "July 10, 2022", "10 July 2022"):
        assert Read(sheet.format(day)).fate("B3") == "N03"
    read = Read(f"| 令和4年7月10日 | |\n{sheet.format('6月分')}")
    assert read.taken() == {"B4": "waterworks 総務課 paper.copies 2022-06 month actual 7"}
    stock = sheet.replace("コピー件数", "押印対象手続数")
    for day in ("令和4年7月31日", "2022-07-31", "令和4年7月1日現在"):
        assert Read(stock.format(day)).taken() == {"B3": "waterworks 総務課 seal.procedures 2022-07 as_of actual 7"}


def test_units_that_are_said_in_other_words_or_below_a_table() -> None:
    """In thousands of sheets is a unit; (in thousands), （千） and a unit below the table leave a doubt, and nothing is taken."""
    sheet = "| {} FY2022 | |\n| Office | April |\n| HQ | 10 |{}"
    read = Read(sheet.format("Copy paper purchased, in thousands of sheets,", ""))
    assert read.taken() == {"B3": "waterworks HQ paper.sheets_purchased 2022-04 month actual 10000"}
    assert Read(sheet.format("Copy paper purchased (in thousands)", "")).fate("B3") == "N11"
    assert Read(sheet.format("コピー用紙調達量（千）", "")).fate("B3") == "N11"
    assert Read(sheet.format("コピー用紙調達量", "\n| （注）単位は千枚 | |")).fate("B3") == "N12"
    assert Read(sheet.format("コピー用紙調達量（千枚）", "\n| （注）単位は千枚 | |")).fate("B3") == "taken"


def test_a_legend_that_no_line_bears() -> None:
    """Where no row says 上段 or 下段, nobody can tell the lines apart: they are asked for."""
    read = Read("""
        | コピー件数 令和4年度（上段：計画　下段：実績） | | |
        | 部署 | 4月 | 5月 |
        | 総務課 | 10 | 20 |
        | | 30 | 40 |
    """)
    assert read.taken() == {}


def test_a_group_of_bureaus_is_no_office() -> None:
    """What 組織 makes an office is none before a bureau: a group of bureaus there is left out, any other name is asked for."""
    read = Read("""
        | 令和4年6月 | コピー件数 | |
        | 組織 | 局名 | 実績 |
        | 知事部局 | 環境局 | 7 |
        | その他 | 警視庁 | 8 |
        | 第一分野 | 水道局 | 9 |
        | 総務課 | 交通局 | 10 |
    """)
    assert read.taken() == {
        "C3": "environment paper.copies 2022-06 month actual 7",
        "C4": "police paper.copies 2022-06 month actual 8",
        "C6": "transportation 総務課 paper.copies 2022-06 month actual 10",
    }
    assert read.fate("C5") == "N10"


def test_months_that_begin_anew_are_of_the_year_beside_them() -> None:
    """A list that goes back to earlier months under the same calendar year stays in it; only after December comes the next year."""
    read = Read("""
        | 水道局 コピー件数 | | | |
        | 年 | 月 | 部署 | 実績 |
        | 令和6年 | 8月 | 総務課 | 1 |
        | 令和6年 | 8月 | 管理課 | 2 |
        | 令和6年 | 9月 | 総務課 | 3 |
        | 令和6年 | 9月 | 管理課 | 4 |
        | 令和6年 | 7月 | 総務課 | 5 |
        | 令和6年 | 7月 | 管理課 | 6 |
    """)
    assert {cell: said.split()[3] for cell, said in read.taken().items()} == {
        **dict.fromkeys(("D3", "D4"), "2024-08"),
        **dict.fromkeys(("D5", "D6"), "2024-09"),
        **dict.fromkeys(("D7", "D8"), "2024-07"),
    }


def test_a_list_with_a_year_in_every_row_is_read_row_by_row() -> None:
    """Months that come again, or newest first, stay in the year beside them; where 年 may be meant for 年度 nothing is taken."""
    head = "| 部署 | 年 | 月 | 項目 | 値 |\n"

    def periods(*rows: str) -> list[str]:
        lines = "".join(
            f"| {' | '.join(row.split())} | {'FAX受信件数' if row in rows[:at] else 'FAX送信件数'} | 7 |\n" for at, row in enumerate(rows)
        )
        return [each.split()[-4] for each in Read(head + lines).taken().values()]

    assert periods("総務課 2019 5", "総務課 2019 5", "総務課 2019 8", "総務課 2019 8", "調整課 2019 5") == [
        *("2019-05", "2019-05", "2019-08", "2019-08", "2019-05"),
    ]
    assert periods("総務課 2019 8", "総務課 2019 7", "総務課 2019 6") == ["2019-08", "2019-07", "2019-06"]
    assert periods("総務課 2019 12", "総務課 2020 1", "総務課 2019 11") == ["2019-12", "2020-01", "2019-11"]
    assert periods("総務課 2019 11", "総務課 2019 12", "総務課 2019 1") == []


def test_months_after_the_month_of_report_are_copies_even_where_its_year_is_the_titles() -> None:
    """９月末現在 under 令和6年度 is September 2024: what stands in October is last year's."""
    read = Read("""
        | 令和6年度 FAX送信件数 |       |      |
        | 水道局                | 9月末現在 |  |
        |                       |       |      |
        | 部署                  | 9月   | 10月 |
        | 総務課                | 10    | 20   |
    """)
    assert (list(read.taken()), read.fate("C5")) == (["B5"], "N24")


def test_numbers_in_brackets_are_accounted_for() -> None:
    """(1,234) may be an estimate, a part or a minus: it is asked about, never taken and never lost; (1) only counts a list."""
    read = Read("""
        | コピー件数 令和4年6月 | |
        | 部署名 | 件数 |
        | (1) 総務課 | 10 |
        | 企画課 | '（1,234） |
        | 経理課 | '(567) |
        | 用度課 | '(89) |
    """)
    assert (list(read.taken()), [read.fate(f"B{row}") for row in (4, 5, 6)], read.codes()) == (["B3"], ["X04"] * 3, ["X04"] * 3)


def test_notes_below_a_table_are_no_offices() -> None:
    """1箱当たり and A3は under 部署名 name no office: the numbers beside them are asked about."""
    read = Read("""
        | コピー用紙調達量（枚） 令和4年6月 | |
        | 部署名 | 枚数 |
        | 総務課 | 5000 |
        | 1箱当たり | 2500 |
        | A3は | 2000 |
    """)
    assert (list(read.taken()), read.fate("B4"), read.fate("B5")) == (["B3"], "N16", "N16")


def test_a_sheet_of_plans_under_a_title_of_actuals() -> None:
    """Where the title says 実績 and the sheet 計画, nobody can tell which: it is asked."""
    text = "| コピー件数実績 令和4年6月 | |\n| 部署名 | 件数 |\n| 総務課 | 10 |"
    assert Read(text, sheet="計画数").fate("B3") == "N15"
    assert Read(text, sheet="実績値").fate("B3") == "taken"


def test_years_in_numbers_over_months() -> None:
    """2022 merged over October to December, and 2023 over the first of two months, are calendar years."""
    read = Read("""
        | FAX送信件数 |      |      |      |     |      |     |
        |             | 2022 | <    | <    |     | 2023 |     |
        | 部署        | 10月 | 11月 | 12月 | 計  | 1月  | 2月 |
        | 総務課      | 10   | 20   | 30   | 60  | 4    | 5   |
    """)
    periods = [observation.period for observation in read.observations]
    assert periods == ["2022-10", "2022-11", "2022-12", "2023-01", "2023-02"]
    assert (read.fate("E4"), read.fate("B2")) == ("check", "N21")


def test_a_year_written_twice_heads_its_months() -> None:
    """2021（令和3）年 is a heading, no number with a remark."""
    read = Read("""
        | FAX送信件数 |                 |      |                |
        | 部署        | 令和２（2020）年 | <    | 2021（令和3）年 |
        | ^           | 11月            | 12月 | 1月            |
        | 総務課      | 10              | 20   | 30             |
    """)
    assert [observation.period for observation in read.observations] == ["2020-11", "2020-12", "2021-01"]


def test_a_heading_right_above_an_office_and_a_number_is_no_caption() -> None:
    """部署｜うち土日 over offices and their numbers is the heading of a part, although 部署：総務課 may be a line of its own."""
    read = Read("""
        | 令和4年6月分␣FAX送信件数 |          |
        | 部署                     | うち土日 |
        | 総務課                   | 10       |
        | 企画課                   | 12       |
    """)
    assert (read.taken(), read.fate("B3"), read.fate("B4")) == ({}, "N17", "N17")


def test_months_in_decimals() -> None:
    """4.4, 4.5 … 4.9, then 4.1 that was 4.10, are the months of a fiscal year; decimals beside an office are not."""
    read = Read("""
        | FAX送信件数 |     |     |     |     |      |      |     |
        | 部署        | 4.8 | 4.9 | 4.1 | 4.11 | 4.12 | 5.1 | 計  |
        | 総務課      | 1   | 2   | 3   | 4    | 5    | 6   | 21  |
    """)
    assert [each.period for each in read.observations] == ["2022-08", "2022-09", "2022-10", "2022-11", "2022-12", "2023-01"]
    assert Read("| FAX送信件数 令和4年6月 | | |\n| 部署 | 0.0000001 | -5.5 |\n| 総務課 | 1 | 2 |").taken() == {}
    other = Read("""
        | FAX送信件数（千件）令和4年度 |      |      |      |
        | 部署                         | 4月  | 5月  | 6月  |
        | 総務課                       | 4.4  | 4.5  | 4.6  |
        | 企画課                       | 4.4  | 4.5  | 4.7  |
    """)
    assert [f"{each.value:f}" for each in other.observations] == ["4400", "4500", "4600", "4400", "4500", "4700"]


def test_years_in_numbers_over_a_table_of_months() -> None:
    """2021 in a heading beside 月 is a year, of which January is the one after its December."""
    read = Read("""
        | 令和4年度␣FAX送信件数 |      |      |
        | 月                    | 2022 | 2021 |
        | 12月                  | 5    | 6    |
        | 1月                   | 7    | 8    |
    """)
    assert [each.period for each in read.observations] == ["2022-12", "2021-12", "2023-01", "2022-01"]


def test_the_lines_of_a_form_may_be_numbered() -> None:
    """１, ２, ３ before the items of a form are no figures."""
    read = Read("""
        | FAX利用状況（令和4年6月分） |          |     |    |
        | １                          | 送信件数 | 120 | 件 |
        | ２                          | 受信件数 | 130 | 件 |
        | ３                          | 来庁者数 | 50  | 人 |
    """)
    assert [read.fate(cell) for cell in ("A2", "A3", "A4")] == ["N22"] * 3
    assert set(read.taken()) == {"C2", "C3", "C4"}


def test_the_whole_beside_its_old_and_its_new_way_is_a_count_of_its_own() -> None:
    """計 of 対面 and オンライン is all consultations, where 計 of offices is a check."""
    read = Read("""
        | 相談・説明会等の実施状況（令和4年6月分） |      |            |    |
        | 部署                                     | 対面 | オンライン | 計 |
        | 総務課                                   | 60   | 40         | 100 |
        | 計                                       | 60   | 40         | 100 |
    """)
    assert read.taken() == {
        "C3": "waterworks 総務課 face.consultations_online 2022-06 month actual 40",
        "D3": "waterworks 総務課 face.consultations 2022-06 month actual 100",
    }
    assert (read.fate("B3"), read.fate("C4"), read.fate("D4")) == ("N01", "check", "check")


def test_headings_of_another_time_on_a_sheet_of_one_month() -> None:
    """昨年6月 and 前年同月（参考） are of last year, 令和4年度目標 of the whole year; of an unnamed base year nobody can tell."""
    read = Read("""
        | 令和4年6月分␣FAX送信件数 |     |         |                    |                |              |            |
        | 部署                     | 6月 | 昨年6月 | 令和4年度目標 | 当月末累計 | 基準年度実績 | 達成状況 |
        | 総務課                   | 10  | 12      | 100           | 31         | 20           | 0.5      |
    """)
    taken = {f"{each.period} {each.basis} {each.scenario} {each.value:f}" for each in read.observations}
    assert taken == {"2022-06 month actual 10", "2021-06 month actual 12", "FY2022 year target 100", "2022-06 ytd actual 31"}
    assert (read.fate("F3"), read.fate("G3")) == ("N16", "N19")


def test_what_stands_among_offices_and_is_none() -> None:
    """Under 部署, 増減 and うち総務課 are set aside, 前年同月 and 目標 are the bureau's, and a line of remarks or checks is asked about."""
    read = Read("""
        | 令和4年6月分␣FAX送信件数 |          |
        | 部署                     | 送信件数 |
        | 総務課                   | 10       |
        | 企画                     | 20       |
        | うち総務課               | 7        |
        | 計①                      | 30       |
        | 前年同月                 | 25       |
        | 増減                     | 5        |
        | １課平均                 | 15       |
        | 目標                     | 40       |
        | 検算                     | 30       |
        | 備考                     | 3        |
    """)
    assert read.taken() == {
        "B3": "waterworks 総務課 fax.sent 2022-06 month actual 10",
        "B4": "waterworks 企画 fax.sent 2022-06 month actual 20",
        "B7": "waterworks fax.sent 2021-06 month actual 25",
        "B10": "waterworks fax.sent 2022-06 month target 40",
    }
    assert [read.fate(f"B{row}") for row in (5, 6, 8, 9, 11, 12)] == ["N17", "check", "N19", "N19", "N16", "N16"]


def test_the_same_month_of_a_stated_year() -> None:
    """2019年度同月 of a report of February is February of FY2019."""
    read = Read("""
        | 令和5年2月分␣FAX送信件数 |                |      |
        | 部署                     | 2019年度同月 | 当月 |
        | 総務課                   | 10             | 5    |
    """)
    assert [each.period for each in read.observations] == ["2020-02", "2023-02"]


def test_words_that_only_a_format_shows() -> None:
    """4 shown as 4月 is a heading, 10 shown as 10千枚 is 10,000 sheets, and what is shown as ¥20 no sheets at all."""
    grid = replace(
        drawn("""
            | 令和4年度␣コピー用紙購入量 |    |    |    |
            | 部署                       | 4  | 5  | 6  |
            | 総務課                     | 10 | 20 | 7  |
        """),
        affixes={(1, 1): ("", "月"), (1, 2): ("", "月"), (1, 3): ("", "月"), (2, 1): ("", "千枚"), (2, 2): ("¥", ""), (2, 3): ("", "枚")},
    )
    read = Read(grid)
    assert read.taken() == {
        "B3": "waterworks 総務課 paper.sheets_purchased 2022-04 month actual 10000",
        "D3": "waterworks 総務課 paper.sheets_purchased 2022-06 month actual 7",
    }
    assert (read.fate("B2"), read.fate("C3")) == ("N21", "N11")


def test_last_years_actuals_month_by_month() -> None:
    """前年度実績 beside months is last year's month; as a column behind them, even with （年度計）, it is last year."""
    read = Read("""
        | 令和4年度␣FAX送信件数 |      |     |                        |
        | 区分                  | 4月 | 1月 | 前年度実績（年度計） |
        | 前年度実績            | 10  | 20  |                        |
        | 実績                  | 11  | 21  | 300                    |
    """)
    assert [each.period for each in read.observations] == ["2021-04", "2022-01", "2022-04", "2023-01", "FY2021"]


def test_the_end_of_last_fiscal_year() -> None:
    """前年度末 of a report of December 2021 is March 2021, and of January 2022 too."""
    for month in ("令和3年12月末現在", "令和4年1月末現在"):
        read = Read(f"| 押印見直し状況　{month} | | |\n| 部署 | 押印対象手続数 | < |\n| ^ | 前年度末 | 現在 |\n| 総務課 | 10 | 9 |")
        assert read.taken()["B4"] == "waterworks 総務課 seal.procedures 2021-03 as_of actual 10"


def test_a_line_break_inside_an_offices_name() -> None:
    """文京都税 over 事務所 in one cell is one office."""
    assert lexicon().read("文京都税\n事務所").office == "文京都税事務所"
    assert lexicon().read("障害者施策\n推進部").office == "障害者施策推進部"


def test_short_names_with_a_number_or_among_other_words() -> None:
    """02子供室, 選管-2021年度 and 31_住宅本部・紙 name bureaus; 市場 and 監査 among other words do not."""
    names = {text: lexicon().read(text).bureaus for text in ("02子供室", "選管-2021年度-電子決定", "住宅本部・累計・紙", "卸売市場の監査")}
    assert [*names.values()] == [("children-policy",), ("election",), ("housing-policy",), ()]


def test_an_open_span_is_no_month() -> None:
    """4月～ in a file's name is no reporting month."""
    read = Read("| 月 | FAX送信件数 |\n| 4月 | 10 |\n| 5月 | 11 |", file="環境局2024年度_4月～")
    assert [each.period for each in read.observations] == ["2024-04", "2024-05"]


def test_facilities_over_names_and_over_numbers() -> None:
    """施設 over names heads offices; over numbers it is what they count."""
    read = Read("""
        | 令和4年6月分 |                    |
        | 施設         | キャッシュレス収納件数 |
        | ユース・プラザ | 10               |
    """)
    assert read.taken() == {"B3": "waterworks ユース・プラザ cash.payments_cashless 2022-06 month actual 10"}


def test_police_and_fire_are_a_group() -> None:
    """警視庁・消防庁 before 警視庁 is a group of bureaus."""
    read = Read(
        """
        | 令和4年6月分␣FAX送信件数 |        |    |
        | 区分           | 局名   | 件数 |
        | 警視庁・消防庁 | 警視庁 | 10   |
        | ^              | 消防庁 | 20   |
    """,
        file="全局",
    )
    assert list(read.taken().values()) == ["police fax.sent 2022-06 month actual 10", "fire fax.sent 2022-06 month actual 20"]


def test_a_list_may_begin_with_the_month_of_the_files_name() -> None:
    """export_202307 of July and August is no report of July; one of June and July is, and a list that goes on is asked about."""
    rows = "| 年月 | FAX送信件数 |\n| 2023-07-01 | 10 |\n| 2023-08-01 | 11 |"
    assert [each.period for each in Read(rows, file="export_環境局_202307").observations] == ["2023-07", "2023-08"]
    later = Read("| 年月 | FAX送信件数 |\n| 2023-06-01 | 9 |\n| 2023-07-01 | 10 |\n| 2023-08-01 | 11 |", file="環境局_202307")
    assert ([each.period for each in later.observations], later.fate("B4")) == (["2023-06", "2023-07"], "N24")


def test_a_bureaus_name_over_two_lines() -> None:
    """東京都人事委 over 員会事務局 in one cell is the bureau and no office."""
    label = lexicon().read("東京都人事委\n員会事務局")
    assert (label.bureaus, label.office) == (("personnel",), "")


def test_the_office_at_the_head_of_a_form_holds_for_all_its_blocks() -> None:
    """部署名｜総務課 above the first block is whose the second is too, if that names no other."""
    read = Read("""
        | 令和4年6月分 | | | | |
        | 局名 | 水道局 | | 部署名 | 総務課 |
        | ペーパーレス | | | | |
        | コピー用紙購入枚数 | 1200 | 枚 | | |
        | FAXレス | | | | |
        | 送信件数 | 12 | 件 | | |
        | 企画課 | | | | |
        | FAX受信件数 | 15 | 件 | | |
    """)
    assert [each.office for each in read.observations] == ["総務課", "総務課", "企画課"]


def test_the_boxes_of_a_form_are_no_headings_of_the_figures_below_them() -> None:
    """担当者｜山田｜電話｜03-5320-1111｜内線｜12345 says whom to ask, also over the column of the figures."""
    read = Read(
        """
        |   | 実績報告書         |      | 令和 | ４ | 年           | ６     | 月    |
        |   | 局名               | 水道局 |    |    |              | 課名   | 総務課 |
        |   | 担当者             | 山田 |      | 電話 | 03-5320-1111 | 内線 | 12345 |
        |   |                    |      |      |    |              |        |       |
        |   | コピー用紙購入枚数 |      |      |    | 12,500       | 枚     |       |
        |   | 送信件数           |      |      |    | 120          | 件     |       |
    """,
        sheet="FAX",
    )
    assert read.taken()["F6"] == "waterworks 総務課 fax.sent 2022-06 month actual 120"
    assert read.fate("H3") == "N23"


def test_last_years_total_beside_this_years_offices_is_the_bureaus() -> None:
    """前年合計 adds up nothing of this sheet, so it is last year's figure of the bureau; its sum over months is a check."""
    read = Read("""
        | 令和4年度␣来庁者数 |        |          |      |          |
        | 月                 | 本庁舎 | 多摩支所 | 合計 | 前年合計 |
        | 4月                | 100    | 20       | 120  | 110      |
        | 5月                | 101    | 21       | 122  | 112      |
        | 計                 | 201    | 41       | 242  | 222      |
    """)
    assert read.taken()["E3"] == "waterworks face.visits 2021-04 month actual 110"
    assert [read.fate(cell) for cell in ("D3", "D5", "E5")] == ["check"] * 3


def test_a_target_over_the_word_for_the_whole_year() -> None:
    """目標 over （年間） is of the year, beside quarters."""
    read = Read("""
        | 令和4年度␣コピー用紙購入枚数 |          |         |         |      |
        | 部署名                       | 目標     | 実績    | <       | <    |
        | ^                            | （年間） | 4～6月 | 7～9月 | 計   |
        | 総務課                       | 1000     | 200     | 210     | 410  |
    """)
    assert read.taken()["B4"] == "waterworks 総務課 paper.sheets_purchased FY2022 year target 1000"
    assert read.fate("E4") == "check"


def test_lines_among_offices_that_name_none() -> None:
    """数量, 職員数, 実績 and A among offices say nothing of whose they are, with or without 部署 above them."""
    for corner in ("部署", "区分", ""):
        lines = [f"| {name} | 10 |" for name in ("件数", "職員数", "順位", "A", "確認", "年度当初", "基準値", "見込")]
        read = Read("\n".join([f"| 令和4年6月分␣FAX送信件数 | |\n| {corner} | 件数 |\n| 総務課 | 10 |\n| 企画課 | 20 |", *lines]))
        assert list(read.taken()) == ["B3", "B4"], corner


def test_counts_under_a_heading_of_offices_are_no_offices() -> None:
    """箱数, 一斉送信 and 金額 under 部署 name no office; 受信件数 there is still a measure, and 計量検定所 an office."""
    lines = [f"| {name} | 10 |" for name in ("箱数", "一斉送信", "金額（円）", "最大", "A4", "午前", "計量検定所", "FAX受信件数")]
    read = Read("\n".join(["| 令和4年6月分␣FAX送信件数 | |\n| 部署 | 件数 |\n| 総務課 | 10 |", *lines]))
    assert [(each.office, each.measure) for each in read.observations] == [
        ("総務課", "fax.sent"),
        ("計量検定所", "fax.sent"),
        ("", "fax.received"),
    ]


def test_a_sentence_may_tell_the_time_of_the_figures() -> None:
    """令和5年2月分の実績を回答します dates a sheet that says no other time; a remark on another month does not."""
    table = "| 項目 | 実績 | 単位 |\n| FAX受信件数 | 10 | 件 |"
    letter = Read(f"| このことについて、令和5年2月分の実績を下記のとおり回答します。 | | |\n| | | |\n{table}")
    assert letter.taken() == {"B4": "waterworks fax.received 2023-02 month actual 10"}
    foot = Read(f"| | | |\n{table}\n| | | |\n| （注１）数値は令和4年2月分の実績である。 | | |\n| 作成：水道局␣総務部 | | |", file="調査票")
    assert foot.taken() == {"B3": "waterworks fax.received 2022-02 month actual 10"}
    remark = Read(f"| 令和4年度 | | |\n| ※令和3年10月分までは旧様式です。 | | |\n| | | |\n{table}")
    assert remark.taken() == {"B5": "waterworks fax.received FY2022 year actual 10"}


def test_who_sends_a_letter_is_no_office_of_its_figures() -> None:
    """In a letter to 御担当者様 水道局総務部契約課 is the sender; on a sheet of its own it is whose the figures are.

    The section that collects them is the sender wherever file, sheet or title name the bureau alone.
    """
    table = "| 令和4年6月分 | |\n| | |\n| FAX受信件数 | 10 |"
    letter = Read(f"| デジタルサービス局␣御担当者様 | |\n| 水道局総務部契約課 | |\n{table}")
    assert letter.taken() == {"B5": "waterworks fax.received 2022-06 month actual 10"}
    assert Read(f"| 水道局総務部契約課 | |\n{table}").observations[0].office == "総務部契約課"
    assert Read(f"| 水道局総務部総務課 | |\n{table}").observations[0].office == ""
    assert Read(f"| 水道局総務部総務課 | |\n{table}", file="用紙").observations[0].office == "総務部総務課"


def test_a_question_names_what_it_asks_for() -> None:
    """購入したコピー用紙の枚数は何枚ですか is a measure, そのうち a part of the one above."""
    read = Read("""
        | 令和4年6月のアンケート |                                              |      |    |
        | 問１                   | 購入したコピー用紙の枚数は何枚ですか。       | 1200 | 枚 |
        | 問２                   | 起案文書は何件ですか。                       | 50   | 件 |
        | 問３                   | そのうち、電子決定によるものは何件ですか。   | 45   | 件 |
    """)
    assert [each.measure for each in read.observations] == ["paper.sheets_purchased", "seal.decisions", "seal.decisions_electronic"]
    other = Read("""
        | 令和4年6月                                    |    |    |
        | 問４␣起案文書の件数を御記入ください。         |    |    |
        |                                               | 50 | 件 |
        | 問５␣問４のうち、電子決定した件数を御記入ください。 | | |
        |                                               | 45 | 件 |
    """)
    assert [each.measure for each in other.observations] == ["seal.decisions", "seal.decisions_electronic"]


def test_ditto_marks_repeat_the_label_above() -> None:
    """〃 and 同上 are the office above."""
    read = Read("""
        | 令和4年6月分 |              |      |
        | 部署         | 項目         | 件数 |
        | 総務課       | FAX送信件数  | 10   |
        | 〃           | FAX受信件数  | 20   |
        | 同上         | 起案文書数   | 30   |
    """)
    assert [each.office for each in read.observations] == ["総務課"] * 3


def test_a_corner_dates_its_block() -> None:
    """《令和5年4月》 where headings and labels meet dates the block, against the quarter of the title."""
    read = Read("""
        | 令和5年度␣第１四半期␣各月実績 |        |      |
        |                               |        |      |
        | 《令和5年4月》                | 総務課 | 合計 |
        | FAX送信件数                   | 10     | 10   |
        |                               |        |      |
        | 《令和5年5月》                | 総務課 | 合計 |
        | FAX送信件数                   | 20     | 20   |
    """)
    assert read.taken() == {
        "B4": "waterworks 総務課 fax.sent 2023-04 month actual 10",
        "B7": "waterworks 総務課 fax.sent 2023-05 month actual 20",
    }


def test_a_list_of_forms_in_two_layouts() -> None:
    """Below ＜企画課＞ a form of labels and numbers has no heading of the table above ＜総務課＞."""
    read = Read("""
        | 令和4年6月分       |             |             |
        | ＜総務課＞         |             |             |
        | コピー用紙購入枚数 | FAX送信件数 | FAX受信件数 |
        | 100                | 10          | 20          |
        |                    |             |             |
        | ＜企画課＞         |             |             |
        | 用紙購入枚数       | 50          | 枚          |
        | FAX受信件数        | 5           | 件          |
    """)
    assert read.taken() == {
        "A4": "waterworks 総務課 paper.sheets_purchased 2022-06 month actual 100",
        "B4": "waterworks 総務課 fax.sent 2022-06 month actual 10",
        "C4": "waterworks 総務課 fax.received 2022-06 month actual 20",
        "B7": "waterworks 企画課 paper.sheets_purchased 2022-06 month actual 50",
        "B8": "waterworks 企画課 fax.received 2022-06 month actual 5",
    }


def test_two_measures_on_two_axes_are_asked_about() -> None:
    """FAX受信 beside a number under FAX送信 is neither, nor both together."""
    read = Read("| 令和4年6月分 | |\n| 項目 | FAX送信件数 |\n| FAX受信件数 | 10 |")
    assert read.fate("B3") == "N02"


def test_counts_below_a_list_of_texts() -> None:
    """Behind an empty row 施設数 and its number have nothing to do with 導入状況, under which only words stand."""
    read = Read("""
        | 都民利用施設のキャッシュレス導入状況（令和4年9月末時点） |                                |          |
        | 番号                                                     | 施設名                         | 導入状況 |
        | 1                                                        | 都立科学館                     | 導入済   |
        | 2                                                        | 都立公園                       | 未導入   |
        |                                                          |                                |          |
        |                                                          | 都民利用施設数（施設）         | 2        |
        |                                                          | うちキャッシュレス導入施設数   | 1        |
    """)
    assert read.taken() == {
        "C6": "waterworks cash.facilities 2022-09 as_of actual 2",
        "C7": "waterworks cash.facilities_cashless 2022-09 as_of actual 1",
    }


def test_running_sums_beside_their_months_are_checks() -> None:
    """累計 beside 当月 month by month is recomputed; one that stands for months before the sheet is taken."""
    read = Read("| 令和4年度␣FAX送信件数 | | |\n| 月 | 当月 | 累計 |\n| 4月 | 1 | 1 |\n| 5月 | 2 | 3 |\n| 6月 | 5 | 8 |\n| 7月 | 5 | 14 |")
    assert ([read.fate(f"C{row}") for row in (3, 4, 5, 6)], read.codes()) == (["check"] * 4, ["T01"])
    later = Read("| 令和4年度␣FAX送信件数 | | |\n| 月 | 当月 | 累計 |\n| 6月 | 5 | 8 |\n| 7月 | 5 | 13 |")
    assert [each.basis for each in later.observations] == ["month", "ytd", "month", "ytd"]


def test_an_example_in_the_label_column_is_not_repeated_below() -> None:
    """（記入例） before the first row of a table holds for that row alone."""
    read = Read("""
        | 令和5年5月分 |              |             |
        |              | 部・所名     | FAX送信件数 |
        | （記入例）   | ○○事務所   | 12          |
        |              | 医療政策課   | 405         |
    """)
    assert (list(read.taken()), read.fate("C3")) == (["C4"], "N18")


def test_a_years_count_beside_figures_that_derive_from_it() -> None:
    """年間購入枚数 of a sheet of one year is its figure and no total, although 金額 and １人当たり stand beside it."""
    read = Read("""
        | 職員一人当たりコピー用紙購入枚数␣令和3年度 |                |                        |              |
        | 所属                                       | 職員数（人）   | 年間購入枚数（千枚）   | １人当たり（枚） |
        | 管理課                                     | 85             | 185                    | 2176         |
    """)
    assert read.taken() == {"C3": "waterworks 管理課 paper.sheets_purchased FY2021 year actual 185000"}


def test_sheets_of_other_things_give_nothing() -> None:
    """Budgets, staff, meetings, applications by channel, machines and money are none of the five, whatever words they share."""
    sheets = (
        """
        | 令和4年度␣予算執行状況（単位：千円） | | |
        | 事業名 | 予算額 | 執行額 |
        | ペーパーレス推進事業 | 12000 | 8000 |
        | FAXレス推進事業 | 30 | 20 |
        """,
        """
        | 会議開催実績（令和4年6月） | | | |
        | 部署 | 会議数 | Web会議 | 資料枚数 |
        | 総務課 | 10 | 5 | 1000 |
        | 企画課 | 12 | 6 | 1100 |
        """,
        """
        | 職員数（令和4年4月1日現在） | | |
        | 部署 | 定員 | うち女性 |
        | 総務課 | 30 | 10 |
        | 企画課 | 20 | 8 |
        """,
        """
        | 申請受付件数（令和4年6月） | | | |
        | 手続名 | 窓口 | 郵送 | オンライン |
        | 産廃許可 | 100 | 20 | 30 |
        | 計 | 100 | 20 | 30 |
        """,
        """
        | 複合機一覧（令和4年6月現在） | | |
        | 設置場所 | FAX番号 | カウンター（白黒） |
        | 総務課 | 353881111 | 12345 |
        | 企画課 | 353881112 | 2 |
        """,
        """
        | 手数料収納額（令和4年6月） | | |
        | 種別 | 現金（円） | キャッシュレス（円） |
        | 手数料 | 100000 | 50000 |
        | 使用料 | 200000 | 6 |
        """,
        """
        | 問い合わせ件数␣令和4年6月 | | | |
        | 部署 | 電話 | メール | FAX |
        | 総務課 | 100 | 20 | 3 |
        | 企画課 | 120 | 21 | 4 |
        """,
    )
    for text in sheets:
        assert Read(text).taken() == {}, text


def test_sent_and_received_together_are_recomputed() -> None:
    """送受信件数 beside both of its parts is a check; alone it is a measure of its own."""
    read = Read(
        "| 令和4年6月分 | | |\n| 項目 | 総務課 | 企画課 |\n| FAX送信件数 | 1 | 2 |\n| FAX受信件数 | 3 | 4 |\n| FAX送受信件数 | 4 | 7 |"
    )
    assert (list(read.taken()), read.fate("B5"), read.fate("C5"), read.codes()) == (["B3", "C3", "B4", "C4"], "check", "check", ["T01"])
    alone = Read("| 令和4年6月分 | |\n| 項目 | 総務課 |\n| FAX送受信件数 | 4 |")
    assert alone.observations[0].measure == "fax.total"


def test_a_telephone_beside_its_name_is_not_the_column_below_it() -> None:
    """内線｜57193 takes no figure of the form that stands below 内線."""
    read = Read("""
        |     | 局名               | 水道局 | 内線 | 57193 |
        |     |                    |        |      |       |
        |     | 令和4年6月分       |        |      |       |
        | (1) | コピー用紙調達量   |        | 288  | 千枚  |
        | (2) | FAX送信件数        |        | 857  | 件    |
    """)
    assert read.taken() == {
        "D4": "waterworks paper.sheets_purchased 2022-06 month actual 288000",
        "D5": "waterworks fax.sent 2022-06 month actual 857",
    }
    assert read.fate("E1") == "N23"


def test_rows_that_an_extract_calls_deleted() -> None:
    """1 under 削除フラグ makes a row no longer valid."""
    read = Read("""
        | 所属   | 項目名      | 対象年月   | 登録値 | 単位 | 削除フラグ |
        | 総務課 | FAX送信件数 | 2023-04-01 | 10     | 件   | 1          |
        | 総務課 | FAX送信件数 | 2023-04-01 | 12     | 件   | 0          |
    """)
    assert (list(read.taken()), read.fate("D2"), read.fate("F2")) == (["D3"], "N31", "N22")


def test_question_numbers_are_no_quarters() -> None:
    """Q1, Q2, Q3 each over a measure of its own number questions; over the same measure they are quarters."""
    asked = Read("""
        | 照会回答␣令和4年6月 |                    |             |             |
        | No.                 | Q1                 | Q2          | Q3          |
        | 所属                | コピー用紙購入枚数 | FAX送信件数 | FAX受信件数 |
        | 総務課              | 1                  | 2           | 3           |
    """)
    assert {each.period for each in asked.observations} == {"2022-06"}
    quarters = Read("| 令和4年度␣FAX | | | |\n| | Q1 | Q2 | Q3 |\n| 所属 | 送信件数 | 送信件数 | 送信件数 |\n| 総務課 | 1 | 2 | 3 |")
    assert [each.period for each in quarters.observations] == ["2022-Q1", "2022-Q2", "2022-Q3"]


def test_questions_numbered_before_their_words_are_no_quarters() -> None:
    """Q1 行政手続数 beside Q2 デジタル化済手続数 are questions, Q3 with its own date too; before the same words they are quarters."""
    asked = Read("""
        | 調査基準日：令和6年3月31日 |                       |                           |                                   |
        | 部署名                     | Ｑ１␣行政手続数(手続) | Ｑ２␣デジタル化済手続数 | Ｑ３␣令和6年度末のデジタル化済手続数の目標 |
        | 交通局                     | 206                   | 134                       | 176                               |
    """)
    assert asked.taken() == {
        "B3": "transportation face.procedures 2024-03 as_of actual 206",
        "C3": "transportation face.procedures_online 2024-03 as_of actual 134",
        "D3": "transportation face.procedures_online 2025-03 as_of target 176",
    }
    quarters = Read("| 令和4年度 | | |\n| 所属 | Q1␣FAX送信件数 | Q2␣FAX送信件数 |\n| 交通局 | 1 | 2 |")
    assert [each.period for each in quarters.observations] == ["2022-Q1", "2022-Q2"]


def test_what_is_told_apart_is_a_scenario_of_its_own() -> None:
    """うち除外分 beside or below a count is what its indicator is told without; the total of the count is that of all of it."""
    beside = Read("""
        | コピー用紙␣令和3年6月 | | | |
        | 部署   | コピー用紙調達量（枚） | うち除外分（新型コロナ対応） | FAX送信件数 |
        | 総務課 | 1000                  | 200                          | 3           |
        | 企画課 | 500                   | 0                            | 4           |
        | 合計   | 1500                  | 200                          | 7           |
    """)
    assert beside.taken() == {
        "B3": "waterworks 総務課 paper.sheets_purchased 2021-06 month actual 1000",
        "C3": "waterworks 総務課 paper.sheets_purchased 2021-06 month excluded 200",
        "D3": "waterworks 総務課 fax.sent 2021-06 month actual 3",
        "B4": "waterworks 企画課 paper.sheets_purchased 2021-06 month actual 500",
        "C4": "waterworks 企画課 paper.sheets_purchased 2021-06 month excluded 0",
        "D4": "waterworks 企画課 fax.sent 2021-06 month actual 4",
    }
    assert {beside.fate(cell) for cell in ("B5", "C5", "D5")} == {"check"}
    below = Read("""
        | コピー用紙␣令和3年度 | 4月 | 5月 |
        | コピー用紙調達量（枚） | 1000 | 800 |
        | うち除外分 | 200 | 100 |
        | コピー件数 | 40 | 50 |
    """)
    assert [(each.measure, each.period, each.scenario, each.value) for each in below.observations if each.cell in ("B3", "C3", "B4")] == [
        ("paper.sheets_purchased", "2021-04", "excluded", Decimal(200)),
        ("paper.sheets_purchased", "2021-05", "excluded", Decimal(100)),
        ("paper.copies", "2021-04", "actual", Decimal(40)),
    ]


def test_units_of_several_kinds_in_one_caption() -> None:
    """千枚 for paper only, in either way to say it."""
    table = "| 部署 | コピー用紙購入量 | コピー件数 |\n| 総務課 | 355 | 18332 |"
    for caption in ("（単位：件。ただし、コピー用紙は千枚）", "単位：千枚（用紙）、件（その他）", "（単位：件、ただしコピー用紙は千枚）"):
        read = Read(f"| 令和4年6月分 | | |\n| | | {caption} |\n{table}")
        assert [f"{each.value:f}" for each in read.observations] == ["355000", "18332"], caption


def test_a_remark_behind_a_title_and_years_compared() -> None:
    """FAX送信件数（令和6年度）※取消線は訂正前 and 来庁件数 ２か年比較 name their measures."""
    read = Read("| FAX送信件数（令和6年度）　※取消線は訂正前 | |\n| 部所 | 4月 |\n| 総務課 | 10 |")
    assert read.taken() == {"B3": "waterworks 総務課 fax.sent 2024-04 month actual 10"}
    both = Read("| 来庁件数␣２か年比較 | |\n| 部所 | 2020年度 |\n| ^ | 4月 |\n| 総務課 | 10 |")
    assert both.taken() == {"B4": "waterworks 総務課 face.visits 2020-04 month actual 10"}


def test_months_of_an_eras_years_as_texts() -> None:
    """2/4 … 2/12, 3/1 are months of 令和2 and 3; 4/1, 4/2, 4/3 may be days and say nothing."""
    months = ["2/4", "2/5", "2/6", "2/7", "2/8", "2/9", "2/10", "2/11", "2/12", "3/1"]
    read = Read(f"| FAX受信件数（令和2年度） |\n| 課名 | {' | '.join(months)} |\n| 総務課 | {' | '.join('4937165284')} |")
    assert [each.period for each in read.observations][::9] == ["2020-04", "2021-01"]
    assert Read("| FAX受信件数（令和4年度） |\n| 課名 | 4/1 | 4/2 | 4/3 |\n| 総務課 | 1 | 2 | 3 |").taken() == {}


def test_the_office_that_answers() -> None:
    """回答課｜相談支援課 names an office, and 前頁からの繰越 among offices none."""
    form = Read("| 令和4年6月分 | |\n| 回答局 | 水道局 |\n| 回答課 | 相談支援課 |\n| | |\n| FAX送信件数 | 10 |")
    assert form.taken() == {"B5": "waterworks 相談支援課 fax.sent 2022-06 month actual 10"}
    pages = Read("| 令和4年6月分 | |\n| 部署 | FAX送信件数 |\n| 総務課 | 10 |\n| 前頁からの繰越 | 30 |")
    assert (list(pages.taken()), pages.fate("B4")) == (["B3"], "N18")


def test_an_office_named_over_one_half_of_a_form_holds_for_both() -> None:
    """課名｜契約課 at the right is whose the figures at the left are as well."""
    read = Read("""
        | 令和4年6月分 |    |    |   | 局名             | 水道局 |    |
        |              |    |    |   | 課名             | 契約課 |    |
        |              |    |    |   |                  |        |    |
        | FAX送信件数  | 15 | 件 |   | FAXの受信件数    | 74     | 件 |
    """)
    assert [each.office for each in read.observations] == ["契約課", "契約課"]


def test_a_pivot_table_in_its_compact_form() -> None:
    """Under 行ラベル the months below an office are its own, and the office's number is their sum, which is recomputed."""
    read = Read("""
        | 項目       | FAX受信件数 |
        | 年度       | 令和5年度   |
        |            |             |
        | 行ラベル   | 合計 / 件数 |
        | 総務部     | 30          |
        | ␣4月      | 10          |
        | ␣5月      | 20          |
        | 企画課     | 7           |
        | ␣4月      | 3           |
        | ␣5月      | 5           |
        | 総計       | 38          |
    """)
    assert read.taken() == {
        "B6": "waterworks 総務部 fax.received 2023-04 month actual 10",
        "B7": "waterworks 総務部 fax.received 2023-05 month actual 20",
        "B9": "waterworks 企画課 fax.received 2023-04 month actual 3",
        "B10": "waterworks 企画課 fax.received 2023-05 month actual 5",
    }
    assert ([read.fate(cell) for cell in ("B5", "B8", "B11")], read.codes()) == (["check"] * 3, ["T01"])


def test_a_list_of_days_gives_its_total() -> None:
    """What stands beside 1, 2, 3 or 8月1日 under 日 is below the month; the total is the month's, dates of submission are no days."""
    for days in (["1", "2", "5"], ["8月1日（火）", "8月2日（水）", "8月5日（土）"], ["1日", "2日", "5日"]):
        read = Read(f"""
            | FAX日計表（令和5年8月） |             |
            | 日        | FAX送信件数 |
            | {days[0]} | 3           |
            | {days[1]} | 3           |
            | {days[2]} | 4           |
            | 月計      | 10          |
        """)
        assert read.taken() == {"B6": "waterworks fax.sent 2023-08 month actual 10"}
        assert {read.fate(f"B{row}") for row in (3, 4, 5)} == {"N29"}
    weekdays = Read("| FAX日計表（令和5年8月） | | |\n| 日 | 曜日 | FAX送信件数 |\n| 7 | 月 | 3 |\n| 8 | 火 | 4 |\n| 計 | | 7 |")
    assert weekdays.taken() == {"C5": "waterworks fax.sent 2023-08 month actual 7"}
    submitted = Read("| FAX送信件数␣令和5年7月 | | |\n| 提出日 | 課名 | 件数 |\n| 8月1日 | 総務課 | 3 |\n| 8月2日 | 経理課 | 4 |")
    assert len(submitted.taken()) == 2


def test_a_bureau_under_the_name_that_it_had_at_another_time() -> None:
    """A file named for 生文局 may hold a sheet of 生活文化スポーツ局, but one of 福祉局 none of 保健医療局, which stood beside it."""
    sheet = "| {}␣令和5年10月 | |\n| 項目 | 件数 |\n| FAX送信件数 | 3 |"
    renamed = Read(sheet.format("生活文化スポーツ局"), file="生文局実績")
    assert renamed.taken() == {"B3": "citizens-culture-sports fax.sent 2023-10 month actual 3"}
    assert Read(sheet.format("保健医療局"), file="福祉局実績").fate("B3") == "N08"


def test_cumulative_columns_of_two_years() -> None:
    """令和5年度累計 beside 令和4年度同期累計 on a sheet of August 2023 end with August; 令和4年度累計 may be of the whole year."""
    sheet = """
        | FAX受信件数␣令和5年8月末累計（４月～８月） |                     |
        | 課名   | 令和4年度{} | 令和5年度累計 |
        | 総務課 | 30                  | 20            |
    """
    assert Read(sheet.format("同期累計")).taken() == {
        "B3": "waterworks 総務課 fax.received 2022-08 ytd actual 30",
        "C3": "waterworks 総務課 fax.received 2023-08 ytd actual 20",
    }
    assert Read(sheet.format("累計")).fate("B3") == "N05"


def test_a_cap_of_the_year_beside_what_was_used_so_far() -> None:
    """（12月末現在） in the title dates the cumulative column, not the year's cap."""
    read = Read("""
        | 令和6年度␣コピー用紙購入枠の執行状況（12月末現在） |              |                        |        |
        | 所属   | 購入上限枚数（年間） | 購入枚数累計（4～12月） | 執行率 |
        | 総務課 | 900                  | 600                     | 0.667  |
    """)
    assert read.taken() == {
        "B3": "waterworks 総務課 paper.sheets_purchased FY2024 year cap 900",
        "C3": "waterworks 総務課 paper.sheets_purchased 2024-12 ytd actual 600",
    }


def test_months_in_numbers_run_on_into_the_next_year() -> None:
    """4 … 12, 1 … 3, 4, 5 below 月, with the era's year at its first row only."""
    years = ["R4", *[""] * 8, "R5", *[""] * 4]
    months = [*range(4, 13), *range(1, 6)]
    rows = "\n".join(f"| {year} | {month} | {index} |" for index, (year, month) in enumerate(zip(years, months, strict=True), 11))
    read = Read(f"| FAX送信件数 | | |\n| 年 | 月 | 件数 |\n{rows}")
    assert [each.period for each in read.observations][8:] == ["2022-12", "2023-01", "2023-02", "2023-03", "2023-04", "2023-05"]


def test_a_heading_over_a_dash_in_the_first_row() -> None:
    """A month written over the first of its columns only is a heading, though the figure below it is missing."""
    read = Read("""
        | コピー件数・窓口来庁件数 |              |              |            |              |
        | 課名   | 令和6年12月 |              | 令和7年1月 |              |
        |        | コピー件数  | 窓口来庁件数 | コピー件数 | 窓口来庁件数 |
        | 総務課 | '―         | 3            | 4          | 5            |
        | 経理課 | 6           | 7            | 8          | 9            |
    """)
    assert {cell: says.split()[3] for cell, says in read.taken().items()} == {
        "C4": "2024-12",
        "D4": "2025-01",
        "E4": "2025-01",
        "B5": "2024-12",
        "C5": "2024-12",
        "D5": "2025-01",
        "E5": "2025-01",
    }


def test_questions_numbered_by_letter_down_a_column() -> None:
    """Q1 … Q5 before what is asked for are no quarters; 対象月の is the month of the sheet; the example beside is none."""
    read = Read("""
        | 調査票␣対象月：令和4年4月 |                     |      |        |
        | 問 | 設問                                | 回答 | 記入例 |
        | Q1 | 対象月におけるコピー用紙調達量      | 200  | 250    |
        | Q2 | 対象月のFAX送信件数                 | 20   | 12     |
        | Q3 | 対象月のFAX受信件数                 | 30   | 13     |
        | Q4 | 対象月の起案文書数                  | 50   | 14     |
        | Q5 | うち電子決定件数                    | 40   | 15     |
    """)
    assert [each.measure for each in read.observations] == [
        "paper.sheets_purchased",
        "fax.sent",
        "fax.received",
        "seal.decisions",
        "seal.decisions_electronic",
    ]
    assert {each.period for each in read.observations} == {"2022-04"}


def test_a_list_of_corrections_gives_what_is_right_now() -> None:
    """On a sheet named 正誤表 the column 訂正後 is taken, as revised, and 訂正前 is not."""
    read = Read("| 令和3年8月分の訂正 | | |\n| 項目 | 訂正前 | 訂正後 |\n| FAX送信件数 | 3 | 4 |", sheet="正誤表")
    assert (read.taken(), read.fate("B3")) == ({"C3": "waterworks fax.sent 2021-08 month actual 4"}, "N18")
    assert [each.status for each in read.observations] == ["revised"]


def test_a_unit_above_the_captions_of_all_blocks() -> None:
    """単位：千枚 above 【令和4年度】 holds for 【令和3年度】 below too; below 【令和4年度】 it may be of that block alone."""
    block = "| 課名 | 4月 | 5月 |\n| 総務課 | {} | 2 |\n| | | |\n"
    both = (
        "| コピー用紙調達量 | | |\n| | | 単位：千枚 |\n| 【令和4年度】 | | |\n"
        + block.format(5)
        + "| 【令和3年度】 | | |\n"
        + block.format(7)
    )
    assert [(each.period, int(each.value)) for each in Read(both).observations][::2] == [("2022-04", 5000), ("2021-04", 7000)]
    one = (
        "| コピー用紙調達量 | | |\n| 【令和4年度】 | | |\n| | | 単位：千枚 |\n"
        + block.format(5)
        + "| 【令和3年度】 | | |\n"
        + block.format(7)
    )
    assert (list(Read(one).taken()), Read(one).fate("B9")) == (["B5", "C5"], "N12")


def test_numbers_in_brackets_that_a_note_calls_estimates() -> None:
    """（　）書きは推計値である makes (1,234) an estimate; without the note it is asked about."""
    table = "| コピー件数 令和4年6月 | |\n| 部署名 | 件数 |\n| 総務課 | 10 |\n| 企画課 | '（1,234） |\n| 経理課 | '(56) |"
    told = Read(f"{table}\n| 注１␣（␣）書きは推計値である。 | |")
    assert [(each.cell, int(each.value), each.status) for each in told.observations] == [
        ("B3", 10, "normal"),
        ("B4", 1234, "estimated"),
        ("B5", 56, "estimated"),
    ]
    assert Read(table).fate("B4") == "X04"


def test_branches_beside_the_head_office() -> None:
    """事業所 beside 本庁 is an office; 出先 above offices is where they belong."""
    read = Read("| FAX送信件数 令和4年度 | | |\n| 月 | 本庁 | 事業所 |\n| 4月 | 1 | 2 |")
    assert [each.office for each in read.observations] == ["本庁", "事業所"]
    groups = Read("| FAX送信件数 令和4年6月 | | |\n| 区分 | 部署 | 件数 |\n| 本庁 | 総務課 | 1 |\n| 出先 | 保全課 | 2 |\n| | 研修課 | 3 |")
    assert [each.office for each in groups.observations] == ["総務課", "保全課", "研修課"]


def test_columns_may_begin_with_the_month_of_the_files_name() -> None:
    """開催状況_2023-04 of April to June is no report of April, unless June is still empty or the form is that of a whole year."""
    form = "| 部署名 | 2023-04-01 | 2023-05-01 | 2023-06-01 |\n| FAX送信件数 | 10 | 11 | {} |"
    full, empty = (Read(form.format(last), file="環境局_2023-04") for last in (12, 0))
    assert [each.period for each in full.observations] == ["2023-04", "2023-05", "2023-06"]
    assert ([each.period for each in empty.observations], empty.fate("C2")) == (["2023-04"], "N24")
    months = [f"{year}-{month:02}-01" for year, month in (*((2023, each) for each in range(4, 13)), (2024, 1), (2024, 2), (2024, 3))]
    year = f"| 部署名 | {' | '.join(months)} |\n| FAX送信件数 | {' | '.join('1' * 12)} |"
    assert [each.period for each in Read(year, file="環境局_2023-04").observations] == ["2023-04"]


def test_a_phone_number_behind_a_name_does_not_hide_the_month_beside_it() -> None:
    """報告対象月｜令和4年6月｜担当（内線）｜佐藤｜22567 heads a form, though a number stands in it."""
    read = Read("""
        | 報告対象月 | 令和4年6月 | 担当（内線） | 佐藤 | 22567 |
        | | | | | |
        | 項目 | 単位 | 当月 | 前年同月 | |
        | コピー件数 | 件 | 10 | 12 | |
        | FAX送信件数 | 件 | 3 | 4 | |
    """)
    assert [(each.period, int(each.value)) for each in read.observations] == [
        ("2022-06", 10),
        ("2021-06", 12),
        ("2022-06", 3),
        ("2021-06", 4),
    ]
    assert read.fate("E1") == "N23"


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [("令和3年", "４年", ["2021-12", "2022-01"]), ("平成31年", "２年", ["2019-12"]), ("令和元年", "2年", ["2019-12", "2020-01"])],
)
def test_an_era_may_stand_at_its_first_year_only(first: str, second: str, expected: list[str]) -> None:
    """4年 below 令和3年 is 令和4年; a year that does not follow is asked about."""
    rows = f"| 年 | 月 | FAX送信件数 |\n| {first} | 12月 | 10 |\n| {second} | 1月 | 11 |"
    assert [each.period for each in Read(rows).observations] == expected


def test_what_is_counted_may_stand_below_what_is_done() -> None:
    """枚数 below 送信 is a number of sheets, not of faxes, as 送信枚数 is."""
    read = Read("""
        | ファクシミリ通信管理レポート 令和3年11月 | | | | |
        | 設置場所 | 送信 | < | 受信 | < |
        | ^ | 件数 | 枚数 | 件数 | 枚数 |
        | 総務課 | 10 | 25 | 20 | 45 |
    """)
    assert read.taken() == {
        "B4": "waterworks 総務課 fax.sent 2021-11 month actual 10",
        "D4": "waterworks 総務課 fax.received 2021-11 month actual 20",
    }
    assert (read.fate("C4"), read.fate("E4")) == ("N11", "N11")


def test_the_first_half_of_a_year_is_cumulative_to_september() -> None:
    """上期 is 4～9月; beside its two quarters it is a check. Of the second half there is no such period."""
    read = Read("| コピー件数 令和5年度 | | |\n| 部署名 | 上期 | 下期 |\n| 総務課 | 10 | 20 |")
    assert (read.taken(), read.fate("C3")) == ({"B3": "waterworks 総務課 paper.copies 2023-09 ytd actual 10"}, "N03")
    row = "| {} | {} | {} | {} |"
    rows = [row.format("部署名", "第1四半期", "第2四半期", "上期"), row.format("総務課", 4, 6, 10), row.format("企画課", 1, 2, 3)]
    parted = Read("| コピー件数 令和5年度 | | | |\n" + "\n".join(rows))
    assert (len(parted.taken()), parted.fate("D3"), parted.fate("D4")) == (4, "check", "check")


def test_codes_are_read_as_what_they_stand_for() -> None:
    """A list that bears the codes of bureaus and measures, as our own export does, needs no names; finance is a bureau where one is due."""
    read = Read(
        """
        | bureau | office | measure | period | scenario | value | unit | staff_id |
        | social-welfare | 広報課 | cash.payments_cashless | 2024-05 | actual | 9 | 件 | 100234 |
        | finance | 広報課 | paper.copies | 2024-05 | target | 7 | 件 | 100235 |
    """,
        file="submission",
    )
    assert read.taken() == {
        "F2": "social-welfare 広報課 cash.payments_cashless 2024-05 month actual 9",
        "F3": "finance 広報課 paper.copies 2024-05 month target 7",
    }
    assert read.fate("H2") == "N22"


def test_a_named_bureau_holds_for_the_block_beside_it() -> None:
    """局名｜産業労働局 above the first of two blocks side by side is whose the second is, whatever else stands above that."""
    read = Read(
        """
        | レス指標の実績 | < | < | < | < | |
        | | | | | 令和6年度 | |
        | 局名 | 産業労働局 | | | | |
        | FAX受信件数（件） | | | 窓口来庁件数（件） | | |
        | 月 | 金融部 | | 月 | 金融部 | |
        | 4月 | 10 | | 4月 | 20 | |
    """,
        file="月次",
    )
    assert [each.bureau for each in read.observations] == ["industrial-labor"] * 2


def test_dates_that_have_lost_their_format() -> None:
    """44287, 44317, 44348 are the first days of April to June 2021; two such numbers, or other days, may be anything."""
    rows = "| FAX送信件数 | | |\n| 年月 | 総務課 | 企画課 |\n| 44287 | 1 | 2 |\n| 44317 | 3 | 4 |\n"
    read = Read(rows + "| 44348 | 5 | 6 |")
    assert [each.period for each in read.observations] == ["2021-04", "2021-04", "2021-05", "2021-05", "2021-06", "2021-06"]
    assert (read.fate("A3"), Read(rows).taken(), Read(rows + "| 44349 | 5 | 6 |").taken()) == ("N21", {}, {})
    across = Read("| FAX送信件数 | | | |\n| 部署名 | 44287 | 44317 | 44348 |\n| 総務課 | 1 | 2 | 3 |")
    assert [each.period for each in across.observations] == ["2021-04", "2021-05", "2021-06"]


def test_a_heading_forgotten_among_others() -> None:
    """A number under no month where its neighbours have one is of no month; least of all is it the whole year's, as the title would say."""
    row = "| 総務課 | 1 | 2 | 3 |\n| 企画課 | 4 | 5 | 6 |"
    one = Read(f"| FAX送信件数 令和4年度 | | | |\n| 部署名 | 4月 | | 6月 |\n{row}")
    assert ([each.period for each in one.observations], one.fate("C3")) == (["2022-04", "2022-06"] * 2, "N26")
    below = Read(f"| FAX送信件数 | | | |\n| 部署名 | 令和4年度 | < | < |\n| ^ | 4月 | | 6月 |\n{row}")
    assert ([each.period for each in below.observations], below.fate("C4")) == (["2022-04", "2022-06"] * 2, "N26")
    far = Read(f"| FAX送信件数 | | 令和4年度 | |\n| | | | |\n| 部署名 | 4月 | | 6月 |\n{row}")
    assert (len(far.taken()), far.fate("C4")) == (4, "N26")
    unit = Read(f"| FAX送信件数 令和4年度 | | | |\n| | | （単位：件） | |\n| 部署名 | 4月 | | 6月 |\n{row}")
    assert (len(unit.taken()), unit.fate("C4")) == (4, "N26")
    year = Read(f"| FAX送信件数 | | | |\n| 部署名 | 令和3年度 | 令和4年度 | |\n| | | 4月 | 5月 |\n{row}")
    assert [each.period for each in year.observations] == ["FY2021", "2022-04", "2022-05"] * 2
    pairs = Read("| コピー件数 | | |\n| 部署名 | 令和5年6月 | 令和5年6月 |\n| ^ | 実績 | |\n| 総務課 | 1 | 2 |")
    assert (list(pairs.taken()), pairs.fate("C4")) == (["B4"], "N26")


def test_the_first_heading_forgotten_leaves_the_others_theirs() -> None:
    """FAX受信 over its own columns says nothing of those whose FAX送信 was forgotten, nor 2021年 of the months before it."""
    read = Read("""
        | 複合機の利用 令和4年12月 | | | | |
        | 部署名 | | | FAX受信 | < |
        | ^ | 件数 | 枚数 | 件数 | 枚数 |
        | 総務課 | 1 | 2 | 3 | 4 |
    """)
    assert read.taken() == {"D4": "waterworks 総務課 fax.received 2022-12 month actual 3"}
    years = Read("| コピー件数 2020年度 | | | |\n| 所属 | | | 2021年 |\n| ^ | 11月 | 12月 | 1月 |\n| 総務課 | 1 | 2 | 3 |")
    assert [each.period for each in years.observations] == ["2020-11", "2020-12", "2021-01"]


def test_a_row_that_lacks_the_label_which_others_of_its_office_have() -> None:
    """Which of two measures a row of 上野会館 counts is not guessed from the title; in the row of its own name it may be the total."""
    read = Read("""
        | 窓口収納の状況 令和4年度 | | | |
        | 施設名 | 区分 | 4月 | 5月 |
        | 上野会館 | 収納件数 | 10 | 11 |
        | ^ | | 5 | 6 |
        | 海浜公園 | 収納件数 | 20 | 21 |
        | ^ | うちキャッシュレス収納件数 | 7 | 8 |
    """)
    assert (list(read.taken()), read.fate("C4")) == (["C3", "D3", "C5", "D5", "C6", "D6"], "N26")


def test_a_row_blank_where_others_name_their_office_is_asked_for() -> None:
    """An office written once holds to the next empty row; what follows without one is not the whole bureau's. A total is one still."""
    read = Read("""
        | No. | 年月       | 所属   | 項目               | 実績値 | 単位 |
        | 1   | 2022年4月  | 総務課 | コピー用紙購入枚数 | 1200   | 枚   |
        | 2   |            |        | FAX送信件数        | 120    | 件   |
        |     |            |        |                    |        |      |
        | 3   | 2022年4月  |        | コピー用紙購入枚数 | 1300   | 枚   |
        | 4   | 2022年4月  |        | FAX送信件数        | 130    | 件   |
        | 5   | 2022年4月  | 企画課 | FAX送信件数        | 140    | 件   |
        | 6   | 2022年4月  |        | FAX送信件数 計     | 390    | 件   |
    """)
    assert read.taken() == {
        "E2": "waterworks 総務課 paper.sheets_purchased 2022-04 month actual 1200",
        "E3": "waterworks 総務課 fax.sent 2022-04 month actual 120",
        "E7": "waterworks 企画課 fax.sent 2022-04 month actual 140",
    }
    assert [read.fate(cell) for cell in ("E5", "E6", "E8")] == ["N26", "N26", "check"]


def test_a_month_forgotten_under_a_title_of_several_is_none_of_them() -> None:
    """Among months, a row without one is not the half year of the title."""
    rows = "| コピー件数 令和3年度上半期報告 | | |\n| 部署名 | 月 | 件数 |\n| 総務課 | 4月 | 1 |\n| 企画課 | | 2 |\n| 経理課 | 6月 | 3 |"
    read = Read(rows)
    assert ([each.period for each in read.observations], read.fate("C4")) == (["2021-04", "2021-06"], "N03")


def test_a_slip_among_months_in_numbers_leaves_the_others_months() -> None:
    """十一がつ in a column of months is asked about; 12 below it is still December, and its figure not the whole year's."""
    read = Read("""
        | 年度 | 月 | 部署名 | FAX送信件数 |
        | 2022 | 10 | 総務課 | 1 |
        | 2022 | 十一がつ | 企画課 | 2 |
        | 2022 | 12 | 経理課 | 3 |
    """)
    assert ([each.period for each in read.observations], read.fate("D3")) == (["2022-10", "2022-12"], "N16")


def test_a_number_written_a_digit_a_box_is_asked_about() -> None:
    """1｜1 for eleven is no figure of one, though both boxes say the same."""
    read = Read("| 令和2年11月 | | | | |\n| | | | | |\n| コピー件数 | | 1 | 1 | 件 |\n| FAX送信件数 | 2 | 0 | 5 | 件 |")
    assert (read.taken(), read.fate("C3"), read.fate("B4")) == ({}, "N26", "N26")


def headings() -> dict[str, list[str]]:
    """The headings of names.txt by the measure that they name, or `none`."""
    found: dict[str, list[str]] = {}
    measure = ""
    for line in (Path(__file__).parent / "files" / "names.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("  "):
            found[measure].append(line.strip())
        else:
            measure = line
            found[measure] = []
    return found


@pytest.mark.parametrize("measure", lexicon().codelists.measures, ids=lambda measure: measure.code)
def test_headings_as_clerks_write_them(measure: Measure) -> None:
    """Each names its measure alone, in a table whose title names none."""
    for heading in headings()[measure.code]:
        read = Read(f"| 部署 | {heading} |\n| 総務課 | 10 |", file="水道局 令和4年6月末現在")
        assert [each.measure for each in read.observations] == [measure.code], heading


@pytest.mark.parametrize("title", ["5つのレス", "ペーパーレス", "はんこレス", "FAXレス", "キャッシュレス", "タッチレス"])
def test_headings_of_other_things(title: str) -> None:
    """Costs, machines, persons, plans, and what is not yet or cannot be done name no measure, whatever the title speaks of."""
    for heading in headings()["none"]:
        read = Read(f"| {title} 報告 | |\n| 部署 | {heading} |\n| 総務課 | 10 |", file="水道局 令和4年6月末現在")
        assert read.taken() == {}, heading


def test_boxes_for_seals_beside_a_title() -> None:
    """部長｜課長｜担当 in the title's row leave it the title; over numbers they are headings like any other."""
    boxes = Read("""
        | ５つのレス回答票（令和4年2月分） | | | 部長 | 課長 | 担当 |
        |                                  | | |      |      |      |
        | 設問                             | 回答      | 単位 | | | |
        | 問１　当月のコピー用紙調達量     | '125,000枚 |    | | | |
    """)
    assert boxes.taken() == {"B4": "waterworks paper.sheets_purchased 2022-02 month actual 125000"}
    heads = Read("| FAX送信件数（令和4年2月） | | |\n| 部長 | 課長 | 担当 |\n| 1 | 2 | 3 |")
    assert heads.taken() == {}


def test_an_extract_says_by_which_conditions_it_was_made() -> None:
    """局=監査事務局 and 決定日=2024/10/01～2024/10/31 behind 抽出条件 tell whose and of when the figures are."""
    read = Read(
        """
        | 決定区分別集計 | | | |
        | 抽出条件 | 局=監査事務局 | 決定日=2024/10/01～2024/10/31 | |
        | 作成日時 | 2024/11/07 15:39 | | |
        | 所属コード | 所属名 | 起案文書数 | 書面決定件数 |
        | 650100 | 調整課 | 1536 | 88 |
        """,
        file="export",
    )
    assert read.taken() == {"C5": "audit 調整課 seal.decisions 2024-10 month actual 1536"}


def test_a_part_of_a_count_is_no_part_of_an_amount_between() -> None:
    """うちキャッシュレス件数 behind 収納金額（円） is a part of 収納件数 before it."""
    read = Read(
        "| 令和5年12月 | | | |\n| 所属名 | 収納件数 | 収納金額（円） | うちキャッシュレス収納件数 |\n| 総務部 | 11342 | 13610400 | 5361 |"
    )
    assert read.taken() == {
        "B3": "waterworks 総務部 cash.payments 2023-12 month actual 11342",
        "D3": "waterworks 総務部 cash.payments_cashless 2023-12 month actual 5361",
    }


def test_quarters_of_the_fiscal_year_in_the_title() -> None:
    """第2四半期 under 令和4年度 and beside 令和4年9月末時点 is of that year; under a month of another year nobody can tell."""
    sheet = """
        | 令和4年度　四半期別実績 | | 令和{}年9月末時点 |
        | | | |
        | 項目       | 第1四半期（4～6月） | 第2四半期（7～9月） |
        | コピー件数 | 5                   | 7                   |
    """
    assert Read(sheet.format(4)).taken() == {
        "B4": "waterworks paper.copies 2022-Q1 quarter actual 5",
        "C4": "waterworks paper.copies 2022-Q2 quarter actual 7",
    }
    assert Read(sheet.format(3)).fate("B4") == "N05"


def test_instructions_and_an_example_in_a_form() -> None:
    """＜記入要領＞ over lines of text says nothing of the table below it; 記入例 in the column of numbers, or ○○課, is no figure."""
    read = Read("""
        | FAX実績調（令和4年3月分） | | | |
        | ＜記入要領＞ | | | |
        | １　課ごとに１行で記入してください。 | | | |
        | | | | |
        | 番号   | 課     | FAX送信件数 | FAX受信件数 |
        | 記入例 | 青空課 | 12          | 34          |
        | 1      | 総務課 | 42          | 40          |
        | 2      | ○○課 | 5           | 6           |
    """)
    assert read.taken() == {
        "C7": "waterworks 総務課 fax.sent 2022-03 month actual 42",
        "D7": "waterworks 総務課 fax.received 2022-03 month actual 40",
    }
    assert [read.fate(cell) for cell in ("C6", "D6", "C8", "D8")] == ["N18"] * 4


def test_all_before_its_part_is_no_sum() -> None:
    """総数 before うちオンライン is all that is counted; 計 behind offices is their sum, though a part of it follows."""
    whole = Read("""
        | 令和4年3月 | | |
        | 課 | 相談・説明会等件数 | <              |
        | ^  | 総数               | うちオンライン |
        | 総務課 | 162            | 45             |
    """)
    assert whole.taken() == {
        "B4": "waterworks 総務課 face.consultations 2022-03 month actual 162",
        "C4": "waterworks 総務課 face.consultations_online 2022-03 month actual 45",
    }
    sums = Read("""
        | 相談・説明会等件数（令和4年3月） | | | |
        | 総務課 | 企画課 | 計 | うちオンライン |
        | 100    | 62     | 162 | 45            |
    """)
    assert sums.fate("C3") == "check"


def test_what_another_numbered_table_counts() -> None:
    """（2）平均待ち時間 takes its measure neither from （1）来庁件数 nor from the sheet; nor does what is in minutes."""
    table = """
        | 令和4年度 | |
        | {}窓口来庁件数（件） | |
        | 年月 | 総務課 |
        | 4月  | 2326   |
        | 5月  | 2117   |
        |      |        |
        | {}{} | |
        | 年月 | 総務課 |
        | 4月  | 12     |
        | 5月  | 38     |
    """
    for title in (("(1)", "(2)", "平均待ち時間"), ("①", "②", "混雑状況"), ("", "", "平均待ち時間（分）")):
        read = Read(table.format(*title), sheet="来庁件数")
        assert list(read.taken()) == ["B4", "B5"], title


def test_a_bureau_above_the_offices_that_it_adds_up() -> None:
    """Below a bureau stand its offices where its numbers are their sums, under any heading; where they are not, nobody can tell."""
    sheet = """
        | コピー用紙調達量 | | |
        | | | |
        | {} | 2022年4月 | 2022年5月 | 前月比 |
        | 福祉保健局           | 30 | 50 | 1.2 |
        | ␣高齢社会対策部     | 10 | 20 | 1.1 |
        | ␣多摩府中保健所     | 20 | 30 | 1.3 |
        | 下水道局             | 7  | 9  | 1.2 |
        | ␣総務部             | 3  | 4  | 1.2 |
        | ␣施設管理部         | 4  | {} | 1.2 |
        | 総計                 | 37 | 59 | 1.2 |
    """
    for heading in ("行ラベル", "局・部署", "部署名", "局名"):
        read = Read(sheet.format(heading, 5), file="集計")
        assert read.taken()["B5"] == "social-welfare-public-health 高齢社会対策部 paper.sheets_purchased 2022-04 month actual 10"
        assert read.taken()["C9"] == "sewerage 施設管理部 paper.sheets_purchased 2022-05 month actual 5"
        assert [read.fate(cell) for cell in ("B4", "C7", "B10")] == ["check"] * 3
    assert Read(sheet.format("部署名", 6), file="集計").fate("B8") == "N06"


@pytest.mark.parametrize(
    ("days", "weekdays"),
    [
        ("3 | 4 | 5 | 10 | 11", "月 | 火 | 水 | 月 | 火"),
        ("3日 | 4日 | 5日 | 10日 | 11日", ""),
        ("2024-06-03 | 2024-06-04 | 2024-06-05 | 2024-06-10 | 2024-06-11", "月 | 火 | 水 | 月 | 火"),
        ("6/3 | 6/4 | 6/5 | 6/10 | 6/11", "(月) | (火) | (水) | (月) | (火)"),
        ("3(月) | 4(火) | 5(水) | 10(月) | 11(火)", ""),
    ],
)
def test_days_across_give_their_total(days: str, weekdays: str) -> None:
    """Under 3, 4, 5 with their weekdays, 3日, 6月3日 and real dates stand figures of single days; the total of a row is the month's."""
    read = Read(f"""
        | 令和6年6月␣FAX送信件数␣記録表 | | | | | | |
        | 課・事業所 | {days} | 計 |
        | | {weekdays or "| | | |"} | |
        | 用地課 | 4 | 6 | 20 | 休 | 19 | 49 |
        | 総務課 | 4 | 6 | 20 | 3 | 20 | 53 |
        | 計     | 8 | 12 | 40 | 3 | 39 | 102 |
    """)
    assert read.taken() == {
        "G4": "waterworks 用地課 fax.sent 2024-06 month actual 49",
        "G5": "waterworks 総務課 fax.sent 2024-06 month actual 53",
    }
    assert (read.fate("B4"), read.fate("F6"), read.fate("G6")) == ("N29", "N29", "check")


def test_a_row_of_most_days_of_a_month_are_days() -> None:
    """1, 2, 3, 6 … 31 without weekdays are days too; dates of submission across are none, nor are months merged under 月."""
    days = [day for day in range(1, 32) if day % 7 not in (4, 5)]
    head, zeros = " | ".join(map(str, days)), " | ".join("3" for _ in days)
    read = Read(f"| 窓口来庁件数␣令和6年10月 |\n| 課名 | {head} | 計 |\n| 総務課 | {zeros} | {3 * len(days)} |")
    assert list(read.taken().values()) == [f"waterworks 総務課 face.visits 2024-10 month actual {3 * len(days)}"]
    submitted = Read(
        "| 令和6年6月 |\n| 項目 | 総務課 | 経理課 | 用地課 |\n| 提出日 | 7月1日 | 7月2日 | 7月3日 |\n| FAX送信件数 | 3 | 4 | 5 |"
    )
    assert submitted.fate("B4") != "N29"


def test_words_beside_a_day_are_no_heading() -> None:
    """閉庁日 among the days says nothing of the total below them."""
    read = Read("""
        | 窓口来庁件数␣日計表（令和3年4月） | | |
        | 日付       | 曜日 | 窓口来庁件数 |
        | 2021/04/01 | 木   | 167          |
        | 2021/04/02 | 金   | 40           |
        | 2021/04/03 | 土   | 閉庁日       |
        | 2021/04/04 | 日   | 閉庁日       |
        | 月計       |      | 207          |
    """)
    assert read.taken() == {"C7": "waterworks face.visits 2021-04 month actual 207"}


def test_answers_beside_figures_say_nothing_of_them() -> None:
    """導入済 in a column of answers is no measure of its row's numbers; among items of one bureau each it is one."""
    ledger = Read("""
        | 収納状況␣令和5年12月 | | | |
        | 施設   | キャッシュレス | 収納件数 | うちキャッシュレス収納件数 |
        | 第一館 | 導入済         | 30       | 10                         |
        | 第二館 | 未             | 20       | －                         |
        | 第三館 | 導入済         | 40       | 15                         |
    """)
    assert ledger.taken() == {
        "C3": "waterworks 第一館 cash.payments 2023-12 month actual 30",
        "D3": "waterworks 第一館 cash.payments_cashless 2023-12 month actual 10",
        "C4": "waterworks 第二館 cash.payments 2023-12 month actual 20",
        "C5": "waterworks 第三館 cash.payments 2023-12 month actual 40",
        "D5": "waterworks 第三館 cash.payments_cashless 2023-12 month actual 15",
    }
    items = Read("""
        | 令和5年12月末␣都民利用施設数 | | |
        | 課     | 区分   | 施設数 |
        | 総務課 | 導入済 | 3      |
        | ^      | 未導入 | 4      |
        | 用地課 | 導入済 | 5      |
        | ^      | 未導入 | 6      |
    """)
    assert items.taken() == {
        "C3": "waterworks 総務課 cash.facilities_cashless 2023-12 as_of actual 3",
        "C5": "waterworks 用地課 cash.facilities_cashless 2023-12 as_of actual 5",
    }
    between = Read("""
        | FAX送受信件数␣令和3年11月 | | | |
        | 課     | 実績 | 達成状況 | 前月実績 |
        | 総務課 | 3    | 未達成   | 4        |
        | 用地課 | 5    | 達成     | 6        |
        | 経理課 | 7    | 未達成   | 8        |
    """)
    assert between.taken()["D3"] == "waterworks 総務課 fax.total 2021-10 month actual 4"


def test_rows_that_an_export_calls_void() -> None:
    """A row whose 状態 is 取消 or 差替済 is set aside; 有効 says nothing more, and what is not known there is asked."""
    sheet = """
        | 状態 | 年月    | 部署名 | FAX送信件数 | 登録番号 |
        | {}   | 2022/06 | 総務課 | 30          | 7001     |
        | 有効 | 2022/06 | 総務課 | 3           | 7002     |
        | 有効 | 2022/06 | 経理課 | 4           | 7003     |
    """
    for word in ("取消", "差替済", "無効", "取り消し済み", "Cancelled"):
        read = Read(sheet.format(word).replace("状態", "受付状態"))
        assert read.taken() == {
            "D3": "waterworks 総務課 fax.sent 2022-06 month actual 3",
            "D4": "waterworks 経理課 fax.sent 2022-06 month actual 4",
        }, word
        assert (read.fate("D2"), read.codes()) == ("N31", []), word
    behind = Read("| 年月 | 部署名 | FAX送信件数 | 状態 |\n| 2022/06 | 総務課 | 30 | 取消 |\n| 2022/06 | 経理課 | 4 | 確定 |")
    assert (list(behind.taken()), behind.fate("C2")) == (["C3"], "N31")
    assert Read(sheet.format("審査中").replace("状態", "受付状態")).fate("D2") == "N16"


def test_a_number_shown_in_thousands_under_a_heading_in_thousands() -> None:
    """12345678 shown as 12,346 under 千枚 is a number of 枚; without the unit, or under another, it is asked about."""
    grid = drawn("| 令和4年6月␣コピー用紙調達量 | |\n| 部署名 | コピー用紙調達量（千枚） |\n| 総務課 | 12345678 |")
    read = Read(replace(grid, scaled={(2, 1): 1000}))
    assert read.taken() == {"B3": "waterworks 総務課 paper.sheets_purchased 2022-06 month actual 12345678"}
    for scale in (1, 1_000_000):
        assert Read(replace(grid, scaled={(2, 1): scale})).fate("B3") == "P02"
    bare = drawn("| 令和4年6月 | |\n| 部署名 | コピー用紙調達量（枚） |\n| 総務課 | 12345678 |")
    assert Read(replace(bare, scaled={(2, 1): 1000})).fate("B3") == "P02"


def test_a_part_of_a_year_within_another() -> None:
    """4月 under 上半期 or 第1四半期 is April; under 下半期 it is a contradiction."""
    sheet = "| 令和5年度␣FAX送信件数 | | |\n| | {} | < |\n| 部署名 | 4月 | 5月 |\n| 総務課 | 3 | 4 |"
    down = "| 令和5年度␣FAX実績 | | |\n| {} | | |\n| 月 | FAX送信件数 | FAX受信件数 |\n| 4月 | 3 | 4 |\n| 5月 | 5 | 6 |"
    for half in ("上半期", "第1四半期"):
        assert Read(sheet.format(half)).taken()["C4"] == "waterworks 総務課 fax.sent 2023-05 month actual 4"
        assert Read(down.format(half)).taken()["C5"] == "waterworks fax.received 2023-05 month actual 6"
    assert Read("| 令和5年度␣FAX送信件数 | |\n| 月 | 下半期 |\n| 4月 | 3 |").fate("B3") == "N05"


def test_a_year_alone_beside_parts_of_a_year_is_a_whole_one() -> None:
    """令和4年度実績 beside the quarters of the next is all of that year, whatever month a title names; beside one month it may be part."""
    sheet = "| コピー件数␣（令和5年9月まで） | | | |\n| 部署名 | 令和4年度実績 | {} |\n| 総務課 | 30 | 4 | 5 |"
    quarters = Read(sheet.format("令和5年度第1四半期 | 令和5年度第2四半期"))
    assert quarters.taken()["B3"] == "waterworks 総務課 paper.copies FY2022 year actual 30"
    assert Read(sheet.format("令和5年9月 | 増減")).fate("B3") == "N05"


def test_the_end_of_a_fiscal_year_is_no_part_of_it() -> None:
    """令和5年度末 on a sheet of December 2024 is March 2024, and its 目標（令和6年度末） March 2025."""
    read = Read("""
        | キャッシュレスの進捗␣令和6年12月末現在 | | |
        | 項目 | 令和5年度末実績 | 令和6年12月末実績 | 目標（令和6年度末） |
        | 都民利用施設数 | 10 | 12 | 15 |
    """)
    assert read.taken() == {
        "B3": "waterworks cash.facilities 2024-03 as_of actual 10",
        "C3": "waterworks cash.facilities 2024-12 as_of actual 12",
        "D3": "waterworks cash.facilities 2025-03 as_of target 15",
    }


def test_a_forecast_is_no_actual() -> None:
    """見込 over a year, a month or a whole sheet is set aside as that; the total of months with forecasts among them is a check."""
    read = Read("| コピー件数 | | | |\n| 部署名 | 令和4年度実績 | 令和5年度見込 | 令和5年度目標 |\n| 総務課 | 30 | 40 | 50 |")
    assert ([read.fate(cell) for cell in ("B3", "C3", "D3")], read.codes()) == (["taken", "N30", "taken"], [])
    assert Read("| コピー件数␣令和5年度見込 | |\n| 部署名 | 件数 |\n| 総務課 | 30 |").fate("B3") == "N30"
    months = Read("| 令和5年度␣コピー件数 | | | |\n| 部署名 | 4月 | 5月（見込） | 計 |\n| 総務課 | 30 | 40 | 70 |")
    assert ([months.fate(cell) for cell in ("B3", "C3", "D3")], months.codes()) == (["taken", "N30", "check"], [])


def test_one_of_the_five_holds_for_its_whole_row() -> None:
    """ＦＡＸレス｜送信件数｜5｜件｜｜受信件数｜7 counts faxes twice; うちキャッシュレス further right is a part of the count before."""
    read = Read("""
        | 実績報告書␣令和3年6月 | | | | | | |
        | ＦＡＸレス     | 送信件数 | 342 | 件 | | 受信件数           | 522 | 件 |
        | キャッシュレス | 収納件数 | 783 | 件 | | うちキャッシュレス | 206 | 件 |
        | ペーパーレス   | コピー件数 | 9 | 件 | | 窓口来庁件数       | 8   | 件 |
    """)
    assert read.taken() == {
        "C2": "waterworks fax.sent 2021-06 month actual 342",
        "G2": "waterworks fax.received 2021-06 month actual 522",
        "C3": "waterworks cash.payments 2021-06 month actual 783",
        "G3": "waterworks cash.payments_cashless 2021-06 month actual 206",
        "C4": "waterworks paper.copies 2021-06 month actual 9",
        "G4": "waterworks face.visits 2021-06 month actual 8",
    }


def test_a_card_shows_its_number_below_its_title() -> None:
    """The number right below コピー件数, above the labels of further lines, lacks none; a row that does is still asked about."""
    read = Read("""
        | ダッシュボード␣令和5年2月 | | |
        |          |    |  |
        | コピー件数 |    |  |
        | 424      |    |  |
        | 前年同月␣Same month, prior year | 630 |  |
        | 令和4年度目標 | 900 |  |
    """)
    assert read.taken() == {
        "A4": "waterworks paper.copies 2023-02 month actual 424",
        "B5": "waterworks paper.copies 2022-02 month actual 630",
        "B6": "waterworks paper.copies FY2022 year target 900",
    }
    assert Read("| FAX送信␣令和5年2月 | |\n| 部署名 | FAX送信件数 |\n| 総務課 | 3 |\n| | 4 |\n| 経理課 | 5 |").fate("B4") == "N26"


def test_an_era_left_out_under_a_fiscal_year() -> None:
    """3年4月 and 4年1月 under 令和3年度 are of 令和; in no year named above they may be anything."""
    sheet = "| {}␣コピー件数 | | |\n| 局名 | 3年4月 | 5月 | 4年1月 |\n| 総務局 | 1 | 2 | 3 |"
    read = Read(sheet.format("令和3年度"), file="集計")
    assert [each.split()[2] for each in read.taken().values()] == ["2021-04", "2021-05", "2022-01"]
    assert Read(sheet.format("令和5年度"), file="集計").taken() == {}


def test_an_office_of_the_table_above_is_not_lent_to_one_with_a_caption_of_its_own() -> None:
    """支所全体 below the table of 総務課 may name another office; the total 局計 is the bureau's, whatever office stands above."""
    sheet = """
        | FAX␣令和5年6月 | |
        | 総務課 | |
        | 項目 | 件数 |
        | FAX送信件数 | 3 |
        | | |
        | {} | |
        | 項目 | 件数 |
        | コピー件数 | 5 |
    """
    assert Read(sheet.format("支所全体")).fate("B8") == "N10"
    assert Read(sheet.format("■ペーパーレス")).taken()["B8"] == "waterworks 総務課 paper.copies 2023-06 month actual 5"
    total = Read("""
        | 回答␣令和5年1月 | |
        | 1␣本庁 | |
        | 部署 | コピー件数（件） | FAX送信（件） |
        | 用度課 | 16 | 4 |
        | 審査課 | 29 | 3 |
        | | | |
        | 2␣局計 | | |
        | | コピー件数 | |
        | 局計 | 45 | |
    """)
    assert total.fate("B9") == "check"


def test_a_name_among_offices() -> None:
    """立川ステイ across among offices, and ■自然の家 among ■中央図書館 and ■多摩図書館, are offices too; with one only, it is asked."""
    across = "| 窓口来庁件数␣令和5年10月 | | | |\n| 項目 | {} | 計 |\n| 件数 | 1 | 2 | 3 | 6 |"
    assert len(Read(across.format("総務課 | 立川ステイ | 経理課")).taken()) == 3
    assert Read(across.format("総務課 | 立川ステイ | 多摩ステイ")).fate("C3") == "N16"
    block = "| ■{} | |\n| 月 | 収納件数 |\n| 4月 | {} |\n| | |\n"
    blocks = "| POS␣令和5年度 | |\n| | |\n" + block.format("中央図書館", 3) + block.format("多摩図書館", 4) + block.format("自然の家", 5)
    assert [each.split()[1] for each in Read(blocks).taken().values()] == ["中央図書館", "多摩図書館", "自然の家"]


def test_last_year_under_its_own_dates() -> None:
    """Dates of 2023 under 前年同月 are the figures' own where the same months of 2024 stand above; the same dates again are asked about."""
    sheet = """
        | FAX受信件数の推移␣水道局 | | | |
        | 今年度 | | | |
        | 部署名 | 2024-01-01 | 2024-02-01 | 2024-03-01 |
        | 総務課 | 1 | 2 | 3 |
        | | | | |
        | 前年同月 | | | |
        | 部署名 | {0}-01-01 | {0}-02-01 | {0}-03-01 |
        | 総務課 | 4 | 5 | 6 |
    """
    assert Read(sheet.format(2023)).taken()["C8"] == "waterworks 総務課 fax.received 2023-02 month actual 5"
    assert Read(sheet.format(2024)).fate("C8") == "N05"


def test_a_number_that_reads_like_a_month() -> None:
    """2032.9 as a text behind numbers, below or above one, is a number; 2020.10 as a heading is October."""
    read = Read("| コピー件数 |\n| 年度：2021 |\n| 部署名 | 2021/04 | 月平均 |\n| 総務課 | 2324 | 1747 |\n| 用地課 | 2281 | '2032.9 |")
    assert (read.fate("C5"), read.fate("B5")) == ("N19", "taken")
    assert Read("| コピー件数 | |\n| 部署名 | '2020.10 |\n| 総務課 | 3 |").taken()["B3"].split()[3] == "2020-10"


def test_the_whole_of_a_part_is_not_without_a_heading() -> None:
    """前年度第2四半期相談件数 before its うちオンライン lacks no heading, and a title's quarter holds beside that of last year."""
    read = Read("""
        | 相談の実施状況（令和5年度␣第2四半期） | | | | |
        | 部署 | 相談・説明会等件数 | うちオンライン | 前年度第2四半期相談・説明会等件数 | 前年度第2四半期うちオンライン |
        | 企画課 | 155 | 45 | 177 | 17 |
    """)
    assert [each.split()[2:4] for each in read.taken().values()] == [
        ["face.consultations", "2023-Q2"],
        ["face.consultations_online", "2023-Q2"],
        ["face.consultations", "2022-Q2"],
        ["face.consultations_online", "2022-Q2"],
    ]


def test_whoever_gathered_the_figures_of_all_bureaus_has_none_of_them() -> None:
    """デジタルサービス局総務部 above a table of all bureaus is no office of theirs; an office alone above them is asked about."""
    sheet = "| 各局一覧␣令和4年8月 | | |\n| {} | | |\n| 項目 | 総務局 | デジ局 |\n| FAX送信件数 | 3 | 4 |"
    read = Read(sheet.format("デジタルサービス局総務部デジタル推進課"), file="集計")
    assert read.taken() == {
        "B4": "general-affairs fax.sent 2022-08 month actual 3",
        "C4": "digital-services fax.sent 2022-08 month actual 4",
    }
    assert Read(sheet.format("総務課"), file="集計").fate("B4") == "N10"


def test_a_department_is_the_sum_of_its_sections_some_of_which_have_no_figure() -> None:
    """議事部 adds up its sections, of which one has － in a month; it is a check as it is in the months without."""
    read = Read("""
        | 起案文書数␣令和4年度 | | | |
        | 部課   | 11月 | 12月 | 1月 |
        | 議事部 | 190  | 320  | 485 |
        | 議事課 | 85   | 131  | －  |
        | 議案課 | 105  | 189  | 485 |
        | 調査部 | 30   | 40   | 50  |
        | 調査課 | 10   | 15   | 20  |
        | 図書課 | 20   | 25   | 30  |
    """)
    assert sorted(read.taken()) == ["B4", "B5", "B7", "B8", "C4", "C5", "C7", "C8", "D5", "D7", "D8"]
    assert (read.fate("D3"), read.fate("B6")) == ("check", "check")


def test_a_filter_of_a_pivot_table_says_of_what_kind_its_figures_are() -> None:
    """実績/目標｜実績 above a pivot table: its figures are actuals, not targets."""
    read = Read("| 実績/目標 | 実績 |\n| | |\n| 合計 / 数値 | 列ラベル |\n| 行ラベル | 2022-04-01 |\n| FAX送信件数 | 217 |")
    assert read.taken() == {"B5": "waterworks fax.sent 2022-04 month actual 217"}


def test_areas_before_offices_say_nothing_more() -> None:
    """多摩 under 地域 before an office is silent; where no office stands, the figure of an area is asked about."""
    sheet = "| 相談件数␣令和5年7月 | | |\n| 地域 | 事業所 | 件数 |\n| 多摩 | 西保健所 | 5 |\n| 島しょ | 三宅出張所 | 6 |"
    assert [each.split()[1] for each in Read(sheet).taken().values()] == ["西保健所", "三宅出張所"]
    assert Read("| 相談件数␣令和5年7月 | |\n| 地域 | 件数 |\n| 多摩 | 5 |\n| 島しょ | 6 |").taken() == {}


def test_the_head_office_over_its_departments() -> None:
    """本庁 over a list of departments tells what kind they are; each is the office."""
    read = Read("| FAX␣令和4年2月 | | |\n| 本庁 | | |\n| 部署名 | FAX送信 | FAX受信 |\n| 総務部 | 53 | 28 |\n| 職員部 | 86 | 29 |")
    assert read.taken()["B4"] == "waterworks 総務部 fax.sent 2022-02 month actual 53"
    across = Read("| FAX送信件数␣令和4年2月 | | |\n| 部署名 | 総務部 | 職員部 |\n| 本庁 | 53 | 86 |")
    assert across.taken()["C3"] == "waterworks 職員部 fax.sent 2022-02 month actual 86"


def test_a_fiscal_year_up_to_a_month_is_cumulative() -> None:
    """令和5年度（11月末まで） below whole years is April to November; 前年度 beside months is a whole year, whatever the title's month."""
    read = Read("| FAX送受信件数 | |\n| 年度 | 件数 |\n| 令和4年度 | 30 |\n| 令和5年度（11月末まで） | 20 |")
    assert read.taken() == {"B3": "waterworks fax.total FY2022 year actual 30", "B4": "waterworks fax.total 2023-11 ytd actual 20"}
    for last in ("前年度", "前年度実績", "前年度の実績"):
        sheet = f"| FAX送信件数␣令和3年12月 | | | | |\n| 所属 | 10月 | 11月 | 12月 | {last} |\n| 総務課 | 3 | 4 | 5 | 60 |"
        assert Read(sheet).taken()["E3"] == "waterworks 総務課 fax.sent FY2020 year actual 60"


def test_a_bare_cashless_under_a_title_of_payments() -> None:
    """キャッシュレス under the title 収納件数 is the cashless part, never all payments; under ペーパーレス no payment is counted."""
    read = Read("| 収納件数␣令和5年6月 | | | |\n| 課 | 現金 | キャッシュレス | 計 |\n| 総務課 | 3 | 4 | 7 |\n| 用地課 | 5 | 6 | 11 |")
    assert read.taken()["C3"] == "waterworks 総務課 cash.payments_cashless 2023-06 month actual 4"
    assert read.taken()["D3"] == "waterworks 総務課 cash.payments 2023-06 month actual 7"
    assert Read("| 収納件数␣令和5年6月 | |\n| 部門 | 件数 |\n| ペーパーレス | 3 |").fate("B3") == "N01"


def test_a_part_belongs_to_the_count_under_its_own_heading() -> None:
    """うちキャッシュレス under 収納件数 is a part of that, not of the facilities further left."""
    read = Read("""
        | 収納状況␣令和3年度 | | | |
        | 事業所 | 施設数（令和4年3月31日現在） | 収納件数（年度中） | < |
        | ^ | キャッシュレス導入施設数 | 総数 | うちキャッシュレス |
        | 北部管理所 | 2 | 42 | 25 |
    """)
    assert read.taken() == {
        "B4": "waterworks 北部管理所 cash.facilities_cashless 2022-03 as_of actual 2",
        "C4": "waterworks 北部管理所 cash.payments FY2021 year actual 42",
        "D4": "waterworks 北部管理所 cash.payments_cashless FY2021 year actual 25",
    }


def test_a_title_over_a_gap_joins_no_tables() -> None:
    """Three tables side by side each have their own caption, also where the date of the sheet stands over the gap between two."""
    read = Read("""
        | 報告 | | | | | | | 令和4年度 | | | |
        |        | | | | | | | | | | |
        | 【コピー件数】 | | | | 【FAX送信件数】 | | | | 【FAX受信件数】 | | |
        | 月 | R4年度 | R3年度 | | 月 | R4年度 | R3年度 | | 月 | R4年度 | R3年度 |
        | 4月 | 4 | 5 | | 4月 | 44 | 103 | | 4月 | 47 | 62 |
        | 5月 | 6 | 7 | | 5月 | 72 | 86 | | 5月 | 29 | 59 |
    """)
    assert [read.taken()[cell].split()[1] for cell in ("B5", "F5", "J5")] == ["paper.copies", "fax.sent", "fax.received"]


def test_numbers_go_on_counting_years_and_months() -> None:
    """２, ３ below 令和元年度 are years, 1, 2 below 令和4年12月 months, also as texts; what does not go on is asked about."""
    read = Read("""
        | コピー件数 | |
        | 年度及び月別 | 件数 |
        | 令和元年度 | 10 |
        | 2 | 20 |
        | 3 | 30 |
        | | |
        | 令和4年12月 | 1 |
        | '1 | 2 |
        | '2 | 3 |
    """)
    assert [each.split()[2] for each in read.taken().values()] == ["FY2019", "FY2020", "FY2021", "2022-12", "2023-01", "2023-02"]
    heisei = Read("| コピー件数 | |\n| 年度 | 件数 |\n| 平成29年度 | 1 |\n| 30 | 2 |\n| 31 | 3 |\n| 2 | 4 |")
    assert [each.split()[2] for each in heisei.taken().values()] == ["FY2017", "FY2018", "FY2019", "FY2020"]
    assert "B4" not in Read("| コピー件数 | |\n| 年度 | 件数 |\n| 令和元年度 | 10 |\n| 5 | 20 |\n| 9 | 30 |").taken()


def test_last_year_in_brackets_on_a_line_of_its_own() -> None:
    """Where a note says that （ ） are last year's, each line of brackets is that of the line above; without it they are asked about."""
    sheet = """
        | 相談件数（令和4年度上半期） | | |
        | 所管 | 第1四半期 | 第2四半期 |
        | 金融課 | 500 | 295 |
        | | （1,569） | （905） |
        | 雇用課 | 600 | 395 |
        | | （1,669） | （805） |
        | {} | | |
    """
    read = Read(sheet.format("（注）下段の（　）内は、前年度同期の実績である。"))
    assert read.taken()["B4"] == "waterworks 金融課 face.consultations 2021-Q1 quarter actual 1569"
    assert read.taken()["C5"] == "waterworks 雇用課 face.consultations 2022-Q2 quarter actual 395"
    assert Read(sheet.format("（注）速報")).fate("B4") == "X04"


def test_groups_before_their_offices() -> None:
    """管理部門 and 事業部門 before the offices of each say nothing more; before offices that stand under both they are asked about."""
    sheet = """
        | コピー件数␣令和4年4月 | | |
        | 区分     | | 件数 |
        | 管理部門 | 情報課 | 3 |
        | ^        | 支援課 | 4 |
        | ^        | 管理部門計 | 7 |
        | 事業部門 | {} | 5 |
        | ^        | {} | 6 |
        | ^        | 事業部門計 | 11 |
    """
    assert [each.split()[1] for each in Read(sheet.format("総務課", "業務課")).taken().values()] == ["情報課", "支援課", "総務課", "業務課"]
    assert Read(sheet.format("情報課", "支援課")).taken() == {}


def test_who_is_in_charge_of_an_indicator() -> None:
    """施設課 under 所管課 beside indicators that stand once each does not own the figures; beside one that comes again it does."""
    sheet = "| 進捗管理表␣令和4年6月 | | |\n| 指標 | 所管課 | 6月 |\n| FAX送信件数 | 施設課 | 3 |\n| {} | 調整課 | 4 |"
    assert Read(sheet.format("FAX受信件数")).taken()["C3"] == "waterworks fax.sent 2022-06 month actual 3"
    assert Read(sheet.format("FAX送信件数")).taken()["C4"] == "waterworks 調整課 fax.sent 2022-06 month actual 4"


def test_the_names_of_a_database_beside_headings() -> None:
    """FAX_SND_CNT over FAX送信件数 says nothing more; alone it is asked about; (NULL) is no office."""
    read = Read("| YM | BUSHO_NM | FAX_SND_CNT |\n| 対象年月 | 部署名 | FAX送信件数 |\n| 2023/12 | 総務課 | 3 |\n| 2023/12 | (NULL) | 3 |")
    assert read.taken() == {"C3": "waterworks 総務課 fax.sent 2023-12 month actual 3"}
    assert Read("| コピー件数␣令和5年12月 | |\n| 部署名 | STAFF_SND_CNT |\n| 総務課 | 3 |").taken() == {}


def test_letters_that_tell_kinds_of_figures() -> None:
    """A and T under value_type are actuals and targets; letters under another heading that come again are asked about."""
    sheet = """
        | period  | indicator  | {} | value |
        | 2023-06 | Faxes sent | A  | 3     |
        | 2023-07 | Faxes sent | A  | 4     |
        | 2023-07 | Faxes sent | T  | 5     |
    """
    assert [each.split()[4] for each in Read(sheet.format("value_type")).taken().values()] == ["actual", "actual", "target"]
    assert Read(sheet.format("band")).taken() == {}


def test_units_in_two_languages() -> None:
    """千枚 / thousand sheets and 施設 / facilities are units and nothing else."""
    read = Read("""
        | 令和4年11月 | | |
        | 部署名 | コピー用紙調達量 | キャッシュレス導入施設数 |
        | Office | Copy paper purchased | Facilities that take cashless payment |
        | | 千枚␣/␣thousand sheets | 施設␣/␣facilities |
        | 総務課 | 115.5 | 12 |
    """)
    assert read.taken() == {
        "B5": "waterworks 総務課 paper.sheets_purchased 2022-11 month actual 115500",
        "C5": "waterworks 総務課 cash.facilities_cashless 2022-11 as_of actual 12",
    }


def test_what_is_said_of_stocks_says_nothing_of_flows() -> None:
    """（ストックは年度末） in a heading or as a caption leaves the flows beside the stocks what they are."""
    read = Read("""
        | 指標管理シート | | | （ストックの指標は各年度末時点） |
        | 指標 | 令和5年度実績（ストックは年度末） | 令和6年度目標 | |
        | コピー件数 | 293 | 280 | |
        | 都民利用施設数 | 12 | 13 | |
    """)
    assert read.taken() == {
        "B3": "waterworks paper.copies FY2023 year actual 293",
        "C3": "waterworks paper.copies FY2024 year target 280",
        "B4": "waterworks cash.facilities 2024-03 as_of actual 12",
        "C4": "waterworks cash.facilities 2025-03 as_of target 13",
    }


def test_a_caption_that_says_the_whole_bureau() -> None:
    """実績の推移（局計） is the bureau's, whichever department stands at the head; a year beside its first months is a whole one."""
    read = Read("""
        | 想定問答（令和4年9月） | | | 水道局技術部 |
        | | | | |
        | 【基礎資料】実績の推移（局計） | | | |
        | 区分 | 令和3年度 | 令和3年度（４～８月） | 令和4年度（４～８月） |
        | コピー件数 | 157 | 74 | 68 |
    """)
    assert read.taken() == {
        "B5": "waterworks paper.copies FY2021 year actual 157",
        "C5": "waterworks paper.copies 2021-08 ytd actual 74",
        "D5": "waterworks paper.copies 2022-08 ytd actual 68",
    }


def test_a_block_dated_by_its_own_caption() -> None:
    """２ 令和4年9月の収納状況 below a table of 令和4年9月30日現在 counts that month's payments."""
    read = Read("""
        | 導入状況 | | | 令和4年9月30日現在 |
        | | | | |
        | 所管 | 都民利用施設数 | キャッシュレス導入施設数 | |
        | 総務課 | 7 | 4 | |
        | | | | |
        | ２␣令和4年9月の収納状況（局全体） | | | |
        | | 収納件数 | うちキャッシュレス収納件数 | |
        | | 1062 | 533 | |
    """)
    assert read.taken()["B8"] == "waterworks cash.payments 2022-09 month actual 1062"


def test_a_half_year_of_which_months_are_still_blank() -> None:
    """上半期計 that adds up April to July, August and September being blank, is a check and no figure up to September."""
    month = "| {}␣水道局␣令和5年度␣コピー件数 | |\n| 部署 | 件数 |\n| 総務課 | {} |\n| 用地課 | {} |"
    sheets = {name: month.format(name, *values) for name, values in {"4月": (3, 30), "5月": (4, 40), "6月": (5, 50)}.items()}
    half = "| 上半期計␣水道局␣令和5年度␣コピー件数 | |\n| 部署 | 件数 |\n| 総務課 | 12 |\n| 用地課 | 120 |"
    told = fates({**sheets, "8月": month.format("8月", "", ""), "上半期計": half})
    assert (told["4月!B3"], told["上半期計!B3"], told["上半期計!B4"]) == ("taken", "check", "check")


def test_months_written_in_several_ways_in_one_column() -> None:
    """年月 over a date, then 202106, 44378 (a date without its format) and 令和3年8月; ～5月 below months adds them up."""
    read = Read("""
        | 年月       | 部署   | コピー件数 |
        | 2021-05-01 | 総務課 | 3 |
        | 202106     | 総務課 | 4 |
        | 44378      | 総務課 | 4 |
        | 令和3年8月 | 総務課 | 5 |
    """)
    assert [each.split()[3] for each in read.taken().values()] == ["2021-05", "2021-06", "2021-07", "2021-08"]
    assert Read("| コピー件数␣令和3年度 | |\n| 月 | 件数 |\n| 4月 | 3 |\n| 5月 | 4 |\n| 6月 | |\n| ～5月 | 7 |").fate("B6") == "check"


def test_a_table_of_last_year_by_its_caption() -> None:
    """（３）前年度実績 over months without a year is of the year before the title's; over months with years nobody can tell."""
    sheet = """
        | コピー件数の計画と実績（令和4年度） | | |
        | | | |
        | （２）実績 | | |
        | 所属 | {0}4月 | {0}5月 |
        | 総務課 | 3 | 4 |
        | | | |
        | （３）前年度実績 | | |
        | 所属 | {0}4月 | {0}5月 |
        | 総務課 | 5 | 6 |
    """
    assert Read(sheet.format("")).taken()["C9"] == "waterworks 総務課 paper.copies 2021-05 month actual 6"
    assert Read(sheet.format("令和4年")).fate("C9") == "N05"


def test_the_day_of_a_sheet_says_nothing_of_months_in_headings() -> None:
    """（令和3年7月末現在） in a line above all tables leaves the flows of months in every table what they are."""
    read = Read("""
        | 令和3年度␣FAXの実績 | | |
        | 水道局とりまとめ（令和3年7月末現在） | | |
        | | | |
        | ■総務課 | | |
        | 項目 | 4月 | 5月 |
        | FAX送信件数 | 3 | 4 |
        | | | |
        | ■経理課 | | |
        | 項目 | 4月 | 5月 |
        | FAX送信件数 | 5 | 6 |
    """)
    assert read.taken()["C10"] == "waterworks 経理課 fax.sent 2021-05 month actual 6"


def test_a_unit_at_the_end_of_a_caption_is_its_table_s() -> None:
    """２ 事業所 （単位：枚） ends what （単位：千枚） above the first table says."""
    read = Read("""
        | コピー用紙調達量（令和3年度） | | |
        | | | |
        | １␣本庁各課 | | （単位：千枚） |
        | 所属 | 4月 | 5月 |
        | 調査課 | 131.2 | 160.5 |
        | | | |
        | ２␣事業所 | | （単位：枚） |
        | 所属 | 4月 | 5月 |
        | 西部事務所 | 80500 | 102750 |
    """)
    assert read.taken()["B5"] == "waterworks 調査課 paper.sheets_purchased 2021-04 month actual 131200"
    assert read.taken()["C9"] == "waterworks 西部事務所 paper.sheets_purchased 2021-05 month actual 102750"


def test_a_group_among_bureaus_is_their_sum() -> None:
    """知事部局 above its bureaus is a check, not an office of the bureau that made the list."""
    read = Read(
        """
        | 各局一覧␣令和4年9月 | |
        | 作成：デジタルサービス局デジタル改革課 | |
        | 局等 | FAX送信件数 |
        | 知事部局 | 7 |
        | 政企局 | 3 |
        | 総務局 | 4 |
    """,
        file="集計",
    )
    assert (read.fate("B4"), sorted(read.taken())) == ("check", ["B5", "B6"])


def test_figures_that_are_to_be_deleted() -> None:
    """What stands below ▼担当者計算用（提出前に削除） is no report."""
    read = Read("""
        | 月次報告␣令和5年4月 | | |
        | 所属名 | コピー件数 | FAX送信件数 |
        | 調査課 | 182 | 54 |
        | | | |
        | ▼以下、担当者計算用（提出前に削除） | | |
        | コピー件数 | 895 | 167 |
    """)
    assert sorted(read.taken()) == ["B3", "C3"]


def test_whom_a_form_goes_to_is_not_whose_it_is() -> None:
    """照会元｜デジタルサービス局 and 電話｜33051 say nothing of the figures; a page number heads nothing."""
    read = Read(
        """
        | 照会回答␣令和4年6月 | | 1／3頁 |
        | 回答局 | 警視庁 | |
        | 照会元 | デジタルサービス局 | |
        | 項目 | 回答 | 前月 |
        | FAX送信件数 | 13 | 12 |
        | 担当␣庶務係␣電話 | 33051 | |
    """,
        file="照会回答",
    )
    assert read.taken() == {"B5": "police fax.sent 2022-06 month actual 13", "C5": "police fax.sent 2022-05 month actual 12"}


def test_a_fiscal_year_as_of_a_month() -> None:
    """令和6年度（9月末現在） behind whole years is, of what is counted over time, April to September."""
    read = Read("""
        | 年度推移（令和6年9月末） | | | |
        | 事項 | 令和4年度 | 令和5年度 | 令和6年度（9月末現在） |
        | コピー件数 | 57 | 52 | 23 |
        | 都民利用施設数 | 7 | 8 | 9 |
    """)
    assert read.taken() == {
        "B3": "waterworks paper.copies FY2022 year actual 57",
        "C3": "waterworks paper.copies FY2023 year actual 52",
        "D3": "waterworks paper.copies 2024-09 ytd actual 23",
        "B4": "waterworks cash.facilities 2023-03 as_of actual 7",
        "C4": "waterworks cash.facilities 2024-03 as_of actual 8",
        "D4": "waterworks cash.facilities 2024-09 as_of actual 9",
    }


def test_a_goal_of_the_end_of_the_year() -> None:
    """年度末目標 beside the stock of September is that of March, and a heading with months of its own leaves it there."""
    read = Read("""
        | 期末の状況␣令和6年9月30日現在 | | | |
        | 項目 | 単位 | 現在 | 年度末目標 |
        | 押印対象手続数 | 件 | 217 | － |
        | うち押印廃止済 | 件 | 125 | 134 |
    """)
    assert read.taken()["C4"] == "waterworks seal.procedures_abolished 2024-09 as_of actual 125"
    assert read.taken()["D4"] == "waterworks seal.procedures_abolished 2025-03 as_of target 134"
    across = Read("""
        | デジタル化の進捗␣令和6年度 | | | | | |
        | 部署名 | デジタル化済手続数 | < | < | < | 年度末目標（デジタル化済手続数） |
        | ^ | 6月末 | 9月末 | 12月末 | 3月末 | ^ |
        | 総務課 | 55 | 92 | 101 | 123 | 130 |
    """)
    assert across.taken()["F4"] == "waterworks 総務課 face.procedures_online 2025-03 as_of target 130"


def test_the_same_quarter_of_last_year() -> None:
    """前年度同四半期 beside 第2四半期実績 is that quarter a year before."""
    read = Read("| 令和6年度第2四半期 | | |\n| 項目 | 第2四半期実績 | 前年度同四半期 |\n| FAX送信件数 | 338 | 398 |")
    assert read.taken() == {
        "B3": "waterworks fax.sent 2024-Q2 quarter actual 338",
        "C3": "waterworks fax.sent 2023-Q2 quarter actual 398",
    }


def test_years_beside_a_half_of_one() -> None:
    """前年度実績（R5年度） beside 今年度目標（R6年度） and 上半期累計 is a whole year, whatever the title names; else it is asked."""
    read = Read("""
        | 令和6年度上半期␣コピー件数 | | | |
        | 部署名 | 前年度実績（R5年度） | 今年度目標（R6年度） | 上半期累計（4月～9月） |
        | 総務課 | 83 | 75 | 48 |
    """)
    assert read.taken() == {
        "B3": "waterworks 総務課 paper.copies FY2023 year actual 83",
        "C3": "waterworks 総務課 paper.copies FY2024 year target 75",
        "D3": "waterworks 総務課 paper.copies 2024-09 ytd actual 48",
    }
    alone = Read("| 令和6年度上半期␣コピー件数 | | |\n| 部署名 | R5年度実績 | R6年度実績 |\n| 総務課 | 83 | 75 |")
    assert (alone.taken(), alone.fate("B3")) == ({}, "N05")


def test_a_heading_of_places_is_no_measure() -> None:
    """窓口 over offices heads them: what is counted the caption says, and 本庁窓口 is one of them."""
    read = Read("""
        | タッチレス実績（令和4年度） | | | |
        | | | | |
        | （１）窓口来庁件数 | | | |
        | 窓口 | 区分 | 4月 | 5月 |
        | 城南センター | 来庁 | 653 | 3679 |
        | 多摩事務所 | 来庁 | 2997 | 851 |
        | 本庁窓口 | 来庁 | 244 | 2362 |
        | | | | |
        | （２）相談・説明会等件数 | | | |
        | 窓口 | 区分 | 4月 | 5月 |
        | 城南センター | 総数 | 136 | 40 |
        | ^ | うちオンライン | 83 | 14 |
        | 多摩事務所 | 総数 | 125 | 96 |
        | ^ | うちオンライン | 32 | 29 |
    """)
    taken = read.taken()
    assert len(taken) == 14
    assert taken["C7"] == "waterworks 本庁窓口 face.visits 2022-04 month actual 244"
    assert taken["C11"] == "waterworks 城南センター face.consultations 2022-04 month actual 136"
    assert taken["D14"] == "waterworks 多摩事務所 face.consultations_online 2022-05 month actual 29"


def test_the_title_of_a_box() -> None:
    """押印廃止 merged over a box's labels and numbers is its title; over a column it says which of the rows' procedures that counts."""
    read = Read("""
        | 進捗␣令和5年1月末時点 | | |
        | 押印廃止 | < | < |
        | 押印対象手続数 | 163 | 件 |
        | 押印廃止済手続数 | 111 | 件 |
    """)
    assert read.taken() == {
        "B3": "waterworks seal.procedures 2023-01 as_of actual 163",
        "B4": "waterworks seal.procedures_abolished 2023-01 as_of actual 111",
    }
    column = Read("| 進捗␣令和5年1月末時点 | |\n| 区分 | 押印廃止 |\n| 押印対象手続数 | 111 |")
    assert column.taken() == {"B3": "waterworks seal.procedures_abolished 2023-01 as_of actual 111"}


def test_a_block_of_last_year_that_names_it() -> None:
    """○前年度（令和4年度） on a sheet of 令和5年度 is that year and not the one before; on one of 令和6年度 it is asked which."""
    drawing = """
        | 窓口実績␣{} | |
        | | |
        | ○今年度 | |
        | 部署名 | FAX送信件数 |
        | ^ | 4月 |
        | 総務課 | 5 |
        | | |
        | ○前年度（令和4年度） | |
        | 部署名 | FAX送信件数 |
        | ^ | 4月 |
        | 総務課 | 7 |
    """
    assert Read(drawing.format("令和5年度")).taken() == {
        "B6": "waterworks 総務課 fax.sent 2023-04 month actual 5",
        "B11": "waterworks 総務課 fax.sent 2022-04 month actual 7",
    }
    doubtful = Read(drawing.format("令和6年度"))
    assert (list(doubtful.taken()), doubtful.fate("B11")) == (["B6"], "N05")


def test_who_is_in_charge_of_a_card() -> None:
    """所管｜総務部 below a card is in charge of it, and says nothing of the next; as a column's heading it heads offices."""
    read = Read("""
        | 局別管理シート | | |
        | | | |
        | 指標 | 押印廃止済手続数 | < |
        | 現状値（令和3年度末） | 545 | 件 |
        | 所管 | 総務部 | |
        | | | |
        | 指標 | キャッシュレス導入施設数 | < |
        | 現状値（令和3年度末） | 12 | 施設 |
        | 所管 | 企画部 | |
    """)
    assert read.taken() == {
        "B4": "waterworks seal.procedures_abolished 2022-03 as_of actual 545",
        "B8": "waterworks cash.facilities_cashless 2022-03 as_of actual 12",
    }
    column = Read("| FAX送信件数␣令和4年6月 | |\n| 所管 | 件数 |\n| 総務部 | 5 |\n| 企画部 | 6 |")
    assert list(column.taken().values()) == [
        f"waterworks {office} fax.sent 2022-06 month actual {n}" for office, n in (("総務部", 5), ("企画部", 6))
    ]


def test_the_total_of_a_month_beside_the_cumulative() -> None:
    """月計 beside 累計 under a year is the month's figure, which the cumulative adds up; behind offices it adds those up."""
    read = Read("""
        | コピー件数の推移（令和3年度） | | | | |
        | 月 | 令和3年度 | < | 令和2年度 | < |
        | ^ | 月計 | 累計 | 月計 | 累計 |
        | 4月 | 149 | 149 | 116 | 116 |
        | 5月 | 265 | 414 | 540 | 656 |
    """)
    assert read.taken() == {
        "B4": "waterworks paper.copies 2021-04 month actual 149",
        "D4": "waterworks paper.copies 2020-04 month actual 116",
        "B5": "waterworks paper.copies 2021-05 month actual 265",
        "D5": "waterworks paper.copies 2020-05 month actual 540",
    }
    offices = Read("""
        | コピー件数（令和3年度） | | | | |
        | 月 | 総務課 | 経理課 | 月計 | 累計 |
        | 4月 | 5 | 7 | 12 | 12 |
        | 5月 | 6 | 8 | 14 | 26 |
    """)
    assert sorted(offices.taken()) == ["B3", "B4", "C3", "C4"]


def test_who_fills_in_a_form() -> None:
    """記入担当課｜管理部総務課 names who fills the form in, not whose figures alone they are."""
    read = Read(
        "| 実績報告書␣令和4年10月 | |\n| 局名 | 水道局 |\n| 記入担当課 | 管理部総務課 |\n| FAX送信件数 | 293 |\n| FAX受信件数 | 431 |"
    )
    assert set(read.taken().values()) == {
        "waterworks fax.sent 2022-10 month actual 293",
        "waterworks fax.received 2022-10 month actual 431",
    }


def test_what_kind_of_office_one_is() -> None:
    """出先 behind 東部事務所 tells of what kind it is, and is not the office; before it, it is no other."""
    behind = Read("| 令和4年4月␣FAX送信件数 | | |\n| 部署名 | 所属区分 | 件数 |\n| 総務課 | 本庁 | 5 |\n| 東部事務所 | 出先 | 6 |")
    before = Read("| 令和4年4月␣FAX送信件数 | | |\n| 所属区分 | 部署名 | 件数 |\n| 本庁 | 総務課 | 5 |\n| 出先 | 東部事務所 | 6 |")
    for read in (behind, before):
        assert read.taken() == {
            "C3": "waterworks 総務課 fax.sent 2022-04 month actual 5",
            "C4": "waterworks 東部事務所 fax.sent 2022-04 month actual 6",
        }


def test_a_total_by_its_nature() -> None:
    """FAX送受信件数（合計） alone is taken; beside 送信 and 受信 it is their check."""
    alone = Read("| 令和4年10月 | |\n| 項目 | 実績 |\n| FAX送受信件数（合計） | 5838 |\n| コピー件数 | 69 |")
    assert alone.taken()["B3"] == "waterworks fax.total 2022-10 month actual 5838"
    beside = Read("| 令和4年10月 | |\n| 項目 | 実績 |\n| FAX送信件数 | 5 |\n| FAX受信件数 | 6 |\n| FAX送受信件数（合計） | 11 |")
    assert (sorted(beside.taken()), beside.fate("B5")) == (["B3", "B4"], "check")


def test_each_bureau_in_a_title() -> None:
    """各局␣コピー件数 or 各局コピー件数 is a title of what all bureaus count, and names none."""
    for title in ("各局␣コピー件数", "各局コピー件数"):
        read = Read(f"| {title}␣令和5年度累計（4月～6月） | |\n| 局名 | 令和5年度4月～6月累計 |\n| 財務局 | 117 |\n| 水道局 | 118 |")
        assert read.taken() == {"B3": "finance paper.copies 2023-06 ytd actual 117", "B4": "waterworks paper.copies 2023-06 ytd actual 118"}


def test_the_cap_of_a_year_under_a_cumulative_title() -> None:
    """年間上限枚数 under 令和5年度累計（4月～6月） is the whole year's."""
    read = Read("""
        | 各局コピー用紙調達量␣令和5年度累計（4月～6月） | | |
        | 局名 | 令和5年度4月～6月累計 | 令和5年度年間上限枚数 |
        | 財務局 | 117 | 826 |
    """)
    assert read.taken() == {
        "B3": "finance paper.sheets_purchased 2023-06 ytd actual 117",
        "C3": "finance paper.sheets_purchased FY2023 year cap 826",
    }


def test_a_year_that_is_called_last_year_is_not_the_year_before_it() -> None:
    """令和2年度（前年同月） over 7月 is July 2020; 前年同月 under 令和3年度 is July of the year before."""
    sheet = "| FAX送受信件数 | | |\n| 課 | 令和3年度 | {} |\n| ^ | 7月 | 7月 |\n| 総務課 | 3 | 4 |"
    assert Read(sheet.format("令和2年度（前年同月）")).taken()["C4"] == "waterworks 総務課 fax.total 2020-07 month actual 4"
    across = Read("| FAX送受信件数 | | |\n| 課 | 令和3年度 | < |\n| ^ | 7月 | 7月（前年同月） |\n| 総務課 | 3 | 4 |")
    assert across.taken()["C4"] == "waterworks 総務課 fax.total 2020-07 month actual 4"


def test_last_month_behind_what_is_counted() -> None:
    """前月 right behind the only measure of a table is that of the month before; behind two of them it is asked about."""
    read = Read("| 令和5年4月 | | | |\n| 課 | コピー用紙調達量 | 前月 | 前月比 |\n| 総務課 | 300 | 400 | 0.75 |")
    assert read.taken()["C3"] == "waterworks 総務課 paper.sheets_purchased 2023-03 month actual 400"
    both = Read("| 令和5年4月 | | | |\n| 課 | FAX送信 | FAX受信 | 前月 |\n| 総務課 | 300 | 400 | 500 |")
    assert both.fate("D3") == "N01"


def test_labels_of_a_table_beside_that_has_ended_are_not_carried_on() -> None:
    """合計 of the shorter table to the left is no total of the offices that go on in the longer one."""
    read = Read("""
        | 令和4年5月 | | | | |
        | 課 | コピー件数 | | 所属 | FAX送信 |
        | 総務課 | 10 | | 企画課 | 1 |
        | 施設課 | 20 | | 施設課 | 2 |
        | 合計 | 30 | | 西部事務所 | 3 |
        | | | | 北部事務所 | 4 |
        | | | | 合計 | 10 |
    """)
    assert read.taken()["E6"] == "waterworks 北部事務所 fax.sent 2022-05 month actual 4"
    assert read.fate("E7") == "check"


def test_a_file_named_by_those_who_gathered_all_bureaus() -> None:
    """デジタルサービス推進課 in the file's name is no office of the bureaus listed; of one bureau it may be, and is asked about."""
    several = "| FAX送信件数␣令和4年9月 | |\n| 総務局 | 3 |\n| 財務局 | 4 |"
    assert [each.office for each in Read(several, file="取りまとめ表_デジタル推進課").observations] == ["", ""]
    assert Read("| FAX送信件数␣令和4年9月 | |\n| 総務局 | 3 |", file="取りまとめ表_デジタル推進課").fate("B2") == "N10"


def test_a_desk_under_the_title_gathers_the_figures() -> None:
    """港湾局 総務部総務課庶務担当 on a sheet whose file names the bureau alone is who writes, not whose the figures are."""
    table = "| 月 | コピー件数 |\n| 4月 | 3 |\n| 5月 | 4 |"
    for desk in ("総務部総務課庶務担当", "総務部総務課文書係", "総務部企画計理課"):
        read = Read(f"| 月別集計表␣令和4年度 | |\n| 港湾局␣{desk} | |\n{table}", file="月別集計表_港湾局")
        assert [each.office for each in read.observations] == ["", ""]


def test_plans_in_the_block_above_say_nothing_of_actuals() -> None:
    """（２）月別実績 below （１）月別計画 heads actuals; on a sheet named 計画 it is asked about."""
    sheet = """
        | コピー用紙調達枚数（令和5年度） | | |
        |                                 | | |
        | （１）月別計画                  | | |
        | 部 | 4月 | 5月 |
        | 総務部 | 10 | 20 |
        |                                 | | |
        | （２）月別実績                  | | |
        | 部 | 4月 | 5月 |
        | 総務部 | 11 | 21 |
    """
    assert [each.scenario for each in Read(sheet).observations] == ["plan", "plan", "actual", "actual"]
    assert Read(sheet, sheet="計画").fate("B9") == "N15"


def test_the_month_of_the_report_under_years() -> None:
    """当月 and 累計 under 令和4年度, 同月 and 同月累計 under 令和3年度: the month of the title, and April to it, in each year."""
    read = Read("""
        | コピー用紙調達枚数報告（令和4年9月分） | | | | |
        | 事務所 | 令和4年度 | < | 令和3年度 | < |
        | ^ | 当月 | 累計 | 同月 | 同月累計 |
        | 総務部 | 17 | 490 | 70 | 507 |
    """)
    assert [each.split()[3:5] for each in read.taken().values()] == [
        ["2022-09", "month"],
        ["2022-09", "ytd"],
        ["2021-09", "month"],
        ["2021-09", "ytd"],
    ]


def test_a_yearly_cap_with_words_between() -> None:
    """年間購入上限枚数 is the cap of the year, whatever month is reported."""
    read = Read("| コピー用紙␣令和4年度 | | |\n| 報告月：令和4年7月 | | |\n| 課 | 年間購入上限枚数 | 7月購入枚数 |\n| 総務課 | 300 | 20 |")
    assert read.taken() == {
        "B4": "waterworks 総務課 paper.sheets_purchased FY2022 year cap 300",
        "C4": "waterworks 総務課 paper.sheets_purchased 2022-07 month actual 20",
    }


def test_a_goal_of_what_is_called_actual() -> None:
    """令和5年度目標 over コピー実績件数 is its target, for the count is only called so."""
    read = Read("| 令和5年4月 | | |\n| 項目 | 令和5年度目標 | 当月実績 |\n| コピー実績件数 | 300 | 20 |")
    assert [each.split()[1:4] for each in read.taken().values()] == [
        ["paper.copies", "FY2023", "year"],
        ["paper.copies", "2023-04", "month"],
    ]


def test_districts_over_their_offices() -> None:
    """第一消防方面 over the stations of each, 多摩 before a market: areas, each office in one; else they are asked about."""
    read = Read("""
        | FAX送信件数␣令和6年度 | | | | | | |
        | 月 | 第一消防方面 | < | < | 第二消防方面 | < | 合計 |
        | ^ | 丸の内消防署 | 神田消防署 | 計 | 蒲田消防署 | 計 | ^ |
        | 4月 | 1 | 2 | 3 | 4 | 4 | 7 |
        | 5月 | 5 | 6 | 11 | 7 | 7 | 18 |
    """)
    assert [each.split()[1] for each in read.taken().values()] == ["丸の内消防署", "神田消防署", "蒲田消防署"] * 2
    assert {read.fate(cell) for cell in ("D4", "F4", "G4")} == {"check"}
    down = Read("""
        | 令和6年9月末現在 | | |
        | 区分 | 市場 | 都民利用施設数 |
        | 区部 | 豊洲市場 | 33 |
        | ^ | 大田市場 | 30 |
        | 多摩 | 多摩ニュータウン市場 | 12 |
    """)
    assert len(down.taken()) == 3
    alike = Read("""
        | FAX送信件数␣令和6年4月 | | | | |
        | 月 | 甲種 | < | 乙種 | < |
        | ^ | 神田消防署 | 蒲田消防署 | 神田消防署 | 蒲田消防署 |
        | 4月 | 1 | 2 | 3 | 4 |
    """)
    assert alike.fate("B4") == "N16"


def test_cumulative_columns_that_are_compared() -> None:
    """On a sheet of 4月～1月 with 前年度比 令和5年度累計 is of the same months as 令和6年度累計."""
    read = Read("""
        | 令和6年度␣累計実績報告（4月～1月） | | | |
        | 項目 | 令和6年度累計 | 令和5年度累計 | 前年度比（％） |
        | FAX送信件数 | 18 | 19 | 94.5 |
    """)
    assert read.taken() == {"B3": "waterworks fax.sent 2025-01 ytd actual 18", "C3": "waterworks fax.sent 2024-01 ytd actual 19"}


def test_a_quarters_target_behind_its_months() -> None:
    """四半期目標 on a sheet of 第1四半期 is of that quarter, though months stand beside it."""
    read = Read("""
        | 令和5年度␣第1四半期実績報告 | | | | | |
        | 項目 | 4月 | 5月 | 6月 | 四半期計 | 四半期目標 |
        | FAX送信件数 | 4 | 5 | 6 | 15 | 13 |
    """)
    assert read.taken()["F3"] == "waterworks fax.sent 2023-Q1 quarter target 13"
    assert read.fate("E3") == "check"


def test_this_month_in_other_words() -> None:
    """本月 and 今月 beside ４月からの累計 are the month, whatever the title says of both."""
    for month in ("本月", "今月", "当月"):
        sheet = f"| 令和7年度␣2月実績及び累計 | | |\n| 課 | FAX送信件数 | < |\n| ^ | {month} | ４月からの累計 |\n| 総務課 | 5 | 60 |"
        assert [each.split()[3:5] for each in Read(sheet).taken().values()] == [["2026-02", "month"], ["2026-02", "ytd"]]


def test_a_total_over_two_columns_of_labels_ends_with_its_row() -> None:
    """知事部局計 over number and name is no label of the bureaus below it; うち in the second column is part of what stands over both."""
    read = Read("""
        | 各局一覧␣令和8年1月分 | | |
        | 番号 | 局名 | FAX送信数 |
        | 1 | 総務局 | 3 |
        | 2 | 財務局 | 4 |
        | 知事部局計 | < | 7 |
        | 3 | 交通局 | 5 |
    """)
    assert read.taken()["C6"] == "transportation fax.sent 2026-01 month actual 5"
    assert read.fate("C5") == "check"
    part = Read("""
        | 令和5年度 | | |
        | 項目 | | 4月 |
        | 相談・説明会等（件） | < | 17 |
        | | うちオンライン（件） | 6 |
    """)
    assert part.taken()["C4"] == "waterworks face.consultations_online 2023-04 month actual 6"


def test_boxes_for_what_and_in_what_unit() -> None:
    """指標名｜コピー用紙購入量｜単位｜千枚 above a form: all its figures are of that, and 前年度実績 is no target."""
    read = Read("""
        | 進捗管理票 | | | 令和2年度 | | |
        | 指標名 | コピー用紙購入量 | 単位 | 千枚 | | |
        | | | | | | |
        | 年度目標 | 3132 | 前年度実績 | 3584 | | |
        | | | | | | |
        | 四半期 | 第1四半期 | 第2四半期 | 第3四半期 | | |
        | 計画 | 1000 | 1017 | 971 | | |
        | 実績 | 760 | 937 | 941 | | |
    """)
    assert read.taken()["B4"] == "waterworks paper.sheets_purchased FY2020 year target 3132000"
    assert read.taken()["D4"] == "waterworks paper.sheets_purchased FY2019 year actual 3584000"
    assert read.taken()["B7"] == "waterworks paper.sheets_purchased 2020-Q1 quarter plan 1000000"
    assert read.taken()["C8"] == "waterworks paper.sheets_purchased 2020-Q2 quarter actual 937000"


def test_the_number_of_a_list_is_no_month() -> None:
    """２　月末現在の状況 below １　当月の実績 is of the month of the sheet; without a list 2月末現在 is February."""
    sheet = """
        | 月例報告書␣令和5年11月分 | |
        | {} | |
        | FAX送信件数 | 4 |
        | | |
        | ２␣月末現在の状況 | |
        | 項目 | 件数 |
        | 押印廃止済手続数 | 30 |
    """
    assert Read(sheet.format("１␣当月の実績")).taken()["B7"] == "waterworks seal.procedures_abolished 2023-11 as_of actual 30"
    assert Read(sheet.format("実績")).taken()["B7"] != "waterworks seal.procedures_abolished 2023-11 as_of actual 30"


def test_the_month_named_at_the_foot() -> None:
    """対象月：令和5年11月 below the table dates it; 作成日 does not."""
    sheet = "| 件数報告 | |\n| 部所 | FAX送信件数 |\n| 総務部 | 4 |\n| | |\n| {}：令和5年11月 | |\n| 作成局：水道局 | |"
    assert Read(sheet.format("対象月"), file="様式３").taken() == {"B3": "waterworks 総務部 fax.sent 2023-11 month actual 4"}
    assert Read(sheet.format("作成日"), file="様式３").fate("B3") == "N03"


def test_a_finished_year_beside_the_months_of_this_one() -> None:
    """令和2年度実績 beside 令和3年4～12月累計 is a whole year, though the sheet is of December."""
    read = Read("""
        | 令和3年12月末現在 | | | |
        | 項目 | 令和2年度実績 | 令和3年度目標 | 令和3年4～12月累計 |
        | FAX送信件数 | 40 | 30 | 20 |
    """)
    assert [each.split()[2:5] for each in read.taken().values()] == [
        ["FY2020", "year", "actual"],
        ["FY2021", "year", "target"],
        ["2021-12", "ytd", "actual"],
    ]


def test_a_unit_under_its_heading_holds_for_the_whole_row() -> None:
    """千枚 under 単位 is also the unit of 前年度同期 behind it."""
    read = Read("""
        | 報告カード␣令和6年度第2四半期 | | | |
        | 項目 | 期間計 | 単位 | 前年度同期 |
        | コピー用紙の購入 | 348 | 千枚 | 171 |
        | FAX送受信（合計） | 8455 | 件 | 1426 |
    """)
    assert read.taken()["D3"] == "waterworks paper.sheets_purchased 2023-Q2 quarter actual 171000"
    assert read.taken()["D4"] == "waterworks fax.total 2023-Q2 quarter actual 1426"


def test_plans_under_months_of_a_forecast() -> None:
    """計画 under 1月（見込） is a plan as in any month; 実績 there is a forecast."""
    read = Read("""
        | 計画と実績␣令和3年度 | | | |
        | 項目 | 内訳 | 12月 | 1月（見込） |
        | FAX送信件数 | 計画 | 30 | 37 |
        | ^ | 実績 | 35 | 90 |
    """)
    assert read.taken()["D3"] == "waterworks fax.sent 2022-01 month plan 37"
    assert read.fate("D4") == "N30"


def test_what_the_name_of_a_file_says_of_goals() -> None:
    """Where nothing on a sheet tells, figures of a file called 上限 are asked about; a word on the sheet settles it."""
    sheet = "| コピー用紙購入枚数␣令和4年度 | |\n{}| 月 | 購入枚数 |\n| 4月 | 300 |"
    assert Read(sheet.format(""), file="港湾局_用紙上限").fate("B3") == "N15"
    told = Read(sheet.format("| 年間購入上限枚数 | 4000 |\n| | |\n"), file="港湾局_用紙上限")
    assert [each.scenario for each in told.observations] == ["cap", "actual"]


def test_months_and_dates_that_lost_their_form() -> None:
    """Two serial numbers between dates of months are the months between; 基準日 heads dates of stocks."""
    read = Read("""
        | 収納件数（令和3年度） | |
        | 年月 | 件数 |
        | 2021-04-01 | 3 |
        | 44317 | 4 |
        | 44348 | 5 |
        | 2021-07-01 | 6 |
    """)
    assert [each.split()[2] for each in read.taken().values()] == ["2021-04", "2021-05", "2021-06", "2021-07"]
    stocks = Read("| 各月末 | |\n| 基準日 | 押印廃止済手続数 |\n| 2021-04-30 | 54 |\n| 2021-05-31 | 63 |")
    assert [each.split()[2] for each in stocks.taken().values()] == ["2021-04", "2021-05"]


def test_a_half_and_its_last_day() -> None:
    """上半期末（令和5年9月30日現在） is September's end, and 前年度末（令和5年3月31日現在） March's."""
    read = Read("""
        | 手続の状況 | | |
        | 項目 | 前年度末（令和5年3月31日現在） | 上半期末（令和5年9月30日現在） |
        | 押印廃止済手続数 | 77 | 79 |
    """)
    assert [each.split()[2:4] for each in read.taken().values()] == [["2023-03", "as_of"], ["2023-09", "as_of"]]


def test_the_month_of_another_block_says_nothing_of_last_years() -> None:
    """On a copy of last year's report below the months behind that of the file are no months to come."""
    read = Read(
        """
        | 令和4年度␣実績 | | |
        | 項目 | 9月 | 10月 |
        | FAX送信 | 152 | |
        | | | |
        | 令和3年度␣実績（昨年度報告の写し） | | |
        | 項目 | 9月 | 10月 |
        | FAX送信 | 40 | 60 |
        """,
        file="産労局_R4.9月報告",
    )
    assert read.taken()["C7"] == "industrial-labor fax.sent 2021-10 month actual 60"
    assert read.taken()["B3"] == "industrial-labor fax.sent 2022-09 month actual 152"


def test_the_whole_bureau_whoever_answers() -> None:
    """（東京消防庁全体） and （教育庁・所管事業所計） in a title are the bureau's, also where 回答部署 is named."""
    read = Read(
        "| 回答票（東京消防庁全体） | |\n| 回答部署 | 総務部情報通信課 |\n| 対象月 | 令和3年8月 |\n| | |\n| FAX送信件数 | 4 |", file="回答"
    )
    assert read.taken() == {"B5": "fire fax.sent 2021-08 month actual 4"}
    title = Read("| FAX送受信件数（教育庁・所管事業所計） | |\n| 月 | 令和3年度 |\n| 4月 | 7 |", file="ファクス")
    assert title.taken() == {"B3": "education fax.total 2021-04 month actual 7"}


def test_a_heading_with_its_part_over_both() -> None:
    """起案文書数（うち電子決定） over 全体 and 電子決定 heads both; alone over a number it is the part."""
    read = Read("| 令和5年8月 | | |\n| 課 | 起案文書数（うち電子決定） | < |\n| ^ | 全体 | 電子決定 |\n| 総務課 | 9 | 7 |")
    assert [each.measure for each in read.observations] == ["seal.decisions", "seal.decisions_electronic"]
    alone = Read("| 令和5年8月 | |\n| 課 | 起案文書数（うち電子決定） |\n| 総務課 | 7 |")
    assert [each.measure for each in alone.observations] == ["seal.decisions_electronic"]


def test_others_of_a_breakdown_are_no_count_of_their_own() -> None:
    """その他 under 決済手段別内訳 is a kind of payment as クレジット is, and asked about as those are."""
    read = Read("""
        | 収納状況␣令和3年8月分 | | | |
        | 課名 | 収納件数 | （決済手段別内訳） | < |
        | ^ | ^ | クレジット | その他 |
        | 管理課 | 1202 | 113 | 93 |
    """)
    assert list(read.taken()) == ["B4"]
    assert {read.fate("C4"), read.fate("D4")} == {"N16"}


def test_a_goal_of_the_year_as_a_caption() -> None:
    """年度目標 over a table, or alone in a second line of headings, is of the year as it is right over a number; 年度末 lies ahead."""
    for line in ("| | 年度目標 |", "| | 年間上限 |"):
        read = Read(f"| 令和5年8月分 | |\n| 課 | FAX送信件数 |\n{line}\n| 総務課 | 123 |\n| 用地課 | 234 |")
        assert {meaning.split()[3] for meaning in read.taken().values()} == {"FY2023"}
    read = Read("| 令和5年8月分　年間計画 | |\n| 課 | FAX送信件数 |\n| 総務課 | 123 |")
    assert read.taken()["B3"].split()[3:6] == ["FY2023", "year", "plan"]
    read = Read("| 令和5年8月分 | |\n| 年間計画と実績 | |\n| 課 | FAX送信件数 |\n| 総務課 | 123 |")
    assert read.taken()["B4"].split()[3:6] == ["2023-08", "month", "actual"]
    read = Read("| 令和5年8月分 | |\n| 年度末目標 | |\n| 課 | 押印廃止済手続数 |\n| 総務課 | 123 |")
    assert read.taken()["B4"].split()[3:6] == ["2024-03", "as_of", "target"]


def test_a_caption_that_counts_in_another_unit() -> None:
    """FAX送信枚数 counts sheets, no faxes: as a title, a caption and a name as well as right over the numbers."""
    table = "| 課 | 実績 |\n| 総務課 | 123 |"
    for text in ("FAX送信枚数", "FAX送信（単位：枚）"):
        assert Read(f"| {text}　令和5年8月分 | |\n{table}").fate("B3") == "N11"
        assert Read(f"| 令和5年8月分 | |\n| {text} | |\n{table}").fate("B4") == "N11"
    assert Read(f"| 令和5年8月分 | |\n{table}", sheet="FAX送信枚数").fate("B3") == "N11"
    assert Read(f"| コピー枚数　令和5年8月分 | |\n{table}").taken()["B3"].split()[2] == "paper.copies"


def test_a_row_that_names_the_part() -> None:
    """起案文書数（うち電子決定） beside a number is the part, whatever the next row is; only over its parts it names both."""
    read = Read("| 令和5年8月分 | |\n| 項目 | 実績 |\n| 起案文書数 | 20 |\n| 起案文書数（うち電子決定） | 12 |\n| FAX送信件数 | 3 |")
    measures = [meaning.split()[1] for meaning in read.taken().values()]
    assert measures == ["seal.decisions", "seal.decisions_electronic", "fax.sent"]


def test_one_month_in_digits_among_headings() -> None:
    """202304 as the only number of a row of headings is April 2023, whatever month the title names; 202304 of an office is a count."""
    read = Read("| 令和5年8月分 | | |\n| 課 | FAX送信件数 | |\n| | 202304 | 当月 |\n| 総務課 | 123 | 55 |\n| 用地課 | 234 | 66 |")
    assert [meaning.split()[3] for meaning in read.taken().values()] == ["2023-04", "2023-08", "2023-04", "2023-08"]
    read = Read("| コピー件数　令和5年8月分 | |\n| 課 | 件数 |\n| 総務課 | 202304 |\n| 用地課 | 234 |")
    assert list(read.taken()) == ["B3", "B4"]


def test_a_total_below_months_still_blank() -> None:
    """累計 below rows for months to come adds up those before; the last of these rows is no caption."""
    body = "| 月 | 窓口来庁件数 |\n| 4月 | 10 |\n| 5月 | 20 |\n| 6月 | |\n| 7月 | |\n| 累計 | 30 |"
    for title in ("令和5年度", "令和5年度（5月分まで）", "令和5年度（5年5月分まで）"):
        read = Read(f"| {title} | |\n{body}")
        assert (list(read.taken()), read.fate("B7"), read.codes()) == (["B3", "B4"], "check", [])


def test_the_name_of_a_drive_over_a_whole() -> None:
    """総数 under 相談・説明会等のオンライン化 may be all of them or those held online; オンライン under it is clear."""
    for text, wanted in (("実施総数", []), ("オンライン", ["face.consultations_online"])):
        read = Read(f"| 令和5年8月分 | | |\n| 課 | 相談・説明会等のオンライン化 | FAX送信 |\n| | {text} | 件数 |\n| 総務課 | 12 | 3 |")
        assert [meaning.split()[2] for meaning in read.taken().values()] == [*wanted, "fax.sent"]


@pytest.mark.parametrize("heading", ["順位（前年）", "電話（直通）", "内線（代表）", "連絡先（総務課）", "番号（様式）"])
def test_ranks_and_telephones_with_an_explanation(heading: str) -> None:
    """順位 and 電話 head no counts, among offices as well, whatever explains them in brackets."""
    read = Read(
        f"| 令和5年8月分 | | | |\n| 項目 | 総務課 | 用地課 | {heading} |\n| FAX送信件数 | 12 | 13 | 2 |\n| FAX受信件数 | 14 | 15 | 1 |"
    )
    assert list(read.taken()) == ["B3", "C3", "B4", "C4"]


@pytest.mark.parametrize("months", ["4月 | | 5月 | | 6月", "令和6年4月 | | 令和6年5月 | | 令和6年6月"])
def test_a_running_total_below_cards_of_months(months: str) -> None:
    """6月までの累計 below cards of months is of none of the months above, nor of another year than the title's: it adds them up."""
    first, _, second, _, third = (each.strip() for each in months.split("|"))
    read = Read(
        f"""
        | 月別件数カード（令和6年度） |    |   |                |    |   |                |    |
        | {first}                     | <  |   | {second}       | <  |   | {third}        | <  |
        | FAX送信件数                 | 10 |   | FAX送信件数    | 20 |   | FAX送信件数    | 40 |
        | FAX受信件数                 | 11 |   | FAX受信件数    | 21 |   | FAX受信件数    | 41 |
        |                             |    |   |                |    |   |                |    |
        | 6月までの累計               | <  |   |                |    |   |                |    |
        | FAX送信件数                 | 70 |   |                |    |   |                |    |
        | FAX受信件数                 | 73 |   |                |    |   |                |    |
        """
    )
    assert read.taken()["E3"] == "waterworks fax.sent 2024-05 month actual 20"
    assert (len(read.taken()), read.fate("B7"), read.fate("B8")) == (6, "check", "check")


def test_last_year_in_a_box_behind_a_gap() -> None:
    """（前年同月） behind a gap is of what is counted before it; beside another 前年同月 it is of what stands above it."""
    read = Read(
        """
        | 調査票 令和6年2月分 |     |    |   |              |    |    |
        | コピー件数          | 838 | 件 |   | （前年同月） | 784 | 件 |
        | FAX送信件数         | 452 | 件 |   | FAX受信件数  | 73 | 件 |
        """
    )
    assert read.taken()["F2"] == "waterworks paper.copies 2023-02 month actual 784"
    assert read.taken()["F3"] == "waterworks fax.received 2024-02 month actual 73"


def test_the_running_total_of_last_year_up_to_the_same_month() -> None:
    """４月から同月までの累計 under last year ends with the month of the report."""
    read = Read(
        """
        | 月次報告書【令和4年9月】 |              |              |                      |
        |             | 令和４年度   | <            | 令和３年度（前年度） | <                      |
        | 項目        | 当月         | ４月からの累計 | 同月               | ４月から同月までの累計 |
        | FAX送信件数 | 1956         | 12012        | 1835                 | 11082                  |
        """
    )
    assert read.taken()["E4"] == "waterworks fax.sent 2021-09 ytd actual 11082"


def test_last_years_total_is_none_of_this_years_offices() -> None:
    """前年同月（局計） behind the offices of this year is the bureau's of last year."""
    read = Read(
        """
        | 状況報告書 令和5年7月分 |        |        |      |                |
        | 項目        | 総務部 | 徴収部 | 局計 | 前年同月（局計） |
        | コピー件数  | 10     | 20     | 30   | 31             |
        | FAX送信件数 | 1      | 2      | 3    | 4              |
        """
    )
    assert read.taken()["E3"] == "waterworks paper.copies 2022-07 month actual 31"
    assert (read.fate("D3"), read.codes()) == ("check", [])


def test_a_number_merged_over_the_rows_of_an_office() -> None:
    """年間上限 merged over the rows of 計画 and 実績, as its office is, is the office's cap; merged over two offices it is of neither."""
    sheet = """
        | コピー用紙調達量 進行管理表（令和5年度） |      |    |    |          |
        | 課名   | 区分 | 4月 | 5月 | 年間上限 |
        | 総務課 | 計画 | 10  | 20  | 900      |
        | {}     | 実績 | 11  | 21  | ^        |
        | 企画課 | 計画 | 30  | 40  | 800      |
        | ^      | 実績 | 31  | 41  | ^        |
    """
    read = Read(sheet.format("^"))
    assert read.taken()["E3"] == "waterworks 総務課 paper.sheets_purchased FY2023 year cap 900"
    assert (len(read.taken()), read.codes()) == (10, [])
    assert Read(sheet.format("人事課")).fate("E3") == "X03"


@pytest.mark.parametrize(
    "units", ["（用紙の単位：千枚、ＦＡＸの単位：件）", "（用紙：千枚、ＦＡＸ：件）", "（単位：用紙は千枚、ＦＡＸは件）"]
)
def test_units_stated_kind_by_kind_beside_a_title(units: str) -> None:
    """Each count of the table has the unit of its kind, whatever column the words stand over."""
    read = Read(
        f"""
        | ２　事業所分                      |     |         |
        | 【第三事務所】令和5年度　使用状況 |     | {units} |
        | 項目                              | 4月 | 5月     |
        | コピー用紙調達量                  | 220 | 140     |
        | FAX送信件数                       | 400 | 375     |
        """
    )
    assert [each.split()[-1] for each in read.taken().values()] == ["220000", "140000", "400", "375"]


def test_last_year_by_month_under_last_years_results() -> None:
    """Under 前年度実績 stand 前年同月 and 前年同月までの累計: a month and a running total, not a whole year."""
    read = Read(
        """
        | 月次調査票（令和7年2月分） |        |        |            |          |              |
        | 項目                       | 今年度実績 | <        | 前年度実績 | <                  | 目標（令和6年度） |
        | ^                          | 当月   | 年度累計 | 前年同月   | 前年同月までの累計 | ^            |
        | FAX送信件数                | 862    | 11969    | 1055       | 12629              | 9628         |
        """
    )
    assert read.taken()["D4"] == "waterworks fax.sent 2024-02 month actual 1055"
    assert read.taken()["E4"] == "waterworks fax.sent 2024-02 ytd actual 12629"
    assert read.taken()["F4"] == "waterworks fax.sent FY2024 year target 9628"
