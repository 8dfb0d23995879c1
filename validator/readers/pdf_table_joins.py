"""Tables over page breaks（跨页表格）: rows of the next page join the table before it."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

from validator.readers.layout import ShapeCell, TableShape
from validator.readers.lines import listed
from validator.readers.pdf_lines import joined

if TYPE_CHECKING:
    from validator.readers.pdf_tables import FoundCell, FoundTable

_SAME = 4.0
"""Points within which two edges of columns are the same."""
_FIGURE = re.compile(r"[-－+]?[\d,，]*\d(?:[.．]\d+)?%?")
_FINAL = tuple("。；：！？;:!?")
_LONGEST_HEADER = 5
"""Rows of a repeated header at most."""

_SENTENCE = 10
"""Characters of words that are no name."""

Rows = list[list["FoundCell"]]


def table_shape(table: FoundTable) -> TableShape:
    """A table as it goes into the document."""
    cells = tuple(
        ShapeCell(
            c.row, c.column, c.words, c.column_span, c.row_span, page=c.page, trails=c.trails
        )
        for c in table.cells
    )
    return TableShape(table.height, cells)


def continued(upper: FoundTable, lower: FoundTable) -> bool:
    """Join a table to the one at the end of the page before, if it goes on → whether it did."""
    columns = _columns(upper, lower)
    if columns is None:
        return False
    above, below = _on(upper, columns), _on(lower, columns)
    if _spread(upper, above) or _spread(lower, below):
        return False
    repeated = _repeated(above, below)
    if not repeated and _own_header(above, below):
        return False
    rows = below[repeated:]
    first = rows[0] if rows else []
    shift = upper.height - repeated
    if first and _cut_row(upper, lower, above[-1], first):
        rows = rows[1:]
        shift -= 1
    upper.columns = columns
    upper.cells = [cell for row in above for cell in row]
    upper.cells += [replace(cell, row=cell.row + shift) for row in rows for cell in row]
    upper.height = shift + lower.height
    upper.bottom, upper.open_below = lower.bottom, lower.open_below
    upper.last_page = lower.page
    return True


def _columns(upper: FoundTable, lower: FoundTable) -> tuple[float, ...] | None:
    """Edges of the columns of both tables, or None when they do not fit together."""
    more, fewer = upper.columns, lower.columns
    if len(more) < len(fewer):
        more, fewer = fewer, more
    ends = zip((more[0], more[-1]), (fewer[0], fewer[-1]), strict=True)
    if any(abs(one - other) > _SAME for one, other in ends):
        return None
    if any(all(abs(edge - one) > _SAME for one in more) for edge in fewer):
        return None
    return more


def _on(table: FoundTable, columns: tuple[float, ...]) -> Rows:
    """Rows of a table, its cells counted by wider set of columns."""

    def number(edge: float) -> int:
        return min(range(len(columns)), key=lambda at: abs(columns[at] - edge))

    cells = []
    for cell in table.cells:
        left = number(table.columns[cell.column])
        right = number(table.columns[cell.column + cell.column_span])
        cells.append(replace(cell, column=left, column_span=max(right - left, 1)))
    rows: Rows = [[] for _ in range(table.height)]
    for row, some in groupby(cells, key=lambda cell: cell.row):
        rows[row] = list(some)
    return rows


def _spread(table: FoundTable, rows: Rows) -> bool:
    """Whether a figure of one column would stand in several: the columns mean other things."""
    counted = (cell for row in rows for cell in row)
    return any(
        after.column_span > before.column_span and _FIGURE.fullmatch(after.words)
        for before, after in zip(table.cells, counted, strict=True)
    )


def _words(row: list[FoundCell]) -> list[tuple[int, str]]:
    return [(cell.column, "".join(cell.words.split())) for cell in row]


def _repeated(above: Rows, below: Rows) -> int:
    """Number of rows at the top of both tables that are the same words: the header."""
    count = 0
    while count < min(len(above), len(below), _LONGEST_HEADER):
        words = _words(below[count])
        if words != _words(above[count]) or not any(word for _, word in words):
            break
        if any(_FIGURE.fullmatch(word) for _, word in words) and not _numbers_columns(words):
            break
        count += 1
    return count


def _numbers_columns(words: list[tuple[int, str]]) -> bool:
    """Whether a row counts the columns（栏次）: 1, 2, 3."""
    figures = [int(word) for _, word in words if word.isascii() and word.isdecimal()]
    return len(figures) > 1 and figures == list(range(figures[0], figures[0] + len(figures)))


def _own_header(above: Rows, below: Rows) -> bool:
    """Whether both tables begin with a row of words above columns of figures."""
    return _has_header(above) and _has_header(below)


def _has_header(rows: Rows) -> bool:
    if not rows or not rows[0] or not all(cell.words for cell in rows[0]):
        return False
    if len(rows) < 2 or any(_FIGURE.fullmatch(cell.words) for cell in rows[0]):
        return False
    return any(_FIGURE.fullmatch(cell.words) for row in rows[1:3] for cell in row)


def _cut_row(
    upper: FoundTable, lower: FoundTable, last: list[FoundCell], first: list[FoundCell]
) -> bool:
    """Join a row that the page break cut, where that is clear → whether it did."""
    pairs = {cell.column: cell for cell in last if cell.row_span == 1}
    told = [cell for cell in first if cell.words]
    if not told or any(cell.row_span > 1 for cell in first):
        return False
    if any(cell.column not in pairs for cell in told):
        return False
    unruled = upper.open_below and lower.open_above
    if not unruled and not _goes_on(pairs, first, told):
        return False
    for cell in told:
        before = pairs[cell.column]
        before.words = joined(before.words, cell.words)
        before.trails += cell.trails
        before.cut = cell.cut
    return True


def _goes_on(
    pairs: dict[int, FoundCell], first: list[FoundCell], told: list[FoundCell]
) -> bool:
    """Whether every word of a row goes on in a full cell above, others being blank."""
    if all(cell.words for cell in first):
        return False
    above = [pairs[cell.column] for cell in told]
    blank = [pairs[cell.column] for cell in first if not cell.words and cell.column in pairs]
    if not (
        len(told) > 1 or any(cell.words for cell in blank) or len(above[0].words) >= _SENTENCE
    ):
        return False
    if all(cell.words.endswith(_FINAL) for cell in above):
        return False
    return all(cell.cut for cell in above) and not any(
        listed(cell.words) or _FIGURE.fullmatch(cell.words) for cell in told
    )
