"""Figures that repeat others by arithmetic."""

from drawn import Read, fates

_OFFICES = {
    "総務課": "| 2022年度 | |\n| 月 | FAX送信件数 |\n| 4月 | 10 |\n| 5月 | 20 |",
    "企画課": "| 2022年度 | |\n| 月 | FAX送信件数 |\n| 4月 | 30 |\n| 5月 | 50 |",
}


def _sheet(title: str, first: int, second: int) -> str:
    return f"| {title} | |\n| 月 | FAX送信件数 |\n| 4月 | {first} |\n| 5月 | {second} |"


def test_a_sheet_that_adds_up_the_sheets_of_the_offices_is_a_check() -> None:
    """Whatever its name, it is no observation; where one of its figures is off, that is told."""
    right = fates({**_OFFICES, "一覧": _sheet("2022年度", 40, 70)})
    assert (right["一覧!B3"], right["一覧!B4"], right["findings"]) == ("check", "check", "")
    wrong = fates({**_OFFICES, "局計": _sheet("2022年度", 40, 71)})
    assert (wrong["局計!B3"], wrong["局計!B4"], wrong["findings"]) == ("check", "check", "T01")


def test_a_sheet_of_other_figures_is_taken() -> None:
    """The bureau's own figures, which the offices' do not add up to, are observations."""
    found = fates({**_OFFICES, "局": _sheet("2022年度", 41, 72)})
    assert (found["局!B3"], found["局!B4"]) == ("taken", "taken")


def test_a_year_that_adds_up_its_months_is_a_check() -> None:
    """Months as sheets make a sheet of the year a check."""
    month = "| 2022年{} | |\n| 部署 | コピー件数 |\n| 総務課 | {} |\n| 企画課 | {} |"
    year = "| 2022年度 | |\n| 部署 | コピー件数 |\n| 総務課 | 11 |\n| 企画課 | 22 |"
    found = fates({"4月": month.format("4月", 1, 2), "5月": month.format("5月", 10, 20), "年度": year})
    assert (found["4月!B3"], found["5月!B4"], found["年度!B3"], found["年度!B4"]) == ("taken", "taken", "check", "check")


def test_a_cumulative_column_behind_its_months_is_a_check() -> None:
    """累計 that adds up the months of its row is no observation; the months to come that follow the report are none either."""
    read = Read("""
        | コピー件数 2022年度 | | | | |
        | 報告月：令和4年5月分 | | | | |
        | | | | | |
        | 部署 | 4月 | 5月 | 6月 | 累計 |
        | 総務課 | 1 | 2 | 2 | 3 |
        | 企画課 | 4 | 5 | 5 | 9 |
    """)
    assert [read.fate(cell) for cell in ("B5", "C5", "D5", "E5", "E6")] == ["taken", "taken", "N24", "check", "check"]


def test_a_cumulative_sheet_behind_the_sheets_of_its_months_is_a_check() -> None:
    """累計（4月～5月） that adds up the sheets 4月 and 5月 is none; where a month is missing it is a figure of its own."""
    form = "| {} | |\n| 部署 | コピー件数 |\n| 総務課 | {} |\n| 企画課 | {} |"
    months = {"4月": form.format("2022年4月", 1, 2), "5月": form.format("2022年5月", 10, 20)}
    total = {"累計": form.format("2022年度 累計（4月～5月）", 11, 22)}
    both, one = fates(months | total), fates({"5月": months["5月"]} | total)
    assert (both["5月!B3"], both["累計!B3"], both["累計!B4"]) == ("taken", "check", "check")
    assert (one["累計!B3"], one["累計!B4"]) == ("taken", "taken")


def test_a_cap_of_the_year_that_adds_up_those_of_its_quarters_is_a_check() -> None:
    """年度計 of caps given by quarter states no other cap."""
    read = Read("""
        | 2023年度 コピー件数 上限管理表 | | | | | | |
        | 所属 | 第1四半期 | < | 第2四半期 | < | 年度計 | < |
        | ^ | 上限 | 実績 | 上限 | 実績 | 上限 | 実績 |
        | 総務課 | 10 | 8 | 20 | 9 | 30 | 17 |
        | 企画課 | 11 | 7 | 21 | 6 | 32 | 13 |
    """)
    assert (len(read.taken()), read.fate("F4"), read.fate("G4"), read.fate("F5")) == (8, "check", "check", "check")


_OF_ONE_YEAR = """
    | 令和{}年度 コピー用紙購入量（単位：千枚） | | | |
    | 課 | 4月 | 5月 | 年度計 |
    | 総務課 | {} | 2 | {} |
    | 契約課 | 4 | 5 | 9 |
    | 経理部小計 | {} | 7 | {} |
"""


def test_a_sheet_that_repeats_the_subtotals_of_others_is_a_check() -> None:
    """総括 of departments by year repeats 経理部小計 of each year's sheet, also where it leaves 千枚 unsaid; another figure does not."""
    years = {"R3": _OF_ONE_YEAR.format(3, 1, 3, 5, 12), "R4": _OF_ONE_YEAR.format(4, 11, 13, 15, 22)}
    whole = "| コピー用紙購入量 総括（単位：枚） | | |\n| 部 | 令和3年度計 | 令和4年度計 |\n| 経理部 | {} | {} |"
    found = fates({"総括": whole.format(12000, 22000), **years})
    assert (found["総括!B3"], found["総括!C3"], found["R3!B3"]) == ("check", "check", "taken")
    unsaid = fates({"総括": whole.format(12, 22).replace("（単位：枚）", ""), **years})
    assert (unsaid["総括!B3"], unsaid["総括!C3"], unsaid["findings"]) == ("check", "check", "")
    other = fates({"総括": whole.format(12001, 22001), **years})
    assert (other["総括!B3"], other["総括!C3"]) == ("taken", "taken")
