"""A report in a buffer → what is wrong with it（查报告）."""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING

from validator.errors import UnreadableDocument
from validator.facts import ReportKind
from validator.findings import RepairGroup, Status
from validator.lsp.phrases import PHRASES
from validator.lsp.problems import Checked, Fix, Problem
from validator.readers import read_bytes
from validator.reporters.passages import shortened
from validator.reporters.told import edit_words, impact_words, visible
from validator.reporters.words import LANGUAGES
from validator.run import check_document

if TYPE_CHECKING:
    from pathlib import Path

    from validator.document import Document
    from validator.findings import Finding, Repair, Report
    from validator.lsp.settings import Chosen

LONGEST = 1_000_000
"""Characters of the longest text that is checked while it is edited."""
_AS_TYPED = ("txt", "md")
"""Formats whose text is the buffer's, character by character."""
_UNASKED = (RepairGroup.WORDING, RepairGroup.YEARS)
"""What ``gouji fix`` changes without asking."""


def check_text(text: str, path: Path, chosen: Chosen) -> Checked:
    """Check a buffer as ``gouji check`` checks its file.

    Args:
        text: What it holds.
        path: Its file.
        chosen: What holds for it.
    """
    told = chosen.faults
    document = _document(text, path.as_posix())
    if document is None:
        return Checked(text, told=told)
    how = chosen.gate.treatments.of(document.name)
    found = check_document(
        document, how.ruleset, year=how.year, kind=how.kind, rounding=how.rounding
    )
    if found.status is not Status.CHECKED:
        return Checked(text, told=told, trace=found.trace or str(found.error))
    if not _is_about_accounts(found):
        return Checked(text, told=told)
    report, language = chosen.gate.marked(found), chosen.language
    # What is waived or known before is told to those who ask, and underlined no more.
    problems = [_problem(document, one, language) for one in report.findings if one.counts]
    return Checked(text, tuple(problems), report, how.ruleset, told, language=language)


def _document(text: str, name: str) -> Document | None:
    """The buffer as a document of the same characters, or None when it is no plain text."""
    # The mark says that this is UTF-8; it is no part of the text that is read.
    data = codecs.BOM_UTF8 + text.encode("utf-8", "replace")
    try:
        document = read_bytes(data, name)
    except UnreadableDocument:
        return None
    same = document.format in _AS_TYPED and len(document.text) == len(text)
    return document if same else None


def _is_about_accounts(report: Report) -> bool:
    """Whether there is anything to check; every shopping list has numbers and headings."""
    reading = report.reading
    return reading is not None and (
        reading.kind is not ReportKind.UNKNOWN or report.coverage.numbers > 0
    )


def _problem(document: Document, finding: Finding, language: str) -> Problem:
    phrases = PHRASES[language]
    here = [one for one in finding.evidence if not one.document]
    message = phrases.title.format(title=finding.title, message=visible(finding.message))
    if impact := impact_words(finding, LANGUAGES[language]):
        message += f"\n{impact}"
    return Problem(
        here[0].span,
        finding.severity,
        message,
        finding.rule,
        finding.fingerprint,
        tuple(
            (one.span, phrases.other.format(quote=visible(shortened(document.quote(one.span)))))
            for one in here[1:]
        ),
        _fixes(document, finding, language),
    )


def _fixes(document: Document, finding: Finding, language: str) -> tuple[Fix, ...]:
    """The edits of a finding, best first.

    One is preferred when there is no other and it is of those that need no asking.
    """
    alone = len(finding.repairs) == 1
    return tuple(
        Fix(
            repair.span,
            repair.replacement,
            _title(document, repair, language),
            preferred=alone and repair.kind.group in _UNASKED,
        )
        for repair in finding.repairs
    )


def _title(document: Document, repair: Repair, language: str) -> str:
    """改数字（请先核对账表）：把“65.12万元”改为“56.12万元”：56.12 ÷ 912.30 = 6.15%."""
    edit = edit_words(document, repair, LANGUAGES[language])
    return PHRASES[language].change[repair.kind.group].format(edit=edit)
