"""What was computed from a wrong figure（连带）: percentages that follow it.

Whoever writes a wrong amount often computes its share from it. The share then agrees with the
amount, and would be wrong as soon as the amount is mended: both have one cause. No single edit
mends it, so none is offered; but it is one problem, and the amount is the culprit.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from validator.engine import show
from validator.engine.diagnosis.candidates import computed
from validator.engine.diagnosis.solving import Equation
from validator.engine.diagnosis.trial import Trial
from validator.engine.judging import values_of
from validator.quantity import Dimension

if TYPE_CHECKING:
    from validator.document import Document
    from validator.engine.diagnosis.comparisons import Comparisons
    from validator.engine.diagnosis.suspects import Suspect
    from validator.engine.outcome import Outcome
    from validator.engine.schema import Rule
    from validator.facts import Figure


def dragged(document: Document, comparisons: Comparisons, suspect: Suspect) -> frozenset[int]:
    """Failures that would be gone if a figure and the percentages computed from it changed.

    Args:
        document: Text with places.
        comparisons: Every comparison of the report.
        suspect: The figure, which cannot change alone.

    Returns:
        Indexes of failed comparisons; none when no percentage follows the figure, or when
        something breaks all the same.
    """
    right = computed(document, suspect)
    if right is None or right.figure.quantity.unit.dimension is Dimension.RATIO:
        return frozenset()
    changed: dict[int, Figure] = {right.figure.id: right.figure}
    for rule, outcome in comparisons.held(suspect.figure.id):
        if follower := _follower(rule, outcome, right.figure):
            changed[follower.id] = follower
    if len(changed) == 1:
        return frozenset()
    effects = comparisons.after(Trial(changed))
    return effects.mended | effects.gone if effects is not None else frozenset()


def _follower(rule: Rule, outcome: Outcome, right: Figure) -> Figure | None:
    """The percentage that a comparison computes from a figure, as it would be printed."""
    assertion = rule.assertions[outcome.evaluation.assertion]
    stated = outcome.binding.get(assertion.right_name, ())
    if outcome.claim is None or len(stated) != 1:
        return None
    figure = stated[0].figure
    quantity = figure.quantity
    if quantity.unit.dimension is not Dimension.RATIO or figure.id == right.id:
        return None
    claim = Trial({right.id: right}).on(outcome.claim, {})
    binding = {
        name: tuple(replace(t, figure=right) if t.figure.id == right.id else t for t in terms)
        for name, terms in outcome.binding.items()
    }
    wanted = Equation(assertion, binding, values_of(rule, claim)).solved(figure)
    if not wanted:
        return None
    number = show.exact_like(wanted[0].point, quantity)
    return replace(figure, quantity=replace(quantity, number=number))
