"""How a document makes its percentages: only those that tell are counted, each once."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from validator.document import Span
from validator.engine.expr import parse
from validator.engine.rounding_profile import fit_of, profile_of
from validator.findings import (
    Category,
    Evaluation,
    Evidence,
    PercentFit,
    RoundingProfile,
    Verdict,
)
from validator.quantity import PERCENT, WAN, Quantity, Rounding, parse_number

NEAREST, TRUNCATED, EITHER = PercentFit.NEAREST, PercentFit.TRUNCATED, PercentFit.EITHER
SHARE = parse("part / whole = share")


def wan(text: str) -> Quantity:
    number, quantum = parse_number(text)
    return Quantity(number, WAN, quantum)


def share_fit(part: str, whole: str, share: str) -> PercentFit | None:
    number, quantum = parse_number(share)
    printed = Quantity(number, PERCENT, quantum)
    amounts = {"part": wan(part).interval, "whole": wan(whole).interval}
    return fit_of(
        SHARE,
        {**amounts, "share": printed.interval},
        {**amounts, "share": printed.interval_when(Rounding.TRUNCATE)},
    )


@pytest.mark.parametrize(
    ("part", "whole", "share", "fit"),
    [
        ("2000.00", "3000.00", "66.67", NEAREST),
        ("2000.00", "3000.00", "66.66", TRUNCATED),
        ("100.00", "300.00", "33.33", EITHER),
        ("100.00", "200.00", "50", EITHER),
        ("200.00", "300.00", "66.66", EITHER),
        ("2.0", "3.0", "66.66", EITHER),
        ("2.0", "3.0", "66.67", EITHER),
        ("200.00", "300.00", "66.60", None),
        ("200.00", "0.00", "66.67", None),
    ],
)
def test_what_a_percentage_tells(
    part: str, whole: str, share: str, fit: PercentFit | None
) -> None:
    assert share_fit(part, whole, share) is fit


def judged(at: int, fit: PercentFit | None, *, unit: str = "%") -> Evaluation:
    evidence = (
        Evidence("share", Span(at, at + 4), Decimal(20), unit),
        Evidence("whole", Span(0, 4), Decimal(5), "万元"),
    )
    return Evaluation(
        "SHR001", "ratio", Category.SHARE_PERCENT, Verdict.CONSISTENT, "", evidence, fit=fit
    )


@pytest.mark.parametrize(
    ("fits", "profile", "habit"),
    [
        ([], RoundingProfile(), "nearest"),
        ([EITHER, None], RoundingProfile(either=1), "nearest"),
        ([NEAREST, EITHER, NEAREST], RoundingProfile(2, 0, 1), "nearest"),
        ([TRUNCATED, EITHER], RoundingProfile(0, 1, 1), "truncate"),
        ([NEAREST, TRUNCATED, TRUNCATED], RoundingProfile(1, 2, 0), "mixed"),
    ],
)
def test_habit_of_a_document(
    fits: list[PercentFit | None], profile: RoundingProfile, habit: str
) -> None:
    found = profile_of(judged(at * 10, fit) for at, fit in enumerate(fits, 1))

    assert (found, found.habit) == (profile, habit)


def test_a_percentage_counts_once_and_the_comparison_that_tells_decides() -> None:
    assert profile_of([judged(10, EITHER), judged(10, TRUNCATED)]) == RoundingProfile(0, 1, 0)


def test_a_percentage_is_the_same_with_its_direction_word() -> None:
    worded = replace(judged(10, EITHER).evidence[0], span=Span(8, 14))
    beside = replace(judged(10, EITHER), evidence=(worded,))

    assert profile_of([judged(10, NEAREST), beside]) == RoundingProfile(1, 0, 0)


def test_a_sum_of_percentages_counts_only_where_it_tells() -> None:
    first = judged(10, EITHER)
    both = (first.evidence[0], judged(30, EITHER).evidence[0])

    assert profile_of([replace(first, evidence=both)]) == RoundingProfile()
    cut = replace(first, evidence=both, fit=TRUNCATED)
    assert profile_of([cut]) == RoundingProfile(truncated=1)


def test_a_percentage_told_both_ways_does_not_count() -> None:
    assert profile_of([judged(10, NEAREST), judged(10, TRUNCATED)]) == RoundingProfile()


def test_what_is_no_percentage_does_not_count() -> None:
    assert profile_of([judged(10, TRUNCATED, unit="万元")]) == RoundingProfile()
