"""The grammar at work（读懂全文）: blocks to stories, stories to facts and claims."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from validator.document import BlockKind
from validator.extract.bearings import Bearings
from validator.extract.claims import gather_claims
from validator.extract.claims.unit_lines import misscaled
from validator.extract.clauses import ClauseReader
from validator.extract.coordinates import Coordinates
from validator.extract.desk import Desk
from validator.extract.levels import Levels
from validator.extract.normalise import Cleaned, clean
from validator.extract.records import profile_of, read_records, titles_of
from validator.extract.scopes import is_amount_of_item
from validator.extract.sections import outline, profile, with_records, with_tables
from validator.extract.spreads import spreads_of
from validator.extract.story import ListScope, Story, Value
from validator.extract.subjects import Identifier
from validator.extract.tables import crossings_of, headings_of, joined, lay_out, with_figures
from validator.extract.tables.grid import is_number
from validator.extract.tokens import Scanner
from validator.extract.walker import Walker
from validator.facts import Figure, FigureKind
from validator.quantity import MONEY_UNITS, Dimension
from validator.reading import Reading

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from validator.document import Block, Document
    from validator.extract.lexicon import Lexicon
    from validator.extract.sections import Outline
    from validator.extract.tables import Hint, Layout
    from validator.extract.tokens import Number
    from validator.facts import FundScope, ReportKind
    from validator.quantity import Unit


_LABEL_CELL = 16
"""Characters of the longest cell that only names what the cells beside it hold."""


class Grammar:
    """The compiled vocabulary; built once per lexicon, reads many documents."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.scanner = Scanner(lexicon)
        self.clauses = ClauseReader(lexicon)


_GRAMMARS: dict[int, Grammar] = {}


def _grammar(lexicon: Lexicon) -> Grammar:
    grammar = _GRAMMARS.get(id(lexicon))
    if grammar is None or grammar.lexicon is not lexicon:
        grammar = _GRAMMARS[id(lexicon)] = Grammar(lexicon)
    return grammar


def understand(
    document: Document,
    lexicon: Lexicon,
    *,
    year: int | None = None,
    kind: ReportKind | None = None,
) -> Reading:
    """Read a document's figures, facts and claims.

    Args:
        document: What a reader made of the file.
        lexicon: Vocabulary.
        year: Fiscal year, when the caller knows it better than the text.
        kind: Report kind, when the caller knows it.
    """
    cleaned = [_cleaned(document, block) for block in document.blocks]
    found = outline(document, cleaned, lexicon.sections)
    about = profile(cleaned, found, lexicon.sections)
    if document.format == "records":
        about = profile_of(document.records[0])
    if year is not None:
        about = replace(about, year=year)
    if kind is not None:
        about = replace(about, kind=kind)
    levels = (
        Levels(lexicon.levels, [text.text for text in cleaned]) if about.of_government else None
    )
    identifier = Identifier(lexicon, about.entity, levels)
    words = lexicon.vocabulary_of_government if levels else lexicon.vocabulary
    layouts = lay_out(document, cleaned, words, about, identifier)
    hints = {block: hint for layout in layouts for block, hint in layout.hints()}
    found = with_tables(found, document, _titled(layouts))
    found = with_records(found, document, titles_of(document, lexicon))
    inside = {block for layout in layouts for block in layout.told}
    blocks = _Blocks(_grammar(lexicon), found, MONEY_UNITS.get(about.unit), hints, inside)
    for block in document.blocks:
        blocks.read(block, cleaned[block.index])
    statements = joined(
        [
            with_figures(layout, blocks.filling, blocks.single, found.of_block)
            for layout in layouts
            if layout.understood
        ]
    )
    told = read_records(document, lexicon, found.of_block, len(blocks.figures))
    figures = blocks.figures + told.figures
    desk = Desk(
        document,
        lexicon,
        about,
        found.sections,
        blocks.stories,
        figures,
        Coordinates(
            lexicon,
            about,
            found.sections,
            figures,
            identifier,
            levels,
            Bearings(about, found.sections, levels, identifier, lexicon.sections)
            if levels is not None
            else None,
        ),
        statements,
        crossings_of(statements, about, lexicon, levels),
    )
    desk.gather_facts()
    desk.add(told.facts, told.crossings)
    claims = gather_claims(desk, _chart_sections(document, found), told.claims)
    headings = headings_of(statements, about, lexicon)
    # A table in another unit than it says would break every rule that speaks of it.
    wrong = misscaled(desk)
    misprinted = {one.figure.id for one in desk.crossings if one.table in wrong}
    return Reading(
        about.kind,
        about.year,
        about.entity,
        about.unit,
        found.sections,
        tuple(desk.figures),
        tuple(fact for fact in desk.facts if fact.figure.id not in misprinted),
        tuple(claims),
        tuple(desk.statements),
        tuple(one for one in desk.crossings if one.table not in wrong),
        tuple(one for one in headings if one.table not in wrong),
        (*_not_understood(layouts), *told.unread),
        about.draft,
    )


def _cleaned(document: Document, block: Block) -> Cleaned:
    """The words of a block; a record is data and has none to read."""
    if block.kind is BlockKind.RECORD:
        return Cleaned("", [block.span.start])
    lines = document.format == "docx" or block.kind is BlockKind.CELL
    return clean(document.text, block.span.start, block.span.end, lines=lines)


def _titled(layouts: Sequence[Layout]) -> list[tuple[list[int], str, FundScope]]:
    """Blocks, title and scope of each table that was understood."""
    return [
        (layout.inside, layout.statement.title, layout.statement.scope)
        for layout in layouts
        if layout.understood
    ]


def _not_understood(layouts: Sequence[Layout]) -> tuple[str, ...]:
    lost = [layout.statement for layout in layouts if layout.lost]
    return tuple(
        f"表{one.table + 1}{one.title and f'“{one.title}”'}的表头没有看懂，表内数字没有核对"
        for one in lost
    )


def _chart_sections(document: Document, found: Outline) -> dict[int, int]:
    return {
        chart.index: found.of_block[block.index]
        for chart in document.charts
        if (block := document.block_at(chart.span.start)) is not None
    }


_KINDS = {
    Dimension.MONEY: FigureKind.AMOUNT,
    Dimension.RATIO: FigureKind.PERCENT,
    Dimension.COUNT: FigureKind.COUNT,
}
_NUMBERED = re.compile(
    r"(（[\d一二三四五六七八九十]{1,3}）|\d{1,2}[.、]|[一二三四五六七八九十]+是)"
)


def _wholes_of(story: Story) -> list[Value]:
    """其中： as a paragraph of its own: the whole stands in the paragraph before.

    The amounts of its first sentence, spent or received before budgeted.
    """
    plain = [v for v in story.values if v.list is None and v.sign == 0 and v.sentence == 0]
    return sorted(plain, key=lambda v: "预算" in v.label and "决算" not in v.label)


def _fills(number: Number, text: Cleaned) -> bool:
    """Whether a number is all that a cell holds."""
    return number.start == 0 and number.end == len(text.text)


def _hinted(number: Number, text: Cleaned, hint: Hint) -> Number:
    """A bare number that fills a cell, with what its column says of it."""
    if not _fills(number, text) or number.kind not in (FigureKind.BARE, FigureKind.CODE):
        return number
    if hint.ignored:
        return replace(number, ignored=hint.ignored)
    quantity = replace(number.quantity, rounded=hint.whole)
    if hint.unit is None:
        return replace(number, quantity=quantity)
    return replace(
        number,
        kind=_KINDS[hint.unit.dimension],
        quantity=replace(quantity, unit=hint.unit),
        ignored="",
    )


class _Blocks:
    """Reads blocks one after another and carries an open list from one to the next."""

    def __init__(
        self,
        grammar: Grammar,
        found: Outline,
        default: Unit | None,
        hints: Mapping[int, Hint],
        inside: Collection[int] = (),
    ) -> None:
        self.figures: list[Figure] = []
        self.filling: dict[int, Figure] = {}
        self.single: dict[int, Figure] = {}
        self._hints = hints
        self._inside = inside
        self.stories: list[Story] = []
        self._grammar = grammar
        self._outline = found
        self._default = default
        self._open: ListScope | None = None
        self._open_section = -1
        self._marks: set[str] = set()

    def read(self, block: Block, text: Cleaned) -> None:
        """Figures and story of one block; charts and records are read as the data they are."""
        if block.kind in (BlockKind.CHART, BlockKind.RECORD):
            self._open = None
            return
        section = self._outline.of_block[block.index]
        numbers = self._numbers(block, text)
        cell = block.kind is BlockKind.CELL
        if hint := self._hints.get(block.index):
            numbers = [_hinted(number, text, hint) for number in numbers]
        ids = self._figures_of(numbers, text, section, cell=cell)
        if cell:
            self._of_cell(block.index, numbers, text, ids)
        story = Story(block.index, text, section, spreads=spreads_of(text, numbers, ids))
        if any(not n.ignored for n in numbers) or self._grammar.clauses.tells(text.text):
            elements = self._grammar.clauses.read(text.text, numbers)
            Walker(story, ids).walk(elements)
        if block.index in self._inside:
            # What a table divides, its rows and columns tell: 其中：财政拨款 opens no list.
            story.open_list = self._open = None
        elif cell and len(text.text) > _LABEL_CELL:
            story.open_list = None  # a sentence in a cell ends with it
        self._continue(story, heading=block.index in self._outline.headings)
        self.stories.append(story)

    def _numbers(self, block: Block, text: Cleaned) -> list[Number]:
        prose = block.kind is not BlockKind.CELL
        numbers = self._grammar.scanner.scan(text.text, money_nearby=prose)
        if self._default is None:
            return numbers
        return [
            replace(n, quantity=replace(n.quantity, unit=self._default))
            if n.flaw == "no_unit"
            else n
            for n in numbers
        ]

    def _figures_of(
        self, numbers: Sequence[Number], text: Cleaned, section: int, *, cell: bool
    ) -> dict[int, int]:
        """Make the figures of a block → position in the block to figure id."""
        ids: dict[int, int] = {}
        for number in numbers:
            ids[number.start] = len(self.figures)
            whole = _fills(number, text)
            # A bare number that fills a cell takes its meaning from the table's heads.
            bare = "无单位" if number.kind is FigureKind.BARE and not (cell and whole) else ""
            self.figures.append(
                Figure(
                    len(self.figures),
                    number.kind,
                    number.quantity,
                    text.span(number.start, number.end),
                    section,
                    number.ignored or bare,
                    number.flaw,
                )
            )
        return ids

    def _of_cell(
        self, block: int, numbers: Sequence[Number], text: Cleaned, ids: Mapping[int, int]
    ) -> None:
        """Remember the figure of a cell that has one and no more."""
        real = [n for n in numbers if not n.ignored]
        if len(real) == 1:
            figure = self.figures[ids[real[0].start]]
            self.single[block] = figure
            if _fills(real[0], text):
                self.filling[block] = figure

    def _continue(self, story: Story, *, heading: bool) -> None:
        """其中： at the end of a paragraph: the parts stand in the paragraphs that follow."""
        if self._open is not None:
            if story.section != self._open_section:
                self._open = None
            elif not heading and not self._ended(story) and not self._in_column(story):
                self._take_parts(self._open, story)
        if story.open_list is not None:
            self._open = story.open_list
            if not self._open.heads and not self._open.head_label:
                # 公务接待费X。主要原因是…。其中：the whole stands in the paragraph itself.
                above = story if story.values else next(reversed(self.stories), None)
                self._open.heads = _wholes_of(above) if above is not None else []
            self._open.outline = True
            self._marks = set()
            self._open_section = story.section

    def _in_column(self, story: Story) -> bool:
        """Whether a number is told by its column, or by a column that got lost in the text."""
        return story.block in self._hints or is_number(story.cleaned.text.strip())

    def _ended(self, story: Story) -> bool:
        """Whether a numbered outline ends here: no number, or numbered from the start again."""
        found = _NUMBERED.match(story.cleaned.text)
        mark = found.group(1) if found else ""
        ended = bool(self._marks) and (not mark or mark in self._marks)
        if ended:
            self._open = None
        elif mark:
            self._marks.add(mark)
        return ended

    def _take_parts(self, scope: ListScope, story: Story) -> None:
        measures = {v.measure for v in scope.heads} or {"money"}
        for value in story.values:
            plain = value.list is None and value.sign == 0 and is_amount_of_item(value)
            if plain and value.measure in measures:
                scope.parts.append(value)
                value.list = scope
        scope.cuts.append(len(scope.parts))
