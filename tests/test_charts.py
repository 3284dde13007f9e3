"""Charts: Japanese without tofu, estimates that look like estimates, labels that never collide, the same bytes each time."""

import re
import subprocess
import sys
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import matplotlib as mpl
import pytest
from matplotlib.figure import Figure

from fiveless import charts
from fiveless.language import Lang
from fiveless.period import Period
from fiveless.progress import Progress
from fiveless.structure import Codelists, Measure

ANNUAL = Decimal(203_390_000)


def _year(months: int, monthly: int = 4_300_000) -> list[Progress]:
    """The first months of FY2022: so many sheets a month against an estimated base, which is exact at the year's end."""
    return [_month(number, Decimal(monthly * number), ANNUAL * number / 12) for number in range(1, months + 1)]


def _month(number: int, actual: Decimal, base: Decimal) -> Progress:
    flags = ("estimated_base",) if number < 12 else ()
    rate = 1 - actual / base
    aim = (Decimal("0.7"), 2022, rate / Decimal("0.7"))
    month = Period.month(2022, 4).shifted(number - 1)
    return Progress("paper.reduction", "paper", "", month, "ytd", actual, base, rate, *aim, "achieved", 31, 31, (), flags)


def _texts(figure: Figure) -> list[str]:
    return [text.get_text() for text in [*figure.texts, *figure.axes[0].texts]]


def test_chart_says_what_it_shows(codelists: Codelists) -> None:
    """Title, basis and unit, and at each line's end its name, amount and rate: 51.6 of 203.39 million sheets is −74.6 %."""
    figure = charts.year_to_date(_year(12), codelists, "ja")
    assert _texts(figure) == [
        "コピー用紙調達量（2022年度累計、2023年3月まで）",
        "4月からの累計、単位：万枚",
        "2016年度（基準） 20,339万枚\n月別は推計値",
        "目標 −70.0 %",
        "2022年度 5,160万枚\n−74.6 %",
    ]


def test_chart_in_english(codelists: Codelists) -> None:
    """The English chart counts in millions and writes amounts out."""
    figure = charts.year_to_date(_year(3), codelists, "en")
    assert _texts(figure)[1] == "Sum since April, in millions of sheets"
    assert "FY2022 12,900,000\n−74.6 %" in _texts(figure)
    assert [tick.get_text() for tick in figure.axes[0].get_xticklabels()][:3] == ["Apr", "May", "Jun"]


def test_estimated_base_is_dashed_and_hollow(codelists: Codelists) -> None:
    """A base of months that is estimated is dashed with hollow points; the year's end, which is known, is filled."""
    base, *points = charts.year_to_date(_year(12), codelists, "ja").axes[0].lines[:13]
    assert base.is_dashed()
    assert [point.get_markerfacecolor() == "white" for point in points] == [True] * 11 + [False]


@pytest.mark.parametrize(("months", "monthly"), [(1, 4_300_000), (3, 5_085_000), (12, 5_000_000), (12, 16_900_000)])
def test_labels_do_not_collide(codelists: Codelists, months: int, monthly: int) -> None:
    """However near actual, target and base lie, labels are apart and within the picture."""
    figure = charts.year_to_date(_year(months, monthly), codelists, "ja")
    boxes = sorted((text.get_window_extent() for text in figure.axes[0].texts), key=lambda box: box.y0)
    assert all(upper.y0 >= lower.y1 for lower, upper in pairwise(boxes))
    assert all(box.x1 <= figure.bbox.x1 and box.y1 <= figure.bbox.y1 for box in boxes)


def test_same_chart_same_bytes(codelists: Codelists, tmp_path: Path) -> None:
    """The same figures give the same SVG and PNG, without a date; text travels as shapes, so that no font is needed."""
    one = charts.save(charts.year_to_date(_year(3), codelists, "ja"), tmp_path / "one")
    two = charts.save(charts.year_to_date(_year(3), codelists, "ja"), tmp_path / "two")
    assert [path.name for path in one] == ["one.svg", "one.png"]
    assert [path.read_bytes() for path in one] == [path.read_bytes() for path in two]
    svg = one[0].read_text(encoding="utf-8")
    assert "<text" not in svg
    assert not re.search(r"20\d\d-\d\d-\d\dT", svg)


def test_drawing_leaves_matplotlib_as_it_was(codelists: Codelists, tmp_path: Path) -> None:
    """The settings of who uses the package as a library are untouched, and no glyph is missing (a warning would fail the test)."""
    before = dict(mpl.rcParams)
    charts.save(charts.year_to_date(_year(2), codelists, "ja"), tmp_path / "chart")
    assert dict(mpl.rcParams) == before


def test_font_comes_with_the_install() -> None:
    """The Japanese font is found without importing its package, whose import would change every chart of the process."""
    code = "import sys, fiveless.charts as c; print(c._font_file().is_file(), 'matplotlib_fontja' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split() == ["True", "False"]


@pytest.mark.parametrize(
    ("most", "lang", "name"),
    [(203_390_000, "ja", "万枚"), (900_000, "ja", "枚"), (203_390_000, "en", "millions of sheets"), (900, "en", "sheets")],
)
def test_scale(codelists: Codelists, most: int, lang: Lang, name: str) -> None:
    """Large counts are read in 万 in Japanese and in millions in English, small ones as they are."""
    measure: Measure = codelists.measure["paper.sheets_purchased"]
    assert charts.scale(Decimal(most), measure, lang).name == name
