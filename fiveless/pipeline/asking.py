"""What a user may ask for by name: periods, codes, bureaus that count; each mistake is told in one sentence."""

import datetime as dt
import difflib
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from fiveless.errors import UsageError
from fiveless.language import Words
from fiveless.period import Period
from fiveless.progress import Scope
from fiveless.structure import GROUP_NAMES, LESSES, Codelists, Indicator

_DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
_INSTANT = dt.timedelta(microseconds=1)
_FIRST, _LAST = 1900, 2199  # the years that settings may name as well
_NOT_BEFORE = Words(
    "{first} が {second} より前ではありません。前の時期を先に書いてください。",
    "{first} is not before {second}; give the earlier one first.",
)
_KINDS = {
    "bureau": Words("局", "bureau"),
    "group": Words("区分", "group"),
    "indicator": Words("指標", "indicator"),
    "measure": Words("指標値", "measure"),
    "less": Words("レス", "less"),
    "basis": Words("集計の区分", "basis"),
    "scenario": Words("区分", "scenario"),
    "status": Words("状態", "status"),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """Which progress is asked for; nothing named is everything, for indicators the headlines."""

    period: Period | None = None
    lesses: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()
    bureaus: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    as_of: dt.datetime | None = None

    def chosen(self, codelists: Codelists) -> list[Indicator]:
        """The indicators: those named, else all of the lesses named, else the headlines."""
        if self.indicators:
            return [each for each in codelists.indicators if each.code in self.indicators]
        if self.lesses:
            return [each for each in codelists.indicators if each.less in self.lesses]
        return list(codelists.headlines())

    @property
    def code(self) -> str:
        """The groups and bureaus named, by their codes."""
        return ";".join([*self.groups, *self.bureaus])

    @property
    def code_counted(self) -> str:
        """The same, and with a minus the bureaus to be left out."""
        return ";".join(filter(None, [self.code, *(f"-{each}" for each in self.exclude)]))

    def scope(self, codelists: Codelists, *, without: bool = False) -> Scope:
        """The bureaus that count, with or without those to be left out."""
        named = {*self.bureaus, *(each.code for each in codelists.bureaus if each.group in self.groups)}
        only = frozenset(named) if self.bureaus or self.groups else None
        return Scope(only, frozenset(self.exclude) if without else frozenset())


EVERYTHING = Asked()


def asked(
    codelists: Codelists,
    lesses: Sequence[str] | None = None,
    indicators: Sequence[str] | None = None,
    bureaus: Sequence[str] | None = None,
    groups: Sequence[str] | None = None,
    exclude: Sequence[str] | None = None,
    as_of: dt.datetime | None = None,
) -> Asked:
    """What was asked for; UsageError for a code that does not exist, with the nearest that do."""
    given = Asked(
        lesses=tuple(lesses or ()),
        indicators=tuple(indicators or ()),
        bureaus=tuple(bureaus or ()),
        groups=tuple(groups or ()),
        exclude=tuple(exclude or ()),
        as_of=as_of,
    )
    for kind, codes, known in (
        ("less", given.lesses, LESSES),
        ("indicator", given.indicators, codelists.indicator),
        ("bureau", (*given.bureaus, *given.exclude), codelists.bureau),
        ("group", given.groups, GROUP_NAMES),
    ):
        for code in codes:
            check_code(code, kind, known)
    return given


def check_code(code: str, kind: str, known: Collection[str]) -> None:
    """UsageError for a code that does not exist, with the nearest that do."""
    if code in known:
        return
    near = difflib.get_close_matches(code, known, n=3) or sorted(known)[:6]
    says = Words("{kind}「{code}」はありません。近いもの：{near}", 'There is no {kind} "{code}"; near it: {near}')
    raise UsageError(says.filled(kind=_KINDS[kind], code=code, near=", ".join(near)))


def month(text: str) -> Period:
    """The month that a user named as `2022-06`; UsageError for all else."""
    try:
        period = Period.of_code(text.strip())
    except ValueError:
        period = None
    if period is None or period.kind != "month" or not _FIRST <= period.fiscal_year <= _LAST:
        says = Words(
            "期間「{text}」を年月として読めません。2022-06 のように書いてください。",
            'The period "{text}" is no month; write it as 2022-06.',
        )
        raise UsageError(says.filled(text=text))
    return period


def two_periods(first: str, second: str) -> tuple[Period, Period]:
    """Two periods to be compared; UsageError where one cannot be read, or they are not of one kind or not one before the other."""
    one, other = bound(first), bound(second)
    if one is None or other is None or one.kind != other.kind:
        says = Words(
            "{first} と {second} は比べられません。月どうし、四半期どうし、年度どうし、日付どうしを指定してください。",
            "{first} and {second} cannot be compared; give two months, two quarters, two fiscal years or two days.",
        )
        raise UsageError(says.filled(first=first, second=second))
    if one.first >= other.first:
        raise UsageError(_NOT_BEFORE.filled(first=first, second=second))
    return one, other


def two_days(first: str, second: str) -> tuple[dt.datetime, dt.datetime]:
    """The ends of two days; UsageError where one does not exist, or they are not one before the other."""
    one, other = known_at(first), known_at(second)
    if one >= other:
        raise UsageError(_NOT_BEFORE.filled(first=first, second=second))
    return one, other


def is_day(text: str) -> bool:
    """Whether a text has the form of a day."""
    return bool(_DAY.fullmatch(text.strip()))


def known_at(text: str) -> dt.datetime:
    """The last instant, in local time, of the day that a user named as `2022-08-15`; UsageError for all else."""
    said = text.strip()
    try:
        day = dt.date.fromisoformat(said if _DAY.fullmatch(said) and _FIRST <= int(said[:4]) <= _LAST else "")
        midnight = dt.datetime.combine(day + dt.timedelta(days=1), dt.time.min)
        # By way of the timestamp: `astimezone` takes a midnight that clocks skip for an hour before it.
        return (dt.datetime.fromtimestamp(midnight.timestamp(), dt.UTC) - _INSTANT).astimezone()
    except (ValueError, OverflowError, OSError):  # the last two for days that the machine's clock does not reach
        says = Words("「{text}」を日付として読めません。2022-08-15 のように書いてください。", '"{text}" is no day; write it as 2022-08-15.')
        raise UsageError(says.filled(text=" ".join(text.split()))) from None


def bound(text: str) -> Period | None:
    """A month, quarter or fiscal year, none for no text; UsageError for all else."""
    if not text:
        return None
    try:
        return Period.of_code(text.strip())
    except ValueError:
        says = Words(
            "期間「{text}」を読めません。2022-06、2022-Q1、FY2022 のいずれかの形で書いてください。",
            'The period "{text}" cannot be read; write it as 2022-06, 2022-Q1 or FY2022.',
        )
        raise UsageError(says.filled(text=text)) from None
