"""What a check gives back（核对结果）, and what it is given."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from validator.claims import Claim
    from validator.document import Document
    from validator.engine.explain import Binding
    from validator.engine.schema import Rule
    from validator.extract.lexicon import Lexicon
    from validator.findings import Evaluation, Repair
    from validator.reading import Reading


@dataclass(frozen=True, slots=True)
class Context:
    """All that a check may look at.

    Attributes:
        document: The text with places.
        reading: Figures, facts, claims and sections of it.
        lexicon: Line items, cue words and classifications by year.
        truncating: Whether the configuration says that this document cuts digits off.
        whole: Whether to take the document as a whole report, as examples of rules do that show
            one section; else the document itself must show it.
    """

    document: Document
    reading: Reading
    lexicon: Lexicon
    truncating: bool = False
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """One evaluation and, if it failed, what to say about it.

    Attributes:
        evaluation: The comparison.
        values: What the rule's message may name: operand names give their quotes,
            ``left``, ``right`` and ``gap`` give computed values, as printed strings.
        repairs: Repairs that the check itself knows, best first.
        claim: What was judged, where it was a claim: the diagnosis judges it again.
        binding: Figures that it was judged with.
    """

    evaluation: Evaluation
    values: Mapping[str, str] = field(default_factory=dict)
    repairs: tuple[Repair, ...] = ()
    claim: Claim | None = None
    binding: Binding = field(default_factory=dict)


class Check(Protocol):
    """A kind of check: runs one rule over one document."""

    def __call__(self, rule: Rule, context: Context) -> Iterator[Outcome]:
        """Yield every comparison that the rule makes, passed or not, in document order."""
        ...
