"""Where a span stands（位置）: line, table cell and section, as people and JSON name it."""

from __future__ import annotations

import bisect
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from validator.document import BlockKind

if TYPE_CHECKING:
    from validator.document import Document, Span
    from validator.facts import Section
    from validator.findings import Report
    from validator.reading import Reading

WORKBOOKS = frozenset({"xlsx", "xls", "ods"})
"""Formats whose cells have addresses."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a report, counted from 1.

    Attributes:
        line: Line of the document's text.
        table: Number of the table, or None outside tables.
        row: Grid row of the cell, or None.
        column: Grid column of the cell, or None.
        section: Heading that it stands under, with its number, or None.
        page: Page, or None where the file has none.
        cell: Address of a workbook's cell, such as ``公开01表!B7``, or None.
    """

    line: int
    table: int | None
    row: int | None
    column: int | None
    section: str | None
    page: int | None = None
    cell: str | None = None


class Places:
    """Finds the places of one report's spans."""

    def __init__(self, report: Report) -> None:
        self._document = report.document
        sections = report.reading.sections if report.reading else ()
        self._sections = sorted(sections, key=lambda one: (one.span.start, one.index))
        self._titles: dict[int, str] = {}

    def of(self, span: Span) -> Place:
        """The place of a span's first character."""
        if self._document is None:
            return Place(1, None, None, None, None)
        section = self.section_at(span.start)
        title = self.title(section) if section else None
        return replace(place_in(self._document, span), section=title)

    def section_at(self, offset: int) -> Section | None:
        """The section that holds a character."""
        last = bisect.bisect_right(self._sections, offset, key=lambda one: one.span.start)
        before = (self._sections[at] for at in range(last - 1, -1, -1))
        return next((one for one in before if offset < one.span.end), None)

    def title(self, section: Section) -> str | None:
        """A heading as printed, with its number; None before the first heading."""
        if not section.title or self._document is None:
            return None
        if section.index not in self._titles:
            self._titles[section.index] = _printed(self._document, section)
        return self._titles[section.index]


def place_in(document: Document, span: Span) -> Place:
    """The place of a span's first character, whatever section it stands in."""
    block = document.block_at(span.start)
    line = document.line_of(span.start)
    page = block.page or None if block else None
    if block is None or block.kind is not BlockKind.CELL:
        return Place(line, None, None, None, None, page)
    cell = block.origin if document.format in WORKBOOKS else None
    return Place(
        line, block.table + 1, block.row + 1, block.column + 1, None, page, cell or None
    )


def as_json(document: Document, span: Span, place: Place) -> dict[str, Any]:
    """Words and where they stand, named as in all of our JSON."""
    return {"quote": document.quote(span), "start": span.start, "end": span.end} | {
        name: getattr(place, name)
        for name in ("line", "page", "table", "row", "column", "cell", "section")
    }


def _printed(document: Document, section: Section) -> str:
    """The heading's own line as far as its title goes."""
    line = document.quote(section.span).lstrip().split("\n", 1)[0]
    at = line.find(section.title)
    if at < 0:
        return section.title
    return line[: at + len(section.title)].strip()


def covered_sections(report: Report) -> list[Section | None]:
    """The sections that coverage lists; None for one that the report does not have."""
    rest = list(report.reading.sections) if report.reading else []
    counts = _figures(report.reading) if report.reading else {}
    found: list[Section | None] = []
    for covered in report.coverage.sections:
        wanted = (covered.title, covered.numbers)
        at = next(
            (i for i, s in enumerate(rest) if (s.title, counts.get(s.index)) == wanted), -1
        )
        found.append(rest[at] if at >= 0 else None)
        rest = rest[at + 1 :]
    return found


def coverage_titles(report: Report, places: Places) -> list[str]:
    """Printed headings of the sections that coverage lists."""
    return [
        places.title(section) or "" if section else covered.title
        for covered, section in zip(
            report.coverage.sections, covered_sections(report), strict=True
        )
    ]


def _figures(reading: Reading) -> dict[int, int]:
    counts: dict[int, int] = {}
    for figure in reading.figures:
        if not figure.ignored:
            counts[figure.section] = counts.get(figure.section, 0) + 1
    return counts


def shown_path(name: str) -> str:
    """A file's name without this machine's folders: below here, or the name alone."""
    # A name that is no valid Unicode comes out of archives packed on other systems.
    name = name.encode("utf-8", "replace").decode()
    path = Path(name)
    if not path.is_absolute():
        return name.replace("\\", "/")
    here = Path.cwd()
    return path.relative_to(here).as_posix() if path.is_relative_to(here) else path.name
