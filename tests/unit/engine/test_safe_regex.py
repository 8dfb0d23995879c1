"""Patterns from rule files: what may run and what may run away."""

from __future__ import annotations

import pytest

from validator.engine.safe_regex import fault


@pytest.mark.parametrize(
    "pattern",
    [
        "20[XxＸ×]{2}年",
        "(?:a+b){3}",
        "(?:a+)?b*",
        r"(\(+)x",
        "[(+]+[*]*",
        "(?<=甲)乙{1,24}、(?=[^。]*$)",
        "(?P<mark>大小于|大（小）于)",
        "(?:甲{1,24}、){4,}",
        r"a+?b*?\\d",
    ],
)
def test_harmless(pattern: str) -> None:
    assert fault(pattern) == ""


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        ("(a+)+", "套在另一个里面"),
        ("(?:a|b*)*c", "套在另一个里面"),
        ("((a+)?)*", "套在另一个里面"),
        ("(?:a{2,}){3,}", "套在另一个里面"),
        ("(?:a{0,5000}b)+", "套在另一个里面"),
        (r"(a)\1", "引用"),
        ("(?P<x>a)(?P=x)", "引用"),
        ("(a)?(?(1)b|c)", "引用"),
        ("(a", "写得不对"),
        ("[b", "写得不对"),
        ("a" * 700, "太长"),
    ],
)
def test_refused(pattern: str, words: str) -> None:
    assert words in fault(pattern)
