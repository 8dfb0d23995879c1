"""A generated report with its ledger（底账）: every figure, every relation that it states.

The ledger is an oracle that never asks gouji: an edit is *detectable* when no true values
print as the edited figures and satisfy the relations that the text states.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from validator.bench.printed import direction_of, quantity_of
from validator.bench.relations import Reading, Relation, RelationKind
from validator.document import Span
from validator.edits import Edit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from validator.facts import ReportKind
    from validator.quantity import Quantity

__all__ = ["CleanReport", "Reading", "Relation", "RelationKind", "Slot"]


@dataclass(frozen=True, slots=True)
class Slot:
    """A printed figure or direction word of a generated report（位）.

    Attributes:
        span: Where it stands: the number with its unit as printed, or the word.
        quantity: What it states, None for a direction word.
        direction: +1 or -1 for a direction word, 0 for a figure.
        item: What it is, in Chinese.
        last_year: How last year's, or the budget's, value of the same thing would print in
            the same unit and places; "" if there is none.
        fact: Which fact it prints; slots with one fact state the same value. "" for a
            direction word and for figures that stand once.
    """

    span: Span
    quantity: Quantity | None
    direction: int = 0
    item: str = ""
    last_year: str = ""
    fact: str = ""


@dataclass(frozen=True, slots=True)
class CleanReport:
    """An internally consistent report（自洽的报告）.

    Attributes:
        name: File name.
        kind: Which report it is.
        style: Id of the province style that it is written in.
        text: The whole report; tables as tab-separated rows.
        slots: Every figure of account and every direction word, in order.
        relations: Every relation that the words state.
    """

    name: str
    kind: ReportKind
    style: str
    text: str
    slots: tuple[Slot, ...]
    relations: tuple[Relation, ...]

    def quote(self, slot: Slot) -> str:
        """The characters of a slot."""
        return self.text[slot.span.start : slot.span.end]

    def detectable(self, edits: Sequence[Edit]) -> bool:
        """Whether no true values satisfy what the edited report states.

        Args:
            edits: Changes of the clean text that do not overlap.
        """
        return bool(self.violated(edits))

    def culpable(self, edits: Sequence[Edit]) -> int:
        """How many stated relations the edits violate."""
        return len(self.violated(edits))

    def violated(self, edits: Sequence[Edit]) -> tuple[Relation, ...]:
        """The stated relations that cannot hold after the edits."""
        narrow = [_narrowed(self.text, edit) for edit in edits]
        readings = [Reading(slot.quantity, slot.direction) for slot in self.slots]
        touched = set()
        for at, slot in enumerate(self.slots):
            mine = [edit for edit in narrow if _meets(edit.span, slot.span)]
            if mine:
                readings[at] = self._reread(slot, mine)
                touched.add(at)
        return tuple(
            relation
            for relation in self.relations
            if touched.intersection(relation.slots) and relation.violated(readings)
        )

    def _reread(self, slot: Slot, edits: Sequence[Edit]) -> Reading:
        """What a slot states after the edits that meet it."""
        words, at = "", slot.span.start
        for edit in sorted(edits, key=lambda one: one.span):
            if edit.span.start < slot.span.start or edit.span.end > slot.span.end:
                return Reading()
            words += self.text[at : edit.span.start] + edit.text
            at = edit.span.end
        words += self.text[at : slot.span.end]
        if slot.quantity is None:
            return Reading(direction=direction_of(words))
        bare = not self.quote(slot).endswith(slot.quantity.unit.symbol)
        return Reading(quantity_of(words, slot.quantity.unit if bare else None))


def _narrowed(text: str, edit: Edit) -> Edit:
    """The edit without the words at its ends that it leaves as they are."""
    start, end, words = edit.span.start, edit.span.end, edit.text
    while start < end and words and text[start] == words[0]:
        start, words = start + 1, words[1:]
    while end > start and words and text[end - 1] == words[-1]:
        end, words = end - 1, words[:-1]
    return Edit(Span(start, end), words)


def _meets(edit: Span, slot: Span) -> bool:
    """Whether an edit changes a slot; an insertion at its very end or start does, too."""
    if edit.start == edit.end:
        return slot.start <= edit.start <= slot.end
    return edit.overlaps(slot)
