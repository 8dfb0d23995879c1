"""Forms filled in beside their labels（表单）: 项目名称 | 档案数字化经费, 年度资金总额 | 12.00.

A sheet about one project has no header over its amount: the words to the left say what it is.
It becomes a band of one row, as if it were printed in a list of projects.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from validator.extract.tables.grid import is_number
from validator.extract.tables.vocabulary import plain, unit_in
from validator.statements import Band, Column, ColumnKind, Lane, Row, RowRole

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.extract.tables.grid import Grid
    from validator.extract.tables.vocabulary import Vocabulary


def sheet_bands(grid: Grid, vocabulary: Vocabulary) -> list[Band]:
    """One band for each amount of a year that stands below the name of its project.

    Args:
        grid: The table.
        vocabulary: Words that name a project and its amount of the year.
    """
    found: list[Band] = []
    name, unit, block = "", "", -1
    for row in range(grid.rows):
        # 项目资金（万元） stands over several rows and gives them all their unit.
        unit = next((text for _, text in grid.filled(row) if unit_in(text)), unit)
        for label, column, text in _pairs(grid, row):
            words = plain(label)
            if words in vocabulary.named and not is_number(text):
                # Beside another head it is a head itself, of a list of projects.
                name = "" if vocabulary.kind(text) else text
                unit, block = "", grid.blocks[row][column]
            elif name and words in vocabulary.yearly and is_number(text):
                found.append(_band(row, column, name, (unit, label), block))
    return found


def _pairs(grid: Grid, row: int) -> Iterator[tuple[str, int, str]]:
    """Words, and the cell to their right."""
    filled = grid.filled(row)
    for (_, label), (column, text) in pairwise(filled):
        yield label, column, text


def _band(row: int, column: int, name: str, heads: tuple[str, ...], block: int) -> Band:
    label = Column(0, ColumnKind.LABEL, ())
    amount = Column(column, ColumnKind.MONEY, heads)
    return Band(
        (row,), (Lane((label, amount), (Row(row, name, RowRole.ITEM, block=block),)),), name
    )
