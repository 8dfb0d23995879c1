"""Weights and scores（分值与得分）: no row scores more than it can, and totals are sums."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from validator.claims import Claim, ClaimKind, Operand, Term
from validator.extract.claims.columns import one_level
from validator.facts import FigureKind
from validator.statements import RowRole

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from validator.extract.assessments import Line
    from validator.extract.desk import Desk
    from validator.facts import Figure
    from validator.statements import Band, Statement

ONE, ZERO = Decimal(1), Decimal(0)
Options = list[list["Figure"]]


def table_scores(desk: Desk) -> Iterator[Claim]:
    """Claims of every row with a score, and of the totals of weights and scores."""
    for statement in desk.statements:
        read = desk.lines(statement)
        lines = read.lines
        for number, band in enumerate(statement.bands):
            yield from _heading_total(desk, statement, band, lines, number)
        shares = _of_hundred(lines)
        for position, line in enumerate(lines):
            weight, score = line.weight, line.score
            # 扣分项 takes points away: its weight is the most that it can take.
            if weight and score and not shares and weight.quantity.number >= ZERO:
                yield _score(line, weight, score)
            if line.row.role is RowRole.TOTAL and read.clear:
                yield from _totals(lines, position)


def _of_hundred(lines: Sequence[Line]) -> bool:
    """Whether rows are scored out of a hundred and weighted afterwards: 权重20，得分90."""
    scored = [
        (o.weight, o.score) for o in lines if o.weight is not None and o.score is not None
    ]
    over = [w for w, s in scored if s.quantity.number > w.quantity.number >= ZERO]
    return len(over) > 1 and 2 * len(over) > len(scored)


def _score(line: Line, weight: Figure, score: Figure) -> Claim:
    slots = {"weight": Operand(((Term(weight),),)), "score": Operand(((Term(score),),))}
    return Claim(ClaimKind.SCORE, score.span, slots, {}, score.section, line.row.label)


def _totals(lines: Sequence[Line], position: int) -> Iterator[Claim]:
    """The totals of one row against each list of rows that it may close."""
    options = _options(lines, position)
    whole = lines[position]
    weights = _numbers([o.weight for o in option] for option in options)
    complete = not any(
        o.expected is not (o.score is not None) for option in options for o in option
    )
    scores = _numbers([o.score for o in option] for option in options) if complete else []
    if whole.alone and weights:
        # A single number in the total row may have moved from one column to the other.
        if complete:
            yield from _alone(whole, weights, scores)
        return
    if whole.full and whole.closes and not complete:
        yield from _deductions(whole, options[0])
    if whole.weight is not None and _several(weights):
        yield _total(whole.weight, weights, weights=True)
    if whole.score is not None and _several(scores):
        yield _total(whole.score, scores, weights=False)


def _alone(whole: Line, weights: Options, scores: Options) -> Iterator[Claim]:
    """A total row with one number: it is that of the scores, or else that of the weights."""
    if whole.weight is not None and _several(scores):
        yield _total(whole.weight, [*scores, *weights], weights=False)


def _deductions(whole: Line, lines: Sequence[Line]) -> Iterator[Claim]:
    """Rows that lost points, where the total says that none did and other scores are blank."""
    for line in lines:
        if line.weight is not None and line.score is not None and whole.score is not None:
            slots = {"weight": line.weight, "score": line.score, "total": whole.score}
            bound = {name: Operand(((Term(figure),),)) for name, figure in slots.items()}
            score = line.score
            yield Claim(
                ClaimKind.DEDUCTION, score.span, bound, {}, score.section, line.row.label
            )


def _numbers(options: Iterable[Sequence[Figure | None]]) -> Options:
    """What is printed of each option; nothing is left of one that prints nothing."""
    printed = ([figure for figure in option if figure is not None] for option in options)
    return [option for option in printed if option]


def _several(options: Sequence[Sequence[Figure]]) -> bool:
    """Whether there is something to add; a single row proves a total, but cannot refute it."""
    return any(len(option) > 1 for option in options)


def _options(lines: Sequence[Line], position: int) -> list[list[Line]]:
    """Rows that a total may close: all of the form so far, its groups, or its subtotals."""
    before = lines[:position]
    form = before[max((i for i, o in enumerate(before) if o.closes), default=-1) + 1 :]
    last = max((i for i, o in enumerate(before) if o.row.role is RowRole.TOTAL), default=-1)
    items = [o for o in before if o.item]
    own = [o for o in form if o.item]
    group = [o for o in before[last + 1 :] if o.item]
    band = [o for o in own if o.band == lines[position].band]
    totals = [o for o in form if o.row.role is RowRole.TOTAL]
    found = [_level(own), own, group, band, totals, items]
    if not lines[position].closes:
        found.insert(0, group)
    return [option for i, option in enumerate(found) if option not in found[:i] and option]


def _level(lines: Sequence[Line]) -> list[Line]:
    """Lines of the outline's first level: 一、投入 over （一）目标设定."""
    rows = one_level([o.row for o in lines])
    return [o for o in lines if o.row in rows]


def _heading_total(
    desk: Desk, statement: Statement, band: Band, lines: Sequence[Line], number: int
) -> Iterator[Claim]:
    """The weight that a band's heading prints: 绩效指标（90分）."""
    figure = statement.singles.get((band.header[0], 0)) if band.header else None
    if figure is None or not re.search(r"（\d+分）$", band.heading):
        return
    if desk.figures[figure.id].kind is not FigureKind.COUNT:
        return
    own = [o for o in lines if o.band == number and o.item]
    options = _numbers([o.weight for o in part] for part in (own, _level(own)))
    if _several(options):
        yield score_total(figure, options, weights=True, heading=True)


def _total(whole: Figure, options: Options, *, weights: bool) -> Claim:
    return score_total(whole, options, weights=weights, heading=False)


def score_total(
    whole: Figure, options: Sequence[Sequence[Figure]], *, weights: bool, heading: bool
) -> Claim:
    """A claim that weights or scores add up to a total.

    Args:
        whole: The total.
        options: Lists of parts, any of which may be meant.
        weights: Whether weights are added, not scores.
        heading: Whether the total stands in a heading.
    """
    slots = {
        "whole": Operand(((Term(whole),),)),
        "parts": Operand(tuple(tuple(map(Term, option)) for option in options)),
    }
    words = {"weights": ONE if weights else ZERO, "heading": ONE if heading else ZERO}
    return Claim(ClaimKind.SCORE_TOTAL, whole.span, slots, words, whole.section)
