"""The rule book: what an example must show, what lint wants, what explain tells."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from validator import rulebook
from validator.engine.packs import load_rules
from validator.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

    from validator.engine.packs import RuleSet

RULE = """\
id: USR001
name: share-differs
kind: claim
each: share
severity: error
category: share_percent
title: 占比与金额不符
params: {limit: '1'}
where: bound = 1
assert: {ratio: part / whole = share * limit}
message: 按金额计算为 {left}，文中写 {right}，相差 {gap}。
why: 占比＝部分÷整体。
references: [算术]
examples:
"""
HOLDS = "2023年本年收入合计200.00万元，其中：财政拨款收入100.00万元，占50%。"
FAILS = "2023年本年收入合计200.00万元，其中：财政拨款收入100.00万元，占[[60%]]。"


def rules(folder: Path, *examples: str, rule: str = RULE, pack: str = "") -> RuleSet:
    folder.mkdir(exist_ok=True)
    text = rule + "".join(f"  - {example}\n" for example in examples or (f"pass: {HOLDS}",))
    (folder / "USR001-share-differs.yaml").write_text(text, encoding="utf-8")
    if pack:
        lines = f"id: {folder.name}\ntitle: 本单位\nextends: [core]\n{pack}"
        (folder / "pack.yaml").write_text(lines, encoding="utf-8")
    return load_rules(("core",), (folder,))


def problems(folder: Path, *examples: str, rule: str = RULE) -> list[str]:
    ruleset = rules(folder, *examples, rule=rule)
    return [tested.problem for tested in rulebook.test_rules(["USR001"], ruleset)]


@pytest.mark.parametrize(
    "example",
    [
        f"pass: {HOLDS}",
        f"fail: {FAILS}",
        f"{{fail: '{FAILS}', expect: {{failed: ratio}}}}",
        f"{{fail: '{FAILS}', expect: {{gap: 10}}}}",
        f"{{fail: '{FAILS}', expect: {{repair: {{60%: 50%}}}}}}",
        "{pass: 本单位没有收入。, because: 无可核对。, silent: 'true'}",
    ],
)
def test_examples_that_come_out(tmp_path: Path, example: str) -> None:
    assert problems(tmp_path / "mine", example) == [""]


@pytest.mark.parametrize(
    ("example", "words"),
    [
        (
            f"pass: {FAILS.replace('[[', '').replace(']]', '')}",
            "不该有问题，却报了：按金额计算为",
        ),
        ("pass: 本单位没有收入。", "应有一次核对相符；实际：没有核对"),
        ("fail: '[[本单位]]没有收入。'", "应报问题，却没有报；实际：没有核对"),
        (f"fail: '{HOLDS}'", "应报问题，却没有报；实际：consistent 1 次"),
        (f"fail: '[[2023年]]{FAILS[5:]}'", "应标出“2023年”，实际标出："),
        (f"{{fail: '{FAILS}', expect: {{gap: 7万元}}}}", "应相差 7万元；实际："),
        (f"{{fail: '{FAILS}', expect: {{repair: {{a: b}}}}}}", "应建议 a→b；实际：60%→50%"),
        ("pass: '  '", "读不了："),
    ],
)
def test_examples_that_do_not(tmp_path: Path, example: str, words: str) -> None:
    (problem,) = problems(tmp_path / "mine", example)

    assert words in problem


def test_the_failed_assertions_must_be_those_expected(tmp_path: Path) -> None:
    rule = RULE.replace("assert: {", "assert: {never: share >= 0, ")
    example = f"{{fail: '{FAILS}', expect: {{failed: never}}}}"

    assert problems(tmp_path / "mine", example, rule=rule) == [
        "应不成立的断言：never；实际：ratio"
    ]


def test_year_and_kind_of_an_example_are_passed_on(tmp_path: Path) -> None:
    rule = RULE.replace("params:", "applies_to: {report: budget}\nparams:")
    as_budget = f"{{fail: '{FAILS}', report: budget}}"
    as_accounts = f"{{fail: '{FAILS}', report: final_accounts}}"

    first, second = problems(tmp_path / "mine", as_budget, as_accounts, rule=rule)

    assert first == ""
    assert "没有报" in second


def test_examples_are_numbered_apart(tmp_path: Path) -> None:
    ruleset = rules(tmp_path / "mine", f"pass: {HOLDS}", f"fail: {FAILS}", f"fail: {FAILS}")

    tested = rulebook.test_rules(["share-differs"], ruleset)

    assert [one.id for one in tested] == ["USR001-pass-1", "USR001-fail-1", "USR001-fail-2"]


def test_unknown_rules_are_usage_errors(tmp_path: Path) -> None:
    ruleset = rules(tmp_path / "mine", pack="rules: {SHR001: disable}\n")

    with pytest.raises(UsageError, match=r"没有规则“USR01”（是否指 USR001？）"):
        list(rulebook.test_rules(["USR01"], ruleset))
    with pytest.raises(UsageError, match=r"规则 SHR001 已停用（.*pack\.yaml）"):
        rulebook.explain("SHR001", ruleset)


def test_explain_tells_where_each_value_came_from(tmp_path: Path) -> None:
    ruleset = rules(
        tmp_path / "mine",
        f"{{fail: '{FAILS}', because: 算错了}}",
        pack="rules: {USR001: {severity: note, params: {limit: '2'}}}\n",
    )

    text = rulebook.explain("USR001", ruleset)

    assert f"严重程度：提示（note）    ← {(tmp_path / 'mine' / 'pack.yaml').as_posix()}" in text
    assert f"参数 limit：2    ← {(tmp_path / 'mine' / 'pack.yaml').as_posix()}" in text
    assert "断言 ratio：part / whole = share * limit" in text
    assert "前提：bound = 1\n" in text
    assert FAILS in text
    assert "（算错了）" in text
    assert text.endswith("USR001-share-differs.yaml")


def test_explain_shows_patterns_and_line_items(tmp_path: Path) -> None:
    ruleset = rules(tmp_path / "mine")

    assert "查找 department：" in rulebook.explain("TPL006", ruleset)
    assert "取数 total：" in rulebook.explain("BAL003", ruleset)


def test_list_has_one_line_a_rule(tmp_path: Path) -> None:
    ruleset = rules(tmp_path / "mine").only("USR001", "TPL008")

    assert rulebook.list_rules(ruleset).splitlines() == [
        "TPL 模板残留",
        "  TPL008  提示  “是否……”只改了一半（half-edited-question）",
        "",
        "USR",
        "  USR001  错误  占比与金额不符（share-differs）",
        "",
        "共 2 条：稳定2",
    ]


GOOD = (f"{{pass: '{HOLDS}', because: 正好。}}", f"fail: {FAILS}", f"fail: {FAILS}")


@pytest.mark.parametrize(
    ("old", "new", "examples", "faults"),
    [
        ("", "", GOOD, []),
        ("", "", GOOD[1:], ["至少要有一个 pass 的例子"]),
        ("", "", GOOD[:2], ["至少要有 2 个 fail 的例子，现有 1 个"]),
        (
            "",
            "",
            (f"pass: {HOLDS}", *GOOD[1:]),
            ["至少要有一个看起来像错、其实没错的 pass，用 because 说明为什么没错"],
        ),
        (
            "why: 占比＝部分÷整体。",
            "why: 请写明为什么。",
            GOOD,
            ["why 和 references 里还有“请写明”，请写完"],
        ),
        (
            "severity: error",
            "status: deprecated\nseverity: error",
            GOOD,
            ["停用的规则要写由哪一条代替（replaced_by）"],
        ),
        (
            "severity: error",
            "replaced_by: USR009\nseverity: error",
            GOOD,
            ["replaced_by：没有规则 USR009"],
        ),
        ("why: 占比＝部分÷整体。\n", "", GOOD, ["缺少 why：一句话说明为什么"]),
        ("references: [算术]\n", "", GOOD, ["严重程度是 error，要写依据（references）"]),
        ("", "", (*GOOD, f"fail: {HOLDS}"), ["第 3 个 fail 的例子没有用 [[ ]] 标出错在哪里"]),
        (
            "",
            "",
            (*GOOD, "{pass: 无。, silent: 'true'}"),
            ["silent 的例子要用 because 说明为什么无可核对"],
        ),
    ],
)
def test_lint(
    tmp_path: Path, old: str, new: str, examples: tuple[str, ...], faults: list[str]
) -> None:
    ruleset = rules(tmp_path / "mine", *examples, rule=RULE.replace(old, new))
    file = (tmp_path / "mine" / "USR001-share-differs.yaml").as_posix()

    assert rulebook.lint(ruleset.only("USR001")) == [f"{file}：{fault}" for fault in faults]


def test_lint_knows_names_and_line_items(tmp_path: Path) -> None:
    first, second = tmp_path / "one", tmp_path / "two"
    identity = (
        RULE.replace("kind: claim\neach: share", "kind: identity\neach: scope")
        .replace("where: bound = 1\n", "let: {total: {item: total_expenditur}}\n")
        .replace("part / whole = share * limit", "total >= 0")
    )
    for folder, rule_id, rule in ((first, "USR001", RULE), (second, "USR002", identity)):
        folder.mkdir()
        text = rule.replace("USR001", rule_id) + "".join(f"  - {one}\n" for one in GOOD)
        (folder / f"{rule_id}-share-differs.yaml").write_text(text, encoding="utf-8")

    ruleset = load_rules(("core",), (first, second)).only("USR001", "USR002")

    assert [line.split("：", 1)[1] for line in rulebook.lint(ruleset)] == [
        "name 与另一条规则相同：share-differs",
        "name 与另一条规则相同：share-differs",
        "let 的 total：词汇表里没有科目“total_expenditur”（是否指 total_expenditure？）",
    ]
