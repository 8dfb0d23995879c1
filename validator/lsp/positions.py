"""Characters ↔ positions of the protocol（位置换算）.

The protocol counts lines, and within a line code units: of UTF-16 unless client and server
agree on UTF-8 or UTF-32. Here everything is counted in characters. Lines end where the
protocol says, at a line feed, a carriage return, or both; a form feed, as page breaks leave
behind, ends none.
"""

from __future__ import annotations

import bisect
import re
from typing import TYPE_CHECKING

from lsprotocol.types import Position, PositionEncodingKind, Range

from validator.engine.yaml_load import LINE_BREAK

if TYPE_CHECKING:
    from validator.document import Span

_BREAK = re.compile(r"\r\n|\n|\r")


class Lines:
    """A text and where its lines begin."""

    def __init__(self, text: str, encoding: str = PositionEncodingKind.Utf16) -> None:
        """Find the lines.

        Args:
            text: The whole buffer.
            encoding: ``utf-8``, ``utf-16`` or ``utf-32``, as the client was told.
        """
        self._text = text
        self._encoding = str(getattr(encoding, "value", encoding))
        breaks = [found.span() for found in _BREAK.finditer(text)]
        self._starts = [0, *(end for _, end in breaks)]
        self._ends = [*(start for start, _ in breaks), len(text)]

    def position(self, offset: int) -> Position:
        """The position of a character; of one inside a line break, the end of its line."""
        line = bisect.bisect_right(self._starts, max(0, offset)) - 1
        end = min(offset, self._ends[line])
        return Position(line, self._units(self._text[self._starts[line] : end]))

    def offset(self, position: Position) -> int:
        """The character at a position; beyond a line its end, beyond the text the text's."""
        if position.line >= len(self._starts):
            return len(self._text)
        at, left = self._starts[position.line], position.character
        end = self._ends[position.line]
        while at < end and (left := left - self._units(self._text[at])) >= 0:
            at += 1
        return at

    def range(self, span: Span) -> Range:
        """The range of a span."""
        return Range(self.position(span.start), self.position(span.end))

    def _units(self, text: str) -> int:
        if self._encoding == PositionEncodingKind.Utf32.value:
            return len(text)
        if self._encoding == PositionEncodingKind.Utf8.value:
            return len(text.encode("utf-8", "surrogatepass"))
        return len(text) + sum(character > "\uffff" for character in text)


def yaml_offset(text: str, line: int, column: int) -> int:
    """The character at a place that a YAML error names, both counted from 1.

    YAML ends lines at three more characters than the protocol does.
    """
    starts = [0, *(found.end() for found in LINE_BREAK.finditer(text))]
    if line > len(starts):
        return len(text)
    return min(starts[line - 1] + column - 1, len(text))
