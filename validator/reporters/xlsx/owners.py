"""Which finding tells which comparison（问题与核对的对应）, so that rows can be linked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.findings import Verdict

if TYPE_CHECKING:
    from validator.findings import Evaluation, Finding, Report


def owners(report: Report) -> dict[int, Finding]:
    """Of each comparison that a finding tells, by index: which finding that is.

    One of the same rule and sum is taken before one of which it is a consequence, and one of
    the file itself before one that stands with another file of the set.
    """
    found: dict[int, Finding] = {}
    findings = (*report.findings, *report.findings_abroad)
    for index, one in enumerate(report.evaluations):
        if one.verdict is not Verdict.INCONSISTENT and not one.truncated:
            continue
        telling = [
            finding
            for finding in findings
            if one.rule in (finding.rule, *finding.consequences) and _tells(finding, one)
        ]
        if telling:
            found[index] = min(telling, key=lambda finding: _distance(finding, one))
    return found


def _distance(finding: Finding, evaluation: Evaluation) -> tuple[bool, bool]:
    return (
        finding.rule != evaluation.rule,
        finding.computation != evaluation.computation,
    )


def _tells(finding: Finding, evaluation: Evaluation) -> bool:
    """Whether all places of a comparison are among those of a finding."""
    return all(
        any(e.document == one.document and e.span.overlaps(one.span) for e in finding.evidence)
        for one in evaluation.evidence
    )
