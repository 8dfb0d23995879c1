"""A browser of sorts for tests: a client that is in, and knows the token of forms."""

from __future__ import annotations

import asyncio
import re
from typing import TYPE_CHECKING, Any

import httpx

from validator.web.access import Access
from validator.web.app import application

if TYPE_CHECKING:
    from pathlib import Path

    from starlette.applications import Starlette

    from validator.desk.desk import Desk

PORT = 8417
ORIGIN = f"http://127.0.0.1:{PORT}"


class Client:
    """Sends requests to an application and keeps cookies.

    Attributes:
        cookies: What the application handed out.
    """

    def __init__(self, app: Starlette) -> None:
        self.transport = httpx.ASGITransport(app)
        self.cookies = httpx.Cookies()

    def request(self, method: str, path: str, **given: Any) -> httpx.Response:
        """Send one request; redirects are not followed."""

        async def send() -> httpx.Response:
            async with httpx.AsyncClient(
                transport=self.transport, base_url=ORIGIN, cookies=self.cookies
            ) as client:
                answer = await client.request(method, path, **given)
                self.cookies = client.cookies
                return answer

        return asyncio.run(send())

    def get(self, path: str, **given: Any) -> httpx.Response:
        """Open a page."""
        return self.request("GET", path, **given)

    def post(self, path: str, **given: Any) -> httpx.Response:
        """Send a form."""
        return self.request("POST", path, **given)


class Browser:
    """Pages of a desk, as their user sees them.

    Attributes:
        access: Keys of the server.
        client: What sends requests, without what a browser adds to them.
    """

    def __init__(self, desk: Desk, access: Access | None = None, *, folder: Path) -> None:
        self.access = access or Access(PORT)
        self.client = Client(application(desk, self.access, folder))

    def enter(self) -> Browser:
        """Open the address that is shown on the screen."""
        answer = self.client.get("/", params={"token": self.access.token})
        assert answer.status_code == 303
        return self

    @property
    def csrf(self) -> str:
        """What forms carry."""
        found = re.search(r'name="csrf" value="([0-9a-f]+)"', self.client.get("/").text)
        assert found is not None
        return found[1]

    def get(self, path: str, **given: Any) -> httpx.Response:
        """Open a page."""
        return self.client.get(path, **given)

    def post(
        self, path: str, fields: dict[str, str] | None = None, **given: Any
    ) -> httpx.Response:
        """Send a form of a page."""
        data = {"csrf": self.csrf, **(fields or {})}
        headers = {
            "Origin": ORIGIN,
            "Sec-Fetch-Site": "same-origin",
            **given.pop("headers", {}),
        }
        return self.client.post(path, data=data, headers=headers, **given)

    def upload(self, *files: tuple[str, bytes], **fields: str) -> httpx.Response:
        """Hand in files."""
        return self.post("/checks", fields, files=[("files", one) for one in files])
