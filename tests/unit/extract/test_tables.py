"""What is understood of tables: columns, rows, forms and units."""

from __future__ import annotations

import pytest

from validator import check
from validator.engine.pack_sources import rules_folder
from validator.extract import understand
from validator.extract.lexicon import load_lexicon
from validator.facts import FundScope
from validator.readers import read_bytes
from validator.statements import Column, ColumnKind, Lane, RowRole, Statement

LEXICON = load_lexicon(rules_folder() / "lexicon")
HEAD = "青溪县水务局2023年度部门决算"


def statements(text: str) -> list[Statement]:
    """Tables of a text that were understood."""
    document = read_bytes(f"{HEAD}\n{text}".encode(), "表.txt")
    return list(understand(document, LEXICON).statements)


def only(text: str) -> Statement:
    (statement,) = statements(text)
    return statement


def lanes(text: str) -> list[Lane]:
    return [lane for band in only(text).bands for lane in band.lanes]


def values(lane: Lane) -> list[Column]:
    labels = (ColumnKind.LABEL, ColumnKind.CODE, ColumnKind.ORDER)
    return [column for column in lane.columns if column.kind not in labels]


EXPENDITURE = """\
支出决算表
金额单位：万元
| 科目编码 | 科目名称 | 本年支出合计 | 基本支出 | 项目支出 |
| 合计 | | 300.00 | 200.00 | 100.00 |
| 201 | 一般公共服务支出 | 180.00 | 120.00 | 60.00 |
| 20126 | 档案事务 | 180.00 | 120.00 | 60.00 |
| 208 | 社会保障和就业支出 | 120.00 | 80.00 | 40.00 |"""


def test_expenditure_by_code() -> None:
    statement = only(EXPENDITURE)
    (lane,) = statement.bands[0].lanes

    assert (statement.form, statement.unit) == ("expenditure", "万元")
    assert [c.item for c in values(lane)] == ["total", "basic", "project"]
    assert [row.code for row in lane.rows] == ["", "201", "20126", "208"]
    assert [row.role for row in lane.rows] == [RowRole.TOTAL, *[RowRole.ITEM] * 3]


@pytest.mark.parametrize(
    ("title", "form", "scope"),
    [
        ("收入支出决算总表", "summary", FundScope.ALL),
        ("2023年度部门收入支出决算总表", "summary", FundScope.ALL),
        ("公开02表 收入决算表", "revenue", FundScope.ALL),
        ("2023年度单位支出决算表", "expenditure", FundScope.ALL),
        ("表5 一般公共预算财政拨款支出决算表", "general", FundScope.GENERAL),
        ("一般公共预算财政拨款收入支出决算表", "general", FundScope.GENERAL),
        ("财政拨款支出决算明细表", "fiscal_detail", FundScope.FISCAL),
        ("国有资本经营预算财政拨款支出决算表", "capital", FundScope.CAPITAL),
        ("机关运行经费支出统计表", "", FundScope.UNKNOWN),
        ("政府采购支出情况表", "purchase", FundScope.ALL),
        ("某市国有资产监督管理委员会支出决算表", "expenditure", FundScope.ALL),
        ("大气污染防治专项资金支出情况表", "", FundScope.UNKNOWN),
        ("支出决算表（分单位）", "expenditure_units", FundScope.ALL),
        (
            "一般公共预算基本支出表（政府预算支出经济分类）",
            "general_basic_government",
            FundScope.GENERAL,
        ),
        (
            "一般公共预算财政拨款“三公”经费及会议费、培训费支出决算表",
            "three_public",
            FundScope.FISCAL,
        ),
    ],
)
def test_title_names_the_form(title: str, form: str, scope: FundScope) -> None:
    statement = only(EXPENDITURE.replace("支出决算表", title))

    assert (statement.form, statement.scope) == (form, scope)


def test_codes_in_three_columns_keep_equal_pieces() -> None:
    (lane,) = lanes(
        "支出决算表\n单位：万元\n"
        "| 科目编码 | | | 科目名称 | 本年支出合计 | 基本支出 |\n"
        "| 类 | 款 | 项 | | | |\n"
        "| 208 | 05 | 05 | 机关事业单位基本养老保险缴费支出 | 1.00 | 1.00 |"
    )

    assert [row.code for row in lane.rows] == ["2080505"]


def test_summary_has_two_lanes() -> None:
    found = lanes(
        "收入支出决算总表\n单位：元\n| 项目 | 行次 | 决算数 | 项目 | 行次 | 决算数 |\n"
        "| 一、其他收入 | 1 | 5.00 | 一、教育支出 | 4 | 5.00 |\n"
        "| 本年收入合计 | 2 | 5.00 | 本年支出合计 | 5 | 5.00 |\n"
        "| 总计 | 3 | 5.00 | 总计 | 6 | 5.00 |"
    )

    assert [[row.item for row in lane.rows] for lane in found] == [
        ["other_income", "revenue", "total"],
        ["205", "expenditure", "total"],
    ]


def test_balances_split_by_nature_are_not_spending() -> None:
    (lane,) = lanes(
        "一般公共预算财政拨款收入支出决算表\n单位：万元\n"
        "| 科目编码 | 科目名称 | 年初结转和结余 | | 本年支出 | |\n"
        "| | | 合计 | 项目支出 | 合计 | 项目支出 |\n"
        "| 201 | 一般公共服务支出 | 3.00 | 3.00 | 9.00 | 9.00 |"
    )

    assert [c.item for c in values(lane)] == [
        "opening", "opening:project", "expenditure", "project",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("head", "kind", "year"),
    [
        ("上年决算数", ColumnKind.MONEY, -1),
        ("上年结转", ColumnKind.MONEY, 0),
        ("增减率（%）", ColumnKind.GROWTH, 0),
        ("完成年初预算比例（%）", ColumnKind.TEXT, 0),
        ("占本年支出比重", ColumnKind.TEXT, 0),
        ("执行率（B/A）", ColumnKind.EXECUTION, 0),
        ("单位代码", ColumnKind.ORDER, 0),
        ("2022年决算数", ColumnKind.MONEY, -1),
        ("2022年", ColumnKind.MONEY, -1),
        ("2023年决算数", ColumnKind.MONEY, 0),
        ("2019年决算数", ColumnKind.MONEY, 2019),
        ("增减（%）", ColumnKind.GROWTH, 0),
        ("增减（万元）", ColumnKind.CHANGE, 0),
        ("比上年增减额", ColumnKind.CHANGE, -1),
        ("2023年决算数比2022年决算数增减%", ColumnKind.GROWTH, 0),
    ],
)
def test_head_tells_what_its_column_holds(head: str, kind: ColumnKind, year: int) -> None:
    (lane,) = lanes(
        f"支出决算表\n单位：万元\n| 科目编码 | 科目名称 | 合计 | {head} | 基本支出 |\n"
        "| 201 | 一般公共服务支出 | 10.00 | 20.00 | 10.00 |"
    )
    column = lane.columns[3]

    assert (column.kind, column.year) == (kind, year)


def test_blank_zero_and_words_are_kept_apart() -> None:
    statement = only(
        "支出决算表\n单位：万元\n| 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 | 经营支出 |\n"
        "| 201 | 一般公共服务支出 | 0.00 | | — | 见附注 |"
    )
    (lane,) = statement.bands[0].lanes
    cells = [statement.figure(lane.rows[0], column) for column in values(lane)]

    assert cells[0] is not None
    assert cells[0].quantity.number == 0
    assert cells[1:] == [None, None, None]


def test_score_form() -> None:
    (lane,) = lanes(
        "项目支出绩效自评表\n| 一级指标 | 三级指标 | 指标性质 | 指标值 | 完成值 | 权重 | 得分 | 偏差原因 |\n"
        "| 产出指标 | 治理河道长度 | ≥ | 12 | 12 | 20 | 20 | |\n| 总分 | | | | | 100 | 98 | |"
    )

    assert [c.kind for c in values(lane)] == [
        ColumnKind.SYMBOL, ColumnKind.TARGET, ColumnKind.DONE, ColumnKind.WEIGHT,
        ColumnKind.SCORE, ColumnKind.REASON,
    ]  # fmt: skip
    assert [row.role for row in lane.rows] == [RowRole.ITEM, RowRole.TOTAL]


def test_piece_that_goes_on_joins_the_table_above() -> None:
    statement = only(
        f"{EXPENDITURE}\n续表\n| 科目编码 | 科目名称 | 本年支出合计 | 基本支出 | 项目支出 |\n"
        "| 210 | 卫生健康支出 | 40.00 | 40.00 | |"
    )
    (lane,) = statement.bands[0].lanes
    last = statement.figure(lane.rows[-1], lane.columns[2])

    assert lane.rows[-1].code == "210"
    assert last is not None
    assert str(last.quantity.unit) == "万元"


def test_table_with_a_total_of_its_own_does_not_join() -> None:
    assert len(statements(f"{EXPENDITURE}\n续表\n{EXPENDITURE.partition('万元')[2]}")) == 2


def test_rows_of_unequal_length_are_read() -> None:
    (lane,) = lanes(
        "支出决算表\n单位：万元\n科目编码\t科目名称\t合计\t基本支出\t项目支出\n"
        "201\t一般公共服务支出\t18.00\t12.00\t6.00\n208\t社会保障和就业支出\t8.00\t8.00"
    )

    assert [row.code for row in lane.rows] == ["201", "208"]


@pytest.mark.parametrize(
    "text",
    [
        "| 甲 | 乙 | 丙 |\n| 12.50 | 13.70 | 26.20 |\n| 11.20 | 10.10 | 21.30 |",
        "| 春 | 1.50 | 2.50 |\n| 夏 | 3.50 | 4.50 |\n| 秋 | 5.50 | 6.50 |",
    ],
)
def test_table_that_nobody_knows_is_told(text: str) -> None:
    report = check(f"{HEAD}\n统计情况\n{text}".encode(), name="表.txt")

    assert report.findings == ()
    assert report.reading is not None
    assert ["没有看懂" in line for line in report.reading.unread] == [True]


def test_head_that_nobody_knows_is_no_total() -> None:
    (lane,) = lanes(
        "项目支出表\n单位：万元\n| 项目名称 | 合计 | 本年拨款 | | 单位资金 |\n"
        "| | | 一般公共预算 | 政府性基金预算 | |\n"
        "| 合计 | 30.00 | 26.00 | | 4.00 |\n| 库房改造经费 | 30.00 | 26.00 | | 4.00 |"
    )

    assert [c.item for c in values(lane)] == [
        "total", "general_revenue", "fund_revenue", "单位资金",
    ]  # fmt: skip


def test_unit_of_a_rate_is_not_the_unit_of_amounts() -> None:
    statement = only(
        "一般公共预算支出表\n单位：万元\n| 科目编码 | 科目名称 | 上年预算数 | 本年预算数 | 增减率（%） |\n"
        "| 201 | 一般公共服务支出 | 8.00 | 10.00 | 25.00 |"
    )
    (lane,) = statement.bands[0].lanes
    units = [
        str(f.quantity.unit) for c in values(lane) if (f := statement.figure(lane.rows[0], c))
    ]

    assert units == ["万元", "万元", "%"]


def test_sheet_about_one_project_is_a_band_of_one_row() -> None:
    statement = only(
        "项目支出绩效目标表\n| 项目名称 | 库房改造经费 | | |\n"
        "| 项目资金（万元） | 实施期资金总额 | 90.00 | |\n| | 年度资金总额： | 30.00 | |\n"
        "| 一级指标 | 二级指标 | 三级指标 | 指标值 |\n| 产出指标 | 数量指标 | 改造库房 | ≥2间 |"
    )
    (lane,) = statement.bands[0].lanes
    amount = statement.figure(lane.rows[0], lane.columns[1])

    assert lane.rows[0].label == "库房改造经费"
    assert amount is not None
    assert (str(amount.quantity.number), str(amount.quantity.unit)) == ("30.00", "万元")


FUND = """\
政府性基金预算财政拨款收入支出决算表
单位：万元
| 科目编码 | 科目名称 | 本年收入 | 本年支出 | |
| | | | 小计 | 项目支出 |
"""


@pytest.mark.parametrize(
    ("rows", "after", "empty"),
    [
        ("| | | | | |\n", "本表无数据。", True),
        ("| 合计 | | | | |\n", "", True),
        ("| 合计 | | 0.00 | | |\n", "", False),
        ("| 合计 | | | | |\n", "| 甲 | 乙 |\n| 3.00 | 4.00 |\n", False),
        ("| 合计 | | | | |\n", f"{EXPENDITURE}\n", True),
    ],
    ids=["blank-row", "blank-total", "zero", "may-go-on", "another-form-follows"],
)
def test_form_without_a_number_is_empty(rows: str, after: str, empty: bool) -> None:
    first = statements(f"{FUND}{rows}\n{after}")[0]

    assert (first.form, first.empty) == ("fund", empty)
