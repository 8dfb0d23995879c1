"""Printed figures taken apart, and the ways in which their digits go wrong."""

from __future__ import annotations

import pytest

from validator.bench import prints
from validator.bench.prints import Print, parsed


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("1,234.50万元", Print("", "1234.50", "万元", grouped=True)),
        ("-19.86%", Print("-", "19.86", "%")),
        ("12 辆", Print("", "12", " 辆")),
        ("0", Print("", "0", "")),
        ("2.6个百分点", Print("", "2.6", "个百分点")),
    ],
)
def test_a_figure_is_taken_apart(text: str, wanted: Print) -> None:
    assert parsed(text) == wanted
    assert str(wanted) == text


@pytest.mark.parametrize("text", ["", "万元", "五万元", "69,07万元", "1.2.3", "12-15人"])
def test_what_is_no_plain_figure_is_left_alone(text: str) -> None:
    assert parsed(text) is None


def test_full_width_and_groups() -> None:
    print_ = Print("", "1234.50", "万元")

    assert print_.full_width() == "１２３４．５０万元"
    assert str(print_.in_groups()) == "1,234.50万元"
    assert str(print_.with_unit("元")) == "1234.50元"
    assert print_.step == 100


@pytest.mark.parametrize(
    ("digits", "wanted"),
    [("12.34", ["21.34", "12.43"]), ("11.22", []), ("10", []), ("100.05", ["100.50"])],
)
def test_neighbouring_digits_change_places(digits: str, wanted: list[str]) -> None:
    assert list(prints.transposed(digits)) == wanted


@pytest.mark.parametrize(
    ("digits", "wanted"),
    [
        ("12.34", ["2.34", "1.34", "12.4", "12.3"]),
        ("100", ["10"]),
        ("5.7", []),
        ("5", []),
    ],
)
def test_a_digit_is_left_out(digits: str, wanted: list[str]) -> None:
    assert list(prints.dropped(digits)) == wanted


@pytest.mark.parametrize(
    ("digits", "wanted"),
    [("12.3", ["112.3", "122.3", "12.33"]), ("0", []), ("5.00", ["55.00"])],
)
def test_a_digit_is_typed_twice(digits: str, wanted: list[str]) -> None:
    assert list(prints.doubled(digits)) == wanted


@pytest.mark.parametrize(
    ("digits", "wanted"),
    [
        ("12.34", ["123.4", "1.234"]),
        ("0.56", ["5.6", "0.056"]),
        ("12.5", ["125", "1.25"]),
        ("120", []),
        ("0.00", []),
    ],
)
def test_the_point_moves_one_place(digits: str, wanted: list[str]) -> None:
    assert list(prints.moved_points(digits)) == wanted


def test_one_digit_is_another() -> None:
    changed = list(prints.other_digits("10"))

    assert "20" in changed
    assert "00" not in changed
    assert len(changed) == len(set(changed)) == 17


@pytest.mark.parametrize(
    ("digits", "wanted"),
    [("12.34", "12.3"), ("12.36", "12.4"), ("12.35", ""), ("0.04", ""), ("7", "")],
)
def test_coarser_only_where_the_rounding_is_known(digits: str, wanted: str) -> None:
    assert prints.coarser(digits) == wanted


def test_a_ratio_keeps_its_digits() -> None:
    assert prints.scaled("82", -2) == "0.82"
    assert prints.scaled("98.47", -2) == "0.9847"
    assert prints.scaled("1.5", 4) == "15000"
