"""What came of writing notes into a document（批注结果）: the copy, and what found no place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from validator.annotating.notes import Note


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A note whose words cannot be marked（没有落点的批注）.

    Attributes:
        note: The note.
        why: Why not, a Chinese clause.
    """

    note: Note
    why: str


@dataclass(frozen=True, slots=True)
class Annotated:
    """A copy of a document with notes（批注稿）.

    Attributes:
        data: Bytes of the copy.
        placed: Notes that stand at their words, in order of their place.
        unplaced: Notes that the copy holds elsewhere or not at all.
    """

    data: bytes
    placed: tuple[Note, ...]
    unplaced: tuple[Unplaced, ...] = ()


class Annotator(Protocol):
    """Writes notes into copies of one file."""

    def written(self, notes: Sequence[Note]) -> Annotated:
        """The file with notes, in order of their place; all else stays as it is."""
        ...
