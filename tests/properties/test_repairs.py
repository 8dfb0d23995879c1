"""A repair that is offered clears its finding and adds none; all that is shown is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generated import WRONG, Broken, broken_reports, failed, loud
from hypothesis import given, settings
from strategies import report_of

from validator.bench.slips import Slip
from validator.edits import Edit, edited

if TYPE_CHECKING:
    from validator.document import Document, Span
    from validator.findings import Finding, Report

# With the wrong year before it, a figure becomes another print of last year's: which of the
# prints are compared then depends on which of them agree, so a repair may bring another pair.
SLIPS = tuple(slip for slip in WRONG if slip is not Slip.YEAR)


def _places(finding: Finding, edit: Edit | None = None) -> tuple[Span, ...]:
    return tuple(edit.moved(e.span) if edit else e.span for e in finding.evidence)


def _check_places(report: Report, document: Document) -> None:
    """Every place lies within the text and quotes it; repairs change what they replace."""
    size = len(document.text)
    for finding in report.findings:
        assert finding.evidence, finding
        for evidence in finding.evidence:
            span = evidence.span
            assert 0 <= span.start < span.end <= size
            assert document.quote(span) == document.text[span.start : span.end]
        for repair in finding.repairs:
            span = repair.span
            assert 0 <= span.start < span.end <= size
            assert document.quote(span) != repair.replacement
            assert "\n" not in document.quote(span) + repair.replacement
            assert repair.resolves > 0
        offered = [(repair.span, repair.replacement) for repair in finding.repairs]
        assert len(offered) == len(set(offered)) <= 3


@settings(max_examples=200)
@given(broken_reports(slips=SLIPS))
def test_repairs_clear_their_finding_and_break_nothing(broken: Broken) -> None:
    document = broken.document
    report = report_of(document)
    _check_places(report, document)
    for finding in loud(report):
        for repair in finding.repairs:
            edit = Edit(repair.span, repair.replacement)
            mended = report_of(edited(document, edit))
            left = {(one.rule, _places(one)) for one in mended.findings}
            assert (finding.rule, _places(finding, edit)) not in left, (finding, repair)
            before = {(r, n, tuple(map(edit.moved, spans))) for r, n, spans in failed(report)}
            assert failed(mended) <= before, (finding, repair)
