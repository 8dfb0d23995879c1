"""The same share twice（同一占比）: one part of one whole prints one percentage."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from validator.claims import Claim, ClaimKind
from validator.quantity import Rounding

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from validator.extract.desk import Desk
    from validator.facts import Figure


def same_shares(desk: Desk, claims: Iterable[Claim]) -> Iterator[Claim]:
    """One claim per share that is printed again to the same place, against the first one.

    Both may fit the amounts when one was rounded and the other cut off; still it is one share.
    """
    items = {fact.figure.id: fact.key.item for fact in desk.facts if fact.known}
    told: dict[tuple[object, ...], list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.kind is not ClaimKind.SHARE or not claim.words.get("bound"):
            continue
        if not {"part", "whole", "share"} <= set(claim.slots):
            continue
        if not _fits(claim):
            continue  # it contradicts its own amounts, and that is told of it
        part, whole, share = (_first(claim, name) for name in ("part", "whole", "share"))
        if part.id in items and part.quantity.base and whole.quantity.base:
            amounts = (part.quantity.base, whole.quantity.base, share.quantity.quantum)
            told[(items[part.id], *amounts)].append(claim)
    for group in told.values():
        for other in group[1:]:
            here, there = (_first(one, "share").quantity for one in (other, group[0]))
            steps = abs(here.number - there.number) / here.quantum
            slots = {"first": other.slots["share"], "second": group[0].slots["share"]}
            yield Claim(
                ClaimKind.SAME_SHARE,
                other.span,
                slots,
                {"slip": steps},
                other.section,
                other.subject,
            )


def _fits(claim: Claim) -> bool:
    """Whether a share follows from its amounts, rounded or cut off."""
    part, whole, share = (_first(claim, name) for name in ("part", "whole", "share"))
    quotient = part.interval.divided_by(whole.interval)
    cut = share.quantity.interval_when(Rounding.TRUNCATE)
    return quotient is not None and (quotient.touches(share.interval) or quotient.touches(cut))


def _first(claim: Claim, name: str) -> Figure:
    return claim.slots[name].candidates[0][0].figure
