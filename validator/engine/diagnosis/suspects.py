"""Suspects（嫌疑数）: figures that could be to blame, and the values that others allow them.

A failed comparison leaves each of its figures a window of values; where the windows of several
failures meet, one change would mend them all. A figure is cleared when the comparisons that
hold with it leave no room for that.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from validator.claims import LIST_SLOTS, ClaimKind
from validator.engine.diagnosis.solving import Equation
from validator.engine.explain import signed
from validator.engine.expr import possible
from validator.engine.judging import environment, values_of
from validator.quantity import Interval

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from decimal import Decimal

    from validator.engine.diagnosis.comparisons import Comparisons
    from validator.engine.diagnosis.solving import Wanted
    from validator.engine.outcome import Outcome
    from validator.engine.schema import Rule
    from validator.facts import Figure

_MOST = 64
"""Figures of one comparison that are looked at."""
_NOT_SLIPS = frozenset({
    ClaimKind.UNIT_LINE, ClaimKind.SPREAD, ClaimKind.APPRAISAL, ClaimKind.GRADE,
    ClaimKind.OUTLAY, ClaimKind.ACHIEVED, ClaimKind.PROJECT_COUNT, ClaimKind.PROJECT_FORMS,
})  # fmt: skip
"""What is wrong here is a judgement or a line of words: another digit would not mend it."""


@dataclass(frozen=True, slots=True)
class Suspect:
    """A figure and what it would have to be（嫌疑数）.

    Attributes:
        figure: The figure as printed.
        point: Its value, as the sharpest of the failures in question would have it.
        window: Its true values, as all of them would have it.
        edge: Where both sides of a limit are equal; the window itself of an equation.
        stated: Whether it stands as the result of the sharpest.
        copies: Other prints of the same fact that say the same and would have to change too.
    """

    figure: Figure
    point: Decimal
    window: Interval
    edge: Interval
    stated: bool = False
    copies: tuple[Figure, ...] = ()

    @property
    def equal(self) -> bool:
        """Whether the window is what an equation leaves, not one side of a limit."""
        return self.window == self.edge


class Suspects:
    """The figures of some failed comparisons.

    Args:
        comparisons: Every comparison of the report.
        failed: Indexes of the failed ones.
    """

    def __init__(self, comparisons: Comparisons, failed: Iterable[int]) -> None:
        self._comparisons = comparisons
        self._figures: dict[int, Figure] = {}
        self._wanted: dict[int, list[tuple[int, Wanted]]] = defaultdict(list)
        # Failures only ever get fewer, so their number tells whether they are the same.
        self._agreed: dict[int, tuple[int, frozenset[int], Suspect]] = {}
        for at in failed:
            rule, outcome = comparisons.judged[at]
            if outcome.claim is not None and outcome.claim.kind not in _NOT_SLIPS:
                self._solve(at, rule, outcome)

    def _solve(self, at: int, rule: Rule, outcome: Outcome) -> None:
        if outcome.claim is None:
            return
        assertion = rule.assertions[outcome.evaluation.assertion]
        equation = Equation(assertion, outcome.binding, values_of(rule, outcome.claim))
        bound = {
            t.figure.id: t.figure
            for name in assertion.names
            for t in outcome.binding.get(name, ())
        }
        for figure in [*bound.values()][:_MOST]:
            self._figures[figure.id] = figure
            self._wanted[figure.id] += [(at, one) for one in equation.solved(figure)]

    def together(self, left: Collection[int]) -> Mapping[frozenset[int], list[Suspect]]:
        """Failures that one figure could be the cause of, with the figures that could.

        Args:
            left: Failures that are not explained yet.
        """
        found: dict[frozenset[int], list[Suspect]] = defaultdict(list)
        among = set(left)
        for number, wanted in self._wanted.items():
            mine = [(at, one) for at, one in wanted if at in among]
            if not mine:
                continue
            known = self._agreed.get(number)
            if known is None or known[0] != len(mine):
                known = self._agreed[number] = len(mine), *_agreed(self._figures[number], mine)
            found[known[1]].append(known[2])
        return found

    def cleared(self, suspect: Suspect) -> bool:
        """Whether a comparison that holds leaves no room for what a suspect should be."""
        return any(
            not _leaves_room(rule, outcome, suspect)
            for rule, outcome in self._comparisons.held(suspect.figure.id)
        )

    def with_copies(self, suspect: Suspect) -> Suspect | None:
        """The same suspect and every print that repeats it; None when nothing repeats it."""
        copies: dict[int, Figure] = {suspect.figure.id: suspect.figure}
        queue = [suspect.figure]
        while queue:
            for other in self._repeated(queue.pop()):
                if other.id not in copies:
                    copies[other.id] = other
                    queue.append(other)
        if len(copies) == 1:
            return None
        return replace(suspect, copies=tuple(copies.values())[1:])

    def _repeated(self, figure: Figure) -> Iterator[Figure]:
        for _, outcome in self._comparisons.held(figure.id):
            claim = outcome.claim
            if claim is not None and claim.kind is ClaimKind.SAME:
                for terms in outcome.binding.values():
                    for term in terms:
                        if term.figure.quantity.base == figure.quantity.base:
                            yield term.figure


def _leaves_room(rule: Rule, outcome: Outcome, suspect: Suspect) -> bool:
    claim = outcome.claim
    if claim is None:
        return True
    if any(len(operand.candidates) > 1 for operand in claim.slots.values()):
        return True  # another reading may hold: a trial will tell
    changed = {suspect.figure.id, *(copy.id for copy in suspect.copies)}
    env = environment(outcome.binding)
    for name, terms in outcome.binding.items():
        if any(t.figure.id in changed for t in terms):
            parts = tuple(
                signed(suspect.window if t.figure.id in changed else t.figure.interval, t.sign)
                for t in terms
            )
            env[name] = parts if name in LIST_SLOTS or len(parts) != 1 else parts[0]
    assertion = rule.assertions[outcome.evaluation.assertion]
    return possible(assertion, {**values_of(rule, claim), **env}) is not False


def _agreed(
    figure: Figure, wanted: Sequence[tuple[int, Wanted]]
) -> tuple[frozenset[int], Suspect]:
    """The most failures whose windows share a value, and the values they share."""
    best = list(wanted[:1])
    for _, start in wanted:
        low = start.window.low
        sharing = [(at, w) for at, w in wanted if w.window.low <= low <= w.window.high]
        if len(sharing) > len(best):
            best = sharing
    shared = Interval(max(w.window.low for _, w in best), min(w.window.high for _, w in best))
    sharpest = min(
        (w for _, w in best), key=lambda w: (not w.equal, w.window.high - w.window.low)
    )
    point = sharpest.point if shared.holds(sharpest.point) else shared.middle
    # Of limits alone nothing can be reckoned but the place where both sides are equal.
    edge = shared if sharpest.equal else sharpest.edge
    suspect = Suspect(figure, point, shared, edge, sharpest.stated)
    return frozenset(at for at, _ in best), suspect
