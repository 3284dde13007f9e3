"""The gates that every change passes, so that the one test command runs them all."""

import os
import shutil
import subprocess
import sysconfig
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize(
    "gate",
    [
        ("ruff", "check", "--no-cache"),
        ("ruff", "format", "--check", "--no-cache"),
        ("mypy",),
        ("lint-imports", "--no-cache", "--no-logo"),
    ],
    ids=["lint", "format", "types", "imports"],
)
def test_gate(gate: tuple[str, ...]) -> None:
    """The linter, the formatter, the type checker and the import contract find nothing in the package and its tests."""
    tool = shutil.which(gate[0], path=sysconfig.get_path("scripts"))
    assert tool, f"{gate[0]} is not installed beside this Python"
    utf8 = {**os.environ, "PYTHONUTF8": "1"}
    done = subprocess.run([tool, *gate[1:]], cwd=ROOT, env=utf8, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr
