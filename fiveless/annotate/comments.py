"""Comments on cells: their texts, beside those that are there, and the boxes in which they are drawn (in VML, as the format has it)."""

import re
from collections.abc import Iterator, Mapping

from fiveless.annotate.cells import Place, place
from fiveless.annotate.markup import Element, Splice, edited, inside, like, parsed, said
from fiveless.grid import address

AUTHOR = "fiveless"
_HEAD = "fiveless:\n"  # as Excel heads a note with its author, whose name other programs drop as they save
_RULE = "\n―― fiveless ――\n"
_EMPTY = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<comments xmlns="%s"><authors/><commentList/></comments>'
_FONT = b'<rPr><sz val="9"/><color indexed="81"/><rFont val="Yu Gothic"/><family val="3"/></rPr>'
_SHAPE = re.compile(rb"<v:shape\b(?:(?!</v:shape>).)*</v:shape>\s*", re.DOTALL)
_ROW = re.compile(rb"<x:Row>\s*(\d+)\s*</x:Row>")
_COLUMN = re.compile(rb"<x:Column>\s*(\d+)\s*</x:Column>")
_NUMBER = re.compile(rb"_x0000_s(\d+)\b")
_BLOCKS = re.compile(rb'(<o:idmap\b[^>]*\bdata=")([^"]*)')
_BLOCK = 1024
_WIDTH = 38
_LAST_ROW, _LAST_COLUMN = 1048575, 16383
_TYPE = (
    b'<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    b'<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
NO_BOXES = (
    b'<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
    b' xmlns:x="urn:schemas-microsoft-com:office:excel">'
    b'<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/></o:shapelayout></xml>'
)
_BOX = (
    b'<v:shape id="_x0000_s%d" type="#_x0000_t202" style="position:absolute;margin-left:80pt;margin-top:5pt;width:%dpt;height:%dpt;'
    b'z-index:%d;visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/>'
    b'<v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>'
    b'<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
    b'<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>%s</x:Anchor><x:AutoFill>False</x:AutoFill>'
    b"<x:Row>%d</x:Row><x:Column>%d</x:Column></x:ClientData></v:shape>"
)

# Texts


def empty(space: str) -> bytes:
    """A part without comments; `space` is the namespace of the workbook."""
    return _EMPTY % space.encode()


def cleared(content: bytes) -> tuple[bytes, set[Place]]:
    """The comments without what an earlier run of ours wrote, and the places whose whole comment was ours."""
    root = parsed(content)
    authors = [each.text for each in root.child("authors").children]
    splices, places = [], set()
    for comment in root.child("commentList").children:
        if authors[int(comment.attributes["authorId"])] == AUTHOR or _text(comment).startswith(_HEAD):
            splices.append(Splice(comment.start, comment.end, b""))
            places.add(place(comment.attributes["ref"]) or (-1, -1))
        else:
            splices += _without_ours(comment.child("text"))
    return edited(content, splices), places


def _text(comment: Element) -> str:
    """What a comment says, its reading aids left out."""
    return "".join(part.text for run in comment.child("text").children for part in (*run.each("t"), *((run,) if run.name == "t" else ())))


def _without_ours(text: Element) -> Iterator[Splice]:
    """Cut off what we added to somebody's comment: a run of its own, which some programs put together with the text before."""
    for run in text.children:
        for part in run.each("t") if run.name == "r" else (run,):
            before, rule, _ = part.text.partition(_RULE)
            if rule and (before or run is part):
                yield Splice(part.inner, part.close, said(before))
            elif rule:
                yield Splice(run.start, run.end, b"")


def commented(content: bytes, notes: Mapping[Place, str]) -> tuple[bytes, set[Place]]:
    """The comments with notes added, at the end of a comment that is there; and the places that had none, whose boxes are to be drawn."""
    root = parsed(content)
    authors, comments = root.child("authors"), root.child("commentList")
    there = {each.attributes["ref"]: each for each in comments.children}
    joined = {at: there[address(*at)] for at in notes if address(*at) in there}
    splices = [_joined(content, comment, notes[at]) for at, comment in joined.items()]
    new = {at: note for at, note in notes.items() if at not in joined}
    if new:
        names = [each.text for each in authors.children]
        if AUTHOR not in names:
            splices.append(inside(content, authors, like(content, authors, b"<author>%s</author>" % AUTHOR.encode())))
        number = (*names, AUTHOR).index(AUTHOR)
        texts = b"".join(_comment(at, note, number) for at, note in sorted(new.items()))
        splices.append(inside(content, comments, like(content, comments, texts)))
    return edited(content, splices), set(new)


def _joined(content: bytes, comment: Element, note: str) -> Splice:
    text = comment.child("text")
    before = [each.end for each in text.children if each.name in ("t", "r")]
    run = like(content, text, _run(_RULE + note))
    return Splice(before[-1], before[-1], run) if before else inside(content, text, run)


def _comment(at: Place, note: str, author: int) -> bytes:
    return b'<comment ref="%s" authorId="%d"><text>%s</text></comment>' % (address(*at).encode(), author, _run(_HEAD + note))


def _run(text: str) -> bytes:
    return b'<r>%s<t xml:space="preserve">%s</t></r>' % (_FONT, said(text))


# Boxes


def wiped(content: bytes, places: set[Place]) -> bytes:
    """The drawing without the boxes of comments at some places."""
    return _SHAPE.sub(lambda shape: b"" if _at(shape[0]) in places else shape[0], content) if places else content


def _at(shape: bytes) -> Place | None:
    row, column = _ROW.search(shape), _COLUMN.search(shape)
    return (int(row[1]), int(column[1])) if row and column and b'"Note"' in shape else None


def boxed(content: bytes, notes: Mapping[Place, str], widths: Mapping[int, float]) -> bytes:
    """The drawing with a box for each note; `widths` are those of the columns, in characters."""
    number = max(map(int, _NUMBER.findall(content)), default=0) // _BLOCK * _BLOCK + _BLOCK
    content = _BLOCKS.sub(lambda blocks: _with_block(blocks, b"%d" % (number // _BLOCK)), content, count=1)
    shapes = [] if b'id="_x0000_t202"' in content else [_TYPE]
    shapes += [_box(number + index, index, at, note, widths) for index, (at, note) in enumerate(sorted(notes.items()), 1)]
    end = content.rindex(b"</xml>")  # Excel's own drawings are no well-formed XML at times
    return content[:end] + b"".join(shapes) + content[end:]


def _with_block(blocks: re.Match[bytes], block: bytes) -> bytes:
    """The declaration of the blocks of 1,024 numbers that a drawing's shapes use, with one more."""
    used = blocks[2].split(b",")
    return blocks[0] if block in used else blocks[1] + b",".join([*used, block])


def _box(number: int, index: int, at: Place, note: str, widths: Mapping[int, float]) -> bytes:
    row, column = at
    height = 1 + sum(1 + len(line) * 2 // _WIDTH for line in note.split("\n"))
    last, wide = column + 1, 0.0
    while wide < _WIDTH and last < column + _WIDTH:
        wide += widths.get(last, 9)
        last += 1
    left, right = min(column + 1, _LAST_COLUMN - 3), min(last, _LAST_COLUMN)
    top = min(max(row - 1, 0), _LAST_ROW - height)
    anchor = f"{left}, 12, {top}, 6, {right}, 12, {top + height}, 6".encode()
    return _BOX % (number, _WIDTH * 6, height * 15, index, anchor, row, column)
