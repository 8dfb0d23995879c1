"""The thread that works on what waits（检查队列）: one check at a time, in child processes."""

from __future__ import annotations

import contextlib
import queue
import threading
from typing import TYPE_CHECKING, Any

from validator.desk.child import ChildError, ChildStopped
from validator.desk.names import relative, shown
from validator.desk.records import FileResult, FindingRow, State
from validator.desk.workplace import Workplace
from validator.errors import GoujiError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from validator.desk.folder import Folder
    from validator.desk.records import CheckInfo, Limits
    from validator.desk.store import Key, Store

CHECKING = "validator.desk.checking:check_files"
"""What a child does for a check."""
COMPARING = "validator.desk.changes:compare_checks"
"""What a child does for a check that follows another."""
_HOUR = 3600
_ROW = ("fingerprint", "rule", "title", "severity", "place", "quote", "message", "suggestion")
_OUR_FAULT = "程序自己出错，这份没有检查；请把文件交给开发者"


class Worker:
    """Carries out checks one after the other."""

    def __init__(
        self, store: Store, folder: Folder, limits: Limits, config: str | None = None
    ) -> None:
        """Prepare; nothing runs yet.

        Args:
            store: Where results go.
            folder: Where files are.
            limits: Of each child process.
            config: Path of a configuration file, or None.
        """
        self._store, self._folder, self._config = store, folder, config
        self._waiting: queue.Queue[str | None] = queue.Queue()
        self._thread: threading.Thread | None = None
        self._workplace = Workplace(limits, folder.work)

    def start(self, between: Callable[[], object]) -> None:
        """Begin.

        Args:
            between: Called before each check, and every hour where there is none.
        """
        self._thread = threading.Thread(
            target=self._work, args=(between,), name="gouji-worker", daemon=True
        )
        self._thread.start()

    def put(self, check_id: str) -> None:
        """Let a check wait for its turn."""
        self._waiting.put(check_id)

    def drop(self, check_id: str) -> None:
        """End the work on a check that is gone."""
        self._workplace.drop(check_id)

    def close(self) -> None:
        """End the work under way; it is done again when the folder is next opened."""
        self._workplace.close()
        self._waiting.put(None)
        if self._thread is not None:
            self._thread.join()

    def uploads(self, check_id: str) -> list[tuple[str, str]]:
        """Path and name of each file of a check as it came in."""
        names = self._store.uploads(check_id)
        return [(str(self._folder.upload(check_id, at)), one) for at, one in enumerate(names)]

    def _work(self, between: Callable[[], object]) -> None:
        while not self._workplace.closing:
            check_id: str | None = ""
            with contextlib.suppress(queue.Empty):
                check_id = self._waiting.get(timeout=_HOUR)
            if check_id is None:
                return
            # Tidying up that fails is tried again; what waits goes on all the same.
            with contextlib.suppress(Exception):
                between()
            if check_id:
                self._carry_out(check_id)

    def _carry_out(self, check_id: str) -> None:
        """Do a check; whatever happens, the next one has its turn."""
        try:
            self._check(check_id)
        except (ChildStopped, KeyError):
            # It is done again later, or gone.
            return
        except Exception as error:
            line = str(error) if isinstance(error, GoujiError) else _OUR_FAULT
            # What goes wrong here is a full disk, most of all: this may go wrong too, and
            # must not end the thread that the other checks wait for.
            with contextlib.suppress(Exception):
                self._fail(check_id, _open(self._store.check(check_id)), line)
                self._store.set_state(check_id, State.FAILED)

    def _check(self, check_id: str) -> None:
        follows = self._store.check(check_id).follows
        self._store.set_state(check_id, State.RUNNING)
        progress = _Progress(self._store, check_id)
        left = {0}
        while left:
            done = _done(self._store.check(check_id))
            given = {
                "uploads": self.uploads(check_id),
                "folder": str(self._folder.check(check_id)),
                "done": sorted(done),
                "config": self._config,
            }
            failed = ""
            try:
                self._workplace.run(check_id, CHECKING, given, progress.take)
            except ChildStopped:
                raise
            except ChildError as error:
                failed = str(error)
            left = _open(self._store.check(check_id))
            if left:
                # It was the set under way; where none was, nobody knows which file it is.
                self._fail(check_id, (left & progress.begun) or left, failed or _OUR_FAULT)
                left = _open(self._store.check(check_id))
        if follows:
            self._compare(check_id, follows)
        states = {one.state for one in self._store.check(check_id).files}
        self._store.set_state(check_id, State.DONE if State.DONE in states else State.FAILED)

    def _compare(self, check_id: str, follows: str) -> None:
        try:
            before = self._store.check(follows)
        except KeyError:
            return
        if before.state is not State.DONE:
            return
        given = {
            "old": self.uploads(follows),
            "new": self.uploads(check_id),
            "config": self._config,
        }
        try:
            told = self._workplace.run(check_id, COMPARING, given)
            keys = {
                name: {(int(at), str(one)) for at, one in told[name]}
                for name in ("fixed", "left", "new", "missing")
            }
            apart = str(told["apart"])
        except ChildStopped:
            raise
        except (ChildError, KeyError, TypeError, ValueError):
            keys = _by_fingerprint(
                self._store.findings(follows), self._store.findings(check_id)
            )
            apart = ""
        self._store.put_change(check_id, follows, keys, apart)

    def _fail(self, check_id: str, numbers: set[int], line: str) -> None:
        for number in sorted(numbers):
            self._store.put(check_id, FileResult(number, "", State.FAILED, error=line), ())


class _Progress:
    """Takes what a child tells; it is trusted with nothing but plain values."""

    def __init__(self, store: Store, check_id: str) -> None:
        self._store, self._id = store, check_id
        self._named = False
        self.begun: set[int] = set()

    def take(self, told: Any) -> None:
        """Take one message.

        Raises:
            ChildError: It is none that is known.
        """
        try:
            self._take(told or {})
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise ChildError(_OUR_FAULT) from error

    def _take(self, told: Mapping[str, Any]) -> None:
        if "files" in told and not self._named:
            # Told again by the next child, after one that failed.
            self._named = True
            names = [relative(str(one)) for one in told["files"]]
            self._store.set_files(self._id, shown(names))
        elif "begun" in told:
            self.begun = {int(one) for one in told["begun"]}
            self._store.set_state(self._id, State.RUNNING, self.begun)
        elif "file" in told:
            number = int(told["file"])
            rows = [
                FindingRow(number, *(str(one[name]) for name in _ROW))
                for one in told["findings"]
            ]
            self._store.put(self._id, _result(number, told), rows)


def _result(number: int, told: Mapping[str, Any]) -> FileResult:
    return FileResult(
        number,
        "",
        State(told["state"]),
        str(told["verdict"]),
        str(told["error"]),
        {str(name): int(count) for name, count in told["counts"].items()},
        str(told["coverage"]),
        int(told["numbers"]),
        int(told["checked"]),
    )


def _done(check: CheckInfo) -> set[int]:
    return {one.number for one in check.files if one.state in (State.DONE, State.FAILED)}


def _open(check: CheckInfo) -> set[int]:
    return {one.number for one in check.files} - _done(check)


def _by_fingerprint(
    old: Sequence[FindingRow], new: Sequence[FindingRow]
) -> dict[str, set[Key]]:
    """What became of findings where files cannot be compared: nothing counts as fixed."""
    known = {one.fingerprint for one in old}
    told: dict[str, set[Key]] = {"left": set(), "new": set()}
    for one in new:
        name = "left" if one.fingerprint in known else "new"
        told[name].add((one.file, one.fingerprint))
    return told
