"""Tracked changes（修订）: ``w:del`` around the old words, ``w:ins`` with the new ones."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING

from validator.readers.word_package import W
from validator.rewriting.own_copies import AUTHOR
from validator.rewriting.word_split import cut, element_like, hollow, isolated

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from lxml.etree import _Element

    from validator.rewriting.word_places import Anchor

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


class Changes:
    """Makes the tracked changes of one part, each with a number of its own."""

    def __init__(self, root: _Element, date: str) -> None:
        """Make changes in a part.

        Args:
            root: Root of the part.
            date: Day as ``2024-05-10``, "" for none.
        """
        numbers = (one.get(f"{W}id", "") for one in root.iter())
        self._last = max((int(n) for n in numbers if n.isascii() and n.isdigit()), default=0)
        self._date = date

    def make(self, anchors: Sequence[Anchor], words: str) -> None:
        """Put words in the place of others.

        Args:
            anchors: Of the old words, or one empty anchor.
            words: The new ones, "" for none.
        """
        first = anchors[0]
        if first.start == first.end:
            self._put(first, words)
            return
        runs = isolated(anchors)
        look = runs[0].find(f"{W}rPr")
        deleted = [self._deleted(group) for group in _side_by_side(runs)]
        if words:
            # Behind all that is deleted, but not within a link that begins among it.
            home = _home(deleted[0])
            last = next(one for one in reversed(deleted) if _home(one) is home)
            self._insert(last, self._inserted(runs[0], look, words), after=True)

    def _put(self, anchor: Anchor, words: str) -> None:
        """Words between two characters, looking like those before."""
        run = anchor.run
        left, right = cut(run, anchor.element, anchor.end)
        beside = left if left is not None else right
        assert beside is not None  # noqa: S101 - a run has a left or a right part
        new = self._inserted(beside, beside.find(f"{W}rPr"), words)
        self._insert(beside, new, after=left is not None)

    def _insert(self, beside: _Element, new: _Element, *, after: bool) -> None:
        """Put an insertion beside a run or change; one of another author is parted for it."""
        parent = beside.getparent()
        if parent is None or parent.tag != f"{W}ins":
            (beside.addnext if after else beside.addprevious)(new)
            return
        at = parent.index(beside) + after
        moved = list(parent)[at:]
        if at == 0:
            parent.addprevious(new)
            return
        parent.addnext(new)
        if moved:
            rest = hollow(parent)
            rest.set(f"{W}id", self._number())
            rest.extend(moved)
            new.addnext(rest)

    def _deleted(self, runs: Sequence[_Element]) -> _Element:
        change = self._change(runs[0], "del")
        runs[0].addprevious(change)
        for run in runs:
            run.tail = None
            change.append(run)
            for text in run.iter(f"{W}t"):
                text.tag = f"{W}delText"
                text.set(_SPACE, "preserve")
        return change

    def _inserted(self, like: _Element, look: _Element | None, words: str) -> _Element:
        change = self._change(like, "ins")
        run = element_like(like, f"{W}r")
        if look is not None:
            properties = deepcopy(look)
            for old in properties.findall(f"{W}rPrChange"):
                properties.remove(old)
            run.append(properties)
        text = element_like(like, f"{W}t", {_SPACE: "preserve"})
        text.text = words
        run.append(text)
        change.append(run)
        return change

    def _change(self, like: _Element, kind: str) -> _Element:
        marks = {f"{W}id": self._number(), f"{W}author": AUTHOR}
        if self._date:
            marks[f"{W}date"] = f"{self._date}T00:00:00Z"
        return element_like(like, f"{W}{kind}", marks)

    def _number(self) -> str:
        self._last += 1
        return str(self._last)


def _home(change: _Element) -> _Element | None:
    """What a change stands in; another author's insertion is parted, so it does not count."""
    parent = change.getparent()
    within = parent is not None and parent.tag == f"{W}ins"
    return parent.getparent() if parent is not None and within else parent


def _side_by_side(runs: Iterable[_Element]) -> list[list[_Element]]:
    """Runs in groups that stand next to each other in one parent."""
    groups: list[list[_Element]] = []
    for run in runs:
        if groups and groups[-1][-1].getnext() is run:
            groups[-1].append(run)
        else:
            groups.append([run])
    return groups
