"""其中（分项）: a whole and the parts that are said to make it up."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from validator.claims import Claim, ClaimKind, Operand, Term
from validator.extract.claims.divisions import (
    make_up,
    may_be_divided,
    names_the_large,
    of_before,
    read_otherwise,
)
from validator.extract.claims.partitions import core_of, family
from validator.extract.labels import is_mute, side_of
from validator.facts import Basis, FundScope
from validator.quantity import Dimension, Interval

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.extract.desk import Desk
    from validator.extract.story import ListScope, Story, Value

ZERO, ONE = Decimal(0), Decimal(1)
_REVENUE = (
    "total_revenue",
    "revenue",
    "fiscal_total_revenue",
    "total_both",
    "fiscal_total_both",
)
_EXPENDITURE = (
    "total_expenditure", "expenditure", "fiscal_total_expenditure", "total_both",
    "fiscal_total_both",
)  # fmt: skip
_GENERIC = {
    "收入": _REVENUE,
    "支出": _EXPENDITURE,
    "收入预算": _REVENUE,
    "支出预算": _EXPENDITURE,
    "收入决算": _REVENUE,
    "支出决算": _EXPENDITURE,
}
_LEFT = ("surplus", "surplus_kept")
_MAX_CHOICES = 24
# 产出得46分（满分50分）: the bracket tells what could be scored, no part of the score.
_FULL = ("满分", "总分", "分值", "权重")


def decompositions(desk: Desk) -> Iterator[Claim]:
    """One claim per list: several parts, or one part that cannot exceed its whole."""
    for story in desk.stories:
        for scope in story.lists:
            if scope.deltas and scope.delta is not None:
                yield from _of_deltas(desk, story, scope)
            elif scope.parts:
                yield from _of_values(desk, story, scope)
                yield from _of_others(desk, story, scope)


def heads(desk: Desk, story: Story, scope: ListScope) -> list[tuple[Value, str]]:
    """Plausible wholes of a list, best first."""
    found = [(v, "其中前面的数") for v in scope.heads]
    if not found and scope.head_label:
        found = [
            (v, why)
            for v, why in desk.named(scope.head_label, story, scope.start)
            if desk.identity(v).known
        ]
        for item in _GENERIC.get(scope.head_label.removeprefix("本年"), ()):
            found += [
                (v, f"报告中的{v.label}")
                for v, f in desk.with_item(item)
                if f.key.year == desk.year_at(story)
            ]
        found = [(v, why) for v, why in found if _may_head(desk, story, scope, v)]
        found = desk.kin(found, next(iter(scope.parts), None), scope.head_label)
    measures = {v.measure for v in scope.parts}
    return [(v, why) for v, why in found if v.measure in measures]


def _may_head(desk: Desk, story: Story, scope: ListScope, value: Value) -> bool:
    """Whether a total from elsewhere may be the whole of a list that only names it.

    Money of another fund or stage may turn out to be meant, but it cannot be held against the
    list.
    """
    if value.block == story.block:
        return True
    fact = desk.fact(value)
    home = desk.sections[story.section].scope
    stated = desk.identifier.identify(scope.head_label)
    wide = (FundScope.ALL, FundScope.UNKNOWN)
    wanted = stated.scope if stated.scope is not FundScope.UNKNOWN else home
    if fact is not None and stated.basis in (Basis.UNKNOWN, fact.key.basis):
        own = fact.key.scope
        if own is wanted or (own in wide and wanted in wide):
            return True
    total = Interval.exact(ZERO)
    for part in scope.parts:
        total += desk.figures[part.figure].interval
    return total.touches(desk.figures[value.figure].interval)


def _of_values(desk: Desk, story: Story, scope: ListScope) -> Iterator[Claim]:
    side = _side(scope)
    wholes = [
        pair for pair in heads(desk, story, scope) if not _other_side(desk, side, pair[0])
    ]
    wholes = [pair for pair in wholes if may_be_divided(desk, scope, pair[0])]
    whole = desk.scalar(wholes)
    measure = wholes[0][0].measure if wholes else scope.parts[0].measure
    parts = [
        v
        for v in scope.parts
        if v.measure == measure
        and not _other_stage(desk, scope, v)
        and not _other_year(desk, scope, v)
        and not _other_side(desk, side, v)
        and not of_before(desk, v)
    ]
    if not parts:
        return
    if len(parts) == 1:
        full = scope.cue == "（" and parts[0].element.label.startswith(_FULL)
        if whole is not None and not (scope.outline or scope.split or full):
            slots = {"part": desk.only(parts[0].figure), "whole": whole}
            span = desk.cover(slots.values(), story)
            yield Claim(ClaimKind.PART, span, slots, {}, story.section, parts[0].label)
        return
    dimension, core, together = core_of(desk, parts)
    choices = _choices(desk, scope, parts, core, measure, together=together)
    choices += [c for c in read_otherwise(desk, scope, parts, wholes) if c not in choices]
    if scope.former is not None and whole is not None:
        # 其中：A，B。其中：C，D: the second list may divide the whole of the first.
        again = [(v, "前一组分项的整体") for v in scope.former.heads if v.measure == measure]
        if make_up(desk, parts, again):
            whole = desk.scalar([*wholes, *again])
    listed = Operand(tuple(tuple(desk.term(v) for v in c) for c in choices))
    slots = {"parts": listed} | ({"whole": whole} if whole else {})
    # 等 and 其余 say that there is more, whatever stands in the list.
    named_some = scope.rest or names_the_large(desk, scope, parts)
    told_all = (desk.is_closed(dimension) and not named_some) or _said_whole(scope)
    words = {
        "closed": ONE if told_all or _whole_but_for_a_unit(desk, scope, parts) else ZERO,
        "partial": ONE if scope.partial or scope.rest or _open(desk, parts) else ZERO,
        "items": Decimal(len(parts)),
        "single": ZERO,
        "counts": ONE if measure != "money" else ZERO,
        "outline": ONE if scope.outline else ZERO,
        "overlap": _overlap(desk, parts),
    }
    yield Claim(
        ClaimKind.DECOMPOSITION,
        desk.cover([whole, listed], story),
        slots,
        words,
        story.section,
        wholes[0][0].label if wholes else scope.head_label,
        dimension,
    )


def _of_others(desk: Desk, story: Story, scope: ListScope) -> Iterator[Claim]:
    """保障12,300户、25,600人，其中：城市3,200户、4,800人；农村9,100户、20,800人."""
    for measure in dict.fromkeys(v.measure for v in scope.others):
        parts = [v for v in scope.others if v.measure == measure and v.sign == 0]
        wholes = [
            v
            for v in story.values
            if v.measure == measure
            and v.element.end <= scope.start
            and v.sign == 0
            and scope.heads
            and v.sentence == scope.heads[0].sentence
            and v.list is None
        ]
        if len(parts) < 2 or not wholes or len(parts) != len(scope.parts):
            continue
        slots = {
            "whole": desk.only(wholes[-1].figure),
            "parts": Operand((tuple(desk.term(v) for v in parts),)),
        }
        words = {
            "closed": ZERO, "partial": ONE if scope.partial or scope.rest else ZERO,
            "items": Decimal(len(parts)), "single": ZERO,
            "counts": ONE if measure != "money" else ZERO, "outline": ZERO, "overlap": ZERO,
        }  # fmt: skip
        yield Claim(
            ClaimKind.DECOMPOSITION,
            desk.cover(list(slots.values()), story),
            slots,
            words,
            story.section,
            wholes[-1].label,
        )


def _said_whole(scope: ListScope) -> bool:
    """Whether the words say that the list is complete, behind its whole: 由甲、乙组成."""
    return scope.whole and bool(scope.heads) and not (scope.partial or scope.rest)


def _whole_but_for_a_unit(desk: Desk, scope: ListScope, parts: list[Value]) -> bool:
    """万元 all over but for one 元, which in 万元 would make the list its whole."""
    figures = [desk.figures[v.figure] for v in (*scope.heads[:1], *parts)]
    units = [figure.quantity.unit for figure in figures]
    if len(units) < _FEWEST or not scope.heads or any(u.dimension is not _MONEY for u in units):
        return False
    usual = max(units, key=units.count)
    odd = [k for k, unit in enumerate(units) if unit != usual]
    if len(odd) != 1 or not figures[odd[0]].quantity.number:
        return False
    whole, *rest = (replace(f.quantity, unit=usual).interval for f in figures)
    total = Interval.exact(ZERO)
    for part in rest:
        total += part
    return total.touches(whole)


_FEWEST = 3
_MONEY = Dimension.MONEY


def _open(desk: Desk, parts: list[Value]) -> bool:
    """Whether some part is of a family of which such a report names only some members."""
    return any(desk.is_partial(desk.identity(v).family) for v in parts)


def _other_stage(desk: Desk, scope: ListScope, value: Value) -> bool:
    """A budget amount between actual ones (年初预算为…，支出决算为…) is not a part.

    A part that names no stage is of its whole's stage, whatever that is.
    """
    own = desk.identity(value).basis
    whole = desk.identity((scope.heads or scope.parts)[0]).basis
    if own is Basis.UNKNOWN or own is whole:
        return False
    return not (whole is Basis.UNKNOWN and own is Basis.ACTUAL)


def _other_year(desk: Desk, scope: ListScope, value: Value) -> bool:
    """人员经费400万元（2024年410万元）: last year's amount is no part of this year's."""
    whole, own = desk.fact(scope.heads[0]) if scope.heads else None, desk.fact(value)
    if scope.cue != "（" or value.year is None or whole is None or own is None:
        return False
    return whole.key.year != own.key.year


def _side(scope: ListScope) -> str:
    """收入 or 支出, as the first part that says so, where a whole does too; else ""."""
    sides = {side_of(v.label) for v in scope.heads}
    first = next((side for v in scope.parts if (side := side_of(v.label))), "")
    return first if first in sides else ""


def _other_side(desk: Desk, side: str, value: Value) -> bool:
    """收入X，其中：甲基金收入A，支出B，滚存结余C: only what came in is a part of X."""
    own = side_of(value.label)
    left = desk.identity(value).item in _LEFT
    return bool(side) and ((bool(own) and own != side) or left)


def _overlap(desk: Desk, parts: list[Value]) -> Decimal:
    """1 when parts are named by traits that can meet in one person or firm: 女, 党员, 小微."""
    cues = desk.lexicon.cues["overlapping"]
    met = any(cue in v.element.label for v in parts for cue in cues)
    # 其中：县级X，税收收入Y: levels divide the whole in one way, items in another.
    graded = {bool(desk.identity(v).grade) for v in parts}
    return ONE if met or len(graded) > 1 else ZERO


def _choices(
    desk: Desk,
    scope: ListScope,
    parts: list[Value],
    core: list[Value],
    measure: str,
    *,
    together: bool,
) -> list[tuple[Value, ...]]:
    """Where the list may end, and which parts may be children of others."""
    full = tuple(parts)
    choices = [tuple(core), full]
    flat = _without_children(desk, full)
    if flat != full and len(flat) > 1:
        choices.append(flat)
    once = _without_repeats(full)
    if once != full and len(once) > 1:
        choices.append(once)
    if measure == "分":
        # 产出指标50分，得48.50分: weights and scores alternate in one list.
        scored = tuple(v for v in full if v.element.label.startswith(("得", "实得", "自评")))
        rest = tuple(v for v in full if v not in scored)
        choices = [c for c in (scored, rest) if len(c) > 1] + choices
    for cut in sorted(set(scope.cuts), reverse=True):
        head = tuple(v for v in scope.parts[:cut] if v in full)
        # Members of one closed partition belong together: no end in the middle of them.
        if 2 <= len(head) < len(full) and not (together and len(head) < len(core)):
            choices.append(head)
    for start in dict.fromkeys((full, flat)):
        grown = list(start)
        for value in scope.later:
            if value.measure == measure and not _other_stage(desk, scope, value):
                grown.append(value)
                choices.append(tuple(grown))
    # A nested list may have swallowed items that belong to this one.
    for child in scope.children:
        choices += [(*full, *child.parts[k:]) for k in range(1, len(child.parts))]
    return list(dict.fromkeys(choices))[:_MAX_CHOICES]


def _without_repeats(parts: tuple[Value, ...]) -> tuple[Value, ...]:
    """Drop 共计支出1.50万元 behind the part of 1.50万元 that it says again."""
    return tuple(
        value
        for before, value in zip((None, *parts), parts, strict=False)
        if before is None or not _says_again(before, value)
    )


def _says_again(before: Value, value: Value) -> bool:
    first, second = before.element.number, value.element.number
    same = first is not None and second is not None and first.quantity == second.quantity
    return same and is_mute(_SUMMED.sub("", value.element.label))


_SUMMED = re.compile(r"^(?:共计?|合计|总计|累计|实际)")


def _without_children(desk: Desk, parts: tuple[Value, ...]) -> tuple[Value, ...]:
    """Drop 款 and 项 that are listed beside the 类 they belong to."""
    levels = [desk.identity(v).level for v in parts]
    if 1 not in levels:
        return parts
    return tuple(v for v, level in zip(parts, levels, strict=True) if level < 2)


def _of_deltas(desk: Desk, story: Story, scope: ListScope) -> Iterator[Claim]:
    """增加41.99万元，其中：人员经费增加34.66万元，公用经费增加7.33万元."""
    head = scope.delta
    if head is None or len(scope.deltas) < 2:
        return
    whole = Operand(((Term(desk.figures[head.figure]),),), ("其中前面的增减额",))
    parts = Operand(
        (tuple(Term(desk.figures[v.figure], v.sign * (head.sign or 1)) for v in scope.deltas),)
    )
    dimension = family(desk, scope.deltas)
    words = {
        "closed": ONE if desk.is_closed(dimension) else ZERO,
        "partial": ONE if scope.partial or scope.rest or _open(desk, scope.deltas) else ZERO,
        "items": Decimal(len(scope.deltas)),
        "single": ZERO,
        "counts": ZERO,
        "outline": ZERO,
        "overlap": ZERO,
    }
    yield Claim(
        ClaimKind.DECOMPOSITION,
        desk.cover([whole, parts], story),
        {"whole": whole, "parts": parts},
        words,
        story.section,
        head.label,
        dimension,
    )
