"""The door to files."""

import io
import re
import struct
import zipfile
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from openpyxl.styles import Font

import surgery
from fiveless import workbook
from fiveless.errors import UnreadableFileError
from fiveless.grid import Grid

FILES = Path(__file__).parent / "files"


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
    assert surgery.told(first, "struck", "percent", "uncached") == (frozenset({(2, 1)}), frozenset({(3, 1)}), frozenset({(3, 2)}))


def test_error_cells_are_told(tmp_path: Path) -> None:
    """A cell that shows #DIV/0! is no blank."""
    path = tmp_path / "e.xlsx"
    with xlsxwriter.Workbook(path) as made:
        made.add_worksheet().write_formula("B2", "=1/0", value="#DIV/0!")
    assert loaded(path)[0].errors == {(1, 1): "#DIV/0!"}


REFUSED = [
    ("a.xlsx", b"", "F04", ""),
    ("b.xlsx", b"  \n", "F04", ""),
    ("b.csv", b"\xef\xbb\xbf\r\n", "F04", ""),
    ("c.xlsx", b"<!DOCTYPE html><html><table></table></html>", "F02", ""),
    ("d.xls", b"\xef\xbb\xbf<html><body>1</body></html>", "F02", ""),
    ("d.xlsx", "<html><table></table></html>".encode("utf-16"), "F02", ""),
    ("d.csv", b"\n<!-- saved -->\n<html><table></table></html>", "F02", ""),
    ("d.mht", b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n", "F09", "a web archive"),
    ("d.xls", b"\xef\xbb\xbfMIME-Version: 1.0\r\n", "F09", "a web archive"),
    ("d.xls", b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>', "F09", "XML Spreadsheet 2003"),
    ("d.xml", b'<?xml version="1.0"?><data/>', "F09", "an XML file"),
    ("e.xlsx", b"PK\x03\x04 and then nothing", "F10", ""),
    ("f.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "F10", ""),
    ("f.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "F10", ""),
    ("g.xlsx", surgery.compound({"EncryptionInfo": b"", "EncryptedPackage": b"x"}), "F03", ""),
    ("h.docx", b"%PDF-1.7", "F09", "a PDF"),
    ("h.xlsx", b"\x89PNG\r\n\x1a\n", "F09", "an image"),
    ("i.csv", b"\x00\xff\xfe\x81", "F01", "neither UTF-8"),
    ("i.xlsx", b"\x00\xff\xfe\x81", "F01", "none that a spreadsheet writes"),
    ("j.xlsx", "部署,件数\n総務課,1\n".encode("cp932"), "F17", "plain text"),
    ("k.xlsx", surgery.zipped({"readme.txt": "hello"}), "F09", "a ZIP archive"),
    ("k.xlsx", surgery.zipped({"word/document.xml": "<w:document/>"}), "F09", "a Word document"),
    ("k.xlsx", surgery.zipped({"ppt/presentation.xml": "<p:presentation/>"}), "F09", "a PowerPoint"),
    ("k.xlsx", surgery.zipped({"Index/Document.iwa": ""}), "F09", "an Apple Numbers"),
    ("k.ods", surgery.zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": ""}), "F09", "no spreadsheet"),
    ("l.xls", surgery.compound({"WordDocument": b""}), "F09", "a Word document"),
    ("l.xls", surgery.compound({"PowerPoint Document": b""}), "F09", "a PowerPoint"),
    ("l.xls", surgery.compound({"__properties_version1.0": b""}), "F09", "an Outlook message"),
    ("l.xls", surgery.compound({"Book": b""}), "F09", "Excel 95 or older"),
    ("l.xls", surgery.compound({"Workbook": surgery.record(0x0809, struct.pack("<HH", 0x0500, 5))}), "F09", "Excel 95 or older"),
    ("l.xls", surgery.compound({"Contents": b""}), "F09", "another program"),
    ("l.xls", surgery.record(0x0409, b"\0" * 6), "F09", "Excel 95 or older"),
    ("~$a.xlsx", b"\x05admin", "F11", "lock file"),
]


@pytest.mark.parametrize(("name", "content", "code", "says"), REFUSED)
def test_what_is_no_workbook_is_refused_by_its_true_name(tmp_path: Path, name: str, content: bytes, code: str, says: str) -> None:
    """Content decides, not the extension; each kind has its own words, in both languages."""
    with pytest.raises(UnreadableFileError) as caught:
        loaded(saved(tmp_path / name, content))
    assert (caught.value.code, says in caught.value.words.en) == (code, True)
    assert re.search("[ぁ-ん]", caught.value.words.ja)


@pytest.mark.parametrize("share", [0.02, 0.3, 0.7, 0.99])
@pytest.mark.parametrize("name", ["specimen.xlsx", "libreoffice.ods", "libreoffice.xls"])
def test_a_file_that_is_cut_off_is_refused_as_such(tmp_path: Path, name: str, share: float) -> None:
    """A download that broke off is told as damage, whatever the format."""
    whole = surgery.specimen(tmp_path / name).read_bytes() if name.endswith("xlsx") else (FILES / name).read_bytes()
    assert refused(saved(tmp_path / f"cut-{name}", whole[: int(len(whole) * share)])) == "F10"


def test_a_damaged_part_is_told_by_its_name(tmp_path: Path) -> None:
    """A byte that has turned over in the file is no other number."""
    content = bytearray(surgery.specimen(tmp_path / "a.xlsx").read_bytes())
    content[content.index(b"xl/worksheets/sheet1.xml") + 200] ^= 0xFF
    with pytest.raises(UnreadableFileError, match=r"damaged inside: xl/worksheets/sheet1\.xml"):
        workbook.load(bytes(content), Path("a.xlsx"))


# Safety ----------------------------------------------------------------------------------------------------------------


def test_values_at_both_ends_of_a_sheet_do_not_end_the_process(tmp_path: Path) -> None:
    """A1 and XFD1048576 would be 17 billion cells: refused, with the extent told."""
    path = tmp_path / "far.xlsx"
    with xlsxwriter.Workbook(path) as made:
        page = made.add_worksheet()
        page.write(0, 0, 1)
        page.write(1048575, 16383, 2)
    with pytest.raises(UnreadableFileError, match=r"1,048,576 × 16,384") as caught:
        loaded(path)
    assert caught.value.code == "F05"


@pytest.mark.parametrize("cell", ["A99999999", "A0", "ZZZ1", "XFE1"])
def test_cells_outside_of_any_sheet_are_refused(cell: str) -> None:
    """An address that no sheet has makes no room for itself."""
    content = surgery.xlsx(surgery.sheet(f'<row r="1"><c r="{cell}"><v>1</v></c></row>'))
    with pytest.raises(UnreadableFileError) as caught:
        workbook.load(content, Path("a.xlsx"))
    assert caught.value.code == "F05"


def test_many_sheets_with_distant_cells_are_refused_together() -> None:
    """A thousand columns and rows are little, but not a hundred times over."""
    far = surgery.sheet('<row r="1000"><c r="XFD1000"><v>1</v></c></row>')
    names = [f"S{number}" for number in range(100)]
    parts: dict[str, str | bytes] = {f"xl/worksheets/{name}.xml": far for name in names}
    parts["xl/workbook.xml"] = surgery.workbook(*names)
    parts["xl/_rels/workbook.xml.rels"] = surgery.related(*(("worksheet", f"worksheets/{name}.xml") for name in names))
    with pytest.raises(UnreadableFileError) as caught:
        workbook.load(surgery.xlsx("", parts), Path("a.xlsx"))
    assert caught.value.code == "F05"


@pytest.mark.parametrize("value", [True, False])
def test_tails_to_the_last_row_are_no_obstacle(tmp_path: Path, *, value: bool) -> None:
    """A format, or a stray value, in row 1,048,576 costs little; the value is kept."""
    path = tmp_path / "tail.xlsx"
    with xlsxwriter.Workbook(path) as made:
        page, bold = made.add_worksheet(), made.add_format({"bold": True})
        page.write_row(0, 0, [1, 2, 3])
        page.write(1048575, 1, "x" if value else None, bold)
    rows = loaded(path)[0].rows
    assert (list(rows[0]), len(rows), rows[-1][1]) == ([1.0, 2.0, 3.0], 1048576 if value else 1, "x" if value else 2.0)
    assert sum(len({id(row) for row in part}) for part in [rows]) <= 3


def test_a_false_count_of_texts_does_no_harm(tmp_path: Path) -> None:
    """A shared string table that claims four billion texts is read for those that it has."""
    path, false = tmp_path / "true.xlsx", tmp_path / "false.xlsx"
    with xlsxwriter.Workbook(path) as made:
        made.add_worksheet().write_string(0, 0, "課")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(false, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b'uniqueCount="1"', b'uniqueCount="4000000000"'))
    assert [list(row) for row in loaded(false)[0].rows] == [["課"]]


def test_a_zip_bomb_is_refused(tmp_path: Path) -> None:
    """A workbook that unpacks to more than a gigabyte is not unpacked."""
    path = tmp_path / "bomb.xlsx"
    path.write_bytes(surgery.xlsx("", without=["xl/worksheets/sheet1.xml"]))
    with (
        zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part,
    ):
        for _ in range(1025):
            part.write(b"\0" * (1 << 20))
    assert refused(path) == "F05"


def test_a_part_that_unpacks_to_more_than_it_declares_is_refused() -> None:
    """No byte more than declared is unpacked."""
    content = surgery.xlsx(surgery.sheet('<row r="1"><c r="A1"><v>1</v></c></row>' + " " * 100_000))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        true = archive.getinfo("xl/worksheets/sheet1.xml").file_size
    false = content.replace(struct.pack("<I", true), struct.pack("<I", 100))
    with pytest.raises(UnreadableFileError) as caught:
        workbook.load(false, Path("a.xlsx"))
    assert caught.value.code == "F10"


LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"])
def test_entities_are_refused(part: str) -> None:
    """No spreadsheet declares entities; who does wants to fill the memory."""
    xml = surgery.sheet('<row r="1"><c r="A1" t="s"><v>0</v></c></row>')
    with pytest.raises(UnreadableFileError, match="DOCTYPE") as caught:
        workbook.load(surgery.xlsx(xml, {part: LAUGHS + "<worksheet><a>&b;</a></worksheet><!-- workbook --><workbook/>"}), Path("a.xlsx"))
    assert caught.value.code == "F10"


def test_deep_nesting_is_refused() -> None:
    """A hundred thousand elements within each other are no sheet."""
    deep = '<sheetData xmlns="x"><!-- read in full -->' + "<a>" * 100_000 + "</a>" * 100_000 + "</sheetData>"
    with pytest.raises(UnreadableFileError, match="depth") as caught:
        workbook.load(surgery.xlsx(deep), Path("a.xlsx"))
    assert caught.value.code == "F10"


def test_a_zip_within_itself_is_only_a_zip() -> None:
    """What lies in a zip is not opened as another file."""
    inner = surgery.xlsx(surgery.sheet(""))
    with pytest.raises(UnreadableFileError, match="a ZIP archive"):
        workbook.load(surgery.zipped({"a.xlsx": inner}), Path("a.xlsx"))


def test_too_many_parts_and_locked_parts_are_refused() -> None:
    """A zip of more parts than any workbook has is not listed further, and a locked one asks for its password."""
    many = surgery.zipped({str(number): "" for number in range(20_001)})
    locked = bytearray(surgery.xlsx(surgery.sheet("")))
    for found in re.finditer(b"PK\x01\x02", bytes(locked)):
        locked[found.start() + 8] |= 1
    for content, code in ((many, "F05"), (bytes(locked), "F23")):
        with pytest.raises(UnreadableFileError) as caught:
            workbook.load(content, Path("a.xlsx"))
        assert caught.value.code == code
