"""A finding in words（问题的说法）: what every output for people says of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from validator.findings import WAIVERS
from validator.reporters.passages import Mark, passages, shortened
from validator.reporters.places import Places, place_in, shown_path
from validator.reporters.summary import lost

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.document import Document
    from validator.findings import Finding, Repair, Report
    from validator.reporters.passages import Passage
    from validator.reporters.places import Place
    from validator.reporters.words import Words
    from validator.standing import Waiver

BY_LINE = frozenset({"txt", "md", "records", WAIVERS})
"""Formats whose text is the file's own, so that its lines are those of the file; elsewhere
people count paragraphs."""
MOST_PLACES = 3
"""So many of the other places of a finding are quoted."""
_UNSEEN = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)


@dataclass(frozen=True, slots=True)
class Told:
    """A finding in words.

    Attributes:
        finding: What was found.
        path: The file, as it is shown.
        place: Where, in words.
        section: Heading that it stands under, or "".
        line: Line of the document's text, from 1.
        column: Character of that line, from 1.
        end_line: Line of the last character.
        end_column: Character after the last one, in that line.
        in_file: Whether lines and columns are those of the file itself.
        quote: The words around it, what is wrong in 【】.
        also: What it is compared with, place and words each.
        computation: The sum written out, "" where another line has it.
        impact: What a reader would believe wrongly, or "".
        edits: What to do, the best first.
        advice: The same, each after the word that says what it is.
        consequences: The rules that the same cause breaks, or "".
    """

    finding: Finding
    path: str
    place: str
    section: str
    line: int
    column: int
    end_line: int
    end_column: int
    in_file: bool
    quote: str
    also: tuple[str, ...]
    computation: str
    impact: str
    edits: tuple[str, ...]
    advice: tuple[str, ...]
    consequences: str

    @property
    def message(self) -> str:
        """The one sentence of the rule."""
        return visible(self.finding.message)

    def lines(self) -> Iterator[str]:
        """All that is said below the place, one after the other."""
        yield self.quote
        yield from self.also
        yield self.message
        yield from filter(
            None, (self.computation, self.impact, *self.advice, self.consequences)
        )


def told(report: Report, words: Words) -> Iterator[Told]:
    """Every finding of a report, whether it counts or not, in its order.

    Args:
        report: Result for one file.
        words: Language.
    """
    document = report.document
    if document is None:
        return
    places = Places(report)
    for finding in report.findings:
        first, *others = passages(document, finding)
        place = places.of(first.span)
        end = max(first.span.start, first.span.end - 1)
        yield Told(
            finding,
            shown_path(report.name),
            place_words(place, document, words),
            visible(place.section or ""),
            place.line,
            _column(document, first.span.start),
            document.line_of(end),
            _column(document, end) + 1,
            document.format in BY_LINE,
            quoted(first),
            (*_beside(others, places, document, words), *_elsewhere(finding, report, words)),
            computation_words(finding, words),
            impact_words(finding, words),
            tuple(edits(document, finding, words)),
            tuple(advice(document, finding, words)),
            consequence_words(finding, words),
        )


def _column(document: Document, offset: int) -> int:
    return offset - document.text.rfind("\n", 0, offset)


def _beside(
    others: list[Passage], places: Places, document: Document, words: Words
) -> Iterator[str]:
    """Quotations from other places of the file."""
    for other in others[:MOST_PLACES]:
        place = place_words(places.of(other.span), document, words)
        yield words.also.format(place=place) + quoted(other)
    if len(others) > MOST_PLACES:
        yield words.more_places.format(count=len(others) - MOST_PLACES)


def _elsewhere(finding: Finding, report: Report, words: Words) -> Iterator[str]:
    """Quotations from the other files of the set."""
    for name in dict.fromkeys(e.document for e in finding.evidence if e.document):
        document = report.others[name]
        for passage in passages(document, finding, name)[:MOST_PLACES]:
            place = place_words(place_in(document, passage.span), document, words)
            yield words.also.format(place=f"{shown_path(name)} {place}") + quoted(passage)


def place_words(place: Place, document: Document, words: Words) -> str:
    """A place as people look it up: line, paragraph, cell or page."""
    if place.cell is not None:
        return words.address.format(cell=place.cell)
    page = words.page.format(page=place.page) if place.page else ""
    if place.table is not None:
        return page + words.cell.format(table=place.table, row=place.row, column=place.column)
    word = words.line if document.format in BY_LINE else words.paragraph
    return page + word.format(line=place.line)


def untold(finding: Finding) -> str:
    """The sum written out, or "" when the message or a reason already has it."""
    said = [finding.message, *(repair.because for repair in finding.repairs)]
    return "" if any(finding.computation in text for text in said) else finding.computation


def gap_words(report: Report, words: Words) -> Iterator[str]:
    """What stands in a file but was not read, then what was not understood."""
    for line in lost(report):
        yield words.unread.format(text=visible(line))
    for line in report.reading.unread if report.reading else ():
        yield words.unclear.format(text=visible(line))


def computation_words(finding: Finding, words: Words) -> str:
    """The sum written out, after the word that says what it is, or ""."""
    text = untold(finding)
    return words.computation.format(text=visible(text)) if text else ""


def impact_words(finding: Finding, words: Words) -> str:
    """What a reader would believe wrongly, or ""."""
    what = "、".join(words.impacts[impact] for impact in finding.impacts)
    return words.impact.format(what=what) if what else ""


def advice(document: Document, finding: Finding, words: Words) -> Iterator[str]:
    """What to do, each after the word that says whether it is one of several."""
    for index, text in enumerate(edits(document, finding, words)):
        yield (words.alternative if index else words.advice).format(text=text)


def edits(document: Document, finding: Finding, words: Words) -> Iterator[str]:
    """What to do: the edits that would mend it, or what to look at."""
    if not finding.repairs and document.format != WAIVERS:  # their messages say what to do
        yield words.what_to_do.get(finding.category, words.check_numbers)
    for repair in finding.repairs:
        yield edit_words(document, repair, words)


def edit_words(document: Document, repair: Repair, words: Words) -> str:
    """An edit, and the arithmetic that then holds."""
    old, new = document.quote(repair.span), repair.replacement
    form = words.replace if old and new else words.remove if old else words.insert
    edit = form.format(old=shortened(old), new=shortened(new))
    reason = words.reason.format(because=repair.because) if repair.because else ""
    return visible(edit + reason)


def consequence_words(finding: Finding, words: Words) -> str:
    """The other rules that the same cause breaks, or ""."""
    rules = "、".join(dict.fromkeys(finding.consequences))
    return words.consequences.format(rules=rules) if rules else ""


def aside(finding: Finding) -> str:
    """Why a finding does not count: ``waived``, ``known``, or "" when it does."""
    if finding.waiver is not None:
        return "waived"
    return "" if finding.counts else "known"


def waiver_words(waiver: Waiver, words: Words) -> str:
    """A waiver with its reason, owner, last day and place."""
    return words.waiver.format(
        reason=waiver.reason,
        owner=waiver.owner,
        expires=waiver.expires.isoformat(),
        place=waiver.place,
    )


def quoted(passage: Passage) -> str:
    """A passage with the wrong words in 【】.

    Where a passage only shows what the wrong words are compared with, that is in 【】.
    """
    compared = all(piece.mark is not Mark.WRONG for piece in passage.pieces)
    marked = (Mark.OPERAND if compared else Mark.WRONG,)
    return "".join(
        f"【{visible(piece.text)}】" if piece.mark in marked else visible(piece.text)
        for piece in passage.pieces
    )


def visible(text: str) -> str:
    r"""Text without what nobody sees and what changes how the rest is shown.

    That is control characters, marks that turn the direction of writing, and characters that
    XML does not allow.

    >>> visible("12\x1b[1m.00")
    '12�[1m.00'
    """
    return _UNSEEN.sub("\N{REPLACEMENT CHARACTER}", text)
