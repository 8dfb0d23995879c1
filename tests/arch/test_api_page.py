"""The Python that the manual shows runs, and every public name is in it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import validator

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
DATA = frozenset(
    {
        "Coverage", "Document", "Evaluation", "Evidence", "Finding", "Gone", "Repair", "Report",
        "Severity", "Span", "Standing", "Status", "Verdict", "Waiver",
    }
)  # fmt: skip
"""What results are made of; docs/output.md tells their fields."""


@pytest.mark.parametrize("number", range(len(BLOCKS)))
def test_the_python_of_the_page_runs(
    number: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    said: dict[str, object] = {"__name__": "__main__"}

    exec(compile(BLOCKS[number], "docs/api.md", "exec"), said)  # noqa: S102 - our own page

    reports = said.get("reports") or [said["report"]]
    assert isinstance(reports, list)
    assert all(len(report.findings) > 5 for report in reports)
    capsys.readouterr()


def test_every_public_name_is_explained() -> None:
    told = set(re.findall(r"\b\w+\b", PAGE))

    assert set(validator.__all__) - DATA - told == set()


def test_public_names_are_sorted_and_there() -> None:
    assert sorted(validator.__all__) == validator.__all__
    for name in validator.__all__:
        assert getattr(validator, name) is not None
