"""Messages name fields and nothing else."""

from __future__ import annotations

import pytest

from validator.engine.messages import fields, fill, renamed


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("合计 {left}，文中 {right}。", "合计 3万元，文中 4万元。"),
        ("{left}{left}", "3万元3万元"),
        ("{gone}不见了", "—不见了"),
        ("{left.__class__}", "—"),
        ("{0} {} {{left}}", "{0} {} {3万元}"),
        ("没有字段", "没有字段"),
    ],
)
def test_only_plain_names_are_filled(template: str, expected: str) -> None:
    assert fill(template, {"left": "3万元", "right": "4万元"}) == expected


def test_values_are_not_filled_again() -> None:
    assert fill("{a}", {"a": "{b}", "b": "x"}) == "{b}"


def test_fields_are_found_with_their_columns() -> None:
    assert fields("差 {gap}，见 {sum.left}") == [("gap", 4), ("sum.left", 12)]


def test_fields_of_one_assertion_lose_its_name() -> None:
    assert renamed("{sum.left}与{total.left}", "sum") == "{left}与{total.left}"
