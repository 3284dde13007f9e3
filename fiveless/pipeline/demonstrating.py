"""A project of synthetic workbooks, and the whole way through it."""

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from fiveless import demo as synthetic
from fiveless import reference
from fiveless.errors import FivelessError
from fiveless.language import Lang, Words
from fiveless.pipeline.ingesting import OnFile, ingest
from fiveless.pipeline.measuring import Measured, progress, write_report
from fiveless.project import Project, absolute, create, unwritable
from fiveless.receipt import Receipt
from fiveless.structure import Codelists

_DEMO = "# fiveless demo: 合成データ / synthetic data\n"


@dataclass(frozen=True, slots=True)
class Demonstration:
    """What `demo` made: the project, the receipt of its inbox, the progress of its last month and the report's files."""

    project: Project
    codelists: Codelists
    receipt: Receipt
    measured: Measured
    report: list[Path]


def demo(folder: Path, lang: Lang, received_at: dt.datetime, on_file: OnFile | None = None) -> Demonstration:
    """Make a project with synthetic workbooks and go the whole way with it; an earlier demo is made anew.

    FivelessError for a folder that holds anything else.
    """
    _refuse_foreign(absolute(folder))
    project, _ = create(folder, _DEMO + reference.default_toml(lang))
    codelists = reference.load(project.folder)
    try:
        synthetic.build(project.inbox, codelists)
    except OSError as error:
        raise unwritable(project.inbox, error) from error
    receipt = ingest(project, [], codelists, received_at=received_at, again=True, command="fiveless demo", on_file=on_file)
    measured = progress(project, codelists)
    return Demonstration(project, codelists, receipt, measured, write_report(project, codelists, lang)[1])


def _refuse_foreign(folder: Path) -> None:
    settings = folder / "fiveless.toml"
    earlier = settings.is_file() and settings.read_bytes().startswith(_DEMO.encode())
    if folder.exists() and not earlier and (not folder.is_dir() or any(folder.iterdir())):
        says = Words(
            "{folder} は空ではありません。新しいフォルダー名を指定してください（例：fiveless demo {folder}-2）。",
            "{folder} is not empty; name a new folder, for example: fiveless demo {folder}-2.",
        )
        raise FivelessError(says.filled(folder=folder))
