"""Both sides of a comparison as numbers: exact, in one unit, or not at all."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from validator.run import check

if TYPE_CHECKING:
    from validator.findings import Evaluation

HEAD = "云岭县水务局2023年度部门决算\n一、收入支出决算总体情况说明\n"


def of(rule: str, text: str) -> list[Evaluation]:
    report = check((HEAD + text).encode(), name="a.txt")
    return [one for one in report.evaluations if one.rule == rule and one.computation]


def test_a_sum_beside_what_is_stated() -> None:
    (one,) = of(
        "SUM001", "本年收入合计30.00万元，其中：财政拨款收入12.5万元，其他收入17.25万元。"
    )

    assert one.sides is not None
    assert (one.sides.left, one.sides.right) == (Decimal("29.75"), Decimal("30.00"))
    assert (one.sides.stated, one.sides.computed) == (Decimal("30.00"), Decimal("29.75"))
    assert (one.sides.gap, one.sides.unit) == (Decimal("-0.25"), "万元")


def test_a_sum_is_not_rounded_to_the_stated_place() -> None:
    (one,) = of(
        "SUM001", "本年收入合计30万元，其中：财政拨款收入12.54万元，其他收入17.23万元。"
    )

    assert one.sides is not None
    assert (one.sides.left, one.sides.right) == (Decimal("29.77"), Decimal(30))


def test_both_sides_stand_in_the_unit_of_the_stated_one() -> None:
    (one,) = of("PRD001", "安装预警广播75套，每套1800元，共支出12.00万元。")

    assert one.sides is not None
    assert (one.sides.computed, one.sides.stated) == (Decimal("13.50"), Decimal("12.00"))
    assert one.sides.unit == "万元"


def test_percentages_are_numbers_of_percent() -> None:
    (one,) = of("CHG002", "公务接待费支出10.00万元，比2022年增加3.00万元，增长30%。")

    assert one.sides is not None
    assert (one.sides.computed, one.sides.stated) == (Decimal("42.86"), Decimal(30))
    assert one.sides.unit == "%"


def test_directions_have_no_sides() -> None:
    text = "2023年支出96.42万元，比2022年的91.30万元增加5.12万元。"

    (amount,) = of("CHG003", text)
    (direction,) = of("CHG007", text)

    assert direction.computation == "96.42 − 91.30 = 5.12万元"
    assert (amount.sides is None, direction.sides) == (False, None)


def test_of_two_sums_neither_is_stated() -> None:
    text = "本年收入合计30万元，其中：财政拨款收入12万元，占40%；其他收入18万元，占50%。"

    (one,) = of("SHR002", text)

    assert one.sides is not None
    assert (one.sides.left, one.sides.right) == (Decimal(90), Decimal(100))
    assert (one.sides.stated, one.sides.computed) == (None, None)


def test_two_figures_are_told_as_they_stand() -> None:
    (one,) = of("BAL001", "2023年度收入总计100.00万元，支出总计90.00万元。")

    assert one.sides is not None
    assert (one.sides.stated, one.sides.computed) == (Decimal("100.00"), Decimal("90.00"))
