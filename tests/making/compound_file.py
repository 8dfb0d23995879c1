"""Containers of old Office files, made of a few streams."""

from __future__ import annotations

import struct

SECTOR = 512
CUTOFF = 4096
NONE = 0xFFFFFFFF
END = 0xFFFFFFFE
TABLE = 0xFFFFFFFD
LIST = 0xFFFFFFFC
IN_HEADER = 109
MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def compound(streams: dict[str, bytes]) -> bytes:
    """A container; ``ObjectPool/_1/Workbook`` stands in folders of its own."""
    tree: dict[str, dict[str, bytes]] = {"": {}}
    for path, data in streams.items():
        folder, _, name = path.rpartition("/")
        tree.setdefault(folder, {})[name] = data.ljust(CUTOFF, b"\0")
    folders = sorted(folder for folder in tree if folder)
    directory, contents = _directory(tree, folders)
    chains = [_padded(one) for one in (directory, *contents)]
    length = sum(len(one) // SECTOR for one in chains)
    tables = -(-length * 4 // (SECTOR - 12))
    more = max(0, -(-(tables - IN_HEADER) // (SECTOR // 4 - 1)))
    table = [TABLE] * tables + [LIST] * more
    starts = []
    for one in chains:
        starts.append(len(table))
        table += [*range(len(table) + 1, len(table) + len(one) // SECTOR), END]
    table += [NONE] * (tables * SECTOR // 4 - len(table))
    lists = _lists(tables, more)
    raw = bytearray(b"".join([struct.pack(f"<{len(table)}I", *table), lists, *chains]))
    _tell_starts(raw, starts[0] * SECTOR, starts[1:])
    header = MAGIC + bytes(16) + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    first = tables if more else END
    header += struct.pack("<9I", 0, tables, starts[0], 0, CUTOFF, END, 0, first, more)
    listed = [*range(tables), *[NONE] * IN_HEADER][:IN_HEADER]
    return header + struct.pack(f"<{IN_HEADER}I", *listed) + bytes(raw)


def _lists(tables: int, more: int) -> bytes:
    """Sectors that list the sectors of the table that the header has no room for."""
    words: list[int] = []
    each = SECTOR // 4 - 1
    for number in range(more):
        first = IN_HEADER + number * each
        listed = [*range(first, min(first + each, tables)), *[NONE] * each][:each]
        words += [*listed, tables + number + 1 if number + 1 < more else END]
    return struct.pack(f"<{len(words)}I", *words)


def _directory(
    tree: dict[str, dict[str, bytes]], folders: list[str]
) -> tuple[bytes, list[bytes]]:
    """Entries, one chain of siblings per folder, and the contents of the streams."""
    rows: list[tuple[str, int, int, int, int]] = [("Root Entry", 5, NONE, NONE, 0)]
    contents: list[bytes] = []

    def put(names: dict[str, bytes], inner: list[str]) -> int:
        first = NONE
        for folder in inner:
            child = put(tree[folder], [])
            rows.append((folder.rpartition("/")[2], 1, first, child, 0))
            first = len(rows) - 1
        for name, data in names.items():
            contents.append(data)
            rows.append((name, 2, first, NONE, len(data)))
            first = len(rows) - 1
        return first

    top = put(tree[""], folders)
    rows[0] = ("Root Entry", 5, NONE, top, 0)
    raw = b""
    for name, kind, right, child, size in rows:
        words = name.encode("utf-16-le")
        raw += words.ljust(64, b"\0") + struct.pack("<HBB", len(words) + 2, kind, 1)
        raw += struct.pack("<III36xIII", NONE, right, child, END, size, 0)
    return raw, contents


def _tell_starts(raw: bytearray, at: int, starts: list[int]) -> None:
    """Write where each stream begins into its entry; they are in the same order."""
    left = list(starts)
    while left:
        if raw[at + 66] == 2:
            struct.pack_into("<I", raw, at + 116, left.pop(0))
        at += 128


def _padded(data: bytes) -> bytes:
    return data + bytes(-len(data) % SECTOR)
