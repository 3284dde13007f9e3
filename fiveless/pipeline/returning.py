"""Workbooks with something to mend go back to their bureaus: which of them, under what names, and what could not be written."""

import datetime as dt
import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from fiveless import annotate
from fiveless.errors import FivelessError, UsageError
from fiveless.finding import Finding
from fiveless.language import Lang, Words
from fiveless.pipeline.exporting import keep
from fiveless.project import Project, absolute, unwritable

_ENDING = Words("_要確認", "_to-mend")
_CHANGED = Words("読み取りのあとに変わったので、写しをつくりませんでした。", "It changed after it was read; no copy was made.")
_DEFEATED = Words(
    "写しをつくれませんでした（{reason}）。このファイルを添えて fiveless の開発者に知らせてください。",
    "No copy could be made ({reason}); report it, with this file, to the makers of fiveless.",
)
_FOREIGN = Words(
    "{path} は fiveless が書いたままのものではないので、上書きしませんでした。移すか、--return に別のフォルダーを指定してください。",
    "{path} is no copy as fiveless wrote it and was left alone; move it away, or give --return another folder.",
)


@dataclass(frozen=True, slots=True)
class Case:
    """One file that was read or refused: where it lies, its findings, and what the first sheet of a copy says of it."""

    path: Path
    shown: str
    sha256: str
    findings: Sequence[Finding]
    refused: bool
    bureaus: Sequence[Words]
    taken: int
    checked: int
    set_aside: int


@dataclass(frozen=True, slots=True)
class Returned:
    """What came of one file that needs a person: its annotated `copy`, or (empty) `why` there is none; `failed` if it should be there."""

    file: str
    copy: str = ""
    why: Words | None = None
    failed: bool = False

    def record(self, lang: Lang) -> dict[str, str]:
        """The same for machines."""
        return {"file": self.file, "copy": self.copy} | ({"why": self.why.to(lang)} if self.why else {})


@dataclass(frozen=True, slots=True)
class Outbox:
    """The folder of the annotated copies, and the language and day that they bear."""

    folder: Path
    lang: Lang
    day: dt.date


def outbox(project: Project, paths: Sequence[Path], folder: Path, lang: Lang, now: dt.datetime) -> Outbox:
    """A folder for copies. UsageError where it lies in the inbox, or in a folder that is read: a copy would be taken for a report."""
    full = absolute(folder)
    for source in (project.inbox, *(absolute(path) for path in paths if path.is_dir())):
        if full.is_relative_to(source) or full.resolve().is_relative_to(source.resolve()):
            says = Words(
                "--return に {source} の中は指定できません。写しが報告として読まれてしまいます。",
                "--return cannot be within {source}, where the copies would be read as reports.",
            )
            raise UsageError(says.filled(source=source))
    if full.exists() and not full.is_dir():
        raise UsageError(Words("{folder} はフォルダーではありません。", "{folder} is no folder.").filled(folder=full))
    return Outbox(full, lang, now.astimezone().date())


def send_back(project: Project, cases: Sequence[Case], to: Outbox) -> list[Returned]:
    """Write a copy of each file with something to mend; one that cannot be written does not keep the others from it."""
    given: set[Path] = set()
    return [_sent(project, case, to, given) for case in cases if any(map(annotate.needs_a_person, case.findings))]


def _sent(project: Project, case: Case, to: Outbox, given: set[Path]) -> Returned:
    if case.refused:
        return Returned(case.shown, why=Words(*(" ".join(each.says(lang) for each in case.findings) for lang in ("ja", "en"))))
    try:
        content = case.path.read_bytes()
    except OSError as error:
        return Returned(case.shown, why=unwritable(case.path, error).words, failed=True)
    if hashlib.sha256(content).hexdigest() != case.sha256:
        return Returned(case.shown, why=_CHANGED, failed=True)
    letter = annotate.Letter(case.path.name, case.bureaus, to.day, case.taken, case.checked, case.set_aside)
    try:
        copy = annotate.annotated(content, case.path, case.findings, letter, to.lang)
    except Exception as error:  # noqa: BLE001 - a file that defeats us costs its own copy, never the receipt
        return Returned(case.shown, why=_DEFEATED.filled(reason=f"{type(error).__name__}: {error}"), failed=True)
    return _kept(project, case, copy, _place(project, case.path, copy.suffix, to, given))


def _kept(project: Project, case: Case, copy: annotate.Copy, target: Path) -> Returned:
    if target.exists() and not annotate.is_untouched(target):
        return Returned(case.shown, why=_FOREIGN.filled(path=target), failed=True)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        keep(io.BytesIO(copy.content), target)
    except OSError as error:
        return Returned(case.shown, why=unwritable(target, error).words, failed=True)
    except FivelessError as error:
        return Returned(case.shown, why=error.words, failed=True)
    return Returned(case.shown, project.shown(target))


def _place(project: Project, path: Path, suffix: str, to: Outbox, given: set[Path]) -> Path:
    """Where a copy goes: as deep below the folder as its file lies below the inbox; that of `a.xls` is told from that of `a.xlsx`."""
    below = path.relative_to(project.inbox).parent if path.is_relative_to(project.inbox) else PurePosixPath()
    own = path.suffix.lower()
    stem = path.stem + ("" if own == suffix else own.replace(".", "_")) + _ENDING.to(to.lang)
    target, number = to.folder / below / f"{stem}{suffix}", 1
    while target in given:
        number += 1
        target = target.with_name(f"{stem}_{number}{suffix}")
    given.add(target)
    return target
