"""Budget classification: names by year, code status, located errors."""

from __future__ import annotations

from pathlib import Path

import pytest

from validator.errors import RuleError
from validator.extract.classification import (
    Classification,
    CodeStatus,
    load_classification,
    short_name,
)

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
        ("2019901", 2022, ()),
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
        ("2012988", 2020, CodeStatus.UNKNOWN),
        ("2080504", 2021, CodeStatus.UNKNOWN),
        ("30299", 2021, CodeStatus.VALID),
        ("30288", 2021, CodeStatus.UNKNOWN),
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
    assert {"2210201", "30113"} == classification.codes_named("住房公积金")
    assert frozenset() == classification.codes_named("差旅补助")


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


FUNCTIONS = "source: x\nclasses: {'201': {names: [一般公共服务支出]}}\nrecurring: []\ncodes:\n"


@pytest.mark.parametrize(
    ("functions", "expected"),
    [
        (FUNCTIONS + "  '20101': 甲\n  '20101': 乙\n", "functions.yaml:6:3：“20101”写了两次"),
        (FUNCTIONS + "  '30101': 甲\n", "functions.yaml:5:12：编码 30101"),
        (FUNCTIONS + "  '20101': [{name: 甲, til: 2018}]\n", "5:23：不认识“til”；可用：name"),
        (FUNCTIONS + "  '20101': [{name: 甲, to: 18}]\n", "年份应为四位数字，现为“18”"),
        (FUNCTIONS + "  '20101': [{name: 甲, from: 2020, to: 2018}]\n", "from 2020 晚于"),
        (FUNCTIONS + "  '20101': [{to: 2018}]\n", "5:13：缺少 name"),
        ("source: x\n", "functions.yaml:1:1：缺少 classes"),
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
