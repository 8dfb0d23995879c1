"""What a figure is called（数字的名称）: line item, row and column, or the words before it."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from validator.comparing.headers import TableHeads
from validator.comparing.pieces import counts
from validator.document import BlockKind

if TYPE_CHECKING:
    from validator.document import Document
    from validator.facts import Figure
    from validator.reading import Reading

_SHORTEST, _LONGEST = 4, 18
_CLAUSE = re.compile(r"[，。；：:;！？、\n（(]")
_EDGES = " \t\u3000，。、；：:;.“”\"'（）()"
_NUMBERED = re.compile(
    r"^(?:[（(]?[一二三四五六七八九十\d]+[）)、.．]\s*|其中[:：]?|[-—－·•]+)"
)
_CODED = re.compile(r"[（(][类款项][)）](?:\d{3,7})?[：:]?")


class Names:
    """Names the figures of one report."""

    def __init__(self, document: Document, reading: Reading) -> None:
        self._document = document
        counted = [f for f in reading.figures if counts(f, reading)]
        self._heads = TableHeads(document, reading, counted)
        self._facts: dict[int, str] = {}
        for fact in reading.facts:
            if fact.label and (fact.known or fact.figure.id not in self._facts):
                self._facts[fact.figure.id] = fact.label
        self._stated = sorted(self._facts)
        self._figures = reading.figures

    def of(self, figure: Figure) -> str:
        """Words that name a figure, "" where there are none."""
        block = self._document.block_at(figure.span.start)
        if block is not None and block.kind is BlockKind.CELL:
            row = self._heads.row(block.table, block.row, block.column)
            column = self._heads.column(block.table, block.row, block.column)
            named = " · ".join(_short(part) for part in (row, column) if part)
            if named:
                return named
        if figure.id in self._facts:
            return _short("".join(self._facts[figure.id].split()))
        start = block.span.start if block is not None else 0
        said = _last_clause(self._document.text[start : figure.span.start])
        if len(said) < _SHORTEST:
            said = f"{self._whose(figure, start)}{said}"
        return _short(said)

    def _whose(self, figure: Figure, start: int) -> str:
        """What the figure before it in its block states: 占 and 增长 are said of that."""
        at = bisect_left(self._stated, figure.id) - 1
        before = self._figures[self._stated[at]] if at >= 0 else None
        if before is None or before.span.start < start:
            return ""
        return "".join(self._facts[before.id].split())


def _last_clause(words: str) -> str:
    """The last words in front of a figure that say anything."""
    parts = (part.strip(_EDGES) for part in reversed(_CLAUSE.split(_CODED.sub("", words))))
    return next((part for part in parts if re.search(r"[^\W\d]", part)), "")


def _short(words: str) -> str:
    words = _NUMBERED.sub("", _CODED.sub("", words).strip(_EDGES)).strip(_EDGES)
    return words if len(words) <= _LONGEST else "…" + words[-_LONGEST:]
