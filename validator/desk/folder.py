"""The data folder（数据文件夹）: private, held by one gouji at a time, generated names only."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import sys
from pathlib import Path
from typing import IO, TYPE_CHECKING

from validator.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

DATABASE = "gouji.sqlite3"
VIEW = "view.html"
"""The part of a page that was made of a file, in the folder of that file."""
_LOCK = "gouji.lock"
_CHECKS = "checks"
_WORK = "work"
_OURS = {DATABASE, _LOCK}
"""One of these stands in every folder that gouji has used."""
_PRIVATE = 0o700
FULL = "磁盘满了，没有存下；请腾出空间再试"
_NO_ROOM = {errno.ENOSPC, errno.EDQUOT} if hasattr(errno, "EDQUOT") else {errno.ENOSPC}


def default_folder() -> Path:
    """Where this system keeps data of a user's programs."""
    home = Path.home()
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local") / "gouji"
    if sys.platform == "darwin":
        return home / "Library" / "Application Support" / "gouji"
    named = os.environ.get("XDG_DATA_HOME", "")
    # A relative one counts as none, says the standard.
    return (Path(named) if Path(named).is_absolute() else home / ".local" / "share") / "gouji"


def disk_full(error: OSError) -> bool:
    """Whether nothing more can be written."""
    return error.errno in _NO_ROOM


def private(folder: Path) -> Path:
    """A folder that nobody else can look into, made where it is missing; its parent is there.

    Raises:
        OSError: It cannot be made.
    """
    folder.mkdir(mode=_PRIVATE, exist_ok=True)
    return folder


class Folder:
    """The data folder, held until it is closed.

    ``checks/<id>/uploads/<number>`` are files as they came in, ``checks/<id>/<number>/`` holds
    what was made of one file, ``checks/<id>/all/`` of all; ``work/`` what children need.
    """

    def __init__(self, path: Path) -> None:
        """Open or make it, and hold it.

        Raises:
            UsageError: It cannot be used, or another gouji holds it.
        """
        self.path = path.absolute()
        try:
            self._prepare()
            self._lock = self._held()
        except OSError as error:
            what = "没有权限写" if isinstance(error, PermissionError) else "用不了"
            raise UsageError(
                f"数据文件夹“{path}”{what}；请换一个文件夹，或检查权限和磁盘"
            ) from error
        shutil.rmtree(self.path / _WORK, ignore_errors=True)

    @property
    def database(self) -> Path:
        """The SQLite file."""
        return self.path / DATABASE

    @property
    def work(self) -> Path:
        """Where children put what they need while they work."""
        return private(self.path / _WORK)

    def close(self) -> None:
        """Let go of it; the lock file stays, it says nothing by itself."""
        self._lock.close()

    def keep(self, check_id: str, files: Sequence[bytes]) -> None:
        """Write the files of a check.

        Raises:
            OSError: They cannot be written; nothing of them is left.
        """
        try:
            private(self.check(check_id))
            place = private(self.check(check_id) / "uploads")
            for number, data in enumerate(files):
                (place / str(number)).write_bytes(data)
        except OSError:
            self.drop(check_id)
            raise

    def check(self, check_id: str) -> Path:
        """Where all of a check stands."""
        return self.path / _CHECKS / check_id

    def upload(self, check_id: str, number: int) -> Path:
        """A file as it came in."""
        return self.check(check_id) / "uploads" / str(number)

    def made(self, check_id: str, number: int | None) -> Path:
        """Where that stands which was made of a file, or of all files of a check."""
        return self.check(check_id) / ("all" if number is None else str(number))

    def drop(self, check_id: str) -> bool:
        """Take all files of a check off the disk → whether they are gone.

        On Windows a file that another program holds stays; ``sweep`` finds it next time.
        """
        shutil.rmtree(self.check(check_id), ignore_errors=True)
        return not self.check(check_id).exists()

    def sweep(self, known: set[str]) -> None:
        """Take off the disk what belongs to no check: somebody pulled the plug in between."""
        with contextlib.suppress(OSError):
            for one in (self.path / _CHECKS).iterdir():
                if one.name not in known:
                    self.drop(one.name)

    def _prepare(self) -> None:
        if self.path.exists() and not self.path.is_dir():
            raise UsageError(f"数据文件夹“{self.path}”是文件；请给一个文件夹")
        self.path.mkdir(mode=_PRIVATE, parents=True, exist_ok=True)
        names = {one.name for one in self.path.iterdir()}
        if names and not names & _OURS:
            # It becomes private and is cleaned up: nobody wants that of a folder in use.
            raise UsageError(
                f"数据文件夹“{self.path}”里有别的文件；请给一个空文件夹或还没有的文件夹"
            )
        self.path.chmod(_PRIVATE)
        private(self.path / _CHECKS)

    def _held(self) -> IO[bytes]:
        """The lock file, locked: the system lets go of it when the process ends.

        Raises:
            UsageError: Another process has locked it.
        """
        file = (self.path / _LOCK).open("a+b")
        try:
            _lock(file)
        except OSError as error:
            file.close()
            raise UsageError(
                f"另一个 gouji 正在用数据文件夹“{self.path}”；请用已经打开的页面，或先关掉它"
            ) from error
        return file


def _lock(file: IO[bytes]) -> None:
    if sys.platform == "win32":
        import msvcrt  # noqa: PLC0415 - only there

        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
    else:
        import fcntl  # noqa: PLC0415 - not on Windows

        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
