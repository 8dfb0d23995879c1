"""What only comes in whole numbers（整数）: 每户1200元，共50.35万元 is no number of households.

A count that is not printed can still be known to be impossible: from a price and a total,
from a count and a share of it, or from a count and its growth. Only what could fail is
claimed: where the printed figures are so coarse that some whole number always fits, nothing
would be checked.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from validator.claims import Claim, ClaimKind
from validator.extract.claims.amounts import COUNTED_AS, as_price, comes_to
from validator.extract.labels import AVERAGE
from validator.facts import Basis, FigureKind
from validator.quantity import ONE, ZERO, Dimension, Interval

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from validator.claims import Operand
    from validator.extract.desk import Desk
    from validator.extract.story import Change, Share, Story, Value

_PAID = (
    r"(?:补助|补贴|发放|奖励|资助|救助|慰问金?|支付|资金|金额|标准|费用|经费|成本|支出|接待费?"
    r"|消费|费|为)*"
)
_EACH = re.compile(rf"(?<!每)(?<!均)每(?P<each>[人名户辆台套册亩件份场]){_PAID}$")
_MEAN = re.compile(
    rf"(?:(?P<noun>[人户车批])均|平均每(?P<each>[人名户辆台套册亩件份场])){_PAID}"
)
_BOUNDED = re.compile(
    "不[超高少低]|最[高多低少]|至[多少]|以[内上下]|[上下]限|限额|[约近余]|左右|月|天|[含另等]"
)
"""Limits, times, and other things paid for: the total is not so many times the price."""
_COUNTED = ("人", "户", "辆")
"""What a share of a list is a share of; of 项目 the money may be meant."""
_OTHER_WHOLE = re.compile("资金|金额|经费|支出|收入|投资|费|面积|产[值量]|满意|分|权重|率")
_PERHAPS_ROUNDED = Decimal(100)
"""A multiple of it was perhaps rounded without a word."""
_PAIR = 2


def whole_numbers(desk: Desk) -> Iterator[Claim]:
    """Prices with their total, shares of counts, growth of counts."""
    for story in desk.stories:
        for segment in dict.fromkeys(v.segment for v in story.values):
            claim = _apiece(desk, story, [v for v in story.values if v.segment == segment])
            if claim is not None:
                yield claim
        for share in story.shares:
            claim = _share_of_count(desk, story, share)
            if claim is not None:
                yield claim
        for change in story.changes:
            claim = _growth_of_count(desk, story, change)
            if claim is not None:
                yield claim


def _claim(
    desk: Desk, story: Story, kind: ClaimKind, slots: dict[str, Operand], subject: str,
    words: dict[str, Decimal] | None = None,
) -> Claim:  # fmt: skip
    span = desk.cover(slots.values(), story)
    return Claim(kind, span, slots, words or {}, story.section, subject)


def _apiece(desk: Desk, story: Story, values: Sequence[Value]) -> Claim | None:
    """每户1200元，共50.35万元: the one price and the one other amount of a stretch."""
    amounts = [v for v in values if v.measure == "money"]
    if len(amounts) != _PAIR or any(v.sign or v.list is not None for v in amounts):
        return None
    segment = amounts[0].segment
    if any(p.segment == segment for p in story.prices):
        return None
    text = story.cleaned.text
    if _BOUNDED.search(re.split("[。；]", text[values[0].element.start :], maxsplit=1)[0]):
        return None
    for price, total in (amounts, amounts[::-1]):
        mean = _MEAN.fullmatch(price.element.label)
        each = _EACH.search(price.element.label)
        found = mean or each
        if found is None or (mean is None and not comes_to(story, price, total)):
            continue
        named = [v for k, v in found.groupdict().items() if v]
        counted = COUNTED_AS.get(named[0], (named[0],))
        if AVERAGE.match(total.element.label) or any(v.measure in counted for v in values):
            return None
        slots = {"price": as_price(desk, price), "total": desk.only(total.figure)}
        many = _range(slots["total"]).divided_by(_range(slots["price"]))
        if not _telling(many):
            return None
        words = {"average": ONE if mean else ZERO}
        return _claim(desk, story, ClaimKind.APIECE, slots, price.label, words)
    return None


def _share_of_count(desk: Desk, story: Story, share: Share) -> Claim | None:
    """职工30人，其中研究生占33.5%: a share of things counted, whose number is not printed."""
    element, scope = share.element, share.list
    if share.part is not None or share.base is not None or element.base_label:
        return None
    if scope is None or len(scope.heads) != 1 or _OTHER_WHOLE.search(element.label):
        return None
    whole = scope.heads[0]
    if whole.measure not in _COUNTED or not _is_exact(desk, whole):
        return None
    slots = {"whole": desk.only(whole.figure), "share": desk.only(share.figure)}
    if not _telling(_range(slots["whole"]) * _range(slots["share"])):
        return None
    return _claim(desk, story, ClaimKind.COUNT_SHARE, slots, element.label)


def _growth_of_count(desk: Desk, story: Story, change: Change) -> Claim | None:
    """公务用车40辆，比上年增长8.5%: the number before must have been whole."""
    current = change.subject
    if current is None or change.rate is None or change.delta or change.prior or change.to:
        return None
    element, figure = change.rate
    before = [
        v
        for v in story.values
        if v.element.end <= element.start and v.sentence == change.sentence
    ]
    if before != [current] or current.list is not None or change.label:
        return None  # 12批次、86人次，下降15%: nobody knows which
    if "均" in current.label:
        return None  # the mean of a year need not be whole
    last_year = change.base is not None and change.base.basis is Basis.UNKNOWN
    if not last_year or element.sign == 0 or element.respective:
        return None
    if desk.figures[figure].kind is not FigureKind.PERCENT or not _is_exact(desk, current):
        return None
    slots = {"current": desk.only(current.figure), "rate": desk.only(figure)}
    grown = Interval.exact(ONE)
    rate = _range(slots["rate"])
    grown = grown + rate if element.sign > 0 else grown - rate
    if not _telling(_range(slots["current"]).divided_by(grown)):
        return None
    words = {"direction": Decimal(element.sign)}
    return _claim(desk, story, ClaimKind.COUNT_GROWTH, slots, current.label, words)


def _is_exact(desk: Desk, value: Value) -> bool:
    """Whether a number of things is exact, and does not look rounded."""
    quantity = desk.figures[value.figure].quantity
    counted = quantity.unit.dimension is Dimension.COUNT and quantity.exact
    return counted and value.sign == 0 and quantity.number % _PERHAPS_ROUNDED != ZERO


def _range(operand: Operand) -> Interval:
    return operand.candidates[0][0].figure.interval


def _telling(interval: Interval | None) -> bool:
    """Whether a range may hold no whole number."""
    return interval is not None and (interval - Interval.exact(interval.low)).high < ONE
