"""Slips of the pen（笔误）: the numbers that a person may have meant by what is printed.

A typed number goes wrong in few ways: two digits change places, one is hit twice, one is
missed, one is another, the point slides, a minus is lost. Each way is undone here, one slip at
a time; whether a number found so is the right one is for the other figures to say.
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from validator.findings import RepairKind
from validator.quantity import ZERO, plain

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

_SHIFTS = (1, -1, 2, -2, 3, -3, 4, -4)
_MOST_PLACES = 6


def meant(number: Decimal) -> Iterator[tuple[RepairKind, str]]:
    """Numbers one slip away from a printed one, each with the slip that made it.

    Args:
        number: As printed; its trailing zeros count.

    Yields:
        The slip, and the number that was meant, as digits without separators. A number may
        come more than once, the likelier slip first.

    >>> ("transposition", "5.17") in [(k.value, n) for k, n in meant(Decimal("5.71"))]
    True
    """
    printed = plain(abs(number))
    minus = "-" if number < ZERO else ""
    if number:
        yield RepairKind.SIGN, printed if minus else f"-{printed}"
    for kind, text in _unsigned(printed):
        if _proper(text):
            yield kind, minus + text


def _unsigned(printed: str) -> Iterator[tuple[RepairKind, str]]:
    digits = [i for i, c in enumerate(printed) if c != "."]
    for i, j in itertools.pairwise(digits):
        if printed[i] != printed[j]:
            between = printed[i + 1 : j]
            swapped = f"{printed[:i]}{printed[j]}{between}{printed[i]}{printed[j + 1 :]}"
            yield RepairKind.TRANSPOSITION, swapped
    for i in digits:
        yield RepairKind.DOUBLED, printed[:i] + printed[i + 1 :]
    for i in range(len(printed) + 1):
        for digit in "0123456789":
            yield RepairKind.DROPPED, printed[:i] + digit + printed[i:]
    yield from _shifted(printed)
    for i in digits:
        for digit in "0123456789":
            if digit != printed[i]:
                yield RepairKind.DIGIT, printed[:i] + digit + printed[i + 1 :]


def _shifted(printed: str) -> Iterator[tuple[RepairKind, str]]:
    """The point elsewhere among the same digits."""
    whole, _, fraction = printed.partition(".")
    digits = whole + fraction
    for shift in _SHIFTS:
        at = len(whole) + shift
        if at <= 0:
            text = f"0.{'0' * -at}{digits}"
        elif at >= len(digits):
            text = digits + "0" * (at - len(digits))
        else:
            text = f"{digits[:at]}.{digits[at:]}"
        text = text.lstrip("0") if not text.startswith("0.") else text
        text = f"0{text}" if text.startswith(".") else text
        if len(text.partition(".")[2]) <= _MOST_PLACES:
            yield RepairKind.POINT, text


def _proper(text: str) -> bool:
    """Whether a person would write a number so: no lone point, no zero in front."""
    whole, point, fraction = text.partition(".")
    if not whole or (point and not fraction):
        return False
    return whole == "0" or not whole.startswith("0")
