"""The whole city's figures, month by month: invented, but reproducing every figure that Tokyo has published."""

from collections.abc import Mapping
from functools import cache
from itertools import pairwise

from fiveless.demo.shares import allocate, wobble
from fiveless.period import Period

BASE_YEAR = 2016
MONTHLY_BASE_YEAR = 2019
YEARS = (2020, 2021, 2022)
BASE_YEAR_MEASURES = ("paper.sheets_purchased", "paper.copies")
MONTHLY_BASE_MEASURES = ("paper.sheets_purchased", "paper.copies", "fax.sent", "fax.received", "face.visits")
PART_OF: Mapping[str, str] = {
    "seal.decisions_electronic": "seal.decisions",
    "seal.procedures_abolished": "seal.procedures",
    "cash.facilities_cashless": "cash.facilities",
    "cash.payments_cashless": "cash.payments",
    "face.procedures_online": "face.procedures",
    "face.consultations_online": "face.consultations",
}
STOCKS = ("seal.procedures", "cash.facilities", "face.procedures")
REAM = 500

# Paper: 203,114,500 is a base that fits every published rate (its interval is 203.01 to 203.53 million).
_ANNUAL: Mapping[str, Mapping[int, int]] = {
    "paper.sheets_purchased": {2016: 203_114_500, 2019: 191_306_500, 2020: 138_902_000, 2021: 99_997_500, 2022: 56_948_500},
    "paper.copies": {2016: 219_862_417, 2019: 203_517_934, 2020: 150_418_263, 2021: 108_603_581, 2022: 79_214_806},
    "fax.sent": {2019: 1_704_318},
    "fax.received": {2019: 2_016_847},
    "seal.decisions": {2020: 1_623_408, 2021: 1_668_192, 2022: 1_712_655},
    "cash.payments": {2020: 7_412_366, 2021: 8_236_914, 2022: 9_104_283},
    "face.consultations": {2020: 95_817, 2021: 118_264, 2022: 131_590},
    "face.visits": {2019: 5_218_436, 2020: 2_347_915, 2021: 2_614_207, 2022: 2_893_468},
}
# April to March, per mille of the year; paper is bought most heavily in the last quarter (28.5 %).
_EVEN = (84, 80, 84, 84, 78, 82, 84, 82, 84, 80, 82, 96)
_PROFILES: Mapping[str, tuple[int, ...]] = {
    "paper.sheets_purchased": (92, 67, 73, 80, 70, 81, 84, 82, 86, 79, 84, 122),
    "paper.copies": (90, 78, 85, 82, 70, 80, 84, 81, 82, 81, 83, 104),
    "seal.decisions": (96, 70, 76, 78, 70, 76, 80, 78, 82, 80, 88, 126),
    "cash.payments": (86, 98, 92, 84, 80, 78, 80, 78, 84, 78, 76, 86),
    "face.consultations": (64, 70, 84, 86, 76, 88, 98, 94, 84, 78, 84, 94),
}
_PROFILES_OF_A_YEAR: Mapping[tuple[str, int], tuple[int, ...]] = {
    ("paper.copies", 2020): (64, 60, 82, 90, 86, 90, 92, 88, 88, 84, 84, 92),
    ("face.visits", 2020): (48, 40, 80, 96, 90, 96, 98, 94, 92, 74, 82, 110),
}
_PUBLISHED: Mapping[tuple[str, str], int] = {("paper.copies", "2020-08"): 12_893_746, ("paper.copies", "2021-08"): 6_397_158}
# Per ten thousand of the whole, or for faxes of the same month of FY2019; straight lines lie between the months given.
_RATES: Mapping[str, Mapping[str, int]] = {
    "fax.sent": {"2020-04": 8400, "2020-09": 4300, "2021-03": 1700, "2021-09": 236, "2022-03": 178, "2023-03": 112},
    "fax.received": {"2020-04": 8800, "2020-09": 4900, "2021-03": 2100, "2021-09": 262, "2022-03": 205, "2023-03": 131},
    "seal.decisions_electronic": {"2020-04": 3810, "2020-10": 7240, "2021-03": 8860, "2022-03": 9862, "2023-03": 9980},
    "cash.payments_cashless": {"2020-04": 3460, "2021-03": 4120, "2022-03": 4830, "2023-03": 5520},
    "face.consultations_online": {"2020-04": 820, "2021-03": 2450, "2022-03": 3370, "2023-03": 3890},
}
# 2,200 award certificates left the procedures that require a seal after FY2021.
_LEVELS: Mapping[str, Mapping[str, int]] = {
    "seal.procedures": {"2020-04": 16_684, "2022-03": 16_804, "2022-04": 14_604, "2023-03": 14_604},
    "seal.procedures_abolished": {"2020-04": 1_238, "2021-03": 4_176, "2022-03": 6_105, "2023-03": 7_012},
    "cash.facilities": {"2020-04": 78, "2023-03": 78},
    "cash.facilities_cashless": {"2020-04": 23, "2021-03": 51, "2022-03": 78, "2023-03": 78},
    "face.procedures": {"2020-04": 28_004, "2021-03": 28_310, "2022-03": 29_120, "2023-03": 30_016},
    "face.procedures_online": {"2020-04": 1_480, "2021-03": 4_960, "2022-03": 10_930, "2023-03": 16_820},
}


def annual(measure: str) -> int:
    """The base year's total of a measure."""
    return _ANNUAL[measure][BASE_YEAR]


@cache
def month(measure: str, period: Period) -> int:
    """The city's total of a month, or its level at the end of the month; KeyError where the demo has none."""
    if measure in _LEVELS:
        return _between(_LEVELS[measure], period)
    if measure in PART_OF:
        return month(PART_OF[measure], period) * _between(_RATES[measure], period) // 10_000
    if period.fiscal_year not in _ANNUAL[measure]:
        return month(measure, period.in_fiscal_year(MONTHLY_BASE_YEAR)) * _between(_RATES[measure], period) // 10_000
    return _year(measure, period.fiscal_year)[period.fiscal_month]


@cache
def _year(measure: str, fiscal_year: int) -> list[int]:
    """The twelve months of a year's total, of which those that were published are given."""
    codes = [each.code for each in Period.year(fiscal_year).months()]
    given = [_PUBLISHED.get((measure, code), 0) for code in codes]
    profile = _PROFILES_OF_A_YEAR.get((measure, fiscal_year), _PROFILES.get(measure, _EVEN))
    weights = [0 if fixed else weight * wobble(15, measure, code) for fixed, weight, code in zip(given, profile, codes, strict=True)]
    step = REAM if measure == "paper.sheets_purchased" else 1
    rest = allocate((_ANNUAL[measure][fiscal_year] - sum(given)) // step, weights)
    return [fixed + step * each for fixed, each in zip(given, rest, strict=True)]


def _between(points: Mapping[str, int], period: Period) -> int:
    known = [(Period.of_code(code).first, value) for code, value in points.items()]
    for (start, low), (end, high) in pairwise(known):
        if start <= period.first <= end:
            return low + (high - low) * (period.first - start) // (end - start)
    raise KeyError(period.code)
