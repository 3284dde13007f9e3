"""The project folder: where its parts lie, whether a folder is one, and the making of a new one."""

import os
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from fiveless.errors import FivelessError
from fiveless.language import Words

SETTINGS = "fiveless.toml"


@dataclass(frozen=True, slots=True)
class Project:
    """The paths of one project; `folder` is absolute."""

    folder: Path

    @property
    def settings(self) -> Path:
        """`fiveless.toml`, which may be absent."""
        return self.folder / SETTINGS

    @property
    def data(self) -> Path:
        """What was sent in and what was stored of it."""
        return self.folder / "data"

    @property
    def inbox(self) -> Path:
        """Where the bureaus' workbooks are put."""
        return self.data / "inbox"

    @property
    def layouts(self) -> Path:
        """Layout files, which may be absent."""
        return self.data / "layouts"

    @property
    def store(self) -> Path:
        """The database file."""
        return self.data / "fiveless.duckdb"

    @property
    def reports(self) -> Path:
        """A folder for each month's report."""
        return self.folder / "reports"

    def shown(self, path: Path) -> str:
        """A path as the user and the store know it: from the project's folder with `/` between, or absolute outside of it."""
        full = absolute(path)
        known = full.relative_to(self.folder) if full.is_relative_to(self.folder) else full
        # macOS spells が in two characters, all others in one: the same file must keep its name on a shared folder.
        return unicodedata.normalize("NFC", known.as_posix())


def absolute(path: Path) -> Path:
    """The full path, symbolic links kept, so that a network share keeps the name that the user knows."""
    return Path(os.path.abspath(path))  # noqa: PTH100 - Path.resolve would follow links, Path.absolute would keep `..`


def found(folder: Path) -> Project:
    """The project in a folder; FivelessError where it is none."""
    full = absolute(folder)
    if not full.is_dir():
        raise FivelessError(Words("{folder} というフォルダーはありません。", "There is no folder {folder}.").filled(folder=full))
    if not (full / SETTINGS).is_file() and not (full / "data").is_dir():
        says = Words(
            "{folder} は fiveless のプロジェクトではありません。fiveless init を実行するか、--project でプロジェクトを指定してください。",
            "{folder} is no fiveless project; run fiveless init there, or name a project with --project.",
        )
        raise FivelessError(says.filled(folder=full))
    return Project(full)


def create(folder: Path, settings: str) -> tuple[Project, list[Path]]:
    """Make what a project lacks of its parts and say what was made; nothing that exists is touched.

    `settings` is the text of a new `fiveless.toml`. FivelessError where the folder cannot be written.
    """
    project = Project(absolute(folder))
    try:
        made = [part for part in (project.inbox, project.reports) if not part.is_dir()]
        for part in made:
            part.mkdir(parents=True, exist_ok=True)
        if not project.settings.exists():
            project.settings.write_text(settings, "utf-8", newline="\n")
            made.insert(0, project.settings)
    except OSError as error:
        raise unwritable(project.folder, error) from error
    return project, made


def unwritable(path: Path, error: OSError) -> FivelessError:
    """The sentence for a place that cannot be written."""
    says = Words(
        "{path} に書き込めません（{reason}）。書き込める場所を指定するか、ファイルを開いているアプリを閉じてください。",
        "{path} cannot be written ({reason}); choose a place that can be, or close the program that has it open.",
    )
    return FivelessError(says.filled(path=path, reason=error.strerror or error))
