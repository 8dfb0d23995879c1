"""The user's own document with a comment at each finding（批注）; nothing else is changed."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from validator.errors import UsageError
from validator.readers.sniff import container, is_records

if TYPE_CHECKING:
    from validator.annotating.placing import Annotator

_ANNOTATORS = {
    "docx": "validator.annotating.word",
    "pdf": "validator.annotating.pdf",
    "workbook": "validator.annotating.workbook",
}
_DATED = ("docx",)
"""Containers whose notes can say on which day they were made."""
_INSTEAD = {
    "legacy": "旧格式的文件里不能直接加批注；请用 Word 或 WPS 另存为 .docx 再批注",
    "text": "文本文件里放不下批注；请用 gouji check 文件 --format html:结果.html 看",
    "html": "网页里放不下批注；请用 gouji check 文件 --format html:结果.html 看",
    "records": "记录文件里放不下批注；请用 gouji check 文件 --format html:结果.html 看",
    "zip": "压缩包不能批注；请先解压，再一份一份地批注",
}
"""Container that cannot hold notes → what to say and what to do instead."""


def annotator(data: bytes, name: str, date: str = "") -> Annotator:
    """What writes notes into copies of a file, chosen by its content.

    Args:
        data: The whole file.
        name: What it is called.
        date: Day of the notes as ``2024-05-10``, where they can say one; "" leaves them
            undated, so that the same file gives the same copy on every day.

    Raises:
        UnreadableDocument: It is damaged, or no file that is known.
        UsageError: Files of this kind cannot hold notes; the message says what to do.
    """
    kind = kind_of(data, name)
    if kind not in _ANNOTATORS:
        raise UsageError(_INSTEAD[kind])
    open_file = import_module(_ANNOTATORS[kind]).open_file
    made: Annotator = open_file(data, name, *([date] if kind in _DATED else []))
    return made


def kind_of(data: bytes, name: str) -> str:
    """Which kind of file it is: ``docx``, ``pdf``, ``workbook``, ``legacy`` or another.

    Raises:
        UnreadableDocument: It is damaged, or no file that is known.
    """
    kind = container(data)
    return "records" if kind == "text" and is_records(data, name) else kind


def refusal(kind: str) -> str:
    """Why files of a kind get no notes and what to do instead, "" when they do.

    Old text files get them in the Word file that is made of them.
    """
    return "" if kind == "legacy" else _INSTEAD.get(kind, "")
