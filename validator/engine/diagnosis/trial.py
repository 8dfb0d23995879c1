"""Trials（试改）: a report with one figure or direction changed, judged as if printed so."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from validator.claims import DIRECTIONS, LIST_SLOTS, Claim, ClaimKind, Operand, Term

if TYPE_CHECKING:
    from collections.abc import Mapping

    from validator.document import Span
    from validator.facts import Figure
    from validator.quantity import Quantity

_NOTHING: Mapping[int, Figure] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Trial:
    """What is tried（试改）.

    Attributes:
        figures: Figures as they would stand, by the id of the figure that they replace.
        flipped: Direction words that would say the opposite, by where they stand.
    """

    figures: Mapping[int, Figure] = field(default_factory=lambda: _NOTHING)
    flipped: frozenset[Span] = frozenset()

    def on(self, claim: Claim, cues: Mapping[int, Span]) -> Claim:
        """The claim as it would be read.

        Args:
            claim: What the report states.
            cues: Where the direction word of a figure stands, by figure id.
        """
        slots = {name: self._operand(name, one, cues) for name, one in claim.slots.items()}
        words = dict(claim.words)
        for word in self._turned(claim, cues):
            if word in words:
                words[word] = -words[word]
        if claim.kind is ClaimKind.DECOMPOSITION and self._is_turned(claim, "whole", cues):
            # Parts of a change carry their direction against that of the whole change.
            slots["parts"] = _negated(slots["parts"])
        return replace(claim, slots=slots, words=words)

    def _operand(self, name: str, operand: Operand, cues: Mapping[int, Span]) -> Operand:
        touched = any(self._touches(t, cues) for way in operand.candidates for t in way)
        if not touched:
            return operand
        listed = name in LIST_SLOTS
        ways = tuple(
            tuple(self._term(t, cues, signed=listed) for t in way) for way in operand.candidates
        )
        return Operand(ways, operand.why)

    def _touches(self, term: Term, cues: Mapping[int, Span]) -> bool:
        number = term.figure.id
        return number in self.figures or (
            bool(self.flipped) and cues.get(number) in self.flipped
        )

    def _term(self, term: Term, cues: Mapping[int, Span], *, signed: bool) -> Term:
        figure = self.figures.get(term.figure.id, term.figure)
        flip = signed and cues.get(term.figure.id) in self.flipped
        return Term(figure, -term.sign if flip else term.sign)

    def _turned(self, claim: Claim, cues: Mapping[int, Span]) -> set[str]:
        """Names of the claim's words that would say the opposite."""
        named = {name for name, span in claim.word_spans.items() if span in self.flipped}
        for slot, word in DIRECTIONS.get(claim.kind, {}).items():
            if word not in claim.word_spans and self._is_turned(claim, slot, cues):
                named.add(word)
        return named

    def _is_turned(self, claim: Claim, slot: str, cues: Mapping[int, Span]) -> bool:
        operand = claim.slots.get(slot)
        if operand is None or not self.flipped:
            return False
        return cues.get(operand.candidates[0][0].figure.id) in self.flipped


def _negated(operand: Operand) -> Operand:
    ways = tuple(tuple(Term(t.figure, -t.sign) for t in way) for way in operand.candidates)
    return replace(operand, candidates=ways)


def with_quantity(figure: Figure, quantity: Quantity) -> Trial:
    """A figure printed otherwise."""
    return Trial({figure.id: replace(figure, quantity=quantity)})
