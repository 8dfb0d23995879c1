"""Output files（输出文件）: refused before the work, not after it."""

from __future__ import annotations

import contextlib
import os
import re
from typing import TYPE_CHECKING

from validator.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_CONFIGURATIONS = ("gouji.toml", "pyproject.toml")
_DOCUMENTS = (b"PK\x03\x04", b"%PDF", b"\xd0\xcf\x11\xe0", b"{\\rtf")
_HEAD = 4096
_KINDS = {
    "configuration": "配置文件",
    "document": "一份文档",
    "baseline": "基线文件",
    "waivers": "豁免文件",
    "workpaper": "一份底稿",
    "filled": "有人改过的底稿",
}


def guard(
    output: Path | None, files: Sequence[Path], what: str = "要读的文件", own: str = ""
) -> None:
    """Refuse an output file that cannot be written or would take the place of another thing.

    That is an input, a document, a configuration, a baseline or a file of waivers.

    Args:
        output: Where to write, None for the screen.
        files: The inputs.
        what: How to call them.
        own: What the command writes and may write over: "document", "baseline" or "workpaper",
            which is one of ours that nobody wrote in.

    Raises:
        UsageError: It cannot be written, or is one of the inputs.
    """
    if output is None:
        return
    refuse_unnameable(output)
    if output.is_dir() or not output.resolve().parent.is_dir():
        raise UsageError(
            f"-o 的文件“{output}”写不了：没有这个文件夹，或它本身是文件夹；请换一个路径"
        )
    if output.exists() and any(f.exists() and f.samefile(output) for f in files):
        raise UsageError(f"-o 的文件“{output}”就是{what}，会把它覆盖；请换一个文件名")
    kind = _kind(output)
    if kind and kind != own:
        raise UsageError(
            f"-o 的文件“{output}”已经有了，是{_KINDS[kind]}，会把它覆盖；请换一个文件名"
        )


def refuse_unnameable(output: Path) -> None:
    """Refuse a name that the system does not take, before anything is asked about it.

    Raises:
        UsageError: It is too long, or holds what no name may hold.
    """
    try:
        output.lstat()
    except (FileNotFoundError, NotADirectoryError, PermissionError):
        return
    except (OSError, ValueError) as error:
        raise UsageError(f"文件名“{output}”太长，或不能用；请用 -o 换一个短些的") from error


def put(path: Path, data: bytes, what: str, *, force: bool) -> None:
    """Write all of a file or nothing; what is there already is replaced in one go.

    Args:
        path: Where to write.
        data: What to write.
        what: How to call it.
        force: Whether it may replace another file.

    Raises:
        UsageError: It cannot be written.
    """
    place = path.with_name(f".{os.getpid()}.gouji") if force else path
    try:
        with place.open("xb") as file:
            file.write(data)
        if force:
            place.replace(path)
    except FileExistsError as error:
        raise UsageError(f"已有文件“{path}”；请用 -o 换一个路径") from error
    except OSError as error:
        with contextlib.suppress(OSError):
            place.unlink(missing_ok=True)
        raise UsageError(
            f"{what}“{path}”写不了；请用 -o 换一个路径，或看磁盘是否满了"
        ) from error


def _kind(path: Path) -> str:
    """What a file is that no output should take the place of, or ""."""
    if path.name in _CONFIGURATIONS and path.exists():
        return "configuration"
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except OSError:
        return ""
    if head.startswith(_DOCUMENTS):
        return _workbook(path) or "document"
    if b'"gouji.baseline/' in head:
        return "baseline"
    return "waivers" if re.search(rb"^waivers:", head, re.MULTILINE) else ""


def _workbook(path: Path) -> str:
    """What a workbook is to us, "" when it is none of ours."""
    from validator.reporters.workpaper_mark import kind_of  # noqa: PLC0415 - seldom needed

    return kind_of(path).value
