"""The comments of a Word file（批注部件）: ``comments.xml``, and what leads to it."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from lxml import etree

from validator.errors import UsageError
from validator.readers.office_package import BrokenPartError
from validator.readers.word_package import W
from validator.rewriting.own_copies import AUTHOR
from validator.rewriting.word_split import element_like

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml.etree import _Element

    from validator.rewriting.packages import EditedPackage

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_LINKS, _TYPES = f"{{{_PACKAGE}/relationships}}", f"{{{_PACKAGE}/content-types}}"
_ALL_TYPES = "[Content_Types].xml"
_COMMENTS = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_RELATIONSHIPS = "application/vnd.openxmlformats-package.relationships+xml"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_SIZE = "18"
"""Half points: nine points, whatever the report's own paragraphs look like."""
_UNLISTED = "文件的目录部分缺失或已损坏；请在 Word 里打开，另存为 .docx 再批注"
_BROKEN = "文件里原有的批注已损坏，不能再加；请在 Word 里打开，另存为 .docx 再批注"


class Comments:
    """Adds comments to those that an opened Word file has.

    Attributes:
        changed: Roots of the parts that are no longer as they were.
        new: Parts that the file did not have, by name; complete after ``close``.
    """

    def __init__(self, package: EditedPackage, date: str) -> None:
        """Get ready to add comments.

        Args:
            package: The file.
            date: Day as ``2024-05-10``, "" for none.

        Raises:
            UsageError: The comments that it has are damaged.
        """
        self.changed: list[_Element] = []
        self.new: dict[str, bytes] = {}
        self._package = package
        self._date = date
        self._main = package.part(package.main)
        linked = package.linked(package.main, "comments")
        self._name = linked or _free_name(package)
        self._is_new = not package.has(self._name)
        try:
            self._root = _empty() if self._is_new else package.part(self._name)
        except BrokenPartError as error:
            raise UsageError(_BROKEN) from error
        self._linked = linked is not None
        self._numbers = self._free()

    def add(self, lines: Sequence[tuple[str, bool]]) -> str:
        """Add a comment → its number.

        Args:
            lines: What it says, a paragraph each, and whether it is bold.
        """
        number = next(self._numbers)
        marks = {f"{W}id": number, f"{W}author": AUTHOR}
        if self._date:
            marks[f"{W}date"] = f"{self._date}T00:00:00Z"
        marks[f"{W}initials"] = AUTHOR
        comment = element_like(self._root, f"{W}comment", marks)
        for line, bold in lines:
            comment.append(_paragraph(comment, line, bold=bold))
        self._root.append(comment)
        return number

    def close(self) -> None:
        """Make sure that the file leads to its comments.

        Raises:
            UsageError: What lists its parts is damaged.
        """
        if self._is_new:
            self.new[self._name] = etree.tostring(
                self._root, encoding="UTF-8", xml_declaration=True, standalone=True
            )
        else:
            self.changed.append(self._root)
        try:
            types = self._package.part(_ALL_TYPES)
            before = len(types)
            _declare(types, f"/{self._name}")
            if not self._linked:
                self._link(types)
        except BrokenPartError as error:
            raise UsageError(_UNLISTED) from error
        if len(types) > before:
            self.changed.append(types)

    def _link(self, types: _Element) -> None:
        folder, base = posixpath.split(self._package.main)
        name = posixpath.join(folder, "_rels", f"{base}.rels")
        is_new = not self._package.has(name)
        if is_new:
            root = etree.fromstring(f'<Relationships xmlns="{_LINKS[1:-1]}"/>')
        else:
            root = self._package.part(name)
        taken = {one.get("Id", "") for one in root}
        number = next(n for n in range(1, len(taken) + 2) if f"rId{n}" not in taken)
        link = {
            "Id": f"rId{number}",
            "Type": f"{_OFFICE}/comments",
            "Target": posixpath.basename(self._name),
        }
        root.append(root.makeelement(f"{_LINKS}Relationship", link))
        if not is_new:
            self.changed.append(root)
            return
        self.new[name] = etree.tostring(
            root, encoding="UTF-8", xml_declaration=True, standalone=True
        )
        known = {one.get("Extension", "").lower() for one in types}
        if "rels" not in known:
            usual = {"Extension": "rels", "ContentType": _RELATIONSHIPS}
            types.insert(0, types.makeelement(f"{_TYPES}Default", usual))

    def _free(self) -> Iterator[str]:
        """Numbers that nothing in the text and no comment has, from the lowest."""
        taken = {
            one.get(f"{W}id")
            for root in (self._main, self._root)
            for one in root.iter(etree.Element)
        }
        return (str(n) for n in range(2**31) if str(n) not in taken)


def _free_name(package: EditedPackage) -> str:
    """A name beside the main part that no part has yet."""
    folder = posixpath.dirname(package.main)
    names = (posixpath.join(folder, f"comments{n or ''}.xml") for n in range(1000))
    return next(name for name in names if not package.has(name))


def _empty() -> _Element:
    return etree.Element(f"{W}comments", nsmap={"w": W[1:-1]})


def _declare(types: _Element, name: str) -> None:
    """Say what kind of part it is, where that is not said yet."""
    tag = f"{_TYPES}Override"
    if not any(one.get("PartName", "").lower() == name.lower() for one in types.iter(tag)):
        types.append(types.makeelement(tag, {"PartName": name, "ContentType": _COMMENTS}))


def _paragraph(like: _Element, words: str, *, bold: bool) -> _Element:
    """A paragraph that looks plain even where the report's usual one is set wide."""
    paragraph = element_like(like, f"{W}p")
    look = _under(paragraph, "pPr")
    _under(look, "spacing", before="0", after="0", line="240", lineRule="auto")
    _under(look, "ind", left="0", right="0", firstLineChars="0", firstLine="0")
    _under(look, "jc", val="left")
    run = _under(paragraph, "r")
    look = _under(run, "rPr")
    _under(look, "b", val="1" if bold else "0")
    _under(look, "sz", val=_SIZE)
    _under(look, "szCs", val=_SIZE)
    text = _under(run, "t")
    text.set(_SPACE, "preserve")
    text.text = words
    return paragraph


def _under(parent: _Element, name: str, **marks: str) -> _Element:
    made = element_like(parent, W + name, {f"{W}{key}": value for key, value in marks.items()})
    parent.append(made)
    return made
