"""What comparing gives（比较结果）: findings and figures of two versions side by side."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from validator.facts import Figure
    from validator.findings import Finding, Report


class ChangeKind(StrEnum):
    """What became of a figure（数字的变化）."""

    CHANGED = "changed"
    """Another value: no true value prints as both, or one digit of the same print differs."""
    RESTATED = "restated"
    """The same value in another unit, with more or fewer places, or with 约."""
    ADDED = "added"
    REMOVED = "removed"
    VANISHED = "vanished"
    """Not found again in a version that was read in part only: it may still be there."""


@dataclass(frozen=True, slots=True)
class FigureChange:
    """A figure that is not what it was（变化的数字）.

    Attributes:
        kind: What became of it.
        label: Words that name it, "" where there are none.
        old: As the old version prints it, None where it is added.
        new: As the new version prints it, None where it is removed or vanished.
    """

    kind: ChangeKind
    label: str
    old: Figure | None = None
    new: Figure | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """A finding that both versions have（仍有的问题）.

    Attributes:
        old: As the old version has it, or the cause that it was told as a consequence of.
        new: As the new version has it.
        altered: Whether one of its figures changed: it was worked on and is still wrong.
    """

    old: Finding
    new: Finding
    altered: bool = False


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two versions of a report side by side（两版对比）.

    Attributes:
        old: Result for the old version.
        new: Result for the new version.
        fresh: Findings of the new version that the old one has not, in order of their place.
        fixed: Findings of the old version that the new one has no more.
        kept: Findings of both, in order of their place in the new version.
        figures: Figures that are not what they were, in the order of the new version; those
            removed come last, in the order of the old one.
        same: How many figures are what they were.
        vanished: Findings of the old version that were not found again in a new one that was
            read in part only: they may still be there, so none of them is fixed.
    """

    old: Report
    new: Report
    fresh: tuple[Finding, ...] = ()
    fixed: tuple[Finding, ...] = ()
    kept: tuple[Kept, ...] = ()
    figures: tuple[FigureChange, ...] = ()
    same: int = 0
    vanished: tuple[Finding, ...] = ()

    def of_kind(self, kind: ChangeKind) -> tuple[FigureChange, ...]:
        """The figures that changed in one way."""
        return tuple(one for one in self.figures if one.kind is kind)

    @property
    def altered(self) -> tuple[Kept, ...]:
        """Findings that are still there although one of their figures changed."""
        return tuple(one for one in self.kept if one.altered)

    @property
    def alike(self) -> bool:
        """Whether findings and figures are the same, as far as both versions were read."""
        return not (self.fresh or self.fixed or self.vanished or self.altered or self.figures)


def in_part(report: Report) -> bool:
    """Whether a part of a report, or of a file that was checked with it, was not read."""
    files = (report.document, *report.others.values())
    return any(one.unread for one in files if one is not None)
