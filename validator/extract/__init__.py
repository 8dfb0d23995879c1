"""Document → figures, facts and claims（读懂报告）."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from validator.document import BlockKind
from validator.extract.claims import gather_claims
from validator.extract.clauses import ClauseReader
from validator.extract.desk import Desk
from validator.extract.normalise import clean
from validator.extract.scopes import Story, Walker
from validator.extract.sections import outline, profile
from validator.extract.subjects import Identifier
from validator.extract.tokens import Scanner
from validator.facts import Figure, FigureKind, Reading, ReportKind
from validator.quantity import MONEY_UNITS

if TYPE_CHECKING:
    from validator.document import Document
    from validator.extract.lexicon import Lexicon

__all__ = ["understand"]


class Reader:
    """The grammar with its compiled vocabulary; built once, reads many documents."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.scanner = Scanner(lexicon)
        self.clauses = ClauseReader(lexicon)


_READERS: dict[int, Reader] = {}


def understand(
    document: Document, lexicon: Lexicon, *, year: int | None = None, kind: ReportKind | None = None
) -> Reading:
    """Read a document's figures, facts and claims.

    Args:
        document: What a reader made of the file.
        lexicon: Vocabulary.
        year: Fiscal year, when the caller knows it better than the text.
        kind: Report kind, when the caller knows it.
    """
    reader = _READERS.get(id(lexicon))
    if reader is None or reader.lexicon is not lexicon:
        reader = _READERS[id(lexicon)] = Reader(lexicon)
    cleaned = [clean(document.text, b.span.start, b.span.end) for b in document.blocks]
    found = outline(document, cleaned, lexicon.sections)
    about = profile(document, cleaned, found, lexicon.sections)
    if year is not None:
        about = replace(about, year=year)
    if kind is not None:
        about = replace(about, kind=kind)
    default = MONEY_UNITS.get(about.unit)
    figures: list[Figure] = []
    stories: list[Story] = []
    open_list = None
    for block in document.blocks:
        text = cleaned[block.index]
        if block.kind is BlockKind.CHART:
            open_list = None
            continue
        numbers = reader.scanner.scan(text.text, money_nearby=block.kind is not BlockKind.CELL)
        if default is not None:
            numbers = [
                replace(n, quantity=replace(n.quantity, unit=default)) if n.flaw == "no_unit" else n
                for n in numbers
            ]
        ids: dict[int, int] = {}
        for number in numbers:
            if number.ignored == "汉字数":
                continue
            ids[number.start] = len(figures)
            figures.append(
                Figure(
                    len(figures), number.kind, number.quantity,
                    text.span(number.start, number.end), found.of_block[block.index],
                    number.ignored or ("无单位" if number.kind is FigureKind.BARE else ""),
                    number.flaw,
                )
            )
        story = Story(block.index, text, found.of_block[block.index], block.kind is BlockKind.CELL)
        heading = block.index in found.headings
        elements = reader.clauses.read(text.text, numbers) if numbers or len(text.text) < 400 else []
        if block.kind is BlockKind.CELL:
            elements = []
        Walker(story, ids).walk(elements)
        if open_list is not None and not heading and story.section == open_story_section:
            joined = [v for v in story.values if v.list is None and v.sign == 0]
            measures = {v.measure for v in open_list.heads} or {"money"}
            for value in joined:
                if value.measure in measures:
                    open_list.parts.append(value)
                    value.list = open_list
            open_list.cuts.append(len(open_list.parts))
        elif heading and open_list is not None and story.section != open_story_section:
            open_list = None
        if story.open_list is not None:
            open_list = story.open_list
            open_list.outline = True
            open_story_section = story.section
        stories.append(story)
    desk = Desk(
        document, lexicon, about, found.sections, stories, figures,
        Identifier(lexicon, about.entity),
    )
    desk.gather_facts()
    charts = {
        c.index: found.of_block[block.index]
        for c in document.charts
        if (block := document.block_at(c.span.start)) is not None
    }
    claims = gather_claims(desk, charts)
    return Reading(
        about.kind, about.year, about.entity, about.unit, found.sections,
        tuple(desk.figures), tuple(desk.facts), tuple(claims),
    )
