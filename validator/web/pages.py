"""Other pages（其他页面）: start, list of checks, settings, help."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.web.forms import Refused
from validator.web.site import ask, go, number_of, site_of, writing

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from validator.web.forms import Form

_RECENT = 8
_LONGEST = 3650
_SHOWN = 20


async def start(request: Request) -> Response:
    """Where files are handed in."""
    site = site_of(request)
    checks = await ask(site.desk.checks)
    return site.page(request, "start.html", checks=checks[:_RECENT], more=len(checks) > _RECENT)


async def history(request: Request) -> Response:
    """All checks."""
    site = site_of(request)
    return site.page(request, "history.html", checks=await ask(site.desk.checks))


async def settings(request: Request) -> Response:
    """How long checks are kept; delete all."""
    site = site_of(request)
    return site.page(
        request, "settings.html", days=await ask(site.desk.retention), longest=_LONGEST,
        count=len(await ask(site.desk.checks)), folder=str(request.app.state.folder),
        said=request.query_params.get("said", ""),
    )  # fmt: skip


async def keep(request: Request, form: Form) -> Response:
    """Set how long checks are kept."""
    words = form.fields.get("days", "").strip()
    days = None
    if form.fields.get("keep") != "forever":
        days = number_of(words)
        if days is None or not 1 <= days <= _LONGEST:
            shown = words if len(words) <= _SHOWN else f"{words[:_SHOWN]}…"
            raise Refused(400, f"“{shown}”不是天数", f"请写 1 到 {_LONGEST} 的整数。")
    desk = site_of(request).desk
    await ask(desk.set_retention, days)
    await ask(desk.purge)
    return go("/settings?said=kept")


async def delete_all(request: Request, form: Form) -> Response:
    """Delete all checks, for whoever says that they know."""
    if form.fields.get("sure") != "yes":
        raise Refused(400, "没有删除", "请先勾选“我知道删了找不回来”。")
    await ask(site_of(request).desk.delete_all)
    return go("/settings?said=deleted")


async def manual(request: Request) -> Response:
    """How to use it, and keys."""
    return site_of(request).page(request, "help.html")


keep_endpoint = writing(keep)
delete_all_endpoint = writing(delete_all)
