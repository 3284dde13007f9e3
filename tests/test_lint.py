"""Files judged by the ministries' rules: a clean sheet gives nothing, and every fault is found where it is."""

import csv
import io
import json
import re
import struct
import zipfile
from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest
import typer.testing
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from drawn import drawn
from fiveless import pipeline
from fiveless.cli import app
from fiveless.errors import FivelessError, UsageError
from fiveless.finding import RULES, Finding
from fiveless.grid import Grid, Value, column_number
from fiveless.language import Lang, Words
from fiveless.lint import KINDS, Book, Level, Verdict, judge, ministry_rules, objects, unread
from fiveless.lint.flaws import columns_span, ranges, rows_span
from fiveless.lint.objects import Placed
from fiveless.lint.page import page_of
from fiveless.lint.tables import tables_of
from fiveless.receipt import Input
from fiveless.tables import lint as table
from fiveless.tables.lines import cells

LANGS: tuple[Lang, ...] = ("ja", "en")
Found = dict[str, tuple[str, ...]]


def found(sheet: str | Grid, *, is_csv: bool = False) -> Found:
    """Kind of fault → the cells in which a drawing has it."""
    grid = drawn(sheet) if isinstance(sheet, str) else sheet
    return {flaw.kind: flaw.cells for flaw in judge(Book("f.xlsx", [grid], is_csv)).flaws}


# Rules ----------------------------------------------------------------------------------------------------------------


def test_rules_are_those_of_the_ministries() -> None:
    """30 rules in three levels, each with a title in both languages; the items of 総務省 are each named once or twice, all fifteen."""
    rules = ministry_rules()
    assert list(rules) == [
        *(f"L1-{n:02}" for n in range(1, 16)),
        *(f"L2-{n:02}" for n in range(1, 7)),
        *(f"L3-{n:02}" for n in range(1, 10)),
    ]
    assert all(rule.title.ja and rule.title.en and rule.code.startswith(f"L{rule.level}-") for rule in rules.values())
    assert {rule.item for rule in rules.values() if rule.item} == {*(f"1-{n}" for n in range(1, 14)), "2-1", "2-2"}
    assert [rule.code for rule in rules.values() if not rule.is_checked] == ["L3-02", "L3-07", "L3-08"]


def test_each_checked_rule_can_be_broken() -> None:
    """Every rule that is said to be checked has a fault, and every fault a rule that is checked; findings cite rules that exist."""
    assert {kind.rule for kind in KINDS.values()} == {rule.code for rule in ministry_rules().values() if rule.is_checked}
    assert {rule.ministry for rule in RULES.values() if rule.ministry} <= set(ministry_rules())


# Clean sheets ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "sheet",
    [
        """
        |局名|年月|指標|単位|値|
        |環境局|2022-04|コピー件数|件|100|
        |環境局|2022-05|コピー件数|件|0|
        |財務局|2022-04|コピー件数|件|20|
        """,
        """
        |年月|局コード|部署名|FAX送信件数（件）|コピー用紙（千枚）|備考|
        |2022-04-01|'01|総務課|10|20||
        |2022-05-01|'01|総務課|11|20|納品ベース|
        |2022-06-01|'02|企画課|12|20||
        """,
        """
        |No.|担当課|電話番号|利用件数|利用率（%）|
        |1|総務課|'03-1234-5678|10|20|
        |2|企画課|'03-1234-5679|11|20|
        |3|経理課|'0312345678|12|20|
        """,
        """
        |部署名|FAX送信件数（件）|FAX受信件数（件）|コピー件数（件）|
        |総務課||||
        |企画課||||
        """,
        "|部署名|FAX送信件数（件）|FAX受信件数（件）|コピー件数（件）|",
        """
        |年月|FAX（件）|コピー（件）|
        |令和4年（2022年）4月|1|2|
        |2022年5月|1|2|
        """,
        """
        |区分|局|件数|
        |知事部局|環境局|10|
        |知事部局|財務局|20|
        |合計| |30|
        """,
        """
        |局|件数|枚数|
        |知事部局|||
        |環境局|1|2|
        |公営企業|||
        |交通局|1|2|
        """,
        """
        |局名|担当者|連絡方法|
        |環境局|山田|メール|
        |財務局|鈴木|FAX|
        """,
        """
        |県|地域コード|人数|
        |青森|2|1|
        |岩手|3|2|
        |宮城|4|3|
        """,
    ],
    ids=["long", "dates", "codes", "blank form", "headings only", "both eras", "total", "sections", "words", "area codes"],
)
def test_a_clean_sheet_gives_nothing(sheet: str) -> None:
    """A tidy table, filled in or not, meets all rules of all levels."""
    verdict = judge(Book("f.xlsx", [drawn(sheet)]))
    assert verdict.flaws == ()
    assert [(each.level, each.met, each.checked) for each in verdict.levels] == [(1, 13, 13), (2, 6, 6), (3, 6, 6)]


def test_an_empty_sheet_besides_a_table_is_no_fault() -> None:
    """Sheet2 and Sheet3, as Excel once made them, and a sheet of instructions are left alone."""
    table_sheet = drawn("|課|件数|枚数|\n|総務課|1|2|\n|企画課|3|4|")
    words = Grid("記入要領", [["１　①の欄に　記入してください。"], ["２　毎月10日まで。"]], [(0, 0, 0, 3)])
    assert judge(Book("f.xlsx", [table_sheet, Grid("Sheet2", []), words])).is_clean


# Where tables lie -----------------------------------------------------------------------------------------------------


def boxes(sheet: str) -> list[tuple[tuple[int, ...], int]]:
    """The tables of a drawing, each as its box and its rows of headings."""
    return [(tuple(each.box), each.headings) for each in tables_of(page_of(drawn(sheet)))]


def test_a_title_and_its_lines_are_no_part_of_the_table() -> None:
    """Titles, pairs such as 局名|環境局, captions at the right and notes below are told from the table."""
    sheet = """
    |FAX実績（2022年度）|<|<|<|
    |局名|環境局|||
    | | | |（単位：件）|
    |部署名|送信|受信|計|
    |総務課|1|2|3|
    |企画課|1|2|3|
    |※ 速報値||||
    """
    assert boxes(sheet) == [((3, 0, 5, 3), 1)]
    assert found(sheet) == {"title": ("A1:A2", "B2", "D3"), "outside": ("A7",), "merged": ("A1:D1",)}


def test_headings_of_several_rows() -> None:
    """Merged headings of three rows, and those of a form without any number, are headings, not data."""
    three = """
    |部署名|ペーパーレス|<|<|<|
    |^|2022年4月|<|2022年5月|<|
    |^|調達（枚）|コピー（件）|調達（枚）|コピー（件）|
    |総務課|1|2|1|2|
    """
    form = """
    |部署名|FAX|<|コピー件数（件）|
    |^|送信（件）|受信（件）|^|
    |総務課||||
    |企画課||||
    """
    assert boxes(three) == [((0, 0, 3, 4), 3)]
    assert boxes(form) == [((0, 0, 3, 3), 2)]
    assert found(three) == {"merged": ("A1:A3", "B1:E1", "B2:C2", "D2:E2"), "heading_rows": ("A1:E3",)}


def test_several_tables() -> None:
    """Side by side, one below another, and without a blank row between: each with headings of its own is a table."""
    beside = """
    |部署名|FAX（件）| |部署名|コピー（件）|
    |総務課|1| |総務課|2|
    |企画課|3| |企画課|4|
    """
    stacked = """
    |部署名|送信（件）|受信（件）|
    |総務課|1|2|
    |企画課|1|2|
    |2 コピー|||
    |部署名|白黒（枚）|カラー（枚）|
    |総務課|1|2|
    |企画課|1|2|
    |部署名|送信（通）|受信（通）|
    |総務課|1|2|
    """
    apart = """
    |部署名|件数|
    |総務課|1|
    |企画課|1|
    ||
    |部署名|枚数|
    |総務課|1|
    |企画課|1|
    """
    assert found(beside) == {"tables": ("A1:B3", "D1:E3")}
    assert found(stacked) == {"tables": ("A1:C3", "A5:C7", "A8:C9")}
    assert found(apart) == {"tables": ("A1:B3", "A5:B7")}


def test_a_table_that_blanks_split_is_one() -> None:
    """What has no headings or labels of its own belongs to the table above or beside it."""
    sheet = """
    |部署名|FAX（件）| |コピー（件）|
    |総務課|1| |2|
    |企画課|3| |4|
    | | | | |
    |経理課|5| |6|
    |合計|9| |12|
    """
    assert found(sheet) == {"split_rows": ("4:4",), "split_columns": ("C:C",)}


def test_blanks_before_the_table() -> None:
    """A table that begins at B2 has a margin."""
    assert found("| | |\n| |課|件数|\n| |総務課|1|\n| |企画課|2|") == {"margin": ("1:1", "A:A")}


def test_years_and_months_as_numbers_are_headings() -> None:
    """2019, 2020 … and 4, 5, 6 over a table head it; small counts that happen to run on do not."""
    assert found("|区分|2019|2020|2021|\n|紙（枚）|1|2|4|\n|FAX（件）|1|2|3|") == {"across": ("B1:D1",)}
    assert boxes("|課|4|5|6|\n|総務課|10|20|30|") == [((0, 0, 1, 3), 1)]
    assert boxes("|課|紙（枚）|FAX（件）|来庁（件）|\n|総務課|1|2|3|\n|企画課|4|5|6|") == [((0, 0, 2, 3), 1)]


# Faults ---------------------------------------------------------------------------------------------------------------


def test_faults_of_numbers() -> None:
    """Numbers as text, words, several in a cell, undefined signs and blanks are each told by their cells."""
    sheet = """
    |部署名|FAX送信件数|コピー（枚）|
    |総務課|'1,234|10|
    |企画課|'１２３|20|
    |経理課|▲5件|'－|
    |文書課|10（うち夜間2）|別途回答|
    |広報課|'12/30|'***|
    |人事課|100|未集計|
    |財務課|100||
    |計|1|1|
    """
    assert found(sheet) == {
        "several": ("B5:B6",),
        "blanks": ("C8",),
        "text_number": ("B2:B4",),
        "words": ("C5", "C7"),
        "undefined": ("C4", "C6"),
    }


def test_a_sign_that_is_defined_is_no_fault() -> None:
    """「－」は該当なし, on any sheet of the workbook, defines the sign."""
    data, notes = drawn("|局|件数|\n|環境局|'－|\n|財務局|1|", "表"), Grid("注", [["凡例"], ["「－」は該当なし"]])
    assert judge(Book("f.xlsx", [data, notes])).is_clean
    assert found(data) == {"undefined": ("B2",)}


def test_faults_of_headings() -> None:
    """Headings that are missing, signs, the same twice, in several rows, left out, or not there at all."""
    assert found("|課| |※|件数|件数|\n|総務課|1|2|3|4|\n|企画課|1|2|3|4|") == {
        "no_heading": ("B1",),
        "sign_heading": ("C1",),
        "same_heading": ("D1:E1",),
        "no_unit": ("B1:C1",),
    }
    rows = """
    |部署|ペーパー| |FAX| |
    | |枚|件|送信件数|受信件数|
    |総務課|1|2|3|4|
    |企画課|1|2|3|4|
    """
    assert found(rows) == {"heading_rows": ("A1:E2",), "omitted_heading": ("C1", "E1")}
    assert found("|FAX送信件数|120|件|\n|FAX受信件数|80|件|") == {"no_headings": ("A1:C2",)}


def test_labels_left_out() -> None:
    """Blank labels below a filled one and 〃 are left out; a merged label is only merged."""
    assert found("|区分|局|件数|\n|知事部局|環境局|1|\n| |財務局|2|\n|〃|主税局|3|") == {"omitted": ("A3:A4",)}
    assert found("|区分|局|件数|\n|知事部局|環境局|1|\n|^|財務局|2|") == {"merged": ("A2:A3",)}


def test_faults_of_text() -> None:
    """Layout by spaces and line breaks, foreign signs (but no kanji, and none of Windows' own), and several spellings."""
    rows: list[list[str | float]] = [
        ["部署名", "①件数", "枚数\n（枚）"],
        ["総　務　課", 1.0, 2.0],
        ["髙島～－課", 1.0, 2.0],
        ["か\u3099課 ", 1.0, 2.0],
    ]
    assert found(Grid("S", rows)) == {"spaces": ("A2", "A4"), "breaks": ("C1",), "characters": ("B1", "A4")}
    said = judge(Book("f.xlsx", [Grid("S", rows)])).flaws
    assert "（① U+3099）" in next(flaw.says("ja") for flaw in said if flaw.kind == "characters")
    assert found("|手段|件数|\n|ＦＡＸ|1|\n|FAX|2|\n|FAX|3|") == {"variants": ("A2",)}
    assert found("|手段|件数|\n|その他（郵送）|1|\n|その他（電話）|2|\n|FAX|3|") == {"other": ("A2:A3",)}
    assert found("|手段|件数|\n|その他（郵送）|1|\n|FAX|3|") == {}


def test_units() -> None:
    """A unit may stand in the heading, in the label, in a column of units or in the caption; what counts (件数, 率) is its own."""
    bare = "|課|起案文書数|送信件数|\n|総務課|1|2|\n|企画課|1|2|"
    assert found(bare) == {"no_unit": ("B1",)}
    assert "no_unit" not in found(f"|（単位：件）| | |\n{bare}")
    assert found("|項目|2022-04|2022-05|\n|起案文書数|1|2|\n|FAX（件）|1|2|") == {"no_unit_rows": ("A2",)}
    assert found("|項目|単位|2022-04|2022-05|\n|起案文書数|件|1|2|\n|FAX|件|1|2|") == {}
    shown = Grid("S", [["課", "電子化"], ["総務課", 0.5], ["企画課", 0.75]], percent=frozenset({(1, 1), (2, 1)}))
    assert found(shown) == {}


def test_time_and_areas() -> None:
    """Eras alone, months without a year, months across, and prefectures without 県 are told."""
    assert found("|年月|件数|\n|R4.4|1|\n|令和4年5月|1|") == {"era": ("A2:A3",)}
    assert found("|課|4月|5月|6月|\n|FAX（件）|1|2|3|\n|紙（枚）|1|2|3|") == {"yearless": ("B1:D1",), "across": ("B1:D1",)}
    assert found("|地域|件数|\n|東京|1|\n|大阪|2|\n|京都|3|\n|奈良県|3|") == {"area": ("A2:A4",)}


def test_what_only_a_workbook_has() -> None:
    """Merged, hidden, struck out, formulas, their errors and those without result; a hidden sheet is only told to be hidden."""
    rows: list[list[Value]] = [["課", "件数", "枚数"], ["総務課", 1.0, 2.0], ["企画課", 1.0, ""], ["計", 2.0, ""]]
    grid = Grid(
        *("S", rows),
        hidden_rows=frozenset({1, 90}),
        hidden_columns=frozenset({2}),
        errors={(2, 2): "#REF!"},
        uncached=frozenset({(3, 2)}),
        struck=frozenset({(1, 1), (9, 9)}),
        formulas={(3, 1): "SUM(B2:B3)", (2, 2): "X1", (3, 2): "SUM(C2:C3)"},
    )
    assert found(grid) == {
        "struck": ("B2",),
        "hidden_rows": ("2:2",),
        "hidden_columns": ("C:C",),
        "errors": ("C3",),
        "uncached": ("C4",),
        "formulas": ("B4",),
        "words": ("C3",),
    }
    assert found(Grid("S", rows, [(0, 0, 0, 1)], hidden=True)) == {"no_table": (), "hidden_sheet": ()}


def test_csv() -> None:
    """Plain numbers of a CSV are numbers; line breaks in a value and a comma too many are its faults; rules of Excel are not asked."""
    rows: list[list[Value]] = [
        ["局名", "件数", "金額（円）"],
        ["環境局", "5", "100"],
        ["財\n務局", "7", "1,234"],
        ["水道局", "7", "1", "234"],
        ["港湾局", "7", "1"],
    ]
    assert found(Grid("S", rows), is_csv=True) == {"csv_break": ("A3",), "csv_commas": ("4:4",), "text_number": ("C3",)}
    assert [(each.level, each.checked) for each in judge(Book("f", [Grid("S", rows)], is_csv=True)).levels] == [(1, 11), (2, 5), (3, 6)]


@pytest.mark.parametrize("level", [1, 2, 3])
def test_up_to_a_level(level: Level) -> None:
    """Only the rules up to the level asked for are judged."""
    verdict = judge(Book("f.xlsx", [drawn("|令和4年|<|\n|課|文書数|\n|総務課|'1|\n|企画課|2|")]), level)
    assert {flaw.rule.level for flaw in verdict.flaws} == set(range(1, level + 1))
    assert [each.level for each in verdict.levels] == list(range(1, level + 1))
    assert not any(each.conforms for each in verdict.levels)


# Places ---------------------------------------------------------------------------------------------------------------


def test_cells_as_ranges() -> None:
    """Runs down a column are one range, equal ones side by side too; rows and columns have forms of their own."""
    assert ranges([(3, 1), (4, 1), (5, 1), (3, 2), (4, 2), (5, 2), (0, 0), (9, 3)]) == ("A1", "B4:C6", "D10")
    assert (rows_span([4, 2, 3, 8]), columns_span([1, 2, 27])) == (("3:5", "9:9"), ("B:C", "AB:AB"))


def _cells_of(spans: Sequence[str]) -> list[tuple[int, int]]:
    cells = []
    for each in spans:
        (left, top), (right, bottom) = (re.fullmatch(r"([A-Z]+)(\d+)", corner).groups() for corner in (each.split(":") * 2)[:2])  # type: ignore[union-attr]  # they are addresses
        columns = range(column_number(left), column_number(right) + 1)
        cells += [(row, column) for row in range(int(top) - 1, int(bottom)) for column in columns]
    return cells


@given(st.sets(st.tuples(st.integers(0, 6), st.integers(0, 30))))
def test_ranges_hold_each_cell_once(places: set[tuple[int, int]]) -> None:
    """Whatever cells are told as ranges, the ranges are those cells, each once."""
    assert sorted(_cells_of(ranges(places))) == sorted(places)


@given(
    st.lists(st.lists(st.sampled_from(["", 1.0, 2.0, "課", "計", "件数（件）", "-", "R4.4", "※ 注"]), min_size=4, max_size=4), max_size=9)
)
def test_no_sheet_is_too_odd(rows: list[list[str | float]]) -> None:
    """Any sheet gets a verdict; the tables found lie apart, and each has a number or a heading."""
    grid = Grid("S", rows)
    judge(Book("f.xlsx", [grid]))
    page = page_of(grid)
    tables = tables_of(page) if page.cells else []
    held = [place for place in page.cells for each in tables if each.holds(place)]
    assert len(held) == len(set(held))
    assert all(each.rows or each.headings for each in tables)


# Files ----------------------------------------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A clean CSV, a workbook with objects, one of a legacy form, one that is none, and Excel's mark of an open file."""
    (tmp_path / "clean.csv").write_text("局名,年月,件数（件）\n環境局,2022-04,5\n財務局,2022-04,7\n", encoding="utf-8")
    (tmp_path / "memo.xlsx").write_text("see you on Friday", encoding="utf-8")
    (tmp_path / "~$form.xlsx").write_bytes(b"")
    _with_objects(tmp_path / "form.xlsx")
    return tmp_path


def _with_objects(path: Path) -> None:
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("様式")
    for row, values in enumerate([["部署名", "送信件数", "受信件数"], ["総務課", 1, 2], ["企画課", 3, 4]]):
        sheet.write_row(row, 0, values)
    sheet.write_comment("B2", "確認")
    sheet.insert_textbox("E2", "注意", {"width": 64, "height": 20})
    chart = book.add_chart({"type": "line"})
    chart.add_series({"values": "=様式!$B$2:$B$3"})
    sheet.insert_chart("E10", chart)
    sheet.insert_button("H2", {"width": 64, "height": 20})
    book.add_worksheet("控え").hide()
    book.close()


def test_objects_of_a_package(folder: Path) -> None:
    """Charts, shapes, comments and form controls are found where they lie; other files have none."""
    placed = objects((folder / "form.xlsx").read_bytes())
    assert [(each.kind, each.cells.partition(":")[0]) for each in placed["様式"]] == [
        ("chart", "E10"),
        ("shape", "E2"),
        ("control", "H2"),
        ("comment", "B2"),
    ]
    assert placed["控え"] == []
    assert objects(b"no archive") == {}
    image = io.BytesIO()
    openpyxl.Workbook().save(image)
    assert objects(image.getvalue()) == {"Sheet": []}


def test_pictures_without_corners_have_no_place() -> None:
    """A picture that floats free of cells is told too."""
    flaws = judge(Book("f.xlsx", [drawn("|課|件数|\n|総務課|1|\n|企画課|2|")], objects={"Sheet1": [Placed("picture")]})).flaws
    assert [(flaw.kind, flaw.cells, flaw.says("en")) for flaw in flaws] == [("objects", (), "There are objects: pictures.")]


def test_files_of_a_folder(folder: Path) -> None:
    """Every file gets a verdict under its name from the folder on; one that cannot be read is refused, a lock file passed over."""
    seen: list[tuple[int, int, str]] = []
    linted = pipeline.lint([folder], folder, on_file=lambda *each: seen.append(each))
    clean, form, memo = linted.verdicts
    assert [each.file for each in linted.verdicts] == ["clean.csv", "form.xlsx", "memo.xlsx"]
    assert (clean.is_clean, linted.is_clean, linted.nothing_read) == (True, False, False)
    assert {sheet: [flaw.kind for flaw in flaws] for sheet, flaws in form.sheets().items()} == {
        "様式": ["objects", "comments"],
        "控え": ["hidden_sheet"],
    }
    assert memo.refused is not None
    assert [flaw.rule.code for flaw in memo.flaws] == ["L1-01"]
    assert [each.file for each in linted.skipped] == ["~$form.xlsx"]
    assert seen == [(0, 3, "clean.csv"), (1, 3, "form.xlsx"), (2, 3, "memo.xlsx"), (3, 3, "")]


def test_a_legacy_form_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A .xls or .xlsb is judged, and told to be of an old form; what defeats the rules costs its own file only."""
    monkeypatch.setattr("fiveless.workbook.load", lambda _content, _path: [drawn("|課|件数|\n|総務課|1|\n|企画課|2|")])
    (folder / "old.xls").write_bytes(b"\xd0\xcf\x11\xe0" + struct.pack("<Q", 0))
    with zipfile.ZipFile(folder / "old.xlsb", "w") as archive:
        archive.writestr("xl/workbook.bin", b"")
    said = {
        each.file: [flaw.says("en") for flaw in each.flaws]
        for each in pipeline.lint([folder / "old.xls", folder / "old.xlsb"], folder).verdicts
    }
    assert said == {
        "old.xls": ["This is a workbook of a legacy form (.xls)."],
        "old.xlsb": ["This is a workbook of a legacy form (.xlsb)."],
    }
    monkeypatch.setattr("fiveless.workbook.load", lambda _content, _path: [None])
    (broken,) = pipeline.lint([folder / "clean.csv"], folder).verdicts
    assert broken.refused is not None
    assert broken.refused.code == "F07"


def test_a_file_that_cannot_be_opened(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that the system withholds is refused with its reason, and breaks no rule."""

    def closed(_path: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", closed)
    linted = pipeline.lint([folder / "clean.csv"], folder)
    assert linted.nothing_read
    assert [(each.flaws, each.refused and each.refused.says("en")) for each in linted.verdicts] == [
        ((), "This cannot be opened (Permission denied).")
    ]


def test_nothing_to_judge(tmp_path: Path) -> None:
    """A path that does not exist is wrong use; a folder with no file in it cannot be judged."""
    with pytest.raises(UsageError):
        pipeline.lint([tmp_path / "no.xlsx"], tmp_path)
    with pytest.raises(FivelessError):
        pipeline.lint([tmp_path], tmp_path)


# Shown ----------------------------------------------------------------------------------------------------------------


def verdicts() -> list[Verdict]:
    """A clean file, one with faults on two sheets, one that cannot be read and one that cannot be opened."""
    clean, dirty = (
        drawn("|課|件数|\n|総務課|1|\n|企画課|2|"),
        drawn("|令和4年度 実績報告|<|<|\n|課|文書数|備|\n|総務課|'1,234|a|b|\n|計|2|c|", "実績"),
    )
    return [
        judge(Book("clean.xlsx", [clean])),
        judge(Book("dirty.xlsx", [dirty, Grid("別表", dirty.rows, dirty.merges)])),
        unread(Finding("F03", "locked.xlsx")),
        unread(Finding("F08", "closed.xlsx", fields={"reason": "no"})),
    ]


SKIPPED = [Input("~$x.xlsx", "skipped", Words("は印です。", "is a mark."))]


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("width", [50, 60, 80, 120])
def test_verdicts_fit_their_terminal(lang: Lang, width: int) -> None:
    """On no terminal does a line run over its end, and every rule that is broken is there with its mend."""
    said = [line.plain for line in table.screen(verdicts(), SKIPPED, 3, lang, width)]
    assert max(map(cells, said)) <= width
    text = re.sub(r"\s", "", "".join(said))
    for flaw in verdicts()[1].flaws:
        assert all(re.sub(r"\s", "", part) in text for part in (flaw.rule.code, flaw.says(lang), flaw.mend(lang)))


def test_verdicts_for_a_pipe() -> None:
    """Grouped by file and sheet with a verdict on each level, mends once for each rule, and what is left to a person."""
    said = [line.plain for line in table.screen(verdicts()[:2], (), 3, "en", None)]
    assert said[:5] == [
        "Machine readability",
        "",
        "clean.xlsx",
        "  Level 1 ● conforms 13 of 13 rules   Level 2 ● conforms 6 of 6 rules   Level 3 ● conforms 6 of 6 rules",
        "  Nothing was found.",
    ]
    assert said[7:10] == [
        "  Level 1 ○ needs work 11 of 13 rules   Level 2 ○ needs work 5 of 6 rules   Level 3 ○ needs work 3 of 6 rules",
        "  実績",
        "    ○ L1-05  D2     Columns have no heading.",
    ]
    assert sum("Unmerge them" in line for line in said) == 1
    assert "  L3-07  The form does not change greatly from year to year" in said
    assert said[-1] == "Files: 2 (conforming 1, needing work 1, unreadable 0)"


def test_verdicts_as_csv_and_json() -> None:
    """One line for each fault with stable names; JSON adds the levels, what was passed over and what was not judged."""
    rows = list(csv.DictReader(io.StringIO(table.as_csv(verdicts(), "en"))))
    assert rows[0] == {
        "file": "dirty.xlsx",
        "sheet": "実績",
        "cells": "D2",
        "count": "1",
        "rule": "L1-05",
        "mic_item": "",
        "level": "1",
        "severity": "warning",
        "title": "Every column has a name that tells its content",
        "says": "Columns have no heading.",
        "mend": "Give the column a heading that tells its content.",
    }
    assert [(row["file"], row["rule"], row["level"]) for row in rows[-2:]] == [("locked.xlsx", "L1-01", "1"), ("closed.xlsx", "F08", "")]
    told = json.loads(table.as_json(verdicts(), SKIPPED, 2, "ja"))
    assert [(each["file"], each["outcome"]) for each in told["files"]] == [
        ("clean.xlsx", "clean"),
        ("dirty.xlsx", "found"),
        ("locked.xlsx", "refused"),
        ("closed.xlsx", "refused"),
    ]
    assert told["files"][0]["levels"][0] == {"level": 1, "verdict": "conforms", "met": 13, "checked": 13}
    assert (told["skipped"], told["not_checked"]) == ([{"file": "~$x.xlsx", "why": "は印です。"}], [])


def test_verdicts_as_markdown() -> None:
    """A section for each file, a table of its faults, bars escaped, and the rules for a person at the end."""
    said = table.markdown([*verdicts()[:2], unread(Finding("F01", "a|b.xlsx", fields={"reason": "x|y"}))], 3, "en").splitlines()
    assert said[:8] == [
        "# Machine readability",
        "",
        "## clean.xlsx",
        "",
        "- Level 1: conforms (13 of 13 rules)",
        "- Level 2: conforms (6 of 6 rules)",
        "- Level 3: conforms (6 of 6 rules)",
        "",
    ]
    assert "| 実績 | D2 | L1-05 |  | Columns have no heading. | Give the column a heading that tells its content. |" in said
    assert "## a\\|b.xlsx" in said
    assert said[-1] == "- L3-08 Definitions and the history of changes are stated"
    assert "For a person" not in table.markdown(verdicts(), 2, "en")


# Typed ----------------------------------------------------------------------------------------------------------------


def run(*args: str | Path) -> typer.testing.Result:
    """The command in this process."""
    return typer.testing.CliRunner().invoke(app, ["lint", *map(str, args), "--lang", "en"])


def test_exit_codes(folder: Path) -> None:
    """0 nothing found, 1 findings, 2 no file named or none there, 3 none that can be read."""
    assert run(folder / "clean.csv").exit_code == 0
    assert run(folder).exit_code == 1
    assert (run().exit_code, run(folder / "no.xlsx").exit_code) == (2, 2)
    assert run(folder / "memo.xlsx").exit_code == 3


def test_every_form(folder: Path) -> None:
    """Each form comes to stdout, and nothing else does; no project is needed."""
    said = {form: run(folder, "--format", form, "--level", "1").stdout for form in ("table", "csv", "json", "markdown")}
    assert said["table"].startswith("Machine readability\n")
    assert said["csv"].startswith("file,sheet,cells,count,rule,")
    assert len(json.loads(said["json"])["files"]) == 3
    assert said["markdown"].startswith("# Machine readability\n")
