"""XML edited in place: a parser finds the elements, splices change them, and every other byte stays as it was."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple
from xml.parsers import expat
from xml.sax.saxutils import escape

_TAG = re.compile(rb"<(?:[^>\"']|\"[^\"]*\"|'[^']*')*>")
_NAME = re.compile(rb"<([^\s/>]+)")
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
Keep = Callable[[int, str, dict[str, str]], bool]


class Splice(NamedTuple):
    """New bytes in the place of those from `start` to `end`."""

    start: int
    end: int
    new: bytes


@dataclass(slots=True)
class Element:
    """An element and where it lies: its open tag from `start` to `inner`, its close tag (if it has one) from `close` to `end`.

    Names are local ones, without prefix or namespace; `space` is its namespace and `text` what stands in it before its first child.
    """

    name: str
    space: str
    attributes: dict[str, str]
    start: int
    inner: int
    close: int = 0
    end: int = 0
    text: str = ""
    children: list["Element"] = field(default_factory=list)

    def child(self, name: str) -> "Element":
        """The first child of a name; KeyError where there is none."""
        found = next(self.each(name), None)
        if found is None:
            raise KeyError(name)
        return found

    def each(self, name: str) -> Iterator["Element"]:
        """All children of a name."""
        return (child for child in self.children if child.name == name)


def parsed(content: bytes, keep: Keep | None = None) -> Element:
    """The tree of a document; of each element deeper than the root, `keep` is asked (depth, name, attributes) whether to go into it.

    expat.ExpatError where it is no XML.
    """
    return _Builder(content, keep).root


class _Builder:
    """Listens to the parser; `_skipped` counts the open elements that were not wanted."""

    def __init__(self, content: bytes, keep: Keep | None) -> None:
        self._content = content
        self._keep = keep
        self._open: list[Element] = []
        self._skipped = 0
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        if keep is None:
            self._parser.CharacterDataHandler = self._text
        self._parser.Parse(content, True)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if self._skipped:
            self._skipped += 1
            return
        space, _, local = name.rpartition(" ")
        given = {key.rpartition(" ")[2]: value for key, value in attributes.items()}
        if self._keep and self._open and not self._keep(len(self._open), local, given):
            self._skipped = 1
            return
        start = self._parser.CurrentByteIndex
        opening = _TAG.match(self._content, start)
        element = Element(local, space, given, start, opening.end() if opening else start)
        if self._open:
            self._open[-1].children.append(element)
        else:
            self.root = element
        self._open.append(element)

    def _end(self, _name: str) -> None:
        if self._skipped:
            self._skipped -= 1
            return
        element = self._open.pop()
        if self._content[element.inner - 2 : element.inner] == b"/>":
            element.close = element.end = element.inner
            return
        element.close = self._parser.CurrentByteIndex
        element.end = self._content.index(b">", element.close) + 1

    def _text(self, text: str) -> None:
        if self._open and not self._open[-1].children:
            self._open[-1].text += text


def edited(content: bytes, splices: Iterable[Splice]) -> bytes:
    """The content with all splices made; those that insert at one place do so in the order given."""
    parts, at = [], 0
    for start, end, new in sorted(splices, key=lambda each: each[:2]):
        parts += [content[at:start], new]
        at = end
    return b"".join([*parts, content[at:]])


def prefix(content: bytes, element: Element) -> bytes:
    """The namespace prefix with which an element is written, with its colon, or nothing."""
    name = _NAME.match(content, element.start)
    before, colon, _ = name[1].rpartition(b":") if name else (b"", b"", b"")
    return before + colon


def like(content: bytes, element: Element, new: bytes) -> bytes:
    """New elements that are written without a prefix, with that of an element beside or around them."""
    return re.sub(rb"(</?)(?=\w)", rb"\g<1>" + prefix(content, element), new)


def inside(content: bytes, element: Element, new: bytes) -> Splice:
    """Put `new` at the end of an element, which may have been an empty one."""
    if element.close < element.end:
        return Splice(element.close, element.close, new)
    name = _NAME.match(content, element.start)
    return Splice(element.end - 2, element.end, b">" + new + b"</" + (name[1] if name else b"") + b">")


def attributed(tag: bytes, changes: Mapping[str, str | None]) -> bytes:
    """An open tag with some attributes set, or (None) taken away."""
    for name, value in changes.items():
        tag = re.sub(rb"\s+" + name.encode() + rb"\s*=\s*(?:\"[^\"]*\"|'[^']*')", b"", tag, count=1)
        if value is not None:
            tag = re.sub(rb"\s*(/?>)$", b" " + name.encode() + b"=" + quoted(value) + rb"\1", tag)
    return tag


def tag(content: bytes, element: Element, changes: Mapping[str, str | None]) -> Splice:
    """Set or take away attributes of an element."""
    return Splice(element.start, element.inner, attributed(content[element.start : element.inner], changes))


def said(text: str) -> bytes:
    """Text as XML in ASCII, so that it may stand in a document of any encoding; signs that XML does not allow are left out."""
    return escape(_NO_XML.sub("", text)).encode("ascii", "xmlcharrefreplace")


def quoted(text: str) -> bytes:
    """Text as the value of an attribute."""
    return b'"' + said(text).replace(b'"', b"&quot;").replace(b"\n", b"&#10;") + b'"'


def utf8(content: bytes) -> bytes:
    """A document in UTF-16 as UTF-8; any other as it is."""
    if not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content
    return re.sub(r"(<\?xml[^>]*encoding=.)[^\"']*", r"\g<1>UTF-8", content.decode("utf-16"), count=1).encode()
