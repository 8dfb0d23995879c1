"""A report as text with places（文档）: what every reader produces and all else consumes.

One plain text holds every character of the report; blocks, cells and chart values are
half-open ranges of it. A quote is always ``document.quote(span)``, so it cannot drift from
its place. For a .txt file the text is the file's own decoded content, unchanged; for a
.docx it is one line per paragraph or cell, in reading order, as a reader would see it
(automatic numbers included).
"""

from __future__ import annotations

import bisect
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from decimal import Decimal


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open range of characters in the document's text（位置）."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            msg = f"span upside down: {self.start}..{self.end}"
            raise ValueError(msg)

    def overlaps(self, other: Span) -> bool:
        """Whether the two share a character."""
        return self.start < other.end and other.start < self.end

    def cover(self, other: Span) -> Span:
        """The smallest span that holds both."""
        return Span(min(self.start, other.start), max(self.end, other.end))


class BlockKind(StrEnum):
    """What a block of text is."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    """A paragraph that the file itself marks as a heading (Word style); plain text has none."""
    CELL = "cell"
    CHART = "chart"
    """Chart data: not printed as text in the report, but shown in its picture."""
    NOTE = "note"
    """Footnote, endnote or text box."""
    RECORD = "record"
    """One number of a records file with its coordinates: data, not words to read."""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, cell or chart（文本块）.

    Attributes:
        index: Position among the document's blocks.
        kind: What it is.
        span: Where its characters are; blocks do not overlap and are in order.
        level: Heading level from 1, 0 for none.
        line: 1-based line of its first character in the document's text.
        table: 0-based table index for a cell, else -1.
        row: 0-based grid row for a cell, else -1.
        column: 0-based grid column for a cell, else -1.
        origin: Where it stands in the file: ``word/document.xml#p12`` in Word, the address
            ``公开01表!B7`` in a workbook; "" for text.
        page: 1-based page of its first character where the file has pages, else 0.
    """

    index: int
    kind: BlockKind
    span: Span
    level: int = 0
    line: int = 1
    table: int = -1
    row: int = -1
    column: int = -1
    origin: str = ""
    page: int = 0


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table's grid（单元格）; a merged cell stands once, at its top left."""

    row: int
    column: int
    span: Span
    row_span: int = 1
    column_span: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """A grid of cells（表格）; ``grid[row][column]`` is a cell index, -1 where none is.

    Every place that a merged cell covers names that one cell.

    Attributes:
        index: Position among the document's tables.
        cells: Each cell once, in reading order.
        grid: Which cell covers each place.
        title: Name that the file itself gives it, such as its worksheet's; else "".
    """

    index: int
    cells: tuple[Cell, ...]
    grid: tuple[tuple[int, ...], ...]
    title: str = ""

    @property
    def rows(self) -> int:
        """Number of grid rows."""
        return len(self.grid)

    @property
    def columns(self) -> int:
        """Number of grid columns."""
        return max((len(row) for row in self.grid), default=0)


@dataclass(frozen=True, slots=True)
class ChartPoint:
    """One value of a chart with its category（图表数据点）.

    Attributes:
        label: Category as written; "" when the chart names none.
        label_span: Where the category stands.
        value: The number, floating-point residue removed (609.93999999999983 is 609.94).
        span: Where the value stands.
    """

    label: str
    label_span: Span
    value: Decimal
    span: Span


@dataclass(frozen=True, slots=True)
class ChartSeries:
    """A named series of points（数据系列）."""

    name: str
    name_span: Span
    points: tuple[ChartPoint, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """Data behind a picture（图表）."""

    index: int
    title: str
    span: Span
    series: tuple[ChartSeries, ...]


@dataclass(frozen=True, slots=True)
class Record:
    """A number of a records file, as the file says it（记录）; "" and 0 where it is silent.

    Attributes:
        item: Line item: an id, a code or a Chinese name.
        item_span: Where the item stands.
        value: The number as printed.
        span: Where the number stands.
        line: 1-based line of the number in its own file.
        unit: Its unit.
        year: Fiscal year.
        basis: ``Basis`` value.
        scope: ``FundScope`` value.
        form: Public form that it is a number of: an id or a title.
        column: Column of the form.
        label: What to call it.
    """

    item: str
    item_span: Span
    value: str
    span: Span
    line: int = 1
    unit: str = ""
    year: int = 0
    basis: str = ""
    scope: str = ""
    form: str = ""
    column: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Records:
    """A records file（记录文件）: numbers that were data before anyone printed them.

    Attributes:
        name: The file.
        kind: ``ReportKind`` value.
        entity: Reporting entity, or "".
        year: Fiscal year, or 0.
        unit: Unit of amounts that name none.
        records: In the order of the file.
    """

    name: str
    kind: str
    entity: str
    year: int
    unit: str
    records: tuple[Record, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A whole report（文档）.

    Attributes:
        name: File name or path as the user gave it, with forward slashes.
        format: ``txt``, ``md``, ``docx``, ``doc``, ``pdf``, ``xlsx``, ``xls``, ``html``,
            ``records``, …
        digest: ``sha256:`` and the hex digest of the file's bytes.
        text: Every character, in reading order.
        blocks: Paragraphs, cells, charts in order of their spans.
        tables: Grids over the cell blocks.
        charts: Data behind pictures.
        unread: What stands in the file but could not be read, one Chinese line each.
        records: Numbers that the file gives as data, a set for each file.
    """

    name: str
    format: str
    digest: str
    text: str
    blocks: tuple[Block, ...]
    tables: tuple[Table, ...] = ()
    charts: tuple[Chart, ...] = ()
    unread: tuple[str, ...] = ()
    records: tuple[Records, ...] = ()
    _line_starts: tuple[int, ...] = field(default=(), repr=False, compare=False)

    def quote(self, span: Span) -> str:
        """The characters of a span."""
        return self.text[span.start : span.end]

    def line_of(self, offset: int) -> int:
        """1-based line of a character."""
        return bisect.bisect_right(self._starts(), offset)

    def block_at(self, offset: int) -> Block | None:
        """The block that holds a character, or None between blocks."""
        at = bisect.bisect_right(self.blocks, offset, key=lambda block: block.span.start) - 1
        if at < 0 or offset >= self.blocks[at].span.end:
            return None
        return self.blocks[at]

    def _starts(self) -> tuple[int, ...]:
        if not self._line_starts:
            starts = [0, *(i + 1 for i, c in enumerate(self.text) if c == "\n")]
            object.__setattr__(self, "_line_starts", tuple(starts))
        return self._line_starts
