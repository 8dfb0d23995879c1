"""Worksheets of an OpenDocument workbook（ods 工作表）: the file holds what each cell shows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from validator.errors import UnreadableDocument
from validator.readers.office_package import BrokenPartError, OfficePackage
from validator.readers.workbook_formats import number_of, printed
from validator.readers.workbook_sheet import MOST_CELLS, UNKNOWN, Losses, Sheet, address

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

_NAMES = "{urn:oasis:names:tc:opendocument:xmlns:"
_TABLE = f"{_NAMES}table:1.0}}"
_OFFICE = f"{_NAMES}office:1.0}}"
_TEXT = f"{_NAMES}text:1.0}}"
_STYLE = f"{_NAMES}style:1.0}}"
_DRAW = f"{_NAMES}drawing:1.0}}"
_KIND = "value-type"
_NUMBERS = ("float", "currency", "percentage")
_SHOWN = re.compile(r"-?\d+(?:\.\d+)?(?:%|[\u4e00-\u9fff]{1,3})?")
_ERROR = re.compile(r"#[A-Z/0]+[!?]?|Err:\d+|#N/A")
_LOOSE = re.compile(r"[ \t\r\n]+")
_MEND = "请重新下载，或用表格软件打开后另存为 .xlsx，再检查"


def sheets_of_ods(data: bytes, losses: Losses) -> Iterator[Sheet]:
    """Every sheet in order.

    Args:
        data: The whole file.
        losses: Takes what cannot be read.

    Raises:
        UnreadableDocument: It is damaged, locked, or a zip bomb.
    """
    try:
        root = OfficePackage(data, _MEND).part("content.xml")
    except BrokenPartError as error:
        raise UnreadableDocument("文件已损坏，工作表读不出来", _MEND) from error
    hidden = {
        style.get(f"{_STYLE}name")
        for style in root.iter(f"{_STYLE}style")
        for properties in style.iterfind(f"{_STYLE}table-properties")
        if properties.get(f"{_TABLE}display") == "false"
    }
    room = MOST_CELLS
    for table in root.iterfind(f"{_OFFICE}body/{_OFFICE}spreadsheet/{_TABLE}table"):
        sheet = Sheet(
            table.get(f"{_TABLE}name", ""), hidden=table.get(f"{_TABLE}style-name") in hidden
        )
        if not sheet.hidden:
            filler = _Filler(sheet, losses, room)
            filler.fill(table)
            sheet.pictured = (
                next(table.iter(f"{_DRAW}image", f"{_DRAW}text-box"), None) is not None
            )
            room = filler.room
        yield sheet


class _Filler:
    """Writes out rows and cells that the file gives once with a count."""

    def __init__(self, sheet: Sheet, losses: Losses, room: int) -> None:
        self.sheet = sheet
        self.losses = losses
        self.room = room

    def fill(self, table: _Element) -> None:
        row = 0
        # Rows stand in groups, too; a sheet inside a cell is not a part of this one.
        for line in table.iter(f"{_TABLE}table-row"):
            cells = list(self._cells(line))
            times = _count(line, "number-rows-repeated")
            for offset in range(times if cells else 0):
                if len(cells) > self.room:
                    self.losses.lines.append(
                        f"工作表“{self.sheet.name}”大得反常，只读了前 {row + offset} 行"
                    )
                    return
                self.room -= len(cells)
                for column, words, cell in cells:
                    self._put(row + offset, column, words, cell)
            row += times

    def _cells(self, line: _Element) -> Iterator[tuple[int, str, _Element]]:
        """Column, words and element of each cell of a row that is not blank."""
        column = 0
        for cell in line:
            if cell.tag not in {f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"}:
                continue
            times = _count(cell, "number-columns-repeated")
            own = cell.tag == f"{_TABLE}table-cell"
            if own and (len(cell) or cell.get(f"{_TABLE}formula") or _spans(cell) != (1, 1)):
                words = _words(cell)
                for at in range(column, column + min(times, self.room + 1)):
                    yield at, words, cell
            column += times

    def _put(self, row: int, column: int, words: str, cell: _Element) -> None:
        high, wide = _spans(cell)
        if (high, wide) != (1, 1):
            self.sheet.merged.append((row, column, high, wide))
        kind = cell.get(f"{_OFFICE}{_KIND}")
        if cell.get(f"{_TABLE}formula") and kind is None and not words.strip():
            self.losses.formulas.append(address(self.sheet.name, row, column))
            words = UNKNOWN
        elif cell.get(f"{_TABLE}formula") and _ERROR.fullmatch(words.strip()):
            self.losses.errors.append(address(self.sheet.name, row, column))
        self.sheet.put(row, column, words)


def _words(cell: _Element) -> str:
    """What a cell shows: its text, with separators of thousands left out of a number."""
    words = "\n".join(_line(line) for line in cell.iterfind(f"{_TEXT}p"))
    kind = cell.get(f"{_OFFICE}{_KIND}", "")
    if kind == "boolean":
        return cell.get(f"{_OFFICE}boolean-value", "").upper()
    if kind == "date" and "年" not in words:
        return cell.get(f"{_OFFICE}date-value", "").removesuffix("T00:00:00").replace("T", " ")
    if kind not in _NUMBERS:
        return words
    shown = words.replace(",", "").strip()
    if _SHOWN.fullmatch(shown):
        return shown
    value = number_of(cell.get(f"{_OFFICE}value", ""))
    if value is None or _ERROR.fullmatch(shown):
        return words
    return f"{printed(value * 100)}%" if kind == "percentage" else printed(value)


def _line(paragraph: _Element) -> str:
    """Text of a paragraph; blanks that count are written as elements."""
    words = ""
    for element in paragraph.iter():
        if element.tag == f"{_TEXT}s":
            count = element.get(f"{_TEXT}c", "1")
            words += " " * min(int(count) if count.isdecimal() else 1, 100)
        elif element.tag == f"{_TEXT}tab":
            words += "\t"
        elif element.tag == f"{_TEXT}line-break":
            words += "\n"
        words += _LOOSE.sub(" ", element.text or "")
        if element is not paragraph:
            words += _LOOSE.sub(" ", element.tail or "")
    return words


def _spans(cell: _Element) -> tuple[int, int]:
    return _count(cell, "number-rows-spanned"), _count(cell, "number-columns-spanned")


def _count(element: _Element, name: str) -> int:
    written = element.get(f"{_TABLE}{name}", "1")
    return max(1, int(written)) if written.isdecimal() and len(written) < 8 else 1
