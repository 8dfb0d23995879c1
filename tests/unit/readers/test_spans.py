"""Rows that lost their merged cells are laid over the columns again, or left alone."""

from __future__ import annotations

import pytest

from validator.findings import Severity
from validator.readers.spans import spans
from validator.run import check

CODED = [
    ["201", "一般公共服务支出", "180.00", "120.00", "60.00"],
    ["20126", "档案事务", "180.00", "120.00", "60.00"],
    ["2012601", "行政运行", "120.00", "120.00", ""],
]


def lengths(*rows: str) -> list[list[int]]:
    return spans([row.split("|") for row in rows])


def test_total_row_merges_code_and_name() -> None:
    rows = [["合计", "180.00", "120.00", "60.00"], *CODED]

    assert spans(rows)[0] == [2, 1, 1, 1]


def test_total_row_below() -> None:
    assert spans([*CODED, ["合计", "180.00", "120.00", "60.00"]])[-1] == [2, 1, 1, 1]


def test_code_in_three_columns() -> None:
    found = lengths("合计|9.00|5.00", "201|26|01|行政运行|9.00|5.00", "208|05|05|养老|1.00|")

    assert found[0] == [4, 1, 1]


def test_blank_cells_lost_at_the_end() -> None:
    assert spans([*CODED, ["2012604", "档案馆", "60.00"]])[-1] == [1, 1, 1]
    assert spans([*CODED, ["合计", "180.00"]])[-1] == [2, 1]


def test_two_lanes_with_totals() -> None:
    found = lengths(
        "人员经费|公用经费",
        "编码|名称|决算数|编码|名称|决算数",
        "301|工资福利支出|60.00|302|商品和服务支出|30.00",
        "303|对个人和家庭的补助|5.00|310|资本性支出|3.00",
        "人员经费合计|65.00|公用经费合计|33.00",
    )

    assert found[0] == [3, 3]
    assert found[-1] == [2, 1, 2, 1]


def test_header_with_twelve_columns() -> None:
    found = lengths(
        "预算数|决算数",
        "合计|出国费|公车费|接待费|合计|出国费|公车费|接待费",
        "||小计|购置费|运行费||||小计|购置费|运行费|",
        "12.00||9.00||9.00|3.00|10.50||8.50||8.50|2.00",
    )

    assert found[0] == [6, 6]
    assert found[1] == [1, 1, 3, 1, 1, 1, 3, 1]


def test_header_over_some_columns() -> None:
    found = lengths(
        "编码|名称|年初结转|本年收入|本年支出|年末结转",
        "||||小计|基本|项目|",
        "212|城乡社区支出|2.00|20.00|18.00||18.00|4.00",
    )

    assert found[0] == [1, 1, 1, 1, 3, 1]


FORM = [
    ["产出指标", "数量指标", "修复册数", "＝", "300", "册", "300", "20", "20", ""],
    ["产出指标", "质量指标", "合格率", "≥", "98", "%", "99", "30", "30", ""],
    ["效益指标", "社会效益", "满意率", "≥", "95", "%", "96", "40", "40", "无"],
]


def test_total_of_a_score_form() -> None:
    assert spans([*FORM, ["合计", "90", "90", ""]])[-1] == [7, 1, 1, 1]


@pytest.mark.parametrize(
    "row", [["主管部门", "县水务局", "实施单位", "水务局"], ["注", "见附件"]]
)
def test_row_that_fits_in_no_one_way_is_left_alone(row: list[str]) -> None:
    assert spans([*FORM, row])[-1] == [1] * len(row)


def test_full_rows_stay_as_they_are() -> None:
    assert spans(CODED) == [[1] * 5] * 3


@pytest.mark.parametrize("join", ["\t", "\n\t"])
def test_text_out_of_word_is_judged_like_the_word_file(join: str) -> None:
    rows = [
        ["项目", "本年支出合计", "基本支出", "项目支出"],
        ["科目编码", "科目名称", "", "", ""],
        ["合计", "300.00", "200.00", "100.00"],
        ["201", "一般公共服务支出", "180.00", "120.00", "60.00"],
        ["208", "社会保障和就业支出", "120.00", "80.00", "50.00"],
    ]
    lead, end = ("\t", "\n\n") if join.startswith("\n") else ("", "\n")
    table = "".join(lead + join.join(row) + end for row in rows)

    report = check(f"支出决算表\n单位：万元\n{table}".encode(), name="a.txt")

    assert report.document is not None
    errors = [f for f in report.findings if f.severity is Severity.ERROR]
    assert [report.document.quote(f.evidence[0].span) for f in errors] == ["50.00"]
