"""Which side of a comparison stands at the place that is named（报告数）."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.quantity import MONEY_UNITS, PERCENT, POINT

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from validator.findings import Evidence
    from validator.sides import Sides

_UNITS = {**MONEY_UNITS, PERCENT.symbol: PERCENT, POINT.symbol: POINT}


def stated_there(
    sides: Sides, there: Sequence[Evidence]
) -> tuple[Decimal | None, Decimal | None]:
    """What is printed at a place, and what it is compared with.

    Both are None where the place prints neither side: one of several that are added up.

    Args:
        sides: What the two sides come to.
        there: The operands that stand at the place.
    """
    both = (
        (sides.left_printed, sides.left, sides.right),
        (sides.right_printed, sides.right, sides.left),
    )
    for printed, value, other in both:
        if printed and any(_prints(one, value, sides.unit) for one in there):
            return value, other
    return None, None


def _prints(evidence: Evidence, value: Decimal, unit: str) -> bool:
    """Whether an operand is that number, in whatever unit; words tell which way it goes."""
    if evidence.value is None:
        return False
    theirs, ours = _UNITS.get(evidence.unit or ""), _UNITS.get(unit)
    if evidence.unit == unit or theirs is None or ours is None:
        return abs(evidence.value) == abs(value)
    return abs(evidence.value * theirs.factor) == abs(value * ours.factor)
