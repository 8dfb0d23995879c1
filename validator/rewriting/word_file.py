"""Word files with other words（Word 改写）: every edit is a tracked change at its words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from validator.rewriting.packages import EditedPackage
from validator.rewriting.word_changes import Changes
from validator.rewriting.word_places import NoPlaceError, WordPlaces
from validator.rewriting.word_split import among_others
from validator.rewriting.word_twins import twins

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.etree import _Element

    from validator.edits import Edit

_CONTROL = re.compile(r"[\x00-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_STRICT = "这是严格格式（Strict）的 Word 文件；请在 Word 里另存为普通的 .docx 再改"


def open_file(data: bytes, date: str) -> WordFile:
    """A Word file to be rewritten with changes of a day, or of none."""
    return WordFile(data, date)


class WordFile:
    """A Word file and where its words stand."""

    shows_changes = True

    def __init__(self, data: bytes, date: str) -> None:
        """Open a file; see ``WordPlaces``."""
        self._data = data
        self._date = date
        self._package = EditedPackage(data)
        self._places = WordPlaces(self._package)

    def unable(self, edit: Edit) -> str:
        """Why an edit cannot be made: the words are no plain text of one paragraph."""
        if _CONTROL.search(edit.text):
            return "要写的字里有控制符"
        try:
            anchors = self._places.anchors(edit.span)
        except NoPlaceError as error:
            return str(error)
        if self._package.is_strict(_root(anchors[0].element)):
            return _STRICT
        return among_others(anchors)

    def written(self, edits: Sequence[Edit]) -> bytes:
        """The file with the edits made, from the last to the first."""
        package = EditedPackage(self._data)
        places = WordPlaces(package)
        parts: dict[_Element, Changes] = {}
        for edit in sorted(edits, key=lambda one: one.span, reverse=True):
            anchors = places.anchors(edit.span)
            root = _root(anchors[0].element)
            changes = parts.setdefault(root, Changes(root, self._date))
            others = twins(anchors)
            changes.make(anchors, edit.text)
            if others:
                changes.make(others, edit.text)
        return package.copy(parts)


def _root(element: _Element) -> _Element:
    return element.getroottree().getroot()
