"""Where words are printed（印迹）: the way back from a text to the characters of its pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

BLANKS = frozenset(" \n")
"""What the reader puts between characters; all else of its text stands on a page."""
NOWHERE = -1
"""Number of a character that stands in a picture."""


class Trail(NamedTuple):
    """Characters of one line（印迹）, without the blanks between them.

    Attributes:
        page: 1-based page.
        marks: Number of each among the characters of the page, as the library counts them.
    """

    page: int
    marks: Sequence[int]


def trail_of(page: int, words: str, marks: Sequence[int]) -> Trail:
    """The trail of a line.

    Args:
        page: 1-based page.
        words: The line.
        marks: Numbers of its characters; none when they were recognised in a picture.
    """
    return Trail(page, marks or (NOWHERE,) * sum(char not in BLANKS for char in words))
