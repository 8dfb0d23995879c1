"""What a document is laid out from（版面）: paragraphs and tables without places yet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from validator.readers.draft import Draft, GridCell, Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from validator.document import BlockKind
    from validator.readers.pdf_trails import Trail
    from validator.readers.pieces import Piece

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
    """A paragraph, heading or note; its pieces or trails where the reader knows them."""

    kind: BlockKind
    words: str
    level: int = 0
    origin: str = ""
    page: int = 0
    pieces: tuple[Piece, ...] = ()
    trails: tuple[Trail, ...] = ()

    def lines(self) -> list[str]:
        """Its words."""
        return [self.words]

    def add(self, draft: Draft, ranges: Sequence[Range]) -> None:
        """Make its block."""
        draft.add(Place(self.kind, *ranges[0], self.level, self.origin, self.page))


@dataclass(slots=True)
class ShapeCell:
    """A cell of a table with its words; the spans grow while merged cells are met."""

    row: int
    column: int
    words: str
    column_span: int = 1
    row_span: int = 1
    origin: str = ""
    page: int = 0
    pieces: tuple[Piece, ...] = ()
    trails: tuple[Trail, ...] = ()


@dataclass(frozen=True, slots=True)
class TableShape:
    """A table's grid: cells in reading order, and the name that the file gives it."""

    rows: int
    cells: tuple[ShapeCell, ...]
    title: str = ""

    def lines(self) -> list[str]:
        """One line per cell."""
        return [cell.words for cell in self.cells]

    def add(self, draft: Draft, ranges: Sequence[Range]) -> None:
        """Make the table and the blocks of its cells."""
        placed = [
            GridCell(
                cell.row,
                cell.column,
                *where,
                cell.row_span,
                cell.column_span,
                cell.origin,
                cell.page,
            )
            for cell, where in zip(self.cells, ranges, strict=True)
        ]
        draft.add_table(self.rows, placed, self.title)


def laid_out(shapes: Iterable[Shape]) -> Draft:
    """Write the shapes one below the other and make their blocks."""
    text, placed = written(shapes)
    draft = Draft(text)
    for shape, ranges in placed:
        shape.add(draft, ranges)
    return draft


def written(shapes: Iterable[Shape]) -> tuple[str, list[tuple[Shape, list[Range]]]]:
    """The text of shapes one below the other, and where the lines of each came to stand."""
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
    return "".join(f"{words}\n" for words in lines), placed
