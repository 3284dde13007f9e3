"""The commands: each loads what it needs only when it runs, so that help and errors of use come at once."""

import io
import os
import sys
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from fiveless.cli import options
from fiveless.cli.page import both
from fiveless.cli.shell import Command, Shell
from fiveless.errors import FivelessError, UsageError
from fiveless.language import Words, chosen, listed, of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fiveless.cli.session import Session
    from fiveless.pipeline import Looked, Returned
    from fiveless.preview import Window
    from fiveless.receipt import Receipt
    from fiveless.structure import Indicator

app = typer.Typer(cls=Shell, add_completion=False, rich_markup_mode=None, no_args_is_help=True)
_FOUND, _NOTHING_READ = 1, 3
_DEMO = Path("fiveless-demo")
_AGAIN = Words(
    "fiveless.toml が取り込みのあとに変わっています。変更なしのファイルも読み直すには --again を付けてください。",
    "fiveless.toml has changed since files were taken in; --again reads the unchanged ones anew.",
)
_NO_COPY = Words("{file}：写しはありません。{why}", "{file}: no copy. {why}")
_NOT_AGAIN = Words(
    "変更なしの {n} 件は読み直していないので、写しもありません。つくるには --again を付けてください。",
    "{n} unchanged files were not read again, so there are no copies of them; --again makes them too.",
)
_UNREVISED = Words(
    "当てはまる数値に、変わったものや取り下げられたものはありません。変わっていないものは --all で示します。",
    "No such number has been revised or withdrawn; --all shows those that have not.",
)
_NO_NUMBERS = Words("当てはまる数値はありません。", "There are no such numbers.")
_COPIES = Words("直していただく写し {n} 件を {folder} に書きました。", "Annotated copies written to {folder}: {n}.")


def main() -> None:
    """Run the program with the arguments of the process."""
    app()


@app.callback(
    help=both(
        "各局の Excel ブックから「5つのレス」の進捗表をつくり、すべての数値の行方を説明します。\n"
        "まず fiveless demo を試してください。自分のデータでは init、ingest、progress の順です。",
        "Turns the bureaus' workbooks into the progress of Tokyo's five reductions, and accounts for every number.\n"
        "Try fiveless demo first. With your own data: init, ingest, progress.",
    )
)
def _shared(
    ctx: typer.Context,
    folder: options.Project = Path(),
    lang: options.Language = "",
    quiet: options.Quiet = False,
    debug: options.Debug = False,
    version: options.Version = False,
) -> None:
    del debug, version  # the shell around the command has looked at them
    if lang and lang not in ("ja", "en"):
        raise UsageError(Words(f"--lang に {lang} は使えません。ja か en を指定してください。", f"--lang cannot be {lang}; give ja or en."))
    ctx.obj = {"folder": folder, "lang": of(lang) or chosen(os.environ, "ja"), "quiet": quiet}


def _session(ctx: typer.Context) -> "Session":
    from fiveless.cli.session import Session

    return Session(**ctx.obj)


@app.command(
    cls=Command,
    help=both(
        "合成データで一通り試します：プロジェクトと各局のブックをつくり、取り込み、進捗と報告書を出します。",
        "Try it on synthetic data: make a project with bureaus' workbooks, take them in, show progress, write a report.",
    ),
)
def demo(ctx: typer.Context, folder: options.DemoFolder = _DEMO) -> None:
    """Make a demonstration, show its progress, and say what to do next."""
    from fiveless import pipeline
    from fiveless.tables import progress as table

    session = _session(ctx)
    session.talk(Words(f"{folder} に合成データのプロジェクトをつくっています…", f"Making a project with synthetic data in {folder} …"))
    with session.counting() as on_file:
        made = pipeline.demo(folder, session.lang, pipeline.now(os.environ), on_file)
    session.talk(_summary(made.receipt))
    session.show(table.shown(made.measured.totals, made.codelists, made.measured.period, session.lang, session.width))
    session.talk(Words(f"\n報告書：{made.report[0]}\n次は：", f"\nReport: {made.report[0]}\nNext:"))
    for line in (f"cd {folder}", "fiveless progress --by bureau", "fiveless export --less paper", "fiveless ingest --dry-run"):
        session.talk(Words(f"  {line}", f"  {line}"))


def _summary(receipt: "Receipt") -> Words:
    said = Words(
        "ブック {read:,} 件を読み、数値 {taken:,} 件を採用、{checked:,} 件を検算に使用、{aside:,} 件を保留しました。\n",
        "{read:,} workbooks read: {taken:,} numbers taken, {checked:,} used as checks, {aside:,} set aside.\n",
    )
    return said.filled(read=receipt.files("read"), taken=receipt.taken, checked=receipt.checked, aside=receipt.set_aside)


@app.command(
    cls=Command,
    help=both(
        "プロジェクトをつくります：fiveless.toml、data/inbox/、reports/。今あるものには触れません。",
        "Make a project: fiveless.toml, data/inbox/, reports/. What exists is left as it is.",
    ),
)
def init(ctx: typer.Context, folder: options.InitFolder = None) -> None:
    """Make what a project lacks, name each thing that was made on stdout."""
    from fiveless import project, reference

    session = _session(ctx)
    here, made = project.create(folder or session.folder, reference.default_toml(session.lang))
    session.data(f"{path}\n" for path in made)
    if not made:
        session.talk(Words(f"{here.folder} はすでにプロジェクトです。", f"{here.folder} is a project already."))
    session.talk(
        Words(
            f"次は：各局のブックを {here.inbox} に置き、fiveless ingest を実行してください。",
            f"Next: put the bureaus' workbooks in {here.inbox} and run fiveless ingest.",
        )
    )


@app.command(
    cls=Command,
    help=both(
        "各局のブックを取り込み、受領票を出します。同じ内容のファイルは二度読みません。\n"
        "終了コード：0 指摘なし、1 要確認・誤り・受付不可あり、2 使い方の誤り、3 実行できない。",
        "Take in the bureaus' workbooks and show a receipt. A file with known content is not read again.\n"
        "Exit codes: 0 nothing to mend, 1 warnings, errors or refused files, 2 wrong use, 3 could not run.",
    ),
)
def ingest(
    ctx: typer.Context,
    paths: options.Paths = None,
    again: options.Again = False,
    dry_run: options.DryRun = False,
    folder: options.Return = None,
    password: options.Passwords = None,
    form: options.ReceiptForm = "table",
) -> int:
    """Ingest and show the receipt; 1 where a person has something to decide, 3 where nothing could be read."""
    from fiveless import pipeline
    from fiveless.tables import receipt as table

    session = _session(ctx)
    project, codelists = session.project(), session.codelists()
    command = " ".join(["fiveless ingest", *map(str, paths or [])])
    received_at = pipeline.now(os.environ)
    passwords = [*(password or []), *filter(None, [os.environ.get("FIVELESS_PASSWORD")])]
    outbox = pipeline.outbox(project, paths or [], folder, session.lang, received_at) if folder else None
    cases: list[pipeline.Case] = []
    with session.counting() as on_file:
        receipt = pipeline.ingest(
            *(project, paths or [], codelists, passwords),
            received_at=received_at,
            again=again,
            dry_run=dry_run,
            command=command,
            on_file=on_file,
            on_cases=cases.extend if outbox else None,
        )
    returned = pipeline.send_back(project, cases, outbox) if outbox else []
    if receipt.files("unchanged") and pipeline.settings_changed(project):
        session.talk(_AGAIN)
    if form == "json":
        session.data([table.as_json(receipt, session.lang, [each.record(session.lang) for each in returned] if folder else None), "\n"])
    else:
        session.show(table.screen(receipt, session.lang, session.width))
    if folder:
        _tell_returned(session, returned, folder, receipt.files("unchanged"))
    return _NOTHING_READ if receipt.nothing_read else _FOUND if receipt.needs_attention else 0


def _tell_returned(session: "Session", returned: "Sequence[Returned]", folder: Path, unchanged: int) -> None:
    """How many copies were written and where, and which were not and why; FivelessError if one of those should be there."""
    for each in returned:
        if each.why and not each.failed:
            session.talk(_NO_COPY.filled(file=each.file, why=each.why))
    if unchanged:
        session.talk(_NOT_AGAIN.filled(n=unchanged))
    session.talk(_COPIES.filled(n=sum(bool(each.copy) for each in returned), folder=folder))
    failed = [_NO_COPY.filled(file=each.file, why=each.why) for each in returned if each.failed]
    if failed:
        raise FivelessError(Words("\n".join(each.ja for each in failed), "\n".join(each.en for each in failed)))


@app.command(
    cls=Command,
    help=both(
        "読み方が決まらないブックのために、レイアウトファイル（TOML）の下書きを標準出力に出します：fiveless layout new FILE。\n"
        "空欄を埋めて data/layouts/ に置くと、次の取り込みから使われます。",
        "Write a first draft of a layout file (TOML) for a workbook that leaves something unsaid: fiveless layout new FILE.\n"
        "Fill in its blanks and keep it in data/layouts/; ingest heeds it from then on.",
    ),
)
def layout(ctx: typer.Context, job: options.LayoutJob, file: options.Workbook, out: options.Out = None) -> None:
    """Draft a layout file on stdout or in a file that does not exist yet."""
    del job  # there is one job as yet
    from fiveless import pipeline

    session = _session(ctx)
    text = pipeline.draft(file, session.codelists(), session.lang)
    if out is None:
        session.data([text])
        return
    if out.exists():
        says = Words("{out} はすでにあります。別の名前を指定してください。", "{out} exists; name another file.")
        raise UsageError(says.filled(out=out))
    pipeline.keep(io.BytesIO(text.encode()), out)
    session.talk(Words(f"{out} に書きました。", f"Written to {out}."))


@app.command(
    cls=Command,
    help=both(
        "国の機械可読性の規則（デジタル庁・総務省）だけでブックを点検します。プロジェクトは要りません。\n"
        "終了コード：0 指摘なし、1 指摘あり、2 使い方の誤り、3 読めるファイルがない。",
        "Judge workbooks by the ministries' rules for machine-readable tables alone; no project is needed.\n"
        "Exit codes: 0 nothing found, 1 findings, 2 wrong use, 3 no file could be read.",
    ),
)
def lint(ctx: typer.Context, files: options.Files, level: options.UpToLevel = "3", form: options.TableForm = "table") -> int:
    """Judge files; 1 where something was found, 3 where nothing could be read."""
    from fiveless import pipeline
    from fiveless.lint import LEVELS
    from fiveless.tables import lint as table

    session = _session(ctx)
    highest = LEVELS[int(level) - 1]
    with session.counting() as on_file:
        linted = pipeline.lint(files, session.folder, highest, on_file)
    if form == "table":
        session.show(table.screen(linted.verdicts, linted.skipped, highest, session.lang, session.width))
    elif form == "csv":
        session.data([table.as_csv(linted.verdicts, session.lang)])
    elif form == "json":
        session.data([table.as_json(linted.verdicts, linted.skipped, highest, session.lang), "\n"])
    else:
        session.data([table.markdown(linted.verdicts, highest, session.lang), "\n"])
    return _NOTHING_READ if linted.nothing_read else 0 if linted.is_clean else _FOUND


@app.command(
    cls=Command,
    help=both(
        "ブックの各シートを描き、すべてのセルの行方（採用・検算・保留）とその理由を示します。何も保存しません。\n"
        "終了コード：0 指摘なし、1 要確認・誤りあり、2 使い方の誤り、3 読めない。",
        "Draw each sheet of a workbook with what became of every cell (taken, check, set aside) and why. Nothing is stored.\n"
        "Exit codes: 0 nothing to mend, 1 warnings or errors, 2 wrong use, 3 cannot be read.",
    ),
)
def preview(
    ctx: typer.Context,
    files: options.Looks,
    sheet: options.Sheets = None,
    cell: options.Cells = None,
    window: options.Range = "",
    html: options.Html = None,
    form: options.PreviewForm = "table",
) -> int:
    """Draw files, or explain some of their cells; 1 where something needs a person, 3 where no file can be read."""
    from fiveless import pipeline
    from fiveless.preview import asked
    from fiveless.tables import preview as table

    session = _session(ctx)
    places, within = asked.cells(cell or []), asked.window(window) if window else None
    if html and (places or form == "json"):
        raise UsageError(Words("--html は --cell や --format と一緒には使えません。", "--html cannot be used with --cell or --format."))
    looked = pipeline.look(session.folder, files, sheet or [], session.codelists(), within)
    for finding in looked.refused:
        session.warn(Words(*(f"{finding.where}: {finding.says(lang)} {finding.mend(lang)}" for lang in ("ja", "en"))))
    if html:
        _write_page(session, looked, within, html)
    elif form == "json":
        session.data([table.as_json(pipeline.explained(looked, places, within), session.lang), "\n"])
    elif places:
        session.show(table.explained(pipeline.explain(looked, places), session.lang, session.width))
    else:
        session.show(table.screen(looked.previews, looked.names, within, session.lang, session.width))
    return _NOTHING_READ if not looked.previews else _FOUND if looked.asks else 0


def _write_page(session: "Session", looked: "Looked", within: "Window | None", out: Path) -> None:
    from fiveless import pipeline
    from fiveless.pages import preview as pages

    if not looked.previews:
        return
    text = pages.page(looked.previews, looked.names, within, session.lang)
    if str(out) == "-":
        session.data([text])
    else:
        pipeline.keep(io.BytesIO(text.encode()), out)
        session.talk(Words(f"{out} に書きました。", f"Written to {out}."))


@app.command(
    cls=Command,
    help=both(
        "5つのレスそれぞれの進捗を表示します。--compare は増減とその内訳、--trend は推移、--explain は計算式と出所のセルを示します。\n"
        "終了コード：0 指摘なし、1 数値に要確認・誤りあり、2 使い方の誤り、3 実行できない。",
        "Show the progress of each of the five; --compare shows changes and who made them, --trend months, --explain formulas and cells.\n"
        "Exit codes: 0 nothing to look at, 1 figures that need a person, 2 wrong use, 3 could not run.",
    ),
)
def progress(
    ctx: typer.Context,
    period: options.Month = "",
    by: options.By = "less",
    less: options.Lesses = None,
    indicator: options.Indicators = None,
    bureau: options.Bureaus = None,
    group: options.Groups = None,
    exclude: options.Exclude = None,
    compare: options.Compare = None,
    trend: options.Trend = False,
    explain: options.Explain = False,
    as_of: options.AsOf = "",
    form: options.TableForm = "table",
) -> int:
    """Show progress of one month; 1 where a figure needs a person."""
    from fiveless import pipeline
    from fiveless.cli import showing

    session = _session(ctx)
    if sum((compare is not None, trend, explain)) > 1:
        says = Words("--compare、--trend、--explain は一つだけ指定してください。", "Give only one of --compare, --trend and --explain.")
        raise UsageError(says)
    if by == "office" and compare is None:
        raise UsageError(Words("--by office は --compare と一緒に使います。", "--by office goes together with --compare."))
    project, codelists = session.project(), session.codelists()
    month = pipeline.month(period) if period else None
    asked = pipeline.asked(codelists, less, indicator, bureau, group, exclude, pipeline.known_at(as_of) if as_of else None)
    asked = replace(asked, period=month)
    shown = showing.Showing(session, codelists, form, every=by != "less", code=asked.code_counted)
    if compare:
        _tell_without_base(session, asked.chosen(codelists) if compare == "baseline" else [])
        return shown.change(*pipeline.change(project, codelists, asked, compare, offices=by == "office"), pipeline.AGAINST_NAMES[compare])
    if trend:
        return shown.trend(*pipeline.trend(project, codelists, asked, by_bureau=by == "bureau"))
    if explain:
        return shown.cells(*pipeline.cells_of(project, codelists, asked, by_bureau=by == "bureau"))
    return shown.measured(pipeline.progress(project, codelists, asked))


def _tell_without_base(session: "Session", chosen: "Sequence[Indicator]") -> None:
    """Which indicators are not compared with a base year, for they have none."""
    names = [each.name for each in chosen if each.base_year is None]
    if names and len(names) < len(chosen):
        says = Words("基準年度のない指標は含みません：{names}", "Without a base year, and so not shown: {names}")
        session.talk(says.filled(names=listed(names)))


@app.command(
    cls=Command,
    help=both(
        "二つの時期（月・四半期・年度）の値を同じ局どうしで比べます：fiveless diff 2021-06 2022-06。\n"
        "二つの日付なら、その間に変わった数値と、指標への影響を示します：fiveless diff 2022-07-31 2022-08-31。",
        "Compare two months, quarters or fiscal years like for like: fiveless diff 2021-06 2022-06.\n"
        "Of two days, show the numbers changed between them and what became of the indicators: fiveless diff 2022-07-31 2022-08-31.",
    ),
)
def diff(
    ctx: typer.Context,
    first: options.FirstTime,
    second: options.SecondTime,
    by: options.By = "less",
    less: options.Lesses = None,
    indicator: options.Indicators = None,
    bureau: options.Bureaus = None,
    group: options.Groups = None,
    exclude: options.Exclude = None,
    as_of: options.AsOf = "",
    form: options.TableForm = "table",
) -> int:
    """Show what changed between two periods."""
    from fiveless import pipeline
    from fiveless.cli import showing

    session = _session(ctx)
    project, codelists = session.project(), session.codelists()
    asked = pipeline.asked(codelists, less, indicator, bureau, group, exclude, pipeline.known_at(as_of) if as_of else None)
    shown = showing.Showing(session, codelists, form, every=by != "less", code=asked.code_counted)
    if pipeline.is_day(first) and pipeline.is_day(second):
        if by != "less" or exclude or as_of:
            says = Words(
                "日付どうしでは --by、--exclude、--as-of は使えません。", "Between two days --by, --exclude and --as-of have no meaning."
            )
            raise UsageError(says)
        return shown.between(pipeline.between(project, codelists, asked, *pipeline.two_days(first, second)), first, second)
    earlier, later = pipeline.two_periods(first, second)
    asked = replace(asked, period=later)
    changes, scope = pipeline.change(project, codelists, asked, earlier, offices=by == "office")
    return shown.change(changes, scope, Words(earlier.label("ja"), earlier.label("en")))


@app.command(
    cls=Command,
    help=both(
        "公表された数値を取り込んだ値から再計算し、丸めの範囲で一致するかを一行ずつ示します。\n"
        "終了コード：0 不一致なし、1 不一致あり、2 使い方の誤り、3 実行できない。",
        "Recompute each published figure from what was taken in, and show whether it agrees within its rounding.\n"
        "Exit codes: 0 none differs, 1 some differ, 2 wrong use, 3 could not run.",
    ),
)
def backtest(ctx: typer.Context, form: options.TableForm = "table") -> int:
    """Compare with what was published; 1 where a figure differs."""
    from fiveless import pipeline
    from fiveless.tables import backtest as table

    session = _session(ctx)
    codelists = session.codelists()
    checks = pipeline.backtest(session.project(), codelists)
    if form == "csv":
        session.data([table.as_csv(checks, session.lang)])
    elif form == "json":
        session.data([table.as_json(checks, session.lang), "\n"])
    elif form == "markdown":
        session.data([table.markdown(checks, codelists, session.lang), "\n"])
    else:
        session.show(table.screen(checks, codelists, session.lang, session.width))
    return _FOUND if any(each.verdict == "differs" for each in checks) else 0


@app.command(
    cls=Command,
    help=both(
        "整った観測値（1行1値、出所つき）を標準出力に出します。",
        "Write tidy observations (one value a line, with its source) to stdout.",
    ),
)
def export(
    ctx: typer.Context,
    form: options.ExportForm = None,
    out: options.Out = None,
    bureau: options.Bureaus = None,
    measure: options.Measures = None,
    less: options.Lesses = None,
    first: options.First = "",
    last: options.Last = "",
    basis: options.Bases = None,
    scenario: options.Scenarios = None,
    status: options.Statuses = None,
    bom: options.Bom = False,
) -> None:
    """Export observations to stdout or a file."""
    from fiveless import pipeline

    session = _session(ctx)
    form = form or _form_of(out)
    project, codelists = session.project(), session.codelists()
    asked = {"bureau": bureau, "measure": measure, "less": less, "basis": basis, "scenario": scenario, "status": status}
    where = pipeline.selection(codelists, {kind: codes or [] for kind, codes in asked.items()}, first, last)
    if form == "parquet" and out is None and sys.stdout.isatty():
        raise UsageError(
            Words(
                "Parquet は画面に表示できません。--out FILE を付けてください。", "Parquet cannot be shown on a terminal; give --out FILE."
            )
        )
    with pipeline.export(project, codelists, where, form, bom=bom) as content:
        if out is None:
            session.copy(content)
        else:
            pipeline.keep(content, out)
            session.talk(Words(f"{out} に書きました。", f"Written to {out}."))


def _form_of(out: Path | None) -> options.Export:
    suffixes: dict[str, options.Export] = {".jsonl": "jsonl", ".ndjson": "jsonl", ".parquet": "parquet"}
    return suffixes.get(out.suffix.lower(), "csv") if out else "csv"


@app.command(
    cls=Command,
    help=both(
        "変わった数値と取り下げられた数値の、これまでの値をすべて、ファイル・セル・受け取った時刻つきで示します。",
        "Show each value that revised or withdrawn numbers have had, with its file, cell and time of receipt.",
    ),
)
def history(
    ctx: typer.Context,
    bureau: options.Bureaus = None,
    office: options.Offices = None,
    measure: options.Measures = None,
    less: options.Lesses = None,
    first: options.First = "",
    last: options.Last = "",
    basis: options.Bases = None,
    scenario: options.Scenarios = None,
    everything: options.Everything = False,
    day: options.AsOf = "",
    form: options.HistoryForm = "table",
) -> None:
    """Show the revisions of numbers."""
    from fiveless import pipeline
    from fiveless.tables import history as table

    session = _session(ctx)
    as_of = pipeline.known_at(day) if day else None
    project, codelists = session.project(), session.codelists()
    asked = {"bureau": bureau, "measure": measure, "less": less, "basis": basis, "scenario": scenario}
    where = replace(
        pipeline.selection(codelists, {kind: codes or [] for kind, codes in asked.items()}, first, last), office=tuple(office or ())
    )
    with pipeline.history(project, codelists, where, everything=everything, as_of=as_of) as revisions:
        found = next(revisions, None)
        if found is None:
            session.talk(_UNREVISED if not everything else _NO_NUMBERS)
        every = chain([] if found is None else [found], revisions)
        if form == "csv":
            session.data(table.csv_lines(every))
        elif form == "json":
            session.data(table.json_lines(every))
        else:
            session.show(table.screen(every, codelists, session.lang, session.width))


@app.command(
    cls=Command,
    help=both(
        "月の報告書を reports/ に書きます：Markdown、CSV、図（SVG と PNG）。",
        "Write a month's report to reports/: Markdown, CSV, a chart (SVG and PNG).",
    ),
)
def report(ctx: typer.Context, period: options.Month = "") -> None:
    """Write a report, name its files on stdout."""
    from fiveless import pipeline

    session = _session(ctx)
    asked = pipeline.month(period) if period else None
    project, codelists = session.project(), session.codelists()
    month, files = pipeline.write_report(project, codelists, session.lang, asked)
    session.talk(Words(f"{month.label('ja')}の報告書を書きました。", f"The report of {month.label('en')} is written."))
    session.data(f"{path}\n" for path in files)


@app.command(
    cls=Command,
    help=both(
        "使えるコードの一覧：bureaus（局）、measures（指標値）、indicators（指標）、findings（指摘）、rules（機械可読性の規則）。",
        "List the codes: bureaus, measures, indicators, findings, rules (of the ministries).",
    ),
)
def codes(ctx: typer.Context, name: options.ListName = None, form: options.CodesForm = "table") -> None:
    """Show the codelists of the project, or the built-in ones."""
    from fiveless.tables import codes as table

    session = _session(ctx)
    codelists = session.codelists()
    names = (name,) if name else table.LISTS
    if form == "json":
        session.data([table.as_json(codelists, names), "\n"])
    elif form == "table":
        session.show(table.screen(codelists, names, session.lang, session.width))
    elif name is None:
        says = Words(
            "CSV では一覧を一つ選んでください（例：fiveless codes bureaus --format csv）。",
            "Name one list for CSV, for example: fiveless codes bureaus --format csv.",
        )
        raise UsageError(says)
    else:
        session.data([table.as_csv(codelists, name)])
