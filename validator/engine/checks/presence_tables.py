"""Tables that a whole report must publish（应公开的表）: the set, its order, empty ones."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from validator.engine.checks.memo import PerDocument
from validator.engine.checks.required import (
    absent,
    compiled,
    find,
    given,
    neighbour,
    of_a_list,
    said,
    there,
    top,
)
from validator.engine.checks.table_titles import table_titles
from validator.engine.checks.wording import wording_of
from validator.statements import ColumnKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.document import Span
    from validator.engine.checks.chapters import Whole
    from validator.engine.checks.wording import Wording
    from validator.engine.outcome import Context, Outcome
    from validator.engine.schema import Rule
    from validator.statements import Statement

_LEAST = "6"
_ELSEWHERE = re.compile(
    r"(?:报表|决算表|预算表|公开表|表格|各表)[^。；\n]{0,20}见[^。；\n]{0,10}附[件表]|见附表"
)


def table(rule: Rule, context: Context, whole: Whole) -> Iterator[Outcome]:
    """Titles of the set that are there; those missing, when most of the set is there."""
    found = _titles(rule, context)
    for name, spans in found.items():
        if not spans and (torn := _torn(rule.require[name], context)) is not None:
            spans.append(torn)
    least = int(rule.params.get("least", _LEAST))
    if sum(map(bool, found.values())) < least or _ELSEWHERE.search(said(context).text):
        return
    first = top(context, whole)
    places = {
        name: next((span for span in spans if span is not None), first) if spans else None
        for name, spans in found.items()
    }

    def near(name: str) -> Span | None:
        return neighbour([*found], name, places.get) or first

    yield from of_a_list(rule, context, places, near)


def order(rule: Rule, context: Context, whole: Whole) -> Iterator[Outcome]:
    """Titles in the order of the rule; the first that stands too early is told."""
    before: Span | None = None
    for name, spans in _titles(rule, context).items():
        place = next((span for span in spans if span is not None), None)
        if place is None:
            continue
        if before is not None and place < before:
            yield absent(rule, context, [name], place, before)
            return
        if before is not None:
            yield there(rule, name, place)
        before = place


def empty_table(rule: Rule, context: Context, whole: Whole) -> Iterator[Outcome]:
    """What the report says of each form that has no amount."""
    titles = table_titles(context)
    for statement in context.reading.statements:
        for name, wanted in rule.require.items():
            about = compiled(given(rule, name)).search(statement.title)
            if about is None or not _empty(statement):
                continue
            told = find(wanted, said(context))
            named = (one.span for one in titles if one.text == statement.title and one.span)
            if told is not None:
                yield there(rule, name, told)
            elif (place := next(named, top(context, whole))) is not None:
                yield absent(rule, context, [name], place, section=statement.title)


def _titles(rule: Rule, context: Context) -> dict[str, list[Span | None]]:
    """Where each title that is asked for stands; an empty list where it does not."""
    titles = table_titles(context)
    return {
        name: [title.span for title in titles if compiled(words).search(title.text)]
        for name, words in rule.require.items()
    }


def _torn(words: str, context: Context) -> Span | None:
    """A title that the file breaks over two lines, or that stands in running text."""
    return find(rf"(?=(?:{words}))[^。；，]{{0,60}}表", _ALL.of(context))


def _all(context: Context) -> Wording:
    return wording_of(context.document, (b.index for b in context.document.blocks))


_ALL = PerDocument(_all)


def _empty(statement: Statement) -> bool:
    """Whether every amount of a form is blank or nought, and none is written in words."""
    places = [
        (row, column)
        for band in statement.bands
        for lane in band.lanes
        for column in lane.of_kind(ColumnKind.MONEY)
        for row in lane.rows
    ]
    figures = (statement.figure(*place) for place in places)
    return (
        bool(places)
        and all(statement.knows(*place) for place in places)
        and not any(figure is not None and figure.quantity.number for figure in figures)
    )
