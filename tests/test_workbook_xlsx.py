"""What an .xlsx says and how it shows it, however it was written."""

import datetime as dt
import io
import re
from collections.abc import Mapping
from pathlib import Path
from unittest.mock import patch

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

import surgery
from fiveless import workbook
from fiveless.grid import Doubt, Grid, address
from fiveless.workbook import excel, formats, glance

ONE_TWO = '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row>'


def read(content: bytes) -> Grid:
    """The one sheet of a workbook."""
    (grid,) = workbook.load(content, Path("a.xlsx"))
    return grid


def rows(content: bytes) -> list[list[object]]:
    """The values of the one sheet of a workbook."""
    return [list(row) for row in read(content).rows]


STRICT = {
    name: text.replace(surgery.MAIN, surgery.STRICT).replace(surgery.OFFICE, "http://purl.oclc.org/ooxml/officeDocument/relationships")
    for name, text in {
        "xl/workbook.xml": surgery.workbook("S"),
        "xl/worksheets/sheet1.xml": surgery.sheet(ONE_TWO),
        "xl/_rels/workbook.xml.rels": surgery.related(("worksheet", "worksheets/sheet1.xml")),
        "_rels/.rels": surgery.related(("officeDocument", "xl/workbook.xml")),
    }.items()
}
PREFIXED = re.sub(r"<(/?)(\w)", r"<\1x:\2", surgery.sheet(ONE_TWO)).replace("xmlns=", "xmlns:x=")
MOVED = {
    "_rels/.rels": surgery.related(("officeDocument", "book/main.xml")),
    "book/main.xml": surgery.workbook("S"),
    "book/_rels/main.xml.rels": surgery.related(("worksheet", "../pages/One.xml")),
    "pages/one.XML": surgery.sheet(ONE_TWO),
}


@pytest.mark.parametrize(
    "content",
    [
        surgery.xlsx(surgery.sheet(ONE_TWO)),
        surgery.xlsx("", STRICT),
        surgery.xlsx(PREFIXED),
        surgery.xlsx("", MOVED),
        surgery.xlsx(surgery.sheet(ONE_TWO), {"xl/_rels/workbook.xml.rels": surgery.related(("worksheet", "/xl/worksheets/sheet1.xml"))}),
        surgery.xlsx("", {"XL/Worksheets/SHEET1.xml": surgery.sheet(ONE_TWO)}, without=["xl/worksheets/sheet1.xml"]),
        surgery.xlsx(surgery.sheet(ONE_TWO, before='<dimension ref="A1:XFD1048576"/>')),
        surgery.xlsx(surgery.sheet(ONE_TWO, before='<dimension ref="A1"/>')),
        surgery.xlsx(surgery.sheet("<row><c><v>1</v></c><c><v>2</v></c></row>")),
        surgery.xlsx(surgery.sheet(ONE_TWO).replace('"', "'")),
        surgery.xlsx(surgery.sheet('<row r="1"><!-- <c r="C9"><v>9</v></c> --><c r="B1"><v>2</v></c><c r="A1"><v>1</v></c></row>')),
        surgery.xlsx(surgery.sheet("<row r='1'><c r='A1'><v><![CDATA[1]]></v></c><c r='B1'><v>2</v></c></row>")),
        surgery.xlsx(('<?xml version="1.0" encoding="UTF-16"?>' + surgery.sheet(ONE_TWO)).encode("utf-16")),
        surgery.xlsx(surgery.sheet(ONE_TWO).encode("utf-8-sig")),
        surgery.xlsx(surgery.sheet(ONE_TWO), without=["xl/styles.xml", "xl/sharedStrings.xml"]),
        surgery.xlsx(surgery.sheet(ONE_TWO, after='<mergeCells><mergeCell ref="A1:OOPS"/></mergeCells>')),
    ],
    ids=[*"plain strict prefixed moved absolute case extent less bare single comment cdata utf16 bom alone merge".split()],  # noqa: SIM905 - shorter
)
def test_all_ways_to_write_the_same_sheet_read_the_same(content: bytes) -> None:
    """Strict, with prefixes, moved parts, without addresses, in UTF-16 …: two numbers are two numbers."""
    assert (rows(content), read(content).doubts) == ([[1.0, 2.0]], ())


def test_texts_are_read_as_shown() -> None:
    """Furigana is left out, rich text joined, escapes undone, wherever the text stands; a text struck out from end to end is told."""
    shared = (
        "<si><t>局</t><rPh sb='0' eb='1'><t>キョク</t></rPh></si>"
        "<si><r><t>太</t></r><r><rPr><strike/></rPr><t xml:space='preserve'> い</t></r></si>"
        "<si><t>a_x000D_&#10;b&amp;_x005F_x000D_</t></si>"
        "<si><r><rPr><strike/></rPr><t>消</t></r><r><rPr><strike val='1'/></rPr><t>す</t></r></si>"
    )
    cells = "".join(f'<c r="{address(0, number)}" t="s"><v>{number}</v></c>' for number in range(4))
    inline = '<c r="E1" t="inlineStr"><is><r><t>い</t></r><r><t>う</t></r><rPh sb="0" eb="1"><t>ヨミ</t></rPh></is></c>'
    for comment in ("", "<!-- read in full -->"):
        grid = read(surgery.xlsx(surgery.sheet(f'{comment}<row r="1">{cells}{inline}</row>'), surgery.strings(shared)))
        assert list(grid.rows[0]) == ["局", "太 い", "a\r\nb&_x000D_", "消す", "いう"]
        assert surgery.told(grid, "struck") == ({(0, 3)},)


@pytest.mark.parametrize(("epoch", "first"), [("", dt.date(2022, 4, 1)), ('<workbookPr date1904="true"/>', dt.date(2026, 4, 2))])
@pytest.mark.parametrize("comment", ["", "<!-- read in full -->"])
def test_dates_are_dates_in_both_epochs(epoch: str, first: dt.date, comment: str) -> None:
    """Also in formats of eras, as times and durations; a number with a word in its format is a number."""
    codes = ["[$-411]ggge&quot;年&quot;m&quot;月&quot;", "hh:mm", "[h]:mm", "0&quot;月&quot;", "[Red]#,##0;[赤]-#,##0"]
    values = zip("ABCDEF", (1, 1, 2, 3, 4, 5), ("44652", "44652.5", "0.5", "1.5", "4", "5"), strict=True)
    cells = "".join(f'<c r="{column}1" s="{style}"><v>{value}</v></c>' for column, style, value in values)
    made = surgery.styles(*codes) | {"xl/workbook.xml": surgery.workbook("S", settings=epoch)}
    grid = read(surgery.xlsx(surgery.sheet(f'{comment}<row r="1">{cells}</row>'), made))
    noon = dt.datetime.combine(first, dt.time(12))
    assert list(grid.rows[0]) == [first, noon, dt.time(12), dt.timedelta(hours=36), 4.0, 5.0]
    assert grid.affixes == {(0, 4): ("", "月")}


def test_kinds_of_values() -> None:
    """True, a date in ISO form, a number in scientific form, text that should be a number, an empty result, an error, no result."""
    cells = (
        '<c r="A1" t="b"><v>1</v></c><c r="B1" t="d"><v>2022-04-01T09:00:00</v></c><c r="C1"><v>1E3</v></c><c r="D1"><v>abc</v></c>'
        '<c r="E1" t="str"><f>IF(A1,"","x")</f><v></v></c><c r="F1" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="G1"><f>A1&lt;3</f><v/></c>'
    )
    for comment in ("", "<!-- read in full -->"):
        grid = read(surgery.xlsx(surgery.sheet(f'{comment}<row r="1">{cells}</row>')))
        assert [value for value in grid.rows[0] if value != ""][:1] == [True]
        assert [type(value) for value in grid.rows[0][:4]] == [bool, dt.datetime, float, str]
        assert surgery.told(grid, "errors", "uncached") == ({(0, 5): "#DIV/0!"}, {(0, 6)})
        assert grid.formulas == {(0, 4): 'IF(A1,"","x")', (0, 5): "1/0", (0, 6): "A1<3"}


def test_shared_formulas_are_told_in_each_cell() -> None:
    """A formula written once for many cells reads in each as it stands there; names, texts and fixed parts stay."""
    first = "SUM($A1:A$1)+LOG10(A1)+'A1'!A1&amp;\"A1\"&amp;A1_x"
    cells = "".join(
        f'<row r="{row}"><c r="B{row}"><f t="shared" {f}</f><v>1</v></c></row>'
        for row, f in ((1, f'ref="B1:B2" si="0">{first}'), (2, 'si="0">'))
    )
    expected = {(0, 1): first.replace("&amp;", "&"), (1, 1): "SUM($A2:A$1)+LOG10(A2)+'A1'!A2&\"A1\"&A1_x"}
    for comment in ("", "<!-- read in full -->"):
        assert read(surgery.xlsx(surgery.sheet(comment + cells))).formulas == expected


def test_what_is_hidden_is_told() -> None:
    """Rows and columns hidden by a flag, by a height or width of nothing, or all that are not named."""
    columns = '<cols><col min="2" max="3" width="9" hidden="1"/><col min="5" max="5" width="0" customWidth="1"/></cols>'
    data = '<row r="1"><c r="A1"><v>1</v></c></row><row r="2" hidden="true"/><row r="3" ht="0" customHeight="1"/><row r="4" ht="0.75"/>'
    grid = read(surgery.xlsx(surgery.sheet(data, before=columns)))
    assert surgery.told(grid, "hidden_rows", "hidden_columns") == ({1, 2}, {1, 2, 4})
    zero = '<sheetFormatPr defaultRowHeight="15" zeroHeight="1"/>' + columns
    grid = read(surgery.xlsx(surgery.sheet(data + '<row r="7"><c r="A7"><v>1</v></c></row>', before=zero)))
    assert surgery.told(grid, "hidden_rows", "hidden_columns") == ({1, 2, 4, 5}, {1, 2, 4})


def test_the_specimen_is_told_in_full(tmp_path: Path) -> None:
    """Formats with words, per cent, thousands, strike-through, errors, formulas, merges, hidden rows, columns and sheets."""
    path = surgery.specimen(tmp_path / "a.xlsx")
    grids = workbook.load(path.read_bytes(), path)
    assert [(grid.name, grid.hidden) for grid in grids] == [("表", False), ("隠", True), ("深", True)]
    first = grids[0]
    assert first.affixes == {(1, 1): ("", "枚"), (2, 2): ("", "枚"), (8, 0): ("", "月"), (11, 0): ("令和", "年度")}
    assert surgery.told(first, "percent", "scaled", "struck") == ({(1, 2)}, {}, {(2, 0), (2, 1), (9, 0)})
    assert surgery.told(first, "errors", "formulas") == ({(3, 2): "#DIV/0!"}, {(3, 1): "SUM(B2:B3)", (3, 2): "1/0"})
    assert surgery.told(first, "hidden_rows", "hidden_columns", "merges") == ({2}, {3, 4}, [(6, 0, 7, 1)])


def test_quick_and_thorough_reading_tell_the_same(tmp_path: Path) -> None:
    """The search of the bytes and the reading element by element agree on all that is told."""
    path = surgery.specimen(tmp_path / "a.xlsx")
    quick = workbook.load(path.read_bytes(), path)
    slow = workbook.load(commented(path.read_bytes()), path)
    assert quick == slow


def commented(content: bytes) -> bytes:
    """A workbook with a comment in each sheet, which is therefore read element by element."""
    import zipfile

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        made = {name: archive.read(name).replace(b"<sheetData>", b"<!-- --><sheetData>") for name in archive.namelist()}
    return surgery.zipped(made)


def shown(values: Mapping[tuple[int, int], object]) -> dict[tuple[int, int], object]:
    """Values with fifteen digits, as many as a spreadsheet keeps."""
    return {place: float(f"{value:.14g}") if isinstance(value, float) else value for place, value in values.items()}


CELLS = st.none() | st.integers(-(10**9), 10**9) | st.floats(-1e9, 1e9) | st.text("課局 a1_&<\n", max_size=6) | st.booleans()


@given(st.lists(st.lists(CELLS, max_size=6), max_size=6))
def test_what_openpyxl_writes_is_read(values: list[list[object]]) -> None:
    """Every value stands where it was written, whether the parser reads a sheet whole or in parts, or it is read element by element."""
    made = openpyxl.Workbook()
    page = made.active
    assert page is not None
    for row in values:
        page.append(row)
    made.save(buffer := io.BytesIO())
    expected = {(r, c): v for r, row in enumerate(values) for c, v in enumerate(row) if v not in (None, "")}
    for content, large in ((buffer.getvalue(), excel._LARGE), (commented(buffer.getvalue()), 0), (buffer.getvalue(), 0)):
        with patch.object(excel, "_LARGE", large):
            grid = read(content)
        found = {(r, c): v for r, row in enumerate(grid.rows) for c, v in enumerate(row) if v != ""}
        assert shown(found) == shown(expected)
        assert all(type(found[place]) is bool for place, value in expected.items() if type(value) is bool)


def test_what_cannot_be_sure_is_told() -> None:
    """Lost texts, a cell that stands twice, damaged formats and a sheet without its part are doubts, never silence."""
    lost = surgery.xlsx(surgery.sheet('<row r="1"><c r="A1" t="s"><v>7</v></c><c r="B1"><v>2</v></c></row>'))
    assert (rows(lost), read(lost).doubts) == ([["", 2.0]], (Doubt("F20", {}, (0, 0)),))
    twice = surgery.xlsx(surgery.sheet('<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>'))
    assert (rows(twice), read(twice).doubts) == ([[1.0]], (Doubt("F19", {"first": "1.0", "second": "2.0"}, (0, 0)),))
    broken = surgery.xlsx(surgery.sheet(ONE_TWO), {"xl/styles.xml": "<styleSheet><cell"})
    assert (rows(broken), read(broken).doubts) == ([[1.0, 2.0]], (Doubt("F18"),))
    missing = surgery.xlsx(surgery.sheet(ONE_TWO), {"xl/workbook.xml": surgery.workbook("S", "T")})
    first, second = workbook.load(missing, Path("a.xlsx"))
    assert (first.doubts, second.name, list(second.rows)) == ((Doubt("F21", {"about": "T"}),), "T", [])


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("General", formats.Format()),
        ('General"人"', formats.Format(affix=("", "人"))),
        ('#,##0"枚"', formats.Format(affix=("", "枚"))),
        ("#,##0枚", formats.Format(affix=("", "枚"))),
        ("0\\月", formats.Format(affix=("", "月"))),
        ('"令和"0"年度"', formats.Format(affix=("令和", "年度"))),
        ('#,##0,"千枚"', formats.Format(affix=("", "枚"))),
        ('#,##0"千枚"', formats.Format(affix=("", "千枚"))),
        ('#,##0,,"千枚"', formats.Format(scaled=1_000_000, affix=("", "千枚"))),
        ("#,##0,", formats.Format(scaled=1000)),
        ('#,##0.0,,"百万円"', formats.Format(affix=("", "円"))),
        ('"¥"#,##0', formats.Format(affix=("¥", ""))),
        ("[$¥-411]#,##0", formats.Format(affix=("¥", ""))),
        ("0.0%", formats.Format(percent=True)),
        ('0"%"', formats.Format(percent=True, affix=("", "%"))),
        ('[=0]"－";#,##0"件"', formats.Format(affix=("", "件"))),
        ('_ * #,##0_ ;_ * \\-#,##0_ ;_ * "-"_ ;_ @_ ', formats.Format()),
        ("0.00E+00", formats.Format()),
        ("@", formats.Format()),
        ("[Red]0;[Blue]0", formats.Format()),
        ("yyyy/m/d", formats.Format("date")),
        ("aaa", formats.Format("date")),
        ("mm:ss.0", formats.Format("date")),
        ('[$-ja-JP]ggge"年"', formats.Format("date")),
        ("[h]:mm", formats.Format("elapsed")),
    ],
)
def test_what_a_number_format_shows(code: str, expected: formats.Format) -> None:
    """Dates are told from numbers, and words that only the format shows are found."""
    assert formats.read(code) == expected


@pytest.mark.parametrize(("number", "kind"), [(0, "number"), (14, "date"), (31, "date"), (46, "elapsed"), (57, "date"), (49, "number")])
def test_formats_known_by_number(number: int, kind: str) -> None:
    """Those of Japanese Excel among them."""
    assert formats.built_in(number).kind == kind
    assert formats.built_in(9).percent


def test_a_large_sheet_is_searched_not_parsed() -> None:
    """A sheet of many thousand rows is plain; one value far off among few others is not."""
    many = "".join(f'<row r="{row}"><c r="A{row}"><v>1</v></c><c r="B{row}"><v>1</v></c></row>' for row in range(1, 12_001))
    assert glance.plain(surgery.sheet(many).encode(), [], frozenset()) is not None
    assert glance.plain(surgery.sheet('<row r="200000"><c r="ABC200000"><v>1</v></c></row>').encode(), [], frozenset()) is None


@pytest.mark.parametrize(
    ("cells", "parts"),
    [
        ("".join(f'<row r="{row}"><c r="B{row}"><v>{row}</v></c></row>' for row in (3, 4, 9, 11)), 2),
        ('<row r="1"><c r="C1"><v>1</v></c></row><row r="5"><c r="A5"><v>2</v></c></row>', 2),
        ('<row r="7"><c r="A7"><v>7</v></c></row>', 1),
        ("", 1),
        ('<row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="A2"/><c r="B2"/></row>', 2),
        ('<row r="2"><c r="A2"><v>2</v></c></row><row r="1"><c r="A1"><v>1</v></c></row>', 2),
    ],
)
def test_a_large_sheet_is_read_in_parts(cells: str, parts: int) -> None:
    """Rows and columns stay where they are, blank ones between the parts too; rows out of order are read in full."""
    xml = surgery.sheet(cells)
    whole = glance.plain(xml.encode(), [], frozenset())
    assert whole is not None
    assert len(glance.cut(whole, 2)) == parts
    with patch.object(excel, "_LARGE", 0):
        in_parts = read(surgery.xlsx(xml))
    assert [list(row) for row in in_parts.rows] == rows(surgery.xlsx(xml))


def test_the_order_of_attributes_does_not_matter() -> None:
    """Styles are found wherever their number stands, and a style of a row is none of a cell."""
    cells = '<row r="1" s="1" customFormat="1"><c r="A1" cm="1" s="1"><v>1</v></c><c r="B1" t="n" s="2"><v>1</v></c></row>'
    grid = read(surgery.xlsx(surgery.sheet(cells), surgery.styles("0%", "0&quot;件&quot;")))
    assert surgery.told(grid, "percent", "affixes") == ({(0, 0)}, {(0, 1): ("", "件")})


def test_ordinary_cells_of_every_kind_are_plain() -> None:
    """Sheets with formulas, shared formulas, errors, inline texts and blank cells are searched, not parsed in full."""
    cells = (
        '<c r="A1"><f>1+1</f><v>2</v></c><c r="B1" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="C1" s="1"><f t="shared" si="0"/><v>2</v></c>'
        '<c r="D1"><f>1</f></c><c r="E1" t="inlineStr"><is><t>a</t></is></c><c r="F1" s="2"/><c r="G1" t="str"><f>A1</f><v></v></c>'
        '<c r="H1"><f>A1</f><v/></c><c r="I1" t="b"><v>1</v></c><c r="J1" s="1" t="s"><v>0</v></c>'
    )
    sheet = glance.plain(surgery.sheet(f'<row r="1">{cells}</row>').encode(), [], frozenset())
    assert sheet is not None
    assert (sorted(sheet.told.formulas), sheet.told.uncached) == ([(0, 0), (0, 1), (0, 2), (0, 3), (0, 6), (0, 7)], {(0, 3), (0, 7)})
