"""A row of the progress table in words: figures, status, what is compared with what, and what must be added to be fair."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from fiveless.figures import amount, percent, plural, reduced, whole_percent
from fiveless.language import Lang, Words
from fiveless.period import Period
from fiveless.progress import FLAG_NAMES, STATUS_NAMES, Progress
from fiveless.structure import LESS_NAMES, Codelists, Indicator


class Look(NamedTuple):
    """How a status looks: a sign that needs no colour, and a colour that the colour-blind can tell and any background bears."""

    sign: str
    colour: str


LOOKS: Mapping[str, Look] = {
    "achieved": Look("●", "#2f81c7"),
    "on_track": Look("◐", "#0f9488"),
    "in_progress": Look("○", "#b87a00"),
    "behind": Look("▲", "#d55e00"),
    "no_target": Look("-", "default"),
    "not_comparable": Look("-", "bright_black"),
    "no_data": Look("-", "bright_black"),
}
HEADS = {
    "less": Words("5つのレス", "Less"),
    "indicator": Words("指標", "Indicator"),
    "rate": Words("実績", "Actual"),
    "target": Words("目標", "Target"),
    "progress": Words("目標への進み", "Towards target"),
    "status": Words("状況", "Status"),
    "amounts": Words("実績値／基準値・分母", "Actual / base or N"),
    "basis": Words("比べ方", "Basis"),
    "reported": Words("報告局", "Reported"),
}
_NOTES = {
    "estimated_base": Words(
        "基準年度の月別の値がないため、年度計×経過月数÷12 で推計しています。",
        "the base year is known only as a whole, so its months are annual × months elapsed / 12.",
    ),
    "stated_base": Words(
        "基準値は報告された値ではなく、設定（fiveless.toml）の値です。",
        "the base was not reported but is given in the settings (fiveless.toml).",
    ),
    "partial": Words(
        "比べるのに必要な値がそろった局だけで計算しています。",
        "only bureaus that gave all that the comparison needs are counted.",
    ),
    "line": Words(
        "基準年度からあとに統合・分割・改称した局は、前身の局と合わせて比べています。",
        "bureaus are compared together with those that they succeeded.",
    ),
    "zero_base": Words("基準値が0なので率は計算できません。", "there is no rate against a base of zero."),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One `Progress` in the words of one language."""

    less: str
    indicator: str
    rate: str
    target: str
    progress: str
    status: str
    amounts: str
    basis: str
    reported: str

    def to(self, heads: Iterable[str]) -> list[str]:
        """Some of its cells."""
        return [getattr(self, head) for head in heads]


def worded(each: Progress, codelists: Codelists, lang: Lang) -> Row:
    """The cells of a row, for reading."""
    indicator = codelists.indicator[each.indicator]
    write = reduced if indicator.kind == "reduction" else percent
    return Row(
        LESS_NAMES[each.less].to(lang),
        indicator.name.to(lang),
        write(each.rate),
        write(each.target),
        whole_percent(each.progress),
        f"{LOOKS[each.status].sign} {STATUS_NAMES[each.status].to(lang)}",
        _amounts(each, indicator, codelists, lang),
        basis(each, indicator).to(lang),
        f"{each.reported}/{each.due}",
    )


def _amounts(each: Progress, indicator: Indicator, codelists: Codelists, lang: Lang) -> str:
    measure = codelists.measure[indicator.numerator]
    return f"{amount(each.actual)} / {amount(each.base)} {measure.unit_ja if lang == 'ja' else plural(measure.unit)}"


def basis(each: Progress, indicator: Indicator) -> Words:
    """What is compared with what, in words, with the marks that the notes explain."""
    marks = [FLAG_NAMES[flag] for flag in each.flags]
    if each.target is not None and each.target_year is not None and each.target_year != each.period.fiscal_year:
        marks.append(Words(f"目標は{each.target_year}年度", f"target of FY{each.target_year}"))
    said = _compared(each.comparison, each.period, indicator.base_year)
    if not marks:
        return said
    return Words(f"{said.ja}（{'・'.join(mark.ja for mark in marks)}）", f"{said.en} ({', '.join(mark.en for mark in marks)})")


def _compared(comparison: str, period: Period, base_year: int | None) -> Words:
    said = Words(period.label("ja"), period.label("en"))
    year = base_year if base_year is not None else period.fiscal_year
    if comparison == "as_of":
        return Words(f"{said.ja}末時点", f"at the end of {said.en}")
    if base_year is None:
        return (
            Words(f"{said.ja}分", said.en) if comparison == "month" else Words(f"{year}年度累計（{said.ja}まで）", f"FY{year} to {said.en}")
        )
    if comparison == "month":
        return Words(f"{year}年度同月比", f"against the same month of FY{year}")
    if period.fiscal_month == 11:
        return Words(f"{year}年度累計比", f"year to date against FY{year}")
    return Words(f"{year}年度同月累計比", f"year to date against the same months of FY{year}")


def title(codelists: Codelists, period: Period, lang: Lang) -> str:
    """City and month."""
    city, month = codelists.city.to(lang), period.label(lang)
    return f"{city} 5つのレス {month}".strip() if lang == "ja" else f"Five reductions, {month}" + (f" - {city}" if city else "")


def notes(rows: Sequence[Progress], codelists: Codelists, lang: Lang, most: int | None = None) -> list[str]:
    """Who has not reported (the first `most` by name), and what the marks mean."""
    return [
        *_missing(rows, codelists, lang, most),
        *(_explained(flag).to(lang) for flag in _NOTES if any(flag in each.flags for each in rows)),
    ]


def _explained(flag: str) -> Words:
    mark, note = FLAG_NAMES[flag], _NOTES[flag]
    return Words(f"{mark.ja}：{note.ja}", f"{mark.en[0].upper()}{mark.en[1:]}: {note.en}")


def _missing(rows: Sequence[Progress], codelists: Codelists, lang: Lang, most: int | None) -> list[str]:
    """A line for each set of bureaus that did not report, with the lesses that lack them."""
    lacking: dict[tuple[tuple[str, ...], bool], list[str]] = {}
    for each in rows:
        if each.missing:
            lacking.setdefault((each.missing, each.reported == 0), []).append(LESS_NAMES[each.less].to(lang))
    told = []
    for (codes, nobody), lesses in lacking.items():
        names = Words("全局", "every bureau") if nobody else _named(codes, codelists, most)
        said = Words("未報告（{lesses}）{n}局：{names}", "Not reported ({lesses}), {n}: {names}")
        told.append(said.filled(lesses=("・" if lang == "ja" else ", ").join(dict.fromkeys(lesses)), n=len(codes), names=names).to(lang))
    return told


def _named(codes: Sequence[str], codelists: Codelists, most: int | None) -> Words:
    """The first `most` bureaus by name, and how many more there are."""
    names = [codelists.bureau[code].name for code in codes[:most]]
    rest = len(codes) - len(names)
    ja, en = "、".join(name.ja for name in names), "; ".join(name.en for name in names)
    return Words(f"{ja} ほか{rest}局", f"{en} and {rest} more") if rest else Words(ja, en)
