"""Small workbooks, and what is read back from their annotated copies."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Any

import openpyxl
from margin_notes import note_at

from validator.annotating import annotator
from validator.findings import Severity
from validator.readers import read_bytes

if TYPE_CHECKING:
    from openpyxl import Workbook

    from validator.annotating.placing import Annotated


def saved(book: Workbook) -> bytes:
    raw = io.BytesIO()
    book.save(raw)
    return raw.getvalue()


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def patched(data: bytes, changes: dict[str, tuple[str, str]]) -> bytes:
    """The file with words of some parts replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in parts(data).items():
            old, new = changes.get(name, ("", ""))
            text = content
            if old:
                assert old.encode() in content, (name, old)
                text = content.replace(old.encode(), new.encode())
            archive.writestr(name, text)
    return out.getvalue()


def table() -> Workbook:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "公开01表"
    for row in (
        ["项目", "决算数"],
        ["财政拨款收入", 1190.5],
        ["其他收入", 31.25],
        ["合计", 1221.75],
    ):
        sheet.append(row)
    return book


def annotated(data: bytes, *quotes: str, severity: Severity = Severity.ERROR) -> Annotated:
    document = read_bytes(data, "a.xlsx")
    notes = [note_at(document, quote, severity) for quote in quotes]
    return annotator(data, "a.xlsx").written(notes)


def opened(result: Annotated) -> Any:
    return openpyxl.load_workbook(io.BytesIO(result.data))


def comments(result: Annotated) -> dict[str, str]:
    """Words of each comment by its cell."""
    return {
        f"{sheet.title}!{cell.coordinate}": cell.comment.text
        for sheet in opened(result)
        for row in sheet.iter_rows()
        for cell in row
        if cell.comment is not None
    }
