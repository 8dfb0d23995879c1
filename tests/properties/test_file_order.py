"""Files are checked together in any order, and each has the same report."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from generated import CHANCES, SEEDS, broken_reports
from hypothesis import given, settings
from hypothesis import strategies as st

from validator.bench.reports import STYLES, generate
from validator.facts import ReportKind
from validator.run import check_many

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from random import Random

    from generated import Broken

    from validator.findings import Report

EXAMPLES = Path(__file__).parents[2] / "examples"
BUNDLED = sorted(
    path
    for path in EXAMPLES.glob("*/*")
    if path.suffix in (".docx", ".xlsx") or path.name.startswith(("performance.t", "budget.t"))
)
# The shortest reports: what is asked here is the order, not what stands in them.
SHORT = st.builds(generate, SEEDS, st.just(ReportKind.PERFORMANCE), st.sampled_from(STYLES))


def _by_name(paths: Iterable[Path]) -> dict[str, Report]:
    found = list(check_many([*paths]))
    reports = {report.name: report for report in found}
    assert len(reports) == len(found)
    return reports


@settings(max_examples=12)
@given(st.lists(broken_reports(SHORT), min_size=2, max_size=4), CHANCES)
def test_generated_files_in_any_order(reports: Sequence[Broken], rng: Random) -> None:
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for at, broken in enumerate(reports):
            paths.append(Path(folder, f"{at}-{broken.clean.name}"))
            paths[-1].write_text(broken.document.text, encoding="utf-8")
        rng.shuffle(paths)
        first = _by_name(paths)
        assert list(first) == [path.as_posix() for path in paths]
        assert _by_name(reversed(paths)) == first
        alone = {name: report for path in paths for name, report in _by_name([path]).items()}
        assert alone == first


def _sets(reports: dict[str, Report]) -> dict[str, Report]:
    """Reports with the other files of their sets in the order of their names."""
    return {
        name: replace(report, others=dict(sorted(report.others.items())))
        for name, report in reports.items()
    }


def test_bundled_examples_in_any_order() -> None:
    first = _sets(_by_name(BUNDLED))
    assert len(first) == len(BUNDLED)
    turned = [*BUNDLED[len(BUNDLED) // 2 :], *BUNDLED[: len(BUNDLED) // 2]]

    assert _sets(_by_name(reversed(BUNDLED))) == first
    assert _sets(_by_name(turned)) == first
