"""Rates, their intervals, and floors under them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from validator.bench.floors import Floor, missed, parse_floor
from validator.bench.rates import Rate, rate


@pytest.mark.parametrize(
    ("hits", "of", "low", "high"),
    [
        # Wilson's interval as tabled: 0 of 10, 5 of 10, 10 of 10, 81 of 263 (Newcombe 1998)
        (0, 10, "0.0000", "0.2775"),
        (5, 10, "0.2366", "0.7634"),
        (10, 10, "0.7225", "1.0000"),
        (81, 263, "0.2553", "0.3662"),
    ],
)
def test_wilson(hits: int, of: int, low: str, high: str) -> None:
    assert Rate(hits, of).interval == (Decimal(low), Decimal(high))


def test_nothing_has_no_rate() -> None:
    assert Rate(0, 0).value is None
    assert Rate(0, 0).interval is None


def test_outcomes_are_counted() -> None:
    assert rate(word == "甲" for word in "甲乙甲") == Rate(2, 3)


def test_a_floor_is_read() -> None:
    assert parse_floor(" detection = 0.97", ["detection"]) == Floor(
        "detection", Decimal("0.97")
    )


@pytest.mark.parametrize("words", ["detection", "recall=0.9", "detection=高", "detection=1.2"])
def test_a_wrong_floor_is_refused(words: str) -> None:
    with pytest.raises(ValueError, match="写"):
        parse_floor(words, ["detection"])


@pytest.mark.parametrize(
    ("found", "told"), [(Rate(97, 100), False), (Rate(96, 100), True), (Rate(0, 0), True)]
)
def test_floors_are_held_exactly(found: Rate, told: bool) -> None:
    assert bool(missed([Floor("detection", Decimal("0.97"))], {"detection": found})) is told
