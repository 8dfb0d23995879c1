"""Which partition a list divides its whole into（归类）: nature, source, the three of 三公."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from validator.extract.desk import Desk
    from validator.extract.story import Value

_SOURCES = frozenset({"source", "totals", "fund"})
_SPENT = frozenset({"expenditure", "fiscal_expenditure", "surplus_allocated", "closing"})


def core_of(desk: Desk, parts: list[Value]) -> tuple[str, list[Value], bool]:
    """The closed partition of a list → (its name, parts to the last member, do they belong).

    核定编制10人，其中：行政编制7人，工勤1人，事业编制2人，实有在职人员11人: the list of posts
    ends before the people. A name that the lexicon does not know, between members, is a member.
    """
    families, lacking = _families(desk, parts)
    for name in dict.fromkeys(families):
        group = _SOURCES if name in _SOURCES else {name}
        members = [i for i, f in enumerate(families) if f in group]
        before = families[: members[-1] + 1]
        strangers = [f for f in before if f and f not in group]
        closed = desk.is_closed(name) or (name == "spent" and desk.is_closed("totals"))
        if closed and len(members) > 1 and not strangers:
            known = "totals" if name == "spent" else name
            known = "source" if name in _SOURCES else known
            return ("" if name in lacking else known), parts[: members[-1] + 1], True
    name = family(desk, parts)
    return name, parts, desk.is_closed(name)


def _families(desk: Desk, parts: list[Value]) -> tuple[list[str], set[str]]:
    """The family of each part, and the families that may lack a member.

    因公出国费、公务用车运行维护费、公务接待费: a list may name, in place of a member, what that
    is made of. Where it names only some of it, the rest may be nothing or left unsaid.
    """
    families = [_family(desk, v) for v in parts]
    items = {desk.identity(v).item for v in parts}
    lacking = set()
    for name, whole in desk.lexicon.wholes.items():
        above = desk.lexicon.by_id[whole].family
        if above not in ("", name) and {above, name} <= {*families} and whole not in items:
            families = [above if one == name else one for one in families]
            if not items.issuperset(desk.lexicon.members(name)):
                lacking.add(above)
    return families, lacking


def family(desk: Desk, parts: list[Value]) -> str:
    """The partition that all parts belong to, or ""."""
    families = {desk.identity(v).family for v in parts}
    if len(families) == 1:
        return families.pop()
    if families <= _SOURCES:
        return "source"
    return ""


def _family(desk: Desk, value: Value) -> str:
    """The family of a part; 本年支出 and 年末结转 are no parts of a list of revenue."""
    identity = desk.identity(value)
    if value.label in desk.lexicon.performance["funds"]["rest"]:
        return "source"  # 财政拨款9万元、其他资金1万元: what else there is, is told too
    return "spent" if identity.item in _SPENT else identity.family
