"""From what lies in the inbox to the store: which files there are, which are new, what one run made of them."""

import datetime as dt
import glob
import os
import shutil
import tempfile
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from fiveless import intake
from fiveless.errors import FivelessError, UsageError
from fiveless.finding import Finding
from fiveless.labels import Lexicon
from fiveless.language import Words
from fiveless.observation import Observations, Reading
from fiveless.period import Period
from fiveless.pipeline.returning import Case
from fiveless.plausibility import review_beside, without_history
from fiveless.project import Project, absolute
from fiveless.receipt import Input, Receipt, fates, ordered
from fiveless.store import Recorded, Store, settled
from fiveless.structure import Codelists

OnFile = Callable[[int, int, str], None]
OnCases = Callable[[Sequence[Case]], None]
_LATEST = 1 << 37
_YEAR = 12
_JUNK = frozenset({"thumbs.db", "desktop.ini"})
_LOCK = Words("は Excel が開いている間の印（ロックファイル）なので読みません。", "is only Excel's mark of an open file (lock file).")
_COPY = Words("は {other} と同じ内容です。", "has the same content as {other}.")
_NO_FILE = Words("は通常のファイルではないので読みません。", "is no regular file.")
_HIDDEN = Words("は隠しファイルなので読みません。", "is a hidden file.")


def now(environ: Mapping[str, str]) -> dt.datetime:
    """The time of this run in UTC, to the second; `SOURCE_DATE_EPOCH` fixes it so that a run can be repeated to the byte."""
    fixed = environ.get("SOURCE_DATE_EPOCH", "")
    if fixed.isdecimal() and int(fixed) < _LATEST:
        return dt.datetime.fromtimestamp(int(fixed), dt.UTC)
    return dt.datetime.now(dt.UTC).replace(microsecond=0)


@dataclass(frozen=True, slots=True)
class Arrived:
    """What lies at the paths given: files to read in order, those passed over with the reason, and folders that cannot be opened."""

    paths: list[Path]
    skipped: list[Input]
    refused: list[Reading] = field(default_factory=list)


def discover(project: Project, paths: Sequence[Path]) -> Arrived:
    """The files at some paths (folders with all below them; `*.xlsx` where the shell has not expanded it); none given: the inbox.

    UsageError for a path that does not exist; FivelessError where there is nothing to read at all.
    """
    arrived = Arrived([], [])
    for path in [place for given in paths for place in _expanded(given)] or [project.inbox]:
        if path.is_dir():
            _walk(project, path, arrived)
        elif path.exists():
            arrived.paths.append(absolute(path))
        elif paths:
            raise UsageError(
                Words("{path} がありません。パスを確かめてください。", "There is no {path}; check the path.").filled(path=path)
            )
    if not arrived.paths and not arrived.refused:
        where = ", ".join(str(path) for path in paths) or str(project.inbox)
        says = Words(
            "{where} に読むファイルがありません。各局のブックを置いて、もう一度実行してください。",
            "There is nothing to read in {where}; put the bureaus' workbooks there and run again.",
        )
        raise FivelessError(says.filled(where=where))
    return Arrived(list(dict.fromkeys(arrived.paths)), arrived.skipped, arrived.refused)


def _expanded(path: Path) -> list[Path]:
    if path.exists() or not glob.has_magic(str(path)):
        return [path]
    return sorted(map(Path, glob.glob(str(path), recursive=True))) or [path]  # noqa: PTH207 - the pattern may be absolute


def _walk(project: Project, folder: Path, arrived: Arrived) -> None:
    """All files below a folder in the order of their names, links followed once, hidden ones and lock files set apart."""

    def refuse(error: OSError) -> None:
        shown = project.shown(Path(error.filename))
        finding = Finding("F08", shown, fields={"reason": error.strerror or str(error)})
        arrived.refused.append(Reading(shown, "", findings=[finding], refused=True))

    seen = {_identity(folder)}
    for here, folders, names in os.walk(absolute(folder), onerror=refuse, followlinks=True):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and _is_new(Path(here) / name, seen))
        for name in sorted(names):
            path = Path(here) / name
            why = _LOCK if name.startswith("~$") else _HIDDEN if name.startswith(".") or name.lower() in _JUNK else None
            why = why or (None if path.is_file() or not path.exists() else _NO_FILE)
            if why:
                arrived.skipped.append(Input(project.shown(path), "skipped", why))
            else:
                arrived.paths.append(path)


def _identity(folder: Path) -> tuple[int, int]:
    try:
        found = folder.stat()
    except OSError:
        return -1, -1
    return found.st_dev, found.st_ino


def _is_new(folder: Path, seen: set[tuple[int, int]]) -> bool:
    """Whether a folder is met for the first time: links may lead in circles."""
    identity = _identity(folder)
    new = identity not in seen or not folder.is_symlink()
    seen.add(identity)
    return new


def ingest(
    project: Project,
    paths: Sequence[Path],
    codelists: Codelists,
    passwords: Sequence[str] = (),
    *,
    received_at: dt.datetime,
    again: bool = False,
    dry_run: bool = False,
    command: str = "fiveless ingest",
    on_file: OnFile | None = None,
    on_cases: OnCases | None = None,
) -> Receipt:
    """Read what has arrived and is new, and store it in one transaction; with `dry_run` the store stays as it is.

    `again` reads files of known content too: after a change of `fiveless.toml` they may say more than they did. `passwords` are tried on
    protected files. `on_cases` is given in the end what each file was found to be.

    `on_file` is told before each new file: how many are done, how many there are, and its name; after the last once more.
    """
    arrived = discover(project, paths)
    news, others = _told_apart(arrived, project, set() if again else _known(project))
    readings = [*arrived.refused, *_read(news, codelists, passwords, on_file)]
    outcomes = others | {reading.file: Input(reading.file, "refused" if reading.refused else "read") for reading in readings}
    inputs = [*arrived.skipped, *sorted(outcomes.values(), key=lambda each: each.file)]
    _review_history(project, readings)
    recorded = _record(project, readings, received_at=received_at, command=command, dry_run=dry_run)
    if on_cases:
        on_cases(_cases({shown: path for path, shown in news}, readings, recorded, codelists))
    return _receipt(inputs, readings, recorded, dry_run=dry_run)


def _review_history(project: Project, readings: Sequence[Reading]) -> None:
    """Add to each reading what is hardly true of it beside the other files of the run and what the store holds."""
    short = {reading.file: reading for reading in readings if without_history(reading)}
    if not short:
        return
    observations = [reading.observations for reading in short.values()]
    bureaus = sorted({name for each in observations for name in each.coded["bureau"].names})
    first = min(Period.of_code(code).first for each in observations for code in each.coded["period"].names)
    held = Observations.of()
    if project.store.exists():
        with Store.open(project.store, write=False) as store:
            held = store.monthly(bureaus, Period("month", first - _YEAR), list(short))
    for finding in review_beside(list(short.values()), held):
        short[finding.file].findings.append(finding)


def _read(files: Sequence[tuple[Path, str]], codelists: Codelists, passwords: Sequence[str], on_file: OnFile | None) -> Iterator[Reading]:
    tell = on_file or (lambda _done, _all, _name: None)
    readings = intake.take_all(files, codelists, passwords)
    for index, (_, shown) in enumerate(files):
        tell(index, len(files), shown)
        yield next(readings)
    tell(len(files), len(files), "")


def settings_changed(project: Project) -> bool:
    """Whether `fiveless.toml` or a layout is younger than what is stored."""
    said = [project.settings, *project.layouts.glob("*.toml")]
    return project.store.exists() and any(each.exists() and each.stat().st_mtime > project.store.stat().st_mtime for each in said)


def _known(project: Project) -> set[tuple[str, str]]:
    """Content hash and file of what the store holds; nothing before the first ingest."""
    if not project.store.exists():
        return set()
    with Store.open(project.store, write=False) as store:
        return store.known()


def _told_apart(arrived: Arrived, project: Project, known: Collection[tuple[str, str]]) -> tuple[list[tuple[Path, str]], dict[str, Input]]:
    """The files to read, and what is said of the others by name: known already, or the copy of one that is read.

    A file is known if the store holds its content under its name, or under another while it holds nothing under this one.
    """
    contents, files = {digest for digest, _ in known}, {file for _, file in known}
    news: dict[str, tuple[Path, str]] = {}
    others: dict[str, Input] = {}
    for path in arrived.paths:
        shown = project.shown(path)
        try:
            digest = intake.sha256(path)
        except OSError:
            digest = f"? {shown}"  # the reader tells what is the matter
        if (digest, shown) in known or (digest in contents and shown not in files):
            others[shown] = Input(shown, "unchanged")
        elif digest in news:
            others[shown] = Input(shown, "skipped", _COPY.filled(other=news[digest][1]))
        else:
            news[digest] = path, shown
    return list(news.values()), others


def _record(project: Project, readings: Sequence[Reading], *, received_at: dt.datetime, command: str, dry_run: bool) -> Recorded | None:
    """Store the readings; a dry run stores them in a copy that is thrown away, so that it counts what would be new."""
    if not readings:
        return None
    if not dry_run:
        with Store.open(project.store, write=True) as store:
            return store.record(readings, received_at=received_at, command=command)
    with tempfile.TemporaryDirectory() as folder:
        trial = Path(folder) / project.store.name
        if project.store.exists():
            with Store.open(project.store, write=False):  # held, so that no other process changes it under the copy
                shutil.copyfile(project.store, trial)
        with Store.open(trial, write=True) as store:
            return store.record(readings, received_at=received_at, command=command)


def _receipt(inputs: Sequence[Input], readings: Sequence[Reading], recorded: Recorded | None, *, dry_run: bool) -> Receipt:
    counts = (recorded.new, recorded.changed, recorded.unchanged, recorded.withdrawn) if recorded else (0, 0, 0, 0)
    conflicts = recorded.conflicts if recorded else []
    taken, checked, reasons = fates(settled(reading, conflicts) for reading in readings)
    findings = ordered([*(finding for reading in readings for finding in reading.findings), *conflicts])
    return Receipt(tuple(inputs), *counts, taken, checked, reasons, findings, dry_run)


def _cases(places: Mapping[str, Path], readings: Sequence[Reading], recorded: Recorded | None, codelists: Codelists) -> list[Case]:
    """Each file with its findings, those between files among them, its numbers counted, and the bureaus it reports for."""
    conflicts = recorded.conflicts if recorded else []
    lexicon = Lexicon(codelists)
    cases = []
    for reading in readings:
        file = reading.file
        taken, checked, reasons = fates([settled(reading, conflicts)])
        findings = [*reading.findings, *(each for each in conflicts if each.file == file)]
        path = places.get(file, Path(file))
        counts = (taken, checked, sum(reasons.values()))
        cases.append(Case(path, file, reading.sha256, findings, reading.refused, _bureaus(reading, lexicon), *counts))
    return cases


def _bureaus(reading: Reading, lexicon: Lexicon) -> list[Words]:
    """The names of the bureaus for which a file reports; where nothing of it was taken, of the one that its name tells."""
    codes = dict.fromkeys(each.bureau for each in reading.observations)
    label = lexicon.read_name(PurePosixPath(reading.file).stem)
    bureaus = lexicon.codelists.bureau
    return [bureaus[code].name for code in codes or label.bureaus or label.alias if code in bureaus]
