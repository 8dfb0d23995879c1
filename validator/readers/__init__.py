"""Readers（读取）: bytes of a file → Document; one reader per format, none knows another."""

from __future__ import annotations

import hashlib
from importlib import import_module
from typing import TYPE_CHECKING

from validator.errors import UnreadableDocument
from validator.readers.sniff import container

if TYPE_CHECKING:
    from pathlib import Path

    from validator.document import Document

READERS = {
    "docx": "validator.readers.docx",
    "pdf": "validator.readers.pdf",
    "text": "validator.readers.text",
}
"""Container → module whose ``read(data, name, digest)`` takes it; loaded when first needed."""
_TO_WORD = "请用 Word 或 WPS 打开后另存为 .docx 或 .txt，再检查"
_UNABLE = {
    "workbook": ("还不能读 Excel 表格", "请把报告正文另存为 .docx 或 .txt，再检查"),
    "html": ("还不能读网页", _TO_WORD),
    "legacy": ("还不能读旧版 Word（.doc）或 WPS（.wps）文件", _TO_WORD),
    "zip": ("这是压缩包，不是报告", "请先解压，再检查里面的文件"),
}
"""Container without a reader → what to say and what to do."""
LARGEST = 200 * 1024 * 1024
"""Bytes of the largest file that is opened at all."""


def read(path: Path, name: str | None = None) -> Document:
    """Read a report.

    Args:
        path: The file.
        name: What to call it; the path as given when None.

    Raises:
        UnreadableDocument: It is missing, locked, or cannot be read as a report.
    """
    try:
        if path.is_dir():
            raise UnreadableDocument("这是文件夹，不是文件", "请给出里面某个报告的路径")
        if path.stat().st_size > LARGEST:
            raise UnreadableDocument("文件超过 200 MB", "请确认它是报告，或删去大图后再检查")
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise UnreadableDocument("找不到文件", "请检查文件名和所在的文件夹") from error
    except PermissionError as error:
        raise UnreadableDocument(
            "没有权限打开", "请关掉正在使用它的程序，或请管理员开放权限"
        ) from error
    except (OSError, ValueError) as error:
        raise UnreadableDocument("文件打不开", "请检查路径，或复制到本机后再检查") from error
    return read_bytes(data, path.as_posix() if name is None else name)


def read_bytes(data: bytes, name: str) -> Document:
    """Read a report from its bytes.

    Args:
        data: The whole file.
        name: What to call it.

    Raises:
        UnreadableDocument: It cannot be read as a report.
    """
    kind = container(data)
    if kind not in READERS:
        raise UnreadableDocument(*_UNABLE[kind])
    reader = import_module(READERS[kind])
    name = name.replace("\\", "/")
    document: Document = reader.read(data, name, f"sha256:{hashlib.sha256(data).hexdigest()}")
    return document
