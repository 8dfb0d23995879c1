"""Codes in the cells of tables（表格里的编码）: a code and the name in the cell to its right.

A code stands in one cell, or in two or three beside each other: 201, 29, 01 for 类, 款 and 项,
or 201, 20129, 2012901. Blank cells between code and name are passed over.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.document import Document, Span, Table

_LENGTHS = (3, 5, 7)
_FAMILIES = "235"


@dataclass(frozen=True, slots=True)
class CodedCell:
    """A code in a table and the words beside it（表内编码）.

    Attributes:
        code: Digits, levels joined.
        span: Its last cell.
        name: Words of the next cell that is not blank, without surrounding blanks.
        name_span: That cell.
    """

    code: str
    span: Span
    name: str
    name_span: Span


def coded_cells(document: Document, table: Table) -> Iterator[CodedCell]:
    """Every code of a table with the words to its right, row by row."""
    for row in table.grid:
        cells = [table.cells[index] for index in dict.fromkeys(row) if index >= 0]
        filled = [
            (words, cell.span) for cell in cells if (words := document.quote(cell.span).strip())
        ]
        at = 0
        while at < len(filled) - 1:
            code, stop = _code(filled, at)
            if code and stop < len(filled) and not filled[stop][0][:1].isdecimal():
                name, span = filled[stop]
                yield CodedCell(code, filled[stop - 1][1], name, span)
            at = stop


def _code(filled: list[tuple[str, Span]], at: int) -> tuple[str, int]:
    """The code that begins at a cell, or "", and the cell after it."""
    code = filled[at][0]
    if not (code.isdecimal() and len(code) in _LENGTHS and code[0] in _FAMILIES):
        return "", at + 1
    stop = at + 1
    while stop < len(filled) and len(code) < _LENGTHS[-1]:
        piece = filled[stop][0]
        if not piece.isdecimal():
            break
        if len(piece) == 2:
            code += piece
        elif len(piece) == len(code) + 2 and piece.startswith(code):
            code = piece
        else:
            break
        stop += 1
    return code, stop
