"""Funds of a form（资金情况）: the row of the total, the rows of its sources, the stages.

A form prints 年初预算数, 全年预算数 and 全年执行数 of all funds, and below them of each source:
财政拨款, 上年结转资金, 其他资金. A form about all spending may go on with another division.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from validator.facts import Basis
from validator.statements import ColumnKind, RowRole

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from validator.extract.assessments.words import Words
    from validator.facts import Figure
    from validator.statements import Column, Lane, Row, Statement

_BUDGETS = (Basis.FINAL_BUDGET, Basis.BUDGET, Basis.ORIGINAL_BUDGET)


@dataclass(frozen=True, slots=True)
class Stages:
    """The columns of one lane that tell how a budget was carried out（预算与执行）.

    Attributes:
        initial: 年初预算数, where the adjusted budget stands beside it.
        budget: The budget as adjusted last.
        executed: 执行数.
    """

    initial: Column | None
    budget: Column | None
    executed: Column | None


@dataclass(frozen=True, slots=True)
class Funds:
    """All funds of a form（年度资金）.

    Attributes:
        lane: The lane they stand in.
        band: Number of its band.
        total: The row of all funds.
        sources: The rows that divide it.
        closed: Whether the sources are complete: 其他资金 is one of them.
        stages: Columns.
    """

    lane: Lane
    band: int
    total: Row
    sources: tuple[Row, ...]
    closed: bool
    stages: Stages


def stages_of(lane: Lane, words: Words) -> Stages:
    """Columns of the stages of the budget; of several, the one of the whole（总额）."""
    columns = [c for c in lane.of_kind(ColumnKind.MONEY) if c.year != -1]
    # A head that reaches over several columns is one column.
    money = list({c.nodes: c for c in reversed(columns)}.values())
    by_basis = {basis: _only([c for c in money if c.basis is basis], words) for basis in Basis}
    budget = next((by_basis[basis] for basis in _BUDGETS if by_basis[basis]), None)
    initial = by_basis[Basis.ORIGINAL_BUDGET]
    return Stages(initial if initial is not budget else None, budget, by_basis[Basis.ACTUAL])


def _only(columns: Sequence[Column], words: Words) -> Column | None:
    if len(columns) > 1:
        columns = [c for c in columns if c.heads and words.is_whole(c.heads[-1])]
    return columns[0] if len(columns) == 1 else None


def funds_of(statement: Statement, words: Words) -> Iterator[Funds]:
    """Every total of funds with its sources."""
    for number, band in enumerate(statement.bands):
        for lane in band.lanes:
            stages = stages_of(lane, words)
            if stages.budget is None and stages.executed is None:
                continue
            for position, row in enumerate(lane.rows):
                if words.is_fund_total(row.label):
                    found = _sources(statement, lane, position, words)
                    closed = any(words.is_rest(one.label) for one in found)
                    yield Funds(lane, number, row, tuple(found), closed, stages)


def _sources(statement: Statement, lane: Lane, position: int, words: Words) -> list[Row]:
    """Rows below the total until one that is laid out otherwise."""
    money = lane.of_kind(ColumnKind.MONEY)
    found: list[Row] = []
    for row in lane.rows[position + 1 :]:
        ended = row.role is RowRole.TOTAL or words.is_fund_total(row.label)
        if ended or words.is_division(row.label):
            break
        if not all(statement.knows(row, column) for column in money):
            break
        filled = any(statement.figure(row, column) is not None for column in money)
        if not filled and not words.is_source(row.label):
            break
        found.append(row)
    return found


def beside(statement: Statement, row: int, column: int) -> Figure | None:
    """The number in the next cell to the right that is not blank, if it is one."""
    right = sorted(c for r, c in statement.words if r == row and c > column)
    own = statement.words.get((row, column), "")
    for place in right:
        if (row, place) in statement.figures:
            return statement.figures[row, place]
        if statement.words[row, place] != own:
            return None
    return None
