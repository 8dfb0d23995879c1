"""What a sentence leaves to the rest of the report（别处的数）: last year's figure, the budget.

增长5.8%, 为预算的101.3% stand alone where the figure they are measured against is told in
another half of the report or in a table. Item, level, budget and year must be the same.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from validator.claims import Operand, Term
from validator.extract.desk import MAX_CANDIDATES
from validator.facts import Basis

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from validator.extract.desk import Desk
    from validator.extract.story import Change, Story, Value
    from validator.facts import Fact

_NO_DIGITS = re.compile(r"[^\d]*$")
_ANY = frozenset(Basis) - {Basis.UNKNOWN}
_TAXES = ("tax", "tax_kind", "nontax_kind")
_TAXED = ("general_revenue", "tax_revenue", "nontax_revenue")
_BUDGETS = _ANY - {Basis.ACTUAL}


def like_for_like(desk: Desk, story: Story, change: Change) -> bool:
    """同口径增长4.1%, 收入（同口径）X，增长4.1%: against a prior value that nobody prints."""
    text, words = story.cleaned.text, ""
    for element in (change.rate and change.rate[0], change.delta and change.delta.element):
        if element and element.number is not None:
            found = _NO_DIGITS.search(text, 0, element.number.start)
            words += found.group() if found else ""
    if change.subject is not None:
        words += change.subject.label
    return any(cue in words for cue in desk.lexicon.cues["like_for_like"])


def last_year_of(desk: Desk, change: Change, currents: Sequence[Value]) -> Operand | None:
    """Last year's figure, where the sentence gives only the rate or the difference."""
    if change.flat is not None or not currents:
        return None
    base, facts = change.base, [desk.fact(value) for value in currents]
    year = base.year if base is not None else -1
    basis = base.basis if base is not None else Basis.UNKNOWN
    if year == 0 and basis is Basis.UNKNOWN:
        year = -1
    return _prior(desk, facts, year, basis)


def _prior(
    desk: Desk, currents: Sequence[Fact | None], year: int, basis: Basis
) -> Operand | None:
    """The figures of an earlier year that a change may be measured against.

    Each plausible current value must have one, or else the right one may be missing.

    Args:
        desk: All that was read.
        currents: Plausible current values.
        year: Calendar year, or years to go (-1 last year), of the comparison.
        basis: Stage that the comparison names, or unknown.
    """
    stages = _ANY if basis is Basis.UNKNOWN else _stages(basis)
    found: list[Fact] = []
    for fact in currents:
        if fact is None:
            return None
        wanted = year if year > 0 else fact.key.year + year
        same = _same(desk, fact, wanted, stages)
        if not same:
            return None
        found += [other for other in same if other not in found]
    return _operand(found)


def budget_elsewhere(desk: Desk, fact: Fact | None, basis: Basis) -> Operand | None:
    """The budget that a rate of completion is measured against, of the stage that it names.

    预算 without more may be the original or the adjusted one, so it is any that is printed;
    but one that is called 年初预算 is not what 调整预算 means.
    """
    if fact is None:
        return None
    found = _same(desk, fact, fact.key.year, _stages(basis))
    plain = [f for f in found if f.key.basis is Basis.BUDGET]
    if basis is Basis.BUDGET and not plain:
        return None
    return _operand(found)


def actual_elsewhere(desk: Desk, budget: Fact | None) -> Operand | None:
    """What was carried out of a budget: 收入完成年初预算184亿元的101.3%."""
    if budget is None or budget.key.basis not in _BUDGETS:
        return None
    return _operand(_same(desk, budget, budget.key.year, {Basis.ACTUAL}))


def _stages(basis: Basis) -> Collection[Basis]:
    return _BUDGETS if basis in (Basis.BUDGET, Basis.UNKNOWN) else {basis}


def _same(desk: Desk, fact: Fact, year: int, stages: Collection[Basis]) -> list[Fact]:
    """Facts of the same item, level and budget in a year."""
    own = fact.key
    if not _of_budget(desk, fact):
        return []
    if not (desk.profile.of_government and fact.known and own.scope and own.measure == "money"):
        return []
    return [
        other
        for other in desk.facts
        if other.known
        and other is not fact
        and other.figure.quantity.number
        and other.key.basis in stages
        and (other.key.item, other.key.year, other.key.measure) == (own.item, year, own.measure)
        and (other.key.level, other.key.scope) == (own.level, own.scope)
        and (other.key.parent == own.parent or not (other.key.parent and own.parent))
    ]


def _of_budget(desk: Desk, fact: Fact) -> bool:
    """Whether a tax is what this government keeps, not all that was collected for others too.

    It is where it stands in a list under the revenue, or is printed there as well.
    """
    item = desk.lexicon.by_id.get(fact.key.item)
    if item is None or item.family not in _TAXES or _kept(fact):
        return True
    key = fact.key
    return any(
        _kept(other) and other.figure.interval.touches(fact.figure.interval)
        for other in desk.facts
        if (other.key.item, other.key.level, other.key.year) == (key.item, key.level, key.year)
    )


def _kept(fact: Fact) -> bool:
    return fact.role == "cell" or fact.key.parent in _TAXED


def _operand(facts: list[Fact]) -> Operand | None:
    if not facts:
        return None
    candidates = tuple((Term(fact.figure),) for fact in facts[:MAX_CANDIDATES])
    return Operand(
        candidates, tuple(f"报告中的{fact.label}" for fact in facts[:MAX_CANDIDATES])
    )
