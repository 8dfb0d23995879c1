"""How a comparison reads: figures once and in one unit, sums with what they come to."""

from __future__ import annotations

import pytest

from validator.choosing import choose_rules
from validator.readers import read_bytes
from validator.run import check_document

_BUDGETS = """三、支出决算情况说明
2023年本年支出合计100.00万元。
五、一般公共预算财政拨款支出决算情况说明
2023年一般公共预算财政拨款支出{}万元。
八、政府性基金预算支出决算情况说明
2023年政府性基金预算财政拨款支出{}万元。"""
RULES = choose_rules(preview=True)[0]


def computations(sentence: str, rule: str) -> list[str]:
    document = read_bytes(f"2023年度部门决算\n{sentence}\n".encode(), "t.txt")
    report = check_document(document, RULES.only(rule))
    return [e.computation for e in report.evaluations if e.computation]


@pytest.mark.parametrize(
    ("rule", "sentence", "written"),
    [
        ("BAL001", "收入总计624.56万元，支出总计642.56万元。", "624.56 ≠ 642.56万元"),
        ("BAL001", "收入总计624.56万元，支出总计624.56万元。", "624.56 = 624.56万元"),
        ("BAL001", "收入总计624.6万元，支出总计624.56万元。", "624.6 ≈ 624.56万元"),
        ("BAL001", "收入总计6245600元，支出总计624.65万元。", "6245600元 ≠ 624.65万元"),
        ("PRT001", "共有职工30人，其中研究生10人。", "10 < 30人"),
        (
            "SUM001",
            "本年支出合计300.00万元，其中：基本支出100.00万元，项目支出200.10万元。",
            "100.00 + 200.10 = 300.10万元，文中 300.00万元",
        ),
        (
            "SHR001",
            "本年收入合计300.00万元，其中：财政拨款收入100.00万元，占33%。",
            "100.00 ÷ 300.00 = 33.33%，文中 33%",
        ),
        (
            "SHR001",
            "本年收入合计300.00万元，其中：财政拨款收入150.00万元，占50%。",
            "150.00 ÷ 300.00 = 50%，文中 50%",
        ),
        (
            "SHR001",
            "本年收入合计300.00万元，其中：财政拨款收入150.00元，占50%。",
            "150.00元 ÷ 300.00万元 = 0.005%，文中 50%",
        ),
        (
            "CHG007",
            "2023年收入总计90.00万元，比上年100.00万元增加10.00万元。",
            "90.00 − 100.00 = −10.00万元",
        ),
        ("CHG007", "公务用车由37辆增加到40辆，增长8.1%。", "40 − 37 = 3辆"),
        (
            "DIF001",
            "2023年收入100.00万元，支出90.00万元，结余11.00万元。",
            "100.00 − 90.00 = 10.00万元，文中 11.00万元",
        ),
        (
            "PRD001",
            "困难家庭12户，每户补助5元，共发放60.00万元。",
            "5元 × 12户 = 60元，文中 60.00万元",
        ),
        (
            "PRD002",
            "对困难家庭每户补助1200元，共发放50.35万元。",
            "50.35万元 ÷ 1200元 = 419.58，不是整数",
        ),
        ("PRD002", "对困难家庭每户补助1200元，共发放50.40万元。", "50.40万元 ÷ 1200元 = 420"),
        ("SHR004", "共有职工30人，其中研究生占33.3%。", "30 × 33.3% = 9.99 ≈ 10"),
        ("SHR004", "共有职工77人，其中研究生占13%。", "77 × 13% = 10.01 ≈ 10"),
        (
            "XRF008",
            _BUDGETS.format("90.00", "8.00"),
            "90.00 + 8.00 + 0 = 98.00万元 ≤ 100.00万元",
        ),
        (
            "XRF008",
            _BUDGETS.format("90.00", "18.00"),
            "90.00 + 18.00 + 0 = 108.00万元 > 100.00万元",
        ),
        (
            "XRF008",
            _BUDGETS.format("92.00", "8.004"),
            "92.00 + 8.004 + 0 = 100.00万元 ≈ 100.00万元",
        ),
        (
            "CHG010",
            "公务接待由0批次增加到12批次，增长100%。",
            "12 − 0 = 12批次，100% × 0 = 0批次",
        ),
    ],
)
def test_a_comparison_as_a_person_writes_it(rule: str, sentence: str, written: str) -> None:
    assert written in computations(sentence, rule)
