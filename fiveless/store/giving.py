"""Values given out: as an export, as bureaus' figures, with the cells of which they are made."""

# ruff: noqa: S608 - statements are made of names in these modules; what comes from outside is a parameter

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from fiveless.figures import plain
from fiveless.observation import HEADER, KEY
from fiveless.period import Period
from fiveless.progress import Figure
from fiveless.store.form import CELL, VALUE


@dataclass(frozen=True, slots=True)
class Filter:
    """Which observations: those with one of the listed values (an empty list allows all) whose period lies from `first` to `last`.

    `history` adds the values that no longer hold.
    """

    bureau: tuple[str, ...] = ()
    office: tuple[str, ...] = ()
    measure: tuple[str, ...] = ()
    less: tuple[str, ...] = ()
    basis: tuple[str, ...] = ()
    scenario: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    first: Period | None = None
    last: Period | None = None
    history: bool = False


class Origin(NamedTuple):
    """The cell from which (a part of) a bureau's figure comes; `figure` is what stands there."""

    figure: Figure
    file: str
    sheet: str
    cell: str
    received_at: dt.datetime


SELECT = {
    "bureau_name": "coalesce(bureau_name, bureau)",
    "less": "coalesce(less, '')",
    "measure_name": "coalesce(measure_name, measure)",
    "unit": "coalesce(unit, '')",
    "received_at": "strftime(s.received_at, '%Y-%m-%dT%H:%M:%SZ')",
}
_FIGURE = ("bureau", "measure", "period", "basis")
_SAID_OF_FIGURE = " ".join(f"JOIN text said_{name} ON said_{name}.id = h.{name}" for name in (*_FIGURE, "scenario"))
_NAMES_OF_FIGURE = ", ".join(f"said_{name}.text" for name in _FIGURE)
# `part`: what offices and what the bureau itself reported, apart, and whether some of it is missing.
FIGURES = f"""
, known AS (
    SELECT bureau, measure, period, basis, scenario, office IN (SELECT id FROM text WHERE text = '') AS stated, statuses.text AS status,
        {VALUE} AS value
    FROM holding JOIN text statuses ON statuses.id = status
    WHERE statuses.text <> 'not_applicable' AND NOT (stated AND statuses.text = 'missing')
), part AS (
    SELECT bureau, measure, period, basis, scenario, stated, sum(value) AS value, bool_or(status = 'missing') AS missing,
        CASE WHEN bool_or(status = 'estimated') THEN 'estimated' WHEN bool_or(status = 'provisional') THEN 'provisional'
            WHEN bool_or(status = 'revised') THEN 'revised' ELSE 'normal' END AS status
    FROM known GROUP BY ALL
), used AS (
    SELECT * FROM part QUALIFY stated OR NOT bool_or(stated) OVER (PARTITION BY bureau, measure, period, basis, scenario)
)
SELECT {_NAMES_OF_FIGURE}, value, status, said_scenario.text FROM used h {_SAID_OF_FIGURE} WHERE NOT missing ORDER BY ALL
"""
OFFICE_FIGURES = f"""
SELECT {_NAMES_OF_FIGURE}, {VALUE} AS value, statuses.text, said_scenario.text, said_office.text
FROM holding h JOIN text statuses ON statuses.id = status JOIN text said_office ON said_office.id = office {_SAID_OF_FIGURE}
WHERE said_office.text <> '' AND list_contains(?, said_measure.text) AND statuses.text NOT IN ('missing', 'not_applicable')
ORDER BY ALL
"""
SOURCES = f"""
SELECT {_NAMES_OF_FIGURE}, {VALUE} AS value, statuses.text, said_scenario.text, said_office.text AS office, file, said_sheet.text, {CELL},
    received_at
FROM holding h JOIN submission s ON s.id = submission JOIN text statuses ON statuses.id = status
    JOIN text said_office ON said_office.id = office JOIN text said_sheet ON said_sheet.id = sheet {_SAID_OF_FIGURE}
    SEMI JOIN asked a ON {" AND ".join(f"a.{name} = said_{name}.text" for name in (*_FIGURE, "scenario"))}
WHERE statuses.text NOT IN ('missing', 'not_applicable')
QUALIFY said_office.text = '' OR NOT bool_or(said_office.text = '') OVER (PARTITION BY h.bureau, h.measure, h.period, h.basis, h.scenario)
ORDER BY {_NAMES_OF_FIGURE}, office, file
"""
LATEST = """
SELECT arg_max(text, first_month) FROM holding JOIN period_month USING (period) JOIN text ON id = period
WHERE first_month = last_month AND scenario IN (SELECT id FROM text WHERE text = 'actual')
    AND status NOT IN (SELECT id FROM text WHERE text IN ('missing', 'not_applicable'))
    AND measure IN (SELECT id FROM text WHERE list_contains(?, text))
"""
MONTHLY = f"""
SELECT {", ".join(f"o.{name}" for name in KEY)}, o.value, o.status, o.note, o.sheet, o.cell
FROM observation o JOIN submission s ON s.id = o.submission
WHERE o.superseded_by IS NULL AND basis = 'month' AND scenario = 'actual' AND list_contains(?, bureau) AND first_month >= ?
    AND NOT list_contains(?, s.file)
ORDER BY {", ".join(f"o.{name}" for name in KEY)}
"""


def holding_at(as_of: dt.datetime | None) -> str:
    """The numbers of the observations that hold, or held at a time, as the beginning of a query."""
    if as_of is None:
        return "WITH holding AS (SELECT * FROM observation_number WHERE superseded_by IS NULL)"
    at = f"TIMESTAMP '{as_of.astimezone(dt.UTC):%Y-%m-%d %H:%M:%S.%f}'"
    return f"""
WITH holding AS (
    SELECT o.* FROM observation_number o JOIN submission s ON s.id = o.submission LEFT JOIN submission later ON later.id = o.superseded_by
    WHERE s.received_at <= {at} AND (later.received_at IS NULL OR later.received_at > {at})
)"""


def selection(where: Filter, value: str) -> tuple[str, list[Any]]:
    """The query for the rows of an export, and its parameters; `value` is how the value is written."""
    columns = ", ".join(f"{SELECT.get(name, value if name == 'value' else name)} AS {name}" for name in HEADER)
    conditions, parameters = conditions_of(where)
    if not where.history:
        conditions.append("o.superseded_by IS NULL")
    query = f"""
        SELECT {columns}
        FROM observation o JOIN submission s ON s.id = o.submission
            LEFT JOIN bureau_name USING (bureau) LEFT JOIN measure_name USING (measure)
        WHERE {" AND ".join(conditions) or "true"}
        ORDER BY {", ".join(f"o.{name}" for name in KEY)}, s.id
    """
    return query, parameters


def conditions_of(where: Filter) -> tuple[list[str], list[Any]]:
    """What a filter asks of fields of the observation and of the months of its period, with the parameters."""
    conditions: list[str] = []
    parameters: list[Any] = []
    for name in ("bureau", "office", "measure", "less", "basis", "scenario", "status"):
        if getattr(where, name):
            conditions.append(f"list_contains(?, {name})")
            parameters.append(list(getattr(where, name)))
    if where.first:
        conditions.append("first_month >= ?")
        parameters.append(where.first.first)
    if where.last:
        conditions.append("last_month <= ?")
        parameters.append(where.last.last.first)
    return conditions, parameters


def plain_value(value: Decimal) -> Decimal:
    """The same value without trailing zeros or exponent."""
    return Decimal(plain(value))
