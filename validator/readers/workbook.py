"""Workbooks → Document（表格读取）: one table per worksheet, in the order of their tabs.

The name of a sheet stands above its table unless it is a default one. Rows and columns count
from A1, so a place in the table is a place in the sheet. Hidden sheets are left out, hidden
rows and columns are read; notes of cells, pictures and charts are not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.document import BlockKind
from validator.errors import UnreadableDocument
from validator.readers.layout import laid_out
from validator.readers.workbook_ods import sheets_of_ods
from validator.readers.workbook_sheet import MOST_CELLS, UNKNOWN, Losses, Sheet, laid_sheet
from validator.readers.workbook_xls import sheets_of_xls
from validator.readers.workbook_xlsx import sheets_of_xlsx

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.document import Document
    from validator.readers.layout import Shape

_ZIP = b"PK"
_OPEN_DOCUMENT = b"opendocument.spreadsheet"
_HEAD = 200
"""Bytes in which an OpenDocument file must say what it is."""


def read(data: bytes, name: str, digest: str) -> Document:
    """Read a workbook.

    Args:
        data: The whole file.
        name: What to call it.
        digest: Digest of the bytes.

    Raises:
        UnreadableDocument: It is damaged, locked, or shows nothing.
    """
    losses = Losses()
    form, sheets = _opened(data, losses)
    shapes: list[Shape] = []
    room = MOST_CELLS
    for sheet in sheets:
        if sheet.hidden:
            losses.lines.append(f"工作表“{sheet.name}”是隐藏的，没有检查")
            continue
        if sheet.pictured and not sheet.cells:
            losses.lines.append(f"工作表“{sheet.name}”里只有图片或文本框，没有读出")
        found, cells = laid_sheet(sheet, room, losses)
        shapes += found
        room -= cells
    draft = laid_out(shapes)
    draft.unread[:0] = losses.told()
    filled = [one.span for one in draft.blocks if one.kind is BlockKind.CELL]
    if not draft.too_long and all(
        draft.text[span.start : span.end] == UNKNOWN for span in filled
    ):
        raise _nothing(losses)
    return draft.finish(name, form, digest)


def _opened(data: bytes, losses: Losses) -> tuple[str, Iterator[Sheet]]:
    """Format by content, and the worksheets."""
    if not data.startswith(_ZIP):
        return "xls", sheets_of_xls(data, losses)
    if _OPEN_DOCUMENT in data[:_HEAD]:
        return "ods", sheets_of_ods(data, losses)
    return "xlsx", sheets_of_xlsx(data, losses)


def _nothing(losses: Losses) -> UnreadableDocument:
    """Why there is nothing to check."""
    if losses.broken:
        advice = "请重新下载，或用 Excel 打开后另存为 .xlsx，再检查"
        return UnreadableDocument("文件已损坏，工作表读不出来", advice)
    if losses.formulas:
        advice = "请用 Excel 打开并保存，让它存下计算结果，再检查"
        return UnreadableDocument("表格里只有没算出结果的公式", advice)
    return UnreadableDocument(
        "表格是空的", "请确认选对了文件，隐藏的工作表和图片里的内容不会检查"
    )
