"""Reasons（增减原因）: which way they push, against which way the amount went.

压缩开支 does not explain an increase. Only words that push one way whatever the item is count,
every reason of the list must hold one, and a word that leaves it open (上年, 疫情, 调整, 虽然)
ends the matter. Balances and revenue go their own ways, so only spending is looked at.
"""

from __future__ import annotations

import re
from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING

from validator.claims import Claim, ClaimKind
from validator.extract.walker import direction_of
from validator.facts import SectionRole

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.extract.desk import Desk
    from validator.extract.story import Reason, Story

ZERO, ONE = Decimal(0), Decimal(1)
_QUOTED = re.compile(r"《[^》]*》|“[^”]*”")
_REASONS = re.compile(r"；|[一二三四五六七八九]是|（?\d{1,2}[.、）]")
_SPENT = re.compile(r"支出|经费|费|支总计|决算")
_NOT_SPENT = re.compile(r"收入|结转|结余|资产|负债|余额|缺口|税")
_YEAR = re.compile(r"(?:19|20)\d{2}")
_SHORTEST = 10


def reasons(desk: Desk) -> Iterator[Claim]:
    """One claim per list of reasons for a change or for spending more or less than planned."""
    told = [
        (story, reason)
        for story in desk.stories
        if desk.sections[story.section].role is SectionRole.ACCOUNTS
        for reason in story.reasons
        if _direction(reason)
    ]
    ways: dict[str, set[int]] = defaultdict(set)
    for story, reason in told:
        ways[_plain(story, reason)].add(_direction(reason))
    for story, reason in told:
        words = _plain(story, reason)
        neutral = _is_open(desk, words)
        copied = len(ways[words]) > 1 and len(words) >= _SHORTEST and not neutral
        if copied or _is_spending(story, reason):
            yield Claim(
                ClaimKind.REASON,
                story.cleaned.span(reason.cue, reason.end),
                {},
                {
                    "direction": Decimal(_direction(reason)),
                    "pushes": ZERO if neutral else Decimal(_pushes(desk, words)),
                    "copied": ONE if copied else ZERO,
                },
                story.section,
                reason.subject.label if reason.subject else "",
                "",
                {"pushes": story.cleaned.span(reason.start, reason.end)},
            )


def _direction(reason: Reason) -> int:
    if reason.change is not None:
        return direction_of(reason.change)
    return reason.relation.sign if reason.relation is not None else 0


def _plain(story: Story, reason: Reason) -> str:
    """The reasons without the titles of laws that they quote."""
    return _QUOTED.sub("", story.cleaned.text[reason.start : reason.end]).strip("是为：，")


def _is_spending(story: Story, reason: Reason) -> bool:
    change = reason.change
    label = (change.label if change is not None else "") or (
        reason.subject.label if reason.subject is not None else ""
    )
    return bool(_SPENT.search(label)) and not _NOT_SPENT.search(label)


def _is_open(desk: Desk, words: str) -> bool:
    """Whether the reasons may push either way: another year, a reform, a word like 但."""
    return _YEAR.search(words) is not None or any(
        word in words for word in desk.lexicon.cues["pushes_either"]
    )


def _pushes(desk: Desk, words: str) -> int:
    """1 or -1 when every reason pushes that way and none the other, else 0."""
    ways: set[int] = set()
    for one in _REASONS.split(words):
        if not one.strip("，、"):
            continue
        up = any(word in one for word in desk.lexicon.cues["pushes_up"])
        down = any(word in one for word in desk.lexicon.cues["pushes_down"])
        ways.add(0 if up == down else 1 if up else -1)
    return ways.pop() if len(ways) == 1 else 0
