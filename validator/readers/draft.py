"""A document in the making（草稿）: from places in a text to blocks, tables and charts."""

from __future__ import annotations

import decimal
import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from validator.document import (
    Block,
    BlockKind,
    Cell,
    Chart,
    ChartPoint,
    ChartSeries,
    Document,
    Span,
    Table,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

MARK = r"\[bookmark[:：][^\]\n]*\]"
"""Bookmark that some extractors of Word text print; nobody sees it in the report."""
_LAST_MARK = re.compile(rf"{MARK}\Z")
_FIRST_MARK = re.compile(MARK)
# Blanks of every kind; a zero-width blank and a stray byte order mark are as invisible.
_WHITE = "".join(map(chr, (*range(33), 0x7F, 0x85, 0xA0, *range(0x2000, 0x200C), 0x2028, 0x2029,
                           0x202F, 0x205F, 0x3000, 0xFEFF)))  # fmt: skip
# Word keeps chart values as binary floats: 15 digits are what a person typed.
_TYPED = decimal.Context(prec=15, rounding=decimal.ROUND_HALF_EVEN)
_NUMBER = re.compile(r"[-+]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:[eE][-+]?\d{1,2})?")


LONGEST_BLOCK = 60_000
"""Characters of a paragraph or cell that is checked; whole reports are shorter than that.

Every figure of a sentence may belong to every other one, so the work grows with the square.
"""


def visible(text: str, start: int = 0, end: int | None = None) -> tuple[int, int]:
    """Range without the blanks and marks at both ends; empty when nothing can be seen.

    >>> visible("[bookmark: a] 一、收入 ")
    (14, 18)
    """
    piece = text[start:end]
    if "[" not in piece:
        kept = piece.strip(_WHITE)
        first = start + piece.find(kept)
        return (first, first + len(kept)) if kept else (start, start)
    while True:
        kept = piece.rstrip(_WHITE)
        mark = _LAST_MARK.search(kept) if kept.endswith("]") else None
        if mark is None:
            break
        piece = kept[: mark.start()]
    first = 0
    while True:
        first += len(kept) - first - len(kept[first:].lstrip(_WHITE))
        mark = _FIRST_MARK.match(kept, first)
        if mark is None:
            break
        first = mark.end()
    return (start + first, start + len(kept)) if first < len(kept) else (start, start)


def chart_number(text: str) -> Decimal | None:
    """Value of a chart's point without floating-point residue, or None when it is no number.

    >>> chart_number("609.93999999999983")
    Decimal('609.94')
    """
    if not _NUMBER.fullmatch(text.strip()):
        return None
    value = _TYPED.create_decimal(text.strip().replace(",", "")).normalize(_TYPED)
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of text that will be a block（文本块）.

    Attributes:
        kind: What it is.
        start: First character; blanks and marks are cut off later.
        end: One past the last character.
        level: Heading level, 0 for none.
        origin: Where it stands in the file.
        page: 1-based page, 0 where there are none.
    """

    kind: BlockKind
    start: int
    end: int
    level: int = 0
    origin: str = ""
    page: int = 0


@dataclass(slots=True)
class GridCell:
    """A cell as the reader found it: its text may be blank."""

    row: int
    column: int
    start: int
    end: int
    row_span: int = 1
    column_span: int = 1
    origin: str = ""
    page: int = 0


@dataclass(slots=True)
class Draft:
    """Collects what a reader finds, in reading order, and makes the document of it."""

    text: str = ""
    blocks: list[Block] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    charts: list[Chart] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    too_long: bool = False
    _line: int = 1
    _counted: int = 0

    def add(self, place: Place) -> Span:
        """Make a block unless nothing of it can be seen → its visible span."""
        start, end = visible(self.text, place.start, place.end)
        span = Span(start, end)
        if self._has_room(start, end):
            self.blocks.append(
                Block(
                    len(self.blocks), place.kind, span, place.level, self._line_at(start),
                    origin=place.origin, page=place.page,
                )
            )  # fmt: skip
        return span

    def _add_cell(self, cell: GridCell, table: int) -> Span:
        start, end = visible(self.text, cell.start, cell.end)
        span = Span(start, end)
        if self._has_room(start, end):
            self.blocks.append(
                Block(
                    len(self.blocks), BlockKind.CELL, span, 0, self._line_at(start), table,
                    cell.row, cell.column, cell.origin, cell.page,
                )
            )  # fmt: skip
        return span

    def _has_room(self, start: int, end: int) -> bool:
        """Whether a range makes a block; one too long to be checked is told."""
        if end - start > LONGEST_BLOCK:
            line, size = self._line_at(start), end - start
            self.unread.append(f"第{line}段太长（{size}字），没有检查，请分成几段")
            self.too_long = True
            return False
        return start < end

    @property
    def is_blank(self) -> bool:
        """Whether nothing can be seen in the whole file."""
        return not self.blocks and not self.too_long

    def _line_at(self, start: int) -> int:
        self._line += self.text.count("\n", self._counted, start)
        self._counted = start
        return self._line

    def add_table(self, rows: int, found: Sequence[GridCell], title: str = "") -> None:
        """Make a table of cells that stand in reading order; a blank cell makes no block.

        Args:
            rows: Number of grid rows.
            found: Its cells.
            title: Name that the file itself gives it.
        """
        index = len(self.tables)
        width = max((cell.column + cell.column_span for cell in found), default=0)
        grid = [[-1] * width for _ in range(rows)]
        cells = []
        for number, cell in enumerate(found):
            span = self._add_cell(cell, index)
            cells.append(Cell(cell.row, cell.column, span, cell.row_span, cell.column_span))
            if cell.row_span == cell.column_span == 1:
                grid[cell.row][cell.column] = number
                continue
            for line in grid[cell.row : cell.row + cell.row_span]:
                reach = cell.column + cell.column_span
                line[cell.column : reach] = [number] * (reach - cell.column)
        self.tables.append(Table(index, tuple(cells), tuple(map(tuple, grid)), title))

    def add_chart(self, title: str, place: Place, series: Sequence[ChartSeries]) -> None:
        """Make a chart and the block of its data."""
        span = self.add(place)
        self.charts.append(Chart(len(self.charts), title, span, tuple(series)))

    def finish(self, name: str, form: str, digest: str) -> Document:
        """The finished document."""
        return Document(
            name, form, digest, self.text, tuple(self.blocks), tuple(self.tables),
            tuple(self.charts), tuple(dict.fromkeys(self.unread)),
        )  # fmt: skip


def chart_series(
    text: str,
    name: tuple[int, int],
    labels: Sequence[tuple[int, int]],
    values: Sequence[tuple[int, int]],
) -> ChartSeries:
    """A series from the ranges of its words; labels and values go in pairs."""
    points = []
    for label, value in zip(labels, values, strict=False):
        number = chart_number(text[slice(*value)])
        if number is not None:
            points.append(ChartPoint(text[slice(*label)], Span(*label), number, Span(*value)))
    return ChartSeries(text[slice(*name)], Span(*name), tuple(points))
