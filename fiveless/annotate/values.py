"""The values of a file of another form as a plain .xlsx, which can then be annotated as any."""

import datetime as dt
import io
import re
from collections.abc import Iterable, Sequence
from typing import Any

import xlsxwriter

from fiveless.grid import Grid, Value, address

_UNFIT = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_LONGEST = 31
_MOST_TEXT = 32767
_FORMATS: dict[type, str] = {dt.datetime: "yyyy-mm-dd hh:mm", dt.date: "yyyy-mm-dd", dt.time: "hh:mm:ss", dt.timedelta: "[h]:mm:ss"}


def names(grids: Iterable[Grid]) -> dict[str, str]:
    """For each sheet the name that Excel allows it: 31 characters at most, no brackets, no quote at either end, each one once."""
    given: dict[str, str] = {}
    taken: set[str] = set()
    for grid in grids:
        fit = _UNFIT.sub("_", grid.name).strip("'")[:_LONGEST].strip("'") or "_"
        name, number = fit, 1
        while name.lower() in taken or name.lower() == "history":
            number += 1
            name = f"{fit[: _LONGEST - len(str(number)) - 1]}_{number}"
        taken.add(name.lower())
        given[grid.name] = name
    return given


def copied(grids: Sequence[Grid]) -> bytes:
    """A workbook of the same sheets with their values, merged cells, and what is hidden of them."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "nan_inf_to_errors": True}
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties({"created": dt.datetime(1980, 1, 1)})  # noqa: DTZ001 - the same bytes each time; the format holds no zone
        formats = {kind: book.add_format({"num_format": shown}) for kind, shown in _FORMATS.items()}
        for grid, name in zip(grids, names(grids).values(), strict=True):
            _fill(book.add_worksheet(name), grid, formats)
    return out.getvalue()


def _fill(sheet: Any, grid: Grid, formats: dict[type, Any]) -> None:
    if grid.rows:
        sheet.ignore_errors({"number_stored_as_text": f"A1:{address(len(grid.rows) - 1, max(0, max(map(len, grid.rows)) - 1))}"})
    if grid.hidden:
        sheet.hide()
    for row, column in ((row, column) for row, values in enumerate(grid.rows) for column, value in enumerate(values) if value != ""):
        _write(sheet, row, column, grid.rows[row][column], formats)
    for place, shown in grid.errors.items():
        sheet.write_string(*place, shown)
    for top, left, bottom, right in grid.merges:
        sheet.merge_range(top, left, bottom, right, "")
        if top < len(grid.rows) and left < len(grid.rows[top]) and grid.rows[top][left] != "":
            _write(sheet, top, left, grid.rows[top][left], formats)


def _write(sheet: Any, row: int, column: int, value: Value, formats: dict[type, Any]) -> None:
    if isinstance(value, str):
        sheet.write_string(row, column, value[:_MOST_TEXT])
    elif isinstance(value, bool):
        sheet.write_boolean(row, column, value)
    elif isinstance(value, int | float):
        sheet.write_number(row, column, value)
    else:
        sheet.write_datetime(row, column, value, formats[type(value)])
