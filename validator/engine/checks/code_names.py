"""Names of the classification in running text（科目名称）: real, and in use in that year.

Names are right *for a year*: without a report year nothing is said, and a sentence about
another year, a title or talk of a renaming is left alone.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from validator.engine.checks.code_outcome import fails, holds
from validator.engine.checks.printed_codes import of_another_year, read_mentions
from validator.engine.checks.wording import wording
from validator.extract.classification import FUNCTIONAL, CodeStatus, Stale, short_name
from validator.findings import Repair

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from validator.document import Span
    from validator.engine.checks.wording import Wording
    from validator.engine.outcome import Context, Outcome
    from validator.engine.schema import Rule
    from validator.extract.classification import Classification, Naming

_OTHER_TALK = re.compile(r"(?:原|旧|曾用|由|将|把)“?$")
_RENAMED = re.compile(r"(?:支出)?(?:（[类款项]）)?”?(?:科目)?(?:调整|更名|改|变更|并入)")
_AMOUNT = r"(?:（[类款]）)?(?:决算|预算)?数?(?:为|：)?\d"
_DISTINCT = 6
"""Class names this long are never common words; 医疗卫生 and 环境保护 are."""
_NOT_CLASSES = re.compile(
    r"分类|科目|项目|功能|采购|货物|工程|公益|专业|岗位|收入|上述|以上|编码|名称|经济|其余"
)
_CLASS = re.compile(r"(?P<name>[\u4e00-\u9fff]{2,24})（类）")
_WORDS = r"[^（）\n，。；：\d.]"
_ITEM = re.compile(
    rf"(?P<name>{_WORDS}{{2,24}}(?:（[^（）类款项]{{1,6}}）{_WORDS}{{0,12}})?)（项）"
)
_LEVEL_WORDS = {3: "类", 5: "款", 7: "项"}
Found = tuple[str, "Span"]


def name_by_year(rule: Rule, context: Context) -> Iterator[Outcome]:
    """Names out of use in the report's year, and classes named rightly."""
    year, classification = context.reading.year, context.lexicon.classification
    if not year:
        return
    places: dict[str, list[Span]] = {}
    staleness: dict[str, Stale] = {}
    level = rule.params.get("level", "class")
    for stale, (name, span) in sorted(
        _LEVELS[level](context, year), key=lambda found: found[1][1]
    ):
        if stale.naming.last >= year:
            continue  # a name that came later: the report was written when it was new
        staleness.setdefault(name, stale)
        places.setdefault(name, []).append(span)
    for name, spans in places.items():
        stale = staleness[name]
        printed = context.document.quote(spans[0])
        now = stale.current if printed.endswith("支出") else stale.current.removesuffix("支出")
        values = {
            "name": printed,
            "code": stale.code,
            "last": str(stale.naming.last),
            "year": str(year),
            "now": _now(stale),
            "count": str(len(spans)),
        }
        because = _since(stale.code, year, classification)
        repairs = (Repair(spans[0], now, because, 0),) if stale.current else ()
        yield fails(rule, because, [("name", span) for span in spans], values, repairs)
    if level == "class":
        yield from _classes_named_rightly(rule, context, year)


def _since(code: str, year: int, classification: Classification) -> str:
    for naming in classification.namings[code]:
        if naming.covers(year):
            return f"{code} 自{naming.first}年度起称“{naming.name}”"
    return f"{year}年度没有 {code}"


def _now(stale: Stale) -> str:
    level = _LEVEL_WORDS[len(stale.code)]
    if not stale.current:
        return f"没有 {stale.code} {level}"
    return f"{stale.code} {level}称“{stale.current}”"


def _any_of(names: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, names), key=lambda name: (-len(name), name)))


def _stale_classes(context: Context, year: int) -> Iterator[tuple[Stale, Found]]:
    classification = context.lexicon.classification
    words = wording(context.document, "text")
    names = {name for name, _, _ in classification.class_names()}
    labels = [
        (short_name(point.label), point.label_span)
        for chart in context.document.charts
        for series in chart.series
        for point in series.points
    ]
    printed = {name for name, _ in labels}
    stale = {
        name: found
        for name in names
        if (name in words.text or name in printed)
        and (found := classification.stale(name, year))
    }
    if not stale:
        return
    for name, span in labels:
        if name in stale:
            yield stale[name], (name, span)
    every = re.compile(f"(?:{_any_of(names)})支出")
    used = re.compile(
        rf"(?P<name>{_any_of(stale)})(?:支出)?(?P<tail>（类）|（2\d\d）|(?<=支出)|{_AMOUNT})"
    )
    for match in used.finditer(words.text):
        name, at = match["name"], match.start()
        start, end = words.line(at)
        if words.text[max(start, at - 2) : at] == "其他" or _elsewhere(words, match, year):
            continue
        if len(name) < _DISTINCT and not match["tail"].startswith("（"):
            listed = at == start or words.text[at - 1] in "；，、：。.（）"
            amount = re.compile(f"支出{_AMOUNT}").match(words.text, at + len(name))
            others = {m.group() for m in every.finditer(words.text, start, end)}
            if not (listed and amount and len(others) > 1):
                continue
        stop = at + len(name) + (2 if words.text.startswith("支出", at + len(name)) else 0)
        yield stale[name], (name, words.span(at, stop))


def _stale_groups(context: Context, year: int) -> Iterator[tuple[Stale, Found]]:
    classification = context.lexicon.classification
    words = wording(context.document, "text")
    stale = {
        name: found
        for code, names in classification.namings.items()
        if len(code) == 5 and code[0] == FUNCTIONAL
        for naming in names
        if naming.last < year
        and (name := short_name(naming.name)) in words.text
        and classification.class_of_name(name) is None
        and (found := classification.stale(name, year))
    }
    if not stale:
        return
    for match in re.finditer(rf"(?P<name>{_any_of(stale)})(?:支出)?", words.text):
        at, stop = match.span()
        start, _ = words.line(at)
        if words.text[max(start, at - 2) : at] == "其他" or _elsewhere(words, match, year):
            continue
        long = len(match["name"]) >= _DISTINCT + 2
        followed = re.compile(rf"（款）|（2\d{{4}}）|{_AMOUNT}").match(words.text, stop)
        beneath = any(
            classification.codes_named(words.text[stop : stop + n]) for n in range(24, 3, -1)
        )
        if words.text.startswith("（款）", stop) or (long and (followed or beneath)):
            yield stale[match["name"]], (match["name"], words.span(at, stop))


def _stale_items(context: Context, year: int) -> Iterator[tuple[Stale, Found]]:
    """Names of 项 beside （项）, and names beside a code that had them in other years only."""
    classification = context.lexicon.classification
    words = wording(context.document, "text")
    for match in _ITEM.finditer(words.text):
        name = short_name(match["name"])
        stale = classification.stale(name, year)
        if stale and len(stale.code) == 7 and not _elsewhere(words, match, year):
            yield stale, (name, words.span(*match.span("name")))
    for mention in read_mentions(context.document, classification):
        stale = _stale_beside(mention.code, mention.name, year, classification)
        if stale and (mention.at < 0 or not of_another_year(words, mention.at, year)):
            name = short_name(mention.name)
            if mention.at < 0 or not words.text.startswith("（项）", mention.name_end):
                yield stale, (name, mention.name_span)


def _stale_beside(
    code: str, name: str, year: int, classification: Classification
) -> Stale | None:
    """A code that is in use under another name than the one of other years beside it."""
    if len(code) < 7 and code[0] == FUNCTIONAL:
        return None
    plain = short_name(name)
    own = [n for n in classification.namings.get(code, ()) if short_name(n.name) == plain]
    if not own or not all(n.sure for n in own) or any(n.covers(year) for n in own):
        return None
    if classification.code_status(code, year) is not CodeStatus.VALID:
        return None
    last: Naming = own[-1]
    current = classification.names_of(code, year)[-1]
    return Stale(code, last, current) if last.last < year else None


_LEVELS: dict[str, Callable[[Context, int], Iterator[tuple[Stale, Found]]]] = {
    "class": _stale_classes,
    "group": _stale_groups,
    "item": _stale_items,
}


def _elsewhere(words: Wording, match: re.Match[str], year: int) -> bool:
    """Whether the name stands in a title, in talk of a renaming, or belongs to another year."""
    at = match.start()
    start, _ = words.line(at)
    head = words.text[start:at]
    if head.count("《") > head.count("》") or _OTHER_TALK.search(head):
        return True
    if _RENAMED.match(words.text, match.end("name")):
        return True
    return of_another_year(words, at, year)


def _classes_named_rightly(rule: Rule, context: Context, year: int) -> Iterator[Outcome]:
    classification = context.lexicon.classification
    words = wording(context.document, "text")
    right = {
        name: naming.name
        for name, _, naming in classification.class_names()
        if name in words.text and classification.class_of_name(name, year)
    }
    if not right:
        return
    seen: set[str] = set()
    for match in re.finditer(rf"({_any_of(right)})(?:支出)?(?:（类）|{_AMOUNT})", words.text):
        name = match.group(1)
        if name not in seen:
            seen.add(name)
            span = words.span(match.start(), match.end(1))
            yield holds(rule, f"{right[name]}是{year}年度的类名", [("name", span)])


def no_such_class(rule: Rule, context: Context) -> Iterator[Outcome]:
    """X（类）where no class was ever called X."""
    classification = context.lexicon.classification
    words = wording(context.document, "text")
    unknown: dict[str, list[Span]] = {}
    for match in _CLASS.finditer(words.text):
        name = match["name"]
        known = any(
            any(len(code) == 3 for code in classification.codes_named(name[-length:]))
            for length in range(2, len(name) + 1)
        )
        start, _ = words.line(match.start())
        alone = match.start() == start or words.text[match.start() - 1] in "；，、：。.）"
        if known or not alone or len(name) > 12 or _NOT_CLASSES.search(name):
            continue
        if re.compile(r"支出|\d|，|：|…|[\u4e00-\u9fff]{2,16}（款）").match(
            words.text, match.end()
        ):
            unknown.setdefault(name, []).append(words.span(match.start(), match.end()))
    for name, spans in unknown.items():
        codes = sorted(classification.codes_named(name))
        if not codes and context.reading.year > classification.until:
            continue
        hint = f"“{name}”是 {codes[0]} 的名称，不是类" if codes else "功能分类没有这个类"
        values = {"name": name, "hint": hint, "count": str(len(spans))}
        yield fails(rule, "", [("name", s) for s in spans], values)
