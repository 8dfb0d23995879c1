"""Boxes of comments（批注框）: drawings that Excel wants beside the words of each comment."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import etree

from validator.annotating.workbook_grid import Grid
from validator.annotating.workbook_package import M, R
from validator.readers.office_package import BrokenPartError
from validator.readers.workbook_sheet import position

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from lxml.etree import _Element

    from validator.annotating.workbook_cells import Spot
    from validator.annotating.workbook_package import BookPackage

_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_NAMES = (
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel"'
)
_BEHIND = frozenset((
    "legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems",
    "tableParts", "extLst",
))  # fmt: skip
"""What stands behind the link to the boxes in a sheet."""
_NUMBER = re.compile(rb"_x0000_s(\d{1,9})\b")
_END = re.compile(rb"</(?:\w+:)?xml\s*>\s*\Z")
_SHAPE = re.compile(rb"<((?:\w+:)?)shape\s.*?</\1shape\s*>", re.DOTALL)
_ANCHOR = re.compile(rb"<(?:\w+:)?Anchor\s*>([^<]*)<")
_NOTE = re.compile(rb"""<((?:\w+:)?)ClientData\b[^>]*ObjectType\s*=\s*["']Note["'][^>]*>""")
_ROW = re.compile(rb"<(?:\w+:)?Row\s*>\s*(\d{1,7})\s*<")
_COLUMN = re.compile(rb"<(?:\w+:)?Column\s*>\s*(\d{1,5})\s*<")
_TEXT_BOX = (
    '<v:shapetype {} id="_x0000_t202" coordsize="21600,21600" o:spt="202" '
    'path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/>'
    '<v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>\n'
)
_BLOCK = 1024
"""Numbers of shapes that belong to one drawing."""
_WIDTH, _LINE, _MARGIN = 330, 16, 16
"""Pixels of a box, of a line in it, and around them."""
_HIGHEST = 560


class BrokenBoxesError(Exception):
    """Drawings that nothing can be added to."""


class Boxes:
    """The boxes of one sheet's comments."""

    def __init__(self, package: BookPackage, sheet: str, number: int) -> None:
        """Find them, or begin with none.

        Args:
            package: The opened workbook.
            sheet: Part of the sheet.
            number: Of the sheet, from 1; numbers of its boxes are made of it.

        Raises:
            BrokenBoxesError: Nothing can be added to those that are there.
        """
        self._package = package
        self._sheet = sheet
        self._root = package.part(sheet)
        link = self._root.find(f"{M}legacyDrawing")
        target = "" if link is None else link.get(f"{R}id", "")
        self._part = package.links(sheet).get(target, "")
        if link is not None and not self._part:
            raise BrokenBoxesError
        try:
            content = package.raw(self._part) if self._part else _empty(number)
        except BrokenPartError as error:
            raise BrokenBoxesError from error
        end = _END.search(content)
        if end is None:
            raise BrokenBoxesError
        self._content, self._end = content[: end.start()], content[end.start() :]
        numbers = [int(one) for one in _NUMBER.findall(content)]
        self._next = max(numbers, default=number * _BLOCK) + 1
        self._grid = Grid(self._root)

    @property
    def are_new(self) -> bool:
        """Whether the sheet had none."""
        return not self._part

    def show(self, wanted: Mapping[Spot, int]) -> None:
        """Make room for comments.

        Args:
            wanted: Lines of the comment at each cell; a box that is there grows at most.
        """
        met: set[Spot] = set()
        if b"_x0000_t202" not in self._content:
            self._content += _TEXT_BOX.format(_NAMES).encode("ascii")
        self._content = _SHAPE.sub(self._grown(wanted, met), self._content)
        for spot, lines in wanted.items():
            if spot not in met:
                self._content += self._shape(spot, lines).encode("ascii")
        if not self._part:
            self._part = self._package.free_name("xl/drawings/vmlDrawing{}.vml")
            self._package.add_default("vml", _TYPE)
            link = etree.Element(f"{M}legacyDrawing", nsmap={"r": R[1:-1]})
            link.set(f"{R}id", self._package.link(self._sheet, "vmlDrawing", self._part))
            root = self._package.change(self._sheet)
            root.insert(_place(root), link)
        self._package.put(self._part, self._content + self._end)

    def _grown(
        self, wanted: Mapping[Spot, int], met: set[Spot]
    ) -> Callable[[re.Match[bytes]], bytes]:
        """What makes a box as high as its comment needs, and remembers whose it is."""

        def grown(shape: re.Match[bytes]) -> bytes:
            row, column = _ROW.search(shape[0]), _COLUMN.search(shape[0])
            note = _NOTE.search(shape[0])
            if row is None or column is None or note is None:
                return shape[0]
            spot = int(row[1]), int(column[1])
            if spot not in wanted:
                return shape[0]
            met.add(spot)
            anchor = _ANCHOR.search(shape[0])
            if anchor is not None:
                higher = self._higher(anchor[1], wanted[spot])
                return shape[0][: anchor.start(1)] + higher + shape[0][anchor.end(1) :]
            made = f"Anchor>{self._anchor(spot, wanted[spot])}</".encode("ascii")
            element = b"<" + note[1] + made + note[1] + b"Anchor>"
            return shape[0][: note.end()] + element + shape[0][note.end() :]

        return grown

    def _higher(self, anchor: bytes, lines: int) -> bytes:
        try:
            places = [int(one) for one in anchor.split(b",")]
            high = self._grid.row_at(places[2], places[3] + _height(lines))
        except (ValueError, IndexError):
            return anchor
        places[6:8] = max(tuple(places[6:8]), high)
        return ", ".join(map(str, places)).encode("ascii")

    def _anchor(self, spot: Spot, lines: int) -> str:
        """Corners of a box beside a cell: column and pixels in it, row and pixels in it."""
        row, column = spot
        right, over = self._grid.column_at(column + 1, 15 + _WIDTH)
        top = max(row - 1, 0)
        bottom, under = self._grid.row_at(top, 10 + _height(lines))
        return f"{column + 1}, 15, {top}, 10, {right}, {over}, {bottom}, {under}"

    def _shape(self, spot: Spot, lines: int) -> str:
        row, column = spot
        number, self._next = self._next, self._next + 1
        return (
            f'<v:shape {_NAMES} id="_x0000_s{number}" type="#_x0000_t202" '
            f'style="position:absolute;margin-left:60pt;margin-top:2pt;'
            f"width:{_WIDTH * 3 // 4}pt;height:{_height(lines) * 3 // 4}pt;"
            f'z-index:{number % _BLOCK};visibility:hidden" fillcolor="#ffffe1" '
            f'o:insetmode="auto"><v:fill color2="#ffffe1"/>'
            f'<v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>'
            f'<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"/>'
            f'</v:textbox><x:ClientData ObjectType="Note"><x:MoveWithCells/>'
            f"<x:SizeWithCells/><x:Anchor>{self._anchor(spot, lines)}</x:Anchor>"
            f"<x:AutoFill>False</x:AutoFill>"
            f"<x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>\n"
        )


def _height(lines: int) -> int:
    return min(_MARGIN + _LINE * lines, _HIGHEST)


def _place(sheet: _Element) -> int:
    """Where in a sheet the link to its boxes stands: the order of a sheet's parts is fixed."""
    for at, child in enumerate(sheet):
        inside = child.iterfind("*/*") if child.tag.endswith("}AlternateContent") else (child,)
        if any(etree.QName(one).localname in _BEHIND for one in inside):
            return at
    return len(sheet)


def _empty(number: int) -> bytes:
    return (
        f'<xml {_NAMES}><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="{number}"/>'
        f"</o:shapelayout>\n</xml>"
    ).encode("ascii")


def spots_of(names: list[str]) -> list[Spot]:
    """Places of addresses such as ``B7``."""
    return [spot for spot in map(position, names) if spot is not None]
