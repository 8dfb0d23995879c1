"""Claims of records（记录的说法）: totals that balance, and one place of a form told twice.

Records are data: no sentence says how their numbers belong together, their coordinates do.
"""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING

from validator.claims import Claim, ClaimKind, Operand, Term

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from validator.facts import Fact, Figure
    from validator.statements import Crossing

ZERO, ONE = Decimal(0), Decimal(1)
_LEFT = ("total_revenue", "fiscal_total_revenue")
_RIGHT = ("total_expenditure", "fiscal_total_expenditure")


def totals_of(facts: Sequence[Fact]) -> Iterator[Claim]:
    """收入总计 beside 支出总计 of one year, stage and fund."""
    sides: dict[tuple[object, ...], dict[str, Fact]] = defaultdict(dict)
    for fact in facts:
        key = fact.key
        for side, items in (("left", _LEFT), ("right", _RIGHT)):
            if key.item in items and key.measure == "money":
                sides[key.year, key.basis, key.scope].setdefault(side, fact)
    for pair in sides.values():
        if len(pair) == 2:
            slots = {side: _one(fact.figure) for side, fact in pair.items()}
            first = pair["left"]
            yield Claim(
                ClaimKind.BALANCE, first.figure.span, slots, {"mixed": ZERO}, first.section,
                first.label,
            )  # fmt: skip


def twice_told(groups: Iterable[Sequence[Crossing]]) -> Iterator[Claim]:
    """One place of a form that the file fills twice: both must say the same."""
    for group in groups:
        for other in group[1:]:
            words = dict.fromkeys(("slip", "chart", "cells", "coded"), ZERO)
            slots = {"first": _one(other.figure), "second": _one(group[0].figure)}
            span = other.figure.span
            yield Claim(
                ClaimKind.SAME, span, slots, {"certain": ONE, **words}, other.figure.section,
                other.label,
            )  # fmt: skip


def _one(figure: Figure) -> Operand:
    return Operand(((Term(figure),),))
