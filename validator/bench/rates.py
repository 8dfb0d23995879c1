"""Rates with how sure they are（比率与置信区间）: k of n, and Wilson's interval."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_Z = Decimal("1.959963984540054")
"""Two-sided 95 %."""
_PLACES = Decimal("0.0001")


@dataclass(frozen=True, slots=True)
class Rate:
    """So many of so many（比率）.

    >>> Rate(9, 10).interval
    (Decimal('0.5958'), Decimal('0.9821'))

    Attributes:
        hits: How many did.
        of: How many could.
    """

    hits: int
    of: int

    @property
    def value(self) -> Decimal | None:
        """The share to four places, None of nothing."""
        return (Decimal(self.hits) / self.of).quantize(_PLACES) if self.of else None

    @property
    def interval(self) -> tuple[Decimal, Decimal] | None:
        """Wilson's score interval at 95 %, to four places, None of nothing.

        It stays inside 0 to 1 and is right for few trials and for shares near 0 or 1 (Wilson
        1927; Brown, Cai and DasGupta 2001).
        """
        if not self.of:
            return None
        n, p = Decimal(self.of), Decimal(self.hits) / self.of
        square = _Z * _Z
        middle = p + square / (2 * n)
        half = _Z * ((p * (1 - p) + square / (4 * n)) / n).sqrt()
        scale = 1 + square / n
        low, high = (middle - half) / scale, (middle + half) / scale
        return (
            max(Decimal(0), low).quantize(_PLACES),
            min(Decimal(1), high).quantize(_PLACES),
        )


def rate(outcomes: Iterable[bool]) -> Rate:
    """The rate of some outcomes."""
    listed = list(outcomes)
    return Rate(sum(listed), len(listed))
