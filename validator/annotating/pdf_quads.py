"""Where characters stand on a page（色块）: one box for what stands side by side in a line."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import pypdfium2.raw as pdfium

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pypdfium2 import PdfPage

Box = tuple[float, float, float, float]
"""Left, bottom, right, top in points, y upwards, as the file has them."""
_LEVEL = 0.5
"""Share of the lower one's height that boxes of one line have in common at least."""
_GAP = 2.0
"""Heights of a box by which the next one in the line may be off."""


class Quad(NamedTuple):
    """A box around characters.

    Attributes:
        box: The box.
        quarter: Direction of the line in quarter turns: 0 to the right, 1 up.
    """

    box: Box
    quarter: int

    @property
    def corners(self) -> tuple[float, ...]:
        """X and y of upper left, upper right, lower left, lower right, as the words stand."""
        left, bottom, right, top = self.box
        around = [(left, top), (right, top), (right, bottom), (left, bottom)]
        turned = around[-self.quarter :] + around[: -self.quarter] if self.quarter else around
        upper_left, upper_right, lower_right, lower_left = turned
        return (*upper_left, *upper_right, *lower_left, *lower_right)


def quads_of(page: PdfPage, marks: Iterable[int]) -> list[Quad]:
    """Boxes around characters of a page.

    Args:
        page: The page.
        marks: Numbers of the characters, in reading order.
    """
    text = page.get_textpage()
    try:
        found: list[Quad] = []
        for mark in marks:
            quad = _quad(text.raw, mark)
            if found and _beside(found[-1], quad):
                found[-1] = Quad(cover(found[-1].box, quad.box), quad.quarter)
            else:
                found.append(quad)
        return found
    finally:
        text.close()


def cover(one: Box, other: Box) -> Box:
    """The smallest box around two."""
    return (
        min(one[0], other[0]), min(one[1], other[1]), max(one[2], other[2]),
        max(one[3], other[3]),
    )  # fmt: skip


def _quad(text: object, mark: int) -> Quad:
    room, matrix = pdfium.FS_RECTF(), pdfium.FS_MATRIX()
    pdfium.FPDFText_GetLooseCharBox(text, mark, room)
    pdfium.FPDFText_GetMatrix(text, mark, matrix)
    quarter = round(math.atan2(matrix.b, matrix.a) / (math.pi / 2)) % 4
    left, right = sorted((room.left, room.right))
    bottom, top = sorted((room.bottom, room.top))
    return Quad((left, bottom, right, top), quarter)


def _beside(one: Quad, other: Quad) -> bool:
    """Whether two boxes stand side by side in one line."""
    if one.quarter != other.quarter:
        return False
    across = one.quarter % 2
    (start, low, end, high), (left, bottom, right, top) = (
        _along(box, across) for box in (one.box, other.box)
    )
    shared = min(high, top) - max(low, bottom)
    height = max(min(high - low, top - bottom), 0.01)
    apart = max(left - end, start - right)
    return shared >= _LEVEL * height and apart <= _GAP * height


def _along(box: Box, across: int) -> Box:
    """A box as if its line ran to the right."""
    left, bottom, right, top = box
    return (bottom, left, top, right) if across else box
