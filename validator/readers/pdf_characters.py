"""The characters of a PDF's page（字符）: what they are, where and how large they stand."""

from __future__ import annotations

import ctypes
import math
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

import pypdfium2.raw as pdfium

if TYPE_CHECKING:
    from pypdfium2 import PdfPage

Box = tuple[float, float, float, float]

_HYPHEN = 0x02
"""What the library writes for a hyphen that it believes to divide a word."""
_MOST = 200_000
"""Characters of one page at most; a page of small print has ten thousand."""
_MEANINGLESS = frozenset((0, 0xFFFD, *range(0xE000, 0xF900)))
_SKEWED = math.radians(10)
_BLANKS = frozenset(map(chr, (9, 32, 0xA0, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000)))
_UNSEEN = frozenset(map(chr, (*range(9), *range(10, 32), 0x7F, 0xAD, *range(0x200B, 0x2010),
                              0x2028, 0x2029, 0x2060, 0xFEFF)))  # fmt: skip


class CrowdedPageError(Exception):
    """A page with more characters than any report prints."""


class Printed(NamedTuple):
    """A visible character as the file places it.

    Attributes:
        char: The character.
        box: Its room on the page.
        origin: Where its line begins under it.
        size: Its type size.
        quarter: Direction of its line in quarter turns: 0 to the right, 1 up.
        blank: Whether a blank was typed before it.
        blank_after: Whether a blank was typed after it.
        mark: Its number among the characters of the page.
    """

    char: str
    box: Box
    origin: tuple[float, float]
    size: float
    quarter: int
    blank: bool
    blank_after: bool
    mark: int = 0


def printed_characters(page: PdfPage, seen: Box) -> tuple[list[Printed], int]:
    """Visible characters within the page, and the number of those without a meaning.

    Raises:
        CrowdedPageError: There are absurdly many.
    """
    text = page.get_textpage()
    try:
        return _Characters(text.raw, seen).read()
    finally:
        text.close()


class _Characters:
    """Walks over the characters of a page; the structures that calls fill are made once."""

    def __init__(self, text: object, seen: Box) -> None:
        self.text = text
        self.seen = seen
        self.found: list[Printed] = []
        self.unknown = 0
        self._room = pdfium.FS_RECTF()
        self._matrix = pdfium.FS_MATRIX()
        self._x = ctypes.c_double()
        self._y = ctypes.c_double()

    def read(self) -> tuple[list[Printed], int]:
        count = pdfium.FPDFText_CountChars(self.text)
        if count > _MOST:
            raise CrowdedPageError
        blank = False
        high = 0
        for index in range(count):
            code = pdfium.FPDFText_GetUnicode(self.text, index)
            if 0xD800 <= code < 0xDC00:
                high = code
                continue
            if 0xDC00 <= code < 0xE000:
                code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00) if high else 0
            high = 0
            char = chr(code) if code != _HYPHEN else "-"
            if char in _BLANKS:
                blank = blank or self._blank(index)
            elif code in _MEANINGLESS:
                self.unknown += 1
            elif char not in _UNSEEN:
                self._take(index, plain(char), blank=blank)
                blank = False
        return self.found, self.unknown

    def _blank(self, index: int) -> bool:
        """Take a blank, unless the library only guessed it from the gap."""
        if pdfium.FPDFText_IsGenerated(self.text, index) == 1:
            return False
        if self.found:
            self.found[-1] = self.found[-1]._replace(blank_after=True)
        return True

    def _take(self, index: int, char: str, *, blank: bool) -> None:
        text, room, matrix = self.text, self._room, self._matrix
        pdfium.FPDFText_GetLooseCharBox(text, index, room)
        pdfium.FPDFText_GetCharOrigin(text, index, self._x, self._y)
        pdfium.FPDFText_GetMatrix(text, index, matrix)
        box = (room.left, room.bottom, room.right, room.top)
        x, y = self._x.value, self._y.value
        left, bottom, right, top = self.seen
        if not (left - 1 <= x <= right + 1 and bottom - 1 <= y <= top + 1):
            return
        angle = math.atan2(matrix.b, matrix.a)
        quarter = round(angle / (math.pi / 2))
        if abs(angle - quarter * math.pi / 2) > _SKEWED:
            # Slanting across the page: a watermark.
            return
        size = pdfium.FPDFText_GetFontSize(text, index) * math.hypot(matrix.c, matrix.d)
        if size <= 0:
            size = max(right - left, top - bottom) and abs(room.top - room.bottom)
        self.found.append(
            Printed(char, box, (x, y), size or 1.0, quarter % 4, blank, False, index)
        )


def plain(char: str) -> str:
    """A radical or compatibility form, which looks the same, as the usual character."""
    if "\u2e80" <= char <= "\u2fd5" or "\uf900" <= char <= "\ufaff":
        usual = unicodedata.normalize("NFKC", char)
        return usual if len(usual) == 1 else char
    return char
