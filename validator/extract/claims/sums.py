"""A total and what it sums（合计与分项）, before it is known whether they belong together."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from validator.claims import Claim, ClaimKind, Operand, Term
from validator.quantity import Interval
from validator.statements import ColumnKind

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Sequence

    from validator.facts import Figure

ADDED = (ColumnKind.MONEY, ColumnKind.CHANGE, ColumnKind.COUNT)
_MANY = 3
"""Sums of one table that fail for want of structure rather than by a slip of one number."""


MOST_PARTS = 14
"""Parts of which every choice is tried; more of them make every amount up somehow."""


@dataclass(frozen=True)
class Sum:
    """A whole with every list of parts that it may be the sum of.

    Attributes:
        kind: What kind of total it is.
        whole: The total.
        options: Lists of parts, the most plausible first.
        subject: What the total is called.
        group: Total row or column that it belongs to.
        law: Whether the form promises that it holds.
    """

    kind: ClaimKind
    whole: Figure
    options: Sequence[Sequence[Figure]]
    subject: str
    group: Hashable
    law: bool

    @property
    def holds(self) -> bool:
        """Whether the parts of one list add up."""
        return any(self._adds(parts) for parts in self.options)

    def _adds(self, parts: Sequence[Figure]) -> bool:
        total = Interval.exact(Decimal(0))
        for part in parts:
            total += part.interval
        return total.touches(self.whole.interval)

    def claim(self, failing: int) -> Claim:
        """The claim; ``failing`` counts the sums of the table that fail with it."""
        slots = {
            "whole": Operand(((Term(self.whole),),)),
            "parts": Operand(tuple(tuple(map(Term, parts)) for parts in self.options)),
        }
        words = {"items": Decimal(len(self.options[0])), "failing": Decimal(failing)}
        span = self.whole.span
        return Claim(self.kind, span, slots, words, self.whole.section, self.subject)


def made_up(whole: Figure, parts: Sequence[Figure]) -> bool:
    """Whether some of the parts add up to the whole: then it may be the sum of those."""
    sums = [Interval.exact(Decimal(0))]
    for part in parts:
        sums += [one + part.interval for one in sums]
    return any(one.touches(whole.interval) for one in sums)


def settled(sums: Iterable[Sum]) -> Iterator[Claim]:
    """Sums that belong together, as claims.

    What the form does not promise must show in the table itself: a total whose sums mostly
    fail was misread. Where a known form fails all over, its total does not belong to its rows:
    that is told once.
    """
    found = list(sums)
    failing = [one for one in found if not one.holds]
    if len(failing) * 2 > len(found) and any(not one.law for one in failing):
        return
    found = list(_shown(found))
    failing = [one for one in found if not one.holds]
    if len(failing) * 2 > len(found) and len(failing) >= _MANY:
        yield from (one.claim(0) for one in found if one.holds)
        yield failing[0].claim(len(failing))
        return
    yield from (one.claim(0) for one in found)


def _shown(sums: Iterable[Sum]) -> Iterator[Sum]:
    """Sums that the form promises, or that most sums of the same total bear out."""
    groups: dict[Hashable, list[Sum]] = defaultdict(list)
    for one in sums:
        groups[one.group].append(one)
    for group in groups.values():
        failing = sum(not one.holds for one in group)
        yield from (one for one in group if one.law or failing * 2 <= len(group))
