"""A report as pieces to align（片段）: sentences and table rows, their numbers masked.

Two prints of one sentence with another amount have the same *key*; so a changed figure does not
keep its sentence from being found again. Blanks, line breaks and the width of characters do
not count, nor do years and outline numbers: they move when a report is carried over to a new
year or a paragraph is put in.
"""

from __future__ import annotations

import bisect
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from validator.comparing.headers import TableHeads
from validator.document import BlockKind, Span
from validator.facts import FigureKind, SectionRole

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from validator.document import Block, Document
    from validator.facts import Figure
    from validator.reading import Reading

MASK = "#"
"""Stands for a figure of account in a key."""
_YEAR, _LABEL = "\x01", "\x02"
_END = re.compile(r"[。！？；;!?]+[”’」』）)]*")
_BLANK = re.compile(r"[\s\u200b-\u200f\u2060\ufeff\u00ad]+")
_LEADERS = re.compile(r"[.·…_]{3,}")
_QUOTES = str.maketrans("“”‘’「」『』", '""\'\'""""')
_NUMBERING = re.compile(r"编码|代码|编号|行次|栏次|序号")
_NUMBERED = re.compile(r"(?:[表图第]|附件)$")
_LONGEST_CONTEXT = 16


@dataclass(frozen=True, slots=True)
class Mark:
    """A figure in its piece（数字）.

    Attributes:
        figure: The number.
        before: Words between the number before it and this one, without blanks.
        after: Words between this number and the next one.
        head: Words of its column's header, "" outside tables.
    """

    figure: Figure
    before: str
    after: str
    head: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A sentence or a table row（片段）.

    Attributes:
        span: Where it stands.
        exact: All its characters, blanks left out.
        key: The same with its numbers masked.
        marks: Its figures, in order.
        grams: What it is made of, for comparing it with one that differs: pairs of characters
            of the key, and the figures as printed.
    """

    span: Span
    exact: str
    key: str
    marks: tuple[Mark, ...]
    grams: frozenset[str]

    @property
    def words(self) -> int:
        """How many characters besides figures it has."""
        return len(self.key) - len(self.marks)


def pieces(document: Document, reading: Reading, *, charts: bool) -> list[Piece]:
    """A report as pieces, in reading order.

    Args:
        document: Text with places.
        reading: Its figures.
        charts: Whether to take the data behind pictures, too; not every format holds them.
    """
    cutter = _Cutter(document, reading)
    found: list[Piece] = []
    for (table, row), group in groupby(document.blocks, key=_line):
        blocks = list(group)
        if table >= 0:
            found += filter(None, [cutter.row(table, row, blocks)])
            continue
        for block in blocks:
            if block.kind is not BlockKind.CHART or charts:
                found += cutter.sentences(block)
    return found


def _line(block: Block) -> tuple[int, int]:
    """Table row of a cell; all else is apart."""
    return (block.table, block.row) if block.kind is BlockKind.CELL else (-1, -1)


def counts(figure: Figure, reading: Reading) -> bool:
    """Whether a number is one whose change matters.

    Figures of account do, and numbers without a unit that the grammar knows (46.8平方公里, an
    amount that lost its 万元), page numbers of a table of contents apart.
    """
    if not figure.ignored:
        return True
    role = reading.sections[figure.section].role if reading.sections else None
    return figure.kind is FigureKind.BARE and role is not SectionRole.CONTENTS


class _Cutter:
    """Cuts one report."""

    def __init__(self, document: Document, reading: Reading) -> None:
        self._document = document
        self._figures = reading.figures
        self._starts = [figure.span.start for figure in reading.figures]
        self._counted = {f.id for f in reading.figures if counts(f, reading)}
        counted = [f for f in reading.figures if f.id in self._counted]
        self._heads = TableHeads(document, reading, counted)

    def sentences(self, block: Block) -> Iterator[Piece]:
        """The sentences of a block; a number is never cut."""
        span, text = block.span, self._document.text
        figures = self._within(span)
        ends = [found.end() for found in _END.finditer(text, span.start, span.end)]
        cuts = [e for e in ends if not any(f.span.start < e < f.span.end for f in figures)]
        for start, end in pairwise(sorted({span.start, *cuts, span.end})):
            yield from filter(None, [self._piece([(Span(start, end), "")])])

    def row(self, table: int, row: int, blocks: Sequence[Block]) -> Piece | None:
        """A table row."""
        cells = [(b.span, self._heads.column(table, row, b.column)) for b in blocks]
        return self._piece(cells)

    def _piece(self, parts: Sequence[tuple[Span, str]]) -> Piece | None:
        words: list[str] = [""]
        exact: list[str] = []
        key: list[str] = []
        marked: list[tuple[Figure, str]] = []
        for span, head in parts:
            at = span.start
            figures = self._within(span)
            alone = len(figures) == 1 and not self._plain(span, figures[0])
            title = plain_words(head) if alone else ""
            for figure in (*figures, None):
                end = figure.span.start if figure else span.end
                said = plain_words(self._document.text[at:end])
                exact.append(said)
                key.append(said)
                words[-1] += said
                if figure is None:
                    break
                at = max(at, figure.span.end)
                exact.append(plain_words(self._document.quote(figure.span)))
                if figure.id not in self._counted or _numbers(figure, said, title):
                    key.append(_kept(figure, exact[-1]))
                else:
                    key.append(MASK)
                    marked.append((figure, title))
                    words.append("")
        whole = "".join(exact)
        if not whole:
            return None
        span = Span(parts[0][0].start, parts[-1][0].end)
        marks = tuple(
            Mark(figure, words[i][-_LONGEST_CONTEXT:], words[i + 1][:_LONGEST_CONTEXT], head)
            for i, (figure, head) in enumerate(marked)
        )
        masked = "".join(key)
        return Piece(span, whole, masked, marks, frozenset(_grams(masked, marks)))

    def _plain(self, span: Span, figure: Figure) -> str:
        """The words of a cell besides its number."""
        text = self._document.text
        return plain_words(
            text[span.start : figure.span.start] + text[figure.span.end : span.end]
        )

    def _within(self, span: Span) -> Sequence[Figure]:
        low = bisect.bisect_left(self._starts, span.start)
        return self._figures[low : bisect.bisect_left(self._starts, span.end)]


def _numbers(figure: Figure, before: str, head: str) -> bool:
    """Whether a number without a unit tells tables or rows apart and states nothing."""
    return figure.kind is FigureKind.BARE and bool(
        _NUMBERING.search(head) or _NUMBERED.search(before)
    )


def _kept(figure: Figure, words: str) -> str:
    """What stands in a key for a number that does not count."""
    match figure.kind:
        case FigureKind.YEAR:
            return _YEAR
        case FigureKind.CODE | FigureKind.BARE:
            return words
        case _:
            return _LABEL


@lru_cache(maxsize=8192)
def plain_words(text: str) -> str:
    """Words as they are compared: one width, no blanks, no dotted leaders.

    >>> plain_words("支 出：１２")
    '支出:12'
    """
    text = _BLANK.sub("", unicodedata.normalize("NFKC", text)).translate(_QUOTES)
    return _LEADERS.sub("", text)


def _grams(key: str, marks: Iterable[Mark]) -> Iterator[str]:
    yield from (f"{a}{b}" for a, b in pairwise(key))
    for mark in marks:
        quantity = mark.figure.quantity
        yield f"={quantity.number}{quantity.unit}"
