"""What one figure would have to be（求解）: values that an equation allows it, no more.

With all other figures as printed, the gap between the two sides closes at one value; with
their true values anywhere in their intervals, at a window around it. Sums are linear in every
figure, so one step finds the place; shares and rates are smooth, and a few secant steps do.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from validator.claims import LIST_SLOTS
from validator.engine.explain import signed
from validator.engine.expr import value_of
from validator.quantity import ZERO, Interval, divide

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from validator.engine.explain import Binding
    from validator.engine.expr import Expression
    from validator.facts import Figure

_STEPS = 5
_CLOSE = 1000
"""A root is found when the next step is this much smaller than the figure's own."""
_Env = dict[str, Interval | tuple[Interval, ...]]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an equation wants a figure to be（应有的数）, in base units.

    Attributes:
        point: The value that goes with the other figures as printed.
        window: Every value that goes with true values of theirs.
        stated: Whether the figure stands alone on a side: the result of the rest.
    """

    point: Decimal
    window: Interval
    stated: bool = False


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
        self._true = {**values, **_environment(self._binding, printed=False)}
        self._printed = {**values, **_environment(self._binding, printed=True)}

    def solved(self, figure: Figure) -> Wanted | None:
        """What the other figures want a figure to be.

        None when the assertion is no equation, or the figure makes no difference in it.
        """
        if self._assertion.operator != "=":
            return None
        quantity = figure.quantity
        step = quantity.quantum * quantity.unit.factor
        at, gap = quantity.base, self._gap(self._printed, figure, quantity.base)
        other, slope = at + step, ZERO
        for _ in range(_STEPS):
            beside = self._gap(self._printed, figure, other)
            if gap is None or beside is None:
                return None
            slope = divide(beside.middle - gap.middle, other - at)
            if not slope:
                return None
            at, gap = other, beside
            other = at - divide(gap.middle, slope)
            if abs(other - at) * _CLOSE < step:
                break
        spread = self._gap(self._true, figure, other)
        if spread is None:
            return None
        ends = sorted(other - divide(end, slope) for end in (spread.low, spread.high))
        stated = any(
            len(self._binding.get(name, ())) == 1
            and self._binding[name][0].figure.id == figure.id
            for name in (self._assertion.left_name, self._assertion.right_name)
        )
        return Wanted(other, Interval(ends[0], ends[1]), stated)

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
        left, right = self._assertion.left, self._assertion.right
        if left is None or right is None:
            return None
        one, two = value_of(left, env), value_of(right, env)
        if isinstance(one, Interval) and isinstance(two, Interval):
            return one - two
        return None


def _environment(binding: Binding, *, printed: bool) -> _Env:
    env: _Env = {}
    for name, terms in binding.items():
        parts = tuple(
            signed(
                Interval.exact(t.figure.quantity.base) if printed else t.figure.interval, t.sign
            )
            for t in terms
        )
        env[name] = _packed(name, parts)
    return env


def _packed(name: str, parts: tuple[Interval, ...]) -> Interval | tuple[Interval, ...]:
    return parts if name in LIST_SLOTS or len(parts) != 1 else parts[0]
