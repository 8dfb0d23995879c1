"""The verdict on a comparison in one sentence（结论）: the last line on standard error."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.comparing.results import ChangeKind, in_part
from validator.comparing.totals import Outcome
from validator.findings import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.comparing.results import Comparison
    from validator.comparing.totals import Totals
    from validator.comparing.words import DiffWords


def sentence(total: Totals, words: DiffWords) -> str:
    """Whether the new version passed, and what became of findings and figures."""
    said = words.labels.comma.join(_parts(total, words))
    return words.shared.verdict.format(what=said)


def doubts(both: Comparison, words: DiffWords) -> list[str]:
    """What cannot be said for certain, because a part of a version was not read."""
    versions = ((words.old_in_part, both.old), (words.new_in_part, both.new))
    return [text for text, report in versions if in_part(report)]


def _parts(total: Totals, words: DiffWords) -> Iterator[str]:
    parts = words.shared.verdict_parts
    found = Outcome.NOT_PASSED if total.failing else Outcome.PASSED
    yield words.outcome[total.outcome if total.obstructed else found]
    for name, count in (
        ("unreadable", total.unread),
        ("lost", total.lost),
        ("refused", total.refused),
    ):
        if count:
            yield parts[name].format(count=count)
    if total.compared or total.added:
        yield _fresh(total, words)
    for form, count in (
        (words.verdict_fixed, total.fixed),
        (words.verdict_vanished, total.vanished),
        (words.verdict_kept, total.kept),
        (words.verdict_changed, total.figures[ChangeKind.CHANGED]),
        (words.verdict_added, total.added),
        (words.verdict_removed, total.removed),
        (parts["partial"], total.partial - total.lost),
    ):
        if count:
            yield form.format(count=count)


def _fresh(total: Totals, words: DiffWords) -> str:
    parts = words.shared.verdict_parts
    named = {Severity.ERROR: "errors", Severity.WARNING: "warnings", Severity.NOTE: "notes"}
    said = [
        parts[named[severity]].format(count=count)
        for severity, count in total.fresh.items()
        if count
    ]
    if not said:
        return words.verdict_none
    return words.verdict_fresh.format(what=words.labels.listed.join(said))
