"""Nothing（无、未发生）: what is said to be nothing has no amount anywhere else.

年末无结转和结余 says besides that all that came in was spent.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from validator.claims import Claim, ClaimKind, Operand, Term
from validator.facts import Basis, ReportKind, SectionRole

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from validator.extract.desk import Desk
    from validator.extract.elements import Element
    from validator.extract.story import Story, Value
    from validator.extract.subjects import Identity
    from validator.facts import Fact

ZERO, ONE = Decimal(0), Decimal(1)
_CLOSING = "closing"
_IN = ("revenue", "opening", "surplus_used")
_OUT = ("expenditure", "surplus_allocated")
_AND = re.compile("、|和|与|以及")
_ALL = re.compile(r"全部(?:都|均)?(?:用于|为|是)(?P<item>[^，。；：\d]{2,24}?)(?=[，。；]|$)")
_CARRIED = frozenset({"opening", "closing"})


def nils(desk: Desk) -> Iterator[Claim]:
    """One claim per amount of what is said to be nothing, and one per closed account."""
    if desk.profile.of_government:
        return  # 市本级无此项支出 says nothing about 全市
    for story in desk.stories:
        if desk.sections[story.section].role is SectionRole.GLOSSARY:
            continue
        for element in story.nils:
            year = element.base.year if element.base is not None else desk.profile.year
            if year != desk.profile.year:
                continue
            for identity in _named(desk, element.label):
                yield from _amounts(desk, story, element, identity)
                if identity.item == _CLOSING:
                    yield from _settled(desk, story)
        yield from _wholly(desk, story)


def _named(desk: Desk, label: str) -> list[Identity]:
    """The item that a label names, or the items of 因公出国（境）费和公务接待费."""
    whole = desk.identifier.identify(label)
    if whole.known:
        return [whole]
    parts = [desk.identifier.identify(part) for part in _AND.split(label) if part]
    return parts if len(parts) > 1 and all(part.known for part in parts) else []


def _amounts(desk: Desk, story: Story, element: Element, identity: Identity) -> Iterator[Claim]:
    for value, fact in desk.with_item(identity.item):
        wanted = identity.scope or desk.sections[story.section].scope
        if fact.key.scope is wanted and _counts(desk, value, fact):
            yield _nil(desk, story, element, value)


def _wholly(desk: Desk, story: Story) -> Iterator[Claim]:
    """“三公”经费1.80万元，全部用于公务接待费: the one part is all of it."""
    found = _ALL.search(story.cleaned.text)
    if found is None:
        return
    identity = desk.identifier.identify(found.group("item"))
    whole = desk.lexicon.wholes.get(identity.family)
    spent = [v for v in story.values if v.sign == 0 and v.measure == "money"]
    before = [v for v in spent if v.element.end <= found.start()]
    if whole is None or not before or desk.identity(before[-1]).item != whole:
        return
    parts = [v for v in spent if desk.identity(v).item == identity.item]
    if len(parts) != 1 or not _counts_as(desk, parts[0]):
        return
    slots = {
        "whole": desk.only(before[-1].figure),
        "parts": Operand(((desk.term(parts[0]),),)),
    }
    words = {
        "closed": ONE, "partial": ZERO, "items": ONE, "single": ONE, "counts": ZERO,
        "outline": ZERO, "overlap": ZERO,
    }  # fmt: skip
    span = desk.cover(list(slots.values()), story)
    yield Claim(ClaimKind.DECOMPOSITION, span, slots, words, story.section, before[-1].label)


def _counts_as(desk: Desk, value: Value) -> bool:
    fact = desk.fact(value)
    return fact is not None and _counts(desk, value, fact)


def _counts(desk: Desk, value: Value, fact: Fact) -> bool:
    """Whether an amount is one of this year, and spent where spending is reported."""
    if value.measure != "money" or fact.key.year != desk.profile.year:
        return False
    if fact.key.item in _CARRIED and "末" not in fact.label and "初" not in fact.label:
        return False  # 结转和结余 alone may be that of the beginning of the year
    budget = fact.key.basis not in (Basis.ACTUAL, Basis.UNKNOWN)
    return not budget or desk.profile.kind is ReportKind.BUDGET


def _nil(desk: Desk, story: Story, element: Element, value: Value) -> Claim:
    span = story.cleaned.span(element.label_start, element.end)
    return Claim(
        ClaimKind.NIL,
        span,
        {"amount": Operand(((Term(desk.figures[value.figure]),),))},
        {"nil": ONE, "cars": ZERO},
        story.section,
        element.label,
        "",
        {"nil": span},
    )


def _settled(desk: Desk, story: Story) -> Iterator[Claim]:
    """本年收入合计X，年初结转和结余Y，本年支出合计Z，年末无结转和结余."""
    came, went = (_all(desk, story, items) for items in (_IN, _OUT))
    items = [desk.identity(v).item for v in (*came, *went)]
    complete = {"revenue", "expenditure"} <= set(items) and len(items) == len(set(items))
    if not complete:
        return
    slots = {
        "inflows": Operand((tuple(desk.term(v) for v in came),)),
        "outflows": Operand((tuple(desk.term(v) for v in went),)),
    }
    yield Claim(
        ClaimKind.SETTLED, desk.cover(list(slots.values()), story), slots, {}, story.section
    )


def _all(desk: Desk, story: Story, items: Sequence[str]) -> list[Value]:
    return [
        v
        for v in story.values
        if v.sign == 0
        and v.measure == "money"
        and v.year in (None, desk.profile.year)
        and desk.identity(v).item in items
    ]
