"""From the store to what was known when: the revisions of numbers, up to a day if one is named."""

import datetime as dt
import pickle
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from typing import IO

from fiveless.project import Project
from fiveless.revision import Revision
from fiveless.store import Filter, Store
from fiveless.structure import Codelists

_IN_MEMORY = 64 * 1024 * 1024
_BATCH = 5_000


@contextmanager
def history(
    project: Project, codelists: Codelists, where: Filter, *, everything: bool = False, as_of: dt.datetime | None = None
) -> Iterator[Iterator[Revision]]:
    """The revisions of the numbers that were revised or withdrawn, or of all, to be read for as long as the block lasts.

    They are spooled first, so that the store is not held open (and no ingest is kept waiting) while a pager is read.
    """
    with tempfile.SpooledTemporaryFile(_IN_MEMORY) as spool:
        with Store.open(project.store, write=False) as store:
            found = store.history(where, codelists, revised=not everything, as_of=as_of)
            while batch := list(islice(found, _BATCH)):
                pickle.dump([tuple(each) for each in batch], spool)
        spool.seek(0)
        yield _read(spool)


def _read(spool: IO[bytes]) -> Iterator[Revision]:
    try:
        while True:
            yield from map(Revision._make, pickle.load(spool))  # noqa: S301 - written here a moment ago
    except EOFError:
        return
