"""Tables of a web page（网页表格）: some hold data in a grid, others lay out the page."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from validator.readers.layout import ShapeCell

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lxml.etree import _Element

MOST_CELLS = 200_000
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_PARAGRAPHS = frozenset({"p", "li", "br"})
_CELLS = frozenset({"td", "th"})
_NO_ROWS = frozenset({"td", "th", "table", "caption", "colgroup"})
_MOST_PARAGRAPHS = 20
"""Paragraphs in a cell from which on it is a column of the page."""
_WIDEST = 100
"""Columns from which on a span only means: as far as the table goes."""


def rows_of(table: _Element) -> list[_Element]:
    """Its own rows, those of inner tables left out; the foot stands last, as in a browser."""
    rows: list[_Element] = []
    foot: list[_Element] = []
    waiting = [(child, rows) for child in reversed(table)]
    while waiting:
        element, taken = waiting.pop()
        if element.tag == "tr":
            taken.append(element)
        elif element.tag not in _NO_ROWS:
            # Careless pages put forms and other things between a table and its rows.
            taken = foot if element.tag == "tfoot" else taken
            waiting += [(child, taken) for child in reversed(element)]
    return rows + foot


def cells_of(row: _Element) -> list[_Element]:
    """Cells of a row."""
    return [cell for cell in row if cell.tag in _CELLS]


def lays_out(table: _Element) -> bool:
    """Whether a table only lays out the page: one cell, or parts of the page in its cells."""
    cells = [cell for row in rows_of(table) for cell in cells_of(row)]
    return len(cells) < 2 or any(_is_column(cell) for cell in cells)


def _is_column(cell: _Element) -> bool:
    """Whether a cell holds what no cell of a form holds."""
    paragraphs = 0
    for element in cell.iter():
        tag = element.tag
        paragraphs += tag in _PARAGRAPHS
        if paragraphs > _MOST_PARAGRAPHS:
            return True
        if tag in _HEADINGS and any(str(words).strip() for words in element.itertext()):
            return True
        if tag == "table" and len(list(islice(element.iter("td", "th"), 2))) > 1:
            return True
    return False


def grid_of(
    table: _Element, words_of: Callable[[_Element], str]
) -> tuple[int, tuple[ShapeCell, ...]] | None:
    """Rows and cells of a data table; None when its grid is absurdly large.

    Args:
        table: The table.
        words_of: Gives the words of a cell.
    """
    rows = rows_of(table)
    placed = list(_placed(rows))
    honest = max((column for _, column, _, _, _ in placed), default=-1) + 1
    found = []
    width = covered = 0
    for row, column, wide, high, _ in placed:
        span = wide if wide <= _WIDEST else max(1, honest - column)
        covered += span * high
        width = max(width, column + span)
        found.append(ShapeCell(row, column, "", span, high))
        if covered > MOST_CELLS or width * len(rows) > MOST_CELLS:
            return None
    for shape, (*_, cell) in zip(found, placed, strict=True):
        shape.words = words_of(cell)
    return len(rows), tuple(found)


def _placed(rows: list[_Element]) -> Iterator[tuple[int, int, int, int, _Element]]:
    """Row, column, columns and rows spanned, and element of each cell."""
    taken_until: dict[int, int] = {}
    for row, line in enumerate(rows):
        column = 0
        for cell in cells_of(line):
            while taken_until.get(column, 0) > row:
                column += 1
            wide = _span(cell, "colspan", 1)
            high = _span(cell, "rowspan", 0) or len(rows) - row
            high = min(high, len(rows) - row)
            yield row, column, wide, high, cell
            for at in range(column, column + min(wide, _WIDEST) if high > 1 else column):
                taken_until[at] = row + high
            column += min(wide, _WIDEST)


def _span(cell: _Element, name: str, least: int) -> int:
    """Places that a cell covers; 0 rows mean all that are left."""
    written = (cell.get(name) or "1").strip()
    known = written.isascii() and written.isdecimal() and len(written) < 6
    return max(least, int(written)) if known else 1
