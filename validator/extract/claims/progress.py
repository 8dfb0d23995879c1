"""Rates of completion of things counted（数量完成率）: 指标20个，完成18个，完成率90%."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from validator.claims import Claim, ClaimKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.extract.desk import Desk
    from validator.extract.story import Completion, Story, Value

_DONE = re.compile("完成|完工|建成|达成|达标|实现|办结|实施")
_PLANNED = re.compile("计划|设定|设置|共有|共设|目标|任务|应|全部")
_RATE = re.compile(
    r"(?<!预算)(?<!支出)(?<!资金)(?<!投资)(?:完成率|达成率|实现率|完成比例)[为是达到]{0,2}$"
)
_MONEY = ("money", "ratio", "分", "")


def progress(desk: Desk) -> Iterator[Claim]:
    """One claim for each rate behind a planned number and a number done."""
    for story in desk.stories:
        for completion in story.completions:
            pair = _pair(story, completion)
            if pair is not None and completion.rate is not None:
                slots = {
                    "planned": desk.only(pair[0].figure),
                    "done": desk.only(pair[1].figure),
                    "rate": desk.only(completion.rate[1]),
                }
                span = desk.figures[completion.rate[1]].span
                yield Claim(ClaimKind.PROGRESS, span, slots, {}, story.section, pair[0].label)


def _pair(story: Story, completion: Completion) -> tuple[Value, Value] | None:
    """The two counts right in front of a rate: what was planned, what was done."""
    if completion.rate is None or completion.rate[0].number is None:
        return None
    at = completion.rate[0].number.start
    text = story.cleaned.text
    if not _RATE.search(text[:at]):
        return None
    near = [
        v
        for v in story.values
        if v.sentence == completion.sentence and v.sign == 0 and v.element.end <= at
    ]
    if len(near) < len(("planned", "done")):
        return None
    planned, done = near[-2:]
    if planned.measure != done.measure or done.measure in _MONEY:
        return None
    told = _before(text, planned), _before(text, done)
    sound = _PLANNED.search(told[0]) and not _DONE.search(told[0]) and _DONE.search(told[1])
    return (planned, done) if sound else None


def _before(text: str, value: Value) -> str:
    """Words in front of a number, back to the last mark."""
    number = value.element.number
    head = text[: number.start if number is not None else value.element.start]
    return re.split("[，。；：]", head)[-1]
