"""What stands in the margins of every page（页眉页脚页码）: not part of the report's text."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from validator.readers.lines import labelled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from validator.readers.pdf_lines import Line

_MARGIN = 0.09
"""Share of the page's height at its top and bottom where running heads stand."""
_NUMBERED = 0.16
"""The same for page numbers, which official letters print closer to the text."""
_FEWEST = 3
"""Pages on which a line must stand to be a running head."""
_PAGE_NUMBER = re.compile(
    r"[-—–―－~～·.\s]*(?:\d{1,3}|[ivxlIVXLⅰ-ⅿⅠ-Ⅻ]{1,6})[-—–―－~～·.\s]*"
    r"|\d{1,4}\s*[/／]\s*\d{1,4}|第?\d{1,4}页[/／,，、\s]*共?\d{1,4}页"
    r"|共\d{1,4}页[/／,，、\s]*第\d{1,4}页"
    r"|第(?:\d{1,4}|[一二三四五六七八九十百]{1,5})页"
    r"|(?:[Pp]age|PAGE)\s*\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?"
)
_VARIES = re.compile(r"\d+")


class PageLines(NamedTuple):
    """The lines of a page that stand in no table.

    Attributes:
        bottom: Lower edge of the page.
        height: Its height.
        lines: Its lines from top to bottom.
    """

    bottom: float
    height: float
    lines: Sequence[Line]


def without_margins(pages: Sequence[PageLines]) -> list[list[Line]]:
    """The lines of each page without page numbers, running heads and feet."""
    seen = Counter(
        mark
        for page in pages
        for mark in {
            _mark(page, line) for line in page.lines if _in_margin(page, line, _MARGIN)
        }
    )
    filled = sum(bool(page.lines) for page in pages)
    enough = max(_FEWEST, 0.4 * filled)
    kept = []
    for page in pages:
        rest = [
            line
            for line in page.lines
            if not (_in_margin(page, line, _MARGIN) and _stands_often(seen, page, line, enough))
        ]
        kept.append(_without_number(page, rest))
    return kept


def _without_number(page: PageLines, lines: list[Line]) -> list[Line]:
    """Lines without a page number at either end."""
    for at in (-1, 0):
        if lines and _in_margin(page, lines[at], _NUMBERED) and _is_number(lines[at]):
            lines = lines[:-1] if at else lines[1:]
    return lines


def _is_number(line: Line) -> bool:
    return _PAGE_NUMBER.fullmatch(line.text) is not None


def _in_margin(page: PageLines, line: Line, share: float) -> bool:
    place = (line.base - page.bottom) / max(page.height, 1.0)
    return place < share or place > 1 - share


def _mark(page: PageLines, line: Line) -> tuple[str, int]:
    """What two copies of a running head share: words without figures, and the height."""
    words = _VARIES.sub("#", "".join(line.text.split()))
    return words, round((line.base - page.bottom) / 4)


def _stands_often(
    seen: Counter[tuple[str, int]], page: PageLines, line: Line, enough: float
) -> bool:
    words, height = _mark(page, line)
    # A line like 单位：万元 belongs to the table below it, however often it is printed.
    if labelled(words):
        return False
    return sum(seen[words, near] for near in (height - 1, height, height + 1)) >= enough
