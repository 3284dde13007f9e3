"""From the store to a file of observations."""

import contextlib
import os
import shutil
import tempfile
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO, Any, Literal, get_args

from fiveless.errors import UsageError
from fiveless.language import Words
from fiveless.observation import Basis, Scenario, Status
from fiveless.pipeline.asking import bound, check_code
from fiveless.project import Project, unwritable
from fiveless.store import Filter, Store
from fiveless.structure import LESSES, Codelists
from fiveless.tables import observations

_IN_MEMORY = 64 * 1024 * 1024
ExportForm = Literal["csv", "jsonl", "parquet"]


def selection(codelists: Codelists, wanted: Mapping[str, Sequence[str]], first: str = "", last: str = "") -> Filter:
    """What to export: by field of the observation the codes that are wanted (none: all), and the periods from and to.

    UsageError for a code that does not exist, with the nearest that do, and for a period that cannot be read.
    """
    known: Mapping[str, Collection[str]] = {
        "bureau": codelists.bureau,
        "measure": codelists.measure,
        "less": LESSES,
        "basis": get_args(Basis),
        "scenario": get_args(Scenario),
        "status": get_args(Status),
    }
    for kind, codes in wanted.items():
        for code in codes:
            check_code(code, kind, known[kind])
    begin, end = bound(first), bound(last)
    if begin and end and begin.first > end.last.first:
        raise UsageError(Words("--from が --to より後です。", "--from is later than --to."))
    fields: dict[str, Any] = {kind: tuple(codes) for kind, codes in wanted.items()}
    return Filter(**fields, first=begin, last=end)


@contextlib.contextmanager
def export(project: Project, codelists: Codelists, where: Filter, form: ExportForm, *, bom: bool = False) -> Iterator[IO[bytes]]:
    """The observations as a file, open at its start for as long as the block lasts.

    They are spooled first, so that the store is not held open (and no ingest is kept waiting) while a pager is read.
    """
    with tempfile.SpooledTemporaryFile(_IN_MEMORY) as spool:
        with Store.open(project.store, write=False) as store:
            if form == "parquet":
                _spool_parquet(spool, store, where, codelists)
            else:
                rows = store.observations(where, codelists)
                lines = observations.csv_lines(rows, bom=bom) if form == "csv" else observations.json_lines(rows)
                spool.writelines(line.encode() for line in lines)
        spool.seek(0)
        yield spool


def _spool_parquet(spool: IO[bytes], store: Store, where: Filter, codelists: Codelists) -> None:
    """DuckDB writes Parquet to a file with a name only."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "observations.parquet"
        store.copy_parquet(where, codelists, path)
        with path.open("rb") as written:
            shutil.copyfileobj(written, spool)


def keep(content: IO[bytes], path: Path) -> None:
    """Write a file whole or not at all, a device or pipe as it comes; FivelessError where it cannot be written."""
    path = path.resolve()
    draft = path.with_name(f".fiveless-{os.getpid()}")
    try:
        if path.exists() and not path.is_file():
            with path.open("wb") as out:
                shutil.copyfileobj(content, out)
            return
        with draft.open("wb") as out:
            shutil.copyfileobj(content, out)
        if path.exists():
            shutil.copymode(path, draft)
        draft.replace(path)
    except OSError as error:
        raise unwritable(path, error) from error
    finally:
        with contextlib.suppress(OSError):
            draft.unlink()
