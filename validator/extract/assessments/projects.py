"""Projects by name（项目名称）: what the forms call the projects that they are about."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from validator.extract.assessments.words import Words, bare
from validator.extract.normalise import clean
from validator.extract.tables.vocabulary import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.document import Document, Table
    from validator.extract.lexicon import Lexicon

_CODE = re.compile(r"^[A-Za-z0-9]{6,}[-—－]")
_NUMBER = re.compile(r"(?:^|(?<=[^\d]))\d{1,2}[.、．](?=[^\d])")
_ASKS = re.compile(r"名\s*称")
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Named:
    """A form with the names of its projects（项目）.

    Attributes:
        table: Index of its table.
        names: One name, or several where one form reports on several projects.
    """

    table: int
    names: tuple[str, ...]


def named_forms(document: Document, lexicon: Lexicon) -> Iterator[Named]:
    """Every form that names its projects, in document order."""
    words, heads = Words(lexicon.performance), Vocabulary(lexicon.tables)
    for table in document.tables:
        for text in _beside(document, table, words):
            # 项目名称 above a list of projects stands beside other names of columns.
            if heads.kind(text) is None and (names := _names(text)):
                yield Named(table.index, names)


def _beside(document: Document, table: Table, words: Words) -> Iterator[str]:
    """Words to the right of each cell that asks for the name of a project."""
    cells = {(cell.row, cell.column): cell for cell in table.cells}
    places = sorted(cells)
    for at, place in enumerate(places):
        span = cells[place].span
        if not 0 < span.end - span.start <= _LONGEST:
            continue
        asked = document.quote(span)
        if not _ASKS.search(asked) or bare(asked) not in words.names:
            continue
        for other in places[at + 1 :]:
            if other[0] != place[0]:
                break
            span = cells[other].span
            if text := clean(document.text, span.start, span.end).text.strip():
                yield text
                break


def _names(text: str) -> tuple[str, ...]:
    """1.困难补助2.技能培训: numbered names are several projects."""
    if len(_NUMBER.findall(text)) > 1:
        pieces = [piece.strip("；;，、 \n") for piece in _NUMBER.split(text)]
        return tuple(piece for piece in pieces if piece)
    name = _CODE.sub("", re.sub(r"\s", "", text))
    return (name,) if name else ()
