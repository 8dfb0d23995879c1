"""What a comparison comes to（合计）: counts, verdict and exit code, for every output."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from validator.comparing.results import ChangeKind
from validator.findings import Severity, Status
from validator.reporters.summary import FailOn

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from validator.comparing.pairing import Pair

_GRAVEST_FIRST = (Severity.ERROR, Severity.WARNING, Severity.NOTE)


class Outcome(StrEnum):
    """Verdict on a comparison（结论）."""

    PASSED = "passed"
    NOT_PASSED = "not_passed"
    """At least one new finding at or above the severity that fails."""
    INCOMPLETE = "incomplete"
    """A file could not be read, or an option or rule not be used."""
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
        fresh: New findings by severity.
        fixed: Findings that are gone.
        kept: Findings of both versions, altered ones among them.
        altered: Those of them one of whose figures changed.
        figures: Figures by what became of them.
        same: Figures that are what they were.
        failing: New findings at or above the severity that fails.
        refused: Options or rules that could not be used.
    """

    compared: int = 0
    added: int = 0
    removed: int = 0
    unread: int = 0
    failed: int = 0
    fresh: Mapping[Severity, int] = field(default_factory=dict)
    fixed: int = 0
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
    def outcome(self) -> Outcome:
        """The verdict."""
        if self.failed:
            return Outcome.FAILED
        if self.unread or self.refused:
            return Outcome.INCOMPLETE
        return Outcome.NOT_PASSED if self.failing else Outcome.PASSED

    @property
    def exit_code(self) -> int:
        """Exit code of the command."""
        match self.outcome:
            case Outcome.FAILED:
                return 3
            case Outcome.INCOMPLETE:
                return 2
            case Outcome.NOT_PASSED:
                return 1
            case _:
                return 0


def totals(found: Sequence[Pair], fail_on: FailOn, *, refused: int = 0) -> Totals:
    """Count.

    Args:
        found: Reports in pairs.
        fail_on: From which severity on a new finding fails the run.
        refused: Options or rules that could not be used.
    """
    both = [one.comparison for one in found if one.comparison is not None]
    statuses = Counter(report.status for one in found for report in one.unread)
    fresh = Counter(finding.severity for one in found for finding in one.fresh)
    figures = Counter(change.kind for one in both for change in one.figures)
    grave = (
        ()
        if fail_on is FailOn.NEVER
        else _GRAVEST_FIRST[: _GRAVEST_FIRST.index(Severity(fail_on)) + 1]
    )
    return Totals(
        len(both),
        sum(one.old is None for one in found),
        sum(one.new is None for one in found),
        statuses[Status.UNREADABLE],
        statuses[Status.QUARANTINED],
        {severity: fresh[severity] for severity in _GRAVEST_FIRST},
        sum(len(one.fixed) for one in both),
        sum(len(one.kept) for one in both),
        sum(len(one.altered) for one in both),
        {kind: figures[kind] for kind in ChangeKind},
        sum(one.same for one in both),
        sum(fresh[severity] for severity in grave),
        refused,
    )
