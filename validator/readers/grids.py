"""Tables in plain text（文本表格）: pipes, tabs, or one cell per line as out of Word."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

from validator.readers.draft import GridCell, visible
from validator.readers.lines import listed
from validator.readers.spans import spans

if TYPE_CHECKING:
    from collections.abc import Sequence

    from validator.readers.chart_lines import Row
    from validator.readers.lines import Line

Range = tuple[int, int]

_PIPE = re.compile(r"(?<!\\)\|")
_RULE = re.compile(r"\|?(?:\s*:?-{2,}:?\s*\|)*\s*:?-{2,}:?\s*\|?")
_FORM_TITLE = re.compile(r"\S{2,40}表(?:\s*[（(][^）)]*[）)])?(?:\s*[（(][^）)]*[）)])?")
_CELL_MARK = re.compile(r" ?\t")
_LEADER = re.compile(r"…|\.{4,}|·{4,}")
_PAGE = re.compile(r"\d{1,3}")
_PROSE_CELL = 40
"""Characters from which a cell that ends like a sentence counts as prose."""


def is_piped(words: str) -> bool:
    """Whether a line is a row between pipes."""
    return words.startswith("|") and words.endswith("|") and len(words) > 2


def piped_row(text: str, line: Line) -> list[Range] | None:
    """Ranges of the cells of a row between pipes; None for the rule under a header."""
    if _RULE.fullmatch(line.words):
        return None
    cuts = [line.first + match.start() for match in _PIPE.finditer(line.words)]
    return [visible(text, before + 1, after) for before, after in pairwise(cuts)]


def starts_cell(text: str, line: Line) -> bool:
    """Whether a line is a cell of its own: a tab first and no other."""
    raw = text[line.start : line.end]
    return _CELL_MARK.match(raw) is not None and "\t" not in line.words and raw.count("\t") == 1


def cell_rows(text: str, lines: Sequence[Line], at: int) -> tuple[list[list[Range]], int]:
    """Rows of one-cell lines from a line on → (rows, index of the line after them).

    A row ends at a blank line; a line without a tab goes on in the cell above it; the table
    ends at two blank lines or at a row that does not begin with a tab.
    """
    rows: list[list[Range]] = []
    row: list[Range] = []
    blanks = 0
    after = at
    for index in range(at, len(lines)):
        line = lines[index]
        if starts_cell(text, line):
            mark = _CELL_MARK.match(text, line.start)
            row.append((mark.end() if mark else line.start, line.end))
        elif line.words and row and "\t" not in line.words:
            row[-1] = (row[-1][0], line.end)
        elif line.words or blanks:
            break
        elif row:
            rows.append(row)
            row = []
        blanks = 0 if row else blanks + 1
        after = index + 1 if row else after
    if row:
        rows.append(row)
    return rows, after


def is_grid(text: str, rows: Sequence[Sequence[Range]]) -> bool:
    """Whether rows of one-cell lines are a table, not paragraphs indented with tabs."""
    filled = [text[slice(*visible(text, *cell))] for row in rows for cell in row]
    filled = [words for words in filled if words]
    long = sum(len(words) >= _PROSE_CELL and words.endswith("。") for words in filled)
    complete = len(filled) == sum(map(len, rows))
    if not filled or max(len(row) for row in rows) < 2:
        return False
    if 2 * long > len(filled) or (complete and 3 * long > len(filled)):
        return False
    return len(rows) > 1 or not any(words.endswith(("。", "；")) for words in filled)


def forms(text: str, rows: Sequence[list[Range]]) -> list[list[list[Range]]]:
    """Part rows where the title of a form (…表) stands alone: there another table begins."""
    parts: list[list[list[Range]]] = [[]]
    for row in rows:
        words = text[slice(*visible(text, *row[0]))]
        if len(row) == 1 and parts[-1] and _FORM_TITLE.fullmatch(words):
            parts.append([])
        parts[-1].append(row)
    return parts


def grid_cells(text: str, rows: Sequence[Sequence[Range]]) -> list[GridCell]:
    """Cells of rows; a row that lost its merged cells is laid over the columns again.

    Args:
        text: The document's text.
        rows: Range of each cell, row by row.
    """
    words = [[text[slice(*visible(text, *cell))] for cell in cells] for cells in rows]
    found = []
    for row, (cells, covered) in enumerate(zip(rows, spans(words), strict=True)):
        column = 0
        for cell, span in zip(cells, covered, strict=True):
            found.append(GridCell(row, column, *cell, column_span=span))
            column += span
    return found


def is_tabbed_table(rows: Sequence[Row]) -> bool:
    """Whether lines with tabs are a table: alike in structure, and no table of contents."""
    if len(rows) < 2:
        return False
    commonest = Counter(len(row.words) for row in rows).most_common(1)[0][1]
    return 2 * commonest >= len(rows) and not _is_contents(rows)


def _is_contents(rows: Sequence[Row]) -> bool:
    """Whether lines are titles with page numbers（目录）."""
    pages = []
    for row in rows:
        words = [word for word in row.words if word]
        if len(words) != 2 or not _PAGE.fullmatch(words[1]):
            return False
        if not (listed(words[0]) or _LEADER.search(words[0])):
            return False
        pages.append(int(words[1]))
    return pages == sorted(pages)
