"""Impact（影响结论）: what a reader would believe wrongly because of an error.

A wrong digit in the third place harms little; one that turns a decrease into an increase, a
budget kept into a budget overrun, a target missed into a target reached, or the smaller item
into the larger, changes what the report says. The claims that a figure takes part in tell,
each judged with the figure as printed and as it would stand.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.claims import ClaimKind
from validator.findings import Category, Impact, RepairKind
from validator.quantity import ONE, ZERO

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from decimal import Decimal

    from validator.claims import Claim
    from validator.engine.diagnosis.comparisons import Comparisons
    from validator.engine.diagnosis.problems import Problem
    from validator.facts import Figure

_RELATION = "relation"
"""The word of a claim that says whether more or less was spent than budgeted."""
_SIDES: Mapping[ClaimKind, tuple[str, str, Impact]] = {
    ClaimKind.CHANGE: ("current", "prior", Impact.DIRECTION),
    ClaimKind.COMPLETION: ("actual", "budget", Impact.LIMIT),
    ClaimKind.EXECUTION: ("executed", "budget", Impact.LIMIT),
    ClaimKind.TARGET: ("done", "target", Impact.TARGET),
    ClaimKind.PROGRESS: ("done", "planned", Impact.TARGET),
}
"""Two figures whose order is what a claim says in the end."""
_RANKED = {ClaimKind.DECOMPOSITION: "parts", ClaimKind.SHARE_LIST: "shares"}
_LIMITS = frozenset({"limit", "ceiling", "quota"})
"""How rules call what must not be exceeded."""


def impacts(comparisons: Comparisons, problem: Problem) -> tuple[Impact, ...]:
    """What the error changes in the meaning of the report, in the order of ``Impact``.

    Args:
        comparisons: Every comparison of the report.
        problem: Its best change tells how the report should read.
    """
    found = {*_told(comparisons, problem)}
    best = problem.changes[0] if problem.changes else None
    if best is not None and best.figure is not None:
        for claim in comparisons.claims_of(best.figure.id):
            found |= {*_turned(claim, best.figure)}
    return tuple(impact for impact in Impact if impact in found)


def _told(comparisons: Comparisons, problem: Problem) -> Iterator[Impact]:
    """What the failed comparisons are about, whatever the right figures are."""
    worded = bool(problem.changes) and problem.changes[0].kind is RepairKind.DIRECTION
    for at in problem.failures:
        rule, outcome = comparisons.judged[at]
        names = set(rule.assertions[outcome.evaluation.assertion].names)
        if rule.category is Category.CHANGE_DIRECTION or (worded and _RELATION not in names):
            yield Impact.DIRECTION
        if _RELATION in names or _LIMITS & names:
            yield Impact.LIMIT


def _turned(claim: Claim, figure: Figure) -> Iterator[Impact]:
    """What a figure as it should stand would turn round in a claim."""
    sides = _SIDES.get(claim.kind)
    if sides is not None:
        first, second, impact = sides
        before = _order(claim, first, second, None)
        if before is not None and before != _order(claim, first, second, figure):
            yield impact
    if claim.kind is ClaimKind.COMPLETION and _reached(claim, None) != _reached(claim, figure):
        yield Impact.TARGET
    listed = _RANKED.get(claim.kind, "")
    if listed in claim.slots and _ranks(claim, listed, None) != _ranks(claim, listed, figure):
        yield Impact.RANKING


def _value(claim: Claim, slot: str, figure: Figure | None) -> Decimal | None:
    operand = claim.slots.get(slot)
    if operand is None:
        return None
    printed = operand.candidates[0][0].figure
    return (figure if figure is not None and figure.id == printed.id else printed).quantity.base


def _order(claim: Claim, first: str, second: str, figure: Figure | None) -> int | None:
    """-1, 0 or 1: which of two figures is the larger."""
    one, other = _value(claim, first, figure), _value(claim, second, figure)
    return None if one is None or other is None else (one > other) - (one < other)


def _reached(claim: Claim, figure: Figure | None) -> bool | None:
    """Whether all that was budgeted was carried out, as the rate says."""
    rate = _value(claim, "rate", figure)
    return None if rate is None else rate >= ONE


def _ranks(claim: Claim, slot: str, figure: Figure | None) -> tuple[int, ...]:
    """Items of a list by size, the largest first; of equal ones the first."""
    terms = claim.slots[slot].candidates[0]
    sizes = [
        (figure if figure is not None and figure.id == t.figure.id else t.figure).quantity.base
        for t in terms
    ]
    if len(sizes) < 2 or max(sizes) == ZERO:
        return ()
    return tuple(sorted(range(len(sizes)), key=lambda at: (-sizes[at], at)))
