"""Sums written out（加减算式）: 本年收入合计X，加年初结转和结余Y，收入总计Z."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from validator.claims import Claim, ClaimKind, Operand, Term

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from validator.extract.desk import Desk
    from validator.extract.story import Story, Value

ZERO, ONE = Decimal(0), Decimal(1)
_RESULTS = frozenset(
    {
        "total_revenue", "total_expenditure", "fiscal_total_revenue",
        "fiscal_total_expenditure", "closing",
    }
)  # fmt: skip


def chains(desk: Desk) -> Iterator[Claim]:
    """One claim per amount that others are added to, up to the total behind them."""
    for story in desk.stories:
        values = [v for v in story.values if v.measure == "money" and not v.sign]
        for at, first in enumerate(values):
            terms = _terms(values[at + 1 :], first)
            after = values[at + 1 + len(terms) :]
            if terms and not _sign(first) and after and _results(desk, first, after[0]):
                yield _claim(desk, story, [first, *terms], after[0])


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


def _claim(desk: Desk, story: Story, terms: Sequence[Value], whole: Value) -> Claim:
    slots = {
        "whole": desk.only(whole.figure),
        "parts": Operand((tuple(Term(desk.figures[v.figure], _sign(v) or 1) for v in terms),)),
    }
    words = {
        "closed": ONE, "partial": ZERO, "items": Decimal(len(terms)), "single": ZERO,
        "counts": ZERO, "outline": ZERO, "overlap": ZERO,
    }  # fmt: skip
    return Claim(
        ClaimKind.DECOMPOSITION,
        desk.cover(list(slots.values()), story),
        slots,
        words,
        story.section,
        whole.label,
    )
