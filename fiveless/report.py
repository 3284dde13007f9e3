"""One month's report: a folder with the progress table, its figures and a chart, put in place as a whole."""

import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from fiveless.errors import FivelessError
from fiveless.language import Lang, Words
from fiveless.period import Period
from fiveless.progress import Progress
from fiveless.structure import Codelists
from fiveless.tables import matrix, progress, records

CHART = "paper"
_NAMES = frozenset({"report.md", "progress.csv", "progress_by_bureau.csv", f"{CHART}.svg", f"{CHART}.png"})
_HEADING = Words("{city} 5つのレス 進捗報告　{month}", "Five reductions: progress, {month} ({city})")
_BY_LESS = Words("5つのレスの状況", "The five")
_BY_BUREAU = Words("局別の状況", "By bureau")
_TREND = Words("用紙の調達量の推移", "Paper through the year")
_PUBLISHED = Words("公表された数値", "Figures as published")
_PUBLISHED_HEADS = Words("指標|公表値|率|比べ方|注記|出典", "Indicator|Value|Rate|Compared with|Note|Source")
_METHOD = Words("数値の読み方", "How to read the figures")
_METHODS = (
    Words(
        "削減率は「1 − 実績 ÷ 基準」です。全体の率は各局の率の平均ではなく、合計どうしの比です。",
        "A reduction is 1 - actual / base. The rate of all bureaus is the ratio of sums, never the mean of rates.",
    ),
    Words(
        "報告局は「報告した局／報告すべき局」です。未報告の局は 0 とみなさず、計算に入れません。",
        "Reported is bureaus that reported of bureaus due. A bureau that has not reported is left out, not counted as zero.",
    ),
    Words(
        "目標への進みは、基準から目標までの道のりのうち達した割合です（100 % で達成）。",
        "Towards target is the part of the way from the base to the target (100 % is the target).",
    ),
)


@dataclass(frozen=True, slots=True)
class Content:
    """What a month's report tells: the headline rows, the rows of each bureau, and the months of one indicator so far."""

    period: Period
    totals: Sequence[Progress]
    bureaus: Sequence[Progress]
    trend: Sequence[Progress]


def write(folder: Path, content: Content, codelists: Codelists, lang: Lang) -> list[Path]:
    """Write the report to `folder`, replacing an earlier one as a whole; the files, in the order in which to read them.

    FivelessError where the folder cannot be written; the earlier report then stands as it was.
    """
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=f".{folder.name}-", dir=folder.parent) as draft:
            made = _draft(Path(draft) / "new", content, codelists, lang)
            _replace(folder, Path(draft) / "new", Path(draft) / "old")
    except OSError as error:
        says = Words(
            "{folder} に報告書を書き込めません（{reason}）。フォルダー内のファイルを開いているアプリを閉じるか、権限を確かめてください。",
            "The report cannot be written to {folder} ({reason}); close programs that have its files open, or check the permissions.",
        )
        raise FivelessError(says.filled(folder=folder, reason=error.strerror or error)) from error
    return [folder / name for name in made]


def _draft(folder: Path, content: Content, codelists: Codelists, lang: Lang) -> list[str]:
    folder.mkdir()
    drawn = _chart(folder, content, codelists, lang)
    texts = {
        "report.md": _markdown(content, codelists, lang, drawn),
        "progress.csv": records.as_csv([("", content.totals)], codelists),
        "progress_by_bureau.csv": records.as_csv([("", content.bureaus)], codelists),
    }
    for name, text in texts.items():
        (folder / name).write_text(text, "utf-8", newline="\n")
    return [*texts, *(path.name for path in drawn)]


def _chart(folder: Path, content: Content, codelists: Codelists, lang: Lang) -> list[Path]:
    """No chart where no month has both an actual and a base."""
    if not any(each.actual is not None and each.base is not None for each in content.trend):
        return []
    from fiveless import charts  # with matplotlib, which no other job needs and which takes as long to load as a small ingest

    return charts.save(charts.year_to_date(content.trend, codelists, lang), folder / CHART)


def _replace(folder: Path, new: Path, old: Path) -> None:
    """Put `new`, with what others laid into `folder`, where that is; should that fail, put the earlier one back."""
    if not folder.exists():
        new.rename(folder)
        return
    for own in folder.iterdir():
        if own.name not in _NAMES and not (new / own.name).exists():
            (shutil.copytree if own.is_dir() else shutil.copy2)(own, new / own.name)
    folder.rename(old)
    try:
        new.rename(folder)
    except OSError:
        shutil.move(old, folder)
        raise


def _markdown(content: Content, codelists: Codelists, lang: Lang, drawn: Sequence[Path]) -> str:
    month = content.period.label(lang)
    table = matrix.of(content.bureaus, content.totals, codelists, lang)
    parts = [
        f"# {_HEADING.filled(city=codelists.city, month=month).to(lang)}",
        f"## {_BY_LESS.to(lang)}",
        progress.markdown(content.totals, codelists, lang),
        *([f"## {_TREND.to(lang)}", f"![{_TREND.to(lang)}]({drawn[0].name})"] if drawn else []),
        f"## {_BY_BUREAU.to(lang)}",
        matrix.markdown(table, codelists, lang),
        *_published(content.period, codelists, lang),
        f"## {_METHOD.to(lang)}",
        "\n".join(f"- {method.to(lang)}" for method in _METHODS),
    ]
    return "\n\n".join(parts) + "\n"


def _published(period: Period, codelists: Codelists, lang: Lang) -> list[str]:
    """What the government printed of the month, to be laid beside ours; nothing where it printed nothing."""
    printed = [each for each in codelists.published if each.as_of == period]
    rows = [
        [
            codelists.indicator[each.indicator].name.to(lang) if each.indicator in codelists.indicator else each.indicator,
            *(each.value_printed, each.percent_printed, each.comparison, each.note, each.source),
        ]
        for each in printed
    ]
    return [f"## {_PUBLISHED.to(lang)}", progress.piped(_PUBLISHED_HEADS.to(lang).split("|"), rows)] if rows else []
