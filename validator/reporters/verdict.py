"""The verdict in one sentence（结论）: the last line on standard error."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.reporters.summary import Summary
    from validator.reporters.words import Words


def sentence(total: Summary, words: Words) -> str:
    """Whether the run passed, and if not, why."""
    parts = words.verdict_parts
    said = [
        parts[name].format(count=count) if count is not None else parts[name]
        for name, count in _parts(total)
    ]
    return words.verdict.format(what=parts["comma"].join(said))


def _parts(total: Summary) -> Iterator[tuple[str, int | None]]:
    """Names of the pieces, with their counts."""
    obstacles = [
        ("quarantined", total.quarantined),
        ("unreadable", total.unreadable),
        ("lost", total.lost),
        ("refused", total.refused),
        ("thin", total.thin),
    ]
    met = [(name, count) for name, count in obstacles if count]
    found = [
        (name, count)
        for name, count in (
            ("errors", total.errors),
            ("warnings", total.warnings),
            ("notes", total.notes),
        )
        if count
    ]
    aside = [
        (name, count)
        for name, count in (
            ("known", total.known),
            ("waived", total.waived),
            ("gone", total.gone),
        )
        if count
    ]
    if met:
        yield "incomplete", None
    elif total.exceeds:
        yield "not_passed", None
    elif found or total.known or total.waived:
        # Errors fail under every other setting.
        yield "never" if total.errors and not total.failing else "passed", None
    elif not total.documents:
        yield "no_files", None
    elif total.numbers:
        yield "clean", None
    else:
        yield "no_numbers", None
    yield from met
    yield from found
    if total.allowed and total.failing:
        yield "allowed", total.allowed
    yield from aside
    if total.partial > total.lost:
        yield "partial", total.partial - total.lost
