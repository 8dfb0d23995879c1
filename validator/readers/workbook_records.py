"""Records of an old .xls file（xls 记录）: its stream cut up, its strings and numbers."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

BOF, EOF, CONTINUE = 0x809, 0x0A, 0x3C
BROKEN = (struct.error, IndexError, ValueError, OverflowError)
"""What reading a damaged record raises."""
_WIDE, _EXTENDED, _RICH = 1, 4, 8
_HUNDREDTH, _WHOLE = 1, 2


@dataclass(frozen=True, slots=True)
class Record:
    """A piece of the stream: its kind and what it holds."""

    kind: int
    data: bytes


def records(stream: bytes, start: int) -> Iterator[Record]:
    """Records of one part of the stream, up to its end; those of charts inside are left out.

    Args:
        stream: All of it.
        start: Where the part begins.

    Raises:
        struct.error: The stream ends before the part does.
    """
    at = start
    depth = 0
    while True:
        kind, length = struct.unpack_from("<HH", stream, at)
        if at + 4 + length > len(stream):
            raise struct.error
        depth += (kind == BOF) - (kind == EOF)
        if depth <= 0:
            return
        if depth == 1:
            yield Record(kind, stream[at + 4 : at + 4 + length])
        at += 4 + length


def text_of(data: bytes, at: int, *, short: bool = False) -> str:
    """A string that stands in one record.

    Args:
        data: The record's.
        at: Where the string begins.
        short: Whether its length is one byte, not two.
    """
    count = data[at] if short else struct.unpack_from("<H", data, at)[0]
    at += 1 if short else 2
    return Pieces([data], at + 1).characters(count, wide=bool(data[at] & _WIDE))


def packed_number(word: int) -> Decimal:
    """A number in four bytes: a whole one or half a float, perhaps a hundredth of it.

    >>> packed_number((119050 << 2) | 3)
    Decimal('1190.5')
    """
    if word & _WHOLE:
        value = Decimal((word if word < 1 << 31 else word - (1 << 32)) >> 2)
    else:
        (number,) = struct.unpack("<d", struct.pack("<II", 0, word & 0xFFFFFFFC))
        value = Decimal(repr(number))
    return value / 100 if word & _HUNDREDTH else value


class Pieces:
    """Strings that run on over several records; each record says anew how wide letters are."""

    def __init__(self, parts: list[bytes], at: int = 0) -> None:
        """Begin to read.

        Args:
            parts: Data of the records.
            at: Where in the first one.
        """
        self._parts = parts
        self._part = 0
        self._at = at

    def string(self) -> str:
        """The next string; its fonts and its reading aid are left out."""
        count, flags = struct.unpack("<HB", self._take(3))
        runs = struct.unpack("<H", self._take(2))[0] if flags & _RICH else 0
        aid = struct.unpack("<I", self._take(4))[0] if flags & _EXTENDED else 0
        words = self.characters(count, wide=bool(flags & _WIDE))
        self._take(4 * runs + aid)
        return words

    def characters(self, count: int, *, wide: bool) -> str:
        """So many letters."""
        words = ""
        while count:
            part = self._parts[self._part]
            if self._at >= len(part):
                self._part += 1
                part = self._parts[self._part]
                wide = bool(part[0] & _WIDE)
                self._at = 1
            size = 2 if wide else 1
            taken = min(count, (len(part) - self._at) // size)
            if not taken:
                raise struct.error
            raw = part[self._at : self._at + taken * size]
            words += raw.decode("utf-16-le" if wide else "latin-1", errors="replace")
            self._at += taken * size
            count -= taken
        return words

    def _take(self, count: int) -> bytes:
        found = b""
        while len(found) < count:
            part = self._parts[self._part]
            if self._at >= len(part):
                self._part += 1
                self._at = 0
                continue
            piece = part[self._at : self._at + count - len(found)]
            self._at += len(piece)
            found += piece
        return found
