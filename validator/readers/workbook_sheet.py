"""A worksheet as people see it（工作表）: words in cells, merged cells, what got lost."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from validator.document import BlockKind
from validator.readers.layout import ShapeCell, Stretch, TableShape

if TYPE_CHECKING:
    from validator.readers.layout import Shape

MOST_CELLS = 200_000
"""Cells of a workbook's grids, blank ones counted; no public report comes near."""
_UNNAMED = re.compile(r"(?:sheet|工作表|表格|表|table)?\s*\d*", re.IGNORECASE)
_LETTERS = re.compile(r"\$?([A-Z]{1,3})\$?")
_NAMED_CELLS = 5


@dataclass(slots=True)
class Sheet:
    """A worksheet.

    Attributes:
        name: As on its tab.
        cells: Words by (row, column) from 0; blank cells are left out.
        merged: First row, first column, rows and columns of each merged cell.
        hidden: Whether its tab is hidden.
        pictured: Whether pictures or text boxes lie on it.
    """

    name: str
    cells: dict[tuple[int, int], str] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden: bool = False
    pictured: bool = False

    def put(self, row: int, column: int, words: str) -> None:
        """Put words into a cell unless it looks blank."""
        words = words.strip()
        if words:
            self.cells[row, column] = words.replace("\r\n", "\n")


UNKNOWN = "（公式）"
"""What stands for a formula whose result was not stored: not nothing, and no number."""


@dataclass(slots=True)
class Losses:
    """What stands in a workbook but could not be read."""

    lines: list[str] = field(default_factory=list)
    formulas: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    broken: bool = False

    def told(self) -> list[str]:
        """One Chinese line each."""
        found = list(self.lines)
        if self.formulas:
            what = "是公式但没有存下结果，没有读出，请用 Excel 打开并保存后再检查"
            found.append(f"{_some(self.formulas)} {what}")
        if self.errors:
            found.append(f"{_some(self.errors)} 显示的是错误值，没有数字可查")
        return found

    def break_off(self, sheet: str) -> None:
        """Tell that a sheet is damaged."""
        self.broken = True
        self.lines.append(f"工作表“{sheet}”没有读出，文件缺这一部分或它已损坏")


def address(sheet: str, row: int, column: int) -> str:
    """Where a cell stands.

    >>> address("公开01表", 6, 27)
    '公开01表!AB7'
    """
    return f"{sheet}!{_letters(column)}{row + 1}"


def position(written: str) -> tuple[int, int] | None:
    """Row and column from 0 of an address such as B7; None when it is none."""
    letters = written.rstrip("0123456789")
    row = written[len(letters) :]
    column = _column(letters)
    return None if column is None or not row or len(row) > 7 else (int(row) - 1, column)


@lru_cache(maxsize=1000)
def _letters(column: int) -> str:
    letters = ""
    rest = column + 1
    while rest:
        rest, letter = divmod(rest - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return letters


@lru_cache(maxsize=1000)
def _column(letters: str) -> int | None:
    match = _LETTERS.fullmatch(letters)
    if match is None:
        return None
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return column - 1


def laid_sheet(sheet: Sheet, room: int, losses: Losses) -> tuple[list[Shape], int]:
    """Shapes of a sheet: its name and its table → (shapes, cells of the grid).

    Args:
        sheet: The worksheet.
        room: Cells that its grid may have.
        losses: Takes what has no room.
    """
    columns = max((column for _, column in sheet.cells), default=-1) + 1
    rows = max((row for row, _ in sheet.cells), default=-1) + 1
    if rows * columns > room:
        rows, used = room // columns, rows
        losses.lines.append(f"工作表“{sheet.name}”大得反常，{used} 行里只读了前 {rows} 行")
    if not rows:
        return [], 0
    shapes: list[Shape] = []
    if not _UNNAMED.fullmatch(sheet.name.strip()):
        shapes.append(Stretch(BlockKind.PARAGRAPH, sheet.name, origin=sheet.name))
    shapes.append(TableShape(rows, _grid(sheet, rows, columns), sheet.name))
    return shapes, rows * columns


def _grid(sheet: Sheet, rows: int, columns: int) -> tuple[ShapeCell, ...]:
    """Cells of the used part of a sheet in reading order, blank ones too."""
    spans, covered = _merged(sheet, rows, columns)
    found = []
    for row in range(rows):
        for column in range(columns):
            if (row, column) in covered:
                continue
            high, wide = spans.get((row, column), (1, 1))
            words = sheet.cells.get((row, column), "")
            origin = address(sheet.name, row, column) if words else ""
            found.append(ShapeCell(row, column, words, wide, high, origin))
    return tuple(found)


def _merged(
    sheet: Sheet, rows: int, columns: int
) -> tuple[dict[tuple[int, int], tuple[int, int]], set[tuple[int, int]]]:
    """Size of each merged cell by its top left, and the places that they cover otherwise.

    What some programs leave in covered places is not shown, so it is not read.
    """
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    covered: set[tuple[int, int]] = set()
    looked_at = 0
    for row, column, whole_height, whole_width in sheet.merged:
        high, wide = min(whole_height, rows - row), min(whole_width, columns - column)
        looked_at += max(high * wide, 1)
        # Merged cells that lie on each other are damage; they must not cost hours.
        if high < 1 or wide < 1 or looked_at > 4 * MOST_CELLS:
            continue
        places = {(r, c) for r in range(row, row + high) for c in range(column, column + wide)}
        rest = places - {(row, column)}
        if covered & places or any(place in spans for place in rest):
            continue
        spans[row, column] = (high, wide)
        covered |= rest
    return spans, covered


def _some(cells: list[str]) -> str:
    """The first few of many addresses."""
    named = "、".join(cells[:_NAMED_CELLS])
    more = len(cells) - _NAMED_CELLS
    return f"{named} 等 {len(cells)} 个单元格（另有 {more} 个没有列出）" if more > 0 else named
