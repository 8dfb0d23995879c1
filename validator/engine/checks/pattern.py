"""Words that should not stand in a published report（残留文字）: placeholders, prompts, slips.

A rule names its regular expressions under ``match``; each is searched in every block of the
kind that the rule reads, and never across two blocks. A group called ``mark`` narrows what is
underlined. What an ``unless`` expression covers is left alone. Blanks are removed and widths
unified before matching, so an expression is written as one would type the words.

Parameters:
    once: ``true`` reports the same words once per document, with every place; ``report``
        all that was found in one finding.
    pairs: Bracket and quote pairs, such as ``（）“”``, that must be closed within a paragraph.
    printed: How the words must look in the file itself, before widths are unified; reported
        only where most of them look otherwise: half-width commas among full-width ones.
    repeats: Clauses of at least so many characters that stand twice in a row.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, NamedTuple

from validator.engine.checks.wording import wording
from validator.engine.outcome import Outcome
from validator.findings import Evaluation, Evidence, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.document import Document
    from validator.engine.checks.wording import Wording
    from validator.engine.outcome import Context
    from validator.engine.schema import Rule

_LONGEST_QUOTE = 40
_AROUND = 8
_SHOWN = 40
"""Places that one finding names at most."""
_CLAUSE = re.compile(r"[^，。；：、！？（）“”\n]+")
# （1） in running text is often written 1）, which closes nothing.
_LABEL = re.compile(
    r"(?:^|[，。；：、\s])[\d一二三四五六七八九十a-zA-Z①-⑳]{1,3}）", re.MULTILINE
)
_WRAPPED = 2
"""A pair may be closed this many lines further on where the file breaks a paragraph up."""


class _Match(NamedTuple):
    start: int
    end: int
    name: str


def check(rule: Rule, context: Context) -> Iterator[Outcome]:
    """Yield every place where the rule's words stand, in document order."""
    words = wording(context.document, rule.each)
    matches = [
        _Match(*_marked(match), name)
        for name, expression in rule.match.items()
        for match in _compiled(expression).finditer(words.text)
    ]
    if pairs := str(rule.params.get("pairs", "")):
        matches += _unpaired(words, pairs)
    if least := str(rule.params.get("repeats", "")):
        matches += _repeated(words, int(least))
    if printed := str(rule.params.get("printed", "")):
        matches = _so_printed(matches, context.document, words, _compiled(printed))
    if not matches:
        return
    excused = [
        match.span()
        for expression in rule.unless.values()
        for match in _compiled(expression).finditer(words.text)
    ]
    kept = _apart(matches, excused)
    once = str(rule.params.get("once", "")).lower()
    if once == "report":
        yield from [_outcome(rule, words, kept)] if kept else []
    elif once == "true":
        groups: dict[str, list[_Match]] = {}
        for match in kept:
            groups.setdefault(words.text[match.start : match.end], []).append(match)
        yield from (_outcome(rule, words, group) for group in groups.values())
    else:
        yield from (_outcome(rule, words, [match]) for match in kept)


@lru_cache(maxsize=512)
def _compiled(expression: str) -> re.Pattern[str]:
    return re.compile(expression, re.MULTILINE)


def _marked(match: re.Match[str]) -> tuple[int, int]:
    if "mark" in match.re.groupindex and match.group("mark") is not None:
        return match.span("mark")
    return match.span()


def _apart(matches: list[_Match], excused: list[tuple[int, int]]) -> list[_Match]:
    """Matches in order, the longest where several overlap, none that is excused."""
    kept: list[_Match] = []
    excused = sorted(excused)
    # The furthest end so far: what begins before a match and reaches into it excuses it.
    reach = [*accumulate((end for _, end in excused), max)]
    for match in sorted(matches, key=lambda m: (m.start - m.end, m.start)):
        before = bisect_left(kept, match.end, key=lambda m: m.start)
        taken = before > 0 and kept[before - 1].end > match.start
        begun = bisect_left(excused, (match.end,))
        allowed = begun > 0 and reach[begun - 1] > match.start
        if match.start < match.end and not taken and not allowed:
            kept.insert(before, match)
    return kept


def _outcome(rule: Rule, words: Wording, group: list[_Match]) -> Outcome:
    first = group[0]
    quote = words.text[first.start : first.end]
    if len(quote) > _LONGEST_QUOTE:
        quote = quote[: _LONGEST_QUOTE - 1] + "…"
    evidence = tuple(Evidence("text", words.span(m.start, m.end)) for m in group[:_SHOWN])
    evaluation = Evaluation(
        rule.id, first.name, rule.category, Verdict.INCONSISTENT, "", evidence
    )
    start, end = words.line(first.start)
    around = words.text[max(start, first.start - _AROUND) : min(end, first.end + _AROUND)]
    values = {"match": quote, first.name: quote, "around": around, "count": str(len(group))}
    return Outcome(evaluation, values)


def _so_printed(
    matches: list[_Match], document: Document, words: Wording, look: re.Pattern[str]
) -> list[_Match]:
    """Those that look so in the file, where they are the smaller part."""
    odd = [m for m in matches if look.search(document.quote(words.span(m.start, m.end)))]
    return odd if 2 * len(odd) < len(matches) else []


def _repeated(words: Wording, least: int) -> list[_Match]:
    """Clauses that say the same as the one before them: 通过项目实施，通过项目实施，."""
    found: list[_Match] = []
    told = _CLAUSE.findall(words.text)
    if not any(one == other and len(one) >= least for one, other in pairwise(told)):
        return found
    clauses = list(_CLAUSE.finditer(words.text))
    for one, other in pairwise(clauses):
        between = words.text[one.end() : other.start()]
        same = one.group() == other.group() and len(one.group()) >= least
        if same and len(between) == 1 and between != "\n" and not one.group()[0].isdecimal():
            found.append(_Match(one.start(), other.end(), "repeated"))
    return found


def _unpaired(words: Wording, pairs: str) -> list[_Match]:
    """Brackets and quotes without their other half, each pair judged by itself."""
    lines = words.text.split("\n")
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    found: list[_Match] = []
    for left, right in zip(pairs[::2], pairs[1::2], strict=True):
        loose = {
            number: offsets
            for number, line in enumerate(lines)
            if (left in line or right in line) and (offsets := _loose(line, left, right))
        }
        for number, offsets in loose.items():
            for at, opens in offsets:
                step = 1 if opens else -1
                wanted = range(number + step, number + step * (_WRAPPED + 1), step)
                if any(o != opens for n in wanted for _, o in loose.get(n, [])):
                    continue
                place = starts[number] + at
                found.append(_Match(place, place + 1, "open" if opens else "close"))
    return found


def _loose(line: str, left: str, right: str) -> list[tuple[int, bool]]:
    labels = {match.end() - 1 for match in _LABEL.finditer(line)} if right == "）" else set()
    waiting: list[int] = []
    loose: list[tuple[int, bool]] = []
    for at, character in enumerate(line):
        if character == left:
            waiting.append(at)
        elif character == right:
            if waiting:
                waiting.pop()
            elif at not in labels:
                loose.append((at, False))
    return sorted([*loose, *((at, True) for at in waiting)])
