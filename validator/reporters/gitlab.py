"""Reports → GitLab Code Quality（代码质量）: one object for each finding, in one list."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from validator.findings import Severity
from validator.reporters.base import Spool
from validator.reporters.labels import LABELS
from validator.reporters.missed import Gaps, flat
from validator.reporters.told import aside, told
from validator.reporters.words import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.findings import Report
    from validator.reporters.base import Look, Run
    from validator.reporters.missed import Missed
    from validator.reporters.told import Told

_SEVERITIES = {
    Severity.ERROR: "critical",
    Severity.WARNING: "major",
    Severity.NOTE: "minor",
}


class GitLab:
    """The Code Quality report; see docs/output.md."""

    def __init__(self, look: Look) -> None:
        """Speak the language that is wanted."""
        self._words = LANGUAGES[look.lang]
        self._labels = LABELS[look.lang]
        self._gaps = Gaps()
        self._issues = Spool()
        self._prints: set[str] = set()

    def add(self, report: Report) -> None:
        """Take the next report."""
        self._gaps.add(report)
        for one in told(report, self._words):
            # What a baseline knows stays: GitLab compares branches by itself.
            if aside(one.finding) != "waived":
                self._issues.write(self._finding(one))

    def finish(self, run: Run) -> Iterator[str]:
        """The whole list, ending in a line feed."""
        for one in self._gaps.all(run, self._labels):
            # An option or rule has no file to stand in.
            if one.path:
                self._issues.write(self._missed(one))
        yield "["
        yield from self._issues.pieces()
        yield "\n]\n" if self._issues else "]\n"

    def _finding(self, one: Told) -> str:
        finding = one.finding
        place = self._labels.brackets.format(text=one.place)
        text = f"{finding.title}{place}{self._labels.colon}{one.message}"
        severity = _SEVERITIES[finding.severity]
        return self._issue(
            text, finding.rule, severity, one.path, one.line, finding.fingerprint
        )

    def _missed(self, one: Missed) -> str:
        severity = "blocker" if one.grave else "info"
        text = f"{self._labels.missed[one.kind]}{self._labels.colon}{one.text}"
        return self._issue(text, one.kind, severity, one.path, 1, "")

    def _issue(
        self, text: str, check: str, severity: str, path: str, line: int, fingerprint: str
    ) -> str:
        """One object of the list, with what parts it from the one before."""
        path = path.removeprefix("./")
        issue = {
            "description": flat(text),
            "check_name": check,
            "fingerprint": self._fingerprint(path, check, fingerprint),
            "severity": severity,
            "location": {"path": path, "lines": {"begin": line}},
        }
        opening = ",\n" if self._issues else "\n"
        return f"{opening}  {json.dumps(issue, ensure_ascii=False)}"

    def _fingerprint(self, *parts: str) -> str:
        """A fingerprint that no other object has, the same in the next run."""
        count = 1
        while (made := _digest(*parts, str(count))) in self._prints:
            count += 1
        self._prints.add(made)
        return made


def _digest(*parts: str) -> str:
    text = "\x1f".join(parts).encode("utf-8", "replace")
    return hashlib.sha256(text).hexdigest()[:32]
