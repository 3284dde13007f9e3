"""What a user may ask for by name: periods, codes, bureaus that count; each mistake is told in one sentence."""

import datetime as dt
import difflib
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from fiveless.errors import UsageError
from fiveless.language import Words
from fiveless.period import Period
from fiveless.progress import Scope
from fiveless.structure import GROUP_NAMES, LESSES, Codelists, Indicator

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
    def counted(self) -> str:
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
    *,
    period: str = "",
    lesses: Sequence[str] = (),
    indicators: Sequence[str] = (),
    bureaus: Sequence[str] = (),
    groups: Sequence[str] = (),
    exclude: Sequence[str] = (),
    as_of: dt.datetime | None = None,
) -> Asked:
    """What was asked for; UsageError for a code that does not exist, with the nearest that do."""
    for kind, codes, known in (
        ("less", lesses, LESSES),
        ("indicator", indicators, codelists.indicator),
        ("bureau", [*bureaus, *exclude], codelists.bureau),
        ("group", groups, GROUP_NAMES),
    ):
        for code in codes:
            check_code(code, kind, known)
    return Asked(month(period) if period else None, tuple(lesses), tuple(indicators), tuple(bureaus), tuple(groups), tuple(exclude), as_of)


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
    if period is None or period.kind != "month":
        says = Words(
            "期間「{text}」を年月として読めません。2022-06 のように書いてください。",
            'The period "{text}" is no month; write it as 2022-06.',
        )
        raise UsageError(says.filled(text=text))
    return period


def known_at(text: str) -> dt.datetime:
    """The end of a day that a user named as `2022-08-15`, in local time; UsageError for all else."""
    try:
        day = dt.date.fromisoformat(text.strip())
    except ValueError:
        says = Words(
            "日付「{text}」を読めません。2022-08-15 のように、実在する日を書いてください。",
            'The day "{text}" cannot be read; write a day that exists, such as 2022-08-15.',
        )
        raise UsageError(says.filled(text=text)) from None
    return dt.datetime.combine(day, dt.time.max).astimezone()


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
