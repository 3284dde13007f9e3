"""A first draft of a layout file: what was inferred of a workbook as remarks, and a blank for each question that it leaves."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from fiveless import intake
from fiveless.errors import FivelessError
from fiveless.finding import REASONS, RULES, Finding
from fiveless.language import Lang, Words
from fiveless.notation import normalised
from fiveless.observation import Observation, Reading
from fiveless.receipt import span
from fiveless.structure import Codelists
from fiveless.unpivot import Sheet

_MEASURE = ("N01", "N02", "N16")
_LACKING = frozenset(reason for reason, code in REASONS.items() if RULES[code].severity != "note")
_TITLE = {
    "N03": Words("年月（例：令和4年6月）", "year and month, such as 2022-06"),
    "N04": Words("年度（例：令和4年度）", "the fiscal year, such as FY2022"),
    "N05": Words("年月（例：令和4年6月）", "year and month, such as 2022-06"),
    "N06": Words("局名", "the bureau's name"),
    "N07": Words("局名", "the bureau's name"),
    "N08": Words("局名", "the bureau's name"),
    "N11": Words("単位（例：（単位：千枚））", "the unit, such as （単位：千枚）"),
    "N12": Words("単位（例：（単位：千枚））", "the unit, such as （単位：千枚）"),
    "N13": Words("当月か累計か", "当月 (month) or 累計 (cumulative)"),
    "N14": Words("当月か累計か", "当月 (month) or 累計 (cumulative)"),
}
_HEAD = Words(
    "# {file} の読み方。says が空の行は、まだ答えのない問いです。\n"
    "# 埋めて data/layouts/ に置き、fiveless ingest --again を実行してください。file と name には * が使えます。\n"
    "# says は見出しの代わりに読まれます。読まなくてよい見出しは ignore = true とし、指標でない数値の欄は leave_out に書きます。",
    "# How to read {file}. A line with an empty says is a question without an answer yet:\n"
    "# fill it in, keep this file in data/layouts/ and run fiveless ingest --again. file and name may hold *.\n"
    "# What says holds is read in place of the heading; ignore = true if it says nothing; leave_out names cells that hold no figures.",
)
_SAYS = Words("表題として補うこと：", "what its title should say: ")
_TAKEN = Words("採用 {count} 件（例 {cell}：{meaning}）", "{count} numbers taken (such as {cell}: {meaning})")
_NONE_TAKEN = Words("採用した数値はありません", "no number was taken")


def draft(path: Path, codelists: Codelists, lang: Lang) -> str:
    """The text of a layout file for a workbook. FivelessError if it cannot be read."""
    try:
        sheets, reading = intake.examine(path, path.name, codelists)
    except OSError as error:
        says = Words("{path} を読めません（{reason}）。", "{path} cannot be read ({reason}).")
        raise FivelessError(says.filled(path=path, reason=error.strerror or error)) from error
    lines = [*_HEAD.filled(file=path.name).to(lang).split("\n"), f"file = {_quoted(path.name)}"]
    taken = list(reading.observations)
    for sheet in sheets:
        lines += ["", *_sheet(sheet, reading, [each for each in taken if each.sheet == sheet.name], lang)]
    return "\n".join(lines) + "\n"


def _sheet(sheet: Sheet, reading: Reading, taken: Sequence[Observation], lang: Lang) -> Iterator[str]:
    findings = [each for each in reading.findings if each.sheet == sheet.name]
    yield "[[sheet]]"
    yield f"name = {_quoted(sheet.name)}"
    yield "# " + (_example(taken) if taken else _NONE_TAKEN).to(lang)
    codes = [*_unsaid(sheet), *(each.code for each in findings if each.code in _TITLE)]
    wanted = dict.fromkeys(_TITLE[code].to(lang) for code in codes)
    yield f'says = ""{"  # " + _SAYS.to(lang) + ", ".join(wanted) if wanted else ""}'
    yield '#leave_out = ["A1:A1"]'
    for about, same in _questions(findings):
        yield from ("", "[[sheet.label]]", *_label(sheet, about, same), f'says = ""  # {same[0].fields["candidates"]}')


def _unsaid(sheet: Sheet) -> Iterator[str]:
    """What no heading says, be it also for another reason that a number is set aside."""
    for run in dict.fromkeys(sheet.figures.run[sheet.figures.reason > 0].tolist()):
        meaning = sheet.explained(int(np.flatnonzero(sheet.figures.run == run)[0]))
        if meaning.reason in _LACKING:
            yield from ("N03",) * (meaning.period is None)
            yield from ("N06",) * (not meaning.bureau)


def _example(taken: Sequence[Observation]) -> Words:
    first = taken[0]
    return _TAKEN.filled(count=len(taken), cell=first.cell, meaning=" ".join(filter(None, first.key)))


def _questions(findings: Sequence[Finding]) -> Iterator[tuple[str, list[Finding]]]:
    """The headings that were not understood, each with the numbers for which it was asked."""
    asked: dict[str, list[Finding]] = {}
    for each in findings:
        if each.code in _MEASURE:
            asked.setdefault(str(each.fields["about"]), []).append(each)
    yield from asked.items()


def _label(sheet: Sheet, about: str, same: Sequence[Finding]) -> Iterator[str]:
    """The heading by its text; where several together raise the question, the first of them that the sheet has."""
    texts = {normalised(label.text): label.text for label in sheet.layout.sheet.labels.values()}
    own = texts.get(normalised(about)) or next((text for text in texts.values() if text and text in about), about)
    yield f"text = {_quoted(own)}  # {span([each.cell for each in same])}"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
