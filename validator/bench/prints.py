"""A printed figure taken apart（数字的写法）: sign, digits, unit, and how to print it anew.

It reads with a pattern of its own, not with the grammar that is being measured.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

from validator.quantity import MONEY_UNITS, plain, rounded

if TYPE_CHECKING:
    from collections.abc import Iterator

_FIGURE = re.compile(r"([-−－]?)(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d+))?(\s*)([^\d\s.,，-]*)")
_WIDE = str.maketrans("0123456789.", "０１２３４５６７８９．")
_PERCENTS = ("%", "％")


@dataclass(frozen=True, slots=True)
class Print:
    """One figure as it is printed（写法）.

    >>> parsed("1,234.50万元").digits
    '1234.50'

    Attributes:
        sign: The minus as printed, or "".
        digits: Number without separators.
        tail: What stands after the number: blanks and the unit.
        grouped: Whether it has thousands separators.
    """

    sign: str
    digits: str
    tail: str
    grouped: bool = False

    def __str__(self) -> str:
        return f"{self.sign}{self._number()}{self.tail}"

    def _number(self) -> str:
        if not self.grouped:
            return self.digits
        whole, point, places = self.digits.partition(".")
        return f"{int(whole):,}{point}{places}"

    @property
    def value(self) -> Decimal:
        """The number as it stands, without its unit."""
        number = Decimal(self.digits)
        return -number if self.sign else number

    @property
    def unit(self) -> str:
        """The unit as printed, "" for a bare number."""
        return self.tail.strip()

    @property
    def is_percent(self) -> bool:
        """Whether a sign % stands after it."""
        return self.unit in _PERCENTS

    @property
    def places(self) -> int:
        """Decimal places."""
        return len(self.digits.partition(".")[2])

    @property
    def step(self) -> Decimal:
        """One step in the last printed place, in 元 for money."""
        unit = MONEY_UNITS.get(self.unit)
        return Decimal(1).scaleb(-self.places) * (unit.factor if unit else 1)

    def with_digits(self, digits: str) -> Print:
        """The same with other digits."""
        return replace(self, digits=digits)

    def with_unit(self, unit: str) -> Print:
        """The same number in another unit, blanks kept."""
        blank = self.tail[: len(self.tail) - len(self.tail.lstrip())]
        return replace(self, tail=blank + unit)

    def in_groups(self) -> Print:
        """The same with thousands separators."""
        return replace(self, grouped=True)

    def full_width(self) -> str:
        """The same in full-width digits."""
        return f"{self.sign}{self._number().translate(_WIDE)}{self.tail}"


def parsed(text: str) -> Print | None:
    """A printed figure, or None where it is not digits with a unit after them."""
    found = _FIGURE.fullmatch(text)
    if not found:
        return None
    sign, whole, places, blank, unit = found.groups()
    digits = whole.replace(",", "") + (f".{places}" if places else "")
    return Print(sign, digits, blank + unit, "," in whole)


def _usable(digits: str, before: str) -> bool:
    """Whether digits are a number that a person prints, and another one than before."""
    whole, point, places = digits.partition(".")
    if not whole or (point and not places) or (whole[0] == "0" and len(whole) > 1):
        return False
    return Decimal(digits) != Decimal(before)


def other_digits(digits: str) -> Iterator[str]:
    """One digit is another."""
    for at, old in enumerate(digits):
        if old != ".":
            for new in "0123456789":
                changed = digits[:at] + new + digits[at + 1 :]
                if new != old and _usable(changed, digits):
                    yield changed


def transposed(digits: str) -> Iterator[str]:
    """Two neighbouring digits that differ change places."""
    for at, (a, b) in enumerate(pairwise(digits)):
        changed = digits[:at] + b + a + digits[at + 2 :]
        if "." not in (a, b) and a != b and _usable(changed, digits):
            yield changed


def dropped(digits: str) -> Iterator[str]:
    """A digit is left out."""
    found = (digits[:at] + digits[at + 1 :] for at, d in enumerate(digits) if d != ".")
    yield from dict.fromkeys(one for one in found if _usable(one, digits))


def doubled(digits: str) -> Iterator[str]:
    """A digit is typed twice."""
    found = (digits[:at] + d + digits[at:] for at, d in enumerate(digits) if d != ".")
    yield from dict.fromkeys(one for one in found if _usable(one, digits))


def moved_points(digits: str) -> Iterator[str]:
    """The decimal point moves one place, either way."""
    whole, point, places = digits.partition(".")
    if not point:
        return
    right = f"{whole}{places[0]}" + (f".{places[1:]}" if places[1:] else "")
    right = right.lstrip("0") or "0"
    left = f"{whole[:-1] or '0'}.{whole[-1]}{places}"
    for changed in (right if right[0] != "." else f"0{right}", left):
        if _usable(changed, digits):
            yield changed


def differ(one: str, other: str) -> bool:
    """Whether two numbers are not equal, whatever their places."""
    return Decimal(one) != Decimal(other)


def scaled(digits: str, power: int) -> str:
    """Digits with the point moved by so many places: 82 by −2 is 0.82."""
    return plain(Decimal(digits).scaleb(power))


def coarser(digits: str) -> str:
    """One place fewer, correctly rounded; "" where the true value is not known well enough.

    A last digit 5 may stand for a little less or a little more than a half.
    """
    places = len(digits.partition(".")[2])
    if not places or digits[-1] == "5":
        return ""
    number = rounded(Decimal(digits), Decimal(1).scaleb(1 - places))
    return plain(number) if number else ""
