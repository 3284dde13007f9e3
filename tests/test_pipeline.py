"""The jobs: what is found, what is read again, what a receipt counts, and what a month can be asked for."""

import datetime as dt
import io
import os
import shutil
import sys
import unicodedata
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
import xlsxwriter

from fiveless import demo, pipeline, project
from fiveless.errors import FivelessError, UsageError
from fiveless.period import Period
from fiveless.receipt import Receipt
from fiveless.store import Filter
from fiveless.structure import Codelists

NOW = dt.datetime(2022, 7, 1, 9, tzinfo=dt.UTC)
MONTHS = ("4月", "5月", "6月")


def workbook(path: Path, title: str, rows: dict[str, list[object]]) -> Path:
    """A bureau's workbook with months across: a title that says measure and year, then a line for each bureau."""
    path.parent.mkdir(parents=True, exist_ok=True)
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("報告")
    sheet.write(0, 0, title)
    sheet.write_row(2, 0, ["局名", *MONTHS])
    for index, (bureau, values) in enumerate(rows.items(), 3):
        sheet.write_row(index, 0, [bureau, *values])
    book.close()
    return path


@pytest.fixture
def here(tmp_path: Path) -> project.Project:
    """A project with two workbooks: 3 × 2 values of FY2022 and as many of FY2016."""
    made, _ = project.create(tmp_path / "p", "")
    workbook(made.inbox / "2022.xlsx", "コピー用紙調達量（枚）2022年度", {"環境局": [100, 200, 300], "財務局": [10, 20, 30]})
    workbook(made.inbox / "2016.xlsx", "コピー用紙調達量（枚）2016年度", {"環境局": [400, 500, 600], "財務局": [40, 50, 60]})
    return made


def _ingest(here: project.Project, codelists: Codelists, *paths: Path, dry_run: bool = False, again: bool = False) -> Receipt:
    return pipeline.ingest(here, paths, codelists, received_at=NOW, dry_run=dry_run, again=again)


def _values(here: project.Project, codelists: Codelists, where: Filter | None = None) -> dict[tuple[str, str], str]:
    """(bureau, period) → value of an export."""
    with pipeline.export(here, codelists, where or Filter(), "csv") as content:
        head, *lines = content.read().decode().splitlines()
    place = {name: index for index, name in enumerate(head.split(","))}
    rows = [line.split(",") for line in lines]
    return {(row[place["bureau"]], row[place["period"]]): row[place["value"]] for row in rows}


# Discovery -------------------------------------------------------------------------------------------------------------


def test_folders_are_searched_to_the_bottom(here: project.Project) -> None:
    """All files below a folder are found in the order of their names; lock files, hidden files and folders are passed over with a word."""
    workbook(here.inbox / "R4" / "6月.xlsx", "x", {})
    for name in ("~$2022.xlsx", ".hidden", "Thumbs.db", ".git/config"):
        (here.inbox / name).parent.mkdir(exist_ok=True)
        (here.inbox / name).touch()
    arrived = pipeline.discover(here, [])
    assert [here.shown(path) for path in arrived.paths] == ["data/inbox/2016.xlsx", "data/inbox/2022.xlsx", "data/inbox/R4/6月.xlsx"]
    assert [(each.file, each.outcome) for each in arrived.skipped] == [
        ("data/inbox/.hidden", "skipped"),
        ("data/inbox/Thumbs.db", "skipped"),
        ("data/inbox/~$2022.xlsx", "skipped"),
    ]
    assert all(each.why for each in arrived.skipped)


def test_a_file_named_twice_is_found_once(here: project.Project) -> None:
    """A file and the folder that holds it, or a pattern that the shell left as it is, name each file once."""
    paths = [here.inbox / "2022.xlsx", here.inbox, here.inbox / "*.xlsx"]
    assert [path.name for path in pipeline.discover(here, paths).paths] == ["2022.xlsx", "2016.xlsx"]


def test_missing_path_is_wrong_use(here: project.Project) -> None:
    """A path that does not exist is told by its name, exit code 2."""
    with pytest.raises(UsageError, match=r"There is no .*nowhere\.xlsx; check the path\."):
        pipeline.discover(here, [here.inbox / "nowhere.xlsx"])


def test_empty_folder_is_told(tmp_path: Path) -> None:
    """An empty inbox, or none at all, is told in a sentence, exit code 3."""
    empty, _ = project.create(tmp_path, "")
    for _ in range(2):
        with pytest.raises(FivelessError, match=r"There is nothing to read in .*inbox; put the bureaus' workbooks there") as refusal:
            pipeline.discover(empty, [])
        assert refusal.value.exit_code == 3
        shutil.rmtree(empty.inbox, ignore_errors=True)


# Ingest ----------------------------------------------------------------------------------------------------------------


def test_first_ingest_takes_everything(here: project.Project, codelists: Codelists) -> None:
    """Twelve values from two workbooks, each counted as new, each number accounted for, nothing to mend."""
    receipt = _ingest(here, codelists)
    assert [(each.file, each.outcome) for each in receipt.inputs] == [("data/inbox/2016.xlsx", "read"), ("data/inbox/2022.xlsx", "read")]
    assert (receipt.new, receipt.changed, receipt.unchanged, receipt.withdrawn) == (12, 0, 0, 0)
    assert (receipt.taken, receipt.checked, receipt.set_aside) == (12, 0, 0)
    assert not receipt.needs_attention
    assert _values(here, codelists)["environment", "2022-06"] == "300"


def test_second_ingest_reads_nothing_again(here: project.Project, codelists: Codelists) -> None:
    """Files whose content is known are not read; `again` reads them and finds every value as it was."""
    _ingest(here, codelists)
    before = here.store.read_bytes()
    receipt = _ingest(here, codelists)
    assert (receipt.files("unchanged"), receipt.files("read"), receipt.new) == (2, 0, 0)
    assert not receipt.nothing_read
    assert here.store.read_bytes() == before
    again = _ingest(here, codelists, again=True)
    assert (again.files("read"), again.new, again.changed, again.unchanged) == (2, 0, 0, 12)


def test_changed_file_supersedes_its_values(here: project.Project, codelists: Codelists) -> None:
    """A file with one value changed and one gone: one changed, one withdrawn, the others as they were."""
    _ingest(here, codelists)
    workbook(here.inbox / "2022.xlsx", "コピー用紙調達量（枚）2022年度", {"環境局": [100, 250, 300], "財務局": [10, 20]})
    receipt = _ingest(here, codelists)
    assert (receipt.files("unchanged"), receipt.files("read")) == (1, 1)
    assert (receipt.new, receipt.changed, receipt.unchanged, receipt.withdrawn) == (0, 1, 4, 1)
    values = _values(here, codelists)
    assert values["environment", "2022-05"] == "250"
    assert ("finance", "2022-06") not in values


def test_file_put_back_is_read_again(here: project.Project, codelists: Codelists) -> None:
    """A file that returns to an earlier content is read again: what holds is what lies in the inbox."""
    first = (here.inbox / "2022.xlsx").read_bytes()
    _ingest(here, codelists)
    workbook(here.inbox / "2022.xlsx", "コピー用紙調達量（枚）2022年度", {"環境局": [1, 2, 3]})
    _ingest(here, codelists)
    (here.inbox / "2022.xlsx").write_bytes(first)
    _ingest(here, codelists)
    assert _values(here, codelists)["environment", "2022-06"] == "300"


def test_file_overwritten_by_another_known_one_is_read(here: project.Project, codelists: Codelists) -> None:
    """A name that now holds the content of another file no longer vouches for its earlier values."""
    _ingest(here, codelists)
    shutil.copyfile(here.inbox / "2016.xlsx", here.inbox / "2022.xlsx")
    assert _ingest(here, codelists).withdrawn == 6
    assert not [period for _, period in _values(here, codelists) if period.startswith("2022")]


def test_copy_under_a_new_name_is_known(here: project.Project, codelists: Codelists) -> None:
    """A copy of a known file under a new name adds nothing and is not read."""
    _ingest(here, codelists)
    shutil.copyfile(here.inbox / "2022.xlsx", here.inbox / "2022 のコピー.xlsx")
    assert _ingest(here, codelists).files("unchanged") == 3


def test_dry_run_counts_and_writes_nothing(here: project.Project, codelists: Codelists) -> None:
    """A dry run counts what would be new, changed and withdrawn; the store is as it was, or is not made at all."""
    dry = _ingest(here, codelists, dry_run=True)
    assert (dry.dry_run, dry.new, dry.taken) == (True, 12, 12)
    assert not here.store.exists()
    _ingest(here, codelists)
    before = here.store.read_bytes()
    workbook(here.inbox / "2022.xlsx", "コピー用紙調達量（枚）2022年度", {"環境局": [100, 250, 300]})
    dry = _ingest(here, codelists, dry_run=True)
    assert (dry.new, dry.changed, dry.withdrawn) == (0, 1, 3)
    assert here.store.read_bytes() == before
    assert sorted(path.name for path in here.data.iterdir()) == ["fiveless.duckdb", "inbox"]


def test_refused_file_does_not_stop_the_rest(here: project.Project, codelists: Codelists) -> None:
    """What is no workbook is refused with a finding, at every run anew; the rest of the batch is taken."""
    (here.inbox / "bad.xlsx").write_bytes(b"<html><body>404</body></html>")
    for expected in (12, 0):
        receipt = _ingest(here, codelists)
        assert (receipt.files("refused"), receipt.new, receipt.needs_attention) == (1, expected, True)
        assert [(each.file, each.severity) for each in receipt.findings] == [("data/inbox/bad.xlsx", "error")]


def test_numbers_set_aside_are_counted_by_reason(here: project.Project, codelists: Codelists) -> None:
    """Three figures of an unknown bureau are set aside for one reason, which a finding tells at each cell."""
    path = workbook(here.folder.parent / "outside.xlsx", "コピー用紙調達量（枚）2022年度", {"環境科学局": [1, 2, 3]})
    receipt = _ingest(here, codelists, path)
    (code,) = receipt.reasons
    assert receipt.set_aside == 3
    assert {each.code for each in receipt.findings} == {code}
    assert receipt.inputs[0].file == path.as_posix()


def test_one_key_with_two_values_in_a_run_is_a_conflict(here: project.Project, codelists: Codelists) -> None:
    """Two files of one run that state different values of one key: neither is taken, and the receipt tells of both."""
    workbook(here.inbox / "other.xlsx", "コピー用紙調達量（枚）2022年度", {"財務局": [10, 99, 30]})
    receipt = _ingest(here, codelists)
    assert {each.code for each in receipt.findings} == {"K01"}
    assert receipt.needs_attention
    assert ("finance", "2022-05") not in _values(here, codelists)
    assert _values(here, codelists)["finance", "2022-06"] == "30"


def test_progress_of_files_is_told(here: project.Project, codelists: Codelists) -> None:
    """Whoever watches is told before each file, and once more at the end."""
    told: list[tuple[int, int, str]] = []
    pipeline.ingest(here, [], codelists, received_at=NOW, on_file=lambda *what: told.append(what))
    assert told == [(0, 2, "data/inbox/2016.xlsx"), (1, 2, "data/inbox/2022.xlsx"), (2, 2, "")]


def test_names_are_one_on_every_system(here: project.Project, codelists: Codelists) -> None:
    """A file that macOS names in decomposed characters is the same file as elsewhere."""
    shutil.copyfile(here.inbox / "2022.xlsx", here.inbox / unicodedata.normalize("NFD", "用紙が.xlsx"))
    assert "data/inbox/用紙が.xlsx" in [each.file for each in _ingest(here, codelists).inputs]


def test_settings_that_changed_are_noticed(here: project.Project, codelists: Codelists) -> None:
    """`fiveless.toml` younger than the store: files of known content may now say more."""
    import os

    assert not pipeline.settings_changed(here)
    _ingest(here, codelists)
    os.utime(here.settings, (0, 0))
    assert not pipeline.settings_changed(here)
    os.utime(here.settings, (4e9, 4e9))
    assert pipeline.settings_changed(here)


# Progress, report, export ----------------------------------------------------------------------------------------------


def test_progress_of_a_month(here: project.Project, codelists: Codelists) -> None:
    """660 sheets to June 2022 against 1,650 of the same months of FY2016 is 60 % less; the latest month is the default."""
    _ingest(here, codelists)
    measured = pipeline.progress(here, codelists)
    paper = measured.totals[0]
    assert measured.period.code == "2022-06"
    assert [each.less for each in measured.totals] == ["paper", "seal", "fax", "cash", "face"]
    assert (paper.actual, paper.base, paper.rate, paper.reported) == (Decimal(660), Decimal(1650), Decimal("0.6"), 2)
    by_bureau = {(each.bureau, each.less): each.rate for each in measured.bureaus}
    assert by_bureau["finance", "paper"] == Decimal("0.6")


def test_month_without_figures_names_those_with(here: project.Project, codelists: Codelists) -> None:
    """A month of which nothing is known is refused with the months that are, as runs."""
    _ingest(here, codelists)
    with pytest.raises(FivelessError, match=r"There are no figures of 2030-01; there are 2016-04 – 2016-06, 2022-04 – 2022-06\."):
        pipeline.progress(here, codelists, pipeline.Asked(Period.month(2030, 1)))


def test_month_with_figures_that_make_no_sum_to_date_is_told_so(tmp_path: Path, codelists: Codelists) -> None:
    """June alone is no April to June: the sentence does not say that there is nothing of June."""
    made, _ = project.create(tmp_path / "p", "")
    workbook(made.inbox / "2022.xlsx", "コピー用紙調達量（枚）2022年度", {"環境局": ["", "", 300]})
    _ingest(made, codelists)
    with pytest.raises(FivelessError, match=r"What there is of 2022-06 does not make an indicator .*; there are 2022-06\."):
        pipeline.progress(made, codelists, pipeline.Asked(Period.month(2022, 6)))


def test_bureau_without_any_figures_is_told_so(here: project.Project, codelists: Codelists) -> None:
    """No dash stands for the months that there are not."""
    _ingest(here, codelists)
    with pytest.raises(FivelessError, match=r"There are no figures of 2022-06, nor of any other time\."):
        pipeline.progress(here, codelists, pipeline.Asked(Period.month(2022, 6), bureaus=("taxation",)))


@pytest.mark.parametrize("text", ["0001-01-01", "9999-12-31", "2022-02-30", "yesterday"])
def test_day_that_cannot_be_told(text: str) -> None:
    """A day beyond all records, or none at all, is wrong use and no crash."""
    with pytest.raises(UsageError, match="write it as 2022-08-15"):
        pipeline.known_at(text)


def test_published_figure_is_not_held_against_a_part_of_the_city(here: project.Project, codelists: Codelists) -> None:
    """主税局 reported June 2022, and its base is known to nobody: what was printed of all is not recomputed from the two others."""
    workbook(here.inbox / "3.xlsx", "コピー用紙調達量（枚）2022年度", {"主税局": [1, 2, 3]})
    three = replace(codelists, bureaus=tuple(codelists.bureau[code] for code in ("environment", "finance", "taxation")))
    _ingest(here, three)
    (found,) = [each for each in pipeline.backtest(here, three) if each.published.as_of.code == "2022-06"]

    assert (found.verdict, found.actual) == ("not_recomputed", None)
    assert "(Bureau of Taxation)" in found.why.en


def test_nothing_ingested_yet(here: project.Project, codelists: Codelists) -> None:
    """Before the first ingest, progress says what to do."""
    with pytest.raises(FivelessError, match="fiveless ingest"):
        pipeline.progress(here, codelists)


@pytest.mark.parametrize("text", ["2022", "2022-13", "FY2022", "令和4年6月", "", "0000-04", "9999-12"])
def test_month_that_cannot_be_read(text: str) -> None:
    """Anything but a month is wrong use, with an example."""
    with pytest.raises(UsageError, match="write it as 2022-06"):
        pipeline.month(text)


def test_report_is_written_for_the_month(here: project.Project, codelists: Codelists) -> None:
    """The report of the latest month lies in the folder of its name."""
    _ingest(here, codelists)
    period, files = pipeline.write_report(here, codelists, "ja")
    assert period.code == "2022-06"
    assert files[0] == here.reports / "2022-06" / "report.md"
    assert "−60.0 %" in files[0].read_text(encoding="utf-8")
    assert here.reports / "2022-06" / "paper.svg" in files


def test_what_was_exported_can_be_ingested(here: project.Project, codelists: Codelists, tmp_path: Path) -> None:
    """A CSV of ours, with its codes, gives another project the same observations."""
    _ingest(here, codelists)
    there, _ = project.create(tmp_path / "there", "")
    with pipeline.export(here, codelists, Filter(), "csv") as content:
        (there.inbox / "all.csv").write_bytes(content.read())
    receipt = _ingest(there, codelists)
    assert (receipt.new, receipt.set_aside) == (12, 0)
    assert _values(there, codelists) == _values(here, codelists)


def test_export_is_filtered(here: project.Project, codelists: Codelists) -> None:
    """Codes and periods narrow an export; the fiscal year bounds it by its months."""
    _ingest(here, codelists)
    where = pipeline.selection(codelists, {"bureau": ["finance"], "basis": []}, "FY2022", "2022-05")
    assert _values(here, codelists, where) == {("finance", "2022-04"): "10", ("finance", "2022-05"): "20"}


@pytest.mark.parametrize(
    ("wanted", "says"),
    [
        ({"bureau": ["finanse"]}, 'There is no bureau "finanse"; near it: finance'),
        ({"less": ["紙"]}, 'There is no less "紙"; near it: cash, face, fax, paper, seal'),
        ({"status": ["norml"]}, 'There is no status "norml"; near it: normal'),
    ],
)
def test_unknown_code_is_told_with_the_nearest(codelists: Codelists, wanted: dict[str, list[str]], says: str) -> None:
    """A filter by a code that does not exist would export nothing in silence: it is refused with what is near it."""
    with pytest.raises(UsageError) as refusal:
        pipeline.selection(codelists, wanted)
    assert refusal.value.words.en.startswith(says)


def test_period_of_export_that_cannot_be_read(codelists: Codelists) -> None:
    """A bound that is no period is wrong use, with examples."""
    with pytest.raises(UsageError, match="write it as 2022-06, 2022-Q1 or FY2022"):
        pipeline.selection(codelists, {}, "2022年")


def test_parquet_export(here: project.Project, codelists: Codelists) -> None:
    """Parquet comes out as bytes that DuckDB reads, with as many rows as there are values."""
    import duckdb

    _ingest(here, codelists)
    path = here.folder / "out.parquet"
    with pipeline.export(here, codelists, Filter(), "parquet") as content:
        pipeline.keep(content, path)
    with duckdb.connect() as database:
        assert database.execute("SELECT count(*), sum(value)::INTEGER FROM read_parquet(?)", [str(path)]).fetchall() == [(12, 2310)]


def test_kept_file_is_whole_or_absent(tmp_path: Path) -> None:
    """A file that cannot be written is told of, and nothing half written is left."""
    import io

    with pytest.raises(FivelessError, match="cannot be written"):
        pipeline.keep(io.BytesIO(b"x"), tmp_path / "no" / "such.csv")
    (tmp_path / "folder").mkdir()
    with pytest.raises(FivelessError, match="cannot be written"):
        pipeline.keep(io.BytesIO(b"x"), tmp_path / "folder")
    assert [path.name for path in tmp_path.iterdir()] == ["folder"]


def test_time_is_fixed_for_repeatable_runs() -> None:
    """`SOURCE_DATE_EPOCH` fixes the time; without it the time is now, in UTC and whole seconds."""
    assert pipeline.now({"SOURCE_DATE_EPOCH": "1656666000"}) == NOW
    now = pipeline.now({"SOURCE_DATE_EPOCH": "soon"})
    assert now.microsecond == 0
    assert abs(now - dt.datetime.now(dt.UTC)) < dt.timedelta(minutes=1)


def test_demo_refuses_a_folder_of_others(tmp_path: Path) -> None:
    """A folder that holds anything but an earlier demo is left alone, with a way out."""
    (tmp_path / "mine.txt").touch()
    with pytest.raises(FivelessError, match="is not empty; name a new folder"):
        pipeline.demo(tmp_path, "ja", NOW)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_demo_is_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A demo goes the whole way; where an earlier one lies it is made anew, and of unchanged workbooks nothing is new."""
    monkeypatch.setattr(demo, "build", demo.sample)
    first = pipeline.demo(tmp_path / "d", "ja", NOW)
    assert first.receipt.new > 0
    assert (first.receipt.set_aside, first.receipt.findings) == (0, ())
    assert first.report[0].is_file()
    (tmp_path / "d" / "data" / "inbox" / first.receipt.inputs[0].file.rpartition("/")[2]).unlink()
    second = pipeline.demo(tmp_path / "d", "en", NOW)
    assert (second.receipt.new, second.receipt.files("read"), second.receipt.taken) == (0, len(first.receipt.inputs), first.receipt.taken)
    assert second.measured == first.measured


def test_copies_are_read_once(here: project.Project, codelists: Codelists) -> None:
    """Of two files with the same content one is read; of the other it is said of which it is the copy."""
    shutil.copy(here.inbox / "2022.xlsx", here.inbox / "2022 - コピー.xlsx")
    receipt = _ingest(here, codelists)
    assert (receipt.taken, receipt.new, receipt.files("skipped")) == (12, 12, 1)
    assert [(each.file, each.why.en) for each in receipt.inputs if each.why] == [
        ("data/inbox/2022.xlsx", "has the same content as data/inbox/2022 - コピー.xlsx.")
    ]


def test_file_that_takes_over_the_content_of_another_is_read(here: project.Project, codelists: Codelists) -> None:
    """A was once equal to B; when A takes on C's content, it says what C says and no longer what B said."""
    shutil.copy(here.inbox / "2022.xlsx", here.inbox / "B.xlsx")
    _ingest(here, codelists)
    (here.inbox / "B.xlsx").unlink()
    workbook(here.inbox / "C.xlsx", "コピー用紙調達量（枚）2021年度", {"環境局": [7, 8, 9]})
    _ingest(here, codelists)
    shutil.copy(here.inbox / "C.xlsx", here.inbox / "2022.xlsx")
    assert _ingest(here, codelists).files("read") == 1


def test_links_are_followed_once_and_pipes_are_not_read(here: project.Project) -> None:
    """A linked folder counts as a folder, a link in a circle ends, and what is no file is passed over with a word."""
    outside = here.folder.parent / "share"
    outside.mkdir()
    shutil.move(here.inbox / "2016.xlsx", outside / "2016.xlsx")
    try:
        (here.inbox / "linked").symlink_to(outside, target_is_directory=True)
    except OSError:
        pytest.skip("this system lets no one make links")
    (here.inbox / "circle").symlink_to(here.inbox, target_is_directory=True)
    arrived = pipeline.discover(here, [])
    assert [path.name for path in arrived.paths] == ["2022.xlsx", "2016.xlsx"]


def test_a_folder_that_cannot_be_opened_does_not_stop_the_rest(
    here: project.Project, codelists: Codelists, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is refused by its name, and the other files are read."""
    closed = here.inbox / "closed"
    closed.mkdir()
    scandir = os.scandir

    def guarded(path: str) -> object:
        if Path(path).name == "closed":
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", guarded)
    receipt = _ingest(here, codelists)
    assert (receipt.files("read"), receipt.files("refused"), receipt.needs_attention) == (2, 1, True)
    assert [(each.code, each.file) for each in receipt.findings] == [("F08", "data/inbox/closed")]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other links and pipes")
def test_export_writes_through_links_and_into_pipes(tmp_path: Path) -> None:
    """What a link points to is written, with its permissions; a pipe is written into, not replaced."""
    target, link, pipe = tmp_path / "real.csv", tmp_path / "link.csv", tmp_path / "pipe"
    target.write_text("old", encoding="utf-8")
    target.chmod(0o640)
    link.symlink_to(target)
    pipeline.keep(io.BytesIO(b"new"), link)
    assert (link.is_symlink(), target.read_bytes(), target.stat().st_mode & 0o777) == (True, b"new", 0o640)
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    pipeline.keep(io.BytesIO(b"new"), pipe)
    assert os.read(reader, 10) == b"new"
    os.close(reader)
    assert pipe.is_fifo()


def test_export_from_later_than_to_is_wrong_use(codelists: Codelists) -> None:
    """Bounds in the wrong order are told, not answered with nothing."""
    with pytest.raises(UsageError, match="--from is later than --to"):
        pipeline.selection(codelists, {}, "2022-06", "2022-04")


def _month(here: project.Project, month: int, *counts: int) -> None:
    """A month's file of some offices."""
    with xlsxwriter.Workbook(here.inbox / f"水道局_2022-{month:02}.xlsx") as book:
        sheet = book.add_worksheet("報告")
        sheet.write(0, 0, f"水道局 2022年{month}月")
        sheet.write_row(1, 0, ["部署名", "コピー件数（件）"])
        for number, count in enumerate(counts, 1):
            sheet.write_row(number + 1, 0, [f"第{number}課", count])


def test_a_month_is_held_against_those_before_it(here: project.Project, codelists: Codelists) -> None:
    """A file of one month, beside what the store holds: a unit mistaken by a thousand and a copy of the month before are asked about."""
    steady = (1200, 2100, 3300, 4050, 5600)
    for month in (4, 5, 6):
        _month(here, month, *(count + 7 * month for count in steady))
    assert [each.code for each in _ingest(here, codelists).findings if each.code.startswith("P")] == []
    _month(here, 7, 1_230_000, *(count + 8 for count in steady[1:]))
    assert [(each.code, each.file, each.cell) for each in _ingest(here, codelists).findings] == [
        ("P05", "data/inbox/水道局_2022-07.xlsx", "B3")
    ]
    _month(here, 8, 1_230_000, *(count + 8 for count in steady[1:]))
    assert {each.code for each in _ingest(here, codelists).findings} == {"P06"}
