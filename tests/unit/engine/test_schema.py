"""Rule files: what they may say, and where an error stands."""

from __future__ import annotations

from decimal import Decimal

import pytest

from validator.claims import CLAIM_SHAPES, ClaimKind
from validator.document import Span
from validator.engine.checks import CHECKS, codes, figure
from validator.engine.checks.wording import KINDS
from validator.engine.rule_load import load_rule, slot_kinds
from validator.engine.schema import EACH, Rule
from validator.engine.yaml_load import parse_yaml
from validator.errors import RuleError
from validator.facts import ReportKind
from validator.findings import Category, Severity

CLAIM = """\
id: SHR901
name: share-differs
kind: claim
each: share
severity: error
category: share_percent
title: 占比与金额不符
where: bound = 1
when: {ratio: whole > 0}
assert: {ratio: part / whole = share}
message: 计算为 {ratio.left}，文中写 {share}。
why: 占比＝部分÷整体。
references: [算术]
examples:
  - pass: 收入100.00万元，其中：拨款40.00万元，占40%。
  - fail: 收入100.00万元，其中：拨款[[40.00万元]]，占[[45%]]。
    year: '2023'
    report: budget
    expect: {failed: ratio, repair: {45%: 40%}}
"""
IDENTITY = """\
id: BAL901
name: totals-differ
kind: identity
each: scope
severity: error
category: balance
title: 收支不等
applies_to: {report: [final_accounts, budget]}
let:
  revenue: {item: revenue}
  others: {item: [a, b], scope: general}
  opening: {item: opening, default: 0.00, basis: actual}
params: {factor: '2'}
assert:
  balance: revenue + opening = others
  twice: revenue = opening * factor
message:
  balance: 不等，差 {balance.gap}。
  twice: 应为 {left}。
"""
PATTERN = """\
id: TPL901
name: template-residue
kind: pattern
each: prose
severity: note
category: template_residue
title: 模板
match: {year: '20[XxＸ×]{2}年'}
unless: {plate: '京[A-Z]'}
message: 残留“{match}”。
"""


def load(text: str) -> Rule:
    return load_rule(parse_yaml(text.encode(), "x.yaml"))


def test_a_claim_rule_is_ready_to_run() -> None:
    rule = load(CLAIM)

    assert (rule.id, rule.severity, rule.category) == (
        "SHR901",
        Severity.ERROR,
        Category.SHARE_PERCENT,
    )
    assert rule.where_expression is not None
    assert rule.assertions["ratio"].names == ("part", "whole", "share")
    assert rule.guards["ratio"].text == "whole > 0"
    assert rule.message_for("ratio") == "计算为 {left}，文中写 {share}。"


def test_examples_know_their_marks() -> None:
    passing, failing = load(CLAIM).examples

    assert passing.must_pass
    assert not failing.must_pass
    assert failing.text == "收入100.00万元，其中：拨款40.00万元，占45%。"
    assert [failing.text[m.start : m.end] for m in failing.marks] == ["40.00万元", "45%"]
    assert (failing.year, failing.report) == (2023, ReportKind.BUDGET)
    assert failing.expect.failed == ("ratio",)
    assert passing.marks == ()


def test_an_identity_says_what_its_names_stand_for() -> None:
    rule = load(IDENTITY)

    assert rule.let["revenue"].items == ("revenue",)
    assert rule.let["others"].scope == "general"
    assert rule.let["opening"].basis == "actual"
    assert rule.defaults == {"opening": Decimal("0.00")}
    assert rule.applies_to.report == (ReportKind.FINAL_ACCOUNTS, ReportKind.BUDGET)
    assert rule.numbers == {"factor"}
    assert [rule.message_for(n) for n in rule.assertions] == [
        "不等，差 {gap}。",
        "应为 {left}。",
    ]


def test_a_pattern_rule_has_one_sentence_for_all() -> None:
    assert load(PATTERN).message_for("year") == "残留“{match}”。"


def test_marks_at_the_very_start() -> None:
    rule = load(PATTERN + "examples:\n  - fail: '[[20XX年]]'\n")

    assert rule.examples[0].marks == (Span(0, 5),)


@pytest.mark.parametrize(
    ("base", "old", "new", "error"),
    [
        (CLAIM, "title:", "titel:", "7:1  不认识的键“titel”；可用：id、name、"),
        (CLAIM, "title:", "titel:", "（是否指 title？）（这个文件另有 1 处错误）"),
        (CLAIM, "severity: error\n", "", "1:1  缺少“severity”"),
        (CLAIM, "severity: error", "severity: eror", "5:11  “severity”不能是“eror”；可用："),
        (CLAIM, "severity: error", "severity: eror", "（是否指 error？）"),
        (CLAIM, "share_percent", "share", "6:11  “category”不能是“share”"),
        (CLAIM, "SHR901", "SHR01", "1:5  “id”应是三个大写字母"),
        (CLAIM, "share-differs", "Share_differs", "2:7  “name”应是小写"),
        (CLAIM, "kind: claim", "kind: claims", "3:7  没有“claims”；可用：claim、"),
        (CLAIM, "each: share", "each: shares", "4:7  没有“shares”；可用：share、"),
        (CLAIM, "part / whole", "part / whol", "10:24  没有“whol”；可用：part、whole、share、"),
        (CLAIM, "= share}", "= share +}", "10:39  这里应有名称"),
        (CLAIM, "part / whole = share", "part = share", "10:22  金额或数目与比率不能"),
        (CLAIM, "bound = 1", "bond = 1", "8:8  没有“bond”"),
        (CLAIM, "when: {ratio:", "when: {rate:", "9:8  没有“rate”；可用：ratio"),
        (CLAIM, "when: {ratio: whole > 0}", "when: 0", "9:7  “when”应是“名称: 内容”的形式"),
        (CLAIM, "assert: {ratio: part / whole = share}\n", "", "1:1  缺少“assert”"),
        (CLAIM, "{share}。", "{shares}。", "11:32  提示语里没有“{shares}”；可用：left、"),
        (CLAIM, "{ratio.left}", "{rate.left}", "11:15  提示语里没有“{rate.left}”"),
        (CLAIM, "references: [算术]", "references: 算术", "13:13  “references”应是列表"),
        (CLAIM, "[[45%]]", "[[45%]", "16:11  “fail”“[[”和“]]”应成对"),
        (CLAIM, "[[45%]]", "[[4[[5]]%]]", "16:11  “fail”“[[”和“]]”应成对"),
        (CLAIM, "占40%。", "占[[40%]]。", "15:11  “pass”pass 的例子没有错"),
        (CLAIM, "year: '2023'", "year: 去年", "17:11  “year”应是一个整数"),
        (CLAIM, "failed: ratio", "failed: rate", "19:22  没有“rate”；可用：ratio"),
        (CLAIM, "failed: ratio", "fail: ratio", "19:14  不认识的键“fail”；可用：failed"),
        (CLAIM, "  - fail: 收入", "  - because: 收入", "16:5  每个例子写 pass 或 fail 之一"),
        (CLAIM, "why:", "match: {a: b}\nwhy:", "12:1  kind: claim 的规则不用“match”"),
        (PATTERN, "message: 残留“{match}”。\n", "", "1:1  缺少“message”"),
        (IDENTITY, "item: revenue", "items: revenue", "10:13  不认识的键“items”；可用：item"),
        (IDENTITY, "scope: general", "scope: generl", "（是否指 general？）"),
        (IDENTITY, "default: 0.00", "default: 零", "12:37  “default”应是一个数"),
        (IDENTITY, "= others", "= count(others)", "15:32  count 只能用于一列数"),
        (IDENTITY, "basis: actual", "measure: ratio", "15:20  金额或数目与比率不能用“+”"),
        (IDENTITY, "factor: '2'", "factor: '两倍'", "13:18  断言用到“factor”，它应是一个数"),
        (IDENTITY, "  twice: 应为 {left}。\n", "", "18:3  缺少“twice”的提示语"),
        (IDENTITY, "{balance.gap}", "{twice.gap}", "18:18  提示语里没有“{twice.gap}”"),
        (IDENTITY, "revenue: {item", "sum: {item", "10:3  “sum”是函数名"),
        (IDENTITY, "revenue: {item", "收入: {item", "10:3  名称“收入”不行：应是小写英文名称"),
        (IDENTITY, "final_accounts, ", "final, ", "8:23  “report”不能是“final”"),
        (PATTERN, "{2}年'", "{2}年('", "8:15  正则写得不对"),
        (PATTERN, "{2}年'", "{2}(年+)+'", "8:15  正则里不限次数"),
        (PATTERN, "京[A-Z]", "(.)\\1", "9:17  正则不能引用"),
        (PATTERN, "“{match}”", "“{mach}”", "10:14  提示语里没有“{mach}”"),
        (PATTERN, "message: 残", "params: {pairs: ab}\nmessage:\n  year: 残", "12:3  这种规则"),
        (PATTERN, "each: prose", "each: line", "4:7  没有“line”；可用：prose"),
    ],
)  # fmt: skip
def test_errors_say_where_what_and_what_is_allowed(
    base: str, old: str, new: str, error: str
) -> None:
    assert old in base

    with pytest.raises(RuleError) as refused:
        load(base.replace(old, new, 1))

    assert error in str(refused.value)
    assert str(refused.value).startswith("x.yaml:")


def test_a_file_must_hold_keys() -> None:
    with pytest.raises(RuleError, match=r"x.yaml:1:1  “文件”应是“名称: 内容”的形式"):
        load("- 一条\n")


def test_identity_without_let_is_refused() -> None:
    text = CLAIM.replace("kind: claim\neach: share", "kind: identity\neach: scope")
    with pytest.raises(RuleError, match="缺少“let”"):
        load(text)


@pytest.mark.parametrize(
    ("each", "assertion"),
    [
        ("change", "abs(current - prior) = points"),
        ("change", "abs(current - prior) = amount"),
        ("same", "first - second <= 1%"),
    ],
)
def test_figures_of_a_change_may_be_shares(each: str, assertion: str) -> None:
    """占比由40%提高到45%，提高5个百分点: current and prior are ratios here."""
    text = CLAIM.replace("each: share", f"each: {each}").replace("where: bound = 1\n", "")
    text = text.replace("when: {ratio: whole > 0}\n", "").replace("，文中写 {share}", "")

    rule = load(text.replace("part / whole = share", assertion))

    assert rule.assertions["ratio"].text == assertion


def test_an_amount_is_no_percentage_point() -> None:
    text = CLAIM.replace("each: share", "each: change").replace("where: bound = 1\n", "")
    text = text.replace("when: {ratio: whole > 0}\n", "")

    with pytest.raises(RuleError, match="金额或数目与比率"):
        load(text.replace("part / whole = share", "amount = points"))


def test_kinds_of_check_are_those_that_run() -> None:
    """The tables of the schema and of the checks name the same things."""
    assert set(EACH) == set(CHECKS)
    assert set(EACH["codes"]) == set(codes._KINDS)
    assert set(EACH["figure"]) == set(figure.FIGURE_TESTS)
    assert set(EACH["pattern"]) == set(KINDS)


@pytest.mark.parametrize("kind", ClaimKind)
def test_every_slot_and_word_measures_something(kind: ClaimKind) -> None:
    shape = CLAIM_SHAPES[kind]

    kinds = slot_kinds(kind)

    assert set(kinds) == {s.rstrip("*") for s in shape.slots} | set(shape.words)
    assert {n for n, k in kinds.items() if k.many} == {
        s.rstrip("*") for s in shape.slots if s.endswith("*")
    }
