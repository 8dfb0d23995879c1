"""How fast each format is read: ``python tests/bench/readers.py`` prints a table.

Every row makes its own file in memory, so nothing but the program is needed. A further
format is one function and one line of ``ROWS``. The time is the best of five.
"""

from __future__ import annotations

import io
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "unit" / "readers")]

import docx  # noqa: E402 - the program of this checkout comes first
import openpyxl  # noqa: E402
from pdf_drawing import Drawing  # noqa: E402

from validator.readers import read_bytes  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable

PAGES = 30
_RUNS = 5
_PROSE = (
    "2023年度收入总计1,234.56万元，其中：财政拨款收入1,086.41万元，占88.00%；事业收入98.76万元，"
    "占8.00%；其他收入49.39万元，占4.00%。与上年相比增加102.30万元，增长9.03%，主要原因是新建泵站。"
)
_HEADER = ["科目编码", "科目名称", "合计", "基本支出", "项目支出", "备注"]


class Made(NamedTuple):
    """A file to read, and how much is in it."""

    data: bytes
    amount: str


def rows(count: int) -> list[list[str]]:
    """Rows of a table of expenditure."""
    body = [
        [f"{20101 + at}", "一般公共服务", f"{at + 3}.50", f"{at + 1}.20", "2.30", ""]
        for at in range(count)
    ]
    return [_HEADER, *body]


def pdf_with_tables() -> Made:
    """Pages with four paragraphs and a ruled table of 20 rows each."""
    drawing = Drawing()
    for page in range(PAGES):
        if page:
            drawing.page()
        for _ in range(4):
            drawing.prose(_PROSE)
        drawing.table(rows(19), [60, 110, 60, 70, 70, 50], height=18)
        drawing.line(str(page + 1), x=295, y=40, size=9)
    return Made(drawing.data(), f"{PAGES} pages, {PAGES * 120} cells")


def pdf_without_tables() -> Made:
    """Pages full of paragraphs."""
    drawing = Drawing()
    for page in range(PAGES):
        if page:
            drawing.page()
        for _ in range(8):
            drawing.prose(_PROSE)
    return Made(drawing.data(), f"{PAGES} pages")


def word() -> Made:
    """As much as the pages with tables hold."""
    document = docx.Document()
    for _ in range(PAGES):
        for _ in range(4):
            document.add_paragraph(_PROSE)
        body = rows(19)
        table = document.add_table(len(body), len(_HEADER))
        for line, words in zip(table.rows, body, strict=True):
            for cell, word in zip(line.cells, words, strict=True):
                cell.text = word
    raw = io.BytesIO()
    document.save(raw)
    return Made(raw.getvalue(), f"{PAGES * 120} cells")


def report() -> Made:
    """A bundled report as a unit publishes it."""
    return Made((ROOT / "examples/clean/final_accounts.docx").read_bytes(), "example, 6 pages")


def nine_tables() -> Made:
    """The bundled workbook of the nine public tables."""
    data = (ROOT / "examples/clean/final_accounts_tables.xlsx").read_bytes()
    return Made(data, "example, 9 sheets")


def full_sheets() -> Made:
    """Nine sheets of thirty rows, every cell filled."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for number in range(1, 10):
        sheet = book.create_sheet(f"公开{number:02}表")
        for line in rows(29):
            sheet.append([float(word) if "." in word else word for word in line])
    raw = io.BytesIO()
    book.save(raw)
    return Made(raw.getvalue(), "9 sheets, 1620 cells")


def web_page() -> Made:
    """As much as the pages with tables hold."""
    table = "".join(
        f"<tr>{''.join(f'<td>{word}</td>' for word in line)}</tr>" for line in rows(19)
    )
    body = (f"<p>{_PROSE}</p>" * 4 + f"<table>{table}</table>") * PAGES
    page = f"<html><head><meta charset=utf-8></head><body>{body}</body></html>"
    return Made(page.encode(), f"{PAGES * 120} cells")


ROWS: list[tuple[str, str, Callable[[], Made]]] = [
    ("pdf, tables", "a.pdf", pdf_with_tables),
    ("pdf, prose", "a.pdf", pdf_without_tables),
    ("docx, tables", "a.docx", word),
    ("docx", "a.docx", report),
    ("xlsx, forms", "a.xlsx", nine_tables),
    ("xlsx, full", "a.xlsx", full_sheets),
    ("html, tables", "a.html", web_page),
]


def best_of(made: Made, name: str) -> float:
    """Milliseconds of the fastest run."""
    times = []
    for _ in range(_RUNS):
        start = time.perf_counter()
        read_bytes(made.data, name)
        times.append(time.perf_counter() - start)
    return min(times) * 1000


def main() -> None:
    """Measure every format and print the table."""
    lines = [f"{'format':<14}{'content':<24}{'best of ' + str(_RUNS) + ', ms':>16}"]
    for label, name, make in ROWS:
        made = make()
        lines.append(f"{label:<14}{made.amount:<24}{best_of(made, name):>16.1f}")
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
