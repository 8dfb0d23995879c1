"""Generated reports of every kind and style are never accused."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import report_of

from validator.bench.reports import KINDS, STYLES, generate
from validator.findings import Severity
from validator.readers import read_bytes

if TYPE_CHECKING:
    from validator.facts import ReportKind

SEEDS = st.integers(0, 10**6)


@settings(max_examples=200)
@given(SEEDS, st.sampled_from(KINDS), st.sampled_from(STYLES))
def test_a_consistent_report_is_never_accused(seed: int, kind: ReportKind, style: str) -> None:
    clean = generate(seed, kind, style)
    document = read_bytes(clean.text.encode(), clean.name)
    report = report_of(document)

    assert document.text == clean.text
    accused = [f.message for f in report.findings if f.severity is not Severity.NOTE]
    assert accused == [], clean.text


@settings(max_examples=20)
@given(SEEDS, st.sampled_from(KINDS), st.sampled_from(STYLES))
def test_every_figure_of_the_ledger_is_read(seed: int, kind: ReportKind, style: str) -> None:
    clean = generate(seed, kind, style)
    report = report_of(read_bytes(clean.text.encode(), clean.name))

    assert report.reading is not None
    read = {figure.span: figure.quantity for figure in report.reading.figures}
    for slot in clean.slots:
        if slot.quantity is not None and slot.span in read:
            assert read[slot.span].number == slot.quantity.number
    told = [slot.span for slot in clean.slots if slot.quantity is not None]
    assert sum(span in read for span in told) >= len(told) * 0.95


@settings(max_examples=20)
@given(SEEDS, st.sampled_from(KINDS), st.sampled_from(STYLES))
def test_most_figures_are_checked(seed: int, kind: ReportKind, style: str) -> None:
    clean = generate(seed, kind, style)
    report = report_of(read_bytes(clean.text.encode(), clean.name))

    assert report.coverage is not None
    assert report.coverage.checked >= report.coverage.numbers * 0.75, clean.text
