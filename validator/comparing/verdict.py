"""The verdict on a comparison in one sentence（结论）: the last line on standard error."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.comparing.results import ChangeKind
from validator.findings import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.comparing.totals import Totals
    from validator.comparing.words import DiffWords


def sentence(total: Totals, words: DiffWords) -> str:
    """Whether the new version passed, and what became of findings and figures."""
    said = words.comma.join(_parts(total, words))
    return words.shared.verdict.format(what=said)


def _parts(total: Totals, words: DiffWords) -> Iterator[str]:
    yield words.outcome[total.outcome]
    if total.unread:
        yield words.verdict_unread.format(count=total.unread)
    if total.refused:
        yield words.shared.verdict_parts["refused"].format(count=total.refused)
    if total.compared or total.added:
        yield _fresh(total, words)
    for form, count in (
        (words.verdict_fixed, total.fixed),
        (words.verdict_kept, total.kept),
        (words.verdict_changed, total.figures[ChangeKind.CHANGED]),
        (words.verdict_added, total.added),
        (words.verdict_removed, total.removed),
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
    return words.verdict_fresh.format(
        what="、".join(said) if words.comma == "，" else ", ".join(said)
    )
