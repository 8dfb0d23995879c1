"""Bytes of a text → characters（文字编码）: UTF-8, UTF-16 or GB18030, marked or not."""

from __future__ import annotations

import codecs
import re

from validator.errors import UnreadableDocument

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_TRADITIONAL = ("big5", "big5-hkscs", "big5hkscs", "cp950")
_SAMPLE = 65536
_JUDGED = 16384
# What reports are written in: CJK, Latin, punctuation, full-width forms, signs and boxes.
_USUAL = re.compile(
    r"[\t\n\r\f\v -~\u00a0-\u00ff\u2000-\u2fff\u3000-\u33ff\u4e00-\u9fff\uff00-\uffef]"
)
_CONTROL = re.compile(r"[\x00-\x06\x0e-\x1b]")
_REPLACED = "\ufffd"
_MOST_BROKEN = 0.01
_LEAST_USUAL = 0.85


def decode(data: bytes, declared: str = "") -> tuple[str, list[str]]:
    """Characters of a text file → (text without byte order mark, what could not be read).

    Args:
        data: The whole file.
        declared: Encoding that a web page says it is in; many say a wrong one, so it only
            decides where the bytes do not.

    Raises:
        UnreadableDocument: The bytes are no text, or none of it can be seen.
    """
    text = _decoded(data, declared)
    sample = text[:_JUDGED]
    if sample:
        usual = len(_USUAL.findall(sample)) + sample.count(_REPLACED)
        too_strange = usual < _LEAST_USUAL * len(sample)
        if too_strange or len(_CONTROL.findall(sample)) > _MOST_BROKEN * len(sample):
            raise _not_text()
    broken = text.count(_REPLACED)
    if broken > _MOST_BROKEN * len(text):
        raise _not_text()
    return text, [f"有 {broken} 个字符编码损坏，没有读出"] if broken else []


def encoding_of(data: bytes, declared: str = "") -> tuple[bytes, str]:
    """Byte order mark of a text file, b"" for none, and the encoding of what follows it."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return mark, name
    head = data[:_SAMPLE]
    if b"\x00" in head:
        # No other encoding of text has zero bytes: digits and line ends make them in UTF-16.
        names = ("utf-16-le", "utf-16-be")
        return b"", max(
            names, key=lambda name: len(_USUAL.findall(head.decode(name, errors="replace")))
        )
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        return b"", "utf-8"
    # Whatever else a page declares, one-byte encodings would turn Chinese into nonsense.
    own = [declared.lower()] if declared.lower() in _TRADITIONAL else []
    tries = (*own, "gb18030", "utf-8")
    return b"", min(
        tries, key=lambda name: data.decode(name, errors="replace").count(_REPLACED)
    )


def _decoded(data: bytes, declared: str) -> str:
    mark, name = encoding_of(data, declared)
    return data[len(mark) :].decode(name, errors="replace")


def _not_text() -> UnreadableDocument:
    what = "内容不是文本，也不是认识的文件格式"
    return UnreadableDocument(what, "请确认选对了文件，或另存为 .docx 或 .txt 再检查")
