"""Pages of rules（规则页）: what is checked, why, on what grounds, with examples."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool

from validator.web.forms import Refused
from validator.web.site import id_of, site_of

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from validator.engine.packs import RuleSet


@cache
def shipped() -> RuleSet:
    """All rules that come with the program, with their examples; read once."""
    from validator.engine.packs import load_rules  # noqa: PLC0415 - only where they are shown

    return load_rules(["all"])


async def index(request: Request) -> Response:
    """All rules by pack and family."""
    ruleset = await run_in_threadpool(shipped)
    packs = []
    for pack in sorted(ruleset.packs, key=lambda one: (one.source.overlay, bool(one.extends))):
        own = [rule for rule in ruleset.rules if rule.pack == pack.id]
        families = [
            (name, ruleset.families.get(name, ""), [r for r in own if r.id[:-3] == name])
            for name in dict.fromkeys(rule.id[:-3] for rule in own)
        ]
        if families:
            packs.append((pack, families))
    return site_of(request).page(request, "rules.html", packs=packs, count=len(ruleset.rules))


async def one(request: Request) -> Response:
    """One rule."""
    from validator.rulebook.listing import judgement, scope_of  # noqa: PLC0415 - as above
    from validator.rulebook.lookup import MATURITIES, cases_of  # noqa: PLC0415 - as above

    ruleset = await run_in_threadpool(shipped)
    name = id_of(request)
    rule = next((rule for rule in ruleset.rules if rule.id == name), None)
    if rule is None:
        raise Refused(404, "没有这条规则", "请在规则一览里找。")
    pack = next((pack.title for pack in ruleset.packs if pack.id == rule.pack), rule.pack)
    cases = [case.example for case in cases_of(rule)]
    return site_of(request).page(
        request, "rule.html", rule=rule, pack=pack, applies_to=scope_of(rule),
        maturity=MATURITIES[rule.status], judgement=[line.strip() for line in judgement(rule)],
        wrong=[one for one in cases if not one.must_pass],
        right=[one for one in cases if one.must_pass],
    )  # fmt: skip
