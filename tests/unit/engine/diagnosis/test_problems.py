"""What a person is told of a wrong figure or word: one cause, and the edit that mends it."""

from __future__ import annotations

import pytest

from validator.findings import Finding, RepairGroup, RepairKind, Report, Severity
from validator.readers import read_bytes
from validator.run import check_document, shipped_rules

HEAD = "云岭县水务局2020年度部门决算\n"
SPENT = "支出决算情况说明"
CARS = "公务用车购置及运行维护费支出23.04万元，比2019年增加5.71万元，下降20%。"
TOTAL = (
    "2020年度本年支出合计{}，其中：基本支出600.00万元，占60.00%；项目支出400.00万元，占40.00%。"
)


def report(text: str, heading: str = "", *rules: str) -> Report:
    """Check a passage, under a heading where it needs one."""
    above = f"一、{heading}\n" if heading else ""
    ruleset = shipped_rules().only(*rules) if rules else shipped_rules()
    return check_document(read_bytes(f"{HEAD}{above}{text}\n".encode(), "t.txt"), ruleset)


def errors(found: Report) -> list[Finding]:
    return [finding for finding in found.findings if finding.severity is Severity.ERROR]


def offers(found: Report, finding: Finding) -> list[tuple[str, str]]:
    """What stands there and what is offered instead, best first."""
    assert found.document is not None
    return [(found.document.quote(r.span), r.replacement) for r in finding.repairs]


def only(found: Report) -> Finding:
    """The one error."""
    (finding,) = errors(found)
    return finding


MENDED = [
    ("direction", "", CARS, "CHG001", RepairKind.DIRECTION, ("增加5.71万元", "减少5.71万元"), "5.71 ÷ (23.04 + 5.71) = 19.86% ≈ 20%"),
    ("ratio", "一般公共预算财政拨款支出决算情况说明", "一般公共预算财政拨款支出年初预算为1000.00万元，支出决算为820.00万元，完成年初预算的0.82%。", "CMP001", RepairKind.PERCENT, ("0.82%", "82%"), "820.00 ÷ 1000.00 = 82%"),
    ("unit", SPENT, "2020年度本年支出合计109.84万元，其中：基本支出100.00万元，占91.04%；项目支出9.84元，占8.96%。", "SUM008", RepairKind.UNIT, ("9.84元", "9.84万元"), "9.84 ÷ 109.84 = 8.96%"),
    ("transposition", SPENT, "2020年度本年支出合计1043.27万元，其中：基本支出600.02万元，占57.51%；项目支出434.25万元，占42.49%。", "SUM008", RepairKind.TRANSPOSITION, ("434.25万元", "443.25万元"), "443.25 ÷ 1043.27 = 42.49%"),
    ("total", SPENT, TOTAL.format("1200.00万元"), "SUM008", RepairKind.DIGIT, ("1200.00万元", "1000.00万元"), "600.00 ÷ 1000.00 = 60.00%"),
    ("share", SPENT, "2020年度本年支出合计1000.00万元，其中：基本支出612.00万元，占62.10%；项目支出388.00万元，占38.80%。", "SHR001", RepairKind.TRANSPOSITION, ("62.10%", "61.20%"), "612.00 ÷ 1000.00 = 61.20%"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("heading", "text", "rule", "kind", "offer", "because"),
    [row[1:] for row in MENDED],
    ids=[row[0] for row in MENDED],
)
def test_the_slip_is_named_and_undone(
    heading: str, text: str, rule: str, kind: RepairKind, offer: tuple[str, str], because: str
) -> None:
    found = report(text, heading)
    finding = only(found)

    assert finding.rule == rule
    assert offers(found, finding)[0] == offer
    assert finding.repairs[0].kind is kind
    assert finding.repairs[0].because == because


@pytest.mark.parametrize("text", [t for n, _, t, *_ in MENDED if n == "direction"])
def test_money_is_never_offered_for_a_direction(text: str) -> None:
    finding = only(report(text))

    assert finding.repairs
    assert {repair.kind.group for repair in finding.repairs} == {RepairGroup.WORDING}


@pytest.mark.parametrize("rules", [("CHG001",), ("CHG001", "CHG002"), ()])
def test_rules_that_do_not_run_still_tell_which_word_is_wrong(rules: tuple[str, ...]) -> None:
    found = report(CARS, "", *rules)

    assert offers(found, only(found)) == [("增加5.71万元", "减少5.71万元")]


def test_either_word_may_be_wrong_where_no_sum_tells() -> None:
    text = "公务接待费支出2.00万元，比上年增加0.50万元，下降22.00%。"
    found = report(text)
    words = {finding.rule for finding in errors(found)}

    assert "CHG001" in words
    for finding in errors(found):
        assert all(r.kind is not RepairKind.COMPUTED for r in finding.repairs)


@pytest.mark.parametrize(
    "text",
    [
        "公务接待费支出9.84元，比上年增加3.00元。",
        "2020年度本年支出合计109.84元，其中：基本支出100.00元；项目支出9.84元。",
    ],
)
def test_small_amounts_are_let_be_where_nothing_proves_another_unit(text: str) -> None:
    assert errors(report(text, SPENT)) == []


def test_a_wrong_total_is_one_finding_with_its_consequences() -> None:
    found = report(TOTAL.format("1200.00万元"), SPENT)
    finding = only(found)

    assert found.document is not None
    assert found.document.quote(finding.evidence[0].span) == "1200.00万元"
    assert sorted(finding.consequences) == ["SHR001", "SHR001", "SUM001"]
    assert finding.repairs[0].resolves == 4


def test_a_wrong_total_that_is_repeated_is_one_finding_without_a_repair() -> None:
    text = f"{TOTAL.format('1200.00万元')}\n2020年度本年支出合计1200.00万元。"
    finding = only(report(text, SPENT))

    assert sorted(finding.consequences) == ["SHR001", "SHR001", "SUM001"]
    assert finding.repairs == ()


@pytest.mark.parametrize(
    ("heading", "text"),
    [
        ("收入支出决算总体情况说明", "2020年度收入总计1234.56万元，支出总计1243.56万元。"),
        (SPENT, "2020年度本年支出合计1237.51万元，其中：基本支出600.00万元；项目支出400.00万元。"),
        ("“三公”经费支出情况", "公务接待费支出决算8.15万元。\n1.公务接待费支出8.51万元。"),
    ],
)  # fmt: skip
def test_nothing_is_offered_where_several_may_be_to_blame(heading: str, text: str) -> None:
    found = errors(report(text, heading))

    assert found
    assert [finding.repairs for finding in found] == [()] * len(found)


def test_two_causes_are_two_findings_each_with_its_repair() -> None:
    share = "2020年度政府采购支出总额80.00万元，其中：货物支出60.00万元，占57.00%；服务支出20.00万元，占25.00%。"
    found = report(f"{CARS}\n{share}")
    by_rule = {finding.rule: offers(found, finding)[0] for finding in errors(found)}

    assert by_rule == {
        "CHG001": ("增加5.71万元", "减少5.71万元"),
        "SHR001": ("57.00%", "75.00%"),
    }


def test_at_most_three_repairs_each_another() -> None:
    for _, heading, text, *_ in MENDED:
        found = report(text, heading)
        for finding in found.findings:
            offered = offers(found, finding)
            assert len(offered) == len(set(offered)) <= 3
            assert all(before != after for before, after in offered)


def test_what_is_offered_as_the_unit_is_said_in_words() -> None:
    text = MENDED[2][2]
    finding = only(report(text, SPENT))

    assert "“9.84元”的单位疑为“9.84万元”" in finding.message
    assert finding.category.value == "unit_error"


def test_where_all_shares_of_a_whole_are_wrong_none_is_mended_by_a_guess() -> None:
    """Ten wrong shares of one amount have something in common, and it is not ten slips."""
    names = "一二三四五六七八九十"
    wrong = "；".join(f"第{n}项目支出100.00万元，占{k + 11}.00%" for k, n in enumerate(names))
    found = report(f"2020年度项目支出1000.00万元，其中：{wrong}。", SPENT)

    shares = [finding for finding in errors(found) if finding.rule == "SHR001"]
    assert len(shares) == len(names)
    assert [finding.repairs for finding in shares] == [()] * len(names)


def test_an_amount_that_its_paragraph_reckons_is_not_the_one_to_change() -> None:
    spent = "项目全年预算数100万元，执行数为82万元，完成预算的0.82%。"
    text = f"{spent}检测水样1640份，每份500元，共支出82万元。"
    found = report(text, "预算绩效管理情况")
    told = offers(found, only(found))
    assert ("0.82%", "82%") in told
    assert "82万元" not in [printed for printed, _ in told]
