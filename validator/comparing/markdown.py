"""A comparison → Markdown（给评审页面看）: findings as lists, figures as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.comparing.places import place_of, shown
from validator.comparing.results import ChangeKind
from validator.comparing.verdict import doubts, sentence
from validator.reporters.missed import missed
from validator.reporters.passages import shortened
from validator.reporters.places import shown_path
from validator.reporters.plain_markdown import plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from validator.comparing.pairing import Pair
    from validator.comparing.results import Comparison, FigureChange
    from validator.comparing.totals import Totals
    from validator.comparing.words import DiffWords
    from validator.facts import Figure
    from validator.findings import Finding, Report


def render(found: Sequence[Pair], total: Totals, words: DiffWords, *, everything: bool) -> str:
    """The page, ending in a line feed.

    Args:
        found: Reports in pairs.
        total: What they come to.
        words: Language.
        everything: Whether to list findings that are unchanged, too.
    """
    lines = [f"# {words.title}", "", sentence(total, words)]
    for pair in found:
        lines += _pair(pair, words, everything=everything)
    return "\n".join(lines) + "\n"


def _pair(pair: Pair, words: DiffWords, *, everything: bool) -> Iterator[str]:
    both = pair.comparison
    yield ""
    yield f"## {' → '.join(plain(shown_path(one.name)) for one in pair.versions)}"
    if pair.old is None or pair.new is None:
        yield from ("", words.added if pair.old is None else words.removed)
    elif both is None:
        yield from ("", words.failed)
    yield from _missing(pair, words)
    unsure = doubts(both, words) if both else []
    for text in unsure:
        yield from ("", text)
    if pair.new is not None:
        yield from _findings(words.fresh, pair.fresh, pair.new, words)
    if both is None:
        return
    altered = [one.new for one in both.altered]
    yield from _findings(words.altered, altered, both.new, words)
    yield from _findings(words.fixed, both.fixed, both.old, words)
    yield from _findings(words.vanished, both.vanished, both.old, words)
    if everything:
        kept = [one.new for one in both.kept if not one.altered]
        yield from _findings(words.kept, kept, both.new, words)
    elif len(both.kept) > len(altered):
        count = len(both.kept) - len(altered)
        yield from ("", f"{words.kept}{words.labels.colon}{count}")
    if both.alike and not unsure:
        yield from ("", words.nothing)
    for kind in ChangeKind:
        yield from _figures(kind, both, words)


def _missing(pair: Pair, words: DiffWords) -> Iterator[str]:
    """What was not read or understood of both versions."""
    lines = [one for report in pair.versions for one in missed(report)]
    if lines:
        yield ""
    for one in lines:
        what = f"**{words.labels.missed[one.kind]}**{words.labels.colon}{plain(one.text)}"
        yield f"- {plain(one.path)} {what}"


def _findings(
    title: str, findings: Sequence[Finding], report: Report, words: DiffWords
) -> Iterator[str]:
    document = report.document
    if not findings or document is None:
        return
    yield from ("", f"### {title} {len(findings)}", "")
    for finding in findings:
        span = finding.evidence[0].span
        place = place_of(document, span, words.shared)
        quote = plain(shortened(document.quote(span)))
        head = f"{words.shared.severity[finding.severity]} {place} {plain(finding.title)}"
        rule = words.labels.brackets.format(text=finding.rule)
        message = plain(finding.message)
        yield f"- **{head}**{rule}{words.labels.colon}“{quote}” {message}"


def _figures(kind: ChangeKind, both: Comparison, words: DiffWords) -> Iterator[str]:
    changes = both.of_kind(kind)
    if not changes:
        return
    yield from ("", f"### {words.figures[kind]} {len(changes)}", "")
    yield f"| {' | '.join(words.columns)} |"
    yield "|---|---|---|---|"
    for change in changes:
        yield _row(change, both, words)


def _row(change: FigureChange, both: Comparison, words: DiffWords) -> str:
    here = (both.new, change.new) if change.new else (both.old, change.old)
    report, figure = here
    place = (
        place_of(report.document, figure.span, words.shared)
        if report.document and figure
        else ""
    )
    cells = (place, change.label, _quote(both.old, change.old), _quote(both.new, change.new))
    return f"| {' | '.join(map(plain, cells))} |"


def _quote(report: Report, figure: Figure | None) -> str:
    return shown(report.document.quote(figure.span)) if report.document and figure else ""
