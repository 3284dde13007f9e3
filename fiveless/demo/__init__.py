"""A synthetic inbox: workbooks in the forms that bureaus use, whose totals are the figures that Tokyo has published."""

import zlib
from collections.abc import Iterator
from pathlib import Path

from fiveless.demo import base_years, besides, by_month, by_year, city
from fiveless.demo.bureaus import MONTHLY, PROFILES
from fiveless.demo.sheet import Book, Fact, Total
from fiveless.demo.values import Values, all_values, months, reporting
from fiveless.period import Period
from fiveless.structure import Bureau, Codelists

__all__ = ["Book", "Fact", "Total", "books", "build", "sample", "sample_books", "truth"]
_YEARLY = {"months_across": by_year.months_across, "months_down": by_year.months_down, "blocks": by_year.blocks}
_SAMPLE = ("environment", "urban-development", "taxation", "digital-services", "finance", "sewerage")
_SAMPLE_YEAR, _SAMPLE_MONTHS = 2022, 3


def build(folder: Path, codelists: Codelists) -> list[Path]:
    """Write the whole demo into `folder` (made if missing); the files written. OSError where it cannot be written."""
    return _write(folder, books(codelists))


def sample(folder: Path, codelists: Codelists) -> list[Path]:
    """Write a dozen workbooks of all forms into `folder`: some bureaus' first quarter of FY2022 and their base years."""
    return _write(folder, sample_books(codelists))


def truth(codelists: Codelists) -> list[Fact]:
    """Every number that an ingest of the demo has to take, and where it stands; all other numbers are sums of these."""
    return [fact for book in books(codelists) for fact in book.facts]


def books(codelists: Codelists) -> list[Book]:
    """The demo's workbooks, by file name."""
    known = all_values(codelists)
    found = list(_base_years(codelists, known, codelists.bureaus))
    found += [besides.apart(codelists), besides.caps(codelists, known, reporting(codelists, Period.month(besides.CAP_YEAR, 4)))]
    for fiscal_year in city.YEARS:
        found += _of_year(codelists, known, fiscal_year, codelists.bureaus)
    return sorted(found, key=lambda book: book.file)


def sample_books(codelists: Codelists) -> list[Book]:
    """The sample's workbooks, by file name; months that it does not reach are empty in workbooks of a year."""
    reached = {each.code for each in (*months(city.MONTHLY_BASE_YEAR), *months(_SAMPLE_YEAR)[:_SAMPLE_MONTHS])}
    reached.add(Period.year(city.BASE_YEAR).code)
    known = {key: value for key, value in all_values(codelists).items() if key[3] in reached}
    bureaus = tuple(each for each in codelists.bureaus if each.code in _SAMPLE or _form(each) == "summary")
    ancestors = tuple(
        each for each in codelists.bureaus if any(codelists.lineage[each.code] == codelists.lineage[own.code] for own in bureaus)
    )
    found = [*_base_years(codelists, known, ancestors), *_of_year(codelists, known, _SAMPLE_YEAR, bureaus)]
    return sorted(found, key=lambda book: book.file)


def _write(folder: Path, written: list[Book]) -> list[Path]:
    from fiveless.demo.writing import write  # here, so that only who writes workbooks waits for xlsxwriter

    folder.mkdir(parents=True, exist_ok=True)
    return [write(book, folder) for book in written]


def _form(bureau: Bureau) -> str:
    return PROFILES[bureau.code].form if bureau.code in PROFILES else ""


def _base_years(codelists: Codelists, known: Values, bureaus: tuple[Bureau, ...]) -> Iterator[Book]:
    base, monthly = Period.year(city.BASE_YEAR), Period.year(city.MONTHLY_BASE_YEAR)
    yield base_years.whole_year(codelists, known, [each for each in reporting(codelists, base) if each in bureaus])
    yield base_years.month_by_month(codelists, known, [each for each in reporting(codelists, monthly) if each in bureaus])


def _of_year(codelists: Codelists, known: Values, fiscal_year: int, bureaus: tuple[Bureau, ...]) -> Iterator[Book]:
    for bureau in reporting(codelists, Period.year(fiscal_year)):
        if bureau in bureaus and _form(bureau) in _YEARLY:
            offices = PROFILES[bureau.code].offices
            wording = zlib.crc32(bureau.code.encode()) % 3
            yield _YEARLY[_form(bureau)](by_year.Year(codelists, known, bureau, offices, fiscal_year, wording))
    reported = {period for *_, period in known}
    for period in months(fiscal_year):
        if period.code in reported:
            yield from _of_month(codelists, known, period, bureaus)


def _of_month(codelists: Codelists, known: Values, period: Period, bureaus: tuple[Bureau, ...]) -> Iterator[Book]:
    month = by_month.Month(codelists, known, period)
    due = [each for each in reporting(codelists, period) if each in bureaus]
    for bureau in due:
        profile = PROFILES[bureau.code]
        if profile.form in MONTHLY:
            yield by_month.of_bureau(month, bureau, profile.offices, profile.form)
    yield by_month.summary(month, [each for each in due if _form(each) == "summary"])
