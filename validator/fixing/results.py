"""What is asked, what is made and what is left（修改结果）: the words of ``fix``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from validator.findings import Finding, Report
    from validator.fixing.aftermath import Aftermath
    from validator.fixing.proposals import Proposal


class Answer(StrEnum):
    """What a person says to a change of a figure（答复）."""

    CHANGE = "change"
    LEAVE = "leave"
    STOP = "stop"
    """Leave this one and all that follow."""


@dataclass(frozen=True, slots=True)
class Question:
    """A change of a figure that a person is asked about（询问）.

    Attributes:
        proposal: What would be changed.
        report: Result for the report as it was.
        number: Which question it is, from 1.
        total: How many there are at most.
    """

    proposal: Proposal
    report: Report
    number: int
    total: int


Ask = Callable[[Question], Answer]
"""Puts one question to a person."""


class Reason(StrEnum):
    """Why a change was not made（未改的原因）."""

    OVERLAP = "overlap"
    """Another change touches the same words."""
    NO_PLACE = "no_place"
    """The file does not have these words as plain text."""
    HARM = "harm"
    """It would bring a new error or warning."""
    SETTLED = "settled"
    """Its finding is gone with another change."""
    DECLINED = "declined"
    """A person said no."""

    @property
    def needs_person(self) -> bool:
        """Whether somebody should look at it who has not done so yet."""
        return self in (Reason.OVERLAP, Reason.NO_PLACE, Reason.HARM)


@dataclass(frozen=True, slots=True)
class Left:
    """A change that was not made（未改）.

    Attributes:
        proposal: What would have been changed.
        reason: Why not.
        because: The same for a reader, a Chinese clause, "" when the reason says all.
        other: The change that was made instead, or that settled it.
        harm: What it would have brought.
    """

    proposal: Proposal
    reason: Reason
    because: str = ""
    other: Proposal | None = None
    harm: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Fixed:
    """A report and its changed copy（修改稿）.

    Attributes:
        data: Bytes of the copy; those of the report when nothing was changed.
        before: Result for the report.
        after: Result for the copy.
        made: Changes made, in order of their place.
        left: Changes not made, in order of their place.
        unasked: Findings whose figures nobody was asked about.
        aftermath: What became of the findings.
        shows_changes: Whether the copy shows what was changed.
    """

    data: bytes
    before: Report
    after: Report
    made: tuple[Proposal, ...]
    left: tuple[Left, ...]
    unasked: int
    aftermath: Aftermath
    shows_changes: bool
