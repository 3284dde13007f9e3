"""Values that are hardly true: a part greater than its whole, a unit mistaken by tens, a month that repeats the one before."""

from collections.abc import Iterator, Sequence
from functools import cached_property

import numpy as np

from fiveless.finding import Finding
from fiveless.grid import address
from fiveless.observation import Observations, Reading, combined, distinct
from fiveless.period import Period
from fiveless.structure import Codelists
from fiveless.unpivot import Flags, Floats, Ints

_Doubt = tuple[str, int, dict[str, str]]

_STEADY = 2.5  # how many times its least value the greatest of a steady series may be
_ENOUGH = 3  # other values before a series can be called steady
_LEAST = 10.0
_TENFOLD = 0.8  # the least power of ten that is a jump
_NEAR = 0.15  # how near to a whole power of ten a mistaken unit brings a value
_COLUMN = 4  # values that must all repeat those of the month before


def review(observations: Observations, codelists: Codelists, file: str) -> Iterator[Finding]:
    """What is hardly true of the values of one file. Nothing is set aside for it, for it may be true."""
    if not len(observations):
        return
    values = _Values(observations)
    yield from _parts_above_wholes(values, codelists, file)
    for code, index, fields in _doubts(values):
        yield Finding(code, file, *values.at(index), fields)


def without_history(reading: Reading) -> bool:
    """Whether a file reports so few months that only what others have reported can tell whether its values are likely."""
    periods = reading.observations.coded["period"].names if len(reading.observations) else ()
    return 0 < sum(Period.of_code(code).kind == "month" for code in periods) <= _ENOUGH


def review_beside(readings: Sequence[Reading], held: Observations) -> Iterator[Finding]:
    """What is hardly true of the values of files of few months, beside each other and beside what is known already (`held`)."""
    short = [reading for reading in readings if without_history(reading)]
    if not short:
        return
    parts = [held, *(reading.observations for reading in short)]
    ends = np.cumsum([len(part) for part in parts])
    values = _Values(Observations.joined(parts))
    for code, index, fields in _doubts(values):
        number = int(np.searchsorted(ends, index, side="right"))
        if number:
            finding = Finding(code, short[number - 1].file, *values.at(index), fields)
            if finding not in short[number - 1].findings:
                yield finding


class _Values:
    """Observations as numbers by position: what a value is a value of, its month, and the series that it continues."""

    def __init__(self, observations: Observations) -> None:
        self._observations = observations
        self._coded = observations.coded
        self.value: Floats = observations.whole.astype(np.float64)
        for place, value in observations.exact.items():
            self.value[place] = float(value)
        periods = [Period.of_code(code) for code in self._coded["period"].names]
        last = np.array([each.last.first for each in periods], dtype=np.int64)
        self.month: Ints = last[self._coded["period"].codes]
        self.monthly: Flags = np.array([each.kind == "month" for each in periods], dtype=bool)[self._coded["period"].codes]

    def code(self, name: str) -> Ints:
        """A column of codes."""
        return self._coded[name].codes

    def number(self, name: str, text: str) -> int:
        """The code of a text in a column, -1 if it does not occur."""
        names = list(self._coded[name].names)
        return names.index(text) if text in names else -1

    def together(self, *names: str) -> Ints:
        """A number for each combination of what some columns hold."""
        return combined([self.code(name) for name in names])

    @cached_property
    def alike(self) -> Ints:
        """A number for each combination of all but the measure."""
        return self.together("bureau", "office", "period", "basis", "scenario")

    @cached_property
    def series(self) -> Ints:
        """The series of each value: what it counts and whose, month by month; -1 for values that are not monthly flows."""
        key = self.together("bureau", "office", "measure", "basis", "scenario")
        return np.where(self.monthly & (self.code("basis") == self.number("basis", "month")), key, -1)

    @cached_property
    def in_order(self) -> Ints:
        """The places of the values of series, by series and month."""
        places = np.flatnonzero(self.series >= 0)
        return places[np.lexsort((self.month[places], self.series[places]))]

    def shown(self, index: int) -> str:
        """A value for reading."""
        return f"{self.value[index]:,.0f}"

    def at(self, index: int) -> tuple[str, str]:
        """The sheet and the cell of a value."""
        observations = self._observations
        cell = address(int(observations.row[index]), int(observations.column[index]))
        return self._coded["sheet"].names[int(self.code("sheet")[index])], cell


def _parts_above_wholes(values: _Values, codelists: Codelists, file: str) -> Iterator[Finding]:
    """Cashless payments are payments: of a share the part cannot exceed the whole."""
    measure = values.code("measure")
    counted = set(distinct(measure).tolist())
    for indicator in codelists.indicators:
        if indicator.kind != "share" or not indicator.denominator:
            continue
        numbers = [values.number("measure", code) for code in (indicator.numerator, indicator.denominator)]
        if not counted.issuperset(numbers):
            continue
        part, whole = (np.flatnonzero(measure == number) for number in numbers)
        _, parts, wholes = np.intersect1d(values.alike[part], values.alike[whole], return_indices=True)
        above = values.value[part[parts]] > values.value[whole[wholes]]
        for one, other in sorted(zip(part[parts][above].tolist(), whole[wholes][above].tolist(), strict=True)):
            fields = {"value": values.shown(one), "whole": values.shown(other), "other": values.at(other)[1]}
            yield Finding("P04", file, *values.at(one), fields)


def _doubts(values: _Values) -> list[_Doubt]:
    """Jumps and repeated months, each in the order of the sheets."""
    return sorted((*_jumps(values), *_repeated_months(values)), key=lambda doubt: doubt[:2])


def _jumps(values: _Values) -> Iterator[_Doubt]:
    """One value ten, a hundred or a thousand times the others of a series that is steady without it, or as much below them."""
    places = _steady_but_for_one(values)
    places = places[np.lexsort((values.value[places], values.series[places]))]
    series, value = values.series[places], values.value[places]
    first = np.flatnonzero(np.concatenate([[True], series[1:] != series[:-1]])) if len(series) else np.zeros(0, dtype=np.int64)
    last = np.append(first[1:], len(series)) - 1
    first, last = first[last - first >= _ENOUGH], last[last - first >= _ENOUGH]
    for odd, least, most in ((last, first, last - 1), (first, first + 1, last)):
        usual = value[(least + most) // 2]
        steady = (value[least] >= _LEAST) & (value[most] <= _STEADY * value[least]) & (value[odd] > 0)
        power = np.log10(np.where(steady, value[odd], 1) / np.where(steady, usual, 1))
        jump = steady & (np.abs(power) >= _TENFOLD) & (np.abs(power - np.rint(power)) <= _NEAR)
        for index, middle, tens in zip(places[odd[jump]].tolist(), usual[jump].tolist(), np.rint(power[jump]).tolist(), strict=True):
            times = f"×{10 ** int(tens):,}" if tens > 0 else f"÷{10 ** int(-tens):,}"
            yield "P05", index, {"value": values.shown(index), "usual": f"{middle:,.0f}", "times": times}


def _steady_but_for_one(values: _Values) -> Ints:
    """The values of the series that are steady without their greatest or their least: few are, and only those are to be sorted."""
    places = values.in_order
    if not len(places):
        return places
    series, value = values.series[places], values.value[places]
    start = np.flatnonzero(np.concatenate([[True], series[1:] != series[:-1]]))
    size = np.diff(start, append=len(series))
    least, most = (np.repeat(extreme.reduceat(value, start), size) for extreme in (np.minimum, np.maximum))
    above, below = (np.add.reduceat(far.astype(np.int64), start) for far in (value > _STEADY * least, _STEADY * value < most))
    return np.sort(places[np.repeat((above <= 1) | (below <= 1), size)])


def _repeated_months(values: _Values) -> Iterator[_Doubt]:
    """A bureau's whole month that is, value by value, the month before: a copy that nobody has overwritten."""
    places = values.in_order
    later, earlier = places[1:], places[:-1]
    follows = (values.series[later] == values.series[earlier]) & (values.month[later] == values.month[earlier] + 1)
    later, earlier = later[follows], earlier[follows]
    group = combined([values.code("bureau")[later], values.code("scenario")[later], values.month[later]])
    same = (values.value[later] == values.value[earlier]) & (values.value[later] > 0)
    for number in np.unique(group[same]):
        own = group == number
        if same[own].all() and own.sum() >= _COLUMN and len(np.unique(values.value[later[own]])) >= _ENOUGH:
            index = int(later[own].min())
            yield "P06", index, {"count": str(int(own.sum()))}
