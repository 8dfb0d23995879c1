"""Changes in tables（表内增减）: this period, the one before, and what lies between."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.claims import Claim, ClaimKind, Operand, Term
from validator.statements import ColumnKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.extract.desk import Desk
    from validator.statements import Lane, Statement


def table_changes(desk: Desk) -> Iterator[Claim]:
    """Claims of every row that compares two periods."""
    for statement in desk.statements:
        for band in statement.bands:
            for lane in band.lanes:
                yield from _changes(statement, lane)


def _changes(statement: Statement, lane: Lane) -> Iterator[Claim]:
    """增减额 and 增减率 against the columns of both periods."""
    money = lane.of_kind(ColumnKind.MONEY)
    prior = [c for c in money if c.year == -1]
    current = [c for c in money if c.year != -1]
    current = [c for c in current if c.item in ("", "total")] if len(current) > 1 else current
    amounts, rates = lane.of_kind(ColumnKind.CHANGE), lane.of_kind(ColumnKind.GROWTH)
    if not (len(prior) == len(current) == 1) or len(amounts) > 1 or len(rates) > 1:
        return
    for row in lane.rows:
        named = {
            "current": statement.figure(row, current[0]),
            "prior": statement.figure(row, prior[0]),
            "amount": statement.figure(row, amounts[0]) if amounts else None,
            "rate": statement.figure(row, rates[0]) if rates else None,
        }
        main = named["amount"] or named["rate"]
        if named["current"] is not None and named["prior"] is not None and main is not None:
            slots = {
                name: Operand(((Term(figure),),))
                for name, figure in named.items()
                if figure is not None
            }
            yield Claim(ClaimKind.PERIOD_CHANGE, main.span, slots, {}, main.section, row.label)
