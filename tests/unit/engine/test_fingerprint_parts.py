"""What goes into a fingerprint, and what does not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from validator.document import Span
from validator.engine.fingerprints import counted, merged, normalised, sentence, unnumbered
from validator.findings import Category, Evidence, Finding, Report, Severity
from validator.readers import read_bytes
from validator.run import check_document, shipped_rules

SHARE = "2023年度本年收入合计300.00万元，其中：财政拨款收入100.00万元，占35%。"


def report(text: str, *rules: str) -> Report:
    """Check a text with some of the shipped rules, or all."""
    ruleset = shipped_rules().only(*rules) if rules else shipped_rules()
    return check_document(read_bytes(text.encode(), "t.txt"), ruleset)


def prints(text: str, *rules: str) -> list[str]:
    return [finding.fingerprint for finding in report(text, *rules).findings]


def the_print(text: str, *rules: str) -> str:
    (found,) = prints(text, *rules)
    return found


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("１，２３４．５０ 万元", "1234.50万元"),
        ("1,234,567.00元", "1234567.00元"),
        ("占３５％", "占35%"),
        ("1 234.5\n万元", "1234.5万元"),
        ("86,05万元", "86,05万元"),
        ("“三公”经费", '"三公"经费'),
        ("「三公」经费", '"三公"经费'),
        ("－5.00", "-5.00"),
        ("−5.00", "-5.00"),
        ("⽀出", "支出"),
        ("收[bookmark: 12]入\u200b", "收入"),
        ("31.00万元", "31.00万元"),
    ],
)
def test_prints_of_the_same_words_are_the_same(printed: str, expected: str) -> None:
    assert normalised(printed) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("一、收入情况", "收入情况"),
        ("十二、收入情况", "收入情况"),
        ("（三）收入情况", "收入情况"),
        ("(3) 收入情况", "收入情况"),
        ("3．收入情况", "收入情况"),
        ("3、收入情况", "收入情况"),
        ("③收入情况", "收入情况"),
        ("第三部分 收入情况", "收入情况"),
        ("第三部分 一、收入情况", "收入情况"),
        ("三、", ""),
        ("完成情况：\n1.增收\n2.节支", "完成情况:增收节支"),
        ("3.50万元", "3.50万元"),
        ("2023年收入", "2023年收入"),
        ("12.……。", "......。"),
    ],
)
def test_list_numbers_are_left_out(line: str, expected: str) -> None:
    assert unnumbered(line) == expected


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("甲做完。（一）乙花了1,200.50元，很好；丙没有。", "很好", "乙花了#元,很好"),
        ("甲做完。。乙也是。", "。。", "甲做完。。"),
        ("项目\t说明\n办公费3\tXX万元\n", "XX", "办公费#|XX万元"),
    ],
)
def test_a_sentence_has_no_figures_of_its_own(text: str, word: str, expected: str) -> None:
    document = read_bytes(text.encode(), "t.txt")
    at = text.index(word)

    assert sentence(document, Span(at, at + len(word))) == expected


@pytest.mark.parametrize(
    "other",
    [
        f"本段为补充说明。\n{SHARE}",
        f"七、收入情况说明\n{SHARE}",
        SHARE.replace("300.00", "３００．００"),
        SHARE.replace("300.00万元", "300.00 万元"),
        SHARE.replace("，其中", "，\n其中"),
    ],
    ids=["below a paragraph", "below a heading", "full width", "a blank", "a broken line"],
)
def test_the_same_statement_keeps_its_fingerprint(other: str) -> None:
    assert the_print(other, "SHR001") == the_print(SHARE, "SHR001")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("300.00", "310.00"),
        ("300.00", "300.0"),
        ("100.00", "101.00"),
        ("35%", "36%"),
        ("财政拨款收入", "事业收入"),
        ("2023", "2022"),
    ],
)
def test_another_figure_item_or_year_is_another_finding(old: str, new: str) -> None:
    assert the_print(SHARE.replace(old, new), "SHR001") != the_print(SHARE, "SHR001")


def test_a_neighbour_that_is_not_compared_may_change() -> None:
    text = "2023年度公务接待费支出3.00万元，接待{}批次，比上年增加0.80万元，下降5.97%。"

    assert the_print(text.format(12), "CHG001") == the_print(text.format(15), "CHG001")


def test_the_same_words_about_another_item_are_another_finding() -> None:
    text = "2023年度{}支出3.00万元，比上年增加0.80万元，下降5.97%。"
    items = ("公务接待费", "公务用车运行维护费")
    first, second = (the_print(text.format(item), "CHG001") for item in items)

    assert first != second


def test_a_figure_that_is_not_underlined_counts() -> None:
    text = "2023年度教育支出决算为50.00万元，完成年初预算的{}，决算数大于预算数。"
    findings = [report(text.format(rate), "CMP003").findings for rate in ("100%", "98%")]

    assert [len(found) for found in findings] == [1, 1]
    assert findings[0][0].fingerprint != findings[1][0].fingerprint


def test_two_reports_with_the_same_slip_are_two_findings() -> None:
    text = "云岭县{0}2023年度部门决算\n云岭县{0}属于一级预算单位。\n" + SHARE

    assert prints(text.format("水务局"), "SHR001") != prints(text.format("档案馆"), "SHR001")


def test_twins_are_counted() -> None:
    once, twice = prints(SHARE, "SHR001"), prints(f"{SHARE}\n{SHARE}", "SHR001")

    assert twice[0] == once[0]
    assert len(set(twice)) == 2


def test_a_wrong_number_of_a_heading_is_known_by_its_heading() -> None:
    text = "{}、收入情况\n甲乙丙丁。\n{}、支出情况\n甲乙丙丁。\n{}、结余情况\n甲乙丙丁。\n{}、其他情况\n甲乙丙丁。\n"
    first = report(text.format("一", "二", "四", "五"), "NUM001").findings
    later = report(
        "一、概况\n甲乙丙丁。\n" + text.format("二", "三", "五", "六"), "NUM001"
    ).findings

    assert len(first) == len(later) == 1
    assert first[0].fingerprint == later[0].fingerprint


def test_residue_is_known_by_its_sentence_without_figures() -> None:
    text = "2023年度共支出{}万元，由XX局使用。"
    first, later, other = (
        prints(one, "TPL001")
        for one in (text.format("12.00"), text.format("15.00"), "2023年度由XX局承办会议。")
    )

    assert len(first) == 1
    assert first == later
    assert first != other


def test_a_finding_of_many_places_stays_while_they_are_mended() -> None:
    line = "2023年度文化体育与传媒支出{}万元。"
    one, two = line.format("12.00"), line.format("12.00") + "\n另有" + line.format("3.00")

    assert prints(one, "COD001") == prints(two, "COD001") != []


def test_merged_findings_do_not_depend_on_their_order() -> None:
    assert merged(["a", "b"]) == merged(["b", "a"])
    assert merged(["a", "b"]) != merged(["a", "b", "b"])
    assert len(merged(["a", "b"])) == 16


def test_counting_leaves_single_findings_alone() -> None:
    finding = Finding(
        "X", "x", "", Category.OTHER, Severity.ERROR, "", "", (Evidence("text", Span(0, 1)),)
    )
    found = counted([replace(finding, fingerprint=name) for name in ("a", "b", "a", "a")])

    assert [one.fingerprint for one in found[:2]] == ["a", "b"]
    assert len({one.fingerprint for one in found}) == 4
