"""The benchmark by labels（标注自测）: what was found of what a person found, and what not."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from validator.bench.marking import same_figures
from validator.bench.rates import Rate, rate
from validator.document import Span
from validator.edits import Edit, edited
from validator.findings import Category, Severity, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from validator.bench.labels import Label, LabelFile, Passage
    from validator.document import Document
    from validator.findings import Finding, Report

_LOUD = (Severity.ERROR, Severity.WARNING)
_HOLDS = (Verdict.CONSISTENT, Verdict.CONSISTENT_BY_ROUNDING)
_DIGITS = re.compile(r"\d[\d,]*(?:\.\d+)?")
_KIN = (
    {Category.CHANGE_DIRECTION, Category.CHANGE_PERCENT, Category.CHANGE_AMOUNT},
    {Category.SHARE_PERCENT, Category.SHARE_SUM},
    {
        Category.SUM_MISMATCH, Category.BALANCE, Category.TABLE_SUM, Category.COUNT_SUM,
        Category.DIFFERENCE,
    },
    {Category.CROSS_REFERENCE, Category.TABLE_MISMATCH, Category.CHART_MISMATCH},
    {Category.TEMPLATE_RESIDUE, Category.NUMBERING, Category.MISSING_CONTENT},
    {Category.COMPLETION_PERCENT, Category.SCORE_ERROR},
    {Category.UNIT_ERROR, Category.NUMBER_FORMAT},
)  # fmt: skip
"""Categories between which people choose differently."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """How one report fared against its labels（标注得分）.

    Attributes:
        name: The report.
        found: Labels that were found, by severity.
        alarms: Findings of error or warning that no label asks for, of all of them.
        told: Findings of error or warning that hit a label.
        roots: Root causes that they hit.
        held: Statements that hold and were verified.
        repaired: Labels with one right repair that were given it first, of those found.
        missed: Labels that were not found, one line each.
        false: Findings that no label asks for, one line each.
        unmended: Labels whose right repair was not given first, one line each.
    """

    name: str
    found: Mapping[Severity, Rate]
    alarms: Rate
    told: int
    roots: int
    held: Rate
    repaired: Rate
    missed: tuple[str, ...] = ()
    false: tuple[str, ...] = ()
    unmended: tuple[str, ...] = ()


def compared(report: Report, labels: LabelFile) -> Labelled:
    """Findings of a report against its labels.

    A finding hits a label when one of its places overlaps the quote, and it is of the
    label's category or a kindred one, or has a figure of the label. An ambiguous label
    counts neither way: whether it is found does not matter, and what hits it is no false alarm.

    Raises:
        ValueError: The report could not be checked, or a quote does not stand in it.
    """
    document = report.document
    if document is None:
        raise ValueError(report.error)
    hits: dict[int, list[Finding]] = defaultdict(list)
    free: list[Finding] = []
    places = [places_of(document, label) for label in labels.findings]
    for finding in report.findings:
        of = [
            at
            for at, label in enumerate(labels.findings)
            if _hits(document, finding, label, places[at])
        ]
        for at in of:
            hits[at].append(finding)
        if not of:
            free.append(finding)
    clear = [(at, one) for at, one in enumerate(labels.findings) if not one.ambiguous]
    loud = [f for f in report.findings if f.severity in _LOUD]
    false = [f for f in free if f.severity in _LOUD]
    hit = [at for at, found in hits.items() if any(f.severity in _LOUD for f in found)]
    mended = {
        at: any(_mends(document, f, label, places[at]) for f in hits[at])
        for at, label in clear
        if at in hits and label.repair is not None
    }
    return Labelled(
        report.name,
        {s: rate(at in hits for at, label in clear if label.grave is s) for s in Severity},
        Rate(len(false), len(loud)),
        len(loud) - len(false),
        len({labels.findings[at].root or at for at in hit}),
        _held(report, document, labels.consistent),
        rate(mended.values()),
        tuple(f"{one.severity} {one.quote}" for at, one in clear if at not in hits),
        tuple(f"{f.severity} {f.rule} {f.message}" for f in false),
        tuple(labels.findings[at].quote for at, right in mended.items() if not right),
    )


def total(results: Sequence[Labelled]) -> Labelled:
    """All reports together."""
    return Labelled(
        "合计",
        {s: _sum(r.found[s] for r in results) for s in Severity},
        _sum(r.alarms for r in results),
        sum(r.told for r in results),
        sum(r.roots for r in results),
        _sum(r.held for r in results),
        _sum(r.repaired for r in results),
    )


def _sum(rates: Iterable[Rate]) -> Rate:
    listed = list(rates)
    return Rate(sum(r.hits for r in listed), sum(r.of for r in listed))


def places_of(document: Document, passage: Passage) -> list[Span]:
    """Where a quote stands: the place told, the first one from a line on, or every one.

    Raises:
        ValueError: It stands nowhere, or not at the place told.
    """
    quote, text = passage.quote, document.text
    if passage.start is not None:
        span = Span(passage.start, passage.end or passage.start + len(quote))
        if document.quote(span) != quote:
            raise ValueError(f"标注的原话“{quote}”不在 {span.start}–{span.end}")
        return [span]
    found = [Span(m.start(), m.end()) for m in re.finditer(re.escape(quote), text)]
    if not found:
        raise ValueError(f"标注的原话“{quote}”在报告里找不到")
    if passage.line is None:
        return found
    later = [span for span in found if document.line_of(span.start) >= passage.line]
    return (later or found)[:1]


def _hits(document: Document, finding: Finding, label: Label, places: Sequence[Span]) -> bool:
    if not any(e.span.overlaps(place) for e in finding.evidence for place in places):
        return False
    kin = {label.category, *(c for family in _KIN if label.category in family for c in family)}
    numbers = _numbers(" ".join(label.numbers) or label.quote)
    told = {n for e in finding.evidence for n in _numbers(document.quote(e.span))}
    return (
        finding.category in kin
        or not numbers
        or bool(numbers & (told | _numbers(finding.computation)))
    )


def _numbers(text: str) -> set[Decimal]:
    return {Decimal(n.replace(",", "")).normalize() for n in _DIGITS.findall(text)}


def _mends(document: Document, finding: Finding, label: Label, places: Sequence[Span]) -> bool:
    """Whether the first repair of a finding is the one that the label gives."""
    if not finding.repairs or label.repair is None:
        return False
    first = finding.repairs[0]
    made = edited(document, Edit(first.span, first.replacement)).text
    for place in places:
        at = place.start + document.quote(place).find(label.repair.replace)
        right = Edit(Span(at, at + len(label.repair.replace)), label.repair.with_)
        if same_figures(made, edited(document, right).text):
            return True
    return False


def _held(report: Report, document: Document, passages: Sequence[Passage]) -> Rate:
    """Statements that hold, and that a comparison that holds has used."""
    used = [e.span for one in report.evaluations if one.verdict in _HOLDS for e in one.evidence]
    return rate(
        any(span.overlaps(place) for place in places_of(document, one) for span in used)
        for one in passages
    )
