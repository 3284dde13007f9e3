"""The streams of an OLE compound file, as far as a workbook needs them."""

import struct
from collections.abc import Iterator

from fiveless.workbook.refusal import broken

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_END = 0xFFFFFFFA
_STREAM, _ROOT = 2, 5


class Compound:
    """The streams by name in lower case; those within storages too, the outermost winning. UnreadableFileError if the file is cut off."""

    def __init__(self, content: bytes) -> None:
        if len(content) < 512:
            raise broken("OLE")
        self._content = content
        shift, mini_shift = struct.unpack_from("<HH", content, 30)
        if shift not in (9, 12) or mini_shift != 6:
            raise broken("OLE")
        self._size = 1 << shift
        directory, self._cutoff, mini, self._difat = (struct.unpack_from("<I", content, at)[0] for at in (48, 56, 60, 68))
        self._fat = self._table(b"".join(self._sector(number) for number in self._fat_sectors()))
        entries = list(self._entries(self._chain(directory)))
        self._mini_fat = self._table(self._chain(mini)) if mini < _END else ()
        root = next((entry for entry in entries if entry[1] == _ROOT), None)
        if root is None:
            raise broken("OLE")
        self._mini = self._chain(root[2])[: root[3]] if root[2] < _END else b""
        self._streams = {name.lower(): (start, size) for name, kind, start, size in reversed(entries) if kind == _STREAM}
        self.storages = {name.lower() for name, kind, _, _ in entries if kind == 1}

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._streams

    def names(self) -> list[str]:
        """The names of all streams, in lower case."""
        return list(self._streams)

    def read(self, name: str) -> bytes:
        """The bytes of a stream."""
        start, size = self._streams[name.lower()]
        if size >= self._cutoff:
            found = self._chain(start)[:size]
        else:
            found = b"".join(self._mini[number * 64 : number * 64 + 64] for number in self._walk(start, self._mini_fat))[:size]
        if len(found) < size:
            raise broken(f"OLE: {name}")
        return found

    def _sector(self, number: int) -> bytes:
        at = (number + 1) * self._size
        if at >= len(self._content):
            raise broken("OLE")
        return self._content[at : at + self._size]

    def _fat_sectors(self) -> Iterator[int]:
        yield from (number for number in struct.unpack_from("<109I", self._content, 76) if number < _END)
        following, seen = self._difat, set[int]()
        while following < _END and following not in seen:
            seen.add(following)
            *numbers, following = self._table(self._sector(following))
            yield from (number for number in numbers if number < _END)

    @staticmethod
    def _table(raw: bytes) -> tuple[int, ...]:
        return struct.unpack_from(f"<{len(raw) // 4}I", raw)

    def _walk(self, start: int, table: tuple[int, ...]) -> Iterator[int]:
        """The numbers of a chain; a chain that runs in a circle or out of the table is damage."""
        for _ in range(len(table) + 1):
            if start >= _END:
                return
            if start >= len(table):
                break
            yield start
            start = table[start]
        raise broken("OLE")

    def _chain(self, start: int) -> bytes:
        return b"".join(self._sector(number) for number in self._walk(start, self._fat))

    @staticmethod
    def _entries(directory: bytes) -> Iterator[tuple[str, int, int, int]]:
        for at in range(0, len(directory) - 127, 128):
            length, kind = struct.unpack_from("<HB", directory, at + 64)
            start, size = struct.unpack_from("<II", directory, at + 116)
            if kind and 2 <= length <= 64:
                yield directory[at : at + length - 2].decode("utf-16-le", "replace"), kind, start, size
