"""The quick parser, python-calamine, with its failures as None."""

import io
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from fiveless.grid import Span, Value

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

_T = TypeVar("_T")


def opened(content: bytes) -> "CalamineWorkbook | None":
    """A workbook, opened; None if the parser cannot."""
    from python_calamine import CalamineWorkbook

    return _tried(lambda: CalamineWorkbook.from_filelike(io.BytesIO(content)))


def rows(workbook: "CalamineWorkbook", name: str) -> list[list[Value]] | None:
    """The rows of a sheet from A1; None if the parser fails on it."""
    return _tried(lambda: workbook.get_sheet_by_name(name).to_python(skip_empty_area=False))


def rows_of_parts(parts: Sequence[Callable[[], bytes]]) -> list[list[Value]] | None:
    """The rows of a sheet that was cut into workbooks of one sheet each, read at once, for the parser lets other threads run meanwhile.

    None if it fails on any of them, or if they do not follow each other.
    """
    with ThreadPoolExecutor(len(parts)) as pool:
        found = list(pool.map(_tried, [partial(_placed, part) for part in parts]))
    width = max((left + len(own[0]) for _, left, own in filter(None, found) if own), default=0)
    together: list[list[Value]] = []
    for part in found:
        if part is None or (part[2] and part[0] < len(together)):
            return None
        top, left, own = part
        if own:
            before: list[Value] = [""] * left
            behind: list[Value] = [""] * (width - left - len(own[0]))
            together += ([""] * width for _ in range(top - len(together)))
            together += [[*before, *row, *behind] for row in own] if before or behind else own
    return together


def _placed(part: Callable[[], bytes]) -> tuple[int, int, list[list[Value]]]:
    """The row and column at which the only sheet of a workbook begins, and its rows from there on."""
    from python_calamine import CalamineWorkbook

    sheet = CalamineWorkbook.from_filelike(io.BytesIO(part())).get_sheet_by_index(0)
    return *(sheet.start or (0, 0)), sheet.to_python(skip_empty_area=True)


def merges(workbook: "CalamineWorkbook", name: str) -> list[Span]:
    """The merged ranges of a sheet, as far as the format of the file lets the parser tell."""
    found = _tried(lambda: workbook.get_sheet_by_name(name).merged_cell_ranges) or ()
    return [(top, left, bottom, right) for (top, left), (bottom, right) in found]


def _tried(step: Callable[[], _T]) -> _T | None:
    from python_calamine import CalamineError, WorksheetNotFound

    try:
        return step()
    except (CalamineError, WorksheetNotFound, OSError, ValueError, OverflowError):
        return None
    except BaseException as error:
        if type(error).__name__ == "PanicException":  # what a failed assertion within the parser arrives as
            return None
        raise
