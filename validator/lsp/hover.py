"""What is known of the words under the cursor（悬停说明）: findings, comparisons, the rule."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from validator.findings import FigureState, Verdict
from validator.lsp.phrases import PHRASES
from validator.reporters.passages import shortened
from validator.reporters.told import (
    advice,
    aside,
    computation_words,
    consequence_words,
    impact_words,
    visible,
    waiver_words,
)
from validator.reporters.words import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from validator.document import Document, Span
    from validator.engine.schema import Rule
    from validator.facts import Figure
    from validator.findings import Evaluation, Evidence, Finding, Report
    from validator.lsp.problems import Checked

_MOST = 5
"""Comparisons of a figure that are shown."""
_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#|~&])")
_LINE_END = re.compile(r"\s*\n\s*")
_TOLD = (Verdict.INCONSISTENT, Verdict.CONSISTENT_BY_ROUNDING, Verdict.CONSISTENT)


class Hover(NamedTuple):
    """What to show（说明）: paragraphs of lines, and for which words."""

    span: Span
    paragraphs: tuple[tuple[str, ...], ...]

    def plain(self) -> str:
        """As plain text."""
        return "\n\n".join("\n".join(lines) for lines in self.paragraphs)

    def markdown(self) -> str:
        """As Markdown, the first line of each paragraph in bold."""
        return "\n\n---\n\n".join(
            "  \n".join([f"**{_literal(lines[0])}**", *(_literal(line) for line in lines[1:])])
            for lines in self.paragraphs
        )


def _literal(text: str) -> str:
    """A line that Markdown leaves as it is."""
    return _MARKDOWN.sub(r"\\\1", text)


def hover_at(checked: Checked, offset: int) -> Hover | None:
    """What to show at a character: what is wrong there, or how its figure was checked."""
    report = checked.report
    if report is None or report.document is None or report.reading is None:
        return None
    page = _Page(checked, report, report.document)
    found = [(span, finding) for finding in report.findings for span in _under(finding, offset)]
    if found:
        told = tuple(tuple(page.finding(finding, span)) for span, finding in found)
        return Hover(min((span for span, _ in found), key=_length), told)
    figure = next(
        (f for f in report.reading.figures if f.span.start <= offset < f.span.end), None
    )
    return Hover(figure.span, (tuple(page.figure(figure)),)) if figure else None


def _under(finding: Finding, offset: int) -> list[Span]:
    """The words of a finding at a character: the shortest of its operands."""
    here = [
        one.span
        for one in finding.evidence
        if not one.document and one.span.start <= offset < one.span.end
    ]
    return sorted(here, key=_length)[:1]


def _length(span: Span) -> int:
    return span.end - span.start


class _Page:
    """Writes lines about one report."""

    def __init__(self, checked: Checked, report: Report, document: Document) -> None:
        self._report = report
        self._document = document
        self._words = LANGUAGES[checked.language]
        self._phrases = PHRASES[checked.language]
        rules = checked.ruleset.rules if checked.ruleset else ()
        self._rules = {rule.id: rule for rule in rules}

    def finding(self, finding: Finding, span: Span) -> Iterator[str]:
        """Headline, what every report says, operands but one, the rule's grounds."""
        words = self._words
        apart = aside(finding)
        how = words.asides[apart] if apart else words.severity[finding.severity]
        head = self._phrases.title.format(title=how, message=finding.title)
        yield f"{head} {finding.rule}"
        yield visible(finding.message)
        if finding.waiver is not None:
            yield waiver_words(finding.waiver, words)
        told = (
            computation_words(finding, words),
            impact_words(finding, words),
            *advice(self._document, finding, words),
            consequence_words(finding, words),
        )
        yield from filter(None, told)
        yield from self._operands(finding.evidence, span)
        yield from self._grounds(self._rules.get(finding.rule))

    def figure(self, figure: Figure) -> Iterator[str]:
        """The figure, each comparison that it took part in, or why there is none."""
        yield visible(shortened(self._document.quote(figure.span)))
        state = self._report.states[figure.id]
        if state is FigureState.IGNORED:
            yield self._phrases.ignored.format(why=figure.ignored)
            return
        took = [
            one
            for verdict in _TOLD
            for one in self._report.evaluations
            if one.verdict is verdict and figure.id in one.figures
        ]
        if not took:
            yield self._phrases.unchecked
            return
        for one in took[:_MOST]:
            yield self._comparison(one)
            yield from self._operands(one.evidence, figure.span)
        if len(took) > _MOST:
            yield self._phrases.more.format(count=len(took) - _MOST)
        for rule in dict.fromkeys(one.rule for one in took[:_MOST]):
            yield from self._grounds(self._rules.get(rule))

    def _comparison(self, evaluation: Evaluation) -> str:
        verdict = self._phrases.verdict[evaluation.verdict]
        rule = self._rules.get(evaluation.rule)
        title = rule.title if rule else ""
        looked = self._phrases.looked_for.format(rule=evaluation.rule, title=title)
        line = self._phrases.title.format(title=verdict, message=evaluation.computation)
        return f"{line}{looked}"

    def _operands(self, evidence: Iterable[Evidence], span: Span) -> Iterator[str]:
        """All of them but those at a place, by their lines, which an editor counts."""
        line, quote = self._words.line, self._document.quote
        told = [
            f"{line.format(line=self._document.line_of(at.start))}“{visible(shortened(quote(at)))}”"
            for at in dict.fromkeys(e.span for e in evidence if not e.document)
            if not at.overlaps(span)
        ]
        if told:
            yield self._phrases.others.format(text="、".join(told))

    def _grounds(self, rule: Rule | None) -> Iterator[str]:
        if rule is None:
            return
        if rule.why:
            yield self._phrases.why.format(text=_LINE_END.sub("", rule.why.strip()))
        if rule.references:
            yield self._phrases.references.format(text="；".join(rule.references))
