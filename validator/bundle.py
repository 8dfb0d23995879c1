"""A report and its workbooks as one（成套）: text judged against tables that stand elsewhere.

The documents of a set are laid end to end, understood and judged as one, and the result is
taken apart again: each file gets the findings and comparisons that begin in it, and evidence
from another file says so. What begins in another file is listed beside them, so that every
operand can be asked what it was compared with.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from validator.document import (
    Block,
    Chart,
    ChartPoint,
    ChartSeries,
    Document,
    Records,
    Span,
    Table,
)
from validator.engine.coverage import coverage_of
from validator.findings import Evaluation, Evidence, Finding, Repair, Report

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from validator.claims import Claim
    from validator.facts import Fact, Figure, Section
    from validator.reading import Reading


@dataclass(frozen=True, slots=True)
class Joined:
    """Documents laid end to end（合订）.

    Attributes:
        document: All of them as one.
        parts: Each of them with the offset of its first character.
    """

    document: Document
    parts: tuple[tuple[Document, int], ...]

    def part_at(self, offset: int) -> int:
        """Which part holds a character."""
        return max(k for k, (_, start) in enumerate(self.parts) if start <= offset)


def join(documents: Sequence[Document]) -> Joined:
    """Lay documents end to end; the first gives its name and format."""
    texts: list[str] = []
    blocks: list[Block] = []
    tables: list[Table] = []
    charts: list[Chart] = []
    records: list[Records] = []
    parts: list[tuple[Document, int]] = []
    length = lines = 0
    for one in documents:
        parts.append((one, length))
        shift = _Shift(length, len(tables))
        blocks += [
            replace(
                block,
                index=len(blocks) + at,
                span=shift.span(block.span),
                line=block.line + lines,
                table=shift.table(block.table),
            )
            for at, block in enumerate(one.blocks)
        ]
        tables += [
            replace(
                table,
                index=shift.table(table.index),
                cells=tuple(replace(c, span=shift.span(c.span)) for c in table.cells),
            )
            for table in one.tables
        ]
        charts += [shift.chart(chart, len(charts) + at) for at, chart in enumerate(one.charts)]
        records += [shift.records(told) for told in one.records]
        text = one.text if one.text.endswith("\n") else f"{one.text}\n"
        texts.append(text)
        length += len(text)
        lines += text.count("\n")
    first = documents[0]
    whole = Document(
        first.name, first.format, first.digest, "".join(texts), tuple(blocks), tuple(tables),
        tuple(charts), tuple(line for one in documents for line in one.unread), tuple(records),
    )  # fmt: skip
    return Joined(whole, tuple(parts))


@dataclass(frozen=True, slots=True)
class _Shift:
    """Moves places by a number of characters, and tables by a number of tables."""

    characters: int
    tables: int = 0

    def span(self, span: Span) -> Span:
        return Span(span.start + self.characters, span.end + self.characters)

    def table(self, index: int) -> int:
        return index + self.tables if index >= 0 else index

    def records(self, told: Records) -> Records:
        moved = (
            replace(one, span=self.span(one.span), item_span=self.span(one.item_span))
            for one in told.records
        )
        return replace(told, records=tuple(moved))

    def chart(self, chart: Chart, index: int) -> Chart:
        series = tuple(
            ChartSeries(
                one.name,
                self.span(one.name_span),
                tuple(self._point(point) for point in one.points),
            )
            for one in chart.series
        )
        return Chart(index, chart.title, self.span(chart.span), series)

    def _point(self, point: ChartPoint) -> ChartPoint:
        return replace(
            point, label_span=self.span(point.label_span), span=self.span(point.span)
        )


def taken_apart(joined: Joined, report: Report) -> list[Report]:
    """The report of a joined document as one report for each of its parts."""
    return [_Part(joined, report, index).report() for index in range(len(joined.parts))]


class _Part:
    """What of a joined report belongs to one of the documents."""

    def __init__(self, joined: Joined, report: Report, index: int) -> None:
        self._joined = joined
        self._report = report
        self._index = index
        self._document, self._start = joined.parts[index]
        self._end = self._start + len(self._document.text)

    def report(self) -> Report:
        report, document = self._report, self._document
        if report.reading is None:
            return replace(
                report, name=document.name, format=document.format, digest=document.digest,
                document=document,
            )  # fmt: skip
        reading, kept = self._reading(report.reading)
        new = {old: at for at, old in enumerate(kept)}
        states = tuple(report.states[old] for old in kept)
        others = {
            one.name: one for k, (one, _) in enumerate(self._joined.parts) if k != self._index
        }
        return Report(
            document.name,
            report.status,
            document.format,
            document.digest,
            document=document,
            reading=reading,
            rounding=report.rounding,
            profile=report.profile,
            coverage=coverage_of(reading, states),
            findings=tuple(
                self._finding(f) for f in report.findings if self._begins(f.evidence)
            ),
            evaluations=tuple(
                self._evaluation(e, new) for e in report.evaluations if self._begins(e.evidence)
            ),
            states=states,
            others=others,
            findings_abroad=tuple(
                self._finding(f) for f in report.findings if self._joins(f.evidence)
            ),
            evaluations_abroad=tuple(
                self._evaluation(e, new) for e in report.evaluations if self._joins(e.evidence)
            ),
        )

    def _begins(self, evidence: Sequence[Evidence]) -> bool:
        """Whether the first operand stands here."""
        return bool(evidence) and self._holds(evidence[0].span)

    def _joins(self, evidence: Sequence[Evidence]) -> bool:
        """Whether another operand stands here, and the first one elsewhere."""
        return not self._begins(evidence) and any(self._holds(e.span) for e in evidence)

    def _holds(self, span: Span) -> bool:
        return self._joined.part_at(span.start) == self._index

    def _moved(self, span: Span) -> Span:
        return self._within(span, self._index)

    def _within(self, span: Span, part: int) -> Span:
        document, start = self._joined.parts[part]
        low = min(max(span.start - start, 0), len(document.text))
        return Span(low, min(max(span.end - start, low), len(document.text)))

    def _reading(self, whole: Reading) -> tuple[Reading, list[int]]:
        """The part's own reading, and the old ids of its figures."""
        sections: list[Section] = []
        new_section: dict[int, int] = {}
        for section in whole.sections:
            inside = section.span.start < self._end and section.span.end > self._start
            if section.index == 0 or (inside and section.span.start >= self._start):
                new_section[section.index] = len(sections)
                sections.append(
                    replace(
                        section,
                        index=len(sections),
                        span=self._moved(section.span),
                        parent=new_section.get(section.parent, -1 if section.index == 0 else 0),
                    )
                )
        figures: dict[int, Figure] = {}
        for figure in whole.figures:
            if self._holds(figure.span):
                figures[figure.id] = replace(
                    figure,
                    id=len(figures),
                    span=self._moved(figure.span),
                    section=new_section.get(figure.section, 0),
                )
        facts: list[Fact] = [
            replace(
                fact,
                figure=figures[fact.figure.id],
                span=self._moved(fact.span),
                section=new_section.get(fact.section, 0),
            )
            for fact in whole.facts
            if fact.figure.id in figures
        ]
        reading = replace(
            whole,
            sections=tuple(sections),
            figures=tuple(figures.values()),
            facts=tuple(facts),
            claims=tuple(self._claims(whole.claims, figures, new_section)),
            statements=(),
            crossings=(),
            headings=(),
            unread=whole.unread if self._index == 0 else (),
        )
        return reading, list(figures)

    def _claims(
        self, claims: Sequence[Claim], figures: dict[int, Figure], sections: dict[int, int]
    ) -> Iterator[Claim]:
        """Claims of which every figure that they may mean stands here."""
        for claim in claims:
            spans = (claim.span, *claim.word_spans.values())
            terms = (
                t for slot in claim.slots.values() for some in slot.candidates for t in some
            )
            if not all(map(self._holds, spans)) or any(
                t.figure.id not in figures for t in terms
            ):
                continue
            yield replace(
                claim,
                span=self._moved(claim.span),
                slots={
                    name: replace(
                        slot,
                        candidates=tuple(
                            tuple(replace(t, figure=figures[t.figure.id]) for t in some)
                            for some in slot.candidates
                        ),
                    )
                    for name, slot in claim.slots.items()
                },
                section=sections.get(claim.section, 0),
                word_spans={name: self._moved(s) for name, s in claim.word_spans.items()},
            )

    def _finding(self, finding: Finding) -> Finding:
        repairs = (r for r in finding.repairs if self._holds(r.span))
        return replace(
            finding,
            evidence=tuple(map(self._evidence, finding.evidence)),
            repairs=tuple(self._repair(repair) for repair in repairs),
        )

    def _evaluation(self, evaluation: Evaluation, new: dict[int, int]) -> Evaluation:
        return replace(
            evaluation,
            evidence=tuple(map(self._evidence, evaluation.evidence)),
            figures=tuple(new[old] for old in evaluation.figures if old in new),
        )

    def _evidence(self, evidence: Evidence) -> Evidence:
        part = self._joined.part_at(evidence.span.start)
        name = "" if part == self._index else self._joined.parts[part][0].name
        return replace(evidence, span=self._within(evidence.span, part), document=name)

    def _repair(self, repair: Repair) -> Repair:
        return replace(repair, span=self._moved(repair.span))
