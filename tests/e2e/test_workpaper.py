"""Programs for tables open the workpaper and print it."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pypdfium2
from office_files import save_as

from validator.rendering import render_bytes
from validator.reporters.workpaper_mark import WorkbookKind, kind_of
from validator.run import check, check_many

EXAMPLES = Path(__file__).parents[2] / "examples" / "broken"


def written(place: Path) -> Path:
    path = place / "底稿.xlsx"
    files = [EXAMPLES / "final_accounts.docx", EXAMPLES / "final_accounts_tables.xlsx"]
    path.write_bytes(render_bytes(list(check_many(files)), "xlsx"))
    return path


def test_libreoffice_prints_it(tmp_path: Path) -> None:
    path = tmp_path / "底稿.xlsx"
    path.write_bytes(render_bytes(check(EXAMPLES / "final_accounts.txt"), "xlsx"))

    printed = save_as("pdf", [path], tmp_path)[path]

    pages = pypdfium2.PdfDocument(printed)
    texts = [page.get_textpage().get_text_bounded() for page in pages]
    sizes = {tuple(round(length) for length in page.get_size()) for page in pages}
    assert sizes == {(842, 595)}
    assert "结论：没有通过，错误10处，存疑3处。" in texts[0]
    assert all(f"第 {n} 页，共 {len(texts)} 页" in text for n, text in enumerate(texts, 1))
    lists = [text for text in texts if "核对底稿" in text and "判定" in text]
    assert len(lists) > 3  # the headings are on every page


def test_what_libreoffice_saves_is_the_same_workpaper_filled_in(tmp_path: Path) -> None:
    path = written(tmp_path)
    saved = save_as("xlsx", [path], tmp_path)[path]

    ours, theirs = openpyxl.load_workbook(path), openpyxl.load_workbook(saved)

    assert theirs.sheetnames == ours.sheetnames
    for sheet in ours:
        told = list(sheet.iter_rows(values_only=True))
        assert list(theirs[sheet.title].iter_rows(values_only=True))[: len(told)] == told
    assert kind_of(path) is WorkbookKind.UNTOUCHED
    assert kind_of(saved) is WorkbookKind.FILLED
