"""Budgets that were moved（预算调整）: the first, what came and went, and the last."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from validator.claims import Claim, ClaimKind, Operand, Term
from validator.extract.labels import is_mute, same_name
from validator.facts import Basis

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from validator.extract.desk import Desk
    from validator.extract.story import Story, Value


def adjustments(desk: Desk) -> Iterator[Claim]:
    """年初预算A，年中追加B，追减C，调整后预算D: one claim per chain within a sentence."""
    for story in desk.stories:
        plain = _outside_lists(story)
        stages = [
            k
            for k, v in enumerate(plain)
            if v.sign == 0 and desk.identity(v).basis in (_ORIGINAL, _FINAL)
        ]
        for first, last in pairwise(stages):
            claim = _claim(desk, story, plain[first : last + 1])
            if claim is not None:
                yield claim


def _outside_lists(story: Story) -> list[Value]:
    """Amounts and differences in order, but for parts and differences from another year."""
    moves = [c.delta for c in story.changes if c.delta is not None and c.base is None]
    found = {v.figure: v for v in (*story.values, *moves) if v.list is None}
    return [found[figure] for figure in sorted(found)]


_ORIGINAL, _FINAL = Basis.ORIGINAL_BUDGET, Basis.FINAL_BUDGET
_FEWEST = 3


def _claim(desk: Desk, story: Story, run: Sequence[Value]) -> Claim | None:
    first, *moved, last = run
    stages = (desk.identity(first).basis, desk.identity(last).basis)
    if stages != (_ORIGINAL, _FINAL) or len(run) < _FEWEST:
        return None
    if any(v.sentence != first.sentence or v.measure != "money" for v in run):
        return None
    signs = [_way(v) for v in moved]
    if not all(signs) or _mainly(desk, story, first, last) or not _of_one(first, last):
        return None
    slots = {
        "final": desk.only(last.figure),
        "parts": Operand(
            (
                (
                    desk.term(first),
                    *(
                        Term(desk.figures[v.figure], s)
                        for v, s in zip(moved, signs, strict=True)
                    ),
                ),
            )
        ),
    }
    span = desk.cover([*slots.values()], story)
    return Claim(ClaimKind.ADJUSTMENT, span, slots, {}, story.section, last.label)


def _way(value: Value) -> int:
    """追加 is 1, 追减 is -1; 0 for an amount that says neither."""
    return value.sign or (value.element.sign if "maybe_delta" in value.element.flags else 0)


def _mainly(desk: Desk, story: Story, first: Value, last: Value) -> bool:
    """Whether only some of the moves are told: 主要原因是追加人员经费."""
    between = story.cleaned.text[first.element.end : last.element.start]
    cues = desk.lexicon.cues
    return any(cue in between for cue in (*cues["reasons"], *cues["of_which_partial"], "等"))


def _of_one(first: Value, last: Value) -> bool:
    """Whether both budgets are those of one thing."""
    return is_mute(last.element.label) or same_name(last.label, first.label)
