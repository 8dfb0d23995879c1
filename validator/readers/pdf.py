"""PDF files → Document（PDF 读取）: what a reader of the printed pages would see, in order.

Paragraphs and tables that a page break cut are joined again; page numbers and running heads
are left out. Pages that cannot be read are told, the others are read all the same.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pypdfium2
import pypdfium2.raw as pdfium
from pypdfium2 import PdfDocument, PdfiumError

from validator.errors import UnreadableDocument
from validator.readers.layout import laid_out
from validator.readers.pdf_characters import CrowdedPageError
from validator.readers.pdf_flow import Sheet, shapes_of, sheets_of
from validator.readers.pdf_page import PageContent, page_content
from validator.readers.pdf_scans import is_pictured, is_scan, is_unmapped, recognised

if TYPE_CHECKING:
    from validator.document import Document
    from validator.readers.layout import Shape

MOST_PAGES = 3_000
"""Pages of the longest file that is read."""
_TAIL = 4096
"""Bytes at the end among which the mark of a complete file stands."""
ONE_AT_A_TIME = threading.Lock()
"""The library must not be called by two threads at once."""
_MEND = "请重新下载，或请提供者重新导出一份，再检查"
_NO_TEXT = (
    "请用它的 Word 原稿检查，或装上文字识别再检查："
    '在 gouji 的文件夹里运行 python -m pip install ".[ocr]"'
)


def read(data: bytes, name: str, digest: str) -> Document:
    """Read a PDF file.

    Args:
        data: The whole file.
        name: What to call it.
        digest: Digest of the bytes.

    Raises:
        UnreadableDocument: It is damaged, locked, or without any text.
    """
    reader = _read(data)
    draft = laid_out(shapes_of(reader.sheets))
    draft.unread[:0] = reader.unread()
    if draft.is_blank:
        raise reader.nothing()
    return draft.finish(name, "pdf", digest)


def shapes(data: bytes) -> list[Shape]:
    """Paragraphs and tables of a file with the trails of their words.

    Args:
        data: The whole file.

    Raises:
        UnreadableDocument: It is damaged or locked.
    """
    return shapes_of(_read(data).sheets)


def _read(data: bytes) -> _Reader:
    with ONE_AT_A_TIME:
        reader = _Reader(data)
        try:
            reader.read()
        finally:
            reader.file.close()
    return reader


class _Reader:
    """Goes through the pages and remembers which could not be read, and why."""

    def __init__(self, data: bytes) -> None:
        self.file = opened(data)
        self.whole = b"%%EOF" in data[-_TAIL:]
        self.sheets: list[Sheet] = []
        self.scans: list[int] = []
        self.recognised: list[int] = []
        self.pictured: list[int] = []
        self.broken: list[int] = []
        self.unmapped: list[int] = []
        self.crowded: list[int] = []

    def read(self) -> None:
        count = len(self.file)
        if count == 0:
            raise UnreadableDocument("文件已损坏，里面没有页面", _MEND)
        if count > MOST_PAGES:
            what = f"文件有 {count} 页，超过 {MOST_PAGES} 页"
            raise UnreadableDocument(what, "请确认它是报告，或拆成几份再检查")
        for number in range(1, count + 1):
            try:
                self._page(number)
            except (PdfiumError, CrowdedPageError, ArithmeticError, ValueError):
                # Damage may give any number as a place: endless, or none at all.
                self.broken.append(number)

    def _page(self, number: int) -> None:
        page = self.file[number - 1]
        try:
            content = page_content(page, number)
            if is_scan(content):
                found = recognised(page, content)
                if found is None:
                    self.scans.append(number)
                else:
                    self.recognised.append(number)
                    self.sheets.append(found)
                return
        finally:
            page.close()
        self._sheet(content)

    def _sheet(self, content: PageContent) -> None:
        if is_pictured(content):
            self.pictured.append(content.number)
        if is_unmapped(content):
            self.unmapped.append(content.number)
        sheets = sheets_of(content)
        if content.crowded or sheets[0].crowded:
            self.crowded.append(content.number)
        self.sheets += sheets

    def unread(self) -> list[str]:
        """What could not be read, one line for each reason."""
        told = [
            (self.scans, "是扫描图片，没有文字层，没有读出"),
            (self.recognised, "是扫描图片，文字由 OCR 识别，数字须与原件逐个核对"),
            (self.pictured, "几乎整页是图片，图片里的字没有读出"),
            (self.broken, "已损坏，没有读出"),
            (self.unmapped, "有文字没有编码，没有读全"),
            (self.crowded, "线条太多，表格没有认出"),
        ]
        lines = [f"第 {ranges(pages)} 页{what}" for pages, what in told if pages]
        return lines if self.whole else [*lines, "文件结尾缺失，可能没有读全"]

    def nothing(self) -> UnreadableDocument:
        """Why no page gave any text."""
        if self.unmapped:
            return UnreadableDocument("文字没有编码，读不出来", "请用它的 Word 原稿检查")
        if self.broken:
            return UnreadableDocument("文件已损坏，页面读不出来", _MEND)
        if self.scans:
            return UnreadableDocument("每一页都是扫描图片，没有文字可读", _NO_TEXT)
        return UnreadableDocument("文件里没有文字", "请确认选对了文件，或重新导出一份")


def ranges(pages: list[int]) -> str:
    """Pages in order, runs as one.

    >>> ranges([3, 5, 6, 7, 8])
    '3、5–8'
    """
    runs: list[list[int]] = []
    for page in pages:
        if runs and page == runs[-1][-1] + 1:
            runs[-1].append(page)
        else:
            runs.append([page])
    return "、".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)


def opened(data: bytes) -> PdfDocument:
    """An opened file; only one may be worked on at a time, see ``ONE_AT_A_TIME``.

    Raises:
        UnreadableDocument: It is damaged or locked.
    """
    try:
        return pypdfium2.PdfDocument(data)
    except PdfiumError as error:
        if error.err_code == pdfium.FPDF_ERR_PASSWORD:
            what, advice = "文件有打开密码", "请去掉密码后另存一份，再检查"
        elif error.err_code == pdfium.FPDF_ERR_SECURITY:
            what, advice = "文件加了密，打不开", "请去掉加密后另存一份，再检查"
        else:
            what, advice = "文件已损坏，打不开", _MEND
        raise UnreadableDocument(what, advice) from error
