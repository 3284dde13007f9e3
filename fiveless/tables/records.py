"""Progress for machines: CSV and JSON with stable English field names and exact figures."""

import csv
import io
import json
from collections.abc import Iterable, Mapping
from typing import Any

from fiveless.figures import fixed, number, plain
from fiveless.progress import Progress
from fiveless.structure import Codelists

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
    *("target", "target_year", "progress", "status", "reported", "due", "missing", "flags"),
)


def records(rows: Iterable[Progress], codelists: Codelists) -> list[dict[str, Any]]:
    """The rows with stable English field names; figures are Decimal or None."""
    return [_record(each, codelists) for each in rows]


def _record(each: Progress, codelists: Codelists) -> dict[str, Any]:
    indicator = codelists.indicator[each.indicator]
    bureau = codelists.bureau.get(each.bureau)
    names = {"indicator_name": indicator.name.ja, "bureau": each.bureau, "bureau_name": bureau.name.ja if bureau else ""}
    figures = {"actual": each.actual, "base": each.base, "unit": codelists.measure[indicator.numerator].unit, "rate": each.rate}
    aim = {"target": each.target, "target_year": each.target_year, "progress": each.progress, "status": each.status}
    who = {"reported": each.reported, "due": each.due, "missing": list(each.missing), "flags": list(each.flags)}
    kind = {"comparison": each.comparison, "base_year": indicator.base_year}
    return {"period": each.period.code, "less": each.less, "indicator": each.indicator, **names, **kind, **figures, **aim, **who}


def as_json(rows: Iterable[Progress], codelists: Codelists) -> str:
    """A JSON array of the rows; figures are numbers, rates to six places."""
    return json.dumps([_numbered(each) for each in records(rows, codelists)], ensure_ascii=False, indent=2)


_RATES = ("rate", "target", "progress")


def _numbered(record: Mapping[str, Any]) -> dict[str, Any]:
    figures = {name: value if value is None else number(value) for name, value in record.items() if name in ("actual", "base")}
    rates = {name: value if value is None else float(fixed(value)) for name, value in record.items() if name in _RATES}
    return {**record, **figures, **rates}


def as_csv(rows: Iterable[Progress], codelists: Codelists) -> str:
    """The rows as CSV with bare line feeds; rates to six places, lists joined by `;`, nothing for None."""
    text = io.StringIO()
    writer = csv.DictWriter(text, _CSV, lineterminator="\n")
    writer.writeheader()
    for record in records(rows, codelists):
        figures = {name: plain(value) for name, value in record.items() if name in ("actual", "base") and value is not None}
        rates = {name: fixed(value) for name, value in record.items() if name in _RATES and value is not None}
        writer.writerow({**record, **figures, **rates, "missing": ";".join(record["missing"]), "flags": ";".join(record["flags"])})
    return text.getvalue()
