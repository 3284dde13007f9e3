"""The project's database, one DuckDB file: every value that was ever received, where it came from, and which one holds now."""

# ruff: noqa: S608 - statements are made of names in this module; what comes from outside is a parameter

import datetime as dt
import json
import time
from collections.abc import Collection, Iterator, Mapping, Sequence, Sized
from contextlib import contextmanager
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from fiveless.errors import FivelessError
from fiveless.figures import plain
from fiveless.finding import Finding
from fiveless.grid import address
from fiveless.language import Words
from fiveless.observation import FATES, HEADER, KEY, Accounts, Coded, Observation, Observations, Reading, any_twice, combined, joined
from fiveless.period import Period
from fiveless.progress import Figure, measures_used
from fiveless.revision import NO_VALUE, Difference, Revision, Source
from fiveless.structure import Codelists

if TYPE_CHECKING:
    import duckdb
    from numpy.typing import NDArray

    Column = NDArray[Any]

VERSION = 3
# 18 places hold every number that a spreadsheet can hold from a tenth upwards, and 20 digits before the point remain.
_SCALE = 18
_WHOLE = 38 - _SCALE
_BATCH = 5_000
_PAUSE = 0.1

_CODED = (*KEY, "status", "note", "sheet")
_NUMBERS = ("submission", *_CODED, "at_row", "at_column", "whole")
# As in `Observations`: the value is `exact`, or where there is none `whole`.
_OBSERVATION = f"""{", ".join(f"{name} INTEGER NOT NULL" for name in _NUMBERS[:-1])},
    whole BIGINT NOT NULL,
    exact DECIMAL(38, {_SCALE})"""
_VALUE = f"coalesce(exact, whole::DECIMAL(38, {_SCALE}))"
# The letters of a column, which counts from 0; a sheet has at most 16,384.
_LETTERS = """CASE WHEN at_column < 26 THEN chr(65 + at_column)
    WHEN at_column < 702 THEN chr(65 + (at_column - 26) // 26) || chr(65 + at_column % 26)
    ELSE chr(65 + (at_column - 702) // 676) || chr(65 + (at_column - 702) // 26 % 26) || chr(65 + at_column % 26) END"""
_CELL = f"{_LETTERS} || (at_row + 1)"
_SAID = " ".join(f"JOIN text said_{name} ON said_{name}.id = {name}" for name in _CODED)
_SAID_OF_KEY = " ".join(f"JOIN text said_{name} ON said_{name}.id = {name}" for name in KEY)
# Observations and accounts come by the million and are kept as numbers of texts: `observation` and `account` show the texts.
_SCHEMA = f"""
CREATE TABLE version (number INTEGER NOT NULL);
INSERT INTO version VALUES ({VERSION});
CREATE TABLE submission (
    id INTEGER NOT NULL,
    file VARCHAR NOT NULL,
    sha256 VARCHAR NOT NULL,
    received_at TIMESTAMP NOT NULL,
    command VARCHAR NOT NULL,
    refused BOOLEAN NOT NULL,
    superseded_at TIMESTAMP,
    superseded_by INTEGER
);
CREATE TABLE text (id INTEGER NOT NULL, text VARCHAR NOT NULL);
CREATE TABLE period_month (period INTEGER NOT NULL, first_month INTEGER NOT NULL, last_month INTEGER NOT NULL);
CREATE TABLE observation_number ({_OBSERVATION}, superseded_by INTEGER);
CREATE VIEW observation AS
    SELECT submission, {", ".join(f"said_{name}.text AS {name}" for name in _CODED)}, {_VALUE} AS value, {_CELL} AS cell,
        first_month, last_month, later.received_at AS superseded_at, o.superseded_by
    FROM observation_number o JOIN period_month USING (period) {_SAID} LEFT JOIN submission later ON later.id = o.superseded_by;
CREATE TABLE account_number (
    submission INTEGER NOT NULL, sheet INTEGER NOT NULL, at_row INTEGER NOT NULL, at_column INTEGER NOT NULL,
    number DOUBLE NOT NULL, written VARCHAR, fate INTEGER NOT NULL, reason INTEGER NOT NULL
);
CREATE TABLE told_by_values (submission INTEGER NOT NULL);
CREATE VIEW account AS
    SELECT submission, sheets.text AS sheet, {_CELL} AS cell, coalesce(written, number::BIGINT::VARCHAR) AS number,
        fates.text AS fate, reasons.text AS reason
    FROM account_number JOIN text sheets ON sheets.id = sheet JOIN text fates ON fates.id = fate
        JOIN text reasons ON reasons.id = reason
    UNION ALL SELECT submission, sheets.text, {_CELL}, whole::VARCHAR, 'taken', ''
    FROM observation_number JOIN told_by_values USING (submission) JOIN text sheets ON sheets.id = sheet;
CREATE TABLE finding (
    submission INTEGER NOT NULL, code VARCHAR NOT NULL, sheet VARCHAR NOT NULL, cell VARCHAR NOT NULL, fields JSON NOT NULL
);
"""


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


@dataclass(frozen=True, slots=True)
class Recorded:
    """What a run changed, counted by key: values new, changed, unchanged and withdrawn; and what could not be stored, as findings."""

    new: int
    changed: int
    unchanged: int
    withdrawn: int
    conflicts: list[Finding]


class Origin(NamedTuple):
    """The cell from which (a part of) a bureau's figure comes; `figure` is what stands there."""

    figure: Figure
    file: str
    sheet: str
    cell: str
    received_at: dt.datetime


class Store:
    """An open store; made by `Store.open`."""

    def __init__(self, database: "duckdb.DuckDBPyConnection") -> None:
        self._database = database

    @classmethod
    @contextmanager
    def open(cls, path: Path, *, write: bool, patience: float = 5.0) -> Iterator[Self]:
        """The store in a file, made if there is none and `write` is set; held only within the `with`.

        Waits `patience` seconds for another process to let go of it. FivelessError if it cannot be used.
        """
        if not write and not path.exists():
            raise _nothing_yet()
        database = _connected(path, write, patience)
        try:
            _prepare(database, path, write)
            yield cls(database)
        finally:
            database.close()

    def known(self) -> set[tuple[str, str]]:
        """Content hash and file of every submission that holds; refused files are not among them, so that they are told again."""
        rows = self._database.execute("SELECT sha256, file FROM submission WHERE superseded_at IS NULL AND NOT refused ORDER BY id")
        return set(rows.fetchall())

    # Taking in

    def record(self, readings: Sequence[Reading], *, received_at: dt.datetime, command: str) -> Recorded:
        """Store a run's readings in one transaction.

        A file read before is superseded whole: values that it no longer has are withdrawn (a refused file supersedes
        nothing). A value that another file gave earlier is superseded by a different one. A key that the run itself gives
        two values is a conflict: neither is stored and what held before stays.
        """
        import duckdb

        self._database.execute("SET preserve_insertion_order = false")  # so that all processors store; every question asks for its order
        self._database.execute("BEGIN")
        try:
            recorded = _Run(self._database, received_at, command).recorded(readings)
            self._database.execute("COMMIT")
        except (duckdb.IOException, duckdb.OutOfMemoryException, duckdb.TransactionException) as error:
            says = Words(
                "保存できませんでした（{reason}）。ディスクの空きと権限を確かめて、もう一度実行してください。",
                "Nothing could be stored ({reason}); check the disk's space and permissions and run again.",
            )
            raise FivelessError(says.filled(reason=_first_line(error))) from error
        return recorded

    # Giving out

    def observations(self, where: Filter, codelists: Codelists) -> Iterator[tuple[Any, ...]]:
        """Rows in the order of `observation.HEADER`, read as they are asked for; `value` is an exact Decimal, all else text."""
        self._name(codelists)
        query, parameters = _selection(where, "rtrim(rtrim(value::VARCHAR, '0'), '.')")
        found = self._database.execute(query, parameters)
        place = HEADER.index("value")
        while rows := found.fetchmany(_BATCH):
            for row in rows:
                yield (*row[:place], Decimal(row[place]), *row[place + 1 :])

    def copy_parquet(self, where: Filter, codelists: Codelists, path: Path) -> None:
        """The same rows as a Parquet file, `value` as DECIMAL; FivelessError if it cannot be written."""
        import duckdb

        self._name(codelists)
        query, parameters = _selection(where, "value")
        target = str(path).replace("'", "''")
        try:
            self._database.execute(f"COPY ({query}) TO '{target}' (FORMAT parquet)", parameters)
        except duckdb.IOException as error:
            says = Words(
                "{path} に書き込めません（{reason}）。書き込める場所を指定してください。",
                "{path} cannot be written ({reason}); name another place.",
            )
            raise FivelessError(says.filled(path=path, reason=_first_line(error))) from error

    def history(self, where: Filter, codelists: Codelists, *, revised: bool, as_of: dt.datetime | None = None) -> Iterator[Revision]:
        """The revisions of each number in the order of an export, the oldest first, read as they are asked for.

        `revised` leaves out the numbers that have one revision only, which holds; `as_of` what was received, or ended, after a time.
        Of the filter, `status` and `history` play no part: a number is told with all its revisions or not at all.
        """
        self._name(codelists)
        query, parameters = _revisions(where, revised=revised)
        at = as_of.astimezone(dt.UTC).replace(tzinfo=None) if as_of else None
        found = self._database.execute(query, [at, at, *parameters])
        while rows := found.fetchmany(_BATCH):
            yield from map(_revision, rows)

    def differences(self, first: dt.datetime, second: dt.datetime, where: Filter, codelists: Codelists) -> list[Difference]:
        """The numbers whose value at a first time is not the one at a second, in the order of an export.

        A value that is missing or does not apply is none. Of the filter, `status` and `history` play no part.
        """
        self._name(codelists)
        query, parameters = _differing(first, second, where)
        return [_difference(row) for row in self._database.execute(query, parameters).fetchall()]

    def figures(self, as_of: dt.datetime | None = None) -> list[Figure]:
        """The bureaus' values that hold, or held at a time: as reported for the bureau, else the sum over its offices, none missing."""
        rows = self._database.execute(_holding(as_of) + _FIGURES).fetchall()
        return [Figure._make((*row[:4], _plain(row[4]), *row[5:], "")) for row in rows]

    def office_figures(self, measures: Collection[str], as_of: dt.datetime | None = None) -> list[Figure]:
        """The values of offices that hold, or held at a time, of some measures."""
        rows = self._database.execute(_holding(as_of) + _OFFICE_FIGURES, [sorted(measures)]).fetchall()
        return [Figure._make((*row[:4], _plain(row[4]), *row[5:])) for row in rows]

    def sources(self, figures: Collection[Figure], as_of: dt.datetime | None = None) -> list[Origin]:
        """The cells of which bureaus' figures are made, in their order: of the bureau itself where it reported, else of its offices."""
        keys = [(*each[:4], each.scenario) for each in figures]
        names = ("bureau", "measure", "period", "basis", "scenario")
        self._database.execute(f"CREATE OR REPLACE TEMP TABLE asked ({', '.join(f'{name} VARCHAR' for name in names)})")
        _insert(self._database, "asked", names, keys)
        rows = self._database.execute(_holding(as_of) + _SOURCES).fetchall()
        return [Origin._make((Figure._make((*row[:4], _plain(row[4]), *row[5:8])), *row[8:])) for row in rows]

    def monthly(self, bureaus: Sequence[str], first: Period, files: Sequence[str]) -> Observations:
        """The actual monthly flows of some bureaus that hold, from a month on, but for those that some files gave."""
        rows = self._database.execute(_MONTHLY, [list(bureaus), first.first, list(files)]).fetchall()
        return Observations.of(Observation._make((*row[:6], _plain(row[6]), *row[7:])) for row in rows)

    def latest_period(self, codelists: Codelists, as_of: dt.datetime | None = None) -> str | None:
        """The last month with an actual value that a headline indicator uses, or that was known at a time."""
        used = sorted(measures_used(codelists, codelists.headlines()))
        row = self._database.execute(_holding(as_of) + _LATEST, [used]).fetchone()
        return row[0] if row else None

    def _name(self, codelists: Codelists) -> None:
        """Tables of the names that the codelists have now; exports are in Japanese, the language of the data."""
        self._database.execute("CREATE OR REPLACE TEMP TABLE bureau_name (bureau VARCHAR, bureau_name VARCHAR)")
        self._database.execute(
            "CREATE OR REPLACE TEMP TABLE measure_name (measure VARCHAR, less VARCHAR, measure_name VARCHAR, unit VARCHAR)"
        )
        _insert(self._database, "bureau_name", ("bureau", "bureau_name"), [(each.code, each.name.ja) for each in codelists.bureaus])
        measures = [(each.code, each.less, each.name.ja, each.unit) for each in codelists.measures]
        _insert(self._database, "measure_name", ("measure", "less", "measure_name", "unit"), measures)


# Opening ---------------------------------------------------------------------------------------------------------------


def _nothing_yet() -> FivelessError:
    return FivelessError(
        Words("まだ何も取り込まれていません。fiveless ingest を実行してください。", "Nothing has been ingested yet; run fiveless ingest.")
    )


def _connected(path: Path, write: bool, patience: float) -> "duckdb.DuckDBPyConnection":
    import duckdb

    deadline = time.monotonic() + patience
    while True:
        try:
            if write:
                path.parent.mkdir(parents=True, exist_ok=True)
            return duckdb.connect(path, read_only=not write, config={"autoinstall_known_extensions": "false"})
        except (duckdb.Error, OSError) as error:
            if not _is_lock(error) or time.monotonic() >= deadline:
                raise _unusable(path, error) from error
            time.sleep(_PAUSE)


def _is_lock(error: Exception) -> bool:
    return any(sign in str(error) for sign in ("lock on file", "used by another process", "different configuration"))


def _unusable(path: Path, error: Exception) -> FivelessError:
    """The sentence for a store that is in use, is something else, or cannot be reached."""
    if _is_lock(error):
        says = Words(
            "{path} は別の fiveless が使っています。終わるのを待って、もう一度実行してください。",
            "{path} is in use by another fiveless; wait until it is done and run again.",
        )
    elif isinstance(error, OSError) or "Permission" in str(error) or "No such file" in str(error) or "Cannot open" in str(error):
        says = Words(
            "{path} を開けません（{reason}）。場所と権限を確かめてください。",
            "{path} cannot be opened ({reason}); check the place and its permissions.",
        )
    else:
        says = _foreign()
    return FivelessError(says.filled(path=path, reason=_first_line(error)))


def _foreign() -> Words:
    return Words(
        "{path} は fiveless のデータベースではないか、壊れています。別の場所へ移して fiveless ingest をやり直してください。",
        "{path} is damaged or no database of fiveless; move it away and run fiveless ingest anew.",
    )


def _first_line(error: Exception) -> str:
    return str(error).strip().splitlines()[0]


def _prepare(database: "duckdb.DuckDBPyConnection", path: Path, write: bool) -> None:
    """Make the tables in an empty database; refuse one that is not ours or of another version."""
    import duckdb

    tables = [row[0] for row in database.execute("SELECT table_name FROM information_schema.tables").fetchall()]
    if not tables and not write:
        raise _nothing_yet()
    try:
        if not tables:
            database.execute(f"BEGIN; {_SCHEMA} COMMIT;")
        row = database.execute("SELECT number FROM version").fetchone()
    except duckdb.CatalogException as error:
        raise FivelessError(_foreign().filled(path=path)) from error
    if not row or row[0] != VERSION:
        says = Words(
            "{path} は別の版の fiveless のものです。版を合わせるか、別の場所へ移して fiveless ingest をやり直してください。",
            "{path} belongs to another version of fiveless; use that version, or move the file away and run fiveless ingest anew.",
        )
        raise FivelessError(says.filled(path=path))


@contextmanager
def _arriving(database: "duckdb.DuckDBPyConnection", columns: Mapping[str, Any]) -> Iterator[None]:
    """Columns as the table `arriving`, for as long as the block lasts."""
    database.register("arriving", dict(columns))
    try:
        yield
    finally:
        database.unregister("arriving")


def _insert(database: "duckdb.DuckDBPyConnection", table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Rows into a table by way of arrays of columns, tens of times faster than bound values; texts are cast to the table's types."""
    import numpy as np

    if not rows:
        return
    arrays = {name: np.array(column, dtype=object) for name, column in zip(columns, zip(*rows, strict=True), strict=True)}
    names = ", ".join(columns)
    database.register("inserted", arrays)
    try:
        database.execute(f"INSERT INTO {table} ({names}) SELECT {names} FROM inserted")
    finally:
        database.unregister("inserted")


# Taking in -------------------------------------------------------------------------------------------------------------

_KEYS = ", ".join(KEY)
# `run_file`: the files of this run; `arrival`: their values in the order of reading (n). Its columns are spelt out because
# DuckDB 2.0 loses the rows of a table made empty by CREATE … AS when more than 122,880 follow in the same transaction.
_TEMPORARY = f"""
CREATE OR REPLACE TEMP TABLE run_file (submission INTEGER, file VARCHAR, refused BOOLEAN);
CREATE OR REPLACE TEMP TABLE arrival (n INTEGER, {_OBSERVATION});
"""
_MET = """
SELECT EXISTS (FROM observation_number JOIN arriving_month USING (bureau, period) WHERE superseded_by IS NULL)
    OR EXISTS (FROM submission s JOIN run_file r USING (file) WHERE s.id < r.submission AND s.superseded_at IS NULL AND NOT s.refused)
"""
# Whether a status says that there is no value: a nought that any file gives takes its place, though both are kept as 0.
_NONE = ", ".join(f"'{status}'" for status in NO_VALUE)
_IS_NONE = f"({{}} IN (SELECT id FROM text WHERE text IN ({_NONE})))"
_HELD = (*KEY, "status", "note", "sheet", "at_row", "at_column")
# `holding`: what holds now of the same keys or files, `successor` the submission that supersedes its file; `chosen`: one value a key.
_COMPARE = f"""
CREATE OR REPLACE TEMP TABLE conflict AS
    SELECT {_KEYS} FROM arrival GROUP BY ALL HAVING count(DISTINCT {_VALUE}) > 1;
CREATE OR REPLACE TEMP TABLE holding AS
    SELECT o.rowid AS place, {", ".join(f"o.{name}" for name in _HELD)}, {_VALUE} AS value, s.file, r.submission AS successor
    FROM observation_number o JOIN submission s ON s.id = o.submission LEFT JOIN run_file r ON r.file = s.file AND NOT r.refused
    WHERE o.superseded_by IS NULL AND (r.submission IS NOT NULL OR ({_KEYS}) IN (SELECT ({_KEYS}) FROM arrival));
CREATE OR REPLACE TEMP TABLE chosen AS
    SELECT a.*, h.place,
        CASE WHEN h.place IS NULL THEN 'new'
            WHEN {_VALUE} <> h.value OR {_IS_NONE.format("h.status")} AND NOT {_IS_NONE.format("a.status")} THEN 'changed'
            WHEN h.file = r.file AND (a.status <> h.status OR a.note <> h.note) THEN 'changed'
            WHEN h.file = r.file THEN if((a.sheet, a.at_row, a.at_column) = (h.sheet, h.at_row, h.at_column), 'unchanged', 'moved')
            WHEN h.successor IS NULL THEN 'unchanged'
            ELSE 'moved' END AS verdict
    FROM arrival a JOIN run_file r USING (submission) LEFT JOIN holding h USING ({_KEYS}) ANTI JOIN conflict USING ({_KEYS})
    QUALIFY row_number() OVER (PARTITION BY {_KEYS} ORDER BY h.file IS NOT DISTINCT FROM r.file DESC, n) = 1;
CREATE OR REPLACE TEMP TABLE withdrawn AS
    SELECT place, successor FROM holding ANTI JOIN chosen USING ({_KEYS}) ANTI JOIN conflict USING ({_KEYS}) WHERE successor IS NOT NULL;
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
_COLUMNS = ", ".join((*_NUMBERS, "exact"))
_KEEP = f"INSERT INTO observation_number ({_COLUMNS}) SELECT {_COLUMNS} FROM chosen WHERE verdict <> 'unchanged'"
_ARRIVED = f"FROM arrival {_SAID} JOIN run_file USING (submission)"
_TOO_LONG = f"SELECT n, file, said_sheet.text, {_CELL} {_ARRIVED} WHERE list_contains(?, n) ORDER BY n"
_CONFLICTS = f"""
SELECT {", ".join(f"said_{name}.text" for name in KEY)}, {_VALUE}, file, said_sheet.text, {_CELL}
    {_ARRIVED} SEMI JOIN conflict USING ({_KEYS}) ORDER BY n
"""


class _Run:
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
        _insert(self._database, "arriving_month", ("bureau", "period"), [divmod(pair, size) for pair in pairs])
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
        _insert(self._database, "submission", ("id", "file", "sha256", "received_at", "command", "refused"), rows)
        _insert(self._database, "run_file", ("submission", "file", "refused"), [(row[0], row[1], row[5]) for row in rows])
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
            _insert(self._database, "few", ("n", "said"), list(apart.items()))
            statement = f"INSERT INTO {table} ({names}, {rest}) SELECT {names}, said FROM arriving LEFT JOIN few USING (n)"
        with _arriving(self._database, columns):
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
        _insert(self._database, "told_by_values", ("submission",), [(number,) for number in told])
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
        _insert(self._database, "text", ("id", "text"), [(number, text) for text, number in new])
        self._kept = len(self._texts)

    def _keep_months(self, periods: Sequence[str]) -> None:
        """The months of the periods that the store does not know yet."""
        known = {row[0] for row in self._database.execute("SELECT period FROM period_month").fetchall()}
        rows = [(self._texts[code], *_months(code)) for code in dict.fromkeys(periods) if self._texts[code] not in known]
        _insert(self._database, "period_month", ("period", "first_month", "last_month"), rows)

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
        _insert(self._database, "finding", ("submission", "code", "sheet", "cell", "fields"), rows)


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
    return (exponent >= -_SCALE or value == round(value, _SCALE)) and len(digits) + exponent <= _WHOLE


@cache
def _months(code: str) -> tuple[int, int]:
    """The serial numbers of a period's first and last month."""
    period = Period.of_code(code)
    return period.first, period.last.first


# Giving out ------------------------------------------------------------------------------------------------------------

_SELECT = {
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
_FIGURES = f"""
, known AS (
    SELECT bureau, measure, period, basis, scenario, office IN (SELECT id FROM text WHERE text = '') AS stated, statuses.text AS status,
        {_VALUE} AS value
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
_OFFICE_FIGURES = f"""
SELECT {_NAMES_OF_FIGURE}, {_VALUE} AS value, statuses.text, said_scenario.text, said_office.text
FROM holding h JOIN text statuses ON statuses.id = status JOIN text said_office ON said_office.id = office {_SAID_OF_FIGURE}
WHERE said_office.text <> '' AND list_contains(?, said_measure.text) AND statuses.text NOT IN ('missing', 'not_applicable')
ORDER BY ALL
"""
_SOURCES = f"""
SELECT {_NAMES_OF_FIGURE}, {_VALUE} AS value, statuses.text, said_scenario.text, said_office.text AS office, file, said_sheet.text, {_CELL},
    received_at
FROM holding h JOIN submission s ON s.id = submission JOIN text statuses ON statuses.id = status
    JOIN text said_office ON said_office.id = office JOIN text said_sheet ON said_sheet.id = sheet {_SAID_OF_FIGURE}
    SEMI JOIN asked a ON {" AND ".join(f"a.{name} = said_{name}.text" for name in (*_FIGURE, "scenario"))}
WHERE statuses.text NOT IN ('missing', 'not_applicable')
QUALIFY said_office.text = '' OR NOT bool_or(said_office.text = '') OVER (PARTITION BY h.bureau, h.measure, h.period, h.basis, h.scenario)
ORDER BY {_NAMES_OF_FIGURE}, office, file
"""
_LATEST = """
SELECT arg_max(text, first_month) FROM holding JOIN period_month USING (period) JOIN text ON id = period
WHERE first_month = last_month AND scenario IN (SELECT id FROM text WHERE text = 'actual')
    AND status NOT IN (SELECT id FROM text WHERE text IN ('missing', 'not_applicable'))
    AND measure IN (SELECT id FROM text WHERE list_contains(?, text))
"""
_MONTHLY = f"""
SELECT {", ".join(f"o.{name}" for name in KEY)}, o.value, o.status, o.note, o.sheet, o.cell
FROM observation o JOIN submission s ON s.id = o.submission
WHERE o.superseded_by IS NULL AND basis = 'month' AND scenario = 'actual' AND list_contains(?, bureau) AND first_month >= ?
    AND NOT list_contains(?, s.file)
ORDER BY {", ".join(f"o.{name}" for name in KEY)}
"""


def _holding(as_of: dt.datetime | None) -> str:
    """The numbers of the observations that hold, or held at a time, as the beginning of a query."""
    if as_of is None:
        return "WITH holding AS (SELECT * FROM observation_number WHERE superseded_by IS NULL)"
    at = f"TIMESTAMP '{as_of.astimezone(dt.UTC):%Y-%m-%d %H:%M:%S.%f}'"
    return f"""
WITH holding AS (
    SELECT o.* FROM observation_number o JOIN submission s ON s.id = o.submission LEFT JOIN submission later ON later.id = o.superseded_by
    WHERE s.received_at <= {at} AND (later.received_at IS NULL OR later.received_at > {at})
)"""


def _selection(where: Filter, value: str) -> tuple[str, list[Any]]:
    """The query for the rows of an export, and its parameters; `value` is how the value is written."""
    columns = ", ".join(f"{_SELECT.get(name, value if name == 'value' else name)} AS {name}" for name in HEADER)
    conditions, parameters = _conditions(where)
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


def _conditions(where: Filter) -> tuple[list[str], list[Any]]:
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


# Looking back ----------------------------------------------------------------------------------------------------------

# While a value holds no other of its key does, so that every number with a second revision has one that was superseded.
_REVISED = f"SEMI JOIN (SELECT DISTINCT {_KEYS} FROM observation_number WHERE superseded_by IS NOT NULL) USING ({_KEYS})"
_SEVERAL = "QUALIFY count(*) OVER number > 1 OR later.id IS NOT NULL"
# What ends a value is a submission with the next value of its key, or, where it was withdrawn, without one. A value that ended is
# superseded where `_COMPARE` calls its successor changed.
_REVISION = f"""
WITH revision AS (
    SELECT o.*, {_VALUE} AS value, s.file, s.sha256, s.received_at, later.received_at AS ended_at, later.file AS ended_by,
        row_number() OVER following AS revision,
        CASE WHEN later.id IS NULL THEN NULL
            WHEN lead(o.submission) OVER following IS DISTINCT FROM o.superseded_by THEN 'withdrawn'
            WHEN lead({_VALUE}) OVER following <> {_VALUE} THEN 'superseded'
            WHEN {_IS_NONE.format("status")} AND NOT {_IS_NONE.format("lead(status) OVER following")} THEN 'superseded'
            WHEN later.file = s.file AND (lead(status) OVER following <> status OR lead(note) OVER following <> note) THEN 'superseded'
            ELSE 'moved' END AS ended
    FROM observation_number o {{which}} JOIN submission s ON s.id = o.submission AND s.received_at <= coalesce(?, TIMESTAMP 'infinity')
        LEFT JOIN submission later ON later.id = o.superseded_by AND later.received_at <= coalesce(?, TIMESTAMP 'infinity')
    WINDOW number AS (PARTITION BY {_KEYS}), following AS (PARTITION BY {_KEYS} ORDER BY o.submission)
    {{several}}
), said AS (
    SELECT {", ".join(f"said_{name}.text AS {name}" for name in _CODED)}, {_CELL} AS cell, first_month, last_month,
        value, file, sha256, received_at, revision, ended, ended_at, ended_by
    FROM revision JOIN period_month USING (period) {_SAID}
)"""
_NAMED = {name: text for name, text in _SELECT.items() if name != "received_at"}


def _revisions(where: Filter, *, revised: bool) -> tuple[str, list[Any]]:
    """The query for the rows of a history, and its parameters, which follow the time, twice, up to which it goes."""
    conditions, parameters = _conditions(replace(where, status=()))
    columns = ", ".join(f"{_NAMED.get(name, name)} AS {name}" for name in Revision._fields)
    query = f"""
        {_REVISION.format(which=_REVISED if revised else "", several=_SEVERAL if revised else "")}
        SELECT {columns} FROM said LEFT JOIN bureau_name USING (bureau) LEFT JOIN measure_name USING (measure)
        WHERE {" AND ".join(conditions) or "true"}
        ORDER BY {", ".join(f"said.{name}" for name in KEY)}, revision
    """
    return query, parameters


def _revision(row: Sequence[Any]) -> Revision:
    """A row of `_revisions`."""
    *key, value = row[:11]
    *said, received_at, ended, ended_at, ended_by = row[11:]
    at = None if ended_at is None else ended_at.replace(tzinfo=dt.UTC)
    return Revision._make((*key, _plain(value), *said, received_at.replace(tzinfo=dt.UTC), ended, at, ended_by))


_SIDES = ("before", "after")
_OF_SIDE = ("value", "status", "submission", "sheet", "row", "column")
_BOTH_SIDES = ", ".join(f"{side}_{name}" for side in _SIDES for name in _OF_SIDE)
_SAID_OF_SIDE = """
    LEFT JOIN submission {side} ON {side}.id = {side}_submission LEFT JOIN text {side}_said ON {side}_said.id = {side}_sheet"""


def _held(side: str, at: dt.datetime) -> str:
    """What held at a time, its columns (those of `_OF_SIDE`) named for a side; a value that is missing or does not apply is none."""
    return f"""{side} AS ({_holding(at)}
        SELECT {_KEYS}, if(statuses.text IN ({_NONE}), NULL, {_VALUE}) AS {side}_value, statuses.text AS {side}_status,
            submission AS {side}_submission, sheet AS {side}_sheet, at_row AS {side}_row, at_column AS {side}_column
        FROM holding JOIN text statuses ON statuses.id = status)"""


def _differing(first: dt.datetime, second: dt.datetime, where: Filter) -> tuple[str, list[Any]]:
    """The query for the numbers that differ, and its parameters: key and names, then of each side value, status, and source."""
    conditions, parameters = _conditions(replace(where, status=()))
    names = ", ".join(f"{_NAMED.get(name, name)} AS {name}" for name in (*Difference._fields[:9], "unit"))
    sides = ", ".join(
        f"{side}_value, {side}_status, {side}.file, {side}_said.text, {side}_row, {side}_column, {side}.received_at" for side in _SIDES
    )
    query = f"""
        WITH {_held("before", first)}, {_held("after", second)}, said AS (
            SELECT {", ".join(f"said_{name}.text AS {name}" for name in KEY)}, first_month, last_month, {_BOTH_SIDES}
            FROM before FULL JOIN after USING ({_KEYS}) JOIN period_month USING (period) {_SAID_OF_KEY}
            WHERE before_value IS DISTINCT FROM after_value
        )
        SELECT {names}, {sides}
        FROM said LEFT JOIN bureau_name USING (bureau) LEFT JOIN measure_name USING (measure)
            {"".join(_SAID_OF_SIDE.format(side=side) for side in _SIDES)}
        WHERE {" AND ".join(conditions) or "true"}
        ORDER BY {", ".join(f"said.{name}" for name in KEY)}
    """
    return query, parameters


def _difference(row: Sequence[Any]) -> Difference:
    """A row of `_differing`."""
    *key, unit = row[:10]
    (before, status_before, source_before), (after, status_after, source_after) = _side(row[10:17]), _side(row[17:])
    return Difference._make((*key, before, after, unit, status_before, status_after, source_before, source_after))


def _side(row: Sequence[Any]) -> tuple[Decimal | None, Any, Source | None]:
    """Value, status and source at one of the two times; nothing where the number was not known."""
    value, status, file, sheet, *place, received_at = row
    source = None if status is None else Source(file, sheet, address(*place), received_at.replace(tzinfo=dt.UTC))
    return None if value is None else _plain(value), status, source


def _plain(value: Decimal) -> Decimal:
    """The same value without trailing zeros or exponent."""
    return Decimal(plain(value))
