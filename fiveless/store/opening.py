"""A database opened or made, waited for while another has it, and told in a sentence where it cannot be used."""

import time
from pathlib import Path
from typing import TYPE_CHECKING

from fiveless.errors import FivelessError
from fiveless.language import Words
from fiveless.store.form import SCHEMA, VERSION

if TYPE_CHECKING:
    import duckdb

_PAUSE = 0.1


def nothing_yet() -> FivelessError:
    """The sentence for a store that there is not yet."""
    return FivelessError(
        Words("まだ何も取り込まれていません。fiveless ingest を実行してください。", "Nothing has been ingested yet; run fiveless ingest.")
    )


def connected(path: Path, write: bool, patience: float) -> "duckdb.DuckDBPyConnection":
    """A connection to the database in a file; FivelessError where it cannot be used, or another process has it for `patience` seconds."""
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
    return FivelessError(says.filled(path=path, reason=first_line(error)))


def _foreign() -> Words:
    return Words(
        "{path} は fiveless のデータベースではないか、壊れています。別の場所へ移して fiveless ingest をやり直してください。",
        "{path} is damaged or no database of fiveless; move it away and run fiveless ingest anew.",
    )


def first_line(error: Exception) -> str:
    """What went wrong, without what the database adds."""
    return str(error).strip().splitlines()[0]


def prepare(database: "duckdb.DuckDBPyConnection", path: Path, write: bool) -> None:
    """Make the tables in an empty database; refuse one that is not ours or of another version."""
    import duckdb

    tables = [row[0] for row in database.execute("SELECT table_name FROM information_schema.tables").fetchall()]
    if not tables and not write:
        raise nothing_yet()
    try:
        if not tables:
            database.execute(f"BEGIN; {SCHEMA} COMMIT;")
        row = database.execute("SELECT number FROM version").fetchone()
    except duckdb.CatalogException as error:
        raise FivelessError(_foreign().filled(path=path)) from error
    if not row or row[0] != VERSION:
        says = Words(
            "{path} は別の版の fiveless のものです。版を合わせるか、別の場所へ移して fiveless ingest をやり直してください。",
            "{path} belongs to another version of fiveless; use that version, or move the file away and run fiveless ingest anew.",
        )
        raise FivelessError(says.filled(path=path))
