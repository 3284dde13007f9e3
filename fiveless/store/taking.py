"""Values taken in: one run, each of its values compared with what holds, in one transaction."""

# ruff: noqa: S608 - statements are made of names in these modules; what comes from outside is a parameter

import datetime as dt
import json
from collections.abc import Collection, Mapping, Sequence, Sized
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Any

from fiveless.figures import plain
from fiveless.finding import Finding
from fiveless.observation import FATES, KEY, Accounts, Coded, Observations, Reading, any_twice, combined, joined
from fiveless.period import Period
from fiveless.store.columns import arriving, insert
from fiveless.store.form import CELL, IS_NONE, KEYS, NUMBERS, OBSERVATION, SAID, SCALE, VALUE, WHOLE

if TYPE_CHECKING:
    import duckdb
    from numpy.typing import NDArray

    Column = NDArray[Any]


@dataclass(frozen=True, slots=True)
class Recorded:
    """What a run changed, counted by key: values new, changed, unchanged and withdrawn; and what could not be stored, as findings."""

    new: int
    changed: int
    unchanged: int
    withdrawn: int
    conflicts: list[Finding]


# `run_file`: the files of this run; `arrival`: their values in the order of reading (n). Its columns are spelt out because
# DuckDB 2.0 loses the rows of a table made empty by CREATE … AS when more than 122,880 follow in the same transaction.
_TEMPORARY = f"""
CREATE OR REPLACE TEMP TABLE run_file (submission INTEGER, file VARCHAR, refused BOOLEAN);
CREATE OR REPLACE TEMP TABLE arrival (n INTEGER, {OBSERVATION});
"""
_MET = """
SELECT EXISTS (FROM observation_number JOIN arriving_month USING (bureau, period) WHERE superseded_by IS NULL)
    OR EXISTS (FROM submission s JOIN run_file r USING (file) WHERE s.id < r.submission AND s.superseded_at IS NULL AND NOT s.refused)
"""
_HELD = (*KEY, "status", "note", "sheet", "at_row", "at_column")
# `holding`: what holds now of the same keys or files, `successor` the submission that supersedes its file; `chosen`: one value a key.
_COMPARE = f"""
CREATE OR REPLACE TEMP TABLE conflict AS
    SELECT {KEYS} FROM arrival GROUP BY ALL HAVING count(DISTINCT {VALUE}) > 1;
CREATE OR REPLACE TEMP TABLE holding AS
    SELECT o.rowid AS place, {", ".join(f"o.{name}" for name in _HELD)}, {VALUE} AS value, s.file, r.submission AS successor
    FROM observation_number o JOIN submission s ON s.id = o.submission LEFT JOIN run_file r ON r.file = s.file AND NOT r.refused
    WHERE o.superseded_by IS NULL AND (r.submission IS NOT NULL OR ({KEYS}) IN (SELECT ({KEYS}) FROM arrival));
CREATE OR REPLACE TEMP TABLE chosen AS
    SELECT a.*, h.place,
        CASE WHEN h.place IS NULL THEN 'new'
            WHEN {VALUE} <> h.value OR {IS_NONE.format("h.status")} AND NOT {IS_NONE.format("a.status")} THEN 'changed'
            WHEN h.file = r.file AND (a.status <> h.status OR a.note <> h.note) THEN 'changed'
            WHEN h.file = r.file THEN if((a.sheet, a.at_row, a.at_column) = (h.sheet, h.at_row, h.at_column), 'unchanged', 'moved')
            WHEN h.successor IS NULL THEN 'unchanged'
            ELSE 'moved' END AS verdict
    FROM arrival a JOIN run_file r USING (submission) LEFT JOIN holding h USING ({KEYS}) ANTI JOIN conflict USING ({KEYS})
    QUALIFY row_number() OVER (PARTITION BY {KEYS} ORDER BY h.file IS NOT DISTINCT FROM r.file DESC, n) = 1;
CREATE OR REPLACE TEMP TABLE withdrawn AS
    SELECT place, successor FROM holding ANTI JOIN chosen USING ({KEYS}) ANTI JOIN conflict USING ({KEYS}) WHERE successor IS NOT NULL;
"""
_SUPERSEDE = """
UPDATE observation_number SET superseded_by = c.submission
    FROM chosen c WHERE observation_number.rowid = c.place AND c.verdict IN ('changed', 'moved');
UPDATE observation_number SET superseded_by = w.successor FROM withdrawn w WHERE observation_number.rowid = w.place;
"""
_SUPERSEDE_FILES = """
UPDATE submission SET superseded_at = $at, superseded_by = r.submission FROM run_file r
    WHERE submission.file = r.file AND submission.id < r.submission AND submission.superseded_at IS NULL
        AND (submission.refused OR NOT r.refused)
"""
_COLUMNS = ", ".join((*NUMBERS, "exact"))
_KEEP = f"INSERT INTO observation_number ({_COLUMNS}) SELECT {_COLUMNS} FROM chosen WHERE verdict <> 'unchanged'"
_ARRIVED = f"FROM arrival {SAID} JOIN run_file USING (submission)"
_TOO_LONG = f"SELECT n, file, said_sheet.text, {CELL} {_ARRIVED} WHERE list_contains(?, n) ORDER BY n"
_CONFLICTS = f"""
SELECT {", ".join(f"said_{name}.text" for name in KEY)}, {VALUE}, file, said_sheet.text, {CELL}
    {_ARRIVED} SEMI JOIN conflict USING ({KEYS}) ORDER BY n
"""


class Run:
    """One run being stored."""

    def __init__(self, database: "duckdb.DuckDBPyConnection", received_at: dt.datetime, command: str) -> None:
        self._database, self._command = database, command
        self._received_at = received_at.astimezone(dt.UTC).replace(tzinfo=None)

    def recorded(self, readings: Sequence[Reading]) -> Recorded:
        """Everything of the run, compared with what holds."""
        submissions = self._submissions(readings)
        held = {number: reading.observations for number, reading in submissions.items() if len(reading.observations)}
        values = Observations.joined(list(held.values()), self._texts) if held else Observations.of()
        columns = self._columns(values, list(held.values())) | {"submission": _repeated(held)}
        if self._all_new(values, columns):
            self._put("observation_number", columns, "exact", {n: _written(value) for n, value in values.exact.items()})
            self._database.execute(_SUPERSEDE_FILES, {"at": self._received_at})
            self._keep_fates(submissions, [], {number for number, each in submissions.items() if each.accounts.tell_of(each.observations)})
            return Recorded(len(values), 0, 0, 0, [])
        too_long = self._arrive(values, columns)
        return self._compared(submissions, too_long)

    def _compared(self, submissions: Mapping[int, Reading], too_long: Sequence[Finding]) -> Recorded:
        """The values that have arrived beside those that hold, key by key."""
        self._database.execute(_COMPARE + _SUPERSEDE)
        self._database.execute(_SUPERSEDE_FILES, {"at": self._received_at})
        self._database.execute(_KEEP)
        conflicts = [*too_long, *self._conflicts()]
        self._keep_fates(submissions, conflicts)
        counts = dict(self._database.execute("SELECT verdict, count(*) FROM chosen GROUP BY ALL").fetchall())
        withdrawn = self._database.execute("SELECT count(*) FROM withdrawn").fetchall()[0][0]
        unchanged = counts.get("unchanged", 0) + counts.get("moved", 0)
        return Recorded(counts.get("new", 0), counts.get("changed", 0), unchanged, withdrawn, conflicts)

    def _all_new(self, values: Observations, columns: Mapping[str, "Column"]) -> bool:
        """Whether no value can meet another: of no bureau and month is anything known yet, no file was read before, no key comes twice."""
        import numpy as np

        if not len(values) or not all(map(_fits, values.exact.values())) or any_twice(combined([columns[name] for name in KEY])):
            return False
        size = int(columns["period"].max()) + 1
        pairs = np.flatnonzero(np.bincount(columns["bureau"].astype(np.int64) * size + columns["period"])).tolist()
        self._database.execute("CREATE OR REPLACE TEMP TABLE arriving_month (bureau INTEGER, period INTEGER)")
        insert(self._database, "arriving_month", ("bureau", "period"), [divmod(pair, size) for pair in pairs])
        return not self._database.execute(_MET).fetchall()[0][0]

    def _submissions(self, readings: Sequence[Reading]) -> dict[int, Reading]:
        """The readings by their new number; a file that was refused with the same content before is left out."""
        self._database.execute(_TEMPORARY)
        self._texts = {text: number for number, text in self._database.execute("SELECT id, text FROM text").fetchall()}
        self._kept = len(self._texts)
        last = self._database.execute("SELECT coalesce(max(id), 0) FROM submission").fetchall()[0][0]
        query = "SELECT file, sha256 FROM submission WHERE refused AND superseded_at IS NULL"
        before = set(self._database.execute(query).fetchall())
        told = [each for each in readings if not (each.refused and (each.file, each.sha256) in before)]
        found = dict(enumerate(told, last + 1))
        rows = [(number, each.file, each.sha256, self._received_at, self._command, each.refused) for number, each in found.items()]
        insert(self._database, "submission", ("id", "file", "sha256", "received_at", "command", "refused"), rows)
        insert(self._database, "run_file", ("submission", "file", "refused"), [(row[0], row[1], row[5]) for row in rows])
        return found

    def _columns(self, values: Observations, parts: Sequence[Observations]) -> dict[str, "Column"]:
        """Values, joined of some parts, as the store's numbers for their texts, and where they stand."""
        self._keep_texts()
        self._keep_months([code for part in parts for code in part.coded["period"].names])
        coded = {name: column.codes for name, column in values.coded.items()}
        return coded | {"at_row": values.row, "at_column": values.column, "whole": values.whole}

    def _put(self, table: str, columns: Mapping[str, "Column"], rest: str, apart: Mapping[int, str | None]) -> None:
        """Rows into a table; in its column `rest` stands what few of them have, by position."""
        names = ", ".join(columns)
        statement = f"INSERT INTO {table} ({names}) SELECT {names} FROM arriving"
        if apart:
            import numpy as np

            columns = {"n": np.arange(len(columns["at_row"])), **columns}
            self._database.execute("CREATE OR REPLACE TEMP TABLE few (n INTEGER, said VARCHAR)")
            insert(self._database, "few", ("n", "said"), list(apart.items()))
            statement = f"INSERT INTO {table} ({names}, {rest}) SELECT {names}, said FROM arriving LEFT JOIN few USING (n)"
        with arriving(self._database, columns):
            self._database.execute(statement)

    def _arrive(self, values: Observations, columns: Mapping[str, "Column"]) -> list[Finding]:
        """Put the values beside those that hold, with a finding for each that the store cannot hold exactly: it is never rounded."""
        import numpy as np

        self._put("arrival", {"n": np.arange(len(values)), **columns}, "exact", {n: _written(value) for n, value in values.exact.items()})
        long = [n for n, value in values.exact.items() if not _fits(value)]
        rows = self._database.execute(_TOO_LONG, [long]).fetchall() if long else []
        self._database.execute("DELETE FROM arrival WHERE list_contains(?, n)", [long])
        return [Finding("K03", file, sheet, cell, {"value": f"{values.exact[n]:f}"}) for n, file, sheet, cell in rows]

    def _keep_accounts(self, readings: Mapping[int, Reading], told: Collection[int]) -> None:
        """The accounts of each submission; of those in `told` the values tell what was taken."""
        insert(self._database, "told_by_values", ("submission",), [(number,) for number in told])
        accounts = {number: each.accounts.not_taken() if number in told else each.accounts for number, each in readings.items()}
        held = {number: each for number, each in accounts.items() if len(each)}
        if not held:
            return
        all_of = Accounts.joined(list(held.values()), self._texts)
        fate = joined([Coded(all_of.fate, FATES)], self._texts)
        self._keep_texts()
        columns = {"submission": _repeated(held), "sheet": all_of.sheet.codes, "fate": fate.codes, "reason": all_of.reason.codes}
        columns |= {"at_row": all_of.row, "at_column": all_of.column, "number": all_of.number}
        self._put("account_number", columns, "written", all_of.written)

    def _keep_texts(self) -> None:
        """Put down the texts that have been given numbers since."""
        new = list(islice(self._texts.items(), self._kept, None))
        insert(self._database, "text", ("id", "text"), [(number, text) for text, number in new])
        self._kept = len(self._texts)

    def _keep_months(self, periods: Sequence[str]) -> None:
        """The months of the periods that the store does not know yet."""
        known = {row[0] for row in self._database.execute("SELECT period FROM period_month").fetchall()}
        rows = [(self._texts[code], *_months(code)) for code in dict.fromkeys(periods) if self._texts[code] not in known]
        insert(self._database, "period_month", ("period", "first_month", "last_month"), rows)

    def _conflicts(self) -> list[Finding]:
        """A finding at each place, naming the first place that gives the same key another value."""
        places: dict[tuple[str, ...], list[tuple[Any, ...]]] = {}
        for row in self._database.execute(_CONFLICTS).fetchall():
            places.setdefault(row[: len(KEY)], []).append(row[len(KEY) :])
        found = []
        for key, rows in places.items():
            for value, file, sheet, cell in rows:
                other_value, *other = next(row for row in rows if row[0] != value)
                said = {"value": plain(value), "other": " › ".join(filter(None, other)), "other_value": plain(other_value)}
                found.append(Finding("K01", file, sheet, cell, {**dict(zip(KEY, key, strict=True)), **said}))
        return found

    def _keep_fates(self, submissions: Mapping[int, Reading], conflicts: Sequence[Finding], told: Collection[int] = ()) -> None:
        """What became of every number, and every finding, by submission."""
        self._keep_accounts({number: settled(reading, conflicts) for number, reading in submissions.items()}, told)
        numbers = {reading.file: number for number, reading in submissions.items()}
        findings = [*(each for reading in submissions.values() for each in reading.findings), *conflicts]
        rows = [
            (numbers[each.file], each.code, each.sheet, each.cell, json.dumps(dict(each.fields), ensure_ascii=False, default=str))
            for each in findings
        ]
        insert(self._database, "finding", ("submission", "code", "sheet", "cell", "fields"), rows)


def settled(reading: Reading, conflicts: Sequence[Finding]) -> Reading:
    """A reading in which the numbers that could not be stored are set aside for the reason found."""
    reasons = {(each.sheet, each.cell): each.code for each in conflicts if each.file == reading.file}
    if not reasons:
        return reading
    places = ((account, reasons.get((account.sheet, account.cell))) for account in reading.accounts)
    accounts = (account._replace(fate="set_aside", reason=code) if code else account for account, code in places)
    return replace(reading, accounts=Accounts.of(accounts))


def _repeated(parts: Mapping[int, Sized]) -> "Column":
    """The number of each part, as often as the part has entries."""
    import numpy as np

    return np.repeat(np.array(list(parts), dtype=np.int32), [len(each) for each in parts.values()])


def _written(value: Decimal) -> str | None:
    """A value as the database takes it in; None if it does not fit."""
    return f"{value:f}" if _fits(value) else None


def _fits(value: Decimal) -> bool:
    """Whether the column holds the value exactly."""
    _, digits, exponent = value.as_tuple()
    if isinstance(exponent, str):
        return False
    return (exponent >= -SCALE or value == round(value, SCALE)) and len(digits) + exponent <= WHOLE


@cache
def _months(code: str) -> tuple[int, int]:
    """The serial numbers of a period's first and last month."""
    period = Period.of_code(code)
    return period.first, period.last.first
