"""Sides of a comparison（算式的两边）: which figure one is, or what its sum comes to.

A side that is one printed figure is shown as printed; a sum is shown in the unit that its
operands make: an amount by an amount is a ratio, a price by a count is an amount.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from validator.engine import show
from validator.engine.expr_tree import Binary, Call, Name, Negative, Number
from validator.quantity import (
    PERCENT,
    PLAIN,
    YUAN,
    Dimension,
    Quantity,
    divide,
    plain,
    rounded,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from validator.claims import Term
    from validator.engine.expr_tree import Value

_PERCENT = Quantity(Decimal(0), PERCENT, Decimal("0.01"))
_YUAN = Quantity(Decimal(0), YUAN, Decimal(1))
_NUMBER = Quantity(Decimal(0), PLAIN, Decimal(1))
_TINY_RATIO = Decimal("0.1")
_TINY = 10
"""So few steps of the last place tell nothing: 60元 is 0.01万元."""


def figure_of(node: Value | None, binding: Mapping[str, Sequence[Term]]) -> Term | None:
    """The one printed figure that a side is, if it is no more than that."""
    match node:
        case Name(name) if len(binding.get(name, ())) == 1:
            return binding[name][0]
        case Call("sum" | "min" | "max", (only,)):
            return figure_of(only, binding)
        case Call("abs", (only,)):
            term = figure_of(only, binding)
            plain = term is not None and term.sign >= 0 and term.figure.quantity.number >= 0
            return term if plain else None
        case _:
            return None


def dimension_of(node: Value, binding: Mapping[str, Sequence[Term]]) -> Dimension | None:
    """What a side measures; None for numbers, directions and flags, which go with all."""
    match node:
        case Name(name):
            terms = binding.get(name)
            return terms[0].figure.quantity.unit.dimension if terms else None
        case Negative(value):
            return dimension_of(value, binding)
        case Binary(sign, left, right):
            return _joined(sign, dimension_of(left, binding), dimension_of(right, binding))
        case Call("count" | "sign" | "fraction"):
            return None
        case Call(_, arguments):
            return next(filter(None, (dimension_of(a, binding) for a in arguments)), None)
        case Number():
            return None


def _joined(sign: str, left: Dimension | None, right: Dimension | None) -> Dimension | None:
    if left is None or right is None:
        return left or right
    if sign in "+-":
        return left
    if sign == "/" and left is right:
        return Dimension.RATIO
    if Dimension.RATIO in (left, right):
        return left if right is Dimension.RATIO else right
    if sign == "/":
        return Dimension.COUNT if right is Dimension.PRICE else Dimension.PRICE
    return Dimension.MONEY


class Writer:
    """Writes what sums come to like the figures that they are made of."""

    def __init__(self, quantities: Iterable[Quantity], stated: Quantity | None) -> None:
        """Choose figures to write like.

        Args:
            quantities: Every figure of the assertion.
            stated: The one that stands alone on a side, if one does.
        """
        self._all = list(quantities)
        self._stated = stated

    def like(self, dimension: Dimension | None) -> Quantity:
        """The figure whose unit and places a value of a dimension is written with."""
        if self._stated is not None and dimension in (None, self._stated.unit.dimension):
            return self._stated
        alike = [q for q in self._all if q.unit.dimension is dimension]
        if dimension is Dimension.RATIO:
            return show.finest(alike) or _PERCENT
        if dimension is None:
            alike = self._all
        return show.finest(alike) or (_YUAN if dimension is Dimension.MONEY else _NUMBER)

    def value(self, value: Decimal, dimension: Dimension | None) -> str:
        """A computed value with its unit."""
        like = self.like(dimension)
        small = abs(value) < like.quantum * like.unit.factor * _TINY
        if small and value and dimension is Dimension.MONEY and not show.one_unit(self._all):
            like = _YUAN
        if dimension is Dimension.RATIO:
            text = self._ratio(abs(value), like)
        else:
            text = show.value_like(abs(value), like)
        return f"−{text}" if value < 0 else text

    def number_of(self, value: Decimal, dimension: Dimension | None) -> Decimal:
        """A value as a number in the unit that its dimension is written with.

        A sum has all places of the finest figure of its measure, so nothing is lost; a quotient
        has those of the stated figure, a percentage at least two, what is tiny two digits.
        """
        like = self.like(dimension)
        number = divide(value, like.unit.factor)
        alike = [q for q in self._all if q.unit.dimension is dimension]
        finest = show.finest(alike) or like
        places = divide(finest.quantum * finest.unit.factor, like.unit.factor).normalize()
        if dimension is Dimension.RATIO:
            places = min(places, _PERCENT.quantum)
        if number and abs(number) < places * _TINY:
            places = min(places, Decimal(1).scaleb(number.adjusted() - 1))
        if number == rounded(number, like.quantum):
            return rounded(number, like.quantum)
        return rounded(number, min(places, like.quantum))

    @staticmethod
    def _ratio(value: Decimal, like: Quantity) -> str:
        """A ratio with two places; with fewer where it is exact, with more where it is tiny."""
        number = divide(value, like.unit.factor)
        if number == rounded(number, like.quantum):
            return f"{plain(rounded(number, like.quantum))}{like.unit}"
        if number < _TINY_RATIO:
            digits = Decimal(1).scaleb(number.adjusted() - 1)
            return f"{plain(rounded(number, min(digits, like.quantum)).normalize())}{like.unit}"
        return show.value_like(value, like)

    def number(self, value: Decimal, *, whole: bool) -> str:
        """How many times; with as many places as it takes to see that it is not whole."""
        for places in range(2, 9):
            text = show.value_like(value, Quantity(value, PLAIN, Decimal(1).scaleb(-places)))
            if whole or text.rstrip("0")[-1] != ".":
                break
        return text.rstrip("0").rstrip(".")
