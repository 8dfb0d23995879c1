"""Root causes（根因）: failed comparisons that one small change would mend are one problem.

The figure or word whose change mends most failures and breaks nothing that holds comes first.
Where two would do equally well, nobody can tell which is wrong, and none is blamed. A change
is offered only when it is the one of its kind that works; a value that no slip explains, only
when no other figure can be to blame.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from validator.engine.diagnosis.candidates import candidates, computed
from validator.engine.diagnosis.style import Style
from validator.engine.diagnosis.suspects import Suspect, Suspects
from validator.engine.diagnosis.trial import Trial
from validator.findings import RepairKind, Severity, Verdict
from validator.quantity import Dimension

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from validator.document import Span
    from validator.engine.diagnosis.candidates import Candidate
    from validator.engine.diagnosis.comparisons import Comparisons, Effects
    from validator.engine.outcome import Context
    from validator.facts import Figure

_MOST_ALIKE = 2
_MOST_OFFERED = 3
_RANK = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}
_KINDS = {kind: rank for rank, kind in enumerate(RepairKind)}


@dataclass(frozen=True, slots=True, eq=False)
class Change:
    """A change that mends something and breaks nothing（可行的改法）.

    Attributes:
        kind: The slip that it undoes.
        span: What to replace.
        text: What to put there.
        effects: What it would do.
        figure: The figure as it would stand, None for words.
        result: Whether it changes a percentage: those are computed from the rest.
        echo: Whether it makes the figure say what another one beside it says.
        odd: -1 where it gives the figure as many decimals as all others have, 1 where it
            takes that away, else 0.
    """

    kind: RepairKind
    span: Span
    text: str
    effects: Effects
    figure: Figure | None = None
    result: bool = False
    echo: bool = False
    odd: int = 0


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
    style = Style(context.reading.figures)
    return [
        problem
        for group in _connected(comparisons, failed)
        for problem in _Search(context, comparisons, group, style).problems()
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
        self, context: Context, comparisons: Comparisons, group: Sequence[int], style: Style
    ) -> None:
        self._context = context
        self._comparisons = comparisons
        self._group = group
        self._suspects = Suspects(comparisons, group)
        self._style = style

    def problems(self) -> Iterator[Problem]:
        """Problems, each with its failures, until none is left."""
        words = [*self._words()]
        left = list(self._group)
        while left:
            problem = self._worst(left, words)
            yield problem
            left = [at for at in left if at not in problem.failures]

    def _worst(self, left: Sequence[int], words: Sequence[Change]) -> Problem:
        """The problem that explains most of what is left."""
        said = {change: _mends(change, left) for change in words}
        figures = self._suspects.together(left)
        sets = {*figures, *said.values()} - {frozenset()}
        for failures in sorted(sets, key=self._order):
            flips = [change for change, mends in said.items() if mends >= failures]
            alone = [s for s in figures.get(failures, ()) if not self._suspects.cleared(s)]
            if flips or alone:
                return self._problem(failures, left, flips, alone)
            if len(failures) > 2 and (problem := self._repeated(failures, figures[failures])):
                return problem
        return Problem((min(left, key=self._place),))

    def _order(self, failures: Collection[int]) -> tuple[int, int, tuple[int, int]]:
        errors = sum(self._severity(at) is Severity.ERROR for at in failures)
        return (-errors, -len(failures), min(map(self._place, failures)))

    def _severity(self, at: int) -> Severity:
        return self._comparisons.judged[at][0].severity

    def _place(self, at: int) -> tuple[int, int]:
        return (_RANK[self._severity(at)], at)

    def _problem(
        self, failures: frozenset[int], left: Sequence[int], flips: list[Change],
        alone: list[Suspect],
    ) -> Problem:  # fmt: skip
        """What to say of failures that each of some suspects or words would explain."""
        slips = [change for suspect in alone for change in self._slips(suspect, failures)]
        proven = self._proven(alone[0], failures) if len(alone) == 1 and not flips else None
        copied = [] if proven or flips else self._copied(alone, failures)
        offered = self._unique([*flips, *slips, *copied, *([proven] if proven else [])], left)
        told = set(failures)
        if offered:
            told |= _mends(offered[0], left)
        places = {c.span for c in flips} | {s.figure.span for s in alone}
        culprit = places.pop() if len(places) == 1 else None
        return Problem(
            tuple(sorted(told, key=self._place)), culprit, tuple(offered[:_MOST_OFFERED])
        )

    def _unique(self, changes: Sequence[Change], left: Sequence[int]) -> list[Change]:
        """Changes that are the only one of their kind, the likeliest kind first."""

        def rank(change: Change) -> tuple[int, bool, int, int]:
            mends = len(_mends(change, left))
            return -mends, not change.echo, change.odd, _KINDS[change.kind]

        prints: dict[tuple[Span, str], Change] = {}
        # Decimals that the report never prints are no better than the slip itself.
        for change in sorted((one for one in changes if one.odd <= 0), key=rank):
            prints.setdefault((change.span, change.text), change)
        kinds: dict[RepairKind, list[Change]] = defaultdict(list)
        for change in prints.values():
            kinds[change.kind].append(change)
        only = [one for found in kinds.values() for one in self._likeliest(found)]
        return [c for at, c in enumerate(only) if not any(_coarser(c, b) for b in only[:at])]

    def _likeliest(self, alike: Sequence[Change]) -> Sequence[Change]:
        """The one of several changes of a kind that people would make; none where unclear.

        Amounts come out of the books and percentages out of somebody's calculator; and a unit
        that differs from all others was not meant.
        """
        if len(alike) == 1:
            return alike
        usual = self._context.reading.default_unit
        if alike[0].kind is RepairKind.UNIT:
            found = [one for one in alike if usual and one.text.endswith(usual)]
            return found if len(found) == 1 else []
        for sign in (_says_the_same, _is_in_style, _drops_a_minus, _is_a_result):
            found = [one for one in alike if sign(one)]
            if len(found) == 1:
                return found
        return []

    def _slips(self, suspect: Suspect, failures: frozenset[int]) -> Iterator[Change]:
        """Slips of a figure that mend the failures and break nothing."""
        kinds: dict[RepairKind, list[Candidate]] = defaultdict(list)
        for candidate in candidates(self._context.document, suspect):
            kinds[candidate.kind].append(candidate)
        for found in kinds.values():
            # Where many slips of a kind would do, none of them is the one, unless another
            # figure of the comparison says the same.
            many = len(found) > _MOST_ALIKE
            for candidate in found:
                if many and not self._echoes(failures, suspect, candidate):
                    continue
                change = self._tried(suspect, candidate)
                if change is not None and failures <= _mends(change, failures):
                    yield change

    def _copied(self, suspects: Sequence[Suspect], failures: frozenset[int]) -> list[Change]:
        """What stands where a neighbour's figure was copied into the place of another."""
        found = [self._proven(one, failures) for one in suspects if self._repeats(one.figure)]
        known = [one for one in found if one is not None]
        return [replace(known[0], kind=RepairKind.COPIED)] if len(known) == 1 else []

    def _repeats(self, figure: Figure) -> bool:
        """Whether a figure says what the one before or behind it says."""
        figures = self._context.reading.figures
        beside = [
            figures[at] for at in (figure.id - 1, figure.id + 1) if 0 <= at < len(figures)
        ]
        return any(one.quantity.same_print(figure.quantity) for one in beside)

    def _proven(self, suspect: Suspect, failures: frozenset[int]) -> Change | None:
        """What the other figures prove must stand there, when they do."""
        right = computed(self._context.document, suspect)
        change = self._tried(suspect, right) if right is not None else None
        return change if change is not None and failures <= _mends(change, failures) else None

    def _tried(self, suspect: Suspect, candidate: Candidate) -> Change | None:
        effects = self._comparisons.after(Trial({suspect.figure.id: candidate.figure}))
        if effects is None or not effects.mended:
            return None
        old, new = suspect.figure.quantity, candidate.figure.quantity
        return Change(
            candidate.kind,
            suspect.figure.span,
            candidate.text,
            effects,
            candidate.figure,
            old.unit.dimension is Dimension.RATIO,
            self._echoes(effects.mended, suspect, candidate),
            0 if candidate.kind is RepairKind.UNIT else self._style.change(old, new),
        )

    def _echoes(
        self, failures: Collection[int], suspect: Suspect, candidate: Candidate
    ) -> bool:
        """Whether another figure of failed comparisons says the same, digit for digit."""
        bindings = (self._comparisons.judged[at][1].binding for at in failures)
        return any(
            t.figure.id != suspect.figure.id
            and t.figure.quantity.same_print(candidate.figure.quantity)
            for binding in bindings
            for terms in binding.values()
            for t in terms
        )

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

    def _words(self) -> Iterator[Change]:
        """Direction words of the claims that fail, each saying the opposite."""
        document, opposites = self._context.document, self._context.lexicon.opposites
        seen: set[Span] = set()
        for at in self._group:
            claim = self._comparisons.judged[at][1].claim
            for name, cue in claim.word_spans.items() if claim is not None else ():
                quote = document.quote(cue)
                word = next(
                    (w for w in sorted(opposites, key=len, reverse=True) if w in quote), ""
                )
                if claim is None or not word or cue in seen:
                    continue
                seen.add(cue)
                effects = self._comparisons.after(Trial(flipped=frozenset({cue})))
                if effects is None or not effects.mended:
                    continue
                span, text = cue, quote.replace(word, opposites[word], 1)
                operand = claim.slots.get(name.removesuffix("_direction"))
                if operand is not None and operand.candidates[0][0].figure.quantity.number < 0:
                    continue  # 减少-5.71万元: the minus is one too many, not the word
                if operand is not None:
                    span = cue.cover(operand.candidates[0][0].figure.span)
                    text += document.text[cue.end : span.end]
                yield Change(RepairKind.DIRECTION, span, text, effects)


def _mends(change: Change, among: Collection[int]) -> frozenset[int]:
    return (change.effects.mended | change.effects.gone) & frozenset(among)


def _says_the_same(change: Change) -> bool:
    return change.echo


def _drops_a_minus(change: Change) -> bool:
    return change.kind is RepairKind.SIGN and not change.text.startswith(("-", "−"))


def _is_a_result(change: Change) -> bool:
    return change.result


def _is_in_style(change: Change) -> bool:
    return change.odd < 0


def _coarser(change: Change, better: Change) -> bool:
    """Whether a change says no more than a better one of the same figure does."""
    if change.figure is None or better.figure is None or change.span != better.span:
        return False
    coarse = change.figure.quantity.quantum > better.figure.quantity.quantum
    return coarse and change.figure.interval.touches(better.figure.interval)
