"""Changes for machines: CSV and JSON with stable English field names and exact figures."""

import json
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from fiveless.figures import fixed, number, plain
from fiveless.progress import Change, Move
from fiveless.progress.offices import parted
from fiveless.structure import Codelists
from fiveless.tables.observations import csv_text

_CSV = (
    *("period", "other_period", "basis", "less", "indicator", "bureau", "bureau_name", "office", "joined"),
    *("then", "now", "change", "relative", "unit", "rate_then", "rate_now", "points", "made", "part", "upto"),
    *("per_head_then", "per_head_now", "turned", "counted", "rated", "due", "left_out", "scope"),
)
_RATES = ("relative", "rate_then", "rate_now", "points", "part", "upto")
_AMOUNTS = ("then", "now", "change", "made", "per_head_then", "per_head_now")
_OF_MOVES = ("made", "part", "upto", "per_head_then", "per_head_now", "turned")


def records(changes: Iterable[Change], codelists: Codelists, *, every: bool) -> list[dict[str, Any]]:
    """A record for each change and (`every`) for each move; figures are Decimal or None. Of a share `made` is in points (0.01 = 1)."""
    found = []
    for each in changes:
        found.append(_of_change(each, codelists))
        found += [_of_move(each, move, codelists) for move in (each.moves if every else ())]
    return found


def _of_change(each: Change, codelists: Codelists) -> dict[str, Any]:
    who = {"bureau": "", "bureau_name": "", "office": "", "joined": []}
    left_out = [" ".join(filter(None, parted(code))) for code in each.left_out]
    count = {"counted": each.counted, "rated": each.rated, "due": each.due, "left_out": left_out}
    return {**_times(each), **who, **_figures(each, each, codelists), **dict.fromkeys(_OF_MOVES), **count}


def _of_move(each: Change, move: Move, codelists: Codelists) -> dict[str, Any]:
    bureau = codelists.bureau.get(move.bureau)
    who = {"bureau": move.bureau, "bureau_name": bureau.name.ja if bureau else move.bureau, "office": move.office}
    joined = [code for code in move.members if code != move.bureau] if not move.office else []
    own = {name: getattr(move, name) for name in _OF_MOVES}
    count: dict[str, Any] = {"counted": None, "rated": None, "due": None, "left_out": []}
    return {**_times(each), **who, "joined": joined, **_figures(each, move, codelists), **own, **count}


def _times(each: Change) -> dict[str, str]:
    times = {"period": each.period.code, "other_period": each.other.code, "basis": each.basis}
    return {**times, "less": each.less, "indicator": each.indicator}


def _figures(each: Change, told: Change | Move, codelists: Codelists) -> dict[str, Any]:
    indicator = codelists.indicator[each.indicator]
    change = told.now - told.then if told.now is not None and told.then is not None else None
    relative = change / told.then if change is not None and told.then else None
    amounts = {"then": told.then, "now": told.now, "change": change, "relative": relative}
    rates = {"rate_then": told.rate_then, "rate_now": told.rate_now, "points": told.points}
    return {**amounts, "unit": codelists.measure[indicator.numerator].unit, **rates, "share": indicator.kind == "share"}


def as_json(changes: Iterable[Change], codelists: Codelists, scope: str = "", *, every: bool) -> str:
    """A JSON array of the records; amounts are numbers, rates to six places."""
    found = [{**record, **_written(record, number, lambda rate: float(fixed(rate)))} for record in records(changes, codelists, every=every)]
    return json.dumps([{name: {**record, "scope": scope}[name] for name in _CSV} for record in found], ensure_ascii=False, indent=2)


def as_csv(changes: Iterable[Change], codelists: Codelists, scope: str = "", *, every: bool) -> str:
    """The records as CSV with bare line feeds; rates to six places, lists joined by `;`, nothing for None."""
    lines = ({**_line(record), "scope": scope} for record in records(changes, codelists, every=every))
    return csv_text(_CSV, ({name: line[name] for name in _CSV} for line in lines))


def _line(record: dict[str, Any]) -> dict[str, Any]:
    """A record as it stands in CSV."""
    lists = {name: ";".join(record[name]) for name in ("joined", "left_out")}
    turned = {"turned": "" if record["turned"] is None else str(record["turned"]).lower()}
    return {**record, **_written(record, plain, fixed), **lists, **turned}


def _written(record: dict[str, Any], amount: Any, rate: Any) -> dict[str, Any]:
    """The figures of a record, amounts and rates each as they are to be written."""
    rates = {*_RATES, "made"} if record["share"] else {*_RATES}
    figures = {name: record.get(name) for name in (*_RATES, *_AMOUNTS)}
    known: dict[str, Decimal] = {name: value for name, value in figures.items() if value is not None}
    return {name: (rate if name in rates else amount)(value) for name, value in known.items()}
