"""Portions（各类占比合成总额）: 货物的100%、工程的80%、服务的60% went to small firms.

Since 2022 the form gives the shares of goods, works and services that small firms got, and the
amount that they got in all; the shares of the three amounts make it up.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.claims import Claim, ClaimKind, Operand
from validator.facts import Basis

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.extract.desk import Desk
    from validator.extract.story import Share, Story, Value

_FAMILY = "purchase"
_WHOLE = "purchase_sme"
_FIRMS = "中小企业"


def portions(desk: Desk) -> Iterator[Claim]:
    """One claim per block that gives the share of small firms in each kind of purchase."""
    members = desk.lexicon.members(_FAMILY)
    for story in desk.stories:
        shares = {
            item: share
            for share in story.shares
            if _FIRMS in share.element.label
            and (item := desk.identifier.identify(share.element.base_label).item) in members
        }
        if len(shares) > 1:
            yield from _of(desk, story, members, shares)


def _of(
    desk: Desk, story: Story, members: list[str], shares: dict[str, Share]
) -> Iterator[Claim]:
    whole = _only(desk, _WHOLE)
    amounts = {item: _only(desk, item) for item in members}
    if whole is None or any(amounts[item] is None for item in shares):
        return
    left_out = [amounts[item] for item in members if item not in shares]
    if any(v is None or desk.figures[v.figure].quantity.number for v in left_out):
        return  # a kind of purchase whose share is not given
    parts = [v for item in shares if (v := amounts[item]) is not None]
    slots = {
        "parts": Operand((tuple(desk.term(v) for v in parts),)),
        "shares": Operand(
            (tuple(t for s in shares.values() for t in desk.only(s.figure).candidates[0]),)
        ),
        "whole": desk.only(whole.figure),
    }
    yield Claim(
        ClaimKind.PORTIONS,
        desk.cover([slots["shares"]], story),
        slots,
        {},
        story.section,
        whole.label,
    )


def _only(desk: Desk, item: str) -> Value | None:
    """The one amount of an item in this year, however often it is printed."""
    found = [
        value
        for value, fact in desk.with_item(item)
        if fact.key.year == desk.profile.year
        and value.measure == "money"
        and fact.key.basis is Basis.ACTUAL
    ]
    prints = {desk.figures[v.figure].quantity for v in found}
    return found[0] if len(prints) == 1 else None
