"""One file, from its bytes to observations."""

import datetime as dt
import hashlib
import os
import time
import zipfile
from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from fiveless import intake, reference, workbook
from fiveless.grid import Grid
from fiveless.isolation import Limits
from fiveless.observation import Reading
from fiveless.structure import Codelists

CODELISTS = reference.load(None)


def book(path: Path, rows: list[list[object]], sheet: str = "ペーパーレス") -> Path:
    """A workbook of one sheet."""
    made = openpyxl.Workbook()
    active = made.active
    assert active is not None
    active.title = sheet
    for row in rows:
        active.append(row)
    made.save(path)
    return path


ROWS: list[list[object]] = [
    ["2022年度"],
    ["部署名", "項目", "4月", "5月", "計"],
    ["総務課", "コピー件数", 10, 20, 30],
    ["企画課", "コピー件数", 1, 2, 4],
]


def test_file_name_title_and_headings_together_give_the_meaning(tmp_path: Path) -> None:
    """The bureau from the file's name, the year from the title, the rest from the headings; a wrong total is reported."""
    path = book(tmp_path / "水道局_報告.xlsx", ROWS)
    reading = intake.take(path, "inbox/水道局_報告.xlsx", CODELISTS)
    assert reading.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert [(*each.key, str(each.value), each.cell) for each in reading.observations] == [
        ("waterworks", "総務課", "paper.copies", "2022-04", "month", "actual", "10", "C3"),
        ("waterworks", "総務課", "paper.copies", "2022-05", "month", "actual", "20", "D3"),
        ("waterworks", "企画課", "paper.copies", "2022-04", "month", "actual", "1", "C4"),
        ("waterworks", "企画課", "paper.copies", "2022-05", "month", "actual", "2", "D4"),
    ]
    assert [(finding.code, finding.where) for finding in reading.findings] == [("T01", "inbox/水道局_報告.xlsx › ペーパーレス › E4")]
    assert [account.fate for account in reading.accounts].count("check") == 2


def test_hidden_and_struck_numbers_are_set_aside_and_told(tmp_path: Path) -> None:
    """A number nobody sees, or that is crossed out, is not taken in silence."""
    path = tmp_path / "水道局_2022-06.xlsx"
    with xlsxwriter.Workbook(path) as made:
        sheet, struck = made.add_worksheet("FAX"), made.add_format({"font_strikeout": True})
        for row, values in enumerate([["部署名", "FAX送信件数"], ["総務課", 1], ["企画課", 2], ["調整課", 3]]):
            sheet.write_row(row, 0, values, struck if row == 3 else None)
        sheet.set_row(2, options={"hidden": True})
        made.add_worksheet("旧").write_row(0, 0, ["コピー件数", 9])
        made.get_worksheet_by_name("旧").hide()
    reading = intake.take(path, path.name, CODELISTS)
    assert [each.cell for each in reading.observations] == ["B2"]
    assert [(finding.code, finding.cell) for finding in reading.findings] == [("H01", "B3"), ("H02", "B4"), ("H01", "B1")]


def test_error_cells_and_formulas_without_result_are_told(tmp_path: Path) -> None:
    """A cell that should hold a number and holds none is a finding."""
    path = book(tmp_path / "水道局_2022-06.xlsx", [["部署名", "コピー件数"], ["総務課", 1], ["企画課", "=A1"]])
    assert [(finding.code, finding.cell) for finding in intake.take(path, "x", CODELISTS).findings] == [("E02", "B3")]


def test_bad_files_are_refused_readings(tmp_path: Path) -> None:
    """Never an exception: a refused reading with one finding, in both languages."""
    path = tmp_path / "page.xlsx"
    path.write_text("<html></html>", encoding="utf-8")
    reading = intake.take(path, "page.xlsx", CODELISTS)
    assert (reading.refused, [finding.code for finding in reading.findings]) == (True, ["F02"])
    missing = intake.take(tmp_path / "none.xlsx", "none.xlsx", CODELISTS)
    assert (missing.refused, missing.sha256, [finding.code for finding in missing.findings]) == (True, "", ["F08"])


def test_a_workbook_without_numbers_is_told(tmp_path: Path) -> None:
    """A workbook of words only is read, with a finding."""
    reading = intake.take(book(tmp_path / "a.xlsx", [["部署名", "コピー件数"]]), "a.xlsx", CODELISTS)
    assert (reading.refused, [finding.code for finding in reading.findings]) == (False, ["F06"])


def test_many_files_are_read_in_their_order_by_several_processes(tmp_path: Path) -> None:
    """A batch shared among processes gives the same readings, in the same order, as one file after another."""
    files = [
        (book(tmp_path / f"水道局_{number}.xlsx", [*ROWS, ["調整課", "コピー件数", number, 0, number]]), str(number))
        for number in range(45)
    ]
    together = list(intake.take_all(files, CODELISTS))
    assert [reading.file for reading in together] == [shown for _, shown in files]
    apart = [intake.take(path, shown, CODELISTS) for path, shown in files]
    assert [list(reading.observations) for reading in together] == [list(reading.observations) for reading in apart]
    assert [list(reading.accounts) for reading in together] == [list(reading.accounts) for reading in apart]
    assert [reading.findings for reading in together] == [reading.findings for reading in apart]


def weigh(path: Path) -> Path:
    """A workbook made so heavy that it is read in a process of its own."""
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("docProps/padding.bin", bytes(21 << 20))
    return path


def hostile(path: Path, shown: str, codelists: Codelists, passwords: Sequence[str]) -> Reading:
    """Reads as intake does, but for files whose names say what they do to their reader."""
    if "hang" in shown:
        time.sleep(600)
    if "die" in shown:
        os._exit(3)
    if "eat" in shown:
        os.write(2, b"memory allocation of 99999999999 bytes failed")
        os.abort()
    return intake.take(path, shown, codelists, passwords)


SOON = Limits(seconds=3, seconds_a_megabyte=0)


def test_a_file_that_ends_its_reader_costs_itself_only(tmp_path: Path) -> None:
    """Of those that hang, die or eat the memory this is said, each in its own words; all others are read, in their order."""
    names = [f"水道局_{number}" for number in range(42)]
    names[3], names[17], names[38] = "3_hang", "17_die", "38_eat"
    files = [(book(tmp_path / f"{name}.xlsx", ROWS), name) for name in names]
    readings = list(intake.take_all(files, CODELISTS, take=hostile, limits=SOON))
    assert [reading.file for reading in readings] == names
    refused = {reading.file: reading for reading in readings if reading.refused}
    assert {name: [(each.code, each.fields) for each in reading.findings] for name, reading in refused.items()} == {
        "3_hang": [("F14", {"seconds": "3"})],
        "17_die": [("F15", {"reason": "exit code 3"})],
        "38_eat": [("F16", {})],
    }
    assert refused["3_hang"].sha256 == intake.sha256(files[3][0])


def test_a_heavy_file_is_read_apart_and_a_light_one_is_not(tmp_path: Path) -> None:
    """Of a few files only those that hold much are read in a process that can be killed; all come in their order."""
    names = ["水道局_1", "heavy_die", "水道局_2", "heavy_good"]
    files = [(book(tmp_path / f"{name}.xlsx", ROWS), name) for name in names]
    for path, name in files:
        if name.startswith("heavy"):
            weigh(path)
    readings = list(intake.take_all(files, CODELISTS, take=hostile, limits=SOON))
    assert [(reading.file, [each.code for each in reading.findings]) for reading in readings] == [
        ("水道局_1", ["T01"]),
        ("heavy_die", ["F15"]),
        ("水道局_2", ["T01"]),
        ("heavy_good", [each.code for each in intake.take(*files[3], CODELISTS).findings]),
    ]


def test_a_damaged_binary_file_does_not_end_the_process(tmp_path: Path) -> None:
    """An .xls is read apart even if it is small, for the parser trusts what it says; a missing file is told as such."""
    whole = (Path(__file__).parent / "files" / "libreoffice.xls").read_bytes()
    path = tmp_path / "水道局.xls"
    path.write_bytes(whole)
    assert workbook.weigh(path) == (len(whole), False)
    readings = list(intake.take_all([(path, "die"), (tmp_path / "none.xls", "none")], CODELISTS, take=hostile, limits=SOON))
    assert [[each.code for each in reading.findings] for reading in readings] == [["F15"], ["F08"]]


def test_a_file_that_goes_while_it_is_read(tmp_path: Path) -> None:
    """A file that kills its reader and is gone afterwards is told without its hash."""
    path = weigh(book(tmp_path / "a.xlsx", ROWS))
    (reading,) = intake.take_all([(path, "a")], CODELISTS, take=vanish)
    assert (reading.sha256, [each.code for each in reading.findings]) == ("", ["F15"])


def vanish(path: Path, shown: str, codelists: Codelists, passwords: Sequence[str]) -> Reading:
    """Takes the file away, and ends."""
    path.unlink()
    os._exit(len(shown) + len(passwords) + (codelists is None))


def test_a_password_reaches_the_file(tmp_path: Path) -> None:
    """A protected workbook is read with the password, here and in another process, and refused without."""
    from msoffcrypto.format.ooxml import OOXMLFile

    plain = book(tmp_path / "水道局.xlsx", ROWS)
    with plain.open("rb") as file, (tmp_path / "locked.xlsx").open("wb") as locked:
        OOXMLFile(file).encrypt("ひみつ", locked)
    files = [(tmp_path / "locked.xlsx", "水道局.xlsx")]
    (closed,), (opened,) = intake.take_all(files, CODELISTS), intake.take_all(files, CODELISTS, ["ひみつ"])
    assert ([each.code for each in closed.findings], opened.refused) == (["F03"], False)


def test_out_of_memory_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the memory runs out this is said of the file; the next is read."""

    def fail(*_: object) -> list[Grid]:
        raise MemoryError

    monkeypatch.setattr(workbook, "load", fail)
    reading = intake.take(book(tmp_path / "a.xlsx", ROWS), "a", CODELISTS)
    assert [each.code for each in reading.findings] == ["F16"]


def test_a_cover_sheet_gives_the_year_and_the_bureau(tmp_path: Path) -> None:
    """What the cover says once holds for the sheets behind it, if they do not say it themselves."""
    path = tmp_path / "様式.xlsx"
    with xlsxwriter.Workbook(path) as made:
        made.add_worksheet("表紙").write_column(0, 0, ["5つのレス 報告書", "令和4年度", "水道局"])
        for row, values in enumerate([["部署名", "4月", "1月"], ["総務課", 7, 8]]):
            sheet = made.get_worksheet_by_name("コピー件数") or made.add_worksheet("コピー件数")
            sheet.write_row(row, 0, values)
    taken = [(each.bureau, each.period, int(each.value)) for each in intake.take(path, path.name, CODELISTS).observations]
    assert taken == [("waterworks", "2022-04", 7), ("waterworks", "2023-01", 8)]


def test_a_cover_letter_tells_the_month_of_the_report(tmp_path: Path) -> None:
    """A named month (対象月, also a real date) or one of a title comes before the date on which the letter was written."""
    covers: dict[str, list[list[str | dt.date]]] = {
        "letter": [["令和5年2月11日"], ["水道局総務部長"], ["実績（令和５年１月分）について"]],
        "form": [["作成日", "令和5年2月11日"], ["局名", "水道局"], ["報告対象月", dt.date(2023, 1, 1)], ["内線", "34418"]],
    }
    for name, cover in covers.items():
        path = tmp_path / f"{name}.xlsx"
        with xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd"}) as made:
            for row, line in enumerate(cover):
                (made.get_worksheet_by_name("鑑") or made.add_worksheet("鑑")).write_row(row, 0, line)
            made.add_worksheet("別紙").write_column(0, 0, ["部署名", "総務課"])
            made.worksheets()[1].write_column(0, 1, ["コピー件数", 7])
        taken = [(each.bureau, each.period, int(each.value)) for each in intake.take(path, path.name, CODELISTS).observations]
        assert taken == [("waterworks", "2023-01", 7)]


def test_a_csv_is_not_its_own_cover(tmp_path: Path) -> None:
    """In a .csv all numbers are text; the bureau of one row is not that of the others."""
    path = tmp_path / "報告.csv"
    path.write_text("令和4年6月\n部署名,コピー件数\n総務課,5\n水道局,7\n", encoding="utf-8")
    reading = intake.take(path, path.name, CODELISTS)
    assert [(each.bureau, int(each.value)) for each in reading.observations] == [("waterworks", 7)]
    assert [(finding.code, finding.cell) for finding in reading.findings] == [("N06", "B3")]


def test_a_working_sheet_is_a_copy_only_beside_others(tmp_path: Path) -> None:
    """作業用 among other sheets with figures repeats them; as the only one, or in a title or a file's name, it says nothing."""
    rows: list[list[object]] = [["課", "FAX送信件数（作業用）"], *[[f"第{number}課", number + 10] for number in range(12)]]
    path = book(tmp_path / "【作業中】水道局_R4.6.xlsx", rows, "作業用")
    assert len(intake.take(path, path.name, CODELISTS).observations) == 12
    both = openpyxl.load_workbook(path)
    both.copy_worksheet(both["作業用"]).title = "報告"
    both.save(path)
    assert {each.sheet for each in intake.take(path, path.name, CODELISTS).observations} == {"報告"}
