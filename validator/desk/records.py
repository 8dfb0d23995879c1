"""What the local page keeps and shows（检查记录）: checks, findings, decisions."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

Kind = Literal["annotated", "workpaper", "html"]
"""What can be downloaded: the document with comments, the workpaper, a page by itself."""
KINDS: tuple[Kind, ...] = ("annotated", "workpaper", "html")
_MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one check may hold and cost（上限）.

    Attributes:
        file_bytes: Bytes of one file.
        files: Files of one check.
        total_bytes: Bytes of all files of one check.
        seconds: Deadline of a child process, for each file or set of files anew.
        memory: Bytes of address space that a child process may use, where the system can tell
            it so.
    """

    file_bytes: int = 50 * _MEGABYTE
    files: int = 200
    total_bytes: int = 200 * _MEGABYTE
    seconds: int = 120
    memory: int = 2 * 1024 * _MEGABYTE


class State(StrEnum):
    """How far a check or a file of it is（进度）."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    """Nothing is claimed about it; ``error`` says why."""


class Choice(StrEnum):
    """What a person made of a finding（核实结果）."""

    CONFIRMED = "confirmed"
    """确认"""
    FALSE_ALARM = "false_alarm"
    """误报"""
    MENDED = "mended"
    """已改"""

    @property
    def word(self) -> str:
        """What people read."""
        return _WORDS[self]


_WORDS = {Choice.CONFIRMED: "确认", Choice.FALSE_ALARM: "误报", Choice.MENDED: "已改"}


@dataclass(frozen=True, slots=True)
class FileResult:
    """One file of a check（文件结果）.

    Attributes:
        number: Its place in the check, from 0.
        name: As it is shown, without anything of the sender's folders but what pairs sets.
        state: How far it is.
        verdict: One Chinese sentence, "" until it is done.
        error: Why it was not checked, one Chinese line, "" when it was.
        counts: Findings by severity: ``error``, ``warning``, ``note``.
        coverage: Share of figures checked as a decimal string, "" where there are no figures.
        numbers: Figures of account.
        checked: Those of them that took part in a comparison.
    """

    number: int
    name: str
    state: State = State.WAITING
    verdict: str = ""
    error: str = ""
    counts: Mapping[str, int] = field(default_factory=dict)
    coverage: str = ""
    numbers: int = 0
    checked: int = 0


@dataclass(frozen=True, slots=True)
class CheckInfo:
    """One check（检查）: files that were handed in together.

    Attributes:
        id: Random, safe in an address.
        created: When it was handed in, in UTC.
        title: What to call it: its first file, and how many more.
        state: How far it is; FAILED only where none of its files could be checked.
        files: What became of each file; a zip becomes the files that it holds.
        follows: Id of the check that this one checks again, or "".
    """

    id: str
    created: datetime
    title: str
    state: State
    files: tuple[FileResult, ...]
    follows: str = ""


@dataclass(frozen=True, slots=True)
class FindingRow:
    """A finding in words（问题）.

    Attributes:
        file: Number of its file.
        fingerprint: Stable across runs and unrelated edits.
        rule: Rule id.
        title: Short Chinese title of the rule.
        severity: ``error``, ``warning`` or ``note``.
        place: Where it stands, in words.
        quote: The words around it, what is wrong in 【】.
        message: The sentence with the arithmetic.
        suggestion: What to do, or "".
    """

    file: int
    fingerprint: str
    rule: str
    title: str
    severity: str
    place: str
    quote: str
    message: str
    suggestion: str


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided on a finding（核实）.

    Attributes:
        fingerprint: Of the finding.
        choice: What they made of it; None where nothing is decided, or not any more.
        note: Their words, or "".
        when: When, in UTC.
    """

    fingerprint: str
    choice: Choice | None
    note: str
    when: datetime


@dataclass(frozen=True, slots=True)
class Change:
    """What became of the findings of the check before（复查结果）.

    Attributes:
        fixed: Findings of the check before that are gone; their ``file`` counts there.
        left: Findings that are still there, as the new check has them.
        new: Findings that the check before had not.
        missing: Findings of the check before whose files were not handed in again, or could
            not be read: nobody knows what became of them. Their ``file`` counts there.
        apart: Which files are of another unit, year or kind than those of the check before
            and were not compared, one Chinese line, else "".
    """

    fixed: tuple[FindingRow, ...] = ()
    left: tuple[FindingRow, ...] = ()
    new: tuple[FindingRow, ...] = ()
    missing: tuple[FindingRow, ...] = ()
    apart: str = ""
