"""Comments that we wrote before（以前的批注）: taken out before a Word file is annotated again.

What somebody replied to stays, or their reply would hang in the air.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from validator.readers.office_package import BrokenPartError
from validator.readers.word_package import W
from validator.rewriting.own_copies import AUTHOR

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

    from validator.rewriting.packages import EditedPackage

_MARKS = tuple(W + name for name in ("commentRangeStart", "commentRangeEnd"))
_REFERENCE = f"{W}commentReference"
_LOOK = f"{W}rPr"


class Earlier:
    """What we wrote into an opened Word file before.

    Attributes:
        changed: Roots of the parts that are no longer as they were.
        kept: Paragraphs of each comment of ours that somebody replied to.
    """

    def __init__(self, package: EditedPackage) -> None:
        """Take out what nobody replied to."""
        self.changed: list[_Element] = []
        self.kept: list[list[str]] = []
        self._package = package
        comments = self._part("comments")
        if comments is None:
            return
        replied = self._replied()
        gone: dict[str, set[str]] = {}
        for one in comments.findall(f"{W}comment"):
            if one.get(f"{W}author") != AUTHOR:
                continue
            paragraphs = {_mark(p, "paraId") for p in one.iter(f"{W}p")} - {""}
            if paragraphs & replied:
                self.kept.append(lines_of(one))
            else:
                comments.remove(one)
                gone[one.get(f"{W}id", "")] = paragraphs
        if gone:
            main = package.part(package.main)
            _unmark(main, gone)
            self.changed += [comments, main]
            self._unlist(set().union(*gone.values()))

    def _part(self, kind: str) -> _Element | None:
        """A part that the text leads to; None where there is none, or it is damaged."""
        name = self._package.linked(self._package.main, kind)
        try:
            return None if name is None else self._package.part(name)
        except BrokenPartError:
            return None

    def _replied(self) -> set[str]:
        """Paragraphs that a reply stands under."""
        threads = self._part("commentsExtended")
        found = () if threads is None else threads.iter(etree.Element)
        return {_mark(one, "paraIdParent") for one in found} - {""}

    def _unlist(self, paragraphs: set[str]) -> None:
        """Take comments out of the parts in which Word keeps more about them."""
        numbers: set[str] = set()
        kinds = {
            "commentsExtended": ("paraId", paragraphs),
            "commentsIds": ("paraId", paragraphs),
            "commentsExtensible": ("durableId", numbers),
        }
        for kind, (name, gone) in kinds.items():
            root = self._part(kind)
            listed = [] if root is None else [one for one in root if _mark(one, name) in gone]
            for one in listed:
                numbers |= {_mark(one, "durableId")} - {""}
                if root is not None:
                    root.remove(one)
            if root is not None and listed:
                self.changed.append(root)


def lines_of(comment: _Element) -> list[str]:
    """The words of each paragraph of a comment."""
    return ["".join(t.text or "" for t in p.iter(f"{W}t")) for p in comment.iter(f"{W}p")]


def _unmark(root: _Element, numbers: dict[str, set[str]]) -> None:
    for one in [*_with(root, numbers)]:
        run = one.getparent()
        if run is None:
            continue
        run.remove(one)
        around = run.getparent()
        if around is not None and run.tag == f"{W}r" and all(left.tag == _LOOK for left in run):
            around.remove(run)


def _with(root: _Element, numbers: dict[str, set[str]]) -> Iterator[_Element]:
    marks = root.iter(*_MARKS, _REFERENCE)
    return (one for one in marks if one.get(f"{W}id", "") in numbers)


def _mark(element: _Element, name: str) -> str:
    """An attribute whatever its namespace is: Word changed them over the years."""
    found = (value for key, value in element.attrib.items() if str(key).endswith(f"}}{name}"))
    return str(next(found, ""))
