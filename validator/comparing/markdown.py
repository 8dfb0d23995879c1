"""A comparison → Markdown（给评审页面看）: findings as lists, figures as a table."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from validator.comparing.places import place_of, shown
from validator.comparing.results import ChangeKind
from validator.comparing.verdict import sentence
from validator.reporters.passages import shortened
from validator.reporters.places import shown_path

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from validator.comparing.pairing import Pair
    from validator.comparing.results import Comparison, FigureChange
    from validator.comparing.totals import Totals
    from validator.comparing.words import DiffWords
    from validator.facts import Figure
    from validator.findings import Finding, Report

_MARKUP = re.compile(r"([\\`*_\[\]<>|#~&!])")


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
    yield f"## {' → '.join(_text(shown_path(r.name)) for r in (pair.old, pair.new) if r)}"
    if pair.old is None or pair.new is None:
        yield from ("", words.added if pair.old is None else words.removed)
    for report in pair.unread:
        yield from ("", f"{words.failed}：{_text(report.error or '')}")
    if pair.new is not None:
        yield from _findings(words.fresh, pair.fresh, pair.new, words)
    if both is None:
        return
    altered = [one.new for one in both.altered]
    yield from _findings(words.altered, altered, both.new, words)
    yield from _findings(words.fixed, both.fixed, both.old, words)
    if everything:
        kept = [one.new for one in both.kept if not one.altered]
        yield from _findings(words.kept, kept, both.new, words)
    elif len(both.kept) > len(altered):
        yield from ("", f"{words.kept}：{len(both.kept) - len(altered)}")
    if not (both.fresh or both.fixed or altered or both.figures):
        yield from ("", words.nothing)
    for kind in ChangeKind:
        yield from _figures(kind, both, words)


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
        quote = _text(shortened(shown(document.quote(span))))
        head = f"{words.shared.severity[finding.severity]} {place} {_text(finding.title)}"
        yield f"- **{head}**（{finding.rule}）：“{quote}” {_text(finding.message)}"


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
    return f"| {' | '.join(map(_text, cells))} |"


def _quote(report: Report, figure: Figure | None) -> str:
    return shown(report.document.quote(figure.span)) if report.document and figure else ""


def _text(words: str) -> str:
    """Words of a report as plain text, whatever they look like."""
    return _MARKUP.sub(r"\\\1", words)
