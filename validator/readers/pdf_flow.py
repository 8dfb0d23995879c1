"""Pages → one story（通读）: lines and tables in reading order, joined over page breaks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from validator.readers.pdf_columns import Part, parts_of
from validator.readers.pdf_lines import Line, lines_of_glyphs
from validator.readers.pdf_margins import PageLines, without_margins
from validator.readers.pdf_paragraphs import Paragraphs, Setting, setting_of
from validator.readers.pdf_rulings import TooManyRulingsError, grids
from validator.readers.pdf_table_joins import continued, table_shape
from validator.readers.pdf_tables import FoundTable, tables_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from validator.readers.layout import Shape
    from validator.readers.pdf_page import PageContent


@dataclass(slots=True)
class Sheet:
    """A page as lines and tables.

    Attributes:
        page: 1-based page.
        left: Its left edge.
        bottom: Its lower edge.
        width: Its width as it is read.
        height: Its height as it is read.
        lines: Lines outside of tables, from top to bottom.
        tables: Ruled tables, from top to bottom.
        crowded: Whether it has too many rulings for tables to be told.
    """

    page: int
    left: float
    bottom: float
    width: float
    height: float
    lines: list[Line]
    tables: list[FoundTable]
    crowded: bool = False


def sheets_of(content: PageContent) -> list[Sheet]:
    """Lines and tables of a page; each column of a page set in two is a sheet of its own."""
    tables: list[FoundTable] = []
    glyphs = content.glyphs
    crowded = False
    try:
        found = grids(content.across, content.down) if glyphs else []
        tables, glyphs = tables_of(content.number, found, glyphs)
    except TooManyRulingsError:
        crowded = True
    left, bottom, right, _ = content.box
    parts = [Part(left, right, glyphs)] if tables else parts_of(glyphs, left, right)
    return [
        Sheet(
            content.number, part.left, bottom, part.right - part.left, content.height,
            lines_of_glyphs(part.glyphs), tables, crowded,
        )
        for part in parts
    ]  # fmt: skip


def shapes_of(sheets: Sequence[Sheet]) -> list[Shape]:
    """Paragraphs and tables of all pages in reading order."""
    bare = without_margins([PageLines(one.bottom, one.height, one.lines) for one in sheets])
    for sheet, lines in zip(sheets, bare, strict=True):
        sheet.lines = lines
    settings = _settings(sheets)
    story = _Story()
    for sheet in sheets:
        story.tell(sheet, settings[round(sheet.width)])
    return story.finish()


def _settings(sheets: Sequence[Sheet]) -> dict[int, Setting]:
    """How the pages of each width are set."""
    widths: dict[int, list[Sheet]] = {}
    for sheet in sheets:
        widths.setdefault(round(sheet.width), []).append(sheet)
    return {
        width: setting_of([one.lines for one in some], some[0].left, some[0].left + width)
        for width, some in widths.items()
    }


class _Story:
    """Takes page after page; a paragraph or table stays open until something else comes."""

    def __init__(self) -> None:
        self._shapes: list[Shape] = []
        self._paragraphs = Paragraphs()
        self._table: FoundTable | None = None

    def tell(self, sheet: Sheet, setting: Setting) -> None:
        """Take the lines and tables of a page."""
        for found in _from_the_top(sheet):
            if isinstance(found, Line):
                self._close_table()
                self._keep(self._paragraphs.add(found, sheet.page, setting))
                continue
            self._keep(self._paragraphs.close())
            before = self._table
            follows = before is not None and before.last_page == sheet.page - 1
            if before is not None and follows and continued(before, found):
                continue
            self._close_table()
            self._table = found

    def finish(self) -> list[Shape]:
        """Everything told."""
        self._keep(self._paragraphs.close())
        self._close_table()
        return self._shapes

    def _keep(self, shape: Shape | None) -> None:
        if shape is not None:
            self._shapes.append(shape)

    def _close_table(self) -> None:
        if self._table is not None:
            self._shapes.append(table_shape(self._table))
            self._table = None


def _from_the_top(sheet: Sheet) -> Iterator[Line | FoundTable]:
    """Lines and tables of a page from top to bottom."""
    tables = list(sheet.tables)
    for line in sheet.lines:
        while tables and tables[0].top > line.base:
            yield tables.pop(0)
        yield line
    yield from tables
