"""What breaks a rule, as a value: which of the rule's faults, on which sheet, in which cells, and how to mend it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from fiveless.finding import Severity
from fiveless.grid import address, column_name
from fiveless.language import Lang, Words
from fiveless.lint.ministry import MinistryRule, ministry_rules

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Kind:
    """One way to break a rule."""

    rule: str
    says: Words
    mend: Words


@dataclass(frozen=True, slots=True)
class Flaw:
    """All faults of one kind on one sheet; `cells` are A1 ranges, none where the whole sheet or file is meant."""

    kind: str
    sheet: str = ""
    cells: tuple[str, ...] = ()
    count: int = 1
    fields: Mapping[str, Any] = field(default_factory=dict)

    @property
    def rule(self) -> MinistryRule:
        """The rule that is broken."""
        return ministry_rules()[KINDS[self.kind].rule]

    @property
    def severity(self) -> Severity:
        """How much it weighs."""
        return self.rule.severity

    def says(self, lang: Lang) -> str:
        """What is the matter, in one sentence."""
        return KINDS[self.kind].says.filled(**self.fields).to(lang)

    def mend(self, lang: Lang) -> str:
        """How to mend it, in one sentence."""
        return KINDS[self.kind].mend.filled(**self.fields).to(lang)


def ranges(places: Iterable[Place]) -> tuple[str, ...]:
    """Zero-based cells as A1 ranges: runs down a column, joined where columns side by side have the same run."""
    runs: dict[tuple[int, int], list[int]] = {}
    for column, rows in _by_column(places).items():
        for first, last in _runs(rows):
            runs.setdefault((first, last), []).append(column)
    boxes = [(first, left, last, right) for (first, last), columns in runs.items() for left, right in _runs(columns)]
    return tuple(span(*box) for box in sorted(boxes))


def _by_column(places: Iterable[Place]) -> dict[int, list[int]]:
    columns: dict[int, list[int]] = {}
    for row, column in sorted(set(places)):
        columns.setdefault(column, []).append(row)
    return columns


def _runs(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """Rising numbers as pairs of first and last of those without a gap."""
    runs: list[tuple[int, int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1] = runs[-1][0], number
        else:
            runs.append((number, number))
    return runs


def span(top: int, left: int, bottom: int, right: int) -> str:
    """`B4` or `B4:C7`."""
    first, last = address(top, left), address(bottom, right)
    return first if first == last else f"{first}:{last}"


def rows_span(rows: Iterable[int]) -> tuple[str, ...]:
    """Zero-based rows as `5:7`."""
    return tuple(f"{first + 1}:{last + 1}" for first, last in _runs(sorted(rows)))


def columns_span(columns: Iterable[int]) -> tuple[str, ...]:
    """Zero-based columns as `B:D`."""
    return tuple(f"{column_name(first)}:{column_name(last)}" for first, last in _runs(sorted(columns)))


_UNHIDE = Words("必要なら再表示し、不要なら削除してください。", "Show it if it is needed, delete it if not.")
_PASTE = Words("「値の貼り付け」で数値にしてください。", "Turn it into a number by pasting values.")
_ONE_TABLE = Words("表ごとにシートを分けてください。", "Give each table a sheet of its own.")
_DELETE_BLANK = Words("空白の行・列を削除してください。", "Delete the blank rows or columns.")
_NUMBER_ALONE = Words(
    "数値だけを入れ、単位は見出しに、説明は備考の列に書いてください。",
    "Enter the number alone; put the unit in the heading and remarks in a column of their own.",
)
_IN_FULL = Words("省略せず、すべての行・列に書いてください。", "Write it in full in every row or column.")
_XLSX = Words("Excel で開き、.xlsx で保存し直してください。", "Open it in Excel and save it as .xlsx.")
_TIME = Words(
    "西暦で書くか、西暦を併記してください（例：2022年6月、令和4年（2022年）6月）。",
    "Write the western year, alone or beside the era (for example 2022-06).",
)
_TO_CELLS = Words("必要な内容はセルに書き、削除してください。", "Write what is needed into cells, and delete it.")

KINDS: Mapping[str, Kind] = {
    "unreadable": Kind("L1-01", Words("{reason}", "{reason}"), Words("{mend}", "{mend}")),
    "legacy": Kind("L1-01", Words("旧形式（{form}）のブックです。", "This is a workbook of a legacy form ({form})."), _XLSX),
    "no_table": Kind(
        "L1-01",
        Words("表として読めるセルの並びがありません。", "There are no cells that can be read as a table."),
        Words("数値や項目をセルに入れた表にしてください。", "Enter headings and values into cells, as a table."),
    ),
    "tables": Kind("L1-02", Words("このシートには表が {n} つあります。", "There are {n} tables on this sheet."), _ONE_TABLE),
    "split_rows": Kind("L1-03", Words("空白の行が表を分断しています。", "Blank rows split the table."), _DELETE_BLANK),
    "split_columns": Kind("L1-03", Words("空白の列が表を分断しています。", "Blank columns split the table."), _DELETE_BLANK),
    "margin": Kind("L1-03", Words("表の前に空白の行・列があります。", "Blank rows or columns lie before the table."), _DELETE_BLANK),
    "outside": Kind(
        "L1-04",
        Words("表の外（下や横）に書き込みがあります。", "Something is written outside the table, below or beside it."),
        Words(
            "注記は別のシートか備考の列に移し、メモは削除してください。",
            "Move notes to another sheet or a column of remarks, and delete memos.",
        ),
    ),
    "no_headings": Kind(
        "L1-05",
        Words("表に見出しの行がありません。", "The table has no row of headings."),
        Words("1行目に各列の見出しを入れてください。", "Put a heading for each column in the first row."),
    ),
    "no_heading": Kind(
        "L1-05",
        Words("見出しのない列があります。", "Columns have no heading."),
        Words("列の内容を示す見出しを入れてください。", "Give the column a heading that tells its content."),
    ),
    "sign_heading": Kind(
        "L1-05",
        Words("見出しが記号だけです。", "Headings consist of signs only."),
        Words("列の内容を示す見出しに直してください。", "Use a heading that tells the content."),
    ),
    "spaces": Kind(
        "L1-06",
        Words("空白で体裁を整えています。", "Spaces are used for layout."),
        Words("語中と前後の空白を削除してください（位置は書式の配置で整えます）。", "Delete the spaces, and use alignment instead."),
    ),
    "breaks": Kind(
        "L1-06",
        Words("セルの中で改行しています。", "There are line breaks inside cells."),
        Words(
            "改行を削除してください（「折り返して全体を表示する」を使えます）。",
            "Delete the line breaks; «Wrap text» shows long text whole.",
        ),
    ),
    "several": Kind(
        "L1-07",
        Words("一つのセルに複数の数値や説明があります（{example}）。", "One cell holds several numbers, or one with a remark ({example})."),
        Words("一つのセルに一つの数値だけを入れてください。", "Enter one number in each cell."),
    ),
    "characters": Kind(
        "L1-08",
        Words("機種依存文字があります（{signs}）。", "There are platform-dependent characters ({signs})."),
        Words("ほかの文字で書いてください（例：①→(1)、㈱→（株））。", "Write them with other characters, for example (1) for ①."),
    ),
    "blanks": Kind(
        "L1-09",
        Words("数値の中に空欄があります（0 か未記入か分かりません）。", "Cells among numbers are blank: zero, or not known?"),
        Words(
            "0 なら 0 を、値がなければ決めた記号（*** など）を入れてください。",
            "Enter 0 for zero, and an agreed sign such as *** where there is no value.",
        ),
    ),
    "objects": Kind("L1-10", Words("{what}があります。", "There are objects: {what}."), _TO_CELLS),
    "comments": Kind("L1-10", Words("コメント（メモ）があります。", "There are comments (notes)."), _TO_CELLS),
    "struck": Kind(
        "L1-11",
        Words("取り消し線で区別しています。", "Values are struck out."),
        Words(
            "不要な値は削除し、区別は列に文字で書いてください。", "Delete what does not count, and tell differences in words in a column."
        ),
    ),
    "merged": Kind(
        "L1-12",
        Words("セルが結合されています。", "Cells are merged."),
        Words("結合を解き、同じ内容を各セルに入れてください。", "Unmerge them and write the content into each cell."),
    ),
    "hidden_sheet": Kind("L1-13", Words("シートが非表示です。", "The sheet is hidden."), _UNHIDE),
    "hidden_rows": Kind("L1-13", Words("非表示の行があります。", "There are hidden rows."), _UNHIDE),
    "hidden_columns": Kind("L1-13", Words("非表示の列があります。", "There are hidden columns."), _UNHIDE),
    "csv_break": Kind(
        "L1-14",
        Words("値の中に改行があります。", "There are line breaks inside values."),
        Words("改行を削除してください。", "Delete the line breaks."),
    ),
    "csv_commas": Kind(
        "L1-15",
        Words("ほかの行より値の多い行があります。", "Lines have more values than the others."),
        Words('カンマを含む値を " で囲んでください。', 'Put values that hold commas in double quotes (").'),
    ),
    "text_number": Kind(
        "L2-01",
        Words("数値が文字として入っています（{example}）。", "Numbers are entered as text ({example})."),
        _NUMBER_ALONE,
    ),
    "words": Kind(
        "L2-01", Words("数値の列に言葉があります（{example}）。", "Words stand in a column of numbers ({example})."), _NUMBER_ALONE
    ),
    "omitted": Kind("L2-02", Words("行の見出しが略されています。", "Labels of rows are left out."), _IN_FULL),
    "omitted_heading": Kind("L2-02", Words("列の見出しが略されています。", "Headings of columns are left out."), _IN_FULL),
    "heading_rows": Kind(
        "L2-03",
        Words("列の見出しが {n} 行に分かれています。", "The headings take {n} rows."),
        Words("1行にまとめてください（例：ペーパーレス_コピー件数）。", "Join them in one row, for example Paper_copies."),
    ),
    "same_heading": Kind(
        "L2-03",
        Words("同じ見出しの列があります（{example}）。", "Columns have the same heading ({example})."),
        Words("列ごとに違う見出しにしてください。", "Give each column a heading of its own."),
    ),
    "variants": Kind(
        "L2-04",
        Words("同じ言葉が違う書き方で入っています（{example}）。", "One thing is written in several ways ({example})."),
        Words("一つの書き方にそろえてください。", "Keep to one way of writing it."),
    ),
    "other": Kind(
        "L2-05",
        Words("「その他」の内容が選択肢の列に書かれています。", "The details of その他 (other) stand in the column of choices."),
        Words("選択肢は「その他」とし、内容は別の列に書いてください。", "Enter その他 alone, and the details in another column."),
    ),
    "formulas": Kind("L2-06", Words("数式のままのセルがあります。", "Cells hold formulas."), _PASTE),
    "errors": Kind(
        "L2-06",
        Words("数式がエラーになっています（{example}）。", "Formulas give errors ({example})."),
        Words("数式を直し、「値の貼り付け」で数値にしてください。", "Mend the formula and paste its value."),
    ),
    "uncached": Kind(
        "L2-06",
        Words("計算結果が保存されていない数式があります。", "Formulas have no saved result."),
        Words("Excel で開いて計算し、「値の貼り付け」で数値にしてください。", "Open it in Excel and paste values."),
    ),
    "title": Kind(
        "L3-01",
        Words("見出しの行より上に題名などがあります。", "Titles or the like stand above the row of headings."),
        Words("題名や注記は別のシートかファイル名に移してください。", "Move titles and notes to another sheet or the file's name."),
    ),
    "undefined": Kind(
        "L3-03",
        Words("記号（{signs}）の意味が書かれていません。", "It is not said what the sign {signs} means."),
        Words("別のシートなどに「－：該当なし」のように定義を書いてください。", "Define it, for example on a sheet of notes («－: none»)."),
    ),
    "no_unit": Kind(
        "L3-04",
        Words("単位が書かれていない数値の列があります。", "Columns of numbers state no unit."),
        Words("見出しに単位を書いてください（例：起案文書数（件））。", "State the unit in the heading, for example (sheets)."),
    ),
    "no_unit_rows": Kind(
        "L3-04",
        Words("単位が書かれていない数値の行があります。", "Rows of numbers state no unit."),
        Words("単位の列をつくるか、行の見出しに単位を書いてください。", "Add a column of units, or state it in the row's label."),
    ),
    "era": Kind("L3-05", Words("年が元号だけです（{example}）。", "The year is given by era alone ({example})."), _TIME),
    "yearless": Kind("L3-05", Words("月に年がありません（{example}）。", "Months have no year ({example})."), _TIME),
    "area": Kind(
        "L3-06",
        Words("都道府県名が略されています（{example}）。", "Names of prefectures are shortened ({example})."),
        Words("「都・道・府・県」まで書くか、地域コードの列を加えてください。", "Write them in full, or add a column of area codes."),
    ),
    "across": Kind(
        "L3-09",
        Words("年・月が列に並んでいます（横持ち）。", "Points in time run across the columns."),
        Words("1行に1時点の縦持ちにしてください。", "Put each point in time in a row of its own."),
    ),
}


def flaw(kind: str, sheet: str, places: Iterable[Place], **fields: Any) -> list[Flaw]:
    """The flaw of some cells; none where there are none."""
    found = set(places)
    return [Flaw(kind, sheet, ranges(found), len(found), fields)] if found else []
