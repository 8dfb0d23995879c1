"""Kind ``codes``: names and codes are right for a year, and for each other."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from validator.document import (
    Block,
    BlockKind,
    Cell,
    Chart,
    ChartPoint,
    ChartSeries,
    Document,
    Span,
    Table,
)
from validator.engine.checks import codes
from validator.extract.code_lists import load_classification
from validator.findings import Category, Verdict
from validator.quantity import ONE

CLASSIFICATION = load_classification(Path(__file__).parents[3] / "rules" / "lexicon")


def make_document(*lines: str) -> Document:
    blocks, at = [], 0
    for index, text in enumerate(lines):
        blocks.append(Block(index, BlockKind.PARAGRAPH, Span(at, at + len(text))))
        at += len(text) + 1
    return Document("x", "txt", "", "\n".join(lines), tuple(blocks))


def make_table(*rows: tuple[str, ...]) -> Document:
    text = ""
    blocks: list[Block] = []
    cells: list[Cell] = []
    grid: list[tuple[int, ...]] = []
    for number, row in enumerate(rows):
        grid.append(tuple(range(len(cells), len(cells) + len(row))))
        for column, words in enumerate(row):
            span = Span(len(text), len(text) + len(words))
            blocks.append(Block(len(cells), BlockKind.CELL, span, table=0, row=number))
            cells.append(Cell(number, column, span))
            text += words + "\n"
    return Document(
        "x", "docx", "", text, tuple(blocks), (Table(0, tuple(cells), tuple(grid)),)
    )


def outcomes(each: str, document: Document, year: int = 2022, **params: str) -> list[Any]:
    rule: Any = SimpleNamespace(
        id="COD999", category=Category.CODE_NAME, each=each, params=params
    )
    context: Any = SimpleNamespace(
        document=document,
        reading=SimpleNamespace(year=year),
        lexicon=SimpleNamespace(classification=CLASSIFICATION),
    )
    return list(codes.check(rule, context))


def found(each: str, document: Document, year: int = 2022, **params: str) -> list[list[str]]:
    return [
        [document.quote(e.span) for e in outcome.evaluation.evidence]
        for outcome in outcomes(each, document, year, **params)
        if outcome.evaluation.verdict is Verdict.INCONSISTENT
    ]


def passed(each: str, document: Document, year: int = 2022) -> list[str]:
    return [
        document.quote(outcome.evaluation.evidence[0].span)
        for outcome in outcomes(each, document, year)
        if outcome.evaluation.verdict is Verdict.CONSISTENT
    ]


@pytest.mark.parametrize(
    ("text", "year", "expected"),
    [
        ("文化体育与传媒支出0万元", 2024, [["文化体育与传媒支出"]]),
        ("文化 体育与传媒（类）支出3万元", 2019, [["文化 体育与传媒"]]),
        ("国土海洋气象等支出（类）1万元", 2021, [["国土海洋气象等支出"]]),
        ("教育支出2万元，医疗卫生支出3万元", 2020, [["医疗卫生支出"]]),
        ("文化体育与传媒支出0万元", 2018, []),
        ("文化体育与传媒支出0万元", 0, []),
        ("文化旅游体育与传媒支出0万元", 2024, []),
        ("其他文化体育与传媒支出0万元", 2024, []),
        ("《关于文化体育与传媒支出的通知》", 2024, []),
        ("2018年文化体育与传媒支出5万元", 2024, []),
        ("原文化体育与传媒支出5万元", 2024, []),
        ("“文化体育与传媒支出”调整为“文化旅游体育与传媒支出”", 2024, []),
        ("加大医疗卫生支出力度", 2020, []),
        ("全市医疗卫生支出12亿元，比上年增加", 2020, []),
        ("医疗卫生与计划生育管理事务（款）", 2020, []),
    ],
)
def test_class_names_are_judged_by_the_report_year(
    text: str, year: int, expected: list[list[str]]
) -> None:
    assert found("name_by_year", make_document(text), year, level="class") == expected


def test_one_stale_name_is_one_finding_with_every_place_and_a_repair() -> None:
    document = make_document("文化体育与传媒支出1万元", "无关", "文化体育与传媒支出（类）2万元")

    (outcome,) = outcomes("name_by_year", document, 2024, level="class")

    assert len(outcome.evaluation.evidence) == 2
    assert outcome.repairs[0].replacement == "文化旅游体育与传媒支出"
    assert outcome.values["last"] == "2018"


def test_a_chart_label_is_a_place_too() -> None:
    document = make_document("医疗卫生支出")
    point = ChartPoint("医疗卫生支出", Span(0, 6), ONE, Span(0, 0))
    chart = Chart(0, "", Span(0, 6), (ChartSeries("", Span(0, 0), (point,)),))
    with_chart = Document("x", "docx", "", document.text, (), (), (chart,))

    assert found("name_by_year", with_chart, 2020, level="class") == [["医疗卫生支出"]]


@pytest.mark.parametrize(
    ("text", "year", "expected"),
    [
        ("行政事业单位离退休（款）8万元", 2021, [["行政事业单位离退休"]]),
        ("林业（款）事业机构（项）", 2020, [["林业"]]),
        ("行政事业单位离退休（款）8万元", 2019, []),
        ("行政事业单位离退休人员座谈", 2021, []),
        ("发展林业和农业", 2021, []),
        ("宗教事务（款）8万元", 2021, [["宗教事务"]]),
    ],
)
def test_group_names_are_judged_by_the_report_year(
    text: str, year: int, expected: list[list[str]]
) -> None:
    assert found("name_by_year", make_document(text), year, level="group") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("其他民政管理（类）支出5万元", [["其他民政管理（类）"]]),
        ("一般公共服务（类）支出5万元；外交（类）1万元；商业服务业（类）2万元", []),
        ("用于教育（类）支出5万元", []),
        ("工资福利支出（类）5万元，政府采购货物（类）3万元，按功能分类科目（类）列示", []),
        ("***（类）支出0万元", []),
    ],
)
def test_a_class_must_exist(text: str, expected: list[list[str]]) -> None:
    assert found("no_such_class", make_document(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("住房公积金（2210203）：支出7万元", [["2210203", "住房公积金"]]),
        ("2101103行政单位医疗支出4万元", [["2101103", "行政单位医疗支出"]]),
        ("卫生健康2080501：支出1万元", [["2080501", "卫生健康"]]),
        ("教育支出201（类）29（款）01（项）", [["201（类）29（款）01（项）", "教育支出"]]),
        ("行政运行（2079801）：支出7万元", []),
        ("行政运行（项）（2012901）：支出7万元", []),
        ("住房保障221（类）02（款）01（项）：支出7万元", []),
        ("住房公积金 ( 2210201 )：支出7万元", []),
        ("30201办公费5万元", []),
        ("住房公积金热线电话2825306", []),
        ("教育支出208万元，其中小学教育205万元", []),
        ("住房公积金2210203元，办公费30299元", []),
        ("图书馆（208）个，卫生健康（208）支出5万元", [["208", "卫生健康"]]),
        ("卫生健康支出2080501支出决算为4万元", [["2080501", "卫生健康支出"]]),
        ("死亡抚恤（208类）（08款）（02项）1万元", [["208类）（08款）（02项）", "死亡抚恤"]]),
        ("2080505机关事业单位基本养老保险缴费支出4万元", []),
        ("列一般性转移支付收入110类02款58项", []),
        ("支出31000公务接待费", []),
        ("50201会议费5万元", [["50201", "会议费"]]),
        ("2168888棚户区改造支出5万元", []),
        ("2168888老旧小区改造5万元", [["2168888", "老旧小区改造"]]),
    ],
)
def test_a_code_must_bear_the_name_beside_it(text: str, expected: list[list[str]]) -> None:
    assert found("code_name", make_document(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("统战事务（款）行政运行（项）（2013201）1万元", []),
        ("一般公共服务（类）统战事务（款）行政运行（项）（2013401）1万元", []),
        (
            "一般公共服务（类）统战事务（款）行政运行（项）（2013201）1万元",
            ["一般公共服务（类）统战事务（款）行政运行（项）（2013201）"],
        ),
        (
            "教育支出（类）统战事务（款）行政运行（项）2013401支出1万元",
            ["教育支出（类）统战事务（款）行政运行（项）2013401"],
        ),
        (
            "社会保障和就业支出（208类）抚恤（05款）死亡抚恤（01项）1万元",
            ["社会保障和就业支出（208类）抚恤（05款）死亡抚恤（01项）"],
        ),
        ("社会保障和就业支出（208类）抚恤（08款）死亡抚恤（01项）1万元", []),
        ("社会保障和就业支出（208类）抚恤（20808款）死亡抚恤（2080801项）1万元", []),
        ("一般公共服务（类）统战事务（款）行政运行（项）2013201元", []),
        ("一般公共服务（类）统战事务（款）行政运行（项）2013201.50，其中", []),
        ("一般公共服务（类）统战事务（款）行政运行（项）2998877人", []),
        ("驻外208（类）20908（款）2090801（项）", ["208（类）20908（款）2090801（项）"]),
        ("208（类）20808（款）2080801（项）", []),
    ],
)
def test_digits_begin_with_those_of_the_names_above(text: str, expected: list[str]) -> None:
    assert found("chain_code", make_document(text)) == [[quote] for quote in expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("行政单位离退休（2080501）1万元；归口管理的行政单位离退休（2080501）1万元", 1),
        ("2019年归口管理的行政单位离退休（2080501）1万元；行政单位离退休（2080501）1万元", 0),
        ("行政单位离退休（2080501）1万元；行政单位离退休支出（2080501）1万元", 0),
        ("行政单位离退休（2080501）1万元；死亡抚恤（2080501）1万元", 0),
    ],
)
def test_a_code_has_one_name_in_a_report(text: str, expected: int) -> None:
    assert len(found("two_names", make_document(*text.split("；")))) == expected


@pytest.mark.parametrize(
    ("text", "year", "expected"),
    [
        ("文化和旅游（款）其他文化支出（项）8万元", 2021, [["其他文化支出"]]),
        ("文化（款）其他文化支出（项）8万元", 2018, []),
        ("原“其他文化支出（项）”8万元", 2021, []),
        ("2018年其他文化支出（项）8万元", 2021, []),
        ("其他文化支出8万元", 2021, []),
        ("30307医疗费8万元", 2021, [["医疗费"]]),
        ("30307医疗费8万元", 2016, []),
        ("30114医疗费8万元", 2021, []),
        ("归口管理的行政单位离退休（项）8万元", 2024, []),
    ],
)
def test_item_names_are_judged_by_the_report_year(
    text: str, year: int, expected: list[list[str]]
) -> None:
    assert found("name_by_year", make_document(text), year, level="item") == expected


def test_codes_in_a_table_are_read_where_others_agree() -> None:
    rows = (("2012901", "行政运行"), ("2210201", "住房公积金"), ("2210202", "购房补贴"))

    assert found("code_name", make_table(*rows)) == [["2210202", "购房补贴"]]
    assert found("code_name", make_table(rows[2])) == []


@pytest.mark.parametrize(
    ("text", "year", "expected"),
    [
        ("行政单位医疗（2100501）：指行政单位缴费", 2020, [["2100501"]]),
        ("应急管理（2240109）：支出4万元", 2018, [["2240109"]]),
        ("其他（2980101）：支出决算为4万元", 2022, [["2980101"]]),
        ("2016年行政单位医疗（2100501）4万元", 2020, []),
        ("行政单位医疗（2100501）：指行政单位缴费", 2016, []),
        ("行政单位医疗（2100501）：指行政单位缴费", 0, []),
        ("办公室电话2980101，传真2980102", 2022, []),
        ("总额2980101.50元", 2022, []),
        ("其他（2980101）：支出决算为4万元", 2031, []),
        ("30403财政贴息4万元", 2020, [["30403"]]),
        ("30403财政贴息4万元", 2016, []),
    ],
)
def test_a_code_must_exist_in_the_year(text: str, year: int, expected: list[list[str]]) -> None:
    assert found("code_validity", make_document(text), year) == expected


@pytest.mark.parametrize("each", sorted(codes._KINDS))
def test_a_year_before_the_classification_has_no_checks_of_codes(each: str) -> None:
    text = "2050201学前教育支出2万元，2130101行政运行，文化体育与传媒支出（类）3万元，29901。"

    assert outcomes(each, make_document(text), 2006) == []


def test_an_abolished_code_is_repaired_by_its_successor() -> None:
    document = make_document("行政单位医疗（2100501）：指行政单位缴费")

    (outcome,) = outcomes("code_validity", document, 2020)

    assert [r.replacement for r in outcome.repairs] == ["2101101"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("教育支出（类）普通教育（款）住房保障支出（项）", 1),
        ("教育支出（类）行政事业单位医疗（款）事业单位医疗（项）", 1),
        ("其他支出（类）其他支出（款）其他支出（项）", 0),
        ("教育支出（类）普通教育（款）小学教育（项）", 0),
        ("教育支出（类）某某教育（款）某项（项）", 0),
        ("教育支出（类）住房公积金（项）", 1),
        ("社会保障和就业支出（类）抚恤（款）行政单位离退休（项）", 1),
        ("社会保障和就业支出（类）抚恤（款）某项补助（项）", 0),
        ("一般公共服务（类）财政事务（款）信息化建设（项）", 0),
        ("援助其他地区支出（类）教育（款）", 0),
        ("城乡社区支出（类）某某支出（款）农村基础设施建设支出（项）", 0),
    ],
)
def test_items_stand_under_their_class(text: str, expected: int) -> None:
    assert len(found("class_as_item", make_document(f"1.{text}3万元"))) == expected


def test_wrong_level_words_are_gathered() -> None:
    document = make_document(
        "甲（类）乙（款）丙丙（项目）1万元", "甲（类）乙（款）丁丁（项目）2万元", "民生（项目）"
    )

    assert found("level_word", document) == [["丙丙（项目）", "丁丁（项目）"]]


@pytest.mark.parametrize(
    ("each", "text", "expected"),
    [
        ("name_by_year", "教育（类）1万元，教育支出2万元", ["教育"]),
        ("code_name", "住房公积金（2210201）", ["2210201"]),
        ("code_validity", "住房公积金（2210201）", ["2210201"]),
        ("class_as_item", "教育支出（类）普通教育（款）", ["教育支出（类）普通教育（款）"]),
    ],
)
def test_what_was_verified_is_said_once(each: str, text: str, expected: list[str]) -> None:
    assert passed(each, make_document(text, text)) == expected
