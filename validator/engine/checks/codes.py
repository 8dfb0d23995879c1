"""Classification codes and names（科目编码与名称）: right for the year, and for each other.

A rule's ``each`` says which comparison it makes:

``name_by_year``
    Names of classes（``level: class``）, 款（``level: group``）or 项 and economic items
    （``level: item``）that were replaced before the report's year; one finding per name.
``no_such_class``
    X（类）where no class was ever called X.
``code_name``
    A code printed beside the name of another code.
``two_names``
    A code printed with two names, each of which it had at some time.
``code_validity``
    A code that did not exist in the report's year.
``chain_code``
    Digits printed with 类, 款 and 项 that do not begin with those of the class or 款 named.
``class_as_item``
    A 款 or 项 printed under a class or 款 that is not its own.
``level_word``
    （项目）printed where（项）is meant.
``code_level`` ``block_order`` ``repeated_row`` ``two_systems`` ``revenue_code``
    What the codes of a table's rows say of their names and of each other.
``cost_group``
    Economic items listed as 人员经费 that are 公用经费, or the reverse.

Names and codes are right *for a year*: without a report year the year-bound checks are silent,
and a sentence about another year is left alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.engine.checks import code_chains, code_names, code_rows, cost_groups
from validator.engine.checks.code_outcome import fails, holds
from validator.engine.checks.printed_codes import of_another_year, read_mentions
from validator.engine.checks.wording import wording
from validator.extract.classification import (
    FIRST_YEAR,
    FUNCTIONAL,
    LAST_YEAR,
    CodeStatus,
    short_name,
)
from validator.findings import Repair

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from validator.engine.checks.printed_codes import CodeMention
    from validator.engine.outcome import Context, Outcome
    from validator.engine.schema import Rule
    from validator.extract.classification import Classification, Naming

_CLASS, _ITEM = 3, 7
"""Digits of a 类 and of a 项."""
_KNOWN_LENGTH = 4
"""A name this long that stands under one class only stands under no other by chance."""


def check(rule: Rule, context: Context) -> Iterator[Outcome]:
    """Yield every comparison of codes and names that the rule makes.

    None for a year before the classification: what a code meant then is not known.
    """
    if not 0 < context.reading.year < FIRST_YEAR:
        yield from _KINDS[rule.each](rule, context)


def _code_name(rule: Rule, context: Context) -> Iterator[Outcome]:
    classification, year = context.lexicon.classification, context.reading.year
    seen: set[tuple[str, str]] = set()
    for mention in read_mentions(context.document, classification):
        agreed = _agrees(mention, classification) if mention.name else None
        if agreed is None or (mention.code, mention.name) in seen:
            continue
        seen.add((mention.code, mention.name))
        names = classification.names_of(mention.code, year) or classification.names_of(
            mention.code
        )
        right = "、".join(names) or "别的科目"
        places = [("code", mention.span), ("name", mention.name_span)]
        if agreed:
            text = f"{mention.code} 是“{right}”" if names else ""
            yield holds(rule, text, places)
        else:
            values = {"code": mention.code, "name": mention.name, "right": right}
            yield fails(rule, f"{mention.code} 是“{right}”" if names else "", places, values)


def _agrees(mention: CodeMention, classification: Classification) -> bool | None:
    """Whether a code bears the name beside it; None when the data cannot tell."""
    code, name = mention.code, mention.name
    held = {c for c in classification.codes_named(name) if c[0] == code[0]}
    if code in held:
        return True
    if any(code.startswith(other) or other.startswith(code) for other in held):
        # Running text names the class of a 项; in a table that is another level, see there.
        return True if mention.at >= 0 else None
    if classification.surely_not(code, name):
        return False
    classes = {other[:3] for other in held}
    if not held or code[:3] in classes or code[:3] not in classification.namings:
        return None
    if all(len(other) == _CLASS for other in held):
        return False if classification.surely_not(code[:3], name) else None
    sure = all(n.named for other in held for n in classification.namings[other])
    alone = len(classes) == 1 and len(short_name(name)) >= _KNOWN_LENGTH
    unlisted = len(code) == _ITEM and code not in classification.namings
    return False if sure and alone and unlisted else None


def _two_names(rule: Rule, context: Context) -> Iterator[Outcome]:
    classification, year = context.lexicon.classification, context.reading.year
    words = wording(context.document, "text")
    by_code: dict[str, dict[str, CodeMention]] = {}
    for mention in read_mentions(context.document, classification):
        told = mention.name and classification.bears(mention.code, mention.name)
        level = len(mention.code) == 7 or mention.code[0] != FUNCTIONAL
        other = mention.at >= 0 and of_another_year(words, mention.at, year)
        if told and level and not other:
            names = by_code.setdefault(mention.code, {})
            names.setdefault(short_name(mention.name), mention)
    for code, names in by_code.items():
        places = [("name", mention.name_span) for mention in names.values()]
        if len(names) == 1:
            yield holds(rule, f"{code} 只有一个名称", places)
        else:
            printed = [mention.name for mention in names.values()]
            values = {"code": code, "names": "、".join(f"“{name}”" for name in printed)}
            yield fails(rule, "", places, values)


def _code_validity(rule: Rule, context: Context) -> Iterator[Outcome]:
    classification, year = context.lexicon.classification, context.reading.year
    if not year:
        return
    words = wording(context.document, "text")
    by_code: dict[str, list[CodeMention]] = {}
    for mention in read_mentions(context.document, classification):
        if mention.at < 0 or not of_another_year(words, mention.at, year):
            by_code.setdefault(mention.code, []).append(mention)
    for code, found in by_code.items():
        status = classification.code_status(code, year)
        if status is CodeStatus.UNKNOWN:
            continue
        places = [("code", mention.span) for mention in found]
        if status is CodeStatus.VALID:
            yield holds(rule, f"{year}年度有编码 {code}", places[:1])
            continue
        current = _code_for(code, year, classification)
        why = _why(code, status, current, classification)
        repairs = (Repair(found[0].span, current, why, 0),) if current else ()
        values = {"code": code, "year": str(year), "why": why}
        yield fails(rule, why, places, values, repairs)


def _code_for(code: str, year: int, classification: Classification) -> str:
    """The one code that bears in this year the name that the old code had, or ""."""
    held = {
        other
        for name in classification.names_of(code)
        for other in classification.codes_named(name)
        if other[0] == code[0] and classification.code_status(other, year) is CodeStatus.VALID
    }
    return held.pop() if len(held) == 1 else ""


def _why(code: str, status: CodeStatus, current: str, classification: Classification) -> str:
    if status is CodeStatus.IMPOSSIBLE:
        kind = "功能" if code[0] == FUNCTIONAL else "经济"
        return f"{kind}分类没有 {code[:3]} 类"
    known = next(c for c in (code[:3], code[:5], code) if _bounded(c, status, classification))
    names = classification.namings[known]
    if status is CodeStatus.NOT_YET:
        return f"{known} 从{min(n.first for n in names)}年度才有"
    moved = f"，现为 {current}" if current else ""
    return f"{known} 用到{max(n.last for n in names)}年度为止{moved}"


def _bounded(code: str, status: CodeStatus, classification: Classification) -> bool:
    names: tuple[Naming, ...] = classification.namings.get(code, ())
    if status is CodeStatus.NOT_YET:
        return bool(names) and all(n.first > FIRST_YEAR for n in names)
    return bool(names) and all(n.last < LAST_YEAR for n in names)


_KINDS: dict[str, Callable[[Rule, Context], Iterator[Outcome]]] = {
    "name_by_year": code_names.name_by_year,
    "no_such_class": code_names.no_such_class,
    "code_name": _code_name,
    "two_names": _two_names,
    "code_validity": _code_validity,
    "chain_code": code_chains.chain_code,
    "class_as_item": code_chains.item_under,
    "level_word": code_chains.level_word,
    "code_level": code_rows.code_level,
    "block_order": code_rows.block_order,
    "repeated_row": code_rows.repeated_row,
    "two_systems": code_rows.two_systems,
    "revenue_code": code_rows.revenue_code,
    "cost_group": cost_groups.cost_group,
}
