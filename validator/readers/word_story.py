"""The text of a Word file in reading order（正文）: paragraphs, tables, text boxes, notes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from validator.document import BlockKind
from validator.readers.draft import visible
from validator.readers.layout import Shape, ShapeCell, Stretch, TableShape
from validator.readers.pieces import Piece, cut, joined, words_of
from validator.readers.word_numbers import Numbering
from validator.readers.word_package import W
from validator.readers.word_runs import MC, Runs, choice
from validator.readers.word_styles import Styles, heading_level, is_hidden

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

_WRAPPERS = frozenset(
    W + name for name in ("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo")
)
_GONE = (f"{W}del", f"{W}moveFrom")
_LONGEST_HEADING = 100
"""Characters; whoever gives a longer paragraph a heading style means only its looks."""
_WIDEST = 256
"""Columns of a table at most; Word allows 63."""


class Story:
    """Walks once over the file.

    Attributes:
        shapes: What was found, in reading order.
        runs: Reader of words; knows the charts met.
        unread: What stands there but could not be read.
    """

    def __init__(self, styles: _Element | None, numbering: _Element | None) -> None:
        """Make a reader of one document from its styles and numbering parts."""
        self.shapes: list[Shape] = []
        self.unread: list[str] = []
        self._styles = Styles(styles)
        self._numbering = Numbering(numbering, self._styles.lists())
        self.runs = Runs(self._styles, self._boxed, self._pictured)
        self._aside: list[Shape] = []
        self._carried: list[Piece] = []
        self._origins: dict[_Element, str] = {}
        self._outer: list[list[Shape]] = []

    def tell(self, body: _Element, part: str) -> None:
        """Read a body; ``part#pN`` is the origin of its N-th paragraph, counted from 1."""
        paragraphs = enumerate(body.iter(f"{W}p"), start=1)
        self._origins = {one: f"{part}#p{number}" for number, one in paragraphs}
        self._blocks(body)

    def tell_note(self, note: _Element, origin: str) -> None:
        """Read a footnote or endnote（脚注、尾注）."""
        for shape in self._inside(note):
            if isinstance(shape, Stretch):
                self.shapes.append(replace(shape, kind=BlockKind.NOTE, level=0, origin=origin))
            else:
                self.shapes.append(shape)

    def _blocks(self, parent: _Element) -> None:
        for child in parent:
            tag = child.tag
            if tag == f"{W}p":
                self._paragraph(child)
            elif tag == f"{W}tbl":
                self._table(child)
            elif tag in _WRAPPERS:
                self._blocks(child)
            elif tag == f"{MC}AlternateContent":
                chosen = choice(child)
                if chosen is not None:
                    self._blocks(chosen)
            elif tag == f"{W}altChunk":
                self.unread.append("有插入的外部文件没有读出")

    def _inside(self, parent: _Element) -> list[Shape]:
        """Shapes of a part of the page that does not belong to the flow of its surroundings."""
        outer, self.shapes = self.shapes, []
        self._outer.append(outer)
        aside, self._aside = self._aside, []
        carried, self._carried = self._carried, []
        self._blocks(parent)
        found, self.shapes = self.shapes, outer
        self._aside, self._carried = aside, carried
        self._outer.pop()
        return found

    def _boxed(self, content: _Element) -> None:
        """A text box（文本框）: told after the paragraph that it hangs on."""
        for shape in self._inside(content):
            note = (
                replace(shape, kind=BlockKind.NOTE, level=0)
                if isinstance(shape, Stretch)
                else shape
            )
            self._aside.append(note)

    def _pictured(self) -> None:
        """A picture of a whole page: told by the words before it, for it has none."""
        told = [*self._outer, self.shapes]
        before = sum(bool(line) for shapes in told for one in shapes for line in one.lines())
        place = f"第{before}段后面" if before else "开头"
        self.unread.append(f"{place}有占满一页的图片，图片里的字没有读出")

    def _paragraph(self, paragraph: _Element) -> None:
        properties = paragraph.find(f"{W}pPr")
        pieces = self._carried + self.runs.pieces(paragraph)
        self._carried = []
        mark = properties.find(f"{W}rPr") if properties is not None else None
        if mark is not None and any(mark.find(tag) is not None for tag in _GONE):
            # The end of the paragraph was deleted: what is left joins the next one.
            self._carried = pieces
        elif not (is_hidden(mark) and not words_of(pieces).strip()):
            self._tell_paragraph(paragraph, properties, pieces)
        self.shapes += self._aside
        self._aside = []

    def _tell_paragraph(
        self, paragraph: _Element, properties: _Element | None, pieces: list[Piece]
    ) -> None:
        level, number = self._looks(properties)
        whole = words_of(pieces)
        start, end = visible(whole)
        words = number + whole[start:end]
        if not words.strip():
            return
        if len(words) > _LONGEST_HEADING:
            level = 0
        kind = BlockKind.HEADING if level else BlockKind.PARAGRAPH
        origin = self._origins.get(paragraph, "")
        printed = (*([Piece(number)] if number else []), *cut(pieces, start, end))
        self.shapes.append(Stretch(kind, words, level, origin, pieces=printed))

    def _looks(self, properties: _Element | None) -> tuple[int, str]:
        """Heading level and automatic number of a paragraph."""
        name = self._styles.default
        level = number = depth = None
        if properties is not None:
            chosen = properties.find(f"{W}pStyle")
            name = chosen.get(f"{W}val", "") if chosen is not None else name
            level = heading_level(properties)
            listed = properties.find(f"{W}numPr")
            if listed is not None:
                number = _own(listed, "numId")
                depth = _own(listed, "ilvl")
        style = self._styles.style(name)
        level = (style.level or 0) if level is None else level
        at = int(depth) if depth is not None and depth.isdecimal() else style.depth
        if number is None:
            number = style.number
            if number is not None and at is None:
                at = self._numbering.level_of_style(number, name)
        if number in (None, "", "0"):
            return level, ""
        return level, self._numbering.next(number or "", at or 0)

    def _table(self, table: _Element) -> None:
        """A table; its cells first, then what hangs in them: text boxes, inner tables."""
        rows = [row for row in _children(table, f"{W}tr") if not _deleted(row)]
        grid = _Grid()
        hanging: list[Shape] = []
        lone: list[Shape] = []
        for at, row in enumerate(rows):
            grid.begin(at, _count(row, f"{W}trPr/{W}gridBefore", 0))
            for cell in _children(row, f"{W}tc"):
                lone = self._inside(cell)
                words = _flowing(lone)
                hanging += [shape for shape in lone if shape not in words]
                origin = next((s.origin for s in words), "")
                grid.put(cell, joined(s.pieces for s in words), origin)
        if len(rows) == 1 and len(grid.cells) == 1:
            # One cell is a frame around the text, not a table.
            self.shapes += lone
            return
        self.shapes.append(TableShape(len(rows), tuple(grid.cells)))
        self.shapes += hanging


class _Grid:
    """Puts cells side by side and joins merged ones（合并单元格）."""

    def __init__(self) -> None:
        self.cells: list[ShapeCell] = []
        self._open: dict[int, ShapeCell] = {}
        self._row = 0
        self._column = 0

    def begin(self, row: int, skipped: int) -> None:
        """Begin a row that leaves some columns out at its left."""
        self._row = row
        self._column = min(skipped, _WIDEST)

    def put(self, element: _Element, pieces: tuple[Piece, ...], origin: str) -> None:
        """Put the next cell of the row, or let it continue the one above or before it."""
        words = words_of(pieces)
        width = max(1, min(_count(element, f"{W}tcPr/{W}gridSpan", 1), _WIDEST))
        column = self._column
        self._column += width
        if _continues(element, "hMerge") and self.cells and self.cells[-1].row == self._row:
            self.cells[-1].column_span += width
            return
        above = self._open.get(column)
        joined = _continues(element, "vMerge") and above is not None and not words.strip()
        if joined and above is not None and above.row + above.row_span == self._row:
            above.row_span += 1
            return
        cell = ShapeCell(self._row, column, words, width, 1, origin, pieces=pieces)
        self.cells.append(cell)
        self._open[column] = cell


def _flowing(shapes: list[Shape]) -> list[Stretch]:
    """Paragraphs that make the words of a cell; notes and inner tables are told after it."""
    return [s for s in shapes if isinstance(s, Stretch) and s.kind is not BlockKind.NOTE]


def _children(parent: _Element, tag: str) -> Iterator[_Element]:
    """Rows of a table or cells of a row, also those in content controls."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in _WRAPPERS:
            yield from _children(child, tag)


def _deleted(row: _Element) -> bool:
    return row.find(f"{W}trPr/{W}del") is not None


def _continues(cell: _Element, kind: str) -> bool:
    """Whether a cell is the lower or right part of a merged one."""
    mark = cell.find(f"{W}tcPr/{W}{kind}")
    return mark is not None and mark.get(f"{W}val", "continue") == "continue"


def _count(element: _Element, path: str, fallback: int) -> int:
    found = element.find(path)
    value = "" if found is None else found.get(f"{W}val", "")
    return int(value) if value.isascii() and value.isdecimal() and len(value) < 6 else fallback


def _own(element: _Element, name: str) -> str | None:
    child = element.find(f"{W}{name}")
    return None if child is None else child.get(f"{W}val", "")
