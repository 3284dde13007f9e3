"""Months after months: a bar for each, heads over figures, bureaus below their indicator, and a table with a column for each month."""

from collections.abc import Sequence
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fiveless import reference
from fiveless.language import Lang, Words
from fiveless.period import Period
from fiveless.progress import Progress
from fiveless.structure import Codelists, Less
from fiveless.tables import trends
from fiveless.tables.lines import cells

LANGS: tuple[Lang, ...] = ("ja", "en")
APRIL = Period.month(2022, 4)
NOBODY = Words("", "")


def _row(indicator: str, less: Less, rates: Sequence[str | None], bureau: str = "", first: Period = APRIL) -> list[Progress]:
    """A row of progress in months one after another, of which only the rates matter."""
    found = [None if rate is None else Decimal(rate) for rate in rates]
    return [
        Progress(indicator, less, bureau, first.shifted(n), "month", None, None, rate, None, None, None, "achieved", 1, 1, (), ())
        for n, rate in enumerate(found)
    ]


PAPER = _row("paper.reduction", "paper", ["0.5", "0.6", "0.7"])
SEAL = _row("seal.electronic_rate", "seal", [None, "0.98", None])


def _screen(codelists: Codelists, *rows: list[Progress], lang: Lang = "ja", width: int | None = None) -> list[str]:
    return [line.plain.rstrip() for line in trends.screen(rows, codelists, NOBODY, lang, width)]


@pytest.mark.parametrize(
    ("rates", "line"),
    [
        (["0", "1"], "▁█"),
        (["0.5", "0.6", "0.7"], "▁▄█"),
        (["0", "0.1428", "0.1429", "1"], "▁▁▂█"),
        (["-1", None, "1"], "▁·█"),
        (["0.3", "0.3"], "▄▄"),
        ([None, None], "··"),
        ([], ""),
    ],
)
def test_bars(rates: list[str | None], line: str) -> None:
    """The least is the lowest of eight bars, the most the highest; a seventh of the way is the next; all alike are in the middle."""
    assert trends.sparkline([None if rate is None else Decimal(rate) for rate in rates]) == line


def test_screen_in_japanese(codelists: Codelists) -> None:
    """Each of the five with its first rate that is known, its bars and the rate of the last month, a dash where that is not known."""
    assert _screen(codelists, PAPER, SEAL) == [
        "東京都 5つのレス 2022年6月",
        "2022年4月から2022年6月まで。棒は、その行の最小から最大までの中での高さ（·は値のない月）。",
        "",
        "5つのレス     指標                      最初の値  推移  2022年6月",
        "ペーパーレス  コピー用紙調達量の削減率   −50.0 %  ▁▄█     −70.0 %",
        "はんこレス    起案文書の電子決定率        98.0 %  ·▄·           –",
    ]


def test_bureaus_stand_below_their_indicator(codelists: Codelists) -> None:
    """By bureau each indicator is a table of its own; a month before a bureau existed is one without a figure."""
    rows = [
        _row("paper.reduction", "paper", ["0.5", "0.6", "0.7"], "finance"),
        _row("paper.reduction", "paper", ["0.6", "0.7"], "taxation", APRIL.shifted(1)),
        _row("seal.electronic_rate", "seal", ["0.9", "0.9", "0.9"], "finance"),
    ]
    assert _screen(codelists, *rows, lang="en")[2:] == [
        "",
        "Paperless  Reduction in copy paper purchased",
        "Bureau                First  Trend  June 2022",
        "Bureau of Finance   −50.0 %  ▁▄█      −70.0 %",
        "Bureau of Taxation  −60.0 %  ·▁█      −70.0 %",
        "",
        "Seal-less  Electronic decision rate",
        "Bureau              First  Trend  June 2022",
        "Bureau of Finance  90.0 %  ▄▄▄       90.0 %",
    ]


def test_scope_is_in_the_title(codelists: Codelists) -> None:
    """Which bureaus count is said behind the month."""
    said = trends.screen([PAPER], codelists, Words("公営企業", "Public enterprises"), "ja", None)
    assert said[0].plain == "東京都 5つのレス 2022年6月（公営企業）"


@pytest.mark.parametrize(
    ("width", "head", "names"),
    [
        (70, "5つのレス", ["ペーパーレス  コピー用紙調達量の削減率", "はんこレス    起案文書の電子決定率"]),
        (60, "5つのレス", ["ペーパーレス  コピー用紙調達量の…", "はんこレス    起案文書の電子決定…"]),
        (50, "指標", ["コピー用紙調達量の削減…", "起案文書の電子決定率"]),
    ],
)
def test_narrow_screens(codelists: Codelists, width: int, head: str, names: list[str]) -> None:
    """On a narrow screen the indicator's name is cut, then the less left out; figures and bars are whole."""
    said = _screen(codelists, PAPER, SEAL, width=width)
    start = next(place for place, line in enumerate(said) if line.startswith(head))
    assert max(map(cells, said)) <= width
    assert [line.startswith(name) for line, name in zip(said[start + 1 :], names, strict=True)] == [True, True]
    assert "▁▄█" in said[start + 1]
    assert said[start + 1].endswith("−70.0 %")


@given(
    st.lists(st.none() | st.decimals(-9, 1, places=4), min_size=1, max_size=13),
    st.integers(52, 160),
    st.sampled_from(LANGS),
    st.sampled_from(["", "social-welfare-public-health"]),
)
def test_no_line_is_wider_than_the_terminal(rates: list[Decimal | None], width: int, lang: Lang, bureau: str) -> None:
    """Up to thirteen months of any rates fit a terminal of 52 cells or more."""
    row = _row("cash.facility_rate", "cash", [None if rate is None else str(rate) for rate in rates], bureau)
    said = _screen(reference.load(None), row, lang=lang, width=width)
    assert max(map(cells, said)) <= width


def test_colour_is_that_of_the_last_status(codelists: Codelists) -> None:
    """A row has the colour of its last month's status."""
    assert trends.screen([PAPER], codelists, NOBODY, "ja", 80)[-1].style == "#2f81c7"


def test_markdown(codelists: Codelists) -> None:
    """A column for each month; all together and each bureau by name."""
    rows = [PAPER, _row("paper.reduction", "paper", ["0.6", "0.7"], "taxation", APRIL.shifted(1))]
    assert trends.markdown(rows, codelists, "ja").splitlines() == [
        "| 指標 | 局 | 2022-04 | 2022-05 | 2022-06 |",
        "| --- | --: | --: | --: | --: |",
        "| コピー用紙調達量の削減率 | 全体 | −50.0 % | −60.0 % | −70.0 % |",
        "| コピー用紙調達量の削減率 | 主税局 | – | −60.0 % | −70.0 % |",
    ]
