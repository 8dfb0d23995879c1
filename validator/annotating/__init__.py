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
_INSTEAD = {
    "text": "文本文件里放不下批注；请用 gouji check 文件 --format html:结果.html 看",
    "html": "网页里放不下批注；请用 gouji check 文件 --format html:结果.html 看",
    "records": "记录文件里放不下批注；请用 gouji check 文件 --format html:结果.html 看",
    "zip": "压缩包不能批注；请先解压，再一份一份地批注",
}
"""Container that cannot hold notes → what to say and what to do instead."""


def annotator(data: bytes, name: str) -> Annotator:
    """What writes notes into copies of a file, chosen by its content.

    Args:
        data: The whole file.
        name: What it is called.

    Raises:
        UnreadableDocument: It is damaged, or no file that is known.
        UsageError: Files of this kind cannot hold notes; the message says what to do.
    """
    kind = container(data)
    if kind == "text" and is_records(data, name):
        kind = "records"
    if kind not in _ANNOTATORS:
        raise UsageError(_INSTEAD[kind])
    made: Annotator = import_module(_ANNOTATORS[kind]).open_file(data, name)
    return made
