"""The words of a web page in reading order（网页内容）: paragraphs, headings, lists, tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from validator.document import BlockKind
from validator.readers.draft import visible
from validator.readers.html_lines import collapsed, is_tool, list_number
from validator.readers.html_tables import grid_of, lays_out
from validator.readers.layout import Shape, Stretch, TableShape
from validator.readers.lines import listed

if TYPE_CHECKING:
    from lxml.etree import _Element

_BLOCKS = frozenset(
    {
        "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "dir",
        "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2",
        "h3", "h4", "h5", "h6", "header", "hr", "legend", "li", "main", "menu", "ol", "p",
        "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr",
        "ul",
    }
)  # fmt: skip
_LEVELS = {f"h{level}": level for level in range(1, 7)}
_LONGEST_HEADING = 100
"""Characters; whoever makes a heading of a longer paragraph means only its looks."""


class PageStory:
    """Walks once over the page; deep nesting costs no more than flat.

    Attributes:
        shapes: What was found, in reading order.
        unread: What stands there but could not be read as it is.
    """

    def __init__(self, *, in_cell: bool = False) -> None:
        """Begin a page.

        Args:
            in_cell: Whether only a cell of it is told, which holds no buttons of the site.
        """
        self._in_cell = in_cell
        self.shapes: list[Shape] = []
        self.unread: list[str] = []
        self._pieces: list[str] = []
        self._levels: list[int] = []
        self._number = ""
        self._counts: dict[_Element, int] = {}
        self._plain = 0

    def tell(self, part: _Element) -> None:
        """Read an element of the page."""
        walk = etree.iterwalk(part, events=("start", "end"))
        for event, element in walk:
            tag = element.tag
            if event == "end":
                self._leave(element, outermost=element is part)
            elif tag == "table" and not lays_out(element) and self._table(element):
                walk.skip_subtree()
            else:
                self._enter(element)
        self._flush()

    def _enter(self, element: _Element) -> None:
        tag = element.tag
        if tag in _BLOCKS or tag == "br":
            self._flush()
        if tag in _LEVELS:
            self._levels.append(_LEVELS[tag])
        elif tag == "li":
            self._number = self._entry(element)
        elif tag == "pre":
            self._plain += 1
        if element.text:
            self._say(element.text)

    def _leave(self, element: _Element, *, outermost: bool) -> None:
        tag = element.tag
        if tag in _BLOCKS:
            self._flush()
        if tag in _LEVELS and self._levels:
            self._levels.pop()
        elif tag == "li":
            self._number = ""
        elif tag == "pre":
            self._plain -= 1
        if element.tail and not outermost:
            self._say(element.tail)

    def _say(self, words: str) -> None:
        if not self._plain:
            self._pieces.append(words)
            return
        first, *rest = words.splitlines() or [""]
        self._pieces.append(first)
        for line in rest:
            self._flush()
            self._pieces.append(line)

    def _entry(self, element: _Element) -> str:
        """Number of an entry of a list."""
        items = element.getparent()
        if items is None or items.tag != "ol":
            return ""
        number = _whole(element.get("value"))
        if number is None:
            start = _whole(items.get("start"))
            number = self._counts.get(items, (1 if start is None else start) - 1) + 1
        self._counts[items] = number
        return list_number(items, number)

    def _flush(self) -> None:
        """End a paragraph."""
        if not self._pieces:
            return
        words = collapsed("".join(self._pieces))
        self._pieces = []
        start, end = visible(words)
        words = words[start:end]
        level = self._levels[-1] if self._levels else 0
        if not words or not (level or self._in_cell or not is_tool(words)):
            return
        if self._number and not listed(words):
            words = self._number + words
        self._number = ""
        if level and len(words) <= _LONGEST_HEADING:
            self.shapes.append(Stretch(BlockKind.HEADING, words, level))
        else:
            self.shapes.append(Stretch(BlockKind.PARAGRAPH, words))

    def _table(self, table: _Element) -> bool:
        """Take a table of data; False when it is too large to be one."""
        found = grid_of(table, _cell_words)
        if found is None:
            self.unread.append("有一个表格大得反常，只当作文字读出")
            return False
        rows, cells = found
        self._flush()
        caption = table.find("caption")
        title = "" if caption is None else _cell_words(caption).replace("\n", " ")
        if title:
            self.shapes.append(Stretch(BlockKind.PARAGRAPH, title))
        self.shapes.append(TableShape(rows, cells, title))
        return True


def _cell_words(cell: _Element) -> str:
    """Words of a cell, its paragraphs one below the other."""
    if not len(cell):
        return collapsed(cell.text or "").strip()
    inside = PageStory(in_cell=True)
    inside.tell(cell)
    return "\n".join(words for shape in inside.shapes for words in shape.lines() if words)


def _whole(written: str | None) -> int | None:
    digits = (written or "").strip()
    known = digits.removeprefix("-").isdecimal() and digits.isascii() and len(digits) < 7
    return int(digits) if known else None
