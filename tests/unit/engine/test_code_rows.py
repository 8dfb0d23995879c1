"""Kind ``codes`` over whole tables: what true tables look like, and single faults in them."""

from __future__ import annotations

import pytest

from validator.run import check, shipped_rules

RULES = shipped_rules()
CODES = RULES.only(*(rule.id for rule in RULES.rules if rule.id.startswith("COD")))

EXPENDITURE = """\
某县某局2023年度部门决算
支出决算表
单位：万元
| 科目编码 | 科目名称 | 本年支出合计 | 基本支出 | 项目支出 |
| 合计 | | 30.00 | 30.00 | |
| 201 | 一般公共服务支出 | 10.00 | 10.00 | |
| 20129 | 群众团体事务 | 10.00 | 10.00 | |
| 2012901 | 行政运行 | 10.00 | 10.00 | |
| 208 | 社会保障和就业支出 | 12.00 | 12.00 | |
| 20805 | 行政事业单位养老支出 | 12.00 | 12.00 | |
| 2080505 | 机关事业单位基本养老保险缴费支出 | 8.00 | 8.00 | |
| 2080506 | 机关事业单位职业年金缴费支出 | 4.00 | 4.00 | |
| 221 | 住房保障支出 | 8.00 | 8.00 | |
| 22102 | 住房改革支出 | 8.00 | 8.00 | |
| 2210201 | 住房公积金 | 8.00 | 8.00 | |
"""

SPLIT = """\
某县某局2023年度部门决算
支出决算表
单位：万元
| 支出功能分类科目编码 | | | 科目名称 | 本年支出合计 | 基本支出 | 项目支出 |
| 类 | 款 | 项 | | | | |
| 201 | | | 一般公共服务支出 | 9.00 | 9.00 | |
| 201 | 29 | | 群众团体事务 | 9.00 | 9.00 | |
| 201 | 29 | 01 | 行政运行 | 9.00 | 9.00 | |
| 208 | | | 社会保障和就业支出 | 9.00 | 9.00 | |
| 208 | 05 | | 行政事业单位养老支出 | 9.00 | 9.00 | |
| 208 | 05 | 05 | 机关事业单位基本养老保险缴费支出 | 9.00 | 9.00 | |
"""

NOT_REPEATED = """\
某县某局2023年度部门决算
支出决算表
单位：万元
| 类 | 款 | 项 | 科目名称 | 本年支出合计 | 基本支出 | 项目支出 |
| 201 | | | 一般公共服务支出 | 9.00 | 9.00 | |
| | 29 | | 群众团体事务 | 9.00 | 9.00 | |
| | | 01 | 行政运行 | 9.00 | 9.00 | |
| 208 | | | 社会保障和就业支出 | 9.00 | 9.00 | |
| | 05 | | 行政事业单位养老支出 | 9.00 | 9.00 | |
"""

UNITS = """\
某县某局2023年部门预算
部门支出总表
单位：万元
| 编码 | 单位（科目）名称 | 合计 | 基本支出 | 项目支出 |
| 201 | 某县教育局 | 9.00 | 9.00 | |
| 201001 | 某县教育局机关 | 9.00 | 9.00 | |
| 2050101 | 行政运行 | 9.00 | 9.00 | |
| 2080505 | 机关事业单位基本养老保险缴费支出 | 9.00 | 9.00 | |
| 201002 | 某县第一小学 | 9.00 | 9.00 | |
| 2050202 | 小学教育 | 9.00 | 9.00 | |
| 2080505 | 机关事业单位基本养老保险缴费支出 | 9.00 | 9.00 | |
"""

TWO_SYSTEMS = """\
某县某局2024年部门预算
一般公共预算基本支出表
单位：万元
| 部门预算经济科目编码 | 部门预算经济科目名称 | 政府预算经济科目编码 | 政府预算经济科目名称 | 合计 |
| 301 | 工资福利支出 | 501 | 机关工资福利支出 | 10.00 |
| 30101 | 基本工资 | 50101 | 工资奖金津补贴 | 5.00 |
| 30102 | 津贴补贴 | 50101 | 工资奖金津补贴 | 3.00 |
| 30113 | 住房公积金 | 50103 | 住房公积金 | 2.00 |
"""

BEFORE_2018 = """\
某县某局2016年度部门决算
一般公共预算财政拨款基本支出决算表
单位：万元
| 人员经费 | | | 公用经费 | | |
| 科目编码 | 科目名称 | 决算数 | 科目编码 | 科目名称 | 决算数 |
| 301 | 工资福利支出 | 9.00 | 302 | 商品和服务支出 | 3.00 |
| 30101 | 基本工资 | 9.00 | 30201 | 办公费 | 3.00 |
| 30104 | 其他社会保障缴费 | 1.00 | 304 | 对企事业单位的补贴 | |
| 303 | 对个人和家庭的补助 | 3.00 | 30401 | 企业政策性补贴 | |
| 30311 | 住房公积金 | 3.00 | 310 | 其他资本性支出 | 1.00 |
| 30307 | 医疗费 | 3.00 | 31002 | 办公设备购置 | 1.00 |
医疗卫生与计划生育支出（类）医疗保障（款）行政单位医疗（项）（2100501）：支出决算为3.00万元。
"""

FUNDS = """\
某县某局2023年度部门决算
政府性基金预算财政拨款收入支出决算表
单位：万元
| 科目编码 | 科目名称 | 年初结转和结余 | 本年收入 | 本年支出 | 年末结转和结余 |
| 212 | 城乡社区支出 | | 9.00 | 9.00 | |
| 21208 | 国有土地使用权出让收入安排的支出 | | 9.00 | 9.00 | |
| 2120814 | 农业生产发展支出 | | 9.00 | 9.00 | |
| 229 | 其他支出 | | 1.00 | 1.00 | |
| 22960 | 彩票公益金安排的支出 | | 1.00 | 1.00 | |
| 2296002 | 用于社会福利的彩票公益金支出 | | 1.00 | 1.00 | |
"""

COSTS = """\
某县某局2022年度部门决算
人员经费80.00万元，主要包括：基本工资、津贴补贴、奖金、绩效工资、其他社会保障缴费、住房公积金、退休费、抚恤金、生活补助、医疗费补助、采暖补贴、其他对个人和家庭的补助支出等；
公用经费12.00万元，主要包括：办公费、印刷费、水费、取暖费、维修（护）费、劳务费、委托业务费、工会经费、福利费、其他交通费用、办公设备购置、其他资本性支出等。
"""


def accused(text: str) -> list[tuple[str, list[str]]]:
    """Rule and quotes of every finding about codes."""
    report = check(text.encode(), name="report.txt", ruleset=CODES)
    document = text
    return [
        (f.rule, [document[e.span.start : e.span.end] for e in f.evidence])
        for f in report.findings
    ]


@pytest.mark.parametrize(
    "text",
    [EXPENDITURE, SPLIT, NOT_REPEATED, UNITS, TWO_SYSTEMS, BEFORE_2018, FUNDS, COSTS],
    ids=["plain", "split", "not-repeated", "units", "systems", "before-2018", "funds", "costs"],
)
def test_true_tables_are_not_accused(text: str) -> None:
    assert accused(text) == []


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("2080506 |", "2080507 |", ("COD004", ["2080507", "机关事业单位职业年金缴费支出"])),
        ("22102 |", "2210202 |", ("COD011", ["住房改革支出"])),
        ("20129 |", "201 |", ("COD011", ["群众团体事务"])),
        ("2080506 |", "2080505 |", ("COD004", ["2080505", "机关事业单位职业年金缴费支出"])),
        ("2012901 | 行政运行", "2010101 | 行政运行", None),
        ("22102 | 住房改革支出", "21011 | 某项支出", None),
        ("| 2012901 |", "| 103 | 非税收入 | 1.00 | | |\n| 2012901 |", ("COD015", ["非税收入"])),
    ],
)
def test_one_fault_in_a_table_is_found(
    old: str, new: str, expected: tuple[str, list[str]] | None
) -> None:
    findings = accused(EXPENDITURE.replace(old, new))

    assert expected in findings if expected else findings == []


def test_faults_in_cells_of_their_own_are_found() -> None:
    text = SPLIT.replace("| 208 | 05 | 05 |", "| 208 | 05 | 06 |")

    assert accused(text) == [("COD004", ["06", "机关事业单位基本养老保险缴费支出"])]


def test_a_table_in_no_order_proves_nothing() -> None:
    """All classes first, then all 款, then all 项: nothing stands below anything."""
    head, rows = EXPENDITURE[: EXPENDITURE.index("| 201 ")], EXPENDITURE.splitlines()[5:]
    ordered = sorted(rows, key=lambda row: len(row.split("|")[1]))

    assert accused(head + "\n".join(ordered)) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("人员经费8.00万元，主要包括：基本工资、办公费。", ["办公费"]),
        ("公用经费8.00万元，主要包括：办公费1.00万元、奖励金2.00万元。", ["奖励金"]),
        ("人员经费和公用经费主要包括：基本工资、办公费。", []),
        ("人员经费主要包括：基本工资，公用经费主要包括：办公费。", []),
        ("公用经费8.00万元，主要包括：办公费、房屋建筑物购建、其他支出、某种费用。", []),
        ("人员经费8.00万元，比上年减少；办公费增加。", []),
    ],
)
def test_items_are_listed_in_their_own_costs(text: str, expected: list[str]) -> None:
    findings = accused(f"某县某局2022年度部门决算\n{text}")

    assert [("COD016", [name]) for name in expected] == findings
