"""Offices as if they were bureaus, to see which of them made a change."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from fiveless.progress.figure import Figure
from fiveless.progress.known import ALL, Known, Scope
from fiveless.structure import Codelists

_JOIN = "\x1f"


def by_office(figures: Iterable[Figure], offices: Sequence[Figure], codelists: Codelists, scope: Scope = ALL) -> Known:
    """What is known with each office as if it were a bureau (`Move` tells the two apart).

    Bureaus that report no offices stay, and so do those of which the offices do not add up to what the bureau reported.
    """
    figures = list(figures)
    whole = _more_than_offices(figures, offices)
    offices = [each for each in offices if each.bureau not in whole]
    told = {(*each[:4], each.scenario) for each in offices}
    ours = [each for each in codelists.bureaus if scope.takes([each])]
    codes = {each.code for each in ours}
    rest = [each for each in figures if each.bureau in codes and (*each[:4], each.scenario) not in told]
    moved = [each._replace(bureau=f"{each.bureau}{_JOIN}{each.office}", office="") for each in offices if each.bureau in codes]
    known = {each.bureau for each in [*rest, *moved]}
    found = [
        replace(bureau, code=code, successors=bureau.successors if code == bureau.code else ())
        for code in sorted(known)
        if (bureau := codelists.bureau.get(parted(code)[0]))
    ]
    return Known([*rest, *moved], replace(codelists, bureaus=tuple(found)))


def _more_than_offices(figures: Iterable[Figure], offices: Iterable[Figure]) -> set[str]:
    """The bureaus that reported of some time another figure than the sum of their offices."""
    sums: dict[tuple[str, ...], Decimal] = {}
    for each in offices:
        key = (*each[:4], each.scenario)
        sums[key] = sums.get(key, Decimal(0)) + each.value
    return {each.bureau for each in figures if sums.get((*each[:4], each.scenario), each.value) != each.value}


def parted(code: str) -> tuple[str, str]:
    """The bureau and the office (empty for the whole bureau) of a code that `by_office` made."""
    bureau, _, office = code.partition(_JOIN)
    return bureau, office
