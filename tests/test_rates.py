"""Rates and differences that a sheet derives."""

import pytest

from drawn import Read


@pytest.mark.parametrize(
    ("heading", "values"),
    [
        ("増減", (-20, 10, -5)),
        ("増減率（％）", (-20.0, 8.3, -2.9)),
        ("前年同月比（％）", (80.0, 108.3, 97.1)),
        ("増減率", (-0.2, 0.0833333333333333, -0.0285714285714286)),
        ("削減率（％）", (20.0, -8.3, 2.9)),
    ],
)
def test_rates_follow_from_two_figures_of_their_row(heading: str, values: tuple[float, ...]) -> None:
    """A difference, a ratio, a change or a reduction, as a fraction or in per cent, rounded or not: recomputed, it is a check."""
    rows = "\n".join(f"| {office} | {now} | {then} | {rate} |" for (office, now, then), rate in zip(OFFICES, values, strict=True))
    read = Read(f"| コピー件数 令和4年6月 | | | |\n| 部署名 | 当月 | 前年同月 | {heading} |\n{rows}")
    assert ({read.fate(f"D{row}") for row in (3, 4, 5)}, len(read.taken()), read.codes()) == ({"check"}, 6, [])


OFFICES = (("総務課", 80, 100), ("企画課", 130, 120), ("経理課", 170, 175))


def test_a_rate_that_does_not_follow_is_told_with_the_cells_it_is_made_of() -> None:
    """Where the other rates of the column follow from the same two columns, both numbers and both cells are named."""
    rows = "\n".join(f"| {office} | {now} | {then} | {round(now / then * 100, 1)} |" for office, now, then in OFFICES)
    read = Read(f"| コピー件数 令和4年6月 | | | |\n| 部署名 | 当月 | 前年同月 | 前年同月比（％） |\n{rows}\n| 調整課 | 50 | 100 | 55.5 |")
    assert (len(read.taken()), read.fate("D6")) == (8, "check")
    assert [(each.code, each.cell, each.fields) for each in read.findings] == [
        ("T03", "D6", {"stated": "55.5", "computed": "50", "one": "B6", "other": "C6"})
    ]


def test_rates_down_a_column() -> None:
    """A row of rates under rows of figures is recomputed as well."""
    read = Read("""
        | 起案文書 令和4年度 | | | |
        | 項目 | 4月 | 5月 | 6月 |
        | 起案文書数 | 200 | 300 | 400 |
        | 電子決定件数 | 150 | 299 | 380 |
        | 電子決定率（％） | 75.0 | 99.7 | 95.0 |
    """)
    assert ({read.fate(f"{column}5") for column in "BCD"}, len(read.taken())) == ({"check"}, 6)


def test_what_cannot_be_recomputed_is_set_aside() -> None:
    """A rate of figures that are not on the sheet stays a rate, and one digit that happens to fit proves nothing."""
    read = Read("""
        | コピー件数 令和4年6月 | | |
        | 部署名 | 件数 | 前年同月比（％） |
        | 総務課 | 80 | 97.3 |
        | 企画課 | 130 | 88.1 |
    """)
    assert ({read.fate("C3"), read.fate("C4")}, read.codes()) == ({"N19"}, [])
