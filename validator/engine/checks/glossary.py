"""Kind ``glossary``（名词解释）: terms explained and not used, used and not explained.

A rule's ``each`` says which:

``unused``
    Terms that stand nowhere else. 项 of the functional classification are judged where the
    text names 项 one by one; other terms only where the public tables stand in the report, for
    rows and columns use them. Terms that fit ``unless`` are left alone. One finding for all.
``unexplained``
    Terms（``require``）that the report uses and its glossary does not have.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from validator.engine.checks.chapters import chapters, head_span, whole_report
from validator.engine.checks.required import compiled, of_a_list, said
from validator.engine.checks.wording import wording_of
from validator.engine.outcome import Outcome
from validator.facts import SectionRole
from validator.findings import Evaluation, Evidence, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.document import Span
    from validator.engine.checks.chapters import Chapter
    from validator.engine.outcome import Context
    from validator.engine.schema import Rule

_NUMBER = r"(?:\d{1,3}[.、．]|（[一二三四五六七八九十\d]{1,3}）|[一二三四五六七八九十]{1,3}、)?"
_TERM = re.compile(rf"^{_NUMBER}(?P<term>[^：。；，\n]{{2,60}}?)(?:：|是指|指)", re.MULTILINE)
_CODED = re.compile(r"（[类款项]）|(?<!\d)2\d{2}(?:\d{2}){0,2}(?!\d)")
_ITEM = re.compile(r"（项）|(?<!\d)2\d{6}(?!\d)")
_OPEN = re.compile(r"[…*×]|\.{3}|[xX]{2}")
"""A template's own entry, which nobody filled in."""
_MARKS = re.compile(r"[（）()“”\"'《》、\s类款项]|支出|收入|经费")
_FEWEST = 3
_FORMS = 5
"""So many public forms must stand in the report before a term counts as unused."""
_SHOWN = 6


class _Term(NamedTuple):
    text: str
    span: Span


def check(rule: Rule, context: Context) -> Iterator[Outcome]:
    """Yield what is wrong with the glossary of a whole report."""
    if whole_report(context) is None:
        return
    glossary = [one for one in chapters(context) if one.role is SectionRole.GLOSSARY]
    told = [one for one in glossary if not one.bare]
    outer = [one for one in told if not any(o.head < one.head < o.end for o in told)]
    if len(outer) == 1:
        yield from _KINDS[rule.each](rule, context, outer[0])


def _terms(rule: Rule, context: Context, chapter: Chapter) -> list[_Term]:
    words = wording_of(context.document, range(chapter.head + 1, chapter.end))
    return [
        _Term(found["term"], words.span(*found.span("term")))
        for found in _TERM.finditer(words.text)
        if not _OPEN.search(found["term"])
        and not any(compiled(one).search(found["term"]) for one in rule.unless.values())
    ]


def _plain(text: str) -> str:
    """Words without marks and without what is now written and now left out."""
    return _MARKS.sub("", text)


def _unused(rule: Rule, context: Context, chapter: Chapter) -> Iterator[Outcome]:
    document = context.document
    inside = range(chapter.head, chapter.end)
    others = wording_of(document, (b.index for b in document.blocks if b.index not in inside))
    everywhere = _plain(others.text)
    itemised = len(_ITEM.findall(others.text)) >= _FEWEST
    forms = {one.form for one in context.reading.statements if one.form}
    unused = []
    for term in _terms(rule, context, chapter):
        coded = bool(_CODED.search(term.text))
        names = _names(context, term.text)
        known = itemised if coded else len(forms) >= _FORMS
        if known and names and not any(_plain(name) in everywhere for name in names):
            unused.append(term)
    if unused:
        listed = "、".join(f"“{term.text}”" for term in unused[:_SHOWN])
        evidence = tuple(Evidence("text", term.span) for term in unused)
        evaluation = Evaluation(
            rule.id, rule.each, rule.category, Verdict.INCONSISTENT, "", evidence
        )
        more = f"等{len(unused)}个" if len(unused) > _SHOWN else ""
        yield Outcome(evaluation, {"missing": listed + more, "count": str(len(unused))})


def _names(context: Context, term: str) -> set[str]:
    """What else a term is called: its code, the name of its 项, other names of a line item."""
    lexicon = context.lexicon
    bare = re.sub(r"（[^）]*）", "", term).strip("“”")
    names = {term, bare, *re.split(r"（[类款]）", term)[-1:]}
    for code in re.findall(r"(?<!\d)2\d{6}(?!\d)", term):
        names.add(code)
        names |= {one.name for one in lexicon.classification.namings.get(code, ())}
    item = lexicon.find(bare)
    if item is not None:
        names |= {alias for alias, other in lexicon.items.items() if other.id == item.id}
    return {name for name in names if len(_plain(name)) > 1}


def _unexplained(rule: Rule, context: Context, chapter: Chapter) -> Iterator[Outcome]:
    if len(_terms(rule, context, chapter)) < _FEWEST:
        return
    glossary = wording_of(context.document, range(chapter.head + 1, chapter.end)).text
    body = said(context).text
    head = head_span(context, chapter)
    used = {
        name: head if compiled(words).search(glossary) else None
        for name, words in rule.require.items()
        if compiled(words).search(body)
    }
    yield from of_a_list(rule, context, used, lambda _: head)


_KINDS = {"unused": _unused, "unexplained": _unexplained}
