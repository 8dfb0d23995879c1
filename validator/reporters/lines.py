"""Lines of text for a terminal（折行）: Chinese breaks anywhere but inside a number."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rich.cells import cell_len

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.text import Text

# A number stays with its sign, separators and unit; Latin words stay whole; closing marks
# never begin a line and opening marks never end one.
_UNBREAKABLE = re.compile(
    r"""[（《“‘「【(\[]*
        (?: [-+−±]? \d [\d,，.．]* (?: [%％‰] | 个百分点 | [十百千]?[万亿]?元 )?
          | [A-Za-z_][\w\-]* | \s+ | . )
        [，。、；：！？）》”’」】…,;:!?)\]]*""",
    re.VERBOSE | re.DOTALL,
)


def wrapped(text: Text, width: int) -> list[Text]:
    """Break a text into lines of at most ``width`` cells.

    >>> from rich.text import Text
    >>> [line.plain for line in wrapped(Text("收入合计1509.52万元"), 16)]
    ['收入合计', '1509.52万元']
    """
    return [_trimmed(line) for line in text.divide(_breaks(text.plain, width))]


def _breaks(plain: str, width: int) -> Iterator[int]:
    """Where lines end."""
    used = 0
    for found in _UNBREAKABLE.finditer(plain):
        piece = found.group()
        size = cell_len(piece)
        if used and used + cell_len(piece.rstrip()) > width:
            yield found.start()
            used = 0
        if size <= width:
            used += size
            continue
        for at, character in enumerate(piece, start=found.start()):
            if used + cell_len(character) > width:
                yield at
                used = 0
            used += cell_len(character)


def _trimmed(line: Text) -> Text:
    line.rstrip()
    return line
