"""Differences and products（结余与相差、单价×数量）."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from validator.claims import Claim, ClaimKind, Operand, Term
from validator.extract.labels import AVERAGE, is_mute, side_of
from validator.facts import Basis
from validator.quantity import Dimension

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.extract.desk import Desk
    from validator.extract.story import Loose, Story, Value

ZERO, ONE = Decimal(0), Decimal(1)


def differences(desk: Desk) -> Iterator[Claim]:
    """决算与预算相差X; 剩余X: two amounts before it and their difference."""
    for story in desk.stories:
        for loose in story.differences:
            pairs = list(_pairs(desk, story, loose))
            if not pairs:
                continue
            left = Operand(tuple((desk.term(a),) for a, _ in pairs))
            right = Operand(tuple((desk.term(b),) for _, b in pairs))
            slots = {
                "minuend": left,
                "subtrahend": right,
                "difference": desk.only(loose.figure),
            }
            yield Claim(
                ClaimKind.DIFFERENCE,
                desk.cover(slots.values(), story),
                slots,
                {"bound": ONE if len(pairs) == 1 or desk.profile.of_government else ZERO},
                story.section,
                loose.label,
            )


def _pairs(desk: Desk, story: Story, loose: Loose) -> Iterator[tuple[Value, Value]]:
    """Pairs of amounts that the difference may be of, best first."""
    at = loose.element.start
    near = [
        v
        for v in story.values
        if v.sign == 0
        and v.measure == "money"
        and v.element.end <= at
        and v.sentence in (loose.sentence, loose.sentence - 1)
    ]
    same = [v for v in near if v.sentence == loose.sentence]
    if desk.profile.of_government and not loose.element.cue.startswith(("相差", "差额")):
        # What is left of totals, flows tell; what is left of a fund, both its sides.
        left = desk.identifier.identify(f"{loose.label}{loose.element.cue}").item == "surplus"
        if left:
            yield from _both_sides(near)
        return
    if loose.element.cue.startswith(("相差", "差额")):
        stages = [(v, desk.identity(v).basis) for v in near]
        budgets = [v for v, b in stages if b not in (Basis.ACTUAL, Basis.UNKNOWN)]
        actuals = [v for v, b in stages if b is Basis.ACTUAL]
        if budgets and actuals:
            yield actuals[-1], budgets[-1]
        return
    values = same if len(same) > 1 else near
    # Details in brackets or after 其中 are not what the rest is taken from.
    outer = [v for v in values if v.list is None]
    values = outer if len(outer) > 1 else values
    if len(values) > 4:
        values = values[-4:]
    for i in range(len(values) - 1, 0, -1):
        if _is_carried_over(desk, values[i]):
            continue
        for j in range(i - 1, -1, -1):
            if not _is_named_part(values[i], values[j]):
                yield values[j], values[i]


def _is_carried_over(desk: Desk, value: Value) -> bool:
    """项目200万元，结转下年5万元，剩余3万元: what is carried over was not spent."""
    return desk.identifier.identify(value.label).item in _CARRIED


def _is_named_part(value: Value, whole: Value) -> bool:
    """项目支出160万元，其中：灌区修缮110万元，结余4万元: left of the part, not of the whole."""
    home = value.list
    return home is not None and whole in home.heads and not is_mute(value.element.label)


def _both_sides(values: list[Value]) -> Iterator[tuple[Value, Value]]:
    """What a fund took in and what it spent, told last: 甲基金收入A，支出B，本年收支结余C.

    In 收入A，其中：保险费收入a，支出B the spending may be that of the whole.
    """
    spent = next((v for v in reversed(values) if side_of(v.label) == "支出"), None)
    if spent is None:
        return
    fund = spent.label.removesuffix("支出")
    earned = next((v for v in reversed(values) if v.label == f"{fund}收入"), None)
    if earned is not None:
        yield earned, spent
        if earned.list is not None and earned.list.heads:
            yield earned.list.heads[0], spent


def products(desk: Desk) -> Iterator[Claim]:
    """2100元/人，295人，共61.95万元."""
    for story in desk.stories:
        for k, loose in enumerate(story.prices):
            claim = _product(desk, story, loose, story.prices[:k], story.prices[k + 1 :])
            if claim is not None:
                yield claim


def _product(
    desk: Desk, story: Story, price: Loose, earlier: list[Loose], later: list[Loose]
) -> Claim | None:
    unit = desk.figures[price.figure].quantity.unit
    if unit.dimension is not Dimension.PRICE or unit.symbol.count("/") != 1:
        return None  # 元/人/月 needs a number of months as well
    counted = unit.symbol.split("/")[1]
    low = max((p.element.end for p in earlier if p.sentence == price.sentence), default=0)
    high = min(
        (p.element.start for p in later if p.sentence == price.sentence), default=1 << 30
    )
    near = [
        v
        for v in story.values
        if v.sentence == price.sentence and low <= v.element.start and v.element.end <= high
    ]
    here = [v for v in near if v.segment == price.segment]
    if any(v.measure == "money" for v in here):
        near = here
    counts = [v for v in near if v.measure == counted and v.sign == 0]
    before = [v for v in counts if v.element.end <= price.element.start]
    after = [v for v in counts if v.element.start >= price.element.end]
    count = (before[-1:] if before else []) + after[:1]
    totals = [v for v in near if v.measure == "money" and v.sign == 0]
    following = [v for v in totals if v.element.start >= price.element.end]
    wanted = [v for v in following if v not in _differences(story)] or totals[:1]
    if not count or not wanted:
        return None
    slots = {
        "price": desk.only(price.figure),
        "quantity": Operand(tuple((desk.term(v),) for v in count)),
        "total": Operand(tuple((desk.term(v),) for v in wanted[:2])),
    }
    bound = len(count) == 1 and (len(following) >= 1 or len(totals) == 1)
    return Claim(
        ClaimKind.PRODUCT,
        desk.cover(slots.values(), story),
        slots,
        {"bound": ONE if bound else ZERO},
        story.section,
        price.label,
    )


_BY_TIME = re.compile(r"(?:人均|每[人户])每?月|月(?:补|标准|工资|支出|发放|生活)|季度|每[天日]")
_SPAN = re.compile(r"[年月连累]")
_YEARLY = re.compile(r"(?:平均)?每([人户])每年")
COUNTED_AS = {"车": ("辆",), "批": ("批次",), "名": ("人", "人次"), "人": ("人", "人次")}


def as_price(desk: Desk, value: Value) -> Operand:
    """An average as an operand: one printed to the 分 is rounded, unlike an amount paid."""
    figure = desk.figures[value.figure]
    quantity = figure.quantity
    unit = replace(quantity.unit, dimension=Dimension.PRICE)
    price = replace(figure, quantity=replace(quantity, unit=unit))
    return Operand(((Term(price),),), ("句中写明",))


def averages(desk: Desk) -> Iterator[Claim]:
    """人均125元, 车均4.00万元, 每册35元: the average times the number is the total."""
    for story in desk.stories:
        for value in story.values:
            found = AVERAGE.match(value.element.label)
            if found is None or value.measure != "money" or value.sign:
                continue
            if _BY_TIME.search(value.element.label):
                continue  # 人均月补助400元 needs a number of months as well
            yearly = _YEARLY.match(value.element.label)
            word = (
                yearly.group(1) if yearly else found.group("noun") or found.group("classifier")
            )
            near = [
                v
                for v in story.values
                if v.sentence == value.sentence and v.sign == 0 and v is not value
            ]
            here = [v for v in near if v.segment == value.segment]
            if any(v.measure == "money" for v in here):
                near = here
            alike = [v for v in near if v.measure in COUNTED_AS.get(word, (word,))]
            counts = [v for v in alike if v.element.end <= value.element.start]
            counts = counts or _right_behind(story, value, alike)
            totals = [
                v for v in near if v.measure == "money" and not AVERAGE.match(v.element.label)
            ]
            if yearly and not _one_year(story, value, totals):
                continue
            if not counts or not totals:
                continue
            slots = {
                "price": as_price(desk, value),
                "quantity": Operand(tuple((desk.term(v),) for v in counts[-2:])),
                "total": Operand(tuple((desk.term(v),) for v in totals[:4])),
            }
            same = len({desk.figures[v.figure].quantity for v in totals}) == 1
            yield Claim(
                ClaimKind.PRODUCT,
                desk.cover(list(slots.values()), story),
                slots,
                {"bound": ONE if len(counts) == 1 and same else ZERO},
                story.section,
                value.label,
            )


def _one_year(story: Story, price: Value, totals: list[Value]) -> bool:
    """Whether 每人每年3600元，共支出66.96万元 is told of this year, not of several."""
    after = [v for v in totals if v.element.start >= price.element.end]
    if not after or not comes_to(story, price, after[0]):
        return False
    return _SPAN.search(story.cleaned.text[price.element.end : after[0].element.end]) is None


def _right_behind(story: Story, average: Value, counts: list[Value]) -> list[Value]:
    """人均3.2万元、5人、共16.1万元: a number between its average and the total."""
    values = [v for v in story.values if v.segment == average.segment]
    behind = values[values.index(average) + 1 :][:_PAIR]
    found = len(behind) == _PAIR and behind[0] in counts and behind[1].measure == "money"
    standard = _STANDARD.search(average.element.label)
    return behind[:1] if found and not standard and comes_to(story, *behind) else []


_CARRIED = ("opening", "closing")
_PAIR = 2
_STANDARD = re.compile(
    r"(?<!每)(?:每(?P<each>[人名户辆台套册亩件份场])|(?P<any>均价|单价))(?:补助|发放|补贴)?$"
)
_PRODUCT = 3
_ALTOGETHER = re.compile(r"(?<![公其])共|合计|总计")


def standards(desk: Desk) -> Iterator[Claim]:
    """每人500元，共250人，合计12.5万元: a price, a number and their product, and no more."""
    for story in desk.stories:
        segments: dict[int, list[Value]] = defaultdict(list)
        for value in story.values:
            segments[value.segment].append(value)
        for values in segments.values():
            if len(values) != _PRODUCT or any(v.sign for v in values):
                continue
            a, b, total = values
            price, count = (a, b) if a.measure == "money" else (b, a)
            told = price is b and AVERAGE.match(price.element.label)
            if told or not (_is_standard(price, count, total) and comes_to(story, b, total)):
                continue
            slots = {
                "price": as_price(desk, price),
                "quantity": desk.only(count.figure),
                "total": desk.only(total.figure),
            }
            span = desk.cover(list(slots.values()), story)
            words = {"bound": ONE}
            yield Claim(ClaimKind.PRODUCT, span, slots, words, story.section, price.label)


def _is_standard(price: Value, count: Value, total: Value) -> bool:
    found = _STANDARD.search(price.element.label)
    if found is None or (price.measure, total.measure) != ("money", "money"):
        return False
    if (
        count.measure in ("money", "ratio")
        or not price.segment == count.segment == total.segment
    ):
        return False
    return found.group("any") is not None or count.measure in COUNTED_AS.get(
        found.group("each"), (found.group("each"),)
    )


def comes_to(story: Story, before: Value, total: Value) -> bool:
    """Whether the words say that an amount is the whole of it: 共6万元, 合计30万元."""
    between = story.cleaned.text[before.element.end : total.element.end]
    return _ALTOGETHER.search(between) is not None


def _differences(story: Story) -> set[Value]:
    figures = {loose.figure for loose in story.differences}
    return {v for v in story.values if v.figure in figures}
