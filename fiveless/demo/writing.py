"""Demo workbooks onto disk, the same bytes each time."""

import datetime as dt
import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import xlsxwriter

from fiveless.demo.sheet import SYNTHETIC, Book, Cell, Sheet

_CREATED = dt.datetime(2023, 4, 3, 9, 0)  # noqa: DTZ001 - the file format holds no time zone
_FONT = {"font_name": "Yu Gothic", "font_size": 10, "valign": "vcenter"}
_BOX: Mapping[str, Any] = {"border": 1, "border_color": "#7F7F7F"}
_HEAD: Mapping[str, Any] = {**_BOX, "bg_color": "#DDEBF7", "align": "center", "text_wrap": True}
_SUM: Mapping[str, Any] = {**_BOX, "bg_color": "#F2F2F2"}
_ERA_MONTH = '[$-411]ggge"年"m"月"'
_STYLES: Mapping[str, Mapping[str, Any]] = {
    "plain": {},
    "title": {"bold": True, "font_size": 14},
    "note": {"font_color": "#C00000", "font_size": 9},
    "caption": {"bold": True},
    "right": {"align": "right"},
    "head": _HEAD,
    "label": {**_BOX, "text_wrap": True},
    "middle": {**_BOX, "align": "center"},
    "date": {**_BOX, "align": "center", "num_format": _ERA_MONTH},
    "number": {**_BOX, "num_format": "#,##0"},
    "sum": {**_SUM, "num_format": "#,##0"},
    "sum_label": {**_SUM, "align": "center"},
}


def write(book: Book, folder: Path) -> Path:
    """Write the workbook into a folder that exists; the file's path. OSError where it cannot be written."""
    path = folder / book.file
    with xlsxwriter.Workbook(path, {"in_memory": True}) as workbook:
        workbook.set_properties(
            {
                "title": book.file.removesuffix(".xlsx"),
                "subject": "架空データ / synthetic data",
                "keywords": "架空データ, synthetic",
                "comments": SYNTHETIC,
                "created": _CREATED,
            }
        )
        formats = {name: workbook.add_format({**_FONT, **style}) for name, style in _STYLES.items()}
        for sheet in book.sheets:
            _write(workbook.add_worksheet(sheet.name), sheet, formats)
    return path


def _write(worksheet: Any, sheet: Sheet, formats: Mapping[str, Any]) -> None:
    worksheet.set_landscape()
    worksheet.set_paper(9)
    worksheet.fit_to_pages(1, 0)
    worksheet.hide_gridlines(2)
    for column, width in sheet.widths.items():
        worksheet.set_column(column, column, width)
    for row, height in _heights(sheet).items():
        worksheet.set_row(row, height)
    for cell in sheet.cells:
        _write_cell(worksheet, cell, formats[cell.style])


def _heights(sheet: Sheet) -> dict[int, float]:
    """Rows of headings as high as their wrapped text needs, for no spreadsheet program does it for merged cells."""
    heights: dict[int, float] = {}
    for cell in sheet.cells:
        if cell.style == "head" and isinstance(cell.content, str) and (cell.to is None or cell.to[0] == cell.at[0]):
            (row, first), last = cell.at, (cell.to or cell.at)[1]
            width = sum(sheet.widths.get(column, 8) for column in range(first, last + 1)) - 1
            lines = sum(max(1, math.ceil(_text_width(line) / width)) for line in cell.content.split("\n"))
            heights[row] = max(heights.get(row, 0), 4 + 14 * lines)
    return heights


def _text_width(text: str) -> float:
    """In the unit of column widths, about a digit's; a Japanese character is as wide as two digits."""
    return sum(1.1 if character.isascii() else 2.1 for character in text)


def _write_cell(worksheet: Any, cell: Cell, style: Any) -> None:
    if cell.to is not None:
        worksheet.merge_range(*cell.at, *cell.to, cell.content, style)
    elif cell.formula:
        worksheet.write_formula(*cell.at, cell.formula, style, cell.content)
    elif isinstance(cell.content, dt.date):
        worksheet.write_datetime(*cell.at, cell.content, style)
    elif isinstance(cell.content, str):
        worksheet.write_string(*cell.at, cell.content, style)
    elif cell.content is None:
        worksheet.write_blank(*cell.at, None, style)
    else:
        worksheet.write_number(*cell.at, cell.content, style)
