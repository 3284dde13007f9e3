"""Units that a label states: （単位：千枚）, 件数（件）, コピーは枚、FAXは件, in thousands of sheets."""

import re

from fiveless import notation
from fiveless.notation import Unit

_UNIT_WORD = re.compile(
    r"単位(?!時間)|\bunits?\s*:|\b(?:hundreds?|thousands?|millions?|(?<!-)000s?(?!-))\b|[(\[](?:百|千|万|百万)[)\]]"
    r"|[(\[](?:分間?|秒間?|時間|人日|人時|台|個|点|世帯|組|[kｋ㎏]?g|㎏|t|トン|[km㎞]?m|㎡|kwh)[)\]]",
    re.IGNORECASE,
)
_UNIT_IN_WORDS = re.compile(r"\bin ((?:hundreds|thousands|millions)(?: of)? [a-z]+)\b", re.IGNORECASE)
_UNIT_CAPTION = re.compile(
    r"(?:(?P<before>[^\s()\[\]]{1,6})単位(?=[)\]\s]|$)"
    r"|(?<=[(\[])単位(?!時間)\s*[::はが]?\s*(?P<inner>[^()\[\]]{1,60})(?=[)\]])"
    r"|単位(?!時間)\s*[::はが]?\s*(?P<list>[^()\[\]\n]{1,30})|\bunits?\s*:\s*(?P<en>[^()\[\]\n]{1,60}))"
    r"(?:\s*[(\[][^()\[\]\n]*(?:除く|以外|excluding|except)[^()\[\]\n]*[)\]])?",
    re.IGNORECASE,
)
_SAID = re.compile(r"(?:と(?:する|します|なる|なります)|で(?:す|ある))。?$")
_UNITS_OF_KINDS = re.compile(r"単位\s*[::]?\s*(?P<parts>[^()\n、]{1,6}\([^()\n]+\)(?:[、,]\s*[^()\n、]{1,6}\([^()\n]+\))+)")
_UNIT_OF = re.compile(r"(?P<noun>.*?)(?:\s|は|が|:|=|-|・)*(?P<unit>[^\s:=]+)")
_NO_UNIT = re.compile(r"末|現在|時点|[年月]|未満|四捨五入|税")
_LIST = re.compile(r"[、,・/ ]|又は|または|\band\b")
_BRACKETED = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_LAST_BRACKETS = re.compile(r"\(([^()]*)\)\s*$")
_COUNTED = re.compile(r"(?:number|no\.?|count|cases?|items?|pieces?|each)(?: of \w+)?", re.IGNORECASE)


def names_unit(plain: str) -> bool:
    """Whether a normalised label has a word for a unit, known or not, such as 単位 or （百万）."""
    return bool(_UNIT_WORD.search(plain))


def units_stated(plain: str) -> tuple[tuple[Unit, ...], str]:
    """The units that a normalised label states, and the label without them; none where it states one that nobody knows."""
    several = _UNITS_OF_KINDS.search(plain)
    units = _units_by_kind(_BRACKETED.sub("", several["parts"])) if several else ()
    if several and units:
        return units, plain.replace(several[0], "\n")
    caption = _UNIT_CAPTION.search(plain)
    listed = caption["before"] or caption["inner"] or caption["list"] or caption["en"] if caption else ""
    listed = _SAID.sub("", listed)
    units = _unit_list(listed) or _units_by_kind(listed) if listed else ()
    if caption and units:
        return units, plain.replace(caption[0], "\n")
    return ((), plain) if caption and not caption["before"] else _units_without_caption(plain)


def _units_without_caption(plain: str) -> tuple[tuple[Unit, ...], str]:
    head, line, last = plain.rpartition("\n")
    if line and notation.unit(last.strip("()[] ")):
        return _unit_list(last.strip("()[] ")), head
    whole = notation.unit(plain.strip("()[] /")) or _unit_in_two_languages(plain)
    if whole:
        return (whole,), ""
    kinds = [part.rpartition(":")[::2] for part in _LIST.split(plain.strip("()[] "))]
    if len(kinds) > 1 and all(kind and notation.unit(unit.strip()) for kind, unit in kinds):  # （用紙：千枚、FAX：件）
        return tuple(dict.fromkeys(unit for _, stated in kinds for unit in _unit_list(stated))), ""
    for found in _BRACKETED.finditer(plain):
        parts = [found[1]] if notation.unit(found[1]) else _LIST.split(found[1])
        units = tuple(unit for part in parts if (unit := notation.unit(part)))
        if units:
            others = "\n".join(part for part in parts if not notation.unit(part))
            again, rest = _units_in_other_words(plain[found.end() :])
            return (*units, *again), f"{plain[: found.start()]}\n{others}\n{rest}"
    words = _UNIT_IN_WORDS.search(plain)
    if words and notation.unit(words[1]):
        return _unit_list(words[1]), plain.replace(words[0], "\n")
    tail = re.fullmatch(r"(.+)/(\S{1,4})", plain) or re.fullmatch(r"(.+), ?([a-z ]{3,20})", plain)
    return (_unit_list(tail[2]), tail[1]) if tail and notation.unit(tail[2]) else ((), plain)


def _units_in_other_words(rest: str) -> tuple[tuple[Unit, ...], str]:
    """The unit that stands at the end once more, in English: コピー用紙調達枚数（枚） over Copy paper purchased (sheets)."""
    again = _LAST_BRACKETS.search(rest)
    unit = notation.unit(again[1]) if again and notation.LATIN.search(again[1]) else None
    return ((unit,), rest[: again.start()]) if again and unit else ((), rest)


def _unit_list(text: str) -> tuple[Unit, ...]:
    whole = notation.unit(text.strip())
    units = [whole] if whole else [notation.unit(part) for part in _LIST.split(text.strip()) if part]
    return tuple(unit for unit in units if unit) if units and all(units) else ()


def _unit_in_two_languages(text: str) -> Unit | None:
    """千枚 / thousand sheets, 件 / number."""
    first, bar, second = (part.strip("()[] \n") for part in text.partition("/"))
    unit = notation.unit(first) if bar and not notation.LATIN.search(first) and notation.LATIN.match(second) else None
    other = notation.unit(second)
    fits = other.factor == unit.factor if unit and other else bool(_COUNTED.fullmatch(second))
    return unit if fits else None


def _units_by_kind(text: str) -> tuple[Unit, ...]:
    """The units that a caption states one by one: 用紙は千枚、コピーは件; what it adds of dates or rounding is no unit."""
    found: list[Unit] = []
    for part in filter(None, re.split(r"[、,;。]|(?<=\))\s|ただし|但し", text.strip())):
        parted = _UNIT_OF.fullmatch(part.strip())
        units = _unit_list(part) or (_unit_list(parted["unit"]) if parted else ()) or _unit_at_end(part)
        if not (units or _NO_UNIT.search(part)):
            return ()
        found += units
    return tuple(dict.fromkeys(found))


def _unit_at_end(text: str) -> tuple[Unit, ...]:
    """The unit with which a text such as コピーは件 ends."""
    tail = re.search(r"(?:は|が)([^はが]+)$", text)
    return _unit_list(tail[1]) if tail else ()
