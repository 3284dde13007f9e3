"""The other formats at the door: .ods, .xls, .xlsb, delimited text, and protected workbooks."""

import builtins
import datetime as dt
import io
import struct
import sys
from pathlib import Path
from typing import Any

import pytest

import surgery
from fiveless import workbook
from fiveless.errors import UnreadableFileError
from fiveless.grid import Doubt, Grid
from fiveless.workbook import biff, delimited

FILES = Path(__file__).parent / "files"


def read(name: str, content: bytes, *passwords: str) -> list[Grid]:
    """The sheets of a file."""
    return workbook.load(content, Path(name), passwords)


def code(name: str, content: bytes, *passwords: str) -> str:
    """The code with which a file is refused."""
    with pytest.raises(UnreadableFileError) as caught:
        read(name, content, *passwords)
    return caught.value.code


@pytest.mark.parametrize("name", ["libreoffice.ods", "libreoffice.xls"])
def test_what_libreoffice_made_of_the_specimen(name: str, tmp_path: Path) -> None:
    """Values, merges, and all that is told, are those of the .xlsx from which the file was made."""
    path = surgery.specimen(tmp_path / "a.xlsx")
    expected = read("a.xlsx", path.read_bytes())
    grids = read(name, (FILES / name).read_bytes())
    for found, grid in zip(grids, expected, strict=True):
        assert [list(row) for row in found.rows] == [list(row) for row in grid.rows]
        for field in ("name", "hidden", "hidden_rows", "hidden_columns", "errors", "uncached", "struck", "percent", "scaled", "affixes"):
            assert getattr(found, field) == getattr(grid, field), field
        assert (list(found.merges), found.doubts, set(found.formulas)) == (list(grid.merges), (), set(grid.formulas))


# OpenDocument ----------------------------------------------------------------------------------------------------------


def ods(table: str, styles: str = "", more: str = "") -> bytes:
    """An .ods with one table."""
    names = " ".join(f'xmlns:{name}="urn:{name}"' for name in ("office", "table", "text", "style", "number", "calcext", "draw"))
    body = f'{more}<table:table table:name="表" table:style-name="ta">{table}</table:table>'
    content = f"<office:document-content {names}><office:automatic-styles>{styles}</office:automatic-styles><office:body>"
    content += f"<office:spreadsheet>{body}</office:spreadsheet></office:body></office:document-content>"
    return surgery.zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": content})


def cell(value: str = "", text: str = "", more: str = "") -> str:
    """A cell of a number, or of a text only."""
    kind = f'office:value-type="float" office:value="{value}"' if value else ""
    return f"<table:table-cell {kind} {more}>{f'<text:p>{text}</text:p>' if text else ''}</table:table-cell>"


def row(*cells: str, more: str = "") -> str:
    """A row of cells."""
    return f"<table:table-row {more}>{''.join(cells)}</table:table-row>"


def test_ods_repeats_cells_and_rows_and_blank_tails_cost_nothing() -> None:
    """What is written once for several stands in each; a million blank rows at the end are none."""
    table = row(cell("1", more='table:number-columns-repeated="2"'), cell(), cell("3"), more='table:number-rows-repeated="2"')
    table += row(cell(more='table:number-columns-repeated="16384"'), more='table:number-rows-repeated="1048574"')
    (grid,) = read("a.ods", ods(table))
    assert [list(line) for line in grid.rows] == [[1.0, 1.0, "", 3.0]] * 2


def test_ods_values_of_every_kind() -> None:
    """Dates, times, durations, truth, currency and text as they are shown; remarks, furigana and pictures are no text."""
    remark = "<office:annotation><text:p>memo</text:p></office:annotation>"
    spaces = 'a<text:s text:c="2"/>b<text:line-break/>'
    furigana = "<text:ruby><text:ruby-base>局</text:ruby-base><text:ruby-text>キョク</text:ruby-text></text:ruby>"
    cells = [
        '<table:table-cell office:value-type="date" office:date-value="2022-04-01"/>',
        '<table:table-cell office:value-type="date" office:date-value="2022-04-01T12:00:00"/>',
        '<table:table-cell office:value-type="time" office:time-value="PT12H30M00S"/>',
        '<table:table-cell office:value-type="time" office:time-value="PT36H00M00S"/>',
        '<table:table-cell office:value-type="time" office:time-value="-PT1H"/>',
        '<table:table-cell office:value-type="boolean" office:boolean-value="true"/>',
        '<table:table-cell office:value-type="currency" office:value="5"/>',
        '<table:table-cell office:value-type="percentage" office:value="0.5"/>',
        '<table:table-cell office:value-type="float" office:value="?"><text:p>12</text:p></table:table-cell>',
        '<table:table-cell office:value-type="time" office:time-value="soon"/>',
        f'<table:table-cell office:value-type="string">{remark}<text:p>{spaces}{furigana}</text:p><text:p>c</text:p></table:table-cell>',
    ]
    (grid,) = read("a.ods", ods(row(*cells)))
    day = dt.date(2022, 4, 1)
    expected = [day, dt.datetime.combine(day, dt.time(12)), dt.time(12, 30), dt.timedelta(hours=36), dt.timedelta(hours=-1), True, 5.0, 0.5]
    assert list(grid.rows[0]) == [*expected, "12", "soon", "a  b\n局\nc"]
    assert surgery.told(grid, "percent") == ({(0, 7)},)


def test_ods_tells_what_is_hidden_struck_and_without_result() -> None:
    """Rows and columns that are collapsed or filtered, a table not shown, text lined through, formulas that hold nothing, errors."""
    styles = (
        '<style:style style:name="ta" style:family="table"><style:table-properties table:display="false"/></style:style>'
        '<style:style style:name="T1" style:family="text"><style:text-properties style:text-line-through-style="solid"/></style:style>'
        '<number:number-style style:name="N1"><number:text>令和</number:text>'
        "<number:number/><number:text>年度</number:text></number:number-style>"
        '<style:style style:name="base" style:family="table-cell" style:data-style-name="N1"/>'
        '<style:style style:name="ce" style:family="table-cell" style:parent-style-name="base"/>'
    )
    columns = '<table:table-column table:default-cell-style-name="ce"/><table:table-column table:visibility="collapse"/>'
    table = columns + row(cell("5"), cell(text='<text:span text:style-name="T1">消す</text:span>'))
    table += row(cell(more='table:formula="of:=SUM([.A1:.B1])"'), cell("1"), more='table:visibility="filter"')
    table += row(cell("0", text="#N/A", more='table:formula="of:=NA()" calcext:value-type="error"'))
    (grid,) = read("a.ods", ods(table, styles, "<table:tracked-changes><table:table-cell/></table:tracked-changes>"))
    assert surgery.told(grid, "hidden", "hidden_rows", "hidden_columns", "struck") == (True, {1}, {1}, {(0, 1)})
    assert surgery.told(grid, "affixes", "uncached", "errors") == ({(0, 0): ("令和", "年度")}, {(1, 0)}, {(2, 0): "#N/A"})
    assert grid.formulas == {(1, 0): "SUM(A1:B1)", (2, 0): "NA()"}


def test_ods_that_would_fill_the_memory_is_refused() -> None:
    """A value repeated over the whole sheet, or beyond its end, makes no room for itself."""
    everywhere = row(cell("1", more='table:number-columns-repeated="16384"'), more='table:number-rows-repeated="1048576"')
    beyond = row(more='table:number-rows-repeated="99999999"') + row(cell("1"))
    assert [code("a.ods", ods(table)) for table in (everywhere, beyond)] == ["F05", "F05"]


def test_protected_ods() -> None:
    """An encrypted OpenDocument file is told as such."""
    content: dict[str, str | bytes] = {"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"\x01\x02"}
    assert code("a.ods", surgery.zipped(content | {"META-INF/manifest.xml": "<manifest:encryption-data/>"})) == "F23"


# Binary workbooks ------------------------------------------------------------------------------------------------------

REAL, RK, ERROR, TEXT, FORMULA = 5, 2, 3, 6, 9


def test_xlsb_with_all_that_is_told() -> None:
    """Numbers of both kinds, text, errors and formulas; hidden rows and columns, strike-through, per cent and words of formats."""
    rows = [
        [(TEXT, 0, surgery.wide("課")), (REAL, 3, struct.pack("<d", 12.5)), (RK, 1, struct.pack("<I", 7 << 2 | 2))],
        [(ERROR, 0, b"\x07"), (REAL, 2, struct.pack("<d", 0.5)), (FORMULA, 0, struct.pack("<dHI", 3, 0, 0) + bytes(4))],
    ]
    (grid,) = read("a.xlsb", surgery.binary(rows, hidden_row=1))
    assert [list(line) for line in grid.rows] == [["課", 12.5, 7], ["", 0.5, 3.0]]
    assert surgery.told(grid, "name", "errors", "struck", "percent") == ("表", {(1, 0): "#DIV/0!"}, {(0, 2)}, {(1, 1)})
    assert surgery.told(grid, "affixes", "formulas", "hidden_rows", "hidden_columns") == ({(0, 1): ("", "枚")}, {(1, 2): ""}, {1}, {1})
    assert grid.doubts == ()


def test_an_xlsb_may_keep_its_parts_in_any_folder() -> None:
    """Where the package says that the workbook is, it is read; the sheets of macros and dialogs listed there are no tables."""
    rows = [[(TEXT, 0, surgery.wide("課")), (REAL, 3, struct.pack("<d", 12.5))]]
    (grid,) = read("a.xlsb", surgery.binary(rows, folder="parts"))
    assert (grid.name, [list(line) for line in grid.rows], grid.affixes) == ("表", [["課", 12.5]], {(0, 1): ("", "枚")})


def test_damaged_xlsb_is_refused() -> None:
    """A part that breaks off within a record is damage, and distant cells make no room for themselves."""
    whole = surgery.binary([[(REAL, 0, struct.pack("<d", 1))]])
    assert (
        code("a.xlsb", surgery.zipped({"_rels/.rels": surgery.related(("officeDocument", "xl/workbook.bin")), "xl/workbook.bin": b"\x9c"}))
        == "F10"
    )
    rows: list[list[tuple[int, int, bytes]]] = [[] for _ in range(4000)]
    rows[-1] = [(1, 0, b"")] * 16_383 + [(REAL, 0, struct.pack("<d", 1))]
    assert code("a.xlsb", surgery.binary(rows)) == "F05"
    assert read("a.xlsb", whole)[0].rows == [[1.0]]


def test_xls_that_the_parser_reads_otherwise_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the parser gives fewer numbers than the records hold, a finding says so."""
    scanned = biff.scan

    def more(stream: bytes) -> list[biff.Scanned]:
        found = scanned(stream)
        found[1].numbers += 1
        return found

    monkeypatch.setattr(biff, "scan", more)
    grids = read("a.xls", (FILES / "libreoffice.xls").read_bytes())
    assert [grid.doubts for grid in grids] == [(), (Doubt("F22", {"stated": 2, "read": 1}),), ()]


def test_xls_that_states_a_false_extent_is_refused() -> None:
    """The parser would make room for as many rows and columns as the sheet says it has."""
    whole = (FILES / "libreoffice.xls").read_bytes()
    at = whole.index(b"\x00\x02\x0e\x00") + 4
    for extent in ((0, 0xFFFFFFFF, 0, 0xFFFF), (9, 2, 0, 3)):
        assert code("a.xls", whole[:at] + struct.pack("<IIHH", *extent) + whole[at + 12 :]) == "F10"


def test_xls_whose_records_break_off() -> None:
    """A stream without its end is damage; so are records too short for what they should hold."""
    begin = surgery.record(0x0809, struct.pack("<HH", 0x0600, 5))
    assert code("a.xls", surgery.compound({"Workbook": begin})) in ("F10", "F01")
    short = begin + surgery.record(0x0031, b"\0") + surgery.record(0x000A)
    assert code("a.xls", surgery.compound({"Workbook": short})) == "F10"


# Delimited text --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("sign", [",", "\t", ";"])
def test_delimited_text_in_every_usual_form(encoding: str, sign: str) -> None:
    """Any encoding that Excel writes, with or without a mark, and any delimiter; a quoted field keeps its line breaks."""
    text = f'報告\n部署名{sign}コピー件数\n"総務\n課"{sign}"1,200"\n企画課{sign}5;6\n'.replace("5;6", "7" if sign == ";" else "5;6")
    (grid,) = read("水道局.csv", text.replace("\n", "\r\n").encode(encoding))
    last = "7" if sign == ";" else "5;6"
    assert (grid.name, [list(line) for line in grid.rows]) == (
        "水道局",
        [["報告"], ["部署名", "コピー件数"], ["総務\n課", "1,200"], ["企画課", last]],
    )


def test_thousands_are_no_delimiter() -> None:
    """Commas within numbers do not outvote the tab or the semicolon that stands in every line."""
    assert delimited.delimiter("課\t件\n総務課\t1,200,300\n企画課\t2,300,400\n") == "\t"
    assert delimited.delimiter("課;件;枚\n総務課;1,200;5\n企画課;2,300;5\n") == ";"
    assert delimited.delimiter("課\n総務課\n") in ",;"


def test_an_open_quotation_mark_is_refused() -> None:
    """A field of more than a page of text is a mark that was never closed."""
    assert code("a.csv", b'a,"b\n' + b"x,1\n" * 100_000) == "F01"


# Passwords -------------------------------------------------------------------------------------------------------------


def protected(tmp_path: Path, password: str) -> bytes:
    """The specimen under a password."""
    from msoffcrypto.format.ooxml import OOXMLFile

    plain = surgery.specimen(tmp_path / "plain.xlsx").read_bytes()
    locked = io.BytesIO()
    OOXMLFile(io.BytesIO(plain)).encrypt(password, locked)
    return locked.getvalue()


def test_a_protected_workbook_opens_with_its_password(tmp_path: Path) -> None:
    """One of several passwords is enough; none and wrong ones are told apart."""
    content = protected(tmp_path, "ひみつ")
    assert [grid.name for grid in read("a.xlsx", content, "x", "ひみつ")] == ["表", "隠", "深"]
    assert (code("a.xlsx", content), code("a.xlsx", content, "x")) == ("F03", "F12")


def test_what_excel_itself_opens_without_asking_opens(tmp_path: Path) -> None:
    """A workbook that is only «recommended to be read» bears a password that everybody knows."""
    assert len(read("a.xlsx", protected(tmp_path, "VelvetSweatshop"))) == 3


def test_a_protected_xls_asks_for_its_password() -> None:
    """An .xls says at its beginning that the rest is encrypted."""
    stream = surgery.record(0x0809, struct.pack("<HH", 0x0600, 5) + bytes(12))
    stream += surgery.record(0x002F, struct.pack("<HHH", 0, 1, 2)) + surgery.record(0x000A)
    content = surgery.compound({"Workbook": stream})
    assert (code("a.xls", content), code("a.xls", content, "x")) == ("F03", "F12")


def test_a_protection_that_cannot_be_undone_says_so(tmp_path: Path) -> None:
    """What the library cannot decrypt is to be saved without its password; no other password is asked for."""
    content = protected(tmp_path, "x")[:-2048]
    assert (code("a.xlsx", content), code("a.xlsx", content, "x")) == ("F03", "F23")


def test_without_the_library_one_sentence_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Where msoffcrypto-tool is not installed and a password is given, the extra is named."""
    content = protected(tmp_path, "x")
    imported = builtins.__import__

    def without(name: str, *arguments: Any) -> object:
        if name.startswith("msoffcrypto"):
            raise ImportError(name)
        return imported(name, *arguments)

    for name in [each for each in sys.modules if each.startswith("msoffcrypto")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr(builtins, "__import__", without)
    assert (code("a.xlsx", content), code("a.xlsx", content, "x")) == ("F03", "F13")
