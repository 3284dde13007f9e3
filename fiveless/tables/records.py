"""Progress for machines: CSV and JSON with stable English field names and exact figures."""

import json
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from fiveless.figures import fixed, number, plain
from fiveless.progress import Progress
from fiveless.structure import Codelists
from fiveless.tables.observations import csv_text

_CSV = (
    *(
        "period",
        "less",
        "indicator",
        "indicator_name",
        "bureau",
        "bureau_name",
        "comparison",
        "base_year",
        "actual",
        "base",
        "unit",
        "rate",
    ),
    *("target", "target_year", "progress", "status", "reported", "due", "missing", "flags", "scope"),
    *("excluded", "actual_without", "base_without", "rate_without", "actual_all", "base_all", "rate_all"),
    *("expected", "projected", "forecast", "forecast_low", "forecast_high", "forecast_error", "naive_error", "forecast_trials"),
)
_AMOUNTS = ("actual", "base", "excluded", "actual_without", "base_without", "actual_all", "base_all", "projected")
_RATES = (
    *("rate", "target", "progress", "rate_without", "rate_all", "expected"),
    *("forecast", "forecast_low", "forecast_high", "forecast_error", "naive_error"),
)


Scoped = Iterable[tuple[str, Iterable[Progress]]]
"""Rows by the code of their scope: empty for all bureaus."""


def records(rows: Scoped, codelists: Codelists) -> list[dict[str, Any]]:
    """The rows with stable English field names; figures are Decimal or None."""
    return [_record(each, scope, codelists) for scope, given in rows for each in given]


def _record(each: Progress, scope: str, codelists: Codelists) -> dict[str, Any]:
    indicator = codelists.indicator[each.indicator]
    bureau = codelists.bureau.get(each.bureau)
    names = {"indicator_name": indicator.name.ja, "bureau": each.bureau, "bureau_name": bureau.name.ja if bureau else ""}
    figures = {"actual": each.actual, "base": each.base, "unit": codelists.measure[indicator.numerator].unit, "rate": each.rate}
    aim = {"target": each.target, "target_year": each.target_year, "progress": each.progress, "status": each.status}
    who = {"reported": each.reported, "due": each.due, "missing": list(each.missing), "flags": list(each.flags)}
    kind = {"comparison": each.comparison, "base_year": indicator.base_year}
    first = {"period": each.period.code, "less": each.less, "indicator": each.indicator}
    return {**first, **names, **kind, **figures, **aim, **who, "scope": scope, **_besides(each)}


def _besides(each: Progress) -> dict[str, Decimal | int | None]:
    """The figure reckoned otherwise, and what is expected."""
    found: dict[str, Decimal | int | None] = {"excluded": each.excluded}
    for name, both in (("without", each.without), ("all", each.all_reported)):
        for part in ("actual", "base", "rate"):
            found[f"{part}_{name}"] = getattr(both, part) if both else None
    pace, forecast = each.pace, each.forecast
    found |= {"expected": pace.expected if pace else None, "projected": pace.projected if pace else None}
    names = {"forecast": "value", "forecast_low": "low", "forecast_high": "high", "forecast_error": "error", "naive_error": "naive_error"}
    found |= {name: getattr(forecast, part) if forecast else None for name, part in names.items()}
    return found | {"forecast_trials": forecast.trials if forecast else None}


def as_json(rows: Scoped, codelists: Codelists) -> str:
    """A JSON array of the rows; figures are numbers, rates to six places."""
    return json.dumps([_numbered(each) for each in records(rows, codelists)], ensure_ascii=False, indent=2)


def _numbered(record: Mapping[str, Any]) -> dict[str, Any]:
    figures = {name: value if value is None else number(value) for name, value in record.items() if name in _AMOUNTS}
    rates = {name: value if value is None else float(fixed(value)) for name, value in record.items() if name in _RATES}
    return {**record, **figures, **rates}


def as_csv(rows: Scoped, codelists: Codelists) -> str:
    """The rows as CSV with bare line feeds; rates to six places, lists joined by `;`, nothing for None."""
    return csv_text(_CSV, map(_written, records(rows, codelists)))


def _written(record: Mapping[str, Any]) -> dict[str, Any]:
    figures = {name: plain(value) for name, value in record.items() if name in _AMOUNTS and value is not None}
    rates = {name: fixed(value) for name, value in record.items() if name in _RATES and value is not None}
    return {**record, **figures, **rates, "missing": ";".join(record["missing"]), "flags": ";".join(record["flags"])}
