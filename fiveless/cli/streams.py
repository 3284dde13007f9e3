"""The streams of the process: nothing that cannot be written, no quarrel with a closed pipe, results apart from talk."""

import codecs
import errno
import io
import os
import shutil
import sys
from collections.abc import Iterable
from typing import IO

_ERRORS = "fiveless"
_STAND_INS = {
    "▁": "_",
    "▂": ".",
    "▃": "-",
    "▄": "=",
    "▅": "+",
    "▆": "*",
    "▇": "%",
    "█": "#",
    "░": ".",
    "◐": "*",
    "●": "@",
    "○": "o",
    "✓": "v",
    "✕": "x",
    "□": "_",
    "←": "<",
    "«": '"',
    "»": '"',
    "×": "x",
    "▲": "!",
    "–": "-",
    "−": "-",
    "·": ".",
    "›": ">",
    "→": ">",
    "…": "~",
    "±": "+",
    "：": ":",
}


_NARROW = str.maketrans(_STAND_INS)


def _stand_in(error: UnicodeError) -> tuple[str, int]:
    """For each character that an encoding lacks a sign of the same width, so that columns stay in line."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    lacking = error.object[error.start : error.end]
    return "".join(_STAND_INS.get(character, "?") for character in lacking), error.end


codecs.register_error(_ERRORS, _stand_in)


def fitting(text: str, encoding: str | None) -> str:
    """Text for columns: where a stream is not in UTF, signs that a Japanese console makes two cells wide become ones of one cell."""
    if (encoding or "").lower().replace("-", "").startswith("utf"):
        return text
    return text.translate(_NARROW)


def never_fail() -> None:
    """From here on the standard streams replace what their encoding lacks; a Windows console in cp932 is one that lacks much."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors=_ERRORS)


def is_closed_pipe(error: OSError) -> bool:
    """Whether who read our output has gone (`| head`); Windows says EINVAL."""
    return error.errno == errno.EPIPE or (os.name == "nt" and error.errno == errno.EINVAL and error.filename is None)


def forsake_output() -> None:
    """Send what is still buffered nowhere, so that Python does not complain of a closed pipe or a full disk as it exits."""
    nowhere = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123 - it must outlive this function
    if sys.__stdout__ and sys.stdout is sys.__stdout__:
        os.dup2(nowhere.fileno(), sys.stdout.fileno())
    sys.stdout = nowhere


def write_data(parts: Iterable[str]) -> None:
    """Text to stdout: UTF-8 with bare line feeds to a pipe or file on any system; on a terminal, what it can show."""
    out = sys.stdout
    binary = getattr(out, "buffer", None)
    if binary is None or out.isatty():
        out.writelines(parts)
    else:
        out.flush()
        for part in parts:
            binary.write(part.encode())
        binary.flush()
    out.flush()


def copy(content: IO[bytes]) -> None:
    """UTF-8 bytes to stdout: as they are to a pipe or file, as text on a terminal."""
    if sys.stdout.isatty():
        sys.stdout.writelines(io.TextIOWrapper(content, encoding="utf-8"))
    else:
        sys.stdout.flush()
        shutil.copyfileobj(content, sys.stdout.buffer)
        sys.stdout.buffer.flush()


def say(text: str) -> None:
    """Talk, and bad news, on stderr."""
    sys.stderr.write(text + "\n")
    sys.stderr.flush()
