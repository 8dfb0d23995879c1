"""Chapters（章节）: headings with the blocks under them, and whether the report is a whole one.

Rules about what is missing must not run on a passage, a table, an annex or one chapter. A
file is a whole report only when it shows three things in this order, each a heading with text
under it: an opening（部门概况）, enough different parts of the body, and a closing（名词解释）.
Two reports in one file, or pages that could not be read, are not one whole report. The words
of these headings are data: ``rules/lexicon/reports.yaml``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from validator.document import BlockKind
from validator.engine.checks.memo import PerDocument
from validator.engine.checks.wording import words_of
from validator.facts import SectionRole

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from validator.document import Span
    from validator.engine.outcome import Context

_TEXT = 4
"""Characters of the shortest line that says something."""
_TWICE = 5
"""So many parts of the body that come again below the closing are a second report."""
_TABLE = re.compile(r"(?<!附)表(?:（[^）]*）)*$")
_LEADERS = re.compile(r"(?:…|\.{3,}|·{3,}|PAGEREF[\w ]*)\d*$")
_NONE = re.compile("无|未|没有|不涉及|空表")
_HEADS = (BlockKind.PARAGRAPH, BlockKind.HEADING)


@dataclass(frozen=True, slots=True)
class Chapter:
    """A heading and what stands under it（一章）, as ranges of block numbers.

    Attributes:
        title: Heading without its number.
        level: Depth from 1.
        role: What it is for.
        head: Block of the heading.
        own: One past the last block before the next heading of any level.
        end: One past the last block before the next heading that is not below this one.
        bare: Whether nothing but headings stands under it: a line of the contents, or a
            section without text.
    """

    title: str
    level: int
    role: SectionRole
    head: int
    own: int
    end: int
    bare: bool


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole report（整份报告）.

    Attributes:
        chapters: Those of the opening and the body that have text.
        start: First block of the opening.
        end: One past the last block of the body.
    """

    chapters: tuple[Chapter, ...]
    start: int
    end: int


def chapters(context: Context) -> tuple[Chapter, ...]:
    """Every heading of the document with its blocks, in order."""
    return _CHAPTERS.of(context)


def whole_report(context: Context) -> Whole | None:
    """The report as a whole, None where it is not certain that this is one."""
    if context.whole:
        told = [one for one in chapters(context) if not one.bare]
        return Whole(tuple(told), 0, len(context.document.blocks))
    return _WHOLE.of(context)


def head_span(context: Context, chapter: Chapter) -> Span:
    """Where the heading stands."""
    return context.document.blocks[chapter.head].span


def silent(context: Context) -> frozenset[int]:
    """Blocks that are no statement: glossary, contents, lines of lists, charts."""
    return _SILENT.of(context)


def _find(context: Context) -> tuple[Chapter, ...]:
    document = context.document
    heads = []
    for section in context.reading.sections:
        block = document.block_at(section.span.start)
        if section.level and block is not None and block.kind in _HEADS:
            heads.append((block.index, section))
    heads.sort(key=lambda pair: pair[0])
    numbers = {index for index, _ in heads}
    last = len(document.blocks)
    found = []
    for at, (head, section) in enumerate(heads):
        own = heads[at + 1][0] if at + 1 < len(heads) else last
        end = next((h for h, s in heads[at + 1 :] if s.level <= section.level), last)
        if section.role is SectionRole.GLOSSARY:
            # Tables behind the last part stand under no heading of their own.
            cells = (b for b in range(head + 1, end) if _is_cell(context, b))
            end = next(cells, end)
            own = min(own, end)
        bare = not any(
            _says(context, block) for block in range(head + 1, end) if block not in numbers
        )
        found.append(Chapter(section.title, section.level, section.role, head, own, end, bare))
    return tuple(found)


_CHAPTERS = PerDocument(_find)


def _is_cell(context: Context, block: int) -> bool:
    return context.document.blocks[block].kind is BlockKind.CELL


def _says(context: Context, block: int) -> bool:
    kind = context.document.blocks[block].kind
    if kind in (BlockKind.CHART, BlockKind.RECORD):
        return False
    return kind is BlockKind.CELL or len(words_of(context.document, block)) >= _TEXT


def _look(context: Context) -> Whole | None:
    outline = context.lexicon.reports.get(context.reading.kind.value)
    if outline is None or context.document.unread:
        return None
    told = [one for one in chapters(context) if not one.bare]
    opening = next((one for one in told if _named(one.title, outline["opening"])), None)
    if opening is None:
        return None
    return _body(opening, [one for one in told if one.head > opening.head], outline)


def _body(
    opening: Chapter, below: Sequence[Chapter], outline: Mapping[str, Any]
) -> Whole | None:
    parts: Mapping[str, Sequence[str]] = outline["body"]
    closings: Sequence[str] = outline["closing"]
    least = int(outline["least"])
    seen: set[str] = set()
    again: set[str] = set()
    closing: Chapter | None = None
    for chapter in below:
        names = {name for name, cues in parts.items() if _named(chapter.title, cues)}
        names = set() if _TABLE.search(chapter.title) else names
        if closing is None:
            seen |= names
            if len(seen) >= least and _named(chapter.title, closings):
                closing = chapter
        elif chapter.head >= closing.end:
            again |= names
    if closing is None or len(again & seen) >= _TWICE:
        return None
    own = any(_named(closing.title, cues) for cues in parts.values())
    end = closing.end if own else closing.head
    inside = (one for one in (opening, *below) if one.head < end)
    return Whole(tuple(inside), opening.head, end)


_WHOLE = PerDocument(_look)


def _named(title: str, cues: Sequence[str]) -> bool:
    return any(cue in title for cue in cues)


def _quiet(context: Context) -> frozenset[int]:
    return frozenset(_quiet_blocks(context))


def _quiet_blocks(context: Context) -> Iterator[int]:
    for block in context.document.blocks:
        words = words_of(context.document, block.index)
        if block.kind in (BlockKind.CHART, BlockKind.RECORD) or _LEADERS.search(words):
            yield block.index
    whole = whole_report(context)
    body = whole.end if whole else len(context.document.blocks)
    for chapter in chapters(context):
        if chapter.role in (SectionRole.GLOSSARY, SectionRole.CONTENTS):
            yield from range(chapter.head + (not chapter.bare), chapter.end)
        elif chapter.bare and not _NONE.search(chapter.title):
            # Below the body a heading is no line of the contents, but may name a table.
            listed = chapter.head < body or _TABLE.search(chapter.title)
            yield from [chapter.head] if listed else []


_SILENT = PerDocument(_quiet)
