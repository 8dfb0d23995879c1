"""What a zip may hold（压缩文件的限度）: judged by its list, before anything is unpacked."""

from __future__ import annotations

import lzma
import struct
import zipfile
import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

BROKEN = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, OSError, ValueError,
    NotImplementedError, RuntimeError, OverflowError,
)  # fmt: skip
"""What opening or unpacking a damaged zip raises."""
LARGEST = 200 * 1024 * 1024
"""Bytes that a zip may unpack to."""
_ENTRY = b"PK\x01\x02"
_MOST_ENTRIES = 100_000
_TIGHTEST = 200
"""Times that honest content is packed smaller at most; bombs are far beyond."""
_HARMLESS = 1024 * 1024


def is_overfull(data: bytes) -> bool:
    """Whether even the list of entries is too long to be read."""
    return data.count(_ENTRY) > _MOST_ENTRIES


def is_swollen(entry: zipfile.ZipInfo) -> bool:
    """Whether an entry is packed tighter than any honest one, as bombs are."""
    packed = max(entry.compress_size, 1)
    return entry.file_size > _HARMLESS and entry.file_size > packed * _TIGHTEST


def unpacked(entries: Iterable[zipfile.ZipInfo]) -> int:
    """Bytes that entries unpack to; unpacking never gives more than the list says."""
    return sum(entry.file_size for entry in entries)
