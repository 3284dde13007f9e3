"""What is wrong with figures as indicators use them: more than the whole, a base of zero, bases that contradict each other."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import combinations
from typing import Any

from fiveless.figures import amount, percent
from fiveless.finding import Finding
from fiveless.language import Words
from fiveless.period import Period
from fiveless.progress.figure import Figures, lived, summed
from fiveless.progress.known import CITY, Known
from fiveless.progress.result import Progress
from fiveless.structure import Bureau, Indicator

# Two statements of a base differ where they are further apart than half a per cent: published bases are rounded.
_APART = Decimal("0.005")
_NO_CHANGE, _NOTHING = Words("基準値と変わりません", "the same as the base"), Words("何も目指していません", "which is nothing")
_ALL = Words("全体", "all bureaus")


def flaws(rows: Iterable[Progress], known: Known) -> Iterator[Finding]:
    """The findings of some rows, each told once."""
    told: set[tuple[object, ...]] = set()
    for row in rows:
        whose = frozenset(term.figure.bureau for term in (*row.actual_terms, *row.base_terms))
        found = [(code, fields, row.bureau, whose) for code, fields in _of_row(row, known)]
        found += [("I04", fields, bureau, frozenset({bureau})) for bureau, fields in _of_bases(row, known)]
        found += [("I06", fields, bureau, frozenset({bureau})) for bureau, fields in _excluded_twice(row)]
        found += [("I07", fields, bureau, frozenset({bureau})) for bureau, fields in _of_sums(row, known)]
        for code, fields, bureau, of in found:
            key = (code, row.indicator, *map(str, fields.values()), of)
            if key not in told:
                told.add(key)
                yield Finding(code, "", fields=_named(row, bureau, known) | fields)


def _named(row: Progress, code: str, known: Known) -> dict[str, Any]:
    bureau = known.codelists.bureau.get(code)
    return {
        "indicator": known.codelists.indicator[row.indicator].name,
        "who": bureau.name if bureau else _ALL,
        "when": Words(row.period.label("ja"), row.period.label("en")),
    }


def _of_row(row: Progress, known: Known) -> Iterator[tuple[str, dict[str, Any]]]:
    indicator = known.codelists.indicator[row.indicator]
    sides = {"actual": amount(row.actual), "base": amount(row.base)}
    if "above_whole" in row.flags:
        yield "I01", sides | {"rate": percent(row.rate)}
    if "zero_base" in row.flags and row.base_terms and row.actual and indicator.kind != "share":
        yield "I02", sides
    if "zero_target" in row.flags and (not row.bureau or "own_target" in row.flags):
        yield "I03", {"target": percent(row.target), "same": _NOTHING if indicator.kind == "share" else _NO_CHANGE}
    if row.excluded is not None and row.actual is not None and row.excluded > row.actual:
        yield "I05", sides | {"excluded": amount(row.excluded)}


def _excluded_twice(row: Progress) -> Iterator[tuple[str, dict[str, Any]]]:
    """What is told apart both in a bureau's own sheets and in the settings, each in sum, with the code of the bureau."""
    for code in dict.fromkeys(term.figure.bureau for term in row.excluded_terms):
        own = [term for term in row.excluded_terms if term.figure.bureau == code]
        reported, stated = ([term.figure.value for term in own if term.stated is kind] for kind in (False, True))
        if reported and stated:
            yield code, {"reported": amount(sum(reported, Decimal(0))), "stated": amount(sum(stated, Decimal(0)))}


def _of_sums(row: Progress, known: Known) -> Iterator[tuple[str, dict[str, Any]]]:
    """Months of which the sum is not the sum to date that was reported as well, each with the code of its bureau."""
    indicator = known.codelists.indicator[row.indicator]
    bureau = known.codelists.bureau.get(row.bureau)
    if bureau is None or indicator.comparison != "ytd":
        return
    months = lived(bureau, row.period.last.year_to_date())
    alone = summed(known.actual.at(bureau, indicator.numerator, month, "month") for month in months)
    told = known.actual.at(bureau, indicator.numerator, months[-1], "ytd") if months else None
    if alone and told and alone.value != told.value:
        yield row.bureau, {"months": amount(alone.value), "to_date": amount(told.value)}


def _of_bases(row: Progress, known: Known) -> Iterator[tuple[str, dict[str, Any]]]:
    """Contradictory bases, each with the code of its bureau: that of the row, and all of whom its base is made."""
    for code in dict.fromkeys([row.bureau, *(term.figure.bureau for term in row.base_terms)]):
        for one, other in _rivals(known.codelists.bureau.get(code, CITY), known.codelists.indicator[row.indicator], known):
            yield code, {"one": one, "other": other}


def _rivals(bureau: Bureau, indicator: Indicator, known: Known) -> Iterator[tuple[Words, Words]]:
    """Statements of a flow of the base year that contradict each other, where no revision has settled which holds."""
    year, measure = indicator.base_year, indicator.numerator
    if year is None or indicator.comparison == "as_of" or known.revised.year(bureau, measure, year):
        return
    stated = [*_statements(bureau, measure, year, known.actual, _REPORTED), *_statements(bureau, measure, year, known.stated, _STATED)]
    for (one, value), (other, against) in combinations(stated, 2):
        if abs(value - against) > _APART * max(value, against):
            yield one, other


_REPORTED, _STATED = Words("報告の", "reported, "), Words("設定の", "in the settings, ")
_MONTHS, _TO_MARCH, _YEAR = (
    Words("月別の合計", "the sum of its months"),
    Words("3月までの累計", "the sum to March"),
    Words("年度計", "the year's amount"),
)


def _statements(bureau: Bureau, measure: str, fiscal_year: int, figures: Figures, source: Words) -> Iterator[tuple[Words, Decimal]]:
    """A year's flow as its months, its sum to March and the year itself tell it, each in words with its source."""
    year = Period.year(fiscal_year)
    months = summed(figures.at(bureau, measure, month, "month") for month in year.months())
    told = (
        (_MONTHS, months),
        (_TO_MARCH, figures.at(bureau, measure, year.last, "ytd")),
        (_YEAR, figures.at(bureau, measure, year, "year")),
    )
    for kind, found in told:
        if found:
            yield Words(f"{source.ja}{kind.ja} {amount(found.value)}", f"{source.en}{kind.en} {amount(found.value)}"), found.value
