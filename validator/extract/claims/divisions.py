"""Ways of dividing a whole（分法）: which amounts of a list are its parts.

A list may divide its whole twice, name only what is large, or tell last year's amount beside
a part. Each reading here can only clear a list, never accuse one.
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

    其中：财政拨款A，其他收入B；本年收入C，上年结转D divides the whole twice. A paragraph of an
    outline begins with its part, and goes on to tell of it.
    """
    first = [v for v in scope.parts[: next(iter(scope.breaks), 0)] if v in parts]
    if make_up(desk, first, wholes):
        yield tuple(first)
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


def names_the_large(desk: Desk, scope: ListScope, parts: list[Value]) -> bool:
    """从支出功能看，教育支出X，卫生健康支出Y: only the large ones of the many 类."""
    return scope.split and scope.partial and any(desk.identity(v).level for v in parts)


def may_be_divided(desk: Desk, scope: ListScope, whole: Value) -> bool:
    """Whether a loose division (从支出结构看) may be one of an amount: no part is larger."""
    if not (scope.split and scope.partial):
        return True
    most = desk.figures[whole.figure].interval.high
    parts = [v for v in scope.parts if v.measure == whole.measure]
    return all(desk.figures[v.figure].interval.low <= most for v in parts)
