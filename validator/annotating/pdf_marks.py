"""Marks on the pages of a PDF（PDF 批注）: highlighted words, and notes beside them."""

from __future__ import annotations

import ctypes
from typing import TYPE_CHECKING

import pypdfium2.raw as pdfium

from validator.annotating.pdf_quads import cover
from validator.findings import Severity
from validator.rewriting.own_copies import AUTHOR

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pypdfium2 import PdfPage

    from validator.annotating.notes import Note
    from validator.annotating.pdf_quads import Box, Quad

COLOURS = {
    Severity.ERROR: (255, 110, 110),
    Severity.WARNING: (255, 200, 0),
    Severity.NOTE: (110, 180, 255),
}
"""Red, yellow and blue; words show through."""
_SOLID = 102
"""How solid the colour is, of 255."""
_PRINTED = 4
"""Flag of an annotation that is also printed."""
_ICON = 20.0
"""Points of a note's icon."""


def highlight(page: PdfPage, quads: Sequence[Quad], note: Note, number: int) -> None:
    """Mark words with a colour and a note.

    Args:
        page: The page.
        quads: Boxes around the words.
        note: What to say.
        number: Of the page among those that the words stand on, from 0.
    """
    annotation = pdfium.FPDFPage_CreateAnnot(page.raw, pdfium.FPDF_ANNOT_HIGHLIGHT)
    box = quads[0].box
    shown = []
    for quad in quads:
        box = cover(box, quad.box)
        left, bottom, right, top = quad.box
        shown.append(f"{left:.3f} {bottom:.3f} {right - left:.3f} {top - bottom:.3f} re")
        pdfium.FPDFAnnot_AppendAttachmentPoints(
            annotation, pdfium.FS_QUADPOINTSF(*quad.corners)
        )
    red, green, blue = (f"{part / 255:.3f}" for part in COLOURS[note.severity])
    _describe(annotation, box, note, note.text, number)
    # Some programs show only marks that say how they look; GS is what the library calls
    # the state that makes it shine through.
    drawn = f"/GS gs {red} {green} {blue} rg {' '.join(shown)} f"
    pdfium.FPDFAnnot_SetAP(annotation, pdfium.FPDF_ANNOT_APPEARANCEMODE_NORMAL, _wide(drawn))
    pdfium.FPDFPage_CloseAnnot(annotation)


def sticker(page: PdfPage, place: tuple[float, float], note: Note, text: str) -> None:
    """Put a note without words to mark on a page.

    Args:
        page: The page.
        place: Its upper left corner.
        note: The note.
        text: What to say.
    """
    annotation = pdfium.FPDFPage_CreateAnnot(page.raw, pdfium.FPDF_ANNOT_TEXT)
    left, top = place
    _describe(annotation, (left, top - _ICON, left + _ICON, top), note, text, 0)
    pdfium.FPDFPage_CloseAnnot(annotation)


def _describe(annotation: object, box: Box, note: Note, text: str, number: int) -> None:
    left, bottom, right, top = box
    pdfium.FPDFAnnot_SetRect(annotation, pdfium.FS_RECTF(left, top, right, bottom))
    pdfium.FPDFAnnot_SetColor(
        annotation, pdfium.FPDFANNOT_COLORTYPE_Color, *COLOURS[note.severity], _SOLID
    )
    pdfium.FPDFAnnot_SetFlags(annotation, _PRINTED)
    name = f"{note.fingerprint}-{number}" if number else note.fingerprint
    # Line ends of a PDF's words are carriage returns.
    told = {"Contents": text.replace("\n", "\r"), "T": AUTHOR, "Subj": note.rule, "NM": name}
    for key, words in told.items():
        pdfium.FPDFAnnot_SetStringValue(annotation, key.encode(), _wide(words))


def _wide(words: str) -> ctypes.Array[ctypes.c_ushort]:
    """Words as the library takes them: UTF-16 with a zero at the end."""
    raw = f"{words}\0".encode("utf-16-le")
    return (ctypes.c_ushort * (len(raw) // 2)).from_buffer_copy(raw)
