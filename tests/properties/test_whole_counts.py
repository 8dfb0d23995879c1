"""Counts that are not printed: whatever is true can be printed, whatever cannot be is told."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from hypothesis import assume, given
from hypothesis import strategies as st
from printing import FACTORS, half_up

from validator.choosing import choose_rules
from validator.readers import read_bytes
from validator.run import check_document

if TYPE_CHECKING:
    from validator.findings import Report

RULES = choose_rules(preview=True)[0].only(
    "PRD001", "PRD002", "SHR004", "CHG002", "CHG004", "CHG010", "CHG011"
)
COUNTS = st.integers(1, 400)
UNITS = st.sampled_from([("元", 0), ("元", 2), ("万元", 2), ("万元", 4)])


def report(sentence: str) -> Report:
    return check_document(read_bytes(f"2023年部门决算\n{sentence}\n".encode(), "t.txt"), RULES)


def found(sentence: str) -> list[str]:
    return [finding.rule for finding in report(sentence).findings]


def money(fen: Fraction, printed: tuple[str, int]) -> str:
    unit, decimals = printed
    number = half_up(fen / (100 * FACTORS[unit]), decimals)
    assume(number)
    return f"{number:f}{unit}"


@given(COUNTS, st.integers(100, 10**6), UNITS, UNITS)
def test_a_standard_paid_to_a_whole_number_of_families_is_never_accused(
    number: int, fen: int, price: tuple[str, int], total: tuple[str, int]
) -> None:
    each, whole = money(Fraction(fen), price), money(Fraction(fen * number), total)

    assert found(f"对困难家庭每户补助{each}，共发放{whole}。") == []
    assert found(f"对困难家庭每户补助{each}，{number}户，共发放{whole}。") == []


@given(COUNTS, st.integers(10**4, 10**9), UNITS, UNITS)
def test_a_true_average_is_never_accused(
    number: int, fen: int, price: tuple[str, int], total: tuple[str, int]
) -> None:
    each, whole = money(Fraction(fen, number), price), money(Fraction(fen), total)

    assert found(f"公务接待费支出{whole}，人均{each}。") == []
    assert found(f"接待{number}人次，公务接待费支出{whole}，人均{each}。") == []
    assert found(f"公务接待人均{each}、{number}人次、共{whole}。") == []


@given(COUNTS, COUNTS, st.integers(0, 2))
def test_a_true_share_of_people_is_never_accused(part: int, whole: int, places: int) -> None:
    assume(part <= whole)
    share = half_up(Fraction(100 * part, whole), places)

    assert found(f"共有职工{whole}人，其中研究生占{share}%。") == []


@given(COUNTS, COUNTS, st.integers(0, 2))
def test_true_growth_of_a_count_is_never_accused(now: int, before: int, places: int) -> None:
    assume(now != before)
    grown = now > before
    rate = half_up(Fraction(100 * abs(now - before), before), places)
    word, changed = ("增长", "增加") if grown else ("下降", "减少")

    assert found(f"公务用车保有量{now}辆，比上年{word}{rate}%。") == []
    assert found(f"公务用车由{before}辆{changed}到{now}辆，{word}{rate}%。") == []


@given(st.integers(2, 99), st.integers(0, 999))
def test_a_share_that_no_number_of_people_gives_is_told(whole: int, permille: int) -> None:
    printed = Fraction(permille, 10)
    parts = [Fraction(100 * part, whole) for part in range(whole + 1)]
    # Within half a digit it was rounded, within a whole one cut off.
    assume(all(not -Fraction(1, 20) <= p - printed <= Fraction(1, 10) for p in parts))

    assert found(f"共有职工{whole}人，其中研究生占{float(printed):.1f}%。") == ["SHR004"]
