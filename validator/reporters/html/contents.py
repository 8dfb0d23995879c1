"""The sections of a report with what was checked of each（章节和核对率）."""

from __future__ import annotations

import bisect
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from validator.findings import FigureState
from validator.reporters.html.labels import SIGNS
from validator.reporters.places import Places, covered_sections
from validator.reporters.told import visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from validator.document import Document
    from validator.findings import Report
    from validator.reporters.html.cards import Card


@dataclass(frozen=True, slots=True)
class Entry:
    """A section in the list.

    Attributes:
        title: Its heading as printed.
        level: How deep it stands, from 1.
        target: Id of the element where it starts.
        numbers: Figures of account.
        checked: Those that took part in a comparison.
        wrong: Those that a comparison contradicts.
        signs: Signs and numbers of the findings that count, such as ``×2``.
    """

    title: str
    level: int
    target: str
    numbers: int
    checked: int
    wrong: int
    signs: tuple[tuple[str, str], ...]


def entries(
    report: Report, shown: Sequence[Card], prefix: str, opening: str
) -> Iterator[Entry]:
    """The list of sections.

    Args:
        report: Result for a file that was read.
        shown: Its findings.
        prefix: What ids of this report begin with.
        opening: Title of what stands before the first heading.
    """
    document, reading = report.document, report.reading
    if document is None or reading is None:
        return
    places = Places(report)
    covered = {
        section.index: coverage
        for section, coverage in zip(
            covered_sections(report), report.coverage.sections, strict=True
        )
        if section is not None
    }
    found: Counter[tuple[int, str]] = Counter()
    for card in shown:
        if card.block >= 0 and not card.aside:
            section = places.section_at(document.blocks[card.block].span.start)
            severity = card.finding.severity
            found[(section.index if section else 0, severity.value)] += 1
    wrong = Counter(
        figure.section
        for figure in reading.figures
        if not figure.ignored and report.states[figure.id] is FigureState.INCONSISTENT
    )
    for section in reading.sections:
        coverage = covered.get(section.index)
        signs = tuple(
            (severity.value, f"{sign}{count}")
            for severity, sign in SIGNS.items()
            if (count := found[(section.index, severity.value)])
        )
        if not section.title and not coverage and not signs:
            continue
        block = _first(document, section.span.start)
        yield Entry(
            visible(places.title(section) or opening),
            max(1, section.level),
            f"{prefix}-b{block}",
            coverage.numbers if coverage else 0,
            coverage.checked if coverage else 0,
            wrong[section.index] if coverage else 0,
            signs,
        )


def _first(document: Document, start: int) -> int:
    """The block that a section starts with."""
    block = document.block_at(start)
    if block is not None:
        return block.index
    after = bisect.bisect_left(document.blocks, start, key=lambda one: one.span.start)
    return min(after, len(document.blocks) - 1)
