"""What was known when: the revisions of numbers, and what differs between two times."""

# ruff: noqa: S608 - statements are made of names in these modules; what comes from outside is a parameter

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from fiveless.grid import address
from fiveless.observation import KEY
from fiveless.revision import Difference, Revision, Source
from fiveless.store.form import CELL, CODED, IS_NONE, KEYS, NONE, SAID, SAID_OF_KEY, VALUE
from fiveless.store.giving import SELECT, Filter, conditions_of, holding_at, plain_value

# While a value holds no other of its key does, so that every number with a second revision has one that was superseded.
_REVISED = f"SEMI JOIN (SELECT DISTINCT {KEYS} FROM observation_number WHERE superseded_by IS NOT NULL) USING ({KEYS})"
_SEVERAL = "QUALIFY count(*) OVER number > 1 OR later.id IS NOT NULL"
# What ends a value is a submission with the next value of its key, or, where it was withdrawn, without one. A value that ended is
# superseded where `_COMPARE` calls its successor changed.
_REVISION = f"""
WITH revision AS (
    SELECT o.*, {VALUE} AS value, s.file, s.sha256, s.received_at, later.received_at AS ended_at, later.file AS ended_by,
        row_number() OVER following AS revision,
        CASE WHEN later.id IS NULL THEN NULL
            WHEN lead(o.submission) OVER following IS DISTINCT FROM o.superseded_by THEN 'withdrawn'
            WHEN lead({VALUE}) OVER following <> {VALUE} THEN 'superseded'
            WHEN {IS_NONE.format("status")} AND NOT {IS_NONE.format("lead(status) OVER following")} THEN 'superseded'
            WHEN later.file = s.file AND (lead(status) OVER following <> status OR lead(note) OVER following <> note) THEN 'superseded'
            ELSE 'moved' END AS ended
    FROM observation_number o {{which}} JOIN submission s ON s.id = o.submission AND s.received_at <= coalesce(?, TIMESTAMP 'infinity')
        LEFT JOIN submission later ON later.id = o.superseded_by AND later.received_at <= coalesce(?, TIMESTAMP 'infinity')
    WINDOW number AS (PARTITION BY {KEYS}), following AS (PARTITION BY {KEYS} ORDER BY o.submission)
    {{several}}
), said AS (
    SELECT {", ".join(f"said_{name}.text AS {name}" for name in CODED)}, {CELL} AS cell, first_month, last_month,
        value, file, sha256, received_at, revision, ended, ended_at, ended_by
    FROM revision JOIN period_month USING (period) {SAID}
)"""
_NAMED = {name: text for name, text in SELECT.items() if name != "received_at"}


def revisions(where: Filter, *, revised: bool) -> tuple[str, list[Any]]:
    """The query for the rows of a history, and its parameters, which follow the time, twice, up to which it goes."""
    conditions, parameters = conditions_of(replace(where, status=()))
    columns = ", ".join(f"{_NAMED.get(name, name)} AS {name}" for name in Revision._fields)
    query = f"""
        {_REVISION.format(which=_REVISED if revised else "", several=_SEVERAL if revised else "")}
        SELECT {columns} FROM said LEFT JOIN bureau_name USING (bureau) LEFT JOIN measure_name USING (measure)
        WHERE {" AND ".join(conditions) or "true"}
        ORDER BY {", ".join(f"said.{name}" for name in KEY)}, revision
    """
    return query, parameters


def revision(row: Sequence[Any]) -> Revision:
    """A row of `revisions`."""
    *key, value = row[:11]
    *said, received_at, ended, ended_at, ended_by = row[11:]
    at = None if ended_at is None else ended_at.replace(tzinfo=dt.UTC)
    return Revision._make((*key, plain_value(value), *said, received_at.replace(tzinfo=dt.UTC), ended, at, ended_by))


_SIDES = ("before", "after")
_OF_SIDE = ("value", "status", "submission", "sheet", "row", "column")
_BOTH_SIDES = ", ".join(f"{side}_{name}" for side in _SIDES for name in _OF_SIDE)
_SAID_OF_SIDE = """
    LEFT JOIN submission {side} ON {side}.id = {side}_submission LEFT JOIN text {side}_said ON {side}_said.id = {side}_sheet"""


def _held(side: str, at: dt.datetime) -> str:
    """What held at a time, its columns (those of `_OF_SIDE`) named for a side; a value that is missing or does not apply is none."""
    return f"""{side} AS ({holding_at(at)}
        SELECT {KEYS}, if(statuses.text IN ({NONE}), NULL, {VALUE}) AS {side}_value, statuses.text AS {side}_status,
            submission AS {side}_submission, sheet AS {side}_sheet, at_row AS {side}_row, at_column AS {side}_column
        FROM holding JOIN text statuses ON statuses.id = status)"""


def differing(first: dt.datetime, second: dt.datetime, where: Filter) -> tuple[str, list[Any]]:
    """The query for the numbers that differ, and its parameters: key and names, then of each side value, status, and source."""
    conditions, parameters = conditions_of(replace(where, status=()))
    names = ", ".join(f"{_NAMED.get(name, name)} AS {name}" for name in (*Difference._fields[:9], "unit"))
    sides = ", ".join(
        f"{side}_value, {side}_status, {side}.file, {side}_said.text, {side}_row, {side}_column, {side}.received_at" for side in _SIDES
    )
    query = f"""
        WITH {_held("before", first)}, {_held("after", second)}, said AS (
            SELECT {", ".join(f"said_{name}.text AS {name}" for name in KEY)}, first_month, last_month, {_BOTH_SIDES}
            FROM before FULL JOIN after USING ({KEYS}) JOIN period_month USING (period) {SAID_OF_KEY}
            WHERE before_value IS DISTINCT FROM after_value
        )
        SELECT {names}, {sides}
        FROM said LEFT JOIN bureau_name USING (bureau) LEFT JOIN measure_name USING (measure)
            {"".join(_SAID_OF_SIDE.format(side=side) for side in _SIDES)}
        WHERE {" AND ".join(conditions) or "true"}
        ORDER BY {", ".join(f"said.{name}" for name in KEY)}
    """
    return query, parameters


def difference(row: Sequence[Any]) -> Difference:
    """A row of `differing`."""
    *key, unit = row[:10]
    (before, status_before, source_before), (after, status_after, source_after) = _side(row[10:17]), _side(row[17:])
    return Difference._make((*key, before, after, unit, status_before, status_after, source_before, source_after))


def _side(row: Sequence[Any]) -> tuple[Decimal | None, Any, Source | None]:
    """Value, status and source at one of the two times; nothing where the number was not known."""
    value, status, file, sheet, *place, received_at = row
    source = None if status is None else Source(file, sheet, address(*place), received_at.replace(tzinfo=dt.UTC))
    return None if value is None else plain_value(value), status, source
