"""Strokes of a page → grids（表格线）: which rectangles the ruling lines of a table enclose."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from validator.readers.pdf_page import Stroke

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_SAME = 2.5
"""Points within which two parallel strokes are one ruling, such as a double line."""
_TOUCHES = 3.0
"""Points that may be missing where two rulings meet, or between two dashes of one."""
_SHORTEST = 5.0
"""Points of the shortest ruling."""
_OPEN = 8.0
"""Points by which rulings must stick out to enclose cells without an outer ruling."""
_MOST = 2_000
"""Rulings of a page beyond which it holds a drawing."""


class Room(NamedTuple):
    """A cell's place in the grid and on the page."""

    row: int
    column: int
    row_span: int
    column_span: int
    left: float
    bottom: float
    right: float
    top: float


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table's cells.

    Attributes:
        columns: Edges of the columns from left to right.
        rows: Edges of the rows from top to bottom.
        rooms: Its cells in reading order.
        open_above: Whether its first row has no ruling above it.
        open_below: Whether its last row has no ruling below it.
    """

    columns: tuple[float, ...]
    rows: tuple[float, ...]
    rooms: tuple[Room, ...]
    open_above: bool = False
    open_below: bool = False


class TooManyRulingsError(Exception):
    """A page with more ruling lines than tables have."""


def grids(across: Iterable[Stroke], down: Iterable[Stroke]) -> list[Grid]:
    """The ruled tables of a page, from top to bottom; a frame around text is none.

    Raises:
        TooManyRulingsError: There are absurdly many rulings.
    """
    flat, steep = _rulings(across), _rulings(down)
    if len(flat) + len(steep) > _MOST:
        raise TooManyRulingsError
    found = []
    for rows, columns in _crossing(flat, steep):
        grid = _grid(rows, columns)
        if grid is not None and len(grid.rooms) > 1:
            found.append(grid)
    found.sort(key=lambda grid: (-grid.rows[0], grid.columns[0]))
    return [grid for grid in found if not any(_inside(grid, one) for one in found)]


def _inside(grid: Grid, outer: Grid) -> bool:
    return grid is not outer and (
        outer.columns[0] < grid.columns[0]
        and grid.columns[-1] < outer.columns[-1]
        and outer.rows[0] > grid.rows[0]
        and grid.rows[-1] > outer.rows[-1]
    )


def _rulings(strokes: Iterable[Stroke]) -> list[Stroke]:
    """Strokes that lie on one line and touch, as one ruling."""
    lanes: list[list[Stroke]] = []
    for stroke in sorted(strokes):
        if lanes and stroke.at - lanes[-1][0].at <= _SAME:
            lanes[-1].append(stroke)
        else:
            lanes.append([stroke])
    found = []
    for lane in lanes:
        lane.sort(key=lambda one: one.start)
        at, start, end = lane[0]
        for stroke in lane[1:]:
            if stroke.start <= end + _TOUCHES:
                end = max(end, stroke.end)
            else:
                found.append(Stroke(at, start, end))
                at, start, end = stroke
        found.append(Stroke(at, start, end))
    return [one for one in found if one.end - one.start >= _SHORTEST]


def _crossing(
    flat: Sequence[Stroke], steep: Sequence[Stroke]
) -> list[tuple[list[Stroke], list[Stroke]]]:
    """Groups of rulings that meet each other: horizontal and vertical ones of each table."""
    leader = list(range(len(flat) + len(steep)))

    def find(one: int) -> int:
        while leader[one] != one:
            leader[one] = leader[leader[one]]
            one = leader[one]
        return one

    heights = [one.at for one in flat]
    for number, upright in enumerate(steep, start=len(flat)):
        at = bisect_left(heights, upright.start - _TOUCHES)
        while at < len(flat) and heights[at] <= upright.end + _TOUCHES:
            if flat[at].start - _TOUCHES <= upright.at <= flat[at].end + _TOUCHES:
                leader[find(at)] = find(number)
            at += 1
    groups: dict[int, tuple[list[Stroke], list[Stroke]]] = {}
    for at, one in enumerate(flat):
        groups.setdefault(find(at), ([], []))[0].append(one)
    for at, one in enumerate(steep, start=len(flat)):
        groups.setdefault(find(at), ([], []))[1].append(one)
    return [group for group in groups.values() if group[0] and group[1]]


def _grid(across: list[Stroke], down: list[Stroke]) -> Grid | None:
    """Cells between rulings that meet, or None when they enclose nothing."""
    columns = _edges(one.at for one in down)
    heights = _edges(one.at for one in across)
    left = _sticks_out(columns[0], (one.start for one in across))
    right = _sticks_out(-columns[-1], (-one.end for one in across))
    below = _sticks_out(heights[0], (one.start for one in down))
    above = _sticks_out(-heights[-1], (-one.end for one in down))
    columns = [*left, *columns, *(-one for one in right)]
    heights = [*below, *heights, *(-one for one in above)]
    if len(columns) < 2 or len(heights) < 2 or (len(columns) == 2 and (left or right)):
        return None
    rows = heights[::-1]
    rooms = _Rooms(columns, rows, across, down).find()
    return Grid(tuple(columns), tuple(rows), tuple(rooms), bool(above), bool(below))


def _edges(places: Iterable[float]) -> list[float]:
    """Places in order, those that lie together as one."""
    found: list[float] = []
    for place in sorted(places):
        if not found or place - found[-1] > _SAME:
            found.append(place)
    return found


def _sticks_out(edge: float, ends: Iterable[float]) -> list[float]:
    """Where at least two rulings end together beyond the outermost crossing one; or nothing."""
    beyond = sorted(end for end in ends if end < edge - _OPEN)
    together = [end for end in beyond if end - beyond[0] <= _SAME] if beyond else []
    return beyond[:1] if len(together) > 1 else []


class _Rooms:
    """Joins the meshes of a grid that no ruling parts into cells."""

    def __init__(
        self, columns: list[float], rows: list[float], across: list[Stroke], down: list[Stroke]
    ) -> None:
        self.columns = columns
        self.rows = rows
        # walls[row][column]: whether a ruling stands at the right of a mesh; floors: below it.
        self.walls = [
            [
                _covered(down, edge, (upper + lower) / 2)
                for edge in columns[1:]
            ]
            for upper, lower in pairwise(rows)
        ]  # fmt: skip
        self.floors = [
            [_covered(across, edge, (one + other) / 2) for one, other in pairwise(columns)]
            for edge in rows[1:]
        ]

    def find(self) -> list[Room]:
        height, width = len(self.rows) - 1, len(self.columns) - 1
        taken = [[False] * width for _ in range(height)]
        rooms = []
        for row in range(height):
            for column in range(width):
                if taken[row][column]:
                    continue
                right = column + 1
                while right < width and self._runs_on(row, right) and not taken[row][right]:
                    right += 1
                below = row + 1
                while below < height and self._goes_down(below, column, right):
                    below += 1
                for line in taken[row:below]:
                    line[column:right] = [True] * (right - column)
                rooms.append(
                    Room(
                        row, column, below - row, right - column,
                        self.columns[column], self.rows[below],
                        self.columns[right], self.rows[row],
                    )
                )  # fmt: skip
        return rooms

    def _runs_on(self, row: int, column: int) -> bool:
        """Whether no ruling parts a mesh from the one at its left."""
        return not self.walls[row][column - 1]

    def _goes_down(self, row: int, left: int, right: int) -> bool:
        """Whether no ruling parts meshes from those above, nor from each other."""
        return not any(self.floors[row - 1][left:right]) and all(
            self._runs_on(row, column) for column in range(left + 1, right)
        )


def _covered(rulings: Iterable[Stroke], edge: float, middle: float) -> bool:
    return any(
        abs(one.at - edge) <= _SAME and one.start <= middle <= one.end for one in rulings
    )
