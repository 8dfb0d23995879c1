"""Every comparison of a report（核对网）, by the figures and words that take part in it.

A figure that is wrong breaks the comparisons it takes part in; a figure that is right holds in
them. So what a change would do is known by judging just these again, by every rule that looks
at the claims: those that failed must hold, and none that held may fail.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from validator.claims import ClaimKind
from validator.engine.judging import HOLDS, Judged, applies, judge
from validator.findings import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from validator.claims import Claim
    from validator.document import Span
    from validator.engine.diagnosis.trial import Trial
    from validator.engine.outcome import Outcome
    from validator.engine.schema import Rule


@dataclass(frozen=True, slots=True)
class Shown:
    """A comparison that would hold after a trial: what to show as its proof."""

    rule: Rule
    claim: Claim
    name: str
    judged: Judged


@dataclass(frozen=True, slots=True)
class Effects:
    """What a trial would do（试改的结果）.

    Attributes:
        mended: Indexes of failed comparisons that would hold.
        gone: Indexes of failed comparisons that would no longer be made.
        broken: How many comparisons would fail that do not fail now.
        proofs: The comparisons that would hold, those first that fail now.
        strained: How many of the mended would hold within rounding only.
    """

    mended: frozenset[int]
    gone: frozenset[int]
    broken: int
    proofs: tuple[Shown, ...]
    strained: int = 0


class Comparisons:
    """The comparisons of a report, ready to be judged again.

    Args:
        rules: Rules that apply to the report.
        judged: Every comparison with its rule, in the order they were made.
        truncating: Whether all figures of the report were cut off.
    """

    def __init__(
        self, rules: Iterable[Rule], judged: Sequence[tuple[Rule, Outcome]], *, truncating: bool
    ) -> None:
        self.judged = judged
        self._truncating = truncating
        self._each: dict[str, list[Rule]] = defaultdict(list)
        for rule in rules:
            if rule.kind == "claim":
                self._each[rule.each].append(rule)
        self._claims: dict[int, Claim] = {}
        self._own: dict[int, list[Rule]] = defaultdict(list)
        self._before: dict[tuple[int, str, str], int] = {}
        self._made: dict[int, list[int]] = defaultdict(list)
        self._ran = {rule.id for rule, _ in judged}
        self.by_figure: dict[int, list[int]] = defaultdict(list)
        self.cues: dict[int, Span] = {}
        self._by_cue: dict[Span, list[int]] = defaultdict(list)
        for at, (rule, outcome) in enumerate(judged):
            if outcome.claim is not None:
                self._add(at, rule, outcome, outcome.claim)
        for key, claim in self._claims.items():
            ways = [way for operand in claim.slots.values() for way in operand.candidates]
            for figure in {term.figure.id for way in ways for term in way}:
                self.by_figure[figure].append(key)

    def _add(self, at: int, rule: Rule, outcome: Outcome, claim: Claim) -> None:
        key = id(claim)
        if key not in self._claims:
            self._claims[key] = claim
            self._find_cues(claim)
        if rule.kind != "claim" and rule not in self._own[key]:
            self._own[key].append(rule)
        self._before[key, rule.id, outcome.evaluation.assertion] = at
        self._made[key].append(at)

    def _find_cues(self, claim: Claim) -> None:
        """Direction words beside figures, and words of a relation: they can be wrong too."""
        for word, span in claim.word_spans.items():
            self._by_cue[span].append(id(claim))
            slot = word.removesuffix("_direction")
            if claim.kind is ClaimKind.CHANGE and slot in claim.slots:
                self.cues[claim.slots[slot].candidates[0][0].figure.id] = span

    def verdict(self, at: int) -> Verdict:
        """Verdict of a comparison as printed."""
        return self.judged[at][1].evaluation.verdict

    def held(self, figure: int) -> list[tuple[Rule, Outcome]]:
        """Comparisons that hold and were reached with a figure."""
        places = [at for key in self.by_figure.get(figure, ()) for at in self._made[key]]
        return [
            self.judged[at]
            for at in places
            if self.verdict(at) in HOLDS and figure in self.judged[at][1].evaluation.figures
        ]

    def after(self, trial: Trial) -> Effects:
        """Judge again whatever a trial touches."""
        mended: set[int] = set()
        gone: set[int] = set()
        broken = 0
        proofs: list[tuple[bool, Shown]] = []
        for key in self._touched(trial):
            claim = trial.on(self._claims[key], self.cues)
            for rule in self._rules(key):
                now = self._judge(rule, claim)
                for name in rule.assertions:
                    at = self._before.get((key, rule.id, name))
                    failed = at is not None and self.verdict(at) is Verdict.INCONSISTENT
                    result = now.get(name)
                    if result is not None and result.verdict is Verdict.INCONSISTENT:
                        broken += not failed and not self._failed(rule, key, name)
                        continue
                    good = (
                        result is not None and result.verdict in HOLDS and not result.truncated
                    )
                    if failed and at is not None:
                        (mended if good else gone).add(at)
                    if good and result is not None and result.binding:
                        proofs.append((failed, Shown(rule, claim, name, result)))
        proofs.sort(key=lambda one: not one[0])
        strained = sum(
            failed and one.judged.verdict is Verdict.CONSISTENT_BY_ROUNDING
            for failed, one in proofs
        )
        shown = tuple(one for _, one in proofs)
        return Effects(frozenset(mended), frozenset(gone), broken, shown, strained)

    def _touched(self, trial: Trial) -> list[int]:
        figures = {*trial.figures, *(f for f, cue in self.cues.items() if cue in trial.flipped)}
        keys = [key for figure in sorted(figures) for key in self.by_figure.get(figure, ())]
        keys += [key for cue in sorted(trial.flipped) for key in self._by_cue.get(cue, ())]
        return list(dict.fromkeys(keys))

    def _rules(self, key: int) -> Sequence[Rule]:
        own = self._own.get(key)
        return own or self._each[self._claims[key].kind.value]

    def _failed(self, rule: Rule, key: int, name: str) -> bool:
        """Whether a rule that did not run would find what it finds now without any trial."""
        if rule.id in self._ran:
            return False
        result = self._judge(rule, self._claims[key]).get(name)
        return result is not None and result.verdict is Verdict.INCONSISTENT

    def _judge(self, rule: Rule, claim: Claim) -> Mapping[str, Judged]:
        if not applies(rule, claim):
            return {}
        found = {}
        for name in rule.assertions:
            result = judge(rule, claim, name, truncating=self._truncating)
            if result is not None and not result.missing:
                found[name] = result
        return found
