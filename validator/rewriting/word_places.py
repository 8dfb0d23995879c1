"""From a span of the text back to the Word file（落点）: which elements print these words.

Comments in the margin need the same way back as tracked changes do.
"""

from __future__ import annotations

import bisect
from dataclasses import dataclass
from typing import TYPE_CHECKING

from validator.document import Span
from validator.readers.docx import shapes
from validator.readers.layout import Stretch, TableShape, written
from validator.readers.pieces import cut
from validator.readers.word_package import W
from validator.rewriting.word_bounds import hindrance

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml.etree import _Element

    from validator.readers.layout import Range, Shape
    from validator.readers.pieces import Piece
    from validator.rewriting.packages import EditedPackage

_NUMBER = "那里有自动编号，不是打上去的字"
_COMPUTED = "那是域（如目录、页码、公式）算出来的字"
_BETWEEN = "那里跨了两段"
_CHART = "那是图表里的数据"


@dataclass(frozen=True, slots=True)
class Anchor:
    """Characters of one element of the file（落点）.

    Attributes:
        element: ``w:t``, or a sign such as ``w:tab`` that stands for one character.
        start: First character within the element.
        end: One past the last; the same as ``start`` for a place between characters.
    """

    element: _Element
    start: int
    end: int

    @property
    def run(self) -> _Element:
        """The run that holds the element."""
        parent = self.element.getparent()
        if parent is None or parent.tag != f"{W}r":
            raise NoPlaceError("那里的文字不在普通的文字格式里")
        return parent


class NoPlaceError(Exception):
    """Words that cannot be found in the file for certain; the message says why, in Chinese."""


class WordPlaces:
    """The words of an opened Word file with their elements.

    Attributes:
        text: The document's text, as the reader gives it.
    """

    def __init__(self, package: EditedPackage) -> None:
        """Find the words of a file.

        Args:
            package: The opened file; anchors are elements of its parts.

        Raises:
            UnreadableDocument: It is damaged.
        """
        self.text, self._shapes = written(shapes(package))
        self._pieces = list(_placed(self._shapes))
        self._starts = [start for start, _ in self._pieces]

    def anchors(self, span: Span) -> list[Anchor]:
        """The elements that print a span, in order; for an empty one the place itself.

        Raises:
            NoPlaceError: Not all of it is plain text of one paragraph.
        """
        if span.start == span.end:
            return [self._between(span.start)]
        found: list[Anchor] = []
        at = span.start
        for start, piece in self._from(at):
            if start >= span.end:
                break
            end = min(start + len(piece.words), span.end)
            if start <= at < end:
                found.append(_anchor(piece, at - start, end - start))
                at = end
        if at < span.end:
            raise NoPlaceError(_BETWEEN if self.text[at] == "\n" else _CHART)
        if len({_paragraph(one.run) for one in found}) > 1:
            raise NoPlaceError(_BETWEEN)
        return found

    def pieces(self, span: Span) -> list[Piece]:
        """What prints a span, cut to it; data of charts have none.

        Unlike ``anchors`` this also gives words that nobody may change, such as those of
        fields and of locked controls, and over several paragraphs.
        """
        found: list[Piece] = []
        for start, piece in self._from(span.start):
            if start >= span.end:
                break
            found += cut([piece], span.start - start, span.end - start)
        return found

    def shape(self, at: int) -> tuple[Shape, int] | None:
        """The paragraph, table or chart that a character belongs to, and which line of it."""
        for one, ranges in self._shapes:
            for number, (start, end) in enumerate(ranges):
                if start <= at < end:
                    return one, number
        return None

    def _from(self, at: int) -> Iterator[tuple[int, Piece]]:
        first = max(bisect.bisect_right(self._starts, at) - 1, 0)
        return iter(self._pieces[first:])

    def _between(self, at: int) -> Anchor:
        """The end of the character before, else the beginning of the one behind."""
        try:
            if at and self.text[at - 1] != "\n":
                (before,) = self.anchors(Span(at - 1, at))
                return Anchor(before.element, before.end, before.end)
        except NoPlaceError:
            pass
        (behind,) = self.anchors(Span(at, at + 1))
        return Anchor(behind.element, behind.start, behind.start)


def _placed(placed: Iterable[tuple[Shape, list[Range]]]) -> Iterator[tuple[int, Piece]]:
    """Every piece with where it begins in the text."""
    for shape, ranges in placed:
        rows: list[tuple[Piece, ...]] = []
        if isinstance(shape, Stretch):
            rows = [shape.pieces]
        elif isinstance(shape, TableShape):
            rows = [cell.pieces for cell in shape.cells]
        for pieces, (start, _) in zip(rows, ranges, strict=False):
            at = start
            for piece in pieces:
                yield at, piece
                at += len(piece.words)


def _anchor(piece: Piece, start: int, end: int) -> Anchor:
    if piece.source is None:
        raise NoPlaceError(_BETWEEN if piece.words == "\n" else _NUMBER)
    if piece.computed:
        raise NoPlaceError(_COMPUTED)
    anchor = Anchor(piece.source, piece.start + start, piece.start + end)
    why = hindrance(anchor.run)
    if why:
        raise NoPlaceError(why)
    return anchor


def _paragraph(run: _Element) -> _Element | None:
    return next(run.iterancestors(f"{W}p"), None)
