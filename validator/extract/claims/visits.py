"""Visits and cars（批次、人次与购车）: groups, people in them, and what was spent on them.

A group has at least one visitor, so 人次 is not below 团组 or 批次; and where nothing was
spent there was no group, where something was there was one. The same holds for cars bought.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from validator.claims import Claim, ClaimKind, Operand
from validator.facts import Basis

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from validator.extract.desk import Desk
    from validator.extract.story import Story, Value

ZERO, ONE = Decimal(0), Decimal(1)
_ONE_VISIT = Decimal(100)
"""元 that a visit costs at the least."""
_TOPICS = (
    ("reception_foreign", re.compile(r"外事|外宾|国（境）外")),
    ("abroad", re.compile(r"出国|出境|（境）团组")),
    ("reception_domestic", re.compile(r"国内")),
)
_RECEPTION = re.compile(r"接待|来访|来宾")
_SPENT_ON = {
    "abroad": ("abroad",),
    "reception": ("reception",),
    "reception_foreign": ("reception_foreign",),
    "reception_domestic": ("reception_domestic", "reception"),
    "car_purchase": ("car_purchase",),
}
_GROUPS = re.compile(r"团组|批次|来访")
_COMPANY = re.compile(r"陪同|工作人员")
_BOUGHT = re.compile(
    r"(?:购置|购买|新购|更新)(?:（更新）|（购置）)?(?:公务)?(?:用车|车辆|公车|汽车)(?:数量?)?$"
    r"|(?:用车|车辆|公车)(?:购置|更新)(?:数量?|（更新）数)$"
)
_OTHERS = re.compile(r"参加(?:其他|外)|其他单位|双跨")


def visits(desk: Desk) -> Iterator[Claim]:
    """One claim per count of groups or of cars bought, with the people and the amount."""
    for story in desk.stories:
        counts = [
            v for v in story.values if v.sign == 0 and v.measure not in ("money", "ratio")
        ]
        for at, value in enumerate(counts):
            if _BOUGHT.search(value.label) and value.measure == "辆":
                yield from _nil(desk, story, "car_purchase", [value])
            elif _is_group(value):
                topic = _topic(value.label) or _around(desk, story, value)
                people = _people(counts[at + 1 :], value, topic)
                if topic and not _OTHERS.search(value.label):
                    yield from _claims(desk, story, topic, value, people)


def _is_group(value: Value) -> bool:
    if value.measure == "批次":
        return True
    return value.measure in ("个", "次") and _GROUPS.search(value.label) is not None


def _topic(words: str) -> str:
    return next((topic for topic, pattern in _TOPICS if pattern.search(words)), "")


def _around(desk: Desk, story: Story, value: Value) -> str:
    """外宾接待支出0万元，接待0批次: what the amount before it was spent on."""
    before = [
        desk.identity(v).item
        for v in story.values
        if v.measure == "money" and v.element.end <= value.element.start
    ]
    if before and before[-1] in _SPENT_ON:
        return before[-1]
    return "reception" if _RECEPTION.search(value.label) else ""


def _people(after: Sequence[Value], groups: Value, topic: str) -> Value | None:
    """The people right behind the groups, unless they are said to be others."""
    if not after or after[0].sentence != groups.sentence:
        return None
    people = after[0]
    other = _topic(people.label)
    if people.measure not in ("人次", "人") or _COMPANY.search(people.label):
        return None
    return people if other in ("", topic) else None


def _claims(
    desk: Desk, story: Story, topic: str, groups: Value, people: Value | None
) -> Iterator[Claim]:
    yield from _nil(desk, story, topic, [groups, people] if people else [groups])
    if people is None:
        return
    slots = {"groups": desk.only(groups.figure), "people": desk.only(people.figure)}
    yield Claim(
        ClaimKind.VISITS,
        desk.cover(list(slots.values()), story),
        slots,
        {"times": ONE if people.measure == "人次" else ZERO},
        story.section,
        groups.label,
    )


def _nil(desk: Desk, story: Story, topic: str, counts: Sequence[Value]) -> Iterator[Claim]:
    """Nothing spent and nobody came, or something spent and somebody came."""
    amount = _amount(desk, story, topic, counts[0])
    if amount is None:
        return
    spent = desk.figures[amount.figure]
    nothing = spent.quantity.number == ZERO
    if nothing and spent.interval.high > _ONE_VISIT:
        return  # 0.00亿元 may hide many a meal; 0.00万元 is less than one
    slots = {
        "amount": desk.only(amount.figure),
        "counts": Operand((tuple(desk.term(v) for v in counts),)),
    }
    words = {
        "nil": ZERO,
        "empty": ONE if nothing else ZERO,
        "cars": ONE if topic == "car_purchase" else ZERO,
    }
    span = desk.cover(list(slots.values()), story)
    yield Claim(ClaimKind.NIL, span, slots, words, story.section, amount.label)


def _amount(desk: Desk, story: Story, topic: str, count: Value) -> Value | None:
    """What was spent on it: named in this block, nearest before the count, else behind it."""
    spent = [
        v
        for v in story.values
        if v.measure == "money"
        and v.sign == 0
        and desk.identity(v).basis in (Basis.ACTUAL, Basis.UNKNOWN)
        and v.year in (None, desk.profile.year)
    ]
    foreign = _TOPICS[0][1].search(story.cleaned.text)
    for item in _SPENT_ON[topic]:
        if item == "reception" and foreign:
            continue  # 公务接待费 is of visitors from here and from abroad
        named = [v for v in spent if desk.identity(v).item == item]
        before = [v for v in named if v.element.end <= count.element.start]
        if before or named:
            return before[-1] if before else named[0]
    return None
