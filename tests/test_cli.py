"""The command line as it is typed: streams, exit codes, languages, terminals and pipes, on real workbooks."""

import contextlib
import csv
import io
import json
import os
import struct
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import openpyxl
import pytest
import typer.testing
import xlsxwriter

from fiveless.cli import app, shell, streams
from fiveless.observation import HEADER

HEAVY = ("duckdb", "matplotlib", "openpyxl", "pandas", "python_calamine", "rich", "xlsxwriter")
Result = typer.testing.Result


def run(*args: str | Path, env: Mapping[str, str] | None = None) -> Result:
    """The program in this process, with streams caught."""
    return typer.testing.CliRunner().invoke(app, [str(arg) for arg in args], env=dict(env or {}))


def command(*args: str | Path) -> list[str]:
    """The program as a process of its own."""
    return [sys.executable, "-m", "fiveless", *map(str, args)]


def process(*args: str | Path, **env: str) -> subprocess.CompletedProcess[bytes]:
    """The program in a process of its own, with streams caught as bytes."""
    return subprocess.run(command(*args), capture_output=True, check=False, env={**os.environ, **env})


def workbook(path: Path, title: str, rows: Mapping[str, Sequence[object]]) -> Path:
    """A bureau's workbook with months across: a title that says measure and year, then a line for each bureau."""
    path.parent.mkdir(parents=True, exist_ok=True)
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("報告")
    sheet.write(0, 0, title)
    sheet.write_row(2, 0, ["局名", "4月", "5月", "6月"])
    for index, (bureau, values) in enumerate(rows.items(), 3):
        sheet.write_row(index, 0, [bureau, *values])
    book.close()
    return path


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    """A project without workbooks."""
    assert run("init", tmp_path / "p").exit_code == 0
    return tmp_path / "p"


@pytest.fixture
def filled(empty: Path) -> Path:
    """A project with two workbooks in its inbox, not yet ingested."""
    workbook(empty / "data/inbox/2022.xlsx", "コピー用紙調達量（枚）2022年度", {"環境局": [100, 200, 300], "財務局": [10, 20, 30]})
    workbook(empty / "data/inbox/2016.xlsx", "コピー用紙調達量（枚）2016年度", {"環境局": [400, 500, 600], "財務局": [40, 50, 60]})
    return empty


@pytest.fixture
def ingested(filled: Path) -> Path:
    """The same, ingested."""
    assert run("--project", filled, "ingest").exit_code == 0
    return filled


@pytest.fixture(autouse=True)
def _neutral_locale(monkeypatch: pytest.MonkeyPatch) -> None:
    """The environment names no language: data are told in Japanese, help in English."""
    monkeypatch.setenv("LANG", "C.UTF-8")


# Start and help --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("args", [("--help",), ("ingest", "--help"), ("--version",), ("bogus",)])
def test_start_loads_nothing_heavy(args: tuple[str, ...]) -> None:
    """Help, version and wrong use answer without loading any of the heavy packages."""
    code = (
        "import contextlib, sys\n"
        "with contextlib.suppress(SystemExit):\n"
        "    from fiveless.cli import main; sys.argv[1:] = sys.argv[1:]; main()\n"
        f"sys.stderr.write('loaded: ' + ' '.join(set(sys.modules) & set({HEAVY!r})))"
    )
    done = subprocess.run([sys.executable, "-c", code, *args], capture_output=True, text=True, encoding="utf-8", check=True)
    assert done.stderr.endswith("loaded: ")


def test_help_in_both_languages() -> None:
    """Help is in the language of --lang (before or after the command) or of the environment, English by default; typer's own words too."""
    assert run("--help").stdout.startswith("Usage: fiveless [OPTIONS] COMMAND [ARGS]...\n")
    assert "Show this page." in run("ingest", "--help").stdout
    for said in (run("--lang", "ja", "--help"), run("--help", "--lang=ja"), run("--help", env={"FIVELESS_LANG": "ja"})):
        assert said.stdout.startswith("使い方: fiveless [OPTIONS] COMMAND [ARGS]...\n")
        assert "この説明を表示します。" in said.stdout
        assert "Options" not in said.stdout


@pytest.mark.parametrize("name", ["demo", "init", "ingest", "lint", "progress", "export", "history", "report", "codes"])
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_every_command_has_a_page(name: str, lang: str) -> None:
    """Each command's page fits its terminal, tells of the shared options, and is on the list of commands."""
    page = run(name, "--help", "--lang", lang).stdout
    assert "--project DIR" in page
    assert "\x1f" not in page
    assert f"\n  {name} " in run("--help", "--lang", lang).stdout


def test_python_m_and_version() -> None:
    """`python -m fiveless --version` names program and version on stdout."""
    done = process("--version")
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.split()[0] == b"fiveless"


# Wrong use -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("args", "ja"),
    [
        (["bogus"], "bogus というコマンドはありません。"),
        (["progres"], "'progress' ではありませんか。"),
        (["ingest", "--formt", "json"], "--formt というオプションはありません。--format ではありませんか。"),
        (["ingest", "--format", "xml"], "--format に 'xml' は使えません。使えるのは 'table', 'json' です。"),
        (["export", "--out"], "--out には値が要ります。"),
        (["init", "a", "b"], "余分な引数があります：b。"),
        (["codes", "colours"], "使えるのは 'bureaus', 'measures', 'indicators', 'findings', 'rules' です。"),
        (["--quiet=1", "codes"], "--quiet は値を取りません。"),
        (["codes", "--lang", "fr"], "--lang に fr は使えません。"),
        (["codes", "--format", "csv"], "CSV では一覧を一つ選んでください"),
        (["progress", "--period", "June"], "2022-06 のように書いてください。"),
        (["history", "--as-of", "2022-02-30"], "2022-08-15 のように書いてください。"),
    ],
)
def test_wrong_use_is_told_in_one_line(args: list[str], ja: str) -> None:
    """Exit code 2, one line on stderr with what to do, nothing on stdout; in Japanese by default, in English when asked."""
    said = run(*args)
    assert (said.exit_code, said.stdout) == (2, "")
    assert said.stderr.startswith("fiveless: ")
    assert said.stderr.count("\n") == 1
    assert ja in said.stderr
    if "--lang" not in args:
        assert run(*args, "--lang", "en").stderr.isascii()


def test_no_command_shows_the_page() -> None:
    """Without a command the page of help is shown, as wrong use."""
    said = run()
    assert (said.exit_code, said.stdout) == (2, "")
    assert said.stderr.startswith("Usage: ")


@pytest.mark.parametrize("args", [["ingest"], ["ingest", "x.xlsx"], ["progress"], ["export"], ["history"], ["report"]])
def test_commands_need_a_project(args: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a folder that is no project, one sentence says how to make one; exit code 3, whatever paths are given."""
    workbook(tmp_path / "x.xlsx", "x", {})
    monkeypatch.chdir(tmp_path)
    said = run(*args, "--lang", "en")
    assert (said.exit_code, said.stdout) == (3, "")
    assert "is no fiveless project; run fiveless init there" in said.stderr
    assert said.stderr.count("\n") == 1


@pytest.mark.parametrize("args", [["progress"], ["export"], ["history"], ["report"]])
def test_nothing_ingested_yet(empty: Path, args: list[str]) -> None:
    """Before the first ingest, one sentence says what to do; exit code 3."""
    said = run("--project", empty, *args)
    assert (said.exit_code, said.stdout) == (3, "")
    assert "fiveless ingest を実行してください" in said.stderr


def test_unexpected_error_is_one_sentence(ingested: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What nobody foresaw is told in one line with exit code 3; the traceback comes with --debug only, wherever it stands."""
    from fiveless import pipeline

    def fail(*_: object) -> None:
        raise ZeroDivisionError("two\nlines")

    monkeypatch.setattr(pipeline, "progress", fail)
    said = run("--project", ingested, "progress", "--lang", "en")
    assert said.exit_code == 3
    assert said.stderr == "fiveless: Unexpected error (ZeroDivisionError: two lines); run again with --debug for the details.\n"
    assert "Traceback" in run("--project", ingested, "progress", "--debug").stderr


def test_interruption_is_quiet(ingested: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C ends the program with 130 and no traceback."""
    from fiveless import pipeline

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(pipeline, "progress", interrupted)
    said = run("--project", ingested, "progress")
    assert (said.exit_code, said.stdout, said.stderr) == (130, "", "")


def test_shared_options_in_any_place() -> None:
    """Shared options move to the front; what follows `--` stays where it is."""
    assert shell.hoisted(["ingest", "a", "--lang", "en", "--project=p", "b", "--quiet"]) == [
        "--lang",
        "en",
        "--project=p",
        "--quiet",
        "ingest",
        "a",
        "b",
    ]
    assert shell.hoisted(["ingest", "--", "--quiet"]) == ["ingest", "--", "--quiet"]
    assert shell.hoisted(["ingest", "--project"]) == ["--project", "ingest"]


# Init and ingest -------------------------------------------------------------------------------------------------------


def test_init_names_what_it_made(tmp_path: Path) -> None:
    """Init names each thing that it made on stdout and says on stderr what comes next; a second time it makes nothing."""
    first = run("init", tmp_path / "p", "--lang", "en")
    assert [Path(line).name for line in first.stdout.splitlines()] == ["fiveless.toml", "inbox", "reports"]
    assert "run fiveless ingest" in first.stderr
    assert (tmp_path / "p/fiveless.toml").read_text(encoding="utf-8").startswith("#")
    second = run("init", tmp_path / "p", "--lang", "en")
    assert (second.exit_code, second.stdout) == (0, "")
    assert "is a project already" in second.stderr
    assert run("init", tmp_path / "q", "--quiet").stderr == ""


def test_first_ingest(filled: Path) -> None:
    """Two good workbooks: the receipt on stdout, nothing on stderr, exit code 0; a second run reads nothing."""
    said = run("--project", filled, "ingest")
    assert (said.exit_code, said.stderr) == (0, "")
    assert said.stdout.splitlines()[2:6] == [
        "ファイル  読取 2   変更なし 0   受付不可 0   対象外 0",
        "観測値    新規 12   変更 0   同値 0   取下げ 0",
        "数値      採用 12   検算に使用 0   保留 0",
        "指摘      誤り 0   要確認 0   参考 0",
    ]
    assert "読取 0   変更なし 2" in run("--project", filled, "ingest").stdout


def test_ingest_with_something_to_mend(filled: Path) -> None:
    """A file that is no workbook and an unknown bureau: the rest is taken, each finding has place, sentence and repair; exit code 1."""
    (filled / "data/inbox/bad.xlsx").write_bytes(b"<html></html>")
    (filled / "data/inbox/~$2022.xlsx").write_bytes(b"x")
    workbook(filled / "data/inbox/new.xlsx", "コピー用紙調達量（枚）2022年度", {"環境科学局": [1, 2, 3]})
    said = run("--project", filled, "ingest", "--lang", "en")
    assert said.exit_code == 1
    assert "3 read   0 unchanged   1 refused   1 skipped" in said.stdout
    assert "12 taken   0 used as checks   3 set aside" in said.stdout
    assert "▲ error  data/inbox/bad.xlsx" in said.stdout
    assert "data/inbox/new.xlsx › 報告 › B4:D4 (3 of them)" in said.stdout
    assert "    → " in said.stdout
    assert "data/inbox/~$2022.xlsx is only Excel's mark of an open file" in said.stdout


def test_ingest_as_json(filled: Path) -> None:
    """JSON on stdout holds every count and finding; a dry run says so and writes nothing."""
    (filled / "data/inbox/bad.xlsx").write_bytes(b"<html></html>")
    said = run("--project", filled, "ingest", "--dry-run", "--format", "json")
    receipt = json.loads(said.stdout)
    assert said.exit_code == 1
    assert receipt["dry_run"] is True
    assert receipt["files"] == {"read": 2, "unchanged": 0, "refused": 1, "skipped": 0}
    assert receipt["observations"]["new"] == 12
    assert [each["file"] for each in receipt["findings"]] == ["data/inbox/bad.xlsx"]
    assert not (filled / "data/fiveless.duckdb").exists()


def test_ingest_of_nothing(empty: Path) -> None:
    """An empty inbox, and a batch of which nothing could be read, end with 3; a path that does not exist with 2."""
    said = run("--project", empty, "ingest")
    assert (said.exit_code, said.stdout, said.stderr.count("\n")) == (3, "", 1)
    (empty / "data/inbox/bad.xlsx").write_bytes(b"<html></html>")
    assert run("--project", empty, "ingest").exit_code == 3
    said = run("--project", empty, "ingest", empty / "nowhere.xlsx", "--lang", "en")
    assert (said.exit_code, said.stdout) == (2, "")
    assert "nowhere.xlsx; check the path." in said.stderr


def test_change_of_settings_is_hinted(ingested: Path) -> None:
    """Unchanged files under changed settings: a hint on stderr says how to read them again, and --again does."""
    os.utime(ingested / "fiveless.toml", (4e9, 4e9))
    assert "--again" in run("--project", ingested, "ingest").stderr
    assert run("--project", ingested, "ingest", "--quiet").stderr == ""
    assert "読取 2   変更なし 0" in run("--project", ingested, "ingest", "--again").stdout


def test_mistake_in_settings_is_told(filled: Path) -> None:
    """A mistake in fiveless.toml is one sentence that names the place; exit code 3."""
    (filled / "fiveless.toml").write_text("[[bureaus]]\ncode = 1\n", encoding="utf-8")
    said = run("--project", filled, "ingest")
    assert (said.exit_code, said.stdout, said.stderr.count("\n")) == (3, "", 1)
    assert "fiveless.toml" in said.stderr


# Progress, report, codes -----------------------------------------------------------------------------------------------


def test_progress_to_a_pipe(ingested: Path) -> None:
    """660 of 1,650 sheets is −60.0 %; plain text on stdout, nothing on stderr."""
    said = run("--project", ingested, "progress", "--period", "2022-06")
    assert (said.exit_code, said.stderr) == (0, "")
    assert "−60.0 %" in said.stdout.splitlines()[3]
    assert "660 / 1,650 枚" in said.stdout
    assert "\x1b" not in said.stdout


@pytest.mark.parametrize("by", ["less", "bureau"])
def test_progress_in_every_form(ingested: Path, by: str) -> None:
    """CSV, JSON and Markdown of either view hold the same rate."""
    args = ("--project", ingested, "progress", "--by", by, "--format")
    rows = list(csv.DictReader(io.StringIO(run(*args, "csv").stdout)))
    objects = json.loads(run(*args, "json").stdout)
    assert len(rows) == len(objects) > 4
    assert {row["rate"] for row in rows if row["less"] == "paper"} >= {"0.600000"}
    assert {each["rate"] for each in objects if each["less"] == "paper"} >= {0.6}
    assert "−60.0 %" in run(*args, "markdown").stdout
    assert "−60.0 %" in run(*args, "table").stdout


def test_progress_of_a_month_without_figures(ingested: Path) -> None:
    """One sentence names the months that have figures; exit code 3."""
    said = run("--project", ingested, "progress", "--period", "2030-01")
    assert (said.exit_code, said.stdout) == (3, "")
    assert "2022-04 – 2022-06" in said.stderr


@pytest.mark.parametrize("how", [("--trend",), ("--compare", "baseline"), ("--explain",), ()])
def test_scope_is_told_in_every_form(ingested: Path, how: tuple[str, ...]) -> None:
    """Figures of all but one bureau never look like those of all: the codes stand in each line of CSV and JSON, the name in the text."""
    args: list[str | Path] = ["--project", ingested, "progress", "--less", "paper", "--exclude", "finance", *how]
    rows = list(csv.DictReader(io.StringIO(run(*args, "--format", "csv").stdout)))
    assert {row["scope"] for row in rows} - {""} == {"-finance"}
    assert not how or "" not in {row["scope"] for row in rows}
    assert {each["scope"] for each in json.loads(run(*args, "--format", "json").stdout)} - {""} == {"-finance"}
    for form in ("table", "markdown"):
        assert "財務局を除く" in run(*args, "--format", form).stdout


def test_explanation_leaves_out_whom_it_is_told_to(ingested: Path) -> None:
    """Without 財務局 only 環境局 gives cells."""
    said = run("--project", ingested, "progress", "--less", "paper", "--exclude", "finance", "--explain", "--format", "csv")
    assert {row["bureau"] for row in csv.DictReader(io.StringIO(said.stdout))} == {"environment"}


def test_trend_of_a_bureau_that_has_ended(ingested: Path) -> None:
    """Twelve months back there was one, now there is none: one sentence, exit code 3."""
    args = ("--period", "2022-03", "--bureau", "strategic-policy-ict", "--trend", "--by", "bureau")
    said = run("--project", ingested, "progress", *args)
    assert (said.exit_code, said.stdout, said.stderr.count("\n")) == (3, "", 1)
    assert "2022-03" in said.stderr


def test_report_names_its_files(ingested: Path) -> None:
    """The report's files are named on stdout, one a line, and are there."""
    said = run("--project", ingested, "report")
    files = [Path(line) for line in said.stdout.splitlines()]
    assert said.exit_code == 0
    assert [path.name for path in files] == ["report.md", "progress.csv", "progress_by_bureau.csv", "paper.svg", "paper.png"]
    assert all(path.is_file() for path in files)
    assert "2022年6月" in said.stderr


def test_codes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The codes are shown anywhere, and with a project those of the project."""
    monkeypatch.chdir(tmp_path)
    assert "financial-city" not in run("codes", "bureaus").stdout
    assert "財務局" in run("codes").stdout
    (tmp_path / "fiveless.toml").write_text('[[bureaus]]\ncode = "moon"\nname_ja = "月面局"\n', encoding="utf-8")
    assert "月面局" in run("codes", "bureaus").stdout
    assert json.loads(run("codes", "measures", "--format", "json").stdout)[0]["code"] == "paper.sheets_purchased"
    assert run("codes", "indicators", "--format", "csv").stdout.startswith("code,less,headline,")
    assert run("codes", "findings", "--format", "csv").stdout.startswith("code,severity,title_ja,")
    assert "L1-12  1-4" in run("codes", "rules").stdout


def test_project_from_the_environment(ingested: Path) -> None:
    """FIVELESS_PROJECT names the project, --project overrules it, before or after the command."""
    assert run("progress", env={"FIVELESS_PROJECT": str(ingested)}).exit_code == 0
    assert run("progress", "--project", ingested.parent, env={"FIVELESS_PROJECT": str(ingested)}).exit_code == 3


# Export and pipes ------------------------------------------------------------------------------------------------------


def test_export_prints_nothing_but_data(ingested: Path) -> None:
    """The header is the contract's, every row has each field, and stderr is silent."""
    said = run("--project", ingested, "export", "--bureau", "finance", "--from", "FY2022")
    rows = list(csv.DictReader(io.StringIO(said.stdout)))
    assert (said.exit_code, said.stderr) == (0, "")
    assert tuple(rows[0]) == HEADER
    assert [(row["bureau_name"], row["period"], row["value"], row["unit"], row["cell"]) for row in rows] == [
        ("財務局", "2022-04", "10", "sheet", "B5"),
        ("財務局", "2022-05", "20", "sheet", "C5"),
        ("財務局", "2022-06", "30", "sheet", "D5"),
    ]


def test_export_to_a_file(ingested: Path) -> None:
    """--out writes a file, its suffix decides the form, a BOM is written where asked for; stdout stays empty."""
    for name in ("x.csv", "x.jsonl", "x.parquet"):
        said = run("--project", ingested, "export", "--out", ingested / name, "--bom")
        assert (said.exit_code, said.stdout) == (0, "")
    assert (ingested / "x.csv").read_bytes().startswith(b"\xef\xbb\xbfbureau,")
    assert len((ingested / "x.jsonl").read_text(encoding="utf-8").splitlines()) == 12
    assert (ingested / "x.parquet").read_bytes()[:4] == b"PAR1"
    assert run("--project", ingested, "export", "--out", ingested / "no" / "x.csv").exit_code == 3


def test_export_is_utf8_whatever_the_console(ingested: Path) -> None:
    """A pipe gets UTF-8 with bare line feeds even where the console is cp932."""
    done = process("--project", ingested, "export", PYTHONIOENCODING="cp932", PYTHONUTF8="0")
    assert (done.returncode, done.stderr) == (0, b"")
    assert "財務局" in done.stdout.decode("utf-8")
    assert b"\r" not in done.stdout


def test_parquet_to_a_pipe(ingested: Path) -> None:
    """Parquet goes through a pipe byte by byte."""
    done = process("--project", ingested, "export", "--format", "parquet")
    assert (done.stdout[:4], done.stdout[-4:], done.stderr) == (b"PAR1", b"PAR1", b"")


@pytest.mark.parametrize("args", [("export",), ("history", "--all"), ("progress",), ("codes",), ("--help",)])
def test_reader_that_leaves_early(ingested: Path, args: tuple[str, ...]) -> None:
    """`| head` that has left: no traceback, nothing on stderr, exit code 0."""
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "wb") as pipe:
        done = subprocess.run(command("--project", ingested, *args), stdout=pipe, stderr=subprocess.PIPE, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_full_disk_is_told(ingested: Path) -> None:
    """What cannot be written to stdout for any other reason is no silent success."""
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(command("--project", ingested, "progress", "--lang", "en"), stdout=full, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 3
    assert b"Traceback" not in done.stderr


# Consoles --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["cp932", "ascii", "latin-1"])
@pytest.mark.parametrize("args", [("progress",), ("progress", "--by", "bureau"), ("ingest",), ("codes",), ("--help",), ("bogus",)])
def test_no_console_is_too_poor(ingested: Path, encoding: str, args: tuple[str, ...]) -> None:
    """Whatever a console's encoding lacks is replaced by a sign, never by an error."""
    done = process("--project", ingested, *args, PYTHONIOENCODING=encoding, PYTHONUTF8="0")
    assert b"Error" not in done.stderr
    assert b"Traceback" not in done.stderr
    assert done.returncode == (2 if "bogus" in args else 0)


def test_stand_ins_keep_the_width() -> None:
    """In cp932 bars become #, signs a letter or mark of one cell; Japanese stays as it is, and all is left alone in UTF-8."""
    said = "財務局 −72.0 % ██░ ◐ ● › – 𠮷"
    assert streams.fitting(said, "cp932").encode("cp932", errors="fiveless").decode("cp932") == "財務局 -72.0 % ##. * @ > - ?"
    assert streams.fitting(said, "utf-8") == said
    assert "█ 局".encode("ascii", errors="fiveless") == b"# ?"
    with pytest.raises(UnicodeDecodeError):
        b"\xff".decode("utf-8", errors="fiveless")


@contextlib.contextmanager
def _terminal(width: int) -> Iterator[tuple[int, int]]:
    """A pseudo-terminal of so many columns: its own end and the program's. Windows has none."""
    pty, fcntl, termios = (pytest.importorskip(name) for name in ("pty", "fcntl", "termios"))
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, width, 0, 0))
    try:
        yield ours, theirs
    finally:
        os.close(ours)


def on_terminal(width: int, *args: str | Path, **env: str) -> str:
    """What the program shows on a terminal of so many columns, stderr apart."""
    with _terminal(width) as (ours, theirs):
        environ = {**os.environ, "TERM": "xterm-256color", **env}
        with subprocess.Popen(command(*args), stdout=theirs, stderr=subprocess.DEVNULL, stdin=theirs, env=environ) as running:
            os.close(theirs)
            shown = b""
            with contextlib.suppress(OSError):  # Linux ends a terminal with EIO
                while part := os.read(ours, 65536):
                    shown += part
        assert running.returncode == 0
    return shown.decode(env.get("PYTHONIOENCODING", "utf-8"))


def test_terminal_gets_bars_and_colour(ingested: Path) -> None:
    """On a terminal: bars, colour, and no line wider than it; with NO_COLOR no colour."""
    shown = on_terminal(80, "--project", ingested, "progress")
    assert "█" in shown
    assert "\x1b[" in shown
    plain = on_terminal(60, "--project", ingested, "progress", NO_COLOR="1")
    assert "█" in plain
    assert "\x1b[38" not in plain


def test_files_are_counted_on_a_terminal(filled: Path) -> None:
    """While files are read, a terminal on stderr counts them; --quiet and a pipe see nothing of it."""
    for quiet, expected in (([], True), (["--quiet"], False)):
        with _terminal(80) as (ours, theirs):
            args = command("--project", filled, "ingest", "--dry-run", *quiet)
            with subprocess.Popen(args, stdout=subprocess.DEVNULL, stderr=theirs, env={**os.environ, "TERM": "xterm"}) as running:
                os.close(theirs)
                shown = b""
                with contextlib.suppress(OSError):  # Linux ends a terminal with EIO
                    while part := os.read(ours, 65536):
                        shown += part
            assert running.returncode == 0
        assert (b"2/2" in shown) is expected


def test_poor_terminal_gets_plain_bars(ingested: Path) -> None:
    """A cp932 console gets bars of # instead of an error."""
    shown = on_terminal(80, "--project", ingested, "progress", "--lang", "en", PYTHONIOENCODING="cp932", PYTHONUTF8="0", NO_COLOR="1")
    assert "#####" in shown
    assert "█" not in shown


def test_export_on_a_terminal(ingested: Path) -> None:
    """A person who exports to the screen sees the text."""
    assert "財務局" in on_terminal(80, "--project", ingested, "export")


def test_closed_pipe_has_two_names(monkeypatch: pytest.MonkeyPatch) -> None:
    """EPIPE is a closed pipe everywhere, EINVAL without a file on Windows only."""
    assert streams.is_closed_pipe(BrokenPipeError(32, "Broken pipe"))
    assert not streams.is_closed_pipe(OSError(22, "Invalid argument"))
    monkeypatch.setattr(os, "name", "nt")
    assert streams.is_closed_pipe(OSError(22, "Invalid argument"))


# The whole way ---------------------------------------------------------------------------------------------------------


def test_demo_goes_the_whole_way(tmp_path: Path) -> None:
    """The demo prints Tokyo's published −72.0 % for paper in March 2023 and writes a report; the commands that it names work."""
    said = run("demo", tmp_path / "demo")
    assert said.exit_code == 0
    paper = next(line for line in said.stdout.splitlines() if line.startswith("ペーパーレス"))
    assert "−72.0 %" in paper
    assert "報告書：" in said.stderr
    assert (tmp_path / "demo/reports/2023-03/report.md").is_file()
    project = ("--project", tmp_path / "demo")
    assert "−74.0 %" in run(*project, "progress", "--period", "2022-06").stdout
    assert run(*project, "progress", "--by", "bureau").exit_code == 0
    assert run(*project, "ingest", "--dry-run").exit_code == 0


def test_layout_new_drafts_on_stdout_or_in_a_new_file(tmp_path: Path) -> None:
    """The draft is TOML on stdout; --out never replaces a file."""
    path = tmp_path / "水道局.xlsx"
    book = openpyxl.Workbook()
    book.worksheets[0].append(["コピー件数", 5])
    book.save(path)
    said = run("layout", "new", path, "--lang", "en")
    assert (said.exit_code, tomllib.loads(said.stdout)["file"]) == (0, "水道局.xlsx")
    out = tmp_path / "a.toml"
    assert run("layout", "new", path, "--out", out).exit_code == 0
    again = run("layout", "new", path, "--out", out, "--lang", "en")
    assert (again.exit_code, "exists; name another file" in again.stderr) == (2, True)
