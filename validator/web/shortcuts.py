"""Files to double-click（快捷方式）: a Windows batch file and a Linux desktop entry.

Both start ``gouji serve --open`` with the files that are dropped on them. Python is started
with ``-P``, so that nothing in the folder of a dropped file is taken for a part of gouji.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from validator.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_MARK = "gouji 勾稽"
"""Stands in every file of ours, so that nobody else's is written over."""
_BATCH = """\
@echo off
chcp 65001 >nul
title gouji 勾稽（关掉这个窗口就停止）
"{python}" -P -m validator serve --open %*
if errorlevel 1 pause
"""
_ENTRY = """\
[Desktop Entry]
Type=Application
Version=1.0
Name=gouji 勾稽
Comment=查公开的部门预决算报告里的数字；双击打开，也可以把报告和附表拖到图标上
Exec={python} -P -m validator serve --open %F
Icon=x-office-spreadsheet
Terminal=true
Categories=Office;Finance;
MimeType={types}
"""
_TYPES = (
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/msword",
    "application/vnd.ms-excel",
    "application/wps-office.wps",
    "application/wps-office.et",
    "application/pdf",
)
_RESERVED = re.compile(r'(["`$\\])')


@dataclass(frozen=True, slots=True)
class Shortcut:
    """A file to double-click（快捷方式）.

    Attributes:
        name: What it is called.
        data: Its content.
        folders: Where it belongs on this machine, the best first.
    """

    name: str
    data: bytes
    folders: tuple[Path, ...]


def batch_file(python: str) -> bytes:
    """The Windows batch file.

    It says at its top that it is UTF-8, so that the path of Python may be Chinese.

    Args:
        python: Path of the interpreter that gouji is installed for.
    """
    text = _BATCH.format(python=python.replace("%", "%%"))
    return text.replace("\n", "\r\n").encode()


def desktop_entry(python: str) -> bytes:
    r"""The desktop entry, as the Desktop Entry Specification 1.5 has it.

    An argument of ``Exec`` is quoted, with a backslash before what is special within quotes;
    as in every string of such a file each backslash is written twice, and ``%`` too, which
    else begins a field code.

    Args:
        python: Path of the interpreter that gouji is installed for.

    >>> b'Exec="/opt/a b/python" -P' in desktop_entry("/opt/a b/python")
    True
    """
    quoted = '"' + _RESERVED.sub(r"\\\1", python) + '"'
    escaped = quoted.replace("\\", "\\\\").replace("%", "%%")
    return _ENTRY.format(python=escaped, types="".join(f"{one};" for one in _TYPES)).encode()


def shortcut(system: str, python: str = sys.executable) -> Shortcut:
    """What to double-click on a system.

    Args:
        system: ``windows`` or ``linux``.
        python: Path of the interpreter that gouji is installed for.
    """
    if system == "windows":
        return Shortcut("勾稽.bat", batch_file(python), (_windows_desktop(),))
    data = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    folders = [data / "applications"]
    desktop = _linux_desktop()
    if desktop is not None:
        folders.append(desktop)
    return Shortcut("gouji.desktop", desktop_entry(python), tuple(folders))


def this_system() -> str:
    """``windows`` or ``linux``.

    Raises:
        UsageError: It is another one.
    """
    if sys.platform == "win32":
        return "windows"
    if sys.platform == "darwin":
        raise UsageError("macOS 上还没有快捷方式；请在终端运行 gouji serve --open")
    return "linux"


def install(made: Shortcut, folders: Sequence[Path]) -> list[Path]:
    """Write a shortcut into folders → the files.

    Args:
        made: From ``shortcut``.
        folders: Where to.

    Raises:
        UsageError: A file of that name is somebody else's, or cannot be written.
    """
    files = [folder / made.name for folder in folders]
    for file in files:
        if file.exists() and not _is_ours(file):
            raise UsageError(
                f"“{file}”已经有了，不是 gouji 写的；请先移走它，或用 --to 换个地方"
            )
    for file in files:
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(made.data)
            file.chmod(0o755)
        except OSError as error:
            raise UsageError(f"“{file}”写不了；请用 --to 换个文件夹") from error
    return files


def _is_ours(file: Path) -> bool:
    try:
        return _MARK.encode() in file.read_bytes()
    except OSError:
        return False


def _linux_desktop() -> Path | None:
    """The desktop folder, whatever it is called; None where there is none."""
    try:
        told = subprocess.run(
            ["xdg-user-dir", "DESKTOP"],  # noqa: S607 - found as the user's shell finds it
            capture_output=True, text=True, timeout=5, check=False,
        ).stdout.strip()  # fmt: skip
    except (OSError, subprocess.SubprocessError):
        told = ""
    named = [Path(told)] if told and Path(told) != Path.home() else []
    found = [*named, Path.home() / "Desktop", Path.home() / "桌面"]
    return next((folder for folder in found if folder.is_dir()), None)


def _windows_desktop() -> Path:
    """The desktop folder, also where it was moved to a network or cloud drive."""
    usual = Path.home() / "Desktop"
    if sys.platform != "win32":
        return usual
    import winreg  # noqa: PLC0415 - Windows only

    where = r"Software\Microsoft\Windows\CurrentVersion\Explorer\User Shell Folders"
    expand: Callable[[str], str] = os.path.expandvars
    try:
        with winreg.OpenKey(winreg.HKEY_CURRENT_USER, where) as key:
            return Path(expand(str(winreg.QueryValueEx(key, "Desktop")[0])))
    except OSError:
        return usual
