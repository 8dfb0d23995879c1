"""The same fact twice（同一事实）, totals that balance, and charts against text."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING

from validator.claims import Claim, ClaimKind, Operand, Term
from validator.extract.claims.unit_lines import misscaled
from validator.extract.labels import is_mute, strip_period
from validator.extract.outline import Outline
from validator.facts import FactKey, FundScope, SectionRole

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.extract.desk import Desk
    from validator.facts import Fact

ZERO, ONE = Decimal(0), Decimal(1)
CARRIED_IN = {"revenue": "total_revenue", "fiscal_revenue": "fiscal_total_revenue"}
"""收入预算X万元，其中：上年结转…: what is carried over makes it the total."""
BOTH = {"total_both": "total_revenue", "fiscal_total_both": "fiscal_total_revenue"}
"""收、支总计 is the one amount of both totals."""
_DETAILED = frozenset({"public_cost", "staff_cost", "basic", "e302"})
_BASIC = frozenset({"public_cost", "staff_cost", "basic"})
_CARRIED = ("opening", "closing")
_TAXED = ("general_revenue", "tax_revenue", "nontax_revenue")
_HEADCOUNTS = frozenset({"posts", "serving"})
_NAMING = 4
# 使用资金 names money, but not which.
_ANY_MONEY = re.compile(
    r"(?:共计?|合计|总计|实际|已|需|拟|均|其中|使用|发放|支付|投入|拨付|拨款|下拨|下达|涉及|安排|剩余|支出|支持|补助)*"
    r"(?:资金|经费|金额|款项)(?:共计?|合计|总计|总额|为)*"
)
_OPEN_FAMILIES = frozenset({"economy_item"})


def repeats(desk: Desk) -> Iterator[Claim]:
    """Facts with one key: each is compared with the others, the most frequent print first."""
    groups: dict[tuple[object, ...], list[Fact]] = defaultdict(list)
    wrong = {cell.figure.id for pairs in misscaled(desk).values() for _, cell in pairs}
    totals = _with_opening(desk)
    for fact in desk.facts:
        if fact.figure.id not in wrong and _comparable(desk, fact):
            key = fact.key
            item = BOTH.get(key.item, key.item)
            if fact.figure.id in totals:
                item = CARRIED_IN.get(item, item)
            known = desk.lexicon.by_id.get(item)
            whole = key.parent if known is not None and known.relative else ""
            groups[(item, key.year, key.basis, key.measure, key.level, whole)].append(fact)
    outline = Outline(desk)
    for group in groups.values():
        if len(group) > 1:
            yield from _compare(desk, outline, group)


def _with_opening(desk: Desk) -> set[int]:
    """Figures whose own list counts what was carried over from last year."""
    return {
        head.figure
        for story in desk.stories
        for scope in story.lists
        for head in scope.heads[:1]
        if any(desk.identity(part).item == "opening" for part in scope.parts)
    }


def _comparable(desk: Desk, fact: Fact) -> bool:
    key: FactKey = fact.key
    # 公务接待费 inside 公用经费 is only the basic-spending part of the 三公 item.
    if key.parent in _DETAILED and _family(desk, fact) in ("three_public", "car"):
        return False
    if key.parent in _HEADCOUNTS or key.item in desk.lexicon.shared:
        # 行政 of the posts is not 行政 of the people; 行政运行 of another 款 is another amount.
        return False
    share = fact.role == "part" and key.parent and key.parent not in desk.lexicon.by_id
    if share or (desk.profile.of_government and not _tells(desk, key)):
        return False  # 涉及预算355.84万元，其中：一般公共预算…: only a share of that item
    role = desk.sections[fact.section].role
    if role in (SectionRole.GLOSSARY, SectionRole.CONTENTS):
        return False
    if role is SectionRole.NARRATIVE and (not fact.known or key.measure != "money"):
        return False
    if fact.figure.flaw == "comma":
        return True
    if is_mute(fact.label) or _ANY_MONEY.fullmatch(fact.label) or fact.role == "reason":
        return False
    # A label of two characters names nothing certain, nor does a sign: ≥100百分比.
    return fact.known or (
        len(key.item.strip("…")) >= _NAMING and re.search(r"\w", fact.label) is not None
    )


def _tells(desk: Desk, key: FactKey) -> bool:
    """Whether a name means one thing wherever a government's report has it.

    年终结余, 其中：结转下年 has one name for the whole and its part; 一般债务 alone may be
    that of the limit or that of the balance.
    """
    item = desk.lexicon.by_id.get(key.item)
    relative = item is not None and item.relative
    return (
        key.item not in _CARRIED
        and key.parent != key.item
        and not (relative and not key.parent)
    )


def _compare(desk: Desk, outline: Outline, group: list[Fact]) -> Iterator[Claim]:
    by_scope: dict[FundScope, list[Fact]] = defaultdict(list)
    for fact in group:
        by_scope[fact.key.scope].append(fact)
    sure = [s for s in by_scope if s is not FundScope.UNKNOWN]
    for facts in (together for s in sure for together in _together(outline, by_scope[s])):
        if len(facts) > 1:
            detail = _of_basic(facts)
            certain = facts[0].known
            certain = certain and (detail or _family(desk, facts[0]) not in _OPEN_FAMILIES)
            certain = certain and facts[0].key.measure == "money"
            certain = certain and desk.sure_of_level(facts[0]) and _one_whole(desk, facts)
            certain = certain and all(
                # A record is named by its id or code, however short its label is.
                detail or f.role == "record" or len(strip_period(f.label)) > 3
                for f in facts
            )
            yield from _with_reference(desk, facts, certain=certain)
    for fact in by_scope.get(FundScope.UNKNOWN, []):
        # 年末结转和结余…，其中：财政拨款结转和结余…: the part has the name of its whole.
        others = [
            f
            for f in group
            if f is not fact
            and f.key.parent != fact.key.item
            and (fact.known or not outline.apart(fact, f))
        ]
        if others:
            yield _claim(fact, others, certain=False)


def _together(outline: Outline, facts: list[Fact]) -> list[list[Fact]]:
    """Facts that may be one: what only its own words name, within its own item."""
    if facts[0].known:
        return [facts]
    groups: list[list[Fact]] = []
    for fact in facts:
        for group in groups:
            if not any(outline.apart(fact, other) for other in group):
                group.append(fact)
                break
        else:
            groups.append([fact])
    return groups


def _one_whole(desk: Desk, facts: list[Fact]) -> bool:
    """Whether taxes are all told as parts of one thing: not once of all that was collected."""
    if _family(desk, facts[0]) not in ("tax", "tax_kind", "nontax_kind"):
        return True
    return all(f.key.parent in _TAXED for f in facts if f.role != "cell")


def _of_basic(facts: list[Fact]) -> bool:
    """Items of the table of basic spending, and the text's own list of them."""
    told = [fact for fact in facts if fact.role != "cell"]
    return len(told) < len(facts) and all(f.key.parent in _BASIC for f in told)


def _family(desk: Desk, fact: Fact) -> str:
    item = desk.lexicon.find(fact.key.item) or desk.lexicon.by_id.get(fact.key.item)
    return item.family if item else ""


def _with_reference(desk: Desk, facts: list[Fact], *, certain: bool) -> Iterator[Claim]:
    prints = Counter(f.figure.interval for f in facts)
    # Printed tables are filled by the accounts' own program: the text is doubted first.
    best = max(facts, key=lambda f: (prints[f.figure.interval], f.role == "cell", -f.figure.id))
    whole = [f for f in facts if f.figure.interval == best.figure.interval]
    for fact in facts:
        if fact is not best:
            yield _claim(
                fact, [f for f in whole if f is not fact][:1] or [best], certain=certain
            )
    del desk


def _claim(fact: Fact, others: list[Fact], *, certain: bool) -> Claim:
    if fact.role == "cell" and others[0].role != "cell":
        fact, others = others[0], [fact]
    slots = {
        "first": Operand(((Term(fact.figure),),)),
        "second": Operand(tuple((Term(f.figure),) for f in others[:16])),
    }
    equal_quantum = all(
        f.figure.quantity.quantum == fact.figure.quantity.quantum
        and f.figure.quantity.unit == fact.figure.quantity.unit
        for f in others[:1]
    )
    step = fact.figure.quantity.quantum * fact.figure.quantity.unit.factor
    gap = abs(fact.figure.quantity.base - others[0].figure.quantity.base)
    words = {
        "certain": ONE if certain else ZERO,
        "slip": ONE if equal_quantum and gap == step else ZERO,
        "chart": ZERO,
        "cells": _cells(fact, others[0]),
        "coded": ONE if fact.key.item[:1] == "2" and len(fact.key.item) == 7 else ZERO,
    }
    return Claim(ClaimKind.SAME, fact.span, slots, words, fact.section, fact.label)


def _cells(fact: Fact, other: Fact) -> Decimal:
    """How many of two facts stand in forms; a record beside a form is no running text."""
    roles = (fact.role, other.role)
    return ZERO if "record" in roles else Decimal(roles.count("cell"))


_REVENUE = ("total_revenue", "fiscal_total_revenue")
_REVENUE_LOOSE = ("revenue", "fiscal_revenue")
_EXPENDITURE = ("total_expenditure", "fiscal_total_expenditure")
_EXPENDITURE_LOOSE = ("expenditure", "fiscal_expenditure")


def balances(desk: Desk) -> Iterator[Claim]:
    """收入总计 and 支出总计 stated together."""
    if desk.profile.of_government:
        return  # what is carried over may stand outside of both: flows tell
    for story in desk.stories:
        if desk.sections[story.section].role is not SectionRole.ACCOUNTS:
            continue
        sentences: dict[int, list[Fact]] = defaultdict(list)
        for value in story.values:
            fact = desk.fact(value)
            if fact is not None and fact.key.year == desk.profile.year and value.sign == 0:
                sentences[value.sentence].append(fact)
        for facts in sentences.values():
            left = [f for f in facts if f.key.item in _REVENUE]
            right = [f for f in facts if f.key.item in _EXPENDITURE]
            mixed = ZERO
            if bool(left) != bool(right):
                # 财政拨款收入X，支出总计Y: one side is called a total, so both are.
                left = left or [f for f in facts if f.key.item in _REVENUE_LOOSE]
                right = right or [f for f in facts if f.key.item in _EXPENDITURE_LOOSE]
                mixed = ONE
            if not left or not right or left[0].key.basis is not right[0].key.basis:
                continue
            slots = {
                "left": Operand(((Term(left[0].figure),),)),
                "right": Operand(((Term(right[0].figure),),)),
            }
            yield Claim(
                ClaimKind.BALANCE,
                left[0].span.cover(right[0].span),
                slots,
                {"mixed": mixed},
                left[0].section,
                left[0].label,
            )
