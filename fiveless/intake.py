"""One file, from its bytes to observations: hash, read, locate, unpivot, check."""

import hashlib
import multiprocessing
import os
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import lru_cache
from multiprocessing.process import BaseProcess
from pathlib import Path

from fiveless import notation, workbook
from fiveless.checks import settle
from fiveless.errors import UnreadableFileError
from fiveless.finding import Finding
from fiveless.grid import Grid, Value, address
from fiveless.labels import Label, Lexicon
from fiveless.layouts import of_file, of_sheet
from fiveless.observation import Reading
from fiveless.plausibility import review
from fiveless.structure import Codelists
from fiveless.unpivot import Sheet, unpivot

_WORTH_A_PROCESS = 20
_FILES_A_TASK = 4


def sha256(path: Path) -> str:
    """The content hash of a file, as 64 hexadecimal digits. OSError if it cannot be read."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def take(path: Path, shown: str, codelists: Codelists) -> Reading:
    """Read one file; `shown` is its name in findings and in the store. A bad file gives a refused reading, never an exception."""
    try:
        content = path.read_bytes()
    except OSError as error:
        return Reading(shown, "", findings=[Finding("F08", shown, fields={"reason": error.strerror or str(error)})], refused=True)
    digest = hashlib.sha256(content).hexdigest()
    try:
        return _examined(content, digest, path, shown, codelists)[1]
    except UnreadableFileError as error:
        return Reading(shown, digest, findings=[Finding(error.code, shown, fields=error.fields)], refused=True)
    except Exception as error:  # noqa: BLE001 - a sheet that defeats the reader costs this file, never the batch
        return Reading(shown, digest, findings=[Finding("F07", shown, fields={"reason": f"{type(error).__name__}: {error}"})], refused=True)


def take_all(files: Sequence[tuple[Path, str]], codelists: Codelists) -> Iterator[Reading]:
    """Read many files, given as path and shown name, in their order; a batch worth it is shared among the processors.

    A file that ends the process in which it is read costs itself only: those not read by then are read one by one, each where it can fail.
    """
    workers = min(os.cpu_count() or 1, len(files) // _WORTH_A_PROCESS)
    if workers < 2:
        yield from (take(path, shown, codelists) for path, shown in files)
        return
    done = 0
    try:
        with _readers(workers, codelists) as pool:
            for reading in pool.map(_take_here, files, chunksize=_FILES_A_TASK):
                done += 1
                yield reading
    except BrokenProcessPool:
        yield from (_take_apart(file, codelists) for file in files[done:])


def _readers(workers: int, codelists: Codelists) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(workers, multiprocessing.get_context("spawn"), _begin, (codelists,))


def _take_apart(file: tuple[Path, str], codelists: Codelists) -> Reading:
    """Read one file in a process of its own."""
    path, shown = file
    try:
        with _readers(1, codelists) as pool:
            return pool.submit(_take_here, file).result()
    except BrokenProcessPool as error:
        return Reading(shown, sha256(path), findings=[Finding("F07", shown, fields={"reason": type(error).__name__})], refused=True)


_here: list[Codelists] = []


def _begin(codelists: Codelists) -> None:
    """Keep the codelists in a reading process, which ends with the one that began it, however that ends."""
    _here[:] = [codelists]
    parent = multiprocessing.parent_process()
    if parent:
        threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: BaseProcess) -> None:
    parent.join()
    os._exit(1)


def _take_here(file: tuple[Path, str]) -> Reading:
    return take(*file, _here[0])


def examine(path: Path, shown: str, codelists: Codelists) -> tuple[list[Sheet], Reading]:
    """Read one file and keep its sheets beside what they gave, to be looked at. OSError or UnreadableFileError if it cannot be read."""
    content = path.read_bytes()
    return _examined(content, hashlib.sha256(content).hexdigest(), path, shown, codelists)


def _examined(content: bytes, digest: str, path: Path, shown: str, codelists: Codelists) -> tuple[list[Sheet], Reading]:
    grids = workbook.load(content, path)
    lexicon = _lexicon(codelists)
    cover = _cover(grids, lexicon)
    told = of_file(codelists, path.name)
    sheets = [unpivot(grid, lexicon, lexicon.read(path.stem), cover, of_sheet(told, grid.name)) for grid in grids]
    observations, accounts, findings = settle(sheets, shown, codelists.measure)
    findings += review(observations, codelists, shown)
    findings += [finding for grid in grids for finding in _cells(grid, shown)]
    if not accounts:
        findings.append(Finding("F06", shown))
    return sheets, Reading(shown, digest, observations, accounts, findings)


def _cover(grids: list[Grid], lexicon: Lexicon) -> Label:
    """The year and the bureau that sheets without numbers (also none in text, as of a .csv) state, each if all that state one agree."""
    covers = [grid for grid in grids if not any(_is_number(value) for row in grid.rows for value in row)]
    labels = [lexicon.read(value) for grid in covers for row in grid.rows for value in row if isinstance(value, str) and value]
    dated = {label.dated for label in labels if label.dated and label.dated.year and not label.note}
    bureaus = {label.bureaus for label in labels if label.bureaus and not label.note}
    return Label("", dated=dated.pop() if len(dated) == 1 else None, bureaus=bureaus.pop() if len(bureaus) == 1 else ())


def _is_number(value: Value) -> bool:
    return isinstance(value, int | float) or (isinstance(value, str) and notation.number(value) is not None)


def _cells(grid: Grid, shown: str) -> list[Finding]:
    errors = [Finding("E01", shown, grid.name, address(*place), {"shown": text}) for place, text in sorted(grid.errors.items())]
    uncached = [Finding("E02", shown, grid.name, address(*place)) for place in sorted(grid.uncached)]
    doubts = [Finding(each.code, shown, grid.name, address(*each.place) if each.place else "", each.fields) for each in grid.doubts]
    return errors + uncached + doubts


@lru_cache(maxsize=4)
def _lexicon(codelists: Codelists) -> Lexicon:
    """One lexicon for each set of codelists; what it has read is kept from file to file."""
    return Lexicon(codelists)
