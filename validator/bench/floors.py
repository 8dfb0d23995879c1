"""Floors（下限）: what a benchmark must reach."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from validator.bench.rates import Rate


@dataclass(frozen=True, slots=True)
class Floor:
    """The least share that a rate must reach（下限）.

    Attributes:
        name: Name of the rate.
        least: From 0 to 1.
    """

    name: str
    least: Decimal


def parse_floor(words: str, names: Sequence[str]) -> Floor:
    """Read ``detection=0.97``.

    Raises:
        ValueError: What is wrong with it, one Chinese clause.
    """
    name, equals, number = words.partition("=")
    if not equals or name.strip() not in names:
        raise ValueError(f"写成 名称=比例，名称可用：{'、'.join(names)}")
    try:
        least = Decimal(number.strip())
    except InvalidOperation:
        raise ValueError("等号后面写 0 到 1 的小数，如 0.97") from None
    if not 0 <= least <= 1:
        raise ValueError("等号后面写 0 到 1 的小数，如 0.97")
    return Floor(name.strip(), least)


def missed(floors: Sequence[Floor], rates: Mapping[str, Rate]) -> list[str]:
    """What was not reached, one Chinese line each; a rate of nothing reaches no floor."""
    lines = []
    for floor in floors:
        rate = rates[floor.name]
        if not rate.of:
            lines.append(f"{floor.name} 没有可算的，没有达到 {floor.least}")
        elif Decimal(rate.hits) < floor.least * rate.of:
            lines.append(
                f"{floor.name} 是 {rate.value}（{rate.hits}/{rate.of}），低于 {floor.least}"
            )
    return lines
