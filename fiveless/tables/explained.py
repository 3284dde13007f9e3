"""Where a figure comes from: its formula with its numbers, and the cells of each number."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from string import ascii_uppercase, digits
from typing import NamedTuple, Protocol

from rich.text import Text

from fiveless.figures import amount, plain, whole_percent
from fiveless.grid import address, column_number
from fiveless.language import Lang, Words
from fiveless.period import Period
from fiveless.progress import Figure, Progress, Term
from fiveless.structure import LESS_NAMES, Codelists
from fiveless.tables.lines import aligned, cells, folded, hanging
from fiveless.tables.observations import csv_text
from fiveless.tables.progress import piped
from fiveless.tables.wording import title, units, writer

_FEW = 12
_SIDES = {
    "reduction": (Words("実績", "actual"), Words("基準", "base")),
    "share": (Words("分子", "numerator"), Words("分母", "denominator")),
    "cap": (Words("使用", "used"), Words("上限", "cap")),
}
_SETTINGS = Words("設定（fiveless.toml）", "settings (fiveless.toml)")
_NO_RATE = Words("率は計算できません。", "no rate can be told.")


class Cell(Protocol):
    """A cell in which (a part of) a figure stands."""

    @property
    def figure(self) -> Figure:
        """What stands there."""

    @property
    def file(self) -> str:
        """The file as it was named when it was read."""

    @property
    def sheet(self) -> str:
        """The sheet."""

    @property
    def cell(self) -> str:
        """The address."""

    @property
    def received_at(self) -> datetime:
        """When it was received, in UTC."""


class Row(NamedTuple):
    """A row of progress and the cells of each of its terms."""

    progress: Progress
    cells: Mapping[Term, Sequence[Cell]]


class _Line(NamedTuple):
    """One cell that a figure is made of, or (cell None) a number that the settings state."""

    side: str
    term: Term
    figure: Figure
    cell: Cell | None


def _lines(row: Row) -> Iterator[_Line]:
    for side, terms in row.progress.sides.items():
        for term in terms:
            found = row.cells.get(term, ())
            if not found:
                yield _Line(side, term, term.figure, None)
            for cell in found:
                yield _Line(side, term, cell.figure, cell)


# For reading ------------------------------------------------------------------------------------------------------------


def screen(rows: Sequence[Row], codelists: Codelists, scope: Words, lang: Lang, width: int | None) -> list[Text]:
    """Each row: its formula, and for each side the bureaus with the cells of their numbers, or each cell where they are few."""
    head = title(codelists, rows[0].progress.period, lang, scope)
    lines = [Text(line, "bold") for line in hanging("", head, width)]
    for row in rows:
        each = row.progress
        lines += [Text(), *(Text(line, "bold") for line in hanging("", _name(each, codelists, lang), width))]
        lines += map(Text, hanging("  ", formula(each, codelists, lang), width))
        for side, words in _sides(codelists.indicator[each.indicator].kind).items():
            lines += _side(row, side, words, codelists, lang, width)
    return lines


def _name(each: Progress, codelists: Codelists, lang: Lang) -> str:
    """The one of the five, the indicator, and the bureau where it is that of one."""
    names = [LESS_NAMES[each.less].to(lang), codelists.indicator[each.indicator].name.to(lang)]
    return "  ".join([*names, *([_bureau(each.bureau, codelists, lang)] if each.bureau else [])])


def _sides(kind: str) -> dict[str, Words]:
    """What each number of an indicator is called."""
    actual, base = _SIDES[kind]
    return {"actual": actual, "base": base, "excluded": Words("除外分", "excluded"), "target": Words("局の目標", "the bureau's own target")}


def formula(each: Progress, codelists: Codelists, lang: Lang) -> str:
    """`(56,948,500 − 203,114,500) / 203,114,500 = −72.0 %`, with the target and how far towards it."""
    indicator = codelists.indicator[each.indicator]
    write = writer(indicator)
    if each.actual is None or each.base is None or each.rate is None:
        return f"{amount(each.actual)} / {amount(each.base)}: {_NO_RATE.to(lang)}"
    actual, base = amount(each.actual), amount(each.base)
    made = f"({actual} − {base}) / {base}" if indicator.kind == "reduction" else f"{actual} / {base}"
    aimed = ""
    if each.target is not None:
        said = Words("（目標 {target}、目標への進み {progress}）", " (target {target}, {progress} of the way)")
        aimed = said.filled(target=write(each.target), progress=whole_percent(each.progress)).to(lang)
    return f"{made} = {write(each.rate)}{aimed}"


def _side(row: Row, side: str, words: Words, codelists: Codelists, lang: Lang, width: int | None) -> Iterator[Text]:
    """The lines of one side."""
    given = [line for line in _lines(row) if line.side == side]
    if not given:
        return
    indicator = codelists.indicator[row.progress.indicator]
    measure = codelists.measure[(side == "base" and indicator.denominator) or indicator.numerator]
    values = {"actual": row.progress.actual, "base": row.progress.base, "excluded": row.progress.excluded}
    unit = units(measure, lang)
    says = f"{words.to(lang)}  {measure.name.to(lang)}{f' {amount(values[side])} {unit} =' if side in values else ''}"
    yield from (Text(line, "bold") for line in hanging("  ", says, width))
    few = len(given) <= _FEW
    table = [_of_cell(line, codelists, lang, measure.code) for line in given] if few else list(_of_bureaus(given, codelists, lang))
    figures = (1,) if few else (1, 2)
    yield from (Text(f"    {line}") for line in _with_places(table, figures, width and width - 4))


def _with_places(table: Sequence[Sequence[str]], figures: Iterable[int], width: int | None) -> Iterator[str]:
    """The rows in columns; where a screen is too narrow for that, the place of each below its figures."""
    whole = aligned(table, figures)
    if width is None or max(map(cells, whole)) <= width:
        yield from whole
        return
    for line, row in zip(aligned([row[:-1] for row in table], figures), table, strict=True):
        yield from folded(line, width)
        yield from (f"  {part}" for part in folded(row[-1], width - 2))


def _of_cell(line: _Line, codelists: Codelists, lang: Lang, known: str = "") -> list[str]:
    """Whose figure, its value, of what and when, and where it stands; the measure is not named where it is the `known` one."""
    figure = line.figure
    who = " ".join(filter(None, (_bureau(figure.bureau, codelists, lang), figure.office)))
    measure = codelists.measure[figure.measure].name.to(lang) if figure.measure != known else ""
    what = f"{measure} {Period.of_code(figure.period).label(lang)}".lstrip()
    return [who, f"{amount(figure.value)}{_times(line.term.factor)}", what, _place(line, codelists, lang)]


def _of_bureaus(lines: Sequence[_Line], codelists: Codelists, lang: Lang) -> Iterator[list[str]]:
    """A row for each bureau: the sum of its cells, how many they are, and where they stand."""
    groups: dict[str, list[_Line]] = {}
    for line in lines:
        groups.setdefault(line.figure.bureau, []).append(line)
    for bureau, members in groups.items():
        value = sum((_worth(line) for line in members), Decimal(0))
        count = Words("{n}セル", "{n} cells" if len(members) > 1 else "1 cell").filled(n=len(members)).to(lang)
        yield [_bureau(bureau, codelists, lang), amount(value), count, _places([each.cell for each in members if each.cell], lang)]


def _places(found: Sequence[Cell], lang: Lang) -> str:
    """The first sheet with the range in which its cells lie, and how many sheets there are besides."""
    if not found:
        return _SETTINGS.to(lang)
    sheets = dict.fromkeys((each.file, each.sheet) for each in found)
    first = next(iter(sheets))
    rest = len(sheets) - 1
    more = Words(f" ほか{rest}シート", f" and {rest} more sheet{'s' if rest > 1 else ''}").to(lang) if rest else ""
    span = _span([each.cell for each in found if (each.file, each.sheet) == first])
    return f"{first[0]} › {first[1]} › {span}{more}"


def _span(addresses: Sequence[str]) -> str:
    """The smallest range that holds some cells: D6:O8."""
    places = [(int(each.lstrip(ascii_uppercase)), column_number(each.rstrip(digits))) for each in addresses]
    rows, columns = [row for row, _ in places], [column for _, column in places]
    first, last = address(min(rows) - 1, min(columns)), address(max(rows) - 1, max(columns))
    return first if first == last else f"{first}:{last}"


def _worth(line: _Line) -> Decimal:
    factor = line.term.factor
    return line.figure.value * factor.numerator / factor.denominator


def _bureau(code: str, codelists: Codelists, lang: Lang) -> str:
    bureau = codelists.bureau.get(code)
    return bureau.name.to(lang) if bureau else code or Words("全体", "All").to(lang)


def _times(factor: Fraction) -> str:
    return "" if factor == 1 else f" × {factor}"


def _place(line: _Line, codelists: Codelists, lang: Lang) -> str:
    return f"{line.cell.file} › {line.cell.sheet} › {line.cell.cell}" if line.cell else _stated(line.figure, codelists, lang)


def _stated(figure: Figure, codelists: Codelists, lang: Lang) -> str:
    """The settings, with the source that they give, or why and when a base was revised or an amount excluded."""
    key = (figure.measure, figure.period, figure.bureau or None)
    bases = [each for each in codelists.baselines if (each.measure, each.period.code, each.bureau) == key and each.value == figure.value]
    apart = [each for each in codelists.exclusions if (each.measure, each.period.code, each.bureau) == key]
    said = [f"{each.revised_on} {each.reason}" if each.revised_on else each.source for each in bases]
    said = [each.reason for each in apart] if figure.scenario == "excluded" else said
    return " ".join([_SETTINGS.to(lang), *dict.fromkeys(filter(None, said))])


def markdown(rows: Iterable[Row], codelists: Codelists, lang: Lang) -> str:
    """Each row with its formula and a table of all cells."""
    parts = []
    for row in rows:
        indicator = codelists.indicator[row.progress.indicator]
        sides = _sides(indicator.kind)
        body = [[sides[line.side].to(lang), *_of_cell(line, codelists, lang)] for line in _lines(row)]
        heads = [
            Words(*pair).to(lang)
            for pair in (("区分", "Side"), ("局・部署", "Office"), ("値", "Value"), ("内容", "What"), ("出所", "Where"))
        ]
        parts.append(f"**{indicator.name.to(lang)}** {formula(row.progress, codelists, lang)}\n\n{piped(heads, body)}")
    return "\n\n".join(parts)


# For machines -----------------------------------------------------------------------------------------------------------

_CSV = (
    *("indicator", "of_bureau", "of_period", "side", "bureau", "office", "measure", "period", "basis", "scenario"),
    *("value", "factor", "status", "file", "sheet", "cell", "received_at", "scope"),
)


def records(rows: Iterable[Row], scope: str = "") -> list[dict[str, str]]:
    """A record for each cell of each side of each row of a scope; values exact, factors as fractions."""
    return [{**_record(row.progress, line), "scope": scope} for row in rows for line in _lines(row)]


def _record(each: Progress, line: _Line) -> dict[str, str]:
    figure, cell = line.figure, line.cell
    whose = {"indicator": each.indicator, "of_bureau": each.bureau, "of_period": each.period.code, "side": line.side}
    names = ("bureau", "office", "measure", "period", "basis", "scenario", "status")
    told = {name: getattr(figure, name) for name in names}
    where = {"file": "fiveless.toml", "sheet": "", "cell": "", "received_at": ""}
    if cell:
        where = {"file": cell.file, "sheet": cell.sheet, "cell": cell.cell, "received_at": f"{cell.received_at:%Y-%m-%dT%H:%M:%SZ}"}
    return {**whose, **told, "value": plain(figure.value), "factor": str(line.term.factor), **where}


def as_json(rows: Iterable[Row], scope: str = "") -> str:
    """A JSON array of the records."""
    return json.dumps([{name: record[name] for name in _CSV} for record in records(rows, scope)], ensure_ascii=False, indent=2)


def as_csv(rows: Iterable[Row], scope: str = "") -> str:
    """The records as CSV with bare line feeds."""
    return csv_text(_CSV, records(rows, scope))
