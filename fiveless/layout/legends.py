"""Lines told apart by a legend: 上段：令和6年度　下段：令和5年度 above, 上段 and 下段 beside the numbers."""

import re
from dataclasses import replace

from fiveless.labels import Label, Lexicon
from fiveless.layout.cells import Cells

_ENTRY = re.compile(r"(上段|中段|下段|上行|下行|左欄|右欄)\s*(?:[:=はが]|\()\s*([^、,;:()\s]+)")
_LINE = re.compile(r"[(\[]?(上段|中段|下段|上行|下行|左欄|右欄)[)\]]?(?:\s*[:(]?\s*(?P<own>[^()]+?)\)?)?")


def apply_legends(sheet: Cells, lexicon: Lexicon) -> None:
    """Let 上段 and 下段 say what a legend, or a bracket behind them, says of them; a legend then says nothing of all figures."""
    legends = {place: entries for place, label in sheet.labels.items() if len(entries := dict(_ENTRY.findall(label.text))) > 1}
    for place in legends:
        sheet.labels[place] = _less_legend(sheet.labels[place].text, lexicon)
    told = {name: meant for entries in reversed(legends.values()) for name, meant in entries.items()}
    for place, label in list(sheet.labels.items()):
        line = _LINE.fullmatch(label.text) if place not in legends else None
        meant = told.get(line[1]) or line["own"] if line else None
        if meant:
            sheet.labels[place] = replace(lexicon.read(meant), text=label.text)


def _less_legend(text: str, lexicon: Lexicon) -> Label:
    """What else stands in the cell of a legend; a note if nothing does."""
    rest = _ENTRY.sub("", text).strip("()[]、,; ")
    return replace(lexicon.read(rest), text=text) if rest else Label(text, note=True)
