"""Assertions over intervals（断言的判定）: what may be true, and what must be.

Names stand for intervals, the true values that a printed figure allows. So a comparison has
two questions. *Possible*: do some true values satisfy it? An assertion is violated only when
that is False. *Certain*: do all of them? A guard lets an assertion be judged only when that
is True. Both answer None when an operand is missing or a divisor may be zero; ``and``, ``or``
and ``not`` follow Kleene's three-valued logic (False and unknown is False).

``fraction(x)`` is how far x is from the nearest whole number: ``fraction(total / price) = 0``
is possible where the range of the quotient holds a whole number.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import assert_never

from validator.engine.expr_parse import ExprError, parse
from validator.engine.expr_show import render
from validator.engine.expr_tree import (
    Binary,
    Call,
    Comparison,
    Expression,
    Logic,
    Name,
    Negative,
    Number,
    Truth,
    Value,
)
from validator.quantity import ONE, ZERO, Interval

__all__ = [
    "Computed",
    "Env",
    "ExprError",
    "Expression",
    "certain",
    "compute",
    "parse",
    "possible",
    "render",
    "value_of",
]

_Result = Interval | tuple[Interval, ...] | None
Env = Mapping[str, _Result]


def possible(expression: Expression, env: Env) -> bool | None:
    """Whether some true values satisfy the expression.

    ``a = b`` is False only when the intervals are disjoint, ``a < b`` only when the least a
    is not below the greatest b, ``a != b`` only when both are exact and equal.

    Args:
        expression: An assertion.
        env: Interval of each name, a tuple of them for a list; an absent name is unknown.
    """
    return _truth(expression.root, env, _POSSIBLE, _CERTAIN)


def certain(expression: Expression, env: Env) -> bool | None:
    """Whether all true values satisfy the expression.

    ``a = b`` is True only when both are exact and equal, ``a < b`` only when the greatest a
    is below the least b, ``a != b`` only when the intervals are disjoint.

    Args:
        expression: A guard.
        env: Interval of each name, a tuple of them for a list; an absent name is unknown.
    """
    return _truth(expression.root, env, _CERTAIN, _POSSIBLE)


@dataclass(frozen=True, slots=True)
class Computed:
    """Both sides of a comparison in base units; None where it cannot be computed."""

    left: Decimal | None
    right: Decimal | None
    operator: str


def compute(expression: Expression, env: Env) -> Computed | None:
    """Both sides of the comparison at the top, as one number each, to be shown.

    Args:
        expression: An assertion; ``and``, ``or``, ``not`` at the top give None.
        env: Printed values as exact intervals.
    """
    if not isinstance(expression.root, Comparison):
        return None
    sides = [value_of(expression.root.left, env), value_of(expression.root.right, env)]
    left, right = (s.middle if isinstance(s, Interval) else None for s in sides)
    return Computed(left, right, expression.root.sign)


_Test = Callable[[Interval, Interval], bool]


def _same(left: Interval, right: Interval) -> bool:
    """Both exact and equal."""
    return left.low == left.high == right.low == right.high


_POSSIBLE: Mapping[str, _Test] = {
    "=": Interval.touches,
    "!=": lambda a, b: not _same(a, b),
    "<": lambda a, b: a.low < b.high,
    "<=": lambda a, b: a.low <= b.high,
    ">": lambda a, b: a.high > b.low,
    ">=": lambda a, b: a.high >= b.low,
}
_CERTAIN: Mapping[str, _Test] = {
    "=": _same,
    "!=": lambda a, b: not a.touches(b),
    "<": lambda a, b: a.high < b.low,
    "<=": lambda a, b: a.high <= b.low,
    ">": lambda a, b: a.low > b.high,
    ">=": lambda a, b: a.low >= b.high,
}


def _truth(
    node: Truth, env: Env, tests: Mapping[str, _Test], denied: Mapping[str, _Test]
) -> bool | None:
    """Truth of a node; what is possible for ``not x`` is what is not certain for x."""
    match node:
        case Comparison(sign, left, right):
            one, other = value_of(left, env), value_of(right, env)
            if isinstance(one, Interval) and isinstance(other, Interval):
                return tests[sign](one, other)
            return None
        case Logic("not", (part,)):
            truth = _truth(part, env, denied, tests)
            return None if truth is None else not truth
        case Logic(word, parts):
            settles = word == "or"
            truths = [_truth(part, env, tests, denied) for part in parts]
            if settles in truths:
                return settles
            return None if None in truths else not settles
        case _:
            assert_never(node)


def value_of(node: Value, env: Env) -> Interval | tuple[Interval, ...] | None:
    """Range of a side or a part of it; None where an operand is missing or a divisor zero."""
    match node:
        case Name(name):
            return env.get(name)
        case Binary(sign, left, right):
            return _each(_JOIN[sign], value_of(left, env), value_of(right, env))
        case Number(number):
            return Interval.exact(number)
        case Negative(value):
            return _each(lambda a, _: -a, value_of(value, env), _NOTHING)
        case Call(function, arguments):
            return _call(function, [value_of(a, env) for a in arguments])
        case _:
            assert_never(node)


_NOTHING = Interval.exact(ZERO)
_JOIN: Mapping[str, Callable[[Interval, Interval], Interval | None]] = {
    "+": Interval.__add__,
    "-": Interval.__sub__,
    "*": Interval.__mul__,
    "/": Interval.divided_by,
}


def _each(
    join: Callable[[Interval, Interval], Interval | None], left: _Result, right: _Result
) -> _Result:
    """Join two values; a list is joined item by item, a single value with every item."""
    if isinstance(left, Interval) and isinstance(right, Interval):
        return join(left, right)
    if left is None or right is None:
        return None
    size = max(len(side) for side in (left, right) if isinstance(side, tuple))
    lists = [side if isinstance(side, tuple) else (side,) * size for side in (left, right)]
    if len(lists[0]) != len(lists[1]):
        return None
    joined = [join(a, b) for a, b in zip(*lists, strict=True)]
    known = tuple(item for item in joined if item is not None)
    return known if len(known) == len(joined) else None


def _call(function: str, arguments: list[_Result]) -> _Result:
    values: list[Interval] = []
    for argument in arguments:
        if argument is None:
            return None
        values += argument if isinstance(argument, tuple) else (argument,)
    if function == "count":
        return Interval.exact(Decimal(len(values)))
    if function == "sum":
        return sum(values, _NOTHING)
    if not values:
        return None
    if function == "min":
        return Interval(min(v.low for v in values), min(v.high for v in values))
    if function == "max":
        return Interval(max(v.low for v in values), max(v.high for v in values))
    if len(values) > 1:
        return None
    return _OF_ONE[function](values[0])


def _sign(value: Interval) -> Interval:
    """-1, 0 or 1 where it is certain, else the range between."""
    ends = [
        ONE if end > ZERO else -ONE if end < ZERO else ZERO for end in (value.low, value.high)
    ]
    return Interval(ends[0], ends[1])


_OF_ONE: Mapping[str, Callable[[Interval], Interval]] = {
    "abs": abs,
    "sign": _sign,
    "fraction": lambda value: value.from_whole,
}
