"""Ways in（进入）: the password, and a second ``gouji serve`` on the same data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, Response

from validator.errors import UsageError
from validator.web.forms import Refused, read_form
from validator.web.security import hand_out
from validator.web.site import go, site_of

if TYPE_CHECKING:
    from starlette.requests import Request

_LONGEST = 200


async def ask_password(request: Request) -> Response:
    """The form that asks for the password."""
    site = site_of(request)
    if request.state.session or not site.access.password:
        return go("/")
    return site.page(request, "login.html", wrong=False)


async def log_in(request: Request) -> Response:
    """Let in whoever knows the password; make guessing slow."""
    site = site_of(request)
    form = await read_form(request, site.desk.limits)
    address = request.client.host if request.client else ""
    if site.access.is_barred(address):
        raise Refused(429, "试得太多了", "请过 5 分钟再试。")
    session = site.access.log_in(form.fields.get("password", ""), address)
    if session is None:
        return site.page(request, "login.html", 403, wrong=True)
    answer = go("/")
    hand_out(answer, site.access, session)
    return answer


async def alive(request: Request) -> Response:
    """Prove to another process of the same user that this is the server it looks for."""
    nonce = request.query_params.get("nonce", "")[:_LONGEST]
    return JSONResponse({"gouji": site_of(request).access.proof(nonce)})


async def hand_in(request: Request) -> Response:
    """Take files from a second ``gouji serve``; say where to look, with a ticket to get in."""
    site = site_of(request)
    form = await read_form(request, site.desk.limits)
    path = "/"
    if form.files:
        try:
            path = f"/checks/{await run_in_threadpool(site.desk.submit, form.files)}"
        except UsageError as error:
            return JSONResponse({"error": str(error)}, 409)
    return JSONResponse({"path": path, "ticket": site.access.ticket()})
