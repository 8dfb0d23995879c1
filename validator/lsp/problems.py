"""What is wrong in a buffer（缓冲区里的问题）, with character offsets and possible edits."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from validator.document import Span
    from validator.engine.packs import RuleSet
    from validator.findings import Report, Severity


@dataclass(frozen=True, slots=True)
class Fix:
    """An edit that is offered（改法）.

    Attributes:
        span: What to replace.
        replacement: What to put there.
        title: What it does, as the editor's menu says it.
        preferred: Whether it may be made without a second look: it is the only one, and no
            figure changes.
    """

    span: Span
    replacement: str
    title: str
    preferred: bool = False


@dataclass(frozen=True, slots=True)
class Problem:
    """Something to underline（要标出的地方）.

    Attributes:
        span: Where.
        severity: How grave.
        message: What is wrong, in Chinese.
        code: Rule id, or "".
        fingerprint: Of the finding, or "".
        related: Other places of the same buffer and what stands there.
        fixes: Edits that would mend it, best first.
    """

    span: Span
    severity: Severity
    message: str
    code: str = ""
    fingerprint: str = ""
    related: tuple[tuple[Span, str], ...] = ()
    fixes: tuple[Fix, ...] = ()


@dataclass(frozen=True, slots=True)
class Checked:
    """What came of a buffer（检查结果）.

    Attributes:
        text: What was checked.
        problems: What is wrong, in order.
        report: What was found and compared, where the buffer is a report.
        ruleset: Rules that it was checked with.
        told: What its owner must know besides, one Chinese line each: settings that could not
            be used.
        trace: Why the check itself failed, or "".
        language: Of labels, ``zh`` or ``en``.
    """

    text: str
    problems: tuple[Problem, ...] = ()
    report: Report | None = None
    ruleset: RuleSet | None = field(default=None, repr=False)
    told: tuple[str, ...] = ()
    trace: str = ""
    language: str = "zh"
