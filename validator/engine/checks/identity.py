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
    from validator.facts import Fact

_MAX_CANDIDATES = 6


def check(rule: Rule, context: Context) -> Iterator[Outcome]:
    """Judge the identity once per fund scope, level and year in which its items are stated."""
    groups: dict[tuple[Hashable, ...], dict[str, list[Fact]]] = defaultdict(
        lambda: defaultdict(list)
    )
    reading = context.reading
    for fact in reading.facts:
        key = fact.key
        if not fact.known or key.year not in (reading.year, reading.draft or reading.year):
            continue
        accounts = reading.sections[fact.section].role is SectionRole.ACCOUNTS
        if not accounts and key.measure == "money":
            continue
        for name, selector in rule.let.items():
            if _fits(selector, fact):
                scope = key.scope
                if rule.each == "document" or selector.scope is not None:
                    scope = FundScope.ALL
                groups[(scope, key.basis, key.level, key.year)][name].append(fact)
    for (scope, *_), names in groups.items():
        if scope is FundScope.UNKNOWN:
            continue
        required = [n for n, s in rule.let.items() if s.default is None]
        if not all(names.get(n) for n in required):
            continue
        slots = {
            name: Operand(tuple((Term(f.figure),) for f in _distinct(facts)))
            for name, facts in names.items()
        }
        first = names[required[0]][0]
        claim = Claim(
            ClaimKind.PART, first.span, slots, rule.defaults, first.section, first.label
        )
        yield from judge_claim(rule, context, claim)


def _fits(selector: Selector, fact: Fact) -> bool:
    if fact.key.item not in selector.items or fact.key.measure != selector.measure:
        return False
    if selector.scope is not None and fact.key.scope.value != selector.scope:
        return False
    return selector.basis is None or fact.key.basis.value == selector.basis


def _distinct(facts: list[Fact]) -> list[Fact]:
    """One fact per printed figure, in document order."""
    seen: dict[object, Fact] = {}
    for fact in facts:
        seen.setdefault(fact.figure.quantity, fact)
    return list(seen.values())[:_MAX_CANDIDATES]
