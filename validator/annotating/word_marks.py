"""Marks of comments in the text（批注标记）: where each range begins and ends, and its number.

``w:commentRangeStart`` and ``w:commentRangeEnd`` stand beside runs, never in them; a run that
is only partly meant is split. The mark that shows the comment stands in the paragraph itself,
so that nothing that is updated or rejected takes it along.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.annotating.word_targets import WRAPPERS
from validator.readers.word_package import W
from validator.rewriting.word_split import cut, element_like

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml.etree import _Element

    from validator.annotating.word_fields import Order
    from validator.annotating.word_targets import Edge, Target

START, END = f"{W}commentRangeStart", f"{W}commentRangeEnd"
REFERENCE = f"{W}commentReference"
_END, _POINT, _START = range(3)
"""Which comes first where several stand between the same two characters."""
_MARKS = frozenset({START, END})
_PROPERTIES = frozenset(
    W + name for name in ("sdtPr", "sdtEndPr", "smartTagPr", "customXmlPr", "fldData")
)
_AUTHOR = f"{W}author"


def mark(targets: Iterable[tuple[str, Target]], order: Order, author: str) -> None:
    """Mark what comments are put on.

    All is done from the end of the text to its beginning: a run that is split keeps its left
    part, so that what stands further left is still where it was.

    Args:
        targets: Number of each comment, and what it is put on.
        order: Elements of the part as it is.
        author: Whose tracked deletions beside the words belong to them.
    """
    todo = []
    for at, (number, target) in enumerate(targets):
        if target.is_point:
            todo.append((*_key(order, target.start), _POINT, at, number, target.start))
            continue
        todo.append((*_key(order, target.start), _START, at, number, target.start))
        todo.append((*_key(order, target.end), _END, at, number, target.end))
    todo.sort(key=lambda one: one[:4], reverse=True)
    behind = {edge: _end_of_field(order, edge) for *_, edge in todo}
    for *_, kind, _, number, edge in todo:
        beside, after = _between(edge)
        if kind == _POINT:
            end = _point(beside, number, after=after, author=author)
            _show(end, number, behind[edge])
            continue
        beside, after = _outside(beside, after=after, start=kind == _START, author=author)
        made = element_like(beside, START if kind == _START else END, {f"{W}id": number})
        (beside.addnext if after else beside.addprevious)(made)
        if kind == _END:
            _show(made, number, behind[edge])


def _key(order: Order, edge: Edge) -> tuple[int, int]:
    at = order.last(edge.element) if edge.offset else order.at(edge.element)
    return at, edge.offset


def _between(edge: Edge) -> tuple[_Element, bool]:
    """What an edge stands beside, and whether behind it."""
    element = edge.element
    if element.tag == f"{W}p":
        properties = element.find(f"{W}pPr")
        if properties is None and len(element):
            return element[0], False
        if properties is None:
            properties = element_like(element, f"{W}pPr")
            element.append(properties)
        return properties, True
    run = element.getparent()
    if run is None or run.tag != f"{W}r":
        return element, edge.offset > 0
    left, right = cut(run, element, edge.offset)
    if left is not None:
        return left, True
    return (run if right is None else right), False


def _outside(
    beside: _Element, *, after: bool, start: bool, author: str
) -> tuple[_Element, bool]:
    """The same place outside of links and the like, when it is at their border.

    Words that were deleted there by the author are taken in.
    """
    if after == start:
        return beside, after
    while True:
        parent = beside.getparent()
        others = [one for one in beside.itersiblings(preceding=start) if not _is_blank(one)]
        if others and _is_deletion(others[0], author):
            beside = others[0]
        elif not others and parent is not None and _is_wrapper(parent):
            beside = parent
        else:
            return beside, after


def _is_blank(one: _Element) -> bool:
    """Whether it prints nothing: properties, marks of other comments."""
    shows = one.tag == f"{W}r" and all(child.tag == REFERENCE for child in one)
    return one.tag in _MARKS or one.tag in _PROPERTIES or shows


def _is_deletion(one: _Element, author: str) -> bool:
    return one.tag == f"{W}del" and one.get(_AUTHOR) == author


def _is_wrapper(one: _Element) -> bool:
    """Whether it stands around runs of one paragraph."""
    return one.tag in WRAPPERS and next(one.iterancestors(f"{W}p"), None) is not None


def _point(beside: _Element, number: str, *, after: bool, author: str) -> _Element:
    """Mark a place between two characters, and what the author deleted there → the end."""
    start, end = (element_like(beside, tag, {f"{W}id": number}) for tag in (START, END))
    (beside.addnext if after else beside.addprevious)(start)
    start.addnext(end)
    before, behind = start.getprevious(), end.getnext()
    if behind is not None and _is_deletion(behind, author):
        behind.addnext(end)
    elif before is not None and _is_deletion(before, author):
        before.addprevious(start)
    return end


def _show(end: _Element, number: str, field: _Element | None) -> None:
    """Put the mark that shows a comment behind the end of its range."""
    place = _in_paragraph(end)
    if field is not None:
        place = _in_paragraph(field)
    run = element_like(end, f"{W}r")
    run.append(element_like(end, REFERENCE, {f"{W}id": number}))
    place.addnext(run)


def _in_paragraph(one: _Element) -> _Element:
    """What holds an element among the children of its paragraph."""
    for holder in (one, *one.iterancestors()):
        parent = holder.getparent()
        if parent is not None and parent.tag == f"{W}p":
            return holder
    return one


def _end_of_field(order: Order, edge: Edge) -> _Element | None:
    """The end of the outermost field around an edge that ends in its paragraph."""
    paragraph = next(edge.element.iterancestors(f"{W}p"), None)
    ends = (field.end for field in order.around(edge.element))
    return next(
        (one for one in ends if next(one.iterancestors(f"{W}p"), None) is paragraph), None
    )
