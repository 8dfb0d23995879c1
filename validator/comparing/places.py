"""Where something stands, and the words around it（位置、上下文）, as people read them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from validator.document import BlockKind
from validator.reporters.places import place_in
from validator.reporters.told import place_words, visible

if TYPE_CHECKING:
    from validator.document import Document, Span
    from validator.reporters.words import Words

_BEFORE, _AFTER = 24, 14
_FIGURE = re.compile(r"\d[\d,，.．]*(?:[%％‰]|[十百千]?[万亿]?元|个百分点|[年月日个人辆])?")


def place_of(document: Document, span: Span, words: Words) -> str:
    """Where a span stands: 第3页第12段, 表2行5列3, 单元格公开01表!B7."""
    return place_words(place_in(document, span), document, words)


def around(document: Document, span: Span) -> tuple[str, str, str]:
    """The words before a figure, the figure, and the words after it, shortened.

    A cell has none: its row and column name it.
    """
    block = document.block_at(span.start)
    quote = shown(document.quote(span))
    if block is None or block.kind is BlockKind.CELL:
        return "", quote, ""
    before = shown(document.text[block.span.start : span.start]).lstrip()
    after = shown(document.text[span.end : max(block.span.end, span.end)]).rstrip()
    if len(before) > _BEFORE + 2:
        at = len(before) - _BEFORE
        before = "…" + before[next((s for s, e in _figures(before) if s < at < e), at) :]
    if len(after) > _AFTER + 2:
        after = after[: next((e for s, e in _figures(after) if s < _AFTER < e), _AFTER)] + "…"
    return before, quote, after


def shown(text: str) -> str:
    """Words in one line, without what nobody sees and what changes how the rest is shown."""
    return visible(re.sub(r"\s+", " ", text))


def _figures(text: str) -> list[tuple[int, int]]:
    return [found.span() for found in _FIGURE.finditer(text)]
