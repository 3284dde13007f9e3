"""The annotation of a package: its sheets get fills and comments, a sheet of ours comes first, and it is signed as last saved by us."""

from collections.abc import Mapping, Sequence

from fiveless.annotate import cells, comments, front, listing
from fiveless.annotate.cells import Place
from fiveless.annotate.listing import Letter
from fiveless.annotate.markup import Element, Splice, inside, like, parsed, quoted, said, tag
from fiveless.annotate.package import Package
from fiveless.annotate.styles import Styles
from fiveless.finding import Finding
from fiveless.language import Lang
from fiveless.workbook import ours

AUTHOR = comments.AUTHOR
MOST_COMMENTS = 1000
_SHEET_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_COMMENTS_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_DRAWING_KIND = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_CORE_KIND = "application/vnd.openxmlformats-package.core-properties+xml"
_CORE = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
_NO_CORE = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>'
)
_CURRENT: dict[str, str | None] = {"activeTab": None, "firstSheet": None}


def marked(package: Package, findings: Mapping[str, Sequence[Finding]], letter: Letter, lang: Lang, *, formats: bool) -> bytes:
    """The annotated package; `findings` are those of each sheet. KeyError where it lacks a part that every workbook has."""
    sheets = _Sheets(package)
    styling = package.related(package.workbook, "styles")
    styles = Styles(package.read(styling))
    for name, part in sheets.parts.items():
        if name != sheets.ours:
            _annotate(package, part, findings.get(name, ()), styles, lang)
    head = listing.head(letter, lang, formats=formats)
    listed = listing.lines((each for of in findings.values() for each in of), lang, sheets.hidden)
    sheets.put_first(front.sheet(head, listed, lang, styles, sheets.space), front.NAME.to(lang))
    package.write(styling, styles.written())
    _sign(package)
    return package.saved()


class _Sheets:
    """The sheets that a workbook names: their parts in order, which are hidden, and which is ours from an earlier run."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._root = parsed(package.read(package.workbook))
        self.space = self._root.space
        targets = {each.attributes["Id"]: package.target(package.workbook, each) for each in package.relations(package.workbook)}
        named = [each.attributes for each in self._root.child("sheets").children]
        self.parts = {each["name"]: targets[each["id"]] for each in named}
        self.hidden = frozenset(each["name"] for each in named if each.get("state", "visible") != "visible")
        self.ours = ours(package.content)

    def put_first(self, content: bytes, name: str) -> None:
        """Add our sheet before all others, or put it in the place of the one of an earlier run; and open the workbook with it."""
        place = list(self.parts).index(self.ours) if self.ours else 0
        splices = self._again(content, place) if self.ours else self._first(content, name)
        views = (view for views in self._root.each("bookViews") for view in views.children)
        current = {**_CURRENT, "activeTab": str(place) if place else None}
        self._package.edit(self._package.workbook, [*splices, *(tag(self._text, view, current) for view in views)])

    @property
    def _text(self) -> bytes:
        return self._package.read(self._package.workbook)

    def _again(self, content: bytes, place: int) -> list[Splice]:
        """Our sheet anew, without what may have been put on it, and seen by all."""
        self._package.write(self.parts[self.ours], content)
        self._package.unrelate(self.parts[self.ours])
        return [tag(self._text, self._root.child("sheets").children[place], {"state": None})]

    def _first(self, content: bytes, name: str) -> list[Splice]:
        """Our sheet first; names that belong to a sheet count the sheets from the first one on."""
        part = self._package.unused("xl/worksheets/fiveless{}.xml")
        self._package.write(part, content)
        self._package.declare(part, _SHEET_KIND)
        sheets = self._root.child("sheets")
        number = 1 + max(int(each.attributes["sheetId"]) for each in sheets.children)
        identity = self._package.relate(self._package.workbook, "worksheet", part)
        given = (quoted(_free(name, self.parts)), number, quoted(self._package.relating), quoted(identity))
        new = like(self._text, sheets, b'<sheet name=%s sheetId="%d" xmlns:r=%s r:id=%s/>' % given)
        local = (each for names in self._root.each("definedNames") for each in names.children if "localSheetId" in each.attributes)
        moved = [tag(self._text, each, {"localSheetId": str(int(each.attributes["localSheetId"]) + 1)}) for each in local]
        return [Splice(sheets.inner, sheets.inner, new), *moved]


def _free(name: str, taken: Mapping[str, str]) -> str:
    """A name that no sheet has yet; Excel makes no difference between A and a."""
    known = {each.casefold() for each in taken}
    names = (name if number == 1 else f"{name} ({number})" for number in range(1, len(known) + 2))
    return next(each for each in names if each.casefold() not in known)


def _annotate(package: Package, part: str, findings: Sequence[Finding], styles: Styles, lang: Lang) -> None:
    """Fills and comments on one sheet, which is not to be selected; the comments of an earlier run go."""
    content = package.read(part)
    sheet = cells.outline(content)
    found = listing.by_cell(findings, cells.merges(sheet))
    grave = {at: gravest for at, of in found.items() if (gravest := listing.gravest(of)) != "note"}
    noted = sorted(found, key=lambda at: (at not in grave, at))[:MOST_COMMENTS]
    drawing = _comment(package, part, sheet, {at: listing.note(found[at], lang) for at in noted})
    named = [cells.drawing(content, sheet, drawing, package.relating)] if drawing else []
    package.edit(part, [*cells.unselected(content, sheet), *cells.filled(content, grave, styles.marked), *named])


def _comment(package: Package, part: str, sheet: Element, notes: Mapping[Place, str]) -> str:
    """Comments in the parts beside a sheet; the identity of their drawing if it is a new one, which the sheet has to name."""
    texts = package.related(part, "comments")
    if not texts and not notes:
        return ""
    if not texts:
        texts, _ = _added(package, part, "comments", "xl/comments/fiveless{}.xml")
        package.declare(texts, _COMMENTS_KIND)
        package.write(texts, comments.empty(sheet.space))
    kept, gone = comments.cleared(package.read(texts))
    content, new = comments.commented(kept, notes)
    if content != package.read(texts):
        package.write(texts, content)
    return _draw(package, part, sheet, gone, {at: notes[at] for at in new}) if new or gone else ""


def _draw(package: Package, part: str, sheet: Element, gone: set[Place], notes: Mapping[Place, str]) -> str:
    """The boxes of comments, in a new drawing (the identity of which is given) unless there is one; a sheet with buttons has it already."""
    named = {each.attributes["id"] for each in sheet.each("legacyDrawing")}
    drawing = next((package.target(part, each) for each in package.relations(part) if each.attributes["Id"] in named), "")
    content = comments.wiped(package.read(drawing), gone) if drawing else comments.NO_BOXES
    identity = ""
    if not drawing:
        drawing, identity = _added(package, part, "vmlDrawing", "xl/drawings/fiveless{}.vml")
        package.declare_all("vml", _DRAWING_KIND)
    package.write(drawing, comments.boxed(content, notes, cells.widths(sheet)))
    return identity


def _added(package: Package, part: str, kind: str, pattern: str) -> tuple[str, str]:
    """A new part's name, and the identity of the relation by which another part names it."""
    name = package.unused(pattern)
    package.write(name, b"")
    return name, package.relate(part, kind, name)


def _sign(package: Package) -> None:
    """Put our name where a program puts that of whoever saved the file last, and beside it a hash of what was saved."""
    core = package.related("", "core-properties")
    if not core:
        core = "docProps/core.xml" if "docProps/core.xml" not in package else package.unused("docProps/core{}.xml")
        package.write(core, _NO_CORE)
        package.relate("", _CORE, core)
        package.declare(core, _CORE_KIND)
    content = package.read(core)
    root = parsed(content)
    signed = {"lastModifiedBy": AUTHOR, "version": package.digest(core)}
    old = [Splice(each.start, each.end, b"") for name in signed for each in root.each(name)]
    given = ((name.encode(), quoted(root.space), said(value), name.encode()) for name, value in signed.items())
    package.edit(core, [*old, inside(content, root, b"".join(b"<cp:%s xmlns:cp=%s>%s</cp:%s>" % each for each in given))])


def is_signed(package: Package) -> bool:
    """Whether a package is as we wrote it: whoever saves it from a spreadsheet program changes at least the way it is written."""
    core = package.related("", "core-properties")
    return any(each.text == package.digest(core) for each in parsed(package.read(core)).each("version"))
