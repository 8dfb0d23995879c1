"""Characters of a PDF → printed lines（行）: what stands side by side, with its blanks.

A PDF knows where characters stand, not where words end. Blanks beside Chinese characters
mean nothing and are dropped; those between numbers or Latin words are kept; a gap as wide as
two characters parts columns and stays two blanks wide.
"""

from __future__ import annotations

import re
import statistics
from array import array
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from validator.readers.pdf_page import Glyph

COLUMN = "  "
"""What parts the columns of a line."""
_SAME_LINE = 0.4
"""Share of the type size by which characters of one line may differ in height."""
_WIDE = 1.6
"""Gap that parts columns, in type sizes; between numbers half of it does."""
_WIDE_FIGURES = 0.75
_NARROW = 0.18
"""Gap between Latin letters or digits that is a blank though none was typed."""
_LOOSEST = 0.6
"""Letter spacing of figures at most; beyond it they are columns of single digits."""
_TWICE = 0.3
"""Share of a character's width by which one printed twice for boldness may be off."""
_APART = 0.35
"""Room in type sizes that is kept between Chinese and other characters."""
_SLACK = 0.1
_UNIT = re.compile(r"(?<=\d)  (?=(?:[百千]?[万亿]?元|[%％‰]))")
_LEADER = re.compile(r"(?:[….·．]\s*){3,}[\d-]{0,5}\Z")
_CLOSING = frozenset("，。、；：！？）》〉」』】〕”’…％‰·,.;:!?)]}%")
_OPENING = frozenset("（《〈「『【〔“‘([{")
_FIGURE = frozenset("0123456789０１２３４５６７８９")
_BREAKS_AFTER = _FIGURE | frozenset(",.-/")
_BREAKS_BEFORE = _FIGURE | frozenset(",.%")


class Line(NamedTuple):
    """A printed line.

    Attributes:
        text: Its characters with the blanks that count.
        left: Left edge of the first character.
        right: Right edge of the last character.
        base: Height on the page.
        size: Type size of most of it.
        lead: Room that its first unbreakable piece needs: what a line above had to hold.
        blank_after: Whether a blank was typed at its end.
        marks: Number of each of its characters on the page, blanks left out.
    """

    text: str
    left: float
    right: float
    base: float
    size: float
    lead: float
    blank_after: bool = False
    marks: Sequence[int] = ()

    @property
    def is_row(self) -> bool:
        """Whether it is a row of a table without rules: several columns side by side."""
        return self.text.count(COLUMN) > 1

    @property
    def is_contents(self) -> bool:
        """Whether it is a title with dots and a page number（目录）."""
        return _LEADER.search(self.text) is not None


def is_chinese(char: str) -> bool:
    """Whether a character is as wide as it is high: no blank means anything beside it."""
    return "\u2e80" <= char <= "\ufaff" or "\uff00" <= char <= "\uffef" or char in "“”‘’…—·"


def lines_of_glyphs(glyphs: Sequence[Glyph]) -> list[Line]:
    """The printed lines, from top to bottom."""
    return [_line(row) for row in rows_of_glyphs(glyphs)]


def rows_of_glyphs(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """Characters that stand at the same height, from top to bottom."""
    rows: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda one: (-one.base, one.left)):
        if rows and _level(rows[-1], glyph):
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
    return rows


def _level(row: list[Glyph], glyph: Glyph) -> bool:
    first = row[0]
    return abs(first.base - glyph.base) <= _SAME_LINE * max(first.size, glyph.size)


def _line(row: list[Glyph]) -> Line:
    glyphs = _once(sorted(row, key=lambda one: one.left))
    size = statistics.mode(round(one.size, 1) for one in glyphs)
    text = _spelled(glyphs)
    return Line(
        text, glyphs[0].left, max(one.right for one in glyphs),
        statistics.mode(one.base for one in glyphs), size, _lead(glyphs),
        glyphs[-1].blank_after, array("l", [one.mark for one in glyphs]),
    )  # fmt: skip


def _once(glyphs: list[Glyph]) -> list[Glyph]:
    """Drop what is printed twice in the same place to look bold."""
    kept: list[Glyph] = []
    for glyph in glyphs:
        near = _TWICE * max(glyph.right - glyph.left, 1.0)
        twin = any(
            one.char == glyph.char and abs(one.left - glyph.left) < near for one in kept[-2:]
        )
        if not twin:
            kept.append(glyph)
    return kept


def _spelled(glyphs: list[Glyph]) -> str:
    """The characters with the blanks between them that count."""
    gaps = [after.left - before.right for before, after in pairwise(glyphs)]
    # Two characters far apart are one word, such as 目录 over a table of contents.
    spaced = len(gaps) > 1 or all(is_chinese(one.char) for one in glyphs)
    loose = max(statistics.median(gaps), 0.0) if spaced and gaps else 0.0
    if any(one.char in _FIGURE for one in glyphs):
        loose = min(loose, _LOOSEST * glyphs[0].size)
    parts = [glyphs[0].char]
    for at, gap in enumerate(gaps):
        parts.append(_between(glyphs, at, gap - loose))
        parts.append(glyphs[at + 1].char)
    return _UNIT.sub("", "".join(parts))


def _between(glyphs: list[Glyph], at: int, gap: float) -> str:
    """What stands between a character and the next."""
    before, after = glyphs[at], glyphs[at + 1]
    em = max(before.size, after.size)
    figures = before.char in _FIGURE and (after.char in _FIGURE or after.char in "-－")
    if gap >= (_WIDE_FIGURES if figures else _WIDE) * em:
        return COLUMN
    if is_chinese(before.char) or is_chinese(after.char):
        return ""
    typed = after.blank or before.blank_after
    if not typed and gap < _NARROW * em:
        return ""
    if after.char in "%,." and before.char in _FIGURE:
        return ""
    return "" if before.char in ",." and _thousands(glyphs, at) else " "


def _thousands(glyphs: list[Glyph], at: int) -> bool:
    """Whether the comma of a number stands there: ``1, 537.4`` is one number."""
    if glyphs[at].char != "," or at == 0 or glyphs[at - 1].char not in _FIGURE:
        return False
    behind = [one.char in _FIGURE for one in glyphs[at + 1 : at + 5]]
    return behind[:3] == [True] * 3 and behind[3:] != [True]


def _lead(glyphs: list[Glyph]) -> float:
    """Room of the first piece that a line cannot break: a character, a word, a number."""
    last = 0
    while last + 1 < len(glyphs) and _unbroken(glyphs[last], glyphs[last + 1]):
        last += 1
    return glyphs[last].right - glyphs[0].left


def _unbroken(before: Glyph, after: Glyph) -> bool:
    if before.char in _OPENING or after.char in _CLOSING or after.char in "“‘":
        return True
    if before.char in "）)" and after.char in _FIGURE:
        return True
    if is_chinese(before.char) or is_chinese(after.char):
        return False
    return not (after.blank or before.blank_after)


def room_needed(line: Line, after: Line) -> float:
    """Room that the first piece of the next line would have taken at the end of a line."""
    mixed = is_chinese(line.text[-1]) != is_chinese(after.text[0])
    return after.lead + (_APART if mixed else _SLACK) * after.size


def joined(before: str, after: str, *, blank: bool = False) -> str:
    """Two lines of one paragraph as one: words and numbers that were broken grow together.

    Args:
        before: The text so far.
        after: The line that goes on.
        blank: Whether a blank was typed between them.
    """
    if not before or not after or is_chinese(before[-1]) or is_chinese(after[0]):
        return before + after
    broken = before[-1] in _BREAKS_AFTER and after[0] in _BREAKS_BEFORE
    return before + after if broken and not blank else f"{before} {after}"
