"""收支总计（加减链）: revenue of the year, what is added or taken off, and the total.

一般公共预算收入A，加上级补助收入B、上年结转C，收入总计D: the words 加 and 总计 make the list
complete, so that A + B + C is D. What is left of both totals is carried over.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import product
from typing import TYPE_CHECKING

from validator.claims import Claim, ClaimKind, Operand, Term
from validator.extract.elements import Role

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from validator.extract.desk import Desk
    from validator.extract.story import Story, Value

ZERO, ONE = Decimal(0), Decimal(1)
_ADD = r"再?加上?(?![强快大班装固速密工油])"
_TAKE = r"再?(?:减去?(?![税免少轻负排灾])|扣除)"
_BEFORE = re.compile(rf"(?:^|[，。；：、）])(?:(?P<add>{_ADD})|(?P<take>{_TAKE}))：?$")
_AT = re.compile(rf"(?:(?P<add>{_ADD})|(?P<take>{_TAKE}))")
_TOTALS = {
    "total_revenue": "in", "revenue": "in", "total_expenditure": "out", "expenditure": "out",
    "total_both": "",
}  # fmt: skip
_START = {
    "in": ("general_revenue", "fund_revenue", "capital_revenue", "social_revenue", "revenue"),
    "out": (
        "general_expenditure", "fund_expenditure", "capital_expenditure",
        "social_expenditure", "expenditure",
    ),
}  # fmt: skip
_LEFT = ("closing", "surplus")
_TOTAL_WORDS = re.compile(r"(?:合计|总计|总量|总财力)$")
_MUST_BALANCE = re.compile("平衡")
_CARRIED = re.compile("结转|结余|滚存|差额|赤字|缺口")
_MAX_CHOICES = 24
_NEAR = 2


@dataclass(slots=True)
class _Chain:
    """A start, signed parts and the total that they lead to.

    Attributes:
        parts: Values and their signs.
        nested: Those that stand in a list within the chain: parts of a part, or parts.
        total: Where it ends.
        partial: 等 says that there are more.
    """

    parts: list[tuple[Value, int]] = field(default_factory=list)
    nested: list[Value] = field(default_factory=list)
    total: Value | None = None
    partial: bool = False


def flows(desk: Desk) -> Iterator[Claim]:
    """Chains that end in a total, and totals that balance."""
    if not desk.profile.of_government:
        return
    used: set[int] = set()
    ends: set[int] = set()
    for story in desk.stories:
        values = [v for v in story.values if v.sign == 0 and v.measure == "money"]
        at = 0
        while at < len(values):
            chain = _chain(desk, story, values, at)
            if chain is None or chain.total is None:
                at += 1
                continue
            used |= {v.figure for v, _ in chain.parts}
            ends.add(chain.total.figure)
            if claim := _flow(desk, story, chain, values[:at]):
                yield claim
            at = values.index(chain.total) + 1
    yield from _balances(desk, used, ends)


def _operator(story: Story, value: Value) -> int:
    """1 for 加, -1 for 减 in front of a value, else 0."""
    text, at = story.cleaned.text, value.element.label_start
    found = _AT.match(text, at) or _BEFORE.search(text[max(0, at - 6) : at])
    if found is None or not value.element.label:
        return 0
    return 1 if found.group("add") else -1


def _chain(desk: Desk, story: Story, values: Sequence[Value], first: int) -> _Chain | None:
    """The chain that begins at a value, or None."""
    sign = _operator(story, values[first])
    if not sign:
        return None
    chain = _Chain()
    level = desk.bearing(values[first]).level
    for k, value in enumerate(values[first:], start=first):
        identity = desk.identity(value)
        own = _operator(story, value)
        if value.list is not None and value.list.cue == "（":
            continue
        if value.sentence > values[first].sentence + 1 or desk.bearing(value).level != level:
            return None
        before = story.cleaned.text[values[k - 1].element.end :][:1] if k > first else ""
        chain.partial = chain.partial or before == "等"
        if k > first and not own and _ends(identity.item, value, sign):
            chain.total = value
            return chain
        if not own and any(identity.item in items for items in _START.values()):
            return None
        sign = own or sign
        chain.parts.append((value, sign))
        if value.list is not None:
            chain.nested.append(value)
    return None


def _ends(item: str, value: Value, sign: int) -> bool:
    """Whether a value is what a chain leads to."""
    if sign < 0 and (item in _LEFT or value.element.role is Role.DIFFERENCE):
        return True
    return item in _TOTALS or _TOTAL_WORDS.search(value.element.label) is not None


def _flow(
    desk: Desk, story: Story, chain: _Chain, before: Sequence[Value]
) -> Claim | None:
    total = chain.total
    assert total is not None  # noqa: S101 - the caller looked
    starts = list(_starts(desk, chain, before))
    if not starts:
        return None
    lists = _lists(desk, chain)
    terms = [
        (desk.term(start), *(Term(desk.figures[v.figure], sign) for v, sign in parts))
        for start, parts in product(starts, lists)
    ]
    slots = {"total": desk.only(total.figure), "parts": Operand(tuple(terms[:_MAX_CHOICES]))}
    words = {"partial": ONE if chain.partial else ZERO, "left": ZERO}
    span = desk.cover([*slots.values()], story)
    return Claim(ClaimKind.FLOW, span, slots, words, story.section, total.label)


def _lists(desk: Desk, chain: _Chain) -> list[list[tuple[Value, int]]]:
    """Lists of parts: with the values of inner lists, and without those."""
    full = chain.parts
    inner = {id(v) for v in chain.nested}
    strange = {id(v) for v in chain.nested if not _moves(desk, v)}
    lists = [
        full,
        [(v, s) for v, s in full if id(v) not in strange],
        [(v, s) for v, s in full if id(v) not in inner],
    ]
    return [one for k, one in enumerate(lists) if one and one not in lists[:k]]


def _moves(desk: Desk, value: Value) -> bool:
    """Whether a value is of an item that is added to or taken off the year's own."""
    return desk.identity(value).family in ("inflow", "outflow", "source", "totals")


def _starts(desk: Desk, chain: _Chain, before: Sequence[Value]) -> Iterator[Value]:
    """What the chain may begin with, best first: the item of its side, in this block or not."""
    assert chain.total is not None  # noqa: S101 - the caller looked
    item = desk.identity(chain.total).item
    if chain.parts[0][1] < 0:
        wanted: tuple[str, ...] = ("total_revenue", *_START["in"])
    else:
        side = _TOTALS.get(item) or _side(chain.total.label)
        wanted = _START[side] if side else (*_START["in"], *_START["out"])
    fact = desk.fact(chain.total)
    if fact is None:
        return
    seen = set()
    near = [v for v in reversed(before) if desk.identity(v).item in wanted]
    far = [v for name in wanted for v, _ in desk.with_item(name)]
    for value in [*near, *far]:
        own = desk.fact(value)
        if own is None or value.figure in seen:
            continue
        seen.add(value.figure)
        same = (own.key.year, own.key.level, own.key.basis) == (
            fact.key.year, fact.key.level, fact.key.basis,
        )  # fmt: skip
        if same and (value in near or own.key.scope is fact.key.scope):
            yield value


def _side(label: str) -> str:
    return "in" if "收入" in label else "out" if "支出" in label else ""


@dataclass(slots=True)
class _Totals:
    """Totals of one budget, level and year with what is left of them."""

    revenue: list[Value] = field(default_factory=list)
    expenditure: list[Value] = field(default_factory=list)


def _balances(desk: Desk, used: set[int], ends: set[int]) -> Iterator[Claim]:
    """收入总计 and 支出总计 of one budget: equal, or what is left is carried over."""
    groups: dict[tuple[object, ...], _Totals] = defaultdict(_Totals)
    for story in desk.stories:
        for value in story.values:
            fact = desk.fact(value)
            if fact is None or not (value.figure in ends or "total_" in fact.key.item):
                continue
            side = _TOTALS.get(fact.key.item, "")
            key = (fact.key.scope, fact.key.level, fact.key.year, fact.key.basis)
            if side and fact.key.scope:
                totals = groups[key]
                (totals.revenue if side == "in" else totals.expenditure).append(value)
    for totals in groups.values():
        if _once(desk, totals.revenue) and _once(desk, totals.expenditure):
            claim = _balance(desk, totals.revenue[0], totals.expenditure[0], used)
            if claim is not None:
                yield claim


def _once(desk: Desk, values: Sequence[Value]) -> bool:
    """Whether a total has one value, however often it is printed."""
    return len({desk.figures[v.figure].interval for v in values}) == 1


def _balance(desk: Desk, revenue: Value, expenditure: Value, used: set[int]) -> Claim | None:
    first, last = sorted((revenue, expenditure), key=lambda v: v.figure)
    story = desk.story_of(last)
    rest = _left(desk, last, used)
    tail = story.cleaned.text[last.element.end :] + _next(desk, story)
    slots = {"left": desk.only(revenue.figure), "right": desk.only(expenditure.figure)}
    span = desk.figures[first.figure].span.cover(desk.figures[last.figure].span)
    equal = desk.figures[revenue.figure].interval.touches(desk.figures[expenditure.figure].interval)
    if rest and not equal:
        choices = [(expenditure, *rest[:k]) for k in range(1, len(rest) + 1)]
        choices += [(expenditure, value) for value in rest[1:]]
        parts = Operand(tuple(tuple(desk.term(v) for v in one) for one in choices))
        flow = {"total": slots["left"], "parts": parts}
        words = {"partial": ZERO, "left": ONE}
        return Claim(ClaimKind.FLOW, span, flow, words, story.section, rest[0].label)
    called = all(_TOTAL_WORDS.search(v.label) for v in (revenue, expenditure))
    told = _MUST_BALANCE.search(tail) is not None
    if not equal and not told and (not called or _CARRIED.search(tail)):
        return None
    return Claim(
        ClaimKind.BALANCE, span, slots, {"mixed": ZERO}, story.section, revenue.label
    )


def _left(desk: Desk, last: Value, used: set[int]) -> list[Value]:
    """收支相抵，结转下年X: what is left, told after both totals."""
    story = desk.story_of(last)
    return [
        v
        for v in story.values
        if v.figure > last.figure
        and v.figure not in used
        and v.list is None
        and v.sign == 0
        and v.sentence <= last.sentence + _NEAR
        and desk.bearing(v) == desk.bearing(last)
        and (desk.identity(v).item == "closing" or v.element.role is Role.DIFFERENCE)
    ]


def _next(desk: Desk, story: Story) -> str:
    """Words of the paragraph that follows in the same section."""
    after = next((s for s in desk.stories if s.block > story.block), None)
    return after.cleaned.text if after is not None and after.section == story.section else ""
