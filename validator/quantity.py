"""Printed numbers as intervals（数量）: the only door to Decimal, precision and rounding.

A printed figure stands for every true value that would print that way. ``2378.33万元`` is
any amount from 2378.325 to 2378.335 万元; ``23.04万元`` is coarser than ``230400.00元``.
All arithmetic here is on such intervals, rounded outward, so that a comparison which fails
fails for every true value (Moore, *Interval Analysis*, 1966; XBRL Calculations 1.1 uses the
same idea for reported decimals).

Base units are 元 for money, 1 for ratios (a percentage point is 0.01) and 1 for counts.
"""

from __future__ import annotations

import decimal
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

ZERO = Decimal(0)
ONE = Decimal(1)
HUNDRED = Decimal(100)
_HALF = Decimal("0.5")

_DOWN = decimal.Context(prec=40, rounding=decimal.ROUND_FLOOR, traps=[decimal.InvalidOperation])
_UP = decimal.Context(prec=40, rounding=decimal.ROUND_CEILING, traps=[decimal.InvalidOperation])
_NEAR = decimal.Context(
    prec=40, rounding=decimal.ROUND_HALF_UP, traps=[decimal.InvalidOperation]
)


class Dimension(StrEnum):
    """What a number measures; only like measures add."""

    MONEY = "money"
    RATIO = "ratio"
    COUNT = "count"
    PRICE = "price"
    """Money per counted thing（单价）."""
    NUMBER = "number"
    """A bare number: no unit was printed or implied."""


class Rounding(StrEnum):
    """How printed figures were made from true values（取位方式）."""

    NEAREST = "nearest"
    """四舍五入."""
    TRUNCATE = "truncate"
    """去尾."""


class Qualifier(StrEnum):
    """Words that widen a figure: 约、近、余、超过、不足 and a printed range."""

    NONE = ""
    ABOUT = "about"
    """约、左右、大约."""
    ABOVE = "above"
    """余、多、超过、以上、不少于: the true value is at least the printed one."""
    BELOW = "below"
    """近、不足、以内、不超过: the true value is at most the printed one."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of measure（单位）: its printed symbol, dimension and size in base units."""

    symbol: str
    dimension: Dimension
    factor: Decimal

    def __str__(self) -> str:
        return self.symbol


YUAN = Unit("元", Dimension.MONEY, ONE)
WAN = Unit("万元", Dimension.MONEY, Decimal(10_000))
PERCENT = Unit("%", Dimension.RATIO, Decimal("0.01"))
POINT = Unit("个百分点", Dimension.RATIO, Decimal("0.01"))
TIMES = Unit("倍", Dimension.RATIO, ONE)
PLAIN = Unit("", Dimension.NUMBER, ONE)
MONEY_UNITS: dict[str, Unit] = {
    "元": YUAN,
    "千元": Unit("千元", Dimension.MONEY, Decimal(1_000)),
    "万元": WAN,
    "百万元": Unit("百万元", Dimension.MONEY, Decimal(1_000_000)),
    "千万元": Unit("千万元", Dimension.MONEY, Decimal(10_000_000)),
    "亿元": Unit("亿元", Dimension.MONEY, Decimal(100_000_000)),
    "万亿元": Unit("万亿元", Dimension.MONEY, Decimal(1_000_000_000_000)),
}


def count_unit(classifier: str) -> Unit:
    """Unit of a counted thing: 人、辆、户."""
    return Unit(classifier, Dimension.COUNT, ONE)


@dataclass(frozen=True, slots=True)
class Interval:
    """A closed range of true values in base units（区间）.

    >>> Interval(Decimal(1), Decimal(2)) + Interval(Decimal(3), Decimal(3))
    Interval(low=Decimal('4'), high=Decimal('5'))
    """

    low: Decimal
    high: Decimal

    def __post_init__(self) -> None:
        if self.low > self.high:
            msg = f"interval upside down: {self.low} > {self.high}"
            raise ValueError(msg)

    @staticmethod
    def exact(value: Decimal) -> Interval:
        """The interval that holds one value."""
        return Interval(value, value)

    @property
    def middle(self) -> Decimal:
        """Half way between the ends; the printed value when rounding is nearest."""
        return _NEAR.divide(_NEAR.add(self.low, self.high), Decimal(2))

    def __add__(self, other: Interval) -> Interval:
        return Interval(_DOWN.add(self.low, other.low), _UP.add(self.high, other.high))

    def __sub__(self, other: Interval) -> Interval:
        return Interval(
            _DOWN.subtract(self.low, other.high), _UP.subtract(self.high, other.low)
        )

    def __neg__(self) -> Interval:
        return Interval(self.high.copy_negate(), self.low.copy_negate())

    def __mul__(self, other: Interval) -> Interval:
        pairs = [(a, b) for a in (self.low, self.high) for b in (other.low, other.high)]
        return Interval(
            min(_DOWN.multiply(a, b) for a, b in pairs),
            max(_UP.multiply(a, b) for a, b in pairs),
        )

    def divided_by(self, other: Interval) -> Interval | None:
        """The quotient, or None when the divisor may be zero."""
        if other.low <= ZERO <= other.high:
            return None
        if self.low >= ZERO and other.low > ZERO:
            # Amounts are seldom negative: two of the eight quotients are enough.
            return Interval(
                _DOWN.divide(self.low, other.high), _UP.divide(self.high, other.low)
            )
        pairs = [(a, b) for a in (self.low, self.high) for b in (other.low, other.high)]
        return Interval(
            min(_DOWN.divide(a, b) for a, b in pairs), max(_UP.divide(a, b) for a, b in pairs)
        )

    def __abs__(self) -> Interval:
        if self.low >= ZERO:
            return self
        if self.high <= ZERO:
            return -self
        return Interval(ZERO, max(self.low.copy_abs(), self.high))

    @property
    def from_whole(self) -> Interval:
        """How far the true value is from the nearest whole number: from 0 to a half.

        >>> Interval(Decimal("3.4"), Decimal("3.8")).from_whole
        Interval(low=Decimal('0.2'), high=Decimal('0.5'))
        """
        ends = (_to_whole(self.low), _to_whole(self.high))
        least = ZERO if _ceiling(self.low) <= self.high else min(ends)
        next_half = _NEAR.add(_ceiling(_DOWN.subtract(self.low, _HALF)), _HALF)
        return Interval(least, _HALF if next_half <= self.high else max(ends))

    def touches(self, other: Interval) -> bool:
        """Whether one true value lies in both."""
        return self.low <= other.high and other.low <= self.high

    def holds(self, value: Decimal) -> bool:
        """Whether the value lies inside."""
        return self.low <= value <= self.high


def _ceiling(value: Decimal) -> Decimal:
    """The least whole number that is not below a value."""
    return value.to_integral_value(rounding=decimal.ROUND_CEILING)


def _to_whole(value: Decimal) -> Decimal:
    """Distance of a value to the nearest whole number."""
    above = _NEAR.subtract(_ceiling(value), value)
    return min(above, _NEAR.subtract(ONE, above))


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as printed（数量）, with its unit and the value of its last digit（末位单位）.

    >>> q = Quantity(Decimal("31.00"), WAN, Decimal("0.01"))
    >>> q.interval
    Interval(low=Decimal('309950.000'), high=Decimal('310050.000'))

    Attributes:
        number: The printed number, in ``unit``.
        unit: Its unit.
        quantum: Value of one step in the last printed place, in ``unit``.
        qualifier: A word that widens the figure.
        rounded: A plain 0 in a table of whole numbers: what was too small to print, too.
    """

    number: Decimal
    unit: Unit
    quantum: Decimal
    qualifier: Qualifier = Qualifier.NONE
    rounded: bool = False

    @property
    def exact(self) -> bool:
        """Counts, 元 printed to the 分 and a plain 0 are not rounded at all.

        ``0万元`` says that there was nothing; an amount too small for the place printed
        would stand as ``0.00万元``.
        """
        if self.qualifier is not Qualifier.NONE:
            return False
        if self.number == ZERO and self.quantum >= ONE:
            return self.unit.dimension is not Dimension.RATIO and not self.rounded
        if self.unit.dimension is Dimension.COUNT:
            return self.unit.factor == ONE and self.quantum == ONE
        return self.unit == YUAN and self.quantum <= Decimal("0.01")

    @property
    def base(self) -> Decimal:
        """The printed value in base units."""
        return _NEAR.multiply(self.number, self.unit.factor)

    @property
    def interval(self) -> Interval:
        """Every true value that prints this way, rounding to nearest, in base units."""
        return self.interval_when(Rounding.NEAREST)

    def interval_when(self, rounding: Rounding) -> Interval:
        """Every true value that prints this way under the given rounding, in base units."""
        if self.exact:
            return Interval.exact(self.base)
        if rounding is Rounding.TRUNCATE:
            step = _NEAR.multiply(self.quantum, self.unit.factor)
            ends = (
                Interval(self.base, self.base + step)
                if self.number >= ZERO
                else Interval(self.base - step, self.base)
            )
        else:
            half = _NEAR.multiply(_NEAR.multiply(self.quantum, _HALF), self.unit.factor)
            ends = Interval(self.base - half, self.base + half)
        return _widen(ends, self)

    def same_print(self, other: Quantity) -> bool:
        """Whether both are the same digits in the same unit."""
        return (self.number, self.unit, self.quantum) == (
            other.number,
            other.unit,
            other.quantum,
        )

    def __str__(self) -> str:
        return f"{plain(self.number)}{self.unit}"


def _widen(ends: Interval, quantity: Quantity) -> Interval:
    """Apply the qualifier: 余 looks up, 近 looks down, 约 both ways."""
    # 约, 近 and 余 say that trailing digits were dropped on purpose. How far is bounded by
    # the last non-zero digit: 59万余元 is below 60万, 5000余条 is below 6000.
    if quantity.qualifier is Qualifier.NONE:
        return ends
    step = _NEAR.multiply(_leading_step(quantity), quantity.unit.factor)
    down = step if quantity.qualifier in (Qualifier.ABOUT, Qualifier.BELOW) else ZERO
    up = step if quantity.qualifier in (Qualifier.ABOUT, Qualifier.ABOVE) else ZERO
    return Interval(ends.low - down, ends.high + up)


def _leading_step(quantity: Quantity) -> Decimal:
    """Place value of the last non-zero digit."""
    if quantity.number == ZERO:
        return quantity.quantum
    exponent = quantity.number.normalize().as_tuple().exponent
    return Decimal(1).scaleb(int(exponent)) if isinstance(exponent, int) else quantity.quantum


def parse_number(text: str) -> tuple[Decimal, Decimal]:
    """Read plain digits → (number, quantum). Thousands separators must be gone already.

    >>> parse_number("31.00")
    (Decimal('31.00'), Decimal('0.01'))

    Raises:
        decimal.InvalidOperation: The text is not a number.
    """
    number = Decimal(text)
    exponent = number.as_tuple().exponent
    return number, Decimal(1).scaleb(int(exponent))


def divide(left: Decimal, right: Decimal) -> Decimal:
    """Quotient for showing to a person, rounded half up to 40 digits."""
    return _NEAR.divide(left, right)


def rounded(value: Decimal, quantum: Decimal) -> Decimal:
    """Round half up to a multiple of a power of ten, as printed figures are."""
    return value.quantize(quantum, rounding=decimal.ROUND_HALF_UP, context=_NEAR)


def truncated(value: Decimal, quantum: Decimal) -> Decimal:
    """Cut off below a power of ten（去尾）."""
    return value.quantize(quantum, rounding=decimal.ROUND_DOWN, context=_NEAR)


def plain(value: Decimal) -> str:
    """Digits without exponent: the way a person writes the number."""
    return format(value, "f")
