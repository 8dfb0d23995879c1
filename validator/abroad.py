"""What the other files of a set say of a file（跨文件）."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from validator.findings import Evaluation, Finding


@dataclass(frozen=True, slots=True)
class Abroad:
    """What is listed with another file of the set though words of this one take part.

    It is counted where it is listed, and nowhere else: the file of its first operand.

    Attributes:
        findings: Findings of the other files.
        evaluations: Comparisons of the other files.
    """

    findings: tuple[Finding, ...] = ()
    evaluations: tuple[Evaluation, ...] = ()
