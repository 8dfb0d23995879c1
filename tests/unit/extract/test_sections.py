"""Sections, and what kind of report it is, for which year, whose and in which unit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from validator.engine.pack_sources import rules_folder
from validator.extract import understand
from validator.extract.lexicon import load_lexicon
from validator.facts import FundScope, ReportKind, SectionRole
from validator.readers import read_bytes

if TYPE_CHECKING:
    from validator.reading import Reading

LEXICON = load_lexicon(rules_folder() / "lexicon")

TEXT = """云岭县水务局2023年度部门决算
第一部分 部门概况
一、主要职能
负责全县水资源管理。
第二部分 2023年度部门决算情况说明
1、 收入支出决算总体情况说明
2023年度收入总计500.00万元，支出总计500.00万元。
二、一般公共预算财政拨款支出决算情况说明
（一）总体情况
2023年一般公共预算财政拨款支出400.00万元，比2022年增加20.00万元。
第三部分 名词解释
1.财政拨款收入：指单位从同级财政部门取得的资金。
"""


def read(text: str) -> Reading:
    return understand(read_bytes(text.encode(), "t.txt"), LEXICON)


def test_sections_have_levels_roles_and_scopes() -> None:
    found = [(s.level, s.title, s.role, s.scope) for s in read(TEXT).sections[1:]]

    assert found == [
        (1, "部门概况", SectionRole.ACCOUNTS, FundScope.UNKNOWN),
        (2, "主要职能", SectionRole.NARRATIVE, FundScope.UNKNOWN),
        (1, "2023年度部门决算情况说明", SectionRole.ACCOUNTS, FundScope.UNKNOWN),
        (2, "收入支出决算总体情况说明", SectionRole.ACCOUNTS, FundScope.ALL),
        (2, "一般公共预算财政拨款支出决算情况说明", SectionRole.ACCOUNTS, FundScope.GENERAL),
        (3, "总体情况", SectionRole.ACCOUNTS, FundScope.GENERAL),
        (1, "名词解释", SectionRole.GLOSSARY, FundScope.UNKNOWN),
    ]


def test_report_coordinates() -> None:
    reading = read(TEXT)

    assert (reading.kind, reading.year, reading.entity, reading.default_unit) == (
        ReportKind.FINAL_ACCOUNTS,
        2023,
        "云岭县水务局",
        "万元",
    )


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("某县民政局2024年部门预算编制说明", ReportKind.BUDGET),
        ("某县总工会整体支出绩效自评报告\n（2020年度）", ReportKind.PERFORMANCE),
        ("关于某市2023年预算执行情况和2024年预算草案的报告", ReportKind.EXECUTION_REPORT),
        ("某市司法局2022年度单位决算公开", ReportKind.FINAL_ACCOUNTS),
        ("一般公共预算支出安排365亿元，其中：教育支出75亿元。", ReportKind.EXECUTION_REPORT),
        ("一般公共预算财政拨款支出3.65亿元。", ReportKind.UNKNOWN),
        ("会议纪要", ReportKind.UNKNOWN),
    ],
)
def test_kind_comes_from_the_title(title: str, kind: ReportKind) -> None:
    assert read(f"{title}\n\n有关情况如下。\n").kind is kind


def test_a_compared_year_is_not_the_report_year() -> None:
    text = "2022年本年支出合计5.00万元，比2021年增加1.00万元，与2021年相比基本支出减少。"

    assert read(text).year == 2022
