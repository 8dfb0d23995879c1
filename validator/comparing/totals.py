"""What a comparison comes to（合计）: counts, verdict and exit code, for every output."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from validator.comparing.results import ChangeKind
from validator.findings import Severity, Status
from validator.reporters.summary import lost, unread

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from validator.comparing.pairing import Pair
    from validator.findings import Report
    from validator.reporters.summary import Demands


class Outcome(StrEnum):
    """Verdict on a comparison（结论）."""

    PASSED = "passed"
    NOT_PASSED = "not_passed"
    """At least one new finding at or above the severity that fails."""
    INCOMPLETE = "incomplete"
    """Something was not read or understood, or an option or rule could not be used."""
    FAILED = "failed"
    """The tool itself failed on a file."""


@dataclass(frozen=True, slots=True)
class Totals:
    """Counts over all pairs（合计）.

    Attributes:
        compared: Pairs that were compared.
        added: Reports that only the new version has.
        removed: Reports that only the old version has.
        unread: Files that could not be read.
        failed: Files on which the tool itself failed.
        partial: Files read or understood except for some parts.
        lost: Those of them that may not pass, because a part could not be read.
        fresh: New findings by severity.
        fixed: Findings that are gone.
        vanished: Findings that were not found again, but may stand in a part that was not read.
        kept: Findings of both versions, altered ones among them.
        altered: Those of them one of whose figures changed.
        figures: Figures by what became of them.
        same: Figures that are what they were.
        failing: New findings at or above the severity that fails their report.
        refused: Options or rules that could not be used.
    """

    compared: int = 0
    added: int = 0
    removed: int = 0
    unread: int = 0
    failed: int = 0
    partial: int = 0
    lost: int = 0
    fresh: Mapping[Severity, int] = field(default_factory=dict)
    fixed: int = 0
    vanished: int = 0
    kept: int = 0
    altered: int = 0
    figures: Mapping[ChangeKind, int] = field(default_factory=dict)
    same: int = 0
    failing: int = 0
    refused: int = 0

    @property
    def new(self) -> int:
        """New findings."""
        return sum(self.fresh.values())

    @property
    def obstructed(self) -> bool:
        """Whether the run cannot pass, whatever was found."""
        return bool(self.failed or self.unread or self.lost or self.refused)

    @property
    def outcome(self) -> Outcome:
        """The verdict."""
        if self.failed:
            return Outcome.FAILED
        if self.obstructed or self.partial:
            return Outcome.INCOMPLETE
        return Outcome.NOT_PASSED if self.failing else Outcome.PASSED

    @property
    def exit_code(self) -> int:
        """Exit code of the command.

        As with a check, a table that was read but not understood refuses nothing.
        """
        if self.failed:
            return 3
        if self.obstructed:
            return 2
        return 1 if self.failing else 0


def totals(
    found: Sequence[Pair], demands_of: Callable[[Report], Demands], *, refused: int = 0
) -> Totals:
    """Count.

    Args:
        found: Reports in pairs.
        demands_of: What a report must fulfil. New findings fail by those of the new version; a
            part that was not read, by those of the version that it belongs to.
        refused: Options or rules that could not be used.
    """
    both = [one.comparison for one in found if one.comparison is not None]
    statuses = Counter(report.status for one in found for report in one.unread)
    partial = [report for one in found for report in one.versions if unread(report)]
    fresh = Counter(finding.severity for one in found for finding in one.fresh)
    figures = Counter(change.kind for one in both for change in one.figures)
    return Totals(
        len(both),
        sum(one.old is None for one in found),
        sum(one.new is None for one in found),
        statuses[Status.UNREADABLE],
        statuses[Status.QUARANTINED],
        len(partial),
        sum(bool(lost(one)) and not demands_of(one).allow_unread for one in partial),
        {severity: fresh[severity] for severity in Severity},
        sum(len(one.fixed) for one in both),
        sum(len(one.vanished) for one in both),
        sum(len(one.kept) for one in both),
        sum(len(one.altered) for one in both),
        {kind: figures[kind] for kind in ChangeKind},
        sum(one.same for one in both),
        sum(
            demands_of(one.new).fails(finding.severity)
            for one in found
            if one.new is not None
            for finding in one.fresh
        ),
        refused,
    )
