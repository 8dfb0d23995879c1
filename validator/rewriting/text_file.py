"""Text files with other words（文本改写）: every byte elsewhere stays."""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING

from validator.readers.encoding import encoding_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from validator.edits import Edit

_BROKEN = "那里的字符编码损坏，找不到确切的位置"


def open_file(data: bytes, date: str) -> TextFile:
    """A text file to be rewritten; it has no room for the day of a change."""
    del date
    return TextFile(data)


class TextFile:
    """A text file and where its characters begin."""

    shows_changes = False

    def __init__(self, data: bytes) -> None:
        """Find the characters of a file."""
        self._data = data
        mark, self._encoding = encoding_of(data)
        self._begins = _beginnings(data, len(mark), self._encoding)

    def unable(self, edit: Edit) -> str:
        """Why an edit cannot be made: damaged bytes hide where the characters begin."""
        known = edit.span.start in self._begins and edit.span.end in self._begins
        return "" if known else _BROKEN

    def written(self, edits: Sequence[Edit]) -> bytes:
        """The file with the edits made, in its own encoding."""
        data = self._data
        for edit in sorted(edits, key=lambda one: one.span, reverse=True):
            start, end = self._begins[edit.span.start], self._begins[edit.span.end]
            data = data[:start] + edit.text.encode(self._encoding) + data[end:]
        return data


def _beginnings(data: bytes, start: int, encoding: str) -> dict[int, int]:
    """Character → its first byte; what follows damaged bytes may have none."""
    decoder = codecs.getincrementaldecoder(encoding)(errors="replace")
    found = {0: start}
    characters = 0
    for at in range(start, len(data)):
        made = len(decoder.decode(data[at : at + 1]))
        characters += made
        # Two at once are a damaged byte and the next character: nobody knows the border.
        if made and not decoder.getstate()[0]:
            found[characters] = at + 1
    return found
