"""The rules as a book（规则手册）: list them, explain one, run their examples, lint them.

An example runs through the whole pipe with only its rule on. A passage that must fail must
be found, with every marked word underlined; a passage that must pass must have been judged
and hold, for silence proves nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from validator.engine.yaml_load import nearest
from validator.errors import UnreadableDocument, UsageError
from validator.findings import Severity, Status, Verdict
from validator.readers import read_bytes
from validator.run import check_document

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from validator.document import Document
    from validator.engine.packs import RuleSet
    from validator.engine.schema import CellSelector, Example, Rule
    from validator.extract.lexicon import Lexicon
    from validator.findings import Finding, Report

SEVERITIES = {Severity.ERROR: "错误", Severity.WARNING: "存疑", Severity.NOTE: "提示"}
_HOLDS = (Verdict.CONSISTENT, Verdict.CONSISTENT_BY_ROUNDING)
_JUDGING = ("claim", "identity", "statement")
"""Kinds of rule that keep the comparisons that hold."""
_MIN_FAILS = 2
_CODE = re.compile(r"e?\d{3,7}")
_ROW_WORDS = frozenset({"total", "code", "class"})


@dataclass(frozen=True, slots=True)
class Tested:
    """What came of one example（例子的结果）.

    Attributes:
        id: Rule, pass or fail, and which: ``SHR001-fail-1``.
        rule: Rule id.
        problem: Why it did not come out as it says, one Chinese line; "" when it did.
    """

    id: str
    rule: str
    problem: str = ""


class Case(NamedTuple):
    """An example with its id and its rule."""

    id: str
    rule: Rule
    example: Example


def list_rules(ruleset: RuleSet) -> str:
    """One line a rule: id, severity, title, name."""
    return "\n".join(_headline(rule) for rule in ruleset.rules)


def explain(rule_id: str, ruleset: RuleSet) -> str:
    """The resolved rule, and the file that each value came from.

    Args:
        rule_id: Its id or its name.
        ruleset: Where to look.

    Raises:
        UsageError: There is no such rule, or it is switched off.
    """
    rule = _find(rule_id, ruleset)
    origin = ruleset.origins[rule.id]
    lines = [f"{rule.id}  {rule.title}（{rule.name}）"]
    lines += [
        f"  {label}：{value}" + (f"    ← {origin[key]}" if key in origin else "")
        for label, key, value in _facts(rule)
        if value
    ]
    lines += _judgement(rule)
    for name, _, example in _cases(rule):
        lines.append(f"  例 {name.removeprefix(f'{rule.id}-')}：")
        marked = example.holds if example.must_pass else example.fails
        lines += [f"    {line}" for line in marked.rstrip().splitlines()]
        lines += [f"    （{example.because}）"] if example.because else []
    lines.append(f"  规则文件：{origin['']}")
    return "\n".join(lines)


def test_rules(ids: Sequence[str], ruleset: RuleSet) -> Iterator[Tested]:
    """Run the examples of some rules or families, of all when none is named.

    Raises:
        UsageError: There is no such rule.
    """
    rules = [rule for word in ids for rule in _all_of(word, ruleset)] or list(ruleset.rules)
    for rule in rules:
        for case in _cases(rule):
            yield Tested(case.id, rule.id, run_example(case, ruleset))


def cases(ruleset: RuleSet) -> list[Case]:
    """Every example of every rule."""
    return [case for rule in ruleset.rules for case in _cases(rule)]


def run_example(case: Case, ruleset: RuleSet) -> str:
    """Run one example with only its rule on; why it does not come out, or ""."""
    name, rule, example = case
    try:
        document = read_bytes(example.text.encode(), f"{name}.txt")
    except UnreadableDocument as error:
        return f"读不了：{error}"
    report = check_document(
        document, ruleset.only(rule.id), year=example.year, kind=example.report
    )
    if report.status is not Status.CHECKED:
        return f"没有查成：{report.error or report.status}"
    found = [finding for finding in report.findings if finding.rule == rule.id]
    if example.must_pass:
        return _passing(rule, example, found, report)
    return _failing(rule, example, found, report, document)


def lint(ruleset: RuleSet) -> list[str]:
    """What is wrong with the rule files as a collection; each line names its file."""
    names = Counter(rule.name for rule in ruleset.rules)
    return [
        f"{ruleset.origins[rule.id]['']}：{what}"
        for rule in ruleset.rules
        for what in _faults(rule, names, ruleset)
    ]


def _headline(rule: Rule) -> str:
    status = "" if rule.status == "stable" else f" [{rule.status}]"
    return f"{rule.id}  {SEVERITIES[rule.severity]}  {rule.title}（{rule.name}）{status}"


def _all_of(word: str, ruleset: RuleSet) -> list[Rule]:
    """The rule of an id or a name, or all rules of a family: TBL."""
    family = [rule for rule in ruleset.rules if rule.id[:-3] == word.upper()]
    return family or [_find(word, ruleset)]


def _find(word: str, ruleset: RuleSet) -> Rule:
    for rule in ruleset.rules:
        if word in (rule.id, rule.name):
            return rule
    if file := ruleset.disabled.get(word):
        raise UsageError(f"规则 {word} 已停用（{file}）")
    known = [name for rule in ruleset.rules for name in (rule.id, rule.name)]
    raise UsageError(f"没有规则“{word}”{nearest(word, known)}；gouji rules list 列出全部规则")


def _facts(rule: Rule) -> Iterator[tuple[str, str, str]]:
    """Label, key of the origin, and value."""
    yield "严重程度", "severity", f"{SEVERITIES[rule.severity]}（{rule.severity}）"
    yield "类别", "category", rule.category
    yield "查法", "kind", f"{rule.kind} / {rule.each}"
    yield "状态", "status", f"{rule.status}，自 {rule.since}"
    yield "适用", "applies_to", "、".join(rule.applies_to.report) or "全部报告"
    for name, value in rule.params.items():
        yield f"参数 {name}", f"params.{name}", value
    yield "为什么", "why", " ".join(rule.why.split())
    yield "依据", "references", "；".join(rule.references)


def _judgement(rule: Rule) -> list[str]:
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


def _cases(rule: Rule) -> Iterator[Case]:
    counts: Counter[str] = Counter()
    for example in rule.examples:
        word = "pass" if example.must_pass else "fail"
        counts[word] += 1
        yield Case(f"{rule.id}-{word}-{counts[word]}", rule, example)


def _passing(rule: Rule, example: Example, found: Sequence[Finding], report: Report) -> str:
    if found:
        return f"不该有问题，却报了：{found[0].message}"
    judged = [e for e in report.evaluations if e.rule == rule.id and e.verdict in _HOLDS]
    if rule.kind in _JUDGING and not judged and not example.silent:
        return f"应有一次核对相符；实际：{_verdicts(rule, report)}"
    return ""


def _verdicts(rule: Rule, report: Report) -> str:
    seen = Counter(e.verdict.value for e in report.evaluations if e.rule == rule.id)
    return "、".join(f"{verdict} {count} 次" for verdict, count in seen.items()) or "没有核对"


def _failing(
    rule: Rule, example: Example, found: Sequence[Finding], report: Report, document: Document
) -> str:
    if not found:
        return f"应报问题，却没有报；实际：{_verdicts(rule, report)}"
    underlined = [e.span for finding in found for e in finding.evidence]
    for mark in example.marks:
        if not any(mark.overlaps(span) for span in underlined):
            shown = "、".join(document.quote(span) for span in underlined)
            return f"应标出“{document.quote(mark)}”，实际标出：{shown}"
    return _expected(rule, example, found, report, document)


def _expected(
    rule: Rule, example: Example, found: Sequence[Finding], report: Report, document: Document
) -> str:
    failed = sorted(
        {
            e.assertion
            for e in report.evaluations
            if e.rule == rule.id and e.verdict is Verdict.INCONSISTENT
        }
    )
    expect = example.expect
    if expect.failed and sorted(expect.failed) != failed:
        return f"应不成立的断言：{'、'.join(expect.failed)}；实际：{'、'.join(failed)}"
    if expect.gap and not any(expect.gap in f.message + f.computation for f in found):
        return f"应相差 {expect.gap}；实际：{found[0].message}"
    offered = {
        (document.quote(repair.span), repair.replacement)
        for finding in found
        for repair in finding.repairs
    }
    for wrong, right in expect.repair.items():
        if (wrong, right) not in offered:
            shown = "、".join(f"{a}→{b}" for a, b in sorted(offered)) or "没有建议"
            return f"应建议 {wrong}→{right}；实际：{shown}"
    return ""


def _faults(rule: Rule, names: Counter[str], ruleset: RuleSet) -> Iterator[str]:
    if names[rule.name] > 1:
        yield f"name 与另一条规则相同：{rule.name}"
    if not rule.why.strip():
        yield "缺少 why：一句话说明为什么"
    if rule.severity is Severity.ERROR and not rule.references:
        yield "严重程度是 error，要写依据（references）"
    passes = [example for example in rule.examples if example.must_pass]
    fails = [example for example in rule.examples if not example.must_pass]
    if not passes:
        yield "至少要有一个 pass 的例子"
    if len(fails) < _MIN_FAILS:
        yield f"至少要有 {_MIN_FAILS} 个 fail 的例子，现有 {len(fails)} 个"
    for number, example in enumerate(fails, 1):
        if not example.marks:
            yield f"第 {number} 个 fail 的例子没有用 [[ ]] 标出错在哪里"
    if any(example.silent and not example.because for example in passes):
        yield "silent 的例子要用 because 说明为什么无可核对"
    yield from _unknown_names(rule, ruleset.lexicon)


def _unknown_names(rule: Rule, lexicon: Lexicon) -> Iterator[str]:
    """Line items and forms that the lexicon does not have."""
    items = lexicon.by_id
    for name, one in rule.let.items():
        for item in one.items:
            if item not in items:
                yield f"let 的 {name}：词汇表里没有科目“{item}”{nearest(item, items)}"
    for name, cell in rule.cells.items():
        yield from _cell_faults(name, cell, lexicon)


def _cell_faults(name: str, cell: CellSelector, lexicon: Lexicon) -> Iterator[str]:
    """Forms and line items of a selector that do not exist."""
    forms, items = lexicon.tables["forms"], lexicon.by_id
    for form in cell.forms:
        if form not in forms:
            yield f"cells 的 {name}：词汇表里没有表“{form}”{nearest(form, forms)}"
    for item in (*cell.rows, *cell.columns):
        family = item.startswith("family:") and lexicon.members(item.removeprefix("family:"))
        if not (item in _ROW_WORDS or item in items or family or _CODE.fullmatch(item)):
            yield f"cells 的 {name}：词汇表里没有科目“{item}”{nearest(item, items)}"
