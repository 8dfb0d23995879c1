"""What a run comes to（结论）: counts, coverage, verdict and exit code, for every reporter."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING

from validator.findings import WAIVERS, Severity, Status
from validator.quantity import divide, plain, rounded

if TYPE_CHECKING:
    from collections.abc import Iterable

    from validator.findings import Coverage, Report

_FOUR_PLACES = Decimal("0.0001")


class FailOn(StrEnum):
    """From which severity on a run does not pass."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"
    NEVER = "never"


class Conclusion(StrEnum):
    """Verdict on a run（结论）."""

    CLEAN = "clean"
    FINDINGS = "findings"
    """At least one finding at or above the severity that fails."""
    INCOMPLETE = "incomplete"
    """Something was not read, or too few figures were checked."""
    FAILED = "failed"
    """The tool itself failed on a file."""


@dataclass(frozen=True, slots=True)
class Demands:
    """What a run must fulfil to pass（要求）.

    Attributes:
        fail_on: Findings from this severity on fail it.
        min_coverage: Least share of figures checked in each file, or None.
        max_findings: How many of the findings that fail it are put up with.
        allow_unread: Whether a file may pass of which a part could not be read.
    """

    fail_on: FailOn = FailOn.ERROR
    min_coverage: Decimal | None = None
    max_findings: int = 0
    allow_unread: bool = False

    def fails(self, severity: Severity) -> bool:
        """Whether a finding of a severity fails a run."""
        if self.fail_on is FailOn.NEVER:
            return False
        return severity.rank <= Severity(self.fail_on.value).rank


@dataclass(frozen=True, slots=True)
class Summary:
    """Totals of a run（合计）.

    Attributes:
        documents: Files given.
        unreadable: Files that could not be read.
        quarantined: Files that the tool itself failed on.
        partial: Files read or understood except for some parts.
        lost: Those of them that may not pass, because a part could not be read.
        thin: Files below the least coverage.
        errors: Findings of that severity that are neither known nor waived.
        warnings: As before.
        notes: As before.
        known: Findings that the baseline knows.
        waived: Findings with a waiver that holds.
        gone: Findings that the baseline knows and that are no longer there.
        failing: Findings that count, at or above the severity that fails.
        allowed: How many of those are put up with.
        numbers: Figures of account.
        checked: Figures of account that took part in a comparison.
        refused: Options or rules that could not be used.
    """

    documents: int = 0
    unreadable: int = 0
    quarantined: int = 0
    partial: int = 0
    lost: int = 0
    thin: int = 0
    errors: int = 0
    warnings: int = 0
    notes: int = 0
    known: int = 0
    waived: int = 0
    gone: int = 0
    failing: int = 0
    allowed: int = 0
    numbers: int = 0
    checked: int = 0
    refused: int = 0

    @property
    def exceeds(self) -> bool:
        """Whether there are more findings that fail than are put up with."""
        return self.failing > self.allowed

    @property
    def conclusion(self) -> Conclusion:
        """The verdict."""
        if self.quarantined:
            return Conclusion.FAILED
        if self.unreadable or self.partial or self.thin or self.refused:
            return Conclusion.INCOMPLETE
        return Conclusion.FINDINGS if self.exceeds else Conclusion.CLEAN

    @property
    def exit_code(self) -> int:
        """Exit code of the command.

        A table that was read but not understood makes a run incomplete and refuses nothing:
        coverage tells of it.
        """
        if self.quarantined:
            return 3
        if self.unreadable or self.lost or self.thin or self.refused:
            return 2
        return 1 if self.exceeds else 0


def summarise(
    reports: Iterable[Report], demands: Demands | None = None, *, refused: int = 0
) -> Summary:
    """Count.

    Args:
        reports: Results; may be read while they come in.
        demands: What must hold; the usual when None.
        refused: Options or rules that could not be used.
    """
    demands = demands or Demands()
    total = start(demands, refused=refused)
    for report in reports:
        total = add(total, report, demands)
    return total


def start(demands: Demands, *, refused: int = 0) -> Summary:
    """The totals of a run before its first file."""
    return Summary(refused=refused, allowed=demands.max_findings)


def add(total: Summary, report: Report, demands: Demands) -> Summary:
    """The totals with one more file."""
    counting = [f.severity for f in report.findings if f.counts]
    by = [counting.count(severity) for severity in Severity]
    waived = sum(f.waiver is not None for f in report.findings)
    checked = report.status is Status.CHECKED and report.format != WAIVERS
    return replace(
        total,
        documents=total.documents + (report.format != WAIVERS),
        unreadable=total.unreadable + (report.status is Status.UNREADABLE),
        quarantined=total.quarantined + (report.status is Status.QUARANTINED),
        partial=total.partial + bool(unread(report)),
        lost=total.lost + (not demands.allow_unread and bool(lost(report))),
        thin=total.thin + (checked and is_thin(report.coverage, demands.min_coverage)),
        errors=total.errors + by[0],
        warnings=total.warnings + by[1],
        notes=total.notes + by[2],
        known=total.known + len(report.findings) - len(counting) - waived,
        waived=total.waived + waived,
        gone=total.gone + len(report.gone),
        failing=total.failing + sum(map(demands.fails, counting)),
        numbers=total.numbers + report.coverage.numbers,
        checked=total.checked + report.coverage.checked,
    )


def unread(report: Report) -> tuple[str, ...]:
    """What stands in a file but was not read or understood, one Chinese line each."""
    return (*lost(report), *(report.reading.unread if report.reading else ()))


def lost(report: Report) -> tuple[str, ...]:
    """What stands in a file but could not be read, one Chinese line each."""
    return report.document.unread if report.document else ()


def is_thin(coverage: Coverage, least: Decimal | None) -> bool:
    """Whether fewer figures were checked than demanded; no figure at all is too few."""
    if not least:
        return False
    return not coverage.numbers or coverage.checked < least * coverage.numbers


def ratio(checked: int, numbers: int) -> str | None:
    """Share of figures checked with four places, or None when there are none.

    >>> ratio(287, 312)
    '0.9199'
    """
    if not numbers:
        return None
    return plain(rounded(divide(Decimal(checked), Decimal(numbers)), _FOUR_PLACES))


def percent(checked: int, numbers: int) -> str:
    """Share of figures checked in whole percent; 100% only when all were.

    >>> percent(287, 312), percent(999, 1000)
    ('92%', '99%')
    """
    if not numbers:
        return "0%"
    whole = int(rounded(divide(Decimal(checked * 100), Decimal(numbers)), Decimal(1)))
    return f"{min(whole, 99) if checked < numbers else whole}%"
