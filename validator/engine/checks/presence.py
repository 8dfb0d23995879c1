"""Kind ``presence``（应有内容）: what a whole report must say and does not.

It runs on whole reports only (``chapters``), and never on what merely looks short: a section
that says 无 counts, a table counts that is printed, listed or a worksheet of the set, and
words that point to an annex（见附件）leave all open.

A rule's ``each`` says where it looks:

``document``
    ``require`` anywhere outside glossary and contents, where the outline is the one that the
    rule knows: most of it has headings, and one heading fits ``within``.
``section``
    ``require`` in every section whose heading fits ``within``.
``item``
    ``require`` in every paragraph that fits ``given``, or below it before the next such one.
``table``
    ``require`` among the titles of tables, printed or listed.
``order``
    The same titles, in the order in which the rule names them.
``empty_table``
    ``require`` anywhere, for each public form whose title fits ``given`` and that is empty.

Parameters:
    most: How many may lack a heading; with more the outline is another one (default 2).
    least: How many titles of tables must be there (default 6).
"""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING

from validator.engine.checks import presence_tables
from validator.engine.checks.chapters import chapters, head_span, whole_report
from validator.engine.checks.identity import distinct, fits
from validator.engine.checks.required import (
    MOST,
    absent,
    compiled,
    find,
    find_last,
    given,
    neighbour,
    of_a_list,
    said,
    there,
    top,
)
from validator.engine.checks.wording import wording_of
from validator.engine.expr import certain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from validator.document import Span
    from validator.engine.checks.chapters import Chapter, Whole
    from validator.engine.outcome import Context, Outcome
    from validator.engine.schema import Rule

_WAYS = 32
_ELSEWHERE = re.compile(r"(?:见|参阅|查阅|附)[^。；\n]{0,14}附(?:件|表|后)")


def check(rule: Rule, context: Context) -> Iterator[Outcome]:
    """Yield what is there and what is missing, where the report is a whole one."""
    whole = whole_report(context)
    if whole is None or not _where_holds(rule, context):
        return
    text = said(context).text
    if not any(compiled(words).search(text) for words in rule.unless.values()):
        yield from _KINDS[rule.each](rule, context, whole)


def _where_holds(rule: Rule, context: Context) -> bool:
    """Whether the guard is certain for every value that the report states."""
    if rule.where_expression is None:
        return True
    year = context.reading.year
    facts = [fact for fact in context.reading.facts if fact.known and fact.key.year == year]
    choices = []
    for name, selector in rule.let.items():
        stated = distinct([fact for fact in facts if fits(selector, fact, context.reading)])
        if not stated:
            return False
        choices.append([(name, fact.figure.interval) for fact in stated])
    ways = itertools.islice(itertools.product(*choices), _WAYS)
    return all(certain(rule.where_expression, dict(way)) is True for way in ways)


def _sections(rule: Rule, whole: Whole) -> Iterator[Chapter]:
    """The outermost chapters whose headings fit."""
    end = -1
    for one in whole.chapters:
        if one.head >= end and rule.within and compiled(rule.within).search(one.title):
            end = one.end
            yield one


def _document(rule: Rule, context: Context, whole: Whole) -> Iterator[Outcome]:
    words = said(context)
    found = {name: find(wanted, words) for name, wanted in rule.require.items()}
    beside = [head_span(context, one) for one in _sections(rule, whole)]

    def heading(name: str) -> Span | None:
        wanted = compiled(rule.require[name])
        told = (o for o in chapters(context) if not o.bare and wanted.search(o.title))
        return next((head_span(context, one) for one in told), None)

    def near(name: str) -> Span | None:
        wanted = compiled(rule.require[name])
        listed = (one for one in chapters(context) if one.bare and wanted.search(one.title))
        place = next((head_span(context, one) for one in listed), None)
        place = place or neighbour([*rule.require], name, heading)
        return place or (beside[-1] if beside else top(context, whole))

    most = int(rule.params.get("most", MOST))
    headed = [name for name in found if heading(name) is not None]
    if len(found) - len(headed) <= most and (beside or not rule.within):
        yield from of_a_list(rule, context, found, near)


def _section(rule: Rule, context: Context, whole: Whole) -> Iterator[Outcome]:
    for chapter in _sections(rule, whole):
        words = wording_of(context.document, range(chapter.head + 1, chapter.end))
        if _ELSEWHERE.search(words.text):
            continue
        places: dict[Span, list[str]] = {}
        for name, wanted in rule.require.items():
            first = given(rule, name)
            place = find_last(first, words) if first else head_span(context, chapter)
            if place is None:
                continue
            if (span := find(wanted, words)) is not None:
                yield there(rule, name, span)
            else:
                places.setdefault(place, []).append(name)
        for place, names in places.items():
            yield absent(rule, context, names, place, section=chapter.title)


def _item(rule: Rule, context: Context, whole: Whole) -> Iterator[Outcome]:
    for chapter in _sections(rule, whole):
        words = wording_of(context.document, range(chapter.head + 1, chapter.end))
        for name, wanted in rule.require.items():
            starts = [m.span() for m in compiled(given(rule, name)).finditer(words.text)]
            for at, (start, stop) in enumerate(starts):
                begin = words.line(start)[0]
                after = (words.line(s)[0] for s, _ in starts[at + 1 :])
                end = next((s for s in after if s > begin), len(words.text))
                reach = words.text[begin:end]
                if _ELSEWHERE.search(reach):
                    continue
                place = words.span(start, stop)
                if compiled(wanted).search(reach.replace("\n", "")):
                    yield there(rule, name, place)
                else:
                    yield absent(rule, context, [name], place, section=chapter.title)


_KINDS: Mapping[str, Callable[[Rule, Context, Whole], Iterator[Outcome]]] = {
    "document": _document,
    "section": _section,
    "item": _item,
    "table": presence_tables.table,
    "order": presence_tables.order,
    "empty_table": presence_tables.empty_table,
}
