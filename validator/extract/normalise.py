"""Text as the grammar reads it（规范化）: broken words rejoined, widths unified, places kept.

Published text has soft line breaks inside words and numbers, blanks everywhere, full-width
digits and half-width colons. The grammar reads a cleaned copy in which every character
still knows where it stands in the document.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from validator.document import Span

_WIDTHS = str.maketrans(
    "０１２３４５６７８９％．－﹣−:;()?!﹪﹒",
    "0123456789%.---：；（）？！%.",
)
_MARK = r"\[bookmark[:：][^\]\n]*\]"
# White space goes away unless it keeps two Latin words or two numbers apart.
_SOFT = r"(?<![A-Za-z0-9.%])[\s\u3000\u200b\ufeff]+|[\s\u3000\u200b\ufeff]+(?![A-Za-z0-9\s])"
# A soft wrap may also fall behind a decimal point: 23.⏎88万元.
_WRAPPED = r"(?<=\d\.)\r?\n(?=\d{1,2}(?:万元|亿元|元|%))"
_DROP = re.compile(rf"{_MARK}|{_SOFT}|{_WRAPPED}")
_WIDE_COMMA = re.compile(r"(?<=[０-９])，(?=[０-９]{3})")
_DROP_BLANKS = re.compile(
    rf"{_MARK}|(?<![A-Za-z0-9.%])(?:[^\S\n]|[\u3000\u200b\ufeff])+"
    r"|(?:[^\S\n]|[\u3000\u200b\ufeff])+(?![A-Za-z0-9\s])|\r"
)


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A cleaned copy of a stretch of the document（规范文本）.

    Attributes:
        text: The cleaned characters.
        places: Document offset of each character, and one past the end.
    """

    text: str
    places: list[int]

    def span(self, start: int, end: int) -> Span:
        """Document span of cleaned characters ``start`` to ``end``."""
        if end <= start:
            at = self.places[min(start, len(self.places) - 1)]
            return Span(at, at)
        return Span(self.places[start], self.places[end - 1] + 1)


def clean(text: str, start: int, end: int, *, lines: bool = False) -> Cleaned:
    """Clean one block of a document's text.

    Args:
        text: The document's text.
        start: Where the block begins.
        end: Where it ends.
        lines: Whether line breaks inside the block are meant (in a cell), not soft wraps.

    >>> clean("支 出:１００ 万元", 0, 11).text
    '支出：100万元'
    """
    raw = _WIDE_COMMA.sub(",", text[start:end]).translate(_WIDTHS)
    drop = _DROP_BLANKS if lines else _DROP
    if not drop.search(raw):
        return Cleaned(raw, list(range(start, end + 1)))
    kept: list[str] = []
    places: list[int] = []
    at = 0
    for match in drop.finditer(raw):
        kept.append(raw[at : match.start()])
        places.extend(range(start + at, start + match.start()))
        at = match.end()
    kept.append(raw[at:])
    places.extend(range(start + at, end + 1))
    return Cleaned("".join(kept), places)
