"""Rows with weights and scores（有分值和得分的行）, and the classes above them.

Forms of self-assessment print weight and score side by side. Tables of points put a weight
beside every level: 一级指标 20, 二级指标 8, 三级指标 4 and the score.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from validator.quantity import ONE, ZERO
from validator.statements import ColumnKind, RowRole

if TYPE_CHECKING:
    from collections.abc import Sequence

    from validator.facts import Figure
    from validator.statements import Band, Column, Lane, Row, Statement

POINTS = re.compile(r"[（(]\d+(?:\.\d+)?分?[）)]$|\d+(?:\.\d+)?分$")
"""Points behind a name: 产出指标（50分）, but not 指标1."""
Pair = tuple["Column | None", "Column"]
_PAIR = 2
_HALF = Decimal("0.5")
_GROUP = "小计"


@dataclass(frozen=True, slots=True)
class Line:
    """A row with its weight and its score（得分行）.

    Attributes:
        row: The row.
        lane: Its lane.
        band: Number of its band.
        weight: The most that it can score, where that is printed.
        score: What it scored, where that is printed.
        names: Words of its label columns from the left; what a blank cell leaves out is
            carried down from above.
        expected: Whether a score should stand in it.
        alone: It is a total with one number only, which may be of weights or of scores.
    """

    row: Row
    lane: Lane
    band: int
    weight: Figure | None
    score: Figure | None
    names: tuple[str, ...] = ()
    expected: bool = False
    alone: bool = False

    @property
    def closes(self) -> bool:
        """Whether it is a total of the form, not of a group（小计）."""
        return self.row.role is RowRole.TOTAL and not self.row.label.endswith(_GROUP)

    @property
    def full(self) -> bool:
        """Whether it scored all that it can, as printed."""
        if self.weight is None or self.score is None:
            return False
        return self.score.quantity.number == self.weight.quantity.number

    @property
    def grain(self) -> Decimal:
        """How far a score may lie from what it was reckoned to be: points are given whole."""
        whole = self.score is not None and self.score.quantity.quantum >= ONE
        return _HALF if whole else ZERO

    @property
    def item(self) -> bool:
        """Whether it is neither a total nor a part of the row above."""
        return self.row.role is RowRole.ITEM


@dataclass(frozen=True, slots=True)
class Level:
    """A lane of classes whose weights are those of the rows beside them（上级指标）."""

    lane: Lane
    weight: Column


@dataclass(frozen=True, slots=True)
class Lines:
    """All rows of a table with weights or scores.

    Attributes:
        lines: From the top.
        levels: Lanes of classes beside them, with the number of their band.
        clear: Whether the column of weights and that of scores are known everywhere.
    """

    lines: tuple[Line, ...]
    levels: tuple[tuple[int, Level], ...]
    clear: bool


def lines_of(statement: Statement) -> Lines:
    """Read the rows of a table that have a weight or a score."""
    lines: list[Line] = []
    levels: list[tuple[int, Level]] = []
    # Where the header got lost, so did the rows below it: nothing that is left is a total.
    clear = all(band.header for band in statement.bands)
    for number, band in enumerate(statement.bands):
        above = _levels(band)
        levels += [(number, level) for level in above]
        for lane in band.lanes:
            if (pair := score_columns(lane)) is not None:
                lines += _lines(statement, lane, number, pair)
            elif lane.of_kind(ColumnKind.WEIGHT, ColumnKind.SCORE):
                clear = clear and any(lane is level.lane for level in above)
    return Lines(tuple(lines), tuple(levels), clear)


def score_columns(lane: Lane) -> Pair | None:
    """The columns of weight and score; there may be no weights, but only one of each."""
    weights, scores = _columns(lane, ColumnKind.WEIGHT), _columns(lane, ColumnKind.SCORE)
    if len(scores) != 1 or len(weights) > 1:
        return None
    return (weights[0] if weights else None), scores[0]


def _columns(lane: Lane, kind: ColumnKind) -> list[Column]:
    """Columns of a kind; a head that reaches over several columns counts once."""
    return list({column.nodes: column for column in reversed(lane.of_kind(kind))}.values())


def _levels(band: Band) -> list[Level]:
    """Lanes with one column of weights in front of a lane with weights and scores."""
    found: list[Level] = []
    for lane in band.lanes:
        weights = _columns(lane, ColumnKind.WEIGHT)
        if len(weights) != 1:
            return []
        if lane.of_kind(ColumnKind.SCORE):
            return found if lane is band.lanes[-1] else []
        found.append(Level(lane, weights[0]))
    return []


def _lines(statement: Statement, lane: Lane, band: int, pair: Pair) -> list[Line]:
    names = lane.of_kind(ColumnKind.LABEL)
    money = lane.of_kind(ColumnKind.MONEY)
    carried: list[str] = []
    found = []
    for row in lane.rows:
        carried = _carried(carried, [statement.text(row, column) for column in names])
        if any(not statement.knows(row, column) for column in money):
            continue  # 其中：基本支出 where an amount must be: this row is laid out otherwise
        found.append(_line(statement, row, lane, band, pair, tuple(carried)))
    return found


def _carried(above: Sequence[str], own: Sequence[str]) -> list[str]:
    """Words of a row with those of the cells that reach down to it."""
    found: list[str] = []
    fresh = False
    for at, words in enumerate(own):
        bare = re.sub(r"\s", "", words)
        fresh = fresh or bool(bare)
        found.append(bare or (above[at] if not fresh and at < len(above) else ""))
    return found


def _line(
    statement: Statement, row: Row, lane: Lane, band: int, pair: Pair, names: tuple[str, ...]
) -> Line:
    """A row with its numbers; in text, cells of a total row may have moved left."""
    weight = statement.figure(row, pair[0]) if pair[0] is not None else None
    score = statement.figure(row, pair[1])
    alone = False
    if row.role is RowRole.TOTAL and (weight is None or score is None):
        numbers = [f for place, f in sorted(statement.figures.items()) if place[0] == row.index]
        if len(numbers) == _PAIR and pair[0] is not None:
            weight, score = numbers
        # What stands under 得分 did not move there: cells move to the left only.
        alone = len(numbers) == 1 and score is None
        if alone:
            weight, score = (numbers[0], None) if pair[0] is not None else (None, numbers[0])
    if (
        pair[0] is None
        and row.role is RowRole.ITEM
        and POINTS.search(names[-1] if names else "")
    ):
        # 相关性（5分）: the points stand in the name.
        last = lane.of_kind(ColumnKind.LABEL)[-1]
        weight = statement.single(row, last)
    expected = weight is not None
    if pair[0] is None:
        goals = lane.of_kind(ColumnKind.TARGET, ColumnKind.DONE)
        expected = score is not None or any(statement.text(row, column) for column in goals)
    return Line(row, lane, band, weight, score, names, expected, alone)
