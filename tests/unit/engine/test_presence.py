"""What a whole report must say: other outlines, workbooks of the set, words that point away."""

from __future__ import annotations

import io
from functools import cache
from pathlib import Path

import openpyxl
import pytest

from validator.bundle import join
from validator.engine.rule_load import load_rule
from validator.engine.yaml_load import parse_yaml
from validator.errors import RuleError
from validator.findings import Finding, Severity, Status
from validator.readers import read_bytes
from validator.run import check_document, shipped_rules

EXAMPLES = Path(__file__).parents[3] / "examples"
FAMILIES = ("CON", "GLO", "ENT")

HUBEI = """江口区堤防管理处2021年度部门决算公开说明
第一部分 基本情况
一、部门主要职能
负责堤防、涵闸的建设与管理。
第二部分 2021年度部门决算情况说明
一、2021年度收入支出决算总体及增减变动情况
收入总计400.00万元，支出总计400.00万元。
二、2021年度财政拨款支出决算情况
财政拨款支出400.00万元，其中：基本支出300.00万元，项目支出100.00万元。
三、2021年度“三公”经费支出决算及增减变动情况说明
“三公”经费支出2.00万元，全部是公务接待费，接待16批次、90人次。
四、2021年度政府性基金支出决算情况
本年没有政府性基金支出。
五、2021年度国有资本经营预算支出决算情况
本年没有国有资本经营预算支出。
第三部分 其他重要事项情况说明
一、关于机关运行经费支出说明
本单位为公益一类事业单位，没有机关运行经费。
二、关于政府采购支出说明
本年没有采购。
三、关于国有资产占用情况说明
共有车辆1辆，单价50万元以上设备0台。
四、关于预算绩效情况的说明
对3个项目开展了绩效自评。
第四部分 名词解释
1.基本支出：指日常支出。
第五部分 2021年度部门决算公开报表（见附件）
表1：收入支出决算总表
表2：收入决算表
"""
YUNNAN = """石桥县林业和草原局2023年度部门决算
第一部分 部门概况
一、主要职责
负责全县林草资源的保护和利用。
第二部分 2023年度部门决算表
（详见附件）
第三部分 2023年度部门决算情况说明
一、收入决算情况说明
收入合计820.00万元，其中：财政拨款收入820.00万元。
二、支出决算情况说明
支出合计820.00万元，其中：基本支出620.00万元，项目支出200.00万元。
（一）基本支出情况
用于保障机构正常运转的支出620.00万元。
三、一般公共预算财政拨款支出决算情况说明
一般公共预算财政拨款支出820.00万元。
四、财政拨款“三公”经费支出决算情况说明
财政拨款“三公”经费支出3.00万元，为公务接待费，国内公务接待24批次，接待180人次。
第四部分 其他重要事项及相关口径情况说明
一、机关运行经费支出情况
机关运行经费支出35.00万元。
二、国有资产占用情况
资产总额560.00万元。
三、政府采购支出情况
本年没有采购。
四、部门绩效自评情况
部门绩效自评情况详见附表。
五、相关口径说明
人员经费包括工资福利支出。
第五部分 名词解释
财政拨款收入：指财政当年拨付的资金。
"""


def found(*files: tuple[str, bytes]) -> list[Finding]:
    documents = [read_bytes(data, name) for name, data in files]
    document = join(documents).document if len(documents) > 1 else documents[0]
    report = check_document(document, shipped_rules())
    assert report.status is Status.CHECKED, report.trace
    return [finding for finding in report.findings if finding.rule[:3] in FAMILIES]


def text(name: str) -> str:
    return (EXAMPLES / "clean" / name).read_text(encoding="utf-8")


@cache
def workbook() -> bytes:
    return (EXAMPLES / "clean" / "final_accounts_tables.xlsx").read_bytes()


@pytest.mark.parametrize("outline", [HUBEI, YUNNAN], ids=["hubei", "yunnan"])
def test_another_outline_is_not_accused(outline: str) -> None:
    assert [
        f.message for f in found(("a.txt", outline.encode())) if f.severity is not Severity.NOTE
    ] == []


def test_a_table_in_the_workbook_of_the_set_is_there() -> None:
    report = text("final_accounts.txt").split("\n八、政府性基金预算财政拨款收入支出决算表")[0]

    alone = found(("report.txt", report.encode()))
    together = found(("report.txt", report.encode()), ("tables.xlsx", workbook()))

    assert [f.rule for f in alone] == ["CON014"]
    assert "政府性基金" in alone[0].message
    assert together == []


def test_a_sheet_that_the_workbook_lacks_is_missing() -> None:
    report = text("final_accounts.txt").split("第四部分 附表\n一、")[0]
    book = openpyxl.load_workbook(io.BytesIO(workbook()))
    lost = next(s for s in book.worksheets if "三公" in str([c.value for c in s[1]]))
    book.remove(lost)
    data = io.BytesIO()
    book.save(data)

    told = found(("report.txt", report.encode()), ("tables.xlsx", data.getvalue()))

    assert [f.rule for f in told] == ["CON014"]
    assert "“三公”经费" in told[0].message


def test_tables_in_an_annex_are_left_alone() -> None:
    report = (
        text("final_accounts.txt")
        .replace("八、政府性基金预算财政拨款收入支出决算表", "（各表详见附件）#")
        .split("#")[0]
    )

    assert found(("report.txt", report.encode())) == []


@pytest.mark.parametrize(
    ("left_out", "rule", "words"),
    [
        ("八、政府性基金预算财政拨款支出决算情况说明\n", "CON001", "政府性基金"),
        ("九、国有资本经营预算财政拨款支出决算情况说明\n", "CON002", "国有资本"),
        ("（二）政府采购支出情况\n", "CON003", "政府采购"),
        ("（一）机关运行经费支出情况\n", "CON004", "机关运行经费"),
    ],
)
def test_a_section_that_is_left_out_is_missed(left_out: str, rule: str, words: str) -> None:
    whole = text("final_accounts.txt").replace("2020", "2022").replace("2019", "2021")
    head = whole.index(left_out)
    rest = whole.index("\n", head + len(left_out)) + 1
    cut = whole[:head] + whole[rest:]
    for word in (
        "（本部门2020年度无此项收支，本表无数据）".replace("2020", "2022"),
        "（本部门2020年度无此项支出，本表无数据）".replace("2020", "2022"),
        "政府性基金预算财政拨款收入0万元，占0%；",
        "全年机关运行经费支出114.15万元，未超过预算。",
    ):
        cut = cut.replace(word, "")

    told = [f for f in found(("a.txt", cut.encode())) if f.rule == rule]

    assert [f.severity for f in told] == [Severity.WARNING]
    assert words in told[0].message


RULE = """id: ORG901
name: some-thing-missing
kind: presence
each: item
severity: note
category: missing_content
title: 缺了一项
given: 接待
require: {批次: 批次}
message: 没有写{missing}。
why: 应当写明。
"""


@pytest.mark.parametrize(
    ("old", "new", "error"),
    [
        ("require: {批次: 批次}\n", "", "1:1  缺少“require”"),
        ("given: 接待\n", "", "1:1  缺少“given”"),
        ("given: 接待", "given: {人次: 接待}", "8:9  没有“人次”；可用：批次"),
        ("批次: 批次", "批次: '(a+)+'", "9:15  正则里不限次数的重复"),
        ("given: 接待", "given: '('", "8:8  正则写得不对"),
        ("given: 接待", "within: '('\ngiven: 接待", "8:9  正则写得不对"),
        ("{missing}", "{match}", "10:14  提示语里没有“{match}”；可用：missing、section、quote"),
        ("given: 接待", "match: {a: 接待}", "8:1  kind: presence 的规则不用“match”"),
    ],
)
def test_a_rule_that_cannot_work_is_told(old: str, new: str, error: str) -> None:
    with pytest.raises(RuleError) as caught:
        load_rule(parse_yaml(RULE.replace(old, new).encode(), "r.yaml"))

    assert f"r.yaml:{error}" in str(caught.value)


def test_a_guard_must_be_certain_for_every_value_stated() -> None:
    """Two values for one item, one of them nought: nobody knows which one counts."""
    body = "八、“三公”经费支出情况\n公务接待费支出0万元。\n公务接待费支出3.00万元。\n"
    report = check_document(
        read_bytes(f"2022年度部门决算\n{body}".encode(), "a.txt"),
        shipped_rules().only("CON006"),
        year=2022,
        whole=True,
    )

    assert [e.verdict for e in report.evaluations if e.rule == "CON006"] == []
