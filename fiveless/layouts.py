"""Layout files: what a project says of sheets that leave something unsaid, each a TOML file in `data/layouts/`."""

import re
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from fiveless.errors import UnreadableFileError
from fiveless.finding import RULES
from fiveless.grid import column_number
from fiveless.language import Words
from fiveless.notation import normalised
from fiveless.settings import TEXT, YES, Type, as_text, as_texts, checked, fail, parsed
from fiveless.structure import Area, Codelists, FileLayout, SheetLayout

_ONE = r"([A-Z]{1,3})([1-9]\d{0,6})"
_AREA = re.compile(rf"{_ONE}(?::{_ONE})?")
EVERYTHING = Area(0, 0, 2**20, 2**14)


def load(folder: Path) -> tuple[FileLayout, ...]:
    """The layouts in a folder, in the order of their names; FivelessError for one that cannot be understood."""
    return tuple(_file(path) for path in sorted(folder.glob("*.toml")))


def of_file(codelists: Codelists, name: str) -> FileLayout | None:
    """The layout of a file by its name; UnreadableFileError where two lay claim to it."""
    claims = [each for each in codelists.layouts if fnmatchcase(normalised(name), normalised(each.file))]
    if len(claims) > 1:
        fields = {"one": claims[0].source, "other": claims[1].source}
        raise UnreadableFileError("F30", RULES["F30"].says.filled(**fields), fields)
    return claims[0] if claims else None


def of_sheet(layout: FileLayout | None, name: str) -> list[SheetLayout]:
    """What a layout says of a sheet by its name."""
    return [each for each in layout.sheets if fnmatchcase(normalised(name), normalised(each.sheet))] if layout else []


# Reading ----------------------------------------------------------------------------------------------------------------


def _area(value: Any) -> Area:
    """`B4` or `B4:E9`; ValueError for anything else."""
    found = _AREA.fullmatch(as_text(value).upper())
    if not found:
        raise ValueError(value)
    left, top = column_number(found[1]), int(found[2]) - 1
    right, bottom = (column_number(found[3]), int(found[4]) - 1) if found[3] else (left, top)
    if right < left or bottom < top:
        raise ValueError(value)
    return Area(top, left, bottom, right)


def _left_out(value: Any) -> tuple[Area, ...]:
    return (EVERYTHING,) if value is True else tuple(_area(each) for each in as_texts(value))


def _any_text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value.strip()


def _tables(value: Any) -> list[dict[str, Any]]:
    if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
        raise TypeError(value)
    return value


_ANY_TEXT = Type(_any_text, Words("引用符で囲んだ文字列（空でもよい）", "a text in quotation marks (it may be empty)"))
_CELLS = Type(_area, Words('セル番地か範囲（例 "B4"、"B4:E9"）', 'a cell or a range such as "B4" or "B4:E9"'))
_LEAVE_OUT = Type(_left_out, Words('true か、範囲の並び（例 ["A20:F30"]）', 'true, or a list of ranges such as ["A20:F30"]'))
_SHEETS = Type(_tables, Words("[[sheet]] という見出し", "tables headed [[sheet]]"))
_LABELS = Type(_tables, Words("[[sheet.label]] という見出し", "tables headed [[sheet.label]]"))


def _file(path: Path) -> FileLayout:
    shown = f"layouts/{path.name}"
    given = checked(parsed(path, shown), {"file": TEXT, "sheet": _SHEETS}, shown)
    if "file" not in given:
        fail(
            shown,
            Words('file = "…"（対象のファイル名。* が使えます）を足してください。', 'add file = "…", the name of the files (with *).'),
        )
    sheets = (_sheet(each, f"{shown} › [[sheet]] {number}") for number, each in enumerate(given.get("sheet", []), 1))
    return FileLayout(shown, given["file"], tuple(sheets))


def _sheet(given: dict[str, Any], place: str) -> SheetLayout:
    keys = {"name": TEXT, "says": _ANY_TEXT, "leave_out": _LEAVE_OUT, "label": _LABELS}
    said = checked(given, keys, place)
    labels = list(_labels(said.get("label", []), place))
    return SheetLayout(
        said.get("name", "*"),
        said.get("says", ""),
        tuple((str(at), says) for at, says in labels if isinstance(at, str)),
        tuple((at, says) for at, says in labels if isinstance(at, Area)),
        said.get("leave_out", ()),
    )


def _labels(given: list[dict[str, Any]], place: str) -> Iterator[tuple[str | Area, str]]:
    """What to read in place of a text or of cells; a blank is a question that nobody has answered yet."""
    for number, each in enumerate(given, 1):
        here = f"{place} › [[sheet.label]] {number}"
        said = checked(each, {"text": TEXT, "cells": _CELLS, "says": _ANY_TEXT, "ignore": YES}, here)
        if ("text" in said) == ("cells" in said):
            fail(here, Words("text か cells のどちらか一方を書いてください。", "write either text or cells."))
        if said.get("says") or said.get("ignore"):
            yield said.get("text") or said["cells"], "" if said.get("ignore") else said["says"]
