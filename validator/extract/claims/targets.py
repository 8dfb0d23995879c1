"""Indicators of self-assessments（绩效指标）: what was done beside what was aimed at."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from validator.claims import Claim, ClaimKind, Operand, Term
from validator.extract.assessments import Words, funds_of, tells
from validator.quantity import HUNDRED, ONE, ZERO, Dimension, Qualifier
from validator.statements import ColumnKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from validator.extract.assessments import Line
    from validator.extract.desk import Desk
    from validator.facts import Figure
    from validator.statements import Lane, Row, Statement

_AT_LEAST = re.compile(r"[≥≧＞>]|不低于|不少于|大于|至少|以上")
_AT_MOST = re.compile(r"[≤≦＜<]|不超过|不高于|小于|少于|以内|以下")
_EQUAL = re.compile(r"[＝=]|等于")
_WORDS_ONLY = re.compile("定性")
_SATISFACTION = re.compile("满意[度率]")
_ASIDE = re.compile("不满意|提升|提高|增长|增幅|改善")


def targets(desk: Desk) -> Iterator[Claim]:
    """Claims of every indicator: measured ones, and those told by degrees."""
    directions = _Directions.of(desk.lexicon.tables["targets"])
    words = Words(desk.lexicon.performance)
    for statement in desk.statements:
        lines = {line.row.index: line for line in desk.lines(statement).lines}
        money = _money(statement, words)
        for band in statement.bands:
            for lane in band.lanes:
                goals, results = lane.of_kind(ColumnKind.TARGET), lane.of_kind(ColumnKind.DONE)
                if len(goals) == len(results) == 1:
                    reader = _Reader(statement, lane, directions, words, money)
                    for row in lane.rows:
                        yield from reader.read(row, lines.get(row.index))


def _money(statement: Statement, words: Words) -> Mapping[str, Operand]:
    """Budget and outlay of the form's project, to compare its cost with."""
    totals = list(funds_of(statement, words))
    if len(totals) != 1:
        return {}
    stages = totals[0].stages
    columns = {"budget": (stages.budget, stages.initial), "executed": (stages.executed,)}
    found = {
        name: [f for c in some if c and (f := statement.figure(totals[0].total, c)) is not None]
        for name, some in columns.items()
    }
    return {
        name: Operand(tuple((Term(figure),) for figure in figures))
        for name, figures in found.items()
        if figures
    }


@dataclass(frozen=True)
class _Reader:
    """Reads the indicators of one lane."""

    statement: Statement
    lane: Lane
    directions: _Directions
    words: Words
    money: Mapping[str, Operand]

    def read(self, row: Row, line: Line | None) -> Iterator[Claim]:
        """The claims of one row."""
        (goal,) = self.lane.of_kind(ColumnKind.TARGET)
        (result,) = self.lane.of_kind(ColumnKind.DONE)
        reason = "".join(
            self.statement.text(row, c) for c in self.lane.of_kind(ColumnKind.REASON)
        )
        told = ONE if tells(reason) else ZERO
        slots = _points(line)
        if "weight" in slots and "score" in slots:
            degree = self.statement.text(row, result)
            stage = self.words.stage(degree)
            unmet = self.words.unmet(degree)
            if stage or unmet:
                flags = {
                    "stage": Decimal(stage),
                    "unmet": ONE if unmet else ZERO,
                    "explained": told,
                    "full": ONE if line is not None and line.full else ZERO,
                }
                yield self._claim(ClaimKind.APPRAISAL, row, slots, flags, "score")
        target, done = self.statement.single(row, goal), self.statement.single(row, result)
        if target is None or done is None or not _alike(target, done):
            return
        symbols = self.lane.of_kind(ColumnKind.SYMBOL)
        signs = "".join(self.statement.text(row, c) for c in (*symbols, goal))
        labels = self.lane.of_kind(ColumnKind.LABEL)
        names = "".join(self.statement.text(row, c) for c in labels)
        if _WORDS_ONLY.search(signs):
            return
        sign = printed_sign(signs, target)
        symbol = self.directions.symbol(signs, target, names)
        slots |= {"target": target, "done": done} | self._rate(row)
        cost = self.words.is_total_cost(row.label)
        money = self.money if cost and target.quantity.unit.dimension is Dimension.MONEY else {}
        flags = {
            "explained": told,
            "scored": ONE if {"weight", "score"} <= set(slots) else ZERO,
            "satisfied": ONE if _is_satisfaction(row.label) else ZERO,
            "signed": ZERO if sign is None else ONE,
            "asked": ONE if self.lane.of_kind(ColumnKind.REASON) else ZERO,
            "percent": ONE if target.quantity.unit.dimension is Dimension.RATIO else ZERO,
            "capped": ONE if sign == -1 else ZERO,
            "full": ONE if line is not None and line.full else ZERO,
            "grain": line.grain if line is not None else ZERO,
            "hundred": ONE,
            "rated": ONE if "rate" in slots else ZERO,
        }
        if symbol is not None:
            flags["symbol"] = Decimal(symbol)
        if "rate" in slots:
            printed = slots["rate"].quantity.number
            flags["side"] = Decimal((printed > HUNDRED) - (printed < HUNDRED))
        yield self._claim(ClaimKind.TARGET, row, slots, flags, "done", money)

    def _rate(self, row: Row) -> dict[str, Figure]:
        """完成率 printed beside target and result."""
        rates = self.lane.of_kind(ColumnKind.EXECUTION)
        figure = self.statement.single(row, rates[0]) if len(rates) == 1 else None
        return {"rate": figure} if figure is not None else {}

    def _claim(
        self, kind: ClaimKind, row: Row, slots: Mapping[str, Figure],
        flags: Mapping[str, Decimal], main: str, more: Mapping[str, Operand] | None = None,
    ) -> Claim:  # fmt: skip
        bound = {name: Operand(((Term(figure),),)) for name, figure in slots.items()}
        bound |= more or {}
        figure = slots[main]
        signs = {"capped": slots["target"].span} if "target" in slots else {}
        return Claim(
            kind, figure.span, bound, flags, figure.section, row.label, word_spans=signs
        )


def _is_satisfaction(label: str) -> bool:
    """Whether an indicator is a degree of satisfaction, not how much it grew."""
    return _SATISFACTION.search(label) is not None and not _ASIDE.search(label)


def _points(line: Line | None) -> dict[str, Figure]:
    if line is None:
        return {}
    named = {"weight": line.weight, "score": line.score}
    return {name: figure for name, figure in named.items() if figure is not None}


def _alike(target: Figure, done: Figure) -> bool:
    """Whether two figures are in one unit; a bare number takes the other's."""
    units = {target.quantity.unit, done.quantity.unit}
    if any(f.quantity.qualifier is Qualifier.ABOUT for f in (target, done)):
        return False
    return len(units) == 1


def printed_sign(words: str, target: Figure) -> int | None:
    """1 for at least, -1 for at most, 0 for exactly, as printed; None without a sign."""
    if _AT_LEAST.search(words) or target.quantity.qualifier is Qualifier.ABOVE:
        return 1
    if _AT_MOST.search(words) or target.quantity.qualifier is Qualifier.BELOW:
        return -1
    return 0 if _EQUAL.search(words) else None


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
        sign = printed_sign(words, target)
        if sign in (1, -1):
            return sign
        if self.less.search(names):
            return None
        if sign == 0:
            return 0
        return 1 if self.more.search(names) else None
