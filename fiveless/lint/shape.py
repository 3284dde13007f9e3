"""What the shape of a sheet breaks: several tables, gaps, titles and notes, merged and hidden cells, headings."""

from collections.abc import Callable, Iterator, Sequence

from fiveless import dating, notation
from fiveless.lint.flaws import Flaw, Place, columns_span, flaw, ranges, rows_span, span
from fiveless.lint.page import Page
from fiveless.lint.tables import Table, are_running

_ACROSS = 3


def of_sheet(page: Page) -> Iterator[Flaw]:
    """What holds for any sheet with a table: merged spans, hidden rows and columns, and what is struck out."""
    grid = page.grid
    merges = [each for each in grid.merges if (each[0], each[1]) != (each[2], each[3])]
    if merges:
        yield Flaw("merged", grid.name, tuple(span(*each) for each in sorted(merges)), len(merges))
    hidden_rows = {row for row, _ in page.cells} & grid.hidden_rows
    hidden_columns = {column for _, column in page.cells} & grid.hidden_columns
    if hidden_rows:
        yield Flaw("hidden_rows", grid.name, rows_span(hidden_rows), len(hidden_rows))
    if hidden_columns:
        yield Flaw("hidden_columns", grid.name, columns_span(hidden_columns), len(hidden_columns))
    yield from flaw("struck", grid.name, grid.struck & set(page.cells))


def of_tables(page: Page, tables: Sequence[Table]) -> Iterator[Flaw]:
    """How the tables lie on their sheet."""
    name = page.grid.name
    if len(tables) > 1:
        yield Flaw("tables", name, tuple(span(*table.box) for table in tables), len(tables), {"n": len(tables)})
    split_rows = {row for table in tables for row in table.blank_rows}
    split_columns = {column for table in tables for column in table.blank_columns}
    if split_rows:
        yield Flaw("split_rows", name, rows_span(split_rows), len(split_rows))
    if split_columns:
        yield Flaw("split_columns", name, columns_span(split_columns), len(split_columns))
    yield from _margin(page)
    outside = [place for place in page.cells if not any(table.holds(place) for table in tables)]
    first = tables[0].box.top
    yield from flaw("title", name, (place for place in outside if place[0] < first))
    yield from flaw("outside", name, (place for place in outside if not any(place[0] < table.box.top for table in tables)))


def _margin(page: Page) -> Iterator[Flaw]:
    """Blank rows and columns before the first cell with content."""
    top, left = (min(numbers) for numbers in zip(*page.cells, strict=True))
    cells = rows_span(range(top)) + columns_span(range(left))
    if cells:
        yield Flaw("margin", page.grid.name, cells, top + left)


def of_headings(table: Table) -> Iterator[Flaw]:
    """What the headings of a table break."""
    name = table.page.grid.name
    if not table.headings:
        yield Flaw("no_headings", name, (span(*table.box),))
        return
    if table.headings > 1:
        top, left, _, right = table.box
        yield Flaw("heading_rows", name, (span(top, left, top + table.headings - 1, right),), fields={"n": table.headings})
    used = [column for column in table.columns if table.body(column) or table.heading(column)]
    last = table.heading_rows[-1]
    yield from flaw("no_heading", name, ((last, column) for column in used if not table.heading(column)))
    yield from flaw("sign_heading", name, ((last, column) for column in used if _is_sign(table.heading(column))))
    yield from _same(table, used)
    yield from flaw("omitted_heading", name, _left_out(table))
    yield from _across(table)


def _is_sign(heading: Sequence[str]) -> bool:
    return bool(heading) and not any(character.isalnum() for text in heading for character in text)


def _same(table: Table, used: Sequence[int]) -> Iterator[Flaw]:
    """Columns of which all rows of headings together say the same."""
    columns: dict[tuple[str, ...], list[int]] = {}
    for column in used:
        heading = tuple(notation.normalised(text) for text in table.heading(column))
        columns.setdefault(heading, []).append(column)
    again = {heading: found for heading, found in columns.items() if heading and len(found) > 1}
    places = [(table.heading_rows[-1], column) for found in again.values() for column in found]
    yield from flaw("same_heading", table.page.grid.name, places, example="/".join(next(iter(again), ())))


def _left_out(table: Table) -> Iterator[Place]:
    """Blank cells of an upper row of headings, right of a filled one, that no merged span fills: the heading is meant to go on."""
    for row in table.heading_rows[:-1]:
        before = False
        for column in table.columns:
            filled = table.page.anchor((row, column)) is not None
            if before and not filled and table.page.anchor((table.heading_rows[-1], column)) is not None:
                yield row, column
            before = before or filled


def _across(table: Table) -> Iterator[Flaw]:
    """Points in time that head columns."""
    for row in table.heading_rows:
        places = [(row, column) for column in table.columns if (row, column) in table.page.cells]
        numbers = [place for place in places if table.page.sort(place) == "number"]
        running = numbers if are_running([table.page.cells[place] for place in numbers]) else []
        timed = [*running, *(place for place in places if place not in running and _is_time(table.page, place))]
        if len(timed) >= _ACROSS:
            yield Flaw("across", table.page.grid.name, ranges(timed), len(timed))
            return


def _is_time(page: Page, place: Place) -> bool:
    value = page.cells[place]
    if isinstance(value, str):
        dated, rest = dating.find(notation.normalised(value))
        return dated is not None and len(rest.replace(dating.DATE, "").strip("()分度時点末 ")) <= 2
    return page.sort(place) == "date"


def omitted(table: Table) -> Iterator[Flaw]:
    """Labels of rows that are blank below a filled one, or say «as above»."""
    yield from flaw("omitted", table.page.grid.name, [*_blank_labels(table), *_ditto(table)])


_DITTO = frozenset({"〃", "″", '"', "''", "同上", "同", "々", "ditto"})


def _ditto(table: Table) -> Iterator[Place]:
    for column in table.columns:
        yield from (place for place in table.body(column) if table.page.text(place).strip() in _DITTO)


def _blank_labels(table: Table) -> Iterator[Place]:
    """Blank cells of a column of labels in rows with numbers, unless the row is a total named further left."""
    for column in table.labels:
        above = False
        for row in table.rows:
            filled = table.page.anchor((row, column)) is not None
            if above and not filled and _has_numbers(table, row) and not _is_total(table, row, column):
                yield row, column
            above = above or filled


def _has_numbers(table: Table, row: int) -> bool:
    return any((row, column) in table.page.cells for column in table.numeric)


def _is_total(table: Table, row: int, column: int) -> bool:
    texts = (table.page.text((row, left)) for left in table.labels if left < column)
    return any(notation.normalised(text).casefold().endswith(("計", "total", "全体", "全局")) for text in texts)


Check = Callable[[Table], Iterator[Flaw]]
CHECKS: tuple[Check, ...] = (of_headings, omitted)
