"""Merged cells that a text lost（合并单元格）: which columns the cells of a short row cover.

Text taken out of Word has one entry for a merged cell, so a total row that merges code and
name is one cell short, and every number in it seems to stand one column too far left. What
the columns hold in full rows tells where the cells belong. A row that fits in two ways, or in
none, is left as it is.
"""

from __future__ import annotations

import re
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_NUMBER = re.compile(r"[-+]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?%?")
_CODE = re.compile(r"\d{2,7}")
_FEWEST = 2
"""Rows of one length that show what their columns hold."""
_BLANK = re.compile(r"[-—–/]*")


class _Holds(Enum):
    """What a column holds, or a cell."""

    WORDS = "words"
    CODES = "codes"
    NUMBERS = "numbers"
    NOTHING = "nothing"


def spans(rows: Sequence[Sequence[str]]) -> list[list[int]]:
    """Columns that each cell covers, row by row.

    Args:
        rows: Words of the cells, "" for a blank one.

    >>> spans([["201", "甲", "1.50"], ["202", "乙", "2.50"], ["合计", "4.00"]])
    [[1, 1, 1], [1, 1, 1], [2, 1]]
    """
    found = [[1] * len(row) for row in rows]
    for first, last in _blocks(rows):
        width = len(rows[first])
        columns = [_column([row[at] for row in rows[first:last]]) for at in range(width)]
        at = last
        while at < len(rows) and len(rows[at]) < width:
            found[at] = _fitted(rows[at], columns) or found[at]
            at += 1
        below = rows[first]
        at = first - 1
        while at >= 0 and len(rows[at]) <= width:
            fitted = _above(rows[at], below, columns)
            if not fitted:
                break
            found[at] = fitted
            if not _counts(rows[at]):
                below = _spread(rows[at], fitted)
            at -= 1
    return found


def _above(row: Sequence[str], below: Sequence[str], columns: Sequence[_Holds]) -> list[int]:
    """How a row above a block lies over its columns; empty when nobody can tell."""
    if len(row) == len(columns):
        return [1] * len(row)
    return _fitted(row, columns) if _counts(row) else _over(row, below)


def _counts(row: Sequence[str]) -> bool:
    """Whether a row holds numbers, not names of columns."""
    return any(_cell(word) in (_Holds.NUMBERS, _Holds.CODES) for word in row)


def _spread(row: Sequence[str], covered: Sequence[int]) -> list[str]:
    """The words over each column."""
    return [word for word, span in zip(row, covered, strict=True) for _ in range(span)]


def _blocks(rows: Sequence[Sequence[str]]) -> list[tuple[int, int]]:
    """Runs of rows of one length that are wide enough to be a table's body."""
    found = []
    first = 0
    for at in range(1, len(rows) + 1):
        if at == len(rows) or len(rows[at]) != len(rows[first]):
            if at - first >= _FEWEST and len(rows[first]) > _FEWEST:
                found.append((first, at))
            first = at
    return found


def _column(words: Sequence[str]) -> _Holds:
    kinds = [_cell(word) for word in words]
    numbers = kinds.count(_Holds.NUMBERS) + kinds.count(_Holds.CODES)
    if numbers <= kinds.count(_Holds.WORDS):
        return _Holds.WORDS if _Holds.WORDS in kinds else _Holds.NUMBERS
    return _Holds.CODES if _Holds.NUMBERS not in kinds else _Holds.NUMBERS


def _cell(word: str) -> _Holds:
    if _BLANK.fullmatch(word):
        return _Holds.NOTHING
    if _CODE.fullmatch(word):
        return _Holds.CODES
    return _Holds.NUMBERS if _NUMBER.fullmatch(word) else _Holds.WORDS


def _fitted(row: Sequence[str], columns: Sequence[_Holds]) -> list[int]:
    """The only way to lay a row's cells over the columns; empty when there is none or several.

    Words may cover several columns of words and codes; a number stands in one of numbers.
    Columns at the end may be left over: blank cells at the end of a line get lost.
    """
    if not row or all(_cell(word) is _Holds.WORDS for word in row[:2]):
        return []
    ways: list[list[int]] = [[]]
    for word in row:
        kind = _cell(word)
        longer: list[list[int]] = []
        for way in ways:
            at = sum(way)
            longer += [[*way, span] for span in _may_cover(kind, columns[at:])]
        ways = longer
        if not ways or len(ways) > len(columns) * 4:
            return []
    full = [way for way in ways if sum(way) == len(columns)]
    best = full or ways
    return best[0] if len(best) == 1 else []


def _may_cover(kind: _Holds, columns: Sequence[_Holds]) -> list[int]:
    """How many columns from the first on a cell may cover."""
    if not columns:
        return []
    if kind is _Holds.NOTHING:
        return [1]
    if kind is not _Holds.WORDS:
        fits = columns[0] is _Holds.NUMBERS or columns[0] is kind
        return [1] if fits else []
    reach = 0
    while reach < len(columns) and columns[reach] is not _Holds.NUMBERS:
        reach += 1
    # The last of the columns of words is the name; a label that is merged reaches it.
    return list(range(1, reach + 1))


def _over(row: Sequence[str], below: Sequence[str]) -> list[int]:
    """Columns that header cells cover, by the header row below; empty when nobody can tell."""
    for groups in (_by_blanks(below), _by_start(below)):
        if len(groups) == len(row):
            return groups
    return []


def _by_blanks(below: Sequence[str]) -> list[int]:
    """A blank below is a cell that reaches down; names side by side have one head in common."""
    groups: list[int] = []
    named = False
    for word in below:
        if word and named:
            groups[-1] += 1
        else:
            groups.append(1)
        named = bool(word)
    return groups


def _by_start(below: Sequence[str]) -> list[int]:
    """Lanes begin alike: 项目 | 金额 | 项目 | 金额."""
    groups: list[int] = []
    for at, word in enumerate(below):
        if word and word == below[0] and (not at or below[at - 1] != word):
            groups.append(0)
        if not groups:
            return []
        groups[-1] += 1
    return groups
