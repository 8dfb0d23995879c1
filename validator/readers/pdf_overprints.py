"""Words that run out of their cell（溢出单元格）: given back to the cell that they began in.

A spreadsheet prints a row lower than its wrapped words need, and their second line falls
upon the words of the row below. Each line is drawn at one go after the line above it, so the
order in the file tells whose it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from validator.readers.pdf_page import Glyph

Spot = tuple[int, int]
"""Row and column of a cell."""
_STEP = 0.2
"""Type sizes by which the characters of one piece may differ in height."""
_NEAR = 0.7
"""Type sizes within which two lines stand upon each other."""
_OVER = 0.5
"""Type sizes by which two pieces cover each other."""


class Piece(NamedTuple):
    """Characters drawn one after the other on one line in one cell."""

    spot: Spot
    glyphs: list[Glyph]

    @property
    def words(self) -> str:
        """Its characters."""
        return "".join(glyph.char for glyph in self.glyphs)


def cells_of(placed: Sequence[tuple[Spot, Glyph]]) -> dict[Spot, list[Glyph]]:
    """Characters of each cell.

    Args:
        placed: Each character with the cell that it stands in, in the order of the file.
    """
    pieces = _pieces(placed)
    crowds: dict[Spot, list[Piece]] = {}
    for piece in pieces:
        crowds.setdefault(piece.spot, []).append(piece)
    held: dict[Spot, list[Glyph]] = {}
    before: Piece | None = None
    for piece in pieces:
        spot = piece.spot
        if len(crowds[spot]) > 1 and before is not None and _fell(before, piece, crowds[spot]):
            spot = before.spot
        held.setdefault(spot, []).extend(piece.glyphs)
        before = piece
    return held


def _pieces(placed: Sequence[tuple[Spot, Glyph]]) -> list[Piece]:
    found: list[Piece] = []
    for spot, glyph in placed:
        last = found[-1].glyphs[-1] if found else None
        if (
            last is not None
            and found[-1].spot == spot
            and abs(last.base - glyph.base) <= _STEP * glyph.size
            and glyph.left > last.left
        ):
            found[-1].glyphs.append(glyph)
        else:
            found.append(Piece(spot, [glyph]))
    return found


def _fell(before: Piece, piece: Piece, crowd: Sequence[Piece]) -> bool:
    """Whether a piece goes on from the cell above and covers another piece in its own."""
    above = before.spot[0] < piece.spot[0] and before.spot[1] == piece.spot[1]
    return above and any(_cover(piece, one) for one in crowd if one is not piece)


def _cover(one: Piece, other: Piece) -> bool:
    first, second = one.glyphs[0], other.glyphs[0]
    if abs(first.base - second.base) > _NEAR * first.size or one.words == other.words:
        return False
    shared = min(one.glyphs[-1].right, other.glyphs[-1].right) - max(first.left, second.left)
    return shared > _OVER * first.size
