"""Help pages in Japanese or English, laid out by the width of Japanese characters, without loading anything for it."""

import shutil
from typing import Any

from fiveless.language import Lang, Words
from fiveless.tables.lines import cells, folded, hanging, left

_BOTH = "\x1f"
_USAGE = Words("使い方", "Usage")
_ARGUMENTS = Words("引数", "Arguments")
_OPTIONS = Words("オプション", "Options")
_COMMANDS = Words("コマンド", "Commands")
_HELP = Words("この説明を表示します。", "Show this page.")
_SHARED = Words(
    "どのコマンドでも使えるもの：--project DIR、--lang ja|en、--quiet、--debug（fiveless --help に説明）",
    "With any command: --project DIR, --lang ja|en, --quiet, --debug (see fiveless --help)",
)


def both(ja: str, en: str) -> str:
    """A help text in both languages, in one string, since typer takes its texts before it knows the language."""
    return en + _BOTH + ja


def _in(text: str | None, lang: Lang) -> str:
    en, _, ja = (text or "").partition(_BOTH)
    return ja if lang == "ja" and ja else en


def of(command: Any, ctx: Any, lang: Lang) -> str:
    """The help page of a command or of the program; ends without a line end. `command` and `ctx` are typer's."""
    width = max(50, min(shutil.get_terminal_size().columns, 100))
    lines = [f"{_USAGE.to(lang)}: {ctx.command_path} {' '.join(command.collect_usage_pieces(ctx))}", ""]
    for paragraph in _in(command.help, lang).splitlines():
        lines += [f"  {line}".rstrip() for line in folded(paragraph, width - 2)]
    records = [(each.param_type_name, *_record(each, ctx, lang)) for each in command.get_params(ctx)]
    lines += _section(_ARGUMENTS.to(lang), [(name, text) for kind, name, text in records if kind == "argument"], width)
    commands = getattr(command, "commands", {})
    lines += _section(_COMMANDS.to(lang), [(name, _in(each.help, lang).splitlines()[0]) for name, each in commands.items()], width)
    lines += _section(_OPTIONS.to(lang), [(name, text) for kind, name, text in records if kind == "option"], width)
    if not commands:
        lines += ["", *folded(_SHARED.to(lang), width)]
    return "\n".join(lines)


def _record(param: Any, ctx: Any, lang: Lang) -> tuple[str, str]:
    name, text = param.get_help_record(ctx)
    return name, _HELP.to(lang) if "--help" in param.opts else _in(text, lang)


def _section(title: str, rows: list[tuple[str, str]], width: int) -> list[str]:
    """A heading and two columns; what is too long for the first stands on its own line."""
    if not rows:
        return []
    first = min(28, max(cells(name) for name, _ in rows)) + 2
    lines = ["", f"{title}:"]
    for name, text in rows:
        fits = cells(name) + 2 <= first
        lines += [] if fits else [f"  {name}"]
        lines += hanging(f"  {left(name if fits else '', first)}", text, width)
    return lines
