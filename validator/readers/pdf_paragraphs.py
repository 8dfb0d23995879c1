"""Printed lines → paragraphs（段落）: a line goes on where its next word had no room left.

Whoever sets type breaks a line only when the next word does not fit. So a paragraph ends
with the line that had room for the first word of the line below, and where a line begins
like a new entry: indented, numbered, larger, or farther below.
"""

from __future__ import annotations

import statistics
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from validator.document import BlockKind
from validator.readers.layout import Stretch
from validator.readers.lines import labelled, listed
from validator.readers.pdf_lines import COLUMN, joined, room_needed
from validator.readers.pdf_trails import trail_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from validator.readers.pdf_lines import Line
    from validator.readers.pdf_trails import Trail

_FINAL = tuple("。；：！？;:!?")
_INSIDE = tuple("，。；、）”》%％,;")
_INDENT = 0.8
"""Type sizes by which a line must move to the right or left to count as moved."""
_ASIDE = 0.3
"""Share of the line's length from which on a line stands in the middle or at the right."""
_LARGER = 1.15
_FARTHER = 1.3
_SENTENCE = 20
"""Characters of a line that is longer than a title."""
_EXACT = 2.5
"""Points by which lines that are stretched to the right edge may miss it."""
_ENOUGH = 4
_SURE = 6
"""Type sizes of room from which a line has surely ended on purpose."""
_LONG = 10
"""Characters of a line that can tell where the right edge is."""


class Setting(NamedTuple):
    """How pages are set.

    Attributes:
        left: Where most lines begin.
        right: How far lines reach.
        pitch: Usual distance of two lines in type sizes.
        even: Whether lines are stretched to end at the same place.
        marked: Whether paragraphs begin with an indent or a gap.
    """

    left: float
    right: float
    pitch: float
    even: bool
    marked: bool = False


def setting_of(pages: Sequence[Sequence[Line]], left_edge: float, right_edge: float) -> Setting:
    """How pages of one width are set, told by their lines.

    Args:
        pages: Lines of each page.
        left_edge: Left edge of the pages.
        right_edge: Right edge of the pages.
    """
    lines = [line for page in pages for line in page]
    long = [line for line in lines if len(line.text) >= _LONG and not line.is_row] or lines
    if not long:
        return Setting(left_edge, right_edge, 1.5, even=False)
    right = _far_right(long)
    if not _reached(long, right):
        # Too few lines to tell by: margins are mostly alike.
        right = max(right, right_edge - (min(one.left for one in long) - left_edge))
    near = [right - one.right for one in long if right - one.right < 2 * one.size]
    even = sum(room < _EXACT for room in near) * 10 >= 6 * max(len(near), 1)
    lefts = Counter(round(one.left / 3) for one in long)
    left = statistics.median(
        one.left for one in long if round(one.left / 3) == lefts.most_common(1)[0][0]
    )
    setting = Setting(left, right, _pitch(pages, right), even)
    return setting._replace(marked=_marked(pages, setting))


def _pitch(pages: Sequence[Sequence[Line]], right: float) -> float:
    """Usual distance of two lines of one paragraph: of a full line and the next one."""
    pairs = [pair for page in pages for pair in pairwise(page)]
    full = [one for one in pairs if right - one[0].right < 2 * one[0].size] or pairs
    distances = ((upper.base - lower.base) / lower.size for upper, lower in full)
    return statistics.median([one for one in distances if 0.9 < one < 3] or [1.5])


def _marked(pages: Sequence[Sequence[Line]], setting: Setting) -> bool:
    """Whether nearly every line after a sure end of a paragraph is indented or set apart."""
    after = [
        (upper, lower)
        for page in pages
        for upper, lower in pairwise(page)
        if setting.right - upper.right > _SURE * upper.size and not upper.is_row
    ]
    told = sum(
        lower.left - setting.left > _INDENT * lower.size
        or upper.base - lower.base > _FARTHER * setting.pitch * lower.size
        for upper, lower in after
    )
    return len(after) >= _ENOUGH and told * 10 >= 9 * len(after)


def _far_right(lines: Sequence[Line]) -> float:
    """Right edge: the farthest place where two in a hundred lines end."""
    ends = sorted((line.right for line in lines), reverse=True)
    return ends[len(ends) // 50]


def _reached(lines: Sequence[Line], right: float) -> bool:
    """Whether enough lines end near a place for it to be the right edge."""
    near = [one for one in lines if right - one.right < 2 * one.size]
    exact = [one for one in near if right - one.right < _EXACT and len(one.text) >= _SENTENCE]
    return len(exact) > 1 or len(near) >= _ENOUGH


@dataclass(slots=True)
class _Open:
    """A paragraph that may go on."""

    text: str
    page: int
    lines: list[Line]
    last_page: int
    trails: list[Trail]


class Paragraphs:
    """Takes printed lines in reading order and makes paragraphs of them."""

    def __init__(self) -> None:
        self._open: _Open | None = None

    def add(self, line: Line, page: int, setting: Setting) -> Stretch | None:
        """Take a line → the paragraph before it, if the line begins another one."""
        last = self._open
        trail = trail_of(page, line.text, line.marks)
        if last is not None and _goes_on(last, line, page, setting):
            blank = last.lines[-1].blank_after
            last.text = joined(last.text, line.text, blank=blank)
            last.lines.append(line)
            last.trails.append(trail)
            last.last_page = page
            return None
        done = self.close()
        self._open = _Open(line.text, page, [line], page, [trail])
        return done

    def close(self) -> Stretch | None:
        """The paragraph so far; whatever comes next begins another one."""
        done, self._open = self._open, None
        if done is None:
            return None
        return Stretch(
            BlockKind.PARAGRAPH, done.text, page=done.page, trails=tuple(done.trails)
        )


def _goes_on(paragraph: _Open, line: Line, page: int, setting: Setting) -> bool:
    """Whether a line continues a paragraph."""
    last = paragraph.lines[-1]
    if _stands_alone(last, setting) or labelled(line.text) or _differ(last, line):
        return False
    if page == paragraph.last_page and not _follows(paragraph, line, setting):
        return False
    if line.text.startswith(_INSIDE):
        return True
    if not _full(last, line, setting):
        return False
    apart = line.left - setting.left > _INDENT * line.size
    if setting.marked and page == paragraph.last_page and not apart:
        return True
    if listed(line.text):
        # Full and without an end it is mid-sentence, whatever number the next line opens.
        indented = paragraph.lines[0].left - line.left > _INDENT * line.size
        return (indented or len(last.text) >= _SENTENCE) and not last.text.endswith(_FINAL)
    return _at_margin(paragraph, line, setting)


def _differ(last: Line, line: Line) -> bool:
    """Whether two lines cannot be of one paragraph: rows of columns, or of another size."""
    columns = COLUMN in last.text and COLUMN in line.text
    larger = max(last.size, line.size) > _LARGER * min(last.size, line.size)
    return line.is_row or columns or larger


def _stands_alone(line: Line, setting: Setting) -> bool:
    """Whether a line is no running text: a row, a label, or set to the middle or right."""
    if line.is_row or line.is_contents:
        return True
    if labelled(line.text) and len(line.text) < _SENTENCE:
        return True
    return line.left - setting.left > _ASIDE * (setting.right - setting.left)


def _follows(paragraph: _Open, line: Line, setting: Setting) -> bool:
    """Whether a line stands as close below as the lines of one paragraph do."""
    lines = paragraph.lines
    pitch = setting.pitch * line.size
    if len(lines) > 1 and lines[-2].base > lines[-1].base:
        # A line with a taller character stands lower, so the usual distance counts too.
        pitch = max(pitch, lines[-2].base - lines[-1].base)
    return 0 < lines[-1].base - line.base <= _FARTHER * pitch


def _full(last: Line, line: Line, setting: Setting) -> bool:
    """Whether a line had no room for the first piece of the next one."""
    room = setting.right - last.right
    if setting.even or (last.text.endswith(_FINAL) and not setting.marked):
        return room <= min(max(line.lead, line.size), 1.2 * line.size)
    return room_needed(last, line) > room


def _at_margin(paragraph: _Open, line: Line, setting: Setting) -> bool:
    """Whether a line begins where the next line of the paragraph must."""
    lines = paragraph.lines
    least = _INDENT * line.size
    if len(lines) > 1:
        return abs(line.left - lines[1].left) <= least
    moved = line.left - lines[0].left
    if moved > least:
        return listed(paragraph.text) or not lines[-1].text.endswith(_FINAL)
    if moved >= -least and lines[0].left - setting.left > least:
        return not lines[-1].text.endswith(_FINAL)
    return True
