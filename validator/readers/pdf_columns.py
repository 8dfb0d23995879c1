"""Pages set in two columns（分栏）: which characters stand in which column."""

from __future__ import annotations

import statistics
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from validator.readers.pdf_lines import rows_of_glyphs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from validator.readers.pdf_page import Glyph

_GUTTER = 1.2
"""Type sizes of the narrowest gap between columns."""
_CENTRE = 0.15
"""Share of the text's width by which the gap may be off its middle."""
_FEWEST_ROWS = 8
"""Lines side by side from which on two columns are believed."""
_FULL = 0.8
"""Share of its column that running text fills in most lines; cells of a table do not."""


_SHORTEST = 10
"""Characters of the lines of a column."""
_PUNCTUATION = frozenset("，。、；：")


class Part(NamedTuple):
    """A part of a page that is read from top to bottom before the next one."""

    left: float
    right: float
    glyphs: Sequence[Glyph]


def parts_of(glyphs: Sequence[Glyph], left: float, right: float) -> list[Part]:
    """What stands above two columns, in each of them, and below; or the page as one part.

    Args:
        glyphs: Characters outside of tables.
        left: Left edge of the page.
        right: Right edge of the page.
    """
    whole = [Part(left, right, glyphs)]
    if not glyphs:
        return whole
    rows = [sorted(row, key=lambda one: one.left) for row in rows_of_glyphs(glyphs)]
    centre = _gutter(rows)
    if centre is None:
        return whole
    both = [at for at, row in enumerate(rows) if _parted(row, centre)]
    first, last = both[0], both[-1]
    inside = rows[first : last + 1]
    if any(row[0].left < centre < row[-1].right and not _parted(row, centre) for row in inside):
        return whole
    above, below = _flat(rows[:first]), _flat(rows[last + 1 :])
    lefts = [glyph for row in inside for glyph in row if glyph.left < centre]
    rights = [glyph for row in inside for glyph in row if glyph.left >= centre]
    # What goes on below the longer column still stands in it.
    if below and all(glyph.right <= centre for glyph in below):
        lefts, below = lefts + below, []
    found = [
        Part(left, right, above),
        Part(left, centre, lefts),
        Part(centre, right, rights),
        Part(left, right, below),
    ]
    return [part for part in found if part.glyphs]


def _gutter(rows: Sequence[Sequence[Glyph]]) -> float | None:
    """Where two columns of running text are parted, or None."""
    start = min(row[0].left for row in rows)
    width = max(row[-1].right for row in rows) - start
    middles = []
    for row in rows:
        for before, after in pairwise(row):
            middle = (before.right + after.left) / 2
            wide = after.left - before.right >= _GUTTER * max(before.size, after.size)
            if wide and abs((middle - start) / max(width, 1.0) - 0.5) < _CENTRE:
                middles.append(middle)
    if len(middles) < _FEWEST_ROWS:
        return None
    centre = statistics.median(middles)
    parted = [row for row in rows if _parted(row, centre)]
    if len(parted) < _FEWEST_ROWS:
        return None
    for side in (
        [[one for one in row if one.left < centre] for row in parted],
        [[one for one in row if one.left >= centre] for row in parted],
    ):
        if not _running(side):
            return None
    return centre


def _parted(row: Sequence[Glyph], centre: float) -> bool:
    """Whether a row has characters on both sides of a place and a wide gap there."""
    before = [one.right for one in row if one.left < centre]
    after = [one.left for one in row if one.left >= centre]
    if not before or not after:
        return False
    return min(after) - max(before) >= _GUTTER * row[0].size


def _running(side: Sequence[Sequence[Glyph]]) -> bool:
    """Whether pieces of lines fill their column and hold sentences."""
    start = min(row[0].left for row in side)
    width = max(row[-1].right for row in side) - start
    full = sum(sum(one.right - one.left for one in row) >= _FULL * width for row in side)
    marks = sum(one.char in _PUNCTUATION for row in side for one in row)
    long = statistics.median(len(row) for row in side) >= _SHORTEST
    return long and full * 10 >= 7 * len(side) and marks * 3 >= len(side)


def _flat(rows: Sequence[Sequence[Glyph]]) -> list[Glyph]:
    return [glyph for row in rows for glyph in row]
