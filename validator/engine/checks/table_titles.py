"""Titles of tables（表名）: printed above a table, listed in the contents, or on a worksheet.

Tables are told by their titles, never by their numbers: 公开05表 is one table here and another
there.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from validator.document import BlockKind
from validator.engine.checks.memo import PerDocument
from validator.engine.checks.wording import cleaned_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.document import Span
    from validator.engine.outcome import Context

_LONGEST = 70
_PAGE = re.compile(r"(?:[…·.．—-]+|(?<=表)|(?<=）))\d{0,3}$")
_TITLE = re.compile(r"表(?:（[^）]*）)*$")
_KINDS = (BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.NOTE, BlockKind.CELL)


class Title(NamedTuple):
    """A title of a table.

    Attributes:
        text: Cleaned, without dots and page number.
        span: Where it stands; None for the name of a worksheet.
    """

    text: str
    span: Span | None


def table_titles(context: Context) -> tuple[Title, ...]:
    """Every line that is the title of a table, in document order, then names of worksheets."""
    return _TITLES.of(context)


def _find(context: Context) -> tuple[Title, ...]:
    return tuple(_titles(context))


def _titles(context: Context) -> Iterator[Title]:
    document = context.document
    for block, cleaned in zip(document.blocks, cleaned_of(document), strict=True):
        if block.kind not in _KINDS or "表" not in cleaned.text:
            continue
        start = 0
        for line in cleaned.text.split("\n"):
            bare = _PAGE.sub("", line)
            if len(bare) <= _LONGEST and _TITLE.search(bare) and "。" not in bare:
                yield Title(bare, cleaned.span(start, start + len(bare)))
            start += len(line) + 1
    for table in document.tables:
        if table.title:
            yield Title(re.sub(r"\s", "", table.title), None)


_TITLES = PerDocument(_find)
