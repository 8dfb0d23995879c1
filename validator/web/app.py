"""The local page as an ASGI application（本机网页）: which address is answered by what."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.convertors import IntegerConvertor, register_url_convertor
from starlette.middleware import Middleware
from starlette.routing import Route

from validator.web import assets, checks, entering, pages, review, rules
from validator.web.forms import Refused
from validator.web.security import HAND_IN, Counted, Guard, TooLarge
from validator.web.site import Site, site_of

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from validator.desk.desk import Desk
    from validator.web.access import Access


class _Short(IntegerConvertor):
    """A number of a file; Python refuses to read those of thousands of digits."""

    regex = "[0-9]{1,6}"


register_url_convertor("short", _Short())
_MARGIN = 4 * 1024**2
"""What names and boundaries may add to the files of a form."""
_UPLOADS = frozenset({"/checks", HAND_IN})
_POST = ["POST"]
ROUTES = (
    Route("/", pages.start),
    Route("/checks", pages.history),
    Route("/checks", checks.submit_endpoint, methods=_POST),
    Route("/checks/{id}", checks.show),
    Route("/checks/{id}/{number:short}", checks.show),
    Route("/checks/{id}/progress", checks.progress),
    Route("/checks/{id}/delete", checks.delete_endpoint, methods=_POST),
    Route("/checks/{id}/decisions/{fingerprint}", review.show),
    Route("/checks/{id}/decisions/{fingerprint}", review.decide_endpoint, methods=_POST),
    Route("/checks/{id}/download/{kind}", checks.download),
    Route("/checks/{id}/download/{kind}/{number:short}", checks.download),
    Route("/rules", rules.index),
    Route("/rules/{id}", rules.one),
    Route("/settings", pages.settings),
    Route("/settings", pages.keep_endpoint, methods=_POST),
    Route("/settings/delete-all", pages.delete_all_endpoint, methods=_POST),
    Route("/help", pages.manual),
    Route("/login", entering.ask_password),
    Route("/login", entering.log_in, methods=_POST),
    Route("/alive", entering.alive),
    Route(HAND_IN, entering.hand_in, methods=_POST),
    Route("/static/{name}", assets.static),
    Route("/favicon.ico", assets.icon),
)


def application(desk: Desk, access: Access, folder: Path = Path()) -> Starlette:
    """The application.

    Args:
        desk: Where checks are kept; it must have been started.
        access: Keys of this server.
        folder: The data folder, to be shown in the settings.
    """
    site = Site(desk, access)
    made = Starlette(
        routes=ROUTES,
        middleware=[
            Middleware(
                Guard, access=access, refuse=site.refuse,
                largest=desk.limits.total_bytes + _MARGIN, uploads=_UPLOADS,
            )
        ],
        exception_handlers={
            404: _missing, 405: _misused, TooLarge: _too_large, Refused: _refused,
        },
    )  # fmt: skip
    made.router.redirect_slashes = False
    made.state.site = site
    made.state.folder = folder
    return made


async def _refused(request: Request, error: Exception) -> Response:
    found = error if isinstance(error, Refused) else Refused(500, "程序自己出错了", "")
    site = site_of(request)
    return site.refuse(request.scope, found.status_code, found.what, found.advice)


async def _missing(request: Request, error: Exception) -> Response:
    if isinstance(error, Refused):
        return await _refused(request, error)
    advice = "请检查网址，或回到首页。"
    return site_of(request).refuse(request.scope, 404, "没有这一页", advice)


async def _misused(request: Request, error: Exception) -> Response:
    del error
    advice = "请从页面上操作。"
    return site_of(request).refuse(request.scope, 405, "不支持这种请求", advice)


async def _too_large(request: Request, error: Exception) -> Response:
    del error
    body = request.state.body
    if isinstance(body, Counted):
        await body.drain()
    site = site_of(request)
    size = site.desk.limits.total_bytes // 1024**2
    advice = f"一次最多上传 {size} MB；请分几次，或去掉大图片。"
    return site.refuse(request.scope, 413, "太大了", advice)
