"""The options and arguments of the commands, each with its help in both languages."""

from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from fiveless import __version__
from fiveless.cli.page import both

Table = Literal["table", "csv", "json", "markdown"]
Export = Literal["csv", "jsonl", "parquet"]
Listed = Literal["bureaus", "measures", "indicators", "findings", "rules"]


def _option(*names: str, ja: str, en: str, **more: Any) -> Any:
    return typer.Option(*names, show_default=False, show_envvar=False, help=both(ja, en), **more)


def _argument(metavar: str, ja: str, en: str) -> Any:
    return typer.Argument(metavar=metavar, show_default=False, help=both(ja, en))


def _several(name: str, ja: str, en: str) -> Any:
    return _option(name, ja=f"{ja}（何度でも指定できます）。", en=f"{en} (may be repeated).", metavar="CODE")


def _show_version(asked: bool) -> None:
    if asked:
        typer.echo(f"fiveless {__version__}")
        raise typer.Exit


# Of every command

Project = Annotated[
    Path,
    _option(
        "--project",
        ja="プロジェクトのフォルダー（既定：今のフォルダー、または FIVELESS_PROJECT）。",
        en="The project's folder (default: this one, or FIVELESS_PROJECT).",
        metavar="DIR",
        envvar="FIVELESS_PROJECT",
    ),
]
Language = Annotated[
    str,
    _option(
        "--lang",
        ja="表示する言語（既定：FIVELESS_LANG、環境の言語、日本語の順）。",
        en="Language (default: FIVELESS_LANG, the locale, or Japanese).",
        metavar="ja|en",
    ),
]
Quiet = Annotated[bool, _option("--quiet", ja="結果と誤りのほかは何も表示しません。", en="Show results and errors only.")]
Debug = Annotated[bool, _option("--debug", ja="エラーのとき詳しい記録を表示します。", en="Show the full record of an error.")]
Version = Annotated[bool, _option("--version", ja="版を表示します。", en="Show the version.", is_eager=True, callback=_show_version)]

# Of one command or a few

DemoFolder = Annotated[Path, _argument("[DIR]", "つくる場所（既定 fiveless-demo）。", "Where to make it (default: fiveless-demo).")]
InitFolder = Annotated[
    Path | None, _argument("[DIR]", "つくる場所（既定：プロジェクトのフォルダー）。", "Where (default: the project's folder).")
]
Paths = Annotated[
    list[Path] | None, _argument("[PATHS]...", "ファイルやフォルダー（既定 data/inbox）。", "Files and folders (default: data/inbox).")
]
LayoutJob = Annotated[Literal["new"], _argument("new", "下書きをつくる。", "Make a draft.")]
Workbook = Annotated[Path, _argument("FILE", "ブック。", "The workbook.")]
Again = Annotated[
    bool,
    _option(
        "--again",
        ja="同じ内容のファイルも読み直します（fiveless.toml を直したとき）。",
        en="Read known files again (after a change of fiveless.toml).",
    ),
]
DryRun = Annotated[bool, _option("--dry-run", ja="受領票だけを出し、何も書き込みません。", en="Show the receipt and write nothing.")]
Return = Annotated[
    Path | None,
    _option(
        "--return",
        ja="直すところのあるブックの写しを、コメントと一覧を付けてこのフォルダーに書きます（--dry-run でも）。",
        en="Write a copy of each workbook with something to mend, with comments and a list, to this folder (also with --dry-run).",
        metavar="DIR",
    ),
]
Passwords = Annotated[
    list[str] | None,
    _option(
        "--password",
        ja="保護されたブックを開くパスワード（何度でも指定できます。履歴に残さないなら環境変数 FIVELESS_PASSWORD で）。",
        en="Password of protected workbooks (may be repeated; FIVELESS_PASSWORD keeps it out of the shell's history).",
        metavar="TEXT",
    ),
]
_FORM = {"ja": "出力の形（既定 table）。", "en": "Form (default: table)."}
ReceiptForm = Annotated[Literal["table", "json"], _option("--format", **_FORM)]
TableForm = Annotated[Table, _option("--format", **_FORM)]
CodesForm = Annotated[Literal["table", "csv", "json"], _option("--format", **_FORM)]
Month = Annotated[
    str,
    _option(
        "--period",
        ja="年月（例 2022-06）。既定は実績のある最後の月。",
        en="The month, such as 2022-06 (default: the last one with figures).",
        metavar="YYYY-MM",
    ),
]
By = Annotated[
    Literal["less", "bureau", "office"],
    _option(
        "--by",
        ja="5つのレス別か、局別か（既定 less）。office（部署別）は --compare と一緒に。",
        en="By less or by bureau (default: less); by office together with --compare.",
    ),
]
_OF_GROUPS = "governor, public-enterprise, commission, assembly, other"
Groups = Annotated[list[str] | None, _several("--group", f"この区分の局だけ：{_OF_GROUPS}", f"Only bureaus of a group: {_OF_GROUPS}")]
Indicators = Annotated[
    list[str] | None, _several("--indicator", "指標のコード（fiveless codes indicators）", "Indicator (fiveless codes indicators)")
]
Exclude = Annotated[list[str] | None, _several("--exclude", "この局を除いた値も並べて示します", "Show the figures without this bureau too")]
Compare = Annotated[
    Literal["previous-month", "previous-year", "baseline"] | None,
    _option(
        "--compare",
        ja="前月・前年同月・基準年度と同じ局どうしで比べ、増減に寄与した局を示します。",
        en="Compare like for like with the month before, the year before or the base, and show who made the change.",
    ),
]
Trend = Annotated[bool, _option("--trend", ja="13か月の動きを示します。", en="Show thirteen months.")]
Explain = Annotated[
    bool,
    _option("--explain", ja="計算式と、そのすべての数値の出所のセルを示します。", en="Show the formula and the cells of its numbers."),
]
FirstTime = Annotated[str, _argument("A", "前の時期（2022-05、2022-Q1、FY2021）か日付（2022-08-15）。", "The earlier period or day.")]
SecondTime = Annotated[str, _argument("B", "後の時期か日付。", "The later period or day.")]
AsOf = Annotated[
    str,
    _option(
        "--as-of",
        ja="この日の終わりまでに受け取ったものだけで（例 2022-08-15、この端末の時刻）。",
        en="Only what was received by the end of this day, such as 2022-08-15, by this machine's clock.",
        metavar="YYYY-MM-DD",
    ),
]
ExportForm = Annotated[
    Export | None,
    _option("--format", ja="出力の形（既定：--out の拡張子、なければ csv）。", en="Form (default: by the suffix of --out, else csv)."),
]
Out = Annotated[
    Path | None, _option("--out", ja="標準出力の代わりに書くファイル。", en="A file to write instead of stdout.", metavar="FILE")
]
Offices = Annotated[
    list[str] | None,
    _option("--office", ja="部署の名前（何度でも指定できます）。", en="Office, by name (may be repeated).", metavar="NAME"),
]
Bureaus = Annotated[list[str] | None, _several("--bureau", "局のコード", "Bureau")]
Measures = Annotated[list[str] | None, _several("--measure", "指標値のコード", "Measure")]
Lesses = Annotated[list[str] | None, _several("--less", "paper, seal, fax, cash, face", "paper, seal, fax, cash or face")]
First = Annotated[
    str,
    _option(
        "--from", ja="この期間から（2022-04、2022-Q1、FY2022）。", en="From this period on (2022-04, 2022-Q1, FY2022).", metavar="PERIOD"
    ),
]
Last = Annotated[str, _option("--to", ja="この期間まで。", en="Up to this period.", metavar="PERIOD")]
Bases = Annotated[list[str] | None, _several("--basis", "month, quarter, year, ytd, as_of", "month, quarter, year, ytd or as_of")]
_OF_SCENARIOS = "actual, target, plan, cap, excluded"
Scenarios = Annotated[list[str] | None, _several("--scenario", _OF_SCENARIOS, _OF_SCENARIOS)]
Statuses = Annotated[list[str] | None, _several("--status", "normal, estimated, provisional など", "normal, estimated, provisional, ...")]
Everything = Annotated[
    bool,
    _option("--all", ja="一度も変わっていない数値も含めます。", en="Also the numbers that have not changed."),
]
HistoryForm = Annotated[Literal["table", "csv", "json"], _option("--format", **_FORM)]
Bom = Annotated[
    bool, _option("--bom", ja="CSV の先頭に BOM を付けます（Excel 用）。", en="Begin the CSV with a byte order mark, for Excel.")
]
ListName = Annotated[
    Listed | None,
    _argument(
        "[bureaus|measures|indicators|findings|rules]",
        "一覧の名前（既定：bureaus、measures、indicators）。",
        "Which list (default: bureaus, measures, indicators).",
    ),
]
Files = Annotated[list[Path], _argument("FILE...", "点検するファイルやフォルダー。", "Files and folders to judge.")]
UpToLevel = Annotated[
    Literal["1", "2", "3"],
    _option("--level", ja="このレベルまでの規則で点検します（既定 3）。", en="Judge by the rules up to this level (default: 3)."),
]
Looks = Annotated[list[Path], _argument("FILES...", "見るファイルやフォルダー。", "Files and folders to look at.")]
Sheets = Annotated[
    list[str] | None,
    _option(
        "--sheet",
        ja="このシートだけ（何度でも指定できます）。",
        en="Only this sheet (may be repeated).",
        metavar="NAME",
    ),
]
Cells = Annotated[
    list[str] | None,
    _option(
        "--cell",
        ja="このセルがなぜそう読まれたかを説明します（C7、シート名!C7。何度でも指定できます）。",
        en="Say why this cell was read as it was (C7, Sheet!C7; may be repeated).",
        metavar="CELL",
    ),
]
Range = Annotated[
    str, _option("--range", ja="描く範囲（A1:M60、61:120、N:Z）。", en="What to draw (A1:M60, 61:120, N:Z).", metavar="RANGE")
]
Html = Annotated[
    Path | None,
    _option(
        "--html",
        ja="画面に描く代わりに、1つの HTML ページとして書くファイル（- は標準出力）。",
        en="Write one HTML page to this file (- for stdout) instead of drawing on the screen.",
        metavar="OUT",
    ),
]
PreviewForm = Annotated[Literal["table", "json"], _option("--format", **_FORM)]
