"""Budget classification: names by year, code status, located errors."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from validator.errors import RuleError
from validator.extract.classification import (
    LAST_YEAR,
    Classification,
    CodeStatus,
    short_name,
)
from validator.extract.code_lists import load_classification

LEXICON = Path(__file__).parents[3] / "rules" / "lexicon"


@pytest.fixture(scope="module")
def classification() -> Classification:
    return load_classification(LEXICON)


@pytest.mark.parametrize(
    ("code", "year", "expected"),
    [
        ("210", 2013, ("医疗卫生支出",)),
        ("210", 2018, ("医疗卫生与计划生育支出",)),
        ("210", 2019, ("卫生健康支出",)),
        ("207", 2018, ("文化体育与传媒支出",)),
        ("215", 2019, ("资源勘探信息等支出",)),
        ("215", 2020, ("资源勘探工业信息等支出",)),
        ("20805", 2020, ("行政事业单位养老支出",)),
        ("2013201", 2022, ("行政运行",)),
        ("30211", 2022, ("差旅费",)),
        ("2019801", 2022, ()),
        ("30311", 2017, ("住房公积金",)),
        ("30113", 2022, ("住房公积金",)),
        ("50103", 2022, ("住房公积金",)),
        ("2070199", 2018, ("其他文化支出",)),
    ],
)
def test_name_of_a_code_depends_on_the_year(
    classification: Classification, code: str, year: int, expected: tuple[str, ...]
) -> None:
    assert expected == classification.names_of(code, year)


@pytest.mark.parametrize(
    ("code", "year", "expected"),
    [
        ("224", 2018, CodeStatus.NOT_YET),
        ("2240106", 2018, CodeStatus.NOT_YET),
        ("2240106", 2019, CodeStatus.VALID),
        ("2100501", 2016, CodeStatus.VALID),
        ("2100501", 2020, CodeStatus.ENDED),
        ("2100588", 2020, CodeStatus.ENDED),
        ("2980101", 2020, CodeStatus.IMPOSSIBLE),
        ("2980101", 2031, CodeStatus.UNKNOWN),
        ("2012988", 2020, CodeStatus.UNKNOWN),
        ("2080504", 2021, CodeStatus.UNKNOWN),
        ("30299", 2021, CodeStatus.VALID),
        ("30288", 2021, CodeStatus.UNKNOWN),
        ("30403", 2021, CodeStatus.ENDED),
        ("30403", 2016, CodeStatus.VALID),
        ("30113", 2016, CodeStatus.UNKNOWN),
        ("50601", 2021, CodeStatus.VALID),
    ],
)
def test_only_certain_years_condemn_a_code(
    classification: Classification, code: str, year: int, expected: CodeStatus
) -> None:
    assert expected is classification.code_status(code, year)


@pytest.mark.parametrize(
    ("name", "year", "expected"),
    [
        ("医疗卫生与计划生育支出", 2020, ("210", "卫生健康支出")),
        ("医疗卫生与计划生育", 2018, None),
        ("文化体育与传媒", 2024, ("207", "文化旅游体育与传媒支出")),
        ("行政事业单位离退休", 2020, ("20805", "行政事业单位养老支出")),
        ("行政事业单位离退休", 2019, None),
        ("未归口管理的行政单位离退休", 2024, None),
        ("卫生健康支出", 2020, None),
        ("其他文化支出", 2021, ("2070199", "其他文化和旅游支出")),
        ("消费者权益保护", 2021, None),
        ("宗教事务", 2021, ("20124", "")),
        ("医疗卫生与计划生育支出", 0, None),
    ],
)
def test_stale_names_say_what_the_code_is_called_now(
    classification: Classification, name: str, year: int, expected: tuple[str, str] | None
) -> None:
    stale = classification.stale(name, year)

    assert expected == (stale and (stale.code, stale.current))


@pytest.mark.parametrize(
    ("text", "year", "expected"),
    [
        ("一般公共服务", 0, "201"),
        ("教育支出", 2022, "205"),
        ("商业服务业等 支出", 2022, "216"),
        ("卫生健康", 2018, None),
        ("医疗卫生", 0, "210"),
        ("其他应急管理", 0, None),
    ],
)
def test_class_is_found_by_full_and_short_name(
    classification: Classification, text: str, year: int, expected: str | None
) -> None:
    assert expected == classification.class_of_name(text, year)


def test_one_name_may_belong_to_several_codes(classification: Classification) -> None:
    expected = {"2210201", "30113", "30311", "50103"}

    assert expected == classification.codes_named("住房公积金")
    assert frozenset() == classification.codes_named("差旅补助")


@pytest.mark.parametrize(
    ("code", "name", "expected"),
    [
        ("2210203", "住房公积金", True),
        ("2210201", "住房公积金", False),
        ("30113", "提租补贴", True),
        ("30312", "提租补贴", False),
        ("2210201", "差旅补助", False),
        ("2210288", "住房公积金", False),
        ("2080807", "死亡抚恤", False),
        ("50201", "办公费", False),
    ],
)
def test_a_code_is_denied_a_name_only_when_both_are_certain(
    classification: Classification, code: str, name: str, expected: bool
) -> None:
    assert expected is classification.surely_not(code, name)


@pytest.mark.parametrize(
    ("group", "item", "top", "expected"),
    [
        ("统战事务", "行政运行", "", "2013401"),
        ("统战事务", "行政运行", "一般公共服务", "2013401"),
        ("其他外交支出", "其他外交支出", "", "2029999"),
        ("统战事务", "行政运行", "教育支出", ""),
        ("统战事务", "死亡抚恤", "", ""),
        ("", "行政运行", "", ""),
    ],
)
def test_group_and_item_name_one_code(
    classification: Classification, group: str, item: str, top: str, expected: str
) -> None:
    assert expected == classification.item_code(group, item, top)


def test_names_of_several_groups_are_shared(classification: Classification) -> None:
    assert {"行政运行", "事业运行", "信息化建设"} <= classification.shared
    assert not {"住房公积金", "宗教事务", "信访事务", "其他支出"} & classification.shared


def test_other_expenditure_keeps_its_last_word() -> None:
    assert short_name("其他支出") == "其他支出"
    assert short_name("维修(护)费") == "维修（护）费"


def test_every_listed_code_stands_under_its_parent(classification: Classification) -> None:
    parentless = {
        code
        for code in classification.namings
        if len(code) > 3 and code[:-2] not in classification.namings
    }

    assert set() == parentless


def test_certain_names_of_a_code_follow_each_other(classification: Classification) -> None:
    """No two names of a code are certain for one year, and the older stands first."""
    clashes = {
        code
        for code, names in classification.namings.items()
        for before, after in pairwise([n for n in names if n.sure and n.last < LAST_YEAR])
        if before.last >= after.first
    }

    assert set() == clashes


def test_every_recurring_item_is_bounded_by_its_group(classification: Classification) -> None:
    assert classification.code_status("2011501", 2018) is CodeStatus.VALID
    assert classification.code_status("2011501", 2020) is CodeStatus.ENDED


FUNCTIONS = (
    "source: x\nuntil: 2020\nshort: {}\nrecurring: []\ncodes: |\n  201 一般公共服务支出\n"
)


@pytest.mark.parametrize(
    ("functions", "expected"),
    [
        (FUNCTIONS + "  20101 甲\n  20101 甲\n", "functions.yaml:8：20101 的“甲”写了两次"),
        (FUNCTIONS + "  30101 甲\n", "functions.yaml:7：编码 30101 应以 2 开头"),
        (FUNCTIONS + "  20201 甲\n", "functions.yaml:7：20201 的上级 202 应列在它前面"),
        (
            FUNCTIONS + "  20101 甲 乙 丙\n",
            "functions.yaml:7：这里应为“编码 名称 年度”，现为“20101 甲 乙 丙”",
        ),
        (FUNCTIONS + "\n  2010 甲\n  20101 甲\n", "functions.yaml:8：这里应为“编码 名称 年度”"),
        (FUNCTIONS + "  20101 甲 18\n", "functions.yaml:7：年度应写成 -2018"),
        (FUNCTIONS + "  20101 甲 -\n", "functions.yaml:7：年度应写成 -2018"),
        (FUNCTIONS + "  20101 甲 2020-2018\n", "functions.yaml:7：年度应写成 -2018"),
        (FUNCTIONS.replace("2020", "二〇"), "functions.yaml:2:8：年份应为四位数字，现为“二〇”"),
        ("source: x\nlong: {}\n", "functions.yaml:2:1：不认识“long”；可用：source"),
        ("source: x\nsource: y\n", "functions.yaml:2:1：“source”写了两次"),
        ("source: x\n", "functions.yaml:1:1：缺少 until"),
        ("", "文件是空的"),
        ("a: [", "YAML 格式不对"),
    ],
)
def test_errors_say_where(tmp_path: Path, functions: str, expected: str) -> None:
    (tmp_path / "functions.yaml").write_text(functions, encoding="utf-8")

    with pytest.raises(RuleError) as caught:
        load_classification(tmp_path)

    assert expected in str(caught.value)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(RuleError, match=r"functions\.yaml：读不到词汇文件"):
        load_classification(tmp_path)
