"""The README's tour is true: each of its commands, typed into a shell, shows what stands below it."""

import os
import re
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

README = Path(__file__).parents[1] / "README.md"


def _tour() -> list[tuple[str, str]]:
    """The commands of the README's `console` blocks, each with what it shows."""
    blocks = re.findall(r"^```console\n(.*?)^```", README.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    said = [part.partition("\n") for block in blocks for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]]
    return [(command, shown) for command, _, shown in said]


def _environment(home: Path) -> dict[str, str]:
    """A plain terminal of 80 columns, in English, with the program where an activated environment has it."""
    path = os.pathsep.join([sysconfig.get_path("scripts"), "/usr/bin", "/bin"])
    settings = {"FIVELESS_LANG": "en", "PYTHONUTF8": "1", "TERM": "dumb", "SOURCE_DATE_EPOCH": "1775012400"}
    return {"PATH": path, "HOME": str(home), **settings}


def _typed(command: str, folder: Path, home: Path) -> str:
    """What a terminal shows of a command; hashes, which differ between versions of zlib, and the tour's place as `…`."""
    import pty  # Windows has none

    master, slave = pty.openpty()
    with subprocess.Popen(["/bin/bash", "-c", command], cwd=folder, env=_environment(home), stdout=slave, stderr=slave):
        os.close(slave)
        shown = b"".join(_read(master))
    text = shown.decode("utf-8").replace("\r\n", "\n").replace(str(home), "…")
    return re.sub(r"\b[0-9a-f]{64}\b", "…", text)


def _read(master: int) -> list[bytes]:
    """All that is written to a terminal until its last writer has gone, which Linux tells as an error."""
    parts = []
    try:
        while part := os.read(master, 65536):
            parts.append(part)
    except OSError:
        pass
    finally:
        os.close(master)
    return parts


@pytest.mark.skipif(sys.platform == "win32", reason="the tour is typed into bash")
def test_tour(tmp_path: Path) -> None:
    """From `fiveless demo` on, every command shows what the README says, to the letter."""
    folder, shown = tmp_path, []
    for command, _ in _tour():
        if command.startswith("cd "):
            folder /= command.removeprefix("cd ")
            shown.append((command, ""))
        else:
            shown.append((command, _typed(command, folder, tmp_path)))
    assert len(shown) > 3
    assert shown == _tour()
