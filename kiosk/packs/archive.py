"""A pack's file: an ordinary zip in one fixed form, so that only one reading of it is possible.

Every entry is stored as it is, in the order given, with one date, no links and nothing between or
after. So the same content gives the same bytes on every machine, nothing can swell when unpacked,
and whatever differs by one byte (a hidden entry, an overlap, a link, a comment) is refused.
Source of the layout: APPNOTE.TXT 6.3, sections 4.3.7, 4.3.12 and 4.3.16.
"""

import hashlib
import struct
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from kiosk.errors import PackError

_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_NEEDS = 10  # version 1.0 of the format can unpack it
_MADE_BY = 3 << 8 | 20  # Unix, so that the mode below counts
_DAY = 1 << 5 | 1  # 1 January 1980, the first day a zip knows
_MODE = 0o100644 << 16  # a plain file
_LINK = 0o120000
_CHUNK = 64 * 1024
AGAIN = "copy the pack again from where it was made"
NOT_OURS = "take only packs that `pack build` made"

Sink = Callable[[bytes], object]


@dataclass(frozen=True)
class _Entry:
    name: str
    crc: int
    size: int
    at: int

    def local(self) -> bytes:
        name = self.name.encode("ascii")
        head = (b"PK\3\4", _NEEDS, 0, 0, 0, _DAY, self.crc, self.size, self.size, len(name), 0)
        return _LOCAL.pack(*head) + name

    def central(self) -> bytes:
        name = self.name.encode("ascii")
        head = (b"PK\1\2", _MADE_BY, _NEEDS, 0, 0, 0, _DAY, self.crc, self.size, self.size)
        return _CENTRAL.pack(*head, len(name), 0, 0, 0, 0, _MODE, self.at) + name


def _directory(entries: list[_Entry], at: int) -> bytes:
    table = b"".join(entry.central() for entry in entries)
    count = len(entries)
    return table + _END.pack(b"PK\5\6", 0, 0, count, count, len(table), at, 0)


class Writer:
    """Writes a pack's file, entry by entry."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._entries: list[_Entry] = []
        self._at = 0

    def add(self, name: str, data: bytes) -> None:
        """Add an entry; `name` is plain ASCII."""
        entry = _Entry(name, zlib.crc32(data), len(data), self._at)
        self._entries.append(entry)
        self._at += self._file.write(entry.local()) + self._file.write(data)

    def finish(self) -> None:
        """Write the list that ends the file."""
        self._file.write(_directory(self._entries, self._at))


class Reader:
    """Reads a pack's file from its first byte to its last; raises PackError, naming the entry."""

    def __init__(self, file: BinaryIO, path: Path) -> None:
        """`path` is for what is said of it."""
        self._file = file
        self._path = path
        self._entries: list[_Entry] = []
        self._at = 0

    def small(self, name: str, most: int) -> bytes:
        """The next entry, which must be `name` and have no more than `most` bytes."""
        entry = self._head(name)
        if entry.size > most:
            problem = f"`{name}` has {entry.size} bytes, and may have {most}"
            raise PackError(self._path, problem, NOT_OURS)
        data: list[bytes] = []
        self._body(entry, data.append)
        return b"".join(data)

    def entry(self, name: str, size: int, sink: Sink) -> str:
        """Give the bytes of the next entry, `name` of `size` bytes, to `sink`; its SHA-256."""
        entry = self._head(name)
        if entry.size != size:
            problem = f"`{name}` has {entry.size} bytes, and by its manifest {size}"
            raise PackError(self._path, problem, AGAIN)
        return self._body(entry, sink)

    def finish(self) -> None:
        """The rest must be the list of what was read, and nothing after it."""
        wanted = _directory(self._entries, self._at)
        found = self._file.read(len(wanted) + 1)
        if found == wanted:
            return
        if len(found) < len(wanted):
            raise PackError(self._path, "the file is cut short", AGAIN)
        if found.startswith(wanted):
            raise PackError(self._path, "something stands after its end", NOT_OURS)
        if found.startswith(b"PK\3\4"):
            problem = "it holds a file that its manifest does not name"
            raise PackError(self._path, problem, NOT_OURS)
        at = 0
        for entry in self._entries:
            head = _CENTRAL.unpack(found[at : at + _CENTRAL.size])
            if head[0] == b"PK\1\2" and (head[15] >> 16) & 0o170000 == _LINK:
                problem = f"`{entry.name}` is a link to another place"
                raise PackError(self._path, problem, NOT_OURS)
            at += len(entry.central())
        problem = "the list at its end is not that of what it holds"
        raise PackError(self._path, problem, NOT_OURS)

    def _head(self, name: str) -> _Entry:
        fixed = self._read(_LOCAL.size, name)
        mark, _needs, flags, method, *_, crc, size, _, length, _extra = _LOCAL.unpack(fixed)
        if mark != b"PK\3\4":
            problem = f"`{name}` should stand at byte {self._at}, and does not: this is no pack"
            raise PackError(self._path, problem, NOT_OURS if self._at == 0 else AGAIN)
        given = self._read(min(length, 512), name)
        if given != name.encode("ascii"):
            other = given.decode("ascii", "backslashreplace")
            problem = f"`{other}` stands where `{name}` should"
            raise PackError(self._path, problem, NOT_OURS)
        if flags & 1:
            raise PackError(self._path, f"`{name}` is encrypted", NOT_OURS)
        if method:
            problem = f"`{name}` is compressed; in a pack nothing is, so that nothing can swell"
            raise PackError(self._path, problem, NOT_OURS)
        entry = _Entry(name, crc, size, self._at)
        if fixed + given != entry.local():
            problem = f"the head of `{name}` is not as `pack build` writes it"
            raise PackError(self._path, problem, NOT_OURS)
        self._entries.append(entry)
        self._at += len(fixed) + len(given) + size
        return entry

    def _body(self, entry: _Entry, sink: Sink) -> str:
        digest, crc, left = hashlib.sha256(), 0, entry.size
        while left:
            chunk = self._read(min(left, _CHUNK), entry.name)
            digest.update(chunk)
            crc = zlib.crc32(chunk, crc)
            sink(chunk)
            left -= len(chunk)
        if crc != entry.crc:
            raise PackError(self._path, f"`{entry.name}` is damaged", AGAIN)
        return digest.hexdigest()

    def _read(self, size: int, name: str) -> bytes:
        data = self._file.read(size)
        if len(data) < size:
            raise PackError(self._path, f"the file is cut short, at `{name}`", AGAIN)
        return data
