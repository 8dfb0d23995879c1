"""合计 of the only column of an unknown table（孤立的合计）.

Nothing else in such a table shows which rows its total sums. It is doubted only where no two
or more rows whatever make it up, so that no reading of the table can be right.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from validator.claims import Claim, ClaimKind, Operand, Term
from validator.extract.claims.columns import of_one_level
from validator.quantity import ZERO, Interval
from validator.statements import RowRole

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from validator.extract.claims.sums import Sum
    from validator.facts import Figure
    from validator.statements import Lane, Statement

_FEWEST, _MOST = 3, 14
"""Rows that a list must have: fewer say little, and more make every amount up somehow."""
_NO_PART = re.compile("率|比|均|其中|余额|累计|年[初末]|[减差]")


def lone_total(statement: Statement, lane: Lane, sums: Sequence[Sum]) -> Iterator[Claim]:
    """The total of a table that has no other, where no choice of rows makes it up.

    Args:
        statement: A table of no known form.
        lane: One of its lanes.
        sums: All totals of its columns.
    """
    if len(sums) != 1 or statement.form or not statement.title or sums[0].holds:
        return
    one = sums[0]
    items = [row for row in lane.rows if row.role is not RowRole.TOTAL]
    last = lane.rows[-1].index == one.group
    if len(lane.rows) - len(items) != 1 or not of_one_level(lane.rows):
        return
    if any(row.code or _NO_PART.search(row.label) for row in items):
        return
    parts = max(one.options, key=len)
    if len(parts) != len(items) or not _FEWEST <= len(parts) <= _MOST:
        return
    alike = {figure.quantity.unit for figure in (one.whole, *parts)}
    if len(alike) > 1 or any(figure.interval.low < ZERO for figure in parts):
        return
    if not last and _total(parts).high < one.whole.interval.low:
        return  # a total on top of a list that may go on elsewhere
    if not _made_up(one.whole, parts):
        slots = {
            "whole": Operand(((Term(one.whole),),)),
            "parts": Operand((tuple(map(Term, parts)),)),
        }
        span = one.whole.span
        yield Claim(ClaimKind.LONE_TOTAL, span, slots, {}, one.whole.section, statement.title)


def _total(figures: Sequence[Figure]) -> Interval:
    return sum((figure.interval for figure in figures), Interval.exact(ZERO))


def _made_up(whole: Figure, parts: Sequence[Figure]) -> bool:
    """Whether some of the rows add up to the total: then it may be the sum of those."""
    sums = [Interval.exact(ZERO)]
    for part in parts:
        sums += [one + part.interval for one in sums]
    return any(one.touches(whole.interval) for one in sums)
