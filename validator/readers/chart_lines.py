"""Chart data as extraction prints it（图表数据行）: names, categories and values between tabs.

Text taken out of a Word file ends with lines such as
``收入⇥2022⇥2023⇥100.5⇥120⇥支出⇥2022⇥2023⇥99⇥118`` (⇥ a tab): for each series its name, all its
categories and as many values. The categories repeat for each series; that tells a chart from
a table row, which has one label and many amounts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from validator.readers.draft import chart_number, visible

Range = tuple[int, int]

_YEAR = re.compile(r"(?:19|20)\d{2}年?度?")
_TYPED_DIGITS = 15
_TOTALS = ("总计", "合计", "小计")


@dataclass(frozen=True, slots=True)
class Row:
    """A line with tabs: the ranges of its fields in the text, and their words."""

    ranges: tuple[Range, ...]
    words: tuple[str, ...]
    closed: bool
    """Whether it ends with a tab, as chart lines do."""


@dataclass(frozen=True, slots=True)
class Series:
    """Ranges of a series' name, categories and values; the values may be missing."""

    name: Range
    """Empty, before the first category, for a series without a name."""
    labels: tuple[Range, ...]
    values: tuple[Range, ...]


@dataclass(frozen=True, slots=True)
class ChartLine:
    """A line that can be the data of a chart."""

    series: tuple[Series, ...]
    by_year: bool
    """Whether its categories are years."""
    sure: bool
    """Whether a table row could hardly look like it."""


def row_of(text: str, start: int, end: int) -> Row:
    """Split a line at its tabs."""
    ranges = []
    at = start
    for piece in text[start:end].split("\t"):
        ranges.append(visible(text, at, at + len(piece)))
        at += len(piece) + 1
    words = tuple(text[a:b] for a, b in ranges)
    return Row(tuple(ranges), words, not words[-1] and len(words) > 1)


def chart_line(row: Row, name: Range | None = None) -> ChartLine | None:
    """Read a row as chart data, or None when it cannot be.

    Args:
        row: The row.
        name: Name of the first series when it stands on the line above.
    """
    words = list(row.words)
    while words and not words[-1]:
        words.pop()
    if "" in words:
        return None
    for named in (False,) if name else (True, False):
        for width in range(1, len(words) // 2 + 1):
            starts = _repeats(words, named, width)
            if starts is not None:
                return _made(row, name, named, width, starts)
    return None


def _repeats(words: list[str], named: bool, width: int) -> list[tuple[int, bool]] | None:
    """Where each series' categories begin and whether values follow, or None."""
    labels = words[named : named + width]
    if len(set(labels)) < width or not all(_is_label(word) for word in labels):
        return None
    if width == 1 and labels[0].endswith(_TOTALS):
        return None  # 总计⇥262.48⇥总计⇥262.48 closes a table with two lanes
    found = []
    at = 0
    while at < len(words):
        begin = at + named
        if (named and not _is_label(words[at])) or words[begin : begin + width] != labels:
            return None
        values = words[begin + width : begin + 2 * width]
        filled = len(values) == width and all(chart_number(v) is not None for v in values)
        found.append((begin, filled))
        at = begin + width * (2 if filled else 1)
    return found if found[0][1] else None


def _made(
    row: Row, name: Range | None, named: bool, width: int, starts: list[tuple[int, bool]]
) -> ChartLine:
    series = []
    for number, (begin, filled) in enumerate(starts):
        labels = row.ranges[begin : begin + width]
        values = row.ranges[begin + width : begin + 2 * width] if filled else ()
        nameless = (labels[0][0], labels[0][0])
        first = name if name and number == 0 else nameless
        series.append(Series(row.ranges[begin - 1] if named else first, labels, values))
    at = starts[0][0]
    by_year = any(_YEAR.fullmatch(word) for word in row.words[at : at + width])
    residue = any(
        sum(c.isdigit() for c in word) >= _TYPED_DIGITS
        for word in row.words[at + width : at + 2 * width]
    )
    sure = len(series) > 1 or residue or name is not None or (by_year and width > 1)
    return ChartLine(tuple(series), by_year, sure or (row.closed and width > 1))


def _is_label(word: str) -> bool:
    return chart_number(word) is None or _YEAR.fullmatch(word) is not None
