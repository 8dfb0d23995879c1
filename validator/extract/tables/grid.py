"""The cleaned words of a table's grid（表格网）: blank, number and text kept apart."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from validator.document import Document, Table
    from validator.extract.normalise import Cleaned

_NUMBER = re.compile(r"[-+]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?%?")
_VOID = re.compile(r"[-—–/_*.…]+|无|空|不适用")


@dataclass(frozen=True, slots=True)
class Grid:
    """A table's cells as cleaned words.

    Attributes:
        table: The document's table.
        words: Cleaned text by row and column; a merged cell repeats its text, "" is blank.
        blocks: Index of the block at each place, -1 where the cell is blank.
    """

    table: Table
    words: tuple[tuple[str, ...], ...]
    blocks: tuple[tuple[int, ...], ...]

    @property
    def rows(self) -> int:
        """Number of rows."""
        return len(self.words)

    @property
    def columns(self) -> int:
        """Number of columns."""
        return self.table.columns

    def cell(self, row: int, column: int) -> int:
        """Index of the cell that covers a place, -1 for none."""
        line = self.table.grid[row]
        return line[column] if column < len(line) else -1

    def text(self, row: int, column: int) -> str:
        """Cleaned words at a place."""
        line = self.words[row]
        return line[column] if column < len(line) else ""

    def filled(self, row: int) -> list[tuple[int, str]]:
        """First column and words of each cell of a row that is not blank."""
        found = []
        last = -1
        for column, text in enumerate(self.words[row]):
            cell = self.cell(row, column)
            if text and cell != last:
                found.append((column, text))
            last = cell
        return found

    def between(self, first: int, last: int) -> Grid:
        """The same grid with every row outside ``first`` … ``last - 1`` blank."""
        kept = range(first, last)
        return replace(
            self,
            words=tuple(line if row in kept else () for row, line in enumerate(self.words)),
            blocks=tuple(
                line if row in kept else (-1,) * len(line)
                for row, line in enumerate(self.blocks)
            ),
        )

    def starts(self, row: int, column: int) -> bool:
        """Whether a cell begins at a place, rather than reaching into it."""
        cell = self.cell(row, column)
        if cell < 0:
            return False
        one = self.table.cells[cell]
        return (one.row, one.column) == (row, column)


def grid_of(document: Document, table: Table, cleaned: Sequence[Cleaned]) -> Grid:
    """The grid of a table.

    Args:
        document: The report.
        table: One of its tables.
        cleaned: Cleaned text of each block.
    """
    block_at = {}
    for cell in table.cells:
        block = document.block_at(cell.span.start)
        if block is not None and block.table == table.index and cell.span.start < cell.span.end:
            block_at[cell.row, cell.column] = block.index
    words, blocks = [], []
    for line in table.grid:
        row_words, row_blocks = [], []
        for number in line:
            index = -1
            if number >= 0:
                cell = table.cells[number]
                index = block_at.get((cell.row, cell.column), -1)
            row_blocks.append(index)
            row_words.append(cleaned[index].text.strip() if index >= 0 else "")
        words.append(tuple(row_words))
        blocks.append(tuple(row_blocks))
    return Grid(table, tuple(words), tuple(blocks))


def is_number(text: str) -> bool:
    """Whether a cell holds nothing but a number."""
    return _NUMBER.fullmatch(text) is not None


def is_void(text: str) -> bool:
    """Whether a cell says that it holds nothing: a dash, a stroke, 无."""
    return not text or _VOID.fullmatch(text) is not None
