"""diff as it is typed: two periods like for like, two days with what was changed between them, and what cannot be compared."""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
import typer.testing
import xlsxwriter

from fiveless.cli import app

JULY, AUGUST = "1657000000", "1660000000"  # 2022-07-05 and 2022-08-08


def _run(project: Path, *args: str, **env: str) -> typer.testing.Result:
    return typer.testing.CliRunner().invoke(app, ["--lang", "en", "--project", str(project), *args], env=env)


def _workbook(path: Path, title: str, rows: Mapping[str, Sequence[int]]) -> None:
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("報告")
    sheet.write(0, 0, title)
    sheet.write_row(2, 0, ["局名", "4月", "5月", "6月"])
    for index, (bureau, values) in enumerate(rows.items(), 3):
        sheet.write_row(index, 0, [bureau, *values])
    book.close()


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project in which June 2022 of one bureau was 300 in July and 250 in August."""
    _run(tmp_path, "init", str(tmp_path))
    inbox = tmp_path / "data" / "inbox"
    _workbook(inbox / "2016.xlsx", "コピー用紙調達量（枚）2016年度", {"環境局": [400, 500, 600], "財務局": [40, 50, 60]})
    _workbook(inbox / "2022.xlsx", "コピー用紙調達量（枚）2022年度", {"環境局": [100, 200, 300], "財務局": [10, 20, 30]})
    assert _run(tmp_path, "ingest", SOURCE_DATE_EPOCH=JULY).exit_code == 0
    _workbook(inbox / "2022.xlsx", "コピー用紙調達量（枚）2022年度", {"環境局": [100, 200, 250], "財務局": [10, 20, 30]})
    assert _run(tmp_path, "ingest", SOURCE_DATE_EPOCH=AUGUST).exit_code == 0
    return tmp_path


def test_two_months(project: Path) -> None:
    """May to June 2022: 220 → 280 sheets; the reduction to date from 330 of 990 (-66.7 %) to 610 of 1,650 (-63.0 %)."""
    done = _run(project, "diff", "2022-05", "2022-06", "--less", "paper", "--indicator", "paper.reduction")

    assert done.exit_code == 0
    assert "220 → 280 sheets" in done.stdout
    assert "−66.7 % → −63.0 %" in done.stdout


def test_two_months_of_different_years_by_bureau(project: Path) -> None:
    """June 2016 to June 2022: to date 1,650 → 610; by bureau -950 and -90, exact in CSV."""
    done = _run(project, "diff", "2016-06", "2022-06", "--indicator", "paper.reduction", "--by", "bureau", "--format", "csv")

    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert [(row["bureau"], row["then"], row["now"], row["change"]) for row in rows] == [
        ("", "1650", "610", "-1040"),
        ("environment", "1500", "550", "-950"),
        ("finance", "150", "60", "-90"),
    ]


def test_two_days(project: Path) -> None:
    """Between the end of July and the end of August one number changed, and the reduction went from 990 to 1,040 of 1,650."""
    done = _run(project, "diff", "2022-07-31", "2022-08-31", "--less", "paper")

    assert done.exit_code == 0
    assert "Numbers changed from 2022-07-31 to 2022-08-31: 1" in done.stdout
    assert "300 → 250 sheets (−50)" in done.stdout
    assert "−60.0 %  →  −63.0 %" in done.stdout


def test_two_days_for_machines(project: Path) -> None:
    """CSV, JSON and Markdown tell the same number with its cells."""
    table = list(csv.DictReader(io.StringIO(_run(project, "diff", "2022-07-31", "2022-08-31", "--format", "csv").stdout)))
    (record,) = json.loads(_run(project, "diff", "2022-07-31", "2022-08-31", "--format", "json").stdout)

    assert [(row["before"], row["after"], row["change"], row["cell_after"]) for row in table] == [("300", "250", "-50", "D4")]
    assert (record["before"], record["after"], record["file_after"]) == (300, 250, "data/inbox/2022.xlsx")
    assert "| Bureau of Environment | " in _run(project, "diff", "2022-07-31", "2022-08-31", "--format", "markdown").stdout


def test_two_days_of_one_bureau(project: Path) -> None:
    """Of a bureau whose numbers did not change nothing is listed."""
    done = _run(project, "diff", "2022-07-31", "2022-08-31", "--bureau", "finance", "--less", "paper")

    assert done.exit_code == 0
    assert "2022-08-31: 0" in done.stdout
    assert "unchanged" in done.stdout


@pytest.mark.parametrize(
    ("args", "code", "says"),
    [
        (("2022-06", "2022-05"), 2, "2022-06 is not before 2022-05"),
        (("2022-08-31", "2022-07-31"), 2, "2022-08-31 is not before 2022-07-31"),
        (("2022-05", "2022-Q1"), 2, "give two months, two quarters, two fiscal years or two days"),
        (("2022-02-30", "2022-03-31"), 2, "no day"),
        (("2022-07-31", "2022-06"), 2, "cannot be read"),
        (("2022-07-31", "2022-08-31", "--by", "bureau"), 2, "have no meaning"),
        (("2022-05", "2022-06", "--bureau", "finances"), 2, "near it: finance"),
        (("2030-05", "2030-06"), 3, "no bureau has reported both"),
    ],
)
def test_what_cannot_be_compared_is_told(project: Path, args: tuple[str, ...], code: int, says: str) -> None:
    """Wrong use ends with 2, a time without figures with 3; one sentence each."""
    done = _run(project, "diff", *args)

    assert done.exit_code == code
    assert says in done.stderr
    assert len(done.stderr.splitlines()) == 1
