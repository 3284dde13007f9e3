"""Wrong data as a value: what was found, in which cell, and how to mend it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from fiveless.language import Lang, Words

Severity = Literal["error", "warning", "note"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "note")
SEVERITY_NAMES: Mapping[str, Words] = {
    "error": Words("誤り", "error"),
    "warning": Words("要確認", "warning"),
    "note": Words("参考", "note"),
}


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of finding, with a short `title`. `ministry` is the check item of the machine-readability rules that it breaks, or empty."""

    code: str
    severity: Severity
    title: Words
    says: Words
    mend: Words
    ministry: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding at one place; `sheet` and `cell` are empty when the whole file or sheet is meant."""

    code: str
    file: str
    sheet: str = ""
    cell: str = ""
    fields: Mapping[str, Any] = field(default_factory=dict)

    @property
    def rule(self) -> Rule:
        """The kind of finding."""
        return RULES[self.code]

    @property
    def severity(self) -> Severity:
        """error: numbers are wrong or lost until mended; warning: a person must decide; note: for information."""
        return self.rule.severity

    @property
    def where(self) -> str:
        """`file › sheet › cell`, as far as known."""
        return " › ".join(part for part in (self.file, self.sheet, self.cell) if part)

    def says(self, lang: Lang) -> str:
        """What is the matter, in one sentence."""
        return self.rule.says.filled(**self.fields).to(lang)

    def mend(self, lang: Lang) -> str:
        """How to mend it, in one sentence."""
        return self.rule.mend.filled(**self.fields).to(lang)


def _rules(*rules: Rule) -> dict[str, Rule]:
    return {rule.code: rule for rule in rules}


_RESAVE = Words("元のファイルを Excel で開き、.xlsx で保存し直してください。", "Open the original in Excel and save it as .xlsx.")
_AGAIN = Words("元のファイルをもう一度送ってもらってください。", "Ask for the original again.")
_SMALLER = Words(
    "要らない行・シート・書式を削り、.xlsx で保存し直してください。",
    "Delete rows, sheets and formats that are not needed, and save it as .xlsx.",
)
_ALIAS = Words(
    "見出しを正式な名称に直すか、fiveless.toml の [aliases.measures] に加えてください。近いもの：{candidates}",
    "Use the measure's name in the heading, or add an alias under [aliases.measures] in fiveless.toml. Nearest: {candidates}",
)
_MONTH = Words(
    "表題か見出しに年と月を書いてください（例：令和4年6月）。", "State year and month in the title or heading (for example 2022-06)."
)
_BUREAU = Words(
    "局名を表題・シート名・ファイル名のいずれかに正式な名称で書くか、fiveless.toml に加えてください。近いもの：{candidates}",
    "State the bureau's name in the title, sheet name or file name, or add it to fiveless.toml. Nearest: {candidates}",
)
_UNIT = Words(
    "見出しか（単位：…）に、この指標の単位を一つだけ書いてください。",
    "State one unit that fits the measure, in the heading or as a caption.",
)
_ONE = Words("行と列の見出しのどちらか一方に直してください。", "Keep only one of the two headings.")
_NONE = Words("対応は不要です。", "Nothing needs to be done.")

RULES: Mapping[str, Rule] = _rules(
    Rule(
        "F01",
        "error",
        Words("読めないファイル", "unreadable file"),
        Words("Excel ブックとして読めません（{reason}）。", "This cannot be read as a workbook ({reason})."),
        _RESAVE,
    ),
    Rule(
        "F02",
        "error",
        Words("Web ページ", "web page"),
        Words("中身は Web ページ（HTML）です。", "This is a web page (HTML), not a workbook."),
        _RESAVE,
    ),
    Rule(
        "F03",
        "error",
        Words("パスワード", "password"),
        Words("パスワードで保護されています。", "This workbook is protected by a password."),
        Words(
            "パスワードを外して保存し直すか、ingest に --password を付けてください（環境変数 FIVELESS_PASSWORD でもよい）。",
            "Save it without the password, or give the password to ingest with --password (or in FIVELESS_PASSWORD).",
        ),
    ),
    Rule(
        "F04",
        "error",
        Words("空のファイル", "empty file"),
        Words("中身が空です。", "This file is empty."),
        _AGAIN,
    ),
    Rule(
        "F05",
        "error",
        Words("大きすぎるファイル", "file too large"),
        Words("大きすぎて安全に読めません（{reason}）。", "This is too large to be read safely ({reason})."),
        _RESAVE,
    ),
    Rule(
        "F07",
        "error",
        Words("fiveless の誤り", "failure of fiveless"),
        Words("読み取り中に fiveless の誤りが起きました（{reason}）。", "fiveless itself failed on this file ({reason})."),
        Words("このファイルを添えて fiveless の開発者に知らせてください。", "Report it, with this file, to the makers of fiveless."),
    ),
    Rule(
        "F08",
        "error",
        Words("開けない", "cannot be opened"),
        Words("開けません（{reason}）。", "This cannot be opened ({reason})."),
        Words("場所と権限を確かめてください。", "Check that it is there and its permissions."),
    ),
    Rule(
        "F09",
        "error",
        Words("別の種類のファイル", "another kind of file"),
        Words("中身は「{kind}」で、ブックとして読めません。", "This is {kind}, which cannot be read as a workbook."),
        _RESAVE,
    ),
    Rule(
        "F10",
        "error",
        Words("壊れたファイル", "damaged file"),
        Words("途中で切れているか、壊れています（{reason}）。", "This file is cut off or damaged ({reason})."),
        _AGAIN,
    ),
    Rule(
        "F11",
        "error",
        Words("ロックファイル", "lock file"),
        Words("Excel が開いている間の印（ロックファイル）です。", "This is only Excel's mark of an open file (lock file)."),
        Words("名前が ~$ で始まらない、元のファイルを指定してください。", "Give the file itself, whose name does not begin with ~$."),
    ),
    Rule(
        "F12",
        "error",
        Words("合わないパスワード", "wrong password"),
        Words("指定されたパスワードでは開けません。", "None of the passwords given opens this workbook."),
        Words("パスワードを送り主に確かめてください。", "Ask the sender for the right password."),
    ),
    Rule(
        "F13",
        "error",
        Words("パスワード用の部品がない", "library for passwords missing"),
        Words(
            "パスワードで保護されていますが、開くための部品（msoffcrypto-tool）がありません。",
            "This workbook is protected by a password, and the library that opens it (msoffcrypto-tool) is not installed.",
        ),
        Words(
            "pip install msoffcrypto-tool で導入するか、パスワードを外して保存し直してください。",
            "Install it with pip install msoffcrypto-tool, or save the workbook without the password.",
        ),
    ),
    Rule(
        "F14",
        "error",
        Words("時間切れ", "time limit"),
        Words(
            "{seconds} 秒かけても読み終わらないため打ち切りました。", "Reading was given up, for it was not done after {seconds} seconds."
        ),
        _SMALLER,
    ),
    Rule(
        "F15",
        "error",
        Words("読み取りの異常終了", "reader ended abnormally"),
        Words(
            "このファイルを読む途中で読み取りが異常終了しました（{reason}）。",
            "The process that read this file ended abnormally ({reason}).",
        ),
        _RESAVE,
    ),
    Rule(
        "F16",
        "error",
        Words("メモリ不足", "out of memory"),
        Words("読むのにメモリが足りません。", "There is not enough memory to read this."),
        _SMALLER,
    ),
    Rule(
        "F17",
        "error",
        Words("ただのテキスト", "plain text"),
        Words("中身はブックではなくテキスト（CSV など）です。", "This is plain text (such as CSV), not a workbook."),
        Words(
            "CSV なら名前の末尾を .csv に直し、そうでなければ元のファイルを .xlsx で保存し直してください。",
            "If it is CSV, end its name in .csv; else open the original in Excel and save it as .xlsx.",
        ),
    ),
    Rule(
        "F18",
        "warning",
        Words("書式が読めない", "formats unreadable"),
        Words(
            "書式の部分が壊れているため、日付・％・取り消し線が分かりません。",
            "The part with the formats is damaged: dates, per cent and strike-through are not known.",
        ),
        _RESAVE,
    ),
    Rule(
        "F19",
        "warning",
        Words("同じセルが二つ", "cell given twice"),
        Words("ファイルの中にこのセルが二度あります（{first} と {second}）。", "The file holds this cell twice ({first} and {second})."),
        _RESAVE,
    ),
    Rule(
        "F20",
        "warning",
        Words("文字列が失われたセル", "text lost"),
        Words("このセルの文字列がファイルの中にありません。", "The text of this cell is not in the file."),
        _AGAIN,
    ),
    Rule(
        "F21",
        "warning",
        Words("中身のないシート", "sheet without content"),
        Words("シート「{about}」の中身がファイルの中にありません。", "The content of the sheet «{about}» is not in the file."),
        _AGAIN,
    ),
    Rule(
        "F22",
        "warning",
        Words("数値の数が合わない", "number of numbers differs"),
        Words(
            "数値が {stated} 個あるはずのシートから {read} 個しか読めません。",
            "Of the {stated} numbers that this sheet holds {read} could be read.",
        ),
        _RESAVE,
    ),
    Rule(
        "F23",
        "error",
        Words("解けない保護", "protection that cannot be undone"),
        Words(
            "パスワードで保護されていますが、この方式の保護はここでは解けません。",
            "This workbook is protected in a way that cannot be undone here, even with its password.",
        ),
        Words("パスワードを外して保存し直してください。", "Save it without the password."),
    ),
    Rule(
        "F30",
        "error",
        Words("レイアウトが二つ", "two layouts"),
        Words("二つのレイアウト（{one}、{other}）が当てはまります。", "Two layouts lay claim to this file ({one}, {other})."),
        Words("file の型を、どちらか一つだけに合うように直してください。", "Narrow the pattern after file in one of them."),
    ),
    Rule(
        "F06",
        "warning",
        Words("数値なし", "no numbers"),
        Words("数値が一つもありません。", "There is no number in this file."),
        Words(
            "正しいファイルか、数値が図形や画像になっていないかを確かめてください。",
            "Check that it is the right file and that its figures are not pictures.",
        ),
    ),
    Rule(
        "N01",
        "warning",
        Words("指標が不明", "unknown measure"),
        Words("「{about}」がどの指標か分かりません。", "It is not known which measure «{about}» is."),
        _ALIAS,
    ),
    Rule(
        "N02",
        "warning",
        Words("指標が二通り", "ambiguous measure"),
        Words("「{about}」は指標を一つに決められません。", "«{about}» may be more than one measure."),
        _ALIAS,
    ),
    Rule(
        "N03",
        "warning",
        Words("時期が不明", "unknown period"),
        Words("いつの数値か分かりません（{about}）。", "It is not said of what month this is ({about})."),
        _MONTH,
        "L3-05",
    ),
    Rule(
        "N04",
        "warning",
        Words("年が不明", "unknown year"),
        Words("何年の数値か分かりません（{about}）。", "It is not said of what year this is ({about})."),
        _MONTH,
        "L3-05",
    ),
    Rule(
        "N05",
        "warning",
        Words("時期が二通り", "ambiguous period"),
        Words("時期が二通りに読めます（{about}）。", "The period can be read in two ways ({about})."),
        _MONTH,
        "L3-05",
    ),
    Rule(
        "N06",
        "warning",
        Words("局が不明", "unknown reporter"),
        Words("どの局の数値か分かりません。", "It is not said whose figure this is."),
        _BUREAU,
    ),
    Rule(
        "N07",
        "warning",
        Words("登録のない局名", "unknown bureau name"),
        Words("「{about}」という局は登録されていません。", "There is no bureau «{about}»."),
        _BUREAU,
    ),
    Rule(
        "N08",
        "warning",
        Words("局が二通り", "ambiguous bureau"),
        Words("局が二通りに読めます（{about}）。", "The bureau can be read in two ways ({about})."),
        _BUREAU,
    ),
    Rule(
        "N09",
        "warning",
        Words("その時期にない局", "bureau of another time"),
        Words(
            "「{about}」はその時期にはありません（当時・後継：{candidates}）。",
            "«{about}» did not exist then (in its place: {candidates}).",
        ),
        Words("当時の局名に直してください。", "Use the name of the bureau that existed then."),
    ),
    Rule(
        "N10",
        "warning",
        Words("部署が二通り", "ambiguous office"),
        Words("部署が二通りに読めます（{about}）。", "The office can be read in two ways ({about})."),
        _ONE,
    ),
    Rule(
        "N11",
        "warning",
        Words("合わない単位", "unfitting unit"),
        Words("単位「{about}」はこの指標の単位ではありません。", "«{about}» is not a unit of this measure."),
        _UNIT,
        "L3-04",
    ),
    Rule(
        "N12",
        "warning",
        Words("単位が二通り", "ambiguous unit"),
        Words("単位が二通りに読めます（{about}）。", "The unit can be read in two ways ({about})."),
        _UNIT,
        "L3-04",
    ),
    Rule(
        "N13",
        "warning",
        Words("当月か累計か不明", "month or cumulative?"),
        Words(
            "月の件数か、その時点までの累計か分かりません（{about}）。",
            "It is not said whether this is one month or the total up to then ({about}).",
        ),
        Words("「当月」か「累計」と書いてください。", "Write 当月 (month) or 累計 (cumulative)."),
        "L3-05",
    ),
    Rule(
        "N14",
        "warning",
        Words("当月か累計かが二通り", "contradicting basis"),
        Words("当月か累計かが二通りに読めます（{about}）。", "Month or cumulative: the headings contradict each other ({about})."),
        _ONE,
    ),
    Rule(
        "N15",
        "warning",
        Words("実績か目標かが二通り", "contradicting scenario"),
        Words("実績か目標かが二通りに読めます（{about}）。", "Actual or target: the headings contradict each other ({about})."),
        _ONE,
    ),
    Rule(
        "N16",
        "warning",
        Words("意味の分からない見出し", "heading not understood"),
        Words("見出し「{about}」の意味が分かりません。", "The heading «{about}» is not understood."),
        Words(
            "部署名なら列の見出しを「部署名」とし、指標なら正式な名称にしてください。",
            "If it is an office, head its column 部署名; if a measure, use the measure's name.",
        ),
    ),
    Rule(
        "N17",
        "note",
        Words("内訳（うち）", "part of another figure"),
        Words("「{about}」は内訳なので加えません。", "«{about}» is a part that is already counted."),
        _NONE,
    ),
    Rule(
        "N18",
        "note",
        Words("再掲・参考・記入例", "repeated or illustrative"),
        Words("「{about}」は再掲・参考なので加えません。", "«{about}» repeats or only illustrates, and is not added."),
        _NONE,
    ),
    Rule(
        "N19",
        "note",
        Words("率・差などの計算値", "rate or difference"),
        Words("率・差などの計算値なので取り込みません。", "A rate or difference, not an observation."),
        _NONE,
    ),
    Rule(
        "N20",
        "warning",
        Words("内訳のない合計", "total without its parts"),
        Words("合計ですが、その内訳の数値が取り込めません。", "A total whose parts cannot be taken."),
        Words("内訳の見出しを直してください。", "Mend the headings of its parts."),
    ),
    Rule("N21", "note", Words("年・月の見出し", "heading"), Words("年・月などの見出しです。", "A heading (year or month)."), _NONE),
    Rule(
        "N22", "note", Words("行番号・コード", "running number or code"), Words("行番号・コードです。", "A running number or code."), _NONE
    ),
    Rule(
        "N23",
        "note",
        Words("指標でない欄", "no measure"),
        Words("指標ではない欄（連絡先・職員数など）です。", "No measure (contact, head count or the like)."),
        _NONE,
    ),
    Rule(
        "N24",
        "warning",
        Words("報告月より後の月", "month after the report"),
        Words("報告月（{about}）より後の月です。", "This is a month after the one reported ({about})."),
        Words(
            "まだない月の欄は空けてください。報告月の表記が違うなら直してください。",
            "Leave months to come blank, or correct the reporting month.",
        ),
    ),
    Rule(
        "N25",
        "note",
        Words("レイアウトで除外", "left out by a layout"),
        Words("レイアウトファイルが対象外としています。", "A layout file leaves this out."),
        _NONE,
    ),
    Rule(
        "N26",
        "warning",
        Words("見出しのない行・列", "row or column without a heading"),
        Words(
            "表のほかの行や列には見出しがありますが、ここにはありません。",
            "Other rows or columns of the table have a heading; this one has none.",
        ),
        Words("部署名、項目名、月などの見出しを入れてください。", "Enter the office, the item or the month as its heading."),
    ),
    Rule(
        "N27",
        "note",
        Words("予備の行", "spare row"),
        Words("見出しのない、0 だけの行です。", "A row of zeros without a heading."),
        _NONE,
    ),
    Rule(
        "N28",
        "warning",
        Words("報告前の月", "month not yet reported"),
        Words(
            "この月以後の数値はすべて 0 か前の月の写しなので、まだ報告のない月とみなしました。",
            "From this month on all figures are 0 or copies of the month before; it was taken for a month not yet reported.",
        ),
        Words("まだない月の欄は空けてください。", "Leave months to come blank."),
    ),
    Rule(
        "N29",
        "note",
        Words("日ごとの数値", "figures of single days"),
        Words(
            "1日ごとの数値です。月の数値としては、その合計だけを使います。",
            "A figure of one day; only the total of the days is one of the month.",
        ),
        Words("合計の行がなければ加えてください。", "Add a row with the total if there is none."),
    ),
    Rule(
        "N30",
        "note",
        Words("見込みの数値", "forecast"),
        Words("見込み・予測の数値で、実績ではありません。", "A forecast, not an actual."),
        _NONE,
    ),
    Rule(
        "N31",
        "note",
        Words("取り消された行", "row no longer valid"),
        Words("取消し・差替え前などと記された行の数値です。", "A number of a row that is marked as cancelled or replaced."),
        _NONE,
    ),
    Rule(
        "X01",
        "warning",
        Words("数値欄の文字", "words for a number"),
        Words("数値の欄に文字があります（{text}）。", "Words stand where a number is expected ({text})."),
        Words("数値だけを入れ、説明は備考に書いてください。", "Enter the number alone, and explain it in a remark."),
        "L2-01",
    ),
    Rule(
        "X04",
        "warning",
        Words("括弧つきの数値", "number in brackets"),
        Words(
            "括弧つきの数値です（推計・内数・マイナスのどれとも読めます）。", "A number in brackets may be an estimate, a part or a minus."
        ),
        Words(
            "括弧を外し、推計なら「約」を付け、内数や差なら別の欄に書いてください。",
            "Take the brackets off; write 約 for an estimate, and parts elsewhere.",
        ),
        "L2-01",
    ),
    Rule(
        "X03",
        "warning",
        Words("結合された数値", "merged number"),
        Words("一つの数値が、見出しの違う複数の欄にまたがっています。", "One number is merged over cells with different headings."),
        Words("結合を解き、欄ごとの数値を入れてください。", "Unmerge it and enter the number of each cell."),
        "L1-12",
    ),
    Rule(
        "X02",
        "note",
        Words("空欄", "blank cell"),
        Words("数値の表の中に空欄があります（0 とはみなしません）。", "A cell among figures is blank (it is not taken for 0)."),
        Words("0 なら 0 を、該当がなければ「－」を入れてください。", "Enter 0 for none, and － where it does not apply."),
    ),
    Rule(
        "P01",
        "warning",
        Words("負の件数", "negative count"),
        Words("件数・枚数が負です（{value}）。", "A count cannot be negative ({value})."),
        Words(
            "差や訂正なら別の欄に書き、数そのものを入れてください。",
            "Write differences and corrections elsewhere, and the count itself here.",
        ),
    ),
    Rule(
        "P03",
        "warning",
        Words("端数のある件数", "count with a fraction"),
        Words("件数・枚数に端数があります（{value}）。", "A count cannot have a fraction ({value})."),
        Words(
            "率なら見出しに「率」と書き、件数なら整数を入れてください。",
            "If it is a rate, say so in the heading; if a count, enter whole numbers.",
        ),
    ),
    Rule(
        "P02",
        "warning",
        Words("千単位の表示", "shown in thousands"),
        Words("表示は千単位なのに、中の値は {value} です。", "This is shown in thousands while the cell holds {value}."),
        Words(
            "表示形式を標準に戻し、見出しの単位どおりの数を入れてください。",
            "Use a plain number format, and the number in the unit of its heading.",
        ),
        "L3-04",
    ),
    Rule(
        "P04",
        "warning",
        Words("全体を超える内数", "part above its whole"),
        Words("内数 {value} が全体 {whole}（{other}）を超えています。", "This part, {value}, is more than its whole, {whole} ({other})."),
        Words("どちらかの数値か、見出しの入れ違いを直してください。", "Correct one of the two, or headings that are exchanged."),
    ),
    Rule(
        "P05",
        "warning",
        Words("桁違い", "unit mistaken?"),
        Words(
            "{value} は同じ系列の他の月（{usual} 前後）の {times} です。単位の取り違えではありませんか。",
            "{value} is {times} the other months of its series (about {usual}); was the unit mistaken?",
        ),
        Words("単位を確かめ、正しければその旨を備考に書いてください。", "Check the unit; if it is right, say so in a remark."),
        "L3-04",
    ),
    Rule(
        "P06",
        "warning",
        Words("前月と同じ値", "repeats the month before"),
        Words(
            "この月の {count} 個の値がすべて前月と同じです。前月の写しではありませんか。",
            "All {count} values of this month are those of the month before; is it a copy?",
        ),
        Words("当月の値を入れてください。まだなければ空けてください。", "Enter this month's values, or leave the month blank."),
    ),
    Rule(
        "H01",
        "warning",
        Words("非表示", "hidden"),
        Words("非表示のシート・行・列にあります。", "This stands on a hidden sheet, row or column."),
        Words("必要なら再表示し、不要なら削除してください。", "Show it if it counts, delete it if it does not."),
        "L1-13",
    ),
    Rule(
        "H02",
        "warning",
        Words("取り消し線", "struck out"),
        Words("取り消し線が引かれています。", "This is struck out."),
        Words("必要なら取り消し線を外し、不要なら削除してください。", "Remove the line if it counts, delete the number if it does not."),
    ),
    Rule(
        "E01",
        "warning",
        Words("エラー値", "error value"),
        Words("エラー値 {shown} です。", "This cell shows the error {shown}."),
        Words("数式を直し、数値を入れてください。", "Mend the formula so that it gives a number."),
        "L2-06",
    ),
    Rule(
        "E02",
        "warning",
        Words("計算結果のない数式", "formula without result"),
        Words("数式の計算結果が保存されていません。", "A formula whose result is not saved in the file."),
        Words("Excel で開いて保存し直すか、値で貼り付けてください。", "Open and save it in Excel, or paste values."),
        "L2-06",
    ),
    Rule(
        "T01",
        "warning",
        Words("合わない合計", "total that does not add up"),
        Words("合計 {stated} が内訳の和 {sum} と合いません。", "The total {stated} is not the sum of its parts, {sum}."),
        Words("合計か内訳のどちらかを直してください。", "Correct the total or its parts."),
    ),
    Rule(
        "T02",
        "warning",
        Words("合計とみなした行", "row taken for a total"),
        Words(
            "「{about}」は隣の行の和に等しいので、合計とみなしました。",
            "«{about}» equals the sum of the rows next to it and was taken for their total.",
        ),
        Words("合計なら見出しに「計」と書いてください。", "If it is a total, say 計 in its heading."),
    ),
    Rule(
        "T03",
        "warning",
        Words("合わない率・差", "rate that does not follow"),
        Words(
            "率・差 {stated} が、{one} と {other} から計算した {computed} と合いません。",
            "The rate or difference {stated} does not follow from {one} and {other}, which give {computed}.",
        ),
        Words("率・差か、もとの数値のどちらかを直してください。", "Correct the rate, or the figures of which it is made."),
    ),
    Rule(
        "K01",
        "error",
        Words("ファイル間の矛盾", "conflict between files"),
        Words(
            "同じ項目が別のファイルで {other_value} です（ここでは {value}、相手：{other}）。",
            "Another file gives {other_value} for the same item (here {value}; there: {other}).",
        ),
        Words(
            "どちらが正しいかを確かめ、誤った方を inbox から除いてください。",
            "Find out which is right and remove the other from the inbox.",
        ),
    ),
    Rule(
        "K03",
        "error",
        Words("桁数の多すぎる値", "too many digits"),
        Words("{value} は桁数が多すぎて正確に保存できません。", "{value} has more digits than can be stored exactly."),
        Words("小数を丸めて入れてください。", "Round it in the workbook."),
    ),
    Rule(
        "K02",
        "error",
        Words("ファイル内の矛盾", "conflict within a file"),
        Words(
            "同じ項目が {other} では {other_value} です（ここでは {value}）。", "The same item is {other_value} in {other} (here {value})."
        ),
        Words("どちらか正しい方だけにしてください。", "Keep only the one that is right."),
    ),
    Rule(
        "I01",
        "error",
        Words("分母を超える値", "more than the whole"),
        Words(
            "{who}の{indicator}（{when}）は {actual} が分母 {base} を超え、{rate} になります。",
            "{indicator} of {who} ({when}) comes to {rate}: {actual} of {base}.",
        ),
        Words(
            "局の表の分子と分母を確かめ、正しい方を送ってもらってください。",
            "Check both numbers in the bureau's sheet and ask for the right ones.",
        ),
    ),
    Rule(
        "I02",
        "warning",
        Words("基準値が0以下", "base not above zero"),
        Words(
            "{who}の{indicator}（{when}）は基準値が {base} なので、率を計算できません（実績 {actual}）。",
            "There is no rate of {indicator} of {who} ({when}) against a base of {base} (actual: {actual}).",
        ),
        Words(
            "基準年度の値を確かめ、直すときは fiveless.toml の [[baselines]] に改定日と理由を付けて書いてください。",
            "Check the base year's figure; to revise it, state it under [[baselines]] in fiveless.toml with the day and the reason.",
        ),
    ),
    Rule(
        "I03",
        "warning",
        Words("目標が基準値と同じ", "target equal to the base"),
        Words(
            "{who}の{indicator}の目標（{when}）は {target} で、{same}。進み具合を計算できません。",
            "The target of {indicator} of {who} ({when}) is {target}, {same}: there is no way towards it.",
        ),
        Words(
            "目標値を確かめ、局の表か fiveless.toml の [[targets]] を直してください。",
            "Check the target, in the bureau's sheet or under [[targets]] in fiveless.toml.",
        ),
    ),
    Rule(
        "I04",
        "warning",
        Words("食い違う基準値", "contradictory bases"),
        Words(
            "{who}の{indicator}の基準値が食い違っています：{one}、{other}。",
            "The base of {indicator} of {who} is stated in two ways: {one}; {other}.",
        ),
        Words(
            "どちらが正しいかを確かめ、fiveless.toml の [[baselines]] に改定日（revised_on）と理由（reason）を付けて書いてください。",
            "Find out which is right and state it under [[baselines]] in fiveless.toml with revised_on and reason.",
        ),
    ),
    Rule(
        "I05",
        "error",
        Words("実績を超える除外分", "more excluded than there is"),
        Words(
            "{who}の{indicator}（{when}）は除外分 {excluded} が実績 {actual} を超えています。",
            "Of {indicator} of {who} ({when}) {excluded} are excluded, more than the actual {actual}.",
        ),
        Words("除外分の値を確かめてください。", "Check what is excluded."),
    ),
    Rule(
        "I06",
        "warning",
        Words("二重の除外分", "excluded twice"),
        Words(
            "{who}の{indicator}（{when}）は、除外分が報告（{reported}）と設定（{stated}）の両方にあり、両方を除いています。",
            "Of {indicator} of {who} ({when}) is excluded both what was reported ({reported}) and what the settings state ({stated}).",
        ),
        Words(
            "同じものなら fiveless.toml の [[exclusions]] から除いてください。",
            "If they are the same, take them out of [[exclusions]] in fiveless.toml.",
        ),
    ),
    Rule(
        "I07",
        "warning",
        Words("月別と累計の食い違い", "months against the sum to date"),
        Words(
            "{who}の{indicator}（{when}）は、月別の合計 {months} と報告された累計 {to_date} が合いません。月別の値を使っています。",
            "Of {indicator} of {who} ({when}) the months come to {months}, and are used; the sum to date is reported as {to_date}.",
        ),
        Words("どちらが正しいかを局に確かめてください。", "Ask the bureau which is right."),
    ),
)

REASONS: Mapping[str, str] = {
    "no_measure": "N01",
    "ambiguous_measure": "N02",
    "no_period": "N03",
    "no_year": "N04",
    "ambiguous_period": "N05",
    "no_bureau": "N06",
    "unknown_bureau": "N07",
    "ambiguous_bureau": "N08",
    "bureau_not_then": "N09",
    "ambiguous_office": "N10",
    "unit": "N11",
    "ambiguous_unit": "N12",
    "flow_as_of": "N13",
    "ambiguous_basis": "N14",
    "ambiguous_scenario": "N15",
    "not_understood": "N16",
    "part": "N17",
    "memo": "N18",
    "derived": "N19",
    "total_alone": "N20",
    "heading": "N21",
    "index": "N22",
    "not_figure": "N23",
    "left_out": "N25",
    "bracketed": "X04",
    "merged": "X03",
    "future": "N24",
    "unnamed": "N26",
    "spare": "N27",
    "stale": "N28",
    "daily": "N29",
    "forecast": "N30",
    "void": "N31",
    "negative": "P01",
    "scaled": "P02",
    "fraction": "P03",
    "hidden": "H01",
    "struck": "H02",
    "conflict": "K02",
}
