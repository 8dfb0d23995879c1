"""Ranges of numbers（数字范围）: 100-200名, 5%至8%, 5000-10000元/人.

A range states two figures, the least and the most. It is no difference and no pair of
amounts, so its ends take part in nothing but comparisons of ranges.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from validator.extract.story import SAME_CLASSIFIER, Spread
from validator.facts import FigureKind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from validator.extract.normalise import Cleaned
    from validator.extract.tokens import Number

_STOP = re.compile(r"[，。；：、（）\n]")
_MARK = re.compile(r"\d+")


def spreads_of(
    cleaned: Cleaned, numbers: Sequence[Number], ids: Mapping[int, int]
) -> list[Spread]:
    """The ranges of one block, each with the words around it and its place in a list.

    Args:
        cleaned: Text of the block.
        numbers: Its numbers in order; the ends of a range follow each other.
        ids: Where a number starts → id of its figure.
    """
    text = cleaned.text
    item = ""
    found = []
    for at, number in enumerate(numbers):
        if number.ignored == "编号" and (mark := _MARK.search(text, number.start, number.end)):
            item = mark.group()
        if not number.spread or at + 1 == len(numbers):
            continue
        high = numbers[at + 1]
        before = _before(text, number.start)
        after = _STOP.search(text, high.end)
        found.append(
            Spread(
                ids[number.start],
                ids[high.start],
                number.start,
                high.end,
                text[before : number.start],
                text[high.end : after.start() if after else len(text)],
                item,
                _measure(high),
            )
        )
    return found


def _before(text: str, start: int) -> int:
    """Where the clause of a range begins."""
    ends = [match.end() for match in _STOP.finditer(text, 0, start)]
    return ends[-1] if ends else 0


def _measure(number: Number) -> str:
    """What a range counts: ``money``, ``ratio`` or the classifier."""
    symbol = number.quantity.unit.symbol
    if number.kind is FigureKind.AMOUNT:
        return "money"
    if number.kind is FigureKind.COUNT:
        symbol = symbol.strip("万亿")
    return SAME_CLASSIFIER.get(symbol, symbol)
