"""Comments of a worksheet（单元格批注）: ours beside those that others wrote."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import etree

from validator.annotating.workbook_package import M
from validator.readers.office_package import BrokenPartError
from validator.readers.workbook_sheet import address
from validator.rewriting.own_copies import AUTHOR

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.etree import _Element

    from validator.annotating.notes import Note
    from validator.annotating.workbook_cells import Spot
    from validator.annotating.workbook_package import BookPackage

KIND = "comments"
LONGEST = 30_000
"""Characters of one comment; a cell takes 32,767."""
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_SPELLED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_FONT = (("sz", "val", "9"), ("color", "indexed", "81"), ("rFont", "val", "宋体"))
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


class Comments:
    """The comments of one sheet."""

    def __init__(self, package: BookPackage, sheet: str) -> None:
        """Find them, or begin with none.

        Args:
            package: The opened workbook.
            sheet: Part of the sheet.

        Raises:
            BrokenPartError: The sheet has comments that cannot be read.
        """
        self._package = package
        self._sheet = sheet
        self._part = package.linked(sheet, KIND) or ""
        self._root = package.part(self._part) if self._part else _empty()
        self._replies = package.linked(sheet, "threadedComment") is not None
        authors = self._root.find(f"{M}authors")
        listed = self._root.find(f"{M}commentList")
        if authors is None:
            authors = etree.Element(f"{M}authors")
            self._root.insert(0, authors)
        if listed is None:
            listed = etree.Element(f"{M}commentList")
            authors.addnext(listed)
        self._authors, self._list = authors, listed
        self._found = {one.get("ref", ""): one for one in listed.iterfind(f"{M}comment")}

    @property
    def cells(self) -> list[str]:
        """Addresses of the cells that have one, such as ``B7``."""
        return list(self._found)

    def is_thread(self, spot: Spot) -> bool:
        """Whether people talk to each other there; the words of a thread stand elsewhere."""
        comment = self._found.get(_name(spot))
        if comment is None or not self._replies:
            return False
        return self._author_of(comment).startswith("tc=")

    def add(self, spot: Spot, notes: Sequence[tuple[str, Note]]) -> int:
        """Write notes at a cell, behind what somebody else wrote there → lines of the whole.

        Args:
            spot: The cell.
            notes: What to say before each note, and the note.
        """
        if not self._part:
            self._part = self._package.free_name("xl/comments{}.xml")
            self._package.add(self._part, self._root, _TYPE)
            self._package.link(self._sheet, KIND, self._part)
        self._package.change(self._part)
        text = self._text_at(spot)
        behind = text.find(f"{M}rPh")
        at = len(text) if behind is None else text.index(behind)
        runs: list[_Element] = []
        already = "".join(one.text or "" for one in text.iterfind(f"{M}r/{M}t"))
        for lead, note in notes:
            if _told(lead, note) in already:
                continue
            apart = "\n\n" if len(text) or runs else ""
            runs.append(_run(f"{apart}{note.title}\n", bold=True))
            runs.append(_run(_told(lead, note), bold=False))
        text[at:at] = runs
        words = (one.text or "" for one in text.iterfind(f"{M}r/{M}t"))
        return _lines("".join(words))

    def _text_at(self, spot: Spot) -> _Element:
        """What a comment says, as runs; an empty one where there is none."""
        name = _name(spot)
        comment = self._found.get(name)
        if comment is None:
            comment = etree.SubElement(
                self._list, f"{M}comment", ref=name, authorId=self._own_author()
            )
            self._found[name] = comment
        text = comment.find(f"{M}text")
        if text is None:
            text = etree.Element(f"{M}text")
            comment.insert(0, text)
        plain = text.find(f"{M}t")
        if plain is not None:
            run = etree.Element(f"{M}r")
            text.replace(plain, run)
            run.append(plain)
        return text

    def _own_author(self) -> str:
        names = [one.text for one in self._authors]
        if AUTHOR not in names:
            names.append(AUTHOR)
            etree.SubElement(self._authors, f"{M}author").text = AUTHOR
        return str(names.index(AUTHOR))

    def _author_of(self, comment: _Element) -> str:
        return _author(comment, self._authors)


def has_ours(package: BookPackage, sheet: str) -> bool:
    """Whether a sheet has comments that begin with us: what others began is theirs."""
    name = package.linked(sheet, KIND)
    try:
        root = None if name is None else package.part(name)
    except BrokenPartError:
        return False
    authors = None if root is None else root.find(f"{M}authors")
    if root is None or authors is None:
        return False
    return any(
        _author(one, authors) == AUTHOR for one in root.iterfind(f"{M}commentList/{M}comment")
    )


def _author(comment: _Element, authors: _Element) -> str:
    told = comment.get("authorId", "")
    at = int(told) if told.isdecimal() else -1
    return (authors[at].text or "") if 0 <= at < len(authors) else ""


def _empty() -> _Element:
    return etree.fromstring(f'<comments xmlns="{M[1:-1]}"><authors/><commentList/></comments>')


def _told(lead: str, note: Note) -> str:
    """What is said behind the title of a note."""
    return "\n".join(filter(None, (lead, *note.lines)))


def _name(spot: Spot) -> str:
    return address("", *spot)[1:]


def _run(words: str, *, bold: bool) -> _Element:
    run = etree.Element(f"{M}r")
    font = etree.SubElement(run, f"{M}rPr")
    if bold:
        etree.SubElement(font, f"{M}b")
    for name, key, value in _FONT:
        etree.SubElement(font, f"{M}{name}").set(key, value)
    text = etree.SubElement(run, f"{M}t")
    text.set(_SPACE, "preserve")
    # Excel takes _x0041_ for the character of that number.
    text.text = _SPELLED.sub("_x005F_", words)
    return run


WIDE = 26
"""Chinese characters in a line of a comment's box."""


def _lines(words: str) -> int:
    """Lines that words take in the box of a comment."""
    return sum(
        1 + sum(1 if char.isascii() else 2 for char in line) // (2 * WIDE)
        for line in words.split("\n")
    )
