"""Rows of forms（表内各行）: rates of execution, changes, scores and targets."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from validator.claims import Claim, ClaimKind, Operand, Term
from validator.facts import Basis, FigureKind
from validator.quantity import Qualifier
from validator.statements import ColumnKind, RowRole

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from validator.extract.desk import Desk
    from validator.facts import Figure
    from validator.statements import Band, Column, Lane, Row, Statement

ONE, ZERO = Decimal(1), Decimal(0)
_BUDGETS = (Basis.FINAL_BUDGET, Basis.BUDGET, Basis.ORIGINAL_BUDGET)
_AT_LEAST = re.compile(r"[≥＞>]|不低于|不少于|大于|至少|以上")
_AT_MOST = re.compile(r"[≤＜<]|不超过|不高于|小于|少于|以内|以下")
_EQUAL = re.compile(r"[＝=]|等于")
_LESS_IS_BETTER = re.compile("成本|时效|时间|费用|支出|标准|次数|率低|下降|减少|投诉|事故")
_WORDS_ONLY = re.compile("定性")
_SAYS_NOTHING = re.compile(r"(?:无|[-—/]+|未偏离|无偏差|不存在偏差)?")


def table_forms(desk: Desk) -> Iterator[Claim]:
    """Claims of every row that compares, and of the totals of scores."""
    for statement in desk.statements:
        for band in statement.bands:
            for lane in band.lanes:
                yield from _executions(statement, lane)
                yield from _changes(statement, lane)
                yield from _scores(statement, lane)
                yield from _targets(statement, lane)
        yield from _score_totals(desk, statement)


def _one(figure: Figure) -> Operand:
    return Operand(((Term(figure),),))


def _claim(kind: ClaimKind, row: Row, main: Figure, **slots: Figure | None) -> Claim:
    bound = {name: _one(figure) for name, figure in slots.items() if figure is not None}
    return Claim(kind, main.span, bound, {}, main.section, row.label)


def _executions(statement: Statement, lane: Lane) -> Iterator[Claim]:
    """执行率 = 执行数 ÷ the budget as adjusted last."""
    money = lane.of_kind(ColumnKind.MONEY)
    rates = lane.of_kind(ColumnKind.EXECUTION)
    actual = [c for c in money if c.basis is Basis.ACTUAL]
    budget = next(
        (found for basis in _BUDGETS if (found := [c for c in money if c.basis is basis])), []
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
        now, before = statement.figure(row, current[0]), statement.figure(row, prior[0])
        amount = statement.figure(row, amounts[0]) if amounts else None
        rate = statement.figure(row, rates[0]) if rates else None
        main = amount or rate
        if now is not None and before is not None and main is not None:
            yield _claim(
                ClaimKind.PERIOD_CHANGE, row, main,
                current=now, prior=before, amount=amount, rate=rate,
            )  # fmt: skip


def _pair(lane: Lane) -> tuple[Column, Column] | None:
    """The columns of weight and score, when there is one of each."""
    weights, scores = lane.of_kind(ColumnKind.WEIGHT), lane.of_kind(ColumnKind.SCORE)
    return (weights[0], scores[0]) if len(weights) == len(scores) == 1 else None


def _scores(statement: Statement, lane: Lane) -> Iterator[Claim]:
    """No row scores more than it can."""
    pair = _pair(lane)
    if pair is None:
        return
    for row in lane.rows:
        weight, score = statement.figure(row, pair[0]), statement.figure(row, pair[1])
        if weight is not None and score is not None:
            yield _claim(ClaimKind.SCORE, row, score, weight=weight, score=score)


def _score_totals(desk: Desk, statement: Statement) -> Iterator[Claim]:
    """合计 of weights and of scores over the whole form, and the weight in a band's heading."""
    weights: list[Figure] = []
    scores: list[Figure] = []
    complete = True
    for band in statement.bands:
        for lane in band.lanes:
            pair = _pair(lane)
            if pair is None:
                continue
            rows = [r for r in lane.rows if r.role is RowRole.ITEM]
            own = [f for r in rows if (f := statement.figure(r, pair[0])) is not None]
            got = [f for r in rows if (f := statement.figure(r, pair[1])) is not None]
            complete = complete and len(own) == len(got)
            weights += own
            scores += got
            if (told := _heading(desk, statement, band)) is not None and len(own) > 1:
                yield _total(told, own, weights=True, heading=True)
            for row in lane.rows:
                if row.role is RowRole.TOTAL:
                    sums = _totals_of(statement, row, pair)
                    if sums[0] is not None and len(weights) > 1:
                        yield _total(sums[0], weights, weights=True)
                    if sums[1] is not None and len(scores) > 1 and complete:
                        yield _total(sums[1], scores, weights=False)


def _totals_of(
    statement: Statement, row: Row, pair: tuple[Column, Column]
) -> tuple[Figure | None, Figure | None]:
    """Totals of weight and score in a row; in text, cells of that row may have moved left."""
    weight, score = statement.figure(row, pair[0]), statement.figure(row, pair[1])
    if weight is None and score is None:
        numbers = [f for place, f in sorted(statement.figures.items()) if place[0] == row.index]
        if len(numbers) == 2:
            return numbers[0], numbers[1]
    return weight, score


def _heading(desk: Desk, statement: Statement, band: Band) -> Figure | None:
    """The weight that a band's heading prints: 绩效指标（90分）."""
    figure = statement.singles.get((band.header[0], 0))
    if figure is None or not re.search(r"（\d+分）$", band.heading):
        return None
    return desk.figures[figure.id] if figure.kind is FigureKind.COUNT else None


def _total(
    whole: Figure, parts: Sequence[Figure], *, weights: bool, heading: bool = False
) -> Claim:
    slots = {"whole": _one(whole), "parts": Operand((tuple(map(Term, parts)),))}
    words = {"weights": ONE if weights else ZERO, "heading": ONE if heading else ZERO}
    return Claim(ClaimKind.SCORE_TOTAL, whole.span, slots, words, whole.section)


def _targets(statement: Statement, lane: Lane) -> Iterator[Claim]:
    """完成值 beside 指标值 under ≥, ≤ or ＝."""
    goals, results = lane.of_kind(ColumnKind.TARGET), lane.of_kind(ColumnKind.DONE)
    if not (len(goals) == len(results) == 1):
        return
    symbols, reasons = lane.of_kind(ColumnKind.SYMBOL), lane.of_kind(ColumnKind.REASON)
    pair = _pair(lane)
    for row in lane.rows:
        target, done = statement.single(row, goals[0]), statement.single(row, results[0])
        if target is None or done is None or not _alike(target, done):
            continue
        words = "".join(statement.text(row, c) for c in (*symbols, goals[0]))
        names = "".join(statement.text(row, c) for c in lane.of_kind(ColumnKind.LABEL))
        symbol = _symbol(words, target, names)
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


def _symbol(words: str, target: Figure, names: str) -> int | None:
    """1 for at least, -1 for at most, 0 for exactly; None when nobody can tell.

    A target without a sign is one to reach, unless less of it is better.
    """
    if _WORDS_ONLY.search(words):
        return None
    if _AT_LEAST.search(words) or target.quantity.qualifier is Qualifier.ABOVE:
        return 1
    if _AT_MOST.search(words) or target.quantity.qualifier is Qualifier.BELOW:
        return -1
    if _LESS_IS_BETTER.search(names):
        return None
    return 0 if _EQUAL.search(words) else 1
