"""Cells that detail the cell above（表内分项）: 预算数 … 其中：财政拨款 …, 其他资金 ….

Only what a form says in words: a label cell, the cell beside it, and rows below in the same
place whose labels name a source of the same money.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

from validator.claims import Claim, ClaimKind, Operand

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.document import Table
    from validator.extract.desk import Desk
    from validator.extract.story import Story, Value

ONE, ZERO = Decimal(1), Decimal(0)
_WHOLE = re.compile(
    r"^(?:年初|全年|年度|调整后)?(?:预算|执行|资金)(?:执行)?(?:数|总额|资金总额)$|^总额$"
)
_PART = re.compile(r"^其中|财政拨款|财政资金|其[他它]资金|专户|单位资金|上年结转")


@dataclass(slots=True)
class _Head:
    """A whole with the details found below it."""

    story: Story
    details: list[Story] = field(default_factory=list)


def details_of_cells(desk: Desk) -> Iterator[Claim]:
    """One claim per named amount of a detail row: it cannot exceed its whole."""
    stories = {story.block: story for story in desk.stories}
    blocks = {(b.table, b.row, b.column): b.index for b in desk.document.blocks if b.table >= 0}
    for table in desk.document.tables:
        told = {
            row.index
            for statement in desk.statements
            if statement.table == table.index
            for band in statement.bands
            for lane in band.lanes
            for row in lane.rows
        }
        for head in _heads(table, blocks, stories, told):
            yield from _claims(desk, head)


def _heads(
    table: Table,
    blocks: dict[tuple[int, int, int], int],
    stories: dict[int, Story],
    told: set[int],
) -> Iterator[_Head]:
    """Wholes with their details; rows under a header are told by their columns."""
    open_at: dict[int, _Head] = {}
    found: list[_Head] = []
    for row in sorted(set(range(table.rows)) - told):
        filled = [c for c in range(table.columns) if (table.index, row, c) in blocks]
        for column, beside in pairwise(filled):
            label = blocks[table.index, row, column]
            value = blocks[table.index, row, beside]
            if label not in stories or value not in stories:
                continue
            words = stories[label].cleaned.text.strip("：；。 ")
            if _WHOLE.match(words):
                open_at[column] = _Head(stories[value])
                found.append(open_at[column])
            elif _PART.search(words) and column in open_at and len(words) < 14:
                open_at[column].details.append(stories[value])
    yield from (h for h in found if h.details)


def _claims(desk: Desk, head: _Head) -> Iterator[Claim]:
    wholes = {_name(v): v for v in head.story.values if v.measure == "money"}
    rows = [{_name(v): v for v in s.values if v.measure == "money"} for s in head.details]
    for name, whole in wholes.items():
        parts = [row[name] for row in rows if name in row]
        if len(parts) == len(rows) > 1:
            yield _sum(desk, head.story, whole, parts)
            continue
        for part in parts:
            slots = {"part": desk.only(part.figure), "whole": desk.only(whole.figure)}
            span = desk.figures[part.figure].span
            yield Claim(ClaimKind.PART, span, slots, {}, head.story.section, name)


def _sum(desk: Desk, story: Story, whole: Value, parts: list[Value]) -> Claim:
    slots = {
        "whole": desk.only(whole.figure),
        "parts": Operand((tuple(desk.term(p) for p in parts),)),
    }
    words = {
        "closed": ONE, "partial": ZERO, "items": Decimal(len(parts)), "single": ZERO,
        "counts": ZERO, "outline": ZERO, "overlap": ZERO,
    }  # fmt: skip
    span = desk.figures[whole.figure].span
    return Claim(ClaimKind.DECOMPOSITION, span, slots, words, story.section, _name(whole))


def _name(value: Value) -> str:
    return re.sub(r"\s|：", "", value.label)
