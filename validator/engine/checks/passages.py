"""Kind ``passages``（段落）: what stands under which heading of a whole report.

A rule's ``each`` says what it looks for:

``bare``
    A heading of a section（``match``）with nothing under it, among sections that have text.
``misplaced``
    A section whose heading names one topic of ``match`` and whose text speaks of another one
    and never of its own; words under ``unless`` with the topic's name count as its own.
``repeated``
    The same paragraph with figures under two headings.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from validator.document import BlockKind
from validator.engine.checks.chapters import chapters, head_span, whole_report
from validator.engine.checks.required import compiled
from validator.engine.checks.wording import wording_of, words_of
from validator.engine.outcome import Outcome
from validator.facts import SectionRole
from validator.findings import Evaluation, Evidence, Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from validator.document import Span
    from validator.engine.checks.chapters import Chapter, Whole
    from validator.engine.outcome import Context
    from validator.engine.schema import Rule

_DEEPEST = 3
"""Level of the deepest headings; below it headings and list items look alike."""
_FIRST = re.compile(r"(?:一、|（一）|（1）|1[.、．]|第一)")
_OPENING = 40
"""Characters at the start of a section in which it says what it is about."""
_SHORTEST = 30
_FIGURES = re.compile(r"\d(?:万元|元|%)")


def check(rule: Rule, context: Context) -> Iterator[Outcome]:
    """Yield what is wrong, where the report is a whole one."""
    whole = whole_report(context)
    if whole is not None:
        yield from _KINDS[rule.each](rule, context, whole)


def _outcome(
    rule: Rule, verdict: Verdict, spans: Sequence[Span], values: Mapping[str, str]
) -> Outcome:
    evidence = tuple(Evidence("text", span) for span in spans)
    evaluation = Evaluation(rule.id, rule.each, rule.category, verdict, "", evidence)
    return Outcome(evaluation, values)


def _bare(rule: Rule, context: Context, whole: Whole) -> Iterator[Outcome]:
    inside = [one for one in chapters(context) if whole.start <= one.head < whole.end]
    for at, one in enumerate(inside):
        fits = any(compiled(words).search(one.title) for words in rule.match.values())
        if one.role is not SectionRole.ACCOUNTS or one.level > _DEEPEST or not fits:
            continue
        if not one.bare:
            yield _outcome(rule, Verdict.CONSISTENT, [head_span(context, one)], {})
        elif _alone(context, inside, at):
            values = {"section": one.title}
            yield _outcome(rule, Verdict.INCONSISTENT, [head_span(context, one)], values)


def _alone(context: Context, inside: Sequence[Chapter], at: int) -> bool:
    """Whether a heading without text stands among sections that have some.

    The first number behind it begins a list that belongs to it, however it is numbered; two
    such headings in a row are a list.
    """
    one = inside[at]
    if one.own != one.end or any(
        context.document.blocks[block].kind is BlockKind.CHART
        for block in range(one.head, one.end)
    ):
        return False
    beside = [*inside[max(0, at - 1) : at], *inside[at + 1 : at + 2]]
    below = inside[at + 1] if at + 1 < len(inside) else None
    if below is not None and _FIRST.match(words_of(context.document, below.head)):
        return False
    return bool(beside) and not any(other.bare for other in beside)


def _misplaced(rule: Rule, context: Context, whole: Whole) -> Iterator[Outcome]:
    for one in whole.chapters:
        topics = [
            name for name, words in rule.match.items() if compiled(words).search(one.title)
        ]
        if len(topics) != 1 or one.role is not SectionRole.ACCOUNTS:
            continue
        text = wording_of(context.document, range(one.head + 1, one.end))
        own = [rule.match[topics[0]], rule.unless.get(topics[0], "")]
        if any(words and compiled(words).search(text.text) for words in own):
            yield _outcome(rule, Verdict.CONSISTENT, [head_span(context, one)], {})
            continue
        others = (
            found
            for name, words in rule.match.items()
            if name != topics[0] and (found := compiled(words).search(text.text[:_OPENING]))
        )
        if (other := next(others, None)) is not None:
            spans = [text.span(*other.span()), head_span(context, one)]
            values = {"section": one.title, "other": other.group()}
            yield _outcome(rule, Verdict.INCONSISTENT, spans, values)


def _repeated(rule: Rule, context: Context, whole: Whole) -> Iterator[Outcome]:
    document = context.document
    seen: dict[str, tuple[int, Chapter]] = {}
    for one in whole.chapters:
        if one.role is not SectionRole.ACCOUNTS:
            continue
        for block in range(one.head + 1, one.own):
            words = words_of(document, block)
            plain = document.blocks[block].kind is BlockKind.PARAGRAPH
            if not plain or len(words) < _SHORTEST or not _FIGURES.search(words):
                continue
            first, before = seen.setdefault(words, (block, one))
            if before.title != one.title:
                spans = [document.blocks[block].span, document.blocks[first].span]
                values = {"section": one.title, "other": before.title}
                yield _outcome(rule, Verdict.INCONSISTENT, spans, values)


_KINDS: Mapping[str, Callable[[Rule, Context, Whole], Iterator[Outcome]]] = {
    "bare": _bare,
    "misplaced": _misplaced,
    "repeated": _repeated,
}
