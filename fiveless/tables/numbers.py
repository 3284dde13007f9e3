"""A number in words: whose it is and of what, its value to the last digit and its change, its place, and times on this machine's clock."""

import datetime as dt
import re
from collections.abc import Sequence
from decimal import Decimal, localcontext

from rich.text import Text

from fiveless.figures import MINUS, plain, plural
from fiveless.language import Lang, Words
from fiveless.period import Period
from fiveless.preview.wording import BASES, SCENARIOS
from fiveless.revision import Difference, Revision
from fiveless.structure import Codelists
from fiveless.tables.lines import hanging, packed

SHOWN = 50  # numbers on a terminal
_DIGITS = 60
_CONTROL = re.compile("[\\x00-\\x1f\\x7f-\\x9f\\u2028\\u2029]+")
_MORE = Words("ほか {n:,} 件の数値があります。--format csv ですべて出ます。", "{n:,} more numbers; --format csv gives all.")


def bureau_of(each: Revision | Difference, codelists: Codelists, lang: Lang) -> str:
    """The bureau's name; its code where the codelists have it no more."""
    bureau = codelists.bureau.get(each.bureau)
    return bureau.name.to(lang) if bureau else clean(each.bureau)


def subject(each: Revision | Difference, codelists: Codelists, lang: Lang) -> list[str]:
    """What the number of a bureau is: office (if any), measure (its code where the codelists have it no more), period, basis, scenario."""
    measure = codelists.measure.get(each.measure)
    told = [clean(each.office), measure.name.to(lang) if measure else clean(each.measure), Period.of_code(each.period).label(lang)]
    return [*filter(None, told), BASES[each.basis].to(lang), SCENARIOS[each.scenario].to(lang)]


def clean(text: str) -> str:
    """Text on one line: line ends and other control characters become a space."""
    return _CONTROL.sub(" ", text)


def exact(value: Decimal) -> str:
    """A value to its last digit, thousands separated."""
    return f"{Decimal(plain(value)):,f}".replace("-", MINUS)


def unit_of(measure: str, value: Decimal, codelists: Codelists, lang: Lang) -> str:
    """The measure's unit as it stands behind a value; empty where the codelists have the measure no more."""
    known = codelists.measure.get(measure)
    if not known:
        return ""
    return known.unit_ja if lang == "ja" else known.unit if abs(value) == 1 else plural(known.unit)


def change(before: Decimal | None, after: Decimal | None) -> Decimal | None:
    """What was added, exact; None where a value is lacking."""
    if before is None or after is None:
        return None
    with localcontext(prec=_DIGITS):
        return after - before


def signed(added: Decimal | None) -> str:
    """A change with its sign; nothing for none."""
    return ("+" if added > 0 else "") + exact(added) if added else ""


def place(file: str, sheet: str, cell: str) -> str:
    """File, sheet and cell, as findings name them."""
    return " › ".join(clean(part) for part in (file, sheet, cell) if part)


def local(time: dt.datetime) -> str:
    """A time to the minute, on this machine's clock."""
    return f"{time.astimezone():%Y-%m-%d %H:%M}"


def iso(time: dt.datetime | None) -> str | None:
    """A time in UTC to the second, as an export has it."""
    return f"{time.astimezone(dt.UTC):%Y-%m-%dT%H:%M:%SZ}" if time else None


def paragraph(parts: Sequence[str], width: int | None, indent: int = 0, style: str = "") -> list[Text]:
    """Parts on as few lines as hold them, or (`width` None) on one that is never folded."""
    lines = packed(parts, width - indent) if width else ["   ".join(parts)]
    return [Text(" " * indent + line, style) for line in lines]


def folded(start: str, text: str, width: int | None, style: str = "") -> list[Text]:
    """A text behind `start`, folded below itself, or (`width` None) on one line."""
    return [Text(line, style) for line in hanging(start, text, width)]


def more(count: int, lang: Lang, width: int | None) -> list[Text]:
    """What a terminal was spared: how many numbers more there are; nothing where there are none."""
    return [Text(), *folded("", _MORE.filled(n=count).to(lang), width, "dim")] if count > 0 else []
