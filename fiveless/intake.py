"""One file, from its bytes to observations: hash, read, locate, unpivot, check."""

import contextlib
import gc
import hashlib
import os
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from pathlib import Path

from fiveless import notation, workbook
from fiveless.checks import settle
from fiveless.errors import UnreadableFileError
from fiveless.finding import Finding
from fiveless.grid import Grid, Value, address
from fiveless.isolation import Failure, Limits, Workers
from fiveless.labels import Label, Lexicon
from fiveless.layout import locate
from fiveless.layouts import of_file, of_sheet
from fiveless.observation import Reading
from fiveless.plausibility import review
from fiveless.structure import Codelists
from fiveless.unpivot import Sheet, unpivot

_A_DAY = re.compile(r"\d日(?!現在|時点|まで)|\d{4}-\d\d-\d\d")
_FEW = 9  # numbers on a cover sheet: dates, telephones, a document's number
_OTHERS = 2
_WORTH_A_PROCESS = 20
_HEAVY = 20 << 20  # bytes unpacked: about half a second of reading
Take = Callable[[Path, str, Codelists, Sequence[str]], Reading]


def sha256(path: Path) -> str:
    """The content hash of a file, as 64 hexadecimal digits. OSError if it cannot be read."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextlib.contextmanager
def _without_collector() -> Iterator[None]:
    """A file makes objects by the ten thousand and none of them in circles: looking for circles would cost a third of the time.

    It is about the whole of a file's reading, so that what was made is gone when the collector begins again.
    """
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


@_without_collector()
def take(path: Path, shown: str, codelists: Codelists, passwords: Sequence[str] = ()) -> Reading:
    """Read one file; `shown` is its name in findings and in the store. A bad file gives a refused reading, never an exception."""
    try:
        content = path.read_bytes()
    except OSError as error:
        return Reading(shown, "", findings=[Finding("F08", shown, fields={"reason": error.strerror or str(error)})], refused=True)
    digest = hashlib.sha256(content).hexdigest()
    try:
        return _examined(content, digest, path, shown, codelists, passwords)[1]
    except UnreadableFileError as error:
        return Reading(shown, digest, findings=[Finding(error.code, shown, fields=error.fields)], refused=True)
    except MemoryError:
        return Reading(shown, digest, findings=[Finding("F16", shown)], refused=True)
    except Exception as error:  # noqa: BLE001 - a sheet that defeats the reader costs this file, never the batch
        return Reading(shown, digest, findings=[Finding("F07", shown, fields={"reason": f"{type(error).__name__}: {error}"})], refused=True)


def take_all(
    files: Sequence[tuple[Path, str]],
    codelists: Codelists,
    passwords: Sequence[str] = (),
    *,
    take: Take = take,
    limits: Limits | None = None,
) -> Iterator[Reading]:
    """Read many files, given as path and shown name, in their order.

    A batch worth it is shared among processes, and a heavy file, or one of a binary format, is always read in one: what hangs there,
    ends it or eats its memory costs that file only. A few light files are read here, for a process takes longer to begin than they
    to be read.
    """
    work = _Work(take, codelists, tuple(passwords))
    workers = min(os.cpu_count() or 1, len(files) // _WORTH_A_PROCESS)
    weights = [workbook.Weight(_size(path), guarded=False) if workers > 1 else workbook.weigh(path) for path, _ in files]
    apart = [index for index, each in enumerate(weights) if each.size > _HEAVY or not each.guarded]
    if not apart:
        yield from map(work, files)
        return
    number = workers if workers > 1 else min(os.cpu_count() or 1, len(apart))
    places = {index: place for place, index in enumerate(apart)}
    with Workers(work, [files[index] for index in apart], [weights[index].size for index in apart], number, limits) as pool:
        for index, file in enumerate(files):
            outcome = pool.result(places[index]) if index in places else work(file)
            yield _failed(file, outcome) if isinstance(outcome, Failure) else outcome


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:  # the reader tells what is the matter
        return 0


@dataclass(frozen=True, slots=True)
class _Work:
    """What a reading process does with each file that it is sent."""

    take: Take
    codelists: Codelists
    passwords: tuple[str, ...]

    def __call__(self, file: tuple[Path, str]) -> Reading:
        return self.take(*file, self.codelists, self.passwords)


def _failed(file: tuple[Path, str], failure: Failure) -> Reading:
    """The refused reading of a file whose reader was killed or has died."""
    path, shown = file
    try:
        digest = sha256(path)
    except OSError:
        digest = ""
    code = {"time": "F14", "crash": "F15", "memory": "F16"}[failure.kind]
    fields = {"time": {"seconds": failure.detail}, "crash": {"reason": failure.detail}, "memory": {}}[failure.kind]
    return Reading(shown, digest, findings=[Finding(code, shown, fields=fields)], refused=True)


@_without_collector()
def examine(path: Path, shown: str, codelists: Codelists, passwords: Sequence[str] = ()) -> tuple[list[Sheet], Reading]:
    """Read one file and keep its sheets beside what they gave, to be looked at. OSError or UnreadableFileError if it cannot be read."""
    content = path.read_bytes()
    return _examined(content, hashlib.sha256(content).hexdigest(), path, shown, codelists, passwords)


def _examined(
    content: bytes, digest: str, path: Path, shown: str, codelists: Codelists, passwords: Sequence[str]
) -> tuple[list[Sheet], Reading]:
    grids = workbook.load(content, path, passwords)
    lexicon = _lexicon(codelists)
    few = [grid for grid in grids if _has_few_numbers(grid)]
    cover = _cover(few, lexicon)
    name, told = lexicon.read_name(path.stem), of_file(codelists, path.name)
    alone = len(grids) - len(few) < _OTHERS
    sheets = [unpivot(grid, lexicon, name, cover, of_sheet(told, grid.name), alone=alone) for grid in grids]
    observations, accounts, findings = settle(sheets, shown, codelists.measure)
    findings += review(observations, codelists, shown)
    findings += [finding for grid in grids for finding in _cells(grid, shown)]
    if not accounts:
        findings.append(Finding("F06", shown))
    return sheets, Reading(shown, digest, observations, accounts, findings)


def _cover(few: list[Grid], lexicon: Lexicon) -> Label:
    """The time and the bureau that, of sheets with few numbers, those without figures state, each if all agree; 内線 34418 is no figure.

    What is named (対象月：令和4年6月) or tells no day comes before the date of a letter.
    """
    labels = [label for layout in (locate(grid, lexicon) for grid in few) if not layout.runs for label in layout.captions.labels]
    dated = [label for label in labels if label.dated and label.dated.year]
    named = [label for label in dated if label.named]
    times = {label.dated for label in named or [label for label in dated if not _A_DAY.search(label.text)] or dated}
    bureaus = {label.bureaus for label in labels if label.bureaus}
    return Label("", dated=times.pop() if len(times) == 1 else None, bureaus=bureaus.pop() if len(bureaus) == 1 else ())


def _has_few_numbers(grid: Grid) -> bool:
    numbers = (value for row in grid.rows for value in row if _is_number(value))
    return len(list(islice(numbers, _FEW + 1))) <= _FEW


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
