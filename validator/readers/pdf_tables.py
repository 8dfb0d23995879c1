"""Ruled tables of a PDF（表格）: characters into cells, and rows without rulings between."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from validator.readers.pdf_lines import Line, joined, lines_of_glyphs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from validator.readers.pdf_page import Glyph
    from validator.readers.pdf_rulings import Grid, Room

_FIGURE = re.compile(r"[-－+]?[\d,，]*\d(?:[.．]\d+)?%?|[-—－/]")
_MARGINS = 5.0
"""Points that a cell keeps free at its sides at least."""
_FEWEST_LINES = 2
_STACKED = 2
"""Characters of the longest line in a cell whose words run downwards."""


@dataclass(slots=True)
class FoundCell:
    """A cell and its words."""

    row: int
    column: int
    row_span: int
    column_span: int
    words: str
    page: int
    cut: bool = False
    """Whether its last line is full, so that the words may go on after a page break."""


@dataclass(slots=True)
class FoundTable:
    """A ruled table as one page shows it.

    Attributes:
        page: 1-based page.
        top: Height of its upper edge.
        bottom: Height of its lower edge.
        columns: Edges of its columns.
        height: Number of rows.
        cells: Its cells in reading order.
        open_above: Whether its first row has no ruling above it.
        open_below: Whether its last row has no ruling below it.
    """

    page: int
    top: float
    bottom: float
    columns: tuple[float, ...]
    height: int
    cells: list[FoundCell] = field(default_factory=list)
    open_above: bool = False
    open_below: bool = False
    last_page: int = 0
    """Page of its last row once tables are joined."""


def tables_of(
    page: int, found: Sequence[Grid], glyphs: Sequence[Glyph]
) -> tuple[list[FoundTable], list[Glyph]]:
    """Fill grids with the characters in them → tables, and the characters that are left.

    A grid with words in fewer than two cells is a drawing; its characters stay outside.
    """
    tables = []
    for grid in found:
        inside = [glyph for glyph in glyphs if _within(grid, glyph)]
        table = _table(page, grid, inside)
        if sum(bool(cell.words) for cell in table.cells) >= 2:
            tables.append(table)
            taken = set(map(id, inside))
            glyphs = [glyph for glyph in glyphs if id(glyph) not in taken]
    return tables, list(glyphs)


def _middle(glyph: Glyph) -> tuple[float, float]:
    return (glyph.left + glyph.right) / 2, glyph.base + 0.3 * glyph.size


def _within(grid: Grid, glyph: Glyph) -> bool:
    x, y = _middle(glyph)
    return grid.columns[0] < x < grid.columns[-1] and grid.rows[-1] < y < grid.rows[0]


def _table(page: int, grid: Grid, glyphs: Sequence[Glyph]) -> FoundTable:
    held: dict[tuple[int, int], list[Glyph]] = {}
    places = {
        (row, column): room
        for room in grid.rooms
        for row in range(room.row, room.row + room.row_span)
        for column in range(room.column, room.column + room.column_span)
    }
    falling = [-edge for edge in grid.rows]
    for glyph in glyphs:
        x, y = _middle(glyph)
        place = bisect_right(falling, -y) - 1, bisect_right(grid.columns, x) - 1
        room = places.get(place)
        if room is not None:
            held.setdefault((room.row, room.column), []).append(glyph)
    table = FoundTable(
        page, grid.rows[0], grid.rows[-1], grid.columns, len(grid.rows) - 1,
        open_above=grid.open_above, open_below=grid.open_below, last_page=page,
    )  # fmt: skip
    lines = {place: lines_of_glyphs(some) for place, some in held.items()}
    _fill(table, grid.rooms, lines)
    return table


def _fill(
    table: FoundTable, rooms: Sequence[Room], lines: dict[tuple[int, int], list[Line]]
) -> None:
    """Put the lines of each cell into the table, parting rows that no ruling parts."""
    heights: dict[int, int] = {}
    parted = {}
    for row in range(table.height):
        some = [room for room in rooms if room.row == row]
        anchors = _anchors(some, lines)
        heights[row] = max(len(anchors), 1)
        if anchors:
            parted[row] = anchors
    starts = [0]
    for row in range(table.height):
        starts.append(starts[-1] + heights[row])
    table.height = starts[-1]
    for room in rooms:
        row, after = starts[room.row], starts[room.row + room.row_span]
        inside = lines.get((room.row, room.column), [])
        width = room.right - room.left
        if room.row in parted and room.row_span == 1:
            pieces = _nearest(parted[room.row], inside)
            for offset, piece in enumerate(pieces):
                words, cut = cell_words(piece, width)
                table.cells.append(
                    FoundCell(row + offset, room.column, 1, room.column_span, words, table.page,
                              cut)
                )  # fmt: skip
            continue
        words, cut = cell_words(inside, width)
        table.cells.append(
            FoundCell(row, room.column, after - row, room.column_span, words, table.page, cut)
        )
    table.cells.sort(key=lambda cell: (cell.row, cell.column))


def _anchors(rooms: Sequence[Room], lines: dict[tuple[int, int], list[Line]]) -> list[float]:
    """Heights of the rows within a ruled row, told by columns of figures; or none.

    Some tables rule only their header and their columns. A cell with several figures one
    below the other then holds several rows.
    """
    columns = []
    for room in rooms:
        inside = lines.get((room.row, room.column), [])
        if room.row_span == 1 and _figures(inside):
            columns.append([line.base for line in inside])
    if not columns:
        return []
    longest = max(columns, key=len)
    several = sum(len(column) > 1 for column in columns) > 1
    return longest if len(longest) > _FEWEST_LINES or several else []


def _figures(lines: Sequence[Line]) -> bool:
    """Whether each line of a cell is a figure of its own, not a broken one."""
    if len(lines) < _FEWEST_LINES or not all(_FIGURE.fullmatch(one.text) for one in lines):
        return False
    return not any(
        upper.text.endswith((",", ".", "，")) or len(upper.text) == len(lower.text) > 12
        for upper, lower in pairwise(lines)
    )


def _nearest(anchors: Sequence[float], lines: Sequence[Line]) -> list[list[Line]]:
    """Lines by the row whose height they are nearest to."""
    found: list[list[Line]] = [[] for _ in anchors]
    for line in lines:
        near = min(range(len(anchors)), key=lambda at: abs(anchors[at] - line.base))
        found[near].append(line)
    return found


def cell_words(lines: Sequence[Line], width: float) -> tuple[str, bool]:
    """Words of a cell, and whether its last line is full.

    A line that had room for what follows was ended on purpose: its break stays.
    """
    if not lines:
        return "", False
    stacked = len(lines) > 2 and all(len(one.text) <= _STACKED for one in lines)
    words = lines[0].text
    for upper, line in pairwise(lines):
        if stacked or _full(upper, line.lead, width):
            words = joined(words, line.text, blank=upper.blank_after)
        else:
            words = f"{words}\n{line.text}"
    last = lines[-1]
    return words, _full(last, last.size, width)


def _full(line: Line, needed: float, width: float) -> bool:
    return line.right - line.left + needed > width - _MARGINS
