"""Diagnosis（诊断）: which figure or word is wrong, and the smallest edit that mends it.

Runs only where comparisons failed, and judges only what a change would touch.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING

from validator.engine.diagnosis.comparisons import Comparisons
from validator.engine.diagnosis.impact import impacts
from validator.engine.diagnosis.problems import problems
from validator.engine.explain import confirm
from validator.engine.judging import values_of
from validator.engine.sides import figure_of
from validator.findings import Repair, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from validator.document import Span
    from validator.engine.diagnosis.changes import Change
    from validator.engine.diagnosis.comparisons import Shown
    from validator.engine.outcome import Context, Outcome
    from validator.engine.schema import Rule
    from validator.findings import Impact

__all__ = ["Diagnosis", "diagnose"]


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """Failed comparisons with one cause（诊断结果）.

    Attributes:
        failures: Indexes of the failed comparisons, the one to tell first.
        culprit: The one figure or word that can be to blame, None when several can.
        repairs: At most three, best first.
        impacts: What a reader would believe wrongly because of it.
    """

    failures: tuple[int, ...]
    culprit: Span | None = None
    repairs: tuple[Repair, ...] = ()
    impacts: tuple[Impact, ...] = ()


def diagnose(
    context: Context, rules: Iterable[Rule], judged: Sequence[tuple[Rule, Outcome]]
) -> list[Diagnosis]:
    """The failed comparisons of claims, each in one diagnosis.

    Args:
        context: The document and what was read of it.
        rules: Rules that apply to it.
        judged: Every comparison with its rule.
    """
    if not any(
        outcome.claim is not None and outcome.evaluation.verdict is Verdict.INCONSISTENT
        for _, outcome in judged
    ):
        return []
    comparisons = Comparisons(rules, judged, truncating=context.truncating)
    return [
        Diagnosis(
            problem.failures,
            problem.culprit,
            tuple(_repair(one) for one in problem.changes),
            impacts(comparisons, problem),
        )
        for problem in problems(context, comparisons)
    ]


def _sum(shown: Shown) -> str:
    assertion = shown.rule.assertions[shown.name]
    return confirm(assertion, shown.judged.binding, values_of(shown.rule, shown.claim))


def _beside(change: Change, shown: Shown) -> str:
    """The other print that a figure agrees with from then on."""
    assertion, binding = shown.rule.assertions[shown.name], shown.judged.binding
    sides = [figure_of(side, binding) for side in (assertion.left, assertion.right)]
    figures = [side.figure for side in sides if side is not None]
    if change.figure is None or assertion.operator != "=" or len(figures) < len(sides):
        return ""
    others = [one for one in figures if one.id != change.figure.id]
    return f"与另一处的{others[0].quantity}相同" if others else ""


def _repair(change: Change) -> Repair:
    effects = change.effects
    resolves = len(effects.mended) + len(effects.gone)
    sums = map(_sum, effects.proofs)
    prints = (_beside(change, one) for one in effects.proofs)
    because = next(filter(None, itertools.chain(sums, prints)), "")
    return Repair(change.span, change.text, because, resolves, change.kind)
