"""Repairs as tracked changes in the annotated copy（批注稿里的修订）: only those beyond doubt.

A repair is made when it is the only one of its finding, alone and beside the others brings no
new error or warning, and touches nothing that another one touches.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from validator.errors import UsageError
from validator.findings import Status
from validator.fixing.proposals import proposals
from validator.fixing.workbench import Workbench
from validator.readers import read_bytes
from validator.rewriting import rewriter
from validator.run import check_document

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from validator.annotating.notes import Note
    from validator.document import Span
    from validator.findings import Finding, Report
    from validator.fixing.proposals import Proposal
    from validator.treatments import Treatment

_SAID = "已按建议写成修订，请接受或拒绝"


@dataclass(frozen=True, slots=True)
class Changed:
    """A Word file with tracked changes（修订稿）.

    Attributes:
        data: Bytes of it; those of the file when nothing was changed.
        made: Changes made, in order of their place.
    """

    data: bytes
    made: tuple[Proposal, ...]

    def moved(self, notes: Iterable[Note]) -> Iterator[Note]:
        """Notes on the file as notes on the changed one.

        What was mended says so, and stands around the change where it does not already.
        """
        edits = sorted((one.edit for one in self.made), key=lambda one: one.span, reverse=True)
        mended: dict[str, list[Span]] = {}
        for one in self.made:
            for finding in one.findings:
                mended.setdefault(finding.fingerprint, []).append(one.span)
        for note in notes:
            span, lines = note.span, note.lines
            if places := mended.get(note.fingerprint):
                if not any(span.start <= one.start and one.end <= span.end for one in places):
                    span = places[0]
                lines = (*lines[:-1], _SAID, *lines[-1:])
            for edit in edits:
                span = edit.moved(span)
            yield replace(note, span=span, lines=lines)


def changed(data: bytes, report: Report, treatment: Treatment, date: str) -> Changed:
    """Make the repairs of a report that are beyond doubt, figures too.

    Args:
        data: The Word file.
        report: Result for it, perhaps together with its workbooks; only its findings are
            mended.
        treatment: How the file is checked.
        date: Day of the changes as ``2024-05-10``, "" for none.

    Raises:
        UsageError: The file cannot be changed.
    """
    judge = partial(
        check_document,
        ruleset=treatment.ruleset,
        rounding=treatment.rounding,
        year=treatment.year,
        kind=treatment.kind,
    )

    def checked(copy: bytes) -> Report:
        result = judge(read_bytes(copy, report.name))
        if result.status is not Status.CHECKED:
            raise UsageError(result.error or "")
        return result

    # Copies are checked by themselves, so what they are compared with is too.
    before = checked(data)
    chosen = [one for one in before.findings if _is_beyond_doubt(one, report)]
    bench = Workbench(data, before, rewriter(data, report.name, date), checked)
    bench.make(proposals(before, chosen))
    fixed = bench.result(0)
    return Changed(fixed.data, fixed.made)


def _is_beyond_doubt(finding: Finding, report: Report) -> bool:
    """Whether there is one repair, and the other files of the set want the same."""
    return len(finding.repairs) == 1 and any(
        one.fingerprint == finding.fingerprint and one.repairs == finding.repairs
        for one in report.findings
    )
