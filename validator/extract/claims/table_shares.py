"""占比 in tables（表内占比）: each row's share of the total, and the shares of a column.

A share may be of the total, or of the row that it is a part of; a column whose shares mostly
fit neither is of something that stands elsewhere, and is left alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.claims import Claim, ClaimKind, Operand, Term
from validator.extract.claims.columns import column_totals, of_one_level, style
from validator.quantity import ONE, Dimension
from validator.statements import ColumnKind, RowRole

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from validator.extract.desk import Desk
    from validator.facts import Figure
    from validator.statements import Column, Lane, Row, Statement

_ENOUGH = 2
"""Shares that must fit before another of their column is doubted."""


def table_shares(desk: Desk) -> Iterator[Claim]:
    """Claims of every column of shares."""
    for statement in desk.statements:
        for band in statement.bands:
            for lane in band.lanes:
                for column in lane.of_kind(ColumnKind.SHARE):
                    yield from _rows(statement, lane, column)
                yield from _columns(statement, lane)


def _columns(statement: Statement, lane: Lane) -> Iterator[Claim]:
    """The shares of each column whose total is printed as 100%."""
    for one in column_totals(statement, lane, (ColumnKind.SHARE,)):
        whole = one.whole.quantity
        if whole.unit.dimension is not Dimension.RATIO or whole.base != ONE:
            continue
        if one.law or of_one_level(lane.rows):
            slots = {
                "share": Operand(((Term(one.whole),),)),
                "shares": Operand(tuple(tuple(map(Term, parts)) for parts in one.options)),
            }
            span, section = one.whole.span, one.whole.section
            yield Claim(ClaimKind.COLUMN_SHARES, span, slots, {}, section, one.subject)


def _rows(statement: Statement, lane: Lane, column: Column) -> Iterator[Claim]:
    """Each row's amount over a whole against the share beside it."""
    money = _amounts(lane, column)
    if money is None:
        return
    claims: list[Claim] = []
    fitting = failing = 0
    for position, row in enumerate(lane.rows):
        part, share = statement.figure(row, money), statement.figure(row, column)
        if (
            part is None
            or share is None
            or share.quantity.unit.dimension is not Dimension.RATIO
        ):
            continue
        wholes = [
            figure
            for other in _wholes(lane.rows, position)
            if (figure := statement.figure(other, money)) is not None
        ]
        wholes = [f for f in wholes if f.quantity.unit == part.quantity.unit]
        if not wholes:
            continue
        if any(_fits(part, whole, share) for whole in wholes):
            fitting += 1
        else:
            failing += 1
        slots = {
            "part": Operand(((Term(part),),)),
            "whole": Operand(tuple((Term(figure),) for figure in wholes)),
            "share": Operand(((Term(share),),)),
        }
        claims.append(
            Claim(ClaimKind.ROW_SHARE, share.span, slots, {}, share.section, row.label)
        )
    if failing <= fitting and fitting >= _ENOUGH:
        yield from claims


def _amounts(lane: Lane, column: Column) -> Column | None:
    """The column that shares are of: the amounts in front of them."""
    before = [
        c
        for c in lane.of_kind(ColumnKind.MONEY, ColumnKind.COUNT, ColumnKind.SHARE)
        if c.index < column.index
    ]
    return before[-1] if before and before[-1].kind is not ColumnKind.SHARE else None


def _wholes(rows: Sequence[Row], position: int) -> Iterator[Row]:
    """Rows that one row may be a share of: the totals, and what it is a part of."""
    row = rows[position]
    if row.role is RowRole.TOTAL:
        return
    yield from (other for other in rows if other.role is RowRole.TOTAL)
    before = [other for other in rows[:position] if other.role is not RowRole.TOTAL]
    if row.code:
        yield from (r for r in before if r.code and row.code.startswith(r.code))
        return
    for other in reversed(before):
        if row.role is RowRole.PART and other.role is not RowRole.PART:
            yield other
            return
        if row.number and style(other.number) != style(row.number):
            yield other
            return


def _fits(part: Figure, whole: Figure, share: Figure) -> bool:
    quotient = part.interval.divided_by(whole.interval)
    return quotient is not None and quotient.touches(share.interval)
