"""Worksheets of an old .xls file（xls 工作表）, through calamine.

It gives values without the formats of their cells: 1190.5 prints as 1190.5, whatever the sheet
shows. Cells with error values look blank, for it does not tell them.
"""

from __future__ import annotations

import datetime
import io
from typing import TYPE_CHECKING

from python_calamine import (
    CalamineError,
    CalamineWorkbook,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from validator.errors import UnreadableDocument
from validator.readers.workbook_formats import in_short, number_of, printed
from validator.readers.workbook_sheet import MOST_CELLS, Losses, Sheet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from python_calamine import CalamineSheet

_BEGIN = b"\x09\x08\x10\x00\x00\x06\x05\x00"
"""The record that begins a workbook."""
_LOCK = 0x2F
"""Kind of the record that tells of encryption, one of the first."""
_FIRST_RECORDS = 6
_DAMAGED = ("文件已损坏，工作表读不出来", "请重新下载，或用 Excel 打开后另存为 .xlsx，再检查")


def sheets_of_xls(data: bytes, losses: Losses) -> Iterator[Sheet]:
    """Every worksheet in order.

    Args:
        data: The whole file.
        losses: Takes what cannot be read.

    Raises:
        UnreadableDocument: It is damaged or locked.
    """
    book = _opened(data)
    for number, told in enumerate(book.sheets_metadata):
        if told.typ is not SheetTypeEnum.WorkSheet:
            continue
        sheet = Sheet(told.name, hidden=told.visible is not SheetVisibleEnum.Visible)
        if not sheet.hidden:
            try:
                _fill(sheet, book.get_sheet_by_index(number))
            except CalamineError:
                losses.break_off(sheet.name)
                continue
        yield sheet


def _opened(data: bytes) -> CalamineWorkbook:
    try:
        return CalamineWorkbook.from_filelike(io.BytesIO(data))
    except (CalamineError, ValueError, OSError) as error:
        raise _unopened(data) from error
    except BaseException as error:
        # A panic of the library is no Exception, but it means damage just as well.
        if type(error).__name__ != "PanicException":
            raise
        raise _unopened(data) from error


def _unopened(data: bytes) -> UnreadableDocument:
    """Why a file could not be opened; calamine only says that it could not."""
    at = data.find(_BEGIN)
    for _ in range(_FIRST_RECORDS if at >= 0 else 0):
        kind, length = (int.from_bytes(data[at + n : at + n + 2], "little") for n in (0, 2))
        if kind == _LOCK:
            return UnreadableDocument("文件有打开密码", "请去掉密码并保存，再检查")
        at += 4 + length
    return UnreadableDocument(*_DAMAGED)


def _fill(sheet: Sheet, found: CalamineSheet) -> None:
    if found.start is None:
        return
    # One row more than there is room for lets the layout tell that it was cut.
    rows = MOST_CELLS // max(found.total_width, 1) + 1
    for row, values in enumerate(found.to_python(skip_empty_area=False, nrows=rows)):
        for column, value in enumerate(values):
            if value != "":
                sheet.put(row, column, _words(value))
    for (top, left), (bottom, right) in found.merged_cell_ranges or ():
        sheet.merged.append((top, left, bottom - top + 1, right - left + 1))


def _words(value: object) -> str:
    match value:
        case bool():
            return "TRUE" if value else "FALSE"
        case int() | float():
            number = number_of(repr(value))
            return repr(value) if number is None else printed(number)
        case datetime.datetime():
            return in_short(value)
        case datetime.date():
            return value.isoformat()
        case datetime.time():
            return value.isoformat("minutes")
        case _:
            return str(value)
