"""A zip unpacked once and only as far as it is safe, and packed again, uncompressed, for the parser."""

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from functools import reduce

from fiveless.language import Words
from fiveless.workbook.refusal import broken, refused

LARGEST = 1 << 30
MOST_PARTS = 20_000
Part = bytes | Sequence[bytes | memoryview]
"""A part of a zip, whole or in pieces."""
_CRC = Words("中身が壊れている：{name}", "damaged inside: {name}")
_METHOD = Words("知られていない圧縮方式：{name}", "an unknown compression: {name}")
_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")


class Package:
    """The parts of a zip by name; a name is found whatever its case, and each part is unpacked when it is asked for."""

    def __init__(self, content: bytes) -> None:
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                self._parts = {info.filename.replace("\\", "/").lower().lstrip("/"): info for info in archive.infolist()}
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, struct.error) as error:
            raise broken(str(error)) from error
        if len(self._parts) > MOST_PARTS:
            raise refused("F05", reason=f"{len(self._parts):,} parts")
        if any(info.flag_bits & 1 for info in self._parts.values()):
            raise refused("F23")
        self._content = memoryview(content)
        self._spent = 0
        self._read: dict[str, bytes] = {}

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._parts

    def names(self) -> list[str]:
        """The names of all parts, in lower case."""
        return list(self._parts)

    def sum(self, name: str) -> int:
        """The checksum of a part, which it had when it was read."""
        return self._parts[name.lower()].CRC

    def read(self, name: str) -> bytes:
        """A part unpacked, once; KeyError if there is none. Refused where all parts read so far come to more than is safe."""
        name = name.lower()
        if name not in self._read:
            self._read[name] = self._unpacked(self._parts[name])
        return self._read[name]

    def _unpacked(self, info: zipfile.ZipInfo) -> bytes:
        room = LARGEST - self._spent
        if info.file_size > room:
            raise refused("F05", reason=f"{(info.file_size + self._spent) >> 20} MB")
        part = self._inflated(info)
        self._spent += len(part)
        if len(part) != info.file_size or zlib.crc32(part) != info.CRC:
            raise broken(_CRC.filled(name=info.filename[:60]))
        return part

    def _inflated(self, info: zipfile.ZipInfo) -> bytes:
        """No byte more than the part is said to hold, and one to tell that it holds more."""
        head = bytes(self._content[info.header_offset : info.header_offset + 30])
        if len(head) < 30 or head[:4] != b"PK\x03\x04":
            raise broken(_CRC.filled(name=info.filename[:60]))
        start = info.header_offset + 30 + int.from_bytes(head[26:28], "little") + int.from_bytes(head[28:30], "little")
        raw = self._content[start : start + info.compress_size]
        if info.compress_type == zipfile.ZIP_STORED:
            return bytes(raw)
        if info.compress_type != zipfile.ZIP_DEFLATED:
            raise broken(_METHOD.filled(name=info.filename[:60]))
        try:
            return zlib.decompressobj(-15).decompress(raw, info.file_size + 1)
        except zlib.error as error:
            raise broken(_CRC.filled(name=info.filename[:60])) from error


def packed(parts: Mapping[str, Part], sums: Mapping[str, int] | None = None) -> bytes:
    """Parts as a zip without compression, which costs a parser no time to unpack.

    `sums` are the checksums as far as they are known.
    """
    known = sums or {}
    body: list[bytes | memoryview] = []
    directory: list[bytes] = []
    offset = 0
    for name, part in parts.items():
        pieces = [part] if isinstance(part, bytes) else part
        coded, crc, size = name.encode(), known[name] if name in known else _sum(pieces), sum(map(len, pieces))
        directory += [_CENTRAL.pack(b"PK\x01\x02", 20, 20, 0, 0, 0, 33, crc, size, size, len(coded), 0, 0, 0, 0, 0, offset), coded]
        body += [_LOCAL.pack(b"PK\x03\x04", 20, 0, 0, 0, 33, crc, size, size, len(coded), 0), coded, *pieces]
        offset += _LOCAL.size + len(coded) + size
    end = _END.pack(b"PK\x05\x06", 0, 0, len(parts), len(parts), sum(map(len, directory)), offset, 0)
    return b"".join([*body, *directory, end])


def _sum(pieces: Sequence[bytes | memoryview]) -> int:
    return reduce(lambda crc, piece: zlib.crc32(piece, crc), pieces, 0)
