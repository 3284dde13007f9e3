"""The report: everything about a month in one folder, put in place as a whole or not at all."""

import csv
from decimal import Decimal
from pathlib import Path

import pytest

from fiveless import charts, report
from fiveless.errors import FivelessError
from fiveless.period import Period
from fiveless.progress import Progress, Verdict
from fiveless.structure import Codelists

MARCH = Period.month(2023, 3)


def _paper(bureau: str = "", actual: Decimal | None = Decimal(56_950_000)) -> Progress:
    base = Decimal(203_390_000)
    rate = None if actual is None else 1 - actual / base
    aim = (Decimal("0.7"), 2022, None if rate is None else rate / Decimal("0.7"))
    status: Verdict = "no_data" if rate is None else "achieved"
    return Progress("paper.reduction", "paper", bureau, MARCH, "ytd", actual, base, rate, *aim, status, 1, 2, ("finance",), ())


def _content(actual: Decimal | None = Decimal(56_950_000)) -> report.Content:
    return report.Content(MARCH, [_paper(actual=actual)], [_paper("taxation", actual)], [_paper(actual=actual)])


def test_report_is_complete(codelists: Codelists, tmp_path: Path) -> None:
    """The folder holds the page, the tables and the chart; the page links the chart and lays the published figure beside ours."""
    files = report.write(tmp_path / "reports" / "2023-03", _content(), codelists, "ja")
    assert [path.name for path in files] == ["report.md", "progress.csv", "progress_by_bureau.csv", "paper.svg", "paper.png"]
    assert sorted(path.name for path in (tmp_path / "reports").iterdir()) == ["2023-03"]
    page = files[0].read_text(encoding="utf-8")
    assert page.startswith("# 東京都 5つのレス 進捗報告　2023年3月\n")
    assert "| ペーパーレス | コピー用紙調達量の削減率 | −72.0 % |" in page
    assert "![用紙の調達量の推移](paper.svg)" in page
    assert "約5695万枚 | -72.0%" in page
    assert next(csv.DictReader(files[1].read_text(encoding="utf-8").splitlines()))["rate"] == "0.719996"


def test_english_report(codelists: Codelists, tmp_path: Path) -> None:
    """The page exists in English."""
    page = report.write(tmp_path / "r", _content(), codelists, "en")[0].read_text(encoding="utf-8")
    assert page.startswith("# Five reductions: progress, March 2023 (Tokyo Metropolitan Government)\n")
    assert "| Paperless | Reduction in copy paper purchased | −72.0 % |" in page


def test_no_chart_without_figures(codelists: Codelists, tmp_path: Path) -> None:
    """Where nothing can be drawn, no chart is made and the page links none."""
    files = report.write(tmp_path / "r", _content(actual=None), codelists, "ja")
    assert [path.suffix for path in files] == [".md", ".csv", ".csv"]
    assert "![" not in files[0].read_text(encoding="utf-8")


def test_second_report_replaces_the_first_with_the_same_bytes(codelists: Codelists, tmp_path: Path) -> None:
    """A report made again of the same data is the same to the byte; what a person laid beside it stays, an earlier chart does not."""
    first = {path.name: path.read_bytes() for path in report.write(tmp_path / "r", _content(), codelists, "ja")}
    (tmp_path / "r" / "notes.txt").write_text("mine", encoding="utf-8")
    report.write(tmp_path / "r", _content(), codelists, "ja")
    assert {path.name: path.read_bytes() for path in (tmp_path / "r").iterdir()} == first | {"notes.txt": b"mine"}
    report.write(tmp_path / "r", _content(actual=None), codelists, "ja")
    assert sorted(path.suffix for path in (tmp_path / "r").iterdir()) == [".csv", ".csv", ".md", ".txt"]


def test_failed_report_leaves_the_earlier_one(codelists: Codelists, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A report that fails half way leaves the earlier one whole and nothing half made beside it; the user is told in a sentence."""
    report.write(tmp_path / "r", _content(), codelists, "ja")
    before = {path.name: path.read_bytes() for path in (tmp_path / "r").iterdir()}

    def full(*_: object) -> list[Path]:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(charts, "save", full)
    with pytest.raises(FivelessError, match=r"The report cannot be written to .*r \(No space left on device\)"):
        report.write(tmp_path / "r", _content(), codelists, "ja")
    assert {path.name: path.read_bytes() for path in (tmp_path / "r").iterdir()} == before
    assert [path.name for path in tmp_path.iterdir()] == ["r"]


def test_failed_move_puts_the_earlier_report_back(codelists: Codelists, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Should the new report not go where it belongs (a file held open on Windows), the earlier one returns."""
    report.write(tmp_path / "r", _content(), codelists, "ja")
    before = (tmp_path / "r" / "report.md").read_bytes()
    rename = Path.rename

    def held(self: Path, target: Path) -> Path:
        if self.name == "new":
            raise PermissionError(13, "in use")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", held)
    with pytest.raises(FivelessError, match="in use"):
        report.write(tmp_path / "r", _content(), codelists, "ja")
    assert (tmp_path / "r" / "report.md").read_bytes() == before
