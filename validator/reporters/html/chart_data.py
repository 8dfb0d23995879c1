"""What is drawn（图的数据）: lists and bridges of a report whose amounts are bound for sure.

Nothing is drawn that was not judged, that may be read in two ways, or whose parts overlap: no
chart is better than a wrong one. Amounts are those that the report prints; only gaps and
shares are computed.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING

from validator.findings import Verdict
from validator.quantity import Dimension, Interval, divide, plain, rounded

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from validator.claims import Term
    from validator.findings import Evaluation
    from validator.quantity import Quantity

ZERO = Decimal(0)
MOST_PARTS = 12
_HUNDRED = Decimal(100)
_CENT = Decimal("0.01")


class Shape(StrEnum):
    """How amounts are drawn（图形）."""

    WATERFALL = "waterfall"
    """增减原因: from one amount to another, step by step."""
    BARS = "bars"
    """构成: a whole and its parts."""


class Role(StrEnum):
    """What a bar stands for."""

    WHOLE = "whole"
    """The whole of a list, or an end of a bridge."""
    BASE = "base"
    """The first end of a bridge, where the report gives it neither name nor year."""
    PART = "part"
    UP = "up"
    DOWN = "down"
    MORE = "more"
    """The whole is more than its parts, which need not all be listed."""
    LESS = "less"
    """Parts that should make up the whole fall short of it."""
    OVER = "over"
    """Parts come to more than the whole."""
    UNTOLD = "untold"
    """What the reasons leave open（未说明）."""
    CHANGE = "change"
    """增减额, where the ends are not both printed."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar（一条）.

    Attributes:
        role: What it stands for.
        label: What the report calls it; "" where the role is name enough.
        amount: Its amount as printed, or computed for what is left open.
        value: Signed amount in 元.
        share: Percentage of the whole with two digits, computed; "" where there is none.
    """

    role: Role
    label: str
    amount: str
    value: Decimal
    share: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """One chart（图）.

    Attributes:
        shape: How it is drawn.
        title: What it is about.
        bars: From top to bottom; a waterfall's first and last may be its ends.
        block: Index of the block that it belongs below.
        whole: Figure id of what it divides.
        size: How large that is, in 元.
        place: Offset of that figure.
        broken: Whether the amounts do not add up though they should.
    """

    shape: Shape
    title: str
    bars: tuple[Bar, ...]
    block: int
    whole: int
    size: Decimal
    place: int
    broken: bool = False


def amount_of(term: Term) -> Decimal:
    """Signed printed amount of a term, in 元."""
    return term.figure.quantity.base * term.sign


def total(terms: Iterable[Term]) -> Interval:
    """Every true value of a sum of printed amounts."""
    result = Interval.exact(ZERO)
    for term in terms:
        interval = term.figure.interval
        result += interval if term.sign > 0 else -interval
    return result


def drawable(terms: Sequence[Term]) -> bool:
    """Whether terms can be bars of one chart: money, each figure once, not too many."""
    quantities = [term.figure.quantity for term in terms]
    return (
        all(q.unit.dimension is Dimension.MONEY for q in quantities)
        and len({term.figure.id for term in terms}) == len(terms) <= MOST_PARTS
        and any(q.number for q in quantities)
    )


def share_of(part: Decimal, whole: Decimal) -> str:
    """A part as a percentage of a whole that is not zero, with two digits."""
    return f"{plain(rounded(divide(part * _HUNDRED, whole), _CENT))}%"


def computed(value: Decimal, like: Sequence[Quantity]) -> str:
    """An amount in the unit of the first quantity, as exact as the finest of them."""
    unit = like[0].unit
    step = min(q.quantum * q.unit.factor for q in like) / unit.factor
    digit = Decimal(1).scaleb(step.adjusted())
    return f"{plain(rounded(divide(abs(value), unit.factor), digit))}{unit.symbol}"


class Judged:
    """What the engine says of sums（核对结果）, by the figures that took part."""

    def __init__(self, evaluations: Iterable[Evaluation]) -> None:
        self._verdicts: dict[tuple[int, ...], set[Verdict]] = {}
        for evaluation in evaluations:
            if any(one.document for one in evaluation.evidence):
                # Its figures are not all of this file, so that another sum may seem meant.
                continue
            if not _LISTS.isdisjoint(one.role for one in evaluation.evidence):
                self._verdicts.setdefault(evaluation.figures, set()).add(evaluation.verdict)

    def of(self, terms: Iterable[Term]) -> frozenset[Verdict]:
        """Verdicts of the comparisons in which exactly these figures took part."""
        figures = tuple(sorted({term.figure.id for term in terms}))
        return frozenset(self._verdicts.get(figures, ()))


_LISTS = frozenset({"parts", "reasons"})
"""Names of operands that are several figures added up."""
HOLDS = frozenset({Verdict.CONSISTENT, Verdict.CONSISTENT_BY_ROUNDING})
