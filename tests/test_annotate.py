"""Annotated copies: what is added to a workbook, that all else in it survives, and where the copies go."""

import datetime as dt
import io
import json
import re
import warnings
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import typer.testing
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from fiveless import annotate, workbook
from fiveless.annotate import cells, comments, listing, marking, markup, values
from fiveless.cli import app
from fiveless.finding import Finding
from fiveless.grid import Grid, Value
from fiveless.language import Lang, Words

SHEET = "4'月 報告"
LETTER = annotate.Letter("環境局.xlsx", [Words("環境局", "Environment")], dt.date(2026, 4, 1), 1200, 3, 5)
ERROR, WARNING = "FFF4B183", "FFFFE699"
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8cfc0000003010100c9fe92ef0000000049454e44ae426082"
)


def found(code: str, cell: str = "", sheet: str = SHEET, **fields: str) -> Finding:
    """A finding with all the fields that its sentences may have."""
    return Finding(code, "環境局.xlsx", sheet, cell, {"about": "環境科学局", "candidates": "環境局", "value": "1", **fields})


FINDINGS = [
    *(found("N07", cell) for cell in ("B4", "C4", "D4")),
    found("K01", "B5", other_value="2", other="=HYPERLINK"),
    found("P03", "B5"),
    found("X02", "C5"),
    found("T02", "C1", about="+1"),
    found("N06", "H30"),
    found("N06", "Z3", "二"),
    found("H01", "A1", "隠し"),
    found("N03", "", "二"),
    found("F06", "", ""),
]


@pytest.fixture(scope="module")
def rich() -> bytes:
    """A workbook with about everything that a bureau may have in one."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        bold, number = book.add_format({"bold": True, "font_color": "red"}), book.add_format({"num_format": "#,##0", "bg_color": "#DDEBF7"})
        first, second, hidden = book.add_worksheet(SHEET), book.add_worksheet("二"), book.add_worksheet("隠し")
        hidden.write("A1", 7)
        hidden.hide()
        first.merge_range("A1:E1", "コピー用紙調達量（枚）2022年度", bold)
        for row, line in enumerate((["局名", "4月", "5月", "6月"], ["環境局", 100, 200, 300], ["財務局", 1, 2, 3]), 2):
            first.write_row(row, 0, line, number)
        first.write_rich_string("A8", "赤い", bold, "字")
        first.conditional_format("B4:D5", {"type": "data_bar", "data_bar_2010": True})
        first.data_validation("B4:D5", {"validate": "integer", "criteria": ">", "value": 0})
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": "='4''月 報告'!$B$4:$D$4"})
        first.insert_chart("G2", chart)
        first.insert_image("G20", "p.png", {"image_data": io.BytesIO(PIXEL)})
        first.insert_textbox("A12", "記入要領")
        first.insert_button("A20", {"caption": "押す"})
        first.write_comment("B4", "前からある注記", {"author": "担当"})
        first.add_sparkline("F5", {"range": "'4''月 報告'!B5:D5"})
        first.print_area("A1:E9")
        first.repeat_rows(0, 2)
        first.freeze_panes(3, 1)
        first.protect()
        first.set_row(29, None, bold)
        first.set_column("A:A", 20)
        first.set_column("F:G", 1, number, {"hidden": True})
        second.add_table("A1:B3", {"data": [[1, 2], [3, 4]]})
        second.print_area("A1:B2")
        second.activate()
        book.define_name("率", "=二!$A$2")
    return out.getvalue()


def copied(content: bytes, findings: Sequence[Finding] = FINDINGS, lang: Lang = "ja", name: str = "環境局.xlsx") -> bytes:
    """The annotated copy of a file."""
    return annotate.annotated(content, Path(name), findings, LETTER, lang).content


def opened(content: bytes) -> openpyxl.Workbook:
    """A workbook as another program reads it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return openpyxl.load_workbook(io.BytesIO(content), rich_text=True)


def parts(content: bytes) -> dict[str, bytes]:
    """The parts of a package."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(changed: Mapping[str, bytes]) -> bytes:
    """A package of parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in changed.items():
            archive.writestr(name, content)
    return out.getvalue()


def rows(content: bytes, name: str | None = None) -> list[list[Any]]:
    """The first sheet, or that of a name, as values."""
    book = opened(content)
    return [["" if value is None else value for value in row] for row in (book[name] if name else book.worksheets[0]).values]


def fills(content: bytes) -> dict[str, dict[str, str]]:
    """By sheet the cells that bear a colour of ours; the list itself is left out."""
    return {
        sheet.title: {cell.coordinate: cell.fill.fgColor.rgb for row in sheet for cell in row if cell.fill.fgColor.rgb in (ERROR, WARNING)}
        for sheet in opened(content).worksheets[1:]
    }


def notes(content: bytes) -> dict[str, dict[str, str]]:
    """By sheet the comments of cells."""
    return {
        sheet.title: {cell.coordinate: cell.comment.text for row in sheet for cell in row if cell.comment}
        for sheet in opened(content).worksheets[1:]
    }


# The first sheet -------------------------------------------------------------------------------------------------------


def test_the_first_sheet_lists_what_to_mend(rich: bytes) -> None:
    """It says whose file it is, what to do, and for each finding where it is (equal neighbours together), what, and how to mend it."""
    listed = rows(copied(rich))
    assert [row[0] for row in listed[:6]] == [
        "fiveless｜ご確認いただきたい箇所",
        "下の一覧とセルのコメントをご覧になり、色の付いたセルを直して上書き保存し、このファイルをご返送ください。",
        "ファイル：環境局.xlsx",
        "局：環境局",
        "作成日：2026年4月1日",
        "数値の行方：採用 1,200 件、検算に使用 3 件、保留 5 件",
    ]
    assert listed[7] == ["番号", "区分", "シート", "セル", "内容", "直し方", "機械判読性"]
    assert [row[:4] for row in listed[8:]] == [
        ["1", "誤り", SHEET, "B5"],
        ["2", "要確認", SHEET, "B4:D4"],
        ["3", "要確認", SHEET, "B5"],
        ["4", "要確認", SHEET, "C1"],
        ["5", "要確認", SHEET, "H30"],
        ["6", "要確認", "二", "Z3"],
        ["7", "要確認", "二", "シート全体"],
        ["8", "要確認", "隠し（非表示）", "A1"],
        ["9", "要確認", "ファイル全体", ""],
    ]
    assert listed[9][4] == "「環境科学局」という局は登録されていません。"
    assert listed[15][4:] == [found("H01").says("ja"), found("H01").mend("ja"), "L1-13"]


def test_in_english(rich: bytes) -> None:
    """The same in English, under an English name of the sheet."""
    copy = copied(rich, lang="en")
    listed = rows(copy)
    assert opened(copy).sheetnames == ["To mend", SHEET, "二", "隠し"]
    assert [row[0] for row in listed[2:6]] == [
        "File: 環境局.xlsx",
        "Bureau: Environment",
        "Date: 2026-04-01",
        "Numbers: 1,200 taken, 3 used as checks, 5 set aside",
    ]
    assert listed[8][:4] == ["1", "error", SHEET, "B5"]
    assert notes(copy)["二"]["Z3"].startswith("fiveless:\n[warning] It is not said whose figure this is.\n→ ")


def test_every_line_leads_to_its_cell(rich: bytes) -> None:
    """Links name the sheet in quotes; a hidden sheet cannot be jumped to, and a whole sheet begins at A1."""
    sheet = opened(copied(rich)).worksheets[0]
    links = {cell.coordinate: cell.hyperlink.location for row in sheet for cell in row if cell.hyperlink}
    quoted = "'4''月 報告'!"
    assert list(links.values()) == [f"{quoted}{cell}" for cell in ("B5", "B4:D4", "B5", "C1", "H30")] + ["'二'!Z3", "'二'!A1"]
    assert list(links) == [f"D{row}" for row in range(9, 16)]


def test_what_looks_like_a_formula_is_text(rich: bytes) -> None:
    """All that is written on the first sheet is text, whatever it begins with."""
    told = [found("T02", "B4", about=sign + "1") for sign in "=+-@"]
    signs = [Finding("N01", "x", sign, "A1", {"about": "x", "candidates": "x"}) for sign in ("=1+1", "@a")]
    with zipfile.ZipFile(io.BytesIO(copied(rich, [*told, *signs]))) as archive:
        xml = archive.read("xl/worksheets/fiveless1.xml").decode()
    assert "<f" not in xml.replace("<fo", "")
    assert set(re.findall(r"<c [^>]*?( t=\"\w+\")?>", xml)) == {' t="inlineStr"'}


def test_the_reader_takes_nothing_from_the_first_sheet(rich: bytes) -> None:
    """A copy reads as its original does: the list is known by its first cell, also after a program has saved it anew."""
    before = [(grid.name, [list(row) for row in grid.rows]) for grid in workbook.load(rich, Path("a.xlsx"))]
    copy = copied(rich)
    again = io.BytesIO()
    opened(copy).save(again)
    for content in (copy, again.getvalue()):
        read = workbook.load(content, Path("a.xlsx"))
        assert [grid.name for grid in read] == [name for name, _ in before]
        # cells beyond the used range have come into being; they are blank
        kept = [[list(row)[: len(old[0])] for row in grid.rows[: len(old)]] for grid, (_, old) in zip(read, before, strict=True)]
        assert kept == [old for _, old in before]


def test_of_one_kind_the_first_twenty_are_listed() -> None:
    """Forty separate cells and a block of six: twenty lines, then how many more; the fills are on all."""
    many = [found("N07", f"{column}{row}") for column in "ACE" for row in range(1, 41, 2)] + [
        found("N07", f"G{row}") for row in range(1, 7)
    ]
    lines = listing.lines(many, "ja")
    assert [line.texts[3] for line in lines[:3]] == ["A1", "C1", "E1"]
    assert len(lines) == 21
    assert lines[-1].texts == ("", "", SHEET, "", "ほか 41 件（「登録のない局名」）", "", "")
    assert lines[-1].link == ""


def test_bureaus_beyond_three_are_counted() -> None:
    """A summary of many bureaus names three; a file that tells of none leaves the line out."""
    several = annotate.Letter("a.xlsx", [Words(name, name) for name in "甲乙丙丁戊"], dt.date(2026, 4, 1))
    assert listing.head(several, "ja", formats=True)[3] == "局：甲、乙、丙 ほか 2 件"
    assert listing.head(several, "en", formats=True)[3] == "Bureau: 甲; 乙; 丙 and 2 more"
    assert not [line for line in listing.head(annotate.Letter("a", [], dt.date(2026, 4, 1)), "ja", formats=True) if line.startswith("局")]


@given(st.sets(st.tuples(st.integers(0, 6), st.integers(0, 6)), max_size=30))
def test_ranges_cover_each_cell_once(places: set[tuple[int, int]]) -> None:
    """The rectangles of a list hold exactly the cells found, none of them twice."""
    covered = [
        (row, column)
        for top, left, bottom, right in listing._rectangles(places)
        for row in range(top, bottom + 1)
        for column in range(left, right + 1)
    ]
    assert sorted(covered) == sorted(places)


# Cells ----------------------------------------------------------------------------------------------------------------


def test_fills_and_comments_stand_on_the_very_cells(rich: bytes) -> None:
    """The gravest finding gives the colour, a note none; of a merged range it is the first cell, and one that is not there comes to be."""
    copy = copied(rich)
    assert fills(copy) == {
        SHEET: {"A1": WARNING, "B4": WARNING, "C4": WARNING, "D4": WARNING, "B5": ERROR, "H30": WARNING},
        "二": {"Z3": WARNING},
        "隠し": {"A1": WARNING},
    }
    said = notes(copy)
    assert {sheet: sorted(cells) for sheet, cells in said.items()} == {
        SHEET: ["A1", "B4", "B5", "C4", "C5", "D4", "H30"],
        "二": ["Z3"],
        "隠し": ["A1"],
    }
    assert said[SHEET]["C5"] == f"fiveless:\n【参考】{found('X02').says('ja')}\n→ {found('X02').mend('ja')}"
    assert said["隠し"]["A1"].endswith("（機械判読性 L1-13）")


def test_several_findings_of_a_cell_make_one_comment(rich: bytes) -> None:
    """The gravest comes first, equal ones once, and of more than five the number of the rest."""
    assert notes(copied(rich))[SHEET]["B5"].count("【") == 2
    assert notes(copied(rich))[SHEET]["B5"].startswith("fiveless:\n【誤り】")
    many = [found("N07", "B5", about=str(number % 8)) for number in range(20)]
    comment = notes(copied(rich, many))[SHEET]["B5"]
    assert (comment.count("【要確認】"), comment.endswith("\n\nほか 3 件")) == (5, True)


def test_a_comment_that_is_there_is_continued(rich: bytes) -> None:
    """What the bureau wrote stays, under its author's name, and ours follows."""
    copy = opened(copied(rich))
    comment = copy[SHEET]["B4"].comment
    assert comment is not None
    assert comment.author == "担当"
    assert comment.text.startswith("前からある注記\n―― fiveless ――\n【要確認】")
    own = copy[SHEET]["B5"].comment
    assert own is not None
    assert own.author == "fiveless"


def test_comments_end_at_a_thousand_and_fills_do_not(monkeypatch: pytest.MonkeyPatch, rich: bytes) -> None:
    """A sheet with more comments than a program can bear has them on its gravest cells; all bear a fill."""
    monkeypatch.setattr(marking, "MOST_COMMENTS", 2)
    copy = copied(rich, [found("X02", "A2"), *(found("N07", f"{column}5") for column in "BCD")])
    assert sorted(notes(copy)[SHEET]) == ["B4", "B5", "C5"]
    assert sorted(fills(copy)[SHEET]) == ["B5", "C5", "D5"]


# What survives ---------------------------------------------------------------------------------------------------------


def test_every_other_part_is_the_same_to_the_byte(rich: bytes) -> None:
    """Only the parts that must change do: charts, images, shapes, tables, texts and the theme are untouched, and so is the original."""
    old, new = parts(rich), parts(copied(rich))
    assert set(old) <= set(new)
    assert {name for name in old if new[name] != old[name]} == {
        "[Content_Types].xml",
        "docProps/core.xml",
        "xl/_rels/workbook.xml.rels",
        "xl/comments1.xml",
        "xl/drawings/vmlDrawing1.vml",
        "xl/styles.xml",
        "xl/workbook.xml",
        "xl/worksheets/_rels/sheet2.xml.rels",
        "xl/worksheets/sheet1.xml",
        "xl/worksheets/sheet2.xml",
        "xl/worksheets/sheet3.xml",
    }
    assert new["xl/drawings/vmlDrawing1.vml"].count(b'ObjectType="Button"') == 1
    assert new["xl/drawings/vmlDrawing1.vml"].count(b'ObjectType="Note"') == 7


def test_in_a_sheet_only_styles_and_the_drawing_change(rich: bytes) -> None:
    """A sheet with the numbers of its cells' styles put back is the old one, but for new blank cells."""
    old, new = (parts(content)["xl/worksheets/sheet1.xml"].decode() for content in (rich, copied(rich)))
    plain = [re.sub(r' s="\d+"', "", text) for text in (old, new)]
    assert plain[0] == plain[1].replace('><c r="H30"/></row>', "/>")
    second = [parts(content)["xl/worksheets/sheet2.xml"].decode() for content in (rich, copied(rich))]
    assert second[0].replace(' tabSelected="1"', "") == re.sub(r"<row r=\"3\".*?</row>|<legacyDrawing.*?/>", _without_ours, second[1])


def _without_ours(found: re.Match[str]) -> str:
    return re.sub(r'<c r="Z3" s="\d+"/>', "", found[0]) if found[0].startswith("<row") else ""


def _looks(content: bytes) -> Iterator[tuple[str, str, Any]]:
    for sheet in opened(content).worksheets:
        for row in sheet:
            for cell in row:
                look = (cell.value, cell.number_format, cell.font, cell.border, cell.alignment, cell.protection)
                yield sheet.title, cell.coordinate, (*map(repr, look), repr(cell.fill))


def test_formats_of_all_cells_survive(rich: bytes) -> None:
    """Each cell looks as it did; a marked one but for its fill."""
    copy = copied(rich)
    before, after = ({look[:2]: look[2] for look in _looks(content)} for content in (rich, copy))
    marked = {(sheet, cell) for sheet, cells in fills(copy).items() for cell in cells}
    assert all(after[at] == look for at, look in before.items() if at not in marked)
    assert all(after[at][:-1] == look[:-1] for at, look in before.items() if at in marked)


def test_a_new_cell_looks_like_its_row_or_column(rich: bytes) -> None:
    """A cell that has to be made for a fill is formatted as its row is, else as its column is."""
    sheet = opened(copied(rich, [found("N07", "H30"), found("N07", "F31"), found("N07", "F2"), found("N07", "Z31")]))[SHEET]
    assert (sheet["H30"].font.b, sheet["H30"].number_format) == (True, "General")
    assert [sheet[cell].number_format for cell in ("F31", "F2", "Z31")] == ["#,##0", "#,##0", "General"]


def test_what_belongs_to_a_sheet_stays_with_it(rich: bytes) -> None:
    """Print areas and titles, frozen panes and protection are those of the same sheet, though it is now the second."""
    before, after = opened(rich), opened(copied(rich))
    for name in before.sheetnames:
        old, new = before[name], after[name]
        assert (new.print_area, new.print_title_rows, new.freeze_panes) == (old.print_area, old.print_title_rows, old.freeze_panes)
        assert (new.protection.sheet, new.sheet_state) == (old.protection.sheet, old.sheet_state)
        assert new.merged_cells.ranges == old.merged_cells.ranges
    assert after.defined_names["率"].attr_text == "二!$A$2"


def test_the_copy_opens_on_the_list_alone(rich: bytes) -> None:
    """No other sheet is selected with it: whoever types would type into both."""
    book = opened(copied(rich))
    assert book.active is book.worksheets[0]
    assert [bool(sheet.sheet_view.tabSelected) for sheet in book.worksheets] == [True, False, False, False]


def test_a_name_that_is_taken_is_not_taken_twice() -> None:
    """A workbook with a sheet 要確認 of its own keeps it."""
    book = openpyxl.Workbook()
    book.worksheets[0].title = "要確認"
    out = io.BytesIO()
    book.save(out)
    assert opened(copied(out.getvalue(), [found("F06", "", "")])).sheetnames == ["要確認 (2)", "要確認"]


def test_macros_keep_their_suffix(rich: bytes) -> None:
    """A workbook with macros is no .xlsx."""
    changed = parts(rich)
    types = changed["[Content_Types].xml"].replace(b"spreadsheetml.sheet.main", b"ms-excel.sheet.macroEnabled.main")
    assert annotate.annotated(packed(changed | {"[Content_Types].xml": types}), Path("a.xlsm"), FINDINGS, LETTER, "ja").suffix == ".xlsm"
    assert annotate.annotated(rich, Path("a.xlsx"), FINDINGS, LETTER, "ja").suffix == ".xlsx"


# A copy of a copy --------------------------------------------------------------------------------------------------------


def test_a_copy_of_a_copy_is_that_copy(rich: bytes) -> None:
    """With the same findings nothing is added a second time."""
    copy = copied(rich)
    assert parts(copied(copy)) == parts(copy)


def test_a_copy_that_came_back_is_annotated_anew(rich: bytes) -> None:
    """What an earlier run said is gone, wherever the list has been moved: the list is made anew, mended cells bear no comment of ours."""
    book = opened(copied(rich))
    book.move_sheet("要確認", 2)
    book["要確認"].title = "見た"
    book["見た"].sheet_state = "hidden"
    out = io.BytesIO()
    book.save(out)
    copy = opened(copied(out.getvalue(), [found("N06", "D5")]))
    assert copy.sheetnames == [SHEET, "二", "見た", "隠し"]
    assert (copy["見た"].sheet_state, copy.active) == ("visible", copy["見た"])
    assert [row[3] for row in copy["見た"].values if str(row[0]).isdecimal()] == ["D5"]
    said = {cell.coordinate: cell.comment.text for row in copy[SHEET] for cell in row if cell.comment}
    assert (sorted(said), said["B4"]) == (["B4", "D5"], "前からある注記")


# Packages of other programs ------------------------------------------------------------------------------------------------


def _prefixed(content: bytes) -> bytes:
    """A part with all its elements in a named namespace, as some programs write."""
    return re.sub(rb"(</?)(?=\w)", rb"\1x:", content).replace(b'xmlns="', b'xmlns:x="', 1)


def _utf16(content: bytes) -> bytes:
    return content.decode().replace("UTF-8", "UTF-16").encode("utf-16")


def _unnumbered(content: bytes) -> bytes:
    """Rows without numbers, and cells without addresses."""
    return re.sub(rb'<(row|c) r="\w+"', rb"<\1", content)


@pytest.fixture
def small() -> dict[str, bytes]:
    """The parts of a workbook whose cells follow on one another, with a comment."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet(SHEET)
        for row in range(4):
            sheet.write_row(row, 0, [1, 2, 3])
        sheet.write_comment("A1", "注記")
    return parts(out.getvalue())


@pytest.mark.parametrize(
    ("names", "change"),
    [
        (("xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml", "xl/comments1.xml", "[Content_Types].xml"), _prefixed),
        (("xl/comments1.xml", "docProps/core.xml"), _utf16),
        (("xl/worksheets/sheet1.xml",), _unnumbered),
    ],
)
def test_other_ways_to_write_the_same(small: dict[str, bytes], names: Sequence[str], change: Any) -> None:
    """Prefixes, UTF-16 and omitted addresses are all within the format, and are annotated as they are."""
    findings = [found("N07", cell) for cell in ("A1", "B2", "E2", "C9")]
    content = packed(small | {name: change(small[name]) for name in names})
    copy = copied(content, findings)
    assert rows(copy)[1][0].startswith("下の一覧")
    assert fills(copy) == {SHEET: dict.fromkeys(("A1", "B2", "E2", "C9"), WARNING)}
    assert sorted(notes(copy)[SHEET]) == ["A1", "B2", "C9", "E2"]


def test_the_strict_form_of_the_format(small: dict[str, bytes]) -> None:
    """Its namespaces are others, and so are those of what is added."""
    transitional, strict = b"http://schemas.openxmlformats.org/", b"http://purl.oclc.org/ooxml/"
    pairs = ((b"officeDocument/2006/relationships", b"officeDocument/relationships"), (b"spreadsheetml/2006/main", b"spreadsheetml/main"))
    for old, new in pairs:
        small = {name: part.replace(transitional + old, strict + new) for name, part in small.items()}
    del small["xl/comments1.xml"], small["xl/drawings/vmlDrawing1.vml"], small["xl/worksheets/_rels/sheet1.xml.rels"]
    added = {
        name: part for name, part in parts(copied(packed(small), [found("N07", "B2")])).items() if "fiveless" in name or "rels" in name
    }
    assert not [name for name, part in added.items() if transitional + pairs[0][0] in part or transitional + pairs[1][0] in part]
    assert {strict + pairs[0][1] + b"/comments", strict + pairs[0][1] + b"/vmlDrawing"} <= set(
        re.findall(rb'Type="(.*?)"', added["xl/worksheets/_rels/sheet1.xml.rels"])
    )


def test_a_sheet_of_macros_goes_with_the_others(small: dict[str, bytes]) -> None:
    """A sheet of another kind, over which a parser may stumble, is in the copy as it was."""
    macro = b'<xm:macrosheet xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main"/>'
    kind = b"http://schemas.microsoft.com/office/2006/relationships/xlMacrosheet"
    listed, related = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
    small[listed] = small[listed].replace(b"</sheets>", '<sheet name="マクロ" sheetId="9" r:id="rId99"/></sheets>'.encode())
    one = b'<Relationship Id="rId99" Type="%s" Target="macrosheets/sheet1.xml"/></Relationships>' % kind
    small[related] = small[related].replace(b"</Relationships>", one)
    copy = copied(packed(small | {"xl/macrosheets/sheet1.xml": macro}), [found("N07", "B2")])
    assert parts(copy)["xl/macrosheets/sheet1.xml"] == macro
    assert (fills(copy)[SHEET], rows(copy)[1][0][:4]) == ({"B2": WARNING}, "下の一覧")


def test_a_workbook_that_says_nothing_of_itself(small: dict[str, bytes]) -> None:
    """Where there are no properties they are made, so that a copy is known as ours."""
    del small["docProps/core.xml"]
    small["_rels/.rels"] = re.sub(rb"<Relationship [^>]*core-properties[^>]*/>", b"", small["_rels/.rels"])
    assert opened(copied(packed(small), [found("N07", "B2")])).properties.lastModifiedBy == "fiveless"


def test_a_package_without_styles_gives_its_values(small: dict[str, bytes]) -> None:
    """What cannot be changed in place is copied as values, and the first sheet says so."""
    del small["xl/styles.xml"]
    copy = copied(packed(small), [found("N07", "B2")])
    assert rows(copy)[2][0].startswith("元のファイルの書式は")
    assert (rows(copy, SHEET)[1], fills(copy)) == ([1, 2, 3], {SHEET: {"B2": WARNING}})


SHEET_XML = b'<worksheet xmlns="m" xmlns:mc="c"><sheetData/>%s</worksheet>'


@pytest.mark.parametrize(
    ("rest", "expected"),
    [
        (b"<drawing/><picture/>", b"<drawing/>!<picture/>"),
        (b"<drawing/><extLst><ext/></extLst>", b"<drawing/>!<extLst><ext/></extLst>"),
        (b"<mc:AlternateContent><mc:Choice><controls/></mc:Choice></mc:AlternateContent>", None),
        (b"<mc:AlternateContent><mc:Choice><drawing/></mc:Choice></mc:AlternateContent>", b""),
        (b"<drawing/>", b"<drawing/>!"),
    ],
)
def test_the_drawing_is_named_where_the_format_wants_it(rest: bytes, expected: bytes | None) -> None:
    """Before pictures, buttons and extensions, after all else; Excel refuses any other order."""
    content = SHEET_XML % rest
    edited = markup.edited(content, [cells.drawing(content, cells.outline(content), "a", "r")])
    body = edited.partition(b"<sheetData/>")[2].removesuffix(b"</worksheet>").replace(b'<legacyDrawing xmlns:r="r" r:id="a"/>', b"!")
    assert body == (b"!" + rest if expected is None else expected or rest + b"!")


def test_a_cell_put_into_an_empty_sheet_or_row() -> None:
    """Elements that were empty are opened; cells and rows come in their order."""
    content = b'<worksheet xmlns="m"><sheetData/></worksheet>'
    filled = markup.edited(content, cells.filled(content, {(1, 1): "error", (0, 2): "error"}, lambda style, _severity: style + 5))
    assert filled == (
        b'<worksheet xmlns="m"><sheetData><row r="1"><c r="C1" s="5"/></row><row r="2"><c r="B2" s="5"/></row></sheetData></worksheet>'
    )
    content = b"<worksheet xmlns='m'><sheetData><row r='2'/><row r='4'><c r='B4'/></row></sheetData></worksheet>"
    wanted: dict[cells.Place, Any] = dict.fromkeys(((1, 0), (2, 1), (3, 0), (3, 1), (3, 3)), "error")
    assert markup.edited(content, cells.filled(content, wanted, lambda _style, _severity: 7)) == (
        b'<worksheet xmlns=\'m\'><sheetData><row r=\'2\'><c r="A2" s="7"/></row><row r="3"><c r="B3" s="7"/></row>'
        b'<row r=\'4\'><c r="A4" s="7"/><c r=\'B4\' s="7"/><c r="D4" s="7"/></row></sheetData></worksheet>'
    )


def test_a_box_at_the_end_of_a_sheet_stays_on_it() -> None:
    """Excel takes no box that lies beyond the last row or column."""
    drawing = comments.boxed(comments.NO_BOXES, {(1048575, 16383): "一\n二", (0, 0): "三"}, {1: 2.0})
    anchors = [tuple(map(int, found.split(b", ")[::2])) for found in re.findall(rb"<x:Anchor>(.*?)</x:Anchor>", drawing)]
    assert anchors == [(1, 0, 6, 2), (16380, 1048572, 16383, 1048575)]


def test_a_comment_of_ours_is_known_without_its_author() -> None:
    """A program that drops the authors of comments as it saves leaves ours with their first line."""
    told, _ = comments.commented(comments.empty("m"), {(1, 2): "一"})
    content, places = comments.cleared(told.replace(b"<author>fiveless</author>", b"<author> </author>"))
    assert (places, b"<commentList></commentList>" in content) == ({(1, 2)}, True)


def test_a_comment_with_furigana_or_no_text_is_continued_too() -> None:
    """Ours follows the text and comes before its reading aids, as the format wants it."""
    content = (
        b'<comments xmlns="m"><authors><author>a</author></authors><commentList><comment ref="A1" authorId="0"><text><t>x</t><rPh/></text>'
        b'</comment><comment ref="A2" authorId="0"><text/></comment></commentList></comments>'
    )
    told, new = comments.commented(content, {(0, 0): "一", (1, 0): "二"})
    assert new == set()
    order = [[child.name for child in each.child("text").children] for each in markup.parsed(told).child("commentList").children]
    assert order == [["t", "r", "rPh"], ["r"]]
    assert comments.cleared(told)[0].replace(b"<text></text>", b"<text/>") == content


# Other forms --------------------------------------------------------------------------------------------------------------

ODS = """<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">
<office:body><office:spreadsheet><table:table table:name="{name}">
<table:table-row><table:table-cell office:value-type="string"><text:p>局名</text:p></table:table-cell>
<table:table-cell office:value-type="date" office:date-value="2022-06-01"><text:p>R4</text:p></table:table-cell></table:table-row>
<table:table-row><table:table-cell office:value-type="float" office:value="5"><text:p>5</text:p></table:table-cell>
<table:table-cell office:value-type="boolean" office:boolean-value="true"><text:p>TRUE</text:p></table:table-cell></table:table-row>
</table:table></office:spreadsheet></office:body></office:document-content>"""


def test_an_opendocument_file_becomes_a_workbook_of_its_values() -> None:
    """Values and dates are kept under a name that Excel allows, with the same annotations, and the first sheet tells what was lost."""
    long = "部署別の紙の購入枚数と複写件数の月次の実績と目標の一覧（令和四年度）"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", ODS.format(name=long).replace("\n<", "<"))
        archive.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"></manifest:manifest>',
        )
    copy = annotate.annotated(out.getvalue(), Path("a.ods"), [found("N07", "A2", long)], LETTER, "ja")
    name = long[:31]
    assert (copy.suffix, opened(copy.content).sheetnames) == (".xlsx", ["要確認", name])
    assert rows(copy.content, name) == [["局名", dt.datetime(2022, 6, 1)], [5, True]]  # noqa: DTZ001 - as cells hold them
    assert fills(copy.content) == {name: {"A2": WARNING}}
    assert rows(copy.content)[-1][2:4] == [name, "A2"]
    assert "書式はこの形式に写せない" in rows(copy.content)[2][0]


def test_a_csv_becomes_a_workbook_of_its_texts() -> None:
    """What a .csv holds is text, and stays so: `=1+1` is no formula and 0012 keeps its noughts."""
    copy = copied("局名,=1+1\n環境,0012\n".encode("cp932"), [found("N07", "B2", "水道[局]")], name="水道[局].csv")
    assert rows(copy, "水道_局_") == [["局名", "=1+1"], ["環境", "0012"]]
    cell = opened(copy)["水道_局_"]["B1"]
    assert cell.data_type == "s"
    assert fills(copy) == {"水道_局_": {"B2": WARNING}}


def test_all_that_a_grid_tells_is_copied() -> None:
    """Merged and hidden things, errors, and times of every kind."""
    moment = dt.datetime(2022, 6, 1, 9, 30)  # noqa: DTZ001 - as cells hold them
    values_: list[list[Value]] = [["題", "", moment, moment.date()], [moment.time(), dt.timedelta(hours=30), True, ""]]
    grids = [Grid("見", values_, merges=[(0, 0, 0, 1), (5, 0, 6, 0)], errors={(1, 3): "#N/A"}), Grid("隠", [], hidden=True)]
    first, second = workbook.load(values.copied(grids), Path("a.xlsx"))
    assert list(first.rows[0]) == ["題", "", moment, moment.date()]
    time, _, *rest = first.rows[1]
    assert (time, rest) == (moment.time(), [True, "#N/A"])
    assert sorted(first.merges) == [(0, 0, 0, 1), (5, 0, 6, 0)]
    assert (second.name, second.hidden, values.copied(grids)) == ("隠", True, values.copied(grids))


NAMES = st.lists(
    st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), max_size=40), min_size=1, max_size=6, unique=True
)


@given(NAMES)
def test_any_name_of_a_sheet_becomes_one_that_excel_allows(names: list[str]) -> None:
    """Each sheet has its own name, of 31 characters at most, and a link to it can be read back."""
    fit = values.names([Grid(name, []) for name in names])
    assert list(fit) == names
    assert len({name.lower() for name in fit.values()}) == len(names)
    for name in fit.values():
        assert re.fullmatch(r"[^\[\]:*?/\\]{1,31}", name)
        link = re.fullmatch(r"'((?:[^']|'')+)'!B5", listing.location(name, "B5"))
        assert link
        assert link[1].replace("''", "'") == name


def test_names_that_excel_would_take_for_one_are_told_apart() -> None:
    """Names alike in their first 31 characters, or but for capitals, get a number; History is a name that Excel keeps for itself."""
    names = ["紙" * 31 + "一", "紙" * 31 + "二", "a", "A", "History", "[]", "'"]
    assert list(values.names([Grid(name, []) for name in names]).values()) == [
        "紙" * 31,
        "紙" * 29 + "_2",
        "a",
        "A_2",
        "History_2",
        "__",
        "_",
    ]


def test_a_drawing_declares_the_numbers_of_its_boxes(rich: bytes) -> None:
    """Boxes that come to others are numbered apart from them, in a block that the drawing names once, however often it is annotated."""
    for content in (copied(rich), copied(copied(rich))):
        drawing = parts(content)["xl/drawings/vmlDrawing1.vml"]
        numbers = re.findall(rb'id="_x0000_s(\d+)"', drawing)
        assert len(set(numbers)) == len(numbers) == 8
        assert re.findall(rb'data="(.*?)"', drawing) == [b"1,2"]


@given(st.text())
def test_any_text_is_xml(text: str) -> None:
    """Whatever a finding says can stand in a document of any encoding, less what XML does not allow."""
    root = markup.parsed(b"<a b=" + markup.quoted(text) + b">" + markup.said(text) + b"</a>")
    allowed = markup._NO_XML.sub("", text).replace("\r", "\n") if "\r" in text else markup._NO_XML.sub("", text)
    assert root.text.replace("\r", "\n") == allowed


# The command -----------------------------------------------------------------------------------------------------------


def run(*args: str | Path) -> typer.testing.Result:
    """The program in this process, in Japanese, with streams caught."""
    return typer.testing.CliRunner().invoke(app, [str(arg) for arg in args])


def report(path: Path, bureau: str, values: Sequence[object] = (1, 2, 3)) -> Path:
    """A bureau's workbook with months across."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("報告")
        sheet.write("A1", "コピー用紙調達量（枚）2022年度")
        sheet.write_row("A3", ["局名", "4月", "5月", "6月"])
        sheet.write_row("A4", [bureau, *values])
    return path


@pytest.fixture
def here(tmp_path: Path) -> Path:
    """A project with a good report, a bad one in a folder, a bad .csv of the same name, and a file that is no workbook."""
    assert run("init", tmp_path / "p").exit_code == 0
    inbox = tmp_path / "p/data/inbox"
    report(inbox / "環境局.xlsx", "環境局")
    report(inbox / "R4/水道局.xlsx", "水道科学局")
    (inbox / "R4/水道局.csv").write_text("コピー用紙調達量（枚）2022年度\n局名,4月\n水道科学局,5\n", "utf-8")
    (inbox / "bad.xlsx").write_bytes(b"<html></html>")
    return tmp_path / "p"


def files(folder: Path) -> list[str]:
    """All files below a folder."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_copies_lie_as_deep_as_their_originals(here: Path) -> None:
    """A copy of each file with something to mend and of no other; originals stay as they are; stderr says how many, and what has none."""
    inbox = here / "data/inbox"
    before = {name: (inbox / name).read_bytes() for name in files(inbox)}
    done = run("--project", here, "ingest", "--return", here / "out")
    assert done.exit_code == 1
    assert files(here / "out") == ["R4/水道局_csv_要確認.xlsx", "R4/水道局_要確認.xlsx"]
    assert done.stderr.splitlines() == [
        "data/inbox/bad.xlsx：写しはありません。中身は Web ページ（HTML）です。",
        f"直していただく写し 2 件を {here / 'out'} に書きました。",
    ]
    assert {name: (inbox / name).read_bytes() for name in files(inbox)} == before
    listed = rows((here / "out/R4/水道局_要確認.xlsx").read_bytes())
    assert [row[0] for row in listed[2:6:3]] == ["ファイル：水道局.xlsx", "数値の行方：採用 0 件、検算に使用 0 件、保留 3 件"]
    assert listed[3][0] == "局：水道局"
    assert listed[8][3] == "B4:D4"


def test_a_copy_that_is_ingested_says_what_its_original_did(here: Path) -> None:
    """The same numbers with the same fate, from the same cells."""
    run("--project", here, "ingest", "--dry-run", "--return", here / "out", here / "data/inbox/R4/水道局.xlsx")
    told = [
        json.loads(run("--project", here, "ingest", "--dry-run", "--format", "json", path).stdout)
        for path in (here / "data/inbox/R4/水道局.xlsx", here / "out/R4/水道局_要確認.xlsx")
    ]
    assert told[0]["numbers"] == told[1]["numbers"]
    assert [each["cell"] for each in told[0]["findings"]] == [each["cell"] for each in told[1]["findings"]]


def test_a_dry_run_writes_copies_and_nothing_else(here: Path) -> None:
    """The store is not made; as JSON the receipt lists each copy, and why there is none."""
    done = run("--project", here, "--lang", "en", "ingest", "--dry-run", "--return", here / "out", "--format", "json")
    assert json.loads(done.stdout)["returned"] == [
        {"file": "data/inbox/bad.xlsx", "copy": "", "why": "This is a web page (HTML), not a workbook."},
        {"file": "data/inbox/R4/水道局.csv", "copy": "out/R4/水道局_csv_to-mend.xlsx"},
        {"file": "data/inbox/R4/水道局.xlsx", "copy": "out/R4/水道局_to-mend.xlsx"},
    ]
    assert not (here / "data/fiveless.duckdb").exists()
    assert "returned" not in json.loads(run("--project", here, "ingest", "--dry-run", "--format", "json").stdout)


def test_what_is_not_read_again_is_told(here: Path) -> None:
    """Unchanged files are not read, so there is no copy; the way to have one is said."""
    run("--project", here, "ingest")
    assert "変更なしの 3 件は読み直していないので" in run("--project", here, "ingest", "--return", here / "out").stderr
    assert not (here / "out").exists()
    run("--project", here, "ingest", "--again", "--return", here / "out")
    assert len(files(here / "out")) == 2


def test_only_a_copy_that_nobody_has_touched_is_replaced(here: Path) -> None:
    """A copy that somebody has saved since, or any other file, is left alone: exit code 3, after the receipt and all other copies."""
    command = ("--project", here, "ingest", "--dry-run", "--return", here / "out")
    copy, other = here / "out/R4/水道局_要確認.xlsx", here / "out/R4/水道局_csv_要確認.xlsx"
    run(*command)
    assert run(*command).exit_code == 1
    book = opened(copy.read_bytes())
    book.save(copy)  # which keeps the name of whoever saved it before
    mended = copy.read_bytes()
    other.unlink()
    done = run(*command)
    assert (done.exit_code, copy.read_bytes(), other.exists()) == (3, mended, True)
    assert done.stdout.startswith("受領票")
    assert "data/inbox/R4/水道局.xlsx：写しはありません。" in done.stderr
    assert f"{copy} は fiveless が書いたままのものではないので、上書きしませんでした。" in done.stderr
    for foreign in (b"memo", packed({"a.txt": b""})):
        copy.write_bytes(foreign)
        assert (run(*command).exit_code, copy.read_bytes()) == (3, foreign)


def test_a_place_that_cannot_be_written_is_told(here: Path) -> None:
    """A file in the way of a folder, a folder in the way of a file: one sentence, exit code 3."""
    out = here / "out"
    out.mkdir()
    (out / "R4").touch()
    done = run("--project", here, "ingest", "--dry-run", "--return", out)
    assert done.exit_code == 3
    assert f"{out / 'R4/水道局_要確認.xlsx'} に書き込めません" in done.stderr
    (out / "R4").unlink()
    (out / "R4/水道局_要確認.xlsx").mkdir(parents=True)
    assert run("--project", here, "ingest", "--dry-run", "--return", out).exit_code == 3


def test_copies_do_not_go_where_reports_are_read(here: Path) -> None:
    """The inbox, a folder in it, a link to it, a folder that is given to be read, and a file are wrong use, before anything is read."""
    link = here / "link"
    link.symlink_to(here / "data/inbox/R4")
    for folder in (here / "data/inbox", here / "data/inbox/out", link):
        done = run("--project", here, "ingest", "--return", folder)
        assert (done.exit_code, "写しが報告として読まれてしまいます" in done.stderr) == (2, True)
    report(here / "mail/環境局.xlsx", "環境局")
    assert run("--project", here, "ingest", here / "mail", "--return", here / "mail/out").exit_code == 2
    assert run("--project", here, "ingest", "--return", here / "fiveless.toml").exit_code == 2
    assert not (here / "data/fiveless.duckdb").exists()


def test_files_of_one_name_from_two_places_have_two_copies(here: Path) -> None:
    """What lies outside of the inbox goes to the folder itself, each under a name of its own."""
    paths = [report(here / name / "水道局.xlsx", "水道科学局", [number]) for number, name in enumerate("ab")]
    run("--project", here, "ingest", "--dry-run", *paths, "--return", here / "out")
    assert files(here / "out") == ["水道局_要確認.xlsx", "水道局_要確認_2.xlsx"]


def test_a_file_that_changes_or_defeats_us_costs_its_copy_only(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is told, exit code 3, and the copies of the others are written."""
    from fiveless import pipeline

    project, now = pipeline_project(here), dt.datetime(2026, 4, 1, tzinfo=dt.UTC)
    to = pipeline.outbox(project, [], here / "out", "ja", now)

    def case(name: str, sha256: str) -> pipeline.Case:
        path = here / "data/inbox" / name
        return pipeline.Case(path, name, sha256, [found("N07", "B2")], False, [], 0, 0, 3)

    gone, other = pipeline.send_back(project, [case("gone.xlsx", ""), case("環境局.xlsx", "0" * 64)], to)
    assert (gone.failed, other.failed, other.why and other.why.en) == (True, True, "It changed after it was read; no copy was made.")

    def fail(*_: object) -> None:
        raise RuntimeError("unheard of")

    monkeypatch.setattr(annotate, "annotated", fail)
    done = run("--project", here, "ingest", "--dry-run", "--return", here / "out")
    assert done.exit_code == 3
    assert "写しをつくれませんでした（RuntimeError: unheard of）" in done.stderr


def pipeline_project(folder: Path) -> Any:
    """The project in a folder."""
    from fiveless import project

    return project.found(folder)
