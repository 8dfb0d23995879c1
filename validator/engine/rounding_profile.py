"""How a document makes its percentages（取位习惯）: rounded, cut off, or now this, now that.

A percentage tells only if the two ways would print different digits: 2 ÷ 3 is 66.67% rounded
and 66.66% cut off, 1 ÷ 3 is 33.33% either way. Both are asked of intervals, so a quotient of
coarse figures, which may print as either, tells nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.engine.expr import possible
from validator.findings import PercentFit, RoundingProfile

if TYPE_CHECKING:
    from collections.abc import Iterable

    from validator.engine.expr import Env, Expression
    from validator.findings import Evaluation

_RATIOS = frozenset({"%", "个百分点", "百分点", "‰"})


def fit_of(assertion: Expression, nearest: Env, truncated: Env) -> PercentFit | None:
    """Which ways of making its percentages an assertion allows.

    Args:
        assertion: What must hold, with a percentage among its operands.
        nearest: Interval of each name where percentages were rounded.
        truncated: The same where percentages, and only they, were cut off.

    Returns:
        None when neither way holds, or when it cannot be judged: nothing is learned of a
        percentage that is wrong.
    """
    rounds, cuts = possible(assertion, nearest), possible(assertion, truncated)
    if rounds is None or cuts is None or not (rounds or cuts):
        return None
    if rounds and cuts:
        return PercentFit.EITHER
    return PercentFit.NEAREST if rounds else PercentFit.TRUNCATED


def profile_of(evaluations: Iterable[Evaluation]) -> RoundingProfile:
    """Count the percentages of a document by how they were made.

    Each percentage (or list of them that only a sum tells of) counts once, however many
    comparisons judge it: the one that tells most decides. One that two comparisons tell
    opposite things of is not counted, for one of its other figures is wrong.
    """
    told: dict[tuple[int, ...], set[PercentFit]] = {}
    for evaluation in evaluations:
        # With a direction word or without, a percentage ends in the same place.
        places = tuple(e.span.end for e in evaluation.evidence if e.unit in _RATIOS)
        silent = evaluation.fit is PercentFit.EITHER and len(places) > 1
        if evaluation.fit is not None and places and not silent:
            told.setdefault(places, set()).add(evaluation.fit)
    counts = dict.fromkeys(PercentFit, 0)
    for fits in told.values():
        telling = fits - {PercentFit.EITHER} or {PercentFit.EITHER}
        if len(telling) == 1:
            counts[telling.pop()] += 1
    return RoundingProfile(
        counts[PercentFit.NEAREST], counts[PercentFit.TRUNCATED], counts[PercentFit.EITHER]
    )
