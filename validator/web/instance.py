"""One server for a data folder（已经打开的页面）: find it, make sure of it, hand files to it.

The instance file says where the server of a folder listens, and its token; only its user can
read it. It may be older than the server that wrote it, so the server is asked to prove that it
knows the token before it is told anything.
"""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import json
import os
import secrets
from dataclasses import asdict, dataclass
from http.client import HTTPConnection, HTTPException
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from validator.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

INSTANCE = "gouji.serve.json"
_SECONDS = 3.0
_PATIENCE = 120.0
_PRIVATE = 0o600


@dataclass(frozen=True, slots=True)
class Instance:
    """A server（已经打开的页面）.

    Attributes:
        pid: Its process.
        host: Where it can be reached from this machine.
        port: Its port there.
        token: What lets in.
    """

    pid: int
    host: str
    port: int
    token: str

    def write(self, folder: Path) -> None:
        """Tell others about it; nobody else may read that."""
        path = folder / INSTANCE
        path.unlink(missing_ok=True)
        opened = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _PRIVATE)
        with os.fdopen(opened, "w", encoding="utf-8") as file:
            json.dump(asdict(self), file)

    def is_alive(self) -> bool:
        """Whether it answers, and is what it says it is."""
        nonce = secrets.token_urlsafe(16)
        proof = hmac.new(self.token.encode(), nonce.encode(), hashlib.sha256).hexdigest()
        try:
            _, told = self._ask("GET", f"/alive?nonce={quote(nonce)}", seconds=_SECONDS)
        except (OSError, HTTPException, ValueError):
            return False
        return hmac.compare_digest(str(told.get("gouji", "")), proof)

    def hand_in(self, files: Sequence[tuple[str, bytes]]) -> tuple[str, str]:
        """Have files checked there → path to open, and a ticket to get in.

        Raises:
            UsageError: It did not take them.
        """
        boundary = secrets.token_hex(16)
        headers = {
            "Content-Type": f"multipart/form-data; boundary={boundary}",
            "X-Gouji-Token": self.token,
        }
        body = _multipart(files, boundary)
        try:
            status, told = self._ask("POST", "/hand-in", body, headers, seconds=_PATIENCE)
        except (OSError, HTTPException, ValueError) as error:
            raise UsageError("已经打开的 gouji 没有回答；请关掉它，再启动一次") from error
        if status != 200:
            what = (
                told.get("error") or f"{told.get('what', '没有收下')}；{told.get('advice', '')}"
            )
            raise UsageError(str(what).rstrip("；。"))
        return str(told["path"]), str(told["ticket"])

    def _ask(
        self, method: str, path: str, body: bytes = b"",
        headers: Mapping[str, str] | None = None, *, seconds: float,
    ) -> tuple[int, dict[str, Any]]:  # fmt: skip
        connection = HTTPConnection(self.host.strip("[]"), self.port, timeout=seconds)
        try:
            asked = {"Accept": "application/json", **(headers or {})}
            connection.request(method, path, body or None, asked)
            answer = connection.getresponse()
            told = json.loads(answer.read())
            return answer.status, told if isinstance(told, dict) else {}
        finally:
            connection.close()


def running(folder: Path) -> Instance | None:
    """The server that uses a data folder now."""
    try:
        told = json.loads((folder / INSTANCE).read_text(encoding="utf-8"))
        found = Instance(
            int(told["pid"]), str(told["host"]), int(told["port"]), str(told["token"])
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return found if found.is_alive() else None


def forget(folder: Path) -> None:
    """Take the instance file away, at the end of the server."""
    with contextlib.suppress(OSError):
        (folder / INSTANCE).unlink(missing_ok=True)


def _multipart(files: Sequence[tuple[str, bytes]], boundary: str) -> bytes:
    parts: list[bytes] = []
    for name, content in files:
        shown = name.replace('"', "%22").replace("\r", " ").replace("\n", " ")
        head = (
            f'--{boundary}\r\nContent-Disposition: form-data; name="files"; filename="{shown}"'
        )
        parts += [head.encode("utf-8", "replace"), b"\r\n\r\n", content, b"\r\n"]
    return b"".join([*parts, f"--{boundary}--\r\n".encode()])
