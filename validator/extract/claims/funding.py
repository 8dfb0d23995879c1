"""Funds of self-assessments（资金与执行）: sources of a total, rates of execution, scores."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from validator.claims import Claim, ClaimKind, Operand, Term
from validator.extract.assessments import Words, funds_of, stages_of, tells
from validator.extract.assessments.funds import beside
from validator.extract.assessments.words import bare
from validator.facts import FigureKind
from validator.quantity import HUNDRED, ONE, ZERO, Dimension, Interval
from validator.statements import ColumnKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from validator.extract.assessments import Funds, Line
    from validator.extract.desk import Desk
    from validator.facts import Figure
    from validator.statements import Lane, Row, Statement

_NATURES = ("基本支出", "项目支出")
# 执行率95%以上得满分: points go by steps, not by proportion.
_STEPS = re.compile(
    r"执行率[^。；\n]{0,14}(?:≥|>|＞|大于|不低于|达到|以上|低于|小于|<|＜|≤|每)[^。；\n]{0,30}"
    r"(?:满分|得\d|计\d|扣|不得分|不计分)"
)


def funding(desk: Desk) -> Iterator[Claim]:
    """Claims of every row that carries out a budget, and of every total of funds."""
    if desk.profile.of_government:
        return
    words = Words(desk.lexicon.performance)
    stepped = _STEPS.search(desk.document.text) is not None
    for statement in desk.statements:
        found = list(funds_of(statement, words))
        for funds in found:
            yield from _sources(statement, funds)
            yield from _natures(statement, funds)
        lines = desk.lines(statement).lines
        reader = _Executions(statement, words, found, lines, stepped=stepped)
        for number, band in enumerate(statement.bands):
            for lane in band.lanes:
                yield from reader.read(number, lane)


def _one(figure: Figure) -> Operand:
    return Operand(((Term(figure),),))


def _flag(*, holds: bool) -> Decimal:
    return ONE if holds else ZERO


def _sources(statement: Statement, funds: Funds) -> Iterator[Claim]:
    """年度资金总额 = 财政拨款 + 上年结转资金 + 其他资金, stage by stage."""
    if len(funds.sources) < 2:
        return
    for column in funds.lane.of_kind(ColumnKind.MONEY):
        whole = statement.figure(funds.total, column)
        parts = [statement.figure(row, column) for row in funds.sources]
        options = list(_readings(parts))
        if whole is None or not options[0]:
            continue
        blank = None in parts
        words = {
            "closed": _flag(holds=funds.closed), "blank": _flag(holds=blank), "natures": ZERO,
        }  # fmt: skip
        name = column.heads[-1] if column.heads else funds.total.label
        yield _divided(whole, options, words, name)


def _readings(parts: Sequence[Figure | None]) -> Iterator[list[Figure]]:
    """All sources; or without a run of them that divides the one above: 中央, 省级 …."""
    yield [figure for figure in parts if figure is not None]
    for first in range(1, len(parts)):
        above = parts[first - 1]
        for last in range(first + 1, len(parts) + 1 if above is not None else 0):
            run = [figure for figure in parts[first:last] if figure is not None]
            total = sum((f.interval for f in run), Interval.exact(ZERO))
            if above is not None and run and total.touches(above.interval):
                rest = (*parts[:first], *parts[last:])
                yield [figure for figure in rest if figure is not None]


def _divided(
    whole: Figure, options: Sequence[Sequence[Figure]], words: dict[str, Decimal], name: str
) -> Claim:
    slots = {
        "whole": _one(whole),
        "parts": Operand(tuple(tuple(map(Term, one)) for one in options)),
    }
    return Claim(ClaimKind.FUNDING, whole.span, slots, words, whole.section, name)


def _natures(statement: Statement, funds: Funds) -> Iterator[Claim]:
    """按支出性质分: 基本支出 and 项目支出, each beside its amount, make up a stage."""
    parts: dict[str, list[Figure]] = {name: [] for name in _NATURES}
    own = {row.index for row in (funds.total, *funds.sources)}
    for (row, column), text in statement.words.items():
        if bare(text) in parts and row not in own:
            number = beside(statement, row, column)
            if number is not None and number not in parts[bare(text)]:
                parts[bare(text)].append(number)
    stages = (funds.stages.executed, funds.stages.budget, funds.stages.initial)
    totals = [statement.figure(funds.total, column) for column in stages if column]
    wholes = tuple((Term(figure),) for figure in totals if figure is not None)
    if not wholes or any(len(found) != 1 for found in parts.values()):
        return
    terms = tuple(Term(found[0]) for found in parts.values())
    # A number under 分值 is read as points: only the table of amounts can be meant.
    if any(t.figure.quantity.unit.dimension is not Dimension.MONEY for t in terms):
        return
    slots = {"whole": Operand(wholes), "parts": Operand((terms,))}
    words = {"closed": ONE, "blank": ZERO, "natures": ONE}
    span = wholes[0][0].figure.span
    yield Claim(ClaimKind.FUNDING, span, slots, words, statement.section, "按支出性质分")


@dataclass(frozen=True)
class _Executions:
    """Reads rates of execution of one table."""

    statement: Statement
    words: Words
    funds: Sequence[Funds]
    lines: Sequence[Line]
    stepped: bool

    def read(self, band: int, lane: Lane) -> Iterator[Claim]:
        """执行率 = 执行数 ÷ the budget as adjusted last, row by row."""
        rates = lane.of_kind(ColumnKind.EXECUTION)
        stages = stages_of(lane, self.words)
        if len(rates) != 1 or stages.budget is None or stages.executed is None:
            return
        totals = {f.total.index: f for f in self.funds if f.lane is lane}
        for row in lane.rows:
            rate = self.statement.single(row, rates[0])
            planned = self.statement.figure(row, stages.budget)
            spent = self.statement.figure(row, stages.executed)
            if rate is None or planned is None or spent is None:
                continue
            slots = {"budget": _one(planned), "executed": _one(spent), "rate": _one(rate)}
            flags = dict.fromkeys(("total", "asked", "explained", "full", "grain"), ZERO)
            if (funds := totals.get(row.index)) is not None:
                more, flags = self._total(band, funds)
                slots |= more
            printed = rate.quantity.number
            flags["rate_side"] = Decimal((printed > HUNDRED) - (printed < HUNDRED))
            flags["stepped"] = _flag(holds=self.stepped)
            yield Claim(ClaimKind.EXECUTION, rate.span, slots, flags, rate.section, row.label)

    def _total(self, band: int, funds: Funds) -> tuple[dict[str, Operand], dict[str, Decimal]]:
        """What is said of the row of all funds: its score, its first budget, its reasons."""
        weight, score, grain = self._points(band, funds.total)
        initial = funds.stages.initial
        first = self.statement.figure(funds.total, initial) if initial else None
        named = {"weight": weight, "score": score, "initial": first}
        slots = {name: _one(figure) for name, figure in named.items() if figure is not None}
        reasons = funds.lane.of_kind(ColumnKind.REASON)
        told = [
            self.statement.text(row, column)
            for row in (funds.total, *funds.sources)
            for column in reasons
        ]
        explained = any(map(tells, told)) or self._explained_elsewhere(funds)
        flags = {
            "total": ONE,
            "asked": _flag(holds=any("原因" in head for c in reasons for head in c.heads)),
            "explained": _flag(holds=explained),
            "full": _flag(
                holds=weight is not None
                and score is not None
                and score.quantity.number == weight.quantity.number
            ),
            "grain": grain,
        }
        return slots, flags

    def _points(self, band: int, total: Row) -> tuple[Figure | None, Figure | None, Decimal]:
        """Weight, score and grain; the weight may stand in the heading: 预算执行（20分）."""
        line = next((x for x in self.lines if x.row is total), None)
        if line is None:
            return None, None, ZERO
        weight = line.weight
        if weight is None and re.search(r"（\d+分）$", self.statement.bands[band].heading):
            header = self.statement.bands[band].header
            weight = self.statement.singles.get((header[0], 0))
            weight = weight if weight and weight.kind is FigureKind.COUNT else None
        return weight, line.score, line.grain

    def _explained_elsewhere(self, funds: Funds) -> bool:
        """Whether some other cell of the form gives a reason for what was not spent."""
        heads = {row for band in self.statement.bands for row in band.header}
        own = {row.index for row in (funds.total, *funds.sources)}
        return any(
            self.words.explains(text)
            for (row, _), text in self.statement.words.items()
            if row not in heads | own
        )
