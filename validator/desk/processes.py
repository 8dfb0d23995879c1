"""Processes with all that they started（进程树）: how they are ended, on every system."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


def end_tree(process: subprocess.Popen[bytes]) -> None:
    """End a process and all that it started, and wait until it is gone.

    LibreOffice runs in a session of its own, so the group of the process is not enough.
    """
    if sys.platform == "win32":
        subprocess.run(  # noqa: S603 - our own child, by number
            ["taskkill", "/F", "/T", "/PID", str(process.pid)],  # noqa: S607 - part of Windows
            capture_output=True, check=False,
        )  # fmt: skip
    else:
        # While it stands still it starts nothing new.
        _signal(process.pid, signal.SIGSTOP)
        end_children(process.pid)
        _signal(process.pid, signal.SIGKILL)
    process.wait()


def end_children(number: int) -> None:
    """End all that a process started; on Windows they are ended with it.

    Args:
        number: Its process id.
    """
    if sys.platform == "win32":
        return
    parents = dict(_parents())
    below = [number]
    for one in below:
        below += [child for child, parent in parents.items() if parent == one]
    for one in below[1:]:
        _signal(one, signal.SIGKILL)


def _signal(number: int, what: signal.Signals) -> None:
    # It may have ended by itself in the meantime.
    with contextlib.suppress(OSError):
        os.kill(number, what)


def _parents() -> Iterator[tuple[int, int]]:
    """Every process, and the one that started it."""
    if Path("/proc/self/stat").exists():
        for folder in Path("/proc").iterdir():
            if folder.name.isdecimal():
                with contextlib.suppress(OSError, ValueError, IndexError):
                    # The name may hold spaces and brackets; what follows it does not.
                    rest = (folder / "stat").read_bytes().rpartition(b")")[2].split()
                    yield int(folder.name), int(rest[1])
        return
    with contextlib.suppress(OSError):
        told = subprocess.run(
            ["ps", "-A", "-o", "pid=,ppid="],  # noqa: S607 - part of every such system
            capture_output=True, check=False, text=True,
        )  # fmt: skip
        for line in told.stdout.splitlines():
            child, _, parent = line.strip().partition(" ")
            yield int(child), int(parent)
