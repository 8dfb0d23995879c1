"""A check as it is carried out（检查）, inside a child process: plain data come out."""

from __future__ import annotations

import re
import secrets
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from validator.desk.folder import VIEW, private
from validator.desk.reading import batches, listed, treatments
from validator.desk.records import State
from validator.findings import Severity, Status
from validator.reporters.base import RuleCard
from validator.reporters.html.view import view
from validator.reporters.summary import ratio, summarise
from validator.reporters.told import told
from validator.reporters.verdict import sentence
from validator.reporters.words import ZH

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from validator.findings import Finding, Report

    Tell = Callable[[Any], None]

_VERDICT = replace(ZH, verdict="{what}")
_PRINT = re.compile(r"[0-9a-f]+")
_MEMORY = "内存不够，这份没有检查；请把它拆小后再试"


def check_files(
    tell: Tell, *, uploads: Sequence[Sequence[str]], folder: str, done: Sequence[int],
    config: str | None = None,
) -> None:  # fmt: skip
    """Check the files of a check, and write the page of each into its folder.

    Tells ``{"files": names}`` first, ``{"begun": numbers}`` before each set of files, and
    ``{"file": number, …}`` after each file; ``None`` says that it is at work.

    Args:
        tell: Takes messages.
        uploads: Path and name of each file as it came in.
        folder: Of the check; the page of file 3 goes to ``3/view.html``.
        done: Numbers of files that are left out.
        config: Path of a configuration file, or None.

    Raises:
        UsageError: There are too many files, or the configuration cannot be read.
        RuleError: The configuration cannot be used.
    """
    ways = treatments(config)
    cards = {key: RuleCard.of(rule) for key, rule in ways.rules.items()}
    found = listed(uploads, tell)
    tell({"files": [one.name for one in found]})
    for batch in batches(found, uploads):
        if not set(batch.numbers) & set(done):
            tell({"begun": batch.numbers})
            for number, report in batch.reports(ways):
                if report.document is not None and report.status is Status.CHECKED:
                    place = private(Path(folder, str(number)))
                    (place / VIEW).write_text(fragment(report, cards), "utf-8", newline="\n")
                tell({"file": number, **facts(report, len(ways.faults))})


def fragment(report: Report, rules: Mapping[str, RuleCard]) -> str:
    """A report as a part of a page, with a mark where the decision of each finding belongs.

    Nothing in the report can make such a mark: marks are made of a secret first.

    Args:
        report: Result for one file.
        rules: What is told of the rules, by id.
    """
    secret = secrets.token_hex(16)

    def mark(finding: Finding) -> Markup:
        if not _PRINT.fullmatch(finding.fingerprint):
            return Markup()
        return Markup(f"<!--{secret}:{finding.fingerprint}-->")  # noqa: S704 - hex digits only

    page = str(view(report, ZH, extra=mark, rules=rules)).replace("<!--decision:", "<!--")
    return page.replace(f"<!--{secret}:", "<!--decision:")


def facts(report: Report, refused: int) -> dict[str, Any]:
    """What is kept of a report, besides its page: verdict, counts, coverage, findings.

    Args:
        report: Result for one file.
        refused: Settings and rules that could not be used.
    """
    checked = report.status is Status.CHECKED
    coverage = report.coverage
    found = [one.severity for one in report.findings]
    return {
        "state": State.DONE if checked else State.FAILED,
        "verdict": _verdict(report, refused) if checked else "",
        "error": "" if checked else _error(report),
        "counts": {one.value: found.count(one) for one in Severity},
        "coverage": ratio(coverage.checked, coverage.numbers) or "",
        "numbers": coverage.numbers,
        "checked": coverage.checked,
        "findings": [
            {
                "fingerprint": one.finding.fingerprint,
                "rule": one.finding.rule,
                "title": one.finding.title,
                "severity": one.finding.severity,
                "place": one.place,
                "quote": one.quote,
                "message": one.message,
                "suggestion": "；或者".join(one.edits),
            }
            for one in told(report, ZH)
        ],
    }


def _verdict(report: Report, refused: int) -> str:
    return sentence(summarise([report], refused=refused), _VERDICT)


def _error(report: Report) -> str:
    """Why a file was not checked, for somebody who sees a page and no command line."""
    if (report.trace or "").startswith("MemoryError"):
        return _MEMORY
    if report.status is Status.QUARANTINED:
        return f"{(report.error or '').partition('；')[0]}；请把文件交给开发者"
    return report.error or ""
