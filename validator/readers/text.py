"""Plain text and Markdown → Document（文本读取）: the file's own characters, nothing moved."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from validator.document import BlockKind
from validator.errors import UnreadableDocument
from validator.readers.chart_lines import ChartLine, Row, chart_line, row_of
from validator.readers.draft import Draft, Place, chart_series
from validator.readers.encoding import decode
from validator.readers.grids import (
    cell_rows,
    forms,
    grid_cells,
    is_grid,
    is_piped,
    is_tabbed_table,
    piped_row,
    starts_cell,
)
from validator.readers.lines import Line, lines_of, listed, paragraphs
from validator.readers.sniff import text_format
from validator.readers.suffixes import refuse_foreign

if TYPE_CHECKING:
    from validator.document import Document

Range = tuple[int, int]

_HASHES = re.compile(r"(#{1,6})\s+(?=\S)")
_LONGEST_TITLE = 40


def read(data: bytes, name: str, digest: str) -> Document:
    """Read a text file.

    Args:
        data: The whole file.
        name: What to call it; decides whether it is Markdown.
        digest: Digest of the bytes.

    Raises:
        UnreadableDocument: It is no text, another format, or blank.
    """
    try:
        text, unread = decode(data)
    except UnreadableDocument:
        refuse_foreign(name)
        raise
    form = text_format(text, name)
    draft = Draft(text, unread=unread)
    _Reader(draft, marked=form == "md").run()
    if draft.is_blank:
        raise UnreadableDocument("文件是空的", "请确认选对了文件，或重新导出一份")
    return draft.finish(name, form, digest)


class _Reader:
    """Walks over the lines and hands each stretch to what it looks like."""

    def __init__(self, draft: Draft, *, marked: bool) -> None:
        self.draft = draft
        self.text = draft.text
        self.lines = lines_of(draft.text)
        self.marked = marked
        self.prose_until = 0

    def run(self) -> None:
        at = 0
        while at < len(self.lines):
            after = self._special(at)
            if after == at:
                after = at + 1
                while after < len(self.lines) and not self._looks_special(after):
                    after += 1
                for first, last in paragraphs(self.text, self.lines[at:after]):
                    self.draft.add(Place(BlockKind.PARAGRAPH, first.start, last.end))
            at = after

    def _looks_special(self, at: int) -> bool:
        line = self.lines[at]
        if is_piped(line.words) or "\t" in line.words or self._names_series(at):
            return True
        if at >= self.prose_until and starts_cell(self.text, line):
            return True
        return self.marked and _HASHES.match(line.words) is not None

    def _special(self, at: int) -> int:
        """Take a table, chart or Markdown heading → index after it; the same index if none."""
        line = self.lines[at]
        if self.marked and (hashes := _HASHES.match(line.words)):
            start = line.first + hashes.end()
            self.draft.add(Place(BlockKind.HEADING, start, line.end, len(hashes[1])))
            return at + 1
        if is_piped(line.words):
            return self._piped(at)
        if self._names_series(at):
            return self._named_above(at)
        if "\t" in line.words:
            return self._tabbed(at)
        if at >= self.prose_until and starts_cell(self.text, line):
            return self._celled(at)
        return at

    def _piped(self, at: int) -> int:
        rows: list[list[Range]] = []
        while at < len(self.lines) and is_piped(self.lines[at].words):
            row = piped_row(self.text, self.lines[at])
            if row is not None:
                rows.append(row)
            at += 1
        self._table(rows)
        return at

    def _celled(self, at: int) -> int:
        rows, after = cell_rows(self.text, self.lines, at)
        if not is_grid(self.text, rows):
            self.prose_until = after
            return at
        for part in forms(self.text, rows):
            self._table(part)
        return after

    def _table(self, rows: list[list[Range]]) -> None:
        if rows:
            self.draft.add_table(len(rows), grid_cells(self.text, rows))

    def _tabbed(self, at: int) -> int:
        """Take a run of lines with tabs: charts, tables, or just text."""
        after = at
        while after < len(self.lines) and self._has_tab(self.lines[after]):
            if after > at and self._names_series(after):
                break
            after += 1
        run = self.lines[at:after]
        rows = [row_of(self.text, line.start, line.end) for line in run]
        charts = _sure_charts(rows)
        begin = 0
        for index in range(len(run) + 1):
            if index < len(run) and index not in charts:
                continue
            self._rows(run[begin:index], rows[begin:index])
            if index < len(run):
                self._chart(charts[index], run[index], run[index], self._title(at + index))
            begin = index + 1
        return after

    def _has_tab(self, line: Line) -> bool:
        return bool(line.words) and "\t" in self.text[line.start : line.end]

    def _rows(self, lines: list[Line], rows: list[Row]) -> None:
        if is_tabbed_table(rows):
            self._table([list(row.ranges) for row in rows])
            return
        for first, last in paragraphs(self.text, lines):
            self.draft.add(Place(BlockKind.PARAGRAPH, first.start, last.end))

    def _names_series(self, at: int) -> bool:
        """Whether a line holds nothing but the name of the series whose data follow."""
        line = self.lines[at]
        closed = "\t" not in line.words and self.text[line.first : line.end].endswith("\t")
        if not (line.words and closed) or at + 1 >= len(self.lines):
            return False
        return self._unnamed(at) is not None

    def _unnamed(self, at: int) -> ChartLine | None:
        name, data = self.lines[at], self.lines[at + 1]
        row = row_of(self.text, data.start, data.end)
        return chart_line(row, (name.first, name.first + len(name.words)))

    def _named_above(self, at: int) -> int:
        found = self._unnamed(at)
        if found is not None:
            self._chart(found, self.lines[at], self.lines[at + 1], self._title(at))
        return at + 2

    def _title(self, at: int) -> str:
        """Words on the line above chart data, if they can be its title."""
        words = self.lines[at - 1].words if at else ""
        if len(words) > _LONGEST_TITLE or "\t" in words or listed(words):
            return ""
        return "" if words.endswith(("。", "；", "：", ":")) else words

    def _chart(self, found: ChartLine, first: Line, last: Line, title: str) -> None:
        series = [
            chart_series(self.text, one.name, one.labels, one.values) for one in found.series
        ]
        self.draft.add_chart(title, Place(BlockKind.CHART, first.start, last.end), series)


def _sure_charts(rows: list[Row]) -> dict[int, ChartLine]:
    """Chart lines of a run, by index; rows that look alike are a table unless told by years."""
    alike = Counter(len(row.words) for row in rows)
    found = {}
    for index, row in enumerate(rows):
        line = chart_line(row)
        if line is None or not (
            line.sure or (len(rows) == 1 and len(line.series[0].labels) > 1)
        ):
            continue
        if alike[len(row.words)] == 1 or line.by_year or len(line.series) > 1:
            found[index] = line
    return found
