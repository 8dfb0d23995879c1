"""A piece of a table of points without its header（没有表头的计分表）.

Where the first page of a table got lost, what its columns hold must show in the numbers: no
score is above the weight beside it, and the weights add up to the points that the names of the
classes print: 基础管理（15分）. Anything less is left alone.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from validator.extract.tables.grid import is_number
from validator.statements import Column, ColumnKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from validator.extract.tables.grid import Grid

_CLASS = re.compile(r"[（(](\d+(?:\.\d+)?)分[）)]$")
_FEWEST_ROWS = 4
_FEWEST_CLASSES = 2


def scored_columns(grid: Grid) -> list[Column]:
    """Columns of a table of points that has no header; none when it is no such table."""
    numbers = {column: _numbers(grid, column) for column in range(grid.columns)}
    filled = [column for column, found in numbers.items() if len(found) >= _FEWEST_ROWS]
    if len(filled) < len(("weight", "score")):
        return []
    weight, score = filled[-2:]
    sound = _is_pair(numbers[weight], numbers[score])
    if sound and _classes_hold(grid, numbers[weight], range(weight)):
        return _columns(grid, weight, score)
    return []


def _numbers(grid: Grid, column: int) -> dict[int, Decimal]:
    """Numbers of a column by row."""
    texts = {
        row: grid.text(row, column) for row in range(grid.rows) if grid.starts(row, column)
    }
    return {
        row: Decimal(text)
        for row, text in texts.items()
        if is_number(text) and "%" not in text and "," not in text
    }


def _is_pair(weights: dict[int, Decimal], scores: dict[int, Decimal]) -> bool:
    """Whether each row with a weight has a score that is not above it."""
    return all(row in scores and scores[row] <= weight for row, weight in weights.items())


def _classes_hold(grid: Grid, weights: dict[int, Decimal], names: Sequence[int]) -> bool:
    """Whether the classes that print their points have just as many in their rows."""
    seen = 0
    for column in names:
        heads: list[tuple[int, Decimal]] = []
        for row in range(grid.rows):
            found = _CLASS.search(re.sub(r"\s", "", grid.text(row, column)))
            if found and grid.starts(row, column):
                heads.append((row, Decimal(found[1])))
        ends = [*(row for row, _ in heads[1:]), grid.rows]
        for (first, points), end in zip(heads, ends, strict=bool(heads)):
            total = sum((w for row, w in weights.items() if first <= row < end), Decimal(0))
            if total != points:
                return False
            seen += 1
    return seen >= _FEWEST_CLASSES


def _columns(grid: Grid, weight: int, score: int) -> list[Column]:
    kinds = {weight: ColumnKind.WEIGHT, score: ColumnKind.SCORE}
    return [
        Column(
            index,
            kinds.get(index, ColumnKind.LABEL if index < weight else ColumnKind.TEXT),
            (),
        )
        for index in range(grid.columns)
    ]
