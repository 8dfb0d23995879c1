"""Each kind of error is planted where it can stand, and nowhere else."""

from __future__ import annotations

from pathlib import Path

import pytest

from validator.bench.grounds import clean
from validator.bench.plants import plants
from validator.bench.slips import CHINESE, Slip
from validator.edits import edited
from validator.readers.sources import Source
from validator.run import shipped_rules

HEAD = "云岭县水务局2023年度部门决算\n第二部分 2023年度部门决算情况说明\n一、收入支出决算总体情况说明\n"
SENTENCE = (
    "2023年度收入总计1234.56万元，比2022年度增加102.34万元，增长9.04%，其中：事业收入98.75万元，占8.00%；"
    "其他收入0万元，占0%。"
)
TABLE = "项目\t预算数\t决算数\n办公费\t3.20\t2.80\n差旅费\t5.10\t5.10\n"


def planted(slip: Slip, text: str, seed: int = 1) -> list[tuple[str, str]]:
    """What is replaced by what."""
    base = clean(Source("a.txt", data=(HEAD + text + "\n").encode()), shipped_rules())
    document = base.ground.document
    return [
        (document.quote(one.edit.span), one.edit.text)
        for one in plants(base.ground, slip, seed)
    ]


@pytest.mark.parametrize(
    ("slip", "wanted"),
    [
        (Slip.DIRECTION, [("增加", "减少"), ("增长", "下降")]),
        (Slip.PERCENT, [("9.04%", "9.04"), ("8.00%", "8.00"), ("0%", "0")]),
        (Slip.RATIO, [("9.04%", "0.0904%"), ("8.00%", "0.0800%")]),
        (Slip.POINTS, [("9.04%", "9.04个百分点")]),
        (Slip.LAST_YEAR, [("1234.56万元", "1132.22万元")]),
        (Slip.SEPARATORS, [("1234.56万元", "1,234.56万元")]),
    ],
)
def test_where_and_what(slip: Slip, wanted: list[tuple[str, str]]) -> None:
    assert planted(slip, SENTENCE) == wanted


def test_every_year_of_the_report() -> None:
    assert planted(Slip.YEAR, "2023年度支出1.20万元。") == [("2023", "2022")] * 3


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("决算数小于预算数的主要原因是厉行节约。", [("小于", "大于")]),
        ("决算数大于年初预算数的主要原因是增资。", [("大于", "小于")]),
        ("增速高于全市平均水平0.7个百分点。", []),
    ],
)
def test_comparisons_of_what_was_spent(text: str, wanted: list[tuple[str, str]]) -> None:
    assert planted(Slip.COMPARISON, f"支出3.20万元，{text}") == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("支出3.20万元。", {"元", "亿元"}),
        ("支出3.20亿元。", {"万元"}),
        ("支出320.00元。", {"万元"}),
    ],
)
def test_a_wrong_unit(text: str, wanted: set[str]) -> None:
    found = {
        new.lstrip("0123456789.")
        for seed in range(20)
        for _, new in planted(Slip.UNIT, text, seed)
    }

    assert found == wanted


def test_nothing_is_nothing_in_every_unit() -> None:
    assert planted(Slip.UNIT, "支出0万元。") == []


def test_a_minus_where_one_can_stand() -> None:
    assert planted(Slip.SIGN, "年末结转和结余3.20万元，办公费1.10万元。") == [
        ("3.20万元", "-3.20万元")
    ]
    assert planted(Slip.SIGN, "比上年增长-3.20%。") == [("-3.20%", "3.20%")]
    assert ("2.80", "-2.80") in planted(Slip.SIGN, TABLE)


def test_a_neighbour_of_the_same_unit_and_another_value() -> None:
    found = planted(Slip.NEIGHBOUR, "办公费3.20万元，占5.00%；差旅费3.20万元，会议费1.10万元。")

    assert found == [("3.20万元", "1.10万元"), ("1.10万元", "3.20万元")]


def test_a_neighbour_in_the_row() -> None:
    assert planted(Slip.NEIGHBOUR, TABLE) == [("3.20", "2.80"), ("2.80", "3.20")]


@pytest.mark.parametrize("slip", list(Slip), ids=str)
def test_every_kind_has_a_name_and_changes_something(slip: Slip) -> None:
    text = f"{SENTENCE}决算数小于预算数的主要原因是节约。"
    found = planted(slip, text)

    assert CHINESE[slip]
    assert found
    assert all(old != new for old, new in found)


@pytest.mark.parametrize("slip", list(Slip), ids=str)
def test_same_seed_same_plants(slip: Slip) -> None:
    assert planted(slip, SENTENCE, 7) == planted(slip, SENTENCE, 7)


def test_the_seed_chooses() -> None:
    found = {tuple(planted(Slip.DIGIT, SENTENCE, seed)) for seed in range(5)}

    assert len(found) > 1


def test_plants_can_be_made() -> None:
    base = clean(Source("a.txt", data=(HEAD + SENTENCE).encode()), shipped_rules())
    document = base.ground.document

    for one in plants(base.ground, Slip.DIGIT, 1):
        changed = edited(document, one.edit)
        assert changed.text != document.text
        assert changed.quote(one.edit.moved(one.edit.span)) == one.edit.text


def test_duties_and_goals_are_no_ground() -> None:
    text = "云岭县水务局2023年度部门决算\n第一部分 部门概况\n一、主要职能\n新建供水点37处，投资3.20万元。\n"
    base = clean(Source("a.txt", data=text.encode()), shipped_rules())

    assert plants(base.ground, Slip.DIGIT, 1) == []


def test_every_kind_is_explained() -> None:
    manual = (Path(__file__).parents[3] / "docs" / "cli.md").read_text(encoding="utf-8")

    assert [slip.value for slip in Slip if f"`{slip.value}`" not in manual] == []
