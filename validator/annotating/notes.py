"""What is written in the margin（批注的内容）: a note for each finding, the same everywhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from validator.reporters.told import told, visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.document import Span
    from validator.findings import Report, Severity
    from validator.reporters.words import Words


@dataclass(frozen=True, slots=True)
class Note:
    """What is said at one place of a document（批注）.

    Attributes:
        span: The words that it is about, in the document's text.
        severity: How grave it is.
        title: How grave and what, such as ``错误：增减与升降方向相反``.
        lines: The sentence with the arithmetic, what to do, what it is compared with, and the
            rule.
        rule: Rule id.
        fingerprint: Of the finding.
        place: Where the words stand, as people look it up, such as ``第12段``.
    """

    span: Span
    severity: Severity
    title: str
    lines: tuple[str, ...]
    rule: str
    fingerprint: str
    place: str = ""

    @property
    def text(self) -> str:
        """All of it, line by line."""
        return "\n".join((self.title, *self.lines))


def notes(report: Report, words: Words) -> Iterator[Note]:
    """A note for each finding of a report that has words in it, in their order.

    Args:
        report: Result for one file.
        words: Language.
    """
    for one in told(report, words):
        finding = one.finding
        first = finding.evidence[0]
        if first.document:
            continue
        lines = (
            one.message,
            one.computation,
            one.impact,
            *one.advice,
            *one.also,
            one.consequences,
            f"{finding.rule} {finding.name}",
        )
        yield Note(
            first.span,
            finding.severity,
            f"{words.severity[finding.severity]}：{visible(finding.title)}",
            tuple(filter(None, lines)),
            finding.rule,
            finding.fingerprint,
            one.place,
        )
