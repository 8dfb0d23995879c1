"""PDF files with highlighted words（PDF 批注）: a note at each, behind the file as it was.

What stands in no text layer gets its note in the corner of the first page.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.annotating.pdf_behind import appended, saved
from validator.annotating.pdf_marks import highlight, sticker
from validator.annotating.pdf_places import NoPlaceError, PdfPlaces
from validator.annotating.pdf_quads import quads_of
from validator.annotating.placing import Annotated, Unplaced
from validator.errors import UsageError
from validator.readers.pdf import ONE_AT_A_TIME, opened, shapes
from validator.reporters.told import visible
from validator.rewriting.own_copies import AGAIN, is_signed_pdf

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pypdfium2 import PdfDocument

    from validator.annotating.notes import Note
    from validator.annotating.pdf_places import Run

_CORNER = 12.0
_STEP = 24.0
"""Points between the notes in the corner and from the edges."""


def open_file(data: bytes, name: str) -> Pdf:
    """A PDF file to be annotated.

    Args:
        data: The whole file.
        name: What it is called.

    Raises:
        UnreadableDocument: It is damaged or locked.
    """
    return Pdf(data)


class Pdf:
    """A PDF file and where its words stand."""

    def __init__(self, data: bytes) -> None:
        """Open a file."""
        self._data = data
        self._places = PdfPlaces(shapes(data))

    def written(self, notes: Sequence[Note]) -> Annotated:
        """The file with notes, in order of their place; all else stays as it is.

        Raises:
            UsageError: It has comments of ours already.
        """
        if is_signed_pdf(self._data):
            raise UsageError(AGAIN)
        if not notes:
            return Annotated(self._data, ())
        placed: list[Note] = []
        unplaced: list[Unplaced] = []
        marks: dict[int, list[tuple[Note, Run, int]]] = {}
        for note in notes:
            try:
                runs = self._places.runs(note.span)
            except NoPlaceError as error:
                unplaced.append(Unplaced(note, f"{error}，批注放在第一页左上角"))
                continue
            placed.append(note)
            for number, run in enumerate(runs):
                marks.setdefault(run[0], []).append((note, run, number))
        with ONE_AT_A_TIME:
            file = opened(self._data)
            first = [1] if unplaced else []
            try:
                for page, some in sorted(marks.items()):
                    _mark(file, page, some)
                self._put_aside(file, unplaced)
                data = appended(self._data, file, self._as_opened([*marks, *first]))
            finally:
                file.close()
        return Annotated(data, tuple(placed), tuple(unplaced))

    def _as_opened(self, pages: Iterable[int]) -> bytes:
        """What the library writes once it has looked at pages, though nothing was changed."""
        file = opened(self._data)
        try:
            for number in sorted(set(pages)):
                file[number - 1].close()
            return saved(file)
        finally:
            file.close()

    def _put_aside(self, file: PdfDocument, unplaced: Sequence[Unplaced]) -> None:
        """Put notes without a place in the corner of the first page, one below the other."""
        if not unplaced:
            return
        page = file[0]
        try:
            left, bottom, _, top = page.get_bbox()
            for at, one in enumerate(unplaced):
                words = self._places.text[one.note.span.start : one.note.span.end]
                down = _CORNER + _STEP * at % max(top - bottom - 2 * _STEP, _STEP)
                text = f"“{visible(words)}”\n{one.note.text}"
                sticker(page, (left + _CORNER, top - down), one.note, text)
        finally:
            page.close()


def _mark(file: PdfDocument, number: int, marks: Sequence[tuple[Note, Run, int]]) -> None:
    page = file[number - 1]
    try:
        boxes = [quads_of(page, run[1]) for _, run, _ in marks]
        for (note, _, at), quads in zip(marks, boxes, strict=True):
            highlight(page, quads, note, at)
    finally:
        page.close()
