"""Findings（问题）: what failed comparisons are told as, one finding a cause."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from validator.engine.diagnosis import Diagnosis
from validator.engine.fingerprints import identity
from validator.engine.messages import fill
from validator.findings import Category, Evidence, Finding, RepairKind, Severity, Verdict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from validator.document import Document, Span
    from validator.engine.fingerprints import Concepts
    from validator.engine.outcome import Outcome
    from validator.engine.schema import Rule
    from validator.findings import Repair

_TEXTUAL = (
    Category.YEAR_ERROR,
    Category.TEMPLATE_RESIDUE,
    Category.NUMBERING,
    Category.CODE_NAME,
    Category.OTHER,
)
Judged = tuple["Rule", "Outcome"]


def told(
    document: Document, concepts: Concepts, judged: Sequence[Judged],
    diagnoses: Sequence[Diagnosis], habit: str,
) -> list[Finding]:  # fmt: skip
    """Findings of a report; twins have the same fingerprint still.

    Args:
        document: Text with places.
        concepts: What its figures are about.
        judged: Every comparison with its rule.
        diagnoses: The causes of failed comparisons of claims.
        habit: How the report rounds; what holds only when cut off is told where it is mixed.
    """
    explained = {at for one in diagnoses for at in one.failures}
    alone = [
        Diagnosis((at,), repairs=outcome.repairs)
        for at, (_, outcome) in enumerate(judged)
        if at not in explained and _is_finding(outcome, habit)
    ]
    findings = [_finding(document, concepts, judged, one) for one in (*diagnoses, *alone)]
    return _once(findings)


def _is_finding(outcome: Outcome, habit: str) -> bool:
    if outcome.evaluation.verdict is Verdict.INCONSISTENT:
        return True
    return outcome.evaluation.truncated and habit == "mixed"


def _finding(
    document: Document, concepts: Concepts, judged: Sequence[Judged], diagnosis: Diagnosis
) -> Finding:
    failures = sorted(diagnosis.failures, key=lambda at: _weight(judged[at], diagnosis.culprit))
    rule, outcome = judged[failures[0]]
    others = [judged[at] for at in failures[1:]]
    evaluation = outcome.evaluation
    message = fill(
        rule.message_for(evaluation.assertion),
        {"computation": evaluation.computation, **outcome.values},
    )
    severity = rule.severity
    if evaluation.truncated:
        severity = Severity.NOTE
        message = f"{message.rstrip('。')}；按去尾取位才相符。"
    category = rule.category
    repairs = diagnosis.repairs
    if unit := _unit_slip(document, repairs):
        category, message = Category.UNIT_ERROR, f"{message}{unit}"
    if others:
        what = "这个数" if diagnosis.culprit is not None else "同一处错误"
        message = f"{message.rstrip('。')}；{what}还使另外{len(others)}处核对不符。"
    return Finding(
        rule.id,
        rule.name,
        rule.title,
        category,
        severity,
        message,
        evaluation.computation or (repairs[0].because if repairs else ""),
        _evidence([outcome, *(o for _, o in others)], diagnosis),
        repairs,
        tuple(r.id for r, _ in others),
        identity(document, concepts, rule, outcome),
        impacts=diagnosis.impacts,
        sides=evaluation.sides,
    )


def _weight(judged: Judged, culprit: Span | None) -> tuple[int, bool, bool, int]:
    """What says most comes first: an error, about the culprit, with a sum."""
    rule, outcome = judged
    evaluation = outcome.evaluation
    named = culprit is None or any(e.span.overlaps(culprit) for e in evaluation.evidence)
    assertion = rule.assertions.get(evaluation.assertion)
    sums = assertion is not None and assertion.operator == "="
    return rule.severity.rank, not named, not sums, evaluation.evidence[0].span.start


def _evidence(outcomes: Sequence[Outcome], diagnosis: Diagnosis) -> tuple[Evidence, ...]:
    """Places of all comparisons, the culprit's first, else the place of the best repair."""
    places = {e.span: e for o in reversed(outcomes) for e in reversed(o.evaluation.evidence)}
    found = dict.fromkeys(places[e.span] for o in outcomes for e in o.evaluation.evidence)
    best = diagnosis.repairs[0] if diagnosis.repairs else None
    first = diagnosis.culprit
    if first is None and best is not None and len(outcomes) > 1:
        first = best.span
    ordered = tuple(found)
    if first is not None:
        culprit = first
        ordered = tuple(sorted(ordered, key=lambda e: not e.span.overlaps(culprit)))
    if best is not None and best.kind is RepairKind.DIRECTION:
        return _with_word(ordered, best.span)
    return ordered


def _with_word(evidence: Sequence[Evidence], span: Span) -> tuple[Evidence, ...]:
    """The places with the word that is to be changed, before its figure where it has one."""
    for at, one in enumerate(evidence):
        if one.span.overlaps(span):
            wide = replace(one, span=one.span.cover(span))
            return (*evidence[:at], wide, *evidence[at + 1 :])
    return (Evidence("text", span), *evidence)


def _unit_slip(document: Document, repairs: Sequence[Repair]) -> str:
    """How to say that only the unit is wrong, where that is the best repair."""
    if not repairs or repairs[0].kind is not RepairKind.UNIT:
        return ""
    quote, text = document.quote(repairs[0].span), repairs[0].replacement
    if _digits(quote) != _digits(text) or not quote.endswith(("元", "亿")):
        return ""
    return f"“{quote}”的单位疑为“{text}”。"


def _digits(text: str) -> str:
    return re.sub(r"[^\d.]", "", text)


def _once(findings: Sequence[Finding]) -> list[Finding]:
    """Two findings about the same places are one problem."""
    kept: dict[object, Finding] = {}
    for finding in sorted(findings, key=lambda f: (f.severity.rank, f.rule)):
        places = frozenset(e.span for e in finding.evidence)
        key = (places, finding.category in _TEXTUAL and finding.rule)
        if key in kept:
            first = kept[key]
            consequences = (*first.consequences, finding.rule, *finding.consequences)
            kept[key] = replace(first, consequences=consequences)
        else:
            kept[key] = finding
    return list(kept.values())
