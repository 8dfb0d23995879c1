"""Reports → CSV（表格）: a row for each finding, to be opened in Excel or WPS."""

from __future__ import annotations

import csv
import re
from io import StringIO
from typing import TYPE_CHECKING

from validator.reporters.base import Spool
from validator.reporters.labels import LABELS
from validator.reporters.missed import Gaps, flat
from validator.reporters.places import shown_path
from validator.reporters.told import aside, told
from validator.reporters.words import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from validator.findings import Gone, Report
    from validator.reporters.base import Look, Run
    from validator.reporters.missed import Missed
    from validator.reporters.told import Told

_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]")
_FIGURE = re.compile(r"[+\-＋－]?\d[\d,]*(?:\.\d+)?[%‰％]?[\u4e00-\u9fff]*")
"""What begins like a formula and is none, whatever a program makes of it: －3.00万元."""


class Csv:
    """The table of findings; see docs/output.md."""

    def __init__(self, look: Look) -> None:
        """Speak the language that is wanted."""
        self._words = LANGUAGES[look.lang]
        self._labels = LABELS[look.lang]
        self._gaps = Gaps()
        self._rows = Spool()

    def add(self, report: Report) -> None:
        """Take the next report."""
        self._gaps.add(report)
        for one in told(report, self._words):
            self._rows.write(self._finding(one))
        for gone in report.gone:
            self._rows.write(self._gone(shown_path(report.name), gone))

    def finish(self, run: Run) -> Iterator[str]:
        """The whole table, with the mark by which Excel knows UTF-8."""
        yield "\ufeff" + _row(self._labels.columns)
        for one in self._gaps.all(run, self._labels):
            yield self._missed(one)
        yield from self._rows.pieces()

    def _finding(self, one: Told) -> str:
        finding, waiver = one.finding, one.finding.waiver
        return _row((
            one.path,
            one.place,
            one.section,
            self._words.severity[finding.severity],
            finding.rule,
            finding.title,
            self._labels.semicolon.join([one.quote, *one.also]),
            one.message,
            finding.computation,
            self._labels.semicolon.join(one.edits),
            finding.fingerprint,
            self._labels.states[aside(finding)],
            waiver.reason if waiver else "",
            waiver.owner if waiver else "",
            waiver.expires.isoformat() if waiver else "",
        ))  # fmt: skip

    def _gone(self, path: str, gone: Gone) -> str:
        severity, state = self._words.severity[gone.severity], self._labels.states["fixed"]
        return _row((
            path, "", "", severity, gone.rule, gone.title, gone.quote, "", "", "",
            gone.fingerprint, state, "", "", "",
        ))  # fmt: skip

    def _missed(self, one: Missed) -> str:
        level = self._labels.missed[one.kind]
        return _row((one.path, "", "", level, "", "", "", one.text, *[""] * 7))


def _row(cells: Iterable[str]) -> str:
    """A line of the table."""
    line = StringIO()
    csv.writer(line, lineterminator="\r\n").writerow([_harmless(flat(cell)) for cell in cells])
    return line.getvalue()


def _harmless(cell: str) -> str:
    """A cell that no program takes for a formula; figures stay as they are.

    >>> _harmless("=1+1"), _harmless("-3.00万元")
    ("'=1+1", '-3.00万元')
    """
    if _FORMULA.match(cell) and not _FIGURE.fullmatch(cell):
        return f"'{cell}"
    return cell
