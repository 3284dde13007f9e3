"""The door to files."""

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from openpyxl.styles import Font

from fiveless import workbook
from fiveless.errors import UnreadableFileError
from fiveless.grid import Grid


def saved(path: Path, content: bytes) -> Path:
    """A file of some bytes."""
    path.write_bytes(content)
    return path


def loaded(path: Path) -> list[Grid]:
    """The sheets of a file."""
    return workbook.load(path.read_bytes(), path)


def refused(path: Path) -> str:
    """The code with which a file is refused."""
    with pytest.raises(UnreadableFileError) as caught:
        loaded(path)
    return caught.value.code


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A workbook of two sheets, the second hidden, with a merged title, a hidden row and column, a struck, a per cent and an error cell."""
    path = tmp_path / "本.xlsx"
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.title = "一"
    for row in (["表題", None, None], ["課", 1, 2.5], ["係", 3, 4], ["率", 0.5, "=1/0"]):
        sheet.append(row)
    sheet.merge_cells("A1:C1")
    sheet["B3"].font = Font(strike=True)
    sheet["B4"].number_format = "0.0%"
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["C"].hidden = True
    made.create_sheet("二").sheet_state = "hidden"
    made.save(path)
    return path


def test_a_workbook_is_its_sheets_with_all_that_bears_on_their_numbers(book: Path) -> None:
    """Values start at A1; merges, hidden rows, columns and sheets, strike-through, per cent and formulas without result are told."""
    first, second = loaded(book)
    assert [list(row) for row in first.rows] == [["表題", "", ""], ["課", 1.0, 2.5], ["係", 3.0, 4.0], ["率", 0.5, ""]]
    assert list(first.merges) == [(0, 0, 0, 2)]
    assert (first.hidden_rows, first.hidden_columns, first.hidden, second.hidden) == (frozenset({2}), frozenset({2}), False, True)
    assert (first.struck, first.percent, first.uncached) == (frozenset({(2, 1)}), frozenset({(3, 1)}), frozenset({(3, 2)}))


def test_error_cells_are_told(tmp_path: Path) -> None:
    """A cell that shows #DIV/0! is no blank."""
    path = tmp_path / "e.xlsx"
    with xlsxwriter.Workbook(path) as made:
        made.add_worksheet().write_formula("B2", "=1/0", value="#DIV/0!")
    assert loaded(path)[0].errors == {(1, 1): "#DIV/0!"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "utf-16"])
def test_delimited_text_in_every_usual_encoding(tmp_path: Path, encoding: str) -> None:
    """CSV is read in UTF-8 with and without mark, in cp932 and UTF-16."""
    path = saved(tmp_path / "水道局.csv", "部署名,コピー件数\n総務課,12\n".encode(encoding))
    assert [list(row) for row in loaded(path)[0].rows] == [["部署名", "コピー件数"], ["総務課", "12"]]


def test_tab_separated(tmp_path: Path) -> None:
    """A .tsv is split at tabs."""
    assert list(loaded(saved(tmp_path / "a.tsv", "課\t1,200\n".encode()))[0].rows[0]) == ["課", "1,200"]


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.xlsx", b"", "F04"),
        ("b.xlsx", b"  \n", "F04"),
        ("c.xlsx", b"<!DOCTYPE html><html><table></table></html>", "F02"),
        ("d.xls", b"\xef\xbb\xbf<html><body>1</body></html>", "F02"),
        ("e.xlsx", b"PK\x03\x04 and then nothing", "F01"),
        ("f.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "F01"),
        ("g.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "F03"),
        ("h.docx", b"%PDF-1.7", "F01"),
        ("i.csv", b"\x00\xff\xfe\x81", "F01"),
    ],
)
def test_what_is_no_workbook_is_refused_by_its_true_name(tmp_path: Path, name: str, content: bytes, code: str) -> None:
    """Content decides, not the extension."""
    assert refused(saved(tmp_path / name, content)) == code


def test_a_zip_that_is_no_workbook(tmp_path: Path) -> None:
    """A zip of other things is refused."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("readme.txt", "hello")
    assert refused(saved(tmp_path / "a.xlsx", buffer.getvalue())) == "F01"


def test_values_at_both_ends_of_a_sheet_do_not_end_the_process(tmp_path: Path) -> None:
    """A1 and XFD1048576 would be 17 billion cells: refused, with the extent told."""
    path = tmp_path / "far.xlsx"
    with xlsxwriter.Workbook(path) as made:
        sheet = made.add_worksheet()
        sheet.write(0, 0, 1)
        sheet.write(1048575, 16383, 2)
    assert refused(path) == "F05"


def test_blank_formatted_rows_to_the_end_are_no_obstacle(tmp_path: Path) -> None:
    """Cells that are only formatted, down to the last row, hold nothing."""
    path = tmp_path / "tail.xlsx"
    with xlsxwriter.Workbook(path) as made:
        sheet, bold = made.add_worksheet(), made.add_format({"bold": True})
        sheet.write(0, 0, 1)
        sheet.write_blank(1048575, 0, None, bold)
    assert [list(row) for row in loaded(path)[0].rows][:1] == [[1.0]]


def test_a_false_count_of_texts_does_not_end_the_process(tmp_path: Path) -> None:
    """A shared string table that claims four billion texts is refused."""
    path, false = tmp_path / "true.xlsx", tmp_path / "false.xlsx"
    with xlsxwriter.Workbook(path) as made:
        made.add_worksheet().write_string(0, 0, "課")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(false, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b'uniqueCount="1"', b'uniqueCount="4000000000"'))
    assert refused(false) == "F01"


def test_a_zip_bomb_is_refused(tmp_path: Path) -> None:
    """A file that unpacks to more than a gigabyte is not unpacked."""
    path = tmp_path / "bomb.xlsx"
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part,
    ):
        for _ in range(1025):
            part.write(b"\0" * (1 << 20))
    assert refused(path) == "F05"
