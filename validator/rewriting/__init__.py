"""Files with other words in a few places（改写）: a copy in which all else stays as it is.

Text keeps its encoding, byte order mark and line ends; Word files show each change as a
tracked one（修订）.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Protocol

from validator.errors import UsageError
from validator.readers.sniff import container, is_records

if TYPE_CHECKING:
    from collections.abc import Sequence

    from validator.edits import Edit

_REWRITERS = {
    "docx": "validator.rewriting.word_file",
    "text": "validator.rewriting.text_file",
}
_INSTEAD = {
    "legacy": "旧格式的文件不能改；请用 Word 或 WPS 另存为 .docx 再改",
    "pdf": "PDF 不能改；请改它的 Word 原件，gouji check 会指出是第几页",
    "workbook": "工作簿不能改；请在 Excel 里照 gouji check 说的单元格改",
    "html": "网页不能改；请改它的 Word 原件，或另存为 .docx 再改",
    "records": "记录文件不能改；请在导出它的程序里改",
    "zip": "压缩包不能改；请先解压，再一份一份地改",
}
"""Container that cannot be rewritten → what to say and what to do instead."""


class Rewriter(Protocol):
    """Makes changed copies of one file.

    Attributes:
        shows_changes: Whether a copy shows what was changed.
    """

    shows_changes: bool

    def unable(self, edit: Edit) -> str:
        """Why an edit cannot be made for certain, a Chinese clause; "" when it can."""
        ...

    def written(self, edits: Sequence[Edit]) -> bytes:
        """The file with edits made that are able and do not touch each other."""
        ...


def rewriter(data: bytes, name: str, date: str = "") -> Rewriter:
    """What makes copies of a file, chosen by its content.

    Args:
        data: The whole file.
        name: What it is called.
        date: Day of the changes as ``2024-05-10``; "" leaves the changes undated, so that
            the same file gives the same copy on every day.

    Raises:
        UnreadableDocument: It is damaged, or no file that is known.
        UsageError: Files of this kind cannot be rewritten; the message says what to do.
    """
    kind = container(data)
    if kind == "text" and is_records(data, name):
        kind = "records"
    if kind not in _REWRITERS:
        raise UsageError(_INSTEAD[kind])
    made: Rewriter = import_module(_REWRITERS[kind]).open_file(data, date)
    return made
