"""The words around a contradiction（原文摘引）, shortened, with what is wrong marked."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from validator.document import BlockKind, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from validator.document import Document
    from validator.findings import Finding

_SENTENCE_END = re.compile(r"[。！？]")
_NEAR = 160
"""Operands of one paragraph within so many characters are shown in one passage."""
_BEFORE, _AFTER, _INNER_HEAD, _INNER_TAIL = 26, 18, 12, 22
_NUMBER = re.compile(r"\d[\d,，.．]*(?:[%％‰]|[十百千]?[万亿]?元|个百分点|[年月日个人辆])?")


class Mark(StrEnum):
    """How a piece of a passage takes part."""

    NONE = ""
    WRONG = "wrong"
    OPERAND = "operand"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a passage."""

    text: str
    mark: Mark = Mark.NONE


@dataclass(frozen=True, slots=True)
class Passage:
    """A shortened quotation.

    Attributes:
        span: First marked words.
        pieces: What to print, in order.
    """

    span: Span
    pieces: tuple[Piece, ...]


def passages(document: Document, finding: Finding, name: str = "") -> list[Passage]:
    """Quotations that show every operand of a file: the one with what is wrong first.

    Args:
        document: The file.
        finding: What was found.
        name: The file's name, when it is another one of the set.
    """
    own = tuple(e for e in finding.evidence if e.document == name)
    marks = _marks(replace(finding, evidence=own, repairs=() if name else finding.repairs))
    if name:
        marks = dict.fromkeys(marks, Mark.OPERAND)
    wrong = [span for span, mark in marks.items() if mark is Mark.WRONG]
    first = own[0].span
    rest = sorted(marks, key=lambda span: (span not in wrong, span != first, span))
    found = []
    while rest:
        window = _window(document, rest[0], rest)
        inside = sorted(span for span in rest if _within(span, window))
        pieces = _pieces(document, window, [(span, marks[span]) for span in inside])
        found.append(Passage(rest[0], tuple(pieces)))
        rest = [span for span in rest if span not in inside]
    return found


def _marks(finding: Finding) -> dict[Span, Mark]:
    """What is wrong: the words that the best repair changes, and the first operand.

    When the first operand is one of several alike, such as the parts of a sum, nobody knows
    which of them it is: then every operand is marked.
    """
    first = finding.evidence[0]
    alike = sum(e.role == first.role for e in finding.evidence) > 1
    edited = [repair.span for repair in finding.repairs[:1]]
    marks: dict[Span, Mark] = {}
    for evidence in finding.evidence:
        hit = any(evidence.span.overlaps(span) for span in edited)
        wrong = hit if edited and alike else hit or alike or evidence is first
        marks.setdefault(evidence.span, Mark.WRONG if wrong else Mark.OPERAND)
    if Mark.WRONG not in marks.values():
        marks[first.span] = Mark.WRONG
    return _apart(marks)


def _apart(marks: dict[Span, Mark]) -> dict[Span, Mark]:
    """The same without overlaps: wrong words win, then longer ones."""
    kept: dict[Span, Mark] = {}
    order = sorted(marks, key=lambda s: (marks[s] is not Mark.WRONG, s.start - s.end, s))
    for span in order:
        if not any(span.overlaps(other) for other in kept):
            kept[span] = marks[span]
    return kept


def _within(span: Span, window: Span) -> bool:
    return window.start <= span.start and span.end <= window.end


def _window(document: Document, span: Span, others: Iterable[Span]) -> Span:
    """The sentence or table row that holds a span, with the operands near by."""
    block = document.block_at(span.start)
    if block is None:
        return span
    if block.kind is BlockKind.CELL:
        return _row(document, block.table, block.row).cover(span)
    window = _sentence(document, span, block.span)
    for other in sorted(others):
        gap = max(other.start - window.end, window.start - other.end)
        if _within(other, block.span) and gap <= _NEAR:
            window = window.cover(_sentence(document, other, block.span))
    return window


def _sentence(document: Document, span: Span, block: Span) -> Span:
    start, end = block.start, block.end
    for found in _SENTENCE_END.finditer(document.text, block.start, block.end):
        if found.end() <= span.start:
            start = found.end()
        elif found.start() >= span.end:
            end = found.end()
            break
    return Span(start, end).cover(span)


def _row(document: Document, table: int, row: int) -> Span:
    cells = [cell.span for cell in document.tables[table].cells if cell.row == row]
    return Span(min(s.start for s in cells), max(s.end for s in cells)) if cells else Span(0, 0)


def _pieces(
    document: Document, window: Span, marks: Sequence[tuple[Span, Mark]]
) -> Iterator[Piece]:
    at = window.start
    for index, (span, mark) in enumerate(marks):
        between = document.text[at : span.start]
        yield Piece(_tail(between, _BEFORE) if index == 0 else _middle(between))
        yield Piece(_flat(document.quote(span)), mark)
        at = span.end
    yield Piece(_head(document.text[at : window.end], _AFTER))


def shortened(text: str) -> str:
    """The first and last words of a long quotation.

    >>> shortened("很" * 50)
    '很很很很很很很很很很很很…很很很很很很很很很很很很很很很很很很很很很很'
    """
    return _middle(text)


def _flat(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def _tail(text: str, length: int) -> str:
    text = _flat(text).lstrip()
    return text if len(text) <= length + 2 else "…" + text[_back(text, len(text) - length) :]


def _head(text: str, length: int) -> str:
    text = _flat(text).rstrip()
    return text if len(text) <= length + 2 else text[: _forth(text, length)] + "…"


def _middle(text: str) -> str:
    text = _flat(text)
    if len(text) <= _INNER_HEAD + _INNER_TAIL + 6:
        return text
    head, tail = _forth(text, _INNER_HEAD), _back(text, len(text) - _INNER_TAIL)
    return f"{text[:head]}…{text[tail:]}" if head < tail else text


def _back(text: str, at: int) -> int:
    """A place to cut, not inside a number, at or before ``at``."""
    return next((s for s, e in _numbers(text) if s < at < e), at)


def _forth(text: str, at: int) -> int:
    """A place to cut, not inside a number, at or after ``at``."""
    return next((e for s, e in _numbers(text) if s < at < e), at)


def _numbers(text: str) -> Iterator[tuple[int, int]]:
    return (found.span() for found in _NUMBER.finditer(text))
