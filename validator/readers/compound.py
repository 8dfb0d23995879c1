"""The container of old Office files（复合文档）: the streams at its top, and are they whole.

Only the top level tells what a file is: a report in Word may hold a workbook, and a workbook a
Word text, each in a folder of its own further down.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEADER = 512
_ENTRY = 128
_STREAM = 2
_ROOT = 5
_NO_ENTRY = 0xFFFFFFFF
_LAST_SECTOR = 0xFFFFFFFA
"""Greater numbers in a chain are marks: its end, a free sector, a table of sectors."""
_MINI = 64
_IN_HEADER = 109
_SHIFTS = (9, 12)


class BrokenContainerError(Exception):
    """The container's own tables cannot be followed: cut off or damaged."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """A line of the directory."""

    name: str
    kind: int
    left: int
    right: int
    child: int
    start: int
    size: int


class Compound:
    """An opened container; names of its streams are compared without case.

    Attributes:
        streams: Names of the streams at its top, in lower case.
    """

    def __init__(self, data: bytes) -> None:
        """Open it.

        Args:
            data: The whole file.

        Raises:
            BrokenContainerError: Its tables lie outside the file or make no sense.
        """
        self._data = data
        try:
            shift, _, count = struct.unpack_from("<HH10xI", data, 30)
            directory, self._cutoff, mini = struct.unpack_from("<I4xII", data, 48)
            if shift not in _SHIFTS:
                raise BrokenContainerError
            self._sector: int = 1 << shift
            self._table = self._words(self._table_sectors(count))
            entries = self._directory(directory)
            self._mini_table = self._words(self._chain(mini, self._table))
        except struct.error as error:
            raise BrokenContainerError from error
        if not entries or entries[0].kind != _ROOT:
            raise BrokenContainerError
        self._root = entries[0]
        self._top = {
            entry.name.casefold(): entry
            for entry in _siblings(entries, self._root.child)
            if entry.kind == _STREAM
        }
        self.streams = frozenset(self._top)

    def __contains__(self, name: str) -> bool:
        return name.casefold() in self._top

    def head(self, name: str, count: int) -> bytes:
        """First bytes of a stream; fewer when it is shorter or damaged."""
        entry = self._top[name.casefold()]
        count = min(count, entry.size)
        found = bytearray()
        for start, length in self._pieces(entry):
            if len(found) >= count:
                break
            found += self._data[start : start + length]
        return bytes(found[:count])

    def is_whole(self, name: str) -> bool:
        """Whether every byte of a stream is in the file."""
        entry = self._top[name.casefold()]
        held = 0
        for start, length in self._pieces(entry):
            held += max(0, min(length, len(self._data) - start))
        return held >= entry.size

    def _pieces(self, entry: _Entry) -> Iterator[tuple[int, int]]:
        """Where the sectors of a stream stand; short streams share the root's."""
        if entry.size >= self._cutoff:
            for sector in self._chain(entry.start, self._table):
                yield self._place(sector), self._sector
            return
        shared = self._chain(self._root.start, self._table)
        for small in self._chain(entry.start, self._mini_table):
            at, offset = divmod(small * _MINI, self._sector)
            if at >= len(shared):
                return
            yield self._place(shared[at]) + offset, _MINI

    def _place(self, sector: int) -> int:
        return (sector + 1) * self._sector

    def _words(self, sectors: list[int]) -> list[int]:
        """Numbers that stand in sectors, one after the other."""
        raw = b"".join(self._data[self._place(one) : self._place(one + 1)] for one in sectors)
        if len(raw) < len(sectors) * self._sector:
            raise BrokenContainerError
        return [word for (word,) in struct.iter_unpack("<I", raw)]

    def _table_sectors(self, count: int) -> list[int]:
        """Sectors that hold the table of chains: the header lists the first ones."""
        if count > len(self._data) // self._sector:
            raise BrokenContainerError
        found = list(struct.unpack_from(f"<{_IN_HEADER}I", self._data, 76))
        more, _ = struct.unpack_from("<II", self._data, 68)
        while len(found) < count and more < _LAST_SECTOR:
            words = self._words([more])
            found += words[:-1]
            more = words[-1]
        return found[:count]

    def _chain(self, start: int, table: list[int]) -> list[int]:
        """Sectors from a first one on, up to the first that the table does not know."""
        found: list[int] = []
        while start < len(table) and len(found) < len(table):
            found.append(start)
            start = table[start]
        return found

    def _directory(self, start: int) -> list[_Entry]:
        sectors = self._chain(start, self._table)
        found: list[_Entry] = []
        for sector in sectors:
            at = self._place(sector)
            if at + self._sector > len(self._data):
                raise BrokenContainerError
            found += [
                _entry(self._data[place : place + _ENTRY])
                for place in range(at, at + self._sector, _ENTRY)
            ]
        return found


def _entry(raw: bytes) -> _Entry:
    length, kind, left, right, child = struct.unpack_from("<HBxIII", raw, 64)
    start, size = struct.unpack_from("<II", raw, 116)
    name = raw[: max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
    return _Entry(name, kind, left, right, child, start, size)


def _siblings(entries: list[_Entry], top: int) -> Iterator[_Entry]:
    """Entries of one folder, which form a binary tree; a damaged tree may run in circles."""
    seen = set()
    waiting = [top]
    while waiting:
        at = waiting.pop()
        if at == _NO_ENTRY or at >= len(entries) or at in seen:
            continue
        seen.add(at)
        yield entries[at]
        waiting += [entries[at].right, entries[at].left]
