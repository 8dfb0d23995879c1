"""Rows of forms（表内各行）: rates of execution, changes and targets."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from validator.claims import Claim, ClaimKind, Operand, Term
from validator.extract.claims.scores import score_columns
from validator.facts import Basis
from validator.quantity import Qualifier
from validator.statements import ColumnKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from validator.extract.desk import Desk
    from validator.facts import Figure
    from validator.statements import Column, Lane, Row, Statement

ONE, ZERO = Decimal(1), Decimal(0)
_BUDGETS = (Basis.FINAL_BUDGET, Basis.BUDGET, Basis.ORIGINAL_BUDGET)
_AT_LEAST = re.compile(r"[≥＞>]|不低于|不少于|大于|至少|以上")
_AT_MOST = re.compile(r"[≤＜<]|不超过|不高于|小于|少于|以内|以下")
_EQUAL = re.compile(r"[＝=]|等于")
_WORDS_ONLY = re.compile("定性")
_SAYS_NOTHING = re.compile(r"(?:无|[-—/]+|未偏离|无偏差|不存在偏差)?")


def table_forms(desk: Desk) -> Iterator[Claim]:
    """Claims of every row that compares."""
    directions = _Directions.of(desk.lexicon.tables["targets"])
    for statement in desk.statements:
        for band in statement.bands:
            for lane in band.lanes:
                years = _Years(statement.year or desk.profile.year)
                yield from _executions(years, statement, lane)
                yield from _changes(years, statement, lane)
                yield from _targets(directions, statement, lane)


def _one(figure: Figure) -> Operand:
    return Operand(((Term(figure),),))


def _claim(kind: ClaimKind, row: Row, main: Figure, **slots: Figure | None) -> Claim:
    bound = {name: _one(figure) for name, figure in slots.items() if figure is not None}
    return Claim(kind, main.span, bound, {}, main.section, row.label)


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
        if rate is not None and planned is not None and spent is not None:
            yield _claim(
                ClaimKind.EXECUTION, row, rate, budget=planned, executed=spent, rate=rate
            )


def _changes(years: _Years, statement: Statement, lane: Lane) -> Iterator[Claim]:
    """增减额 and 增减率 against the columns of both periods."""
    amounts, rates = lane.of_kind(ColumnKind.CHANGE), lane.of_kind(ColumnKind.GROWTH)
    money = _left_of([*amounts, *rates], lane.of_kind(ColumnKind.MONEY))
    current = years.latest(money)
    prior = [c for c in money if current and years.of(c) == years.of(current[0]) - 1]
    current, prior = _one_stage(current), _one_stage(prior)
    if not (len(prior) == len(current) == 1) or len(amounts) > 1 or len(rates) > 1:
        return
    for row in lane.rows:
        now, before = statement.figure(row, current[0]), statement.figure(row, prior[0])
        amount = statement.figure(row, amounts[0]) if amounts else None
        rate = statement.figure(row, rates[0]) if rates else None
        main = amount or rate
        if now is not None and before is not None and main is not None:
            yield _claim(
                ClaimKind.PERIOD_CHANGE, row, main,
                current=now, prior=before, amount=amount, rate=rate,
            )  # fmt: skip


def _left_of(results: list[Column], columns: list[Column]) -> list[Column]:
    """Columns before those that compare them: what comes behind is another matter."""
    first = min((c.index for c in results), default=0)
    return [c for c in columns if c.index < first] or columns


def _one_stage(columns: list[Column]) -> list[Column]:
    """Of the columns of one year those of what was carried out, or the totals."""
    if len(columns) > 1:
        actual = [c for c in columns if c.basis is Basis.ACTUAL]
        columns = actual or [c for c in columns if c.item in ("", "total")]
    return columns


def _targets(directions: _Directions, statement: Statement, lane: Lane) -> Iterator[Claim]:
    """完成值 beside 指标值 under ≥, ≤ or ＝."""
    goals, results = lane.of_kind(ColumnKind.TARGET), lane.of_kind(ColumnKind.DONE)
    if not (len(goals) == len(results) == 1):
        return
    symbols, reasons = lane.of_kind(ColumnKind.SYMBOL), lane.of_kind(ColumnKind.REASON)
    pair = score_columns(lane)
    for row in lane.rows:
        target, done = statement.single(row, goals[0]), statement.single(row, results[0])
        if target is None or done is None or not _alike(target, done):
            continue
        words = "".join(statement.text(row, c) for c in (*symbols, goals[0]))
        names = "".join(statement.text(row, c) for c in lane.of_kind(ColumnKind.LABEL))
        symbol = directions.symbol(words, target, names)
        if symbol is None:
            continue
        weight = statement.figure(row, pair[0]) if pair else None
        score = statement.figure(row, pair[1]) if pair else None
        told = "".join(statement.text(row, c) for c in reasons)
        claim = _claim(
            ClaimKind.TARGET, row, done, target=target, done=done, weight=weight, score=score
        )
        scored = weight is not None and score is not None
        facts = {
            "symbol": Decimal(symbol),
            "explained": ZERO if _SAYS_NOTHING.fullmatch(told) else ONE,
            "scored": ONE if scored else ZERO,
        }
        yield Claim(claim.kind, claim.span, claim.slots, facts, claim.section, claim.subject)


def _alike(target: Figure, done: Figure) -> bool:
    """Whether two figures are in one unit; a bare number takes the other's."""
    units = {target.quantity.unit, done.quantity.unit}
    if any(f.quantity.qualifier is Qualifier.ABOUT for f in (target, done)):
        return False
    return len(units) == 1


@dataclass(frozen=True)
class _Directions:
    """Which way a target without a sign is to be reached, by the name of what is measured."""

    less: re.Pattern[str]
    more: re.Pattern[str]

    @classmethod
    def of(cls, words: Mapping[str, Sequence[str]]) -> _Directions:
        """From ``targets`` of ``rules/lexicon/tables.yaml``."""
        less, more = ("|".join(map(re.escape, words[key])) for key in ("less", "more"))
        return cls(re.compile(less), re.compile(more))

    def symbol(self, words: str, target: Figure, names: str) -> int | None:
        """1 for at least, -1 for at most, 0 for exactly; None when nobody can tell."""
        if _WORDS_ONLY.search(words):
            return None
        if _AT_LEAST.search(words) or target.quantity.qualifier is Qualifier.ABOVE:
            return 1
        if _AT_MOST.search(words) or target.quantity.qualifier is Qualifier.BELOW:
            return -1
        if self.less.search(names):
            return None
        if _EQUAL.search(words):
            return 0
        return 1 if self.more.search(names) else None
