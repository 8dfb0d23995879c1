"""Old workbooks, whole ones and ones made record by record."""

from __future__ import annotations

import datetime
import io
import struct
from decimal import Decimal

import pytest
import xlwt
from xlwt import CompoundDoc

from validator.document import BlockKind, Document
from validator.errors import UnreadableDocument
from validator.readers import read_bytes, workbook
from validator.readers.workbook_records import packed_number
from validator.readers.workbook_sheet import Losses
from validator.readers.workbook_xls import sheets_of_xls

BOF = b"\x00\x06\x05\x00" + bytes(12)


def words(document: Document) -> dict[str, str]:
    """Words of each cell by its address."""
    return {
        b.origin.partition("!")[2]: document.quote(b.span)
        for b in document.blocks
        if b.kind is BlockKind.CELL
    }


def old_workbook() -> xlwt.Workbook:
    book = xlwt.Workbook()
    sheet = book.add_sheet("公开01表")
    sheet.write_merge(0, 0, 0, 2, "收入支出决算总表")
    forms = ["General", "#,##0.00", "0.00%", "yyyy-mm-dd", 'yyyy"年"m"月"', "00"]
    day = datetime.date(2023, 12, 31)
    for column, (value, form) in enumerate(
        zip([609.93999999999983, 1190.5, 0.85, day, day, 1], forms, strict=True)
    ):
        sheet.write(2, column, value, xlwt.easyxf(num_format_str=form))
    sheet.write(3, 0, True)
    sheet.row(3).set_cell_error(1, "#REF!")
    sheet.write(3, 3, "")
    sheet.write(3, 4, "0.00")
    hidden = book.add_sheet("备用")
    hidden.write(0, 0, 1)
    hidden.visibility = 1
    return book


def saved(book: xlwt.Workbook) -> bytes:
    raw = io.BytesIO()
    book.save(raw)
    return raw.getvalue()


def record(kind: int, data: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def contained(stream: bytes) -> bytes:
    raw = io.BytesIO()
    CompoundDoc.XlsDoc().save(raw, stream)
    return raw.getvalue()


def made(cells: bytes, shared: bytes = b"", ending: bytes = record(0x0A)) -> bytes:
    """A workbook with one sheet of these records."""
    tab = bytes(6) + b"\x03\x00" + "T1x".encode("latin-1")
    start = len(record(0x809, BOF) + record(0x85, tab) + shared + record(0x0A))
    tab = struct.pack("<I", start) + tab[4:]
    head = record(0x809, BOF) + record(0x85, tab) + shared + record(0x0A)
    return contained(head + record(0x809, BOF) + cells + ending)


def at(row: int, column: int) -> bytes:
    return struct.pack("<HHH", row, column, 0)


def test_old_workbook() -> None:
    document = read_bytes(saved(old_workbook()), "a.xls")

    assert document.format == "xls"
    assert document.blocks[1].origin == "公开01表!A1"
    assert document.tables[0].cells[0].column_span == 3
    assert words(document) == {
        "A1": "收入支出决算总表", "A3": "609.94", "B3": "1190.50", "C3": "85.00%",
        "D3": "2023-12-31", "E3": "2023年12月", "F3": "01", "A4": "TRUE", "B4": "#REF!",
        "E4": "0.00",
    }  # fmt: skip
    assert document.unread == (
        "工作表“备用”是隐藏的，没有检查",
        "公开01表!B4 显示的是错误值，没有数字可查",
    )


def test_strings_run_on_over_records() -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("说明")
    long = ["收入" * 3000 + "完", "abc" * 5000, "支出" * 7000, "合计"]
    for row, one in enumerate(long):
        sheet.write(row, 0, one)

    assert list(words(read_bytes(saved(book), "a.xls")).values()) == long


def test_every_way_of_storing_a_value() -> None:
    text = struct.pack("<HB", 2, 1) + "收入".encode("utf-16-le")
    nothing = b"\xff\xff"
    cells = [
        record(0x204, at(0, 0) + text),
        record(0xD6, at(0, 1) + text + bytes(4)),
        record(0xBD, struct.pack("<HHHIHIH", 0, 2, 0, (5 << 2) | 2, 0, (119050 << 2) | 3, 3)),
        record(0x06, at(1, 0) + struct.pack("<d", 7.25) + bytes(8)),
        record(0x06, at(1, 1) + b"\x00" + bytes(5) + nothing + bytes(8)),
        record(0x4BC, b"a shared formula between"),
        record(0x207, text),
        record(0x06, at(1, 2) + b"\x01\x00\x01" + bytes(3) + nothing + bytes(8)),
        record(0x06, at(1, 3) + b"\x02\x00\x07" + bytes(3) + nothing + bytes(8)),
        record(0x06, at(1, 4) + b"\x03" + bytes(5) + nothing + bytes(8)),
        record(0x809, BOF) + record(0x203, at(9, 9) + bytes(8)) + record(0x0A),
        record(0xFD, at(2, 0) + struct.pack("<I", 99)),
        record(0x203, at(2, 1) + struct.pack("<d", float("nan"))),
    ]

    document = read_bytes(made(b"".join(cells)), "a.xls")

    assert words(document) == {
        "A1": "收入", "B1": "收入", "C1": "5", "D1": "1190.5", "A2": "7.25", "B2": "收入",
        "C2": "TRUE", "D2": "#DIV/0!", "B3": "nan",
    }  # fmt: skip
    assert document.unread == ("T1x!D2 显示的是错误值，没有数字可查",)


@pytest.mark.parametrize(
    ("word", "number"),
    [
        ((12 << 2) | 2, "12"),
        ((-12 << 2) & 0xFFFFFFFF | 2, "-12"),
        ((119050 << 2) | 3, "1190.5"),
        (0x3FF80000, "1.5"),
        (0x40590001, "1"),
    ],
)
def test_packed_numbers(word: int, number: str) -> None:
    assert packed_number(word) == Decimal(number)


def test_strings_cut_short_are_told() -> None:
    shared = record(0xFC, struct.pack("<II", 2, 2) + struct.pack("<HB", 2, 0) + b"ab")
    cells = [record(0xFD, at(0, n) + struct.pack("<I", n)) for n in range(2)]

    document = read_bytes(made(b"".join(cells), shared), "a.xls")

    assert words(document) == {"A1": "ab"}
    assert document.unread == ("表格的文字没有读全，文件缺一部分或已损坏",)


def test_strings_with_fonts_and_reading_aid() -> None:
    rich = struct.pack("<HBHI", 2, 1 | 4 | 8, 1, 6) + "收入".encode("utf-16-le") + bytes(10)
    shared = record(0xFC, struct.pack("<II", 2, 2) + rich + struct.pack("<HB", 1, 0) + b"b")
    cells = [record(0xFD, at(0, n) + struct.pack("<I", n)) for n in range(2)]

    document = read_bytes(made(b"".join(cells), shared), "a.xls")

    assert words(document) == {"A1": "收入", "B1": "b"}


@pytest.mark.parametrize(
    "data",
    [
        made(record(0x203, at(0, 0)), ending=record(0x0A)),
        made(record(0x204, at(0, 0) + b"\x05\x00\x01a")),
        made(record(0x203, at(0, 0) + bytes(8)), ending=b"\x01\x00\xff\xff"),
    ],
)
def test_damaged_sheet(data: bytes) -> None:
    with pytest.raises(UnreadableDocument, match="工作表读不出来"):
        read_bytes(data, "a.xls")


@pytest.mark.parametrize("kept", [8, 600, 2000, 4000])
def test_cut_file(kept: int) -> None:
    with pytest.raises(UnreadableDocument, match=r"已损坏|不完整"):
        workbook.read(saved(old_workbook())[:kept], "a.xls", "")


def test_locked_file() -> None:
    stream = record(0x809, BOF) + record(0x2F, bytes(6)) + record(0x0A)

    with pytest.raises(UnreadableDocument, match="密码"):
        read_bytes(contained(stream), "a.xls")


def test_file_of_excel_95() -> None:
    stream = record(0x809, b"\x00\x05\x05\x00" + bytes(4)) + record(0x0A)

    with pytest.raises(UnreadableDocument, match="Excel 95"):
        read_bytes(contained(stream), "a.xls")


@pytest.mark.parametrize(("kind", "pictured"), [(8, True), (6, True), (5, False), (25, False)])
def test_pictures_and_boxes_of_a_sheet_are_seen(kind: int, pictured: bool) -> None:
    drawn = record(0x5D, struct.pack("<HHH", 0x15, 0x12, kind) + bytes(16))

    (sheet,) = sheets_of_xls(made(drawn), Losses())

    assert sheet.pictured is pictured
