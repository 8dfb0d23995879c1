"""Whatever is made of failed comparisons, which of them failed stays what it is."""

from __future__ import annotations

from typing import TYPE_CHECKING
from unittest.mock import patch

from generated import Broken, broken_reports, failed
from hypothesis import given, settings
from strategies import report_of

from validator.findings import Verdict
from validator.run import shipped_rules

if TYPE_CHECKING:
    from validator.findings import Evaluation, Report

CLAIMS = frozenset(rule.id for rule in shipped_rules().rules if rule.kind == "claim")


def _told(report: Report, evaluation: Evaluation) -> bool:
    """Whether some finding at these places says so, itself or as a consequence."""
    return any(
        evaluation.rule in (finding.rule, *finding.consequences)
        and any(
            mine.span.overlaps(its.span)
            for mine in evaluation.evidence
            for its in finding.evidence
        )
        for finding in report.findings
    )


@settings(max_examples=200)
@given(broken_reports())
def test_diagnosis_never_changes_verdicts(broken: Broken) -> None:
    told = report_of(broken.document)
    with patch("validator.engine.evaluate.diagnose", return_value=[]):
        plain = report_of(broken.document)

    assert told.evaluations == plain.evaluations
    assert told.states == plain.states
    assert told.coverage == plain.coverage
    assert failed(told) == failed(plain)
    assert bool(told.findings) is bool(plain.findings)
    assert len(told.findings) <= len(plain.findings)
    for evaluation in told.evaluations:
        if evaluation.verdict is Verdict.INCONSISTENT and evaluation.rule in CLAIMS:
            assert _told(told, evaluation), evaluation
