"""Published figures beside what the store makes of them: printed, recomputed, and whether they agree."""

import json
from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from rich.text import Text

from fiveless.figures import MINUS, amount, fixed, number, plain
from fiveless.language import Lang, Words
from fiveless.progress import printed
from fiveless.progress.printed import OUTCOME_NAMES, Check, Interval, Outcome
from fiveless.structure import Codelists, Indicator, Published
from fiveless.tables.lines import aligned, hanging, left, packed
from fiveless.tables.observations import csv_text
from fiveless.tables.progress import piped
from fiveless.tables.wording import LOOKS, units

_TITLE = Words("公表値との照合", "Published figures recomputed")
_LABEL = 24
_HUNDREDTH = Decimal("0.01")
_SIGNS: Mapping[Outcome, tuple[str, str]] = {
    "agrees": ("●", LOOKS["achieved"].colour),
    "differs": ("▲", LOOKS["behind"].colour),
    "not_told": ("-", "default"),
    "not_recomputed": ("-", "default"),
}
_HEADS = {
    "when": Words("時点", "As of"),
    "name": Words("指標", "Indicator"),
    "printed": Words("公表値", "Printed"),
    "alone": Words("公表の数量からの率", "From its amounts"),
    "ours": Words("再計算", "Recomputed"),
    "verdict": Words("判定", "Verdict"),
    "why": Words("理由", "Why"),
}
_BASES = {
    "ytd": Words("（4月からの累計）", " (since April)"),
    "month": Words("（単月）", " (the month alone)"),
    "as_of": Words("（月末時点）", " (end of the month)"),
}
_COUNTED = Words(
    "公表値 {n} 件：一致 {agrees}、不一致 {differs}、判定・再計算できず {rest}",
    "{n} published figures: {agrees} agree, {differs} differ, {rest} cannot be told",
)


def screen(checks: Sequence[Check], codelists: Codelists, lang: Lang, width: int | None) -> list[Text]:
    """A paragraph for each figure on a screen; for a pipe (`width` None) a line."""
    if width is None:
        return [Text(_TITLE.to(lang)), Text(), *map(Text, aligned(_table(checks, codelists, lang))), Text(), Text(_counted(checks, lang))]
    lines = [Text(_TITLE.to(lang), "bold"), Text()]
    for each in checks:
        lines += [*_paragraph(each, codelists, lang, width), Text()]
    return [*lines, *(Text(line, "bold") for line in hanging("", _counted(checks, lang), width))]


def _table(checks: Sequence[Check], codelists: Codelists, lang: Lang) -> list[list[str]]:
    return [[head.to(lang) for head in _HEADS.values()], *(list(_row(each, codelists, lang).values()) for each in checks)]


def _paragraph(each: Check, codelists: Codelists, lang: Lang, width: int) -> list[Text]:
    """The verdict with what it is of, then what was printed, what follows from it, and ours, each with its label."""
    row = _row(each, codelists, lang)
    lines = []
    for place, part in enumerate(packed((row["when"], row["name"]), width - _LABEL)):
        line = Text(left("" if place else row["verdict"], _LABEL), _SIGNS[each.verdict][1])
        lines.append(line.append(part, "bold default"))
    for name in ("printed", "alone", "ours"):
        if row[name] != "–":
            lines += map(Text, hanging(left(f"  {_HEADS[name].to(lang)}", _LABEL), row[name], width))
    return [*lines, *(Text(line, "dim") for line in hanging("  ", row["why"], width) if line.strip())]


def _row(each: Check, codelists: Codelists, lang: Lang) -> dict[str, str]:
    """The cells of a figure, named as their heads."""
    published = each.published
    indicator = codelists.indicator.get(published.indicator)
    return {
        "when": f"{published.as_of.label(lang)}{_BASES[published.basis].to(lang)}",
        "name": indicator.name.to(lang) if indicator else published.indicator,
        "printed": _printed(published),
        "alone": _rate(alone(each, codelists), indicator, lang),
        "ours": _ours(each, codelists, lang),
        "verdict": f"{_SIGNS[each.verdict][0]} {OUTCOME_NAMES[each.verdict].to(lang)}",
        "why": each.why.to(lang),
    }


def _printed(published: Published) -> str:
    """What was printed, as it was: value, what it was compared with, rate, and note."""
    texts = filter(None, (published.value_printed, published.comparison, published.percent_printed))
    return "、".join(texts) + (f"（{published.note}）" if published.note else "")


def _ours(each: Check, codelists: Codelists, lang: Lang) -> str:
    """The rate with the amounts of which it is made, or those that are known."""
    indicator = codelists.indicator.get(each.published.indicator)
    if not indicator or (each.actual is None and each.base is None):
        return "–"
    measure = codelists.measure[indicator.numerator]
    amounts = f"{amount(each.actual)} / {amount(each.base)} {units(measure, lang)}"
    return f"{_rate(each.recomputed, indicator, lang)}  {amounts}" if each.recomputed else amounts


def alone(each: Check, codelists: Codelists) -> Interval | None:
    """The rates that the printed amounts allow by themselves."""
    published, indicator = each.published, codelists.indicator.get(each.published.indicator)
    value, base = printed.amount(published.value_printed), printed.amount(published.base_printed)
    if not value or not base or not indicator:
        return None
    return printed.share(value, base) if indicator.kind == "share" else printed.reduction(value, base)


def _rate(found: Interval | None, indicator: Indicator | None, lang: Lang) -> str:
    """One rate or the span of two in percent, to two places; a reduction with the minus that it is printed with."""
    if found is None or indicator is None:
        return "–"
    low, high = (_percent(each, reduction=indicator.kind == "reduction") for each in found)
    return f"{low} %" if low == high else f"{low}{Words('～', ' to ').to(lang)}{high} %"


def _percent(rate: Decimal, *, reduction: bool) -> str:
    value = (100 * rate).quantize(_HUNDREDTH, ROUND_HALF_UP)
    shown = -value if reduction else value
    sign = MINUS if shown < 0 else "+" if shown > 0 and reduction else ""
    return f"{sign}{abs(shown):f}"


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
    found = ({name: _written(name, record[name], machine=False) for name in _CSV} for record in records(checks, lang))
    return csv_text(_CSV, found)


def _written(name: str, value: Any, *, machine: bool) -> Any:
    if isinstance(value, bool):
        return value if machine else str(value).lower()
    if not isinstance(value, Decimal):
        return value
    if name in _RATES:
        return float(fixed(value)) if machine else fixed(value)
    return number(value) if machine else plain(value)
