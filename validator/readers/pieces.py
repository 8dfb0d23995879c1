"""Pieces of a text and what prints them（出处）: the way back from words to the file."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from lxml.etree import _Element


class Piece(NamedTuple):
    """Words that come from one element of the file（出处）.

    Attributes:
        words: What is printed.
        source: The element that holds them, or None where the program makes them: automatic
            numbers, breaks between the paragraphs of a cell.
        start: Where in the element they begin; 0 for a tab, a break or a symbol.
        computed: Whether a field of the file prints them, and may print others tomorrow.
    """

    words: str
    source: _Element | None = None
    start: int = 0
    computed: bool = False


def words_of(pieces: Iterable[Piece]) -> str:
    """What pieces print one after the other."""
    return "".join([piece[0] for piece in pieces])


def cut(pieces: Sequence[Piece], start: int, end: int) -> Sequence[Piece]:
    """The pieces of a part of the words.

    Args:
        pieces: One after the other.
        start: First character.
        end: One past the last.
    """
    found = []
    at = 0
    for piece in pieces:
        length = len(piece.words)
        if start <= at and at + length <= end:
            if length:
                found.append(piece)
        elif at < end and start < at + length:
            low, high = max(start - at, 0), min(end - at, length)
            found.append(piece._replace(words=piece.words[low:high], start=piece.start + low))
        at += length
    return found


def joined(rows: Iterable[Sequence[Piece]]) -> tuple[Piece, ...]:
    """Pieces of several paragraphs, a line break between each."""
    found: list[Piece] = []
    for row in rows:
        if found:
            found.append(Piece("\n"))
        found += row
    return tuple(found)
