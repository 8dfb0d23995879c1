"""What is written behind a PDF（增量保存）: changed objects and a list of them, nothing else.

The library writes everything that it has looked at, numbers each copy at random, and lists
objects in a way that strict programs refuse where the file lists its own in a stream. So
only what changed is taken from it, and listed the way the file itself does.
"""

from __future__ import annotations

import hashlib
import io
import re
import struct
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import pypdfium2.raw as pdfium

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

_IDS = re.compile(rb"/ID\s*\[\s*<([0-9A-Fa-f]*)>\s*<([0-9A-Fa-f]*)>\s*\]")
_START = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*\Z")
_RANGE = re.compile(rb"(\d+) (\d+)\s*\n")
_ENTRY = 20
_TRAILER = re.compile(rb"trailer\s*<<(.*)>>\s*startxref\s+\d+\s+%%EOF\s*\Z", re.DOTALL)
_LISTING = re.compile(
    rb"\d+ 0 obj\s*<<(.*?)/W\[0 4 1\]/Index\[([\d ]*)\]/Length (\d+)>>stream\r?\n", re.DOTALL
)
_HEAD = re.compile(rb"\s*(\d+) (\d+) obj\b")
_SIZE = re.compile(rb"/Size \d+")
_PREVIOUS = re.compile(rb"/Prev (\d+)")
_OWN = re.compile(rb"startxref\s+(\d+)")
_END = 2048
"""Bytes at the end of a file among which it tells where its list of objects is."""


class _UnknownFormError(Exception):
    """The library wrote something else than expected."""


class _Tail(NamedTuple):
    """What the library wrote behind a file.

    Attributes:
        objects: Each object by its number, from its head to its end.
        entries: What stands in the trailer.
        in_stream: Whether the list of objects is a stream.
    """

    objects: dict[int, bytes]
    entries: bytes
    in_stream: bool


def saved(file: PdfDocument) -> bytes:
    """The file as it was, with all behind it that the library has looked at."""
    out = io.BytesIO()
    file.save(out, flags=pdfium.FPDF_INCREMENTAL)
    return out.getvalue()


def appended(data: bytes, file: PdfDocument, unchanged: bytes) -> bytes:
    """The file as it was, with what changed behind it.

    A file whose own list of objects is damaged is written anew as a whole.

    Args:
        data: The whole file.
        file: The same, opened and changed.
        unchanged: What ``saved`` gives without a change.
    """
    digest = hashlib.sha256(data).hexdigest().upper().encode("ascii")
    try:
        before, after = _tail(unchanged, data), _tail(saved(file), data)
    except _UnknownFormError:
        out = io.BytesIO()
        file.save(out, flags=pdfium.FPDF_NO_INCREMENTAL)
        return _numbered(out.getvalue(), unchanged, digest)
    kept = {
        number: content
        for number, content in sorted(after.objects.items())
        if before.objects.get(number) != content
    }
    return _listed(data, kept, _numbered(after.entries, unchanged, digest), after.in_stream)


def _listed(data: bytes, objects: dict[int, bytes], entries: bytes, in_stream: bool) -> bytes:
    """A file with objects and a list of them behind it."""
    out = io.BytesIO()
    out.write(data if data.endswith((b"\n", b"\r")) else data + b"\n")
    places = {}
    for number, content in objects.items():
        places[number] = out.tell()
        out.write(content.rstrip() + b"\n")
    start = out.tell()
    told = re.search(rb"/Size (\d+)", entries)
    size = max(int(told[1]) if told else 0, max(objects, default=0) + 1)
    if in_stream:
        places[size] = start
        rows = b"".join(
            struct.pack(">BIH", 1, place, _generation(objects.get(number, b"")))
            for number, place in sorted(places.items())
        )
        index = b" ".join(b"%d %d" % (first, count) for first, count in _runs(places))
        entries = _SIZE.sub(b"/Size %d" % (size + 1), entries)
        out.write(
            b"%d 0 obj\n<</Type/XRef/W[1 4 2]/Index[%b]/Length %d%b>>stream\n"
            % (size, index, len(rows), entries)
        )
        out.write(rows + b"\nendstream\nendobj\n")
    else:
        # Some programs want every list to begin with the object that is none.
        out.write(b"xref\n0 1\n0000000000 65535 f \n")
        for first, count in _runs(places):
            out.write(b"%d %d\n" % (first, count))
            for number in range(first, first + count):
                out.write(b"%010d %05d n \n" % (places[number], _generation(objects[number])))
        out.write(b"trailer\n<<" + _SIZE.sub(b"/Size %d" % size, entries) + b">>\n")
    out.write(b"startxref\n%d\n%%%%EOF\n" % start)
    return out.getvalue()


def _tail(made: bytes, data: bytes) -> _Tail:
    start = _START.search(made[-64:])
    if not made.startswith(data) or start is None:
        raise _UnknownFormError
    listing = int(start[1])
    if listing < len(data):
        raise _UnknownFormError
    in_stream = not made.startswith(b"xref", listing)
    places, entries = (_from_stream if in_stream else _from_table)(made, listing)
    own = _OWN.findall(data[-_END:])
    if not own or _PREVIOUS.search(entries) is None:
        raise _UnknownFormError
    # In a file made for the web the library may name the second of two lists.
    entries = _PREVIOUS.sub(b"/Prev " + own[-1], entries)
    ends = [*sorted(places.values()), listing]
    spans = dict(pairwise(ends))
    objects = {number: made[place : spans[place]] for number, place in places.items()}
    for number, content in objects.items():
        head = _HEAD.match(content)
        if head is None or int(head[1]) != number:
            raise _UnknownFormError
    return _Tail(objects, entries, in_stream)


def _from_table(made: bytes, at: int) -> tuple[dict[int, int], bytes]:
    """Place of each object, and what else the trailer says."""
    trailer = _TRAILER.search(made, at)
    if trailer is None:
        raise _UnknownFormError
    places = {}
    at = made.index(b"\n", at) + 1
    while (found := _RANGE.match(made, at)) is not None:
        at = found.end()
        for number in range(int(found[1]), int(found[1]) + int(found[2])):
            row = made[at : at + _ENTRY]
            at += _ENTRY
            if row[17:18] == b"n":
                places[number] = int(row[:10])
    return places, trailer[1]


def _from_stream(made: bytes, at: int) -> tuple[dict[int, int], bytes]:
    """Place of each object, and what else the list's own entries say."""
    found = _LISTING.match(made, at)
    if found is None:
        raise _UnknownFormError
    told = list(map(int, found[2].split()))
    numbers = [
        number
        for first, count in zip(told[::2], told[1::2], strict=True)
        for number in range(first, first + count)
    ]
    rows = made[found.end() : found.end() + int(found[3])]
    if len(rows) != 5 * len(numbers):
        raise _UnknownFormError
    places = {
        number: int.from_bytes(rows[5 * row : 5 * row + 4], "big")
        for row, number in enumerate(numbers)
    }
    return places, found[1]


def _runs(numbers: dict[int, int]) -> list[tuple[int, int]]:
    """Numbers in order as (first, how many)."""
    runs: list[tuple[int, int]] = []
    for number in sorted(numbers):
        if runs and number == sum(runs[-1]):
            runs[-1] = runs[-1][0], runs[-1][1] + 1
        else:
            runs.append((number, 1))
    return runs


def _generation(content: bytes) -> int:
    head = _HEAD.match(content)
    return int(head[2]) if head else 0


def _numbered(words: bytes, unchanged: bytes, digest: bytes) -> bytes:
    """The number of the copy made from its content, where the library takes one at random.

    The first number is the file's own, unless the library made that up too; then it is
    another one each time.
    """

    def named(ids: re.Match[bytes]) -> bytes:
        first = ids[1] if ids[1] in unchanged else digest[: len(ids[1])]
        return b"/ID[<" + first + b"><" + digest[-len(ids[2]) or len(digest) :] + b">]"

    return _IDS.sub(named, words)
