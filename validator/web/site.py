"""What all pages share（站点）: the desk, the keys, the templates, and how a refusal looks."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar, cast

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from validator.desk.records import Choice
from validator.errors import UsageError
from validator.version import __version__
from validator.web import showing
from validator.web.access import is_loopback
from validator.web.forms import Form, Refused, read_form

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from starlette.requests import Request
    from starlette.types import Scope

    from validator.desk.desk import Desk
    from validator.web.access import Access

    Endpoint = Callable[[Request], Awaitable[Response]]
    Write = Callable[[Request, Form], Awaitable[Response]]

_ID = re.compile(r"[A-Za-z0-9_-]{1,80}")
_NUMBER = re.compile(r"[0-9]{1,6}")
_Result = TypeVar("_Result")
_Given = ParamSpec("_Given")


class Site:
    """Desk, keys and templates of one server（站点）.

    Args:
        desk: Where checks are kept.
        access: Keys of the server.
    """

    def __init__(self, desk: Desk, access: Access) -> None:
        self.desk = desk
        self.access = access

    @cached_property
    def templates(self) -> Environment:
        """Templates, with everything escaped that is put into them."""
        made = Environment(
            loader=PackageLoader("validator.web"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        made.filters.update(showing.FILTERS)
        made.globals["choices"] = list(Choice)
        made.globals["version"] = __version__
        made.globals["limits"] = self.desk.limits
        made.globals["shared"] = not is_loopback(self.access.host)
        return made

    def render(self, scope: Scope, name: str, **given: Any) -> str:
        """A template as text; it knows whether somebody is in, and the token of forms."""
        session = scope.get("state", {}).get("session", "")
        return self.templates.get_template(name).render(
            inside=bool(session),
            csrf=self.access.form_token(session) if session else "",
            path=scope["path"],
            **given,
        )

    def page(self, request: Request, name: str, status: int = 200, **given: Any) -> Response:
        """A template as an answer."""
        return HTMLResponse(self.render(request.scope, name, **given), status)

    def refuse(self, scope: Scope, status: int, what: str, advice: str) -> Response:
        """Say what is wrong and what to do, in the shape that was asked for."""
        asked = {name: value for name, value in scope["headers"] if name in _SHAPES}
        if b"json" in asked.get(b"accept", b""):
            return JSONResponse({"what": what, "advice": advice}, status)
        name = "_refusal.html" if b"hx-request" in asked else "refusal.html"
        text = self.render(scope, name, status=status, what=what, advice=advice)
        return HTMLResponse(text, status)


_SHAPES = (b"accept", b"hx-request")


def site_of(request: Request) -> Site:
    """The site that a request came to."""
    return cast("Site", request.app.state.site)


async def ask(
    method: Callable[_Given, _Result], *given: _Given.args, **named: _Given.kwargs
) -> _Result:
    """Call a method of the desk in a thread of its own.

    Raises:
        Refused: What it speaks of is not there, or it cannot be done.
    """
    try:
        return await run_in_threadpool(method, *given, **named)
    except KeyError as error:
        what = "没有找到"
        raise Refused(404, what, "可能已经删除；请到检查记录里看。") from error
    except UsageError as error:
        what, _, advice = str(error).partition("；")
        raise Refused(409, what, f"{advice}。" if advice else "请回到上一页。") from error


def id_of(request: Request, name: str = "id") -> str:
    """An id in an address.

    Raises:
        Refused: It cannot be one.
    """
    found = str(request.path_params[name])
    if not _ID.fullmatch(found):
        raise Refused(404, "没有找到", "请检查网址，或回到首页。")
    return found


def number_of(word: str) -> int | None:
    """A whole number that somebody sent; None where it is none, or longer than any here."""
    return int(word) if _NUMBER.fullmatch(word) else None


def writing(handler: Write) -> Endpoint:
    """An endpoint that changes something: its form is read, and must come from our pages."""

    async def endpoint(request: Request) -> Response:
        site = site_of(request)
        form = await read_form(request, site.desk.limits)
        word = request.headers.get("x-csrf") or form.fields.get("csrf", "")
        session = request.state.session
        if not session or not site.access.is_form_token(session, word):
            raise Refused(403, "这一页已经过期", "请重新打开这一页，再做一次。")
        return await handler(request, form)

    return endpoint


def go(path: str) -> Response:
    """Go on to another page, after something was changed."""
    return RedirectResponse(path, 303)
