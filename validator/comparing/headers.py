"""What a cell of a table is called（行名、栏名）: words of its row and of its column."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from validator.document import Cell, Document, Span, Table
    from validator.facts import Figure
    from validator.reading import Reading

_MOST_LEVELS = 2


class TableHeads:
    """Names the rows and columns of a document's tables.

    Columns of a table that was understood are called what its band of rows calls them; in
    others the header is all that stands above the first figure.
    """

    def __init__(self, document: Document, reading: Reading, figures: Sequence[Figure]) -> None:
        """Look at the tables of a document.

        Args:
            document: Text with places.
            reading: What was understood of it.
            figures: Its figures that count, in order.
        """
        self._document = document
        self._starts = [figure.span.start for figure in figures]
        self._depth: dict[int, int] = {}
        self._columns: dict[tuple[int, int], str] = {}
        self._understood = {
            (statement.table, row.index, column.index): _joined(column.heads)
            for statement in reading.statements
            for band in statement.bands
            for lane in band.lanes
            for row in lane.rows
            for column in lane.columns
        }

    def column(self, table: int, row: int, column: int) -> str:
        """Header words over a cell, from the top; "" for a cell of the header itself."""
        known = self._understood.get((table, row, column))
        if known is not None:
            return known
        if row < self._headed(table):
            return ""
        if (table, column) not in self._columns:
            grid = self._document.tables[table]
            cells = (_cell(grid, above, column) for above in range(self._headed(table)))
            said = dict.fromkeys(filter(None, (self._words(cell) for cell in cells)))
            self._columns[table, column] = _joined(tuple(said))
        return self._columns[table, column]

    def row(self, table: int, row: int, column: int) -> str:
        """The nearest words to the left of a cell, or ""."""
        grid = self._document.tables[table]
        for left in range(column - 1, -1, -1):
            cell = _cell(grid, row, left)
            said = self._words(cell)
            if cell and said and not said.isdigit() and not self._has_figure(cell.span):
                return said
        return ""

    def _headed(self, table: int) -> int:
        """How many rows the header has: those above the first figure."""
        if table not in self._depth:
            grid = self._document.tables[table]
            rows = (cell.row for cell in grid.cells if self._has_figure(cell.span))
            self._depth[table] = min(rows, default=grid.rows)
        return self._depth[table]

    def _has_figure(self, span: Span) -> bool:
        at = bisect_left(self._starts, span.start)
        return at < len(self._starts) and self._starts[at] < span.end

    def _words(self, cell: Cell | None) -> str:
        return "".join(self._document.quote(cell.span).split()) if cell else ""


def _joined(heads: Sequence[str]) -> str:
    return "".join(heads[-_MOST_LEVELS:])


def _cell(table: Table, row: int, column: int) -> Cell | None:
    if not 0 <= row < table.rows or not 0 <= column < len(table.grid[row]):
        return None
    index = table.grid[row][column]
    return table.cells[index] if index >= 0 else None
