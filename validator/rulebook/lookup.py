"""Find rules and their examples by name（查找规则）; the words for what they are."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from validator.engine.schema import Example, Maturity, Rule
from validator.engine.yaml_load import nearest
from validator.errors import UsageError
from validator.findings import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.engine.packs import RuleSet

SEVERITIES = {Severity.ERROR: "错误", Severity.WARNING: "存疑", Severity.NOTE: "提示"}
MATURITIES = {Maturity.PREVIEW: "试行", Maturity.STABLE: "稳定", Maturity.DEPRECATED: "停用"}


class Case(NamedTuple):
    """An example with its id and its rule."""

    id: str
    rule: Rule
    example: Example


def rules_of(word: str, ruleset: RuleSet) -> list[Rule]:
    """The rule of an id or a name, or all rules of a family: TBL."""
    family = [rule for rule in ruleset.rules if rule.id[:-3] == word.upper()]
    return family or [find_rule(word, ruleset)]


def find_rule(word: str, ruleset: RuleSet) -> Rule:
    """The rule of an id or a name.

    Raises:
        UsageError: There is none, or it is switched off.
    """
    for rule in ruleset.rules:
        if word in (rule.id, rule.name):
            return rule
    if file := ruleset.disabled.get(word):
        raise UsageError(f"规则 {word} 已停用（{file}）")
    known = [name for rule in ruleset.rules for name in (rule.id, rule.name)]
    raise UsageError(f"没有规则“{word}”{nearest(word, known)}；gouji rules list 列出全部规则")


def cases_of(rule: Rule) -> Iterator[Case]:
    """The examples of a rule, each with its id: ``SHR001-fail-1``."""
    counts: Counter[str] = Counter()
    for example in rule.examples:
        word = "pass" if example.must_pass else "fail"
        counts[word] += 1
        yield Case(f"{rule.id}-{word}-{counts[word]}", rule, example)
