"""Old text files → Word files（旧格式转换）: .doc, .wps, .rtf, .odt by way of LibreOffice.

No reader of its own: what comes out is read as the Word file that it is. Charts, notes,
merged cells and automatic numbers survive; see ``office`` for how it is run.
"""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, TypeVar

from validator.errors import UnreadableDocument
from validator.readers import office
from validator.readers.sniff import old_form
from validator.readers.zips import BROKEN, LARGEST, is_swollen, unpacked

if TYPE_CHECKING:
    from collections.abc import Mapping

    Key = TypeVar("Key")


def convert(files: Mapping[Key, bytes]) -> dict[Key, bytes | UnreadableDocument]:
    """Convert many at once, which is much quicker than one by one.

    Args:
        files: The whole files, by any key.

    Returns:
        By the same key, the bytes of a .docx file or why there is none.
    """
    results: dict[Key, bytes | UnreadableDocument] = {}
    ready: dict[Key, tuple[bytes, str]] = {}
    for key, data in files.items():
        try:
            ready[key] = (data, _checked_form(data))
        except UnreadableDocument as error:
            results[key] = error
    results |= office.convert(ready)
    return {key: results[key] for key in files}


def _checked_form(data: bytes) -> str:
    """Format of a file that is safe to hand over.

    Raises:
        UnreadableDocument: It would unpack to far more than it should.
    """
    form = old_form(data)
    if form == "odt":
        try:
            entries = zipfile.ZipFile(io.BytesIO(data)).infolist()
        except BROKEN as error:
            raise UnreadableDocument("文件已损坏，无法解开", "请重新下载再检查") from error
        if unpacked(entries) > LARGEST or any(map(is_swollen, entries)):
            raise UnreadableDocument(
                "文件解开后大得反常", "请确认来源可靠，或用 Word 另存为 .docx 再检查"
            )
    return form
