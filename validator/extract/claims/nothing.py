"""Nothing（无、未发生）: what is said to be nothing has no amount anywhere else.

年末无结转和结余 says besides that all that came in was spent.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from validator.claims import Claim, ClaimKind, Operand, Term
from validator.facts import Basis, ReportKind, SectionRole

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from validator.extract.desk import Desk
    from validator.extract.elements import Element
    from validator.extract.story import Story, Value
    from validator.facts import Fact

ZERO, ONE = Decimal(0), Decimal(1)
_CLOSING = "closing"
_IN = ("revenue", "opening", "surplus_used")
_OUT = ("expenditure", "surplus_allocated")
_CARRIED = frozenset({"opening", "closing"})


def nils(desk: Desk) -> Iterator[Claim]:
    """One claim per amount of what is said to be nothing, and one per closed account."""
    for story in desk.stories:
        if desk.sections[story.section].role is SectionRole.GLOSSARY:
            continue
        for element in story.nils:
            identity = desk.identifier.identify(element.label)
            year = element.base.year if element.base is not None else desk.profile.year
            if not identity.known or year != desk.profile.year:
                continue
            for value, fact in desk.with_item(identity.item):
                same = fact.key.scope is desk.sections[story.section].scope
                if (same or identity.scope) and _counts(desk, value, fact):
                    yield _nil(desk, story, element, value)
            if identity.item == _CLOSING:
                yield from _settled(desk, story)


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
