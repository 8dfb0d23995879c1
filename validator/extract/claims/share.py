"""占比: a part, a whole and the share that is printed; and lists of shares."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING

from validator.claims import Claim, ClaimKind, Operand, Term
from validator.extract.claims.decomposition import heads
from validator.extract.claims.partitions import family
from validator.quantity import HUNDRED, Interval

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.extract.desk import Desk
    from validator.extract.story import ListScope, Share, Story, Value

ZERO, ONE = Decimal(0), Decimal(1)
TOTALS = {
    "total_expenditure": (
        "expenditure",
        "fiscal_total_expenditure",
        "total_both",
        "general_expenditure",
    ),
    "total_revenue": ("revenue", "fiscal_total_revenue", "total_both"),
    "expenditure": ("total_expenditure",),
    "revenue": ("total_revenue",),
    "fiscal_expenditure": ("fiscal_total_expenditure", "general_expenditure"),
    "fiscal_revenue": ("fiscal_total_revenue", "general_revenue"),
}
"""Totals that a base may mean besides the one of its name."""

_SPENT = frozenset({"total_expenditure", "expenditure", "fiscal_expenditure"})


def shares(desk: Desk) -> Iterator[Claim]:
    """Every printed share, then every list of shares."""
    for story in desk.stories:
        groups: dict[tuple[int, int, str], list[Share]] = defaultdict(list)
        for before, share in zip([None, *story.shares], story.shares, strict=False):
            _inherit_base(before, share)
            key = (
                id(share.list) if share.list else 0,
                share.sentence if share.list is None else 0,
                share.element.base_label,
            )
            groups[key].append(share)
        for group in groups.values():
            yield from _group(desk, story, group)


def _inherit_base(before: Share | None, share: Share) -> None:
    """人员经费…占基本支出的83%，公用经费…占17%: the second share has the base of the first."""
    if before is None or share.element.base_label or share.base is not None:
        return
    alone = share.list is None and before.list is None
    if alone and before.sentence == share.sentence and before.element.base_label:
        share.element.base_label = before.element.base_label


def _group(desk: Desk, story: Story, group: list[Share]) -> Iterator[Claim]:
    scope = group[0].list
    agreed = _agreed_base(desk, story, group)
    for share in group:
        found, bound = _wholes(desk, story, share)
        if share.part is not None:
            # 25个项目，占项目支出总额的100%: a count is no share of an amount.
            found = [(v, why) for v, why in found if v.measure == share.part.measure]
        if not found and agreed is not None:
            found, bound = [(agreed, "同列各项占比共同的基数")], True
        elif not bound and agreed is not None:
            found, bound = [(agreed, "同列各项占比共同的基数"), *found], True
        part = share.part
        slots = {"share": desk.only(share.figure)}
        if part is not None:
            slots["part"] = desk.only(part.figure)
        whole = desk.scalar(
            (v, why) for v, why in found if part is None or v is not part or len(found) == 1
        )
        if whole is not None:
            slots["whole"] = whole
        yield Claim(
            ClaimKind.SHARE,
            desk.cover(slots.values(), story),
            slots,
            {
                "bound": ONE if bound else ZERO,
                "empty": _empty(desk, slots),
                "crossed": ONE if _crossed(desk, share) else ZERO,
            },
            story.section,
            part.label if part else "",
        )
    if len(group) > 1 and all(s.part is not None for s in group):
        yield _list(desk, story, group, scope)


def _crossed(desk: Desk, share: Share) -> bool:
    """财政拨款收入…占总支出的80%: what came in is no part of what was spent."""
    base = desk.identifier.identify(share.element.base_label)
    if share.part is None or base.item not in _SPENT:
        return False
    part = desk.identity(share.part)
    return part.known and part.family == "source" and "收入" in share.part.label


def _empty(desk: Desk, slots: dict[str, Operand]) -> Decimal:
    """1 when every plausible whole is printed as zero: nothing to divide by."""
    del desk
    wholes = slots["whole"].candidates if "whole" in slots else ()
    zero = bool(wholes) and all(c[0].figure.quantity.number == ZERO for c in wholes)
    return ONE if zero else ZERO


def _wholes(desk: Desk, story: Story, share: Share) -> tuple[list[tuple[Value, str]], bool]:
    """Plausible wholes of one share, and whether grammar (not nearness) binds them."""
    if share.base is not None:
        return [(share.base, "占后面写明的数")], True
    label = share.element.base_label
    if found := _of_level(desk, share, label):
        return found, True
    if label:
        # The base may be given only afterwards: 占项目支出的100%。项目支出300万元.
        stood = [
            pair
            for at in (share.element.start, None)
            for pair in desk.kin(desk.named(label, story, at), share.part, label)
        ]
        found = [pair for pair in stood if pair[0] is not share.part]
        item = desk.identifier.identify(label).item
        # What the words surely mean goes first; without it nothing is held against them.
        found.sort(key=lambda pair: not desk.surely(label, pair[0], story.block))
        stated = bool(found) and desk.surely(label, found[0][0], story.block)
        for other in TOTALS.get(item, ()):
            found += desk.kin(
                [
                    (v, f"报告中的{v.label}")
                    for v, f in desk.with_item(other)
                    if f.key.year == desk.year_at(story)
                ],
                share.part,
                label,
            )
        if not stated:
            # The base itself stands nowhere: a neighbour may stand for it, not against it.
            found = [pair for pair in found if _fits(desk, share, pair[0])]
        if found:
            return found, True
        known = desk.identifier.identify(label).known
        return (_list_heads(desk, story, share.list), False) if not known else ([], False)
    found = _list_heads(desk, story, share.list) or _natural(desk, share)
    found = found or _outline_heads(desk, story, share)
    if found:
        return found, True
    return desk.section_heads(story), False


def _outline_heads(desk: Desk, story: Story, share: Share) -> list[tuple[Value, str]]:
    """总额100万元，其中：⏎1.货物支出60万元，占60%。: the whole of the lines, or one above."""
    part = share.part
    if part is None or share.list is not None:
        return []
    least = desk.figures[part.figure].interval.high
    for other in desk.stories:
        for scope in other.lists:
            if scope.outline and any(value is part for value in scope.parts):
                found = heads(desk, other, scope)
                above = [
                    (value, why)
                    for value, why in desk.section_heads(story)
                    if value not in scope.parts
                    and desk.figures[value.figure].interval.low > max(least, ZERO)
                ]
                return [*found, *above] if found else []
    return []


def _natural(desk: Desk, share: Share) -> list[tuple[Value, str]]:
    """非税收入X，占比29.4%: the revenue of the same level that it is always a part of."""
    fact = desk.fact(share.part) if share.part is not None else None
    item = desk.lexicon.by_id.get(fact.key.item) if fact is not None else None
    base = desk.lexicon.bases.get(item.family) if item is not None else None
    if base is None or not desk.profile.of_government:
        return []
    found = [(v, f"报告中的{v.label}") for v, _ in desk.with_item(base)]
    return desk.kin(found, share.part)


def _of_level(desk: Desk, share: Share, label: str) -> list[tuple[Value, str]]:
    """占全市的46.5%: the same item of another level."""
    identity = desk.identifier.identify(label)
    fact = desk.fact(share.part) if share.part is not None else None
    if not identity.grade or identity.known or fact is None or identity.grade != label:
        return []
    own = fact.key
    return [
        (v, f"报告中的{v.label}")
        for v, f in desk.with_item(own.item)
        if f.key.level == label and (f.key.year, f.key.scope) == (own.year, own.scope)
    ]


def _list_heads(desk: Desk, story: Story, scope: ListScope | None) -> list[tuple[Value, str]]:
    found: list[tuple[Value, str]] = []
    while scope is not None:
        found += heads(desk, story, scope)
        scope = scope.parent
    return found


def _agreed_base(desk: Desk, story: Story, group: list[Share]) -> Value | None:
    """The base that most shares of a list fit, when no words name it.

    Two shares that are not 0 or 100 % must fit, so that the base is established by the
    list itself; then the others can be judged against it.
    """
    telling = [s for s in group if s.part is not None and s.element.number is not None]
    telling = [
        s
        for s in telling
        if s.element.number is not None
        and s.element.number.quantity.number not in (ZERO, HUNDRED)
    ]
    if len(telling) < 2:
        return None
    candidates = [v for v, _ in _list_heads(desk, story, group[0].list)]
    candidates += [v for v in story.values if v.sign == 0 and v.measure == "money"]
    candidates += [v for v, _ in desk.section_heads(story)]
    best, votes = None, 1
    for value in dict.fromkeys(candidates):
        fits = sum(_fits(desk, s, value) for s in telling if s.part is not value)
        if fits > votes:
            best, votes = value, fits
    return best


def _fits(desk: Desk, share: Share, whole: Value) -> bool:
    if share.part is None:
        return False
    part = desk.figures[share.part.figure].interval
    quotient = part.divided_by(desk.figures[whole.figure].interval)
    return quotient is not None and quotient.touches(desk.figures[share.figure].interval)


def _adds_up_to_base(desk: Desk, group: list[Share], parts: list[Value]) -> bool:
    """Whether at least one telling share is a share of the sum of the parts."""
    total = Interval.exact(ZERO)
    for part in parts:
        total = total + desk.figures[part.figure].interval
    for share in group:
        number = desk.figures[share.figure].quantity
        if share.part is None or number.number == ZERO:
            continue
        quotient = desk.figures[share.part.figure].interval.divided_by(total)
        if quotient is not None and quotient.touches(number.interval):
            return True
    return False


def _list(desk: Desk, story: Story, group: list[Share], scope: ListScope | None) -> Claim:
    parts = [s.part for s in group if s.part is not None]
    listed = scope.parts if scope is not None else parts
    named = {id(p) for p in parts}
    every = all(
        id(v) in named or desk.figures[v.figure].quantity.number == ZERO
        for v in listed
        if v.measure == "money"
    )
    dimension = family(desk, parts)
    slots = {
        "shares": Operand((tuple(Term(desk.figures[s.figure]) for s in group),)),
        "parts": Operand((tuple(desk.term(p) for p in parts),)),
    }
    if scope is not None and (whole := desk.scalar(heads(desk, story, scope))):
        slots["whole"] = whole
    closed = desk.is_closed(dimension) and not (scope and scope.rest)
    every = every and _adds_up_to_base(desk, group, parts)
    return Claim(
        ClaimKind.SHARE_LIST,
        desk.cover([slots["shares"], slots["parts"]], story),
        slots,
        {"exhaustive": ONE if every and closed else ZERO, "items": Decimal(len(group))},
        story.section,
        scope.head_label if scope else "",
        dimension,
    )
