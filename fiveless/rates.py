"""Rates and differences that a sheet derives: which two of its figures each is made of, and whether it follows from them."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from fiveless.book import Book
from fiveless.figures import plain
from fiveless.finding import Finding
from fiveless.unpivot import Flags, Floats, Ints

_NEAREST = 8  # figures of a line among which the two are sought
_ENOUGH = 3  # rates of a column that follow from the same two columns before one that does not is held to be wrong
_MOST = 0.7
_TELLING_DIGITS = 2.7  # in all the rates that fit together: some 500 recipes are tried
_RATIOS = ("ratio", "change", "rest")
_SCALES = (1.0, 100.0, 1000.0)  # as a fraction, in per cent, per mille


@dataclass(frozen=True)
class _Recipe:
    """How rates are made of figures: the two places in their line, the arithmetic, and by what it is multiplied."""

    one: int
    other: int
    kind: str
    scale: float

    def of(self, figures: Floats) -> Floats:
        """The rates that some lines give, NaN where a figure is missing."""
        one, other = figures[:, self.one], figures[:, self.other]
        if self.kind == "difference":
            return one - other
        with np.errstate(divide="ignore", invalid="ignore"):
            ratio = one / other
        return self.scale * (ratio if self.kind == "ratio" else ratio - 1 if self.kind == "change" else 1 - ratio)


def recompute(book: Book, file: str) -> Iterator[Finding]:
    """Settle the rates and differences that follow from two figures of their line as checks, and tell those that should but do not."""
    if not book.because("derived").any():
        return
    for line, cross, place in ((book.down, book.across, book.column), (book.across, book.down, book.row)):
        derived = np.flatnonzero(book.because("derived") & ~book.checked)
        for number in np.unique(line[derived]):
            yield from _settle(book, file, derived[line[derived] == number], cross, place)


def _settle(book: Book, file: str, rates: Ints, cross: Ints, place: Ints) -> Iterator[Finding]:
    """One column (or row) of rates: `cross` numbers the lines that cross it, `place` is where a figure stands in such a line."""
    figures, whose = _figures(book, rates, cross, place)
    stated = book.stands[rates]
    last = np.array([_last_place(book, index) for index in rates.tolist()])
    found = _best(figures, stated, last)
    if found is None:
        return
    computed = found.of(figures)
    known, fits = ~np.isnan(computed), _follows(computed, stated, last, found)
    trusted = fits.sum() >= max(_ENOUGH, _MOST * known.sum())
    settled = fits | (known & trusted)
    book.checked[rates[settled]] = True
    book.reason[rates[settled]] = 0
    for row in np.flatnonzero(settled & ~fits).tolist():
        cells = [book.cell(int(whose[row, column])) for column in (found.one, found.other)]
        fields = {"stated": _shown(book, int(rates[row])), "computed": f"{computed[row]:.6g}", "one": cells[0], "other": cells[1]}
        yield Finding("T03", file, book.of(int(rates[row]))[0].name, book.cell(int(rates[row])), fields)


def _figures(book: Book, rates: Ints, cross: Ints, place: Ints) -> tuple[Floats, Ints]:
    """For each rate the nearest figures of its line, in the same order of places for all, and which figures those are."""
    lines = {int(line): row for row, line in enumerate(cross[rates].tolist())}
    among = np.flatnonzero(np.isin(cross, cross[rates]) & ~book.because("derived"))
    own = int(place[rates[0]])
    places = sorted(set(place[among].tolist()) - {own}, key=lambda each: (abs(each - own), each > own))[:_NEAREST]
    order = {each: number for number, each in enumerate(places)}
    figures, whose = np.full((len(rates), len(places)), np.nan), np.full((len(rates), len(places)), -1)
    for index in among.tolist():
        column = order.get(int(place[index]))
        if column is not None:
            row = lines[int(cross[index])]
            figures[row, column], whose[row, column] = book.stands[index], index
    return figures, whose


def _best(figures: Floats, stated: Floats, last: Floats) -> _Recipe | None:
    """The recipe from which most of the rates follow; None where hardly any does, or where that may be chance."""
    best, most = None, _TELLING_DIGITS
    digits = np.log10(np.maximum(np.abs(stated) / last, 1.0))
    for recipe in _recipes(figures.shape[1]):
        computed = recipe.of(figures)
        fits = _follows(computed, stated, last, recipe)
        told = float(digits[fits].sum())
        if told >= most and 2 * int(fits.sum()) >= int((~np.isnan(computed)).sum()) and (best is None or told > most):
            best, most = recipe, told
    return best


def _recipes(width: int) -> Iterator[_Recipe]:
    for one in range(width):
        for other in range(width):
            if one != other:
                yield _Recipe(one, other, "difference", 1.0)
                yield from (_Recipe(one, other, kind, scale) for kind in _RATIOS for scale in _SCALES)


def _follows(computed: Floats, stated: Floats, last: Floats, recipe: _Recipe) -> Flags:
    """Whether stated rates are the computed ones, rounded or cut at their last place; differences are exact."""
    slack = np.minimum(last, 1e-6) if recipe.kind == "difference" else last * (1 + 1e-6)
    with np.errstate(invalid="ignore"):
        return np.asarray(np.abs(computed - stated) < slack + 1e-9 * np.abs(stated))


def _last_place(book: Book, index: int) -> float:
    """The worth of a rate's last digit as it is written: 0.1 for 12.3; the least for what a formula gave."""
    sheet, place = book.of(index)
    exponent = sheet.stands(place).normalize().as_tuple().exponent
    return 10.0 ** min(0, int(exponent))


def _shown(book: Book, index: int) -> str:
    sheet, place = book.of(index)
    return plain(sheet.stands(place))
