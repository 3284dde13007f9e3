"""The codelists as tables, and the lists of findings and of the ministries' rules, for reading, as CSV and as JSON."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal

from rich.text import Text

from fiveless.figures import percent
from fiveless.finding import RULES, SEVERITY_NAMES, Rule
from fiveless.language import Lang, Words
from fiveless.lint import APPLIES_NAMES, MinistryRule, ministry_rules
from fiveless.period import Period
from fiveless.structure import FOREVER, Bureau, Codelists, Indicator, Measure
from fiveless.tables.lines import aligned, cut, hanging
from fiveless.tables.observations import csv_text

Listed = Literal["bureaus", "measures", "indicators", "findings", "rules"]
LISTS: tuple[Listed, ...] = ("bureaus", "measures", "indicators")
_TITLES: Mapping[Listed, Words] = {
    "bureaus": Words("局", "Bureaus"),
    "measures": Words("指標値", "Measures"),
    "indicators": Words("指標", "Indicators"),
    "findings": Words("指摘", "Findings"),
    "rules": Words("機械可読性の規則（デジタル庁・総務省）", "The ministries' rules for machine-readable tables"),
}
_FIELD = re.compile(r"\{\w+\}")
_Record = dict[str, Any]


def records(codelists: Codelists, name: Listed) -> list[_Record]:
    """The entries of one list with stable English field names; None for what is open or does not apply."""
    rows: Mapping[Listed, Callable[[], list[_Record]]] = {
        "bureaus": lambda: [_bureau(each) for each in codelists.bureaus],
        "measures": lambda: [_measure(each) for each in codelists.measures],
        "indicators": lambda: [_indicator(each, codelists) for each in codelists.indicators],
        "findings": lambda: [_finding(each) for each in RULES.values()],
        "rules": lambda: [_ministry_rule(each) for each in ministry_rules().values()],
    }
    return rows[name]()


def _bureau(each: Bureau) -> _Record:
    first = Period("month", each.first).code if each.first else None
    last = Period("month", each.last).code if each.last < FOREVER else None
    names = {"name_ja": each.name.ja, "name_en": each.name.en, "group": each.group, "aliases": list(each.aliases)}
    return {"code": each.code, **names, "valid_from": first, "valid_to": last, "successors": list(each.successors)}


def _measure(each: Measure) -> _Record:
    names = {"name_ja": each.name.ja, "name_en": each.name.en, "unit_ja": each.unit_ja, "unit": each.unit}
    return {"code": each.code, "less": each.less, **names, "kind": each.kind, "better": each.better or None}


def _indicator(each: Indicator, codelists: Codelists) -> _Record:
    names = {"headline": each.headline, "name_ja": each.name.ja, "name_en": each.name.en, "kind": each.kind}
    what = {"numerator": each.numerator, "denominator": each.denominator, "comparison": each.comparison, "base_year": each.base_year}
    targets = [f"{target.fiscal_year}={percent(target.value)}" for target in codelists.targets if target.indicator == each.code]
    return {"code": each.code, "less": each.less, **names, **what, "targets": targets}


def _finding(each: Rule) -> _Record:
    """A kind of finding; what its sentences take from the sheet is `…`."""
    names = {"severity": each.severity, "title_ja": each.title.ja, "title_en": each.title.en}
    said = {f"says_{lang}": _FIELD.sub("…", text) for lang, text in each.says._asdict().items()}
    mend = {f"mend_{lang}": _FIELD.sub("…", text) for lang, text in each.mend._asdict().items()}
    ministry = ministry_rules().get(each.ministry)
    return {"code": each.code, **names, **said, **mend, "ministry": each.ministry or None, "mic_item": (ministry and ministry.item) or None}


def _ministry_rule(each: MinistryRule) -> _Record:
    what = {"mic_item": each.item or None, "level": each.level, "applies": each.applies, "severity": each.severity}
    checked = {"checked_ja": each.checked.ja or None, "checked_en": each.checked.en or None}
    return {"code": each.code, **what, "title_ja": each.title.ja, "title_en": each.title.en, **checked}


def screen(codelists: Codelists, names: Sequence[Listed], lang: Lang, width: int | None) -> list[Text]:
    """The lists for a terminal of `width` cells, or (None) in lines that are never cut or folded.

    A list of names has columns, and longer lines end in `…`; one of sentences has an entry for each, with its sentences below it.
    """
    lines: list[Text] = []
    for name in names:
        rows = records(codelists, name)
        said = _entries(name, rows, lang, width) if name in _SENTENCES else _lines(name, rows, lang, width)
        lines += [Text(f"{_TITLES[name].to(lang)} ({len(rows)})", "bold"), *said, Text()]
    return lines[:-1]


def _lines(name: Listed, rows: Sequence[_Record], lang: Lang, width: int | None) -> list[Text]:
    columns = _COLUMNS[name]
    table = [[_HEADS[column].to(lang) for column in columns], *([_cell(row, column, lang) for column in columns] for row in rows)]
    heads, *said = (Text(cut(line, width) if width else line) for line in aligned(table))
    heads.stylize("dim")
    return [heads, *said]


def _entries(name: Listed, rows: Sequence[_Record], lang: Lang, width: int | None) -> list[Text]:
    """Each entry as a line of its short fields, then its sentences, indented."""
    short = aligned([[_cell(row, column, lang) for column in _COLUMNS[name]] for row in rows])
    lines: list[Text] = []
    for head, row in zip(short, rows, strict=True):
        lines += [Text(line) for line in hanging("", head, width)]
        for start, column in _SENTENCES[name]:
            text = _cell(row, column, lang) or _BY_PERSON.to(lang)
            lines += [Text(line, "dim") for line in hanging(f"     {start.to(lang)}", text, width)]
    return lines


_COLUMNS: Mapping[Listed, tuple[str, ...]] = {
    "bureaus": ("name", "code", "valid_from", "valid_to", "aliases", "successors"),
    "measures": ("name", "code", "unit", "kind"),
    "indicators": ("name", "code", "headline", "comparison", "base_year", "targets"),
    "findings": ("code", "severity", "ministry", "mic_item", "title"),
    "rules": ("code", "mic_item", "severity", "applies", "title"),
}
_SENTENCES: Mapping[Listed, tuple[tuple[Words, str], ...]] = {
    "findings": ((Words("", ""), "says"), (Words("→ ", "→ "), "mend")),
    "rules": ((Words("点検：", "Checked: "), "checked"),),
}
_BY_PERSON = Words("－（人が確かめる）", "- (for a person to judge)")
_HEADS = {
    "name": Words("名称", "Name"),
    "code": Words("コード", "Code"),
    "valid_from": Words("開始", "From"),
    "valid_to": Words("終了", "To"),
    "aliases": Words("略称", "Also called"),
    "successors": Words("承継先", "Successors"),
    "unit": Words("単位", "Unit"),
    "kind": Words("種類", "Kind"),
    "headline": Words("代表", "Headline"),
    "comparison": Words("比べ方", "Basis"),
    "base_year": Words("基準年度", "Base year"),
    "targets": Words("目標", "Targets"),
}
_SAID = {
    "flow": Words("フロー", "flow"),
    "stock": Words("ストック", "stock"),
    "ytd": Words("年度累計", "year to date"),
    "month": Words("月", "month"),
    "as_of": Words("時点", "as of a date"),
    **SEVERITY_NAMES,
    **APPLIES_NAMES,
}


def _cell(record: _Record, column: str, lang: Lang) -> str:
    value = record.get(f"{column}_{lang}", record.get(f"{column}_ja") if lang == "ja" else None) or record.get(column)
    if isinstance(value, list):
        return ", ".join(value)
    if isinstance(value, bool):
        return "●" if value else ""
    return _SAID[value].to(lang) if isinstance(value, str) and value in _SAID else "" if value is None else str(value)


def as_csv(codelists: Codelists, name: Listed) -> str:
    """One list as CSV with bare line feeds; lists within a cell joined by `|`, `yes` for true, nothing for None."""
    rows = records(codelists, name)
    return csv_text(list(rows[0]) if rows else [], ({key: _flat(value) for key, value in row.items()} for row in rows))


def _flat(value: object) -> object:
    if isinstance(value, bool):
        return "yes" if value else ""
    return "|".join(value) if isinstance(value, list) else value


def as_json(codelists: Codelists, names: Sequence[Listed]) -> str:
    """One list as a JSON array; several as an object of arrays by name."""
    content = records(codelists, names[0]) if len(names) == 1 else {name: records(codelists, name) for name in names}
    return json.dumps(content, ensure_ascii=False, indent=2)
