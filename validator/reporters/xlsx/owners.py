"""Which finding tells which comparison（问题与核对的对应）, so that rows can be linked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.findings import Verdict

if TYPE_CHECKING:
    from validator.findings import Evaluation, Finding, Report


def owners(report: Report) -> dict[int, int]:
    """Of each comparison that a finding tells, by index: which finding that is."""
    found: dict[int, int] = {}
    for index, one in enumerate(report.evaluations):
        if one.verdict is not Verdict.INCONSISTENT and not one.truncated:
            continue
        for at, finding in enumerate(report.findings):
            if one.rule in (finding.rule, *finding.consequences) and _tells(finding, one):
                found[index] = at
                break
    return found


def _tells(finding: Finding, evaluation: Evaluation) -> bool:
    """Whether all places of a comparison are among those of a finding."""
    return all(
        any(e.document == one.document and e.span.overlaps(one.span) for e in finding.evidence)
        for one in evaluation.evidence
    )
