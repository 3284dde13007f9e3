"""What the cells of a table break: spaces and line breaks, foreign signs, words among numbers, formulas, choices in several spellings."""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import cache

from fiveless import notation
from fiveless.lint.flaws import Flaw, Place, flaw, rows_span
from fiveless.lint.page import Page
from fiveless.lint.tables import Table

_MOST_SIGNS = 8
_EXAMPLE = 20
_CJK = "ぁ-ヿ㐀-鿿々〆"
_LAYOUT_SPACE = re.compile(rf"^\s|\s$|\s\s|(?<=[{_CJK}])\s+(?=[{_CJK}])")
_BREAK = re.compile(r"\n|\r|_x000D_")
_TWO_NUMBERS = re.compile(r"\d\s*[^\d\s.,%]{0,3}\s*[/／、，;；・~～〜\n（(－-]\s*[^\d]{0,8}\d")
# Windows writes these few signs of JIS X 0208 with code points of its own.
_WINDOWS = frozenset("～－∥￠￡￢―—")


# Texts ----------------------------------------------------------------------------------------------------------------


def _texts(table: Table) -> Iterator[tuple[Place, str]]:
    """The texts in the cells of a table with its headings."""
    return ((place, text) for place, text in table.page.texts.items() if table.holds(place))


def layout(table: Table) -> Iterator[Flaw]:
    """Line breaks, and spaces around or inside Japanese words."""
    page = table.page
    texts = [(place, text) for place, text in _texts(table) if page.sort(place) == "words" and not _TWO_NUMBERS.search(text)]
    broken = {place for place, text in texts if _BREAK.search(text.strip())}
    yield from flaw("csv_break" if page.is_csv else "breaks", page.grid.name, broken)
    yield from flaw("spaces", page.grid.name, (place for place, text in texts if place not in broken and _LAYOUT_SPACE.search(text)))


def characters(page: Page) -> Iterator[Flaw]:
    """Signs that another system may show differently or not at all."""
    found = {place: signs for place, text in page.texts.items() if (signs := _foreign(text))}
    distinct = list(dict.fromkeys(sign for signs in found.values() for sign in signs))
    shown = " ".join(map(_named, distinct[:_MOST_SIGNS])) + (" …" if len(distinct) > _MOST_SIGNS else "")
    yield from flaw("characters", page.grid.name, found, signs=shown)


@cache
def _foreign(text: str) -> tuple[str, ...]:
    """The signs of a text that JIS X 0208 lacks; letters and ideographs may be part of a name."""
    return tuple(filter(_is_foreign, text))


@cache
def _is_foreign(sign: str) -> bool:
    if sign in _WINDOWS or unicodedata.category(sign)[0] == "L":
        return False
    try:
        sign.encode("shift_jis")
    except UnicodeEncodeError:
        return True
    return False


def _named(sign: str) -> str:
    return sign if sign.isprintable() and not unicodedata.combining(sign) else f"U+{ord(sign):04X}"


def example(texts: Iterable[str]) -> str:
    """One of some texts, on one line and no longer than a sentence bears."""
    text = " ".join(next(iter(texts), "").split())
    return text if len(text) <= _EXAMPLE else text[: _EXAMPLE - 1] + "…"


# Numbers --------------------------------------------------------------------------------------------------------------


def numbers(table: Table) -> Iterator[Flaw]:
    """In columns of numbers: several in one cell, numbers as text, and words."""
    page, name = table.page, table.page.grid.name
    places = [place for column in table.numeric if not is_code(table, column) for place in table.body(column)]
    figures = [place for place in places if page.sort(place) == "figures"]
    words = [place for place in places if page.sort(place) == "words" and not _is_section(table, place[0])]
    several = [place for place in words if _is_several(page.text(place))]
    others = [place for place in words if place not in several]
    for kind, found in (("several", several), ("text_number", figures), ("words", others)):
        yield from flaw(kind, name, found, example=example(page.text(place) for place in found))


def _is_several(text: str) -> bool:
    return notation.begins_as_number(text) or bool(_TWO_NUMBERS.search(text))


def _is_section(table: Table, row: int) -> bool:
    """Whether a row shows one thing only: it names a part of the table."""
    return len({table.page.anchor((row, column)) for column in table.columns} - {None}) == 1


def _has_number(table: Table, row: int) -> bool:
    return any(table.page.sort((row, column)) in ("number", "figures", "mark") for column in table.numeric)


_CODE = re.compile(r"コード|番号|電話|内線|〒|^(?:no\.?|id|#|年|年度|西暦|月|年月|順位|連番|通番)$|年度?$", re.IGNORECASE)


def is_code(table: Table, column: int) -> bool:
    """Whether the numbers of a column name things (codes, years, telephones) and count nothing."""
    return any(_CODE.search(notation.normalised(text)) for text in table.heading(column))


def blanks(table: Table) -> Iterator[Flaw]:
    """Blank cells in rows that have numbers."""
    page = table.page
    rows = [row for row in table.rows if _has_number(table, row)]
    empty = [(row, column) for row in rows for column in table.numeric if page.anchor((row, column)) is None]
    yield from flaw("blanks", page.grid.name, empty)


def formulas(page: Page) -> Iterator[Flaw]:
    """Formulas, their errors, and those without a result."""
    grid = page.grid
    yield from flaw("errors", grid.name, grid.errors, example=next(iter(grid.errors.values()), ""))
    yield from flaw("uncached", grid.name, grid.uncached)
    yield from flaw("formulas", grid.name, set(grid.formulas) - set(grid.errors) - grid.uncached)


def overflow(page: Page) -> Iterator[Flaw]:
    """Lines of a CSV with more values than the others."""
    if page.overflow:
        yield Flaw("csv_commas", page.grid.name, rows_span(page.overflow), len(page.overflow))


# Choices --------------------------------------------------------------------------------------------------------------


def _choices(table: Table) -> Iterator[dict[Place, str]]:
    """The texts of each column of words."""
    for column in table.columns:
        if column not in table.numeric:
            yield {place: table.page.text(place) for place in table.body(column) if table.page.sort(place) == "words"}


def variants(table: Table) -> Iterator[Flaw]:
    """Texts of one column that differ in width or capitals only: the rarer spellings."""
    places: list[Place] = []
    examples: list[str] = []
    for texts in _choices(table):
        spellings: dict[str, Counter[str]] = {}
        for text in texts.values():
            bare = re.sub(r"\s", "", text)
            spellings.setdefault(notation.normalised(bare).casefold(), Counter())[bare] += 1
        several = {key: found for key, found in spellings.items() if len(found) > 1}
        usual = {found.most_common(1)[0][0] for found in several.values()}
        rare = {text for found in several.values() for text in found} - usual
        places += [place for place, text in texts.items() if re.sub(r"\s", "", text) in rare]
        examples += ["/".join(found) for found in several.values()]
    yield from flaw("variants", table.page.grid.name, places, example=example(examples))


_OTHER = re.compile(r"その他\s*[（(:：]\s*\S")
_OTHER_IN_FULL = re.compile(r"その他\s*[（(:：]\s*(?:具体|詳細|内容)")


def other(table: Table) -> Iterator[Flaw]:
    """その他（…） in a column in which その他 or その他（…） stands more than once, or that asks for details in so many words."""
    places: list[Place] = []
    for texts in _choices(table):
        found = [place for place, text in texts.items() if _OTHER.search(text)]
        repeated = sum(text.startswith("その他") for text in texts.values()) > 1
        places += [place for place in found if repeated or _OTHER_IN_FULL.search(texts[place])]
    yield from flaw("other", table.page.grid.name, places)


Check = Callable[[Table], Iterator[Flaw]]
CHECKS: tuple[Check, ...] = (layout, numbers, blanks, variants, other)
