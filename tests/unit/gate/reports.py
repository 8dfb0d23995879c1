"""Small reports with findings, made by hand."""

from __future__ import annotations

from validator.document import Block, BlockKind, Document, Span
from validator.facts import ReportKind
from validator.findings import Category, Evidence, Finding, Report, Severity, Status
from validator.reading import Reading


def finding(
    text: str, quote: str, rule: str = "CHG001", fingerprint: str = "", severity: str = "error"
) -> Finding:
    start = text.index(quote)
    return Finding(
        rule,
        "a-name",
        f"{rule}的标题",
        Category.OTHER,
        Severity(severity),
        f"{quote}不对。",
        "",
        (Evidence("text", Span(start, start + len(quote))),),
        fingerprint=fingerprint or f"{rule}-{quote}",
    )


def report(name: str, text: str, *findings: Finding) -> Report:
    block = Block(0, BlockKind.PARAGRAPH, Span(0, len(text)), line=1)
    return Report(
        name,
        Status.CHECKED,
        "txt",
        "sha256:" + "0" * 64,
        document=Document(name, "txt", "sha256:" + "0" * 64, text, (block,)),
        reading=Reading(ReportKind.UNKNOWN, 0, "", "", (), (), (), ()),
        findings=findings,
    )


def unreadable(name: str) -> Report:
    return Report(name, Status.UNREADABLE, error="读不了")
