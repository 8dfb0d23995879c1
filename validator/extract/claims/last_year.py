"""上年数 of a table against what the text says of last year（表中上年数）.

A table that prints a column for last year states what a sentence implies: what is 2.40万元 now
and 0.40万元 less than last year was 2.80万元 then.
"""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING

from validator.claims import Claim, ClaimKind, Operand, Term
from validator.extract.claims.same import BOTH
from validator.extract.tables import facts_of
from validator.facts import Basis, ReportKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from validator.extract.desk import Desk
    from validator.facts import Fact, FundScope

    Place = tuple[str, FundScope]

ZERO = Decimal(0)
_SPENT = frozenset({Basis.ACTUAL})
_BUDGETED = frozenset({Basis.BUDGET, Basis.ORIGINAL_BUDGET, Basis.FINAL_BUDGET})


def last_years(desk: Desk, claims: Sequence[Claim]) -> Iterator[Claim]:
    """Each change of the text against the column for last year, where a table has one.

    Args:
        desk: All that was read.
        claims: Changes among other claims.
    """
    # In reports of a whole government, changes look for their own last year, by level.
    printed = {} if desk.profile.of_government else _printed(desk)
    if not printed:
        return
    of_figure = {fact.figure.id: fact for fact in desk.facts if fact.role != "cell"}
    for claim in claims:
        if claim.kind is not ClaimKind.CHANGE or not _against_last_year(desk, claim):
            continue
        place = _meant(claim, of_figure)
        stage = _stage(desk, claim)
        if place is not None and stage is not None:
            table = [f for f in printed.get(place, ()) if f.key.basis in stage]
            if table:
                yield _claim(claim, table)


def _printed(desk: Desk) -> Mapping[Place, list[Fact]]:
    """Item and scope → what the tables say of last year, as budgeted and as spent."""
    year = desk.profile.year - 1
    cells = [cell for cell in desk.crossings if cell.year == year]
    found: dict[Place, dict[Basis, list[Fact]]] = defaultdict(lambda: defaultdict(list))
    for fact in facts_of(cells, desk.lexicon, totals=True):
        found[fact.key.item, fact.key.scope][fact.key.basis].append(fact)
    return {
        place: [facts[0] for facts in stages.values()]
        for place, stages in found.items()
        if all(len({f.figure.quantity for f in facts}) == 1 for facts in stages.values())
    }


def _against_last_year(desk: Desk, claim: Claim) -> bool:
    """Whether a change is against last year: as it says, or because it names no other base."""
    base = claim.words.get("base_year", ZERO)
    if base:
        return base == desk.profile.year - 1
    return not claim.words.get("budget")


def _stage(desk: Desk, claim: Claim) -> frozenset[Basis] | None:
    """What of last year is meant: what was budgeted, or what was spent; None when unsaid."""
    words = desk.document.quote(claim.span)
    budget, actual = "预算" in words, "决算" in words or "执行" in words
    if budget != actual:
        return _BUDGETED if budget else _SPENT
    final = desk.profile.kind is ReportKind.FINAL_ACCOUNTS
    return _SPENT if final and not budget else None


def _meant(claim: Claim, of_figure: Mapping[int, Fact]) -> Place | None:
    """The one item and scope that a change is about."""
    current = claim.slots.get("current")
    facts = [of_figure.get(way[0].figure.id) for way in current.candidates] if current else []
    places = {
        (BOTH.get(f.key.item, f.key.item), f.key.scope)
        for f in facts
        if f is not None and f.known
    }
    return places.pop() if len(places) == 1 and None not in facts else None


def _claim(claim: Claim, table: Sequence[Fact]) -> Claim:
    slots = {
        "table": Operand(tuple((Term(fact.figure),) for fact in table)),
        "current": claim.slots["current"],
    }
    for name, told in (("amount", "amount"), ("stated", "prior")):
        if told in claim.slots:
            slots[name] = claim.slots[told]
    words = {
        "direction": claim.words.get("amount_direction", ZERO),
        "flat": claim.words.get("flat", ZERO),
    }
    return Claim(ClaimKind.LAST_YEAR, claim.span, slots, words, claim.section, claim.subject)
