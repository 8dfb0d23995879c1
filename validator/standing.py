"""What is already known of a finding（新旧与豁免）: baseline and waivers in reports."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date


class Standing(StrEnum):
    """Whether a baseline（基线）knows a finding."""

    NEW = "new"
    """It does not: this counts."""
    KNOWN = "known"
    """It does: it was there before, and does not count."""


@dataclass(frozen=True, slots=True)
class Waiver:
    """Why a finding does not count（豁免）: somebody has looked at it and answers for it.

    Attributes:
        reason: Why it may stand.
        owner: Who answers for that.
        expires: The last day on which it holds.
        place: Where it is written down: the file and its line.
    """

    reason: str
    owner: str
    expires: date
    place: str
