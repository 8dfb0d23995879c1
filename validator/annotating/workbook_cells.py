"""Cells of a worksheet（单元格）that are shaded; all else of their format stays."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING

from lxml import etree

from validator.annotating.workbook_package import M
from validator.findings import Severity
from validator.readers.office_package import BrokenPartError
from validator.readers.workbook_sheet import position

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from lxml.etree import _Element

    from validator.annotating.workbook_package import BookPackage

Spot = tuple[int, int]
"""Row and column from 0."""

COLOURS = {
    Severity.ERROR: "FFFFC7CE",
    Severity.WARNING: "FFFFEB9C",
    Severity.NOTE: "FFDDEBF7",
}
"""Red, yellow and blue, light enough for black figures."""


class Shading:
    """The workbook's styles with shaded twins of those that cells have."""

    def __init__(self, package: BookPackage) -> None:
        """Find the styles of an opened workbook."""
        self._package = package
        self._fills: dict[Severity, int] = {}
        self._twins: dict[tuple[str, Severity], str] = {}
        self._part = package.linked(package.main, "styles") or ""

    def shade(self, cell: _Element, severity: Severity) -> None:
        """Fill a cell with the colour of a severity; without a list of styles it stays."""
        twin = self._twin(cell.get("s", "0"), severity)
        if twin:
            cell.set("s", twin)

    def _twin(self, style: str, severity: Severity) -> str:
        """The style that differs in its fill alone; "" where there can be none."""
        key = style, severity
        if key not in self._twins:
            self._twins[key] = self._made(style, severity)
        return self._twins[key]

    def _made(self, style: str, severity: Severity) -> str:
        try:
            formats = self._package.part(self._part).find(f"{M}cellXfs")
        except BrokenPartError:
            return ""
        found = [] if formats is None else formats.findall(f"{M}xf")
        if formats is None or not style.isdecimal() or int(style) >= len(found):
            return ""
        fill = self._fill(severity)
        if fill is None:
            return ""
        twin = deepcopy(found[int(style)])
        twin.set("fillId", fill)
        twin.set("applyFill", "1")
        found[-1].addnext(twin)
        formats.set("count", str(len(found) + 1))
        return str(len(found))

    def _fill(self, severity: Severity) -> str | None:
        """Number of the fill in a severity's colour."""
        fills = self._package.change(self._part).find(f"{M}fills")
        if fills is None:
            return None
        if severity not in self._fills:
            self._fills[severity] = len(fills.findall(f"{M}fill"))
            pattern = etree.SubElement(
                etree.SubElement(fills, f"{M}fill"), f"{M}patternFill", patternType="solid"
            )
            etree.SubElement(pattern, f"{M}fgColor", rgb=COLOURS[severity])
            etree.SubElement(pattern, f"{M}bgColor", indexed="64")
            fills.set("count", str(self._fills[severity] + 1))
        return str(self._fills[severity])


def cells_at(sheet: _Element, spots: Collection[Spot]) -> dict[Spot, _Element]:
    """The cells of a sheet at some places; one that the file leaves out is left out.

    Args:
        sheet: Root of the sheet's part.
        spots: The places.
    """
    wanted = {row for row, _ in spots}
    return {
        spot: cell
        for row, line in _rows(sheet)
        if row in wanted
        for spot, cell in _cells(line, row)
        if spot in spots
    }


def _rows(sheet: _Element) -> Iterator[tuple[int, _Element]]:
    """Rows by their number from 0, counted as the reader counts them."""
    row = -1
    for line in sheet.iterfind(f"{M}sheetData/{M}row"):
        told = line.get("r", "")
        row = int(told) - 1 if told.isdecimal() and len(told) < 8 else row + 1
        yield row, line


def _cells(line: _Element, row: int) -> Iterator[tuple[Spot, _Element]]:
    column = -1
    for cell in line.iterfind(f"{M}c"):
        row, column = position(cell.get("r", "")) or (row, column + 1)
        yield (row, column), cell
