"""Classes of indicators（指标分类）: their printed weights, and the spread of weight."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from validator.claims import Claim, ClaimKind, Operand, Term
from validator.extract.assessments import Words, funds_of
from validator.extract.assessments.lines import POINTS
from validator.extract.claims.scores import score_total
from validator.quantity import ONE, ZERO, Interval
from validator.statements import ColumnKind, RowRole

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from validator.extract.assessments import Level, Line
    from validator.extract.desk import Desk
    from validator.facts import Figure
    from validator.statements import Statement

_CLASSES = ("output", "benefit", "satisfaction", "cost")


@dataclass(frozen=True, slots=True)
class _Class:
    """A printed weight with the weights of the rows that it covers."""

    weight: Figure
    parts: Sequence[Figure]

    @property
    def holds(self) -> bool:
        """Whether the parts add up."""
        return _sum(self.parts).touches(self.weight.interval)


def score_classes(desk: Desk) -> Iterator[Claim]:
    """Claims of every class with a printed weight, and of the spread of weight over a form."""
    words = Words(desk.lexicon.performance)
    for statement in desk.statements:
        read = desk.lines(statement)
        printed = False
        for number in range(len(statement.bands)):
            own = [x for x in read.lines if x.band == number]
            levels = [level for band, level in read.levels if band == number]
            groups = [_in_names(statement, own, at) for at in range(_depth(own))]
            groups += [_in_level(statement, own, level) for level in levels]
            printed = printed or any(groups)
            for group in groups:
                for one in _sound(group):
                    yield score_total(one.weight, [one.parts], weights=True, heading=True)
        if not printed:
            yield from _spread(statement, read.lines, words)


def _depth(lines: Sequence[Line]) -> int:
    """How many columns of names there are before the last."""
    return max((len(line.names) for line in lines), default=1) - 1


def _in_names(statement: Statement, lines: Sequence[Line], at: int) -> list[_Class]:
    """产出指标（50分）in a column of names, over the rows down to the next name."""
    runs: list[tuple[Figure | None, list[Line]]] = []
    last = ""
    for line in lines:
        if not line.item:
            last = ""
            continue
        name = line.names[at] if at < len(line.names) else ""
        column = line.lane.of_kind(ColumnKind.LABEL)[at]
        if name != last or statement.singles.get((line.row.index, column.index)):
            figure = statement.singles.get((line.row.index, column.index))
            runs.append((figure if POINTS.search(name) else None, []))
            last = name
        if runs:
            runs[-1][1].append(line)
    return [one for weight, run in runs if weight and (one := _class(weight, run))]


def _in_level(statement: Statement, lines: Sequence[Line], level: Level) -> list[_Class]:
    """二级指标 with a column of weights of its own, over the rows down to the next one."""
    heads = [
        (row.index, figure)
        for row in level.lane.rows
        if row.role is not RowRole.TOTAL
        and (figure := statement.figure(row, level.weight)) is not None
    ]
    ends = [index for index, _ in heads[1:]]
    last = max((x.row.index for x in lines if x.item), default=-1) + 1
    found = []
    for (first, weight), end in zip(heads, [*ends, last], strict=True):
        run = [x for x in lines if x.item and first <= x.row.index < end]
        if one := _class(weight, run):
            found.append(one)
    return found


def _class(weight: Figure, run: Sequence[Line]) -> _Class | None:
    """A class whose rows all have weights."""
    parts = [line.weight for line in run if line.weight is not None]
    return _Class(weight, parts) if parts and len(parts) == len(run) else None


def _sound(group: Sequence[_Class]) -> Sequence[_Class]:
    """Classes that were read well: most add up, or all of them do together.

    A weight that was moved from one class to another leaves their sum as it is.
    """
    failing = [one for one in group if not one.holds]
    if 2 * len(failing) <= len(group):
        return group
    weights = _sum([one.weight for one in group])
    parts = _sum([part for one in group for part in one.parts])
    return group if len(group) > 1 and weights.touches(parts) else []


def _sum(figures: Sequence[Figure]) -> Interval:
    return sum((figure.interval for figure in figures), Interval.exact(ZERO))


def _spread(statement: Statement, lines: Sequence[Line], words: Words) -> Iterator[Claim]:
    """Weights of 产出, 效益, 满意度 and 成本, where no class has its weight printed."""
    totals = {funds.total.index for funds in funds_of(statement, words)}
    items = [x for x in lines if x.item and x.weight is not None]
    execution = [x for x in items if x.row.index in totals]
    rows = [x for x in items if x.row.index not in totals]
    kinds = [words.class_of(line.names) for line in rows]
    if len(execution) != 1 or not {"output", "benefit"} <= set(kinds) or "" in kinds:
        return
    members = {k: [x for x, own in zip(rows, kinds, strict=True) if own == k] for k in _CLASSES}
    members["everything"] = [*execution, *rows]
    slots = {name: Operand((tuple(_terms(some)),)) for name, some in members.items() if some}
    flags = {
        "costed": ONE if "cost" in kinds else ZERO,
        "satisfied": ONE if "satisfaction" in kinds else ZERO,
    }
    first = slots["output"].candidates[0][0].figure
    yield Claim(ClaimKind.SPREAD, first.span, slots, flags, first.section, statement.title)


def _terms(lines: Sequence[Line]) -> Iterator[Term]:
    return (Term(line.weight) for line in lines if line.weight is not None)
