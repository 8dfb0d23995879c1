"""Outlines（条目）: under which item of a report a figure stands, such as one of its projects.

The same words under two items are seldom one fact: every project has its 群众满意度, its
自评得分, its 补助资金. Items are headings, numbered paragraphs, 一是…；二是… within a paragraph
and paragraphs that open with a name and a colon.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.extract.desk import Desk
    from validator.extract.story import Story
    from validator.facts import Fact

_MARK = re.compile(
    r"(?:^|(?<=[。；：]))"
    r"(?:（[\d一二三四五六七八九十]{1,3}）|\d{1,3}[.．、](?!\d)|[①-⑳]|[一二三四五六七八九十]{1,3}[是、])"
)
_NAME = re.compile(r"[^，。：；（]{0,40}")
_OPENING = re.compile(r"[^，。：；\d]{2,40}(?=：)")

_OF_ITEM = ("ratio", "分")
_NAMED = 4
"""So many characters of 其他项目, 专项工程 name no project yet."""


class Outline:
    """Items of a document; built once, from its blocks in order."""

    def __init__(self, desk: Desk) -> None:
        """Read every block's items.

        Args:
            desk: All that was read.
        """
        self._desk = desk
        self._starts: list[int] = []
        self._items: list[tuple[str, ...]] = []
        section, around = -1, ""
        for story in desk.stories:
            if story.section != section:
                section, around = story.section, ""
            for start, names in _items(story, around):
                self._starts.append(start)
                self._items.append(names)
            if _MARK.match(story.cleaned.text):
                around = _name(story.cleaned.text)

    def apart(self, one: Fact, other: Fact) -> bool:
        """Whether two facts of one name stand under different items.

        Amounts and counts are told again in other sections, and a list may repeat its own
        total; a satisfaction or a score is of its item alone.
        """
        (root, path), (other_root, other_path) = self._home(one), self._home(other)
        if (root, path) == (other_root, other_path):
            return False
        words = tuple(self._desk.lexicon.performance["projects"])
        item = one.key.item
        if one.key.measure == "money" and len(item) > _NAMED and item.endswith(words):
            return False  # 行政运行项目42.44万元 names its project itself
        of_item = one.key.measure in _OF_ITEM
        if root != other_root:
            mine, theirs = (self._projects(fact) for fact in (one, other))
            if one.key.measure == "money":
                # Amounts have names; only of two named projects they are surely two.
                return bool(mine and theirs) and mine != theirs
            other_item = path != other_path and (of_item or bool(path and other_path))
            return mine != theirs or other_item
        shared = min(len(path), len(other_path))
        return of_item or path[:shared] != other_path[:shared]

    def _projects(self, fact: Fact) -> frozenset[str]:
        """Names of projects among the headings and items above a fact."""
        sections, names = self._desk.sections, list(self._home(fact)[1])
        at = self._desk.root_section(fact.section)
        while at > 0:
            names.append(sections[at].title)
            at = sections[at].parent
        words = tuple(self._desk.lexicon.performance["projects"])
        of_money = fact.key.measure == "money"
        return frozenset(
            name
            for name in names
            if name.endswith(words) or (not of_money and any(w in name for w in words))
        )

    def _home(self, fact: Fact) -> tuple[int, tuple[str, ...]]:
        """Outermost section of a fact, and the names of the items below it."""
        sections, names = self._desk.sections, []
        root = self._desk.root_section(fact.section)
        at = fact.section
        while at != root and at > 0:
            names.append(sections[at].title)
            at = sections[at].parent
        inner = bisect_right(self._starts, fact.figure.span.start) - 1
        return root, (*reversed(names), *(self._items[inner] if inner >= 0 else ()))


def _items(story: Story, around: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Where the items of a block start, and the names of each with what they stand in."""
    text = story.cleaned.text
    if not text:
        return
    marks = list(_MARK.finditer(text))
    names: tuple[str, ...] = (around,) if around else ()
    if not (marks and marks[0].start() == 0):
        opening = _OPENING.match(text)
        names = (*names, opening.group()) if opening else names
        yield story.cleaned.places[0], names
    else:
        names = ()
    for mark in marks:
        own = _name(text[mark.start() :])
        if mark.start() == 0:
            names = (own,)
            yield story.cleaned.places[0], names
        else:
            yield story.cleaned.places[mark.start()], (*names, own)


def _name(text: str) -> str:
    """Words behind the number at the start of an item."""
    found = _MARK.match(text)
    name = _NAME.match(text, found.end()) if found else None
    return name.group() if name else ""
