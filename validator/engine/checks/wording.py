"""The words of a document（文字）, cleaned once, for the checks that read words.

Blocks stand one per line, blanks and bookmark marks removed, every character with its place.
A pattern that does not cross a line therefore never crosses a block.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from validator.document import BlockKind, Span
from validator.engine.checks.memo import PerDocument
from validator.extract.normalise import clean

if TYPE_CHECKING:
    from collections.abc import Iterable

    from validator.document import Block, Document
    from validator.extract.normalise import Cleaned

_PROSE = frozenset({BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.NOTE})
KINDS: dict[str, frozenset[BlockKind]] = {
    "prose": _PROSE,
    "heading": frozenset({BlockKind.HEADING}),
    "cell": frozenset({BlockKind.CELL}),
    "chart": frozenset({BlockKind.CHART}),
    "text": _PROSE | {BlockKind.CELL},
    "any": frozenset(BlockKind) - {BlockKind.RECORD},
}
"""Which blocks a rule reads, by the word that its ``each`` uses."""


_COMMA = re.compile(r"(?<!\d),|,(?!\d)")
"""A half-width comma that is punctuation, not part of a number."""


@dataclass(frozen=True, slots=True)
class Wording:
    """Cleaned blocks, one per line（文字）.

    Attributes:
        text: The lines.
        places: Document offset of each character; a line end stands at its block's end.
    """

    text: str
    places: list[int]

    def span(self, start: int, end: int) -> Span:
        """Document span of the characters ``start`` to ``end``, which are not empty."""
        return Span(self.places[start], self.places[end - 1] + 1)

    def line(self, at: int) -> tuple[int, int]:
        """Start and end of the line that holds a character."""
        end = self.text.find("\n", at)
        return self.text.rfind("\n", 0, at) + 1, len(self.text) if end < 0 else end


def wording(document: Document, each: str) -> Wording:
    """The cleaned words of one kind of block."""
    return _WORDING[each].of(document)


def wording_of(document: Document, blocks: Iterable[int]) -> Wording:
    """The cleaned words of some blocks, by their numbers."""
    cleaned = _CLEANED.of(document)
    return _lines((document.blocks[at], cleaned[at]) for at in blocks)


def words_of(document: Document, block: int) -> str:
    """The cleaned words of one block."""
    return _CLEANED.of(document)[block].text


def cleaned_of(document: Document) -> list[Cleaned]:
    """The cleaned words of every block, with their places."""
    return _CLEANED.of(document)


def _clean_all(document: Document) -> list[Cleaned]:
    return [clean(document.text, b.span.start, b.span.end) for b in document.blocks]


_CLEANED = PerDocument(_clean_all)


def _join(document: Document, kinds: frozenset[BlockKind]) -> Wording:
    pairs = zip(document.blocks, _CLEANED.of(document), strict=True)
    return _lines((block, cleaned) for block, cleaned in pairs if block.kind in kinds)


def _lines(blocks: Iterable[tuple[Block, Cleaned]]) -> Wording:
    lines: list[str] = []
    places: list[int] = []
    for block, cleaned in blocks:
        lines.append(_COMMA.sub("，", cleaned.text.replace("\n", " ")))
        places.extend(cleaned.places[: len(cleaned.text)])
        places.append(block.span.end)
    return Wording("".join(f"{line}\n" for line in lines), places)


_WORDING = {each: PerDocument(partial(_join, kinds=kinds)) for each, kinds in KINDS.items()}
