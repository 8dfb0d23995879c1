"""Chains of sums（加减链）: 收入A，加上级补助收入B、上年结转C，收入总计D.

The words 加 and 总计 make such a list complete; without 加 it probably is. What a chain ends in
is a total, whatever it is called: 收入合计 behind 加 is not the revenue of the year alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from validator.extract.elements import Role

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from validator.extract.story import Story, Value
    from validator.extract.subjects import Identity

_OPERATOR = re.compile(
    r"(?:^|[，。；：、）])再?"
    r"(?:(?P<add>加上?(?![强快大班装固速密工油]))|(?P<take>减去?(?![税免少轻负排灾])|扣除))"
)
MAIN = {
    "in": ("general_revenue", "fund_revenue", "capital_revenue", "social_revenue"),
    "out": (
        "general_expenditure", "fund_expenditure", "capital_expenditure", "social_expenditure",
    ),
}  # fmt: skip
"""Revenue and expenditure of the year in each of the four budgets."""
TOTALS = {"in": "total_revenue", "out": "total_expenditure"}
_NAMED = {
    "total_revenue": "in", "revenue": "in", "total_expenditure": "out", "expenditure": "out",
    "total_both": "", **dict.fromkeys(MAIN["in"], "in"), **dict.fromkeys(MAIN["out"], "out"),
}  # fmt: skip
_LEFT = ("closing", "surplus")
_MOVED = ("higher_subsidy", "opening", "closing", "230", "231")
_SUMMING = re.compile(r"(?:合计|总计|总量|总财力|总收入|总支出)$")


@dataclass(slots=True)
class Chain:
    """Signed parts and the total that they lead to（加减链）.

    Attributes:
        total: Where it ends.
        side: ``in`` for revenue, ``out`` for expenditure, "" when nobody can tell.
        parts: Values and their signs.
        nested: Those that stand in a list within the chain: parts of a part, or parts.
        partial: 等 says that there are more.
        told: 加 or 减 says that it is a sum.
    """

    total: Value
    side: str
    parts: list[tuple[Value, int]] = field(default_factory=list)
    nested: list[Value] = field(default_factory=list)
    partial: bool = False
    told: bool = True


class ChainReader:
    """Finds the chains of a block."""

    def __init__(
        self, identity: Callable[[Value], Identity], level: Callable[[Value], str]
    ) -> None:
        """Prepare for one document.

        Args:
            identity: What a value's label names.
            level: Level of government that a value is of.
        """
        self._identity = identity
        self._level = level

    def read(self, story: Story) -> Iterator[Chain]:
        """The chains of a block in order."""
        values = [v for v in story.values if v.sign == 0 and v.measure == "money"]
        at = 0
        while at < len(values):
            chain = self._chain(story, values, at)
            if chain is None:
                at += 1
            else:
                yield chain
                at = values.index(chain.total) + 1

    def _chain(self, story: Story, values: Sequence[Value], first: int) -> Chain | None:
        """The chain whose first part is a value, or None."""
        sign = _operator(story, values, first)
        told = sign != 0
        if not told and not self._continues(values, first):
            return None
        sign = sign or 1
        chain = Chain(values[first], "", told=told)
        for k, value in enumerate(values[first:], start=first):
            if value.list is not None and value.list.cue == "（":
                continue
            if value.sentence > values[first].sentence + 1:
                return None
            if self._level(value) != self._level(values[first]):
                return None
            own = _operator(story, values, k)
            item = self._identity(value).item
            chain.partial = chain.partial or _open(story, values, k, first)
            if k > first and not own and _ends(item, value, sign):
                chain.total, chain.side = value, _NAMED.get(item, _side(value.label))
                return chain
            if not own and (item in _NAMED or not (told or self._moves(value))):
                return None
            sign = own or sign
            chain.told = told = told or own != 0
            chain.parts.append((value, sign))
            if value.list is not None:
                chain.nested.append(value)
        return None

    def _continues(self, values: Sequence[Value], k: int) -> bool:
        """Whether a value is moved in or out right behind the year's own, in one sentence."""
        before = values[k - 1] if k else None
        if before is None or before.sentence != values[k].sentence:
            return False
        main = {item for items in MAIN.values() for item in items}
        return self._identity(before).item in main and self._moves(values[k])

    def _moves(self, value: Value) -> bool:
        """Whether a value is of an item that is added to the year's own."""
        identity = self._identity(value)
        moved = identity.family in ("inflow", "outflow") or identity.item in _MOVED
        return moved and value.list is None


def _operator(story: Story, values: Sequence[Value], k: int) -> int:
    """1 for 加, -1 for 减 among the words since the value before, else 0."""
    number = values[k].element.number
    start = values[k - 1].element.end if k else 0
    text = story.cleaned.text[start : number.start] if number is not None else ""
    found = None
    for match in _OPERATOR.finditer(text):
        found = match
    if found is None:
        return 0
    return 1 if found.group("add") else -1


def _open(story: Story, values: Sequence[Value], k: int, first: int) -> bool:
    """Whether 等 stands right behind the value before: not all parts are listed."""
    return k > first and story.cleaned.text.startswith("等", values[k - 1].element.end)


def _ends(item: str, value: Value, sign: int) -> bool:
    """Whether a value is what a chain leads to."""
    if sign < 0 and (item in _LEFT or value.element.role is Role.DIFFERENCE):
        return True
    return (item in _NAMED and item.startswith("total_")) or bool(_SUMMING.search(value.label))


def _side(label: str) -> str:
    return "in" if "收入" in label else "out" if "支出" in label else ""
