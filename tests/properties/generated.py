"""Generated reports with a ledger, one planted error in them, and other prints of both."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from random import Random
from typing import TYPE_CHECKING
from unittest.mock import patch

import strategies  # noqa: F401 - how many examples, and no deadline
from hypothesis import strategies as st

from validator.bench.places import places_at
from validator.bench.plants import Ground, Planted, plants
from validator.bench.prints import parsed
from validator.bench.reports import KINDS, STYLES, generate
from validator.bench.reports.style import STYLES_BY_ID
from validator.bench.slips import Slip
from validator.document import Span
from validator.findings import Finding, Report, Severity, Verdict
from validator.readers import read_bytes
from validator.run import shipped_rules

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hypothesis.vendor.pretty import RepresentationPrinter

    from validator.bench.ledger import CleanReport
    from validator.document import Document
    from validator.facts import ReportKind

LOUD = (Severity.ERROR, Severity.WARNING)
SEEDS = st.integers(0, 99_999)
CHANCES = SEEDS.map(Random)
REPORTS = st.builds(generate, SEEDS, st.sampled_from(KINDS), st.sampled_from(STYLES))
WRONG = tuple(slip for slip in Slip if not slip.honest)
Comparison = tuple[str, str, tuple[Span, ...]]
"""Rule, assertion and the places of its figures."""


@dataclass(frozen=True, slots=True)
class Broken:
    """A generated report with one planted error（种错的范文）.

    Attributes:
        clean: The report that contradicts itself nowhere.
        planted: What is wrong, and where.
        document: The report as it stands with the error.
    """

    clean: CleanReport
    planted: Planted
    document: Document

    def __repr__(self) -> str:
        edit = self.planted.edit
        line = self.clean.text.count("\n", 0, edit.span.start)
        before = self.clean.text[edit.span.start : edit.span.end]
        passage = self.clean.text.splitlines()[line]
        return f"{self.clean.name} {self.planted.slip} {before}→{edit.text} in {passage}"

    def _repr_pretty_(self, printer: RepresentationPrinter, _cycle: bool) -> None:
        printer.text(repr(self))


@st.composite
def broken_reports(
    draw: st.DrawFn,
    reports: st.SearchStrategy[CleanReport] = REPORTS,
    slips: tuple[Slip, ...] = WRONG,
) -> Broken:
    """A report with an error of any kind in any place that can take it."""
    report, chance = draw(reports), draw(CHANCES)
    ground = _ground(report)
    seed = chance.randrange(99_999)
    kinds = chance.sample(slips, len(slips))
    found = next(filter(None, (plants(ground, slip, seed) for slip in kinds)))
    planted = chance.choice(found)
    text = with_words(report.text, {planted.edit.span: planted.edit.text})
    return Broken(report, planted, read(text, report.name))


def _ground(report: CleanReport) -> Ground:
    """What the benchmark plants in, without checking the report first."""
    document = read(report.text, report.name)
    figures = [(s.span, s.last_year) for s in report.slots if s.quantity is not None]
    told = [(span, print_.digits if (print_ := parsed(last)) else "") for span, last in figures]
    year = re.search(r"20\d\d", report.text)
    return Ground(
        report.name,
        document,
        list(places_at(document, told)),
        int(year[0]) if year else 0,
        shipped_rules().lexicon.opposites,
    )


def read(text: str, name: str = "t.txt") -> Document:
    """The text as a document."""
    return read_bytes(text.encode(), name)


def loud(report: Report) -> list[Finding]:
    """Findings of error or warning."""
    return [finding for finding in report.findings if finding.severity in LOUD]


def failed(report: Report) -> set[Comparison]:
    """The comparisons that fail."""
    return {
        (one.rule, one.assertion, tuple(e.span for e in one.evidence))
        for one in report.evaluations
        if one.verdict is Verdict.INCONSISTENT
    }


def with_words(text: str, words: Mapping[Span, str]) -> str:
    """A text with other words at some places that do not overlap."""
    pieces, at = [], 0
    for span in sorted(words):
        pieces += [text[at : span.start], words[span]]
        at = span.end
    return "".join([*pieces, text[at:]])


def moved(spans: Mapping[Span, str], place: Span) -> Span:
    """Where a place stands after ``with_words``; it holds a changed one whole or not at all."""

    def shift(at: int) -> int:
        return sum(len(w) - (s.end - s.start) for s, w in spans.items() if s.end <= at)

    return Span(place.start + shift(place.start), place.end + shift(place.end))


def generated_in(
    seed: int, kind: ReportKind, style: str, unit: str, places: int, percent_places: int
) -> CleanReport:
    """A report in the words of a style, its amounts printed in a unit of the test's choice."""
    one = replace(
        STYLES_BY_ID[style], unit=unit, places=places, percent_places=percent_places,
        table_unit=unit, table_places=places, government_unit=unit, government_places=places,
        grouped=False, bare_zero=False, bare_hundred=False,
    )  # fmt: skip
    with patch.dict(STYLES_BY_ID, {style: one}):
        return generate(seed, kind, style)
