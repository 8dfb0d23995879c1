"""Sums written out（算式）: how a comparison is shown to a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.claims import LIST_SLOTS, Term
from validator.engine import show
from validator.engine.expr import compute, render, value_of
from validator.engine.expr_tree import Call, Number
from validator.quantity import Interval, plain

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from validator.engine.expr import Expression
    from validator.engine.expr_tree import Value
    from validator.quantity import Quantity

Binding = dict[str, tuple[Term, ...]]


def signed(interval: Interval, sign: int) -> Interval:
    """An operand with the sign it enters a sum with."""
    return interval if sign >= 0 else -interval


def printed(
    binding: Binding, words: Mapping[str, Interval]
) -> dict[str, Interval | tuple[Interval, ...]]:
    """Printed values as exact intervals, to compute what is shown."""
    env: dict[str, Interval | tuple[Interval, ...]] = dict(words)
    for name, terms in binding.items():
        values = tuple(signed(Interval.exact(t.figure.quantity.base), t.sign) for t in terms)
        env[name] = values if name in LIST_SLOTS or len(values) != 1 else values[0]
    return env


def stated(assertion: Expression, binding: Binding) -> Quantity | None:
    """The figure that stands alone on one side of the assertion."""
    for side in (assertion.right_name, assertion.left_name):
        if side in binding and len(binding[side]) == 1:
            return binding[side][0].figure.quantity
    return None


def explain(
    assertion: Expression, binding: Binding, words: Mapping[str, Interval]
) -> tuple[str, dict[str, str]]:
    """The sum written out, and left, right and gap as a person writes them."""
    if not set(assertion.names) & set(binding):
        return "", {}
    computed = compute(assertion, printed(binding, words))
    quantities = [t.figure.quantity for terms in binding.values() for t in terms]
    with_unit = not show.one_unit(quantities)
    shown: dict[str, str | tuple[str, ...]] = {}
    for name, terms in binding.items():
        texts = tuple(
            ("−" if t.sign < 0 else "") + show.number_of(t.figure.quantity, with_unit=with_unit)
            for t in terms
        )
        shown[name] = texts if name in LIST_SLOTS else texts[0]
    for name, interval in words.items():
        shown.setdefault(name, format(interval.low.normalize(), "f"))
    if computed is None or computed.left is None or computed.right is None:
        return "", {}
    like = stated(assertion, binding) or show.finest(quantities)
    if like is None:
        return "", {}
    signs = [
        side
        for side in (assertion.left, assertion.right)
        if isinstance(side, Call) and side.function == "sign"
    ]
    if signs:
        return _difference(signs[0], shown, printed(binding, words), like), {}
    sides = [
        _side(side, value, name, binding, like)
        for side, value, name in (
            (assertion.left, computed.left, assertion.left_name),
            (assertion.right, computed.right, assertion.right_name),
        )
    ]
    values = {
        "left": sides[0],
        "right": sides[1],
        "gap": show.value_like(abs(computed.left - computed.right), like),
    }
    if assertion.right_name in binding and not assertion.left_name:
        values["should"] = f"{plain(show.exact_like(computed.left, like))}{like.unit}"
    return _sentence(assertion, shown, sides[0], sides[1]), values


def _side(
    node: Value | None, value: Decimal, name: str, binding: Binding, like: Quantity
) -> str:
    """One side as a person writes it: a figure as printed, a sum in the figure's unit."""
    if name in binding and len(binding[name]) == 1:
        return str(binding[name][0].figure.quantity)
    if isinstance(node, Number):
        return node.text
    return show.value_like(value, like)


def _difference(
    node: Value, shown: Mapping[str, str | tuple[str, ...]],
    env: Mapping[str, Interval | tuple[Interval, ...]], like: Quantity,
) -> str:  # fmt: skip
    """What a sign is taken of, written out: 45.00 − 50.00 = −5.00万元."""
    inner = node.arguments[0] if isinstance(node, Call) else node
    result = value_of(inner, env)
    if not isinstance(result, Interval):
        return ""
    return f"{render(inner, shown)} = {show.value_like(result.middle, like)}"


def _sentence(
    assertion: Expression, shown: Mapping[str, str | tuple[str, ...]], left: str, right: str
) -> str:
    sides = (assertion.left, assertion.right)
    if sides[0] is None or sides[1] is None:
        return ""
    lhs, rhs = render(sides[0], shown), render(sides[1], shown)
    if isinstance(sides[1], Number):
        return f"{lhs} = {left}" if not assertion.left_name else left
    if assertion.right_name and not assertion.left_name:
        return f"{lhs} = {left}，文中 {right}"
    if assertion.left_name and not assertion.right_name:
        return f"{rhs} = {right}，文中 {left}"
    if assertion.left_name and assertion.right_name:
        return f"{left} 与 {right}"
    return f"{lhs} = {left}，{rhs} = {right}"


def confirm(assertion: Expression, binding: Binding, words: Mapping[str, Interval]) -> str:
    """The sum of an equation that holds: ``5.71 ÷ (23.04 + 5.71) = 19.86% ≈ 20%``.

    "" for what is no sum: of two prints of one fact there is nothing to compute.
    """
    if assertion.operator != "=" or (assertion.left_name and assertion.right_name):
        return ""
    text, _ = explain(assertion, binding, words)
    told, between, right = text.partition("，文中 ")
    if not between or told.endswith(f"= {right}"):
        return told
    return f"{told} ≈ {right}"
