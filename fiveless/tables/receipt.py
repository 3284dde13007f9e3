"""The receipt of an ingest run, for reading and as JSON."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rich.text import Text

from fiveless.finding import RULES, SEVERITIES, SEVERITY_NAMES, Finding, Severity
from fiveless.language import Lang, Words
from fiveless.receipt import OUTCOMES, Group, Input, Receipt, grouped, span
from fiveless.tables.lines import cells, hanging, left, right

SHOWN = 20
_COLOURS: Mapping[Severity, str] = {"error": "#d55e00", "warning": "#b87a00", "note": "default"}
_SIGNS: Mapping[Severity, str] = {"error": "▲", "warning": "○", "note": "-"}
_OUTCOMES = {
    "read": Words("読取", "read"),
    "unchanged": Words("変更なし", "unchanged"),
    "refused": Words("受付不可", "refused"),
    "skipped": Words("対象外", "skipped"),
}
_VALUES = {
    "new": Words("新規", "new"),
    "changed": Words("変更", "changed"),
    "unchanged": Words("同値", "unchanged"),
    "withdrawn": Words("取下げ", "withdrawn"),
}
_FATES = {
    "taken": Words("採用", "taken"),
    "checked": Words("検算に使用", "used as checks"),
    "set_aside": Words("保留", "set aside"),
}


def screen(receipt: Receipt, lang: Lang, width: int | None) -> list[Text]:
    """The receipt for a terminal of `width` cells, or (None) in lines that are never folded."""
    head = Words("受領票", "Receipt")
    if receipt.dry_run:
        head = Words("受領票（試行：何も書き込んでいません）", "Receipt (dry run: nothing was written)")
    lines = [Text(head.to(lang), "bold"), Text(), *_counts(receipt, lang, width)]
    lines += _reasons(receipt, lang, width) + _skipped(receipt, lang, width)
    return lines + told(receipt.findings, lang, width)


def _counts(receipt: Receipt, lang: Lang, width: int | None) -> list[Text]:
    """Four lines: files, values, numbers, findings."""
    rows = {
        Words("ファイル", "Files"): {_OUTCOMES[each]: receipt.files(each) for each in OUTCOMES},
        Words("観測値", "Observations"): {words: getattr(receipt, name) for name, words in _VALUES.items()},
        Words("数値", "Numbers"): {words: getattr(receipt, name) for name, words in _FATES.items()},
        Words("指摘", "Findings"): {_plural(each): receipt.count(each) for each in SEVERITIES},
    }
    name = max(cells(each.to(lang)) for each in rows) + 2
    lines = []
    for title, counts in rows.items():
        said = "   ".join(f"{words.to(lang)} {count:,}" if lang == "ja" else f"{count:,} {words.en}" for words, count in counts.items())
        lines += _hanging(left(title.to(lang), name), said, width)
    return lines


def _plural(severity: Severity) -> Words:
    return Words(SEVERITY_NAMES[severity].ja, f"{SEVERITY_NAMES[severity].en}s")


def _reasons(receipt: Receipt, lang: Lang, width: int | None) -> list[Text]:
    """Why numbers were set aside, most frequent reason first."""
    if not receipt.reasons:
        return []
    size = max(cells(f"{count:,}") for count in receipt.reasons.values())
    lines = [Text(), Text(Words("保留の理由", "Why numbers were set aside").to(lang), "bold")]
    for code, count in receipt.reasons.items():
        lines += _hanging(f"  {right(f'{count:,}', size)}  ", f"{RULES[code].title.to(lang)} [{code}]", width)
    return lines


def _skipped(receipt: Receipt, lang: Lang, width: int | None) -> list[Text]:
    lines = []
    for each in receipt.inputs:
        if each.outcome == "skipped" and each.why:
            lines += _hanging(f"{_OUTCOMES['skipped'].to(lang)}  ", f"{each.file} {each.why.to(lang)}", width)
    return [Text(), *lines] if lines else []


def told(findings: Iterable[Finding], lang: Lang, width: int | None) -> list[Text]:
    """Findings, those of one kind and sheet together: where, what, and how to mend it."""
    groups = grouped(findings)
    lines = [line for group in groups[:SHOWN] for line in (Text(), *_group(group, lang, width))]
    if len(groups) > SHOWN:
        rest = Words(
            "ほか {n} 組の指摘があります。--format json ですべて表示します。", "{n} more groups of findings; --format json shows all."
        )
        lines += [Text(), Text(rest.filled(n=len(groups) - SHOWN).to(lang), "dim")]
    return lines


def _group(group: Group, lang: Lang, width: int | None) -> list[Text]:
    """Where, what, and how to mend it."""
    first, colour = group.first, _COLOURS[group.first.severity]
    sign = f"{_SIGNS[first.severity]} {SEVERITY_NAMES[first.severity].to(lang)}  "
    place = " › ".join(part for part in (first.file, first.sheet, span(group.cells)) if part)
    count = Words("（{n} 件）", " ({n} of them)").filled(n=len(group.findings)).to(lang) if len(group.findings) > 1 else ""
    ministry = (
        Words("・機械判読性 {rule}", ", ministry rule {rule}").filled(rule=first.rule.ministry).to(lang) if first.rule.ministry else ""
    )
    head = _hanging(sign, f"{place}{count} [{first.code}{ministry}]", width)
    head[0].stylize(f"bold {colour}", 0, len(sign))
    return [*head, *_hanging("    ", _said(group, lang), width), *_hanging("    → ", first.mend(lang), width, "dim")]


def _said(group: Group, lang: Lang) -> str:
    sentences = list(dict.fromkeys(each.says(lang) for each in group.findings))
    if len(sentences) == 1:
        return sentences[0]
    return sentences[0] + Words(" ほか {n} 通り。", " And {n} like it.").filled(n=len(sentences) - 1).to(lang)


def _hanging(start: str, text: str, width: int | None, style: str = "") -> list[Text]:
    return [Text(line, style) for line in hanging(start, text, width)]


def as_json(receipt: Receipt, lang: Lang, returned: Sequence[Mapping[str, Any]] | None = None) -> str:
    """All of the receipt, every finding by itself, as one JSON object; sentences in one language, all else stable English.

    `returned` are the annotated copies, where they were asked for.
    """
    more = {} if returned is None else {"returned": list(returned)}
    return json.dumps(_record(receipt, lang) | more, ensure_ascii=False, indent=2)


def _record(receipt: Receipt, lang: Lang) -> dict[str, Any]:
    return {
        "dry_run": receipt.dry_run,
        "files": {outcome: receipt.files(outcome) for outcome in OUTCOMES},
        "observations": {name: getattr(receipt, name) for name in _VALUES},
        "numbers": {
            "taken": receipt.taken,
            "used_as_checks": receipt.checked,
            "set_aside": receipt.set_aside,
            "set_aside_by_reason": dict(receipt.reasons),
        },
        "findings_by_severity": {severity: receipt.count(severity) for severity in SEVERITIES},
        "inputs": [_input(each, lang) for each in receipt.inputs],
        "findings": [_finding(each, lang) for each in receipt.findings],
    }


def _input(each: Input, lang: Lang) -> dict[str, str]:
    record = {"file": each.file, "outcome": each.outcome}
    return {**record, "why": each.why.to(lang)} if each.why else dict(record)


def _finding(each: Finding, lang: Lang) -> dict[str, str]:
    place = {"file": each.file, "sheet": each.sheet, "cell": each.cell}
    said = {"says": each.says(lang), "mend": each.mend(lang), "ministry": each.rule.ministry}
    return {"code": each.code, "severity": each.severity, **place, **said}
