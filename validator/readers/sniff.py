"""What a file is, by its content（文件识别）: suffixes are hints, people rename files."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import PurePosixPath

from validator.errors import UnreadableDocument

_TO_WORD = "请用 Word 或 WPS 打开后另存为 .docx 或 .txt，再检查"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PACKED = ("这是压缩包，不是报告", "请先解压，再检查里面的文件")
_PICTURE = ("这是图片，里面没有文字可读", "请用报告的 Word 原稿（.docx）检查")
_SHEET = ("还不能读 Excel 表格", "请把报告正文另存为 .docx 或 .txt，再检查")
_FOREIGN: tuple[tuple[bytes, str, str], ...] = (
    (b"%PDF", "还不能读 PDF", "请用它的 Word 原稿，或另存为 .docx 或 .txt，再检查"),
    (b"{\\rtf", "还不能读 RTF", _TO_WORD),
    (b"\x89PNG", *_PICTURE),
    (b"\xff\xd8\xff", *_PICTURE),
    (b"GIF8", *_PICTURE),
    (b"II*\x00", *_PICTURE),
    (b"MM\x00*", *_PICTURE),
    (b"Rar!", *_PACKED),
    (b"7z\xbc\xaf\x27\x1c", *_PACKED),
    (b"\x1f\x8b", *_PACKED),
)
_INSIDE: tuple[tuple[str, str, str], ...] = (
    ("xl/", *_SHEET),
    ("ppt/", "还不能读演示文稿", "请把报告正文另存为 .docx 或 .txt，再检查"),
    ("OFD.xml", "还不能读 OFD", "请用它的 Word 原稿（.docx），再检查"),
    ("content.xml", "还不能读 OpenDocument", _TO_WORD),
)
_OLE_PARTS: tuple[tuple[str, str, str], ...] = (
    ("EncryptedPackage", "文件有打开密码", "请在 Word 里去掉密码并保存，再检查"),
    ("WordDocument", "还不能读旧版 Word（.doc）或 WPS（.wps）文件", _TO_WORD),
    ("Workbook", *_SHEET),
)
_NOT_TEXT = {".docx", ".docm", ".doc", ".wps", ".pdf", ".xlsx", ".xls", ".et", ".ofd", ".rtf"}
_MARKUP = re.compile(r"\s*<(?:!doctype html|html|head|body|table)\b", re.IGNORECASE)
_WRAPPED_PAGE = re.compile(
    r"\s*MIME-Version:.*?Content-Type: *multipart/related", re.DOTALL | re.IGNORECASE
)


def container(data: bytes) -> str:
    """Which reader takes the bytes: ``docx``, or ``text`` when nothing else is recognised.

    Raises:
        UnreadableDocument: It is empty, or a format that no reader takes.
    """
    if not data:
        raise UnreadableDocument("文件是空的", "请确认选对了文件，或重新导出一份")
    if data.startswith(_ZIP):
        _refuse_zip(data)
        return "docx"
    if data.startswith(_OLE):
        _refuse_ole(data)
    for magic, what, advice in _FOREIGN:
        if data.startswith(magic):
            raise UnreadableDocument(what, advice)
    if b"%PDF-" in data[:1024]:
        raise UnreadableDocument(*_FOREIGN[0][1:])
    return "text"


def text_format(text: str, name: str) -> str:
    """Which text it is: ``md`` or ``txt``.

    Raises:
        UnreadableDocument: It is markup, or the name promises another format.
    """
    suffix = PurePosixPath(name).suffix.lower()
    head = text[:2000]
    if _MARKUP.match(head) or "<html" in head.lower() or _WRAPPED_PAGE.match(head):
        raise UnreadableDocument("还不能读网页", _TO_WORD)
    if head.lstrip().startswith("<?xml"):
        raise UnreadableDocument("这是 XML 数据，不是报告", _TO_WORD)
    if suffix in _NOT_TEXT:
        what = f"文件名以 {suffix} 结尾，内容却是纯文本"
        raise UnreadableDocument(what, "请确认选对了文件，或改名为 .txt 再检查")
    return "md" if suffix in {".md", ".markdown"} else "txt"


def _refuse_zip(data: bytes) -> None:
    """Raise unless the zip is a Word file."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        what = "文件已损坏，无法解开"
        raise UnreadableDocument(what, "请重新下载，或用 Word 修复后另存为 .docx") from error
    if any(name.startswith("word/") and name.endswith(".xml") for name in names):
        return
    for part, what, advice in _INSIDE:
        if any(name.startswith(part) for name in names):
            raise UnreadableDocument(what, advice)
    raise UnreadableDocument(*_PACKED)


def _refuse_ole(data: bytes) -> None:
    """Raise for the old Office container, saying what it holds."""
    for part, what, advice in _OLE_PARTS:
        if part.encode("utf-16-le") in data:
            raise UnreadableDocument(what, advice)
    raise UnreadableDocument("还不能读旧版 Office 文件", _TO_WORD)
