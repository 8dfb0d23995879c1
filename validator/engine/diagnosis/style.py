"""How a report prints its figures（数字的写法）: how many decimals they usually have."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal

    from validator.facts import Figure
    from validator.quantity import Quantity

_MOSTLY = 0.7
"""Part of the figures of a unit that must agree before the others are odd."""
_ENOUGH = 4


class Style:
    """The usual number of decimals for each unit of a report.

    Args:
        figures: Every figure of it.
    """

    def __init__(self, figures: Iterable[Figure]) -> None:
        found: dict[str, Counter[Decimal]] = defaultdict(Counter)
        for figure in figures:
            if not figure.ignored and figure.quantity.number:
                found[figure.quantity.unit.symbol][figure.quantity.quantum] += 1
        self._finest = {unit: min(quanta) for unit, quanta in found.items()}
        self._usual = {
            unit: quanta.most_common(1)[0][0]
            for unit, quanta in found.items()
            if quanta.most_common(1)[0][1] >= max(_ENOUGH, _MOSTLY * quanta.total())
        }

    def change(self, old: Quantity, new: Quantity) -> int:
        """-1 where a figure gets the usual number of decimals, 1 where it loses it, else 0.

        More decimals than the report ever prints are a loss, too.
        """
        if new.quantum < self._finest.get(new.unit.symbol, new.quantum):
            return 1
        return self.fits(old) - self.fits(new)

    def fits(self, quantity: Quantity) -> bool:
        """Whether a figure is printed as most of its unit are; True where there is no habit."""
        usual = self._usual.get(quantity.unit.symbol)
        return usual is None or quantity.quantum == usual
