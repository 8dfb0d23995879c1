"""Writing a baseline（建基线）: what is there now becomes what is known."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from validator.findings import WAIVERS, Status
from validator.gate.baseline import KnownFinding, is_whole, known_as

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

    from validator.findings import Report
    from validator.gate.baseline import Baseline


@dataclass(slots=True)
class Recorded:
    """What a recording came to.

    Attributes:
        documents: Reports that were looked at.
        added: Findings that became known.
        removed: Known findings that are no longer there.
        kept: Findings known afterwards, in all reports.
        missing: Files that are no longer there, by their paths.
        unread: Files that could not be checked; what was known of them stays.
    """

    documents: int = 0
    added: int = 0
    removed: int = 0
    kept: int = 0
    missing: tuple[str, ...] = ()
    unread: int = 0


def record(
    baseline: Baseline,
    reports: Iterable[Report],
    ran: Callable[[Report], Collection[str]],
    *,
    add: bool,
) -> Recorded:
    """Bring a baseline up to what reports hold; those that are not among them stay.

    Args:
        baseline: What was known; changed in place.
        reports: Results; waived findings are left out, since their waiver speaks for them.
        ran: Ids of the rules that ran on a report; what other rules found stays known.
        add: Whether findings that are new become known; else only what is gone is dropped.
    """
    result = Recorded()
    for report in reports:
        if report.format == WAIVERS:
            continue
        if report.status is not Status.CHECKED:
            result.unread += 1
            continue
        result.documents += 1
        known = baseline.known(report)
        now = known_as(report, [f for f in report.findings if f.waiver is None])
        left = Counter(one.fingerprint for one in now)
        rules, whole = ran(report), is_whole(report)
        there: list[KnownFinding] = []
        not_looked_for: list[KnownFinding] = []
        for one in known:
            if left[one.fingerprint] > 0:
                left[one.fingerprint] -= 1
                there.append(one)
            elif one.rule not in rules or not whole:
                not_looked_for.append(one)
            else:
                result.removed += 1
        if add:
            result.added += (+left).total()
        baseline.record(report, [*(now if add else there), *not_looked_for])
    result.missing = tuple(baseline.forget_missing())
    result.kept = sum(map(len, baseline.documents.values()))
    return result
