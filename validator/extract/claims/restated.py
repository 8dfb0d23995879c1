"""One amount in two units（换个单位再说一遍）: 资产总额12345.67万元（即1.23亿元）."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

from validator.claims import Claim, ClaimKind, Operand

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.extract.desk import Desk

ZERO, ONE = Decimal(0), Decimal(1)
_AGAIN = re.compile(r"（(?:即|合|折合|约合|约|即约)$")


def restated(desk: Desk) -> Iterator[Claim]:
    """One claim for each amount that a bracket behind it says again in another unit."""
    for story in desk.stories:
        text = story.cleaned.text
        for first, second in pairwise(story.values):
            one, two = (v.element.number for v in (first, second))
            if one is None or two is None or {first.measure, second.measure} != {"money"}:
                continue
            between = text[first.element.end : two.start]
            closed = text[second.element.end : second.element.end + 1] == "）"
            if not closed or one.quantity.unit == two.quantity.unit:
                continue
            if _AGAIN.fullmatch(between):
                slots = {
                    "first": Operand(((desk.term(first),),)),
                    "second": Operand(((desk.term(second),),)),
                }
                words = {
                    "certain": ONE, "slip": ZERO, "chart": ZERO, "cells": ZERO, "coded": ZERO,
                }  # fmt: skip
                span = desk.cover(list(slots.values()), story)
                yield Claim(ClaimKind.SAME, span, slots, words, story.section, first.label)
