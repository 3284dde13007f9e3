"""Totals that no word gives away."""

from drawn import Read


def test_a_division_that_is_the_sum_of_its_sections() -> None:
    """総務部 over its 課 is a check, and it is said."""
    read = Read("""
        | 令和4年6月 | |
        | 部署名 | コピー件数 |
        | 総務部 | 30 |
        | 総務課 | 10 |
        | 経理課 | 20 |
    """)
    assert (list(read.taken()), read.fate("B3"), read.codes()) == (["B4", "B5"], "check", ["T02"])
    assert read.findings[0].fields == {"about": "総務部"}


def test_chance_is_no_total() -> None:
    """One column that happens to add up, among offices of one rank, is left as it is; three columns are no chance."""
    one = Read("| 令和4年6月 | |\n| 部署名 | コピー件数 |\n| 総務課 | 1 |\n| 経理課 | 2 |\n| 企画課 | 3 |")
    assert (len(one.taken()), one.codes()) == (3, [])
    three = Read("""
        | 令和4年6月 | | | |
        | 部署名 | コピー件数 | FAX送信件数 | FAX受信件数 |
        | 総務課 | 1 | 20 | 300 |
        | 経理課 | 2 | 30 | 400 |
        | 本庁 | 3 | 50 | 700 |
    """)
    assert (len(three.taken()), three.codes()) == (6, ["T02"])


def test_a_division_that_is_more_than_its_sections_stays() -> None:
    """総務部 with figures of its own is an office like the others."""
    read = Read("| 令和4年6月 | |\n| 部署名 | コピー件数 |\n| 総務部 | 31 |\n| 総務課 | 10 |\n| 経理課 | 20 |")
    assert (len(read.taken()), read.codes()) == (3, [])
