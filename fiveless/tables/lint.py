"""The verdicts on files by the ministries' rules: for reading, as Markdown, CSV and JSON."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from rich.text import Text

from fiveless.finding import Severity
from fiveless.language import Lang, Words
from fiveless.lint import Flaw, Level, LevelVerdict, MinistryRule, Verdict, ministry_rules
from fiveless.receipt import Input
from fiveless.tables.lines import cells, cut, hanging, left, packed
from fiveless.tables.observations import csv_text

_SIGNS: Mapping[Severity, str] = {"error": "▲", "warning": "○", "note": "-"}
_COLOURS: Mapping[Severity, str] = {"error": "#d55e00", "warning": "#b87a00", "note": "default"}
_GOOD = "#2f81c7"
_TITLE = Words("機械可読性の点検", "Machine readability")
_LEVEL = Words("レベル{level}", "Level {level}")
_CONFORMS, _NEEDS_WORK = Words("適合", "conforms"), Words("要改善", "needs work")
_RULES_MET = Words("{checked}規則中{met}", "{met} of {checked} rules")
_NOTHING = Words("指摘はありません。", "Nothing was found.")
_WHOLE_FILE = Words("（ファイル全体）", "(the whole file)")
_MEND = Words("直し方", "How to mend it")
_ITEM = Words("（総務省 {item}）", " (MIC item {item})")
_BY_PERSON = Words("人が確かめる規則", "For a person to judge")
_SKIPPED = Words("対象外", "skipped")
_NARROW = 72
_FEW = 3
_PLACE = 28


def screen(verdicts: Sequence[Verdict], skipped: Sequence[Input], level: Level, lang: Lang, width: int | None) -> list[Text]:
    """The verdicts for a terminal of `width` cells, or (None) in lines that are never folded."""
    lines = [Text(_TITLE.to(lang), "bold")]
    for each in verdicts:
        lines += [Text(), *_file(each, lang, width)]
    for passed in skipped:
        if passed.why:
            lines += [Text(), *_hanging(f"{_SKIPPED.to(lang)}  ", f"{passed.file} {passed.why.to(lang)}", width)]
    return [*lines, *_mending(verdicts, lang, width), *_by_person(level, lang, width), Text(), *_summary(verdicts, lang, width)]


def _hanging(start: str, text: str, width: int | None, style: str = "") -> list[Text]:
    return [Text(line, style) for line in hanging(start, text, width)]


def _file(verdict: Verdict, lang: Lang, width: int | None) -> list[Text]:
    """A file's name, its levels, and its flaws by sheet."""
    lines = [*_hanging("", verdict.file, width, "bold"), *_levels(verdict.levels, lang, width)]
    if verdict.is_clean:
        return [*lines, Text(f"  {_NOTHING.to(lang)}", "dim")]
    if verdict.refused is not None and not verdict.flaws:
        refused = verdict.refused
        return [*lines, *_coloured(f"  {_SIGNS['error']} {refused.code}  ", refused.says(lang), "error", width)]
    size = max(cells(_place(flaw)) for flaw in verdict.flaws)
    for sheet, flaws in verdict.sheets().items():
        lines += [Text(f"  {cut(sheet, width - 2) if width else sheet}")] if sheet else []
        for flaw in flaws:
            lines += _flaw(flaw, min(size, _PLACE), lang, width)
    return lines


def _levels(levels: Iterable[LevelVerdict], lang: Lang, width: int | None) -> list[Text]:
    lines = [Text(f"  {line}") for line in packed([_level(each, lang) for each in levels], (width or 1000) - 2)] if levels else []
    for line in lines:
        line.highlight_words([f"● {_CONFORMS.to(lang)}"], _GOOD)
        line.highlight_words([f"○ {_NEEDS_WORK.to(lang)}"], _COLOURS["warning"])
    return lines


def _level(each: LevelVerdict, lang: Lang) -> str:
    verdict = f"● {_CONFORMS.to(lang)}" if each.conforms else f"○ {_NEEDS_WORK.to(lang)}"
    return f"{_LEVEL.filled(level=each.level).to(lang)} {verdict} {_RULES_MET.filled(met=each.met, checked=each.checked).to(lang)}"


def _place(flaw: Flaw) -> str:
    """The first few ranges of a flaw."""
    return ", ".join(flaw.cells[:_FEW]) + (", …" if len(flaw.cells) > _FEW else "")


def _flaw(flaw: Flaw, size: int, lang: Lang, width: int | None) -> list[Text]:
    """Sign, rule and place, then what is the matter: beside them, or below where there is no room."""
    start = f"    {_SIGNS[flaw.severity]} {flaw.rule.code}  "
    place = _place(flaw)
    if width and width < _NARROW:
        head = cut(start + place, width)
        return [*_styled([Text(head)], flaw.severity), *_hanging(" " * 8, flaw.says(lang), width)]
    if width is None or cells(place) <= size:
        return _coloured(start + (left(place, size) + "  " if size else ""), flaw.says(lang), flaw.severity, width)
    return [*_styled([Text(cut(start + place, width))], flaw.severity), *_hanging(" " * (cells(start) + size + 2), flaw.says(lang), width)]


def _coloured(start: str, text: str, severity: Severity, width: int | None) -> list[Text]:
    return _styled(_hanging(start, text, width), severity)


def _styled(lines: list[Text], severity: Severity) -> list[Text]:
    """The sign and the code of the first line in the colour of their severity."""
    indent = len(lines[0].plain) - len(lines[0].plain.lstrip())
    lines[0].stylize(f"bold {_COLOURS[severity]}", indent, indent + 7)
    return lines


def _mending(verdicts: Iterable[Verdict], lang: Lang, width: int | None) -> list[Text]:
    """Each broken rule once, with all that mends it."""
    lines: list[Text] = []
    for rule, mends in _mends(verdicts, lang).items():
        lines += _hanging(f"  {rule}  ", _titled(ministry_rules()[rule], lang), width)
        for mend in mends:
            lines += _hanging(" " * 9 + "→ ", mend, width, "dim")
    for finding in (each.refused for each in verdicts if each.refused and not each.flaws):
        lines += _hanging(f"  {finding.code}    ", finding.rule.title.to(lang), width)
        lines += _hanging(" " * 9 + "→ ", finding.mend(lang), width, "dim")
    return [Text(), Text(_MEND.to(lang), "bold"), *lines] if lines else []


def _mends(verdicts: Iterable[Verdict], lang: Lang) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for flaw in sorted((flaw for each in verdicts for flaw in each.flaws), key=lambda flaw: flaw.rule.code):
        said = found.setdefault(flaw.rule.code, [])
        said += [flaw.mend(lang)] if flaw.mend(lang) not in said else []
    return found


def _titled(rule: MinistryRule, lang: Lang) -> str:
    return rule.title.to(lang) + (_ITEM.filled(item=rule.item).to(lang) if rule.item else "")


def _unchecked(level: Level) -> list[MinistryRule]:
    return [rule for rule in ministry_rules().values() if rule.level <= level and not rule.is_checked]


def _by_person(level: Level, lang: Lang, width: int | None) -> list[Text]:
    """The rules that are not judged here."""
    lines = [line for rule in _unchecked(level) for line in _hanging(f"  {rule.code}  ", _titled(rule, lang), width)]
    return [Text(), Text(_BY_PERSON.to(lang), "bold"), *lines] if lines else []


def _summary(verdicts: Sequence[Verdict], lang: Lang, width: int | None) -> list[Text]:
    refused = sum(each.refused is not None for each in verdicts)
    clean = sum(each.is_clean for each in verdicts)
    said = Words(
        "ファイル：{n}（適合 {clean}、要改善 {found}、読めない {refused}）",
        "Files: {n} (conforming {clean}, needing work {found}, unreadable {refused})",
    )
    counts = {"n": len(verdicts), "clean": clean, "found": len(verdicts) - clean - refused, "refused": refused}
    return _hanging("", said.filled(**counts).to(lang), width, "bold")


# For machines, and for other documents --------------------------------------------------------------------------------


def _records(verdict: Verdict, lang: Lang) -> Iterator[dict[str, Any]]:
    """Each flaw with stable English field names; sentences in one language."""
    for flaw in verdict.flaws:
        rule = flaw.rule
        what = {"rule": rule.code, "mic_item": rule.item, "level": rule.level, "severity": rule.severity, "title": rule.title.to(lang)}
        place = {"sheet": flaw.sheet, "cells": list(flaw.cells), "count": flaw.count}
        yield {**place, **what, "says": flaw.says(lang), "mend": flaw.mend(lang)}
    refused = verdict.refused
    if refused is not None and not verdict.flaws:
        what = {"rule": refused.code, "mic_item": "", "severity": refused.severity, "title": refused.rule.title.to(lang)}
        yield {"sheet": "", "cells": [], "count": 1, **what, "level": None, "says": refused.says(lang), "mend": refused.mend(lang)}


_CSV = ("file", "sheet", "cells", "count", "rule", "mic_item", "level", "severity", "title", "says", "mend")


def as_csv(verdicts: Iterable[Verdict], lang: Lang) -> str:
    """One flaw a line with bare line feeds; ranges of cells with spaces between."""
    found = ((each, record) for each in verdicts for record in _records(each, lang))
    return csv_text(_CSV, ({"file": each.file, **record, "cells": " ".join(record["cells"])} for each, record in found))


def as_json(verdicts: Iterable[Verdict], skipped: Iterable[Input], level: Level, lang: Lang) -> str:
    """All files with their levels and flaws, those passed over, and the rules left to a person, as one object."""
    content = {
        "files": [_file_record(each, lang) for each in verdicts],
        "skipped": [{"file": each.file, "why": each.why.to(lang) if each.why else ""} for each in skipped],
        "not_checked": [{"rule": rule.code, "mic_item": rule.item, "title": rule.title.to(lang)} for rule in _unchecked(level)],
    }
    return json.dumps(content, ensure_ascii=False, indent=2)


def _file_record(verdict: Verdict, lang: Lang) -> dict[str, Any]:
    levels = [
        {"level": each.level, "verdict": "conforms" if each.conforms else "needs_work", "met": each.met, "checked": each.checked}
        for each in verdict.levels
    ]
    outcome = "refused" if verdict.refused else "clean" if verdict.is_clean else "found"
    return {"file": verdict.file, "outcome": outcome, "levels": levels, "findings": list(_records(verdict, lang))}


_HEADS = (
    Words("シート", "Sheet"),
    Words("セル", "Cells"),
    Words("規則", "Rule"),
    Words("総務省", "MIC item"),
    Words("指摘", "Finding"),
    Words("直し方", "How to mend it"),
)


def markdown(verdicts: Iterable[Verdict], level: Level, lang: Lang) -> str:
    """A document with a section for each file; without a line end at its end."""
    lines = [f"# {_TITLE.to(lang)}"]
    for each in verdicts:
        lines += ["", f"## {_plain(each.file)}", *_section(each, lang)]
    by_person = [f"- {rule.code} {_titled(rule, lang)}" for rule in _unchecked(level)]
    return "\n".join([*lines, *(["", f"## {_BY_PERSON.to(lang)}", "", *by_person] if by_person else [])])


def _section(verdict: Verdict, lang: Lang) -> list[str]:
    lines = ["", *(f"- {_level_in_full(each, lang)}" for each in verdict.levels)] if verdict.levels else []
    if verdict.is_clean:
        return [*lines, "", _NOTHING.to(lang)]
    heads = [head.to(lang) for head in _HEADS]
    rows = [_row(record, lang) for record in _records(verdict, lang)]
    return [*lines, "", _piped(heads), _piped(["---"] * len(heads)), *map(_piped, rows)]


def _level_in_full(each: LevelVerdict, lang: Lang) -> str:
    verdict = _CONFORMS if each.conforms else _NEEDS_WORK
    met = _RULES_MET.filled(met=each.met, checked=each.checked)
    return f"{_LEVEL.filled(level=each.level).to(lang)}: {verdict.to(lang)} ({met.to(lang)})"


def _row(record: Mapping[str, Any], lang: Lang) -> list[str]:
    place = [record["sheet"] or _WHOLE_FILE.to(lang), ", ".join(record["cells"])]
    return [*place, record["rule"], record["mic_item"], record["says"], record["mend"]]


def _piped(row: Iterable[str]) -> str:
    return f"| {' | '.join(map(_plain, row))} |"


def _plain(text: str) -> str:
    return " ".join(text.replace("|", "\\|").split())
