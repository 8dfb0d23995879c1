"""Worksheets of an xlsx file（xlsx 工作表）: stored values printed by their cells' formats.

Read from the parts themselves: a few far-off cells make calamine ask for more memory than
there is, which ends the process, and it does not tell the formats of numbers.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from validator.errors import UnreadableDocument
from validator.readers.office_package import BrokenPartError, OfficePackage
from validator.readers.workbook_formats import (
    GENERAL,
    NumberFormat,
    built_in,
    dated,
    number_format,
    number_of,
    printed,
)
from validator.readers.workbook_sheet import UNKNOWN, Losses, Sheet, address, position

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

M = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
_ART = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_CELL, _VALUE, _FORMULA, _INLINE = f"{M}c", f"{M}v", f"{M}f", f"{M}is"
_MEND = "请重新下载，或用 Excel 打开后另存为 .xlsx，再检查"
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_YES = ("1", "true")
_LAST_ROW, _LAST_COLUMN = 1_048_575, 16_383


def sheets_of_xlsx(data: bytes, losses: Losses) -> Iterator[Sheet]:
    """Every worksheet in order; chart sheets and macros are none.

    Args:
        data: The whole file.
        losses: Takes what cannot be read.

    Raises:
        UnreadableDocument: It is damaged, locked, or a zip bomb.
    """
    package = OfficePackage(data, _MEND)
    main = package.main_part("xl/workbook.xml")
    if main is not None and main.endswith(".bin"):
        raise UnreadableDocument("还不能读 .xlsb 表格", "请用 Excel 打开后另存为 .xlsx，再检查")
    try:
        root = package.part(main or "")
    except BrokenPartError as error:
        raise UnreadableDocument("文件已损坏，找不到工作表", _MEND) from error
    yield from _Book(package, main or "", root, losses).sheets()


class _Book:
    """What the sheets of a workbook share."""

    def __init__(
        self, package: OfficePackage, main: str, root: _Element, losses: Losses
    ) -> None:
        self._package = package
        self._main = main
        self._root = root
        self._losses = losses
        self._strings = [_string(item) for item in self._children("sharedStrings", "si")]
        self._formats = list(self._cell_formats())
        properties = root.find(f"{M}workbookPr")
        self._since_1904 = properties is not None and properties.get("date1904") in _YES

    def sheets(self) -> Iterator[Sheet]:
        links = self._package.links(self._main)
        met = set()
        for entry in self._root.iterfind(f"{M}sheets/{M}sheet"):
            part = links.get(entry.get(f"{R}id", ""), "")
            sheet = Sheet(
                entry.get("name", ""), hidden=entry.get("state", "visible") != "visible"
            )
            if part in met:
                continue
            met.add(part)
            if not sheet.hidden:
                try:
                    root = self._package.part(part)
                except BrokenPartError:
                    self._losses.break_off(sheet.name)
                    continue
                if root.tag != f"{M}worksheet":
                    continue
                self._fill(sheet, root)
                sheet.pictured = self._is_pictured(part, root)
            yield sheet

    def _is_pictured(self, part: str, root: _Element) -> bool:
        """Whether pictures or boxes with words lie on a sheet; a chart shows what cells say."""
        if root.find(f"{M}picture") is not None:
            return True
        drawing = root.find(f"{M}drawing")
        if drawing is None:
            return False
        try:
            drawn = self._package.part(
                self._package.links(part).get(drawing.get(f"{R}id", ""), "")
            )
        except BrokenPartError:
            return True
        words = (one.text or "" for one in drawn.iter(f"{_ART}t"))
        return drawn.find(f".//{_DRAWN}pic") is not None or any(map(str.strip, words))

    def _children(self, kind: str, path: str) -> Iterator[_Element]:
        """Elements of a part that the workbook is linked to; none when it is missing."""
        name = self._package.linked(self._main, kind)
        try:
            root = self._package.part(name) if name else None
        except BrokenPartError:
            what = "文字" if kind == "sharedStrings" else "数字格式"
            self._losses.lines.append(f"表格的{what}没有读出，文件缺这一部分或它已损坏")
            return
        if root is not None:
            yield from root.iterfind("/".join(f"{M}{step}" for step in path.split("/")))

    def _cell_formats(self) -> Iterator[NumberFormat]:
        """Format of each style that cells point at."""
        own = {
            entry.get("numFmtId"): entry.get("formatCode", "")
            for entry in self._children("styles", "numFmts/numFmt")
        }
        for entry in self._children("styles", "cellXfs/xf"):
            number = entry.get("numFmtId", "0")
            if number in own:
                yield number_format(own[number])
            else:
                yield built_in(int(number)) if number.isdecimal() else GENERAL

    def _fill(self, sheet: Sheet, root: _Element) -> None:
        row = -1
        for line in root.iterfind(f"{M}sheetData/{M}row"):
            told = line.get("r", "")
            row = int(told) - 1 if told.isdecimal() and len(told) < 8 else row + 1
            column = -1
            for cell in line:
                if cell.tag != _CELL:
                    continue
                place = position(cell.get("r", ""))
                row, column = place or (row, column + 1)
                if 0 <= row <= _LAST_ROW and 0 <= column <= _LAST_COLUMN and len(cell):
                    sheet.put(row, column, self._words(cell, sheet.name, row, column))
        for entry in root.iterfind(f"{M}mergeCells/{M}mergeCell"):
            first, _, last = entry.get("ref", "").partition(":")
            start, end = position(first), position(last or first)
            if start and end:
                high, wide = end[0] - start[0] + 1, end[1] - start[1] + 1
                sheet.merged.append((*start, high, wide))

    def _words(self, cell: _Element, sheet: str, row: int, column: int) -> str:
        """What a cell shows."""
        kind = cell.get("t", "n")
        stored = ""
        formula = False
        for child in cell:
            if child.tag == _VALUE:
                stored = child.text or ""
            elif child.tag == _FORMULA:
                formula = True
            elif child.tag == _INLINE and kind == "inlineStr":
                return _string(child)
        if not stored:
            unknown = formula and kind != "str"
            if unknown:
                self._losses.formulas.append(address(sheet, row, column))
            return UNKNOWN if unknown else ""
        if kind == "e":
            self._losses.errors.append(address(sheet, row, column))
            return stored
        if kind == "s":
            at = int(stored) if stored.isdecimal() and len(stored) < 10 else -1
            return self._strings[at] if 0 <= at < len(self._strings) else ""
        if kind == "b":
            return "TRUE" if stored in _YES else "FALSE"
        if kind == "str":
            return _plain(stored)
        if kind == "d":
            return stored.removesuffix("Z").removesuffix("T00:00:00").replace("T", " ")
        return self._number(stored, cell.get("s", "0"))

    def _number(self, stored: str, style: str) -> str:
        value = number_of(stored)
        if value is None:
            return stored
        at = int(style) if style.isdecimal() and len(style) < 10 else 0
        form = self._formats[at] if at < len(self._formats) else GENERAL
        if form.date:
            return dated(value, form, since_1904=self._since_1904)
        return printed(value, form)


def _string(item: _Element) -> str:
    """Text of a string; the reading aid over Chinese and Japanese words is left out."""
    words = ""
    for child in item:
        if child.tag == f"{M}t":
            words += child.text or ""
        elif child.tag == f"{M}r":
            words += "".join(run.text or "" for run in child.iterfind(f"{M}t"))
    return _plain(words)


def _plain(words: str) -> str:
    """Text whose control characters are no longer spelled out; nobody sees them."""
    if "_x" not in words:
        return words
    return _ESCAPED.sub(lambda match: _character(int(match[1], 16)), words)


def _character(code: int) -> str:
    if code in {9, 10}:
        return chr(code)
    return "" if code < 32 or 0xD800 <= code < 0xE000 else chr(code)
