"""人员经费 and 公用经费（基本支出的两部分）: which economic items belong to which.

Staff costs are classes 301 and 303, running costs 302, 307, 310, 312 and 399. The list of
what each consists of is often copied from elsewhere, and an item ends up on the wrong side.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from validator.engine.checks.code_outcome import fails, holds
from validator.engine.checks.wording import wording
from validator.extract.classification import DEPARTMENTAL
from validator.statements import ColumnKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.document import Span
    from validator.engine.outcome import Context, Outcome
    from validator.engine.schema import Rule
    from validator.extract.classification import Classification

_NAMES = {"staff": "人员经费", "public": "公用经费"}
_HEADS = {"人员经费": "staff", "公用经费": "public", "日常公用经费": "public"}
_LIST = re.compile(
    r"(?<!经费[和与、及])(?P<head>人员经费|(?:日常)?公用经费)(?!和|与|、|及)(?:(?!人员经费|公用经费)[^。；：\n]){0,24}?(?:主要)?(?:包括|用于|包含)：?"
    r"(?P<list>[^。；\n]{4,600})"
)
_PART = re.compile(r"(?P<name>[^、，\d]{2,24})(?:\d[\d.]*(?:万|亿)?元?)?(?:等)?(?:[、，]|$)")
_END = re.compile(r"人员经费|公用经费|项目支出|其中")


def cost_group(rule: Rule, context: Context) -> Iterator[Outcome]:
    """An economic item in the list, or among the rows, of the other group."""
    classification = context.lexicon.classification
    wrong: dict[tuple[str, str], list[Span]] = {}
    right: list[Span] = []
    for group, name, span in (*_listed(context), *_rows(context)):
        own = _group(name, classification)
        if own and own != group:
            wrong.setdefault((name, group), []).append(span)
        elif own:
            right.append(span)
    for (name, group), spans in wrong.items():
        own = _group(name, classification)
        codes = sorted(_codes(name, classification))
        values = {
            "name": name,
            "code": codes[0],
            "printed": _NAMES[group],
            "right": _NAMES[own],
            "count": str(len(spans)),
        }
        yield fails(rule, "", [("name", span) for span in spans], values)
    if right:
        yield holds(rule, f"{len(right)}个科目在所属的经费里", [("name", right[0])])


def _codes(name: str, classification: Classification) -> set[str]:
    return {c for c in classification.codes_named(name) if c[0] == DEPARTMENTAL}


def _group(name: str, classification: Classification) -> str:
    """The group that every departmental code of a name belongs to, or ""."""
    groups = {classification.groups.get(c[:3], "") for c in _codes(name, classification)}
    return groups.pop() if len(groups) == 1 and name != "其他支出" else ""


def _listed(context: Context) -> Iterator[tuple[str, str, Span]]:
    words = wording(context.document, "text")
    for match in _LIST.finditer(words.text):
        end = match.end("list")
        if stop := _END.search(words.text, match.start("list"), end):
            end = stop.start()
        for part in _PART.finditer(words.text, match.start("list"), end):
            span = words.span(*part.span("name"))
            yield _HEADS[match["head"]], part["name"].removesuffix("等"), span


def _rows(context: Context) -> Iterator[tuple[str, str, Span]]:
    for statement in context.reading.statements:
        for band in statement.bands:
            for lane in band.lanes:
                heads = {h for c in lane.of_kind(ColumnKind.CODE) for h in c.heads}
                groups = {group for head, group in _HEADS.items() if head in heads}
                if len(groups) != 1:
                    continue
                (group,) = groups
                for row in lane.rows:
                    if row.block >= 0 and row.code[:1] == DEPARTMENTAL:
                        yield group, row.label, context.document.blocks[row.block].span
