"""Readers（读取）: bytes of a file → Document; one reader per format, none knows another."""

from __future__ import annotations

import hashlib
import stat
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from validator.errors import UnreadableDocument
from validator.readers.sniff import container, is_records, old_form

if TYPE_CHECKING:
    from collections.abc import Mapping

    from validator.document import Document

Key = TypeVar("Key")

READERS = {
    "docx": "validator.readers.docx",
    "html": "validator.readers.html",
    "pdf": "validator.readers.pdf",
    "records": "validator.readers.records",
    "text": "validator.readers.text",
    "workbook": "validator.readers.workbook",
}
"""Container → module whose ``read(data, name, digest)`` takes it; loaded when first needed."""
CONVERTERS = {"legacy": "validator.readers.legacy"}
"""Container → module whose ``convert(files)`` makes Word files of many at once."""
_UNABLE = {
    "zip": (
        "这是压缩包，里面可能有几份报告",
        "请用 gouji check 检查（Python 里用 check_many），或先解压",
    ),
}
"""Container without a reader → what to say and what to do."""
LARGEST = 200 * 1024 * 1024
"""Bytes of the largest file that is opened at all."""
_HANDED_OVER = ("/dev/stdin", "/dev/fd/", "/proc/self/fd/")
"""Where a shell puts the pipes that it gives to a program, with somebody who writes to them."""


def read(path: Path | str, name: str | None = None) -> Document:
    """Read a report.

    Args:
        path: The file.
        name: What to call it; the path as given when None.

    Raises:
        UnreadableDocument: It is missing, locked, or cannot be read as a report.
    """
    path = Path(path)
    return read_bytes(load(path), path.as_posix() if name is None else name)


def load(path: Path) -> bytes:
    """The whole file.

    Raises:
        UnreadableDocument: It is missing, locked, too large, or no file.
    """
    try:
        if path.is_dir():
            raise UnreadableDocument("这是文件夹，不是文件", "请给出里面某个报告的路径")
        told = path.stat()
        if not (stat.S_ISREG(told.st_mode) or path.as_posix().startswith(_HANDED_OVER)):
            # To open a pipe that nobody writes to would wait for ever.
            raise UnreadableDocument(
                "这不是普通文件，是管道或设备", "请给出报告文件，或先把内容存成文件"
            )
        if told.st_size > LARGEST:
            raise UnreadableDocument("文件超过 200 MB", "请确认它是报告，或删去大图后再检查")
        return path.read_bytes()
    except FileNotFoundError as error:
        raise UnreadableDocument("找不到文件", "请检查文件名和所在的文件夹") from error
    except PermissionError as error:
        raise UnreadableDocument(
            "没有权限打开", "请关掉正在使用它的程序，或请管理员开放权限"
        ) from error
    except (OSError, ValueError) as error:
        raise UnreadableDocument("文件打不开", "请检查路径，或复制到本机后再检查") from error


def read_bytes(data: bytes, name: str) -> Document:
    """Read a report from its bytes.

    Args:
        data: The whole file.
        name: What to call it.

    Raises:
        UnreadableDocument: It cannot be read as a report.
    """
    kind = container(data)
    if kind == "text" and is_records(data, name):
        kind = "records"
    if kind in CONVERTERS:
        (result,) = convert({0: data}, kind).values()
        if isinstance(result, UnreadableDocument):
            raise result
        return read_converted(result, name, digest_of(data), old_form(data))
    if kind not in READERS:
        raise UnreadableDocument(*_UNABLE[kind])
    reader = import_module(READERS[kind])
    document: Document = reader.read(data, name.replace("\\", "/"), digest_of(data))
    return document


def convert(
    files: Mapping[Key, bytes], kind: str = "legacy"
) -> dict[Key, bytes | UnreadableDocument]:
    """Word files of files that no reader takes as they are; many at once are much quicker.

    Args:
        files: The whole files, by any key.
        kind: Their container.
    """
    converter = import_module(CONVERTERS[kind])
    converted: dict[Key, bytes | UnreadableDocument] = converter.convert(files)
    return converted


def read_converted(word: bytes, name: str, digest: str, form: str) -> Document:
    """Read what a converter made.

    Args:
        word: The Word file that came out.
        name: What to call the original.
        digest: Digest of the original.
        form: Format of the original.

    Raises:
        UnreadableDocument: What came out cannot be read as a report.
    """
    reader = import_module(READERS["docx"])
    document: Document = reader.read(word, name.replace("\\", "/"), digest)
    return replace(document, format=form)


def digest_of(data: bytes) -> str:
    """``sha256:`` and the hex digest."""
    return f"sha256:{hashlib.sha256(data).hexdigest()}"
