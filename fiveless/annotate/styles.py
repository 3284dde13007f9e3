"""The styles of a workbook, to which those of marked cells and of the first sheet are added; none that is there changes."""

from functools import cache

from fiveless.annotate.markup import attributed, edited, inside, like, parsed, tag
from fiveless.finding import Severity

FILLS: dict[Severity, str] = {"error": "FFF4B183", "warning": "FFFFE699"}


class Styles:
    """The style sheet; a style is known by its number, as in the cells. KeyError where it lacks a list that all programs write."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        root = parsed(content)
        self._lists = {name: root.child(name) for name in ("fonts", "fills", "borders", "cellXfs")}
        self._known = {name: [content[each.start : each.end] for each in old.children] for name, old in self._lists.items()}
        self.marked = cache(self._marked)
        """The style of a cell of some style that bears a finding of some severity: its own, with another fill."""

    def _marked(self, style: int, severity: Severity) -> int:
        old = self._lists["cellXfs"].children[style]
        changes = {"fillId": str(self.fill(FILLS[severity])), "applyFill": "1"}
        opening = attributed(self._content[old.start : old.inner], changes)
        return self._add("cellXfs", opening + self._content[old.inner : old.end])

    def style(self, *, size: int = 10, bold: bool = False, colour: str = "", fill: str = "", lined: bool = False) -> int:
        """A new style for text: wrapped and with a line below where it is `lined`."""
        weight = b"<b/>" if bold else b""
        line, ink = (b"<u/>", b'<color rgb="%s"/>' % colour.encode()) if colour else (b"", b"")
        look = weight + line + b'<sz val="%d"/>' % size + ink
        font = self._new("fonts", b'<font>%s<name val="Yu Gothic"/><family val="3"/></font>' % look)
        below = b'<bottom style="thin"><color rgb="FFBFBFBF"/></bottom>' if lined else b"<bottom/>"
        border = self._new("borders", b"<border><left/><right/><top/>%s<diagonal/></border>" % below)
        numbers = (font, self.fill(fill) if fill else 0, border)
        applied = b' applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1" quotePrefix="1"'
        alignment = b'<alignment vertical="top"%s/>' % (b' wrapText="1"' if lined else b"")
        ids = b'numFmtId="49" fontId="%d" fillId="%d" borderId="%d" xfId="0"' % numbers
        return self._new("cellXfs", b"<xf %s%s>%s</xf>" % (ids, applied, alignment))

    def fill(self, colour: str) -> int:
        """The number of a plain fill."""
        return self._new(
            "fills",
            b'<fill><patternFill patternType="solid"><fgColor rgb="%s"/><bgColor indexed="64"/></patternFill></fill>' % colour.encode(),
        )

    def _new(self, name: str, element: bytes) -> int:
        return self._add(name, like(self._content, self._lists[name], element))

    def _add(self, name: str, element: bytes) -> int:
        """The number of an element in its list, at the end of which it is put if it is not there yet."""
        known = self._known[name]
        if element not in known:
            known.append(element)
        return known.index(element)

    def written(self) -> bytes:
        """The style sheet with all that was added."""
        splices = []
        for name, old in self._lists.items():
            added = self._known[name][len(old.children) :]
            if added:
                splices.append(tag(self._content, old, {"count": str(len(self._known[name]))}))
                splices.append(inside(self._content, old, b"".join(added)))
        return edited(self._content, splices)
