"""Decisions on findings（核实）: confirmed, false alarm, mended; with a note."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.desk.records import Choice
from validator.web.forms import Refused
from validator.web.showing import undecided
from validator.web.site import ask, go, id_of, number_of, site_of, writing

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from validator.web.forms import Form


async def show(request: Request) -> Response:
    """The form of one finding: by itself for scripts, as a page for others."""
    site = site_of(request)
    check = await ask(site.desk.check, id_of(request))
    fingerprint = id_of(request, "fingerprint")
    rows = await ask(site.desk.findings, check.id)
    row = next((one for one in rows if one.fingerprint == fingerprint), None)
    if row is None:
        raise Refused(404, "没有找到", "可能已经删除；请到检查记录里看。")
    number = number_of(request.query_params.get("number", ""))
    decisions = await ask(site.desk.decisions, check.id)
    return site.page(
        request, "_decision.html" if request.headers.get("hx-request") else "decision.html",
        check=check, number=row.file if number is None else number, fingerprint=fingerprint,
        decision=decisions.get(fingerprint), rule=row.rule, row=row,
    )  # fmt: skip


async def decide(request: Request, form: Form) -> Response:
    """Keep a decision; scripts get what to show beside it, others the page again."""
    site = site_of(request)
    check, fingerprint = id_of(request), id_of(request, "fingerprint")
    choice = _choice(form.fields.get("choice", ""))
    note = form.fields.get("note", "").strip()
    decision = await ask(site.desk.decide, check, fingerprint, choice, note)
    if not request.headers.get("hx-request"):
        number = number_of(form.fields.get("number", ""))
        page = f"/checks/{check}" if number is None else f"/checks/{check}/{number}"
        return go(f"{page}#decision-{fingerprint}")
    decisions = await ask(site.desk.decisions, check)
    rows = await ask(site.desk.findings, check)
    return site.page(
        request, "_decided.html", decision=decision, findings=len(rows),
        undecided=undecided(rows, decisions),
    )  # fmt: skip


decide_endpoint = writing(decide)


def _choice(word: str) -> Choice | None:
    if not word:
        return None
    try:
        return Choice(word)
    except ValueError as error:
        raise Refused(400, "没有这种核实结果", "请在页面上选一个。") from error
