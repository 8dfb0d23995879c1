"""Findings as cards in the margin（问题卡片）."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup

from validator.document import Span
from validator.reporters.html.marking import own
from validator.reporters.passages import shortened
from validator.reporters.places import Places, place_in, shown_path
from validator.reporters.told import aside, place_words, told, visible, waiver_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from validator.document import Document
    from validator.findings import Evidence, Finding, Report
    from validator.reporters.told import Told
    from validator.reporters.words import Words

FEW = 6
"""So many places of operands are listed at once; the rest can be opened."""


@dataclass(frozen=True, slots=True)
class Link:
    """A place of an operand to jump to.

    Attributes:
        text: Place and words.
        target: Id of the element to jump to.
        operand: Name of the operand, as the text is marked with it; "" where it stands in
            another file, which may be on the page or not.
    """

    text: str
    target: str
    operand: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """A finding as it is shown.

    Attributes:
        number: Its place among the findings of the report.
        told: Its words.
        block: Block that it stands beside; -1 for none.
        aside: ``known``, ``waived`` or "".
        waiver: The waiver in words, or "".
        wrong: Numbers of the operands that are wrong, between blanks.
        links: Where the operands stand that are not in its own block.
        extra: What the page that holds it adds.
    """

    number: int
    told: Told
    block: int
    aside: str
    waiver: str
    wrong: str
    links: tuple[Link, ...]
    extra: Markup

    @property
    def finding(self) -> Finding:
        """What was found."""
        return self.told.finding

    @property
    def first_links(self) -> tuple[Link, ...]:
        """The links that are shown at once."""
        return self.links[:FEW]

    @property
    def more_links(self) -> tuple[Link, ...]:
        """The links that can be opened."""
        return self.links[FEW:]


def cards(
    report: Report, words: Words, prefix: str, file_place: str,
    extra: Callable[[Finding], Markup] | None,
) -> Iterator[Card]:  # fmt: skip
    """The findings of a report, in their order.

    Args:
        report: Result for a file that was read.
        words: Language.
        prefix: What ids of this report begin with.
        file_place: Form of a place in another file, with ``file`` and ``place``.
        extra: What to add to a card.
    """
    document = report.document
    if document is None:
        return
    places = Places(report)
    starts = _line_starts(document.text)
    for number, one in enumerate(told(report, words)):
        block = document.block_at(starts[one.line - 1] + one.column - 1)
        home = block.index if block else -1
        waiver = one.finding.waiver
        yield Card(
            number,
            one,
            home,
            aside(one.finding),
            waiver_words(waiver, words) if waiver else "",
            _wrong(one.finding),
            (
                *_near(document, one.finding, number, home, places, words, prefix),
                *_far(report, one.finding, words, file_place),
            ),
            extra(one.finding) if extra else Markup(),
        )


def _line_starts(text: str) -> list[int]:
    return [0, *(at + 1 for at, sign in enumerate(text) if sign == "\n")]


def _wrong(finding: Finding) -> str:
    """The operands that the best repair changes; nobody knows where there is none.

    One that stands alone is wrong by itself.
    """
    edited = [repair.span for repair in finding.repairs[:1]]
    operands = list(own(finding))
    hit = [at for at, one in operands if any(one.span.overlaps(span) for span in edited)]
    alone = [at for at, _ in operands] if len(operands) == 1 else []
    return " ".join(map(str, hit or alone))


def _near(
    document: Document, finding: Finding, number: int, home: int, places: Places,
    words: Words, prefix: str,
) -> Iterator[Link]:  # fmt: skip
    """Operands in other blocks of the file, each place once."""
    seen = set[Span]()
    for at, evidence in own(finding):
        block = document.block_at(evidence.span.start)
        if block is None or block.index == home or evidence.span in seen:
            continue
        seen.add(evidence.span)
        place = place_words(places.of(evidence.span), document, words)
        yield Link(
            _text(document, place, evidence), f"{prefix}-b{block.index}", f"{number}.{at}"
        )


def _far(report: Report, finding: Finding, words: Words, form: str) -> Iterator[Link]:
    """Operands in other files of the set."""
    for evidence in finding.evidence:
        if not evidence.document:
            continue
        document = report.others[evidence.document]
        place = place_words(place_in(document, evidence.span), document, words)
        file = visible(shown_path(evidence.document))
        text = _text(document, form.format(file=file, place=place), evidence)
        yield Link(text, far_target(evidence.document, document, evidence.span))


def prefix_of(name: str, digest: str) -> str:
    """What the ids of a report begin with: the same for the same file in every run.

    Args:
        name: The file.
        digest: Digest of its bytes: elsewhere another file may be shown by the same name.
    """
    known = f"{shown_path(name)}\n{digest}".encode("utf-8", "replace")
    return "g" + hashlib.sha256(known).hexdigest()[:8]


def far_target(name: str, document: Document, span: Span) -> str:
    """Id of a block on another file's part of the page."""
    block = document.block_at(span.start)
    return f"{prefix_of(name, document.digest)}-b{block.index if block else 0}"


def _text(document: Document, place: str, evidence: Evidence) -> str:
    return f"{place} “{visible(shortened(document.quote(evidence.span)))}”"
