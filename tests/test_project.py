"""The project folder: found or refused in a sentence, made without touching what exists."""

import unicodedata
from pathlib import Path

import pytest

from fiveless.errors import FivelessError
from fiveless.project import Project, create, found


def test_folder_without_a_project_is_refused(tmp_path: Path) -> None:
    """A folder with neither fiveless.toml nor data/ is no project; the sentence says how to make one."""
    with pytest.raises(
        FivelessError, match=r"is no fiveless project; run fiveless init there, or name a project with --project\."
    ) as refusal:
        found(tmp_path)
    assert refusal.value.exit_code == 3


def test_missing_folder_is_refused(tmp_path: Path) -> None:
    """A folder that does not exist is told by its name."""
    with pytest.raises(FivelessError, match=r"There is no folder .*nowhere"):
        found(tmp_path / "nowhere")


@pytest.mark.parametrize("part", ["fiveless.toml", "data"])
def test_either_part_makes_a_project(tmp_path: Path, part: str) -> None:
    """`fiveless.toml` alone, or `data/` alone as in a checkout, makes a project."""
    (tmp_path / part).mkdir() if part == "data" else (tmp_path / part).touch()
    assert found(tmp_path) == Project(tmp_path)


def test_create_makes_what_is_missing_and_touches_nothing(tmp_path: Path) -> None:
    """The first run makes all parts, a second none; a file of the user's is left as it is."""
    project, made = create(tmp_path / "new", "# settings\n")
    assert made == [project.settings, project.inbox, project.reports]
    project.settings.write_text("# mine\n", encoding="utf-8")
    assert create(tmp_path / "new", "# settings\n") == (project, [])
    assert project.settings.read_text(encoding="utf-8") == "# mine\n"


def test_create_where_nothing_can_be_written(tmp_path: Path) -> None:
    """A place that cannot be written is told in a sentence with the reason."""
    (tmp_path / "file").touch()
    with pytest.raises(FivelessError, match=r"cannot be written \(.+\); choose a place"):
        create(tmp_path / "file", "")


def test_shown_paths(tmp_path: Path) -> None:
    """Within the project a path is shown from its folder, elsewhere in full; が is one character on every system."""
    project = Project(tmp_path / "p")
    assert project.shown(tmp_path / "p" / "data" / ".." / "data" / "a.xlsx") == "data/a.xlsx"
    assert project.shown(tmp_path / "other.xlsx") == (tmp_path / "other.xlsx").as_posix()
    assert project.shown(project.inbox / unicodedata.normalize("NFD", "が.xlsx")) == "data/inbox/が.xlsx"
