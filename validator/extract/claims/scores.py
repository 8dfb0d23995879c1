"""Weights and scores（分值与得分）: no row scores more than it can, and totals are sums."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from validator.claims import Claim, ClaimKind, Operand, Term
from validator.extract.claims.columns import one_level
from validator.facts import FigureKind
from validator.statements import ColumnKind, RowRole

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from validator.extract.desk import Desk
    from validator.facts import Figure
    from validator.statements import Band, Column, Lane, Row, Statement

ONE, ZERO = Decimal(1), Decimal(0)


@dataclass(frozen=True)
class _Line:
    """A row with its weight and its score."""

    row: Row
    band: int
    weight: Figure | None
    score: Figure | None

    @property
    def closes(self) -> bool:
        """Whether it is a total of the form, not of a group（小计）."""
        return self.row.role is RowRole.TOTAL and not self.row.label.endswith("小计")


def table_scores(desk: Desk) -> Iterator[Claim]:
    """Claims of every row with a score, and of the totals of weights and scores."""
    for statement in desk.statements:
        lines: list[_Line] = []
        unclear = any(_unclear(lane) for band in statement.bands for lane in band.lanes)
        for number, band in enumerate(statement.bands):
            for lane in band.lanes:
                if (pair := score_columns(lane)) is not None:
                    lines += [_line(statement, row, number, pair) for row in lane.rows]
            yield from _heading_total(desk, statement, band, lines, number)
        shares = _of_hundred(lines)
        for position, line in enumerate(lines):
            weight, score = line.weight, line.score
            # 扣分项 takes points away: its weight is the most that it can take.
            if weight and score and not shares and weight.quantity.number >= ZERO:
                yield _score(line.row, weight, score)
            if line.row.role is RowRole.TOTAL and not unclear:
                yield from _totals(lines, position)


def _of_hundred(lines: Sequence[_Line]) -> bool:
    """Whether rows are scored out of a hundred and weighted afterwards: 权重20，得分90."""
    scored = [
        (o.weight, o.score) for o in lines if o.weight is not None and o.score is not None
    ]
    over = [w for w, s in scored if s.quantity.number > w.quantity.number >= ZERO]
    return len(over) > 1 and 2 * len(over) > len(scored)


def score_columns(lane: Lane) -> tuple[Column, Column] | None:
    """The columns of weight and score, when there is one of each."""
    weights, scores = _columns(lane, ColumnKind.WEIGHT), _columns(lane, ColumnKind.SCORE)
    return (weights[0], scores[0]) if len(weights) == len(scores) == 1 else None


def _columns(lane: Lane, kind: ColumnKind) -> list[Column]:
    """Columns of a kind; a head that reaches over several columns counts once."""
    return list({column.nodes: column for column in reversed(lane.of_kind(kind))}.values())


def _unclear(lane: Lane) -> bool:
    """Whether a lane has weights or scores, but not one column of each."""
    scored = lane.of_kind(ColumnKind.WEIGHT, ColumnKind.SCORE)
    return bool(scored) and score_columns(lane) is None


def _line(statement: Statement, row: Row, band: int, pair: tuple[Column, Column]) -> _Line:
    """A row with its numbers; in text, cells of a total row may have moved left."""
    weight, score = statement.figure(row, pair[0]), statement.figure(row, pair[1])
    if row.role is RowRole.TOTAL and weight is None and score is None:
        numbers = [f for place, f in sorted(statement.figures.items()) if place[0] == row.index]
        if len(numbers) == 2:
            weight, score = numbers
    return _Line(row, band, weight, score)


def _score(row: Row, weight: Figure, score: Figure) -> Claim:
    slots = {"weight": Operand(((Term(weight),),)), "score": Operand(((Term(score),),))}
    return Claim(ClaimKind.SCORE, score.span, slots, {}, score.section, row.label)


def _totals(lines: Sequence[_Line], position: int) -> Iterator[Claim]:
    """The totals of one row against each list of rows that it may close."""
    options = _options(lines, position)
    whole = lines[position]
    weights = _numbers([o.weight for o in option] for option in options)
    if whole.weight is not None and _several(weights):
        yield _total(whole.weight, weights, weights=True)
    if any((o.weight is None) is not (o.score is None) for option in options for o in option):
        return  # 得分 was not filled in everywhere
    scores = _numbers([o.score for o in option] for option in options)
    if whole.score is not None and _several(scores):
        yield _total(whole.score, scores, weights=False)


def _numbers(options: Iterable[Sequence[Figure | None]]) -> list[list[Figure]]:
    """What is printed of each option; nothing is left of one that prints nothing."""
    printed = ([figure for figure in option if figure is not None] for option in options)
    return [option for option in printed if option]


def _several(options: Sequence[Sequence[Figure]]) -> bool:
    """Whether there is something to add; a single row proves a total, but cannot refute it."""
    return any(len(option) > 1 for option in options)


def _options(lines: Sequence[_Line], position: int) -> list[list[_Line]]:
    """Rows that a total may close: all of the form so far, its groups, or its subtotals."""
    before = lines[:position]
    form = before[max((i for i, o in enumerate(before) if o.closes), default=-1) + 1 :]
    last = max((i for i, o in enumerate(before) if o.row.role is RowRole.TOTAL), default=-1)
    items = [o for o in before if o.row.role is RowRole.ITEM]
    own = [o for o in form if o.row.role is RowRole.ITEM]
    group = [o for o in before[last + 1 :] if o.row.role is RowRole.ITEM]
    band = [o for o in own if o.band == lines[position].band]
    totals = [o for o in form if o.row.role is RowRole.TOTAL]
    found = [_level(own), own, group, band, totals, items]
    if not lines[position].closes:
        found.insert(0, group)
    return [option for i, option in enumerate(found) if option not in found[:i] and option]


def _level(lines: Sequence[_Line]) -> list[_Line]:
    """Lines of the outline's first level: 一、投入 over （一）目标设定."""
    rows = one_level([o.row for o in lines])
    return [o for o in lines if o.row in rows]


def _heading_total(
    desk: Desk, statement: Statement, band: Band, lines: Sequence[_Line], number: int
) -> Iterator[Claim]:
    """The weight that a band's heading prints: 绩效指标（90分）."""
    figure = statement.singles.get((band.header[0], 0))
    if figure is None or not re.search(r"（\d+分）$", band.heading):
        return
    if desk.figures[figure.id].kind is not FigureKind.COUNT:
        return
    own = [o for o in lines if o.band == number and o.row.role is RowRole.ITEM]
    options = _numbers([o.weight for o in part] for part in (own, _level(own)))
    if _several(options):
        yield _total(figure, options, weights=True, heading=True)


def _total(
    whole: Figure, options: Sequence[Sequence[Figure]], *, weights: bool, heading: bool = False
) -> Claim:
    slots = {
        "whole": Operand(((Term(whole),),)),
        "parts": Operand(tuple(tuple(map(Term, option)) for option in options)),
    }
    words = {"weights": ONE if weights else ZERO, "heading": ONE if heading else ZERO}
    return Claim(ClaimKind.SCORE_TOTAL, whole.span, slots, words, whole.section)
