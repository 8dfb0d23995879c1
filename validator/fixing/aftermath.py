"""What became of the findings（改后复查）: which are gone, which are left, which are new."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from validator.findings import Severity, Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from validator.document import Span
    from validator.edits import Edit
    from validator.findings import Evidence, Finding, Report


@dataclass(frozen=True, slots=True)
class Aftermath:
    """Findings of a report and of its changed copy side by side（改后复查）.

    Attributes:
        gone: Of the report; the copy has them no more.
        left: Of the copy; the report has them too, perhaps as the effect of another.
        fresh: Of the copy; the report has nothing like them.
    """

    gone: tuple[Finding, ...] = ()
    left: tuple[Finding, ...] = ()
    fresh: tuple[Finding, ...] = ()

    @property
    def harm(self) -> tuple[Finding, ...]:
        """New errors and warnings."""
        return tuple(one for one in self.fresh if one.severity is not Severity.NOTE)


def aftermath(before: Report, after: Report, edits: Sequence[Edit]) -> Aftermath:
    """Compare the findings of a report with those of its copy.

    Args:
        before: Result for the report.
        after: Result for the copy.
        edits: What was changed, in places of the report; they do not touch each other.
    """
    where = _Moved(edits)
    old = list(before.findings)
    left, fresh = [], []
    for new in after.findings:
        match = _match(new, old, where)
        if match is not None:
            old.remove(match)
            left.append(new)
        elif _was_hidden(new, before, where):
            left.append(new)
        else:
            fresh.append(new)
    return Aftermath(tuple(old), tuple(left), tuple(fresh))


class _Moved:
    """Where evidence of the report stands in the copy."""

    def __init__(self, edits: Sequence[Edit]) -> None:
        self._edits = sorted(edits, key=lambda one: one.span, reverse=True)

    def meets(self, new: Sequence[Evidence], old: Sequence[Evidence]) -> bool:
        """Whether evidence of both shares words."""
        places = [self._span(one.span) for one in old if not one.document]
        return any(
            one.span == place or one.span.overlaps(place)
            for one in new
            if not one.document
            for place in places
        )

    def _span(self, span: Span) -> Span:
        for edit in self._edits:
            span = edit.moved(span)
        return span


def _match(new: Finding, old: Sequence[Finding], where: _Moved) -> Finding | None:
    """The finding of the report that a finding of the copy continues."""
    alike = [f for f in old if f.rule == new.rule and f.severity.rank <= new.severity.rank]
    tests: tuple[Callable[[Finding], bool], ...] = (
        lambda f: f.fingerprint == new.fingerprint,
        lambda f: where.meets(new.evidence[:1], f.evidence[:1]),
        lambda f: where.meets(new.evidence, f.evidence),
    )
    return next((f for test in tests for f in alike if test(f)), None)


def _was_hidden(new: Finding, before: Report, where: _Moved) -> bool:
    """Whether the report had it too, told as the effect of another finding."""
    told = any(
        new.rule in f.consequences and where.meets(new.evidence, f.evidence)
        for f in before.findings
    )
    return told or any(
        e.rule == new.rule
        and e.verdict is Verdict.INCONSISTENT
        and where.meets(new.evidence, e.evidence[:1])
        for e in before.evaluations
    )
