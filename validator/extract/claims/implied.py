"""What changes imply（推出的上年数）: two of one fact have the same value before them."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING

from validator.claims import Claim, ClaimKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.extract.desk import Desk

ZERO = Decimal(0)


def implied_priors(desk: Desk, claims: list[Claim]) -> Iterator[Claim]:
    """Two changes of one fact against last year imply the same last-year value."""
    groups: dict[tuple[object, ...], list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.kind is not ClaimKind.CHANGE or claim.words.get("budget"):
            continue
        if not {"current", "amount"} <= set(claim.slots):
            continue
        if len(claim.slots["current"].candidates) != 1 or not claim.words.get(
            "amount_direction"
        ):
            continue
        figure = claim.slots["current"].candidates[0][0].figure
        fact = next((f for f in desk.facts if f.figure is figure), None)
        if fact is not None and fact.known:
            key = fact.key
            base = claim.words.get("base_year") or Decimal(key.year - 1)
            groups[(key.item, key.scope, key.basis, key.level, key.year, base)].append(claim)
    for group in groups.values():
        first = group[0]
        for other in group[1:]:
            slots = {
                "first_current": first.slots["current"],
                "first_amount": first.slots["amount"],
                "second_current": other.slots["current"],
                "second_amount": other.slots["amount"],
            }
            words = {
                "first_direction": first.words["amount_direction"],
                "second_direction": other.words["amount_direction"],
                "chart": ZERO,
            }
            yield Claim(ClaimKind.PRIOR, other.span, slots, words, other.section, other.subject)
