"""Delimited text: its encoding and its delimiter found, quoted line breaks kept."""

import csv
import io
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from fiveless.grid import Grid, Value
from fiveless.language import Words
from fiveless.workbook.refusal import refused

_NO_ENCODING = Words("文字コードが UTF-8・UTF-16・Shift_JIS のどれでもない", "its text is neither UTF-8, UTF-16 nor Shift_JIS")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_LAID_OUT = re.compile(r"[\t\r\n,;]")
_LINES_TO_JUDGE_BY = 200


def read(content: bytes, path: Path) -> list[Grid]:
    """The one table of a .csv or .tsv."""
    text = decoded(content)
    if text is None:
        raise refused("F01", reason=_NO_ENCODING)
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    rows: Sequence[Sequence[Value]] = _split(lines, delimiter(lines))
    return [Grid(path.stem, rows)]


def decoded(content: bytes) -> str | None:
    """UTF-8 with or without a mark, UTF-16 with or without one, else cp932; None if it is none of them."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _strictly(content, "utf-16")
    if b"\0" in content:
        text = _strictly(content, "utf-16-le" if content[1::2].count(0) >= content[::2].count(0) else "utf-16-be")
        return text if text and _LAID_OUT.search(text) else None
    text = _strictly(content, "utf-8-sig")
    return _strictly(content, "cp932") if text is None else text


def _strictly(content: bytes, encoding: str) -> str | None:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        return None
    return None if _CONTROLS.search(text) else text


def delimiter(text: str) -> str:
    """The sign that splits most lines into the same number of fields; a tab where there is one, for it stands in no text."""
    widths = {sign: _widths(text, sign) for sign in "\t,;"}
    if widths["\t"][1] > 1:
        return "\t"
    return max(",;", key=lambda sign: widths[sign])


def _widths(text: str, sign: str) -> tuple[int, int]:
    """How many lines have the commonest number of fields, and that number; nothing if most lines are not split at all."""
    head = _split(text[: _LINES_TO_JUDGE_BY * 200], sign)[:_LINES_TO_JUDGE_BY]
    counts = Counter(len(row) for row in head if len(row) > 1)
    return counts.most_common(1)[0][::-1] if counts else (0, 1)


def _split(text: str, sign: str) -> list[list[str]]:
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=sign))
    except csv.Error as error:  # a field longer than csv takes, as an open quotation mark makes one
        raise refused("F01", reason=str(error)) from error
