"""Layout files: what they may say, what they change, and how mistakes in them are told."""

import re
from pathlib import Path

import openpyxl
import pytest

from drawn import Read
from fiveless import intake, layouts, pipeline, reference
from fiveless.errors import FivelessError
from fiveless.structure import Area, FileLayout, SheetLayout

SHEET = """
    | 回答票 | | |
    | 部署 | Q1 | 人 |
    | 総務課 | 10 | 3 |
    | 企画課 | 20 | 4 |
"""


def _load(folder: Path, text: str, name: str = "a.toml") -> tuple[FileLayout, ...]:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(text, "utf-8")
    return layouts.load(folder)


def test_a_layout_says_all_that_a_sheet_may_leave_unsaid(tmp_path: Path) -> None:
    """A title, other words for labels and cells, what to ignore and what to leave out; a blank is not yet an answer."""
    loaded = _load(
        tmp_path / "layouts",
        """
        file = "水道局_*.xlsx"

        [[sheet]]
        name = "回答*"
        says = "令和4年6月"
        leave_out = ["C3:C4", "F9"]
        [[sheet.label]]
        text = "Q1"
        says = "コピー件数"
        [[sheet.label]]
        cells = "B2:C2"
        says = "FAX送信件数"
        [[sheet.label]]
        text = "特になし"
        ignore = true
        [[sheet.label]]
        text = "Q2"
        says = ""

        [[sheet]]
        name = "メモ"
        leave_out = true
        """,
    )
    answers = SheetLayout(
        "回答*",
        "令和4年6月",
        (("Q1", "コピー件数"), ("特になし", "")),
        ((Area(1, 1, 1, 2), "FAX送信件数"),),
        (Area(2, 2, 3, 2), Area(8, 5, 8, 5)),
    )
    assert loaded == (FileLayout("layouts/a.toml", "水道局_*.xlsx", (answers, SheetLayout("メモ", leave_out=(layouts.EVERYTHING,)))),)
    assert layouts.of_sheet(loaded[0], "回答票") == [answers]
    assert layouts.of_sheet(None, "回答票") == []


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "layouts/a.toml: add file"),
        ("file = 3", "layouts/a.toml › file: 3 does not do; write a text in quotation marks"),
        ('file = "*"\nsheets = 1', 'layouts/a.toml: there is no key "sheets"; did you mean "sheet"?'),
        ('file = "*"\n[[sheet]]\nleave_out = ["B"]', "write true, or a list of ranges"),
        ('file = "*"\n[[sheet]]\n[[sheet.label]]\nsays = "x"', "write either text or cells"),
        ('file = "*"\n[[sheet]]\n[[sheet.label]]\ncells = "C4:B4"\nsays = "x"', "write a cell or a range"),
        ('file = "*"\n[[sheet]]\nlabel = ["x"]', "tables headed [[sheet.label]]"),
        ('file = "*"\n[[sheet]]\nsays = 4', "a text in quotation marks"),
        ('file = "', "is not valid TOML"),
    ],
)
def test_mistakes_are_told_with_their_place(tmp_path: Path, text: str, says: str) -> None:
    """One sentence: which file, which key, what to write instead."""
    with pytest.raises(FivelessError, match=re.escape(says)):
        _load(tmp_path / "layouts", text)


def test_what_is_told_is_read_in_place_of_what_stands_there() -> None:
    """A title, a label in other words and a column left out: the sheet is read as if it said so itself."""
    told = SheetLayout("*", "令和4年6月", (("Q1", "コピー件数"),), (), (Area(0, 2, 9, 2),))
    read = Read(SHEET, told=[told])
    assert read.taken() == {
        "B3": "waterworks 総務課 paper.copies 2022-06 month actual 10",
        "B4": "waterworks 企画課 paper.copies 2022-06 month actual 20",
    }
    assert (read.fate("C3"), read.fate("C4"), read.codes()) == ("N25", "N25", [])


def test_cells_are_told_by_their_place() -> None:
    """An area may be given a heading, also where a number stands, which then is one."""
    told = SheetLayout("*", "令和4年6月", (), ((Area(1, 1, 1, 1), "コピー件数"), (Area(1, 2, 1, 2), "FAX送信件数（件）")))
    read = Read(SHEET.replace("Q1", "4"), told=[told])
    assert read.taken()["C4"] == "waterworks 企画課 fax.sent 2022-06 month actual 4"
    assert read.fate("B2") == "N21"


def _book(path: Path) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "回答票"
    for row in (["水道局 回答票"], ["部署名", "甲票", "乙票"], ["総務課", 10, 3], ["企画課", 20, 4]):
        sheet.append(row)
    book.save(path)
    return path


def test_a_draft_that_is_filled_in_is_heeded(tmp_path: Path) -> None:
    """`layout new` asks for what is unsaid; with the blanks filled in, the same workbook is taken without a question."""
    project = tmp_path / "project"
    (project / "data" / "layouts").mkdir(parents=True)
    path = _book(tmp_path / "水道局.xlsx")
    text = pipeline.draft(path, reference.load(project), "ja")
    assert 'says = ""  # 表題として補うこと：年月（例：令和4年6月）' in text
    answers = iter(["令和4年6月", "コピー件数", "FAX送信件数"])
    filled = re.sub(r'says = ""', lambda _: f'says = "{next(answers)}"', text)
    (project / "data" / "layouts" / "水道局.toml").write_text(filled, "utf-8")
    reading = intake.take(path, path.name, reference.load(project))
    assert [(each.measure, each.period, int(each.value)) for each in reading.observations] == [
        ("paper.copies", "2022-06", 10),
        ("fax.sent", "2022-06", 3),
        ("paper.copies", "2022-06", 20),
        ("fax.sent", "2022-06", 4),
    ]
    assert reading.findings == []


def test_two_layouts_that_claim_one_file_are_an_error(tmp_path: Path) -> None:
    """Neither is preferred: the file is refused and both are named."""
    folder = tmp_path / "data" / "layouts"
    folder.mkdir(parents=True)
    for name in ("a", "b"):
        (folder / f"{name}.toml").write_text('file = "水道局*"\n', "utf-8")
    reading = intake.take(_book(tmp_path / "水道局.xlsx"), "水道局.xlsx", reference.load(tmp_path))
    assert [(each.code, each.fields) for each in reading.findings] == [("F30", {"one": "layouts/a.toml", "other": "layouts/b.toml"})]


def test_a_draft_of_what_cannot_be_read_says_so(tmp_path: Path) -> None:
    """A file that is not there is told in one sentence."""
    with pytest.raises(FivelessError, match="cannot be read"):
        pipeline.draft(tmp_path / "none.xlsx", reference.load(None), "en")
