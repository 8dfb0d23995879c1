"""Which workbooks are workpapers of ours（底稿的标记）, and which of them somebody wrote in."""

from __future__ import annotations

import re
import zipfile
import zlib
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import IO

WORKBOOK = ".xlsx"
"""The suffix of a workpaper."""
MARK = "gouji.workpaper"
"""Name of the property that a workpaper carries."""
VERSION = "1"
SEAL = f"{MARK}/{VERSION}".encode()
"""Comment of its zip: properties are kept by a program that saves it, this is not."""
WRITTEN = datetime(2000, 1, 1, tzinfo=UTC)
"""When every workpaper says it was written: the same report gives the same bytes."""
_LONGEST = 64 * 1024
_MARK = re.compile(rb'name="' + re.escape(MARK.encode()) + rb'"')


class WorkbookKind(StrEnum):
    """What a workbook is to us."""

    FOREIGN = ""
    """None of ours."""
    UNTOUCHED = "workpaper"
    """A workpaper as it was written."""
    FILLED = "filled"
    """A workpaper that a program for tables saved since: somebody may have written in it."""


def kind_of(source: Path | IO[bytes]) -> WorkbookKind:
    """What a workbook is to us; what is no workbook is foreign, and pipes are not opened."""
    try:
        if isinstance(source, Path) and not source.is_file():
            return WorkbookKind.FOREIGN
        with zipfile.ZipFile(source) as book:
            if not _MARK.search(_part(book, "docProps/custom.xml")):
                return WorkbookKind.FOREIGN
            untouched = book.comment == SEAL
    except (
        OSError,
        zipfile.BadZipFile,
        zlib.error,
        KeyError,
        NotImplementedError,
        RuntimeError,
    ):
        return WorkbookKind.FOREIGN
    return WorkbookKind.UNTOUCHED if untouched else WorkbookKind.FILLED


def _part(book: zipfile.ZipFile, name: str) -> bytes:
    with book.open(name) as part:
        return part.read(_LONGEST)
