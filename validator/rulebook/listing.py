"""List rules and packs, explain one rule（列出和说明规则）."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from validator.engine.pack_sources import installed_packs, rules_folder, shipped_packs
from validator.rulebook.lookup import MATURITIES, SEVERITIES, cases_of, find_rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from validator.engine.pack_sources import PackSource
    from validator.engine.packs import RuleSet
    from validator.engine.schema import Maturity, Rule

_ORIGINS = {"shipped": "自带", "installed": "已安装", "folder": "文件夹"}
_COMMIT = 10


def list_rules(ruleset: RuleSet, left: Iterable[PackSource] = ()) -> str:
    """Rules by family, one line each: id, severity, title, name.

    Args:
        ruleset: The rules.
        left: Packs that were not read, to be told of.
    """
    families: dict[str, list[Rule]] = {family: [] for family in ruleset.families}
    for rule in ruleset.rules:
        families.setdefault(rule.id[:-3], []).append(rule)
    lines: list[str] = []
    for family, rules in families.items():
        if rules:
            lines += ["", f"{family} {ruleset.families.get(family, '')}".rstrip()]
            lines += [f"  {_headline(rule)}" for rule in rules]
    lines += ["", _total(ruleset)]
    if names := "、".join(pack.name for pack in left):
        lines.append(f"没有列的规则包：{names}；要看请加 --rules 名称")
    return "\n".join(lines[1:])


def list_packs(ruleset: RuleSet, left: Iterable[PackSource] = ()) -> str:
    """Packs, one line each: name, title, rules, where it came from, its commit.

    Args:
        ruleset: The packs read.
        left: Packs that were not read, to be told of.
    """
    counts = Counter(rule.pack for rule in ruleset.rules)
    lines = []
    for pack in ruleset.packs:
        where = _ORIGINS[pack.source.origin]
        if pack.source.origin != "shipped":
            where += f" {pack.source.folder.as_posix()}"
            where += f"，提交 {commit[:_COMMIT]}" if (commit := pack.source.commit) else ""
        lines.append(f"{pack.id}  {pack.title}：{counts[pack.id]}条（{where}）")
    lines += [
        f"{pack.name}  没有用；要用请写明名称（{_ORIGINS[pack.origin]}）" for pack in left
    ]
    lines.append(f"规则集 {ruleset.fingerprint}")
    return "\n".join(lines)


def unread(ruleset: RuleSet) -> list[PackSource]:
    """Packs, shipped or installed, that a rule set was made without."""
    read = {pack.source.folder.resolve() for pack in ruleset.packs}
    there = [*shipped_packs(rules_folder()).values(), *installed_packs().values()]
    return [source for source in there if source.folder.resolve() not in read]


def explain(rule_id: str, ruleset: RuleSet) -> str:
    """The resolved rule, and the file that each value came from.

    Args:
        rule_id: Its id or its name.
        ruleset: Where to look.

    Raises:
        UsageError: There is no such rule, or it is switched off.
    """
    rule = find_rule(rule_id, ruleset)
    origin = ruleset.origins[rule.id]
    lines = [f"{rule.id}  {rule.title}（{rule.name}）"]
    lines += [
        f"  {label}：{value}" + (f"    ← {origin[key]}" if key in origin else "")
        for label, key, value in _facts(rule)
        if value
    ]
    lines += judgement(rule)
    for name, _, example in cases_of(rule):
        lines.append(f"  例 {name.removeprefix(f'{rule.id}-')}：")
        marked = example.holds if example.must_pass else example.fails
        lines += [f"    {line}" for line in marked.rstrip().splitlines()]
        lines += [f"    （{example.because}）"] if example.because else []
    lines.append(f"  规则文件：{origin['']}")
    return "\n".join(lines)


def _headline(rule: Rule) -> str:
    status = "" if rule.status == "stable" else f" [{MATURITIES[rule.status]}]"
    return f"{rule.id}  {SEVERITIES[rule.severity]}  {rule.title}（{rule.name}）{status}"


def _total(ruleset: RuleSet) -> str:
    counts: Counter[Maturity] = Counter(rule.status for rule in ruleset.rules)
    parts = [f"{word}{counts[status]}" for status, word in MATURITIES.items() if counts[status]]
    return f"共 {len(ruleset.rules)} 条：{'、'.join(reversed(parts))}"


def _facts(rule: Rule) -> Iterator[tuple[str, str, str]]:
    """Label, key of the origin, and value."""
    yield "严重程度", "severity", f"{SEVERITIES[rule.severity]}（{rule.severity}）"
    yield "类别", "category", rule.category
    yield "查法", "kind", f"{rule.kind} / {rule.each}"
    yield "状态", "status", f"{MATURITIES[rule.status]}，自 {rule.since}"
    yield "改用", "replaced_by", rule.replaced_by
    yield "规则包", "pack", rule.pack
    yield "适用", "applies_to", scope_of(rule)
    for name, value in rule.params.items():
        yield f"参数 {name}", f"params.{name}", value
    yield "为什么", "why", " ".join(rule.why.split())
    yield "依据", "references", "；".join(rule.references)


KINDS_OF_REPORT = {
    "final_accounts": "部门决算",
    "budget": "部门预算",
    "performance": "绩效自评",
    "execution_report": "预算执行情况报告",
    "records": "数据",
    "unknown": "类型不明的",
}


def scope_of(rule: Rule) -> str:
    """Where a rule applies, in words."""
    kinds = "、".join(KINDS_OF_REPORT[kind.value] for kind in rule.applies_to.report)
    years = str(rule.applies_to.years or "")
    return f"{kinds or '全部报告'}{f'，{years}' if years else ''}"


def judgement(rule: Rule) -> list[str]:
    """What a rule selects, asserts or looks for, and what it says, one line each."""
    lines = [f"  取数 {name}：{'、'.join(one.items)}" for name, one in rule.let.items()]
    lines += [
        f"  取数 {name}：表 {'、'.join(one.forms)}，行 {'、'.join(one.rows)}，"
        f"栏 {'、'.join(one.columns)}"
        for name, one in rule.cells.items()
    ]
    if rule.where_expression:
        lines.append(f"  前提：{rule.where_expression.text}")
    for name, assertion in rule.assertions.items():
        guard = f"    当 {rule.guards[name].text}" if name in rule.guards else ""
        lines.append(f"  断言 {name}：{assertion.text}{guard}")
    lines += [f"  查找 {name}：{pattern}" for name, pattern in rule.match.items()]
    lines += [f"  不算 {name}：{pattern}" for name, pattern in rule.unless.items()]
    lines += [
        f"  提示语{f' {name}' if name else ''}：{text}" for name, text in rule.messages.items()
    ]
    return lines
