"""Edits of a document's text（改动）: the same report with other words in one place.

A repair is tried by making it and checking again; an error is planted the same way. Only the
text changes and the places behind it move: blocks, cells and tables stay what they are.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from validator.document import Span

if TYPE_CHECKING:
    from validator.document import Chart, ChartSeries, Document, Record


@dataclass(frozen=True, slots=True)
class Edit:
    """Words to put in the place of others（改动）.

    Attributes:
        span: What to replace.
        text: What to put there; no line breaks.
    """

    span: Span
    text: str

    def moved(self, span: Span) -> Span:
        """Where a span stands after the edit; what lay inside the edit takes all of it."""
        shift = len(self.text) - (self.span.end - self.span.start)
        start = span.start if span.start <= self.span.start else span.start + shift
        end = span.end if span.end <= self.span.start else span.end + shift
        if self.span.start < span.start < self.span.end:
            start = self.span.start
        if self.span.start < span.end < self.span.end:
            end = self.span.end + shift
        return Span(start, max(start, end))


def edited(document: Document, edit: Edit) -> Document:
    """The document with one edit made.

    Args:
        document: Text with places.
        edit: What to change; its span must lie within one block.

    Raises:
        ValueError: The new words hold a line break, which would make another paragraph.
    """
    if "\n" in edit.text:
        msg = f"an edit stays within its line: {edit.text!r}"
        raise ValueError(msg)
    text = document.text
    moved = edit.moved
    return replace(
        document,
        text=f"{text[: edit.span.start]}{edit.text}{text[edit.span.end :]}",
        blocks=tuple(replace(b, span=moved(b.span)) for b in document.blocks),
        tables=tuple(
            replace(t, cells=tuple(replace(c, span=moved(c.span)) for c in t.cells))
            for t in document.tables
        ),
        charts=tuple(_chart(c, edit) for c in document.charts),
        records=tuple(
            replace(r, records=tuple(_record(one, edit) for one in r.records))
            for r in document.records
        ),
        _line_starts=(),
    )


def _chart(chart: Chart, edit: Edit) -> Chart:
    series = tuple(_series(one, edit) for one in chart.series)
    return replace(chart, span=edit.moved(chart.span), series=series)


def _series(series: ChartSeries, edit: Edit) -> ChartSeries:
    points = tuple(
        replace(p, label_span=edit.moved(p.label_span), span=edit.moved(p.span))
        for p in series.points
    )
    return replace(series, name_span=edit.moved(series.name_span), points=points)


def _record(record: Record, edit: Edit) -> Record:
    return replace(record, item_span=edit.moved(record.item_span), span=edit.moved(record.span))
