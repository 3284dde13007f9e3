"""An Office package: its parts, what they relate to, and a new package in which all but the changed parts are the same bytes."""

import hashlib
import io
import posixpath
import zipfile
from collections.abc import Mapping

from fiveless.annotate.markup import Element, Splice, edited, inside, like, parsed, quoted, utf8

_TYPES = "[Content_Types].xml"
_RELATED = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>'
_EPOCH = (1980, 1, 1, 0, 0, 0)


class Package:
    """A package being changed. KeyError for a part that is not there, zipfile.BadZipFile where it is none."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self._archive = zipfile.ZipFile(io.BytesIO(content))
        self._names = set(self._archive.namelist())
        self._changed: dict[str, bytes] = {}
        main = next(each for each in self.relations("") if each.attributes["Type"].endswith("/officeDocument"))
        self.workbook = self.target("", main)
        self.relating = main.attributes["Type"].rpartition("/")[0]
        """The namespace of relationships: the strict form of the format has one of its own."""

    def __contains__(self, part: str) -> bool:
        return part in self._changed or part in self._names

    def read(self, part: str) -> bytes:
        """The content of a part as it now is."""
        return self._changed[part] if part in self._changed else utf8(self._archive.read(part))

    def write(self, part: str, content: bytes) -> None:
        """Set the content of a part, new or not."""
        self._changed[part] = content

    def edit(self, part: str, splices: list[Splice]) -> None:
        """Change a part in some places; without any it stays untouched."""
        if splices:
            self.write(part, edited(self.read(part), splices))

    def unused(self, pattern: str) -> str:
        """The first part name of a pattern (`xl/comments{}.xml`) that is free."""
        taken = {name.lower() for name in (*self._names, *self._changed)}
        return next(name for name in map(pattern.format, range(1, len(taken) + 2)) if name.lower() not in taken)

    # Relationships and types

    def relations(self, part: str) -> list[Element]:
        """What a part (the empty name: the package) relates to."""
        name = _relations_of(part)
        return parsed(self.read(name)).children if name in self else []

    def target(self, part: str, relation: Element) -> str:
        """The name of the part to which a relation leads."""
        return posixpath.normpath(posixpath.join("/", posixpath.dirname(part), relation.attributes["Target"])).lstrip("/")

    def related(self, part: str, kind: str) -> str:
        """The first part that a part relates to in some way (`comments`); empty where there is none."""
        found = (each for each in self.relations(part) if each.attributes["Type"].endswith(f"/{kind}"))
        return next((self.target(part, each) for each in found if self.target(part, each) in self), "")

    def relate(self, part: str, kind: str, target: str) -> str:
        """Let a part relate to another; the identity of the relation. `kind` is a whole type or a last word."""
        name, number = _relations_of(part), 1
        content = self.read(name) if name in self else _RELATED
        root = parsed(content)
        taken = {each.attributes.get("Id") for each in root.children}
        while f"fiveless{number}" in taken:
            number += 1
        attributes = {"Id": f"fiveless{number}", "Type": kind if "/" in kind else f"{self.relating}/{kind}", "Target": f"/{target}"}
        self.write(name, edited(content, [inside(content, root, like(content, root, _element("Relationship", attributes)))]))
        return f"fiveless{number}"

    def unrelate(self, part: str) -> None:
        """Let a part relate to nothing more."""
        if _relations_of(part) in self:
            self.write(_relations_of(part), _RELATED)

    def kind(self, part: str) -> str:
        """The content type that is declared for a part."""
        declared = (each.attributes for each in parsed(self.read(_TYPES)).each("Override"))
        return next((each["ContentType"] for each in declared if each["PartName"].lstrip("/") == part), "")

    def declare(self, part: str, kind: str) -> None:
        """Declare the content type of a new part."""
        self._declare("Override", {"PartName": f"/{part}", "ContentType": kind})

    def declare_all(self, extension: str, kind: str) -> None:
        """Declare the content type of all parts of an extension, if none is."""
        known = {each.attributes["Extension"].lower() for each in parsed(self.read(_TYPES)).each("Default")}
        if extension not in known:
            self._declare("Default", {"Extension": extension, "ContentType": kind})

    def _declare(self, name: str, attributes: Mapping[str, str]) -> None:
        content = self.read(_TYPES)
        root = parsed(content)
        self.write(_TYPES, edited(content, [inside(content, root, like(content, root, _element(name, attributes)))]))

    # Out

    def digest(self, but: str) -> str:
        """A hash of all parts but one, which can hold it."""
        hashed = hashlib.sha256()
        for part in sorted({*self._names, *self._changed} - {but}):
            content = self._changed[part] if part in self._changed else self._archive.read(part)
            hashed.update(part.encode() + hashlib.sha256(content).digest())
        return hashed.hexdigest()

    def saved(self) -> bytes:
        """The new package: old parts in their order and under their dates, then the new ones."""
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for old in self._archive.infolist():
                content = self._changed[old.filename] if old.filename in self._changed else self._archive.read(old)
                archive.writestr(_entry(old.filename, old.date_time, old.compress_type), content)
            for name, content in self._changed.items():
                if name not in self._names:
                    archive.writestr(_entry(name, _EPOCH, zipfile.ZIP_DEFLATED), content)
        return out.getvalue()


def _relations_of(part: str) -> str:
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _element(name: str, attributes: Mapping[str, str]) -> bytes:
    return b"<" + name.encode() + b"".join(b" " + key.encode() + b"=" + quoted(value) for key, value in attributes.items()) + b"/>"


def _entry(name: str, date: tuple[int, int, int, int, int, int], compression: int) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, date)
    entry.compress_type = compression
    entry.external_attr = 0o600 << 16
    return entry
