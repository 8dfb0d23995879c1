"""Sums written out（算式）: how a comparison is shown to a person."""

from __future__ import annotations

import operator
from typing import TYPE_CHECKING, NamedTuple

from validator.claims import LIST_SLOTS, Term
from validator.engine import show
from validator.engine.expr import render, value_of
from validator.engine.expr_tree import Call, Comparison, Name, Number, walk
from validator.engine.sides import Writer, dimension_of, figure_of
from validator.quantity import ONE, ZERO, Dimension, Interval, plain, rounded
from validator.sides import Sides

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from validator.engine.expr import Env, Expression
    from validator.engine.expr_tree import Truth, Value
    from validator.quantity import Quantity

Binding = dict[str, tuple[Term, ...]]
_Shown = dict[str, str | tuple[str, ...]]
_BOUNDS = {
    "<=": ("≤", operator.le),
    ">=": ("≥", operator.ge),
    "<": ("<", operator.lt),
    ">": (">", operator.gt),
}
"""What one side must be to the other, as it is written and as it is tested."""
_TURNED = str.maketrans("<>", "><")


def signed(interval: Interval, sign: int) -> Interval:
    """An operand with the sign it enters a sum with."""
    return interval if sign >= 0 else -interval


def printed(
    binding: Binding, words: Mapping[str, Interval]
) -> dict[str, Interval | tuple[Interval, ...]]:
    """Printed values as exact intervals, to compute what is shown."""
    return _environment(binding, words, exact=True)


def _environment(
    binding: Binding, words: Mapping[str, Interval], *, exact: bool
) -> dict[str, Interval | tuple[Interval, ...]]:
    env: dict[str, Interval | tuple[Interval, ...]] = dict(words)
    for name, terms in binding.items():
        figures = [t.figure for t in terms]
        ranges = [Interval.exact(f.quantity.base) if exact else f.interval for f in figures]
        values = tuple(signed(r, t.sign) for r, t in zip(ranges, terms, strict=True))
        env[name] = values if name in LIST_SLOTS or len(values) != 1 else values[0]
    return env


def stated(assertion: Expression, binding: Binding) -> Quantity | None:
    """The figure that stands alone on one side of the assertion."""
    for side in (assertion.right_name, assertion.left_name):
        if side in binding and len(binding[side]) == 1:
            return binding[side][0].figure.quantity
    return None


class Explained(NamedTuple):
    """A comparison as a person writes it（算式）.

    Attributes:
        text: The sum written out, or "".
        values: What a message may name: left, right, gap, what should stand there.
        sides: Both sides as numbers, where they measure the same.
    """

    text: str
    values: dict[str, str]
    sides: Sides | None = None


def explain(
    assertion: Expression, binding: Binding, words: Mapping[str, Interval]
) -> Explained:
    """The sum written out, and what its sides come to."""
    root = _comparison(assertion.root, binding)
    if root is None:
        return Explained("", {})
    named = {n.name: binding[n.name] for n in _names(root) if n.name in binding}
    paper = _Paper(root, named, words, whole=root is assertion.root)
    for side in (root.left, root.right):
        if isinstance(side, Call) and side.function == "sign":
            return Explained(paper.inside(side), {})
        if isinstance(side, Call) and side.function == "fraction":
            return Explained(*paper.wholeness(side))
    left, right = paper.side(root.left), paper.side(root.right)
    if left is None or right is None:
        return Explained("", {})
    like = paper.writer.like(dimension_of(root.left, named))
    gap = show.value_like(abs(left.number - right.number), like)
    values = {"left": left.value, "right": right.value, "gap": gap}
    if isinstance(root.right, Name) and right.figure and not isinstance(root.left, Name):
        like = right.figure.figure.quantity
        values["should"] = f"{plain(show.exact_like(left.number, like))}{like.unit}"
    return Explained(paper.sentence(left, right), values, paper.sides(left, right))


def confirm(assertion: Expression, binding: Binding, words: Mapping[str, Interval]) -> str:
    """The sum of an equation that holds: ``5.71 ÷ (23.04 + 5.71) = 19.86% ≈ 20%``.

    "" for what is no sum: of two prints of one fact there is nothing to compute.
    """
    alone = all(figure_of(side, binding) for side in (assertion.left, assertion.right))
    if assertion.operator != "=" or alone:
        return ""
    text = explain(assertion, binding, words).text
    told, between, right = text.partition("，文中 ")
    left, _, result = told.rpartition(" = ")
    if left == result:
        return ""
    if not between or told.endswith(f"= {right}"):
        return told
    return f"{told} ≈ {right}"


def _comparison(root: Truth, binding: Binding) -> Comparison | None:
    """The assertion, or the one part of it that compares figures with figures."""
    if isinstance(root, Comparison):
        return root if any(n.name in binding for n in _names(root)) else None
    if root.word != "and":
        return None
    found = [
        part
        for part in root.parts
        if isinstance(part, Comparison)
        and all(any(n.name in binding for n in _names(s)) for s in (part.left, part.right))
    ]
    return found[0] if len(found) == 1 else None


def _names(root: Truth | Value) -> list[Name]:
    return [node for node in walk(root) if isinstance(node, Name)]


class _Side(NamedTuple):
    """One side: its sum, what that comes to, and the figure if it is no more than one."""

    node: Value
    sum: str
    number: Decimal
    value: str
    figure: Term | None


class _Paper:
    """One comparison, on which its sides are written out."""

    def __init__(
        self, root: Comparison, binding: Binding, words: Mapping[str, Interval], *, whole: bool
    ) -> None:
        # Of a part of an assertion, the other parts may ask for the same print.
        self._root = root
        self._whole = whole
        self._binding = binding
        self._exact = _environment(binding, words, exact=True)
        self._ranges: Env = _environment(binding, words, exact=False)
        quantities = [t.figure.quantity for terms in binding.values() for t in terms]
        alone = [figure_of(side, binding) for side in (root.right, root.left)]
        term = next((t for t in alone if t is not None), None)
        self.writer = Writer(quantities, term.figure.quantity if term is not None else None)
        self._shown = _shown(binding, words, with_unit=not show.one_unit(quantities))

    def side(self, node: Value) -> _Side | None:
        """A side written out; None where it cannot be computed."""
        result = value_of(node, self._exact)
        if not isinstance(result, Interval):
            return None
        figure = figure_of(node, self._binding)
        if figure is not None:
            value = _signed_text(figure, with_unit=True)
        elif isinstance(node, Number):
            value = node.text
        else:
            value = self.writer.value(result.middle, dimension_of(node, self._binding))
        return _Side(node, render(node, self._shown), result.middle, value, figure)

    def inside(self, call: Call) -> str:
        """What a sign is taken of, written out: 45.00 − 50.00 = −5.00万元."""
        side = self.side(call.arguments[0])
        return "" if side is None else f"{side.sum} = {side.value}"

    def wholeness(self, call: Call) -> tuple[str, dict[str, str]]:
        """What must be whole, written out: 50.35万元 ÷ 1200元 = 419.58，不是整数."""
        side, range_ = self.side(call.arguments[0]), value_of(call, self._ranges)
        if side is None or not isinstance(range_, Interval):
            return "", {}
        whole = range_.low == ZERO
        value = self.writer.number(side.number, whole=whole)
        end = f" ≈ {plain(rounded(side.number, ONE))}" if "." in value else ""
        end = end if whole else "，不是整数"
        return f"{side.sum} = {value}{end}", {"left": value}

    def sentence(self, left: _Side, right: _Side) -> str:
        """Both sides: one sum beside what is printed, or two figures and how they relate."""
        alone = [self._stands_alone(side) for side in (left, right)]
        if isinstance(right.node, Number) and not alone[0]:
            return f"{left.sum} = {left.value}"
        if all(alone):
            return (
                f"{self._without_unit(left, right)} {self._relation(left, right)} {right.value}"
            )
        if self._root.sign in _BOUNDS and any(alone):
            return self._bounded(left, right)
        if alone[1]:
            return f"{left.sum} = {left.value}，文中 {right.value}"
        if alone[0]:
            return f"{right.sum} = {right.value}，文中 {left.value}"
        return f"{left.sum} = {left.value}，{right.sum} = {right.value}"

    def _bounded(self, left: _Side, right: _Side) -> str:
        """A sum and what it must not exceed or fall short of: 50 + 30 = 80万元 ≤ 90万元."""
        bound = self._root.sign
        if self._stands_alone(left):
            left, right, bound = right, left, bound.translate(_TURNED)
        sign, holds = _BOUNDS[bound]
        sign = sign if holds(left.number, right.number) else self._relation(left, right)
        return f"{left.sum} = {left.value} {sign} {right.value}"

    def sides(self, left: _Side, right: _Side) -> Sides | None:
        """Both sides as numbers in one unit; None where they measure different things."""
        measures = [dimension_of(side.node, self._binding) for side in (left, right)]
        fixed = [isinstance(side.node, Number) for side in (left, right)]
        known = {one for one, free in zip(measures, fixed, strict=True) if not free}
        if len(known) != 1 or None in known:
            return None
        (measure,) = known
        one, other = (self.writer.number_of(side.number, measure) for side in (left, right))
        unit = self.writer.like(measure).unit.symbol
        return Sides(one, other, unit, left.figure is not None, right.figure is not None)

    @staticmethod
    def _stands_alone(side: _Side) -> bool:
        return side.figure is not None or isinstance(side.node, Name | Number)

    @staticmethod
    def _without_unit(left: _Side, right: _Side) -> str:
        """The left figure, its unit left out where the right one says it."""
        if left.figure is None or right.figure is None:
            return left.value
        units = [side.figure.figure.quantity.unit for side in (left, right) if side.figure]
        same = units[0] == units[1] and units[0].dimension is not Dimension.RATIO
        return _signed_text(left.figure, with_unit=not same)

    def _relation(self, left: _Side, right: _Side) -> str:
        """How two printed figures relate; ≈ where they may be one value printed twice."""
        if left.number == right.number:
            return "="
        one, other = (value_of(side.node, self._ranges) for side in (left, right))
        touch = isinstance(one, Interval) and isinstance(other, Interval) and one.touches(other)
        if self._root.sign not in ("=", "!="):
            if touch and self._whole and not (left.figure and right.figure):
                return "≈"
            return "<" if left.number < right.number else ">"
        return "≈" if touch and self._whole else "≠"


def _shown(binding: Binding, words: Mapping[str, Interval], *, with_unit: bool) -> _Shown:
    """What to print for each name."""
    shown: _Shown = {name: format(i.low.normalize(), "f") for name, i in words.items()}
    for name, terms in binding.items():
        texts = tuple(_signed_text(term, with_unit=with_unit) for term in terms)
        shown[name] = texts if name in LIST_SLOTS else texts[0]
    return shown


def _signed_text(term: Term, *, with_unit: bool) -> str:
    number = show.number_of(term.figure.quantity, with_unit=with_unit)
    return f"−{number}" if term.sign < 0 else number
