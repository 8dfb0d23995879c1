"""Reports → workflow commands（GitHub 批注）: findings stand beside the lines of the file.

GitHub shows few annotations of a step, so what was not checked comes first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.findings import Severity
from validator.reporters.base import Spool
from validator.reporters.labels import LABELS
from validator.reporters.missed import Gaps, flat
from validator.reporters.places import shown_path
from validator.reporters.told import aside, told, visible
from validator.reporters.verdict import sentence
from validator.reporters.words import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.findings import Report
    from validator.reporters.base import Look, Run
    from validator.reporters.missed import Missed
    from validator.reporters.told import Told

_COMMANDS = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.NOTE: "notice",
}


class GitHub:
    """Annotations for GitHub Actions; see docs/output.md."""

    def __init__(self, look: Look) -> None:
        """Speak the language that is wanted."""
        self._words = LANGUAGES[look.lang]
        self._labels = LABELS[look.lang]
        self._gaps = Gaps()
        self._files = Spool()

    def add(self, report: Report) -> None:
        """Take the next report."""
        self._gaps.add(report)
        parts = [
            self._finding(one) for one in told(report, self._words) if not aside(one.finding)
        ]
        if parts:
            name = _escaped(flat(shown_path(report.name)))
            self._files.write("".join([f"::group::{name}\n", *parts, "::endgroup::\n"]))

    def finish(self, run: Run) -> Iterator[str]:
        """The verdict, what was not checked, the findings file by file, then the rest."""
        title = self._labels.title
        yield _command("notice", sentence(run.total, self._words), title=title)
        rest = Spool()
        for one in self._gaps.all(run, self._labels):
            if one.grave:
                yield self._missed(one)
            else:
                rest.write(self._missed(one))
        yield from self._files.pieces()
        yield from rest.pieces()

    def _missed(self, one: Missed) -> str:
        command = "error" if one.grave else "warning"
        return _command(command, one.text, file=one.path, title=self._labels.missed[one.kind])

    def _finding(self, one: Told) -> str:
        finding = one.finding
        at = {}
        if one.in_file:
            at = {"line": str(one.line), "endLine": str(one.end_line)}
        if one.in_file and one.line == one.end_line:
            at |= {"col": str(one.column), "endColumn": str(one.end_column)}
        lines = [one.place + self._labels.colon + one.message, *_rest(one)]
        if finding.fingerprint:
            lines.append(self._labels.fingerprint.format(text=finding.fingerprint))
        title = f"{finding.rule} {finding.title}"
        return _command(
            _COMMANDS[finding.severity], "\n".join(lines), file=one.path, **at, title=title
        )


def _rest(one: Told) -> Iterator[str]:
    """What is said of a finding besides its message."""
    return (line for line in one.lines() if line != one.message)


def _command(name: str, text: str, **properties: str) -> str:
    """A workflow command, one line whatever the text is."""
    given = ",".join(
        f"{key}={_property(flat(value))}" for key, value in properties.items() if value
    )
    return f"::{name} {given}::{_escaped(visible(text))}\n"


def _escaped(text: str) -> str:
    """Text of a command: a line feed would end it."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    """A property of a command: a comma would begin the next, a colon the text."""
    return _escaped(text).replace(":", "%3A").replace(",", "%2C")
