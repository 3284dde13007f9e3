"""What a layout file says in place of what stands on a sheet."""

from fiveless.labels import Lexicon
from fiveless.layout.cells import NUMBER as A_NUMBER
from fiveless.layout.cells import Cells, places
from fiveless.notation import trimmed
from fiveless.structure import Area, SheetLayout


def heed(sheet: Cells, told: SheetLayout, lexicon: Lexicon) -> None:
    """Put the labels that a layout tells, and put the numbers aside that it leaves out."""
    for text, says in told.texts:
        wanted, label = trimmed(text), lexicon.read(says)
        for place in [place for place, known in sheet.labels.items() if known.text == wanted]:
            sheet.put_label(*place, label)
    for area, says in told.cells:
        _put(sheet, area, says, lexicon)
    for area in told.leave_out:
        _leave_out(sheet, area)


def _put(sheet: Cells, area: Area, says: str, lexicon: Lexicon) -> None:
    for row in range(area.top, min(area.bottom, sheet.height - 1) + 1):
        for column in range(area.left, min(area.right, sheet.width - 1) + 1):
            number = sheet.number(row, column)
            if number:
                sheet.put_aside(number, "heading")
            sheet.put_label(row, column, lexicon.read(says))


def _leave_out(sheet: Cells, area: Area) -> None:
    for row in range(area.top, min(area.bottom, sheet.height - 1) + 1):
        for column in places(bytes(sheet.kinds[row]), A_NUMBER):
            number = sheet.number(row, column)
            if number and area.has(row, column):
                sheet.put_aside(number, "left_out")
