"""Changes in tables（表内增减）: this period, the one before, and what lies between."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.claims import Claim, ClaimKind, Operand, Term
from validator.quantity import Dimension
from validator.statements import ColumnKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from validator.extract.desk import Desk
    from validator.facts import Figure
    from validator.statements import Column, Lane, Row, Statement


def table_changes(desk: Desk) -> Iterator[Claim]:
    """Claims of every row that compares two periods."""
    if desk.profile.of_government:
        return  # its tables are read by the years of their columns
    for statement in desk.statements:
        for band in statement.bands:
            for lane in band.lanes:
                yield from _changes(statement, lane)


def _changes(statement: Statement, lane: Lane) -> Iterator[Claim]:
    """增减额 and 增减率 against the columns of both periods.

    Where last year stands twice, as budgeted and as spent, either may be meant.
    """
    money = lane.of_kind(ColumnKind.MONEY)
    priors = [c for c in money if c.year == -1]
    current = [c for c in money if c.year != -1]
    current = [c for c in current if c.item in ("", "total")] if len(current) > 1 else current
    amounts, rates = lane.of_kind(ColumnKind.CHANGE), lane.of_kind(ColumnKind.GROWTH)
    if not priors or len(current) != 1 or len(amounts) > 1 or len(rates) > 1:
        return
    if len({c.basis for c in priors}) < len(priors):
        return
    for row in lane.rows:
        before = [f for c in priors if (f := statement.figure(row, c)) is not None]
        named = {
            "current": statement.figure(row, current[0]),
            "amount": _measured(statement, row, amounts, Dimension.MONEY),
            "rate": _measured(statement, row, rates, Dimension.RATIO),
        }
        main = named["amount"] or named["rate"]
        if named["current"] is not None and len(before) == len(priors) and main is not None:
            slots = {
                name: Operand(((Term(figure),),))
                for name, figure in named.items()
                if figure is not None
            }
            slots["prior"] = Operand(tuple((Term(figure),) for figure in before))
            yield Claim(ClaimKind.PERIOD_CHANGE, main.span, slots, {}, main.section, row.label)


def _measured(
    statement: Statement, row: Row, columns: Sequence[Column], dimension: Dimension
) -> Figure | None:
    """The number of a row in the only column, where it measures what it must."""
    figure = statement.figure(row, columns[0]) if columns else None
    fits = figure is not None and figure.quantity.unit.dimension is dimension
    return figure if fits else None
