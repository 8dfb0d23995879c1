"""How wide columns and how high rows of a worksheet are（行高列宽）, in pixels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.annotating.workbook_package import M

if TYPE_CHECKING:
    from collections.abc import Callable

    from lxml.etree import _Element

_COLUMN_WIDTH, _ROW_HEIGHT = 64.0, 20.0
_LAST_COLUMN, _LAST_ROW = 16_383, 1_048_575
_LETTER = 7.0
_POINT = 96 / 72


class Grid:
    """Columns and rows of a sheet with their sizes."""

    def __init__(self, sheet: _Element) -> None:
        """Measure a sheet, given the root of its part."""
        usual = sheet.find(f"{M}sheetFormatPr")
        wide = None if usual is None else usual.get("defaultColWidth")
        high = None if usual is None else usual.get("defaultRowHeight")
        self._wide = _pixels(wide, _LETTER) or _COLUMN_WIDTH
        self._high = _pixels(high, _POINT) or _ROW_HEIGHT
        self._columns = [
            (int(one.get("min", "1")), int(one.get("max", "1")), _size(one, "width", _LETTER))
            for one in sheet.iterfind(f"{M}cols/{M}col")
        ]
        self._rows = {
            int(one.get("r", "0")) - 1: _size(one, "ht", _POINT)
            for one in sheet.iterfind(f"{M}sheetData/{M}row")
            if one.get("ht") or one.get("hidden")
        }

    def column_at(self, column: int, offset: int) -> tuple[int, int]:
        """Column and pixels in it, so far to the right of a column's left edge."""
        return _walked(column, offset, self._width, _LAST_COLUMN)

    def row_at(self, row: int, offset: int) -> tuple[int, int]:
        """Row and pixels in it, so far below a row's upper edge."""
        return _walked(row, offset, lambda one: self._rows.get(one, self._high), _LAST_ROW)

    def _width(self, column: int) -> float:
        found = (wide for low, high, wide in self._columns if low <= column + 1 <= high)
        return next(found, self._wide)


def _walked(at: int, offset: float, size: Callable[[int], float], last: int) -> tuple[int, int]:
    while at < last and offset > size(at):
        offset -= size(at)
        at += 1
    return at, int(offset)


def _size(entry: _Element, key: str, unit: float) -> float:
    return 0.0 if entry.get("hidden") in {"1", "true"} else _pixels(entry.get(key), unit)


def _pixels(told: str | None, unit: float) -> float:
    try:
        return max(float(told or "") * unit, 0.0)
    except ValueError:
        return 0.0
