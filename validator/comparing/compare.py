"""Compare two versions of a report（对比）: two results in, what differs out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.comparing.aligning import align
from validator.comparing.figures import change_of, counterparts, same_digits
from validator.comparing.findings import sort_findings, versions
from validator.comparing.names import Names
from validator.comparing.pieces import pieces
from validator.comparing.results import ChangeKind, Comparison, FigureChange, in_part

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.comparing.figures import Counterparts
    from validator.document import Document
    from validator.findings import Report


def compare(old: Report, new: Report) -> Comparison:
    """Compare two versions of a report, in whatever formats.

    Data behind charts are compared only where both versions hold charts, since a PDF of a Word
    file shows their pictures alone. Of a new version that was read in part only nothing is said
    to be fixed or removed: it may stand in the other part.

    Args:
        old: Result for the old version.
        new: Result for the new version.

    Raises:
        ValueError: One of them was not checked.
    """
    if not (old.document and old.reading and new.document and new.reading):
        msg = "only checked reports can be compared"
        raise ValueError(msg)
    charts = bool(old.document.charts) == bool(new.document.charts)
    beads = align(
        pieces(old.document, old.reading, charts=charts),
        pieces(new.document, new.reading, charts=charts),
    )
    found = counterparts(beads, old.reading, new.reading)
    names = Names(old.document, old.reading), Names(new.document, new.reading)
    gone = ChangeKind.VANISHED if in_part(new) else ChangeKind.REMOVED
    changes = list(_changes(found, names, (old.document, new.document), gone))
    changes.sort(key=_place)
    altered = frozenset(
        one.old.id for one in changes if one.old and one.kind is not ChangeKind.RESTATED
    )
    figures = old.reading.figures, new.reading.figures
    places = versions(beads, found.pairs, figures, altered)
    told = sort_findings(old.findings, new.findings, places)
    differing = sum(one.old is not None and one.new is not None for one in changes)
    same = len(found.pairs) - differing
    fixed, vanished = ((), told.fixed) if in_part(new) else (told.fixed, ())
    return Comparison(old, new, told.fresh, fixed, told.kept, tuple(changes), same, vanished)


def _place(change: FigureChange) -> tuple[bool, int]:
    figure = change.new or change.old
    return change.new is None, figure.span.start if figure else 0


def _changes(
    found: Counterparts, names: tuple[Names, Names], documents: tuple[Document, Document],
    gone: ChangeKind,
) -> Iterator[FigureChange]:  # fmt: skip
    for old, new in found.pairs:
        one, two = documents[0].quote(old.span), documents[1].quote(new.span)
        kind = change_of(old, new, same_words=same_digits(one, two))
        if kind is not None:
            yield FigureChange(kind, names[1].of(new) or names[0].of(old), old, new)
    for figure in found.added:
        yield FigureChange(ChangeKind.ADDED, names[1].of(figure), new=figure)
    for figure in found.removed:
        yield FigureChange(gone, names[0].of(figure), old=figure)
