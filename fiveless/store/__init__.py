"""The project's database, one DuckDB file: every value that was ever received, where it came from, and which one holds now."""

import datetime as dt
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from fiveless.errors import FivelessError
from fiveless.language import Words
from fiveless.observation import HEADER, Observation, Observations, Reading
from fiveless.period import Period
from fiveless.progress import Figure, measures_used
from fiveless.revision import Difference, Revision
from fiveless.store.columns import insert
from fiveless.store.earlier import difference, differing, revision, revisions
from fiveless.store.giving import FIGURES, LATEST, MONTHLY, OFFICE_FIGURES, SOURCES, Filter, Origin, holding_at, plain_value, selection
from fiveless.store.opening import connected, first_line, nothing_yet, prepare
from fiveless.store.taking import Recorded, Run, settled
from fiveless.structure import Codelists

if TYPE_CHECKING:
    import duckdb

__all__ = ["Filter", "Origin", "Recorded", "Store", "settled"]
_BATCH = 5_000


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
            raise nothing_yet()
        database = connected(path, write, patience)
        try:
            prepare(database, path, write)
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
            recorded = Run(self._database, received_at, command).recorded(readings)
            self._database.execute("COMMIT")
        except (duckdb.IOException, duckdb.OutOfMemoryException, duckdb.TransactionException) as error:
            says = Words(
                "保存できませんでした（{reason}）。ディスクの空きと権限を確かめて、もう一度実行してください。",
                "Nothing could be stored ({reason}); check the disk's space and permissions and run again.",
            )
            raise FivelessError(says.filled(reason=first_line(error))) from error
        return recorded

    # Giving out

    def observations(self, where: Filter, codelists: Codelists) -> Iterator[tuple[Any, ...]]:
        """Rows in the order of `observation.HEADER`, read as they are asked for; `value` is an exact Decimal, all else text."""
        self._name(codelists)
        query, parameters = selection(where, "rtrim(rtrim(value::VARCHAR, '0'), '.')")
        found = self._database.execute(query, parameters)
        place = HEADER.index("value")
        while rows := found.fetchmany(_BATCH):
            for row in rows:
                yield (*row[:place], Decimal(row[place]), *row[place + 1 :])

    def copy_parquet(self, where: Filter, codelists: Codelists, path: Path) -> None:
        """The same rows as a Parquet file, `value` as DECIMAL; FivelessError if it cannot be written."""
        import duckdb

        self._name(codelists)
        query, parameters = selection(where, "value")
        target = str(path).replace("'", "''")
        try:
            self._database.execute(f"COPY ({query}) TO '{target}' (FORMAT parquet)", parameters)
        except duckdb.IOException as error:
            says = Words(
                "{path} に書き込めません（{reason}）。書き込める場所を指定してください。",
                "{path} cannot be written ({reason}); name another place.",
            )
            raise FivelessError(says.filled(path=path, reason=first_line(error))) from error

    def history(self, where: Filter, codelists: Codelists, *, revised: bool, as_of: dt.datetime | None = None) -> Iterator[Revision]:
        """The revisions of each number in the order of an export, the oldest first, read as they are asked for.

        `revised` leaves out the numbers that have one revision only, which holds; `as_of` what was received, or ended, after a time.
        Of the filter, `status` and `history` play no part: a number is told with all its revisions or not at all.
        """
        self._name(codelists)
        query, parameters = revisions(where, revised=revised)
        at = as_of.astimezone(dt.UTC).replace(tzinfo=None) if as_of else None
        found = self._database.execute(query, [at, at, *parameters])
        while rows := found.fetchmany(_BATCH):
            yield from map(revision, rows)

    def differences(self, first: dt.datetime, second: dt.datetime, where: Filter, codelists: Codelists) -> list[Difference]:
        """The numbers whose value at a first time is not the one at a second, in the order of an export.

        A value that is missing or does not apply is none. Of the filter, `status` and `history` play no part.
        """
        self._name(codelists)
        query, parameters = differing(first, second, where)
        return [difference(row) for row in self._database.execute(query, parameters).fetchall()]

    def figures(self, as_of: dt.datetime | None = None) -> list[Figure]:
        """The bureaus' values that hold, or held at a time: as reported for the bureau, else the sum over its offices, none missing."""
        rows = self._database.execute(holding_at(as_of) + FIGURES).fetchall()
        return [Figure._make((*row[:4], plain_value(row[4]), *row[5:], "")) for row in rows]

    def office_figures(self, measures: Collection[str], as_of: dt.datetime | None = None) -> list[Figure]:
        """The values of offices that hold, or held at a time, of some measures."""
        rows = self._database.execute(holding_at(as_of) + OFFICE_FIGURES, [sorted(measures)]).fetchall()
        return [Figure._make((*row[:4], plain_value(row[4]), *row[5:])) for row in rows]

    def sources(self, figures: Collection[Figure], as_of: dt.datetime | None = None) -> list[Origin]:
        """The cells of which bureaus' figures are made, in their order: of the bureau itself where it reported, else of its offices."""
        keys = [(*each[:4], each.scenario) for each in figures]
        names = ("bureau", "measure", "period", "basis", "scenario")
        self._database.execute(f"CREATE OR REPLACE TEMP TABLE asked ({', '.join(f'{name} VARCHAR' for name in names)})")
        insert(self._database, "asked", names, keys)
        rows = self._database.execute(holding_at(as_of) + SOURCES).fetchall()
        return [Origin._make((Figure._make((*row[:4], plain_value(row[4]), *row[5:8])), *row[8:])) for row in rows]

    def monthly(self, bureaus: Sequence[str], first: Period, files: Sequence[str]) -> Observations:
        """The actual monthly flows of some bureaus that hold, from a month on, but for those that some files gave."""
        rows = self._database.execute(MONTHLY, [list(bureaus), first.first, list(files)]).fetchall()
        return Observations.of(Observation._make((*row[:6], plain_value(row[6]), *row[7:])) for row in rows)

    def latest_period(self, codelists: Codelists, as_of: dt.datetime | None = None) -> str | None:
        """The last month with an actual value that a headline indicator uses, or that was known at a time."""
        used = sorted(measures_used(codelists, codelists.headlines()))
        row = self._database.execute(holding_at(as_of) + LATEST, [used]).fetchone()
        return row[0] if row else None

    def _name(self, codelists: Codelists) -> None:
        """Tables of the names that the codelists have now; exports are in Japanese, the language of the data."""
        self._database.execute("CREATE OR REPLACE TEMP TABLE bureau_name (bureau VARCHAR, bureau_name VARCHAR)")
        self._database.execute(
            "CREATE OR REPLACE TEMP TABLE measure_name (measure VARCHAR, less VARCHAR, measure_name VARCHAR, unit VARCHAR)"
        )
        insert(self._database, "bureau_name", ("bureau", "bureau_name"), [(each.code, each.name.ja) for each in codelists.bureaus])
        measures = [(each.code, each.less, each.name.ja, each.unit) for each in codelists.measures]
        insert(self._database, "measure_name", ("measure", "less", "measure_name", "unit"), measures)
