"""gouji serve as a process of its own, and its page as a browser without scripts sees it."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
_SECONDS = 90.0


class Served:
    """A running server.

    Attributes:
        url: The address on the screen.
        lines: What it printed before it began to serve.
        process: Its process.
    """

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self.lines = []
        assert process.stdout is not None
        for line in process.stdout:
            self.lines.append(line.rstrip("\n"))
            if "Ctrl+C" in line:
                break
        assert self.lines, process.communicate()
        self.url = next(line.strip() for line in self.lines if "http://" in line)
        self.origin = "/".join(self.url.split("/")[:3])

    def stop(self) -> tuple[int, str, str]:
        """Press Ctrl+C → exit code, what was printed then, and the errors."""
        self.process.send_signal(signal.SIGINT)
        out, err = self.process.communicate(timeout=_SECONDS)
        return self.process.returncode, out, err

    @contextlib.contextmanager
    def browser(self) -> Iterator[Page]:
        """A browser that has opened the address."""
        with httpx.Client(base_url=self.origin, follow_redirects=True, timeout=_SECONDS) as one:
            page = Page(one)
            page.open(self.url)
            yield page


class Page:
    """The page that is open.

    Attributes:
        text: Its HTML.
        path: Its path.
    """

    def __init__(self, client: httpx.Client) -> None:
        self.client = client
        self.text = ""
        self.path = ""

    def open(self, address: str) -> httpx.Response:
        """Go there."""
        return self._see(self.client.get(address))

    def send(
        self, path: str, fields: dict[str, str] | None = None, **given: Any
    ) -> httpx.Response:
        """Fill in and send a form of the page."""
        csrf = re.search(r'name="csrf" value="([0-9a-f]+)"', self.text)
        assert csrf is not None
        headers = {"Origin": str(self.client.base_url).rstrip("/")}
        data = {"csrf": csrf[1], **(fields or {})}
        return self._see(self.client.post(path, data=data, headers=headers, **given))

    def upload(self, *files: tuple[str, bytes], **fields: str) -> httpx.Response:
        """Hand in files."""
        return self.send("/checks", fields, files=[("files", one) for one in files])

    def wait(self) -> None:
        """Stay until a check is done."""
        end = time.monotonic() + _SECONDS
        while 'id="progress"' in self.text:
            assert time.monotonic() < end, self.text
            time.sleep(0.2)
            self.open(self.path)

    def _see(self, answer: httpx.Response) -> httpx.Response:
        self.text = answer.text
        self.path = answer.url.path
        return answer


def command(*words: str | Path) -> list[str]:
    """The command line of ``gouji serve``."""
    return [sys.executable, "-m", "validator", "serve", *map(str, words)]


@contextlib.contextmanager
def serving(data: Path, *words: str | Path, **environment: str) -> Iterator[Served]:
    """A server on a free port, gone afterwards."""
    process = subprocess.Popen(
        command("--data", data, "--port", "0", "--no-open", *words),
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8",
        env={**os.environ, **environment},
    )  # fmt: skip
    try:
        yield Served(process)
    finally:
        if process.poll() is None:
            process.terminate()
        process.communicate(timeout=_SECONDS)
