"""Whole small files against the blocks, tables and charts that we found right by eye."""

from __future__ import annotations

import datetime
import io
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import pytest

from validator.readers import read_bytes

if TYPE_CHECKING:
    from validator.document import Document

HERE = Path(__file__).parent


def text_file() -> bytes:
    return (HERE / "report.txt").read_bytes()


def word_file() -> bytes:
    """The folder ``word_file`` as the zip that a .docx is."""
    raw = io.BytesIO()
    folder = HERE / "word_file"
    with zipfile.ZipFile(raw, "w") as archive:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                archive.write(path, path.relative_to(folder).as_posix())
    return raw.getvalue()


def workbook() -> bytes:
    """A form with its title merged over it, a blank column, and a sheet of notes."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "公开01表"
    rows = [
        ["收入支出决算总表"],
        [None, None, None, None, "单位：万元"],
        ["收入", None, None, "支出"],
        ["项目", "行次", "决算数", "项目", "决算数"],
        ["一、财政拨款收入", 1, 1190.5, "一、教育支出", 1200.75],
        ["二、其他收入", 2, 10.25, "二、其他支出", 0],
        ["本年收入合计", 3, 1200.75, "本年支出合计", 1200.75],
        ["财政拨款占比", None, 0.99146],
    ]
    for row in rows:
        sheet.append(row)
    for ranges in ("A1:E1", "A3:C3", "D3:E3"):
        sheet.merge_cells(ranges)
    for row in range(5, 8):
        sheet.cell(row, 3).number_format = sheet.cell(row, 5).number_format = "#,##0.00"
    sheet["C8"].number_format = "0.00%"
    book.create_sheet("Sheet2")["B2"] = datetime.date(2023, 12, 31)
    book.create_sheet("底稿")["A1"] = "内部"
    book["底稿"].sheet_state = "hidden"
    raw = io.BytesIO()
    book.save(raw)
    return raw.getvalue()


def dump(document: Document) -> str:
    """One line per block, table row and chart series."""
    rows = []
    for block in document.blocks:
        place = f" {block.table}/{block.row}/{block.column}" if block.table >= 0 else ""
        level = f" {block.level}" if block.level else ""
        words = document.quote(block.span).replace("\n", "⏎").replace("\t", "⇥")
        rows.append(f"{block.line} {block.kind}{level}{place} {block.origin}| {words}")
    rows += [
        f"table {t.index}{f' {t.title!r}' if t.title else ''}: {t.grid}"
        for t in document.tables
    ]
    for chart in document.charts:
        for series in chart.series:
            points = [f"{p.label}={p.value}" for p in series.points]
            rows.append(f"chart {chart.index} {chart.title!r} {series.name!r}: {points}")
    return "\n".join([*rows, *document.unread]) + "\n"


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("report.txt", text_file()),
        ("report.docx", word_file()),
        ("report.xlsx", workbook()),
        ("report.html", (HERE / "report.html").read_bytes()),
    ],
)
def test_reads_as_before(name: str, data: bytes) -> None:
    expected = (HERE / f"{name}.blocks").read_text(encoding="utf-8")

    assert dump(read_bytes(data, name)) == expected
