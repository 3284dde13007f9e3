"""What surrounds each command: shared options in any place, help in two languages, and bad news in one sentence."""

import os
import re
import sys
import traceback
from collections.abc import Sequence
from typing import Any, NoReturn

import typer
from typer.core import TyperCommand, TyperGroup

from fiveless.cli import page, streams
from fiveless.errors import FivelessError
from fiveless.language import Lang, Words, chosen, of

# Options that every command takes, before or after its name; True where a value follows.
SHARED = {"--project": True, "--lang": True, "--quiet": False, "--debug": False}
_INTERRUPTED = 130
_COULD_NOT_RUN = 3
_USAGE = 2


def hoisted(args: Sequence[str]) -> list[str]:
    """The arguments with the shared options moved before the command, where typer looks for them."""
    shared: list[str] = []
    rest: list[str] = []
    given = iter(args)
    for arg in given:
        if arg == "--":
            return [*shared, *rest, arg, *given]
        name, _, value = arg.partition("=")
        if name not in SHARED:
            rest.append(arg)
        else:
            shared += [arg] if value or not SHARED[name] else [arg, *_next(given)]
    return [*shared, *rest]


def _next(args: Any) -> list[str]:
    following = next(args, None)
    return [] if following is None else [following]


def asked_language(args: Sequence[str], environ: Any, default: Lang) -> Lang:
    """The language of `--lang`, else of the environment, else the default; a wrong `--lang` is told of later."""
    named = ""
    for before, arg in zip(["", *args], args, strict=False):
        named = arg if before == "--lang" else arg.removeprefix("--lang=") if arg.startswith("--lang=") else named
    return of(named) or chosen(environ, default)


class Command(TyperCommand):
    """A command whose help is a page of ours."""

    def format_help(self, ctx: typer.Context, formatter: Any) -> None:  # type: ignore[override]  # typer's own class is private
        """Write the page in the language of this run."""
        formatter.write(page.of(self, ctx, help_language(ctx)))


class Shell(TyperGroup):
    """The program: it runs a command and ends with its exit code, whatever happens."""

    help_language: Lang = "en"

    def main(self, args: Sequence[str] | None = None, *_: Any, **extra: Any) -> NoReturn:
        """Run with some arguments (those of the process by default) and exit: 0 to 3, or 130 when interrupted."""
        streams.never_fail()
        given = hoisted(sys.argv[1:] if args is None else args)
        self.help_language = asked_language(given, os.environ, "en")
        lang = asked_language(given, os.environ, "ja")
        extra |= {"prog_name": "fiveless", "standalone_mode": False}
        try:
            code = super().main(given, **extra)
        except Exception as error:  # noqa: BLE001 - the last place where it can be told in a sentence
            code = told(error, lang, debug="--debug" in given)
            if isinstance(error, OSError):
                streams.forsake_output()
        sys.exit(code if isinstance(code, int) else 0)

    def make_context(self, *args: Any, **extra: Any) -> Any:
        """Read the options of the program; help may be all that is wanted, and its reader gone."""
        try:
            return super().make_context(*args, **extra)
        except OSError as error:
            _let_go(error)
            raise typer.Exit from None

    def invoke(self, ctx: typer.Context) -> Any:  # type: ignore[override]  # typer's own class is private
        """Run the command; that its reader has gone (`| head`) is no failure."""
        try:
            code = super().invoke(ctx)
            sys.stdout.flush()
        except OSError as error:
            _let_go(error)
            return 0
        return code

    def format_help(self, ctx: typer.Context, formatter: Any) -> None:  # type: ignore[override]  # typer's own class is private
        """Write the page in the language of this run."""
        formatter.write(page.of(self, ctx, self.help_language))


def _let_go(error: OSError) -> None:
    """Forsake a pipe whose reader has gone; any other error goes on."""
    if not streams.is_closed_pipe(error):
        raise error
    streams.forsake_output()


def help_language(ctx: typer.Context) -> Lang:
    """The language of help in this run."""
    root = ctx.find_root().command
    return root.help_language if isinstance(root, Shell) else "en"


def told(error: Exception, lang: Lang, *, debug: bool) -> int:
    """Say on stderr what went wrong, in one sentence; the exit code. The traceback only where it was asked for."""
    if debug:
        traceback.print_exception(error)
    if isinstance(error, FivelessError):
        streams.say(f"fiveless: {error.words.to(lang)}")
        return error.exit_code
    if isinstance(error, typer.Abort):
        return _INTERRUPTED
    if hasattr(error, "format_message"):  # typer's errors of usage have no public class of their own
        return _usage(error, lang)
    if isinstance(error, OSError) and error.strerror:
        where = Words("{place}に", "{place}").filled(place=error.filename) if error.filename else Words("出力先に", "the output")
        says = Words(
            "{where}書き込めないか、読めません（{reason}）。空きと権限を確かめてください。",
            "{where} cannot be written or read ({reason}); check space and permissions.",
        )
        streams.say("fiveless: " + says.filled(where=where, reason=error.strerror).to(lang))
        return _COULD_NOT_RUN
    says = Words(
        "予期しないエラーです（{kind}: {error}）。--debug を付けて実行すると詳しい記録が出ます。",
        "Unexpected error ({kind}: {error}); run again with --debug for the details.",
    )
    streams.say("fiveless: " + says.filled(kind=type(error).__name__, error=" ".join(str(error).split())).to(lang))
    return _COULD_NOT_RUN


def _usage(error: Any, lang: Lang) -> int:
    message = error.format_message()
    if type(error).__name__ == "NoArgsIsHelpError":
        streams.say(message)
        return _USAGE
    ctx = getattr(error, "ctx", None)
    command = ctx.command_path if ctx else "fiveless"
    see = Words("（使い方：{command} --help）", " (usage: {command} --help)").filled(command=command).to(lang)
    streams.say(f"fiveless: {translated(message) if lang == 'ja' else message}{see}")
    return int(error.exit_code)


_TYPER_SAYS = (
    (r"No such option: (?P<a>\S+)(?: \(Possible options: (?P<b>.*)\))?", "{a} というオプションはありません。", "{b} ではありませんか。"),
    (r"No such command '(?P<a>.*?)'\.?(?: Did you mean (?P<b>.*)\?)?", "{a} というコマンドはありません。", "{b} ではありませんか。"),
    (r"Missing command\.", "コマンドがありません。", ""),
    (r"Option '(?P<a>.*)' requires an argument\.", "{a} には値が要ります。", ""),
    (r"Option '(?P<a>.*)' does not take a value\.", "{a} は値を取りません。", ""),
    (
        r"Invalid value for '(?P<a>.*?)'(?: \(env var: .*?\))?: (?P<c>.*) is not one of (?P<b>.*)\.",
        "{a} に {c} は使えません。",
        "使えるのは {b} です。",
    ),
    (r"Missing (?:argument|option) '(?P<a>.*)'\..*", "{a} がありません。", ""),
    (r"Got unexpected extra arguments?(?:\(s\))? \((?P<a>.*)\)", "余分な引数があります：{a}。", ""),
)


def translated(message: str) -> str:
    """What typer says of a wrong use, in Japanese; as it is where we do not know it."""
    for pattern, ja, more in _TYPER_SAYS:
        found = re.fullmatch(pattern, message, re.DOTALL)
        if found:
            fields = found.groupdict()
            return (ja + (more if fields.get("b") else "")).format(**fields)
    return message
