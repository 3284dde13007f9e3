"""The quick parser, python-calamine, with its failures as None."""

import io
from collections.abc import Callable
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
