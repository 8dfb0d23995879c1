"""Interval arithmetic loses no true value."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from hypothesis import assume, given
from hypothesis import strategies as st
from printing import FACTORS, half_up

from validator.quantity import MONEY_UNITS, Interval, Quantity

NUMBERS = st.decimals(-(10**12), 10**12, places=4)
Inside = tuple[Interval, Decimal]


@st.composite
def values(draw: st.DrawFn) -> Inside:
    """An interval and a value in it."""
    low, value, high = sorted(draw(NUMBERS) for _ in range(3))
    return Interval(low, high), value


def holds(interval: Interval, exact: Fraction) -> bool:
    return Fraction(interval.low) <= exact <= Fraction(interval.high)


@given(values(), values())
def test_the_exact_result_lies_inside(left: Inside, right: Inside) -> None:
    (x, a), (y, b) = left, right

    assert holds(x + y, Fraction(a) + Fraction(b))
    assert holds(x - y, Fraction(a) - Fraction(b))
    assert holds(x * y, Fraction(a) * Fraction(b))
    assert holds(-x, -Fraction(a))
    assert holds(abs(x), abs(Fraction(a)))


@given(values())
def test_the_distance_to_the_nearest_whole_number_lies_inside(value: Inside) -> None:
    x, a = value

    assert holds(x.from_whole, abs(Fraction(a) - round(Fraction(a))))


@given(st.decimals(-20, 20, places=2), st.decimals(0, 2, places=2))
def test_an_interval_may_be_whole_only_if_it_holds_a_whole_number(
    low: Decimal, width: Decimal
) -> None:
    interval = Interval(low, low + width)
    inside = any(interval.holds(Decimal(number)) for number in range(-20, 23))

    assert (interval.from_whole.low == 0) == inside


@given(values(), values())
def test_the_exact_quotient_lies_inside(left: Inside, right: Inside) -> None:
    (x, a), (y, b) = left, right
    quotient = x.divided_by(y)
    assume(quotient is not None and b)
    assert quotient is not None

    assert holds(quotient, Fraction(a) / Fraction(b))


@given(values(), values())
def test_division_is_refused_only_when_the_divisor_may_be_zero(
    left: Inside, right: Inside
) -> None:
    y = right[0]

    assert (left[0].divided_by(y) is None) == y.holds(Decimal(0))


@given(st.integers(0, 10**13), st.sampled_from(sorted(FACTORS)), st.integers(0, 4))
def test_the_true_value_lies_in_the_interval_of_its_print(
    fen: int, unit: str, decimals: int
) -> None:
    number = half_up(Fraction(fen, 100 * FACTORS[unit]), decimals)
    assume(number or decimals or not fen)
    quantity = Quantity(number, MONEY_UNITS[unit], Decimal(1).scaleb(-decimals))

    assert holds(quantity.interval, Fraction(fen, 100))
