"""Kind ``identity``（恒等式规则）: facts of one year and fund scope that must fit together."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from validator.claims import Claim, ClaimKind, Operand, Term
from validator.engine.checks.claim import judge_claim
from validator.facts import FundScope, SectionRole

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator

    from validator.engine.outcome import Context, Outcome
    from validator.engine.schema import Rule, Selector
    from validator.facts import Fact, FactKey
    from validator.reading import Reading

_MAX_CANDIDATES = 6


def check(rule: Rule, context: Context) -> Iterator[Outcome]:
    """Judge the identity once per group of facts that share what the rule leaves open."""
    groups: dict[tuple[Hashable, ...], dict[str, list[Fact]]] = defaultdict(
        lambda: defaultdict(list)
    )
    reading = context.reading
    for fact in reading.facts:
        if not fact.known:
            continue
        accounts = reading.sections[fact.section].role is SectionRole.ACCOUNTS
        if not accounts and fact.key.measure == "money":
            continue
        for name, selector in rule.let.items():
            if fits(selector, fact, reading):
                groups[_group(rule, selector, fact.key)][name].append(fact)
    for (scope, *_), names in groups.items():
        if scope is FundScope.UNKNOWN:
            continue
        required = [n for n, s in rule.let.items() if s.default is None]
        if not all(names.get(n) for n in required):
            continue
        slots = {
            name: Operand(tuple((Term(f.figure),) for f in distinct(facts)))
            for name, facts in names.items()
        }
        first = names[required[0]][0]
        defaults = {n: v for n, v in rule.defaults.items() if n not in slots}
        claim = Claim(ClaimKind.PART, first.span, slots, defaults, first.section, first.label)
        yield from judge_claim(rule, context, claim)


def _group(rule: Rule, selector: Selector, key: FactKey) -> tuple[Hashable, ...]:
    """What facts must share to be judged together: all that no name of the rule fixes."""
    names = rule.let.values()
    free = rule.each == "document" or selector.scope is not None
    return (
        FundScope.ALL if free else key.scope,
        None if any(s.basis is not None for s in names) else key.basis,
        None if any(s.tier is not None for s in names) else key.level,
        None if any(s.year is not None for s in names) else key.year,
        key.item if rule.each == "item" else None,
    )


def fits(selector: Selector, fact: Fact, reading: Reading) -> bool:
    """Whether a fact is one that a name of ``let`` stands for."""
    key = fact.key
    if key.item not in selector.items or key.measure != selector.measure:
        return False
    if selector.parents and key.parent not in selector.parents:
        return False
    if selector.year is None:
        if key.year not in (reading.year, reading.draft or reading.year):
            return False
    elif key.year != reading.year + selector.year:
        return False
    if selector.scope is not None and key.scope is not selector.scope:
        return False
    if selector.tier is not None and key.tier is not selector.tier:
        return False
    return selector.basis is None or key.basis is selector.basis


def distinct(facts: list[Fact]) -> list[Fact]:
    """One fact per printed figure, in document order."""
    seen: dict[object, Fact] = {}
    for fact in facts:
        seen.setdefault(fact.figure.quantity, fact)
    return list(seen.values())[:_MAX_CANDIDATES]
