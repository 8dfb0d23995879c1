"""Text with its figures and operands marked（标注）: words → HTML, each character once.

A figure is one ``<span class="f …" data-f="id">``. Words that a finding compares are marked
with ``data-of="finding.operand …"``: on the figure itself where the two are the same, on a
``<span class="m">`` elsewhere, cut where operands overlap.
"""

from __future__ import annotations

import bisect
from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from validator.findings import FigureState, Severity
from validator.reporters.told import visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from validator.document import Document, Span
    from validator.facts import Figure
    from validator.findings import Evidence, Finding, Report

CHECKED, WRONG, DOUBTED, UNCHECKED, IGNORED = "ok", "bad", "hint", "un", "ig"
"""Classes of figures: agrees, contradicted, of a warning or note, not compared, no figure."""
_STATES = {
    FigureState.CONSISTENT: CHECKED,
    FigureState.INCONSISTENT: WRONG,
    FigureState.UNCHECKED: UNCHECKED,
    FigureState.IGNORED: IGNORED,
}
_Operand = tuple[int, int, str]
"""Start, end and the name of an operand: ``12.0`` is the first of the 13th finding."""


class Marker:
    """Marks the words of one report."""

    def __init__(self, report: Report, document: Document) -> None:
        """Find what is to be marked where.

        Args:
            report: Result for a file that was read.
            document: Its text.
        """
        reading = report.reading
        self._document = document
        self._figures = tuple(reading.figures) if reading else ()
        self._starts = [figure.span.start for figure in self._figures]
        self._operands = _by_block(document, report.findings)
        self.classes = _classes(report, self._figures, self._starts)

    def html(self, span: Span, block: int = -1) -> Markup:
        """The characters of a span.

        Args:
            span: Which.
            block: The block that they stand in; -1 where they stand in none.
        """
        operands = self._operands.get(block, ())
        pieces: list[str] = []
        at = span.start
        for number in self.figures_in(span):
            figure = self._figures[number]
            start, end = max(at, figure.span.start), min(span.end, figure.span.end)
            pieces.append(self._words(at, start, operands))
            pieces.append(self._figure(figure, start, end, operands))
            at = end
        pieces.append(self._words(at, span.end, operands))
        return Markup("".join(pieces))  # noqa: S704 - every piece is escaped below

    def figures_in(self, span: Span) -> range:
        """Figures that start in a span, by their place in the reading."""
        first = bisect.bisect_left(self._starts, span.start)
        return range(first, bisect.bisect_left(self._starts, span.end, first))

    def counts(self, span: Span) -> bool:
        """Whether a figure of account starts in a span."""
        return any(not self._figures[one].ignored for one in self.figures_in(span))

    def figures_at(self, span: Span) -> list[int]:
        """Ids of the figures that share a character with a span."""
        return list(_over(span, self._figures, self._starts))

    def _figure(
        self, figure: Figure, start: int, end: int, operands: Sequence[_Operand]
    ) -> str:
        known = f'class="f {self.classes[figure.id]}" data-f="{figure.id}"'
        parts = list(self._parts(start, end, operands))
        if len(parts) == 1:
            text, names = parts[0]
            return f"<span {known}{_of(names)}>{text}</span>"
        return f"<span {known}>{''.join(map(_marked, parts))}</span>"

    def _words(self, start: int, end: int, operands: Sequence[_Operand]) -> str:
        return "".join(map(_marked, self._parts(start, end, operands)))

    def _parts(
        self, start: int, end: int, operands: Sequence[_Operand]
    ) -> Iterator[tuple[str, str]]:
        """Pieces that have the same operands all over: their text and those operands."""
        inside = [one for one in operands if one[0] < end and start < one[1]]
        edges = {start, end, *(place for one in inside for place in one[:2])}
        cuts = sorted(place for place in edges if start <= place <= end)
        for left, right in pairwise(cuts):
            names = " ".join(name for a, b, name in inside if a <= left and right <= b)
            yield str(escape(visible(self._document.text[left:right]))), names


def _marked(part: tuple[str, str]) -> str:
    text, names = part
    return f'<span class="m"{_of(names)}>{text}</span>' if names else text


def _of(names: str) -> str:
    return f' data-of="{names}"' if names else ""


def own(finding: Finding) -> Iterator[tuple[int, Evidence]]:
    """The operands of a finding that stand in its own file, with their numbers."""
    return ((at, one) for at, one in enumerate(finding.evidence) if not one.document)


def _by_block(document: Document, findings: Sequence[Finding]) -> dict[int, list[_Operand]]:
    """Operands by the blocks that they stand in."""
    starts = [block.span.start for block in document.blocks]
    found: dict[int, list[_Operand]] = defaultdict(list)
    for number, finding in enumerate(findings):
        for at, evidence in own(finding):
            span = evidence.span
            place = max(0, bisect.bisect_right(starts, span.start) - 1)
            while place < len(starts) and starts[place] < span.end:
                block = document.blocks[place]
                if block.span.overlaps(span):
                    found[block.index].append((span.start, span.end, f"{number}.{at}"))
                place += 1
    return found


def _classes(
    report: Report, figures: Sequence[Figure], starts: Sequence[int]
) -> dict[int, str]:
    """The class of each figure, by id: its state, softer where only a warning says so."""
    doubted, wrong = set[int](), set[int]()
    for finding in (*report.findings, *report.findings_abroad):
        group = wrong if finding.severity is Severity.ERROR else doubted
        for _, evidence in own(finding):
            group.update(_over(evidence.span, figures, starts))
    found = {}
    for figure in figures:
        state = report.states[figure.id] if figure.id < len(report.states) else None
        known = _STATES[state] if state else UNCHECKED
        soft = figure.id in doubted and figure.id not in wrong
        found[figure.id] = DOUBTED if soft else known
    return found


def _over(span: Span, figures: Sequence[Figure], starts: Sequence[int]) -> Iterator[int]:
    at = max(0, bisect.bisect_right(starts, span.start) - 1)
    while at < len(figures) and figures[at].span.start < span.end:
        if figures[at].span.end > span.start:
            yield figures[at].id
        at += 1
