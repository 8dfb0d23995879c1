"""What stands on a page of a PDF（页面内容）: characters and strokes where a person sees them.

Coordinates are points with y upwards, turned so that most characters stand upright: a wide
table that was set sideways reads like any other.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from validator.readers.pdf_characters import printed_characters
from validator.readers.pdf_drawings import drawings

if TYPE_CHECKING:
    from pypdfium2 import PdfPage

    from validator.readers.pdf_characters import Printed

Box = tuple[float, float, float, float]
"""Left, bottom, right, top."""


class Glyph(NamedTuple):
    """A character as a reader sees it.

    Attributes:
        char: The character.
        left: Left edge of its room.
        right: Right edge of its room.
        base: Height of the line that it stands on.
        size: Its type size.
        blank: Whether a blank was typed before it.
        blank_after: Whether a blank was typed after it.
        mark: Its number among the characters of the page.
    """

    char: str
    left: float
    right: float
    base: float
    size: float
    blank: bool = False
    blank_after: bool = False
    mark: int = 0


class Stroke(NamedTuple):
    """A straight line along an axis: ``at`` its fixed coordinate, from ``start`` to ``end``."""

    at: float
    start: float
    end: float


@dataclass(slots=True)
class PageContent:
    """Characters and strokes of a page, upright.

    Attributes:
        number: 1-based page.
        box: The visible page.
        glyphs: Visible characters as they follow each other in the file.
        across: Horizontal strokes.
        down: Vertical strokes.
        pictured: Share of the page that its largest picture takes.
        picture: Place of that picture.
        drawn: Number of filled shapes; letters drawn as shapes make many.
        unknown: Characters whose meaning the file does not tell.
        crowded: Whether it has more strokes than a table would.
    """

    number: int
    box: Box
    glyphs: list[Glyph] = field(default_factory=list)
    across: list[Stroke] = field(default_factory=list)
    down: list[Stroke] = field(default_factory=list)
    pictured: float = 0.0
    drawn: int = 0
    unknown: int = 0
    crowded: bool = False
    picture: Box = (0.0, 0.0, 0.0, 0.0)

    @property
    def width(self) -> float:
        """Width of the page as it is read."""
        return self.box[2] - self.box[0]

    @property
    def height(self) -> float:
        """Height of the page as it is read."""
        return self.box[3] - self.box[1]


def page_content(page: PdfPage, number: int) -> PageContent:
    """Read what stands on a page."""
    box = page.get_bbox()
    printed, unknown = printed_characters(page, box)
    drawn = drawings(page, box)
    quarters = Counter(one.quarter for one in printed)
    quarter = quarters.most_common(1)[0][0] if quarters else 0
    across, down = [], []
    for piece in drawn.strokes:
        left, bottom, right, top = turned(piece, quarter)
        if right - left > top - bottom:
            across.append(Stroke((bottom + top) / 2, left, right))
        else:
            down.append(Stroke((left + right) / 2, bottom, top))
    return PageContent(
        number, turned(box, quarter), [_upright(one, quarter) for one in printed],
        across, down, drawn.pictured, drawn.filled, unknown, drawn.crowded,
        turned(drawn.picture, quarter),
    )  # fmt: skip


def turned(box: Box, quarter: int) -> Box:
    """A box after turning the page so that text running in a direction runs to the right."""
    left, bottom, right, top = box
    if quarter == 1:
        return bottom, -right, top, -left
    if quarter == 2:
        return -right, -top, -left, -bottom
    if quarter == 3:
        return -top, left, -bottom, right
    return box


def _upright(one: Printed, quarter: int) -> Glyph:
    left, _, right, _ = turned(one.box, quarter)
    x, y = one.origin
    base = turned((x, y, x, y), quarter)[1]
    return Glyph(
        one.char, left, right, base, one.size, one.blank, one.blank_after, one.mark
    )  # fmt: skip
