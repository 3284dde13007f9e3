"""Charts for reports: Japanese text on any machine, direct labels, the same bytes for the same data."""

import importlib.util
import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

import matplotlib as mpl
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Annotation
from matplotlib.ticker import FuncFormatter

from fiveless.figures import amount, plural, reduced
from fiveless.language import Lang, Words
from fiveless.period import Period
from fiveless.progress import Progress
from fiveless.structure import Codelists, Measure

FONT = "IPAexGothic"
_INK, _QUIET, _GRID = "#1f2933", "#5f6b7a", "#d9dee4"
_ACTUAL, _TARGET = "#0b5cad", "#0f766e"
_STYLE: dict[Any, Any] = {
    "font.family": FONT,
    "font.size": 11,
    "text.color": _INK,
    "axes.edgecolor": _GRID,
    "axes.labelcolor": _QUIET,
    "xtick.color": _QUIET,
    "ytick.color": _QUIET,
    "svg.fonttype": "path",  # glyphs travel with the picture: no tofu where the font is not installed
    "svg.hashsalt": "fiveless",
}


@contextmanager
def _styled() -> Iterator[None]:
    """Matplotlib with our font and style for as long as the block lasts; its settings are as before afterwards."""
    logging.getLogger("matplotlib").setLevel(logging.ERROR)  # a read-only home is no news to who waits for a report
    if not any(each.name == FONT for each in font_manager.fontManager.ttflist):
        font_manager.fontManager.addfont(_font_file())
    with mpl.rc_context(_STYLE):
        yield


def _font_file() -> Path:
    """The font in matplotlib-fontja's folder, without importing it: its import changes every chart of the process."""
    package = importlib.util.find_spec("matplotlib_fontja")
    if package is None or package.origin is None:
        raise ModuleNotFoundError("matplotlib-fontja")
    return Path(package.origin).parent / "fonts" / "ipaexg.ttf"


class Scale(NamedTuple):
    """What one step of an axis counts: so many units, and their name."""

    size: Decimal
    name: str


def scale(most: Decimal, measure: Measure, lang: Lang) -> Scale:
    """The scale on which values up to `most` are read with few digits: 万 in Japanese, millions in English."""
    if lang == "ja":
        return Scale(Decimal(10_000), f"万{measure.unit_ja}") if most >= 1_000_000 else Scale(Decimal(1), measure.unit_ja)
    return (
        Scale(Decimal(1_000_000), f"millions of {plural(measure.unit)}") if most >= 1_000_000 else Scale(Decimal(1), plural(measure.unit))
    )


def year_to_date(points: Sequence[Progress], codelists: Codelists, lang: Lang) -> Figure:
    """A reduction through one fiscal year: the actual sum since April against the base and the target path.

    `points` are the months of one indicator in order, at least one of them with an actual and a base. A base of months
    that is an estimate is drawn dashed and says so.
    """
    indicator = codelists.indicator[points[0].indicator]
    measure = codelists.measure[indicator.numerator]
    known = [each for each in points if each.actual is not None and each.base is not None]
    most = max((max(each.actual or Decimal(0), each.base or Decimal(0)) for each in known), default=Decimal(0))
    with _styled():
        unit = scale(most, measure, lang)
        figure, axes = _canvas(known[-1].period.fiscal_year, lang)
        labels = [_base(axes, known, indicator.base_year, unit, lang), *_target(axes, known, unit, lang), _actual(axes, known, unit, lang)]
        axes.set_ylim(0, float(most / unit.size) * 1.08 or 1)
        _title(figure, measure.name, known[-1].period, unit, lang)
        _spread(labels, axes.bbox.y0, figure.dpi)
    return figure


def _canvas(year: int, lang: Lang) -> tuple[Figure, Axes]:
    """A figure of 9 × 4.6 inches with the twelve months of a fiscal year across and room for labels at the right."""
    figure = Figure(figsize=(9, 4.6), dpi=150)
    FigureCanvasAgg(figure)
    axes = figure.add_axes((0.085, 0.11, 0.64, 0.69))
    months = list(Period.year(year).months())
    axes.set_xlim(-0.3, 11.3)
    axes.set_xticks(range(12), [_month(each, lang) for each in months])
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,g}"))
    axes.grid(axis="y", color=_GRID, linewidth=0.8)
    axes.set_axisbelow(True)
    axes.tick_params(length=0)
    axes.spines[["top", "right", "left"]].set_visible(False)
    return figure, axes


def _month(month: Period, lang: Lang) -> str:
    return month.label("ja").partition("年")[2] if lang == "ja" else month.label("en")[:3]


def _values(points: Sequence[Progress], name: str, unit: Scale) -> list[float]:
    return [float(getattr(each, name) / unit.size) for each in points]


def _places(points: Sequence[Progress]) -> list[int]:
    return [each.period.fiscal_month for each in points]


def _base(axes: Axes, points: Sequence[Progress], year: int | None, unit: Scale, lang: Lang) -> Annotation:
    estimated = any("estimated_base" in each.flags for each in points)
    axes.plot(_places(points), _values(points, "base", unit), color=_QUIET, linewidth=1.6, linestyle=(0, (5, 3)) if estimated else "-")
    for each, place, value in zip(points, _places(points), _values(points, "base", unit), strict=True):
        face = "white" if "estimated_base" in each.flags else _QUIET
        axes.plot(place, value, color=_QUIET, marker="o", markersize=4.5, markerfacecolor=face)
    said = Words(f"{year}年度（基準）", f"FY{year} (base)")
    mark = Words("\n月別は推計値", "\nmonths are estimates") if estimated else Words("", "")
    return _label(
        axes, points[-1], _values(points, "base", unit)[-1], f"{said.to(lang)} {_count(points[-1].base, unit, lang)}{mark.to(lang)}", _QUIET
    )


def _target(axes: Axes, points: Sequence[Progress], unit: Scale, lang: Lang) -> list[Annotation]:
    aimed = [each for each in points if each.target is not None]
    if not aimed:
        return []
    values = [float((each.base or Decimal(0)) * (1 - (each.target or Decimal(0))) / unit.size) for each in aimed]
    axes.plot(_places(aimed), values, color=_TARGET, linewidth=1.6, marker="o", markersize=2.5)
    return [_label(axes, aimed[-1], values[-1], f"{Words('目標', 'Target').to(lang)} {reduced(aimed[-1].target)}", _TARGET)]


def _actual(axes: Axes, points: Sequence[Progress], unit: Scale, lang: Lang) -> Annotation:
    values = _values(points, "actual", unit)
    axes.plot(_places(points), values, color=_ACTUAL, linewidth=2.6, marker="o", markersize=5.5)
    last = points[-1]
    said = Words(f"{last.period.fiscal_year}年度", f"FY{last.period.fiscal_year}").to(lang)
    return _label(axes, last, values[-1], f"{said} {_count(last.actual, unit, lang)}\n{reduced(last.rate)}", _ACTUAL, size=12.5)


def _count(value: Decimal | None, unit: Scale, lang: Lang) -> str:
    """`5,695万枚`; in English the full count, since nobody says ten thousands."""
    if value is None:
        return ""
    return f"{amount((value / unit.size).quantize(Decimal(1)))}{unit.name}" if lang == "ja" else amount(value.quantize(Decimal(1)))


def _label(axes: Axes, point: Progress, value: float, text: str, colour: str, size: float = 11) -> Annotation:
    """A label right of a line's last point."""
    return axes.annotate(
        text,
        (point.period.fiscal_month, value),
        xytext=(12, 0),
        textcoords="offset points",
        color=colour,
        va="center",
        fontsize=size,
        annotation_clip=False,
        linespacing=1.35,
        bbox={"facecolor": "white", "edgecolor": "none", "pad": 1},
    )


def _spread(labels: Sequence[Annotation], floor: float, dpi: float) -> None:
    """Move labels apart that lie on one another: from the lowest up, each above the last, none below `floor` (in pixels)."""
    for label in sorted(labels, key=lambda each: each.get_window_extent().y0):
        box = label.get_window_extent()
        right, up = label.xyann
        label.xyann = (right, up + max(0.0, floor - box.y0) * 72 / dpi)
        floor = max(floor, box.y0) + box.height + 4


def _title(figure: Figure, name: Words, month: Period, unit: Scale, lang: Lang) -> None:
    said = Words(
        f"{name.ja}（{month.fiscal_year}年度累計、{month.label('ja')}まで）", f"{name.en}, FY{month.fiscal_year} to {month.label('en')}"
    )
    figure.text(0.02, 0.945, said.to(lang), fontsize=14, va="center")
    per = Words(f"4月からの累計、単位：{unit.name}", f"Sum since April, in {unit.name}")
    figure.text(0.02, 0.875, per.to(lang), fontsize=10, color=_QUIET, va="center")


def save(figure: Figure, stem: Path) -> list[Path]:
    """The figure as `stem.svg` and `stem.png`; the same bytes for the same figure."""
    with _styled():
        figure.savefig(stem.with_suffix(".svg"), metadata={"Date": None, "Creator": "fiveless"})
        figure.savefig(stem.with_suffix(".png"), metadata={"Software": "fiveless"})
    return [stem.with_suffix(".svg"), stem.with_suffix(".png")]
