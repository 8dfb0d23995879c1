"""The local page as a real process（本机网页）, started and stopped as its user does."""

from __future__ import annotations

import os
import queue
import re
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import TracebackType

ROOT = Path(__file__).parents[2]
_ADDRESS = re.compile(r"http://\S+token=\S+")
_LONGEST = 60


class LocalPage:
    """A server of the local page, on a free port and in a data folder of its own."""

    def __init__(self, folder: Path, *words: str, **environment: str) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "validator", "serve", "--no-open", "--port", "0",
             "--data", str(folder), *words],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", cwd=ROOT,
            env={**os.environ, "PYTHONUNBUFFERED": "1", **environment},
        )  # fmt: skip
        self._lines: queue.Queue[str | None] = queue.Queue()
        self.said: list[str] = []
        threading.Thread(target=self._listen, daemon=True).start()
        self.url = next(filter(None, map(_address, self._next())))

    def __enter__(self) -> LocalPage:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    @property
    def origin(self) -> str:
        """The address without the token."""
        return re.match(r"http://[^/]+", self.url)[0]  # type: ignore[index]

    def stop(self) -> int:
        """End it with Ctrl-C → its exit code."""
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGINT)
        try:
            return self._process.wait(_LONGEST)
        except subprocess.TimeoutExpired:
            self._process.kill()
            raise
        finally:
            if self._process.stdout:
                self._process.stdout.close()

    def _listen(self) -> None:
        assert self._process.stdout is not None
        try:
            for line in self._process.stdout:
                self._lines.put(line)
        except ValueError:  # closed while it was read
            pass
        self._lines.put(None)

    def _next(self) -> Iterator[str]:
        while (line := self._lines.get(timeout=_LONGEST)) is not None:
            self.said.append(line)
            yield line
        raise AssertionError("".join(self.said))


def _address(line: str) -> str:
    found = _ADDRESS.search(line)
    return found[0] if found else ""
