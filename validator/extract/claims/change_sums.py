"""增减额之和（ΔΣ）: the change of a total is the sum of the changes of its parts."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from validator.claims import Claim, ClaimKind, Operand, Term

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.extract.desk import Desk

ZERO, ONE = Decimal(0), Decimal(1)


def change_sums(desk: Desk, claims: list[Claim]) -> Iterator[Claim]:
    """“三公”合计减少3.00万元, and every part says by how much it changed.

    Only when each part states its change against the same period, or that there was none.
    """
    if desk.profile.of_government:
        return  # one item has changes at several levels
    stated = _stated(desk, claims)
    for family, whole in desk.lexicon.wholes.items():
        total = stated.get(whole)
        parts = [stated.get(item) for item in desk.lexicon.members(family)]
        known = [p for p in parts if p is not None]
        if total is None or "amount" not in total.slots or len(known) != len(parts) > 1:
            continue
        if len({c.words.get("base_year") for c in [total, *known]}) != 1:
            continue
        direction = int(total.words.get("amount_direction", ZERO))
        terms = tuple(
            Term(_amount(c).figure, int(c.words["amount_direction"]) * direction)
            for c in known
            if "amount" in c.slots
        )
        if not direction or len(terms) < 2:
            continue
        slots = {"whole": total.slots["amount"], "parts": Operand((terms,))}
        words = {
            "closed": ONE, "partial": ZERO, "items": Decimal(len(terms)), "single": ZERO,
            "counts": ZERO, "outline": ZERO, "overlap": ZERO,
        }  # fmt: skip
        yield Claim(
            ClaimKind.DECOMPOSITION, total.span, slots, words, total.section,
            f"{total.subject}增减额", family,
        )  # fmt: skip


def _amount(claim: Claim) -> Term:
    return claim.slots["amount"].candidates[0][0]


def _stated(desk: Desk, claims: list[Claim]) -> dict[str, Claim]:
    """Line item → its one change against a period; items that state several are left out."""
    of_figure = {f.figure.id: f.key.item for f in desk.facts if f.known}
    found: dict[str, Claim] = {}
    several: set[str] = set()
    for claim in claims:
        if claim.kind is not ClaimKind.CHANGE or claim.words.get("budget") or _torn(claim):
            continue
        if "current" not in claim.slots or not (
            "amount" in claim.slots or claim.words.get("flat")
        ):
            continue
        item = of_figure.get(claim.slots["current"].candidates[0][0].figure.id)
        if item is None:
            continue
        known = found.get(item)
        if known is not None and _says(known) != _says(claim):
            several.add(item)
        found[item] = claim
    return {item: claim for item, claim in found.items() if item not in several}


def _torn(claim: Claim) -> bool:
    """增加5.00万元，下降20%: nobody knows which way it went."""
    amount, rate = (claim.words.get(f"{slot}_direction", ZERO) for slot in ("amount", "rate"))
    return bool(amount and rate) and amount != rate


def _says(claim: Claim) -> tuple[object, object]:
    amount = _amount(claim).figure.quantity if "amount" in claim.slots else None
    return amount, claim.words.get("amount_direction")
