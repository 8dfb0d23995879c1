"""Printed bases of shares（占比的基数）: 占本年支出合计500万元的80%, and its other prints."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from validator.claims import Claim, ClaimKind, Operand, Term
from validator.extract.claims.share import TOTALS
from validator.facts import FundScope, SectionRole

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.extract.desk import Desk
    from validator.extract.story import Story, Value
    from validator.facts import Fact

ZERO, ONE = Decimal(0), Decimal(1)
_MOST = 16


def share_bases(desk: Desk) -> Iterator[Claim]:
    """One claim per base with an amount that the report gives elsewhere, in words or tables.

    Every total that the words may mean counts; the base is wrong only if it is none of them.
    """
    if desk.profile.of_government:
        return  # levels and budgets have totals of one name
    for story in desk.stories:
        if desk.sections[story.section].role is SectionRole.GLOSSARY:
            continue
        for share in story.shares:
            if share.base is not None and share.base.label.startswith("占"):
                claim = _claim(desk, story, share.base)
                if claim is not None:
                    yield claim


def _claim(desk: Desk, story: Story, base: Value) -> Claim | None:
    label = base.label.removeprefix("占")
    identity, own = desk.identifier.identify(label), desk.fact(base)
    if own is None or not identity.known or base.measure != "money":
        return None
    items = (identity.item, *TOTALS.get(identity.item, ()))
    found = [
        f
        for f in desk.facts
        if f.key.item in items
        and f.key.year == own.key.year
        and f.key.measure == "money"
        and f.figure.id != base.figure
    ]
    scope = FundScope.ALL if identity.scope is FundScope.UNKNOWN else identity.scope
    if not any(_is_meant(f, identity.item, scope, own) for f in found):
        return None
    figure = desk.figures[base.figure]
    found.sort(key=lambda f: (not f.figure.interval.touches(figure.interval), f.figure.id))
    slots = {
        "first": desk.only(base.figure),
        "second": Operand(tuple((Term(f.figure),) for f in found[:_MOST])),
    }
    cells = sum(f.role == "cell" for f in found[:1])
    words = {
        "certain": ONE, "slip": ZERO, "chart": ZERO, "cells": Decimal(cells), "coded": ZERO,
    }  # fmt: skip
    return Claim(
        ClaimKind.SAME, desk.cover(slots.values(), story), slots, words, story.section, label
    )


def _is_meant(fact: Fact, item: str, scope: FundScope, own: Fact) -> bool:
    """Whether a total is surely the one that the base names."""
    return (fact.key.item, fact.key.scope, fact.key.basis) == (item, scope, own.key.basis)
