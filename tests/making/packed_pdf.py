"""A PDF as newer programs write it: objects in object streams, listed by a stream."""

from __future__ import annotations

import io
import zlib
from typing import Any

import pypdf
from pypdf.generic import StreamObject


def packed(data: bytes) -> bytes:
    """The same file with its objects in an object stream and a cross-reference stream."""
    reader: Any = pypdf.PdfReader(io.BytesIO(data))
    size = int(reader.trailer["/Size"])
    plain: dict[int, bytes] = {}
    out = io.BytesIO()
    out.write(b"%PDF-1.5\n%\xe2\xe3\xcf\xd3\n")
    rows: dict[int, tuple[int, int, int]] = {0: (0, 0, 65535)}
    for number in range(1, size):
        found = reader.get_object(number)
        if found is None:
            continue
        raw = io.BytesIO()
        found.write_to_stream(raw)
        if isinstance(found, StreamObject):
            rows[number] = (1, out.tell(), 0)
            out.write(b"%d 0 obj\n" % number + raw.getvalue() + b"\nendobj\n")
        else:
            plain[number] = raw.getvalue()
    holder, listing = size, size + 1
    head, body = b"", b""
    for at, (number, content) in enumerate(plain.items()):
        rows[number] = (2, holder, at)
        head += b"%d %d " % (number, len(body))
        body += content + b"\n"
    content = zlib.compress(head + body)
    rows[holder] = (1, out.tell(), 0)
    out.write(
        b"%d 0 obj\n<</Type/ObjStm/N %d/First %d/Filter/FlateDecode/Length %d>>stream\n"
        % (holder, len(plain), len(head), len(content))
    )
    out.write(content + b"\nendstream\nendobj\n")
    start = out.tell()
    rows[listing] = (1, start, 0)
    table = b"".join(
        kind.to_bytes(1, "big") + place.to_bytes(4, "big") + other.to_bytes(2, "big")
        for kind, place, other in (rows.get(one, (0, 0, 0)) for one in range(listing + 1))
    )
    content = zlib.compress(table)
    root, info = (reader.trailer.raw_get(key).idnum for key in ("/Root", "/Info"))
    out.write(
        b"%d 0 obj\n<</Type/XRef/Size %d/W[1 4 2]/Root %d 0 R/Info %d 0 R"
        b"/ID[<00112233445566778899AABBCCDDEEFF><00112233445566778899AABBCCDDEEFF>]"
        b"/Filter/FlateDecode/Length %d>>stream\n"
        % (listing, listing + 1, root, info, len(content))
    )
    out.write(content + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % start)
    return out.getvalue()
