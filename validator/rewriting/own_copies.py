"""Copies of reports that gouji wrote（批注稿、修改稿）: named, and known again."""

from __future__ import annotations

import filecmp
import os
import re
import zipfile
import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

AUTHOR = "gouji"
"""Who made the comments and tracked changes of a copy."""
ANNOTATED = "批注"
MENDED = "修改稿"
_NAME = re.compile(
    rf"(.+)\.({ANNOTATED}|{MENDED})(\.(?:do[ct][xm]|xl[st][xm]|pdf|txt|text|md|markdown))",
    re.IGNORECASE,
)
_TEXT = frozenset({".txt", ".text", ".md", ".markdown"})
_WRITTEN = re.compile(
    rb"author=[\"']" + AUTHOR.encode() + rb"[\"']|<(?:\w+:)?author>" + AUTHOR.encode() + rb"</"
)
_IN_PDF = b"/T(" + AUTHOR.encode() + b")"
_SIGNED = ("comment", "document")
"""How the names of parts begin in which comments and tracked changes stand."""
AGAIN = "里面已有 gouji 的批注，再写会重复；请批注原来的文件"
"""Why a workbook or PDF that we annotated gets no more comments."""
_MOST_BYTES = 255
"""Of a file's name, on most systems; a Chinese character is three."""
_LONGEST = 64 * 1024 * 1024


def name_of(path: Path, what: str, suffix: str) -> str:
    """What the copy of a file is called, such as ``报告.批注.docx``; long names are cut.

    Args:
        path: The file.
        what: ``ANNOTATED`` or ``MENDED``.
        suffix: Of the copy, with the dot.
    """
    stem, end = path.stem, f".{what}{suffix}"
    if len(os.fsencode(stem + end)) > _MOST_BYTES:
        while len(os.fsencode(f"{stem}…{end}")) > _MOST_BYTES:
            stem = stem[:-1]
        stem += "…"
    return stem + end


def is_called_like_one(path: Path) -> bool:
    """Whether a file bears the name of a copy."""
    return _NAME.fullmatch(path.name) is not None


def is_own_copy(path: Path) -> bool:
    """Whether a file is a copy of ours: by its name, and by what we wrote in it.

    A copy that needed no comment is the original once more, and text shows no author: these
    are known by the original beside them. What somebody renamed, or took all comments and
    tracked changes out of, is a report of its own.
    """
    named = _NAME.fullmatch(path.name)
    if named is None:
        return False
    original = path.with_name(named[1] + named[3])
    try:
        # Pipes are not opened.
        if not path.is_file():
            return False
        if original.is_file() and (
            named[3].lower() in _TEXT or filecmp.cmp(path, original, shallow=False)
        ):
            return True
        return _is_signed(path)
    except (OSError, zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError):
        return False


def is_signed_pdf(data: bytes) -> bool:
    """Whether a PDF holds comments as we wrote them, not saved by another program since."""
    return _IN_PDF in data


def _is_signed(path: Path) -> bool:
    if path.suffix.lower() == ".pdf":
        return is_signed_pdf(path.read_bytes())
    with zipfile.ZipFile(path) as package:
        for name in package.namelist():
            if name.rpartition("/")[2].startswith(_SIGNED) and name.endswith(".xml"):
                with package.open(name) as part:
                    if _WRITTEN.search(part.read(_LONGEST)):
                        return True
    return False
