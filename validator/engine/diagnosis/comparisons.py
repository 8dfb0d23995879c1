"""Every comparison of a report（核对网）, by the figures and words that take part in it.

A figure that is wrong breaks the comparisons it takes part in; a figure that is right holds in
them. So what a change would do is known by judging just these again, by every rule that looks
at the claims: those that failed must hold, and none that held may fail.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from validator.claims import ClaimKind
from validator.engine.judging import HOLDS, Judged, applies, judge
from validator.findings import Verdict

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from validator.claims import Claim
    from validator.document import Span
    from validator.engine.diagnosis.trial import Trial
    from validator.engine.outcome import Outcome
    from validator.engine.schema import Rule
    from validator.facts import Figure


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
        proofs: The comparisons that would hold, those first that fail now.
    """

    mended: frozenset[int]
    gone: frozenset[int]
    proofs: tuple[Shown, ...]


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
        self._applied: dict[tuple[str, int], bool] = {}
        self._looked: dict[str, Mapping[str, frozenset[str]]] = {}
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

    def words_of(self, claim: Claim) -> dict[Span, Figure | None]:
        """Direction words that a claim turns on, each with the figure that stands beside it."""
        found: dict[Span, Figure | None] = {}
        for word, span in claim.word_spans.items():
            operand = claim.slots.get(word.removesuffix("_direction"))
            found[span] = operand.candidates[0][0].figure if operand is not None else None
        for operand in claim.slots.values():
            for term in operand.candidates[0]:
                if cue := self.cues.get(term.figure.id):
                    found.setdefault(cue, term.figure)
        return found

    def claims_of(self, figure: int) -> list[Claim]:
        """Claims that a figure takes part in."""
        return [self._claims[key] for key in self.by_figure.get(figure, ())]

    def held(self, figure: int) -> list[tuple[Rule, Outcome]]:
        """Comparisons that hold and were reached with a figure."""
        places = [at for key in self.by_figure.get(figure, ()) for at in self._made[key]]
        return [
            self.judged[at]
            for at in places
            if self.verdict(at) in HOLDS and figure in self.judged[at][1].evaluation.figures
        ]

    def after(self, trial: Trial) -> Effects | None:
        """Judge again whatever a trial touches; None as soon as something breaks."""
        mended: list[int] = []
        gone: list[int] = []
        proofs: list[tuple[bool, Shown]] = []
        for key in self._touched(trial):
            claim = trial.on(self._claims[key], self.cues)
            changed = _differing(self._claims[key], claim)
            for rule in self._rules(key):
                asked = self._asked(rule, key, changed)
                if not asked:
                    continue
                before = {name: self._before.get((key, rule.id, name)) for name in asked}
                failed = {
                    name: at
                    for name, at in before.items()
                    if at is not None and self.verdict(at) is Verdict.INCONSISTENT
                }
                now = self._judge(rule, claim, [name for name in asked if name not in failed])
                if any(self._breaks(rule, key, name, one) for name, one in now.items()):
                    return None
                for name, at in failed.items():
                    now |= self._again(rule, key, name, at, trial)
                sound = [name for name, one in now.items() if _holds(one)]
                mended += [failed[name] for name in sound if name in failed]
                silent = [at for name, at in failed.items() if name not in now]
                # 减少 turned into 增加 is judged by the other half of the rule from then on.
                new = [name for name in sound if before[name] is None]
                (mended if new else gone).extend(silent)
                proofs += [
                    (name in failed or name in new, Shown(rule, claim, name, now[name]))
                    for name in sound
                    if now[name].binding
                ]
        proofs.sort(key=lambda one: not one[0])
        shown = tuple(one for _, one in proofs)
        return Effects(frozenset(mended), frozenset(gone), shown)

    def _again(
        self, rule: Rule, key: int, name: str, at: int, trial: Trial
    ) -> Mapping[str, Judged]:
        """A failed comparison judged with the figures it failed with, not with every reading.

        It failed with all of them; what a change is meant to mend is the likeliest.
        """
        whole = self._claims[key]
        chosen = {
            slot: replace(whole.slots[slot], candidates=(terms,))
            for slot, terms in self.judged[at][1].binding.items()
        }
        likeliest = replace(whole, slots={**whole.slots, **chosen})
        found = self._judge(rule, trial.on(likeliest, self.cues), [name])
        return found or self._judge(rule, trial.on(whole, self.cues), [name])

    def _breaks(self, rule: Rule, key: int, name: str, now: Judged) -> bool:
        """Whether a comparison fails that does not fail as printed."""
        if now.verdict is not Verdict.INCONSISTENT:
            return False
        at = self._before.get((key, rule.id, name))
        if at is not None:
            return self.verdict(at) is not Verdict.INCONSISTENT
        return not self._failed(rule, key, name)

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
        result = self._judge(rule, self._claims[key], [name]).get(name)
        return result is not None and result.verdict is Verdict.INCONSISTENT

    def _asked(self, rule: Rule, key: int, changed: set[str]) -> list[str]:
        """Assertions that look at something that a trial changes, guards included."""
        looked = self._looked.get(rule.id)
        if looked is None:
            looked = self._looked[rule.id] = _names(rule)
        asked = [name for name, names in looked.items() if names & changed]
        if not asked or rule.where_expression is None:
            return asked
        if not changed.isdisjoint(rule.where_expression.names):
            return asked
        # What a rule asks of the claim as a whole has not changed.
        applied = self._applied.get((rule.id, key))
        if applied is None:
            applied = self._applied[rule.id, key] = applies(rule, self._claims[key])
        return asked if applied else []

    def _judge(self, rule: Rule, claim: Claim, asked: Collection[str]) -> dict[str, Judged]:
        found: dict[str, Judged] = {}
        if not asked or not applies(rule, claim):
            return found
        for name in asked:
            result = judge(rule, claim, name, truncating=self._truncating, brief=True)
            if result is not None and not result.missing:
                found[name] = result
        return found


def _holds(judged: Judged) -> bool:
    return judged.verdict in HOLDS and not judged.truncated


def _names(rule: Rule) -> Mapping[str, frozenset[str]]:
    """What each assertion of a rule looks at, its guards included."""
    where = rule.where_expression.names if rule.where_expression else ()
    found = {}
    for name, assertion in rule.assertions.items():
        guard = rule.guards.get(name)
        found[name] = frozenset({*where, *assertion.names, *(guard.names if guard else ())})
    return found


def _differing(before: Claim, after: Claim) -> set[str]:
    """Slots and words of a claim that are no longer the same."""
    slots = {name for name, one in after.slots.items() if one is not before.slots[name]}
    return slots | {n for n, value in after.words.items() if value != before.words[n]}
