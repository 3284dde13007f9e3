"""The project as a whole: what the README tells to type, what the locks pin, what a built package holds."""

import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from importlib import metadata
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement

import fiveless

ROOT = Path(__file__).parents[1]
LOCKS = (ROOT / "requirements.lock", ROOT / "tests" / "requirements.lock")
SOURCES = sorted([*ROOT.glob("fiveless/**/*.py"), *ROOT.glob("tests/**/*.py")])
EXCEPTION = re.compile(r"#\s*(?:noqa(?::\s*[A-Z0-9, ]*[A-Z0-9])?|type: ignore(?:\[[a-z, -]*\])?|pragma: no \w+)(?P<reason>.*)")


def _project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def _readme_lines(language: str) -> list[str]:
    """The lines of the README's code blocks of one language."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    blocks: list[str] = re.findall(rf"^```{language}\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
    return [line for block in blocks for line in block.splitlines()]


def _setup_lines(language: str) -> list[str]:
    """The README's lines that go all the way from a virtual environment to a run."""
    return [line for line in _readme_lines(language) if " -m venv " in line and " && " in line]


def _as_bash(windows: str) -> str:
    """A line of the README for Windows as its twin for Linux and macOS."""
    inner = re.fullmatch(r'cmd /c "(.*)"', windows)
    assert inner, windows
    return inner[1].replace("py -m venv", "python3 -m venv").replace(".venv\\Scripts\\", ".venv/bin/")


def _pins(lock: Path) -> dict[str, set[str]]:
    """Package name → the versions that a lock pins; more than one where Python versions differ."""
    pins: dict[str, set[str]] = {}
    for name, version in re.findall(r"^([\w.-]+)(?:\[[\w.,-]+\])?==([\w.]+)", lock.read_text(encoding="utf-8"), re.MULTILINE):
        pins.setdefault(name, set()).add(version)
    return pins


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def test_readme_has_two_commands() -> None:
    """Two lines of the README install: one ends with the demo, one with the tests."""
    assert [line.rsplit(" && ", 1)[1] for line in _setup_lines("bash")] == [
        ".venv/bin/fiveless demo",
        ".venv/bin/python -m pytest -n auto --cov",
    ]


def test_readme_commands_for_windows_do_the_same() -> None:
    """The two lines for Windows are those for Linux and macOS, but for how Windows names things."""
    assert [_as_bash(line) for line in _setup_lines("powershell")] == _setup_lines("bash")


def test_ci_runs_the_readme_test_command() -> None:
    """`.ci/run` ends with the README's test command, so that whoever types it sees what the CI sees."""
    assert (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()[-1] == _setup_lines("bash")[1]


@pytest.mark.parametrize("lock", LOCKS, ids=["run", "test"])
def test_lock_is_exact(lock: Path) -> None:
    """Each line of a lock is a comment, an exact version or a hash; so no line names a host. ASCII, for a pip that reads it as cp932."""
    line = re.compile(r"#.*|[\w.-]+(\[[\w.,-]+\])?==[\w.]+( ; [^;#/]+)? \\|    --hash=sha256:[0-9a-f]{64}( \\)?")
    lines = lock.read_bytes().decode("ascii").splitlines()
    assert [each for each in lines if not line.fullmatch(each)] == []
    assert not any("://" in each for each in lines)
    assert all(after.startswith("    --hash") for each, after in pairwise(lines) if "==" in each)


def test_locks_pin_every_dependency() -> None:
    """What `pyproject.toml` asks for, to build, to run and to test, is pinned once, within the range asked for."""
    project, run, test = _project(), _pins(LOCKS[0]), _pins(LOCKS[1])
    asked_to_run = [*project["project"]["dependencies"], *project["build-system"]["requires"]]
    for asked, pins in ((asked_to_run, run), (project["project"]["optional-dependencies"]["test"], test)):
        for requirement in map(Requirement, asked):
            versions = pins[_normal(requirement.name)]
            assert all(version in requirement.specifier for version in versions), requirement
    assert run.keys().isdisjoint(test)


def test_version_stands_in_one_place() -> None:
    """`fiveless.__version__` is the version; the package's metadata take it from there and the changelog tells of it."""
    assert _project()["project"]["dynamic"] == ["version"]
    assert metadata.version("fiveless") == fiveless.__version__
    assert f"## [{fiveless.__version__}]" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_wheel_is_whole(tmp_path: Path) -> None:
    """A built package holds every file of `fiveless/` that is not a cache: codelists and type marker too."""
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, tmp_path)
    shutil.copytree(ROOT / "fiveless", tmp_path / "fiveless", ignore=shutil.ignore_patterns("__pycache__"))
    build = "from flit_core.buildapi import build_wheel; print(build_wheel('.'))"
    done = subprocess.run([sys.executable, "-c", build], cwd=tmp_path, capture_output=True, text=True, check=True)
    with zipfile.ZipFile(tmp_path / done.stdout.strip()) as wheel:
        held = {name for name in wheel.namelist() if name.startswith("fiveless/")}
    assert held == {path.relative_to(tmp_path).as_posix() for path in tmp_path.glob("fiveless/**/*") if path.is_file()}
    assert "fiveless/codelists/bureaus.csv" in held


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_module_says_its_job(source: Path) -> None:
    """A module's first line says its whole job, and each exception from a gate gives its reason on its line."""
    lines = source.read_text(encoding="utf-8").splitlines()
    assert re.match(r'""".*[^\s"]', lines[0])
    silent = [line for line in lines if (found := EXCEPTION.search(line)) and not re.search(r"\w{3}", found["reason"])]
    assert silent == []


def test_every_ignored_rule_has_its_reason() -> None:
    """Each rule that the linter is told to ignore stands on a line of `pyproject.toml` with the reason beside it."""
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    section = text[text.index("[tool.ruff.lint]") : text.index("[tool.mypy]")]
    rules = re.findall(r'^    "([A-Z]+\d*)",(.*)$', section, re.MULTILINE)
    assert len(rules) > 10
    assert [rule for rule, reason in rules if not re.match(r"\s+# .{10,}", reason)] == []
