"""Rules over one document（核对）: evaluations, findings, coverage, rounding habit."""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from validator.engine.bunches import bunched
from validator.engine.checks import CHECKS
from validator.engine.coverage import coverage_of
from validator.engine.messages import fill
from validator.engine.outcome import Context, Outcome
from validator.engine.roots import one_per_cell
from validator.findings import (
    Category,
    Coverage,
    Evaluation,
    Evidence,
    FigureState,
    Finding,
    Repair,
    Severity,
    Verdict,
)
from validator.quantity import ZERO, divide

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from validator.document import Document, Span
    from validator.engine.packs import RuleSet
    from validator.engine.schema import Rule
    from validator.facts import Figure
    from validator.reading import Reading

_HOLDS = (Verdict.CONSISTENT, Verdict.CONSISTENT_BY_ROUNDING)


@dataclass(frozen=True, slots=True)
class Evaluated:
    """What the rules found in one document."""

    findings: tuple[Finding, ...]
    evaluations: tuple[Evaluation, ...]
    states: tuple[FigureState, ...]
    coverage: Coverage
    rounding: str


def evaluate(
    document: Document, reading: Reading, ruleset: RuleSet, *, rounding: str = "nearest"
) -> Evaluated:
    """Run every rule that applies to this kind of report.

    Args:
        document: Text with places.
        reading: Figures, facts and claims of it.
        ruleset: Rules and lexicon.
        rounding: ``truncate`` when all figures of the document were cut off.
    """
    context = Context(document, reading, ruleset.lexicon, rounding == "truncate")
    judged: list[tuple[Rule, Outcome]] = []
    for rule in ruleset.rules:
        if rule.applies_to.holds(reading.kind, reading.year):
            judged += [(rule, outcome) for outcome in CHECKS[rule.kind](rule, context)]
    habit = _habit(o.evaluation for _, o in judged)
    sound = _sound_figures(o.evaluation for _, o in judged)
    findings = [
        _finding(rule, _with_percent(o, document, sound), document)
        for rule, o in judged
        if _is_finding(o, habit)
    ]
    findings = _roots(findings, _sound_wholes(o.evaluation for _, o in judged))
    findings = one_per_cell(findings, judged, document)
    findings = bunched(findings, ruleset.rules)
    evaluations = sorted((o.evaluation for _, o in judged), key=_place)
    states = _states(reading.figures, evaluations)
    return Evaluated(
        tuple(_with_fingerprints(sorted(findings, key=_finding_place), document, reading)),
        tuple(evaluations),
        states,
        coverage_of(reading, states),
        "truncate" if rounding == "truncate" else habit,
    )


def _place(evaluation: Evaluation) -> tuple[int, str, str]:
    start = evaluation.evidence[0].span.start if evaluation.evidence else 0
    return (start, evaluation.rule, evaluation.assertion)


def _finding_place(finding: Finding) -> tuple[int, str]:
    return (finding.evidence[0].span.start, finding.rule)


def _is_finding(outcome: Outcome, habit: str) -> bool:
    verdict = outcome.evaluation.verdict
    if verdict is Verdict.INCONSISTENT:
        return True
    return outcome.evaluation.truncated and habit == "mixed"


def _habit(evaluations: Iterable[Evaluation]) -> str:
    """Whether percentages are rounded, cut off, or now this and now that."""
    cut = near = 0
    for evaluation in evaluations:
        if evaluation.truncated:
            cut += 1
        elif evaluation.verdict is Verdict.CONSISTENT and _could_tell(evaluation):
            near += 1
    if not cut:
        return "nearest"
    return "mixed" if near else "truncate"


def _could_tell(evaluation: Evaluation) -> bool:
    """Whether rounding and cutting off would have printed different digits."""
    found = re.search(r"= (-?[\d.]+)%，文中 (-?[\d.]+)%", evaluation.computation)
    if not found:
        return False
    computed, printed = found.group(1), found.group(2)
    return len(computed) > len(printed) and not computed.startswith(printed)


def _finding(rule: Rule, outcome: Outcome, document: Document) -> Finding:
    evaluation = outcome.evaluation
    values = {"computation": evaluation.computation, **outcome.values}
    message = fill(rule.message_for(evaluation.assertion), values)
    severity = rule.severity
    if evaluation.truncated:
        severity = Severity.NOTE
        message = f"{message.rstrip('。')}；按去尾取位才相符。"
    return Finding(
        rule.id,
        rule.name,
        rule.title,
        *_diagnosis(rule, outcome, document, severity, message),
    )


def _sound_figures(evaluations: Iterable[Evaluation]) -> set[Span]:
    """Places of figures that take part in a comparison that holds."""
    return {
        e.span
        for evaluation in evaluations
        if evaluation.verdict in _HOLDS
        and len(evaluation.figures) > 1
        # Directions are words; that they agree confirms no figure.
        and evaluation.category is not Category.CHANGE_DIRECTION
        for e in evaluation.evidence
    }


def _with_percent(outcome: Outcome, document: Document, sound: set[Span]) -> Outcome:
    """Offer the computed percentage where all else in the sum is confirmed elsewhere."""
    evidence = outcome.evaluation.evidence
    should = outcome.values.get("should", "")
    stated = [e for e in evidence if e.unit == "%"]
    if outcome.repairs or not should.endswith("%") or len(stated) != 1:
        return outcome
    others = [e for e in evidence if e is not stated[0]]
    if stated[0].span in sound or not others or any(e.span not in sound for e in others):
        return outcome
    quote = document.quote(stated[0].span)
    text = re.sub(r"[\d.,]+\s*[%％]$", should, quote)
    if text == quote:
        return outcome
    repair = Repair(stated[0].span, text, outcome.evaluation.computation)
    return replace(outcome, repairs=(repair,))


def _diagnosis(
    rule: Rule, outcome: Outcome, document: Document, severity: Severity, message: str
) -> tuple[Category, Severity, str, str, tuple[Evidence, ...], tuple[Repair, ...]]:
    """Category and evidence of a finding; a slip of the unit is named as what it is."""
    evaluation = outcome.evaluation
    category, evidence = Category(rule.category), evaluation.evidence
    first = outcome.repairs[0] if outcome.repairs else None
    if first is not None and len(outcome.repairs) == 1:
        quote = document.quote(first.span)
        if quote != first.replacement and _digits(quote) == _digits(first.replacement):
            units = {quote.strip("0123456789.,"), first.replacement.strip("0123456789.,")}
            if units <= {"元", "万元", "亿元"}:
                category = Category.UNIT_ERROR
                message = f"{message}“{quote}”的单位疑为“{first.replacement}”。"
                evidence = tuple(sorted(evidence, key=lambda e: e.span != first.span))
    return category, severity, message, evaluation.computation, evidence, outcome.repairs


def _digits(text: str) -> str:
    return re.sub(r"[^\d.]", "", text)


def _sound_wholes(evaluations: Iterable[Evaluation]) -> set[Span]:
    """Wholes of which at least one telling share holds."""
    return {
        e.span
        for evaluation in evaluations
        if evaluation.category is Category.SHARE_PERCENT
        and evaluation.verdict in _HOLDS
        and any(x.role == "share" and x.value for x in evaluation.evidence)
        for e in evaluation.evidence
        if e.role == "whole"
    }


def _roots(findings: list[Finding], sound: set[Span]) -> list[Finding]:
    """One finding per root cause, in two plain cases.

    Two findings about the same figures are one problem; and when all shares of one whole
    fail, the whole is wrong, not each share.
    """
    kept: dict[object, Finding] = {}
    by_whole: dict[tuple[int, int], list[Finding]] = defaultdict(list)
    for finding in sorted(findings, key=lambda f: (_RANK[f.severity], f.rule)):
        places = frozenset(e.span for e in finding.evidence)
        key = (places, finding.category in _TEXTUAL and finding.rule)
        if key in kept:
            first = kept[key]
            kept[key] = replace(first, consequences=(*first.consequences, finding.rule))
            continue
        kept[key] = finding
        whole = next((e for e in finding.evidence if e.role == "whole"), None)
        shares = finding.category is Category.SHARE_PERCENT
        if shares and whole is not None and whole.span not in sound:
            by_whole[(whole.span.start, whole.span.end)].append(finding)
    result = list(kept.values())
    for group in by_whole.values():
        if len(group) > 2 and _one_base(group):
            first = group[0]
            merged = replace(
                first,
                evidence=tuple(dict.fromkeys(e for f in group for e in f.evidence)),
                consequences=(*first.consequences, *(f.rule for f in group[1:])),
                repairs=(),
            )
            result = [
                merged if f is first else f for f in result if f is first or f not in group
            ]
    return result


def _one_base(group: list[Finding]) -> bool:
    """Whether one other whole would make all shares of the group right."""
    low, high = ZERO, None
    for finding in group:
        values = {e.role: e for e in finding.evidence if e.value is not None}
        part, share = values.get("part"), values.get("share")
        if part is None or share is None or not part.value or not share.value:
            return False
        step = Decimal(1).scaleb(int(share.value.as_tuple().exponent)) / 2
        if share.value <= step:
            return False
        low = max(low, divide(part.value, share.value + step))
        top = divide(part.value, share.value - step)
        high = top if high is None else min(high, top)
    return high is not None and low <= high


_RANK = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}
_TEXTUAL = (
    Category.YEAR_ERROR,
    Category.TEMPLATE_RESIDUE,
    Category.NUMBERING,
    Category.CODE_NAME,
    Category.OTHER,
)


def _with_fingerprints(
    findings: Sequence[Finding], document: Document, reading: Reading
) -> list[Finding]:
    """Fingerprints from rule, year, section title and quotes: never from line numbers."""
    seen: Counter[str] = Counter()
    out = []
    for finding in findings:
        start = finding.evidence[0].span.start
        section = next(
            (s.title for s in reversed(reading.sections) if s.span.start <= start < s.span.end),
            "",
        )
        quotes = [re.sub(r"\s+", "", document.quote(e.span)) for e in finding.evidence[:4]]
        text = "\x1f".join([finding.rule, str(reading.year), section, *quotes])
        seen[text] += 1
        digest = hashlib.sha256(f"{text}\x1f{seen[text]}".encode()).hexdigest()[:16]
        out.append(replace(finding, fingerprint=digest))
    return out


def _states(
    figures: Sequence[Figure], evaluations: Sequence[Evaluation]
) -> tuple[FigureState, ...]:
    states = [FigureState.IGNORED if f.ignored else FigureState.UNCHECKED for f in figures]
    for evaluation in evaluations:
        if evaluation.verdict is Verdict.INCONSISTENT:
            state = FigureState.INCONSISTENT
        elif evaluation.verdict in _HOLDS and len(evaluation.figures) > 1:
            state = FigureState.CONSISTENT
        else:
            continue
        for figure in evaluation.figures:
            if states[figure] in (FigureState.UNCHECKED, FigureState.CONSISTENT):
                states[figure] = state
    return tuple(states)
