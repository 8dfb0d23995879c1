"""Write each example's .docx from its .txt, so that both hold the same words.

Run it after editing a text: ``python examples/make_docx.py``. Headings get heading styles,
tab-separated lines become a table, all else is a paragraph; numbers stay typed. The zip
carries no clock, so the same text gives the same bytes.
"""

from __future__ import annotations

import io
import re
import zipfile
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import docx

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDERS = ("clean", "broken")
_EPOCH = (1980, 1, 1, 0, 0, 0)
_CHAPTER = re.compile(r"第[一二三四]部分\s")
_SECTION = re.compile(r"[一二三四五六七八九十]+、")
_SUBSECTION = re.compile(r"（[一二三四五六七八九十]+）")
_LONGEST_HEADING = 32


def heading_level(line: str) -> int:
    """Level of a heading line, 0 for running text: a sentence or a contents line is none."""
    if line.endswith(("。", "；", "：")) or "…" in line or len(line) > _LONGEST_HEADING:
        return 0
    for level, pattern in enumerate((_CHAPTER, _SECTION, _SUBSECTION), start=1):
        if pattern.match(line):
            return level
    return 0


def build(text: str) -> bytes:
    """The text as a Word file."""
    word = docx.Document()
    lines = [line for line in text.splitlines() if line]
    word.add_paragraph(lines[0], style="Title")
    for tabbed, group in groupby(lines[1:], key=lambda line: "\t" in line):
        if tabbed:
            _add_table(word, [line.split("\t") for line in group])
            continue
        for line in group:
            level = heading_level(line)
            word.add_paragraph(line, style=f"Heading {level}" if level else "Normal")
    raw = io.BytesIO()
    word.save(raw)
    return _without_clock(raw.getvalue())


def _add_table(word: docx.document.Document, rows: list[list[str]]) -> None:
    table = word.add_table(rows=len(rows), cols=max(map(len, rows)), style="Table Grid")
    for row, cells in zip(table.rows, rows, strict=True):
        for cell, words in zip(row.cells, cells, strict=True):
            cell.text = words


def _without_clock(data: bytes) -> bytes:
    """The same zip with every entry dated 1980, the first year that a zip can tell."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, date_time=_EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, source.read(name))
    return out.getvalue()


def texts() -> Iterator[Path]:
    """Every example text."""
    here = Path(__file__).parent
    for folder in FOLDERS:
        yield from sorted((here / folder).glob("*.txt"))


if __name__ == "__main__":
    for path in texts():
        path.with_suffix(".docx").write_bytes(build(path.read_text(encoding="utf-8")))
