"""What was known when, as it is told: days, revisions and differences on a screen, in a pipe, as CSV and JSON, and `fiveless history`."""

import csv
import datetime as dt
import io
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path

import pytest
import typer.testing
from hypothesis import given
from hypothesis import strategies as st

from fiveless import pipeline
from fiveless.cli import app
from fiveless.errors import UsageError
from fiveless.language import Lang
from fiveless.observation import Observation, Observations, Reading, Scenario, Status
from fiveless.project import Project
from fiveless.revision import Difference, Revision
from fiveless.store import Filter, Store
from fiveless.structure import Codelists
from fiveless.tables import differences, history, lines

JULY, AUGUST, SEPTEMBER = (dt.datetime(2022, month, 5, 9, 0, tzinfo=dt.UTC) for month in (7, 8, 9))
FILE = "data/inbox/財務局 ＡＢＣ　2022年度.xlsx"
LANGS: tuple[Lang, ...] = ("ja", "en")


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """A machine whose clock is that of Tokyo, nine hours before UTC; a test may set another."""
    if not hasattr(time, "tzset"):
        pytest.skip("Windows keeps its time zone elsewhere")
    with monkeypatch.context() as patch:
        patch.setenv("TZ", "JST-9")
        time.tzset()
        yield patch
    time.tzset()


def _value(
    value: str,
    *,
    bureau: str = "finance",
    office: str = "",
    measure: str = "paper.sheets_purchased",
    period: str = "2022-06",
    scenario: Scenario = "actual",
    status: Status = "normal",
    note: str = "",
    cell: str = "C7",
) -> Observation:
    return Observation(bureau, office, measure, period, "month", scenario, Decimal(value), status, note, "紙", cell)


def _record(project: Path, at: dt.datetime, content: str, *values: Observation, file: str = FILE) -> None:
    with Store.open(project / "data/fiveless.duckdb", write=True) as store:
        store.record([Reading(file, content * 64, Observations.of(values))], received_at=at, command="fiveless ingest")


def _revisions(project: Path, codelists: Codelists, *, revised: bool = True) -> list[Revision]:
    with Store.open(project / "data/fiveless.duckdb", write=False) as store:
        return list(store.history(Filter(), codelists, revised=revised))


def _differences(project: Path, codelists: Codelists, first: dt.datetime, second: dt.datetime) -> list[Difference]:
    with Store.open(project / "data/fiveless.duckdb", write=False) as store:
        return store.differences(first, second, Filter(), codelists)


@pytest.fixture
def revised(tmp_path: Path) -> Path:
    """A project with a number that was revised from 123,456 to 130,000 and then moved, one withdrawn, and one that has not changed."""
    kept = _value("8", bureau="environment")
    _record(tmp_path, JULY, "1", kept, _value("123456", status="provisional"), _value("10", period="2022-05"))
    _record(tmp_path, AUGUST, "2", kept, _value("130000", note="精査\n済み"), _value("10", period="2022-05"))
    _record(tmp_path, SEPTEMBER, "3", kept, _value("130000", note="精査\n済み", cell="D7"))
    return tmp_path


def run(project: Path, *args: str) -> typer.testing.Result:
    """The command in this process, on a project, with streams caught."""
    return typer.testing.CliRunner().invoke(app, ["--project", str(project), "history", *args], env={"LANG": "C.UTF-8"})


# Days ------------------------------------------------------------------------------------------------------------------


def test_day_ends_by_the_clock_of_the_machine(clock: pytest.MonkeyPatch) -> None:
    """15 August in Tokyo ends when it is 15:00 UTC, less the least instant."""
    del clock
    assert pipeline.known_at("2022-08-15") == dt.datetime(2022, 8, 15, 14, 59, 59, 999999, tzinfo=dt.UTC)
    assert pipeline.known_at(" 2022-08-15\n").date() == dt.date(2022, 8, 15)


@pytest.mark.parametrize(
    ("day", "end"),
    [
        ("2022-03-12", dt.datetime(2022, 3, 13, 5, tzinfo=dt.UTC)),
        ("2022-03-13", dt.datetime(2022, 3, 14, 4, tzinfo=dt.UTC)),
        ("2022-11-05", dt.datetime(2022, 11, 6, 4, tzinfo=dt.UTC)),
        ("2022-11-06", dt.datetime(2022, 11, 7, 5, tzinfo=dt.UTC)),
    ],
)
def test_day_ends_where_clocks_are_put_on_or_back_at_midnight(clock: pytest.MonkeyPatch, day: str, end: dt.datetime) -> None:
    """Havana, five hours behind UTC, four in summer, has no 00:00 on 13 March and two of them on 6 November."""
    clock.setenv("TZ", "CST5CDT,M3.2.0/0,M11.1.0/1")
    time.tzset()
    assert pipeline.known_at(day) == end - dt.timedelta(microseconds=1)


@given(st.dates(dt.date(1990, 1, 1), dt.date(2090, 1, 1)))
def test_days_follow_each_other(day: dt.date) -> None:
    """A day ends within itself, and less than an instant before the next begins."""
    end = pipeline.known_at(day.isoformat())
    assert end.date() == day
    assert (end + dt.timedelta(microseconds=1)).date() == day + dt.timedelta(days=1)


@pytest.mark.parametrize(
    "text", ["2022-02-30", "2022-08", "20220815", "2022-W33-1", "２０２２-08-15", "15.8.2022", "", "9999-12-31", "a\nb"]
)
def test_other_texts_are_no_days(text: str) -> None:
    """One sentence in both languages says how to write a day."""
    with pytest.raises(UsageError) as caught:
        pipeline.known_at(text)
    assert all("2022-08-15" in said and "\n" not in said for said in caught.value.words)


# Revisions -------------------------------------------------------------------------------------------------------------


def _plain(shown: Iterator[object]) -> list[str]:
    return [str(line) for line in shown]


def test_history_on_a_screen(revised: Path, codelists: Codelists, clock: pytest.MonkeyPatch) -> None:
    """On 80 columns a block a number, its place below each revision: 130,000 − 123,456 = 6,544; 09:00 UTC is 18:00 in Tokyo."""
    del clock
    assert _plain(history.screen(_revisions(revised, codelists), codelists, "ja", 80)) == [
        "財務局   コピー用紙調達量   2022年5月   単月   実績",
        "  2022-07-05 18:00  10 枚  取下げ 2022-09-05 18:00",
        "                    data/inbox/財務局 ＡＢＣ　2022年度.xlsx › 紙 › C7",
        "",
        "財務局   コピー用紙調達量   2022年6月   単月   実績",
        "  2022-07-05 18:00  123,456 枚          速報値  差替え",
        "                    data/inbox/財務局 ＡＢＣ　2022年度.xlsx › 紙 › C7",
        "  2022-08-05 18:00  130,000 枚  +6,544          移動",
        "                    data/inbox/財務局 ＡＢＣ　2022年度.xlsx › 紙 › C7　注：精査",
        "                    済み",
        "  2022-09-05 18:00  130,000 枚                  有効",
        "                    data/inbox/財務局 ＡＢＣ　2022年度.xlsx › 紙 › D7　注：精査",
        "                    済み",
    ]


def test_history_in_a_pipe(revised: Path, codelists: Codelists, clock: pytest.MonkeyPatch) -> None:
    """One line a revision, whatever its length."""
    del clock
    assert _plain(history.screen(_revisions(revised, codelists), codelists, "en", None)) == [
        "Bureau of Finance   Copy paper purchased   May 2022   month   actual",
        f"  2022-07-05 18:00  10 sheets  withdrawn 2022-09-05 18:00  {FILE} › 紙 › C7",
        "",
        "Bureau of Finance   Copy paper purchased   June 2022   month   actual",
        f"  2022-07-05 18:00  123,456 sheets          provisional  superseded  {FILE} › 紙 › C7",
        f"  2022-08-05 18:00  130,000 sheets  +6,544               moved       {FILE} › 紙 › C7   note: 精査 済み",
        f"  2022-09-05 18:00  130,000 sheets                       holds       {FILE} › 紙 › D7   note: 精査 済み",
    ]


@pytest.fixture
def odd(tmp_path: Path) -> Path:
    """A project with an office of two lines and brackets, values of 18 decimals, a value that was missing, and codes that are gone."""
    office = "総務課\n[bold red]第1係[/]\x1b[31m" + "長い名前の部署" * 8
    _record(tmp_path, JULY, "1", _value("0", status="missing"), _value("1.000000000000000001", office=office))
    _record(tmp_path, JULY, "1", _value("5", bureau="gone", measure="gone.of", scenario="excluded"), file="b.xlsx")
    _record(tmp_path, AUGUST, "2", _value("1"), _value("-1234567.000000000000000002", office=office))
    _record(tmp_path, AUGUST, "2", _value("6", bureau="gone", measure="gone.of", scenario="excluded"), file="b.xlsx")
    return tmp_path


@pytest.mark.parametrize("width", [40, 60, 80, 100, 200])
@pytest.mark.parametrize("lang", LANGS)
def test_no_line_is_wider_than_the_screen(odd: Path, codelists: Codelists, lang: Lang, width: int) -> None:
    """Long offices, values, notes and places are folded, and nothing in a name makes a line or a colour of its own."""
    shown = _plain(history.screen(_revisions(odd, codelists), codelists, lang, width))
    shown += _plain(differences.screen(_differences(odd, codelists, JULY, AUGUST), codelists, lang, width))
    assert all(lines.cells(line) <= width for line in shown)
    assert not any(character in line for line in shown for character in "\n\x1b")


def test_odd_numbers_are_told_to_the_last_digit(odd: Path, codelists: Codelists) -> None:
    """−1,234,567.000000000000000002 − 1.000000000000000001 = −1,234,568.000000000000000003; a lost name is its code."""
    shown = _plain(history.screen(_revisions(odd, codelists), codelists, "en", None))
    assert shown[0] == "Bureau of Finance   Copy paper purchased   June 2022   month   actual"
    assert shown[1].split()[2:4] == ["missing", "superseded"]
    assert shown[2].split()[2:5] == ["1", "sheet", "holds"]
    assert "総務課 [bold red]第1係[/] [31m長い名前" in shown[4]
    assert "−1,234,567.000000000000000002 sheets  −1,234,568.000000000000000003  holds" in shown[6]
    assert shown[8] == "gone   gone.of   June 2022   month   excluded"
    assert shown[10].split()[2:5] == ["6", "+1", "holds"]


def _many(project: Path, count: int) -> Path:
    """A project in which each of some numbers was revised."""
    for at, content, add in ((JULY, "1", 0), (AUGUST, "2", 1)):
        _record(project, at, content, *(_value(str(n + add), office=f"{n:03}課") for n in range(count)))
    return project


@pytest.mark.parametrize(("count", "rest"), [(50, 0), (51, 1), (1060, 1010)])
def test_terminal_shows_the_first_50_numbers(tmp_path: Path, codelists: Codelists, count: int, rest: int) -> None:
    """A last line says how many more there are and how to get them; a pipe gets all."""
    project = _many(tmp_path, count)
    revisions, found = _revisions(project, codelists), _differences(project, codelists, JULY, AUGUST)
    for shown, heads in (
        (_plain(history.screen(revisions, codelists, "en", 80)), "Bureau of Finance   "),
        (_plain(differences.screen(found, codelists, "en", 80)), "  0"),
    ):
        assert sum(line.startswith(heads) for line in shown) == 50
        assert (shown[-1] == f"{rest:,} more numbers; --format csv gives all.") is bool(rest)
    assert sum("課" in line for line in _plain(history.screen(revisions, codelists, "ja", None))) == count
    assert sum("課" in line for line in _plain(differences.screen(found, codelists, "ja", None))) == count


# Differences -----------------------------------------------------------------------------------------------------------


def test_differences_on_a_screen(revised: Path, codelists: Codelists, clock: pytest.MonkeyPatch) -> None:
    """By bureau: what each number is, its two values, and where the newer stands, or stood before it was withdrawn."""
    del clock
    assert _plain(differences.screen(_differences(revised, codelists, JULY, SEPTEMBER), codelists, "ja", 100)) == [
        "財務局 (2)",
        "  コピー用紙調達量   2022年5月   単月   実績",
        f"    10 枚 → （取下げ）   {FILE} › 紙 › C7   2022-07-05 18:00",
        "  コピー用紙調達量   2022年6月   単月   実績",
        "    123,456 → 130,000 枚 (+6,544)",
        f"    {FILE} › 紙 › D7   2022-09-05 18:00",
    ]


def test_differences_in_a_pipe(odd: Path, codelists: Codelists, clock: pytest.MonkeyPatch) -> None:
    """One line a number under its bureau; what was not known or is missing is told in words, and a code stands for a name that is lost."""
    del clock
    first = _plain(differences.screen(_differences(odd, codelists, JULY - dt.timedelta(days=1), JULY), codelists, "en", None))
    assert first[0] == "Bureau of Finance (1)"
    assert "(not yet known) → 1.000000000000000001 sheets   data" in first[1]
    assert first[3:] == ["gone (1)", "  gone.of   June 2022   month   excluded   (not yet known) → 5   b.xlsx › 紙 › C7   2022-07-05 18:00"]
    then = _plain(differences.screen(_differences(odd, codelists, JULY, AUGUST), codelists, "en", None))
    assert then[:2] == [
        "Bureau of Finance (2)",
        f"  Copy paper purchased   June 2022   month   actual   missing → 1 sheet   {FILE} › 紙 › C7   2022-08-05 18:00",
    ]
    assert "1.000000000000000001 → −1,234,567.000000000000000002 sheets (−1,234,568.000000000000000003)" in then[2]


def test_differences_for_machines(revised: Path, codelists: Codelists) -> None:
    """CSV and JSON hold the same: both values, the change, and both sources; nothing where there is none."""
    found = _differences(revised, codelists, JULY, SEPTEMBER)
    rows = list(csv.DictReader(io.StringIO(differences.as_csv(found))))
    assert tuple(rows[0]) == differences.COLUMNS
    assert [(row["period"], row["before"], row["after"], row["change"], row["unit"]) for row in rows] == [
        ("2022-05", "10", "", "", "sheet"),
        ("2022-06", "123456", "130000", "6544", "sheet"),
    ]
    assert [(row["cell_before"], row["cell_after"], row["received_at_after"]) for row in rows] == [
        ("C7", "", ""),
        ("C7", "D7", "2022-09-05T09:00:00Z"),
    ]
    objects = json.loads(differences.as_json(found))
    assert [(each["before"], each["after"], each["change"], each["file_after"]) for each in objects] == [
        (10, None, None, None),
        (123456, 130000, 6544, FILE),
    ]
    assert [{name: "" if cell is None else str(cell) for name, cell in each.items()} for each in objects] == rows


def test_no_differences(codelists: Codelists) -> None:
    """Nothing is a header, an empty array, and no line."""
    assert _plain(differences.screen([], codelists, "ja", 80)) == []
    assert differences.as_csv([]) == ",".join(differences.COLUMNS) + "\n"
    assert json.loads(differences.as_json([])) == []


# The command -----------------------------------------------------------------------------------------------------------


def _rows(project: Path, *args: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(run(project, "--format", "csv", *args).stdout)))


def test_history_as_csv(revised: Path) -> None:
    """The columns of an export with revision and end; values exact, times in UTC, nothing for what has not ended."""
    rows = _rows(revised)
    assert list(rows[0]) == [
        *("bureau", "bureau_name", "office", "less", "measure", "measure_name", "period", "basis", "scenario", "revision", "value"),
        *("unit", "status", "note", "file", "sheet", "cell", "sha256", "received_at", "ended", "ended_at", "ended_by"),
    ]
    assert [(row["period"], row["revision"], row["value"], row["ended"], row["ended_at"], row["ended_by"]) for row in rows] == [
        ("2022-05", "1", "10", "withdrawn", "2022-09-05T09:00:00Z", FILE),
        ("2022-06", "1", "123456", "superseded", "2022-08-05T09:00:00Z", FILE),
        ("2022-06", "2", "130000", "moved", "2022-09-05T09:00:00Z", FILE),
        ("2022-06", "3", "130000", "", "", ""),
    ]
    assert [row["received_at"] for row in rows[1:]] == [f"2022-0{month}-05T09:00:00Z" for month in (7, 8, 9)]
    assert rows[2]["note"] == "精査\n済み"


def test_history_as_json(revised: Path) -> None:
    """An array of the records of the CSV; values are numbers, and what has not ended says null."""
    objects = json.loads(run(revised, "--format", "json").stdout)
    assert [(each["revision"], each["value"], each["ended_by"]) for each in objects] == [
        (1, 10, FILE),
        (1, 123456, FILE),
        (2, 130000, FILE),
        (3, 130000, None),
    ]
    assert [{name: "" if cell is None else str(cell) for name, cell in each.items()} for each in objects] == _rows(revised)


def test_history_in_tables(revised: Path) -> None:
    """The table is the default, in Japanese or English; stderr is silent."""
    ja, en = run(revised), run(revised, "--lang", "en")
    assert (ja.exit_code, ja.stderr, en.stderr) == (0, "", "")
    assert "123,456 枚" in ja.stdout
    assert "財務局" in ja.stdout
    assert "123,456 sheets" in en.stdout
    assert "Bureau of Finance" in en.stdout


@pytest.mark.parametrize(
    ("args", "values"),
    [
        ((), ["10", "123456", "130000", "130000"]),
        (("--all",), ["8", "10", "123456", "130000", "130000"]),
        (("--from", "2022-06"), ["123456", "130000", "130000"]),
        (("--to", "2022-05", "--less", "paper", "--basis", "month", "--scenario", "actual"), ["10"]),
        (("--bureau", "environment"), []),
        (("--bureau", "environment", "--bureau", "finance", "--measure", "paper.sheets_purchased", "--to", "2022-05"), ["10"]),
        (("--office", "", "--to", "2022-05"), ["10"]),
        (("--office", "総務課", "--all"), []),
        (("--as-of", "2022-08-20"), ["123456", "130000"]),
        (("--as-of", "2022-07-20", "--all"), ["8", "10", "123456"]),
    ],
)
def test_history_is_narrowed(revised: Path, args: Sequence[str], values: Sequence[str]) -> None:
    """Options narrow as those of an export do; --all adds what has not changed; --as-of goes back to a day."""
    assert [row["value"] for row in _rows(revised, *args)] == values


def test_day_of_receipt_belongs_to_the_history(revised: Path, clock: pytest.MonkeyPatch) -> None:
    """Received on 5 August, 18:00 in Tokyo: known on that day, not on the one before."""
    del clock
    assert [len(_rows(revised, "--as-of", day)) for day in ("2022-08-04", "2022-08-05")] == [0, 2]


@pytest.mark.parametrize(("form", "empty"), [("table", ""), ("json", "[]\n")])
def test_nothing_to_show_is_one_sentence(revised: Path, form: str, empty: str) -> None:
    """On stderr, with exit code 0, and what else could be asked; stdout is an empty table or array."""
    said = run(revised, "--bureau", "environment", "--format", form, "--lang", "en")
    assert (said.exit_code, said.stdout) == (0, empty)
    assert said.stderr == "No such number has been revised or withdrawn; --all shows those that have not.\n"
    said = run(revised, "--all", "--office", "x", "--format", form, "--lang", "en")
    assert (said.exit_code, said.stdout, said.stderr) == (0, empty, "There are no such numbers.\n")
    assert run(revised, "--office", "x", "--quiet").stderr == ""


@pytest.mark.parametrize(
    "args", [("--bureau", "nowhere"), ("--as-of", "2022-08"), ("--from", "June"), ("--from", "2023-01", "--to", "2022-01")]
)
def test_wrong_use_of_history(revised: Path, args: Sequence[str]) -> None:
    """Exit code 2 and one line on stderr."""
    said = run(revised, *args)
    assert (said.exit_code, said.stdout, said.stderr.count("\n")) == (2, "", 1)


def test_store_is_free_while_the_history_is_read(revised: Path, codelists: Codelists) -> None:
    """An ingest can run while a pager shows the history, which stays what it was."""
    project = Project(revised)
    with pipeline.history(project, codelists, Filter(), everything=True) as revisions:
        first = next(revisions)
        _record(revised, SEPTEMBER, "4", _value("1", bureau="taxation"), file="b.xlsx")
        assert [str(each.value) for each in (first, *revisions)] == ["8", "10", "123456", "130000", "130000"]


def test_long_history_is_whole(tmp_path: Path, codelists: Codelists) -> None:
    """More revisions than are read at a time (5,000) come out each once, in order."""
    project = _many(tmp_path, 2600)
    with pipeline.history(Project(project), codelists, Filter()) as revisions:
        assert [(each.office, each.revision) for each in revisions] == [
            (office, revision) for office in sorted(f"{n:03}課" for n in range(2600)) for revision in (1, 2)
        ]


@pytest.mark.parametrize("form", ["table", "csv", "json"])
def test_reader_of_history_that_leaves_early(tmp_path: Path, form: str) -> None:
    """A pipe that is closed after the first lines of many: no traceback, nothing on stderr, exit code 0."""
    args = [sys.executable, "-m", "fiveless", "--project", str(_many(tmp_path, 2600)), "history", "--format", form]
    environ = {**os.environ, "PYTHONUTF8": "1"}
    with subprocess.Popen(args, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environ) as running:
        assert running.stdout
        assert running.stderr
        assert running.stdout.readline()
        running.stdout.close()
        assert running.stderr.read() == b""
    assert running.returncode == 0
