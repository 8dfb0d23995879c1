"""Ruled tables of a PDF（表格）: characters into cells, and rows without rulings between."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from validator.readers.pdf_lines import Line, joined, lines_of_glyphs, room_needed
from validator.readers.pdf_overprints import cells_of
from validator.readers.pdf_trails import trail_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from validator.readers.pdf_page import Glyph
    from validator.readers.pdf_rulings import Grid, Room
    from validator.readers.pdf_trails import Trail

_FIGURE = re.compile(r"[-－+]?(?:\d{1,3}(?:[,，]\d{3})+|\d+)(?:[.．](\d+))?%?|[-—－/]")
_LEAST_MARGIN = 1.0
_MOST_MARGIN = 7.0
"""Points that a cell keeps free at each side."""
_FEWEST_LINES = 2
_FEW_CELLS = 60
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
    trails: tuple[Trail, ...] = ()
    """Where its words are printed."""


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

    A grid without words is a drawing. One with words in a single cell may be a row that runs
    over a whole page; its other cells are blank, as they are in a few columns only.
    """
    tables = []
    for grid in found:
        inside = [glyph for glyph in glyphs if _within(grid, glyph)]
        table = _table(page, grid, inside)
        filled = sum(bool(cell.words) for cell in table.cells)
        if filled > 1 or (filled and len(table.cells) <= _FEW_CELLS):
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
    places = {
        (row, column): room
        for room in grid.rooms
        for row in range(room.row, room.row + room.row_span)
        for column in range(room.column, room.column + room.column_span)
    }
    falling = [-edge for edge in grid.rows]
    placed = []
    for glyph in glyphs:
        x, y = _middle(glyph)
        place = bisect_right(falling, -y) - 1, bisect_right(grid.columns, x) - 1
        room = places.get(place)
        if room is not None:
            placed.append(((room.row, room.column), glyph))
    table = FoundTable(
        page, grid.rows[0], grid.rows[-1], grid.columns, len(grid.rows) - 1,
        open_above=grid.open_above, open_below=grid.open_below, last_page=page,
    )  # fmt: skip
    lines = {place: lines_of_glyphs(some) for place, some in cells_of(placed).items()}
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
        if room.row in parted and room.row_span == 1:
            pieces = _nearest(parted[room.row], inside)
            for offset, piece in enumerate(pieces):
                table.cells.append(_cell(table.page, row + offset, 1, room, piece))
            continue
        table.cells.append(_cell(table.page, row, after - row, room, inside))
    table.cells.sort(key=lambda cell: (cell.row, cell.column))


def _cell(page: int, row: int, high: int, room: Room, lines: Sequence[Line]) -> FoundCell:
    words, cut = cell_words(lines, room.left, room.right)
    trails = tuple(trail_of(page, line.text, line.marks) for line in lines)
    return FoundCell(row, room.column, high, room.column_span, words, page, cut, trails)


def _anchors(rooms: Sequence[Room], lines: dict[tuple[int, int], list[Line]]) -> list[float]:
    """Heights of the rows within a ruled row, told by columns of figures; or none.

    Some tables rule only their header and their columns. A cell with several figures one
    below the other then holds several rows.
    """
    columns = []
    for room in rooms:
        inside = lines.get((room.row, room.column), [])
        if room.row_span == 1 and _figures(inside, room.right - room.left - 2 * _MOST_MARGIN):
            columns.append([line.base for line in inside])
    if not columns:
        return []
    longest = max(columns, key=len)
    several = sum(len(column) > 1 for column in columns) > 1
    return longest if len(longest) > _FEWEST_LINES or several else []


def _figures(lines: Sequence[Line], width: float) -> bool:
    """Whether each line of a cell is a figure of its own, not a piece of a broken one."""
    found = [_FIGURE.fullmatch(one.text) for one in lines]
    if len(lines) < _FEWEST_LINES or not all(found):
        return False
    decimals = {len(one[1] or "") for one in found if one is not None and one[0][-1:].isdigit()}
    if len(decimals) > 1:
        return False
    return (bool(decimals) and decimals != {0}) or not any(
        _full(one, one.size, width) for one in lines[:-1]
    )


def _nearest(anchors: Sequence[float], lines: Sequence[Line]) -> list[list[Line]]:
    """Lines by the row whose height they are nearest to."""
    found: list[list[Line]] = [[] for _ in anchors]
    for line in lines:
        near = min(range(len(anchors)), key=lambda at: abs(anchors[at] - line.base))
        found[near].append(line)
    return found


def cell_words(lines: Sequence[Line], left: float, right: float) -> tuple[str, bool]:
    """Words of a cell between two edges, and whether its last line is full.

    A line that had room for what follows was ended on purpose: its break stays.
    """
    if not lines:
        return "", False
    # Cells keep the same distance at both sides; the longest line shows how much.
    kept = min(min(one.left - left, right - one.right) for one in lines)
    width = right - left - 2 * min(max(kept, _LEAST_MARGIN), _MOST_MARGIN)
    stacked = len(lines) > 2 and all(len(one.text) <= _STACKED for one in lines)
    words = lines[0].text
    for upper, line in pairwise(lines):
        if stacked or _full(upper, room_needed(upper, line), width):
            words = joined(words, line.text, blank=upper.blank_after)
        else:
            words = f"{words}\n{line.text}"
    return words, _full(lines[-1], 1.35 * lines[-1].size, width)


def _full(line: Line, needed: float, width: float) -> bool:
    return line.right - line.left + needed > width
