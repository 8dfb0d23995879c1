"""Chains of names（类款项连写）: 类, 款 and 项 printed together belong together.

社会保障和就业支出（类）抚恤（款）死亡抚恤（项）, with or without a code behind it, or with the
digits of each level in its bracket: 社会保障和就业支出（208类）抚恤（08款）死亡抚恤（01项）.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from validator.engine.checks.code_outcome import fails, holds
from validator.engine.checks.printed_codes import read_mentions
from validator.engine.checks.wording import wording
from validator.extract.classification import FUNCTIONAL

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.document import Document, Span
    from validator.engine.outcome import Context, Outcome
    from validator.engine.schema import Rule
    from validator.extract.classification import Classification

_WORDS = r"[^（）\n，。；：\d]"
_NAME = rf"{_WORDS}{{2,40}}?(?:（[^（）\d类款项]{{1,6}}）{_WORDS}{{0,16}}?)?"
_CHAIN = re.compile(
    r"（(?P<top_code>\d{3})?类）"
    rf"(?:(?P<mid>{_NAME})（(?P<mid_code>\d{{2}}|\d{{5}})?款）)?"
    rf"(?:(?P<low>{_NAME})（(?P<low_code>\d{{2}}|\d{{7}})?项目?）)?"
    r"(?:（(?P<code>[2-5]\d{6}|[2-5]\d{4})）|(?P<bare>2\d{6})(?![\d.,万亿元]))?"
)
_LONGEST = 24
"""Characters of the longest class name, and some."""
_LEVEL_WORD = re.compile(r"（款）(?P<mark>[^（）\n，。；：]{2,24}（项目）)")
_ORDINARY = {str(code) for code in (*range(201, 209), *range(210, 218), 220, 221, 222, 224)}
"""Classes whose name is never the name of one of their own 款 or 项."""


@dataclass(frozen=True, slots=True)
class Chain:
    """Names of 类, 款 and 项 printed together, and the code with them（类款项连写）.

    Attributes:
        top: Code of the class, as its name says.
        group: Name of the 款, or "".
        item: Name of the 项, or "".
        code: Digits printed with them, as far as they are whole, or "".
        text: The chain, cleaned.
        span: Where it stands.
    """

    top: str
    group: str
    item: str
    code: str
    text: str
    span: Span


def _chains(document: Document, classification: Classification) -> Iterator[Chain]:
    words = wording(document, "text")
    for match in _CHAIN.finditer(words.text):
        line, _ = words.line(match.start())
        before = words.text[max(line, match.start() - _LONGEST) : match.start()]
        name, top = _class_suffix(before, classification)
        if top and (match["mid"] or match["low"]):
            start = match.start() - len(name)
            yield Chain(
                top, match["mid"] or "", match["low"] or "", _digits(match, classification),
                words.text[start : match.end()], words.span(start, match.end()),
            )  # fmt: skip


def _digits(match: re.Match[str], classification: Classification) -> str:
    """The code of a chain: behind it, or level by level."""
    if match["code"] or match["bare"] in classification.namings:
        return match["code"] or match["bare"]
    code = match["top_code"] or ""
    for level in ("mid_code", "low_code"):
        if digits := code and match[level]:
            code = digits if len(digits) > 2 else code + digits
    return code


def _class_suffix(name: str, classification: Classification) -> tuple[str, str]:
    """The class name at the end of a run of words, the longest there is, and its code."""
    for length in range(len(name), 1, -1):
        if code := classification.class_of_name(name[-length:]):
            return name[-length:], code
    return "", ""


def item_under(rule: Rule, context: Context) -> Iterator[Outcome]:
    """A class name is no 项, a 款 belongs to its class, a 项 to its 款."""
    classification = context.lexicon.classification
    seen: set[str] = set()
    for chain in _chains(context.document, classification):
        places = [("item", chain.span)]
        if wrong := _misplaced(chain, classification):
            name, what = wrong
            yield fails(rule, "", places, {"name": name, "what": what})
        elif chain.text not in seen and _homes(chain.group, 5, classification):
            seen.add(chain.text)
            yield holds(rule, f"“{chain.group}”在 {chain.top} 类下", places)


def _misplaced(chain: Chain, classification: Classification) -> tuple[str, str] | None:
    """The name that stands in the wrong place, and what it is."""
    for level, printed in (("项", chain.item), ("款", chain.group)):
        code = classification.class_of_name(printed) if printed else None
        own = any(
            c.startswith(chain.top) and c != chain.top for c in _codes(printed, classification)
        )
        if code in _ORDINARY and not own and (level == "项" or code != chain.top):
            return printed, f"{code} 类的名称，不是{level}"
    groups = _homes(chain.group, 5, classification)
    if groups and chain.top not in {code[:3] for code in groups}:
        return chain.group, f"{min(groups)[:3]} 类下的款，不属于 {chain.top} 类"
    # Many 款 have a 项 of such a name; only one that is nowhere else is told to be elsewhere.
    homes = {code[:5] for code in _homes(chain.item, 7, classification)}
    if len({home[:3] for home in homes}) == 1 and chain.item not in classification.shared:
        home = min(homes)
        if home[:3] != chain.top:
            return chain.item, f"{home[:3]} 类下的项，不属于 {chain.top} 类"
        if groups and not homes & groups:
            return chain.item, f"{home} 款下的项，不属于“{chain.group}”款"
    return None


def _codes(name: str, classification: Classification) -> set[str]:
    return {code for code in classification.codes_named(name) if code[0] == FUNCTIONAL}


def _homes(name: str, length: int, classification: Classification) -> set[str]:
    """Functional codes of one level that certainly have a name, when no other level has it."""
    codes = _codes(name, classification) if name else set()
    sure = all(n.named for code in codes for n in classification.namings[code])
    return {code for code in codes if len(code) == length} if sure else set()


def chain_code(rule: Rule, context: Context) -> Iterator[Outcome]:
    """Digits printed with a chain begin with those of its class and its 款."""
    classification = context.lexicon.classification
    seen: set[str] = set()
    for mention in read_mentions(context.document, classification):
        if mention.flaw:
            values = {"code": context.document.quote(mention.span), "what": mention.flaw}
            yield fails(rule, "", [("code", mention.span)], values)
    for chain in _chains(context.document, classification):
        if len(chain.code) < 3 or chain.text in seen:
            continue
        seen.add(chain.text)
        places = [("code", chain.span)]
        if what := _contradiction(chain, classification):
            yield fails(rule, "", places, {"code": chain.code, "what": what})
        else:
            yield holds(rule, f"{chain.code} 在所写的类、款之下", places)


def _contradiction(chain: Chain, classification: Classification) -> str:
    if chain.code[0] != FUNCTIONAL:
        return ""
    if chain.code[:3] != chain.top:
        name = classification.names_of(chain.top)[-1]
        return f"所写的“{name}”是 {chain.top} 类，编码却以 {chain.code[:3]} 开头"
    groups = _homes(chain.group, 5, classification)
    group = chain.code[:5]
    if len(group) == 5 and groups and classification.surely_not(group, chain.group):
        return f"所写的“{chain.group}”是 {min(groups)} 款，编码却以 {group} 开头"
    return ""


def level_word(rule: Rule, context: Context) -> Iterator[Outcome]:
    """（项目）printed where（项）is meant."""
    words = wording(context.document, "text")
    spans = [words.span(*match.span("mark")) for match in _LEVEL_WORD.finditer(words.text)]
    if spans:
        values = {"count": str(len(spans)), "first": context.document.quote(spans[0])}
        yield fails(rule, "", [("text", span) for span in spans], values)
