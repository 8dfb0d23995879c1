"""Slips of the pen（笔误）: the numbers that a person may have meant by what is printed.

A typed number goes wrong in few ways: two digits change places, one is hit twice, one is
missed, one is another, the point slides, a minus is lost. Each way is undone here, one slip at
a time; whether a number found so is the right one is for the other figures to say.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from validator.findings import RepairKind
from validator.quantity import ZERO

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from decimal import Decimal

_SHIFTS = (1, -1, 2, -2, 3, -3, 4, -4)
_MOST_PLACES = 6

# Digits are counted from the right: 571 with two decimals has 1 at 0, 7 at 1, 5 at 2.
_Guess = tuple[RepairKind, int, int]
"""A slip, and the number meant: its digits as a whole number, and how many are decimals."""


def meant(number: Decimal, low: Decimal, high: Decimal) -> Iterator[tuple[RepairKind, str]]:
    """Numbers one slip away from a printed one and within reach, with the slip that made it.

    Args:
        number: As printed; its trailing zeros count.
        low: The least that is of interest, give or take the last digit.
        high: The most.

    Yields:
        The slip, and the number that was meant, as digits without separators. A number may
        come more than once, the likelier slip first.

    >>> from decimal import Decimal
    >>> next((k.value, n) for k, n in meant(Decimal("5.71"), Decimal("5.17"), Decimal("5.17")))
    ('transposition', '5.17')
    """
    sign, digits, exponent = number.as_tuple()
    places = max(0, -int(exponent))
    whole = int(abs(number).scaleb(places)) if digits else 0
    reach = _Reach(low, high)
    if number and reach.holds(whole if sign else -whole, places):
        yield RepairKind.SIGN, _text(whole if sign else -whole, places)
    turn = -1 if sign else 1
    for kind, value, decimals in _guesses(whole, places, reach, turn):
        if decimals <= _MOST_PLACES and reach.holds(turn * value, decimals):
            yield kind, _text(turn * value, decimals)


class _Reach:
    """Whole numbers within reach, by how many of their digits are decimals."""

    def __init__(self, low: Decimal, high: Decimal) -> None:
        self._ends = (low, high)
        self._known: dict[int, tuple[int, int]] = {}

    def holds(self, value: int, places: int) -> bool:
        low, high = self._bounds(places)
        return low <= value <= high

    def digits(self, rest: int, power: int, turn: int, places: int) -> range:
        """Digits that bring ``rest`` within reach when they stand at a power of ten."""
        low, high = self._bounds(places)
        if turn < 0:
            low, high = -high, -low
        return range(max(0, -((rest - low) // power)), min(9, (high - rest) // power) + 1)

    def _bounds(self, places: int) -> tuple[int, int]:
        ends = self._known.get(places)
        if ends is None:
            low, high = (end.scaleb(places) for end in self._ends)
            ends = self._known[places] = (math.floor(low) - 1, math.ceil(high) + 1)
        return ends


def _text(value: int, places: int) -> str:
    digits = str(abs(value)).rjust(places + 1, "0")
    minus = "-" if value < ZERO else ""
    if not places:
        return minus + digits
    return f"{minus}{digits[:-places]}.{digits[-places:]}"


@dataclass(frozen=True, slots=True)
class _Number:
    """A printed number as digits, counted from the right."""

    whole: int
    places: int
    powers: Sequence[int]
    digits: Sequence[int]

    @staticmethod
    def of(whole: int, places: int) -> _Number:
        size = max(len(str(whole)), places + 1)
        powers = [10**at for at in range(size + 2)]
        return _Number(whole, places, powers, [whole // powers[at] % 10 for at in range(size)])

    def may_lead(self, digit: int, at: int) -> bool:
        """Whether a digit may stand in a place: no zero in front, unless the point follows."""
        return digit > 0 or at < len(self.digits) - 1 or at <= self.places

    def swapped(self) -> Iterator[_Guess]:
        for at in range(len(self.digits) - 1, 0, -1):
            left, right = self.digits[at], self.digits[at - 1]
            if left != right and self.may_lead(right, at):
                gain = (right - left) * (self.powers[at] - self.powers[at - 1])
                yield RepairKind.TRANSPOSITION, self.whole + gain, self.places

    def undoubled(self) -> Iterator[_Guess]:
        for at in range(len(self.digits) - 2, -1, -1):
            if self.digits[at] != self.digits[at + 1]:
                continue
            above = self.whole // self.powers[at + 1] * self.powers[at]
            kept = above + self.whole % self.powers[at]
            if at < self.places:
                yield RepairKind.DOUBLED, kept, self.places - 1
            else:
                yield RepairKind.DOUBLED, kept, self.places

    def inserted(self, reach: _Reach, turn: int) -> Iterator[_Guess]:
        for at in range(len(self.digits), -1, -1):
            above = self.whole // self.powers[at] * self.powers[at + 1]
            room = above + self.whole % self.powers[at]
            for places in (self.places, self.places + 1):
                if (at < self.places) if places == self.places else (at > self.places):
                    continue
                for digit in reach.digits(room, self.powers[at], turn, places):
                    if digit or at < len(self.digits):
                        yield RepairKind.DROPPED, room + digit * self.powers[at], places

    def slid(self) -> Iterator[_Guess]:
        for shift in _SHIFTS:
            decimals = self.places - shift
            yield RepairKind.POINT, self.whole * 10 ** max(0, -decimals), max(0, decimals)

    def replaced(self, reach: _Reach, turn: int) -> Iterator[_Guess]:
        for at in range(len(self.digits) - 1, -1, -1):
            rest = self.whole - self.digits[at] * self.powers[at]
            for digit in reach.digits(rest, self.powers[at], turn, self.places):
                if digit != self.digits[at] and self.may_lead(digit, at):
                    yield RepairKind.DIGIT, rest + digit * self.powers[at], self.places


def _guesses(whole: int, places: int, reach: _Reach, turn: int) -> Iterator[_Guess]:
    number = _Number.of(whole, places)
    yield from number.swapped()
    yield from number.undoubled()
    yield from number.slid()
    yield from number.replaced(reach, turn)
    yield from number.inserted(reach, turn)
