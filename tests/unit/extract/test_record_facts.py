"""Records → facts, numbers of forms and findings."""

from __future__ import annotations

import json
from typing import Any

import pytest

from validator.facts import Basis, FundScope
from validator.findings import Report, Status
from validator.run import check


def checked(*facts: dict[str, Any], kind: str = "final_accounts", **more: Any) -> Report:
    told = {"schema": "gouji.records/1", "kind": kind, "year": 2020, **more, "facts": facts}
    report = check(json.dumps(told, ensure_ascii=False).encode(), name="a.json")
    assert report.status is Status.CHECKED, (report.error, report.trace)
    return report


def fact(item: str, value: str, **more: str) -> dict[str, Any]:
    return {"item": item, "value": value, **more}


def rules(report: Report) -> list[str]:
    return [finding.rule for finding in report.findings]


def unread(report: Report) -> tuple[str, ...]:
    assert report.reading is not None
    return report.reading.unread


def key(report: Report) -> tuple[str, int, Basis, FundScope, str]:
    assert report.reading is not None
    (one,) = report.reading.facts
    return one.key.item, one.key.year, one.key.basis, one.key.scope, one.key.measure


GENERAL, FISCAL, ALL = FundScope.GENERAL, FundScope.FISCAL, FundScope.ALL
NAMES = [
    (fact("general_expenditure", "1"), ("general_expenditure", Basis.ACTUAL, GENERAL, "money")),
    (fact("一般公共预算财政拨款支出", "1"), ("general_expenditure", Basis.ACTUAL, GENERAL, "money")),
    (fact("expenditure", "1", scope="general"), ("general_expenditure", Basis.ACTUAL, GENERAL, "money")),
    (fact("2130301", "1"), ("2130301", Basis.ACTUAL, ALL, "money")),
    (fact("e30217", "1"), ("e30217", Basis.ACTUAL, ALL, "money")),
    (fact("30217", "1"), ("e30217", Basis.ACTUAL, ALL, "money")),
    (fact("农林水支出", "1"), ("213", Basis.ACTUAL, ALL, "money")),
    (fact("三公经费", "1"), ("three_public", Basis.ACTUAL, FISCAL, "money")),
    (fact("三公经费", "1", scope="一般公共预算"), ("three_public", Basis.ACTUAL, GENERAL, "money")),
    (fact("car", "1", basis="年初预算"), ("car", Basis.ORIGINAL_BUDGET, FISCAL, "money")),
    (fact("离休人员", "3", unit="名"), ("retired_cadres", Basis.ACTUAL, ALL, "人")),
    (fact("car", "3", unit="%"), ("car", Basis.ACTUAL, FISCAL, "ratio")),
]  # fmt: skip


@pytest.mark.parametrize(("told", "wanted"), NAMES, ids=[str(i) for i, _ in enumerate(NAMES)])
def test_coordinates(told: dict[str, Any], wanted: tuple[str, Basis, FundScope, str]) -> None:
    item, basis, scope, measure = wanted

    assert key(checked(told)) == (item, 2020, basis, scope, measure)


def test_budget_report_states_budgets() -> None:
    assert key(checked(fact("car", "1"), kind="budget"))[2] is Basis.BUDGET
    early, late = fact("car", "1", basis="年初预算"), fact("car", "2", basis="调整预算")
    assert key(checked(early, kind="budget"))[2] is Basis.BUDGET
    assert rules(checked(early, late, kind="budget")) == []


def test_record_may_be_of_another_year() -> None:
    assert key(checked(fact("car", "1", year="2019")))[1] == 2019


def cell(form: str, item: str, value: str, column: str = "", **more: str) -> dict[str, Any]:
    return {"form": form, "item": item, "value": value, "column": column or None, **more}


PLACES = [
    (cell("summary", "total_revenue", "1"), ("total_revenue", "", "total", ALL)),
    (cell("收入支出决算总表", "收入总计", "1"), ("total_revenue", "", "total", ALL)),
    (cell("支出决算表", "合计", "1", "本年支出合计"), ("total", "", "total", ALL)),
    (cell("expenditure", "expenditure", "1"), ("total", "", "total", ALL)),
    (cell("expenditure", "基本支出", "1"), ("total", "", "basic", ALL)),
    (cell("expenditure", "213", "1", "project"), ("213", "213", "project", ALL)),
    (cell("general", "general_expenditure", "1"), ("total", "", "total", GENERAL)),
    (cell("revenue", "合计", "1", "财政拨款收入"), ("total", "", "fiscal_revenue", ALL)),
    (cell("fiscal_summary", "general_revenue", "1"), ("general_revenue", "", "total", GENERAL)),
    (cell("fiscal_summary", "财政拨款支出", "1"), ("expenditure", "", "total", FISCAL)),
    (cell("fiscal_summary", "fiscal_total_revenue", "1"), ("total_revenue", "", "total", FISCAL)),
    (cell("fiscal_summary", "213", "1", "一般公共预算财政拨款"), ("213", "213", "total", GENERAL)),
    (cell("fiscal_summary", "年初财政拨款结转和结余", "1", scope="general"), ("opening", "", "total", GENERAL)),
    (cell("general_basic", "30217", "1"), ("e30217", "30217", "total", GENERAL)),
    (cell("general_basic", "基本支出", "1"), ("total", "", "total", GENERAL)),
    (cell("three_public", "car", "1", "决算数"), ("car", "", "total", FISCAL)),
    (cell("three_public", "公务接待费", "1"), ("total", "", "reception", FISCAL)),
    (cell("fund", "合计", "1", "opening"), ("total", "", "opening", FundScope.FUND)),
    (cell("fund", "expenditure", "1"), ("total", "", "expenditure", FundScope.FUND)),
]  # fmt: skip


@pytest.mark.parametrize(("told", "wanted"), PLACES, ids=[str(i) for i, _ in enumerate(PLACES)])
def test_place_in_a_form(told: dict[str, Any], wanted: tuple[str, str, str, FundScope]) -> None:
    reading = checked(told).reading
    assert reading is not None

    (one,) = reading.crossings

    assert (one.row, one.code, one.column, one.scope) == wanted


UNKNOWN = [
    (fact("abrod", "1"), "第1行的科目“abrod”不认识（是否指 abroad？），没有核对"),
    (fact("公务接持费", "1"), "的科目“公务接持费”不认识（是否指 公务接待费？）"),
    (fact("9990101", "1"), "的科目“9990101”不认识"),
    (fact("e999", "1"), "的科目“e999”不认识"),
    (fact("合计", "1"), "的科目“合计”没有说是哪个合计"),
    (cell("sumary", "revenue", "1"), "的表“sumary”不认识（是否指 summary？）"),
    (cell("summary", "总计", "1"), "的“总计”没有说是收入还是支出的总计"),
    (cell("expenditure", "合计", "1", "基夲支出"), "的栏“基夲支出”不认识（是否指 基本支出？）"),
    (fact("car", "见附件"), "的“见附件”不是一个数"),
    (fact("car", "1,50.3"), "的“1,50.3”不是一个数"),
    (fact("car", "1" * 30), "不是一个数"),
    (fact("car", "1万元", unit="元"), "的数值写“万元”，单位写“元”"),
]


@pytest.mark.parametrize(("told", "why"), UNKNOWN, ids=[why for _, why in UNKNOWN])
def test_what_is_not_understood_is_told_and_the_rest_checked(
    told: dict[str, Any], why: str
) -> None:
    report = checked(
        told, fact("资产总额", "9.00"), fact("负债总额", "2.00"), fact("净资产", "8.00")
    )

    (line,) = unread(report)
    assert why in line
    assert rules(report) == ["BAL006"]


SUMMARY = [cell("summary", "收入总计", "520.00"), cell("summary", "支出总计", "520.00")]
BROKEN = {
    "BAL001": [fact("收入总计", "520.00"), fact("支出总计", "502.00")],
    "BAL003": [fact("支出总计", "520.00"), fact("本年支出合计", "520.02")],
    "BAL005": [fact("收支总计", "520.00"), fact("收入总计", "502.00")],
    "BAL006": [fact("assets", "9.00"), fact("liabilities", "2.00"), fact("net_assets", "8.00")],
    "XRF001": [fact("会议费", "9.00"), fact("会议费", "8.00")],
    "XRF002": [fact("会议费", "9.00"), fact("会议费", "9.01")],
    "XRF005": [fact("本年支出合计", "9.00"), fact("财政拨款支出", "9.50")],
    "XRF007": [fact("机关运行经费", "9.00"), fact("公用经费", "8.00", scope="general")],
    "XRF008": [fact("本年支出合计", "9.00"), fact("expenditure", "9.00", scope="general"),
               fact("expenditure", "1.00", scope="fund")],
    "SUM005": [fact("三公经费", "9.00"), fact("abroad", "0"), fact("car", "5.00"),
               fact("reception", "3.00")],
    "SUM006": [fact("car", "9.00"), fact("car_purchase", "5.00"), fact("car_running", "3.00")],
    "SUM007": [fact("basic", "9.00"), fact("staff_cost", "5.00"), fact("public_cost", "3.00")],
    "SUM008": [fact("expenditure", "9.00"), fact("basic", "5.00"), fact("project", "3.00")],
    "CNT004": [fact("离退休人员", "9", unit="人"), fact("离休人员", "5", unit="人"),
               fact("退休人员", "3", unit="人")],
    "TBL011": [*SUMMARY, cell("summary", "其他收入", "9.00"),
               cell("revenue", "合计", "8.00", "其他收入")],
    "TBL012": [cell("summary", "其他收入", "9.00"), cell("revenue", "合计", "9.01", "其他收入")],
    "STM002": [cell("fiscal_summary", "general_revenue", "9.00"),
               cell("fiscal_summary", "opening", "1.00", scope="general"),
               cell("fiscal_summary", "expenditure", "8.00", scope="general"),
               cell("fiscal_summary", "closing", "1.00", scope="general")],
    "STM003": [cell("fiscal_summary", "opening", "9.00"),
               cell("fiscal_summary", "opening", "8.00", scope="general")],
    "STM004": [cell("summary", "general_revenue", "9.00"),
               cell("revenue", "合计", "8.00", "fiscal_revenue")],
    "STM005": [cell("fiscal_summary", "213", "9.00"), cell("expenditure", "213", "8.00")],
    "STM006": [cell("general", "2130301", "9.00"), cell("expenditure", "2130301", "8.00")],
    "STM007": [cell("general_basic", "e301", "9.00"), cell("general_basic", "人员经费", "8.00")],
    "STM008": [cell("general_basic", "e302", "9.00"), cell("general_basic", "公用经费", "8.00")],
    "STM010": [cell("fund", "合计", v, c) for c, v in (("opening", "1.00"), ("revenue", "9.00"),
                                                       ("expenditure", "8.00"), ("closing", "1.00"))],
    "STM012": [cell("summary", "opening", "1.00"), cell("fiscal_summary", "opening", "2.00")],
    "STM013": [cell("expenditure", "合计", "8.00", "basic"), cell("general_basic", "合计", "9.00")],
    "STM014": [cell("three_public", "reception", "8.00"), cell("general_basic", "e30217", "9.00")],
    "STM015": [cell("three_public", "reception", "8.00", basis="budget"),
               cell("three_public", "reception", "9.00")],
    "STM016": [cell("summary", "other_income", "-8.00")],
}  # fmt: skip


@pytest.mark.parametrize("rule", BROKEN)
def test_rule_runs_on_records(rule: str) -> None:
    found = checked(*BROKEN[rule]).findings

    assert rule in {name for one in found for name in (one.rule, *one.consequences)}


def test_table_that_does_not_balance() -> None:
    report = checked(SUMMARY[0], cell("summary", "支出总计", "502.00"))

    (one,) = report.findings
    assert {one.rule, *one.consequences} == {"BAL001", "STM001"}


def test_place_of_a_form_that_is_told_twice_must_agree() -> None:
    twice = [cell("general", "2130301", value, "basic") for value in ("9.00", "8.00", "9.00")]

    report = checked(*twice)

    assert rules(report) == ["XRF001"]
    assert "这里是 8.00，别处是 9.00" in report.findings[0].message


def test_details_need_not_be_complete() -> None:
    classes = [cell(form, "213", "9.00") for form in ("general", "expenditure")]
    part = {"form": "general", "item": "2130306", "value": "1.00", "label": "2130306（项）水利"}

    assert rules(checked(*classes, part)) == []


def test_restated_in_another_unit() -> None:
    same = [
        fact("净资产", "1234.50"),
        fact("净资产", "12345000.00元"),
        fact("净资产", "0.12345", unit="亿元"),
    ]

    assert rules(checked(*same)) == []
    assert rules(checked(*same, fact("净资产", "12345000.01", unit="元"))) == []
    assert rules(checked(*same, fact("净资产", "12345060.00", unit="元"))) != []


def test_numbers_are_no_prose() -> None:
    told = fact("会议费", "9.00", label="2019年比上年增加3.00万元，下降5%，完成预算的××%")
    reading = checked(told).reading
    assert reading is not None

    assert len(reading.figures) == 1
    assert reading.claims == ()
