"""The line that tells how percentages were made."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest

from validator.findings import Report, RoundingProfile
from validator.reporters.terminal import Terminal, console_for
from validator.reporters.words import EN, ZH, Words
from validator.run import check

PLAIN = check("2023年本年支出合计100.00万元。".encode(), name="a.txt")


def told(report: Report, words: Words = ZH) -> list[str]:
    stream = io.StringIO()
    Terminal(console_for(stream), words).report(report)
    return [
        line.strip()
        for line in stream.getvalue().splitlines()
        if "取位" in line or "cut" in line
    ]


@pytest.mark.parametrize(
    ("rounding", "profile", "line"),
    [
        ("nearest", RoundingProfile(nearest=9), []),
        ("truncate", RoundingProfile(truncated=12), ["百分比取位：都是去尾（12处）"]),
        (
            "mixed",
            RoundingProfile(3, 12),
            ["百分比取位：多为去尾（12处），少为四舍五入（3处）"],
        ),
        (
            "mixed",
            RoundingProfile(12, 3),
            ["百分比取位：多为四舍五入（12处），少为去尾（3处）"],
        ),
        ("mixed", None, ["百分比取位：有的四舍五入，有的去尾"]),
        ("truncate", RoundingProfile(nearest=3), ["百分比取位：去尾"]),
    ],
)
def test_rounding_is_told_where_it_is_unusual(
    rounding: str, profile: RoundingProfile | None, line: list[str]
) -> None:
    assert told(replace(PLAIN, rounding=rounding, profile=profile)) == line


def test_rounding_is_told_in_english_too() -> None:
    report = replace(PLAIN, rounding="mixed", profile=RoundingProfile(3, 12))

    assert told(report, EN) == ["percentages: mostly cut off (12), some rounded (3)"]
