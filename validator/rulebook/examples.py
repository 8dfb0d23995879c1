"""Run the examples of rules（运行例子）: they are the tests of a rule, and its proof.

An example runs through the whole pipe with only its rule on. A passage that must fail must
be found, with every marked word underlined; a passage that must pass must have been judged
and hold, for silence proves nothing.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from validator.errors import UnreadableDocument
from validator.findings import Status, Verdict
from validator.readers import read_bytes
from validator.rulebook.lookup import Case, cases_of, rules_of
from validator.run import check_document

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from validator.document import Document
    from validator.engine.packs import RuleSet
    from validator.engine.schema import Example, Rule
    from validator.findings import Finding, Report

_HOLDS = (Verdict.CONSISTENT, Verdict.CONSISTENT_BY_ROUNDING)
_JUDGING = ("claim", "identity", "statement")
"""Kinds of rule that keep the comparisons that hold."""


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


def test_rules(ids: Sequence[str], ruleset: RuleSet) -> Iterator[Tested]:
    """Run the examples of some rules or families, of all when none is named.

    Raises:
        UsageError: There is no such rule.
    """
    rules = [rule for word in ids for rule in rules_of(word, ruleset)] or list(ruleset.rules)
    for rule in rules:
        for case in cases_of(rule):
            yield Tested(case.id, rule.id, run_example(case, ruleset))


def cases(ruleset: RuleSet) -> list[Case]:
    """Every example of every rule."""
    return [case for rule in ruleset.rules for case in cases_of(rule)]


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
