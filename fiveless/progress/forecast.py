"""What a figure will come to at the end of the fiscal year: by one simple method, with its range, and tried on the years that are over."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from math import log, sqrt, tanh
from statistics import NormalDist, fmean
from typing import NamedTuple

from fiveless.language import Words
from fiveless.period import Period

METHOD = Words(
    "年度の残りの月は、直近3か月に対する比が、過去（最大3年度）の同じ月どうしの比と等しいとみて推計する。"
    "割合は、「済」と「未済」の比が、直近1年の平均の速さで変わり続けるとみる。"
    "80％の幅は、前年同月比（割合では月ごとの変化）のこれまでのばらつきと動きから求める。",
    "The months left of the year are taken to stand to the three latest as the same months did in up to three earlier years. "
    "For a share, the odds (what is done to what is not) go on changing at the average pace of the last year. "
    "The range of 80 % comes from how far the ratios to the same month a year before (for a share: its changes) have scattered and moved.",
)

_LATEST = 3  # months whose level is carried on
_YEARS = (12, 24, 36)  # months ago: the earlier years that tell how the months left stand to the latest
_FEWEST_RATIOS = 6
_FEWEST_SHARES = 12
_LONGEST = 36  # months by which the scatter is judged
_LAG_OF_LATEST = 5 / 9  # in steps of the level: how far the mean of three lies from the last, (2/3)² + (1/3)²
_PACE = 13  # shares, hence twelve changes
_LAGS = 6
_LEAST_DRIFT = 0.1  # of the scatter, each month: no level is taken to stand quite still
_SHIFT = 0.1  # of the mean month, added before logarithms are taken, so that a month of none has one
_EDGE = 0.005  # the same for shares of 0 and 1
_NINE_IN_TEN = NormalDist().inv_cdf(0.9)
_History = Mapping[int, Decimal]  # by the serial number of the month


class Forecast(NamedTuple):
    """What a figure will come to at the end of the fiscal year: `low` to `high` holds it in four cases of five.

    In the figure's unit (a share: 0 to 1), to six places. `error` and `naive_error` are the mean absolute errors of this method and
    of the naive one at the same distance in earlier years of the same figures, as a fraction of the outcome (of a share: in points,
    0.01 = one point); `trials` is how many years that was tried in, None stands for the errors where it is 0.
    """

    value: Decimal
    low: Decimal
    high: Decimal
    error: Decimal | None
    naive_error: Decimal | None
    trials: int


class _Trial(NamedTuple):
    """What would have been said in an earlier year, and what came."""

    value: Decimal
    naive: Decimal
    outcome: Decimal


class _Motion(NamedTuple):
    """How a series of logarithms moves: the variance of each one's scatter about its level, and of the level's step from month to month."""

    scatter: float
    step: float
    months: int

    @property
    def quantile(self) -> float:
        """Nine in ten of Student's t (Cornish and Fisher's expansion); of neighbouring months, two count as one."""
        z, degrees = _NINE_IN_TEN, self.months / 2 - 1
        return z + (z**3 + z) / (4 * degrees) + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * degrees**2)


def year_total(months: Mapping[Period, Decimal], until: Period) -> Forecast | None:
    """A fiscal year's flow (≥ 0), known to the month `until`; what `months` holds after it is not used. Naive: to date / months × 12.

    None where `until` is March (the year is over) or April or May (too early), where a month of this year or the year before is
    missing, where fewer than six months in a row can be set against the same month a year before, where the three latest months were
    all zero in earlier years, and where a figure is negative.
    """
    return _Flow(_until(months, until), until.first, whole=True).forecast()


def last_month(months: Mapping[Period, Decimal], until: Period) -> Forecast | None:
    """The flow of the March of `until`'s fiscal year; None as for `year_total`. Naive: the March before."""
    return _Flow(_until(months, until), until.first, whole=False).forecast()


def last_share(shares: Mapping[Period, Decimal], until: Period) -> Forecast | None:
    """A share (0 to 1) in the March of `until`'s fiscal year; later months are not used. Naive: the last value.

    None where `until` is March, and where fewer than twelve months in a row up to it are known. A share beyond 0 or 1 counts as 0 or 1.
    """
    known, last, left = _until(shares, until), until.first, _left(until.first)
    logits = [_logit(each) for each in _run(known, last, _LONGEST)]
    if not left or len(logits) < _FEWEST_SHARES:
        return None
    middle, reach = _carried_on(logits, left), _reach_of_share(logits, left)
    value, low, high = (_share(each) for each in (middle, middle - reach, middle + reach))
    return Forecast(value, low, high, *_errors(_tried_shares(known, last), relative=False))


# Flows -------------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Flow:
    """What is known up to a month, and what is asked: the whole year, or its March alone."""

    known: _History
    last: int
    whole: bool

    @property
    def wanted(self) -> range:
        """The months that are to come and are asked for."""
        march = self.last + _left(self.last)
        return range(self.last + 1 if self.whole else march, march + 1)

    @property
    def latest(self) -> range:
        return range(self.last - _LATEST + 1, self.last + 1)

    @property
    def to_date(self) -> Decimal:
        return self.sum(range(self.last + _left(self.last) - 11, self.last + 1))

    @property
    def shift(self) -> Decimal:
        return Decimal(_SHIFT) * sum(_run(self.known, self.last, 12), Decimal(0)) / 12

    @property
    def years(self) -> list[int]:
        """How many months ago the earlier years are that have the latest months and the wanted ones."""
        return [ago for ago in _YEARS if all(month - ago in self.known for month in (*self.latest, *self.wanted))]

    def sum(self, months: Iterable[int], ago: int = 0) -> Decimal:
        with localcontext(prec=60):
            return sum((self.known[month - ago] for month in months), Decimal(0))

    def expected(self) -> Decimal | None:
        """The flow of the wanted months: the three latest, times what the wanted ones were to them in the earlier years together."""
        left = _left(self.last)
        whole = all(month in self.known for month in range(self.last + left - 23, self.last + 1))
        if not whole or not 0 < left <= 12 - _LATEST or min(self.known.values()) < 0:
            return None
        with localcontext(prec=60):
            before = sum(self.sum(self.latest, ago) for ago in self.years)
            after = sum(self.sum(self.wanted, ago) for ago in self.years)
            return self.sum(self.latest) * after / before if before else None

    def ratios(self) -> list[float]:
        """The logarithms of the ratios to the same month a year before, of the months in a row up to the last that have both."""
        count = min(len(_run(self.known, month, _LONGEST)) for month in (self.last, self.last - 12))
        row = range(self.last - count + 1, self.last + 1) if self.shift else ()
        return [log((self.known[month] + self.shift) / (self.known[month - 12] + self.shift)) for month in row]

    def reach(self, motion: "_Motion") -> float:
        """How far, as a logarithm, the outcome may lie from what is expected.

        Each wanted month scatters on its own, and so do the latest three; the level's steps from those to these add up. A ratio of
        two years holds the motion of both, and the mean of n earlier years 1 / n of that of one.
        """
        sizes = [float(self.known[month - 12] + self.shift) for month in self.wanted]
        parts = [(month - self.last, size / sum(sizes)) for month, size in zip(self.wanted, sizes, strict=True)]
        scatter = sum(part**2 for _, part in parts) + 1 / _LATEST
        steps = sum(one * other * min(here, there) for here, one in parts for there, other in parts) + _LAG_OF_LATEST
        years = (1 + 1 / len(self.years)) / 2
        return motion.quantile * sqrt(years * (motion.scatter * scatter + motion.step * steps))

    def forecast(self) -> Forecast | None:
        """None where there is too little to go by."""
        expected = self.expected()
        ratios = self.ratios() if expected is not None else []
        if expected is None or len(ratios) < _FEWEST_RATIOS:
            return None
        shift, known = len(self.wanted) * self.shift, self.to_date if self.whole else Decimal(0)
        with localcontext(prec=60):
            factor = Decimal(self.reach(_motion(ratios))).exp()
            low, high = max((expected + shift) / factor - shift, Decimal(0)), (expected + shift) * factor - shift
            value, low, high = (round(known + end, 6) for end in (expected, low, high))
        return Forecast(value, low, high, *_errors(self.trials(), relative=True))

    def trials(self) -> Iterator[_Trial]:
        """The earlier years, each seen from the same month."""
        for origin in range(self.last - 12, min(self.known), -12):
            past = _Flow({month: value for month, value in self.known.items() if month <= origin}, origin, self.whole)
            expected = past.expected()
            if expected is not None and all(month in self.known for month in range(origin, past.wanted[-1] + 1)):
                come = self.sum(past.wanted)
                if self.whole:
                    yield _Trial(past.to_date + expected, past.to_date * 12 / (12 - _left(origin)), past.to_date + come)
                else:
                    yield _Trial(expected, self.sum(past.wanted, 12), come)


# Shares ------------------------------------------------------------------------------------------------------------------


def _carried_on(logits: Sequence[float], left: int) -> float:
    """The mean of the three latest, which lies a month back, and the pace of the last year for the months from there."""
    return fmean(logits[-_LATEST:]) + _pace(logits) * (left + 1)


def _pace(logits: Sequence[float]) -> float:
    """The change in a month: from the first three to the last three of the last year."""
    year = logits[-_PACE:]
    return (fmean(year[-_LATEST:]) - fmean(year[:_LATEST])) / (len(year) - _LATEST)


def _reach_of_share(logits: Sequence[float], left: int) -> float:
    """How far, as a logarithm of the odds, the outcome may lie from what is expected; the pace is itself uncertain."""
    pace, span = _pace(logits), min(len(logits), _PACE) - _LATEST
    motion = _motion([logit - pace * number for number, logit in enumerate(logits)])
    ahead = (left + 1) / span
    scatter = 1 + ((1 + ahead) ** 2 + ahead**2) / _LATEST
    steps = left + _LAG_OF_LATEST + ahead**2 * span
    return motion.quantile * sqrt(motion.scatter * scatter + motion.step * steps)


def _tried_shares(known: _History, last: int) -> Iterator[_Trial]:
    for origin in range(last - 12, min(known), -12):
        logits, march = [_logit(each) for each in _run(known, origin, _LONGEST)], origin + _left(origin)
        if len(logits) >= _FEWEST_SHARES and march in known:
            yield _Trial(_share(_carried_on(logits, _left(origin))), known[origin], known[march])


def _logit(share: Decimal) -> float:
    part = float(min(max(share, Decimal(0)), Decimal(1))) + _EDGE
    return log(part / (1 + 2 * _EDGE - part))


def _share(logit: float) -> Decimal:
    part = (1 + tanh(logit / 2)) / 2
    return round(Decimal(min(max(part * (1 + 2 * _EDGE) - _EDGE, 0.0), 1.0)), 6)


# What both need ----------------------------------------------------------------------------------------------------------


def _motion(series: Sequence[float]) -> _Motion:
    """Scatter and steps from the mean squared change over one to six months, which is 2 × scatter + months × step: a line through them."""
    changes = {lag: [(b - a) ** 2 for a, b in zip(series, series[lag:], strict=False)] for lag in range(1, min(_LAGS, len(series) - 1) + 1)}
    count = sum(map(len, changes.values()))
    lag = sum(each * len(squares) for each, squares in changes.items()) / count
    change = sum(map(sum, changes.values())) / count
    slope = sum((each - lag) * sum(squares) for each, squares in changes.items())
    step = max(0.0, slope / sum((each - lag) ** 2 * len(squares) for each, squares in changes.items()))
    step = min(step, change / lag)
    scatter = (change - lag * step) / 2
    return _Motion(scatter, max(step, _LEAST_DRIFT * scatter), len(series))


def _errors(trials: Iterable[_Trial], *, relative: bool) -> tuple[Decimal | None, Decimal | None, int]:
    tried = [(each, each.outcome if relative else Decimal(1)) for each in trials if each.outcome or not relative]
    if not tried:
        return None, None, 0
    error = sum(abs(each.value - each.outcome) / scale for each, scale in tried) / len(tried)
    naive = sum(abs(each.naive - each.outcome) / scale for each, scale in tried) / len(tried)
    return round(Decimal(error), 6), round(Decimal(naive), 6), len(tried)


def _until(months: Mapping[Period, Decimal], until: Period) -> _History:
    return {month.first: value for month, value in months.items() if month.kind == "month" and month.first <= until.first}


def _run(known: _History, last: int, longest: int) -> list[Decimal]:
    """The values in a row up to a month, oldest first."""
    found: list[Decimal] = []
    while len(found) < longest and last - len(found) in known:
        found.append(known[last - len(found)])
    return found[::-1]


def _left(last: int) -> int:
    return 11 - Period("month", last).fiscal_month
