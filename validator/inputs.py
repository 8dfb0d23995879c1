"""Which files a call asks to check（待检查的文件）: those given, and all that folders hold."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from validator.errors import UnreadableDocument
from validator.readers.sniff import REPORT_HEADS
from validator.readers.suffixes import FOREIGN, PICTURES, READABLE, suffix_of
from validator.reporters.workpaper_mark import WORKBOOK, kind_of
from validator.rewriting.own_copies import is_own_copy
from validator.sets import plan, units_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_OF_PAGES = (".files", "_files")
"""Ends of the names of folders in which browsers put the pictures of a saved page."""


@dataclass(frozen=True, slots=True)
class Inputs:
    """Files to check（待检查的文件）.

    Attributes:
        files: In the order given, folders in the order of their names; each once. What is
            missing, what looks like a report and cannot be read, a folder without reports: all
            are kept, their reports say what is wrong.
        skipped: Pictures in folders, what we wrote ourselves (workpapers, annotated and mended
            copies), and links to other folders: nobody looks into them.
    """

    files: tuple[Path, ...]
    skipped: tuple[Path, ...] = ()


def expand(paths: Iterable[Path | str] | Path | str, *, companions: bool = False) -> Inputs:
    """Files and folders → files; folders are searched with all that is in them.

    Args:
        paths: Files and folders, or one of them.
        companions: Whether to take, too, what lies beside a file and belongs to it: the report
            of a workbook, the workbooks of a report.
    """
    files: dict[Path, None] = {}
    skipped: dict[Path, None] = {}
    listed = [paths] if isinstance(paths, str | Path) else paths
    for path in map(Path, listed):
        if not path.is_dir():
            files[path] = None
            continue
        found = _Folder(path)
        files.update(dict.fromkeys(found.files or [path]))
        skipped.update(dict.fromkeys(found.skipped))
    if companions:
        files.update(dict.fromkeys(_companions(files)))
    return Inputs(tuple(files), tuple(skipped))


def refuse_folder(path: Path) -> None:
    """Refuse a folder that cannot be searched, or in which there is nothing to check.

    Raises:
        UnreadableDocument: It is such a folder.
    """
    if not path.is_dir() or expand([path]).files != (path,):
        return
    try:
        os.scandir(path).close()
    except OSError as error:
        what = "这个文件夹没有权限打开，里面没有检查"
        raise UnreadableDocument(what, "请管理员开放权限，或复制到本机后再检查") from error
    what = "文件夹里没有能检查的报告"
    raise UnreadableDocument(what, "请放入 Word、PDF、Excel 或文本文件，或换一个文件夹")


class _Folder:
    """What a folder holds, sorted; hidden files and Word's lock files（``~$…``） are none."""

    def __init__(self, folder: Path) -> None:
        self.files: list[Path] = []
        self.skipped: list[Path] = []
        for place, folders, names in os.walk(folder, onerror=self._closed):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            links = [one for name in folders if (one := Path(place, name)).is_symlink()]
            self.skipped += links
            for path in (Path(place, name) for name in sorted(names) if _is_visible(name)):
                self._take(path)

    def _take(self, path: Path) -> None:
        suffix = suffix_of(path.name)
        if _is_ours(path):
            self.skipped.append(path)
        elif suffix in READABLE | FOREIGN or (not suffix and _begins_like_one(path)):
            self.files.append(path)
        elif suffix in PICTURES and not path.parent.name.endswith(_OF_PAGES):
            self.skipped.append(path)

    def _closed(self, error: OSError) -> None:
        """A folder inside that cannot be opened is a report that says so."""
        self.files.append(Path(error.filename))


def _companions(files: Iterable[Path]) -> Iterator[Path]:
    """What lies in the folder of a file and belongs to it."""
    given = {path.as_posix() for path in files}
    folders = dict.fromkeys(path.parent for path in map(Path, sorted(given)))
    beside = {
        one.as_posix()
        for folder in folders
        if folder.is_dir()
        for one in folder.iterdir()
        if suffix_of(one.name) in READABLE and _is_visible(one.name) and not _is_ours(one)
    }
    for names in plan(sorted(given | beside), units_of):
        if not given.isdisjoint(names):
            yield from (Path(name) for name in names if name not in given)


def _is_ours(path: Path) -> bool:
    """Whether we wrote a file ourselves: it tells nothing that its report does not."""
    return (suffix_of(path.name) == WORKBOOK and bool(kind_of(path))) or is_own_copy(path)


def _is_visible(name: str) -> bool:
    return not name.startswith((".", "~$"))


def _begins_like_one(path: Path) -> bool:
    """Whether a file without a suffix begins like a report; pipes are not opened."""
    try:
        if not path.is_file():
            return False
        with path.open("rb") as file:
            return file.read(8).startswith(REPORT_HEADS)
    except OSError:
        return False
