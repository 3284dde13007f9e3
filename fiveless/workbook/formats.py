"""What a number format does to the number: a date of it, per cent, thousands, and words before and after it."""

import re
from functools import lru_cache
from typing import Literal, NamedTuple

from fiveless import notation

Kind = Literal["number", "date", "elapsed"]
_TOKEN = re.compile(r'"[^"]*"?|\\.|_.|\*.|\[[^\]]*\]|general|g/標準|標準|am/pm|a/p|[s]+\.0+|.', re.IGNORECASE | re.DOTALL)
_GENERAL = frozenset({"general", "g/標準", "標準"})
_ELAPSED = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
_CURRENCY = re.compile(r"\[\$([^\]-]*)(?:-[^\]]*)?\]")
_SCALED = re.compile(r"[0#?],+(?:\.0+)?(?=[^0#?,]|$)")
_LARGE = re.compile("[十百千万億]")
_SAYS = re.compile(r"[\w%¥￥$€£°]")
_BETWEEN = (";",)
_QUIET = frozenset(" -+/().,:'!^&~{}<>=%")
_DATES = frozenset({*range(14, 23), *range(27, 37), 45, 47, *range(50, 59)})
_PER_CENT = frozenset({9, 10})
_ELAPSED_HOURS = 46


class Format(NamedTuple):
    """What a format says of the numbers that it shows.

    `affix` is the words before and after them, `scaled` by what they are divided to be shown: 1 where that only a word such as 千 tells.
    """

    kind: Kind = "number"
    percent: bool = False
    scaled: int = 0
    affix: tuple[str, str] = ("", "")


PLAIN = Format()


def built_in(number: int) -> Format:
    """The format that a file names by number only."""
    if number == _ELAPSED_HOURS:
        return Format("elapsed")
    return Format("date" if number in _DATES else "number", percent=number in _PER_CENT)


@lru_cache(maxsize=4096)
def read(code: str) -> Format:
    """`#,##0"枚"` → Format(affix=("", "枚")); only what is shown of a positive number counts.

    `scaled` is a number shown as less than it is, or with a word such as 千 that is no unit: 12千枚 is a number with its
    unit, and 12345 shown as 12千枚 is a number of 枚.
    """
    tokens = _shown_section(code)
    kind = _kind(tokens)
    if kind != "number":
        return Format(kind)
    found = _SCALED.search(code)
    affix, scaled = scaled_by(1000 ** found[0].count(",") if found else 1, _affix(tokens))
    return Format(percent="%" in code, scaled=scaled, affix=affix)


def scaled_by(factor: int, affix: tuple[str, str]) -> tuple[tuple[str, str], int]:
    """The words shown with a number that is shown divided by a factor, and whether what it counts is then in doubt.

    12345 shown as 12千枚 is a number of 枚; 12千 is in doubt, for the file may hold 12 or 12,345.
    """
    unit = notation.unit(affix[1])
    if factor > 1 and unit and unit.factor == factor:
        return (affix[0], unit.name), 0
    return affix, factor if factor > 1 else int(bool(_LARGE.search("".join(affix)) and not unit))


def _shown_section(code: str) -> list[str]:
    """The first section that shows a number or a date: that of positive numbers, but where conditions put another before it."""
    sections: list[list[str]] = [[]]
    for token in _TOKEN.findall(code):
        sections += [[]] if token in _BETWEEN else []
        sections[-1] += [] if token in _BETWEEN else [token]
    return next((tokens for tokens in sections if _places(tokens) or _kind(tokens) != "number"), sections[0])


def _places(tokens: list[str]) -> list[int]:
    """Where digits stand."""
    return [index for index, token in enumerate(tokens) if token in {"0", "#", "?"} or token.lower() in _GENERAL]


def _kind(tokens: list[str]) -> Kind:
    """A format is of dates if it has a letter of dates (also of eras and weekdays), and no place for a digit."""
    if any(_ELAPSED.fullmatch(token) for token in tokens):
        return "elapsed"
    plain = [token.lower() for token in tokens if token.lower() not in _GENERAL]
    if any(token in {"0", "#", "?", "@"} for token in plain):
        return "number"
    return "date" if any(token[0] in "ymdhsgeabr" for token in plain) else "number"


def _affix(tokens: list[str]) -> tuple[str, str]:
    """The words before the first and after the last place for a digit."""
    places = _places(tokens)
    if not places:
        return "", ""
    return _words(tokens[: places[0]]), _words(tokens[places[-1] + 1 :])


def _words(tokens: list[str]) -> str:
    text = "".join(map(_literal, tokens)).strip()
    return text if _SAYS.search(text) else ""


def _literal(token: str) -> str:
    """What a token shows of itself: quoted and escaped text, the sign of a currency, and characters that mean nothing else."""
    if token[0] == '"':
        return token.strip('"')
    if token[0] == "\\":
        return token[1:]
    if token[0] == "[":
        currency = _CURRENCY.fullmatch(token)
        return currency[1] if currency else ""
    if token[0] in "_*" or token in _QUIET or (token.isascii() and token.isalnum()):
        return ""
    return token
