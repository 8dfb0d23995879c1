"""The doorkeeper（门卫）: what a request must be before any page sees it.

In this order: a method that is used here, an address that is ours, a session, and for what
changes something: sent by our own pages, and no larger than it may be. Every answer, a
refusal too, forbids the browser to load anything from elsewhere, to keep it, to frame it.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, quote, urlencode

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import ClientDisconnect
from starlette.responses import RedirectResponse, Response

from validator.reporters.told import visible

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from validator.web.access import Access

    Refuse = Callable[[Scope, int, str, str], Response]
    """Request, status, what is wrong, what to do → a page that says so."""

HAND_IN = "/hand-in"
TOKEN_HEADER = "x-gouji-token"  # noqa: S105 - the name of a header
_OPEN = ("/static/", "/alive", "/login", "/favicon.ico")
_READS = frozenset({"GET", "HEAD"})
_METHODS = _READS | {"POST"}
_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    # Not "no-referrer": with that, browsers do not say where a form comes from.
    "Referrer-Policy": "same-origin",
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}
_LOG = logging.getLogger("validator.web")
_SMALL = 64 * 1024
_PATIENCE = 4
"""How many times the largest body is read and thrown away, so that browsers see the answer."""


class TooLarge(Exception):  # noqa: N818 - reads as what it says
    """A body that grew beyond what is taken."""


class Guard:
    """ASGI middleware that lets in what it should（门卫）.

    Args:
        app: What is guarded.
        access: Keys of this server.
        refuse: Makes a page of a refusal.
        largest: Bytes of a body that uploads files.
        uploads: Paths that take files.
    """

    def __init__(
        self, app: ASGIApp, *, access: Access, refuse: Refuse, largest: int,
        uploads: frozenset[str],
    ) -> None:  # fmt: skip
        self.app = app
        self.access = access
        self.refuse = refuse
        self.largest = largest
        self.uploads = uploads

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or hand on."""
        if scope["type"] != "http":
            return

        started = False

        async def send_safely(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers[name] = value
            await send(message)

        answer = self._refusal(scope)
        if answer is not None:
            await _drain(receive, self.largest)
            await answer(scope, receive, send_safely)
            return
        largest = self.largest if scope["path"] in self.uploads else _SMALL
        counted = Counted(receive, largest)
        scope["state"]["body"] = counted
        try:
            await self.app(scope, counted, send_safely)
        except ClientDisconnect:
            return  # a browser that was closed while it sent something
        except Exception as error:
            # What nobody foresaw: a line for the screen, a page without its insides.
            told = f"{scope['path']}：{type(error).__name__}: {error}"
            _LOG.error("%s", " ".join(visible(told).split()))
            if started:
                raise
            advice = "请回到首页再试；还不行，请告诉开发者。"
            failed = self.refuse(scope, 500, "程序自己出错了", advice)
            await failed(scope, receive, send_safely)

    def _refusal(self, scope: Scope) -> Response | None:
        """The answer to what is not let in."""
        headers = Headers(scope=scope)
        path: str = scope["path"]
        if scope["method"] not in _METHODS:
            return self.refuse(scope, 405, "不支持这种请求", "请从页面上操作。")
        if not self.access.admits(headers.get("host", "")):
            return self.refuse(scope, 403, "这个网址不能用", "请用终端里显示的网址打开。")
        if path == HAND_IN:
            return self._of_program(scope, headers)
        reads = scope["method"] in _READS
        if reads and (entry := self._entry(scope)) is not None:
            return entry
        session = self._session(headers)
        scope.setdefault("state", {})["session"] = session
        if not session and not path.startswith(_OPEN):
            return self._stranger(scope)
        if not reads and not _is_own(headers):
            return self.refuse(scope, 403, "这个请求不是从本页面发出的", "请在页面上重新操作。")
        return None

    def _of_program(self, scope: Scope, headers: Headers) -> Response | None:
        """A second ``gouji serve`` shows the token itself; pages cannot send that header."""
        if not self.access.is_token(headers.get(TOKEN_HEADER, "")):
            return self.refuse(scope, 403, "没有进入的凭证", "请用终端里显示的网址打开。")
        scope.setdefault("state", {})["session"] = ""
        return None

    def _entry(self, scope: Scope) -> Response | None:
        """A token in the address becomes a cookie, and is gone from the address."""
        words = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        token = next((value for name, value in words if name == "token"), None)
        if token is None:
            return None
        left = urlencode([pair for pair in words if pair[0] != "token"])
        path = "/" + quote(scope["path"].lstrip("/\\"))
        answer = RedirectResponse(path + (f"?{left}" if left else ""), 303)
        session = self.access.enter(token)
        if session is None:
            return answer if self._session(Headers(scope=scope)) else self._stranger(scope)
        hand_out(answer, self.access, session)
        return answer

    def _session(self, headers: Headers) -> str:
        """The session that a request shows, or "".

        Other programs of the machine can set cookies for this address too, of any name and
        shape: each of ours is tried, and what stands beside them is passed over.
        """
        pairs = [pair.partition("=") for pair in headers.get("cookie", "").split(";")]
        shown = [
            value.strip() for name, _, value in pairs if name.strip() == self.access.cookie
        ]
        return next(filter(self.access.knows, shown), "")

    def _stranger(self, scope: Scope) -> Response:
        headers = Headers(scope=scope)
        if self.access.password:
            if "hx-request" in headers or "json" in headers.get("accept", ""):
                # A script would put the page for passwords into its own.
                return self.refuse(scope, 403, "要重新进入", "请刷新这一页，再输入密码。")
            return RedirectResponse("/login", 303)
        return self.refuse(
            scope,
            403,
            "还不能打开",
            "这个页面只给启动它的人用：请用终端里显示的网址打开，"
            "或再运行一次 gouji serve --open。",
        )


class Counted:
    """Reads a body and counts it; a body that grows too large raises :class:`TooLarge`.

    Args:
        receive: Where it comes from.
        largest: Bytes that are taken.
    """

    def __init__(self, receive: Receive, largest: int) -> None:
        self.receive = receive
        self.largest = largest
        self.size = 0
        self.ended = False

    async def __call__(self) -> Message:
        """The next part of the body."""
        message = await self.receive()
        if message["type"] == "http.request":
            self.size += len(message.get("body", b""))
            self.ended = not message.get("more_body", False)
            if self.size > self.largest:
                raise TooLarge
        return message

    async def drain(self) -> None:
        """Read on for a while: browsers look at the answer only when all is sent."""
        if not self.ended:
            await _drain(self.receive, self.largest * _PATIENCE)


async def _drain(receive: Receive, most: int) -> None:
    size = 0
    while size <= most:
        message = await receive()
        if message["type"] != "http.request" or not message.get("more_body", False):
            return
        size += len(message.get("body", b""))


def hand_out(answer: Response, access: Access, session: str) -> None:
    """Put a session into an answer, as a cookie that scripts and other sites do not get."""
    answer.set_cookie(access.cookie, session, httponly=True, samesite="strict", path="/")


def _is_own(headers: Headers) -> bool:
    """Whether a page of this server sent it; a browser always says where from."""
    site = headers.get("sec-fetch-site")
    origin = headers.get("origin")
    if site is None and origin is None:
        return False
    if site is not None and site != "same-origin":
        return False
    return origin is None or origin == f"http://{headers.get('host', '')}"
