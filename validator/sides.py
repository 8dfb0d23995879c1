"""What the two sides of a comparison come to（两边的数）, for those who do sums with them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Sides:
    """Both sides of a comparison（两边的数）, in one unit.

    Attributes:
        left: The left side, in ``unit``.
        right: The right side, in ``unit``.
        unit: Printed or implied unit of both, "" where there is none.
        left_printed: Whether the left side is one figure of the report, not a sum of several.
        right_printed: The same of the right side.
    """

    left: Decimal
    right: Decimal
    unit: str
    left_printed: bool = False
    right_printed: bool = False

    @property
    def gap(self) -> Decimal:
        """By how much the left side is the greater."""
        return self.left - self.right

    @property
    def stated(self) -> Decimal | None:
        """The figure that the report gives; of two the left one; None where both are sums."""
        if self.left_printed:
            return self.left
        return self.right if self.right_printed else None

    @property
    def computed(self) -> Decimal | None:
        """What it is compared with; None where both sides are sums."""
        if self.left_printed:
            return self.right
        return self.left if self.right_printed else None
