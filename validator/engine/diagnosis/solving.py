"""What one figure would have to be（求解）: values that an equation allows it, no more.

With all other figures as printed, the gap between the two sides closes at one value; with
their true values anywhere in their intervals, at a window around it. Sums are linear in every
figure, so one step finds the place; shares and rates are smooth, and a few secant steps do.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

from validator.claims import LIST_SLOTS
from validator.engine.explain import printed, signed
from validator.engine.expr import value_of
from validator.engine.expr_tree import Binary, Call, Name, walk
from validator.engine.judging import environment
from validator.quantity import ZERO, Interval, divide

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from validator.engine.explain import Binding
    from validator.engine.expr import Expression
    from validator.engine.expr_tree import Value
    from validator.facts import Figure

_COMPARED = frozenset({"=", "<=", "<", ">=", ">"})
_STEPS = 7
_NEAREST = 2
_FAR = Decimal("1E30")
_DECADES = tuple(Decimal(1).scaleb(power) for power in range(-5, 6) if power)
_CLOSE = 1000
"""A root is found when the next step is this much smaller than the figure's own."""
_Env = dict[str, Interval | tuple[Interval, ...]]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an equation wants a figure to be（应有的数）, in base units.

    Attributes:
        point: The value that goes with the other figures as printed.
        window: Every value that goes with true values of theirs.
        edge: The values at which both sides may be equal: the window itself of an equation,
            its end of a limit.
        stated: Whether the figure stands alone on a side: the result of the rest.
    """

    point: Decimal
    window: Interval
    edge: Interval
    stated: bool = False

    @property
    def equal(self) -> bool:
        """Whether both sides must be equal."""
        return self.window == self.edge


class Equation:
    """An assertion ``a = b`` over figures, to be solved for one of them.

    Args:
        assertion: The assertion.
        binding: Its figures by name.
        values: Values that come from words and parameters.
    """

    def __init__(
        self, assertion: Expression, binding: Binding, values: Mapping[str, Interval]
    ) -> None:
        self._assertion = assertion
        self._binding = {n: terms for n, terms in binding.items() if n in assertion.names}
        self._folded = any(
            isinstance(node, Call) and node.function == "abs" for node in walk(assertion.root)
        )
        self._bent = _bent(assertion)
        self._true = {**values, **environment(self._binding)}
        self._printed = printed(self._binding, values)

    def solved(self, figure: Figure) -> list[Wanted]:
        """What the other figures want a figure to be; two answers where a side is an ``abs``.

        None at all when the assertion compares nothing, or the figure makes no difference in
        it. Of ``a <= b`` the place where both are equal is told.
        """
        if self._assertion.operator not in _COMPARED:
            return []
        quantity = figure.quantity
        step = quantity.quantum * quantity.unit.factor
        found: list[tuple[Decimal, Decimal]] = []
        for start in self._starts(figure):
            root = self._secant(figure, start, step)
            if root is not None and all(abs(root[0] - one) > step for one, _ in found):
                found.append(root)
            if found and not self._folded:
                break
        wanted = (self._around(figure, *root) for root in found)
        return [one for one in wanted if one is not None]

    def _starts(self, figure: Figure) -> Iterator[Decimal]:
        """Where to look: at the figure, then at other decades, where rates bend too much."""
        base = figure.quantity.base
        yield base
        if self._folded:
            yield -base
        if base:
            values = [base * decade for decade in _DECADES]
            gaps = [(self._between(figure, value), value) for value in values]
            near = sorted((abs(gap), value) for gap, value in gaps if gap is not None)
            yield from (value for _, value in near[:_NEAREST])

    def _around(self, figure: Figure, point: Decimal, slope: Decimal) -> Wanted | None:
        spread = self._gap(self._true, figure, point)
        if spread is None:
            return None
        ends = sorted(point - divide(end, slope) for end in (spread.low, spread.high))
        sides = (self._assertion.left_name, self._assertion.right_name)
        stated = any(
            [t.figure.id for t in self._binding.get(name, ())] == [figure.id] for name in sides
        )
        edge = Interval(ends[0], ends[1])
        return Wanted(point, self._side(edge, slope), edge, stated)

    def _side(self, edge: Interval, slope: Decimal) -> Interval:
        """All values that satisfy the comparison, where it is no equation."""
        if self._assertion.operator == "=":
            return edge
        below = self._assertion.operator.startswith("<") == (slope > ZERO)
        return Interval(-_FAR, edge.high) if below else Interval(edge.low, _FAR)

    def _secant(
        self, figure: Figure, start: Decimal, step: Decimal
    ) -> tuple[Decimal, Decimal] | None:
        """The value that closes the gap, and how fast the gap opens beside it."""
        as_is = start == figure.quantity.base
        gap = self._as_printed if as_is else self._between(figure, start)
        at, other = start, start + step
        straight = not any(
            t.figure.id == figure.id
            for name in self._bent & self._binding.keys()
            for t in self._binding[name]
        )
        for _ in range(_STEPS):
            beside = self._between(figure, other)
            if gap is None or beside is None or other == at:
                return None
            slope = divide(beside - gap, other - at)
            if not slope:
                return None
            at, gap = other, beside
            other = at - divide(gap, slope)
            if straight or abs(other - at) * _CLOSE < step:
                return other, slope
        return None

    def _between(self, figure: Figure, value: Decimal) -> Decimal | None:
        gap = self._gap(self._printed, figure, value)
        return None if gap is None else gap.middle

    @cached_property
    def _as_printed(self) -> Decimal | None:
        """The gap of the figures as they stand, the same whichever is solved for."""
        gap = self._closed(self._printed)
        return None if gap is None else gap.middle

    def _closed(self, env: _Env) -> Interval | None:
        """Left side less right side."""
        left, right = self._assertion.left, self._assertion.right
        if left is None or right is None:
            return None
        one, two = value_of(left, env), value_of(right, env)
        if isinstance(one, Interval) and isinstance(two, Interval):
            return one - two
        return None

    def _gap(self, known: _Env, figure: Figure, value: Decimal) -> Interval | None:
        """Left side less right side, the figure at one value."""
        env = dict(known)
        exact = Interval.exact(value)
        for name, terms in self._binding.items():
            if any(t.figure.id == figure.id for t in terms):
                old = env[name]
                parts = old if isinstance(old, tuple) else (old,)
                env[name] = _packed(
                    name,
                    tuple(
                        signed(exact, t.sign) if t.figure.id == figure.id else part
                        for t, part in zip(terms, parts, strict=True)
                    ),
                )
        return self._closed(env)


def _bent(assertion: Expression) -> frozenset[str]:
    """Names in which an assertion is no straight line: divisors, factors, ``abs``."""
    nodes: list[Value] = []
    for node in walk(assertion.root):
        if isinstance(node, Binary) and node.sign in "*/":
            nodes += [node.right] if node.sign == "/" else [node.left, node.right]
        elif isinstance(node, Call) and node.function != "sum":
            nodes += node.arguments
    return frozenset(
        below.name for node in nodes for below in walk(node) if isinstance(below, Name)
    )


def _packed(name: str, parts: tuple[Interval, ...]) -> Interval | tuple[Interval, ...]:
    return parts if name in LIST_SLOTS or len(parts) != 1 else parts[0]
