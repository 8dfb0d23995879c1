"""Runs split so that words stand alone（拆分文字）: what is before and behind keeps its look.

The left part of a split run stays the element that it was, so anchors further left in the
text remain true: work from the end of the text to its beginning.
"""

from __future__ import annotations

from copy import deepcopy
from itertools import groupby
from typing import TYPE_CHECKING

from validator.readers.word_package import W

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from lxml.etree import _Element

    from validator.rewriting.word_places import Anchor

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_INVISIBLE = frozenset(W + name for name in ("lastRenderedPageBreak", "softHyphen"))


def isolated(anchors: Sequence[Anchor]) -> list[_Element]:
    """Runs that hold exactly the words of the anchors, in order.

    Args:
        anchors: Of one span that is not empty and stands among nothing else.
    """
    groups = [(run, list(group)) for run, group in groupby(anchors, lambda one: one.run)]
    found = []
    for run, group in reversed(groups):
        cut(run, group[-1].element, group[-1].end)
        _, middle = cut(run, group[0].element, group[0].start)
        found.append(run if middle is None else middle)
    return found[::-1]


def cut(
    run: _Element, element: _Element, offset: int
) -> tuple[_Element | None, _Element | None]:
    """Split a run → its left part, which is the run itself, and its right part.

    Args:
        run: What to split.
        element: Child of it.
        offset: Characters of the child that belong to the left part.
    """
    at = run.index(element)
    words = element.text or ""
    if element.tag == f"{W}t" and 0 < offset < len(words):
        rest = deepcopy(element)
        rest.tail = None
        element.text, rest.text = words[:offset], words[offset:]
        for part in (element, rest):
            part.set(_SPACE, "preserve")
        element.addnext(rest)
        at += 1
    elif offset:
        at += 1
    kept, moved = list(run)[:at], list(run)[at:]
    if all(one.tag == f"{W}rPr" for one in kept):
        return None, run
    if not moved:
        return run, None
    right = hollow(run)
    properties = run.find(f"{W}rPr")
    if properties is not None:
        right.append(deepcopy(properties))
    right.extend(moved)
    run.addnext(right)
    return run, right


def element_like(one: _Element, tag: str, marks: Mapping[str, str] | None = None) -> _Element:
    """A new element with the prefixes that another one of the part uses."""
    names = {prefix: name for prefix, name in one.nsmap.items() if prefix}
    return one.makeelement(tag, dict(marks or {}), nsmap=names)


def hollow(one: _Element) -> _Element:
    """A copy of an element with its marks and without what is in it."""
    marks = {str(name): str(value) for name, value in one.items()}
    return element_like(one, one.tag, marks)


def among_others(anchors: Sequence[Anchor]) -> str:
    """Why words cannot stand alone, a Chinese clause; "" when they can.

    Deleting them must not take along a note or a picture that stands among them.
    """
    for run, group in groupby(anchors, lambda one: one.run):
        covered = [one.element for one in group]
        for child in list(run)[run.index(covered[0]) : run.index(covered[-1])]:
            blank = child.tag in _INVISIBLE or (child.tag == f"{W}t" and not child.text)
            if child not in covered and not blank:
                return "那几个字中间有脚注、图片或别的东西"
    return ""
