"""Budgets adjusted during the year（预算调整）: 年初预算X，年中追加Y，调整后预算Z.

Told in one sentence and in this order, what was budgeted first and what was added or taken
off make the final budget. A sentence that also tells what was carried over says more.
"""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import groupby
from typing import TYPE_CHECKING

from validator.claims import Claim, ClaimKind, Operand
from validator.facts import Basis

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.claims import Term
    from validator.extract.desk import Desk
    from validator.extract.story import Story, Value

ZERO, ONE = Decimal(0), Decimal(1)
_MORE_TOLD = re.compile(r"结转|结余|其[他余中]|等")
_ADJUSTED = re.compile(r"追加|追减|调增|调减|核增|核减|调整(?:增加|减少)|年中|执行中|新增")
_FEWEST = 3


def adjustments(desk: Desk) -> Iterator[Claim]:
    """One claim for each sentence that tells a budget, its adjustments and their result."""
    for story in desk.stories:
        moved = [change.delta for change in story.changes if change.delta is not None]
        told = sorted({*story.values, *moved}, key=lambda value: value.element.start)
        for _, found in groupby(told, key=lambda value: value.sentence):
            values = [value for value in found if value.measure == "money"]
            claim = _claim(desk, story, values)
            if claim is not None:
                yield claim


def _claim(desk: Desk, story: Story, values: list[Value]) -> Claim | None:
    stages = [desk.identity(value).basis for value in values]
    if len(values) < _FEWEST or Basis.ORIGINAL_BUDGET not in stages:
        return None
    first = stages.index(Basis.ORIGINAL_BUDGET)
    last = next(
        (i for i in range(first, len(values)) if stages[i] is Basis.FINAL_BUDGET), first
    )
    between = values[first + 1 : last]
    text = story.cleaned.text
    told = text[values[first].element.start : values[last].element.end]
    if not between or any(v.sign == 0 or v.list is not None for v in between):
        return None
    rest = text[values[last].element.end : values[last].element.end + 8]
    if _MORE_TOLD.search(told) or _MORE_TOLD.search(rest) or not _all_adjust(between, text):
        return None
    parts: tuple[Term, ...] = tuple(desk.term(v) for v in (values[first], *between))
    slots = {"parts": Operand((parts,)), "whole": desk.only(values[last].figure)}
    words = {
        "closed": ONE, "partial": ZERO, "items": Decimal(len(parts)), "single": ZERO,
        "counts": ZERO, "outline": ZERO, "overlap": ZERO,
    }  # fmt: skip
    return Claim(
        ClaimKind.DECOMPOSITION,
        desk.cover(list(slots.values()), story),
        slots,
        words,
        story.section,
        values[last].label,
    )


def _all_adjust(values: list[Value], text: str) -> bool:
    """Whether each amount is told as an adjustment of the budget, not as any other change."""
    return all(_ADJUSTED.search(text[v.element.start : v.element.end]) for v in values)
