"""收支总计: the year's own, what is added or taken off, and the total; totals that balance.

A chain of sums is complete, so that its parts are its total. What is left of both totals is
carried over.
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
from validator.extract.tallies import MAIN, TOTALS
from validator.facts import FundScope

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from validator.extract.desk import Desk
    from validator.extract.story import Story, Value
    from validator.extract.tallies import Chain

ZERO, ONE = Decimal(0), Decimal(1)
_SIDES = {item: side for side, item in TOTALS.items()}
_MOVED = frozenset({"inflow", "outflow", "source", "totals"})
_CALLED = re.compile("合计|总计|总量")
_MUST_BALANCE = re.compile("平衡")
_CARRIED = re.compile("结转|结余|滚存|差额|赤字|缺口")
_MAX_CHOICES = 24
_NEAR = 2


def flows(desk: Desk) -> Iterator[Claim]:
    """Chains that end in a total, and totals that balance."""
    for story in desk.stories:
        for chain in desk.chains_of(story):
            claim = _flow(desk, story, chain)
            if claim is not None:
                yield claim
    if desk.profile.of_government:
        yield from _balances(desk)


def _flow(desk: Desk, story: Story, chain: Chain) -> Claim | None:
    starts = list(_starts(desk, story, chain))
    if not starts:
        return None
    terms = [
        (desk.term(start), *(Term(desk.figures[v.figure], sign) for v, sign in parts))
        for start, parts in product(starts, _lists(desk, chain))
    ]
    slots = {
        "total": desk.only(chain.total.figure),
        "parts": Operand(tuple(terms[:_MAX_CHOICES])),
    }
    words = {
        "partial": ONE if chain.partial else ZERO,
        "told": ONE if chain.told else ZERO,
        "carried": ZERO,
    }
    span = desk.cover([*slots.values()], story)
    return Claim(ClaimKind.FLOW, span, slots, words, story.section, chain.total.label)


def _lists(desk: Desk, chain: Chain) -> list[list[tuple[Value, int]]]:
    """Lists of parts: with the values of inner lists, and without those."""
    full = chain.parts
    inner = {id(v) for v in chain.nested}
    strange = {id(v) for v in chain.nested if desk.identity(v).family not in _MOVED}
    lists = [
        full,
        [(v, s) for v, s in full if id(v) not in strange],
        [(v, s) for v, s in full if id(v) not in inner],
    ]
    return [one for k, one in enumerate(lists) if one and one not in lists[:k]]


def _starts(desk: Desk, story: Story, chain: Chain) -> Iterator[Value]:
    """What the chain may begin with: the item of its side, further up or elsewhere."""
    fact = desk.fact(chain.total)
    if fact is None:
        return
    first = chain.parts[0][0].figure
    if chain.parts[0][1] < 0:
        wanted: tuple[str, ...] = (TOTALS["in"], *MAIN["in"])
    else:
        wanted = MAIN[chain.side] if chain.side else (*MAIN["in"], *MAIN["out"])
    near = [v for v in reversed(story.values) if v.figure < first and not v.sign]
    far = [v for name in wanted for v, _ in desk.with_item(name) if v not in near]
    for value in [*near, *far]:
        own = desk.fact(value)
        if own is None or own.key.item not in wanted or value is chain.total:
            continue
        same = (own.key.year, own.key.level, own.key.basis) == (
            fact.key.year, fact.key.level, fact.key.basis,
        )  # fmt: skip
        if same and (value in near or own.key.scope is fact.key.scope):
            yield value


@dataclass(slots=True)
class _Pair:
    """Totals of one budget, level and year."""

    revenue: list[Value] = field(default_factory=list)
    expenditure: list[Value] = field(default_factory=list)


def _balances(desk: Desk) -> Iterator[Claim]:
    """收入总计 and 支出总计 of one budget: equal, or what is left is carried over."""
    groups: dict[tuple[object, ...], _Pair] = defaultdict(_Pair)
    used = {
        v.figure
        for story in desk.stories
        for chain in desk.chains_of(story)
        for v, _ in chain.parts
    }
    for story in desk.stories:
        for value in story.values:
            fact = desk.fact(value)
            side = _SIDES.get(fact.key.item, "") if fact is not None else ""
            if fact is None or not side or fact.key.scope is FundScope.UNKNOWN:
                continue
            key = (fact.key.scope, fact.key.level, fact.key.year, fact.key.basis)
            pair = groups[key]
            (pair.revenue if side == "in" else pair.expenditure).append(value)
    for pair in groups.values():
        if _once(desk, pair.revenue) and _once(desk, pair.expenditure):
            claim = _balance(desk, pair.revenue[0], pair.expenditure[0], used)
            if claim is not None:
                yield claim


def _once(desk: Desk, values: Sequence[Value]) -> bool:
    """Whether a total has one value, however often it is printed."""
    return len({desk.figures[v.figure].interval for v in values}) == 1


def _balance(desk: Desk, revenue: Value, expenditure: Value, used: set[int]) -> Claim | None:
    first, last = sorted((revenue, expenditure), key=lambda v: v.figure)
    story = desk.story_of(last)
    left, right = desk.figures[revenue.figure], desk.figures[expenditure.figure]
    slots = {"left": desk.only(left.id), "right": desk.only(right.id)}
    span = desk.figures[first.figure].span.cover(desk.figures[last.figure].span)
    equal = left.interval.touches(right.interval)
    rest = _left(desk, last, used)
    if rest and not equal:
        choices = [(expenditure, *rest[:k]) for k in range(1, len(rest) + 1)]
        choices += [(expenditure, value) for value in rest[1:]]
        parts = Operand(tuple(tuple(desk.term(v) for v in one) for one in choices))
        flow = {"total": slots["left"], "parts": parts}
        words = {"partial": ZERO, "told": ONE, "carried": ONE}
        return Claim(ClaimKind.FLOW, span, flow, words, story.section, rest[0].label)
    tail = story.cleaned.text[last.element.end :] + _next(desk, story)
    called = all(_CALLED.search(v.label) for v in (revenue, expenditure))
    told = _MUST_BALANCE.search(tail) is not None
    if not equal and not told and (not called or _CARRIED.search(tail)):
        return None
    words = {"mixed": ZERO}
    return Claim(ClaimKind.BALANCE, span, slots, words, story.section, revenue.label)


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
