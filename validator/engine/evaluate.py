"""Rules over one document（核对）: evaluations, findings, coverage, rounding habit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from validator.engine.bunches import bunched
from validator.engine.checks import CHECKS
from validator.engine.checks.claim import agreed
from validator.engine.coverage import coverage_of
from validator.engine.diagnosis import diagnose
from validator.engine.fingerprints import concepts_of, counted
from validator.engine.outcome import Context
from validator.engine.rounding_profile import profile_of
from validator.engine.telling import told
from validator.findings import (
    Coverage,
    Evaluation,
    FigureState,
    Finding,
    Verdict,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from validator.document import Document
    from validator.engine.packs import RuleSet
    from validator.engine.schema import Rule
    from validator.facts import Figure
    from validator.findings import RoundingProfile
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
    profile: RoundingProfile | None = None


def evaluate(
    document: Document,
    reading: Reading,
    ruleset: RuleSet,
    *,
    rounding: str = "nearest",
    whole: bool = False,
) -> Evaluated:
    """Run every rule that applies to this kind of report.

    Args:
        document: Text with places.
        reading: Figures, facts and claims of it.
        ruleset: Rules and lexicon.
        rounding: ``truncate`` when all figures of the document were cut off.
        whole: Whether to take the document as a whole report without asking its outline.
    """
    context = Context(document, reading, ruleset.lexicon, rounding == "truncate", whole)
    rules = _applying(ruleset.rules, reading)
    others = _applying(ruleset.background, reading)
    made = [(rule, outcome) for rule in rules for outcome in CHECKS[rule.kind](rule, context)]
    judged = agreed(context, made)
    profile = profile_of(o.evaluation for _, o in judged)
    diagnoses = diagnose(context, [*rules, *others], judged)
    findings = told(document, concepts_of(document, reading), judged, diagnoses, profile.habit)
    findings = bunched(findings, rules)
    evaluations = sorted((o.evaluation for _, o in judged), key=_place)
    states = _states(reading.figures, evaluations)
    return Evaluated(
        tuple(counted(sorted(findings, key=_finding_place))),
        tuple(evaluations),
        states,
        coverage_of(reading, states),
        "truncate" if context.truncating else profile.habit,
        None if context.truncating else profile,
    )


def _applying(rules: Sequence[Rule], reading: Reading) -> list[Rule]:
    return [rule for rule in rules if rule.applies_to.holds(reading.kind, reading.year)]


def _place(evaluation: Evaluation) -> tuple[int, str, str]:
    start = evaluation.evidence[0].span.start if evaluation.evidence else 0
    return (start, evaluation.rule, evaluation.assertion)


def _finding_place(finding: Finding) -> tuple[int, str]:
    return (finding.evidence[0].span.start, finding.rule)


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
