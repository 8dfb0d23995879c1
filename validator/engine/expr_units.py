"""Units of assertions（断言的量纲）: money does not add to percentages.

Checked once, when a rule is loaded, so that a rule which compares unlike things never runs.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, assert_never

from validator.engine.expr_parse import ExprError
from validator.engine.expr_tree import (
    Binary,
    Call,
    Comparison,
    Expression,
    Logic,
    Name,
    Negative,
    Number,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from validator.engine.expr_tree import Truth, Value


class Measure(StrEnum):
    """What a value measures; the text is what a rule author is told."""

    QUANTITY = "金额或数目"
    """An amount of money or a count: the slots of many claims may hold either."""
    RATIO = "比率"
    PRICE = "单价"
    NUMBER = "数"
    """Directions, flags, how many items."""
    LITERAL = "写出的数"
    """A number in the rule itself; it goes with ratios and with plain numbers."""
    ZERO = "0"
    """Nothing of anything goes with everything."""


@dataclass(frozen=True, slots=True)
class Kind:
    """Measure of a value, and whether it is a list（如 parts）."""

    measure: Measure
    many: bool = False

    def __str__(self) -> str:
        return f"一列{self.measure}" if self.many else str(self.measure.value)


_SCALARS = (Measure.LITERAL, Measure.ZERO, Measure.NUMBER)


def check_units(expression: Expression, kinds: Mapping[str, Kind]) -> None:
    """Refuse an expression that compares or adds unlike things.

    Args:
        expression: Its names must all be in ``kinds``.
        kinds: What each name measures.

    Raises:
        ExprError: Two sides do not go together; says which.
    """
    _truth(expression.root, kinds)


def _truth(node: Truth, kinds: Mapping[str, Kind]) -> None:
    match node:
        case Logic(_, parts):
            for part in parts:
                _truth(part, kinds)
        case Comparison(sign, left, right, column):
            sides = [_kind(left, kinds), _kind(right, kinds)]
            for side in sides:
                if side.many:
                    what = "一列数不能直接比较；请用 sum、min、max 或 count"
                    raise ExprError(what, column)
            _alike(sides[0], sides[1], sign, column)
        case _:
            assert_never(node)


def _kind(node: Value, kinds: Mapping[str, Kind]) -> Kind:
    match node:
        case Number(value):
            return Kind(Measure.LITERAL if value else Measure.ZERO)
        case Name(name):
            return kinds[name]
        case Negative(value):
            return _kind(value, kinds)
        case Binary(sign, left, right, column):
            return _joined(sign, _kind(left, kinds), _kind(right, kinds), column)
        case Call(function, arguments, column):
            return _called(function, [_kind(a, kinds) for a in arguments], column)
        case _:
            assert_never(node)


def _joined(sign: str, left: Kind, right: Kind, column: int) -> Kind:
    many = left.many or right.many
    if sign in "+-":
        return Kind(_alike(left, right, sign, column), many)
    measure = _times(left.measure, right.measure) if sign == "*" else _over(left, right)
    if measure is None:
        word = "相乘" if sign == "*" else "相除"
        raise ExprError(f"{left}与{right}不能{word}", column)
    return Kind(measure, many)


def _times(left: Measure, right: Measure) -> Measure | None:
    if {left, right} == {Measure.PRICE, Measure.QUANTITY}:
        return Measure.QUANTITY
    for one, other in ((left, right), (right, left)):
        if one in _SCALARS:
            return other if other is not Measure.ZERO else one
        if one is Measure.RATIO:
            return other
    return None


def _over(left: Kind, right: Kind) -> Measure | None:
    if right.measure in _SCALARS:
        return left.measure
    if left.measure is right.measure or (
        left.measure in _SCALARS and right.measure is Measure.RATIO
    ):
        return Measure.RATIO
    if right.measure is Measure.RATIO:
        return left.measure
    if left.measure is Measure.QUANTITY and right.measure is Measure.PRICE:
        return Measure.QUANTITY
    return None


def _called(function: str, arguments: list[Kind], column: int) -> Kind:
    first = arguments[0]
    many = any(a.many for a in arguments)
    if function in ("abs", "sign", "fraction"):
        if many:
            raise ExprError(f"{function} 不能用于一列数", column)
        if function == "fraction" and first.measure in (Measure.RATIO, Measure.PRICE):
            raise ExprError(f"fraction 只能用于数目，如 total / price，不能用于{first}", column)
        return first if function == "abs" else Kind(Measure.NUMBER)
    if function == "count":
        if not many:
            raise ExprError("count 只能用于一列数，如 parts", column)
        return Kind(Measure.NUMBER)
    measure = first.measure
    for other in arguments[1:]:
        measure = _alike(Kind(measure), other, function, column)
    return Kind(measure)


def _alike(left: Kind, right: Kind, sign: str, column: int) -> Measure:
    """The measure that both have, loose numbers taking the other's."""
    one, other = left.measure, right.measure
    for loose, firm in ((one, other), (other, one)):
        if loose is firm or loose is Measure.ZERO:
            return firm
        if loose is Measure.LITERAL and firm in (Measure.RATIO, Measure.NUMBER):
            return firm
    hint = "；金额请与金额比，比率请与比率比" if sign not in "+-" else ""
    raise ExprError(f"{left}与{right}不能用“{sign}”连在一起{hint}", column)
