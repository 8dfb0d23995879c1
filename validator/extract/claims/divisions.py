"""Ways of dividing a whole（分法）: which amounts of a list are its parts.

A list may tell other amounts beside its parts. Each reading here can only clear a list, never accuse one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.extract.labels import is_mute
from validator.quantity import ZERO, Interval

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.extract.desk import Desk
    from validator.extract.story import ListScope, Value


def read_otherwise(
    desk: Desk, scope: ListScope, parts: list[Value], wholes: list[tuple[Value, str]]
) -> Iterator[tuple[Value, ...]]:
    """Parts that make the whole up, where more amounts stand in a list than its parts.

    A paragraph of an outline begins with its part, and goes on to tell of it.
    """
    begun = list({v.block: v for v in reversed(parts)}.values())[::-1]
    if scope.outline and make_up(desk, begun, wholes):
        yield tuple(begun)


def make_up(desk: Desk, parts: list[Value], wholes: list[tuple[Value, str]]) -> bool:
    """Whether two or more parts, nothings aside, add up to some whole."""
    figures = [desk.figures[v.figure] for v in parts]
    total = sum((f.interval for f in figures), Interval.exact(ZERO))
    some = len([f for f in figures if f.quantity.number]) > 1
    return some and any(total.touches(desk.figures[v.figure].interval) for v, _ in wholes)


def of_before(desk: Desk, value: Value) -> bool:
    """信息化项目100万元，上年同期90万元: told beside a part, and no part itself."""
    words = value.element.label
    period = next((w for w in desk.lexicon.cues["prior_year"] if words.startswith(w)), "")
    return bool(period) and is_mute(words.removeprefix(period))
