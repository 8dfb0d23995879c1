"""Downloads（下载）: made when asked for, kept while nothing they show changes."""

from __future__ import annotations

import contextlib
import hashlib
import json
import threading
from typing import TYPE_CHECKING

from validator.desk.child import ChildError, ChildStopped
from validator.desk.folder import FULL, disk_full, private
from validator.desk.names import of_copy
from validator.desk.records import KINDS, Choice, State
from validator.desk.workplace import Workplace
from validator.errors import UsageError
from validator.version import __version__

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from validator.desk.folder import Folder
    from validator.desk.records import CheckInfo, Decision, FileResult, Kind, Limits

_WORDS: Mapping[Kind, str] = {"annotated": "批注", "workpaper": "底稿", "html": "检查结果"}
"""What stands in the name of a download."""
_SHOWN: Mapping[Kind, frozenset[Choice]] = {
    "annotated": frozenset({Choice.FALSE_ALARM}),
    "workpaper": frozenset(Choice),
    "html": frozenset(),
}
"""Which decisions make a difference to a download."""
_MAKING = "validator.desk.artefacts:make"
"""What a child does for a download."""
_PART = ".part"
_CLOSED = "gouji 已经关闭；请再打开后下载"
_GONE = "这次检查已经删去；请刷新页面"


class Downloads:
    """Makes downloads, one at a time."""

    def __init__(self, folder: Folder, limits: Limits, config: str | None = None) -> None:
        """Prepare.

        Args:
            folder: Where files are, and where downloads go.
            limits: Of each child process.
            config: Path of a configuration file, or None.
        """
        self._folder, self._config = folder, config
        self._workplace = Workplace(limits, folder.work)
        self._turn = threading.Lock()

    def make(
        self, check: CheckInfo, number: int | None, kind: Kind,
        uploads: Sequence[tuple[str, str]], decisions: Mapping[str, Decision],
    ) -> tuple[str, Path]:  # fmt: skip
        """A download → its name, and the file.

        Args:
            check: The check.
            number: One file of it; None for all.
            kind: What to make.
            uploads: Path and name of each file as it came in.
            decisions: By fingerprint; the workpaper shows them, false alarms get no comment.

        Raises:
            KeyError: There is no such file.
            UsageError: It cannot be made; the message says why.
        """
        number, called = _wanted(check, number, kind)
        told = _told(decisions, _SHOWN[kind])
        with self._turn:
            path = self._file(check.id, number, kind, uploads, told)
        if number is None and len(check.files) > 1:
            return f"{_WORDS[kind]}{path.suffix}", path
        return of_copy(called, _WORDS[kind], path.suffix), path

    def drop(self, check_id: str) -> None:
        """End the work on a check that is gone."""
        self._workplace.drop(check_id)

    def close(self) -> None:
        """End the work under way; those who wait for their turn get nothing any more."""
        self._workplace.close()
        with self._turn:
            # Whoever was at work has put everything away.
            return

    def _file(
        self, check_id: str, number: int | None, kind: Kind,
        uploads: Sequence[tuple[str, str]], told: Mapping[str, Mapping[str, str]],
    ) -> Path:  # fmt: skip
        shows = json.dumps([__version__, told], sort_keys=True)
        stem = f"{kind}-{hashlib.sha256(shows.encode()).hexdigest()[:16]}"
        try:
            place = private(self._folder.made(check_id, number))
        except OSError as error:
            raise UsageError(FULL if disk_full(error) else _GONE) from error
        kept = [one for one in place.glob(f"{stem}.*") if one.suffix != _PART]
        if kept:
            return kept[0]
        given = {
            "uploads": uploads,
            "number": number,
            "kind": kind,
            "target": str(place / f"{stem}{_PART}"),
            "decisions": told,
            "config": self._config,
        }
        try:
            suffix = str(self._workplace.run(check_id, _MAKING, given))
            (place / f"{stem}{_PART}").replace(place / f"{stem}{suffix}")
        except (ChildStopped, OSError) as error:
            raise UsageError(_CLOSED if self._workplace.closing else _GONE) from error
        except ChildError as error:
            # Taken away under its feet, it cannot tell why it failed.
            raise UsageError(str(error) if place.exists() else _GONE) from error
        finally:
            self._tidy(place, kind, stem)
        return place / f"{stem}{suffix}"

    def _tidy(self, place: Path, kind: Kind, stem: str) -> None:
        """Take away what half came out, and what shows decisions of before."""
        for one in place.glob(f"{kind}-*"):
            if one.stem != stem or one.suffix == _PART:
                # On Windows it may be on its way to somebody; next time it goes.
                with contextlib.suppress(OSError):
                    one.unlink()


def _wanted(check: CheckInfo, number: int | None, kind: Kind) -> tuple[int | None, str]:
    """Which file is meant, and its name.

    Raises:
        KeyError: There is no such file.
        UsageError: Nothing can be made of it.
    """
    if kind not in KINDS:
        raise UsageError("没有这种下载；请刷新页面再选")
    if number is None and len(check.files) == 1:
        number = 0
    if number is None and kind == "annotated":
        raise UsageError("批注是一份一份做的；请选一份文件")
    wanted = check.files if number is None else [_file(check, number)]
    if any(one.state in (State.WAITING, State.RUNNING) for one in wanted):
        raise UsageError("还没有查完；请等一等再下载")
    if number is not None and wanted[0].state is State.FAILED:
        raise UsageError(f"“{wanted[0].name}”没有检查：{wanted[0].error}")
    return number, wanted[0].name


def _file(check: CheckInfo, number: int) -> FileResult:
    for one in check.files:
        if one.number == number:
            return one
    raise KeyError(number)


def _told(
    decisions: Mapping[str, Decision], choices: frozenset[Choice]
) -> dict[str, dict[str, str]]:
    """Decisions as plain data, with the day that it was here."""
    return {
        key: {
            "choice": one.choice.value,
            "note": one.note,
            "day": one.when.astimezone().date().isoformat(),
        }
        for key, one in decisions.items()
        if one.choice in choices
    }
