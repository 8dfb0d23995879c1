"""Whole small files against the blocks, tables and charts that we found right by eye."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

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


def dump(document: Document) -> str:
    """One line per block, table row and chart series."""
    rows = []
    for block in document.blocks:
        place = f" {block.table}/{block.row}/{block.column}" if block.table >= 0 else ""
        level = f" {block.level}" if block.level else ""
        words = document.quote(block.span).replace("\n", "⏎").replace("\t", "⇥")
        rows.append(f"{block.line} {block.kind}{level}{place} {block.origin}| {words}")
    rows += [f"table {t.index}: {t.grid}" for t in document.tables]
    for chart in document.charts:
        for series in chart.series:
            points = [f"{p.label}={p.value}" for p in series.points]
            rows.append(f"chart {chart.index} {chart.title!r} {series.name!r}: {points}")
    return "\n".join([*rows, *document.unread]) + "\n"


@pytest.mark.parametrize(
    ("name", "data"), [("report.txt", text_file()), ("report.docx", word_file())]
)
def test_reads_as_before(name: str, data: bytes) -> None:
    expected = (HERE / f"{name}.blocks").read_text(encoding="utf-8")

    assert dump(read_bytes(data, name)) == expected
