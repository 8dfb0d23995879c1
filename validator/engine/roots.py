"""One wrong cell, one finding（一错一报）: findings that share a cell which nothing confirms.

A wrong number in a table breaks its row, its column, its group and the other tables. Where one
cell takes part in all of these comparisons and in none that holds, it is the culprit: the
findings become one, with that cell in front.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from validator.findings import Category, Severity, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from validator.document import Document, Span
    from validator.engine.outcome import Outcome
    from validator.engine.schema import Rule
    from validator.findings import Finding

_HOLDS = (Verdict.CONSISTENT, Verdict.CONSISTENT_BY_ROUNDING)
_OF_TABLES = frozenset({
    Category.TABLE_SUM, Category.TABLE_MISMATCH, Category.BALANCE, Category.SUM_MISMATCH,
    Category.CROSS_REFERENCE, Category.SCORE_ERROR,
})  # fmt: skip


def one_per_cell(
    findings: Sequence[Finding], judged: Iterable[tuple[Rule, Outcome]], document: Document
) -> list[Finding]:
    """The same findings, those with one wrong cell in common put into one.

    Args:
        findings: What the rules found.
        judged: Every comparison with its rule.
        document: Tells which places are cells.
    """
    confirmed = _confirmed(judged)
    rest = list(findings)
    kept: list[Finding] = []
    while rest:
        culprit, group = _worst(rest, confirmed, document)
        if culprit is None:
            break
        kept.append(_merged(group, culprit))
        rest = [one for one in rest if one not in group]
    return [*kept, *rest]


def _confirmed(judged: Iterable[tuple[Rule, Outcome]]) -> set[Span]:
    """Places of numbers in equations that hold; that one is not above another proves little."""
    found: set[Span] = set()
    for rule, outcome in judged:
        evaluation = outcome.evaluation
        assertion = rule.assertions.get(evaluation.assertion)
        if evaluation.verdict not in _HOLDS or len(evaluation.figures) < 2:
            continue
        if assertion is not None and "=" in assertion.text.replace("<=", "").replace(">=", ""):
            found |= {e.span for e in evaluation.evidence}
    return found


def _worst(
    findings: Sequence[Finding], confirmed: set[Span], document: Document
) -> tuple[Span | None, list[Finding]]:
    """The cell that most findings share, and these findings; None when none is shared."""
    shared: dict[Span, list[Finding]] = defaultdict(list)
    for finding in findings:
        if finding.category in _OF_TABLES and finding.severity is Severity.ERROR:
            for span in dict.fromkeys(e.span for e in finding.evidence):
                if span not in confirmed and _is_cell(document, span):
                    shared[span].append(finding)
    counts = Counter({span: len(group) for span, group in shared.items()})
    most = max(counts.values(), default=0)
    if most < 2:
        return None, []
    culprits = [span for span, count in counts.items() if count == most]
    if len({tuple(map(id, shared[span])) for span in culprits}) < len(culprits):
        return None, []  # two cells are equally to blame: nobody can tell which
    return min(culprits), shared[min(culprits)]


def _is_cell(document: Document, span: Span) -> bool:
    block = document.block_at(span.start)
    return block is not None and block.table >= 0


def _merged(group: Sequence[Finding], culprit: Span) -> Finding:
    """The first of the findings with the culprit in front and the others as consequences."""
    # A sum that fails says more than a part that is too large.
    ordered = sorted(group, key=lambda one: one.category is not Category.TABLE_SUM)
    first, group = ordered[0], ordered
    places = {e.span: e for one in reversed(group) for e in reversed(one.evidence)}
    evidence = tuple(dict.fromkeys(places[e.span] for one in group for e in one.evidence))
    evidence = tuple(sorted(evidence, key=lambda e: e.span != culprit))
    message = f"{first.message.rstrip('。')}；这个数还使另外{len(group) - 1}处核对不符。"
    consequences = [*first.consequences]
    for one in group[1:]:
        consequences += [one.rule, *one.consequences]
    return replace(
        first, message=message, evidence=evidence, consequences=tuple(consequences), repairs=()
    )
