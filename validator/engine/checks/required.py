"""What is required（应有的内容）: found in a report, or told as missing where it should stand.

Words that stand anywhere count, over the end of a line as well. Where most of a list is
missing, the report follows another outline, and nothing is claimed.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from validator.document import Span
from validator.engine.checks.chapters import head_span, silent
from validator.engine.checks.memo import PerDocument
from validator.engine.checks.wording import wording_of
from validator.engine.outcome import Outcome
from validator.findings import Evaluation, Evidence, Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from validator.engine.checks.chapters import Whole
    from validator.engine.checks.wording import Wording
    from validator.engine.outcome import Context
    from validator.engine.schema import Rule

MOST = "2"
"""So many of a list may be missing, where its rule does not say how many."""
_LONGEST_QUOTE = 40


@lru_cache(maxsize=512)
def compiled(expression: str) -> re.Pattern[str]:
    """A pattern of a rule, ready to search."""
    return re.compile(expression, re.MULTILINE)


def said(context: Context) -> Wording:
    """All that the report says, glossary and contents left out."""
    return _SAID.of(context)


def _say(context: Context) -> Wording:
    quiet = silent(context)
    blocks = (b.index for b in context.document.blocks if b.index not in quiet)
    return wording_of(context.document, blocks)


_SAID = PerDocument(_say)


def find(expression: str, words: Wording) -> Span | None:
    """Where some words stand, within a line or over the end of one."""
    pattern = compiled(expression)
    if match := pattern.search(words.text):
        return words.span(match.start(), max(match.end(), match.start() + 1))
    if match := pattern.search(words.text.replace("\n", "")):
        places = [p for p, c in zip(words.places, words.text, strict=True) if c != "\n"]
        return Span(places[match.start()], places[max(match.end() - 1, match.start())] + 1)
    return None


def find_last(expression: str, words: Wording) -> Span | None:
    """Where some words stand last: details come after what sums them up."""
    matches = list(compiled(expression).finditer(words.text))
    return words.span(*matches[-1].span()) if matches else None


def given(rule: Rule, name: str) -> str:
    """What must stand there before ``name`` is required, or ""."""
    return rule.given.get(name) or rule.given.get("", "")


def there(rule: Rule, name: str, span: Span) -> Outcome:
    """What is required stands there."""
    evidence = (Evidence("text", span),)
    evaluation = Evaluation(rule.id, name, rule.category, Verdict.CONSISTENT, "", evidence)
    return Outcome(evaluation)


def absent(
    rule: Rule, context: Context, names: Sequence[str], *spans: Span, section: str = ""
) -> Outcome:
    """What is required does not stand where it should."""
    missing = "、".join(names)
    evidence = tuple(Evidence("text", span) for span in spans)
    evaluation = Evaluation(rule.id, missing, rule.category, Verdict.INCONSISTENT, "", evidence)
    quote = " ".join(context.document.quote(spans[0]).split())
    if len(quote) > _LONGEST_QUOTE:
        quote = quote[: _LONGEST_QUOTE - 1] + "…"
    values = {"missing": missing, "section": section or quote, "quote": quote}
    return Outcome(evaluation, values)


def of_a_list(
    rule: Rule,
    context: Context,
    found: Mapping[str, Span | None],
    near: Callable[[str], Span | None],
) -> Iterator[Outcome]:
    """Each of a list that is there, and those missing by the place where they should stand.

    Args:
        rule: The rule.
        context: The report.
        found: Where each stands, None where it does not.
        near: The place where a missing one should stand.
    """
    missing = [name for name, span in found.items() if span is None]
    if len(missing) > int(rule.params.get("most", MOST)):
        return
    places: dict[Span, list[str]] = {}
    for name, span in found.items():
        if span is not None:
            yield there(rule, name, span)
        elif (place := near(name)) is not None:
            places.setdefault(place, []).append(name)
    for place, names in places.items():
        yield absent(rule, context, names, place)


def neighbour(
    names: Sequence[str], missing: str, place: Callable[[str], Span | None]
) -> Span | None:
    """The place of what stands before the missing one in the rule's order, or after it."""
    at = names.index(missing)
    ordered = [*reversed(names[:at]), *names[at + 1 :]]
    return next((span for name in ordered if (span := place(name)) is not None), None)


def top(context: Context, whole: Whole) -> Span | None:
    """The first heading of the report."""
    return head_span(context, whole.chapters[0]) if whole.chapters else None
