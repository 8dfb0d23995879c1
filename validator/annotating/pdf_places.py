"""From a span of the text back to the pages of a PDF（落点）: which characters print it."""

from __future__ import annotations

import bisect
from typing import TYPE_CHECKING

from validator.readers.layout import Stretch, TableShape, written
from validator.readers.pdf_trails import BLANKS, NOWHERE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from validator.document import Span
    from validator.readers.layout import Shape
    from validator.readers.pdf_trails import Trail

Run = tuple[int, list[int]]
"""Page, and numbers of characters on it."""


class NoPlaceError(Exception):
    """Words that cannot be found on a page for certain; the message says why, in Chinese."""


class PdfPlaces:
    """The words of a PDF with their trails.

    Attributes:
        text: The document's text, as the reader gives it.
    """

    def __init__(self, shapes: Iterable[Shape]) -> None:
        """Lay out what the reader found."""
        self.text, placed = written(shapes)
        self._lines = [
            (start, end, trails)
            for shape, ranges in placed
            for (start, end), trails in zip(ranges, _trails(shape), strict=True)
            if start < end
        ]
        self._starts = [start for start, _, _ in self._lines]

    def runs(self, span: Span) -> list[Run]:
        """The characters that print a span, page by page in reading order.

        Raises:
            NoPlaceError: Some of it stands on no page as characters.
        """
        found: list[Run] = []
        first = max(bisect.bisect_right(self._starts, span.start) - 1, 0)
        for start, end, trails in self._lines[first:]:
            if start >= span.end:
                break
            printed = [(one.page, mark) for one in trails for mark in one.marks]
            seen = [at for at in range(start, end) if self.text[at] not in BLANKS]
            if len(printed) != len(seen):
                raise NoPlaceError("这里的字对不上页面上的字")
            for at, (page, mark) in zip(seen, printed, strict=True):
                if not span.start <= at < span.end:
                    continue
                if mark == NOWHERE:
                    raise NoPlaceError("这一页是扫描图片，没有文字可以标")
                if not found or found[-1][0] != page:
                    found.append((page, []))
                found[-1][1].append(mark)
        if not found:
            raise NoPlaceError("这里没有印出来的字")
        return found


def _trails(shape: Shape) -> Iterator[Sequence[Trail]]:
    """The trails of each line of a shape."""
    if isinstance(shape, Stretch):
        yield shape.trails
    elif isinstance(shape, TableShape):
        yield from (cell.trails for cell in shape.cells)
