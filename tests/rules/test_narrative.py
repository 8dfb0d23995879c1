"""Every relation that a report states in words: a passage that holds, and one that breaks it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from validator.findings import Report, Severity, Verdict
from validator.run import check

CASES: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "narrative.yaml").read_text(encoding="utf-8")
)
BROKEN = [case for case in CASES if "breaks" in case]
_HOLDS = (Verdict.CONSISTENT, Verdict.CONSISTENT_BY_ROUNDING)
_OF_WORDS = ("YER", "NUM", "COD")
"""Families that judge years, numbering and names, not amounts."""


def read(passage: str) -> Report:
    return check(passage.encode(), name="report.txt")


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_what_holds_is_verified_and_not_accused(case: dict[str, Any]) -> None:
    report = read(case["holds"])

    loud = [f.message for f in report.findings if f.severity is not Severity.NOTE]
    verified = [
        e
        for e in report.evaluations
        if e.verdict in _HOLDS and not e.rule.startswith(_OF_WORDS)
    ]
    assert loud == []
    assert verified


@pytest.mark.parametrize("case", BROKEN, ids=[case["id"] for case in BROKEN])
def test_what_is_broken_is_found(case: dict[str, Any]) -> None:
    findings = read(case["breaks"]).findings
    found = {rule for one in findings for rule in (one.rule, *one.consequences)}

    assert found >= set(case["finds"])
