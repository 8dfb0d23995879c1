"""Reading a printed figure or direction word on its own（重读）, without gouji's reader."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

from validator.quantity import (
    MONEY_UNITS,
    PERCENT,
    POINT,
    TIMES,
    Dimension,
    Interval,
    Quantity,
    Rounding,
    Unit,
    count_unit,
    parse_number,
)

UPWARD = (
    "增加", "增长", "上升", "提高", "增收", "增支", "多支", "大于", "高于", "超过", "超", "多",
)  # fmt: skip
DOWNWARD = (
    "减少", "下降", "降低", "压缩", "减收", "减支", "少支", "节约", "小于", "低于", "不足",
    "少",
)  # fmt: skip
_NARROW = str.maketrans("０１２３４５６７８９．，％－", "0123456789.,%-")
_NUMBER = re.compile(r"(-?)(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?")
_CLASSIFIER = re.compile(r"[一-龥（）]{1,4}")


def direction_of(words: str) -> int:
    """+1 for a word of growth, -1 for one of decline, 0 for anything else."""
    return (words in UPWARD) - (words in DOWNWARD)


def quantity_of(words: str, default: Unit | None = None) -> Quantity | None:
    """Read a number with its unit, None when it is not one.

    Args:
        words: The number as printed, with its unit or bare.
        default: Unit of a bare number, which a table gives above it.
    """
    narrow = words.strip().translate(_NARROW)
    match = _NUMBER.match(narrow)
    if match is None:
        return None
    unit = _unit(narrow[match.end() :].strip(), default)
    if unit is None:
        return None
    try:
        number, quantum = parse_number(match[0].replace(",", ""))
    except InvalidOperation:
        return None
    return Quantity(number, unit, quantum)


def _unit(words: str, default: Unit | None) -> Unit | None:
    if not words:
        return default
    known = {**MONEY_UNITS, "%": PERCENT, "个百分点": POINT, "倍": TIMES}
    if words in known:
        return known[words]
    return count_unit(words) if _CLASSIFIER.fullmatch(words) else None


def true_values(quantity: Quantity) -> Interval:
    """Every true value that the figure may stand for, in base units.

    A percentage may have been cut off instead of rounded; an amount may not.
    """
    near = quantity.interval
    if quantity.unit.dimension is not Dimension.RATIO:
        return near
    cut = quantity.interval_when(Rounding.TRUNCATE)
    return Interval(min(near.low, cut.low), max(near.high, cut.high))


def shown(value: Decimal, grouped: bool) -> str:
    """Digits of a number, with thousands separators or without."""
    return format(value, ",f") if grouped else format(value, "f")
