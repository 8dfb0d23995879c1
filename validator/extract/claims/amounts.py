"""Differences, products and nil statements（结余与相差、单价×数量、无）."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from validator.claims import Claim, ClaimKind, Operand, Term
from validator.extract.labels import AVERAGE, side_of
from validator.facts import Basis, FigureKind
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
                {"bound": ONE if len(pairs) == 1 else ZERO},
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
        if left and (pair := _both_sides(near)):
            yield pair
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
        for j in range(i - 1, -1, -1):
            yield values[j], values[i]


def _both_sides(values: list[Value]) -> tuple[Value, Value] | None:
    """What a fund took in and what it spent, told last: 甲基金收入A，支出B，本年收支结余C."""
    spent = next((v for v in reversed(values) if side_of(v.label) == "支出"), None)
    if spent is None:
        return None
    fund = spent.label.removesuffix("支出")
    earned = next((v for v in reversed(values) if v.label == f"{fund}收入"), None)
    return (earned, spent) if earned is not None else None


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


_COUNTED_AS = {"车": ("辆",), "批": ("批次",), "名": ("人", "人次"), "人": ("人", "人次")}


def averages(desk: Desk) -> Iterator[Claim]:
    """人均125元, 车均4.00万元, 每册35元: the average times the number is the total."""
    for story in desk.stories:
        for value in story.values:
            found = AVERAGE.match(value.element.label)
            if found is None or value.measure != "money" or value.sign:
                continue
            word = found.group("noun") or found.group("classifier")
            near = [
                v
                for v in story.values
                if v.sentence == value.sentence and v.sign == 0 and v is not value
            ]
            here = [v for v in near if v.segment == value.segment]
            if any(v.measure == "money" for v in here):
                near = here
            counts = [
                v
                for v in near
                if v.measure in _COUNTED_AS.get(word, (word,))
                and v.element.end <= value.element.start
            ]
            totals = [
                v for v in near if v.measure == "money" and not AVERAGE.match(v.element.label)
            ]
            if not counts or not totals:
                continue
            slots = {
                "price": desk.only(value.figure),
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


def _differences(story: Story) -> set[Value]:
    figures = {loose.figure for loose in story.differences}
    return {v for v in story.values if v.figure in figures}


def nils(desk: Desk) -> Iterator[Claim]:
    """An item said to be nothing must be zero wherever it has an amount."""
    if desk.profile.of_government:
        return  # 市本级无此项支出 says nothing about 全市
    for story in desk.stories:
        for element in story.nils:
            identity = desk.identifier.identify(element.label)
            if not identity.known:
                continue
            amounts = [
                (v, f)
                for v, f in desk.with_item(identity.item)
                if f.key.year == desk.profile.year and v.measure == "money"
            ]
            if not amounts:
                continue
            span = story.cleaned.span(element.label_start, element.end)
            for value, fact in amounts:
                if (
                    fact.key.scope is not desk.sections[story.section].scope
                    and not identity.scope
                ):
                    continue
                yield Claim(
                    ClaimKind.NIL,
                    span,
                    {"amount": Operand(((Term(desk.figures[value.figure]),),))},
                    {"nil": ONE},
                    story.section,
                    element.label,
                    "",
                    {"nil": span},
                )


def zero_counts(desk: Desk) -> Iterator[Claim]:
    """因公出国团组0次，0人 and 0万元 go together（无支出则无批次、无人次）."""
    for story in desk.stories:
        sentence_amount: dict[int, Value] = {}
        for value in story.values:
            if value.measure == "money" and value.sign == 0:
                sentence_amount.setdefault(0, value)
        first = sentence_amount.get(0)
        if first is None or desk.identity(first).item not in _COUNTED:
            continue
        counts = [
            v
            for v in story.values
            if v.measure in _COUNTED[desk.identity(first).item]
            and v.sign == 0
            and desk.figures[v.figure].kind is FigureKind.COUNT
        ]
        if counts:
            slots = {
                "amount": desk.only(first.figure),
                "counts": Operand((tuple(desk.term(v) for v in counts),)),
            }
            yield Claim(
                ClaimKind.NIL,
                desk.cover(slots.values(), story),
                slots,
                {
                    "nil": ZERO,
                    "empty": ONE
                    if desk.figures[first.figure].quantity.number == ZERO
                    else ZERO,
                },
                story.section,
                first.label,
            )


_COUNTED = {
    "abroad": ("次", "个", "批", "人", "人次"), "reception_domestic": ("批次", "批", "人次"),
            "reception_foreign": ("批次", "批", "人次", "人")}  # fmt: skip
