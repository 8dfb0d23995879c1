"""What a Word file is laid out from（版面）: paragraphs, tables, charts without places yet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from validator.document import BlockKind
from validator.readers.draft import Draft, GridCell, Place, chart_series

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from validator.readers.word_charts import ChartData

Range = tuple[int, int]


class Shape(Protocol):
    """Something that takes lines of the document's text."""

    def lines(self) -> list[str]:
        """Its lines in order; an empty one takes no room."""
        ...

    def add(self, draft: Draft, ranges: Sequence[Range]) -> None:
        """Make its blocks, given where each of its lines came to stand."""
        ...


@dataclass(frozen=True, slots=True)
class Stretch:
    """A paragraph, heading or note."""

    kind: BlockKind
    words: str
    level: int = 0
    origin: str = ""

    def lines(self) -> list[str]:
        """Its words."""
        return [self.words]

    def add(self, draft: Draft, ranges: Sequence[Range]) -> None:
        """Make its block."""
        draft.add(Place(self.kind, *ranges[0], self.level, self.origin))


@dataclass(slots=True)
class ShapeCell:
    """A cell of a table with its words; the spans grow while merged cells are met."""

    row: int
    column: int
    words: str
    column_span: int = 1
    row_span: int = 1
    origin: str = ""


@dataclass(frozen=True, slots=True)
class TableShape:
    """A table's grid: cells in reading order."""

    rows: int
    cells: tuple[ShapeCell, ...]

    def lines(self) -> list[str]:
        """One line per cell."""
        return [cell.words for cell in self.cells]

    def add(self, draft: Draft, ranges: Sequence[Range]) -> None:
        """Make the table and the blocks of its cells."""
        placed = [
            GridCell(
                cell.row, cell.column, *where, cell.row_span, cell.column_span, cell.origin
            )
            for cell, where in zip(self.cells, ranges, strict=True)
        ]
        draft.add_table(self.rows, placed)


@dataclass(frozen=True, slots=True)
class ChartShape:
    """A chart: its title as a paragraph, its data as one line with tabs."""

    part: str
    data: ChartData

    def lines(self) -> list[str]:
        """Its title and its data."""
        return [self.data.title, "\t".join(self._fields())]

    def add(self, draft: Draft, ranges: Sequence[Range]) -> None:
        """Make the chart, the block of its data, and a paragraph of its title."""
        title, (start, end) = ranges
        draft.add(Place(BlockKind.PARAGRAPH, *title, origin=self.part))
        fields: list[Range] = []
        at = start
        for words in self._fields():
            fields.append((at, at + len(words)))
            at += len(words) + 1
        places = iter(fields)
        series = []
        for one in self.data.series:
            name = next(places) if one.name else None
            labels = [next(places) for _ in one.categories]
            kept = [at for at, value in zip(labels, one.values, strict=True) if value]
            values = [next(places) for _ in kept]
            if labels or name:
                at = labels[0][0] if labels else end
                series.append(chart_series(draft.text, name or (at, at), kept, values))
        place = Place(BlockKind.CHART, start, end, origin=self.part)
        draft.add_chart(self.data.title, place, series)

    def _fields(self) -> list[str]:
        """Name, categories and values, series after series, as in text out of Word."""
        fields = []
        for one in self.data.series:
            fields += [one.name] if one.name else []
            fields += [*one.categories, *(value for value in one.values if value)]
        return fields


def laid_out(shapes: Iterable[Shape]) -> Draft:
    """Write the shapes one below the other and make their blocks."""
    lines: list[str] = []
    length = 0
    placed: list[tuple[Shape, list[Range]]] = []
    for shape in shapes:
        ranges = []
        for words in shape.lines():
            ranges.append((length, length + len(words)))
            if words:
                lines.append(words)
                length += len(words) + 1
        placed.append((shape, ranges))
    draft = Draft("".join(f"{words}\n" for words in lines))
    for shape, ranges in placed:
        shape.add(draft, ranges)
    return draft
