"""PDF pages drawn line by line, as programs that set type draw them."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

if TYPE_CHECKING:
    from collections.abc import Sequence

FONT = "STSong-Light"
LEFT, RIGHT, TOP = 85.0, 510.0, 755.0
"""Margins of an A4 page in points."""
PITCH = 1.6
_NO_START = "，。、；：！？）》”%"

pdfmetrics.registerFont(UnicodeCIDFont(FONT))


def width_of(words: str, size: float) -> float:
    return float(pdfmetrics.stringWidth(words, FONT, size))


class Drawing:
    """A PDF in the making; ``y`` is the baseline of the next line."""

    def __init__(
        self, width: float = 595.0, height: float = 842.0, encrypt: object = None
    ) -> None:
        self.raw = io.BytesIO()
        self.canvas = Canvas(
            self.raw, pagesize=(width, height), encrypt=encrypt, invariant=True
        )
        self.y = TOP

    def line(
        self, words: str, x: float = LEFT, y: float | None = None, size: float = 12,
        spacing: float = 0.0,
    ) -> None:  # fmt: skip
        """Draw a line; without ``y`` below the one before."""
        if y is None:
            y = self.y
            self.y -= size * PITCH
        text = self.canvas.beginText(x, y)
        text.setFont(FONT, size)
        text.setCharSpace(spacing)
        text.textOut(words)
        self.canvas.drawText(text)

    def prose(
        self, words: str, size: float = 12, indent: float = 2.0, *, even: bool = True,
        bottom: float = 72.0, left: float = LEFT, right: float = RIGHT,
    ) -> None:  # fmt: skip
        """Draw a paragraph, broken where a line is full; ``even`` stretches the lines."""
        x = left + indent * size
        while words:
            count = _fitting(words, right - x, size)
            piece, words = words[:count], words[count:]
            spacing = 0.0
            if even and words:
                spacing = (right - x - width_of(piece, size)) / max(len(piece) - 1, 1)
            if self.y < bottom:
                self.page()
            self.line(piece, x=x, size=size, spacing=spacing)
            x = left

    def table(
        self, rows: Sequence[Sequence[str]], widths: Sequence[float], height: float = 20.0,
        size: float = 10, left: float = LEFT, *, rules: str = "all",
    ) -> None:  # fmt: skip
        """Draw a ruled table; words of a cell are broken at ``\\n``.

        Args:
            rows: Words of each cell; ``<`` joins a place to its left, ``^`` to the one above.
            widths: Width of each column.
            height: Height of each row.
            size: Type size.
            left: Left edge.
            rules: ``all``, ``open`` (none at the outer sides) or ``columns`` (no horizontal
                ones between the rows of the body).
        """
        top = self.y + size
        edges = [left + sum(widths[:at]) for at in range(len(widths) + 1)]
        for at, row in enumerate(rows):
            for column, words in enumerate(row):
                upper = top - at * height
                if words != "^" and not (rules == "columns" and at > 1):
                    self.canvas.line(edges[column], upper, edges[column + 1], upper)
                if words != "<" and not (rules == "open" and column == 0):
                    self.canvas.line(edges[column], upper, edges[column], upper - height)
                if words not in {"<", "^"}:
                    for number, piece in enumerate(words.split("\n")):
                        y = upper - size * (1.2 + 1.2 * number)
                        self.line(piece, x=edges[column] + 5, y=y, size=size)
        foot = top - len(rows) * height
        self.canvas.line(edges[0], foot, edges[-1], foot)
        if rules != "open":
            self.canvas.line(edges[-1], top, edges[-1], foot)
        self.y = foot - 2 * size

    def page(self) -> None:
        """Begin the next page."""
        self.canvas.showPage()
        self.y = TOP

    def data(self) -> bytes:
        """The finished file."""
        self.canvas.showPage()
        self.canvas.save()
        return self.raw.getvalue()


def _fitting(words: str, room: float, size: float) -> int:
    """Characters that a line holds; none begins with what must not stand first."""
    count = len(words)
    while count > 1 and width_of(words[:count], size) > room:
        count -= 1
    while 1 < count < len(words) and words[count] in _NO_START:
        count -= 1
    return count
