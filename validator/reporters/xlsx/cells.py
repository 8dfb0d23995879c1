"""Cells of a workpaper（单元格）: what stands in one, and how it waits on disk for its turn."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from validator.quantity import plain
from validator.reporters.told import visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from validator.reporters.base import Spool

LONGEST = 32_767
"""Characters that Excel takes in a cell, as UTF-16 counts them."""
MOST_DIGITS = 15
"""Digits that Excel keeps of a number."""
_MARKUP = re.compile(r"^<r>")
_NUMBER, _YEAR, _DAY = "n", "y", "d"


@dataclass(frozen=True, slots=True)
class Year:
    """A number that is no amount: shown without separators."""

    value: int


Value = str | int | Decimal | Year | date | None
"""What stands in a cell: text, how many, a printed number with all its digits, or nothing."""


def exact(number: Decimal | None) -> Decimal | None:
    """A number as far as a cell can hold it: None where Excel would lose digits of it.

    >>> exact(Decimal("1234567890123.45")), exact(Decimal("430102199001011234"))
    (Decimal('1234567890123.45'), None)
    """
    if number is None or len(plain(abs(number)).replace(".", "").lstrip("0")) > MOST_DIGITS:
        return None
    return number


def places(number: Decimal) -> int:
    """How many decimal places a number is printed with."""
    exponent = number.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def fitting(text: str, cut: str) -> str:
    """Text that a cell can hold, with nothing in it that a program takes for markup.

    Args:
        text: What should stand there.
        cut: What to say at its end where it is too long.
    """
    clean = visible(text)
    if _MARKUP.match(clean):
        clean = f" {clean}"  # XlsxWriter writes <r>…</r> as it is
    if len(clean) * 2 <= LONGEST or _size(clean) <= LONGEST:
        return clean
    room = LONGEST - _size(cut)
    kept = clean.encode("utf-16-le")[: room * 2].decode("utf-16-le", "ignore")
    return kept + cut


def _size(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def lines(value: Value, width: int) -> int:
    """How many lines a value takes in a column, so that its row is made high enough.

    Args:
        value: What stands in the cell.
        width: Of the column, in characters; a Chinese one counts twice.
    """
    if not isinstance(value, str):
        return 1
    return sum(max(1, -(-_breadth(line) // width)) for line in value.split("\n"))


def _breadth(line: str) -> int:
    return sum(1 if character < "\u2000" else 2 for character in line)


def keep(spool: Spool, row: Sequence[Value]) -> None:
    """Put a row on the pile of its sheet."""
    spool.write(json.dumps([_packed(value) for value in row]) + "\n")


def kept(spool: Spool) -> Iterator[list[Value]]:
    """All rows of the pile, once, in their order."""
    for line in spool.lines():
        yield [_unpacked(value) for value in json.loads(line)]


def _packed(value: Value) -> str | int | list[str] | None:
    match value:
        case Decimal():
            return [_NUMBER, plain(value)]
        case Year(number):
            return [_YEAR, str(number)]
        case date():
            return [_DAY, value.isoformat()]
        case _:
            return value


def _unpacked(value: str | int | list[str] | None) -> Value:
    match value:
        case [kind, text] if kind == _NUMBER:
            return Decimal(text)
        case [kind, text] if kind == _YEAR:
            return Year(int(text))
        case [_, text]:
            return date.fromisoformat(text)
        case list():
            return None
        case _:
            return value
