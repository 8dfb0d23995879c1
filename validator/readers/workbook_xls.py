"""Worksheets of an old .xls file（xls 工作表）: stored values printed by their cells' formats.

Read from the records themselves: calamine tells neither formats nor errors of cells, and
damaged files make it write on the terminal or ask for more memory than there is.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from validator.errors import UnreadableDocument
from validator.readers.compound import BrokenContainerError, Compound
from validator.readers.workbook_formats import (
    GENERAL,
    NumberFormat,
    built_in,
    dated,
    number_format,
    number_of,
    printed,
)
from validator.readers.workbook_records import (
    BOF,
    BROKEN,
    CONTINUE,
    Pieces,
    Record,
    packed_number,
    records,
    text_of,
)
from validator.readers.workbook_sheet import Losses, Sheet, address

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

_MEND = "请重新下载，或用 Excel 打开后另存为 .xlsx，再检查"
_STREAMS = ("Workbook", "Book")
_LOCK, _DAYS, _FORMAT, _STYLE, _TAB, _STRINGS = 0x2F, 0x22, 0x41E, 0xE0, 0x85, 0xFC
_SHARED, _LABEL, _RICH_LABEL, _NUMBER, _PACKED = 0xFD, 0x204, 0xD6, 0x203, 0x27E
_OBJECT = 0x5D
_COMMON = b"\x15\x00"
"""What the record of an object begins with."""
_DRAWN = (b"\x08\x00", b"\x06\x00")
"""Kinds of objects: pictures and text boxes; charts, notes and buttons are others."""
_PACKED_ROW, _TRUTH, _FORMULA, _RESULT, _MERGED = 0xBD, 0x205, 0x06, 0x207, 0xE5
_CELLS = frozenset({_SHARED, _LABEL, _RICH_LABEL, _NUMBER, _PACKED, _TRUTH, _FORMULA})
_NEWEST = 0x600
"""Version of Excel 97 and all later ones that write this format."""
_WORKSHEET = 0
_NO_NUMBER = b"\xff\xff"
_ERRORS = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?",
    0x24: "#NUM!", 0x2A: "#N/A",
}  # fmt: skip


def sheets_of_xls(data: bytes, losses: Losses) -> Iterator[Sheet]:
    """Every worksheet in order.

    Args:
        data: The whole file.
        losses: Takes what cannot be read.

    Raises:
        UnreadableDocument: It is damaged, locked, or older than Excel 97.
    """
    stream = _stream(data)
    try:
        book = _Book(stream, losses)
    except BROKEN as error:
        raise UnreadableDocument("文件已损坏，工作表读不出来", _MEND) from error
    yield from book.sheets()


def _stream(data: bytes) -> bytes:
    try:
        container = Compound(data)
    except BrokenContainerError as error:
        raise UnreadableDocument("文件已损坏，工作表读不出来", _MEND) from error
    name = next((name for name in _STREAMS if name in container), None)
    if name is None:
        raise UnreadableDocument("文件已损坏，找不到工作表", _MEND)
    if not container.is_whole(name):
        raise UnreadableDocument("文件不完整，后面的内容缺失", _MEND)
    return container.head(name, len(data))


class _Book:
    """What the sheets of a workbook share."""

    def __init__(self, stream: bytes, losses: Losses) -> None:
        self._stream = stream
        self._losses = losses
        self._strings: list[str] = []
        self._since_1904 = False
        self._tabs: list[tuple[int, int, int, str]] = []
        self._own: dict[int, NumberFormat] = {}
        styles: list[int] = []
        strings: list[bytes] = []
        first, _, version = struct.unpack_from("<HHH", stream)
        if first != BOF:
            raise struct.error
        if version != _NEWEST:
            raise UnreadableDocument("还不能读 Excel 95 及更早的表格", _MEND)
        before = -1
        for record in records(stream, 0):
            kind, data = record.kind, record.data
            if kind == _LOCK:
                raise UnreadableDocument("文件有打开密码", "请去掉密码并保存，再检查")
            if kind == _DAYS:
                self._since_1904 = data[:1] == b"\x01"
            elif kind == _FORMAT:
                self._own[struct.unpack_from("<H", data)[0]] = number_format(text_of(data, 2))
            elif kind == _STYLE:
                styles.append(struct.unpack_from("<H", data, 2)[0])
            elif kind == _TAB:
                start, state, form = struct.unpack_from("<IBB", data)
                self._tabs.append((start, state, form, text_of(data, 6, short=True)))
            elif kind == _STRINGS or (kind == CONTINUE and before == _STRINGS):
                strings.append(data)
            before = before if kind == CONTINUE else kind
        self._formats = [self._own.get(number) or built_in(number) for number in styles]
        if strings:
            self._read_strings(strings)

    def _read_strings(self, parts: list[bytes]) -> None:
        (count,) = struct.unpack_from("<I", parts[0], 4)
        pieces = Pieces(parts, 8)
        try:
            for _ in range(count):
                self._strings.append(pieces.string())
        except BROKEN:
            self._losses.lines.append("表格的文字没有读全，文件缺一部分或已损坏")

    def sheets(self) -> Iterator[Sheet]:
        met = set()
        for start, state, kind, name in self._tabs:
            if kind != _WORKSHEET or start in met:
                continue
            met.add(start)
            sheet = Sheet(name, hidden=state & 3 != 0)
            if not sheet.hidden:
                try:
                    self._fill(sheet, start)
                except BROKEN:
                    self._losses.break_off(name)
                    continue
            yield sheet

    def _fill(self, sheet: Sheet, start: int) -> None:
        waiting: tuple[int, int] | None = None
        for record in records(self._stream, start):
            data = record.data
            if record.kind == _MERGED:
                for at in range(2, len(data) - 7, 8):
                    top, bottom, left, right = struct.unpack_from("<HHHH", data, at)
                    sheet.merged.append((top, left, bottom - top + 1, right - left + 1))
            elif record.kind == _OBJECT and data[:2] == _COMMON:
                sheet.pictured |= data[4:6] in _DRAWN
            elif record.kind == _RESULT and waiting:
                sheet.put(*waiting, text_of(data, 0))
                waiting = None
            elif record.kind == _PACKED_ROW:
                row, column = struct.unpack_from("<HH", data)
                for offset, at in enumerate(range(4, len(data) - 7, 6)):
                    style, word = struct.unpack_from("<HI", data, at)
                    sheet.put(row, column + offset, self._shown(packed_number(word), style))
            elif record.kind in _CELLS:
                row, column, style = struct.unpack_from("<HHH", data)
                place = address(sheet.name, row, column)
                words = self._words(record, style, place)
                if words is None:
                    waiting = (row, column)
                else:
                    sheet.put(row, column, words)

    def _words(self, record: Record, style: int, place: str) -> str | None:
        """What a cell shows; None when the record after it tells."""
        kind, data = record.kind, record.data
        if kind == _SHARED:
            (at,) = struct.unpack_from("<I", data, 6)
            return self._strings[at] if at < len(self._strings) else ""
        if kind in {_LABEL, _RICH_LABEL}:
            return text_of(data, 6)
        if kind == _PACKED:
            return self._shown(packed_number(struct.unpack_from("<I", data, 6)[0]), style)
        if kind == _TRUTH:
            return self._truth(data[6], is_error=data[7] != 0, place=place)
        if kind == _NUMBER or data[12:14] != _NO_NUMBER:
            return self._stored(data[6:14], style)
        return self._no_number(data, place)

    def _no_number(self, data: bytes, place: str) -> str | None:
        """What a formula shows whose result is no number."""
        if data[6] in {1, 2}:
            return self._truth(data[8], is_error=data[6] == 2, place=place)
        # An empty result and one that was never worked out look alike.
        return None if data[6] == 0 else ""

    def _truth(self, value: int, *, is_error: bool, place: str) -> str:
        if not is_error:
            return "TRUE" if value else "FALSE"
        self._losses.errors.append(place)
        return _ERRORS.get(value, "#N/A")

    def _stored(self, raw: bytes, style: int) -> str:
        (number,) = struct.unpack("<d", raw)
        value = number_of(repr(number))
        return repr(number) if value is None else self._shown(value, style)

    def _shown(self, value: Decimal, style: int) -> str:
        form = self._formats[style] if style < len(self._formats) else GENERAL
        if form.date:
            return dated(value, form, since_1904=self._since_1904)
        return printed(value, form)
