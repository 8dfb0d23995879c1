"""Numbers for people（数字的写法）: in the unit and to the place of a printed figure."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from validator.quantity import HUNDRED, ONE, Dimension, Quantity, divide, plain, rounded

if TYPE_CHECKING:
    from collections.abc import Iterable

    from validator.quantity import Unit

_RATIO_PLACES = Decimal("0.01")


def value_like(value: Decimal, like: Quantity) -> str:
    """A base value written like a printed figure: same unit, at least its places.

    >>> from validator.quantity import PERCENT
    >>> value_like(Decimal("0.198608"), Quantity(Decimal(20), PERCENT, Decimal(1)))
    '19.86%'
    """
    places = like.quantum
    if like.unit.dimension is Dimension.RATIO:
        places = min(places, _RATIO_PLACES)
    return f"{plain(rounded(divide(value, like.unit.factor), places))}{like.unit}"


def exact_like(value: Decimal, like: Quantity) -> Decimal:
    """A base value in a printed figure's unit, rounded to that figure's last place."""
    return rounded(divide(value, like.unit.factor), like.quantum)


def ratio(value: Decimal) -> str:
    """A ratio as a percentage with two places."""
    return f"{plain(rounded(value * HUNDRED, _RATIO_PLACES))}%"


def finest(quantities: Iterable[Quantity]) -> Quantity | None:
    """The figure printed to the smallest step: sums are shown to its place."""
    return min(quantities, key=lambda q: q.quantum * q.unit.factor, default=None)


def number_of(quantity: Quantity, *, with_unit: bool) -> str:
    """The printed number, without separators, with its unit where units differ."""
    unit = str(quantity.unit) if with_unit or quantity.unit.dimension is Dimension.RATIO else ""
    return f"{plain(quantity.number)}{unit}"


def one_unit(quantities: Iterable[Quantity]) -> bool:
    """Whether all amounts and counts stand in the same unit."""
    units: set[Unit] = {q.unit for q in quantities if q.unit.dimension is not Dimension.RATIO}
    return len(units) <= 1


def is_money(quantity: Quantity) -> bool:
    """Whether the figure is an amount of money."""
    return quantity.unit.dimension is Dimension.MONEY and quantity.unit.factor >= ONE
