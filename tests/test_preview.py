"""The preview: where each part of a meaning was read, what a check adds up, and how a sheet is drawn."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
import typer.testing
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st
from rich.text import Text

from drawn import drawn, lexicon
from fiveless import intake, preview
from fiveless.checks import settle
from fiveless.cli import app
from fiveless.errors import UsageError
from fiveless.grid import Grid, Value, address, position
from fiveless.labels import Label
from fiveless.meaning import Meaning, Said
from fiveless.observation import Reading
from fiveless.pages import preview as pages
from fiveless.preview import Picture, Preview, Why, asked
from fiveless.preview.places import Places
from fiveless.preview.sums import ranges
from fiveless.structure import Codelists
from fiveless.tables import preview as table
from fiveless.tables.drawing import Drawing
from fiveless.unpivot import Sheet, unpivot

SAMPLES = sorted((Path(__file__).parents[1] / "data/inbox").glob("*.xlsx"))
TABLE = """
    | 水道局 コピー件数 令和4年度 | | | |
    | 部署名 | 4月 | 5月 | 計 |
    | 総務課 | 10 | 20 | 30 |
    | 企画課 | 1 | 2 | 4 |
    | 合計 | 11 | 22 | 34 |
"""


def looked_at(*grids: Grid, file: str = "報告") -> Preview:
    """The preview of a file with some sheets."""
    cover = intake._cover([*grids], lexicon())
    sheets = [unpivot(grid, lexicon(), lexicon().read(file), cover) for grid in grids]
    observations, accounts, findings = settle(sheets, file, lexicon().codelists.measure)
    findings += [finding for grid in grids for finding in intake._cells(grid, file)]
    return preview.of(sheets, Reading(file, "0" * 64, observations, accounts, findings), lexicon().codelists)


def seen(text: str, sheet: str = "Sheet1", file: str = "報告", **more: object) -> Preview:
    """The preview of a drawing."""
    return looked_at(replace(drawn(text, sheet), **more), file=file)  # type: ignore[arg-type]  # fields of a Grid


def why(found: Preview, cell: str, sheet: int = 0) -> Why:
    """The explanation of a cell."""
    return found.reasons[sheet].of(position(cell))


def said(found: Preview, cell: str, sheet: int = 0) -> list[str]:
    """What is said of a cell, in Japanese."""
    return [words.ja for words in why(found, cell, sheet).says]


def parts(found: Preview, cell: str, sheet: int = 0) -> dict[str, str]:
    """The parts of a cell's meaning, each with the cells or names where it was read."""
    return {
        part.facet: f"{part.value.ja} < {' '.join(spot.cell or spot.where for spot in part.spots)}".rstrip(" <")
        for part in why(found, cell, sheet).parts
    }


# Where a meaning was read -----------------------------------------------------------------------------------------------


def _known(sheet: Sheet, places: Places, index: int) -> Meaning:
    """The meaning of a figure as the labels alone give it that are named as its sources."""
    context, kept = sheet.context(index), {id(source.label) for source in places.sources(sheet, index)}
    beside, over = (
        sheet.meanings.said(tuple(each for each in path if id(each) in kept)) for path in (context.beside.path, context.over.path)
    )
    above, names = context.captions.path[:-3], context.captions.path[-3:]
    captions = [*(each for each in above if id(each) in kept), *(each if id(each) in kept else Label("") for each in names)]
    right = context.right if id(context.right) in kept else None
    return sheet.meanings.of(replace(context, beside=beside, over=over, right=right, captions=Said(tuple(captions))))


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_the_labels_that_are_named_give_the_meaning(path: Path, codelists: Codelists) -> None:
    """Of every number understood: the labels named as its sources, and no others, give the same meaning; each has its cell."""
    sheets, reading = intake.examine(path, path.name, codelists)
    places = Places(sheets, reading.file, codelists)
    for sheet in sheets:
        for index in range(len(sheet.figures.run)):
            meaning = places.meaning(sheet, index)
            if not meaning.reason:
                parts = replace(meaning, aggregate_beside="", aggregate_over="", names_measure=False, dated=False, cumulative=False)
                again = _known(sheet, places, index)
                names = ("bureau", "office", "measure", "period", "basis", "scenario", "status", "factor")
                assert [getattr(parts, name) for name in names] == [getattr(again, name) for name in names]
            for source in places.sources(sheet, index):
                spot = places.where(sheet, index, source)
                if spot.where in ("beside", "over", "right", "caption"):
                    assert spot.place
                    assert sheet.layout.sheet.labels[spot.place].text == spot.text


def test_each_part_says_where_it_was_read() -> None:
    """The month in the heading, its year and the bureau in the title, the office beside."""
    assert parts(seen(TABLE), "C3") == {
        "measure": "コピー件数 < A1",
        "bureau": "水道局 < A1",
        "office": "総務課 < A3",
        "period": "2022年5月 < C2 A1",
        "basis": "単月",
        "scenario": "実績",
        "unit": "件",
    }


def test_names_of_sheet_and_file_units_and_shifts() -> None:
    """A bureau in the file's name, a measure in the sheet's, a unit to the right, thousands in the heading, 前年同月."""
    found = seen("| 令和4年6月 | | |\n| 総務課 | 3 | 千枚 |\n| 前年同月 | 4 | 枚 |", sheet="コピー用紙購入量", file="水道局")
    assert parts(found, "B2") | {"basis": "", "scenario": ""} == {
        "measure": "コピー用紙調達量 < sheet",
        "bureau": "水道局 < file",
        "office": "総務課 < A2",
        "period": "2022年6月 < A1",
        "unit": "枚 ×1,000 < C2",
        "basis": "",
        "scenario": "",
    }
    assert parts(found, "B3")["period"] == "2021年6月 < A1 A3"
    assert said(found, "B2") == ["3,000 枚として採用しました。"]


def test_a_year_that_is_carried_along_has_its_own_place() -> None:
    """令和3年12月, 1月: the year of January stands over December."""
    across = seen("| 水道局 コピー件数 | | |\n| 部署名 | 令和3年12月 | 1月 |\n| 総務課 | 1 | 2 |")
    down = seen("| 水道局 コピー件数 | |\n| 年月 | 件数 |\n| 令和3年12月 | 1 |\n| 1月 | 2 |")
    assert (parts(across, "C3")["period"], parts(down, "B4")["period"]) == ("2022年1月 < C2 B2", "2022年1月 < A4 A3")


def test_a_cover_sheet_gives_bureau_and_month() -> None:
    """What the cover says has its cell on the cover."""
    cover = drawn("| ※注記です。 |\n| 水道局 |\n| 令和4年6月 |", "表紙")
    found = looked_at(cover, drawn("| 部署名 | コピー件数 |\n| 総務課 | 1 |", "表"))
    spots = {part.facet: [(spot.where, spot.sheet, spot.cell) for spot in part.spots] for part in why(found, "B2", 1).parts}
    assert spots["bureau"] == [("cover", "表紙", "A2")]
    assert spots["period"][0][:2] == ("cover", "表紙")


def test_a_status_has_its_label() -> None:
    """速報値 in the title."""
    found = seen("| 水道局 コピー件数 令和4年6月 速報値 | |\n| 部署名 | 件数 |\n| 総務課 | 1 |")
    assert parts(found, "B3")["status"] == "速報値 < A1"


# Checks ---------------------------------------------------------------------------------------------------------------


def test_a_check_names_what_it_adds_up() -> None:
    """A total that agrees names its cells along row and column; one that does not names its likeliest parts and both numbers."""
    found = seen(TABLE)
    assert said(found, "D3") == ["B3:C3 の和 30 と一致します。"]
    assert said(found, "B5") == ["B3:B4 の和 11 と一致します。"]
    assert said(found, "D4") == ["合計 4 が内訳の和 3 と合いません。", "内訳は B4:C4 です。"]
    assert (found.pictures[0].kind((3, 3)), found.pictures[0].kind((2, 3)), found.asks) == ("trouble", "check", True)


def test_a_figure_stated_again_names_the_other_cell() -> None:
    """On the same sheet by its cell, on another with the sheet's name."""
    one = drawn("| 水道局 コピー件数 令和4年6月 | |\n| 総務課 | 10 |\n| 総務課 | 10 |", "甲")
    other = drawn("| 水道局 コピー件数 令和4年6月 | |\n| 総務課 | 10 |", "乙")
    found = looked_at(one, other)
    assert said(found, "B3") == ["同じ数値の再記載です（B2, 乙!B2）。"]
    assert said(found, "B2", 1) == ["同じ数値の再記載です（甲!B2, 甲!B3）。"]


def test_a_running_total_that_no_word_of_its_line_calls_one() -> None:
    """What adds up figures of other tables says so, and names no other cell as its like."""
    months = drawn("| 水道局 令和6年度 | | | |\n| 項目 | 4月 | 5月 | 6月 |\n| FAX送信件数 | 10 | 20 | 40 |", "月別")
    until = drawn("| 水道局 令和6年度 6月までの累計 | |\n| FAX送信件数 | 70 |", "累計")
    assert said(looked_at(months, until), "B2", 1) == ["このファイルのほかの数値を合計したものなので、二重には数えません。"]


def test_a_presumed_total_names_the_rows_it_equals() -> None:
    """総務部 that is the sum of the offices below it."""
    found = seen("| 水道局 コピー件数 令和4年6月 | |\n| 部署名 | 件数 |\n| 総務部 | 30 |\n| 企画課 | 10 |\n| 経理課 | 20 |")
    assert said(found, "B3")[-1] == "B4:B5 の和 30 と一致します。"


def test_totals_that_are_taken_say_so() -> None:
    """A total without parts is the report itself; a sum in another unit agrees but for its unit."""
    alone = seen("| 水道局 令和4年6月 | |\n| | コピー件数 |\n| 合計 | 31 |")
    assert said(alone, "B3")[1].startswith("合計ですが")
    mixed = seen(
        "| 水道局 コピー用紙購入量 令和4年6月 | | |\n| 部署名 | 数量 | 単位 |\n| 総務課 | 1 | 枚 |\n| 企画課 | 2 | 枚 |\n| 計 | 3 | 千枚 |"
    )
    assert said(mixed, "B5") == ["B3:B4 の和 3 と一致します（単位を除けば）。"]


# Numbers set aside, labels, all else ------------------------------------------------------------------------------------


def test_a_number_set_aside_says_what_is_missing() -> None:
    """The reason in words, the part that is not known with the label asked, and how to mend it; that label is marked."""
    found = seen("| 水道局 令和4年6月 | | |\n| 部署名 | ホチキスの数 | コピー件数 |\n| 総務課 | 10 | 20 |")
    reason = why(found, "B3")
    assert (reason.fate, reason.code, reason.cell.kind) == ("set_aside", "N01", "aside")
    assert reason.says[0].ja.endswith("がどの指標か分かりません。")
    assert "fiveless.toml" in reason.mend[0].ja
    assert parts(found, "B3")["measure"] == "分からない < B2"
    assert found.pictures[0].kind((1, 1)) == "unread"


def test_a_heading_for_which_numbers_are_set_aside_is_marked() -> None:
    """It says which finding it caused; the number names it as not understood."""
    found = seen("| 水道局 コピー件数 令和4年6月 | |\n| 区分 | 件数 |\n| 両面 | 10 |")
    assert found.pictures[0].kind((2, 0)) == "unread"
    assert any(text.startswith("このため保留になった数値があります") for text in said(found, "A3"))
    assert parts(found, "B3")["unknown"] == "両面 < A3"


def test_what_is_no_observation_says_why() -> None:
    """A rate names the heading that makes it one; a running number and a month in numbers are told; nothing is asked."""
    found = seen("| 水道局 コピー件数 令和4年度 | | | |\n| No. | 部署名 | 6月 | 前年比 |\n| 1 | 総務課 | 10 | 0.9 |")
    assert (parts(found, "D3")["apart"], why(found, "D3").code) == ("前年比 < D2", "N19")
    assert (said(found, "A3"), found.pictures[0].kind((2, 0)), why(found, "A3").mend) == (["行番号・コードです。"], "passed", ())


def test_a_row_that_is_called_void_names_the_word() -> None:
    """差替済 stands in the row's own cell; a forecast names its heading; an office that gathered the figures is not named as theirs."""
    found = seen(
        "| 水道局 コピー件数 令和4年度 | | | |\n| 状態 | 部署名 | 6月 | 7月見込 |\n| 差替済 | 総務課 | 10 | 9 |\n| 有効 | 総務課 | 11 | 9 |"
    )
    assert (parts(found, "C3")["apart"], why(found, "C3").code, why(found, "C3").mend) == ("差替済 < A3", "N31", ())
    assert (parts(found, "D4")["apart"], why(found, "D4").code) == ("7月見込 < D2", "N30")
    gathered = seen("| 各局一覧 令和4年8月 | |\n| デジタルサービス局総務部 | |\n| 項目 | 総務局 |\n| FAX送信件数 | 3 |")
    assert "office" not in parts(gathered, "B4")


def test_a_conflict_within_the_file_names_the_other_cell() -> None:
    """Two values of one figure: each says where the other is."""
    found = seen("| 水道局 コピー件数 令和4年6月 | |\n| 部署名 | 件数 |\n| 総務課 | 10 |\n| 総務課 | 11 |")
    assert said(found, "B3") == ["同じ項目が Sheet1 › B4 では 11 です（ここでは 10）。"]


def test_a_label_says_what_it_was_read_as_and_what_it_served() -> None:
    """Its own reading, facet by facet, and the numbers to which it gave what."""
    found = seen(TABLE)
    assert parts(found, "A1") == {"counted": "コピー", "period": "2022年度", "bureau": "水道局"}
    assert said(found, "A1") == ["指標・時期・局として 9 個の数値に使いました（B3:D5）。"]
    assert parts(found, "B2") == {"period": "4月（年は別の所から）"}
    assert parts(found, "D2") == {"aggregate": "合計"}
    assert said(found, "A2") == ["この文を使った数値はありません。"]


def test_labels_of_every_kind() -> None:
    """Units, scenario, basis, parts, repetitions, and notes."""
    found = seen("| 目標（千枚） | 累計 | うち再掲 | 削減率 | ※注記です。 | キャッシュレス | 企画課 |")
    assert parts(found, "A1") == {"scenario": "目標", "unit": "枚 ×1,000"}
    assert parts(found, "B1") == {"basis": "4月からの累計"}
    assert set(parts(found, "C1")) == {"apart"}
    assert parts(found, "D1")["apart"] == "率・差などの計算値"
    assert (parts(found, "E1"), said(found, "E1")) == ({}, ["文や注記なので、数値の意味には使いません。"])
    assert parts(found, "F1")["less"] == "キャッシュレス"
    assert parts(found, "G1") == {"office": "企画課"}


def test_cells_that_are_neither_numbers_nor_labels() -> None:
    """Marks, blanks, errors, formulas without result, words for a number, what is hidden, struck out or merged."""
    text = """
        | 水道局 コピー件数 2022年度 | < | | |
        | 部署名 | 4月 | 5月 | 6月 |
        | 総務課 | 1 | － | 3 |
        | 企画課 | | 2 | 未集計ですので後日 |
        | 調整課 | 4 | 5 | 6 |
        | 経理課 | 7 | 8 | 9 |
    """
    found = seen(
        text,
        errors={(4, 1): "#N/A"},
        uncached=frozenset({(6, 1)}),
        hidden_rows=frozenset({5}),
        struck=frozenset({(4, 2)}),
    )
    picture = found.pictures[0]
    assert (picture.kind((2, 2)), said(found, "C3")) == ("mark", ["「－」は該当する件数がない（なし）の印です。"])
    assert picture.kind((3, 1)) == "gap"
    assert said(found, "D1") == ["空のセルです。"]
    assert said(found, "B1") == [*said(found, "A1")]
    assert said(found, "A1")[-1] == "A1:B1 に結合されています。"
    assert (picture.at((5, 0)).hidden, said(found, "A6")[-1]) == (True, "非表示の行・列・シートにあります。")
    assert said(found, "B6")[0] == "非表示のシート・行・列にあります。"
    assert said(found, "C5")[0] == "取り消し線が引かれています。"
    assert picture.shown((4, 1)) == "#N/A"
    assert picture.at((50, 50)).kind == "empty"


def test_shown() -> None:
    """Numbers with thousands separated and as per cent, dates as dates, truth values as such; formulas without result as =?."""
    grid = Grid("S", [[1234567.0, 0.125, -3.5, True, "a\nb", ""]], percent=frozenset({(0, 1)}), uncached=frozenset({(0, 5)}))
    picture = looked_at(grid).pictures[0]
    assert [picture.shown((0, column)) for column in range(6)] == ["1,234,567", "12.5%", "−3.5", "True", "a b", "=?"]
    assert looked_at(drawn("| 2022-06-01 |")).pictures[0].shown((0, 0)) == "2022-06-01"


@given(st.sets(st.tuples(st.integers(0, 6), st.integers(0, 6)), min_size=1))
def test_ranges_name_exactly_the_cells(places: set[tuple[int, int]]) -> None:
    """The cells of the ranges are those that were given."""
    named = set()
    for each in ranges(places, most=100).split(", "):
        first, _, last = each.partition(":")
        (top, left), (bottom, right) = position(first), position(last or first)
        named |= {(row, column) for row in range(top, bottom + 1) for column in range(left, right + 1)}
    assert named == places


@given(st.integers(0, 10**6 - 1), st.integers(0, 16383))
def test_position_is_the_inverse_of_address(row: int, column: int) -> None:
    """A1 and back."""
    assert position(address(row, column)) == (row, column)


def test_many_ranges_are_cut() -> None:
    """Behind the first few only an ellipsis."""
    assert ranges([(0, 0), (2, 2), (4, 4)], most=2) == "A1, C3, …"


# What is asked for ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "window"),
    [
        ("A1:C3", (0, 0, 2, 2)),
        ("c3:a1", (0, 0, 2, 2)),
        ("$B$2", (1, 1, 1, 1)),
        ("61:120", (60, 0, 119, asked._END)),
        ("Ｎ:Ｚ", (0, 13, asked._END, 25)),
    ],
)
def test_windows(text: str, window: tuple[int, ...]) -> None:
    """A range as Excel writes it, also of whole rows or columns."""
    found = asked.window(text)
    assert (found.top, found.left, found.bottom, found.right) == window


@pytest.mark.parametrize("text", ["", "7C", "A1:B2:C3", "x-y"])
def test_no_window(text: str) -> None:
    """All else is wrong use."""
    with pytest.raises(UsageError, match="range"):
        asked.window(text)


def test_cells_asked() -> None:
    """With or without the sheet, as formulas write it."""
    assert asked.cells(["c7", "表!$C$7", "'it''s'!Ａ１"]) == [asked.Cell("", 6, 2), asked.Cell("表", 6, 2), asked.Cell("it's", 0, 0)]


# Drawing ----------------------------------------------------------------------------------------------------------------


def _drawing(picture: Picture) -> Drawing:
    return Drawing(picture, range(picture.height), range(picture.width))


def lines(picture: Picture, width: int | None = None) -> list[str]:
    """A sheet as it is drawn, its slices one after the other."""
    drawing = _drawing(picture)
    return [line.plain.rstrip() for part in drawing.slices(width) for line in drawing.lines(part, width)]


def test_a_sheet_is_drawn_with_its_fates() -> None:
    """Column letters, row numbers, a mark before each number, titles running over empty cells; nothing depends on colour."""
    assert lines(seen(TABLE).pictures[0]) == [
        "  A            B    C    D",
        "1 水道局 コピー件数 令和4…",
        "2 部署名     4月  5月   計",
        "3 総務課     ●10  ●20  ✓30",
        "4 企画課      ●1   ●2   !4",
        "5 合計       ✓11  ✓22  ✓34",
    ]


def test_a_narrow_screen_gets_slices_with_the_labels_in_each() -> None:
    """No line is wider than the screen; long texts are not repeated."""
    slices = lines(seen(TABLE).pictures[0], 20)
    assert slices[:3] == ["  A            B", "1 水道局 コピー…", "2 部署名     4月"]
    assert slices[6:8] == ["  A            C", "2 部署名     5月"]


def test_merged_cells_are_drawn_once_and_hidden_ones_told() -> None:
    """Columns in which no cell begins are left out; a hidden row's number stands in parentheses; numbers are never cut."""
    text = """
        | 水道局 コピー件数 2022年度 | < | < | < |
        | 部署名 | < | 4月 | < |
        | 総務課 | < | 1234567 | < |
        | 企画課 | < | 2 | < |
    """
    found = seen(text, hidden_rows=frozenset({3}), hidden_columns=frozenset({2}))
    assert lines(found.pictures[0]) == [
        "    A                    (C)",
        "  1 水道局 コピー件数 2022…",
        "  2 部署名               4月",
        "  3 総務課        ✕1,234,567",
        "(4) 企画課                ✕2",
    ]


def plain(texts: Iterator[Text]) -> list[str]:
    """Lines without their styles."""
    return [text.plain for text in texts]


def test_long_sheets_are_cut_with_a_word() -> None:
    """The first 60 rows are drawn and the line below says how to see the rest; with a range all of it is drawn."""
    rows = "\n".join(f"| 第{number}課 | {number} |" for number in range(1, 101))
    found = seen(f"| 水道局 コピー件数 令和4年6月 | |\n| 部署名 | 件数 |\n{rows}")
    shown = plain(table.screen([found], ["Sheet1"], None, "en", 80))
    assert "Rows 61 to 102 are left out (--range 61:102 shows them)." in shown
    assert any("第58課" in line for line in shown)
    assert not any("第59課" in line for line in shown)
    asked_for = plain(table.screen([found], ["Sheet1"], asked.window("61:102"), "en", 80))
    assert any("第100課" in line for line in asked_for)


def test_wide_sheets_are_cut_with_a_word() -> None:
    """After three slices the line below says which columns are left out."""
    heads = " | ".join(f"第{number}課" for number in range(40))
    found = seen(f"| 水道局 コピー件数 令和4年度 |\n| 月 | {heads} |\n| 4月 | {' | '.join('1' * 40)} |")
    shown = plain(table.screen([found], ["Sheet1"], None, "en", 80))
    assert any(re.fullmatch(r"Columns \w+ to AO are left out \(--range \w+:AO shows them\)\.", line) for line in shown)


def test_many_sheets_are_told_in_a_line() -> None:
    """Three sheets are drawn, those that need a person first; the others are counted."""
    good = "| 水道局 コピー件数 令和4年{}月 | |\n| 部署名 | 件数 |\n| 総務課 | 1 |"
    bad = drawn("| 水道局 令和4年6月 | | |\n| 部署名 | ホチキスの数 | 輪ゴムの数 |\n| 総務課 | 10 | 20 |", "悪")
    found = looked_at(*(drawn(good.format(month), f"{month}") for month in (6, 7, 8)), bad)
    shown = plain(table.screen([found], ["6", "7", "8", "悪"], None, "ja", None))
    assert shown[0] == "報告　採用 3・検算 0・保留 2"
    assert "シート「8」　採用 1・検算 0・保留 0（--sheet で表示）" in shown
    assert any("✕10" in line for line in shown)
    assert "● 採用 0   ✓ 検算 0   ✕ 保留 2   ? 分からない見出し 2" in shown


def test_explanations_on_a_screen() -> None:
    """The cell, its fate, what it means, where each part was read."""
    found = seen(TABLE)
    assert plain(table.explained([why(found, "C3"), why(found, "E1")], "en", None)) == [
        "報告 › Sheet1 › C3　20",
        "  ● taken",
        "  Taken as 20 copies.",
        "    measure   Copies made ← A1 caption «水道局コピー件数令和4年度»",
        "    bureau    Bureau of Waterworks ← A1 caption «水道局コピー件数令和4年度»",
        "    office    総務課 ← A3 heading of its row «総務課»",
        "    period    May 2022 ← C2 heading of its column «5月», A1 caption «水道局コピー件数令和4年度»",
        "    basis     month (nothing says cumulative)",
        "    scenario  actual (nothing says target or plan)",
        "    unit      copies (no unit is stated)",
        "",
        "報告 › Sheet1 › E1　",
        "  empty",
        "  An empty cell.",
    ]


# The page ---------------------------------------------------------------------------------------------------------------


class _Page(HTMLParser):
    """What stands in a page: ids, links, classes and codes of cells, texts, and whether every tag is closed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.cells: dict[str, dict[str, str]] = {}
        self.texts: dict[str, str] = {}
        self._open: list[tuple[str, str]] = []
        self.feed(text)
        assert not self._open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        own = given.get("id", "")
        self.ids += [own] if own else []
        self.links += [given["href"]] if "href" in given else []
        if tag == "td" and own:
            self.cells[own] = given
        if tag not in ("meta", "br"):
            self._open.append((tag, own))
        assert "src" not in given

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        own = self._open[-1][1] if self._open else ""
        self.texts[own] = self.texts.get(own, "") + data


def test_the_page_stands_alone() -> None:
    """Well formed, no address outside of itself, every link to a cell or sheet that is there, every text escaped."""
    found = seen("| <b>水道局</b> コピー件数 令和4年6月 | |\n| 部署名 | 件数 |\n| <script>課 | 1 |\n| 合計 | 3 |")
    text = pages.page([found], ["Sheet1"], None, "ja")
    page = _Page(text)
    assert len(page.ids) == len(set(page.ids))
    assert [link for link in page.links if link.removeprefix("#") not in page.ids] == []
    assert "://" not in text
    assert (page.texts["f0s0-A3"], page.cells["f0s0-B4"]["class"]) == ("<script>課", "trouble")
    assert "#f0s0-B4" in page.links
    told = json.loads(page.texts["lines"])
    codes = [told[int(code, 36)] for code in page.cells["f0s0-B3"]["data-w"].split()]
    assert codes[:2] == ["採用", "1 件として採用しました。"]


def test_the_page_keeps_spans_and_says_what_it_leaves_out() -> None:
    """Merged cells keep their spans, cut at the edge of a window; hidden and struck ones are told by class."""
    text = "| 水道局 コピー件数 令和4年6月 | < | < |\n| 部署名 | 件数 | |\n| ^ | ^ | |\n| 総務課 | 1 | x |"
    found = seen(text, hidden_rows=frozenset({3}), struck=frozenset({(3, 1)}), hidden_columns=frozenset({0}))
    whole, part = (_Page(pages.page([found], ["Sheet1"], window, "en")) for window in (None, asked.window("B1:B3")))
    assert (whole.cells["f0s0-A1"]["colspan"], whole.cells["f0s0-A2"]["rowspan"]) == ("3", "2")
    assert whole.cells["f0s0-B4"]["class"].split()[1:] == ["hid", "struck"]
    assert list(part.cells) == ["f0s0-B2"]
    assert any("This page shows B1:B3 (of A1:C4)" in each for each in part.texts.values())


def test_a_page_of_a_large_sheet_is_of_modest_size() -> None:
    """A sheet of 60 rows and 30 columns takes less than 300 kB."""
    heads = [f"第{number}課" for number in range(29)]
    months = [f"令和{2 + row // 12}年{row % 12 + 1}月" for row in range(60)]
    rows: list[list[Value]] = [[month, *(float(row * 97 + column) for column in range(29))] for row, month in enumerate(months)]
    grid = Grid("表", [["水道局 コピー件数"], ["年月", *heads], *rows])
    assert len(pages.page([looked_at(grid)], ["表"], None, "ja").encode()) < 300_000


# The command ------------------------------------------------------------------------------------------------------------


def run(*args: str | Path) -> typer.testing.Result:
    """The program in this process, with streams caught."""
    return typer.testing.CliRunner().invoke(app, ["--lang", "en", "preview", *map(str, args)])


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A workbook with two sheets, one of which needs a person."""
    path = tmp_path / "水道局.xlsx"
    with xlsxwriter.Workbook(path) as book:
        for name, head in (("よい", "コピー件数"), ("わるい", "ホチキスの数")):
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, ["令和4年6月"])
            sheet.write_row(1, 0, ["部署名", head])
            sheet.write_row(2, 0, ["総務課", 5])
    return path


def test_command_draws(book: Path) -> None:
    """Outside a project; the exit code tells whether a person is needed; nothing is written."""
    before = sorted(book.parent.iterdir())
    whole, good = run(book), run(book, "--sheet", "よい")
    assert (whole.exit_code, good.exit_code, whole.stderr) == (1, 0, "")
    assert "●5" in good.stdout
    assert "✕5" not in good.stdout
    assert "✕5" in whole.stdout
    assert sorted(book.parent.iterdir()) == before


def test_command_explains(book: Path) -> None:
    """A cell of a named sheet, or of every sheet that holds it."""
    assert run(book, "--cell", "よい!B3").stdout.count("Taken as 5 copies.") == 1
    assert run(book, "--cell", "B3").stdout.count(" › B3　5") == 2
    assert "An empty cell." in run(book, "--cell", "B1").stdout


def test_command_gives_json(book: Path) -> None:
    """Files, sheets, cells with fate, sentences and the places where each part was read; of the cells asked for only those."""
    (record,) = json.loads(run(book, "--format", "json").stdout)
    assert [sheet["numbers"] for sheet in record["sheets"]] == [
        {"taken": 1, "used_as_checks": 0, "set_aside": 0},
        {"taken": 0, "used_as_checks": 0, "set_aside": 1},
    ]
    cell = next(each for each in record["sheets"][0]["cells"] if each["cell"] == "B3")
    assert (cell["kind"], cell["fate"], cell["parts"][0]["code"], cell["parts"][0]["from"]) == (
        *("taken", "taken", "paper.copies"),
        [{"where": "over", "sheet": "よい", "cell": "B2", "text": "コピー件数"}],
    )
    (record,) = json.loads(run(book, "--format", "json", "--cell", "よい!B3").stdout)
    assert [[each["cell"] for each in sheet["cells"]] for sheet in record["sheets"]] == [["B3"], []]


def test_command_writes_a_page(book: Path) -> None:
    """To a file, or to stdout."""
    page = book.parent / "page.html"
    told, piped = run(book, "--html", page), run(book, "--html", "-")
    assert (told.exit_code, told.stdout, f"Written to {page}." in told.stderr) == (1, "", True)
    assert piped.stdout == page.read_text("utf-8")


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (("--sheet", "よいい"), 'There is no sheet "よいい". Nearest: よい'),
        (("--cell", "zzz!B3"), "There is no sheet"),
        (("--cell", "B99"), "There is nothing at B99; there are values within よい!A1:B3, わるい!A1:B3."),
        (("--cell", "よい!Z1"), "There is nothing at よい!Z1; there are values within よい!A1:B3."),
        (("--cell", "9Z"), 'The cell "9Z" is none'),
        (("--range", "ABC"), "There is nothing at ABC1"),
        (("--html", "-", "--cell", "B3"), "--html cannot be used with --cell"),
    ],
)
def test_command_wrong_use(book: Path, args: tuple[str, ...], says: str) -> None:
    """What does not exist is wrong use, told with what is near."""
    done = run(book, *args)
    assert (done.exit_code, done.stdout) == (2, "")
    assert says in done.stderr


def test_command_cannot_read(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that cannot be read is told with its sentence: 3 if there is no other, 1 beside others; no page is written."""
    bad = book.parent / "bad.xlsx"
    bad.write_text("see you on Friday")
    alone, beside = run(bad), run(bad, book, "--sheet", "よい")
    assert (alone.exit_code, beside.exit_code) == (3, 1)
    assert "bad.xlsx: This is plain text" in alone.stderr
    assert "●5" in beside.stdout
    assert run(bad, "--html", book.parent / "none.html").exit_code == 3
    assert not (book.parent / "none.html").exists()

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(intake, "examine", refuse)
    assert "This cannot be opened (Permission denied)" in run(book).stderr
