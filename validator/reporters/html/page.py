"""Reports → one web page（网页）: a file that works offline and asks nobody for anything."""

from __future__ import annotations

import base64
import hashlib
from importlib import resources
from typing import TYPE_CHECKING

from markupsafe import Markup

from validator.findings import Severity, Status
from validator.reporters.base import Spool
from validator.reporters.html.cards import prefix_of
from validator.reporters.html.island import as_json, titles
from validator.reporters.html.labels import SIGNS, labels_of
from validator.reporters.html.view import SHORT, templates, view
from validator.reporters.places import shown_path
from validator.reporters.summary import percent
from validator.reporters.told import visible
from validator.reporters.verdict import sentence
from validator.reporters.words import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.findings import Report
    from validator.reporters.base import Look, Run

STYLES = ("report.css",)
SCRIPTS = ("panel.js", "report.js")


class Html:
    """The page of a run."""

    def __init__(self, look: Look) -> None:
        """Speak the language that is wanted."""
        self._words = LANGUAGES[look.lang]
        self._labels = labels_of(self._words)
        self._nav = Spool()
        self._reports = Spool()
        self._count = 0
        self._entry = templates().get_template("entry.html")

    def add(self, report: Report) -> None:
        """Take the next report."""
        self._count += 1
        self._nav.write(self._row(report))
        self._reports.write(view(report, self._words) + "\n")

    def finish(self, run: Run) -> Iterator[str]:
        """The page, piece by piece."""
        fingerprint = run.fingerprint.removeprefix("sha256:")[:SHORT]
        rules = self._words.rules.format(count=run.rules, fingerprint=fingerprint)
        if run.config:
            rules += self._words.config.format(name=visible(run.config))
        frame = {
            "labels": self._labels,
            "count": self._count,
            "policy": policy(),
            "styles": [Markup(static(name)) for name in STYLES],  # noqa: S704 - our own files
            "scripts": [Markup(static(name)) for name in SCRIPTS],  # noqa: S704 - our own files
            "verdict": sentence(run.total, self._words),
            "passed": run.total.exit_code == 0,
            "refused": [visible(line) for line in run.refused],
            "rules": rules,
            "titles": as_json(titles(run.cards)),
        }
        page = templates().get_template("page.html")
        yield page.render(frame, part="head")
        for piece in self._nav.pieces():
            yield piece if self._count > 1 else ""
        yield page.render(frame, part="middle")
        yield from self._reports.pieces()
        yield page.render(frame, part="end")

    def _row(self, report: Report) -> str:
        """A row of the list of files."""
        counting = [one.severity for one in report.findings if one.counts]
        coverage = report.coverage
        return self._entry.render(
            prefix=prefix_of(report.name, report.digest),
            name=visible(shown_path(report.name)),
            failed="" if report.status is Status.CHECKED else self._labels.not_checked,
            counts=[
                (one.value, SIGNS[one], self._words.severity[one], counting.count(one))
                for one in Severity
                if one in counting
            ],
            nothing=self._labels.nothing,
            share=percent(coverage.checked, coverage.numbers) if coverage.numbers else "",
        )


def static(name: str) -> str:
    """A style sheet or script of the page."""
    folder = resources.files("validator.reporters.html") / "static"
    return (folder / name).read_text(encoding="utf-8")


def policy() -> str:
    """What the page may do: run and look like exactly what we wrote, and ask nobody."""
    styles = " ".join(_digest(static(name)) for name in STYLES)
    scripts = " ".join(_digest(static(name)) for name in SCRIPTS)
    return (
        f"default-src 'none'; script-src {scripts}; style-src {styles}; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def _digest(text: str) -> str:
    made = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return f"'sha256-{made}'"
