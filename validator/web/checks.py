"""Pages of a check（检查页）: hand files in, watch, read, download, delete."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote

from markupsafe import Markup
from starlette.concurrency import run_in_threadpool
from starlette.responses import FileResponse, JSONResponse, Response

from validator.desk.records import KINDS, CheckInfo, State
from validator.readers.suffixes import FOREIGN, READABLE, suffix_of
from validator.web.forms import Refused
from validator.web.showing import stage, undecided
from validator.web.site import ask, go, id_of, site_of, writing

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from starlette.requests import Request

    from validator.desk.records import Decision, FileResult, Kind
    from validator.web.forms import Form
    from validator.web.site import Site

_DECISION = re.compile(r"<!--decision:([A-Za-z0-9_-]+)-->")
_FORMS = 300
"""So many forms are put into a page at once; more come one by one as they are looked at."""
_UNDER_WAY = (State.WAITING, State.RUNNING)


async def submit(request: Request, form: Form) -> Response:
    """Take files; go to their check."""
    found = reports_of(form.files)
    if not found:
        told = "里面没有能查的文件" if form.files else "没有选文件"
        raise Refused(400, told, "请选 Word、PDF、Excel 或文本文件。")
    desk = site_of(request).desk
    new = await ask(desk.submit, found, follows=form.fields.get("follows", ""))
    if "json" in request.headers.get("accept", ""):
        return JSONResponse({"url": f"/checks/{new}"})
    return go(f"/checks/{new}")


def reports_of(files: Iterable[tuple[str, bytes]]) -> list[tuple[str, bytes]]:
    """Without what folders hold beside reports: pictures, hidden files, lock files of Word.

    A file that was chosen by itself is always kept; its check says what is wrong with it.
    """
    kept = []
    for name, content in files:
        *folders, last = name.replace("\\", "/").split("/")
        hidden = any(
            part.strip(".") and part.startswith((".", "~$")) for part in (*folders, last)
        )
        suffix = suffix_of(last)
        foreign = bool(folders and suffix and suffix not in READABLE | FOREIGN)
        if not hidden and not foreign:
            kept.append((name, content))
    return kept


async def show(request: Request) -> Response:
    """A check: how far it is, or what was found in one of its files."""
    site = site_of(request)
    check = await ask(site.desk.check, id_of(request))
    if check.state in _UNDER_WAY:
        return site.page(request, "running.html", check=check)
    file = _file(check, request.path_params.get("number"))
    found = await ask(site.desk.findings, check.id)
    decisions = await ask(site.desk.decisions, check.id)
    change = await ask(site.desk.change, check.id) if check.follows else None
    rules = {row.fingerprint: row.rule for row in found}
    done = file.state is State.DONE
    view = await _view(site, request, check, file.number, rules, decisions) if done else None
    return site.page(
        request, "check.html", check=check, file=file, view=view, change=change,
        previous=await _previous(site, check), findings=len(found),
        undecided=undecided(found, decisions),
    )  # fmt: skip


async def progress(request: Request) -> Response:
    """The part of the page that changes while files are checked."""
    site = site_of(request)
    check = await ask(site.desk.check, id_of(request))
    if check.state not in _UNDER_WAY:
        return Response(headers={"HX-Refresh": "true"})
    if request.query_params.get("seen") == stage(check):
        return Response(status_code=204)  # nothing new: nothing to read out again
    return site.page(request, "_progress.html", check=check, swap=True)


async def download(request: Request) -> Response:
    """A document with comments, a workpaper, a page: always saved, never shown."""
    kind = _kind(str(request.path_params["kind"]))
    number = request.path_params.get("number")
    name, path = await ask(site_of(request).desk.artefact, id_of(request), number, kind)
    return FileResponse(
        path,
        media_type="application/octet-stream",
        headers={"Content-Disposition": attachment(name)},
    )


def attachment(name: str) -> str:
    """A header that saves a file under its name, Chinese or not.

    >>> attachment("决算.docx")
    "attachment; filename=file.docx; filename*=UTF-8''%E5%86%B3%E7%AE%97.docx"
    """
    clean = re.sub(r'[\x00-\x1f\x7f/\\:*?"<>|]', "_", name) or "file"
    suffix = suffix_of(clean)
    return f"attachment; filename=file{suffix}; filename*=UTF-8''{quote(clean, safe='')}"


async def delete(request: Request, form: Form) -> Response:
    """Delete a check."""
    del form
    await ask(site_of(request).desk.delete, id_of(request))
    return go("/checks")


submit_endpoint = writing(submit)
delete_endpoint = writing(delete)


def _file(check: CheckInfo, number: int | None) -> FileResult:
    """The file asked for; else the first with something to read."""
    if number is not None:
        for file in check.files:
            if file.number == number:
                return file
        raise Refused(404, "没有找到", "请回到这次检查，另选一个文件。")
    done = [file for file in check.files if file.state is State.DONE]
    worst = sorted(done, key=lambda one: (not any(one.counts.values()), one.number))
    return (worst or list(check.files))[0]


async def _view(
    site: Site, request: Request, check: CheckInfo, number: int, rules: Mapping[str, str],
    decisions: Mapping[str, Decision],
) -> Markup:  # fmt: skip
    """The report, with a form at each finding, or the way to it where there are many."""
    text = await ask(site.desk.view, check.id, number)
    # A browser takes minutes for thousands of forms.
    many = text.count("<!--decision:") > _FORMS
    template = "_later.html" if many else "_decision.html"

    def form(match: re.Match[str]) -> str:
        fingerprint = match[1]
        return site.render(
            request.scope, template, check=check, number=number,
            fingerprint=fingerprint, decision=decisions.get(fingerprint),
            rule=rules.get(fingerprint, ""),
        )  # fmt: skip

    # The desk's own pages are the only HTML that is put in as it is: all in it was escaped.
    return Markup(await run_in_threadpool(_DECISION.sub, form, text))  # noqa: S704


async def _previous(site: Site, check: CheckInfo) -> CheckInfo | None:
    """The check that this one follows, while it is there."""
    if not check.follows:
        return None
    try:
        return await ask(site.desk.check, check.follows)
    except Refused:
        return None


def _kind(word: str) -> Kind:
    for kind in KINDS:
        if kind == word:
            return kind
    raise Refused(404, "没有找到", "请检查网址，或回到首页。")
