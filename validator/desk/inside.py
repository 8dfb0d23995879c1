"""What runs in a child process（子进程里）: one function, with limits; see ``child``."""

from __future__ import annotations

import contextlib
import json
import os
import sys
import threading
from importlib import import_module
from typing import TYPE_CHECKING, Any

from validator.desk.folder import FULL, disk_full
from validator.errors import GoujiError

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import BinaryIO


def main() -> None:
    """Read a job from standard input, do it, write messages to standard output.

    What anything else prints goes nowhere: a message is all that comes out.
    """
    out = os.fdopen(os.dup(1), "wb")
    away = os.open(os.devnull, os.O_WRONLY)
    os.dup2(away, 1)
    os.dup2(away, 2)
    job = json.loads(sys.stdin.buffer.readline())
    _limit(int(job["memory"]))
    threading.Thread(target=_until_alone, daemon=True).start()
    _send(out, _outcome(job, lambda message: _send(out, {"told": message})))
    # Whatever the work left running must not keep the process.
    os._exit(0)


def _outcome(job: dict[str, Any], tell: Callable[[Any], None]) -> dict[str, Any]:
    try:
        module, _, name = job["function"].partition(":")
        result = getattr(import_module(module), name)(tell, **job["given"])
        json.dumps(result)
    except MemoryError:
        return {"failed": "memory"}
    except GoujiError as error:
        return {"refused": str(error)}
    except Exception as error:
        if isinstance(error, OSError) and disk_full(error):
            return {"refused": FULL}
        return {"failed": type(error).__name__}
    return {"result": result}


def _send(out: BinaryIO, message: dict[str, Any]) -> None:
    out.write(json.dumps(message).encode() + b"\n")
    out.flush()


def _until_alone() -> None:
    """End with everything that was started when the server is gone."""
    from validator.desk.processes import end_children  # noqa: PLC0415 - rarely needed

    while os.read(0, 1):
        pass
    end_children(os.getpid())
    os._exit(1)


def _limit(memory: int) -> None:
    """Limit memory where the system can; a crash leaves no image of the document."""
    try:
        import resource  # noqa: PLC0415 - not on Windows
    except ImportError:
        return
    for what, most in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_CORE, 0)):
        # macOS knows the first and refuses to set it.
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(what, (most, most))
