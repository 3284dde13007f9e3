"""What a legend says of lines and brackets: 上段：令和6年度　下段：令和5年度, （　）書きは推計値である."""

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from functools import cache

from fiveless.grid import Place
from fiveless.labels import Label, Lexicon
from fiveless.layout.cells import NUMBER, Cells, Number
from fiveless.notation import normalised

_NAMES = ("上段", "中段", "下段", "上行", "下行")
_NAME = "|".join(_NAMES)
_ENTRY = re.compile(rf"({_NAME})\s*(?:[:=はが]|\()\s*([^、,;:()\s]+?)(?={_NAME}|[、,;()\s]|$)")
_LINE = re.compile(rf"[(\[]?({_NAME})[)\]]?(?:\s*[:(]?\s*(?P<own>[^()]+?)\)?)?")
_BRACKETS_ARE = r"[(\[]\s*[)\]]\s*(?:書き?|内|付き?)?の?(?:数値|数字|値|数)?は、?(?:すべて)?"
_ESTIMATES = re.compile(rf"{_BRACKETS_ARE}(?:推計|推定|概算|概数)")
_LAST_YEAR = re.compile(rf"{_BRACKETS_ARE}前年度?の?(?:同[期月])?")


def estimates_in_brackets(sheet: Cells) -> None:
    """Where a note says that numbers in brackets are estimates, or those of last year on lines of their own, they are taken as such."""
    if sheet.labels_that(_brackets_estimates):
        for number, reason in list(sheet.others):
            if reason == "bracketed":
                sheet.others.remove((number, reason))
                sheet.put_number(replace(number, about=True))
    elif sheet.labels_that(_brackets_last_year):
        _last_year_in_brackets(sheet)


def _last_year_in_brackets(sheet: Cells) -> None:
    """Each line of numbers in brackets is the year before of the line above it, with whose labels it is headed."""
    lines: defaultdict[int, list[Number]] = defaultdict(list)
    for number, reason in sheet.others:
        if reason == "bracketed":
            lines[number.row].append(number)
    for row, numbers in lines.items():
        above = [(column, label) for column, label in sheet.column_labels(row - 1) if column < numbers[0].column] if row else []
        own = [label for _, label in sheet.column_labels(row)]
        if not above or NUMBER not in sheet.kinds[row - 1] or any(label not in [each for _, each in above] for label in own):
            continue
        for number in numbers:
            sheet.others.remove((number, "bracketed"))
            sheet.put_number(number)
        for column, label in above:
            sheet.put_label(row, column, replace(label, shift=-12))


@cache
def _brackets_last_year(label: Label) -> bool:
    return bool(_LAST_YEAR.search(normalised(label.text)))


@cache
def _brackets_estimates(label: Label) -> bool:
    return bool(_ESTIMATES.search(normalised(label.text)))


def apply_legends(sheet: Cells, lexicon: Lexicon) -> None:
    """Let 上段 and 下段 say what a legend, or a bracket behind them, says of them; a legend then says nothing of all figures.

    Where no line bears such a name nobody can tell which is which: the legend is then a doubt, as 括弧内は前年度 is.
    """
    named = sheet.labels_that(_names_lines)
    legends = {place: entries for place, label in named if len(entries := dict(_ENTRY.findall(label.text))) > 1}
    for place in legends:
        sheet.labels[place] = _less_legend(sheet.labels[place].text, lexicon)
    told = {name: meant for entries in reversed(legends.values()) for name, meant in entries.items()}
    lines = {place: line for place, label in named if place not in legends and (line := _LINE.fullmatch(label.text))}
    for place in () if lines else [place for place, entries in legends.items() if not _stand_in_rows(sheet, place, entries, lexicon)]:
        sheet.labels[place] = replace(sheet.labels[place], note=False, shift=-12)
    for place, line in lines.items():
        meant = told.get(line[1]) or line["own"]
        if meant:
            sheet.labels[place] = replace(lexicon.read(meant), text=line[0])


def _stand_in_rows(sheet: Cells, legend: Place, entries: Mapping[str, str], lexicon: Lexicon) -> bool:
    """Whether the rows themselves bear what a legend says of them: 令和6年度 and 令和5年度 below 上段：令和6年度　下段：令和5年度."""
    times = {(label.dated, label.shift) for (row, _), label in sheet.labels.items() if row > legend[0] and (label.dated or label.shift)}
    return all((meant.dated, meant.shift) in times for meant in map(lexicon.read, entries.values()))


@cache
def _names_lines(label: Label) -> bool:
    """Whether a label is a legend, or the name of a line, or may be one of them."""
    return any(name in label.text for name in _NAMES)


def _less_legend(text: str, lexicon: Lexicon) -> Label:
    """What else stands in the cell of a legend; a note if nothing does."""
    rest = _ENTRY.sub("", text).strip("()[]、,; ")
    return replace(lexicon.read(rest), text=text) if rest else Label(text, note=True)
