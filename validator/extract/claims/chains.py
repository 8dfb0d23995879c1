"""Sums written out（加减算式、合计在后）: X，加Y，收入总计Z; 会议费X、培训费Y，合计Z.

Where a list that ends in 合计 begins is not said: it is judged when it adds up from some place
on, when it is a closed family, or when it misses by a hair.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from validator.claims import Claim, ClaimKind, Operand, Term
from validator.extract.claims.partitions import family
from validator.extract.labels import AVERAGE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from validator.extract.desk import Desk
    from validator.extract.story import Story, Value

ZERO, ONE = Decimal(0), Decimal(1)
_FEWEST = 2
_RESULTS = frozenset(
    {
        "total_revenue", "total_expenditure", "fiscal_total_revenue",
        "fiscal_total_expenditure", "closing",
    }
)  # fmt: skip


_ALTOGETHER = re.compile(r"[，；、]?(?:以上)?(?:总共|共计?|合计|总计|累计)(?:为|：)?")
_ENDS_TOGETHER = re.compile(r"(?:共|共计|合计|总计|累计)(?:为|：)?\Z")
_LONGEST_GAP = 6
"""Characters that ``_ALTOGETHER`` takes at most."""
_HAIR = Decimal("0.02")


def chains(desk: Desk) -> Iterator[Claim]:
    """One claim per amount that others are added to, up to the total behind them."""
    for story in desk.stories:
        values = [v for v in story.values if v.measure == "money" and not v.sign]
        # In reports of a whole government, flows know where the list begins.
        for at, first in enumerate([] if desk.profile.of_government else values):
            terms = _terms(values[at + 1 :], first)
            after = values[at + 1 + len(terms) :]
            if terms and not _sign(first) and after and _results(desk, first, after[0]):
                yield _claim(desk, story, [[first, *terms]], after[0], closed=True)
        for value in story.values:
            yield from _altogether(desk, story, value)


def _altogether(desk: Desk, story: Story, total: Value) -> Iterator[Claim]:
    """会议费3万元、培训费4万元，合计7万元: a total behind its parts."""
    number = total.element.number
    if number is None or total.list is not None or total.sign or total.element.respective:
        return
    # Most figures end here, before all others of a long paragraph are looked at.
    words = story.cleaned.text[max(number.digits - _LONGEST_GAP, 0) : number.digits]
    if not _ENDS_TOGETHER.search(words):
        return
    before = [
        v
        for v in story.values
        if v.segment == total.segment and v.element.end <= number.start and not v.sign
    ]
    if len(before) < _FEWEST or any(v.measure != total.measure for v in before):
        return
    gap = story.cleaned.text[before[-1].element.end : number.digits]
    if not _ALTOGETHER.fullmatch(gap) or any(AVERAGE.search(v.label) for v in before):
        return
    choices = [before[k:] for k in range(len(before) - 1)]
    closed = desk.is_closed(family(desk, before))
    if closed or any(_near(desk, parts, total) for parts in choices):
        yield _claim(desk, story, choices[:1] if closed else choices, total, closed=closed)


def _near(desk: Desk, parts: Sequence[Value], total: Value) -> bool:
    """Whether parts add up to a total, or miss it by a hair."""
    whole = desk.figures[total.figure].quantity.base
    added = sum((desk.figures[v.figure].quantity.base for v in parts), ZERO)
    return whole > ZERO and abs(added - whole) <= whole * _HAIR


def _terms(values: Sequence[Value], first: Value) -> list[Value]:
    """The amounts right behind the first that are said to be added or taken away."""
    found: list[Value] = []
    for value in values:
        if not _sign(value) or value.sentence != first.sentence:
            break
        found.append(value)
    return found


def _sign(value: Value) -> int:
    flags = value.element.flags
    return 1 if "added" in flags else -1 if "taken" in flags else 0


def _results(desk: Desk, first: Value, last: Value) -> bool:
    """Whether an amount is the result of the sum before it."""
    return last.sentence == first.sentence and desk.identity(last).item in _RESULTS


def _claim(
    desk: Desk, story: Story, choices: Sequence[Sequence[Value]], whole: Value, *, closed: bool
) -> Claim:
    slots = {
        "whole": desk.only(whole.figure),
        "parts": Operand(
            tuple(
                tuple(Term(desk.figures[v.figure], _sign(v) or 1) for v in terms)
                for terms in choices
            )
        ),
    }
    words = {
        "closed": ONE if closed else ZERO,
        "partial": ZERO,
        "items": Decimal(len(choices[0])),
        "single": ZERO,
        "counts": ZERO if whole.measure == "money" else ONE,
        "outline": ZERO,
        "overlap": ZERO,
    }
    return Claim(
        ClaimKind.DECOMPOSITION,
        desk.cover(list(slots.values()), story),
        slots,
        words,
        story.section,
        whole.label,
    )
