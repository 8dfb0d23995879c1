"""The first sheet（结论）: verdict, a row for each file, coverage, what is missing."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

from validator.findings import WAIVERS, Coverage, Severity
from validator.reporters.about import rounding_words
from validator.reporters.base import Spool
from validator.reporters.missed import Gaps
from validator.reporters.places import Places, coverage_titles, shown_path
from validator.reporters.summary import Demands, Summary, add, is_thin, lost, percent, start
from validator.reporters.verdict import sentence
from validator.reporters.xlsx.cells import Year
from validator.version import __version__

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from validator.findings import Report
    from validator.reporters.base import Run
    from validator.reporters.xlsx.book import Book
    from validator.reporters.xlsx.cells import Value
    from validator.reporters.xlsx.rows import Tongue

_WIDTHS = (26, 30, 7, 11, 30, 6, 6, 6, 6, 6, 6, 7, 8, 8, 12, 17)
_COUNTED = 5
"""Columns of a file before its counts."""


class Cover:
    """What is known of all files when the run ends."""

    def __init__(self, tongue: Tongue) -> None:
        """No files yet."""
        self._tongue = tongue
        self._gaps = Gaps()
        self._files = Spool()
        self._first = ""
        self._count = 0

    @property
    def about(self) -> str:
        """What the run was over, for the head of a page; "" when it was several files."""
        return self._first if self._count == 1 else ""

    def add(self, report: Report) -> None:
        """Take the next report."""
        words, reading = self._tongue.words, report.reading
        self._gaps.add(report)
        self._count += 1
        year = words.year.format(year=reading.year) if reading and reading.year else ""
        about = (reading.entity, year, words.kind[reading.kind]) if reading else ()
        self._first = self._first or " ".join([shown_path(report.name), *filter(None, about)])
        counted = [one.severity.value for one in report.findings if one.counts]
        titles = coverage_titles(report, Places(report))
        page = {
            "name": report.name,
            "entity": reading.entity if reading else "",
            "year": reading.year if reading else 0,
            "kind": words.kind[reading.kind] if reading else "",
            "totals": asdict(add(start(Demands()), report, Demands())),
            "lost": bool(lost(report)),
            "counted": counted,
            "waivers": report.format == WAIVERS,
            "rounding": rounding_words(report, words) or self._tongue.paper.nearest
            if reading
            else "",
            "digest": report.digest,
            "sections": [
                [title or words.opening, one.numbers, one.checked]
                for title, one in zip(titles, report.coverage.sections, strict=True)
            ],
        }
        self._files.write(json.dumps(page) + "\n")

    def write(self, book: Book, run: Run, left_out: Sequence[str]) -> None:
        """Write the sheet.

        Args:
            book: The workbook.
            run: What the files came to.
            left_out: What had no room in the other sheets.
        """
        tongue, paper = self._tongue, self._tongue.paper
        page = _Page(book, book.bare(paper.sheets[0], _WIDTHS))
        total = run.total
        page.line(paper.title, "title")
        page.line(sentence(total, tongue.words), "bold")
        share = percent(total.checked, total.numbers)
        coverage = paper.coverage if total.numbers else paper.coverage_none
        page.line(coverage.format(checked=total.checked, numbers=total.numbers, percent=share))
        tool = paper.tool.format(
            version=__version__, count=run.rules, fingerprint=run.fingerprint
        )
        tool += tongue.words.config.format(name=run.config) if run.config else ""
        page.line(tool)
        page.line(paper.caveat)
        for line in left_out:
            page.line(line, "bold")
        page.line("")
        page.line(paper.sign)
        page.line("")
        files = [json.loads(line) for line in self._files.lines()]
        page.head(paper.files)
        for one in files:
            page.row(self._file(one, run))
        if len(files) > 1:
            page.row(_totals(paper.total, total), "bold")
        missing = list(self._gaps.all(run, tongue.labels))
        if missing:
            page.line("")
            page.line(paper.not_checked, "bold")
            page.head(paper.missed)
            for gap in missing:
                page.row([gap.path, tongue.labels.missed[gap.kind], gap.text])
        page.line("")
        page.line(paper.by_section, "bold")
        page.head(paper.sections)
        for row in _sections(files):
            page.row(row)

    def _file(self, one: dict[str, Any], run: Run) -> list[Value]:
        demands = run.demands_of(one["name"])
        totals = Summary(**one["totals"])
        coverage = Coverage(totals.numbers, totals.checked)
        thin = bool(totals.documents and not totals.unreadable and not totals.quarantined)
        totals = replace(
            totals,
            lost=int(one["lost"] and not demands.allow_unread),
            thin=int(thin and is_thin(coverage, demands.min_coverage)),
            failing=sum(demands.fails(Severity(severity)) for severity in one["counted"]),
            allowed=demands.max_findings,
        )
        words = self._tongue.words
        opening = words.verdict.partition("{")[0]
        verdict = "" if one["waivers"] else sentence(totals, words).removeprefix(opening)
        return [
            shown_path(one["name"]),
            one["entity"],
            Year(one["year"]) if one["year"] else None,
            one["kind"],
            verdict,
            *_counts(totals),
            one["rounding"],
            one["digest"].removeprefix("sha256:"),
        ]


class _Page:
    """A sheet that is written from the top to the bottom."""

    def __init__(self, book: Book, sheet: Any) -> None:
        self._book, self._sheet, self._row = book, sheet, 0

    def line(self, text: str, style: str = "") -> None:
        """Text that runs over the columns beside it."""
        if text:
            self._book.put(self._sheet, self._row, 0, text, *filter(None, [style]))
        self._row += 1

    def head(self, headings: Sequence[str]) -> None:
        """The headings of a table."""
        for column, text in enumerate(headings):
            self._book.put(self._sheet, self._row, column, text, "head", "bold", "centre")
        self._book.high(self._sheet, self._row, headings, _WIDTHS)
        self._row += 1

    def row(self, values: Sequence[Value], *styles: str) -> None:
        """A row of a table."""
        for column, value in enumerate(values):
            self._book.put(self._sheet, self._row, column, value, "plain", *styles)
        self._book.high(self._sheet, self._row, values, _WIDTHS)
        self._row += 1


def _counts(total: Summary) -> list[Value]:
    return [
        total.errors, total.warnings, total.notes, total.known, total.waived, total.gone,
        total.numbers, total.checked, _share(total.checked, total.numbers),
    ]  # fmt: skip


def _totals(name: str, total: Summary) -> list[Value]:
    return [name, *[None] * (_COUNTED - 1), *_counts(total), None, None]


def _share(checked: int, numbers: int) -> int | None:
    """Whole percent, as everywhere else."""
    return int(percent(checked, numbers).removesuffix("%")) if numbers else None


def _sections(files: Sequence[dict[str, Any]]) -> Iterator[list[Value]]:
    for one in files:
        for title, numbers, checked in one["sections"]:
            share = _share(checked, numbers)
            yield [shown_path(one["name"]), title, numbers, checked, share]
