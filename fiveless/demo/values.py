"""The city's figures shared out to bureaus and offices, exactly: every value that a demo workbook will hold."""

from collections.abc import Mapping, Sequence
from itertools import chain

from fiveless.demo import city
from fiveless.demo.bureaus import MONTHLY, PROFILES, WEIGHED_BY
from fiveless.demo.shares import allocate, wobble
from fiveless.period import Period
from fiveless.structure import Bureau, Codelists

Place = tuple[str, str]
Values = dict[tuple[str, str, str, str], int]
_FLOWS = (
    "paper.sheets_purchased",
    "paper.copies",
    "fax.sent",
    "fax.received",
    "seal.decisions",
    "cash.payments",
    "face.consultations",
    "face.visits",
)
_FLOW_PARTS = ("seal.decisions_electronic", "cash.payments_cashless", "face.consultations_online")
_OFFICE_RANKS = (6, 5, 4, 3)


def reporting(codelists: Codelists, period: Period) -> list[Bureau]:
    """The bureaus of the demo that exist in a period."""
    return [each for each in codelists.due(period) if each.code in PROFILES]


def months(fiscal_year: int) -> list[Period]:
    """The twelve months of a fiscal year."""
    return list(Period.year(fiscal_year).months())


def all_values(codelists: Codelists) -> Values:
    """Every value by (bureau, office, measure, period code), in the measures' units; the office is empty in the base years."""
    found: Values = {}
    _base_years(codelists, found)
    every_month = list(chain.from_iterable(months(year) for year in city.YEARS))
    for period in every_month:
        places = _places(reporting(codelists, period))
        for measure in _FLOWS:
            _share_flow(found, measure, period, places)
        for part in _FLOW_PARTS:
            _share_part(found, part, period, places)
    for stock in city.STOCKS:
        _carry_stock(found, codelists, stock, every_month)
    return found


def _base_years(codelists: Codelists, found: Values) -> None:
    year = Period.year(city.BASE_YEAR)
    bureaus = [(each.code, "") for each in reporting(codelists, year)]
    for measure in city.BASE_YEAR_MEASURES:
        step = city.REAM if measure == "paper.sheets_purchased" else 1
        weights = [_weight(measure, place, year, 250) for place in bureaus]
        _keep(found, measure, year, bureaus, [step * each for each in allocate(city.annual(measure) // step, weights)])
    for period in months(city.MONTHLY_BASE_YEAR):
        bureaus = [(each.code, "") for each in reporting(codelists, period)]
        for measure in city.MONTHLY_BASE_MEASURES:
            _share_flow(found, measure, period, bureaus)


def _places(bureaus: Sequence[Bureau]) -> list[Place]:
    return [(each.code, office) for each in bureaus for office in PROFILES[each.code].offices]


def _weight(measure: str, place: Place, period: Period, spread: int = 150) -> int:
    """A place's size, made uneven from bureau to bureau, year to year and month to month."""
    bureau, office = place
    yearly = wobble(spread, measure, bureau, f"FY{period.fiscal_year}")
    return _size(measure, place) * yearly * wobble(120, measure, bureau, office, period.code) // 1000


def _size(measure: str, place: Place) -> int:
    """A place's weight: the bureau's, or an office's part of it, the first office being the largest."""
    bureau, office = place
    profile = PROFILES[bureau]
    whole = int(getattr(profile, WEIGHED_BY[measure])) * 1000
    if not office:
        return whole
    ranks = _OFFICE_RANKS[: len(profile.offices)]
    return whole * ranks[profile.offices.index(office)] // sum(ranks)


def _keep(found: Values, measure: str, period: Period, places: Sequence[Place], amounts: Sequence[int]) -> None:
    found.update({(bureau, office, measure, period.code): amount for (bureau, office), amount in zip(places, amounts, strict=True)})


def _share_flow(found: Values, measure: str, period: Period, places: Sequence[Place]) -> None:
    weights = [_weight(measure, place, period) for place in places]
    total = city.month(measure, period)
    shared = _share_paper(total, weights, places) if measure == "paper.sheets_purchased" else _at_least_one(total, weights)
    _keep(found, measure, period, places, shared)


def _at_least_one(total: int, weights: Sequence[int], step: int = 1) -> list[int]:
    """No place is left with zero, which would look like a month not filled in."""
    return [step + step * each for each in allocate(total // step - len(weights), weights)]


def _share_paper(total: int, weights: Sequence[int], places: Sequence[Place]) -> list[int]:
    """Paper is bought by the ream; bureaus that report in 千枚 (offices, one month a workbook) buy whole thousands."""
    coarse = [PROFILES[bureau].form in MONTHLY and office != "" for bureau, office in places]
    in_thousands = [weight for weight, is_coarse in zip(weights, coarse, strict=True) if is_coarse]
    thousands = total * sum(in_thousands) // sum(weights) // 1000
    by_thousand = iter(_at_least_one(thousands * 1000, in_thousands, 1000) if in_thousands else [])
    in_reams = [weight for weight, is_coarse in zip(weights, coarse, strict=True) if not is_coarse]
    by_ream = iter(_at_least_one(total - thousands * 1000, in_reams, city.REAM))
    return [next(by_thousand if is_coarse else by_ream) for is_coarse in coarse]


def _share_part(found: Values, part: str, period: Period, places: Sequence[Place]) -> None:
    """What is still done the old way is shared out, so that no place is perfect by rounding while others lag."""
    wholes = [found[bureau, office, city.PART_OF[part], period.code] for bureau, office in places]
    uneven = [wobble(350, part, bureau) * wobble(60, part, bureau, office, period.code) for bureau, office in places]
    old_way = sum(wholes) - city.month(part, period)
    others = allocate(old_way, [whole * each for whole, each in zip(wholes, uneven, strict=True)], wholes)
    _keep(found, part, period, places, [whole - other for whole, other in zip(wholes, others, strict=True)])


def _carry_stock(found: Values, codelists: Codelists, whole: str, every_month: Sequence[Period]) -> None:
    """Carry a stock and its part from month to month: what changes is shared out, and a successor takes over what was held."""
    part = next(each for each, of in city.PART_OF.items() if of == whole)
    holds: dict[Place, tuple[int, int]] = {}
    for period in every_month:
        places = _places(reporting(codelists, period))
        holds = _taken_over(holds, codelists, places, whole)
        wholes = _grown(whole, period, places, [holds[place] for place in places])
        before = [holds[place][1] for place in places]
        parts = _grown_part(part, period, before, wholes)
        holds = {place: (w, p) for place, w, p in zip(places, wholes, parts, strict=True)}
        _keep(found, whole, period, places, wholes)
        _keep(found, part, period, places, parts)


def _grown(whole: str, period: Period, places: Sequence[Place], held: Sequence[tuple[int, int]]) -> list[int]:
    before = [each for each, _ in held]
    change = city.month(whole, period) - sum(before)
    sizes = [_size(whole, place) for place in places]
    if change >= 0:
        return [old + more for old, more in zip(before, allocate(change, sizes), strict=True)]
    room = [each - part for each, part in held]
    return [old - less for old, less in zip(before, allocate(-change, room, room), strict=True)]


def _grown_part(part: str, period: Period, before: Sequence[int], wholes: Sequence[int]) -> list[int]:
    room = [whole - old for whole, old in zip(wholes, before, strict=True)]
    more = allocate(city.month(part, period) - sum(before), room, room)
    return [old + each for old, each in zip(before, more, strict=True)]


def _taken_over(
    holds: Mapping[Place, tuple[int, int]], codelists: Codelists, places: Sequence[Place], measure: str
) -> dict[Place, tuple[int, int]]:
    """What each place holds after the bureaus that ended have handed theirs to their successors."""
    now = {place: holds.get(place, (0, 0)) for place in places}
    for bureau in sorted({code for code, _ in holds} - {code for code, _ in places}):
        heirs = [place for place in places if place[0] in codelists.bureau[bureau].successors]
        sizes = [_size(measure, place) for place in heirs]
        wholes = allocate(sum(whole for (code, _), (whole, _) in holds.items() if code == bureau), sizes)
        parts = allocate(sum(part for (code, _), (_, part) in holds.items() if code == bureau), wholes, wholes)
        for place, whole, part in zip(heirs, wholes, parts, strict=True):
            now[place] = (now[place][0] + whole, now[place][1] + part)
    return now
