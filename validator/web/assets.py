"""Styles and scripts（样式和脚本）: a fixed list of files, so that no path leads out of it."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from starlette.responses import Response

from validator.web.forms import Refused

if TYPE_CHECKING:
    from starlette.requests import Request

_OURS = "validator.web"
_REPORT = "validator.reporters.html"
_FILES = {
    "htmx.min.js": _OURS,
    "web.css": _OURS,
    "web.js": _OURS,
    "icon.svg": _OURS,
    "panel.js": _REPORT,
    "report.css": _REPORT,
    "report.js": _REPORT,
}
_TYPES = {
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "svg": "image/svg+xml",
}


async def static(request: Request) -> Response:
    """One of the files."""
    name = str(request.path_params["name"])
    if name not in _FILES:
        raise Refused(404, "没有这一页", "请检查网址，或回到首页。")
    return Response(content(name), media_type=_TYPES[name.rpartition(".")[2]])


async def icon(request: Request) -> Response:
    """The picture that browsers ask for by themselves."""
    del request
    return Response(content("icon.svg"), media_type=_TYPES["svg"])


@cache
def content(name: str) -> bytes:
    """A file of the list."""
    return files(_FILES[name]).joinpath("static", name).read_bytes()
