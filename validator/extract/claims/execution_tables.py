"""Tables of a budget carried out（执行情况表）: last year, budget, what came of it, two rates.

A report of a whole government prints 2022年执行数 | 2023年预算数 | 2023年执行数 | 为预算% |
比上年增长%: each rate is of the columns to its left, of the years that their heads name.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from validator.claims import Claim, ClaimKind, Operand, Term
from validator.facts import Basis
from validator.quantity import HUNDRED
from validator.statements import ColumnKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from validator.extract.desk import Desk
    from validator.facts import Figure
    from validator.statements import Column, Lane, Row, Statement

ZERO = Decimal(0)
_BUDGETS = (Basis.FINAL_BUDGET, Basis.BUDGET, Basis.ORIGINAL_BUDGET)
_UNSAID = ("total", "asked", "explained", "full", "grain", "stepped")


def execution_tables(desk: Desk) -> Iterator[Claim]:
    """Claims of every row with a rate of execution or of change."""
    if not desk.profile.of_government:
        return
    for statement in desk.statements:
        years = _Years(statement.year or desk.profile.year)
        for band in statement.bands:
            for lane in band.lanes:
                yield from _executions(years, statement, lane)
                yield from _changes(years, statement, lane)


@dataclass(frozen=True)
class _Years:
    """Calendar years of the columns of a table."""

    own: int

    def of(self, column: Column) -> int:
        """上年决算数 is of the year before; 2022年执行数 says its own."""
        return column.year if column.year > 0 else self.own + column.year

    def latest(self, columns: Sequence[Column]) -> list[Column]:
        """The columns of the last year among some."""
        last = max(map(self.of, columns), default=0)
        return [column for column in columns if self.of(column) == last]


def _executions(years: _Years, statement: Statement, lane: Lane) -> Iterator[Claim]:
    """执行率 = 执行数 ÷ the budget as adjusted last, of the same year."""
    rates = lane.of_kind(ColumnKind.EXECUTION)
    money = _left_of(rates, lane.of_kind(ColumnKind.MONEY))
    actual = years.latest([c for c in money if c.basis is Basis.ACTUAL])
    same = [c for c in money if actual and years.of(c) == years.of(actual[0])]
    budget = next(
        (found for basis in _BUDGETS if (found := [c for c in same if c.basis is basis])), []
    )
    if not (len(rates) == len(actual) == len(budget) == 1):
        return
    for row in lane.rows:
        rate = statement.single(row, rates[0])
        planned, spent = statement.figure(row, budget[0]), statement.figure(row, actual[0])
        if rate is None or planned is None or spent is None:
            continue
        printed = rate.quantity.number
        side = Decimal((printed > HUNDRED) - (printed < HUNDRED))
        words = dict.fromkeys(_UNSAID, ZERO) | {"rate_side": side}
        slots = {"budget": _one(planned), "executed": _one(spent), "rate": _one(rate)}
        yield Claim(ClaimKind.EXECUTION, rate.span, slots, words, rate.section, row.label)


def _changes(years: _Years, statement: Statement, lane: Lane) -> Iterator[Claim]:
    """增减额 and 增减率 of what was carried out, or of the draft, against the year before."""
    kinds = (ColumnKind.CHANGE, ColumnKind.GROWTH, ColumnKind.RATIO)
    results = dict(zip(("amount", "rate", "ratio"), map(lane.of_kind, kinds), strict=True))
    money = _left_of(
        [c for some in results.values() for c in some], lane.of_kind(ColumnKind.MONEY)
    )
    current = years.latest(money)
    prior = [c for c in money if current and years.of(c) == years.of(current[0]) - 1]
    current, prior = _one_stage(current), _one_stage(prior)
    several = any(len(columns) > 1 for columns in results.values())
    if several or not (len(prior) == len(current) == 1):
        return
    for row in lane.rows:
        named = {
            "current": statement.figure(row, current[0]),
            "prior": statement.figure(row, prior[0]),
        }
        found = {name: _cell(statement, row, columns) for name, columns in results.items()}
        main = next((figure for figure in found.values() if figure is not None), None)
        if None in named.values() or main is None:
            continue
        named |= found
        slots = {name: _one(figure) for name, figure in named.items() if figure is not None}
        yield Claim(ClaimKind.PERIOD_CHANGE, main.span, slots, {}, main.section, row.label)


def _cell(statement: Statement, row: Row, columns: Sequence[Column]) -> Figure | None:
    return statement.figure(row, columns[0]) if columns else None


def _left_of(results: list[Column], columns: list[Column]) -> list[Column]:
    """Columns before those that compare them: what comes behind is another matter."""
    first = min((c.index for c in results), default=0)
    return [c for c in columns if c.index < first] or columns


def _one_stage(columns: list[Column]) -> list[Column]:
    """Of the columns of one year those of what was carried out."""
    if len(columns) > 1:
        return [c for c in columns if c.basis is Basis.ACTUAL]
    return columns


def _one(figure: Figure) -> Operand:
    return Operand(((Term(figure),),))
