"""Root causes（根因）: failed comparisons that one small change would mend are one problem.

The figure or word whose change mends most failures and breaks nothing that holds comes first.
Where two would do equally well, nobody can tell which is wrong, and none is blamed. A change
is offered only when it is the one of its kind that works; a value that no slip explains, only
when no other figure can be to blame.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from validator.engine.diagnosis.changes import offered
from validator.engine.diagnosis.dragged import dragged
from validator.engine.diagnosis.figure_changes import FigureChanges
from validator.engine.diagnosis.suspects import Suspect, Suspects
from validator.engine.diagnosis.word_changes import word_changes
from validator.findings import Severity, Verdict

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from validator.document import Span
    from validator.engine.diagnosis.changes import Change
    from validator.engine.diagnosis.comparisons import Comparisons
    from validator.engine.outcome import Context

_MOST_TOGETHER = 200
_TANGLE = 8


@dataclass(frozen=True, slots=True)
class Problem:
    """Failed comparisons with one cause（问题）.

    Attributes:
        failures: Indexes of the failed comparisons, the one to tell first.
        culprit: The one figure or word that can be to blame, None when several can.
        changes: Changes to offer, best first.
    """

    failures: tuple[int, ...]
    culprit: Span | None = None
    changes: tuple[Change, ...] = ()


def problems(context: Context, comparisons: Comparisons) -> list[Problem]:
    """The failed comparisons of a report, each in one problem."""
    failed = [
        at
        for at, (_, outcome) in enumerate(comparisons.judged)
        if outcome.claim is not None and comparisons.verdict(at) is Verdict.INCONSISTENT
    ]
    figures = FigureChanges(context, comparisons)
    unexplained = set(failed)
    # What drags others along tells most when it is found first.
    groups = sorted(_connected(comparisons, failed), key=len, reverse=True)
    return [
        problem
        for group in groups
        for problem in _Search(context, comparisons, figures, group).problems(unexplained)
    ]


def _connected(comparisons: Comparisons, failed: Sequence[int]) -> list[list[int]]:
    """Failures that share a figure or a claim, directly or through others."""
    home: dict[object, int] = {}
    joined: dict[int, int] = {at: at for at in failed}

    def root(at: int) -> int:
        while joined[at] != at:
            joined[at] = joined[joined[at]]
            at = joined[at]
        return at

    for at in failed:
        outcome = comparisons.judged[at][1]
        for key in (*outcome.evaluation.figures, ("claim", id(outcome.claim))):
            joined[root(at)] = root(home.setdefault(key, at))
    groups: dict[int, list[int]] = defaultdict(list)
    for at in failed:
        groups[root(at)].append(at)
    return list(groups.values())


class _Search:
    """The search for what explains a group of connected failures."""

    def __init__(
        self,
        context: Context,
        comparisons: Comparisons,
        figures: FigureChanges,
        group: Sequence[int],
    ) -> None:
        self._context = context
        self._comparisons = comparisons
        self._figures = figures
        self._group = group
        self._suspects = Suspects(comparisons, group)

    def problems(self, unexplained: set[int]) -> Iterator[Problem]:
        """Problems, each with its failures, until none of the group is left.

        Args:
            unexplained: Failures of the whole report; those explained here are taken out.
        """
        if len(self._group) > _MOST_TOGETHER:
            # Where everything fails together, nobody can tell what is wrong.
            yield from (Problem((at,)) for at in self._group if at in unexplained)
            unexplained.difference_update(self._group)
            return
        words = [*word_changes(self._context, self._comparisons, self._group)]
        while left := [at for at in self._group if at in unexplained]:
            problem = self._worst(left, words, unexplained)
            if len(left) > _TANGLE and len(problem.failures) == 1:
                # Where so many fail together and no change mends two of them, what is wrong is
                # what they share: a slip in each, one by one, would be a guess.
                yield from (Problem((at,)) for at in left)
                unexplained.difference_update(left)
                return
            yield problem
            unexplained.difference_update(problem.failures)

    def _worst(
        self, left: Sequence[int], words: Sequence[Change], unexplained: Collection[int]
    ) -> Problem:
        """The problem that explains most of what is left."""
        said = {change: change.mends(left) for change in words}
        figures = self._suspects.together(left)
        sets = {*figures, *said.values()} - {frozenset()}
        for failures in sorted(sets, key=self._order):
            flips = [change for change, mends in said.items() if mends >= failures]
            alone = [s for s in figures.get(failures, ()) if not self._suspects.cleared(s)]
            if flips or alone:
                return self._problem(failures, left, flips, alone)
            if len(failures) > 2 and (problem := self._repeated(failures, figures[failures])):
                return problem
            if len(failures) > 1 and (
                problem := self._dragging(unexplained, figures[failures])
            ):
                return problem
        return Problem((min(left, key=self._place),))

    def _order(self, failures: Collection[int]) -> tuple[int, int, tuple[int, int]]:
        errors = sum(self._severity(at) is Severity.ERROR for at in failures)
        return (-errors, -len(failures), min(map(self._place, failures)))

    def _severity(self, at: int) -> Severity:
        return self._comparisons.judged[at][0].severity

    def _place(self, at: int) -> tuple[int, int]:
        return (self._severity(at).rank, at)

    def _problem(
        self, failures: frozenset[int], left: Sequence[int], flips: list[Change],
        alone: list[Suspect],
    ) -> Problem:  # fmt: skip
        """What to say of failures that each of some suspects or words would explain."""
        figures = self._figures
        rivals = {suspect.figure.id for suspect in alone}
        doubtful = [suspect for suspect in alone if not figures.vouched(suspect.figure)]
        slips = (figures.slips(suspect, failures, rivals) for suspect in doubtful)
        found = [*flips, *itertools.chain(*slips)]
        if not flips and len(alone) == 1:
            found += figures.proven(alone[0], failures)
        elif not flips and (copied := figures.copied(alone, failures)):
            found = copied
        best = offered(found, left, self._context.reading.default_unit)
        told = failures.union(*(change.mends(left) for change in best[:1]))
        places = {c.span for c in flips} | {s.figure.span for s in alone}
        culprit = places.pop() if len(places) == 1 else None
        return Problem(tuple(sorted(told, key=self._place)), culprit, tuple(best))

    def _dragging(
        self, unexplained: Collection[int], suspects: Sequence[Suspect]
    ) -> Problem | None:
        """A wrong figure from which percentages were computed: they go with it."""
        document = self._context.document
        found = [(s, dragged(document, self._comparisons, s)) for s in suspects]
        found = [(s, mended & set(unexplained)) for s, mended in found if mended]
        if len(found) != 1:
            return None
        suspect, mended = found[0]
        return Problem(tuple(sorted(mended, key=self._place)), suspect.figure.span)

    def _repeated(
        self, failures: frozenset[int], suspects: Sequence[Suspect]
    ) -> Problem | None:
        """A wrong figure that is printed several times: one cause, too large for one repair."""
        found = []
        for suspect in suspects:
            copied = self._suspects.with_copies(suspect)
            if copied is None:
                continue
            all_prints = (copied.figure, *copied.copies)
            prints = [replace(copied, figure=one, copies=all_prints) for one in all_prints]
            if not any(self._suspects.cleared(one) for one in prints):
                found.append(copied)
        if len(found) != 1:
            return None
        return Problem(tuple(sorted(failures, key=self._place)), found[0].figure.span)
