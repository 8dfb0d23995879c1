"""Numbers of findings and comparisons that lead to each other（序号的对应）.

A finding and a comparison that it tells may stand with different files of a set, so nobody
knows the numbers before all reports are there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.reporters.places import shown_path

if TYPE_CHECKING:
    from collections.abc import Mapping

    from validator.findings import Finding, Report
    from validator.reporters.xlsx.rows import Numbers


def key_of(report: Report, finding: Finding) -> str:
    """What a finding is known by: its file and its fingerprint.

    Args:
        report: The report that it is told in, of its own file or of another of the set.
        finding: The finding.
    """
    home = finding.evidence[0].document if finding.evidence else ""
    return f"{shown_path(home or report.name)}\n{finding.fingerprint}"


class Crossings:
    """Learns the numbers report by report, and tells them in the end."""

    def __init__(self) -> None:
        self._findings: dict[str, int] = {}
        self._comparisons: dict[str, tuple[bool, int]] = {}

    def add(self, report: Report, told: Mapping[int, Finding], before: Numbers) -> None:
        """Learn the numbers of a report.

        Args:
            report: Result for one file.
            told: The findings that tell its comparisons, by index of the comparison.
            before: The numbers that are taken already.
        """
        for at, finding in enumerate(report.findings, start=before.findings + 1):
            self._findings.setdefault(key_of(report, finding), at)
        for index, finding in told.items():
            made = report.evaluations[index]
            if made.rule != finding.rule:
                continue
            other = made.computation != finding.computation
            number = before.comparisons + index + 1
            key = key_of(report, finding)
            self._comparisons[key] = min(
                self._comparisons.get(key, (True, number)), (other, number)
            )

    def finding(self, key: object) -> int | None:
        """Number of a finding; None where it is not in this workpaper."""
        return self._findings.get(key) if isinstance(key, str) else None

    def comparison(self, key: object) -> int | None:
        """Number of the comparison that a finding tells, of its own rule."""
        found = self._comparisons.get(key) if isinstance(key, str) else None
        return None if found is None else found[1]
