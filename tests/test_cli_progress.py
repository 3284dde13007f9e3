"""`fiveless progress` and `backtest` as they are typed: every option, what goes to which stream, and exit codes."""

import csv
import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
import typer.testing
import xlsxwriter

from fiveless import pipeline, project, reference
from fiveless.cli import app
from fiveless.period import Period
from fiveless.progress.printed import check
from fiveless.structure import Published
from fiveless.tables.lines import cells

Result = typer.testing.Result
MONTHS = ["4月", "5月", "6月"]
OFFICES = {"総務課": ([60, 150, 200], [200, 250, 300]), "企画課": ([40, 50, 100], [200, 250, 300])}


def run(*args: str | Path) -> Result:
    """The program in this process, with streams caught."""
    return typer.testing.CliRunner().invoke(app, [str(arg) for arg in args])


def _workbook(path: Path, title: str, heads: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("報告")
    sheet.write(0, 0, title)
    sheet.write_row(2, 0, heads)
    for index, row in enumerate(rows, 3):
        sheet.write_row(index, 0, row)
    book.close()


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Paper of April to June: finance 60 in 2022 after 80 in 2021, 150 in 2016; environment in two offices 600, 1,000 and 1,500."""
    patch = pytest.MonkeyPatch()
    patch.setenv("LANG", "C.UTF-8")
    folder = tmp_path_factory.mktemp("cli") / "p"
    assert run("init", folder).exit_code == 0
    finance = {2022: [10, 20, 30], 2021: [20, 25, 35], 2016: [40, 50, 60]}
    for year, values in finance.items():
        _workbook(folder / f"data/inbox/{year}.xlsx", f"コピー用紙調達量（枚）{year}年度", ["局名", *MONTHS], [["財務局", *values]])
    for year, place in ((2022, 0), (2021, 1)):
        rows = [[office, *values[place]] for office, values in OFFICES.items()]
        _workbook(folder / f"data/inbox/環境局{year}.xlsx", f"環境局 コピー用紙調達量（枚）{year}年度", ["部署名", *MONTHS], rows)
    _workbook(
        folder / "data/inbox/環境局2016.xlsx", "環境局 コピー用紙調達量（枚）2016年度", ["部署名", *MONTHS], [["総務課", 400, 500, 600]]
    )
    assert run("--project", folder, "ingest").exit_code == 0
    patch.undo()
    return folder


@pytest.fixture(autouse=True)
def _neutral_locale(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "C.UTF-8")


def _rows(here: Path, *args: str) -> list[dict[str, str]]:
    said = run("--project", here, "progress", *args, "--format", "csv")
    assert (said.exit_code, said.stderr) == (0, "")
    return list(csv.DictReader(io.StringIO(said.stdout)))


# Which figures ---------------------------------------------------------------------------------------------------------


def test_less_and_indicator(here: Path) -> None:
    """--less shows all indicators of one of the five, --indicator those named, neither the five headlines."""
    assert [row["indicator"] for row in _rows(here, "--less", "paper")] == ["paper.reduction", "paper.cap_use", "paper.copies_reduction"]
    assert [row["indicator"] for row in _rows(here, "--indicator", "paper.cap_use", "--indicator", "paper.reduction")] == [
        *("paper.reduction", "paper.cap_use"),
    ]
    assert [row["less"] for row in _rows(here)] == ["paper", "seal", "fax", "cash", "face"]


def test_bureau_and_group(here: Path) -> None:
    """--bureau and --group count only theirs, on both sides: finance 60 of 150; --exclude shows the rest too."""
    told = {
        "all": _rows(here, "--indicator", "paper.reduction"),
        "bureau": _rows(here, "--indicator", "paper.reduction", "--bureau", "finance"),
        "group": _rows(here, "--indicator", "paper.reduction", "--group", "governor"),
        "exclude": _rows(here, "--indicator", "paper.reduction", "--exclude", "environment"),
    }
    assert {name: [(row["scope"], row["actual"], row["base"]) for row in rows] for name, rows in told.items()} == {
        "all": [("", "660", "1650")],
        "bureau": [("finance", "60", "150")],
        "group": [("governor", "660", "1650")],
        "exclude": [("", "660", "1650"), ("-environment", "60", "150")],
    }


def test_excluded_bureau_in_words(here: Path) -> None:
    """The second table says whom it leaves out; by bureau only the sums stand there again."""
    for by in ("less", "bureau"):
        said = run("--project", here, "progress", "--indicator", "paper.reduction", "--exclude", "environment", "--by", by, "--lang", "en")
        first, second = said.stdout.split("\n\nFive reductions")[0], said.stdout.split("\n\nFive reductions")[-1]
        assert "(without Bureau of Environment)" in second
        assert "60 / 150 sheets" in second
        assert ("Bureau of Environment  " in first) is (by == "bureau")
    said = run("--project", here, "progress", "--exclude", "environment", "--format", "markdown")
    assert "\n**環境局を除く**\n\n| 5つのレス |" in said.stdout


def test_as_of(here: Path) -> None:
    """What was received after the day does not count; a month of which nothing was there is told in one sentence."""
    assert _rows(here, "--indicator", "paper.reduction", "--as-of", "2100-01-01")[0]["actual"] == "660"
    for lang, words in (("ja", "2022-06 の実績はありません。"), ("en", "nor of any other time")):
        said = run("--project", here, "progress", "--period", "2022-06", "--as-of", "2020-01-01", "--lang", lang)
        assert (said.exit_code, said.stdout, said.stderr.count("\n")) == (3, "", 1)
        assert words in said.stderr
    assert run("--project", here, "progress", "--as-of", "2020-01-01").exit_code == 3
    shown = run("--project", here, "progress", "--indicator", "paper.reduction", "--as-of", "2100-01-01", "--lang", "en")
    assert shown.stdout.startswith("Five reductions, June 2022 - Tokyo Metropolitan Government (as known on 2100-01-01)")


def test_indicators_without_a_base_year_are_named(here: Path) -> None:
    """Compared with the base, the shares are left out, and it is said which; a reduction alone says nothing."""
    said = run("--project", here, "progress", "--compare", "baseline", "--lang", "en")
    assert said.stderr.startswith("Without a base year, and so not shown: Electronic decision rate, ")
    assert run("--project", here, "progress", "--compare", "baseline", "--indicator", "paper.reduction").stderr == ""


# Compared --------------------------------------------------------------------------------------------------------------


def test_compare_in_every_form(here: Path) -> None:
    """80 + 1,500 to June 2021, 60 + 600 in 2022: −920, −58.2 %, most of it by environment; the same in each form."""
    args = ("--project", here, "progress", "--compare", "previous-year", "--indicator", "paper.reduction")
    table, markdown = run(*args).stdout, run(*args, "--format", "markdown").stdout
    assert "1,580 → 660 枚   −920（−58.2 %）" in table
    assert "主な寄与      環境局 −900（97.8 %）   財務局 −20（2.2 %）" in table
    (row,) = _rows(here, *args[3:])
    (record,) = json.loads(run(*args, "--format", "json").stdout)
    assert (row["then"], row["now"], row["relative"]) == ("1580", "660", "-0.582278")
    assert (record["then"], record["now"], record["relative"]) == (1580, 660, -0.582278)
    assert "| 1,580 | 660 枚 | −920 | −58.2 % |" in markdown


def test_compare_by_bureau_and_office(here: Path) -> None:
    """By bureau a row for each bureau, by office one for each office and for bureaus without any."""
    args = ("--compare", "previous-year", "--indicator", "paper.reduction")
    assert [(row["bureau"], row["office"], row["made"]) for row in _rows(here, *args, "--by", "bureau")] == [
        *(("", "", ""), ("environment", "", "-900"), ("finance", "", "-20")),
    ]
    assert [(row["bureau"], row["office"], row["made"]) for row in _rows(here, *args, "--by", "office")] == [
        *(("", "", ""), ("environment", "企画課", "-560"), ("environment", "総務課", "-340"), ("finance", "", "-20")),
    ]
    said = run("--project", here, "progress", *args, "--by", "office", "--lang", "en").stdout
    assert "\nOffice " in said
    assert "\nBureau of Environment 企画課 " in said


@pytest.mark.parametrize(
    ("against", "then", "title"),
    [
        ("previous-month", "220", "compared with the month before"),
        ("previous-year", "1580", "compared with the same month of the year before"),
        ("baseline", "1650", "compared with the base year"),
    ],
)
def test_against(here: Path, against: str, then: str, title: str) -> None:
    """With May alone (20 + 200), with April to June of 2021 and of 2016; the title says with what."""
    args = ("--compare", against, "--indicator", "paper.reduction")
    (row,) = _rows(here, *args)
    assert row["then"] == then
    assert title in run("--project", here, "progress", *args, "--lang", "en").stdout.splitlines()[0]


def test_any_two_months(here: Path) -> None:
    """Whoever uses the program as a library can name the other month: 660 to June 2022 after 1,580; the months alone after May 2021."""
    codelists = reference.load(here)
    asked = pipeline.asked(codelists, indicators=["paper.reduction"])
    told = [pipeline.change(project.found(here), codelists, asked, Period.month(2021, month))[0][0] for month in (6, 5)]
    assert [(each.then, each.now) for each in told] == [(Decimal(1580), Decimal(660)), (Decimal(525), Decimal(330))]
    assert [str(each.basis) for each in told] == ["ytd", "month"]


def test_compare_of_a_scope(here: Path) -> None:
    """Scope and exclusions hold for comparisons too, and stand in the title."""
    args = ("--compare", "previous-year", "--indicator", "paper.reduction")
    assert _rows(here, *args, "--exclude", "environment")[0]["then"] == "80"
    said = run("--project", here, "progress", *args, "--group", "governor", "--exclude", "environment", "--lang", "en")
    assert "(Governor's bureaus, without Bureau of Environment; compared with" in said.stdout.splitlines()[0]


def test_nothing_to_compare(here: Path) -> None:
    """April of the base year has no month before it: one sentence, exit code 3."""
    for lang, words in (("ja", "2016-04 と比べられる値がありません（比較先：前月）"), ("en", "can be compared with the month before")):
        said = run("--project", here, "progress", "--compare", "previous-month", "--period", "2016-04", "--lang", lang)
        assert (said.exit_code, said.stdout, said.stderr.count("\n")) == (3, "", 1)
        assert words in said.stderr


# Month by month, and down to the cell ----------------------------------------------------------------------------------


def test_trend_in_every_form(here: Path) -> None:
    """Thirteen months in data and Markdown, a line of bars on paper; the scope is in the data too."""
    rows = _rows(here, "--trend", "--indicator", "paper.reduction", "--bureau", "finance")
    assert [row["period"] for row in rows] == [
        *(Period.month(2021, 6).shifted(number).code for number in range(13)),
    ]
    assert {row["scope"] for row in rows} == {"finance"}
    assert [row["rate"] for row in rows if row["rate"]] == ["0.466667", "0.750000", "0.666667", "0.600000"]
    args = ("--project", here, "progress", "--trend", "--indicator", "paper.reduction")
    assert len(json.loads(run(*args, "--format", "json").stdout)) == 13
    assert "| 2021-06 |" in run(*args, "--format", "markdown").stdout
    assert "·········" in run(*args).stdout
    assert "\n財務局 " in run(*args, "--by", "bureau").stdout


def test_trend_of_nothing(here: Path) -> None:
    """Thirteen months without a figure: one sentence, exit code 3."""
    said = run("--project", here, "progress", "--trend", "--less", "cash")
    assert (said.exit_code, said.stdout, said.stderr.count("\n")) == (3, "", 1)


def test_explain_leads_to_the_cells(here: Path) -> None:
    """Every number of the formula stands in the very cell that is named; values make up both sides."""
    rows = _rows(here, "--explain", "--indicator", "paper.reduction")
    for row in rows:
        sheet = openpyxl.load_workbook(here / row["file"])[row["sheet"]]
        assert sheet[row["cell"]].value == int(row["value"])
    assert {side: sum(int(row["value"]) for row in rows if row["side"] == side) for side in ("actual", "base")} == {
        "actual": 660,
        "base": 1650,
    }


def test_explain_in_every_form(here: Path) -> None:
    """JSON holds what CSV does; the table and Markdown show the formula; by bureau each has its own; exclusions hold."""
    args = ("--project", here, "progress", "--explain", "--indicator", "paper.reduction")
    assert json.loads(run(*args, "--format", "json").stdout) == _rows(here, *args[3:], "--explain")
    for form in ("table", "markdown"):
        assert "(660 − 1,650) / 1,650 = −60.0 %" in run(*args, "--format", form).stdout
    assert "(60 − 150) / 150 = −60.0 %" in run(*args, "--by", "bureau").stdout
    without = run(*args, "--exclude", "environment", "--lang", "en").stdout
    assert "(60 − 150) / 150 = −60.0 %" in without
    assert "without Bureau of Environment" in without.splitlines()[0]


# Findings --------------------------------------------------------------------------------------------------------------


@pytest.fixture
def flawed(here: Path) -> Iterator[Path]:
    """The same with a target of nothing, which is no way to go."""
    settings = here / "fiveless.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(f'{text}\n[[targets]]\nindicator = "paper.reduction"\nfiscal_year = 2022\nvalue = 0\n', encoding="utf-8")
    yield here
    settings.write_text(text, encoding="utf-8")


@pytest.mark.parametrize("form", ["table", "markdown", "csv", "json"])
def test_findings_end_with_one(flawed: Path, form: str) -> None:
    """What needs a person stands below the table, and on stderr where stdout is data; each once, also with exclusions; exit code 1."""
    said = run("--project", flawed, "progress", "--format", form, "--exclude", "finance", "--lang", "en")
    where = said.stdout if form == "table" else said.stderr
    assert said.exit_code == 1
    assert where.count("The target of Reduction in copy paper purchased of all bureaus (June 2022) is 0.0 %, the same as the base") == 1
    assert where.count("[I03]") == 1
    assert (said.stderr == "") is (form == "table")
    assert form != "json" or json.loads(said.stdout)


# Wrong use -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("args", "ja", "en"),
    [
        (("--trend", "--explain"), "一つだけ指定してください", "Give only one of"),
        (("--trend", "--compare", "baseline"), "一つだけ指定してください", "Give only one of"),
        (("--by", "office"), "--compare と一緒に", "goes together with --compare"),
        (("--by", "office", "--trend"), "--compare と一緒に", "goes together with --compare"),
        (("--by", "town"), "--by に 'town' は使えません", "is not one of"),
        (("--compare", "tomorrow"), "--compare に 'tomorrow' は使えません", "is not one of"),
        (("--indicator", "paper.reductoin"), "近いもの：paper.reduction", "near it: paper.reduction"),
        (("--less", "papper"), "近いもの：paper", "near it: paper"),
        (("--bureau", "finanse"), "近いもの：finance", "near it: finance"),
        (("--exclude", "finanse"), "近いもの：finance", "near it: finance"),
        (("--group", "governors"), "近いもの：governor", "near it: governor"),
        (("--as-of", "2022-02-30"), "2022-08-15 のように", "is no day"),
        (("--period", "2022-Q1"), "2022-06 のように", "is no month"),
    ],
)
def test_wrong_use(here: Path, args: tuple[str, ...], ja: str, en: str) -> None:
    """Exit code 2 and one sentence in either language, nothing on stdout."""
    for lang, words in (("ja", ja), ("en", en)):
        said = run("--project", here, "progress", *args, "--lang", lang)
        assert (said.exit_code, said.stdout, said.stderr.count("\n")) == (2, "", 1)
        assert words in said.stderr


# Published figures -----------------------------------------------------------------------------------------------------


def test_backtest_in_every_form(here: Path) -> None:
    """A part of the city cannot be what was printed: nothing differs, exit code 0; eleven rows in each form."""
    said = run("--project", here, "backtest", "--lang", "en")
    assert (said.exit_code, said.stderr) == (0, "")
    assert said.stdout.splitlines()[-1] == "11 published figures: 0 agree, 0 differ, 11 cannot be told"
    rows = list(csv.DictReader(io.StringIO(run("--project", here, "backtest", "--format", "csv").stdout)))
    objects = json.loads(run("--project", here, "backtest", "--format", "json").stdout)
    assert [row["value_printed"] for row in rows] == [each["value_printed"] for each in objects]
    assert len(rows) == 11
    assert len(run("--project", here, "backtest", "--format", "markdown").stdout.splitlines()) == 13


def test_backtest_that_differs_ends_with_one(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One published figure that differs is told by the exit code."""
    published = Published(
        Period.month(2022, 6), "paper.reduction", None, "1枚", "ytd", "base", "2枚", exclusions=False, comparison="", percent_printed="",
        note="", source="",
    )  # fmt: skip
    found = check(published, Decimal(660), Decimal(1650), None, "reduction")
    monkeypatch.setattr(pipeline, "backtest", lambda *_: [found])
    said = run("--project", here, "backtest")
    assert said.exit_code == 1
    assert "▲ 不一致" in said.stdout


def test_backtest_of_another_city(tmp_path: Path) -> None:
    """Settings without published figures, or a folder that is no project: one sentence and exit code 3."""
    assert run("init", tmp_path / "p").exit_code == 0
    (tmp_path / "p/fiveless.toml").write_text("[project]\nbuiltin = false\n", encoding="utf-8")
    for folder in (tmp_path / "p", tmp_path):
        said = run("--project", folder, "backtest", "--lang", "en")
        assert (said.exit_code, said.stdout, said.stderr.count("\n")) == (3, "", 1)


# Streams ---------------------------------------------------------------------------------------------------------------

VIEWS = [
    ("progress", "--compare", "previous-year", "--by", "bureau"),
    ("progress", "--trend"),
    ("progress", "--explain"),
    ("backtest",),
]


@pytest.mark.parametrize("args", VIEWS)
def test_reader_that_leaves_early(here: Path, args: tuple[str, ...]) -> None:
    """`| head` that has left: no traceback, nothing on stderr, exit code 0."""
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "wb") as pipe:
        command = [sys.executable, "-m", "fiveless", "--project", str(here), *args]
        done = subprocess.run(command, stdout=pipe, stderr=subprocess.PIPE, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize("encoding", ["cp932", "ascii"])
@pytest.mark.parametrize("args", VIEWS)
def test_no_console_is_too_poor(here: Path, args: tuple[str, ...], encoding: str) -> None:
    """What a console's encoding lacks is replaced by a sign, never by an error."""
    command = [sys.executable, "-m", "fiveless", "--project", str(here), *args]
    environ = {**os.environ, "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}
    done = subprocess.run(command, capture_output=True, check=False, env=environ)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode(encoding)


@pytest.mark.parametrize("name", ["progress", "backtest"])
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_help_tells_the_exit_codes(name: str, lang: str) -> None:
    """The page of each command tells all four exit codes, and fits 80 columns."""
    page = run(name, "--help", "--lang", lang).stdout
    assert all(re.search(rf"\b{code}\s", page.split("終了コード")[-1].split("Exit codes")[-1]) for code in range(4))
    assert max(map(cells, page.splitlines())) <= 80
    assert ("終了コード" in page) is (lang == "ja")
