"""A preview for reading on a screen, and as JSON: sheets drawn with the fate of each cell, and why a cell is what it is."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any

from rich.text import Text

from fiveless.finding import Finding
from fiveless.grid import column_name
from fiveless.language import Lang, Words
from fiveless.observation import FATES
from fiveless.preview import KINDS, Kind, Picture, Preview, Spot, Why, Window
from fiveless.preview.wording import FACETS, LOOKS, given_by
from fiveless.tables.drawing import STYLES, Drawing
from fiveless.tables.lines import cells, hanging, left
from fiveless.tables.receipt import told

_ROWS, _SLICES, _SHEETS, _COLUMNS = 60, 3, 3, 200
_ALWAYS: tuple[Kind, ...] = ("taken", "check", "aside")


def screen(previews: Iterable[Preview], names: Sequence[str], window: Window | None, lang: Lang, width: int | None) -> Iterator[Text]:
    """The sheets (those of some names) of each file, drawn; long and wide ones in part, with a line that says what is left out."""
    for number, preview in enumerate(previews):
        yield from [Text()] if number else []
        pictures = [each for each in preview.pictures if each.name in names]
        yield from _hanging("", _counted(Words(preview.file, preview.file), pictures).to(lang), width, "bold")
        drawn = _worth_drawing(pictures)
        for picture in pictures:
            yield Text()
            if picture in drawn:
                yield from _sheet(picture, window, lang, width)
            else:
                yield from _hanging("", _title(picture, lang) + Words("（--sheet で表示）", " (--sheet shows it)").to(lang), width)
        yield from _told((each for each in preview.reading.findings if not each.sheet), lang, width)


def _worth_drawing(pictures: Sequence[Picture]) -> list[Picture]:
    """The first sheets, those that need a person before the others."""
    return sorted(pictures, key=lambda each: not each.asks)[:_SHEETS]


def _counted(named: Words, pictures: Iterable[Picture]) -> Words:
    """A file or sheet with the fates of its numbers."""
    fates = [each.summary() for each in pictures]
    taken, check, aside = (sum(each[fate] for each in fates) for fate in FATES)
    said = Words(
        "{named}　採用 {taken:,}・検算 {check:,}・保留 {aside:,}",
        "{named}: {taken:,} taken, {check:,} checks, {aside:,} set aside",
    )
    return said.filled(named=named, taken=taken, check=check, aside=aside)


def _title(picture: Picture, lang: Lang) -> str:
    named = Words("シート「{name}」", "Sheet «{name}»").filled(name=picture.name)
    if picture.sheet.grid.hidden:
        named = Words(f"{named.ja}（非表示）", f"{named.en} (hidden)")
    return _counted(named, [picture]).to(lang)


def _sheet(picture: Picture, window: Window | None, lang: Lang, width: int | None) -> Iterator[Text]:
    yield from _hanging("", _title(picture, lang), width, "bold")
    within = window or Window()
    rows = list(islice(picture.used_rows(within.rows(picture.height)), None if window else _ROWS))
    drawing = Drawing(picture, rows, within.columns(picture.width if window else min(picture.width, _COLUMNS)))
    parts = drawing.slices(width)
    shown = parts if window else parts[:_SLICES]
    for part in shown:
        yield from drawing.lines(part, width)
        yield Text()
    left_out = [] if window else [*_rows_left(picture, rows), *_columns_left(picture, shown[-1].columns, parts == shown)]
    for words in left_out:
        yield from _hanging("", words.to(lang), width, "dim")
    yield _legend(picture, lang)
    yield from _told((each for findings in picture.findings.values() for each in findings), lang, width)


def _told(findings: Iterable[Finding], lang: Lang, width: int | None) -> list[Text]:
    """What needs a person, without the file's name, which stands above."""
    return told([replace(each, file="") for each in findings if each.severity != "note"], lang, width)


def _rows_left(picture: Picture, rows: Sequence[int]) -> list[Words]:
    rest = next(picture.used_rows(range(rows[-1] + 1, picture.height)), None) if rows else None
    if rest is None:
        return []
    says = Words(
        "{first}～{last} 行は省きました（--range {first}:{next} で表示）。",
        "Rows {first} to {last} are left out (--range {first}:{next} shows them).",
    )
    return [says.filled(first=rest + 1, last=picture.height, next=min(rest + _ROWS, picture.height))]


def _columns_left(picture: Picture, shown: Sequence[int], complete: bool) -> list[Words]:
    if not shown or (complete and picture.width <= _COLUMNS):
        return []
    says = Words(
        "{first}～{last} 列は省きました（--range {first}:{last} で表示）。",
        "Columns {first} to {last} are left out (--range {first}:{last} shows them).",
    )
    return [says.filled(first=column_name(shown[-1] + 1), last=column_name(picture.width - 1))]


def _legend(picture: Picture, lang: Lang) -> Text:
    """The marks that occur on the sheet with their names and counts; those of the three fates always."""
    counts = picture.counts()
    line = Text()
    for kind in KINDS:
        if kind in LOOKS and LOOKS[kind].mark and (counts[kind] or kind in _ALWAYS):
            line.append("   " if line.plain else "")
            line.append(f"{LOOKS[kind].mark} {LOOKS[kind].name.to(lang)} {counts[kind]:,}", STYLES[kind])
    return line


def _hanging(start: str, text: str, width: int | None, style: str = "") -> list[Text]:
    return [Text(line, style) for line in hanging(start, text, width)]


# Why a cell is what it is ---------------------------------------------------------------------------------------------


def explained(whys: Iterable[Why], lang: Lang, width: int | None) -> Iterator[Text]:
    """Each cell with its fate, what it means, and where each part of that was read."""
    for number, why in enumerate(whys):
        yield from [Text()] if number else []
        yield from _explained(why, lang, width)


def _explained(why: Why, lang: Lang, width: int | None) -> Iterator[Text]:
    kind = why.cell.kind
    look = LOOKS.get(kind)
    place = f"{why.file} › {why.sheet} › {why.cell.cell}"
    said = f"{look.mark} {look.name.to(lang)}".strip() if look else Words("空", "empty").to(lang)
    lines = _hanging("", f"{place}　{why.cell.shown}", width, "bold")
    yield from lines
    yield from (Text(line, STYLES.get(kind, "")) for line in hanging("  ", said + (f" [{why.code}]" if why.code else ""), width))
    for words in why.says:
        yield from _hanging("  ", words.to(lang), width)
    size = max((cells(FACETS[part.facet].to(lang)) for part in why.parts), default=0)
    for part in why.parts:
        start = f"    {left(FACETS[part.facet].to(lang), size)}  "
        yield from _hanging(start, part.value.to(lang) + given_by(part).to(lang), width)
    for words in why.mend:
        yield from _hanging("  → ", words.to(lang), width, "dim")


# For other tools --------------------------------------------------------------------------------------------------------


def as_json(previews: Iterable[tuple[Preview, Sequence[Why]]], lang: Lang) -> str:
    """Files, their sheets, and the cells that were explained; sentences in one language, all else stable English."""
    return json.dumps([_file(preview, whys, lang) for preview, whys in previews], ensure_ascii=False, indent=2)


def _file(preview: Preview, whys: Sequence[Why], lang: Lang) -> dict[str, Any]:
    sheets = [_sheet_record(picture, [why for why in whys if why.sheet == picture.name], lang) for picture in preview.pictures]
    whole = [_finding(each, lang) for each in preview.reading.findings if not each.sheet]
    return {"file": preview.file, "sha256": preview.reading.sha256, "needs_person": preview.asks, "findings": whole, "sheets": sheets}


def _sheet_record(picture: Picture, whys: Sequence[Why], lang: Lang) -> dict[str, Any]:
    summary = picture.summary()
    numbers = {"taken": summary["taken"], "used_as_checks": summary["check"], "set_aside": summary["set_aside"]}
    return {"name": picture.name, "hidden": picture.sheet.grid.hidden, "numbers": numbers, "cells": [as_record(why, lang) for why in whys]}


def as_record(why: Why, lang: Lang) -> dict[str, Any]:
    """The explanation of one cell."""
    cell = why.cell
    place = {"cell": cell.cell, "rows": cell.rows, "columns": cell.columns, "hidden": cell.hidden}
    what = {"kind": cell.kind, "shown": cell.shown, "fate": why.fate, "code": why.code}
    said = {"says": [each.to(lang) for each in why.says], "mend": [each.to(lang) for each in why.mend]}
    parts = [
        {"part": part.facet, "value": part.value.to(lang), "code": part.code, "from": [_spot(each) for each in part.spots]}
        for part in why.parts
    ]
    return {**place, **what, **said, "parts": parts}


def _spot(spot: Spot) -> dict[str, str]:
    return {"where": spot.where, "sheet": spot.sheet, "cell": spot.cell, "text": spot.text}


def _finding(each: Finding, lang: Lang) -> dict[str, str]:
    return {"code": each.code, "severity": each.severity, "says": each.says(lang), "mend": each.mend(lang)}
