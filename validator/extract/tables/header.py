"""Where headers stand（表头）: rows of column names, whatever stands above and between them."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from validator.extract.tables.grid import is_number, is_void
from validator.extract.tables.vocabulary import partial, plain
from validator.statements import ColumnKind

if TYPE_CHECKING:
    from collections.abc import Callable

    from validator.extract.tables.grid import Grid
    from validator.extract.tables.vocabulary import Vocabulary

_LISTED = re.compile(r"[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）")
# 2022年预算数, 得分（20分×执行率）: these digits are no values of a row.
_ASIDE = re.compile(r"(?:19|20)\d{2}年?|（[^）]*）|\([^)]*\)")
_ORDER_WORDS = re.compile(r"[行栏]次|序号|类|款|项|项目")
_LONGEST_HEAD = 30
_MOST_ROWS = 4
"""Rows of one header at most, the row of column numbers left out."""


def headers(
    grid: Grid, vocabulary: Vocabulary, named: Callable[[str], bool]
) -> list[tuple[int, ...]]:
    """Rows of each header, from the top; rows of column numbers（栏次）are among them.

    Args:
        grid: The table.
        vocabulary: Header words.
        named: Whether words name a line item.
    """
    found: list[tuple[int, ...]] = []
    row = 0
    while row < grid.rows:
        rows = _header_at(grid, row, vocabulary, named, first=not found)
        if rows:
            found.append(rows)
            row = rows[-1] + 1
        else:
            row += 1
    return found


def _header_at(
    grid: Grid, row: int, vocabulary: Vocabulary, named: Callable[[str], bool], *, first: bool
) -> tuple[int, ...]:
    """Rows of the header that begins at a row; none when none does."""
    strong = _strength(grid, row, vocabulary, named)
    if strong < 2 or (not first and _known(grid, row, vocabulary) < 3):
        return ()
    rows = [row]
    after = row + 1
    while after < grid.rows and after - row <= _MOST_ROWS:
        if is_order_row(grid, after):
            rows.append(after)
        elif (
            _is_total(grid, row, after, vocabulary)
            or not _goes_on(grid, rows[-1], after)
            or not _strength(grid, after, vocabulary, named)
        ):
            break
        else:
            rows.append(after)
        after += 1
    return tuple(rows)


def _strength(
    grid: Grid, row: int, vocabulary: Vocabulary, named: Callable[[str], bool]
) -> int:
    """How many cells of a row are column names; 0 when the row is none of names."""
    filled = grid.filled(row)
    if not filled or any(is_number(text) or is_void(text) for _, text in filled):
        return 0
    names = 0
    for _, text in filled:
        if re.search(r"\d", _ASIDE.sub("", plain(text))):
            return 0
        if len(text) > _LONGEST_HEAD or _LISTED.match(text) or text.endswith(("。", "；")):
            return 0
        names += vocabulary.kind(text) is not None or partial(text) or named(text)
    return names if 2 * names >= len(filled) else 0


def _is_total(grid: Grid, head: int, row: int, vocabulary: Vocabulary) -> bool:
    """Whether a row holds only 合计 in a column of labels: it is a total without amounts."""
    filled = grid.filled(row)
    if len(filled) != 1 or plain(filled[0][1]) not in vocabulary.totals:
        return False
    return is_label(vocabulary.kind(grid.text(head, filled[0][0])))


def _known(grid: Grid, row: int, vocabulary: Vocabulary) -> int:
    """How many cells of a row are words of headers, line items not counted."""
    kinds = [vocabulary.kind(text) for _, text in grid.filled(row)]
    return sum(kind is not None for kind in kinds)


def _goes_on(grid: Grid, above: int, row: int) -> bool:
    """Whether a row refines the header row above: it is split, or it reaches down."""
    cells = {grid.cell(above, column) for column in range(grid.columns)}
    reaching = any(
        grid.cell(row, column) in cells and grid.cell(row, column) >= 0
        for column in range(grid.columns)
    )
    spread = any(
        a == b and a >= 0
        for a, b in pairwise(grid.cell(above, column) for column in range(grid.columns))
    )
    # In text, a cell over two columns is followed by a blank one.
    blank = any(not grid.text(above, column) for column in range(1, grid.columns))
    return reaching or spread or blank


def is_order_row(grid: Grid, row: int) -> bool:
    """Whether a row only numbers the columns: 栏次 1 2 3."""
    filled = grid.filled(row)
    numbers = [text for _, text in filled if re.fullmatch(r"\d{1,2}", text)]
    words = [text for _, text in filled if not re.fullmatch(r"\d{1,2}", text)]
    if len(numbers) < 2 or not all(_ORDER_WORDS.fullmatch(text) for text in words):
        return False
    steps = [int(b) - int(a) for a, b in pairwise(numbers)]
    return all(step == 1 for step in steps)


def paths(grid: Grid, rows: tuple[int, ...]) -> list[list[tuple[int, str]]]:
    """For each column the header cells over it from the top, as (cell, words).

    Where a file has no merged cells, a blank in an upper row takes the name to its left as
    long as something is named below it.
    """
    named = [row for row in rows if not is_order_row(grid, row)]
    found: list[list[tuple[int, str]]] = [[] for _ in range(grid.columns)]
    for position, row in enumerate(named):
        left: tuple[int, str] = (-1, "")
        for column in range(grid.columns):
            here = (grid.cell(row, column), grid.text(row, column))
            lower = any(grid.text(r, column) for r in named[position + 1 :])
            if here[1]:
                left = here
            elif lower and left[1]:
                here = left
            if here[1] and here not in found[column]:
                found[column].append(here)
    return found


def is_label(kind: ColumnKind | None) -> bool:
    """Whether a column names rows."""
    return kind in (ColumnKind.LABEL, ColumnKind.CODE)
