"""Text in cells of a screen: a Japanese character takes two, a combining mark none; padding and folding by that width."""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

# A line may not begin with these, nor end with those (the least of the rules of Japanese typesetting).
_NEVER_FIRST = frozenset("、。，．・：；？！」』）】〕〉》’”ー％,.:;?!)]%")
_NEVER_LAST = frozenset("「『（【〔〈《‘“([")


@cache
def _width(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in ("Cf", "Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def cells(text: str) -> int:
    """The number of screen cells that a text takes."""
    return sum(map(_width, text))


def left(text: str, width: int) -> str:
    """Padded on the right to a width in cells; longer text stays whole."""
    return text + " " * (width - cells(text))


def right(text: str, width: int) -> str:
    """Padded on the left to a width in cells; longer text stays whole."""
    return " " * (width - cells(text)) + text


def cut(text: str, width: int) -> str:
    """Text of at most `width` cells, its loss marked by `…`."""
    return text if cells(text) <= width else _head(text, width - 1) + "…"


def _head(text: str, width: int) -> str:
    """The longest beginning that fits, but never nothing."""
    used = 0
    for index, character in enumerate(text):
        used += _width(character)
        if used > width:
            return text[: max(index, 1)]
    return text


def folded(text: str, width: int) -> list[str]:
    """A paragraph in lines of at most `width` cells: broken at spaces and between Japanese characters, a word only if it must be."""
    lines, line = [], ""
    for piece in _pieces(text):
        if line and cells(line) + cells(piece.rstrip()) > width:
            lines.append(line.rstrip())
            line = ""
        line += piece
        while cells(line.rstrip()) > width:
            lines.append(_head(line, width))
            line = line.removeprefix(lines[-1])
    return [*lines, line.rstrip()] if line.strip() or not lines else lines


def packed(parts: Iterable[str], width: int) -> list[str]:
    """Parts with three spaces between on as few lines as hold them; only a part longer than a line is folded."""
    lines: list[str] = []
    for part in parts:
        if lines and cells(lines[-1]) + 3 + cells(part) <= width:
            lines[-1] += "   " + part
        else:
            lines += folded(part, width)
    return lines


def hanging(start: str, text: str, width: int | None) -> list[str]:
    """A paragraph after `start`, its later lines below its first; not folded where `width` is None."""
    indent = cells(start)
    first, *later = folded(text, max(20, width - indent)) if width else [text]
    return [start + first, *(" " * indent + line for line in later)]


def aligned(table: Sequence[Sequence[str]], figures: Iterable[int] = ()) -> list[str]:
    """Rows of cells as lines with columns two spaces apart; the columns numbered in `figures` end at the right."""
    widths = [max(map(cells, column)) for column in zip(*table, strict=True)]
    rightwards = set(figures)
    pads = [right if index in rightwards else left for index in range(len(widths))]
    return ["  ".join(pad(cell, width) for pad, cell, width in zip(pads, row, widths, strict=True)).rstrip() for row in table]


def _pieces(text: str) -> Iterator[str]:
    """The shortest parts between which a line may end, spaces at their ends."""
    start = 0
    for here in range(1, len(text)):
        if _may_break(text[here - 1], text[here]):
            yield text[start:here]
            start = here
    if text:
        yield text[start:]


def _may_break(before: str, after: str) -> bool:
    if after.isspace() or after in _NEVER_FIRST or before in _NEVER_LAST:
        return False
    return before.isspace() or _width(before) == 2 or _width(after) == 2
