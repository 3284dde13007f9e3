"""A row of the progress table in words: figures, status, what is compared with what, and what must be added to be fair."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from fiveless.figures import amount, percent, plural, reduced, whole_percent
from fiveless.language import Lang, Words
from fiveless.period import Period, runs
from fiveless.progress import FLAG_NAMES, STATUS_NAMES, Progress
from fiveless.progress.forecast import METHOD, Forecast
from fiveless.structure import LESS_NAMES, Codelists, Indicator, Measure


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
    "besides": Words("あわせて", "Besides"),
}
NOBODY_ELSE = Words("", "")
_NOTES = {
    "estimated_base": Words(
        "基準年度の月別の値がないため、年度計×経過月数÷12 で推計しています（推計と報告された値はそのまま）。",
        "the base year is known only as a whole, so its months are annual × months elapsed / 12 (or were reported as estimates).",
    ),
    "stated_base": Words(
        "基準値は報告された値ではなく、設定（fiveless.toml）の値です。",
        "the base was not reported but is given in the settings (fiveless.toml).",
    ),
    "revised_base": Words(
        "基準値は、設定に改定日と理由を付けて書かれた値です。",
        "the base was revised in the settings, with the day and the reason.",
    ),
    "estimated_actual": Words("実績に、局が推計と報告した値があります。", "some of the actual was reported as an estimate."),
    "provisional": Words(
        "局が速報と報告した値があり、あとで変わることがあります。", "some figures were reported as provisional and may change."
    ),
    "own_target": Words(
        "目標は、局が報告した目標・計画の値から計算しています。",
        "the target is that of the bureau's own sheet.",
    ),
    "partial": Words(
        "比べるのに必要な値がそろった局だけで計算しています。",
        "only bureaus that gave all that the comparison needs are counted.",
    ),
    "line": Words(
        "基準年度からあとに統合・分割・改称した局は、前身の局と合わせて比べています。",
        "bureaus are compared together with those that they succeeded.",
    ),
    "zero_base": Words("0以下の基準値に対する率は計算できません。", "there is no rate against a base of zero or less."),
    "zero_target": Words("目標が基準値と同じなので、目標への進みは計算できません。", "there is no way towards a target that is the base."),
    "above_whole": Words("分子が分母を超えています。局に確かめてください。", "more than the whole; ask the bureau."),
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
    besides: tuple[str, ...]

    def to(self, heads: Iterable[str]) -> list[str]:
        """Some of its cells, each in one line."""
        return ["; ".join(cell) if isinstance(cell := getattr(self, head), tuple) else cell for head in heads]


def worded(each: Progress, codelists: Codelists, lang: Lang) -> Row:
    """The cells of a row, for reading."""
    indicator = codelists.indicator[each.indicator]
    write = writer(indicator)
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
        tuple(said.to(lang) for said in besides(each, codelists, lang)),
    )


def writer(indicator: Indicator) -> Callable[[Decimal | None], str]:
    """How rates of an indicator are written: a reduction as the change that it is, all else as a percentage."""
    return reduced if indicator.kind == "reduction" else percent


def besides(each: Progress, codelists: Codelists, lang: Lang) -> Iterator[Words]:
    """The same figure reckoned otherwise, and what is expected: without exclusions, with all that was reported, pace and forecast."""
    indicator = codelists.indicator[each.indicator]
    write = writer(indicator)
    if each.without:
        of_base = each.base - each.without.base if each.base is not None else Decimal(0)
        excluded, apart = (counted(value, indicator, codelists, lang) for value in (each.excluded, of_base))
        says = Words("除外分 {excluded} を除くと {rate}", "{rate} without {excluded} excluded")
        if of_base:
            says = Words(
                "除外分 {excluded}、基準・分母の除外分 {apart} を除くと {rate}",
                "{rate} without {excluded} excluded, and {apart} of the base or N",
            )
        yield says.filled(excluded=excluded, apart=apart, rate=write(each.without.rate))
    if each.all_reported:
        both = each.all_reported
        says = Words("報告されたすべてでは {rate}（{actual} / {base}）", "{rate} with all that was reported ({actual} / {base})")
        yield says.filled(rate=write(both.rate), actual=amount(both.actual), base=amount(both.base))
    if each.pace and each.pace.expected < 1:
        says = Words(
            "前年度のペースなら {expected}、このペースで年度末 {projected}",
            "{expected} by now last year; at this pace {projected} by March",
        )
        projected = counted(each.pace.projected, indicator, codelists, lang)
        yield says.filled(expected=percent(each.pace.expected), projected=projected)
    if each.forecast:
        low, high = sorted((each.forecast.low, each.forecast.high), key=abs)
        says = Words(
            "年度末見込み {rate}（8割の確からしさで {low}～{high}）", "forecast for March {rate} ({low} to {high}, four times in five)"
        )
        yield says.filled(rate=write(each.forecast.value), low=write(low), high=write(high))
        yield from _tried(each.forecast)


def _tried(forecast: Forecast) -> Iterator[Words]:
    """How far the same method and the naive one were off in earlier years."""
    if forecast.error is None or forecast.naive_error is None:
        return
    own, naive = (percent(each).removesuffix(" %") for each in (forecast.error, forecast.naive_error))
    yield Words(
        f"同じ方法の過去{forecast.trials}年度の誤差 {own}ポイント（単純な延長では {naive}ポイント）",
        f"off by {own} points in {forecast.trials} earlier year{'s' if forecast.trials > 1 else ''} (naively: by {naive})",
    )


def counted(value: Decimal | None, indicator: Indicator, codelists: Codelists, lang: Lang) -> str:
    """An amount with the unit of an indicator's measure."""
    return f"{amount(value)} {units(codelists.measure[indicator.numerator], lang)}"


def units(measure: Measure, lang: Lang) -> str:
    """What a measure counts, as it stands behind an amount."""
    return measure.unit_ja if lang == "ja" else plural(measure.unit)


def _amounts(each: Progress, indicator: Indicator, codelists: Codelists, lang: Lang) -> str:
    return f"{amount(each.actual)} / {counted(each.base, indicator, codelists, lang)}"


def basis(each: Progress, indicator: Indicator) -> Words:
    """What is compared with what, in words, with the marks that the notes explain."""
    marks = [FLAG_NAMES[flag] for flag in each.flags]
    if each.target is not None and each.target_year is not None and each.target_year != each.period.fiscal_year:
        marks.append(Words(f"目標は{each.target_year}年度", f"target of FY{each.target_year}"))
    said = _used(each.period) if indicator.kind == "cap" else _compared(each.comparison, each.period, indicator.base_year)
    if not marks:
        return said
    return Words(f"{said.ja}（{'・'.join(mark.ja for mark in marks)}）", f"{said.en} ({', '.join(mark.en for mark in marks)})")


def _used(period: Period) -> Words:
    return Words(
        f"{period.fiscal_year}年度の上限に対する累計（{period.label('ja')}まで）",
        f"used of the cap of FY{period.fiscal_year} by {period.label('en')}",
    )


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


def title(codelists: Codelists, period: Period, lang: Lang, scope: Words = NOBODY_ELSE) -> str:
    """City and month, and which bureaus are meant where it is not all of them."""
    city, month = codelists.city.to(lang), period.label(lang)
    whole = f"{city} 5つのレス {month}".strip() if lang == "ja" else f"Five reductions, {month}" + (f" - {city}" if city else "")
    which = scope.to(lang)
    return whole if not which else f"{whole}（{which}）" if lang == "ja" else f"{whole} ({which})"


def notes(rows: Sequence[Progress], codelists: Codelists, lang: Lang, most: int | None = None) -> list[str]:
    """Who has not reported (the first `most` by name), and what the marks mean."""
    return [
        *_missing(rows, codelists, lang, most),
        *marks(rows, lang),
        *([_FORECAST.filled(method=METHOD).to(lang)] if any(each.forecast for each in rows) else []),
    ]


def marks(rows: Sequence[Progress], lang: Lang, *, months: bool = False) -> list[str]:
    """What the marks of some rows mean, and (`months`) in which months they hold where it is not all."""
    told = []
    for flag in _NOTES:
        marked = {each.period for each in rows if flag in each.flags}
        if marked:
            some = months and marked != {each.period for each in rows if each.rate is not None}
            when = runs(marked) if some else ""
            told.append(_explained(flag).to(lang) + (f" [{when}]" if when else ""))
    return told


_FORECAST = Words("年度末見込み：{method}", "Forecast: {method}")


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
