"""Explained changes（说明了原因的增减）: whether words say why a headline item changed."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from validator.facts import SectionRole

if TYPE_CHECKING:
    from validator.extract.desk import Desk
    from validator.extract.story import Change, Story, Value

_REASON = re.compile(
    r"原因|由于|主要[是为系]|所致|鉴于|[（，。；]系|根据|按照|导致|影响|为了|(?<!原)因(?!公|素|地|此)"
)
_HEADLINES = frozenset(
    {
        "total_both", "total_revenue", "total_expenditure", "revenue", "expenditure",
        "fiscal_total_both", "fiscal_total_revenue", "fiscal_total_expenditure",
        "general_expenditure", "three_public", "abroad", "car", "car_purchase", "car_running",
        "reception", "agency_running",
    }
)  # fmt: skip


def unexplained(desk: Desk, story: Story, change: Change, current: Value | None) -> bool:
    """Whether a headline item changed and no word behind it, or in the next block, says why."""
    if current is None or desk.sections[story.section].role is not SectionRole.ACCOUNTS:
        return False
    if current.list is not None or desk.identity(current).item not in _HEADLINES:
        return False
    stated = change.delta.element if change.delta is not None else None
    stated = change.rate[0] if change.rate is not None else stated
    if stated is None or desk.document.blocks[story.block].table >= 0:
        return False
    return not (_REASON.search(story.cleaned.text) or _said_next(desk, story))


def _said_next(desk: Desk, story: Story) -> bool:
    """Reasons are often a paragraph of their own."""
    following = bisect_right(desk.stories, story.block, key=lambda other: other.block)
    rest = desk.stories[following : following + 2]
    return any(_REASON.search(other.cleaned.text) for other in rest)
