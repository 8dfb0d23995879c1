"""LibreOffice on this computer（LibreOffice）: found, run apart with a deadline, never trusted.

It is a program of its own and no part of gouji. Every run has a fresh private folder with its
own settings: no macros, no links followed, no traces in the user's own LibreOffice.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from validator.errors import UnreadableDocument

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    Key = TypeVar("Key")
    Result = bytes | UnreadableDocument
    Files = Mapping[Key, tuple[bytes, str]]

VARIABLE = "GOUJI_SOFFICE"
"""Environment variable that names the program, instead of searching for it."""
DEADLINE = 120.0
"""Seconds that one run may take, besides those for each file."""
DEADLINE_EACH = 10.0
"""Seconds more for each file."""
_FUTILE = 3
"""After so many files in a row that never end, the program itself is out of order."""
_LARGEST = 200 * 1024 * 1024
_COMMANDS = ("soffice", "libreoffice")
_PLACES = (
    "/usr/bin/soffice",
    "/usr/local/bin/soffice",
    "/usr/lib/libreoffice/program/soffice",
    "/opt/libreoffice*/program/soffice",
    "/snap/bin/libreoffice",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "C:/Program Files/LibreOffice*/program/soffice.com",
    "C:/Program Files (x86)/LibreOffice*/program/soffice.com",
)
_SAVE_AS = "用 Word 或 WPS 打开后另存为 .docx 再检查"
_ITEM = (
    '<item oor:path="/org.openoffice.Office.{path}">'
    '<prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
)
_SETTINGS = (
    ("Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Common/Misc", "FirstRun", "false"),
    ("Writer/Content/Update", "Link", "2"),
    ("Writer/Content/Update", "Field", "false"),
    ("Calc/Content/Update", "Link", "2"),
    ("Recovery/RecoveryInfo", "Enabled", "false"),
)
"""What LibreOffice must not do: run macros, fetch what a file links to, mend after a crash."""


def find() -> str | None:
    """The program, or None when this computer has none."""
    named = os.environ.get(VARIABLE)
    if named:
        found = shutil.which(named)
        return str(Path(found).absolute()) if found else None
    for command in _COMMANDS:
        found = shutil.which(command)
        # A program in the folder of the reports is not one that the user installed.
        if found and Path(found).is_absolute():
            return found
    return next((str(one) for one in _usual() if os.access(one, os.X_OK)), None)


def _usual() -> Iterator[Path]:
    """Files in the usual places of this system, the newest version first."""
    for place in map(Path, _PLACES):
        if place.is_absolute():
            root, rest = Path(place.anchor), place.relative_to(place.anchor)
            found = sorted(root.glob(rest.as_posix()), reverse=True)
            yield from (one for one in found if one.is_file())


def convert(files: Files[Key]) -> dict[Key, Result]:
    """Text files of any format that LibreOffice reads → Word files.

    One process takes them all. What it does not give, because a file makes it fail or hang,
    is tried again one by one, so a bad file costs only itself.

    Args:
        files: By any key, the bytes and the suffix of their format without its dot.

    Returns:
        By the same key, the bytes of a .docx file or why there is none.
    """
    if not files:
        return {}
    program = find()
    if program is None:
        return dict.fromkeys(files, _missing())
    try:
        private = tempfile.TemporaryDirectory(prefix="gouji-", ignore_cleanup_errors=True)
    except OSError:
        what = "要靠 LibreOffice 读这种旧格式，没有可写的临时文件夹"
        refused = UnreadableDocument(
            what, f"请用环境变量 TMPDIR 指一个可写的文件夹，或{_SAVE_AS}"
        )
        return dict.fromkeys(files, refused)
    with private as folder:
        office = _Office(program, Path(folder))
        results: dict[Key, Result] = dict(office.converted(files))
        late = 0 if len(files) > 1 else _FUTILE
        for key, one in files.items():
            if key in results:
                continue
            if late < _FUTILE:
                results |= office.converted({key: one})
                late = late + 1 if office.late else 0
            if key not in results:
                results[key] = office.refusal()
    return {key: results[key] for key in files}


def _missing() -> UnreadableDocument:
    if os.environ.get(VARIABLE):
        what = f"环境变量 {VARIABLE} 指的 LibreOffice 不存在"
        return UnreadableDocument(what, f"请改正或去掉它，或{_SAVE_AS}")
    linux = "请安装（apt install libreoffice-writer）"
    install = linux if sys.platform == "linux" else "请从 libreoffice.org 下载安装"
    what = "要靠 LibreOffice 读这种旧格式，这台电脑没有装"
    return UnreadableDocument(what, f"{install}，或{_SAVE_AS}")


class _Office:
    """Runs of the program, each in a folder of its own.

    Attributes:
        late: Whether the last run had to be stopped.
    """

    def __init__(self, program: str, folder: Path) -> None:
        self.program = program
        self.folder = folder
        self.late = False
        self.startless = False

    def converted(self, files: Files[Key]) -> Iterator[tuple[Key, bytes]]:
        """Run it once → the files that came out whole."""
        place = Path(tempfile.mkdtemp(dir=self.folder))
        inputs = {}
        for number, (key, (data, suffix)) in enumerate(files.items()):
            inputs[key] = place / f"{number}.{suffix}"
            inputs[key].write_bytes(data)
        self._run(place, [str(path) for path in inputs.values()])
        for key, path in inputs.items():
            result = place / "out" / f"{path.stem}.docx"
            # A run that was stopped may leave half a file behind.
            whole = result.is_file() and zipfile.is_zipfile(result)
            if whole and result.stat().st_size <= _LARGEST:
                yield key, result.read_bytes()
        shutil.rmtree(place, ignore_errors=True)

    def refusal(self) -> UnreadableDocument:
        """Why the last run gave nothing."""
        if self.startless:
            return UnreadableDocument("LibreOffice 启动不了", f"请检查它的安装，或{_SAVE_AS}")
        if self.late:
            return UnreadableDocument("LibreOffice 转换这个文件超时", f"请{_SAVE_AS}")
        return UnreadableDocument(
            "LibreOffice 没能转换这个文件", f"文件可能已损坏，请重新下载，或{_SAVE_AS}"
        )

    def _run(self, place: Path, inputs: list[str]) -> None:
        settings = place / "profile" / "user" / "registrymodifications.xcu"
        settings.parent.mkdir(parents=True)
        settings.write_text(_settings(), encoding="utf-8")
        command = [
            self.program, f"-env:UserInstallation={(place / 'profile').as_uri()}",
            "--headless", "--norestore", "--nolockcheck", "--nodefault", "--nologo",
            "--convert-to", "docx:MS Word 2007 XML", "--outdir", str(place / "out"), *inputs,
        ]  # fmt: skip
        self.late = False
        try:
            process = subprocess.Popen(  # noqa: S603 - no shell, and no name given by a user
                command, cwd=place, env=_environment(), start_new_session=True,
                stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            )  # fmt: skip
        except OSError:
            self.startless = True
            return
        try:
            process.wait(DEADLINE + DEADLINE_EACH * len(inputs))
        except subprocess.TimeoutExpired:
            self.late = True
        finally:
            if process.returncode is None:
                _stop(process)


def _settings() -> str:
    items = "".join(
        _ITEM.format(path=path, name=name, value=value) for path, name, value in _SETTINGS
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        f'<oor:items xmlns:oor="http://openoffice.org/2001/registry">{items}</oor:items>'
    )


def _environment() -> dict[str, str]:
    """The user's, without a screen, and with a path: on Linux it starts by a shell script."""
    kept = {key: value for key, value in os.environ.items() if key != "DISPLAY"}
    return kept | {"PATH": os.environ.get("PATH") or os.defpath, "SAL_USE_VCLPLUGIN": "svp"}


def _stop(process: subprocess.Popen[bytes]) -> None:
    """End the program and all that it started."""
    if sys.platform == "win32":
        subprocess.run(  # noqa: S603 - our own child, by number
            ["taskkill", "/F", "/T", "/PID", str(process.pid)],  # noqa: S607 - part of Windows
            capture_output=True, check=False,
        )  # fmt: skip
    else:
        # It may have ended by itself in the meantime.
        with contextlib.suppress(OSError):
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()
