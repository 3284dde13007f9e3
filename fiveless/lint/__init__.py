"""Judges a file by the ministries' rules for machine-readable tables alone: no codelist, no project, no knowledge of what is counted."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from fiveless.finding import Finding
from fiveless.grid import Grid
from fiveless.language import Words
from fiveless.lint import content, shape, stated
from fiveless.lint.flaws import KINDS, Flaw
from fiveless.lint.ministry import APPLIES_NAMES, LEVELS, Applies, Level, MinistryRule, ministry_rules
from fiveless.lint.objects import ObjectKind, Placed, objects
from fiveless.lint.page import Page, page_of
from fiveless.lint.tables import Table, tables_of

__all__ = [
    "APPLIES_NAMES",
    "KINDS",
    "LEVELS",
    "Book",
    "Flaw",
    "Level",
    "LevelVerdict",
    "MinistryRule",
    "Verdict",
    "judge",
    "ministry_rules",
    "objects",
    "unread",
]
_OBJECT_NAMES: Mapping[ObjectKind, Words] = {
    "picture": Words("図", "pictures"),
    "chart": Words("グラフ", "charts"),
    "shape": Words("図形", "shapes"),
    "control": Words("フォーム部品・埋め込み", "form controls or embedded objects"),
}
_FORMAT_FAULTS = frozenset({"F01", "F02", "F03", "F04", "F05", "F09", "F10", "F12", "F13", "F17", "F23"})


@dataclass(frozen=True)
class Book:
    """What is judged: a file's sheets, whether it is CSV, the legacy form that it has (or ""), and the objects on each sheet."""

    file: str
    grids: Sequence[Grid]
    is_csv: bool = False
    legacy: str = ""
    objects: Mapping[str, Sequence[Placed]] | None = None


@dataclass(frozen=True, slots=True)
class LevelVerdict:
    """How many of the rules of a level that apply to a file and are checked here it meets."""

    level: Level
    met: int
    checked: int

    @property
    def conforms(self) -> bool:
        """Whether it meets all of them."""
        return self.met == self.checked


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found in one file: flaws in the order of sheets and rules; for a file that could not be read, why (`refused`)."""

    file: str
    flaws: tuple[Flaw, ...] = ()
    levels: tuple[LevelVerdict, ...] = ()
    refused: Finding | None = None

    @property
    def is_clean(self) -> bool:
        """Whether it was read and nothing was found."""
        return not self.flaws and self.refused is None

    def sheets(self) -> dict[str, list[Flaw]]:
        """The flaws by sheet, "" for those of the whole file."""
        found: dict[str, list[Flaw]] = {}
        for each in self.flaws:
            found.setdefault(each.sheet, []).append(each)
        return found


def judge(book: Book, level: Level = 3) -> Verdict:
    """Judge a file by the rules up to a level."""
    rules = [rule for rule in ministry_rules().values() if rule.level <= level]
    codes = [rule.code for rule in rules]
    flaws = [flaw for flaw in _flaws(book) if flaw.rule.code in codes]
    order = {grid.name: index for index, grid in enumerate(book.grids)}
    flaws.sort(key=lambda each: (order.get(each.sheet, -1), codes.index(each.rule.code)))
    return Verdict(book.file, tuple(flaws), tuple(_levels(rules, flaws, "csv" if book.is_csv else "excel")))


def unread(finding: Finding) -> Verdict:
    """The verdict on a file that cannot be read; if its form is to blame, that breaks the first rule."""
    if finding.code not in _FORMAT_FAULTS:
        return Verdict(finding.file, refused=finding)
    told = {"reason": finding.rule.says.filled(**finding.fields), "mend": finding.rule.mend.filled(**finding.fields)}
    return Verdict(finding.file, (Flaw("unreadable", fields=told),), refused=finding)


def _levels(rules: Iterable[MinistryRule], flaws: Iterable[Flaw], form: Applies) -> Iterator[LevelVerdict]:
    broken = {flaw.rule.code for flaw in flaws}
    checked = [rule for rule in rules if rule.is_checked and rule.applies in ("any", form)]
    for level in LEVELS:
        own = [rule.code for rule in checked if rule.level == level]
        if own:
            yield LevelVerdict(level, len(set(own) - broken), len(own))


def _flaws(book: Book) -> Iterator[Flaw]:
    if book.legacy:
        yield Flaw("legacy", fields={"form": book.legacy})
    pages = [page_of(grid, is_csv=book.is_csv) for grid in book.grids]
    defined = stated.definitions(pages)
    found = False
    for page in pages:
        yield from _objects(page.grid.name, (book.objects or {}).get(page.grid.name, ()))
        if page.grid.hidden:
            yield Flaw("hidden_sheet", page.grid.name)
            continue
        tables = tables_of(page) if page.cells else []
        found = found or bool(tables)
        if tables:
            yield from _sheet(page, tables)
            yield from _joined(flaw for table in tables for flaw in stated.symbols(table, defined))
    if not found:
        yield Flaw("no_table")


def _objects(sheet: str, placed: Sequence[Placed]) -> Iterator[Flaw]:
    drawn = [each for each in placed if each.kind != "comment"]
    comments = [each for each in placed if each.kind == "comment"]
    if drawn:
        names = [_OBJECT_NAMES[kind] for kind in dict.fromkeys(each.kind for each in drawn)]
        what = Words("・".join(name.ja for name in names), ", ".join(name.en for name in names))
        yield Flaw("objects", sheet, _cells(drawn), len(drawn), {"what": what})
    if comments:
        yield Flaw("comments", sheet, _cells(comments), len(comments))


def _cells(placed: Iterable[Placed]) -> tuple[str, ...]:
    return tuple(each.cells for each in placed if each.cells)


def _sheet(page: Page, tables: Sequence[Table]) -> Iterator[Flaw]:
    """All that a sheet with tables breaks; the same fault of several tables is one."""
    yield from shape.of_sheet(page)
    yield from shape.of_tables(page, tables)
    yield from content.characters(page)
    yield from content.formulas(page)
    yield from content.overflow(page)
    yield from stated.time(page, tables)
    yield from _joined(flaw for table in tables for check in (*shape.CHECKS, *content.CHECKS, stated.areas) for flaw in check(table))
    yield from _joined(flaw for table in tables for flaw in stated.units(table, _captions(page, table, tables)))


def _captions(page: Page, table: Table, tables: Sequence[Table]) -> Iterator[str]:
    """The texts outside of tables that stand above a table, below the one before it."""
    above = max((other.box.bottom for other in tables if other.box.bottom < table.box.top), default=-1)
    for place, text in page.texts.items():
        if above < place[0] <= table.box.top and not any(other.holds(place) for other in tables):
            yield text


def _joined(flaws: Iterable[Flaw]) -> Iterator[Flaw]:
    """The flaws of several tables, those of one kind as one with all its cells."""
    kinds: dict[str, list[Flaw]] = {}
    for each in flaws:
        kinds.setdefault(each.kind, []).append(each)
    for kind, own in kinds.items():
        cells = tuple(dict.fromkeys(cell for each in own for cell in each.cells))
        yield Flaw(kind, own[0].sheet, cells, sum(each.count for each in own), own[0].fields)
