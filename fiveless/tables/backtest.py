"""Published figures beside what the store makes of them: printed, recomputed, and whether they agree."""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from rich.text import Text

from fiveless.figures import amount, fixed, number, plain
from fiveless.language import Lang, Words
from fiveless.progress import printed
from fiveless.progress.printed import OUTCOME_NAMES, Check, Interval, Outcome
from fiveless.structure import Codelists
from fiveless.tables.lines import aligned, folded, hanging, left
from fiveless.tables.progress import piped
from fiveless.tables.wording import LOOKS

_TITLE = Words("公表値との照合", "Published figures recomputed")
_SIGNS: Mapping[Outcome, tuple[str, str]] = {
    "agrees": ("●", LOOKS["achieved"].colour),
    "differs": ("▲", LOOKS["behind"].colour),
    "not_told": ("-", "default"),
    "not_recomputed": ("-", "default"),
}
_HEADS = {
    "when": Words("時点", "Month"),
    "name": Words("指標", "Indicator"),
    "printed": Words("公表値", "Printed"),
    "alone": Words("公表値だけから", "From the printed"),
    "ours": Words("再計算", "Recomputed"),
    "verdict": Words("判定", "Verdict"),
}
_WHY = Words("理由", "Why")
_COUNTED = Words(
    "{n} 件：一致 {agrees}、不一致 {differs}、判定・再計算できず {rest}",
    "{n} rows: {agrees} agree, {differs} differ, {rest} cannot be told",
)


def screen(checks: Sequence[Check], codelists: Codelists, lang: Lang, width: int | None) -> list[Text]:
    """A paragraph for each figure on a screen; for a pipe (`width` None) a line."""
    if width is None:
        return [Text(_TITLE.to(lang)), Text(), *map(Text, aligned(_table(checks, codelists, lang))), Text(), Text(_counted(checks, lang))]
    lines = [Text(_TITLE.to(lang), "bold"), Text()]
    for each in checks:
        lines += [*_paragraph(each, codelists, lang, width), Text()]
    return [*lines, Text(_counted(checks, lang), "bold")]


def _table(checks: Sequence[Check], codelists: Codelists, lang: Lang) -> list[list[str]]:
    heads = [head.to(lang) for head in (*_HEADS.values(), _WHY)]
    return [heads, *([*_row(each, codelists, lang), each.why.to(lang)] for each in checks)]


def _paragraph(each: Check, codelists: Codelists, lang: Lang, width: int) -> list[Text]:
    when, name, said, alone, ours, verdict = _row(each, codelists, lang)
    head = Text(f"{left(verdict, 18)}", _SIGNS[each.verdict][1])
    head.append(f"{when}  {name}", "bold")
    pairs = [(_HEADS["printed"], said), (_HEADS["alone"], alone), (_HEADS["ours"], ours)]
    lines = [head]
    for words, text in pairs:
        if text != "–":
            lines += [Text(line) for line in hanging(f"  {left(words.to(lang), 18)}", text, width)]
    return [*lines, *(Text(f"  {line}", "dim") for line in folded(each.why.to(lang), width - 2) if line)]


def _row(each: Check, codelists: Codelists, lang: Lang) -> list[str]:
    published = each.published
    indicator = codelists.indicator.get(published.indicator)
    said = " ".join(filter(None, (published.value_printed, published.percent_printed, f"（{published.note}）" if published.note else "")))
    ours = f"{_rate(each.recomputed)}  {amount(each.actual)} / {amount(each.base)}" if each.recomputed else "–"
    verdict = f"{_SIGNS[each.verdict][0]} {OUTCOME_NAMES[each.verdict].to(lang)}"
    name = indicator.name.to(lang) if indicator else published.indicator
    return [published.as_of.code, name, said, _rate(alone(each, codelists)), ours, verdict]


def alone(each: Check, codelists: Codelists) -> Interval | None:
    """The rates that the printed amounts allow by themselves."""
    published, indicator = each.published, codelists.indicator.get(each.published.indicator)
    value, base = printed.amount(published.value_printed), printed.amount(published.base_printed)
    if not value or not base or not indicator:
        return None
    return printed.share(value, base) if indicator.kind == "share" else printed.reduction(value, base)


def _rate(found: Interval | None) -> str:
    if found is None:
        return "–"
    low, high = (f"{100 * each:.2f}" for each in found)
    return f"{low} %" if low == high else f"{low}～{high} %"


def _counted(checks: Sequence[Check], lang: Lang) -> str:
    agrees, differs = (sum(each.verdict == name for each in checks) for name in ("agrees", "differs"))
    return _COUNTED.filled(n=len(checks), agrees=agrees, differs=differs, rest=len(checks) - agrees - differs).to(lang)


def markdown(checks: Sequence[Check], codelists: Codelists, lang: Lang) -> str:
    """A Markdown table."""
    heads, *rows = _table(checks, codelists, lang)
    return piped(heads, rows)


_CSV = (
    *("as_of", "indicator", "measure", "basis", "against", "exclusions", "value_printed", "base_printed", "percent_printed"),
    *("printed_low", "printed_high", "actual", "base", "rate_low", "rate_high", "verdict", "why", "source"),
)
_NONE = (None, None)
_RATES = ("printed_low", "printed_high", "rate_low", "rate_high")


def records(checks: Sequence[Check], lang: Lang) -> list[dict[str, Any]]:
    """A record for each figure; rates as fractions, amounts exact, None for what is not known."""
    return [_record(each, lang) for each in checks]


def _record(each: Check, lang: Lang) -> dict[str, Any]:
    told = each.published
    names = ("indicator", "basis", "against", "exclusions", "value_printed", "base_printed", "percent_printed", "source")
    texts = {name: getattr(told, name) for name in names}
    said, rate = printed.rate(told.percent_printed) or _NONE, each.recomputed or _NONE
    rates = {"printed_low": said[0], "printed_high": said[1], "rate_low": rate[0], "rate_high": rate[1]}
    ours = {"actual": each.actual, "base": each.base, **rates, "verdict": each.verdict, "why": each.why.to(lang)}
    return {"as_of": told.as_of.code, "measure": told.measure or "", **texts, **ours}


def as_json(checks: Sequence[Check], lang: Lang) -> str:
    """A JSON array of the records; rates to six places."""
    found = [{name: _written(name, record[name], machine=True) for name in _CSV} for record in records(checks, lang)]
    return json.dumps(found, ensure_ascii=False, indent=2)


def as_csv(checks: Sequence[Check], lang: Lang) -> str:
    """The records as CSV with bare line feeds; rates to six places, nothing for None."""
    text = io.StringIO()
    writer = csv.DictWriter(text, _CSV, lineterminator="\n")
    writer.writeheader()
    writer.writerows({name: _written(name, record[name], machine=False) for name in _CSV} for record in records(checks, lang))
    return text.getvalue()


def _written(name: str, value: Any, *, machine: bool) -> Any:
    if isinstance(value, bool):
        return value if machine else str(value).lower()
    if not isinstance(value, Decimal):
        return value
    if name in _RATES:
        return float(fixed(value)) if machine else fixed(value)
    return number(value) if machine else plain(value)
