"""The built-in codelists with a project's `fiveless.toml` laid over them; every mistake in it told in one sentence."""

import csv
import datetime as dt
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from importlib import resources
from pathlib import Path
from typing import Any, NoReturn

from fiveless import layouts
from fiveless.language import Lang, Words
from fiveless.period import Period
from fiveless.project import SETTINGS as FILE
from fiveless.project import Project
from fiveless.settings import (
    TEXT,
    TEXTS,
    YES,
    Type,
    as_text,
    as_texts,
    checked,
    fail,
    mapped,
    mapping,
    one_of,
    parsed,
    reject_unknown,
    taken,
)
from fiveless.structure import (
    FOREVER,
    GROUP_NAMES,
    LESSES,
    Baseline,
    Bureau,
    Codelists,
    Exclusion,
    Indicator,
    Measure,
    Published,
    Staff,
    Target,
    Word,
)

COMPARISONS: Mapping[str, str] = {
    "ytd": "ytd",
    "fiscal year to date": "ytd",
    "month": "month",
    "same month": "month",
    "as_of": "as_of",
    "as of": "as_of",
}
_PACKAGE = resources.files("fiveless") / "codelists"


# What may stand at a key ------------------------------------------------------------------------------------------------


def _number(value: Any) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | str | Decimal):
        raise TypeError(value)
    try:
        number = Decimal(value)
    except InvalidOperation as error:
        raise ValueError(value) from error
    if not number.is_finite() or number < 0:
        raise ValueError(value)
    return number


def _rate(value: Any) -> Decimal:
    if _number(value) > 1:
        raise ValueError(value)
    return _number(value)


def _year(value: Any) -> int:
    number = int(_number(value))
    if number != _number(value) or not 1900 <= number <= 2199:
        raise ValueError(value)
    return number


def _month(value: Any) -> Period:
    period = Period.of_code(as_text(value))
    if period.kind != "month":
        raise ValueError(value)
    return period


def _month_or_year(value: Any) -> Period:
    period = Period.of_code(as_text(value))
    if period.kind == "quarter":
        raise ValueError(value)
    return period


def _fiscal_year(value: Any) -> int:
    period = Period.of_code(as_text(value))
    if period.kind != "year":
        raise ValueError(value)
    return period.fiscal_year


def _day(value: Any) -> dt.date:
    if isinstance(value, dt.datetime):
        raise TypeError(value)
    return value if isinstance(value, dt.date) else dt.date.fromisoformat(as_text(value))


def _people(value: Any) -> int:
    number = _number(value)
    if not number or number != number.to_integral_value():
        raise ValueError(value)
    return int(number)


_WORDS = Type(as_texts, Words('語の並び（例 ["copy"]）', 'a list of words such as ["copy"]'))
_NUMBER = Type(_number, Words("0 以上の数", "a number of 0 or more"))
_RATE = Type(_rate, Words("0 から 1 までの数（70 % は 0.70）", "a number from 0 to 1 (70 % is 0.70)"))
_YEAR = Type(_year, Words("年度の西暦（例 2022）", "a fiscal year such as 2022"))
_MONTH = Type(_month, Words('実在する年月（例 "2021-04"）', 'a month that exists, such as "2021-04"'))
_PERIOD = Type(_month_or_year, Words('年度か年月（例 "FY2016"、"2019-06"）', 'a fiscal year or month such as "FY2016" or "2019-06"'))
_BASE_YEAR = Type(_fiscal_year, Words('基準年度（例 "FY2016"）', 'a base year such as "FY2016"'))
_DAY = Type(_day, Words("実在する日付（例 2024-04-01）", "a date that exists, such as 2024-04-01"))
_PEOPLE = Type(_people, Words("1 以上の整数", "a whole number of 1 or more"))
_LESS = one_of(*LESSES)


@dataclass(frozen=True, slots=True)
class _Table:
    """The keys of one table with their types, the keys that tell its entries apart, and those that none may lack."""

    keys: Mapping[str, Type]
    identity: tuple[str, ...]
    needs: tuple[str, ...]


_NAMES = {"name_ja": TEXT, "name_en": TEXT}
_BUREAUS = _Table(
    {
        "code": TEXT,
        **_NAMES,
        "group": one_of(*GROUP_NAMES),
        "aliases": TEXTS,
        "valid_from": _MONTH,
        "valid_to": _MONTH,
        "successors": TEXTS,
    },
    ("code",),
    ("name_ja",),
)
_MEASURES = _Table(
    {"code": TEXT, "less": _LESS, **_NAMES, "unit_ja": TEXT, "unit": TEXT}
    | {"kind": one_of("flow", "stock"), "better": one_of("lower", "higher", "")}
    | {"concepts": TEXTS, "allowed": _WORDS, "units": _WORDS, "parts": TEXTS},
    ("code",),
    ("less", "name_ja", "unit_ja", "kind"),
)
_INDICATORS = _Table(
    {"code": TEXT, "less": _LESS, "headline": YES, **_NAMES, "kind": one_of("reduction", "share", "cap")}
    | {"numerator": TEXT, "denominator": TEXT, "comparison": mapped(COMPARISONS), "baseline": _BASE_YEAR},
    ("code",),
    ("less", "name_ja", "kind", "numerator", "comparison"),
)
_TARGETS = _Table(
    {"indicator": TEXT, "fiscal_year": _YEAR, "value": _RATE, "source": TEXT},
    ("indicator", "fiscal_year"),
    ("indicator", "fiscal_year", "value"),
)
_BASELINES = _Table(
    {"measure": TEXT, "period": _PERIOD, "value": _NUMBER, "bureau": TEXT, "source": TEXT, "revised_on": _DAY, "reason": TEXT},
    ("measure", "period", "bureau", "revised_on"),
    ("measure", "period", "value"),
)
_EXCLUSIONS = _Table(
    {"measure": TEXT, "period": _PERIOD, "value": _NUMBER, "bureau": TEXT, "reason": TEXT},
    ("measure", "period", "bureau", "reason"),
    ("measure", "period", "value", "reason"),
)
_STAFF = _Table({"bureau": TEXT, "from": _MONTH, "people": _PEOPLE}, ("bureau", "from"), ("bureau", "from", "people"))
_TABLES = {
    "bureaus": _BUREAUS,
    "measures": _MEASURES,
    "indicators": _INDICATORS,
    "targets": _TARGETS,
    "baselines": _BASELINES,
    "exclusions": _EXCLUSIONS,
    "staff": _STAFF,
}
_MAY_LACK = ("bureau", "revised_on")
_BUILT_IN = ("bureaus", "measures", "indicators", "targets")
_ALIASED = ("bureaus", "measures")
_PROJECT = {"city_ja": TEXT, "city_en": TEXT, "builtin": YES}


_TABLE = Words("表", "table")
_CODES = {
    "bureaus": Words("局のコード", "bureau"),
    "measures": Words("指標値（measure）のコード", "measure"),
    "indicators": Words("指標のコード", "indicator"),
}


# What the project gives -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Entry:
    """The values of one entry, and the place to name when one of them is wrong."""

    values: Mapping[str, Any]
    place: str


_Entries = dict[tuple[Any, ...], _Entry]


@dataclass(frozen=True, slots=True)
class _Given:
    """A project's `fiveless.toml`, each value checked by itself; `tables` holds the entries by identity."""

    settings: Mapping[str, Any] = field(default_factory=dict)
    tables: Mapping[str, _Entries] = field(default_factory=dict)
    aliases: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def _project(project_dir: Path | None) -> _Given:
    path = project_dir / FILE if project_dir else None
    if path is None or not path.exists():
        return _Given()
    document = parsed(path, FILE)
    for name in document:
        reject_unknown(FILE, name, ["project", *_TABLES, "aliases"], _TABLE)
    settings = checked(mapping(document.get("project", {}), f"{FILE} › [project]"), _PROJECT, f"{FILE} › [project]")
    tables = {name: _entries(document.get(name, []), name, table) for name, table in _TABLES.items()}
    return _Given(settings, tables, _aliases(mapping(document.get("aliases", {}), f"{FILE} › [aliases]")))


def _entries(given: Any, name: str, table: _Table) -> _Entries:
    if not isinstance(given, list) or not all(isinstance(each, dict) for each in given):
        says = Words("[[{name}]] という見出しを項目ごとに置いてください。", "head each entry with [[{name}]].")
        fail(f"{FILE} › {name}", says, name=name)
    found: _Entries = {}
    for number, raw in enumerate(given, 1):
        place = f"{FILE} › [[{name}]] {raw.get('code', number)}"
        entry = _Entry(checked(raw, table.keys, place), place)
        identity = _identity(entry, table)
        if identity in found:
            fail(place, Words("同じものが二度あります。一つにしてください。", "this stands twice; keep one of the two."))
        found[identity] = entry
    return found


def _identity(entry: _Entry, table: _Table) -> tuple[Any, ...]:
    for key in table.identity:
        if key not in entry.values and key not in _MAY_LACK:
            fail(entry.place, Words("{key} がありません。{key} = … を足してください。", "{key} is missing; add {key} = …"), key=key)
    return tuple(entry.values.get(key) for key in table.identity)


def _aliases(given: Mapping[str, Any]) -> dict[str, Mapping[str, str]]:
    place = f"{FILE} › [aliases]"
    for name in given:
        reject_unknown(place, name, _ALIASED, _TABLE)
    return {name: _alias_table(given.get(name, {}), f"{FILE} › [aliases.{name}]") for name in _ALIASED}


def _alias_table(given: Any, place: str) -> dict[str, str]:
    return {taken(text, TEXT, place): taken(code, TEXT, f"{place} › {text}") for text, code in mapping(given, place).items()}


# What is built in -------------------------------------------------------------------------------------------------------


def _rows(name: str) -> list[dict[str, str]]:
    """The rows of a built-in codelist."""
    return list(csv.DictReader((_PACKAGE / f"{name}.csv").read_text("utf-8").splitlines()))


def _built_in(name: str) -> _Entries:
    table = _TABLES[name]
    entries = (_Entry(_from_text(row, table), f"codelists/{name}.csv") for row in _rows(name))
    return {_identity(entry, table): entry for entry in entries}


def _from_text(row: Mapping[str, str], table: _Table) -> dict[str, Any]:
    """A CSV row as the entry that would say the same in TOML: blank cells are absent, `|` (words: spaces) separates lists."""
    return {key: table.keys[key].take(_cell(text, table.keys[key])) for key, text in row.items() if text}


def _cell(text: str, kind: Type) -> str | bool | list[str]:
    if kind is YES:
        return text == "yes"
    return text.split() if kind is _WORDS else text.split("|") if kind is TEXTS else text


# The two together -------------------------------------------------------------------------------------------------------


def load(project_dir: Path | None) -> Codelists:
    """The codelists of a project: the built-in ones overlaid by its `fiveless.toml`, and its layouts. FivelessError for a mistake."""
    project = _project(project_dir)
    with_ours = project.settings.get("builtin", True)
    tables = {name: _merged(name, project.tables.get(name, {}), with_ours) for name in _TABLES}
    words = [Word(**row) for row in _rows("words")]
    _check_references(tables, project.aliases, words)
    city = Words("東京都", "Tokyo Metropolitan Government") if with_ours else Words("", "")
    return Codelists(
        bureaus=tuple(_bureau(each, project.aliases.get("bureaus", {})) for each in tables["bureaus"].values()),
        measures=tuple(_measure(each.values) for each in tables["measures"].values()),
        indicators=tuple(_indicator(each) for each in tables["indicators"].values()),
        targets=tuple(_target(each.values) for each in tables["targets"].values()),
        baselines=tuple(_baseline(each) for each in tables["baselines"].values()),
        exclusions=tuple(_exclusion(each.values) for each in tables["exclusions"].values()),
        staff=tuple(_staff(each.values) for each in tables["staff"].values()),
        published=tuple(_published(row) for row in _rows("published")) if with_ours else (),
        words=(*words, *(Word(text, "measure", code) for text, code in project.aliases.get("measures", {}).items())),
        layouts=layouts.load(Project(project_dir).layouts) if project_dir else (),
        city=_names(project.settings, city, "city"),
    )


def _merged(name: str, given: _Entries, with_ours: bool) -> _Entries:
    """Known entries with the given fields over them, then the new ones, each of them complete."""
    merged = _built_in(name) if with_ours and name in _BUILT_IN else {}
    for identity, entry in given.items():
        known = merged.get(identity)
        merged[identity] = _Entry({**known.values, **entry.values} if known else entry.values, entry.place)
    for entry in merged.values():
        for key in _TABLES[name].needs:
            if key not in entry.values:
                fail(entry.place, Words("{key} がありません。{key} = … を足してください。", "{key} is missing; add {key} = …"), key=key)
    return merged


def _check_references(tables: Mapping[str, _Entries], aliases: Mapping[str, Mapping[str, str]], words: Sequence[Word]) -> None:
    for key, target, name in (
        ("successors", "bureaus", "bureaus"),
        ("bureau", "bureaus", "baselines"),
        ("measure", "measures", "baselines"),
        ("bureau", "bureaus", "exclusions"),
        ("measure", "measures", "exclusions"),
        ("bureau", "bureaus", "staff"),
        ("parts", "measures", "measures"),
        ("numerator", "measures", "indicators"),
        ("denominator", "measures", "indicators"),
        ("indicator", "indicators", "targets"),
    ):
        for entry in tables[name].values():
            given = entry.values.get(key, ())
            for code in (given,) if isinstance(given, str) else given:
                reject_unknown(f"{entry.place} › {key}", code, _codes(tables, target), _CODES[target])
    for name, given in aliases.items():
        for text, code in given.items():
            reject_unknown(f"{FILE} › [aliases.{name}] › {text}", code, _codes(tables, name), _CODES[name])
    for entry in tables["measures"].values():
        _check_parts(entry, tables["measures"])
    for entry in tables["indicators"].values():
        _check_indicator(entry, tables["measures"])
    _check_names(tables, aliases, words)


def _codes(tables: Mapping[str, _Entries], name: str) -> list[str]:
    return [entry.values["code"] for entry in tables[name].values()]


_NEEDED = {"reduction": "baseline", "share": "denominator"}
_BY_STOCK = Words(
    'ストック（残高）の {measure} は comparison = "as_of" にしてください。',
    'the stock {measure} is compared "as_of"; write that.',
)
_BY_FLOW = Words(
    'フロー（期間の量）の {measure} は comparison = "month" か "ytd" にしてください。',
    'the flow {measure} is compared by "month" or "ytd"; write one of them.',
)
_BY_CAP = Words(
    '年間の上限に対する使用率（kind = "cap"）は comparison = "ytd" にしてください。',
    'the use of a year\'s cap (kind = "cap") is compared by "ytd"; write that.',
)


def _check_parts(entry: _Entry, measures: _Entries) -> None:
    """A sum is made of measures that are no sums, each counted once; so none is a part of itself."""
    parts = entry.values.get("parts", ())
    for part in parts:
        if measures[(part,)].values.get("parts"):
            says = Words(
                "{part} 自体が内訳（parts）を持つか、自分自身です。内訳のない指標値を並べてください。",
                "{part} is itself a sum (it has parts); name measures that have none.",
            )
            fail(f"{entry.place} › parts", says, part=part)
        if parts.count(part) > 1:
            fail(f"{entry.place} › parts", Words("{part} が二度あります。", "{part} stands twice; keep one of the two."), part=part)


def _check_indicator(entry: _Entry, measures: _Entries) -> None:
    """A reduction has a base year, a share a denominator; stocks are taken on a date, flows over months, the use of a cap to date."""
    kind, comparison = entry.values["kind"], entry.values["comparison"]
    needed = _NEEDED.get(kind)
    if needed and needed not in entry.values:
        says = Words('kind = "{kind}" には {key} が要ります。{key} = … を足してください。', 'kind = "{kind}" needs {key}; add {key} = …')
        fail(entry.place, says, kind=kind, key=needed)
    if kind == "cap" and comparison != "ytd":
        fail(f"{entry.place} › comparison", _BY_CAP)
    for key in ("numerator", "denominator"):
        stock = key in entry.values and measures[(entry.values[key],)].values["kind"] == "stock"
        if key in entry.values and stock != (comparison == "as_of"):
            fail(f"{entry.place} › comparison", _BY_STOCK if stock else _BY_FLOW, measure=entry.values[key])


@dataclass(frozen=True, slots=True)
class _Claim:
    """A text that names a code; bureaus of different times may bear one name."""

    text: str
    code: str
    place: str
    first: int = 0
    last: int = FOREVER


def _check_names(tables: Mapping[str, _Entries], aliases: Mapping[str, Mapping[str, str]], words: Sequence[Word]) -> None:
    """A name or alias that two codes claim at the same time is refused: it would make each label that bears it ambiguous."""
    for name in _ALIASED:
        claimed: dict[str, list[_Claim]] = {}
        for claim in [*_claims(tables[name], aliases.get(name, {}), name), *(_word_claims(words) if name == "measures" else ())]:
            others = claimed.setdefault(_folded(claim.text), [])
            for other in others:
                if other.code != claim.code and other.first <= claim.last and claim.first <= other.last:
                    _refuse_claim(other, claim)
            others.append(claim)


def _claims(entries: _Entries, aliases: Mapping[str, str], name: str) -> Iterator[_Claim]:
    for entry in entries.values():
        code, span = entry.values["code"], _span(entry.values)
        for text in (*_names(entry.values), *entry.values.get("aliases", ())):
            yield _Claim(text, code, entry.place, *span)
    for text, code in aliases.items():
        yield _Claim(text, code, f"{FILE} › [aliases.{name}]", *_span(entries[(code,)].values))


def _word_claims(words: Sequence[Word]) -> Iterator[_Claim]:
    return (_Claim(word.text, word.value, "codelists/words.csv") for word in words if word.kind == "measure")


def _refuse_claim(one: _Claim, other: _Claim) -> NoReturn:
    place = next((each.place for each in (other, one) if each.place.startswith(FILE)), other.place)
    says = Words(
        "「{text}」は {one} と {other} の両方を指しています。どちらか一方だけにしてください。",
        '"{text}" names both {one} and {other}; leave it to one of them.',
    )
    fail(place, says, text=other.text, one=one.code, other=other.code)


def _folded(text: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).casefold()


# Entries as what they are -----------------------------------------------------------------------------------------------


def _names(values: Mapping[str, Any], default: Words = Words("", ""), stem: str = "name") -> Words:
    """Both names; a name given in one language only serves for both."""
    ja, en = values.get(f"{stem}_ja"), values.get(f"{stem}_en")
    return Words(ja or en or default.ja, en or ja or default.en)


def _span(values: Mapping[str, Any]) -> tuple[int, int]:
    """First and last serial month of validity."""
    first, last = values.get("valid_from"), values.get("valid_to")
    return (first.first if first else 0), (last.first if last else FOREVER)


def _bureau(entry: _Entry, aliases: Mapping[str, str]) -> Bureau:
    values, (first, last) = entry.values, _span(entry.values)
    if first > last:
        fail(
            f"{entry.place} › valid_to",
            Words("valid_from より前です。どちらかを直してください。", "this is before valid_from; mend one of them."),
        )
    own = [text for text, code in aliases.items() if code == values["code"]]
    known = dict.fromkeys([*values.get("aliases", ()), *own])
    return Bureau(values["code"], _names(values), values.get("group", "other"), tuple(known), first, last, values.get("successors", ()))


def _measure(values: Mapping[str, Any]) -> Measure:
    return Measure(
        values["code"],
        values["less"],
        _names(values),
        values["unit_ja"],
        values.get("unit", values["unit_ja"]),
        values["kind"],
        values.get("better", ""),
        tuple(frozenset(each.split()) for each in values.get("concepts", ())),
        frozenset(values.get("allowed", ())),
        frozenset(unit.casefold() for unit in values.get("units", ())),
        values.get("parts", ()),
    )


def _indicator(entry: _Entry) -> Indicator:
    values = entry.values
    return Indicator(
        values["code"],
        values["less"],
        values.get("headline", False),
        _names(values),
        values["kind"],
        values["numerator"],
        values.get("denominator") if values["kind"] == "share" else None,
        values["comparison"],
        values.get("baseline") if values["kind"] == "reduction" else None,
    )


def _target(values: Mapping[str, Any]) -> Target:
    return Target(values["indicator"], values["fiscal_year"], values["value"], values.get("source", ""))


def _baseline(entry: _Entry) -> Baseline:
    values = entry.values
    if ("revised_on" in values) != ("reason" in values):
        says = Words(
            "改定した基準値には revised_on（改定日）と reason（理由）の両方が要ります。足りない方を書いてください。",
            "a revised base needs both revised_on (the day) and reason; add the one that is missing.",
        )
        fail(entry.place, says)
    return Baseline(
        values["measure"],
        values["period"],
        values["value"],
        values.get("bureau"),
        values.get("source", ""),
        values.get("revised_on"),
        values.get("reason", ""),
    )


def _exclusion(values: Mapping[str, Any]) -> Exclusion:
    return Exclusion(values["measure"], values["period"], values["value"], values.get("bureau"), values["reason"])


def _staff(values: Mapping[str, Any]) -> Staff:
    return Staff(values["bureau"], values["from"].first, values["people"])


def _published(row: Mapping[str, Any]) -> Published:
    return Published(
        Period.of_code(row["as_of"]),
        row["indicator"],
        row["measure"] or None,
        row["value_printed"],
        row["basis"],
        row["against"],
        row["base_printed"],
        row["exclusions"] == "yes",
        row["comparison"],
        row["percent_printed"],
        row["note"],
        row["source"],
    )


def default_toml(lang: Lang) -> str:
    """The `fiveless.toml` that `fiveless init` writes: explained in one language, every setting an example behind `#`."""
    return (_PACKAGE / f"fiveless.{lang}.toml").read_text("utf-8")
