"""How labels write months, quarters and years: 令和4年6月, R4.6, 2022年度, 第1四半期, 4月～6月, Jun-22."""

import calendar
import datetime as dt
import re
from dataclasses import dataclass, replace
from functools import cache

from fiveless.period import Period

_EPOCH = dt.date(1899, 12, 30)
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
_ROMAN = ("i", "ii", "iii", "iv")
_KANJI = {digit: number for number, digit in enumerate("〇一二三四五六七八九")}
_ENGLISH = {
    name: number for number, name in enumerate(("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1)
}
_NUM = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
_ERA_YEAR = (
    r"(?P<era>明治|大正|昭和|平成|令和|(?<![a-z])[mtshr](?=\.?\s?(?:\d|元(?:年|[./-]\d)))|[令平昭](?=\.?(?:\d|元)))"
    rf"\.?\s?(?P<eyear>元|{_NUM})"
)
_WESTERN = r"(?<!\d)(?P<wyear>(?:19|20)\d\d)(?!\d)"
_YEAR = rf"(?:{_ERA_YEAR}|{_WESTERN})"
_MONTH = r"(?P<month>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
_YEAR_2 = _YEAR.replace("<era>", "<era2>").replace("<eyear>", "<eyear2>").replace("<wyear>", "<wyear2>")
_TWICE = re.compile(rf"{_YEAR}(?P<unit>年度?)?\s?\({_YEAR_2}年?度?\)(?=(?P<next>年)|\s?[./-]?\d|\s|$)", re.IGNORECASE)
_IN_BOTH_ERAS = re.compile(rf"{_YEAR}年?度?\s?[・/]\s?(?={_YEAR_2}年)", re.IGNORECASE)
_WEEKDAY = r"(?:\([日月火水木金土]\))?"
_TO, _LAST_DAY = r"\s?(?:~|-|から)\s?", r"(?:2[89]|3[01]|末)"
# From the first day of a month to the last of the same or another: 令和4年6月1日~30日, R4.4.1~R4.6.30
_DAYS = tuple(
    (re.compile(pattern, re.IGNORECASE), kept)
    for pattern, kept in (
        (rf"(\d{{1,2}}月)1日{_WEEKDAY}{_TO}{_LAST_DAY}日{_WEEKDAY}(?:まで|分)?", r"\1"),
        (rf"(\d{{1,2}}月)1日{_WEEKDAY}{_TO}([^~]{{0,6}}\d{{1,2}}月){_LAST_DAY}日{_WEEKDAY}(?:まで|分)?", r"\1~\2"),
        (rf"(?<![\d./])(\d{{1,2}})/0?1{_WEEKDAY}{_TO}\1/{_LAST_DAY}(?!\d){_WEEKDAY}", r"\1月"),
        (rf"(?<![\d./])(\d{{1,2}})/0?1{_WEEKDAY}{_TO}(\d{{1,2}})/{_LAST_DAY}(?!\d){_WEEKDAY}", r"\1月~\2月"),
        (rf"(\d[./]\d{{1,2}})[./]0?1{_WEEKDAY}{_TO}((?:[rh]?\d+[./])?\d{{1,2}})[./]{_LAST_DAY}(?!\d){_WEEKDAY}", r"\1~\2月"),
    )
)
# From a month on, which is no month of its own: 4月~ in a name of a file
_OPEN = re.compile(r"(?<!\d)(?:1[0-2]|0?[1-9])月分?\s?(?:~|以降|以後|より)(?!\s?[\da-z令平RHrh])")
# Up to a month, that is from April on: ~1月 below 4月, 5月 …
_SINCE_APRIL = re.compile(r"^~\s?(?=(?:1[0-2]|0?[1-9])月)")
_TAIL = r"(?P<tail>(?:\d{1,2}日)?(?:末日?|月末)?(?:時点|現在)?)"
_FY = r"(?:fy|fiscal year)"
_NAME = (
    r"(?P<name>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
    r"(?![a-z])\.?"
)
_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        # from a month of one year to a month of another: 令和4年4月~令和5年3月, R4.4~R5.3
        (
            rf"{_YEAR}(?:年|[./-])(?P<from>1[0-2]|0?[1-9])月?(?:1日)?\s?(?:~|-|から)\s?"
            rf"{_YEAR_2}(?:年|[./-])(?P<to>1[0-2]|0?[1-9])月?(?:[23]\d日)?(?P<span>分|期|まで|末)?"
        ),
        # ranges of months, with or without a year: 4月~6月, 令和4年4-6月
        (
            rf"(?:{_YEAR}(?P<fiscal>年度)?年?度?[の・/ .]?)?(?<!\d)(?P<from>1[0-2]|0?[1-9])月?分?\s?(?:~|-|から)\s?"
            r"(?P<to>1[0-2]|0?[1-9])月(?P<span>分|期|まで|末)?"
        ),
        # the same in short: 2022.4-7 and 2022_04-06, but 2022.4-1 is a version of April's
        rf"{_YEAR}[./_](?P<from>1[0-2]|0?[1-9])\s?(?:~|-)\s?(?P<to>1[0-2]|0?[1-9])(?P<rising>)(?![\d./月日年-])",
        # year and quarter or half
        rf"(?:{_YEAR}(?P<fiscal>年度)?[・/ ]?)?第?(?P<quarter>[1-4一二三四]|iv|i{{1,3}}(?=四))(?:・?四半期|/4期|/四半期|q(?![a-z]))",
        (
            rf"(?:{_FY}\s?)?(?:{_YEAR}[ ,/-]{{0,2}})?(?<![a-z])q(?:uarter )?(?P<quarter>[1-4])(?!\d)"
            rf"(?:[ ,/]{{0,2}}(?:{_FY})?\s?(?P<tailyear>20\d\d))?"
        ),
        rf"(?:{_YEAR}(?P<fiscal>年度)?[・/ ]?)?(?P<half>上|下)(?:半期|期)",
        # a quarter called by its number, with its months: Ⅰ期(4-6月), whose months then agree with it
        r"第?(?P<quarter>iv|i{1,3}|[1-4])期(?=\s?\(\f)",
        # year and month
        rf"(?<![a-z])(?P<era>[rh])(?P<eyear>\d{{1,2}}|元)\s+{_MONTH}月(?:分|度)?{_TAIL}",
        rf"{_YEAR}(?P<fiscal>年度)\s?{_MONTH}月(?:分|度)?{_TAIL}",
        rf"{_YEAR}年\s?{_MONTH}月(?:分|度)?{_TAIL}",
        rf"{_YEAR}\s?[./\-]\s?{_MONTH}(?!\d)(?:[./\-](?P<day>\d{{1,2}})(?!\d|つの|レス))?月?(?:分|度)?{_TAIL}",
        r"(?<!\d)(?P<wyear>20\d\d)_?(?P<month>0[1-9]|1[0-2])(?:(?P<day>[0-3]\d))?(?!\d)",
        r"(?<![a-z])(?P<era>[rh])(?P<eyear>\d\d)(?P<month>0[1-9]|1[0-2])(?!\d)",
        rf"(?<![a-z]){_NAME} (?P<day>\d{{1,2}})(?:st|nd|rd|th)?,? ?{_WESTERN}",
        rf"(?<=as of ){_NAME} (?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?![\d,])(?P<tail>)",
        rf"(?<!\d)(?P<day>\d{{1,2}})(?:st|nd|rd|th)? {_NAME},? ?{_WESTERN}",
        rf"(?<![a-z]){_NAME}[ ,\-/.']*(?P<wyear>20\d\d)(?!\d)",
        rf"(?<![a-z]){_NAME}[\-/ ']+(?P<short>1[5-9]|[2-9]\d)(?!\d)",
        rf"{_WESTERN}[ ,\-/.]+{_NAME}",
        # year alone
        rf"{_FY}\s?{_WESTERN}(?P<fiscal>)",
        r"(?<![a-z])fy\s?(?P<short>\d\d)(?!\d)(?P<fiscal>)",
        rf"{_YEAR}\s?(?P<fiscal>年度)",
        rf"{_YEAR}年(?!度)",
        rf"^{_WESTERN}$",
        r"^(?P<era>[rh])\.?(?P<eyear>\d{1,2}|元)$",
        r"(?<![a-z0-9])(?P<era>[rh])\.?(?P<eyear>\d{1,2}|元)(?P<fiscal>)(?=実績|計画|目標|上限|見込|予定|配当|限度|枠|年間|通年|年計|累計|同月|同期|月[次別例間]|\)$)",
        # day alone: 8/31現在, (8/31)
        rf"(?<![\d./年]){_MONTH}/(?P<day>\d{{1,2}})(?=現在|時点){_TAIL}",
        rf"(?<=\(){_MONTH}/(?P<day>\d{{1,2}})(?P<tail>)(?=\))",
        # month alone
        rf"(?<![\d.])(?<!(?<![前昨今本当同])年){_MONTH}月(?:分|度|期)?{_TAIL}",
        rf"(?<![a-z]){_NAME}",
    )
)


@dataclass(frozen=True, slots=True)
class Dated:
    """What a label says of time; every part may be missing.

    `fiscal` tells whether the year is a fiscal one (年度); `first_month` with which month a span begins, whose year is then `year`;
    `turns` how many Decembers lie between a month and the first one of its row or column; `exact` whether it is a day in the middle of
    a month, as letters bear and figures do not; `same_month` whether 同月 names the month of the report in that year.
    """

    year: int | None = None
    fiscal: bool = False
    month: int | None = None
    quarter: int | None = None
    half: int | None = None
    first_month: int | None = None
    end: bool = False
    turns: int = 0
    exact: bool = False
    same_month: bool = False

    @property
    def within_year(self) -> bool:
        """Whether it names a part of a year."""
        return bool(self.month or self.quarter or self.half)

    def completed(self, year: int, fiscal: bool) -> "Dated":
        """The same with a year found elsewhere; a calendar year is that of the first month of its row or column."""
        return replace(self, year=year if fiscal else year + self.turns, fiscal=fiscal)

    def lies_in(self, other: "Dated") -> bool:
        """Whether it is a month or quarter of a longer part of a year (4月 of 上半期), so far as one of them tells no year."""
        if self.year and other.year:
            return False
        (first, last), (begin, end) = _months(self), _months(other)
        if not (first and last and begin and end):
            return False
        own, whole = (last - first) % 12, (end - begin) % 12
        return own < whole and (first - begin) % 12 + own <= whole

    def same_months(self, other: "Dated") -> bool:
        """Whether two names of a part of a year, such as 第1四半期 and 4-6月, are the same months."""
        return self.within_year and other.within_year and _months(self) == _months(other)


def _months(dated: Dated) -> tuple[int | None, int | None]:
    """The first and last month of a part of a year."""
    if dated.quarter:
        return (3 * dated.quarter) % 12 + 1, (3 * dated.quarter + 2) % 12 + 1
    if dated.half:
        return (4, 9) if dated.half == 1 else (10, 3)
    return dated.first_month or dated.month, dated.month


DATE = "\f"
# Without any of these no pattern fits; most names of offices have none.
_HINT = re.compile(r"[年月期~平令昭A-Za-z]|\d\s?[./-]\s?\d|\d{4}")


@cache
def find(text: str) -> tuple[Dated | None, str]:
    """The dates of a normalised text as one `Dated`, and the text with `DATE` in their place; two that contradict each other give None."""
    if not _HINT.search(text):
        return None, text
    text = _IN_BOTH_ERAS.sub(_later, _TWICE.sub(_once, text))
    text = _OPEN.sub("\n", _SINCE_APRIL.sub("4月~", text))
    for days, kept in _DAYS if "日" in text or "1" in text else ():
        text = days.sub(kept, text)
    plain = text.casefold()
    for pattern in _PATTERNS:
        found = pattern.search(plain)
        dated = _dated(found) if found else None
        if found and dated:
            rest = text[: found.start()] + DATE + text[found.end() :]
            return _joined(dated, rest)
    return None, text


def _once(found: re.Match[str]) -> str:
    """2020(令和2)年度 with its year in one writing; two that are not the same are left as they stand."""
    part = _folded(found)
    second = _second(part)
    return f"{second}{'' if part['next'] else part['unit'] or ''}" if _year(part) == second else found[0]


def _later(found: re.Match[str]) -> str:
    """平成31・令和元年度 without the first writing of its year; two years that are not the same are left as they stand."""
    part = _folded(found)
    return "" if _year(part) == _second(part) else found[0]


def _folded(found: re.Match[str]) -> dict[str, str | None]:
    return {name: text and text.casefold() for name, text in found.groupdict().items()}


def _second(part: dict[str, str | None]) -> int | None:
    """The second year of two that are written one after the other."""
    return _year({"wyear": part.get("wyear2"), "era": part.get("era2"), "eyear": part.get("eyear2")})


def _joined(dated: Dated, rest: str) -> tuple[Dated | None, str]:
    other, rest = find(rest)
    if other is None or other == dated:
        return dated, rest
    inner, outer = (dated, other) if dated.within_year else (other, dated)
    return (_nested(inner, outer) if inner.within_year else None), rest


def _nested(inner: Dated, outer: Dated) -> Dated | None:
    """A part of a year and what else is said of time as one; None if they contradict each other."""
    if outer.within_year:
        for one, other in ((inner, outer), (outer, inner)):
            if (one.half or one.quarter) and one.year is None and other.end and other.year and _months(one)[1] == other.month:
                return other  # 上半期末(令和5年9月30日現在)
        agree = inner.same_months(outer) and (inner.year is None or outer.year is None or inner.year == outer.year)
        return (outer if inner.year is None else inner) if agree else _spanned(inner, outer)
    if inner.year is None and outer.year is not None:
        return inner.completed(outer.year, outer.fiscal)
    period = period_of(inner)
    same = period.fiscal_year == outer.year if outer.fiscal and period else inner.year == outer.year
    return inner if same else None


def _spanned(one: Dated, other: Dated) -> Dated | None:
    """令和5年8月末 and 4月～8月, which ends with it, as one span; None if neither ends with the other."""
    span, last = (one, other) if one.first_month else (other, one)
    if not span.first_month or span.year or last.first_month or span.month != last.month or not last.month or not last.year:
        return None
    crosses = not last.fiscal and span.first_month > last.month
    return replace(span, year=last.year - crosses, fiscal=last.fiscal)


def _dated(found: re.Match[str]) -> Dated | None:
    part = found.groupdict()
    year = _year(part)
    fiscal = part.get("fiscal") is not None
    tail = part.get("tail") or ""
    end = bool(part.get("day")) or bool(re.search("末|時点|現在|日", tail))
    if part.get("from"):
        falls = int(part["to"]) < int(part["from"])
        if year and (_second_year(part, year) != year + falls or (falls and part.get("rising") is not None)):
            return None
        return Dated(year, fiscal, month=int(part["to"]), first_month=int(part["from"]), end=part.get("span") == "末")
    if part.get("quarter"):
        return Dated(year, True, quarter=_digits(part["quarter"]))
    if part.get("half"):
        return Dated(year, True, half=1 if part["half"] == "上" else 2)
    month = _ENGLISH[part["name"][:3]] if part.get("name") else _digits(part["month"]) if part.get("month") else None
    if year is None and month is None:
        return None
    return Dated(year, fiscal, month=month, end=end, exact=_is_exact(part, year, month))


def _is_exact(part: dict[str, str | None], year: int | None, month: int | None) -> bool:
    """Whether a day is named that is not the last of its month, and no 現在 with it."""
    tail = part.get("tail") or ""
    day = part.get("day") or (re.match(r"(\d{1,2})日", tail) or [""])[0].rstrip("日")
    if not day or not month or re.search("末|時点|現在", tail):
        return False
    return int(day) != calendar.monthrange(year or 2000, month)[1]


def _year(part: dict[str, str | None]) -> int | None:
    western = part.get("wyear") or part.get("tailyear")
    if western:
        return int(western)
    if part.get("short"):
        return 2000 + int(part["short"] or 0)
    if part.get("era") and part.get("eyear"):
        return _ERAS[part["era"] or ""] - 1 + _digits(part["eyear"] or "")
    return None


def _second_year(part: dict[str, str | None], year: int) -> int:
    """The year in which a span ends: the one it states, else the first to which its last month can belong."""
    return _second(part) or year + (int(part["to"] or 0) < int(part["from"] or 0))


def year_of_era(text: str) -> int | None:
    """The first year of an era whose whole name a text is."""
    return _ERAS.get(text) if len(text) > 1 else None


def serial(year: int, month: int) -> int:
    """The number that Excel has for the first day of a month."""
    return (dt.date(year, month, 1) - _EPOCH).days


def first_year_of_era(text: str) -> int | None:
    """The first year of the era with which a text begins: 2019 for 令和4年度; None for a western year."""
    found = re.match(_ERA_YEAR, text.strip("(（ \u3000").casefold())
    return _ERAS[found["era"]] if found else None


def _digits(text: str | None) -> int:
    if not text or text == "元":
        return 1
    if text in _ROMAN:
        return _ROMAN.index(text) + 1
    if text.isdigit():
        return int(text)
    tens, ten, ones = text.rpartition("十")
    return (_KANJI.get(tens, 1) * 10 if ten else 0) + _KANJI.get(ones, 0)


def of_date(date: dt.date) -> Dated:
    """A real date in a cell: the month in which it lies; a last day of a month says the end of it."""
    last = (date + dt.timedelta(days=1)).month != date.month
    return Dated(date.year, month=date.month, end=last, exact=not last and date.day > 1)


def period_of(dated: Dated) -> Period | None:
    """The period, or None while the year is unknown or the span is no month, quarter or year."""
    if dated.year is None:
        return None
    if dated.quarter:
        return Period.quarter(dated.year, dated.quarter)
    if dated.half:
        return Period.month(dated.year, 9) if dated.half == 1 else None  # from April on, as 4-9月 is
    if dated.month:
        later = dated.month < 4 if dated.fiscal else dated.month < (dated.first_month or 0)
        month = Period.month(dated.year + later, dated.month)
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
