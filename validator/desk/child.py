"""Work in a process of its own（子进程）: a deadline, a limit of memory, nothing left behind.

What is handed in comes from anywhere, so the server never reads it itself. The child gets plain
data and gives plain data back, one line of JSON for each message: whatever a document does to
the process that reads it, the server only ever reads text. This module is the server's side,
``inside`` the child's.
"""

from __future__ import annotations

import contextlib
import json
import os
import queue
import shutil
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

from validator.desk.processes import end_tree
from validator.errors import GoujiError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from validator.desk.records import Limits

_START = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]); "
    "from validator.desk.inside import main; main()"
)
_LARGEST_MESSAGE = 64 * 1024 * 1024
_KILLED = -9
_LATE = "超过{seconds}秒还没有做完，已经停下；请确认文件没有损坏，或拆小后再试"
_MEMORY = "内存不够，没有做完；请把文件拆小后再试"
_CRASHED = "处理时程序意外中止，没有做完；文件可能已损坏，请重新保存后再试"
_STARTLESS = "起不了处理文件的程序；请关掉一些程序，或检查磁盘是否已满，再试"


class ChildError(GoujiError):
    """Work that came to nothing; the message is one Chinese line for people."""


class ChildRefused(ChildError):  # noqa: N818 - reads as what it says
    """Work that was refused: what was asked for cannot be had, and the message says why."""


class ChildStopped(ChildError):  # noqa: N818 - reads as what it says
    """Work that was stopped from outside."""


def nothing(_: Any) -> None:
    """Take a message and do nothing."""


class Child:
    """A process that does one piece of work."""

    def __init__(self, limits: Limits, folder: Path) -> None:
        """Prepare, without starting anything.

        Args:
            limits: Its deadline, counted anew from each message, and its memory.
            folder: Where it may put what it needs while it works; nothing stays there.
        """
        self._limits = limits
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None
        self._stopped = False
        self._lock = threading.Lock()

    def run(
        self, function: str, given: Mapping[str, Any], told: Callable[[Any], None] = nothing
    ) -> Any:
        """Have a function done → its result, as JSON brings it back.

        Args:
            function: ``package.module:name``; it is called with a function that sends a message
                and with what is given.
            given: Its arguments, by name: plain data.
            told: Takes its messages as they come.

        Raises:
            ChildRefused: The function raised a ``GoujiError``.
            ChildStopped: ``stop`` was called.
            ChildError: It failed, crashed, or went beyond a limit.
        """
        try:
            private = tempfile.mkdtemp(prefix="work-", dir=self._folder)
        except OSError as error:
            raise ChildError(_STARTLESS) from error
        try:
            process = self._started(private)
            try:
                return self._result(process, function, given, told)
            finally:
                self._ended(process)
        finally:
            # On Windows a file may be held for a moment after its process is gone.
            shutil.rmtree(private, ignore_errors=True)

    def stop(self) -> None:
        """End it at once, with all that it started; it may not have begun."""
        with self._lock:
            self._stopped = True
            if self._process is not None and self._process.poll() is None:
                end_tree(self._process)

    def _started(self, private: str) -> subprocess.Popen[bytes]:
        here = json.dumps([str(Path(one).absolute()) for one in sys.path])
        places = dict.fromkeys(("TMPDIR", "TEMP", "TMP"), private)
        with self._lock:
            if self._stopped:
                raise ChildStopped("已经停下")
            try:
                self._process = subprocess.Popen(  # noqa: S603 - our own code, no shell
                    [sys.executable, "-P", "-c", _START, here], cwd=private,
                    env={**os.environ, **places}, start_new_session=True,
                    stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                    creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
                )  # fmt: skip
            except OSError as error:
                raise ChildError(_STARTLESS) from error
            return self._process

    def _result(
        self, process: subprocess.Popen[bytes], function: str, given: Mapping[str, Any],
        told: Callable[[Any], None],
    ) -> Any:  # fmt: skip
        job = {"function": function, "given": dict(given), "memory": self._limits.memory}
        # It may be gone already; that shows when its answer is read. Its input stays open: when
        # the server is gone it closes, and the child ends.
        with contextlib.suppress(OSError):
            assert process.stdin  # noqa: S101 - it was asked for
            process.stdin.write(json.dumps(job).encode() + b"\n")
            process.stdin.flush()
        for message in self._messages(process):
            if "told" in message:
                told(message["told"])
            elif "result" in message:
                return message["result"]
            else:
                raise _failure(message)
        if self._stopped:
            raise ChildStopped("已经停下")
        raise ChildError(_MEMORY if process.wait() == _KILLED else _CRASHED)

    def _messages(self, process: subprocess.Popen[bytes]) -> Iterator[Mapping[str, Any]]:
        """Messages until the child is gone.

        Raises:
            ChildError: None came in time, or something that is no message.
        """
        lines: queue.Queue[bytes] = queue.Queue(8)
        over = threading.Event()
        reader = threading.Thread(target=_read, args=(process, lines, over), daemon=True)
        reader.start()
        try:
            while True:
                try:
                    line = lines.get(timeout=self._limits.seconds)
                except queue.Empty:
                    raise ChildError(_LATE.format(seconds=self._limits.seconds)) from None
                if not line:
                    return
                yield _message(line)
        finally:
            over.set()

    def _ended(self, process: subprocess.Popen[bytes]) -> None:
        with self._lock:
            if process.poll() is None:
                end_tree(process)
            self._process = None
        for pipe in (process.stdin, process.stdout):
            with contextlib.suppress(OSError):
                if pipe is not None:
                    pipe.close()


def _read(
    process: subprocess.Popen[bytes], lines: queue.Queue[bytes], over: threading.Event
) -> None:
    """Hand on what the child writes line by line, then an empty line."""
    assert process.stdout  # noqa: S101 - it was asked for
    line = b"-"
    while line and not over.is_set():
        try:
            line = process.stdout.readline(_LARGEST_MESSAGE)
        except (OSError, ValueError):
            line = b""
        while not over.is_set():
            try:
                lines.put(line, timeout=1)
                break
            except queue.Full:
                continue


def _message(line: bytes) -> Mapping[str, Any]:
    try:
        message = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise ChildError(_CRASHED) from error
    if not isinstance(message, dict):
        raise ChildError(_CRASHED)
    return message


def _failure(message: Mapping[str, Any]) -> ChildError:
    if "refused" in message:
        return ChildRefused(str(message["refused"]))
    if message.get("failed") == "memory":
        return ChildError(_MEMORY)
    kind = str(message.get("failed", ""))
    return ChildError(f"程序自己出错（{kind}），没有做完；请把文件交给开发者")
