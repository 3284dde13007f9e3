"""How labels and numbers are written: full width, inner spaces, 1,234枚, 約1.3万, ▲5, and the marks for nothing."""

import re
import unicodedata
from decimal import Decimal
from functools import cache
from typing import Literal, NamedTuple

Mark = Literal["nil", "not_available", "not_applicable", "not_counted", "tick"]

_CJK = "぀-ヿ㐀-鿿々〆豈-﫿"
_ENUMERATORS = re.compile("[①-⓿❶-➓]")
_INNER_SPACE = re.compile(rf"(?<=[{_CJK}、。・:()\[\]/])\s+|\s+(?=[{_CJK}、。・:()\[\]/])")
_IS_CJK = re.compile(rf"[{_CJK}]")
_SPACES = re.compile(r"\s+")
_LOOSE = re.compile(r"(?<!\d)\s|\s(?!\d)")
_DASHES = re.compile("[‐-―−⁃－]")
_BRACKETS = str.maketrans("【】〔〕〈〉《》「」『』［］｛｝<>~〜⁓", "[][][][][][][][][]~~~")
_SCALES = {"": 1, "十": 10, "百": 100, "千": 1000, "万": 10**4, "十万": 10**5, "百万": 10**6, "千万": 10**7, "億": 10**8}
_UNIT = (
    "枚|件|通|回|本|人|名|施設|箇所|か所|カ所|ヶ所|ケ所|手続き?|箱|冊|円|%"
    "|sheets?|faxes|cop(?:y|ies)|pages|cases?|items?|visits?|visitors|people|persons|facilit(?:y|ies)|sites|procedures?|payments?"
    "|transactions?|documents?|decisions?|drafts|approvals|events?|consultations?|sessions?|briefings?|yen"
)
_NUMBER = re.compile(
    rf"(?!※\d{{1,2}}$)※?(?:のべ|延べ|計|全|['’=](?=\d))?(?P<about>約|およそ|おおよそ|概ね|おおむね|ざっと|概算|≒)?(?P<sign>[-▲△+])?(?P<digits>\d{{1,3}}(?:,\d{{3}})+|\d+)(?P<fraction>\.\d+)?"
    rf"(?P<scale>十万|百万|千万|十|百|千|万|億)?(?P<unit>{_UNIT})?(?P<nearly>程度|余り?|弱|強|前後|くらい|ぐらい|ほど|位|\((?:概数|概算|推計)値?\))?[。、]?(?:\((?:速報|暫定|確定|修正|変更なし|新規)値?\)|※\d{{0,2}}|\(※\d{{0,2}}\)|\*|\(?注\d{{0,2}}\)?)?",
    re.IGNORECASE,
)
_COMPOUND = re.compile(r"(?<![\d.,])(\d{1,4})万(?:(\d{4})|(\d,\d{3})|([1-9])千)(?![\d.,十百千万億])")
_IN_THREES = re.compile(r"(?<=\d)\s(?=\d{3}(?:\D|$))|(?<=\d,)\s(?=\d{3})|(?<=\d)\s(?=,\d{3})")
"""1 521, 1, 965."""
_COMMAS = re.compile(r"(?<=\d)、(?=\d{3}(?:\D|$))")
_BEGINNING = re.compile(rf"約?[-▲△]?[\d,]+(?:\.\d+)?(?:十|百|千|万|億)?(?:{_UNIT})?\s?[(、,]", re.IGNORECASE)
_UNIT_OF_NONE = re.compile(rf"(?<=^[-ー])\s?(?:{_UNIT})$", re.IGNORECASE)
_SCALE = "|".join((*filter(None, reversed(_SCALES)), "hundreds?", "thousands?", "millions?", "['’]000s?", "000s"))
_SCALES |= {"hundred": 100, "thousand": 1000, "million": 10**6, "000": 1000}
_UNIT_TEXT = re.compile(rf"(?P<digits>1(?:,?0{{1,3}})*)?\s?(?P<scale>{_SCALE})?(?: of )?\s?(?P<unit>{_UNIT})", re.IGNORECASE)
LATIN = re.compile(r"[a-z0-9]", re.IGNORECASE)
_NO_ENUMERATOR = 100
_DATE_LIKE = re.compile(r"(19|20)\d\d[./-]\d{1,2}([./-]\d{1,2})?")
_MARKS: dict[str, Mark] = {
    **dict.fromkeys(("-", "--", "---", "ー", "一", "なし", "無し", "ナシ", "無", "皆無", "─", "nil", "none"), "nil"),
    **dict.fromkeys(("…", "...", "‥", "..", "・・・", "不明", "未詳", "n/a", "na", "#n/a", "欠測"), "not_available"),
    **dict.fromkeys(
        ("該当なし", "該当無し", "該当せず", "適用なし", "対象外", "対象なし", "・", "/", "斜線", "not applicable"), "not_applicable"
    ),
    **dict.fromkeys(("***", "**", "*", "x", "未集計", "集計中", "調査中", "未定", "未報告", "未提出", "作業中", "tbd", "?"), "not_counted"),
    **dict.fromkeys(("同左", "同右"), "not_counted"),  # the number stands elsewhere
    **dict.fromkeys(("後日報告", "後日回答", "追って連絡", "未計上", "計上せず", "計上なし", "カウントしていない"), "not_counted"),
    **dict.fromkeys(("未把握", "未確認", "未入力", "未記入", "未回答", "精査中", "確認中", "照会中", "回答待ち", "把握中"), "not_counted"),
    **dict.fromkeys(
        (
            "把握不可",
            "把握不能",
            "把握困難",
            "算出不可",
            "集計不可",
            "集計不能",
            "計測不可",
            "非公表",
            "データなし",
            "資料なし",
            "記録なし",
            "不詳",
        ),
        "not_available",
    ),
    **dict.fromkeys(("休止", "休館", "休業", "閉鎖", "閉館", "未開設", "開設前", "非該当"), "not_applicable"),
    **dict.fromkeys(("○", "◯", "〇", "×", "✕", "✓", "✔", "レ", "●", "済", "未", "有", "↓", "→", "↑", "←", "⇒", "↗", "↘"), "tick"),
}


class Unit(NamedTuple):
    """A unit as written: `千枚` is ("枚", 1000)."""

    name: str
    factor: int


class Number(NamedTuple):
    """A number written as text: exact value, its unit if one stands with it, and whether it says 約 or 程度."""

    value: Decimal
    unit: Unit | None
    about: bool


def unnumbered(text: str) -> str:
    """A text without circled numbers: ①総務課, 計②."""
    return _ENUMERATORS.sub("", text)


@cache
def normalised(text: str) -> str:
    """NFKC, one form of bracket and dash, no enumerators, no line breaks, and no spaces inside Japanese words."""
    plain = unicodedata.normalize("NFKC", unnumbered(text.replace("_x000D_", " ")))
    plain = _DASHES.sub("-", plain).translate(_BRACKETS)
    return _SPACES.sub(" ", _INNER_SPACE.sub("", plain.strip()))


@cache
def segmented(text: str) -> str:
    """`normalised`, with a line break where a space or line break parts two words: 水道局　令和4年度, but not 合　計 or 令和4年 6月."""
    plain = unicodedata.normalize("NFKC", unnumbered(text.replace("_x000D_", " "))).strip()
    lines = plain.rsplit("\n", 1)
    if len(lines) == 2 and unit(lines[1].strip(" ()")):
        return f"{segmented(lines[0])}\n{lines[1].strip()}"
    pieces = _SPACES.split(plain)
    joined = pieces[0]
    for piece in pieces[1:]:
        joined += ("\n" if _parts(joined[joined.rfind("\n") + 1 :], piece) else " ") + piece
    return "\n".join(normalised(line) for line in joined.split("\n"))


def _parts(before: str, after: str) -> bool:
    """Whether a space stands between two Japanese words rather than inside one, inside a date, or inside English."""
    last, first = before[-1:], after[:1]
    if not (_IS_CJK.match(last) or _IS_CJK.match(first)) or last.isdigit() or first.isdigit():
        return False
    return min(len(before.rpartition(" ")[2]), len(after)) > 1


@cache
def trimmed(text: str) -> str:
    """A name as written, less spaces and line breaks that only lay it out."""
    return _SPACES.sub(" ", _INNER_SPACE.sub("", unicodedata.normalize("NFKC", text.replace("_x000D_", " ")).strip()))


@cache
def mark(text: str) -> Mark | None:
    """What a sign for «no number» means, or None if the text is no such sign."""
    plain = normalised(text).strip("()[] ").casefold()
    return _MARKS.get(plain) or _MARKS.get(_UNIT_OF_NONE.sub("", plain))


@cache
def unit(text: str) -> Unit | None:
    """`千枚` → Unit("枚", 1000); None if the whole text is no unit."""
    found = _UNIT_TEXT.fullmatch(text)
    if not found:
        return None
    scale = _SCALES[(found["scale"] or "").casefold().strip("'’s")]
    return Unit(found["unit"].casefold(), scale * int((found["digits"] or "1").replace(",", "")))


@cache
def number(text: str) -> Number | None:
    """A number in text, exactly; None for anything else, for dates such as 2020.10, and for parentheses, which mean different things."""
    plain = _COMPOUND.sub(_in_digits, _LOOSE.sub("", _IN_THREES.sub("", _COMMAS.sub(",", normalised(text)))))
    found = _NUMBER.fullmatch(plain)
    if not found or _DATE_LIKE.fullmatch(plain):
        return None
    value = Decimal(found["digits"].replace(",", "") + (found["fraction"] or "")) * _SCALES[found["scale"] or ""]
    signed = -value if found["sign"] in ("-", "▲", "△") else value
    return Number(signed, unit(found["unit"]) if found["unit"] else None, bool(found["about"] or found["nearly"]))


def _in_digits(found: re.Match[str]) -> str:
    """12万3,456 and 1万2千 in digits."""
    rest = 1000 * int(found[4]) if found[4] else int((found[2] or found[3]).replace(",", ""))
    return str(10_000 * int(found[1]) + rest)


def bracketed(text: str) -> Number | None:
    """The number in (1,234), which may be an estimate, a part or a minus; None for (1), which counts a list, and anything else."""
    inner = enclosed(text)
    return inner if inner and abs(inner.value) >= _NO_ENUMERATOR else None


def enclosed(text: str) -> Number | None:
    """The number in brackets, however small; None for anything else."""
    plain = normalised(text)
    return number(plain[1:-1]) if plain[:1] in ("(", "[") and plain[-1:] in (")", "]") else None


def begins_as_number(text: str) -> bool:
    """Whether a text is a number with a remark: 833件（うち迷惑FAX92件）."""
    return bool(_BEGINNING.match(normalised(text)))


def exact(value: float) -> Decimal:
    """The decimal that a spreadsheet shows for a float: 15 digits, 3300 rather than 3300.0000000000003."""
    return Decimal(int(value)) if value == int(value) else Decimal(f"{value:.15g}")
