"""The report's text row by row（版面）: paragraphs, headings, tables, charts."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from markupsafe import Markup

from validator.document import BlockKind, Span
from validator.reporters.told import BY_LINE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from validator.document import Block, Chart, Document, Table
    from validator.findings import Report
    from validator.reporters.html.marking import Marker

_NUMBER = re.compile(
    r"[\s(（]*[-−+±]?[\d０-９][\d０-９,，.．\s]*(?:[%％‰]|[万亿]?元|个百分点)?[\s)）]*"
)
_DASH = re.compile(r"\s*[-−—–]*\s*")
_WORD = re.compile(r"\w")
_HEADING = 80
"""A paragraph longer than this is no heading, even if a section starts with it."""
_RUNNING = 40
"""A paragraph longer than this is running text, and one that ends as a sentence does."""


@dataclass(frozen=True, slots=True)
class Row:
    """A paragraph, heading, table or chart.

    Attributes:
        block: Index of its first block; -1 for characters between blocks.
        last: Index of its last block.
        kind: ``p``, ``h``, ``table``, ``chart``, ``note`` or ``gap``.
        level: Of a heading, from 1; else 0.
        html: Its text.
        shape: ``spaced`` after an empty line of a text file; in other files ``opening`` for
            the title and ``flow`` for running text; else "".
    """

    block: int
    last: int
    kind: str
    level: int
    html: Markup
    shape: str = ""


def rows(report: Report, document: Document, marker: Marker, prefix: str) -> Iterator[Row]:
    """The text of a report in its order; every character but white space stands in a row.

    Args:
        report: Result for a file that was read.
        document: Its text.
        marker: Marks figures and operands.
        prefix: What ids of this report begin with.
    """
    levels = _levels(report, document)
    charts = {chart.span.start: chart for chart in document.charts}
    cells = {
        (block.table, block.row, block.column): block.index
        for block in document.blocks
        if block.kind is BlockKind.CELL
    }
    at, index, tables = 0, 0, set[int]()
    while index < len(document.blocks):
        block = document.blocks[index]
        between = document.text[at : block.span.start]
        if block.kind is BlockKind.CELL and block.table in tables:
            at, index = max(at, block.span.end), index + 1
            continue
        if _WORD.search(between):
            yield Row(-1, -1, "gap", 0, marker.html(Span(at, block.span.start)))
        if block.kind is BlockKind.CELL:
            tables.add(block.table)
            last = _last(document, index)
            html = _table(document, document.tables[block.table], marker, cells, prefix)
            yield Row(block.index, last, "table", 0, html)
            at, index = document.blocks[last].span.end, last + 1
            continue
        row = _row(document, block, marker, levels, charts)
        yield replace(row, shape=_shape(document, row, block, between))
        at, index = block.span.end, index + 1
    if _WORD.search(document.text[at:]):
        yield Row(-1, -1, "gap", 0, marker.html(Span(at, len(document.text))))


def _row(
    document: Document, block: Block, marker: Marker, levels: dict[int, int],
    charts: dict[int, Chart],
) -> Row:  # fmt: skip
    html = marker.html(block.span, block.index)
    level = levels.get(block.index, 0)
    kind = {BlockKind.NOTE: "note", BlockKind.CHART: "chart"}.get(
        block.kind, "h" if level else "p"
    )
    if kind == "chart" and (chart := charts.get(block.span.start)):
        html = _chart(document, chart, block, marker) or html
    return Row(block.index, block.index, kind, level if kind == "h" else 0, html)


def _shape(document: Document, row: Row, block: Block, between: str) -> str:
    if document.format in BY_LINE:
        return "spaced" if between.count("\n") > 1 else ""
    text = document.quote(block.span)
    if row.kind != "p" or not text or text[0].isspace():
        return ""
    if len(text) > _RUNNING or text.endswith(("。", "；")):
        return "flow"
    return "opening" if block.index == 0 else ""


def _levels(report: Report, document: Document) -> dict[int, int]:
    """Blocks that are headings, by the file's own word or because a section starts there."""
    found = {
        block.index: max(1, block.level)
        for block in document.blocks
        if block.kind is BlockKind.HEADING
    }
    for section in report.reading.sections if report.reading else ():
        block = document.block_at(section.span.start) if section.title else None
        if block is None or block.kind is not BlockKind.PARAGRAPH:
            continue
        if block.span.end - block.span.start <= _HEADING:
            found.setdefault(block.index, max(1, section.level))
    return found


def _last(document: Document, index: int) -> int:
    """The last of the cells that follow one another in one table."""
    table = document.blocks[index].table
    while (
        index + 1 < len(document.blocks)
        and document.blocks[index + 1].kind is BlockKind.CELL
        and document.blocks[index + 1].table == table
    ):
        index += 1
    return index


def _table(
    document: Document, table: Table, marker: Marker,
    blocks: Mapping[tuple[int, int, int], int], prefix: str,
) -> Markup:  # fmt: skip
    parts = ['<div class="wide"><table>']
    row, body = -1, _body(document, table)
    for cell in sorted(table.cells, key=lambda one: (one.row, one.column)):
        text = document.quote(cell.span)
        number = bool(_NUMBER.fullmatch(text))
        if cell.row != row:
            gap = cell.row - row - 1 if row >= 0 else cell.row
            parts.append("</tr>" * (row >= 0) + "<tr></tr>" * gap + "<tr>")
            row, column = cell.row, 0
        while column < cell.column:  # empty places, or those that cells from above cover
            parts.append("<td></td>" * _free(table, row, column))
            column += 1
        column += cell.column_span
        block = blocks.get((table.index, cell.row, cell.column), -1)
        tag = "th" if cell.row < body and not _DASH.fullmatch(text) else "td"
        attributes = "".join(
            f' {name}="{value}"'
            for name, value in (
                ("id", f"{prefix}-b{block}" if block >= 0 else ""),
                ("class", "n" if number and marker.counts(cell.span) else ""),
                ("rowspan", cell.row_span if cell.row_span > 1 else ""),
                ("colspan", cell.column_span if cell.column_span > 1 else ""),
            )
            if value
        )
        parts.append(f"<{tag}{attributes}>{marker.html(cell.span, block)}</{tag}>")
    parts.append("</tr></table></div>" if row >= 0 else "</table></div>")
    return Markup("".join(parts))  # noqa: S704 - cells come from the marker, the rest is ours


def _body(document: Document, table: Table) -> int:
    """The first row with a number; above it are the heads of the columns."""
    numbers = (one.row for one in table.cells if _NUMBER.fullmatch(document.quote(one.span)))
    return min(numbers, default=1)


def _free(table: Table, row: int, column: int) -> bool:
    """Whether a place of the grid is empty and not covered."""
    line = table.grid[row] if row < len(table.grid) else ()
    return column >= len(line) or line[column] < 0


def _chart(document: Document, chart: Chart, block: Block, marker: Marker) -> Markup | None:
    """A chart's data as a table; None where that would leave words out."""
    parts, used = ['<div class="wide"><table>'], 0
    for one in chart.series:
        labels = [point.label_span for point in one.points]
        values = [point.span for point in one.points]
        wanted = [one.name_span, *labels, *values]
        if sorted(wanted) != wanted:
            return None
        used += sum(span.end - span.start for span in wanted)
        name, *cells = (marker.html(span, block.index) for span in wanted)
        parts.append(f'<tr><th rowspan="2">{name}</th>')
        parts.extend(f"<td>{html}</td>" for html in cells[: len(labels)])
        parts.append("</tr><tr>")
        parts.extend(f'<td class="n">{html}</td>' for html in cells[len(labels) :])
        parts.append("</tr>")
    printed = len("".join(document.quote(block.span).split("\t")).replace("\n", ""))
    parts.append("</table></div>")
    whole = Markup("".join(parts))  # noqa: S704 - cells come from the marker, the rest is ours
    return whole if used == printed and chart.series else None
