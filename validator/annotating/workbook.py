"""Workbooks with comments（工作簿批注）: at the cell, which is shaded; all else stays as it is.

Formulas, formats, charts, macros and what others wrote are taken over part by part.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from validator.annotating.placing import Annotated, Unplaced
from validator.annotating.workbook_boxes import Boxes, BrokenBoxesError, spots_of
from validator.annotating.workbook_cells import Shading, Spot, cells_at
from validator.annotating.workbook_comments import LONGEST, Comments, has_ours
from validator.annotating.workbook_package import BookPackage, M, R
from validator.document import BlockKind
from validator.errors import UsageError
from validator.readers import read_bytes
from validator.readers.office_package import BrokenPartError
from validator.readers.workbook_sheet import position
from validator.reporters.told import visible
from validator.rewriting.own_copies import AGAIN

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from validator.annotating.notes import Note
    from validator.document import Document, Span

_FORMS = {"xls": ".xls", "ods": ".ods"}
_TOP = (0, 0)
_NO_CELL = "它的文字不在单元格里，批注放在工作表左上角"
_THREAD = "单元格里已有别人的会话批注，批注放在工作表左上角"
_THREADS = "单元格和工作表左上角都有别人的会话批注，没有写进去"
_BROKEN = "工作表里原有的批注读不出来，没有写进去"
_FULL = "这个单元格的批注太多，没有写进去"


def open_file(data: bytes, name: str) -> Workbook:
    """A workbook to be annotated.

    Args:
        data: The whole file.
        name: What it is called.

    Raises:
        UnreadableDocument: It is damaged.
        UsageError: It is of an old format or an OpenDocument file.
    """
    document = read_bytes(data, name)
    if document.format in _FORMS:
        form = _FORMS[document.format]
        raise UsageError(f"{form} 文件不能批注；请在 Excel 或 WPS 里另存为 .xlsx 再批注")
    return Workbook(data, document)


class _Place(NamedTuple):
    """Where a note goes: sheet, cell, and whether that is the cell of its words."""

    sheet: str
    spot: Spot
    exact: bool


@dataclass(slots=True)
class _Notes:
    """Notes of one cell in their order, each with what is said before it."""

    told: list[tuple[str, Note]] = field(default_factory=list)
    shaded: list[Note] = field(default_factory=list)
    length: int = 0

    def add(self, lead: str, note: Note) -> bool:
        """Take a note unless the comment would be too long → whether it was taken."""
        length = self.length + len(lead) + len(note.text) + 2
        if length > LONGEST:
            return False
        self.told.append((lead, note))
        self.length = length
        return True


class Workbook:
    """A workbook and where its words stand."""

    def __init__(self, data: bytes, document: Document) -> None:
        """Open a file.

        Args:
            data: The whole file.
            document: The same, read.
        """
        self._data = data
        self._document = document

    def written(self, notes: Sequence[Note]) -> Annotated:
        """The file with notes, in order of their place; all else stays as it is.

        Raises:
            UsageError: It has comments of ours already.
        """
        package = BookPackage(self._data)
        sheets = dict(_sheets(package))
        if any(has_ours(package, part) for part in sheets.values()):
            raise UsageError(AGAIN)
        placed: list[Note] = []
        unplaced: list[Unplaced] = []
        by_sheet: dict[str, list[tuple[Note, _Place]]] = {}
        for note in notes:
            place = self._place(note.span)
            if place.sheet not in sheets:
                place = _Place(next(iter(sheets)), _TOP, exact=False)
            by_sheet.setdefault(place.sheet, []).append((note, place))
        shading = Shading(package)
        for number, (name, part) in enumerate(sheets.items(), 1):
            if name in by_sheet:
                leaf = _Leaf(package, part, number)
                here, elsewhere = leaf.take(by_sheet[name], self._document)
                leaf.write(shading)
                placed += here
                unplaced += elsewhere
        order = {id(note): at for at, note in enumerate(notes)}
        placed.sort(key=lambda one: order[id(one)])
        unplaced.sort(key=lambda one: order[id(one.note)])
        return Annotated(package.copy(), tuple(placed), tuple(unplaced))

    def _place(self, span: Span) -> _Place:
        """The cell of a span; the top left of its sheet, or of none, where it is no cell's."""
        block = self._document.block_at(span.start)
        if block is None:
            return _Place("", _TOP, exact=False)
        sheet, _, cell = block.origin.rpartition("!")
        spot = position(cell)
        if block.kind is not BlockKind.CELL or spot is None:
            return _Place(block.origin, _TOP, exact=False)
        return _Place(sheet, spot, exact=True)


class _Leaf:
    """One sheet, its comments and their boxes."""

    def __init__(self, package: BookPackage, part: str, number: int) -> None:
        self._package = package
        self._part = part
        self._cells: dict[Spot, _Notes] = {}
        try:
            self._boxes = Boxes(package, part, number)
            self._comments: Comments | None = Comments(package, part)
        except (BrokenPartError, BrokenBoxesError):
            self._comments = None

    def take(
        self, wanted: Iterable[tuple[Note, _Place]], document: Document
    ) -> tuple[list[Note], list[Unplaced]]:
        """Find room for notes → those at their cells, and those that are not."""
        placed, unplaced = [], []
        for note, place in wanted:
            why = "" if place.exact else _NO_CELL
            spot = place.spot
            if self._comments is None:
                unplaced.append(Unplaced(note, _BROKEN))
                continue
            if self._comments.is_thread(spot):
                why = _THREADS if self._comments.is_thread(_TOP) else _THREAD
                spot = _TOP
            lead = f"“{visible(document.quote(note.span))}”" if why else ""
            if why != _THREADS and not self._cells.setdefault(spot, _Notes()).add(lead, note):
                why = _FULL
            if not why:
                self._cells[spot].shaded.append(note)
                placed.append(note)
            else:
                unplaced.append(Unplaced(note, why))
        return placed, unplaced

    def write(self, shading: Shading) -> None:
        """Write what was taken."""
        if self._comments is None:
            return
        filled = {spot: one for spot, one in sorted(self._cells.items()) if one.told}
        root = self._package.change(self._part) if filled else self._package.part(self._part)
        wanted = {}
        if self._boxes.are_new:
            wanted = dict.fromkeys(spots_of(self._comments.cells), 1)
        cells = cells_at(root, {spot for spot, one in filled.items() if one.shaded})
        for spot, notes in filled.items():
            wanted[spot] = self._comments.add(spot, notes.told)
            if spot in cells:
                gravest = min((one.severity for one in notes.shaded), key=lambda s: s.rank)
                shading.shade(cells[spot], gravest)
        if filled:
            self._boxes.show(wanted)


def _sheets(package: BookPackage) -> Iterator[tuple[str, str]]:
    """Name and part of every sheet that is shown."""
    links = package.links(package.main)
    for entry in package.part(package.main).iterfind(f"{M}sheets/{M}sheet"):
        part = links.get(entry.get(f"{R}id", ""), "")
        if entry.get("state", "visible") == "visible" and _is_sheet(package, part):
            yield entry.get("name", ""), part


def _is_sheet(package: BookPackage, part: str) -> bool:
    try:
        return package.part(part).tag == f"{M}worksheet"
    except BrokenPartError:
        return False
