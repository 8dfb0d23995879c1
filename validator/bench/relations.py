"""Relations between the figures of a report that its own words state（勾稽关系）."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING

from validator.bench.printed import true_values
from validator.quantity import ONE, ZERO, Interval, Quantity

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_ONE = Interval.exact(ONE)
_NEVER = Decimal("1E+30")


class RelationKind(StrEnum):
    """Which figures a relation ties together, in the order of its slots."""

    SAME = "same"
    """Two prints of one fact（同一事实）."""
    SUM = "sum"
    """A whole and its parts, added or taken off（合计）."""
    MOST = "most"
    """A part and the whole that it cannot exceed（不超过）."""
    WITHIN = "within"
    """A whole and some of its parts, which cannot exceed it（不超过总额）."""
    NIL = "nil"
    """Two figures of one thing: either both are nothing or neither is（有无一致）."""
    SHARE = "share"
    """A rate, a part and its whole: shares, completion, change by prior value（占比）."""
    PRODUCT = "product"
    """A total and its factors（乘积）."""
    AVERAGE = "average"
    """An average, a total and how many share it（平均数）."""
    AGREE = "agree"
    """Two direction words of one comparison（方向一致）."""
    SIDE = "side"
    """A direction word, a value and what it is compared with（大于、小于）."""
    MOVED = "moved"
    """A direction word, a change, the value after and before it（增减额）."""
    BRIDGE = "bridge"
    """A direction word and its change, then those of the parts it is made of（增减额合计）."""
    GROWN = "grown"
    """A rate, its direction word, the change and the value after it（由增减额得增减率）."""
    GREW = "grew"
    """A rate, its direction word, the value after and before（增减率）."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a slot states after an edit: a quantity, a direction, or nothing readable."""

    quantity: Quantity | None = None
    direction: int = 0


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation that the text states（勾稽关系）.

    Attributes:
        kind: Which.
        slots: Indices into the report's slots, in the order that the kind names; -1 for a
            direction word that is not printed because the rate carries its own sign.
        signs: +1 or -1 for each part of a sum; empty when all are added.
    """

    kind: RelationKind
    slots: tuple[int, ...]
    signs: tuple[int, ...] = ()

    def violated(self, readings: Sequence[Reading]) -> bool:
        """Whether no true values print as these figures and satisfy the relation."""
        return _JUDGES[self.kind](self, readings)

    def direction(self, at: int, readings: Sequence[Reading]) -> int:
        """Direction of the word at a place of the relation; 0 when it cannot be read."""
        return 1 if self.slots[at] < 0 else readings[self.slots[at]].direction

    def values(self, places: Sequence[int], readings: Sequence[Reading]) -> list[Interval]:
        """Intervals at some places of the relation; fewer when one cannot be read."""
        quantities = (readings[self.slots[at]].quantity for at in places)
        return [true_values(quantity) for quantity in quantities if quantity is not None]


def _same(relation: Relation, readings: Sequence[Reading]) -> bool:
    values = relation.values((0, 1), readings)
    return len(values) == 2 and not values[0].touches(values[1])


def _sum(relation: Relation, readings: Sequence[Reading]) -> bool:
    values = relation.values(range(len(relation.slots)), readings)
    if len(values) != len(relation.slots):
        return False
    whole, *parts = values
    made = Interval.exact(ZERO)
    for part, sign in zip(parts, relation.signs or (1,) * len(parts), strict=True):
        made = made + part if sign > 0 else made - part
    return not whole.touches(made)


def _most(relation: Relation, readings: Sequence[Reading]) -> bool:
    values = relation.values((0, 1), readings)
    return len(values) == 2 and values[0].low > values[1].high


def _within(relation: Relation, readings: Sequence[Reading]) -> bool:
    values = relation.values(range(len(relation.slots)), readings)
    if len(values) != len(relation.slots):
        return False
    made = Interval.exact(ZERO)
    for part in values[1:]:
        made = made + part
    return made.low > values[0].high


def _nil(relation: Relation, readings: Sequence[Reading]) -> bool:
    values = relation.values((0, 1), readings)
    if len(values) != 2:
        return False
    none = [value.holds(ZERO) for value in values]
    some = [value.high > ZERO for value in values]
    return (not none[0] and not some[1]) or (not none[1] and not some[0])


def _share(relation: Relation, readings: Sequence[Reading]) -> bool:
    values = relation.values((0, 1, 2), readings)
    return len(values) == 3 and not (values[0] * values[2]).touches(values[1])


def _product(relation: Relation, readings: Sequence[Reading]) -> bool:
    values = relation.values(range(len(relation.slots)), readings)
    if len(values) != len(relation.slots):
        return False
    made = _ONE
    for factor in values[1:]:
        made = made * factor
    return not values[0].touches(made)


def _average(relation: Relation, readings: Sequence[Reading]) -> bool:
    quantity = readings[relation.slots[0]].quantity
    values = relation.values((1, 2), readings)
    quotient = values[0].divided_by(values[1]) if len(values) == 2 else None
    if quantity is None or quotient is None:
        return False
    # An average is rounded, or cut off, even where an amount paid would be exact.
    step = quantity.quantum * quantity.unit.factor
    return not quotient.touches(Interval(quantity.base - step / 2, quantity.base + step))


def _agree(relation: Relation, readings: Sequence[Reading]) -> bool:
    first, second = (relation.direction(at, readings) for at in (0, 1))
    return first * second < 0


def _side(relation: Relation, readings: Sequence[Reading]) -> bool:
    direction = relation.direction(0, readings)
    values = relation.values((1, 2), readings)
    if len(values) != 2 or not direction:
        return False
    after, before = values
    return after.high < before.low if direction > 0 else after.low > before.high


def _moved(relation: Relation, readings: Sequence[Reading]) -> bool:
    direction = relation.direction(0, readings)
    values = relation.values((1, 2, 3), readings)
    if len(values) != 3 or not direction:
        return False
    change, after, before = values
    return not (after - before).touches(change if direction > 0 else -change)


def _bridge(relation: Relation, readings: Sequence[Reading]) -> bool:
    signs = [relation.direction(at, readings) for at in range(0, len(relation.slots), 2)]
    values = relation.values(range(1, len(relation.slots), 2), readings)
    if len(values) != len(signs) or 0 in signs:
        return False
    whole, *parts = (v if sign > 0 else -v for v, sign in zip(values, signs, strict=True))
    made = Interval.exact(ZERO)
    for part in parts:
        made = made + part
    return not whole.touches(made)


def _grown(relation: Relation, readings: Sequence[Reading]) -> bool:
    direction = relation.direction(1, readings)
    values = relation.values((0, 2, 3), readings)
    if len(values) != 3 or not direction:
        return False
    rate, change, after = values
    if after.low < ZERO:
        return False
    # change = rate × (after ∓ change), so change = after × rate ÷ (1 ± rate)
    ends = [_of_after(end, direction) for end in (rate.low, rate.high)]
    if ends[1] == _NEVER:
        # All of it may be gone: nothing left says how much there was.
        return after.low > ZERO and (Interval.exact(ends[0]) * after).low > change.high
    return not (Interval(ends[0], ends[1]) * after).touches(change)


def _of_after(rate: Decimal, direction: int) -> Decimal:
    """The change as a part of the value after it; it grows with the rate."""
    rest = ONE + rate if direction > 0 else ONE - rate
    return rate / rest if rest > ZERO else _NEVER


def _grew(relation: Relation, readings: Sequence[Reading]) -> bool:
    direction = relation.direction(1, readings)
    values = relation.values((0, 2, 3), readings)
    if len(values) != 3 or not direction:
        return False
    rate, after, before = values
    factor = _ONE + (rate if direction > 0 else -rate)
    return not (factor * before).touches(after)


_JUDGES: dict[RelationKind, Callable[[Relation, Sequence[Reading]], bool]] = {
    RelationKind.SAME: _same,
    RelationKind.SUM: _sum,
    RelationKind.MOST: _most,
    RelationKind.WITHIN: _within,
    RelationKind.NIL: _nil,
    RelationKind.SHARE: _share,
    RelationKind.PRODUCT: _product,
    RelationKind.AVERAGE: _average,
    RelationKind.AGREE: _agree,
    RelationKind.SIDE: _side,
    RelationKind.MOVED: _moved,
    RelationKind.BRIDGE: _bridge,
    RelationKind.GROWN: _grown,
    RelationKind.GREW: _grew,
}
