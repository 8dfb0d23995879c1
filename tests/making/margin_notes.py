"""Notes to be written into documents, and what stands under the highlights of a PDF."""

from __future__ import annotations

import ctypes
import io
from typing import TYPE_CHECKING, Any, NamedTuple

import pypdf
import pypdfium2
import pypdfium2.raw as pdfium

from validator.annotating.notes import Note
from validator.document import Span
from validator.findings import Severity

if TYPE_CHECKING:
    from validator.document import Document


def note_at(
    document: Document, quote: str, severity: Severity = Severity.ERROR, nth: int = 0
) -> Note:
    """A note at words that stand in a document; ``nth`` counts where they stand often."""
    at = -1
    for _ in range(nth + 1):
        at = document.text.index(quote, at + 1)
    return note_on(Span(at, at + len(quote)), severity)


def note_on(span: Span, severity: Severity = Severity.ERROR) -> Note:
    """A note at a place."""
    lines = (f"第{span.start}字起对不上。", "建议：请核对", "ABC001 some-rule")
    return Note(span, severity, "错误：对不上", lines, "ABC001", f"{span.start:016x}")


class Marked(NamedTuple):
    """An annotation of a PDF and the characters under it."""

    page: int
    kind: str
    contents: str
    words: str
    quads: int
    entries: dict[str, Any]


def marks_of(data: bytes) -> list[Marked]:
    """Every annotation in order of the pages; the words are without blanks."""
    found = []
    reader = pypdf.PdfReader(io.BytesIO(data), strict=True)
    if reader.is_encrypted:
        reader.decrypt("")
    file = pypdfium2.PdfDocument(data)
    for number, page in enumerate(reader.pages):
        there: list[Any] = [one.get_object() for one in page.get("/Annots", [])]
        characters = _characters(file[number]) if there else []
        for entries in there:
            points = [float(one) for one in entries.get("/QuadPoints", [])]
            quads = [points[at : at + 8] for at in range(0, len(points), 8)]
            words = "".join(
                char for quad in quads for char, x, y in characters if _inside(quad, x, y)
            )
            contents = str(entries.get("/Contents", ""))
            kind = str(entries["/Subtype"])
            found.append(Marked(number + 1, kind, contents, words, len(quads), dict(entries)))
    file.close()
    return found


def _inside(quad: list[float], x: float, y: float) -> bool:
    across, down = quad[0::2], quad[1::2]
    return min(across) < x < max(across) and min(down) < y < max(down)


def _characters(page: pypdfium2.PdfPage) -> list[tuple[str, float, float]]:
    """Characters of a page that can be seen, with the middle of their room."""
    text = page.get_textpage()
    edges = [ctypes.c_double() for _ in range(4)]
    found = []
    for at in range(text.count_chars()):
        char = chr(pdfium.FPDFText_GetUnicode(text.raw, at))
        pdfium.FPDFText_GetCharBox(text.raw, at, *edges)
        left, right, bottom, top = (edge.value for edge in edges)
        if not char.isspace() and right > left:
            found.append((char, (left + right) / 2, (bottom + top) / 2))
    text.close()
    page.close()
    return found
