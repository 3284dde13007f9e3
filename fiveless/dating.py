"""How labels write months, quarters and years: 令和4年6月, R4.6, 2022年度, 第1四半期, 4月～6月, Jun-22."""

import datetime as dt
import re
from dataclasses import dataclass
from functools import cache

from fiveless.period import Period

_ERAS = {
    "明治": 1868,
    "大正": 1912,
    "昭和": 1926,
    "平成": 1989,
    "令和": 2019,
    "m": 1868,
    "t": 1912,
    "s": 1926,
    "h": 1989,
    "r": 2019,
    "令": 2019,
    "平": 1989,
    "昭": 1926,
}
_KANJI = {digit: number for number, digit in enumerate("〇一二三四五六七八九")}
_ENGLISH = {
    name: number for number, name in enumerate(("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1)
}
_NUM = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
_ERA_YEAR = rf"(?P<era>明治|大正|昭和|平成|令和|(?<![a-z])[mtshr](?=\.?\s?\d)|[令平昭](?=\.?\d))\.?\s?(?P<eyear>元|{_NUM})"
_WESTERN = r"(?<!\d)(?P<wyear>(?:19|20)\d\d)(?!\d)"
_YEAR = rf"(?:{_ERA_YEAR}|{_WESTERN})"
_MONTH = r"(?P<month>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
_TAIL = r"(?P<tail>(?:\d{1,2}日)?(?:末日?|月末)?(?:時点|現在)?)"
_NAME = (
    r"(?P<name>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
    r"(?![a-z])\.?"
)
_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        # ranges of months, with or without a year: 4月~6月, 令和4年4-6月
        (
            rf"(?:{_YEAR}(?P<fiscal>年度)?年?度?[の・/ ]?)?(?<!\d)(?P<from>1[0-2]|0?[1-9])月?分?\s?(?:~|-|から)\s?"
            r"(?P<to>1[0-2]|0?[1-9])月(?P<span>分|期|まで|末)?"
        ),
        # year and quarter or half
        rf"(?:{_YEAR}(?P<fiscal>年度)?[・/ ]?)?第?(?P<quarter>[1-4一二三四])(?:四半期|/4期|/四半期|q(?![a-z]))",
        rf"(?:fy\s?)?(?:{_YEAR}[ /-]?)?(?<![a-z])q(?P<quarter>[1-4])(?!\d)(?:[ /]?(?:fy)?\s?(?P<wyear2>20\d\d))?",
        rf"(?:{_YEAR}(?P<fiscal>年度)?[・/ ]?)?(?P<half>上|下)(?:半期|期)",
        # year and month
        rf"{_YEAR}(?P<fiscal>年度)\s?{_MONTH}月(?:分|度)?{_TAIL}",
        rf"{_YEAR}年\s?{_MONTH}月(?:分|度)?{_TAIL}",
        rf"{_YEAR}\s?[./\-]\s?{_MONTH}(?!\d)(?:[./\-](?P<day>\d{{1,2}})(?!\d))?月?(?:分|度)?{_TAIL}",
        r"(?<!\d)(?P<wyear>20\d\d)(?P<month>0[1-9]|1[0-2])(?:(?P<day>[0-3]\d))?(?!\d)",
        r"(?<![a-z])(?P<era>[rh])(?P<eyear>\d\d)(?P<month>0[1-9]|1[0-2])(?!\d)",
        rf"(?<![a-z]){_NAME}[ ,\-/.']*(?P<wyear>20\d\d)(?!\d)",
        rf"(?<![a-z]){_NAME}[\-/ ']+(?P<short>\d\d)(?!\d)",
        rf"{_WESTERN}[ ,\-/.]+{_NAME}",
        # year alone
        rf"(?:fy\s?){_WESTERN}(?P<fiscal>)",
        r"(?<![a-z])fy\s?(?P<short>\d\d)(?!\d)(?P<fiscal>)",
        rf"{_YEAR}\s?(?P<fiscal>年度)",
        rf"{_YEAR}年(?!度)",
        rf"^{_WESTERN}$",
        r"^(?P<era>[rh])\.?(?P<eyear>\d{1,2}|元)$",
        # month alone
        rf"(?<![\d.年]){_MONTH}月(?:分|度|期)?{_TAIL}",
        rf"(?<![a-z]){_NAME}",
    )
)


@dataclass(frozen=True, slots=True)
class Dated:
    """What a label says of time; every part may be missing. `fiscal` tells whether the year is a fiscal one (年度)."""

    year: int | None = None
    fiscal: bool = False
    month: int | None = None
    quarter: int | None = None
    half: int | None = None
    first_month: int | None = None
    end: bool = False

    @property
    def within_year(self) -> bool:
        """Whether it names a part of a year."""
        return bool(self.month or self.quarter or self.half)

    def completed(self, year: int, fiscal: bool) -> "Dated":
        """The same with a year found elsewhere."""
        return Dated(year, fiscal, self.month, self.quarter, self.half, self.first_month, self.end)


@cache
def find(text: str) -> tuple[Dated | None, str]:
    """The dates of a normalised text as one `Dated`, and the text without them; two that contradict each other give None."""
    plain = text.casefold()
    for pattern in _PATTERNS:
        found = pattern.search(plain)
        dated = _dated(found) if found else None
        if found and dated:
            rest = text[: found.start()] + "\n" + text[found.end() :]
            return _joined(dated, rest)
    return None, text


def _joined(dated: Dated, rest: str) -> tuple[Dated | None, str]:
    other, rest = find(rest)
    if other is None or other == dated:
        return dated, rest
    if dated.within_year and not dated.year and other.year and not other.within_year:
        return dated.completed(other.year, other.fiscal), rest
    if other.within_year and not other.year and dated.year and not dated.within_year:
        return other.completed(dated.year, dated.fiscal), rest
    if dated.within_year and dated.year and other.year and not other.within_year:
        period = period_of(dated)
        if period and other.fiscal and period.fiscal_year == other.year:
            return dated, rest
        if not other.fiscal and dated.year == other.year:
            return dated, rest
    return None, rest


def _dated(found: re.Match[str]) -> Dated | None:
    part = found.groupdict()
    year = _year(part)
    fiscal = part.get("fiscal") is not None
    tail = part.get("tail") or ""
    end = bool(part.get("day")) or bool(re.search("末|時点|現在|日", tail))
    if part.get("from"):
        return Dated(year, fiscal, month=int(part["to"]), first_month=int(part["from"]), end=part.get("span") == "末")
    if part.get("quarter"):
        return Dated(year, True if year is None else fiscal or True, quarter=_digits(part["quarter"]))
    if part.get("half"):
        return Dated(year, True, half=1 if part["half"] == "上" else 2)
    month = _ENGLISH[part["name"][:3]] if part.get("name") else _digits(part["month"]) if part.get("month") else None
    if year is None and month is None:
        return None
    return Dated(year, fiscal, month=month, end=end)


def _year(part: dict[str, str | None]) -> int | None:
    western = part.get("wyear") or part.get("wyear2")
    if western:
        return int(western)
    if part.get("short"):
        return 2000 + int(part["short"] or 0)
    if part.get("era") and part.get("eyear"):
        return _ERAS[part["era"] or ""] - 1 + _digits(part["eyear"] or "")
    return None


def _digits(text: str | None) -> int:
    if not text or text == "元":
        return 1
    if text.isdigit():
        return int(text)
    tens, ten, ones = text.rpartition("十")
    return (_KANJI.get(tens, 1) * 10 if ten else 0) + _KANJI.get(ones, 0)


def of_date(date: dt.date) -> Dated:
    """A real date in a cell: the month in which it lies; a last day of a month says the end of it."""
    return Dated(date.year, month=date.month, end=(date + dt.timedelta(days=1)).month != date.month)


def period_of(dated: Dated) -> Period | None:
    """The period, or None while the year is unknown or the span is no month, quarter or year."""
    if dated.year is None:
        return None
    if dated.quarter:
        return Period.quarter(dated.year, dated.quarter)
    if dated.half:
        return None
    if dated.month:
        month = Period.month(dated.year + (1 if dated.fiscal and dated.month < 4 else 0), dated.month)
        return _span(month, dated.first_month)
    return Period.year(dated.year) if dated.fiscal else None


def _span(last: Period, first_month: int | None) -> Period | None:
    if first_month is None or first_month == last.first % 12 + 1:
        return last
    months = (last.first % 12 + 1 - first_month) % 12 + 1
    first = last.first - months + 1
    if months == 12 and first_month == 4:
        return Period("year", first)
    if months == 3 and first_month in (4, 7, 10, 1):
        return Period("quarter", first)
    return last if first_month == 4 else None
